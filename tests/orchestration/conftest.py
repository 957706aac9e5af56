from pathlib import Path

import dagster as dg
import pytest

from orchestration.made import Workspace, write_texts


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A folder of texts, a store and a published file, none of them the project's own."""
    write_texts(tmp_path / "texts")
    return Workspace(tmp_path)


@pytest.fixture
def instance() -> dg.DagsterInstance:
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})
