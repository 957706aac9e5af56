"""What a number is about: its topic, from the words near it or from what the text is on.

Its unit belongs to `pipeline.claims.context.units`, its measure to `measure`; sides, periods and certainty to
`pipeline.claims.slots`.
"""

import math
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from pipeline.claims.context.clauses import Span, apart, explanations, new_verb
from pipeline.claims.context.cues import Cue, Topic, topics
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.order import in_order
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reach import parts
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import preposition_before, words
from pipeline.claims.context.units import base_cue, counted_units, is_small, numbered, unit_class
from pipeline.claims.quantities.measure import flow_exceeding
from pipeline.claims.slots.goods import equipment
from pipeline.claims.slots.modality import asks_for_goods, is_set_by_agreement, valued
from pipeline.claims.slots.portions import whole_of
from pipeline.claims.slots.side_roles import itemises, itemises_another
from pipeline.language.marks import QuantityMark

Choice = tuple[Topic | None, Cue | None]
_CALLED = frozenset({"exports", "imports"})
_FLOW_NOUNS = _CALLED | {"export", "import"}
_SUMS = frozenset({"money", "moneyflow", "mass", "flow", "goods"})
_FLOWS = _CALLED | {"turnover", "balance", "cargo", "containers", "movements", "capacity"}
_CARGOES = frozenset({"cargo", "cargoes", "cargos"})
_BOXES = frozenset({"TEU", "FEU", "container"})  # what a port processes
_NAMED = frozenset({"port", "company", "organisation", "railway"})
_PUTS = frozenset({"put", "puts", "putting"})  # what is put at a percentage is a growth or share told before
_QUOTED = frozenset({"quoted", "quoted at", "benchmark"})
_PREPOSITIONS = frozenset({"of", "on", "to", "for", "in"})
_TWO_ENDS = 2
_HEAD_BEFORE = 30  # characters between a noun and a phrase that completes it
_AROUND = 240  # characters around a word in which a harvest is told of
_LONGEST_CUE = 120  # characters, with the ending of a `*`
_OBJECT_AT_ONCE = 48  # characters between a verb and its object that is a number, with who gets it
_AT_ONCE = 32  # characters between a word and the number that it governs
_COUNTED = frozenset({"containers", "movements", "tonne_km"})
_SENT = ("shipment", "deliver", "dispatch")
_DASHES = frozenset({"-", "–", "—"})
_FOR_ONE = frozenset({"container", "box", "boxes", "forty-foot", "40-foot", "twenty-foot", "20-foot"})
_FLOWS_A_YEAR = frozenset({"flow", "boxflow", "moveflow"})
_CARRIED_UNITS = frozenset({"t", "m3", "%", None})


class _Asked(NamedTuple):
    """The number whose topic is asked for, in its sentence, with the cues that fit its class of unit and where they start."""

    scene: Scene
    quantity: QuantityMark
    kind: str
    memory: Memory
    cues: tuple[Cue, ...]
    starts: list[int]
    set_off: list[Span]

    def opening_in(self, left: int, right: int) -> tuple[Cue, ...]:
        """The cues that begin between two places, the right one not included."""
        return self.cues[bisect_left(self.starts, left) : bisect_left(self.starts, right)]

    @property
    def in_hand(self) -> Topic | None:
        """The topic that the text is on, if a number of this class can be about it; no cargo is what goods are handled with."""
        topic = self._told_on
        if topic is None:
            return None
        handles = self.kind == "goods" and self.quantity.text.lower().rpartition(" ")[2] in equipment()
        of_another = topic.indicator in _CALLED and itemises_another(self.scene, self.quantity, self.memory.last)
        return None if of_another or (handles and "freight" in topic.traits) else topic

    @property
    def _told_on(self) -> Topic | None:
        if is_small(self.quantity, self.kind) or self.kind == "price":
            return topics()["freight_rate"] if self._on_rates else None
        last = self.memory.last
        primed = _primed(self)
        if primed is not None and (last is None or last.sentence < self.memory.primed[1]):
            return primed
        if self._of_partners:
            return topics()["turnover"]
        if self._of_bulk:
            return self.memory.topics.get("mass")
        here = last is not None and ("lasting" not in last.topic.traits or last.sentence == self.scene.reading.index)
        return last.topic if last and here and self.kind in last.topic.units else self.memory.topics.get(self.kind)

    @property
    def _of_partners(self) -> bool:
        """Whether a sum told after a balance is the trade with a partner (`China is the largest partner with $5 billion`)."""
        last, scene = self.memory.last, self.scene
        if self.kind != "money" or last is None or last.topic.indicator != "balance":
            return False
        start, end = scene.reading.start, self.quantity.start
        of_state = any(name.kind in ("country", "bloc") for name in scene.reading.names)
        return (
            of_state
            and pattern("partner").search(scene.folded, start, end) is not None
            and not any(topics()[cue.value].indicator == "balance" for cue in scene.of_kind("topic"))
        )

    @property
    def _of_bulk(self) -> bool:
        """Whether a percentage told after boxes or trains is of goods by mass (`boxes fell by 5 percent, coal rose by 8`)."""
        last = self.memory.last
        if self.kind not in ("percent", "multiple") or last is None or last.topic.indicator not in _COUNTED:
            return False
        of_goods = pattern("share_of_goods").match(self.scene.folded, self.quantity.end)
        end = of_goods.end() if of_goods is not None else self.quantity.start
        goods = [name for name in self.scene.reading.names if name.kind == "commodity" and name.start <= end]
        return bool(goods) and "mass" in self.memory.topics

    @property
    def _on_rates(self) -> bool:
        """Whether the text quotes freight rates, or the sentence names a journey by its ends (`Santos-Qingdao`)."""
        last = self.memory.last
        told = last is not None and last.topic.indicator == "freight_rate"
        ends = [group for group in self.scene.groups if group.place and len(group.members) == _TWO_ENDS]
        return told or any("-" in self.scene.folded[group.start : group.end] for group in ends)


def choose_topic(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> Choice:
    """The topic that a number is about, with the cue that says so; no cue where it is the topic in hand.

    A topic without an indicator means that the number is no claim. None means that nothing tells. A growth has the topic of
    the amount that it leads to (`up 5 percent to 2.1 million tons`).
    """
    anchor = _anchored(scene, quantity, memory)
    if anchor is not None and kind in anchor.units:
        return anchor, None
    compared = _compared_in_order(scene, quantity, kind, memory) or _compared(scene, quantity, kind, memory)
    if compared is not None:
        return compared, None
    result = (scene.leads_to(quantity) or whole_of(scene, quantity)) if kind in ("percent", "multiple") else None
    result_kind = _result_class(scene, result) if result is not None else None
    if result is not None and result_kind is not None and result_kind not in ("bare", "percent", "multiple"):
        topic, cue = _nearest_topic(_asked(scene, result, result_kind, memory))
        if topic is not None and kind in topic.units:
            return topic, cue
    asked = _asked(scene, quantity, kind, memory)
    ordered = in_order(scene, quantity, asked.cues, named=True)
    return (topics()[ordered.value], ordered) if ordered is not None else _nearest_topic(asked)


def _result_class(scene: Scene, result: QuantityMark) -> str | None:
    """The class of the amount that a growth leads to."""
    counted = numbered(scene, result)
    return counted[1] if counted is not None else unit_class(result, scene.reading.names)


def _anchored(scene: Scene, quantity: QuantityMark, memory: Memory) -> Topic | None:
    """The topic of the number before a bracket, for a change inside it (`12.3 million tons (-0.6 %)`)."""
    bracket, last = scene.bracket_of(quantity), memory.last
    if bracket is None or last is None or last.sentence != scene.reading.index:
        return None
    return last.topic if not scene.folded[last.quantity.end : bracket[0]].strip() else None


def _compared_in_order(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> Topic | None:
    """The topic of the number that one in a list is compared with (`imports were 7 and exports 5 against 6 and 4`)."""
    listed = scene.list_of(quantity)
    if len(listed) != _TWO_ENDS or base_cue(scene, listed[0]) is None:
        return None
    before = [mark for mark in scene.reading.quantities if mark.end <= listed[0].start]
    if len(before) != _TWO_ENDS or any(unit_class(mark, scene.reading.names) not in (kind, "bare") for mark in before):
        return None
    other = before[[mark.start for mark in listed].index(quantity.start)]
    topic, cue = choose_topic(scene, other, kind, memory)
    return topic if cue is not None and topic is not None and topic.indicator in _FLOWS else None


def _compared(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> Topic | None:
    """The topic of the number that this one is compared with at once (`5 tons of the old crop, down from 6 tons`)."""
    last, before = memory.last, scene.quantity_before(quantity)
    if last is None or before is None or last.sentence != scene.reading.index or last.quantity.start != before.start:
        return None
    alike = kind in last.topic.units and unit_class(before, scene.reading.names) == kind and kind not in ("percent", "multiple")
    if not alike or base_cue(scene, quantity) is None:
        return None
    flows = [cue for cue in scene.of_kind("topic") if topics()[cue.value].indicator in _FLOWS and not cue.hint]
    told = any(before.end <= cue.start < quantity.start and cue.strong for cue in flows)
    named = any(quantity.end <= cue.start <= quantity.end + _AT_ONCE for cue in flows)
    return None if told or named else last.topic


def _asked(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> _Asked:
    known = topics()
    small = is_small(quantity, kind)
    cues = tuple(
        cue
        for cue in scene.of_kind("topic")
        if kind in known[cue.value].units
        and (cue.value != "befallen" or _befell(scene, cue, quantity))
        and not (known[cue.value].indicator == "capacity" and _is_handled(scene, cue, quantity))
        and (cue.value != "arrival" or _is_travel_time(scene, cue, quantity))
        and (cue.value != "tender" or cue.strong or not new_verb(scene, cue.end, quantity.start))
        and (not cue.hint or known[cue.value].indicator in memory.indicators)
        and not (cue.moving and (kind in ("percent", "multiple") or (kind == "goods" and quantity.unit == "vehicle")))
        and not scene.folded.endswith("non-", 0, cue.start)
        and not ("trade" in known[cue.value].traits and _is_in_name(scene, cue))
        and not (cue.phrase == "processed" and any(mark.unit in _BOXES for mark in scene.reading.quantities))
        and not _means_otherwise(scene, cue)
        and not (kind in ("percent", "multiple") and cue.phrase in _PUTS)
        and not (kind == "money" and cue.phrase in _FOR_ONE and quantity.value_high >= thresholds()["ceiling"]["carriage"])
        and (not small or known[cue.value].indicator in (None, "freight_rate"))
        and (cue.value != "carriage" or kind != "money" or (small and _on_the_way(scene)))
    )
    starts = [cue.start for cue in cues]
    return _Asked(scene, quantity, kind, memory, cues, starts, [*explanations(scene), *parts(scene)] if cues else [])


def _is_handled(scene: Scene, cue: Cue, quantity: QuantityMark) -> bool:
    """Whether a number behind that of a capacity is what was handled (`a capacity of 15 million tons and handled 7`)."""
    between = any(cue.end <= mark.start and mark.end <= quantity.start for mark in scene.reading.quantities)
    return between and pattern("was_handled").search(scene.folded, cue.end, quantity.start) is not None


def _is_in_name(scene: Scene, cue: Cue) -> bool:
    """Whether a word of trade is part of the name of a port, a firm or a body (`the Baku International Sea Trade Port`)."""
    return any(name.kind in _NAMED and name.start <= cue.start and cue.end < name.end for name in scene.reading.names)


def _is_travel_time(scene: Scene, cue: Cue, quantity: QuantityMark) -> bool:
    """Whether a time at an arrival is that of the journey (`in 5 days`, `after 5 days at sea`), not a delay or a stay."""
    folded, end = scene.folded, scene.reading.end
    if pattern("travel_time_behind").match(folded, quantity.end, end) is not None:
        return True
    start = max(scene.reading.start, quantity.start - _AT_ONCE)
    within = pattern("travel_time_before").search(folded, start, quantity.start) or pattern("in_time").match(
        folded, quantity.start, quantity.end
    )
    if within is None or "," in folded[cue.end : quantity.start]:
        return False
    return pattern("no_travel_behind").match(folded, quantity.end, end) is None


def _befell(scene: Scene, cue: Cue, quantity: QuantityMark) -> bool:
    """Whether a verb of what befalls vehicles stands right at their number (`seized 12 ships`, `69 ships were attacked`)."""
    if quantity.end <= cue.start:
        return pattern("befell_behind").fullmatch(scene.folded, quantity.end, cue.start) is not None
    return pattern("befell_before").fullmatch(scene.folded, cue.end, quantity.start) is not None


def _means_otherwise(scene: Scene, cue: Cue) -> bool:
    """Whether words of a topic say something else where they stand.

    `shipped in 1986` brings nothing in, `in the volume of 6,000 tons` is an amount, and shares in the trade are no company's.
    """
    folded = scene.folded
    if cue.phrase.endswith(" in") and pattern("when_behind").match(folded, cue.end):
        return True
    if _is_other_word(scene, cue) or _of_no_flow(scene, cue):
        return True
    if cue.phrase in ("volume", "volumes") and pattern("by_measure").search(folded, max(0, cue.start - 16), cue.start):
        return True
    shares = cue.value == "company" and cue.phrase.startswith("shares ")
    if shares and pattern("in_trade").match(folded, cue.end):
        return True
    held = shares and any(0 < group.start - cue.end <= len(" the ") for group in scene.groups)
    if held and pattern("shares_of_sides").match(folded, cue.end, scene.reading.end):
        return True
    return _makes_nothing(scene, cue) or _only_grows(scene, cue) or _earns_otherwise(scene, cue)


def _earns_otherwise(scene: Scene, cue: Cue) -> bool:
    """Whether a carrier or a firm earns, or what is earned comes from tolls, fares or visitors: no goods are sold abroad."""
    start, end = scene.reading.start, scene.reading.end
    if not (cue.phrase.startswith("earn") or cue.value == "earned") or pattern("sells_abroad").search(scene.folded, start, end):
        return False
    if pattern("earned_otherwise").match(scene.folded, cue.end, end):
        return True
    before = scene.folded, max(start, cue.start - _HEAD_BEFORE), cue.start
    return any(pattern(name).search(*before) for name in ("earner", "levied"))


def _makes_nothing(scene: Scene, cue: Cue) -> bool:
    """Whether a word of making or storing stands for goods that are carried or sold.

    `Milled products` are goods, what is delivered to elevators is not sold abroad, coal that goes to power plants is carried.
    """
    folded = scene.folded
    if cue.phrase.startswith("deliver") and pattern("into_store").match(folded, cue.end):
        return True
    if cue.phrase == "power plants" and pattern("to_users").search(folded, max(0, cue.start - _HEAD_BEFORE), cue.start):
        return True
    if cue.value != "production":
        return False
    if cue.phrase.endswith("ed") and pattern("described").match(folded, cue.end):
        return True
    if pattern("made_how").search(folded, max(0, cue.start - 16), cue.start) and pattern("noun_behind").match(folded, cue.end):
        return True
    grown = pattern("has_grown" if cue.phrase == "grown" else "crop_part")
    return grown.search(folded, max(0, cue.start - 24), cue.end + 24) is not None


def _only_grows(scene: Scene, cue: Cue) -> bool:
    """Whether a word of building or paying tells of a growth (`contributed to the expansion`, `the expansion of exports`)."""
    if cue.phrase.startswith("contribut"):
        return pattern("adds_to").match(scene.folded, cue.end) is not None
    if cue.phrase != "expansion":
        return False
    before = pattern("expansion_before").search(scene.folded, max(0, cue.start - _HEAD_BEFORE), cue.start)
    return before is not None or pattern("expansion_behind").match(scene.folded, cue.end) is not None


def _is_other_word(scene: Scene, cue: Cue) -> bool:
    """Whether a word is another than that of its topic: sums are put `at`, and `ship` may be a noun."""
    folded = scene.folded
    if cue.phrase in _PUTS and pattern("put_at").match(folded, cue.end):
        return pattern("cost_before").search(folded, scene.reading.start, cue.start) is None
    if cue.value == "brought_in":
        return _is_harvest(scene, cue)
    if cue.value == "tender" and not cue.strong:
        return folded.startswith(" to ", cue.end) or not asks_for_goods(scene, cue.end)
    if cue.phrase in _CARGOES:
        return _is_amount_traded(scene, cue)
    if cue.phrase == "ships" and cue.value in ("exports", "movements"):
        return _is_shipping(scene, cue) != (cue.value == "exports")
    return cue.phrase == "ship" and pattern("ship_noun").match(folded, cue.end) is not None


def _of_no_flow(scene: Scene, cue: Cue) -> bool:
    """Whether a word belongs to an order to act, a catch of fish, or to who gives a firm its capital or loses it."""
    folded, end = scene.folded, scene.reading.end
    if cue.phrase == "ordered":
        return pattern("ordered_to").match(folded, cue.end, end) is not None
    if cue.phrase == "landed":
        return pattern("fished").search(folded, scene.reading.start, end) is not None
    if cue.phrase != "investors":
        return False
    raised = pattern("raised_capital").search(folded, scene.reading.start, cue.start)
    return raised is not None or pattern("investors_lost").match(folded, cue.end, end) is not None


def _is_shipping(scene: Scene, cue: Cue) -> bool:
    """Whether `ships` is what a country does with goods (`Canada ships half of its canola to China`)."""
    if pattern("ships_object").match(scene.folded, cue.end) is None:
        return False
    named = any(group.end < cue.start <= group.end + 1 and not group.owner for group in scene.groups)
    return named or pattern("ships_subject").search(scene.folded, scene.reading.start, cue.start) is not None


def _is_amount_traded(scene: Scene, cue: Cue) -> bool:
    """Whether a cargo only tells the amount of goods that somebody buys or sells (`will buy a 30,000 tonne cargo of maize`)."""
    folded = scene.folded
    sized = pattern("tonne_cargo").search(folded, scene.reading.start, cue.start) or pattern("cargo_of").match(folded, cue.end)
    if not sized:
        return False
    return any(
        other.end <= cue.start and not other.hint and topics()[other.value].indicator in _CALLED
        for other in scene.of_kind("topic")
    )


def _is_harvest(scene: Scene, cue: Cue) -> bool:
    """Whether a field or a region brings in its own crop (`Kakheti brings in 200,000 tonnes of grapes`)."""
    if pattern("from_elsewhere").search(scene.folded, scene.reading.start, scene.reading.end):
        return False
    around = max(0, cue.start - _AROUND), min(len(scene.folded), cue.end + _AROUND)
    return pattern("harvest_told").search(scene.folded, *around) is not None


def _is_site_cost(asked: _Asked) -> bool:
    """Whether a sum is what somebody puts a cost at, or describes what it is paid for (`a $300 million container terminal`)."""
    scene, quantity = asked.scene, asked.quantity
    if asked.kind != "money" or is_small(quantity, asked.kind):
        return False
    if valued(scene, quantity) is not None:
        return True
    if pattern("site_cost").match(scene.folded, quantity.end) is None:
        return False
    return pattern("site_article").search(scene.folded, max(0, quantity.start - 24), quantity.start) is not None


def _nearest_topic(asked: _Asked) -> Choice:
    limits = thresholds()["topic"]
    befell = next((cue for cue in asked.cues if cue.value == "befallen"), None)
    called = befell or _called(asked)
    if called is not None:
        return topics()[called.value], called
    plain = _plain_topic(asked)
    if plain is not None:
        return plain, None
    found = asked.scene.nearest(
        asked.quantity, asked.cues, limits["limit"], limits["limit_after"], lambda cue: _handicap(asked, cue), _most_off(asked)
    )
    if (found is None or found[1].value == "price_by_mass" or found[1].phrase in _QUOTED) and _paid_for_a_way(asked):
        return topics()["freight_rate"], None
    if found is None:
        return _both_ways(asked) or asked.in_hand or _carried_goods(asked) or _counted_vehicles(asked), None
    if found[1].value == "price" and _that_price(asked, found[1]):
        return topics()["freight_rate"], None
    return _weighed(asked, *found)


def _both_ways(asked: _Asked) -> Topic | None:
    """The trade of two, where they together have a sum and it is not called the flow just told.

    `The two want to reach $2 billion` goes on with no exports of one of them; `want to raise them to $2 billion` does.
    """
    topic, scene = asked.in_hand, asked.scene
    if topic is None or topic.indicator not in _CALLED or asked.kind != "money":
        return None
    named: list[Spanned] = [group for group in scene.groups if len(group.members) == _TWO_ENDS and not group.preposition]
    named.extend(cue for cue in scene.pairs if not preposition_before(scene.folded, scene.reading.start, cue.start))
    before = [span for span in named if span.end <= asked.quantity.start]
    subject = max(before, key=lambda span: span.end, default=None)
    if subject is None or any(subject.end <= group.start < asked.quantity.start for group in scene.groups):
        return None
    between = scene.folded[subject.end : asked.quantity.start]
    own = pattern("of_both").search(between) is not None and pattern("told_flow").search(between) is None
    return topics()["turnover"] if own and ";" not in between else None


def _is_of_quota(asked: _Asked) -> bool:
    """Whether an amount is what a quota is of, whatever flow it limits (`a quota of 5,000 tons for imports of rice`)."""
    scene = asked.scene
    return pattern("quota_of").search(scene.folded, scene.reading.start, asked.quantity.start) is not None


@cache
def _told_at_it() -> tuple[tuple[tuple[str, ...], Callable[[_Asked], bool], str], ...]:
    """What may stand right at a number of some kinds, in the order of asking, and the topic that it tells."""
    return (
        (("percent",), _is_of_revenue, "economy"),
        (("percent",), _is_duty, "tariff"),
        (("money",), _is_trade_gap, "balance"),
        (("money",), _is_site_cost, "investment"),
        (("money",), _is_excess, "balance"),
        (("money",), _is_paid_for_goods, "imports"),
        (("mass", "flow"), _is_of_quota, "quota"),
        (("mass", "flow", "goods"), _is_for_export, "exports"),
    )


def _is_excess(asked: _Asked) -> bool:
    """Whether a sum is by how much one flow exceeds the other, in a sentence that does not call it a balance."""
    return bool(flow_exceeding(asked.scene, asked.quantity)) and not _named(asked, "balance")


def _is_paid_for_goods(asked: _Asked) -> bool:
    """Whether a sum is what a state pays for goods from abroad (`paid $4 billion for LNG from Oman`, `its bill for grain`)."""
    scene, quantity = asked.scene, asked.quantity
    start = max(scene.reading.start, quantity.start - _AROUND)
    goods = [name for name in scene.reading.names if name.kind == "commodity"]
    if pattern("bill_for").search(scene.folded, start, quantity.start):
        return any(start <= name.start < quantity.start for name in goods)
    paid = pattern("pays_for").search(scene.folded, start, quantity.start)
    bought = pattern("paid_for_goods").match(scene.folded, quantity.end, scene.reading.end) if paid else None
    return bought is not None and any(
        quantity.end <= name.start < bought.end() and pattern("goods_paid_for").match(scene.folded, name.end, bought.end())
        for name in goods
    )


def _flow_told_of(asked: _Asked) -> Topic | None:
    """The flow or capacity told before, where `it` or `those` point back to it (`will lift it to $3 billion`, `those to Peru
    grew 5%`)."""
    scene, last = asked.scene, asked.memory.last
    flow = last if last is not None and last.topic.indicator in _FLOWS else asked.memory.flow
    if flow is None or asked.kind not in flow.topic.units or scene.reading.index - flow.sentence > 1:
        return None
    start, end = max(scene.reading.start, asked.quantity.start - _AROUND), asked.quantity.start
    back = pattern("raises_it").search(scene.folded, start, end)
    if back is not None and asked.kind in ("percent", "multiple") and not back["by"]:
        return None
    back = back or pattern("those_of_flow").search(scene.folded, start, end)
    if back is None or (flow.topic.indicator != "capacity" and _tells_of_more(scene, flow.quantity.end, back.start())):
        return None
    return flow.topic


def _tells_of_more(scene: Scene, start: int, end: int) -> bool:
    """Whether between two places something else stands that has a number (`inflation rose`, `while prices of those`)."""
    return pattern("other_count").search(scene.folded, start, end) is not None


def _part_of_money(asked: _Asked) -> Topic | None:
    """The topic of the money just told of, where a sum is a part of it (`Of this, $400 million went to roads`)."""
    last, scene = asked.memory.last, asked.scene
    if asked.kind != "money" or last is None or last.topic.indicator not in ("investment", "financing", "deal_value"):
        return None
    part = pattern("part_of_money").fullmatch(scene.folded, scene.reading.start, asked.quantity.start)
    return last.topic if part is not None and scene.reading.index - last.sentence <= 1 else None


def _plain_topic(asked: _Asked) -> Topic | None:
    """The topic of a number that what stands right at it tells without any cue."""
    told = next((topic for kinds, tells, topic in _told_at_it() if asked.kind in kinds and tells(asked)), None)
    if told is not None:
        return topics()[told]
    if asked.kind in ("percent", "multiple") and pattern("cheaper").match(asked.scene.folded, asked.quantity.end):
        return topics()["freight_rate" if _is_carriage(asked) else "price"]
    back = _flow_told_of(asked) or _part_of_money(asked)
    if back is not None:
        return back
    parts = _is_of_total(asked) or (asked.kind == "mass" and itemises(asked.scene, asked.quantity, asked.memory.last))
    return asked.in_hand if asked.in_hand and (parts or _points_back(asked)) else None


def _is_of_total(asked: _Asked) -> bool:
    """Whether a percentage is of the whole that its sentence opens with, and that was told before."""
    scene, told = asked.scene, asked.in_hand
    if told is None or asked.kind != "percent":
        return False
    whole = pattern("of_the_total").match(scene.folded, scene.reading.start, asked.quantity.start)
    return whole is not None and any(cue.value == told.name and cue.start < whole.end() for cue in scene.of_kind("topic"))


def _named(asked: _Asked, topic: str) -> bool:
    """Whether words of the sentence name a topic."""
    return any(cue.value == topic for cue in asked.cues)


def _is_of_revenue(asked: _Asked) -> bool:
    """Whether a percentage is a part of what a state takes in (`60 percent of its tax revenue`)."""
    return pattern("of_public_revenue").match(asked.scene.folded, asked.quantity.end) is not None


def _is_trade_gap(asked: _Asked) -> bool:
    """Whether a sum is by how much trade is out of balance (`a deficit of 5 billion in its trade with`)."""
    scene, quantity = asked.scene, asked.quantity
    if pattern("in_trade_with").match(scene.folded, quantity.end) is None:
        return False
    return (
        pattern("gap_of").search(scene.folded, max(scene.reading.start, quantity.start - _HEAD_BEFORE), quantity.start)
        is not None
    )


def _is_for_export(asked: _Asked) -> bool:
    """Whether goods are told at once to be sold abroad, and not to be on their way (`1.2 million tonnes were for export`)."""
    told = pattern("for_export").match(asked.scene.folded, asked.quantity.end)
    return (
        told is not None and not _on_the_way(asked.scene) and not any(cue.value == "cargo" and cue.strong for cue in asked.cues)
    )


def _is_carriage(asked: _Asked) -> bool:
    """Whether what is cheaper or dearer is carriage and no goods (`sending a wagon by rail is a third cheaper`)."""
    scene, quantity = asked.scene, asked.quantity
    if pattern("cheaper_way").match(scene.folded, quantity.end):
        return True
    before = scene.folded[scene.reading.start : quantity.start]
    return pattern("of_carriage").search(before) is not None


def _called(asked: _Asked) -> Cue | None:
    """The word for a flow that the predicate behind a number calls it (`half of that, 57 billion, was European exports`)."""
    flows = (cue for cue in asked.cues if cue.start >= asked.quantity.end and cue.phrase.rpartition(" ")[2] in _FLOW_NOUNS)
    cue = next(flows, None)
    if cue is None or _governs_next(asked, cue):
        return None
    noun = cue.end - len(cue.phrase.rpartition(" ")[2])
    ways = ("called", "goods_that") if cue.strong and cue.phrase in _CALLED else ()
    ways = (*ways, "falls_to", "dashed", "whole_flow") if asked.kind in _SUMS else ways
    return cue if any(pattern(way).fullmatch(asked.scene.folded, asked.quantity.end, noun) for way in ways) else None


def _paid_for_a_way(asked: _Asked) -> bool:
    """Whether a small sum or a sum for a mass is told for a way with its two ends (`fixed from Rotterdam to Basel at ...`)."""
    if asked.kind != "price" and not is_small(asked.quantity, asked.kind):
        return False
    ends = {group.preposition for group in asked.scene.groups if group.place or asked.kind == "price"}
    joined = any(
        group.place and len(group.members) == _TWO_ENDS and "-" in asked.scene.folded[group.start : group.end]
        for group in asked.scene.groups
    )
    return {"from", "to"} <= ends or joined


def _that_price(asked: _Asked, cue: Cue) -> bool:
    """Whether `the price` is that of the carriage just told of."""
    last = asked.memory.last
    near = last is not None and asked.scene.reading.index - last.sentence <= 1
    told = last is not None and near and last.topic.indicator == "freight_rate"
    return told and asked.scene.folded.endswith(("the ", "that ", "this "), 0, cue.start)


def _of_a_carrier(asked: _Asked, cue: Cue) -> bool:
    """Whether tariffs are those of a railway or a port, and not of customs."""
    scene = asked.scene
    if cue.phrase not in ("tariff", "tariffs", "tariff rates", "rate") or asked.kind not in topics()["freight_rate"].units:
        return False
    if pattern("of_customs").search(scene.folded, scene.reading.start, scene.reading.end):
        return False
    named = any(name.kind in ("railway", "port") for name in scene.reading.names)
    named = named or (asked.memory.carrier_mode == "rail" and not _on_goods(scene))
    return named or pattern("place_of_transport").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _on_goods(scene: Scene) -> bool:
    """Whether a sentence tells what something is levied on (`a tariff on diesel`)."""
    goods = (name for name in scene.reading.names if name.kind == "commodity")
    return any(preposition_before(scene.folded, scene.reading.start, name.start) == "on" for name in goods)


def _points_back(asked: _Asked) -> bool:
    """Whether a part is one of what was just told (`22 percent of them`), and no predicate behind it names what it is."""
    if asked.kind not in ("percent", "multiple"):
        return False
    back = pattern("of_it").match(asked.scene.folded, asked.quantity.end)
    if back is None:
        return False
    named = [cue for cue in asked.cues if cue.strong and cue.start >= back.end()]
    return not any(pattern("is_called").search(asked.scene.folded, back.end(), cue.start) for cue in named)


def _weighed(asked: _Asked, cost: float, cue: Cue) -> Choice:
    """The topic of the nearest cue, or the one in hand where that cue is too faint to change it."""
    topic = topics()[cue.value]
    if asked.in_hand and _tells_of_sides(cue, asked.in_hand) and _just_on(asked, asked.in_hand):
        return asked.in_hand, None
    kept = _set_beside(asked, cost, cue) or _too_faint(asked, cost, cue) or _same_capacity(asked, cue)
    if asked.in_hand and (kept or _goes_on_allotting(asked, topic)):
        return asked.in_hand, None
    if topic.indicator == "transit_time" and not cue.strong and not (asked.kind == "time" and _goes_on_the_way(asked)):
        return asked.in_hand, None
    meant = topics()["production" if _out_of_the_ground(asked.scene, cue) else _goods_or_cargo(asked, cue)]
    if meant.indicator == "cargo" and _trade_goes_on(asked, cue):
        return asked.in_hand, None
    if meant.name == "quota" and pattern("output_limit").search(asked.scene.folded, asked.scene.reading.start, cue.end):
        meant = topics()["production"]
    if meant.indicator == "tariff" and _of_a_carrier(asked, cue):
        meant = topics()["freight_rate"]
    whole = topics().get(str(meant.indicator))
    if whole is not None and asked.kind in whole.units:
        meant = whole
    if asked.kind in _FLOWS_A_YEAR and "freight" in meant.traits and _can_carry(asked):
        return topics()["capacity"], cue
    return meant, cue


def _out_of_the_ground(scene: Scene, cue: Cue) -> bool:
    """Whether oil is pumped out of wells, and through nothing that carries it (`pumps 2 million bpd, above its OPEC quota`)."""
    start, end = scene.reading.start, scene.reading.end
    if not cue.phrase.startswith("pump") or pattern("wells").search(scene.folded, start, end) is None:
        return False
    return pattern("pumped_on").search(scene.folded, start, end) is None


def _goes_on_allotting(asked: _Asked, topic: Topic) -> bool:
    """Whether who sells abroad is told to get a part of what may be sold (`Of this, traders in France received 30,000`)."""
    scene, sold = asked.scene, asked.in_hand
    if topic.indicator != "imports" or sold is None or sold.indicator != "exports" or not _just_on(asked, sold):
        return False
    if pattern("part_of_sales").search(scene.folded, scene.reading.start, asked.quantity.start) is None:
        return False
    before = [group for group in scene.groups if group.end <= asked.quantity.start]
    return any(pattern("sellers_in").search(scene.folded, scene.reading.start, group.start) for group in before)


def _tells_of_sides(cue: Cue, topic: Topic) -> bool:
    """Whether a word only names those with whom the flow in hand is: partners by exports, the buyers of what was sold."""
    if topic.name == "quota" and not cue.strong:
        return True  # shares of a quota are received and granted
    others = {"exports": "buyers", "imports": "suppliers"}.get(str(topic.indicator))
    phrase = cue.phrase.removesuffix("s")
    return others is not None and (cue.phrase in words("partners") or phrase in words(others))


def _just_on(asked: _Asked, topic: Topic) -> bool:
    """Whether the claim before, in this sentence or the last, has a topic."""
    last = asked.memory.last
    return last is not None and last.topic.name == topic.name and asked.scene.reading.index - last.sentence <= 1


def _trade_goes_on(asked: _Asked, cue: Cue) -> bool:
    """Whether faint words of carriage only go on with a flow that was just told (`Of the wheat, 2 million tons went to Egypt`).

    They do where nothing that carries is named.
    """
    scene, topic = asked.scene, asked.in_hand
    if cue.strong or topic is None or topic.indicator not in ("exports", "imports") or not _just_on(asked, topic):
        return False
    on_freight = bool(asked.memory.operator or asked.memory.carrier_mode)
    carriers = on_freight or any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names)
    return not (carriers or scene.of_kind("mode") or scene.of_kind("route"))


def _most_off(asked: _Asked) -> float:
    """The most that can be taken off the distance of a word; without end where parts between commas may lie on the way."""
    return math.inf if asked.set_off else _most_off_alone()


@cache
def _most_off_alone() -> float:
    off, distance = thresholds()["topic"], thresholds()["distance"]
    priority = max(topic.priority for topic in topics().values())
    return off["known"] + off["passive"] + distance["hard_boundary"] + distance["linked"] + priority


def _handicap(asked: _Asked, cue: Cue) -> float:
    """How much farther away than it stands a cue counts."""
    limits = thresholds()["topic"]
    scene, quantity, topic = asked.scene, asked.quantity, topics()[cue.value]
    cost = 0.0 if cue.strong else limits["weak"] + (limits["hint"] if cue.hint else 0.0)
    cost += limits["governs_next"] if _governs_next(asked, cue) else 0.0
    cost += limits["own"] if quantity.start <= cue.start and cue.end <= quantity.end else 0.0
    cost += limits["subordinate"] if _completes_another(asked, cue) else 0.0
    cost += limits["aside"] if apart(asked.set_off, cue.start, quantity.start) else 0.0
    cost -= _explained(asked, cue)
    if cue.end <= quantity.start and scene.folded[cue.end : quantity.start].strip() in _DASHES:
        cost -= thresholds()["distance"]["hard_boundary"]  # `exports - $5 million, imports - $3 million`
    if cue.phrase in _FLOW_NOUNS and pattern("its_verb").fullmatch(scene.folded, cue.end, quantity.start):
        cost -= limits["known"]
    known = topic.indicator in asked.memory.indicators and not cue.hint
    cost -= limits["known"] if known or _is_second_verb(asked, cue) else 0.0
    cost -= limits["weak"] if not cue.strong and _is_second_verb(asked, cue) else 0.0
    cost += limits["purpose"] if cue.phrase.startswith("to ") and cue.start >= quantity.end else 0.0
    cost += limits["harvest"] if _tells_the_harvest(scene, quantity, cue) else 0.0
    applied = asked.kind in ("percent", "multiple") and cue.start >= quantity.end
    if applied and pattern("applies_to").fullmatch(scene.folded, quantity.end, cue.start):
        cost += limits["applied"]
    cost -= thresholds()["distance"]["linked"] if _is_object(asked, cue) else 0.0
    if cue.start >= quantity.end and pattern("passive").search(scene.folded, cue.start - 6, cue.start):
        cost -= limits["passive"]
    return cost - topic.priority


def _is_second_verb(asked: _Asked, cue: Cue) -> bool:
    """Whether a flow is the second thing that a sentence tells of one side, with the number right behind its verb.

    `Chad exports $4 million of goods to Niger and buys $3 million.`
    """
    scene, quantity = asked.scene, asked.quantity
    if topics()[cue.value].indicator not in _CALLED or not 0 <= quantity.start - cue.end <= _OBJECT_AT_ONCE:
        return False
    if pattern("verb_of_trade").fullmatch(cue.phrase) is None:
        return False
    at_once = pattern("second_verb_object").fullmatch(scene.folded, cue.end, quantity.start) is not None
    before = pattern("second_verb").search(scene.folded, max(scene.reading.start, cue.start - _HEAD_BEFORE), cue.start)
    return at_once and before is not None and asked.memory.last is not None


def _governs_next(asked: _Asked, cue: Cue) -> bool:
    """Whether a word behind a number stands right before the next one, which it speaks of (`built for 400,000 TEU`)."""
    after = asked.scene.quantity_after(asked.quantity) if cue.start >= asked.quantity.end else None
    if after is None or not cue.end <= after.start <= cue.end + _AT_ONCE:
        return False
    if any(mark.start <= after.start < mark.end for mark in asked.scene.reading.dates):
        return False  # `exports in the first eight months`
    return pattern("governs").fullmatch(asked.scene.folded, cue.end, after.start) is not None


def _explained(asked: _Asked, cue: Cue) -> float:
    """What the parts between commas count that only explain the cue (`the index, which tracks tankers, fell 3 percent`)."""
    scene, quantity = asked.scene, asked.quantity
    if not asked.set_off:
        return 0.0
    numbers = [number.start for number in scene.reading.quantities]
    between = [
        (start, end)
        for start, end in asked.set_off
        if cue.end <= start <= cue.end + 1 and end <= quantity.start and not any(start <= number < end for number in numbers)
    ]
    return sum(scene.stretch(start, end, "before") for start, end in between)


def _tells_the_harvest(scene: Scene, quantity: QuantityMark, cue: Cue) -> bool:
    """Whether a harvest only tells which goods they are (`to export 12 million tons of the new harvest grain`)."""
    if cue.value != "production" or cue.start < quantity.end or pattern("harvest").search(cue.phrase) is None:
        return False
    return pattern("of_harvest").search(scene.folded, quantity.end, cue.start) is not None


def _completes_another(asked: _Asked, cue: Cue) -> bool:
    """Whether a phrase only completes another (`surcharges on shipments`, `cost of exports`)."""
    near = asked.opening_in(cue.start - _HEAD_BEFORE - _LONGEST_CUE, cue.start)
    return any(
        head.end < cue.start <= head.end + _HEAD_BEFORE
        and pattern("completes").fullmatch(asked.scene.folded, _noun_end(head), cue.start)
        for head in near
    )


def _noun_end(cue: Cue) -> int:
    """Where the noun of a phrase ends, before its preposition (`shipments` of `shipments of`)."""
    preposition = cue.phrase.rpartition(" ")[2]
    return cue.end - len(preposition) - 1 if preposition in _PREPOSITIONS and " " in cue.phrase else cue.end


def _is_duty(asked: _Asked) -> bool:
    """Whether a percentage is a rate of duty or a share of goods freed of it, by what stands at it."""
    scene, quantity = asked.scene, asked.quantity
    dated = any(0 <= mark.start - quantity.end <= len(" on ") for mark in scene.reading.dates)
    if quantity.change is None and not dated and pattern("duty_on").match(scene.folded, quantity.end):
        return True
    if not pattern("share_after").match(scene.folded, quantity.end):
        return False
    if pattern("duty_free").search(scene.folded, quantity.end, scene.reading.end):
        return True
    return pattern("duties_off").search(scene.folded, max(scene.reading.start, quantity.start - 60), quantity.start) is not None


def _primed(asked: _Asked) -> Topic | None:
    """The topic that the sentence before named without a number (`Deliveries of gas begin on 1 March. He expects 1.3 bcm.`)."""
    primed, sentence = asked.memory.primed
    fits = primed is not None and asked.kind in primed.units and asked.kind not in ("percent", "multiple", "goods")
    return primed if fits and asked.scene.reading.index - sentence <= 1 else None


def prime(scene: Scene, memory: Memory) -> None:
    """Keeps the topic that a sentence without a claim names, for the sentence after it."""
    named = [cue for cue in scene.of_kind("topic") if topics()[cue.value].indicator and not cue.moving and not cue.hint]
    named = [cue for cue in named if not _means_otherwise(scene, cue)]
    if named:
        meant = {cue.value for cue in named if (cue.start, cue.end) == (named[0].start, named[0].end)}
        sold = {"cargo", "exports"} <= meant and _goes_abroad(scene)
        memory.primed = (topics()["exports" if sold else named[0].value], scene.reading.index)


def _goes_abroad(scene: Scene) -> bool:
    """Whether goods go from one country to another, with nothing named that carries (`gas deliveries from Iran to Iraq`)."""
    ends = {group.preposition for group in scene.groups if not group.place}
    carried = any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names)
    return {"from", "to"} <= ends and not (carried or scene.of_kind("mode") or scene.of_kind("route"))


def _carried_goods(asked: _Asked) -> Topic | None:
    """Cargo, where a mass of goods stands in a sentence on a way and nothing else says what it is."""
    named = [name for name in asked.scene.reading.names if name.kind == "commodity"]
    linked = any(asked.scene.distance(asked.quantity, name) < 0 for name in named)
    return topics()["cargo"] if asked.kind == "mass" and linked and _on_the_way(asked.scene) else None


def _counted_vehicles(asked: _Asked) -> Topic | None:
    """Movements, where a bare number counts the vehicles named before (`18 of them were offloaded a day`); so with boxes."""
    if asked.quantity.unit is not None:
        return None
    return (
        topics()["movements"] if asked.kind in ("move", "moveflow") else topics()["containers"] if asked.kind == "box" else None
    )


def _goods_or_cargo(asked: _Asked, cue: Cue) -> str:
    """Which topic a word of sending has: cargo where a carrier, a port or a mode is told of, else the exports of a country.

    A carrier's own exports and imports are cargo as well.
    """
    scene, memory = asked.scene, asked.memory
    meanings = {other.value for other in asked.cues if other.start == cue.start and other.end == cue.end}
    on_freight = (
        memory.last is not None
        and "freight" in memory.last.topic.traits
        and bool(memory.carrier or memory.carrier_mode)
        and not _between_countries(scene)
    )
    of_goods = scene.folded.startswith(" of ", cue.end) or pattern("commerce").match(cue.phrase) or _goods_sold(scene, cue)
    of_goods = of_goods or _of_a_state(scene, cue)
    if "directed" in topics()[cue.value].traits and on_freight and not of_goods and asked.quantity.unit in _CARRIED_UNITS:
        return "cargo"
    if "directed" in topics()[cue.value].traits and asked.quantity.unit in _CARRIED_UNITS and _goes_by_mode(scene, cue):
        return "cargo"
    if cue.phrase.startswith(_SENT) and asked.quantity.unit in _CARRIED_UNITS and _leaves_a_port(scene):
        return "cargo"
    if cue.value == "brought_in" and pattern("place_of_transport").search(scene.folded, scene.reading.start, cue.start):
        return "cargo"
    if not {"exports", "cargo"} <= meanings:
        return cue.value
    carried = any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names) or bool(
        scene.of_kind("mode") or scene.of_kind("route")
    )
    return (
        "cargo" if _goes_by_mode(scene, cue) or ((carried or on_freight) and memory.last_indicator != "exports") else "exports"
    )


def _leaves_a_port(scene: Scene) -> bool:
    """Whether a port is named that goods leave or pass (`shipments to China from Port Hedland`, `through Australia's port`)."""
    return any(
        name.kind == "port" and pattern("port_left").search(scene.folded, max(scene.reading.start, name.start - 40), name.start)
        for name in scene.reading.names
    )


def _goes_by_mode(scene: Scene, cue: Cue) -> bool:
    """Whether a flow is told by the way that it goes (`export by rail`)."""
    return any(mode.phrase.startswith("by ") and 0 <= mode.start - cue.end <= 1 for mode in scene.of_kind("mode"))


def _between_countries(scene: Scene) -> bool:
    """Whether a country sells to another (`Thailand supplied Kenya`, `Chile's exports to Peru`), with nothing that carries."""
    states = [group for group in scene.groups if not group.place]
    sells = any(group.act == "gives" or group.flow for group in states)
    return sells and len(states) > 1 and not (scene.of_kind("mode") or scene.of_kind("route"))


def _goods_sold(scene: Scene, cue: Cue) -> bool:
    """Whether goods are named as what a country sells to another (`grain exports to Uzbekistan`)."""
    goods = any(name.kind == "commodity" and name.end == cue.start - 1 for name in scene.reading.names)
    to_side = pattern("to_side").match(scene.folded, cue.end)
    return goods and to_side is not None and any(group.start == to_side.end() for group in scene.groups)


def _of_a_state(scene: Scene, cue: Cue) -> bool:
    """Whether a country is the subject of a verb of trade (`Chad exported`), in a sentence that names nothing that carries."""
    before = [group for group in scene.groups if group.end <= cue.start]
    acts = before and not (before[-1].place or before[-1].owner or before[-1].preposition) and before[-1].act
    carried = any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names)
    return acts in ("gets", "gives") and not (carried or scene.of_kind("mode") or scene.of_kind("route"))


def _on_the_way(scene: Scene) -> bool:
    """Whether a sentence tells of a journey at all: a mode, a corridor, or a start and an end."""
    ends = {group.preposition for group in scene.groups}
    on_corridor = any(name.kind in ("corridor", "port") for name in scene.reading.names)
    return bool(scene.of_kind("mode")) or on_corridor or {"from", "to"} <= ends or "between" in ends


def _goes_on_the_way(asked: _Asked) -> bool:
    """Whether a sentence tells of a journey, or goes on with the one of the sentence before."""
    focus = asked.memory.facilities.focus
    return _on_the_way(asked.scene) or (focus is not None and bool(focus.origin) and not focus.both_ways)


def _set_beside(asked: _Asked, cost: float, cue: Cue) -> bool:
    """Whether a percentage stands beside the number before it in its sentence, with no topic named between them."""
    last = asked.memory.last
    if asked.kind not in ("percent", "multiple") or last is None or last.sentence != asked.scene.reading.index:
        return False
    if pattern("which_is").search(asked.scene.folded, last.quantity.end, asked.quantity.start):
        return True
    alike = {other.value for other in asked.scene.of_kind("topic") if (other.start, other.end) == (cue.start, cue.end)}
    if last.topic.name in alike and not cue.strong:
        return True  # one word for both: `5 tons were shipped, 3% more`
    if cost < 0:
        return False
    between = last.quantity.end <= cue.start and cue.end <= asked.quantity.start
    return not (between and (cue.strong or {"trade", "flow"} <= topics()[cue.value].traits))


def _is_object(asked: _Asked, cue: Cue) -> bool:
    """Whether a word is the object of a multiple (`three times as much freight`, `double the exports`)."""
    scene, quantity = asked.scene, asked.quantity
    headed = bool(asked.opening_in(cue.end, cue.end + 2))  # `freight capacity`
    if not cue.strong or headed or cue.start < quantity.end or not scene.takes_object(quantity):
        return False
    return pattern("object_gap").fullmatch(scene.folded, quantity.end, cue.start) is not None


def _same_capacity(asked: _Asked, cue: Cue) -> bool:
    """Whether boxes or trains are one more measure of the capacity just told (`15 million tons, and for containers ...`)."""
    last, topic = asked.memory.last, asked.in_hand
    here = last is not None and last.sentence == asked.scene.reading.index
    return here and topic is not None and topic.indicator == "capacity" and cue.phrase in counted_units()


def _too_faint(asked: _Asked, cost: float, cue: Cue) -> bool:
    """Whether a weak cue far off gives way to a topic that the text has settled on."""
    last, topic = asked.memory.last, asked.in_hand
    limits = thresholds()["topic"]
    if topic is not None and cue.start >= asked.quantity.end and cost > limits["keep_after"]:
        return True
    settled = last is not None and last.certain and cost > limits["keep"]
    return settled and not cue.strong and topic is not None and topics()[cue.value].indicator != topic.indicator


def _can_carry(asked: _Asked) -> bool:
    """Whether what is carried a year is what can be, not what is."""
    limits = thresholds()["topic"]
    folded = asked.scene.folded
    cues = (cue for cue in asked.scene.of_kind("modality") if pattern("able").match(cue.phrase))
    able = [cue for cue in cues if not pattern("could_become").match(folded, cue.start)]
    near = asked.scene.nearest(asked.quantity, able, limits["able"], limits["able_after"])
    if near is None and is_set_by_agreement(asked.scene, asked.quantity):
        return False
    return asked.quantity.bound == "under" or near is not None
