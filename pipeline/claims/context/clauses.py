"""Where the parts of a sentence begin and end: what stands between commas, and what only explains a word.

Only the layout of a sentence belongs here; what follows from it belongs to the slot modules. The words that open such parts
are data in `seeds/reference/claim_periods.toml`.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import Literal

from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import apposition
from pipeline.contract.reference import read_toml

Span = tuple[int, int]
Tense = Literal["past", "present", "future", ""]
_PART = re.compile(r"[,:] |\band (?:have|has|had|is|are|was|were)\b")


def explanations(scene: Scene) -> list[Span]:
    """The parts between commas that only explain a word, nouns that explain a country included (`Chad, Niger's ally,`)."""
    return scene.once(_explanations)


def _explanations(scene: Scene) -> list[Span]:
    found = (apposition().match(scene.folded, group.end, scene.reading.end) for group in scene.groups)
    return [*scene.asides, *(match.span() for match in found if match)]


def apart(spans: list[Span], place: int, other: int) -> bool:
    """Whether one place stands in a part that another is outside of."""
    return any(start <= place < end and not start <= other < end for start, end in spans)


def new_clause(scene: Scene, left: int, right: int) -> bool:
    """Whether a new clause begins for certain between two places."""
    return any(left <= place < right for place in scene.hard_boundaries)


def parted(scene: Scene, left: int, right: int) -> bool:
    """Whether a comma or a new clause stands between two places."""
    return _PART.search(scene.folded, left, right) is not None or new_clause(scene, left, right)


_TENSES: dict[str, Tense] = {"past": "past", "present": "present", "future": "future"}
_FIRST = 2  # characters before the first verb that is one


@cache
def _verbs() -> re.Pattern[str]:
    """The words that tell the tense of a clause, by the names of the tenses."""
    data = read_toml("claim_periods.toml")
    lists, future = data["words"], "|".join(data["clause"]["future"])
    present, past, nouns = (
        "|".join(map(re.escape, sorted(lists[name], key=len, reverse=True))) for name in ("present", "past", "present_nouns")
    )
    words = "two|three|four|five|six|seven|eight|nine|ten|half|most|all|a (?:third|quarter|half|fifth|tenth)"
    lead = "about |some |nearly |almost |over |around |up to |more than |roughly |just "
    amount = rf"(?= (?:{lead})?(?:[$€£¥\d]|(?:{words})\b))"
    participle = r"(?:\w{2,20}ed|put|given|set|seen|made|sent|sold|bought|held|paid|built|worth)"
    passive = rf"(?:(?:now|still|currently|usually|normally|also) )?{participle}"
    no_perfect = r"(?! of\b| (?:been|risen|fallen|grown|\w{2,20}ed)\b)"
    return re.compile(
        rf"\b(?:(?P<future>{future})|(?P<present>(?:is|are) {passive}|(?:{present}){no_perfect}|(?:{nouns}){amount})"
        rf"|(?P<past>{past}|(?!need|united\b)\w{{2,20}}ed))\b"
    )


def clause_of(scene: Scene, place: int) -> Span:
    """The clause that a place stands in: between words and signs that begin a clause with a verb of its own."""
    aside = next((part for part in scene.asides if part[0] <= place < part[1]), None)
    if aside is not None:
        return aside
    starts = scene.clause_starts
    behind = bisect_left(starts, place)
    start = starts[behind - 1] if behind else scene.reading.start
    return start, starts[behind] if behind < len(starts) else scene.reading.end


def clause_text(scene: Scene, place: int) -> str:
    """The clause that a place stands in, at its length, with blanks for dates and for parts that only explain a word."""
    return scene.once(_text, clause_of(scene, place))


def _text(scene: Scene, clause: Span) -> str:
    start, end = clause
    text = scene.folded[start:end]
    unread = [(mark.start, mark.end) for mark in scene.reading.dates] + [part for part in scene.asides if start < part[0]]
    for left, right in unread:
        if start <= left and right <= end:
            text = text[: left - start] + " " * (right - left) + text[right - start :]
    return text


def new_verb(scene: Scene, left: int, right: int) -> bool:
    """Whether a clause with a verb of its own begins between two places."""
    return any(left <= place < right for place in scene.begins)


def tense_at(scene: Scene, place: int) -> Tense:
    """The tense of the verb that a place goes with: the last before it in its clause, else the first behind it.

    Parts that only explain a word are left out, and so is a month such as May. Empty where no verb is known.
    """
    clause = clause_of(scene, place)
    found: Tense = ""
    for start, tense in scene.once(_tenses, clause):
        if found and start > place - clause[0]:
            break
        found = tense
    return found


def _tenses(scene: Scene, clause: Span) -> list[tuple[int, Tense]]:
    """The verbs of a clause that have a tense, by their places in it."""
    verbs = _verbs().finditer(scene.once(_text, clause))
    # No clause opens with a verb of the present: `Exports: $20 million`.
    told = [verb for verb in verbs if verb.lastgroup != "present" or verb.start() >= _FIRST]
    return [(verb.start(), _TENSES[str(verb.lastgroup)]) for verb in told]
