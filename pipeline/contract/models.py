"""Pandera models of the tables: types, NULLs, vocabularies, ranges, each row and column for itself.

Rules across columns belong to `pipeline.claims.validation`; keys and references are proven by SQL checks. Validate collected
frames with `lazy=True`: on a LazyFrame Pandera checks nothing but names and types, and says nothing about it.
"""

from collections.abc import Callable
from functools import cache

import pandera.polars as pa
import polars as pl

from pipeline.contract.fields import Field, Table, Type
from pipeline.contract.schemas import polars_type
from pipeline.contract.vocabulary import Vocabulary, vocabulary

_OPEN_VOCABULARIES: dict[str, Callable[[Vocabulary, str], bool]] = {
    "units": Vocabulary.is_unit,
    "corridors": Vocabulary.is_corridor,
}


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
    return pa.Column(polars_type(field.type), checks=_checks(field), nullable=field.nullable, description=field.description)


def _checks(field: Field) -> list[pa.Check]:
    checks = []
    if field.vocabulary is not None:
        checks.append(pa.Check(_in_vocabulary(field), name=f"unknown_code:{field.name}"))
    if field.type is Type.TEXTS:
        checks.append(pa.Check(_is_sorted_set, name=f"list_not_sorted:{field.name}"))
        checks.append(pa.Check(_has_no_blank, name=f"blank_item:{field.name}"))
    if field.minimum is not None or field.maximum is not None:
        checks.append(pa.Check(_in_range(field), name=f"out_of_range:{field.name}"))
    if field.pattern is not None:
        checks.append(pa.Check(_matches(field.pattern), name=f"malformed:{field.name}"))
    return checks


def _in_vocabulary(field: Field) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    words, name = vocabulary(), str(field.vocabulary)
    if name in _OPEN_VOCABULARIES:
        return _in_open_vocabulary(words, _OPEN_VOCABULARIES[name])
    legal = pl.Series(list(words.codes(name)), dtype=pl.String)

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        column = pl.col(data.key)
        if field.type is Type.TEXTS:
            return data.lazyframe.select(column.list.eval(pl.element().is_in(legal.implode()).fill_null(False)).list.all())
        return data.lazyframe.select(column.is_in(legal.implode()))

    return check


def _in_open_vocabulary(
    words: Vocabulary, is_legal: Callable[[Vocabulary, str], bool]
) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def check(data: pa.PolarsData) -> pl.LazyFrame:
        found = data.lazyframe.select(data.key).collect()[data.key]
        legal = [code for code in found.unique().drop_nulls().to_list() if is_legal(words, code)]
        return pl.LazyFrame({data.key: found.is_in(pl.Series(legal, dtype=pl.String).implode())})

    return check


def _is_sorted_set(data: pa.PolarsData) -> pl.LazyFrame:
    column = pl.col(data.key)
    return data.lazyframe.select(column == column.list.unique().list.sort())


def _has_no_blank(data: pa.PolarsData) -> pl.LazyFrame:
    filled = pl.element().str.strip_chars().str.len_chars() > 0
    return data.lazyframe.select(pl.col(data.key).list.eval(filled.fill_null(False)).list.all())


def _in_range(field: Field) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def check(data: pa.PolarsData) -> pl.LazyFrame:
        column, within = pl.col(data.key), pl.lit(True)
        if field.minimum is not None:
            within &= column >= field.minimum
        if field.maximum is not None:
            within &= column <= field.maximum
        return data.lazyframe.select(within.alias(data.key))

    return check


def _matches(pattern: str) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def check(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col(data.key).str.contains(f"^(?:{pattern})$"))

    return check
