from pathlib import Path

import pytest

from pipeline.warehouse.store import Store


@pytest.fixture(autouse=True)
def claims_unless_whole(request: pytest.FixtureRequest) -> None:
    """These tests are about the store and the file: what is made of claims is left out, unless a test is marked `whole`."""
    if not request.node.get_closest_marker("whole"):
        request.getfixturevalue("without_answers")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "corridor.duckdb"
