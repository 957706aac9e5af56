"""The tables that answer questions are filled by their statements, in the order in which these use each other."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.contract import columns, ddl
from pipeline.contract.fields import Table
from pipeline.contract.published import ANALYSIS_TABLES
from pipeline.warehouse.analysis import fill_analysis
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.sql import statements

pytestmark = pytest.mark.whole

ODD = Table("odd", "Odd numbers.", (columns.count("number", "A number."), columns.text("name", "Its name.")))
BIG = Table("big", "Big odd numbers.", (columns.count("number", "A number."),))


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table in (ODD, BIG):
        connection.execute(ddl.create_table(table))
    return connection


def write(folder: Path, **queries: str) -> Path:
    for name, query in queries.items():
        (folder / f"{name}.sql").write_text(f"-- Made for a test.\n{query};\n")
    return folder


ODD_QUERY = "SELECT 'n' || range AS name, range::INTEGER AS number FROM range(9) WHERE range % 2 = 1"


def test_a_table_is_filled_after_those_that_it_reads_from(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, odd=ODD_QUERY, big="SELECT number FROM odd WHERE number > 5")
    fill_analysis(database, (BIG, ODD), tmp_path)
    assert database.sql("FROM big").fetchall() == [(7,)]
    assert database.sql("FROM odd LIMIT 1").fetchall() == [(1, "n1")]


def test_a_function_can_make_the_rows_of_what_a_statement_gives(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def doubled(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(pl.col("number") * 2)

    write(tmp_path, odd=ODD_QUERY, big="SELECT number, 'unused' AS more FROM odd WHERE number = 7")
    fill_analysis(database, (BIG, ODD), tmp_path, {"big": doubled})
    assert database.sql("FROM big").fetchall() == [(14,)]


def test_what_a_function_makes_must_fit_its_table(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, odd=ODD_QUERY, big="SELECT number FROM odd")
    with pytest.raises(WarehouseError, match=r"made for big .* differ in: name"):
        fill_analysis(database, (ODD, BIG), tmp_path, {"big": lambda rows: rows.with_columns(name=pl.lit("n"))})


@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ({"odd": ODD_QUERY}, "each analysis table needs one statement.*: big$"),
        ({"odd": ODD_QUERY, "big": "SELECT 7 AS number", "more": "SELECT 1 AS one"}, ": more$"),
        ({"odd": ODD_QUERY, "big": "SELECT 7 AS number, 8 AS other"}, r"big.sql and the definition .* differ in: other"),
        ({"odd": "SELECT 1 AS number", "big": "SELECT 7 AS number"}, r"odd.sql and the definition .* differ in: name"),
        ({"odd": ODD_QUERY, "big": "SELECT 7 AS number, 8 AS number"}, r"big.sql and the definition .* differ in: number_1"),
        ({"odd": ODD_QUERY, "big": "SELECT 7 AS other\nORDER BY other"}, r"big.sql and .* differ in: number, other"),
    ],
)
def test_a_statement_that_does_not_fit_its_table_is_refused(
    database: duckdb.DuckDBPyConnection, tmp_path: Path, queries: dict[str, str], message: str
) -> None:
    with pytest.raises(WarehouseError, match=message):
        fill_analysis(database, (ODD, BIG), write(tmp_path, **queries))


KEYED = Table("odd", "Odd numbers.", ODD.fields, key=("name",))


@pytest.mark.parametrize("threads", [1, 4])
def test_rows_are_in_the_order_of_the_key_with_any_number_of_threads(tmp_path: Path, threads: int) -> None:
    connection = duckdb.connect(config={"threads": threads})
    for table in (KEYED, BIG):
        connection.execute(ddl.create_table(table))
    many = "SELECT max('n' || range % 300000) AS name, (range % 300000)::INTEGER AS number FROM range(600000) GROUP BY number"
    write(tmp_path, odd=many, big="SELECT number % 5000 AS number FROM odd ORDER BY hash(number)")
    fill_analysis(connection, (KEYED, BIG), tmp_path)
    names = [name for (name,) in connection.sql("SELECT name FROM odd ORDER BY rowid").fetchall()]
    numbers = [number for (number,) in connection.sql("SELECT number FROM big ORDER BY rowid").fetchall()]
    assert names == sorted(f"n{number}" for number in range(300000))
    assert numbers == sorted(numbers)


def test_a_statement_may_give_an_order_of_its_own(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, odd=f"{ODD_QUERY}\nORDER BY number DESC", big="SELECT 7 AS number")
    fill_analysis(database, (ODD, BIG), tmp_path)
    assert database.sql("SELECT number FROM odd").fetchall() == [(7,), (5,), (3,), (1,)]


def test_an_order_of_its_own_holds_with_many_threads(tmp_path: Path) -> None:
    connection = duckdb.connect(config={"threads": 4})
    for table in (ODD, BIG):
        connection.execute(ddl.create_table(table))
    many = "SELECT 'n' AS name, (range * 7919 % 300007)::INTEGER AS number FROM range(300000)\nORDER BY number DESC"
    fill_analysis(connection, (ODD, BIG), write(tmp_path, odd=many, big="SELECT 7 AS number"))
    numbers = [number for (number,) in connection.sql("SELECT number FROM odd ORDER BY rowid").fetchall()]
    assert numbers == sorted(numbers, reverse=True)


def test_a_fault_in_a_statement_is_told_as_it_is(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(duckdb.BinderException, match="missing"):
        fill_analysis(database, (ODD, BIG), write(tmp_path, odd=ODD_QUERY, big="SELECT missing AS number FROM odd"))


def test_every_analysis_table_has_its_statement() -> None:
    assert sorted(table.name for table in ANALYSIS_TABLES) == [statement.name for statement in statements("analysis")]
