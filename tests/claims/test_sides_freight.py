"""Reporter, origin and destination of freight numbers, and what holds of the sides of any text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.reading import read_text

PIECES = [
    "Kazakhstan",
    "Kazakh ",
    "China's ",
    " to ",
    " from ",
    " between ",
    " and ",
    " through ",
    "exports",
    " imports ",
    "trade ",
    "Baku",
    "the Port of ",
    "Russian Railways",
    " carried ",
    " sold ",
    " in the opposite direction ",
    " such shipments ",
    "the two countries ",
    "its ",
    " $5 billion",
    " 12 percent",
    " 3 million tonnes of wheat",
    " 500 km",
    "each other",
    "respectively",
    ", ",
    ". ",
    "\n\n",
    "(",
    ")",
    ": ",
    "-",
]


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Indicator, reporter, origin and destination of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return [
        (claim.indicator, "+".join(claim.reporter), "+".join(claim.origin), "+".join(claim.destination)) for claim in claims
    ]


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("Cargo traffic from China to Europe through Kazakhstan rose 12 percent.", "CHN", "EUROPE"),
        ("Some 20,000 tonnes of Russian wheat reached Armenia by rail through Azerbaijan.", "RUS", "ARM"),
        ("A ship with 27,000 tonnes of corn left Odesa for Lebanon.", "UKR", "LBN"),
        ("The tanker carried 80,000 tonnes of crude from Ceyhan to Trieste.", "TUR", "ITA"),
    ],
)
def test_goods_on_their_way_have_a_start_and_an_end_and_no_reporter(text: str, origin: str, destination: str) -> None:
    assert told(text) == [("cargo", "", origin, destination)]


@pytest.mark.parametrize(
    ("text", "reporter"),
    [
        ("The port of Poti handled 5 million tons of cargo in 2023.", "GEO"),
        ("Latvian ports handled 39 million tonnes of cargo.", "LVA"),
        ("Russian Railways moved 102 million tonnes of freight in May.", "RUS"),
        ("Freight traffic between Turkey and Iran by rail reached 600,000 tons.", "IRN+TUR"),
    ],
)
def test_a_railway_s_or_port_s_own_figure_has_its_country_as_reporter(text: str, reporter: str) -> None:
    assert told(text) == [("cargo", reporter, "", "")]


def test_transit_that_is_a_country_s_own_figure_keeps_it_as_reporter() -> None:
    text = "Kazakhstan's transit of Chinese goods to Europe rose to 1.2 million tons."
    assert told(text) == [("cargo", "KAZ", "CHN", "EUROPE")]


def test_a_railway_that_carries_for_others_is_reporter_beside_start_and_end() -> None:
    assert told("Kazakhstan Temir Zholy carried 20,000 TEU from China to Europe.") == [("containers", "KAZ", "CHN", "EUROPE")]


def test_what_arrives_at_the_stations_of_the_republic_ends_in_the_railway_s_country() -> None:
    text = "Kazakhstan Temir Zholy in 2023\n\nFrom China 612 trains have arrived to the stations of the republic."
    assert told(text) == [("movements", "KAZ", "CHN", "KAZ")]


def test_exports_and_imports_of_a_railway_start_and_end_in_its_country() -> None:
    text = (
        "Kazakhstan Temir Zholy in 2023\n\nThe railway carried 60 million tonnes of freight.\n\n"
        "Export freight: 12 million tonnes.\n\nImport freight: 8 million tonnes."
    )
    assert told(text)[1:] == [("cargo", "KAZ", "KAZ", ""), ("cargo", "KAZ", "", "KAZ")]


def test_the_way_back_turns_start_and_end_round() -> None:
    text = "A 40-foot box from Shanghai to Genoa costs $6,300 and, in the opposite direction, $900."
    assert told(text) == [("freight_rate", "", "CHN", "ITA"), ("freight_rate", "", "ITA", "CHN")]


@pytest.mark.parametrize(
    ("text", "reporter", "origin", "destination"),
    [
        ("The 570-kilometre line from Baku to Tbilisi was electrified in 1980.", "", "AZE", "GEO"),
        ("The railway links Kashgar with Andijan and is 520 km long.", "CHN+UZB", "", ""),
        ("The new road will run for 450 km through Mongolia.", "MNG", "", ""),
        ("The pipeline crosses 300 km of Georgian territory.", "GEO", "", ""),
        ("The line from Almaty to Aktau is 2,500 km long.", "KAZ", "", ""),
        ("The pipeline will run 1,850 km from the Georgian border to the Greek border.", "", "GEO", "GRC"),
    ],
)
def test_a_line_has_two_ends_or_the_countries_that_it_lies_in(text: str, reporter: str, origin: str, destination: str) -> None:
    assert told(text) == [("distance", reporter, origin, destination)]


def test_a_line_named_by_its_ends_is_both_countries_own() -> None:
    text = "Kenya-Uganda railway recovers\n\nThe railway carried 1.2 million tonnes of freight last year."
    assert told(text) == [("cargo", "KEN+UGA", "", "")]


def test_to_and_from_is_no_direction() -> None:
    assert told("Georgia\n\nContainers to and from Turkey carried by rail rose 5 percent.")[0][2:] == ("", "")


@settings(deadline=None, max_examples=150)  # the first example loads the lexicons
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join))
def test_sides_of_any_text_are_codes_of_the_vocabulary_without_repeats(text: str) -> None:
    known = {*vocabulary().countries, *vocabulary().blocs}
    for claim in quantity_claims(read_script(read_text(text))):
        trade = claim.family == "trade"
        assert not (claim.origin or claim.destination if trade else claim.partner)
        for side in (claim.reporter, claim.partner, claim.origin, claim.destination):
            assert set(side) <= known
            assert list(side) == sorted(set(side))


@pytest.mark.parametrize("verb", ["have loaded", "are due to load", "are loading"])
def test_what_ships_load_starts_in_the_country_of_the_port(verb: str) -> None:
    text = f"The port of Rouen is busy.\n\nSix ships {verb} 90,000 tonnes of barley."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert {(claim.reporter, claim.origin) for claim in claims if claim.indicator == "cargo"} == {(("FRA",), ("FRA",))}


def test_who_speaks_of_freight_for_a_railway_tells_of_his_own() -> None:
    text = "Trains ran between China and Poland, 900 in May.\n\nGeorgian Railway said 400,000 tonnes were carried in May."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert claims[-1].reporter == ("GEO",)


def test_freight_goes_on_without_its_countries_into_another_paragraph_only_for_a_railway_or_port() -> None:
    text = "Freight between China and Poland grew to 2 million tonnes.\n\nWorld demand in tonne-kilometres stood 9.4% higher."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert claims[-1].reporter == ()


@pytest.mark.parametrize(
    ("told_of", "origin", "destination"),
    [("4.6 million tons imports", "", "AZE"), ("1.8 million tons exports", "AZE", "")],
)
def test_a_railways_imports_and_exports_come_in_and_go_out(told_of: str, origin: str, destination: str) -> None:
    text = f"Azerbaijan Railways carried 15 million tons, of which {told_of}."
    assert told(text)[-1] == ("cargo", "AZE", origin, destination)


def test_trains_that_pass_through_a_country_do_not_start_there() -> None:
    text = "Azerbaijan Railways is busy. Of 112 block trains that passed through the country 71 trains were bound for Georgia."
    assert told(text)[-1] == ("movements", "AZE", "", "GEO")


@pytest.mark.parametrize(
    ("told_of", "origin", "destination"),
    [("unloaded at the terminal", "CHN", "USA"), ("loaded at the terminal", "USA", "CHN")],
)
def test_a_share_of_what_a_port_lands_comes_from_its_holder(told_of: str, origin: str, destination: str) -> None:
    text = f"The Port of Savannah moved 4 million TEU. China accounts for 34 percent of the containers {told_of}."
    assert told(text)[-1] == ("containers", "USA", origin, destination)


@pytest.mark.parametrize(
    "text",
    [
        "The railway is old. By rail Gyumri to Kars is a line of 66 kilometres.",
        "The line from Gyumri in Armenia to Kars in Turkey runs for 66 kilometres.",
        "The railway (Gyumri-Tbilisi-Kars) is said to be 66 km or 70 km long.",
    ],
)
def test_a_distance_has_the_ends_of_its_way(text: str) -> None:
    assert set(told(text)) == {("distance", "", "ARM", "TUR")}


@pytest.mark.parametrize(
    ("opening", "train"),
    [
        ("Rice from Pakistan is on its way to Uzbekistan.", "The train of 20 wagons left on Monday."),
        ("A shipment of Pakistani rice was sent to Uzbekistan.", "The consignment of 20 wagons reached the border."),
        ("Wagons bound for Uzbekistan wait.", "A train of 20 wagons with about 900 tons of Pakistani rice left on its way."),
        ("Rice from Egypt is bound for Uzbekistan.", "Pakistan followed with a train of 20 wagons."),
    ],
)
def test_a_train_of_a_consignment_told_of_has_its_goods_and_its_ends(opening: str, train: str) -> None:
    claims = quantity_claims(read_script(read_text(f"{opening} {train}", date(2024, 6, 15))))
    told = next(claim for claim in claims if claim.unit == "wagon")
    assert (told.origin, told.destination, told.commodity) == (("PAK",), ("UZB",), "rice")


def test_trains_of_a_year_are_no_consignment_told_of() -> None:
    text = "Rice from Pakistan is on its way to Uzbekistan. In 2023 the railways of Chile ran 310 freight trains."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [(claim.origin, claim.commodity) for claim in claims if claim.unit == "train"] == [((), None)]


@pytest.mark.parametrize("carrier", ["according to Kazakhstan Railways", "KTZ said"])
def test_parts_of_a_corridors_freight_stay_its_own_whoever_tells_them(carrier: str) -> None:
    text = (
        f"Rail freight on the Middle Corridor\n\nBy rail the Middle Corridor carried 2.6 million tons in 2023, {carrier}.\n\n"
        "Exports from Kazakhstan make up 74 percent of the traffic. Copper rose by 8 percent, and grain doubled."
    )
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [(claim.corridor, claim.reporter) for claim in claims] == [("TITR", ())] * 4


@pytest.mark.parametrize("way", ["took this way", "went the same route", "were sent this way"])
def test_goods_that_go_the_way_just_told_have_its_ends(way: str) -> None:
    text = f"The firm carried 90,000 tons of oil from Aktau to Baku in 2023. In May 20,000 tons {way}."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [(claim.origin, claim.destination) for claim in claims] == [(("KAZ",), ("AZE",))] * 2


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Freight with Uzbekistan reached 32 million tons in 2024.", ("KAZ+UZB", "", "")),
        ("The volume of rail traffic with neighbouring Turkmenistan grew to 3 million tons.", ("KAZ+TKM", "", "")),
        ("Export freight as a whole surged by 7 percent.", ("KAZ", "KAZ", "")),
        ("Import shipments by rail fell to 20 million tons.", ("KAZ", "", "KAZ")),
        ("Of these, 4 million tons were shipped throughout the republic.", ("KAZ", "KAZ", "KAZ")),
        ("Of these, 2 million tons were exported.", ("KAZ", "KAZ", "")),
    ],
)
def test_a_railway_s_words_for_its_directions(text: str, sides: tuple[str, str, str]) -> None:
    found = told(f"Kazakhstan Temir Zholy carried 319 million tons of freight in 2024. {text}")
    assert found[-1] == ("cargo", *sides)


def test_a_port_that_a_railway_serves_has_no_journeys_of_its_own() -> None:
    text = "Tanzania's main port handled 10 percent more cargo in 2024, helped by a new railway."
    assert told(f"{text} It handled 2 million tonnes in exports.")[-1] == ("cargo", "TZA", "", "")


def ends(text: str) -> list[tuple[str, str, str, str]]:
    """Indicator, reporter, origin and destination of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    sides = [(claim.indicator, claim.reporter, claim.origin, claim.destination) for claim in claims]
    return [(indicator, *("+".join(codes) for codes in named)) for indicator, *named in sides]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "A box from Urumqi to Istanbul by rail costs $6,000. By sea from Shanghai the same shipper would pay $3,500.",
            ("freight_rate", "", "CHN", "TUR"),
        ),
        (
            "Nairobi\n\nKenya Railways now asks $23 per ton for the section from Mombasa to Nakuru.",
            ("freight_rate", "KEN", "", ""),
        ),
        (
            "Nairobi\n\nThe charge of Kenya's railway from Mombasa to Kampala has gone up to $23 per ton.",
            ("freight_rate", "", "KEN", "UGA"),
        ),
        (
            "Niger's transit\n\nNiger's railway is busy, and Niger earns. Cargo from Chad to Mali through Niger rose by 14%.",
            ("cargo", "NER", "TCD", "MLI"),
        ),
        (
            "Port of Antwerp\n\nThe port of Antwerp handled 143 million tonnes. The United States was the most important "
            "trading partner of the port, with 14 million tonnes, followed by Kenya with 10 million.",
            ("cargo", "BEL+KEN", "", ""),
        ),
        (
            "Mozambique opens a port\n\nMozambique opened a terminal at Nacala. Its first phase has a capacity of 600,000 TEU.",
            ("capacity", "MOZ", "", ""),
        ),
        (
            "Mozambique opens a port\n\nMozambique opened a terminal at Nacala. The terminal, built with a Japanese loan, can "
            "handle 250,000 containers a year.",
            ("capacity", "MOZ", "", ""),
        ),
        (
            "Peru's port\n\nPeru opened a port at Callao. The first ship, the Xin Shanghai, left for Yokohama with 400 boxes.",
            ("containers", "PER", "PER", "JPN"),
        ),
        (
            "Zambia's railway\n\nZambia's railway carried 9 tons. Only 3,000 tonnes went by way of Kenya.",
            ("cargo", "ZMB", "", ""),
        ),
        ("In January Tazara carried 40,000 tonnes of copper.", ("cargo", "TZA+ZMB", "", "")),
        (
            "Uzbek forwarders\n\nUzbekistan sent 1,200 containers to Europe and received 900 from China.",
            ("containers", "", "CHN", ""),
        ),
        (
            "Moldovan Railways\n\nMoldovan Railways carried 5 million tonnes, or 1.1 billion tonne-kilometres. "
            "Some 60 percent of the oil products came from Romania.",
            ("cargo", "MDA", "ROU", ""),
        ),
    ],
)
def test_what_a_journey_a_port_and_its_works_leave_unsaid(text: str, last: tuple[str, str, str, str]) -> None:
    assert ends(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Uganda cargo handled at the port increased to 2 million tonnes.",
        "Uganda's transit traffic rose to 2 million tonnes.",
        "Transit cargo for Rwanda was 1 million tonnes. Uganda accounted for 2 million tonnes.",
    ],
)
def test_a_country_behind_a_port_is_where_its_transit_goes(text: str) -> None:
    found = told(f"The port of Mombasa handled 20 million tonnes of cargo in 2023. {text}")
    assert found[-1] == ("cargo", "KEN", "", "UGA")


def test_a_country_s_own_transit_is_no_port_s() -> None:
    assert told("Kazakhstan's transit cargo was 20 million tons.") == [("cargo", "KAZ", "", "")]


def test_a_stretch_inside_a_country_is_its_own() -> None:
    found = told("The railway will cover 130 kilometres: 70 km inside Iran and 60 km in Afghanistan.")
    assert [sides[1] for sides in found[1:]] == ["IRN", "AFG"]


@pytest.mark.parametrize("box", ["40-foot container", "20-foot box", "40-ft container"])
def test_the_size_of_a_box_is_no_number_between_a_rate_and_its_way(box: str) -> None:
    assert told(f"Carriers charge $6,200 for a {box} from Shanghai to Tashkent.") == [("freight_rate", "", "CHN", "UZB")]


def test_a_way_is_told_by_its_ends_without_from() -> None:
    assert told("Spot rates on Ningbo to Hamburg rose to $5,000 per 40-foot container.") == [("freight_rate", "", "CHN", "DEU")]


def test_ways_listed_have_their_numbers_in_order() -> None:
    found = told("Rates on Hamburg to Ningbo and Hamburg to New York fell to $900 and $1,400 per FEU, respectively.")
    assert found == [("freight_rate", "", "DEU", "CHN"), ("freight_rate", "", "DEU", "USA")]


def test_a_rate_is_of_the_way_told_last() -> None:
    found = told(
        "Rates on Shanghai-Genoa rose to $5,000 per FEU, while those on Busan to Los Angeles slipped to $3,000 per FEU."
    )
    assert found == [("freight_rate", "", "CHN", "ITA"), ("freight_rate", "", "KOR", "USA")]


@pytest.mark.parametrize(
    "opens", ["Key export destinations included", "The main destinations were", "The largest importers were"]
)
def test_those_listed_to_whom_a_carrier_takes_goods_are_where_they_go(opens: str) -> None:
    text = f"The Georgian railway carried 7 million tons of ore for export in May. {opens} Armenia, with 2.3 million tons, and"
    found = told(f"{text} Iran with 256,000 tons.")
    assert found[1:] == [("cargo", "GEO", "GEO", "ARM"), ("cargo", "GEO", "GEO", "IRN")]
