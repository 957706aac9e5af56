"""A refresh that changes nothing takes the file over, and the file is the one that would have been made anew."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.contract.published import ANALYSIS_TABLES, PUBLISHED_TABLES
from pipeline.warehouse import carrying, publishing
from pipeline.warehouse.carrying import REWRITTEN
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.sql import statements, uses
from pipeline.warehouse.store import Store
from tests.warehouse import made
from tests.warehouse.made import EXAMPLE, raw, refresh

INPUTS = [raw("a.txt", EXAMPLE), raw("b.txt", "B\nexports KAZ GEO 7 t\ncargo 3 t\nbroken\n"), raw("c.bin", "\0\0")]


def _made_anew(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Notes for each publishing from now on whether the file was made anew."""
    noted: list[bool] = []
    build = publishing._build

    def built(*arguments: object, **named: object) -> object:
        noted[-1:] = [True]
        return build(*arguments, **named)  # type: ignore[arg-type]

    whole = publishing.publish

    def published(*arguments: object, **named: object) -> object:
        noted.append(False)
        return whole(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "_build", built)
    monkeypatch.setattr(made, "publish", published)
    return noted


def _dump(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {table.name: connection.execute(f"FROM {table.name}").fetchall() for table in PUBLISHED_TABLES}


@pytest.mark.whole
def test_the_file_is_the_one_that_would_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = _made_anew(monkeypatch)
    dumps = []
    for way, carries in (("carried", carrying.carries), ("anew", lambda *_: False)):
        monkeypatch.setattr(carrying, "carries", carries)
        store, warehouse = Store(tmp_path / way / "store"), tmp_path / way / "corridor.duckdb"
        refresh(store, INPUTS, warehouse)
        _, _, again = refresh(store, INPUTS, warehouse, 2)
        assert again.published
        assert {"passed": all(check.passed for check in again.checks)} == {"passed": True}
        refresh(store, INPUTS, warehouse, 3)
        dumps.append(_dump(warehouse))
        assert [path.name for path in warehouse.parent.iterdir() if path.name.startswith(".")] == []
    assert noted == [True, False, False, True, True, True]
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["refreshes"]) == 3


def test_what_changes_in_any_way_is_made_anew(store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = _made_anew(monkeypatch)
    refresh(store, INPUTS, warehouse)
    refresh(store, INPUTS, warehouse, 2)
    refresh(store, INPUTS[1:], warehouse, 3)  # one left
    refresh(store, [raw("a.txt", EXAMPLE), raw("b.txt", "B\ncargo 4 t\n")], warehouse, 4)  # one changed
    refresh(store, [raw("d.txt", EXAMPLE), raw("b.txt", "B\ncargo 4 t\n")], warehouse, 5)  # one moved
    monkeypatch.setattr(carrying, "made_by", lambda: "another program")
    refresh(store, [raw("d.txt", EXAMPLE), raw("b.txt", "B\ncargo 4 t\n")], warehouse, 6)
    refresh(store, [raw("d.txt", EXAMPLE), raw("b.txt", "B\ncargo 4 t\n")], warehouse, 7)
    assert noted == [True, False, True, True, True, True, False]


def test_a_file_that_the_store_did_not_publish_last_is_made_anew(
    store: Store, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = _made_anew(monkeypatch)
    refresh(store, INPUTS, warehouse)
    refresh(store, INPUTS, tmp_path / "other.duckdb", 2)
    refresh(store, INPUTS, warehouse, 3)
    warehouse.unlink()
    refresh(store, INPUTS, warehouse, 4)
    assert noted == [True] * 4
    assert len(_dump(warehouse)["refreshes"]) == 4


@pytest.mark.parametrize(
    "harm", ["UPDATE trade_claims SET value_low = 999", "DROP VIEW source_status", "CREATE TABLE mine (a INT)"]
)
def test_a_file_that_somebody_wrote_to_is_made_anew(
    store: Store, warehouse: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = _made_anew(monkeypatch)
    refresh(store, INPUTS, warehouse)
    whole = _dump(warehouse)["trade_claims"]
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(harm)
    refresh(store, INPUTS, warehouse, 2)
    assert noted == [True, True]
    assert _dump(warehouse)["trade_claims"] == whole
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("FROM source_status")
        assert connection.execute("FROM duckdb_tables() WHERE table_name = 'mine'").fetchall() == []


@pytest.mark.parametrize("content", [None, b"{", b'{"refresh_id": "x"}'])
def test_a_store_that_does_not_know_the_file_makes_it_anew(
    store: Store, warehouse: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = _made_anew(monkeypatch)
    refresh(store, INPUTS, warehouse)
    if content is None:
        store.place.remove("published.json")
    else:
        store.place.write("published.json", content)
    refresh(store, INPUTS, warehouse, 2)
    assert noted == [True, True]


def test_a_text_of_tomorrow_has_answers_worked_out_again(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = _made_anew(monkeypatch)
    refresh(store, INPUTS, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("UPDATE documents SET published_on = ?", [date(2999, 1, 1)])
    refresh(store, INPUTS, warehouse, 2)
    assert noted == [True, True]


def test_an_error_while_carrying_over_keeps_the_file(store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(store, INPUTS, warehouse)
    before = warehouse.read_bytes()

    def fail(*_: object) -> bool:
        raise duckdb.IOException("the disk is gone")

    monkeypatch.setattr(carrying, "rewrite", fail)
    with pytest.raises(WarehouseError, match="the disk is gone"):
        refresh(store, INPUTS, warehouse, 2)
    assert warehouse.read_bytes() == before
    assert not [path for path in warehouse.parent.iterdir() if path.name.startswith(".tmp")]


def test_checks_of_what_is_written_anew_run_again(store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refresh(store, INPUTS, warehouse)
    rewrite = carrying.rewrite

    def twice(connection: duckdb.DuckDBPyConnection, *arguments: object) -> bool:
        found = rewrite(connection, *arguments)  # type: ignore[arg-type]
        connection.execute("UPDATE documents SET last_seen = first_seen - INTERVAL 1 DAY")
        return found

    monkeypatch.setattr(carrying, "rewrite", twice)
    _, _, publication = refresh(store, INPUTS, warehouse, 2)
    assert not publication.published
    assert "documents_are_whole" in [check.name for check in publication.failed_checks]


def test_answers_depend_on_the_times_of_refreshes_in_one_known_way() -> None:
    written = statements("analysis") + statements("columns")
    names = {table.name for table in REWRITTEN}
    assert {statement.name for statement in written if "last_seen" in statement.sql} == {"targets"}
    assert "max(least(published_on, timezone('UTC', last_seen)::DATE))" in next(
        statement.sql for statement in written if statement.name == "targets"
    )
    for statement in written:
        assert not names & {word.strip("(),;") for word in statement.sql.split()}, statement.name
    assert uses(statements("analysis")).keys() == {table.name for table in ANALYSIS_TABLES}
