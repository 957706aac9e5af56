"""Whose number it is: reporter and partner of trade, reporter, origin and destination of freight.

Which word makes which side is data in `seeds/reference/sides.toml`. What a sentence leaves unsaid is filled from what the
text is on, and only where the sentence plainly goes on with it. Trade and freight have a module each, `trade_sides` and
`freight_sides`.
"""

import itertools
import re
from dataclasses import replace
from functools import cache

from pipeline.claims.context.anaphora import read_out
from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.cues import Cue, Topic, topics
from pipeline.claims.context.memory import Memory, Remembered, Told
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group, any_of, called_as, words
from pipeline.claims.slots.duties import pays_duty, rates_set
from pipeline.claims.slots.freight_sides import freight_sides
from pipeline.claims.slots.goods import share_of_other_goods
from pipeline.claims.slots.parallels import parallel_sides
from pipeline.claims.slots.rankings import ranked_sides
from pipeline.claims.slots.side_roles import Context, Sides, by_role, codes, goes_on, without
from pipeline.claims.slots.trade_sides import trade_sides
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

__all__ = ["Context", "Sides", "sides_of", "turned"]

_ACTS = {"gives": "exports", "gets": "imports"}
_TOLD = frozenset({"exports", "imports", "tariff"})
_TWO = 2
_FLOW_NOUN = 32  # characters behind an owner in which his flow is named
_EXCEPT = 60  # characters of the words that except a side
_FLOWS = frozenset({"turnover", "exports", "imports", "balance"})
_SIDE_CALLED = {"imports": "customers", "exports": "suppliers"}
_PLANS = re.compile(  # what one wants to do himself
    r"\s+(?:also |now |still |itself )?"
    r"(?:hopes?|hoped|plans?|planned|wants?|wanted|intends?|intended|aims?|aimed|expects?|expected|seeks?|sought) to\b"
)
_BY_IMPORTS = re.compile(r"\b(?:by|in|on|among|as (?:for|to)|in terms of) (?:(?:the|its|total|overall) ){0,2}imports\b")
_CALLED_IMPORTS = re.compile(r"\bimport(?:s|ers?|ing)\b")
_EXPORT = re.compile(r"\bexport")
_OPPOSITE = {"exports": "imports", "imports": "exports"}


def sides_of(scene: Scene, quantity: QuantityMark, topic: Topic, context: Context) -> Sides:
    """The sides of a number."""
    indicator = str(topic.indicator)
    trades = indicator in vocabulary().trade_indicators
    silent = {
        group.start for group in scene.groups if _only_speaks(scene, group, context) and not _is_own(scene, group, indicator)
    }
    speakers = [code for group in scene.groups if group.start in silent for code in group.codes]
    read = read_out(scene, context.memory, tuple(dict.fromkeys(speakers)), trades)
    groups = [group for group in read.groups if group.start not in silent and not _is_left_out(scene, group)]
    if indicator == "tariff":
        groups = [_dutiable(read, group) for group in groups]
    alike = parallel_sides(read, quantity, indicator, groups, context.memory)
    if alike is not None:
        return alike
    if trades:
        ranked = ranked_sides(read, quantity, indicator, groups, context.memory)
        if ranked is not None:
            return ranked
        return trade_sides(read, quantity, indicator, groups, context)
    return freight_sides(read, quantity, indicator, groups, context)


def _is_own(scene: Scene, group: Group, indicator: str) -> bool:
    """Whether who speaks tells of what is his own: two of their trade, where no others are named (`Chad and Niger want trade
    of`), one of deals with the only other (`Washington announced deals with Kenya`), or a bank of loans that no other gives.
    """
    if indicator == "financing":
        givers = [other for other in scene.groups if other.codes != group.codes and other.preposition in ("", "by", "from")]
        return set(group.codes) <= set(words("lenders")) and not givers
    if indicator == "deal_value":
        others = [other for other in scene.groups if other.codes != group.codes and not _is_left_out(scene, other)]
        return len(group.members) == 1 and len(others) == 1 and others[0].preposition == "with" and others[0].start > group.end
    return indicator == "turnover" and len(group.members) == _TWO and len(scene.groups) == 1


def _is_left_out(scene: Scene, group: Group) -> bool:
    """Whether a flow is told without a side (`exports to countries other than the United States`, `first among CIS states`)."""
    start = max(scene.reading.start, group.start - _EXCEPT)
    if pattern("ranked_among").search(scene.folded, start, group.start):
        return True
    return pattern("left_out").search(scene.folded, start, group.start) is not None


def _dutiable(scene: Scene, group: Group) -> Group:
    """A side where duties are told of: Europe is the Union there, and whose goods come in is where they are from."""
    members = tuple(("EU",) if codes == ("EUROPE",) else codes for codes in group.members)
    taxed = pattern("taxed" if group.owner else "taxed_goods").match(scene.folded, group.end) is not None
    return replace(group, members=members, source=group.source or taxed)


def told_without_number(scene: Scene, memory: Memory) -> Told | None:
    """The flow or duty that a sentence tells of without a number, if it names who it is of (`Chad sells oil to Niger`)."""
    read = read_out(scene, memory)
    if not read.groups:
        return None
    verbs: list[tuple[str, Cue | Group]] = [
        (_ACTS[group.act], group) for group in read.groups if group.act in _ACTS and not group.place
    ]
    nouns: list[tuple[str, Cue | Group]] = [
        (str(topics()[cue.value].indicator), cue) for cue in scene.of_kind("topic") if not (cue.hint or cue.moving)
    ]
    place = scene.reading
    for indicator, anchor in (*verbs, *nouns):
        if indicator not in _TOLD:
            continue
        sides = [group for group in read.groups if indicator != "tariff" or not pays_duty(scene, group)]
        nearest = by_role(read, anchor, indicator, sides)
        named = anchor.codes if isinstance(anchor, Group) else codes(nearest.get("reporter"))
        if named:
            partner = without(codes(nearest.get("partner")), named)
            kinds = {name.codes[0] for name in place.names if name.kind == "commodity" and name.codes}
            goods = kinds.pop() if len(kinds) == 1 else None
            return Told(indicator, named, partner, place.index, place.sentence.paragraph, goods)
    return rates_set(read)


def _only_speaks(scene: Scene, group: Group, context: Context) -> bool:
    """Whether a sentence names a side only to tell who said it, and not what is his (`Chad said its exports`)."""
    speaks = any(span.start <= group.start and group.end <= span.end for span in context.ignored)
    if not speaks or group.act in ("gets", "gives"):
        return False
    if pattern("tells_of_own").match(scene.folded, group.end, scene.reading.end):
        return False
    if not group.owner and _PLANS.match(scene.folded, group.end):
        return False
    return group.place or group.owner or pattern("of_speaker").match(scene.folded, group.end, scene.reading.end) is None


def turned(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> Topic:
    """The topic as the text sees it: where it is on a country's exports, what a customer imports are those exports."""
    last, indicator = memory.last, str(topic.indicator)
    if _is_told_from_beyond(scene, quantity, indicator, last):
        return topics()[_OPPOSITE[indicator]]
    if last is None or _OPPOSITE.get(indicator) != last.topic.indicator or not last.slots.reporter or not goes_on(scene, last):
        return topic
    reported = set(last.slots.reporter)
    owned = any(group.flow and set(group.codes) & reported and _owns(scene, group, indicator) for group in scene.groups)
    nearest = by_role(scene, quantity, indicator, scene.groups)
    subject, other = nearest.get("reporter"), nearest.get("partner")
    if owned or subject is None or subject[1].preposition not in ("", "and") or set(subject[1].codes) & reported:
        return topic
    if subject[1].act == "taker" or (indicator == "imports" and share_of_other_goods(scene, quantity.start, memory)):
        return topic
    of_flow = pattern("of_the_flow").match(scene.folded, quantity.end) is not None
    sells = subject[1].act == "gives" or subject[1].flow
    own = sells and indicator == "exports" and "export" in scene.folded[subject[1].end : quantity.start]
    by_flow = indicator == "imports" and _BY_IMPORTS.search(scene.folded, scene.reading.start, quantity.start) is not None
    own = own or (indicator == "exports" and subject[1].flow and any(group.preposition == "to" for group in scene.groups))
    called = _CALLED_IMPORTS.search(scene.folded, subject[1].end, max(subject[1].end, quantity.start)) is not None
    if of_flow or own or by_flow or (indicator == "imports" and called):
        return topic
    return topic if other and not set(other[1].codes) & reported else last.topic


def _comes_in(scene: Scene, quantity: QuantityMark, last: Remembered | None) -> bool:
    """Whether goods are told to come from a seller, where the text is on what others buy (`shipments from Chile fell`)."""
    if last is None or last.topic.indicator != "imports" or not last.slots.reporter or not goes_on(scene, last):
        return False
    buyers = set(last.slots.reporter)
    start, end = clause_of(scene, quantity.start)
    if _EXPORT.search(scene.folded, start, end):
        return False
    named = [group for group in scene.groups if start <= group.start < end and not set(group.codes) & buyers]
    bound_elsewhere = any(group.preposition in ("to", "into", "for") for group in named)
    return not bound_elsewhere and any(group.preposition == "from" and group.end <= quantity.start for group in named)


def _owns(scene: Scene, group: Group, indicator: str) -> bool:
    """Whether a flow is named as that of an owner (`the top country for Chad's imports was Mali`)."""
    return indicator in scene.folded[group.end : group.end + _FLOW_NOUN].split()


def _is_told_from_beyond(scene: Scene, quantity: QuantityMark, indicator: str, last: Remembered | None) -> bool:
    """Whether a sentence tells a flow by the act of the other side than the one whose flow it is."""
    if indicator == "imports" and _is_market(scene, quantity):
        return True
    told = (_takes_from(scene, quantity), _buys_back(scene, quantity, last), _comes_in(scene, quantity, last))
    if indicator == "exports" and any(told):
        return True
    return _comes_or_goes(scene, indicator, last) or _seen_from_home(scene, quantity, indicator, last)


def _comes_or_goes(scene: Scene, indicator: str, last: Remembered | None) -> bool:
    """Whether goods of one country are told to have come to another, against the flow told (`Iraqi goods came into Chad`)."""
    if indicator not in _OPPOSITE or last is None or last.topic.indicator not in _FLOWS or not goes_on(scene, last):
        return False
    start = {code for group in scene.groups if group.source or group.preposition == "from" for code in group.codes}
    end = {code for group in scene.groups if group.preposition in ("to", "into") for code in group.codes}
    own = set(last.slots.reporter)
    if not (own and start and end) or any(not cue.hint and cue.value in _OPPOSITE for cue in scene.of_kind("topic")):
        return False
    return (end <= own and not start & own) if indicator == "exports" else (start <= own and not end & own)


def _seen_from_home(scene: Scene, quantity: QuantityMark, indicator: str, last: Remembered | None) -> bool:
    """Whether a country is called the buyer or supplier of the one whose trade was just told (`Italy was the main buyer`)."""
    side = _SIDE_CALLED.get(indicator)
    if side is None or last is None or last.topic.indicator not in _FLOWS or not (last.slots.reporter and goes_on(scene, last)):
        return False
    before = [group for group in scene.groups if group.end <= quantity.start and group.preposition in ("", "and")]
    if not before or set(before[0].codes) & set(last.slots.reporter):
        return False
    return not before[0].owner and called_as(scene.folded, before[0].end) == side


def _takes_from(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a country takes goods that the text says whose they are (`China took 5 tons of Brazilian chicken`)."""
    taker = next((group for group in reversed(scene.groups) if group.end <= quantity.start), None)
    source = next((group for group in scene.groups if group.start >= quantity.end), None)
    if taker is None or source is None or taker.act != "gets" or taker.owner or not source.source:
        return False
    return scene.folded[quantity.end : source.start].strip() == "of"


def _buys_back(scene: Scene, quantity: QuantityMark, last: Remembered | None) -> bool:
    """Whether the seller of the flow just told takes goods from another (`Kenya sold tea to Oman. It took oil from Oman`)."""
    if last is None or not goes_on(scene, last) or last.topic.indicator != "exports":
        return False
    nearest = by_role(scene, quantity, "imports", scene.groups)
    taker, source = nearest.get("reporter"), nearest.get("partner")
    if taker is None or source is None or taker[1].act != "gets" or taker[1].preposition:
        return False
    if source[1].end <= quantity.start and _EXPORT.search(scene.folded, source[1].end, quantity.start):
        return False
    sold = set(last.slots.reporter)
    return source[1].preposition == "from" and set(taker[1].codes) <= sold and not set(source[1].codes) & sold


def _is_market(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a customer is called the market of a seller (`the US is Chile's biggest buyer, taking ...`)."""
    return any(
        buyer.act == "gets"
        and seller.owner
        and seller.end <= quantity.start
        and _market_of().fullmatch(scene.folded, buyer.end, seller.start) is not None
        for buyer, seller in itertools.pairwise(scene.groups)
    )


@cache
def _market_of() -> re.Pattern[str]:
    return re.compile(rf"\s+{any_of('copulas')}\s+(?:now |still |by far )?(?:the )?")
