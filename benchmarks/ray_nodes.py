"""What a second node brings: the same texts, extracted on one node of a Ray cluster and on two, each with one processor.

    python -m benchmarks.ray_nodes [--characters 2000000] [--rounds 3]
    python -m benchmarks.run --only ray_nodes

The nodes are on this machine, which needs two processors for them. Both ways of working take turns in one run, on the same
workers, so that what else the machine does falls on both; starting Ray and loading word lists is not counted.
"""

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from statistics import median
from typing import Any

from benchmarks.extraction import BATCHES_A_PROCESS, texts_of, whole
from benchmarks.measuring import PROJECT
from benchmarks.results import Section, count
from pipeline.orchestration.engines.dispatch import AHEAD, DispatchingEngine
from pipeline.orchestration.engines.ray_actors import RayCrew, ray_crew
from pipeline.sources.raw import RawText
from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import Engine

BATCH = 20  # texts: fewer than a refresh takes together, so that small corpora can be shared out evenly


class Extracting:
    """All that is done with a batch of texts; gives how many claims were made."""

    def __call__(self, batch: list[RawText], /) -> int:
        """How many claims the texts make."""
        return whole(batch)

    def died(self, _text: RawText, error: WorkerDiedError, /) -> int:
        """No text is expected to end a worker."""
        raise error


class OneOf:
    """A crew of which only the first worker is given anything."""

    capacity = AHEAD

    def __init__(self, crew: RayCrew) -> None:
        self._crew = crew

    def ready(self) -> Collection[Any]:
        """The first worker."""
        return list(self._crew.ready())[:1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crew, name)


@contextmanager
def two_nodes() -> Iterator[RayCrew]:
    """A worker on each of two nodes of one processor."""
    os.environ.setdefault("PYTHONPATH", str(PROJECT))
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - an extra

    node = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": 100 * 2**20}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        cluster.add_node(**node)
        with ray_crew(2, cluster.address) as crew:
            if len({actor.node for actor in crew.ready()}) != 2:
                raise RuntimeError("the workers did not come to stand on two nodes")
            yield crew
    finally:
        cluster.shutdown()


def ray_nodes(characters: int, rounds: int) -> Section:
    """Holds one node against two; without Ray, says that it is not installed."""
    title = "One node of a Ray cluster, and two"
    if find_spec("ray") is None:
        return Section(
            "ray_nodes", title, "Not measured: Ray is not installed (it comes with the extra `ray`).", {"ratios": []}
        )
    rates = rates_of_nodes(characters, rounds)
    ratios = [two / one for one, two in zip(rates[1], rates[2], strict=True)]
    text = f"""\
{count(characters)} characters of generated texts in each of {rounds} rounds, in batches of up to {BATCH} texts, on a cluster of
two nodes of one processor each, both on this machine: {count(median(rates[1]))} characters a second by the clock on one node,
{count(median(rates[2]))} on two (medians). In the same round two were {median(ratios):.2f} times as fast as one
({", ".join(f"{ratio:.2f}" for ratio in ratios)}). Starting Ray and loading word lists is not counted.
"""
    return Section("ray_nodes", title, text, {"rates": {str(nodes): found for nodes, found in rates.items()}, "ratios": ratios})


def texts_a_batch(texts: int) -> int:
    """How many are taken together, so that each node has several batches. Raises `ValueError` for too few texts."""
    inputs = min(BATCH, texts // (2 * BATCHES_A_PROCESS))
    if not inputs:
        raise ValueError(f"{texts} texts are too few for {BATCHES_A_PROCESS} batches on each of two nodes")
    return inputs


def rates_of_nodes(characters: int, rounds: int) -> dict[int, list[float]]:
    """Characters a second by the clock in each round, by the number of nodes."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    with two_nodes() as crew:
        engines: dict[int, Engine] = {1: DispatchingEngine(OneOf(crew)), 2: DispatchingEngine(crew)}
        for turn in range(rounds + 1):
            texts = texts_of(characters, 50 + turn)
            inputs = texts_a_batch(len(texts.raw))
            claims = set()
            for nodes, run in engines.items():
                started = time.perf_counter()
                batches = ([*texts.raw[first : first + inputs]] for first in range(0, len(texts.raw), inputs))
                claims.add(sum(run(Extracting(), batches)))
                if turn:  # the first warms up what is left cold
                    rates[nodes].append(texts.characters / (time.perf_counter() - started))
            if turn:
                print(f"round {turn}: two to one {rates[2][-1] / rates[1][-1]:.2f}", file=sys.stderr, flush=True)
            if len(claims) != 1:
                raise RuntimeError(f"one node and two found different claims: {claims}")
    return rates


def main() -> None:
    """Prints what is found."""
    options = argparse.ArgumentParser(description="What a second node of a Ray cluster brings.")
    options.add_argument("--characters", type=int, default=2_000_000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    print(ray_nodes(asked.characters, asked.rounds).text)


if __name__ == "__main__":
    main()
