"""Repeats and superseded versions have no voice, languages not read are counted, and all of it is told in the file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.documents.document import Document
from pipeline.documents.reading import read_text
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.publishing import Publication, publish
from pipeline.warehouse.queries import dataset_status
from pipeline.warehouse.refreshing import extract_claims, refresh_documents
from pipeline.warehouse.store import Store

from . import made
from .made import VERSION, day, doc_id_of

pytestmark = pytest.mark.whole

STORY = """Iron Road carries more

The line over the mountains was busy again last year, its operator said, after two bridges had been mended and the tunnel at
the pass had been given new lamps and a second signal box.

exports KAZ GEO 12 t

Travellers will find the old station hall open from the spring on, with a waiting room, a kiosk and seats for all who wait, and
the night train will call there again as it did before the war.
"""


def read(batch: Sequence[RawText]) -> list[Document | Unreadable]:
    """The publisher is the folder of a text; its language is told by its name."""
    found: list[Document | Unreadable] = []
    for item in batch:
        document = read_text(item.content.decode())
        publisher = item.uri.split("/")[1]
        language = "de" if item.file_name.startswith("de") else "en"
        found.append(
            replace(
                document,
                doc_id=doc_id_of(item.content),
                source=item.source,
                file_name=item.file_name,
                uri=item.uri,
                publisher=publisher,
                language=language,
                published_on=day(1).date(),
            )
        )
    return found


def text(publisher: str, name: str, content: str, seen: bool = True) -> RawText:
    return RawText("made", f"made/{publisher}/{name}", name, content.encode(), seen=seen)


def refresh(store: Store, texts: Sequence[RawText], warehouse: Path, number: int) -> Publication:
    with store.exclusive():
        under_way = store.open_refresh(day(number))
        refresh_documents(store, "made", texts, read=read, version=VERSION, refresh=under_way, now=day(number))
        extract_claims(store, "made", extract=made.extract, version=VERSION, refresh=under_way)
        publication = publish(store, warehouse, extractor_version=VERSION, now=day(number))
    assert publication.published, publication.failed_checks
    return publication


def ask(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(sql).fetchall()


VOICES = "SELECT lowest_value, highest_value, voices, documents FROM facts WHERE indicator = 'exports'"


def test_a_story_counts_once_and_its_correction_speaks_for_it_and_its_copies(store: Store, warehouse: Path) -> None:
    first = text("Northwire", "a.txt", STORY)
    copy = text("Southpress", "b.txt", f"{STORY}\nSouthpress has asked the operator for its plans.\n")
    refresh(store, [first, copy], warehouse, 1)
    assert ask(warehouse, VOICES) == [(12, 12, 1, 1)]
    assert ask(warehouse, "SELECT count(*), count(duplicate_of), count(superseded_by) FROM documents") == [(2, 1, 0)]

    corrected = text("Northwire", "c.txt", "CORRECTED-" + STORY.replace("12 t", "21 t"))
    refresh(store, [first, copy, corrected], warehouse, 2)
    assert ask(warehouse, VOICES) == [(21, 21, 1, 1)]
    assert ask(warehouse, "SELECT count(*) FROM claims") == [(3,)]
    standing = doc_id_of(corrected.content)
    assert ask(warehouse, "SELECT file_name, duplicate_of, superseded_by FROM documents ORDER BY file_name") == [
        ("a.txt", None, standing),
        ("b.txt", standing, None),
        ("c.txt", None, None),
    ]
    changed = ask(
        warehouse,
        "SELECT uri, fields FROM document_changes WHERE change = 'altered' AND refresh_id LIKE '20260302%' ORDER BY uri",
    )
    assert changed == [("made/Northwire/a.txt", ["duplicate_of", "superseded_by"]), ("made/Southpress/b.txt", ["duplicate_of"])]
    assert dataset_status(warehouse).superseded == 1

    refresh(store, [first, copy], warehouse, 3)
    assert ask(warehouse, VOICES) == [(12, 12, 1, 1)]


def test_a_document_in_a_language_that_is_not_read_is_kept_without_claims_and_counted(store: Store, warehouse: Path) -> None:
    publication = refresh(store, [text("P", "a.txt", STORY), text("P", "de.txt", "Ein Satz.")], warehouse, 1)
    assert publication.refresh["documents_other_language"] == 1
    assert ask(warehouse, "SELECT language, language_read FROM documents ORDER BY file_name") == [("en", True), ("de", False)]
    assert dataset_status(warehouse).other_language == 1


def test_what_a_source_keeps_but_did_not_meet_stays_and_counts_as_kept(store: Store, warehouse: Path) -> None:
    refresh(store, [text("P", "a.txt", STORY), text("P", "b.txt", "cargo 2 t")], warehouse, 1)
    publication = refresh(store, [text("P", "a.txt", STORY, seen=False), text("P", "b.txt", "cargo 2 t")], warehouse, 2)
    assert publication.refresh["documents_seen"] == 1
    counts = "SELECT documents_seen, documents_kept, documents_removed FROM source_refreshes ORDER BY refresh_id"
    assert ask(warehouse, counts) == [(2, 0, 0), (1, 1, 0)]
    assert ask(warehouse, "SELECT last_seen FROM documents ORDER BY file_name") == [(day(1),), (day(2),)]
    assert ask(warehouse, "SELECT count(*) FROM document_changes WHERE refresh_id LIKE '20260302%'") == [(0,)]
