"""Puts together the numbers that make one quantity or share a unit: ranges, developments, pairs, and two units for one value.

Whether two numbers that stand together are one range or two figures is decided here.
"""

import itertools
import math
import re
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.numerals import either, numerals
from pipeline.language.quantities_context import context, tells_development
from pipeline.language.quantities_numbers import Number, Passage
from pipeline.language.quantities_units import attach_rate
from pipeline.language.units import Unit, units

_BLANKS = re.compile(r" {2,}")
_WORD_BEFORE = re.compile(r"([a-z]+) {1,4}$")
_LONGEST_GAP = 24
_LISTED = re.compile(r" ?, ?")
_LAST_LISTED = re.compile(r" ?,? ?(?:and|or|&) ?")
_OUT_OF = re.compile(r" (?:[a-z]{3,12} )?(?:in(?P<every> every)?|(?P<out>out of)(?: every)?) ")
_MOST_PARTS = 100
_PERCENT_OR = re.compile(r"(?:%|\bper ?cent|\bpct) or (?:by )?$")


def join_compounds(place: Passage, numbers: list[Number]) -> list[Number]:
    """The numbers, with those of one quantity in two units made one: `5 feet 2 inches`."""
    joined: list[Number] = []
    for number in numbers:
        whole = _compound(place, joined[-1], number) if joined else None
        if whole is None:
            joined.append(number)
        else:
            joined[-1] = whole
    return joined


def _compound(place: Passage, first: Number, second: Number) -> Number | None:
    """`5 feet 2 inches`, `3 dollars and 50 cents`, `8 billion 155 million drams`; None if the two are no such thing."""
    if 1 < second.scale < first.scale and first.unit is None and not second.prefixed:
        joint = place.folded[first.end : second.start].strip()
        whole = joint in ("", "and") and second.amount < first.scale and first.value == int(first.value)
        value = round((first.amount + second.amount) / second.scale, 9)
        return second._replace(start=first.start, number_start=first.number_start, value=value) if whole else None
    if first.unit is None or first.over or second.scale != 1.0 or first.value != int(first.value):
        return None
    if place.folded[first.end : second.start].strip() not in ("", "and"):
        return None
    smaller = _smaller(place, first, second)
    if smaller is None or not 0 <= second.value < smaller:
        return None
    return first._replace(end=second.end, value=first.value + second.value / smaller)


def _smaller(place: Passage, first: Number, second: Number) -> float | None:
    """How many of the second unit make one of the first."""
    if first.unit is None:
        return None
    if second.unit is not None and second.unit.code == first.unit.code:
        return first.unit.factor / second.unit.factor if second.unit.factor < first.unit.factor else None
    if second.unit is not None:
        return units().compound.get(first.unit.code, {}).get(second.unit.code)
    coins = first.kind == "money" and first.scale == 1.0 and not first.prefixed and second.is_whole
    return 100.0 if coins and place.folded[second.end : second.end + 1] in ("", ".", ",", ";") else None


def share_over_lists(place: Passage, numbers: list[Number]) -> list[Number]:
    """The numbers, with the unit of the last of a list given to all before it (`940,000, 610,000 and 95,000 tons`)."""
    shared = list(numbers)
    ends = [
        index
        for index in range(2, len(numbers))
        if numbers[index].unit is not None and _follows(place, numbers, index, _LAST_LISTED)
    ]
    for end in ends:
        for index in range(end - 1, -1, -1):
            first, second = shared[index], shared[index + 1]
            listed = index == end - 1 or _follows(place, numbers, index + 1, _LISTED)
            pair = _shared(place, first, second, spread=False) if listed and _is_listable(place, first, second) else None
            if pair is None or not _follows(place, numbers, end - 1, _LISTED):
                break
            shared[index] = pair[0]
    return shared


def _follows(place: Passage, numbers: list[Number], index: int, gap: re.Pattern[str]) -> bool:
    """Whether a number follows the one before it after no more than `gap`."""
    return gap.fullmatch(place.folded, numbers[index - 1].end, numbers[index].start) is not None


def _is_listable(place: Passage, first: Number, second: Number) -> bool:
    """Whether a number can be one of a list of amounts in one unit."""
    return first.unit is None and not first.is_year_like and _alike(place, first, second)


@cache
def _joint() -> re.Pattern[str]:
    words = either(read_toml("number_context.toml")["range"]["before_second"])
    apart = either(read_toml("number_context.toml")["range"]["comparing"])
    spread = rf"(?P<spread>-? ?(?:--|-|—) ?|/|-?(?: up| down)? (?:to|until)(?: (?:{words})){{0,2}} )"
    return re.compile(rf"{spread}|(?P<pair>(?: and| or|,? (?:{apart}))(?: (?:{words}))? )")


def linked(place: Passage, first: Number, second: Number) -> tuple[Number, Number] | None:
    """Both numbers with unit and scale shared, where `to`, a dash, `and` or `or` links them; None where they do not match."""
    gap = place.folded[first.end : second.start]
    match = _joint().fullmatch(_BLANKS.sub(" ", gap)) if len(gap) <= _LONGEST_GAP else None
    if match is None or not _alike(place, first, second):
        return None
    if match["pair"] is not None and not _is_pair(first, second, match["pair"].strip(" ,")):
        return None
    if gap == "/" and (second.unit is None or first.unit is not None or first.value == int(first.value)):
        return None
    if gap in ("-", "/"):
        first, second = _unabridged(place, first, second)
    return _shared(place, first, second, match["spread"] is not None)


def _alike(place: Passage, first: Number, second: Number) -> bool:
    """Whether the two can go together at all: parts with parts, no multiples in words, no year with an amount below it."""
    if "multiple" in (first.form, second.form) or (first.form == "part") != (second.form == "part"):
        return False
    if not first.is_year_like or first.unit is not None:
        return True
    # `2021 - 45 tons`, `in 2020 and 3.4 million`, `in 2020 and 152,083 tons`
    before = _WORD_BEFORE.search(place.folded, max(0, first.start - _LONGEST_GAP), first.start)
    dated = before is not None and before[1] in context().years_before and before[1] not in context().range_openers
    return second.is_whole and second.value >= first.value and (not dated or second.is_year_like)


def _is_pair(first: Number, second: Number, joint: str) -> bool:
    """Whether `and`, `or`, `from`, `against` between two numbers mean that the first has the unit of the second."""
    if joint.startswith("or"):
        # `lost 214 or 66 percent` says one thing in two measures.
        return first.value < second.value
    return joint.startswith("and") or first.unit is None


def _unabridged(place: Passage, first: Number, second: Number) -> tuple[Number, Number]:
    """Both ends in full: `4-5,000 tons` starts at 4000, `18.50/55 dollars` ends at 18.55."""
    if first.scale != 1.0 or second.scale != 1.0:
        return first, second
    if first.is_whole and first.value < 100 and second.value % 1000 == 0 and first.value * 1000 < second.value:
        return first._replace(scale=1000.0), second
    written = place.folded[first.number_start : first.number_end]
    decimals = len(written) - written.find(".") - 1 if "." in written else 0
    if decimals and second.is_whole and second.number_end - second.number_start == decimals:
        value = round(int(first.value) + second.value / 10**decimals, decimals)
        return first, second._replace(value=value) if value > first.value else second
    return first, second


def _shared(place: Passage, first: Number, second: Number, spread: bool) -> tuple[Number, Number] | None:
    scale = _shared_scale(place, first, second)
    if first.unit is None and second.unit is not None and not second.prefixed:
        taken = first._replace(unit=second.unit, over=second.over, divisor=second.divisor, scale=scale, named=second.named)
        return taken, second
    if second.unit is None and first.unit is not None and spread and (first.prefixed or second.value == 0):
        second = second._replace(unit=first.unit, named=True)
        return _same_rate(first._replace(scale=scale), attach_rate(place, second))
    if first.prefixed and second.prefixed and first.unit == second.unit:
        return _same_rate(first._replace(scale=scale), second)
    if first.code != second.code:
        return None
    return (first._replace(scale=scale) if first.unit is None else first), second


def _same_rate(first: Number, second: Number) -> tuple[Number, Number]:
    """The rate of the second for the first too: `$2,300-2,500 a day`."""
    return (first, second) if first.over else (first._replace(over=second.over, divisor=second.divisor), second)


def _shared_scale(place: Passage, first: Number, second: Number) -> float:
    """The scale of the second for the first too, unless that would make it a hundred times the second and more."""
    scale = second.scale if second.scale != 1.0 else _spelled_scale(place, first, second)
    if first.scale != 1.0 or scale == 1.0 or first.value >= 1000 or first.value * scale > 99 * second.amount:
        return first.scale
    return scale


def _spelled_scale(place: Passage, first: Number, second: Number) -> float:
    """The scale that a number in words ends with (`nine million`), which its value already holds; 1 for none.

    `Two to three hundred thousand` starts at two hundred thousand, `fifty to three hundred thousand` at fifty thousand.
    """
    written = place.folded[second.number_start : second.number_end].replace("-", " ").split()
    ends = list(itertools.takewhile(lambda word: word in numerals().scale, reversed(written)))
    if second.form != "words" or not ends or len(ends) == len(written):
        return 1.0
    whole = math.prod(numerals().scale[word] for word in ends)
    return whole if first.value * whole <= second.amount else numerals().scale[ends[0]]


def share_in(place: Passage, first: Number, second: Number) -> Number | None:
    """`Four tonnes in every five`, `two out of three containers`, `one in ten`: a share of a whole."""
    match = _OUT_OF.fullmatch(place.folded, first.number_end, second.start)
    if match is None or not (first.is_whole and second.is_whole) or not 0 < first.value < second.value <= _MOST_PARTS:
        return None
    spelled = first.form == second.form == "words"
    counts = (
        second.unit is None or second.kind == "count" or (second.kind == "measure" and bool(match["every"] or match["out"]))
    )
    if first.end > first.number_end and not first.named:
        return None
    if not counts or not (match["every"] or match["out"] or (spelled and (second.unit is None or first.value == 1))):
        return None
    share = round(100 * first.value / second.value, 4)
    return first._replace(
        end=second.number_end,
        number_end=second.number_end,
        value=share,
        unit=Unit("%", kind="fraction"),
        form="words",
        named=True,
    )


def is_range(place: Passage, first: Number, second: Number, opener: str, opened_by: str) -> bool:
    """Whether two linked numbers are the ends of one range, not two figures of a development or two of a list.

    `opener` is the word before the first number, `opened_by` the one before that.
    """
    words = context()
    gap = place.folded[first.end : second.start].strip().lstrip("-").strip()
    low, high = first.worth, second.worth
    if opener == "from" and opened_by in (words.range_words | words.taking):
        return True
    if low >= high:
        return False
    if gap[:1] == "," or (gap[:1].isalpha() and not gap.startswith(("to", "until", "up", "down"))):
        return (
            opener == "between" if gap.startswith("and") else gap.startswith("or") and first.form == "words" and high <= 3 * low
        )
    if opener == "from" and gap.startswith(("to", "until")):
        return not tells_development(place.folded, first.start)
    # `rose by 5 to 105 ships` tells of two figures; `by 5 to 7 percent` of a range.
    return not (
        gap.startswith(("to", "up", "down")) and _change_then_level(place, first, opener, high / low if low > 0 else 1.0)
    )


def _change_then_level(place: Passage, first: Number, opener: str, ratio: float) -> bool:
    """`rose by 5 to 105 ships`, `slipped 4 percent or $201 to $4,914`: what it changed by, and what it came to."""
    words = context()
    has_own_unit = first.prefixed or first.end > first.number_end
    if opener in words.by or opener in words.directions:
        return ratio > 3 or (has_own_unit and opener in words.directions)
    if has_own_unit and _PERCENT_OR.search(place.folded, max(0, first.start - _LONGEST_GAP), first.start):
        return True
    return ratio > 5 and tells_development(place.folded, first.start)
