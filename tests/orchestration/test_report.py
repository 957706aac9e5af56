from pathlib import Path

import dagster as dg
import pytest

from orchestration.made import Workspace
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, all_of
from pipeline.report import page
from pipeline.report.page import write_report

pytestmark = pytest.mark.whole


def fail(warehouse: Path) -> None:
    raise OSError(28, "No space left on device", str(warehouse.with_name("report.html")))


def test_a_refresh_writes_the_report_beside_the_published_file(workspace: Workspace) -> None:
    assert workspace.refresh().report_failure is None
    assert page_of(workspace).read_text(encoding="utf-8").startswith("<!doctype html>")
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


def page_of(workspace: Workspace) -> Path:
    return workspace.file.parent / "report.html"


def made_anew(workspace: Workspace, folder: Path) -> bytes:
    """The page as it comes out where none lies beside the file."""
    kept = page_of(workspace).rename(folder / "kept.html")
    write_report(workspace.file)
    made = page_of(workspace).read_bytes()
    kept.replace(page_of(workspace))
    return made


def test_where_nothing_changed_the_page_is_kept_but_for_when_it_was_published(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.refresh()
    (workspace.texts / "port.md").unlink()
    workspace.refresh()
    with monkeypatch.context() as patch:
        patch.setattr(page, "_anew", lambda *_: pytest.fail("made anew"))
        workspace.refresh()
    assert b"Nothing with the last refresh." in page_of(workspace).read_bytes()
    assert page_of(workspace).read_bytes() == made_anew(workspace, tmp_path)


def test_a_source_that_fails_is_told_in_a_page_that_is_kept(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.refresh()
    (workspace.texts / "empty.txt").write_text("", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(page, "_anew", lambda *_: pytest.fail("made anew"))
        workspace.refresh()
    assert b"1 unreadable" in page_of(workspace).read_bytes()
    assert page_of(workspace).read_bytes() == made_anew(workspace, tmp_path)


def test_a_page_of_other_texts_and_one_that_was_written_to_are_made_anew(workspace: Workspace, tmp_path: Path) -> None:
    workspace.refresh()
    first = page_of(workspace).read_bytes()
    (workspace.texts / "port.md").unlink()
    workspace.refresh()
    assert page_of(workspace).read_bytes() == made_anew(workspace, tmp_path) != first
    right = page_of(workspace).read_bytes()
    page_of(workspace).write_bytes(right.replace(b"<h1>Trade", b"<h1>Fraud"))
    write_report(workspace.file)
    assert page_of(workspace).read_bytes() == right


def test_the_asset_says_where_the_page_is_and_how_large(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    definitions = build_definitions(workspace.resources())
    tags = all_of(align_partitions(instance, ["texts"]))
    assert definitions.resolve_job_def("refresh").execute_in_process(instance=instance, tags=tags).success
    found = instance.get_latest_materialization_event(dg.AssetKey("report"))
    assert found is not None
    assert found.asset_materialization is not None
    metadata = found.asset_materialization.metadata
    assert metadata["file"].value == str(page_of(workspace))
    assert metadata["size"].value == page_of(workspace).stat().st_size


def test_a_trial_beside_the_dataset_leaves_the_page_of_the_dataset(workspace: Workspace, tmp_path: Path) -> None:
    workspace.refresh()
    before = (workspace.file.parent / "report.html").read_bytes()
    (workspace.texts / "port.md").unlink()
    trial = workspace.file.with_name("trial.duckdb")
    workspace.refresh(store=tmp_path / "trial", warehouse=trial)
    assert (workspace.file.parent / "report.html").read_bytes() == before
    assert (workspace.file.parent / "trial-report.html").read_bytes() != before
