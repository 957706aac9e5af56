"""Files are read in processes of their own: what stalls or crashes there costs that file alone."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.documents.formats import conversion
from pipeline.documents.formats.child import cleaned, converted
from pipeline.documents.formats.converted import Converted, Stretch, Unconvertible
from pipeline.documents.formats.messages import Job
from tests.documents.formats.made import article, text_of, unread

POSIX = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="work is not measured there")
JOB = Job("html", article().encode())


LOADED = 'import sys, time; print("{{\\"loaded\\": true, \\"length\\": 0}}", flush=True); '
WORKS = "sys.path[:] = {path!r}; from pipeline.documents.formats.child import _end_after; _end_after(0.05)\nwhile True: pass"


@pytest.mark.parametrize(
    ("program", "seconds"),
    [(LOADED + "time.sleep(60)  # {path}", 0.2), pytest.param(LOADED + WORKS, 60, marks=POSIX)],
    ids=["waits", "works"],
)
def test_a_file_that_takes_too_long_is_recorded(monkeypatch: pytest.MonkeyPatch, program: str, seconds: float) -> None:
    monkeypatch.setattr(conversion, "_START", program)
    monkeypatch.setattr(conversion, "_limits", lambda: conversion._Limits(0.05, seconds, 60))
    found = conversion._Children().convert(JOB)
    assert isinstance(found, Unconvertible)
    assert (found.reason, "0.05 seconds" in found.detail) == ("too_slow", True)


def test_a_child_that_was_ended_is_replaced() -> None:
    text = text_of("html", JOB.content)
    children = conversion._children(os.getpid())
    for child in children._idle:
        child._process.kill()
    assert text_of("html", JOB.content) == text


def test_a_file_that_ends_every_child_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_START", "import sys; sys.stdin.buffer.readline(); sys.exit(7)  # {path}")
    found = conversion._Children().convert(JOB)
    assert isinstance(found, Unconvertible)
    assert found.reason == "damaged"
    assert "ended with status" in found.detail


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there are no such signals")
@pytest.mark.parametrize(
    ("name", "reason"), [("SIGKILL", "reading_broke"), ("SIGTERM", "reading_broke"), ("SIGSEGV", "damaged")]
)
def test_a_file_whose_children_were_killed_is_tried_again(monkeypatch: pytest.MonkeyPatch, name: str, reason: str) -> None:
    # Whatever this process ignores or blocks, its children would, too.
    heed = "signal.pthread_sigmask(signal.SIG_SETMASK, [])"
    if name != "SIGKILL":
        heed += f"; signal.signal(signal.{name}, signal.SIG_DFL)"
    die = f"import os, signal, sys; {heed}; sys.stdin.buffer.readline(); os.kill(os.getpid(), signal.{name})  # {{path}}"
    monkeypatch.setattr(conversion, "_START", die)
    found = conversion._Children().convert(JOB)
    assert isinstance(found, Unconvertible)
    assert (found.reason, "tried again" in found.detail) == (reason, reason == "reading_broke")


def test_a_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDOR_ALERTS", "mailtos://user:password@example.org")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    child = conversion._Child()
    try:
        given = Path("/proc", str(child._process.pid), "environ").read_bytes() if Path("/proc/self/environ").exists() else b""
    finally:
        child.end()
    known = {entry.partition(b"=")[0].decode() for entry in given.split(b"\0") if entry}
    assert known <= {*conversion._ENVIRONMENT, "PYTHONHASHSEED"}
    assert set(conversion._environment()) <= conversion._ENVIRONMENT


def test_threads_read_at_once_and_get_each_their_own() -> None:
    contents = [article().replace("1.4 million", f"{number}.4 million").encode() for number in range(2, 10)]
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda content: text_of("html", content), contents))
    assert [f"{number}.4 million" in text for number, text in enumerate(texts, 2)] == [True] * len(texts)


def test_what_a_reader_raises_is_the_fault_of_the_file() -> None:
    def broken(job: Job) -> Converted:
        raise IndexError("list index\nout of range")

    def greedy(job: Job) -> Converted:
        raise MemoryError

    found = converted(JOB, broken)
    assert found == Unconvertible("damaged", "no sound HTML file (IndexError: list index out of range)")
    assert isinstance(greed := converted(JOB, greedy), Unconvertible)
    assert greed.reason == "too_large"


def test_a_text_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 5_000_000
    found = converted(JOB, lambda job: Converted("a" * (limit + 1)))
    assert isinstance(found, Unconvertible)
    assert (found.reason, str(limit) in found.detail) == ("too_large", True)


def test_control_characters_go_and_furniture_stays_in_its_place() -> None:
    found = cleaned(Converted("a\x00b\x1b[1m\r\ne\u0301 12\x07 c\ud800d", furniture=(Stretch(8, 14),)))
    assert found.text == "ab[1m\n\u00e9 12 cd"
    assert [found.text[start:end] for start, end in found.furniture] == ["\n\u00e9 12"]


def test_a_pdf_that_is_none_is_recorded_with_what_it_is_for() -> None:
    assert unread(b"nothing like it", "a.pdf").reason == "damaged"
