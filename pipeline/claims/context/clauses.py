"""Where the parts of a sentence begin and end: what stands between commas, and what only explains a word.

Only the layout of a sentence belongs here; what follows from it belongs to the slot modules. The words that open such parts
are data in `seeds/reference/claim_periods.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.claims.context.scene import Scene
from pipeline.contract.reference import read_toml

Span = tuple[int, int]
Tense = Literal["past", "present", "future", ""]
_COMMA = re.compile(r",(?=\s)|;")
_PART = re.compile(r"[,:] |\band (?:have|has|had|is|are|was|were)\b")


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"(?:,\s+)?(?:{'|'.join(read_toml('claim_periods.toml')['clause']['asides'])})\b")


def asides(scene: Scene) -> list[Span]:
    """The parts between commas that only explain a word (`, which opened in 2017,`), and a participle that opens a sentence."""
    sentence = scene.reading
    commas = [match.start() for match in _COMMA.finditer(scene.folded, sentence.start, sentence.end)]
    parts = zip([sentence.start, *commas], [*commas, sentence.end], strict=True)
    return [(start, end) for start, end in parts if _openers().match(scene.folded, start)]


def apart(spans: list[Span], place: int, other: int) -> bool:
    """Whether one place stands in a part that another is outside of."""
    return any(start <= place < end and not start <= other < end for start, end in spans)


def new_clause(scene: Scene, left: int, right: int) -> bool:
    """Whether a new clause begins for certain between two places."""
    return any(left <= place < right for place in scene.hard_boundaries)


def parted(scene: Scene, left: int, right: int) -> bool:
    """Whether a comma or a new clause stands between two places."""
    return _PART.search(scene.folded, left, right) is not None or new_clause(scene, left, right)


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Where clauses with a verb of their own begin, and the words that tell their tense."""

    clause: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    present: re.Pattern[str]


@cache
def _verbs() -> _Verbs:
    data = read_toml("claim_periods.toml")
    lists, entries = data["words"], data["clause"]
    present, past = ("|".join(map(re.escape, sorted(lists[name], key=len, reverse=True))) for name in ("present", "past"))
    return _Verbs(
        clause=re.compile("|".join(entries["begins"])),
        future=re.compile(rf"\b(?:{'|'.join(entries['future'])})\b"),
        past=re.compile(rf"\b(?:{past}|(?!need|united\b)\w{{2,20}}ed)\b"),
        present=re.compile(rf"\b(?:{present})\b(?! of\b| (?:been|risen|fallen|grown|\w{{2,20}}ed)\b)"),
    )


def clause_of(scene: Scene, place: int) -> Span:
    """The clause that a place stands in: between words and signs that begin a clause with a verb of its own."""
    aside = next((part for part in asides(scene) if part[0] <= place < part[1]), None)
    if aside is not None:
        return aside
    sentence = scene.reading
    cuts = [found.start() for found in _verbs().clause.finditer(scene.folded, sentence.start, sentence.end)]
    inside = [part for part in asides(scene) if part[1] < sentence.end]
    cuts = [cut for cut in cuts if not any(start <= cut < end for start, end in inside)]
    start = max((cut for cut in cuts if cut < place), default=sentence.start)
    return start, min((cut for cut in cuts if cut >= place), default=sentence.end)


def tense_of(scene: Scene, clause: Span) -> Tense:
    """The tense of a clause by its verbs, those of parts that only explain a word left out; empty where none is known."""
    start, end = clause
    text, verbs = scene.folded[start:end], _verbs()
    # A month such as May is no verb.
    unread = [(mark.start, mark.end) for mark in scene.reading.dates] + [part for part in asides(scene) if start < part[0]]
    for left, right in unread:
        if start <= left and right <= end:
            text = text[: left - start] + " " * (right - left) + text[right - start :]
    if verbs.future.search(text):
        return "future"
    if verbs.past.search(text):
        return "past"
    # No clause opens with such a verb: `Exports: $20 million`.
    return "present" if verbs.present.search(text, 1) else ""
