"""benchmarks/accuracy.py writes what was measured: of annotated texts, and of labelled quantities and dates."""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import accuracy, dates, quantities
from pipeline.evaluation.evaluation import Evaluation
from pipeline.orchestration.evaluating import evaluate_folders
from tests.evaluation.made import QUANTITY, write


def write_set(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def recognized(text: str, *labels: tuple[str, str, str | None]) -> dict[str, Any]:
    """Words, unit and value of each label."""
    results = [
        {
            "text": words,
            "start": text.index(words),
            "end": text.index(words) + len(words) - 1,
            "resolution": {"unit": unit} if value is None else {"unit": unit, "value": value},
        }
        for words, unit, value in labels
    ]
    return {"id": 0, "text": text, "ref": None, "results": results}


def score(path: Path, name: str, *rows: dict[str, Any]) -> quantities.Score:
    write_set(path / f"{name}.jsonl", *rows)
    return quantities.scored(list(quantities.cases(name, path / f"{name}.jsonl")))


def dated(text: str, words: str, kind: str, *values: dict[str, str]) -> dict[str, Any]:
    start = text.index(words)
    label = {"text": words, "start": start, "end": start + len(words) - 1, "type": f"datetimeV2.{kind}"}
    return {"id": 0, "text": text, "ref": "2024-05-15T00:00:00", "results": [{**label, "resolution": {"values": [*values]}}]}


DAY = dated("They met on 3 March 2024.", "3 March 2024", "date", {"type": "date", "value": "2024-03-03"})
OTHER_DAY = dated("They met on 3 March 2024.", "3 March 2024", "date", {"type": "date", "value": "2024-03-04"})
MONTH = dated("In April 2023 it rose.", "April 2023", "daterange", {"start": "2023-04-01", "end": "2023-05-01"})


@pytest.fixture
def own(tmp_path: Path) -> Evaluation:
    write(tmp_path / "gold" / "news")
    write(tmp_path / "gold" / "news", name="fresh", quantities=[{**QUANTITY, "partner": ["TJK"]}])
    (tmp_path / "gold" / "left_out.toml").write_text('[news]\ntexts = ["fresh.txt"]\n', encoding="utf-8")
    return evaluate_folders([tmp_path / "gold"])


def cells(page: str, start: str) -> Sequence[str]:
    (line,) = (line for line in page.splitlines() if line.startswith(f"| {start} |"))
    return line.strip("| ").split(" | ")


def test_the_page_has_the_figures_of_folders_fields_metadata_and_sets(own: Evaluation, tmp_path: Path) -> None:
    write(tmp_path / "beside")
    write_set(tmp_path / "sets" / "currency.jsonl", recognized("It costs 5 dollars.", ("5 dollars", "Dollar", "5")))
    write_set(tmp_path / "sets" / "datetime.jsonl", DAY, MONTH)
    page = accuracy.page(own, evaluate_folders([tmp_path / "beside"]), tmp_path / "sets", "2026-01-02")
    assert "measured on 2026-01-02 with extractor 0." in page
    assert cells(page, "news (2) | quantities")[2:7] == ["2", "2", "1.000", "0.500", "0.500"]
    assert cells(page, "news, left out (1) | quantities")[2:6] == ["1", "1", "1.000", "0.000"]
    assert cells(page, "beside (1) | quantities")[2:6] == ["1", "1", "1.000", "1.000"]
    assert cells(page, "quantities | sides")[2:] == ["0.50", "0.00"]
    assert cells(page, "beside (1) | 1.00")[0] == "beside (1)"
    assert cells(page, "currency (Recognizers-Text) | 1 | value and unit, F1")[-1] == "1.000"
    assert cells(page, "dates (Recognizers-Text) | 1 | span and value")[-1] == "1.000"
    assert str(tmp_path) not in page


def test_without_other_texts_and_sets_the_page_is_of_the_own_texts(own: Evaluation, tmp_path: Path) -> None:
    page = accuracy.page(own, None, tmp_path / "none", "2026-01-02")
    assert "beside" not in page
    assert "## Quantities and dates" not in page


def test_floors_are_a_little_below_what_was_measured(own: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tomllib.loads(accuracy.floors(own))["floor"]
    assert floors["all folders"]["quantities"] == {"found": 0.98, "right": 0.48, "full": 0.48}
    assert floors["all folders"]["events"]["found"] == 0
    assert floors["news"].keys() == {"metadata"}  # two claims are too few for a floor
    monkeypatch.setattr(accuracy, "FEWEST_CLAIMS", 1)
    assert tomllib.loads(accuracy.floors(own))["floor"]["news"]["quantities"]["right"] == 0.48


def test_quantities_count_by_value_and_by_unit(tmp_path: Path) -> None:
    text = "It fell from 5 dollars to 40 cents, 30 percent in 3 years."
    right = recognized(text, ("5 dollars", "Dollar", "5"), ("40 cents", "Cent", "40"))
    assert score(tmp_path, "currency", right) == (2, 2, 1.0, 1.0)
    other_unit = recognized(text, ("5 dollars", "Euro", "5"), ("40 cents", "Cent", "40"))
    assert score(tmp_path, "currency", other_unit) == (2, 2, 1.0, 0.5)
    other_value = recognized(text, ("5 dollars", "Dollar", "6"), ("40 cents", "Cent", "41"))
    assert score(tmp_path, "currency", other_value) == (2, 2, 0.0, 0.0)
    untold = recognized(text, ("5 dollars", "Dollar", None))
    assert score(tmp_path, "currency", untold) == (1, 2, 0.0, 0.0)
    assert score(tmp_path, "currency", recognized("Nothing.")) == (0, 0, 0.0, 0.0)


def test_only_marks_of_the_labelled_kind_count(tmp_path: Path) -> None:
    text = "After 3 years the pipe was 20 km long and cost 5 dollars."
    assert score(tmp_path, "dimension", recognized(text, ("20 km", "Kilometer", "20"))) == (1, 1, 1.0, 1.0)


def test_labels_without_a_place_stand_wherever_their_words_do(tmp_path: Path) -> None:
    label = {"surface": "8 to 16 km", "value": 12, "uncertainty": 4, "unit": "kilometre"}
    row = {"id": "a", "text": "They walk 8 to 16 km with 40 horses.", "quantities": [label]}
    horses = {"surface": "40", "value": 40, "unit": "dimensionless"}
    assert score(tmp_path, "quantities", {**row, "quantities": [label, horses]}) == (2, 2, 1.0, 1.0)
    elsewhere = {**row, "quantities": [{**label, "surface": "not there"}]}
    assert score(tmp_path, "quantities", elsewhere).value == 0


def test_dates_count_by_span_and_by_value(tmp_path: Path) -> None:
    write_set(tmp_path / "dates.jsonl", DAY, OTHER_DAY, MONTH)
    found = dates.scores(list(dates.cases(tmp_path / "dates.jsonl")))
    assert found == {"dates": (2, 1.0, 0.5), "ranges": (1, 1.0, 1.0)}
