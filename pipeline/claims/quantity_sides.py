"""Whose number it is: reporter and partner of trade, reporter, origin and destination of freight.

Which word makes which side is data in `seeds/reference/sides.toml`. What a sentence leaves unsaid is filled from what the
text is on, and only where the sentence plainly goes on with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.claims.cues import Topic
from pipeline.claims.memory import Memory, Remembered
from pipeline.claims.reading import Spanned
from pipeline.claims.scene import Scene, thresholds
from pipeline.claims.sides import Group
from pipeline.contract.reference import read_toml
from pipeline.language.marks import QuantityMark

Codes = tuple[str, ...]
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


def sides_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory, ignored: Iterable[Spanned]) -> Sides:
    """The sides of a number. Names that stand in `ignored` spans (who said it) are no sides."""
    skipped = list(ignored)
    groups = [
        group for group in scene.groups if not any(span.start <= group.start and group.end <= span.end for span in skipped)
    ]
    if topic.indicator in _roles():
        return _trade_sides(scene, quantity, str(topic.indicator), groups, memory)
    return _freight_sides(scene, quantity, groups, memory)


def _by_role(
    scene: Scene, quantity: QuantityMark, roles: dict[str, str], groups: list[Group]
) -> dict[str, tuple[float, Group]]:
    """The nearest group in each role."""
    nearest: dict[str, tuple[float, Group]] = {}
    limit = thresholds()["side"]["limit"]
    for group in groups:
        if group.start < quantity.end and quantity.start < group.end:
            continue
        role = _role(group, roles, quantity)
        cost = scene.distance(quantity, group)
        if role and cost <= limit and (role not in nearest or cost < nearest[role][0]):
            nearest[role] = (cost, group)
    return nearest


def _role(group: Group, roles: dict[str, str], quantity: QuantityMark) -> str:
    if group.owner and group.preposition not in ("to", "from", "into", "with", "between"):
        return roles["subject"]
    if group.preposition:
        return roles.get(group.preposition, "")
    return roles["subject"] if group.start < quantity.start else ""


def _trade_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides:
    nearest = _by_role(scene, quantity, _roles()[indicator], groups)
    reporter, partner = _codes(nearest.get("reporter")), _codes(nearest.get("partner"))
    both = nearest.get("both")
    if both and (not nearest.get("partner") or both[0] < nearest["partner"][0]):
        reporter, partner = _split(both[1])
    subject = nearest.get("reporter")
    if subject and not partner and indicator in _SYMMETRIC and len(subject[1].members) > 1:
        reporter, partner = _split(subject[1])
    partner = tuple(code for code in partner if code not in reporter)
    return _filled(scene, quantity, indicator, Sides(reporter, partner), memory)


def _filled(scene: Scene, quantity: QuantityMark, indicator: str, found: Sides, memory: Memory) -> Sides:
    """Adds the sides that the sentence leaves unsaid, from the pair or the country that the text is on."""
    reporter, partner = found.reporter, found.partner
    last = memory.last
    paired = scene.of_kind("pair")
    if not reporter and not partner and paired and len(memory.pair) > 1:
        return Sides(memory.pair[:1], memory.pair[1:])
    going_on = _goes_on(scene, last) and last is not None and last.topic.indicator in _TRADE_FLOWS and indicator in _TRADE_FLOWS
    if not reporter and going_on and last is not None:
        reporter = tuple(code for code in last.slots.reporter if code not in partner)
    if not reporter and indicator in _TRADE_FLOWS:
        reporter = tuple(code for code in memory.home if code not in partner)
    if (
        not partner
        and indicator == "turnover"
        and reporter
        and not set(reporter) & set(memory.home)
        and not scene.of_kind("total")
    ):
        return Sides(memory.home, reporter)
    if (
        not partner
        and going_on
        and last is not None
        and not _is_total(scene, quantity)
        and set(reporter) == set(last.slots.reporter)
    ):
        partner = tuple(code for code in last.slots.partner if code not in reporter)
    return Sides(reporter, partner)


def _is_total(scene: Scene, quantity: QuantityMark) -> bool:
    return scene.nearest(quantity, scene.of_kind("total"), thresholds()["side"]["limit"]) is not None


def _goes_on(scene: Scene, last: Remembered | None) -> bool:
    """Whether a sentence continues what was read last: the same paragraph, or the next."""
    return last is not None and scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"]


def _freight_sides(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Sides:
    nearest = _by_role(scene, quantity, _roles()["freight"], groups)
    both = nearest.get("both")
    if both:
        return Sides(reporter=both[1].codes)
    reporter, origin, destination = (_codes(nearest.get(role)) for role in ("reporter", "origin", "destination"))
    last = memory.last
    if (
        not reporter
        and not origin
        and not destination
        and last is not None
        and _goes_on(scene, last)
        and last.topic.indicator not in _roles()
    ):
        return (
            Sides(last.slots.reporter, (), last.slots.origin, last.slots.destination)
            if _same_flow(scene, last)
            else Sides(last.slots.reporter)
        )
    return Sides(reporter, (), origin, destination)


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
