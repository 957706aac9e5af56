"""Claims from the tables of a plain text: one for each number in a cell that measures trade or freight.

Putting the words around a cell together with its number belongs here. Finding tables belongs to `table_blocks`, reading
numbers to `table_cells`, words to `table_headings`, columns to `table_columns`, countries to `table_sides`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.cues import Topic, topics
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.claims.context.scene import thresholds
from pipeline.claims.slots.goods import kind_of_all, owner_of
from pipeline.claims.slots.side_roles import Sides
from pipeline.claims.tables.blocks import Row, Table, find_tables
from pipeline.claims.tables.cells import TIMES
from pipeline.claims.tables.columns import Amount, Amounts, Column, in_year, read_amounts, read_columns
from pipeline.claims.tables.headings import (
    Heading,
    HeadingReader,
    TableUnit,
    When,
    atoms,
    is_indicator,
    named_topics,
    topic_in,
    unit_of,
)
from pipeline.claims.tables.sides import Listed, merged_sides, row_sides, side_of_rows, told_sides
from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary

_UNIT_NOTE = re.compile(
    r"(?:(?:note|units?|measured|figures|data|all figures|all data|values)\s*:?\s*)?(?:in |unit:? )?", re.IGNORECASE
)
_LONGEST_CAPTION = 240
_HALF = 0.5
_LEAD = 4
_OVER = 6  # how many rows over a row may bear on it
_LONGEST_LEAD = 400
_FEW = 2
_TOLD_WITHIN = 12  # sentences over a table in which the time of its numbers may be told
_MONTH = timedelta(days=27)  # from the first to the last day of the shortest month
_NEAR = 8  # tables that one sentence may run into
_SIGNED = frozenset({"growth", "change"})
_OF_GOODS = frozenset({"exports", "imports", "cargo"})
_IMPLIED = {"box": "containers", "boxflow": "containers", "work": "tonne_km"}
_FREIGHT = frozenset({"cargo", "containers", "movements", "tonne_km"})
_SIDED = ("country", "bloc", "place", "port", "railway")


@dataclass(frozen=True, slots=True)
class _Context:
    """A table with what stands over it. `above` are its caption and lead-in, the nearest first, `title` the text's headline."""

    reading: Reading
    memory: Memory
    table: Table
    amounts: Amounts
    columns: list[Column]
    labels: list[tuple[Heading, ...]]
    corner: tuple[Heading, ...]
    above: tuple[Heading, ...]
    title: Heading | None
    both_flows: frozenset[int]
    told_before: When | None
    listed: dict[str, Listed] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[Heading, ...]:
        """The headline, if there is one."""
        return (self.title,) if self.title else ()

    @property
    def captions(self) -> tuple[Heading, ...]:
        """What stands over the whole table, the nearest first."""
        return (*self.corner, *self.above)


class _Line(NamedTuple):
    """A row with the headings over it, the nearest first: those of its section and the rows that it is a part of."""

    row: Row
    amounts: tuple[Amount | None, ...]
    own: tuple[Heading, ...]
    over: tuple[Heading, ...]


class _Value(NamedTuple):
    """What a cell counts, resolved: topic, measure, unit, bounds of the value."""

    topic: Topic
    measure: str
    unit: str
    low: float
    certain: bool


def tables_of(reading: Reading) -> list[Table]:
    """The tables of a document outside of its furniture, in the order of the text."""
    return find_tables(reading.document.text, reading.document.furniture, atoms)


def table_claims(reading: Reading, tables: Sequence[Table], memory: Memory) -> list[QuantityClaim]:
    """The claims of a document's tables, in the order of the text; `memory` is what its headline and lead tell."""
    lead = reading.sentences[min(_LEAD, len(reading.sentences)) - 1].end if reading.sentences else 0
    reader = HeadingReader(reading.document.published_on, reading.document.text[: min(lead, _LONGEST_LEAD)])
    claims: list[QuantityClaim] = []
    for table in tables:
        if table.readable:
            claims += _claims(_context(reading, memory, table, reader))
    return claims


def outside_tables(sentences: Iterable[SentenceReading], tables: Sequence[Table]) -> Iterator[SentenceReading]:
    """The sentences that lie in no table; those that run into one are without its numbers. Both are sorted."""
    at = 0
    for sentence in sentences:
        while at < len(tables) and tables[at].end <= sentence.start:
            at += 1
        inside = [table for table in tables[at : at + _NEAR] if table.start < sentence.end]
        if any(table.start <= sentence.start and sentence.end <= table.end for table in inside):
            continue
        free = [mark for mark in sentence.quantities if not any(table.start <= mark.start < table.end for table in inside)]
        yield replace(sentence, quantities=tuple(free)) if inside else sentence


def _context(reading: Reading, memory: Memory, table: Table, reader: HeadingReader) -> _Context:
    amounts = read_amounts(table)
    labels = [tuple(reader.read(cell.text) for cell in (row.label, *row.notes)) for row in table.rows]
    return _Context(
        reading=reading,
        memory=memory,
        table=table,
        amounts=amounts,
        columns=read_columns(table, amounts, reader),
        labels=labels,
        corner=tuple(reader.read(cell.text) for cell in table.corner),
        above=(*(reader.read(text) for text in _captions(reading, table)), *_noted(reading, table, reader)),
        title=_title(reading, reader),
        both_flows=_both_flows(table, labels),
        told_before=_told_before(reading, table),
    )


def _title(reading: Reading, reader: HeadingReader) -> Heading | None:
    heads = [sentence for sentence in reading.sentences[:_LEAD] if sentence.sentence.kind in ("title", "heading")]
    title = next((head for head in heads if head.sentence.kind == "title"), heads[0] if heads else None)
    return reader.read(reading.document.text[title.start : title.end]) if title else None


def _told_before(reading: Reading, table: Table) -> When | None:
    """The time that the text before a table is on: the nearest in the last sentences over it that nothing is compared with."""
    before = bisect_right(reading.sentences, table.start, key=lambda sentence: sentence.end)
    for sentence in reversed(reading.sentences[max(0, before - _TOLD_WITHIN) : before]):
        for mark in sentence.dates:
            start, end = mark.date_start, mark.date_end
            if mark.role == "at" and start is not None and end is not None and end - start >= _MONTH:
                return When(start, end, has_year=True, whole=False)
    return None


def _noted(reading: Reading, table: Table, reader: HeadingReader) -> tuple[Heading, ...]:
    """The note of the unit under a table (`(unit: TEU)`)."""
    text = reading.document.text[table.below.start : table.below.end].strip("()[]* .") if table.below else ""
    match = _UNIT_NOTE.match(text)
    return (reader.read(text[match.end() :]),) if match and unit_of(text[match.end() :]) else ()


def _captions(reading: Reading, table: Table) -> Iterator[str]:
    """The lines over a table that caption it or lead to it; prose that does neither ends them."""
    text, covered = reading.document.text, len(reading.document.text)
    for span in table.above:
        at = bisect_right(reading.sentences, span.end - 1, key=lambda sentence: sentence.start) - 1
        sentence = reading.sentences[at] if at >= 0 else None
        line = text[span.start : span.end]
        if span.start >= covered:
            continue
        if line.endswith((":", "--")) and sentence is not None and sentence.end >= span.end:
            yield text[sentence.start : span.end]
            return
        covered = min(span.start, sentence.start) if sentence is not None and sentence.end >= span.end else span.start
        if line.endswith((".", "!", "?", ";")) or span.end - covered > _LONGEST_CAPTION:
            return
        yield text[covered : span.end]


def _claims(context: _Context) -> Iterator[QuantityClaim]:
    """The claims of one table, row by row."""
    lines = list(_lines(context))
    of_goods = sum(1 for line in lines if _commodity(line.own) or _is_cargo(line.own[0]))
    by_goods = of_goods >= max(_FEW, _HALF * sum(1 for line in lines if not line.own[0].total))
    for line in lines:
        for column, amount in zip(context.columns, line.amounts, strict=False):
            claim = _claim(context, line, column, amount, by_goods) if amount is not None else None
            if claim is not None:
                yield claim


def _is_cargo(heading: Heading) -> bool:
    """Whether a label is a kind of cargo that is no goods of the contract (`dry bulk`)."""
    return heading.text in read_toml("tables.toml")["label"]["cargo"]


def _lines(context: _Context) -> Iterator[_Line]:
    """The rows with numbers, each with the headings that it stands under."""
    over: list[tuple[int, bool, tuple[Heading, ...]]] = []
    for row, amounts, own in zip(context.table.rows, context.amounts, context.labels, strict=True):
        if not row.values and own[0].plain:
            continue
        heads = not row.values
        named = any(named_topics(heading) for heading in own)
        counted = own[0].unit is not None and _is_noun(own[0].unit)
        keeps = not (heads or named or counted or any(cue.strong for cue in own[0].cues))
        while over and (over[-1][0] > row.indent or (over[-1][0] == row.indent and not (keeps and over[-1][1]))):
            over.pop()
        if row.values:
            yield _Line(row, amounts, own, tuple(heading for _, _, headings in over[: -_OVER - 1 : -1] for heading in headings))
        over.append((row.indent, heads or named, own))


def _claim(context: _Context, line: _Line, column: Column, amount: Amount, by_goods: bool) -> QuantityClaim | None:
    value = _value(context, line, column, amount)
    if value is None or not _is_known(line, value, by_goods):
        return None
    when = _when(context, line, column)
    indicator = str(value.topic.indicator)
    sides = _sides(context, line, column, indicator)
    corridor = _corridor(context, line, column, indicator)
    if corridor and not sides.reporter:
        sides = Sides(owner_of(corridor), sides.partner, sides.origin, sides.destination)
    text = context.reading.document.text
    start, end = amount.number.start, amount.number.end
    signs = _signs(value, when is not None, sides)
    return QuantityClaim(
        family="trade" if indicator in vocabulary().trade_indicators else "freight",
        indicator=indicator,
        measure=value.measure,
        value_low=value.low,
        value_high=value.low,
        bound=amount.number.bound,
        unit=value.unit,
        value_text=text[start:end],
        reporter=tuple(sorted(set(sides.reporter))),
        partner=tuple(sorted(set(sides.partner))),
        origin=tuple(sorted(set(sides.origin))),
        destination=tuple(sorted(set(sides.destination))),
        corridor=corridor,
        mode=_mode(context, line, column, indicator, corridor),
        commodity=_goods(context, line, column, indicator, by_goods),
        period_start=when.start if when else None,
        period_end=when.end if when else None,
        modality=_modality(context, line, column, when),
        attributed_to=None,
        evidence=text[line.row.start : line.row.end],
        evidence_start=line.row.start,
        evidence_end=line.row.end,
        value_start=start,
        value_end=end,
        confidence=confidence_of("number", signs),
        signs=signs,
    )


def _signs(value: _Value, dated: bool, sides: Sides) -> tuple[str, ...]:
    """What makes a claim of a table surer or less sure: a column that names what it counts, a period, a side."""
    column = "table_certain" if value.certain else "table_guessed"
    return column, "period_stated" if dated else "no_period", "no_side" if sides == Sides() else "sides_named"


def _value(context: _Context, line: _Line, column: Column, amount: Amount) -> _Value | None:
    """What a cell counts; None if that is not plain, or is nothing of trade or freight."""
    planned = column.measure != "level" and any(heading.modality == "target" for heading in column.headings)
    if column.measure is None or planned or any(heading.unread and not _says_something(heading) for heading in column.headings):
        return None
    measure, unit = _measured(context, line, column, amount)
    if unit is None:
        return _of_ships(context, line, column, amount)
    level = unit if measure in ("level", "change") else _level_unit(context, line)
    found = _topic(context, line, column, level.kind if level else "percent")
    if level is None and not any(named_topics(heading) for heading in (*context.captions, *context.titles)):
        return None
    if found is None or found[0].indicator is None:
        return None
    topic, certain = found
    indicator = str(topic.indicator)
    number = amount.value - 100 if measure == "index" else amount.value
    low = round(number * unit.scale, 6)
    measure = "growth" if measure == "index" else measure
    if measure == "level" and indicator == "balance" and any("deficit" in heading.text for heading in line.own):
        low = -abs(low)
    return _Value(topic, measure, unit.code, low, certain) if _is_plausible(measure, indicator, unit, low, line) else None


def _says_something(heading: Heading) -> bool:
    return bool(heading.names or heading.whens or heading.mode or heading.unit) or bool(named_topics(heading))


def _is_plausible(measure: str, indicator: str, unit: TableUnit, low: float, line: _Line) -> bool:
    """Whether a number can be what it is taken for."""
    if measure in _SIGNED:
        return True
    if measure == "share":
        return 0 < low <= 100 and not (low == 100 and line.own[0].total)
    if measure == "multiple":
        return 0 < low <= thresholds()["ceiling"]["multiple"]
    if unit.kind in ("box", "move", "goods") and low != int(low):
        return False
    if low == 0 or (low < 0 and indicator != "balance"):
        return False
    return unit.kind not in ("money", "moneyflow") or indicator == "freight_rate" or abs(low) >= thresholds()["floor"]["money"]


def _measured(context: _Context, line: _Line, column: Column, amount: Amount) -> tuple[str, TableUnit | None]:
    """The measure and the unit of a cell: its own unit first, then the column's, the row's, and that of what stands over it."""
    measure = str(column.measure)
    own = unit_of(amount.number.unit) if amount.number.unit else None
    if amount.number.unit in TIMES:
        return "multiple", TableUnit("x", "multiple", 1.0)
    if amount.number.unit and own is None:
        return measure, None
    row = _row_measure(line)
    if measure != "level" or row is None:
        given = _level_unit(context, line) if measure == "change" and column.unit is None else column.unit
        unit = own or given or _level_unit(context, line)
        return _by_unit(measure, unit)
    return _by_unit(row, own or TableUnit("%", "percent", 1.0))


def _by_unit(measure: str, unit: TableUnit | None) -> tuple[str, TableUnit | None]:
    """A measure with a unit that it can have: amounts are not in percent, changes in percent are growth."""
    if unit is None:
        return measure, None
    if measure == "level" and unit.kind in ("percent", "multiple"):
        return measure, None
    if measure in ("share", "index", "growth") and unit.kind != "percent":
        return measure, None
    return ("growth" if measure == "change" and unit.kind == "percent" else measure), unit


def _row_measure(line: _Line) -> str | None:
    """The measure that a row's own label names (`growth, %` under a row of amounts)."""
    heading = next((heading for heading in line.own if heading.measure), None)
    if heading is None or not heading.percent or heading.points:
        return None
    return heading.measure if heading.measure in ("share", "growth", "index") else None


def _level_unit(context: _Context, line: _Line) -> TableUnit | None:
    """The unit of the amounts of a row, from its label, what stands over it, or the columns of amounts."""
    labels = (*line.own, *line.over)
    told = [heading.unit for heading in labels if heading.unit is not None and not _is_noun(heading.unit)]
    told += [heading.unit for heading in (*context.captions, *labels) if heading.unit is not None]
    for unit in told:
        if unit.kind not in ("percent", "multiple"):
            return unit
    units = {column.unit for column in context.columns if column.measure == "level" and column.unit is not None}
    return next(iter(units)) if len(units) == 1 else None


def _is_noun(unit: TableUnit) -> bool:
    """Whether a unit may be but the name of goods or vehicles in a label (`Containers`)."""
    return unit.scale == 1 and unit.kind in ("box", "move") and unit.code not in ("TEU", "FEU")


def _topic(context: _Context, line: _Line, column: Column, kind: str) -> tuple[Topic, bool] | None:
    """What is counted, by the row, its section, its column, the caption or the headline; whether the table itself says so."""
    if line.own[0].total and not line.own[0].names and not line.own[0].cues:
        summed = _sum_of_flows(context, line, kind)
        if summed is not None:
            return summed, True
    chain = (*line.own, *line.over, *column.headings, *context.captions)
    for heading in (*chain, *context.titles):
        topic, settled = topic_in(heading, kind)
        if settled:
            return (topic, heading in chain) if topic is not None else None
        implied = _IMPLIED.get(kind)
        if implied and any(cue.value in _FREIGHT for cue in heading.cues):
            return topics()[implied], True
    return None


def _sum_of_flows(context: _Context, line: _Line, kind: str) -> Topic | None:
    """A total under exports and imports side by side is their turnover."""
    turnover = topics()["turnover"]
    return turnover if line.row.indent in context.both_flows and kind in turnover.units else None


def _both_flows(table: Table, labels: Sequence[tuple[Heading, ...]]) -> frozenset[int]:
    """The indents at which exports and imports stand side by side as rows."""
    named: dict[int, set[str]] = {}
    for row, headings in zip(table.rows, labels, strict=True):
        if row.values:
            named.setdefault(row.indent, set()).update(name for heading in headings for name in named_topics(heading))
    return frozenset(indent for indent, names in named.items() if {"exports", "imports"} <= names)


def _of_ships(context: _Context, line: _Line, column: Column, amount: Amount) -> _Value | None:
    """Ships counted by a port or canal, in a table that names no unit (`Arrivals  36  28`)."""
    words = read_toml("tables.toml")["ships"]
    on_ships = context.title is not None and any(cue.value == "movements" for cue in context.title.cues)
    bare = not amount.number.unit and column.measure == "level" and column.when is not None and amount.value.is_integer()
    if not (on_ships and bare and line.own[0].text in words["movements"] and amount.value > 0):
        return None
    return _Value(topics()["movements"], "level", "vessel", amount.value, False)


def _is_known(line: _Line, value: _Value, by_goods: bool) -> bool:
    """Whether the row's label is understood: an unknown one would make the claim say too much."""
    for heading in line.own:
        if heading.excepts:
            return False
        if unit_of(heading.text) or _is_cargo(heading) or not heading.unread or heading.mode or heading.whens:
            continue
        if heading.groups or heading.codes("commodity", "corridor") or named_topics(heading):
            continue
        listed_goods = by_goods and value.topic.indicator in _OF_GOODS and not heading.names
        if not listed_goods and value.topic.indicator != "transit_time" and value.unit != "vessel":
            return False
    rest = line.own[0].rest and not by_goods
    return not rest and not _unfit(line, value, by_goods)


def _unfit(line: _Line, value: _Value, by_goods: bool) -> bool:
    """Whether a label names another thing than is counted. Boxes are carried goods in a table of goods in tonnes."""
    heading = line.own[0]
    if heading.mode or (by_goods and value.topic.name == "cargo") or value.topic.name in _IMPLIED.values():
        return False
    named = {cue.value for cue in heading.cues if cue.strong}
    if not named or value.topic.name in named:
        return False
    return not (heading.names or value.unit == "vessel" or is_indicator(heading))


def _when(context: _Context, line: _Line, column: Column) -> When | None:
    """The time of a cell: that of its column and row, the months of one in the year of the other, or that of the caption."""
    of_row = next((when for heading in (*line.own, *line.over) for when in heading.whens[:1]), None)
    told = [when for heading in context.captions for when in heading.whens[:1]]
    # A line over the table with the day of publication (`Tbilisi, 22 January 2026`) tells of no figures, if others tell more.
    of_table = next((when for when in told if not (when.start == when.end == context.reading.document.published_on)), None)
    inner = [when for when in (column.when, of_row) if when is not None]
    if not inner and any(heading.undated for heading in (*line.own, *line.over, *column.headings)):
        return None
    if len(inner) == 2:
        return _together(inner[0], inner[1])
    if inner:
        return _of_caption(inner[0], of_table)
    of_title = next(iter(context.title.whens if context.title else ()), None)
    return of_table or of_title or context.told_before or next(iter(told), None)


def _of_caption(when: When, of_table: When | None) -> When:
    """The time of a heading in the light of the caption's: the same months in its year, or its months in the caption's year."""
    if of_table is None or of_table.start.year != of_table.end.year:
        return when
    if when.whole and not of_table.whole:
        return in_year(of_table, when.end.year)
    return in_year(when, of_table.end.year) if not when.has_year and of_table.has_year else when


def _together(first: When, second: When) -> When | None:
    """Months and a year that two headings name apart; None if they name two times."""
    for year, part in ((first, second), (second, first)):
        if year.whole and not part.has_year:
            return in_year(part, year.end.year)
    return first if (first.start, first.end) == (second.start, second.end) else None


def _sides(context: _Context, line: _Line, column: Column, indicator: str) -> Sides:
    told = next((sides for heading in context.captions if (sides := told_sides(heading, indicator)) != Sides()), Sides())
    over_column = next((sides for heading in column.headings if (sides := told_sides(heading, indicator)) != Sides()), Sides())
    if over_column.partner and line.own[0].groups:
        return merged_sides(indicator, row_sides(indicator, line.own[0], "reporter"), over_column, context.memory)
    labels = [heading for heading in (*line.own, *line.over, *column.headings) if heading.groups]
    if indicator not in context.listed:
        rows = [own[0] for own in context.labels if own]
        context.listed[indicator] = side_of_rows(indicator, context.captions, rows, told, context.memory)
    named = row_sides(indicator, labels[0] if labels else None, context.listed[indicator])
    return merged_sides(indicator, named, told, context.memory)


def _corridor(context: _Context, line: _Line, column: Column, indicator: str) -> str | None:
    if indicator in vocabulary().trade_indicators:
        return None
    for heading in (*line.own, *line.over, *column.headings, *context.captions, *context.titles):
        if heading.codes("corridor"):
            return heading.codes("corridor")[0]
    return context.memory.title_corridor if not context.memory.carrier else None


def _mode(context: _Context, line: _Line, column: Column, indicator: str, corridor: str | None) -> str | None:
    if indicator in vocabulary().trade_indicators:
        return None
    for heading in (*line.own, *line.over, *column.headings, *context.captions):
        if heading.mode or heading.codes("railway"):
            return heading.mode or "rail"
    traits = read_toml("claim_traits.toml")
    if corridor in traits["mode"]:
        return str(traits["mode"][corridor])
    if corridor in traits["shipping"]["corridors"] and indicator in ("movements", "transit_time"):
        return "sea"
    return context.memory.carrier_mode if indicator in _FREIGHT and corridor is None else None


def _commodity(headings: Sequence[Heading]) -> str | None:
    """The goods that the first of some headings names; goods of different kinds named together are none of them."""
    for heading in headings:
        codes = heading.codes("commodity")
        if codes:
            return codes[0] if len(codes) == 1 else kind_of_all(set(codes))
    return None


def _goods(context: _Context, line: _Line, column: Column, indicator: str, by_goods: bool) -> str | None:
    own = line.own[0]
    if own.codes("commodity"):
        return _commodity(line.own)
    unknown = own.unread and not (own.names or own.total or _is_cargo(own))
    if unknown and by_goods and indicator in _OF_GOODS:
        return "other"
    found = _commodity((*line.own, *(() if own.total else line.over), *column.headings, *context.captions))
    return found or (context.memory.commodity if indicator in _OF_GOODS and not context.above else None)


def _modality(context: _Context, line: _Line, column: Column, when: When | None) -> str:
    published = context.reading.document.published_on
    for heading in (*line.own, *line.over, *column.headings):
        if heading.modality:
            return "target" if heading.text in read_toml("tables.toml")["ships"]["scheduled"] else heading.modality
    ahead = when is not None and published is not None and when.end >= published
    if ahead and line.own[0].text in read_toml("tables.toml")["ships"]["expected"]:
        return "forecast"
    outer = next((heading.modality for heading in context.above if heading.modality), None)
    if outer and (ahead or when is None or published is None):
        return outer
    return "forecast" if when is not None and published is not None and when.start > published else "reported"
