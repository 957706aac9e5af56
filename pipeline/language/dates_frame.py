"""What a date expression is resolved against, and how a yearless or relative one is placed in time.

Readers of the small parts (numbers, months, years) belong here too. What a rule means belongs to the modules of its kind.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeGuard

from pipeline.language.dates_calendar import UNRESOLVED, Period, months_of, shifted, stepped, unit_around, year_of
from pipeline.language.dates_fiscal import FiscalCalendar
from pipeline.language.dates_habits import Habits
from pipeline.language.dates_words import words

Outlook = Literal["past", "future", "open"]


Bias = Literal["nearest", "begun", "ended"]


Slots = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against.

    `year` is the year that the sentence has named before; `spoken` are the last periods longer than a day that the text
    spoke of, the latest first, `named` the last one in whatever role, `day` the last day, `told` the start of what it spoke of
    last, a day or longer; `before` and `after` bind one side of a range to the other; `outlook` is the tense around the
    expression, `lead` the words before it; `fiscal` tells when the fiscal years of its country begin,
    `solar` that its years are those of Iran's calendar.
    """

    published: date | None
    habits: Habits
    outlook: Outlook = "open"
    year: int | None = None
    spoken: tuple[Period, ...] = ()
    named: Period | None = None
    day: date | None = None
    told: date | None = None
    before: date | None = None
    after: date | None = None
    lead: str = ""
    fiscal: FiscalCalendar | None = None
    solar: bool = False

    @property
    def focus(self) -> Period | None:
        """The period last spoken of."""
        return self.spoken[0] if self.spoken else None

    @property
    def season_month(self) -> int | None:
        """The month in which the text's crop or marketing year starts, if it tells."""
        return self.habits.season_month


Resolver = Callable[[Slots, Frame], Period | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as understood: the rule that read it, its part word (`early`), and its period."""

    rule: str
    part: str
    period: Period


def key(words_found: str | None) -> str:
    """A phrase as the word lists spell it."""
    return " ".join((words_found or "").split()).replace("’", "'").lower()


def number(found: str | None) -> int:
    """A cardinal or ordinal in digits or words; 0 for none."""
    text = key(found)
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    return int(words()["numbers"].get(text) or words()["ordinals"].get(text.replace(" ", "-")) or 0)


def month_number(found: str | None) -> int:
    """A month by its name."""
    return int(words()["months"][key(found).rstrip(".")])


def short_year(found: str | None, frame: Frame) -> int:
    """A year in two or four digits; two digits mean the century that is nearest to publication."""
    digits = re.sub(r"\D", "", found or "")
    if len(digits) != 2:
        return int(digits or spoken_year(key(found)))
    near = frame.published.year if frame.published else 2000
    candidates = [century + int(digits) for century in (near // 100 * 100 - 100, near // 100 * 100, near // 100 * 100 + 100)]
    return min(candidates, key=lambda year: (abs(year - near), year))


def spoken_year(text: str) -> int:
    """A year in words; 0 for anything else."""
    spoken = words()["year_words"]
    for start, hundreds in (spoken["thousands"] | spoken["centuries"]).items():
        if text.startswith(start):
            rest = text.removeprefix(start).replace("and", " ").replace("-", " ").split()
            return int(hundreds) + sum(int((spoken["tens"] | spoken["teens"] | spoken["ones"]).get(word, 0)) for word in rest)
    return 0


def yearish(found: str | None, frame: Frame) -> int | None:
    """The year that words name or point at; None without an anchor."""
    text = key(found)
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    if text in ("", "the year"):
        return None
    if told := spoken_year(text):
        return told
    present = frame.published.year if frame.published else None
    spoken = frame.focus.start.year if frame.focus and frame.focus.start else None
    if re.search(r"(?:ago|earlier|before)$", text):
        anchor = spoken or present
        return anchor - 1 if anchor else None
    word = re.sub(r"^the ", "", text).split(" ")[0]
    anchor = (spoken or present) if word in words()["anaphoric"]["words"] else present
    return anchor + int(words()["offsets"][word]) if anchor else None


def placed(make: Callable[[int], Period | None], frame: Frame, bias: Bias) -> Period:
    """A yearless expression in the year that the other side of its range, the sentence or the publication date gives it."""
    chosen = _bound(make, frame)
    if chosen is None and frame.year is not None:
        chosen = make(frame.year)
        if frame.outlook == "future" and frame.published and chosen and chosen.end and chosen.end < frame.published:
            chosen = None
    if chosen is None and frame.published is not None:
        chosen = _by_publication(make, frame.published, frame.outlook, bias)
    if chosen is None and frame.published is None and frame.outlook != "future":
        chosen = _by_what_was_told(make, frame.focus)
    return replace(chosen, dated=False) if chosen else UNRESOLVED


def _by_what_was_told(make: Callable[[int], Period | None], told: Period | None) -> Period | None:
    """In a text without a date: the expression within the period that the text spoke of last, if it lies in one year."""
    if told is None or told.start is None or told.end is None or told.start.year != told.end.year:
        return None
    found = make(told.start.year)
    inside = found is not None and found.start is not None and found.end is not None
    return (
        found
        if inside and found and found.start and told.start <= found.start and found.end and found.end <= told.end
        else None
    )


def around(make: Callable[[int], Period | None], year: int, reach: int = 1) -> list[tuple[date, date, Period]]:
    """The expression in the years around one, in order, as (start, end, period)."""
    made = [make(near) for near in range(year - reach, year + reach + 1) if 1 <= near <= 9999]
    return [(period.start, period.end, period) for period in made if period and period.start and period.end]


def _bound(make: Callable[[int], Period | None], frame: Frame) -> Period | None:
    if frame.before:
        earlier = [period for start, _, period in around(make, frame.before.year) if start <= frame.before]
        return earlier[-1] if earlier else None
    if frame.after:
        return next((period for _, end, period in around(make, frame.after.year) if end >= frame.after), None)
    return None


# A day without a year lies ahead if the next one is this near, or if the tense looks ahead and it is not much farther.
NEAR_DAYS = 45


_AHEAD_FACTOR = 3


# A month that began longer ago than this is called `last May`, not `in May`.
_LONG_AGO_DAYS = 300


_NEXT_MONTH_DAYS = 31


# A count of months from January is told a few weeks before its last month is over, at most.
_EARLY_DAYS = 31


def _by_publication(make: Callable[[int], Period | None], published: date, outlook: Outlook, bias: Bias) -> Period | None:
    candidates = around(make, published.year, 4)
    past = [(start, end, period) for start, end, period in candidates if start <= published]
    ahead = [(start, end, period) for start, end, period in candidates if end >= published]
    if not past or not ahead:
        return None
    if outlook == "future" and bias != "nearest":
        return ahead[0][2]
    back, forth = (published - past[-1][0]).days, (ahead[0][0] - published).days
    if (
        bias == "begun"
        and past[-1][2].grain == "month"
        and outlook == "open"
        and back > _LONG_AGO_DAYS
        and forth <= _NEXT_MONTH_DAYS
    ):
        return ahead[0][2]
    if bias == "nearest":
        nearer = forth < back and forth <= NEAR_DAYS and outlook != "past"
        return ahead[0][2] if nearer or (outlook == "future" and forth < back * _AHEAD_FACTOR) else past[-1][2]
    if bias == "ended":
        limit = published + timedelta(days=min(_EARLY_DAYS, (date.max - published).days))
        ended = [period for _, end, period in past if end <= limit]
        return ended[-1] if ended else None
    return past[-1][2]


def relative(word: str, unit: str, frame: Frame) -> Period:
    """The period that a word such as `last` makes of a unit, from publication or from what the text spoke of."""
    name, size = words()["units"][unit]
    anaphoric = word in words()["anaphoric"]["words"]
    spoken = frame.focus.start if frame.focus and frame.focus.grain in ("month", "year", "span", "week") else None
    if name == "day" or (name == "week" and frame.day):
        spoken = frame.day
    elif word in ("that", "same") and frame.named:
        spoken = frame.named.start
    anchor = (spoken or frame.published) if anaphoric else frame.published
    offset = words()["offsets"].get(word, 0)
    if anaphoric and name == "year" and size == 1 and _is_other_year(frame.focus):
        return shifted(frame.focus, 12 * offset) or UNRESOLVED
    return (unit_around(anchor, name, size, offset) if anchor else None) or UNRESOLVED


# Results of a year are told in the first months of the next; what is plainly told as past, a little longer.
_REPORTING_MONTHS = 2
_TOLD_AS_PAST_MONTHS = 4


def tells_results(frame: Frame) -> bool:
    """Whether `the year` means the calendar year that has just ended, as it does in reports on its results."""
    if frame.published is None or frame.outlook == "future":
        return False
    return frame.published.month <= (_TOLD_AS_PAST_MONTHS if frame.outlook == "past" else _REPORTING_MONTHS)


def year_running(frame: Frame) -> Period | None:
    """In a text without a date: the year of which it told a part last, as its first quarter; a year told as a whole is over."""
    first, last = (frame.focus.start, frame.focus.end) if frame.focus else (None, None)
    if frame.published or first is None or last is None or first.year != last.year or (last.month, last.day) == (12, 31):
        return None
    return year_of(first.year)


# A year in days, leap or not.
_YEAR_DAYS = (365, 366)


def _is_other_year(period: Period | None) -> TypeGuard[Period]:
    """Whether a period is a year that does not begin in January, such as a fiscal year."""
    return (
        period is not None
        and period.start is not None
        and period.end is not None
        and period.start.month > 1
        and _YEAR_DAYS[0] <= (period.end - period.start).days + 1 <= _YEAR_DAYS[1]
    )


def recent(count: int, unit: str, frame: Frame, *, ahead: bool = False) -> Period:
    """`count` units back from the publication date, or ahead of it."""
    if frame.published is None or count < 1:
        return UNRESOLVED
    name, size = words()["units"][unit]
    if name == "month" and size == 3:
        # Quarters are counted whole: the ones that are over, or the ones still to begin.
        first = (frame.published.month - 1) // 3 * 3 + 1 + (3 if ahead else -3 * count)
        return months_of(frame.published.year, first, 3 * count) or UNRESOLVED
    other = stepped(frame.published, name, size, count if ahead else -count)
    if other is None:
        return UNRESOLVED
    return Period(frame.published, other, "span") if ahead else Period(other, frame.published, "span")
