"""Work for processes, which import it by this name."""

import os

from pipeline.warehouse.errors import WorkerDiedError
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
