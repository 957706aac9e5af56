"""A published file as it lies on the disk, to be looked into.

Analysts' queries, which must reach nothing else, belong to `queries`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.contract.ddl import quoted_text
from pipeline.warehouse.errors import LockHeldError, NotPublishedError, WarehouseError

# What DuckDB says of a file that another process has open for writing: on POSIX systems, and on Windows.
_HELD = re.compile(r"Conflicting lock is held|Could not set lock|used by another process|already open in")
_PROCESS = re.compile(r"\(PID \d+\)")


@contextmanager
def attached(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the file attached as `corridor`, read only. Raises `duckdb.Error` if it is no file that can be read."""
    # A database of its own: connecting to the path would give what this process had open before a publish.
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"ATTACH {quoted_text(str(warehouse))} AS corridor (READ_ONLY)")
        yield connection
    finally:
        connection.close()


def not_attached(warehouse: Path, error: duckdb.Error) -> WarehouseError:
    """What kept a file from being attached: `LockHeldError` if another program writes to it, else `NotPublishedError`."""
    told = str(error).strip()
    if isinstance(error, duckdb.IOException) and _HELD.search(told):
        process = _PROCESS.search(told)
        program = f"another program {process.group()}" if process else "another program"
        return LockHeldError(
            f"{warehouse} is open for writing in {program}, and cannot be read meanwhile: close it there, or open it there"
            " with read_only=True"
        )
    reason = told.split("\n", 1)[0]
    return NotPublishedError(f"{warehouse} cannot be opened as a DuckDB file: {reason}")
