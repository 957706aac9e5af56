"""What each rule of the date grammar means: a table from a rule's name to the function that resolves its slots to a period.

Only the table and its use belong here; the functions are in the modules of their kind. A resolver gives None where the words
turn out to be no date at all, and `UNRESOLVED` where they are one that cannot be placed.
"""

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.language import dates_anaphora, dates_days, dates_months, dates_relative, dates_years
from pipeline.language.dates_calendar import UNRESOLVED, Period, moved, part_of, single, stepped
from pipeline.language.dates_frame import Frame, Reading, Resolver, key, number
from pipeline.language.dates_grammar import grammar, point, rule, rules_at
from pipeline.language.dates_words import words

RESOLVERS: dict[str, Resolver] = (
    dates_years.RESOLVERS | dates_days.RESOLVERS | dates_months.RESOLVERS | dates_relative.RESOLVERS | dates_anaphora.RESOLVERS
)


def resolve(text: str, frame: Frame) -> Reading | None:
    """The period of an expression: the words of a rule, perhaps after a part (`early`) or an offset (`a week after`)."""
    read = _read(text.rstrip("."))
    if read is None:
        return None
    name, slots, found = read
    part = key(found["part"]) if found else ""
    opening = found.string[: found.start(found.lastgroup or 0)] if found else ""
    inner = replace(frame, lead=frame.lead + re.sub(r"\s+", " ", opening)) if opening else frame
    period = RESOLVERS[name](slots.groupdict(), inner)
    if period is None:
        return None
    if part and period.start:
        period = _part(period, words()["parts"][part], frame)
    if found and found["off_n"] and period:
        runs = _RUNS.search(frame.lead) if key(found["off_dir"]) == "from" else None
        period = (_run if runs else _offset)(period, found["off_n"], found["off_unit"], key(found["off_dir"]))
    return Reading(name, part, period or UNRESOLVED)


@lru_cache(maxsize=4096)  # texts tell the same few years, months and days again and again
def _read(text: str) -> tuple[str, re.Match[str], re.Match[str] | None] | None:
    """The rule that reads an expression as a whole, its slots, and the whole if a part or an offset may stand in it."""
    if not text:
        return None
    if not grammar().leads.match(text):
        for name, pattern in rules_at(text, 0):
            if slots := pattern.fullmatch(text):
                return name, slots, None
        return None
    found = point().fullmatch(text)
    if found is None or found.lastgroup is None:
        return None
    name = found.lastgroup.removeprefix("rule_")
    slots = rule(name).fullmatch(found[found.lastgroup])
    return (name, slots, found) if slots else None


def _part(period: Period, part: str, frame: Frame) -> Period | None:
    inside = frame.published and period.start and period.end and period.start <= frame.published <= period.end
    if part in ("earlier", "later"):
        if not inside:
            return part_of(period, {"earlier": "early", "later": "late"}[part])
        start, end = (period.start, frame.published) if part == "earlier" else (frame.published, period.end)
        return replace(period, grain="span", start=start, end=end)
    if part == "rest":
        return (
            replace(period, start=frame.published)
            if frame.published and period.end and frame.published <= period.end
            else period
        )
    return part_of(period, part)


# `For six months from 1 April` lasts, `six months from 1 April` is a day.
_RUNS = re.compile(r"\b(?:for|over|during|within|in|in the|for the|over the|during the) $")


def _run(period: Period, count: str, unit: str, _direction: str) -> Period | None:
    name, size = words()["units"][key(unit)]
    after = stepped(period.start, name, size, number(count)) if period.start else None
    last = moved(after, days=-1) if after else None
    return replace(period, end=last, grain="span") if last else UNRESOLVED


def _offset(period: Period, count: str, unit: str, direction: str) -> Period | None:
    if period.start is None or period.end is None:
        return UNRESOLVED
    name, size = words()["units"][key(unit)]
    sign = -1 if direction == "before" else 1
    base = period.start if sign < 0 else period.end
    return single(stepped(base, name, size, sign * number(count))) or UNRESOLVED
