"""How rows are written: as a table, CSV, JSON or Markdown.

Values come from texts that nobody vetted: what is meant for a screen holds nothing that a terminal obeys, CSV nothing that a
spreadsheet takes for a formula.
"""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import json
import math
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

Row = Sequence[Any]
Writer = Callable[[Sequence[str], Iterable[Row]], Iterator[str]]

CELL_WIDTH = 100
# Control characters, and those that reorder or hide what follows.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# Full-width signs are taken like plain ones by some spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def printable(text: object, keep_lines: bool = False) -> str:
    """The text with white space as blanks and everything else that a terminal obeys written out (`\\x1b`)."""

    def written_out(match: re.Match[str]) -> str:
        character = match.group()
        if character == "\n" and keep_lines:
            return character
        if character in "\t\n\v\f\r\u2028\u2029":
            return " "
        return character.encode("ascii", "backslashreplace").decode() if ord(character) > 0x7F else f"\\x{ord(character):02x}"

    return _UNPRINTABLE.sub(written_out, str(text))


def table(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Aligned columns, numbers to the right, long values cut, the number of rows at the end."""
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = [False] * len(columns)
    for index in range(len(columns)):
        numeric[index] = any(cells) and all(cell.numeric for row in cells if (cell := row[index]).text)
    header = [printable(column) for column in columns]
    widths = [max([_width(name), *(_width(row[index].text) for row in cells)]) for index, name in enumerate(header)]
    yield _aligned(header, widths, numeric)
    yield "  ".join("-" * width for width in widths)
    for row in cells:
        yield _aligned([cell.text for cell in row], widths, numeric)
    yield f"({len(cells)} row{'' if len(cells) == 1 else 's'})"


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """CSV by RFC 4180 with a header; text that a spreadsheet would run begins with an apostrophe, and text that holds what some
    spreadsheets part columns by stands in quotes.

    In a file texts are as they are; on a terminal they hold nothing that it obeys.
    """
    yield _csv_line([_inert(printable(column)) for column in columns])
    terminal = sys.stdout.isatty()
    for row in rows:
        line = _csv_line([_inert(value) for value in row])
        yield printable(line) if terminal else line


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One array of objects, a row a line. Columns of the same name are numbered."""
    names = _distinct(columns)
    opening = "["
    for row in rows:
        yield opening + as_json(dict(zip(names, row, strict=True)))
        opening = ","
    yield "]" if opening == "," else "[]"


def markdown(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A table in Markdown."""
    from pipeline.orchestration.markdown import markdown_table

    yield markdown_table(columns, ([_plain(value) for value in row] for row in rows))


FORMATS: Mapping[str, Writer] = {"table": table, "csv": csv_lines, "json": json_lines, "markdown": markdown}


def as_json(value: Any, indent: int | None = None) -> str:
    """JSON in which control characters are escapes, so that it is safe on a terminal too. NaN and infinities become null."""
    text = json.dumps(_finite(value), ensure_ascii=False, allow_nan=False, default=_plain_json, indent=indent)
    return _UNPRINTABLE.sub(lambda match: match.group() if match.group() == "\n" else _json_escape(match.group()), text)


class _Cell:
    """A value as shown in a table."""

    __slots__ = ("numeric", "text")

    def __init__(self, text: str, numeric: bool) -> None:
        self.text = text
        self.numeric = numeric


def _cell(value: Any) -> _Cell:
    if value is None:
        return _Cell("", False)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        text = printable(_plain(value))
        return _Cell(text if len(text) <= CELL_WIDTH else text[: CELL_WIDTH - 1] + "…", False)
    return _Cell(f"{value:.15g}" if isinstance(value, float) else str(value), True)


def _aligned(texts: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    parts = []
    for text, width, right in zip(texts, widths, numeric, strict=True):
        padding = " " * (width - _width(text))
        parts.append(padding + text if right else text + padding)
    return "  ".join(parts).rstrip()


def _width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _csv_line(values: Sequence[Any]) -> str:
    if len(values) == 1 and values[0] in (None, ""):
        return '""'  # else a line without anything
    return ",".join(_csv_field(value) for value in values)


def _csv_field(value: Any) -> str:
    if value is None or isinstance(value, (int, float, Decimal)):
        return "" if value is None else str(value)
    text = str(value)
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(text) else text


_QUOTE = '"'
_QUOTED = re.compile(r"""[;,\t|"\r\n]|\A[\s'=+\-@]""")


def _inert(value: Any) -> Any:
    value = _plain(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _plain(value: Any) -> Any:
    """A value as text, unless it is a number or nothing; nested ones as JSON, lists of texts with commas between."""
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, (list, tuple, dict)):
        return as_json(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value


def _plain_json(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _distinct(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names
