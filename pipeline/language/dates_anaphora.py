"""Expressions that point back into the text: the same period, that year, the period, since then.

What counts from the publication date belongs to dates_relative.py.
"""

import re
from datetime import date

from pipeline.language.dates_calendar import UNRESOLVED, Period, months_of, shifted, single, unit_around, year_of
from pipeline.language.dates_frame import (
    Frame,
    Resolver,
    Slots,
    key,
    number,
    placed,
    relative,
    tells_results,
    year_running,
    yearish,
)
from pipeline.language.dates_words import words
from pipeline.language.dates_years import fiscal_year, is_fiscal, season_pointed_at


def _since_event(_slots: Slots, frame: Frame) -> Period | None:
    return Period(None, frame.published, "none", dated=False)


def _since_then(_slots: Slots, frame: Frame) -> Period | None:
    spoken = frame.told
    ahead = spoken and frame.published and spoken > frame.published
    return Period(spoken, None if ahead else frame.published, "none", dated=False)


def _by_then(_slots: Slots, frame: Frame) -> Period | None:
    """`By then`: by the end of the time spoken of last, be it a day or longer."""
    spoken, day = frame.named, frame.day
    inside = spoken and day and spoken.start and spoken.end and spoken.start <= day <= spoken.end
    end = day if day and (inside or not spoken) else spoken.end if spoken else None
    return Period(None, end, "none", dated=False) if end else UNRESOLVED


_BACK = ("year-ago", "year-earlier", "year ago", "year earlier", "prior-year", "previous-year")


_SHIFTED = ("previous", "prior", "preceding", "last")
_OTHER = ("previous", "prior", "preceding", "corresponding", "comparable")


# Words that mean the time told up to, only with the year that they are of (`at the same point of 2023`).
_MOMENTS = frozenset({"time", "point", "stage"})


_DAYS_OF = {
    "week": (5, 8),
    "month": (27, 32),
    "quarter": (88, 93),
    "half": (180, 185),
    "year": (364, 367),
    "decade": (3650, 3655),
}


# How far back a noun may point, in periods spoken of.
_MEMORY = 4


def pointed_at(noun: str, frame: Frame) -> Period | None:
    """The period that `the same months` or `the period` means: the last one spoken of that the noun fits."""
    recent = [period for period in frame.spoken[:_MEMORY] if period.start and period.end]
    if noun in _DAYS_OF:
        low, high = _DAYS_OF[noun]
        return next((period for period in recent if low <= _days(period) <= high), None)
    parts = [period for period in recent[:2] if period.grain in ("span", "month") and _days(period) < _DAYS_OF["year"][0]]
    return next(iter(parts or recent), None)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0


def _same_period(slots: Slots, frame: Frame) -> Period | None:
    same, noun, told = key(slots["same"]), key(slots["noun"]), key(slots["lead"]) or key(slots["y"])
    if noun in ("day", "date"):
        return (single(frame.day) or UNRESOLVED) if same == "same" else None
    if noun in _MOMENTS and not told:
        return None
    if noun == "season" and not told and (season := season_pointed_at(same, frame)):
        return season
    focus = pointed_at(noun, frame)
    if is_fiscal(told) or not focus or not focus.start:
        return _of_fiscal_year(focus, told, frame) if is_fiscal(told) else _unspoken(same, noun, yearish(told, frame), frame)
    if not told and same in _SHIFTED and noun in words()["units"]:
        return relative(same, noun, frame)
    return shifted(focus, _months_away(same, noun, told, focus.start.year, frame)) or UNRESOLVED


def _of_fiscal_year(focus: Period | None, told: str, frame: Frame) -> Period:
    """The months spoken of, in the fiscal year named."""
    whole = fiscal_year(told, frame)
    if not focus or not focus.start or not whole.start:
        return UNRESOLVED
    begun = focus.start.year - ((focus.start.month, focus.start.day) < (whole.start.month, whole.start.day))
    return shifted(focus, 12 * (whole.start.year - begun)) or UNRESOLVED


def _months_away(same: str, noun: str, told: str, spoken: int, frame: Frame) -> int:
    """How far the period meant lies from the one spoken of, which starts in the year `spoken`."""
    year = yearish(told, frame)
    if told.endswith(("ago", "earlier", "before", "season")):
        return -12
    if year is not None:
        # `The same months of last year` are not the months just spoken of, even if those lie in last year.
        return 12 * (year - spoken - (year == spoken and not told.isdigit()))
    return -12 if same in _BACK or (same in _OTHER and noun in ("period", "season")) else 0


def _unspoken(same: str, noun: str, year: int | None, frame: Frame) -> Period:
    if noun not in words()["units"] or frame.published is None:
        return (year_of(year) if year else None) or UNRESOLVED
    around = relative(same if same in words()["offsets"] else "same", noun, frame)
    return (shifted(around, 12 * (year - frame.published.year)) if year is not None else around) or UNRESOLVED


def _year_s_period(slots: Slots, frame: Frame) -> Period | None:
    year, focus = number(slots["y"]), pointed_at("period", frame)
    if not focus or not focus.start:
        return year_of(year)
    return shifted(focus, 12 * (year - focus.start.year)) or UNRESOLVED


def _day_of_publication(frame: Frame) -> Period | None:
    if not re.search(r"\b(?:for|of) $", frame.lead):
        return None
    return single(frame.published) if frame.published else UNRESOLVED


_GOVERNED = re.compile(r"\b(?:in|for|over|during|within|of|through|throughout) $")
_OVER_BEFORE = re.compile(r"\b(?:rest|remainder|middle|course|whole) of (?:the )?$")  # parts that nobody tells of a year begun
_PART_BEFORE = re.compile(r"\b(?:end|start|beginning|outset|close|rest|remainder|middle|part|course|whole) of (?:the )?$")


def _year_told(frame: Frame) -> Period:
    """`In the course of the year`: the year that the text was on, if it has ended and the verb does not look ahead."""
    spoken = frame.focus
    ended = spoken and spoken.end and frame.published and spoken.end < frame.published
    if ended and frame.outlook != "future" and (year := pointed_at("year", frame)) is spoken and year:
        return year
    if frame.published is None:
        return year_running(frame) or UNRESOLVED
    over = _OVER_BEFORE.search(frame.lead) and tells_results(frame)
    return relative("last" if over else "this", "year", frame)


def _the_year_s(_slots: Slots, frame: Frame) -> Period | None:
    """`The year's exports`: those of the year spoken of, of the one that has just ended, or of this one."""
    year = pointed_at("year", frame)
    return year or relative("last" if tells_results(frame) else "this", "year", frame)


def _quarter_of(frame: Frame) -> Period | None:
    """The quarter that the month told of last has closed (`1.9 million tons in March. For the quarter as a whole ...`)."""
    month = pointed_at("month", frame)
    if month is None or month is not frame.focus or month.end is None or month.end.month % 3 or frame.outlook == "future":
        return None
    return unit_around(month.end, "month", 3, 0)


def _the_period(slots: Slots, frame: Frame) -> Period | None:
    noun = key(slots["noun"])
    after_part = re.search(r"\bof $", frame.lead)
    if not _GOVERNED.search(frame.lead):
        return None
    if noun == "day":
        return _day_of_publication(frame)
    if noun == "year" and after_part:
        return _year_told(frame) if _PART_BEFORE.search(frame.lead) else None
    if pointed := pointed_at(noun, frame):
        return pointed
    if noun in ("period", "half"):
        return UNRESOLVED
    whole = _quarter_of(frame) if noun == "quarter" else None
    return whole or relative("last" if noun == "year" and tells_results(frame) else "this", noun, frame)


# A count of months at least so long, told of no other period, runs from January; shorter ones may be any.
_FROM_JANUARY = 6


def _the_months(slots: Slots, frame: Frame) -> Period | None:
    """`In the nine months`: the period of that many months spoken of, else the latest that runs from January."""
    count = number(slots["n"])
    if not _GOVERNED.search(frame.lead):
        return None
    low, high = 28 * count, 31 * count
    fitting = [period for period in frame.spoken[:_MEMORY] if low <= _days(period) <= high]
    # Of several the latest in time: the others were told for comparison.
    spoken = max(fitting, key=lambda period: period.start or date.min, default=None)
    if spoken or not _FROM_JANUARY <= count <= 12:
        return spoken
    return placed(lambda year: months_of(year, 1, count, "span"), frame, "ended")


# How long after a count of months from January their figures are told.
_TOLD_WITHIN = 2


def _bare_months(slots: Slots, frame: Frame) -> Period | None:
    """`Over seven months`: those just spoken of, or those of this year if they have just ended; else a mere length of time."""
    count = number(slots["n"])
    if not re.search(r"\b(?:in|for|over|during) $", frame.lead) or frame.outlook == "future":
        return None
    low, high = 28 * count, 31 * count
    fitting = [period for period in frame.spoken[:_MEMORY] if low <= _days(period) <= high]
    if fitting and count > 1:
        return max(fitting, key=lambda period: period.start or date.min)
    first, published = frame.habits.fiscal_month or 1, frame.published
    if published is None or not _FROM_JANUARY // 2 <= count < 12:
        return None
    told = (published.month - first) % 12 - count
    year = published.year - (published.month < first)
    return months_of(year, first, count) if 0 <= told < _TOLD_WITHIN else None


def _closing_month(slots: Slots, frame: Frame) -> Period | None:
    """`In the closing month`: the last of the period spoken of."""
    year = yearish(slots["y"], frame)
    last = date(year, 12, 1) if year else frame.focus.end if frame.focus else None
    return (months_of(last.year, last.month, 1, "month") if last else None) or UNRESOLVED


RESOLVERS: dict[str, Resolver] = {
    "since_event": _since_event,
    "since_then": _since_then,
    "by_then": _by_then,
    "same_period": _same_period,
    "year_s_period": _year_s_period,
    "the_period": _the_period,
    "the_year_s": _the_year_s,
    "the_months": _the_months,
    "bare_months": _bare_months,
    "closing_month": _closing_month,
}
