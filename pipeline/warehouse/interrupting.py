"""Queries that an interruption ends at once, whatever they are doing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import duckdb

R = TypeVar("R")
SECONDS_BETWEEN_LOOKS = 0.2  # a thread that waits without end is not woken by an interruption on every system


def interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], R]) -> R:
    """What `work` gives, which runs a query of the connection or fetches from it. An interruption of the caller ends it.

    The work goes on beside: on the main thread DuckDB looks for interruptions between its tasks alone, and of a join one task
    may take hours. Raises what `work` raises, and `KeyboardInterrupt`.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        running = beside.submit(work)
        try:
            while not running.done():
                wait((running,), timeout=SECONDS_BETWEEN_LOOKS)
            return running.result()
        except KeyboardInterrupt:
            while not running.done():  # again and again: an interruption of a query that has not begun yet is lost
                connection.interrupt()
                wait((running,), timeout=SECONDS_BETWEEN_LOOKS)
            raise
