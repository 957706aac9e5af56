"""What `corridor search` ranks.

What the columns mean belongs here; the words by which a sentence is found are in `sql/search/`, how it is ranked in
`pipeline.warehouse.search`.
"""

from pipeline.contract.columns import count, document_of_row, text
from pipeline.contract.fields import Table

SENTENCES = Table(
    "sentences",
    "One row for each sentence or clause that carries claims, however many. `corridor search` ranks them by their words. "
    "Documents that repeat another are left out.",
    (
        count("sentence_id", "Key: a number of this file, in the order of documents and texts. Another file may give another."),
        text("doc_id", "The document."),
        count("evidence_start", "Where it starts in documents.text, as in the claims that it carries."),
        count("evidence_end", "Where it ends, exclusive."),
    ),
    key=("sentence_id",),
    references=(document_of_row(),),
)

TABLES: tuple[Table, ...] = (SENTENCES,)
