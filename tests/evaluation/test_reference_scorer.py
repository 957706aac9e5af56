"""The product's figures are those of the reference scorer that the annotated texts come with, where that is at hand."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.cli.scores import scores
from pipeline.orchestration.evaluating import evaluate_folders
from pipeline.orchestration.running import RefreshPlan, run_refresh
from tests.conftest import claims_alone

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SCORER = GOLD / "score.py"
FOLDERS = sorted({path.parent for path in GOLD.glob("*/*.gold.json")})

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not at hand")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scored")
    plan = RefreshPlan(folders=tuple(FOLDERS), store=root / "store", warehouse=root / "corridor.duckdb", gold=(root / "none",))
    with claims_alone():
        run_refresh(plan)
    return root / "corridor.duckdb"


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    return scores(evaluate_folders(FOLDERS), errors=False)


def flat(figures: dict[str, Any], wanted: dict[str, Any], place: str = "") -> dict[str, Any]:
    """The figures that `wanted` has, by their places."""
    found = {}
    for name, value in wanted.items():
        here = f"{place}/{name}"
        found |= flat(figures[name], value, here) if isinstance(value, dict) else {here: counted(figures[name])}
    return found


def counted(figure: Any) -> float:
    return len(figure) if isinstance(figure, list) else figure


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_figures_of_a_folder(folder: Path, scorer: ModuleType, warehouse: Path, ours: dict[str, Any]) -> None:
    wanted, _ = scorer.score(warehouse, [folder], False)
    assert flat(ours["folders"][folder.name], wanted) == pytest.approx(flat(wanted, wanted))


def test_figures_of_all_folders(scorer: ModuleType, warehouse: Path, ours: dict[str, Any]) -> None:
    wanted, _ = scorer.score(warehouse, FOLDERS, False)
    assert wanted["quantities"]["gold"] > 100
    assert flat(ours, wanted) == pytest.approx(flat(wanted, wanted))
