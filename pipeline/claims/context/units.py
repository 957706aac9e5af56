"""The unit of a number: its class, and for a bare number the unit of the one that it is set beside.

Reading units from the text belongs to `pipeline.language.quantities`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.cues import Cue
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameMark, QuantityMark

_MEASURED = frozenset({"mass", "flow", "money", "moneyflow", "work", "length", "time"})  # no `nine of them` is of these
_MASS = frozenset({"t", "m3", "bbl", "kWh", "bu"})
_BASE_GAP = 48  # characters between a word of comparison and the number that is compared with
_BOX = frozenset({"TEU", "FEU", "container"})
_ABLE = frozenset({"mass", "flow", "box", "boxflow", "move", "moveflow"})  # what a capacity is counted in
_SUBJECT = 20.0  # words from a number to the subject whose growth leads to it
_CAPACITY = 60  # characters in which a capacity stands before what it comes to
_FLEET = 40  # characters in which a verb of owning stands before ships
_HANDLED = 40  # characters before a number in which it is told that it was handled
_MOVE = frozenset({"train", "wagon", "truck", "vehicle", "vessel", "flight"})
_PLAIN = {"km": "length", "h": "time", "d": "time", "t_km": "work", "%": "percent", "x": "multiple", "unit": "goods"}
_PER = {"mass": "flow", "box": "boxflow", "move": "moveflow", "money": "moneyflow", "work": "work", "goods": "goods"}
_TIME = frozenset({"yr", "mo", "wk", "d", "h"})
_COUNTED_AT_LEAST = 20
_BOX_SIZES = ("FEU", "TEU", "container", "truck", "wagon")
_STANDALONE = ("money", "measure")
_JOURNEYS = frozenset({"trip", "journey", "voyage", "run", "ride", "crossing", "haul", "passage"})
_PERIODS = {
    "year": "yr",
    "month": "mo",
    "week": "wk",
    "day": "d",
    "annually": "yr",
    "monthly": "mo",
    "weekly": "wk",
    "daily": "d",
}
_FRAMED = frozenset({"mass", "box", "move"})
_TOLD_FOR_BOXES = frozenset({"freight_rate", "containers", "movements", "transit_time"})
_QUOTED = {"tonne": "t", "ton": "t", "barrel": "bbl", "bushel": "bu", "box": "container", "container": "container"}
_LARGEST_RATE = 1000  # percent
_HALF = 50.0


class Stretch(NamedTuple):
    """A stretch of the text."""

    start: int
    end: int


class _Bulk(NamedTuple):
    """What a unit of goods in bulk is: the unit of the contract, how much of it, and the least amount that is trade."""

    unit: str
    part: float
    least: float


class Number(NamedTuple):
    """A number that may be claimed, with its unit made plain. `kind` is the class of its unit."""

    mark: QuantityMark
    unit: str
    kind: str
    low: float
    high: float


def unit_class(quantity: QuantityMark, names: Sequence[NameMark]) -> str | None:
    """The class of unit, as `quantity_topics.toml` lists them.

    `bare` for a number without a unit; None for what is never claimed.
    """
    if quantity.kind == "fraction":
        return "percent"
    unit = quantity.unit
    if not unit:
        return "bare"
    if "/" in unit:
        return _rate_class(*unit.split("/", 1))
    if unit in _PLAIN:
        return _PLAIN[unit]
    plain = _amount_class(unit) or _amount_class(counted_units().get(unit.split()[-1], ""))
    if plain is None and quantity.kind == "count" and _is_goods(quantity, names):
        return "goods"
    return plain


def _amount_class(unit: str) -> str | None:
    if unit in _MASS or unit in _bulk():
        return "mass"
    if unit in _BOX:
        return "box"
    if unit in _MOVE:
        return "move"
    return "money" if unit in vocabulary().currencies else None


def _rate_class(numerator: str, denominator: str) -> str | None:
    amount = _PLAIN.get(numerator) or _amount_class(numerator)
    if amount == "money" and (denominator in _BOX | _MOVE or denominator in _JOURNEYS):
        return "carriage"
    if amount == "money" and denominator in _MASS | {"km", "unit"}:
        return "price"
    if amount is None or denominator not in _TIME:
        return None
    return _PER.get(amount)


def _is_goods(quantity: QuantityMark, names: Sequence[NameMark]) -> bool:
    """Whether what is counted is a commodity (aircraft, locomotives, cars)."""
    return any(
        name.kind == "commodity"
        and name.codes != ("other",)
        and quantity.number_end <= name.start
        and name.end <= quantity.end + 1
        for name in names
    )


def plain_number(scene: Scene, mark: QuantityMark, memory: Memory) -> Number | None:
    """The number with its unit; None where it has none that a claim could have."""
    kind = unit_class(mark, scene.reading.names)
    if kind is None or _is_ship_size(scene, mark) or _is_equation(scene, mark) or _is_fleet(scene, mark, kind):
        return None
    if mark.kind == "fraction":
        return _fraction(scene, mark)
    if kind == "percent" and pattern("part_of_level").match(scene.folded, mark.end):
        return Number(mark, "x", "multiple", round(mark.value_low / 100, 6), round(mark.value_high / 100, 6))
    if kind == "bare":
        return _bare_number(scene, mark, memory)
    if kind == "move" and _are_goods(scene, mark):
        kind = "goods"
    counted = numbered(scene, mark)
    kind = counted[1] if counted is not None else kind
    unit = counted[0] if counted is not None else _own_unit(mark, kind)
    if unit in _bulk():
        return _in_bulk(mark, _bulk()[unit])
    if unit == "container" and pattern("in_teu").search(scene.folded, mark.end, scene.reading.end):
        unit = "TEU"
    if unit.startswith("vessel") and _on_the_road(scene, mark):
        unit = unit.replace("vessel", "truck")
    return _rated(scene, mark, unit, kind, memory)


def _own_unit(mark: QuantityMark, kind: str) -> str:
    """The unit that a number stands with, as the contract has it: pieces for goods, what a noun counts for others."""
    unit = str(mark.unit)
    return "unit" if kind == "goods" else counted_units().get(unit.rsplit(maxsplit=1)[-1], unit)


@cache
def _bulk() -> dict[str, _Bulk]:
    """The units that goods in bulk are told in, with what they are in the contract's own."""
    return {unit: _Bulk(**entry) for unit, entry in read_toml("quantity_grammar.toml")["bulk"].items()}


def _in_bulk(mark: QuantityMark, bulk: _Bulk) -> Number | None:
    """Goods in bulk that are told in smaller units (`153 million kilos of tea`, `40 million litres of wine`)."""
    if mark.value_high < bulk.least:
        return None
    low, high = (round(value * bulk.part, 6) for value in (mark.value_low, mark.value_high))
    return Number(mark, bulk.unit, "mass", low, high)


def _are_goods(scene: Scene, mark: QuantityMark) -> bool:
    """Whether vehicles are what is sold, not what runs (`imported 400 trucks`, `car imports: 33,400 vehicles arrived`)."""
    if is_port_cargo(scene, mark):
        return True
    cues = [cue for cue in scene.of_kind("topic") if cue.value in ("exports", "imports", "movements", "waiting", "capacity")]
    own = [cue for cue in cues if not (mark.start <= cue.start and cue.end <= mark.end)]
    found = scene.nearest(mark, own, thresholds()["topic"]["traded_vehicles"])
    if found is None or not found[1].strong or found[1].value not in ("exports", "imports"):
        return False
    cue = found[1]
    return cue.end <= mark.start or pattern("passive").search(scene.folded, cue.start - 6, cue.start) is not None


def is_port_cargo(scene: Scene, mark: QuantityMark) -> bool:
    """Whether vehicles are what a port loads and unloads (`the port handled 74,000 vehicles`)."""
    if mark.unit != "vehicle" or not pattern("at_port").search(scene.folded, scene.reading.start, scene.reading.end):
        return False
    handled = pattern("handled_before").search(scene.folded, max(scene.reading.start, mark.start - _HANDLED), mark.start)
    return handled is not None or pattern("handled_behind").match(scene.folded, mark.end) is not None


def _is_equation(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a number only tells what a unit is worth (`1 tonne = 7.45 barrels`)."""
    return scene.folded[mark.end :].lstrip()[:1] == "=" or scene.folded[: mark.start].rstrip()[-1:] == "="


def _fraction(scene: Scene, mark: QuantityMark) -> Number:
    """A part of a whole as a percentage; a ratio where it is compared with an amount of another time (`half last year's`)."""
    compared = pattern("part_of_figure").match(scene.folded, mark.end) is not None
    halved = mark.change == "down" and mark.value_low == mark.value_high == _HALF
    if compared or halved:
        return Number(mark, "x", "multiple", mark.value_low / 100, mark.value_high / 100)
    return Number(mark, "%", "percent", mark.value_low, mark.value_high)


def _on_the_road(scene: Scene, mark: QuantityMark) -> bool:
    """Whether tankers are tank lorries, for their sentence speaks of roads and of no ships."""
    if "tanker" not in mark.text.lower():
        return False
    modes = {cue.value for cue in scene.of_kind("mode") if cue.end <= mark.start or cue.start >= mark.end}
    return "road" in modes and "sea" not in modes


def _bare_number(scene: Scene, mark: QuantityMark, memory: Memory) -> Number | None:
    """A bare number with the unit that its neighbours give it."""
    low, high = mark.value_low, mark.value_high
    if pattern("factor").search(scene.folded, max(scene.reading.start, mark.start - 24), mark.start):
        return Number(mark, "x", "multiple", low, high)
    if _goods_follow(scene, mark):
        return Number(mark, "unit", "goods", low, high)
    box = (memory.levels.get("box") or memory.levels.get("boxflow") or "").partition("/")[0]
    if box and pattern("of_these_units").match(scene.folded, mark.end):
        return Number(mark, box, "box", low, high)
    counted = _counted(scene, mark, memory)
    if counted:
        kind = "moveflow" if "/" in counted else str(_amount_class(counted))
        return _rated(scene, mark, counted, kind, memory)
    other = _of_capacity(scene, mark, memory) or _sibling(scene, mark, memory)
    return _with_rate(scene, Number(mark, other[0], other[1], low, high)) if other else None


def _with_rate(scene: Scene, number: Number) -> Number:
    """A bare number with the rate that stands behind it (`an average of 5.25 mln a year`)."""
    rate = pattern("rate_behind").match(scene.folded, number.mark.end)
    if rate is None or "/" in number.unit or number.kind not in _PER:
        return number
    return Number(
        number.mark, f"{number.unit}/{_PERIODS[rate['period'] or rate['adverb']]}", _PER[number.kind], number.low, number.high
    )


def yearly(scene: Scene, number: Number, cue: Cue | None, memory: Memory) -> Number:
    """A capacity that is named per year (`an annual capacity of 5 million tons`), with its rate.

    What goes on with it in other units has its rate (`15 million tons a year and, for containers, 140,000 TEU`).
    """
    if number.kind not in ("mass", "box", "move"):
        return number
    if cue is None:
        last = memory.last
        here = last is not None and last.sentence == scene.reading.index and last.topic.indicator == "capacity"
        per = (memory.levels.get(last.unit_class) or "").partition("/")[2] if last is not None and here else ""
        return with_rate(number, per) if per in _TIME and last is not None and last.unit_class != _PER[number.kind] else number
    if cue.value != "capacity":
        return number
    if not pattern("annual").search(scene.folded, max(scene.reading.start, cue.start - 30), number.mark.start):
        return number
    return with_rate(number, "yr")


def with_rate(number: Number, per: str) -> Number:
    """The number counted over a period (`yr`, `mo`, `wk`, `d`); itself where it has a rate or can have none."""
    if "/" in number.unit or number.kind not in _PER:
        return number
    return Number(number.mark, f"{number.unit}/{per}", _PER[number.kind], number.low, number.high)


def per_box(scene: Scene, number: Number, indicator: str, memory: Memory) -> Number:
    """A freight rate with the box that it is for: the size that the sentence names, or the one named last."""
    named = _box_named(scene, number.mark) if indicator in _TOLD_FOR_BOXES else None
    if named is not None and not (named == "container" and memory.box in ("TEU", "FEU")):
        memory.box = named
    if indicator != "freight_rate":
        return number
    if number.kind == "money" and pattern("daily_earnings").search(scene.folded, scene.reading.start, scene.reading.end):
        return with_rate(number, "d")
    amount, _, per = number.unit.partition("/")
    if number.kind in ("price", "carriage") and per not in _JOURNEYS:
        memory.box = per
    elif (per in _JOURNEYS or is_small(number.mark, number.kind)) and memory.box is not None:
        return Number(number.mark, f"{amount}/{memory.box}", "carriage", number.low, number.high)
    return Number(number.mark, amount, number.kind, number.low, number.high) if per in _JOURNEYS else number


def _box_named(scene: Scene, mark: QuantityMark) -> str | None:
    """The box, truck or wagon that a sentence names nearest to a number; its size rather than the mere word."""
    found = [
        (scene.distance(mark, match), unit)
        for unit in _BOX_SIZES
        for match in map(_spanned, pattern(f"box_{unit}").finditer(scene.folded, scene.reading.start, scene.reading.end))
    ]
    sized = [one for one in found if one[1] != "container"] or found
    return min(sized)[1] if sized else None


def _spanned(match: re.Match[str]) -> Stretch:
    return Stretch(match.start(), match.end())


def _is_ship_size(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a mass is the size of a ship (`ships of up to 150,000 tonnes`)."""
    if "dwt" in mark.text.lower():
        return True
    return (
        mark.unit in ("t", "TEU")
        and pattern("ship_of").search(scene.folded, max(scene.reading.start, mark.start - 24), mark.start) is not None
    )


def _is_fleet(scene: Scene, mark: QuantityMark, kind: str) -> bool:
    """Whether ships are counted that somebody has, buys or builds (`ordered six ships`); a port has those that call at it."""
    if kind != "move" or not str(mark.unit).endswith("vessel"):
        return False
    start = scene.reading.start
    owned = pattern("owns_ships").search(scene.folded, max(start, mark.start - _FLEET), mark.start)
    if owned is None:
        return False
    called_at = pattern("called_at").search(scene.folded, start, owned.start()) if owned["has"] else None
    return called_at is None or any(
        name.kind == "company" and called_at.end() <= name.start < owned.start() for name in scene.reading.names
    )


def _goods_follow(scene: Scene, mark: QuantityMark) -> bool:
    """Whether goods in the plural follow a bare number after their maker and type (`22 new Boeing 787 Dreamliners`)."""
    return any(
        name.kind == "commodity"
        and name.codes == ("vehicles",)
        and mark.end < name.start <= mark.end + 36
        and pattern("apart").search(scene.folded, mark.end, name.start) is None
        for name in scene.reading.names
    )


@cache
def counted_units() -> dict[str, str]:
    """What a noun counts, in units of the contract."""
    return {noun: str(unit) for noun, unit in read_toml("quantity_grammar.toml")["counted"].items()}


def is_small(quantity: QuantityMark, kind: str) -> bool:
    """Whether a sum of money is too small for trade or a project: a fare, a price, a freight rate."""
    return kind == "money" and abs(quantity.value_high) < thresholds()["floor"]["money"]


def plausible(number: Number, indicator: str) -> bool:
    """Whether a number can be what it is taken for: small change is no trade, and no flow grows a thousand times."""
    if indicator == "freight_rate" and number.kind == "money":
        return abs(number.high) <= thresholds()["ceiling"]["freight_rate"]
    if number.kind in ("money", "moneyflow") and indicator != "freight_rate":
        return abs(number.high) >= thresholds()["floor"]["money"]
    return number.kind != "multiple" or number.high <= thresholds()["ceiling"]["multiple"]


def _rated(scene: Scene, mark: QuantityMark, unit: str, kind: str, memory: Memory) -> Number:
    """A number that goes on with the rate of the one before it in its sentence (`81 Mt a year, 72 Mt on the other section`).

    What was handled beside what can be is no rate (`can handle 17 Mt a year, but handled 6 Mt`).
    """
    price = _price_before(scene, mark) if kind == "money" and base_cue(scene, mark) is not None else None
    if price is not None:
        return Number(mark, price, _rate_class(*price.split("/", 1)) or kind, mark.value_low, mark.value_high)
    last = memory.last
    rate = last.quantity.unit if last is not None and last.sentence == scene.reading.index and kind in _PER else None
    amount, _, per = (rate or "").partition("/")
    if last is not None and rate and pattern("was_handled").search(scene.folded, last.quantity.end, mark.start):
        return Number(mark, unit, kind, mark.value_low, mark.value_high)
    if amount == unit and (per in _TIME or (per and is_small(mark, kind))):
        return Number(mark, str(rate), _rate_class(amount, per) or kind, mark.value_low, mark.value_high)
    framed = pattern("usual_period").search(scene.folded, scene.reading.start, scene.reading.end) if kind in _FRAMED else None
    if framed is not None:
        per = _PERIODS[framed["period"] or framed["each"]]
        return Number(mark, f"{unit}/{per}", _PER[kind], mark.value_low, mark.value_high)
    return Number(mark, unit, kind, mark.value_low, mark.value_high)


def _price_before(scene: Scene, mark: QuantityMark) -> str | None:
    """The unit of the price that an amount is the base of (`$320 a tonne in May, down from $350 in March`)."""
    before = scene.quantity_before(mark)
    amount, _, per = (before.unit or "").partition("/") if before is not None else ("", "", "")
    return before.unit if before is not None and amount == mark.unit and per in _MASS | _BOX | _MOVE else None


def numbered(scene: Scene, mark: QuantityMark) -> tuple[str, str] | None:
    """The unit, with its class, of what so many units are (`the number of wagons rose to 5,000 units`)."""
    if mark.unit != "unit":
        return None
    found = pattern("number_of").search(scene.folded, scene.reading.start, mark.start)
    noun = _head_counted(found["phrase"]) if found is not None else None
    unit = counted_units()[noun] if noun is not None else None
    return (unit, str(_amount_class(unit))) if unit is not None else None


def _counted(scene: Scene, mark: QuantityMark, memory: Memory) -> str | None:
    """The unit that the subject of a bare number gives it (`containers numbered over 13,000`, `block trains: 317 of them`)."""
    nouns = counted_units()
    found = pattern("number_of").search(scene.folded, scene.reading.start, mark.start)
    noun = _head_counted(found["phrase"]) if found else None
    if found and noun:
        daily = found["daily"] or pattern("a_day").search(scene.folded, found.start(), mark.start)
        return nouns[noun] + ("/d" if daily else "")
    known = [cue for cue in scene.of_kind("topic") if cue.phrase in nouns and cue.end <= mark.start]
    near = scene.nearest(mark, known, 6.0)
    if near is None and scene.folded.startswith(" of them", mark.end):
        near = scene.nearest(mark, known, 20.0)
        if near is None and memory.counted[0] is not None and scene.reading.index - memory.counted[1] <= 1:
            rate = pattern("rate_in_clause").match(scene.folded, mark.end)
            return nouns[memory.counted[0]] + (f"/{_PERIODS[rate['period']]}" if rate else "")
    blocked = scene.quantity_before(mark)
    if pattern("led_to").search(scene.folded, clause_of(scene, mark.start)[0], mark.start):
        near, blocked = scene.nearest(mark, [cue for cue in known if _is_subject(scene, cue)], _SUBJECT), None
    few = mark.value_low < _COUNTED_AT_LEAST and not scene.folded.startswith(" of them", mark.end)
    if near is None or few or (blocked is not None and blocked.start >= near[1].end):
        return None
    rate = pattern("rate_in_clause").match(scene.folded, mark.end)
    after = scene.quantity_after(mark)
    begins = after is not None and scene.folded[mark.end : after.start] == " to "  # `from 300 to 520 a day`
    often = pattern("rate_behind").match(scene.folded, after.end if after is not None and begins else mark.end)
    told = rate["period"] if rate else (often["period"] or often["adverb"]) if often else None
    return nouns[near[1].phrase] + (f"/{_PERIODS[told]}" if told else "")


def _is_subject(scene: Scene, cue: Cue) -> bool:
    """Whether a noun opens its clause, but for what describes it or tells the time (`In June, loaded trains rose to`)."""
    lead = scene.folded[clause_of(scene, cue.start)[0] : cue.start].rpartition(", ")[2]
    return pattern("depends").search(lead) is None


def _head_counted(phrase: str) -> str | None:
    """The noun that a phrase counts, the head of a compound (`container trains from`, where boxes are not counted)."""
    nouns, counted = counted_units(), None
    for word in phrase.split():
        if word in nouns:
            counted = word
        elif counted:
            break
    return counted


def remember_counted(scene: Scene, memory: Memory) -> None:
    """Keeps the vehicles that a sentence names last, for `18 of them` in the next, and what it quotes all rates for."""
    named = [cue for cue in scene.of_kind("topic") if cue.phrase in counted_units() and cue.phrase.endswith("s")]
    if named:
        memory.counted = (named[-1].phrase, scene.reading.index)
    quoted = pattern("quoted_per").search(scene.folded, scene.reading.start, scene.reading.end)
    if quoted is not None:
        memory.box = _QUOTED[quoted["unit"]]


def _of_capacity(scene: Scene, mark: QuantityMark, memory: Memory) -> tuple[str, str] | None:
    """The unit, with its class, of what a capacity comes to that is told without one (`will raise capacity to 500,000`)."""
    if pattern("of_capacity").search(scene.folded, max(scene.reading.start, mark.start - _CAPACITY), mark.start) is None:
        return None
    able = next((kind for kind in reversed(memory.levels) if kind in _ABLE), None)
    return (memory.levels[able], able) if able is not None and mark.value_high >= 1 else None


def _sibling(scene: Scene, mark: QuantityMark, memory: Memory) -> tuple[str, str] | None:
    """The unit, with its class, of the number that a bare number is set beside (`against 53.7 million`)."""
    compared = _is_compared(scene, mark, memory)
    scaled = mark.value_low >= 1000 and any(
        character.isalpha() for character in scene.folded[mark.number_start : mark.number_end]
    )
    if not (compared or scaled) or abs(mark.value_high) < 1 or (not scaled and _counts_them(scene, mark, memory)):
        return None
    on_its_way = memory.levels and _goes_on_its_way(scene, mark, memory)
    if not on_its_way and _goes_on_with_rates(scene, mark, memory):
        return "%", "percent"
    told = memory.levels
    if told and _of_goods(scene, mark) and "mass" in told:
        return told["mass"], "mass"
    last = memory.last
    here = last is not None and last.sentence == scene.reading.index
    follows = last is not None and scene.reading.index - last.sentence == 1 and _said_of_it(scene, mark)
    if told and (here or follows):
        kind = next(reversed(told))
        return told[kind], kind
    beside = _unit_beside(scene, mark)
    if beside or not told or not (scaled or _of_these(scene, mark)):
        return beside
    kind = next(reversed(told))
    return told[kind], kind


def _counts_them(scene: Scene, mark: QuantityMark, memory: Memory) -> bool:
    """Whether a number counts things, though what was told last has no number of things (`late on nine of them`)."""
    kind = next(reversed(memory.levels), None)
    return kind in _MEASURED and pattern("part_after").match(scene.folded, mark.end) is not None


def _goes_on_with_rates(scene: Scene, mark: QuantityMark, memory: Memory) -> bool:
    """Whether a bare number is a percentage like the one before it in its sentence (`at 13.2 percent instead of 32.2`)."""
    last = memory.last
    told = last is not None and last.unit_class == "percent" and last.sentence == scene.reading.index
    if pattern("with_percent").match(scene.folded, mark.end) or pattern("part_after").match(scene.folded, mark.end):
        return False
    return told and mark.number_end == mark.end and mark.value_high < _LARGEST_RATE


def _is_compared(scene: Scene, mark: QuantityMark, memory: Memory) -> bool:
    """Whether a bare number is set against, beside or under another one."""
    beside = pattern("beside").search(scene.folded, max(scene.reading.start, mark.start - 8), mark.start)
    if base_cue(scene, mark) is not None or beside is not None:
        return True
    if memory.levels and (_said_of_it(scene, mark) or _sent_on(scene, mark) or _goes_on_its_way(scene, mark, memory)):
        return True
    return _of_goods(scene, mark) or _of_these(scene, mark) or (bool(memory.levels) and _named_at(scene, mark))


def _said_of_it(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a bare number is told of what a pronoun or a rate stands for (`in 2014 it was 8`, `seven million a year`).

    So is what is still to come (`600 are planned`).
    """
    if pattern("to_come").match(scene.folded, mark.end):
        return True
    rated = pattern("rate_behind").match(scene.folded, mark.end) is not None
    return rated or pattern("it_was").search(scene.folded, scene.reading.start, mark.start) is not None


def _sent_on(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a bare number is the part that goes to a side, in a list of such parts (`301,000 to Afghanistan`)."""
    last = scene.quantity_before(mark)
    to = pattern("to_side").match(scene.folded, mark.end)
    return last is not None and to is not None and any(group.start == to.end() for group in scene.groups)


def _goes_on_its_way(scene: Scene, mark: QuantityMark, memory: Memory) -> bool:
    """Whether a bare number is the subject of a verb of motion behind a count of trains or ships (`; 119 went on`)."""
    before = scene.quantity_before(mark)
    opens = scene.folded[: mark.start].rstrip().endswith((";", ", and", ", of which", "another", ", with"))
    counted = [other for other in scene.reading.quantities if other.end <= mark.start and other.kind == "count"]
    here = memory.last is not None and memory.last.sentence == scene.reading.index
    moved = bool(counted) or (here and next(reversed(memory.levels), None) == "move")
    return before is not None and opens and moved and pattern("goes_on").match(scene.folded, mark.end) is not None


def _unit_beside(scene: Scene, mark: QuantityMark) -> tuple[str, str] | None:
    """The unit of the number before a bare one in its sentence, else of the number after it."""
    before = [other for other in scene.reading.quantities if other.end <= mark.start and other.kind in _STANDALONE]
    after = scene.quantity_after(mark)
    for other in (*reversed(before), *([after] if after is not None and after.kind in _STANDALONE else [])):
        kind = unit_class(other, scene.reading.names)
        if other.unit is not None and kind is not None and kind != "bare":
            return other.unit, kind
    return None


def _of_these(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a bare number is a part of one told before (`Of these, 2,852`), or stands with its percentage (`165 (17%)`)."""
    part = pattern("part_before").search(scene.folded, max(scene.reading.start, mark.start - 14), mark.start)
    return (
        part is not None
        or pattern("part_after").match(scene.folded, mark.end) is not None
        or pattern("with_percent").match(scene.folded, mark.end) is not None
    )


def _named_at(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a bare number stands at a side's name in a list (`South Korea 290,000, Taiwan 95,000`)."""
    return any(
        group.end <= mark.start and scene.folded[group.end : mark.start].strip() in ("", "with", ":", "a little", "just")
        for group in scene.groups
    )


def _of_goods(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a bare number is followed by `of` and goods (`Italy 104,704 of wheat`)."""
    match = pattern("of_goods").match(scene.folded, mark.end)
    if match is None:
        return False
    if pattern("cargo").match(scene.folded, match.end()):
        return True
    return any(name.kind == "commodity" and name.start == match.end() for name in scene.reading.names)


def base_cue(scene: Scene, mark: QuantityMark) -> Cue | None:
    """The word that makes a number the base of a comparison (`against`, `from`, `compared with`)."""
    for cue in scene.of_kind("base"):
        if cue.end <= mark.start <= cue.end + _BASE_GAP and pattern("base_gap").fullmatch(scene.folded, cue.end, mark.start):
            return cue
    before = scene.quantity_before(mark)
    if before is None or before.unit != mark.unit or not pattern("joined_base").fullmatch(scene.folded, before.end, mark.start):
        return None
    return base_cue(scene, before)
