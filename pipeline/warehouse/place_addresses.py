"""Which place of a store an address names."""

from pathlib import Path

from pipeline.contract.addresses import is_address, without_password
from pipeline.warehouse.errors import PlaceError
from pipeline.warehouse.folders import Folder
from pipeline.warehouse.places import Place


def place_at(address: str | Path) -> Place:
    """The place that an address names: a folder, or a bucket with a prefix as `s3://BUCKET/PREFIX`.

    Raises `PlaceError` for an address that names none, and if what reads object stores is not installed.
    """
    if not is_address(address):
        return Folder(Path(address))
    told = without_password(address)
    if told != str(address):
        raise PlaceError(
            f"{told} holds a name or a password; name a bucket as s3://BUCKET/PREFIX, and give them as AWS_ACCESS_KEY_ID and"
            " AWS_SECRET_ACCESS_KEY"
        )
    if not str(address).startswith("s3://"):
        raise PlaceError(f"{address} is no address of a store; name a folder, or a bucket as s3://BUCKET/PREFIX")
    from pipeline.warehouse.buckets import bucket_at  # noqa: PLC0415 - an extra, which a store in a folder does without

    return bucket_at(str(address))
