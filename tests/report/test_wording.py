from datetime import date

import pytest

from pipeline.contract.analysis.agreements import AGREEMENT_TIMELINE
from pipeline.contract.analysis.facts import FACT_CONFLICTS
from pipeline.contract.fields import Table
from pipeline.report import wording


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (3.2e9, "USD", "$3.2 bn"),
        (529_400_000, "USD", "$529 m"),
        (52_940_000, "USD", "$52.9 m"),
        (54e9, "EUR", "€54 bn"),
        (12e9, "KZT", "KZT 12 bn"),
        (388_500_000, "USD", "$389 m"),  # halves go up, as readers round
        (1e20, "%", "100,000,000,000,000,000,000%"),
        (950, "USD", "$950"),
        (-1.5e9, "USD", "−$1.5 bn"),
        (4.5e6, "t", "4.5 Mt"),
        (355_000, "t", "355,000 t"),
        (6e6, "t/yr", "6 Mt a year"),
        (50_500, "TEU", "50,500 TEU"),
        (100_000, "TEU/yr", "100,000 TEU a year"),
        (2300, "USD/TEU", "$2,300 per TEU"),
        (12, "d", "12 days"),
        (1, "d", "1 day"),
        (1, "train", "1 train"),
        (310, "train", "310 trains"),
        (1.3e9, "m3", "1.3 bn m³"),
        (0.4, "%", "0.4%"),
        (2.3, "x", "2.3 times"),
    ],
)
def test_an_amount_is_said_in_its_unit(value: float, unit: str, words: str) -> None:
    assert wording.amount(value, value, unit).replace("\u202f", " ") == words


def test_growth_has_its_sign_and_a_bound_its_word() -> None:
    assert wording.amount(8.3, 8.3, "%", measure="growth") == "+8.3%"
    assert wording.amount(-3, -3, "%", measure="growth") == "−3%"
    assert wording.amount(5e9, 5e9, "USD", bound="over").startswith("over $5")
    assert wording.amount(62e6, 344e6, "USD").replace("\u202f", " ") == "$62–344 m"
    assert wording.amount(900e3, 1.2e6, "t").replace("\u202f", " ") == "900,000 t to 1.2 Mt"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2020, 1, 1), date(2024, 12, 31), "2020 to 2024"),
        (date(2025, 1, 1), date(2025, 3, 31), "Q1 2025"),
        (date(2025, 2, 1), date(2025, 4, 30), "February to April 2025"),
        (date(2025, 1, 1), date(2025, 7, 31), "January to July 2025"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 11, 1), date(2025, 2, 28), "November 2024 to February 2025"),
        (date(2025, 11, 6), date(2025, 11, 6), "6 November 2025"),
        (date(2025, 11, 6), date(2025, 11, 20), "6 Nov 2025 to 20 Nov 2025"),
        (None, date(2030, 12, 31), "by 2030"),
        (None, date(2028, 12, 29), "by 29 Dec 2028"),
        (date(2024, 5, 1), None, "since 1 May 2024"),
        (None, None, "no period told"),
    ],
)
def test_a_period_is_said_as_people_say_it(start: date | None, end: date | None, words: str) -> None:
    assert wording.period(start, end) == words


def test_states_and_blocs_have_the_names_that_newspapers_use() -> None:
    assert wording.places(["RUS", "USA"]) == "Russia and United States"
    assert wording.place("EU") == "EU"
    assert wording.place("C5") == "Central Asia"
    assert wording.places(["ARM", "AZE", "GEO", "KAZ", "UZB"]) == "Armenia, Azerbaijan, Georgia and 2 more"
    assert wording.places([]) == ""


def test_every_code_of_the_vocabulary_has_words() -> None:
    words = wording.vocabulary()
    for code in words.places:
        assert wording.place(code).strip()
    for code in words.corridors:
        assert wording.corridor(code) != code
    assert wording.corridor("green corridor") == "Green corridor"
    for section, codes in (("indicator", {**words.trade_kinds, **words.freight_kinds}), ("status", words.statuses)):
        for code in codes:
            assert wording.label(section, code).strip()


@pytest.mark.parametrize(
    ("section", "table", "field"),
    [("contradiction", AGREEMENT_TIMELINE, "contradiction"), ("explained", FACT_CONFLICTS, "kind")],
)
def test_every_code_of_a_column_that_is_told_in_a_sentence_has_one(section: str, table: Table, field: str) -> None:
    codes = (table.field(field).pattern or "").split("|")
    assert len(codes) > 1
    assert [code for code in codes if " " not in wording.label(section, code) or "_" in wording.label(section, code)] == []


@pytest.mark.parametrize(
    ("unit", "largest", "factor", "words"),
    [
        ("USD", 31.2e9, 1e9, "$ bn"),
        ("USD", 500.0, 1.0, "$"),
        ("t", 4.5e6, 1e6, "Mt"),
        ("t/yr", 25e6, 1e6, "Mt a year"),
        ("t", 355_000, 1e3, "thousand t"),
        ("TEU", 96_000, 1e3, "thousand TEU"),
        ("train", 310, 1.0, "trains"),
    ],
)
def test_an_axis_is_in_the_magnitude_of_its_largest_value(unit: str, largest: float, factor: float, words: str) -> None:
    found, said = wording.axis_unit(unit, largest)
    assert (found, said.replace("\u202f", " ")) == (factor, words)
