"""The lexicons behind the quantity finder: complete against the contract, and free of contradictions."""

import re

import pytest

from pipeline.contract.reference import read_rows, read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.quantities import find_quantities
from pipeline.language.units import money, units


def test_every_unit_of_the_contract_has_words() -> None:
    named = {unit.code for unit in (*units().words.values(), *units().symbols.values())}
    assert set(vocabulary().units) <= named


@pytest.mark.parametrize(
    "code", ["USD", "EUR", "KZT", "AZN", "UZS", "TMT", "GEL", "RUB", "CNY", "KES", "INR", "BRL", "VND", "ZAR"]
)
def test_a_currency_is_read_by_its_code_on_either_side(code: str) -> None:
    for text in (f"It cost {code} 3.5 million.", f"It cost 3.5 million {code}."):
        (mark,) = find_quantities(text)
        assert (mark.unit, mark.value_low) == (code, 3_500_000)


def test_currency_codes_are_unique_and_well_formed() -> None:
    codes = [row["code"] for row in read_rows("currencies.csv")]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)


def test_a_bare_noun_of_money_has_one_default() -> None:
    rows = read_rows("currencies.csv")
    nouns = [noun for row in rows for noun in row["bare"].split("|") if noun]
    assert len(nouns) == len(set(nouns))


def test_a_noun_that_currencies_share_names_places_for_them() -> None:
    coins = money()
    assert all(coins.places[code] for codes in coins.shared.values() for code in codes)


def test_periods_of_rates_are_periods_of_the_contract_where_it_has_them() -> None:
    assert set(vocabulary().periods) <= set(units().periods.values())


def test_a_word_has_one_meaning_as_bound_and_as_direction() -> None:
    data = read_toml("number_context.toml")
    for section in ("bound", "bound_after"):
        phrases = [phrase for group in data[section].values() for phrase in group]
        assert len(phrases) == len(set(phrases)), section
    for section in ("direction", "direction_after"):
        assert not set(data[section]["up"]) & set(data[section]["down"]), section


def test_a_word_of_measure_has_one_meaning() -> None:
    seen: dict[str, tuple[str, float]] = {}
    for row in read_toml("units.toml")["unit"]:
        for word in row.get("words", ()):
            meaning = (row["code"], float(row.get("factor", 1)))
            assert seen.setdefault(word, meaning) == meaning, word
