"""Where batches are worked on: in this process, or on a pool of processes.

An engine runs work over batches, as `pipeline.warehouse.refreshing.Engine` says; what the work does is not its
concern. Results are the same whichever engine runs.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import Engine, Work, inline

B = TypeVar("B")
R = TypeVar("R")

ENGINES = ("inline", "pool")
AHEAD = 2  # batches waiting for each worker: enough to keep it busy, few enough to stay small in memory
MOST_DEATHS = 20
_DIED = "the process working on it died: it was ended for want of memory, or crashed"


@contextmanager
def engine(name: str, workers: int | None = None) -> Iterator[Engine]:
    """The engine called `name`, with `workers` processes (by default one for each core), for as long as the context lasts.

    Raises `ValueError` for a name that is not in `ENGINES`.
    """
    if name not in ENGINES:
        raise ValueError(f"there is no engine {name!r}; known: {', '.join(ENGINES)}")
    if name == "inline":
        yield inline
        return
    pool = PoolEngine(workers or os.cpu_count() or 1)
    try:
        yield pool
    finally:
        pool.close()


class PoolEngine:
    """Runs batches on a process pool, a few ahead for each worker, and yields results in the order of the batches.

    When a worker dies, every batch then waiting is run again, one at a time, so that it shows which one did it; that one is
    run again text by text, and a text whose worker dies once more is given to `Work.died`.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._deaths = 0
        self._pool = self._started()

    def __call__(self, work: Work[B, R], batches: Iterable[list[B]], /) -> Iterator[R]:
        """Yields `work(batch)` for each batch; an exception in a worker is raised here."""
        waiting: deque[tuple[list[B], Future[R]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submitted(work, batch)))
            if len(waiting) >= self._workers * AHEAD:
                yield from self._first(work, waiting)
        while waiting:
            yield from self._first(work, waiting)

    def close(self) -> None:
        """Ends the processes; what waits is not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _first(self, work: Work[B, R], waiting: deque[tuple[list[B], Future[R]]]) -> Iterator[R]:
        batch, future = waiting.popleft()
        try:
            result = future.result()
        except BrokenProcessPool:
            self._restart()
            again = [batch, *(batch for batch, _ in waiting)]
            waiting.clear()
            for one in again:
                yield from self._alone(work, one)
        else:
            yield result

    def _alone(self, work: Work[B, R], batch: list[B]) -> Iterator[R]:
        try:
            result = self._pool.submit(work, batch).result()
        except BrokenProcessPool:
            self._restart()
            if len(batch) == 1:
                yield work.died(batch[0], WorkerDiedError(_DIED))
            else:
                for text in batch:
                    yield from self._alone(work, [text])
        else:
            yield result

    def _submitted(self, work: Work[B, R], batch: list[B]) -> Future[R]:
        try:
            return self._pool.submit(work, batch)
        except BrokenProcessPool as error:
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def _restart(self) -> None:
        self.close()
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise WorkerDiedError(
                f"{self._deaths} worker processes died, so the texts are hardly to blame: give them more memory, or take"
                " fewer with --workers"
            )
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Forking a process in which Polars runs threads can hang it.
        return ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
