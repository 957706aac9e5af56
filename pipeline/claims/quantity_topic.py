"""What a number measures: its class of unit, its topic, its measure and its sign.

Sides, periods and certainty belong to the modules beside this one.
"""

import re
from collections.abc import Sequence

from pipeline.claims.cues import Cue, Topic, topics
from pipeline.claims.memory import Memory, Remembered
from pipeline.claims.scene import Scene, thresholds
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameMark, QuantityMark

_MASS = frozenset({"t", "m3", "bbl", "kWh", "bu"})
_BOX = frozenset({"TEU", "FEU", "container"})
_MOVE = frozenset({"train", "wagon", "truck", "vehicle", "vessel", "flight"})
_PLAIN = {"km": "length", "h": "time", "d": "time", "t_km": "work", "%": "percent", "x": "multiple", "unit": "goods"}
_PER = {"mass": "flow", "box": "boxflow", "move": "moveflow", "money": "moneyflow", "work": "work", "goods": "goods"}
_TIME = frozenset({"yr", "mo", "wk", "d", "h"})
_SHARE_AFTER = re.compile(r"\s*(?:share\s+(?:of|in)|of)\s+(?!the\s+(?:year|previous|same)|(?:19|20)\d\d)")
_MORE_AFTER = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?"
    r"(more|higher|above|up|longer|faster|greater|less|lower|below|down|fewer|shorter|smaller|cheaper|short of|"
    r"over(?= (?:the (?:same|previous|corresponding|year)|last|a year|(?:19|20)\d\d)))\b"
)
_FLOW_WORDS = frozenset({"exports", "imports", "turnover", "balance"})
_DUTY_ON = re.compile(r"\s+on\s+(?:[\w$.,'-]+\s+){0,6}?(?:goods|imports|products|exports|merchandise|cars|steel|aluminium|aluminum|vehicles)\b")
_DUTY_FREE = re.compile(r"\bduty[- ]free|\bno dut(?:y|ies)|\bfree of (?:customs )?dut|\bzero (?:tariff|dut)|\btariff[- ]free|\b(?:from|of) (?:customs )?(?:duties|tariffs)|\btariff lines")
_DOWN_AFTER = frozenset({"less", "lower", "below", "down", "fewer", "shorter", "smaller", "cheaper", "short of"})


def unit_class(quantity: QuantityMark, names: Sequence[NameMark]) -> str | None:
    """The class of unit, as `quantity_topics.toml` lists them.

    `bare` for a number without a unit; None for what is never claimed.
    """
    if quantity.kind == "fraction":
        return "percent"
    unit = quantity.unit
    if unit is None:
        return "bare"
    if "/" in unit:
        return _rate_class(*unit.split("/", 1))
    if unit in _PLAIN:
        return _PLAIN[unit]
    plain = _amount_class(unit)
    if plain is None and quantity.kind == "count" and _is_goods(quantity, names):
        return "goods"
    return plain


def _amount_class(unit: str) -> str | None:
    if unit in _MASS:
        return "mass"
    if unit in _BOX:
        return "box"
    if unit in _MOVE:
        return "move"
    return "money" if unit in vocabulary().currencies else None


def _rate_class(numerator: str, denominator: str) -> str | None:
    amount = _PLAIN.get(numerator) or _amount_class(numerator)
    if amount == "money" and denominator in _BOX:
        return "carriage"
    if amount == "money" and denominator in _MASS | {"km", "unit"}:
        return "price"
    if amount is None or denominator not in _TIME:
        return None
    return _PER.get(amount)


def _is_goods(quantity: QuantityMark, names: Sequence[NameMark]) -> bool:
    """Whether what is counted is a commodity (aircraft, locomotives, cars)."""
    return any(
        name.kind == "commodity" and quantity.number_end <= name.start and name.end <= quantity.end + 1 for name in names
    )


def choose_topic(scene: Scene, quantity: QuantityMark, kind: str, memory: Memory) -> tuple[Topic | None, Cue | None]:
    """The topic that a number is about, with the cue that says so; no cue where it is the topic in hand.

    A topic without an indicator means that the number is no claim. None means that nothing tells.
    """
    limits = thresholds()["topic"]
    known = topics()

    def handicap(cue: Cue) -> float:
        own = limits["own"] if quantity.start <= cue.start and cue.end <= quantity.end else 0.0
        spoken_of = limits["known"] if known[cue.value].indicator in memory.indicators else 0.0
        return own + (0.0 if cue.strong else limits["weak"]) - known[cue.value].priority - spoken_of

    if kind == "percent" and _DUTY_ON.match(scene.folded, quantity.end) and quantity.change is None:
        return known["tariff"], None
    if kind == "percent" and _SHARE_AFTER.match(scene.folded, quantity.end) and _DUTY_FREE.search(scene.folded, quantity.end, scene.reading.end):
        return known["tariff"], None
    fitting = [cue for cue in scene.of_kind("topic") if kind in known[cue.value].units]
    found = scene.nearest(quantity, fitting, limits["limit"], handicap)
    last = memory.last
    fallback = last.topic if last and kind in last.topic.units else None
    if found is None:
        return fallback, None
    cost, cue = found
    if fallback and kind in ("percent", "multiple") and _set_beside(scene, quantity, last, cue):
        return fallback, None
    settled = last is not None and last.certain and cost > limits["keep"]
    if fallback and settled and not cue.strong and known[cue.value].indicator != fallback.indicator:
        return fallback, None
    return known[cue.value], cue


def _set_beside(scene: Scene, quantity: QuantityMark, last: Remembered | None, cue: Cue) -> bool:
    """Whether a percentage stands beside the number before it in the sentence, with no topic named between them."""
    if last is None or last.sentence != scene.reading.index:
        return False
    between = last.quantity.end <= cue.start and cue.end <= quantity.start
    return not (between and (cue.strong or cue.value in _FLOW_WORDS))


def measure_of(scene: Scene, quantity: QuantityMark, kind: str, topic: Topic) -> tuple[str, bool] | None:
    """The measure of a number, and whether it is a decrease. None for a percentage that is neither growth nor share nor rate."""
    if kind == "multiple":
        return "multiple", False
    direction = _direction(scene, quantity)
    if kind == "percent":
        measure = _percent_measure(scene, quantity, topic, direction)
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


def _percent_measure(scene: Scene, quantity: QuantityMark, topic: Topic, direction: str | None) -> str | None:
    share = _SHARE_AFTER.match(scene.folded, quantity.end) is not None
    near = scene.nearest(quantity, scene.of_kind("share"), thresholds()["direction"]["limit"])
    if topic.indicator == "tariff":
        return "share" if share else "level"
    if quantity.kind == "fraction":
        return "share"
    at_number = quantity.change is not None or _MORE_AFTER.match(scene.folded, quantity.end) is not None
    if at_number and not share:
        return "growth"
    if share or near:
        return "share"
    if topic.indicator == "freight_rate" and "surcharge" in scene.folded[scene.reading.start : scene.reading.end]:
        return "level"
    return "growth" if direction else None
