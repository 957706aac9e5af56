"""SQL that finds the rows of a table which break its definition: key, references, vocabularies, ranges, patterns, lists.

NULLs and types need none: the DDL forbids what the definition does. Rules that a table's definition does not tell are in
`sql/checks/`.
"""

from collections.abc import Iterator

from pipeline.contract.ddl import quoted_name, quoted_text
from pipeline.contract.fields import Field, Table, Type

# Vocabularies that take more than their codes: which parts of a value are to be codes, and of which vocabularies.
_PARTS = {
    "units": ("string_split({column}, '/')", "('units', 'currencies', 'periods')"),
    "corridors": ("[{column}]", "('corridors')"),
}


def violations(table: Table) -> str:
    """A query for the broken rules of a table: `rule`, `value` and the number of `rows`. No row, no violation."""
    rules = " UNION ALL ".join(_rules(table))
    return f"SELECT rule, value, count(*) AS rows FROM ({rules}) GROUP BY rule, value ORDER BY rule, value"


def _rules(table: Table) -> Iterator[str]:
    name = quoted_name(table.name)
    yield "SELECT '' AS rule, '' AS value WHERE false"
    if table.key:
        key = ", ".join(map(quoted_name, table.key))
        yield f"SELECT 'key repeats', concat_ws(' ', {key}) FROM {name} GROUP BY {key} HAVING count(*) > 1"
    for reference in table.references:
        column, key = quoted_name(reference.field), quoted_name(reference.key)
        target = quoted_name(reference.table)
        yield (
            f"SELECT {quoted_text(f'{reference.field} points to no row of {reference.table}')}, {column}::VARCHAR FROM {name} "
            f"WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {target})"
        )
    for field in table.fields:
        yield from _rules_of_field(name, field)


def _rules_of_field(table: str, field: Field) -> Iterator[str]:
    column = quoted_name(field.name)

    def rule(what: str, broken: str) -> str:
        return f"SELECT {quoted_text(f'{field.name} {what}')}, {column}::VARCHAR FROM {table} WHERE {broken}"

    if field.vocabulary is not None:
        yield _unknown_codes(table, field)
    if field.type is Type.TEXTS:
        yield rule("is no sorted set", f"{column} IS DISTINCT FROM list_sort(list_distinct({column}))")
    if field.type is Type.NUMBER:
        yield rule("is not finite", f"NOT isfinite({column})")
    if field.minimum is not None:
        yield rule("is too small", f"{column} < {field.minimum!r}")
    if field.maximum is not None:
        yield rule("is too large", f"{column} > {field.maximum!r}")
    if field.pattern is not None:
        yield rule("is malformed", f"NOT regexp_full_match({column}, {quoted_text(field.pattern)})")


def _unknown_codes(table: str, field: Field) -> str:
    column, vocabulary = quoted_name(field.name), str(field.vocabulary)
    parts, vocabularies = _PARTS.get(vocabulary, ("[{column}]", f"({quoted_text(vocabulary)})"))
    values = column if field.type is Type.TEXTS else parts.format(column=column)
    # A corridor that no vocabulary lists is given by its name in lower case.
    named = "AND part <> lower(part)" if vocabulary == "corridors" else ""
    return (
        f"SELECT {quoted_text(f'{field.name} is no known code')}, part FROM "
        f"(SELECT DISTINCT unnest({values}) AS part FROM {table} WHERE {column} IS NOT NULL) "
        f"WHERE part NOT IN (SELECT code FROM codes WHERE vocabulary IN {vocabularies}) {named}"
    )
