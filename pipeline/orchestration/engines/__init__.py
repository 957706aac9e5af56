"""Where batches are worked on: in this process, on a pool of processes, or on the actors of a Ray cluster.

An engine runs work over batches, as `pipeline.warehouse.refreshing.Engine` says; what the work does is not its concern.
Results are the same, and in the same order, whichever engine runs.

dispatch     what engines with workers share: order, waiting, and what becomes of a batch whose worker died
pool         workers that are processes of this machine
ray_actors   workers that are actors of Ray, on this machine or many
versions     whether workers elsewhere run the same code
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.orchestration.engines.dispatch import DispatchingEngine, EngineError
from pipeline.orchestration.engines.pool import PoolCrew
from pipeline.warehouse.refreshing import Engine, inline

ENGINES = ("inline", "pool", "ray")


def rest(engine: Engine) -> None:
    """Ends the processes of a pool, which starts others when it is given work again: their memory is free meanwhile."""
    if isinstance(engine, DispatchingEngine):
        engine.rest()


@contextmanager
def engine(name: str, workers: int | None = None, address: str | None = None) -> Iterator[Engine]:
    """The engine called `name`, for as long as the context lasts.

    `workers` counts the processes of a pool (by default one for each core) or the actors of Ray (one for each processor of the
    cluster). `address` is that of a Ray cluster; without one RAY_ADDRESS names it, or Ray runs on this machine for as long as
    the engine does.

    Raises `EngineError` for a name that is not in `ENGINES`, and if Ray is not installed, does not answer, or runs other code.
    """
    if name == "inline":
        yield inline
    elif name == "pool":
        pool = PoolCrew(workers or os.cpu_count() or 1)
        try:
            yield DispatchingEngine(pool)
        finally:
            pool.close()
    elif name == "ray":
        from pipeline.orchestration.engines.ray_actors import ray_crew  # noqa: PLC0415 - it needs a package that is optional

        with ray_crew(workers, address) as crew:
            yield DispatchingEngine(crew)
    else:
        raise EngineError(f"there is no engine {name!r}; known: {', '.join(ENGINES)}")
