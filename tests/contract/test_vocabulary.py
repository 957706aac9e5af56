"""The vocabularies and the unit checker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import NAMES, Vocabulary, vocabulary


@pytest.mark.parametrize("name", NAMES)
def test_every_vocabulary_has_codes(name: str) -> None:
    assert vocabulary().codes(name)


def test_an_unknown_vocabulary_is_named() -> None:
    with pytest.raises(KeyError, match="moods"):
        vocabulary().codes("moods")


def test_vocabularies_are_read_once_and_cannot_be_changed() -> None:
    assert vocabulary() is vocabulary()
    with pytest.raises(TypeError):
        vocabulary().modes["horse"] = ""  # type: ignore[index]


def test_kinds_of_the_families_share_no_code_and_cover_all_events() -> None:
    words = vocabulary()
    assert not words.trade_kinds.keys() & words.freight_kinds.keys()
    assert words.events.keys() <= words.trade_kinds.keys() | words.freight_kinds.keys()
    assert "trade_restriction" in words.trade_kinds
    assert "disruption" in words.freight_kinds


def test_codes_that_may_stand_in_one_column_do_not_clash() -> None:
    words = vocabulary()
    assert not words.countries.keys() & words.blocs.keys()
    assert not words.currencies.keys() & words.units.keys()
    assert {"KAZ", "SUN", "EU", "WORLD"} <= words.places.keys()


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("t", "mass"),
        ("KZT", "money"),
        ("%", "percent"),
        ("x", "ratio"),
        ("t/yr", "mass/period"),
        ("km/h", "length/period"),
        ("km/d", "length/period"),
        ("bbl/d", "volume/period"),
        ("USD/t", "money/mass"),
        ("USD/FEU", "money/container"),
        ("EUR/container/d", "money/container/period"),
        ("train/wk", "carrier/period"),
        ("t/train", "mass/carrier"),
    ],
)
def test_legal_units_have_a_kind(unit: str, kind: str) -> None:
    assert vocabulary().kind_of_unit(unit) == kind


@pytest.mark.parametrize(
    "unit",
    [
        "",
        "/",
        "t/",
        "/t",
        "tons",
        "usd",
        "XZQ",
        "yr",
        "t/century",
        "t/t",
        "USD/x",
        "%/yr",
        "x/yr",
        "t/yr/yr",
        "USD/t/km/d",
        "t /yr",
        "t/yr " * 9,
    ],
)
def test_what_is_no_unit_has_no_kind(unit: str) -> None:
    assert not vocabulary().is_unit(unit)


@given(st.sampled_from(["t", "TEU", "USD", "km"]), st.sampled_from(["yr", "mo", "wk", "d", "h"]))
def test_any_amount_per_any_period_is_a_unit(numerator: str, period: str) -> None:
    assert vocabulary().is_unit(f"{numerator}/{period}")


@given(st.text(max_size=60))
def test_the_unit_checker_takes_any_text(text: str) -> None:
    assert vocabulary().is_unit(text) == (vocabulary().kind_of_unit(text) is not None)


@pytest.mark.parametrize("corridor", ["TITR", "amber road", "yamal lng", "5nations rail corridor"])
def test_listed_corridors_and_names_in_lower_case_are_legal(corridor: str) -> None:
    assert vocabulary().is_corridor(corridor)


@pytest.mark.parametrize("corridor", ["Titr", "Amber Road", "", " amber road", "amber road ", "amber\nroad", "a" * 200, "---"])
def test_other_corridors_are_not(corridor: str) -> None:
    assert not vocabulary().is_corridor(corridor)


def test_reference_data_that_disagree_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = read_toml

    def short(name: str) -> dict[str, object]:
        data = dict(real(name))
        if name == "claim_rules.toml":
            data["unit_kind"] = {"mass": ["t"]}
        return data

    monkeypatch.setattr("pipeline.contract.vocabulary.read_toml", short)
    with pytest.raises(ValueError, match=r"unit_kind.*TEU"):
        vocabulary.__wrapped__()
    assert isinstance(vocabulary(), Vocabulary)
