"""Reporter and partner of trade numbers, as the words around them tell; and what is left open where they do not."""

from datetime import date
from unittest import mock

import pytest

from pipeline.claims.context.patterns import pattern
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

Told = list[tuple[str, str, str]]


def told(text: str) -> Told:
    """Indicator, reporter and partner of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return [(claim.indicator, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("German exports to Poland rose 5 percent.", "DEU", "POL"),
        ("Tajikistan sold electricity worth $100 million to Afghanistan in 2022.", "TJK", "AFG"),
        ("Russia sent Egypt 5 million tonnes of wheat.", "RUS", "EGY"),
        ("In 2019 Serbia supplied Austria with 400,000 tonnes of maize.", "SRB", "AUT"),
        ("Exports from Afghanistan to India were $500 million.", "AFG", "IND"),
        ("China accounts for 38 percent of Chile's exports.", "CHL", "CHN"),
        ("Some 70 percent of Georgian wine exports were bought by Russia.", "GEO", "RUS"),
        ("Shipments of Australian barley to China stood at 6.5 million tonnes in 2017.", "AUS", "CHN"),
    ],
)
def test_exports_have_the_seller_as_reporter_and_the_buyer_as_partner(text: str, reporter: str, partner: str) -> None:
    assert told(text) == [("exports", reporter, partner)]


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("Turkish imports of Russian oil rose 20 percent.", "TUR", "RUS"),
        ("Kazakhstan provides 90 percent of Afghanistan's flour imports.", "AFG", "KAZ"),
        ("Russia's share in Georgian imports was 15 percent.", "GEO", "RUS"),
        ("Afghanistan relies on Kazakhstan for 70 percent of its flour imports.", "AFG", "KAZ"),
        ("Mongolia imported goods worth $800 million from Japan.", "MNG", "JPN"),
    ],
)
def test_imports_have_the_buyer_as_reporter_and_the_seller_as_partner(text: str, reporter: str, partner: str) -> None:
    assert told(text) == [("imports", reporter, partner)]


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Armenia and Georgia was $1.2 billion.",
        "Armenian-Georgian trade was $1.2 billion.",
        "Armenia and Georgia\n\nThe two countries traded goods worth $1.2 billion.",
        "Armenia's trade with Georgia was $1.2 billion.",
    ],
)
def test_turnover_has_the_two_that_trade(text: str) -> None:
    assert told(text) == [("turnover", "ARM", "GEO")]


def test_two_flows_of_one_sentence_keep_their_own_sides() -> None:
    text = "Turkish exports to Armenia were worth $260 million, Armenian exports to Turkey $1 million."
    assert told(text) == [("exports", "TUR", "ARM"), ("exports", "ARM", "TUR")]


def test_those_to_another_country_are_the_same_country_s_exports() -> None:
    text = "Peru's copper\n\nPeru's exports to Brazil were worth $8 billion, while those to China reached $20 billion."
    assert told(text) == [("exports", "PER", "BRA"), ("exports", "PER", "CHN")]


def test_the_buyers_of_a_list_are_partners_of_the_country_that_the_text_is_on() -> None:
    text = (
        "Ghana's cocoa\n\nGhana exported cocoa worth $2 billion in 2023. "
        "The main buyers were the Netherlands with $400 million, Malaysia with $200 million and Brazil."
    )
    assert told(text) == [("exports", "GHA", ""), ("exports", "GHA", "NLD"), ("exports", "GHA", "MYS")]


def test_a_customer_buys_what_the_reporter_exports() -> None:
    text = "Kenya's tea\n\nKenya exported tea worth $1.3 billion in 2023. Pakistan bought $500 million and Egypt $200 million."
    assert told(text) == [("exports", "KEN", ""), ("exports", "KEN", "PAK"), ("exports", "KEN", "EGY")]


def test_who_follows_the_first_of_a_list_is_a_partner_too() -> None:
    text = "Pakistan remained the biggest market for Afghan exports with $900 million, followed by India with $500 million."
    assert told(text) == [("exports", "AFG", "PAK"), ("exports", "AFG", "IND")]


def test_the_largest_partner_is_the_partner_though_it_is_the_subject() -> None:
    text = "Nepal's trade\n\nNepal's imports were $12 billion. India stayed its largest partner with a trade of $9 billion."
    assert told(text)[-1] == ("turnover", "NPL", "IND")


@pytest.mark.parametrize("text", ["Peru and Chile exported $10 billion and $20 billion of copper, respectively."])
def test_numbers_told_respectively_have_a_country_each(text: str) -> None:
    assert told(text) == [("exports", "PER", ""), ("exports", "CHL", "")]


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("China imposed a duty of 80 percent on Australian barley.", "CHN", "AUS"),
        ("Kenyan sugar pays a duty of 30 percent in Uganda.", "UGA", "KEN"),
        ("Washington will levy tariffs of 25 percent on goods from Canada and Mexico.", "USA", "CAN+MEX"),
    ],
)
def test_a_duty_has_who_levies_it_and_whose_goods_pay_it(text: str, reporter: str, partner: str) -> None:
    assert told(text) == [("tariff", reporter, partner)]


@pytest.mark.parametrize(
    ("text", "indicator", "reporter", "partner"),
    [
        ("China has granted Zambia a loan of $400 million.", "financing", "CHN", "ZMB"),
        ("Zambia obtained a loan of $400 million from China.", "financing", "CHN", "ZMB"),
        ("Azerbaijan has agreed to lend Iran $500 million to build the line.", "financing", "AZE", "IRN"),
        ("Two Chinese firms have invested $700 million in the port of Haifa.", "investment", "CHN", "ISR"),
        ("Tanzania's new railway will cost $1.2 billion.", "investment", "", "TZA"),
        ("A Turkish company won a contract worth $300 million in Turkmenistan.", "deal_value", "TUR", "TKM"),
    ],
)
def test_money_goes_from_reporter_to_partner(text: str, indicator: str, reporter: str, partner: str) -> None:
    assert told(text) == [(indicator, reporter, partner)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's total tea exports were worth $1.3 billion.",
        "In the Kenyan fiscal year Kenya's exports were worth $1.3 billion.",
        "Kenya's non-EU exports were worth $1.3 billion.",
        "Kenya's exports were worth $1.3 billion, the World Bank said.",
    ],
)
def test_no_partner_is_made_up(text: str) -> None:
    assert told(text) == [("exports", "KEN", "")]


def test_nobody_is_the_reporter_of_a_flow_that_no_country_is_named_for() -> None:
    assert told("Exports of copper rose 5 percent.") == [("exports", "", "")]


def test_trade_with_the_members_of_a_bloc_has_the_bloc_as_partner() -> None:
    assert told("Egypt's trade with the members of the EU was $30 billion in 2023.") == [("turnover", "EGY", "EU")]


def test_the_country_that_a_pronoun_means_is_the_partner() -> None:
    text = "Nobody trades more with Kenya than Uganda. Turnover with it was $2 billion in 2023."
    assert told(text) == [("turnover", "KEN", "UGA")]


def test_a_country_that_goods_avoid_is_no_side() -> None:
    assert told("Shipments from Peru to Japan bypassing Chile grew by 7 percent.") == [("exports", "PER", "JPN")]


def test_who_is_called_the_market_of_a_seller_is_his_customer() -> None:
    assert told("The US is Chile's biggest market, buying goods worth $12 billion.") == [("exports", "CHL", "USA")]


def test_a_sea_that_lies_between_two_sides_is_none_of_them() -> None:
    text = "Iran sells to Russia, its neighbor across the Caspian. Turnover between the two was $4 billion in 2023."
    assert told(text)[-1] == ("turnover", "IRN", "RUS")


@pytest.mark.parametrize(
    "text",
    [
        "Japan, which buys 44 percent of its coal imports from Chile, has complained.",
        "Japan, Chile's oldest customer, imported 44 percent of its coal from Chile.",
        "Chile met Japan. It imports 44 percent of its coal from Chile.",
    ],
)
def test_who_buys_is_the_subject_however_far_he_stands_from_the_verb(text: str) -> None:
    assert told(text) == [("imports", "JPN", "CHL")]


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda's imports were $3 billion, led by China ($700 million), Tanzania ($400 million) and Kenya ($300 million).",
        "Rwanda's imports were $3 billion. Suppliers were China with $700 million, Tanzania $400 million, Kenya $300 million.",
        "Rwanda's imports were $3 billion. China was the top supplier with $700 million, ahead of Tanzania on $400 million, "
        "followed by Kenya with $300 million.",
    ],
)
def test_a_list_of_partners_keeps_the_reporter(text: str) -> None:
    assert told(text) == [("imports", "RWA", ""), *(("imports", "RWA", code) for code in ("CHN", "TZA", "KEN"))]


def test_what_explains_a_country_is_no_side() -> None:
    assert told("Tunisia, Libya's neighbour, exported oil worth $120 million to Spain.") == [("exports", "TUN", "ESP")]


def test_goods_of_two_countries_have_both_as_sellers() -> None:
    assert told("Egypt imported 240,000 tonnes of Russian and Romanian wheat.") == [("imports", "EGY", "ROU+RUS")]


def test_there_is_where_the_goods_go() -> None:
    text = "Ghana sells cocoa to Malaysia. Ghana's exports there were $90 million."
    assert told(text) == [("exports", "GHA", "MYS")]


@pytest.mark.parametrize(
    ("text", "reporter", "partner"),
    [
        ("The free trade pact between Peru and Korea frees 90 percent of goods from duties.", "KOR+PER", "KOR+PER"),
        ("Ninety percent of what Fiji sells to Europe will go in free of duty.", "EU", "FJI"),
        (
            "Ninety percent of what Fiji sells to the EU will be free of duty.\n\nSugar: the 8.8 percent tariff goes at once.",
            "EU",
            "FJI",
        ),
    ],
)
def test_a_deal_names_who_levies_for_all_the_duties_it_cuts(text: str, reporter: str, partner: str) -> None:
    assert set(told(text)) == {("tariff", reporter, partner)}


@pytest.mark.parametrize(
    "text",
    ["Sellers of tea in Kenya exported $90 million of it to Egypt.", "Egypt's imports were $90 million of tea grown in Kenya."],
)
def test_where_sellers_and_goods_are_from_is_who_sells(text: str) -> None:
    (claim,) = told(text)
    assert sorted(claim[1:]) == ["EGY", "KEN"]
    assert claim[1] == {"exports": "KEN", "imports": "EGY"}[claim[0]]


def test_an_organisation_that_trades_in_nothing_is_no_partner() -> None:
    text = "Fiji left the WTO talks, Canada said. The two-way trade was worth $9 million in 2022."
    assert "WTO" not in "".join(told(text)[0][1:])


def test_a_participle_belongs_to_who_opens_its_clause() -> None:
    assert told("Germany has overtaken the USA as a market, buying goods worth $3 billion.") == [("imports", "DEU", "")]


@pytest.mark.parametrize("called", ["top supplier of Germany", "main gas supplier to Germany"])
def test_who_has_a_supplier_buys(called: str) -> None:
    assert told(f"Norway is the {called}, delivering 33 percent of its imports.") == [("imports", "DEU", "NOR")]


def test_a_flow_to_that_country_goes_to_the_one_named_before() -> None:
    text = "China loves wood. Exports of Latvian wood to that country fell by a third."
    assert told(text) == [("exports", "LVA", "CHN")]


@pytest.mark.parametrize(
    "text",
    [
        "Nigeria imported little. Its main partner was Togo, which imported goods worth $60 million from Nigeria.",
        "Nigeria's imports were $9 million. Togo imported goods worth $60 million from Nigeria.",
    ],
)
def test_who_imports_by_his_own_verb_is_the_reporter(text: str) -> None:
    assert told(text)[-1] == ("imports", "TGO", "NGA")


@pytest.mark.parametrize("tops", ["topped the list of", "headed the ranking of", "leads the table of"])
def test_who_tops_a_list_of_partners_is_one(tops: str) -> None:
    text = f"Russia {tops} countries from which Turkey imports at $1.9 billion, followed by Germany with $1.6 billion."
    assert told(text) == [("imports", "TUR", "RUS"), ("imports", "TUR", "DEU")]


def test_what_is_built_for_a_sum_is_in_the_country_that_builds() -> None:
    assert told("Turkmenistan launched a $2 billion project to build a new port.") == [("investment", "", "TKM")]


def test_the_second_verb_of_a_subject_has_its_own_sides() -> None:
    text = "Peru sold gold worth $5 billion to Japan and bought goods worth $4 billion."
    assert told(text) == [("exports", "PER", "JPN"), ("imports", "PER", "JPN")]


def test_who_follows_in_a_list_has_the_side_of_those_before_him() -> None:
    text = "Ghana's exports to Mali were $90 million in 2023. Togo followed with $60 million."
    assert told(text)[-1] == ("exports", "GHA", "TGO")


def test_a_countrys_goods_that_another_takes_are_its_imports() -> None:
    assert told("Ghana exports cocoa. China took 500 tonnes of Ghanaian cocoa.")[-1] == ("imports", "CHN", "GHA")


def test_the_bureau_whose_figures_are_told_is_that_of_the_reporter() -> None:
    text = "Lithuania and Latvia\n\nLatvia talks. Exports to Spain rose 4 percent, the Central Bank of Lithuania says."
    assert told(text)[-1] == ("exports", "LTU", "ESP")


@pytest.mark.parametrize("part", ["most of them from Japan", "two thirds of which came from Japan", "half of them from Japan"])
def test_whose_are_a_part_of_the_goods_is_not_the_partner_of_all(part: str) -> None:
    text = f"Chile buys.\n\nChile's imports were 33,400 tonnes of steel, {part}."
    assert told(text)[0] == ("imports", "CHL", "")


def test_shares_that_fall_on_partners_are_theirs() -> None:
    text = "Uzbekistan's trade. The largest shares in the turnover fell on China (18.9 %), Russia (18.1 %) and Turkey (4 %)."
    assert told(text) == [("turnover", "UZB", code) for code in ("CHN", "RUS", "TUR")]


def test_who_is_ready_to_sell_is_the_seller_in_a_text_on_another() -> None:
    text = "Egypt and Serbia\n\nEgypt sold Serbia 60,000 tonnes. Serbia was ready to deliver 300,000 tonnes of wheat."
    assert told(text)[-1] == ("exports", "SRB", "EGY")


def test_all_partners_together_are_none() -> None:
    text = "China imported 2 million tons of American beans; counting all origins, imports were 5 million tons."
    assert told(text) == [("imports", "CHN", "USA"), ("imports", "CHN", "")]


def test_its_of_another_clause_owns_nothing_in_this_one() -> None:
    text = "Kenya's exports rose. Uganda raised its orders from Kenya, and Burundi bought goods worth $5 million."
    assert "UGA" not in told(text)[-1][1:]


@pytest.mark.parametrize("words", ["these countries", "those countries", "the countries in the region"])
def test_many_countries_told_together_are_the_bloc_named_last(words: str) -> None:
    text = f"Trade among the Central Asian countries has doubled. Kazakhstan's own trade with {words} stood at $8bn in 2023."
    last = quantity_claims(read_script(read_text(text, date(2024, 8, 8))))[-1]
    assert {*last.reporter, *last.partner} == {"KAZ", "C5"}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Kenya's exports to Oman grew by 5% in 2023.\n\nPurchases rose too. Kenya took 7% more dates from Oman.",
            ("imports", "KEN", "OMN"),
        ),
        (
            "Trade between Kenya and Oman was worth $4 billion, with Kenya selling goods for $3 billion.",
            ("exports", "KEN", "OMN"),
        ),
        (
            "Kenya's trade with Oman came to $4 billion, a share of 3 percent in the country's entire trade.",
            ("turnover", "KEN", "OMN"),
        ),
        (
            "Kenya's trade with Oman came to $4 billion. That is 3 percent of Kenya's overall turnover.",
            ("turnover", "KEN", "OMN"),
        ),
        (
            "Kenya's trade with Oman came to $4 billion. Tea makes up 3 percent of Kenya's total exports.",
            ("exports", "KEN", ""),
        ),
        (
            "Uganda bought goods for $3 million from Kenya. Of Kenya's whole trade, the neighbour has a share of 3 percent.",
            ("turnover", "KEN", "UGA"),
        ),
    ],
)
def test_whose_the_last_number_is_by_what_was_told_before(text: str, sides: tuple[str, str, str]) -> None:
    assert told(text)[-1] == sides


@pytest.mark.parametrize(
    "told",
    [
        "Ten joint projects, for $217 million, are finished.",
        "Four common projects cost $217 million, among them a plant in Nis.",
        "The portfolio of 25 projects is worth $217 million.",
    ],
)
def test_money_of_joint_projects_goes_to_both(told: str) -> None:
    text = f"Serbia and Turkey want closer ties\n\nTrade between Serbia and Turkey grew.\n\nIndustry is one more field. {told}"
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [(claim.reporter, claim.partner) for claim in claims] == [((), ("SRB", "TUR"))]


def test_what_each_of_several_puts_in_is_a_share_of_his_own() -> None:
    text = (
        "The railway costs $4 billion. Another $2 billion is to be paid into its capital by the three states, with China "
        "contributing 51% and Laos and Vietnam 24.5% each."
    )
    assert told(text)[-2:] == [("investment", "CHN", ""), ("investment", "LAO+VNM", "")]


@pytest.mark.parametrize(
    "paid",
    [
        "Another $2 billion comes from the three states as charter capital, in the ratio of 51 percent for China and 24.5 "
        "percent apiece for Laos and Vietnam.",
        "The equity of $2 billion is split in a ratio of 51 percent for China and 24.5 percent each for Laos and Vietnam.",
    ],
)
def test_what_owners_pay_in_is_invested_and_nothing_lent(paid: str) -> None:
    text = f"The railway costs $4 billion. China lends $2 billion of it. {paid}"
    assert [indicator for indicator, *_ in told(text)] == ["investment", "financing", *["investment"] * 3]
    assert told(text)[-2:] == [("investment", "CHN", ""), ("investment", "LAO+VNM", "")]


@pytest.mark.parametrize(
    "bill",
    [
        "half of a bill that the Lao cabinet puts at $4 billion",
        "half of the project, which the ministry values at about $4 billion",
        "towards a scheme the operator estimates at $4 billion",
    ],
)
def test_who_lends_a_part_does_not_pay_what_the_whole_is_estimated_at(bill: str) -> None:
    text = f"A railway is planned across the border of Laos. Japan will lend $2 billion, {bill}."
    claims = [claim for claim in quantity_claims(read_script(read_text(text, date(2024, 6, 15)))) if claim.unit == "USD"]
    assert [(claim.indicator, claim.reporter, claim.modality) for claim in claims] == [
        ("financing", ("JPN",), "target"),
        ("investment", (), "forecast"),
    ]


def test_states_that_share_something_are_the_ones_told_of() -> None:
    text = (
        "Kenya, Uganda and Rwanda will build a railway. Its cost of $2 billion is to be paid in equal parts by the three "
        "participating states."
    )
    assert ("investment", "KEN+RWA+UGA", "") in told(text)


@pytest.mark.parametrize(
    "told_before", ["Tokyo now singles out the mine", "Brussels has long backed the port", "Seoul is interested in the line"]
)
def test_who_only_favours_a_project_is_not_where_it_is(told_before: str) -> None:
    text = (
        f"Georgia builds. Georgia has plans, and Georgia has a sea. {told_before}, a project whose cost is put at $5 billion."
    )
    assert all(partner in ("", "GEO") for indicator, _, partner in told(text) if indicator == "investment")


def test_a_part_of_what_a_country_buys_is_of_its_imports_from_whom_it_comes() -> None:
    text = "Chad and Niger mine more than half of the ore, yet a fifth of the uranium that America imports comes from Russia."
    assert told(text)[-1] == ("imports", "USA", "RUS")


@pytest.mark.parametrize(
    "text",
    [
        "Washington announced agreements worth $3 billion with Kenya.",
        "The U.S. trade office spoke of deals worth $3 billion, in energy and transport, with Kenya.",
    ],
)
def test_who_speaks_of_deals_with_another_is_a_side_of_them(text: str) -> None:
    assert told(text) == [("deal_value", "USA", "KEN")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Mexico sold goods worth $4 billion to Spain. It bought $3 billion of Spanish goods. The surplus was $1 billion.",
            "ESP",
        ),
        ("Serbia's trade with Italy reached 4.1 billion euros. Exports were 1.9 billion euros.", "ITA"),
        ("Ghana's exports to Togo were $40 million and its imports $10 million. The surplus reached $30 million.", "TGO"),
        ("Bolivia's trade with Brazil fell to $3 billion. Bolivia's exports as a whole were $10 billion.", ""),
        ("Serbia's trade with Italy reached 4.1 billion euros. Total exports were 19 billion euros.", ""),
    ],
)
def test_exports_and_balance_split_the_trade_just_told_with_one_partner(text: str, sides: str) -> None:
    assert told(text)[-1][2] == sides


@pytest.mark.parametrize(
    "text",
    [
        "Turkey exports about $4 billion of goods to Bulgaria a year and buys $3.5 billion.",
        "Turkey exports steel worth $2 billion to Bulgaria and buys goods for $900 million.",
    ],
)
def test_a_second_verb_tells_its_own_flow(text: str) -> None:
    assert [claim[0] for claim in told(text)] == ["exports", "imports"]
    assert told(text)[1][1:] == ("TUR", "BGR")


def test_goods_of_an_amount_are_of_the_country_that_is_their_adjective() -> None:
    assert told("Vietnam\n\nThe importers bought $15 billion worth of American energy.") == [("imports", "VNM", "USA")]


def test_the_exports_of_a_country_stay_its_own_behind_imports() -> None:
    text = "Vietnam buys $15 billion worth of American energy. Vietnam's exports to the United States were worth $26 billion."
    assert told(text)[1] == ("exports", "VNM", "USA")


def test_a_whole_of_which_a_part_goes_to_a_partner_is_told_without_one() -> None:
    text = "Kenya and Oman\n\nOman exported 11 million tonnes last year, 60 percent of it to Japan."
    assert told(text) == [("exports", "OMN", ""), ("exports", "OMN", "JPN")]


def test_in_all_governs_no_country() -> None:
    assert told("Ghana sells cocoa to Togo. In all Ghana exported goods worth $12 billion.") == [("exports", "GHA", "")]


def test_who_is_expected_to_sell_is_the_seller() -> None:
    assert told("Chile is expected to sell China 5 million tonnes of copper.") == [("exports", "CHL", "CHN")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The World Bank gave Kenya's railway $20 million in loans for wagons.", ("financing", "WORLD_BANK", "KEN")),
        ("Sweden lent Latvia's railway the equivalent of $100 million for wagons.", ("financing", "SWE", "LVA")),
        ("Japan granted Chile a quota of 5,000 tonnes of beef.", ("tariff", "JPN", "CHL")),
        ("Chile sold the Chinese cherries worth $1.2 billion.", ("exports", "CHL", "CHN")),
        ("Norway supplies the British with 4 million tonnes of oil.", ("exports", "NOR", "GBR")),
        ("Turkey's exports to Iraq rose, and Iran sold Iraq gas for $2 billion.", ("exports", "IRN", "IRQ")),
    ],
)
def test_who_is_given_something_stands_between_the_verb_and_what_is_given(text: str, sides: tuple[str, str, str]) -> None:
    assert told(text) == [sides]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Malaysia would ask Japan for a quota of 900,000 tonnes.", ("tariff", "JPN", "MYS")),
        ("Peru has asked the United States for a quota of 40,000 tonnes of sugar.", ("tariff", "USA", "PER")),
        ("New Zealand has a beef quota of 12,000 tonnes in Japan.", ("tariff", "JPN", "NZL")),
        ("Thailand and the EU\n\nThailand has a quota of 21 million tonnes for tapioca.", ("tariff", "EU", "THA")),
    ],
)
def test_who_has_a_quota_or_asks_for_one_is_the_partner_of_who_grants_it(text: str, sides: tuple[str, str, str]) -> None:
    assert told(text) == [sides]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Peru scraps tariffs on 99 percent of American products.", ("PER", "USA")),
        ("Egypt will phase out tariffs on 90 percent of Serbian goods.", ("EGY", "SRB")),
        ("Serbia and Egypt\n\nThey signed. Serbia cuts its duties on 82 percent of tariff lines.", ("SRB", "EGY")),
        ("Some 90 percent of Serbian goods enter Egypt free of duty.", ("EGY", "SRB")),
    ],
)
def test_who_frees_goods_of_his_duties_levies_them(text: str, sides: tuple[str, str]) -> None:
    assert [claim[1:] for claim in told(text)] == [sides]


@pytest.mark.parametrize(
    "text",
    [
        "Canada announced its answer on Monday. It will levy 25 percent on American steel.",
        "The United States put tariffs on Chinese goods, and Canada answered with levies of 10 percent on American products.",
    ],
)
def test_who_sets_a_duty_may_be_called_it_or_answer_with_it(text: str) -> None:
    assert told(text) == [("tariff", "CAN", "USA")]


@pytest.mark.parametrize(
    "text",
    [
        "The United States put tariffs on $200 billion of Chinese goods.",
        "Brussels threatens India with duties on goods worth $3 billion and on another $1 billion in June.",
    ],
)
def test_the_worth_of_goods_that_a_duty_falls_on_is_no_claim(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The United States put duties of 2.5 percent on about $34 billion of Chinese goods.",
        "The United States put tariffs of 25 percent on $200 billion of Chinese goods.",
    ],
)
def test_the_worth_that_a_rate_of_duty_falls_on_is_no_claim(text: str) -> None:
    assert told(text) == [("tariff", "USA", "CHN")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Imports of Peru reached $3.4 billion in 2023, up 6 percent on $3.2 billion in 2022.", ("imports", "PER", "")),
        ("Imports of Peru reached $3.4 billion in 2023, an increase of 6 percent on $3.2 billion.", ("imports", "PER", "")),
        ("Despite the tariffs imports of Peru reached $3.4 billion, up 6 percent on $3.2 billion.", ("imports", "PER", "")),
        ("The bank lent at 5 percent on $3 billion to Peru for the railway.", ("financing", "", "PER")),
    ],
)
def test_a_sum_behind_a_growth_or_an_interest_is_not_under_duty(text: str, found: tuple[str, str, str]) -> None:
    assert told(text)[-1] == found


def test_goods_under_duty_are_read_once_in_a_sentence_of_any_length() -> None:
    text = "China set tariffs on $5 million of goods" + ", on another $2 million" * 3000 + "."
    with mock.patch("pipeline.claims.quantities.claims.pattern", wraps=pattern) as asked:
        assert told(text) == []
    assert sum(call.args[0].startswith("taxed") for call in asked.call_args_list) <= 3 * 3001


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Peru had asked Chile for talks and Japan cut its quota to 5,000 tonnes of sugar.", ("tariff", "JPN", "")),
        ("Peru used its power to cut the quota of 5,000 tonnes of sugar from Chile.", ("tariff", "PER", "CHL")),
        ("Peru had cut the quota of 5,000 tonnes of sugar from Chile.", ("tariff", "PER", "CHL")),
        ("Peru has used its quota of 5,000 tonnes of sugar in Chile.", ("tariff", "CHL", "PER")),
    ],
)
def test_who_acts_on_a_quota_does_not_hold_it(text: str, sides: tuple[str, str, str]) -> None:
    assert told(text) == [sides]


def test_a_duty_on_the_flow_just_told_is_between_its_two_sides() -> None:
    text = "Australia's exports to China were worth $1.2 billion before the duties of 218 percent. They fell to $8 million."
    assert told(text) == [("exports", "AUS", "CHN"), ("tariff", "CHN", "AUS"), ("exports", "AUS", "CHN")]


def test_an_instrument_between_two_holds_the_promise_of_one() -> None:
    text = "EFTA and India sign\n\nEFTA and India signed a pact. It contains a promise of $3 billion of investment in India."
    assert told(text) == [("investment", "EFTA", "IND")]


def test_a_loan_that_built_something_went_to_the_country_where_it_stands() -> None:
    text = (
        "Mozambique opens a port\n\nMozambique opened a terminal at Nacala. It was built with a Japanese loan of $290 million."
    )
    assert told(text) == [("financing", "JPN", "MOZ")]


def test_what_led_a_rise_is_no_partner_of_the_whole() -> None:
    text = "Canada's exports to other countries rose 3 percent, led by gold bound for the United Kingdom."
    assert told(text) == [("exports", "CAN", "")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Vietnam's exports rose. The Southeast Asian country sold goods worth $4 million.", ("VNM", "")),
        ("Bolivia sold tin to China. Exports from the South American nation to China were $4 million.", ("BOL", "CHN")),
        ("Tea is 5% of Peru's exports and 1% of total shipments from the South American country.", ("PER", "")),
        ("The imports of Kenya from Uganda were $4 million.", ("KEN", "UGA")),
        ("Imports of Ugandan tea by Kenya were $4 million.", ("KEN", "UGA")),
    ],
)
def test_a_country_told_by_its_region_or_behind_its_imports(text: str, sides: tuple[str, str]) -> None:
    assert told(text)[-1][1:3] == sides


def test_a_statistics_office_writes_of_its_own_country() -> None:
    text = (
        "MAURITIUS STATISTICS OFFICE\nOverseas Trade, First Quarter 2019\n\nTotal imports were valued at $912 million. "
        "On the import side, India supplied goods worth $201 million, China $190 million and South Africa $88 million."
    )
    assert told(text) == [
        ("imports", "MUS", ""),
        ("imports", "MUS", "IND"),
        ("imports", "MUS", "CHN"),
        ("imports", "MUS", "ZAF"),
    ]


def test_a_name_and_the_adjective_behind_it_are_two_sides() -> None:
    text = "Turkey has invested $15 billion in Azerbaijan, and Azerbaijani investments in Turkey reached $20 billion."
    assert told(text) == [("investment", "TUR", "AZE"), ("investment", "AZE", "TUR")]


def test_who_ships_trades_by_whatever_mode() -> None:
    text = "Japan's coal\n\nJapan's imports of coal fell to 24 million tonnes. Chad and Mali will each ship one million tonnes."
    assert told(text)[-1] == ("imports", "JPN", "MLI+TCD")


def test_the_same_flow_behind_that_of_the_partner_is_the_countrys_own() -> None:
    text = (
        "Serbia's trade with China\n\nSerbia looks east. China bought Serbian goods for $1.2 billion last year. "
        "Imports were $4.6 billion, which left a gap of $3.4 billion."
    )
    assert told(text) == [("imports", "CHN", "SRB"), ("imports", "SRB", "CHN"), ("balance", "SRB", "CHN")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Chad's railway has won a loan of $1.5 billion from a group of banks.", ("financing", "", "TCD")),
        ("Malawi's port\n\nMalawi has one port. Malawi is dredging the port for $12 million.", ("investment", "MWI", "MWI")),
        ("Benin and Nigeria exchange goods for $1 billion.", ("turnover", "BEN", "NGA")),
    ],
)
def test_who_wins_a_loan_builds_at_home_or_exchanges_goods(text: str, sides: tuple[str, str, str]) -> None:
    assert told(text) == [sides]


def test_a_clause_behind_a_colon_splits_the_trade_of_two() -> None:
    text = "Two-way trade was $15 billion: the Philippines sold Korea goods worth $4 billion and bought for $11 billion."
    assert [claim[0] for claim in told(text)] == ["turnover", "exports", "imports"]
    assert told(text)[1:] == [("exports", "PHL", "KOR"), ("imports", "PHL", "KOR")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Kenya bought maize of Uganda for $9 million. Uganda's sales to Kenya were $400 million.",
            ("exports", "UGA", "KEN"),
        ),
        (
            "Norway's fish\n\nNorway's exports rose. China is Norway's third market, behind Poland and Denmark, with 7 percent "
            "of its exports.",
            ("exports", "NOR", "CHN"),
        ),
        (
            "Qatar will sell Bangladesh 2 million tonnes of gas. Dhaka takes 2 million from Qatar and 1 million from Oman.",
            ("exports", "OMN", "BGD"),
        ),
        (
            "Qatar will sell Bangladesh 2 million tonnes of gas. Bangladesh needs it. Its terminals can take 7 million tonnes.",
            ("capacity", "BGD", ""),
        ),
    ],
)
def test_sides_of_a_flow_told_from_its_other_end(text: str, last: tuple[str, str, str]) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize("trouble", ["the Ukraine war", "the Ukraine conflict", "Russia's invasion and the Yemen crisis"])
def test_where_there_is_war_is_no_side_of_the_trade_that_it_hits(trouble: str) -> None:
    found = told(f"Polish exports to Chile, not yet hit by {trouble}, rose 14 percent in January.")
    assert found == [("exports", "POL", "CHL")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("China's capital investments in Kazakhstan amounted to $2 billion.", ("investment", "CHN", "KAZ")),
        ("Britain's war loans to Ukraine reached $3 billion.", ("financing", "GBR", "UKR")),
        ("Korea's time deposits fell. Ukraine's conflict-hit exports to Poland fell to $3 billion.", ("exports", "UKR", "POL")),
    ],
)
def test_what_a_country_owns_is_its_own_whatever_stands_between(text: str, last: tuple[str, str, str]) -> None:
    assert told(text)[-1] == last


def test_the_country_of_a_currency_written_apart_from_its_sign_is_no_side() -> None:
    text = "Kenya's export earnings came to US $ 3.6 billion in 2015. Tea fetched US $ 1.2 billion, a growth of 12 per cent."
    assert told(text) == [("exports", "KEN", "")] * 3


def test_whose_flow_a_share_is_of_may_stand_some_words_before_it() -> None:
    text = "India and China now account for 90 per cent of Russia's seaborne crude oil exports."
    assert told(text) == [("exports", "RUS", "CHN+IND")]


def test_products_supplied_at_home_are_no_exports() -> None:
    text = (
        "The US exported 3 million barrels of oil per day last week. Products supplied averaged 19.9 million barrels per day."
    )
    assert told(text) == [("exports", "USA", "")]
