"""Periods counted from the publication date: last year, the next five years, two weeks ago, so far, now.

What points back at something the text has said belongs to dates_anaphora.py.
"""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.language.dates_calendar import (
    UNRESOLVED,
    Period,
    months_of,
    part_of,
    shifted,
    single,
    stepped,
    unit_around,
    year_of,
)
from pipeline.language.dates_frame import (
    Frame,
    Resolver,
    Slots,
    key,
    month_number,
    number,
    recent,
    relative,
    tells_results,
    year_running,
    yearish,
)
from pipeline.language.dates_words import any_of, words
from pipeline.language.dates_years import fiscal_year, is_fiscal, solar_year


def _relative_unit(slots: Slots, frame: Frame) -> Period | None:
    word, unit = key(slots["rel"]), key(slots["unit"])
    if unit == "year" and word in words()["offsets"] and frame.published and frame.solar:
        return solar_year(word, frame)
    if _is_reporting_year(word, unit, frame):
        return relative("last", unit, frame)
    if word == "past" or (unit == "decade" and word in ("last", "next", "coming")):
        return recent(1, unit, frame, ahead=word in ("next", "coming"))
    period = relative(word, unit, frame)
    published = frame.published
    if not published or not period.start or not period.end or not period.start <= published <= period.end:
        return period
    if slots["so"] or key(slots["when"]) == "earlier":
        return replace(period, end=published, grain="span")
    return replace(period, start=published, grain="span") if slots["when"] else period


def _bare_last(_slots: Slots, frame: Frame) -> Period | None:
    """`10 million this year after 9 million last`: the unit told just before."""
    told = re.search(r"\b(?:this|next|current) (year|month|week|quarter|season)\b", frame.lead)
    if told is None:
        return None
    return relative("last", told[1], frame) if told[1] != "season" else UNRESOLVED


def _is_reporting_year(word: str, unit: str, frame: Frame) -> bool:
    """Whether `in the past year` means the calendar year that has just ended, as it does in reports on its results."""
    rolling = re.search(r"\b(?:over|during|within|throughout) (?:the )?$", frame.lead)
    return word == "past" and unit == "year" and rolling is None and tells_results(frame)


def _relative_units(slots: Slots, frame: Frame) -> Period | None:
    word = key(slots["rel"] or slots["ler"])
    ahead = words()["offsets"].get(word, -1) > 0
    return recent(number(slots["n"] or slots["m"]), key(slots["unit"]), frame, ahead=ahead)


def _within(slots: Slots, frame: Frame) -> Period | None:
    reach = recent(number(slots["n"]), key(slots["unit"]), frame, ahead=True)
    return replace(reach, start=None)


def _within_bare(slots: Slots, frame: Frame) -> Period | None:
    # `over the next three years, and more within ten`: the unit is the one just spoken of.
    told = re.search(r"\b(year|month|week|day)s\b(?!.*\b(?:year|month|week|day)s\b)", frame.lead, re.DOTALL)
    return replace(recent(number(slots["n"]), told[1], frame, ahead=True), start=None) if told else None


def _vague_units(_slots: Slots, _frame: Frame) -> Period | None:
    return UNRESOLVED


def _within_unit(slots: Slots, frame: Frame) -> Period | None:
    if key(slots["rel"]) in ("next", "coming"):
        return replace(recent(1, key(slots["unit"]), frame, ahead=True), start=None)
    return replace(relative(key(slots["rel"]) or "this", key(slots["unit"]), frame), start=None)


def _in_units(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None or not (slots["time"] or frame.outlook == "future"):
        return None
    name, size = words()["units"][key(slots["unit"])]
    return single(stepped(frame.published, name, size, number(slots["n"]))) or UNRESOLVED


def _ago(slots: Slots, frame: Frame) -> Period | None:
    count, direction = number(slots["n"]), key(slots["dir"])
    name, size = words()["units"][key(slots["unit"])]
    back = direction in ("ago", "earlier", "before", "previously")
    if name == "year" and count * size == 1 and back:
        return _year_back(frame)
    focus = frame.focus.start if frame.focus else None
    # A month or a year earlier than the months told of; a day or a week earlier than the day.
    spoken = (focus or frame.day) if name in ("month", "year") else (frame.day or focus)
    base = frame.published if direction in ("ago", "hence", "from now") else spoken or frame.published
    if base is None or direction == "on":
        return UNRESOLVED if base is None else None
    there = stepped(base, name, size, -count if back else count)
    if there is None:
        return UNRESOLVED
    if name == "year":
        return year_of(there.year)
    return months_of(there.year, there.month, 1, "month") if name == "month" else single(there)


def _year_back(frame: Frame) -> Period:
    """The period last spoken of, a year before; without one, the month of publication a year before."""
    if frame.focus and frame.focus.start and frame.focus.end:
        return shifted(frame.focus, -12) or UNRESOLVED
    if frame.published is None:
        return UNRESOLVED
    return months_of(frame.published.year - 1, frame.published.month, 1, "month") or UNRESOLVED


def _year_earlier(_slots: Slots, frame: Frame) -> Period | None:
    return _year_back(frame)


def _unit_before(slots: Slots, frame: Frame) -> Period | None:
    return relative("following" if key(slots["dir"]) == "after" else "previous", key(slots["unit"]), frame)


def _week_after(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    name, size = words()["units"][key(slots["unit"])]
    return unit_around(frame.published, name, size, 2 if key(slots["dir"]).startswith("after") else -2) or UNRESOLVED


def _this_time(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    name, size = words()["units"][key(slots["unit"])]
    there = stepped(frame.published, name, size, 1 if key(slots["rel"]) == "next" else -1)
    return (months_of(there.year, there.month, 1, "month") if there else None) or UNRESOLVED


def _year_end(slots: Slots, frame: Frame) -> Period | None:
    unit = key(slots["a"] or slots["b"] or slots["c"])
    if frame.published is None:
        running = year_running(frame) if unit == "year" else None
        return part_of(running, "end") if running else UNRESOLVED
    over = unit == "year" and frame.outlook == "past" and tells_results(frame)
    around = relative("last" if over else "this", unit, frame)
    return part_of(around, "end") if around.start else around


def _year_out(_slots: Slots, frame: Frame) -> Period | None:
    """`Before the year is out`: the last day of this year."""
    this = relative("this", "year", frame)
    return part_of(this, "end") if this.start else this


def _full_year(_slots: Slots, frame: Frame) -> Period | None:
    """The year that the sentence has named, else that of publication, or the one just ended that is told of as past."""
    published = frame.published
    if re.search(r"\b(?:last|first|next|a|another|every|each|one) $", frame.lead):
        return None
    if frame.year is not None:
        return year_of(frame.year)
    if published is None:
        return UNRESOLVED
    return year_of(published.year - tells_results(frame))


def _year_to_date(_slots: Slots, frame: Frame) -> Period | None:
    return Period(date(frame.published.year, 1, 1), frame.published, "span") if frame.published else UNRESOLVED


def _so_far(_slots: Slots, frame: Frame) -> Period | None:
    return Period(None, frame.published, "span") if frame.published else UNRESOLVED


def _so_far_month(slots: Slots, frame: Frame) -> Period | None:
    """`So far in October`: from the first of the month of publication; another month is not what is told."""
    published = frame.published
    if published is None or month_number(slots["mon"]) != published.month:
        return UNRESOLVED
    return Period(published.replace(day=1), published, "span")


def _so_far_year(slots: Slots, frame: Frame) -> Period | None:
    text = key(slots["y"])
    unit = re.search(r"(month|quarter|week|season|decade)$", text)
    if is_fiscal(text):
        whole: Period | None = fiscal_year(text, frame)
    elif unit:
        whole = relative("this", unit[1], frame) if unit[1] != "season" else UNRESOLVED
    else:
        year = yearish(text, frame) or (frame.published.year if frame.published else None)
        whole = year_of(year) if year else UNRESOLVED
    if not whole or not whole.start or not frame.published or whole.start > frame.published:
        return UNRESOLVED
    return replace(whole, end=frame.published, grain="span")


def _now(slots: Slots, frame: Frame) -> Period | None:
    # `Exports did better still` tells of a degree, not of the present.
    return None if key(slots["word"]) == "still" and _degrees().search(frame.lead) else UNRESOLVED


@cache
def _degrees() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(words()['now']['degrees'])} $")


RESOLVERS: dict[str, Resolver] = {
    "relative_unit": _relative_unit,
    "bare_last": _bare_last,
    "relative_units": _relative_units,
    "within": _within,
    "within_bare": _within_bare,
    "within_unit": _within_unit,
    "vague_units": _vague_units,
    "in_units": _in_units,
    "ago": _ago,
    "year_earlier": _year_earlier,
    "unit_before": _unit_before,
    "week_after": _week_after,
    "this_time": _this_time,
    "year_end": _year_end,
    "year_out": _year_out,
    "full_year": _full_year,
    "year_to_date": _year_to_date,
    "so_far": _so_far,
    "so_far_month": _so_far_month,
    "so_far_year": _so_far_year,
    "now": _now,
}
