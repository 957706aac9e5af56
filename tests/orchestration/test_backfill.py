"""A backfill of one source, as somebody asks for it in the UI: the daemon's own work, in this process."""

import logging
from pathlib import Path

import dagster as dg
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.test_utils import InProcessTestWorkspaceLoadTarget, create_test_daemon_workspace_context, instance_for_test
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._daemon.backfill import execute_backfill_iteration

from orchestration.made import Workspace, write_texts
from pipeline.orchestration.partitions import align_partitions

DEFINITIONS = """
from pathlib import Path
from orchestration.made import Workspace
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.resources import SourcesResource

root = Path({root!r})
resources = {{**Workspace(root).resources(), "sources": SourcesResource(file=str(root / "sources.toml"))}}
defs = build_definitions(resources)
"""
# Runs at once and in this process, in place of a queue and processes.
COORDINATOR = {"module": "dagster._core.run_coordinator", "class": "DefaultRunCoordinator"}
LAUNCHER = {"module": "dagster._core.launcher.sync_in_memory_run_launcher", "class": "SyncInMemoryRunLauncher"}


def test_a_backfill_reads_one_source_in_one_run_and_publishes(workspace: Workspace, tmp_path: Path) -> None:
    write_texts(workspace.root / "more", {"more.txt": "More\n\nIt says little.\n"})
    workspace.declare(texts="texts", more="more")
    code = tmp_path / "made_definitions.py"
    code.write_text(DEFINITIONS.format(root=str(tmp_path)), encoding="utf-8")
    target = LoadableTargetOrigin(python_file=str(code), attribute="defs")
    origin = InProcessCodeLocationOrigin(target, location_name="corridor")
    settings = {"run_launcher": LAUNCHER, "run_coordinator": COORDINATOR, "telemetry": {"enabled": False}}
    with (
        instance_for_test(overrides=settings) as instance,
        create_test_daemon_workspace_context(InProcessTestWorkspaceLoadTarget(origin), instance) as context,
    ):
        align_partitions(instance, ["texts", "more"])
        backfill = PartitionBackfill.from_asset_partitions(
            backfill_id="again",
            asset_graph=context.create_request_context().asset_graph,
            partition_names=["more"],
            asset_selection=[dg.AssetKey(name) for name in ("documents", "claims", "warehouse")],
            backfill_timestamp=1.0,
            tags={},
            dynamic_partitions_store=instance,
            all_partitions=False,
            title=None,
            description=None,
            run_config=None,
        )
        instance.add_backfill(backfill)
        for _ in range(6):
            assert not [error for error in execute_backfill_iteration(context, logging.getLogger("backfill")) if error]
        found = instance.get_backfill("again")
        assert found is not None
        assert found.status is BulkActionStatus.COMPLETED_SUCCESS, found.error
        runs = instance.get_runs()
    assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
    assert [name for (name,) in workspace.rows("SELECT DISTINCT source FROM document_locations")] == ["more"]
