"""How far words of a sentence reach: what a part names that only explains or splits is of no number outside of it.

Which goods, modes and corridors are told belongs to the slot modules; the words that open such parts are data in
`seeds/reference/claim_patterns.toml`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeVar

from pipeline.claims.context.clauses import Span, apart
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene

Word = TypeVar("Word", bound=Spanned)
_COMMA = re.compile(r",(?=\s)|;")
_TIMED = frozenset({"", "in", "on", "during", "by", "at"})


def reaching(scene: Scene, number: Spanned, words: Iterable[Word]) -> list[Word]:
    """The words that may be of a number: those of its own clause, and those that no part between holds back."""
    return [word for word in words if reaches(scene, number, word)]


def reaches(scene: Scene, number: Spanned, word: Spanned) -> bool:
    """Whether a word may be of a number by where the two stand.

    `Of which gold made up`, `led by machinery` and `against 40 days by sea` tell nothing of numbers behind them, nor does a
    cause or another clause behind a number, nor what one carries of what another does (`and the port handled 5 tons`).
    """
    if word.start >= number.end:
        return not _any_between(scene.once(_opening_another), number.end, word.start)
    return not (apart(scene.asides, word.start, number.start) or held_back(scene, number, word))


def held_back(scene: Scene, number: Spanned, word: Spanned) -> bool:
    """Whether a word before a number tells only of a part, a cause or a base of comparison, or of what another carries."""
    if word.start >= number.start:
        return False
    if in_part(scene, word.start, number.start):
        return True
    return _any_between(scene.once(_other_carriers), word.end, number.end)


def _any_between(places: list[Span], start: int, end: int) -> bool:
    """Whether any of some places, in the order of their starts, lies between two others."""
    for place in places[bisect_left(places, (start, start)) :]:
        if place[0] >= end:
            return False
        if place[1] <= end:
            return True
    return False


def _opening_another(scene: Scene) -> list[Span]:
    """Where words stand that open a cause or another clause."""
    return [found.span(1) for found in pattern("opens_another").finditer(scene.folded, scene.reading.start, scene.reading.end)]


def _other_carriers(scene: Scene) -> list[Span]:
    """From each sign that opens a clause to the verb by which another than the one before carries an amount of its own."""
    start, end = scene.reading.start, scene.reading.end
    first = pattern("carries").search(scene.folded, start, end)
    if first is None:
        return []
    found = pattern("other_carrier").finditer(scene.folded, first.end(), end)
    return [match.span("all") for match in found if _carries_its_own(scene, match)]


def _carries_its_own(scene: Scene, carrier: re.Match[str]) -> bool:
    """Whether a carrier is named, more than a time, and its amount is not one `of it`, the goods that were told before."""
    amount = next((mark for mark in scene.reading.quantities if mark.end > carrier.end("all")), None)
    if amount is None or amount.start > carrier.end("all") or pattern("of_it_behind").match(scene.folded, amount.end):
        return False
    start, end = carrier.span("who")
    dates = (mark for mark in scene.reading.dates if mark.start < end <= mark.end + 1)
    return not any(scene.folded[start : mark.start].strip() in _TIMED for mark in dates)


def in_part(scene: Scene, place: int, other: int) -> bool:
    """Whether a place stands in a part that splits an amount, tells a cause or a base, and another behind that part."""
    return place < other and apart(parts(scene), place, other)


def parts(scene: Scene) -> list[Span]:
    """The parts of a sentence that split an amount, tell a cause or a base of comparison."""
    return scene.once(_parts)


def _parts(scene: Scene) -> list[Span]:
    start, end = scene.reading.start, scene.reading.end
    opened = list(pattern("split").finditer(scene.folded, start, end))
    split = [(_with_its_number(scene, found.start()), _end(pattern("split_ends"), scene, found.end())) for found in opened]
    put_in = [
        (found.start(), _end(_COMMA, scene, found.end())) for found in pattern("put_in").finditer(scene.folded, start, end)
    ]
    return [*split, *put_in]


def _with_its_number(scene: Scene, place: int) -> int:
    """Where a part begins whose number stands before `of which` (`$54 million of which were exports`)."""
    return next((mark.start for mark in scene.reading.quantities if 0 <= place - mark.end <= 1), place)


def _end(ends: re.Pattern[str], scene: Scene, place: int) -> int:
    found = ends.search(scene.folded, place, scene.reading.end)
    return found.start() if found is not None else scene.reading.end
