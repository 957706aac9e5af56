"""What a refresh changed, as the published file tells it."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.warehouse import files
from pipeline.warehouse.publishing import publish
from pipeline.warehouse.queries import dataset_status
from pipeline.warehouse.store import CHANGED_DOCUMENTS, PUBLISHED, Store

from . import made
from .made import EXAMPLE, VERSION, day, raw, refresh, refresh_source

LATER = "New title\nnothing here\nexports KAZ GEO 3 t\nagreement signed\nturnover KAZ UZB 7 t"
ONE, TWO = "A\nexports KAZ GEO 1 t\n", "B\ncargo 2 t\n"


def ask(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{warehouse}' AS corridor (READ_ONLY)")
        connection.execute("USE corridor")
        return connection.execute(sql).fetchall()


def changes(warehouse: Path, *columns: str) -> list[tuple[Any, ...]]:
    """The changes of the latest refresh."""
    latest = "(SELECT max(refresh_id) FROM refreshes)"
    return ask(warehouse, f"SELECT {', '.join(columns)} FROM changes WHERE refresh_id = {latest} ORDER BY ALL")


def document_changes(warehouse: Path, *columns: str) -> list[tuple[Any, ...]]:
    latest = "(SELECT max(refresh_id) FROM refreshes)"
    return ask(warehouse, f"SELECT {', '.join(columns)} FROM document_changes WHERE refresh_id = {latest} ORDER BY ALL")


def counted(warehouse: Path) -> list[tuple[Any, ...]]:
    return ask(warehouse, "SELECT claims_added, claims_altered, claims_removed FROM refreshes ORDER BY started_at")


def replayed(warehouse: Path) -> list[str]:
    """The claims that the changes lead to, replayed one by one."""
    log = ask(
        warehouse,
        "SELECT claim_id, previous_claim_id, change FROM changes JOIN refreshes USING (refresh_id)"
        " ORDER BY started_at, refresh_id, change <> 'removed'",
    )
    there: set[str] = set()
    for claim_id, previous, change in log:
        assert (change == "added") == (previous is None)
        if previous is not None:
            there.remove(previous)
        if claim_id is not None:
            assert claim_id not in there
            there.add(claim_id)
    return sorted(there)


def claims(warehouse: Path) -> list[str]:
    return [claim_id for (claim_id,) in ask(warehouse, "SELECT claim_id FROM claims ORDER BY claim_id")]


# What is told -------------------------------------------------------------------------------------------------------


def test_the_first_refresh_adds_all(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    assert changes(warehouse, "change", "family", "cause", "summary", "title") == [
        ("added", "agreement", "new_document", "memorandum on transport between GEO, KAZ: signed 2026-01-05", "Route report"),
        ("added", "freight", "new_document", "cargo over middle_corridor: 40 t, 2025", "Route report"),
        ("added", "trade", "new_document", "exports KAZ to GEO: 12 t, 2025", "Route report"),
    ]
    assert document_changes(warehouse, "change", "title", "uri") == [("added", "Route report", "made/a.txt")]
    assert counted(warehouse) == [(3, 0, 0)]


def test_a_refresh_that_finds_nothing_new_changes_nothing(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert (changes(warehouse, "*"), document_changes(warehouse, "*")) == ([], [])
    assert counted(warehouse) == [(3, 0, 0), (0, 0, 0)]
    assert len(store.changes.names()) == 1


def test_a_removed_claim_tells_what_it_said(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE), raw("b.txt", TWO)], warehouse)
    (gone,) = ask(warehouse, "SELECT claim_id, doc_id FROM trade_claims")
    refresh(store, [raw("b.txt", TWO)], warehouse, 2)
    assert changes(warehouse, "change", "claim_id", "previous_claim_id", "doc_id", "cause", "summary", "evidence", "title") == [
        ("removed", None, *gone, "removed_document", "exports KAZ to GEO: 1 t, 2025", "exports KAZ GEO 1 t", "A")
    ]
    assert document_changes(warehouse, "change", "doc_id", "previous_doc_id", "title") == [("removed", None, gone[1], "A")]
    assert counted(warehouse)[-1] == (0, 0, 1)


def test_a_text_that_changed_at_its_address_alters_what_it_says_otherwise(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", f"{ONE}cargo 5 t\nagreement signed\n")], warehouse)
    (before,) = ask(warehouse, "SELECT doc_id FROM documents")
    refresh(
        store,
        [raw("a.txt", "New title\nnothing here\nexports KAZ GEO 3 t\nagreement signed\nturnover KAZ UZB 7 t")],
        warehouse,
        2,
    )
    assert changes(warehouse, "change", "family", "fields", "summary", "previous_summary", "cause") == [
        ("added", "trade", [], "turnover KAZ with UZB: 7 t, 2025", None, "changed_document"),
        (
            *("altered", "trade", ["evidence", "value_high", "value_low", "value_text"]),
            *("exports KAZ to GEO: 3 t, 2025", "exports KAZ to GEO: 1 t, 2025", "changed_document"),
        ),
        ("moved", "agreement", [], "memorandum on transport between GEO, KAZ: signed 2026-01-05", None, "changed_document"),
        ("removed", "freight", [], "cargo over middle_corridor: 5 t, 2025", None, "changed_document"),
    ]
    assert document_changes(warehouse, "change", "previous_doc_id", "fields") == [("altered", *before, ["text", "title"])]
    assert counted(warehouse)[-1] == (1, 1, 1)
    assert replayed(warehouse) == claims(warehouse)


def test_claims_of_other_documents_are_never_paired(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE)], warehouse)
    refresh(store, [raw("b.txt", "C\nexports KAZ GEO 3 t\n")], warehouse, 2)
    assert changes(warehouse, "change", "cause") == [("added", "new_document"), ("removed", "removed_document")]


def test_a_text_that_moved_changes_only_its_address(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE)], warehouse)
    refresh(store, [raw("b.txt", ONE)], warehouse, 2)
    assert changes(warehouse, "*") == []
    assert document_changes(warehouse, "change", "fields", "uri") == [("altered", ["uri"], "made/b.txt")]


def test_a_copy_elsewhere_does_not_alter_a_document_as_long_as_it_lies_where_it_was(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("note.txt", ONE)], warehouse)
    refresh(store, [raw("copy.txt", ONE), raw("note.txt", ONE)], warehouse, 2)
    assert (changes(warehouse, "*"), document_changes(warehouse, "*")) == ([], [])
    refresh(store, [raw("copy.txt", ONE)], warehouse, 3)
    assert document_changes(warehouse, "change", "fields", "uri") == [("altered", ["uri"], "made/copy.txt")]
    assert dataset_status(warehouse).changes == {"new": 0, "changed": 0, "removed": 0, "told otherwise": 1}


def test_a_document_and_its_copy_that_change_alike_are_one_changed_text(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("note.txt", ONE)], warehouse)
    refresh(store, [raw("copy.txt", TWO), raw("note.txt", TWO)], warehouse, 2)
    assert document_changes(warehouse, "change", "fields", "uri") == [("altered", ["text", "title"], "made/note.txt")]


def test_what_a_refresh_says_it_changed_is_what_the_log_of_documents_tells(store: Store, warehouse: Path) -> None:
    """Also where sources, counted one by one, tell something else: one text is in both, and one went from one to the other."""
    three = "C\ncargo 3 t\n"
    refresh(store, [raw("a.txt", ONE), raw("b.txt", TWO)], warehouse)
    refresh_source(store, [raw("a.txt", three), raw("c.txt", EXAMPLE)], 2)
    refresh(store, [raw("b.txt", TWO, "other"), raw("c.txt", EXAMPLE, "other")], warehouse, 2, "other")
    assert document_changes(warehouse, "change", "fields", "source") == [
        ("added", [], "made"),
        ("altered", ["source", "uri"], "other"),
        ("altered", ["text", "title"], "made"),
    ]
    counted_now = {"new": 1, "changed": 1, "removed": 0}
    assert dataset_status(warehouse).changes == {**counted_now, "told otherwise": 1}
    told = ask(warehouse, "SELECT documents_new, documents_changed, documents_removed FROM refreshes ORDER BY started_at")
    assert told[-1] == tuple(counted_now.values())


def test_a_claim_whose_sentence_says_something_else_beside_it_only_moved(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A\nafter 5 t of imports exports KAZ GEO 1 t\n")], warehouse)
    refresh(store, [raw("a.txt", "A\nafter 6 t of imports exports KAZ GEO 1 t\n")], warehouse, 2)
    assert changes(warehouse, "change", "fields", "previous_summary") == [("moved", ["evidence"], None)]
    assert counted(warehouse)[-1] == (0, 0, 0)


def extracted_as(version: str, monkeypatch: pytest.MonkeyPatch, **other: object) -> None:
    """From here on extraction is of another version, and tells numbers with `other` columns."""
    simple = made._quantity

    def otherwise(*arguments: Any) -> tuple[str, dict[str, object]]:
        table, row = simple(*arguments)
        changed = {**row, **other}
        return table, {**changed, "claim_id": f"{row['claim_id']}{version}"} if changed != row else changed

    monkeypatch.setattr(made, "VERSION", version)
    monkeypatch.setitem(made._MAKERS, "exports", otherwise)
    monkeypatch.setitem(made._MAKERS, "cargo", otherwise)


def test_a_new_extractor_alters_what_it_reads_otherwise_at_the_same_place(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    extracted_as("2", monkeypatch, modality="forecast", commodity="grain")
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert changes(warehouse, "change", "family", "cause", "fields", "summary", "previous_summary") == [
        (
            *("altered", "freight", "new_extractor", ["commodity", "modality"]),
            *("cargo of grain over middle_corridor: 40 t, 2025 (forecast)", "cargo over middle_corridor: 40 t, 2025"),
        ),
        (
            *("altered", "trade", "new_extractor", ["commodity", "modality"]),
            *("exports of grain KAZ to GEO: 12 t, 2025 (forecast)", "exports KAZ to GEO: 12 t, 2025"),
        ),
    ]
    assert document_changes(warehouse, "*") == []
    assert replayed(warehouse) == claims(warehouse)


def test_neither_a_version_nor_a_confidence_is_a_change(store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    extracted_as("2", monkeypatch)
    monkeypatch.setattr(made, "_grounds", lambda *a, made_before=made._grounds: {**made_before(*a), "confidence": 0.1})
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert ask(warehouse, "SELECT DISTINCT extractor_version, confidence FROM trade_claims") == [("2", 0.1)]
    assert changes(warehouse, "*") == []


def test_a_text_on_which_extraction_breaks_down_loses_its_claims_and_gets_them_again(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise ValueError("cannot")

    refresh(store, [raw("a.txt", ONE)], warehouse)
    with monkeypatch.context() as patch:
        patch.setattr(made, "VERSION", "2")
        patch.setitem(made._MAKERS, "exports", broken)
        refresh(store, [raw("a.txt", ONE)], warehouse, 2)
        assert changes(warehouse, "change", "cause") == [("removed", "not_extracted")]
        assert document_changes(warehouse, "change", "fields") == [("altered", ["extracted"])]
    monkeypatch.setattr(made, "VERSION", "3")
    refresh(store, [raw("a.txt", ONE)], warehouse, 3)
    assert changes(warehouse, "change", "cause") == [("added", "extracted")]
    assert document_changes(warehouse, "change", "fields") == [("altered", ["extracted"])]
    assert replayed(warehouse) == claims(warehouse)


# What is remembered -------------------------------------------------------------------------------------------------


def test_what_a_failed_check_kept_back_comes_with_the_next_file(store: Store, warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "never.sql").write_text("-- Never.\nSELECT 1")
    refresh(store, [raw("a.txt", ONE)], warehouse)
    refresh(store, [raw("a.txt", TWO)], warehouse, 2, checks=tmp_path / "checks")
    refresh(store, [raw("a.txt", "C\nexports KAZ GEO 9 t\n")], warehouse, 3)
    assert changes(warehouse, "change", "summary", "previous_summary", "cause") == [
        ("altered", "exports KAZ to GEO: 9 t, 2025", "exports KAZ to GEO: 1 t, 2025", "changed_document")
    ]
    assert counted(warehouse) == [(1, 0, 0), (None, None, None), (0, 1, 0)]
    assert replayed(warehouse) == claims(warehouse)


def test_the_log_of_many_refreshes_is_kept_in_few_segments(store: Store, warehouse: Path) -> None:
    for number in range(1, 15):
        refresh(store, [raw("a.txt", f"A\nexports KAZ GEO {number} t\n")], warehouse, number)
    assert len(store.changes.names()) <= 9
    assert counted(warehouse) == [(1, 0, 0), *[(0, 1, 0)] * 13]
    assert replayed(warehouse) == claims(warehouse)


def test_a_store_that_published_before_it_kept_a_log_claims_nothing_about_that_time(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE)], warehouse)
    for name in store.changes.names():
        files.remove_folder(store.changes.place.folder / name)
    _, _, publication = refresh(store, [raw("a.txt", ONE), raw("b.txt", TWO)], warehouse, 2)
    assert publication.published
    assert (changes(warehouse, "*"), document_changes(warehouse, "*")) == ([], [])
    assert counted(warehouse)[-1] == (None, None, None)
    refresh(store, [raw("b.txt", "B\ncargo 3 t\n")], warehouse, 3)
    assert changes(warehouse, "change", "summary", "previous_summary") == [
        ("altered", "cargo over middle_corridor: 3 t, 2025", "cargo over middle_corridor: 2 t, 2025"),
        ("removed", "exports KAZ to GEO: 1 t, 2025", None),
    ]


def test_the_file_is_made_again_from_the_store_with_all_its_changes(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE)], warehouse)
    refresh(store, [raw("a.txt", TWO)], warehouse, 2)
    before = ask(warehouse, "FROM changes ORDER BY ALL")
    warehouse.unlink()
    publish(store, warehouse, extractor_version=VERSION, now=day(3))
    assert ask(warehouse, "FROM changes ORDER BY ALL") == before


# Whatever happens ---------------------------------------------------------------------------------------------------

TEXTS = (
    EXAMPLE,
    ONE,
    "A\nexports KAZ GEO 1 t\nexports KAZ GEO 1 t\ncargo 4 t\n",
    "Z\n\nexports KAZ UZB 1 t\nexports KAZ GEO 2 t\nagreement signed\nbroken\n",
    TWO,
    "\0",
)
folders = st.dictionaries(st.sampled_from(("a.txt", "b.txt", "c.txt")), st.sampled_from(TEXTS), max_size=3)
steps = st.tuples(folders, st.sampled_from(("published", "failed", "another version")))


@settings(max_examples=8, deadline=None)
@given(st.lists(steps, min_size=2, max_size=4))
def test_changes_replayed_from_nothing_lead_to_the_claims(history: list[tuple[dict[str, str], str]]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        store, warehouse, failing = Store(Path(place) / "store"), Path(place) / "corridor.duckdb", Path(place) / "checks"
        failing.mkdir()
        (failing / "never.sql").write_text("-- Never.\nSELECT 1")
        for number, (folder, way) in enumerate(history, 1):
            if way == "another version":
                extracted_as(f"v{number}", patch, modality=("forecast", "target")[number % 2])
            options = {"checks": failing} if way == "failed" else {}
            refresh(store, [raw(name, text) for name, text in folder.items()], warehouse, number, **options)
            if warehouse.exists():
                assert replayed(warehouse) == claims(warehouse)


# Killed at every step of putting the file in place, by a process of its own.
KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from made_texts.made import raw, refresh
from pipeline.warehouse import publishing
from pipeline.warehouse.store import CHANGED_CLAIMS, CHANGED_DOCUMENTS, PUBLISHED, Store

moments = {"before": (publishing, "_replace"), "after": (Store, "close_refresh"), "logged": (Store, "collect_garbage")}
setattr(*moments[sys.argv[3]], lambda *arguments: os.kill(os.getpid(), signal.SIGKILL))
folder = Path(sys.argv[2])
refresh(Store(folder / "store"), [raw("a.txt", "A\\nexports KAZ GEO 9 t\\n")], folder / "corridor.duckdb", 2)
"""


@pytest.mark.parametrize(
    ("moment", "published"), [("before", False), ("after", True), ("logged", True)], ids=["before", "after", "logged"]
)
def test_a_refresh_killed_while_it_publishes_neither_loses_nor_doubles_a_change(
    tmp_path: Path, store: Store, warehouse: Path, moment: str, published: bool
) -> None:
    refresh(store, [raw("a.txt", ONE)], warehouse)
    package = tmp_path / "code" / "made_texts"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "made.py").write_bytes(Path(made.__file__).read_bytes())
    command = [sys.executable, "-c", KILLED, str(tmp_path / "code"), str(tmp_path), moment]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == -9, run.stderr
    told_then = ask(warehouse, "SELECT refresh_id, change, claim_id FROM changes ORDER BY ALL")
    refresh(store, [raw("a.txt", "A\nexports KAZ GEO 9 t\n"), raw("b.txt", TWO)], warehouse, 3)
    told_now = ask(warehouse, "SELECT refresh_id, change, claim_id FROM changes ORDER BY ALL")
    assert set(told_then) <= set(told_now)
    assert [change for _, change, _ in told_now] == (
        ["added", "altered", "added"] if published else ["added", "added", "altered"]
    )
    assert ask(warehouse, "SELECT status FROM refreshes ORDER BY started_at") == [
        ("published",),
        ("published" if published else "interrupted",),
        ("published",),
    ]
    assert replayed(warehouse) == claims(warehouse)


def test_an_error_after_the_file_is_in_place_leaves_it_published(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            Store, "close_refresh", lambda *a, once=[], real=Store.close_refresh: real(*a) if once else once.append(1)
        )
        patch.setattr(Store, "collect_garbage", lambda *a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            refresh(store, [raw("a.txt", ONE)], warehouse)
    assert store.refreshes()["status"].to_list() == ["published"]
    refresh(store, [raw("a.txt", ONE)], warehouse, 2)
    assert counted(warehouse) == [(1, 0, 0), (0, 0, 0)]


def test_a_clock_that_goes_back_keeps_no_file_from_being_published(store: Store, warehouse: Path) -> None:
    texts = [ONE, "A\nexports KAZ GEO 2 t\n", "A\nexports KAZ GEO 2 t\ncargo 9 t\n", ONE]
    ids = []
    for text, number in zip(texts, (9, 5, 3, 1), strict=True):
        publication = refresh(store, [raw("a.txt", text)], warehouse, number)[2]
        assert (publication.published, publication.failed_checks) == (True, ())
        assert publication.refresh["documents_seen"] == 1
        assert replayed(warehouse) == claims(warehouse)
        ids.append(publication.refresh_id)
    assert ask(warehouse, "SELECT refresh_id FROM refreshes ORDER BY started_at") == [(each,) for each in ids]
    assert ask(warehouse, "SELECT bool_and(finished_at >= started_at) FROM refreshes") == [(True,)]
    assert counted(warehouse) == [(1, 0, 0), (0, 1, 0), (1, 0, 0), (0, 1, 1)]


def test_what_was_not_read_since_the_clock_went_back_does_not_count_as_seen(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", ONE), raw("b.txt", TWO)], warehouse, 9)
    publication = refresh(store, [raw("a.txt", ONE)], warehouse, 2)[2]
    assert publication.published
    assert publication.refresh["documents_seen"] == 1


def test_changes_are_told_in_the_order_of_refreshes_after_a_clock_that_was_ahead(store: Store) -> None:
    for number in (500, *range(1, 12)):  # the first one's day is yet to come, so the others are counted after it
        with store.exclusive():
            under_way = store.open_refresh(day(number))
            documents = pl.DataFrame([{"change": "added", "doc_id": str(number)}], schema=pl.Schema(CHANGED_DOCUMENTS))
            store.keep_changes(under_way.refresh_id, None, documents)
            store.end_refresh(PUBLISHED)
    log = store.changes_log("documents", ["doc_id"])
    assert log["doc_id"].to_list() == ["500", *map(str, range(1, 12))]
    assert log["refresh_id"].to_list() == store.refreshes()["refresh_id"].to_list()
