"""Runs many inputs through a whole refresh, each alone and timed, and says what became of them.

As a program, `python -m soak.fuzzing FIRST END` writes the outcome, pickled, to standard output.
"""

import faulthandler
import os
import pickle
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline.claims.version import extractor_version
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.feed import read_feed
from pipeline.sources.raw import RawText
from pipeline.warehouse.publishing import publish
from pipeline.warehouse.refreshing import extract_claims, refresh_documents
from pipeline.warehouse.store import Store
from soak.mutations import Input, made

SECONDS = 5.0  # that one input may take, of work
SECONDS_FOR_A_CLAIM = 0.001  # that it may take beyond that: thousands of claims in one text are no hang
READING = "reading"
_TOGETHER = 10
_PATIENCE = 300  # seconds, after which the process ends with a traceback
_FEED_ADDRESS = "http://news.example/feed"


@dataclass
class Outcome:
    """What became of inputs. `slow` names those that took longer than they may, also the second time."""

    inputs: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    texts: int = 0
    documents: int = 0
    claims: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)
    slow: list[tuple[str, str, float]] = field(default_factory=list)
    slowest: tuple[float, str, str] = (0.0, "", "")
    faults: list[str] = field(default_factory=list)
    memory: int = 0

    def add(self, other: "Outcome") -> None:
        """Puts what became of other inputs to this."""
        for name in ("inputs", "entries", "texts", "documents", "claims", "kinds", "unreadable", "slow", "faults"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)


@dataclass
class _Watch:
    """Runs steps one by one and notes those that take too long."""

    outcome: Outcome

    def timed(self, what: str, stage: str, step: Callable[[], Any]) -> Any:
        clock = _clock(stage)
        with _patience():
            began = clock()
            result = step()
            seconds = clock() - began
        allowed = SECONDS + SECONDS_FOR_A_CLAIM * _claims_in(result)
        if seconds > allowed:  # once more: the machine may have had other things to do
            with _patience():
                began = clock()
                step()
                seconds = min(seconds, clock() - began)
        self.outcome.slowest = max(self.outcome.slowest, (seconds, what, stage))
        if seconds > allowed:
            self.outcome.slow.append((what, stage, round(seconds, 1)))
        return result

    def engine(self, work: Any, batches: Iterable[list[Any]]) -> Iterator[Any]:
        """An engine that times a few texts together and, if they take longer than one may, each alone."""
        for batch in batches:
            for start in range(0, len(batch), _TOGETHER):
                few = batch[start : start + _TOGETHER]
                stage = READING if isinstance(few[0], RawText) else "extracting"
                clock = _clock(stage)
                began = clock()
                with _patience():
                    results = work(few)
                taken = clock() - began
                if taken > SECONDS:
                    for one in few:
                        what = one.uri if isinstance(one, RawText) else one[1].uri
                        self.timed(what, stage, lambda one=one: work([one]))
                self.outcome.slowest = max(self.outcome.slowest, (taken / len(few), f"{len(few)} texts", stage))
                yield results


def _clock(stage: str) -> Callable[[], float]:
    """What tells how long a stage takes: its work, but for reading on a machine that has nothing else to do, where waiting
    counts, too.
    """
    idle = os.getloadavg()[0] < (os.cpu_count() or 1) + 1
    return time.monotonic if stage == READING and idle else _work


def _work() -> float:
    """Seconds of processor time that this process has taken, and the processes that read files of other formats for it."""
    taken = sum(os.times()[:4])
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            with suppress(FileNotFoundError, ProcessLookupError):
                fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
                taken += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return taken


def _claims_in(result: Any) -> int:
    """How many claims a step of extracting found, 0 for any other step."""
    found = result if isinstance(result, list) else []
    return sum(int(one.counts["emitted"].sum()) for one in found if hasattr(one, "counts"))


@contextmanager
def _patience() -> Iterator[None]:
    """Ends the process, with a traceback, if what is within does not end."""
    faulthandler.dump_traceback_later(_PATIENCE, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def run(numbers: range) -> Outcome:
    """Refreshes a source of the inputs of these numbers, in a place of its own, and compares what came out with them."""
    outcome = Outcome()
    watch = _Watch(outcome)
    raws = [raw for number in numbers for raw in _texts_of(made(number), watch)]
    outcome.inputs, outcome.texts = len(numbers), len(raws)
    with tempfile.TemporaryDirectory() as folder:
        store, file, version = Store(Path(folder) / "store"), Path(folder) / "corridor.duckdb", extractor_version()
        with store.exclusive():
            with store.part_of_refresh(version) as refresh:
                refresh_documents(store, "fuzz", raws, read=read_batch, version=version, refresh=refresh, engine=watch.engine)
                extract_claims(store, "fuzz", extract=extract_batch, version=version, refresh=refresh, engine=watch.engine)
            publication = publish(store, file, extractor_version=version)
        outcome.faults += [f"{numbers}: check {check.name}: {check.sample[:1]}" for check in publication.failed_checks]
        if publication.published:
            _account(outcome, file, raws)
    outcome.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return outcome


def _texts_of(found: Input, watch: _Watch) -> list[RawText]:
    """The input, or the entries of a feed, as a source gives them."""
    watch.outcome.kinds[found.kind] += 1
    if not found.is_feed:
        return [found.raw]
    name = found.raw.file_name
    entries = watch.timed(found.raw.uri, "feed", lambda: read_feed(found.raw.content, _FEED_ADDRESS))
    watch.outcome.entries += len(entries)
    return [
        RawText("fuzz", f"fuzz/{name}/{n}", f"{name}-{n}", entry.body, "text/html", told=entry.listed.told)
        for n, entry in enumerate(entries)
    ]


def _account(outcome: Outcome, file: Path, raws: list[RawText]) -> None:
    with duckdb.connect(str(file), read_only=True) as connection:
        read = [uri for (uri,) in connection.execute("SELECT uri FROM document_locations").fetchall()]
        unread = connection.execute("SELECT uri, reason, detail FROM unreadable_documents").fetchall()
        outcome.claims = connection.execute("SELECT count(*) FROM claims").fetchall()[0][0]
    outcome.documents = len(read)
    outcome.unreadable = Counter(reason for _, reason, _ in unread)
    broken = [row for row in unread if row[1] in ("reading_broke", "extraction_failed")]
    outcome.faults += [f"{uri}: {reason}: {detail}" for uri, reason, detail in broken]
    given = Counter(raw.uri for raw in raws)
    kept = Counter([*read, *(uri for uri, reason, _ in unread if reason != "extraction_failed")])
    if given != kept:
        outcome.faults.append(f"lost or doubled: {list((given - kept) + (kept - given))[:5]}")


def main() -> None:
    """Runs the inputs that the arguments name."""
    answer = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(answer, "wb") as file:
        pickle.dump(vars(run(range(int(sys.argv[1]), int(sys.argv[2])))), file)


if __name__ == "__main__":
    main()
