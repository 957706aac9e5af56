"""Calendar arithmetic on periods: whole years, quarters, months, weeks and days, their parts and their shifts.

No words of any language belong here, and nothing that needs a publication date. Every function is total: what falls outside
the years 1 to 9999, or names a day that a month does not have, gives None.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "span", "year", "none"]


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive bounds, None where open. `grain` is what the words name; a span is any run of days or months.

    `dated` is True where the words themselves give the year, or count from a known day.
    """

    start: date | None
    end: date | None
    grain: Grain
    dated: bool = True


UNRESOLVED = Period(None, None, "none", dated=False)


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def moved(day: date, months: int = 0, days: int = 0) -> date | None:
    """The day so many months and days on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    clamped = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return clamped + timedelta(days=days)
    except OverflowError:
        return None


def months_of(year: int, first: int, count: int, grain: Grain = "span", *, dated: bool = True) -> Period | None:
    """`count` whole months from the month `first` (1 to 12, or beyond, into the next years)."""
    start = moved(date(year, 1, 1), first - 1) if 1 <= year <= 9999 else None
    last = moved(start, count, -1) if start else None
    return Period(start, last, grain, dated) if start and last else None


def year_of(year: int) -> Period | None:
    """A calendar year."""
    return months_of(year, 1, 12, "year")


def years_of(first: int, last: int) -> Period | None:
    """Calendar years from first to last."""
    return months_of(first, 1, 12 * (last - first + 1)) if last >= first else None


def single(day: date | None, *, dated: bool = True) -> Period | None:
    """One day."""
    return Period(day, day, "day", dated) if day else None


def week_of(day: date) -> Period | None:
    """The week from Monday to Sunday that holds the day."""
    start = moved(day, days=-day.weekday())
    end = moved(start, days=6) if start else None
    return Period(start, end, "week") if start and end else None


def iso_week(year: int, week: int) -> Period | None:
    """A week by its ISO number."""
    try:
        return week_of(date.fromisocalendar(year, week, 1))
    except (ValueError, OverflowError):
        return None


def unit_around(day: date, unit: str, size: int, offset: int) -> Period | None:
    """The year, quarter, month, week or day `offset` units from the one that holds the day."""
    if unit == "day":
        return single(moved(day, days=offset))
    if unit == "week":
        there = moved(day, days=7 * size * offset)
        week = week_of(there) if there else None
        return replace(week, end=moved(week.end, days=7 * (size - 1))) if week and week.end else None
    if unit == "month":
        first = (day.month - 1) // size * size + 1
        return months_of(day.year, first + size * offset, size, "month" if size == 1 else "span")
    first_year = day.year // size * size + size * offset
    return months_of(first_year, 1, 12 * size, "year" if size == 1 else "span") if 1 <= first_year <= 9999 else None


def stepped(day: date, unit: str, size: int, count: int) -> date | None:
    """The day `count` units away."""
    if unit in ("day", "week"):
        return moved(day, days=count * size * (7 if unit == "week" else 1))
    return moved(day, count * size * (12 if unit == "year" else 1))


def shifted(period: Period, months: int) -> Period | None:
    """The period moved by months; one that ends with a month goes on ending with one."""
    if period.start is None or period.end is None:
        return None
    start = moved(period.start, months)
    after = moved(period.end, days=1)
    whole_months = after is not None and after.day == 1 and period.grain != "day"
    end = moved(moved(after, months) or after, days=-1) if whole_months and after else moved(period.end, months)
    return replace(period, start=start, end=end) if start and end and start <= end else None


def easter(year: int) -> date | None:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, shift = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * shift + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return day_of(year, month, day + 1)


# Which months of a year, or which days of a month, a part covers: (first, last), negative ones counted from the end.
# `early 2017` is its first quarter, as reports mean it; begin and end of a year are its first and last month.
YEAR_PARTS = {"early": (1, 3), "mid": (6, 7), "late": (10, 12), "begin": (1, 1), "end": (12, 12)}
MONTH_PARTS = {"early": (1, 15), "mid": (10, 20), "late": (16, -1), "begin": (1, 5), "end": (-3, -1)}


def part_of(period: Period, part: str) -> Period | None:
    """The early, middle or late part of a period, its beginning or its end."""
    start, end = period.start, period.end
    if part == "all" or start is None or end is None or period.grain == "day":
        return period
    if period.grain == "year":
        first, last = YEAR_PARTS[part]
        found = months_of(start.year, start.month + first - 1, last - first + 1)
        return replace(found, dated=period.dated) if found else None
    length = (end - start).days + 1
    if length >= _MANY_YEARS:
        return _years_part(start.year, end.year, part)
    if period.grain == "month":
        first, last = (at if at > 0 else length + 1 + at for at in MONTH_PARTS[part])
    else:
        first, last = _third(length, part)
    return Period(moved(start, days=first - 1), moved(start, days=last - 1), "span", period.dated)


_MANY_YEARS = 5 * 365


def _years_part(first: int, last: int, part: str) -> Period | None:
    """Part of a decade: its first three or four years, the middle ones, the last ones; its first and its last year."""
    low, high = (
        _third(last - first + 1, part)
        if part not in ("begin", "end")
        else ((1, 1) if part == "begin" else (last - first + 1,) * 2)
    )
    return years_of(first + low - 1, first + high - 1)


def _third(length: int, part: str) -> tuple[int, int]:
    third = max(length // 3, 1)
    thirds = {"early": (1, third), "mid": (third + 1, max(2 * third, third + 1)), "late": (length - third + 1, length)}
    edge = max(min(30, length // 3), 1)
    edges = {"begin": (1, edge), "end": (length - edge + 1, length)}
    return (thirds | edges)[part]
