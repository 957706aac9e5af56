"""Lists that belong together in order: numbers with countries, times, goods, modes and flows."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def claims(text: str) -> list[QuantityClaim]:
    return quantity_claims(read_script(read_text(text, date(2024, 6, 15))))


@pytest.mark.parametrize(
    ("text", "values", "partners"),
    [
        (
            "Exports of Kazakhstan to China, Iran and Turkey were $1.2 billion, $900 million and $300 million, respectively.",
            [1.2e9, 9e8, 3e8],
            ["CHN", "IRN", "TUR"],
        ),
        (
            "Last year 940,000, 610,000 and 95,000 tonnes of Kazakh grain went to Afghanistan, China and Iran respectively.",
            [940e3, 610e3, 95e3],
            ["AFG", "CHN", "IRN"],
        ),
        ("Kazakhstan sold 5 and 7 million tons of grain to Iran and China, respectively.", [5e6, 7e6], ["IRN", "CHN"]),
    ],
)
def test_partners_go_with_numbers_in_order(text: str, values: list[float], partners: list[str]) -> None:
    assert [(claim.value_low, claim.partner) for claim in claims(text)] == [
        (value, (partner,)) for value, partner in zip(values, partners, strict=True)
    ]


def test_each_of_a_list_of_buyers_has_the_seller_behind_the_list() -> None:
    found = claims("In 2023 Turkey, Italy and Spain bought 120,000, 80,000 and 20,000 tonnes of Kazakh wheat, respectively.")
    assert [(claim.reporter, claim.partner) for claim in found] == [
        (("TUR",), ("KAZ",)),
        (("ITA",), ("KAZ",)),
        (("ESP",), ("KAZ",)),
    ]


def test_times_go_with_numbers_in_order() -> None:
    found = claims("Georgian ports handled 1.2, 1.4 and 1.5 million tons in 2021, 2022 and 2023 respectively.")
    years = [(claim.value_low, claim.period_start.year if claim.period_start else None) for claim in found]
    assert years == [(1.2e6, 2021), (1.4e6, 2022), (1.5e6, 2023)]


def test_goods_go_with_numbers_in_order() -> None:
    found = claims(
        "In 2023 Kazakhstan's wheat and barley exports fell by 5 percent and 7 percent, to 2 million and 1 million tons."
    )
    assert [(claim.value_low, claim.commodity) for claim in found] == [
        (-5, "wheat"),
        (-7, "barley"),
        (2e6, "wheat"),
        (1e6, "barley"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kazakhstan's exports and imports grew by 5 and 7 percent, respectively, in 2023.",
        "In 2023 Kazakhstan's exports to Georgia and imports from it were $5 and $7 million respectively.",
    ],
)
def test_flows_go_with_numbers_in_order_where_the_sentence_says_so(text: str) -> None:
    assert [claim.indicator for claim in claims(text)] == ["exports", "imports"]


def test_modes_go_with_numbers_in_order_where_the_sentence_says_so() -> None:
    found = claims("In 2023 cargo carried by rail and by road through Georgia came to 5 and 7 million tons respectively.")
    assert [claim.mode for claim in found] == ["rail", "road"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("In 2019 the turnover of Armenia with Russia amounted to 8 billion 155 million US dollars.", 8.155e9, "USD"),
        ("In 2020 Kazakhstan exported 1 million 250 thousand tons of grain.", 1.25e6, "t"),
        ("In April Canada's exports fell to $60.4 billion, Statistics Canada said.", 60.4e9, "CAD"),
        ("In April Canada's exports fell to $60.4 billion, the bank said.", 60.4e9, "USD"),
    ],
)
def test_scales_add_up_and_dollars_are_those_of_who_counts(text: str, value: float, unit: str) -> None:
    assert [(claim.value_low, claim.unit) for claim in claims(text)] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Kazakhstan will buy from 1.5 to 2 billion cubic meters of Turkmen gas a year.", [(1.5e9, 2e9)]),
        ("Georgia's exports rose from 1.5 to 2 billion dollars in 2023.", [(1.5e9, 1.5e9), (2e9, 2e9)]),
    ],
)
def test_an_amount_is_a_range_behind_a_verb_that_takes_it_and_two_levels_behind_one_that_moves(
    text: str, values: list[tuple[float, float]]
) -> None:
    assert [(claim.value_low, claim.value_high) for claim in claims(text)] == values
