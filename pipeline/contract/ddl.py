"""DuckDB statements that create the tables with their comments. Only structure belongs here; rows are the warehouse's."""

from collections.abc import Iterable

from pipeline.contract.fields import Field, Table, Type

_DUCKDB_TYPES: dict[Type, str] = {
    Type.TEXT: "VARCHAR",
    Type.TEXTS: "VARCHAR[]",
    Type.NUMBER: "DOUBLE",
    Type.INTEGER: "INTEGER",
    Type.TRUTH: "BOOLEAN",
    Type.DATE: "DATE",
    Type.INSTANT: "TIMESTAMPTZ",
    Type.JSON: "JSON",
}


def duckdb_type(type_: Type) -> str:
    """The DuckDB type of a contract type."""
    return _DUCKDB_TYPES[type_]


def quoted_name(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def comment(field: Field) -> str:
    """What the database and the dictionary say of a column: its description, unit and vocabulary."""
    parts = [field.description]
    if field.unit:
        parts.append(f"In {field.unit}.")
    if field.vocabulary:
        parts.append(f"Vocabulary: {field.vocabulary}.")
    return " ".join(parts)


def create_table(table: Table) -> str:
    """The CREATE TABLE statement of a table, with NOT NULL where the contract asks for it.

    Keys are named in the table's comment and proven by SQL checks, not declared: the index of a hashed key costs 3.6 s and
    56 MB for a million rows (measured on DuckDB 1.5.5), in a file that is written once, checked, and then only read.
    """
    columns = ",\n    ".join(
        f"{quoted_name(field.name)} {duckdb_type(field.type)}{'' if field.nullable else ' NOT NULL'}" for field in table.fields
    )
    return f"CREATE TABLE {quoted_name(table.name)} (\n    {columns}\n)"


def comments(table: Table) -> list[str]:
    """COMMENT ON statements for a table and each of its columns."""
    key = f" Key: {', '.join(table.key)}." if table.key else ""
    statements = [f"COMMENT ON TABLE {quoted_name(table.name)} IS {quoted_text(table.description + key)}"]
    for field in table.fields:
        column = f"{quoted_name(table.name)}.{quoted_name(field.name)}"
        statements.append(f"COMMENT ON COLUMN {column} IS {quoted_text(comment(field))}")
    return statements


def statements(tables: Iterable[Table]) -> list[str]:
    """Every statement that makes the empty tables, in the order to run them."""
    return [statement for table in tables for statement in (create_table(table), *comments(table))]
