import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.contract import ddl
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.tables import TRADE_CLAIMS
from pipeline.sources.raw import Unreadable
from pipeline.warehouse import files, publishing
from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.errors import LockHeldError, UnwritableError, WarehouseError
from pipeline.warehouse.lock import exclusive
from pipeline.warehouse.publishing import FAILED_CHECKS, PUBLISHED, publish
from pipeline.warehouse.queries import open_published
from pipeline.warehouse.refreshing import refresh_documents
from pipeline.warehouse.rows import arranged, rows_of_texts
from pipeline.warehouse.store import Store

from . import made
from .made import EXAMPLE, VERSION, day, raw, refresh, refresh_source

# The index for search is not among them: its words are numbered as they come.
TABLES_OF_THE_FILE = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1"
CLAIMS = "SELECT claim_id, doc_id, family FROM claims ORDER BY claim_id"


def ask(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{warehouse}' AS corridor (READ_ONLY)")
        connection.execute("USE corridor")
        return connection.execute(sql).fetchall()


def failing_check(folder: Path) -> Path:
    folder.mkdir()
    (folder / "no_claims.sql").write_text("-- There are no claims.\nSELECT claim_id, family FROM claims ORDER BY family;")
    return folder


def test_events_and_plans_lie_behind_the_rest_each_in_the_order_of_texts() -> None:
    told = [
        ("a", "event", "target"),
        ("b", "event", "reported"),
        ("c", "level", "target"),
        ("d", "level", "reported"),
        ("e", "growth", "reported"),
    ]
    rows = [{"claim_id": name, "doc_id": name, "measure": measure, "modality": modality} for name, measure, modality in told]
    assert arranged(pl.DataFrame(rows), TRADE_CLAIMS)["claim_id"].to_list() == ["d", "e", "c", "b", "a"]


def test_the_file_holds_what_was_extracted(store: Store, warehouse: Path) -> None:
    inputs = [raw("a.txt", EXAMPLE), raw("b.txt", "\0"), Unreadable("made/c.txt", "made", "no_permission", "denied")]
    _, _, publication = refresh(store, inputs, warehouse)
    assert publication.published
    assert ask(warehouse, "SELECT family, indicator, unit, title FROM claims ORDER BY family") == [
        ("agreement", "signed", None, "Route report"),
        ("freight", "cargo", "t", "Route report"),
        ("trade", "exports", "t", "Route report"),
    ]
    assert ask(warehouse, "SELECT uri, reason, refresh_id FROM unreadable_documents ORDER BY uri") == [
        ("made/b.txt", "binary", publication.refresh_id),
        ("made/c.txt", "no_permission", publication.refresh_id),
    ]
    assert ask(warehouse, "SELECT reasons, claim ->> 'evidence' FROM rejected_claims") == [
        (["low_above_high"], "broken exports 1 t")
    ]
    assert ask(warehouse, "SELECT documents_seen, documents_new, claims, rejected, status FROM refreshes") == [
        (1, 1, 3, 1, PUBLISHED)
    ]
    assert publication.rows["documents"] == 1


def test_every_file_says_what_its_tables_and_columns_mean(store: Store, warehouse: Path) -> None:
    said = {(table.name, field.name): ddl.comment(field) for table in PUBLISHED_TABLES for field in table.fields}
    required = {(table.name, field.name) for table in PUBLISHED_TABLES for field in table.fields if not field.nullable}
    columns = f"""SELECT table_name, column_name, comment, is_nullable FROM duckdb_columns()
        WHERE table_name IN ({TABLES_OF_THE_FILE}) AND database_name = 'corridor' AND schema_name = 'main'"""
    for number in range(2):
        refresh(store, [raw("a.txt", f"{EXAMPLE} {number}")], warehouse)
        found = ask(warehouse, columns)
        assert {(table, column): comment for table, column, comment, _ in found} == said
        assert {(table, column) for table, column, _, is_nullable in found if not is_nullable} == required
        described = dict(ask(warehouse, "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'"))
        assert all(described[table.name].startswith(table.description) for table in PUBLISHED_TABLES)


def test_only_the_file_and_its_lock_are_left_beside_each_other(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    assert sorted(path.name for path in warehouse.parent.iterdir()) == ["corridor.duckdb", "corridor.duckdb.lock", "store"]


def test_a_changed_file_replaces_its_rows_and_a_removed_one_takes_them_along(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A\nexports KAZ GEO 1 t\n"), raw("b.txt", "B\ncargo 2 t\n")], warehouse)
    refresh(store, [raw("a.txt", "A\nexports KAZ GEO 3 t\n"), raw("b.txt", "B\ncargo 2 t\n")], warehouse, 2)
    assert ask(warehouse, "SELECT value_low FROM claims ORDER BY ALL") == [(2.0,), (3.0,)]
    assert ask(warehouse, "SELECT file_name, first_seen, last_seen FROM documents ORDER BY file_name") == [
        ("a.txt", day(2), day(2)),
        ("b.txt", day(1), day(2)),
    ]
    refresh(store, [raw("b.txt", "B\ncargo 2 t\n")], warehouse, 3)
    assert ask(warehouse, "SELECT value_low FROM claims") == [(2.0,)]
    assert ask(warehouse, "SELECT file_name, last_seen FROM removed_documents ORDER BY last_seen") == [
        ("a.txt", day(1)),
        ("a.txt", day(2)),
    ]
    assert ask(warehouse, "SELECT documents_new, documents_changed, documents_removed FROM refreshes ORDER BY started_at") == [
        *((2, 0, 0), (0, 1, 0), (0, 0, 1)),
    ]


def test_a_refresh_ended_once_its_file_was_checked(store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[datetime] = []

    def run_checks(*arguments: Any) -> tuple[CheckResult, ...]:
        checked.append(datetime.now(UTC))
        return ()

    monkeypatch.setattr(publishing, "run_checks", run_checks)
    with store.exclusive():
        store.open_refresh()
        publication = publish(store, warehouse, extractor_version=VERSION)
    (told,) = ask(warehouse, "SELECT finished_at FROM refreshes")[0]
    assert told >= checked[0]
    assert [publication.refresh["finished_at"], *store.refreshes()["finished_at"]] == [told, told]


def test_what_no_source_holds_any_more_leaves_the_store(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    refresh(store, [], warehouse, 2)
    assert store.documents.index().is_empty()
    assert store.claims.index().is_empty()


def test_one_content_in_two_sources_is_one_document_from_where_it_was_seen_first(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("z.txt", EXAMPLE, "later")], warehouse, 1, "later")
    refresh(store, [raw("a.txt", EXAMPLE, "first")], warehouse, 2, "first")
    assert ask(warehouse, "SELECT source, file_name, first_seen, last_seen FROM documents") == [
        ("later", "z.txt", day(1), day(2))
    ]
    assert ask(warehouse, "SELECT source, uri FROM document_locations ORDER BY source") == [
        ("first", "first/a.txt"),
        ("later", "later/z.txt"),
    ]
    assert ask(warehouse, "SELECT count(*) FROM claims") == [(3,)]


@pytest.mark.whole
def test_documents_that_repeat_another_are_marked(store: Store, warehouse: Path) -> None:
    _, _, publication = refresh(store, [raw("a.txt", EXAMPLE), raw("b.txt", f"{EXAMPLE}\n")], warehouse)
    assert publication.published
    assert ask(warehouse, "SELECT count(*), count(duplicate_of) FROM documents") == [(2, 1)]
    assert ask(warehouse, "SELECT sum(claims) FROM facts WHERE indicator = 'exports'") == [(1,)]


def test_sources_that_are_no_longer_declared_leave(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE, "old")], warehouse, 1, "old")
    _, _, publication = refresh(store, [raw("b.txt", "B\ncargo 2 t\n")], warehouse, 2, "new", sources=["new"])
    assert publication.published
    assert ask(warehouse, "SELECT source FROM documents") == [("new",)]
    assert ask(warehouse, "SELECT source, last_seen FROM removed_documents") == [("old", day(1))]
    assert ask(warehouse, "SELECT source FROM source_status") == [("new",)]
    assert publication.refresh["documents_removed"] == 1


def test_a_document_that_was_read_but_not_extracted_is_published_without_claims(store: Store, warehouse: Path) -> None:
    with store.exclusive():
        refresh_documents(
            store, "made", [raw("a.txt", EXAMPLE)], read=made.read, version="1", refresh=store.open_refresh(day(1))
        )
    publication = publish(store, warehouse, extractor_version=VERSION)
    assert publication.published
    assert (publication.rows["documents"], publication.rows["extractions"]) == (1, 0)


def test_offsets_count_code_points(store: Store, warehouse: Path) -> None:
    lines = [
        "\U0001f682\U0001f1f0\U0001f1ff \U00010348 cargo 40 t",  # astral
        "e\u0301a\u0308\u0323 n\u0303 exports KAZ GEO 7 t",  # combining marks
        "\u4e2d\u6b27\u73ed\u5217 \uac00 cargo 41 t",  # CJK, Hangul
        "\u1112\u1161\u11ab \u0e01\u0e33 cargo 42 t",  # conjoining jamo, Thai
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \u202b\u0634\u202c cargo 43 t",  # joined emoji, right to left
        "\ufefftab\there\u2028and\u00a0there cargo 44 t",
    ]
    _, extraction, publication = refresh(store, [raw("a.txt", "\r\n".join(["\u00c7", *lines, ""]))], warehouse)
    assert (extraction.claims, publication.published) == (6, True)
    assert ask(warehouse, "SELECT evidence FROM claims ORDER BY evidence_start") == [(f"{line}\r",) for line in lines]


@pytest.mark.whole
def test_the_content_is_the_same_whatever_the_order_and_the_way_there(tmp_path: Path) -> None:
    inputs = [raw(f"{n}.txt", f"{n}\nexports KAZ GEO {n} t\ncargo {n} t\nbroken\n") for n in range(30)]
    dumps = []
    for turn in range(3):
        store, warehouse = Store(tmp_path / str(turn) / "store"), tmp_path / str(turn) / "corridor.duckdb"
        Random(turn).shuffle(inputs)
        if turn == 2:  # in two steps, with something in between that is gone again
            refresh_source(store, [*inputs[:11], raw("x.txt", "X\ncargo 1 t\n")])
        refresh(store, inputs, warehouse)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            names = [name for (name,) in connection.execute(TABLES_OF_THE_FILE).fetchall()]
            dumps.append({name: connection.execute(f"FROM {name}").fetchall() for name in names})
    assert dumps[0] == dumps[1]
    history = {"removed_documents", "source_refreshes", "refreshes"}
    assert {k: v for k, v in dumps[0].items() if k not in history} == {k: v for k, v in dumps[2].items() if k not in history}


def test_a_failed_check_keeps_the_last_good_file_and_says_why(store: Store, warehouse: Path, tmp_path: Path) -> None:
    refresh(store, [raw("a.txt", "A\ncargo 1 t\n")], warehouse)
    before = warehouse.read_bytes()
    _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2, checks=failing_check(tmp_path / "checks"))
    assert not publication.published
    (failed,) = publication.failed_checks
    assert (failed.name, failed.description, failed.violations) == ("no_claims", "There are no claims.", 3)
    assert [row["family"] for row in failed.sample] == ["agreement", "freight", "trade"]
    assert warehouse.read_bytes() == before
    assert store.refreshes()["status"].to_list() == [PUBLISHED, FAILED_CHECKS]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checks", "corridor.duckdb", "corridor.duckdb.lock", "store"]
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 3)
    assert ask(warehouse, "SELECT status FROM refreshes ORDER BY started_at") == [(PUBLISHED,), (FAILED_CHECKS,), (PUBLISHED,)]


def test_claims_that_are_not_in_their_text_are_never_published(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = rows_of_texts

    def dishonest(*arguments: Any) -> dict[str, Iterable[pl.DataFrame]]:
        tables = honest(*arguments)
        invented = (frame.with_columns(evidence=pl.lit("invented")) for frame in tables["trade_claims"])
        return {**tables, "trade_claims": invented}

    monkeypatch.setattr(publishing, "rows_of_texts", dishonest)
    _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    assert [check.name for check in publication.failed_checks] == ["evidence_is_in_the_text"]
    assert not warehouse.exists()


def break_insert(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "run_checks", full)


def break_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise PermissionError(13, "the file is in use")

    monkeypatch.setattr(files, "move_into_place", full)


@pytest.mark.parametrize("break_something", [break_insert, break_rename])
def test_any_error_leaves_the_live_file_and_no_temporary_one(
    store: Store, warehouse: Path, tmp_path: Path, break_something: Callable[[pytest.MonkeyPatch], None]
) -> None:
    refresh(store, [raw("a.txt", "A\ncargo 1 t\n")], warehouse)
    refresh_source(store, [raw("a.txt", EXAMPLE)], 2)
    before = warehouse.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        break_something(patch)
        with pytest.raises((OSError, UnwritableError), match=r"No space|in use"):
            publish(store, warehouse, extractor_version=VERSION, now=day(2))
    assert warehouse.read_bytes() == before
    assert not list(tmp_path.glob(".tmp-*"))
    assert publish(store, warehouse, extractor_version=VERSION, now=day(2)).published
    assert ask(warehouse, "SELECT count(*) FROM claims") == [(3,)]


def test_a_stale_write_ahead_log_is_not_replayed_into_the_new_file(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    meddle = f"""
import duckdb, os, signal
c = duckdb.connect({str(warehouse)!r})
c.execute("SET checkpoint_threshold = '1GB'")
c.execute("DELETE FROM trade_claims")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", meddle], check=False)
    log = warehouse.with_name("corridor.duckdb.wal")
    assert log.exists()
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert not log.exists()
    assert ask(warehouse, "SELECT count(*) FROM trade_claims") == [(1,)]


READER = """
import sys, duckdb
c = duckdb.connect(sys.argv[1], read_only=True)
count = lambda: c.execute("SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM refreshes)").fetchone()
print(count(), flush=True)
sys.stdin.readline()
print(count(), flush=True)
"""


def test_readers_in_other_processes_keep_the_old_file_and_new_ones_get_the_new(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A\ncargo 1 t\n")], warehouse)
    command = [sys.executable, "-c", READER, str(warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "(1, 1)\n"
        _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
        assert publication.published
        answer = subprocess.run(command, input="\n", capture_output=True, text=True, check=True)
        assert answer.stdout == "(3, 2)\n(3, 2)\n"
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "(1, 1)\n"


def test_a_reader_in_this_process_does_not_keep_others_from_the_new_file(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "A\ncargo 1 t\n")], warehouse)
    with open_published(warehouse) as old:
        refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
        with open_published(warehouse) as new:
            assert new.execute("SELECT count(*) FROM claims").fetchone() == (3,)
        assert old.execute("SELECT count(*) FROM claims").fetchone() == (1,)


def test_two_stores_cannot_publish_to_one_file_at_once(store: Store, warehouse: Path) -> None:
    errors: list[Exception] = []

    def second() -> None:
        try:
            publish(store, warehouse, extractor_version=VERSION)
        except LockHeldError as error:
            errors.append(error)

    with exclusive(warehouse.with_name("corridor.duckdb.lock"), "the file"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert [str(error).startswith(f"the file {warehouse} is being written by process {os.getpid()}") for error in errors] == [
        True
    ]


def test_a_file_that_is_no_database_is_left_alone(store: Store, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("years of work")
    with pytest.raises(WarehouseError, match="no DuckDB file"):
        publish(store, notes, extractor_version=VERSION)
    with pytest.raises(WarehouseError, match="is a folder"):
        publish(store, tmp_path, extractor_version=VERSION)
    assert notes.read_text() == "years of work"


def test_a_link_to_the_file_keeps_being_one(store: Store, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "corridor.duckdb"
    link.symlink_to(tmp_path / "data" / "real.duckdb")
    refresh(store, [raw("a.txt", EXAMPLE)], link)
    assert link.is_symlink()
    assert ask(tmp_path / "data" / "real.duckdb", "SELECT count(*) FROM claims") == [(3,)]


def test_a_statement_that_duckdb_refuses_is_told_in_one_line_and_keeps_the_file(
    store: Store, warehouse: Path, tmp_path: Path
) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    before = warehouse.read_bytes()
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "broken.sql").write_text("-- Broken.\nCREATE VIEW broken AS SELECT nothing FROM nowhere")
    with pytest.raises(WarehouseError, match=r"could not be built, what was published stays: Catalog Error[^\n]*$"):
        publish(store, warehouse, extractor_version=VERSION, views=tmp_path / "views")
    assert warehouse.read_bytes() == before
    assert not list(tmp_path.glob(".tmp-*"))
