"""Complete calendar dates as headers, datelines and addresses write them: a day, a month and a year.

Only for finding when a text was published. Dates inside sentences, and words such as `last year`, belong to `language`.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml

_DIGIT = re.compile(r"\d")
FIRST_YEAR, LAST_YEAR = 1800, 2100


class FoundDate(NamedTuple):
    """A date and where it stands."""

    start: int
    end: int
    value: date


class _Calendar(NamedTuple):
    pattern: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]


def dates_in(text: str, *, day_first: bool = False) -> Iterator[FoundDate]:
    """Every complete date in `text`, in order.

    Of two numbers that can both be a month, the first is the day where they are joined by dots or dashes. Where they are
    joined by slashes it is the month unless `day_first`; a weekday beside them decides if only one reading falls on it.
    """
    calendar = _calendar()
    if not _DIGIT.search(text):
        return
    for match in calendar.pattern.finditer(text):
        value = _value(match, calendar, day_first)
        if value:
            yield FoundDate(match.start(), match.end(), value)


def first_date(text: str, *, day_first: bool = False) -> date | None:
    """The first complete date in `text`."""
    return next((found.value for found in dates_in(text, day_first=day_first)), None)


@lru_cache(maxsize=256)
def without_dates(text: str) -> str | None:
    """`text` with a space for each date, complete or without a year; None if it has none."""
    if not _DIGIT.search(text):
        return None
    rest, count = _calendar().pattern.subn(" ", text)
    rest, more = partial_date_pattern().subn(" ", rest)
    return rest if count + more else None


@cache
def partial_date_pattern() -> re.Pattern[str]:
    """A day and a month, with or without a year."""
    month = month_pattern()
    return re.compile(
        rf"\b(?:{month})\.? ?\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? (?:19|20)\d\d)?(?!\w)"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:{month})\b\.?(?:,?[ -](?:19|20)\d\d)?"
        r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d",
        re.IGNORECASE,
    )


def is_ambiguous(text: str) -> bool:
    """Whether the first complete date in `text` reads differently with the day first."""
    return first_date(text) != first_date(text, day_first=True)


def month_pattern() -> str:
    """The alternatives of a month's names and short forms, as part of a regular expression."""
    names = sorted((name for names in _months().values() for name in names), key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in names)


def _value(match: re.Match[str], calendar: _Calendar, day_first: bool) -> date | None:
    part = match.groupdict()
    weekday = calendar.weekdays.get((part["weekday"] or "").lower())
    if part["iso_year"]:
        return _date(part["iso_year"], part["iso_month"], part["iso_day"])
    if part["month_a"]:
        return _date(part["year_a"], calendar.months[part["month_a"].lower()], part["day_a"])
    if part["month_b"]:
        return _date(part["year_b"], calendar.months[part["month_b"].lower()], part["day_b"])
    return _numeric(part["one"], part["two"], part["year_c"], not day_first and part["joint"] == "/", weekday)


def _numeric(one: str, two: str, year: str, month_first: bool, weekday: int | None) -> date | None:
    readings = [value for value in (_date(year, two, one), _date(year, one, two)) if value]
    if month_first:
        readings.reverse()
    on_weekday = [value for value in readings if value.isoweekday() == weekday]
    return next(iter(on_weekday or readings), None)


def _date(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        # Two digits are read as within 1970 to 2069, as POSIX does but for one year.
        number += 2000 if number < 70 else 1900
    try:
        return date(number, int(month), int(day)) if FIRST_YEAR <= number <= LAST_YEAR else None
    except ValueError:
        return None


def _months() -> dict[str, list[str]]:
    months: dict[str, list[str]] = read_toml("documents_metadata.toml")["months"]
    return months


@cache
def _calendar() -> _Calendar:
    reference: dict[str, Any] = read_toml("documents_metadata.toml")
    months = {name: int(number) for number, names in _months().items() for name in names}
    weekdays = {name: int(number) for number, names in reference["weekdays"].items() for name in names}
    month, weekday = month_pattern(), "|".join(sorted(weekdays, key=lambda name: (-len(name), name)))
    year = r"(?:1[89]|20)\d\d"
    pattern = re.compile(
        rf"(?:\b(?P<weekday>{weekday})\.?,?[ ]{{1,2}}|\b(?<![\d/.-]))"
        rf"(?:(?P<iso_year>{year})(?P<iso_joint>[-/.])(?P<iso_month>\d{{1,2}})(?P=iso_joint)(?P<iso_day>\d{{1,2}})(?!\d)"
        rf"|(?P<day_a>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -]{{1,2}}(?:of )?(?P<month_a>{month})"
        rf"\.?,?[ -]{{1,2}}(?P<year_a>{year})(?!\d)"
        rf"|\b(?P<month_b>{month})\.?[ ]{{0,2}}(?P<day_b>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]{{1,2}}(?P<year_b>{year})(?!\d)"
        r"|(?P<one>\d{1,2})(?P<joint>[-/.])(?P<two>\d{1,2})(?P=joint)(?P<year_c>(?:1[89]|20)?\d\d)(?![\d%]|[-/.,]\d))",
        re.IGNORECASE,
    )
    return _Calendar(pattern, months, weekdays)
