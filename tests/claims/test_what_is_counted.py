"""What a number counts when the word for it stands elsewhere, and what numbers beside it take from it."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def claims(text: str) -> list[QuantityClaim]:
    return quantity_claims(read_script(read_text(text, date(2024, 6, 15))))


def amounts(text: str) -> list[tuple[str, float, str]]:
    return [(claim.indicator, claim.value_low, claim.unit) for claim in claims(text)]


def meanings(text: str) -> list[tuple[str, str, float]]:
    return [(claim.indicator, claim.measure, claim.value_low) for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The terminal at Poti handles 400,000 tonnes a month; in 2019 it was 250,000.", ("cargo", 250_000, "t/mo")),
        ("Ferries make eight sailings a week from Baku to Kuryk. The operator plans ten.", ("movements", 10, "vessel/wk")),
        ("The journey from Baku to Poti takes 14 hours; in 2015 it was 22.", ("transit_time", 22, "h")),
        (
            "The port of Sines handled 2 million tonnes in May; its quays can cope with four million a month.",
            ("capacity", 4e6, "t/mo"),
        ),
        ("Georgia exported 50,000 tonnes of wine, of which 30,000 went to Russia and 9,000 to Poland.", ("exports", 9000, "t")),
        (
            "Georgia exported 50,000 tonnes of wine, 40,000 of it to Russia and the remaining 10,000 to China.",
            ("exports", 10_000, "t"),
        ),
        ("Vietnam cut its duty on Chilean wine to 12 percent from 20.", ("tariff", 20, "%")),
        ("The duty on tea comes down to 12 percent instead of 15.", ("tariff", 15, "%")),
    ],
)
def test_a_bare_number_has_the_unit_of_what_it_goes_on_with(text: str, last: tuple[str, float, str]) -> None:
    assert amounts(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("On an ordinary day 300 trucks pass through the Dariali checkpoint.", "truck/d"),
        ("In a normal year the port of Riga handles 20 million tonnes.", "t/yr"),
        ("In a good month the port of Riga handles two million tonnes.", "t/mo"),
        ("The line will carry 16 billion cubic metres (bcm) a year of gas to Italy.", "m3/yr"),
        ("Diesel comes to Kigali by road: 600 tankers a day crossed the border in 2022.", "truck/d"),
        ("In 2022 the strait was passed by 40 tankers a day.", "vessel/d"),
    ],
)
def test_the_period_that_a_number_is_told_for_makes_it_a_rate(text: str, unit: str) -> None:
    assert [claim.unit for claim in claims(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("A container from Shanghai to Genoa costs $6,300 to ship.", "USD/container"),
        ("A freight rate of $6,300 for a forty-foot box from Shanghai to Genoa was quoted.", "USD/FEU"),
        ("Shipping a 20' box from Shanghai to Genoa costs $2,300.", "USD/TEU"),
        ("The freight rate for a truck from Tbilisi to Moscow is $4,200.", "USD/truck"),
        ("A truck from Tbilisi to Moscow costs $4,200 a trip.", "USD/truck"),
    ],
)
def test_a_freight_rate_is_told_for_the_box_or_the_truck_that_it_is_paid_for(text: str, unit: str) -> None:
    assert [claim.unit for claim in claims(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "In March Ghana exported cocoa for $312 million, less than half the $868 million of March 2012.",
            ("exports", "multiple", 0.5),
        ),
        ("Ghana's exports of cocoa to Malaysia were a third of last year's in May.", ("exports", "multiple", 0.333333)),
        ("Kenya's tea exports to Sudan fell by half in 2023.", ("exports", "multiple", 0.5)),
        ("Kenya's tea exports to Sudan fell by a third in 2023.", ("exports", "growth", -33.3333)),
        ("Half of Kenya's tea exports went to Pakistan in 2023.", ("exports", "share", 50.0)),
        ("Two out of three tonnes of Kenya's tea exports went to Pakistan.", ("exports", "share", 66.6667)),
        (
            "The port of Mersin handled 800,000 containers in 2022. Trains carried 22 percent of them.",
            ("containers", "share", 22.0),
        ),
    ],
)
def test_a_part_is_a_share_or_compares_two_times(text: str, told: tuple[str, str, float]) -> None:
    assert any(
        (indicator, measure) == told[:2] and value == pytest.approx(told[2], rel=1e-4)
        for indicator, measure, value in meanings(text)
    )


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The board of the port of Durban approved $92 million to straighten a quay.", "investment"),
        ("The $900 million deepening of the Elbe fairway has begun.", "investment"),
        ("The ministry has issued permits to export 8 million tonnes of diesel this year.", "tariff"),
        ("China put the ceiling on sugar imports at 2 million tonnes for 2024.", "tariff"),
        ("Phosphates brought in $5 billion from Morocco's customers abroad in 2022.", "exports"),
        ("Rwanda brought in 40,000 tonnes of maize from Tanzania in 2022.", "imports"),
        ("Private millers of Egypt ship in 5 million tonnes of wheat or so a year.", "imports"),
        ("The port of Koper handled 613,000 cars in 2022.", "cargo"),
        ("The port of Koper moved 1.1 million container units in 2022.", "containers"),
        ("A quay at Batumi was laid out for 400,000 TEU a year.", "capacity"),
    ],
)
def test_the_verb_and_the_unit_together_tell_what_is_counted(text: str, indicator: str) -> None:
    assert [claim.indicator for claim in claims(text)] == [indicator]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Georgian Railway has taken 30% off its tariffs for Armenian shippers.", [("freight_rate", "growth", -30)]),
        ("The operator offers a discount of 20 percent on containers from Poti to Baku.", [("freight_rate", "growth", -20)]),
        ("DB Cargo has put on 11 additional trains a week from Munich to Verona.", [("movements", "change", 11)]),
        (
            "Chile's portion of China's copper imports, which had grown, fell back to 15 percent from 27.",
            [("imports", "share", 15), ("imports", "share", 27)],
        ),
        (
            "The council puts exports lost to poor rail from South Africa last year at $5 billion.",
            [("exports", "change", -5e9)],
        ),
        ("We could lose another billion dollars of exports to China, said Peru's minister.", [("exports", "change", -1e9)]),
        (
            "Norway sold Poland fish for $577 million and bought from it three times as much, some $1.7 billion.",
            [("exports", "level", 577e6), ("imports", "multiple", 3), ("imports", "level", 1.7e9)],
        ),
        (
            "Peru sold copper worth $5.2 billion to Spain and bought goods worth $4.1 billion.",
            [("exports", "level", 5.2e9), ("imports", "level", 4.1e9)],
        ),
        (
            "Ninety percent of goods that Chile sells to Peru enter free of duty, and 98 percent after seven years.",
            [("tariff", "share", 90), ("tariff", "share", 98)],
        ),
        ("Chile's duty on wine from Peru is to be cut by 40 percent.", [("tariff", "growth", -40)]),
        (
            "A truck from Baku to Moscow costs $1,900, whereas in April the price was $1,450.",
            [("freight_rate", "level", 1900), ("freight_rate", "level", 1450)],
        ),
        (
            "Oil from Rotterdam to Basel was fixed at $92 a tonne. In June shippers paid $27, so the price more than trebled.",
            [("freight_rate", "level", 92), ("freight_rate", "level", 27), ("freight_rate", "multiple", 3)],
        ),
        (
            "Georgia bought Turkish goods for $334 million, or 19 percent more than in the year before.",
            [("imports", "level", 334e6), ("imports", "growth", 19)],
        ),
        (
            "The receipts of Kenya's exports were $60 million, or 5 percent, above those of 2018.",
            [("exports", "change", 60e6), ("exports", "growth", 5)],
        ),
        (
            "Over seven months 9,870 TEU passed across a quay in Poti that was built for 400,000 TEU a year.",
            [("containers", "level", 9870), ("capacity", "level", 400_000)],
        ),
        (
            "Trains brought 48 million tons of coal to Durban. On average 18 of them were offloaded a day.",
            [("cargo", "level", 48e6), ("movements", "level", 18)],
        ),
        ("The port of Riga put through 92 million tons over the year.", [("cargo", "level", 92e6)]),
        ("Officials expect the pact to lift Chile's exports to China by $2 billion.", [("exports", "change", 2e9)]),
    ],
)
def test_each_number_is_told_by_what_governs_it(text: str, told: list[tuple[str, str, float]]) -> None:
    assert meanings(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Exports slowed. The lira lost 10 percent in a week.",
        "Retail trade in Kazakhstan grew 7.7 percent in 2023.",
        "Fixed capital investment in Kazakhstan made 17 trillion tenge in 2023.",
        "There was a backlog of 40 ships off the port of Lagos on Monday.",
        "The police counted 1,400 lorries in a queue at the port of Durban.",
        "The pass from Georgia to Russia was shut for nine days in June.",
        "The ministry bought five million tonnes of wheat from local farmers.",
        "Iraq owes exporters in Turkey about $900 million.",
        "(1 tonne = 7.33 barrels of crude oil for export)",
        "Wheat for export was offered at $191 fob.",
        "The railway is looking for 4,000 truck drivers.",
    ],
)
def test_what_only_looks_like_trade_or_freight_is_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What a harvest is called after is sold all the same.
        ("Hungary will export 3 million tonnes of the new harvest maize to Italy.", [("exports", "level", 3e6)]),
        ("Bulgaria sold 700,000 tonnes of wheat from last year's crop to Spain.", [("exports", "level", 7e5)]),
        # Goods described by a participle were not worked on in this sentence.
        ("Exports of processed nuts from Turkey grew 9 percent.", [("exports", "growth", 9)]),
        ("In May the railway's carriage of milled cereals rose 12 percent.", [("cargo", "growth", 12)]),
        # Shares of trade belong to countries.
        ("The largest shares in the imports of Moldova fell on Romania (16 %).", [("imports", "share", 16)]),
        # A verb with `in` of time brings nothing in.
        (
            "Thailand sold 90,000 tonnes, less than the 95,000 shipped in 1985.",
            [("exports", "level", 9e4), ("exports", "level", 95_000)],
        ),
        ("From Odesa 3 million tonnes of maize were shipped in the 2024/25 season.", [("cargo", "level", 3e6)]),
        ("Brazil shipped in 200,000 tonnes of wheat.", [("imports", "level", 2e5)]),
        # Money that comes in is earned.
        ("Garments did best among Cambodia's exports, raking in $9 billion.", [("exports", "level", 9e9)]),
        ("Peru's fruit growers pulled in $2.1 billion from exports.", [("exports", "level", 2.1e9)]),
        # What is carried for a sum by mass is freight, what is sold for it has a price.
        ("Freight for bagged sugar from Santos to Lagos was quoted at 41 dlrs a tonne.", [("freight_rate", "level", 41)]),
        ("White sugar was quoted at 410 dlrs a tonne in London.", []),
        ("Rebar sold for $540 a tonne in May, down from $610 in March, and Turkey exported less.", []),
        # What a thing to be built costs.
        ("Ghana is building a $450 million second grain terminal at Tema.", [("investment", "level", 4.5e8)]),
        ("Work on the $2.4 billion railway linking Iran and Iraq has begun.", [("investment", "level", 2.4e9)]),
        # Time spent on the way.
        ("Lorries spend an average of 6 hours at the Kapitan Andreevo crossing.", [("transit_time", "level", 6)]),
        # An index of rates keeps its subject over what only explains it.
        (
            "The overall index, which tracks rates for capesize and panamax vessels, fell 2.4%.",
            [("freight_rate", "growth", -2.4)],
        ),
        ("The capesize index lost 51 points, or 3.1%.", [("freight_rate", "growth", -3.1)]),
        # A clause that compares the amount just told.
        (
            "The port of Constanta handled 2 million tonnes of grain. Of this, 1.1 million was exported, which is 14% more.",
            [("cargo", "level", 2e6), ("cargo", "level", 1.1e6), ("cargo", "growth", 14)],
        ),
    ],
)
def test_words_of_trade_and_production_mean_what_they_do_where_they_stand(
    text: str, expected: list[tuple[str, str, float]]
) -> None:
    assert meanings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile's car imports went on: 12,500 vehicles arrived in May.", ("imports", 12_500, "unit")),
        ("Russia imported 400 trucks from China in May.", ("imports", 400, "unit")),
        ("In May 300 wagons were exported from Poland to Ukraine.", ("exports", 300, "unit")),
        ("In May 300 trucks carrying exports from Turkey crossed the border.", ("movements", 300, "truck")),
    ],
)
def test_vehicles_that_are_sold_are_goods_and_those_that_run_are_movements(text: str, expected: tuple[str, float, str]) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Annual freight turnover at the port of Baku is to grow to 25 million tonnes by 2030.", "t/yr"),
        ("Kenya's annual exports of tea to Pakistan are worth $600 million.", "USD/yr"),
        ("Yearly container traffic through Poti is put at 700,000 TEU.", "TEU/yr"),
        ("Poland's annual imports of coal fell to 5 million tonnes in 2023.", "t"),
    ],
)
def test_a_flow_told_for_every_year_is_a_rate_unless_its_year_is_named(text: str, unit: str) -> None:
    assert [claim.unit for claim in claims(text)] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "The airline operates 45 flights a week to Istanbul. The country welcomed 9 million visitors.",
        "The mine can process 10 million tonnes of ore a year. Output of gold rose 3 percent.",
        "Elevators of the region have a capacity of 28 million tonnes.",
        "The exhibition cost $2 million and drew 300,000 visitors.",
        "The tour travels through 14 cities in 30 days; 22 trucks carry the stage, which weighs 120 tonnes.",
        "The club sold its striker for 40 million euros and bought two defenders for 25 million.",
        "The firm reported revenue of 18 billion euros, net profit of 2 billion and orders of 22 billion.",
        "The bank lent small firms in Fergana 200 billion soums.",
        "Startups raised $300 million in venture capital.",
        "The novel sold 200,000 copies, and its author trades in irony.",
    ],
)
def test_everyday_words_in_texts_on_other_matters_make_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Kazakhstan sold Poland fish for $577 million.", "exports"),
        ("In 2022 the strait was passed by 40 tankers a day.", "movements"),
        ("The new railway from Baku to Astara cost $2 billion.", "investment"),
        ("The World Bank lent Uzbekistan $200 million.", "financing"),
        ("Freighters made 12 cargo flights a day from Dubai to Kabul with food.", "movements"),
        ("The port of Batumi has a capacity of 18 million tonnes.", "capacity"),
    ],
)
def test_sides_and_places_of_transport_show_what_everyday_words_mean(text: str, indicator: str) -> None:
    assert [claim.indicator for claim in claims(text)] == [indicator]


def test_what_rates_are_quoted_for_may_be_told_once_for_a_list() -> None:
    text = "Freight rates, in U.S. dollars a tonne:\n\n"
    text += "* $8.05 for freight from Constanta to Egypt\n* $9.10 for freight from Poti to Egypt\n"
    assert amounts(text) == [("freight_rate", 8.05, "USD/t"), ("freight_rate", 9.1, "USD/t")]


def test_a_way_told_by_its_two_ends_is_what_is_paid_for() -> None:
    assert amounts("This week Santos-Qingdao paid $64 a tonne.") == [("freight_rate", 64, "USD/t")]


@pytest.mark.parametrize(
    ("unit", "value", "code"),
    [("x 1 mln t", 39.9e6, "t"), ("x 1,000 TEU", 39_900, "TEU"), ("x1000 tonnes", 39_900, "t"), ("mln tonnes", 39.9e6, "t")],
)
def test_a_heading_may_say_how_many_units_its_numbers_are_told_in(unit: str, value: float, code: str) -> None:
    text = "The port of Riga handled 233.5 million tonnes of cargo in the first half of 2022.\n\n"
    text += f"| Cargo segment | H1 2022 ({unit}) | H1 2021 | Difference |\n"
    text += "| Dry bulk | 39.9 | 38.0 | +5.0% |\n| Liquid bulk | 103.9 | 99.5 | +4.4% |\n"
    assert (value, code) in [(claim.value_low, claim.unit) for claim in claims(text)]


def test_arrivals_of_ships_are_movements_and_other_things_beside_boxes_are_not_boxes() -> None:
    told = meanings("The number of vessel arrivals at Tema dropped 1.3% to 6,600 in May. Its 4 big container ports are full.")
    assert told == [("movements", "growth", -1.3), ("movements", "level", 6600)]


def test_deficits_with_many_are_negative_each() -> None:
    text = "In May Ghana ran deficits with China ($900 million), India ($400 million) and a surplus with Togo ($20 million)."
    assert [claim.value_low for claim in claims(text)] == [-9e8, -4e8, 2e7]


def test_shares_of_a_quota_are_of_the_quota() -> None:
    text = "China granted import quotas for 8 million tonnes of sugar. Sinosugar received 3 million tonnes."
    assert [claim.indicator for claim in claims(text)] == ["tariff", "tariff"]


def test_a_dash_may_stand_for_the_verb() -> None:
    told = meanings(
        "Ghana's exports came to $5.7 billion in May, and imports - $8.8 billion, with a trade deficit of $3.1 billion."
    )
    assert told == [("exports", "level", 5.7e9), ("imports", "level", 8.8e9), ("balance", "level", -3.1e9)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("They want trade of $3 billion and three times as much freight from Iran to Oman.", ("cargo", "multiple", 3)),
        ("Ministers promised trade of $2 billion and double the cargo by 2030.", ("cargo", "multiple", 2)),
        ("Freight grew by 7 percent, while twice as many container trains arrived from China.", ("movements", "multiple", 2)),
        ("Trade reached $2 billion; a third line would double the railway's freight capacity.", ("capacity", "multiple", 2)),
    ],
)
def test_a_multiple_is_of_its_object(text: str, last: tuple[str, str, float]) -> None:
    assert meanings(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Beside the track 90 kilometers of power line and 40 km of fibre-optic cable were laid.",
        "Along the railway 60 km of snow fences were put up.",
        "The railway has 40 tunnels; together the tunnels are 75 km long.",
    ],
)
def test_wires_walls_and_single_works_are_no_way(text: str) -> None:
    assert amounts(text) == []


def test_a_line_keeps_its_length_beside_its_works() -> None:
    assert amounts("The line is 310 km long, with 12 bridges and 9 tunnels.") == [("distance", 310, "km")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Annual capacity will grow to 20 million tons, and for containers to 300,000 TEU.", "TEU/yr"),
        ("The port can take 9 million tons a year; for containers the figure is 80,000 TEU.", "TEU/yr"),
        ("The depot has room for 5,000 containers.", "container"),
    ],
)
def test_a_capacity_in_other_units_keeps_the_rate(text: str, unit: str) -> None:
    assert amounts(text)[-1][2] == unit


def test_a_few_of_them_are_no_part_of_a_mass() -> None:
    assert amounts("The railway moved 4,000 tons. I made many trips, and the cargo was wet on seven of them.") == [
        ("cargo", 4000, "t")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Container shipments by rail have grown fivefold.", ("fivefold", "containers", 5.0, "x")),
        (
            "The port can take 90,000 TEU a year. In May it handled 2,500 of these units.",
            ("2,500", "containers", 2500.0, "TEU"),
        ),
        (
            "Kenya and Oman mine it, yet a fifth of the copper that Japan imports is from Chile.",
            ("a fifth", "imports", 20.0, "%"),
        ),
        (
            "The port of Baku reported a plus of 11% in tanker shipments, to 3 million tons, and one of 19% in dry cargo.",
            ("19%", "cargo", 19.0, "%"),
        ),
        (
            "The port of Baku received 317 block trains in 2023, 32% more; 119 went on in transit.",
            ("119", "movements", 119.0, "train"),
        ),
        ("The port of Baku saw 310 block trains pass; another 40 had come by May.", ("40", "movements", 40.0, "train")),
        (
            "Kenya's exports of corn reached 6 million tons in 2023. The new crop made up 2.4 million tons.",
            ("2.4 million tons", "exports", 2400000.0, "t"),
        ),
    ],
)
def test_numbers_told_by_what_goes_before_are_claims(text: str, told: tuple[str, str, float, str]) -> None:
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert told in [(claim.value_text, claim.indicator, claim.value_low, claim.unit) for claim in claims]


def test_what_is_grown_in_a_field_is_no_trade() -> None:
    assert not quantity_claims(read_script(read_text("In Kenya 2 million tons of tea were grown in 2023.", date(2024, 6, 15))))


@pytest.mark.parametrize("onward", ["119 went on in transit", "119 continued to Baku", "119 crossed the sea"])
def test_those_that_go_on_are_counted_as_those_that_came(onward: str) -> None:
    text = f"Block trains: Uzbekistan received 317 of them in May, 32% more than a year ago; {onward}."
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 11))))
    assert [claim.unit for claim in claims] == ["train", "%", "train"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The port of Baku handled 12,400 vehicles in May.", ("cargo", "unit", "vehicles")),
        ("At the port of Poti 313 ships called and 74,173 vehicles were handled in 2024.", ("cargo", "unit", "vehicles")),
    ],
)
def test_vehicles_that_a_port_handles_are_goods(text: str, found: tuple[str, str, str]) -> None:
    claim = quantity_claims(read_script(read_text(text, date(2025, 6, 20))))[-1]
    assert (claim.indicator, claim.unit, claim.commodity) == found


def test_vehicles_that_no_port_handles_are_no_goods() -> None:
    text = "Freight traffic grew: the border crossing at Lars handled 900 trucks and 400 vehicles a day."
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 20))))
    assert {(claim.indicator, claim.commodity) for claim in claims} == {("movements", None)}


@pytest.mark.parametrize("then", ["With two STS cranes it will be faster.", "Four new cranes will come next year."])
def test_what_goods_are_handled_with_is_no_cargo_that_goes_on(then: str) -> None:
    text = f"The port of Poti handled 5 million tons in 2024. {then}"
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 20))))
    assert [claim.value_text for claim in claims] == ["5 million tons"]


def test_equipment_that_is_sold_is_goods() -> None:
    text = "Kazakhstan exported 22 locomotives to Mongolia in 2024."
    claims = quantity_claims(read_script(read_text(text, date(2025, 6, 20))))
    assert [(claim.indicator, claim.value_low) for claim in claims] == [("exports", 22)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Kenya's exports grew in 2023. Goods which contributed to the expansion were tea ($5 million), fish ($4 million).",
            [("exports", "level", 5e6), ("exports", "level", 4e6)],
        ),
        ("Kenya contributed $5 million to the railway fund.", [("investment", "level", 5e6)]),
        (
            "Kazakhstan's railways carried 43 million tons of coal to power plants, which is 950,000 tons more than in 2022.",
            [("cargo", "level", 43e6), ("cargo", "change", 950_000)],
        ),
        ("Zambian coal went to its own power plants: output was 40,000 tons.", []),
        (
            "Peru's exports went mainly to Chile (31%) and Bolivia (22%).",
            [("exports", "share", 31), ("exports", "share", 22)],
        ),
        (
            "The main destinations of Kenyan exports were Uganda (12%) and Rwanda (8%).",
            [("exports", "share", 12), ("exports", "share", 8)],
        ),
        ("Kenya's exports to Uganda (up 3%) and Rwanda (8%) grew.", [("exports", "growth", 3), ("exports", "growth", 8)]),
        (
            "Exports came to 136,000 tonnes, representing rises of 9% in volume and 24% in value.",
            [("exports", "level", 136_000), ("exports", "growth", 9), ("exports", "growth", 24)],
        ),
        ("Kenya's new terminal provides additional handling capacity of 550,000 TEUs.", [("capacity", "change", 550_000)]),
    ],
)
def test_words_that_mean_something_else_beside_a_flow_do_not_hide_it(text: str, found: list[tuple[str, str, float]]) -> None:
    assert meanings(text) == found


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Cashew shipments to Vietnam from Tanzania's Mtwara fell by a tenth in October.", "cargo"),
        ("Cashew shipments to Vietnam from Tanzania fell by a tenth in October.", "exports"),
        ("Sugar shipments to Egypt through the port of Santos rose to 2 million tonnes in May.", "cargo"),
        ("Sugar shipments to Egypt rose to 2 million tonnes in May.", "exports"),
        ("Peru's exports of fruit through the port of Callao rose to 2 million tonnes in May.", "exports"),
        ("The throughput of the port of Callao was 1.5 million TEU in 2023.", "containers"),
        ("A terminal with an annual throughput of 1.5 million TEU is being built at the port of Callao.", "capacity"),
        ("Shipping a container to the coast by the canal is a third cheaper than by road.", "freight_rate"),
        ("The new line through Kenya makes sending a wagon 15 percent cheaper.", "freight_rate"),
        ("In Kenya it is 20 percent cheaper to haul a box by rail.", "freight_rate"),
        ("Transit of oil through Georgia could reach 3.9 million tonnes a year by 2030.", "cargo"),
        ("The line through Georgia could carry 3.9 million tonnes a year by 2030.", "capacity"),
        ("The pipeline through Georgia was laid for 50 million tonnes of oil a year.", "capacity"),
    ],
)
def test_what_a_port_sends_and_handles_is_freight_and_what_it_was_made_for_its_capacity(text: str, indicator: str) -> None:
    assert [claim.indicator for claim in claims(text)] == [indicator]


@pytest.mark.parametrize(
    "text",
    [
        "Zambian maize\n\nFarmers have delivered 310,000 tonnes of maize to the silos. Exports have not begun.",
        "Chile's fruit\n\nThe orchards are picked bare. Maule brings in 90,000 tonnes of cherries. Chile exports fruit.",
        "Shipping news\n\nAn official in Mombasa put the ransom at $1.6 million. The port of Mombasa handles containers.",
        "Shipping news\n\nOff Kenya 69 ships have been attacked this year. The port of Mombasa handles containers.",
        "Shipping news\n\nA storm off Kenya damaged 41 vessels. The port of Mombasa handles containers.",
        "Shipping news\n\nMaersk has 700 ships. The port of Mombasa handles containers.",
        "Container line\n\nThe line carries boxes between Asia and Europe. Bunker costs were $70 million.",
        "Container line\n\nThe line carries boxes between Asia and Europe. It ordered six ships of 14,000 TEU.",
        "Uruguay's wool exports\n\nUruguay exports wool. Only 12 percent of the wool is sold within the country.",
    ],
)
def test_what_is_delivered_to_wineries_attacked_or_owned_is_neither_traded_nor_carried(text: str) -> None:
    assert claims(text) == []


def test_what_a_land_of_growers_brings_in_from_abroad_is_imported() -> None:
    text = "Kenya's harvest\n\nThe growers are worried. Kenya brings in 90,000 tonnes of maize from Zambia."
    assert amounts(text) == [("imports", 90_000, "t")]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("The port of Callao handled 2,150 vessels in 2023, of which 9 were detained over their papers.", [2150]),
        ("The port of Callao handled 900 ships in May, while 14 trawlers were seized.", [900]),
        ("Since three freighters were attacked, 44 vessels have passed the Suez Canal.", [44]),
        ("Kenya seized 40 tankers, and 600 vessels called at Mombasa.", [600]),
        ("The port of Callao had 2,150 vessels in 2023 and 1,980 vessels in 2022.", [2150, 1980]),
        ("The Suez Canal operates 36 vessels a day and Maersk has 700 ships.", [36]),
        ("The Suez Canal saw 20,000 ships in 2022. Some 69 vessels off the coast of Yemen were later hijacked.", [20_000]),
        ("The Suez Canal saw 20,000 ships in 2022. Kenya seized three tankers and holds 7 vessels.", [20_000]),
        ("The Suez Canal saw 20,000 ships in 2022 and several were attacked.", [20_000]),
    ],
)
def test_what_befalls_some_ships_and_who_owns_others_takes_nothing_from_traffic(text: str, calls: list[float]) -> None:
    assert [(claim.indicator, claim.value_low) for claim in claims(text)] == [("movements", number) for number in calls]


@pytest.mark.parametrize(
    "text",
    [
        "Japanese tractors are 15 percent cheaper in Kenya, delivery included.",
        "Japanese tractors sent by rail are 15 percent cheaper in Kenya.",
        "In Kenya maize flour on the way to the shops is a fifth dearer, and freight is not to blame.",
    ],
)
def test_goods_that_are_cheaper_tell_no_freight_rate(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Peru exported 25 tons up from 22 tons in 2022.", [("exports", "level", 25), ("exports", "level", 22)]),
        ("Peru's exports fell to $3 million down from $4 million.", [("exports", "level", 3e6), ("exports", "level", 4e6)]),
        ("Peru's exports were 12 percent up from 2022.", [("exports", "growth", 12)]),
        ("Peru's exports were 4,000 tons down on 2022.", [("exports", "change", -4000)]),
    ],
)
def test_an_amount_up_from_another_is_no_change(text: str, found: list[tuple[str, str, float]]) -> None:
    assert meanings(text) == found


def test_the_sum_of_a_partner_told_after_a_balance_is_the_trade_with_him() -> None:
    text = "Kenya's trade deficit came to $5 billion in May. China remains the largest partner with $4.9 billion."
    assert [claim.indicator for claim in claims(text)] == ["balance", "turnover"]


def test_a_partner_in_anything_else_than_trade_has_no_turnover() -> None:
    text = "Kenya's trade deficit came to $5 billion in May. A partner bank in Kenya lost $9 million on it."
    assert "turnover" not in [claim.indicator for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kenya's exports tanked by 24 per cent in 2023.", [("exports", "growth", -24)]),
        ("Kenya's imports nosedived 5 percent in 2023.", [("imports", "growth", -5)]),
        ("In 2023 956 inbound and outbound freight trains passed through Khorgos.", [("movements", "level", 956)]),
        ("Some 400 loaded and empty wagons crossed the border at Khorgos.", [("movements", "level", 400)]),
    ],
)
def test_ways_and_vehicles_in_other_words(text: str, found: list[tuple[str, str, float]]) -> None:
    assert meanings(text) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Panama's canal earned $4 billion in 2024.",
        "Kenya Railways earned $120 million in 2023.",
        "The shipping line earned $900 million in Ghana last year.",
        "Georgia earned $3 billion from foreigners last year, most of it in tourism.",
        "Nepal earned $500 million from tourists in 2023.",
    ],
)
def test_what_carriers_earn_and_visitors_bring_is_no_trade(sentence: str) -> None:
    assert not [amount for amount in amounts(sentence) if amount[0] == "exports"]


@pytest.mark.parametrize("sentence", ["Ghana earned $2 billion from cocoa.", "The board earned $2 billion from cocoa exports."])
def test_what_goods_earn_abroad_is_exports(sentence: str) -> None:
    assert amounts(sentence) == [("exports", 2e9, "USD")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Last year 358 trains ran from China to Azerbaijan. This year 600 are planned.", ("movements", 600, "train")),
        ("The number of container trains to Turkey rose to 358 in 2023.", ("movements", 358, "train")),
        ("The number of container trains to Turkey rose to 358 units in 2023.", ("movements", 358, "train")),
        ("Vessel arrivals at Chittagong rose by 8 percent to 4,300 in 2023.", ("movements", 4300, "vessel")),
        ("Transits through the Panama Canal halved to 9,944.", ("movements", 9944, "vessel")),
        ("Lorries crossing at Astara jumped from 300 to 520 a day.", ("movements", 520, "truck/d")),
        ("Trucks crossing the bridge at Hairatan numbered 41,000 in 2023.", ("movements", 41_000, "truck")),
        ("Uganda exported 500 million litres of milk to Kenya in 2023.", ("exports", 500_000, "m3")),
        ("Italy shipped 21 million hectolitres of wine abroad.", ("exports", 2_100_000, "m3")),
    ],
)
def test_what_grows_to_a_number_is_what_it_counts(text: str, last: tuple[str, float, str]) -> None:
    assert amounts(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Complaints about trains rose to 250 in 2023.",
        "The average price of wheat delivered by ships rose to 240 in July.",
        "Each truck carries 30,000 litres of diesel from Basra.",
    ],
)
def test_what_depends_on_the_subject_is_not_counted(text: str) -> None:
    assert amounts(text) == []


def test_a_development_of_rates_is_one_on_both_ends() -> None:
    found = amounts("Lorries crossing at Astara jumped from 300 to 520 a day.")
    assert found == [("movements", 300, "truck/d"), ("movements", 520, "truck/d")]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The first container train arrived in Almaty from Chengdu on Friday, 2 days late.", []),
        ("The tanker arrived at Batumi on Friday after six days at anchor.", []),
        ("The ship arrived at Aktau on Sunday and will lie there for three days.", []),
        ("The first container train arrived in Almaty from Chengdu in 9 days.", [9]),
        ("The first container train arrived in Almaty from Chengdu after 9 days of travel.", [9]),
        ("The train left Chengdu for Almaty and arrived 9 days later.", [9]),
    ],
)
def test_only_the_time_of_the_journey_beside_an_arrival_is_one(text: str, times: list[float]) -> None:
    assert [claim.value_low for claim in claims(text) if claim.indicator == "transit_time"] == times


@pytest.mark.parametrize(
    "unit",
    ["in 20-foot container equivalents", "in 20-foot equivalent units", "in twenty-foot equivalent", "(in 20-foot equivalent)"],
)
def test_boxes_told_in_equivalents_of_twenty_feet_are_teu(unit: str) -> None:
    assert amounts(f"The port of Poti handled 27,000 containers {unit} last year.") == [("containers", 27_000, "TEU")]


WHOLE = "The trade turnover of Belarus and Armenia in 2023 amounted to $64 million"


@pytest.mark.parametrize(
    "parts",
    [
        "$34 million of which accounted for exports from Belarus to Armenia, $30 million - imports of Armenian goods",
        "$34 million of which fell on exports from Belarus to Armenia and $30 million on imports",
        "with $34 million accounting for exports of Belarusian goods and $30 million for imports from Armenia",
    ],
)
def test_parts_of_turnover_are_the_flows_that_they_fall_to(parts: str) -> None:
    told = [indicator for indicator, _, _ in amounts(f"{WHOLE}, {parts}.")]
    assert told == ["turnover", "exports", "imports"]


def test_a_percentage_is_of_the_flow_that_is_named_at_once_behind_it() -> None:
    told = meanings("The share of Russia in Armenia's turnover was 32%, 51% export and 25% import.")
    assert told == [("turnover", "share", 32), ("exports", "share", 51), ("imports", "share", 25)]


def test_a_flow_has_the_number_of_its_own_verb() -> None:
    told = meanings(
        "In May $100 million of Moldova's trade was export (5% increase), import accounts for $200 million (7% increase)."
    )
    assert [indicator for indicator, _, _ in told] == ["exports", "exports", "imports", "imports"]


def test_a_part_of_an_amount_is_of_its_flow() -> None:
    told = meanings("Uganda accounted for 70 per cent of the nearly 419,548 tonnes of Kenya's maize imports in May.")
    assert told == [("imports", "share", 70), ("imports", "level", 419_548)]


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("The trade volume between Chad and Mali gained almost a third against the like period of 2023.", "growth", 33),
        ("Peru's exports to Chile shrank a quarter last year.", "growth", -25),
        ("Togo's imports from Ghana lost a fifth in 2023.", "growth", -20),
        ("Togo took a fifth of Ghana's exports in 2023.", "share", 20),
    ],
)
def test_a_part_that_a_verb_of_growth_governs_is_a_growth(text: str, measure: str, value: float) -> None:
    assert [(told, round(low)) for _, told, low in meanings(text)] == [(measure, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Freight through the port of Poti fell by 5 percent (300,000 tons) in 2023.", [("growth", -5), ("change", -300_000)]),
        ("Freight through the port of Poti fell by 5 percent (total 300,000 tons).", [("growth", -5), ("level", 300_000)]),
        ("Peru's exports to Chile rose by 10 percent ($40 million) last year.", [("growth", 10), ("change", 40_000_000)]),
        ("Peru's exports to Chile had a share of 10 percent ($40 million) last year.", [("share", 10), ("level", 40_000_000)]),
        ("The port of Riga saw a reduction in container transshipment of 9,285 TEU.", [("change", -9_285)]),
    ],
)
def test_what_stands_in_a_bracket_behind_a_growth_is_the_same_in_other_units(
    text: str, expected: list[tuple[str, float]]
) -> None:
    assert [(measure, low) for _, measure, low in meanings(text)] == expected


def test_a_word_of_trade_in_the_name_of_a_port_tells_no_trade() -> None:
    told = meanings("From January to July cargo movement through the Baku International Sea Trade Port grew by 14 percent.")
    assert told == [("cargo", "growth", 14)]


def test_what_is_bought_of_the_whole_exports_of_another_is_a_share_of_these() -> None:
    (share, *_) = claims("Ghana imported 39 percent of the $4.4 billion total exports from Togo last year.")
    assert (share.indicator, share.measure, share.reporter, share.partner) == ("exports", "share", ("TGO",), ("GHA",))


def test_shares_in_trade_are_told_one_by_one() -> None:
    told = claims("Shares of China and Russia total 24.8% and 23.2% respectively in the total trade turnover of Armenia.")
    assert [(one.indicator, one.measure, *one.reporter, *one.partner) for one in told] == [
        ("turnover", "share", "ARM", "CHN"),
        ("turnover", "share", "ARM", "RUS"),
    ]


@pytest.mark.parametrize("boxes", ["60,000 containers", "60,000 TEU", "60,000 TEU of containers"])
def test_boxes_that_a_port_processes_are_handled_and_not_made(boxes: str) -> None:
    told = [indicator for indicator, _, _ in amounts(f"In May {boxes} were processed at the port of Riga, a 40.4% increase.")]
    assert told == ["containers", "containers"]


def test_parts_are_of_the_whole_that_their_sentence_opens_with() -> None:
    told = meanings(
        "Ferries carried 2,362 containers from Baku to Poti in May. Of the total number of containers carried, 41% are transit"
        " cargo and 59% are export."
    )
    assert told[1:] == [("containers", "share", 41), ("containers", "share", 59)]


@pytest.mark.parametrize(
    "text",
    [
        "Dealers in Uzbekistan sold 34,218 new cars in January, 33 percent more than a year earlier.",
        "Households in Poland bought 3.1 million televisions last year, 8 percent fewer than before.",
        "The bank earned 261 billion tenge in the second quarter. Orders on its marketplace grew by 34 percent to 29 million.",
        "The airports of Georgia served 7 million passengers and visitors. Wizz Air carried 23 percent of them.",
        "Customs in Azerbaijan worked on Sunday. Duties brought in 720 million manats.",
        "A Georgian film was sold to distributors in Cannes, a festival. It cost 1.4 million euros and is one of four films.",
        "A vaccine factory is planned in Almaty. It will cost 27 billion tenge and employ 150 people.",
    ],
)
def test_sales_results_and_costs_within_a_country_are_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Retailers in Poland bought 3,000 tonnes of tea from Kenya.", ("imports", "level", 3000)),
        ("Dealers in Uzbekistan sold 3,400 cars abroad in January.", ("exports", "level", 3400)),
        ("Morocco earned $3 billion from phosphates last year.", ("exports", "level", 3e9)),
        ("A canal is planned in Kazakhstan. It will cost 27 billion tenge.", ("investment", "level", 27e9)),
        ("A copper mine is planned in Zambia by a Canadian firm. It will cost $2 billion.", ("investment", "level", 2e9)),
        ("Iraq bought 50,000 tonnes of wheat to put into its reserves.", ("imports", "level", 5e4)),
        ("Brazil sold 3 million tons of soybeans as consumers waited.", ("exports", "level", 3e6)),
        ("Kenya's wheat purchases reached 500,000 tons as families baked bread.", ("imports", "level", 5e5)),
        ("Georgia sold wine worth $200 million, shops said.", ("exports", "level", 2e8)),
        ("Italy bought 3,000 tons of coffee for restaurants.", ("imports", "level", 3000)),
        ("Peru's biggest buyer, China, took goods worth $5 billion in five years.", ("imports", "level", 5e9)),
    ],
)
def test_what_crosses_a_border_or_is_built_for_trade_is_told_in_the_same_words(text: str, told: tuple[str, str, float]) -> None:
    assert told in meanings(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru's four largest makers sold 71,000 scooters in the second quarter, 6 percent fewer than a year before.",
        "Refineries in Kazakhstan sold 42,000 tonnes of diesel on the exchange on Monday. Stocks fell 8 percent.",
        "Moldova sent back 900 people. Transfers from Italy through banks rose 12 percent to $1.4 billion.",
        "A tribunal in Paris ordered a Turkish company to pay $90 million to a Kenyan investor.",
        "Trawlers from Namibia landed 150,000 tonnes of hake last year, 7 percent more than before.",
        "The Latvian start-up Aerones has raised 30 million euros from investors from Sweden.",
        "Egypt's Foreign Trade Bank is seeking an increase to 250 million euros from 150 million for its facility.",
        "Work on the Tashkent metro goes on. Construction costs 118 billion sums.",
        "Kenya's air defence brought down 40 of 62 drones. Work on the grid goes on.",
        "A refinery stands near Baku. Capacity will grow from 6 million to 8 million tonnes a year.",
        "Carmakers in Brazil sold 372,000 cars to dealers in May.",
        "Egypt's central bank sold $25 billion in three weeks.",
        "Malta received 3.4 million foreigners last year, 6 percent more than in 2022.",
        "Ghanaian farmers have sold 1.6 million tonnes of maize from the harvest.",
        "A court in Fiji sat on Monday. Tongan banks sent back $11 million.",
        "The metro line in Quito is to get thirty trains from China a year.",
        "Revenue of the retailer and its profits fell. The buyer will invest 200 million euros.",
        "The carmaker in Graz went bankrupt. Investors lost 9 billion euros.",
    ],
)
def test_courts_catches_capital_and_works_of_towns_are_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Morocco sold 71,000 scooters to Spain in the second quarter.", ("exports", "level", 71000)),
        ("Ghanaian farmers have sold 1.6 million tonnes of maize to Togo.", ("exports", "level", 1.6e6)),
        ("Revenue and profits fell. The firm will invest 200 million euros in a terminal.", ("investment", "level", 200e6)),
        ("India ordered 40,000 tonnes of urea from Oman to arrive in May.", ("imports", "level", 40000)),
        ("The port of Durban landed 150,000 tonnes of cargo last year.", ("cargo", "level", 150000)),
        ("Uzbekistan attracted $3 billion from investors from Germany last year.", ("investment", "level", 3e9)),
        ("Egypt's foreign trade reached $90 billion last year.", ("turnover", "level", 90e9)),
        ("A railway is planned in Georgia. The line will be extended by 9 kilometres.", ("distance", "level", 9)),
        ("A terminal stands near Baku. Capacity will grow to 8 million tonnes a year.", ("capacity", "level", 8e6)),
    ],
)
def test_the_same_words_tell_of_trade_and_freight_where_goods_move(text: str, told: tuple[str, str, float]) -> None:
    assert told in meanings(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (
            "The Turkmenbashi port can handle 17 million tonnes a year, but transshipped only 5.9 million tonnes in 2023.",
            ("cargo", 5.9e6, "t"),
        ),
        ("Alat has a port with a capacity of 15 million tonnes a year and handled 7.6 million tonnes.", ("cargo", 7.6e6, "t")),
        (
            "The port of Poti has a capacity of 600,000 TEU a year and handled 410,000 TEU in 2023.",
            ("containers", 410_000, "TEU"),
        ),
        ("One section can carry 81 million tons a year, the other 72 million tons.", ("capacity", 72e6, "t/yr")),
    ],
)
def test_what_was_handled_stands_apart_from_what_can_be(text: str, amount: tuple[str, float, str]) -> None:
    assert amounts(text)[1] == amount
