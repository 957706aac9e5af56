"""Turns the claims of documents, and what is found beside them, into tables by the contract, and gives each its id.

Only the change of shape belongs here: what a claim may hold is judged by `pipeline.claims.validation`.
"""

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import asdict, astuple, dataclass, fields
from operator import attrgetter
from typing import Any

import polars as pl

from pipeline.claims.claim import EXTRACTOR, AcronymMention, AgreementClaim, Extraction, QuantityClaim
from pipeline.contract.fields import Field, Type
from pipeline.contract.schemas import polars_schema, polars_type
from pipeline.contract.tables import ACRONYM_MENTIONS, CLAIM_TABLES

_ID_BYTES = 10
Getter = Callable[[Any], tuple[Any, ...]]
Claim = QuantityClaim | AgreementClaim

# These say how a claim was made, not what it says: a better calibration must not give it another id.
_NOT_CONTENT = frozenset({"confidence", "signs"})


def _content_getters(kind: type, family: str) -> tuple[Getter, Getter, Getter]:
    """What reads the numbers, the lists and the rest of a claim's content, each in alphabetical order."""
    names = {field.name for field in fields(kind)} - _NOT_CONTENT
    types = {field.name: field.type for field in CLAIM_TABLES[family].fields}
    numbers = {name for name in names if types.get(name) is Type.NUMBER}
    lists = {name for name in names if types.get(name) is Type.TEXTS}
    return _getter(numbers), _getter(lists), _getter(names - numbers - lists)


def _getter(names: set[str]) -> Getter:
    return attrgetter(*sorted(names)) if len(names) > 1 else lambda claim: tuple(getattr(claim, name) for name in names)


_CONTENT = {
    QuantityClaim: _content_getters(QuantityClaim, "trade"),
    AgreementClaim: _content_getters(AgreementClaim, "agreement"),
}


@dataclass(frozen=True, slots=True)
class ClaimFrames:
    """The claims of some documents, a frame for each family by the schema of its table."""

    trade: pl.DataFrame
    freight: pl.DataFrame
    agreement: pl.DataFrame

    def by_family(self) -> dict[str, pl.DataFrame]:
        """Family -> frame, in the order of the contract."""
        return {"trade": self.trade, "freight": self.freight, "agreement": self.agreement}


def claim_id(doc_id: str, claim: Claim) -> str:
    """The id of a claim: 20 hexadecimal digits from its document, its place in the text and its content.

    The same in every run, whatever the order of lists and of claims, and whatever the confidence.
    """
    numbers, lists, others = _CONTENT[type(claim)]
    amounts = [None if number is None else number + 0.0 for number in numbers(claim)]
    members = [sorted(set(items)) for items in lists(claim)]
    content = repr((doc_id, type(claim).__name__, amounts, members, others(claim)))
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES).hexdigest()


def claim_frames(extractions: Iterable[tuple[str, Extraction]], version: str) -> ClaimFrames:
    """The frames of `extractions`, pairs of doc_id and extraction, all made by the extractor of `version`.

    Lists are sorted and freed of repeats. Of claims with the same content at the same place the surest one stays. Raises
    `ValueError` for a claim of a family that has no table, and `TypeError` for a value of another type than the contract's.
    """
    rows: dict[str, dict[str, tuple[str, Claim]]] = {family: {} for family in CLAIM_TABLES}
    for doc_id, extraction in extractions:
        claims: tuple[Claim, ...] = (*extraction.quantities, *extraction.agreements)
        for claim in claims:
            of_family = rows[_family(doc_id, claim)]
            identity = claim_id(doc_id, claim)
            if identity not in of_family or _sureness(claim) > _sureness(of_family[identity][1]):
                of_family[identity] = (doc_id, claim)
    return ClaimFrames(**{family: _frame(family, of_family, version) for family, of_family in rows.items()})


def acronym_frame(extractions: Iterable[tuple[str, Extraction]], version: str) -> pl.DataFrame:
    """The rows of `acronym_mentions` for `extractions`, pairs of doc_id and extraction, in their order."""
    rows = [
        {**asdict(mention), "mention_id": _mention_id(doc_id, mention), "doc_id": doc_id, "extractor_version": version}
        for doc_id, extraction in extractions
        for mention in extraction.acronyms
    ]
    return pl.DataFrame(rows, schema=polars_schema(ACRONYM_MENTIONS))


def _mention_id(doc_id: str, mention: AcronymMention) -> str:
    content = repr((doc_id, astuple(mention)))
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=_ID_BYTES).hexdigest()


def _sureness(claim: Claim) -> float:
    # A confidence that is missing or no number is for validation to reject; here it must only not upset the order.
    return -math.inf if claim.confidence is None or math.isnan(claim.confidence) else claim.confidence


def _family(doc_id: str, claim: Claim) -> str:
    if isinstance(claim, AgreementClaim):
        return "agreement"
    if claim.family not in ("trade", "freight"):
        raise ValueError(f"document {doc_id}: a quantity claim of the family {claim.family!r}; there are trade and freight")
    return claim.family


def _frame(family: str, rows: dict[str, tuple[str, Claim]], version: str) -> pl.DataFrame:
    table = CLAIM_TABLES[family]
    made: dict[str, list[Any]] = {
        "claim_id": list(rows),
        "doc_id": [doc_id for doc_id, _ in rows.values()],
        "extractor": [EXTRACTOR] * len(rows),
        "extractor_version": [version] * len(rows),
    }
    for field in table.fields:
        if field.name not in made:
            made[field.name] = [getattr(claim, field.name) for _, claim in rows.values()]
    return pl.DataFrame([_column(field, made[field.name]) for field in table.fields])


def _column(field: Field, values: list[Any]) -> pl.Series:
    dtype = polars_type(field.type)
    if field.type is not Type.TEXTS:
        return pl.Series(field.name, values, dtype=dtype, strict=True)
    # Polars makes a series of every list first; lists repeat, so each is made once and then looked up.
    places: dict[tuple[str, ...], int] = {}
    rows = [places.setdefault(items, len(places)) for items in values]
    distinct = pl.Series(field.name, [sorted(set(items)) for items in places], dtype=dtype, strict=True)
    return distinct.gather(rows)
