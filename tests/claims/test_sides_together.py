"""Sides that stand for several: two who act together, blocs that trade within, regions; and places that are no sides."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

Told = list[tuple[str, str, str]]


def told(text: str) -> Told:
    """Indicator, reporter and partner of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return [(claim.indicator, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "The two want to reach $9 billion by 2030.",
        "Both countries hope to get to $9 billion by 2027.",
        "Peru and Chile have set themselves a goal of $9 billion.",
        "Santiago and Lima aim for $9 billion within four years.",
        "By 2030 the two sides should come to $9 billion.",
        "The two neighbours are confident of passing $9 billion this decade.",
    ],
)
def test_a_sum_that_two_want_together_is_the_trade_of_both(sentence: str) -> None:
    text = f"Chile's exports of copper to Peru rose 4 percent to $700 million in 2023. {sentence}"
    assert told(text)[-1] == ("turnover", "CHL", "PER") or told(text)[-1] == ("turnover", "PER", "CHL")


@pytest.mark.parametrize(
    "sentence", ["Both countries hope to raise them to $900 million.", "Chile hopes for $900 million by 2026."]
)
def test_a_sum_of_the_flow_just_told_stays_with_it(sentence: str) -> None:
    assert told(f"Chile's exports to Peru were $700 million in 2023. {sentence}")[-1] == ("exports", "CHL", "PER")


@pytest.mark.parametrize(
    ("text", "bloc"),
    [
        ("Trade among the Central Asian states came to $11 billion in 2023.", "C5"),
        ("Kenya hosted them. Trade between the ASEAN countries themselves rose 4 percent.", "ASEAN"),
        ("Mutual trade of the countries of Central Asia grew to $11 billion.", "C5"),
        ("Trade within the EAEU was worth $90 billion last year.", "EAEU"),
        ("Trade among the member states of the EAEU was worth $90 billion.", "EAEU"),
        ("The EAEU's mutual trade was worth $90 billion last year.", "EAEU"),
        ("ASEAN countries traded goods worth $800 billion among themselves.", "ASEAN"),
    ],
)
def test_trade_among_the_members_of_a_bloc_has_it_on_both_sides(text: str, bloc: str) -> None:
    assert told(text) == [("turnover", bloc, bloc)]


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("Mutual trade of the EAEU with Iran grew to $6 billion.", "EAEU", "IRN"),
        ("Trade between China and ASEAN grew to $900 billion.", "CHN", "ASEAN"),
        ("Trade between the EU and the Gulf states grew to $60 billion.", "EU", "GCC"),
        ("Kenya accounts for 40 percent of the trade within Africa.", "KEN", ""),
        ("Kenya's trade with the ASEAN states fell to $3 billion.", "KEN", "ASEAN"),
    ],
)
def test_a_bloc_that_trades_with_another_stands_on_one_side(text: str, reporter: str, partner: str) -> None:
    assert told(text)[-1] == ("turnover", reporter, partner)


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        (
            "Japan met the five Central Asian states. Trade of the region with Japan is worth $3 billion.",
            ("turnover", "C5", "JPN"),
        ),
        (
            "The EU looks south. Africa needs roads. Exports of the EU to the region came to $9 billion.",
            ("exports", "EU", "AFRICA"),
        ),
        (
            "Turkey and the South Caucasus\n\nTurkey's trade with the region is $9 billion.",
            ("turnover", "TUR", "SOUTH_CAUCASUS"),
        ),
        ("India and Mercosur\n\nThe two met. India's exports to the region were $9 billion.", ("exports", "IND", "MERCOSUR")),
        (
            "Kenya is part of Africa. Prices in the region fell, and exports to China were $9 billion.",
            ("exports", "KEN", "CHN"),
        ),
    ],
)
def test_the_region_is_the_one_that_was_named(text: str, flow: tuple[str, str, str]) -> None:
    assert told(text)[-1] == flow


@pytest.mark.parametrize(
    "opening",
    [
        "Meeting in Baku on March 4, the association said",
        "At a conference on ports in Hamburg, operators said",
        "The association, which met last week in Tbilisi, said",
        "A forum held in Aktau, Kazakhstan, was told",
        "Gathered in Vienna, the members said",
        "The council's session in Tehran heard",
        "Speaking at the summit in Samarkand, the chairman said",
    ],
)
def test_the_place_of_a_meeting_is_no_side(opening: str) -> None:
    text = f"{opening} that the North-South corridor carried 19 million tons in 2023."
    assert told(text) == [("cargo", "", "")]


def test_where_goods_are_handled_is_a_side() -> None:
    assert told("In Baku 3 million tons were loaded last year.") == [("cargo", "AZE", "")]


@pytest.mark.parametrize(
    "clause",
    [
        ", although tensions in world trade may delay that",
        ", while foreign trade as a whole stagnates",
        " if world trade recovers",
    ],
)
def test_words_for_all_trade_in_a_later_clause_take_no_partner_away(clause: str) -> None:
    text = f"Chile's exports to Japan were $5 billion in 2023. They may reach $6 billion in 2026{clause}."
    assert told(text)[-1] == ("exports", "CHL", "JPN")


def test_a_flow_to_the_four_countries_keeps_its_seller() -> None:
    text = (
        "India and Mercosur\n\nThe bloc bought Indian drugs. Services sold to the region had earned India $2 billion. "
        "The pact could lift Indian exports to the four countries by 9 percent."
    )
    assert told(text)[-1] == ("exports", "IND", "MERCOSUR")


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("Kenya and Ghana want trade of $2 billion by 2027.", "KEN", "GHA"),
        ("Trade of Chile, Peru and Bolivia with the world is to rise by 37 percent.", "BOL+CHL+PER", ""),
        ("Trade of Chile and Peru with all partners rose by 37 percent.", "CHL+PER", ""),
        ("Trade of Chile and Peru with China rose by 37 percent.", "CHL+PER", "CHN"),
    ],
)
def test_who_trades_with_whom_where_several_are_named(text: str, reporter: str, partner: str) -> None:
    assert told(text)[-1] == ("turnover", reporter, partner)


def test_three_states_that_pay_are_those_of_their_line() -> None:
    text = (
        "The China-Kyrgyzstan-Uzbekistan railway will cost $4 billion. China lends $2 billion of it. "
        "Another loan of $1 billion comes from the three states."
    )
    assert told(text)[-1] == ("financing", "CHN+KGZ+UZB", "")


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("Kenya is building a port at Lamu. Investment in the project totals $600 million.", "", "KEN"),
        ("Kenya attracted $3 billion of investment from China in 2023.", "CHN", "KEN"),
        ("The investment in the line, a sum that the Kenyan cabinet puts at $4 billion, is big.", "", ""),
    ],
)
def test_the_site_of_a_project_gets_the_money(text: str, reporter: str, partner: str) -> None:
    assert told(text)[-1] == ("investment", reporter, partner)


@pytest.mark.parametrize(
    "place", ["the elevators", "state warehouses", "local silos", "the granaries", "storage", "processing plants"]
)
def test_a_harvest_brought_to_a_store_is_not_sold_abroad(place: str) -> None:
    text = f"Exports of grain from Peru grew by 5 percent. Farmers delivered 2 million tons of wheat to {place} in May."
    assert told(text) == [("exports", "PER", "")]


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("Japan signed deals worth $5 billion with every Central Asian state but Turkmenistan.", "KAZ KGZ TJK UZB"),
        ("Japan spoke of contracts worth $5 billion with all Central Asian states except Tajikistan.", "KAZ KGZ TKM UZB"),
        ("Japan's trade with the EAEU countries other than Belarus and Armenia was $3 billion in 2024.", "KAZ KGZ RUS"),
        ("Japan's trade with the members of Mercosur excluding Bolivia came to $9 billion in 2024.", "ARG BRA PRY URY"),
        ("Japan's trade with Central Asia was $5 billion in 2024, but Turkmenistan bought little.", "C5"),
    ],
)
def test_a_bloc_stands_for_the_members_that_are_not_left_out(text: str, partners: str) -> None:
    claim = quantity_claims(read_script(read_text(text, date(2025, 6, 11))))[0]
    assert " ".join(claim.partner) == partners


@pytest.mark.parametrize(
    ("text", "investor", "site"),
    [
        ("Trade between Kenya and Japan was $5 billion in 2024, and Japanese investment came to $2 billion.", "JPN", "KEN"),
        ("Peru and Canada traded $4 billion of goods in 2024. Canadian investment reached $9 billion.", "CAN", "PER"),
        ("Turnover between Egypt and India came to $6 billion; India's investments totaled $3 billion.", "IND", "EGY"),
        ("Chile and China exchanged goods for $5 billion in 2024; Chinese companies have invested $2 billion.", "CHN", "CHL"),
        ("Trade between Chile and China rose to $50 billion. Chile got foreign investment of $8 billion.", "", "CHL"),
        ("Trade between Kenya and Japan was $5 billion. German investment in Ghana came to $2 billion.", "DEU", "GHA"),
    ],
)
def test_one_of_two_who_trade_invests_with_the_other(text: str, investor: str, site: str) -> None:
    claim = quantity_claims(read_script(read_text(text, date(2025, 6, 11))))[-1]
    assert (claim.indicator, " ".join(claim.reporter), " ".join(claim.partner)) == ("investment", investor, site)


def test_the_value_of_a_deal_has_both_sides_of_its_goods() -> None:
    text = "Vietnam Airlines ordered 50 aircraft from Boeing of the United States in a deal worth $7.8 billion."
    goods, value = quantity_claims(read_script(read_text(text, date(2025, 6, 11))))
    assert value.indicator == "deal_value"
    assert {*value.reporter, *value.partner} == {*goods.reporter, *goods.partner} == {"USA", "VNM"}
