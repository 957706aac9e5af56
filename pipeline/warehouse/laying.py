"""Lays rows down in the tables of a file that is being made, frame after frame, without holding a table whole.

How much memory that may take, and where DuckDB puts what exceeds it, is in `room`; which rows there are in `rows`.
"""

from collections.abc import Iterable, Iterator

import duckdb
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from pipeline.contract.ddl import quoted_name
from pipeline.contract.fields import Table
from pipeline.contract.schemas import polars_schema
from pipeline.warehouse.rows import arrangement

_TURN = "turn_of_row"  # rows that the arrangement leaves equal stay in the order in which they came


def lay_down(connection: duckdb.DuckDBPyConnection, table: Table, frames: Iterable[pl.DataFrame]) -> None:
    """Inserts frames of a table, arranged. Raises `duckdb.Error`, and what comes of making the frames."""
    frame = pl.Schema({**polars_schema(table), _TURN: pl.Int64()}).to_frame()
    order = [f"{place} NULLS FIRST" for place in arrangement(table)]
    listed = ", ".join(map(quoted_name, table.columns))
    query = f"SELECT {listed} FROM rows_to_publish ORDER BY {', '.join([*order, _TURN])}"
    stream(connection, f"INSERT INTO {quoted_name(table.name)} BY NAME {query}", _numbered(frames), frame)


def append(connection: duckdb.DuckDBPyConnection, table: str, frames: Iterable[pl.DataFrame], empty: pl.DataFrame) -> None:
    """Inserts frames in the columns of an `empty` one, as they come. Raises as `lay_down`."""
    stream(connection, f"INSERT INTO {quoted_name(table)} BY NAME SELECT * FROM rows_to_publish", frames, empty)


def stream(connection: duckdb.DuckDBPyConnection, sql: str, frames: Iterable[pl.DataFrame], empty: pl.DataFrame) -> None:
    """Runs a statement over the frames, as a relation `rows_to_publish` with the columns of `empty`. Raises as `lay_down`."""
    schema = empty.to_arrow().schema
    failures: list[BaseException] = []

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            for frame in frames:
                yield from frame.select(empty.columns).to_arrow().cast(schema).to_batches()
        except BaseException as error:
            failures.append(error)  # DuckDB would raise an error of its own, of which nobody could tell the cause
            raise

    connection.register("rows_to_publish", pa.RecordBatchReader.from_batches(schema, batches()))
    try:
        connection.execute(sql)
    except duckdb.Error as error:
        if failures:
            raise failures[0] from error
        raise
    finally:
        connection.unregister("rows_to_publish")


def _numbered(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    laid = 0
    for frame in frames:
        yield frame.with_columns(pl.int_range(laid, laid + frame.height, dtype=pl.Int64).alias(_TURN))
        laid += frame.height
