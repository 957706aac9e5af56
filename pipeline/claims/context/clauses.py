"""Where the parts of a sentence begin and end: what stands between commas, and what only explains a word.

Only the layout of a sentence belongs here; what follows from it belongs to the slot modules. The words that open such parts
are data in `seeds/reference/claim_periods.toml`.
"""

import re
from functools import cache

from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import apposition
from pipeline.contract.reference import read_toml

Span = tuple[int, int]
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


def explanations(scene: Scene) -> list[Span]:
    """The parts between commas that only explain a word, nouns that explain a country included (`Chad, Niger's ally,`)."""
    found = (apposition().match(scene.folded, group.end, scene.reading.end) for group in scene.groups)
    return [*asides(scene), *(match.span() for match in found if match)]


def apart(spans: list[Span], place: int, other: int) -> bool:
    """Whether one place stands in a part that another is outside of."""
    return any(start <= place < end and not start <= other < end for start, end in spans)


def new_clause(scene: Scene, left: int, right: int) -> bool:
    """Whether a new clause begins for certain between two places."""
    return any(left <= place < right for place in scene.hard_boundaries)


def parted(scene: Scene, left: int, right: int) -> bool:
    """Whether a comma or a new clause stands between two places."""
    return _PART.search(scene.folded, left, right) is not None or new_clause(scene, left, right)
