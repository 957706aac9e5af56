"""What makes a claim from a number in a sentence surer or less sure: what its sentence says, and what was taken from elsewhere.

Naming the signs belongs here; how much each weighs, to `pipeline.claims.confidence`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.claims.context.cues import Cue
from pipeline.claims.context.memory import Slots
from pipeline.claims.context.scene import Scene

Period = tuple[date | None, date | None]
_LONG = 220  # code points
_CROWDED = 5  # numbers
_MANY = 3  # groups of countries
_PROJECTS = frozenset({"investment", "financing", "deal_value", "tariff"})
_HEADS = frozenset({"title", "heading"})


class Counted(NamedTuple):
    """What a number counts: the family and the indicator of its claim, its measure, and the word that tells it."""

    family: str
    indicator: str
    measure: str
    cue: Cue | None


def number_signs(scene: Scene, counted: Counted, slots: Slots, period: Period) -> tuple[str, ...]:
    """The signs of a claim that a sentence makes; `period` is that of the claim, which may end sooner than its slot."""
    return (
        _topic_sign(counted.cue),
        f"measure_{counted.measure}",
        "project" if counted.indicator in _PROJECTS else counted.family,
        _period_sign(scene, period),
        *_side_signs(scene, slots),
        *_sentence_signs(scene, slots),
    )


def _topic_sign(cue: Cue | None) -> str:
    """Whether the sentence names the indicator in so many words, hints at it, or leaves it to the text."""
    if cue is None:
        return "topic_carried"
    return "topic_named" if cue.strong else "topic_hinted"


def _period_sign(scene: Scene, period: Period) -> str:
    """Whether the sentence dates the number itself, or the text before did, or nothing does."""
    if period == (None, None):
        return "no_period"
    bounds = {bound for mark in scene.reading.dates for bound in (mark.date_start, mark.date_end) if bound is not None}
    return "period_stated" if bounds & set(period) else "period_carried"


def _side_signs(scene: Scene, slots: Slots) -> Iterator[str]:
    """Whether sides are told at all, and whether the sentence names them."""
    told = {*slots.reporter, *slots.partner, *slots.origin, *slots.destination}
    named = {code for group in scene.groups for code in group.codes}
    if not told:
        yield "no_side"
    elif told <= named:
        yield "sides_named"
    else:
        yield "sides_carried"
    if slots.reporter and (slots.partner or slots.destination):
        yield "two_sides"
    if len(scene.groups) >= _MANY:
        yield "many_sides"


def _sentence_signs(scene: Scene, slots: Slots) -> Iterator[str]:
    """What of its sentence and of its wording makes a claim less sure."""
    if slots.modality != "reported":
        yield "not_reported"
    if scene.reading.end - scene.reading.start > _LONG:
        yield "long"
    if len(scene.reading.quantities) >= _CROWDED:
        yield "crowded"
    if scene.reading.sentence.kind in _HEADS:
        yield "in_heading"
