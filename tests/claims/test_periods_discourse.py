"""The time that a text is on: what opens it, what lasts in it, what only compares; each with several wordings."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

# Published, text, and for each number its period: `2024`, `2024-01:2024-06`, `:2030` up to, `2024-04:` from, `-` none.
CASES = [
    # Contrasts with an earlier time move nothing.
    (
        "2024-07-20",
        "Trade between Georgia and Turkey fell to $1.4 billion in January-June. In the first half of "
        "last year it was $1.5 billion.",
        {"$1.4 billion": "2024-01:2024-06", "$1.5 billion": "2023-01:2023-06"},
    ),
    (
        "2024-09-10",
        "Egypt's wheat imports fell to 0.9 million tonnes in August. A year earlier they had been 1.2 million tonnes.",
        {"0.9 million tonnes": "2024-08", "1.2 million tonnes": "2023-08"},
    ),
    (
        "2024-07-20",
        "The port handled 5.1 million tons of cargo in 2023. The year before, 4.8 million tons had passed through it. "
        "Oil made up 2 million tons.",
        {"5.1 million tons": "2023", "4.8 million tons": "2022", "2 million tons": "2023"},
    ),
    (
        "1994-03-08",
        "Chilean copper exports rose to 1.9 million tonnes in 1993 from 1.8 million the year before. Japan took 420,000 "
        "tonnes. In 1992 Japan had taken 400,000 tonnes.",
        {"1.9 million tonnes": "1993", "1.8 million": "1992", "420,000 tonnes": "1993", "400,000 tonnes": "1992"},
    ),
    # What is compared with has the same part of the year before, a count up to a day included.
    (
        "2024-12-06",
        "By the end of November Kenya had exported 630,000 tons of tea. Sudan took 94,000 tons, after 66,000 the year before "
        "(up 42%), and Iraq 37,000 instead of 25,000 tons (up 48%). Egypt bought 35,000 rather than 30,000 tons.",
        {"66,000": ":2023-11", "42%": ":2024-11", "25,000 tons": ":2023-11", "48%": ":2024-11", "30,000 tons": ":2023-11"},
    ),
    (
        "2024-12-06",
        "In the first half Kenya sold Sudan 94,000 tons of tea, compared with 66,000 tons the previous year.",
        {"94,000 tons": "2024-01:2024-06", "66,000 tons": "2023-01:2023-06"},
    ),
    (
        "2024-12-06",
        "By the end of October Peru had exported 55,000 tons of coffee, up from 50,000 tons a year earlier.",
        {"55,000 tons": ":2024-10", "50,000 tons": ":2023-10"},
    ),
    (
        "2024-12-06",
        "By the end of October Peru had exported 55,000 tons of coffee against 50,000 tons on the same date of last year.",
        {"50,000 tons": ":2023-10"},
    ),
    (
        "2024-12-06",
        "So far this season Peru has exported 55,000 tons of coffee against 50,000 tons a year ago.",
        {"55,000 tons": "-", "50,000 tons": "-"},
    ),
    ("2024-12-06", "Peru wants to export 80,000 tons by 2030 instead of 55,000.", {"55,000": "-"}),
    # What is to come after a deadline has none.
    (
        "2024-03-30",
        "Kenya and Sudan aim to raise trade to $5 billion by 2026, and the bar would thereafter be lifted to $10 billion.",
        {"$5 billion": ":2026", "$10 billion": "-"},
    ),
    (
        "2024-03-30",
        "Peru plans to export 2 million tons of grapes by 2027, and eventually 3 million.",
        {"2 million tons": ":2027", "3 million": "-"},
    ),
    (
        "2024-03-30",
        "Peru plans to export 2 million tons of grapes by 2027. Thereafter exports should rise to 3 million tons.",
        {"3 million tons": "-"},
    ),
    (
        "2024-03-30",
        "Kenya and Sudan want to bring trade to $2 billion by 2027 and then to $5 billion by 2030.",
        {"$2 billion": ":2027", "$5 billion": ":2030"},
    ),
    # A share at the end of a list of numbers with times of their own has none of these.
    (
        "2024-12-29",
        "Peru has had ties with Chile since 2015, with trade of $5 billion in 2023, investment of $90 billion since 1990, "
        "and a share of 12% in the copper imports of China.",
        {"$5 billion": "2023", "12%": "-"},
    ),
    (
        "2024-12-29",
        "Kenya's exports came to $7 billion in 2023, and Kenya had a share of 20% in the EU's imports of flowers.",
        {"20%": "2023"},
    ),
    # In the first weeks of a year `the year` that is told of is the one that is over.
    ("2026-01-12", "The port counts 636,000 containers for the year, 17% more than before.", {"17%": "2025"}),
    ("2026-01-12", "In the year as a whole Turkey exported goods worth $262 billion.", {"$262 billion": "2025"}),
    ("2026-02-12", "For the whole year exports to China amounted to $4 billion.", {"$4 billion": "2025"}),
    ("2026-01-20", "Annual exports of Peru totalled $70 billion.", {"$70 billion": "2025"}),
    ("2026-01-20", "The year's exports came to $22 million.", {"$22 million": "2025"}),
    ("2026-02-20", "During the year the railway carried 30 million tons of grain.", {"30 million tons": "2025"}),
    ("2026-01-12", "The port plans to handle 21 million tons for the year.", {"21 million tons": "2026"}),
    ("2026-01-12", "Brazil expects exports of $350 billion for the year.", {"$350 billion": "2026"}),
    (
        "2026-01-12",
        "In December the port handled 2 million tons, and the total for the year was 22 million tons.",
        {"2 million tons": "2025-12", "22 million tons": "2025"},
    ),
    (
        "2025-01-12",
        "In December the port handled 2 million tons, and the total for 2023 was 22 million tons.",
        {"22 million tons": "2023"},
    ),
    # A headline that looks ahead leaves the figures in the year that is over.
    (
        "2023-02-12",
        "Foreign trade in 2022 and the tasks for 2023\n\nIn 2022 Georgia's exports came to $5 billion.\n\n"
        "Exports to Turkey made $400 million.",
        {"$5 billion": "2022", "$400 million": "2022"},
    ),
    # A base told once holds for what is compared without one; an earlier time put in figures moves nothing.
    (
        "2024-06-05",
        "Peru's trade deficit widened to $7 billion in April from $2 billion in March.\n\n"
        "Its deficit with Chile shrank to $3 billion from $6 billion.\n\n"
        "A year earlier, in April 2023, Peru posted a trade deficit of $1 billion. Services imports fell to $18 billion.",
        {"$2 billion": "2024-03", "$6 billion": "2024-03", "$1 billion": "2023-04", "$18 billion": "2024-04"},
    ),
    # Developments over years.
    (
        "2024-07-20",
        "Between 2019 and 2023, trade between Turkey and Uzbekistan grew from $2.2 billion to $3.1 billion.",
        {"$2.2 billion": "2019", "$3.1 billion": "2023"},
    ),
    ("2024-07-20", "Between 2020 and 2023 trade with the EU grew by 60 percent.", {"60 percent": "2023"}),
    (
        "2018-11-15",
        "Peru's trade with Chile grew 3.4-fold from 2008 to 2017, to reach $9 billion.",
        {"3.4-fold": "2017", "$9 billion": "2017"},
    ),
    ("2022-08-10", "Exports of gas to Europe averaged 150 bcm a year from 2014 to 2018.", {"150 bcm a year": "2014:2018"}),
    # Counts up to a day.
    (
        "2015-08-03",
        "In the week to August 1, Ukraine shipped 410,000 tonnes of grain for export. Since July 1 it "
        "has shipped 1.9 million tonnes.",
        {"410,000 tonnes": "2015-07:2015-08", "1.9 million tonnes": "2015-07:2015-08"},
    ),
    (
        "2024-07-20",
        "As of 1 July, 1,200 containers had been shipped by rail from Xi'an to Baku this year.",
        {"1,200 containers": "2024-01:2024-07"},
    ),
    (
        "2024-10-30",
        "Russian exports of wheat totalled 14.5 million tonnes since the start of the season on July 1.",
        {"14.5 million tonnes": "2024-07:2024-10"},
    ),
    (
        "2018-11-15",
        "By November 1, 2018, Kazakhstan had exported 2.4 million tons of flour in the marketing year "
        "that began on September 1.",
        {"2.4 million tons": "2018-09:2018-11"},
    ),
    (
        "2022-08-10",
        "Since the railway opened in 2017, it has carried 1.5 million tons of freight.",
        {"1.5 million tons": "2017:2022-08"},
    ),
    # Parts that only explain a word keep their dates to themselves.
    (
        "2022-08-10",
        "The Baku-Tbilisi-Kars railway, opened in 2017, carried 430,000 tons of freight in the first seven months.",
        {"430,000 tons": "2022-01:2022-07"},
    ),
    (
        "2024-09-10",
        "Under a contract signed in March 2022, Serbia buys 2.2 billion cubic metres of Russian gas a year.",
        {"2.2 billion cubic metres of Russian gas a year": "-"},
    ),
    (
        "2022-08-10",
        "German imports from China, which stood at 142 billion euros in 2021, rose by 46 percent in the first half.",
        {"142 billion euros": "2021", "46 percent": "2022-01:2022-06"},
    ),
    (
        "2023-02-03",
        "Last year the trade of Peru with Chile exceeded $1 billion for the first time since 2008, when it was $1.05 billion.",
        {"exceeded $1 billion": "2022", "$1.05 billion": "2008"},
    ),
    # What is so now, or usually, leaves the past.
    (
        "2022-08-10",
        "Twenty years ago Peru and Chile traded goods worth $200 million; today the figure is $4 billion.",
        {"$200 million": "2002", "$4 billion": "-"},
    ),
    (
        "2022-08-10",
        "Before the war Ukraine exported 5 million tonnes of grain by sea. In June it exported 1.4 million tonnes.",
        {"5 million tonnes": "-", "1.4 million tonnes": "2022-06"},
    ),
    (
        "2024-07-20",
        "The line carried 2 million tons of cargo in 2023. It is 826 km long and has a capacity of 5 million tons a year.",
        {"2 million tons": "2023", "826 km": "-", "5 million tons a year": "-"},
    ),
    ("2022-07-18", "The distance from Kars to Gyumri is 70 kilometres by rail, closed since 1993.", {"70 kilometres": "-"}),
    # Costs are of no time; what they are the cost of may be.
    (
        "2022-08-10",
        "The railway cost $400 million and was finished in 2020.",
        {"$400 million": "-"},
    ),
    (
        "2022-08-10",
        "Turkey and Iran said on Tuesday that the $900 million railway project would go ahead.",
        {"$900 million": "-"},
    ),
    # Plans and forecasts.
    (
        "2022-08-10",
        "Peru's exports of ore to Chile are forecast to reach 12 million tonnes next year, after 10 "
        "million this year and 9 million last.",
        {"12 million tonnes": "2023", "10 million": "2022", "9 million": "2021"},
    ),
    (
        "2022-08-10",
        "The railway carried 1.3 million tons of transit freight in the first half and expects 3 "
        "million tons for the full year.",
        {"1.3 million tons": "2022-01:2022-06", "3 million tons": "2022"},
    ),
    (
        "2024-03-12",
        "The railway is expected to carry freight of 5 million tonnes at the start and 15 million tonnes by 2030.",
        {"5 million tonnes": "-", "15 million tonnes": ":2030"},
    ),
    # What was said on a day was so at another time.
    (
        "2014-01-15",
        "A report by the ports authority seen by Reuters on Tuesday said a total of 22 million tonnes of cargo moved through "
        "the port of Tema in 2013.",
        {"22 million tonnes": "2013"},
    ),
    (
        "2024-06-25",
        "Freight by rail amounted to 416 million tons from January through December 2023. This is 2.8 percent more than from "
        "January through December 2022.",
        {"416 million tons": "2023-01:2023-12", "2.8 percent": "2023-01:2023-12"},
    ),
    # What a number is as large as moves nothing.
    (
        "2022-07-12",
        "The ferry terminal handled 9,300 wagons in January-June. It took 2,000 trucks, nearly twice as many as last year.",
        {"9,300 wagons": "2022-01:2022-06", "2,000 trucks": "2022-01:2022-06"},
    ),
    (
        "2019-05-07",
        "The port of Bandar Abbas handled five million tons of cargo in the first month of the year (March 21-April 20, 2019).",
        {"five million tons": "2019-03:2019-04"},
    ),
    (
        "1987-04-08",
        "March shipments of Thai rice totalled 402,000 tonnes, compared with 371,000 in February and 366,000 in March 1986.",
        {"402,000 tonnes": "1987-03", "371,000": "1987-02", "366,000": "1986-03"},
    ),
    # Headings and chronicles date what stands below them.
    (
        "2025-12-12",
        "Timeline of a trade war\n\nBoth sides have since agreed to talk about what each buys, say people who know.\n\n"
        "*2018*\n\n6 July. The United States imports 2 million tons of Chinese steel less.\n\n"
        "*2019*\n\n29 June: a truce. China imports 544,000 tons of soybeans from the United States.",
        {"544,000 tons": "2019-06"},
    ),
    (
        "2022-08-10",
        "WHEAT EXPORTS, JULY 2022\n\nRussia: 2.1 million tonnes\n\nUkraine: 0.4 million tonnes",
        {"2.1 million tonnes": "2022-07", "0.4 million tonnes": "2022-07"},
    ),
    # Seasons without months, and years that do not begin in January.
    (
        "2024-07-20",
        "Kazakhstan exported 8 million tons of grain in the 2023/24 season, against 9.1 million tons in 2022/23.",
        {"8 million tons": "-", "9.1 million tons": "-"},
    ),
    (
        "2016-05-12",
        "Iran's railway carried 35.6 million tons of freight in 1394, 8 percent less than in 1393.",
        {"35.6 million tons": "2015-03:2016-03", "8 percent": "2015-03:2016-03"},
    ),
    # Causes, deliveries, sayings.
    (
        "2025-07-02",
        "In the first half Brazil's exports came to 2.6 million tonnes, a rise of 0.5% thanks to a strong first quarter.",
        {"2.6 million tonnes": "2025-01:2025-06", "0.5%": "2025-01:2025-06"},
    ),
    (
        "2016-10-04",
        "Egypt said on Tuesday it had bought 240,000 tonnes of wheat at a tender for shipment on Nov. 11-20.",
        {"240,000 tonnes": "2016-10"},
    ),
    (
        "2019-08-06",
        "The president said last week that the US would put a 10 percent tariff on Chinese imports starting Sept. 1.",
        {"10 percent": "2019-09:"},
    ),
    (
        "2025-07-02",
        "The union cut its forecast for Brazil's exports this year to 5.2 million tonnes from 5.4 million.",
        {"5.2 million tonnes": "2025", "5.4 million": "2025"},
    ),
    (
        "2018-03-08",
        "In February Chile's imports of diesel were twice as large as in February of last year, at $310 million.",
        {"$310 million": "2018-02"},
    ),
    # Bases alone.
    (
        "2022-08-10",
        "Compared with the first half of 2021, Peru's exports to Chile rose by 15 percent.",
        {"15 percent": "2022-01:2022-06"},
    ),
    (
        "2020-04-10",
        "Peru's exports to Chile fell by 5 percent month on month and rose by 11 percent year on year "
        "in March, to $3.2 billion.",
        {"5 percent": "2020-03", "11 percent": "2020-03", "$3.2 billion": "2020-03"},
    ),
    # What is to be built has a load by the time that it is ready.
    (
        "2025-06-11",
        "A second container terminal at Tema in Ghana should be ready by 2027. It will manage 400,000 TEU a year.",
        {"400,000 TEU a year": ":2027"},
    ),
    (
        "2025-06-11",
        "Kenya wants a new port by 2028. A railway is to be built by the same year. It would carry 5 million tons a year.",
        {"5 million tons a year": ":2028"},
    ),
    (
        "2025-06-11",
        "The bridge is to open by 2026. Mombasa, in Kenya, will handle 9 million tons a year.",
        {"9 million tons a year": "-"},
    ),
    (
        "2025-06-11",
        "The road is due in 2026. By then trade between Bahrain and Qatar is expected to reach $5 billion.",
        {"$5 billion": ":2026"},
    ),
    # A duty holds from the day on which its pact begins.
    (
        "2025-06-11",
        "The agreement between Chile and India takes effect on July 1, 2025. "
        "Some 80% of Chilean goods will then be free of duty.",
        {"Some 80%": "2025-07:"},
    ),
    (
        "2025-06-11",
        "The pact between Peru and Japan enters into force on 1 March 2026. "
        "From then on 95% of exports of Peru will be free of duty.",
        {"95%": "2026-03:"},
    ),
    # The share of one side is of the time of the trade.
    (
        "2025-06-11",
        "Trade between Kenya and Uganda came to $1.2 billion in 2024. "
        "Measured against Kenya's total trade, Uganda has a share of 4%.",
        {"$1.2 billion": "2024", "4%": "2024"},
    ),
    (
        "2025-06-11",
        "Trade between Kenya and Uganda came to $1.2 billion in 2024. China has a share of 20% in Kenya's trade.",
        {"$1.2 billion": "2024", "20%": "-"},
    ),
]


def month(bound: date | None) -> str:
    return bound.isoformat()[:7] if bound else ""


def expected(told: str) -> tuple[str, str]:
    start, _, end = told.partition(":") if ":" in told else (told, "", told)
    if told == "-":
        return "", ""
    return (f"{start}-01" if len(start) == 4 else start), (f"{end}-12" if len(end) == 4 else end)


@pytest.mark.parametrize(("published", "text", "periods"), CASES, ids=[case[1][:50] for case in CASES])
def test_each_number_has_its_time(published: str, text: str, periods: dict[str, str]) -> None:
    claims = quantity_claims(read_script(read_text(text, date.fromisoformat(published))))
    found = {str(claim.value_text): (month(claim.period_start), month(claim.period_end)) for claim in claims}
    assert {value: found.get(value) for value in periods} == {value: expected(told) for value, told in periods.items()}
