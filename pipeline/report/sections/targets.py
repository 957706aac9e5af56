"""What was promised or forecast, and what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.report import wording
from pipeline.report.notes import Cited, Notes, own_words, subject, words_of_alike
from pipeline.report.questions import Questions, Row

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Target:
    """A goal or forecast. `words` are those of its text, where others have the same name; `differing` is the range of what
    texts tell in place of the latest value, if they do not agree; `bar` is the share of the goal that the latest value makes,
    from 0 to 100, None where that is not known or texts do not agree; `due_next` is one open goal at most.
    """

    what: str
    words: str
    aim: Cited
    modality: str
    due: str
    start: Cited | None
    start_when: str
    latest: Cited | None
    latest_when: str
    differing: Cited | None
    bar: float | None
    progress: str
    way: str
    needed: str
    state: str
    due_next: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """Goals and forecasts that something is known of, others that nothing reported can be set against, how many there are in
    all, and how many stand in each state, in words.
    """

    rows: tuple[Target, ...]
    others: tuple[Target, ...]
    found: int
    states: tuple[str, ...]

    @property
    def shown(self) -> int:
        """How many are on the page."""
        return len(self.rows) + len(self.others)

    @property
    def next(self) -> Target | None:
        """The open goal or forecast that falls due next."""
        return next((row for row in (*self.rows, *self.others) if row.due_next), None)


def targets(questions: Questions, notes: Notes) -> Targets:
    """Goals and forecasts with what has come of them."""
    rows = questions.ask("targets", doubtful_below=float(wording.settings("confidence")["low"]))
    words = words_of_alike(rows, "target_id", subject, partial(own_words, questions))
    made = [_target(row, words.get(row["target_id"], ""), notes) for row in rows]
    return Targets(
        rows=tuple(target for target in made if target.latest or target.state in ("met", "missed")),
        others=tuple(target for target in made if not (target.latest or target.state in ("met", "missed"))),
        found=rows[0]["targets"] if rows else 0,
        states=tuple(_states(questions.ask("targets_by_state"))),
    )


def _states(rows: Sequence[Row]) -> list[str]:
    counted = {
        state: sum(row["targets"] for row in rows if row["state"] == state) for state in ("open", "met", "missed", "unknown")
    }
    return [f"{count:,} {state}" for state, count in counted.items() if count]


def _target(row: Row, words: str, notes: Notes) -> Target:
    aim = wording.amount(row["value_low"], row["value_high"], row["unit"], measure=row["measure"], bound=row["bound"])
    if row["measure"] in ("growth", "multiple", "change") and row["target_value"] is not None and row["level_unit"]:
        aim = f"{aim}, to {wording.amount(row['target_value'], None, row['level_unit'])}"
    return Target(
        what=wording.capital(subject(row)),
        words=words,
        aim=notes.cited(aim, [row["claim_id"], *row["claim_ids"]], row["confidence"]),
        modality=row["modality"],
        due=wording.due(row["period_start"], row["deadline"]),
        start=_value(row, "baseline", notes) if _began_elsewhere(row) else None,
        start_when=_when(row, "baseline"),
        latest=_value(row, "latest", notes),
        latest_when=_when(row, "latest"),
        differing=_differing(row, notes),
        bar=_bar(row),
        progress=_reached(row),
        way=_way(row),
        needed=_needed(row),
        state=row["state"],
        due_next=row["due_next"],
    )


def _value(row: Row, which: str, notes: Notes) -> Cited | None:
    value, claim = row[f"{which}_value"], row[f"{which}_claim_id"]
    if value is None or claim is None or row["level_unit"] is None:
        return None
    return notes.cited(wording.amount(value, None, row["level_unit"], bound=row[f"{which}_bound"]), [claim])


def _differing(row: Row, notes: Notes) -> Cited | None:
    if not row["latest_disputed"] or row["level_unit"] is None:
        return None
    told = wording.amount(row["latest_lowest_value"], row["latest_highest_value"], row["level_unit"])
    return notes.cited(told, row["latest_claim_ids"])


def _when(row: Row, which: str) -> str:
    start, end = row[f"{which}_period_start"], row[f"{which}_period_end"]
    return wording.period(start, end) if start is not None or end is not None else ""


def _began_elsewhere(row: Row) -> bool:
    """Whether the value that it started from is another than the latest."""
    return any(row[f"baseline_{part}"] != row[f"latest_{part}"] for part in ("value", "period_start", "period_end"))


def _bar(row: Row) -> float | None:
    """How much of it is reached; nothing for what is to be lowered, or where texts do not agree."""
    percent: float | None = row["achieved_percent"]
    if percent is None or row["direction"] == "down" or row["latest_disputed"]:
        return None
    return round(min(max(percent, 0.0), _WHOLE), 1)


def _reached(row: Row) -> str:
    """How much of it is reached, as a range where texts do not agree."""
    if row["achieved_percent"] is None:
        return ""
    told = [row["latest_lowest_value"], row["latest_highest_value"]] if row["latest_disputed"] else [row["latest_value"]]
    shares = [wording.rounded(_WHOLE * value / row["target_value"]) for value in told]
    return f"{'–'.join(dict.fromkeys(shares))}% of it"


def _way(row: Row) -> str:
    if row["progress_percent"] is None or row["latest_disputed"] or not _began_elsewhere(row):
        return ""
    return f"{wording.rounded(row['progress_percent'])}% of the way"


def _needed(row: Row) -> str:
    percent = None if row["latest_disputed"] else row["yearly_growth_needed_percent"]
    most = float(wording.settings("limits")["needed_growth"])
    return "" if percent is None or percent > most else f"needs {wording.amount(percent, None, '%', measure='growth')} a year"
