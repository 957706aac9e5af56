"""Turns the claims of a document into rows by the contract, and gives each its id.

Only the change of shape belongs here: what a claim may hold is judged by `pipeline.claims.judging`, tables of many documents
are made in `pipeline.claims.frames`.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from pipeline.claims.claim import EXTRACTOR, AgreementClaim, Extraction, QuantityClaim
from pipeline.contract.fields import Field, Type
from pipeline.contract.tables import CLAIM_TABLES

ID_BYTES = 10
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


def claim_id(doc_id: str, claim: Claim) -> str:
    """The id of a claim: 20 hexadecimal digits from its document, its place in the text and its content.

    The same in every run, whatever the order of lists and of claims, and whatever the confidence.
    """
    numbers, lists, others = _CONTENT[type(claim)]
    amounts = [None if number is None else number + 0.0 for number in numbers(claim)]
    members = [sorted(set(items)) for items in lists(claim)]
    content = repr((doc_id, type(claim).__name__, amounts, members, others(claim)))
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).hexdigest()


def claims_by_family(doc_id: str, extraction: Extraction) -> dict[str, dict[str, Claim]]:
    """Family -> id -> claim. Of claims with the same content at the same place the surest one stays.

    Raises `ValueError` for a claim of a family that has no table.
    """
    found: dict[str, dict[str, Claim]] = {family: {} for family in CLAIM_TABLES}
    claims: tuple[Claim, ...] = (*extraction.quantities, *extraction.agreements)
    for claim in claims:
        of_family = found[_family(doc_id, claim)]
        identity = claim_id(doc_id, claim)
        if identity not in of_family or _sureness(claim) > _sureness(of_family[identity]):
            of_family[identity] = claim
    return found


def claim_rows(doc_id: str, extraction: Extraction, version: str) -> dict[str, list[dict[str, Any]]]:
    """Family -> rows in the columns of its table, of a document that the extractor of `version` read. Lists are sorted sets."""
    made = {"doc_id": doc_id, "extractor": EXTRACTOR, "extractor_version": version}
    return {
        family: [_row(CLAIM_TABLES[family].fields, {**made, "claim_id": identity}, claim) for identity, claim in claims.items()]
        for family, claims in claims_by_family(doc_id, extraction).items()
    }


def _row(fields_: tuple[Field, ...], made: dict[str, str], claim: Claim) -> dict[str, Any]:
    return {
        field.name: made[field.name] if field.name in made else _value(field.type, getattr(claim, field.name))
        for field in fields_
    }


def _value(type_: Type, value: Any) -> Any:
    if type_ is Type.TEXTS:
        return sorted(set(value))
    # An amount that was counted is a number like any other in a table.
    return float(value) if type_ is Type.NUMBER and isinstance(value, int) else value


def _sureness(claim: Claim) -> float:
    # A confidence that is missing or no number is for validation to reject; here it must only not upset the order.
    return -math.inf if claim.confidence is None or math.isnan(claim.confidence) else claim.confidence


def _family(doc_id: str, claim: Claim) -> str:
    if isinstance(claim, AgreementClaim):
        return "agreement"
    if claim.family not in ("trade", "freight"):
        raise ValueError(f"document {doc_id}: a quantity claim of the family {claim.family!r}; there are trade and freight")
    return claim.family
