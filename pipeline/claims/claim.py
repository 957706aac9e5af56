"""The claims that extraction emits, before validation, and what it finds beside them. Only the shapes belong here.

Field names and meanings are those of the contract's tables; see `pipeline.contract.tables`. `signs` alone is not published:
what of its making speaks for or against a claim, from which its confidence follows.
"""

from dataclasses import dataclass
from datetime import date

EXTRACTOR = "corridor.grammar"


@dataclass(frozen=True, slots=True)
class QuantityClaim:
    """A row of `trade_claims` or `freight_claims`: a number that a text asserts, or an event."""

    family: str
    indicator: str
    measure: str
    value_low: float | None
    value_high: float | None
    bound: str | None
    unit: str | None
    value_text: str | None
    reporter: tuple[str, ...]
    partner: tuple[str, ...]
    origin: tuple[str, ...]
    destination: tuple[str, ...]
    corridor: str | None
    mode: str | None
    commodity: str | None
    period_start: date | None
    period_end: date | None
    modality: str
    attributed_to: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    value_start: int | None
    value_end: int | None
    confidence: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementClaim:
    """A row of `agreement_claims`: where an instrument between parties stands."""

    name: str | None
    form: str
    subject: str
    status: str
    modality: str
    parties: tuple[str, ...]
    organisations: tuple[str, ...]
    date_start: date | None
    date_end: date | None
    place: str | None
    attributed_to: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    confidence: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcronymMention:
    """A row of `acronym_mentions`: what a text says an acronym stands for."""

    acronym: str
    acronym_start: int
    acronym_end: int
    expansion: str
    expansion_start: int
    expansion_end: int
    letters: str
    evidence: str
    evidence_start: int
    evidence_end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields, in the order of the text."""

    quantities: tuple[QuantityClaim, ...]
    agreements: tuple[AgreementClaim, ...]
    acronyms: tuple[AcronymMention, ...] = ()
