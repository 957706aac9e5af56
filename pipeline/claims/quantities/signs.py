"""What makes a claim from a number in a sentence surer or less sure: what its sentence says, and what was taken from elsewhere.

Naming the signs belongs here; how much each weighs, to `pipeline.claims.confidence`.
"""

from collections.abc import Iterator

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.context.cues import Cue
from pipeline.claims.context.scene import Scene

_LONG = 220  # code points
_CROWDED = 5  # numbers
_MANY = 3  # groups of countries
_PROJECTS = frozenset({"investment", "financing", "deal_value", "tariff"})
_HEADS = frozenset({"title", "heading"})


def number_signs(scene: Scene, cue: Cue | None, claim: QuantityClaim) -> tuple[str, ...]:
    """The signs of a claim that a sentence makes; `cue` is the word that tells what its number counts."""
    return (
        _topic_sign(cue),
        f"measure_{claim.measure}",
        "project" if claim.indicator in _PROJECTS else claim.family,
        _period_sign(scene, claim),
        *_side_signs(scene, claim),
        *_sentence_signs(scene, claim),
    )


def _topic_sign(cue: Cue | None) -> str:
    """Whether the sentence names the indicator in so many words, hints at it, or leaves it to the text."""
    if cue is None:
        return "topic_carried"
    return "topic_named" if cue.strong else "topic_hinted"


def _period_sign(scene: Scene, claim: QuantityClaim) -> str:
    """Whether the sentence dates the number itself, or the text before did, or nothing does."""
    period = (claim.period_start, claim.period_end)
    if period == (None, None):
        return "no_period"
    bounds = {bound for mark in scene.reading.dates for bound in (mark.date_start, mark.date_end) if bound is not None}
    return "period_stated" if bounds & set(period) else "period_carried"


def _side_signs(scene: Scene, claim: QuantityClaim) -> Iterator[str]:
    """Whether sides are told at all, and whether the sentence names them."""
    told = {*claim.reporter, *claim.partner, *claim.origin, *claim.destination}
    named = {code for group in scene.groups for code in group.codes}
    if not told:
        yield "no_side"
    elif told <= named:
        yield "sides_named"
    else:
        yield "sides_carried"
    if claim.reporter and (claim.partner or claim.destination):
        yield "two_sides"
    if len(scene.groups) >= _MANY:
        yield "many_sides"


def _sentence_signs(scene: Scene, claim: QuantityClaim) -> Iterator[str]:
    """What of its sentence and of its wording makes a claim less sure."""
    if claim.modality != "reported":
        yield "not_reported"
    if scene.reading.end - scene.reading.start > _LONG:
        yield "long"
    if len(scene.reading.quantities) >= _CROWDED:
        yield "crowded"
    if scene.reading.sentence.kind in _HEADS:
        yield "in_heading"
