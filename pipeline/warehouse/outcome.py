"""Tells from a published file whether a refresh made it.

A process may die between putting a file in place and logging that it did; then the file is the witness. Reading a file for
analysts belongs to `queries`.
"""

from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import REFRESHES
from pipeline.warehouse.attaching import attached


def row_of_refresh(warehouse: Path, refresh_id: str, started_at: datetime) -> pl.DataFrame | None:
    """The row of `refreshes` that a file has for a refresh; None without such a file or row."""
    if not warehouse.is_file():
        return None
    try:
        with attached(warehouse) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            sql = "SELECT * FROM corridor.refreshes WHERE refresh_id = ? AND started_at = ?"
            found = connection.execute(sql, [refresh_id, started_at]).pl()
    except duckdb.Error:
        return None
    schema = polars_schema(REFRESHES)
    return found.select(schema.names()).cast(schema) if found.height == 1 else None
