"""Numbers the claims that the page rests on, and says of each what was read, in which words, and where they stand.

Which claims the page cites is decided by the sections.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pipeline.report import wording
from pipeline.report.questions import Questions, Row
from pipeline.report.text import one_line, straight, words_around

_LONGEST_EVIDENCE = 1200
_LONGEST_NAME = 60
_LONGEST_WORDS = 110
_MOST_ORGANISATIONS = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A claim as the page cites it: its number, and what its place in the page is called."""

    number: int
    claim_id: str

    @property
    def anchor(self) -> str:
        """The id of its evidence in the page."""
        return f"c-{self.claim_id}"


@dataclass(frozen=True, slots=True)
class Cited:
    """Words or a number of the page and the notes that they rest on; `more` counts sources that are not shown.

    `doubtful` when the claim behind it has little confidence.
    """

    text: str
    notes: tuple[Note, ...] = ()
    more: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A note in full. `before`, `value` and `after` make up the sentence; `link` is an address of the web, or None."""

    note: Note
    reading: str
    modality: str
    before: str
    value: str
    after: str
    speaker: str | None
    title: str
    publisher: str | None
    published_on: date | None
    link: str | None
    place: str
    confidence: float
    doubtful: bool


class Notes:
    """The claims cited so far, in the order in which they were."""

    def __init__(self) -> None:
        self._cited: dict[str, Note] = {}

    def cite(self, claim_id: str) -> Note:
        """The note of a claim; a new one gets the next number."""
        return self._cited.setdefault(claim_id, Note(len(self._cited) + 1, claim_id))

    def cited(self, text: str, claims: Sequence[str], confidence: float | None = None) -> Cited:
        """Words that rest on `claims`, the first of which counts most; of many, the first are shown."""
        most = int(wording.settings("limits")["sources"])
        distinct = list(dict.fromkeys(claims))
        notes = tuple(self.cite(claim) for claim in distinct[:most])
        return Cited(text, notes, len(distinct) - len(notes), is_doubtful(confidence))

    def evidence(self, questions: Questions) -> list[Evidence]:
        """All notes in full, in the order of their numbers."""
        found = {row["claim_id"]: row for row in questions.ask("evidence", claims=sorted(self._cited))}
        return [_evidence(note, found[claim_id]) for claim_id, note in self._cited.items() if claim_id in found]


def own_words(questions: Questions, claims: Collection[str]) -> dict[str, str]:
    """Claim -> the words in which its text tells the number: what it is of, where no field holds that."""
    found = questions.ask("words_of_numbers", claims=sorted(set(claims))) if claims else []
    return {
        row["claim_id"]: straight(words_around(row["evidence"], row["value_from"], row["value_to"]), _LONGEST_WORDS)
        for row in found
    }


def own_evidence(questions: Questions, claims: Collection[str]) -> dict[str, str]:
    """Claim -> how its evidence begins."""
    found = questions.ask("evidence", claims=sorted(set(claims))) if claims else []
    return {row["claim_id"]: straight(row["evidence"], _LONGEST_WORDS) for row in found}


def words_of_alike(
    rows: Sequence[Row], key: str, named: Callable[[Row], object], told: Callable[[Collection[str]], Mapping[str, str]]
) -> dict[str, str]:
    """Key of a row -> what `told` gives for its claim, for those rows that `named` gives the name of another."""
    counted = Counter(named(row) for row in rows)
    alike = {row[key]: row["claim_id"] for row in rows if counted[named(row)] > 1}
    words = told(alike.values())
    return {each: words[claim] for each, claim in alike.items() if claim in words}


def is_doubtful(confidence: float | None) -> bool:
    """Whether a claim is to be marked as one that may well be wrong."""
    return confidence is not None and confidence < float(wording.settings("confidence")["low"])


def _evidence(note: Note, row: Row) -> Evidence:
    before, value, after = _marked(row["evidence"], row.get("value_from"), row.get("value_to"))
    return Evidence(
        note=note,
        reading=reading(row),
        modality=wording.label("modality", row["modality"]),
        before=before,
        value=value,
        after=after,
        speaker=straight(row["attributed_to"]) if row["attributed_to"] else None,
        title=straight(row["title"] or row["file_name"]),
        publisher=straight(row["publisher"]) if row["publisher"] else None,
        published_on=row["published_on"],
        link=web_address(row["uri"]),
        place=straight(row["file_name"]),
        confidence=row["confidence"],
        doubtful=is_doubtful(row["confidence"]),
    )


def _marked(evidence: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """The sentence before, in and after its value; all of it before, if nothing is to be marked. Long ones are cut."""
    if start is None or end is None or not 0 <= start < end <= len(evidence):
        return _cut(_blanks(evidence), _LONGEST_EVIDENCE), "", ""
    before, value, after = evidence[:start], evidence[start:end], evidence[end:]
    half = _LONGEST_EVIDENCE // 2
    if len(before) > half:
        before = f"…{before[-half:]}"
    return _blanks(before), _blanks(value), _cut(_blanks(after), half)


def _blanks(text: str) -> str:
    """One line, with the blanks at its ends kept as one each."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def web_address(uri: str) -> str | None:
    """The address if it is one of the web, else None: nothing else may become a link."""
    if any(character.isspace() or not character.isprintable() for character in uri):
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    return uri if parts.scheme in ("http", "https") and parts.hostname else None


def reading(row: Row) -> str:
    """What was read in a claim: who, what, when, how much."""
    return _agreement(row) if row["family"] == "agreement" else _number(row)


def instrument(row: Row) -> str:
    """An agreement in words: who, and its name or what it is about."""
    who = _joined([wording.places(row["parties"]), _listed(row["organisations"] or ())], "; ")
    kind = wording.label("form", row["form"])
    return _joined(
        [who, straight(row["name"]) if row["name"] else f"{kind} on {wording.label('subject', row['subject'])}"], ": "
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(straight(name, _LONGEST_NAME) for name in names[:_MOST_ORGANISATIONS])
    more = len(names) - _MOST_ORGANISATIONS
    return f"{shown} and {more} more" if more > 0 else shown


def _agreement(row: Row) -> str:
    return _joined([f"{instrument(row)}, {wording.label('status', row['status'])}", _when(row)], ", ")


def _when(row: Row) -> str:
    told = row["period_start"] is not None or row["period_end"] is not None
    return wording.period(row["period_start"], row["period_end"], past=row["modality"] == "reported") if told else ""


def _number(row: Row) -> str:
    said = wording.capital(subject(row))
    value = (
        ""
        if row["value_low"] is None
        else wording.amount(row["value_low"], row["value_high"], row["unit"], measure=row["measure"], bound=row["bound"])
    )
    return _joined([_joined([said, _when(row)], ", "), value], ": ")


def subject(row: Row) -> str:
    """What a number is about, in words: growth of grain exports, Kazakhstan → China, by rail."""
    measure = wording.label("measure", row["measure"]) if row["measure"] in wording.settings("measure") else ""
    goods = wording.label("commodity", row["commodity"])
    what = _joined([measure, goods, wording.label("indicator", row["indicator"])], " ")
    both_ways = row["indicator"] == "turnover"
    who = wording.sides(row["reporter"], row["partner"], both_ways=both_ways)
    journey = wording.sides(row["origin"], row["destination"]) if not (row["reporter"] and row["partner"]) else ""
    where = wording.corridor(row["corridor"]) if row["corridor"] else ""
    mode = f"by {wording.label('mode', row['mode'])}" if row["mode"] else ""
    return _joined([what, who, journey if journey != who else "", where, mode], ", ")


def _joined(parts: Iterable[Any], between: str) -> str:
    return between.join(part for part in parts if part)
