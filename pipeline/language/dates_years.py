"""Years, decades, fiscal years and seasons of two years; and the year that an expression names for itself.

Months, quarters and days belong to dates_months.py and dates_days.py.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from pipeline.language.dates_calendar import UNRESOLVED, Period, day_of, months_of, shifted, year_of, years_of
from pipeline.language.dates_frame import Bias, Frame, Resolver, Slots, key, number, placed, short_year, spoken_year, yearish
from pipeline.language.dates_grammar import rule
from pipeline.language.dates_words import words


def in_year(slots: Slots, frame: Frame, make: Callable[[int], Period | None], bias: Bias) -> Period | None:
    """The expression in the year of its slots `y` or `yy`, or placed by its surroundings."""
    if slots.get("yy"):
        return make(short_year(slots["yy"], frame)) or UNRESOLVED
    if is_fiscal(slots.get("y") or ""):
        return _in_fiscal_year(slots["y"] or "", frame, make)
    if key(slots.get("y")) == "the year":
        return placed(make, replace(frame, year=frame.year), bias)
    if slots.get("y"):
        year = yearish(slots["y"], frame)
        return (make(year) or UNRESOLVED) if year else UNRESOLVED
    return placed(make, frame, bias)


_FISCAL = re.compile(
    r"^(?:the )?fy|fiscal|financial|\byear\b.*\b1[34]\d\d$|(?:iranian|persian|solar|hijri|shamsi|jalali|iran's)\b"
)


def _in_fiscal_year(found: str, frame: Frame, make: Callable[[int], Period | None]) -> Period:
    """A quarter or a count of months of a fiscal year: that of the calendar year, moved to begin with it."""
    return _in_year_from(fiscal_year(found, frame), make)


def is_fiscal(found: str) -> bool:
    """Whether words name a year that is no calendar year: a fiscal one, or one of Iran."""
    return _FISCAL.search(found) is not None


def fiscal_year(found: str, frame: Frame) -> Period:
    """The fiscal year, or the year of Iran, that words name or point at."""
    found = re.sub(r"^the (?=fy)", "", found)
    if solar := rule("solar_year").fullmatch(found):
        return _solar_year(solar.groupdict(), frame)
    told = (rule(name).fullmatch(found) for name in ("fiscal_coded", "fiscal_year", "year_fiscal"))
    slots = next((match.groupdict() for match in told if match), None)
    return (_fiscal_year(slots, frame) if slots else None) or UNRESOLVED


def _in_year_from(whole: Period, make: Callable[[int], Period | None]) -> Period:
    """A count of months of a year: that of the calendar year, moved to begin with it."""
    counted = make(whole.start.year) if whole.start else None
    same = shifted(counted, whole.start.month - 1) if counted and whole.start else None
    if not same or not same.start or not same.end or not whole.start:
        return UNRESOLVED
    days = timedelta(days=whole.start.day - 1)
    return Period(same.start + days, same.end + days, "span")


# The solar Hijri year Y begins in the year Y + 621 of the Gregorian calendar, on 21 March at the earliest.
_SOLAR_ERA = 621
_SOLAR_MONTH, _SOLAR_DAY = 3, 21


def _solar_year(slots: Slots, frame: Frame) -> Period:
    """A year of the solar Hijri calendar, in days of ours."""
    told, published = slots.get("y"), frame.published
    if told:
        year = int(told) + _SOLAR_ERA
    elif published:
        begun = (published.month, published.day) >= (_SOLAR_MONTH, _SOLAR_DAY)
        year = published.year - (not begun) + int(words()["offsets"].get(key(slots.get("rel")), 0))
    else:
        return UNRESOLVED
    if not date.min.year <= year < date.max.year:
        return UNRESOLVED
    start = date(year, _SOLAR_MONTH, _SOLAR_DAY)
    return Period(start, date(year + 1, _SOLAR_MONTH, _SOLAR_DAY - 1), "span")


def solar_year(word: str, frame: Frame) -> Period:
    """The solar Hijri year that a word points at from the publication date (`last`, `this`)."""
    return _solar_year({"y": None, "rel": word}, frame)


def _solar_month(slots: Slots, frame: Frame) -> Period | None:
    """A month of the solar Hijri calendar, in days of ours; some of their names are common words elsewhere."""
    if not frame.habits.is_solar:
        return None
    starts = list(words()["solar"]["months"].items())
    place = next(index for index, (name, _) in enumerate(starts) if name == key(slots["m"]))
    (month, day), (after, following) = starts[place][1], starts[(place + 1) % 12][1]

    def made(year: int) -> Period | None:
        first = day_of(year, month, day)
        last = day_of(year + (after < month), after, following)
        return Period(first, last - timedelta(days=1), "span") if first and last else None

    if not slots["y"]:
        return placed(made, frame, "begun")
    return made(int(slots["y"]) + _SOLAR_ERA + (month < _SOLAR_MONTH)) or UNRESOLVED


_SOLAR_BEFORE = re.compile(r"\b(?:in|of|since|by|until|for|during|from|than in|with|year) (?:the )?(?:year )?$")


def _solar_bare(slots: Slots, frame: Frame) -> Period | None:
    """`In 1394`, in a text that is on Iran and of our days."""
    if not frame.habits.is_solar or not _SOLAR_BEFORE.search(f"{frame.lead} "[-40:].replace("  ", " ")):
        return None
    period = _solar_year({"y": slots["y"]}, frame)
    near = frame.published is None or (period.start is not None and abs(period.start.year - frame.published.year) <= _NEAR)
    return period if near else None


_NEAR = 40


def _year(slots: Slots, frame: Frame) -> Period | None:
    return year_of(short_year(slots["y"] or slots["cy"], frame))


def _spoken(slots: Slots, frame: Frame) -> Period | None:
    return year_of(spoken_year(key(slots["y"]))) if re.search(r"\b(?:in|since|by|until|from) $", frame.lead) else None


def _decade(slots: Slots, _frame: Frame) -> Period | None:
    decades = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    start = int(slots["y"] or 1920 + 10 * decades.index(key(slots["word"]) or "twenties"))
    return years_of(start, start + 9)


def _century(slots: Slots, _frame: Frame) -> Period | None:
    count = number(slots["n"])
    return years_of(100 * (count - 1), 100 * count - 1) if 2 <= count <= 21 else None


def _split(found: str) -> tuple[int, int] | None:
    """The two years of `2023/24` or `2023-2024`; None for a single one."""
    parts = re.split(r"[-/–]", found)
    if len(parts) < 2:
        return None
    first = int(parts[0])
    last = int(parts[1]) if len(parts[1]) == 4 else first // 100 * 100 + int(parts[1]) % 100
    return first, last + 100 if last < first and len(parts[1]) == 2 else last


def _fiscal(first: int, frame: Frame) -> Period:
    """The fiscal year that starts in the year `first`, where the text or its country tells on which day."""
    return (frame.fiscal.year(first) if frame.fiscal else None) or UNRESOLVED


def _season_year(first: int, frame: Frame) -> Period:
    """The season that starts in the year `first`, where the text tells in which month."""
    return (months_of(first, frame.season_month, 12) if frame.season_month else None) or UNRESOLVED


def _season_told(slots: Slots, frame: Frame, written: str) -> Period:
    """The season of two years named, or the one that `this season` means."""
    pair = _split(written) if written else None
    if pair:
        return _season_year(pair[0], frame)
    return (None if written else season_pointed_at(key(slots.get("rel")), frame)) or UNRESOLVED


# How far back a season may be pointed at, in periods spoken of.
_TOLD = 3


def season_pointed_at(relative: str, frame: Frame) -> Period | None:
    """The season that `last season` means on the day of publication, or `the previous season` after one spoken of.

    None where no month is told in which seasons start.
    """
    month, published, offset = frame.season_month, frame.published, words()["offsets"].get(relative)
    if month is None or offset is None:
        return None
    spoken = next((told.start for told in frame.spoken[:_TOLD] if told.start and told.start.month == month), None)
    if spoken and relative in words()["anaphoric"]["words"]:
        return _season_year(spoken.year + offset, frame)
    if published is None:
        return None
    season = _season_year(published.year - (published.month < month) + offset, frame)
    so_far = offset == 0 and frame.outlook != "future" and season.start
    return replace(season, end=published, grain="span") if so_far else season


def _year_pair(slots: Slots, frame: Frame) -> Period | None:
    pair = _split(f"{slots['y']}-{slots['z']}")
    if not pair or not pair[0] < pair[1] <= pair[0] + 100:
        return None
    one_season = pair[1] == pair[0] + 1 and (slots["s"] == "/" or len(slots["z"] or "") == 2)
    if one_season and any(word in frame.lead for word in words()["split_years"]["season"]):
        return _season_year(pair[0], frame)
    if one_season:
        # `2020-21` of no fiscal year is a season, which begins in a month that the text may tell.
        return _fiscal(frame.fiscal.begun(pair[0], frame.published), frame) if frame.fiscal else _season_year(pair[0], frame)
    return years_of(*pair)


def _fiscal_year(slots: Slots, frame: Frame) -> Period | None:
    written = re.sub(r"['’\s]", "", slots.get("y") or slots.get("z") or "")
    kind, relative = key(slots.get("kind") or slots.get("sort")), key(slots.get("rel"))
    if slots.get("bare") and not relative:
        return None
    if kind in words()["split_years"]["season"]:
        return _season_told(slots, frame, written)
    if kind and not (written or relative or "year" in key(frame.lead)):
        return _fiscal_turned(slots.get("the") is not None, frame)
    if not frame.fiscal:
        return UNRESOLVED
    if not written:
        return _fiscal_pointed_at(relative, frame)
    parts = re.split(r"[-/–]", written)
    first = short_year(parts[0], frame)
    begun = frame.fiscal.begun(first, frame.published) if len(parts) > 1 else frame.fiscal.begun_of_single(first)
    return _fiscal(begun, frame) if begun else UNRESOLVED


def _fiscal_pointed_at(relative: str, frame: Frame) -> Period:
    """`The last fiscal year` on the day of publication; `the previous fiscal year` after one spoken of, or a part of one."""
    spoken = frame.focus.start if frame.focus and relative in words()["anaphoric"]["words"] else None
    if spoken and frame.fiscal and not frame.fiscal.begins(spoken):
        spoken = None
    anchor = spoken or frame.published
    begun = frame.fiscal.running(anchor) if anchor and frame.fiscal else None
    return _fiscal(begun + words()["offsets"].get(relative, 0), frame) if begun else UNRESOLVED


# How many days after its end the results of a fiscal year are told.
_RESULTS_DAYS = 62


def _fiscal_turned(definite: bool, frame: Frame) -> Period:
    """`The fiscal year` and `the new fiscal year` in the first weeks of a year: the one just ended, and the one begun."""
    published = frame.published
    begun = frame.fiscal.running(published) if frame.fiscal and published else None
    begins = _fiscal(begun, frame).start if begun else None
    if not begun or not begins or not published or (published - begins).days > _RESULTS_DAYS:
        return UNRESOLVED
    if re.search(r"\bnew $", frame.lead):
        return _fiscal(begun, frame)
    return _fiscal(begun - 1, frame) if definite and frame.outlook != "future" else UNRESOLVED


RESOLVERS: dict[str, Resolver] = {
    "year": _year,
    "spoken_year": _spoken,
    "decade": _decade,
    "century": _century,
    "year_pair": _year_pair,
    "solar_year": _solar_year,
    "solar_bare": _solar_bare,
    "solar_month": _solar_month,
    "fiscal_coded": _fiscal_year,
    "fiscal_year": _fiscal_year,
    "year_fiscal": _fiscal_year,
}
