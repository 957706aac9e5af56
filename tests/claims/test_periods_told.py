"""The time of a number where it runs on, is told in other words, or where a date in the sentence is of something else."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

# Published, text, and for each number its period as days, `-` for none and an open end left out.
CASES = [
    # What has come together so far runs since the time that the sentence tells.
    (
        "2024-10-29",
        "So far in October 3,010 vessels have passed the Bosphorus.",
        {"3,010 vessels": "2024-10-01 2024-10-29"},
    ),
    (
        "2024-08-23",
        "The railways of Peru have carried 41,000 tonnes of zinc in August to date, in 620 wagons.",
        {"41,000 tonnes": "2024-08-01 2024-08-23", "620 wagons": "2024-08-01 2024-08-23"},
    ),
    (
        "2025-02-10",
        "In the marketing year that began on October 1, 2024, Kenya has so far exported 60,000 tonnes of coffee, or 4% less "
        "than a year earlier.",
        {"60,000 tonnes": "2024-10-01 2025-02-10", "4%": "2024-10-01 2025-02-10"},
    ),
    (
        "2024-12-03",
        "Zambia has so far this year exported copper worth $6.1 billion. That compares with $5.4 billion at the same point of "
        "2023.",
        {"$6.1 billion": "2024-01-01 2024-12-03", "$5.4 billion": "2023-01-01 2023-12-03"},
    ),
    # `Since then` is since what was told last, a day or longer.
    (
        "2026-03-12",
        "A train left Dushanbe on Wednesday. Iran lifted its ban on transit in October. Since then 27,000 tons of wheat have "
        "come to Tajikistan from Iran by rail.",
        {"27,000 tons": "2025-10-01 2026-03-12"},
    ),
    # What a second number of a comparison tells moves nothing.
    (
        "2014-07-08",
        "Peru exported 30,000 tonnes of zinc in June, up from 29,000 in May and 22,000 in June 2013. Copper shipments slipped "
        "to 36,000 tonnes from 37,000 a month earlier.",
        {"22,000": "2013-06-01 2013-06-30", "36,000 tonnes": "2014-06-01 2014-06-30", "37,000": "2014-05-01 2014-05-31"},
    ),
    # Figures still to come are of a month that is over.
    (
        "2014-07-08",
        "China's imports of soybeans were 5.1 million tonnes in May. June numbers are due on Thursday and traders expect 5.4 "
        "million tonnes.",
        {"5.1 million tonnes": "2014-05-01 2014-05-31", "5.4 million tonnes": "2014-06-01 2014-06-30"},
    ),
    # A clause joined on has a year of its own.
    (
        "2024-09-03",
        "The bank lent Kenya $100 million in June for wagons and the terminal is due at the end of 2025.",
        {"$100 million": "2024-06-01 2024-06-30"},
    ),
    # A growth leads to the total of a longer time.
    (
        "2023-11-21",
        "Third-quarter volumes at the port of Callao were 5 percent lower at 398,000 TEU, bringing the total for the nine "
        "months to 1.14 million TEU.",
        {"398,000 TEU": "2023-07-01 2023-09-30", "1.14 million TEU": "2023-01-01 2023-09-30"},
    ),
    (
        "2024-06-10",
        "Trade between Oman and Iran was $0.9 billion in January-May. In the total for 2023 it was $2.1 billion.",
        {"$2.1 billion": "2023-01-01 2023-12-31"},
    ),
    # A word put in between commas parts nothing.
    (
        "2023-02-20",
        "Tea exports of Kenya fetched $1.3 billion in 2022. In January, however, shipments dropped by a tenth to 38 million "
        "kilograms, and the board reckons that the first quarter will close 5 percent lower.",
        {"a tenth": "2023-01-01 2023-01-31", "38 million kilograms": "2023-01-01 2023-01-31"},
    ),
    # What is usual, and what a thing was made for, is of any time.
    (
        "2024-11-20",
        "Instead of the usual 12 trains a day Gabon's railway ran 7 trains a day in May.",
        {"12 trains a day": "-", "7 trains a day": "2024-05-01 2024-05-31"},
    ),
    (
        "2024-11-20",
        "Instead of the 12 trains a day of April Gabon's railway ran 7 trains a day in May.",
        {"12 trains a day": "2024-04-01 2024-04-30", "7 trains a day": "2024-05-01 2024-05-31"},
    ),
    (
        "2022-12-01",
        "From January to October the port of Posorja, designed for 750,000 TEU a year, handled 212,000 TEU.",
        {"750,000 TEU a year": "-", "212,000 TEU": "2022-01-01 2022-10-31"},
    ),
    (
        "2022-12-01",
        "From January to October the port of Posorja handled 212,000 TEU, though 240,000 TEU were handled in 2021.",
        {"212,000 TEU": "2022-01-01 2022-10-31", "240,000 TEU": "2021-01-01 2021-12-31"},
    ),
    (
        "2025-09-30",
        "Opened in 1962, Bolivia's line to the coast was designed to carry 900,000 tonnes a year.",
        {"900,000 tonnes a year": "-"},
    ),
    (
        "2025-09-30",
        "Opened in 1962, Bolivia's line to the coast carried 900,000 tonnes in 1975.",
        {"900,000 tonnes": "1975-01-01 1975-12-31"},
    ),
    # What goes on as somebody speaks is of no earlier time.
    (
        "2024-11-20",
        "The port of Vancouver handled 3.1 million TEU last year. Canada's railway said it was moving 15 trains a day from the "
        "coast.",
        {"3.1 million TEU": "2023-01-01 2023-12-31", "15 trains a day": "-"},
    ),
    # The day of a signature is that of the contract alone.
    (
        "2025-09-30",
        "A Chinese company will spend $1.4 billion on the railway in Zambia, under a concession signed in Lusaka on Monday.",
        {"$1.4 billion": "-"},
    ),
    (
        "2023-10-10",
        "The contract which Kazakhstan and Azerbaijan signed last November provides for the transit of 1.5 million tonnes of "
        "oil a year.",
        {"1.5 million tonnes of oil a year": "-"},
    ),
    # A growth in a bracket is of the number before it there.
    (
        "2018-09-21",
        "The port of Ghent, which had done well in the second quarter (640,000 tonnes, or 7.2 percent more), handled only "
        "150,000 tonnes in August.",
        {
            "640,000 tonnes": "2018-04-01 2018-06-30",
            "7.2 percent": "2018-04-01 2018-06-30",
            "150,000 tonnes": "2018-08-01 2018-08-31",
        },
    ),
    (
        "2018-09-21",
        "The port of Ghent, which had done well in the second quarter (640,000 tonnes), handled 7.2 percent less in August.",
        {"640,000 tonnes": "2018-04-01 2018-06-30", "7.2 percent": "2018-08-01 2018-08-31"},
    ),
    # What a forecast is compared with is of its own year.
    (
        "2023-11-21",
        "Peru's copper exports are seen at 1.5 million tonnes in 2023, a touch under the 1.54 million of 2022.",
        {"1.54 million": "2022-01-01 2022-12-31"},
    ),
    # A rate that is to rise from a month on compares with nothing.
    (
        "2016-09-22",
        "The railways of Ukraine want to raise tariffs by 25 percent from January and another 22 percent in April.",
        {"25 percent": "2017-01-01", "22 percent": "2017-04-01 2017-04-30"},
    ),
    # In a text without a date the year runs on.
    (
        None,
        "In the first quarter of 2023 trade between Oman and Iran was $780 million. By the end of the year the two intend to "
        "bring it to $5 billion.",
        {"$780 million": "2023-01-01 2023-03-31", "$5 billion": " 2023-12-31"},
    ),
    # Two months joined are one time, and so is a year named before it is told as a whole.
    (
        "2025-03-14",
        "The port of Poti handled 8.1 million tons in 2024. In January and February it handled 1.5 million tons.",
        {"1.5 million tons": "2025-01-01 2025-02-28"},
    ),
    (
        "2019-10-10",
        "By rail Peru moved 480,000 tonnes of copper from January to September. In 2018 the whole year brought 553,000 tonnes.",
        {"553,000 tonnes": "2018-01-01 2018-12-31"},
    ),
    # The quarter is the one that the month told has closed.
    (
        "2021-04-28",
        "The port of Ain Sokhna handled 1.9 million tonnes in March. For the quarter as a whole it handled 5.2 million tonnes.",
        {"1.9 million tonnes": "2021-03-01 2021-03-31", "5.2 million tonnes": "2021-01-01 2021-03-31"},
    ),
    # A year that the text tells to end in June is one where two years are named.
    (
        "1986-11-18",
        "Zambia exported 110,000 tonnes of maize in the year to June 1986, up from 98,500 tonnes in 1984/85.",
        {"110,000 tonnes": "1985-07-01 1986-06-30", "98,500 tonnes": "1984-07-01 1985-06-30"},
    ),
    (
        "2024-05-15",
        "Peru exported 48,000 tonnes of coffee in 2022/23 (April-March). In 2021/22 it exported 41,000 tonnes.",
        {"48,000 tonnes": "2022-04-01 2023-03-31", "41,000 tonnes": "2021-04-01 2022-03-31"},
    ),
    # What is to follow from a deal is of no day on which it was signed.
    (
        "2024-09-19",
        "Namibia and Germany signed an agreement in Windhoek on Thursday under which Germany will invest $10 billion in "
        "Namibia by 2032.",
        {"$10 billion": " 2032-12-31"},
    ),
    # A year in a bracket is the same part of that year.
    (
        "2018-10-04",
        "Brazil's soybean exports, 69.2 million tonnes from January to September (2017: 60.8 million), remain high.",
        {"69.2 million tonnes": "2018-01-01 2018-09-30", "60.8 million": "2017-01-01 2017-09-30"},
    ),
    (
        "2018-10-04",
        "Exports of Chile to Japan, normally 30,000 tonnes of salmon a year, have dried up since the duty of July 6.",
        {"30,000 tonnes of salmon a year": "-"},
    ),
    # Statistics go on in the present tense; rates and shares without a rank are of any time.
    (
        "2024-06-20",
        "Kenya's trade turnover reached $26.3 billion in January-May. China remains the largest partner with $4.9 billion, or "
        "18.6 percent of turnover. Uganda is second with $4.6 billion.",
        {
            "$4.9 billion": "2024-01-01 2024-05-31",
            "18.6 percent": "2024-01-01 2024-05-31",
            "$4.6 billion": "2024-01-01 2024-05-31",
        },
    ),
    (
        "2023-08-10",
        "Peru exported fish meal worth $540 million in the first half. The main buyer is China ($401 million). Japan buys "
        "44,000 tonnes a year and Chile takes 3 percent.",
        {"$401 million": "2023-01-01 2023-06-30", "44,000 tonnes a year": "-"},
    ),
    # A fiscal year is told as a whole in the first weeks of the next.
    (
        "2020-07-14",
        "Pakistan's exports in June came to $1.6 billion. For the fiscal year as a whole they declined to $21.4 billion. "
        "The target of Pakistan's government for exports in the new fiscal year is $22.7 billion.",
        {
            "$1.6 billion": "2020-06-01 2020-06-30",
            "$21.4 billion": "2019-07-01 2020-06-30",
            "$22.7 billion": "2020-07-01 2021-06-30",
        },
    ),
    (
        "2020-02-14",
        "Pakistan's exports came to $11.4 billion in the fiscal year.",
        {"$11.4 billion": "-"},
    ),
    # A deficit that acts is no base of a comparison, and exports of May are those of a month.
    (
        "1988-01-19",
        "Peru's trade deficit was 1.1 billion dlrs in December. This year's deficit should shrink to 0.9 billion dlrs.",
        {"1.1 billion dlrs": "1987-12-01 1987-12-31", "0.9 billion dlrs": "1988-01-01 1988-12-31"},
    ),
    (
        "2024-05-08",
        "Wheat exports of Russia hit 4.9 million tons in April. May exports are seen at 4.2 million tons.",
        {"4.9 million tons": "2024-04-01 2024-04-30", "4.2 million tons": "2024-05-01 2024-05-31"},
    ),
    # The points under a headline are of the time that the text tells for the number beside them.
    (
        "2016-07-04",
        "Kenya's tea exports hit record\n\n* Exports up 13.5 pct at 394,000 tonnes\n\nKenya exported 394,000 tonnes of tea in "
        "the first half of 2016, the ministry said on Monday.",
        {"13.5 pct": "2016-01-01 2016-06-30"},
    ),
    # Months joined before or behind a number make one time, of which a pair with a number each is none.
    (
        None,
        "Peru shipped 210,000 tonnes in January and February 2025. In March, April and May 2025 it was 300,000 tonnes.",
        {"210,000 tonnes": "2025-01-01 2025-02-28", "300,000 tonnes": "2025-03-01 2025-05-31"},
    ),
    (
        "2025-10-14",
        "Ukraine sold 9 million tons of corn in June and 8 million in July and August.",
        {"9 million tons": "2025-06-01 2025-06-30", "8 million": "2025-07-01 2025-08-31"},
    ),
    # An `and` joins no months where each is told a number of its own.
    (
        "2026-03-10",
        "Ghana sold 30,000 tonnes of cocoa in May and June sales came to 20,000 tonnes.",
        {"30,000 tonnes": "2025-05-01 2025-05-31", "20,000 tonnes": "2025-06-01 2025-06-30"},
    ),
    (
        "2026-03-10",
        "Chile's copper exports rose to 300,000 tonnes in October and in November they slipped to 250,000 tonnes.",
        {"300,000 tonnes": "2025-10-01 2025-10-31", "250,000 tonnes": "2025-11-01 2025-11-30"},
    ),
    (
        "2026-03-10",
        "Peru's imports were $3 billion in August and September saw $4 billion.",
        {"$3 billion": "2025-08-01 2025-08-31", "$4 billion": "2025-09-01 2025-09-30"},
    ),
    (
        "2026-03-10",
        "Peru sold 40,000 tonnes of zinc in January and February compared with 30,000 tonnes a year earlier.",
        {"40,000 tonnes": "2026-01-01 2026-02-28", "30,000 tonnes": "2025-01-01 2025-02-28"},
    ),
    (
        "2026-03-10",
        "Peru sold 40,000 tonnes of zinc in January and February to cover a deficit of 50,000 tonnes.",
        {"40,000 tonnes": "2026-01-01 2026-02-28"},
    ),
    (
        "2026-03-10",
        "Peru's exports grew 4 percent in January and February helped by sales of 20,000 tonnes of zinc.",
        {"4 percent": "2026-01-01 2026-02-28"},
    ),
    (
        "2026-03-10",
        "A 5 percent rise in exports in January and February brought Peru's turnover to $9 billion.",
        {"$9 billion": "2026-01-01 2026-02-28"},
    ),
    # What has come together over months runs up to the month told last.
    (
        "2025-08-14",
        "In May Kenya's exports came to $420 million, bringing the five-month total to $2.5 billion.",
        {"$420 million": "2025-05-01 2025-05-31", "$2.5 billion": "2025-01-01 2025-05-31"},
    ),
    (
        "2025-10-14",
        "Kenya's exports came to $420 million in June. The half-year figure was $2.5 billion.",
        {"$2.5 billion": "2025-01-01 2025-06-30"},
    ),
    (
        "2025-10-14",
        "Kenya's exports came to $4 billion in 2024. The five-month total was $2.5 billion in 2025.",
        {"$4 billion": "2024-01-01 2024-12-31"},
    ),
    # `The first` is the quarter of the year that the one before it is of.
    (
        "2025-08-14",
        "Kenya's exports fell 13 percent in the second quarter after a 4 percent rise in the first.",
        {"13 percent": "2025-04-01 2025-06-30", "4 percent": "2025-01-01 2025-03-31"},
    ),
    # What a part less than a year before is compared with is no time of its own.
    (
        "2025-09-18",
        "Italy bought $9 billion of Kazakh goods in January-July, a fifth less than a year before.",
        {"$9 billion": "2025-01-01 2025-07-31", "a fifth": "2025-01-01 2025-07-31"},
    ),
    # A verb in the past puts a month behind the day of publication.
    (
        "2025-08-14",
        "Oil exports of Oman averaged 0.9 million barrels a day in September.",
        {"0.9 million barrels a day": "2024-09-01 2024-09-30"},
    ),
    (
        "2025-08-14",
        "Oman's crude will be shipped in September. Oman will export 900,000 tons of it in October.",
        {"900,000 tons": "2025-10-01 2025-10-31"},
    ),
    # A part of a month goes on as a month does.
    (
        "2025-08-14",
        "South Korea's exports fell 4.3% in the first ten days of August. Shipments to China declined 10%.",
        {"4.3%": "2025-08-01 2025-08-10", "10%": "2025-08-01 2025-08-10"},
    ),
    # A figure's own time stands right before it, whatever it is compared with, and moves nothing.
    (
        "2023-11-30",
        "Peru posted a surplus of $1.2 billion in October 2023, up from the surplus recorded in October 2022 of $0.9 billion. "
        "Imports of $4.1 billion were 3.5% more than those of a year earlier.",
        {
            "$1.2 billion": "2023-10-01 2023-10-31",
            "$0.9 billion": "2022-10-01 2022-10-31",
            "$4.1 billion": "2023-10-01 2023-10-31",
        },
    ),
    # A year stated for a number is that year, whatever the size of the number; a development over years is of the months told.
    (
        "2022-07-20",
        "Ghana exported 40,000 tonnes of cocoa in June, compared with 36,000 tonnes in 2021.",
        {"40,000 tonnes": "2022-06-01 2022-06-30", "36,000 tonnes": "2021-01-01 2021-12-31"},
    ),
    (
        "2022-07-20",
        "Ghana exported 40,000 tonnes of cocoa in June, compared with 410,000 tonnes in 2021.",
        {"410,000 tonnes": "2021-01-01 2021-12-31"},
    ),
    (
        "2022-07-20",
        "Exports for January-June rose by 5.4% from $818 million in 2021 to $862 million in 2022.",
        {"$818 million": "2021-01-01 2021-06-30", "$862 million": "2022-01-01 2022-06-30"},
    ),
    # What changed from a month to the next is of the later one.
    (
        "2022-07-20",
        "Exports fell from May 2022 to June 2022 by $1.6 billion, while between May and June imports increased by $5 million "
        "(4.5%).",
        {
            "$1.6 billion": "2022-06-01 2022-06-30",
            "$5 million": "2022-06-01 2022-06-30",
            "4.5%": "2022-06-01 2022-06-30",
        },
    ),
    # What changed over two months from a year earlier is of both.
    (
        "2026-03-10",
        "Between October and November 2025 Ghana's imports shrank by 9 percent against the same months of 2024. Between "
        "January and February 2026 exports grew by $30 million year on year.",
        {"9 percent": "2025-10-01 2025-11-30", "$30 million": "2026-01-01 2026-02-28"},
    ),
    (
        "2026-03-10",
        "Between January and February 2026 Ghana's exports grew by $30 million from a month earlier.",
        {"$30 million": "2026-02-01 2026-02-28"},
    ),
    # A week is compared with the one before it; only what is said to be of a year earlier is.
    (
        "2026-03-10",
        "The port of Tema handled 5,000 tonnes in the week to 1 March 2026, down from 6,000 tonnes.",
        {"5,000 tonnes": "2026-02-23 2026-03-01", "6,000 tonnes": "-"},
    ),
    (
        "2026-03-10",
        "The port of Tema handled 5,000 tonnes in the week to 1 March 2026, against 6,000 tonnes a year earlier.",
        {"6,000 tonnes": "2025-02-23 2025-03-01"},
    ),
    (
        "2026-03-10",
        "Ghana exported 5,000 tonnes of cocoa in February, up from 4,000 tonnes.",
        {"4,000 tonnes": "2025-02-01 2025-02-28"},
    ),
    # `The first,` of what was counted is no quarter.
    (
        "2026-03-10",
        "Of three jetties built in the second quarter of 2025, the first, for zinc, loaded 300,000 tonnes.",
        {"300,000 tonnes": "2025-04-01 2025-06-30"},
    ),
    # The year to date of results runs to the month that they are of; that of other news to its own day.
    (
        "2022-07-30",
        "In June exports reached $4 million. The year-to-date surplus is $21 million.",
        {"$21 million": "2022-01-01 2022-06-30"},
    ),
    (
        "2022-07-30",
        "In June, Norway exported 286,000 tonnes of seafood. So far this year it has exported 2.4 million tonnes.",
        {"2.4 million tonnes": "2022-01-01 2022-06-30"},
    ),
    (
        "2022-07-30",
        "In January Norway exported 286,000 tonnes of seafood. So far this year it has exported 2.4 million tonnes.",
        {"2.4 million tonnes": "2022-01-01 2022-07-30"},
    ),
    # Other goods, another flow or another side are told up to the day, and so is a year of which but one month was told.
    (
        "2022-07-30",
        "Peru exported 20,000 tonnes of zinc in June 2022. Since the beginning of the year copper exports have reached $300 "
        "million.",
        {"$300 million": "2022-01-01 2022-07-30"},
    ),
    (
        "2022-07-30",
        "In June 2022 Kenya's exports were $600 million. Imports so far this year are $9.5 billion.",
        {"$9.5 billion": "2022-01-01 2022-07-30"},
    ),
    (
        "2022-07-30",
        "In June 2022 Kenya's exports were $600 million. So far this year Ghana has exported goods worth $9.5 billion.",
        {"$9.5 billion": "2022-01-01 2022-07-30"},
    ),
    (
        "2022-02-20",
        "In January 2022 Kenya's exports were $600 million. Exports so far this year are $900 million.",
        {"$900 million": "2022-01-01 2022-02-20"},
    ),
    # So many months into a year are its first ones; a comparison behind the figure that a growth leads to is none of its time.
    (
        "2021-08-18",
        "Seven months into the 2021 calendar year, exports of Peru total $20 billion.",
        {"$20 billion": "2021-01-01 2021-07-31"},
    ),
    (
        "2023-05-03",
        "In February, exports of tea to Pakistan dropped by 56% to $8 million year-on-year.",
        {"56%": "2023-02-01 2023-02-28"},
    ),
    # The day outside of a quotation is that on which it was said.
    (
        "2023-11-01",
        "Ghana's cocoa exports stood at 9 million tonnes in the first eight months of 2023.\n\n“Italy is the top buyer with "
        "2 million tonnes,” the board said in a statement published on its website today.",
        {"2 million tonnes": "2023-01-01 2023-08-31"},
    ),
    # Each of several numbers compared with has its own time, and none of theirs is that of the number before them.
    (
        "2024-07-30",
        "Peru's imports hit $9.87 billion in June, down from $11 billion in May and the year-earlier $10.67 billion. "
        "Exports fell to $5.57 billion.",
        {
            "$11 billion": "2024-05-01 2024-05-31",
            "$10.67 billion": "2023-06-01 2023-06-30",
            "$5.57 billion": "2024-06-01 2024-06-30",
        },
    ),
    (
        "2024-07-30",
        "Chile bought copper for $8 million in May. Sales fell to 5 tonnes for the month against 6 tonnes in May 2023.",
        {"5 tonnes": "2024-05-01 2024-05-31", "6 tonnes": "2023-05-01 2023-05-31"},
    ),
    # What lasts is changed on the day behind both its rates.
    (
        "1987-10-20",
        "The shipping conference said it would cut the surcharge on shipments to Kuwait to 3 pct from 4.5 pct on October 25.",
        {"3 pct": "1987-10-25"},
    ),
    # `This period` is that of the number told last.
    (
        "2018-09-28",
        "Turkey's exports were $12 billion in August.\n\nIn January-August they rose to $108 billion.\n\nThe deficit in this "
        "period was $49 billion.",
        {"$49 billion": "2018-01-01 2018-08-31"},
    ),
]


def days(start: date | None, end: date | None) -> str:
    told = " ".join(day.isoformat() if day else "" for day in (start, end)).rstrip()
    return told or "-"


@pytest.mark.parametrize(("published", "text", "periods"), CASES, ids=[case[1][:50] for case in CASES])
def test_each_number_has_its_time(published: str | None, text: str, periods: dict[str, str]) -> None:
    told_on = date.fromisoformat(published) if published else None
    claims = quantity_claims(read_script(read_text(text, told_on)))
    found = {str(claim.value_text): days(claim.period_start, claim.period_end) for claim in claims}
    assert {value: found.get(value) for value in periods} == periods


def test_a_fiscal_year_may_have_an_article() -> None:
    told = [
        [
            (claim.value_text, claim.period_start, claim.period_end)
            for claim in quantity_claims(
                read_script(
                    read_text(
                        f"India's exports in May stood at $3 billion, up from $2 billion in the same month of {year}.",
                        date(2016, 6, 10),
                    )
                )
            )
        ]
        for year in ("FY 2015", "the FY 2015")
    ]
    assert told[0] == told[1]
    assert [value for value, *_ in told[0]] == ["$3 billion", "$2 billion"]
