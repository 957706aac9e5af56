"""What statistics leave out: verbs of the next clause, the word for a share, the flow of the next in a ranking."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def claims(text: str) -> list[QuantityClaim]:
    return quantity_claims(read_script(read_text(text, date(2024, 6, 15))))


def told(text: str) -> list[tuple[float, str, str, str]]:
    return [
        (claim.value_low, claim.measure, "+".join(claim.reporter), "+".join(claim.partner))
        for claim in claims(text)
        if claim.value_low is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Serbia's trade with Germany reached $8 billion (18.5 percent) in 2023.",
            [(8e9, "level", "SRB", "DEU"), (18.5, "share", "SRB", "DEU")],
        ),
        (
            "The largest volume of Kenyan exports was sent to Uganda and came to $700 million, or 9.8 percent.",
            [(7e8, "level", "KEN", "UGA"), (9.8, "share", "KEN", "UGA")],
        ),
        (
            "In 2023 Latvia's exports to Estonia were $2 billion (+5 percent) and to Poland $1 billion (down 3 percent).",
            [
                (2e9, "level", "LVA", "EST"),
                (5, "growth", "LVA", "EST"),
                (1e9, "level", "LVA", "POL"),
                (-3, "growth", "LVA", "POL"),
            ],
        ),
    ],
)
def test_a_percentage_beside_an_amount_is_its_share_unless_it_tells_a_growth(
    text: str, expected: list[tuple[float, str, str, str]]
) -> None:
    assert told(text) == expected


def test_each_of_a_ranking_has_the_country_of_the_sentence_before_it() -> None:
    found = told(
        "Imports of Tajikistan in 2023 amounted to $5.9 billion. Russia is in first place with $1.6 billion (27 percent), "
        "followed by China - $1.5 billion (25.4 percent) and Kazakhstan - $1 billion (17 percent)."
    )
    assert [(value, partner) for value, _, reporter, partner in found if reporter == "TJK"] == [
        (5.9e9, ""),
        (1.6e9, "RUS"),
        (27, "RUS"),
        (1.5e9, "CHN"),
        (25.4, "CHN"),
        (1e9, "KAZ"),
        (17, "KAZ"),
    ]


@pytest.mark.parametrize(
    ("text", "growths"),
    [
        (
            "In 2023 Kenya's exports of tea decreased by 14.9 percent, of coffee - by 27.9 percent, of flowers - by 5 percent.",
            [-14.9, -27.9, -5],
        ),
        (
            "Imports of sugar to Armenia fell by 20 percent, wheat by 15 percent, while imports of cars grew by 30 percent.",
            [-20, -15, 30],
        ),
    ],
)
def test_a_clause_without_a_verb_goes_the_way_of_the_one_before(text: str, growths: list[float]) -> None:
    assert [claim.value_low for claim in claims(text)] == growths


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("There was a decline in imports of Turkish goods to Israel of $300 million.", [-3e8]),
        (
            "Ghana and Togo showed a decrease in trade with China of $260 million and $65 million, respectively.",
            [-2.6e8, -6.5e7],
        ),
        ("In 2023 Peru recorded an increase in exports of $1.2 billion.", [1.2e9]),
    ],
)
def test_a_rise_or_fall_in_a_flow_of_an_amount_is_a_change(text: str, changes: list[float]) -> None:
    assert [(claim.measure, claim.value_low) for claim in claims(text)] == [("change", change) for change in changes]


def test_a_growth_by_which_an_earlier_figure_was_exceeded() -> None:
    found = told("Exports of Peru were $5 billion in 2024, exceeding the 2023 figure by more than three times.")
    assert found == [(5e9, "level", "PER", ""), (3, "multiple", "PER", "")]
    assert told("Exports of Peru in 2024 exceeded last year's level by 12 percent.") == [(12, "growth", "PER", "")]


def test_goods_newly_harvested_are_sold_all_the_same() -> None:
    (claim,) = claims("Argentina shipped 3 million tons of freshly harvested corn to Vietnam in May.")
    assert (claim.indicator, claim.reporter, claim.partner) == ("exports", ("ARG",), ("VNM",))


def test_the_next_importers_buy_from_the_seller_told_before() -> None:
    found = told(
        "Kenya has stepped up its tea imports from Rwanda. Kenya was the largest importer, bringing in 12,000 tons. "
        "Following Kenya, Egypt ranked second with imports of 9,000 tons. Sudan also saw a rise, importing 4,000 tons."
    )
    assert [(value, reporter, partner) for value, _, reporter, partner in found] == [
        (12e3, "KEN", "RWA"),
        (9e3, "EGY", "RWA"),
        (4e3, "SDN", "RWA"),
    ]


def test_how_long_one_journey_took() -> None:
    (claim,) = claims("The first container train from Chengdu reached Tbilisi in just 12 days.")
    assert (claim.indicator, claim.unit, claim.origin, claim.destination) == ("transit_time", "d", ("CHN",), ("GEO",))


def test_trains_received_of_those_sent() -> None:
    found = claims(
        "Last year 358 container block trains were dispatched from China to Azerbaijan, with over 280 already received."
    )
    assert [(claim.value_low, claim.unit, claim.origin, claim.destination) for claim in found] == [
        (358, "train", ("CHN",), ("AZE",)),
        (280, "train", ("CHN",), ("AZE",)),
    ]
