"""Periods as texts write them, each with its first and last day as seen from the day of publication."""

import random
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_COUNTS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_ORDINALS = ("", "first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Period:
    """The words of a period, preposition included, and its days. `year` is the year written alone."""

    text: str
    start: date | None
    end: date | None
    year: str = ""


def span(year: int, first: int = 1, last: int = 12) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def past(rng: random.Random, published: date) -> Period:
    """A period that was over when the text was published."""
    return rng.choice((_year, _year, _month, _months, _quarter, _half, _first_months, _last_year, _this_year))(rng, published)


def past_year(rng: random.Random, published: date) -> Period:
    return _year(rng, published)


def two_years(rng: random.Random, published: date) -> Period:
    year = rng.randrange(2005, published.year)
    return Period(f"in {year}", *span(year), str(year))


def day(rng: random.Random, published: date) -> Period:
    """A day of the last months or years, or the day of the week just past."""
    if rng.random() < 0.3:
        back = rng.randrange(1, 6)
        when = published - timedelta(days=back)
        return Period(f"on {when:%A}", when, when)
    when = published - timedelta(days=rng.randrange(20, 900))
    text = rng.choice((f"on {when.day} {when:%B} {when.year}", f"on {when:%B} {when.day}, {when.year}"))
    return Period(text, when, when)


def when_signed(rng: random.Random, published: date) -> Period:
    """A day, a month or a year gone by."""
    return rng.choice((day, day, _month, _year))(rng, published)


def deadline(rng: random.Random, published: date) -> Period:
    year = published.year + rng.randrange(2, 12)
    return Period(rng.choice((f"by {year}", f"by the end of {year}")), None, date(year, 12, 31))


def coming_year(rng: random.Random, published: date) -> Period:
    year = published.year + rng.randrange(1, 5)
    if year == published.year + 1 and rng.random() < 0.5:
        return Period("next year", *span(year))
    return Period(f"in {year}", *span(year), str(year))


def _year(rng: random.Random, published: date) -> Period:
    year = rng.randrange(2004, published.year)
    return Period(rng.choice((f"in {year}", f"in {year}", f"during {year}")), *span(year), str(year))


def _month(rng: random.Random, published: date) -> Period:
    year, month = rng.randrange(2010, published.year), rng.randrange(1, 13)
    return Period(f"in {MONTHS[month - 1]} {year}", *span(year, month, month))


def _months(rng: random.Random, published: date) -> Period:
    year, last = rng.randrange(2010, published.year), rng.randrange(2, 12)
    name = MONTHS[last - 1]
    forms = (
        f"in January-{name} {year}",
        f"in January–{name} {year}",
        f"from January to {name} {year}",
        f"between January and {name} {year}",
        f"from January through {name} {year}",
    )
    return Period(rng.choice(forms), *span(year, 1, last))


def _quarter(rng: random.Random, published: date) -> Period:
    year, quarter = rng.randrange(2010, published.year), rng.randrange(1, 5)
    text = rng.choice((f"in the {_ORDINALS[quarter]} quarter of {year}", f"in Q{quarter} {year}"))
    return Period(text, *span(year, 3 * quarter - 2, 3 * quarter))


def _half(rng: random.Random, published: date) -> Period:
    year, half = rng.randrange(2010, published.year), rng.randrange(1, 3)
    return Period(f"in the {_ORDINALS[half]} half of {year}", *span(year, 6 * half - 5, 6 * half))


def _first_months(rng: random.Random, published: date) -> Period:
    year, last = rng.randrange(2010, published.year), rng.randrange(2, 12)
    count = rng.choice((_COUNTS[last], f"{last}"))
    return Period(rng.choice(("in", "for", "during")) + f" the first {count} months of {year}", *span(year, 1, last))


def _last_year(rng: random.Random, published: date) -> Period:
    return Period("last year", *span(published.year - 1))


def _this_year(rng: random.Random, published: date) -> Period:
    if published.month < 4:
        return _year(rng, published)
    last = rng.randrange(2, published.month)
    text = rng.choice((f"in the first {_COUNTS[last]} months of this year", f"in the first {_COUNTS[last]} months of the year"))
    return Period(text, *span(published.year, 1, last))


PERIODS: dict[str, Callable[[random.Random, date], Period]] = {
    "past": past,
    "past_year": past_year,
    "past_month": _month,
    "day": day,
    "when": when_signed,
    "deadline": deadline,
    "coming_year": coming_year,
}
