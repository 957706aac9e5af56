"""Whose number it is: reporter and partner of trade, reporter, origin and destination of freight.

Which word makes which side is data in `seeds/reference/sides.toml`. What a sentence leaves unsaid is filled from what the
text is on, and only where the sentence plainly goes on with it. Trade and freight have a module each, `trade_sides` and
`freight_sides`.
"""

import itertools
import re
from dataclasses import replace
from functools import cache

from pipeline.claims.context.anaphora import stand_ins
from pipeline.claims.context.cues import Topic, topics
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group, any_of, side_groups
from pipeline.claims.slots.freight_sides import freight_sides
from pipeline.claims.slots.side_roles import Context, Sides, by_role, goes_on
from pipeline.claims.slots.trade_sides import trade_sides
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

__all__ = ["Context", "Sides", "sides_of", "turned"]

_OPPOSITE = {"exports": "imports", "imports": "exports"}


def sides_of(scene: Scene, quantity: QuantityMark, topic: Topic, context: Context) -> Sides:
    """The sides of a number."""
    indicator = str(topic.indicator)
    trades = indicator in vocabulary().trade_indicators
    groups = _sides_named(scene, context, trades)
    if trades:
        return trade_sides(scene, quantity, indicator, groups, context)
    return freight_sides(scene, quantity, indicator, groups, context)


def _sides_named(scene: Scene, context: Context, trades: bool) -> list[Group]:
    """The sides that a sentence names or stands a word in for, without those that only tell who said it."""

    def ignored(group: Group) -> bool:
        speaks = any(span.start <= group.start and group.end <= span.end for span in context.ignored)
        return speaks and group.act not in ("gets", "gives")

    speakers = tuple(dict.fromkeys(code for group in scene.groups if ignored(group) for code in group.codes))
    meant = stand_ins(scene, context.memory, speakers, trades)
    groups = (
        side_groups(scene.folded, scene.reading.start, sorted((*scene.reading.names, *meant), key=lambda name: name.start))
        if meant
        else scene.groups
    )
    places = {name.start for name in meant if name.text == "there"}
    placed = (
        replace(group, preposition="in") if group.start in places and not group.preposition else group for group in groups
    )
    return [group for group in placed if not ignored(group)]


def turned(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> Topic:
    """The topic as the text sees it: where it is on a country's exports, what a customer imports are those exports."""
    last, indicator = memory.last, str(topic.indicator)
    if indicator == "imports" and _is_market(scene, quantity):
        return topics()["exports"]
    if last is None or _OPPOSITE.get(indicator) != last.topic.indicator or not last.slots.reporter or not goes_on(scene, last):
        return topic
    reported = set(last.slots.reporter)
    nearest = by_role(scene, quantity, indicator, scene.groups)
    subject, other = nearest.get("reporter"), nearest.get("partner")
    if subject is None or subject[1].preposition not in ("", "and") or set(subject[1].codes) & reported:
        return topic
    return topic if other and not set(other[1].codes) & reported else last.topic


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
