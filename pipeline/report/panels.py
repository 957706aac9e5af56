"""Panels of amounts in their time, as trade and corridors show them: a chart, what stands out in it, and its data as a table.

Which facts a panel is about is asked by the sections; how it is drawn belongs to `charts`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from pipeline.report import charts, wording
from pipeline.report.charts import Mark
from pipeline.report.drawing import draw
from pipeline.report.notes import Cited, Notes
from pipeline.report.questions import Questions, Row

_WIDEST_SPAN = 16  # years that panels may share; with more, each has its own
_FEWEST_MARKS = 2  # that are worth a chart
_CAPACITY = "capacity"

About = Callable[[Row], str]


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
    """A chart with its heading, the figures that stand out, and all it shows as a table. `drawing` is None where a chart would
    show next to nothing. `parts` counts figures that are only in the table, since they are about a part of the whole, and
    `off_scale` those that are doubtful and would make all others vanish.
    """

    title: str
    unit: str
    drawing: Markup | None
    latest: Cited | None
    latest_when: str
    goal: Cited | None
    goal_when: str
    lines: tuple[Line, ...]
    undated: int
    parts: int
    off_scale: int


class Panels:
    """Makes the panels of a section, whose facts are `rows`; they show the same years as far as that is sensible."""

    def __init__(self, rows: Sequence[Row], questions: Questions, notes: Notes) -> None:
        self._sources = Sources(rows, questions, notes)
        self._span = _shared_span(rows)

    def panel(self, rows: Sequence[Row], title: str, about: About, is_part: Callable[[Row], bool]) -> Panel:
        """The panel of some facts of one unit, or of that unit and its rate; `about` says what tells them apart. Those that are
        about a part of the whole are drawn only if there are no others.
        """
        unit = min((row["unit"] for row in rows), key=lambda each: ("/" in each, each))
        factor, axis = wording.axis_unit(unit, max(row["highest_value"] for row in rows))
        cited = {row["fact_id"]: self._sources.cited(row) for row in rows}
        whole = [row for row in rows if not is_part(row)] or list(rows)
        dated = [row for row in whole if last_day(row) is not None]
        marks = [mark for row in dated for mark in self._marks(row, factor, cited[row["fact_id"]], about(row))]
        drawn = _on_scale(marks)
        sure = [row for row in dated if not cited[row["fact_id"]].doubtful]
        latest, goal = _latest(sure), _goal(sure)
        return Panel(
            title=title,
            unit=axis,
            drawing=self._drawing(drawn, f"{title}, {axis}, by year; its data are in the table below"),
            latest=cited[latest["fact_id"]] if latest else None,
            latest_when=when(latest) if latest else "",
            goal=cited[goal["fact_id"]] if goal else None,
            goal_when=f"{wording.label('modality', goal['modality'])} {wording.deadline(goal['period_end'])}" if goal else "",
            lines=tuple(_line(row, cited[row["fact_id"]], about(row)) for row in rows),
            undated=len(whole) - len(dated),
            parts=len(rows) - len(whole),
            off_scale=len(marks) - len(drawn),
        )

    def _drawing(self, marks: Sequence[Mark], label: str) -> Markup | None:
        if len({(mark.end, mark.value) for mark in marks}) < _FEWEST_MARKS:
            return None
        span = self._span or charts.years([(mark.start, mark.end) for mark in marks])
        return draw(charts.amounts(marks, span), label)

    def _marks(self, row: Row, factor: float, cited: Cited, about: str) -> Iterator[Mark]:
        """The mark of a fact; of one on which sources differ, the lowest and the highest that is told."""
        for claim_id, value, words in self._sources.extremes(row):
            yield Mark(
                start=row["period_start"],
                end=last_day(row) or date.max,
                low=row["lowest_value"] / factor if row["agreement"] == "conflicting" else value / factor,
                value=value / factor,
                high=row["highest_value"] / factor if row["agreement"] == "conflicting" else value / factor,
                kind=row["modality"],
                claim_id=claim_id,
                name=wording.plain(value / factor),
                told=f"{about + ', ' if about else ''}{when(row)}: {words}, {wording.label('modality', row['modality'])}",
                weight=row["documents"] + 2 * bool(row["whole_year"]),
                doubtful=cited.doubtful,
                lasting=row["indicator"] == _CAPACITY,
            )


class Sources:
    """The claims behind facts, and how a fact is cited."""

    def __init__(self, rows: Sequence[Row], questions: Questions, notes: Notes) -> None:
        found = questions.ask("sources_of_facts", facts=sorted({row["fact_id"] for row in rows}))
        self._claims = {fact: list(group) for fact, group in groupby(found, key=lambda row: row["fact_id"])}
        self._notes = notes

    def cited(self, row: Row) -> Cited:
        """The value of a fact, with the claims that state it."""
        claims = [row["claim_id"], *(claim["claim_id"] for claim in self._claims.get(row["fact_id"], ()))]
        found = self._notes.cited(value_of(row), claims, row["confidence"])
        stated = max((claim["stated"] for claim in self._claims.get(row["fact_id"], ())), default=0)
        return Cited(found.text, found.notes, max(0, stated - len(found.notes)), found.doubtful)

    def extremes(self, row: Row) -> list[tuple[str, float, str]]:
        """The claim that is shown for a fact, its value, and that in words; of one on which sources differ, the claims with the
        lowest and the highest.
        """
        claims = [claim for claim in self._claims.get(row["fact_id"], ()) if claim["value"] is not None]
        if row["agreement"] != "conflicting" or not claims:
            return [(row["claim_id"], row["median_value"], value_of(row))]
        lowest, highest = (find(claims, key=lambda claim: claim["value"]) for find in (min, max))
        values = {claim["claim_id"]: claim["value"] for claim in (lowest, highest)}
        return [(claim_id, value, wording.amount(value, None, row["unit"])) for claim_id, value in values.items()]


def value_of(row: Row) -> str:
    """What is told of a fact, as a range if sources differ."""
    high = row["highest_value"] if row["agreement"] == "conflicting" else None
    low = row["median_value"] if high is None else row["lowest_value"]
    return wording.amount(low, high, row["unit"], measure=row["measure"])


def last_day(row: Row) -> date | None:
    """Where a fact stands on an axis of time: its last day; when it was told, if it is open or a capacity without a day."""
    end: date | None = row["period_end"]
    if end is None and (row["period_start"] is not None or row["indicator"] == _CAPACITY):
        end = row["latest_published_on"]
    return end


def when(row: Row) -> str:
    """The time of a fact in words; of one that tells none, when it was told."""
    if row["period_start"] is None and row["period_end"] is None and row["latest_published_on"] is not None:
        return f"told {wording.day(row['latest_published_on'])}"
    return wording.period(row["period_start"], row["period_end"], past=row["modality"] == "reported")


def voices(row: Row) -> str:
    """How many speak, and whether they agree."""
    said = wording.counted(row["voices"], "voice")
    return {"corroborated": f"{said} agree", "conflicting": f"{said} differ"}.get(row["agreement"], said)


def _shared_span(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The years that all panels show, so that they can be compared; None if that would be too many, or there is none."""
    dated = [(row["period_start"], last_day(row)) for row in rows]
    times = [(start, end) for start, end in dated if end is not None]
    span = charts.years(times) if times else None
    return span if span and span[1] - span[0] <= _WIDEST_SPAN else None


def _on_scale(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those of little confidence that are many times larger than any other."""
    far_off = float(wording.settings("scale")["far_off"])
    sure = [mark.value for mark in marks if not mark.doubtful]
    return [mark for mark in marks if not (mark.doubtful and sure and mark.value > far_off * max(sure))]


def _line(row: Row, cited: Cited, about: str) -> Line:
    return Line(about, when(row), cited, row["modality"], voices(row))


def _latest(rows: Sequence[Row]) -> Row | None:
    """The newest reported amount: of a whole year if there is one, else of any time."""
    told = [row for row in rows if row["modality"] == "reported" and row["indicator"] != _CAPACITY and row["period_end"]]
    whole = [row for row in told if row["whole_year"]]
    return max(whole or told, key=_newest, default=None)


def _goal(rows: Sequence[Row]) -> Row | None:
    """The furthest target, else the furthest forecast."""
    for modality in ("target", "forecast"):
        told = [row for row in rows if row["modality"] == modality and row["period_end"] and row["indicator"] != _CAPACITY]
        if told:
            return max(told, key=_newest)
    return None


def _newest(row: Row) -> tuple[date, int, float, str]:
    return row["period_end"], row["documents"], row["confidence"], row["fact_id"]
