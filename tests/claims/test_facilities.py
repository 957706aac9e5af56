"""Whose port or line a number is about that its own sentence does not name, and what clauses leave out that go on alike."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

_PUBLISHED = date(2024, 6, 15)


def _claims(text: str) -> dict[str | None, QuantityClaim]:
    return {claim.value_text: claim for claim in extract_claims(read_text(text, _PUBLISHED)).quantities}


@pytest.mark.parametrize(
    ("text", "value", "reporter", "origin", "destination"),
    [
        (
            "The pipeline from Turkmenistan to China carried 33 billion cubic metres of gas last year. "
            "Its capacity is 55 billion cubic metres a year.",
            "55 billion cubic metres a year",
            (),
            ("TKM",),
            ("CHN",),
        ),
        (
            "The railway, which links Lusaka with Dar es Salaam, was built in the 1970s. Last year it moved 180,000 tonnes.",
            "180,000 tonnes",
            ("TZA", "ZMB"),
            (),
            (),
        ),
        (
            "A port in Chile was shut by a strike for a week in May. A box now waits there. The port can handle 1.2 million "
            "TEU a year.",
            "1.2 million TEU a year",
            ("CHL",),
            (),
            (),
        ),
    ],
)
def test_a_facility_told_of_before_gives_the_sides(
    text: str, value: str, reporter: tuple[str, ...], origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    claim = _claims(text)[value]
    assert (claim.reporter, claim.origin, claim.destination) == (reporter, origin, destination)


def test_a_facility_that_is_another_gives_none() -> None:
    claims = _claims(
        "The port of Koper in Slovenia handled 22 million tonnes in 2023. A rival port would need room for 30 million."
    )
    assert claims["22 million tonnes"].reporter == ("SVN",)


@pytest.mark.parametrize(
    ("text", "values", "partners"),
    [
        (
            "China accounted for 91 percent of Mongolian exports in 2023, Switzerland for 3 percent and Japan for 1 percent.",
            ("91 percent", "3 percent", "1 percent"),
            ("CHN", "CHE", "JPN"),
        ),
        (
            "Indonesia's palm oil exports fell 2 percent in April. India cut its purchases by 11 percent, but China's rose "
            "20 percent.",
            ("11 percent", "20 percent"),
            ("IND", "CHN"),
        ),
    ],
)
def test_a_clause_that_leaves_out_its_verb_changes_only_the_side_that_it_names(
    text: str, values: tuple[str, ...], partners: tuple[str, ...]
) -> None:
    claims = _claims(text)
    assert [claims[value].partner for value in values] == [(partner,) for partner in partners]
    assert len({claims[value].reporter for value in values}) == 1


@pytest.mark.parametrize(
    ("text", "value", "unit", "low"),
    [
        ("Kenya exported 153 million kilos of tea to Pakistan in 2023.", "153 million kilos", "t", 153_000.0),
        (
            "Chile's exports to Peru came to $98 million in January 2024, which was 167.6 percent of the January 2023 level.",
            "167.6 percent",
            "x",
            1.676,
        ),
    ],
)
def test_amounts_are_told_in_the_units_of_trade(text: str, value: str, unit: str, low: float) -> None:
    claim = _claims(text)[value]
    assert (claim.unit, claim.value_low) == (unit, low)


def test_trade_with_other_countries_has_no_partner() -> None:
    claims = _claims(
        "The trade turnover of Tajikistan with the CIS states rose by 9 percent in May 2024, while its turnover with other "
        "countries rose by 5 percent."
    )
    assert (claims["9 percent"].partner, claims["5 percent"].partner) == (("CIS",), ())


def test_a_pair_that_a_text_is_on_is_meant_where_one_side_is_named() -> None:
    claims = _claims(
        "Peru and Bolivia spoke of their border on Monday. The two countries want more bilateral trade, and Bolivia a port. "
        "Exports of Peru came to $640 million in 2023."
    )
    assert (claims["$640 million"].reporter, claims["$640 million"].partner) == (("PER",), ("BOL",))


def test_a_flow_of_a_length_is_of_the_period_of_that_length() -> None:
    claims = _claims(
        "The port of Koper in Slovenia handled 22 million tonnes in 2023. In May 2024 it handled 2 million tonnes. "
        "The annual throughput was a record 22.2 million tonnes."
    )
    assert claims["22.2 million tonnes"].period_start == date(2023, 1, 1)
    assert claims["2 million tonnes"].period_start == date(2024, 5, 1)


def test_a_balance_called_negative_is_below_zero() -> None:
    claims = _claims("The trade balance of Tajikistan was negative and amounted to 29 million dollars in May 2024.")
    assert claims["29 million dollars"].value_low == -29_000_000.0


def test_a_public_body_pays_at_home() -> None:
    claims = _claims("Georgia has allocated $93 million for dredging at Poti.")
    assert (claims["$93 million"].reporter, claims["$93 million"].partner) == (("GEO",), ("GEO",))


@pytest.mark.parametrize(
    ("text", "value", "corridor"),
    [
        ("The Suez Canal, a part of the Maritime Silk Road, carried 5 million tons in 2023.", "5 million tons", "SUEZ"),
        ("Kuryk, one of the gates of the Middle Corridor, handled 2 million tons in 2023.", "2 million tons", None),
        ("From July Poti, Georgia's gate on the Middle Corridor, will handle 90,000 TEU a year.", "90,000 TEU a year", None),
        (
            "As part of the Belt and Road, the China-Kyrgyzstan-Uzbekistan railway will carry 9 million tons a year.",
            "9 million tons a year",
            "CKU",
        ),
        ("The Middle Corridor, a rival of the Northern Corridor, carried 3 million tons in 2023.", "3 million tons", "TITR"),
        (
            "The BTC pipeline took 300,000 tons in May. In June the firm loaded 2 million tons, 400,000 tons of it for BTC.",
            "2 million tons",
            None,
        ),
        (
            "Port of Baku on the Middle Corridor\n\nThe port handled 3 million tons in 2023.\n\n"
            "Its annual capacity will grow to 25 million tons.",
            "25 million tons",
            None,
        ),
    ],
)
def test_a_corridor_is_that_of_the_way_it_names_not_of_what_is_a_part_of_it(
    text: str, value: str, corridor: str | None
) -> None:
    assert _claims(text)[value].corridor == corridor


def test_a_date_that_opens_a_clause_reaches_over_what_explains_its_subject() -> None:
    text = "From 1 March 2025 the Lapis Lazuli line, long the weakest piece of the whole way, can carry 4 million tons a year."
    assert _claims(text)["4 million tons a year"].period_start == date(2025, 3, 1)
