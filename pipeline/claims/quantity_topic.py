"""What a number measures: its topic, its measure and its sign.

Its unit belongs to `quantity_units`; sides, periods and certainty belong to the modules beside this one.
"""

import re
from pipeline.claims.cues import Cue, Topic, topics
from pipeline.claims.memory import Memory, Remembered
from pipeline.claims.quantity_units import is_small, unit_class
from pipeline.claims.scene import Scene, thresholds
from pipeline.language.marks import QuantityMark

_SHARE_AFTER = re.compile(r"\s*(?:share\s+(?:of|in)|of)\s+(?!the\s+(?:year|previous|same)|(?:19|20)\d\d)")
_MORE_AFTER = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?"
    r"(more|higher|above|up|longer|faster|greater|less|lower|below|down|fewer|shorter|smaller|cheaper|short of|"
    r"over(?= (?:the (?:same|previous|corresponding|year)|last|a year|(?:19|20)\d\d)))\b"
)
_FREIGHT = frozenset({"cargo", "containers", "movements", "tonne_km"})
_DIRECTED = frozenset({"exports", "imports"})
_FLOW_WORDS = frozenset({"exports", "imports", "turnover", "balance"})
_DUTIES_OFF = re.compile(r"\b(?:scrap|abolish|remov|eliminat|lift|waiv|drop|end)\w*\s+(?:[\w-]+\s+){0,3}(?:duties|tariffs|duty|levies)\s+on\s+(?:about |nearly |almost |over )?$")
_PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are) $")
_AT_LEVEL = re.compile(r"\b(?:to|from|at)\s+$")
_COMPLETES = re.compile(r"\s+(?:of|on|for|in|to)\s+(?:[\w'-]+\s+){0,3}")
_LIST_LINE = 60
_DUTY_ON = re.compile(r"\s+on\s+(?:[\w$.,'-]+\s+){0,6}?(?:goods|imports|products|exports|merchandise|cars|steel|aluminium|aluminum|vehicles)\b")
_DUTY_FREE = re.compile(r"\bduty[- ]free|\bno dut(?:y|ies)|\bfree of (?:customs )?dut|\bzero (?:tariff|dut)|\btariff[- ]free|\b(?:from|of) (?:customs )?(?:duties|tariffs)|\btariff lines")
_DOWN_AFTER = frozenset({"less", "lower", "below", "down", "fewer", "shorter", "smaller", "cheaper", "short of"})


def choose_topic(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> tuple[Topic | None, Cue | None]:
    """The topic that a number is about, with the cue that says so; no cue where it is the topic in hand.

    A topic without an indicator means that the number is no claim. None means that nothing tells. A growth has the topic of
    the amount that it leads to (`up 5 percent to 2.1 million tons`).
    """
    result = scene.leads_to(quantity) if kind in ("percent", "multiple") else None
    result_kind = unit_class(result, scene.reading.names) if result is not None else None
    if result is not None and result_kind is not None and result_kind not in ("bare", "percent", "multiple"):
        topic, cue = _nearest_topic(scene, result, result_kind, memory)
        if topic is not None and kind in topic.units:
            return topic, cue
    return _nearest_topic(scene, quantity, kind, memory)


def _nearest_topic(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> tuple[Topic | None, Cue | None]:
    limits = thresholds()["topic"]
    known = topics()

    fitting = [
        cue
        for cue in scene.of_kind("topic")
        if kind in known[cue.value].units and (not cue.hint or known[cue.value].indicator in memory.indicators)
    ]
    if is_small(quantity, kind):
        fitting = [cue for cue in fitting if known[cue.value].indicator in (None, "freight_rate")]

    def handicap(cue: Cue) -> float:
        own = limits["own"] if quantity.start <= cue.start and cue.end <= quantity.end else 0.0
        spoken_of = limits["known"] if known[cue.value].indicator in memory.indicators else 0.0
        own -= limits["passive"] if cue.start >= quantity.end and _PASSIVE.search(scene.folded, cue.start - 6, cue.start) else 0.0
        return own + (0.0 if cue.strong else limits["weak"]) - known[cue.value].priority - spoken_of + _subordinate(scene, cue, fitting)

    if kind == "percent" and _DUTY_ON.match(scene.folded, quantity.end) and quantity.change is None:
        return known["tariff"], None
    if kind == "percent" and _SHARE_AFTER.match(scene.folded, quantity.end) and _freed_of_duty(scene, quantity):
        return known["tariff"], None
    found = scene.nearest(quantity, fitting, limits["limit"], limits["limit_after"], handicap)
    last = memory.last
    fallback = last.topic if last and kind in last.topic.units else memory.topics.get(kind)
    if found is None:
        return fallback or _carried_goods(scene, quantity, kind), None
    cost, cue = found
    if kind in ("flow", "boxflow", "moveflow") and cue.value in ("cargo", "containers", "movements") and _can_carry(scene, quantity):
        return known["capacity"], cue
    if fallback and kind in ("percent", "multiple") and cost >= 0 and _set_beside(scene, quantity, last, cue):
        return fallback, None
    if kind == "time" and not cue.strong and not _on_the_way(scene):
        return None, None
    settled = last is not None and last.certain and cost > limits["keep"]
    if fallback and settled and not cue.strong and known[cue.value].indicator != fallback.indicator:
        return fallback, None
    return known[_goods_or_cargo(scene, quantity, cue, fitting, memory)], cue


def _carried_goods(scene: Scene, quantity: QuantityMark, kind: str) -> Topic | None:
    """Cargo, where a mass of goods stands in a sentence on a way and nothing else says what it is."""
    of_goods = [name for name in scene.reading.names if name.kind == "commodity" and scene.distance(quantity, name) < 0]
    return topics()["cargo"] if kind == "mass" and of_goods and _on_the_way(scene) else None


def _goods_or_cargo(scene: Scene, quantity: QuantityMark, cue: Cue, cues: list[Cue], memory: Memory) -> str:
    """Which topic a word of sending has: cargo where a carrier, a port or a mode is told of, else the exports of a country.

    A carrier's own exports and imports are cargo as well.
    """
    meanings = {other.value for other in cues if other.start == cue.start and other.end == cue.end}
    on_freight = memory.last is not None and memory.last.topic.indicator in _FREIGHT and bool(memory.carrier or memory.carrier_mode)
    of_goods = scene.folded.startswith(" of ", cue.end)
    if cue.value in _DIRECTED and on_freight and not of_goods and quantity.unit in ("t", "m3", None, "%", "x"):
        return "cargo"
    if not {"exports", "cargo"} <= meanings:
        return cue.value
    carried = any(name.kind in ("railway", "port", "corridor") for name in scene.reading.names) or bool(scene.of_kind("mode"))
    return "cargo" if (carried or on_freight) and memory.last_indicator != "exports" else "exports"


def _subordinate(scene: Scene, cue: Cue, cues: list[Cue]) -> float:
    """What a phrase costs more that only completes another (`surcharges on shipments`, `cost of exports`)."""
    for head in cues:
        if head.end < cue.start <= head.end + 30 and _COMPLETES.fullmatch(scene.folded, head.end, cue.start):
            return thresholds()["topic"]["subordinate"]
    return 0.0


def _on_the_way(scene: Scene) -> bool:
    """Whether a sentence tells of a journey at all: a mode, a corridor, or a start and an end."""
    ends = {group.preposition for group in scene.groups}
    on_corridor = any(name.kind in ("corridor", "port") for name in scene.reading.names)
    return bool(scene.of_kind("mode")) or on_corridor or {"from", "to"} <= ends or "between" in ends


def _freed_of_duty(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a share is of goods that pay no duty any more."""
    if _DUTY_FREE.search(scene.folded, quantity.end, scene.reading.end):
        return True
    return _DUTIES_OFF.search(scene.folded, max(scene.reading.start, quantity.start - 60), quantity.start) is not None


def _set_beside(scene: Scene, quantity: QuantityMark, last: Remembered | None, cue: Cue) -> bool:
    """Whether a percentage stands beside the number before it in the sentence, with no topic named between them."""
    if last is None or last.sentence != scene.reading.index:
        return False
    between = last.quantity.end <= cue.start and cue.end <= quantity.start
    return not (between and (cue.strong or cue.value in _FLOW_WORDS))


def _can_carry(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether what is carried a year is what can be, not what is."""
    able = [cue for cue in scene.of_kind("modality") if cue.value == "possible"]
    return quantity.bound == "under" or scene.nearest(quantity, able, 14.0, 8.0) is not None


def measure_of(scene: Scene, quantity: QuantityMark, kind: str, topic: Topic, memory: Memory) -> tuple[str, bool] | None:
    """The measure of a number, and whether it is a decrease. None for a percentage that is neither growth nor share nor rate."""
    if kind == "multiple":
        return "multiple", False
    direction = _direction(scene, quantity)
    if kind == "percent":
        measure = _percent_measure(scene, quantity, topic, direction, memory)
        return (measure, direction == "down" and measure == "growth") if measure else None
    after = _MORE_AFTER.match(scene.folded, quantity.end)
    if quantity.change is None and after is None:
        return "level", False
    down = quantity.change == "down" if quantity.change else after is not None and after.group(1) in _DOWN_AFTER
    return "change", down


def _direction(scene: Scene, quantity: QuantityMark) -> str | None:
    """Up or down, from the words at the number or the nearest word of direction."""
    after = _MORE_AFTER.match(scene.folded, quantity.end)
    if after:
        return "down" if after.group(1) in _DOWN_AFTER else "up"
    if quantity.change:
        return quantity.change
    found = scene.nearest(quantity, scene.of_kind("direction"), thresholds()["direction"]["limit"])
    return found[1].value if found else None


def _percent_measure(
    scene: Scene, quantity: QuantityMark, topic: Topic, direction: str | None, memory: Memory
) -> str | None:
    share = _SHARE_AFTER.match(scene.folded, quantity.end) is not None
    near = scene.nearest(quantity, scene.of_kind("share"), thresholds()["direction"]["limit"])
    if topic.indicator == "tariff":
        return "share" if share else "level"
    by_part = direction is not None and scene.folded[max(0, quantity.start - 4) : quantity.start].strip().endswith("by")
    if quantity.kind == "fraction" and not by_part and not _MORE_AFTER.match(scene.folded, quantity.end):
        return "share"
    at_number = by_part or quantity.change is not None or _MORE_AFTER.match(scene.folded, quantity.end) is not None
    if at_number and not share:
        return "growth"
    if share or near:
        return "share"
    if _AT_LEVEL.search(scene.folded, max(scene.reading.start, quantity.start - 10), quantity.start):
        last = memory.last
        return "share" if last is not None and last.measure == "share" else "growth" if direction else None
    if topic.indicator == "freight_rate" and "surcharge" in scene.folded[scene.reading.start : scene.reading.end]:
        return "level"
    if direction is None:
        last = memory.last
        listed = last is not None and (last.sentence == scene.reading.index or scene.reading.end - scene.reading.start <= _LIST_LINE)
        return last.measure if last is not None and last.measure in ("share", "growth") and listed else None
    return "growth"
