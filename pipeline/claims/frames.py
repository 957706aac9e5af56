"""Turns the claims of documents, and what is found beside them, into tables by the contract, and gives each its id.

Only the change of shape belongs here: what a claim may hold is judged by `pipeline.claims.validation`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from typing import Any

import polars as pl

from pipeline.claims.claim import EXTRACTOR, AcronymMention, Extraction
from pipeline.claims.rows import ID_BYTES, Claim, claims_by_family
from pipeline.contract.fields import Field, Type
from pipeline.contract.schemas import polars_schema, polars_type
from pipeline.contract.tables import ACRONYM_MENTIONS, CLAIM_TABLES


@dataclass(frozen=True, slots=True)
class ClaimFrames:
    """The claims of some documents, a frame for each family by the schema of its table."""

    trade: pl.DataFrame
    freight: pl.DataFrame
    agreement: pl.DataFrame

    def by_family(self) -> dict[str, pl.DataFrame]:
        """Family -> frame, in the order of the contract."""
        return {"trade": self.trade, "freight": self.freight, "agreement": self.agreement}


def claim_frames(extractions: Iterable[tuple[str, Extraction]], version: str) -> ClaimFrames:
    """The frames of `extractions`, pairs of doc_id and extraction, all made by the extractor of `version`.

    Lists are sorted and freed of repeats. Of claims with the same content at the same place the surest one stays. Raises
    `ValueError` for a claim of a family that has no table, and `TypeError` for a value of another type than the contract's.
    """
    rows: dict[str, dict[str, tuple[str, Claim]]] = {family: {} for family in CLAIM_TABLES}
    for doc_id, extraction in extractions:
        for family, claims in claims_by_family(doc_id, extraction).items():
            rows[family].update((identity, (doc_id, claim)) for identity, claim in claims.items())
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
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).hexdigest()


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
