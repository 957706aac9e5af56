"""Whose number it is: reporter and partner of trade, reporter, origin and destination of freight.

Which word makes which side is data in `seeds/reference/sides.toml`. What a sentence leaves unsaid is filled from what the
text is on, and only where the sentence plainly goes on with it.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.claims.cues import Cue, Topic
from pipeline.claims.goods import owner_of, sites_of
from pipeline.claims.memory import Memory, Remembered
from pipeline.claims.reading import Spanned
from pipeline.claims.scene import Scene, thresholds
from pipeline.claims.sides import Group
from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

Codes = tuple[str, ...]
_EACH_OTHER = re.compile(r"\beach other\b|\bone another\b|\bbetween (?:them|its members|the members|members)\b|\bintra-|\bamong (?:its |the )?members\b")
_HYPHEN = re.compile(r"\w\s?-\s?\w")
_ADJACENT = 12.0
_STRONGER_THAN_OWNER = frozenset({"to", "from", "into", "with", "between", "on", "against", "for"})
_RIGHT_AFTER = re.compile(
    r"\s*(?:of\s+(?:[\w-]+\s+){1,3}|(?:worth|went|left|departed|headed|was sent|were sent)\s+)?"
    r"(?:with|to|from|into|for|by|in|towards?)\s+(?:the\s+)?"
)
_DOMESTIC = re.compile(r"\b(?:inside|within|in) the (?:country|republic|nation)|\bdomestic(?:ally)?\b|for the regions of the country|inland traffic")
_BUILT = frozenset({"capacity", "distance"})
_SYMMETRIC = frozenset({"turnover", "deal_value"})
_TRADE_FLOWS = frozenset({"turnover", "exports", "imports", "balance"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a number; see the contract for their meaning by indicator."""

    reporter: Codes = ()
    partner: Codes = ()
    origin: Codes = ()
    destination: Codes = ()


@cache
def _roles() -> dict[str, dict[str, str]]:
    roles: dict[str, dict[str, str]] = read_toml("sides.toml")["role"]
    return roles


@dataclass(frozen=True, slots=True)
class Context:
    """What the sides of a number depend on beside its sentence.

    `cue` is the phrase that names the topic, None where it is the topic that the text is on; `turned` tells that it names the
    same flow from the other side; `ignored` are the spans of names
    that are no sides (who said it).
    """

    memory: Memory
    cue: Cue | None
    measure: str
    corridor: str | None
    turned: bool
    ignored: Sequence[Spanned]


def sides_of(scene: Scene, quantity: QuantityMark, topic: Topic, context: Context) -> Sides:
    """The sides of a number."""
    groups = [
        group for group in scene.groups if not any(span.start <= group.start and group.end <= span.end for span in context.ignored)
    ]
    if topic.indicator in _roles():
        return _trade_sides(scene, quantity, str(topic.indicator), groups, context)
    sides = _freight_sides(scene, quantity, groups, context.memory)
    if sides != Sides():
        return sides
    if topic.indicator in _BUILT:
        return Sides(sites_of(context.corridor) or owner_of(context.corridor))
    return Sides(owner_of(context.corridor))


def turned(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> Topic:
    """The topic as the text sees it: where it is on a country's exports, what a customer imports are those exports."""
    last = memory.last
    opposite = {"exports": "imports", "imports": "exports"}
    if last is None or opposite.get(str(topic.indicator)) != last.topic.indicator or not last.slots.reporter or not _goes_on(scene, last):
        return topic
    nearest = _by_role(scene, quantity, _roles()[str(topic.indicator)], scene.groups)
    subject, other = nearest.get("reporter"), nearest.get("partner")
    if subject is None or subject[1].preposition or set(subject[1].codes) & set(last.slots.reporter):
        return topic
    return topic if other and not set(other[1].codes) & set(last.slots.reporter) else last.topic


def _by_role(scene: Scene, quantity: QuantityMark, roles: dict[str, str], groups: list[Group]) -> dict[str, tuple[float, Group]]:
    """The nearest group in each role."""
    nearest: dict[str, tuple[float, Group]] = {}
    limits = thresholds()["side"]
    for group in groups:
        if group.start < quantity.end and quantity.start < group.end:
            continue
        role = _role(group, roles, quantity)
        group = _respective(scene, quantity, group)
        cost = scene.distance(quantity, group) - (_ADJACENT if _adjacent(scene, quantity, group) else 0.0)
        limit = limits["limit"] if group.end <= quantity.start else limits[_reach(group, roles)]
        if role and cost <= limit and (role not in nearest or cost < nearest[role][0]):
            nearest[role] = (cost, group)
    return nearest


def _respective(scene: Scene, quantity: QuantityMark, group: Group) -> Group:
    """The member of a group that a number is for, where as many numbers follow (`Turkey and Serbia bought 9.7 and 4.1 tons`)."""
    if len(group.members) < 2 or group.end > quantity.start:
        return group
    clause = [mark for mark in scene.reading.quantities if mark.start >= group.end]
    run = clause[: len(group.members)]
    if quantity not in run or len(run) != len(group.members) or group.preposition == "between":
        return group
    between = [scene.folded[left.end : right.start] for left, right in itertools.pairwise(run)]
    named = "respectively" in scene.folded[run[-1].end : run[-1].end + 40]
    if not named and not all(re.fullmatch(r"\s*(?:,|,? and)\s*", gap) for gap in between):
        return group
    return replace(group, members=(group.members[run.index(quantity)],))


def _reach(group: Group, roles: dict[str, str]) -> str:
    """Which limit holds for a side behind a number."""
    if roles is _roles()["tariff"]:
        return "tariff_after"
    return "owner_after" if group.owner and group.preposition not in _STRONGER_THAN_OWNER else "limit_after"


def _adjacent(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether a side follows a number at once (`$2 billion with Turkey`)."""
    return quantity.end <= group.start and _RIGHT_AFTER.fullmatch(scene.folded, quantity.end, group.start) is not None


def _role(group: Group, roles: dict[str, str], quantity: QuantityMark) -> str:
    if group.owner and group.preposition not in _STRONGER_THAN_OWNER:
        return roles["subject"]
    if group.preposition:
        return roles.get(group.preposition, "")
    if group.start >= quantity.start and roles is not _roles()["tariff_share"]:
        return ""
    return "destination" if group.receives and roles is _roles()["freight"] else roles["subject"]


def _trade_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], context: Context) -> Sides:
    directed = indicator not in _SYMMETRIC
    usable = [
        group
        for group in groups
        if not (directed and indicator in _TRADE_FLOWS and group.owner and len(group.members) > 1)
        and not _of_other_flow(scene, group, context.cue)
    ]
    roles = _roles()["tariff_share" if indicator == "tariff" and context.measure == "share" else indicator]
    nearest = _by_role(scene, quantity, roles, usable)
    among = _among_themselves(scene, quantity, usable) if indicator == "tariff" else ()
    if among:
        return Sides(among, among)
    paired = scene.nearest(quantity, scene.of_kind("pair"), thresholds()["side"]["limit"])
    pair = context.memory.pair
    if paired and len(pair) > 1 and all(paired[0] < cost for cost, _ in nearest.values()):
        return Sides(pair[:1], pair[1:])
    _turn_customers(scene, nearest, indicator, context)
    reporter, partner = _codes(nearest.get("reporter")), _codes(nearest.get("partner"))
    both = nearest.get("both")
    if both and (not nearest.get("partner") or both[0] < nearest["partner"][0]):
        reporter, partner = _split(both[1])
    subject = nearest.get("reporter")
    if subject and not partner and not directed and len(subject[1].members) > 1:
        reporter, partner = _split(subject[1])
    reporter = tuple(code for code in reporter if code not in partner)
    return _filled(scene, quantity, indicator, Sides(reporter, partner), context)


def _among_themselves(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> Codes:
    """The parties that free trade with each other."""
    if not _EACH_OTHER.search(scene.folded, scene.reading.start, scene.reading.end):
        return ()
    together = [group for group in groups if len(group.members) > 1 or group.codes[0] in vocabulary().blocs]
    found = scene.nearest(quantity, together, 1000.0)
    return found[1].codes if found else ()


def _of_other_flow(scene: Scene, group: Group, cue: Cue | None) -> bool:
    """Whether a side belongs to the other flow of the sentence (`exports from Georgia grew, and imports fell`)."""
    if cue is None or cue.value not in ("exports", "imports"):
        return False
    return any(
        other.value in ("exports", "imports") and other.value != cue.value and other.end <= group.start <= other.end + 20
        for other in scene.of_kind("topic")
        if other.end <= cue.start
    )


def _turn_customers(scene: Scene, nearest: dict[str, tuple[float, Group]], indicator: str, context: Context) -> None:
    """Where the topic is carried over, a country other than the one reported on is its partner (`Uganda took $3 million`)."""
    last, subject = context.memory.last, nearest.get("reporter")
    if last is None or subject is None or indicator not in _TRADE_FLOWS or not (context.cue is None or last.topic.indicator == indicator):
        return
    if not _goes_on(scene, last) or (context.cue is not None and subject[1].owner and not context.turned):
        return
    if set(subject[1].codes) & set(last.slots.reporter) and subject[1].owner and "partner" not in nearest:
        customer = next((group for group in scene.groups if not group.owner and not group.preposition and group.end <= subject[1].start), None)
        if customer is not None and not set(customer.codes) & set(last.slots.reporter):
            nearest["partner"] = (subject[0], customer)
        return
    if last.slots.reporter and not set(subject[1].codes) & set(last.slots.reporter):
        del nearest["reporter"]
        if "partner" not in nearest or subject[0] < nearest["partner"][0]:
            nearest["partner"] = subject


def _filled(scene: Scene, quantity: QuantityMark, indicator: str, found: Sides, context: Context) -> Sides:
    """Adds the sides that the sentence leaves unsaid."""
    if indicator not in _TRADE_FLOWS:
        return _filled_money(scene, quantity, indicator, found, context)
    memory, limits = context.memory, thresholds()["side"]
    last = memory.last if _goes_on(scene, memory.last) else None
    if last is not None and last.topic.indicator not in _TRADE_FLOWS:
        last = None
    if last is not None and scene.nearest(quantity, scene.of_kind("there"), limits["limit_after"]):
        return Sides(last.slots.reporter, last.slots.partner)
    paired = scene.nearest(quantity, scene.of_kind("pair_adjective"), limits["limit"])
    if not found.reporter and not found.partner and paired and len(memory.pair) > 1:
        return Sides(memory.pair[:1], memory.pair[1:])
    reporter = found.reporter or _unsaid_reporter(scene, quantity, found.partner, last, memory)
    if found.partner or _is_total(scene, quantity):
        return Sides(reporter, found.partner)
    if indicator == "turnover" and reporter and memory.home and not set(reporter) & set(memory.home):
        return Sides(memory.home, reporter)
    goes_on = bool(memory.title_pair) or context.cue is None or (last is not None and last.sentence == scene.reading.index)
    if last is not None and goes_on and set(reporter) == set(last.slots.reporter):
        return Sides(reporter, tuple(code for code in last.slots.partner if code not in reporter))
    return Sides(*_facing(reporter, (), memory.title_pair))


def _unsaid_reporter(scene: Scene, quantity: QuantityMark, partner: Codes, last: Remembered | None, memory: Memory) -> Codes:
    """The country that `its` means, the one just reported on, or the one that the text is about; never the partner."""
    carried = last.slots.reporter if last is not None else ()
    for candidate in (_owner(scene, quantity, memory), carried, memory.home, *((code,) for code in memory.pair)):
        rest = tuple(code for code in candidate if code not in partner)
        if rest:
            return rest
    return ()


def _filled_money(scene: Scene, quantity: QuantityMark, indicator: str, found: Sides, context: Context) -> Sides:
    """Sides of investment, loans, deals and duties: only a pronoun or the site of the project adds to what the sentence names."""
    reporter, partner = found.reporter, found.partner
    if indicator == "tariff" and not reporter:
        reporter = tuple(code for code in _owner(scene, quantity, context.memory) if code not in partner)
    if indicator == "tariff" and not reporter and not partner:
        return _mutual_duty(scene, context)
    if indicator == "tariff":
        reporter, partner = _facing(reporter, partner, context.memory.title_pair or context.memory.pair)
    if indicator == "investment" and not partner:
        partner = tuple(code for code in sites_of(context.corridor) if code not in reporter)
    last = context.memory.last
    if not reporter and not partner and last is not None and last.topic.indicator == indicator and last.sentence == scene.reading.index:
        return Sides(last.slots.reporter, last.slots.partner)
    return Sides(reporter, partner)


def _mutual_duty(scene: Scene, context: Context) -> Sides:
    """Sides of a duty that its sentence leaves unsaid: those of the duty told before, or both parties of a pact that frees trade."""
    memory = context.memory
    last = memory.last if _goes_on(scene, memory.last) else None
    if last is not None and last.topic.indicator == "tariff":
        return Sides(last.slots.reporter, last.slots.partner)
    together = memory.title_pair or memory.pair
    return Sides(together, together) if context.measure == "share" and len(together) > 1 else Sides()


def _facing(reporter: Codes, partner: Codes, pair: Codes) -> tuple[Codes, Codes]:
    """Both sides of a duty between the two that the text is about, where the sentence names one."""
    if len(pair) == 2 and bool(reporter) != bool(partner):
        named = reporter or partner
        other = tuple(code for code in pair if code not in named)
        if len(other) == 1:
            return (reporter, other) if reporter else (other, partner)
    return reporter, partner


def _owner(scene: Scene, quantity: QuantityMark, memory: Memory) -> Codes:
    """The country that `its` or `the country` means before a number."""
    found = scene.nearest(quantity, [cue for cue in scene.of_kind("home") if cue.start < quantity.start], thresholds()["side"]["limit"])
    if found is None:
        return ()
    return (memory.subject or memory.home) if found[1].phrase in ("its", "their") else memory.home


def _is_total(scene: Scene, quantity: QuantityMark) -> bool:
    return scene.nearest(quantity, scene.of_kind("total"), thresholds()["side"]["limit"]) is not None


def _goes_on(scene: Scene, last: Remembered | None) -> bool:
    """Whether a sentence continues what was read last: the same paragraph, or the next."""
    return last is not None and scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"]


def _freight_sides(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Sides:
    listed = _listed(scene, quantity, groups)
    if listed and memory.carrier and not set(listed.codes) & set(memory.carrier):
        return Sides(memory.carrier, (), (), listed.codes)
    journey = _journey(scene, quantity, groups)
    if journey is not None:
        return journey
    nearest = _by_role(scene, quantity, _roles()["freight"], groups)
    both = nearest.get("both")
    if both:
        return Sides(reporter=both[1].codes)
    if len(memory.pair) > 1 and not nearest and scene.nearest(quantity, scene.of_kind("pair"), thresholds()["side"]["limit_after"]):
        return Sides(memory.pair)
    reporter, origin, destination = (_codes(nearest.get(role)) for role in ("reporter", "origin", "destination"))
    last = memory.last
    if destination and not reporter and not origin and memory.carrier and not set(destination) & set(memory.carrier):
        return Sides(memory.carrier, (), () if "transit" in scene.folded[scene.reading.start : scene.reading.end] else memory.carrier, destination)
    if memory.carrier and _domestic(scene, quantity):
        return Sides(memory.carrier, (), memory.carrier, memory.carrier)
    if memory.carrier and not (reporter or destination) and _for_export(scene, quantity):
        return Sides(memory.carrier, (), memory.carrier, ())
    if not (reporter or origin or destination) and last is not None and last.topic.indicator not in _roles():
        if _same_flow(scene, last):
            return Sides(last.slots.reporter, (), last.slots.origin, last.slots.destination)
        return Sides(() if _on_route(scene, quantity) else memory.carrier)
    if not (reporter or origin or destination) and not _on_route(scene, quantity):
        return Sides(memory.carrier or (memory.home if memory.one_country else ()))
    if origin and destination and set(reporter) != set(memory.carrier):
        reporter = ()
    return Sides(reporter, (), origin, destination)


def _journey(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> Sides | None:
    """Start and end of a journey written as one name (`Shanghai-Rotterdam`)."""
    joined = [
        group
        for group in groups
        if group.place and len(group.members) == 2 and _HYPHEN.search(scene.folded, group.start, group.end) is not None
    ]
    found = scene.nearest(quantity, joined, thresholds()["side"]["limit"], thresholds()["side"]["limit_after"])
    return Sides((), (), found[1].members[0], found[1].members[1]) if found else None


def _domestic(scene: Scene, quantity: QuantityMark) -> bool:
    match = _DOMESTIC.search(scene.folded, quantity.end, min(scene.reading.end, quantity.end + 60))
    return match is not None and not any(quantity.end <= other.start < match.start() for other in scene.reading.quantities)


def _for_export(scene: Scene, quantity: QuantityMark) -> bool:
    return re.match(r"(?:\s+\w+){0,4}\s+(?:for|on) (?:export|the foreign)", scene.folded[quantity.end : quantity.end + 60]) is not None


def _on_route(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether the number is a corridor's as a whole."""
    names = [name for name in scene.reading.names if name.kind == "corridor"]
    limit = thresholds()["corridor"]["limit"]
    return bool(scene.nearest(quantity, names, limit) or scene.nearest(quantity, scene.of_kind("route"), limit))


def _listed(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> Group | None:
    """The name that heads a line of a list (`Uganda: 8.8 million tons`)."""
    first = groups[0] if groups else None
    if first is None or scene.folded[scene.reading.start : first.start].strip(" •*-–—\"'>"):
        return None
    return first if scene.folded[first.end : first.end + 2].strip()[:1] in (":", "–", "—", "-") and first.end < quantity.start else None


def _same_flow(scene: Scene, last: Remembered) -> bool:
    return scene.reading.index == last.sentence


def _codes(found: tuple[float, Group] | None) -> Codes:
    return found[1].codes if found else ()


def _split(group: Group) -> tuple[Codes, Codes]:
    """The first member as reporter, the others as partner; one member that holds several codes is split the same way."""
    if len(group.members) > 1:
        return group.members[0], tuple(
            sorted({code for member in group.members[1:] for code in member} - set(group.members[0]))
        )
    return group.members[0][:1], group.members[0][1:]
