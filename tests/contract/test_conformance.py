"""Rows that break a table's definition are found, each rule for itself."""

import duckdb
import pytest

from pipeline.contract import columns, ddl
from pipeline.contract.conformance import violations
from pipeline.contract.fields import Field, Reference, Table, Type
from pipeline.contract.schemas import code_rows
from pipeline.contract.vocabulary import vocabulary

TABLE = Table(
    "journeys",
    "Made for these tests.",
    (
        columns.text("journey_id", "Key."),
        columns.text("came_from", "An earlier journey.", nullable=True),
        columns.places("sides", "Countries."),
        columns.code("corridor", "The corridor.", "corridors", nullable=True),
        columns.code("unit", "The unit.", "units", nullable=True),
        columns.share("progress", "How far.", nullable=True),
        columns.number("value", "The value.", nullable=True),
        columns.truth("cumulative", "Whether it adds up."),
        Field("state", Type.TEXT, "The state.", pattern="open|met"),
    ),
    key=("journey_id",),
    references=(Reference("came_from", "journeys", "journey_id"),),
)
GOOD = (
    "('a', NULL, ['CHN', 'KAZ'], 'TITR', 'USD/TEU', 0.5, 12.0, true, 'met'), "
    "('b', 'a', [], 'iron road', 't/yr', NULL, NULL, false, 'open')"
)


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(ddl.create_table(TABLE))
    codes = code_rows(vocabulary())
    connection.register("code_rows", codes.to_arrow())
    connection.execute("CREATE TABLE codes AS SELECT * FROM code_rows")
    connection.execute(f"INSERT INTO journeys VALUES {GOOD}")
    return connection


def test_good_rows_break_no_rule(database: duckdb.DuckDBPyConnection) -> None:
    assert database.execute(violations(TABLE)).fetchall() == []


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE journeys SET journey_id = 'a', came_from = NULL", ("key repeats", "a", 1)),
        ("UPDATE journeys SET came_from = 'z' WHERE journey_id = 'b'", ("came_from points to no row of journeys", "z", 1)),
        ("UPDATE journeys SET sides = ['KAZ', 'XYZ'] WHERE journey_id = 'a'", ("sides is no known code", "XYZ", 1)),
        ("UPDATE journeys SET sides = ['KAZ', 'CHN'] WHERE journey_id = 'a'", ("sides is no sorted set", "[KAZ, CHN]", 1)),
        ("UPDATE journeys SET corridor = 'XXXX' WHERE journey_id = 'a'", ("corridor is no known code", "XXXX", 1)),
        ("UPDATE journeys SET unit = 'USD/lunch'", ("unit is no known code", "lunch", 1)),
        ("UPDATE journeys SET progress = -0.5 WHERE journey_id = 'a'", ("progress is too small", "-0.5", 1)),
        ("UPDATE journeys SET progress = 1.5 WHERE journey_id = 'a'", ("progress is too large", "1.5", 1)),
        ("UPDATE journeys SET value = 'inf' WHERE journey_id = 'a'", ("value is not finite", "inf", 1)),
        ("UPDATE journeys SET state = 'lost' WHERE journey_id = 'a'", ("state is malformed", "lost", 1)),
    ],
)
def test_a_broken_rule_is_found(database: duckdb.DuckDBPyConnection, change: str, broken: tuple[str, str, int]) -> None:
    database.execute(change)
    assert database.execute(violations(TABLE)).fetchall() == [broken]
