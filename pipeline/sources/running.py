"""When a source is read, and what is made of how much it gave: the settings that have nothing to do with what it is.

    schedule   cron, five fields or @hourly, @daily, @weekly, @monthly
    timezone   that the schedule is meant in, such as "Asia/Baku"; UTC by default
    freshness  how old the last good reading may become before somebody is told, such as "36h"
    volume     a table: least, most (times the usual number of documents), empty ("hold_back" or "accept")

Running schedules belongs to `pipeline.orchestration`, judging volumes to `pipeline.warehouse.volume`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

HOLD_BACK = "hold_back"
ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class VolumeLimits:
    """What a source may differ from itself by; None is the project's own limit, in seeds/reference/volume.toml."""

    least: float | None = None
    most: float | None = None
    empty: str | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """How a source is run. `schedule` is None for one that is read with all the others, once a day."""

    schedule: str | None = None
    timezone: str = "UTC"
    freshness: timedelta | None = None
    volume: VolumeLimits = VolumeLimits()


def running_of(settings: Mapping[str, Any]) -> Running:
    """The checked settings of a source, put together."""
    seconds = settings.get("freshness")
    return Running(
        schedule=settings.get("schedule"),
        timezone=settings.get("timezone", "UTC"),
        freshness=None if seconds is None else timedelta(seconds=seconds),
        volume=settings.get("volume", VolumeLimits()),
    )


# Readers: each gives the checked value, or raises `ValueError` that says what it must be ----------------------------


def cron(value: Any) -> str:
    """A schedule that comes due: five fields of minute, hour, day, month and weekday."""
    if not isinstance(value, str):
        raise ValueError(f"must be a text, not {value!r}")
    written = " ".join(value.split())
    if written in _NAMED:
        return written
    fields = written.split(" ")
    if len(fields) != len(_FIELDS):
        raise ValueError(f'must have five fields (minute, hour, day, month, weekday) as "30 6 * * 1-5" has, not {value!r}')
    met = {name: _values(name, field, first, last) for field, (name, first, last) in zip(fields, _FIELDS, strict=True)}
    if fields[4] == "*" and min(met["day"]) > max(_DAYS[month - 1] for month in met["month"]):
        raise ValueError(f"{value!r} never comes due: no such month has a day {min(met['day'])}")
    return written


def timezone(value: Any) -> str:
    """A time zone by its name in the IANA database."""
    try:
        return ZoneInfo(cast(str, value)).key
    except Exception:  # the library raises four kinds for names that are none
        raise ValueError(f'must be a time zone such as "Asia/Baku" or "UTC", not {value!r}') from None


def volume(value: Any) -> VolumeLimits:
    """A table of limits, some or all."""
    if not isinstance(value, dict):
        raise ValueError(f"must be a table with keys of {', '.join(_VOLUME)}, not {value!r}")
    if unknown := sorted(set(value) - set(_VOLUME)):
        raise ValueError(f"{unknown[0]!r} is none of its keys, which are {', '.join(_VOLUME)}")
    return VolumeLimits(**{key: _VOLUME[key](limit) for key, limit in value.items()})


def _least(value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 1:
        raise ValueError(f"least must be a share from 0 to 1, not {value!r}")
    return float(value)


def _most(value: Any) -> float:
    if not _is_number(value) or not 1 <= value < float("inf"):
        raise ValueError(f"most must be a number of times, at least 1, not {value!r}")
    return float(value)


def _empty(value: Any) -> str:
    if value not in (HOLD_BACK, ACCEPT):
        raise ValueError(f"empty must be {HOLD_BACK} or {ACCEPT}, not {value!r}")
    return cast(str, value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_VOLUME: Mapping[str, Callable[[Any], Any]] = {"least": _least, "most": _most, "empty": _empty}

_NAMED = ("@hourly", "@daily", "@weekly", "@monthly")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_NAMES = {
    "month": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "weekday": ("sun", "mon", "tue", "wed", "thu", "fri", "sat"),
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PART = re.compile(r"(?:(?P<any>\*)|(?P<low>[a-z]{3}|[0-9]{1,2})(?:-(?P<high>[a-z]{3}|[0-9]{1,2}))?)(?:/(?P<step>[0-9]{1,4}))?")


def _values(name: str, field: str, first: int, last: int) -> set[int]:
    """The numbers that a field of a schedule stands for."""
    met: set[int] = set()
    for part in field.lower().split(","):
        found = _PART.fullmatch(part)
        if found is None:
            raise ValueError(f"{name}: {field!r} is none of *, a number, a range 1-5, a list 1,3 or a step */15")
        low = first if found["any"] else _number(name, found["low"], first, last)
        high = _number(name, found["high"], first, last) if found["high"] else last if found["any"] or found["step"] else low
        step = int(found["step"] or 1)
        if low > high or not step:
            raise ValueError(f"{name}: {part!r} takes in nothing")
        if step > last - first:
            raise ValueError(f"{name}: the step of {part!r} goes beyond the field, which is from {first} to {last}")
        met.update(range(low, high + 1, step))
    return met


def _number(name: str, written: str, first: int, last: int) -> int:
    names = _NAMES.get(name, ())
    if not written.isdigit():
        if written not in names:
            raise ValueError(f"{name}: {written!r} is no {name}")
        return names.index(written) + first
    if not first <= int(written) <= last:
        raise ValueError(f"{name}: {written} is not between {first} and {last}")
    return int(written)
