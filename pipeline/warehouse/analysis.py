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


def work_out(connection: duckdb.DuckDBPyConnection, settle: Callable[[], None] = lambda: None) -> None:
    """Fills every column and table that publishing works out, and calls `settle` after the columns and after each table.

    Raises as `fill_columns` and `fill_analysis`.
    """
    add_macros(connection)
    with reference_data(connection):
        fill_columns(connection)
        settle()
        fill_analysis(connection, settle=settle)


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
    settle: Callable[[], None] = lambda: None,
) -> None:
    """Fills the empty `tables`, and calls `settle` after each; `folder` takes the place of `sql/analysis`.

    Raises `WarehouseError` when a table has no statement, a statement no table, or the two differ in their columns, and
    `duckdb.Error` when a statement fails.
    """
    by_name = {table.name: table for table in tables}
    queries = in_order_of_use(statements("analysis", folder))
    if unmatched := sorted({query.name for query in queries} ^ by_name.keys()):
        raise WarehouseError(f"each analysis table needs one statement of its name in sql/analysis: {', '.join(unmatched)}")
    for query in queries:
        fill_table(connection, by_name[query.name], query.sql, makings.get(query.name))
        settle()


def fill_table(connection: duckdb.DuckDBPyConnection, table: Table, query: str, making: Making | None) -> None:
    """Fills one table with the rows of a query, or with those that a function makes of them; raises as `fill_analysis`.

    The rows are in the order that the statement gives at its end (it must leave none open: questions are answered faster where
    alike rows are neighbours), else in that of the table's key or all columns, however many threads made them.
    """
    if making:
        connection.register("rows_made", making(connection.sql(query).pl()).to_arrow())
    source = "rows_made" if making else f"({query.strip().removesuffix(';')}\n)"
    try:
        if not making and ITS_OWN_ORDER.search(query):
            connection.execute(_insertion(table, source))
        else:
            insert_in_order(connection, table, source)
    except duckdb.BinderException as error:
        differing = _differing_columns(connection, table, source)
        if differing is None:
            raise
        maker = f"what is made for {table.name}" if making else f"sql/analysis/{table.name}.sql"
        raise WarehouseError(f"{maker} and the definition of the table differ in: {differing}") from error
    finally:
        if making:
            connection.unregister("rows_made")


def insert_in_order(connection: duckdb.DuckDBPyConnection, table: Table, source: str) -> None:
    """Inserts what a relation holds by the key of the table, else by all columns: in no order that threads would give.

    Raises `duckdb.BinderException` if its columns are not those of the table.
    """
    order = ", ".join(quoted_name(column) for column in table.key or table.columns)
    connection.execute(f"{_insertion(table, source)} ORDER BY {order}")


def _insertion(table: Table, source: str) -> str:
    """Fails both where a column of the table is missing and where there is another, so that nothing need be asked before."""
    listed = ", ".join(quoted_name(column) for column in table.columns)
    return f"INSERT INTO {quoted_name(table.name)} BY NAME SELECT {listed}, * EXCLUDE ({listed}) FROM {source} AS rows_found"


def _differing_columns(connection: duckdb.DuckDBPyConnection, table: Table, source: str) -> str | None:
    """What one has and the other has not, or None; a column that is made twice is another, with a number behind its name."""
    return ", ".join(sorted(set(connection.sql(f"FROM {source}").columns) ^ set(table.columns))) or None
