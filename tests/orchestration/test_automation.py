import contextvars

import dagster as dg
import pytest

from orchestration.made import Workspace, write_texts
from pipeline.orchestration.partitions import align_partitions, all_of, partition_changes
from pipeline.orchestration.resources import SourcesResource
from pipeline.orchestration.schedules import daily
from pipeline.orchestration.sensors import changed_sources
from pipeline.sources.raw import SourceError


def look(workspace: Workspace, instance: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(instance=instance, cursor=cursor)
    found = changed_sources(context, sources=SourcesResource(file=str(workspace.root / "sources.toml")))
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


def test_a_faulty_declaration_fails_the_look(workspace: Workspace, instance: dg.DagsterInstance) -> None:
    (workspace.root / "sources.toml").write_text("[[source]]\n", encoding="utf-8")
    with pytest.raises(SourceError):
        look(workspace, instance, None)


def test_the_schedule_asks_for_all_declared_sources(workspace: Workspace) -> None:
    workspace.declare(texts="texts", more="more")

    def tick() -> None:
        instance = dg.DagsterInstance.local_temp(str(workspace.root))
        with dg.build_schedule_context(instance=instance) as context:
            request = daily(context, sources=SourcesResource(file=str(workspace.root / "sources.toml")))
            assert isinstance(request, dg.RunRequest)
            assert request.tags == all_of(["texts", "more"])
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
