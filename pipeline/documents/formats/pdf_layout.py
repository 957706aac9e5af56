"""How the words of a page make up lines, columns, tables and paragraphs, by where they stand.

Getting words out of a file belongs to `pdf`, joining what pages divide to `pdf_pages`. Places are points from the lower left
corner. Rules speak in sizes of the letters (em), so that they hold for any page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.documents.formats.blocks import Kind
from pipeline.documents.lines import BULLET, final_stop

LINE_END_HYPHEN = "\u2010"  # stands for a hyphen at the end of a line until it is known whether the word has it

# A gap within a line, em: more of it parts the cells of a table or columns; justified lines stay below.
WIDE_GAP = 1.5
# A gap between pieces that were not written one after the other, em: less of it is a blank between words.
NEAR = 1.0
TOUCHING = 0.12
# Lines of one row stand at one height, within this part of their size.
LEVEL = 0.4
# A column has so many lines, with so many characters on average, and no more than this share of numbers.
COLUMN_LINES, COLUMN_WIDTH, COLUMN_NUMBERS = 3, 18, 0.3
CANDIDATES, DEEPEST, MOST_PIECES = 12, 4, 4_000
# Of the height of usual lines apart: more is a new paragraph. Of the size of letters: a change is a new paragraph.
APART, RESIZED = 1.35, 0.14
INDENT = 0.8
SHORT_OF_MARGIN, LONGEST_HEADING = 0.12, 0.65
LONGEST_LABEL = 60
_NUMBERS = re.compile(r"[\d.,%()+–—$€£ -]+")
_STOPS = frozenset(".!?:…")


class Word(NamedTuple):
    """A word and its place."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Piece:
    """Words side by side with no wide gap between them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """The height of its letters."""
        return max(self.top - self.bottom, 0.1)

    @property
    def level(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Row:
    """Pieces at one height, from left to right."""

    pieces: list[Piece]

    @property
    def text(self) -> str:
        """Its words."""
        return "   ".join(piece.text for piece in self.pieces)

    @property
    def level(self) -> float:
        """The height at which it stands."""
        return self.pieces[0].level

    @property
    def size(self) -> float:
        """The height of its letters."""
        return max(piece.size for piece in self.pieces)


@dataclass(slots=True)
class Part:
    """A paragraph, item or table of a page. `lines` are the lines of a paragraph, `rows` the cells of a table.

    `full` tells that the last line reaches the margin, so that the paragraph may go on in the next column or on the next page;
    `close` that it is a single line right below another, as in lists and tables without gaps.
    """

    kind: Kind
    size: float
    lines: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    full: bool = False
    close: bool = False


def pieces_of(words: Iterable[Word]) -> list[Piece]:
    """Words that follow each other on one line with no wide gap between them, put together."""
    found: list[Piece] = []
    for word in words:
        last = found[-1] if found else None
        if last is None or not _follows(last, word):
            found.append(Piece(word.text, word.left, word.bottom, word.right, word.top))
            continue
        last.text += " " + word.text
        last.right = max(last.right, word.right)
        last.bottom, last.top = min(last.bottom, word.bottom), max(last.top, word.top)
    return found


def _follows(piece: Piece, word: Word) -> bool:
    size = max(piece.size, word.top - word.bottom)
    gap = word.left - piece.right
    level = abs((word.top + word.bottom) / 2 - piece.level) < size * LEVEL
    return level and -0.5 * size < gap < WIDE_GAP * size and not piece.text.endswith(LINE_END_HYPHEN)


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Pieces by the height at which they stand, from the top."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda one: (-one.level, one.left)):
        if rows and abs(rows[-1].level - piece.level) < LEVEL * max(rows[-1].pieces[0].size, piece.size):
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row([piece]))
    for row in rows:
        row.pieces = _joined(sorted(row.pieces, key=lambda one: (one.left, one.right)))
    return rows


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a row, those that stand near each other put together."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        gap = piece.left - last.right if last else 0.0
        if last is None or gap >= NEAR * max(last.size, piece.size):
            found.append(Piece(piece.text, piece.left, piece.bottom, piece.right, piece.top))
            continue
        last.text += piece.text if gap < TOUCHING * piece.size else " " + piece.text
        last.right = max(last.right, piece.right)
        last.bottom, last.top = min(last.bottom, piece.bottom), max(last.top, piece.top)
    return found


# Columns ------------------------------------------------------------------------------------------------------------


def in_columns(pieces: Sequence[Piece], depth: int = 0) -> Iterator[list[Piece]]:
    """Pieces in the order in which they are read: what spans the page, then column after column, and on below them."""
    gutter = _gutter(pieces) if depth < DEEPEST and 2 * COLUMN_LINES <= len(pieces) <= MOST_PIECES else None
    if gutter is None:
        yield list(pieces)
        return
    waiting: list[Piece] = []
    for run, columnar in _runs(pieces, gutter):
        if not columnar:
            waiting += run
            continue
        if waiting:
            yield from in_columns(waiting, DEEPEST)
            waiting = []
        for side in _sides(run, gutter):
            yield from in_columns(side, depth + 1)
    if waiting:
        yield from in_columns(waiting, DEEPEST)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a gap runs down between two columns of prose; None if there is none."""
    left = min(piece.left for piece in pieces)
    starts = Counter(round(piece.left / 3) * 3.0 for piece in pieces if piece.left > left + 2 * piece.size)
    best, most = None, 0
    for start, count in sorted(starts.most_common(CANDIDATES)):
        if count < COLUMN_LINES:
            continue
        gutter = start - 3.0
        held = sum(len(run) for run, columnar in _runs(pieces, gutter) if columnar)
        if held > most:
            best, most = gutter, held
    return best


def _runs(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[list[Piece], bool]]:
    """Pieces from the top, divided where some cross the gutter, and whether each run stands in columns beside it."""
    run: list[Piece] = []
    crossing = False
    for piece in sorted(pieces, key=lambda one: (-one.level, one.left)):
        crosses = piece.left < gutter - 1 and piece.right > gutter + 1
        if run and crosses != crossing:
            yield run, not crossing and _columnar(run, gutter)
            run = []
        crossing = crosses
        run.append(piece)
    if run:
        yield run, not crossing and _columnar(run, gutter)


def _sides(run: Sequence[Piece], gutter: float) -> tuple[list[Piece], list[Piece]]:
    left = [piece for piece in run if piece.right <= gutter + 1]
    return left, [piece for piece in run if piece.right > gutter + 1]


def _columnar(run: Sequence[Piece], gutter: float) -> bool:
    sides = _sides(run, gutter)
    if not all(_is_prose(side) for side in sides):
        return False
    (top, bottom), (other_top, other_bottom) = (
        (max(one.top for one in side), min(one.bottom for one in side)) for side in sides
    )
    beside = min(top, other_top) - max(bottom, other_bottom)
    return beside > 0.4 * min(top - bottom, other_top - other_bottom)


def _is_prose(side: Sequence[Piece]) -> bool:
    if len(side) < COLUMN_LINES:
        return False
    numbers = sum(1 for piece in side if _NUMBERS.fullmatch(piece.text))
    return numbers <= len(side) * COLUMN_NUMBERS and sum(len(piece.text) for piece in side) >= len(side) * COLUMN_WIDTH


# Paragraphs and tables ----------------------------------------------------------------------------------------------


def parts_of(pieces: Sequence[Piece]) -> list[Part]:
    """The paragraphs, items and tables that pieces of one column make up."""
    rows = rows_of(pieces)
    if not rows:
        return []
    found: list[Part] = []
    column = _Column(rows)
    index = 0
    while index < len(rows):
        end = _table_end(rows, index, column)
        if end > index:
            found.append(_table(rows[index:end]))
            index = end
            continue
        end = index + 1
        while end < len(rows) and len(rows[end].pieces) == 1 and column.goes_on(rows, end):
            end += 1
        part = column.paragraph(rows[index:end])
        part.close = end == index + 1 and len(found) > 0 and len(found[-1].lines) == 1 and not column.apart(rows, index)
        found.append(part)
        index = end
    return found


class _Column:
    """What is usual in a column: where its lines begin and end, and how far they are apart."""

    def __init__(self, rows: Sequence[Row]) -> None:
        single = [row.pieces[0] for row in rows if len(row.pieces) == 1] or [row.pieces[0] for row in rows]
        self.left = _usual([piece.left for piece in single])
        # A line that is longer than all others is no measure: an address that could not be divided.
        self.right = sorted(piece.right for piece in single)[-1 - len(single) // 20]
        steps = [above.level - row.level for above, row in pairwise(rows)]
        size = median([row.size for row in rows])
        near = [step for step in steps if 0.5 * size < step < 2.2 * size]
        self.leading = _usual(near) if near else 1.2 * size

    def goes_on(self, rows: Sequence[Row], index: int) -> bool:
        """Whether the row at `index` belongs to the paragraph of the one above it."""
        above, row = rows[index - 1], rows[index]
        first, piece = above.pieces[-1], row.pieces[0]
        size = max(above.size, row.size)
        if abs(above.size - row.size) > RESIZED * size or len(above.pieces) > 1:
            return False
        if self.apart(rows, index) or BULLET.match(piece.text):
            return False
        bullet = BULLET.match(above.pieces[0].text)
        if (
            not bullet
            and piece.left > above.pieces[0].left + INDENT * size
            and above.pieces[0].left < self.left + INDENT * size
        ):
            return False
        short = first.right < self.right - SHORT_OF_MARGIN * (self.right - self.left) - self._first_word(piece)
        if not short or piece.text[:1].islower():
            return not short or final_stop(first.text) not in _STOPS
        # A line without a stop above one with a capital goes on if it is too long for a heading.
        long = first.right - self.left > LONGEST_HEADING * (self.right - self.left)
        return long and final_stop(first.text) not in _STOPS

    def apart(self, rows: Sequence[Row], index: int) -> bool:
        """Whether more than usual parts the row at `index` from the one above it."""
        above, row = rows[index - 1], rows[index]
        size = max(above.size, row.size)
        return above.level - row.level > APART * max(self.leading, size)

    def paragraph(self, rows: Sequence[Row]) -> Part:
        """Rows of single pieces as a paragraph or item."""
        text = rows[0].text
        bullet = BULLET.match(text)
        lines = [row.text for row in rows]
        listed = bullet is not None and not bullet.group().strip()[:1].isalnum() and bullet.end() < len(text)
        if listed and bullet:
            lines[0] = text[bullet.end() :]
        last = rows[-1].pieces[-1]
        full = last.right >= self.right - 2 * SHORT_OF_MARGIN * (self.right - self.left)
        return Part("item" if listed else "paragraph", median([row.size for row in rows]), lines, full=full)

    def _first_word(self, piece: Piece) -> float:
        """How much room the first word of a line takes."""
        share = len(piece.text.split(maxsplit=1)[0]) / max(len(piece.text), 1)
        return (piece.right - piece.left) * share


def _usual(values: Sequence[float]) -> float:
    """The value that most others are close to; the smallest of several."""
    counted = Counter(round(value) for value in values)
    most = max(counted.values())
    kept = min(value for value, count in counted.items() if count == most)
    return median([value for value in values if round(value) == kept])


def _table_end(rows: Sequence[Row], start: int, column: _Column) -> int:
    """Where the table ends that begins with row `start`; `start` if none does."""
    if len(rows[start].pieces) < 2:
        return start
    end, last, several = start, start, 0
    while end < len(rows) and end - last < 3:
        row = rows[end]
        if end > start and rows[end - 1].level - row.level > 3 * max(column.leading, row.size):
            break
        if len(row.pieces) > 1:
            last, several = end + 1, several + 1
        elif len(row.text) > LONGEST_LABEL:
            break
        end += 1
    return last if several > 1 else start


def _table(rows: Sequence[Row]) -> Part:
    """The cells of rows, in the columns that the rows with most cells show."""
    size = median([row.size for row in rows])
    usual = Counter(len(row.pieces) for row in rows if len(row.pieces) > 1)
    most = max(count for count in usual if usual[count] == max(usual.values()))
    bounds = _bounds([piece for row in rows if len(row.pieces) == most for piece in row.pieces])
    return Part("table", size, rows=_narrowed([_cells(row, bounds) for row in rows]))


def _narrowed(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows in which neighbouring columns are one if no row fills both: a heading in the middle over labels at the left."""
    column = 0
    while column + 1 < len(rows[0]):
        if any(row[column] and row[column + 1] for row in rows):
            column += 1
        else:
            rows = [(*row[:column], row[column] or row[column + 1], *row[column + 2 :]) for row in rows]
    return rows


def _bounds(pieces: Iterable[Piece]) -> list[tuple[float, float]]:
    """From where to where the columns of a table reach."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for piece in pieces):
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _cells(row: Row, bounds: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """The cells of a row; one that reaches over several columns stands in the first of them."""
    cells = [""] * len(bounds)
    for piece in row.pieces:
        over = [number for number, (left, right) in enumerate(bounds) if piece.left < right and left < piece.right]
        at = over[0] if over else min(range(len(bounds)), key=lambda number: abs(bounds[number][0] - piece.left))
        cells[at] = f"{cells[at]} {piece.text}".strip()
    return tuple(cells)
