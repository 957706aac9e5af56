"""What was traded or carried, by which mode, on which corridor.

Finding the names belongs to `pipeline.language.names`; choosing the one that a number is about belongs here.
"""

from functools import cache

from pipeline.claims.cues import Topic
from pipeline.claims.memory import Memory, Remembered
from pipeline.claims.scene import Scene, thresholds
from pipeline.contract.reference import read_toml
from pipeline.language.marks import QuantityMark

_CARRIED = frozenset(
    {
        "exports",
        "imports",
        "balance",
        "turnover",
        "cargo",
        "containers",
        "movements",
        "tariff",
        "freight_rate",
        "investment",
        "deal_value",
    }
)
_OF_GOODS = frozenset({"exports", "imports", "cargo"})
_TRADE = frozenset({"turnover", "exports", "imports", "balance", "tariff"})


def commodity_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> str | None:
    """The goods that a number is about, as a code."""
    names = [name for name in scene.reading.names if name.kind == "commodity" and name.codes]
    limits = thresholds()["commodity"]
    found = scene.nearest(
        quantity, names, limits["limit"], lambda name: limits["limit"] - limits["limit_after"] if name.start >= quantity.end else 0.0
    )
    if found:
        return found[1].codes[0]
    last = _continued(scene, topic, memory)
    if last and last.slots.commodity and topic.indicator in _CARRIED and not scene.of_kind("total"):
        return last.slots.commodity
    return memory.commodity if topic.indicator in _OF_GOODS else None


def mode_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory, corridor: str | None) -> str | None:
    """The mode of transport, for freight and for what is built for it."""
    if topic.indicator in _TRADE:
        return None
    limit = thresholds()["mode"]["limit"]
    found = scene.nearest(quantity, scene.of_kind("mode"), limit)
    railways = [name for name in scene.reading.names if name.kind == "railway"]
    by_railway = scene.nearest(quantity, railways, limit)
    if found and (by_railway is None or found[0] <= by_railway[0]):
        return found[1].value
    if by_railway:
        return "rail"
    last = _continued(scene, topic, memory)
    return last.slots.mode if last else _modes_of_corridors().get(corridor or "")


@cache
def _modes_of_corridors() -> dict[str, str]:
    """Corridors that are one railway, pipeline or waterway by definition."""
    modes: dict[str, str] = read_toml("corridor_traits.toml")["mode"]
    return modes


def corridor_of(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> str | None:
    """The corridor that a number is about: a code, or a name in lower case."""
    if topic.indicator in _TRADE:
        return None
    names = [name for name in scene.reading.names if name.kind == "corridor" and name.codes]
    limits = thresholds()["corridor"]
    found = scene.nearest(
        quantity, names, limits["limit"], lambda name: limits["limit"] - limits["limit_after"] if name.start >= quantity.end else 0.0
    )
    if found:
        return found[1].codes[0]
    if scene.nearest(quantity, scene.of_kind("route"), thresholds()["corridor"]["limit"]):
        return memory.corridor
    last = _continued(scene, topic, memory)
    return last.slots.corridor if last else None


def last_corridor(scene: Scene, corridor: str | None) -> str | None:
    """The corridor that `the route` means after a sentence."""
    named = [name.codes[0] for name in scene.reading.names if name.kind == "corridor" and name.codes]
    return named[-1] if named else corridor


def _continued(scene: Scene, topic: Topic, memory: Memory) -> Remembered | None:
    """What was read last, where this sentence goes on with the same thing."""
    last = memory.last
    if last is None or last.topic.indicator != topic.indicator:
        return None
    return last if scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"] else None
