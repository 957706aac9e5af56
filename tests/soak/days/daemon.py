"""Dagster's daemon in a working folder of its own, as an installation runs it, and what is seen of it from outside."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.scheduler.instigation import InstigatorType

import pipeline
from pipeline.orchestration import definitions
from pipeline.warehouse.store import Store

_ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
_AT_WORK = [status for status in dg.DagsterRunStatus if status not in (*_ENDED, dg.DagsterRunStatus.QUEUED)]
_POLL = 1.0


class Installation:
    """A working folder with a declaration of sources, Dagster's home, and the texts of a folder."""

    def __init__(self, root: Path, alerts: str) -> None:
        self.root = root
        self.home = root / "home"
        self.desk = root / "desk"
        self.file = root / "warehouse" / "corridor.duckdb"
        self.store = Store(root / "warehouse" / "store")
        self.log = root / "daemon.log"
        for folder in (self.home, self.desk, root / "seeds"):
            folder.mkdir(parents=True)
        shutil.copy(Path(definitions.__file__).with_name("dagster.yaml"), self.home)
        self.environment = {
            **os.environ,
            "DAGSTER_HOME": str(self.home),
            "DAGSTER_DISABLE_TELEMETRY": "1",
            "CORRIDOR_ALERTS": alerts,
            "PYTHONPATH": str(Path(pipeline.__file__).parents[1]),
        }
        self._daemon: subprocess.Popen[bytes] | None = None

    def declare(self, text: str) -> None:
        (self.root / "seeds" / "sources.toml").write_text(text, encoding="utf-8")

    @contextmanager
    def running(self) -> Iterator[None]:
        """The daemon at work, ended with all that it started."""
        self.start()
        try:
            yield
        finally:
            self.kill()

    def start(self) -> None:
        program = Path(sys.executable).with_name("dagster-daemon")
        with self.log.open("ab") as log:
            self._daemon = subprocess.Popen(
                [program, "run", "-m", "pipeline.orchestration.definitions"],
                cwd=self.root,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Ends the daemon and all that it started, at once, as a machine does that loses its power."""
        if self._daemon is not None:
            with_it = _descendants(self._daemon.pid)
            for process in (self._daemon.pid, *with_it):
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self._daemon.wait()
            self._daemon = None

    def wait_until_settled(self, wanted: set[str], since: float, patience: float) -> None:
        """Returns when every wanted source was read after `since`, the alerts were looked at after that, and no run is at work.

        Raises `TimeoutError`, with what is still waited for.
        """
        given_up = time.time() + patience
        read_at: float | None = None
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            while time.time() < given_up:
                missing = wanted - self.read_since(since)
                at_work = instance.get_runs_count(dg.RunsFilter(statuses=_AT_WORK))
                if not missing:
                    read_at = read_at or time.time()
                    if not at_work and _looked_at(instance, "alerts") > read_at:
                        return
                if self._daemon is not None and self._daemon.poll() is not None:
                    raise TimeoutError(f"the daemon ended: {self.log.read_text(errors='replace')[-3000:]}")
                time.sleep(_POLL)
        told = self.log.read_text(errors="replace")[-3000:]
        raise TimeoutError(f"not read: {missing}, runs at work: {at_work}, read at {read_at}, alerts not looked at; {told}")

    def read_since(self, moment: float) -> set[str]:
        """The sources of which a reading ended after a moment, well or not."""
        rows = self.store.source_refreshes().select("source", "finished_at").rows()
        return {source for source, at in rows if at.timestamp() > moment}


def _looked_at(instance: dg.DagsterInstance, sensor: str) -> float:
    """When the last look of a sensor that is over began, in seconds of the epoch; 0 if there was none."""
    for state in instance.all_instigator_state(instigator_type=InstigatorType.SENSOR):
        if state.name == sensor:
            ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=2)
            return max((tick.timestamp for tick in ticks if tick.is_completed), default=0.0)
    return 0.0


def _descendants(process: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, left = [], [process]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return found
