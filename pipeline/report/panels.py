"""Panels of amounts in their time, as trade and corridors show them: a chart, what stands out in it, and its data as a table.

Which facts a panel is about is asked by the sections; how it is drawn belongs to `charts`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from markupsafe import Markup

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.marks import Mark, years
from pipeline.report.notes import Cited, Notes, own_words, words_of_alike
from pipeline.report.questions import Questions, Row

_CAPACITY = "capacity"
_NAMING = ("reporter", "partner", "origin", "destination", "mode", "commodity")  # what narrows a figure down

About = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a panel is about: its `title`, the corridor or pair by its `name`, and what is `measured` of it."""

    title: str
    name: str
    measured: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What must be known of a figure beside it: that sources differ, or what else its text tells."""

    text: str
    value: Cited | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands out. `about` says what it is of, if that is not all that the panel is about."""

    label: str
    value: Cited
    about: str
    when: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a panel's table. `words` are those of its text, where nothing else tells it from another row."""

    about: str
    words: str
    when: str
    value: Cited
    modality: str
    voices: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its heading, the figures that stand out, and all it shows as a table. `drawing` is None where a chart would
    show next to nothing. `parts` counts figures that are only in the table, since they are about a part of the whole, and
    `off_scale` those that are doubtful and would make all others vanish.
    """

    title: str
    unit: str
    drawing: Markup | None
    latest: Figure | None
    goal: Figure | None
    lines: tuple[Line, ...]
    undated: int
    parts: int
    off_scale: int


class Panels:
    """Makes the panels of a section, whose facts are `rows`; they show the same years as far as that is sensible."""

    def __init__(self, rows: Sequence[Row], questions: Questions, notes: Notes, drawings: Drawings) -> None:
        self._sources = Sources(rows, questions, notes)
        self._drawings = drawings
        self._span = _shared_span(rows)

    def panel(self, rows: Sequence[Row], heading: Heading, about: About, is_part: Callable[[Row], bool]) -> Panel:
        """The panel of some facts of one unit, or of that unit and its rate; `about` says what tells them apart. Those that are
        about a part of the whole, or are told beside another, are drawn only if there are no others.
        """
        unit = min((row["unit"] for row in rows), key=lambda each: ("/" in each, each))
        factor, axis = wording.axis_unit(unit, max(row["highest_value"] for row in rows))
        cited = {row["fact_id"]: self._sources.cited(row) for row in rows}
        whole = [row for row in rows if not (is_part(row) or row["beside_fact_id"])] or list(rows)
        dated = [row for row in whole if last_day(row) is not None]
        marks = [mark for row in dated for mark in self._marks(row, factor, cited[row["fact_id"]], about(row))]
        drawn = _on_scale(marks)
        sure = [row for row in dated if not cited[row["fact_id"]].doubtful]
        latest, goal = _latest(sure), _goal(sure)
        words = self._sources.words_of_alike(rows, lambda row: (about(row), when(row), row["modality"]))
        return Panel(
            title=heading.title,
            unit=axis,
            drawing=self._drawing(drawn, f"{heading.title}, {axis}, by year; its data are in the table below"),
            latest=self._figure(latest, heading, about(latest), when(latest)) if latest else None,
            goal=self._figure(goal, heading, about(goal), _aimed(goal)) if goal else None,
            lines=tuple(
                Line(
                    about=about(row),
                    words=words.get(row["fact_id"], ""),
                    when=when(row),
                    value=cited[row["fact_id"]],
                    modality=row["modality"],
                    voices=voices(row),
                    remarks=self._sources.remarks(row),
                )
                for row in rows
            ),
            undated=len(whole) - len(dated),
            parts=len(rows) - len(whole),
            off_scale=len(marks) - len(drawn),
        )

    def _figure(self, row: Row, heading: Heading, about: str, said_when: str) -> Figure:
        narrower = about if about != heading.measured else ""
        differing = (Remark("sources differ"),) if row["agreement"] == "conflicting" else ()
        return Figure(
            label=f"{heading.name}: {narrower or heading.measured}",
            value=self._sources.cited(row),
            about=narrower,
            when=said_when,
            remarks=(*differing, *self._sources.remarks(row)),
        )

    def _drawing(self, marks: Sequence[Mark], label: str) -> Markup | None:
        if len({(mark.end, mark.value) for mark in marks}) < int(wording.settings("charts")["fewest_marks"]):
            return None
        span = self._span or years([(mark.start, mark.end) for mark in marks])
        return self._drawings.drawn("amounts", label, marks, span)

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
    """The claims behind facts, how a fact is cited, and what must be said beside it."""

    def __init__(self, rows: Sequence[Row], questions: Questions, notes: Notes) -> None:
        facts = sorted({row["fact_id"] for row in rows})
        found = questions.ask("sources_of_facts", facts=facts)
        self._claims = _by_fact(claim for claim in found if not claim["apart"])
        self._apart = _by_fact(claim for claim in found if claim["apart"] and claim["value"] is not None)
        self._disputes = {row["fact_id"]: row for row in questions.ask("disputes_of_facts", facts=facts)}
        self._questions = questions
        self._notes = notes

    def cited(self, row: Row) -> Cited:
        """The value of a fact, with the claims that state it."""
        claims = [row["claim_id"], *(claim["claim_id"] for claim in self._claims.get(row["fact_id"], ()))]
        found = self._notes.cited(value_of(row), claims, row["confidence"])
        stated = max((claim["stated"] for claim in self._claims.get(row["fact_id"], ())), default=0)
        return Cited(found.text, found.notes, max(0, stated - len(found.notes)), found.doubtful)

    def remarks(self, row: Row) -> tuple[Remark, ...]:
        """What must be known of a fact: what cannot be right together with it, and what its text tells beside it."""
        found = []
        if row["fact_id"] in self._disputes:
            dispute = self._disputes[row["fact_id"]]
            told = wording.amount(dispute["lowest_value"], dispute["highest_value"], row["unit"], measure=row["measure"])
            found.append(Remark("sources differ:", self._notes.cited(told, dispute["claims"])))
        if row["fact_id"] in self._apart:
            beside = self._apart[row["fact_id"]]
            values = sorted({claim["value"] for claim in beside})
            told = " and ".join(wording.amount(value, None, row["unit"], measure=row["measure"]) for value in values)
            found.append(Remark("the same text also has", self._notes.cited(told, [claim["claim_id"] for claim in beside])))
        return tuple(found)

    def words_of_alike(self, rows: Sequence[Row], shown: Callable[[Row], object]) -> dict[str, str]:
        """Fact -> the words of its text, of facts of which all that is `shown` is that of another."""
        return words_of_alike(rows, "fact_id", shown, partial(own_words, self._questions))

    def extremes(self, row: Row) -> list[tuple[str, float, str]]:
        """The claim that is shown for a fact, its value, and that in words; of one on which sources differ, the claims with the
        lowest and the highest.
        """
        claims = [claim for claim in self._claims.get(row["fact_id"], ()) if claim["value"] is not None]
        if row["agreement"] != "conflicting" or not claims:
            return [(row["claim_id"], (row["value_low"] + row["value_high"]) / 2, value_of(row))]
        lowest, highest = (find(claims, key=lambda claim: claim["value"]) for find in (min, max))
        ends = {claim["claim_id"]: claim for claim in (lowest, highest)}
        return [
            (claim_id, claim["value"], wording.amount(claim["value"], None, row["unit"], bound=claim["bound"]))
            for claim_id, claim in ends.items()
        ]


def _by_fact(claims: Iterable[Row]) -> dict[str, list[Row]]:
    return {fact: list(group) for fact, group in groupby(claims, key=lambda claim: claim["fact_id"])}


def value_of(row: Row) -> str:
    """What is told of a fact, as a range if sources differ."""
    if row["agreement"] == "conflicting":
        return wording.amount(row["lowest_value"], row["highest_value"], row["unit"], measure=row["measure"])
    return wording.amount(row["value_low"], row["value_high"], row["unit"], measure=row["measure"], bound=row["bound"])


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
    span = years(times) if times else None
    return span if span and span[1] - span[0] <= int(wording.settings("charts")["widest_span"]) else None


def _on_scale(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those of little confidence that are many times larger than any other."""
    far_off = float(wording.settings("scale")["far_off"])
    sure = [mark.value for mark in marks if not mark.doubtful]
    return [mark for mark in marks if not (mark.doubtful and sure and mark.value > far_off * max(sure))]


def _aimed(row: Row) -> str:
    return f"{wording.label('modality', row['modality'])} {wording.due(row['period_start'], row['period_end'])}"


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


def _newest(row: Row) -> tuple[date, int, int, float, str]:
    """Of one time the whole comes before its parts."""
    named = sum(bool(row[name]) for name in _NAMING if name in row)
    return row["period_end"], -named, row["documents"], row["confidence"], row["fact_id"]
