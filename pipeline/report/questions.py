"""Asks the published file what the report tells: the statements in `sql/report/`, each a question with named values.

How an answer is shown belongs to the sections.
"""

import re
from collections.abc import Mapping
from typing import Any

import duckdb

from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.sql import Statement, statements

Row = Mapping[str, Any]

_VALUE = re.compile(r"\$(\w+)")


class OutdatedFileError(WarehouseError):
    """The published file lacks what the report asks for: it was made by another version."""


class Questions:
    """The questions, ready to be asked of one open file. `values` are the named values that statements may use."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, values: Mapping[str, object]) -> None:
        self._connection = connection
        self._values = dict(values)
        self._statements: dict[str, Statement] = {statement.name: statement for statement in statements("report")}

    def ask(self, name: str, **values: object) -> list[Row]:
        """The rows that answer the question `name`, each a mapping of column to value.

        Raises `OutdatedFileError` when the file has not the tables or columns that it is about.
        """
        sql = self._statements[name].sql
        known = {**self._values, **values}
        try:
            found = self._connection.execute(sql, {key: known[key] for key in set(_VALUE.findall(sql))})
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            reason = str(error).split("\n", 1)[0]
            raise OutdatedFileError(
                f"the published file was made by another version of corridor ({reason}); run `corridor refresh` to make it anew"
            ) from error
        columns = [str(column[0]) for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def one(self, name: str, **values: object) -> Row:
        """The only row that answers the question `name`."""
        return self.ask(name, **values)[0]
