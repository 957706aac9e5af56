from pathlib import Path

import dagster as dg
import pytest

from orchestration.made import Workspace, write_texts


@pytest.fixture(autouse=True)
def claims_unless_whole(request: pytest.FixtureRequest) -> None:
    """These tests are about what runs when: what is made of the claims is left out, unless a test is marked `whole`."""
    if not request.node.get_closest_marker("whole"):
        request.getfixturevalue("without_answers")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A folder of texts, a store and a published file, none of them the project's own."""
    write_texts(tmp_path / "texts")
    return Workspace(tmp_path)


@pytest.fixture
def instance() -> dg.DagsterInstance:
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})
