"""benchmarks/accuracy.py counts as it says: found, right, and neither."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "accuracy.py"
QUOTE = "Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in 2024."
TEXT = f"Wheat sales\nAstana, 4 March 2025\n\n{QUOTE}\n"
MARKED: dict[str, Any] = {
    "quote": QUOTE,
    "also": [],
    "family": "trade",
    "indicator": "exports",
    "measure": "level",
    "low": 1.2e9,
    "high": 1.2e9,
    "unit": "USD",
    "reporter": ["KAZ"],
    "partner": ["UZB"],
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "modality": "reported",
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def counted(script: ModuleType, folder: Path, *marked: dict[str, Any], ignore: tuple[str, ...] = ()) -> tuple[int, ...]:
    path = folder / "wheat.txt"
    path.write_text(TEXT, encoding="utf-8")
    counts = script.accuracy([(path, {"quantities": list(marked), "ignore": list(ignore)})])
    assert counts["agreements"] == counts["events"] == (0, 0, 0, 0)
    return tuple(counts["quantities"])


def test_a_claim_that_agrees_is_found_and_right(script: ModuleType, tmp_path: Path) -> None:
    assert counted(script, tmp_path, MARKED) == (1, 1, 1, 1)


@pytest.mark.parametrize("other", [{"partner": ["TJK"]}, {"modality": "target"}, {"indicator": "imports"}])
def test_one_that_differs_in_a_core_field_is_found_and_not_right(
    script: ModuleType, tmp_path: Path, other: dict[str, Any]
) -> None:
    assert counted(script, tmp_path, {**MARKED, **other}) == (1, 1, 1, 0)


@pytest.mark.parametrize("other", [{"unit": "EUR"}, {"low": 1.3e9}, {"quote": "Quite another sentence of the text."}])
def test_one_with_another_value_unit_or_place_is_not_found(script: ModuleType, tmp_path: Path, other: dict[str, Any]) -> None:
    assert counted(script, tmp_path, {**MARKED, **other}) == (1, 1, 0, 0)


def test_what_is_debatable_counts_neither_way(script: ModuleType, tmp_path: Path) -> None:
    assert counted(script, tmp_path) == (0, 1, 0, 0)
    assert counted(script, tmp_path, ignore=(QUOTE,)) == (0, 0, 0, 0)


def test_the_harmonic_mean(script: ModuleType) -> None:
    assert script.Count(10, 5, 3, 1).f1(3) == pytest.approx(0.4)
    assert script.Count(0, 0, 0, 0).f1(0) == 0
