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
from pipeline.claims.context.sides import Group, any_of
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
    read = _read_out(scene, context, trades)
    groups = [group for group in read.groups if not _only_speaks(group, context)]
    if indicator == "tariff":
        groups = [replace(group, members=tuple(map(_levying, group.members))) for group in groups]
    if trades:
        return trade_sides(read, quantity, indicator, groups, context)
    return freight_sides(read, quantity, indicator, groups, context)


def _levying(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Europe where it levies duties, which is the Union."""
    return ("EU",) if codes == ("EUROPE",) else codes


def _read_out(scene: Scene, context: Context, trades: bool) -> Scene:
    """The sentence with a name for each word that stands for a country."""
    speakers = tuple(dict.fromkeys(code for group in scene.groups if _only_speaks(group, context) for code in group.codes))
    meant = stand_ins(scene, context.memory, speakers, trades)
    if not meant:
        return scene
    names = tuple(sorted((*scene.reading.names, *meant), key=lambda name: name.start))
    return replace(scene, reading=replace(scene.reading, names=names))


def _only_speaks(group: Group, context: Context) -> bool:
    """Whether a sentence names a side only to tell who said it."""
    speaks = any(span.start <= group.start and group.end <= span.end for span in context.ignored)
    return speaks and group.act not in ("gets", "gives")


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
