"""The functions that a refresh runs over batches: raw texts to documents, documents to claims.

They are pure and can be pickled, so that any engine can run them; how texts are read and what claims are belongs to
`pipeline.documents` and `pipeline.claims`.
"""

from collections.abc import Sequence

import polars as pl

from pipeline.claims.claim import Extraction
from pipeline.claims.extraction import extract_claims
from pipeline.claims.frames import acronym_frame, claim_frames
from pipeline.claims.validation import validate_claims
from pipeline.claims.version import extractor_version
from pipeline.contract.tables import ACRONYM_MENTIONS, CLAIM_TABLES
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document, read_text
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.refreshing import ClaimBatch


class BrokenTextError(Exception):
    """A text on which reading or extraction broke down: a defect of the program, named so that it can be reported."""


def read_batch(raw_texts: Sequence[RawText]) -> list[Document | Unreadable]:
    """One result for each text, in their order. Raises `BrokenTextError` with the text's address if the reader breaks down."""
    return [_read(raw) for raw in raw_texts]


def extract_batch(documents: Sequence[Document]) -> ClaimBatch:
    """The claims of the documents, validated. Raises `BrokenTextError` with the address of the text at fault."""
    extractions = [(document.doc_id, _extract(document)) for document in documents]
    emitted = claim_frames(extractions, extractor_version())
    texts = pl.DataFrame(
        [(document.doc_id, document.text, document.published_on) for document in documents],
        schema={"doc_id": pl.String(), "text": pl.String(), "published_on": pl.Date()},
        orient="row",
    )
    validated = validate_claims(emitted, texts, refresh_id="")
    counts = pl.concat([frame.select("doc_id") for frame in emitted.by_family().values()]).group_by("doc_id").len("emitted")
    return ClaimBatch(
        emitted=texts.select("doc_id").join(counts, on="doc_id", how="left").fill_null(0),
        accepted={CLAIM_TABLES[family].name: frame for family, frame in validated.accepted.by_family().items()},
        rejected=validated.rejected.drop("refresh_id"),
        beside={ACRONYM_MENTIONS.name: acronym_frame(extractions, extractor_version())},
    )


def warm_up() -> None:
    """Loads what extraction reads once, so that the first batch need not wait for it."""
    extract_batch([read_text("Exports of wheat from Kazakhstan to Uzbekistan rose to 1 million tonnes in 2024.")])


def _read(raw: RawText) -> Document | Unreadable:
    try:
        return read_document(raw)
    except Exception as error:
        raise BrokenTextError(f"reading {raw.uri} failed: {type(error).__name__}: {error}") from error


def _extract(document: Document) -> Extraction:
    try:
        return extract_claims(document)
    except Exception as error:
        raise BrokenTextError(f"extracting from {document.uri} failed: {type(error).__name__}: {error}") from error
