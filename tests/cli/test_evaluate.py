"""`corridor evaluate`, on folders made for the test."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Run
from pipeline.orchestration import batches
from tests.evaluation.made import QUANTITY, TEXT, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "news")
    return tmp_path / "news"


def test_figures_are_told_as_a_table(run: Run, folder: Path) -> None:
    result = run("evaluate", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "news: 1 text"
    assert lines[1].split() == ["marked", "told", "precision", "recall", "F1", "by", "text"]
    assert lines[2].split() == ["quantities", "1", "1", "found", "1.000", "1.000", "1.000", "1.000"]
    assert [line.split()[0] for line in lines[3:5]] == ["right", "full"]
    assert "calibration error of confidence: quantities 0." in result.stdout
    assert "all folders" not in result.stdout


def test_several_folders_are_told_together_and_each(run: Run, folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "reports", quantities=[])
    (tmp_path / "left_out.toml").write_text('[news]\ntexts = "all"\n', encoding="utf-8")
    titles = [line for line in run("evaluate", tmp_path).stdout.splitlines() if line and line[0] != " "]
    assert titles == [
        "all folders: 2 texts",
        "all folders: 1 text, from which no rule was learnt",
        "news: 1 text, from which no rule was learnt",
        "reports: 1 text",
    ]


def test_errors_are_told_by_cause(run: Run, folder: Path) -> None:
    marked = [{**QUANTITY, "partner": ["TJK"]}, {**QUANTITY, "low": 7, "high": 7, "value_text": "2024"}]
    write(folder, quantities=marked)
    result = run("evaluate", folder, "--errors")
    assert result.exit_code == 0
    assert "    1  quantities, sides: others" in result.stdout
    assert "       news/wheat.txt: $1.2 billion, exports: KAZ > TJK <> KAZ > UZB" in result.stdout
    assert "    1  quantities, missed: its passage tells other numbers only" in result.stdout


def test_many_mistakes_of_one_cause_are_cut_and_json_lists_them(run: Run, folder: Path) -> None:
    write(folder, quantities=[{**QUANTITY, "low": n, "high": n} for n in range(2, 9)])
    assert "and 4 more, which --json lists" in run("evaluate", folder, "--errors").stdout
    found = json.loads(run("evaluate", folder, "--errors", "--json").stdout)
    assert found["errors"][0]["count"] == len(found["errors"][0]["mistakes"]) == 7


def test_json_has_all_figures(run: Run, folder: Path) -> None:
    found: dict[str, Any] = json.loads(run("evaluate", folder, "--json").stdout)
    assert found["documents"] == 1
    assert found["quantities"]["gold"] == found["quantities"]["predicted"] == 1
    assert found["quantities"]["found"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["folders"]["news"]["quantities"] == found["quantities"]
    assert found["quantities"]["calibration"]["bins"][0]["claims"] == 1
    assert "errors" not in found


def test_an_escape_in_a_text_does_not_reach_the_terminal(run: Run, folder: Path) -> None:
    odd = TEXT.replace("Wheat sales", "Wheat \x1b[31msales")
    write(folder, odd, quantities=[], agreements=[])
    for options in (["--errors"], ["--errors", "--json"]):
        assert "\x1b" not in run("evaluate", folder, *options).stdout


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("none", 2, "does not exist"),
        ("news/wheat.txt", 2, "is a file; name a folder"),
        ("empty", 2, "holds no annotated texts"),
        ("broken", 1, "quantities[0].unit: 'tonne' is no unit"),
        ("lonely", 1, "there is no text wheat.txt beside the annotation"),
    ],
)
def test_what_cannot_be_evaluated_is_told_in_a_line(run: Run, tmp_path: Path, name: str, status: int, told: str) -> None:
    write(tmp_path / "news")
    (tmp_path / "empty").mkdir()
    write(tmp_path / "broken", quantities=[{**QUANTITY, "unit": "tonne"}])
    write(tmp_path / "lonely").with_name("wheat.txt").unlink()
    result = run("evaluate", tmp_path / name)
    assert (result.exit_code, result.stdout) == (status, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert told in line


def test_a_text_that_cannot_be_read_counts_as_one_of_which_nothing_is_told(run: Run, folder: Path) -> None:
    write(folder, "", name="blank", quantities=[], agreements=[])
    result = run("evaluate", folder)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "news: 2 texts"
    assert result.stderr == "Error: news/blank.txt: nothing could be told: empty: nothing but white space\n"


def test_a_text_that_breaks_the_extractor_is_told_and_the_others_are_scored(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, TEXT.replace("1.2", "1.3"), name="wheat2", quantities=[], agreements=[])
    extract = batches.extract_claims

    def broken(document: Any) -> Any:
        if document.file_name == "wheat2.txt":
            raise ZeroDivisionError("division by zero")
        return extract(document)

    monkeypatch.setattr(batches, "extract_claims", broken)
    result = run("evaluate", folder)
    assert result.exit_code == 1
    assert "news/wheat2.txt: nothing could be told: extracting from news/wheat2.txt failed: ZeroDivisionError" in result.stderr
    assert result.stdout.splitlines()[2].split()[:4] == ["quantities", "1", "1", "found"]


def test_the_same_bytes_in_two_folders_are_two_texts(run: Run, folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "copies")
    found = json.loads(run("evaluate", folder, tmp_path / "copies", "--json").stdout)
    assert found["documents"] == 2
    assert found["quantities"]["found"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
