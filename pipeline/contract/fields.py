"""How a table of the contract is described: fields, tables, references. Only the shapes; the tables are in `tables`."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Type(StrEnum):
    """The types that a field can have, independent of any library."""

    TEXT = "text"
    TEXTS = "list of texts"
    NUMBER = "number"
    INTEGER = "integer"
    TRUTH = "truth"
    DATE = "date"
    INSTANT = "instant"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, type, meaning, and what its values must hold each for itself.

    `vocabulary` names a vocabulary of `pipeline.contract.vocabulary.Vocabulary`, for lists that of their items; two are open:
    `units` takes rates too and `corridors` names in lower case. `minimum` and `maximum` are inclusive. `pattern` must match all
    of the text. Lists are sorted and without repeats.
    """

    name: str
    type: Type
    description: str
    nullable: bool = False
    unit: str | None = None
    vocabulary: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A field whose values, where not NULL, are keys of a row in another table."""

    field: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its fields in order, the fields that tell its rows apart (none where rows may repeat), and what it points to."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def extended(self, *fields: Field) -> "Table":
        """The same table with further `fields` at its end."""
        return replace(self, fields=(*self.fields, *fields))

    def field(self, name: str) -> Field:
        """The field called `name`. Raises `KeyError` when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name!r}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)
