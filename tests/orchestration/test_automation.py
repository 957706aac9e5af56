import contextvars
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import pytest

from orchestration.made import Workspace, write_texts
from pipeline.orchestration import sensors
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, all_of, partition_changes
from pipeline.orchestration.resources import SourcesResource, StoreViewResource, WarehouseResource
from pipeline.orchestration.schedules import daily
from pipeline.orchestration.sensors import changed_sources
from pipeline.sources.raw import SourceError


def look(workspace: Workspace, instance: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(instance=instance, cursor=cursor)
    sources = SourcesResource(file=str(workspace.root / "sources.toml"))
    found = changed_sources(context, sources=sources, store_view=StoreViewResource(folder=str(workspace.store)))
    assert isinstance(found, dg.SensorResult | dg.SkipReason)
    return found


def test_the_first_look_starts_a_refresh_of_all_sources(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    write_texts(workspace.root / "more")
    workspace.declare(texts="texts", more="more")
    found = look(workspace, instance, None)
    assert isinstance(found, dg.SensorResult)
    assert [request.tags for request in found.run_requests or ()] == [all_of(["texts", "more"])]
    assert [request.partition_keys for request in found.dynamic_partitions_requests or ()] == [["texts", "more"]]


def test_nothing_new_starts_nothing(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    workspace.declare(texts="texts")
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    assert isinstance(look(workspace, instance, first.cursor), dg.SkipReason)


def run_of(instance: dg.DagsterInstance, status: dg.DagsterRunStatus) -> None:
    instance.add_run(dg.DagsterRun("refresh", status=status, tags=all_of(["texts"])))


def test_a_refresh_that_failed_is_asked_for_again_after_a_pause(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.declare(texts="texts")
    align_partitions(instance, ["texts"])
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    folder_as_file = {**workspace.resources(), "warehouse_file": WarehouseResource(file=str(workspace.root))}
    job = build_definitions(folder_as_file).resolve_job_def("refresh")
    assert not job.execute_in_process(instance=instance, tags=all_of(["texts"]), raise_on_error=False).success
    paused = look(workspace, instance, first.cursor)
    assert isinstance(paused, dg.SkipReason)
    assert "after a pause" in str(paused.skip_message)
    monkeypatch.setattr(sensors, "SECONDS_BEFORE_TRYING_AGAIN", -60)
    again = look(workspace, instance, first.cursor)
    assert isinstance(again, dg.SensorResult)
    assert len(again.run_requests or ()) == 1
    run_of(instance, dg.DagsterRunStatus.SUCCESS)
    assert isinstance(look(workspace, instance, again.cursor), dg.SkipReason)


def ended(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, *sources: str) -> None:
    run = dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=all_of(sources))
    instance.add_run(run)
    kinds = {
        dg.DagsterRunStatus.SUCCESS: dg.DagsterEventType.RUN_SUCCESS,
        dg.DagsterRunStatus.FAILURE: dg.DagsterEventType.RUN_FAILURE,
        dg.DagsterRunStatus.CANCELED: dg.DagsterEventType.RUN_CANCELED,
    }
    instance.report_dagster_event(dg.DagsterEvent(kinds[status].value, "refresh", message="ended"), run.run_id)


@pytest.mark.parametrize(
    ("runs", "asked"),
    [
        ([("FAILURE", "texts")], ["texts"]),
        ([("FAILURE", "texts"), ("SUCCESS", "more")], ["texts"]),
        ([("FAILURE", "texts"), *[("SUCCESS", "more")] * 30], ["texts"]),
        ([("FAILURE", "more"), ("FAILURE", "texts")], ["texts", "more"]),
        ([("FAILURE", "texts"), ("SUCCESS", "texts"), ("FAILURE", "more")], ["more"]),
        ([("CANCELED", "texts")], None),
        ([("FAILURE", "texts"), ("CANCELED", "texts")], None),
        ([("FAILURE", "texts"), ("STARTED", "more")], ["texts"]),
        ([("FAILURE", "texts"), ("STARTED", "texts")], None),
    ],
)
def test_each_source_is_tried_again_by_how_its_own_last_run_ended(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    monkeypatch: pytest.MonkeyPatch,
    runs: list[tuple[str, str]],
    asked: list[str] | None,
) -> None:
    write_texts(workspace.root / "more")
    workspace.declare(texts="texts", more="more")
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    align_partitions(instance, ["texts", "more"])
    for status, source in runs:
        if status == "STARTED":
            instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=all_of([source])))
        else:
            ended(instance, dg.DagsterRunStatus[status], source)
    monkeypatch.setattr(sensors, "SECONDS_BEFORE_TRYING_AGAIN", -60)
    found = look(workspace, instance, first.cursor)
    if asked is None:
        assert isinstance(found, dg.SkipReason)
    else:
        assert isinstance(found, dg.SensorResult)
        assert [request.tags for request in found.run_requests or ()] == [all_of(asked)]


def test_no_refresh_is_asked_for_while_one_is_under_way(
    workspace: Workspace, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.declare(texts="texts")
    run_of(instance, dg.DagsterRunStatus.STARTED)
    found = look(workspace, instance, None)
    assert isinstance(found, dg.SkipReason)
    assert "under way" in str(found.skip_message)
    monkeypatch.setattr(sensors, "SECONDS_UNTIL_GIVEN_UP", -60)
    assert isinstance(look(workspace, instance, None), dg.SensorResult)


def test_runs_of_other_sources_are_not_waited_for(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    workspace.declare(texts="texts", more="more")
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    partitions = align_partitions(instance, ["texts", "more"])
    (workspace.root / "more" / "new.txt").write_text("Something new.", encoding="utf-8")
    run_of(instance, dg.DagsterRunStatus.STARTED)
    found = look(workspace, instance, first.cursor)
    assert isinstance(found, dg.SensorResult)
    assert [dict(one.tags) for one in found.run_requests or ()] == [dict(all_of(["more"]))]
    instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=all_of(partitions)))
    assert isinstance(look(workspace, instance, first.cursor), dg.SkipReason)


@pytest.mark.parametrize("change", ["add", "change", "remove", "folder"])
def test_a_change_in_a_folder_starts_a_refresh(workspace: Workspace, instance: dg.DagsterInstance, change: str) -> None:
    workspace.declare(texts="texts")
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    changes = {
        "add": lambda: write_texts(workspace.texts, {"new.txt": "New\n"}),
        "change": lambda: write_texts(workspace.texts, {"port.md": "Changed\n"}),
        "remove": (workspace.texts / "port.md").unlink,
        "folder": lambda: workspace.texts.rename(workspace.root / "gone"),
    }
    changes[change]()
    second = look(workspace, instance, first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert len(second.run_requests or ()) == 1


def test_declared_and_retired_sources_become_and_cease_to_be_partitions(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    align_partitions(instance, ["texts", "old"])
    write_texts(workspace.root / "more")
    workspace.declare(texts="texts", more="more")
    found = look(workspace, instance, '{"old": "", "texts": ""}')
    assert isinstance(found, dg.SensorResult)
    added, deleted = found.dynamic_partitions_requests or ()
    assert isinstance(added, dg.AddDynamicPartitionsRequest)
    assert isinstance(deleted, dg.DeleteDynamicPartitionsRequest)
    assert (added.partition_keys, deleted.partition_keys) == (["more"], ["old"])
    assert [request.tags for request in found.run_requests or ()] == [all_of(["texts", "more"])]


def test_a_declared_source_that_a_refresh_of_others_retired_is_asked_for_once(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    write_texts(workspace.texts)
    write_texts(workspace.root / "more", {"more.txt": "More\n\nMore was written."})
    declaration = workspace.declare(texts="texts", more="more")
    first = look(workspace, instance, None)
    assert isinstance(first, dg.SensorResult)
    align_partitions(instance, ["texts", "more"])
    for sources in ({"folders": (), "sources_file": declaration}, {}, {"folders": (), "sources_file": declaration}):
        retired = "folders" not in sources
        workspace.refresh(**sources)
        found = look(workspace, instance, first.cursor)
        assert isinstance(found, dg.SensorResult) is retired
        if isinstance(found, dg.SensorResult):
            assert [request.tags for request in found.run_requests or ()] == [all_of(["more"])]
            first = found
            assert isinstance(look(workspace, instance, found.cursor), dg.SkipReason)


def test_a_faulty_declaration_fails_the_look(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    (workspace.root / "sources.toml").write_text("[[source]]\n", encoding="utf-8")
    with pytest.raises(SourceError):
        look(workspace, instance, None)


def test_the_schedule_asks_for_all_declared_sources(workspace: Workspace) -> None:
    workspace.declare(texts="texts", more="more")

    def tick() -> None:
        instance = dg.DagsterInstance.local_temp(str(workspace.root))
        with dg.build_schedule_context(instance=instance, scheduled_execution_time=datetime.now(UTC)) as context:
            requests = daily(context, sources=SourcesResource(file=str(workspace.root / "sources.toml")))
            assert isinstance(requests, list)
            assert [request.tags for request in requests] == [all_of(["texts", "more"])]
            assert context.instance.get_dynamic_partitions("source") == ["texts", "more"]

    # An instance on disk stays the current one of its context.
    contextvars.copy_context().run(tick)


def test_aligning_partitions_is_done_once(instance: dg.DagsterInstance) -> None:
    assert align_partitions(instance, ["b", "a"]) == ["b", "a"]
    assert align_partitions(instance, ["a", "c"]) == ["a", "c"]
    assert partition_changes(["a", "c"], ["c", "a"]) == ([], ["a", "c"])


def test_there_must_be_something_to_refresh() -> None:
    with pytest.raises(ValueError, match="no source"):
        all_of([])


FOLLOWERS = ("claims", "evaluation", "warehouse", "report")


class Following:
    """The graph in an instance, as the sensor that follows sees it from tick to tick."""

    def __init__(self, workspace: Workspace, instance: dg.DagsterInstance) -> None:
        write_texts(workspace.root / "more")
        sources = SourcesResource(file=str(workspace.declare(texts="texts", more="more")))
        self.definitions = build_definitions({**workspace.resources(), "sources": sources})
        self.instance = instance
        self.cursor: Any = None
        self.tags = all_of(align_partitions(instance, ["texts", "more"]))

    def requested(self) -> dict[str, int]:
        """Asset -> how many of its partitions the next tick asks for."""
        result = dg.evaluate_automation_conditions(defs=self.definitions, instance=self.instance, cursor=self.cursor)
        self.cursor = result.cursor
        found = {name: result.get_num_requested(dg.AssetKey(name)) for name in FOLLOWERS}
        return {name: count for name, count in found.items() if count}

    def refresh(self) -> None:
        """What schedule and sensor run."""
        assert self.definitions.resolve_job_def("refresh").execute_in_process(instance=self.instance, tags=self.tags).success

    def materialize(self, *names: str, partition: str | None = None) -> None:
        """What the UI, or a tick, runs."""
        job = self.definitions.resolve_implicit_global_asset_job_def()
        selection = [dg.AssetKey(name) for name in names]
        result = job.execute_in_process(instance=self.instance, asset_selection=selection, partition_key=partition)
        assert result.success


def test_a_refresh_of_all_leaves_nothing_to_follow(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    following = Following(workspace, instance)
    assert following.requested() == {}
    for _ in range(2):
        following.refresh()
        assert following.requested() == {}
        assert following.requested() == {}


def test_a_source_refreshed_by_hand_is_followed_up_to_the_published_file(
    workspace: Workspace, instance: dg.DagsterInstance
) -> None:
    following = Following(workspace, instance)
    following.refresh()
    assert following.requested() == {}
    (workspace.texts / "port.md").unlink()
    following.materialize("documents", partition="texts")
    assert following.requested() == {"claims": 1}
    # Asked for once: a run that finds another writer and leaves is not tried again and again.
    assert following.requested() == {}
    following.materialize("claims", partition="texts")
    assert following.requested() == {"evaluation": 1, "warehouse": 1, "report": 1}
    following.materialize("evaluation", "warehouse", "report")
    assert following.requested() == {}
    assert "port.md" not in [
        name for (name,) in workspace.rows("SELECT file_name FROM document_locations WHERE source = 'texts'")
    ]
    assert workspace.rows("SELECT status FROM refreshes") == [("published",)] * 2
