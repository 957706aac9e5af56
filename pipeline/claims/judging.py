"""Judges the claims of one document row by row, in plain Python: what a refresh would accept and what it would reject.

For whoever has single texts and wants no tables. Batches are judged by `pipeline.claims.validation`; what is asked of a row is
one and the same there and here: `pipeline.contract.cells` and `pipeline.claims.rules`.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pipeline.claims.claim import Extraction
from pipeline.claims.rows import claim_rows
from pipeline.claims.rules import Source, broken_rules
from pipeline.contract.cells import FieldChecks, row_checks
from pipeline.contract.tables import CLAIM_TABLES
from pipeline.documents.document import Document


class Judged(NamedTuple):
    """A claim of a family as a row by the contract, and the reasons, in order, why it is rejected; none if it is accepted."""

    family: str
    row: dict[str, Any]
    reasons: list[str]


def judged_claims(document: Document, extraction: Extraction, version: str) -> list[Judged]:
    """The claims of a document, each judged, by family. Raises `TypeError` for a value of another type than the contract's."""
    source = Source(document.text, document.published_on)
    return [
        Judged(family, row, sorted({*_faults(family, row), *broken_rules(family, row, source)}))
        for family, rows in claim_rows(document.doc_id, extraction, version).items()
        for row in rows
    ]


def _faults(family: str, row: dict[str, Any]) -> Iterator[str]:
    for field in _checks(family):
        yield from field.reasons(row[field.name])


@cache
def _checks(family: str) -> tuple[FieldChecks, ...]:
    return row_checks(CLAIM_TABLES[family])
