"""Finding sentences by words, in files published from texts."""

import contextlib
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.raw import RawText
from pipeline.warehouse import full_text
from pipeline.warehouse.errors import NotPublishedError, SearchRefusedError, SearchUnavailableError
from pipeline.warehouse.publishing import publish
from pipeline.warehouse.refreshing import extract_claims, refresh_documents
from pipeline.warehouse.search import Filters, Finds, _order, _Query, country_code, search, time_span
from pipeline.warehouse.sql import statements
from pipeline.warehouse.store import Store

from .made import EXAMPLE, day, raw, refresh

pytestmark = pytest.mark.whole

TEXTS = {
    "wheat.txt": "Wheat crosses the Caspian\nAstana, 4 March 2025\n\n"
    "Kazakhstan exported 40,000 tons of wheat to Armenia in 2024, the ministry of agriculture said. "
    "The grain went by rail through Azerbaijan.\n",
    "port.txt": "Port handles less\n\nThe port of Aktau handled 3.9 million tons of cargo in 2023.\n",
    "maize.txt": "Maize sales\nKyiv, 2 May 2025\n\nUkraine plans to export 22 million tons of maize in 2026.\n",
    "hostile.txt": "A ' title; DROP TABLE documents --\n\n"
    "Georgia\u2019s \u201cexports\u201d of wine to China rose to $52 million in 2024.\n",
    "signed.txt": "Pact\nAnkara, 3 June 2025\n\nTürkiye and Uzbekistan signed a free trade agreement on 2 June 2025.\n",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    store, warehouse = Store(folder / "store"), folder / "corridor.duckdb"
    texts = [RawText("made", f"made/{name}", name, text.encode()) for name, text in TEXTS.items()]
    texts.append(RawText("made", "made/copy.txt", "copy.txt", f"{TEXTS['port.txt']}\n\n".encode()))
    with store.exclusive():
        under_way = store.open_refresh(day(1))
        refresh_documents(store, "made", texts, read=read_batch, version="1", refresh=under_way, now=day(1))
        extract_claims(store, "made", extract=extract_batch, version="1", refresh=under_way)
        publication = publish(store, warehouse, extractor_version="1", now=day(1))
    assert publication.published, publication.failed_checks
    return warehouse


def titles(finds: Finds) -> list[str | None]:
    return [find.title for find in finds.finds]


def marked(finds: Finds) -> list[str]:
    return [finds.finds[0].evidence[start:end] for start, end in finds.finds[0].marks]


# Ranking ------------------------------------------------------------------------------------------------------------


def test_the_sentence_with_most_of_the_words_comes_first(published: Path) -> None:
    found = search(published, "wheat Armenia")
    first = found.finds[0]
    assert first.title == "Wheat crosses the Caspian"
    assert first.summary == "exports of wheat KAZ to ARM: 40,000 t, 2024"
    assert marked(found) == ["wheat", "Armenia"]
    assert [find.score for find in found.finds] == sorted((find.score for find in found.finds), reverse=True)


def test_of_a_sentence_the_claim_that_is_about_the_words_comes_first() -> None:
    common = {"reporter": [], "partner": [], "origin": [], "destination": [], "corridor": "TITR", "commodity": None}
    cargo, containers = (
        common | {"family": "freight", "claim_id": indicator, "indicator": indicator, "confidence": confidence}
        for indicator, confidence in (("cargo", 0.3), ("containers", 0.9))
    )
    for words, first in ((("Cargo", "Middle", "Corridor"), cargo), (("Middle", "Corridor"), containers)):
        query = _Query(words, frozenset({"TITR"}))
        assert min((cargo, containers), key=lambda claim: _order(claim, query)) is first


@pytest.mark.parametrize("query", ["exported", "EXPORTING", "export", "exports"])
def test_a_word_finds_all_its_forms(published: Path, query: str) -> None:
    assert {"Wheat crosses the Caspian", "Maize sales"} <= set(titles(search(published, query)))


@pytest.mark.parametrize("query", ["Kazakh", "kazakhstan", "KAZ", "Kazakhstani"])
def test_a_country_is_found_by_any_of_its_names(published: Path, query: str) -> None:
    found = search(published, query)
    assert "Wheat crosses the Caspian" in titles(found)
    assert "Maize sales" not in titles(found)


def test_goods_are_found_by_another_word_for_them(published: Path) -> None:
    found = search(published, "corn")
    assert (titles(found), marked(found)) == (["Maize sales"], ["maize"])


def test_letters_with_and_without_accents_are_one(published: Path) -> None:
    assert titles(search(published, "turkiye")) == titles(search(published, "Türkiye")) == ["Pact"]


def test_curly_quotes_are_no_part_of_a_word(published: Path) -> None:
    found = search(published, "wine exports China")
    assert found.finds[0].evidence.startswith("Georgia\u2019s \u201cexports\u201d")
    assert marked(found) == ["exports", "wine", "China"]


def test_a_title_is_searched_too(published: Path) -> None:
    assert titles(search(published, "Caspian"))[0] == "Wheat crosses the Caspian"


def test_a_common_english_word_that_is_also_a_code_finds_no_country(published: Path) -> None:
    assert search(published, "are can per arm").finds == ()


@pytest.mark.parametrize("query", ["exported", "tons the ministry said", "tons tons of 2024, handled"])
def test_the_index_itself_ranks_no_otherwise(published: Path, query: str) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        full_text.load_full_text(connection)
        ranked = connection.execute(
            f"SELECT score FROM (SELECT {full_text.INDEX}.match_bm25(sentence_id, ?) AS score FROM sentences)"
            " WHERE score IS NOT NULL ORDER BY score DESC",
            [query],
        ).fetchall()
    found = search(published, query, limit=100)
    assert len(found.finds) == found.matching > 0
    assert [find.score for find in found.finds] == pytest.approx([score for (score,) in ranked])


def test_the_index_holds_what_the_extension_itself_would_put_there(published: Path, tmp_path: Path) -> None:
    (searched,) = (statement.sql for statement in statements("search") if statement.name == "sentence_words")
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(published, copy)
    with duckdb.connect(str(copy)) as connection:
        full_text.load_full_text(connection)
        connection.execute(f"CREATE TABLE by_extension AS {searched}")
        options = f"stemmer = '{full_text.STEMMER}', stopwords = 'english', ignore = '[^a-z0-9]+'"
        connection.execute(f"PRAGMA create_fts_index('by_extension', 'sentence_id', 'words', {options})")
        ours, theirs = (_held(connection, index) for index in (full_text.INDEX, "fts_main_by_extension"))
    assert len(ours["terms"]) > len(ours["docs"]) > 0
    assert ours == theirs


def _held(connection: duckdb.DuckDBPyConnection, index: str) -> dict[str, list[tuple[object, ...]]]:
    """What an index holds, but for the numbers that it gives to words and sentences."""
    asked = {
        "terms": f"SELECT name, term FROM {index}.terms JOIN {index}.docs USING (docid) JOIN {index}.dict USING (termid)",
        "dict": f"SELECT term, df FROM {index}.dict",
        "docs": f"SELECT name, len FROM {index}.docs",
        "stats": f"SELECT num_docs, avgdl FROM {index}.stats",
    }
    return {name: connection.execute(f"{query} ORDER BY ALL").fetchall() for name, query in asked.items()}


def test_a_text_that_repeats_another_is_found_once(published: Path) -> None:
    assert titles(search(published, "Aktau port cargo")) == ["Port handles less"]


def test_ties_are_in_the_same_order_each_time(published: Path) -> None:
    assert search(published, "tons million 2024") == search(published, "tons million 2024")


def test_the_number_of_finds_is_limited_and_counted(published: Path) -> None:
    found = search(published, "tons", limit=1)
    assert (len(found.finds), found.matching, found.passing) == (1, 3, 3)


# Filters ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "there"),
    [
        (Filters(family="trade"), True),
        (Filters(family="freight"), False),
        (Filters(countries=("ARM",)), True),
        (Filters(countries=("armenia", "Kazakh")), True),
        (Filters(countries=("ARM", "CHN")), False),
        (Filters(period="2024"), True),
        (Filters(period="2024-07"), True),
        (Filters(period="2023-07..2024-01"), True),
        (Filters(period="2023"), False),
        (Filters(period="2025-01-01..2026"), False),
        (Filters(modality="reported"), True),
        (Filters(modality="target"), False),
        (Filters(indicator="exports"), True),
        (Filters(indicator="imports"), False),
        (Filters("trade", ("ARM",), "2024", "reported", "exports"), True),
    ],
)
def test_filters_narrow_what_is_found(published: Path, filters: Filters, there: bool) -> None:
    found = search(published, "wheat Armenia", filters)
    assert ("exports of wheat KAZ to ARM: 40,000 t, 2024" in [find.summary for find in found.finds]) is there
    assert found.matching >= found.passing


@pytest.mark.parametrize(
    ("query", "filters", "told"),
    [
        ("", Filters(), "no word"),
        ("?! --", Filters(), "no word"),
        ("x" * 2000, Filters(), "2,000 characters"),
        ("wheat", Filters(countries=("Armania",)), r"did you mean .*Armenia \(ARM\)"),
        ("wheat", Filters(countries=("",)), "no country"),
        ("wheat", Filters(modality="planed"), "'planed' is not a modality"),
        ("wheat", Filters(indicator="export"), "perhaps exports.* is meant; there are .*turnover"),
        ("wheat", Filters(family="weather"), "agreement"),
        ("wheat", Filters(period="last year"), "no period"),
        ("wheat", Filters(period="2024-13"), "no period"),
        ("wheat", Filters(period="2025..2024"), "ends before"),
    ],
)
def test_what_cannot_be_searched_for_is_told(published: Path, query: str, filters: Filters, told: str) -> None:
    with pytest.raises(SearchRefusedError, match=told) as raised:
        search(published, query, filters)
    assert "\n" not in str(raised.value)


def test_periods_are_whole_days() -> None:
    assert time_span("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert time_span("2023..2024-06") == (date(2023, 1, 1), date(2024, 6, 30))
    assert time_span("2024-05-31") == (date(2024, 5, 31), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("name", "code"),
    [("kaz", "KAZ"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("chinese", "CHN"), ("EU", "EU"), ("eaeu", "EAEU")],
)
def test_countries_are_known_by_code_and_name(name: str, code: str) -> None:
    assert country_code(name) == code


# Safety and failure -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["'; DROP TABLE documents; --", "wheat' OR 1=1", "$1 ?", "wheat\x00\x1b[31m", "\ud800 wheat"])
def test_a_hostile_query_is_words(published: Path, query: str) -> None:
    before = published.read_bytes()
    with contextlib.suppress(SearchRefusedError):
        search(published, query)
    assert published.read_bytes() == before


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_query_is_answered_or_refused(published: Path, query: str) -> None:
    try:
        found = search(published, query)
    except SearchRefusedError:
        return
    for find in found.finds:
        ends = [0, *(place for mark in find.marks for place in mark), len(find.evidence)]
        assert ends == sorted(ends)


PLAIN = """
import sys, duckdb
closed = {"autoload_known_extensions": False, "autoinstall_known_extensions": False}
c = duckdb.connect(sys.argv[1], read_only=True, config=closed)
names = c.execute("SELECT schema_name, table_name FROM duckdb_tables() UNION ALL "
                  "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal").fetchall()
for schema, name in names:
    c.execute(f'FROM "{schema}"."{name}"').fetchall()
c.execute("FROM duckdb_functions()").fetchall()
print(len(names), any(schema != "main" for schema, _ in names))
"""


def test_a_plain_duckdb_reads_every_table_and_view_of_a_file_with_an_index(published: Path) -> None:
    run = subprocess.run([sys.executable, "-c", PLAIN, str(published)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    count, has_index = run.stdout.split()
    assert (int(count) > 20, has_index) == (True, "True")


def test_a_file_is_published_where_the_extension_cannot_be_loaded(
    store: Store, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(full_text, "_PACKAGE", "no_such_package")
        _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
        assert publication.published, publication.failed_checks
        with pytest.raises(SearchUnavailableError, match="install duckdb-extension-fts=="):
            search(warehouse, "exports")
    with pytest.raises(SearchUnavailableError, match="published without an index"):
        search(warehouse, "exports")


@pytest.mark.parametrize("damage", ["missing", "broken"])
def test_an_extension_of_another_version_is_told(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    package = tmp_path / "other_fts"
    folder = package / "extensions" / f"v{duckdb.__version__}"
    folder.mkdir(parents=True)
    (package / "__init__.py").touch()
    if damage == "broken":
        (folder / "fts.duckdb_extension").write_bytes(b"no extension")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(full_text, "_PACKAGE", "other_fts")
    with pytest.raises(SearchUnavailableError, match="install duckdb-extension-fts==") as raised:
        search(published, "wheat")
    assert "\n" not in str(raised.value)


def test_searching_opens_nothing_else(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = full_text.stems

    def watched(connection: duckdb.DuckDBPyConnection, words: Any) -> dict[str, str]:
        for statement in ("FROM '/etc/passwd'", "INSTALL httpfs", "SET enable_external_access = true", "LOAD httpfs"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
            seen.append(statement)
        return real(connection, words)

    monkeypatch.setattr("pipeline.warehouse.search.stems", watched)
    search(published, "wheat")
    assert len(seen) == 8


def test_without_a_file_there_is_nothing_to_search(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="corridor refresh"):
        search(tmp_path / "none.duckdb", "wheat")


def test_a_file_without_documents_is_searched_in_vain(store: Store, warehouse: Path) -> None:
    refresh(store, [], warehouse)
    assert search(warehouse, "wheat") == Finds((), 0, 0, 0, 0)
