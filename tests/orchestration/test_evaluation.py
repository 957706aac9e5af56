"""The asset `evaluation` in the real graph, on annotated texts made for the test."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.made import Steps, Workspace
from pipeline.claims.version import extractor_version
from pipeline.contract.models import faults
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CALIBRATION, EVALUATION
from pipeline.evaluation.tables import evaluation_tables
from pipeline.orchestration import assets, checks, resources
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.evaluating import evaluate_folders
from pipeline.orchestration.partitions import align_partitions, all_of
from pipeline.orchestration.resources import GoldResource
from pipeline.warehouse.store import Store
from tests.evaluation.made import QUANTITY, write

FOUND = "SELECT folder, texts, marked, told, f1 FROM evaluation WHERE kind = 'quantities' AND figure = 'found' AND item = 'all'"


def run_job(workspace: Workspace, instance: dg.DagsterInstance, **overrides: object) -> dg.ExecuteInProcessResult:
    job = build_definitions({**workspace.resources(), **overrides}).resolve_job_def("refresh")
    return job.execute_in_process(instance=instance, tags=all_of(align_partitions(instance, ["texts"])))


def outcome(instance: dg.DagsterInstance) -> str:
    event = instance.get_latest_materialization_event(dg.AssetKey("evaluation"))
    assert event is not None
    assert event.asset_materialization is not None
    return str(event.asset_materialization.metadata["outcome"].value)


def verdict(result: dg.ExecuteInProcessResult) -> dg.AssetCheckEvaluation:
    name = "accuracy_is_above_its_floors"
    (check,) = (check for check in result.get_asset_check_evaluations() if check.check_name == name)
    return check


def evaluated_texts(steps: Steps) -> int:
    return steps.done.get("evaluating", 0)


def test_figures_and_calibration_are_published(workspace: Workspace) -> None:
    write(workspace.gold / "news")
    (workspace.gold / "left_out.toml").write_text('[news]\ntexts = "all"\n', encoding="utf-8")
    workspace.refresh()
    assert workspace.rows(f"{FOUND} ORDER BY ALL") == [
        (folder, texts, 1, 1, 1.0) for folder in ("all folders", "news") for texts in ("all", "left_out")
    ]
    ((version, claims),) = workspace.rows(
        "SELECT extractor_version, claims FROM calibration WHERE folder = 'news' AND texts = 'all' AND kind = 'quantities'"
    )
    assert (version, claims) == (extractor_version(), 1)
    slots = workspace.rows("SELECT DISTINCT item FROM evaluation WHERE figure = 'slot' AND kind = 'metadata' ORDER BY ALL")
    assert [name for (name,) in slots] == ["author", "language", "published_on", "publisher", "title"]
    ((found, error),) = workspace.rows(
        "SELECT found_f1, calibration_error FROM accuracy WHERE folder = 'news' AND texts = 'all' AND kind = 'quantities'"
    )
    assert found == 1
    assert isinstance(error, float)


def test_rows_are_those_of_the_contract(workspace: Workspace) -> None:
    write(workspace.gold)
    tables = evaluation_tables(evaluate_folders([workspace.gold]))
    for table in (EVALUATION, CALIBRATION):
        assert tables[table.name].schema == polars_schema(table)
        assert not any(faults(table, tables[table.name]))
        assert not tables[table.name].select(table.key).is_duplicated().any()
        assert tables[table.name].height


def test_the_extractor_is_evaluated_again_only_when_it_or_the_texts_changed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(workspace.gold)
    assert evaluated_texts(workspace.counted()) == 1
    rows = workspace.rows("SELECT * FROM evaluation")
    assert evaluated_texts(workspace.counted()) == 0
    assert workspace.rows("SELECT * FROM evaluation") == rows
    path.write_text(path.read_text(encoding="utf-8").replace('["UZB"]', '["TJK"]'), encoding="utf-8")
    assert evaluated_texts(workspace.counted()) == 1
    assert workspace.rows("SELECT * FROM evaluation") != rows
    (workspace.gold.parent / "left_out.toml").write_text('[gold]\ntexts = "all"\n', encoding="utf-8")
    assert evaluated_texts(workspace.counted()) == 1
    monkeypatch.setattr("pipeline.orchestration.evaluating.extractor_version", lambda: "other")
    assert evaluated_texts(workspace.counted()) == 1


def test_without_annotated_texts_nothing_is_yielded_and_that_is_told(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    result = run_job(workspace, instance)
    assert result.success
    assert outcome(instance) == "there are no annotated texts to evaluate on"
    assert verdict(result).passed
    assert workspace.rows("SELECT * FROM evaluation") == workspace.rows("SELECT * FROM accuracy") == []


def test_figures_leave_with_their_texts(workspace: Workspace) -> None:
    write(workspace.gold)
    workspace.refresh()
    workspace.gold.rename(workspace.root / "elsewhere")
    workspace.refresh()
    assert workspace.rows("SELECT * FROM evaluation") == workspace.rows("SELECT * FROM calibration") == []


def test_a_faulty_annotation_warns_and_keeps_nothing_from_being_published(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write(workspace.gold, quantities=[{**QUANTITY, "unit": "tonne"}])
    result = run_job(workspace, instance)
    assert result.success
    assert outcome(instance).endswith(
        "quantities[0].unit: 'tonne' is no unit: a code of the vocabulary, a currency, or a rate of them such as t/yr"
    )
    assert (verdict(result).passed, verdict(result).severity) == (False, dg.AssetCheckSeverity.WARN)
    assert workspace.file_names()


def test_a_defect_of_the_evaluation_keeps_nothing_from_being_published(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("division by zero")

    write(workspace.gold)
    monkeypatch.setattr(assets, "evaluate_folders", broken)
    assert run_job(workspace, instance).success
    assert outcome(instance) == "failed: ZeroDivisionError: division by zero"
    assert Store(workspace.store).refreshes()["status"].to_list() == ["published"]


def test_accuracy_below_a_floor_warns_and_blocks_nothing(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace.gold / "news", quantities=[{**QUANTITY, "partner": ["TJK"]}])
    monkeypatch.setattr(resources, "default_gold_folder", lambda: workspace.gold)
    floors = {"news": {"quantities": {"found": 0.9, "right": 0.9}}, "lost": {"metadata": {"title": 0.5}}}
    monkeypatch.setattr(checks, "accuracy_floors", lambda: floors)
    result = run_job(workspace, instance, gold=GoldResource())
    assert result.success
    check = verdict(result)
    assert (check.passed, check.severity, check.blocking) == (False, dg.AssetCheckSeverity.WARN, False)
    below = check.metadata["below"].value
    assert isinstance(below, str)
    assert [line.split(" | ")[1:3] for line in below.splitlines()[2:]] == [["quantities", "right"], ["metadata", "title"]]
    floors["news"]["quantities"]["right"] = 0.0
    del floors["lost"]
    assert verdict(run_job(workspace, instance, gold=GoldResource())).passed


def test_a_pool_gives_the_same_figures(workspace: Workspace) -> None:
    for number in range(3):
        write(workspace.gold, name=f"wheat{number}")
    workspace.refresh()
    inline = workspace.rows("SELECT * FROM evaluation")
    pooled = Workspace(workspace.root)
    pooled.store, pooled.file = workspace.root / "store2", workspace.root / "pooled.duckdb"
    pooled.refresh(engine="pool", workers=2)
    assert pooled.rows("SELECT * FROM evaluation") == inline


def test_the_project_s_own_texts_are_the_default(tmp_path: Path) -> None:
    (folder,) = GoldResource().present()
    assert (folder.name, folder.parent.name) == ("gold", "tests")
    assert GoldResource(folders=[str(tmp_path), str(tmp_path / "none")]).present() == [tmp_path]
