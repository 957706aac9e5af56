"""Tables as Frictionless Table Schemas: types, descriptions, keys, constraints. Derived from the contract.

The specification is Data Package 1, https://specs.frictionlessdata.io/table-schema/. Files and packages are the warehouse's.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.contract.ddl import comment
from pipeline.contract.fields import Field, Table, Type

_TYPES: dict[Type, str] = {
    Type.TEXT: "string",
    Type.TEXTS: "array",
    Type.NUMBER: "number",
    Type.INTEGER: "integer",
    Type.TRUTH: "boolean",
    Type.DATE: "date",
    Type.INSTANT: "datetime",
    Type.JSON: "object",
}
# They take more than their codes.
_OPEN_VOCABULARIES = frozenset({"units", "corridors"})


def table_schema(table: Table, tables: Collection[str], codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The schema of a table in a package of `tables`; `codes` are those of each vocabulary.

    A reference to what the package does not hold, such as a view, is left out.
    """
    schema: dict[str, Any] = {"fields": [_field(field, codes) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {
            "fields": [reference.field],
            "reference": {"resource": "" if reference.table == table.name else reference.table, "fields": [reference.key]},
        }
        for reference in table.references
        if reference.table in tables and table.field(reference.field).type is not Type.TEXTS
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(field: Field, codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": _TYPES[field.type], "description": comment(field)}
    constraints: dict[str, Any] = {}
    if not field.nullable:
        constraints["required"] = True
        if field.type is Type.TEXT:
            described["missingValues"] = []  # an empty text is one
    for name, bound in (("minimum", field.minimum), ("maximum", field.maximum)):
        if bound is not None:
            constraints[name] = int(bound) if field.type is Type.INTEGER else bound
    if field.pattern is not None:
        constraints["pattern"] = f"(?:{field.pattern})"
    legal = [] if field.vocabulary is None or field.vocabulary in _OPEN_VOCABULARIES else list(codes.get(field.vocabulary, ()))
    if field.type is Type.TEXTS:
        described["arrayItem"] = {"type": "string", **({"constraints": {"enum": legal}} if legal else {})}
    elif legal:
        constraints["enum"] = legal
    if constraints:
        described["constraints"] = constraints
    return described
