"""The tables, and what is derived from them: Polars schemas, DuckDB statements, Pandera models, the dictionary."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandera.errors
import polars as pl
import pytest

from pipeline.contract.ddl import comments, create_table, statements
from pipeline.contract.dictionary import current_dictionary, dictionary, dictionary_path, read_views
from pipeline.contract.fields import Field, Table, Type
from pipeline.contract.models import REASONS, faults, model
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.schemas import code_rows, empty_frame, polars_schema
from pipeline.contract.tables import AGREEMENT_CLAIMS, CODES, DOCUMENTS, FREIGHT_CLAIMS, TRADE_CLAIMS
from pipeline.contract.vocabulary import NAMES, vocabulary

CLAIM_KEY = ("claim_id",)  # of the view over the tables of claims
IDS = [table.name for table in PUBLISHED_TABLES]
DOCUMENT = {
    "doc_id": "d1",
    "source": "desk",
    "file_name": "a.txt",
    "uri": "folder/a.txt",
    "title": None,
    "author": None,
    "publisher": None,
    "published_on": date(2024, 5, 1),
    "language": "en",
    "text": "Nothing was shipped.",
    "first_seen": datetime(2024, 5, 2, tzinfo=UTC),
    "last_seen": datetime(2024, 5, 3, tzinfo=UTC),
    "duplicate_of": None,
    "superseded_by": None,
    "language_read": True,
}


def documents(**changes: object) -> pl.DataFrame:
    return pl.DataFrame([{**DOCUMENT, **changes}], schema=polars_schema(DOCUMENTS))


def test_the_tables_of_the_contract_are_there_in_its_words() -> None:
    assert IDS[:7] == [
        *(
            "documents",
            "trade_claims",
            "freight_claims",
            "agreement_claims",
            "rejected_claims",
            "unreadable_documents",
            "refreshes",
        )
    ]
    assert " ".join(AGREEMENT_CLAIMS.columns) == (
        "claim_id doc_id name form subject status modality parties organisations date_start date_end place attributed_to "
        "evidence evidence_start evidence_end confidence extractor extractor_version"
    )
    assert " ".join(TRADE_CLAIMS.columns) == (
        "claim_id doc_id indicator measure value_low value_high bound unit value_text reporter partner origin destination "
        "corridor mode commodity period_start period_end modality attributed_to evidence evidence_start evidence_end "
        "value_start value_end confidence extractor extractor_version"
    )


def test_trade_and_freight_differ_only_in_what_the_indicator_may_be() -> None:
    differing = [a.name for a, b in zip(TRADE_CLAIMS.fields, FREIGHT_CLAIMS.fields, strict=True) if a != b]
    assert differing == ["indicator"]


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=IDS)
def test_keys_references_and_vocabularies_exist(table: Table) -> None:
    by_name = {other.name: other for other in PUBLISHED_TABLES}
    assert set(table.key) <= set(table.columns)
    assert len(set(table.columns)) == len(table.columns)
    for reference in table.references:
        assert reference.field in table.columns
        keys = CLAIM_KEY if reference.table == "claims" else by_name[reference.table].key
        assert keys == (reference.key,)
    for field in table.fields:
        assert field.description.endswith(".")
        assert field.vocabulary is None or field.vocabulary in NAMES


def test_a_field_is_found_by_its_name() -> None:
    assert DOCUMENTS.field("uri").type is Type.TEXT
    with pytest.raises(KeyError, match="documents has no field 'colour'"):
        DOCUMENTS.field("colour")


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in statements(PUBLISHED_TABLES):
        connection.execute(statement)
    return connection


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=IDS)
def test_the_database_has_the_columns_types_and_comments(table: Table, database: duckdb.DuckDBPyConnection) -> None:
    found = database.execute(
        "SELECT column_name, is_nullable, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [table.name],
    ).fetchall()
    assert [(name, nullable) for name, nullable, _ in found] == [(field.name, field.nullable) for field in table.fields]
    assert all(text.startswith(field.description) for (_, _, text), field in zip(found, table.fields, strict=True))
    said = database.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table.name]).fetchone()
    assert said is not None
    assert said[0].startswith(table.description)


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=IDS)
def test_frames_of_the_polars_schema_fit_into_the_database(table: Table, database: duckdb.DuckDBPyConnection) -> None:
    frame = empty_frame(table)
    assert frame.columns == list(table.columns)
    database.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM frame")


def test_a_row_comes_back_from_the_database_as_it_went_in(database: duckdb.DuckDBPyConnection) -> None:
    frame = documents(text="naïve 🚂 text")
    database.execute("BEGIN")
    database.execute("INSERT INTO documents BY NAME SELECT * FROM frame")
    back = database.sql("SELECT * FROM documents").pl()
    database.execute("ROLLBACK")
    assert back.select("text", "published_on", "title").rows() == frame.select("text", "published_on", "title").rows()
    assert back["first_seen"].dt.convert_time_zone("UTC").to_list() == [DOCUMENT["first_seen"]]


def test_names_and_comments_are_quoted() -> None:
    odd = Table('a"b', "It's; DROP TABLE x; --", (Field('c"d', Type.TEXT, "Says 'hello'."),))
    connection = duckdb.connect()
    for statement in (create_table(odd), *comments(odd)):
        connection.execute(statement)
    assert connection.execute("SELECT comment FROM duckdb_tables()").fetchall() == [("It's; DROP TABLE x; --",)]
    assert connection.execute("SELECT column_name, comment FROM duckdb_columns() WHERE NOT internal").fetchall() == [
        ('c"d', "Says 'hello'.")
    ]


def validate(table: Table, frame: pl.DataFrame) -> None:
    """Raises `SchemaErrors` for rows with something wrong."""
    reasons = pl.Series(REASONS, faults(table, frame), dtype=pl.List(pl.String))
    model(table).validate(frame.with_columns(reasons), lazy=True)


NO_REASONS = pl.lit([], pl.List(pl.String)).alias(REASONS)


def test_the_codes_table_holds_every_vocabulary() -> None:
    rows = code_rows(vocabulary())
    assert set(rows["vocabulary"]) == set(NAMES)
    assert not rows.select("vocabulary", "code").is_duplicated().any()
    validate(CODES, rows)


@pytest.mark.parametrize("table", PUBLISHED_TABLES, ids=IDS)
def test_models_take_empty_frames(table: Table) -> None:
    validate(table, empty_frame(table))


@pytest.mark.parametrize("language", ["en", None])
def test_a_document_of_the_contract_passes(language: str | None) -> None:
    validate(DOCUMENTS, documents(language=language))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": None}, "not_null:text"),
        ({"language": "English"}, "malformed:language"),
        ({"language": "en\n"}, "malformed:language"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_and_the_model_names_the_row(changes: dict[str, object], reason: str) -> None:
    frame = pl.concat([documents(), documents(**changes)])
    assert faults(DOCUMENTS, frame) == [[], [reason]]
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        validate(DOCUMENTS, frame)
    cases = caught.value.failure_cases
    assert cases.select("check", "column", "index").rows() == [("sound", "reasons", 1)]


def test_models_refuse_other_columns() -> None:
    with pytest.raises(pandera.errors.SchemaErrors):
        model(DOCUMENTS).validate(documents().with_columns(colour=pl.lit("red")).with_columns(NO_REASONS), lazy=True)
    with pytest.raises(pandera.errors.SchemaErrors):
        model(DOCUMENTS).validate(documents().drop("title").with_columns(NO_REASONS), lazy=True)
    with pytest.raises(pandera.errors.SchemaErrors):
        model(DOCUMENTS).validate(documents().with_columns(pl.lit(1).alias("published_on")).with_columns(NO_REASONS), lazy=True)


def test_the_dictionary_is_current() -> None:
    assert dictionary_path().read_text(encoding="utf-8") == current_dictionary(), "run: python -m pipeline.contract.dictionary"


def test_the_dictionary_tells_of_tables_views_and_codes(tmp_path: Path) -> None:
    (tmp_path / "busy_ports.sql").write_text("-- Ports by tonnage,\n-- one row | port.\nSELECT 1", encoding="utf-8")
    (tmp_path / "silent.sql").write_text("SELECT 2", encoding="utf-8")
    text = dictionary([replace(DOCUMENTS, description="Papers.")], read_views(tmp_path), vocabulary())
    assert "| busy_ports | Ports by tonnage, one row \\| port. |" in text
    assert "silent" not in text
    assert "Papers." in text
    assert "| TITR |" in text
    assert all(f"| {name} |" in text for name in DOCUMENTS.columns)
