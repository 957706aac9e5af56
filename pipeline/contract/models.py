"""Judging whole tables: what is wrong with the values of each row, and Pandera models that refuse rows with something wrong.

What a value must hold is decided in `pipeline.contract.cells`; rules across columns belong to `pipeline.claims.rules`;
keys and references are proven by SQL checks. Validate collected frames with `lazy=True`: on a LazyFrame Pandera checks nothing
but names and types, and says nothing about it.
"""

from functools import cache

import pandera.polars as pa
import polars as pl

from pipeline.contract.cells import FieldChecks, row_checks
from pipeline.contract.fields import Table
from pipeline.contract.schemas import polars_type

REASONS = "reasons"


@cache
def model(table: Table) -> pa.DataFrameSchema:
    """The model of a table whose rows are judged: the columns of the contract in its order and with its types, and behind them
    `reasons`, a list of what is wrong with the row, which must be empty.
    """
    # A check of each column costs Pandera more than judging its values does, and one of the whole frame copies failing rows.
    of_table = {field.name: pa.Column(polars_type(field.type), nullable=True) for field in table.fields}
    sound = pa.Check(lambda data: data.lazyframe.select(pl.col(data.key).list.len() == 0), name="sound")
    reasons = pa.Column(pl.List(pl.String()), checks=[sound])
    return pa.DataFrameSchema({**of_table, REASONS: reasons}, strict=True, ordered=True, name=table.name)


def faults(table: Table, frame: pl.DataFrame) -> list[list[str]]:
    """For each row the reason codes of what is wrong with its values, each by itself: `unknown_code:mode`, `not_null:evidence`.

    The frame has the columns of the table, with its types.
    """
    found: list[list[str]] = [[] for _ in range(frame.height)]
    for field in _checks(table):
        if _all_hold(field, frame[field.name]):
            continue
        for row, value in enumerate(frame[field.name].to_list()):
            found[row] += field.reasons(value)
    return found


def _all_hold(field: FieldChecks, column: pl.Series) -> bool:
    """Whether all values hold. Values repeat, so that each is judged once."""
    return field.any_value_holds or not any(any(field.reasons(value)) for value in column.unique().to_list())


@cache
def _checks(table: Table) -> tuple[FieldChecks, ...]:
    return row_checks(table)
