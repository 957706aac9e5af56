import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.launcher.base import WorkerStatus
from dagster._core.test_utils import instance_for_test

from pipeline.orchestration import launching
from pipeline.orchestration.launching import WatchfulRunLauncher

SETTINGS = Path(launching.__file__).with_name("dagster.yaml")


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.mark.parametrize(
    ("message", "process", "status"),
    [
        ("Started process for run (pid: {}).", os.getpid(), WorkerStatus.RUNNING),
        ("Started process for run (pid: {}).", None, WorkerStatus.FAILED),
        ("Executing steps in process (pid: {})", None, WorkerStatus.FAILED),  # a refresh of the command line
        ("Nothing is known of {}", None, WorkerStatus.RUNNING),
    ],
    ids=["at work", "ended", "ended at the command line", "unknown"],
)
def test_a_run_fares_as_its_process_does(message: str, process: int | None, status: WorkerStatus) -> None:
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    with instance_for_test(overrides={"run_launcher": settings["run_launcher"]}) as instance:
        assert isinstance(instance.run_launcher, WatchfulRunLauncher)
        assert instance.run_launcher.supports_check_run_worker_health
        run = instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED))
        instance.report_engine_event(message.format(process or dead_process()), run)
        found = instance.run_launcher.check_run_worker_health(run)
    assert found.status is status


def test_a_process_of_before_the_machine_was_started_again_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    assert launching._is_alive(os.getpid(), 1_000_000.0) is (launching._machine_started() == 0.0)
    monkeypatch.setattr(launching, "_machine_started", lambda: 0.0)
    assert launching._is_alive(os.getpid(), 1_000_000.0)


def test_the_settings_are_those_that_dagster_knows() -> None:
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    with instance_for_test(overrides=settings) as instance:
        assert instance.run_monitoring_enabled
        assert instance.run_retries_enabled
        assert not instance.run_retries_retry_on_asset_or_op_failure
        assert instance.get_concurrency_config().run_queue_config is not None
        assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1  # type: ignore[union-attr]
