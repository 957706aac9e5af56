"""Finds the quantities of a text: numbers with their units, bounds and directions.

Making marks of the numbers that the modules beside this one find, link and sift belongs here. What a quantity measures is
decided by the claims.
"""

import re
from dataclasses import replace
from typing import cast

from pipeline.language.marks import Change, QuantityKind, QuantityMark
from pipeline.language.quantities_context import Before, bound_after, change_after, context, read_before
from pipeline.language.quantities_exclusions import is_label, is_quantity
from pipeline.language.quantities_numbers import Number, Passage, find_numbers, passage
from pipeline.language.quantities_ranges import is_range, join_compounds, linked, share_in, share_over_lists
from pipeline.language.quantities_units import attach_unit
from pipeline.language.units import Unit

_DASHED = re.compile(r"[\s/–—-]*")
# A verb of growth before `up to`, without a preposition between them.
_BEFORE_UP_TO = 70
_CAME_TO = re.compile(
    r"\b(?:increas(?:e|es|ed|ing)|grew|grown|grow|rose|risen|rise|raise[ds]?|brought|bring|expand(?:ed)?|jumped|soared|surged)\b"
    r"(?:(?!\. )[^;:]){0,60}?(?<!\bby)(?<!\bto)(?<!\bof)(?<!\bat)(?<!\bfrom) $"
)


def find_quantities(text: str) -> list[QuantityMark]:
    """The quantities of `text`, sorted by place, without overlaps; offsets are code points.

    Units are codes of the contract where there is one, with values converted (`35 lakh tonnes` is 3500000 `t`, `two weeks`
    14 `d`, `75 cents a pound` 0.75 `USD/lb`), else the words of the text. Parts of a whole (`half`, `a third`) are percent,
    of kind `fraction`. A bare number (`against 53.7`) has unit None: what it goes on with is for its reader to say.
    """
    place = passage(text)
    numbers = share_over_lists(place, join_compounds(place, list(find_numbers(place, attach_unit))))
    marks: list[QuantityMark] = []
    index, floor = 0, 0
    while index < len(numbers):
        first = numbers[index]
        pair = _partner(place, numbers, index)
        share = share_in(place, *numbers[index : index + 2]) if index + 1 < len(numbers) else None
        if share is not None:
            marks += _single(place, share, floor)
            index, floor = index + 2, share.end
            continue
        found = _single(place, first, floor) if pair is None else _pair(place, *pair, floor)
        marks += found
        index += 1 if pair is None else 2
        floor = max(floor, numbers[index - 1].end, found[-1].end if found else 0)
    return marks


def _partner(place: Passage, numbers: list[Number], index: int) -> tuple[Number, Number] | None:
    """The number at `index` with the next one, where they are linked and that one does not open a range itself."""
    if index + 1 == len(numbers):
        return None
    first, second = numbers[index : index + 2]
    if index + 2 < len(numbers) and second.unit is None and first.unit is None:
        opens = place.folded[second.end : numbers[index + 2].start] == "-"
        if opens and place.folded[first.end : second.start] != "-":
            return None
    return linked(place, first, second)


def _single(place: Passage, number: Number, floor: int) -> list[QuantityMark]:
    before = read_before(place.folded, number.start, floor)
    if number.form == "part":
        number = _as_percent(number)
    return [_mark(place, number, before)] if is_quantity(place, number, before) else []


def _as_percent(number: Number) -> Number:
    """`half`, `a third`: percent of a whole, unless a unit says what is halved (`half an hour`, `half a million tons`)."""
    if number.unit is not None or number.value >= 1:
        return number
    return number._replace(value=round(number.value * 100, 4), unit=Unit("%", kind="fraction"), named=True)


def _pair(place: Passage, first: Number, second: Number, floor: int) -> list[QuantityMark]:
    before = read_before(place.folded, first.start, floor)
    opener, opened_by = (*before.words[:2], "", "")[:2]
    if context().directions.get(f"{opened_by} {opener}", opener) is None:
        opener = ""  # `made up $18 to 20 million`
    if not is_range(place, first, second, opener, opened_by):
        marks = _single(place, first, floor)
        if not marks and second.unit is None:
            return []
        return marks + _single(place, second, marks[-1].end if marks else first.end)
    if second.unit is None and is_label(place, first, before):
        return []
    if second.unit is None and (_is_score(place, first, second, before) or first.is_year_like or second.is_year_like):
        return []
    start = before.start
    if opener == "between" or (opener == "from" and _DASHED.fullmatch(place.folded, first.end, second.start) is None):
        opened = place.folded.rfind(opener, 0, first.start)
        before = read_before(place.folded, opened, floor)
        start = min(opened, before.start)
    mark = _mark(place, second._replace(form=first.form), replace(before, start=start))
    ends = (
        [number.worth for number in map(_as_percent, (first, second))] if first.form == "part" else [first.worth, second.worth]
    )
    unit = "%" if first.form == "part" and first.unit is None else mark.unit
    kind: QuantityKind = "fraction" if unit != mark.unit else mark.kind
    return [replace(mark, value_low=min(ends), value_high=max(ends), unit=unit, kind=kind, number_start=first.number_start)]


def _is_score(place: Passage, first: Number, second: Number, before: Before) -> bool:
    """`3-1`, `787-9`: integers with a hyphen between them, nothing that they count, and no word that makes them a range."""
    if before.bound is not None or (before.words and before.words[0] in context().range_openers):
        return False
    return "-" in place.folded[first.end : second.start] and first.is_whole and second.is_whole


def _mark(place: Passage, number: Number, before: Before) -> QuantityMark:
    start, end, bound = before.start, number.end, before.bound or "exact"
    if before.bound == "exact" or _bounds_nothing(number, before.bound_word) or _grows_up_to(place, before):
        start, bound = number.start, "exact"
    after = (number.bound, end) if number.bound is not None else bound_after(place.folded, end)
    if after is not None and before.bound is None:
        bound, end = after
    change = _change(number, before) or change_after(place.folded, end, number.kind in ("money", "measure", "count"))
    kind = cast(QuantityKind, number.kind)
    worth = number.worth
    return QuantityMark(
        start,
        end,
        place.text[start:end],
        worth,
        worth,
        number.code,
        bound,
        change,
        kind,
        number.number_start,
        number.number_end,
    )


def _grows_up_to(place: Passage, before: Before) -> bool:
    """Whether `up to` tells what a figure came to (`increased by 3 percent - up to $500 million`), not a bound."""
    if before.bound_word != "up to":
        return False
    return _CAME_TO.search(place.folded, max(0, before.start - _BEFORE_UP_TO), before.start) is not None


def _bounds_nothing(number: Number, word: str) -> bool:
    """A bound word that means something else here: `over 16 years` lasts, a lock that `passed 7,084 ships` let them through."""
    words = context()
    if number.code in words.time_units and word in words.time_words:
        return True
    return word in words.scaled_words and number.scale == 1.0 and number.kind != "money"


def _change(number: Number, before: Before) -> Change | None:
    if number.sign:
        return "up" if number.sign == "+" else "down"
    return None if before.signed and number.kind != "percent" else before.change
