"""Who levies a duty or grants a quota, and on whom, as turns of phrase of their own tell.

The sides of duties that ordinary words tell belong to `trade_sides`; the turns of phrase are data in
`seeds/reference/claim_patterns.toml`.
"""

import re

from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.memory import Memory, Told
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.side_roles import Codes, Sides, facing
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

_EACH_OTHER = re.compile(
    r"\beach other\b|\bone another\b|\bbetween (?:them|its members|the members|members)\b|\bintra-"
    r"|\bamong (?:its |the )?members\b"
)
_ANYWHERE = 1000.0
_HELD = 160  # characters before an amount in which a quota of it is told
_GRANTOR = frozenset({"in", "to", "into", "from", "with"})  # before who grants a quota that another has
_DIRECTED = frozenset({"exports", "imports"})


def told_at_once(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Sides | None:
    """The sides of a duty that parties lift among themselves, or of a quota that one of two has."""
    among = _among_themselves(scene, quantity, groups)
    return Sides(among, among) if among else _quota_held(scene, quantity, groups, memory.title_pair)


def _among_themselves(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> Codes:
    """The parties that free trade with each other."""
    if not _EACH_OTHER.search(scene.folded, scene.reading.start, scene.reading.end):
        return ()
    parties = [group for group in groups if len(group.members) > 1 or group.codes[0] in vocabulary().blocs]
    found = scene.nearest(quantity, parties, _ANYWHERE)
    return found[1].codes if found else ()


def _quota_held(scene: Scene, quantity: QuantityMark, groups: list[Group], pair: Codes) -> Sides | None:
    """Who grants a quota and who has it or asks for it (`Peru asked Japan for a quota of`, `Peru has a quota of 5 tons in`)."""
    start = max(scene.reading.start, quantity.start - _HELD)
    held = pattern("holds_quota").search(scene.folded, start, quantity.start)
    before = [group for group in groups if held is not None and group.end <= held.start()]
    if held is None or not before or before[-1].preposition not in ("", "and") or before[-1].owner:
        return None
    grants = [
        group
        for group in groups
        if group.start >= held.start()
        and (held["asks"] or group.preposition in _GRANTOR)
        and not set(group.codes) & set(before[-1].codes)
    ]
    grantor = grants[0].codes if grants else facing((), before[-1].codes, pair)[0]
    return Sides(grantor, before[-1].codes) if grantor else None


def frees_itself(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a share of goods is told as what its subject frees of duty (`Peru scraps duties on 90 percent of`)."""
    start = clause_of(scene, quantity.start)[0]
    return pattern("frees").search(scene.folded, start, quantity.start) is not None


def levied_by_it(scene: Scene, quantity: QuantityMark, memory: Memory) -> Codes:
    """The country that sets a duty and is only called `it`: whom the sentence before was on."""
    named = pattern("it_levies").search(scene.folded, scene.reading.start, quantity.start)
    return memory.subject or memory.home if named is not None else ()


def levier_told(scene: Scene, payer: Codes, memory: Memory) -> Codes:
    """Who levies the duty that a sentence says another pays: who levied the one told before or was told to set rates."""
    duty = memory.duty
    if duty is None or scene.reading.sentence.paragraph - duty.paragraph > 1 or set(duty.reporter) & set(payer):
        return ()
    return duty.reporter


def rates_set(scene: Scene) -> Told | None:
    """The duty that a sentence without a number tells of: who sets rates or levies it (`Chad announced new tariffs on tea`)."""
    start, end = scene.reading.start, scene.reading.end
    for group in scene.groups:
        opens = not group.place and not group.owner and group.preposition in ("", "and") and group.start >= start
        if opens and pattern("sets_rates").match(scene.folded, group.end, end) is not None:
            return Told("tariff", group.codes, (), scene.reading.index, scene.reading.sentence.paragraph)
    return None


def pays_duty(scene: Scene, group: Group) -> bool:
    """Whether a side is told to pay or face a duty, of whatever rate."""
    return pattern("pays_duty").match(scene.folded, group.end, scene.reading.end) is not None


def on_the_flow(scene: Scene, reporter: Codes, partner: Codes, memory: Memory) -> tuple[Codes, Codes]:
    """Both sides of a duty on the flow just told, where one is named (`Kenya's exports to Oman`, on which Oman levies)."""
    flow = memory.flow
    near = flow is not None and scene.reading.index - flow.sentence <= 1
    if flow is None or not near or flow.topic.indicator not in _DIRECTED:
        return reporter, partner
    seller, buyer = flow.slots.reporter, flow.slots.partner
    if flow.topic.indicator == "imports":
        seller, buyer = buyer, seller
    if seller and buyer and agrees(reporter, buyer) and agrees(partner, seller):
        return buyer, seller
    return reporter, partner


def agrees(named: Codes, told: Codes) -> bool:
    """Whether the sides that a sentence names, if any, are those told before."""
    return not named or set(named) == set(told)
