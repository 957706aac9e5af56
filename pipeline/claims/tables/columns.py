"""What the columns of a table hold: amounts of a time, changes, shares; told by the headings and proved by the numbers.

Reading a heading belongs to `table_headings`, making claims of cells to `tables`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.claims.tables.blocks import Table
from pipeline.claims.tables.cells import Cell, CellNumber, decimal_comma, read_number, value_of
from pipeline.claims.tables.headings import Heading, HeadingReader, TableUnit, When, says

_MOST = 0.6
_PERCENT = TableUnit("%", "percent", 1.0)


class Amount(NamedTuple):
    """A number of a cell: its value with sign, and half of its last decimal place as written."""

    cell: Cell
    number: CellNumber
    value: float
    slack: float


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. `headings` from the lowest to the top.

    `measure` is one of the contract's, or `index`; None if the column is not understood.
    """

    headings: tuple[Heading, ...]
    when: When | None
    measure: str | None
    unit: TableUnit | None


Amounts = list[tuple[Amount | None, ...]]


def read_amounts(table: Table) -> Amounts:
    """The numbers of a table, row by row."""
    found = [[read_number(cell) if cell else None for cell in row.values] for row in table.rows]
    comma = decimal_comma([number for row in found for number in row if number is not None])
    return [
        tuple(_amount(cell, number, comma) for cell, number in zip(row.values, numbers, strict=True))
        for row, numbers in zip(table.rows, found, strict=True)
    ]


def _amount(cell: Cell | None, number: CellNumber | None, comma: bool) -> Amount | None:
    if cell is None or number is None:
        return None
    value = value_of(number, comma)
    decimals = len(number.digits) - number.digits.rfind("," if comma else ".") - 1
    whole = ("," if comma else ".") not in number.digits
    return Amount(cell, number, -value if number.sign < 0 else value, 0.5 if whole else 0.5 * 10.0**-decimals)


def read_columns(table: Table, amounts: Amounts, reader: HeadingReader) -> list[Column]:
    """What each column holds."""
    columns = [_plain(cells, reader) for cells in table.headings]
    if sum(not column.headings for column in columns) > 1:
        columns = _unheaded(columns, amounts)
    for index, column in enumerate(columns):
        if column.measure in ("level", None):
            continue
        columns[index] = _settled(index, columns, amounts)
    return columns


def _unheaded(columns: list[Column], amounts: Amounts) -> list[Column]:
    """Columns without headings: percentages may be proved; amounts speak for themselves only where there is one of them."""
    found = []
    for index, column in enumerate(columns):
        cells = [row[index] for row in amounts if index < len(row) and row[index] is not None]
        percent = bool(cells) and all("%" in amount.number.unit for amount in cells if amount is not None)
        found.append(replace(column, measure="percent", unit=_PERCENT) if percent and not column.headings else column)
    amount_columns = [column for column in found if column.measure == "level" and not column.headings]
    if len(amount_columns) < 2:
        return found
    return [replace(column, measure=None) if column in amount_columns else column for column in found]


def _plain(cells: Sequence[Cell], reader: HeadingReader) -> Column:
    """What the headings alone say of a column."""
    parts = tuple(reader.read(cell.text) for cell in reversed(cells))
    whole = reader.read(" ".join(cell.text for cell in cells)) if len(cells) > 1 else parts[0] if parts else None
    if whole is None:
        return Column((), None, "level", None)
    unit = next((part.unit for part in parts if part.unit is not None), whole.unit)
    if any(part.points or part.excepts for part in parts):
        return Column(parts, None, None, unit)
    percent = any(part.percent for part in parts)
    measure = whole.measure or ("percent" if percent else "level")
    when = _when(whole, latest=measure != "level")
    return Column(parts, when, measure, _PERCENT if percent and measure != "level" else unit)


def _when(heading: Heading, latest: bool) -> When | None:
    """The time of a heading: the one it names, or the months and the year that it names apart."""
    whens = heading.whens
    if len(whens) < 2:
        return whens[0] if whens else None
    years = [when for when in whens if when.whole]
    parts = [when for when in whens if not when.has_year]
    if len(whens) == 2 and len(years) == 1 and len(parts) == 1:
        return in_year(parts[0], years[0].start.year)
    return max(whens, key=lambda when: when.end) if latest else None


def in_year(when: When, year: int) -> When:
    """The same days in another year; the last of February stays so."""
    shift = year - when.end.year
    last_of_february = when.end.month == 2 and when.end.day >= 28
    end = when.end.replace(year=year, day=28) if last_of_february else when.end.replace(year=year)
    if last_of_february and year % 4 == 0 and (year % 100 or year % 400 == 0):
        end = end.replace(day=29)
    day = min(when.start.day, 28) if when.start.month == 2 else when.start.day
    return When(when.start.replace(year=when.start.year + shift, day=day), end, True, when.whole)


def _settled(index: int, columns: list[Column], amounts: Amounts) -> Column:
    """A column of changes or shares with the measure that its numbers bear out, and the time that it is of."""
    column = columns[index]
    levels = [place for place in range(index) if columns[place].measure == "level"][-2:]
    when = _latest([column.when, *(columns[place].when for place in levels)])
    if column.measure in ("share", "multiple") and (column.measure == "share" or column.unit in (None, _PERCENT)):
        return replace(column, when=when, unit=_PERCENT if column.measure == "share" else TableUnit("x", "multiple", 1.0))
    base, current = _ordered(levels, columns)
    best = _borne_out(index, base, current, amounts) if len(levels) == 2 else None
    measure = best or _told(column, index, amounts, tested=len(levels) == 2)
    if measure == "percent":
        return replace(column, measure=None)
    unit = column.unit if measure == "change" else _PERCENT
    return replace(column, when=when, measure=measure, unit=None if unit == _PERCENT and measure == "change" else unit)


def _latest(whens: Sequence[When | None]) -> When | None:
    known = [when for when in whens if when is not None]
    return max(known, key=lambda when: (when.end, when.start)) if known else None


def _ordered(levels: list[int], columns: list[Column]) -> tuple[int, int]:
    """Of two columns of amounts the earlier and the later one."""
    if len(levels) < 2:
        return 0, 0
    first, second = levels
    ends = columns[first].when, columns[second].when
    return (second, first) if ends[0] and ends[1] and ends[0].end > ends[1].end else (first, second)


def _borne_out(index: int, base: int, current: int, amounts: Amounts) -> str | None:
    """The measure that most rows prove: the change from one column to the other in percent, as an index, or in the unit."""
    votes = dict.fromkeys(_PROOFS, 0)
    tested = 0
    for row in amounts:
        if len(row) <= max(index, base, current):
            continue
        before, now, found = row[base], row[current], row[index]
        if before is None or now is None or found is None or before.value <= 0 or now.value <= 0:
            continue
        tested += 1
        for measure, proof in _PROOFS.items():
            votes[measure] += proof(before, now, found)
    best = max(votes, key=lambda measure: votes[measure])
    return best if tested and votes[best] >= _MOST * tested else None


def _is_growth(before: Amount, now: Amount, found: Amount) -> bool:
    return abs(found.value - (now.value / before.value - 1) * 100) <= _percent_slack(before, now, found)


def _percent_slack(before: Amount, now: Amount, found: Amount) -> float:
    """How far a percentage may be off for the rounding of the three numbers."""
    return 100 * now.value / before.value * (before.slack / before.value + now.slack / now.value) + 2 * found.slack


def _is_index(before: Amount, now: Amount, found: Amount) -> bool:
    ratio = now.value / before.value
    return abs(found.value - 100 * ratio) <= _percent_slack(before, now, found)


def _is_change(before: Amount, now: Amount, found: Amount) -> bool:
    return abs(found.value - (now.value - before.value)) <= before.slack + now.slack + found.slack


_PROOFS: dict[str, Callable[[Amount, Amount, Amount], bool]] = {"growth": _is_growth, "index": _is_index, "change": _is_change}


def _told(column: Column, index: int, amounts: Amounts, tested: bool) -> str:
    """The measure that a heading names by itself; `percent` where that is not enough."""
    found = [row[index] for row in amounts if index < len(row)]
    cells = [amount for amount in found if amount is not None]
    percent = column.unit == _PERCENT or (bool(cells) and all("%" in amount.number.unit for amount in cells))
    signed = any(amount.number.sign for amount in cells)
    if column.measure == "index":
        return "index" if percent and not tested else "percent"
    if not column.headings and cells and all(amount.number.sign for amount in cells):
        return "growth"
    if column.measure == "growth" and percent and (signed or not tested):
        rate = any(says(heading, "label", "rates") for heading in column.headings)
        return "index" if rate and not signed and min((amount.value for amount in cells), default=0) > 50 else "growth"
    return "percent"
