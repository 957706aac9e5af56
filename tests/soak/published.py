"""What a published file says, in a form in which two histories of refreshes can be compared."""

import bisect
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.checks import run_checks

Content = dict[str, list[tuple[Any, ...]]]

# A hash that times of reading go into, and where a store lies, which no two histories share.
MOMENTS_IN_IT = frozenset({"made_from", "store"})
LOGS = ("refreshes", "source_refreshes")  # a refresh that was killed has rows of its own in them


class Clock:
    """When each step of a history began: any later moment belongs to the last step that had begun."""

    def __init__(self) -> None:
        self._begun: list[datetime] = []

    def step(self) -> None:
        self._begun.append(datetime.now(UTC))

    def at(self, moment: datetime) -> int:
        """The step, from 1, that a moment falls into."""
        return bisect.bisect_right(self._begun, moment)


def content(file: Path, clock: Clock) -> Content:
    """The rows of every table but the logs of refreshes, sorted; moments and refreshes as the steps that they belong to."""
    with _opened(file) as connection:
        tables = [name for (name,) in connection.execute(_TABLES).fetchall()]
        started = dict(connection.execute("SELECT refresh_id, started_at FROM refreshes").fetchall())
        return {name: _rows(connection, name, started, clock) for name in tables if name not in LOGS}


def counts_by_step(file: Path, clock: Clock) -> list[tuple[Any, ...]]:
    """What the published refreshes of each step brought, together; one that was cut off counts what it read."""
    with _opened(file) as connection:
        rows = connection.execute(
            "SELECT started_at, documents_new, documents_changed, documents_removed,"
            " claims_added, claims_altered, claims_removed FROM refreshes WHERE status = 'published'"
        ).fetchall()
    steps: dict[int, list[int]] = {}
    for started_at, *counts in rows:
        sums = steps.setdefault(clock.at(started_at), [0] * len(counts))
        steps[clock.at(started_at)] = [a + (b or 0) for a, b in zip(sums, counts, strict=True)]
    return [(step, *sums) for step, sums in sorted(steps.items())]


def failed_checks(file: Path) -> list[str]:
    """The SQL checks that a published file does not pass."""
    with _opened(file) as connection:
        return [check.name for check in run_checks(connection) if not check.passed]


def differences(found: Content, expected: Content) -> list[str]:
    """What differs, table by table, with the first rows of each side; empty if nothing does."""
    told = []
    for name in sorted(found.keys() | expected.keys()):
        ours, theirs = found.get(name, []), expected.get(name, [])
        if ours != theirs:
            told.append(f"{name}: only found {_only(ours, theirs)}; only expected {_only(theirs, ours)}")
    return told


def _only(rows: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    known = set(map(repr, others))
    return [row for row in rows if repr(row) not in known][:3]


_TABLES = """
SELECT table_name FROM duckdb_tables() WHERE database_name = 'corridor' AND schema_name = 'main' ORDER BY table_name
"""


def _opened(file: Path) -> duckdb.DuckDBPyConnection:
    # Attached to a database of its own, for a file that was replaced since this process opened it.
    connection = duckdb.connect(":memory:")
    connection.execute(f"ATTACH '{file}' AS corridor (READ_ONLY)")
    connection.execute("USE corridor")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _rows(connection: duckdb.DuckDBPyConnection, table: str, started: dict[str, datetime], clock: Clock) -> list[Any]:
    found = connection.execute(f"SELECT * FROM {table}")
    columns = [column[0] for column in found.description or ()]

    def plain(name: str, value: Any) -> Any:
        if name in MOMENTS_IN_IT:
            return None
        if name == "refresh_id" and value is not None:
            return clock.at(started[value])
        return clock.at(value) if isinstance(value, datetime) else value

    rows: Iterable[Any] = (
        tuple(plain(name, value) for name, value in zip(columns, row, strict=True)) for row in found.fetchall()
    )
    return sorted(rows, key=repr)
