"""Polars schemas of the tables. Only the mapping of types belongs here."""

import polars as pl

from pipeline.contract.fields import Table, Type
from pipeline.contract.vocabulary import NAMES, Vocabulary

_POLARS_TYPES: dict[Type, pl.DataType] = {
    Type.TEXT: pl.String(),
    Type.TEXTS: pl.List(pl.String()),
    Type.NUMBER: pl.Float64(),
    Type.INTEGER: pl.Int32(),
    Type.TRUTH: pl.Boolean(),
    Type.DATE: pl.Date(),
    Type.INSTANT: pl.Datetime("us", "UTC"),
    Type.JSON: pl.String(),
}


def polars_type(type_: Type) -> pl.DataType:
    """The Polars type of a contract type."""
    return _POLARS_TYPES[type_]


def polars_schema(table: Table) -> pl.Schema:
    """The schema of a table as a Polars frame, columns in the order of the contract."""
    return pl.Schema({field.name: polars_type(field.type) for field in table.fields})


def empty_frame(table: Table) -> pl.DataFrame:
    """A frame of the table without rows."""
    return pl.DataFrame(schema=polars_schema(table))


def code_rows(words: Vocabulary) -> pl.DataFrame:
    """The rows of the table `codes`, one for each code of each vocabulary."""
    rows = [(name, code, meaning or None) for name in NAMES for code, meaning in words.codes(name).items()]
    return pl.DataFrame(rows, schema={"vocabulary": pl.String, "code": pl.String, "meaning": pl.String}, orient="row")
