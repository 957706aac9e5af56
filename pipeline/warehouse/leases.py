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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import uuid4

from pipeline.warehouse.errors import LockHeldError, PlaceError, WarehouseError

SECONDS = 60.0  # after which a lease that was not renewed may be taken over
_RENEWED_AFTER = 0.2  # of that time
_SURE_FOR = 0.5  # of that time: what is begun later might end after another has taken over
_SECONDS_BETWEEN_TRIALS = 1.0


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

    def forget(self, names: Iterable[str]) -> None:
        """These objects are about to change."""
        self.folders.clear()
        for name in names:
            self.objects.pop(name, None)


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
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_sure(self) -> bool:
        return time.monotonic() <= self.sure_until

    def require(self) -> None:
        if not self.is_sure:
            raise LockHeldError(
                f"{self.subject} was out of reach for so long that another process may be writing it; nothing more was"
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
            began = time.monotonic()
            with suppress(WarehouseError):
                # With another number, and so with another tag: who found the lease run out before must not replace this one.
                self.renewals += 1
                content = self.holder.content(self.renewals)
                tag = self.objects.replace(self.name, content, self.tag)
                if tag is None:
                    found = self.objects.tagged(self.name)
                    if found is None or not self.holder.wrote(found[0]):
                        self.sure_until = 0
                        return
                    self.tag = found[1]
                    if found[0] != content:  # else the answer was lost
                        continue
                self.tag, self.sure_until = tag or self.tag, began + SECONDS * _SURE_FOR


# The leases that this process holds, by the address of the store.
_HELD: dict[str, _Lease] = {}


def _acquired(objects: Objects, name: str, subject: str, wait_seconds: float) -> _Lease:
    holder = _Holder(uuid4().hex, datetime.now(UTC).isoformat(timespec="seconds"))
    give_up = time.monotonic() + wait_seconds
    while True:
        began = time.monotonic()
        tag, taken_over = _tried(objects, name, holder)
        if tag is not None:
            lease = _Lease(objects, name, subject, holder, tag, taken_over, began + SECONDS * _SURE_FOR)
            _require_conditions(lease)
            return lease
        if time.monotonic() >= give_up:
            raise LockHeldError(_told(objects, name, subject, wait_seconds))
        time.sleep(min(_SECONDS_BETWEEN_TRIALS, max(0.0, give_up - time.monotonic())))


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
    """Raises `PlaceError` if the object store writes an object that it was told to write only if there is none."""
    if lease.objects.create(lease.name, lease.holder.content(0)) is not None:
        lease.release()
        raise PlaceError(
            f"{lease.objects.root}: this object store does not honour conditional writes (If-None-Match), so that two writers"
            " could spoil each other's work; keep the store in a folder, or in another object store"
        )


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
