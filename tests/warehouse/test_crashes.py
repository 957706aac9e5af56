"""A refresh that is killed at any moment, by a process of its own, and the next one that repairs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.warehouse import files, publishing
from pipeline.warehouse.errors import LockHeldError, StoreFormatError
from pipeline.warehouse.store import FAILED, INTERRUPTED, Store

from .made import EXAMPLE, day, raw, refresh, refresh_source

# Kills itself at the nth call of a function through which every write goes, in a second refresh.
KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from made_texts.made import raw, refresh
from pipeline.warehouse import files, publishing
from pipeline.warehouse.store import Store

place, left = sys.argv[3], int(sys.argv[4])

def deadly(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call

for module, name in {
    "move": [(files, "move_into_place")],
    "build": [(publishing, "run_checks")],
}[place]:
    setattr(module, name, deadly(getattr(module, name)))
folder = Path(sys.argv[2])
texts = [raw("a.txt", "A\\nexports KAZ GEO 9 t\\n"), raw("c.txt", "C\\ncargo 2 t\\n")]
refresh(Store(folder / "store"), texts, folder / "corridor.duckdb", 2)
print("finished")
"""
SECOND = [raw("a.txt", "A\nexports KAZ GEO 9 t\n"), raw("c.txt", "C\ncargo 2 t\n")]


@pytest.fixture(scope="module")
def after_one_refresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    refresh(Store(folder / "store"), [raw("a.txt", EXAMPLE), raw("b.txt", "B\ncargo 1 t\n")], folder / "corridor.duckdb")
    package = folder / "code" / "made_texts"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copy(Path(__file__).with_name("made.py"), package)
    return folder


def content(warehouse: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{warehouse}' AS corridor (READ_ONLY)")
        connection.execute("USE corridor")
        return connection.execute(
            "SELECT file_name, first_seen, last_seen, family, value_low"
            " FROM documents LEFT JOIN claims USING (doc_id) ORDER BY ALL"
        ).fetchall()


BEFORE = [
    ("a.txt", day(1), day(1), "agreement", None),
    ("a.txt", day(1), day(1), "freight", 40.0),
    ("a.txt", day(1), day(1), "trade", 12.0),
    ("b.txt", day(1), day(1), "freight", 1.0),
]
SECOND_DAY = [("a.txt", day(2), day(2), "trade", 9.0), ("c.txt", day(2), day(2), "freight", 2.0)]


def require_repair(folder: Path) -> None:
    """The live file is good, and a refresh on day three makes all as if nothing had happened."""
    store, warehouse = Store(folder / "store"), folder / "corridor.duckdb"
    assert content(warehouse) in (BEFORE, SECOND_DAY)
    _, _, publication = refresh(store, SECOND, warehouse, 3)
    assert publication.published
    assert {row[1] for row in content(warehouse)} in ({day(2)}, {day(3)}, {day(2), day(3)})
    assert [(name, last, family, value) for name, _, last, family, value in content(warehouse)] == [
        ("a.txt", day(3), "trade", 9.0),
        ("c.txt", day(3), "freight", 2.0),
    ]
    assert not [path for path in folder.rglob("*") if path.name.startswith(".tmp-")]
    assert sorted(store.claims.index()["doc_id"]) == sorted(store.ledger("made").filter(state="present")["doc_id"])
    assert store.refreshes()["status"].to_list() in (
        ["published"] * 2,
        ["published"] * 3,
        ["published", INTERRUPTED, "published"],
    )
    assert store.refresh_under_way() is None


@pytest.mark.parametrize(("place", "turn"), [("move", 4), ("move", 8), ("build", 1)])
def test_a_refresh_killed_by_the_system_is_repaired_by_the_next(
    after_one_refresh: Path, tmp_path: Path, place: str, turn: int
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(after_one_refresh, folder)
    command = [sys.executable, "-c", KILLED, str(folder / "code"), str(folder), place, str(turn)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert (run.returncode, run.stdout) == (-9, ""), run.stderr
    require_repair(folder)
    killed, next_one = Store(folder / "store").refreshes().tail(2).rows(named=True)
    assert (killed["started_at"], killed["status"], killed["claims"]) == (day(2), INTERRUPTED, 0)
    assert (next_one["started_at"], next_one["status"]) == (day(3), "published")


def test_what_lies_on_disk_before_any_write_of_a_refresh_is_repaired_by_the_next(
    after_one_refresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(after_one_refresh, folder)
    snapshots: list[Path] = []

    def noticed(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            snapshots.append(tmp_path / str(len(snapshots)))
            shutil.copytree(folder, snapshots[-1])
            return function(*arguments)

        return call

    with monkeypatch.context() as patch:
        for name in ("move_into_place", "remove_folder"):
            patch.setattr(files, name, noticed(getattr(files, name)))
        refresh(Store(folder / "store"), SECOND, folder / "corridor.duckdb", 2)
    assert len(snapshots) > 10
    for snapshot in snapshots:
        require_repair(snapshot)


def test_a_refresh_cut_off_before_publishing_is_carried_on(store: Store, warehouse: Path) -> None:
    refresh_source(store, [raw("a.txt", EXAMPLE)])
    cut_off = store.refresh_under_way()
    assert cut_off is not None
    reading, extraction, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert (reading.documents_new, extraction.extracted, publication.refresh_id) == (0, 0, cut_off.refresh_id)
    assert store.refreshes().select("started_at", "finished_at", "status").rows() == [(day(1), day(2), "published")]


@pytest.mark.parametrize(("error", "status"), [(OSError("disk full"), FAILED), (KeyboardInterrupt(), INTERRUPTED)])
def test_a_refresh_that_breaks_off_is_logged_and_the_next_has_an_id_of_its_own(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: str
) -> None:
    def broken(*arguments: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "run_checks", broken)
        with pytest.raises(type(error)):
            refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    assert store.refresh_under_way() is None
    logged = store.refreshes().row(0, named=True)
    assert (logged["status"], logged["documents_new"], logged["claims"]) == (status, 1, 0)
    assert logged["detail"] == ("OSError: disk full" if status == FAILED else "it was stopped before it ended")
    _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)
    assert publication.published
    assert publication.refresh_id != logged["refresh_id"]
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute("SELECT status FROM refreshes ORDER BY started_at").fetchall()
    assert found == [(status,), ("published",)]


def test_a_refresh_that_fails_its_checks_tells_which(store: Store, warehouse: Path, tmp_path: Path) -> None:
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "no_documents.sql").write_text("-- There is none.\nSELECT doc_id FROM documents")
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, checks=checks)
    assert store.refreshes().select("status", "detail").rows() == [("failed_checks", "no_documents")]
    assert store.refresh_under_way() is None


def test_an_end_without_a_refresh_is_nothing(store: Store) -> None:
    store.end_refresh(FAILED)
    assert store.refreshes().is_empty()


def test_a_reading_that_was_not_logged_is_logged_by_the_next_writer(store: Store) -> None:
    refresh_source(store, [raw("a.txt", EXAMPLE)])
    logged = store.source_refreshes()
    (store.place.folder / "source_refreshes.parquet").unlink()
    with store.exclusive():
        assert store.source_refreshes().equals(logged)


def test_a_second_writer_of_a_store_leaves_at_once(store: Store) -> None:
    attempt = (
        "import sys; from pathlib import Path; from pipeline.warehouse.store import Store\n"
        "with Store(Path(sys.argv[1])).exclusive(): pass"
    )
    with store.exclusive():
        run = subprocess.run(
            [sys.executable, "-c", attempt, str(store.place.folder)], capture_output=True, text=True, check=False
        )
    assert run.returncode == 1
    assert f"{LockHeldError.__name__}: the store {store.place.folder} is being written by process {os.getpid()}" in run.stderr


def test_a_folder_with_other_things_in_it_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(StoreFormatError, match="holds other things"), Store(tmp_path).exclusive():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]
