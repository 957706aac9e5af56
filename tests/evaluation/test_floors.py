"""Accuracy on the project's annotated texts does not fall below the floors; and the check that says so can fail."""

from pathlib import Path

import polars as pl
import pytest

from evaluation.made import METADATA, quantity
from pipeline.evaluation.evaluation import ALL_FOLDERS, Evaluation
from pipeline.evaluation.floors import Shortfall, accuracy_floors, below_floors
from pipeline.evaluation.gold import gold_folders
from pipeline.evaluation.matching import judge
from pipeline.evaluation.shapes import GoldText, ToldText
from pipeline.evaluation.tables import evaluation_tables
from pipeline.orchestration.evaluating import evaluate_folders

GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.fixture(scope="module")
def measured() -> pl.DataFrame:
    return evaluation_tables(evaluate_folders([GOLD]))["evaluation"]


def test_accuracy_on_the_project_s_texts_is_above_the_floors(measured: pl.DataFrame) -> None:
    fallen = below_floors(measured, accuracy_floors())
    assert fallen == [], "if this is meant, measure anew: python benchmarks/accuracy.py --floors"


def test_every_folder_has_floors_for_metadata_and_all_together_for_every_kind() -> None:
    floors = accuracy_floors()
    assert {folder.name for folder in gold_folders([GOLD])} == floors.keys() - {ALL_FOLDERS}
    assert set(floors[ALL_FOLDERS]) == {"quantities", "agreements", "events", "metadata"}
    for kinds in floors.values():
        assert kinds["metadata"].keys() == METADATA.keys()
        assert all(levels.keys() == {"found", "right", "full"} for kind, levels in kinds.items() if kind != "metadata")
        assert all(0 < floor < 1 for levels in kinds.values() for floor in levels.values())


def test_no_floor_is_so_low_that_a_fall_would_go_unnoticed(measured: pl.DataFrame) -> None:
    raised = {
        folder: {kind: {figure: floor + 0.2 for figure, floor in figures.items()} for kind, figures in kinds.items()}
        for folder, kinds in accuracy_floors().items()
    }
    figures = sum(len(figures) for kinds in raised.values() for figures in kinds.values())
    assert len(below_floors(measured, raised)) > 0.9 * figures


def evaluated(**changes: object) -> pl.DataFrame:
    gold = GoldText("news", "a.txt", b"", METADATA, {"quantities": (quantity(), quantity(low=7, high=7))}, ())
    told = ToldText(METADATA, "", {"quantities": (quantity(**changes),)})
    return evaluation_tables(Evaluation((judge(gold, told),), "1"))["evaluation"]


def test_a_figure_that_fell_is_named() -> None:
    floors = {"news": {"quantities": {"found": 0.6, "right": 0.6}, "metadata": {"title": 1.0}}}
    assert below_floors(evaluated(), floors) == []
    assert below_floors(evaluated(partner=frozenset()), floors) == [Shortfall("news", "quantities", "right", 0.6, 0.0)]
    assert below_floors(evaluated(unit="EUR"), floors) == [
        Shortfall("news", "quantities", "found", 0.6, 0.0),
        Shortfall("news", "quantities", "right", 0.6, 0.0),
    ]


def test_a_folder_that_was_not_evaluated_has_fallen() -> None:
    floors = {"lost": {"events": {"found": 0.0}}, ALL_FOLDERS: {"quantities": {"found": 0.5}}}
    assert below_floors(evaluated(), floors) == [Shortfall("lost", "events", "found", 0.0, None)]
