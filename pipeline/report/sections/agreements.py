"""Agreements: where each stands, and the steps that led there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from markupsafe import Markup

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.marks import Step, years
from pipeline.report.notes import Cited, Notes, instrument, is_doubtful, own_evidence, words_of_alike
from pipeline.report.questions import Questions, Row
from pipeline.report.text import straight

_LANE_LETTERS = 58
_REACHED = "reported"
_DENIED = "negated"


@dataclass(frozen=True, slots=True)
class Lanes:
    """A chart of the agreements on some subject, and its steps as a table: agreement, step."""

    title: str
    drawing: Markup
    steps: tuple[tuple[str, Cited], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A row of the table. `words` are those of its text, where others have the same name."""

    title: str
    words: str
    subject: str
    standing: Cited
    since: str
    awaited: str
    told: str
    documents: int
    contradicted: bool
    moved_on: date | None


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements of which most is told; `found` counts all there are."""

    lanes: tuple[Lanes, ...]
    rows: tuple[Agreement, ...]
    found: int


def agreements(questions: Questions, notes: Notes, drawings: Drawings) -> Agreements:
    """Where agreements stand, and their steps over time."""
    rows = questions.ask("agreements")
    steps = questions.ask("steps_of_agreements", agreements_shown=[row["agreement_id"] for row in rows])
    by_agreement = {name: list(group) for name, group in groupby(steps, key=lambda step: step["agreement_id"])}
    dated = [step["status_on"] for step in steps if step["status_on"] is not None and step["modality"] != _DENIED]
    words = words_of_alike(rows, "agreement_id", instrument, partial(own_evidence, questions))
    listed = tuple(
        _agreement(row, by_agreement.get(row["agreement_id"], []), words.get(row["agreement_id"], ""), notes) for row in rows
    )
    span = _span(dated)
    lanes = tuple(
        _lanes(title, group, by_agreement, notes, span=span, drawings=drawings) for title, group in _panels(rows, by_agreement)
    )
    return Agreements(lanes, listed, rows[0]["agreements"] if rows else 0)


def _span(days: Sequence[date]) -> tuple[int, int]:
    """The years that the charts show: all, but no more than can be told apart; what is older stands at the edge."""
    if not days:
        return (0, 1)
    first, last = years([(None, day) for day in days])
    return max(first, last - int(wording.settings("charts")["widest_lanes"])), last


def _panels(rows: Sequence[Row], steps: Mapping[str, Sequence[Row]]) -> list[tuple[str, list[Row]]]:
    """Title -> agreements with a day, by subject; few of one subject go together with others."""
    fewest, most = (int(wording.settings("charts")[name]) for name in ("fewest_lanes", "most_lanes"))
    drawn = [row for row in rows if any(_is_drawn(step) for step in steps.get(row["agreement_id"], ()))]
    by_subject = {subject: list(group) for subject, group in groupby(drawn, key=lambda row: row["subject"])}
    large = {subject: group for subject, group in by_subject.items() if len(group) >= fewest}
    small = [row for subject, group in by_subject.items() if subject not in large for row in group]
    titled = [
        (wording.capital(wording.label("subject", subject)), group)
        for subject, group in sorted(large.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if small:
        titled.append(("Other subjects" if large else "All subjects", small))
    return [
        (title if at == 0 else f"{title}, continued", group[at : at + most])
        for title, group in titled
        for at in range(0, len(group), most)
    ]


def _is_drawn(step: Row) -> bool:
    return step["status_on"] is not None and step["modality"] != _DENIED


def _lanes(
    title: str,
    rows: Sequence[Row],
    steps: Mapping[str, Sequence[Row]],
    notes: Notes,
    *,
    span: tuple[int, int],
    drawings: Drawings,
) -> Lanes:
    names = [straight(instrument(row), _LANE_LETTERS) for row in rows]
    drawn = [
        _step(lane, step, instrument(row), span)
        for lane, row in enumerate(rows)
        for step in steps[row["agreement_id"]]
        if _is_drawn(step)
    ]
    told = tuple(
        (instrument(row), notes.cited(_told(step), [step["claim_id"]], step["confidence"]))
        for row in rows
        for step in steps[row["agreement_id"]]
    )
    label = f"Agreements over time: {title.lower()}; the steps are in the table below"
    return Lanes(title, drawings.drawn("agreement_steps", label, names, drawn, span), told)


def _step(lane: int, step: Row, name: str, span: tuple[int, int]) -> Step:
    return Step(
        lane=lane,
        on=max(step["status_on"], date(span[0], 1, 1)),
        status=step["status"],
        claim_id=step["claim_id"],
        told=f"{name}: {_told(step)}",
        planned=step["modality"] != _REACHED,
        doubtful=is_doubtful(step["confidence"]),
    )


def _told(step: Row) -> str:
    """A step in words: signed 24 October 2025; in force by 15 May 2025, target; not signed, told 29 December 2025."""
    status = wording.label("status", step["status"])
    if step["modality"] == _DENIED:
        return f"not {status}{_by_publication(step)}"
    if step["status_on"] is None:
        on = ""
    elif step["status_on_from"] == "publication":
        on = _by_publication(step)
    elif step["date_start"] == step["date_end"]:
        on = f" {wording.day(step['status_on'])}"
    else:
        on = f" {wording.period(step['date_start'], step['date_end'])}"
    return f"{status}{on}" if step["modality"] == _REACHED else f"{status}{on}, {wording.label('modality', step['modality'])}"


def _by_publication(step: Row) -> str:
    return "" if step["status_on"] is None else f", told {wording.day(step['status_on'])}"


def _agreement(row: Row, steps: Sequence[Row], words: str, notes: Notes) -> Agreement:
    claims = [row["claim_id"], *(step["claim_id"] for step in reversed(steps) if step["status"] == row["status"])]
    standing = wording.label("status", row["status"]) if row["status"] else "not yet"
    awaited = wording.label("status", row["awaited_status"])
    return Agreement(
        title=instrument(row),
        words=words,
        subject=wording.label("subject", row["subject"]),
        standing=notes.cited(wording.capital(standing), claims, row["confidence"]),
        since=_since(row),
        awaited=f"{awaited} {wording.deadline(row['awaited_by'])}" if row["awaited_by"] else awaited,
        told=wording.counted(row["documents"], "document"),
        documents=row["documents"],
        contradicted=row["contradicted"],
        moved_on=row["status_on"],
    )


def _since(row: Row) -> str:
    if row["status_on"] is None:
        return ""
    return {"text": "", "period": "by ", "publication": "told "}[row["status_on_from"]] + wording.short_day(row["status_on"])
