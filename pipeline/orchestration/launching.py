"""Launches runs as Dagster does by default, and knows when the process of one is gone.

Dagster's own launcher does not: a run that was at work when the machine lost power stays "started" for its monitor, and the
queue, which lets one run at a time, waits for it for hours. `dagster.yaml` names this one. It also sees refreshes of the
command line, which are runs of the same instance. What becomes of a run whose process is gone is Dagster's to decide.
"""

import os
import re
from pathlib import Path

import dagster as dg
from dagster._core.launcher.base import CheckRunHealthResult, WorkerStatus
from dagster._core.launcher.default_run_launcher import DefaultRunLauncher

_STARTED = re.compile(r"(?:Started process for run|Executing steps in process) \(pid: (\d+)\)")
_CLOCK_TOLERANCE = 60.0  # seconds that the clock may be set by while the machine is up


class WatchfulRunLauncher(DefaultRunLauncher):
    """The default launcher for one machine, whose runs are watched by their processes."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        """True: the monitor may ask."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Failed if the run's process is gone. A run that has not told its process yet counts as running."""
        record = self._instance.get_run_record_by_id(run.run_id)
        process = _process_of(self._instance, run.run_id)
        if process is None or record is None or _is_alive(process, record.start_time):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.FAILED, f"process {process} of the run is gone")


def _process_of(instance: dg.DagsterInstance, run_id: str) -> int | None:
    records = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.ENGINE_EVENT, ascending=False).records
    for record in records:
        found = _STARTED.match(record.event_log_entry.message)
        if found:
            return int(found[1])
    return None


def _is_alive(process: int, run_started: float | None) -> bool:
    """Whether the process that began a run is there still, and not another that got its number after the machine was started
    again.
    """
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # of another user, but there
    return run_started is None or run_started + _CLOCK_TOLERANCE > _machine_started()


def _machine_started() -> float:
    """In seconds of the epoch; 0 on a system that does not tell."""
    try:
        found = re.search(r"^btime (\d+)$", Path("/proc/stat").read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return 0.0
    return float(found[1]) if found else 0.0
