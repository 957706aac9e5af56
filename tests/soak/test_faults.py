"""Faults of the machine: a full disk, missing rights, two writers, a clock that goes back, Dagster's state lost.

Each ends with one clear line, with what was published in its place, and with a refresh that works once the fault is gone.
"""

import ctypes
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.command import corridor
from pipeline.warehouse.errors import LockHeldError, UnwritableError, WarehouseError
from pipeline.warehouse.lock import exclusive
from pipeline.warehouse.queries import dataset_status
from pipeline.warehouse.store import FAILED, PUBLISHED, Store
from soak import refreshing
from soak.histories import write
from soak.published import failed_checks
from soak.refreshing import Place, refresh

ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False
FIRST = {"one.txt": b"Trade\n\nExports of Peru to Chile were $5 million in 2021.\n"}
SECOND = {**FIRST, "two.txt": b"Ports\n\nThe port of Aktau handled 3.9 million tons of cargo in 2024.\n"}
pytestmark = pytest.mark.skipif(os.name == "nt", reason="faults are made as POSIX systems know them")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder that was refreshed once."""
    place = Place(tmp_path_factory.mktemp("once"))
    write(place.texts, FIRST)
    refresh(place)
    return place


@pytest.fixture
def place(once: Place, tmp_path: Path) -> Place:
    """A copy, in which the next refresh has something new to read."""
    copy = Place(tmp_path / "place")
    shutil.copytree(once.root, copy.root, dirs_exist_ok=True)
    write(copy.texts, SECOND)
    return copy


def state(place: Place) -> tuple[str, int]:
    """What lies in the published place: its bytes, and how many documents it tells of."""
    return hashlib.sha256(place.file.read_bytes()).hexdigest(), dataset_status(place.file).documents


def require_recovered(place: Place) -> None:
    publication = refresh(place)
    assert publication.published
    assert dataset_status(place.file).documents == 2
    assert failed_checks(place.file) == []
    assert not [path for path in place.root.rglob("*") if path.name.startswith(".tmp-") or path.suffix == ".wal"]


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own in place of a folder; what the folder held is on it."""
    held = folder.with_name(f"{folder.name}-held")
    folder.replace(held)
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    )
    try:
        if made.returncode:
            pytest.skip("no disk can be mounted here")
        shutil.copytree(held, folder, dirs_exist_ok=True)
        yield
        shutil.copytree(folder, held, dirs_exist_ok=True)
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)
        shutil.rmtree(folder)
        held.replace(folder)


def space_of(folder: Path) -> int:
    """Bytes that a folder takes on a disk, in whole pages."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(-(-max(path.stat().st_size, 1) // page) * page for path in (folder, *folder.rglob("*")))


def run(place: Place, **options: object) -> subprocess.CompletedProcess[str]:
    """A refresh in a process of its own."""
    command = [sys.executable, refreshing.__file__, str(place.root)]
    code = str(Path(refreshing.__file__).parents[2])
    environment = {"PYTHONPATH": code, "PATH": os.environ["PATH"], **options.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not ROOT, reason="only root can mount a disk")
def test_a_disk_that_is_full_at_publishing_keeps_what_was_published(place: Place) -> None:
    with small_disk(place.file.parent, str(place.file.stat().st_size + 3_000_000)):
        before = state(place)
        with pytest.raises(WarehouseError, match=r"what was published stays: .*[Nn]o space left"):
            refresh(place)
        assert state(place) == before
        assert sorted(path.name for path in place.file.parent.iterdir()) == [place.file.name, f"{place.file.name}.lock"]
        logged = Store(place.store).refreshes().row(-1, named=True)
        assert logged["status"] == FAILED
        assert "No space left" in logged["detail"]
    require_recovered(place)


@pytest.mark.skipif(not ROOT, reason="only root can mount a disk")
@pytest.mark.parametrize("free", [30_000, pytest.param(130_000, marks=pytest.mark.soak)])
def test_a_disk_that_is_full_while_texts_are_kept_keeps_what_was_published(place: Place, free: int) -> None:
    before = state(place)
    many = {
        f"{n}.txt": f"Trade {n}\n\nExports of Peru to Chile were ${n} million. {os.urandom(9000).hex()}\n" for n in range(40)
    }
    write(place.texts, {name: text.encode() for name, text in many.items()})
    with small_disk(place.store, str(space_of(place.store) + free)):
        with pytest.raises(UnwritableError, match=r"store/.* cannot be written: No space left on device"):
            refresh(place)
        assert state(place) == before
    write(place.texts, SECOND)
    require_recovered(place)


@pytest.mark.soak
def test_a_file_that_may_not_grow_keeps_what_was_published(place: Place) -> None:
    before = state(place)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))

    done = run(place, preexec_fn=limit)
    assert done.returncode == 1
    assert "what was published stays" in done.stderr.splitlines()[-1]
    assert state(place) == before
    require_recovered(place)


def _bound_by_modes() -> None:
    """Takes from root what lets it write anywhere."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability)  # PR_CAPBSET_DROP; fails for others, who have neither


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away as Linux does")
@pytest.mark.parametrize("where", ["store", pytest.param("published", marks=pytest.mark.soak)])
def test_a_folder_that_may_not_be_written_is_named(place: Place, where: str) -> None:
    before = state(place)
    folder = place.store if where == "store" else place.file.parent
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = run(place, preexec_fn=_bound_by_modes)
    assert done.returncode == 1
    line = done.stderr.splitlines()[-1]
    assert "cannot be written: Permission denied; what was there before stays" in line
    assert str(place.store if where == "store" else place.file) in line
    assert state(place) == before
    for path, mode in modes.items():
        path.chmod(mode)
    require_recovered(place)


def test_of_two_refreshes_at_once_one_says_who_is_at_work(place: Place) -> None:
    before = state(place)
    with exclusive(place.store / "lock", "the store"):
        done = run(place)
    assert done.returncode == 1
    line = done.stderr.splitlines()[-1]
    assert LockHeldError.__name__ in line
    assert f"is being written by process {os.getpid()} on" in line
    assert state(place) == before
    require_recovered(place)


@pytest.mark.soak
def test_of_many_refreshes_at_once_every_one_publishes_or_says_who_is_at_work(place: Place) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "refresh", "--documents", str(place.texts)]
    command += ["--store", str(place.store), "--warehouse", str(place.file)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    told = [process.communicate() for process in running]
    assert {process.returncode for process in running} <= {0, 1}
    assert any(process.returncode == 0 for process in running)
    for process, (_, errors) in zip(running, told, strict=True):
        assert process.returncode == 0 or "is being written by process" in errors
    assert set(Store(place.store).refreshes()["status"]) <= {PUBLISHED, FAILED}
    require_recovered(place)


@pytest.mark.soak
def test_a_clock_set_back_keeps_nothing_from_being_published(place: Place) -> None:
    found = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]
    if not found:
        pytest.skip("libfaketime is not installed")
    for offset in ("-400d", "+3d", "-1h", "-20y"):
        done = run(place, env={"LD_PRELOAD": str(found[0]), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        assert done.returncode == 0, done.stderr
        assert failed_checks(place.file) == []
    logged = Store(place.store).refreshes()
    assert logged["status"].to_list() == [PUBLISHED] * 5
    assert logged["started_at"].is_sorted()
    assert (logged["finished_at"] >= logged["started_at"]).all()
    require_recovered(place)


Spoil = Callable[[Path], None]


def _gone(home: Path) -> None:
    shutil.rmtree(home)


def _no_settings(home: Path) -> None:
    (home / "dagster.yaml").write_text("junk", encoding="utf-8")


def _no_databases(home: Path) -> None:
    for path in home.rglob("*.db"):
        path.write_bytes(b"no database" * 999)


@pytest.fixture
def checkout(place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a declaration of sources, for which Dagster keeps its runs in `home`."""
    (place.root / "seeds").mkdir()
    declaration = '[[source]]\nname = "texts"\nkind = "folder"\npath = "../texts"\n'
    (place.root / "seeds" / "sources.toml").write_text(declaration, encoding="utf-8")
    (place.root / "home").mkdir()
    monkeypatch.chdir(place.root)
    monkeypatch.setenv("DAGSTER_HOME", str(place.root / "home"))
    monkeypatch.setattr("pipeline.orchestration.resources.default_gold_folder", lambda: Path("no annotated texts"))
    return place.root


def command(place: Place) -> tuple[int, list[str]]:
    done = CliRunner().invoke(corridor, ["refresh", "--store", str(place.store), "--warehouse", str(place.file)])
    return done.exit_code, done.stderr.splitlines()


def test_a_lost_home_of_dagster_is_told_and_costs_no_data(checkout: Path, place: Place) -> None:
    before = state(place)
    _gone(checkout / "home")
    code, (line,) = command(place)
    assert code == 1
    assert line.startswith(f"Error: DAGSTER_HOME names {checkout / 'home'}, and there is no such folder")
    assert state(place) == before


@pytest.mark.soak
def test_an_empty_home_of_dagster_gets_the_settings_of_the_project(checkout: Path, place: Place) -> None:
    assert command(place) == (0, [])
    assert "telemetry" in (checkout / "home" / "dagster.yaml").read_text(encoding="utf-8")
    assert not (checkout / "home" / ".telemetry").exists()


@pytest.mark.soak
@pytest.mark.parametrize("spoil", [_no_settings, _no_databases])
def test_a_spoilt_home_of_dagster_is_told_and_costs_no_data(checkout: Path, place: Place, spoil: Spoil) -> None:
    assert command(place) == (0, [])
    before = state(place)
    spoil(checkout / "home")
    code, (line,) = command(place)
    assert code == 1
    assert line.startswith(f"Error: Dagster's log of runs in {checkout / 'home'}, which DAGSTER_HOME names, cannot be used")
    assert state(place) == before
    _gone(checkout / "home")
    (checkout / "home").mkdir()
    assert command(place) == (0, [])
