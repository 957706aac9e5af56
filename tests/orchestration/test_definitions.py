from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipeline.orchestration.definitions import build_definitions, defs
from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.resources import SourcesResource, StoreResource, StoreViewResource, WarehouseResource
from pipeline.warehouse.checks import checks
from pipeline.warehouse.errors import PlaceError

TABLES = {"documents", "claims", "evaluation", "warehouse"}  # the assets that hold tables


def test_assets_are_exactly_these() -> None:
    graph = defs.resolve_asset_graph()
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == {*TABLES, "report"}


def test_the_warehouse_follows_claims_and_claims_follow_documents() -> None:
    graph = defs.resolve_asset_graph()
    assert graph.get(dg.AssetKey("claims")).parent_keys == {dg.AssetKey("documents")}
    assert graph.get(dg.AssetKey("evaluation")).parent_keys == {dg.AssetKey("claims")}
    assert graph.get(dg.AssetKey("warehouse")).parent_keys == {dg.AssetKey("claims"), dg.AssetKey("evaluation")}
    assert graph.get(dg.AssetKey("report")).parent_keys == {dg.AssetKey("warehouse")}


def test_documents_and_claims_are_divided_by_source_and_one_run_takes_all() -> None:
    graph = defs.resolve_asset_graph()
    for name in ("documents", "claims"):
        node = graph.get(dg.AssetKey(name))
        assert isinstance(node.partitions_def, dg.DynamicPartitionsDefinition)
        assert node.partitions_def.name == "source"
        assert node.backfill_policy == dg.BackfillPolicy.single_run()
    for name in ("evaluation", "warehouse", "report"):
        assert graph.get(dg.AssetKey(name)).partitions_def is None


@pytest.mark.whole
def test_checks_are_exactly_these_and_those_on_claims_and_warehouse_block() -> None:
    graph = defs.resolve_asset_graph()
    found = {f"{key.asset_key.to_user_string()}:{key.name}": graph.get(key).blocking for key in graph.asset_check_keys}
    assert found == {
        "documents:sources_were_read": False,
        "documents:inputs_were_readable": False,
        "documents:sources_kept_their_documents": False,
        "documents:volumes_are_usual": False,
        "documents:sources_are_fresh": False,
        "claims:texts_were_extracted": False,
        "claims:nothing_was_lost": True,
        "evaluation:accuracy_is_above_its_floors": False,
        **{f"warehouse:{statement.name}": True for statement in checks()},
    }
    assert "warehouse:evidence_is_in_the_text" in found


def test_jobs_schedules_and_sensors_are_exactly_these() -> None:
    repository = defs.get_repository_def()
    assert {job.name for job in repository.get_all_jobs() if not job.name.startswith("__")} == {"refresh"}
    assert {schedule.name: schedule.cron_schedule for schedule in repository.schedule_defs} == {"daily": "0 5 * * *"}
    assert {sensor.name for sensor in repository.sensor_defs} == {
        *("changed_sources", "rescheduled_sources", "failed_sources", "follow_sources"),
        *("freshness", "alerts"),
    }


def test_schedule_and_sensor_run_without_being_switched_on() -> None:
    repository = defs.get_repository_def()
    assert repository.schedule_defs[0].default_status is dg.DefaultScheduleStatus.RUNNING
    assert {sensor.default_status for sensor in repository.sensor_defs} == {dg.DefaultSensorStatus.RUNNING}


def test_the_job_takes_all_in_one_process() -> None:
    job = defs.resolve_job_def("refresh")
    assert job.executor_def is dg.in_process_executor
    selected = {key.to_user_string() for key in job.asset_layer.selected_asset_keys}
    assert selected == {*TABLES, "report"}
    assert refresh.selection == dg.AssetSelection.all()


def test_every_asset_describes_itself_and_its_columns() -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description
        if key.to_user_string() not in TABLES:
            continue
        schemas = [value for value in node.metadata.values() if isinstance(value, dg.TableSchemaMetadataValue | dg.TableSchema)]
        assert schemas, key


def test_overrides_take_the_place_of_resources() -> None:
    mine = WarehouseResource(file="elsewhere.duckdb")
    assert build_definitions({"warehouse_file": mine}).resources["warehouse_file"] is mine
    with pytest.raises(ValueError, match="no asset uses warehouse;"):
        build_definitions({"warehouse": mine})


def test_resources_take_the_store_that_the_environment_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    context = dg.build_init_resource_context()
    named, given = tmp_path / "named", tmp_path / "given"
    monkeypatch.setenv("CORRIDOR_STORE", str(named))
    with (
        StoreResource().yield_for_execution(context) as store,
        StoreResource(folder=str(given)).yield_for_execution(context) as other,
    ):
        assert (store.address, other.address) == (str(named), str(given))
    assert StoreViewResource().store().address == str(named)
    monkeypatch.setenv("CORRIDOR_STORE", "")
    assert StoreViewResource().store().address == "warehouse/store"


def test_a_store_out_of_reach_does_not_keep_the_graph_from_being_loaded(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # without a declaration of sources, so that the store decides which is taken
    monkeypatch.setenv("CORRIDOR_STORE", "s3://missing/store")
    with pytest.raises(PlaceError, match="no bucket missing"):
        SourcesResource().declared()
    assert build_definitions().get_repository_def().sensor_defs
