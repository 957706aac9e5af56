"""Hands batches to workers and gives their results back in the order of the batches, whatever becomes of the workers.

What a worker is, the modules beside this one say, each as a `Crew`.
"""

from collections import Counter, deque
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import Work

B = TypeVar("B")
R = TypeVar("R")
W = TypeVar("W", bound=Hashable)
T = TypeVar("T", bound=Hashable)

AHEAD = 2  # batches for each worker, one of them waiting: enough to keep it busy, few enough to stay small in memory
# As many batches again may be done and wait for one before them.
WINDOW = 2
MOST_DEATHS = 20
# Where many texts are read, a few of them may be deadly without the machine being to blame.
BATCHES_PER_DEATH = 10
MOST_LOSSES = 20
_DIED = "the process working on it died: it was ended for want of memory, or crashed"


class EngineError(Exception):
    """An engine cannot be had as it was asked for."""


class WorkerLostError(Exception):
    """A batch has no result, as its worker is gone. If it was `blameless`, its machine went or was cut off, and no text can be
    the cause.
    """

    def __init__(self, *, blameless: bool = False) -> None:
        super().__init__("the worker is gone")
        self.blameless = blameless


class Crew(Protocol[W, T]):
    """Workers, and tickets for the batches that they were given."""

    @property
    def capacity(self) -> int:
        """How many batches all workers together hold at most."""

    def ready(self) -> Collection[W]:
        """The workers that take batches now; others may be starting."""

    def room(self, worker: W) -> int:
        """How many batches a worker holds at most."""

    def begin(self, worker: W, work: Work[B, R], batch: list[B]) -> T:
        """Gives a batch to a worker."""

    def done(self, tickets: Collection[T], *, wait: bool) -> Collection[T]:
        """The tickets that have come to an end; with `wait` not before one has, or another worker is ready."""

    def result(self, ticket: T) -> Any:
        """The result of a ticket that is done. Raises `WorkerLostError`, and what the work raised."""

    def replace(self, worker: W) -> bool:
        """Starts another worker in place of a lost one; False if that was done before."""

    def forget(self, tickets: Collection[T]) -> None:
        """Nobody waits for these any more."""

    def rest(self) -> None:
        """Gives back what workers hold of this machine alone, until there is work again."""


class DispatchingEngine(Generic[W, T]):
    """Runs batches on a crew, a few ahead for each worker, and yields results in the order of the batches.

    When a worker dies, every batch that it held is run again on a worker that has nothing else, so that it shows which one did
    it; that one is run again text by text, and a text whose worker dies once more is given to `Work.died`. Batches of a worker
    whose machine is gone are run again, and nothing is held against them.
    """

    def __init__(self, crew: Crew[W, T]) -> None:
        self._crew = crew
        self._losses = _Losses()

    def __call__(self, work: Work[B, R], batches: Iterable[list[B]], /) -> Iterator[R]:
        """Yields `work(batch)` for each batch; an exception in a worker is raised here."""
        line = _Line(self._crew, work, self._losses)
        try:
            yield from line.results(batches)
        finally:
            line.leave()

    def rest(self) -> None:
        """Lets workers give back what they hold until there is work again."""
        self._crew.rest()


@dataclass
class _Losses:
    """How many batches were done, and how many workers died."""

    done: int = 0
    deaths: int = 0

    def count_death(self) -> None:
        """Raises `WorkerDiedError` if there were too many."""
        self.deaths += 1
        if self.deaths > MOST_DEATHS + self.done // BATCHES_PER_DEATH:
            raise WorkerDiedError(
                f"{self.deaths} worker processes died, so the texts are hardly to blame: give them more memory, or take"
                " fewer with --workers"
            )


@dataclass(eq=False)
class _Task(Generic[B, R]):
    """A batch in the line. `result` holds one once it is done; a batch is `suspect` if a worker died that held it."""

    batch: list[B]
    suspect: bool = False
    waits: bool = True
    losses: int = 0
    result: list[R] = field(default_factory=list)


class _Line(Generic[B, R, W, T]):
    """The batches of one call that were begun or wait, in their order."""

    def __init__(self, crew: Crew[W, T], work: Work[B, R], losses: _Losses) -> None:
        self._crew = crew
        self._work = work
        self._losses = losses
        self._tasks: deque[_Task[B, R]] = deque()
        self._given: dict[T, tuple[W, _Task[B, R]]] = {}

    def results(self, batches: Iterable[list[B]]) -> Iterator[R]:
        coming = iter(batches)
        more = True
        while True:
            while self._tasks and self._tasks[0].result:
                yield self._tasks.popleft().result[0]
            self._place()
            if more and self._takes_more():
                batch = next(coming, None)
                if batch is None:
                    more = False
                else:
                    self._tasks.append(_Task(batch))
                    self._place()
                self._collect(wait=False)
            elif self._tasks:
                self._collect(wait=True)
            else:
                return

    def leave(self) -> None:
        """Gives up what is not done."""
        self._crew.forget(self._given.keys())
        self._given.clear()

    def _takes_more(self) -> bool:
        return len(self._tasks) < WINDOW * self._crew.capacity and not any(task.waits for task in self._tasks)

    def _place(self) -> None:
        """Gives what waits to workers with room. Nothing else begins while there are suspects, so that a worker gets free."""
        waiting = [task for task in self._tasks if task.waits]
        suspects = [task for task in waiting if task.suspect]
        for task in suspects or waiting:
            worker = self._free_worker(alone=task.suspect)
            if worker is None:
                return
            task.waits = False
            self._given[self._crew.begin(worker, self._work, task.batch)] = worker, task

    def _free_worker(self, *, alone: bool) -> W | None:
        """The worker that holds least, if it may hold more."""
        held = Counter(worker for worker, _ in self._given.values())
        taken = {worker for worker, task in self._given.values() if task.suspect}
        free = [worker for worker in self._crew.ready() if worker not in taken]
        least = min(free, key=lambda worker: held[worker], default=None)
        if least is None or held[least] >= (1 if alone else self._crew.room(least)):
            return None
        return least

    def _collect(self, *, wait: bool) -> None:
        for ticket in self._crew.done(self._given.keys(), wait=wait):
            worker, task = self._given.pop(ticket)
            try:
                task.result.append(self._crew.result(ticket))
            except WorkerLostError as loss:
                if self._crew.replace(worker) and not loss.blameless:
                    self._losses.count_death()
                self._run_again(task, blameless=loss.blameless)
            else:
                self._losses.done += 1

    def _run_again(self, task: _Task[B, R], *, blameless: bool) -> None:
        if blameless or not task.suspect:
            task.waits = True
            task.suspect = task.suspect or not blameless
            task.losses += blameless
            if task.losses > MOST_LOSSES:
                raise WorkerDiedError(
                    f"{task.losses} machines were lost while they worked on the same batch; no more are tried"
                )
        elif len(task.batch) == 1:
            task.result.append(self._work.died(task.batch[0], WorkerDiedError(_DIED)))
        else:
            place = self._tasks.index(task)
            del self._tasks[place]
            for text in reversed(task.batch):
                self._tasks.insert(place, _Task([text], suspect=True))
