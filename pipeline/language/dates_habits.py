"""What a text as a whole tells about how its writer dates things: the order of day and month, and the fiscal year.

Both are looked for only when an expression asks. What single expressions mean belongs to dates_meaning.py.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.language.dates_grammar import expanded
from pipeline.language.dates_words import words

_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d\d)(?![\d/-])")


@cache
def _compiled(template: str) -> re.Pattern[str]:
    return re.compile(expanded(template))


_FISCAL, _FISCAL_CODE = ("fiscal", "financial", "budget"), "fy"
_FISCAL_WORDS = (*_FISCAL, _FISCAL_CODE)  # one of them is in all that tells when a fiscal year starts or ends
_FISCAL_YEAR = rf"(?:{'|'.join(_FISCAL)})(?:<S>year)?"
_FISCAL_END = (
    _FISCAL_YEAR + r"[^.;\n]{0,40}?(?<!\w)(?:end(?:s|ed|ing)?|closed|closing|to)<S>(?:on<S>|in<S>)?"
    r"(?:the<S>)?(?:end<S>of<S>)?(?:<DAY><S>(?:of<S>)?)?(?P<mon><MON>)(?!\w)"
)
_FISCAL_START = (
    _FISCAL_YEAR + r"[^.;\n]{0,30}?(?<!\w)(?:starts?|started|starting|begins?|began|beginning|runs<S>from|\()"
    r"(?:<S>on<S>|<S>in<S>|<S>)?(?:<DAY><S>(?:of<S>)?)?(?P<mon><MON>)(?!\w)"
)
_SOLAR_TEXT = r"(?<!\w)(?:<SOLAR><S>(?:calendar|year)|iran(?:ian)?|tehran|farvardin|nowruz)(?!\w)"
_SOLAR_RELATIVE = r"(?<!\w)<REL><S><SOLAR><S>(?:(?:calendar|fiscal|financial)<S>)?year(?!\w)"
# `Between July and February of the current fiscal year`: told from its first month on.
_FISCAL_MONTHS = (
    r"(?<!\w)(?P<mon><MON>)(?:<TO>)<MON>(?:<S>period)?(?:<S>of|<S>in)?<S>(?:the<S>)?(?:<REL><S>)?"
    rf"(?:fiscal|financial|{_FISCAL_CODE}[-\s]?\d)"
)
# A code alone (`FY24`) tells little: companies and projects date by their own years so.
_FISCAL_TEXT = r"(?<!\w)(?:fiscal|financial<S>year|budget<S>year)(?!\w)"
# A season told with its last or its first month: `the 2015/16 season that ended on June 30`, `marketing year (July/June)`.
_SPLIT_NOUN = r"(?:(?:<SPLIT>)<S>(?:year|season|campaign)|season|campaign)(?!\w)"
_ON_DAY = (
    r"(?:on<S>|in<S>|at<S>|by<S>)?(?:the<S>)?(?:(?:early|mid|late|end|start|beginning)[-\s](?:of<S>)?)?(?:<DAY><S>(?:of<S>)?)?"
)
_SEASON_END = (
    _SPLIT_NOUN
    + r"[^.;\n]{0,40}?(?<!\w)(?:end(?:s|ed|ing)?|closed|closes|finished|to|through|until)<S>"
    + _ON_DAY
    + r"(?P<mon><MON>)(?!\w)"
)
_SEASON_START = (
    _SPLIT_NOUN + r"[^.;\n]{0,30}?(?<!\w)"
    r"(?:starts?|started|starting|begins?|began|begun|beginning|opens|opened|kicked<S>off|(?:runs<S>|running<S>)?from|\()"
    r"<S>?" + _ON_DAY + r"(?P<mon><MON>)(?!\w)"
)
_SEASON_MONTHS = r"(?<!\w)(?P<mon><MON>)[-–/](?P<last><MON>)(?:\)|<S>){1,2}" + _SPLIT_NOUN
# `2023/24 (July-June)`, `2023/24 (Oct/Sept)`.
_PAIR_MONTHS = r"(?:19|20)\d\d[/–-]\d\d(?:\d\d)?<S>\((?P<mon><MON>)(?:<S>?[-–/]<S>?|<S>to<S>)(?P<last><MON>)\)"
# `In the year to June 1987`, where two years are told as one elsewhere.
_YEAR_TO = r"(?<!\w)(?:year|(?:12|twelve)<S>months)<S>(?:to|ended|ending|through)<S>" + _ON_DAY + r"(?P<mon><MON>)(?!\w)"
# Only a season that is counted as a year is one of twelve months.
_SEASON_YEAR = (
    r"(?<![\d/])(?:19|20)\d\d[/–-]\d\d(?:\d\d)?(?![\d/-])|(?:marketing|crop|agricultural|sugar|trading|coffee|cocoa)<S>year"
)


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
    def counts_solar_years(self) -> bool:
        """Whether it points at years of Iran's calendar (`last Iranian year`), so that `last year` may be one of them too."""
        return _compiled(_SOLAR_RELATIVE).search(self.text) is not None

    @cached_property
    def is_fiscal(self) -> bool:
        """Whether the text speaks of fiscal years in words, so that two years or a code may be one."""
        return _compiled(_FISCAL_TEXT).search(self.text) is not None

    @cached_property
    def fiscal_month(self) -> int | None:
        """The month in which its fiscal year starts, as the text tells a reader who does not know it."""
        if not any(word in self.text for word in _FISCAL_WORDS):
            return None
        months = words()["months"]
        if ended := _compiled(_FISCAL_END).search(self.text):
            return int(months[ended["mon"].rstrip(".")]) % 12 + 1
        if started := _compiled(_FISCAL_START).search(self.text):
            return int(months[started["mon"].rstrip(".")])
        if begun := _compiled(_FISCAL_MONTHS).search(self.text):
            return int(months[begun["mon"].rstrip(".")])
        return None

    @cached_property
    def season_month(self) -> int | None:
        """The month in which its crop or marketing year starts, as the text tells it; None for a season of nature."""
        if not _compiled(_SEASON_YEAR).search(self.text):
            return None
        months = words()["months"]
        if named := _compiled(_SEASON_MONTHS).search(self.text) or _compiled(_PAIR_MONTHS).search(self.text):
            first, last = (int(months[named[part].rstrip(".")]) for part in ("mon", "last"))
            return first if last % 12 + 1 == first else None
        started, ended = (_compiled(told).search(self.text) for told in (_SEASON_START, _SEASON_END))
        if started and (ended is None or started.start() <= ended.start()):
            return int(months[started["mon"].rstrip(".")])
        ended = ended or _compiled(_YEAR_TO).search(self.text)
        return int(months[ended["mon"].rstrip(".")]) % 12 + 1 if ended else None
