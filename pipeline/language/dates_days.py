"""Single days, runs of days within a month, weekdays, weekends and feast days.

Days counted from publication by a number of units belong to dates_relative.py.
"""

import re
from datetime import date

from pipeline.language.dates_calendar import UNRESOLVED, Period, day_of, easter, months_of, moved, single, unit_around, week_of
from pipeline.language.dates_frame import (
    NEAR_DAYS,
    Frame,
    Outlook,
    Resolver,
    Slots,
    around,
    key,
    month_number,
    number,
    short_year,
)
from pipeline.language.dates_grammar import rule
from pipeline.language.dates_words import words
from pipeline.language.dates_years import in_year


def _weekday_bracket(slots: Slots, frame: Frame) -> Period | None:
    for name in ("day_month", "month_day", "iso", "numeric"):
        if inner := rule(name).fullmatch(slots["inner"] or ""):
            return RESOLVERS[name](inner.groupdict(), frame)
    return None


def _iso(slots: Slots, _frame: Frame) -> Period | None:
    year, month, day = (int(slots[name] or 0) for name in ("y", "m", "d"))
    return single(day_of(year, month, day) or day_of(year, day, month)) if 1000 <= year <= 2200 else None


def _year_month_name_day(slots: Slots, _frame: Frame) -> Period | None:
    return single(day_of(int(slots["y"] or 0), month_number(slots["mon"] or slots["nom"]), int(slots["d"] or slots["e"] or 0)))


def _day_or_month_first(first: int, second: int, year: int, frame: Frame, *, dotted: bool = False) -> date | None:
    readings = (day_of(year, second, first), day_of(year, first, second))
    day, month = readings
    if not (day and month) or day == month:
        return day or month
    habit = True if dotted else frame.habits.day_first
    if habit is not None:
        return day if habit else month
    if frame.published is None:
        return month
    # Without a sign of the writer's habit, the one reading that is near publication; else the American order.
    near = [reading for reading in (month, day) if abs((reading - frame.published).days) <= NEAR_DAYS]
    return near[0] if near else month


def _numeric(slots: Slots, frame: Frame) -> Period | None:
    year = short_year(slots["y"], frame)
    return single(_day_or_month_first(number(slots["a"]), number(slots["b"]), year, frame, dotted=bool(slots["dot"])))


def _numeric_yearless(slots: Slots, frame: Frame) -> Period | None:
    first, second = number(slots["a"]), number(slots["b"])
    before = re.search(r"\b(?:on|by|until|since|from|to|next|this) $", frame.lead)
    unlike_a_ratio = "0" in ((slots["a"] or " ")[0], (slots["b"] or " ")[0]) or second > 12
    written_as_date = slots["wd"] or slots["rel"] or (not slots["dot"] and (before or unlike_a_ratio or slots["y"]))
    if not written_as_date or not _day_or_month_first(first, second, 2024, frame):
        return None
    if key(slots["rel"]) == "next" and frame.published:
        days = [_day_or_month_first(first, second, frame.published.year + ahead, frame) for ahead in (0, 1)]
        return single(next((day for day in days if day and day > frame.published), None)) or UNRESOLVED
    return in_year(slots, frame, lambda year: single(_day_or_month_first(first, second, year, frame)), "nearest")


def _day_month(slots: Slots, frame: Frame) -> Period | None:
    month, day = month_number(slots["mon"]), number(slots["d"])
    if not day_of(2024, month, day):
        return UNRESOLVED
    return in_year(slots, frame, lambda year: single(day_of(year, month, day)), "nearest")


def _days_of_month(slots: Slots, frame: Frame) -> Period | None:
    month, first, last = month_number(slots["mon"]), number(slots["d"]), number(slots["e"])

    def made(year: int) -> Period | None:
        start, end = day_of(year, month, first), day_of(year, month, last)
        return Period(start, end, "span") if start and end and start <= end else None

    return in_year(slots, frame, made, "nearest") if made(2024) else None


def _day_word(slots: Slots, frame: Frame) -> Period | None:
    offset = words()["day_words"][key(slots["word"])]
    return (single(moved(frame.published, days=offset)) if frame.published else None) or UNRESOLVED


def _weekday(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    weekday = words()["weekdays"][key(slots["wd"]).rstrip(".")]
    relative = key(slots.get("rel")) if "wk" in slots else ""
    week = key(slots.get("wk")) or ("" if "wk" in slots else key(slots["rel"]))
    if slots.get("d"):
        return _weekday_the(weekday, number(slots["d"]), frame.published)
    if week:
        monday = moved(frame.published, days=7 * words()["offsets"][week] - frame.published.weekday())
        return single(moved(monday, days=weekday) if monday else None) or UNRESOLVED
    return single(moved(frame.published, days=_weekday_distance(weekday, relative, frame))) or UNRESOLVED


def _weekday_distance(weekday: int, relative: str, frame: Frame) -> int:
    today = frame.published.weekday() if frame.published else 0
    back, forth = -((today - weekday) % 7), (weekday - today) % 7
    if relative == "previous":
        return weekday - today - 7
    if relative in ("last", "past", "this past"):
        return back or -7
    if relative in ("next", "following"):
        return weekday - today + 7 if relative == "following" or weekday > today else forth or 7
    if relative in ("this", "coming", "upcoming", "this coming", "this upcoming"):
        return forth
    return (forth or 7) if frame.outlook == "future" else back


def _weekday_the(weekday: int, day: int, published: date) -> Period:
    """The nearest month in which that day of the month falls on that weekday."""
    for distance in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8):
        month = months_of(published.year, published.month + distance, 1)
        found = day_of(month.start.year, month.start.month, day) if month and month.start else None
        if found and found.weekday() == weekday:
            return Period(found, found, "day", dated=True)
    return UNRESOLVED


def _nth_day(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None or not (slots["of"] or re.search(r"\bon $", frame.lead)):
        return None
    offset = words()["offsets"].get(key(slots["of"]).split(" ")[0], 0)
    month = unit_around(frame.published, "month", 1, offset)
    return (
        single(day_of(month.start.year, month.start.month, number(slots["d"])) if month and month.start else None) or UNRESOLVED
    )


def _next_day(_slots: Slots, frame: Frame) -> Period | None:
    base = frame.day or frame.published
    return single(moved(base, days=1) if base else None) or UNRESOLVED


def _feast(name: str, year: int) -> date | None:
    fixed, moving = words()["holidays"].get(name), words()["moving_holidays"].get(name)
    if fixed:
        return day_of(year, *fixed)
    month, weekday, nth, later = moving
    first = day_of(year, month, 1)
    return moved(first, days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + later) if first else None


def _weekend(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    offset = words()["offsets"].get(key(slots["rel"]), 0)
    # The weekend of this week once it has begun or lies ahead; in a plain past tense the one that is over.
    back = (
        -7
        if not slots["rel"] and frame.outlook != "future" and frame.published.weekday() < 5 and frame.lead.endswith("over the ")
        else 0
    )
    saturday = moved(frame.published, days=7 * offset + back + 5 - frame.published.weekday())
    sunday = moved(saturday, days=1) if saturday else None
    return Period(saturday, sunday, "span") if saturday and sunday else UNRESOLVED


def _week_of(slots: Slots, frame: Frame) -> Period | None:
    day = _day_month(
        {"y": None, "yy": None} | {**slots, "mon": slots["mon"] or slots["nom"], "d": slots["d"] or slots["e"]}, frame
    )
    return (week_of(day.start) if day and day.start else None) or UNRESOLVED


def _holiday(slots: Slots, frame: Frame) -> Period | None:
    def made(year: int) -> Period | None:
        return single(easter(year) if slots["easter"] else _feast(key(slots["name"]), year))

    outlook: dict[str, Outlook] = {"last": "past", "previous": "past", "next": "future", "following": "future"}
    relative = key(slots["rel"])
    if relative in outlook and frame.published and not slots["y"]:
        near = around(made, frame.published.year)
        there = [
            period
            for start, _, period in near
            if (start < frame.published) == (outlook[relative] == "past") and start != frame.published
        ]
        return there[-1 if outlook[relative] == "past" else 0] if there else UNRESOLVED
    return in_year(slots, frame, made, "nearest")


RESOLVERS: dict[str, Resolver] = {
    "weekday_bracket": _weekday_bracket,
    "iso": _iso,
    "iso_spaced": _iso,
    "year_month_name_day": _year_month_name_day,
    "numeric": _numeric,
    "numeric_yearless": _numeric_yearless,
    "day_month": _day_month,
    "month_day": _day_month,
    "days_of_month": _days_of_month,
    "month_days": _days_of_month,
    "day_word": _day_word,
    "weekday": _weekday,
    "relative_week_day": _weekday,
    "nth_day": _nth_day,
    "next_day": _next_day,
    "weekend": _weekend,
    "week_of": _week_of,
    "holiday": _holiday,
}
