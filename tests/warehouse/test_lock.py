import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.warehouse.errors import LockHeldError, UnwritableError
from pipeline.warehouse.lock import exclusive

HOLD = """
import sys, time
from pathlib import Path
from pipeline.warehouse.lock import exclusive
with exclusive(Path(sys.argv[1]), "the store"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_where_no_lock_can_be_made_nobody_is_said_to_hold_it() -> None:
    path = Path("/proc/corridor.lock")
    if not path.parent.is_dir():
        pytest.skip("this system has no folder in which nothing can be made")
    with pytest.raises(UnwritableError, match=r"^the store cannot be written: "), exclusive(path, "the store"):
        pass


def test_a_second_process_learns_at_once_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        message = rf"^the store is being written by process {holder.pid} on \S+ since 20\S+;"
        with pytest.raises(LockHeldError, match=message), exclusive(path, "the store"):
            pass
        holder.kill()
        holder.wait()
        with exclusive(path, "the store"):
            pass


def test_the_same_thread_may_enter_again_and_the_lock_ends_with_the_outermost(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = tmp_path / "lock.holder"
    with exclusive(path, "it"):
        with exclusive(path, "it"):
            pass
        assert json.loads(holder.read_text())["pid"]
    assert not holder.exists()


def test_another_thread_is_kept_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    errors: list[Exception] = []

    def enter() -> None:
        try:
            with exclusive(path, "it"):
                pass
        except LockHeldError as error:
            errors.append(error)

    with exclusive(path, "it"):
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
    assert len(errors) == 1


def test_an_error_inside_releases_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(ZeroDivisionError), exclusive(path, "it"):
        raise ZeroDivisionError
    with exclusive(path, "it"):
        pass


def test_a_holder_that_left_no_note_is_still_told(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    messages = []

    def enter() -> None:
        try:
            with exclusive(path, "it"):
                pass
        except LockHeldError as error:
            messages.append(str(error))

    with exclusive(path, "it"):
        (tmp_path / "lock.holder").write_text("{")
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
    advice = "wait until it ends, as `corridor refresh --wait SECONDS` does by itself, or stop it"
    assert messages == [f"it is being written by another process; {advice}"]
