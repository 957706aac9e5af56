"""Pandera models of the tables: types, NULLs, vocabularies, ranges, each row and column for itself.

What a value must hold is decided in `pipeline.contract.cells`; rules across columns belong to `pipeline.claims.rules`;
keys and references are proven by SQL checks. Validate collected frames with `lazy=True`: on a LazyFrame Pandera checks nothing
but names and types, and says nothing about it.
"""

from collections.abc import Callable
from functools import cache

import pandera.polars as pa
import polars as pl

from pipeline.contract import cells
from pipeline.contract.fields import Field, Table
from pipeline.contract.schemas import polars_type


@cache
def model(table: Table) -> pa.DataFrameSchema:
    """The model of a table. Names of checks are reason codes: `unknown_code:mode`, `out_of_range:confidence`.

    Columns must be those of the contract, in its order and with its types.
    """
    return pa.DataFrameSchema(columns(table), strict=True, ordered=True, name=table.name)


def columns(table: Table) -> dict[str, pa.Column]:
    """The columns of a table's model, for a model that adds rules across columns."""
    return {field.name: _column(field) for field in table.fields}


def _column(field: Field) -> pa.Column:
    checks = [pa.Check(_holds(check.holds), name=check.reason) for check in cells.checks(field)]
    return pa.Column(polars_type(field.type), checks=checks, nullable=field.nullable, description=field.description)


def _holds(holds: cells.Holds) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def check(data: pa.PolarsData) -> pl.LazyFrame:
        found = data.lazyframe.select(data.key).collect()[data.key]
        return pl.LazyFrame({data.key: [value is None or holds(value) for value in found.to_list()]})

    return check
