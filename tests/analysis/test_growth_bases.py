"""What a growth is measured against: read from the words near it, and part of the statement that it makes."""

from datetime import date
from typing import Any

import pytest

from tests.analysis.made import Answers, Row, answers, document, number

PAIR = {"reporter": ["AZE"], "partner": ["KAZ"]}
YEAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
MAY = {"period_start": date(2025, 5, 1), "period_end": date(2025, 5, 31)}
TO_MAY = {"period_start": date(2025, 1, 1), "period_end": date(2025, 5, 31)}
QUARTER = {"period_start": date(2025, 4, 1), "period_end": date(2025, 6, 30)}
BY_MAY = {"period_start": None, "period_end": date(2025, 5, 31)}
TO_2030 = {"period_start": None, "period_end": date(2030, 12, 31)}
UNTOLD: Row = {"period_start": None, "period_end": None}
NOW = date(2025, 7, 2)


def growth(said: str, doc_id: str = "a", **fields: Any) -> Row:
    """The growth whose number is the first one before 'percent' in the words."""
    words = said.split(" percent", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    start = fields.get("evidence_start", 0) + said.index(f"{words} percent")
    return number(
        doc_id,
        "turnover",
        float(words),
        **{
            **PAIR,
            **{"measure": "growth", "unit": "%", "evidence": said, "value_start": start, "value_end": start + len(words)},
            **{"evidence_end": fields.get("evidence_start", 0) + len(said)},
            **fields,
        },
    )


def level(value: float, doc_id: str = "a", **fields: Any) -> Row:
    return number(doc_id, "turnover", value, **{**PAIR, **fields})


def of(*claims: Row) -> Answers:
    return answers([document(name, NOW) for name in "abc"], *claims)


@pytest.mark.parametrize(
    ("said", "period", "base"),
    [
        ("Trade grew 4 percent in May compared with April, it said.", MAY, "month"),
        ("Trade grew 4 percent in May 2025 from the April 2025 level.", MAY, "month"),
        ("Compared to April, trade grew 4 percent.", MAY, "month"),
        ("Trade grew 4 percent in May 2025 from the previous month.", MAY, "month"),
        ("Trade grew 20 percent in May 2025 compared with May 2024.", MAY, "year"),
        ("Trade grew 20 percent in May, against May of last year.", MAY, "year"),
        ("Trade was 20 percent higher than in May 2019.", MAY, "2019"),
        ("Trade grew 20 percent in May from March.", MAY, "other"),
        # neither goes without saying of a month
        ("Trade grew 20 percent in May 2025.", MAY, "untold"),
        ("Trade grew 20 percent in May 2025, after shipments began on May 3.", MAY, "untold"),
        ("Trade grew 3 percent from the first quarter.", QUARTER, "quarter"),
        ("Trade grew 3 percent compared with Q2 2024.", QUARTER, "year"),
        ("Trade grew 3 percent from January to May.", TO_MAY, "year"),
        ("Trade grew 3 percent in five months from May 2024.", TO_MAY, "other"),
        ("Trade grew 3 percent on the same period of 2019.", TO_MAY, "2019"),
        ("Trade grew 3 percent in January-May 2025, a year earlier it fell.", TO_MAY, "year"),
        ("Trade grew 3 percent in 2024.", YEAR, "year"),
        ("Trade grew 3 percent in 2024, the most since 2011.", YEAR, "year"),
        ("Trade grew 60 percent in 2024 compared with 2019.", YEAR, "2019"),
        ("Trade grew 60 percent from 2023.", YEAR, "year"),
        ("Trade grew 60 percent in ten years.", YEAR, "other"),
        ("Trade was up 3 percent.", BY_MAY, "untold"),
        ("Trade was up 3 percent on a year earlier.", BY_MAY, "year"),
        ("Trade is to grow 40 percent.", TO_2030, "untold"),
        ("Trade grew 60 percent from 2019.", UNTOLD, "2019"),
        ("Trade grew 60 percent.", UNTOLD, "untold"),
    ],
)
def test_the_base_is_what_the_words_say(said: str, period: Row, base: str) -> None:
    assert of(growth(said, **period)).sql("SELECT base FROM trade_claims").fetchall() == [(base,)]


def test_only_what_compares_has_a_base() -> None:
    database = of(
        level(5e8, **YEAR), level(20, measure="share", unit="%", **YEAR), level(2, measure="multiple", unit="x", **YEAR)
    )
    assert database.sql("SELECT measure, base FROM trade_claims ORDER BY 1").fetchall() == [
        ("level", None),
        ("multiple", "year"),
        ("share", None),
    ]


def test_each_growth_of_a_sentence_has_the_base_behind_it() -> None:
    said = "Trade grew 4 percent from April and 20 percent from May 2024."
    place = said.index("20")
    second = growth(said, **MAY) | {"value_low": 20, "value_high": 20, "value_start": place, "value_end": place + 2}
    found = of(growth(said, **MAY), second).sql("SELECT value_low, base FROM trade_claims ORDER BY 1").fetchall()
    assert found == [(4, "month"), (20, "year")]


ON_MONTH = "In May trade grew 4 percent compared with April."
ON_YEAR = "In May trade grew 20 percent compared with May 2024."
SO_ON_YEAR = "It grew 20 percent in May on the year."
NO_BASE = "In May trade grew {} percent."


def test_growths_on_other_bases_are_other_facts_and_in_no_conflict() -> None:
    database = of(growth(ON_MONTH, **MAY), growth(ON_YEAR, "b", **MAY), growth(SO_ON_YEAR, "c", **MAY))
    assert database.sql("SELECT base, value_low, voices, agreement FROM facts ORDER BY 1").fetchall() == [
        ("month", 4, 1, "single"),
        ("year", 20, 2, "corroborated"),
    ]
    assert database.sql("FROM fact_conflicts").fetchall() == []


def test_growths_on_one_base_that_differ_are_a_conflict() -> None:
    database = of(growth(ON_YEAR, **MAY), growth(ON_YEAR.replace("20 ", "30 "), "b", **MAY))
    assert database.sql("SELECT kind, explained FROM fact_conflicts").fetchall() == [("value", False)]


def test_growths_whose_base_nobody_knows_may_both_be_true() -> None:
    database = of(growth(NO_BASE.format(4), **MAY), growth(NO_BASE.format(20), "b", **MAY))
    assert database.sql("SELECT agreement, comparable FROM facts").fetchall() == [("single", False)]
    assert database.sql("SELECT explained FROM fact_conflicts").fetchall() == [(True,)]


def test_beside_an_amount_stands_the_growth_on_the_year_before_if_one_is_told() -> None:
    amount, on_month, on_year = level(3e8, "c", **MAY), growth(ON_MONTH, **MAY), growth(ON_YEAR, "b", confidence=0.4, **MAY)
    shown = "SELECT growth_percent, growth_base FROM bilateral_turnover"
    assert of(amount, on_month).sql(shown).fetchall() == [(4, "month")]
    assert of(amount, on_month, on_year).sql(shown).fetchall() == [(20, "year")]
    in_one_sentence = [on_month | {"doc_id": "c"}, on_year | {"doc_id": "c", "evidence_start": 0}]
    assert of(amount, *in_one_sentence).sql(shown).fetchall() == [(20, "year")]
    planned = growth("In May trade was 4 percent more than planned.", **MAY)
    assert of(amount, planned).sql(shown).fetchall() == [(None, None)]


SINCE = "In 2024 trade grew 60 percent compared with 2019."
EARLIER = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}


def test_a_growth_since_an_older_year_contradicts_no_two_years_in_a_row() -> None:
    amounts = level(5e8, **YEAR), level(4e8, value_start=40, value_end=41, **EARLIER)
    database = of(*amounts, growth(SINCE, evidence_start=100, **YEAR))
    assert database.sql("FROM inconsistencies").fetchall() == []
    found = database.sql("SELECT implied, round(value), told_claim_id FROM derivations ORDER BY ALL").fetchall()
    assert found == [("base", 312_500_000, None), ("growth", 25, None)]
    # one on the year before does
    wrong = growth("In 2024 trade grew 60 percent compared with 2023.", evidence_start=100, **YEAR)
    assert of(*amounts, wrong).sql("SELECT count(*) FROM inconsistencies").fetchall() == [(1,)]


def test_a_growth_since_an_older_year_tells_no_growth_from_year_to_year() -> None:
    amounts = level(5e8, **YEAR), level(4e8, "b", **EARLIER)
    told = "SELECT implied, round(value), told_by_claim_id FROM implied_values WHERE implied = 'growth'"
    assert of(*amounts, growth(SINCE, "c", **YEAR)).sql(told).fetchall() == [("growth", 25, None)]
    assert of(*amounts, growth("In 2024 trade grew 25 percent.", "c", **YEAR)).sql(told).fetchall() == []
    one_text = level(4e8, value_start=40, value_end=41, **EARLIER)
    assert of(amounts[0], one_text, growth(SINCE, "c", **YEAR)).sql(told).fetchall() == [("growth", 25, None)]
