"""Readers that query without a pause while refreshes publish: they never fail, wait, or see parts of two refreshes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import pipeline
from soak import reading
from soak.histories import histories, write
from soak.published import failed_checks
from soak.refreshing import Place, refresh


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("read"))
    write(place.texts, next(histories(1, seed=1)))
    refresh(place)
    return place


@pytest.mark.parametrize(("readers", "publishes"), [(2, 2), pytest.param(8, 100, marks=pytest.mark.soak)])
def test_readers_notice_nothing_of_a_publish(place: Place, tmp_path: Path, readers: int, publishes: int) -> None:
    stop = tmp_path / "stop"
    command = [sys.executable, reading.__file__, str(place.file), str(stop)]
    environment = {"PYTHONPATH": str(Path(pipeline.__file__).parents[1]), "PATH": "/usr/bin:/bin"}
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(readers)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()
        for folder in histories(publishes, seed=publishes):
            write(place.texts, folder)
            refresh(place)
        stop.touch()
        told = [process.communicate(timeout=120) for process in running]
    finally:
        for process in running:
            process.kill()
    assert [process.returncode for process in running] == [0] * readers, told
    counts = [json.loads(out) for out, _ in told]
    assert min(count["refreshes"] for count in counts) > (publishes / 2 if publishes > 10 else 0)
    assert failed_checks(place.file) == []
    print(f"{readers} readers, {publishes} publishes: {sum(count['looks'] for count in counts)} looks, refreshes seen", end=" ")
    print(*(count["refreshes"] for count in counts))


def test_a_reader_would_notice_parts_of_two_refreshes(place: Place, tmp_path: Path) -> None:
    file = Path(shutil.copy(place.file, tmp_path))
    assert reading.look(file) == reading.look_without_the_product(file) == reading.ask_for_all(file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("DELETE FROM fact_claims WHERE fact_id = (SELECT min(fact_id) FROM fact_claims)")
    with pytest.raises(reading.MixedStateError, match="facts"):
        reading.look(file)
