"""A store of another format: an older one is brought up to today's, a newer one is left alone."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from pipeline.warehouse.errors import StoreFormatError
from pipeline.warehouse.segments import Segments
from pipeline.warehouse.store import FORMAT, Store
from pipeline.warehouse.upgrading import conform_segments

from .made import DAY_ONE, EXAMPLE, day, doc_id_of, raw, refresh

CONTENT = EXAMPLE.encode()


def write(path: Path, **columns: list[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(columns).write_parquet(path)


@pytest.fixture
def older(store: Store) -> Store:
    """A store of format 1 before documents had a dateline, written by hand: one source with one text, not extracted yet."""
    input_id, doc_id = hashlib.sha256(CONTENT).hexdigest()[:32], doc_id_of(CONTENT)
    segment = store.place.folder / "documents" / "00000001"
    text = pl.String()
    empty_spans = pl.Series([[]], dtype=pl.List(pl.Struct({"start": pl.Int32(), "end": pl.Int32()})))
    sentence = pl.Struct({"start": pl.Int32(), "end": pl.Int32(), "kind": text, "paragraph": pl.Int32()})
    segment.mkdir(parents=True)
    pl.DataFrame(
        {
            "input_id": [input_id],
            "doc_id": [doc_id],
            "title": ["Route report"],
            "author": pl.Series([None], dtype=text),
            "publisher": ["Made Press"],
            "published_on": [day(1).date()],
            "language": ["en"],
            "text": [EXAMPLE],
            "furniture": empty_spans,
            "sentences": pl.Series([[]], dtype=pl.List(sentence)),
            "colour": ["a column that is no more"],
        }
    ).write_parquet(segment / "documents.parquet")
    nothing = pl.Series([None], dtype=text)
    pl.DataFrame(
        {
            "input_id": [input_id],
            "doc_id": [doc_id],
            "version": ["0"],
            "content_key": ["key"],
            "reason": nothing,
            "detail": nothing,
        }
    ).write_parquet(segment / "index.parquet")
    (store.place.folder / "sources").mkdir()
    pl.DataFrame(
        {
            "uri": ["made/a.txt"],
            "file_name": ["a.txt"],
            "input_id": [input_id],
            "doc_id": [doc_id],
            "state": ["present"],
            "reason": nothing,
            "detail": nothing,
            "first_seen": [DAY_ONE],
            "last_seen": [DAY_ONE],
            "refresh_id": ["20260301T060000-0"],
        }
    ).write_parquet(store.place.folder / "sources" / "made.parquet")
    write(
        store.place.folder / "refreshes.parquet",
        refresh_id=["20260301T060000-0"],
        started_at=[DAY_ONE],
        finished_at=[DAY_ONE],
        documents_seen=[1],
        documents_new=[1],
        documents_changed=[0],
        documents_removed=[0],
        claims=[0],
        rejected=[0],
        extractor_version=["0"],
        status=["published"],
    )
    (store.place.folder / "refresh.json").write_text(
        '{"refresh_id": "20260302T060000-0", "started_at": "2026-03-02T06:00:00+00:00"}'
    )
    (store.place.folder / "format.json").write_text('{"format": 1}')
    return store


def test_an_older_store_goes_on_as_if_it_had_been_of_today(older: Store, warehouse: Path) -> None:
    reading, extraction, publication = refresh(older, [raw("a.txt", EXAMPLE)], warehouse, 3)
    assert (reading.documents_new, reading.documents_seen, extraction.claims) == (0, 1, 3)
    assert publication.published, publication.failed_checks
    assert older.ledger("made")["first_seen"].to_list() == [day(1)]
    assert json.loads((older.place.folder / "format.json").read_text()) == {"format": FORMAT}
    assert older.refreshes().select("status").to_series().to_list() == ["published", "interrupted", "published"]


def test_what_an_older_store_held_stays_until_its_source_can_be_read(older: Store, warehouse: Path) -> None:
    with older.exclusive():
        document = older.documents.read("documents", older.documents.index()).row(0, named=True)
    assert (document["title"], document["dateline"]) == ("Route report", None)
    assert "colour" not in document
    _, _, publication = refresh(older, [raw("b.txt", "B\ncargo 1 t\n")], warehouse, 3, source="other")
    assert publication.published, publication.failed_checks
    assert publication.rows["documents"] == 2


def test_a_store_from_before_there_were_acronyms_keeps_its_claims_and_finds_the_acronyms(store: Store, warehouse: Path) -> None:
    texts = [raw("a.txt", EXAMPLE), raw("b.txt", "Iron Road (IR)")]
    refresh(store, texts, warehouse)
    for path in store.place.folder.glob("claims/*/acronym_mentions*.parquet"):
        path.unlink()
    (store.place.folder / "format.json").write_text('{"format": 3}')
    with store.exclusive():
        held = store.claims.index()
        assert store.claims.read("acronym_mentions", held).is_empty()
        assert store.claims.read("trade_claims", held).height == 1
        store.claims.remove(store.claims.names())  # as for another version of the extractor: all is extracted anew
    _, _, publication = refresh(store, texts, warehouse, 2)
    assert publication.published, publication.failed_checks
    assert publication.rows["acronym_mentions"] == 1


def test_an_older_store_with_a_damaged_file_says_what_to_do(older: Store) -> None:
    (older.place.folder / "refreshes.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(StoreFormatError, match="refresh into another folder with --store") as raised, older.exclusive():
        pass
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("content", "told"), [('{"format": 99}', "newer version"), ("{", "damaged"), ("[]", "damaged")])
def test_a_store_of_a_newer_or_unknown_format_is_left_alone(store: Store, content: str, told: str) -> None:
    with store.exclusive():
        pass
    (store.place.folder / "format.json").write_text(content)
    with pytest.raises(StoreFormatError, match=told), store.exclusive():
        pass
    assert (store.place.folder / "format.json").read_text() == content


@pytest.mark.parametrize("written", [0, 1, 2])
def test_an_upgrade_that_was_interrupted_brings_no_older_result_back(
    tmp_path: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {"told": pl.Schema({"words": pl.String()})}
    before = Segments(tmp_path / "results", {"version": pl.String()}, tables)
    for version, inputs in (("1", ["a", "b"]), ("2", ["b"]), ("3", ["c"])):
        index = pl.DataFrame({"input_id": inputs, "version": [version] * len(inputs)})
        before.add(index, {"told": index.rename({"version": "words"})})
    today = Segments(tmp_path / "results", {"version": pl.String(), "found": pl.Int64()}, tables)
    add, left = Segments.add, iter(range(written))

    def add_until_killed(segments: Segments, index: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        add(segments, index, frames)

    with monkeypatch.context() as power:
        power.setattr(Segments, "add", add_until_killed)
        with pytest.raises(KeyboardInterrupt):
            conform_segments(today)
    conform_segments(today)
    assert today.index().select("input_id", "version").rows() == [("a", "1"), ("b", "2"), ("c", "3")]
    assert sorted(today.read("told", today.index()).rows()) == [("a", "1"), ("b", "2"), ("c", "3")]
