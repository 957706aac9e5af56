"""A lease on an object: one writer at a time, whatever becomes of the one before."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.warehouse import leases
from pipeline.warehouse.errors import LockHeldError, PlaceError
from pipeline.warehouse.leases import exclusive, require_held, was_taken_over


@dataclass
class Objects:
    """An object store in memory, whose clock is set by hand and far from ours."""

    root: str = "s3://made/store"
    ignored: str = ""
    fault: Exception | None = None
    reachable: bool = True
    loses_answers: bool = False
    clock: datetime = datetime(1999, 1, 1, tzinfo=UTC)
    held: dict[str, tuple[bytes, str, datetime]] = field(default_factory=dict)
    writes: int = 0

    def create(self, name: str, content: bytes) -> str | None:
        self._require_reachable()
        if name in self.held and self.ignored != "If-None-Match":
            return None
        tag = self._write(name, content)
        return None if self.loses_answers else tag

    def replace(self, name: str, content: bytes, tag: str) -> str | None:
        self._require_reachable()
        fits = self.held.get(name, (b"", ""))[1] == tag or self.ignored == "If-Match"
        return self._write(name, content) if fits else None

    def tagged(self, name: str) -> tuple[bytes, str, datetime] | None:
        self._require_reachable()
        return self.held.get(name)

    def discard(self, name: str) -> None:
        self._require_reachable()
        self.held.pop(name, None)

    def _write(self, name: str, content: bytes) -> str:
        self.writes += 1
        self.held[name] = (content, str(self.writes), self.clock)
        return str(self.writes)

    def _require_reachable(self) -> None:
        if not self.reachable:
            raise PlaceError("cannot be reached")
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def objects() -> Objects:
    return Objects()


def left_by_a_dead_writer(objects: Objects, since: float) -> None:
    content = json.dumps({"pid": 7, "host": "elsewhere", "since": "2026-01-01T00:00:00+00:00", "token": "its own"}).encode()
    objects.held["lock"] = (content, "0", objects.clock - timedelta(seconds=since))


def is_sure(objects: Objects) -> bool:
    try:
        require_held(objects.root)
    except LockHeldError:
        return False
    return True


def eventually(condition: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + 60
    while not condition() and time.monotonic() < give_up:
        time.sleep(0.01)
    return condition()


def test_a_second_writer_learns_who_holds_the_lock_and_that_it_ends_by_itself(objects: Objects) -> None:
    left_by_a_dead_writer(objects, since=leases.SECONDS - 2)
    told = (
        r"^it is being written by process 7 on elsewhere since 2026-01-01T00:00:00\+00:00; wait until it ends, .*"
        r" If it died, its lock ends by itself within 60 seconds$"
    )
    with pytest.raises(LockHeldError, match=told), exclusive(objects, "lock", "it"):
        pass
    assert list(objects.held) == ["lock"]


def test_the_lock_of_a_dead_writer_is_taken_over_when_it_ran_out(objects: Objects) -> None:
    left_by_a_dead_writer(objects, since=leases.SECONDS + 1)
    with exclusive(objects, "lock", "it"):
        assert was_taken_over(objects.root)
        assert b"its own" not in objects.held["lock"][0]
    assert objects.held == {}
    with exclusive(objects, "lock", "it"):
        assert not was_taken_over(objects.root)


def test_a_writer_that_waits_gets_the_lock_when_it_is_free(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_a_dead_writer(objects, since=0)
    monkeypatch.setattr(leases.time, "sleep", lambda _seconds: objects.held.clear())
    with exclusive(objects, "lock", "it", wait_seconds=5):
        assert objects.held["lock"]


def test_the_same_thread_may_enter_again_and_the_lock_ends_with_the_outermost(objects: Objects) -> None:
    with exclusive(objects, "lock", "it") as outermost:
        with exclusive(objects, "lock", "it") as again:
            assert (outermost, again) == (True, False)
        assert "lock" in objects.held
    assert objects.held == {}


def test_another_thread_is_kept_out(objects: Objects) -> None:
    errors: list[Exception] = []

    def enter() -> None:
        try:
            with exclusive(objects, "lock", "it"):
                pass
        except LockHeldError as error:
            errors.append(error)

    with exclusive(objects, "lock", "it"):
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
    assert len(errors) == 1


def test_a_lease_is_renewed_as_long_as_its_holder_works(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", 2)
    with exclusive(objects, "lock", "it"):
        first = objects.held["lock"][1]
        assert eventually(lambda: objects.held["lock"][1] != first)
        assert eventually(lambda: is_sure(objects))


def test_a_holder_that_was_cut_off_writes_nothing_any_more(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.5)
    with exclusive(objects, "lock", "it"):
        objects.reachable = False
        assert eventually(lambda: not is_sure(objects))
        with pytest.raises(LockHeldError, match=r"^it was out of reach for so long"):
            require_held(objects.root)
        objects.reachable = True  # and nobody took it over meanwhile
        assert eventually(lambda: is_sure(objects))


def test_a_holder_whose_lock_was_taken_over_leaves_it_to_the_other(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.5)
    with exclusive(objects, "lock", "it"):
        left_by_a_dead_writer(objects, since=0)
        assert eventually(lambda: not is_sure(objects))
    assert list(objects.held) == ["lock"]


def test_a_lock_that_was_written_though_the_answer_was_lost_is_ours(objects: Objects) -> None:
    objects.loses_answers = True
    with exclusive(objects, "lock", "it"):
        assert "lock" in objects.held
    assert objects.held == {}


@pytest.mark.parametrize("ignored", ["If-None-Match", "If-Match"])
def test_an_object_store_that_ignores_conditions_is_refused(objects: Objects, ignored: str) -> None:
    objects.ignored = ignored
    told = rf"does not honour conditional writes \({ignored}\)"
    with pytest.raises(PlaceError, match=told), exclusive(objects, "lock", "it"):
        pass
    assert objects.held == {}


def test_no_error_keeps_a_lease_from_being_renewed_later(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.5)
    with exclusive(objects, "lock", "it"):
        objects.fault = OSError("no name service")
        assert eventually(lambda: not is_sure(objects))
        with pytest.raises(LockHeldError, match=r"may be writing it \(OSError: no name service\); nothing more"):
            require_held(objects.root)
        objects.fault = None
        assert eventually(lambda: is_sure(objects))


def test_no_more_is_remembered_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "_MEMORY", 10)
    memory = leases.Memory()
    for name in ("a", "b", "c"):
        memory.keep(name, b"12345")
    assert set(memory.objects) == {"a", "b"}
    memory.forget(["a", "never there"])
    memory.keep("c", b"12345")
    assert set(memory.objects) == {"b", "c"}


def test_time_in_which_the_machine_slept_counts(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    with exclusive(objects, "lock", "it"):
        asleep = leases._now() + leases.SECONDS
        monkeypatch.setattr(leases.time, "CLOCK_BOOTTIME", 7, raising=False)
        monkeypatch.setattr(leases.time, "clock_gettime", lambda _clock: asleep, raising=False)
        assert not is_sure(objects)


def test_a_lease_that_was_renewed_is_not_taken_over_by_who_found_it_run_out_before(
    objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.5)
    with exclusive(objects, "lock", "it"):
        content, tag, _ = objects.held["lock"]
        assert eventually(lambda: objects.held["lock"][0] != content)  # its tag is a hash of what it holds
        assert objects.replace("lock", b"another's", tag) is None
