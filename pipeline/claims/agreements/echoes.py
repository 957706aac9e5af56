"""Sentences that deny of another side what was just told, without saying it again: `Argentina has not`.

What `did so` tells again is found by its trigger in `steps`; whose instrument it is belongs to `builder`.
"""

from collections.abc import Sequence

from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.agreements.memory import Deed
from pipeline.claims.agreements.status import ECHO, Governor, Sentence, Step, auxiliary_start, named
from pipeline.claims.context.patterns import pattern

_NEAR = 1


def leaves_out(deed: Deed | None, sentence: int, folded: str, start: int, end: int) -> bool:
    """Whether a sentence right behind a status denies something without naming it."""
    near = deed is not None and sentence - deed.sentence <= _NEAR
    return near and pattern("unfollowed").search(folded, start, end) is not None


def unfollowed(view: Sentence, deed: Deed | None, index: int, told: Sequence[Step]) -> list[Step]:
    """The denial of a status told right before, of a state that stands before it; `told` is what the sentence itself tells."""
    words = view.line.words
    match = pattern("unfollowed").search(view.folded, words[0].start, words[-1].end)
    if match is None:
        return []
    first = view.line.index_at(match.start("denial"))
    before = any(step.governor.end <= first for step in told)
    if not before and (deed is None or index - deed.sentence != _NEAR):
        return []
    subject = auxiliary_start(view, first) - 1
    if subject < 0 or not named(view, subject):
        return []
    return [Step(ECHO, "negated", Governor(first, first + 1, Trigger(ECHO, ECHO, True)), None, False)]
