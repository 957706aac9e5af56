"""The border that a text tells of, and what passes it, which is the freight of the countries on both its sides.

Whose border it is belongs here, with its turns of phrase in `seeds/reference/claim_patterns.toml`; goods that a sentence sends
from one country to another belong to `pipeline.claims.slots.freight_sides`.
"""

from pipeline.claims.context.memory import Memory
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

Codes = tuple[str, ...]
_SIDES = 2
_NEAR = 60  # characters between a border and the names of its two sides
_WITH = frozenset({"with", "bordering", "to", "into"})
_DIRECTIONS = frozenset({"to", "from", "into"})


def remember_border(scene: Scene, memory: Memory) -> None:
    """Keeps the two countries of the border that a sentence names, and where it spoke of a border last."""
    named = pattern("border").search(scene.folded, scene.reading.start, scene.reading.end)
    if _are_neighbours(scene, memory):
        memory.border = memory.title_pair
    if named is None:
        memory.border_sentence = scene.reading.index if _goes_on(scene, memory) else memory.border_sentence
        return
    told = _sides_named(scene, memory, named.start(), named.end())
    memory.border = told or memory.border
    memory.border_sentence = scene.reading.index


def _are_neighbours(scene: Scene, memory: Memory) -> bool:
    """Whether a sentence calls the two that a text is on neighbours, and speaks of no third (`with its southern neighbour`)."""
    if memory.border or len(memory.title_pair) != _SIDES:
        return False
    if any(set(group.codes) - set(memory.title_pair) for group in scene.groups):
        return False
    return pattern("the_neighbour").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _sides_named(scene: Scene, memory: Memory, start: int, end: int) -> Codes:
    """The two sides of a border: named together beside it, one facing the other, or the only two of its sentence."""
    states = [group for group in scene.groups if not group.place]
    together = [group for group in states if len(group.codes) == _SIDES and group.preposition not in _DIRECTIONS]
    near = [group for group in together if group.end >= start - _NEAR and group.start <= end + _NEAR]
    if near:
        return near[-1].codes
    facing = next((group for group in states if group.start >= end and group.preposition in _WITH), None)
    if facing is not None and facing.start <= end + _NEAR:
        own = next((group.codes for group in states if group.end <= start), memory.subject or memory.home)
        both = tuple(sorted({*own, *facing.codes}))
        return both if len(both) == _SIDES else ()
    codes = {code for group in states for code in group.codes}
    return tuple(sorted(codes)) if len(codes) == _SIDES else ()


def passing_border(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Codes:
    """The two countries whose border a number passes; empty where it tells from where to where, or of the border of one."""
    ways = [group for group in groups if group.preposition in _DIRECTIONS or group.source]
    if ways or not _passes(scene, quantity, memory):
        return ()
    here = pattern("border").search(scene.folded, scene.reading.start, scene.reading.end)
    told = _sides_named(scene, memory, here.start(), here.end()) if here is not None else ()
    border = told or memory.border
    named = {code for group in groups for code in group.codes}
    states = set(border) <= {*vocabulary().countries, "EU"}
    return border if states and named <= set(border) else ()


def _passes(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a number is of what passes a border, by its sentence or as going on with the one before."""
    start, end = scene.reading.start, scene.reading.end
    verb = pattern("passes_border").search(scene.folded, start, end)
    if pattern("border").search(scene.folded, start, end):
        lies_there = pattern("lies_on_border").search(scene.folded, start, quantity.start) is not None
        return verb is not None and not lies_there and not _has_carrier(scene)
    at_it = bool(memory.border) and pattern("crossing_told").search(scene.folded, start, end) is not None
    return (at_it and verb is not None and not _has_carrier(scene)) or _goes_on(scene, memory)


def _goes_on(scene: Scene, memory: Memory) -> bool:
    """Whether a sentence goes on with what passes the border that the one before spoke of (`The post clears 400 a day`)."""
    if memory.border_sentence != scene.reading.index - 1:
        return False
    passes = pattern("passes_told_border").search(scene.folded, scene.reading.start, scene.reading.end)
    return passes is not None and not _has_carrier(scene)


def _has_carrier(scene: Scene) -> bool:
    """Whether a sentence names a railway, a port or a corridor, whose own figure it may tell."""
    return any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names)
