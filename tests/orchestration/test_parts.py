"""Engines, progress, Markdown and column schemas."""

import dagster as dg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.made import Steps
from pipeline.contract.tables import TABLES, TRADE_CLAIMS
from pipeline.orchestration.engines import engine
from pipeline.orchestration.markdown import markdown_table
from pipeline.orchestration.metadata import column_schema
from pipeline.orchestration.progress import CountingEngine
from pipeline.warehouse.refreshing import inline


def test_a_pool_yields_in_the_order_of_the_batches() -> None:
    with engine("pool", 2) as run:
        assert list(run(sum, [[number, number] for number in range(20)])) == [2 * number for number in range(20)]


def test_an_error_in_a_worker_is_raised_here() -> None:
    with engine("pool", 1) as run, pytest.raises(TypeError):
        list(run(sum, [["a"]]))


def test_an_engine_must_be_known() -> None:
    with pytest.raises(ValueError, match="known: inline, pool"), engine("abacus"):
        pass


def test_progress_counts_texts_and_not_batches() -> None:
    steps = Steps()
    steps.stage("reading")
    assert list(CountingEngine(inline, steps)(len, [["a", "b"], ["c"]])) == [2, 1]
    assert steps.done == {"reading": 3}


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


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
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
