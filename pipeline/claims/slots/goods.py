"""What was traded or carried, by which mode, on which corridor.

Finding the names belongs to `pipeline.language.names`; choosing the one that a number is about belongs here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from pipeline.claims.context.clauses import clause_of, new_clause
from pipeline.claims.context.cues import Cue, Topic
from pipeline.claims.context.memory import Memory, Remembered
from pipeline.claims.context.order import in_order
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reach import held_back, reaching
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.units import is_port_cargo, unit_class
from pipeline.claims.slots.side_roles import moved_on
from pipeline.contract.reference import read_toml
from pipeline.language.marks import NameMark, QuantityMark
from pipeline.language.names import find_names

_LEFT_OUT = ("non-", "non ")
_LEFT_OUT_BEFORE = 40
_NO_GOODS = ("services",)  # all but these are goods of any kind
_ASHORE = ("dry ", "inland ", "air")  # before a port that ships do not call at
_SEVERAL = 2  # goods that make a list
_LEFT_BEFORE = 60
_SHARE = 60  # characters in which a share stands with the goods that it is of
_PAID_FOR = frozenset({"investment", "financing"})
_HANDLED = frozenset({"cargo", "containers"})
_PORTS_OWN = ("sea", "capacity")
_ON_THE_WAY = frozenset({"distance", "transit_time", "freight_rate", "capacity"})
_LIES_BEFORE = 40
_EXPLAINS_BEFORE = 90
_BOXES = frozenset({"box", "boxflow"})
_WAYS = frozenset({"corridor", "railway", "port"})
_CHARGE = (
    "line",
    "lines",
    "conference",
    "conferences",
    "companies",
    "carriers",
    "operators",
    "liners",
    "shipowners",
    "hauliers",
)
_OFFICE = re.compile(  # an office that is called after a mode
    r"\s+(?:(?:and|&) \w+ |transport )?(?:agency|administration|authority|ministry|service|department|university|academy"
    r"|registry|committee|board|commission|bureau|inspectorate)\b"
)
_ROW = re.compile(r"\s*(?:,|and|or|,\s*and)\s*")


def commodity_of(scene: Scene, quantity: QuantityMark, topic: Topic, cue: Cue | None, memory: Memory) -> str | None:
    """The goods that a number is about, as a code. Goods of different kinds named together are none of them."""
    vehicles = _vehicles(scene)
    names = [name for name in _goods_told(scene, topic) if name.codes and not any(_overlap(name, other) for other in vehicles)]
    names = reaching(scene, quantity, names)
    plain = "vehicles" if is_port_cargo(scene, quantity) else "other" if _is_left(scene, quantity, names) else None
    if plain is not None:
        return plain
    if "trade" not in topic.traits and topic.indicator not in _PAID_FOR:
        names = [name for name in names if not _only_handles(scene, quantity, name)]
    if _is_of_cargo(scene, quantity, names):
        return None
    others = list(pattern("those_of").finditer(scene.folded, scene.reading.start, quantity.start))
    others = [found for found in others if not any(found.end() <= group.start <= found.end() + 1 for group in scene.groups)]
    if others:
        names = [name for name in names if name.start >= others[-1].end()]
    ordered = in_order(scene, quantity, names)
    if ordered is not None:
        return ordered.codes[0]
    found = _nearest_goods(scene, quantity, names)
    if found is None:
        but_raw = "trade" in topic.traits and _is_all_but_raw(scene, quantity)
        return "other" if but_raw else None if others else _unsaid_goods(scene, quantity, topic, cue, memory)
    if found[0] >= 0 and (topic.indicator == "containers" or _boxes(scene, quantity)):
        return None
    return _meant(scene, found[1], _one_kind(scene, found[1], names), memory)


def _nearest_goods(scene: Scene, quantity: QuantityMark, names: list[NameMark]) -> tuple[float, NameMark] | None:
    """The goods nearest to a number, else those behind the row of amounts that it stands in."""
    limits = thresholds()["commodity"]
    found = scene.nearest(quantity, names, limits["limit"], limits["limit_after"])
    if found is None and (after := _of_the_same(scene, quantity)) is not None:
        return scene.nearest(after, [name for name in names if name.start >= after.end], 0.0)
    return found


def _boxes(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number counts containers, in which any goods may be."""
    return unit_class(quantity, scene.reading.names) in _BOXES


def _only_handles(scene: Scene, quantity: QuantityMark, name: NameMark) -> bool:
    """Whether goods are what others are handled with: `With two cranes the terminal can take 400,000 TEU`."""
    return scene.folded[name.start : name.end] in equipment() and scene.distance(quantity, name) >= 0


@cache
def equipment() -> frozenset[str]:
    """The words for what goods are handled and moved with."""
    return frozenset(read_toml("claim_traits.toml")["equipment"]["words"])


def _goods_told(scene: Scene, topic: Topic) -> Iterator[NameMark]:
    """The goods that a sentence names; those that it leaves out of what it counts are none.

    `Exports other than oil and gas` are of other goods, as `non-oil goods` are.
    """
    left_out: NameMark | None = None
    for name in scene.reading.names:
        if name.kind != "commodity":
            continue
        if left_out is not None and pattern("coordinated").fullmatch(_between(scene, left_out, name)):
            yield replace(name, codes=left_out.codes)
        elif out := _left_out(scene, name):
            left_out = replace(name, codes=("other",) if out["others"] and name.codes != _NO_GOODS else ())
            yield left_out
        else:
            yield _but_one(scene, name, topic)


def _left_out(scene: Scene, name: NameMark) -> re.Match[str] | None:
    """The words that name goods as not counted (`exports other than oil`, `imports without fuel`)."""
    before = max(scene.reading.start, name.start - _LEFT_OUT_BEFORE)
    return pattern("left_out_goods").search(scene.folded, before, name.start)


def _is_all_but_raw(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a flow is told without raw goods (`exports other than raw materials`)."""
    return pattern("all_but_raw").search(scene.folded, scene.reading.start, quantity.start) is not None


def _but_one(scene: Scene, name: NameMark, topic: Topic) -> NameMark:
    """Goods as they are named; those that `non-` leaves out are none, `non-oil goods` that are traded are other ones."""
    if not scene.folded.endswith(_LEFT_OUT, 0, name.start):
        return name
    others = "trade" in topic.traits and pattern("but_one").match(scene.folded, name.end) is not None
    return replace(name, codes=("other",) if others else ())


def _is_left(scene: Scene, quantity: QuantityMark, names: list[NameMark]) -> bool:
    """Whether a number is of what is left of a list of goods (`2 million tons of oil, 1 million of grain, 3 of the rest`)."""
    told = {name.codes[0] for name in names if name.end <= quantity.start}
    if len(told) < _SEVERAL:
        return False
    if pattern("goods_left").match(scene.folded, quantity.end):
        return True
    start = max(scene.reading.start, quantity.start - _LEFT_BEFORE)
    return pattern("goods_left_before").search(scene.folded, start, quantity.start) is not None


def _of_the_same(scene: Scene, quantity: QuantityMark) -> QuantityMark | None:
    """The number that ends a row of amounts of the same goods (`1.1 million and 3 million tons of sugar`)."""
    last = None
    while (after := scene.quantity_after(last or quantity)) is not None and after.unit == quantity.unit:
        if _ROW.fullmatch(scene.folded, (last or quantity).end, after.start) is None:
            break
        last = after
    return last


def _is_of_cargo(scene: Scene, quantity: QuantityMark, names: list[NameMark]) -> bool:
    """Whether a number is of cargo at large (`3.6 million tons of cargo, including 2.2 million tons of oil`)."""
    match = pattern("of_cargo").match(scene.folded, quantity.end)
    return match is not None and not any(quantity.end <= name.start < match.end() for name in names)


def _unsaid_goods(scene: Scene, quantity: QuantityMark, topic: Topic, cue: Cue | None, memory: Memory) -> str | None:
    """The goods that a sentence leaves unsaid: those just told of, or those that the text is on; none for a total."""
    if "goods" not in topic.traits:
        return None
    total = bool(scene.of_kind("total")) or pattern("cargo_at_large").search(scene.folded, scene.reading.start, quantity.start)
    last = _continued(scene, topic, memory)
    if last and not total:
        same_paragraph = last.paragraph == scene.reading.sentence.paragraph
        boxed = (_boxes(scene, quantity) and last.unit_class not in _BOXES) or not _goes_on(scene, quantity, last)
        alike = cue is None or unit_class(quantity, scene.reading.names) == last.unit_class == "mass"
        if not boxed and (last.sentence == scene.reading.index or (alike and same_paragraph)):
            return last.slots.commodity or _by_unit(quantity)
    if total and not pattern("sector").search(scene.folded, scene.reading.start, scene.reading.end):
        return None
    told = memory.told
    if told is not None and cue is None and (told.indicator, told.sentence) == (topic.indicator, scene.reading.index - 1):
        return told.goods or _by_unit(quantity)
    return (memory.commodity if "titled_goods" in topic.traits else None) or _by_unit(quantity)


def _by_unit(quantity: QuantityMark) -> str | None:
    """The goods that a unit alone is used of (barrels of oil, kilowatt hours of electricity)."""
    units: dict[str, dict[str, Any]] = read_toml("claim_traits.toml")["unit"]
    parts = (quantity.unit or "").split("/")
    known = [(part == parts[0], units[part]) for part in parts if part in units]
    return next((str(unit["goods"]) for counted, unit in known if not counted or quantity.value_low >= unit["least"]), None)


def _vehicles(scene: Scene) -> list[QuantityMark]:
    """Numbers of trains, wagons, trucks and ships: there the word is a unit, not goods."""
    return [mark for mark in scene.reading.quantities if (unit_class(mark, scene.reading.names) or "").startswith("move")]


def _overlap(left: Spanned, right: Spanned) -> bool:
    return left.start < right.end and right.start < left.end


def _one_kind(scene: Scene, chosen: NameMark, names: list[NameMark]) -> str | None:
    """The code of goods; that of both where they are one kind (gold jewellery), none where they are not (`coal and steel`)."""
    beside = {name.codes[0] for name in names if name is not chosen and not _between(scene, name, chosen).strip()}
    joined = _coordinated(scene, chosen, names)
    together = kind_of_all({chosen.codes[0], *beside}) or kind_of_all({chosen.codes[0], *(name.codes[0] for name in joined)})
    if together is not None:
        return together
    mixed = pattern("mixed_cargo").search(scene.folded, max(scene.reading.start, chosen.start - 24), chosen.start)
    return None if mixed or joined else chosen.codes[0]


def _between(scene: Scene, name: NameMark, other: NameMark) -> str:
    return scene.folded[min(name.end, other.end) : max(name.start, other.start)]


def _coordinated(scene: Scene, chosen: NameMark, names: list[NameMark]) -> list[NameMark]:
    """The goods of other kinds that stand coordinated with some goods."""
    joined = (name for name in names if name.codes != chosen.codes and not _shares_noun(name, chosen))
    return [name for name in joined if pattern("coordinated").fullmatch(_between(scene, name, chosen))]


def generic_goods() -> dict[str, list[str]]:
    """Words for goods at large -> the goods that they may point back to."""
    generic: dict[str, list[str]] = read_toml("claim_traits.toml")["generic"]
    return generic


def parts_of(code: str) -> list[str]:
    """The goods that belong under a code for goods at large or for several kinds together."""
    groups: dict[str, list[str]] = read_toml("claim_traits.toml")["together"]
    return [*groups.get(code, ()), *generic_goods().get(code, ())]


def _meant(scene: Scene, name: NameMark, code: str | None, memory: Memory) -> str | None:
    """The goods that a general word points back to (`38 percent of the metal` in a text on copper)."""
    told = memory.commodity or (memory.last.slots.commodity if memory.last else None)
    plain = name.text.lower() in read_toml("claim_traits.toml")["generic_words"]["bare"]
    pointed = plain or scene.folded.endswith("the ", 0, name.start)
    points_back = pointed and told in generic_goods().get(code or "", ())
    return told if points_back else code


def kind_of_all(kinds: set[str]) -> str | None:
    """The one kind of goods that several are (`gold` and `jewellery` are precious metals); None if there is none."""
    groups: dict[str, list[str]] = read_toml("claim_traits.toml")["together"]
    return next((whole for whole, parts in groups.items() if len(kinds) > 1 and kinds <= {whole, *parts}), None)


def _shares_noun(left: NameMark, right: NameMark) -> bool:
    """Whether a word only stands before the noun of the goods behind it (`chemical and mineral fertilizers`)."""
    noun = right.text.rpartition(" ")[2]
    return left.end <= right.start and noun != right.text and _code_of(f"{left.text} {noun}") == right.codes


@lru_cache(maxsize=1024)
def _code_of(text: str) -> tuple[str, ...]:
    """The code of the goods that a phrase as a whole names."""
    marks = find_names(text)
    return marks[0].codes if len(marks) == 1 and marks[0].text == text and marks[0].kind == "commodity" else ()


def mode_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory, corridor: str | None) -> str | None:
    """The mode of transport, for freight, for what is built for it, and for trade that goes by a corridor of one mode."""
    if "trade" in topic.traits:
        return _modes_of_corridors().get(corridor or "")
    limits = thresholds()["mode"]
    told = [*_modes_told(scene, quantity), *(_works(scene) if topic.indicator in _PAID_FOR else ())]
    railways = [_Told(name.start, name.end, "rail") for name in scene.reading.names if name.kind == "railway"]
    places: list[_Told] = reaching(scene, quantity, [*told, *railways])
    ordered = in_order(scene, quantity, places, named=True) or _way_behind(scene, quantity, told)
    if ordered is not None:
        return ordered.mode
    found = scene.nearest(quantity, places, limits["limit"], limits["limit_after"])
    return found[1].mode if found else _unsaid_mode(scene, quantity, topic, memory, corridor)


def _way_behind(scene: Scene, quantity: QuantityMark, told: Sequence["_Told"]) -> "_Told | None":
    """The mode told behind a number that has its ends too (`12 days from Xi'an to Baku by train and 45 by ship`)."""
    way = pattern("way_behind").match(scene.folded, quantity.end, scene.reading.end)
    return next((one for one in told if one.start <= way.end() <= one.end), None) if way is not None else None


@dataclass(frozen=True, slots=True)
class _Told:
    """A place at which a sentence tells a mode of transport."""

    start: int
    end: int
    mode: str


def _modes_told(scene: Scene, quantity: QuantityMark) -> Iterator[_Told]:
    """The modes that words of a sentence tell: not those that are goods (`cars and trucks`); what rides a ferry goes by sea."""
    ferried = any(cue.phrase in _ferries() for cue in scene.of_kind("mode"))
    goods = [name for name in scene.reading.names if name.kind == "commodity"]
    for cue in scene.of_kind("mode"):
        own = quantity.start <= cue.start and cue.end <= quantity.end
        beside = any(_listed_with(scene, cue, name) for name in goods)
        office = _OFFICE.match(scene.folded, cue.end) is not None
        if not (beside or office) and not any(_overlap(cue, name) for name in goods if not own):
            yield _Told(cue.start, cue.end, "sea" if ferried and own else cue.value)


def _listed_with(scene: Scene, cue: Cue, name: NameMark) -> bool:
    """Whether a word stands in a list with goods (`cars, trucks and tractors`)."""
    left, right = (cue, name) if cue.end <= name.start else (name, cue)
    return pattern("coordinated").fullmatch(scene.folded, left.end, right.start) is not None


def _works(scene: Scene) -> Iterator[_Told]:
    """The modes of what is built or bought: a port's is the sea, a bridge's the road."""
    corridors = [name for name in scene.reading.names if name.kind == "corridor"]
    for match in _works_pattern().finditer(scene.folded, scene.reading.start, scene.reading.end):
        told = _Told(match.start(), match.end(), str(match.lastgroup))
        if not scene.folded.endswith(_ASHORE, 0, told.start) and not any(_overlap(told, name) for name in corridors):
            yield told


@cache
def _works_pattern() -> re.Pattern[str]:
    works: dict[str, list[str]] = read_toml("claim_traits.toml")["works"]
    return re.compile("|".join(rf"\b(?P<{mode}>{'|'.join(map(re.escape, words))})\b" for mode, words in works.items()))


@cache
def _ferries() -> frozenset[str]:
    return frozenset(read_toml("claim_traits.toml")["ferries"]["words"])


def _unsaid_mode(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory, corridor: str | None) -> str | None:
    """The mode that a sentence leaves unsaid: the corridor's own, that of the claim before, the carrier's, or the text's."""
    by_definition = _modes_of_corridors().get(corridor or "")
    if by_definition:
        return by_definition
    if corridor in _shipping() and topic.indicator == "movements":
        return "sea"
    last = _continued(scene, topic, memory)
    last = last if last is not None and _goes_on(scene, quantity, last) else None
    if last is not None and (corridor is None or last.slots.corridor == corridor) and last.slots.mode:
        elsewhere = last.sentence != scene.reading.index and not scene.groups
        return None if elsewhere and last.slots.mode == "sea" and topic.indicator in _HANDLED else last.slots.mode
    return None if any(name.kind == "port" for name in scene.reading.names) else _mode_around(scene, topic, memory, corridor)


def _mode_around(scene: Scene, topic: Topic, memory: Memory, corridor: str | None) -> str | None:
    """The mode of those who charge a rate (`shipping lines raised ...`), of the part of the text, or of all of it."""
    told = {cue.value for cue in scene.of_kind("mode")}
    charging = {cue.value for cue in scene.of_kind("mode") if cue.phrase.endswith(_CHARGE)}
    if topic.indicator == "freight_rate" and len(charging) == 1:
        return charging.pop()
    if memory.section is not None and memory.section.mode and not told and "freight" in topic.traits:
        return memory.section.mode
    if memory.mode is not None and topic.indicator in _ON_THE_WAY and (memory.mode, topic.indicator) != _PORTS_OWN:
        return memory.mode
    return memory.carrier_mode if "freight" in topic.traits and corridor is None else None


@cache
def _modes_of_corridors() -> dict[str, str]:
    """Corridors that are one railway, pipeline or waterway by definition."""
    modes: dict[str, str] = read_toml("claim_traits.toml")["mode"]
    return modes


@cache
def _shipping() -> frozenset[str]:
    return frozenset(read_toml("claim_traits.toml")["shipping"]["corridors"])


def corridor_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> str | None:
    """The corridor that a number is about: a code, or a name in lower case. Trade has one only where it is told to go by it."""
    if "trade" in topic.traits:
        return memory.corridor if goes_by_route(scene, quantity, topic) else None
    told = [name for name in corridors_told(scene) if not _lies_there(scene, name)]
    near = [name for name in reaching(scene, quantity, told) if not _goes_otherwise(scene, quantity, name)]
    names = [name for name in near if not _of_a_part(scene, quantity, name)]
    limits = thresholds()["corridor"]

    def in_apposition(name: NameMark) -> float:
        return 0.0 if scene.bracket_of(name) is None else -thresholds()["distance"]["closed_bracket"]

    multiplied = next((name for name in names if _multiplied(scene, quantity, name)), None)
    if multiplied:
        return multiplied.codes[0]
    along = [name for name in names if moved_on(scene, quantity.end, name.start)]
    found = scene.nearest(quantity, along, limits["limit"], limits["limit"], in_apposition) or scene.nearest(
        quantity, names, limits["limit"], limits["limit_after"], in_apposition
    )
    routes = reaching(scene, quantity, scene.of_kind("route"))
    taken = [cue for cue in routes if cue.start >= quantity.end and moved_on(scene, quantity.end, cue.start)]
    route = scene.nearest(quantity, taken, limits["limit"], limits["limit"]) or scene.nearest(
        quantity, routes, limits["limit"], limits["limit_after"]
    )
    if found and (route is None or found[0] <= route[0]):
        return found[1].codes[0]
    if route:
        return memory.corridor
    if len(names) < len(near) or pattern("ports_act").search(scene.folded, scene.reading.start, quantity.start):
        return None
    unsaid = _unsaid_corridor(scene, topic, memory) if "on_corridor" in topic.traits else None
    return None if any(unsaid in name.codes for name in told if name not in near) else unsaid


def share_of_other_goods(scene: Scene, place: int, memory: Memory) -> bool:
    """Whether a share told from a place on is of goods that no article marks as told of and that are not those of the text."""
    share = pattern("share_of_bare_goods").search(scene.folded, place, min(scene.reading.end, place + _SHARE))
    if share is None:
        return False
    goods = next((name for name in scene.reading.names if name.kind == "commodity" and name.start == share.end()), None)
    told, last = memory.told, memory.last
    known = {memory.commodity, told.goods if told else None, last.slots.commodity if last else None}
    return goods is not None and not set(goods.codes) & known


def goes_by_route(scene: Scene, quantity: QuantityMark, topic: Topic) -> bool:
    """Whether a part of what a country sells or buys goes by the route told of (`80 percent of its oil goes this way`)."""
    if "directed" not in topic.traits:
        return False
    return pattern("goes_by_route").search(scene.folded, quantity.end, scene.reading.end) is not None


def _multiplied(scene: Scene, quantity: QuantityMark, name: NameMark) -> bool:
    """Whether a number says how many times as much as a corridor's own something is (`double what the corridor carries`)."""
    return name.start > quantity.end and pattern("multiple_of").match(scene.folded, quantity.end, name.start) is not None


def _of_a_part(scene: Scene, quantity: QuantityMark, name: NameMark) -> bool:
    """Whether a corridor is told only of a part of a number (`handled 3 million tons, 1 million of which went by the CPC`)."""
    after = scene.quantity_after(quantity)
    if after is None or name.start < after.start:
        return False
    return pattern("of_which").search(scene.folded, quantity.end, name.start) is not None


def corridors_told(scene: Scene) -> list[NameMark]:
    """The corridors that a sentence tells of, without those that only explain the line or port named before them."""
    ways = [name for name in scene.reading.names if name.kind in _WAYS]
    return [
        name
        for name in ways
        if name.kind == "corridor"
        and name.codes
        and not any(_explains(scene, name, other) for other in ways)
        and not _explains_unnamed(scene, name)
    ]


def _explains_unnamed(scene: Scene, name: NameMark) -> bool:
    """Whether a corridor is what a line or port without a name is a part of (`the port, a hub of the Middle Corridor,`)."""
    start = max(scene.reading.start, name.start - _EXPLAINS_BEFORE)
    return pattern("explains_the_way").search(scene.folded, start, name.start) is not None


def _explains(scene: Scene, name: NameMark, other: NameMark) -> bool:
    """Whether a corridor is told as what another way or port is a part of (`Aktau, a hub of the Middle Corridor`)."""
    if set(other.codes) & set(name.codes):
        return False
    if other.start > name.end:
        return pattern("part_of_way").search(scene.folded, scene.reading.start, name.start) is not None
    found = pattern("explains_way").search(scene.folded, max(other.end - 1, name.start - _EXPLAINS_BEFORE), name.start)
    return found is not None


def _lies_there(scene: Scene, name: NameMark) -> bool:
    """Whether a corridor is only where ships lie (`at anchor in the Bosphorus`)."""
    return pattern("lies_at").search(scene.folded, max(scene.reading.start, name.start - _LIES_BEFORE), name.start) is not None


# A sentence whose subject is what the one before was on.
_OPENS_WITH_IT = re.compile(
    r"\W{0,3}(?:(?:last year|so far|today|now|currently|in \d{4}),? )?(?:it|this|that) (?!is |was |will be )[a-z]"
)


def _unsaid_corridor(scene: Scene, topic: Topic, memory: Memory) -> str | None:
    """The corridor of the claim before, where the sentence is not on a port or a railway, or the one that the text is on."""
    last = memory.last
    near = last is not None and scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"]
    told = last.slots.corridor if last is not None else None
    carrier = memory.carrier if "freight" in topic.traits else _port_told(topic, memory)
    whole = near and told is not None and last is not None and not last.slots.reporter and not _is_of_carrier(scene)
    carried = bool(carrier) and not whole and set(carrier) != set(owner_of(told or memory.title_corridor))
    elsewhere = carried or any(name.kind in ("port", "railway") for name in scene.reading.names)
    if (
        memory.corridor_sentence == scene.reading.index - 1
        and not elsewhere
        and _OPENS_WITH_IT.match(scene.folded, scene.reading.start, scene.reading.end)
    ):
        return memory.corridor
    if (
        last is not None
        and near
        and last.slots.corridor
        and "on_corridor" in last.topic.traits
        and not (elsewhere or _state_acts(scene, topic))
    ):
        return last.slots.corridor
    section = memory.section.corridor if memory.section is not None else None
    return None if carried else section or memory.title_corridor


def _state_acts(scene: Scene, topic: Topic) -> bool:
    """Whether a sentence on freight opens with a country that does something (`Iran hopes to raise transit`)."""
    first = scene.groups[0] if scene.groups else None
    opens = first is not None and not (first.place or first.owner or first.preposition) and first.start == scene.reading.start
    return opens and "freight" in topic.traits and not scene.of_kind("route")


def _is_of_carrier(scene: Scene) -> bool:
    """Whether a sentence is on a carrier, by name or as its subject, and not on the corridor just told of."""
    named = any(name.kind in ("railway", "port", "company") for name in scene.reading.names)
    return named or pattern("carrier").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _port_told(topic: Topic, memory: Memory) -> tuple[str, ...]:
    """The country of the port that a text is on, whose capacity is its own and no corridor's."""
    port = memory.facilities.by_kind.get("port") if topic.indicator == "capacity" else None
    return port.countries if port is not None and set(port.countries) == set(memory.operator) else ()


def last_corridor(scene: Scene, corridor: str | None) -> str | None:
    """The corridor that `the route` means after a sentence."""
    named = corridors_told(scene)
    return named[-1].codes[0] if named else corridor


def _continued(scene: Scene, topic: Topic, memory: Memory) -> Remembered | None:
    """What was read last, where this sentence goes on with the same thing."""
    last = memory.last
    if last is None or last.topic.indicator != topic.indicator:
        return None
    return last if scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"] else None


def _goes_otherwise(scene: Scene, quantity: QuantityMark, name: NameMark) -> bool:
    """Whether a number goes by another mode than the corridor of the clause before (`while 2 million went by rail`)."""
    own = _modes_of_corridors().get(name.codes[0])
    if own is None or name.end > quantity.start or not new_clause(scene, name.end, quantity.start):
        return False
    start, end = clause_of(scene, quantity.start)
    return any(cue.value != own and start <= cue.start < end for cue in scene.of_kind("mode"))


def _goes_on(scene: Scene, quantity: QuantityMark, last: Remembered) -> bool:
    """Whether what was told of the number read last may hold for this one, by where the two stand."""
    return last.sentence != scene.reading.index or held_back(scene, quantity, last.quantity) is False


def owner_of(corridor: str | None) -> tuple[str, ...]:
    """The country whose own figure a canal's traffic is; empty for other corridors."""
    return _traits("owner", corridor)


def sites_of(corridor: str | None) -> tuple[str, ...]:
    """The countries that a line under construction crosses; empty where the corridor is none such."""
    return _traits("site", corridor)


@cache
def _traits(kind: str, corridor: str | None) -> tuple[str, ...]:
    countries: dict[str, list[str]] = read_toml("claim_traits.toml")[kind]
    return tuple(countries.get(corridor or "", ()))
