"""What `corridor extract` is asked, and what it answers."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Marks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """A text to extract from, with the number of its line and what its sender calls it."""

    line: int
    id: str | int | float
    text: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a layer found in a text, and for claims the reasons why candidates were rejected."""

    marks: Marks
    rejected: list[str] = field(default_factory=list)
