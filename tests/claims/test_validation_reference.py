"""The rules as data: every indicator, measure and unit is covered, and every unit a text can hold has a place to go."""

from typing import Any

import pytest

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary

RULES: dict[str, Any] = read_toml("claim_rules.toml")
INDICATORS = [*vocabulary().trade_indicators, *vocabulary().freight_indicators]
KINDS = {"money", *vocabulary().unit_kind.values()}


def test_every_indicator_and_measure_has_its_units() -> None:
    assert set(RULES["indicator_units"]) == set(INDICATORS)
    assert set(RULES["measure_units"]) == set(vocabulary().measures)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_units_of_an_indicator_are_kinds_of_units(indicator: str) -> None:
    kinds = RULES["indicator_units"][indicator]
    assert len(set(kinds)) == len(kinds)
    for kind in kinds:
        numerator, *denominators = kind.split("/")
        assert numerator in KINDS
        assert set(denominators) <= KINDS | {"period"}


def test_every_kind_of_unit_has_a_ceiling_or_its_measure_has() -> None:
    assert KINDS - set(RULES["ceiling"]["unit_kind"]) == {"ratio"}
    assert "multiple" in RULES["ceiling"]["measure"]


def test_every_kind_of_unit_fits_somewhere() -> None:
    used = {part for kinds in RULES["indicator_units"].values() for kind in kinds for part in kind.split("/")}
    assert KINDS - used == {"ratio"}
    assert RULES["measure_units"]["multiple"] == ["ratio"]


def test_exceptions_name_indicators_and_measures() -> None:
    assert {*RULES["same_side"]["equal"], *RULES["same_side"]["overlap"], *RULES["floor"]["growth_free"]} <= set(INDICATORS)
    assert set(RULES["negative"]["indicators"]) <= set(INDICATORS)
    assert set(RULES["negative"]["measures"]) <= set(vocabulary().measures)
