"""Months, quarters, halves, counts of months, seasons and weeks of a year.

Whole years belong to dates_years.py.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from pipeline.language.dates_calendar import UNRESOLVED, Period, day_of, iso_week, months_of, moved, week_of, year_of, years_of
from pipeline.language.dates_frame import (
    Bias,
    Frame,
    Resolver,
    Slots,
    key,
    month_number,
    number,
    recent,
    relative,
    short_year,
    yearish,
)
from pipeline.language.dates_words import words
from pipeline.language.dates_years import in_year


def _month_number(slots: Slots, _frame: Frame) -> Period | None:
    return months_of(int(slots["y"] or 0), int(slots["m"] or 0), 1, "month")


def in_month(slots: Slots, frame: Frame) -> Period | None:
    """A month, with its year or without."""
    month = month_number(slots["mon"])
    return in_year(slots, frame, lambda year: months_of(year, month, 1, "month"), "begun")


def _year_month(slots: Slots, _frame: Frame) -> Period | None:
    return months_of(int(slots["y"] or 0), month_number(slots["mon"]), 1, "month")


def _relative_month(slots: Slots, frame: Frame) -> Period | None:
    month, relative = month_number(slots["mon"]), key(slots["rel"])
    if frame.published is None:
        return UNRESOLVED
    if relative == "this":
        return months_of(frame.published.year, month, 1, "month")
    ahead = relative in ("next", "coming")
    this_month = frame.published.month
    year = frame.published.year + ((month <= this_month) if ahead else -(month >= this_month))
    return months_of(year, month, 1, "month") or UNRESOLVED


_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "closing": 4}


_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "last": 2}


def _told(frame: Frame) -> Bias:
    # What is told in the past tense of a half or quarter that has just begun is told of the one before.
    return "ended" if frame.outlook == "past" else "begun"


def _quarter(slots: Slots, frame: Frame) -> Period | None:
    half = number(slots.get("h") or slots.get("i"))
    size = 6 if half else 3
    nth = half or _QUARTERS.get(key(slots.get("q"))) or number(slots.get("q") or slots.get("r"))
    year = slots.get("y")
    if year and re.fullmatch(r"['’]?\d\d", year):
        return months_of(short_year(year, frame), size * (nth - 1) + 1, size)
    return in_year(slots, frame, lambda number: months_of(number, size * (nth - 1) + 1, size), _told(frame))


_NTH_TOLD = re.compile(r"\b(first|second|third|fourth)[ -](quarter|half)\b(?!.*\b(?:quarter|half)\b)")


# `Of the two routes opened in the second quarter, the first, through Chad,` tells no time; nor does what opens a clause
# (`two were opened in the second quarter; in the first, for grain, it loaded`).
_NTH_TIED = re.compile(
    r"(?<![;,:] )(?<!\band )(?<!\bwhile )\b(?:in|than|over|from|(?:that|those|level|levels|total) (?:of|for)) $"
)


def _bare_nth(slots: Slots, frame: Frame) -> Period | None:
    """`Fell in the second quarter after a rise in the first`: the quarter or half of the year of the one told just before."""
    told = _NTH_TOLD.search(frame.lead) if _NTH_TIED.search(frame.lead) else None
    around = frame.focus
    if told is None or around is None or around.start is None:
        return None
    size = 6 if told[2] == "half" else 3
    nth, then = _QUARTERS[key(slots["q"])], _QUARTERS[told[1]]
    if nth == then or size * nth > 12:
        return None
    return months_of(around.start.year - (nth > then), size * (nth - 1) + 1, size)


def _year_s_quarter(slots: Slots, frame: Frame) -> Period | None:
    year = yearish(slots["y"] or slots["z"], frame)
    size, table = (6, _HALVES) if key(slots["unit"]) == "half" else (3, _QUARTERS)
    nth = table.get(key(slots["q"]), 1)
    return (months_of(year, size * (nth - 1) + 1, size) if year else None) or UNRESOLVED


def _month_quarter(slots: Slots, frame: Frame) -> Period | None:
    month = month_number(slots["mon"])
    return in_year(slots, frame, lambda year: months_of(year, month - 2, 3), "ended")


def _half(slots: Slots, frame: Frame) -> Period | None:
    second = _HALVES[key(slots["q"])] == 2
    if slots["mon"]:
        month = in_month(slots, frame)
        return _month_half(month, second) if month else None
    if slots["tens"]:
        first = int(slots["tens"][:4]) + (5 if second else 0)
        return years_of(first, first + 4)
    whole = slots["of"] or slots["then"]
    unit = re.search(r"(?:the|this|last|next)\s+(month|decade)$", key(whole))
    if unit:
        around = relative(key(whole).split(" ")[0], unit[1], frame)
        return _month_half(around, second) if unit[1] == "month" else UNRESOLVED
    if key(slots["q"]) == "last" and not whole:
        return UNRESOLVED
    return in_year({"y": whole}, frame, lambda year: months_of(year, 7 if second else 1, 6), _told(frame))


def _month_half(month: Period, second: bool) -> Period:
    if month.start is None:
        return UNRESOLVED
    middle = moved(month.start, days=14)
    return (
        replace(month, start=moved(month.start, days=15), grain="span") if second else replace(month, end=middle, grain="span")
    )


def _units_of_year(slots: Slots, frame: Frame) -> Period | None:
    count = number(slots["n"])
    if not 1 <= count <= 12:
        return None
    if re.fullmatch(r"['’]?\d\d", slots["y"] or ""):
        return months_of(short_year(slots["y"], frame), 1, count)
    return in_year(slots, frame, lambda year: months_of(year, 1, count), "ended")


_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _first_units(slots: Slots, frame: Frame) -> Period | None:
    count, unit = number(slots["n"]), key(slots["unit"])
    at_end = key(slots["which"]) in ("last", "final", "closing")
    whole = slots["of"]
    if slots.get("mon") or unit in ("week", "day"):
        return _first_days(slots, frame, count * (7 if unit == "week" else 1), at_end)
    months = count * _UNIT_MONTHS[unit]
    if key(slots["which"]) == "last" and not whole:
        return recent(count, unit, frame)
    if not 1 <= months <= 12:
        return UNRESOLVED
    return in_year({"y": whole}, frame, lambda year: months_of(year, 13 - months if at_end else 1, months), "ended")


def _first_days(slots: Slots, frame: Frame, days: int, at_end: bool) -> Period | None:
    if slots.get("mon"):
        whole = in_month(slots, frame)
    elif slots["of"]:
        whole = in_year({"y": slots["of"]}, frame, year_of, "begun")
    else:
        return recent(days, "day", frame) if key(slots["which"]) == "last" else None
    if not whole or not whole.start or not whole.end:
        return whole
    start = moved(whole.end, days=1 - days) if at_end else whole.start
    end = whole.end if at_end else moved(whole.start, days=days - 1)
    return Period(start, end, "span", whole.dated)


def _nth_unit(slots: Slots, frame: Frame) -> Period | None:
    unit, at_end = key(slots["unit"]), key(slots["which"]) in ("last", "final", "closing")
    nth = number(slots["which"])
    if (slots["mon"] or slots["rel"]) and unit == "week":
        month = in_month(slots, frame) if slots["mon"] else relative(key(slots["rel"]), "month", frame)
        return _nth_week(month, nth, at_end) if month and month.start and month.end else month
    if slots["mon"] or slots["rel"]:
        return None
    size = {"month": 1, "quarter": 3}.get(unit)
    if size is None:
        year = in_year({"y": slots["of"]}, frame, year_of, "begun")
        # The ISO week that the fourth of January falls in is the first, that of 28 December the last.
        start = year.start if year else None
        return (
            iso_week(start.year, (date(start.year, 12, 28).isocalendar().week if at_end else nth)) if start else None
        ) or UNRESOLVED
    first = 13 - size if at_end else size * (nth - 1) + 1
    grain: Literal["month", "span"] = "month" if size == 1 else "span"
    return (
        in_year({"y": slots["of"]}, frame, lambda year: months_of(year, first, size, grain), "begun") if first <= 12 else None
    )


def _nth_week(month: Period, nth: int, at_end: bool) -> Period | None:
    # A week belongs to the month that holds its Thursday.
    if not month.start or not month.end:
        return None
    base = moved(month.end, days=-3) if at_end else moved(month.start, days=7 * (nth - 1) + 3)
    return week_of(base) if base else None


def _months_to(slots: Slots, frame: Frame) -> Period | None:
    unit = key(slots.get("unit"))
    count = number(slots.get("n")) or {"year": 12, "half": 6, "half-year": 6, "half year": 6, "quarter": 3, "month": 1}.get(
        unit, 0
    )
    month, day = month_number(slots["mon"]), number(slots["d"] or slots["e"])

    def made(year: int) -> Period | None:
        last = day_of(year, month, day) if day else None
        if unit == "week" and last:
            return Period(moved(last, days=-6), last, "span")
        if last and (last + timedelta(days=1)).day != 1 and last.year < 9999:
            start = moved(last, -count, 1)
            return Period(start, last, "span") if start else None
        return months_of(year, month - count + 1, count, "span")

    return in_year(slots, frame, made, "ended") if count or unit == "week" else None


def _months_from(slots: Slots, frame: Frame) -> Period | None:
    """`The six months from April`: so many whole months from the day or month on."""
    count = number(slots["n"]) or {"year": 12, "quarter": 3}.get(key(slots["unit"]), 6)
    month, day = month_number(slots["mon"]), number(slots["d"] or slots["e"]) or 1

    def made(year: int) -> Period | None:
        first = day_of(year, month, day)
        last = moved(first, count, -1) if first else None
        return Period(first, last, "span") if first and last else None

    return in_year(slots, frame, made, "nearest")


_SEASON_OF_TIME = re.compile(r"\b(?:in|since|until|till|by|during) the (?:early |late )?$")
_SEASON_BEFORE = re.compile(
    r"\b(?:in|from|since|by|to|until|till|through|of|for|during|before|after|over|the|early|late|mid|whole|entire)[ -]"
    r"(?:the )?$"
)


# `Exports may fall in 2015` tells no autumn.
_AS_VERB = re.compile(
    r"\b(?:may|might|can|could|will|would|shall|should|must|to|not|it|they|then|also|even|exports|imports|sales|prices) $"
)


def _season(slots: Slots, frame: Frame) -> Period | None:
    first = words()["seasons"][key(slots["season"])]
    year = slots["y"] or ""
    relative = key(slots["rel"])
    before = _SEASON_OF_TIME if key(slots["season"]) in ("fall", "spring") else _SEASON_BEFORE
    if not (year or relative) and not before.search(frame.lead):
        return None
    if key(slots["season"]) in ("fall", "spring") and _AS_VERB.search(frame.lead):
        return None
    if relative == "this" and not year and frame.published:
        return months_of(frame.published.year, first, 3)
    if "/" in year:
        return months_of(int(year[:4]), first, 3)
    if relative in ("last", "previous", "past") and not year:
        frame = replace(frame, outlook="past")
    if relative in ("next", "coming") and not year:
        frame = replace(frame, outlook="future")
    return in_year({"y": year or None}, frame, lambda number: months_of(number, first, 3), "begun")


def _week_number(slots: Slots, frame: Frame) -> Period | None:
    year = int(slots["y"]) if slots["y"] else frame.year or (frame.published.year if frame.published else 0)
    return iso_week(year, int(slots["w"] or 0)) or UNRESOLVED


RESOLVERS: dict[str, Resolver] = {
    "month_number": _month_number,
    "month": in_month,
    "year_month": _year_month,
    "relative_month": _relative_month,
    "quarter": _quarter,
    "bare_nth": _bare_nth,
    "quarter_coded": _quarter,
    "half_coded": _quarter,
    "year_quarter_coded": _quarter,
    "year_s_quarter": _year_s_quarter,
    "month_year_quarter": _month_quarter,
    "month_quarter": _month_quarter,
    "half": _half,
    "units_of_year": _units_of_year,
    "months_coded": _units_of_year,
    "first_units": _first_units,
    "year_s_months": _first_units,
    "nth_unit": _nth_unit,
    "months_to": _months_to,
    "months_from": _months_from,
    "unit_to": _months_to,
    "season": _season,
    "week_number": _week_number,
}
