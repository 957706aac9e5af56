"""Fiscal years that a country tells, through `find_dates` with the names of a text."""

from datetime import date

import pytest

from pipeline.contract.reference import read_rows
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.dates import find_dates
from pipeline.language.names import find_names

PUBLISHED = date(2025, 2, 10)


def bounds(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    marks = find_dates(text, published, find_names(text, published))
    return [(str(mark.date_start), str(mark.date_end)) for mark in marks]


OF_COUNTRIES = [
    ("India exported rice worth $10 billion in the 2023-24 financial year.", "2023-04-01", "2024-03-31"),
    ("Indian exports rose 5% in the last fiscal year.", "2023-04-01", "2024-03-31"),
    ("India's exports were $430 billion last fiscal, officials said.", "2023-04-01", "2024-03-31"),
    ("The target for the next financial year is $50 billion, New Delhi said.", "2025-04-01", "2026-03-31"),
    ("Exports from India grew in the first quarter of fiscal 2024/25.", "2024-04-01", "2024-06-30"),
    ("Japan bought 60 million tonnes of LNG in fiscal 2023.", "2023-04-01", "2024-03-31"),
    ("Thailand shipped 8 million tonnes of rice in fiscal 2024.", "2023-10-01", "2024-09-30"),
    ("The port of Mombasa in Kenya was busy in the first half of the 2024/25 financial year.", "2024-07-01", "2024-12-31"),
    ("Ethiopia earned $3.8 billion in the 2023/24 fiscal year.", "2023-07-08", "2024-07-07"),
    ("Nepal bought goods worth $12 billion in the fiscal year 2080/81.", "2023-07-16", "2024-07-15"),
    ("Myanmar exported gas in the 2019-2020 fiscal year.", "2019-10-01", "2020-09-30"),
    ("Myanmar exported gas in the 2023-24 fiscal year.", "2023-04-01", "2024-03-31"),
    ("Iran's exports grew in the last fiscal year.", "2023-03-21", "2024-03-20"),
    ("Bangladesh exported goods worth $26 billion so far this fiscal year.", "2024-07-01", "2025-02-10"),
    ("In Q3 of the current financial year exports from Bangladesh grew 5%.", "2025-01-01", "2025-03-31"),
    ("USDA forecasts U.S. farm exports of $170 billion in fiscal year 2024.", "2023-10-01", "2024-09-30"),
    ("Exports to Nepal rose in fiscal 2023-24, India's commerce ministry said.", "2023-04-01", "2024-03-31"),
    ("Rice exports from India to Kenya fell in the last financial year.", "2023-04-01", "2024-03-31"),
    ("The Egyptian fiscal year 2022/23 was the canal company's best.", "2022-07-01", "2023-06-30"),
]


@pytest.mark.parametrize(("text", "start", "end"), OF_COUNTRIES)
def test_the_country_of_a_sentence_tells_its_fiscal_year(text: str, start: str, end: str) -> None:
    assert bounds(text) == [(start, end)]


DOUBTFUL = [
    "Exports were $30 billion in fiscal 2024.",
    "The company's exports from India were $3 billion in fiscal 2024.",
    "The United States exported goods worth $4 billion in fiscal 2024.",
    "Exports of India and Egypt were $9 billion in the last fiscal year.",
    "China's imports from India fell in the last fiscal year, China said.",
    "The World Bank lent India $3 billion in its fiscal year 2024.",
    "Trade between India and Bangladesh grew in the last fiscal year.",
    "Kenya exported tea worth $1 billion in fiscal 2024.",  # use is divided there on which year names it
    "Myanmar exported gas in the 2021-22 fiscal year.",  # cut short to six months
    "Uganda's coffee exports fell in the 2023/24 marketing year.",
    "Australia exported wheat in 2023-24.",
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_fiscal_year_stays_unresolved(text: str) -> None:
    assert bounds(text) == [("None", "None")]


def test_the_text_is_on_a_country() -> None:
    text = (
        "Pakistan's textile sales rose. Pakistan sold cloth to China.\n\nExports reached $30 billion in the last fiscal year."
    )
    assert bounds(text) == [("2023-07-01", "2024-06-30")]


def test_two_years_are_fiscal_where_the_text_speaks_of_fiscal_years() -> None:
    text = "India's exports fell in the last fiscal year. In 2021-22 they had grown."
    assert bounds(text)[1] == ("2021-04-01", "2022-03-31")


def test_the_previous_fiscal_year_is_the_one_before_that_spoken_of() -> None:
    text = "Pakistan exported goods worth $30 billion in fiscal 2024, up from $27 billion in the previous fiscal year."
    assert bounds(text) == [("2023-07-01", "2024-06-30"), ("2022-07-01", "2023-06-30")]


def test_the_same_period_of_another_fiscal_year() -> None:
    text = "Egypt sold more in the first seven months of this fiscal year than in the same period of the last fiscal year."
    assert bounds(text) == [("2024-07-01", "2025-01-31"), ("2023-07-01", "2024-01-31")]


def test_what_the_text_tells_beats_the_country() -> None:
    text = "India's central bank closed its fiscal year 2019 on June 30. The fiscal year ended in June."
    assert bounds(text)[0] == ("2018-07-01", "2019-06-30")


def test_without_names_or_a_date_nothing_is_supposed() -> None:
    text = "Indian exports rose in the last fiscal year."
    assert bounds(text, None) == [("None", "None")]
    assert find_dates(text, PUBLISHED)[0].date_start is None


def test_the_table_names_days_of_countries_once_for_each_year() -> None:
    taken: dict[str, list[range]] = {}
    for row in read_rows("fiscal_years.csv"):
        assert row["country"] in vocabulary().countries or row["country"] in vocabulary().corridors
        assert row["named"] in {"", "start", "end"}
        assert date(2023, int(row["month"]), int(row["day"])) != date(2023, 1, 1)
        years = range(int(row["first"] or 1), int(row["last"] or 9999) + 1)
        for other in taken.setdefault(row["country"], []):
            assert other.stop <= years.start
        taken[row["country"]].append(years)


def test_a_canal_has_a_fiscal_year_of_its_own() -> None:
    text = "The Panama Canal was passed by 9,944 ships in fiscal year 2024, against 14,080 in the previous fiscal year."
    assert bounds(text) == [("2023-10-01", "2024-09-30"), ("2022-10-01", "2023-09-30")]
