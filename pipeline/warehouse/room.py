"""How much memory the making of a file may take, and where on the disk goes what does not fit into it.

The limit is what DuckDB holds; the tables that the program itself holds a part of at a time come on top, and are small.
"""

import os
import re
from pathlib import Path

import duckdb

from pipeline.contract.ddl import quoted_text
from pipeline.contract.reference import read_toml
from pipeline.warehouse.errors import MemoryLimitError

MEMORY_VARIABLE = "CORRIDOR_MEMORY"
_AMOUNT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(MB|GB|MiB|GiB)\s*")
_BYTES = {"MB": 10**6, "GB": 10**9, "MiB": 2**20, "GiB": 2**30}


def memory_limit() -> int:
    """Bytes: what CORRIDOR_MEMORY says, or the default. Raises `MemoryLimitError` for a value that says no amount."""
    told = os.environ.get(MEMORY_VARIABLE) or str(read_toml("analysis/publishing.toml")["memory"])
    found = _AMOUNT.fullmatch(told)
    if found is None or not float(found[1]):
        raise MemoryLimitError(
            f"{MEMORY_VARIABLE} is {told!r}; it says how much memory the making of a file may take, such as 2GiB or 800MB"
        )
    return int(float(found[1]) * _BYTES[found[2]])


def give_room(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Bounds what a connection holds in memory; the rest goes to files in `folder`. Raises `MemoryLimitError`."""
    limit = memory_limit()
    each = int(read_toml("analysis/publishing.toml")["mebibytes_a_thread"]) * 2**20
    threads = max(1, min(os.cpu_count() or 1, limit // each))
    connection.execute(f"SET memory_limit = '{limit // 1000}KB'")
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET temp_directory = {quoted_text(str(folder))}")


def too_little(error: duckdb.Error) -> MemoryLimitError:
    """What to raise in place of DuckDB's error that a statement did not fit into the memory that it was given."""
    reason = " ".join(str(error).split("\n", 1)[0].split())
    return MemoryLimitError(
        f"the new file could not be made within {memory_limit() / 2**20:,.0f} MiB of memory, what was published stays: set"
        f" {MEMORY_VARIABLE} to more ({reason})"
    )
