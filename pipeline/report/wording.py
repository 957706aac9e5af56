"""Says codes, numbers and days in words that a reader without the code lists understands.

What the words are is data (`seeds/reference/analysis/report.toml`); nothing here knows of pages or charts.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.report.text import straight

_MAGNITUDES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_BOUNDS = {"over": "over ", "under": "up to ", "about": "about "}
_NARROW = "\u202f"  # between a number and its unit: never broken, thinner than a space
_QUARTER_MONTHS = 3
_MANY = 1e15  # from here on a float has no decimals
_INSIDE = {1: "within", 2: "between"}  # what stays among so many places
NOT_TOLD = "no period told"


def settings(section: str) -> Mapping[str, Any]:
    """One section of what the report shows and how it words codes."""
    found: Mapping[str, Any] = read_toml("analysis/report.toml")[section]
    return found


def label(section: str, code: str | None) -> str:
    """The words for a code; the code with spaces where no others are given, nothing for none."""
    if code is None:
        return ""
    return str(settings(section).get(code, code.replace("_", " ")))


@cache
def place(code: str) -> str:
    """The short name of a country or bloc."""
    if code in settings("place"):
        return str(settings("place")[code])
    meaning = vocabulary().places.get(code) or code
    return meaning.partition(";")[0].partition(",")[0].strip() or code


def places(codes: Sequence[str], most: int = 4) -> str:
    """Names of countries and blocs in a row; of a long list the first, and how many more."""
    names = sorted(place(code) for code in codes)
    shown = names if len(names) <= most else names[: most - 1]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def corridor(code: str) -> str:
    """The name of a corridor; one that the vocabulary does not list begins with a capital."""
    return label("corridor", code) if code in settings("corridor") else straight(capital(code))


def capital(text: str) -> str:
    """The text with a capital in front."""
    return text[:1].upper() + text[1:]


def plain(value: float) -> str:
    """A number with as many digits as a reader takes in: three that count, groups of thousands, no idle zeros."""
    if value == int(value) and abs(value) < _MANY:
        return f"{int(value):,}".replace("-", "−")
    digits = next((digits for below, digits in ((10, 2), (100, 1)) if abs(value) < below), 0)
    shown = rounded(value, digits)
    shown = shown.rstrip("0").rstrip(".") if digits else shown
    if shown.strip("-0.") == "":
        shown = f"{value:.2g}"
    return shown.replace("-", "−")


def rounded(value: float, digits: int = 0) -> str:
    """A number with so many decimals, halves away from zero, as readers round; groups of thousands."""
    if not abs(value) < _MANY:
        return f"{value:,.{digits}f}"
    return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def magnitude(value: float) -> tuple[float, str]:
    """What to divide an amount by, and the word for it: billions for 3.2e9."""
    return next(((factor, word) for factor, word in _MAGNITUDES if abs(value) >= factor), (1.0, ""))


def scaled(value: float) -> str:
    """An amount with its magnitude: 3.2 bn, 355,000."""
    factor, word = magnitude(value)
    return f"{plain(value / factor)}{_NARROW + word if word else ''}"


def amount(low: float, high: float | None, unit: str, *, measure: str = "level", bound: str | None = None) -> str:
    """A value with its unit, as it is said: $3.2 bn, 4.5 Mt, over 12 days, $62 m to $344 m, up 8.3%."""
    sign = "+" if measure in ("growth", "change") else ""
    first = _value(low, unit, sign)
    if high is not None and high != low:
        return _range(first, _value(high, unit, sign))
    return _BOUNDS.get(bound or "", "") + first


def _range(first: str, last: str) -> str:
    """Both ends, what they share at their end and their beginning said once: $24–31.2 bn."""
    if first == last:
        return first
    numbers = [re.fullmatch(r"([^\d−+]*)([\d.,]+)(\D*)", each) for each in (first, last)]
    low, high = numbers
    if low and high and low[1] == high[1] and low[3] == high[3]:
        return f"{low[1]}{low[2]}–{high[2]}{high[3]}"
    return f"{first} to {last}"


def _value(value: float, unit: str, sign: str) -> str:
    signed = sign if value > 0 else ""
    numerator, *denominators = unit.split("/")
    rate = "".join(f" {label('per', each)}" if each in settings("per") else f" per {unit_name(each)}" for each in denominators)
    if numerator == "%":
        return f"{signed}{plain(value)}%"
    if numerator == "x":
        return f"{plain(value)} times"
    if numerator in settings("money"):
        return _money(value, str(settings("money")[numerator]), signed) + rate
    if numerator == "t" and abs(value) >= 1e6:
        factor, prefix = next((factor, prefix) for factor, prefix in ((1e9, "Gt"), (1e6, "Mt")) if abs(value) >= factor)
        return f"{signed}{plain(value / factor)}{_NARROW}{prefix}{rate}"
    if numerator in vocabulary().currencies:
        return f"{signed}{numerator}{_NARROW}{scaled(value)}{rate}"
    return f"{signed}{scaled(value)}{_NARROW}{unit_name(numerator, value)}{rate}"


def _money(value: float, mark: str, signed: str) -> str:
    minus = "−" if value < 0 else signed
    return f"{minus}{mark}{scaled(abs(value))}"


def unit_name(unit: str, value: float = 2) -> str:
    """The word for a unit; `value` decides between one and many."""
    if unit in settings("counted"):
        one, _, many = str(settings("counted")[unit]).partition("|")
        return one if abs(value) == 1 else many
    return label("unit", unit)


def axis_unit(unit: str, largest: float) -> tuple[float, str]:
    """What to divide values by for an axis that reaches to `largest`, and what to write at it: ($ bn), (Mt a year)."""
    numerator, *denominators = unit.split("/")
    factor, word = magnitude(largest)
    rate = "".join(f" {label('per', each)}" if each in settings("per") else f" per {unit_name(each)}" for each in denominators)
    if numerator == "t" and largest >= 1e6:
        return 1e6, f"Mt{rate}"
    if factor == 1.0 and largest >= 10_000:
        factor, word = 1e3, "thousand"
    if numerator in vocabulary().currencies:
        mark = str(settings("money").get(numerator, numerator))
        return factor, f"{mark}{_NARROW}{word}{rate}".strip()
    name = unit_name(numerator)
    return factor, f"{word} {name}{rate}".strip()


def day(value: date) -> str:
    """A day: 29 December 2028."""
    return f"{value.day} {calendar.month_name[value.month]} {value.year}"


def short_day(value: date) -> str:
    """A day with a short month: 29 Dec 2028."""
    return f"{value.day} {calendar.month_abbr[value.month]} {value.year}"


def month(value: date) -> str:
    """A month: December 2028."""
    return f"{calendar.month_name[value.month]} {value.year}"


def period(start: date | None, end: date | None, *, past: bool = False) -> str:
    """A time in words: 2024, Q1 2024, January to July 2025, April 2025, 6 November 2025, by 2030; of the `past`, until 2024."""
    if start is None or end is None:
        return _open_period(start, end, past)
    if start == end:
        return day(start)
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        return _months(start, end)
    return f"{short_day(start)} to {short_day(end)}"


def _months(start: date, end: date) -> str:
    """Whole months in words."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if count == 1:
        return month(start)
    if count == _QUARTER_MONTHS and end.month % _QUARTER_MONTHS == 0:
        return f"Q{end.month // _QUARTER_MONTHS} {end.year}"
    return f"{calendar.month_name[start.month] if start.year == end.year else month(start)} to {month(end)}"


def _open_period(start: date | None, end: date | None, past: bool) -> str:
    if end is not None:
        return f"until {short_day(end)}" if past else deadline(end)
    return f"since {short_day(start)}" if start is not None else NOT_TOLD


def deadline(end: date) -> str:
    """Until when: by 2030 for the last day of a year, else by the day."""
    return f"by {end.year}" if (end.month, end.day) == (12, 31) else f"by {short_day(end)}"


def due(start: date | None, end: date | None) -> str:
    """When a goal is to be reached: for 2025 if it is what that time shall bring, by 2025 if it is a deadline, from 2025 on."""
    if end is None:
        return f"from {short_day(start)}" if start is not None else ""
    return deadline(end) if start is None else f"for {period(start, end)}"


def counted(count: int, name: str, plural: str | None = None) -> str:
    """A number with what it counts."""
    return f"{count:,} {name if count == 1 else plural or name + 's'}"


def percent(share: float | None) -> str:
    """A share of one in percent, without decimals."""
    return "–" if share is None else f"{rounded(share * 100)}%"


def sides(reporter: Sequence[str], partner: Sequence[str], *, both_ways: bool = False) -> str:
    """Who with whom: A – B for trade in both directions, A → B for what goes one way."""
    first, second = places(reporter, 3), places(partner, 3)
    if reporter and sorted(reporter) == sorted(partner):
        return f"{_INSIDE.get(len(reporter), 'among')} {first}"
    return f"{first} {'–' if both_ways else '→'} {second}" if first and second else first or second
