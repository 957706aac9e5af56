"""Fills the tables that answer questions, each by the statement of its name in `sql/analysis/`.

A statement is a query over tables that are filled before it; what its columns mean is in `pipeline.contract.analysis`.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from pipeline.contract.ddl import quoted_name
from pipeline.contract.fields import Table
from pipeline.contract.published import ANALYSIS_TABLES
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.sql import in_order_of_use, statements


def fill_analysis(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table] = ANALYSIS_TABLES, folder: Path | None = None
) -> None:
    """Fills the empty `tables`; `folder` takes the place of `sql/analysis`.

    Raises `WarehouseError` when a table has no statement, a statement no table, or the two differ in their columns, and
    `duckdb.Error` when a statement fails.
    """
    by_name = {table.name: table for table in tables}
    queries = in_order_of_use(statements("analysis", folder))
    if unmatched := sorted({query.name for query in queries} ^ by_name.keys()):
        raise WarehouseError(f"each analysis table needs one statement of its name in sql/analysis: {', '.join(unmatched)}")
    for query in queries:
        table = by_name[query.name]
        found = connection.sql(query.sql).columns
        if sorted(found) != sorted(table.columns):
            differing = ", ".join(sorted(set(found) ^ set(table.columns))) or "a column is made twice"
            raise WarehouseError(f"sql/analysis/{query.name}.sql and the definition of the table differ in: {differing}")
        connection.execute(f"INSERT INTO {quoted_name(table.name)} BY NAME {query.sql}")
