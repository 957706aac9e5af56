"""Fiscal years: on which day one begins, as the text tells it or as the country does that the sentence or the text is on.

Data: `seeds/reference/fiscal_years.csv` and the section `fiscal` of `dates.toml`. What expressions make of a fiscal year
(quarters of it, the last one) belongs to dates_years.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.contract.reference import read_rows
from pipeline.language.dates_calendar import Period, day_of
from pipeline.language.dates_words import words
from pipeline.language.marks import NameMark


class FiscalStart(NamedTuple):
    """The day on which the fiscal years begin that begin in the years `first` to `last`, and what a single year names."""

    month: int
    day: int = 1
    first: int = 1
    last: int = 9999
    named: str = "end"
    era: int = 0
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """The fiscal years of a state, or of a text that tells when they begin."""

    starts: tuple[FiscalStart, ...]

    def year(self, first: int) -> Period | None:
        """The fiscal year that begins in a year; None for one that was cut short or that is not known."""
        begins = self._begin(first)
        follows = day_of(first + 1, begins.month, begins.day) if begins else None
        return Period(begins, follows - timedelta(days=1), "span") if follows else None

    def _begin(self, year: int) -> date | None:
        start = next((start for start in self.starts if start.first <= year <= start.last), None)
        return day_of(year, start.month, start.day) if start else None

    def begins(self, day: date) -> bool:
        """Whether a fiscal year begins on a day."""
        return self._begin(day.year) == day

    def running(self, day: date) -> int | None:
        """The year in which the fiscal year of a day began."""
        for year in (day.year, day.year - 1):
            begins = self._begin(year)
            if begins is not None and begins <= day:
                return year
        return None

    def begun(self, named: int, published: date | None) -> int:
        """The year of ours in which a fiscal year begins that is told by its first year, in the state's calendar or ours."""
        era = self.starts[-1].era
        return named - era if era and published is not None and named > published.year + _AHEAD else named

    def begun_of_single(self, named: int) -> int | None:
        """The year in which the fiscal year begins that a single year names; None where use is divided."""
        for start in self.starts:
            year = named - 1 if start.named == "end" and (start.month, start.day) > (1, 1) else named
            if start.named and start.first <= year <= start.last:
                return year
        return None


# Budgets are made for a few years ahead at most; a later year is one of another calendar.
_AHEAD = 20


@cache
def _of_states() -> dict[str, FiscalCalendar]:
    found: dict[str, list[FiscalStart]] = {}
    for row in read_rows("fiscal_years.csv"):
        start = FiscalStart(
            int(row["month"]),
            int(row["day"]),
            int(row["first"] or 1),
            int(row["last"] or 9999),
            row["named"],
            int(row["era"] or 0),
            tuple(filter(None, row["asks"].split("|"))),
        )
        found.setdefault(row["country"], []).append(start)
    return {country: FiscalCalendar(tuple(starts)) for country, starts in found.items()}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    phrases = sorted(words()["fiscal"][name], key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


_COMPANIES = frozenset({"company"})
_BODIES = _COMPANIES | {"organisation", "bloc"}
_OWN = re.compile(r"\b(?:its|their|our)\s$")
# `Exports from India`: they are India's.
_EXPORTS = re.compile(r"\b(?:export\w*|shipments?|shipped|sales|sold|outflows?)\b[^.,;]*$")
_CLAUSE = 48
_KINDS = frozenset({"country", "place", "port", "railway"})
# How far words that go with a name stand from it, in characters.
_NEAR = 24
# What ties a name to a fiscal year behind it, and one before it (`India's current fiscal year`, `the fiscal year of Egypt`).
_TIED = re.compile(r"(?:['’]s?)?\s(?:(?:own|government['’]s|state['’]s|official|current|last|previous|next|new|full)\s){0,2}")
_OF = re.compile(r"\s(?:of|in)\s(?:the\s)?")
_LISTED = re.compile(r"(?:,|\s?&|,?\s(?:and|or|as well as))\s(?:the\s)?")
_OF_ITS_OWN = 2  # how much more a country counts that is not the other side of a trade
_MANY = 1.5  # how much oftener than any other a country is named in a text that is on it


@dataclass
class Countries:
    """The countries of a text, which is given in lower case, in the order in which it names them."""

    text: str
    all_names: Sequence[NameMark]

    @cached_property
    def _names(self) -> tuple[NameMark, ...]:
        """The names that tell one country, or a canal with a fiscal year of its own."""
        told = (name for name in self.all_names if len(name.codes) == 1)
        return tuple(
            name for name in told if name.kind in _KINDS or (name.kind == "corridor" and name.codes[0] in _of_states())
        )

    @cached_property
    def _other_sides(self) -> frozenset[NameMark]:
        """The names that are told as the other side of a trade."""
        found: set[NameMark] = set()
        last: NameMark | None = None
        for name in self._names:
            listed = last is not None and _LISTED.fullmatch(self.text, last.end, name.start)
            if last in found if listed else self._is_other_side(name):
                found.add(name)
            last = name
        return frozenset(found)

    @cached_property
    def _main(self) -> str | None:
        """The country that the text names most often by far."""
        counts: Counter[str] = Counter()
        for name in self._names:
            counts[name.codes[0]] += 1 if name in self._other_sides else _OF_ITS_OWN
        counted = counts.most_common(2)
        if not counted or (len(counted) > 1 and counted[0][1] < _MANY * counted[1][1]):
            return None
        return counted[0][0]

    def fiscal_calendar(self, start: int, end: int, sentence: tuple[int, int]) -> FiscalCalendar | None:
        """The calendar of the fiscal year told from `start` to `end` of a sentence; None where it is doubtful whose it is."""
        inside = self.names(sentence)
        tied = [name for name in inside if self._is_tied(name, start, end)]
        if tied:
            return _of_states().get(tied[0].codes[0])
        if self._is_of_a_body(start, sentence):
            return None
        calendar = _of_states().get(self._chosen(inside) or "")
        asks = calendar.starts[-1].asks if calendar else ()
        told = self.text[sentence[0] : sentence[1]]
        return calendar if not asks or any(word in told for word in asks) else None

    def names(self, part: tuple[int, int]) -> list[NameMark]:
        """The names of one country in a part of the text."""
        return [name for name in self._names if part[0] <= name.start < part[1]]

    def told_of(self, part: tuple[int, int]) -> str | None:
        """The country whose news a part of the text tells; None where it is doubtful."""
        return self._chosen(self.names(part))

    def _is_tied(self, name: NameMark, start: int, end: int) -> bool:
        before = name.end <= start and _TIED.fullmatch(self.text, name.end, start)
        return bool(before) or (name.start >= end and _OF.fullmatch(self.text, end, name.start) is not None)

    def _is_of_a_body(self, start: int, sentence: tuple[int, int]) -> bool:
        """Whether the year may be that of a company, or of another body of which the sentence tells (`in its fiscal year`)."""
        own = _OWN.search(self.text, max(sentence[0], start - _NEAR), start)
        bodies = _BODIES if own else _COMPANIES
        told = _pattern("own_years").search(self.text, *sentence)
        return told is not None or any(
            name.kind in bodies and sentence[0] <= name.start < sentence[1] for name in self.all_names
        )

    def _chosen(self, inside: Sequence[NameMark]) -> str | None:
        """The country whose news a sentence tells: the one that acts in it, else the one that the text is on."""
        subjects = list(dict.fromkeys(name.codes[0] for name in inside if name not in self._other_sides))
        if len(subjects) == 1:
            return subjects[0]
        if self._main is not None and (self._main in subjects or not subjects):
            return self._main
        alone = {name.codes[0] for name in inside}
        return next(iter(alone)) if len(alone) == 1 else _of_one_calendar(subjects)

    def _is_other_side(self, name: NameMark) -> bool:
        before = self.text[max(0, name.start - _CLAUSE) : name.start].removesuffix("the ").rstrip()
        word = before.split(" ")[-1].strip("(,;\n")
        return word in words()["fiscal"]["other_side"] and not (word == "from" and _EXPORTS.search(before))


def _of_one_calendar(countries: Sequence[str]) -> str | None:
    """The first of some countries that all have the same fiscal year."""
    calendars = {_of_states().get(country) for country in countries}
    return countries[0] if len(calendars) == 1 and countries else None


def told_calendar(month: int, country: FiscalCalendar | None) -> FiscalCalendar:
    """The calendar of a text that tells the month; that of the country, if it is the same."""
    if country is not None and any(start.month == month for start in country.starts) and country.starts[-1].named:
        return country
    return FiscalCalendar((FiscalStart(month),))
