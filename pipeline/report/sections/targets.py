"""What was promised or forecast, and what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report import wording
from pipeline.report.notes import Cited, Notes, subject
from pipeline.report.questions import Questions, Row

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Target:
    """A goal or forecast. `bar` is how far it has come, from 0 to 100, None where that is not known."""

    what: str
    aim: Cited
    modality: str
    due: str
    start: Cited | None
    start_when: str
    latest: Cited | None
    latest_when: str
    bar: float | None
    progress: str
    needed: str
    state: str


@dataclass(frozen=True, slots=True)
class Targets:
    """The goals and forecasts shown, how many there are in all, and how many stand in each state, in words."""

    rows: tuple[Target, ...]
    found: int
    states: tuple[str, ...]


def targets(questions: Questions, notes: Notes) -> Targets:
    """Goals and forecasts with what has come of them."""
    rows = questions.ask("targets")
    states = questions.ask("targets_by_state")
    return Targets(
        rows=tuple(_target(row, notes) for row in rows),
        found=rows[0]["targets"] if rows else 0,
        states=tuple(_states(states)),
    )


def _states(rows: Sequence[Row]) -> list[str]:
    counted = {
        state: sum(row["targets"] for row in rows if row["state"] == state) for state in ("open", "met", "missed", "unknown")
    }
    return [f"{count:,} {state}" for state, count in counted.items() if count]


def _target(row: Row, notes: Notes) -> Target:
    aim = wording.amount(row["value_low"], row["value_high"], row["unit"], measure=row["measure"], bound=row["bound"])
    if row["measure"] in ("growth", "multiple", "change") and row["target_value"] is not None and row["level_unit"]:
        aim = f"{aim}, to {wording.amount(row['target_value'], None, row['level_unit'])}"
    return Target(
        what=wording.capital(subject(row)),
        aim=notes.cited(aim, [row["claim_id"], *row["claim_ids"]], row["confidence"]),
        modality=row["modality"],
        due=wording.deadline(row["deadline"]) if row["deadline"] else "",
        start=_value(row, "baseline", notes),
        start_when=_when(row, "baseline"),
        latest=_value(row, "latest", notes),
        latest_when=_when(row, "latest"),
        bar=_bar(row),
        progress=_progress(row),
        needed=_needed(row),
        state=row["state"],
    )


def _value(row: Row, which: str, notes: Notes) -> Cited | None:
    value, claim = row[f"{which}_value"], row[f"{which}_claim_id"]
    if value is None or claim is None or row["level_unit"] is None:
        return None
    return notes.cited(wording.amount(value, None, row["level_unit"]), [claim])


def _when(row: Row, which: str) -> str:
    start, end = row[f"{which}_period_start"], row[f"{which}_period_end"]
    return wording.period(start, end) if start is not None or end is not None else ""


def _bar(row: Row) -> float | None:
    """How far it has come: of the way from where it began, else of the whole."""
    told: float | None = row["progress_percent"]
    percent: float | None = row["achieved_percent"] if told is None else told
    if percent is None or row["direction"] == "down":
        return None
    return round(min(max(percent, 0.0), _WHOLE), 1)


def _progress(row: Row) -> str:
    if row["progress_percent"] is not None:
        return f"{round(row['progress_percent']):,}% of the way"
    if row["achieved_percent"] is not None:
        return f"{round(row['achieved_percent']):,}% of it"
    return ""


def _needed(row: Row) -> str:
    percent = row["yearly_growth_needed_percent"]
    return "" if percent is None else f"{wording.amount(percent, None, '%', measure='growth')} a year to go"
