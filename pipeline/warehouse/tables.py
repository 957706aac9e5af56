"""The tables that the warehouse adds to the contract's: where documents lie, what extraction emitted, how sources fared.

Definitions only; `pipeline.contract.tables` has the tables that analysts start from.
"""

from pipeline.contract.fields import Field, Reference, Table, Type
from pipeline.contract.tables import TABLES

_DOCUMENT = Reference("doc_id", "documents", "doc_id")
_REFRESH = Reference("refresh_id", "refreshes", "refresh_id")


def _count(name: str, description: str) -> Field:
    return Field(name, Type.INTEGER, description, unit="rows", minimum=0)


EXTRACTIONS = Table(
    "extractions",
    "One row for each current document that was extracted: how many candidates the extractor emitted.",
    (
        Field("doc_id", Type.TEXT, "The document."),
        _count("emitted", "Candidates that the extractor emitted, counted before validation."),
        Field("extractor_version", Type.TEXT, "Version of the extractor and of its reference data."),
        Field("refresh_id", Type.TEXT, "The refresh that extracted it."),
    ),
    key=("doc_id",),
    references=(_DOCUMENT, _REFRESH),
)

DOCUMENT_LOCATIONS = Table(
    "document_locations",
    "One row for each place where a current document lies: the same bytes may lie in several.",
    (
        Field("source", Type.TEXT, "The declared source."),
        Field("uri", Type.TEXT, "Where it was read."),
        Field("file_name", Type.TEXT, "The last part of its path or address."),
        Field("doc_id", Type.TEXT, "The document."),
        Field("first_seen", Type.INSTANT, "First refresh that had it in this source."),
        Field("last_seen", Type.INSTANT, "Latest refresh that had it here."),
    ),
    key=("source", "uri"),
    references=(_DOCUMENT,),
)

REMOVED_DOCUMENTS = Table(
    "removed_documents",
    "One row for each document that a source held once, at that address, and holds no more.",
    (
        Field("source", Type.TEXT, "The declared source."),
        Field("uri", Type.TEXT, "Where it was read."),
        Field("file_name", Type.TEXT, "The last part of its path or address."),
        Field("doc_id", Type.TEXT, "Its id; NULL if it was unreadable.", nullable=True),
        Field("first_seen", Type.INSTANT, "First refresh that had it."),
        Field("last_seen", Type.INSTANT, "Latest refresh that had it."),
    ),
)

SOURCE_REFRESHES = Table(
    "source_refreshes",
    "One row for each time that a source was read.",
    (
        Field("refresh_id", Type.TEXT, "The refresh that read it."),
        Field("source", Type.TEXT, "The declared source."),
        Field("finished_at", Type.INSTANT, "When reading it ended."),
        _count("documents_seen", "Documents that the source held."),
        _count("documents_new", "Documents not held before."),
        _count("documents_changed", "Documents whose content changed at the same address."),
        _count("documents_removed", "Documents held before and now gone."),
        _count("unreadable", "Inputs that could not be read."),
        Field(
            "status",
            Type.TEXT,
            "How it ended: read; reading_failed, extraction_failed (what it held before stays); retired (no longer declared).",
        ),
        Field("detail", Type.TEXT, "The error, if it failed.", nullable=True),
    ),
    key=("refresh_id", "source"),
    references=(_REFRESH,),
)

PUBLISHED_TABLES: tuple[Table, ...] = (*TABLES, EXTRACTIONS, DOCUMENT_LOCATIONS, REMOVED_DOCUMENTS, SOURCE_REFRESHES)
