"""Goods that buyers ask for or that a bloc lets its traders sell, money that banks lend, oil that only comes out of wells."""

from datetime import date

import pytest

from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 6, 15)


def told(text: str) -> list[tuple[str, str, str, str, str]]:
    """Value, indicator, reporter, partner and modality of each number; the codes joined by `+`."""
    return [
        (claim.value_text or "", claim.indicator, "+".join(claim.reporter), "+".join(claim.partner), claim.modality)
        for claim in extract_claims(read_text(text, PUBLISHED)).quantities
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Importers in Jordan will tender next week for a 40,000 tonne cargo of Canadian barley.",
            ("40,000 tonne", "imports", "JOR", "CAN", "target"),
        ),
        (
            "Kenya will tender for two cargoes of 25,000 tonnes each of French wheat.",
            ("25,000 tonnes", "imports", "KEN", "FRA", "target"),
        ),
        ("Tunisia issued a tender for 50,000 tonnes of durum wheat.", ("50,000 tonnes", "imports", "TUN", "", "target")),
        ("Malaysia will seek to sell India 30,000 tonnes of palm oil.", ("30,000 tonnes", "exports", "MYS", "IND", "target")),
        (
            "Peru's wheat imports in 2024 are provisionally set at 1.9 million tonnes.",
            ("1.9 million tonnes", "imports", "PER", "", "target"),
        ),
    ],
)
def test_who_tenders_for_goods_plans_to_buy_them(text: str, expected: tuple[str, str, str, str, str]) -> None:
    assert told(text) == [expected]


def test_a_cargo_that_ships_carry_stays_one() -> None:
    assert [claim[1] for claim in told("The vessel unloaded a cargo of 30,000 tonnes of wheat at Mombasa port.")] == ["cargo"]


def test_a_member_whose_traders_get_a_part_of_what_a_bloc_may_sell_sells_it() -> None:
    text = (
        "The European Commission authorised the export of 50,000 tonnes of barley. "
        "Of this, traders in France received 30,000 tonnes, in Spain 15,000 and in Ireland 5,000."
    )
    assert [claim[1:4] for claim in told(text)] == [
        ("exports", "EU", ""),
        ("exports", "FRA", ""),
        ("exports", "ESP", ""),
        ("exports", "IRL", ""),
    ]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Mexico will lend Cuba two million barrels of crude.", ("exports", "MEX", "CUB")),
        (
            "The Export Bank of Canada authorised 30 million dollars in credit guarantees for sales of wheat to Morocco.",
            ("financing", "CAN", "MAR"),
        ),
        (
            "The United States offered Jordan an additional 25 million dollars in export credit guarantees.",
            ("financing", "USA", "JOR"),
        ),
        (
            "World Bank figures show approved lending to Ghana amounted to 1.1 billion dollars in 2022.",
            ("financing", "WORLD_BANK", "GHA"),
        ),
    ],
)
def test_who_lends_or_guarantees_gives_it(text: str, sides: tuple[str, str, str]) -> None:
    assert [claim[1:4] for claim in told(text)] == [sides]


def test_a_sum_goes_on_with_the_lending_told_of_unless_others_are_named() -> None:
    lent = "Lending by the Asian Development Bank to Nepal rose to 90 million dollars in 2023. "
    assert told(lent + "Loans worth 40 million had been paid out by January.")[1][2:4] == ("ADB", "NPL")
    assert told(lent + "France lent Togo 20 million dollars.")[1][2:4] == ("FRA", "TGO")


def test_parts_of_what_is_expected_are_expected() -> None:
    text = "Exports of rice are expected to total 9 million tonnes this year, of which Thailand will supply 5 million tonnes."
    assert [claim[4] for claim in told(text)] == ["forecast", "forecast"]


def test_what_last_year_had_is_a_fact_of_that_year() -> None:
    text = "Chile's copper exports may fall this year from last year's 5.2 million tonnes."
    (claim,) = extract_claims(read_text(text, PUBLISHED)).quantities
    assert (claim.period_start, claim.period_end, claim.modality) == (date(2023, 1, 1), date(2023, 12, 31), "reported")


def test_the_length_of_a_known_line_is_a_fact_in_a_sentence_on_what_may_be() -> None:
    text = "Peru could resume exports after repairing the 510 km pipeline from the jungle to the coast."
    assert [claim[4] for claim in told(text)] == ["reported"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Uganda will start work on the 270 km railway to be built to Malaba in 2027.",
        "Construction of the 500 km pipeline from Chad to Cameroon is planned.",
    ],
)
def test_the_length_of_a_line_still_to_be_built_is_a_plan(text: str) -> None:
    assert [claim[4] for claim in told(text)] == ["target"]


def test_oil_that_comes_out_of_wells_is_not_carried() -> None:
    assert told("Nigeria was pumping about 1.4 million barrels per day of crude, above its OPEC quota.") == []
    assert [claim[1] for claim in told("The pipeline is pumping 400,000 barrels of crude a day from Iraq to Turkey.")] == [
        "cargo"
    ]


def test_whom_somebody_told_is_not_the_speaker() -> None:
    text = "Lending to Peru is expected to reach 2 billion dollars by 2026, foreign bankers told Reuters."
    assert extract_claims(read_text(text, PUBLISHED)).quantities[0].attributed_to == "foreign bankers"


def test_the_parts_of_a_purchase_are_of_its_day_and_its_buyer() -> None:
    text = (
        "Pakistan purchased 46,000 tonnes of vegetable oils at its import tender on Friday. The business was for July shipment "
        "and comprised 20,000 tonnes of Argentine soyoil and 26,000 tonnes of Malaysian palm oil."
    )
    claims = extract_claims(read_text(text, PUBLISHED)).quantities
    assert [(claim.indicator, claim.reporter, claim.partner, claim.modality) for claim in claims] == [
        ("imports", ("PAK",), (), "reported"),
        ("imports", ("PAK",), ("ARG",), "reported"),
        ("imports", ("PAK",), ("MYS",), "reported"),
    ]
    assert {claim.period_start for claim in claims} == {date(2024, 6, 14)}


def test_a_year_before_a_flow_is_that_of_the_number_compared_with() -> None:
    text = "Brazil expects to export 9 million tonnes of sugar this year against 2023 exports of 8.5 million tonnes."
    claims = extract_claims(read_text(text, PUBLISHED)).quantities
    assert [(claim.period_start, claim.modality) for claim in claims] == [
        (date(2024, 1, 1), "forecast"),
        (date(2023, 1, 1), "reported"),
    ]


def test_imports_from_other_countries_of_a_bloc_are_from_the_bloc() -> None:
    assert [claim[2:4] for claim in told("Danish imports from other EU countries rose 10 percent in 2023.")] == [("DNK", "EU")]
    assert [claim[2:4] for claim in told("Chad's exports to other African states rose 10 percent.")] == [("TCD", "AFRICA")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Egyptian purchases of Russian wheat totalled 2 million tonnes of the 2023 crop, down from some 3 million tonnes.",
            [("imports", "EGY", "RUS"), ("imports", "EGY", "RUS")],
        ),
        (
            "In 2023 India exported goods worth 430 billion dollars against imports of 670 billion.",
            [("exports", "IND", ""), ("imports", "IND", "")],
        ),
        ("The bank cut its forecast for Chile's 2024 exports to 90 billion dollars.", [("exports", "CHL", "")]),
        ("Thailand produced 2 million tonnes, of which 1.2 million tonnes were for export.", [("exports", "THA", "")]),
        ("Zambia depends on copper export duties for about 60 percent of its sales tax revenue.", []),
    ],
)
def test_a_number_compared_at_once_is_of_the_same_flow(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [claim[1:4] for claim in told(text)] == expected


def test_what_is_forecast_to_fall_from_a_past_level_leaves_that_a_fact() -> None:
    text = "Peru's copper exports are forecast to fall to 2 million tonnes in 2024 from 2.4 million in 2023."
    claims = extract_claims(read_text(text, PUBLISHED)).quantities
    assert [(claim.modality, claim.period_start) for claim in claims] == [
        ("forecast", date(2024, 1, 1)),
        ("reported", date(2023, 1, 1)),
    ]


def test_two_numbers_are_compared_with_two_others_in_their_order() -> None:
    text = (
        "Kenya's exports rose in 2023. Exports were 7 billion dollars and imports 18 billion "
        "against 6 billion and 19 billion in 2022."
    )
    claims = extract_claims(read_text(text, PUBLISHED)).quantities
    assert [(claim.indicator, claim.period_start) for claim in claims] == [
        ("exports", date(2023, 1, 1)),
        ("imports", date(2023, 1, 1)),
        ("exports", date(2022, 1, 1)),
        ("imports", date(2022, 1, 1)),
    ]


def test_a_member_of_a_bloc_is_no_second_side_beside_it() -> None:
    text = "As a member of Mercosur, Paraguay recorded a deficit of 3 billion dollars in its trade with Brazil."
    assert [claim[1:4] for claim in told(text)] == [("balance", "PRY", "BRA")]


@pytest.mark.parametrize(
    "text",
    [
        "OPEC agreed to lower its output ceiling by 5 percent to 16 million barrels per day.",
        "Last year 45,000 tonnes of sugar were sold into intervention in France.",
    ],
)
def test_limits_of_output_and_what_a_state_buys_up_are_no_trade(text: str) -> None:
    assert told(text) == []


def test_a_quota_of_exports_stays_one_beside_output() -> None:
    text = "Malaysia has an export quota of 28,000 tonnes of tin and keeps its output close to that."
    assert [claim[1:3] for claim in told(text)] == [("tariff", "MYS")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lebanon bought 40,000 tonnes of wheat from Romania in a tender for bread wheat in May 2024.",
            [("40,000 tonnes", "imports", "LBN", "ROU", "reported")],
        ),
        (
            "Tunisia purchased 50,000 tonnes of barley at its tender for 75,000 tonnes.",
            [("50,000 tonnes", "imports", "TUN", "", "reported"), ("75,000 tonnes", "imports", "TUN", "", "target")],
        ),
        (
            "In its tender for rice 30,000 tonnes were bought by Iraq.",
            [("30,000 tonnes", "imports", "IRQ", "", "reported")],
        ),
        (
            "The Philippines awarded a tender for 90,000 tonnes of rice to Vietnam.",
            [("90,000 tonnes", "imports", "PHL", "VNM", "reported")],
        ),
        (
            "Lebanon, which bought 20,000 tonnes of wheat last week, issued a new tender for 40,000 tonnes.",
            [("20,000 tonnes", "imports", "LBN", "", "reported"), ("40,000 tonnes", "imports", "LBN", "", "target")],
        ),
        ("Morocco is seeking 60,000 tonnes of wheat.", [("60,000 tonnes", "imports", "MAR", "", "target")]),
        (
            "Tunisia bought no barley at its tender for 75,000 tonnes.",
            [("75,000 tonnes", "imports", "TUN", "", "target")],
        ),
        (
            "Tunisia received seven offers in its tender for 75,000 tonnes of barley.",
            [("75,000 tonnes", "imports", "TUN", "", "target")],
        ),
    ],
)
def test_what_was_bought_in_a_tender_is_a_fact(text: str, expected: list[tuple[str, str, str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Divers are seeking the wreck of a ship that carried 15,000 tonnes of maize from Ukraine to Libya.",
            [("15,000 tonnes", "cargo", "", "", "reported")],
        ),
        (
            "Millers are seeking new customers after Turkey sold 3 million tonnes of flour to Iraq in 2023.",
            [("3 million tonnes", "exports", "TUR", "IRQ", "reported")],
        ),
        ("Farmers sought refuge when the flood ruined 90,000 tonnes of mangoes in Pakistan.", []),
        ("Detectives seek the gang that stole 12,000 tonnes of cocoa in Ghana.", []),
        ("Drivers tendered their notice and 5,000 tonnes of tomatoes rotted in Morocco.", []),
        ("Tenders pulled the ship with 20,000 tonnes of coal into Mombasa.", [("20,000 tonnes", "cargo", "", "", "reported")]),
    ],
)
def test_who_seeks_other_things_buys_no_goods(text: str, expected: list[tuple[str, str, str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan bought 90,000 tonnes of wheat. The kingdom's reserve consists of 1.2 million tonnes of wheat.", ["imports"]),
        ("Jordan bought 90,000 tonnes of wheat. Inventories comprised 40,000 tonnes of rice.", ["imports"]),
        ("Jordan bought 90,000 tonnes of wheat. Rail freight was made up of 70,000 tonnes of ore.", ["imports", "cargo"]),
        ("Chile exported 80,000 tonnes of copper. Home sales consisted of 10,000 tonnes of zinc.", ["exports"]),
        ("Jordan bought 90,000 tonnes of wheat. It comprised 60,000 tonnes of Romanian wheat.", ["imports", "imports"]),
        ("Jordan bought 90,000 tonnes of wheat. The order was made up of 60,000 tonnes of feed wheat.", ["imports", "imports"]),
    ],
)
def test_parts_of_other_things_are_none_of_a_purchase(text: str, expected: list[str]) -> None:
    assert [claim[1] for claim in told(text)] == expected


def test_an_amount_made_up_of_goods_is_no_rise() -> None:
    text = "Jordan bought 90,000 tonnes of wheat. The order was made up of 60,000 tonnes of feed wheat."
    assert {claim.measure for claim in extract_claims(read_text(text, PUBLISHED)).quantities} == {"level"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The state gave 50 million dollars in loans to herders.", []),
        ("Aid of 20 million dollars was given by private donors.", []),
        ("A loan of 30 million dollars was raised by a cement maker.", []),
        ("Banks there have disbursed 60 million dollars in credit.", []),
        ("Of this, 40 million dollars had been disbursed by March.", [("ADB", "NPL")]),
        ("The loan of 90 million dollars runs for 20 years.", [("ADB", "NPL")]),
    ],
)
def test_only_what_is_of_a_loan_told_of_is_lent_by_the_same_bank(text: str, parts: list[tuple[str, str]]) -> None:
    lent = "The Asian Development Bank lent Nepal 90 million dollars in 2023. "
    assert [claim[2:4] for claim in told(lent + text)[1:]] == parts


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Traders in Italy got 200,000 tonnes of maize from Serbia.", ("SRB", "ITA")),
        ("Firms in Austria took 10,000 tonnes of coal from Poland.", ("POL", "AUT")),
        ("Exporters in France got licences for 30,000 tonnes.", ("FRA", "")),
    ],
)
def test_what_traders_of_a_member_buy_is_no_part_of_what_a_bloc_sells(text: str, sides: tuple[str, str]) -> None:
    assert told("The EU exported 2 million tonnes of wheat in April. " + text)[1][2:4] == sides


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Moldova signed a loan agreement for 60 million euros with the EBRD to repair its bridges.", ("EBRD", "MDA")),
        ("Georgia has signed a $100 million loan agreement with the Asian Development Bank.", ("ADB", "GEO")),
        ("A loan agreement worth $250 million was signed between Pakistan and the World Bank in May.", ("WORLD_BANK", "PAK")),
        ("A grant agreement for $45 million has been signed by Tajikistan with the World Bank.", ("WORLD_BANK", "TJK")),
        ("A loan agreement with the EBRD for 60 million euros was signed by Moldova and Romania.", ("EBRD", "MDA+ROU")),
        ("A loan agreement for 60 million euros was signed with the EBRD by Moldova.", ("EBRD", "MDA")),
        ("Georgia's railway signed a $100 million loan with the ADB.", ("ADB", "GEO")),
        ("Kenya's government signed a $70 million loan with the World Bank.", ("WORLD_BANK", "KEN")),
        ("The EBRD signed a $60 million loan agreement with Moldova.", ("EBRD", "MDA")),
        ("Armenia's railway and Georgia signed a $100 million loan with the ADB.", ("ADB", "GEO")),
    ],
)
def test_a_bank_with_which_a_loan_is_signed_gives_it(text: str, sides: tuple[str, str]) -> None:
    assert [(one[1], one[2], one[3]) for one in told(text)] == [("financing", *sides)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("China signed a $2 billion loan agreement with Ghana in May.", ("CHN", "GHA")),
        ("China Development Bank signed a loan agreement worth $1 billion with Angola.", ("CHN", "AGO")),
        ("Saudi Arabia has signed a $240 million loan with Pakistan.", ("SAU", "PAK")),
        ("The UAE agreed a $3 billion credit line with Egypt's central bank.", ("ARE", "EGY")),
        ("India extended a grant agreement for $45 million with Nepal.", ("IND", "NPL")),
        ("Chad borrowed $60 million from Qatar under a loan agreement with it.", ("QAT", "TCD")),
        ("Chad got a $60 million loan from Qatar.", ("QAT", "TCD")),
        ("The World Bank signed a $60 million loan with the EBRD.", ("WORLD_BANK", "EBRD")),
    ],
)
def test_a_state_that_signs_a_loan_with_another_gives_it_unless_words_tell_that_it_borrows(
    text: str, sides: tuple[str, str]
) -> None:
    assert [(one[1], one[2], one[3]) for one in told(text)] == [("financing", *sides)]
