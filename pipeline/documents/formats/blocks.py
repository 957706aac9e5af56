"""Blocks of a formatted text (paragraphs, headings, items, tables) and how they are written as plain text.

Finding blocks in a format belongs to its module. Here is how they look: a blank line between blocks, `- ` before items, a row
of a table on a line with `|` between its cells, which `pipeline.claims.tables` reads.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "paragraph", "item", "table", "furniture"]
LONGEST_CELL = 200  # a longer cell makes the table one that lays out a page
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2028\u2029]+")
_BREAKS = re.compile(r" ?\n ?(?:\n ?)*")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text. Of a table, `rows` are the cells, and `text` is empty. A `close` one stands right below its like."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    close: bool = False


def tidy(text: str) -> str:
    """A text with single blanks and single line breaks, none at its ends."""
    return _BREAKS.sub("\n", _SPACE.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """A text with single blanks for all white space, none at its ends."""
    return " ".join(text.split())


def is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds data, and does not only lay out a page."""
    wide = max((len(row) for row in rows), default=0)
    return len(rows) > 1 and wide > 1 and all(len(cell) <= LONGEST_CELL for row in rows for cell in row)


def rendered(blocks: Iterable[Block]) -> str:
    """The blocks as plain text."""
    parts: list[str] = []
    before: Kind | None = None
    for block in blocks:
        text = _table(block.rows) if block.kind == "table" else block.text
        if not text:
            continue
        if block.kind == "item":
            text = "- " + text.replace("\n", " ")
        if parts:
            parts.append("\n" if block.kind == before == "item" else "\n\n")
        parts.append(text)
        before = block.kind
    return "".join(parts)


def with_title(blocks: Sequence[Block], title: str | None, reach: int = 8) -> list[Block]:
    """The blocks with `title` first: taken from where it stands in front of the text, or set there."""
    if not title:
        return list(blocks)
    at = next((number for number, block in enumerate(blocks[:reach]) if alike(block.text, title)), None)
    rest = [block for number, block in enumerate(blocks) if number != at]
    return [Block("title", one_line(title)), *rest]


def alike(text: str, other: str) -> bool:
    """Whether two texts are the same but for case, blanks and punctuation."""
    return _key(text) == _key(other)


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(line for row in rows if (line := _row(row)))


def _row(row: Sequence[str]) -> str:
    """A row; one that has only its first cell is a heading of the table or of the rows below it, and stands by itself."""
    cells = [one_line(cell).replace("|", "/") for cell in row]
    if not any(cells[1:]):
        return cells[0] if cells else ""
    # An opening bar keeps a row whose first cell is empty in its columns.
    return ("" if cells[0] else "| ") + " | ".join(cells) + ("" if cells[-1] else " |")
