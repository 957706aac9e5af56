"""Sides of a ranking that goes on: `Egypt ranked first, as it bought 2 million tons. Turkey came second with 1.8 million`.

Only which of the two sides a ranked country takes belongs here; the flow and its other side are those of the number before.
"""

from pipeline.claims.context.memory import Memory, Remembered
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.side_roles import Sides, goes_on, without
from pipeline.language.marks import QuantityMark

_REACH = 60
_FLOWS = frozenset({"turnover", "exports", "imports"})


def ranked_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides | None:
    """The sides of a number of a country that takes the next place; None where the sentence ranks none."""
    last = memory.last
    if last is None or indicator not in _FLOWS or last.topic.indicator != indicator or not goes_on(scene, last):
        return None
    before = [group for group in groups if group.end <= quantity.start]
    if before and last.slots.partner and _is_next_in_line(scene, quantity, before[-1], last):
        return Sides(last.slots.reporter, before[-1].codes)
    if len(before) > 1 and last.slots.reporter and _is_followed(scene, before[0], last):
        return Sides(last.slots.reporter, before[-1].codes)
    if memory.ranked != "reporter":
        return None
    if not before or quantity.start - before[-1].end > _REACH or not _takes_next_place(scene, before[-1]):
        return None
    return Sides(before[-1].codes, without(last.slots.partner, before[-1].codes))


def _is_next_in_line(scene: Scene, quantity: QuantityMark, group: Group, last: Remembered) -> bool:
    """Whether a country with its number follows the partner told first (`followed by China - $1.3 billion, Peru - $1.1`)."""
    start = scene.reading.start
    if last.sentence != scene.reading.index or not last.slots.reporter or last.quantity.end > group.start:
        return False
    if pattern("followed_by").search(scene.folded, start, group.start) is None:
        return False
    joined = pattern("line_goes_on").fullmatch(scene.folded, last.quantity.end, group.start)
    return joined is not None and pattern("number_at_side").fullmatch(scene.folded, group.end, quantity.start) is not None


def _is_followed(scene: Scene, subject: Group, last: Remembered) -> bool:
    """Whether a sentence goes on from the partner told first to the next ones (`Peru was followed by Chile with $3`)."""
    told = set(last.slots.reporter)
    return not set(subject.codes) & told and pattern("is_followed").match(scene.folded, subject.end) is not None


def rank_told(scene: Scene, reporter: tuple[str, ...], partner: tuple[str, ...], groups: list[Group]) -> str:
    """Which side of a flow the country is on that a sentence puts at the top; empty where it ranks none."""
    for group in groups:
        if _heads(scene, group):
            return "reporter" if group.codes == reporter else "partner" if group.codes == partner else ""
    return ""


def is_ranked(scene: Scene, group: Group) -> bool:
    """Whether a country is told to take a place among others."""
    return _heads(scene, group) or _takes_next_place(scene, group)


def _takes_next_place(scene: Scene, group: Group) -> bool:
    before = scene.folded[max(scene.reading.start, group.start - _REACH) : group.start]
    return bool(pattern("next_before").search(before) or pattern("next_behind").match(scene.folded, group.end))


def _heads(scene: Scene, group: Group) -> bool:
    before = scene.folded[max(scene.reading.start, group.start - _REACH) : group.start]
    return bool(pattern("first_before").search(before) or pattern("first_behind").match(scene.folded, group.end))
