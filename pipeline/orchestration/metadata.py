"""What Dagster's UI shows of a table: its columns, its first rows, its size. Which tables there are belongs to the contract."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import dagster as dg

from pipeline.contract.ddl import duckdb_type
from pipeline.contract.fields import Field, Table
from pipeline.orchestration.markdown import markdown_table

PREVIEW_ROWS = 5
PREVIEW_CHARACTERS = 80


def column_schema(table: Table) -> dg.TableSchema:
    """The columns of a contract table, with their types, meanings and constraints."""
    return dg.TableSchema(
        columns=[_column(field, unique=table.key == (field.name,)) for field in table.fields],
        constraints=dg.TableConstraints(other=[f"key: {', '.join(table.key)}"] if table.key else []),
    )


def _column(field: Field, unique: bool) -> dg.TableColumn:
    limits = [
        text
        for value, text in (
            (field.vocabulary, f"vocabulary: {field.vocabulary}"),
            (field.minimum, f"at least {field.minimum}"),
            (field.maximum, f"at most {field.maximum}"),
            (field.pattern, f"matches {field.pattern}"),
            (field.unit, f"in {field.unit}"),
        )
        if value is not None
    ]
    return dg.TableColumn(
        name=field.name,
        type=duckdb_type(field.type),
        description=field.description,
        constraints=dg.TableColumnConstraints(nullable=field.nullable, unique=unique, other=limits),
    )


def preview(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """The first rows of a table, long values cut."""
    first = list(islice(rows, PREVIEW_ROWS))
    return dg.MetadataValue.md(markdown_table(columns, first, PREVIEW_CHARACTERS) if first else "no rows")


def row_count(rows: int) -> dict[str, Any]:
    """How many rows a table has, under the key that the UI plots."""
    return {"dagster/row_count": dg.MetadataValue.int(rows)}
