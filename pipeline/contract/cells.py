"""What one value of a field must hold, in plain Python: its type, vocabulary, order, range, pattern.

The one place where that is decided: the models of tables ask here column by column, and whoever has single rows asks for
each. Rules across the columns of a claim belong to `pipeline.claims.rules`.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.contract.fields import Field, Table, Type
from pipeline.contract.vocabulary import Vocabulary, vocabulary

Holds = Callable[[Any], bool]

NOT_NULL = "not_null"
_PYTHON_TYPES: dict[Type, tuple[type, ...]] = {
    Type.TEXT: (str,),
    Type.TEXTS: (list, tuple),
    Type.NUMBER: (float, int),
    Type.INTEGER: (int,),
    Type.TRUTH: (bool,),
    Type.DATE: (date,),
    Type.INSTANT: (datetime,),
    Type.JSON: (str,),
}
_OPEN_VOCABULARIES: dict[str, Callable[[Vocabulary, str], bool]] = {
    "units": Vocabulary.is_unit,
    "corridors": Vocabulary.is_corridor,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A reason code, such as `unknown_code:mode`, and whether a value that is not NULL is free of that fault."""

    reason: str
    holds: Holds


def checks(field: Field) -> tuple[Check, ...]:
    """What values of a field are checked for. Reason codes are `unknown_code:mode`, `out_of_range:confidence` and the like."""
    return tuple(Check(f"{fault}:{field.name}", holds) for fault, holds in _checks(field))


class FieldChecks:
    """What is checked of each value of a table's field."""

    def __init__(self, table: Table, field: Field) -> None:
        self.name = field.name
        self.any_value_holds = field.nullable and not checks(field)
        self._place = f"{table.name}.{field.name}"
        self._field = field
        self._types = _PYTHON_TYPES[field.type]
        self._checks = checks(field)

    def reasons(self, value: Any) -> Iterator[str]:
        """The reason codes of what is wrong with a value; none if it holds.

        Raises `TypeError` for a value of another type than the contract's.
        """
        if not self._field.nullable and (value is None or _is_nan(value)):  # what is no number is as good as none
            yield f"{NOT_NULL}:{self.name}"
        if value is None:
            return
        if not isinstance(value, self._types):
            raise TypeError(f"{self._place} is to hold {self._field.type.value}, not {value!r}")
        for check in self._checks:
            if not check.holds(value):
                yield check.reason


def row_checks(table: Table) -> tuple[FieldChecks, ...]:
    """What is checked of the values of a table's rows, by field."""
    return tuple(FieldChecks(table, field) for field in table.fields)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _checks(field: Field) -> Iterator[tuple[str, Holds]]:
    if field.vocabulary is not None:
        yield "unknown_code", _all_in(field.vocabulary) if field.type is Type.TEXTS else _in_vocabulary(field.vocabulary)
    if field.type is Type.TEXTS:
        yield "list_not_sorted", _is_sorted_set
        yield "blank_item", _has_no_blank
    if field.minimum is not None or field.maximum is not None:
        yield "out_of_range", _in_range(field.minimum, field.maximum)
    if field.pattern is not None:
        yield "malformed", _matches(field.pattern)


def _in_vocabulary(name: str) -> Holds:
    words = vocabulary()
    if name in _OPEN_VOCABULARIES:
        is_legal = _OPEN_VOCABULARIES[name]
        return lambda code: is_legal(words, code)
    return words.codes(name).__contains__


def _all_in(name: str) -> Holds:
    is_legal = _in_vocabulary(name)
    return lambda codes: all(map(is_legal, codes))


def _is_sorted_set(items: list[str | None]) -> bool:
    # A list from a frame may hold NULL, which is first in order and is told as a blank item.
    filled = [item for item in items if item is not None]
    return filled == sorted(set(filled))


def _has_no_blank(items: list[str | None]) -> bool:
    return all(item is not None and item.strip() for item in items)


def _in_range(minimum: float | None, maximum: float | None) -> Holds:
    low = -math.inf if minimum is None else minimum
    high = math.inf if maximum is None else maximum
    return lambda number: low <= number <= high


def _matches(pattern: str) -> Holds:
    whole = re.compile(pattern)
    return lambda text: whole.fullmatch(text) is not None
