from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.errors import NotPublishedError, QueryRefusedError, UnknownClaimError
from pipeline.warehouse.news import changes_since
from pipeline.warehouse.queries import MarkedSpan, dataset_status, explain_claim, open_published, query
from pipeline.warehouse.store import Store

from .made import EXAMPLE, day, raw, refresh, refresh_source

REFUSED = [
    "ATTACH 'other.duckdb'",
    "COPY claims TO 'claims.csv'",
    "COPY (SELECT 1) TO '/dev/stdout'",
    "EXPORT DATABASE 'all'",
    "IMPORT DATABASE 'all'",
    "INSTALL fts",
    "LOAD fts",
    "SET enable_external_access = true",
    "SET VARIABLE x = 1",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "CREATE TABLE t AS SELECT 1",
    "CREATE TABLE memory.main.t AS SELECT 1",
    "INSERT INTO refreshes SELECT * FROM refreshes",
    "DELETE FROM trade_claims",
    "DROP VIEW claims",
    "DETACH corridor",
    "CHECKPOINT",
    "CALL pragma_version()",
    "FROM enable_logging(storage = 'stdout', level = 'trace')",
    "SELECT * FROM query('FROM \"ENABLE_LOGGING\"()')",
    "FROM enable_profiling(format := 'json')",
    "PREPARE q AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP VIEW claims",
    "EXPLAIN ANALYZE COPY claims TO 'claims.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 'x') TO '{warehouse}' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 'x') TO '{warehouse}' (FORMAT csv, USE_TMP_FILE false)",
    "/* é */ explain analyze COPY (SELECT 'x') TO '{warehouse}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY (PIVOT claims ON family USING count(*)) TO '{warehouse}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN COPY (SELECT 'x') TO '{warehouse}'",
    "EXPLAIN ANALYZE CREATE TABLE memory.main.t AS SELECT 1",
    "EXPLAIN ANALYZE INSERT INTO refreshes SELECT * FROM refreshes",
    "SELECT * FROM read_blob('{warehouse}')",
    "SELECT * FROM read_text('{warehouse}.wal')",
    "SELECT * FROM glob('{warehouse}*')",
    "FROM '{warehouse}'",
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_csv_auto('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{file}'",
    "FROM 'https://example.org/a.csv'",
    "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
    "SELECT getenv('HOME')",
    "",
    "   -- nothing here",
    ";",
    "SELEC 1",
    "SELECT nope FROM claims",
    "SELECT * FROM claims WHERE",
    "SELECT 'a'::INTEGER",
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    texts = [raw("a.txt", EXAMPLE), raw("b.txt", "Nothing"), raw("bad.txt", "\0")]
    refresh(Store(folder / "store"), texts, folder / "corridor.duckdb")
    return folder / "corridor.duckdb"


def run(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with query(warehouse, sql) as result:
        return list(result.rows)


@pytest.mark.parametrize("sql", REFUSED)
def test_anything_but_reading_the_published_file_is_refused_in_one_line(published: Path, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    beside = published.with_name(f"{published.name}.wal")
    beside.write_text("")
    before = sorted(published.parent.rglob("*")), published.read_bytes(), beside.read_bytes()
    with pytest.raises(QueryRefusedError) as refusal:
        run(published, sql.format(file=secret, folder=tmp_path, warehouse=published))
    assert str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert (sorted(published.parent.rglob("*")), published.read_bytes(), beside.read_bytes()) == before
    assert sorted(tmp_path.iterdir()) == [secret]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM claims",
        "FROM claims",
        "WITH a AS (SELECT 1) SELECT * FROM a -- done",
        "SELECT 1;",
        "DESCRIBE claims",
        "SUMMARIZE claims",
        "SHOW TABLES",
        "EXPLAIN SELECT * FROM claims",
        "EXPLAIN ANALYZE SELECT 'a' FROM claims",
        "EXPLAIN (FORMAT json, ANALYZE) (SELECT 1)",
        "/* é */ EXPLAIN (SELECT ')') -- it",
        "explain FROM claims",
        "EXPLAIN WITH a AS (SELECT 1) SELECT * FROM a",
        "EXPLAIN DESCRIBE claims",
        "PIVOT claims ON family USING count(*) GROUP BY modality",
        "VALUES (1), (2)",
    ],
)
def test_reading_is_welcome(published: Path, sql: str) -> None:
    assert run(published, sql)


def test_a_result_has_columns_types_and_rows(published: Path) -> None:
    with query(published, "SELECT started_at, claims, ['a', NULL] AS list FROM refreshes") as result:
        assert result.columns == ("started_at", "claims", "list")
        assert result.types == ("TIMESTAMP WITH TIME ZONE", "INTEGER", "VARCHAR[]")
        assert list(result.rows) == [(day(1), 3, ["a", None])]


def test_a_long_result_comes_row_by_row(published: Path) -> None:
    with query(published, "SELECT * FROM range(100000)") as result:
        assert next(result.rows) == (0,)
        assert sum(1 for _ in result.rows) == 99_999


def test_no_file_and_a_file_that_is_none_are_told_apart_from_bad_sql(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="corridor refresh"):
        run(tmp_path / "corridor.duckdb", "SELECT 1")
    (tmp_path / "notes.txt").write_text("no database at all, but a text that is long enough to look at" * 100)
    with pytest.raises(NotPublishedError, match="cannot be opened"):
        run(tmp_path / "notes.txt", "SELECT 1")


def test_a_path_with_quotes_opens(published: Path, tmp_path: Path) -> None:
    odd = tmp_path / 'it\'s "odd".duckdb'
    odd.write_bytes(published.read_bytes())
    assert run(odd, "SELECT count(*) FROM claims") == [(3,)]


def test_explain_marks_evidence_and_value_in_their_context(published: Path) -> None:
    with open_published(published) as connection:
        ids = dict(connection.execute("SELECT family, claim_id FROM claims").fetchall())
    found = explain_claim(published, ids["freight"])
    assert (found.family, found.reasons, found.fields["indicator"], found.document["file_name"]) == (
        "freight",
        (),
        "cargo",
        "a.txt",
    )
    assert "text" not in found.document
    marked = {span.kind: found.context[span.start : span.end] for span in found.spans}
    assert marked == {"evidence": "\U0001f682 cargo 40 t", "value": "40 t"}
    assert explain_claim(published, ids["agreement"]).fields["parties"] == ["GEO", "KAZ"]


def test_explain_shows_a_long_text_around_the_evidence_only(store: Store, warehouse: Path) -> None:
    text = "x" * 1000 + "\nexports KAZ GEO 12 t\n" + "y" * 1000
    refresh(store, [raw("a.txt", text)], warehouse)
    ((claim_id,),) = run(warehouse, "SELECT claim_id FROM claims")
    found = explain_claim(warehouse, str(claim_id))
    assert (found.context_start, len(found.context)) == (761, 500)
    assert found.spans == (MarkedSpan(240, 260, "evidence"), MarkedSpan(256, 260, "value"))


def test_explain_tells_why_a_candidate_was_rejected(published: Path) -> None:
    ((claim_id,),) = run(published, "SELECT claim_id FROM rejected_claims")
    found = explain_claim(published, str(claim_id))
    assert found.reasons == ("low_above_high",)
    assert found.context[found.spans[0].start : found.spans[0].end] == "broken exports 1 t"


@pytest.mark.parametrize(
    "offsets",
    [
        '"evidence_start": null, "evidence_end": null',
        '"evidence_start": -5, "evidence_end": 99999',
        '"value_start": 7, "value_end": 3',
    ],
)
def test_explain_bears_the_offsets_of_a_rejected_candidate(published: Path, tmp_path: Path, offsets: str) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        ((doc_id,),) = connection.execute("SELECT doc_id FROM rejected_claims").fetchall()
        claim = f'{{"claim_id": "odd", "doc_id": "{doc_id}", {offsets}}}'
        connection.execute("UPDATE rejected_claims SET claim_id = 'odd', claim = ?", [claim])
    assert explain_claim(copy, "odd").claim_id == "odd"


@pytest.mark.parametrize("claim_id", ["", "nobody", "' OR 1=1 --"])
def test_an_unknown_claim_is_named(published: Path, claim_id: str) -> None:
    with pytest.raises(UnknownClaimError, match="no claim has the id"):
        explain_claim(published, claim_id)


def test_a_claim_that_was_removed_is_told_with_the_day(store: Store, warehouse: Path) -> None:
    refresh(store, [raw("a.txt", "exports KAZ GEO 12 t"), raw("b.txt", "exports KAZ CHN 9 t")], warehouse)
    refresh(store, [raw("b.txt", "exports KAZ CHN 9 t")], warehouse, 2)
    ((claim_id,),) = run(warehouse, "SELECT previous_claim_id FROM changes WHERE change = 'removed'")
    with pytest.raises(UnknownClaimError, match=r"was removed by the refresh of \d{4}-\d\d-\d\d"):
        explain_claim(warehouse, str(claim_id))


@pytest.mark.parametrize(("table", "column"), [("facts", "fact_id"), ("agreements", "agreement_id"), ("documents", "doc_id")])
def test_an_id_of_something_else_is_told_with_how_to_look_at_it(published: Path, table: str, column: str) -> None:
    other = run(published, f"SELECT {column} FROM {table}")[0][0]
    with pytest.raises(UnknownClaimError, match=f"corridor sql .*FROM {table} WHERE {column} = '{other}'"):
        explain_claim(published, str(other))


def test_status_tells_how_the_dataset_stands(published: Path) -> None:
    status = dataset_status(published)
    assert (status.documents, status.duplicates, status.unreadable) == (2, 0, 1)
    assert status.claims == {"trade": 1, "freight": 1, "agreement": 1}
    assert status.rejected == {"trade": 1, "freight": 0, "agreement": 0}
    assert status.quality == {
        "accepted": 0.75,
        "documents_with_claims": 0.5,
        "documents_extracted": 1.0,
        "mean_confidence": pytest.approx(0.9),
    }
    assert status.refresh["status"] == "published"
    (source,) = status.sources
    assert (source.source, source.last_outcome, source.last_read, source.documents, source.unreadable, source.claims) == (
        *("made", "read", day(1)),
        *(2, 1, 3),
    )


def test_status_of_an_empty_dataset_divides_by_nothing(store: Store, warehouse: Path) -> None:
    refresh(store, [], warehouse)
    status = dataset_status(warehouse)
    assert set(status.quality.values()) == {None}
    assert status.claims == {"trade": 0, "freight": 0, "agreement": 0}


def test_status_tells_of_a_refresh_that_failed_since(store: Store, warehouse: Path, tmp_path: Path) -> None:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    assert dataset_status(warehouse, store).failed_refresh is None
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "never.sql").write_text("-- Never passes.\nSELECT 1")
    refresh(store, [], warehouse, 2, checks=tmp_path / "checks")
    failed = dataset_status(warehouse, store).failed_refresh
    assert failed is not None
    assert (failed["status"], failed["started_at"]) == ("failed_checks", day(2))
    assert dataset_status(warehouse).failed_refresh is None


def test_what_the_status_counts_is_what_the_changes_tell(tmp_path: Path) -> None:
    store, file = Store(tmp_path / "store"), tmp_path / "corridor.duckdb"
    one, other, third = (f"Exports of grain: {number} t\n" for number in range(3))
    told = []
    for step, (left, right) in enumerate(
        start=1,
        iterable=[
            ({"a.txt": one, "b.txt": other}, {"copy.txt": one}),
            ({"b.txt": other}, {"copy.txt": one}),  # one of two copies went
            ({"a.txt": one, "b.txt": other}, {}),  # the other one moved
            ({"a.txt": one, "b.txt": third}, {}),
            ({"b.txt": third}, {"new.txt": other}),
        ],
    ):
        with store.exclusive():
            refresh_source(store, [raw(name, text, "left") for name, text in left.items()], step, "left")
            refresh(store, [raw(name, text, "right") for name, text in right.items()], file, step, "right")
        counts = dataset_status(file).changes
        with changes_since(file) as news:
            retold = counts.pop("told otherwise", 0)
            assert counts == {
                "new": news.documents.get("added", 0),
                "changed": news.documents.get("altered", 0) - retold,
                "removed": news.documents.get("removed", 0),
            }
        told.append((*counts.values(), retold))
    assert told == [(2, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 1), (0, 1, 0, 0), (1, 0, 1, 0)]
