"""How much memory the making of a file takes: what exceeds it goes to the disk, and what cannot is told."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.contract import ddl
from pipeline.contract.published import ANALYSIS_TABLES, PUBLISHED_TABLES
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import TRADE_CLAIMS
from pipeline.warehouse import changes, publishing
from pipeline.warehouse.analysis import add_macros, fill_table
from pipeline.warehouse.errors import MemoryLimitError
from pipeline.warehouse.laying import append, lay_down
from pipeline.warehouse.room import give_room, memory_limit
from pipeline.warehouse.sql import statements
from pipeline.warehouse.store import Store

from .made import EXAMPLE, raw, refresh

pytestmark = pytest.mark.whole

MANY = 400_000
SENTENCE = "Exports of wheat from Kazakhstan to Uzbekistan rose again, as the ministry told: "


def test_memory_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORRIDOR_MEMORY", raising=False)
    assert memory_limit() == 896 * 2**20
    for told, amount in (("800MB", 800_000_000), ("2GiB", 2**31), ("1.5 GiB", 3 * 2**29)):
        monkeypatch.setenv("CORRIDOR_MEMORY", told)
        assert memory_limit() == amount


@pytest.mark.parametrize("told", ["much", "2", "0GiB", "80%", "-1GB"])
def test_what_is_no_amount_is_told_by_the_name_of_the_variable(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("CORRIDOR_MEMORY", told)
    with pytest.raises(MemoryLimitError, match=f"CORRIDOR_MEMORY is '{told}'; it says how much memory .* such as 2GiB"):
        refresh(store, [raw("a.txt", EXAMPLE)], warehouse)


def test_a_file_that_does_not_fit_says_what_to_do_and_leaves_what_was_there(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    before = warehouse.read_bytes()
    monkeypatch.setenv("CORRIDOR_MEMORY", "2MB")
    with pytest.raises(MemoryLimitError, match="could not be made within 2 MiB of memory, what was published stays: set"):
        refresh(store, [raw("a.txt", EXAMPLE), raw("b.txt", EXAMPLE * 2)], warehouse, 2)
    assert warehouse.read_bytes() == before
    assert sorted(path.name for path in warehouse.parent.iterdir()) == ["corridor.duckdb", "corridor.duckdb.lock", "store"]


def claims_backwards(many: int) -> pl.DataFrame:
    names = [f"{number:08}" for number in range(many, 0, -1)]
    schema = polars_schema(TRADE_CLAIMS)
    told = {
        **{name: pl.lit("x", pl.String) for name, type_ in schema.items() if type_ == pl.String},
        "claim_id": pl.Series(names),
        "doc_id": pl.Series(names),
        "modality": pl.lit("reported"),
        "evidence": pl.lit(SENTENCE * 10) + pl.Series(names),
    }
    lists = {name: pl.lit([], pl.List(pl.String)) for name, type_ in schema.items() if type_ == pl.List(pl.String)}
    others = {name: pl.lit(1).cast(type_) for name, type_ in schema.items() if name not in told and name not in lists}
    return pl.DataFrame({"claim_id": names}).with_columns(**{**others, **lists, **told}).select(schema.names())


def test_rows_that_exceed_the_memory_are_laid_down_in_order_by_way_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRIDOR_MEMORY", "250MB")
    rows = claims_backwards(MANY)
    assert rows.estimated_size() > 300_000_000
    with duckdb.connect(str(tmp_path / "file.duckdb")) as connection:
        give_room(connection, tmp_path / "spilled")
        connection.register("empty", rows.clear().to_arrow())
        connection.execute("CREATE TABLE trade_claims AS FROM empty")
        lay_down(connection, TRADE_CLAIMS, rows.iter_slices(10_000))
        found = connection.execute("SELECT claim_id FROM trade_claims").pl()["claim_id"]
        (held,) = connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchall()[0]
    assert found.to_list() == rows["claim_id"].reverse().to_list()
    assert held <= 250_000_000


MADE_DOCUMENTS = """
INSERT INTO documents BY NAME
SELECT n::VARCHAR AS doc_id, 'made' AS source, 'a.txt' AS file_name, 'made/a.txt' AS uri, '' AS text, now() AS first_seen,
    first_seen AS last_seen, true AS language_read
FROM range(10_000) AS documents (n)
"""
MADE_CLAIMS = """
INSERT INTO trade_claims BY NAME
SELECT md5(n::VARCHAR)[:20] AS claim_id, (n // 10)::VARCHAR AS doc_id, 'turnover' AS indicator, 'level' AS measure,
    ['AZE', 'KAZ'] AS reporter, ['GEO', 'TUR'] AS partner, ['CHN'] AS origin, ['DEU'] AS destination, 'reported' AS modality,
    '' AS evidence, 0 AS evidence_start, 1 AS evidence_end, 0.5 AS confidence, 'made' AS extractor, '1' AS extractor_version
FROM range(100_000) AS claims (n)
"""


def test_countries_of_very_many_claims_are_found_within_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIDOR_MEMORY", "90MB")
    with duckdb.connect(str(tmp_path / "file.duckdb")) as connection:
        connection.execute(";\n".join(ddl.statements(PUBLISHED_TABLES)))
        connection.execute(MADE_DOCUMENTS)
        connection.execute(MADE_CLAIMS)
    with duckdb.connect(str(tmp_path / "file.duckdb")) as connection:
        add_macros(connection)
        give_room(connection, tmp_path / "spilled")
        (table,) = (table for table in ANALYSIS_TABLES if table.name == "claims_by_country")
        (query,) = (query for query in statements("analysis") if query.name == table.name)
        fill_table(connection, table, query.sql, None)
        assert connection.execute("SELECT count(*) FROM claims_by_country").fetchall() == [(600_000,)]


def test_a_file_is_the_same_whether_its_tables_are_committed_together_or_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def published(name: str) -> dict[str, list[tuple[object, ...]]]:
        warehouse = tmp_path / f"{name}.duckdb"
        refresh(Store(tmp_path / name), [raw("a.txt", EXAMPLE), raw("b.txt", f"{EXAMPLE}exports KAZ GEO 14 t\n")], warehouse)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return {table: connection.execute(f"FROM {table}").fetchall() for table in ("facts", "fact_claims", "sentences")}

    together = published("together")
    monkeypatch.setattr(publishing, "read_toml", lambda _name: {"claims_committed_at_once": 1})
    assert published("apart") == together
    assert together["facts"]


def test_what_goes_wrong_while_rows_are_made_is_raised_as_it_came() -> None:
    def rows() -> object:
        yield pl.DataFrame({"a": [1]})
        raise FileNotFoundError("a part is missing")

    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE numbers (a BIGINT)")
        with pytest.raises(FileNotFoundError, match="a part is missing"):
            append(connection, "numbers", rows(), pl.DataFrame(schema={"a": pl.Int64}))


def test_changes_are_the_same_however_few_claims_are_compared_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(name: str) -> list[tuple[object, ...]]:
        store, warehouse = Store(tmp_path / name), tmp_path / f"{name}.duckdb"
        texts = {f"{number}.txt": f"Text {number}\nexports KAZ GEO {number} t\ncargo {number} t\n" for number in range(9)}
        refresh(store, [raw(file, text) for file, text in texts.items()], warehouse)
        texts |= {f"{number}.txt": f"Text {number}\ncargo {number + 50} t\nagreement signed\n" for number in (1, 4, 7)}
        del texts["8.txt"]
        refresh(store, [raw(file, text) for file, text in texts.items()], warehouse, 2)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return [row[1:] for row in connection.execute("SELECT * FROM changes").fetchall()]

    whole = told("whole")
    monkeypatch.setattr(changes, "CLAIMS_AT_ONCE", 2)
    assert told("divided") == whole
    assert len(whole) == 18 + 2 + 3 * 3
