"""Workers that are actors of Ray, here or on the nodes of a cluster. What is done when one dies belongs to `dispatch`.

Only this module knows Ray, and is imported only for it. Code is not sent anywhere: the nodes have it installed, and a node with
other code is refused.
"""

import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType
from typing import Any, TypeVar

from pipeline.orchestration.engines.dispatch import AHEAD, EngineError, WorkerLostError
from pipeline.orchestration.engines.versions import running_versions, told_differences
from pipeline.warehouse.errors import PlaceError, UnwritableError, told_error
from pipeline.warehouse.refreshing import Work

B = TypeVar("B")
R = TypeVar("R")

ADDRESS_VARIABLE = "RAY_ADDRESS"
LOCAL = "local"
TRIES_TO_START = 3
SECONDS_TO_ANSWER = 10.0
SECONDS_TO_START = 300.0  # a cluster that grows with demand takes minutes to do so
SECONDS_FOR_ALL = 20.0  # after which work begins with those that are ready
MOST_FAILED_STARTS = 20
# A few batches and their results; without a bound Ray would take a third of the memory for them.
LOCAL_OBJECT_STORE = 256_000_000
# It tells nobody that it is used, nothing of nodes that come and go, and warns of no change to come.
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_SCHEDULER_EVENTS": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
# On a machine that is at its limit, Ray takes longer to start than it gives itself.
_PATIENT = {"RAY_gcs_server_port_wait_time_s": "120"}


class RayWorker:
    """What runs on an actor: it loads the word lists once, and then works on batch after batch."""

    def __init__(self) -> None:
        from pipeline.orchestration.batches import warm_up  # noqa: PLC0415 - only workers work

        warm_up()

    def versions(self) -> tuple[str, str, dict[str, str]]:
        """The node that this worker runs on, its name, and the code that it runs."""
        import ray  # noqa: PLC0415

        return ray.get_runtime_context().get_node_id(), socket.gethostname(), running_versions()

    def run(self, work: Work[B, R], batch: list[B]) -> R:
        """The result for a batch."""
        return work(batch)


@contextmanager
def ray_crew(workers: int | None, address: str | None) -> Iterator["RayCrew"]:
    """Actors of the cluster at an address, by default the one that RAY_ADDRESS names, or of a Ray of its own on this machine.

    Raises `EngineError`.
    """
    if find_spec("ray") is None:
        raise EngineError("the engine ray needs a package that is not installed: pip install 'corridor[ray]'")
    address = address or os.environ.get(ADDRESS_VARIABLE) or LOCAL
    with _local_ray(workers) if address == LOCAL else _cluster(address):
        import ray  # noqa: PLC0415

        crew = RayCrew(ray, workers or _processors(ray))
        try:
            crew.start()
            yield crew
        finally:
            crew.close()


@contextmanager
def _local_ray(workers: int | None) -> Iterator[None]:
    """A Ray of this process on this machine, which nothing outside the machine reaches and of which nothing stays behind."""
    # Sockets lie in it, whose paths may not be long.
    folder = tempfile.mkdtemp(prefix="corridor-ray-", dir="/tmp" if os.name == "posix" else None)
    # Its processes answer to nobody without this token, which Ray would else keep in the home folder,
    settings = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), **_PATIENT}
    if "ray" not in sys.modules:  # which looks at this once
        # and listen on the loopback address alone, as they do on systems that have no clusters.
        settings["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    try:
        with (
            _environment(settings),
            _connected(
                address=LOCAL,
                num_cpus=workers or os.cpu_count() or 1,
                object_store_memory=LOCAL_OBJECT_STORE,
                include_dashboard=False,
                _temp_dir=folder,
            ),
        ):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    _require_answer(address)
    with _environment({"RAY_NUM_REDIS_GET_RETRIES": "2"}), _connected(address=address):  # or it tries for a quarter of an hour
        yield


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """Settings of Ray that it takes from the environment, and only when it is loaded; those made by the caller stand."""
    added = {name: value for name, value in {**_QUIET, **settings}.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _connected(*, address: str, **settings: Any) -> Iterator[None]:
    import ray  # noqa: PLC0415

    _silence(ray)
    on_end = signal.getsignal(signal.SIGTERM)
    try:
        _init(ray, address, **settings)
    except Exception as error:
        raise EngineError(_told_unreachable(address, error)) from error
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, on_end)  # Ray puts its own there
    try:
        yield
    finally:
        ray.shutdown()


def _require_answer(address: str) -> None:
    """Raises `EngineError` if an address holds a password, or nobody answers at one, of the form HOST:PORT or ray://HOST:PORT."""
    if "@" in address:  # which is not told: what stands before it may be a password
        raise EngineError(
            "the address of the Ray cluster holds a name or a password; name it as HOST:PORT or ray://HOST:PORT with --ray or"
            f" {ADDRESS_VARIABLE}, and give a token as RAY_AUTH_TOKEN"
        )
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not (host and port.isdecimal()):
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_ANSWER).close()
    except (OSError, OverflowError) as error:
        raise EngineError(_told_unreachable(address, error)) from error


def _told_unreachable(address: str, error: Exception) -> str:
    reason = " ".join(str(error).split()).split(". ")[0] or type(error).__name__
    if address == LOCAL:
        return f"Ray could not be started on this machine: {reason}"
    return (
        f"no Ray cluster could be used at {address} ({reason}): correct --ray or {ADDRESS_VARIABLE}, or leave both out to run"
        " Ray on this machine"
    )


def _init(ray: ModuleType, address: str, **settings: Any) -> None:
    for attempt in range(1, TRIES_TO_START + 1):
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **settings)
        except Exception as error:
            ray.shutdown()
            if address != LOCAL or attempt == TRIES_TO_START or "timed out" not in str(error):
                raise
        else:
            return


def _processors(ray: ModuleType) -> int:
    return int(ray.cluster_resources().get("CPU", 0)) or 1


def _silence(ray: ModuleType) -> None:
    """Ray tells deaths of workers on the standard output of the program, which is not its own; they are told by the engine."""
    ray._private.worker.print_to_stdstream = lambda *_args, **_options: None


@dataclass(eq=False)
class _Actor:
    handle: Any
    node: str = ""
    host: str = ""


class RayCrew:
    """Actors, one for each processor. One that is lost is replaced where the cluster has room; until then the others work."""

    def __init__(self, ray: ModuleType, actors: int) -> None:
        self._ray = ray
        self._actors = actors
        self._class = ray.remote(RayWorker).options(num_cpus=1, max_restarts=0, scheduling_strategy="SPREAD")
        self._versions = running_versions()
        self._starting: dict[Any, _Actor] = {}
        self._ready: list[_Actor] = []
        self._at: dict[Any, _Actor] = {}
        self._failed_starts = 0
        self._closed = False
        self._lacking_since = time.monotonic()

    def start(self) -> None:
        """Starts the actors, and returns once they are ready, or some are and the others are late."""
        for _ in range(self._actors):
            self._hire()
        began = time.monotonic()
        while self._starting and (not self._ready or time.monotonic() - began < SECONDS_FOR_ALL):
            self._wait_for([*self._starting], seconds=1.0)

    @property
    def capacity(self) -> int:
        """How many batches all actors together hold at most."""
        return self._actors * AHEAD

    def ready(self) -> Collection[_Actor]:
        """The actors that are there; others may be starting."""
        return self._ready

    def room(self, _worker: _Actor) -> int:
        """How many batches an actor holds at most."""
        return AHEAD

    def begin(self, worker: _Actor, work: Work[B, R], batch: list[B]) -> Any:
        """Gives a batch to an actor."""
        ticket = worker.handle.run.remote(work, batch)
        self._at[ticket] = worker
        return ticket

    def done(self, tickets: Collection[Any], *, wait: bool) -> Collection[Any]:
        """The tickets that have come to an end; with `wait` not before one has, or another actor is ready."""
        while True:
            ended = self._wait_for([*tickets, *self._starting], seconds=1.0 if wait else 0.0)
            found = [ticket for ticket in ended if ticket in self._at]
            if found or not wait or len(found) < len(ended):
                return found

    def result(self, ticket: Any) -> Any:
        """The result of a ticket that is done. Raises `WorkerLostError`, and what the work raised."""
        errors = self._ray.exceptions
        worker = self._at.pop(ticket)
        try:
            return self._ray.get(ticket)
        except errors.RayTaskError as error:
            raise self._told(worker, error.cause or error) from error
        except (errors.RayActorError, errors.OutOfMemoryError, errors.WorkerCrashedError) as error:
            gone = isinstance(error, errors.ActorUnavailableError) or getattr(error, "preempted", False)
            raise WorkerLostError(blameless=gone or not self._is_alive(worker.node)) from error
        except (errors.ObjectLostError, errors.NodeDiedError) as error:
            raise WorkerLostError(blameless=True) from error

    def replace(self, worker: _Actor) -> bool:
        """Starts another actor in place of a lost one; False if that was done before."""
        if worker not in self._ready:
            return False
        self._ready.remove(worker)
        if not self._ready:
            self._lacking_since = time.monotonic()
        self._dismiss(worker)
        self._hire()
        return True

    def forget(self, tickets: Collection[Any]) -> None:
        """Nobody waits for these any more: those not begun are not begun."""
        if self._closed:
            return  # Ray would start anew to cancel what is gone
        for ticket in tickets:
            del self._at[ticket]
            with suppress(Exception):
                self._ray.cancel(ticket)

    def rest(self) -> None:
        """Nothing: actors are the cluster's, and each would load its word lists anew."""

    def close(self) -> None:
        """Ends the actors."""
        self._closed = True
        for actor in (*self._ready, *self._starting.values()):
            self._dismiss(actor)

    def _hire(self) -> None:
        actor = _Actor(self._class.remote())
        self._starting[actor.handle.versions.remote()] = actor

    def _dismiss(self, actor: _Actor) -> None:
        with suppress(Exception):
            self._ray.kill(actor.handle)

    def _wait_for(self, tickets: list[Any], seconds: float) -> list[Any]:
        """Those that came to an end within so many seconds; actors that got ready among them are made use of."""
        ray = self._ray
        # What is not fetched yet counts: a fetch from a node that goes at that moment must not keep all from going on.
        ended, _ = ray.wait(tickets, num_returns=1, timeout=seconds, fetch_local=False) if tickets else ([], [])
        if ended and len(tickets) > 1:
            ended, _ = ray.wait(tickets, num_returns=len(tickets), timeout=0, fetch_local=False)
        for ticket in ended:
            if ticket in self._starting:
                self._welcome(ticket, self._starting.pop(ticket))
        self._require_some()
        return list(ended)

    def _welcome(self, ticket: Any, actor: _Actor) -> None:
        try:
            actor.node, actor.host, versions = self._ray.get(ticket)
        except self._ray.exceptions.RayError as error:
            self._failed_starts += 1
            if getattr(error, "actor_init_failed", False) or self._failed_starts > MOST_FAILED_STARTS:
                raise EngineError(
                    f"a worker of Ray could not start: {_last_line(error)}; install the same version of corridor on all nodes"
                ) from error
            self._dismiss(actor)
            self._hire()
            return
        if differences := told_differences(self._versions, versions):
            raise EngineError(
                f"the Ray node {actor.host} runs other code than this process ({differences}): install the same version of"
                " corridor and of its packages on all nodes, and start Ray on them again"
            )
        self._ready.append(actor)

    def _require_some(self) -> None:
        if not self._ready and time.monotonic() - self._lacking_since > SECONDS_TO_START:
            raise EngineError(
                f"no worker of Ray could start within {SECONDS_TO_START:.0f} seconds: the cluster has no processor free"
                " (`ray status` shows what it has)"
            )

    def _told(self, worker: _Actor, error: Exception) -> Exception:
        """An error of a worker's; if it could not use the store, and is on another node, with what may be the cause."""
        elsewhere = worker.node != self._ray.get_runtime_context().get_node_id()
        if elsewhere and isinstance(error, (OSError, UnwritableError, PlaceError)):
            return EngineError(
                f"on the Ray node {worker.host}: {told_error(error)}; all nodes need the store, in a shared folder of the same"
                " path or at s3://BUCKET/PREFIX"
            )
        return error

    def _is_alive(self, node: str) -> bool:
        return any(found["NodeID"] == node and found["Alive"] for found in self._ray.nodes())


def _last_line(error: Exception) -> str:
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)
