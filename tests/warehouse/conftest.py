from pathlib import Path

import pytest

from pipeline.warehouse.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "corridor.duckdb"
