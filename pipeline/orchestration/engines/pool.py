"""Workers that are processes of this machine, in a pool. What is done when one dies belongs to `dispatch`."""

from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from pipeline.orchestration.engines.dispatch import AHEAD, WorkerLostError
from pipeline.warehouse.refreshing import Work

B = TypeVar("B")
R = TypeVar("R")


class PoolCrew:
    """A pool of processes. It counts as one worker: when one of its processes dies, everything that the pool held is lost."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool = self._started()

    @property
    def capacity(self) -> int:
        """How many batches the pool holds at most."""
        return self._processes * AHEAD

    def ready(self) -> Collection[ProcessPoolExecutor]:
        """The pool."""
        return (self._pool,)

    def room(self, _worker: ProcessPoolExecutor) -> int:
        """How many batches the pool holds at most."""
        return self.capacity

    def begin(self, worker: ProcessPoolExecutor, work: Work[B, R], batch: list[B]) -> Future[Any]:
        """Gives a batch to the pool."""
        try:
            return worker.submit(work, batch)
        except BrokenProcessPool as error:
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken

    def done(self, tickets: Collection[Future[Any]], *, wait: bool) -> Collection[Future[Any]]:
        """The futures that have come to an end; with `wait` not before one has."""
        return wait_for(tickets, timeout=None if wait else 0, return_when=FIRST_COMPLETED).done

    def result(self, ticket: Future[Any]) -> Any:
        """The result of a future. Raises `WorkerLostError`, and what the work raised."""
        try:
            return ticket.result()
        except (BrokenProcessPool, CancelledError):
            raise WorkerLostError from None

    def replace(self, worker: ProcessPoolExecutor) -> bool:
        """Starts another pool in place of a broken one; False if that was done before."""
        if worker is not self._pool:
            return False
        self._pool.shutdown(wait=True)
        self._pool = self._started()
        return True

    def forget(self, tickets: Collection[Future[Any]]) -> None:
        """Futures that nobody waits for any more: those not begun are not begun."""
        for ticket in tickets:
            ticket.cancel()

    def rest(self) -> None:
        """Ends the processes; others start with the next batch."""
        self._pool.shutdown(wait=True)
        self._pool = self._started()

    def close(self) -> None:
        """Ends the processes; what waits is not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        # Forking a process in which Polars runs threads can hang it.
        return ProcessPoolExecutor(self._processes, mp_context=get_context("spawn"))
