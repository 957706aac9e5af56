"""Queries that an interruption ends, whenever it comes."""

import os
import signal
import threading
import time

import duckdb
import pytest

from pipeline.warehouse.interrupting import interruptible

ENDLESS = "SELECT count(*) FROM range(1000000000) AS a (x), range(1000000000) AS b (y) WHERE x % 7 = y % 3"


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
def test_an_interruption_that_comes_before_the_query_ends_it_too() -> None:
    connection = duckdb.connect()

    def late() -> None:
        time.sleep(0.5)
        connection.execute(ENDLESS)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            interruptible(connection, late)
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_a_query_gives_and_raises_is_passed_on() -> None:
    connection = duckdb.connect()
    assert interruptible(connection, lambda: connection.execute("SELECT 1").fetchall()) == [(1,)]
    with pytest.raises(duckdb.Error, match="nowhere"):
        interruptible(connection, lambda: connection.execute("FROM nowhere"))
