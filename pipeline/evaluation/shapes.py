"""What is compared: a claim as an annotation marks it, or as the extractor tells it, in one shape for both.

Reading annotations belongs to `gold`, reading rows of the claims tables to `told`, comparing to `kinds`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

METADATA = ("title", "author", "publisher", "published_on", "language")

Codes = frozenset[str]


class Period(NamedTuple):
    """A time with its first and last day; `None` where it is open or untold."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim has. `passages`: where it stands, the first one first. `confidence` is of a told claim."""

    passages: tuple[str, ...]
    modality: str
    confidence: float | None = None

    @property
    def passage(self) -> str:
        """Where the claim stands, or stands first."""
        return self.passages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Claim):
    """A claim with a number. `low` and `high` are in `unit`."""

    value_text: str
    family: str
    indicator: str
    measure: str
    low: float
    high: float
    bound: str
    unit: str
    reporter: Codes
    partner: Codes
    origin: Codes
    destination: Codes
    corridor: str | None
    mode: str | None
    commodity: str | None
    period: Period
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Claim):
    """A claim of where an instrument stands."""

    name: str | None
    form: str
    subject: str
    parties: Codes
    organisations: tuple[str, ...]
    status: str
    date: Period
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """A claim of something that happened, without a number."""

    kind: str
    actor: Codes
    origin: Codes
    destination: Codes
    corridor: str | None
    mode: str | None
    commodity: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text: its bytes, and what a careful analyst would record of it.

    `claims` are by kind (`quantities`, `agreements`, `events`). A claim on a passage of `debatable` is neither right nor wrong.
    `left_out` is None where nobody says whether rules were learnt from the text.
    """

    folder: str
    name: str
    content: bytes
    metadata: Mapping[str, str | None]
    claims: Mapping[str, tuple[Claim, ...]]
    debatable: tuple[str, ...]
    left_out: bool | None = None


@dataclass(frozen=True, slots=True)
class ToldText:
    """What is told of a text: its metadata, the text as read, and its claims by kind, in the order of the text.

    `fault` says why it could not be read or extracted; it then has no claims.
    """

    metadata: Mapping[str, str | None]
    text: str
    claims: Mapping[str, tuple[Claim, ...]]
    fault: str | None = None
