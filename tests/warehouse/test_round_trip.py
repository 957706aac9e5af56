"""A document comes out of the store as it went in, whatever its fields hold."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.document import Document, Sentence, Span
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.refreshing import ClaimBatch, extract_claims, refresh_documents
from pipeline.warehouse.store import Store

from . import made

OFFSETS = st.integers(0, 2**31 - 1)
SPANS = st.builds(Span, OFFSETS, OFFSETS)
# Any text that UTF-8 can hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SENTENCES = st.builds(Sentence, OFFSETS, OFFSETS, st.sampled_from(["title", "heading", "body", "item"]), OFFSETS)
# Where it was read, and its id, are told beside it.
PLACE = {"doc_id": "", "source": "made", "file_name": "", "uri": ""}
FIELDS = {
    "title": st.none() | TEXTS,
    "author": st.none() | TEXTS,
    "publisher": st.none() | TEXTS,
    "published_on": st.none() | st.dates(date(1000, 1, 1)),
    "language": st.none() | TEXTS,
    "text": TEXTS,
    "furniture": st.lists(SPANS, max_size=3).map(tuple),
    "sentences": st.lists(SENTENCES, max_size=3).map(tuple),
    "dateline": st.none() | SPANS,
}
DOCUMENTS = st.fixed_dictionaries(FIELDS).map(lambda known: Document(**PLACE, **known))


def doc_id(document: Document) -> str:
    return document.doc_id


@given(st.lists(DOCUMENTS, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_every_field_of_a_document_survives_the_store(documents: list[Document]) -> None:
    texts = [made.raw(f"{number}.txt", str(number)) for number in range(len(documents))]
    written = {
        item.content: replace(document, doc_id=made.doc_id_of(item.content), file_name=item.file_name, uri=item.uri)
        for item, document in zip(texts, documents, strict=True)
    }
    met: list[Document] = []

    def read(batch: Sequence[RawText]) -> list[Document | Unreadable]:
        return [written[item.content] for item in batch]

    def extract(batch: Sequence[Document]) -> ClaimBatch:
        met.extend(batch)
        return replace(made.extract([]), emitted=made.extract(batch).emitted)

    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        with store.exclusive():
            under_way = store.open_refresh()
            refresh_documents(store, "made", texts, read=read, version="1", refresh=under_way)
            extract_claims(store, "made", extract=extract, version="1", refresh=under_way)
    assert sorted(met, key=doc_id) == sorted(written.values(), key=doc_id)


def test_no_field_of_a_document_is_left_out_above() -> None:
    assert {field.name for field in fields(Document)} == {*PLACE, *FIELDS}
