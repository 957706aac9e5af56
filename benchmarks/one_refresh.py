"""One refresh in a process of its own, which tells in its last line how long each stage took; for `benchmarks/refreshes.py`."""

import argparse
import json
import time
from itertools import pairwise
from pathlib import Path


class Stages:
    """Listens to a refresh, and notes when each stage began."""

    def __init__(self) -> None:
        self.began: list[tuple[str, float, float]] = []

    def stage(self, name: str, total: int | None = None) -> None:  # noqa: ARG002 - as progress is told
        """A new stage begins."""
        self.began.append((name, time.perf_counter(), time.process_time()))

    def advance(self, steps: int, claims: int = 0) -> None:
        """Does nothing."""


def main() -> None:
    """Refreshes a folder, and prints seconds by stage, documents and claims as JSON."""
    options = argparse.ArgumentParser(description="One refresh, with how long its stages took.")
    options.add_argument("documents", type=Path)
    options.add_argument("store", type=Path)
    options.add_argument("warehouse", type=Path)
    options.add_argument("--engine", default="inline")
    options.add_argument("--workers", type=int)
    asked = options.parse_args()
    started = ("starting", time.perf_counter(), time.process_time())
    from pipeline.orchestration.running import RefreshPlan, run_refresh  # noqa: PLC0415 - loading counts

    stages = Stages()
    outcome = run_refresh(
        RefreshPlan(
            folders=(asked.documents,),
            store=asked.store,
            warehouse=asked.warehouse,
            engine=asked.engine,
            workers=asked.workers,
            progress=stages,
        )
    )
    marks = [started, *stages.began, ("", time.perf_counter(), time.process_time())]
    wall = {name: round(end - start, 3) for (name, start, _), (_, end, _) in pairwise(marks)}
    cpu = {name: round(end - start, 3) for (name, _, start), (_, _, end) in pairwise(marks)}
    counts = {name: outcome.status.refresh[name] for name in ("documents_new", "documents_changed")}
    claims = sum(outcome.status.claims.values())
    print(json.dumps({"stages": wall, "cpu_stages": cpu, "documents": outcome.status.documents, "claims": claims, **counts}))


if __name__ == "__main__":
    main()
