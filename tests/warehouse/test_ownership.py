"""Two stores do not take turns in replacing each other's dataset unasked."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.errors import OtherStoreError
from pipeline.warehouse.store import Store

from .made import EXAMPLE, raw, refresh


def claims(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return len(connection.execute("FROM claims").fetchall())


def test_another_store_is_refused_and_both_are_named(store: Store, warehouse: Path, tmp_path: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    before = warehouse.read_bytes()
    other = Store(tmp_path / "other")
    told = f"{warehouse} was published from the store {store.address}, and would be replaced by what the store {other.address}"
    with pytest.raises(OtherStoreError, match=f"{told} holds: name another file with --warehouse, or add --replace"):
        refresh(other, [raw("b.txt", "B\ncargo 2 t\n")], warehouse, 5)
    assert warehouse.read_bytes() == before
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)


def test_another_store_publishes_if_it_is_asked_to(store: Store, warehouse: Path, tmp_path: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    refresh(Store(tmp_path / "other"), [raw("b.txt", "B\ncargo 2 t\n")], warehouse, 5, replace=True)
    assert claims(warehouse) == 1
    with pytest.raises(OtherStoreError, match=f"from the store {tmp_path / 'other'}, "):
        refresh(store, [raw("a.txt", EXAMPLE)], warehouse, 2)


def test_the_file_of_a_store_that_was_removed_belongs_to_nobody(store: Store, warehouse: Path, tmp_path: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    shutil.rmtree(tmp_path / "store")
    refresh(Store(tmp_path / "other"), [raw("b.txt", "B\ncargo 2 t\n")], warehouse)
    assert claims(warehouse) == 1


def test_a_store_that_was_moved_alone_or_with_its_file_knows_the_file_for_its_own(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    refresh(Store(here / "store"), [raw("a.txt", EXAMPLE)], here / "corridor.duckdb")
    shutil.copytree(here, there)
    refresh(Store(there / "store"), [raw("a.txt", EXAMPLE)], there / "corridor.duckdb", 2)
    shutil.copytree(there / "store", there / "moved")
    refresh(Store(there / "moved"), [raw("a.txt", EXAMPLE)], there / "corridor.duckdb", 3)
    with duckdb.connect(str(there / "corridor.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT store FROM dataset").fetchall() == [("moved",)]
