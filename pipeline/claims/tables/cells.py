"""The cells of one line of a table in plain text, and the numbers in them.

Splitting a line and reading a number belong here; which lines make up a table belongs to `table_blocks`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.claims.tables.headings import unit_of
from pipeline.documents.lines import Line

Layout = Literal["pipe", "tab", "blank", "tight"]
_PIPE = re.compile(r"[|│┃║]")
_TAB = re.compile(r"\t")
_BLANKS = re.compile(r"[ \u00a0\u2009\u202f]{2,}")
RULE = re.compile(r"[-=_+|:*~ ─═│┃║┼╪├┤┌┐└┘┬┴]{3,}")
_GROUPED = r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f'’.,][0-9]{3}){1,5}(?![0-9])(?:[.,][0-9]{1,6})?"
_DIGITS = rf"(?:{_GROUPED}|[0-9]{{1,15}}(?:[.,][0-9]{{1,6}})?|[.,][0-9]{{1,6}})"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<bound>[<>~≈≥≤]\s?)?(?P<sign>[-+−–▲▼↑↓])?\s?(?P<prefix>(?:US|[A-Z])?[$€£¥₸₽₺₼₾₹]\s?|[A-Z]{{3}}\s)?"
    rf"(?P<digits>{_DIGITS})(?P<rest>[^0-9]{{0,24}}|\s?[a-z]{{1,3}}[23]|\[[0-9]\]|\s?[0-9]\))"
)
_FOOTNOTE = re.compile(r"\s?(?:\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[†‡§]|\[[0-9a-z]\]|[0-9a-z]\)|\([0-9a-zA-Z]\)|(?<=[0-9]) ?[peré])$")
_EMPTY = re.compile(r"(?:[-–—−]{1,3}|\.{1,4}|…|n\.?\s?/?a\.?|n\.?d\.?|x|X|:|\*{1,3}|no data|not available|nil|)", re.IGNORECASE)
_TOKEN = r"[-+−–▲▼↑↓]?[0-9][0-9.,]{0,14}(?:%|\*{1,3}|[¹²³])?|n/a|n\.a\.|[-–—]|\.{2,3}|…"
_TIGHT = re.compile(
    rf"(?P<label>[^\W\d][^\d|]{{0,79}}?(?:\b(?:19|20)[0-9]{{2}})?|(?:19|20)[0-9]{{2}}):?\s(?P<numbers>(?:{_TOKEN})(?:\s(?:{_TOKEN})){{0,15}})\s*"
)
_NUMBERS = re.compile(rf"(?:{_TOKEN})(?:\s(?:{_TOKEN})){{1,15}}")
_PIECE = re.compile(_TOKEN)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\)?[*¹²³]{0,3}")
_DATED = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?|week|weeks|day|quarter|no\.?|table)", re.IGNORECASE
)
_GROUP = re.compile(r"[0-9]{3}(?:[.,][0-9]+)?%?\Z")
_HEAD_OF_GROUP = re.compile(r"[-+−–▲▼↑↓]?[0-9]{1,3}\Z")
TIMES = frozenset({"times", "x", "-fold", "fold"})
_GROUPS = {",": re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?"), ".": re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?")}
_DOWN = frozenset("-−–▼↓")
_LONGEST = 400


class Cell(NamedTuple):
    """A cell without the white space around it. `column` is where it starts in its line, in characters."""

    start: int
    end: int
    text: str
    column: int

    @property
    def reach(self) -> int:
        """The column where it ends."""
        return self.column + self.end - self.start


class CellNumber(NamedTuple):
    """A number in a cell: its span with sign and unit, its digits as written, and what stands around them.

    `sign` is -1, 1, or 0 where none is written; `bound` one of the contract's words.
    """

    start: int
    end: int
    digits: str
    sign: int
    unit: str
    bound: Literal["exact", "about", "over", "under"]


def split_cells(line: Line) -> tuple[Layout, list[Cell]]:
    """The cells of a line, empty ones between pipes and tabs included."""
    layout = _layout(line.text)
    if layout == "pipe":
        cells = list(_cut(line, _PIPE))
        first = 1 if not cells[0].text else 0
        last = len(cells) - 1 if len(cells) > 1 and not cells[-1].text else len(cells)
        return layout, cells[first:last]
    if layout == "tab":
        return layout, list(_cut(line, _TAB))
    if layout == "blank":
        return layout, [part for cell in _cut(line, _BLANKS) for part in _spread(cell)]
    return layout, _spread(Cell(line.start, line.end, line.text, line.indent))


def _layout(text: str) -> Layout:
    if _PIPE.search(text):
        return "pipe"
    if "\t" in text:
        return "tab"
    return "blank" if _BLANKS.search(text) else "tight"


def _cut(line: Line, separator: re.Pattern[str]) -> Iterator[Cell]:
    """The parts of a line between separators, without the white space around them."""
    at = 0
    for match in [*separator.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        yield _cell(line, at, end)
        at = match.end() if match else end


def _cell(line: Line, start: int, end: int) -> Cell:
    part = line.text[start:end]
    text = part.strip()
    begin = start + (len(part) - len(part.lstrip()) if text else 0)
    return Cell(line.start + begin, line.start + begin + len(text), text, line.indent + begin)


def _spread(cell: Cell) -> list[Cell]:
    """A cell in which single blanks part a label from numbers, or numbers from each other, as its parts."""
    if len(cell.text) > _LONGEST or not cell.text[-1:].strip() or read_number(cell) is not None:
        return [cell]
    match = _TIGHT.fullmatch(cell.text)
    if match and not _YEAR.fullmatch(match["numbers"]) and not _DATED.fullmatch(match["label"]):
        label = _part(cell, match.start("label"), match.end("label"))
        return [label, *_pieces(cell, match.start("numbers"), match.end("numbers"))]
    return list(_pieces(cell, 0, len(cell.text))) if _NUMBERS.fullmatch(cell.text) else [cell]


def _part(cell: Cell, start: int, end: int) -> Cell:
    return Cell(cell.start + start, cell.start + end, cell.text[start:end], cell.column + start)


def _pieces(cell: Cell, start: int, end: int) -> Iterator[Cell]:
    for match in _PIECE.finditer(cell.text, start, end):
        yield _part(cell, *match.span())


def regrouped(cells: Sequence[Cell], columns: int, text: str) -> list[Cell] | None:
    """Cells whose thousands stand apart by blanks (`1 234 567`) joined to so many columns; None unless one way leads there."""
    if len(cells) == columns:
        return list(cells)
    if len(cells) < columns:
        return None
    ways = [_may_join(left, right) for left, right in pairwise(cells)]
    if sum(ways) != len(cells) - columns:
        return None
    merged = [cells[0]]
    for joined, cell in zip(ways, cells[1:], strict=True):
        first = merged[-1]
        merged[-1:] = [Cell(first.start, cell.end, text[first.start : cell.end], first.column)] if joined else [first, cell]
    return merged


def _may_join(left: Cell, right: Cell) -> bool:
    head = left.text.rsplit(maxsplit=1)[-1] if left.text else ""
    near = right.start - left.end == 1
    return near and bool(_GROUP.fullmatch(right.text)) and bool(_HEAD_OF_GROUP.match(head)) and not left.text.startswith("0")


def is_empty(cell: Cell) -> bool:
    """Whether a cell says that there is no number (`-`, `n/a`, nothing)."""
    return _EMPTY.fullmatch(cell.text) is not None


def is_year(cell: Cell) -> bool:
    """Whether a cell holds a year and nothing else."""
    return _YEAR.fullmatch(cell.text) is not None


def read_number(cell: Cell) -> CellNumber | None:
    """The number that a cell holds; None if it holds anything else beside it than a sign, a unit or the mark of a footnote."""
    if len(cell.text) > 60 or not cell.text:
        return None
    match = _NUMBER.fullmatch(cell.text)
    if match is None:
        return None
    rest = match["rest"]
    if "(" in rest and not _FOOTNOTE.fullmatch(rest):
        return None
    closed = rest.startswith(")") if match["open"] else False
    if bool(match["open"]) != closed:
        return None
    rest = rest[1:] if closed else rest
    note = _FOOTNOTE.search(cell.text, match.end("digits"))
    if note:
        rest = cell.text[match.end("digits") + closed : max(match.end("digits") + closed, note.start())]
    end = match.end("digits") + closed + len(rest.rstrip())
    sign = -1 if closed or match["sign"] in _DOWN else 1 if match["sign"] else 0
    start = match.start("sign") if match["sign"] else match.start("prefix") if match["prefix"] else match.start("digits")
    unit = f"{match['prefix'] or ''} {rest.strip()}".strip()
    if unit and unit not in TIMES and unit_of(unit) is None:
        return None
    start = cell.start + (0 if closed else start)
    return CellNumber(start, cell.start + end, match["digits"], sign, unit, _bound(match["bound"]))


def _bound(sign: str | None) -> Literal["exact", "about", "over", "under"]:
    if not sign:
        return "exact"
    return "about" if sign[0] in "~≈" else "over" if sign[0] in ">≥" else "under"


def decimal_comma(numbers: Sequence[CellNumber]) -> bool:
    """Whether the numbers of a table have decimal commas (`312,0`, `1.234,5`)."""
    points = sum(1 for number in numbers if re.search(r"\.[0-9]{1,2}\Z|\.[0-9]{4,}\Z|,[0-9]{3}\.", number.digits))
    commas = sum(1 for number in numbers if re.search(r",[0-9]{1,2}\Z|,[0-9]{4,}\Z|\.[0-9]{3},|\b0,", number.digits))
    return commas > points


def value_of(number: CellNumber, comma: bool) -> float:
    """What the digits of a number are worth, without sign and unit."""
    digits = re.sub(r"[ \u00a0\u2009\u202f'’]", "", number.digits)
    decimal, thousands = (",", ".") if comma else (".", ",")
    if thousands in digits and not _GROUPS[thousands].fullmatch(digits):
        digits = digits.replace(thousands, decimal)  # one cell written the other way round
    digits = digits.replace(thousands, "")
    if digits.count(decimal) > 1:
        digits = digits.replace(decimal, "")
    return float(digits.replace(decimal, "."))
