"""What Dagster, which runs the schedules, makes of a cron: whether it takes it, and when that came or comes due.

What is run by it belongs to `schedules` and `sensors`. How a schedule is to be written is checked by
`pipeline.sources.running`; whether Dagster agrees is asked of Dagster itself, here, since only this package knows it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import dagster as dg

_LONGEST_PAUSE = timedelta(days=9 * 366)  # a leap day may come after eight years
_ANY_FORMAT = "%Y-%m-%dT%H:%M:%S"  # names of time windows, which nothing here looks at


class Timing(NamedTuple):
    """When a source is read: cron, and the zone it is meant in."""

    schedule: str
    timezone: str


def require_taken(schedule: str, timezone: str) -> None:
    """Raises `ValueError` for a cron that Dagster does not run, though it be well written."""
    if next_due(Timing(schedule, timezone), datetime.now(UTC)) is None:
        raise ValueError(f"{schedule!r} is not taken by Dagster, which would run it; name days that its months have")


def last_due(timing: Timing, now: datetime) -> datetime | None:
    """When a schedule came due last; None if it did not for years, or is one that Dagster does not take."""
    window = _window(timing, now, lambda windows: windows.get_prev_partition_window(now))
    return window.end if window else None


def next_due(timing: Timing, now: datetime) -> datetime | None:
    """When a schedule comes due next; None if it never does, or is one that Dagster does not take."""
    window = _window(timing, now, lambda windows: windows.get_next_partition_window(now, respect_bounds=False))
    return window.start if window else None


def _window(
    timing: Timing, now: datetime, asked: Callable[[dg.TimeWindowPartitionsDefinition], dg.TimeWindow | None]
) -> dg.TimeWindow | None:
    try:
        return asked(
            dg.TimeWindowPartitionsDefinition(
                start=now - _LONGEST_PAUSE, fmt=_ANY_FORMAT, cron_schedule=timing.schedule, timezone=timing.timezone
            )
        )
    # Of some days that no month has it is told at once, of others (`31 4 *,*`) when they are looked for in vain.
    except (dg.DagsterInvalidDefinitionError, ValueError):
        return None
