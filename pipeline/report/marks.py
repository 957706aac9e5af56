"""What charts are made from: amounts with their time, steps of agreements, points of curves, and the years around them.

All that a drawing depends on is in these, and in what draws them. How they are drawn belongs to `charts`.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_SHORTEST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """An amount and its time. `low` and `high` span what is told of it; `value` is where it stands, in the unit of the axis.

    A mark without `start` holds at its end, as a goal does at its deadline. `lasting` ones hold from their day on, as a
    capacity does. `name` is what stands beside it, `told` what a pointer over it says.
    """

    start: date | None
    end: date
    low: float
    value: float
    high: float
    kind: str
    claim_id: str
    name: str
    told: str
    weight: int = 1
    doubtful: bool = False
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that an agreement reached on a day; `lane` is the row of the chart, from 0. `planned` for one still to come."""

    lane: int
    on: date
    status: str
    claim_id: str
    told: str
    planned: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve, both from 0 to 1; `size` counts what it rests on."""

    series: str
    x: float
    y: float
    size: int
    told: str


def year_of(day: date) -> float:
    """A day as a year with its fraction; the end of a year is nearly the next."""
    return day.year + (day - date(day.year, 1, 1)).days / (366 if isleap(day.year) else 365)


def years(marks: Iterable[tuple[date | None, date]]) -> tuple[int, int]:
    """The whole years around times, at least a few."""
    found = [(start or end, end) for start, end in marks]
    first, last = min(start.year for start, _ in found), max(end.year for _, end in found) + 1
    return first - max(0, _SHORTEST_YEARS - (last - first)), last
