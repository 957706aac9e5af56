"""Goals and forecasts: counted once, with where they start, what has been reported, and their state."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from .made import Answers, Row, answers, document, number

BY_2030 = {"period_end": date(2030, 12, 31)}
SIDES = {"reporter": ["AZE"], "partner": ["KAZ"]}
NOW = document("now", date(2026, 6, 1), last_seen=datetime(2026, 6, 1, 23, tzinfo=UTC))


def year(of: int) -> Row:
    return {"period_start": date(of, 1, 1), "period_end": date(of, 12, 31)}


def goal(value: float | tuple[float, float], doc_id: str = "told", **fields: Any) -> Row:
    """A goal for one pair's turnover, by 2030 unless told."""
    return number(doc_id, fields.pop("indicator", "turnover"), value, **({"modality": "target"} | SIDES | BY_2030 | fields))


def reported(value: float, of: int | Row, doc_id: str = "later", **fields: Any) -> Row:
    """What that turnover came to in a year or period."""
    period = year(of) if isinstance(of, int) else of
    return number(doc_id, fields.pop("indicator", "turnover"), value, **(SIDES | period | fields))


def database(*claims: Row, told_on: date | None = date(2024, 3, 1), today: Row = NOW) -> Answers:
    documents = [document("told", told_on), document("again", date(2024, 9, 1)), document("later", date(2026, 5, 1)), today]
    return answers(documents, *claims)


def rows(columns: str, *claims: Row, **options: Any) -> list[tuple[Any, ...]]:
    return database(*claims, **options).sql(f"SELECT {columns} FROM targets ORDER BY deadline, value_high").fetchall()


def test_a_goal_told_twice_is_one() -> None:
    assert rows(
        "value_high, deadline, modality, announced_on, documents, claims, claim_id, claim_ids, attributed_to, as_of",
        goal(1e9, confidence=0.5, attributed_to="A minister"),
        goal(1e9, "again", confidence=0.7, reporter=["KAZ"], partner=["AZE"], modality="forecast"),
    ) == [
        (
            *(1e9, date(2030, 12, 31), "target", date(2024, 3, 1), 2, 2, "c2", ["c1", "c2"], ["A minister"]),
            date(2026, 6, 1),
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        goal(2e9, "again"),
        goal(1e9, "again", period_end=date(2028, 12, 31)),
        goal(1e9, "again", indicator="exports"),
        goal(1e9, "again", commodity="oil"),
        goal(1e9, "again", unit="EUR"),
    ],
)
def test_another_value_deadline_or_thing_is_another_goal(other: Row) -> None:
    assert len(rows("target_id", goal(1e9), other)) == 2


def test_a_goal_without_a_deadline_is_the_one_that_has_one() -> None:
    undated = goal(1e9, "again", period_end=None)
    assert rows("deadline, documents", goal(1e9), undated) == [(date(2030, 12, 31), 2)]
    # of two deadlines nobody knows which is meant
    assert len(rows("deadline", goal(1e9), goal(1e9, period_end=date(2035, 12, 31)), undated)) == 3


def test_within_five_years_of_two_days_is_one_deadline() -> None:
    assert rows(
        "deadline, documents", goal(1e9, period_end=date(2029, 3, 1)), goal(1e9, "again", period_end=date(2029, 9, 1))
    ) == [(date(2029, 9, 1), 2)]
    # the end of June is not the end of the year
    assert len(rows("deadline", goal(1e9, period_end=date(2029, 6, 30)), goal(1e9, period_end=date(2029, 12, 31)))) == 2


def test_what_is_possible_denied_or_reported_is_no_goal_and_a_repeated_text_tells_none() -> None:
    assert rows("1", goal(1e9, modality="possible"), goal(1e9, modality="negated"), reported(1e9, 2024)) == []
    documents = [document("told"), document("copy", duplicate_of="told")]
    assert answers(documents, goal(1e9, "copy")).sql("FROM targets").fetchall() == []


BASELINE = "baseline_value, baseline_period_end, baseline_from, baseline_claim_id"


def test_the_baseline_is_what_the_same_text_reports_last() -> None:
    claims = (
        goal(1e9, value_start=30, value_end=31, evidence_start=20, evidence_end=40),
        reported(3e8, 2021, "told", evidence_start=100, evidence_end=120, value_start=105, value_end=106),
        reported(4e8, 2023, "told", evidence_start=150, evidence_end=170, value_start=155, value_end=156),
    )
    assert rows(BASELINE, *claims) == [(4e8, date(2023, 12, 31), "stated", "c3")]


@pytest.mark.parametrize(
    "level",
    [
        reported(4e8, {"period_start": date(2024, 1, 1), "period_end": date(2024, 2, 29)}, "told"),
        reported(4e8, 2023, "told", unit="EUR"),
        reported(4e8, 2023, "told", commodity="oil"),
        reported(4e8, 2023, "told", confidence=0.1, evidence_start=100, evidence_end=120),
        reported(4e8, 2023, "again"),
        # above what is to be reached: told of something else
        reported(4e9, 2023, "told", evidence_start=100, evidence_end=120),
    ],
)
def test_another_thing_period_or_text_is_no_baseline(level: Row) -> None:
    assert rows(BASELINE, goal(1e9), level) == [(None, None, None, None)]


def multiple(value: float, **fields: Any) -> Row:
    return goal(value, **({"measure": "multiple", "unit": "x", "value_start": 5, "value_end": 6} | fields))


def test_a_multiple_in_the_sentence_of_a_level_tells_its_baseline() -> None:
    assert rows(f"target_value, claims, {BASELINE}", goal(1e9), multiple(2)) == [(1e9, 2, 5e8, None, "implied", "c2")]
    growth = multiple(25, measure="growth", unit="%")
    assert rows(f"target_value, {BASELINE}", goal(1e9), growth) == [(1e9, 8e8, None, "implied", "c2")]
    elsewhere = multiple(2, evidence_start=20, evidence_end=31, value_start=25, value_end=26)
    assert rows("measure, baseline_value", goal(1e9), elsewhere) == [("multiple", None), ("level", None)]


@pytest.mark.parametrize(
    ("measure", "unit", "value", "target_value"),
    [("multiple", "x", 3, 1.2e9), ("growth", "%", 30, 5.2e8), ("change", "USD", 1e8, 5e8)],
)
def test_a_growth_multiple_or_change_leads_from_a_told_baseline_to_a_level(
    measure: str, unit: str, value: float, target_value: float
) -> None:
    by = multiple(value, measure=measure, unit=unit)
    assert rows("target_value, baseline_from", by, reported(4e8, 2023, "told")) == [(pytest.approx(target_value), "stated")]
    assert rows("target_value, state", by) == [(None, "open")]


def test_progress_and_the_growth_still_needed() -> None:
    found = rows(
        "latest_value, latest_period_end, progress_percent, achieved_percent, yearly_growth_needed_percent, state",
        goal(1e9),
        reported(4e8, 2023, "told"),
        reported(5.5e8, 2024),
        reported(6.4e8, 2025),
    )
    # a quarter of the way is 5.5, two fifths are 6.4; five years of 9.336 percent lead from 6.4 to 10
    assert found == [(6.4e8, date(2025, 12, 31), pytest.approx(40), pytest.approx(64), pytest.approx(9.336, abs=1e-3), "open")]


def test_progress_is_not_counted_from_a_baseline_later_than_the_latest_value() -> None:
    columns = "baseline_value, latest_value, progress_percent, achieved_percent"
    assert rows(columns, goal(1e9), multiple(2), reported(5.3e8, 2022)) == [(5e8, 5.3e8, None, pytest.approx(53))]


JUDGED = "state, latest_value, latest_period_end, partial_value"


@pytest.mark.parametrize(
    ("value", "of", "state"),
    [
        (1.1e9, 2025, "met"),
        (1e9, 2024, "met"),
        (0.9e9, 2025, "missed"),
        # the year before the deadline is not the deadline's
        (0.9e9, 2024, "unknown"),
        # too late, and whether it was reached in time nobody says
        (1.1e9, 2026, "unknown"),
    ],
)
def test_a_goal_is_met_or_missed_by_the_years_up_to_its_deadline(value: float, of: int, state: str) -> None:
    by_2025 = goal(1e9, period_end=date(2025, 12, 31))
    assert rows(JUDGED, by_2025, reported(value, of)) == [(state, value, date(of, 12, 31), None)]


def test_what_was_reached_before_it_was_announced_does_not_meet_a_goal() -> None:
    by_2025 = goal(1e9, period_end=date(2025, 12, 31))
    assert rows("state, latest_value", by_2025, reported(1.2e9, 2022)) == [("unknown", 1.2e9)]
    # but a plan for a year may be told after the year
    assert rows("state", goal(1e9, **year(2023)), reported(1.2e9, 2023)) == [("met",)]


def test_a_deadline_ahead_is_open_until_it_is_met_and_one_untold_is_unknown() -> None:
    assert rows("state", goal(1e9)) == [("open",)]
    assert rows("state", goal(1e9), reported(1.2e9, 2025)) == [("met",)]
    assert rows("state", goal(1e9, period_end=None), reported(9e8, 2025)) == [("unknown",)]
    assert rows("state", goal(1e9, period_end=None), reported(1.2e9, 2025)) == [("met",)]
    assert rows("state", goal(1e9, period_end=date(2025, 12, 31))) == [("unknown",)]


def test_a_part_of_a_year_can_meet_a_goal_but_never_miss_it() -> None:
    plan = goal(1e9, **year(2025))
    to_july = {"period_start": date(2025, 1, 1), "period_end": date(2025, 7, 31)}
    assert rows(JUDGED, plan, reported(7e8, to_july)) == [("unknown", None, None, 7e8)]
    assert rows(JUDGED, plan, reported(1.1e9, to_july)) == [("met", None, None, 1.1e9)]
    # beside the whole year before it
    assert rows(JUDGED, plan, reported(7e8, to_july), reported(9e8, 2024)) == [("unknown", 9e8, date(2024, 12, 31), 7e8)]
    # and not beside the whole year itself
    assert rows(JUDGED, plan, reported(7e8, to_july), reported(9e8, 2025)) == [("missed", 9e8, date(2025, 12, 31), None)]
    # a summer is no year to date
    summer = {"period_start": date(2025, 6, 1), "period_end": date(2025, 8, 31)}
    assert rows(JUDGED, plan, reported(1.1e9, summer)) == [("unknown", None, None, None)]


@pytest.mark.parametrize(
    ("value", "bound", "state"),
    [
        (1e9, "exact", "met"),
        (1e9, "over", "met"),
        (1e9, "about", "unknown"),
        (1e9, "under", "unknown"),
        (9e8, "under", "missed"),
    ],
)
def test_a_bound_leaves_open_what_it_leaves_open(value: float, bound: str, state: str) -> None:
    assert rows("state", goal(1e9, **year(2025)), reported(value, 2025, bound=bound)) == [(state,)]


@pytest.mark.parametrize(
    ("value", "told", "state"),
    [
        (8e8, 2025, "met"),
        (1.2e9, 2025, "missed"),
        # of a part of the year only that it is broken is sure
        (8e8, {"period_start": date(2025, 1, 1), "period_end": date(2025, 11, 30)}, "unknown"),
        (1.2e9, {"period_start": date(2025, 1, 1), "period_end": date(2025, 11, 30)}, "missed"),
    ],
)
def test_a_ceiling_that_is_forecast_is_met_if_kept_and_missed_if_broken(value: float, told: int | Row, state: str) -> None:
    ceiling = goal(1e9, bound="under", modality="forecast", **year(2025))
    assert rows("state", ceiling, reported(value, told)) == [(state,)]


def test_a_floor_of_what_is_to_fall_is_kept_or_broken() -> None:
    floor = goal(15, **TIME, period_end=date(2025, 12, 31), bound="over", modality="forecast")
    stands = {"period_start": None, "period_end": date(2025, 12, 31)}
    assert rows("state", floor, reported(18, stands, **TIME)) == [("met",)]
    assert rows("state", floor, reported(12, {}, **TIME)) == [("missed",)]
    # under so much is reached from above
    under = floor | {"bound": "under"}
    assert rows("state", under, reported(12, {}, **TIME)) == [("met",)]
    # to fall by up to 5 percent, and by at least as much
    growth = {"measure": "growth", "unit": "%", "modality": "forecast"} | year(2025)
    fell = reported(-8, 2025, measure="growth", unit="%")
    assert rows("state", goal(-5, bound="under", **growth), fell) == [("missed",)]
    assert rows("state", goal(-5, bound="over", **growth), fell) == [("met",)]


@pytest.mark.parametrize(("value", "state"), [(8e8, "unknown"), (1e9, "met"), (1.2e9, "unknown")])
def test_a_plan_for_up_to_so_much_leaves_open_how_much_will_do(value: float, state: str) -> None:
    assert rows("state", goal(1e9, bound="under", **year(2025)), reported(value, 2025)) == [(state,)]


@pytest.mark.parametrize(("value", "bound", "state"), [(6e6, "exact", "met"), (5e6, "under", "met"), (4e6, "exact", "unknown")])
def test_what_can_be_taken_at_most_can_be_taken(value: float, bound: str, state: str) -> None:
    line = {"indicator": "capacity", "corridor": "BTK", "reporter": [], "partner": [], "unit": "t/yr"}
    plan = goal(5e6, **line, period_end=date(2025, 12, 31), bound="under")
    assert rows("state", plan, reported(value, {}, bound=bound, **line)) == [(state,)]


def test_a_goal_for_a_named_year_is_judged_by_that_year_alone() -> None:
    today = document("now", date(2027, 3, 1), last_seen=datetime(2027, 3, 1, 23, tzinfo=UTC))
    plan, before = goal(5e9, **year(2026), modality="forecast"), reported(5.2e9, 2025)
    assert rows("state, latest_value", plan, before) == [("open", 5.2e9)]
    assert rows("state, latest_value", plan, before, reported(4e9, 2026), today=today) == [("missed", 4e9)]
    twelve_months = {"period_start": date(2025, 6, 1), "period_end": date(2026, 5, 31)}
    assert rows("state", plan, reported(5.2e9, twelve_months)) == [("open",)]
    # nor by a year after it, or by a part of another
    assert rows("state", goal(5e9, **year(2024)), reported(4e9, 2025)) == [("unknown",)]
    to_july = {"period_start": date(2025, 1, 1), "period_end": date(2025, 7, 31)}
    assert rows("state", plan, reported(5.2e9, to_july)) == [("open",)]
    assert rows("state", goal(5e9, **{**to_july, "period_end": date(2025, 6, 30)}), reported(6e9, to_july)) == [("unknown",)]
    # by 2026 is met before
    assert rows("state", goal(5e9, period_end=date(2026, 12, 31)), before, reported(4e9, 2026), today=today) == [("met",)]


def test_a_forecast_below_what_its_text_reports_may_be_one_of_a_fall() -> None:
    stood, came = reported(5e9, 2023, "told", **ELSEWHERE), reported(4.6e9, 2024)
    columns = "direction, baseline_value, state"
    forecast = goal(4e9, **year(2024), modality="forecast")
    assert rows(columns, forecast, stood, came) == [("up", None, "unknown")]
    assert rows(columns, forecast, reported(5e9, 2023, "told"), came) == [("down", 5e9, "missed")]
    # a goal is a step forward: what lies beyond it is of something else
    assert rows(columns, goal(4e9, **year(2024)), stood, came) == [("up", None, "met")]


def test_what_is_to_be_lowered_and_a_deficit_are_achieved_in_no_percent_of_the_goal() -> None:
    columns = "achieved_percent, progress_percent"
    assert rows(columns, goal(15, **TIME), reported(20, {}, **TIME)) == [(None, None)]
    deficit = {"indicator": "balance"}
    claims = goal(-1e9, **deficit), reported(-3e9, 2023, "told", **deficit), reported(-2e9, 2025, **deficit)
    assert rows(columns, *claims) == [(None, pytest.approx(50))]


def test_of_a_range_the_low_end_is_enough() -> None:
    assert rows("state", goal((8e8, 1e9), **year(2025)), reported(9e8, 2025)) == [("met",)]


def test_sources_that_differ_across_the_line_leave_it_unknown() -> None:
    plan = goal(1e9, **year(2025))
    assert rows("state", plan, reported(1.2e9, 2025), reported(9e8, 2025, "now")) == [("unknown",)]


DISPUTED = "latest_value, latest_disputed, latest_lowest_value, latest_highest_value, latest_claim_ids"


def test_texts_that_tell_the_latest_value_differently_are_told_of() -> None:
    first = reported(5.3e8, 2025, confidence=0.9)
    assert rows(DISPUTED, goal(1e9), first) == [(5.3e8, False, 5.3e8, 5.3e8, ["c2"])]
    assert rows(DISPUTED, goal(1e9), first, reported(6e8, 2025, "now")) == [(5.3e8, True, 5.3e8, 6e8, ["c2", "c3"])]
    # of the year before nobody asks, and what is rounded does not differ
    assert rows(DISPUTED, goal(1e9), first, reported(4e8, 2024, "now")) == [(5.3e8, False, 5.3e8, 5.3e8, ["c2"])]
    rounded = reported(5.32e8, 2025, "now"), reported(5.3e8, 2025, "again")
    assert rows(DISPUTED, goal(1e9), first, *rounded) == [(5.3e8, False, 5.3e8, 5.32e8, ["c2", "c3"])]
    three = reported(7e8, 2025, "now"), reported(6e8, 2025, "again")
    assert rows(DISPUTED, goal(1e9), first, *three) == [(5.3e8, True, 5.3e8, 7e8, ["c2", "c3"])]
    assert rows(DISPUTED, goal(1e9)) == [(None, None, None, None, [])]


def test_what_stands_at_no_told_time_may_have_changed_since() -> None:
    capacity = {"indicator": "capacity", "corridor": "TITR", "reporter": [], "partner": [], "unit": "t/yr"}
    claims = reported(6e6, {}, "again", **capacity), reported(8e6, {}, "later", **capacity)
    assert rows(DISPUTED, goal(1e7, **capacity), *claims) == [(8e6, False, 8e6, 8e6, ["c3"])]


def test_a_text_of_thousands_of_goals_and_figures_is_worked_through_once() -> None:
    many = 3000
    at = [{"value_start": 20 * n, "value_end": 20 * n + 4} for n in range(many)]
    goals = [goal(1e9 + n, **place) for n, place in enumerate(at)]
    figures = [reported(1e8 + n, 2000 + n % 20, "told", **place) for n, place in enumerate(at)]
    multiples = [multiple(2, **place) for place in at]
    database = answers([document("told", date(2024, 3, 1)), NOW], *goals, *figures, *multiples)
    assert database.sql("SELECT count(*), count(DISTINCT baseline_from) FROM targets").fetchall() == [(many, 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"partner": ["UZB"]},
        {"indicator": "exports"},
        {"commodity": "oil"},
        {"unit": "EUR"},
        {"modality": "possible"},
        {"confidence": 0.1},
        {"measure": "growth", "unit": "%"},
    ],
)
def test_only_the_same_thing_meets_a_goal(other: Row) -> None:
    assert rows("state, latest_value", goal(1e9, **year(2025)), reported(1.2e9, 2025, **other)) == [("unknown", None)]


def freight(**fields: Any) -> Row:
    return {"indicator": "cargo", "unit": "t", "corridor": "TITR", "reporter": [], "partner": []} | fields


def test_what_leaves_the_mode_open_is_near_and_decides_nothing() -> None:
    columns = "state, latest_value, near_value, near_differs_by"
    for promised, told in (({"mode": "rail"}, {}), ({}, {"mode": "rail"})):
        claims = goal(5e6, **year(2025), **freight(**promised)), reported(6e6, 2025, **freight(**told))
        assert rows(columns, *claims) == [("unknown", None, 6e6, "mode")]
    by_two_modes = goal(5e6, **year(2025), **freight(mode="rail")), reported(6e6, 2025, **freight(mode="sea"))
    assert rows(columns, *by_two_modes) == [("unknown", None, None, None)]
    same = goal(5e6, **year(2025), **freight()), reported(6e6, 2025, **freight()), reported(7e6, 2025, **freight(mode="sea"))
    assert rows(columns, *same) == [("met", 6e6, None, None)]


def test_freight_of_one_country_may_be_that_of_any_port_there() -> None:
    columns = "not_compared_because, state, latest_value, near_value, near_differs_by"
    in_one = {"corridor": None, "reporter": ["KAZ"]}
    claims = goal(5e6, **year(2025), **freight(**in_one)), reported(6e6, 2025, **freight(**in_one))
    assert rows(columns, *claims) == [("place", "unknown", None, 6e6, "place")]
    between = {"corridor": None, "reporter": ["CHN", "KAZ"]}
    claims = goal(5e6, **year(2025), **freight(**between)), reported(6e6, 2025, **freight(**between))
    assert rows(columns, *claims) == [(None, "met", 6e6, None, None)]


def test_where_a_promise_started_is_not_near_what_came_of_it() -> None:
    port = {"indicator": "capacity", "unit": "TEU/yr", "reporter": ["KAZ"], "partner": []}
    promise = goal(215e3, **year(2030), **port), reported(4e4, {}, "told", **port)
    columns = "baseline_value, near_value"
    assert rows(columns, *promise) == [(4e4, None)]
    assert rows(columns, *promise, reported(14e4, {}, **port)) == [(4e4, 14e4)]


def test_of_two_plans_of_one_text_for_one_year_the_lesser_is_a_part() -> None:
    claims = goal(5e6, **year(2025), **freight()), goal(2e6, **year(2025), **freight()), reported(4e6, 2025, **freight())
    assert rows("value_high, not_compared_because, state", *claims) == [(2e6, "part", "unknown"), (5e6, None, "missed")]


def test_a_goal_that_more_texts_tell_alone_is_no_part() -> None:
    plan = goal(5e6, **year(2025), **freight())
    beside = goal(7e6, **year(2025), **freight())
    columns = "value_high, not_compared_because, state"
    came = reported(6e6, 2025, **freight())
    alone = [plan | {"doc_id": doc_id} for doc_id in ("again", "now")]
    assert rows(columns, plan, beside, *alone, came) == [(5e6, None, "met"), (7e6, None, "missed")]
    assert rows(columns, plan, beside, alone[0], came) == [(5e6, "part", "unknown"), (7e6, None, "missed")]


TIME = {"indicator": "transit_time", "unit": "d", "corridor": "TITR", "reporter": [], "partner": []}


def test_what_does_not_add_up_has_no_parts() -> None:
    by_2025 = {"period_end": date(2025, 12, 31)}
    later = {"value_start": 30, "value_end": 31}
    # two times of one text: either may be meant
    disputed = "state, latest_disputed, latest_lowest_value, latest_highest_value"
    times = goal(15, **TIME, **by_2025), reported(20, {}, **TIME), reported(12, {}, **TIME, **later)
    assert rows(disputed, *times) == [("unknown", True, 12, 20)]
    growth = {"measure": "growth", "unit": "%"}
    growths = goal(10, **growth, **year(2025)), reported(4, 2025, **growth), reported(15, 2025, **growth, **later)
    assert rows(disputed, *growths) == [("unknown", True, 4, 15)]
    # amounts add up
    amounts = goal(1e9, **year(2025)), reported(4e8, 2025), reported(1.2e9, 2025, **later)
    assert rows(disputed, *amounts) == [("met", False, 1.2e9, 1.2e9)]
    # of what is unsure each value stands for itself
    line = {"indicator": "capacity", "corridor": "BTK", "reporter": [], "partner": [], "unit": "t/yr", "confidence": 0.2}
    told = reported(5e6, {}, **line), reported(1e6, {}, **line, **later)
    assert rows("state, latest_value", goal(5e6, **line, **by_2025), *told) == [("met", 5e6)]
    # nor is a shorter time a part of a longer one
    both = goal(15, **TIME, **by_2025), goal(10, **TIME, **by_2025, **later), reported(12, {}, **TIME)
    assert rows("value_high, not_compared_because, state", *both) == [(10, None, "missed"), (15, None, "met")]


def test_an_undertaking_is_not_compared() -> None:
    claims = goal(1e9, indicator="investment"), reported(2e9, 2025, indicator="investment")
    assert rows("not_compared_because, state, latest_value, near_value", *claims) == [("undertaking", "open", None, None)]


def test_less_is_better_of_times_and_of_what_is_to_fall() -> None:
    time = {"indicator": "transit_time", "unit": "d", "corridor": "TITR", "reporter": [], "partner": []}
    columns = "direction, state, latest_value"
    by_2025 = {"period_end": date(2025, 12, 31)}
    stands = {"period_start": None, "period_end": date(2025, 12, 31)}
    assert rows(columns, goal(15, **time, **by_2025), reported(14, stands, **time)) == [("down", "met", 14)]
    assert rows(columns, goal(15, **time, **by_2025), reported(18, stands, **time)) == [("down", "missed", 18)]
    # from 5 to 3 in one sentence
    falling = goal(3e8, period_end=date(2025, 12, 31)), reported(5e8, 2023, "told")
    assert rows(columns, *falling, reported(2.9e8, 2025)) == [("down", "met", 2.9e8)]
    assert rows(columns, *falling, reported(3.1e8, 2025)) == [("down", "missed", 3.1e8)]
    # and the way there is counted in the same direction
    progress = "progress_percent, yearly_growth_needed_percent"
    found = rows(progress, goal(3e8), reported(5e8, 2023, "told"), reported(4e8, 2025))
    assert found == [(pytest.approx(50), pytest.approx(-5.591, abs=1e-3))]


def test_a_growth_for_a_year_is_set_against_the_growth_reported_for_it() -> None:
    growth = {"measure": "growth", "unit": "%"}
    columns = "state, latest_value"
    assert rows(columns, goal(10, **growth, **year(2025)), reported(12, 2025, **growth)) == [("met", 12)]
    assert rows(columns, goal(10, **growth, **year(2025)), reported(8, 2025, **growth)) == [("missed", 8)]
    assert rows(columns, goal(10, **growth, **year(2025)), reported(12, 2024, **growth)) == [("unknown", None)]
    # on the year before, not on any other
    sentence = "It grew 60 percent from 2019."
    since_2019 = growth | {"evidence": sentence, "evidence_end": len(sentence), "value_start": 8, "value_end": 10}
    assert rows(columns, goal(10, **growth, **year(2025)), reported(60, 2025, **since_2019)) == [("unknown", None)]


def test_a_rate_per_year_is_a_whole_year() -> None:
    claims = goal(5e6, **freight(unit="t/yr")), reported(4e6, 2025, **freight()), reported(2e6, {}, **freight(unit="t/yr"))
    assert rows("unit, latest_value, achieved_percent", *claims) == [("t/yr", 2e6, 40)]


def test_what_stands_at_a_time_is_compared_whatever_its_period() -> None:
    capacity = {"indicator": "capacity", "corridor": "TITR", "reporter": [], "partner": []}
    claims = goal(1e7, unit="t/yr", **capacity), reported(6e6, {}, unit="t", **capacity)
    # said on 1 May 2026: 55 months to the end of 2030
    needed = 100 * ((10 / 6) ** (12 / 55) - 1)
    found = rows("latest_value, latest_period_end, yearly_growth_needed_percent", *claims)
    assert found == [(6e6, None, pytest.approx(needed))]


def test_a_goal_of_an_undated_text_is_judged_by_the_year_that_it_names_only() -> None:
    assert rows("announced_on, state", goal(1e9, **year(2025)), reported(1.2e9, 2025), told_on=None) == [(None, "met")]
    by_2025 = goal(1e9, period_end=date(2025, 12, 31))
    assert rows("announced_on, state", by_2025, reported(1.2e9, 2024), told_on=None) == [(None, "unknown")]


def test_the_way_to_a_growth_is_counted_in_no_amounts() -> None:
    growth = {"measure": "growth", "unit": "%"}
    claims = goal(10, **growth, **year(2025)), reported(1e9, 2024, "told"), reported(6, 2025, **growth)
    assert rows("baseline_value, target_value, latest_value, progress_percent, achieved_percent", *claims) == [
        (1e9, pytest.approx(1.1e9), 6, None, None)
    ]


def test_a_document_from_the_future_does_not_move_today() -> None:
    wrong = document("wrong", date(2099, 1, 1), last_seen=datetime(2026, 6, 2, 1, tzinfo=UTC))
    database = answers([document("told", date(2024, 3, 1)), document("undated", None), wrong], goal(1e9))
    assert database.sql("SELECT as_of, state FROM targets").fetchall() == [(date(2026, 6, 2), "open")]
    undated = document("undated", None)
    assert answers([document("told", date(2024, 3, 1)), undated], goal(1e9)).sql("SELECT as_of FROM targets").fetchall() == [
        (date(2024, 3, 1),)
    ]


def test_a_text_without_a_day_is_not_the_latest() -> None:
    undated = document("undated", None)
    claims = goal(1e9, "again"), goal(1e9, "undated"), reported(7e8, 2025, "later"), reported(7e8, 2025, "undated")
    assert rows("claim_id, latest_claim_id", *claims, today=undated) == [("c1", "c3")]
    stands = {"indicator": "capacity", "unit": "t/yr", "corridor": "TITR", "reporter": [], "partner": []}
    claims = goal(1e7, **stands), reported(6e6, {}, "later", **stands), reported(5e6, {}, "undated", **stands)
    assert rows("latest_claim_id", *claims, today=undated) == [("c2",)]


def test_a_state_told_of_no_time_after_the_deadline_meets_a_goal() -> None:
    line = {"indicator": "capacity", "corridor": "BTK", "reporter": [], "partner": [], "unit": "t/yr"}
    plan = goal(5e6, **line, period_start=date(2024, 5, 20), period_end=date(2025, 3, 1))
    assert rows("state, latest_value", plan, reported(5e6, {}, **line)) == [("met", 5e6)]
    # just what was promised needs no surer claim, anything else does
    assert rows("state, latest_value", plan, reported(5e6, {}, **line, confidence=0.2)) == [("met", 5e6)]
    assert rows("state, latest_value", plan, reported(6e6, {}, **line, confidence=0.2)) == [("unknown", None)]
    assert rows("state", plan, reported(4e6, {}, **line)) == [("missed",)]
    # of a flow nobody says when it came to that
    assert rows("state", goal(1e9, period_end=date(2025, 3, 1)), reported(1e9, {}, "now", unit="USD")) == [("unknown",)]


def test_what_was_carried_before_a_plan_and_its_year_is_no_part_of_it() -> None:
    to_november = {"period_start": date(2023, 1, 1), "period_end": date(2023, 11, 30)}
    plan = goal(1e9, **year(2025))
    assert rows("partial_value", plan, reported(9e8, to_november)) == [(None,)]
    assert rows("partial_value", plan, reported(9e8, to_november | {"period_end": date(2024, 11, 30)})) == [(None,)]
    to_may = {"period_start": date(2025, 1, 1), "period_end": date(2025, 5, 31)}
    assert rows("partial_value", plan, reported(3e8, to_may)) == [(3e8,)]


def test_what_is_reached_by_a_month_may_be_counted_from_any_day() -> None:
    to_april = reported(3e8, {"period_start": date(2025, 1, 1), "period_end": date(2025, 4, 30)})
    assert rows("partial_value", goal(1e10, period_end=date(2025, 10, 31)), to_april) == [(None,)]
    assert rows("partial_value", goal(1e10, period_end=date(2025, 12, 31)), to_april) == [(3e8,)]


def test_what_a_year_under_way_came_to_stands_beside_a_goal_but_meets_none_that_is_said_later() -> None:
    to_july = {"period_start": date(2024, 1, 1), "period_end": date(2024, 7, 31)}
    told = {"told_on": date(2024, 10, 1)}
    assert rows("partial_value, state", goal(1e9), reported(5e8, to_july), **told) == [(5e8, "open")]
    assert rows("partial_value, state", goal(1e9), reported(2e9, to_july), **told) == [(2e9, "open")]
    year_before = {"period_start": date(2023, 1, 1), "period_end": date(2023, 7, 31)}
    assert rows("partial_value, state", goal(1e9), reported(5e8, year_before), **told) == [(None, "open")]


def test_of_several_baselines_that_of_the_text_that_announced_it_counts() -> None:
    told = [
        goal(3.5e10),
        reported(3.1e10, 2023, "told", confidence=0.4),
        goal(3.5e10, "again", confidence=0.9),
        reported(2.4e10, 2023, "again", confidence=0.9),
    ]
    columns = "baseline_value, baseline_claim_id, latest_value, progress_percent"
    # what another text tells of the time of the baseline is no progress
    assert rows(columns, *told) == [(3.1e10, "c2", 2.4e10, None)]
    assert rows(columns, told[0], *told[2:]) == [(2.4e10, "c3", 2.4e10, 0)]


SHARE = {"measure": "share", "unit": "%", "indicator": "cargo", "corridor": "TITR", "reporter": [], "partner": []}
ELSEWHERE = {"evidence_start": 100, "evidence_end": 120}


def test_a_share_that_is_to_fall_goes_down_from_what_its_text_tells() -> None:
    now = reported(60, {}, "told", **SHARE, **ELSEWHERE, confidence=0.2)
    found = rows("direction, baseline_value", goal(53, **SHARE, confidence=0.2, modality="forecast"), now)
    assert found == [("down", 60)]
    # a start that is less sure than the goal is none
    assert rows("direction, baseline_value", goal(53, **SHARE), now) == [("up", None)]


def test_a_share_is_one_of_the_whole_of_its_first_side() -> None:
    mine, theirs = ({"reporter": [one], "partner": [other]} for one, other in (("AZE", "KAZ"), ("KAZ", "AZE")))
    share = {"measure": "share", "unit": "%"}
    found = rows("reporter, partner, latest_value", goal(5, **share, **theirs), reported(4, 2025, **share, **mine))
    assert found == [(["KAZ"], ["AZE"], None)]
    assert rows("latest_value", goal(5, **share, **mine), reported(4, 2025, **share, **mine)) == [(4,)]


def test_a_rough_goal_is_met_by_what_is_told_as_roughly() -> None:
    free = {"indicator": "tariff", "measure": "share", "unit": "%", "reporter": ["EAEU"], "partner": ["IRN"]}
    plan = goal(90, **free, period_end=None, bound="about")
    from_may = {"period_start": date(2025, 5, 15)}
    assert rows("state, latest_value", plan, reported(90, from_may, **free, bound="about", confidence=0.2)) == [("met", 90)]
    assert rows("state", plan, reported(89, from_may, **free, bound="about")) == [("unknown",)]
    exact = plan | {"bound": "exact"}
    assert rows("state", exact, reported(90, from_may, **free, bound="about")) == [("unknown",)]


def test_a_goal_carries_the_sentences_of_it_and_of_what_came_of_it() -> None:
    plan = goal(1e9, **year(2025), evidence="It shall be a billion.")
    came = reported(9e8, 2025, evidence="It came to 900 million.")
    assert rows("evidence, outcome_evidence", plan, came) == [("It shall be a billion.", "It came to 900 million.")]
    assert rows("evidence, outcome_evidence", plan) == [("It shall be a billion.", None)]


SUM = {"indicator": "investment", "unit": "EUR", "period_end": None, "reporter": ["EU"]}


def test_a_sum_reported_before_it_was_called_a_plan_is_announced_then() -> None:
    plan = goal(1.2e10, "again", **SUM, partner=["C5"])
    given = number("told", "investment", 1.2e10, unit="EUR", reporter=["EU"])
    assert rows("announced_on", plan) == [(date(2024, 9, 1),)]
    assert rows("announced_on", plan, given) == [(date(2024, 3, 1),)]
    assert rows("announced_on", plan, given | {"partner": ["C5"]}) == [(date(2024, 3, 1),)]
    # another giver, receiver or sum is another matter
    for other in ({"reporter": ["CHN"]}, {"partner": ["UKR"]}, {"value_high": 1.3e10}):
        assert rows("announced_on", plan, given | other) == [(date(2024, 9, 1),)]
    # turnover that has been reached before is no plan
    assert rows("announced_on", goal(1e9, "again"), reported(1e9, 2022, "told")) == [(date(2024, 9, 1),)]


def test_money_is_one_sum_whichever_side_is_told_as_giving_it() -> None:
    line = {"corridor": "CKU", "mode": "rail", "period_end": None}
    one = goal(4.7e9, **line, indicator="investment", reporter=["CHN"], partner=["KGZ", "UZB"])
    other = goal(4.7e9, "again", **line, indicator="investment", reporter=[], partner=["CHN", "KGZ", "UZB"])
    assert rows("documents", one, other) == [(2,)]
    assert rows("documents", one, other | {"indicator": "financing"}) == [(2,)]
    # the sum of one of them is another
    assert rows("documents", one, other | {"partner": ["CHN"]}) == [(1,), (1,)]
    # goods go one way
    assert rows("documents", goal(1e9, indicator="exports"), goal(1e9, "again", indicator="exports", **BACK)) == [(1,), (1,)]


BACK = {"reporter": SIDES["partner"], "partner": SIDES["reporter"]}


@pytest.mark.parametrize(
    ("of_level", "of_multiple", "of_baseline"),
    [
        ("exact", "exact", "exact"),
        # 4 million, over 1.6 times as much: under 2.5 million
        ("exact", "over", "under"),
        ("about", "over", "under"),
        ("exact", "under", "over"),
        ("over", "exact", "over"),
        ("about", "about", "about"),
        ("over", "under", "over"),
        ("over", "over", "about"),
    ],
)
def test_the_bound_of_a_multiple_is_carried_to_the_baseline(of_level: str, of_multiple: str, of_baseline: str) -> None:
    found = rows("baseline_value, baseline_bound", goal(4e6, bound=of_level), multiple(1.6, bound=of_multiple))
    assert found == [(pytest.approx(2.5e6), of_baseline)]
