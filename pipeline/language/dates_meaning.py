"""What each rule of the date grammar means: a table from a rule's name to a function that resolves its slots to a period.

Only meaning belongs here: no scanning of texts. A resolver gives None where the words turn out to be no date at all, and
`UNRESOLVED` where they are one that cannot be placed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pipeline.language.dates_calendar import (
    UNRESOLVED,
    Period,
    day_of,
    easter,
    iso_week,
    months_of,
    moved,
    part_of,
    shifted,
    single,
    stepped,
    unit_around,
    week_of,
    year_of,
    years_of,
)
from pipeline.language.dates_grammar import Grammar, grammar
from pipeline.language.dates_habits import Habits
from pipeline.language.dates_words import words

Outlook = Literal["past", "future", "open"]
Bias = Literal["nearest", "begun", "ended"]
Slots = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against.

    `year` is the year that the sentence has named before; `spoken` are the last periods longer than a day that the text spoke
    of, the latest first, `named` the last one in whatever role, `day` the last day; `before` and `after` bind one side of a range to the other; `outlook` is the tense around the expression.
    """

    published: date | None
    habits: Habits
    outlook: Outlook = "open"
    year: int | None = None
    spoken: tuple[Period, ...] = ()
    named: Period | None = None
    day: date | None = None
    before: date | None = None
    after: date | None = None
    lead: str = ""

    @property
    def focus(self) -> Period | None:
        """The period last spoken of."""
        return self.spoken[0] if self.spoken else None

    @property
    def fiscal_month(self) -> int | None:
        """The month in which the text's fiscal year starts, if it can be told."""
        return self.habits.fiscal_month


Resolver = Callable[[Slots, Frame], Period | None]
RESOLVERS: dict[str, Resolver] = {}


def resolves(*rules: str) -> Callable[[Resolver], Resolver]:
    """Enters a resolver in the table under the names of its rules."""

    def entered(resolver: Resolver) -> Resolver:
        RESOLVERS.update(dict.fromkeys(rules, resolver))
        return resolver

    return entered


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as understood: the rule that read it, its part word (`early`), and its period."""

    rule: str
    part: str
    period: Period


def resolve(text: str, frame: Frame) -> Reading | None:
    """The period that an expression stands for: a rule's words, with a part (`early`) or an offset (`two weeks after`) before."""
    known: Grammar = grammar()
    text = text.rstrip(".")
    found = known.point.fullmatch(text)
    if not found or not found.lastgroup:
        return None
    rule = found.lastgroup.removeprefix("rule_")
    body = found[found.lastgroup]
    slots = known.rules[rule].fullmatch(body)
    if not slots:
        return None
    part = key(found["part"])
    opening = text[: found.start(found.lastgroup)]
    inner = replace(frame, lead=frame.lead + re.sub(r"\s+", " ", opening)) if opening else frame
    period = RESOLVERS[rule](slots.groupdict(), inner)
    if period is None:
        return None
    if part and period.start:
        period = _part(period, words()["parts"][part], frame)
    if found["off_n"] and period:
        period = _offset(period, found["off_n"], found["off_unit"], key(found["off_dir"]))
    return Reading(rule, part, period or UNRESOLVED)


def key(words_found: str | None) -> str:
    """A phrase as the word lists spell it."""
    return re.sub(r"\s+", " ", words_found or "").replace("’", "'").strip().lower()


def _part(period: Period, part: str, frame: Frame) -> Period | None:
    inside = frame.published and period.start and period.end and period.start <= frame.published <= period.end
    if part in ("earlier", "later"):
        ends = {"end": frame.published} if part == "earlier" else {"start": frame.published}
        return replace(period, grain="span", **ends) if inside else part_of(period, {"earlier": "early", "later": "late"}[part])
    if part == "rest":
        return (
            replace(period, start=frame.published)
            if frame.published and period.end and frame.published <= period.end
            else period
        )
    return part_of(period, part)


def _offset(period: Period, count: str, unit: str, direction: str) -> Period | None:
    if period.start is None or period.end is None:
        return UNRESOLVED
    name, size = words()["units"][key(unit)]
    sign = -1 if direction == "before" else 1
    base = period.start if sign < 0 else period.end
    return single(stepped(base, name, size, sign * number(count))) or UNRESOLVED


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
        return int(digits or _spoken_year(key(found)))
    near = frame.published.year if frame.published else 2000
    candidates = [century + int(digits) for century in (near // 100 * 100 - 100, near // 100 * 100, near // 100 * 100 + 100)]
    return min(candidates, key=lambda year: (abs(year - near), year))


def _spoken_year(text: str) -> int:
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
    if told := _spoken_year(text):
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
    return replace(chosen, dated=False) if chosen else UNRESOLVED


def _around(make: Callable[[int], Period | None], year: int, reach: int = 1) -> list[tuple[date, date, Period]]:
    made = [make(near) for near in range(year - reach, year + reach + 1) if 1 <= near <= 9999]
    return [(period.start, period.end, period) for period in made if period and period.start and period.end]


def _bound(make: Callable[[int], Period | None], frame: Frame) -> Period | None:
    if frame.before:
        earlier = [period for start, _, period in _around(make, frame.before.year) if start <= frame.before]
        return earlier[-1] if earlier else None
    if frame.after:
        return next((period for _, end, period in _around(make, frame.after.year) if end >= frame.after), None)
    return None


# A day without a year lies ahead if the next one is this near, or if the tense looks ahead and it is not much farther.
_NEAR_DAYS = 45
_AHEAD_FACTOR = 3
# A month that began longer ago than this is called `last May`, not `in May`.
_LONG_AGO_DAYS = 300
_NEXT_MONTH_DAYS = 31
# A count of months from January is told a few weeks before its last month is over, at most.
_EARLY_DAYS = 31


def _by_publication(make: Callable[[int], Period | None], published: date, outlook: Outlook, bias: Bias) -> Period | None:
    candidates = _around(make, published.year, 4)
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
        nearer = forth < back and forth <= _NEAR_DAYS and outlook != "past"
        return ahead[0][2] if nearer or (outlook == "future" and forth < back * _AHEAD_FACTOR) else past[-1][2]
    if bias == "ended":
        limit = published + timedelta(days=min(_EARLY_DAYS, (date.max - published).days))
        ended = [period for _, end, period in past if end <= limit]
        return ended[-1] if ended else None
    return past[-1][2]


def in_year(slots: Slots, frame: Frame, make: Callable[[int], Period | None], bias: Bias) -> Period | None:
    """The expression in the year of its slots `y` or `yy`, or placed by its surroundings."""
    if slots.get("yy"):
        return make(short_year(slots["yy"], frame)) or UNRESOLVED
    if _FISCAL.search(slots.get("y") or ""):
        return _in_fiscal_year(slots["y"] or "", frame, make)
    if key(slots.get("y")) == "the year":
        return placed(make, replace(frame, year=frame.year), bias)
    if slots.get("y"):
        year = yearish(slots["y"], frame)
        return (make(year) or UNRESOLVED) if year else UNRESOLVED
    return placed(make, frame, bias)


_FISCAL = re.compile(r"^fy|fiscal|financial")


def _in_fiscal_year(found: str, frame: Frame, make: Callable[[int], Period | None]) -> Period:
    """A quarter or a count of months of a fiscal year: that of the calendar year, moved with the year's first month."""
    whole = resolve(found, replace(frame, lead=""))
    if not whole or not whole.period.start:
        return UNRESOLVED
    first = whole.period.start
    same = make(first.year)
    return (shifted(same, first.month - 1) if same else None) or UNRESOLVED


# --- days


@resolves("weekday_bracket")
def _weekday_bracket(slots: Slots, frame: Frame) -> Period | None:
    inner = resolve(slots["inner"] or "", frame)
    return inner.period if inner and inner.period.grain == "day" else None


@resolves("iso", "iso_spaced")
def _iso(slots: Slots, frame: Frame) -> Period | None:
    year, month, day = (int(slots[name] or 0) for name in ("y", "m", "d"))
    return single(day_of(year, month, day) or day_of(year, day, month)) if 1000 <= year <= 2200 else None


@resolves("year_month_name_day")
def _year_month_name_day(slots: Slots, frame: Frame) -> Period | None:
    return single(day_of(int(slots["y"] or 0), month_number(slots["mon"] or slots["nom"]), int(slots["d"] or slots["e"] or 0)))


def _day_or_month_first(first: int, second: int, year: int, frame: Frame, *, dotted: bool = False) -> date | None:
    readings = (day_of(year, second, first), day_of(year, first, second))
    day, month = readings
    if not (day and month) or day == month:
        return day or month
    habit = True if dotted else frame.habits.day_first
    if habit is not None:
        return day if habit else month
    if frame.published is None:
        return month
    # Without a sign of the writer's habit, the one reading that is near publication; else the American order.
    near = [reading for reading in (month, day) if abs((reading - frame.published).days) <= _NEAR_DAYS]
    return near[0] if near else month


@resolves("numeric")
def _numeric(slots: Slots, frame: Frame) -> Period | None:
    year = short_year(slots["y"], frame)
    return single(_day_or_month_first(number(slots["a"]), number(slots["b"]), year, frame, dotted=bool(slots["dot"])))


@resolves("numeric_yearless")
def _numeric_yearless(slots: Slots, frame: Frame) -> Period | None:
    first, second = number(slots["a"]), number(slots["b"])
    before = re.search(r"\b(?:on|by|until|since|from|to|next|this) $", frame.lead)
    unlike_a_ratio = "0" in ((slots["a"] or " ")[0], (slots["b"] or " ")[0]) or second > 12
    written_as_date = slots["wd"] or (not slots["dot"] and (before or unlike_a_ratio or slots["y"]))
    if not written_as_date or not _day_or_month_first(first, second, 2024, frame):
        return None
    return in_year(slots, frame, lambda year: single(_day_or_month_first(first, second, year, frame)), "nearest")


@resolves("month_number")
def _month_number(slots: Slots, frame: Frame) -> Period | None:
    return months_of(int(slots["y"] or 0), int(slots["m"] or 0), 1, "month")


@resolves("day_month", "month_day")
def _day_month(slots: Slots, frame: Frame) -> Period | None:
    month, day = month_number(slots["mon"]), number(slots["d"])
    if not day_of(2024, month, day):
        return UNRESOLVED
    return in_year(slots, frame, lambda year: single(day_of(year, month, day)), "nearest")


@resolves("days_of_month", "month_days")
def _days_of_month(slots: Slots, frame: Frame) -> Period | None:
    month, first, last = month_number(slots["mon"]), number(slots["d"]), number(slots["e"])

    def made(year: int) -> Period | None:
        start, end = day_of(year, month, first), day_of(year, month, last)
        return Period(start, end, "span") if start and end and start <= end else None

    return in_year(slots, frame, made, "nearest") if made(2024) else None


@resolves("day_word")
def _day_word(slots: Slots, frame: Frame) -> Period | None:
    offset = words()["day_words"][key(slots["word"])]
    return (single(moved(frame.published, days=offset)) if frame.published else None) or UNRESOLVED


@resolves("weekday", "relative_week_day")
def _weekday(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    weekday = words()["weekdays"][key(slots["wd"]).rstrip(".")]
    relative = key(slots.get("rel")) if "wk" in slots else ""
    week = key(slots.get("wk")) or ("" if "wk" in slots else key(slots["rel"]))
    if slots.get("d"):
        return _weekday_the(weekday, number(slots["d"]), frame.published)
    if week:
        monday = moved(frame.published, days=7 * words()["offsets"][week] - frame.published.weekday())
        return single(moved(monday, days=weekday) if monday else None) or UNRESOLVED
    return single(moved(frame.published, days=_weekday_distance(weekday, relative, frame))) or UNRESOLVED


def _weekday_distance(weekday: int, relative: str, frame: Frame) -> int:
    today = frame.published.weekday() if frame.published else 0
    back, forth = -((today - weekday) % 7), (weekday - today) % 7
    if relative == "previous":
        return weekday - today - 7
    if relative in ("last", "past", "this past"):
        return back or -7
    if relative in ("next", "following"):
        return weekday - today + 7 if relative == "following" or weekday > today else forth or 7
    if relative in ("this", "coming", "upcoming", "this coming", "this upcoming"):
        return forth
    return (forth or 7) if frame.outlook == "future" else back


def _weekday_the(weekday: int, day: int, published: date) -> Period:
    """The nearest month in which that day of the month falls on that weekday."""
    for distance in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8):
        month = months_of(published.year, published.month + distance, 1)
        found = day_of(month.start.year, month.start.month, day) if month and month.start else None
        if found and found.weekday() == weekday:
            return Period(found, found, "day", dated=True)
    return UNRESOLVED


@resolves("nth_day")
def _nth_day(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None or not (slots["of"] or re.search(r"\bon $", frame.lead)):
        return None
    offset = words()["offsets"].get(key(slots["of"]).split(" ")[0], 0)
    month = unit_around(frame.published, "month", 1, offset)
    return (
        single(day_of(month.start.year, month.start.month, number(slots["d"])) if month and month.start else None) or UNRESOLVED
    )


@resolves("next_day")
def _next_day(slots: Slots, frame: Frame) -> Period | None:
    base = frame.day or frame.published
    return single(moved(base, days=1) if base else None) or UNRESOLVED


def _feast(name: str, year: int) -> date | None:
    fixed, moving = words()["holidays"].get(name), words()["moving_holidays"].get(name)
    if fixed:
        return day_of(year, *fixed)
    month, weekday, nth, later = moving
    first = day_of(year, month, 1)
    return moved(first, days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + later) if first else None


@resolves("weekend")
def _weekend(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    offset = words()["offsets"].get(key(slots["rel"]), 0)
    # The weekend of this week once it has begun or lies ahead; in a plain past tense the one that is over.
    back = (
        -7
        if not slots["rel"] and frame.outlook != "future" and frame.published.weekday() < 5 and frame.lead.endswith("over the ")
        else 0
    )
    saturday = moved(frame.published, days=7 * offset + back + 5 - frame.published.weekday())
    sunday = moved(saturday, days=1) if saturday else None
    return Period(saturday, sunday, "span") if saturday and sunday else UNRESOLVED


@resolves("week_of")
def _week_of(slots: Slots, frame: Frame) -> Period | None:
    day = _day_month(
        {"y": None, "yy": None} | {**slots, "mon": slots["mon"] or slots["nom"], "d": slots["d"] or slots["e"]}, frame
    )
    return (week_of(day.start) if day and day.start else None) or UNRESOLVED


@resolves("holiday")
def _holiday(slots: Slots, frame: Frame) -> Period | None:
    def made(year: int) -> Period | None:
        return single(easter(year) if slots["easter"] else _feast(key(slots["name"]), year))

    outlook: dict[str, Outlook] = {"last": "past", "previous": "past", "next": "future", "following": "future"}
    relative = key(slots["rel"])
    if relative in outlook and frame.published and not slots["y"]:
        near = _around(made, frame.published.year)
        there = [
            period
            for start, _, period in near
            if (start < frame.published) == (outlook[relative] == "past") and start != frame.published
        ]
        return there[-1 if outlook[relative] == "past" else 0]
    return in_year(slots, frame, made, "nearest")


# --- months, quarters, halves


@resolves("month")
def _month(slots: Slots, frame: Frame) -> Period | None:
    month = month_number(slots["mon"])
    return in_year(slots, frame, lambda year: months_of(year, month, 1, "month"), "begun")


@resolves("year_month")
def _year_month(slots: Slots, frame: Frame) -> Period | None:
    return months_of(int(slots["y"] or 0), month_number(slots["mon"]), 1, "month")


@resolves("relative_month")
def _relative_month(slots: Slots, frame: Frame) -> Period | None:
    month, relative = month_number(slots["mon"]), key(slots["rel"])
    if frame.published is None:
        return UNRESOLVED
    if relative == "this":
        return months_of(frame.published.year, month, 1, "month")
    ahead = relative in ("next", "coming")
    this_month = frame.published.month
    year = frame.published.year + ((month <= this_month) if ahead else -(month >= this_month))
    return months_of(year, month, 1, "month") or UNRESOLVED


_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "closing": 4}
_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "last": 2}


@resolves("quarter", "quarter_coded", "half_coded", "year_quarter_coded")
def _quarter(slots: Slots, frame: Frame) -> Period | None:
    half = number(slots.get("h") or slots.get("i"))
    size = 6 if half else 3
    nth = half or _QUARTERS.get(key(slots.get("q"))) or number(slots.get("q") or slots.get("r"))
    year = slots.get("y")
    if year and re.fullmatch(r"['’]?\d\d", year):
        return months_of(short_year(year, frame), size * (nth - 1) + 1, size)
    return in_year(slots, frame, lambda number: months_of(number, size * (nth - 1) + 1, size), "begun")


@resolves("year_s_quarter")
def _year_s_quarter(slots: Slots, frame: Frame) -> Period | None:
    year = yearish(slots["y"] or slots["z"], frame)
    size, table = (6, _HALVES) if key(slots["unit"]) == "half" else (3, _QUARTERS)
    nth = table.get(key(slots["q"]), 1)
    return (months_of(year, size * (nth - 1) + 1, size) if year else None) or UNRESOLVED


@resolves("month_quarter")
def _month_quarter(slots: Slots, frame: Frame) -> Period | None:
    month = month_number(slots["mon"])
    return in_year(slots, frame, lambda year: months_of(year, month - 2, 3), "ended")


@resolves("half")
def _half(slots: Slots, frame: Frame) -> Period | None:
    second = _HALVES[key(slots["q"])] == 2
    if slots["mon"]:
        month = _month(slots, frame)
        return _month_half(month, second) if month else None
    whole = slots["of"] or slots["then"]
    unit = re.search(r"(?:the|this|last|next)\s+(month|decade)$", key(whole))
    if unit:
        around = _relative(key(whole).split(" ")[0], unit[1], frame)
        return _month_half(around, second) if unit[1] == "month" else UNRESOLVED
    if key(slots["q"]) == "last" and not whole:
        return UNRESOLVED
    return in_year({"y": whole}, frame, lambda year: months_of(year, 7 if second else 1, 6), "begun")


def _month_half(month: Period, second: bool) -> Period:
    if month.start is None:
        return UNRESOLVED
    middle = moved(month.start, days=14)
    return (
        replace(month, start=moved(month.start, days=15), grain="span") if second else replace(month, end=middle, grain="span")
    )


@resolves("units_of_year", "months_coded")
def _units_of_year(slots: Slots, frame: Frame) -> Period | None:
    count = number(slots["n"])
    if not 1 <= count <= 12:
        return None
    if re.fullmatch(r"['’]?\d\d", slots["y"] or ""):
        return months_of(short_year(slots["y"], frame), 1, count)
    return in_year(slots, frame, lambda year: months_of(year, 1, count), "ended")


_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@resolves("first_units")
def _first_units(slots: Slots, frame: Frame) -> Period | None:
    count, unit = number(slots["n"]), key(slots["unit"])
    at_end = key(slots["which"]) in ("last", "final", "closing")
    whole = slots["of"]
    if slots["mon"] or unit in ("week", "day"):
        return _first_days(slots, frame, count * (7 if unit == "week" else 1), at_end)
    months = count * _UNIT_MONTHS[unit]
    if key(slots["which"]) == "last" and not whole:
        return _recent(count, unit, frame)
    if not 1 <= months <= 12:
        return UNRESOLVED
    return in_year({"y": whole}, frame, lambda year: months_of(year, 13 - months if at_end else 1, months), "ended")


def _first_days(slots: Slots, frame: Frame, days: int, at_end: bool) -> Period | None:
    if slots["mon"]:
        whole = _month(slots, frame)
    elif slots["of"]:
        whole = in_year({"y": slots["of"]}, frame, year_of, "begun")
    else:
        return _recent(days, "day", frame) if key(slots["which"]) == "last" else None
    if not whole or not whole.start or not whole.end:
        return whole
    start = moved(whole.end, days=1 - days) if at_end else whole.start
    end = whole.end if at_end else moved(whole.start, days=days - 1)
    return Period(start, end, "span", whole.dated)


@resolves("nth_unit")
def _nth_unit(slots: Slots, frame: Frame) -> Period | None:
    unit, at_end = key(slots["unit"]), key(slots["which"]) in ("last", "final", "closing")
    nth = number(slots["which"])
    if (slots["mon"] or slots["rel"]) and unit == "week":
        month = _month(slots, frame) if slots["mon"] else _relative(key(slots["rel"]), "month", frame)
        return _nth_week(month, nth, at_end) if month and month.start and month.end else month
    if slots["mon"] or slots["rel"]:
        return None
    size = {"month": 1, "quarter": 3}.get(unit)
    if size is None:
        year = in_year({"y": slots["of"]}, frame, year_of, "begun")
        # The ISO week that the fourth of January falls in is the first, that of 28 December the last.
        start = year.start if year else None
        return (
            iso_week(start.year, (date(start.year, 12, 28).isocalendar().week if at_end else nth)) if start else None
        ) or UNRESOLVED
    first = 13 - size if at_end else size * (nth - 1) + 1
    grain: Literal["month", "span"] = "month" if size == 1 else "span"
    return (
        in_year({"y": slots["of"]}, frame, lambda year: months_of(year, first, size, grain), "begun") if first <= 12 else None
    )


def _nth_week(month: Period, nth: int, at_end: bool) -> Period | None:
    # A week belongs to the month that holds its Thursday.
    assert month.start and month.end
    base = moved(month.end, days=-3) if at_end else moved(month.start, days=7 * (nth - 1) + 3)
    return week_of(base) if base else None


@resolves("months_to", "unit_to")
def _months_to(slots: Slots, frame: Frame) -> Period | None:
    unit = key(slots.get("unit"))
    count = number(slots.get("n")) or {"year": 12, "half": 6, "half-year": 6, "half year": 6, "quarter": 3, "month": 1}.get(
        unit, 0
    )
    month, day = month_number(slots["mon"]), number(slots["d"] or slots["e"])

    def made(year: int) -> Period | None:
        last = day_of(year, month, day) if day else None
        if unit == "week" and last:
            return Period(moved(last, days=-6), last, "span")
        if last and (last + timedelta(days=1)).day != 1 and last.year < 9999:
            start = moved(last, -count, 1)
            return Period(start, last, "span") if start else None
        return months_of(year, month - count + 1, count, "span")

    return in_year(slots, frame, made, "ended") if count or unit == "week" else None


# --- years and longer


@resolves("year")
def _year(slots: Slots, frame: Frame) -> Period | None:
    return year_of(short_year(slots["y"] or slots["cy"], frame))


@resolves("spoken_year")
def _spoken(slots: Slots, frame: Frame) -> Period | None:
    return year_of(_spoken_year(key(slots["y"]))) if re.search(r"\b(?:in|since|by|until|from) $", frame.lead) else None


@resolves("decade")
def _decade(slots: Slots, frame: Frame) -> Period | None:
    decades = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    start = int(slots["y"] or 1920 + 10 * decades.index(key(slots["word"]) or "twenties"))
    return years_of(start, start + 9)


def _split(found: str) -> tuple[int, int] | None:
    """The two years of `2023/24` or `2023-2024`; None for a single one."""
    parts = re.split(r"[-/–]", found)
    if len(parts) < 2:
        return None
    first = int(parts[0])
    last = int(parts[1]) if len(parts[1]) == 4 else first // 100 * 100 + int(parts[1]) % 100
    return first, last + 100 if last < first and len(parts[1]) == 2 else last


def _fiscal(first: int, frame: Frame) -> Period:
    """The fiscal year that starts in the year `first`, where the text or its country tells in which month."""
    return (months_of(first, frame.fiscal_month, 12) if frame.fiscal_month else None) or UNRESOLVED


@resolves("year_pair")
def _year_pair(slots: Slots, frame: Frame) -> Period | None:
    pair = _split(f"{slots['y']}-{slots['z']}")
    if not pair or not pair[0] < pair[1] <= pair[0] + 100:
        return None
    one_season = pair[1] == pair[0] + 1 and (slots["s"] == "/" or len(slots["z"] or "") == 2)
    if one_season:
        return _fiscal(pair[0], frame) if frame.fiscal_month else (UNRESOLVED if slots["s"] == "/" else years_of(*pair))
    return years_of(*pair)


@resolves("fiscal_coded", "fiscal_year", "year_fiscal")
def _fiscal_year(slots: Slots, frame: Frame) -> Period | None:
    written = re.sub(r"['’\s]", "", slots.get("y") or slots.get("z") or "")
    kind, relative = key(slots.get("kind")), key(slots.get("rel"))
    if kind in words()["split_years"]["season"]:
        return UNRESOLVED
    if kind and not (written or relative or "year" in key(frame.lead)):
        return UNRESOLVED
    if not frame.fiscal_month:
        return UNRESOLVED
    if not written:
        return _fiscal_now(words()["offsets"].get(relative, 0), frame)
    parts = re.split(r"[-/–]", written)
    first = short_year(parts[0], frame)
    # `fiscal 2024` alone is named by the year in which it ends.
    return _fiscal(first if len(parts) > 1 or frame.fiscal_month == 1 else first - 1, frame)


def _fiscal_now(offset: int, frame: Frame) -> Period:
    if frame.published is None or frame.fiscal_month is None:
        return UNRESOLVED
    return _fiscal(frame.published.year - (frame.published.month < frame.fiscal_month) + offset, frame)


_SEASON_BEFORE = re.compile(r"\b(?:in|since|by|until|of|during|before|after|the|early|late|mid|whole|entire)[ -](?:the )?$")


@resolves("season")
def _season(slots: Slots, frame: Frame) -> Period | None:
    first = words()["seasons"][key(slots["season"])]
    year = slots["y"] or ""
    relative = key(slots["rel"])
    also_a_word = key(slots["season"]) in ("fall", "spring")
    if not (year or relative) and (also_a_word or not _SEASON_BEFORE.search(frame.lead)):
        return None
    if relative == "this" and not year and frame.published:
        return months_of(frame.published.year, first, 3)
    if "/" in year:
        return months_of(int(year[:4]), first, 3)
    if relative in ("last", "previous", "past") and not year:
        frame = replace(frame, outlook="past")
    if relative in ("next", "coming") and not year:
        frame = replace(frame, outlook="future")
    return in_year({"y": year or None}, frame, lambda number: months_of(number, first, 3), "begun")


@resolves("week_number")
def _week_number(slots: Slots, frame: Frame) -> Period | None:
    year = int(slots["y"]) if slots["y"] else frame.year or (frame.published.year if frame.published else 0)
    return iso_week(year, int(slots["w"] or 0)) or UNRESOLVED


# --- counted from publication


def _relative(word: str, unit: str, frame: Frame) -> Period:
    name, size = words()["units"][unit]
    anaphoric = word in words()["anaphoric"]["words"]
    spoken = frame.focus.start if frame.focus and frame.focus.grain in ("month", "year", "span", "week") else None
    if name == "day" or (name == "week" and frame.day):
        spoken = frame.day
    elif word == "that" and frame.named:
        spoken = frame.named.start
    anchor = (spoken or frame.published) if anaphoric else frame.published
    offset = words()["offsets"].get(word, 0)
    return (unit_around(anchor, name, size, offset) if anchor else None) or UNRESOLVED


@resolves("relative_unit")
def _relative_unit(slots: Slots, frame: Frame) -> Period | None:
    word, unit = key(slots["rel"]), key(slots["unit"])
    if word == "past" or (unit == "decade" and word in ("last", "next", "coming")):
        return _recent(1, unit, frame, ahead=word in ("next", "coming"))
    period = _relative(word, unit, frame)
    published = frame.published
    if not published or not period.start or not period.end or not period.start <= published <= period.end:
        return period
    if slots["so"] or key(slots["when"]) == "earlier":
        return replace(period, end=published, grain="span")
    return replace(period, start=published, grain="span") if slots["when"] else period


@resolves("relative_units")
def _relative_units(slots: Slots, frame: Frame) -> Period | None:
    word = key(slots["rel"] or slots["ler"])
    ahead = words()["offsets"].get(word, -1) > 0
    return _recent(number(slots["n"] or slots["m"]), key(slots["unit"]), frame, ahead=ahead)


def _recent(count: int, unit: str, frame: Frame, *, ahead: bool = False) -> Period:
    if frame.published is None:
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


@resolves("within")
def _within(slots: Slots, frame: Frame) -> Period | None:
    reach = _recent(number(slots["n"]), key(slots["unit"]), frame, ahead=True)
    return replace(reach, start=None)


@resolves("within_bare")
def _within_bare(slots: Slots, frame: Frame) -> Period | None:
    # `over the next three years, and more within ten`: the unit is the one just spoken of.
    told = re.search(r"\b(year|month|week|day)s\b(?!.*\b(?:year|month|week|day)s\b)", frame.lead, re.DOTALL)
    return replace(_recent(number(slots["n"]), told[1], frame, ahead=True), start=None) if told else None


@resolves("within_unit")
def _within_unit(slots: Slots, frame: Frame) -> Period | None:
    return replace(_relative(key(slots["rel"]) or "this", key(slots["unit"]), frame), start=None)


@resolves("in_units")
def _in_units(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None or not (slots["time"] or frame.outlook == "future"):
        return None
    name, size = words()["units"][key(slots["unit"])]
    return single(stepped(frame.published, name, size, number(slots["n"]))) or UNRESOLVED


@resolves("ago")
def _ago(slots: Slots, frame: Frame) -> Period | None:
    count, direction = number(slots["n"]), key(slots["dir"])
    name, size = words()["units"][key(slots["unit"])]
    back = direction in ("ago", "earlier", "before", "previously")
    if name == "year" and count == 1 and back:
        return _year_back(frame)
    spoken = frame.day or (frame.focus.start if frame.focus else None)
    base = frame.published if direction in ("ago", "hence", "from now") else spoken or frame.published
    if base is None or direction == "on":
        return UNRESOLVED if base is None else None
    there = stepped(base, name, size, -count if back else count)
    if there is None:
        return UNRESOLVED
    if name == "year":
        return year_of(there.year)
    return months_of(there.year, there.month, 1, "month") if name == "month" else single(there)


def _year_back(frame: Frame) -> Period:
    """The period last spoken of, a year before; without one, the month of publication a year before."""
    if frame.focus and frame.focus.start and frame.focus.end:
        return shifted(frame.focus, -12) or UNRESOLVED
    if frame.published is None:
        return UNRESOLVED
    return months_of(frame.published.year - 1, frame.published.month, 1, "month") or UNRESOLVED


@resolves("year_earlier")
def _year_earlier(slots: Slots, frame: Frame) -> Period | None:
    return _year_back(frame)


@resolves("unit_before")
def _unit_before(slots: Slots, frame: Frame) -> Period | None:
    return _relative("following" if key(slots["dir"]) == "after" else "previous", key(slots["unit"]), frame)


@resolves("week_after")
def _week_after(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    name, size = words()["units"][key(slots["unit"])]
    return unit_around(frame.published, name, size, 2 if key(slots["dir"]).startswith("after") else -2) or UNRESOLVED


@resolves("this_time")
def _this_time(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    name, size = words()["units"][key(slots["unit"])]
    there = stepped(frame.published, name, size, 1 if key(slots["rel"]) == "next" else -1)
    return (months_of(there.year, there.month, 1, "month") if there else None) or UNRESOLVED


@resolves("year_end")
def _year_end(slots: Slots, frame: Frame) -> Period | None:
    if frame.published is None:
        return UNRESOLVED
    unit = key(slots["a"] or slots["b"] or slots["c"])
    around = _relative("this", unit, frame)
    return part_of(around, "end") if around.start else around


@resolves("year_to_date")
def _year_to_date(slots: Slots, frame: Frame) -> Period | None:
    return Period(date(frame.published.year, 1, 1), frame.published, "span") if frame.published else UNRESOLVED


@resolves("so_far")
def _so_far(slots: Slots, frame: Frame) -> Period | None:
    return Period(None, frame.published, "span") if frame.published else UNRESOLVED


@resolves("so_far_year")
def _so_far_year(slots: Slots, frame: Frame) -> Period | None:
    text = key(slots["y"])
    unit = re.search(r"(month|quarter|week|season|decade)$", text)
    if unit:
        whole: Period | None = _relative("this", unit[1], frame) if unit[1] != "season" else UNRESOLVED
    else:
        year = yearish(text, frame) or (frame.published.year if frame.published else None)
        whole = year_of(year) if year else UNRESOLVED
    if not whole or not whole.start or not frame.published or whole.start > frame.published:
        return UNRESOLVED
    return replace(whole, end=frame.published, grain="span")


@resolves("since_event")
def _since_event(slots: Slots, frame: Frame) -> Period | None:
    return Period(None, frame.published, "none", dated=False)


@resolves("since_then")
def _since_then(slots: Slots, frame: Frame) -> Period | None:
    spoken = frame.day or (frame.focus.start if frame.focus else None)
    return Period(spoken, frame.published, "none", dated=False)


@resolves("now")
def _now(slots: Slots, frame: Frame) -> Period | None:
    return UNRESOLVED


# --- pointing back into the text


_BACK = ("year-ago", "year-earlier", "prior-year", "previous-year")
_OTHER = ("previous", "prior", "preceding", "corresponding", "comparable")


_DAYS_OF = {
    "week": (5, 8),
    "month": (27, 32),
    "quarter": (88, 93),
    "half": (180, 185),
    "year": (364, 367),
    "decade": (3650, 3655),
}
# How far back a noun may point, in periods spoken of.
_MEMORY = 4


def _pointed_at(noun: str, frame: Frame) -> Period | None:
    """The period that `the same months` or `the period` means: the last one spoken of that the noun fits."""
    recent = [period for period in frame.spoken[:_MEMORY] if period.start and period.end]
    if noun in _DAYS_OF:
        low, high = _DAYS_OF[noun]
        return next((period for period in recent if low <= _days(period) <= high), None)
    parts = [period for period in recent[:2] if period.grain in ("span", "month") and _days(period) < _DAYS_OF["year"][0]]
    return (parts or recent or [None])[0]


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0


@resolves("same_period")
def _same_period(slots: Slots, frame: Frame) -> Period | None:
    same, noun, told = key(slots["same"]), key(slots["noun"]), key(slots["lead"]) or key(slots["y"])
    if noun in ("day", "date"):
        return (single(frame.day) or UNRESOLVED) if same == "same" else None
    if noun == "time" and not told:
        return None
    focus = _pointed_at(noun, frame)
    if not focus or not focus.start:
        return _unspoken(same, noun, yearish(told, frame), frame)
    if told.endswith(("ago", "earlier", "before", "season")):
        return shifted(focus, -12) or UNRESOLVED
    year = yearish(told, frame)
    if year is not None:
        # `The same months of last year` are not the months just spoken of, even if those lie in last year.
        back = year == focus.start.year and not told.isdigit()
        return shifted(focus, 12 * (year - focus.start.year - back)) or UNRESOLVED
    if same in _BACK or (same in _OTHER and noun in ("period", "season")):
        return shifted(focus, -12) or UNRESOLVED
    if same in ("previous", "prior", "preceding", "last"):
        return _relative(same, noun, frame) if noun in words()["units"] else UNRESOLVED
    return focus


def _unspoken(same: str, noun: str, year: int | None, frame: Frame) -> Period:
    if noun not in words()["units"] or frame.published is None:
        return (year_of(year) if year else None) or UNRESOLVED
    around = _relative(same if same in words()["offsets"] else "same", noun, frame)
    return (shifted(around, 12 * (year - frame.published.year)) if year is not None else around) or UNRESOLVED


@resolves("year_s_period")
def _year_s_period(slots: Slots, frame: Frame) -> Period | None:
    year, focus = number(slots["y"]), _pointed_at("period", frame)
    if not focus or not focus.start:
        return year_of(year)
    return shifted(focus, 12 * (year - focus.start.year)) or UNRESOLVED


def _day_of_publication(frame: Frame) -> Period | None:
    if not re.search(r"\b(?:for|of) $", frame.lead):
        return None
    return single(frame.published) if frame.published else UNRESOLVED


_PART_BEFORE = re.compile(r"\b(?:end|start|beginning|outset|close|rest|remainder|middle|part|course|whole) of (?:the )?$")


@resolves("the_period")
def _the_period(slots: Slots, frame: Frame) -> Period | None:
    noun = key(slots["noun"])
    after_part = re.search(r"\bof $", frame.lead)
    if not re.search(r"\b(?:in|for|over|during|within|of|through|throughout) $", frame.lead):
        return None
    if noun == "day":
        return _day_of_publication(frame)
    if noun == "year" and after_part:
        return _relative("this", "year", frame) if _PART_BEFORE.search(frame.lead) else None
    if pointed := _pointed_at(noun, frame):
        return pointed
    return UNRESOLVED if noun in ("period", "half") else _relative("this", noun, frame)
