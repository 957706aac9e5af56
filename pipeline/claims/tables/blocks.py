"""The tables of a plain text: which lines make one up, its columns with their headings, its rows, the lines above it.

Only the layout belongs here (blanks, tabs, pipes); what a heading or a label means belongs to `table_headings`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.claims.tables.cells import RULE, Cell, Layout, is_empty, is_year, read_number, regrouped, split_cells
from pipeline.documents.document import Span
from pipeline.documents.lines import Line, split_lines

Kind = Literal["data", "head", "rule", "text"]
Atoms = Callable[[str], list[tuple[int, int]]]
_DIGIT = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_RANK = re.compile(r"[0-9]{1,3}[.)]?")
_MANY = re.compile(r"[ \u00a0]{2}|\t|[|│┃║]|[0-9%*]\s\S{0,14}[0-9%*.…a-]\s*$")
_LONGEST_LINE = 400
_LONGEST_HEADING = 48
_LONGEST_CAPTION = 200
_LEADS = 3
_GAP = 2
_HEADS = 5
_CAPTIONS = 3
_SPANNER_INDENT = 8
_MOST_COLUMNS = 40


class TableLine(NamedTuple):
    """A line taken apart. `lead` counts the cells before the numbers of a row."""

    line: Line
    kind: Kind
    layout: Layout
    cells: tuple[Cell, ...]
    lead: int


class Row(NamedTuple):
    """A row: its label, what stands between label and numbers (a unit), and a cell or None for each column.

    A row without numbers is a heading over the rows below it.
    """

    start: int
    end: int
    indent: int
    label: Cell
    notes: tuple[Cell, ...]
    values: tuple[Cell | None, ...]


class Table(NamedTuple):
    """A table: its span from the headings to the last row, the heading cells of each column from the top, its rows in order.

    `corner` holds the headings of the labels, `above` the lines over the table, the nearest first,
    `below` a short line under it; `readable` tells that every column has its headings.
    """

    start: int
    end: int
    headings: tuple[tuple[Cell, ...], ...]
    corner: tuple[Cell, ...]
    rows: tuple[Row, ...]
    above: tuple[Span, ...]
    below: Span | None
    readable: bool


class _Lines:
    """The lines of a text, taken apart when first asked for. `barred` are those in the furniture."""

    def __init__(self, lines: list[Line], barred: set[int], text: str, atoms: Atoms) -> None:
        self.lines, self.barred, self.text, self.atoms = lines, barred, text, atoms
        self._known: dict[int, TableLine] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> TableLine:
        if index not in self._known:
            self._known[index] = _classified(self.lines[index])
        return self._known[index]

    @cached_property
    def candidates(self) -> list[int]:
        """The lines that may be rows of a table."""
        return [
            index
            for index, line in enumerate(self.lines)
            if len(line.text) <= _LONGEST_LINE
            and index not in self.barred
            and _DIGIT.search(line.text)
            and _MANY.search(line.text)
        ]


def find_tables(text: str, furniture: Iterable[Span], atoms: Atoms) -> list[Table]:
    """The tables of a text, in order. Furniture is no row and no caption; only headings may have been taken for it.

    `atoms` gives the spans of the headings in a line where single blanks part them (`2022 2023 change, %`).
    """
    found = split_lines(text)
    lines = _Lines(found, _barred(found, list(furniture)), text, atoms)
    tables: list[Table] = []
    done = -1
    for index in lines.candidates:
        if index <= done or lines[index].kind != "data":
            continue
        members = _members(lines, index)
        table = _table(lines, members, done)
        if table is not None:
            tables.append(table)
        done = members[-1]
    return tables


def _barred(lines: Sequence[Line], furniture: Sequence[Span]) -> set[int]:
    """The lines in the furniture; both are sorted."""
    at, found = 0, set()
    for index, line in enumerate(lines):
        while at < len(furniture) and furniture[at].end <= line.start:
            at += 1
        if at < len(furniture) and furniture[at].start < line.end:
            found.add(index)
    return found


def _classified(line: Line) -> TableLine:
    if RULE.fullmatch(line.text):
        return TableLine(line, "rule", "blank", (), 0)
    if len(line.text) > _LONGEST_LINE:
        return TableLine(line, "text", "tight", (Cell(line.start, line.end, line.text, line.indent),), 0)
    layout, cells = split_cells(line)
    filled = [cell for cell in cells if cell.text]
    numbers = [cell for cell in filled if read_number(cell) is not None]
    if len(numbers) > 1 and all(is_year(cell) for cell in numbers) and len(filled) - len(numbers) <= _LEADS:
        return TableLine(line, "head", layout, tuple(cells), 0)
    lead = _lead(cells)
    rest = cells[lead:]
    whole = bool(rest) and all(read_number(cell) is not None or is_empty(cell) for cell in rest)
    enough = any(read_number(cell) is not None for cell in rest) and (layout != "tight" or len(rest) > 1)
    return TableLine(line, "data" if lead and whole and enough else "text", layout, tuple(cells), lead)


def _lead(cells: Sequence[Cell]) -> int:
    """How many cells stand before the numbers; 0 if none of them is a label."""
    if not cells:
        return 0
    at = 1 if len(cells) > 1 and _RANK.fullmatch(cells[0].text) and _is_label(cells[1]) else 0
    if at == 0 and (is_year(cells[0]) and len(cells) > 1):
        return 1
    while at < min(len(cells), _LEADS) and _is_label(cells[at]):
        at += 1
    labelled = any(_is_label(cell) for cell in cells[:at])
    return at if labelled else 0


def _is_label(cell: Cell) -> bool:
    return bool(_LETTER.search(cell.text)) and read_number(cell) is None and not is_empty(cell)


def _members(lines: _Lines, first: int) -> list[int]:
    """The lines of a table from its first row on: rows, rules, and short headings between them."""
    members, gap = [first], list[int]()
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if index in lines.barred:
            break
        if line.kind == "data" and _alike(lines[first], line):
            members += [*gap, index]
            gap = []
        elif len(gap) < _GAP and (line.kind == "rule" or _is_section(line)):
            gap.append(index)
        else:
            break
    return members


def _alike(first: TableLine, line: TableLine) -> bool:
    return first.layout == line.layout or {first.layout, line.layout} <= {"blank", "tight"}


def _is_section(line: TableLine) -> bool:
    """Whether a line may head the rows under it (`of which:`, `Imports`)."""
    filled = [cell for cell in line.cells if cell.text]
    return len(filled) == 1 and len(filled[0].text) <= _LONGEST_HEADING and filled[0].text[-1] not in ".!?;"


def _table(lines: _Lines, members: list[int], floor: int) -> Table | None:
    data = [lines[index] for index in members if lines[index].kind == "data"]
    tight = all(line.layout == "tight" for line in data)
    heads, sections, top = _heads(lines, members[0], floor, data)
    if (tight and (len(data) < _GAP or not heads)) or (len(data) < _GAP and not heads):
        return None
    grid = data[0].layout in ("pipe", "tab")
    width = _head_width(heads) if tight else 0
    columns = width or Counter(len(line.cells) - line.lead for line in data).most_common(1)[0][0]
    if columns > _MOST_COLUMNS or (columns == 1 and not grid and len(data) <= _GAP):
        return None
    if columns == 1 and not heads and any(_named_unit(line.cells[-1]) for line in data):
        return None  # a list whose numbers say what they are; sentences are better read as such
    lead = Counter(line.lead for line in data).most_common(1)[0][0]
    extents = [] if grid else _extents(data, columns)
    if grid:
        headings, corner = _grid_headings(heads, columns, lead)
    else:
        headings, corner = _headings(heads, columns, extents, data, lead)
    listed = [*sections, *members]
    rows = [row for index in listed for row in _rows(lines, index, columns, lead, extents)]
    start = heads[0].line.start if heads else lines[listed[0]].line.start
    return Table(
        start=start,
        end=lines[members[-1]].line.end,
        headings=headings or (),
        corner=corner,
        rows=tuple(rows),
        above=tuple(_above(lines, top, floor)),
        below=_below(lines, members[-1] + 1),
        readable=headings is not None,
    )


def _named_unit(cell: Cell) -> bool:
    number = read_number(cell)
    return number is not None and bool(_LETTER.search(number.unit))


def _heads(lines: _Lines, first: int, floor: int, data: list[TableLine]) -> tuple[list[TableLine], list[int], int]:
    """The lines of headings above a table's first row, the headings of rows between them, and the line above them all."""
    heads: list[TableLine] = []
    sections: list[int] = []
    index = first - 1
    while index > floor and len(heads) < _HEADS:
        head = _head(lines, index, data, bool(heads))
        if head is not None:
            heads.insert(0, head)
        elif lines[index].kind != "rule":
            above = _head(lines, index - 1, data, seen=False) if index - 1 > floor else None
            if heads or sections or above is None or not _is_section(lines[index]):
                break
            sections.insert(0, index)
        index -= 1
        if lines.lines[index + 1].blank_before:
            break
    return heads, sections, index


def _head(lines: _Lines, index: int, data: list[TableLine], seen: bool) -> TableLine | None:
    """A line as headings of columns; None if it is none."""
    line, first = lines[index], data[0]
    if line.kind in ("rule", "data") or (first.layout in ("pipe", "tab")) != (line.layout in ("pipe", "tab")):
        return None
    filled = [cell for cell in line.cells if cell.text]
    if len(filled) > 1 or first.layout == "pipe":
        ends = line.line.text[-1] == "." and len(line.line.text) > _LONGEST_HEADING
        return line if not ends and all(len(cell.text) <= _LONGEST_HEADING for cell in filled) else None
    if line.line.indent >= first.line.indent + _SPANNER_INDENT and len(line.line.text) <= _LONGEST_CAPTION / 2:
        return line
    spans = lines.atoms(line.line.text) if not seen and len(line.line.text) <= _LONGEST_CAPTION else []
    if len(spans) < _GAP:
        return None
    cells = [
        Cell(line.line.start + start, line.line.start + end, line.line.text[start:end], line.line.indent + start)
        for start, end in spans
    ]
    return line._replace(cells=tuple(cells), kind="head")


def _head_width(heads: list[TableLine]) -> int:
    """How many columns the last line of headings names."""
    return len([cell for cell in heads[-1].cells if cell.text]) - _cornered(heads[-1])


def _cornered(head: TableLine) -> int:
    """1 if the first heading is that of the labels."""
    first = head.cells[0]
    return (
        1
        if head.layout != "tight"
        and len(head.cells) > 1
        and not _DIGIT.search(first.text)
        and first.column == head.line.indent == 0
        else 0
    )


def _extents(data: list[TableLine], columns: int) -> list[tuple[int, int]]:
    """From where to where each column reaches, over the rows that fill them all."""
    full = [line.cells[line.lead :] for line in data if len(line.cells) - line.lead == columns]
    return [
        (min(cells[column].column for cells in full), max(cells[column].reach for cells in full))
        for column in range(columns if full else 0)
    ]


def _grid_headings(
    heads: list[TableLine], columns: int, lead: int
) -> tuple[tuple[tuple[Cell, ...], ...] | None, tuple[Cell, ...]]:
    """The headings of a table whose cells stand between pipes or tabs."""
    found: list[list[Cell]] = [[] for _ in range(columns)]
    corner: list[Cell] = []
    for number, head in enumerate(heads):
        cells = list(head.cells)
        if len(cells) == columns and cells[0].text:
            cells = [Cell(head.line.start, head.line.start, "", 0)] * lead + cells
        while len(cells) > columns + lead and not cells[-1].text:
            cells.pop()
        if len(cells) != columns + lead:
            return None, ()
        corner += [cell for cell in cells[:lead] if cell.text]
        spanned: Cell | None = None
        for column, cell in enumerate(cells[lead:]):
            spanned = cell if cell.text else spanned if number + 1 < len(heads) else None
            if spanned is not None:
                found[column].append(spanned)
    return tuple(map(tuple, found)), tuple(corner)


def _headings(
    heads: list[TableLine], columns: int, extents: list[tuple[int, int]], data: list[TableLine], lead: int
) -> tuple[tuple[tuple[Cell, ...], ...] | None, tuple[Cell, ...]]:
    """The headings of a table whose cells stand under each other."""
    found: list[list[Cell]] = [[] for _ in range(columns)]
    corner: list[Cell] = []
    left = min(line.cells[line.lead - 1].column for line in data)
    for head in heads:
        cells = [cell for cell in head.cells if cell.text]
        assigned = _assigned(cells, columns, extents, left, lead)
        if assigned is None:
            return None, ()
        corner += [cell for cell in cells if cell not in assigned]
        for column, cell in enumerate(assigned):
            found[column].append(cell)
    return tuple(map(tuple, found)), tuple(corner)


def _assigned(cells: list[Cell], columns: int, extents: list[tuple[int, int]], left: int, lead: int) -> list[Cell] | None:
    """The heading of each column: in order if there are as many, each over as many columns as the others if there are fewer."""
    of_labels = bool(extents) and cells[0].column <= left + 1 and cells[0].column < extents[0][0] - 1
    if len(cells) in (columns + 1, columns + lead):
        return cells[-columns:]
    if len(cells) == columns:
        return cells if not of_labels or columns == 1 else None
    spanning = cells[1:] if of_labels and len(cells) > 1 else cells
    if not spanning or columns % len(spanning) or len(spanning) > columns or not extents:
        return None
    each = columns // len(spanning)
    for number, cell in enumerate(spanning):
        first, last = extents[number * each][0], extents[(number + 1) * each - 1][1]
        if not first - _SPANNER_INDENT <= (cell.column + cell.reach) / 2 <= last + _SPANNER_INDENT:
            return None
    return [cell for cell in spanning for _ in range(each)]


def _rows(lines: _Lines, index: int, columns: int, lead: int, extents: list[tuple[int, int]]) -> Iterator[Row]:
    """The row of a line: with its cells by column, or with none as the heading of others; nothing if it does not fit."""
    line = lines[index]
    if line.kind == "rule":
        return
    if line.kind != "data":
        label = next(cell for cell in line.cells if cell.text)
        yield Row(line.line.start, line.line.end, line.line.indent, label, (), ())
        return
    grid = line.layout in ("pipe", "tab")
    at = lead if grid else line.lead
    leading, cells = line.cells[:at], list(line.cells[at:])
    values = _in_grid(cells, columns) if grid else _in_columns(cells, columns, extents, lines.text)
    labels = [
        cell for cell in leading if cell.text and not (cell is leading[0] and len(leading) > 1 and _RANK.fullmatch(cell.text))
    ]
    if values is not None and labels:
        start, end = min(line.line.start, labels[0].start), line.line.end
        yield Row(start, end, labels[0].column, labels[0], tuple(labels[1:]), values)


def _in_grid(cells: list[Cell], columns: int) -> tuple[Cell | None, ...] | None:
    while len(cells) > columns and not cells[-1].text:
        cells.pop()
    if len(cells) > columns:
        return None
    return tuple(None if is_empty(cell) else cell for cell in cells) + (None,) * (columns - len(cells))


def _in_columns(cells: list[Cell], columns: int, extents: list[tuple[int, int]], text: str) -> tuple[Cell | None, ...] | None:
    joined = regrouped(cells, columns, text)
    if joined is not None:
        return tuple(None if is_empty(cell) else cell for cell in joined)
    if not extents or len(cells) > columns:
        return None
    placed: list[Cell | None] = [None] * columns
    for cell in cells:
        over = [column for column, (start, end) in enumerate(extents) if cell.column < end and start < cell.reach]
        if len(over) != 1 or placed[over[0]] is not None:
            return None
        placed[over[0]] = None if is_empty(cell) else cell
    return tuple(placed)


def _below(lines: _Lines, index: int) -> Span | None:
    """The line under a table that may note its unit."""
    while index < len(lines) and lines[index].kind == "rule":
        index += 1
    line = lines[index].line if index < len(lines) else None
    return Span(line.start, line.end) if line is not None and len(line.text) <= _LONGEST_HEADING else None


def _above(lines: _Lines, index: int, floor: int) -> Iterator[Span]:
    """The lines over a table that may be its caption, the nearest first."""
    taken = 0
    while index > floor and taken < _CAPTIONS:
        line = lines[index]
        if line.kind == "data" or index in lines.barred or len(line.line.text) > _LONGEST_CAPTION:
            return
        if line.kind != "rule":
            yield Span(line.line.start, line.line.end)
            taken += 1
        index -= 1
