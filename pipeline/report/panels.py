"""Panels of amounts in their time, as trade and corridors show them: a chart, what stands out in it, and its data as a table.

Which facts a panel is about is asked by the sections; how it is drawn belongs to `charts`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline.report import charts, wording
from pipeline.report.charts import Mark
from pipeline.report.drawing import draw
from pipeline.report.notes import Cited, Notes, is_doubtful
from pipeline.report.questions import Row

_WIDEST_SPAN = 16  # years that panels may share; with more, each has its own
_DRAWN_CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a panel's table."""

    about: str
    when: str
    value: Cited
    modality: str
    voices: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its heading, the figures that stand out, and all it shows as a table. `drawing` is None with no dated figure."""

    title: str
    unit: str
    drawing: Markup | None
    latest: Cited | None
    latest_when: str
    goal: Cited | None
    goal_when: str
    lines: tuple[Line, ...]
    undated: int


Span = tuple[int, int]


def shared_span(rows: Sequence[Row]) -> Span | None:
    """The years that all panels show, so that they can be compared; None if that would be too many, or there is none."""
    dated = [(row["period_start"], last_day(row)) for row in rows]
    times = [(start, end) for start, end in dated if end is not None]
    if not times:
        return None
    span = charts.years(times)
    return span if span[1] - span[0] <= _WIDEST_SPAN else None


def last_day(row: Row) -> date | None:
    """Where a fact stands on an axis of time: its last day; for one that is open, or a capacity without a day, when it was told."""
    end: date | None = row["period_end"]
    if end is None and (row["period_start"] is not None or row["indicator"] == _DRAWN_CAPACITY):
        end = row["latest_published_on"]
    return end


def panel(
    rows: Sequence[Row], title: str, sources: Mapping[str, Sequence[str]], notes: Notes, span: Span | None, about: Callable[[Row], str]
) -> Panel:
    """The panel of some facts of one unit, or of that unit and its rate; `about` says what tells them apart."""
    unit = min((row["unit"] for row in rows), key=lambda each: ("/" in each, each))
    largest = max(row["highest_value"] for row in rows)
    factor, axis = wording.axis_unit(unit, largest)
    cited = {row["fact_id"]: _cited(row, sources, notes) for row in rows}
    dated = [row for row in rows if last_day(row) is not None]
    marks = [_mark(row, factor, cited[row["fact_id"]], about(row)) for row in dated]
    drawing = None
    if marks:
        own = span or charts.years([(mark.start, mark.end) for mark in marks])
        drawing = draw(charts.amounts(marks, own), f"{title}, {axis}, by year; its data are in the table below")
    latest, goal = _latest(dated), _goal(dated)
    return Panel(
        title=title,
        unit=axis,
        drawing=drawing,
        latest=cited[latest["fact_id"]] if latest else None,
        latest_when=wording.period(latest["period_start"], latest["period_end"]) if latest else "",
        goal=cited[goal["fact_id"]] if goal else None,
        goal_when=f"{wording.label('modality', goal['modality'])} {wording.deadline(goal['period_end'])}" if goal else "",
        lines=tuple(_line(row, cited[row["fact_id"]], about(row)) for row in rows),
        undated=len(rows) - len(dated),
    )


def value_of(row: Row) -> str:
    """What is told of a fact, as a range if values differ by more than rounding."""
    if row["agreement"] == "conflicting":
        return wording.amount(row["lowest_value"], row["highest_value"], row["unit"], measure=row["measure"])
    return wording.amount(row["median_value"], None, row["unit"], measure=row["measure"])


def _cited(row: Row, sources: Mapping[str, Sequence[str]], notes: Notes) -> Cited:
    claims = [row["claim_id"], *sources.get(row["fact_id"], ())]
    found = notes.cited(value_of(row), claims, row["confidence"])
    return Cited(found.text, found.notes, max(0, row["claims"] - len(found.notes)), found.doubtful)


def _mark(row: Row, factor: float, cited: Cited, about: str) -> Mark:
    end = last_day(row)
    assert end is not None, "only dated facts are drawn"
    conflicting = row["agreement"] == "conflicting"
    low, value, high = (
        (row["lowest_value"], row["median_value"], row["highest_value"]) if conflicting else (row["median_value"],) * 3
    )
    name = wording.plain(value / factor)
    if conflicting and wording.plain(low / factor) != wording.plain(high / factor):
        name = f"{wording.plain(low / factor)}–{wording.plain(high / factor)}"
    return Mark(
        start=row["period_start"],
        end=end,
        low=low / factor,
        value=value / factor,
        high=high / factor,
        kind=row["modality"],
        claim_id=row["claim_id"],
        name=name,
        told=f"{about + ', ' if about else ''}{_when(row)}: {cited.text}, {wording.label('modality', row['modality'])}",
        weight=row["documents"] + 2 * bool(row["whole_year"]),
        doubtful=cited.doubtful,
        lasting=row["indicator"] == _DRAWN_CAPACITY,
    )


def _when(row: Row) -> str:
    if row["period_start"] is None and row["period_end"] is None and row["latest_published_on"] is not None:
        return f"told {wording.day(row['latest_published_on'])}"
    return wording.period(row["period_start"], row["period_end"])


def _line(row: Row, cited: Cited, about: str) -> Line:
    voices = wording.counted(row["voices"], "voice")
    said = {"corroborated": f"{voices} agree", "conflicting": f"{voices} differ"}.get(row["agreement"], voices)
    return Line(about, _when(row), cited, row["modality"], said)


def _latest(rows: Sequence[Row]) -> Row | None:
    """The newest reported amount: of a whole year if there is one, else of any time."""
    told = [
        row
        for row in rows
        if row["modality"] == "reported" and row["indicator"] != _DRAWN_CAPACITY and row["period_end"] and not row["mode"]
    ]
    whole = [row for row in told if row["whole_year"]]
    return max(whole or told, key=lambda row: (row["period_end"], row["documents"], row["confidence"], row["fact_id"]), default=None)


def _goal(rows: Sequence[Row]) -> Row | None:
    """The furthest target, else the furthest forecast."""
    for modality in ("target", "forecast"):
        told = [row for row in rows if row["modality"] == modality and row["period_end"] and row["indicator"] != _DRAWN_CAPACITY]
        if told:
            return max(told, key=lambda row: (row["period_end"], row["confidence"], row["fact_id"]))
    return None
