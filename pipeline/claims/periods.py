"""The time in which a number holds: the date that the sentence attaches to it, or the one that the text is on.

Resolving date expressions belongs to `pipeline.language.dates`; choosing among them belongs here.
"""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.claims.memory import Memory
from pipeline.claims.reading import Spanned
from pipeline.claims.scene import Scene
from pipeline.language.marks import DateMark, QuantityMark

Period = tuple[date | None, date | None]
NO_PERIOD: Period = (None, None)
_ANYWHERE = 1000.0
_ELSEWHERE = 2000.0  # a date of a later clause
_NEAR = 12.0
_DAY = 8.0  # a flow is counted over months: a day in its sentence is mostly of something else
_TWO_YEARS = 731
_MONTH = 20
_RELATIVE = frozenset({"percent", "multiple"})
_OWNED = re.compile(r"\s*:\s*|'s\s+(?:[\w-]+\s+){0,3}|\s+(?:[\w-]+\s+){0,3}(?:figures?|levels?|averages?|surplus|deficit|totals?|exports|imports|volumes?)\s+of\s+(?:about\s+)?")
_COMPARES = re.compile(r"compared|against|versus|than|from|over|year|on the|relative|in comparison|a year")
_LEADS_TO = re.compile(r"\s*,?\s*(?:to|at|reaching|and (?:reached|totall?ed|amounted to|stood at|came to|made)|or|which is)\s+(?:an? (?:total|record) (?:of )?)?")
_LEVEL = re.compile(r"\bafter (?:an? )?$|\b(?:levels?|figures?|indicators?|volumes?|average|quantity|record|peak) (?:of|in|for|from|seen in|recorded in) (?:the )?$")

_JOINT = re.compile(
    r"\s*,?\s*(?:\([^)]{0,30}\)\s*,?\s*)?(?:(?:in|of|for|during|by|over|from|on|at|within|since|until|through|the|a|this|whole|all|period|as|end|annually|year|month|months|goods|cargo|freight|oil|worth|trade|"
    r"dlrs|exports|imports|grain|last|per)\s+){0,6}"
)


def period_of(scene: Scene, quantity: QuantityMark, is_base: bool, memory: Memory, carries: bool, near: bool) -> tuple[Period, bool]:
    """The period of a number, and whether the sentence states it for what follows (`$2 billion of 2017` stands alone).

    `is_base` tells the number that another is compared with (`against 35.9 million in 2023`); `carries` whether what is
    measured keeps the period of the sentences before.
    """
    dates = scene.reading.dates
    own = _attached(scene, quantity, dates, is_base)
    if own is not None:
        return (own.date_start, own.date_end), _resolved(own) and not scene.folded[quantity.end : own.start].strip().startswith("of")
    beside = _of_the_next(scene, quantity, dates)
    if beside is not None:
        return (beside.date_start, beside.date_end), True
    if is_base:
        return _year_before(memory), False
    current = [mark for mark in _current(scene) if _outside(scene, mark, quantity)]
    chosen = _governing(scene, quantity, current, _NEAR if near else _ANYWHERE, _DAY if carries else 0.0)
    if chosen is not None:
        return (chosen.date_start, chosen.date_end), True
    now = scene.nearest(quantity, [mark for mark in dates if mark.role == "now"], _NEAR)
    if now is not None or not carries:
        return NO_PERIOD, False
    if _is_span(memory.local) and memory.local_paragraph == scene.reading.sentence.paragraph:
        return memory.local, False
    return (memory.period if _is_span(memory.period) else NO_PERIOD), False


def _is_span(period: Period) -> bool:
    """Whether a period is long enough for a flow to go on in it; what happened on a day stays with its sentence."""
    start, end = period
    return start is None or end is None or (end - start).days + 1 >= _MONTH


def remember_dates(scene: Scene, memory: Memory, claimed: bool) -> None:
    """Keeps the date that a sentence sets for the rest of its paragraph (`29 June: a new truce.`)."""
    current = [mark for mark in _current(scene) if mark.role == "at"]
    if current and not claimed:
        memory.local = (current[0].date_start, current[0].date_end)
        memory.local_paragraph = scene.reading.sentence.paragraph
    elif claimed:
        memory.local_paragraph = -1


def _current(scene: Scene) -> list[DateMark]:
    """The dates of a sentence that say when, not since what or compared with when."""
    return [
        mark
        for mark in scene.reading.dates
        if mark.role not in ("base", "now") and _resolved(mark) and not _LEVEL.search(scene.folded[scene.reading.start : mark.start])
    ]


def _outside(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date may speak of a number: one in a bracket speaks only of what is in it."""
    bracket = scene.bracket_of(mark)
    return bracket is None or (bracket[0] <= quantity.start and quantity.end <= bracket[1])


def _of_the_next(scene: Scene, quantity: QuantityMark, dates: Sequence[DateMark]) -> DateMark | None:
    """The date of the number that a growth leads to (`by 68 percent to 1.4 billion in June`)."""
    after = scene.quantity_after(quantity)
    if after is None or quantity.kind not in ("percent", "multiple") or not _LEADS_TO.fullmatch(scene.folded, quantity.end, after.start):
        return None
    return _attached(scene, after, dates, is_base=False)


def _year_before(memory: Memory) -> Period:
    """The base of a growth just told, where no date names it: the same months a year earlier (`up 5 percent, from 2.1 million`)."""
    start, end = memory.period
    if start is None or end is None or not _MONTH <= (end - start).days + 1 <= _TWO_YEARS:
        return NO_PERIOD
    return same_day(start, start.year - 1), same_day(end, end.year - 1)


def same_day(day: date, year: int) -> date:
    """The same day in another year; the last day of February stays so."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def attached_period(scene: Scene, quantity: QuantityMark) -> Period | None:
    """The period of the date at a number itself, None if it has none (`in 2022: 25.1 billion`)."""
    own = _attached(scene, quantity, scene.reading.dates, is_base=True)
    return (own.date_start, own.date_end) if own is not None and _resolved(own) and quantity.kind not in _RELATIVE else None


def _attached(scene: Scene, quantity: QuantityMark, dates: Sequence[DateMark], is_base: bool) -> DateMark | None:
    """The date that directly follows or precedes a number (`$2 billion in 2024`, `January's 129 million`)."""
    level = quantity.kind not in ("percent", "multiple", "fraction") and quantity.change is None
    usable = [
        mark
        for mark in dates
        if mark.role != "now" and (is_base or mark.role != "base" or (level and not _COMPARES.match(scene.folded, mark.start)))
    ]
    for mark in usable:
        if mark.start >= quantity.end and _JOINT.fullmatch(scene.folded, quantity.end, mark.start):
            return mark
    for mark in usable:
        if mark.end <= quantity.start and _OWNED.fullmatch(scene.folded, mark.end, quantity.start):
            return mark
    return None


def _governing(scene: Scene, quantity: Spanned, dates: Sequence[DateMark], reach: float, for_a_day: float) -> DateMark | None:
    """The date whose clause a number stands in; one before it wins over one behind it."""
    free = [mark for mark in dates if not _taken(scene, mark, quantity)]

    def handicap(mark: DateMark) -> float:
        if mark.start >= quantity.end and any(quantity.end <= place < mark.start for place in scene.hard_boundaries):
            return _ELSEWHERE
        return for_a_day if mark.date_start is not None and mark.date_start == mark.date_end else 0.0

    found = scene.nearest(quantity, free, reach, handicap=handicap) or scene.nearest(quantity, dates, reach, handicap=handicap)
    return found[1] if found else None


def _resolved(mark: DateMark) -> bool:
    return mark.date_start is not None or mark.date_end is not None


def _taken(scene: Scene, mark: DateMark, quantity: Spanned) -> bool:
    """Whether a date directly follows another number, and so belongs to that one alone."""
    for other in scene.reading.quantities:
        if (
            other is not quantity
            and other.end <= mark.start
            and other.end > quantity.end
            and _JOINT.fullmatch(scene.folded, other.end, mark.start)
        ):
            return True
    return False
