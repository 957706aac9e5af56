"""Sides of a number whose clause leaves out what the clause before it said: `Chile took 5 tons and Peru 3`, `and Peru's fell`.

Only what such a clause keeps and what it changes belongs here; the sides of the number before are given.
"""

import re

from pipeline.claims.context.memory import Memory, Remembered
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.side_roles import Sides
from pipeline.language.marks import QuantityMark

_WORD = re.compile(r"[a-z'-]+")
_SUBJECT = frozenset({"", "and"})
_ELIDED = 6  # words between a subject and its number at most


def parallel_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides | None:
    """The sides of the number before with this number's subject for that one's; None where the clause is whole by itself."""
    last = memory.last
    if last is None or last.sentence != scene.reading.index or last.topic.indicator != indicator:
        return None
    pair = _subjects(scene, quantity, last, groups)
    return _exchanged(last, *pair) if pair else None


def _subjects(scene: Scene, quantity: QuantityMark, last: Remembered, groups: list[Group]) -> tuple[Group, Group] | None:
    """The subjects of the number before and of this one, where this one's clause has no more than a subject of its own."""
    between = [group for group in groups if last.quantity.end <= group.start and group.end <= quantity.start]
    before = [group for group in groups if group.end <= last.quantity.start]
    if not between or not before:
        return None
    own, other = between[-1], before[-1]
    if own.preposition not in _SUBJECT or other.preposition not in _SUBJECT:
        return None
    if not pattern("next_conjunct").search(scene.folded, last.quantity.end, own.start):
        return None
    if pattern("owner_alone").match(scene.folded, own.end):
        return other, own
    if own.owner or other.owner:
        return None
    gap, whole = scene.folded[own.end : quantity.start], scene.folded[other.end : last.quantity.start]
    return (other, own) if _is_elided(gap, whole) else None


def _is_elided(gap: str, whole: str) -> bool:
    """Whether the words before a number are some of those before the other, with the verb left out."""
    said, told = (_WORD.findall(pattern("hedge").sub("", words)) for words in (gap, whole))
    if len(told) > _ELIDED or "," in gap:
        return False
    return all(word in told for word in said) and (len(said) < len(told) or said == told)


def _exchanged(last: Remembered, other: Group, own: Group) -> Sides | None:
    slots = last.slots
    sides = [slots.reporter, slots.partner, slots.origin, slots.destination]
    held = [set(other.codes) <= set(side) and bool(side) for side in sides]
    if held.count(True) != 1 or any(set(own.codes) & set(side) for side in sides):
        return None
    return Sides(*(own.codes if there else side for side, there in zip(sides, held, strict=True)))
