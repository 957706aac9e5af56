"""A server for each test, and a clock that nobody waits for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from pipeline.sources.http import Client, HttpSettings, Politeness
from tests.sources.serving import Server, running


@dataclass
class Clock:
    """Sleeping lets its time pass at once; `waits` are the sleeps."""

    now: float = 1_000.0
    waits: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def politeness(self) -> Politeness:
        return Politeness(lambda: self.now, self.sleep)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


def settings(**changes: object) -> HttpSettings:
    """Settings under which a server on loopback may be asked, at once."""
    return HttpSettings.of({"allow_private": True, "pause": 0.0, "retries": 0, **changes})


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with Client(settings(), clock.politeness()) as client:
        yield client
