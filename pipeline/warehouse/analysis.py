"""Fills what publishing works out from claims: the columns that it adds to their tables, then the tables that answer questions.

Each has the statement of its name in `sql/columns/` or `sql/analysis/`: a query over tables that are filled before it, and over
the reference data that are lent to it as `reference_...`. What columns mean is in `pipeline.contract.analysis`.
Expressions that several statements share are macros, in `sql/macros/`. Where SQL would be unreadable, a function listed here
makes the rows of a table of what its statement gives.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contract.ddl import quoted_name
from pipeline.contract.fields import Field, Table
from pipeline.contract.published import ADDED_FIELDS, ANALYSIS_TABLES
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.instruments import instruments_of
from pipeline.warehouse.reference import reference_data
from pipeline.warehouse.sql import in_order_of_use, statements

Making = Callable[[pl.DataFrame], pl.DataFrame]

# Table -> the function that makes its rows of the rows of its statement. It sees nothing else, in no particular order.
MAKINGS: Mapping[str, Making] = {"agreement_statements": instruments_of}

# The order of the whole statement stands at the margin, those inside it do not.
ITS_OWN_ORDER = re.compile("^ORDER BY ", re.MULTILINE)


def work_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills every column and table that publishing works out. Raises as `fill_columns` and `fill_analysis`."""
    add_macros(connection)
    with reference_data(connection):
        fill_columns(connection)
        fill_analysis(connection)


def add_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds the expressions that several statements share; they stay in the file, for questions to use."""
    for macro in statements("macros"):
        connection.execute(macro.sql)


def fill_columns(
    connection: duckdb.DuckDBPyConnection, fields: Mapping[str, Iterable[Field]] = ADDED_FIELDS, folder: Path | None = None
) -> None:
    """Fills the added `fields` of claims tables, given by table; `folder` takes the place of `sql/columns`.

    A statement gives `claim_id` and the value; claims that it leaves out keep NULL. Raises `WarehouseError` when a field has no
    statement, a statement no field, or it gives other columns, and `duckdb.Error` when a statement fails.
    """
    queries = {query.name: query for query in statements("columns", folder)}
    if unmatched := sorted({field.name for of_table in fields.values() for field in of_table} ^ queries.keys()):
        raise WarehouseError(f"each added column needs one statement of its name in sql/columns: {', '.join(unmatched)}")
    for name, query in queries.items():
        found = connection.sql(query.sql).columns
        if sorted(found) != sorted(("claim_id", name)):
            raise WarehouseError(f"sql/columns/{name}.sql should give claim_id and {name}; it gives {', '.join(found)}")
        connection.execute(f"CREATE TEMP TABLE worked_out AS {query.sql}")
        for table in (table for table, of_table in fields.items() if name in {field.name for field in of_table}):
            target, column = quoted_name(table), quoted_name(name)
            value = f"SET {column} = worked_out.{column} FROM worked_out"
            connection.execute(f"UPDATE {target} {value} WHERE {target}.claim_id = worked_out.claim_id")
        connection.execute("DROP TABLE worked_out")


def fill_analysis(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[Table] = ANALYSIS_TABLES,
    folder: Path | None = None,
    makings: Mapping[str, Making] = MAKINGS,
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
        fill_table(connection, by_name[query.name], query.sql, makings.get(query.name))


def fill_table(connection: duckdb.DuckDBPyConnection, table: Table, query: str, making: Making | None) -> None:
    """Fills one table with the rows of a query, or with those that a function makes of them; raises as `fill_analysis`.

    The rows are in the order that the statement gives at its end (it must leave none open: questions are answered faster where
    alike rows are neighbours), else in that of the table's key or all columns, however many threads made them.
    """
    rows = connection.sql(query)
    made = making(rows.pl()) if making else None
    found = made.columns if made is not None else rows.columns
    if sorted(found) != sorted(table.columns):
        differing = ", ".join(sorted(set(found) ^ set(table.columns))) or "a column is made twice"
        maker = f"sql/analysis/{table.name}.sql" if making is None else f"what is made for {table.name}"
        raise WarehouseError(f"{maker} and the definition of the table differ in: {differing}")
    if made is None:
        if ITS_OWN_ORDER.search(query):
            connection.execute(f"INSERT INTO {quoted_name(table.name)} BY NAME {query}")
        else:
            insert_in_order(connection, table, f"({query.strip().removesuffix(';')}\n)")
        return
    connection.register("rows_made", made.to_arrow())
    insert_in_order(connection, table, "rows_made")
    connection.unregister("rows_made")


def insert_in_order(connection: duckdb.DuckDBPyConnection, table: Table, source: str) -> None:
    """Inserts what a relation holds by the key of the table, else by all columns: in no order that threads would give."""
    order = ", ".join(quoted_name(column) for column in table.key or table.columns)
    connection.execute(f"INSERT INTO {quoted_name(table.name)} BY NAME SELECT * FROM {source} AS rows_found ORDER BY {order}")
