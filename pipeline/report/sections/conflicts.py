"""Where sources contradict each other: values that cannot both be right, and agreements said to stand in two places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.notes import Cited, Notes, instrument, subject
from pipeline.report.questions import Questions, Row
from pipeline.report.text import straight


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: what is said, and by whom."""

    said: Cited
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question with several answers."""

    question: str
    why: str
    sides: tuple[Side, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What an acronym is said to stand for: the words, the sentence that says so, and where it stands."""

    expansion: str
    evidence: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Conflicts of values and of agreements and how many there are in all (`found`), acronyms with several readings and how
    many there are of these (`ambiguous`), and in words which differences are explained.
    """

    values: tuple[Conflict, ...]
    agreements: tuple[Conflict, ...]
    acronyms: tuple[tuple[str, tuple[Reading, ...]], ...]
    found: int
    ambiguous: int
    explained: tuple[str, ...]


def conflicts(questions: Questions, notes: Notes) -> Conflicts:
    """What sources do not agree on."""
    rows = questions.ask("conflicts")
    claims = {claim["claim_id"]: claim for claim in _claims(questions, rows)}
    contradictions = questions.ask("contradictions")
    kinds = questions.ask("conflicts_by_kind")
    mentions = questions.ask("acronyms")
    acronyms = tuple(
        (straight(acronym), tuple(_reading(row) for row in group))
        for acronym, group in groupby(mentions, key=lambda row: row["acronym"])
    )
    found = (rows[0]["conflicts"] if rows else 0) + (contradictions[0]["contradictions"] if contradictions else 0)
    return Conflicts(
        values=tuple(_conflict(row, claims, notes) for row in rows),
        agreements=tuple(_contradiction(row, notes) for row in contradictions),
        acronyms=acronyms,
        found=found,
        ambiguous=mentions[0]["acronyms"] if mentions else 0,
        explained=tuple(
            f"{wording.counted(row['explained'], 'difference')} {_explanation(row)}" for row in kinds if row["explained"]
        ),
    )


def _claims(questions: Questions, rows: Sequence[Row]) -> list[Row]:
    wanted = sorted({claim for row in rows for claim in row["claims"]})
    return questions.ask("claims_in_conflict", claims=wanted)


def _conflict(row: Row, claims: Mapping[str, Row], notes: Notes) -> Conflict:
    found = sorted((claims[claim] for claim in row["claims"] if claim in claims), key=lambda claim: claim["value_low"])
    # The ends tell the conflict; of many between them some are enough.
    most = int(wording.settings("limits")["voices"])
    shown = found if len(found) <= most else [*found[: most // 2], *found[-(most // 2) :]]
    apart = "" if row["spread"] is None else f"{wording.rounded(row['spread'] * 100)}% apart"
    if row["points"] is not None:
        apart = f"{wording.plain(row['points'])} points apart"
    why = {"cumulative": "The part of the time has more than the whole", "scope": "The part has more than the whole"}
    period = wording.period(row["period_start"], row["period_end"])
    when = "" if row["kind"] == "cumulative" or period == wording.NOT_TOLD else f", {period}"
    return Conflict(
        question=f"{wording.capital(subject(row))}{when}",
        why=". ".join(part for part in (apart, why.get(row["kind"], "")) if part),
        sides=tuple(_side(claim, notes, row["kind"] == "cumulative") for claim in shown),
        more=len(found) - len(shown),
    )


def _side(claim: Row, notes: Notes, with_period: bool) -> Side:
    said = wording.amount(
        claim["value_low"], claim["value_high"], claim["unit"], measure=claim["measure"], bound=claim["bound"]
    )
    if with_period:
        said = f"{said} in {wording.period(claim['period_start'], claim['period_end'])}"
    return Side(notes.cited(said, [claim["claim_id"]], claim["confidence"]), _who(claim), _day(claim["published_on"]))


def _who(claim: Row) -> str:
    publisher = straight(claim["publisher"]) if claim["publisher"] else "publisher not told"
    return f"{straight(claim['attributed_to'])}, in {publisher}" if claim.get("attributed_to") else publisher


def _day(day: object) -> str:
    return wording.short_day(day) if hasattr(day, "year") else ""  # type: ignore[arg-type]


def _reading(row: Row) -> Reading:
    publisher = straight(row["publisher"] or row["title"] or "publisher not told")
    more = row["documents"] - 1
    who = f"{publisher} and {wording.counted(more, 'more document')}" if more else publisher
    return Reading(straight(row["expansion"]), straight(row["evidence"], 400), who, _day(row["first_told_on"]))


def _contradiction(row: Row, notes: Notes) -> Conflict:
    return Conflict(
        question=instrument(row),
        why=wording.label("contradiction", row["contradiction"]),
        sides=(_statement(row, "", notes), _statement(row, "other_", notes)),
        more=0,
    )


def _statement(row: Row, which: str, notes: Notes) -> Side:
    status = wording.label("status", row[f"{which}status"])
    modality = row[f"{which}modality"]
    said = {"reported": status, "negated": f"not {status}"}.get(modality, f"{status}, {wording.label('modality', modality)}")
    if row[f"{which}status_on"] is not None:
        said = f"{said}, {wording.short_day(row[f'{which}status_on'])}"
    publisher = row[f"{which}publisher"]
    who = straight(publisher) if publisher else "publisher not told"
    return Side(notes.cited(wording.capital(said), [row[f"{which}claim_id"]]), who, _day(row[f"{which}published_on"]))


def _explanation(row: Row) -> str:
    """What the differences of a kind are, for one or several of them."""
    said = wording.label("explained", row["kind"])
    return said.replace("differ ", "differs ", 1).replace("are ", "is ", 1) if row["explained"] == 1 else said
