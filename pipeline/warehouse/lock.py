"""One writer at a time, across processes.

The lock is the operating system's: it ends with the process that holds it, however that process ends. What is written
under the lock does not belong here.
"""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.warehouse import files
from pipeline.warehouse.errors import LockHeldError

_SECONDS_BETWEEN_TRIALS = 0.2


@contextmanager
def exclusive(path: Path, subject: str, wait_seconds: float = 0) -> Iterator[bool]:
    """Holds the lock file `path`; `subject` names what is locked, for the message. The same thread may enter again.

    Gives whether this is the outermost entry.

    Raises `LockHeldError` if another process or thread holds it, and still does after `wait_seconds`; `UnwritableError` if
    nobody may write there.
    """
    lock = FileLock(path, is_singleton=True)
    holder = path.with_name(f"{path.name}.holder")
    outermost = not lock.is_locked
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait_seconds, poll_interval=_SECONDS_BETWEEN_TRIALS)
    except Timeout:
        _require_writable(path, subject)
        if wait_seconds:
            advice = f"waited {wait_seconds:g} seconds for it to end; wait longer, or stop it"
        else:
            advice = "wait until it ends, as `corridor refresh --wait SECONDS` does by itself, or stop it"
        raise LockHeldError(f"{subject} is being written {_describe(holder)}; {advice}") from None
    except OSError as error:
        raise files.unwritable(subject, error) from error
    try:
        if outermost:
            files.sweep(holder.parent, holder.name)
            files.write_text(holder, json.dumps(_self_description()))
        yield outermost
    finally:
        if outermost:
            holder.unlink(missing_ok=True)
        lock.release()


def _require_writable(path: Path, subject: str) -> None:
    """Raises `UnwritableError` if the lock file is not there and cannot be made, which looks like a lock that is held."""
    try:
        if not path.exists():
            path.touch()
    except OSError as error:
        raise files.unwritable(subject, error) from error


def _self_description() -> dict[str, str | int]:
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _describe(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text(encoding="utf-8"))
        return f"by process {known['pid']} on {known['host']} since {known['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "by another process"
