"""What a text as a whole tells about how its writer dates things: the order of day and month, and the fiscal year.

Both are looked for only when an expression asks. What single expressions mean belongs to dates_meaning.py.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.language.dates_grammar import expanded
from pipeline.language.dates_words import any_of, words

_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d\d)(?![\d/-])")
# One country must be named this many times as often as all others with another fiscal year.
_CLEARLY = 2


@cache
def _compiled(template: str) -> re.Pattern[str]:
    return re.compile(expanded(template))


_FISCAL_END = (
    r"(?:fiscal|financial|budget)(?:<S>year)?[^.;\n]{0,40}?(?<!\w)(?:end(?:s|ed|ing)?|closed|closing|to)<S>(?:on<S>|in<S>)?"
    r"(?:the<S>)?(?:end<S>of<S>)?(?:<DAY><S>(?:of<S>)?)?(?P<mon><MON>)(?!\w)"
)
_FISCAL_START = (
    r"(?:fiscal|financial|budget)(?:<S>year)?[^.;\n]{0,30}?(?<!\w)(?:starts?|started|starting|begins?|began|beginning|runs<S>from|\()"
    r"(?:<S>on<S>|<S>in<S>|<S>)?(?:<DAY><S>(?:of<S>)?)?(?P<mon><MON>)(?!\w)"
)
_SOLAR_TEXT = r"(?<!\w)(?:<SOLAR><S>(?:calendar|year)|iran(?:ian)?|tehran|farvardin|nowruz)(?!\w)"
_FISCAL_WORD = r"(?<!\w)(?:fiscal|financial<S>year|fy)(?:[-\s]?\d|(?!\w))"


@dataclass
class Habits:
    """The habits of one text, which is given in lower case."""

    text: str

    @cached_property
    def day_first(self) -> bool | None:
        """Whether the writer puts the day before the month in figures; None if no date of the text shows it."""
        for found in _FIGURES.finditer(self.text):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second > 0:
                return True
            if second > 12 >= first > 0:
                return False
        return None

    @cached_property
    def is_solar(self) -> bool:
        """Whether its years may be those of Iran's calendar: it names the calendar, or a year of it beside a word for Iran."""
        return _compiled(_SOLAR_TEXT).search(self.text) is not None

    @cached_property
    def fiscal_month(self) -> int | None:
        """The month in which its fiscal year starts: as the text defines it, else by the country it speaks of most."""
        months = words()["months"]
        if ended := _compiled(_FISCAL_END).search(self.text):
            return int(months[ended["mon"].rstrip(".")]) % 12 + 1
        if started := _compiled(_FISCAL_START).search(self.text):
            return int(months[started["mon"].rstrip(".")])
        return self._by_country() if _compiled(_FISCAL_WORD).search(self.text) else None

    def _by_country(self) -> int | None:
        counts = {
            int(month): len(_compiled(r"(?<!\w)" + any_of(names) + r"(?!\w)").findall(self.text))
            for month, names in words()["fiscal_years"].items()
        }
        most = max(counts, key=lambda month: (counts[month], month))
        return most if counts[most] > _CLEARLY * (sum(counts.values()) - counts[most]) else None
