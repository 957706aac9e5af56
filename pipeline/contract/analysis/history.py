"""What each refresh changed: the claims and documents that came, went, or say something else now.

What the columns mean belongs here; how changes are found is in `pipeline.warehouse.changes`.
"""

from pipeline.contract.columns import code, day, text, texts
from pipeline.contract.fields import Reference, Table

_REFRESH = (Reference("refresh_id", "refreshes", "refresh_id"),)
_WHOSE = text("refresh_id", "The refresh that published the change; what happened since the file that was published before.")


_OF_DOCUMENT = (
    text("source", "The declared source of the document, gone or not."),
    text("uri", "Where the document was read; of several places the one told before, as long as it lies there."),
    text("title", "Title of the document; NULL if it has none.", nullable=True),
    text("publisher", "Publisher of the document; NULL if untold.", nullable=True),
    day("published_on", "Day on which the document was published; NULL if nothing says."),
)


CHANGES = Table(
    "changes",
    "One row for each claim that a refresh added, removed or altered, or that moved. Replayed from the first refresh on, the "
    "rows lead to exactly the claims of the file, unless the store is older than this log: then what it held before is in no "
    "row, and the refreshes before have no claims_added. Neither a new confidence nor a new extractor_version is a change.",
    (
        _WHOSE,
        text(
            "change",
            "added; removed; altered (the same place of the document, or the same statement in its changed text, is told "
            "otherwise: see fields); moved (it says the same as before, in a text or a sentence that changed elsewhere, and "
            "only has another id).",
            pattern="added|removed|altered|moved",
        ),
        code("family", "The family of the claim.", "families"),
        text("claim_id", "The claim since this refresh; NULL if it was removed.", nullable=True),
        text("previous_claim_id", "The claim that it takes the place of, or that was removed; NULL if added.", nullable=True),
        text("doc_id", "The document of the claim, for a removed claim that which held it. It may be gone by now."),
        text(
            "cause",
            "Why: new_document; changed_document (another text at the same address); removed_document; new_extractor (a new "
            "version reads the same text otherwise); extracted (the text was held, but could not be extracted before); "
            "not_extracted (the text is held, but could not be extracted any more).",
            pattern="new_document|changed_document|removed_document|new_extractor|extracted|not_extracted",
        ),
        texts(
            "fields",
            "Of an altered claim: the columns that hold something else now. Of one that moved: `evidence` if the sentence is "
            "worded otherwise. Empty for every other change.",
        ),
        text("summary", "What the claim says, in a line; of a removed claim, what it said."),
        text("previous_summary", "What an altered claim said before; NULL for every other change.", nullable=True),
        text(
            "evidence",
            "The sentence that carried a removed claim; NULL for every other change, whose sentence is with the claim.",
            nullable=True,
        ),
        *_OF_DOCUMENT,
    ),
    references=_REFRESH,
)

DOCUMENT_CHANGES = Table(
    "document_changes",
    "One row for each document that a refresh added, removed or altered.",
    (
        _WHOSE,
        text(
            "change",
            "added; removed; altered (another text lies at the same address, or the same text is told otherwise: see fields).",
            pattern="added|removed|altered",
        ),
        text("doc_id", "The document since this refresh; NULL if it was removed.", nullable=True),
        text("previous_doc_id", "The document that it takes the place of, or that was removed; NULL if added.", nullable=True),
        texts(
            "fields",
            "Of an altered document: what is otherwise now, `text` if its content changed; `extracted` if its claims came or "
            "left because it could be extracted at last, or no more.",
        ),
        *_OF_DOCUMENT,
    ),
    references=_REFRESH,
)

TABLES: tuple[Table, ...] = (CHANGES, DOCUMENT_CHANGES)
