"""The codes of the vocabularies against the codes of official statistics."""

from collections import Counter

import duckdb
import pytest

from pipeline.contract.reference import read_rows
from pipeline.contract.vocabulary import vocabulary
from tests.analysis.made import answers

SCHEMES = {"commodities": "HS2022 chapter", "modes": "UNECE Rec 19", "modalities": "SDMX CL_OBS_STATUS"}
MAPPINGS = read_rows("analysis/code_mappings.csv")
TITLES = {(row["scheme"], row["code"]): row["label"] for row in read_rows("analysis/code_schemes.csv")}


@pytest.fixture(scope="module")
def mapped() -> duckdb.DuckDBPyConnection:
    return answers([]).whole()


@pytest.mark.parametrize("name", SCHEMES)
def test_every_code_is_mapped_or_listed_as_having_no_target(name: str) -> None:
    listed = {row["code"] for row in MAPPINGS if row["vocabulary"] == name and row["scheme"] == SCHEMES[name]}
    assert listed == set(vocabulary().codes(name))


def test_a_mapping_points_to_a_code_that_exists_once() -> None:
    targets = [(row["vocabulary"], row["code"], row["target"]) for row in MAPPINGS]
    assert [target for target, times in Counter(targets).items() if times > 1] == []
    assert [row for row in MAPPINGS if row["target"] and (row["scheme"], row["target"]) not in TITLES] == []
    assert all(SCHEMES[row["vocabulary"]] == row["scheme"] for row in MAPPINGS)


def test_what_has_no_target_says_why_and_has_no_other() -> None:
    rows = Counter(row["code"] for row in MAPPINGS)
    without = [row for row in MAPPINGS if not row["target"]]
    assert {row["code"] for row in without} == {"services", "other", "target", "possible", "negated"}
    assert all(row["note"] and not row["exactness"] and rows[row["code"]] == 1 for row in without)


def test_a_target_that_holds_all_of_a_code_is_its_only_one() -> None:
    whole = [row for row in MAPPINGS if row["exactness"] in ("exact", "broader")]
    assert all(sum(row["code"] == other["code"] for other in MAPPINGS) == 1 for row in whole)


def test_the_schemes_are_whole() -> None:
    codes = {scheme: [code for other, code in TITLES if other == scheme] for scheme in SCHEMES.values()}
    assert codes["HS2022 chapter"] == [f"{chapter:02}" for chapter in range(1, 98) if chapter != 77]
    assert codes["UNECE Rec 19"] == [str(digit) for digit in range(10)]
    assert all(TITLES.values())


def test_the_table_gives_the_main_target_first_with_its_title(mapped: duckdb.DuckDBPyConnection) -> None:
    found = mapped.execute(
        "SELECT rank, target, target_label, exactness FROM code_mappings WHERE code = 'aluminium' ORDER BY rank"
    ).fetchall()
    assert [(rank, target, exactness) for rank, target, _, exactness in found] == [
        (1, "76", "narrower"),
        (2, "28", "partial"),
        (3, "26", "partial"),
    ]
    assert found[0][2] == "Aluminium and articles thereof"
    rail = mapped.sql("SELECT target, target_label, exactness, note FROM code_mappings WHERE code = 'rail'").fetchall()
    assert rail == [("2", "Rail transport", "exact", None)]
    none = mapped.sql("SELECT rank, target, exactness FROM code_mappings WHERE code = 'services'").fetchall()
    assert none == [(1, None, None)]
