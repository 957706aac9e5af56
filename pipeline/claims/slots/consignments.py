"""The consignment that a text tells of: its goods, where they come from and where they go.

What later sentences leave unsaid of `the train` or `a train of 15 wagons` belongs here; the turns of phrase are data in
`seeds/reference/claim_patterns.toml`.
"""

from dataclasses import replace

from pipeline.claims.context.memory import Consignment
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.side_roles import Sides
from pipeline.language.marks import NameMark, QuantityMark

_REACH = 4  # sentences behind the one that told of a consignment
_PARAGRAPHS = 1
_BEFORE = 60  # characters before a name
_PAIR = 2
_CARRIED = frozenset({"movements", "cargo", "containers"})
_ENDS = frozenset({"to", "for", "into", "towards", "toward"})


def load_of(scene: Scene, quantity: QuantityMark) -> QuantityMark | None:
    """The amount of goods that vehicles carry (`15 wagons with 1,000 tons of wheat`), whose sides and goods are theirs."""
    after = scene.quantity_after(quantity)
    loaded = after is not None and pattern("loaded_with").fullmatch(scene.folded, quantity.end, after.start) is not None
    return after if loaded and after is not None and after.kind == "measure" else None


def travels_between(scene: Scene, group: Group) -> bool:
    """Whether two cities joined by a dash name what travels from the first to the second (`the Riga-Almaty train`)."""
    names = [name for name in scene.reading.names if group.start <= name.start and name.end <= group.end]
    cities = all(name.kind in ("place", "port") or name.form == "capital" for name in names)
    if len(group.members) != _PAIR or group.members[0] == group.members[1] or not (names and cities):
        return False
    if pattern("dash_joined").fullmatch(scene.folded, group.start, group.end) is None:
        return False
    start = max(scene.reading.start, group.start - _BEFORE)
    before = pattern("travels_before").search(scene.folded, start, group.start)
    return before is not None or pattern("travels_behind").match(scene.folded, group.end, scene.reading.end) is not None


def consigned(scene: Scene, before: Consignment | None) -> Consignment | None:
    """The consignment that a text tells of after a sentence: the one that it names, else the one before."""
    named = next((group for group in scene.groups if travels_between(scene, group)), None)
    if named is not None and pattern("one_load").search(scene.folded, scene.reading.start, named.end + _BEFORE):
        return Consignment(None, named.members[0], named.members[1], scene.reading.index, scene.reading.sentence.paragraph)
    reached = [group for group in scene.groups if group.preposition in _ENDS]
    if not reached and before is None:
        return None
    way = pattern("on_its_way").search(scene.folded, scene.reading.start, scene.reading.end)
    if way is None:
        return before
    place = scene.reading
    goods = [name for name in place.names if name.kind == "commodity" and name.codes]
    kinds = {name.codes[0] for name in goods}
    starts = [group.codes for group in scene.groups if group.preposition == "from" or _owns(scene, group, goods)]
    ends = [group.codes for group in reached if group.start >= way.start()]
    end = ends[0] if ends else before.destination if before is not None and _is_near(scene, before) else ()
    if len(kinds) > 1 or not end or (not kinds and not pattern("load").search(scene.folded, place.start, way.end())):
        return before
    kind = kinds.pop() if kinds else None
    return Consignment(kind, starts[0] if starts else (), end, place.index, place.sentence.paragraph)


def _owns(scene: Scene, group: Group, goods: list[NameMark]) -> bool:
    """Whether goods are a country's (`Kazakh wheat`)."""
    return group.source or (group.owner and any(not scene.folded[group.end : name.start].strip(" '’s") for name in goods))


def _is_near(scene: Scene, told: Consignment) -> bool:
    place = scene.reading
    return place.index - told.sentence <= _REACH and place.sentence.paragraph - told.paragraph <= _PARAGRAPHS


def consignment_meant(scene: Scene, indicator: str, told: Consignment | None) -> Consignment | None:
    """The consignment that a number is of, where its sentence speaks of one train, ship or load and not of a flow."""
    if told is None or indicator not in _CARRIED or not _is_near(scene, told):
        return None
    if pattern("follows_with").search(scene.folded, scene.reading.start, scene.reading.end):
        return replace(told, origin=())  # another country's, of the same goods on the same way
    return told if pattern("one_load").search(scene.folded, scene.reading.start, scene.reading.end) else None


def completed(scene: Scene, sides: Sides, told: Consignment | None) -> Sides:
    """The sides of a number of a consignment, with the ends of its journey that the sentence leaves unsaid."""
    if told is None or (sides.origin and told.origin and sides.origin != told.origin):
        return sides
    if sides.destination and sides.destination != told.destination:
        return sides
    if pattern("follows_with").search(scene.folded, scene.reading.start, scene.reading.end) and not sides.origin:
        return Sides((), (), sides.reporter, told.destination)
    return replace(sides, origin=sides.origin or told.origin, destination=sides.destination or told.destination)
