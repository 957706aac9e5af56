"""Runs the checks on a database that is to be published: those in `sql/checks/`, and one that each analysis table keeps to its
definition.

A check is a query for violating rows; no rows, no violation. How rows are made belongs elsewhere.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.contract.conformance import violations
from pipeline.contract.fields import Table
from pipeline.contract.published import ANALYSIS_TABLES, HISTORY_TABLES
from pipeline.warehouse.carrying import concerned
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
    return tuple(run_check(connection, check) for check in checks(folder))


def rerun_checks(connection: duckdb.DuckDBPyConnection, folder: Path | None = None) -> tuple[CheckResult, ...]:
    """The same for a file in which only what tells of refreshes was written anew: those that look at it. The others found
    nothing in the same rows before.
    """
    anew = concerned(checks(folder))
    return tuple(
        run_check(connection, check) if check.name in anew else CheckResult(check.name, check.comment, 0, ())
        for check in checks(folder)
    )


def checks(folder: Path | None = None) -> tuple[Statement, ...]:
    """The statements to run: those of `folder` alone, or of `sql/checks/` and those derived from definitions."""
    written = statements("checks", folder)
    derived = [] if folder else [_keeps_its_definition(table) for table in (*HISTORY_TABLES, *ANALYSIS_TABLES)]
    return (*written, *derived)


def _keeps_its_definition(table: Table) -> Statement:
    comment = f"Every row of {table.name} keeps to the definition of the table: key, references, codes, ranges, lists."
    return Statement(f"{table.name}_keeps_its_definition", comment, violations(table))


def run_check(connection: duckdb.DuckDBPyConnection, check: Statement) -> CheckResult:
    """Runs one check. Raises `duckdb.Error` if it is not valid SQL."""
    found = connection.execute(check.sql)
    columns = [column[0] for column in found.description or ()]
    first = found.fetchmany(SAMPLE_ROWS)
    violations = len(first)
    while rows := found.fetchmany(COUNTED_ROWS):
        violations += len(rows)
    sample = tuple(dict(zip(columns, row, strict=True)) for row in first)
    return CheckResult(check.name, check.comment, violations, sample)
