"""Every row of the lexicons of names is legal, and none contradicts another."""

import re

import pytest

from pipeline.contract.reference import read_rows, read_toml
from pipeline.language.names_lexicon import Entry, lexicon

COUNTRY_CODES = {row["code"] for row in read_rows("countries.csv")}
FILES = ["blocs.csv", "corridors.csv", "commodities.csv"]


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [entry for number in range(len(lexicon())) for entry in lexicon().entries(number)]


def test_country_codes_are_249_of_iso_3166_1_and_four_of_the_past() -> None:
    codes = [row["code"] for row in read_rows("countries.csv")]
    assert len(codes) == len(set(codes)) == 253
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert {"SUN", "YUG", "DDR", "CSK"} < set(codes)


@pytest.mark.parametrize(
    ("file", "table"), [("blocs.csv", "bloc"), ("corridors.csv", "corridor"), ("commodities.csv", "commodity")]
)
def test_lexicons_of_codes_cover_the_vocabulary_exactly(file: str, table: str) -> None:
    codes = [row["code"] for row in read_rows(file)]
    assert sorted(codes) == sorted(read_toml("vocabulary.toml")[table])


@pytest.mark.parametrize("file", ["places.csv", "cities.csv", "organisations.csv"])
def test_belongings_name_legal_countries_and_kinds(file: str) -> None:
    for row in read_rows(file):
        assert set(filter(None, row["codes"].split("|"))) <= COUNTRY_CODES, row
        assert row["kind"] in {"place", "port", "railway", "company", "organisation"}, row
        assert row["names"].strip() == row["names"] != "", row


def test_leaders_belong_to_countries_or_blocs() -> None:
    known = COUNTRY_CODES | {row["code"] for row in read_rows("blocs.csv")}
    assert {row["code"] for row in read_rows("leaders.csv")} <= known


def test_homonyms_name_known_keys(entries: list[Entry]) -> None:
    keys = {entry.key for entry in entries}
    for row in read_rows("homonyms.csv"):
        for key in [row["key"], *row["witnesses"].split("|"), *row["against"].split("|")]:
            assert key.split("/")[0] in keys, key
        assert set(row["forms"].split("|")) <= {"name", "adjective", "people", "capital", "leader"}


def test_no_spelling_means_two_things(entries: list[Entry]) -> None:
    meanings: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for entry in entries:
        meanings.setdefault((entry.written, entry.case.value), set()).add((entry.kind, entry.codes))
    assert [spelling for spelling, meant in meanings.items() if len(meant) > 1] == []


def test_no_entry_is_empty_or_padded(entries: list[Entry]) -> None:
    assert [
        entry for entry in entries if not entry.written or entry.written != " ".join(entry.written.split(" ")).strip()
    ] == []


def test_no_name_opens_with_an_article_that_would_hide_a_longer_name(entries: list[Entry]) -> None:
    assert [entry.written for entry in entries if entry.kind and entry.written.startswith(("the ", "The "))] == ["The Hague"]


def test_the_lexicons_are_of_a_size_that_a_damaged_file_would_not_have(entries: list[Entry]) -> None:
    kinds = [entry.kind for entry in entries]
    floors = {
        "country": 1500,
        "place": 3500,
        "port": 1500,
        "company": 1500,
        "organisation": 500,
        "commodity": 700,
        "corridor": 150,
    }
    assert all(kinds.count(kind) >= floor for kind, floor in floors.items())  # type: ignore[call-overload]
