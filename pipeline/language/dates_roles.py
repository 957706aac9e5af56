"""What the words around a date expression make of it: a deadline, a start, a base of comparison, or simply a time.

Only roles and what they do to the bounds belong here; where an expression begins and ends is the walk's matter (dates.py).
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.language.dates_calendar import Period, moved
from pipeline.language.dates_frame import Reading, key
from pipeline.language.dates_grammar import expanded
from pipeline.language.dates_words import any_of, words
from pipeline.language.marks import DateRole


class Surroundings(NamedTuple):
    """The words around an expression, in lower case: `opening` gives the role, `lead` stands before that, `behind` after.

    `ahead` tells that its time is still to come.
    """

    opening: str
    lead: str
    expression: str
    behind: str
    ranged: bool
    onwards: bool
    ahead: bool = False


# Rules that always play one part, whatever stands before them.
_KIND_OF_RULE = {
    "now": "now",
    "within": "deadline",
    "within_unit": "deadline",
    "within_bare": "deadline",
    "by_then": "deadline",
    "year_earlier": "base",
    "this_time": "base",
    "since_event": "since then",
    "since_then": "since then",
}
# Rules that read a range of days by themselves, with `from` before it.
_DAY_RANGES = frozenset({"days_of_month", "month_days"})
# Rules that mostly name what something is compared with, if they name another year.
_BACK_RULES = frozenset({"same_period", "year_s_period", "year_earlier"})
# `More than two decades ago` compares nothing, `5 pct more than a year ago` does.
_MORE_THAN = re.compile(r"\b(?:more|less|fewer) $")
_MEASURED_MORE = re.compile(
    r"(?:[%\d]|\b(?:percent|per cent|pct|times|tons|tonnes|barrels|units|containers|teu|million|billion|thousand|half|thirds?"
    r"|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|much|far)) (?:more|less|fewer) $"
)
# `2.8 percent more than from January through May 2022`
_MEASURED_THAN = re.compile(_MEASURED_MORE.pattern.replace("fewer) $", "fewer|higher|lower) than $"))
# `Reached 5 tons, up by 16 per cent from January-March 2021`; not `went down 5 percent from January through May`.
_UP_BY = re.compile(
    r", (?:up|down) (?:by )?(?:(?:about|around|some|nearly|almost|over|roughly|only|just|more than) )?"
    r"[\d.,]+ ?(?:%|per ?cent|pct) $"
)
# `Twice last year's volume`: what a multiple is of.
_MULTIPLIED = re.compile(r"\b(?:times|twice|double|triple|treble|half)\s(?:that of\s|of\s)?(?:the\s)?$")
# `Twice as large as in May`, `half as many as it was last year`; not `as early as in May`.
_AS_MUCH_AS = re.compile(
    r"\bas (?!(?:early|late|far|long|soon|recently|well|such)\b)(?:[\w-]+ ){1,4}as (?:(?:it|they|that) (?:was|were|had been) )?"
    r"(?:(?:in|for|during|at|over) )?(?:the )?$"
)
# `Rose by 3% in May 2022 on May 2021`: a month or a year that a time before it is measured on.
_DATE_BEFORE = re.compile(r"\b(?:(?:19|20)\d\d|quarter|half|months|year) on (?:the )?$")
_ANOTHER_YEAR = re.compile(r"\b(?:ago|before|earlier|of|year)\b|\d{4}|-on-|yoy|y/y")


class _Patterns(NamedTuple):
    kinds: dict[str, str]
    opening: re.Pattern[str]
    compared: re.Pattern[str]
    compared_number: re.Pattern[str]
    level: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    comparison = words()["comparison"]
    kinds = {phrase: kind for kind, phrases in words()["roles"].items() for phrase in phrases}
    return _Patterns(
        kinds=kinds,
        opening=re.compile(expanded(any_of(kinds) + r"(?!\w)")),
        # A word of change, then a few words such as an amount: `up 5 percent from`, `a growth of 5 million tons over`.
        compared=re.compile(
            expanded(
                r"(?<!\w)"
                + any_of(comparison["before_words"])
                + r"(?:[^\S\n]+of(?=[^,;]{0,24}(?:\d|[mb]illion|thousand)))?"
                + r"(?:[^\S\n]+(?!(?:the|a|an|of|to|and)\s)(?:[^\s,;]|,(?=\d))+){0,5}\s*$|%\s*$"
            )
        ),
        # A number that is compared with: `against 1.26 billion in`, `from 10.44 mln in`.
        compared_number=re.compile(
            # After `more` or `less`, `than` compares only with a number or an article: `more than 20 million` is a bound.
            r"(?<!\w)(?:compared\s(?:with|to)|against|versus|vs\.?|(?<!more\s)(?<!less\s)(?<!fewer\s)than|than(?=\sthe\s)"
            r"|(?:(?<=[%\d]\s(?:more|less)\s)|(?<=(?:cent|tons)\s(?:more|less)\s)|(?<=(?:pct|nes)\s(?:more|less)\s))than"
            r"|from|(?:(?<=[%\d]\s)|(?<=cent\s)|(?<=pct\s)|(?<=tons\s)|(?<=nnes\s)|(?<=lion\s)|(?<=well\s)|(?<=just\s))(?:above|below)"
            r"|since|instead\sof"
            r"|after(?=\s[^\W\d_]{0,3}[$€£¥]?[\d.,]*\d(?!\d|\s(?:day|week|month|year|hour|decade))))\s"
            rf"(?:(?:the|an?)\s(?:[a-z-]{{1,15}}\s)?{any_of(comparison['of_words'])}\sof\s)?"
            r"(?:(?:the|a|an|some|about|around|only|just|over|nearly|almost)\s){0,2}[^\W\d_]{0,3}[$€£¥]?[\d.,]*\d[^\s,;]*"
            r"(?:\s(?!(?:to|on|by|and|but|which|was|were|is|are)\s)[\w%./-]{1,20}){0,5}\s(?:(?:in|for|during|of|over)\s(?:the\s)?)?$"
        ),
        level=re.compile(
            expanded(
                r"(?:['’]s)?<S>(?:(?!(?:the|a|an|this|its)<S>)[^\W\d]{1,12}<S>)?"
                + any_of(comparison["after_words"])
                + r"(?!\w)"
            )
        ),
    )


def opening_kind(opening: str) -> str:
    """The kind of role that the words before an expression give it; empty for none."""
    found = _patterns().opening.match(opening)
    return _patterns().kinds[key(found[0])] if found else ""


def kind_of(around: Surroundings, reading: Reading) -> str:
    """The kind of role: a key of `[roles]` in dates.toml, `now`, `since then` or `at`."""
    kind = opening_kind(around.opening)
    if reading.rule == "now" and kind == "until":
        return "so far"
    if own := _KIND_OF_RULE.get(reading.rule):
        return own
    if kind == "base" and reading.rule in ("ago", "in_units") and _no_comparison(around.lead):
        return "at"
    if kind:
        return _kind_of_from(around, reading) if kind == "from" else kind
    if around.onwards:
        return "from"
    return "base" if _is_base(around, reading) else "at"


def _no_comparison(lead: str) -> bool:
    return bool(_MORE_THAN.search(lead)) and not _MEASURED_MORE.search(lead)


def _kind_of_from(around: Surroundings, reading: Reading) -> str:
    """`From` opens a range, names a base (`up from July`) or says when something starts."""
    if around.ranged and (_MEASURED_THAN.search(around.lead) or _UP_BY.search(around.lead)):
        return "base"
    if around.ranged or reading.rule in _DAY_RANGES:
        return "at"
    # Only a bare `from` compares: `starting 1 May` and `effective May` do not.
    if key(around.opening).startswith("from") and not around.ahead and (reading.rule in _BACK_RULES or _is_compared(around)):
        return "base"
    return "at" if around.expression.startswith("the ") and reading.rule == "year" else "from"


def _is_compared(around: Surroundings) -> bool:
    patterns = _patterns()
    owner = around.behind.lstrip().startswith(("'s", "’s"))
    return owner or bool(patterns.compared.search(around.lead) or patterns.level.match(around.behind))


def names_a_start(around: Surroundings) -> bool:
    """Whether the words before an expression say that something starts then, rather than what it is compared with."""
    compared = key(around.opening).startswith("from") and _is_compared(around)
    return opening_kind(around.opening) == "from" and not around.ranged and not compared


_SET_OVER = ("on", "over", "above", "below")
_OVER = re.compile(rf"\b(?:{'|'.join(_SET_OVER)}) (?:the )?$")
_MAY_END_OVER = (*_SET_OVER, "the")


def _is_base(around: Surroundings, reading: Reading) -> bool:
    patterns = _patterns()
    told = around.expression.partition(reading.part)[2] if reading.part else around.expression
    if reading.rule in _BACK_RULES and _ANOTHER_YEAR.search(told):
        return True
    if patterns.level.match(around.behind) or _AS_MUCH_AS.search(around.lead):
        return True
    if around.behind.lstrip().startswith(("'s", "’s")) and _MULTIPLIED.search(around.lead):
        return True
    if reading.period.grain != "day" and " on " in around.lead and _DATE_BEFORE.search(around.lead):
        return True
    over = _OVER.search(around.lead) if around.lead.rstrip().endswith(_MAY_END_OVER) else None
    if (
        over
        and reading.rule not in ("relative_units", "vague_units")
        and reading.period.grain not in ("day", "none")
        and patterns.compared.search(around.lead[: over.start()])
    ):
        return True
    return patterns.compared_number.search(around.lead) is not None


def bounded(kind: str, reading: Reading, published: date | None) -> Period:
    """The period with the bounds that its role gives it."""
    bounds = _BOUNDS.get(kind)
    return bounds(reading, published) if bounds else reading.period


def public_role(kind: str, period: Period) -> DateRole:
    """The role of the mark."""
    if kind == "as_of":
        return "at" if period.end else "since"
    return _PUBLIC.get(kind, "at")


def _part(reading: Reading) -> str:
    return str(words()["parts"].get(reading.part, ""))


def _to_its_end(reading: Reading, _published: date | None) -> Period:
    period = reading.period
    if _part(reading) == "mid" and period.grain == "span" and period.start and period.end:
        # By the middle of a year is by the end of June, of a month by about its fifteenth.
        return replace(period, start=None, end=moved(period.start, days=((period.end - period.start).days - 1) // 2))
    return replace(period, start=None)


def _to_its_eve(reading: Reading, published: date | None) -> Period:
    period = reading.period
    if _part(reading) in ("mid", "end") or reading.rule in ("year_end", "year_out") or not period.start:
        return _to_its_end(reading, published)
    return replace(period, start=None, end=moved(period.start, days=-1))


def _to_publication(reading: Reading, published: date | None) -> Period:
    return replace(reading.period, end=None if _is_ahead(reading, published) else published)


def _onwards(reading: Reading, _published: date | None) -> Period:
    return replace(reading.period, end=None)


def _so_far(reading: Reading, published: date | None) -> Period:
    return replace(reading.period, start=None, end=published)


def _as_of(reading: Reading, published: date | None) -> Period:
    return _onwards(reading, published) if _is_ahead(reading, published) else reading.period


def _from_its_end(reading: Reading, _published: date | None) -> Period:
    period = reading.period
    start = period.start if _part(reading) == "begin" or not period.end else moved(period.end, days=1)
    return replace(period, start=start, end=None)


def _is_ahead(reading: Reading, published: date | None) -> bool:
    return published is None or reading.period.start is None or reading.period.start > published


_BOUNDS: dict[str, Callable[[Reading, date | None], Period]] = {
    "deadline": _to_its_end,
    "until": _to_its_end,
    "so far": _so_far,
    "before": _to_its_eve,
    "since": _to_publication,
    "from": _onwards,
    "after": _from_its_end,
    "as_of": _as_of,
}
_PUBLIC: dict[str, DateRole] = {
    "deadline": "deadline",
    "before": "deadline",
    "until": "until",
    "since": "since",
    "since then": "since",
    "from": "since",
    "after": "since",
    "base": "base",
    "now": "now",
}
