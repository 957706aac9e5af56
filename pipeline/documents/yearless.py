"""When a text was published that gives no plain date: by the year of its issue, its weekdays, or a label run into the text.

Only for texts that tell no complete date; choosing among complete dates belongs to `metadata`.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.documents.calendar_dates import dates_in, first_date, partial_date_pattern

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d%]|[.,]\d)")
# How much of a report names the weekday of its day, and how many days before its day a report may look back.
_OPENING, _EVE = 600, 1


_LABEL = re.compile(r"\s*(?:date|dated|published|posted|updated)\b:?\s*", re.IGNORECASE)


def run_in_date(line: str) -> date | None:
    """The date of a label that a first line runs on from (`date 2024-09-19 ASTANA - The railway ...`)."""
    label = _LABEL.match(line)
    found = next(dates_in(line), None) if label else None
    return found.value if found and label and found.start == label.end() else None


def issue_date(head: Iterable[str]) -> date | None:
    """The date of a line that gives a day and, apart from it, a year (`No. 32/2018, Thursday 9 August`)."""
    for line in head:
        day, years = partial_date_pattern().search(line), _YEAR.findall(line)
        if day and not _YEAR.search(day.group()) and len(set(years)) == 1:
            found, told = first_date(f"{day.group()} {years[0]}"), _weekdays(line)
            if found and (not told or found.isoweekday() in told):
                return found
    return None


def dateline_date(day: str, report: str, text: str) -> date | None:
    """The date of a dateline such as `May 21`: in the last year that the text names, or the next, as its weekday tells.

    None where the report names no weekday, or one that fits neither year.
    """
    years, told = [int(year) for year in _YEAR.findall(text)], _weekdays(report[:_OPENING])
    if not years or not told:
        return None
    readings = [found for year in (max(years), max(years) + 1) if (found := first_date(f"{day} {year}"))]
    for back in range(_EVE + 1):
        for found in readings:
            if (found.isoweekday() - 1 - back) % 7 + 1 == told[0]:
                return found
    return None


def _weekdays(text: str) -> list[int]:
    """The weekdays that a text names, by ISO number."""
    return [_numbers()[found.group().lower()] for found in _weekday_pattern().finditer(text)]


@cache
def _numbers() -> dict[str, int]:
    weekdays = read_toml("documents_metadata.toml")["weekdays"]
    return {name: int(number) for number, names in weekdays.items() for name in names}


@cache
def _weekday_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_numbers(), key=lambda name: (-len(name), name)))})\b", re.IGNORECASE)
