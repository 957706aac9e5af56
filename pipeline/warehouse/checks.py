"""Runs the checks in `sql/checks/` on a database that is to be published.

A check is a query for violating rows; no rows, no violation. How rows are made belongs elsewhere.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.warehouse.sql import Statement, statements

SAMPLE_ROWS = 5
COUNTED_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: how many rows violate it, and some of them, each a mapping of column to value."""

    name: str
    description: str
    violations: int
    sample: tuple[dict[str, object], ...]

    @property
    def passed(self) -> bool:
        """Whether no row violates the check."""
        return self.violations == 0


def run_checks(connection: duckdb.DuckDBPyConnection, folder: Path | None = None) -> tuple[CheckResult, ...]:
    """Runs every check, in the order of their names. Raises `duckdb.Error` if one is not valid SQL."""
    return tuple(_run(connection, check) for check in statements("checks", folder))


def _run(connection: duckdb.DuckDBPyConnection, check: Statement) -> CheckResult:
    found = connection.execute(check.sql)
    columns = [column[0] for column in found.description or ()]
    first = found.fetchmany(SAMPLE_ROWS)
    violations = len(first)
    while rows := found.fetchmany(COUNTED_ROWS):
        violations += len(rows)
    sample = tuple(dict(zip(columns, row, strict=True)) for row in first)
    return CheckResult(check.name, check.comment, violations, sample)
