"""Whose money goes where behind the sum of all, and who pays a duty that another levies."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

Told = list[tuple[str, str, str]]


def sides(text: str) -> Told:
    """Value, reporter and partner of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 15))))
    return [(str(claim.value_text), "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


INVESTED = [
    (
        "Foreign direct investment in Georgia was $1.3 billion in 2024. Malaysia was the largest source with $290 million, "
        "the Netherlands second with $182 million.",
        [("$1.3 billion", "", "GEO"), ("$290 million", "MYS", "GEO"), ("$182 million", "NLD", "GEO")],
    ),
    (
        "In 2024 Serbia drew 5 billion euros of foreign direct investment. China led with 1.6 billion euros, followed by "
        "Germany (600 million).",
        [("5 billion euros", "", "SRB"), ("1.6 billion euros", "CHN", "SRB"), ("600 million", "DEU", "SRB")],
    ),
    (
        "The UAE invested $2.1 billion in Egypt in 2024. Saudi Arabia put in $800 million and Qatar $300 million.",
        [("$2.1 billion", "ARE", "EGY"), ("$800 million", "SAU", "EGY"), ("$300 million", "QAT", "EGY")],
    ),
    (
        "Investment from China in Zambian mines reached $900 million in 2024; that of Canada was $400 million.",
        [("$900 million", "CHN", "ZMB"), ("$400 million", "CAN", "ZMB")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), INVESTED)
def test_each_investor_puts_his_part_where_the_whole_goes(text: str, expected: Told) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(("text", "_expected"), INVESTED)
def test_each_part_is_of_the_year_of_the_whole(text: str, _expected: Told) -> None:
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 15))))
    assert {claim.period_start for claim in claims} == {date(2024, 1, 1)}


def test_an_investor_elsewhere_keeps_his_own_place() -> None:
    text = "The UAE invested $2.1 billion in Egypt in 2024. Qatar put $300 million into Tunisian ports."
    assert sides(text)[-1] == ("$300 million", "QAT", "TUN")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The United States charges 50 percent on imported steel. Britain pays 25 percent, and Mexico faces 30 percent.",
            [("50 percent", "USA", ""), ("25 percent", "USA", "GBR"), ("30 percent", "USA", "MEX")],
        ),
        (
            "Brussels cut its duties on cars to 10 percent. China will pay 35 percent.",
            [("10 percent", "EU", ""), ("35 percent", "EU", "CHN")],
        ),
        (
            "The US set new rates. Vietnam faces a duty of 20 percent, Japan 15 percent and Laos 40 percent.",
            [("20 percent", "USA", "VNM"), ("15 percent", "USA", "JPN"), ("40 percent", "USA", "LAO")],
        ),
        ("Norway levies a duty of 12 percent on Chilean wine.", [("12 percent", "NOR", "CHL")]),
        ("Peru faces a tariff of 40 percent. Kenya pays 15 percent.", [("40 percent", "", "PER"), ("15 percent", "", "KEN")]),
        ("Peru faces new tariffs. Kenya pays duties of 15 percent.", [("15 percent", "", "KEN")]),
        ("Ghana's growers will bear the costs. Togo faces duties of 10 percent on cocoa.", [("10 percent", "", "TGO")]),
    ],
)
def test_who_pays_a_duty_is_not_who_levies_it(text: str, expected: Told) -> None:
    assert sides(text) == expected


def test_each_of_two_investors_puts_in_the_sum_told_for_him() -> None:
    found = sides("Switzerland and the UAE invested $2.3 billion and $1.9 billion in Kazakhstan.")
    assert found == [("$2.3 billion", "CHE", "KAZ"), ("$1.9 billion", "ARE", "KAZ")]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya set a quota of 50,000 tons for imports of Tanzanian maize.",
        "Kenya keeps a quota of 50,000 tons on Tanzanian maize.",
    ],
)
def test_what_a_quota_is_of_is_no_trade(text: str) -> None:
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 15))))
    assert [(claim.indicator, claim.reporter, claim.partner) for claim in claims] == [("tariff", ("KEN",), ("TZA",))]
