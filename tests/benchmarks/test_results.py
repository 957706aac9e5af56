"""A tiny run of each benchmark writes its section; the page that is kept has them all."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import answers, cold_start, dagsters_start, extraction, one_refresh, peers, ray_nodes, refreshes
from benchmarks.corpus import Corpus
from benchmarks.measuring import Cost, FailedRunError, measured
from benchmarks.results import PAGE, Section, figures_of, sections_of, table, write_section
from benchmarks.run import SECTIONS, SHORT, run

TINY = replace(SHORT, documents=(8,), claims=(800,), characters=5_000, shared_characters=5_000, rounds=1)


def test_a_section_takes_the_place_of_the_one_of_its_name_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for name, value in (("two", 1), ("one", 2), ("two", 3)):
        write_section(page, Section(name, name.title(), f"It is {value}.", {"value": value}), ["one", "two"])
    assert sections_of(page) == ["one", "two"]
    assert [figures_of(page, name) for name in ("one", "two", "three")] == [{"value": 2}, {"value": 3}, {}]
    text = page.read_text(encoding="utf-8")
    assert "It is 1." not in text
    assert text.count("commit") >= 2
    assert "Python 3" in text


def test_a_table_stands_its_numbers_to_the_right() -> None:
    assert table(("what", "much"), [("a", "1,000"), ("b", "")]) == "| what | much |\n| --- | ---: |\n| a | 1,000 |\n| b |  |\n"


def test_a_command_is_measured_with_its_children() -> None:
    child = "x = bytearray(60_000_000); [n * n for n in range(3_000_000)]; import time; time.sleep(0.6)"
    cost, told = measured(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print(1)"]
    )
    assert told == "1\n"
    assert cost.cpu > 0.05
    assert cost.wall > 0.6
    if Path("/proc/self/smaps_rollup").exists():
        assert cost.peak > 60_000_000
    with pytest.raises(FailedRunError, match="no such thing"):
        measured([sys.executable, "-c", "raise SystemExit('no such thing')"])


@pytest.mark.parametrize("name", ["layers", "floor", "answers"])
def test_a_tiny_run_writes_its_section(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ROUNDS", 1)
    monkeypatch.setattr(answers, "_SEARCHES", answers._SEARCHES[:1])
    monkeypatch.setattr("benchmarks.extraction.PROCESSES", (1, 1))
    page = tmp_path / "results.md"
    assert run(page, TINY, [name]) == []
    assert sections_of(page) == [name]
    assert figures_of(page, name)
    assert " nan" not in page.read_text(encoding="utf-8")


def test_other_libraries_that_are_not_at_hand_are_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDOR_PEERS", sys.executable)
    page = tmp_path / "results.md"
    write_section(page, peers.peers(3_000, tmp_path, tmp_path), list(SECTIONS))
    text = page.read_text(encoding="utf-8")
    assert "Not measured, since it is not at hand: quantulum3, " in text
    assert "The public sets are not at hand" in text
    assert set(figures_of(page, "peers")["rates"]) >= {
        f"Corridor: {what}" for what in ("quantities", "dates", "reading", "whole extraction")
    }


def test_what_other_libraries_tell_is_judged_as_ours_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label = {"text": "5 dollars", "start": 9, "end": 17, "resolution": {"value": "5", "unit": "Dollar"}}
    row = {"text": "It costs 5 dollars.", "results": [label]}
    (tmp_path / "currency.jsonl").write_text(json.dumps(row), encoding="utf-8")
    day = {
        "text": "3 May 2024",
        "start": 3,
        "end": 12,
        "type": "datetimeV2.date",
        "resolution": {"values": [{"value": "2024-05-03"}]},
    }
    dated = {"text": "On 3 May 2024.", "ref": "2024-06-01T00:00:00", "results": [day]}
    (tmp_path / "datetime.jsonl").write_text(json.dumps(dated), encoding="utf-8")
    told = {
        "quantulum3": {
            "characters": 1,
            "seconds": 1,
            "found": 1,
            "version": "0",
            "judged": [[[9, 18, 5, 5, "dollar", "currency"]]],
        },
        "dateparser": {
            "characters": 1,
            "seconds": 1,
            "found": 1,
            "version": "0",
            "judged": [[["On 3 May 2024", "2024-05-03"]]],
        },
    }
    monkeypatch.setenv("CORRIDOR_PEERS", sys.executable)
    monkeypatch.setattr(peers, "_run", lambda _interpreter, _asked: told)
    scores = peers.peers(1_000, tmp_path, tmp_path).figures["scores"]
    assert scores["currency"] == {"Corridor": 1.0, "quantulum3": 1.0}
    assert scores["dates"] == {"Corridor": 1.0, "dateparser": 1.0}


def test_a_refresh_tells_its_stages_and_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Corpus().write(tmp_path / "texts", 2)
    places = [str(tmp_path / name) for name in ("texts", "store", "made.duckdb")]
    monkeypatch.setattr(sys, "argv", ["one_refresh", *places])
    monkeypatch.setattr("pipeline.orchestration.resources.default_gold_folder", lambda: tmp_path / "none")
    one_refresh.main()
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["documents"] == told["documents_new"] == 2
    assert {"starting", "reading", "extracting", "publishing", "reporting"} <= told["stages"].keys()


def test_what_dagster_takes_alone_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    dagsters_start.main()
    assert json.loads(capsys.readouterr().out)["seconds"] > 0


def test_sizes_that_are_not_measured_keep_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[Any]] = []

    def fake(module: str, *arguments: object) -> tuple[Cost, Any]:
        asked.append(arguments)
        told = {"seconds": 1.0, "stages": {"reading": 0.5}, "claims": 7, "documents": 4}
        return Cost(2.0, 1.0, 2**20), told

    monkeypatch.setattr(refreshes, "measured_python", fake)
    page = tmp_path / "results.md"
    for sizes in ((4,), (8,)):
        write_section(page, refreshes.refreshes(page, sizes), ["refreshes"])
    found = figures_of(page, "refreshes")
    assert list(found["sizes"]) == ["4", "8"]
    assert set(found["sizes"]["4"]["kinds"]) == set(refreshes.KINDS)
    assert "| 4 | no change |" in page.read_text(encoding="utf-8")
    assert {os.fspath(str(one)) for one in asked[2][3:]} == {"--engine", "pool"}
    assert list(refreshes.refreshes(page, (16,), anew=True).figures["sizes"]) == ["16"]


def test_the_refresh_in_which_nothing_changed_is_the_cheapest_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    used = iter([50.0, 3.0, 1.0, 4.0, 2.0])

    def fake(_module: str, *_arguments: object) -> tuple[Cost, Any]:
        cpu = next(used)
        return Cost(10 * cpu, cpu, 1), {"stages": {}, "claims": 1}

    monkeypatch.setattr(refreshes, "measured_python", fake)
    kinds = refreshes.one_size(2)["kinds"]
    assert [kinds[kind]["cpu"] for kind in refreshes.KINDS] == [50.0, 1.0, 2.0]
    assert kinds["no change"]["rounds"] == refreshes.UNCHANGED_ROUNDS == 3


def test_two_processes_are_held_against_one_in_enough_batches_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []

    class Counting:
        def __enter__(self) -> Any:
            return lambda _work, given: [len(one) for one in given if not batches.append(len(one))]  # type: ignore[func-returns-value]

        def __exit__(self, *_error: object) -> None:
            pass

    monkeypatch.setattr(extraction, "engine", lambda _name, _workers: Counting())
    found = extraction.of_processes(40_000, 1)
    assert found["batches"] >= 2 * extraction.BATCHES_A_PROCESS
    assert len(batches) >= 4 * 2 * extraction.BATCHES_A_PROCESS  # two rounds of one process and of two
    assert extraction.of_processes(5_000, 1) == {}
    assert "was not held against two" in extraction._of_processes_told({})


def test_nodes_are_not_measured_without_ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_nodes, "find_spec", lambda _name: None)
    page = tmp_path / "results.md"
    assert run(page, TINY, ["ray_nodes"]) == []
    assert "Not measured: Ray is not installed" in page.read_text(encoding="utf-8")


def test_each_node_has_several_batches() -> None:
    assert [ray_nodes.texts_a_batch(texts) for texts in (8, 24, 1_000)] == [1, 3, ray_nodes.BATCH]
    with pytest.raises(ValueError, match="too few"):
        ray_nodes.texts_a_batch(7)


def test_rounds_of_nodes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_nodes, "find_spec", lambda _name: object())
    monkeypatch.setattr(ray_nodes, "rates_of_nodes", lambda *_asked: {1: [100.0, 200.0, 100.0], 2: [150.0, 360.0, 200.0]})
    section = ray_nodes.ray_nodes(1_000, 3)
    assert section.figures["ratios"] == [1.5, 1.8, 2.0]
    assert "two were 1.80 times as fast as one" in section.text


def test_cold_starts_tell_of_a_worker_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def fake(arguments: Sequence[str], _kept: str) -> tuple[float, float]:
        asked.append(arguments)
        return 0.5, 1.0

    monkeypatch.setattr(cold_start, "_times", fake)
    section = cold_start.cold_start(1)
    assert f"| {cold_start.WORKER} | 0.50 | 1.00 | 1.0 |" in section.text
    assert any("warm_up()" in arguments[-1] for arguments in asked)


def test_the_page_has_all_sections() -> None:
    assert sections_of(PAGE) == list(SECTIONS)
