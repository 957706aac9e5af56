"""Whose file it is: two stores that publish to one file would take turns in replacing each other's dataset.

A file tells the store that it was published from. That counts as long as the store is there: what is left of one that was
removed, and a file that was copied elsewhere, belong to nobody.
"""

import os
from pathlib import Path

import duckdb

from pipeline.contract.addresses import is_address
from pipeline.contract.tables import DATASET
from pipeline.warehouse.attaching import attached
from pipeline.warehouse.errors import OtherStoreError
from pipeline.warehouse.store import Store


def told_store(store: Store, warehouse: Path) -> str:
    """How a file names its store: an address, or the path from the folder of the file, so that both may be moved together."""
    if is_address(store.address):
        return store.address
    folder = Path(store.address).resolve()
    try:
        return os.path.relpath(folder, warehouse.resolve().parent)
    except ValueError:  # on another drive
        return str(folder)


def require_own_file(store: Store, warehouse: Path) -> None:
    """Raises `OtherStoreError` if another store, which is still there, published the file."""
    found = _published_by(warehouse)
    if found is None:
        return
    name, refresh_id = found
    if name == told_store(store, warehouse) or refresh_id in store.refreshes()["refresh_id"]:
        return
    other = name if is_address(name) else str(Path(os.path.normpath(warehouse.resolve().parent / name)))
    if is_address(name) or not Store(other).refreshes().is_empty():
        raise OtherStoreError(
            f"{warehouse} was published from the store {other}, and would be replaced by what the store {store.address} holds:"
            " name another file with --warehouse, or add --replace; nothing was read or published"
        )


def _published_by(warehouse: Path) -> tuple[str, str] | None:
    """The store that a file tells, and its refresh; None for a file that tells none, or that cannot be read."""
    if not warehouse.is_file():
        return None
    try:
        with attached(warehouse) as connection:
            found = connection.execute(f"SELECT store, refresh_id FROM corridor.{DATASET.name}").fetchone()
    except duckdb.Error:
        return None
    return found if found and found[0] else None
