"""What a number measures, how and in which unit, which goods and route it is about, and which numbers are no claims."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def claims(text: str) -> list[QuantityClaim]:
    return quantity_claims(read_script(read_text(text, date(2024, 6, 15))))


def only(text: str) -> QuantityClaim:
    (claim,) = claims(text)
    return claim


@pytest.mark.parametrize(
    ("text", "indicator", "family"),
    [
        ("Trade turnover between Georgia and Armenia was $1.2 billion in 2023.", "turnover", "trade"),
        ("Peru's exports of copper were $20 billion in 2022.", "exports", "trade"),
        ("Imports of wheat to Egypt were 11 million tonnes in 2021.", "imports", "trade"),
        ("Kenya's trade deficit with China was $7 billion in 2022.", "balance", "trade"),
        ("Qatar invested $3 billion in the port of Hamad in 2022.", "investment", "trade"),
        ("The bank lent Tajikistan $50 million for the road in 2022.", "financing", "trade"),
        ("Companies of Turkey and Iraq signed contracts worth $400 million on 3 May 2023.", "deal_value", "trade"),
        ("India put a tariff of 12 percent on steel in 2023.", "tariff", "trade"),
        ("The port of Aktau handled 3 million tonnes of cargo in 2022.", "cargo", "freight"),
        ("The port of Poti handled 500,000 TEU in 2022.", "containers", "freight"),
        ("In 2022 the line was used by 400 container trains from China to Poland.", "movements", "freight"),
        ("The railway's annual capacity is 10 million tonnes.", "capacity", "freight"),
        ("Commerce between Kenya and Uganda came to $1 billion in 2022.", "turnover", "trade"),
        ("Rates between China and Brazil fell 20 percent in June.", "freight_rate", "freight"),
        ("A container travels from Shanghai to Hamburg in 16 days.", "transit_time", "freight"),
        ("The transit time from China to Turkey is 14 days.", "transit_time", "freight"),
        ("The railway line from Kars to Nakhchivan is 224 km long.", "distance", "freight"),
    ],
)
def test_the_words_around_a_number_tell_what_it_measures(text: str, indicator: str, family: str) -> None:
    claim = only(text)
    assert (claim.indicator, claim.family) == (indicator, family)


@pytest.mark.parametrize(
    "text",
    [
        "Georgia's GDP was $24 billion in 2022.",
        "The population of Almaty reached 2 million in 2022.",
        "Oil rose to $85 a barrel on Monday.",
        "Ukraine paid $179 per 1,000 cubic metres of gas in 2008.",
        "Exports are handled by a staff of 300 people.",
        "The delegation of 40 members discussed trade on 12 May 2023.",
        "Shares of the railway company fell 3 percent on Friday.",
        "",
    ],
)
def test_numbers_about_something_else_are_no_claims(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "measure", "low", "unit"),
    [
        ("Exports of Peru were $20 billion in 2022.", "level", 20e9, "USD"),
        ("Exports of Peru rose by $2 billion in 2022.", "change", 2e9, "USD"),
        ("Exports of Peru rose 12 percent in 2022.", "growth", 12, "%"),
        ("Exports of Peru fell 12 percent in 2022.", "growth", -12, "%"),
        ("Exports of Peru fell by $2 billion in 2022.", "change", -2e9, "USD"),
        ("Exports of Peru tripled in 2022.", "multiple", 3, "x"),
        ("Exports of Peru halved in 2022.", "multiple", 0.5, "x"),
        ("China took 31 percent of Peru's exports in 2022.", "share", 31, "%"),
        ("Peru exports most of its copper to Asia, with China taking 60 percent.", "share", 60, "%"),
        ("Imports of Peru exceeded exports by $3 billion in 2022.", "level", -3e9, "USD"),
    ],
)
def test_levels_changes_growths_multiples_and_shares_are_told_apart(text: str, measure: str, low: float, unit: str) -> None:
    claim = only(text)
    assert (claim.measure, claim.value_low, claim.unit) == (measure, pytest.approx(low), unit)


def test_the_two_levels_and_the_growth_of_one_sentence_are_three_claims() -> None:
    told = claims("Peru's exports to China rose 25 percent to $20 billion in 2022 from $16 billion in 2021.")
    assert [(claim.measure, claim.value_low) for claim in told] == [("growth", 25), ("level", 20e9), ("level", 16e9)]
    assert [(claim.period_start or date.min).year for claim in told] == [2022, 2022, 2021]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("Exports of Peru were over $20 billion in 2022.", 20e9, 20e9, "over"),
        ("Exports of Peru were up to $20 billion in 2022.", 20e9, 20e9, "under"),
        ("Exports of Peru were between $18 billion and $20 billion in 2022.", 18e9, 20e9, "exact"),
        ("Exports of Peru were about $20 billion in 2022.", 20e9, 20e9, "about"),
        ("Exports of Peru were $20 billion in 2022.", 20e9, 20e9, "exact"),
    ],
)
def test_how_exact_a_number_is_stays_with_it(text: str, low: float, high: float, bound: str) -> None:
    claim = only(text)
    assert (claim.value_low, claim.value_high, claim.bound) == (pytest.approx(low), pytest.approx(high), bound)


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Kazakhstan exported 600,000 tonnes of wheat to Iran in 2022.", "wheat"),
        ("Imports of crude oil to India were 5 million tonnes in June 2022.", "oil"),
        ("Iran exports 1.4 million barrels of oil a day.", "oil"),
        ("Peru's exports were $20 billion in 2022.", None),
    ],
)
def test_goods_are_those_that_the_number_counts(text: str, goods: str | None) -> None:
    assert only(text).commodity == goods


def test_each_number_of_a_list_has_its_own_goods() -> None:
    told = claims("A tariff of 25 percent on steel and 10 percent on aluminium came into force in March 2018.")
    assert [(claim.value_low, claim.commodity) for claim in told] == [(25, "steel"), (10, "aluminium")]


def test_corridor_and_mode_come_from_the_words_at_the_number() -> None:
    claim = only("In 2023, 2.7 million tonnes of cargo were carried by rail along the Middle Corridor.")
    assert (claim.corridor, claim.mode) == ("TITR", "rail")


def test_evidence_is_the_sentence_and_the_value_stands_in_it() -> None:
    text = "The ministers met on Monday. Peru's exports to China were $20 billion in 2022. They will meet again."
    document = read_text(text, date(2024, 6, 15))
    claim = only(text)
    assert claim.evidence == "Peru's exports to China were $20 billion in 2022."
    assert document.text[claim.evidence_start : claim.evidence_end] == claim.evidence
    assert document.text[claim.value_start : claim.value_end] == claim.value_text == "$20 billion"


def test_a_claim_that_names_everything_is_surer_than_one_that_leaves_its_sides_and_period_open() -> None:
    full = only("Peru's exports to China were $20 billion in 2022.")
    bare = only("Exports may one day be worth $20 billion.")
    assert 0 < bare.confidence < full.confidence < 1


def test_room_for_boxes_is_capacity() -> None:
    assert only("The new yard in Batumi has room for 60,000 TEU.").indicator == "capacity"


def test_a_growth_for_containers_is_that_of_the_rate_named_before_it() -> None:
    assert only("Railway tariffs in Kenya were raised by 12 percent for containers.").indicator == "freight_rate"


def test_an_amount_of_goods_is_no_rate_of_duty() -> None:
    told = claims("Peru hopes to ship 5 million tons of cargo when tariffs fall.")
    assert "tariff" not in [claim.indicator for claim in told]
    assert only("India gives Nepal a quota of 40,000 tons of sugar.").indicator == "tariff"


def test_two_possibilities_left_open_are_no_claim() -> None:
    assert claims("Nobody would notice whether exports of Peru stopped or became ten times larger.") == []


def test_boxes_counted_in_twenty_foot_units_have_that_unit() -> None:
    assert only("The port of Poti handled 41,000 containers in 2023, expressed in TEU.").unit == "TEU"


def test_goods_before_those_of_other_goods_are_not_meant() -> None:
    told = claims(
        "Peru's exports of copper rose by 4 percent in 2023, those of hats by 9 percent and those of rice by 2 percent."
    )
    assert [claim.commodity for claim in told] == ["copper", None, "rice"]


@pytest.mark.parametrize(
    "part",
    ["with almost 40% going to Pakistan", "40% of it being sent to Pakistan", "40% was bound for Pakistan"],
)
def test_a_percentage_that_goes_to_a_country_is_a_share(part: str) -> None:
    told = claims(f"Kenya exported 50,000 tonnes of tea in May, {part}.")[-1]
    assert (told.measure, told.value_low, told.partner) == ("share", 40, ("PAK",))


def test_a_percentage_sold_to_nobody_named_is_no_share_of_trade() -> None:
    assert [claim.measure for claim in claims("Of the wool 97 percent was sold to the trade.")] == []


@pytest.mark.parametrize("bags", ["60-kg bags", "60 kg bags", "60-kilo bags", "60-kilogram bags"])
def test_bags_of_a_stated_mass_are_tonnes(bags: str) -> None:
    told = only(f"Uganda exported 500,000 {bags} of coffee in May.")
    assert (told.value_low, told.unit) == (30_000, "t")
