"""Frames into tables of a DuckDB file."""

from collections.abc import Mapping

import duckdb
import polars as pl

from pipeline.contract.ddl import quoted_name


def insert(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame]) -> None:
    """Adds the rows of each frame to the table of its name, column by column of the same name. Raises `duckdb.Error`."""
    for name, frame in tables.items():
        connection.register("rows_to_publish", frame.to_arrow())
        connection.execute(f"INSERT INTO {quoted_name(name)} BY NAME SELECT * FROM rows_to_publish")
        connection.unregister("rows_to_publish")
