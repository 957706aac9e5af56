"""How far a run has come, told to whoever listens. Showing it on a screen belongs to the command line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.filling import Receipt
from pipeline.warehouse.refreshing import Engine, Work

B = TypeVar("B")
R = TypeVar("R")


class Progress(Protocol):
    """Listens to a run: stages follow each other, each with many texts."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, of `total` texts if that is known."""

    def advance(self, steps: int, claims: int = 0) -> None:
        """So many more texts are done in this stage, and so many claims were found in them."""


class Silence:
    """Listens to nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Does nothing."""

    def advance(self, steps: int, claims: int = 0) -> None:
        """Does nothing."""


@dataclass(frozen=True)
class CountingEngine:
    """An engine over batches of texts that tells `progress` of each that is done, by the number of its texts and claims."""

    engine: Engine
    progress: Progress

    def __call__(self, work: Work[B, R], batches: Iterable[list[B]], /) -> Iterator[R]:
        """Yields what the engine yields."""
        for size, result in self.engine(_Sized(work), batches):
            self.progress.advance(size, _claims_in(result))
            yield result


def _claims_in(result: object) -> int:
    """The claims that were accepted of a batch of documents; none of what else an engine gives."""
    if not isinstance(result, Receipt) or "accepted" not in result.rows.columns:
        return 0
    return int(result.rows["accepted"].sum())


@dataclass(frozen=True)
class _Sized(Generic[B, R]):
    """Work that also says how large the batch was, so that results may come in any order."""

    work: Work[B, R]

    def __call__(self, batch: list[B]) -> tuple[int, R]:
        return len(batch), self.work(batch)

    def died(self, text: B, error: WorkerDiedError) -> tuple[int, R]:
        return 1, self.work.died(text, error)
