from pathlib import Path

import dagster as dg
import pytest

from orchestration.made import Workspace
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, all_of

pytestmark = pytest.mark.whole


def fail(warehouse: Path) -> None:
    raise OSError(28, "No space left on device", str(warehouse.with_name("report.html")))


def test_a_refresh_writes_the_report_beside_the_published_file(workspace: Workspace) -> None:
    assert workspace.refresh().report_failure is None
    page = (workspace.file.parent / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    workspace.refresh()
    assert sorted(path.name for path in workspace.file.parent.iterdir() if path.suffix in (".html", ".duckdb")) == [
        "corridor.duckdb",
        "report.html",
    ]


def test_a_report_that_fails_leaves_the_data_published_and_the_page_as_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.refresh()
    before = (workspace.file.parent / "report.html").read_bytes()
    (workspace.texts / "port.md").unlink()
    monkeypatch.setattr("pipeline.report.page.write_report", fail)
    outcome = workspace.refresh()
    assert outcome.status.changes["removed"] == 1
    assert outcome.report_failure is not None
    assert "was published, but its report could not be written: OSError" in outcome.report_failure
    assert "`corridor report` tries again" in outcome.report_failure
    assert workspace.rows("SELECT status FROM refreshes") == [("published",)] * 2
    assert (workspace.file.parent / "report.html").read_bytes() == before


def test_the_asset_says_where_the_page_is_and_how_large(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    definitions = build_definitions(workspace.resources())
    tags = all_of(align_partitions(instance, ["texts"]))
    assert definitions.resolve_job_def("refresh").execute_in_process(instance=instance, tags=tags).success
    found = instance.get_latest_materialization_event(dg.AssetKey("report"))
    assert found is not None
    assert found.asset_materialization is not None
    metadata = found.asset_materialization.metadata
    page = workspace.file.parent / "report.html"
    assert metadata["file"].value == str(page)
    assert metadata["size"].value == page.stat().st_size


def test_a_trial_beside_the_dataset_leaves_the_page_of_the_dataset(workspace: Workspace, tmp_path: Path) -> None:
    workspace.refresh()
    before = (workspace.file.parent / "report.html").read_bytes()
    (workspace.texts / "port.md").unlink()
    trial = workspace.file.with_name("trial.duckdb")
    workspace.refresh(store=tmp_path / "trial", warehouse=trial)
    assert (workspace.file.parent / "report.html").read_bytes() == before
    assert (workspace.file.parent / "trial-report.html").read_bytes() != before
