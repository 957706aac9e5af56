"""Options and commands of those who run Corridor day by day."""

import threading
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from cli.conftest import Run
from pipeline.warehouse.store import Store

NAMES = ("north", "middle", "south")


@pytest.fixture
def where(tmp_path: Path) -> list[object]:
    """Three declared folders with four texts each, and the options that name them."""
    blocks = []
    for name in NAMES:
        (tmp_path / name).mkdir()
        blocks.append(f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "{name}"\n')
        for number in range(4):
            (tmp_path / name / f"{number}.txt").write_text(f"Text {number} of {name}\n\nIt says little.\n", encoding="utf-8")
    (tmp_path / "sources.toml").write_text("".join(blocks), encoding="utf-8")
    return ["--sources", tmp_path / "sources.toml", "--store", tmp_path / "store", "--warehouse", tmp_path / "corridor.duckdb"]


def documents(run: Run, where: list[object]) -> dict[str, int]:
    statement = "SELECT source, count(*) FROM document_locations GROUP BY source ORDER BY source"
    found = run("sql", statement, "--format", "csv", *where[-2:])
    return {name: int(count) for name, count in (line.split(",") for line in found.stdout.splitlines()[1:])}


def test_sources_are_refreshed_alone_and_an_emptied_one_keeps_its_documents_until_that_is_accepted(
    run: Run, where: list[object], tmp_path: Path
) -> None:
    done = run("refresh", "--source", "north", "--source", "south", *where)
    assert done.exit_code == 0, done.output
    assert documents(run, where) == {"north": 4, "south": 4}
    found = run("sql", "SELECT count(*) FROM refreshes", "--format", "csv", *where[-2:])
    assert found.stdout.splitlines()[1] == "1"
    for path in (tmp_path / "north").iterdir():
        path.unlink()
    held_back = run("refresh", "--source", "north", *where)
    assert held_back.exit_code == 1
    assert held_back.stderr.startswith("Error: source north met no document, and usually 4, so this reading was held back")
    assert "corridor refresh --source north --accept north" in held_back.stderr
    assert documents(run, where) == {"north": 4, "south": 4}
    assert "    held back 20" in run("status", *where[2:]).stdout
    accepted = run("refresh", "--source", "north", "--accept", "north", *where)
    assert accepted.exit_code == 0, accepted.output
    assert documents(run, where) == {"south": 4}


@pytest.mark.parametrize("option", ["--source", "--accept"])
def test_a_source_that_is_not_declared_is_wrong_use(run: Run, where: list[object], option: str) -> None:
    result = run("refresh", option, "east", *where)
    assert result.exit_code == 2
    assert result.stderr == "Error: there is no source east; declared are north, middle, south\n"


def test_only_what_is_read_can_be_accepted(run: Run, where: list[object]) -> None:
    result = run("refresh", "--source", "north", "--accept", "south", *where)
    assert result.exit_code == 2
    assert "only north is to be read" in result.stderr


def test_another_writer_is_waited_for_as_long_as_is_said(
    run: Run, where: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, free = threading.Event(), threading.Event()
    acquire, waits = FileLock.acquire, []

    def write() -> None:
        with Store(tmp_path / "store").exclusive():
            taken.set()
            free.wait(60)

    def freed_once_it_was_met(lock: FileLock, timeout: float, **how: Any) -> Any:
        try:
            return acquire(lock, timeout=0, **how)
        except Timeout:
            waits.append(timeout)
            free.set()
            return acquire(lock, timeout=timeout, **how)

    writer = threading.Thread(target=write)
    writer.start()
    taken.wait(60)
    refused = run("refresh", *where)
    assert refused.exit_code == 1
    assert "is being written" in refused.stderr
    monkeypatch.setattr(FileLock, "acquire", freed_once_it_was_met)
    waited = run("refresh", "--wait", "300", *where)
    assert waits == [300]
    assert waited.exit_code == 0, waited.output
    writer.join()
