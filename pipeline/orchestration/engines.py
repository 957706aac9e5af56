"""Where batches are worked on: in this process, or on a pool of processes.

An engine runs a function over batches, as `pipeline.warehouse.refreshing.Engine` says; what the function does is not its
concern. Results are the same whichever engine runs.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from pipeline.warehouse.refreshing import Engine, inline

B = TypeVar("B")
R = TypeVar("R")

ENGINES = ("inline", "pool")
AHEAD = 2  # batches waiting for each worker: enough to keep it busy, few enough to stay small in memory


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
    count = workers or os.cpu_count() or 1
    # Forking a process in which Polars runs threads can hang it.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        try:
            yield PoolEngine(pool, count * AHEAD)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class PoolEngine:
    """Runs batches on a process pool, at most `ahead` of them at a time, and yields results in the order of the batches."""

    def __init__(self, pool: ProcessPoolExecutor, ahead: int) -> None:
        self._pool = pool
        self._ahead = ahead

    def __call__(self, function: Callable[[B], R], batches: Iterable[B], /) -> Iterator[R]:
        """Yields `function(batch)` for each batch; an exception in a worker is raised here."""
        waiting: deque[Future[R]] = deque()
        for batch in batches:
            waiting.append(self._pool.submit(function, batch))
            if len(waiting) >= self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
