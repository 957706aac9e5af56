"""The period of a number, through the extraction of quantity claims."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 2, 14)
NONE = ("None", "None")


def periods(text: str, published: date | None = PUBLISHED) -> dict[str, tuple[str, str]]:
    claims = quantity_claims(read_script(read_text(text, published)))
    return {str(claim.value_text): (str(claim.period_start), str(claim.period_end)) for claim in claims}


def year(number: int) -> tuple[str, str]:
    return f"{number}-01-01", f"{number}-12-31"


def test_each_number_of_a_comparison_has_its_own_year() -> None:
    found = periods("Peru's exports to Chile reached $5.2 billion in 2024, compared with $4.1 billion in 2023.")
    assert found == {"$5.2 billion": year(2024), "$4.1 billion": year(2023)}


def test_a_base_without_a_date_is_of_the_year_before() -> None:
    found = periods("In 2024 Peru's exports of copper rose to 3.1 million tons from 2.7 million tons.")
    assert found == {"3.1 million tons": year(2024), "2.7 million tons": year(2023)}


def test_what_is_expected_behind_a_semicolon_has_no_part_in_the_date_before_it() -> None:
    found = periods("Peru's exports of copper came to 3.1 million tons last year; the ministry expects 4 million tons.")
    assert found == {"3.1 million tons": year(2024), "4 million tons": NONE}


def test_what_is_compared_with_another_flow_is_of_the_same_time() -> None:
    found = periods("In 2024 Peru's exports to Chile were $5.2 billion against $4.1 billion of exports to Brazil.")
    assert found["$4.1 billion"] == year(2024)


def test_a_growth_is_of_the_time_now() -> None:
    found = periods("Peru's exports to Chile in 2024 grew by 12 percent to $5.2 billion compared with 2023.")
    assert found == {"12 percent": year(2024), "$5.2 billion": year(2024)}


def test_a_growth_in_a_bracket_behind_the_base_is_of_the_time_now() -> None:
    found = periods("In 2024 Peru's exports to Chile were $5 million against $4 million in 2023 (+25%).")
    assert found["+25%"] == year(2024)


def test_a_bracket_behind_a_date_tells_the_number_of_that_date() -> None:
    found = periods("In 2024 Peru exported 58 million tons of ore, 5 percent less than in 2023 (61 million tons).")
    assert found == {"58 million tons": year(2024), "5 percent": year(2024), "61 million tons": year(2023)}


def test_lists_in_the_same_order_are_paired() -> None:
    found = periods("Peru's exports to Chile were $2 billion and $3 billion in 2022 and 2023, respectively.")
    assert found == {"$2 billion": year(2022), "$3 billion": year(2023)}


def test_a_growth_over_a_count_of_years_has_no_period() -> None:
    found = periods("Peru's exports to Chile in 2023 rose to $5.2 billion. In a decade the exports have doubled.")
    assert found["doubled"] == NONE


def test_two_goals_have_two_deadlines() -> None:
    found = periods(
        "They plan to raise Peru's trade turnover with Chile to $9 billion within two years, "
        "and to increase exports of grain from Peru to Brazil to 4 million tons by 2031."
    )
    assert found == {"$9 billion": ("None", "2027-02-14"), "4 million tons": ("None", "2031-12-31")}


def test_the_day_on_which_it_was_said_is_no_period() -> None:
    found = periods("In 2024 Peru exported goods worth $5.2 billion to Chile, the minister said on Tuesday.")
    assert found == {"$5.2 billion": year(2024)}


def test_a_record_since_a_year_does_not_begin_there() -> None:
    found = periods("Peru's exports of copper to Chile rose to $5.2 billion, the highest since 2011.")
    assert found == {"$5.2 billion": NONE}


def test_a_date_that_explains_a_word_is_of_nothing_else() -> None:
    found = periods("The railway of Laos, which opened in 2021, carried 3.1 million tons of cargo.")
    assert found == {"3.1 million tons": NONE}


def test_a_level_compared_with_keeps_its_date_to_itself() -> None:
    found = periods("In 2024 Peru's exports to Chile were 3% below the level of 2022.")
    assert list(found.values()) == [year(2024)]


def test_a_period_carries_to_the_next_sentences() -> None:
    found = periods("Peru's exports to Chile in 2024 rose to $5.2 billion. Imports from Chile fell to $1.1 billion.")
    assert found["$1.1 billion"] == year(2024)


@pytest.mark.parametrize(
    "sentence",
    [
        "Imports from Chile now stand at $1.1 billion.",
        "Peru takes a 15% share of the imports of Chile.",
        "Peru's exports to Chile could reach $7 billion.",
        "Peru has signed a contract for exports of $7 million to Chile.",
    ],
)
def test_a_period_does_not_carry_to_what_is_not_of_it(sentence: str) -> None:
    found = periods(f"Peru's exports to Chile in 2023 rose to $5.2 billion. {sentence}")
    assert list(found.values()) == [year(2023), NONE]


def test_parts_have_the_period_of_their_whole() -> None:
    found = periods(
        "Between 3 and 9 February ships loaded 90,000 tons of wheat at Rouen. The 90,000 tons comprised 50,000 tons for Mali."
    )
    assert found["50,000 tons"] == found["90,000 tons"]


def test_a_season_that_cannot_be_placed_takes_no_other_time() -> None:
    found = periods(
        "Peru's exports to Chile in 2023 rose to $5.2 billion. In the 2019/20 season exports of sugar were 3.1 million tons."
    )
    assert found["3.1 million tons"] == NONE


def test_a_number_counted_from_a_month_on_ends_with_the_figures_told() -> None:
    found = periods(
        "Chile's exports rose to $6 billion in January 2025. From November on, exports were $17 billion.", date(2025, 2, 20)
    )
    assert found["$17 billion"] == ("2024-11-01", "2025-01-31")


def test_without_a_publication_date_last_year_is_not_placed() -> None:
    assert periods("Last year Peru's exports to Chile were $5.2 billion.", None) == {"$5.2 billion": NONE}


def test_a_base_of_comparison_is_not_carried_on() -> None:
    found = periods(
        "In 2024 Peru's trade with Chile was worth $4.2 billion.\n\n"
        "Customs tell of a gain of 8.3 percent, or $320 million, over the same period of 2023.\n\n"
        "Exports of copper to Chile were $2 billion."
    )
    assert found["8.3 percent"] == found["$320 million"] == found["$2 billion"] == year(2024)


def test_a_growth_above_a_result_is_of_the_time_now() -> None:
    found = periods("In 2024 the port handled 2.7 million tons of cargo, 65% above the result for 2023.")
    assert found == {"2.7 million tons": year(2024), "65%": year(2024)}


def test_a_place_behind_from_compares_nothing() -> None:
    assert periods("Imports of Peru from Chile in 2024 were $5 billion.") == {"$5 billion": year(2024)}


def test_a_heading_dates_the_list_under_it() -> None:
    found = periods(
        "Ministry sums up\n\nThe ministry has met.\n\nKey results for January 2025:\n\n"
        "- exports of copper: $20 million\n\n- imports of steel: $30 million"
    )
    assert set(found.values()) == {("2025-01-01", "2025-01-31")}


def test_the_opening_dates_what_has_no_date() -> None:
    found = periods(
        "No country bought more from Peru in 2023 than Chile did.\n\nPeru's exports to Chile came to $3 billion.\n\n"
        "Exports to Brazil reached $1 billion."
    )
    assert found == {"$3 billion": year(2023), "$1 billion": year(2023)}


def test_what_stands_now_is_of_no_span() -> None:
    found = periods("Peru's trade with Chile has risen in the past seven years and now stands at $5 billion.")
    assert found["$5 billion"] == NONE


def test_a_growth_in_a_bracket_behind_a_base() -> None:
    found = periods("In 2024 Chile took 900,000 tons of Peru's copper exports, after 700,000 tons (up 28%).")
    assert found == {"900,000 tons": year(2024), "700,000 tons": year(2023), "28%": year(2024)}


# The time of the story, and what does not move it.


@pytest.mark.parametrize(
    "aside",
    [
        "In 2016, the best year so far, the railway carried 4.4 million tons.",
        "The figure compares with 4.4 million tons in 2016.",
        "It had carried 4.4 million tons in 2016, a record.",
    ],
)
def test_a_new_paragraph_is_on_the_time_of_the_story_again(aside: str) -> None:
    found = periods(
        f"Peru's railway carried 3.1 million tons of ore in 2024. {aside}\n\n"
        "Wagons took 1.2 million tons of it to Matarani, and the port handled 900,000 tons of cargo for Chile."
    )
    assert found["4.4 million tons"] == year(2016)
    assert found["900,000 tons"] == year(2024)


@pytest.mark.parametrize("told", ["In December it handled 40,000 TEU.", "December alone brought 40,000 TEU to the port."])
def test_a_month_within_the_year_told_of_lasts_for_its_paragraph(told: str) -> None:
    found = periods(
        f"The port of Callao handled 2.4 million TEU in 2024. {told}\n\nTransit through Callao reached 310,000 TEU.",
        date(2025, 3, 3),
    )
    assert found["310,000 TEU"] == year(2024)


@pytest.mark.parametrize("plan", ["expects to handle 3 million TEU in 2028", "plans to handle 3 million TEU in 2028"])
def test_what_is_planned_does_not_move_the_time_of_the_facts(plan: str) -> None:
    found = periods(f"The port of Callao handled 2.4 million TEU in 2024. It {plan}. Transit was 310,000 TEU.")
    assert found["3 million TEU"] == year(2028)
    assert found["310,000 TEU"] == year(2024)


@pytest.mark.parametrize(
    "clause", ["which buys 40 percent of its copper from Peru,", "which takes 40 percent of its imports of ore from Peru,"]
)
def test_what_is_so_at_any_time_has_no_period(clause: str) -> None:
    found = periods(f"Peru exported 3.1 million tons of ore in 2024. Japan, {clause} said it would wait.")
    assert found["40 percent"] == NONE


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Trade between Peru and Chile has reached $4 billion this year.", "2025-02-14"),
        ("Exports of Peru came to $4 billion in 2025, the ministry said.", "2025-02-14"),
        ("Exports of Peru are expected to reach $4 billion this year.", "2025-12-31"),
        ("Exports of Peru could reach $4 billion this year.", "2025-12-31"),
        ("Trade between Peru and Chile reached $4 billion in 2024.", "2024-12-31"),
    ],
)
def test_a_fact_of_a_time_that_still_runs_is_told_up_to_the_day_of_the_text(sentence: str, end: str) -> None:
    assert periods(sentence)["$4 billion"][1] == end


@pytest.mark.parametrize(
    "text",
    [
        "On February 3 the bureau published data indicating that in January-September 2024, Chile's exports grew by 8%.",
        "On 4 February the bureau gave out figures showing that in the nine months to September 2024, exports grew by 8%.",
    ],
)
def test_a_preposition_behind_that_opens_no_clause_of_its_own(text: str) -> None:
    assert periods(text)["8%"] == ("2024-01-01", "2024-09-30")


def test_a_volume_in_a_period_that_comes_to_a_number_is_no_base() -> None:
    found = periods("Peru shipped 4,000 tons of rice in December, raising its export volume in 2024 to 136,000 tons.")
    assert found["136,000 tons"] == year(2024)


def test_a_semicolon_in_a_bracket_keeps_the_date_behind_a_list_for_all() -> None:
    found = periods("Peru's exports of grapes ($1.1 billion; +20%) and mangoes ($257 million; +41%) grew in 2024.")
    assert found == {"$1.1 billion": year(2024), "+20%": year(2024), "$257 million": year(2024), "+41%": year(2024)}


def test_what_a_target_is_compared_with_is_a_fact_of_its_own_time() -> None:
    found = periods("The port authority of Lagos targets to handle 980,000 TEUs this year, up from 894,000 TEUs last year.")
    assert found["894,000 TEUs"] == year(2024)


def test_an_average_over_the_year_does_not_take_a_report_from_its_week() -> None:
    found = periods(
        "Last week the index was to $1,761 per 40-foot container. The average for the year to date is $1,770 per 40-foot"
        " container. Freight rates from Shanghai to Genoa rose by 8% to $2,070 per 40-foot container."
    )
    week = ("2025-02-03", "2025-02-09")
    assert [found["$1,761 per 40-foot container"], found["8%"], found["$2,070 per 40-foot container"]] == [week] * 3
    assert found["$1,770 per 40-foot container"] == ("2025-01-01", "2025-02-14")


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Ghana on Wednesday agreed to increase bilateral trade to $2 billion.",
        "Peru and Chile agreed on Tuesday to raise mutual trade to $2 billion.",
        "Trade of Oman and Togo is expected to reach $2 billion, the agency learned at a press conference on 11 February.",
        "Egypt and Jordan signed on Sunday a plan to lift trade to $2 billion.",
    ],
)
def test_the_day_on_which_a_goal_was_told_is_not_its_time(text: str) -> None:
    assert list(periods(text).values()) == [NONE]


@pytest.mark.parametrize(
    "months", ["five months leading to May 2024", "five months leading up to May 2024", "five-month period ending in May 2024"]
)
def test_months_lead_to_the_last_of_them(months: str) -> None:
    found = periods(f"Kenya imported 40,000 tonnes of sugar from Egypt in the {months}.")
    assert list(found.values()) == [("2024-01-01", "2024-05-31")]


def test_a_growth_comparing_to_a_time_is_of_the_time_before_it() -> None:
    found = periods("Poland's exports to Chile in January 2024 were $204 million, a 3% increase comparing to January 2023.")
    assert set(found.values()) == {("2024-01-01", "2024-01-31")}


@pytest.mark.parametrize(
    "told",
    [
        "The foreign trade of Armenia totaled $8.9 billion as of the end of 2023.",
        "At the end of 2023 trade between Georgia and Latvia amounted to $90 million.",
        "By the end of 2023 the trade of Chad and Mali reached $90 million.",
    ],
)
def test_a_flow_told_at_the_end_of_a_year_is_of_the_year(told: str) -> None:
    assert list(periods(told).values()) == [year(2023)]


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("At the end of 2023 Chad exported 3 million barrels of oil a day.", "2023-12-01"),
        ("Exports of Chad at the end of 2023 were $3 billion a month.", "2023-12-01"),
        ("By the end of 2023 exports of Chad were 30 million tons a year.", "None"),
        ("At the end of 2023 the exports of Chad rose by 5 percent.", "2023-12-01"),
        ("At the end of 2023 the exports of Chad rose by 5 percent to $4 billion.", "2023-01-01"),
    ],
)
def test_rates_and_lone_growths_at_the_end_of_a_year_are_of_no_whole_year(told: str, start: str) -> None:
    assert set(periods(told).values()) == {(start, "2023-12-31")}


def test_a_year_that_is_to_end_stays_a_deadline() -> None:
    found = periods("Trade of Serbia and Oman is to reach $1 billion by the end of 2026.")
    assert list(found.values()) == [("None", "2026-12-31")]


@pytest.mark.parametrize(
    "record",
    [
        "the highest result achieved in the past 22 years",
        "the best figure of the last ten years",
        "a record for the past decade",
    ],
)
def test_the_years_in_which_nothing_was_higher_are_not_the_time_of_a_number(record: str) -> None:
    found = periods(f"Peru's exports to Chile grew by 5% in 2023 to $5 billion, {record}.")
    assert set(found.values()) == {year(2023)}


@pytest.mark.parametrize(
    "told",
    [
        "Peru's exports to Chile hit a record and in the past three months totalled $5 billion.",
        "Peru's exports to Chile grew at a record pace in the past three months, to $5 billion.",
        "Peru's record exports to Chile in the past three months came to $5 billion.",
        "Peru sold its best copper to Chile and earned in the past three months $5 billion from exports.",
    ],
)
def test_a_record_beside_a_time_leaves_it_to_the_number(told: str) -> None:
    assert [start != "None" for start, _end in periods(told).values()] == [True]


@pytest.mark.parametrize("way", ["up by 16 per cent from", "up 16% from", "down by about 16 percent from"])
def test_months_that_a_growth_starts_from_are_its_base(way: str) -> None:
    found = periods(f"Trade of Chad and Mali reached $1.2 billion in the first quarter of 2023, {way} January-March 2022.")
    assert set(found.values()) == {("2023-01-01", "2023-03-31")}
