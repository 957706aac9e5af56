import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.documents.document import Document, Sentence, Span
from pipeline.sources.raw import RawText, Told, Unreadable, UnreadableReason
from pipeline.warehouse.errors import LostResultError
from pipeline.warehouse.ledger import State
from pipeline.warehouse.refreshing import ClaimBatch, extract_claims, refresh_documents
from pipeline.warehouse.store import HELD_BACK, Store

from . import made
from .made import EXAMPLE, day, raw, refresh, refresh_source


class Counting:
    """Counts the texts that pass through the reader and the extractor."""

    def __init__(self) -> None:
        self.read_names: list[str] = []
        self.extracted_names: list[str] = []

    def read(self, batch: Sequence[RawText]) -> list[Document | Unreadable]:
        self.read_names += [item.file_name for item in batch]
        return made.read(batch)

    def extract(self, batch: Sequence[Document]) -> ClaimBatch:
        self.extracted_names += [document.file_name for document in batch]
        return made.extract(batch)

    def refresh(self, store: Store, inputs: Iterable[RawText | Unreadable], number: int = 1, version: str = "1") -> None:
        self.read_names, self.extracted_names = [], []
        with store.exclusive():
            under_way = store.open_refresh(day(number))
            refresh_documents(store, "made", inputs, read=self.read, version=version, refresh=under_way, now=day(number))
            extract_claims(store, "made", extract=self.extract, version=version, refresh=under_way)


def test_only_what_is_new_or_changed_is_read_and_extracted(store: Store) -> None:
    work = Counting()
    work.refresh(store, [raw("a.txt", "A"), raw("b.txt", "B")])
    assert sorted(work.read_names) == sorted(work.extracted_names) == ["a.txt", "b.txt"]
    work.refresh(store, [raw("b.txt", "B, again"), raw("a.txt", "A"), raw("c.txt", "C")], 2)
    assert sorted(work.read_names) == sorted(work.extracted_names) == ["b.txt", "c.txt"]


def test_nothing_new_writes_nothing_to_the_extraction_results(store: Store) -> None:
    refresh_source(store, [raw("a.txt", EXAMPLE)])
    before = {path: path.stat().st_mtime_ns for path in store.place.folder.rglob("0*/*")}
    reading, extraction = refresh_source(store, [raw("a.txt", EXAMPLE)], 2)
    assert {path: path.stat().st_mtime_ns for path in store.place.folder.rglob("0*/*")} == before
    assert (reading.documents_seen, reading.documents_new, extraction.extracted, extraction.claims) == (1, 0, 0, 3)


def test_what_could_not_be_read_is_not_tried_again_by_the_same_version(store: Store) -> None:
    work = Counting()
    inputs = [raw("bad.txt", "\0"), Unreadable("made/gone.txt", "made", "no_permission", "permission denied")]
    work.refresh(store, inputs)
    work.refresh(store, inputs, 2)
    assert (work.read_names, work.extracted_names) == ([], [])
    work.refresh(store, inputs, 3, version="2")
    assert work.read_names == ["bad.txt"]


def test_another_version_reads_and_extracts_all_anew(store: Store) -> None:
    work = Counting()
    work.refresh(store, [raw("a.txt", "A")])
    work.refresh(store, [raw("a.txt", "A")], 2, version="2")
    assert work.read_names == work.extracted_names == ["a.txt"]


def test_a_file_that_moved_counts_neither_as_new_nor_as_removed(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A")], warehouse)
    moved = RawText("made", "made/2026/b.txt", "b.txt", b"A")
    reading, extraction, _ = refresh(store, [moved], warehouse, 2)
    assert (reading.documents_new, reading.documents_changed, reading.documents_removed, extraction.extracted) == (0, 0, 0, 0)
    present = store.ledger("made").filter(pl.col("state") == State.PRESENT)
    assert present.select("uri", "first_seen", "last_seen").rows() == [("made/2026/b.txt", day(1), day(2))]


def test_new_changed_and_removed_are_counted(store: Store) -> None:
    refresh_source(store, [raw("a.txt", "A"), raw("b.txt", "B"), raw("c.txt", "C")])
    reading, _ = refresh_source(store, [raw("a.txt", "A"), raw("b.txt", "B2"), raw("d.txt", "D")], 2)
    assert (reading.documents_seen, reading.documents_new, reading.documents_changed, reading.documents_removed) == (3, 1, 1, 1)


def test_a_removed_document_keeps_when_it_was_seen_and_comes_back_with_it(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A")], warehouse)
    refresh(store, [raw("a.txt", "A")], warehouse, 2)
    refresh(store, [], warehouse, 3)
    removed = store.ledger("made")
    assert removed.select("state", "first_seen", "last_seen").rows() == [(State.REMOVED, day(1), day(2))]
    refresh(store, [raw("a.txt", "A")], warehouse, 4)
    assert store.ledger("made").select("state", "first_seen", "last_seen").rows() == [(State.PRESENT, day(1), day(4))]


def test_one_content_at_two_addresses_is_read_once(store: Store) -> None:
    work = Counting()
    work.refresh(store, [raw("a.txt", EXAMPLE), raw("b.txt", EXAMPLE)])
    assert (work.read_names, work.extracted_names) == (["a.txt"], ["a.txt"])
    assert store.source_refreshes().select("documents_seen", "documents_new").rows() == [(1, 1)]
    assert store.ledger("made")["uri"].to_list() == ["made/a.txt", "made/b.txt"]


def test_a_document_comes_out_of_the_store_as_it_went_in(store: Store) -> None:
    document = replace(
        made.read([raw("a.txt", EXAMPLE)])[0],  # type: ignore[type-var]
        furniture=(Span(0, 3), Span(5, 6)),
        sentences=(Sentence(6, 9, "title", 0), Sentence(9, 12, "item", 1)),
        dateline=Span(12, 14),
        author="A. Writer",
        published_on=None,
    )
    met: list[Document] = []

    def extract(batch: Sequence[Document]) -> ClaimBatch:
        met.extend(batch)
        return made.extract(batch)

    with store.exclusive():
        options: dict[str, Any] = {"version": "1", "refresh": store.open_refresh(day(1))}
        refresh_documents(store, "made", [raw("a.txt", EXAMPLE)], read=lambda batch: [document], **options)
        extract_claims(store, "made", extract=extract, **options)
    assert met == [document]


def test_a_source_that_breaks_keeps_what_it_held(store: Store) -> None:
    refresh_source(store, [raw("a.txt", "A")])
    before = store.ledger("made")

    def broken() -> Iterator[RawText]:
        yield raw("b.txt", "B")
        raise OSError("the feed hung up")

    with pytest.raises(OSError, match="hung up"):
        refresh_source(store, broken(), 2)  # type: ignore[arg-type]
    assert store.ledger("made").equals(before)
    assert store.source_refreshes().select("status", "detail").row(-1) == ("reading_failed", "OSError: the feed hung up")


@pytest.mark.parametrize(
    ("reason", "place", "kept"),
    [
        ("read_error", "made/sub", ["made/sub/a.txt", "made/sub/deep/b.txt"]),
        ("no_permission", "made/sub", ["made/sub/a.txt", "made/sub/deep/b.txt"]),
        ("read_error", "made/sub/a.txt", ["made/sub/a.txt"]),
        ("read_error", "made/su", []),
        ("outside_folder", "made/sub", []),
        ("empty", "made/sub/a.txt", []),
    ],
)
def test_what_was_held_in_a_place_that_cannot_be_looked_into_stays(
    store: Store, warehouse: Path, reason: UnreadableReason, place: str, kept: list[str]
) -> None:
    inputs = [raw("sub/a.txt", EXAMPLE), raw("sub/deep/b.txt", "B"), raw("subway.txt", "C"), raw("d.txt", "D")]
    refresh_source(store, inputs)
    reading, extraction = refresh_source(store, [inputs[-1], Unreadable(place, "made", reason, "why")], 2)
    assert (reading.documents_seen, reading.documents_removed, reading.documents_kept) == (1, 3 - len(kept), len(kept))
    held = store.ledger("made").filter(pl.col("state") == State.PRESENT)
    assert held["uri"].to_list() == ["made/d.txt", *kept]
    assert extraction.claims == (3 if "made/sub/a.txt" in kept else 0)
    assert set(held.filter(pl.col("uri") != "made/d.txt")["last_seen"]) <= {day(1)}
    refresh(store, [inputs[-1], Unreadable(place, "made", reason, "why")], warehouse, 3)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("SELECT uri, reason FROM unreadable_documents").fetchall() == [(place, reason)]
    assert refresh_source(store, inputs, 4)[0].documents_new == 3 - len(kept)


def test_a_place_that_cannot_be_looked_into_makes_no_reading_of_too_few(store: Store) -> None:
    inputs = [raw(f"sub/{number}.txt", f"Text {number}") for number in range(30)]
    for number in (1, 2, 3):
        refresh_source(store, [*inputs, raw("a.txt", "A")], number)
    reading, _ = refresh_source(store, [raw("a.txt", "A"), Unreadable("made/sub", "made", "read_error", "why")], 4)
    assert reading.status != HELD_BACK
    assert (reading.documents_kept, reading.documents_given) == (30, 31)


def test_an_extractor_that_breaks_leaves_the_work_for_the_next_refresh(store: Store) -> None:
    def broken(batch: Sequence[Document]) -> ClaimBatch:
        raise ValueError("no grammar for this")

    with store.exclusive():
        under_way = store.open_refresh(day(1))
        options: dict[str, Any] = {"version": "1", "refresh": under_way}
        refresh_documents(store, "made", [raw("a.txt", EXAMPLE)], read=made.read, now=day(1), **options)
        assert extract_claims(store, "made", extract=broken, **options).failures == {
            "made/a.txt": "ValueError: no grammar for this"
        }
    logged = store.source_refreshes().select("documents_seen", "status", "detail").rows()
    assert logged == [(1, "extraction_failed", "extraction broke down on made/a.txt (ValueError: no grammar for this)")]
    _, extraction = refresh_source(store, [raw("a.txt", EXAMPLE)], 2)
    assert (extraction.extracted, extraction.claims) == (1, 3)


def test_a_text_that_breaks_the_extractor_costs_the_others_of_its_batch_nothing(store: Store) -> None:
    def broken(batch: Sequence[Document]) -> ClaimBatch:
        if any(document.file_name == "3.txt" for document in batch):
            raise ValueError("no grammar for this")
        return made.extract(batch)

    inputs = [raw(f"{n}.txt", f"{n}\ncargo {n} t\n") for n in range(9)]
    with store.exclusive():
        options: dict[str, Any] = {"version": "1", "refresh": store.open_refresh(day(1))}
        refresh_documents(store, "made", inputs, read=made.read, **options)
        found = extract_claims(store, "made", extract=broken, **options)
    assert (found.extracted, found.claims, list(found.failures)) == (8, 8, ["made/3.txt"])


def test_a_reader_that_loses_a_text_is_found_out(store: Store) -> None:
    with store.exclusive(), pytest.raises(ValueError, match="zip"):
        refresh_documents(
            store, "made", [raw("a.txt", "A")], read=lambda batch: [], version="1", refresh=store.open_refresh(day(1))
        )


def test_an_engine_that_loses_a_batch_is_found_out(store: Store) -> None:
    inputs = [raw(f"{n:03}.txt", f"{n}\ncargo {n} t\n") for n in range(250)]

    def forgetful(function: Callable[[Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
        return iter([function(batch) for batch in batches][1:])

    with store.exclusive():
        options: dict[str, Any] = {"version": "1", "refresh": store.open_refresh(day(1))}
        with pytest.raises(LostResultError, match=r"100 texts .* made/000\.txt"):
            refresh_documents(store, "made", inputs, read=made.read, engine=forgetful, **options)
        refresh_documents(store, "made", inputs, read=made.read, **options)
        with pytest.raises(LostResultError):
            extract_claims(store, "made", extract=made.extract, engine=forgetful, **options)
        assert extract_claims(store, "made", extract=made.extract, **options).claims == 250


def test_the_store_is_the_same_whatever_the_order_of_inputs_and_results(tmp_path: Path) -> None:
    inputs = [raw(f"{n}.txt", f"{n}\nexports KAZ GEO {n} t\n") for n in range(250)]

    def backwards(function: Callable[[Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
        return iter([function(batch) for batch in batches][::-1])

    stores = []
    for seed in (1, 2):
        store = Store(tmp_path / str(seed))
        Random(seed).shuffle(inputs)
        with store.exclusive():
            options: dict[str, Any] = {"version": "1", "refresh": store.open_refresh(day(1)), "engine": backwards}
            refresh_documents(store, "made", inputs, read=made.read, now=day(1), **options)
            extract_claims(store, "made", extract=made.extract, **options)
        stores.append(store)
    one, other = stores
    assert one.ledger("made").equals(other.ledger("made"))
    assert one.claims.read("trade_claims", one.claims.index()).equals(other.claims.read("trade_claims", other.claims.index()))


def test_names_of_sources_can_hold_anything(store: Store) -> None:
    names = ["../up", "a/b", "täglich", "CON", "a.b", "%41"]
    for name in names:
        refresh_source(store, [raw("a.txt", "A", name)], source=name)
    assert store.sources() == sorted(names)
    assert sorted(path.parent for path in store.place.folder.rglob("*.parquet") if path.parent.name == "sources") == (
        [store.place.folder / "sources"] * len(names)
    )


def test_one_text_in_two_files_told_with_other_titles_has_its_claims_and_acronyms_once(store: Store, warehouse: Path) -> None:
    text = "One\nexports KAZ GEO 12 t\nIron Road (IR)\nbroken exports 1 t\n"
    copies = [replace(raw(f"{name}.txt", text), told=Told(title=name)) for name in ("a", "b", "c")]
    publication = refresh(store, copies, warehouse)[-1]
    assert publication.published, publication.failed_checks
    rows = [publication.rows[table] for table in ("documents", "trade_claims", "rejected_claims", "acronym_mentions")]
    assert rows == [1, 1, 1, 1]


def test_workers_take_documents_from_the_store_and_leave_claims_there(store: Store) -> None:
    told: list[bytes] = []

    def elsewhere(function: Callable[[Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            told.append(pickle.dumps(batch))
            receipt = pickle.loads(pickle.dumps(function))(pickle.loads(told[-1]))
            told.append(pickle.dumps(receipt))
            yield receipt

    text = "Report\nexports KAZ GEO 12 t\n" + "A remark that says nothing.\n" * 50
    with store.exclusive():
        options: dict[str, Any] = {"version": "1", "refresh": store.open_refresh(day(1)), "engine": elsewhere}
        refresh_documents(store, "made", [raw("a.txt", text)], read=made.read, now=day(1), **options)
        assert b"A remark" in told[0]  # what was read by nobody yet
        extract_claims(store, "made", extract=made.extract, **options)
    assert len(told) == 4
    assert not any(b"A remark" in one or b"exports" in one for one in told[1:])
    assert store.claims.read("trade_claims", store.claims.index())["evidence"].to_list() == ["exports KAZ GEO 12 t"]
