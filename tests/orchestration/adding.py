"""Work for processes, which import it by this name."""

import os
import time

from pipeline.warehouse.errors import UnwritableError, WorkerDiedError
from pipeline.warehouse.refreshing import Work


class Adding(Work[int | str, int]):
    """Adds numbers up; a worker that is given a word instead dies of it."""

    def __call__(self, batch: list[int | str]) -> int:
        if "die" in batch:
            os._exit(9)
        return sum(batch)  # type: ignore[arg-type]

    def died(self, text: int | str, error: WorkerDiedError) -> int:
        assert "want of memory" in str(error)
        return -1


class Placing(Work[int, tuple[int, str, bytes]]):
    """Tells each number, the node that worked on it, and so much that a result is worth keeping where it was made."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __call__(self, batch: list[int]) -> tuple[int, str, bytes]:
        import ray  # noqa: PLC0415 - only nodes of a cluster do this work

        time.sleep(self._seconds)
        return sum(batch), ray.get_runtime_context().get_node_id(), bytes(batch) * 500_000

    def died(self, text: int, error: WorkerDiedError) -> tuple[int, str, bytes]:
        raise error


class Storing(Work[str, str]):
    """Cannot write to the store on any node but the one named."""

    def __call__(self, batch: list[str]) -> str:
        import ray  # noqa: PLC0415

        time.sleep(0.2)
        if ray.get_runtime_context().get_node_id() not in batch:
            raise UnwritableError("could not write store: no such folder")
        return "stored"

    def died(self, text: str, error: WorkerDiedError) -> str:
        raise error
