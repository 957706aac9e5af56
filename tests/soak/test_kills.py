"""A refresh that is killed at a random moment: what was published stands, and the next refresh repairs everything."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import pipeline
from pipeline.warehouse.store import INTERRUPTED, PUBLISHED, Store
from soak.days.serving import Served, serving
from soak.days.world import Feed, World
from soak.histories import Folder, histories, write
from soak.published import Clock, Content, content, counts_by_step, differences, failed_checks
from soak.refreshing import FEED, Place, refresh

SEED = 20_261_122
STEPS = 10
_TRIES = 20
_CODE = Path(pipeline.__file__).parents[1]


class Killer:
    """Ends refreshes at moments that it draws: half of them by the clock, half at a touch of the disk.

    It learns how long an undisturbed refresh takes, and how often it touches the disk, from those that came to their end.
    """

    def __init__(self, seed: int) -> None:
        self.choice = random.Random(seed)
        self.seconds = 4.0
        self.touches = 150
        self.kills = {"clock": 0, "touch": 0, "command": 0}

    def kill(self, place: Place) -> None:
        """Begins a refresh and kills it; one that ends before its moment is undone and begun again."""
        before = place.root / "before"
        for _ in range(_TRIES):
            shutil.rmtree(before, ignore_errors=True)
            _copy(place, before)
            if self._killed(place):
                shutil.rmtree(before)
                return
            _copy_back(before, place)
        raise AssertionError(f"no refresh of {_TRIES} could be killed")

    def _killed(self, place: Place) -> bool:
        way = self.choice.choice(("clock", "touch"))
        deadly = str(self.choice.randint(1, self.touches)) if way == "touch" else "0"
        process = _begun([sys.executable, str(Path(__file__).with_name("refreshing.py")), str(place.root), deadly])
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            began = time.monotonic()
            if way == "clock":
                try:
                    process.wait(self.choice.uniform(0, self.seconds))
                except subprocess.TimeoutExpired:
                    process.kill()
            told = process.stdout.read()
            process.wait()
        if told:
            self.seconds, self.touches = time.monotonic() - began, int(told)
        self.kills[way] += process.returncode == -9
        assert process.returncode in (0, -9)
        return process.returncode == -9

    def kill_command(self, place: Place) -> None:
        """The same for `corridor refresh`, by the clock alone. One that ends before its moment counts for nothing."""
        process = _begun([sys.executable, "-m", "pipeline.cli", "refresh", *_options(place)], stderr=subprocess.DEVNULL)
        with process:
            try:
                process.wait(self.choice.uniform(2, 2 * self.seconds + 4))
            except subprocess.TimeoutExpired:
                process.kill()
        self.kills["command"] += process.returncode == -9


def _begun(command: list[str], **options: object) -> subprocess.Popen[str]:
    environment = {"PYTHONPATH": str(_CODE), "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "random"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=_CODE, **options)  # type: ignore[call-overload, no-any-return]


def _options(place: Place) -> list[str]:
    return ["--sources", str(place.sources), "--store", str(place.store), "--warehouse", str(place.file)]


def _copy(place: Place, to: Path) -> None:
    for folder in (place.store, place.file.parent):
        if folder.exists():
            shutil.copytree(folder, to / folder.name)
    to.mkdir(exist_ok=True)


def _copy_back(before: Path, place: Place) -> None:
    for folder in (place.store, place.file.parent):
        shutil.rmtree(folder, ignore_errors=True)
        if (before / folder.name).exists():
            shutil.copytree(before / folder.name, folder)


class Kept(NamedTuple):
    """What the sources hold at a step: the files of a folder, and a feed."""

    folder: Folder
    feed: Feed

    def put(self, place: Place, served: Served) -> None:
        write(place.texts, self.folder)
        served.move_on(World({FEED: self.feed}, {}))


def history(steps: int) -> Iterator[Kept]:
    """What the sources hold at each step: files come and go, and a feed grows, forgets, corrects and floods."""
    feed = Feed(FEED).add("0", "1", "2")
    for step, folder in enumerate(histories(steps, SEED)):
        feed = _FEED_TURNS.get(step, _same)(feed)
        yield Kept(folder, feed)


def _same(feed: Feed) -> Feed:
    return feed


_FLOOD = [f"flood-{number}" for number in range(40)]  # held back
_FEED_TURNS = {
    1: lambda feed: feed.add("3").correct("1"),
    3: lambda feed: feed.drop("0").add("4"),
    4: lambda feed: feed.add(*_FLOOD),
    5: lambda feed: feed.drop(*_FLOOD),
    7: lambda feed: feed.add("5").drop("2"),
    8: lambda feed: feed.correct("4"),
}


def undisturbed(root: Path, steps: list[Kept], served: Served) -> tuple[list[Content], list[list[tuple[object, ...]]]]:
    """The tables after each step of a history in which nothing goes wrong."""
    place, clock = Place(root, _feed_of(served)), Clock()
    tables, counts = [], []
    for kept in steps:
        clock.step()
        kept.put(place, served)
        refresh(place)
        tables.append(content(place.file, clock))
        counts.append(counts_by_step(place.file, clock))
    return tables, counts


def require_standing(place: Place, clock: Clock, valid: list[Content]) -> None:
    """The published file opens, passes all checks, and holds what was published before or what was to be published."""
    if not place.file.exists():
        assert len(valid) == 1, "a file that was published is gone"
        return
    assert failed_checks(place.file) == []
    found = content(place.file, clock)
    assert min((differences(found, expected) for expected in valid), key=len) == []


def require_repaired(place: Place, clock: Clock, expected: Content, counts: list[tuple[object, ...]]) -> None:
    assert failed_checks(place.file) == []
    assert differences(content(place.file, clock), expected) == []
    assert counts_by_step(place.file, clock) == counts
    store = Store(place.store)
    assert store.refresh_under_way() is None
    logged = store.refreshes()
    assert set(logged["status"]) <= {PUBLISHED, INTERRUPTED}
    assert logged["refresh_id"].is_unique().all()
    left = [path for path in place.root.rglob("*") if path.name.startswith(".tmp-") or path.suffix in (".wal", ".holder")]
    assert left == []


def rounds(kills: int) -> Iterator[int]:
    """How many kills each walk through the history has."""
    while kills > 0:
        yield min(kills, STEPS)
        kills -= STEPS


@pytest.mark.parametrize("kills", [2, pytest.param(200, marks=pytest.mark.soak)])
def test_what_was_published_outlives_a_kill_and_the_next_refresh_repairs_everything(tmp_path: Path, kills: int) -> None:
    killer = Killer(SEED)
    with serving() as served:
        all_steps = list(history(min(kills, STEPS)))
        tables, counts = undisturbed(tmp_path / "undisturbed", all_steps, served)
        for number, steps in enumerate(rounds(kills)):
            place, clock = Place(tmp_path / f"killed-{number}", _feed_of(served)), Clock()
            for step, kept in enumerate(all_steps[:steps]):
                clock.step()
                kept.put(place, served)
                if step and (number * STEPS + step) % 10 == 5:
                    killer.kill_command(place)
                else:
                    killer.kill(place)
                require_standing(place, clock, tables[max(step - 1, 0) : step + 1])
                refresh(place)
                require_repaired(place, clock, tables[step], counts[step])
            shutil.rmtree(place.root)
    print(f"{kills} refreshes of {STEPS} states of a folder and a feed, killed: {killer.kills}")


def _feed_of(served: Served) -> str:
    return f"{served.address}/{FEED}/feed"
