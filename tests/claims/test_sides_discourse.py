"""Sides that a sentence leaves to the text: whose country `our` is, whom a stand-in means, whose freight goes on."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

Told = list[tuple[str, str, str]]


def trade(text: str) -> Told:
    """Indicator, reporter and partner of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return [(claim.indicator, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


def carriers(text: str) -> list[str]:
    """The reporter of each claim."""
    return ["+".join(claim.reporter) for claim in quantity_claims(read_script(read_text(text, date(2024, 6, 15))))]


@pytest.mark.parametrize(
    "text",
    [
        "China is everywhere. China builds in Kenya, and China sells there.\n\n"
        "Our exports to China came to $200 million, the Kenyan minister said.",
        "Kenya's tea\n\nTea is loved in China, in China's north above all. Our exports to China came to $200 million.",
        "NAIROBI, June 4 - Buyers in China want more.\n\nKenya hopes. Our exports to China came to $200 million.",
    ],
)
def test_our_exports_are_those_of_the_country_that_speaks(text: str) -> None:
    assert trade(text)[-1] == ("exports", "KEN", "CHN")


def test_who_lends_us_money_lends_it_to_the_country_that_speaks() -> None:
    text = "Latvia plans\n\nLatvia builds a line, and Latvia needs money. Sweden will lend us 200 million euros."
    assert trade(text)[-1] == ("financing", "SWE", "LVA")


@pytest.mark.parametrize("sum_told", ["Rs 900 crore", "900 crore rupees"])
def test_a_text_that_counts_in_a_countrys_money_is_on_that_country(sum_told: str) -> None:
    text = (
        f"Jewellers look to Oman\n\nOman is a market, Oman's buyers say. In India shops are full.\n\n"
        f"Shipments to Oman were {sum_told} in May. Exports were {sum_told} in April."
    )
    assert ("exports", "IND", "OMN") in trade(text)


@pytest.mark.parametrize(
    ("opening", "stand_in", "partner"),
    [
        ("Spain trades with Morocco.", "the kingdom", "MAR"),
        ("Chile looked at Bolivia.", "that country", "BOL"),
        ("Serbia and Hungary met.", "the latter", "HUN"),
        ("Poland thinks of Slovakia.", "its neighbour", "SVK"),
        ("Norway is close to the EU.", "the bloc", "EU"),
    ],
)
def test_a_word_that_stands_for_a_country_is_a_side(opening: str, stand_in: str, partner: str) -> None:
    assert trade(f"{opening} Polish exports to {stand_in} were worth $540 million.")[-1] == ("exports", "POL", partner)


def test_dollars_of_the_united_states_are_no_pronoun() -> None:
    assert trade("Chile sells copper. Exports as a whole came to US$6.4bn.")[-1] == ("exports", "CHL", "")


def test_a_port_keeps_its_figures_after_a_part_of_them_has_another_country() -> None:
    text = (
        "Durres\n\nThe port of Durres handled 3 million tonnes of cargo. Trucks of Italy were 40% of all.\n\n"
        "Tankers lifted 600,000 tonnes of fuel."
    )
    assert carriers(text)[0] == carriers(text)[-1] == "ALB"


@pytest.mark.parametrize(
    ("opening", "told", "site"),
    [
        ("The port of Mersin was widened.", "It cost $15 million.", "TUR"),
        ("Work goes on between Plovdiv and Burgas.", "The cost is put at $15 million.", "BGR"),
        ("The new line in Chad is ready.", "Its cost was $15 million.", "TCD"),
    ],
)
def test_what_a_thing_costs_is_spent_where_the_paragraph_has_it(opening: str, told: str, site: str) -> None:
    assert trade(f"News of works\n\n{opening} {told}")[-1] == ("investment", "", site)


def test_money_for_a_thing_told_of_is_given_to_its_country() -> None:
    text = "Uganda's new road\n\nUganda wants a road. The road costs $90 million. Japan will finance $30 million of it."
    assert trade(text)[-1] == ("financing", "JPN", "UGA")


def test_its_means_the_noun_that_the_sentence_opens_with() -> None:
    text = "Peru sells copper. China buys it. The bank cut its forecast for this year's trade surplus to $2 billion."
    assert trade(text)[-1] == ("balance", "PER", "")


def test_a_whole_whose_parts_are_told_has_no_partner() -> None:
    text = "Nepal and India\n\nNepal exported 70,000 tons of rice, of which 40,000 went to India and 30,000 to Bhutan."
    assert trade(text)[0] == ("exports", "NPL", "")


@pytest.mark.parametrize(
    "opening",
    ["Kazakhstan used to ship wheat and now ships flour.", "Kazakhstan still supplies wheat.", "Kazakh exports go on."],
)
def test_a_flow_told_of_without_a_number_goes_on_in_the_next_sentence(opening: str) -> None:
    text = f"What Afghanistan buys\n\nAfghanistan eats. Afghanistan buys.\n\n{opening} Deliveries rose by 37 percent."
    assert trade(text)[-1] == ("exports", "KAZ", "AFG")


@pytest.mark.parametrize("verb", ["said its exports had", "reported that its exports", "said on Monday that its exports"])
def test_whoever_speaks_of_his_own_flow_is_a_side(verb: str) -> None:
    text = f"Hungary stopped exports to Serbia, and Croatia {verb} dropped by 40 percent."
    assert trade(text)[-1] == ("exports", "HRV", "")


def test_a_duty_on_exports_is_levied_by_the_country_that_the_text_is_on() -> None:
    text = "Indonesia's ore\n\nIndonesia digs ore and sells ore. Miners must pay an export tax that starts at 25 percent."
    assert trade(text)[-1] == ("tariff", "IDN", "")


def test_a_duty_told_of_without_its_rate_has_its_sides_later() -> None:
    text = (
        "China dropped its duties on Australian barley. They were high.\n\nThe price of barley rose.\n\n"
        "From May 2020 until Saturday the duty was 80.5 percent."
    )
    assert trade(text)[-1] == ("tariff", "CHN", "AUS")


def test_a_lead_that_names_two_sides_gives_the_partner_where_there_is_no_headline() -> None:
    text = (
        "The bureau says that Nigeria's exports to the countries of ECOWAS reached $1.5 billion in the third quarter.\n"
        "Other exports include electrical energy valued at $59 million."
    )
    assert trade(text)[-1] == ("exports", "NGA", "ECOWAS")


@pytest.mark.parametrize("words", ["The two largest ships of Canada came.", "Two cranes from Canada work."])
def test_a_port_that_opens_a_text_is_whose_figures_it_tells(words: str) -> None:
    text = f"The Port of Los Angeles handled 2 million TEU.\n\n{words}\n\nThroughput dipped in March to 612,863 TEU."
    assert carriers(text)[-1] == "USA"


def test_a_text_is_not_on_a_country_that_it_names_once() -> None:
    text = "Freight rates fell\n\nIron ore prices fell in China.\n\nThe traffic was down 9 percent at 200,000 tonnes."
    assert set(carriers(text)) <= {""}


def test_whose_statistics_are_quoted_is_no_destination() -> None:
    text = "According to Geostat, Georgia's exports increased by 7.9 percent."
    assert trade(text) == [("exports", "GEO", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Chad ranked first in 2022, as it imported 900,000 tons of Sudanese grain. Niger came second with 500,000 tons.",
        "The largest buyer of Sudanese grain in 2022 was Chad with 900,000 tons. Niger took third place with 500,000 tons.",
        "The main importer of Sudanese grain in 2022 was Chad with 900,000 tons, followed by Niger with 500,000 tons.",
        "The top customer for Sudanese grain was Chad, which imported 900,000 tons. Niger followed with 500,000 tons.",
    ],
)
def test_who_takes_the_next_place_is_on_the_side_of_the_first(text: str) -> None:
    assert trade(text) == [("imports", "TCD", "SDN"), ("imports", "NER", "SDN")]


@pytest.mark.parametrize("opening", ["Of the total turnover", "Of this", "Of that sum", "Within this total"])
def test_parts_of_a_trade_just_told_have_its_partner(opening: str) -> None:
    text = f"Trade between Ghana and Togo amounted to $1.4 billion in 2022.\n\n{opening}, exports made up $0.9 billion."
    assert trade(text)[-1] == ("exports", "GHA", "TGO")


def test_parts_of_freight_just_told_are_of_whose_it_is() -> None:
    text = "In the first quarter the port of Tema handled 300,000 TEU.\n\nWithin this total, laden boxes came to 200,000 TEU."
    assert carriers(text) == ["GHA", "GHA"]


def test_an_agency_that_has_seen_a_report_is_no_side() -> None:
    text = "A report by the ports authority seen by Reuters said 2 million tonnes of cargo moved through the port of Tema."
    assert carriers(text) == ["GHA"]


@pytest.mark.parametrize(
    "title",
    [
        "Malaysia's exports dip as U.S. tariffs bite",
        "Malaysia's trade shrinks amid U.S. duties",
        "Malaysia's exports fall despite EU sanctions",
    ],
)
def test_whose_duties_a_headline_gives_as_its_occasion_is_no_partner(title: str) -> None:
    text = f"{title}\n\nMalaysia's exports dropped 4 percent to $20 billion in May.\n\nImports slipped to $18 billion."
    assert {partner for _, _, partner in trade(text)} == {""}


@pytest.mark.parametrize(
    "phrase", ["countries other than Singapore", "markets outside Singapore", "all partners except Singapore"]
)
def test_a_side_that_a_flow_is_told_without_is_no_partner(phrase: str) -> None:
    assert trade(f"Malaysia's exports fell in May. Its exports to {phrase} rose to $5 billion.")[-1] == ("exports", "MYS", "")


@pytest.mark.parametrize(
    "part",
    [
        "Of the lint, 1 million tons went to Egypt.",
        "Egypt was sent 1 million tons.",
        "Of this, 1 million tons was sold to Egypt.",
    ],
)
def test_parts_of_a_flow_told_with_words_of_carriage_stay_that_flow(part: str) -> None:
    text = f"Chad exported 5 million tons of cotton in 2023. The volume included 2 million tons of lint. {part}"
    assert [indicator for indicator, _, _ in trade(text)] == ["exports"] * 3
    assert trade(text)[-1] == ("exports", "TCD", "EGY")


def test_a_new_paragraph_is_back_on_the_port_that_the_text_is_on() -> None:
    text = (
        "Cargo through Durres port up\n\nThe port handled 4 million tons of cargo in 2023.\n\n"
        "Of the cargo, 1 million tons passed through the Italian port of Bari.\n\nTransit by rail rose to 2 million tons."
    )
    assert carriers(text)[-1] == "ALB"


@pytest.mark.parametrize("lead", ["A conversation with Anna Berzina, who ran a port.", "An interview with Ms Anna Berzina."])
def test_who_is_asked_is_who_answers(lead: str) -> None:
    text = (
        f"Ice and iron\n\n{lead}\n\nHow much came by sea?\n\nThe port handled 4 million tons of cargo in 2023.\n\n"
        "And by rail?\n\nRailways carried 1 million tons of cargo in 2023.\n\nWhat next?\n\nSpring."
    )
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert {claim.attributed_to for claim in claims} == {"Anna Berzina"}


def test_it_is_the_corridor_that_the_sentence_before_was_on() -> None:
    text = "For all the speeches, the Middle Corridor is a small road. It carried 1.2 million tons of cargo in 2023."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [claim.corridor for claim in claims] == ["TITR"]


@pytest.mark.parametrize(
    "sentence",
    [
        "In March 2024, it found, Peru exported 12% less than a year earlier and imported 8% less.",
        "According to the fund, Peru sold 12% less abroad in March and imported 8% less.",
        "In March, Peru's exports dropped 12% and its imports 8%, Eurostat reported.",
    ],
)
def test_a_new_source_that_tells_of_both_flows_of_a_country_tells_of_all_its_trade(sentence: str) -> None:
    text = f"Trade between Peru and Chile fell to $2 billion, the minister said.\n\nThe IMF looked at it too. {sentence}"
    assert trade(text)[1:] == [("exports", "PER", ""), ("imports", "PER", "")]


def test_both_flows_told_on_by_the_same_source_keep_the_partner() -> None:
    text = "Peru's trade with Chile came to $2 billion in 2023. Peru exported 12% less and imported 8% less."
    assert trade(text)[1:] == [("exports", "PER", "CHL"), ("imports", "PER", "CHL")]


@pytest.mark.parametrize(
    ("opening", "sides"),
    [
        ("Gas deliveries from Iran to Iraq begin in May.", "IRN IRQ"),
        ("Shipments of gas from Algeria to Italy resumed.", "DZA ITA"),
        ("Supplies of gas from Turkmenistan to Tajikistan start again.", "TKM TJK"),
        ("In June exports of gas from Egypt to Jordan were resumed.", "EGY JOR"),
    ],
)
def test_an_amount_behind_deliveries_without_one_is_of_their_sellers_and_buyers(opening: str, sides: str) -> None:
    text = f"{opening} Energy Minister Ahmet Kaya expects 1.3 billion cubic meters this year."
    assert [told for told in trade(text) if told[0] == "exports"] == [("exports", *sides.split())]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ethiopia pays Djibouti well and sells half of its coffee to Oman.", ("exports", "ETH", "OMN")),
        ("Kenya sold Uganda 5 tons of gold and bought 3 tons of it.", ("imports", "KEN", "UGA")),
        ("Kenya beat Uganda and exports rose to 30 million tons.", ("exports", "KEN", "")),
        ("Kenya, Uganda and Chad sold 3 tons of gold.", ("exports", "KEN+TCD+UGA", "")),
        ("Peru said Chile builds ports and exports 3 million tons of copper.", ("exports", "CHL", "")),
    ],
)
def test_the_object_of_a_verb_is_not_who_does_what_its_subject_does_too(text: str, last: tuple[str, str, str]) -> None:
    assert trade(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Chad sold 3 tons of gold to Oman in May. Revenue from the sales halved to $4 million.", ("exports", "TCD", "OMN")),
        ("Chile exported 38,000 tons of fruit to Japan. The fruit fetched $41 million.", ("exports", "CHL", "JPN")),
        ("The EU taxes Canadian canola. Canada ships 40 percent of its canola to China.", ("exports", "CAN", "CHN")),
        ("Brazil faces a duty of 50%. It sends a third of its coffee to Japan.", ("exports", "BRA", "JPN")),
    ],
)
def test_what_is_told_of_goods_sold_is_of_their_sale(text: str, last: tuple[str, str, str]) -> None:
    assert trade(text)[-1] == last


@pytest.mark.parametrize(
    ("opening", "other", "flow", "told"),
    [
        (
            "Morocco's exports rise\n\nMorocco's exports rose to $3 billion in May, Morocco's statisticians said.",
            "Spain raised its imports of fish by 12 percent.",
            "Exports to Ghana came to $90 million.",
            ("exports", "MAR", "GHA"),
        ),
        (
            "Jordan buys more wheat\n\nJordan imported 60,000 tons of wheat in May. Jordan's stores are full.",
            "Egypt bought 300,000 tons.",
            "Imports from Romania fell to 20,000 tons.",
            ("imports", "JOR", "ROU"),
        ),
        (
            "Vietnam's coffee sells well\n\nVietnam sold 160,000 tons of coffee abroad in May. Vietnam's growers are glad.",
            "Brazil exported 230,000 tons of coffee.",
            "Sales to Germany amounted to 24,000 tons.",
            ("exports", "VNM", "DEU"),
        ),
        (
            "Peru's copper\n\nPeru exported 180,000 tons of copper in May. Peru's mines worked without a strike.",
            "Chile shipped 400,000 tons of copper.",
            "Shipments to Japan rose by 8 percent.",
            ("exports", "PER", "JPN"),
        ),
    ],
)
def test_behind_a_remark_on_another_the_next_paragraph_is_on_the_country_of_the_text(
    opening: str, other: str, flow: str, told: tuple[str, str, str]
) -> None:
    assert trade(f"{opening}\n\n{other}\n\n{flow}")[-1] == told


def test_a_remark_goes_on_where_the_country_of_the_text_was_told_the_other_flow() -> None:
    opening = "Jordan's wheat\n\nJordan bought 300,000 tons of wheat in May. Jordan's stores are full."
    other = "Romania exported 2 million tons of wheat in May.\n\nShipments to Oman were 500,000 tons."
    assert trade(f"{opening}\n\n{other}")[-1] == ("exports", "ROU", "OMN")


def test_a_paragraph_on_another_country_goes_on_with_its_flow() -> None:
    opening = "Peru's copper\n\nPeru exported 180,000 tons of copper in May. Peru's mines worked without a strike."
    other = "Chile shipped 400,000 tons of copper. Shipments to Japan rose by 8 percent."
    assert trade(f"{opening}\n\n{other}")[-1] == ("exports", "CHL", "JPN")
