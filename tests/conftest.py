"""What tests of several packages share."""

import logging
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest

from pipeline.report import page
from pipeline.warehouse import checks, publishing

_OF_PUBLISHING = ("cli", "orchestration", "warehouse")
# As many processes as cores run tests: more threads in each of them only wait for each other.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
# No test leaves anything in the caller's cache folder.
os.environ["CORRIDOR_CACHE"] = ""


@pytest.fixture(scope="session", autouse=True)
def one_thread_each() -> Iterator[None]:
    """Databases of tests work in one thread, unless a test is about threads and says how many."""
    connect = duckdb.connect

    def connected(*place: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        connection = connect(*place, **options)
        if "threads" not in options.get("config", {}):
            connection.execute("SET threads = 1")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connected)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """Tests end processes, but cut no power: what the system was given is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_kept_instance() -> Iterator[None]:
    """No test writes to the log of runs that the caller's DAGSTER_HOME names, or needs the folder to be there: `make` names one
    that only a refresh makes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DAGSTER_HOME", raising=False)
        yield


_OWN_SERVER = os.environ.get("CORRIDOR_TEST_ENDPOINT")


@dataclass(frozen=True)
class ObjectStore:
    """A server that speaks S3 on loopback, and an address in it that nobody else uses."""

    endpoint: str
    address: str


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """A server that holds objects in memory, with a bucket `texts`.

    It is moto's, which refuses a conditional write whose condition does not hold, as object stores do, and takes any
    credentials. With CORRIDOR_TEST_ENDPOINT it is the server there, used with the AWS_ variables, and it has that bucket.
    """
    if _OWN_SERVER:
        yield _OWN_SERVER
        return
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: PLC0415 - takes a second

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    urllib.request.urlopen(urllib.request.Request(f"http://{host}:{port}/texts", method="PUT")).close()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A place in an object store, which this process is told how to use."""
    settings = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "of-a-test",
        "AWS_SECRET_ACCESS_KEY": "secret-of-a-test",
        "AWS_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, os.environ.get(name, value) if _OWN_SERVER else value)
    return ObjectStore(endpoint, f"s3://texts/{uuid4().hex}/store")


@contextmanager
def claims_alone() -> Iterator[None]:
    """Files are published with the tables of answers empty and unchecked and without the index of search; no report is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "work_out", lambda _connection, _settle: None)
        patch.setattr(checks, "ANALYSIS_TABLES", ())
        patch.setattr(publishing, "_can_be_searched", lambda _connection: False)
        patch.setattr(page, "write_report", lambda warehouse: page.Report(_blank(warehouse), 0, 0))
        yield


def _blank(warehouse: Path) -> Path:
    place = page.report_path(warehouse)
    place.touch()
    return place


@pytest.fixture(autouse=True)
def claims_unless_whole(request: pytest.FixtureRequest) -> Iterator[None]:
    """These tests publish few texts often, mostly to ask for other tables; those that ask for more are marked `whole`."""
    lean = request.path.parent.name in _OF_PUBLISHING and not request.node.get_closest_marker("whole")
    with claims_alone() if lean else nullcontext():
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no process is left with it when the others are done."""
    items.sort(key=lambda item: item.path.name != "test_readme.py")
