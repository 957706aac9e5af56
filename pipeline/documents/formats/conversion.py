"""Runs the readers of formats in processes of their own, so that no file can crash, stall or bloat the process that asks.

A libxml2 or PDFium that breaks down takes its process with it, and nothing in Python can stop one that does not come back.
So each file goes to a child process, which is kept for the next file, and ended when a file takes too long: by the system
after so many seconds of work, by this process after a longer wait. That works alike inline, in workers of a pool and in
threads: a child serves one file at a time, and there are as many as are asked at once. What a child does is in `child`, how a
format is read in the module named after it.
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from functools import cache
from typing import IO, Any, NamedTuple, cast

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.converted import Converted, Unconvertible
from pipeline.documents.formats.messages import LOADED, Job, as_result, read_message, write_message

# A child that dies without having been told to was perhaps ended for want of memory: the file gets a second one.
ATTEMPTS = 2
# These come from elsewhere, as from a system short of memory; a child that breaks down by itself dies of another.
_FROM_ELSEWHERE = frozenset(
    -getattr(signal, name) for name in ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)
)
# All that a child needs of the environment: it reads files of strangers, and the rest holds secrets.
_ENVIRONMENT = frozenset(
    (
        "PATH",
        "SYSTEMROOT",
        "TMPDIR",
        "TEMP",
        "TMP",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "PYTHONHOME",
        "LANG",
        "LC_ALL",
        "TZ",
    )
)
_START = "import sys; sys.path[:] = {path!r}; from pipeline.documents.formats.child import main; main()"


class _Limits(NamedTuple):
    convert_seconds: float
    convert_wait_seconds: float
    convert_load_seconds: float


class _DiedError(Exception):
    """A child ended while it had a file."""

    def __init__(self, overdue: bool, status: int) -> None:
        super().__init__(f"ended with status {status}")
        self.overdue = overdue
        self.ended_from_elsewhere = status in _FROM_ELSEWHERE


def convert(job: Job) -> Converted | Unconvertible:
    """The text of a file of another format than plain text, or why there is none; raises for nothing that the file holds."""
    return _children(os.getpid()).convert(job)


class _Children:
    """The child processes of this process. They end with it, or when it calls `close`."""

    def __init__(self) -> None:
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        atexit.register(self.close)

    def convert(self, job: Job) -> Converted | Unconvertible:
        death: _DiedError | None = None
        for _ in range(ATTEMPTS):
            child = self._taken()
            try:
                result = as_result(child.run(job))
            except _DiedError as error:
                child.end()
                if error.overdue:
                    detail = (
                        f"not read after {_limits().convert_seconds:g} seconds of work; it is tried again at the next refresh"
                    )
                    return Unconvertible("too_slow", detail)
                death = error
            except BaseException:
                child.end()
                raise
            else:
                with self._lock:
                    self._idle.append(child)
                return result
        if death is not None and death.ended_from_elsewhere:
            detail = f"the program that reads {job.format.upper()} files was ended, perhaps for want of memory ({death})"
            return Unconvertible("reading_broke", f"{detail}; it is tried again at the next refresh")
        return Unconvertible("damaged", f"the program that reads {job.format.upper()} files broke down on it ({death})")

    def close(self) -> None:
        """Ends the children that have nothing to do."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _taken(self) -> "_Child":
        with self._lock:
            return self._idle.pop() if self._idle else _Child()


class _Child:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # A library that goes through a set must do so in the same order every time.
            env={**_environment(), "PYTHONHASHSEED": "0"},
        )

    def run(self, job: Job) -> dict[str, Any]:
        """The message that answers `job`. Raises `_DiedError`."""
        limits = _limits()
        try:
            write_message(self._input, job.header(), job.content)
        except OSError:
            raise _DiedError(False, self._process.wait()) from None
        answer = self._answer(limits.convert_load_seconds)
        return self._answer(limits.convert_wait_seconds) if answer == LOADED else answer

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._input, self._output):
            # What was not taken from the buffer before the process ended cannot be flushed.
            with contextlib.suppress(OSError):
                stream.close()

    @property
    def _input(self) -> IO[bytes]:
        return cast(IO[bytes], self._process.stdin)

    @property
    def _output(self) -> IO[bytes]:
        return cast(IO[bytes], self._process.stdout)

    def _answer(self, seconds: float) -> dict[str, Any]:
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            header, _ = read_message(self._output)
        except (EOFError, ValueError, OSError):
            self._process.kill()
            status = self._process.wait()
            raise _DiedError(overdue.is_set() or status == -getattr(signal, "SIGPROF", 0), status) from None
        finally:
            timer.cancel()
        return header


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.upper() in _ENVIRONMENT}


@cache
def _children(_process: int) -> _Children:
    """The children of the process of this number: one that was forked must not use those of its parent."""
    return _Children()


@cache
def _limits() -> _Limits:
    data = read_toml("documents_limits.toml")
    return _Limits(*(float(data[name]) for name in _Limits._fields))
