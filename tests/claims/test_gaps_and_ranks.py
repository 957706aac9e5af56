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


@pytest.mark.parametrize(
    "text",
    [
        "A drop in demand hit Australian exports of 2 million tonnes of coal to China.",
        "The fall in the rouble spurred exports of 5 million tonnes of wheat from Russia in 2023.",
        "A decline in tariffs brought imports of 40,000 cars from China to Uzbekistan in 2023.",
    ],
)
def test_a_rise_or_fall_in_something_else_makes_no_change_of_a_flow(text: str) -> None:
    assert [claim.measure for claim in claims(text)] == ["level"]


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


@pytest.mark.parametrize(
    "text",
    [
        "The largest volume of Kyrgyz trade in 2023 was recorded with China (21.5 percent or $2.13 billion).",
        "In 2023 the first partner of Kyrgyz trade was China ($2.13 billion, 21.5 percent).",
    ],
)
def test_a_bracket_holds_the_sum_and_the_share_of_a_partner(text: str) -> None:
    assert {(claim.value_low, claim.measure, claim.reporter + claim.partner) for claim in claims(text)} == {
        (21.5, "share", ("KGZ", "CHN")),
        (2.13e9, "level", ("KGZ", "CHN")),
    }


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        (
            "In 2023 the share of mutual trade in goods with the countries of the CIS in the total foreign trade of Moldova is "
            "25.3 percent.",
            "CIS",
        ),
        ("In Moldova's trade in 2023 the specific weight of Romania amounted to 25.3 percent.", "ROU"),
    ],
)
def test_a_share_told_at_length(text: str, partner: str) -> None:
    (claim,) = claims(text)
    assert (claim.measure, claim.indicator, {*claim.reporter, *claim.partner}) == ("share", "turnover", {"MDA", partner})


def test_after_a_part_of_its_flows_a_country_reports_still() -> None:
    found = told(
        "Serbia's exports to the European Union rose to $6.8 billion in 2023. The proportion of the EU countries was "
        "48.7 percent. The main partner for exports was Germany with $1.29 billion. The top country for Serbia's imports was "
        "China with $2 billion."
    )
    assert [(value, reporter, partner) for value, _, reporter, partner in found] == [
        (6.8e9, "SRB", "EU"),
        (48.7, "SRB", "EU"),
        (1.29e9, "SRB", "DEU"),
        (2e9, "SRB", "CHN"),
    ]


def test_an_amount_with_its_percentage_more_is_a_change() -> None:
    found = told(
        "Trade between Chad and Mali was $62 million in 2023, which is $12 million, or 23.9 percent more than in 2022."
    )
    assert [(value, measure) for value, measure, _, _ in found] == [(6.2e7, "level"), (1.2e7, "change"), (23.9, "growth")]


def test_a_fall_over_another_time_is_a_fall() -> None:
    found = told("Batumi port: 2.9 million tons in 2023, down 15% over the previous year.")
    assert [value for value, _, _, _ in found] == [2.9e6, -15]


def test_what_was_sold_and_bought_is_of_the_time_of_the_trade_told_before() -> None:
    found = claims(
        "Kenya's foreign trade in January-February 2024 was $5 billion.\n\nMeanwhile, Kenya's foreign trade for the whole of "
        "2023 reached $30 billion.\n\nExports rose to $10 billion, an increase of 4 percent, while imports totaled $20 billion."
    )
    assert [claim.period_end for claim in found][1:] == [date(2023, 12, 31)] * 4


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Georgian ports received 584,000 TEU in 2023.", (("GEO",), (), ())),
        (
            "In 2023 1.6 million tons of goods from Turkmenistan passed through Iran's Sarakhs customs.",
            (("IRN",), ("TKM",), ()),
        ),
        (
            "In 2023 800,000 tons of Uzbek cotton were carried through the port of Poti to Italy.",
            (("GEO",), ("UZB",), ("ITA",)),
        ),
        ("Last year 40,000 trucks from Turkey crossed through the Sarpi checkpoint.", (("GEO",), ("TUR",), ())),
    ],
)
def test_what_passes_a_port_or_post_is_also_its_countrys(text: str, sides: tuple[tuple[str, ...], ...]) -> None:
    (claim,) = claims(text)
    assert (claim.reporter, claim.origin, claim.destination) == sides


def test_a_framework_is_no_side() -> None:
    (claim,) = claims("Within the framework of the EAEU, Kyrgyzstan exported goods worth $1 billion to Russia in 2023.")
    assert (claim.reporter, claim.partner) == (("KGZ",), ("RUS",))


def test_what_is_expected_at_the_head_of_its_sentence_is_a_forecast() -> None:
    (claim,) = claims(
        "It is expected that after the launch of the line, annual gas supplies from Chad to Niger will increase to 6 billion "
        "cubic meters."
    )
    assert claim.modality == "forecast"


def test_a_ranking_of_partners_by_their_trade_with_one() -> None:
    found = told(
        "Kazakhstan became the leader in trade with China in 2023 with $40 billion. Kyrgyzstan took second place with "
        "$20 billion. It is followed by Uzbekistan ($13.7 billion, 14.5 percent) and Tajikistan ($3.8 billion, 4 percent)."
    )
    assert [(value, {reporter, partner}) for value, _, reporter, partner in found] == [
        (4e10, {"KAZ", "CHN"}),
        (2e10, {"KGZ", "CHN"}),
        (1.37e10, {"UZB", "CHN"}),
        (14.5, {"UZB", "CHN"}),
        (3.8e9, {"TJK", "CHN"}),
        (4, {"TJK", "CHN"}),
    ]


def test_last_year_is_of_the_calendar_that_the_text_counts_in() -> None:
    found = claims(
        "A total of 1.6 million tons of goods were moved through Sarakhs in the last Iranian year. Last year, 700,000 tons of "
        "them came from Turkmenistan."
    )
    assert [claim.period_start for claim in found] == [date(2023, 3, 21)] * 2


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Last year Iran sold cement worth $2 billion.", [date(2023, 3, 21)]),
        ("Chad bought goods worth $3 billion last year.", [date(2023, 1, 1)]),
        ("India's imports last year grew 5 percent to $700 billion.", [date(2023, 1, 1)] * 2),
        (
            "Iran sold cement worth $2 billion last year, while Chad sold cement worth $1 billion last year.",
            [date(2023, 3, 21), date(2023, 1, 1)],
        ),
    ],
)
def test_last_year_of_another_country_is_of_the_calendar_of_most(text: str, starts: list[date]) -> None:
    found = claims(f"Iran's exports reached $5 billion in the previous Iranian year. {text}")
    assert [claim.period_start for claim in found] == [date(2023, 3, 21), *starts]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "In 2023 the number of railcars handled at the port of Poti fell by 15 percent to 37,447 units.",
            [(-15, "%"), (37447, "wagon")],
        ),
        ("The number of heavy trucks that crossed into Georgia in 2023 reached 58,000 units.", [(58000, "truck")]),
    ],
)
def test_units_are_what_their_sentence_counts(text: str, units: list[tuple[float, str]]) -> None:
    assert [(claim.value_low, claim.unit, claim.indicator) for claim in claims(text)] == [
        (value, unit, "movements") for value, unit in units
    ]


def test_a_growth_told_again_as_an_amount_by_which_it_grew() -> None:
    found = told("Chad's trade grew by 75.6 percent, or by $190.7 million, in 2023.")
    assert [(value, measure) for value, measure, _, _ in found] == [(75.6, "growth"), (1.907e8, "change")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Kazakhstan ranked second among the CIS countries, accounting for 13.8 percent of Tajikistan's trade.",
            {"KAZ", "TJK"},
        ),
        (
            "Tajikistan conducted more than $500 million in trade operations with neighboring Uzbekistan in 2023.",
            {"TJK", "UZB"},
        ),
        (
            "China's trade with the five Central Asian countries - Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, and "
            "Uzbekistan, rose to 674 billion yuan in 2023.",
            {"CHN", "C5"},
        ),
    ],
)
def test_who_is_only_ranked_among_or_listed_is_no_side(text: str, sides: set[str]) -> None:
    (claim,) = claims(text)
    assert {*claim.reporter, *claim.partner} == sides


def test_a_route_there_and_back_is_of_both_its_ends() -> None:
    (claim,) = claims("Shipments along the China - Europe - China route amounted to 337,400 TEU in 2023.")
    assert (claim.reporter, claim.origin, claim.destination) == (("CHN", "EUROPE"), (), ())


def test_a_figure_that_is_a_share_has_the_time_of_the_figure() -> None:
    found = claims(
        "Trade between Xinjiang and Central Asia reached 283 billion yuan in 2023. This figure represents 79.4% of Xinjiang's "
        "total foreign trade."
    )
    assert [(claim.measure, claim.period_end) for claim in found] == [
        ("level", date(2023, 12, 31)),
        ("share", date(2023, 12, 31)),
    ]


def test_members_behind_a_bloc_that_do_something_themselves_stay_sides() -> None:
    found = told("Sales slowed in the Gulf states: Oman, Qatar and Kuwait imported 90,000 tonnes of Kenyan tea in 2023.")
    assert found == [(90_000, "level", "KWT+OMN+QAT", "KEN")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chad's exports beat its imports by $2 billion.", 2e9),
        ("In 2023 Chad's imports outpaced exports by $3 billion.", -3e9),
        ("Chad's exports outdid the imports by about $1 billion.", 1e9),
        ("Chad's imports topped its exports by $4 billion.", -4e9),
        ("Chad's exports exceeded its imports by $5 billion.", 5e9),
    ],
)
def test_by_how_much_one_flow_exceeds_the_other_is_a_balance(text: str, value: float) -> None:
    assert [(claim.indicator, claim.measure, claim.value_low) for claim in claims(text)] == [("balance", "level", value)]


def test_a_flow_that_beats_something_else_is_no_balance() -> None:
    text = "Chad's exports beat those of 2022 by $2 billion, and imports reached $4 billion."
    assert [claim.indicator for claim in claims(text)] == ["exports", "imports"]
