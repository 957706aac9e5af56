"""One writer at a time, across machines: a lease on an object.

The object names its holder, who renews it as long as it works. A holder that died does not: then the lease runs out, by the
clock of the object store, and the next writer takes it over, and knows by that to look for what was left half done. A holder
that was cut off for so long writes nothing any more. All of it rests on conditional writes, which the object store must honour.
"""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import uuid4

from pipeline.warehouse.errors import LockHeldError, PlaceError, WarehouseError, told_error

SECONDS = 60.0  # after which a lease that was not renewed may be taken over
_RENEWED_AFTER = 0.2  # of that time
_SURE_FOR = 0.5  # of that time
# For so long at least nobody takes over after a holder was sure: what it began then must have ended.
SECONDS_TO_END = SECONDS * (1 - _SURE_FOR)
_MEMORY = 64_000_000  # bytes
_SECONDS_BETWEEN_TRIALS = 1.0


def _now() -> float:
    """Seconds by a clock that only counts up; where there is one that also counts while the machine sleeps, by that."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Objects(Protocol):
    """Objects by name, with tags that change with what they hold."""

    @property
    def root(self) -> str:
        """The address of all."""

    def create(self, name: str, content: bytes) -> str | None:
        """Writes an object that is not there yet, and gives its tag; None if it is there."""

    def replace(self, name: str, content: bytes, tag: str) -> str | None:
        """Writes an object in place of the one with that tag, and gives its own; None if another is there, or none."""

    def tagged(self, name: str) -> tuple[bytes, str, datetime] | None:
        """What the object holds, its tag and when it was written; None without it."""

    def discard(self, name: str) -> None:
        """Removes an object, whoever holds the lock."""


@contextmanager
def exclusive(objects: Objects, name: str, subject: str, wait_seconds: float = 0) -> Iterator[bool]:
    """Holds a lease on the object `name`; `subject` names what is locked, for the message. The same thread may enter again.

    Gives whether this is the outermost entry.

    Raises `LockHeldError` if another process or thread holds it, and still does after `wait_seconds`; `PlaceError` if the
    object store cannot be used, or does not honour conditions.
    """
    held = _HELD.get(objects.root)
    if held is not None and held.thread == threading.get_ident():
        yield False
        return
    lease = _acquired(objects, name, subject, wait_seconds)
    _HELD[objects.root] = lease
    try:
        with lease.renewed():
            yield True
    finally:
        del _HELD[objects.root]
        lease.release()


def require_held(root: str) -> None:
    """Raises `LockHeldError` if this process holds the lock of a store, and can no longer be sure of it."""
    lease = _HELD.get(root)
    if lease is not None:
        lease.require()


def is_held(root: str) -> bool:
    """Whether this process holds the lock of a store, and is sure of it."""
    lease = _HELD.get(root)
    return lease is not None and lease.is_sure


def was_taken_over(root: str) -> bool:
    """Whether the lock that is held was left by a writer that did not come to its end."""
    lease = _HELD.get(root)
    return lease is not None and lease.taken_over


def memory(root: str) -> "Memory | None":
    """What is remembered of the objects of a store whose lock is held; None if it is not held, since then others may write."""
    lease = _HELD.get(root)
    return None if lease is None else lease.memory


@dataclass
class Memory:
    """What objects hold, None for those that are not there, and what lies in folders."""

    objects: dict[str, bytes | None] = field(default_factory=dict)
    folders: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, name: str, content: bytes) -> None:
        """Remembers what an object holds, as long as all together is not too much."""
        with self._lock:
            if name not in self.objects and self.size + len(content) <= _MEMORY:
                self.objects[name] = content
                self.size += len(content)

    def forget(self, names: Iterable[str]) -> None:
        """These objects are about to change."""
        self.folders.clear()
        with self._lock:
            for name in names:
                self.size -= len(self.objects.pop(name, None) or b"")


@dataclass
class _Lease:
    """A lease that is held. `sure_until` is by the clock that only counts up."""

    objects: Objects
    name: str
    subject: str
    holder: "_Holder"
    tag: str
    taken_over: bool
    sure_until: float
    thread: int = field(default_factory=threading.get_ident)
    memory: Memory = field(default_factory=Memory)
    renewals: int = 0
    fault: str = ""
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_sure(self) -> bool:
        return _now() <= self.sure_until

    def require(self) -> None:
        if not self.is_sure:
            reason = f" ({self.fault})" if self.fault else ""
            raise LockHeldError(
                f"{self.subject} was out of reach for so long that another process may be writing it{reason}; nothing more was"
                " written: refresh again, and what was done is kept"
            )

    @contextmanager
    def renewed(self) -> Iterator[None]:
        thread = threading.Thread(target=self._renew, name=f"lease on {self.name}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def release(self) -> None:
        """Removes the object if it is ours still; if it cannot be reached, the lease runs out by itself."""
        with suppress(WarehouseError):
            found = self.objects.tagged(self.name)
            if found is not None and self.holder.wrote(found[0]):
                self.objects.discard(self.name)

    def _renew(self) -> None:
        while not self._ended.wait(SECONDS * _RENEWED_AFTER):
            try:
                if not self._is_ours_still():
                    self.sure_until = 0
                    return
            except Exception as error:  # whatever it is, the next trial may succeed
                self.fault = told_error(error)

    def _is_ours_still(self) -> bool:
        """Renews the lease, and gives whether it is not another's by now."""
        began = _now()
        # With another number, and so with another tag: who found the lease run out before must not replace this one.
        self.renewals += 1
        content = self.holder.content(self.renewals)
        tag = self.objects.replace(self.name, content, self.tag)
        if tag is None:
            found = self.objects.tagged(self.name)
            if found is None or not self.holder.wrote(found[0]):
                return False
            self.tag = found[1]
            if found[0] != content:  # else the answer was lost
                return True
        self.tag, self.sure_until, self.fault = tag or self.tag, began + SECONDS * _SURE_FOR, ""
        return True


# The leases that this process holds, by the address of the store.
_HELD: dict[str, _Lease] = {}


def _acquired(objects: Objects, name: str, subject: str, wait_seconds: float) -> _Lease:
    holder = _Holder(uuid4().hex, datetime.now(UTC).isoformat(timespec="seconds"))
    give_up = _now() + wait_seconds
    while True:
        began = _now()
        tag, taken_over = _tried(objects, name, holder)
        if tag is not None:
            lease = _Lease(objects, name, subject, holder, tag, taken_over, began + SECONDS * _SURE_FOR)
            _require_conditions(lease)
            return lease
        if _now() >= give_up:
            raise LockHeldError(_told(objects, name, subject, wait_seconds))
        time.sleep(min(_SECONDS_BETWEEN_TRIALS, max(0.0, give_up - _now())))


def _tried(objects: Objects, name: str, holder: "_Holder") -> tuple[str | None, bool]:
    """The tag of a lease on the object, None if it is another's; and whether it was taken over."""
    content = holder.content(0)
    tag = objects.create(name, content)
    if tag is not None:
        return tag, False
    found = objects.tagged(name)
    if found is None:
        return objects.create(name, content), False
    if holder.wrote(found[0]):  # written by a request of ours whose answer was lost
        return found[1], False
    if _seconds_left(objects, name, found[2]) > 0:
        return None, False
    return objects.replace(name, content, found[1]), True


def _seconds_left(objects: Objects, name: str, written_at: datetime) -> float:
    """How long the lease lasts that was written then. The object store's clock tells: ours may be wrong."""
    clock = f"{name}-{uuid4().hex[:12]}"
    objects.create(clock, b"")
    found = objects.tagged(clock)
    objects.discard(clock)
    return SECONDS - (found[2] - written_at).total_seconds() if found else SECONDS


def _require_conditions(lease: _Lease) -> None:
    """Raises `PlaceError` if the object store writes an object that it was told to write only if there is none, or in place of
    another one.
    """
    content = lease.holder.content(0)
    trials: dict[str, Callable[[], str | None]] = {
        "If-None-Match": lambda: lease.objects.create(lease.name, content),
        "If-Match": lambda: lease.objects.replace(lease.name, content, _NO_TAG),
    }
    for condition, trial in trials.items():
        if trial() is not None:
            lease.release()
            raise PlaceError(
                f"{lease.objects.root}: this object store does not honour conditional writes ({condition}), so that two writers"
                " could spoil each other's work; keep the store in a folder, or in another object store"
            )


_NO_TAG = f'"{0:032}"'  # of the usual form, and of no object


@dataclass(frozen=True)
class _Holder:
    """Who holds a lease; no two have the same token."""

    token: str
    since: str

    def content(self, renewals: int) -> bytes:
        known = {"pid": os.getpid(), "host": socket.gethostname(), "since": self.since, "token": self.token}
        return json.dumps({**known, "renewals": renewals}).encode()

    def wrote(self, content: bytes) -> bool:
        return self.token.encode() in content


def _told(objects: Objects, name: str, subject: str, wait_seconds: float) -> str:
    if wait_seconds:
        advice = f"waited {wait_seconds:g} seconds for it to end; wait longer, or stop it"
    else:
        advice = "wait until it ends, as `corridor refresh --wait SECONDS` does by itself, or stop it"
    holder = "another process"
    found = objects.tagged(name)
    with suppress(ValueError, KeyError, TypeError):
        known = json.loads(found[0] if found else b"")
        holder = f"process {known['pid']} on {known['host']} since {known['since']}"
    return f"{subject} is being written by {holder}; {advice}. If it died, its lock ends by itself within {SECONDS:g} seconds"
