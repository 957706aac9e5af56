"""Which version of the tables a published file has, and what is said of a file of another version.

The version of today, and when it is raised, is in `pipeline.contract.published`; how the store is brought up to it belongs to
`upgrading`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import polars as pl

from pipeline import __version__
from pipeline.contract.published import SCHEMA_VERSION
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import DATASET
from pipeline.warehouse.attaching import attached
from pipeline.warehouse.errors import FileVersionError

_MISSING = (duckdb.CatalogException, duckdb.BinderException)


def dataset_row(refresh_id: str, made_from: str | None = None, store: str | None = None) -> pl.DataFrame:
    """The row of the table `dataset` in a file that this version makes."""
    row = {
        "schema_version": SCHEMA_VERSION,
        "release": __version__,
        "refresh_id": refresh_id,
        "made_from": made_from,
        "store": store,
    }
    return pl.DataFrame([row], schema=polars_schema(DATASET))


@contextmanager
def readable(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> Iterator[None]:
    """Within, the file attached as `corridor` is read. Raises `FileVersionError` for a file that a newer version made, and
    when a table or column is missing in one that an older version made.
    """
    found = _schema_version(connection)
    if found > SCHEMA_VERSION:
        raise FileVersionError(
            f"{warehouse} was made by a newer version of Corridor (schema {found}, this one reads up to {SCHEMA_VERSION}):"
            " install that version, or name another file"
        )
    try:
        yield
    except _MISSING as error:
        if found == SCHEMA_VERSION:
            raise
        raise FileVersionError(
            f"{warehouse} was made by an older version of Corridor and lacks what is asked: `corridor refresh` makes it anew"
        ) from error


def refuse_newer_file(warehouse: Path) -> None:
    """Raises `FileVersionError` if a newer version made the file: publishing over it would take away what it tells."""
    # A file that cannot be read is replaced, as ever.
    with suppress(duckdb.Error), attached(warehouse) as connection, readable(connection, warehouse):
        pass


def _schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """0 for a file from before there was a version."""
    try:
        found = connection.execute(f"SELECT max(schema_version) FROM corridor.{DATASET.name}").fetchone()
    except _MISSING:
        return 0
    return int(found[0]) if found and found[0] is not None else 0
