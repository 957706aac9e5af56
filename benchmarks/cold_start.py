"""How long a command takes from a cold start: a new process, one article, its claims.

    python -m benchmarks.cold_start [--rounds N]
    python -m benchmarks.run --only cold_start

Each round runs every command once, so that what else the machine does meets all of them alike; the least of the rounds counts.
Processor time is that of the process and its children. The first two lines tell what the machine can do: what a bare
interpreter takes, and one that imports Polars. `first` is a run that finds no compiled patterns of an
earlier one, and a worker is a process of `--engine pool`, until it can take texts.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.results import Section, table

ROOT = Path(__file__).resolve().parents[1]
BARE = "python -c pass"
POLARS = "python -c 'import polars'"
WORKER = "a worker of the pool"
_WARM_UP = "from pipeline.orchestration.batches import warm_up; warm_up()"
FIRST = "corridor extract ARTICLE, first"


class Start(NamedTuple):
    """A command, its processor time and time on the clock in seconds, and how often a bare interpreter starts in the first."""

    command: str
    processor: float
    clock: float
    ratio: float


def cold_starts(rounds: int = 5, article: Path | None = None) -> list[Start]:
    """The least times of each command in `rounds` rounds. Raises `subprocess.CalledProcessError` when a command fails."""
    text = article or _article()
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            BARE: (["-c", "pass"], folder),
            POLARS: (["-c", "import polars"], folder),
            "corridor --help": (["-m", "pipeline.cli", "--help"], folder),
            FIRST: (["-m", "pipeline.cli", "extract", str(text)], ""),
            "corridor extract ARTICLE": (["-m", "pipeline.cli", "extract", str(text)], folder),
            WORKER: (["-c", _WARM_UP], folder),
        }
        for arguments, kept in commands.values():
            _times(arguments, kept)  # the modules, compiled, and the files, in memory
        times = [{name: _times(*command) for name, command in commands.items()} for _ in range(rounds)]
    least = {name: tuple(min(one[name][place] for one in times) for place in (0, 1)) for name in commands}
    bare = least[BARE][0]
    return [Start(name, processor, clock, processor / bare) for name, (processor, clock) in least.items()]


def cold_start(rounds: int) -> Section:
    """Measures them, and tells of them."""
    found = cold_starts(rounds)
    rows = [(one.command, f"{one.processor:.2f}", f"{one.clock:.2f}", f"{one.ratio:.1f}") for one in found]
    text = f"""\
A new process for each, the least of {rounds} rounds. *First* finds no compiled patterns of an earlier run; a worker is a
process of `--engine pool`, until it can take texts.

{table(("command", "processor s", "clock s", "times a bare interpreter"), rows)}"""
    return Section("cold_start", "Cold starts", text, {one.command: one.processor for one in found})


def _article() -> Path:
    """The text of the demonstration corpus of the most usual length."""
    texts = sorted((ROOT / "seeds" / "documents").rglob("*.txt"), key=lambda path: (path.stat().st_size, path.name))
    return texts[len(texts) // 2]


def _times(arguments: list[str], kept: str) -> tuple[float, float]:
    # Where Python may not write compiled modules, each start would compile them anew.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings |= {"CORRIDOR_CACHE": kept, "PYTHONPATH": str(ROOT)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=settings, stdout=subprocess.DEVNULL, check=True)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - began


def main() -> None:
    """Prints a line for each command."""
    options = argparse.ArgumentParser(description="How long commands take from a cold start.")
    options.add_argument("--rounds", type=int, default=5)
    for start in cold_starts(options.parse_args().rounds):
        print(f"{start.command:<34}{start.processor:6.2f} s processor {start.clock:6.2f} s clock {start.ratio:6.1f} times bare")


if __name__ == "__main__":
    main()
