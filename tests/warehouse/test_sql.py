import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.warehouse.queries import open_published
from pipeline.warehouse.reference import reference_data
from pipeline.warehouse.sql import Statement, in_order_of_use, sql_folder, statements
from pipeline.warehouse.store import Store

from .made import raw, refresh

CONTRACT_VIEW = [
    *("claim_id", "doc_id", "family", "indicator", "measure", "value_low", "value_high", "unit", "modality", "evidence"),
    *("evidence_start", "evidence_end", "confidence", "published_on", "publisher", "title"),
]
ALL_SQL = sorted(sql_folder().rglob("*.sql"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    store, warehouse = Store(folder / "store"), folder / "corridor.duckdb"
    texts = {
        "one.txt": "One\nexports KAZ GEO 12 t\ncargo 40 t\nagreement signed\n",
        "two.txt": "Two\nexports KAZ GEO 15 t\nexports GEO KAZ 3 t\ncargo 44 t\nbroken\n",
    }
    refresh(store, [raw(name, text) for name, text in texts.items()], warehouse)
    return warehouse


@pytest.mark.parametrize("path", ALL_SQL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_one_statement_with_an_opening_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert len(duckdb.extract_statements(text)) == 1
    assert all(len(line) <= 128 for line in text.splitlines())


@pytest.mark.parametrize("view", statements("views"), ids=lambda view: view.name)
def test_a_view_is_named_as_its_file_and_explained_in_the_database(view: Statement, published: Path) -> None:
    with open_published(published) as connection:
        found = connection.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [view.name]).fetchall()
        connection.execute(f"SELECT * FROM {view.name}").fetchall()
    assert found == [(view.comment,)]


def test_the_view_of_claims_begins_with_the_columns_that_others_rely_on(published: Path) -> None:
    with open_published(published) as connection:
        found = connection.execute("SELECT * FROM claims").description
    assert [column[0] for column in found or []][: len(CONTRACT_VIEW)] == CONTRACT_VIEW


def test_the_view_of_claims_names_all_places_of_a_claim(published: Path) -> None:
    with open_published(published) as connection:
        found = connection.execute("SELECT DISTINCT family, places FROM claims WHERE places <> [] ORDER BY ALL").fetchall()
    assert ("trade", ["GEO", "KAZ"]) in found


def test_there_are_twenty_five_questions_and_each_ends_its_comment_with_a_question_mark() -> None:
    examples = statements("examples")
    assert len(examples) >= 25
    assert [example.name for example in examples if not example.comment.endswith("?")] == []


@pytest.mark.parametrize("example", statements("examples"), ids=lambda example: example.name)
def test_a_question_can_be_asked(example: Statement, published: Path) -> None:
    with open_published(published) as connection:
        connection.execute(example.sql).fetchall()


def test_no_outer_join_of_an_answer_compares_each_with_each(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection, reference_data(connection):
        found = {
            statement.name
            for statement in statements("analysis")
            for ((_, plan),) in [connection.execute(f"EXPLAIN (FORMAT json) {statement.sql}").fetchall()]
            for step in _steps(json.loads(plan))
            if step["name"].strip() == "BLOCKWISE_NL_JOIN" and step["extra_info"].get("Join Type") != "INNER"
        }
    assert found == set()


def _steps(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in plan:
        yield step
        yield from _steps(step["children"])


def test_what_is_asked_of_refreshes_tells_what_came_and_what_went(tmp_path: Path) -> None:
    store, warehouse = Store(tmp_path / "store"), tmp_path / "corridor.duckdb"
    kept, gone, new = (
        raw(f"{name}.txt", f"{name}\nexports KAZ GEO {tons} t\nbroken\n")
        for name, tons in (("kept", 12), ("gone", 15), ("new", 18))
    )
    refresh(store, [kept, gone], warehouse, 1)
    refresh(store, [kept, new], warehouse, 2)
    answers = {}
    with open_published(warehouse) as connection:
        for example in statements("examples"):
            if example.name in ("what_is_new", "what_is_said_no_more", "why_candidates_were_rejected"):
                answers[example.name] = connection.execute(example.sql).fetchall()
    assert [row[0] for row in answers["what_is_new"]] == ["added"]
    assert "18" in answers["what_is_new"][0][1]
    assert ["15" in row[2] for row in answers["what_is_said_no_more"]] == [True]
    assert answers["why_candidates_were_rejected"]


def test_blocs_are_called_by_a_name_without_its_explanation(published: Path) -> None:
    query = next(each for each in statements("analysis") if each.name == "claims_by_country")
    with open_published(published) as connection:
        names = query.sql[query.sql.index("country_names AS (") :].partition(")\n\nSELECT")[0]
        rows = connection.execute(
            f"WITH {names}) SELECT code, country_name FROM country_names"
            " WHERE code IN ('EU', 'ASIA', 'EUROPE', 'KOR') ORDER BY code"
        ).fetchall()
    assert rows == [("ASIA", "Asia"), ("EU", "European Union"), ("EUROPE", "Europe"), ("KOR", "Korea, Republic of")]


def test_claims_by_country_names_the_part_of_each(published: Path) -> None:
    with open_published(published) as connection:
        rows = connection.execute(
            "SELECT country, country_name, part, count(*) FROM claims_by_country"
            " WHERE family = 'agreement' GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert rows == [("GEO", "Georgia", "party", 1), ("KAZ", "Kazakhstan", "party", 1)]


def test_evidence_in_context_puts_the_evidence_back_into_its_text(published: Path) -> None:
    with open_published(published) as connection:
        rows = connection.execute(
            "SELECT count(*) FROM evidence_in_context AS e JOIN documents AS d ON d.doc_id = e.doc_id"
            " WHERE d.text <> e.text_before || e.evidence || e.text_after"
        ).fetchone()
    assert rows == (0,)


def test_views_are_made_after_those_they_read_from() -> None:
    views = [
        Statement("a", "", "SELECT * FROM b"),
        Statement("b", "", "SELECT * FROM c JOIN t USING (x)"),
        Statement("c", "", ""),
    ]
    assert [view.name for view in in_order_of_use(views)] == ["c", "b", "a"]


def test_no_lambda_is_written_with_an_arrow_which_the_next_duckdb_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect

    def without_arrows(*arguments: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        connection = connect(*arguments, **options)
        connection.execute("SET lambda_syntax = 'DISABLE_SINGLE_ARROW'")
        return connection

    monkeypatch.setattr(duckdb, "connect", without_arrows)
    with without_arrows() as connection, pytest.raises(duckdb.Error, match=r"(?i)deprecated lambda arrow"):
        connection.execute("SELECT list_transform([1], one -> one + 1)")
    store, warehouse = Store(tmp_path / "store"), tmp_path / "corridor.duckdb"
    _, _, publication = refresh(store, [raw("one.txt", "One\ncargo 4 t\n")], warehouse)
    assert publication.published


@pytest.mark.parametrize("path", ALL_SQL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_file_has_a_single_arrow(path: Path) -> None:
    assert "->" not in path.read_text(encoding="utf-8").replace("->>", "")
