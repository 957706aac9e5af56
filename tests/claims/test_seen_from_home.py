"""Numbers told from the side of the country, port or railway that a text is on, and ways that are those of one number alone."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def claims(text: str) -> list[QuantityClaim]:
    return quantity_claims(read_script(read_text(text, date(2024, 6, 15))))


def trade(text: str) -> list[tuple[str, str, str]]:
    return [(claim.indicator, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims(text)]


def ways(text: str) -> list[tuple[str, str, str]]:
    return [("+".join(claim.reporter), "+".join(claim.origin), "+".join(claim.destination)) for claim in claims(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Spain was the main buyer, purchasing goods for $3 billion, followed by France with $2 billion.",
        "Spain remains the top customer, buying $3 billion worth, ahead of France with $2 billion.",
    ],
)
def test_who_is_called_the_buyer_of_a_country_buys_its_exports(sentence: str) -> None:
    text = f"Algeria's foreign trade came to $30 billion in 2023 and its surplus to $5 billion. {sentence}"
    assert trade(text)[2:] == [("exports", "DZA", "ESP"), ("exports", "DZA", "FRA")]


def test_the_largest_buyer_of_the_world_tells_of_its_own_imports() -> None:
    text = "Chile's trade surplus came to $10 billion in 2023. China is the world's largest importer, buying 13 million tonnes."
    assert trade(text)[-1][0] == "imports"


@pytest.mark.parametrize(
    ("question", "partner"), [("How is your trade with Italy?", "ITA"), ("What about relations with Japan?", "JPN")]
)
def test_mutual_trade_is_with_whom_the_question_named(question: str, partner: str) -> None:
    text = f"Kazakhstan looks abroad\n\nKazakh firms sell more. {question}\n\nOur mutual trade came to $2 billion last year."
    assert trade(text)[-1] == ("turnover", "KAZ", partner)


def test_who_is_only_called_a_partner_is_not_the_country_that_a_text_is_on() -> None:
    text = "China is our first partner. Peru is second to it, Peruvian buyers say. Our exports came to $2 billion in May."
    assert trade(text)[-1][1] == "PER"


@pytest.mark.parametrize("verb", ["went", "were sent", "continued", "travelled on", "have gone"])
def test_a_number_that_moves_goes_where_its_own_clause_says(verb: str) -> None:
    text = f"The port of Poti handled boxes. About 190 boxes moved from China to Armenia, and 50 containers {verb} to Hungary."
    assert ways(text)[-1][2] == "HUN"


def test_the_start_of_the_next_number_is_no_start_of_this_one() -> None:
    text = "Georgian Railway carried 90,000 tons. Some 12,000 tons went to Turkey and 5,000 tons were sent from Iran to Russia."
    assert ways(text)[1:] == [("GEO", "GEO", "TUR"), ("GEO", "IRN", "RUS")]


def test_what_goes_on_to_a_country_is_not_said_by_it() -> None:
    (claim,) = claims("From Poti 40,000 tons of grain went on to Hungary in May.")
    assert (claim.destination, claim.attributed_to) == (("HUN",), None)


@pytest.mark.parametrize(
    "sentence", ["The port of Poti sent 40,000 tons of ore to Romania", "Poti port shipped 40,000 tons to Romania"]
)
def test_what_a_port_sends_abroad_starts_in_its_country(sentence: str) -> None:
    assert ways(f"{sentence} in May.") == [("GEO", "GEO", "ROU")]


def test_what_a_railway_moves_along_a_corridor_is_its_own_figure() -> None:
    text = (
        "Georgian Railway carried 6 million tons in January-May. "
        "Of this, transit along the Middle Corridor made up 1.2 million tons."
    )
    assert [(claim.reporter, claim.corridor) for claim in claims(text)][-1] == (("GEO",), "TITR")


@pytest.mark.parametrize("part", ["a third of the total", "half of the total amount"])
def test_a_part_of_the_total_is_a_share(part: str) -> None:
    text = f"The port of Riga handled 6 million tonnes in May. Coal made up {part}."
    assert claims(text)[-1].measure == "share"


@pytest.mark.parametrize("amount", ["half the number of last year", "twice the 2022 volume", "three times the figure for 2022"])
def test_a_multiple_of_another_times_amount_is_of_the_time_told(amount: str) -> None:
    text = f"In 2023 the port of Riga handled 6 million tonnes, {amount}."
    told = claims(text)[-1]
    assert (told.measure, told.period_start) == ("multiple", date(2023, 1, 1))


def test_an_amount_over_the_same_period_is_no_difference() -> None:
    text = "The port of Riga handled 6 million tonnes in January-May, and Ventspils 4 million tonnes over the same period."
    assert [claim.measure for claim in claims(text)] == ["level", "level"]


def test_a_country_that_exports_trades_in_a_text_on_freight() -> None:
    text = "Turkmenbashi port handled 2 million tonnes in 2023.\n\nUzbekistan exported 1.2 million tonnes of fruit."
    assert trade(text)[-1][:2] == ("exports", "UZB")


@pytest.mark.parametrize("place", ["Baku", "Ulan Bator", "Port Moresby"])
def test_a_dateline_with_a_year_may_end_with_a_stop(place: str) -> None:
    text = f"Tea sells well\n\n{place}, 12 March 2024. Exports of tea came to $5 million last year, the ministry said."
    assert read_text(text).published_on == date(2024, 3, 12)


@pytest.mark.parametrize("share", ["The share of Chad in foreign trade was 6%", "Chad's share in total turnover was 6%"])
def test_whose_share_a_percentage_is_told_to_be_is_the_partner(share: str) -> None:
    text = f"Niger's foreign trade came to $3 billion in 2023, the Nigerien bureau said. {share}."
    assert trade(text)[-1] == ("turnover", "NER", "TCD")


def test_partners_by_exports_and_by_imports_are_of_that_flow() -> None:
    text = (
        "Georgia's exports grew\n\nGeorgian exports came to $3 billion in May. The top partners were Armenia ($90 million) "
        "and Iran ($80 million). By imports, China led with $70 million.\n\nWine was the top item, at $60 million."
    )
    assert trade(text)[1:4] == [("exports", "GEO", "ARM"), ("exports", "GEO", "IRN"), ("imports", "GEO", "CHN")]
    assert trade(text)[-1][1] == "GEO"


def test_goods_that_come_the_other_way_are_imports() -> None:
    text = "Chad's exports to Niger came to $3 million in May. Nigerien goods worth $2 million came into Chad."
    assert trade(text)[-1] == ("imports", "TCD", "NER")


def test_from_whom_a_country_buys_is_not_the_one_that_buys() -> None:
    text = "Uzbekistan's trade with Norway reached $3 billion. From Norway it buys fish, which makes up 40% of imports."
    assert trade(text)[-1] == ("imports", "UZB", "NOR")


def test_a_corridor_is_meant_only_once_it_is_told_of() -> None:
    text = (
        "KTZ grows\n\nThe railway carried 306 million tonnes in 2023. Grain made up 11 million tonnes of it. It grows.\n\n"
        "Oil was 20 million tonnes. Coal fell.\n\nContainers on the Middle Corridor came to 56,500 TEU."
    )
    assert [claim.corridor for claim in claims(text)][:3] == [None, None, None]


def test_the_time_of_what_is_expected_is_not_that_of_what_was() -> None:
    text = "The port of Riga handled 6 million tonnes in 2023. Boxes rose to 50,000 TEU, and 90,000 TEU are expected in 2025."
    assert [claim.period_start for claim in claims(text)] == [date(2023, 1, 1), date(2023, 1, 1), date(2025, 1, 1)]


def test_what_passes_every_day_is_a_rate() -> None:
    (claim,) = claims("Every day 250 trucks enter Armenia from Iran by road.")
    assert (claim.unit, claim.origin, claim.destination) == ("truck/d", ("IRN",), ("ARM",))


def test_whom_a_place_borders_on_is_no_side() -> None:
    text = "Alashankou, the rail port on China's border with Kazakhstan, handled 4,576 freight trains in 2023."
    assert [claim.reporter for claim in claims(text)] == [("CHN",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "On the run from Santos to Qingdao, iron ore was quoted at $47.50 a tonne.",
        "Capesize earnings climbed past $86,000 a day in May.",
    ],
)
def test_what_ships_earn_is_a_freight_rate(sentence: str) -> None:
    assert [claim.indicator for claim in claims(sentence)] == ["freight_rate"]


def test_an_office_called_after_a_mode_tells_no_mode() -> None:
    text = "The ports of Georgia handled 12 million tonnes in 2023, the Maritime Transport Agency reports."
    assert [claim.mode for claim in claims(text)] == [None]


def test_goods_go_on_through_a_paragraph_of_masses() -> None:
    text = "Kenya exported 9,000 tonnes of coffee in May. Sweden was the top customer, buying 2,000 tonnes."
    assert [claim.commodity for claim in claims(text)] == ["coffee", "coffee"]


def test_a_growth_beside_an_amount_is_of_the_same_kind() -> None:
    text = "In 2023, 2 million tons of oil were shipped through the Baku-Tbilisi-Ceyhan pipeline, 3% more than in 2022."
    assert [claim.indicator for claim in claims(text)] == ["cargo", "cargo"]


def test_a_state_that_plans_does_so_itself() -> None:
    text = "Transit from Russia to India came to 430,000 tons. Iran hopes to raise transit to 4 million tons."
    assert claims(text)[-1].reporter == ("IRN",)


def test_holders_of_shares_and_listed_buyers_are_partners() -> None:
    text = (
        "Moldova's exports came to $340 million in May. The countries of the EU held a share of 56.9% in total exports. "
        "The main destinations were Romania (29.6%) and Italy (8.1%). Imports came to $647 million."
    )
    assert trade(text)[1:] == [
        ("exports", "MDA", "EU"),
        ("exports", "MDA", "ROU"),
        ("exports", "MDA", "ITA"),
        ("imports", "MDA", ""),
    ]


def test_investors_of_a_ranking_invest_where_and_when_was_told() -> None:
    text = (
        "Foreign direct investment in Georgia reached $1.2 billion last year. Norway was the top investor with $483 million, "
        "followed by Oman ($279 million)."
    )
    told = [(claim.reporter, claim.partner, claim.period_start) for claim in claims(text)][1:]
    assert told == [(("NOR",), ("GEO",), date(2023, 1, 1)), (("OMN",), ("GEO",), date(2023, 1, 1))]


def test_what_goes_on_in_transit_comes_from_where_the_flow_did() -> None:
    text = "In May 4 million tonnes of Russian grain moved in transit by rail. Uzbekistan took delivery of 2 million tonnes."
    assert [(claim.origin, claim.destination) for claim in claims(text)][-1] == (("RUS",), ("UZB",))


def test_goods_and_their_worth_go_to_the_same_buyer() -> None:
    text = "Kyrgyzstan exported 11 tons of gold worth $640 million to Norway in May."
    assert trade(text) == [("exports", "KGZ", "NOR")] * 2


def test_what_is_put_at_a_percentage_is_the_growth_told() -> None:
    text = "Exports of Malaysian palm oil fell 9.1 percent in May. A surveyor put the decline at 8.2 percent."
    assert [claim.indicator for claim in claims(text)] == ["exports", "exports"]


@pytest.mark.parametrize("head", ["Samoa Bureau of Statistics", "Apia, Samoa", "Bureau of Statistics, Apia"])
def test_the_lines_of_a_head_tell_whose_trade_a_release_is_on(head: str) -> None:
    told = "Exports were valued at $9.8 million in the quarter. New Zealand took 41 percent of exports and Japan 12 percent."
    text = f"Merchandise trade in the March quarter\n\n{head}\n14 June 2024\n\n{told}\n"
    assert trade(text)[:3] == [("exports", "WSM", ""), ("exports", "WSM", "NZL"), ("exports", "WSM", "JPN")]


def test_money_tells_whose_trade_a_text_is_on() -> None:
    text = "Imports were TOP 152 million, up from TOP 140 million, and exports TOP 9 million. Fiji supplied most of the fuel."
    assert {reporter for _, reporter, _ in trade(text)} == {"TON"}


@pytest.mark.parametrize(
    ("sentence", "reporter"),
    [
        ("Foreign direct investment from Russia fell to $60 million.", "RUS"),
        ("Korean investment came to $70 million in May.", "KOR"),
        ("China's Eximbank has provided $280 million for the tunnel.", "CHN"),
    ],
)
def test_money_of_another_goes_to_the_country_that_a_text_is_on(sentence: str, reporter: str) -> None:
    assert trade(f"Nepal builds more roads\n\n{sentence}")[-1][1:] == (reporter, "NPL")


@pytest.mark.parametrize(
    "sentence",
    [
        "The country got a Korean loan of $70 million.",
        "Korea has lent $70 million for the tunnel.",
        "Foreign direct investment from Korea came to $70 million.",
    ],
)
def test_money_is_tied_by_words_to_the_country_that_a_text_is_on(sentence: str) -> None:
    text = f"Nepal's exports of carpets\n\nNepal sold carpets for $90 million in 2023. {sentence}"
    assert trade(text)[-1][1:] == ("KOR", "NPL")


@pytest.mark.parametrize(
    "sentence",
    [
        "German investment in wind farms reached $50 billion in 2023, a record.",
        "China's investment in solar power reached $50 billion.",
        "Korean loans amounted to $2 billion.",
        "Norwegian investment in the first quarter was $3 billion.",
    ],
)
def test_money_of_another_may_go_anywhere_unless_words_tie_it_to_the_country_that_a_text_is_on(sentence: str) -> None:
    text = f"Nepal's exports of carpets\n\nNepal sold carpets for $90 million in 2023. {sentence}"
    assert trade(text)[-1][0] in ("investment", "financing")
    assert trade(text)[-1][2] == ""


def test_money_that_goes_elsewhere_is_not_for_the_country_that_a_text_is_on() -> None:
    assert trade("Nepal builds more roads\n\nKorean investment abroad came to $70 billion in May.")[-1][2] == ""


@pytest.mark.parametrize(
    ("sentence", "partners"),
    [
        ("Italy accounted for a fifth of exports, Ghana for 8 percent.", ["ITA", "GHA"]),
        ("Demand from Italy lifted exports by 6 percent.", ["ITA"]),
        ("Orders from neighbouring Ghana pushed exports up 6 percent.", ["GHA"]),
    ],
)
def test_exports_go_to_who_takes_a_share_and_to_whom_the_demand_comes_from(sentence: str, partners: list[str]) -> None:
    found = trade(f"Senegal's foreign trade\n\n{sentence}")
    assert found == [("exports", "SEN", partner) for partner in partners]


def test_a_share_of_the_exports_of_all_the_world_is_not_of_those_of_the_country_that_a_text_is_on() -> None:
    found = trade("Senegal's foreign trade\n\nItaly accounted for a fifth of world exports.")
    assert ("exports", "SEN", "ITA") not in found


def test_who_buys_a_share_of_the_goods_of_a_text_buys_them_from_the_country_that_it_is_on() -> None:
    found = trade("Senegal's foreign trade\n\nItaly bought 70 percent of the phosphate and Ghana 9 percent.")
    assert found == [("imports", "ITA", "SEN"), ("imports", "GHA", "SEN")]


@pytest.mark.parametrize(
    "head", ["Kenya's exports of tea", "Kenya's exports of tea\n\nKenya exported tea for $1 billion in 2023."]
)
def test_a_share_of_other_goods_is_not_of_those_of_a_text(head: str) -> None:
    assert trade(f"{head}\n\nChina buys 60 percent of soybeans.")[-1] == ("imports", "CHN", "")


@pytest.mark.parametrize("goods", ["the tea", "tea"])
def test_a_share_of_the_goods_of_a_text_is_bought_from_the_country_that_it_is_on(goods: str) -> None:
    text = f"Kenya's exports of tea\n\nKenya exported tea for $1 billion in 2023. Pakistan buys 40 percent of {goods}."
    assert trade(text)[-1] == ("exports", "KEN", "PAK")


IMPORTS = "South Korea imported 10 million tonnes of crude oil in May, customs data showed."


@pytest.mark.parametrize(
    ("sentence", "partners"),
    [
        ("Shipments from Kuwait dropped to 1.2 million tonnes, while Nigerian deliveries rose to 0.4 million.", ["KWT", "NGA"]),
        ("Additionally, supplies from Norway reached 300,000 tonnes.", ["NOR"]),
    ],
)
def test_what_comes_in_from_a_seller_is_imports_in_a_text_on_a_buyer(sentence: str, partners: list[str]) -> None:
    assert trade(f"{IMPORTS} {sentence}")[1:] == [("imports", "KOR", partner) for partner in partners]


def test_what_a_seller_is_said_to_export_stays_his_exports_in_a_text_on_a_buyer() -> None:
    assert trade(f"{IMPORTS} Oil exports from Kuwait fell to 5 million tonnes.")[-1][0] == "exports"


def test_the_country_is_whom_alone_the_sentence_before_opened_with() -> None:
    other = "China has yet to release its figures. The country imported 41 million tonnes in April."
    assert trade(f"{IMPORTS} {other}")[-1] == ("imports", "CHN", "")
    assert trade(f"{IMPORTS} It buys more than China. The country imported 41 million tonnes in 2023.")[-1][1] == "KOR"


def test_who_follows_a_seller_told_first_sells_to_the_same_buyer() -> None:
    text = "The top supplier for Turkey's imports in August was Russia with $1.5 billion. Russia was followed by China with "
    found = trade(f"{text}$1.4 billion and Germany with $1.2 billion.")
    assert found == [("imports", "TUR", partner) for partner in ("RUS", "CHN", "DEU")]


def test_a_country_called_by_where_it_lies_is_the_one_that_the_text_is_on() -> None:
    text = (
        "Ethiopia's coffee exports\n\nEthiopia earned $645 million from exports of coffee in 2021. Germany bought most of it."
    )
    found = trade(f"{text} The East African nation exported 39,000 tonnes of coffee in 2020.")
    assert found[-1] == ("exports", "ETH", "")
