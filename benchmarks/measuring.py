"""Runs a command and measures what it costs: time by the clock and of processors, and the most memory of all its processes."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SECONDS_BETWEEN_LOOKS = 0.25
_KIBIBYTE = 1024


class FailedRunError(Exception):
    """A command that was to be measured failed; says what it told."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock, of processors (all its processes), and the most bytes of memory at once.

    `peak` counts memory that processes share once where the system tells that (Linux), else it is that of the largest one.
    """

    wall: float
    cpu: float
    peak: int


def measured(command: Sequence[str], folder: Path | None = None) -> tuple[Cost, str]:
    """The cost of a command, and what it printed. Raises `FailedRunError`."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "DAGSTER_DISABLE_TELEMETRY": "1"}
    environment.pop("DAGSTER_HOME", None)
    started = time.perf_counter()
    before = _children_cpu()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = _Watch(process.pid)
        told, errors = process.communicate()
        wall = time.perf_counter() - started
        peak = watch.ended()
    if process.returncode:
        raise FailedRunError(f"{' '.join(command)} ended with {process.returncode}: {errors.strip()[-2000:]}")
    return Cost(wall, _children_cpu() - before, peak), told


def measured_python(module: str, *arguments: object) -> tuple[Cost, Any]:
    """The same of a module of this project, run as a program that prints JSON in its last line."""
    cost, told = measured([sys.executable, "-W", "ignore", "-m", module, *map(str, arguments)])
    return cost, json.loads(told.strip().splitlines()[-1])


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


class _Watch:
    """Looks again and again at how much memory a process and its descendants have."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def ended(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while True:
            self._peak = max(self._peak, sum(map(_memory, _tree(self._pid))))
            if self._over.wait(SECONDS_BETWEEN_LOOKS):
                return


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in _listed(Path(f"/proc/{pid}/task")):
        for child in _read(task / "children").split():
            yield from _tree(int(child))


def _memory(pid: int) -> int:
    """Bytes of a process, of those that it shares its part; 0 once it is gone."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * _KIBIBYTE
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
