"""Reads the settings of a TOML table: each key has a reader that checks its value, and every fault names line and key.

What settings there are belongs to `pipeline.sources.declared` and to the kinds of sources.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from pipeline.sources.addresses import AddressError, web_address
from pipeline.sources.raw import SourceError

T = TypeVar("T")
Reader = Callable[[Any], T]

_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?(ms|s|m|min|h|d)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
_SPANS = ((365 * 86400, "year"), (86400, "day"), (3600, "hour"), (60, "minute"))
_ALIKE = 0.75  # of 1: a key that is another one misspelt
_SIZE = re.compile(r"([0-9]{1,12}) ?(B|kB|KB|MB|GB)")
_BYTES = {"B": 1, "kB": 1000, "KB": 1000, "MB": 1000**2, "GB": 1000**3}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the file, and the line of each key (`line` is that of the table's header)."""

    file: Path
    line: int
    label: str
    keys: Mapping[str, int]

    def fault(self, message: str, key: str | None = None) -> SourceError:
        """An error that names file, line, table and key."""
        line = self.keys.get(key, self.line) if key else self.line
        return SourceError(f"{self.file}: line {line}: {self.label}: {key + ': ' if key else ''}{message}")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A key that a table may or must have. `read` gives the checked value, or raises `ValueError` that says what it must be."""

    read: Reader[T]
    required: bool = False


def read_settings(
    table: Mapping[str, Any],
    settings: Mapping[str, Setting[Any]],
    place: Place,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
    needed: Sequence[str] = (),
) -> dict[str, Any]:
    """The checked values of those keys that the table has. Raises `SourceError` for a key that is missing, unknown or wrong.

    `elsewhere` says of keys that other tables have where they belong; of those `needed` one must be there.
    """
    lacking = needed if not any(key in table for key in needed) else ()
    for key in table:
        if key not in settings:
            if key in elsewhere:
                raise place.fault(f"belongs in {elsewhere[key]}", key)
            meant = alike(key, settings)
            guess = f"; did you mean {meant}?" if meant else f"; {' or '.join(lacking)} is missing" if lacking else ""
            raise place.fault(f"is no key of this table{guess}; known: {', '.join(settings)}", key)
    if lacking:
        raise place.fault("is missing", " or ".join(lacking))
    found = {}
    for key, setting in settings.items():
        if key in table:
            try:
                found[key] = setting.read(table[key])
            except ValueError as fault:
                raise place.fault(str(fault), key) from fault
        elif setting.required:
            raise place.fault("is missing", key)
    return found


def alike(key: str, others: Iterable[str]) -> str | None:
    """That of the `others` which may be meant by `key`, misspelt; None if there is none."""
    return next(iter(get_close_matches(key, list(others), 1, cutoff=_ALIKE)), None)


# Readers ------------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text that is not empty, not {value!r}")
    if "\0" in value:
        raise ValueError(f"must hold no NUL, as {value!r} does")
    return value


def header(value: Any) -> str:
    """A text that may stand in a header: ASCII without line ends."""
    if not text(value).isascii() or not value.isprintable():
        raise ValueError(f"must be printable ASCII, not {value!r}")
    return cast(str, value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return value


def count(least: int, most: int) -> Reader[int]:
    """A whole number from `least` to `most`."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {value!r}")
        return value

    return read


def duration(least: float, most: float) -> Reader[float]:
    """Seconds, given as a number or as a text such as "500ms", "10s", "5m", "36h" or "7d"."""

    def read(value: Any) -> float:
        seconds = _measured(value, _DURATION, _SECONDS)
        if seconds is None or not least <= seconds <= most:
            limits = f"from {_span(least)} to {_span(most)}"
            raise ValueError(f'must be a time such as "10s", "5m" or "36h", {limits}, not {value!r}')
        return seconds

    return read


def _span(seconds: float) -> str:
    """A number of seconds in the largest unit of which it is a whole number."""
    for length, unit in _SPANS:
        if seconds >= length and seconds % length == 0:
            return f"{seconds // length:g} {unit}{'' if seconds == length else 's'}"
    return f"{seconds:g} seconds"


def size(least: int, most: int) -> Reader[int]:
    """Bytes, given as a number or as a text such as "500kB" or "8MB"."""

    def read(value: Any) -> int:
        found = _measured(value, _SIZE, _BYTES)
        if found is None or not least <= found <= most:
            raise ValueError(f'must be a size such as "500kB" or "8MB", from {least} to {most} bytes, not {value!r}')
        return int(found)

    return read


def one_of(*choices: str) -> Reader[str]:
    """One of some words."""

    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}, not {value!r}")
        return cast(str, value)

    return read


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts, or one text."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values:
        raise ValueError(f"must be a text or a list of texts, not {value!r}")
    return tuple(text(one) for one in values)


def addresses(value: Any) -> tuple[str, ...]:
    """A web address, or a list of them; each as it is used for fetching, so still with a name and password if it has them."""
    if not isinstance(value, str | list) or not all(isinstance(one, str) for one in value):
        raise ValueError("must be a text or a list of texts")  # not shown: there may be a password in it
    try:
        return tuple(dict.fromkeys(web_address(one, keep_credentials=True) for one in texts(value)))
    except AddressError as fault:
        raise ValueError(str(fault)) from None


def columns(*known: str) -> Reader[dict[str, str]]:
    """A table from a known name to the name of a column."""

    def read(value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or not set(value) <= set(known):
            raise ValueError(f"must be a table with keys of {', '.join(known)}, not {value!r}")
        return {key: text(name) for key, name in value.items()}

    return read


def contact(value: Any) -> str:
    """Where somebody can be reached: a mail address, with or without `mailto:`, or the address of a page."""
    if not _MAIL.fullmatch(header(value)):
        try:
            web_address(value)
        except AddressError:
            raise ValueError(
                f'must be a mail address such as "mailto:you@example.org", or one that begins with https://, not {value!r}'
            ) from None
    return cast(str, value)


_MAIL = re.compile(r"(?:mailto:)?[^\s@<>,;:]{1,64}@[^\s@<>,;:]{1,255}")


def _measured(value: Any, pattern: re.Pattern[str], units: Mapping[str, float]) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = pattern.fullmatch(value) if isinstance(value, str) else None
    return float(found[1]) * units[found[2]] if found else None


# Lines --------------------------------------------------------------------------------------------------------------


TableLines = tuple[int, dict[str, int]]


def lines_of(content: str, array: str) -> tuple[list[TableLines], dict[str, TableLines]]:
    """The line of each table of an array, and of each table at the top, with the lines of their keys.

    `content` must be valid TOML. A key of a table inside a table is named with it (`volume.lowest`).
    """
    rows: list[TableLines] = []
    tops: dict[str, TableLines] = {}
    here: dict[str, int] = {}
    inner = ""
    for line, statement in _statements(content):
        parsed = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            path = list(_path(parsed))
            inner = ".".join(path[1:])
            if path == [array]:
                rows.append((line, {}))
            here = rows[-1][1] if path[0] == array and rows else tops.setdefault(path[0], (line, {}))[1]
            if inner:
                here.setdefault(inner, line)
                here.setdefault(path[1], line)
        else:
            for key in parsed:
                here.setdefault(f"{inner}.{key}" if inner else key, line)
    return rows, tops


def _statements(content: str) -> Iterator[tuple[int, str]]:
    """Each statement (a header, or a key with its value, over several lines too) with the line it begins on.

    A statement that goes on is no TOML by itself, so it is over as soon as it parses.
    """
    lines: list[str] = []
    began = 1
    for number, line in enumerate(content.split("\n"), start=1):
        if not lines:
            began = number
        lines.append(line + "\n")
        try:
            parsed = tomllib.loads("".join(lines))
        except tomllib.TOMLDecodeError:
            continue
        if parsed:
            yield began, "".join(lines)
        lines = []


def _path(parsed: Mapping[str, Any]) -> Iterator[str]:
    """The names in a header."""
    value: Any = parsed
    while value:
        value = value[0] if isinstance(value, list) else value
        yield from value
        value = next(iter(value.values()), None)
