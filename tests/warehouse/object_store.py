"""An object store on loopback: a server that speaks S3 over HTTP, and holds what it is given in memory.

The server is moto's. It refuses a conditional write whose condition does not hold, as object stores do, but takes any
credentials unless it is told otherwise.
"""

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest

BUCKET = "texts"


@dataclass(frozen=True)
class ObjectStore:
    """A server with a bucket. `address` is a place in it that nobody else uses."""

    endpoint: str
    address: str

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to know to use it."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "of-a-test",
            "AWS_SECRET_ACCESS_KEY": "secret-of-a-test",
            "AWS_REGION": "us-east-1",
        }


@contextmanager
def served() -> Iterator[str]:
    """The endpoint of a server with a bucket, for as long as the context lasts."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: PLC0415 - takes a second

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{BUCKET}", method="PUT")).close()
    try:
        yield endpoint
    finally:
        server.stop()


def used(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """A place in the bucket, which this process is told how to use."""
    store = ObjectStore(endpoint, f"s3://{BUCKET}/{uuid4().hex}/store")
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    return store
