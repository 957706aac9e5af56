"""How far a run has come, told to whoever listens. Showing it on a screen belongs to the command line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from pipeline.warehouse.refreshing import Engine

B = TypeVar("B")
R = TypeVar("R")


class Progress(Protocol):
    """Listens to a run: stages follow each other, each with many texts."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, of `total` texts if that is known."""

    def advance(self, steps: int) -> None:
        """So many more texts are done in this stage."""


class Silence:
    """Listens to nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Does nothing."""

    def advance(self, steps: int) -> None:
        """Does nothing."""


@dataclass(frozen=True)
class CountingEngine:
    """An engine over batches of texts that tells `progress` of each that is done, by the number of its texts."""

    engine: Engine
    progress: Progress

    def __call__(self, function: Callable[[B], R], batches: Iterable[B], /) -> Iterator[R]:
        """Yields what the engine yields."""
        for size, result in self.engine(_Sized(function), batches):
            self.progress.advance(size)
            yield result


@dataclass(frozen=True)
class _Sized:
    """A function over batches that also says how large the batch was, so that results may come in any order."""

    function: Callable[[Any], Any]

    def __call__(self, batch: Any) -> tuple[int, Any]:
        return len(batch), self.function(batch)
