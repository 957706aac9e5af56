"""Lists whose members belong together in order: numbers with countries, goods, times (`5 and 7 tons, respectively`).

Which words can be members belongs to the modules that ask.
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene

Member = TypeVar("Member", bound=Spanned)

_LISTED = re.compile(r"\s*(?:,|;)?\s*(?:and|&|or)?\s*(?:(?:in|to|for|from|of|with|by|the|a|an|its|their)\s+){0,2}")
_ONE_BY_ONE = "respectively"
_LONGEST = 24  # code points between two members


def runs(scene: Scene, members: Sequence[Member]) -> list[list[Member]]:
    """The members, by place, divided into lists: those between which no more than a comma or an `and` stands."""
    found: list[list[Member]] = []
    for member in sorted(members, key=lambda each: each.start):
        if found and _listed(scene, found[-1][-1], member):
            found[-1].append(member)
        else:
            found.append([member])
    return [run for run in found if len(run) > 1]


def in_order(scene: Scene, quantity: Spanned, members: Sequence[Member], *, named: bool = False) -> Member | None:
    """The member of a list that a number belongs to by its place in a list of as many numbers.

    `named` asks that the sentence says so (`respectively`). None if there are no two such lists, or several.
    """
    own = scene.list_of(quantity)
    if not own or (named and not one_by_one(scene)):
        return None
    before = [member for member in members if member.end <= own[0].start]
    fitting = [run for run in runs(scene, members) if len(run) == len(own)]
    if named and not fitting and len(before) == len(own):
        fitting = [before]
    return fitting[0][[mark.start for mark in own].index(quantity.start)] if len(fitting) == 1 else None


def one_by_one(scene: Scene) -> bool:
    """Whether a sentence says that its lists go together in order."""
    return scene.folded.find(_ONE_BY_ONE, scene.reading.start, scene.reading.end) >= 0


def _listed(scene: Scene, left: Spanned, right: Spanned) -> bool:
    gap = right.start - left.end
    return 0 < gap <= _LONGEST and _LISTED.fullmatch(scene.folded, left.end, right.start) is not None
