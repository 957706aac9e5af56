"""A published file as it lies on the disk, to be looked into.

Analysts' queries, which must reach nothing else, belong to `queries`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.contract.ddl import quoted_text


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
