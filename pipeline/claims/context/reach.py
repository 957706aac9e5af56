"""How far words of a sentence reach: what a part names that only explains or splits is of no number outside of it.

Which goods, modes and corridors are told belongs to the slot modules; the words that open such parts are data in
`seeds/reference/claim_patterns.toml`.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from pipeline.claims.context.clauses import Span, apart
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene

Word = TypeVar("Word", bound=Spanned)
_COMMA = re.compile(r",(?=\s)|;")


def reaching(scene: Scene, number: Spanned, words: Iterable[Word]) -> list[Word]:
    """The words that may be of a number: those of its own clause, and those that no part between holds back."""
    return [word for word in words if reaches(scene, number, word)]


def reaches(scene: Scene, number: Spanned, word: Spanned) -> bool:
    """Whether a word may be of a number by where the two stand.

    `Of which gold made up`, `led by machinery` and `against 40 days by sea` tell nothing of numbers behind them, nor does a
    cause or another clause behind a number, nor what one carries of what another does (`and the port handled 5 tons`).
    """
    if word.start >= number.end:
        return pattern("opens_another").search(scene.folded, number.end, word.start) is None
    return not (apart(scene.asides, word.start, number.start) or held_back(scene, number, word))


def held_back(scene: Scene, number: Spanned, word: Spanned) -> bool:
    """Whether a word before a number tells only of a part, a cause or a base of comparison, or of what another carries."""
    if word.start >= number.start:
        return False
    if in_part(scene, word.start, number.start):
        return True
    return pattern("other_carrier").search(scene.folded, word.end, number.end) is not None


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
