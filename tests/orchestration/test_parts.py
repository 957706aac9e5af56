"""Engines, progress, Markdown and column schemas."""

import multiprocessing
from pathlib import Path

import dagster as dg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.adding import Adding
from orchestration.made import Steps
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.tables import TRADE_CLAIMS
from pipeline.orchestration.engines import dispatch, engine, rest
from pipeline.orchestration.engines.dispatch import EngineError
from pipeline.orchestration.markdown import markdown_table
from pipeline.orchestration.metadata import column_schema
from pipeline.orchestration.progress import CountingEngine
from pipeline.warehouse.errors import WorkerDiedError
from pipeline.warehouse.refreshing import inline


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the processes of a pool import the tests."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))


@pytest.mark.usefixtures("importable")
def test_a_pool_yields_in_the_order_of_the_batches() -> None:
    with engine("pool", 2) as run:
        assert list(run(Adding(), [[number, number] for number in range(20)])) == [2 * number for number in range(20)]


@pytest.mark.usefixtures("importable")
def test_an_error_in_a_worker_is_raised_here() -> None:
    with engine("pool", 1) as run, pytest.raises(TypeError):
        list(run(Adding(), [["a"]]))


@pytest.mark.usefixtures("importable")
def test_a_worker_that_dies_costs_one_text_and_no_other() -> None:
    batches: list[list[int | str]] = [[1], [2, 20], [3, "die", 4], [5], [6], ["die"], [7], [8]]
    with engine("pool", 1) as run:
        assert list(run(Adding(), batches)) == [1, 22, 3, -1, 4, 5, 6, -1, 7, 8]


@pytest.mark.usefixtures("importable")
def test_workers_that_keep_dying_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "MOST_DEATHS", 2)
    with engine("pool", 1) as run, pytest.raises(WorkerDiedError, match="3 worker processes died"):
        list(run(Adding(), [["die", "die", "die"]]))


def test_an_engine_must_be_known() -> None:
    with pytest.raises(EngineError, match="known: inline, pool, ray"), engine("abacus"):
        pass


@pytest.mark.usefixtures("importable")
def test_a_pool_that_rests_has_no_processes_and_works_again() -> None:
    with engine("pool", 2) as run:
        assert list(run(Adding(), [[1], [2]])) == [1, 2]
        assert multiprocessing.active_children() != []
        rest(run)
        assert multiprocessing.active_children() == []
        assert list(run(Adding(), [[3], [4]])) == [3, 4]
    rest(inline)


def test_progress_counts_texts_and_not_batches() -> None:
    steps = Steps()
    steps.stage("reading")
    assert list(CountingEngine(inline, steps)(Adding(), [[1, 2], [3]])) == [3, 3]
    assert steps.done == {"reading": 3}
    assert steps.claims == 0


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_markdown_table_keeps_its_cells_apart(values: list[str]) -> None:
    lines = markdown_table(["a"] * len(values), [values]).split("\n")
    assert len(lines) == 3
    unescaped = lines[2].replace("\\\\", "").replace("\\|", "")
    assert unescaped.count("|") == len(values) + 1


def test_markdown_is_never_markup() -> None:
    row = markdown_table(["a"], [["<script>[x](y) *z* `w`|\n# v"]]).split("\n")[2]
    assert row == r"| \<script\>\[x\](y) \*z\* \`w\`\| \# v |"


def test_markdown_cuts_long_values_and_joins_lists() -> None:
    assert markdown_table(["a", "b", "c"], [["x" * 20, ["KAZ", "UZB"], None]], most=5).split("\n")[2] == "| xxxx… | KAZ,… |  |"


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=lambda table: table.name)
def test_a_column_schema_has_every_column(table: object) -> None:
    assert hasattr(table, "columns")
    schema = column_schema(table)  # type: ignore[arg-type]
    assert tuple(column.name for column in schema.columns) == table.columns
    assert all(column.description for column in schema.columns)


def test_a_column_schema_tells_types_and_limits() -> None:
    columns = {column.name: column for column in column_schema(TRADE_CLAIMS).columns}
    assert columns["claim_id"].constraints.unique
    assert columns["reporter"].type == "VARCHAR[]"
    assert columns["confidence"].constraints == dg.TableColumnConstraints(nullable=False, other=["at least 0", "at most 1"])
    assert columns["measure"].constraints.other == ["vocabulary: measures"]
