"""The two heavy functions as an engine runs them: a batch of raw texts to documents, a batch of documents to claims.

Both are pure, take and give what can be pickled, and hold no state, so that any engine may run them anywhere. Deciding
what needs them and keeping what they give belongs to `refreshing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.claims.extraction import extract_claims
from pipeline.claims.frames import ClaimFrames, claim_frames
from pipeline.claims.validation import validate_claims
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CLAIM_TABLES, DOCUMENTS
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.refreshing import ClaimBatch


def read_batch(batch: Sequence[RawText]) -> list[Document | Unreadable]:
    """Reads each text of a batch, in its order."""
    return [read_document(raw) for raw in batch]


@dataclass(frozen=True, slots=True)
class ExtractBatch:
    """Extracts and validates the claims of a batch, on behalf of a version of the extractor and a refresh."""

    version: str
    refresh_id: str

    def __call__(self, batch: Sequence[Document]) -> ClaimBatch:
        """The claims of a batch. Raises `ClaimBatchError` on claims that no row can be blamed for."""
        emitted = claim_frames(((document.doc_id, extract_claims(document)) for document in batch), self.version)
        validated = validate_claims(emitted, _facts(batch), self.refresh_id)
        accepted = {CLAIM_TABLES[family].name: frame for family, frame in validated.accepted.by_family().items()}
        return ClaimBatch(_emitted(batch, emitted), accepted, validated.rejected)


def _facts(batch: Sequence[Document]) -> pl.DataFrame:
    contract = polars_schema(DOCUMENTS)
    schema = {name: contract[name] for name in ("doc_id", "text", "published_on")}
    return pl.DataFrame([[getattr(document, name) for name in schema] for document in batch], schema=schema, orient="row")


def _emitted(batch: Sequence[Document], claims: ClaimFrames) -> pl.DataFrame:
    documents = pl.DataFrame({"doc_id": [document.doc_id for document in batch]}, schema={"doc_id": pl.String()})
    each = pl.concat([frame.select("doc_id") for frame in claims.by_family().values()])
    counts = each.group_by("doc_id").agg(pl.len().cast(pl.Int32).alias("emitted"))
    return documents.join(counts, on="doc_id", how="left").with_columns(pl.col("emitted").fill_null(0))
