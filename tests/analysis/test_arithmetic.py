"""What follows from the figures of a text: every rule where it holds and where it must not."""

from datetime import date
from typing import Any

import pytest

from .made import Row, answers, document, number

IN_2024 = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
IN_2023 = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}
TO_JULY = {"period_start": date(2024, 1, 1), "period_end": date(2024, 7, 31)}
SIDES = {"reporter": ["KAZ"], "partner": ["CHN"]}


def level(value: float, **fields: Any) -> Row:
    """A level of one pair's turnover in its own place of the text, in 2024 unless told."""
    return number("d", fields.pop("indicator", "turnover"), value, **(IN_2024 | SIDES | fields))


def compared(value: float, measure: str = "growth", **fields: Any) -> Row:
    """A growth, multiple, change or share beside it."""
    unit = {"growth": "%", "share": "%", "multiple": "x"}.get(measure, "USD")
    said = fields.pop("said", "Trade was 2.5 and grew by 12 percent.")
    near = {"value_start": 22, "value_end": 24, "evidence": said, "evidence_end": len(said), "measure": measure, "unit": unit}
    return number("d", fields.pop("indicator", "turnover"), value, **(IN_2024 | SIDES | near | fields))


def implied(*claims: Row, where: str = "true", doc: Row | None = None) -> list[tuple[Any, ...]]:
    columns = "implied, period_start, period_end, round(value, 3), round(value_low, 3), round(value_high, 3)"
    database = answers([doc or document("d")], *claims)
    return database.sql(f"SELECT {columns} FROM implied_values WHERE {where} ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("value", "fields", "lowest", "highest"),
    [
        (4_480_000, {}, 4_475_000, 4_485_000),
        # of one digit the half of its last place would be half of it all
        (1_000_000_000, {}, 920_000_000, 1_080_000_000),
        (545_297, {}, 545_296.5, 545_297.5),
        (31_000, {"bound": "about"}, 29_450, 32_550),
        (3_000, {"bound": "over"}, 3_000, None),
        (3_000, {"bound": "under"}, 0, 3_000),
        ((8, 10), {"unit": "t"}, 8, 10),
        (60, {"measure": "growth", "unit": "%"}, 59.5, 60.5),
        (23.6, {"measure": "growth", "unit": "%"}, 23.55, 23.65),
        (5, {"measure": "growth", "unit": "%"}, 4.5, 5.5),
        (-5, {"measure": "growth", "unit": "%", "bound": "over"}, -100, -5),
        (-5, {"measure": "growth", "unit": "%", "bound": "under"}, -5, 0),
        (3.8, {"measure": "multiple", "unit": "x"}, 3.75, 3.85),
        (2, {"measure": "multiple", "unit": "x"}, 1.84, 2.16),
        # a goal is meant as it stands
        (1_000_000_000, {"modality": "target"}, 1_000_000_000, 1_000_000_000),
    ],
)
def test_a_number_stands_for_what_its_last_digit_and_its_bound_leave_open(
    value: Any, fields: Row, lowest: float, highest: float | None
) -> None:
    database = answers([document("d")], number("d", "exports", value, **fields))
    found = database.sql("SELECT lowest, highest FROM measurements").fetchone()
    assert found == (pytest.approx(lowest), highest if highest is None else pytest.approx(highest))


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        (IN_2024, "year"),
        ({"period_start": date(2023, 7, 1), "period_end": date(2024, 6, 30)}, "year"),
        ({"period_start": date(2023, 3, 1), "period_end": date(2024, 2, 29)}, "year"),
        (TO_JULY, "part"),
        ({"period_start": date(2020, 1, 1), "period_end": date(2024, 12, 31)}, "years"),
        ({"period_end": date(2030, 12, 31)}, "until"),
        ({"period_start": date(2024, 9, 1)}, "since"),
        ({}, "untold"),
    ],
)
def test_periods_are_of_a_kind(period: Row, kind: str) -> None:
    database = answers([document("d")], number("d", "exports", 5, **period))
    assert database.sql("SELECT period_kind FROM measurements").fetchall() == [(kind,)]


def test_the_sides_of_turnover_have_no_order_and_what_is_left_open_is_another_thing() -> None:
    database = answers(
        [document("d")],
        number("d", "turnover", 1, reporter=["KAZ"], partner=["CHN"]),
        number("d", "turnover", 2, reporter=["CHN"], partner=["KAZ"]),
        number("d", "exports", 3, reporter=["KAZ"], partner=["CHN"]),
        number("d", "exports", 4, reporter=["CHN"], partner=["KAZ"]),
        number("d", "exports", 5, reporter=["CHN"], partner=["KAZ"], commodity="oil"),
    )
    assert database.sql("SELECT list(value ORDER BY value) FROM measurements GROUP BY thing_id ORDER BY ALL").fetchall() == [
        ([1, 2],),
        ([3],),
        ([4],),
        ([5],),
    ]


def test_level_and_growth_tell_the_base_with_what_rounding_leaves_open() -> None:
    # 2.5 may be 2.45 to 2.55, 12 percent 11.5 to 12.5: 2.45 / 1.125 and 2.55 / 1.115
    assert implied(level(2.5e6, **TO_JULY), compared(12, **TO_JULY)) == [
        ("base", date(2023, 1, 1), date(2023, 7, 31), 2_232_142.86, 2_177_777.78, 2_286_995.52)
    ]


def test_what_is_implied_says_what_it_rests_on() -> None:
    database = answers(
        [document("d")],
        level(2.5e6, confidence=0.6, value_text="$2.5 million"),
        compared(12, confidence=0.5, value_text="12 percent"),
    )
    assert database.sql(
        "SELECT rule, indicator, measure, reporter, partner, unit, modality, claim_ids, confidence, arithmetic "
        "FROM implied_values"
    ).fetchall() == [
        (
            *("level_and_growth", "turnover", "level", ["CHN"], ["KAZ"], "USD", "reported", ["c1", "c2"], 0.5),
            "$2.5 million and 12 percent: 2,500,000 / 1.12 = 2,232,143 USD",
        )
    ]


def test_a_fall_makes_the_base_larger_and_the_end_of_february_stays_the_end() -> None:
    months = {"period_start": date(2024, 1, 1), "period_end": date(2024, 2, 29)}
    assert implied(level(1_500, **months), compared(-25, **months))[0][1:4] == (date(2023, 1, 1), date(2023, 2, 28), 2_000)


def test_bounds_carry_through() -> None:
    # more than 2,000 after 60 percent: more than 2,000 / 1.605
    assert implied(level(2_000, bound="over"), compared(60))[0][3:] == (1_250, 1_246.106, None)


def test_a_multiple_and_a_change_tell_the_base_too() -> None:
    assert implied(level(50_500), compared(2.6, "multiple"))[0][3] == 19_423.077
    assert implied(level(4_228), compared(324.3, "change"))[0][3] == 3_903.7


@pytest.mark.parametrize(
    ("said", "period", "base"),
    [
        ("It was 2.5, which is 12 percent more.", IN_2024, (date(2023, 1, 1), date(2023, 12, 31))),
        ("It was 2.5, which is 12 percent more than in 2021.", IN_2024, (date(2021, 1, 1), date(2021, 12, 31))),
        ("It was 2.5, which is 12 percent above the same months of 2019.", TO_JULY, (date(2019, 1, 1), date(2019, 7, 31))),
        ("It was 2.5, which is 12 percent more in ten years.", IN_2024, None),
        ("It was 2.5, which is 12 percent more than planned.", IN_2024, None),
        ("Over a decade it grew to 2.5, up 12 percent.", IN_2024, None),
    ],
)
def test_the_base_is_what_the_words_say(said: str, period: Row, base: tuple[date, date] | None) -> None:
    found = implied(level(2.5e6, **period), compared(12, said=said, **period))
    assert [row[1:3] for row in found] == ([] if base is None else [base])


@pytest.mark.parametrize(
    ("said", "base"),
    [
        ("Up in May to 2.5 by 12 percent from a month earlier.", (date(2024, 4, 1), date(2024, 4, 30))),
        ("Up in May to 2.5 by 12 percent from a year earlier.", (date(2023, 5, 1), date(2023, 5, 31))),
        # of a month, the base does not go without saying
        ("Up in May to 2.5 by 12 percent.", None),
    ],
)
def test_the_base_of_a_month_is_another_month_or_year(said: str, base: tuple[date, date] | None) -> None:
    may = {"period_start": date(2024, 5, 1), "period_end": date(2024, 5, 31)}
    found = implied(level(2.5e6, **may), compared(12, said=said, **may))
    assert [row[1:3] for row in found] == ([] if base is None else [base])


@pytest.mark.parametrize(
    "growth",
    [
        compared(12, partner=["UZB"]),
        compared(12, indicator="exports"),
        compared(12, commodity="oil"),
        compared(12, **TO_JULY),
        compared(12, modality="possible"),
        compared(12, confidence=0.2),
        compared(-100),
        compared(12) | {"doc_id": "other"},
    ],
)
def test_a_growth_of_something_else_tells_nothing(growth: Row) -> None:
    database = answers([document("d"), document("other")], level(2.5e6), growth)
    assert database.sql("FROM derivations").fetchall() == []


def test_a_text_that_repeats_another_implies_nothing() -> None:
    database = answers(
        [document("d"), document("copy", duplicate_of="d")],
        *(claim | {"doc_id": "copy"} for claim in (level(2.5e6), compared(12))),
    )
    assert database.sql("FROM implied_values").fetchall() == []


def test_in_another_sentence_only_the_one_level_that_it_can_be_of() -> None:
    later = {"evidence_start": 60, "evidence_end": 97, "value_start": 80, "value_end": 82}
    assert len(implied(level(2.5e6), compared(12, **later))) == 1
    assert implied(level(2.5e6), level(3.5e6, value_start=5, value_end=6), compared(12, **later)) == []
    far = {"evidence_start": 400, "evidence_end": 437, "value_start": 420, "value_end": 422}
    assert implied(level(2.5e6), compared(12, **far)) == []


def test_growth_of_freight_in_another_sentence_is_that_of_the_goods_that_it_names() -> None:
    later = {"evidence_start": 60, "evidence_end": 97, "value_start": 80, "value_end": 82}
    freight = {"indicator": "cargo", "corridor": "TITR", "reporter": [], "partner": []}
    said = {"unit": "t", **freight}
    assert len(implied(level(2.5e6, **said), compared(12, **freight))) == 1
    assert implied(level(2.5e6, **said), compared(12, **freight, **later)) == []
    assert len(implied(level(2.5e6, **said, commodity="metals"), compared(12, **freight, **later, commodity="metals"))) == 1


def test_what_was_reached_by_a_day_grew_from_that_day_of_a_year_before_if_that_is_told() -> None:
    by = {"period_start": None, "period_end": date(2024, 11, 30)}
    for said, base in [
        ("It was 2.5, which is 12 percent more than at that point in 2023.", (None, date(2023, 11, 30))),
        ("It was 2.5, which is 12 percent more than a year earlier.", (None, date(2023, 11, 30))),
        ("It was 2.5, which is 12 percent more.", None),
    ]:
        found = implied(level(2.5e6, **by), compared(12, said=said, **by))
        assert [row[1:3] for row in found] == ([] if base is None else [base])


def test_what_the_text_tells_itself_is_not_implied_but_checked() -> None:
    base = level(2.23e6, **IN_2023, value_start=5, value_end=6)
    database = answers([document("d")], level(2.5e6), compared(12), base)
    assert database.sql("SELECT rule, implied, told_claim_id, fits FROM derivations ORDER BY ALL").fetchall() == [
        ("level_and_base", "growth", "c2", True),
        ("level_and_growth", "base", "c3", True),
    ]
    assert database.sql("FROM implied_values").fetchall() == []
    assert database.sql("FROM inconsistencies").fetchall() == []


def test_level_base_and_growth_that_do_not_fit_are_one_inconsistency() -> None:
    base = level(1.9e6, **IN_2023, value_start=5, value_end=6)
    database = answers([document("d")], level(2.5e6), compared(12), base)
    assert database.sql(
        "SELECT implied, period_end, told_value, told_claim_id, round(worked_out_low), round(worked_out_high), claim_ids "
        "FROM inconsistencies"
    ).fetchall() == [("base", date(2023, 12, 31), 1.9e6, "c3", 2_177_778, 2_286_996, ["c1", "c2", "c3"])]
    assert database.sql("FROM implied_values").fetchall() == []


def test_a_growth_and_a_change_that_do_not_meet_are_an_inconsistency() -> None:
    # 8.3 percent and 324 from 4,228 both lead back to about 3,904; 424 does not
    fitting = (level(4_228), compared(8.3), compared(324.3, "change", value_start=30, value_end=35))
    assert answers([document("d")], *fitting).sql("FROM inconsistencies").fetchall() == []
    assert [row[0] for row in implied(*fitting)] == ["base"]
    wrong = (level(4_228), compared(8.3), compared(424.3, "change", value_start=30, value_end=35))
    assert answers([document("d")], *wrong).sql("SELECT rule, claim_ids FROM inconsistencies").fetchall() == [
        ("growth_and_change", ["c1", "c2", "c3"])
    ]


def test_two_years_tell_the_growth_between_them() -> None:
    base = level(2_000, **IN_2023, value_start=5, value_end=6)
    # 2,500 may be 2,450 to 2,550, and 2,000 may be 1,840 to 2,160
    assert implied(level(2_500), base) == [
        ("growth", date(2024, 1, 1), date(2024, 12, 31), 25, 13.426, 38.587),
    ]
    seven_months = level(2_000, period_start=date(2023, 1, 1), period_end=date(2023, 7, 31))
    assert implied(level(2_500), seven_months) == []


def test_a_base_and_a_growth_tell_the_level() -> None:
    base = level(2_000, **IN_2023, value_start=5, value_end=6)
    # 1,840 * 1.095 and 2,160 * 1.105
    assert implied(base, compared(10)) == [("level", date(2024, 1, 1), date(2024, 12, 31), 2_200, 2_014.8, 2_386.8)]


def test_a_part_and_its_share_tell_the_whole() -> None:
    # 2,500 of 11.2 percent: 2,450 / 0.1125 and 2,550 / 0.1115
    assert implied(level(2_500), compared(11.2, "share")) == [
        ("whole", date(2024, 1, 1), date(2024, 12, 31), 22_321.429, 21_777.778, 22_869.955)
    ]
    # a share of one side's trade may be of anything
    assert implied(level(2_500, partner=[]), compared(11.2, "share", partner=[])) == []
    assert implied(level(2_500), compared(11.2, "share", **TO_JULY)) == []


WHOLE = "leaves_out, reporter, partner, origin, destination, corridor, mode, commodity"


@pytest.mark.parametrize(
    ("of_part", "whole"),
    [
        ({"reporter": ["GEO"], "partner": ["RUS"]}, ("partner", ["GEO"], [], [], [], None, None, None)),
        # whose trade it is the share tells, whichever code comes first
        ({"reporter": ["KAZ"], "partner": ["AZE"]}, ("partner", ["KAZ"], [], [], [], None, None, None)),
        ({"reporter": ["KAZ"], "partner": [], "commodity": "oil"}, ("commodity", ["KAZ"], [], [], [], None, None, None)),
    ],
)
def test_a_whole_is_that_of_its_part_without_what_names_the_part(of_part: Row, whole: tuple[object, ...]) -> None:
    database = answers([document("d")], level(2_500, **of_part), compared(11.2, "share", **of_part))
    assert database.sql(f"SELECT {WHOLE} FROM implied_values WHERE implied = 'whole'").fetchall() == [whole]


@pytest.mark.parametrize(
    ("of_part", "leaves_out"),
    [
        ({"corridor": "TITR", "mode": "rail"}, "mode"),
        ({"corridor": "TITR", "origin": ["CHN"]}, "origin"),
        ({"reporter": ["GEO"], "destination": ["TUR"]}, "destination"),
        ({"corridor": "TITR", "commodity": "oil"}, "commodity"),
        # of which of the two it is a share nobody says
        ({"corridor": "TITR", "commodity": "oil", "origin": ["KAZ"]}, None),
        ({"origin": ["CHN"], "destination": ["DEU"]}, None),
        # and a whole of nowhere tells nothing
        ({"mode": "rail"}, None),
    ],
)
def test_a_share_of_freight_leaves_out_the_one_thing_that_it_names(of_part: Row, leaves_out: str | None) -> None:
    sides: Row = {"indicator": "cargo", "reporter": [], "partner": []} | of_part
    database = answers([document("d")], level(2_500, unit="t", **sides), compared(20, "share", **sides))
    found = database.sql("SELECT leaves_out FROM implied_values WHERE implied = 'whole'").fetchall()
    assert found == ([] if leaves_out is None else [(leaves_out,)])


def test_a_whole_that_the_text_tells_is_checked_and_one_that_another_tells_stands_beside_it() -> None:
    part = (level(2_500), compared(11.2, "share"))
    whole = level(22_000, partner=[], bound="about", value_start=5, value_end=6)
    sides = {"reporter": ["KAZ"], "partner": ["CHN"]}
    of_kazakhstan = [claim | sides for claim in part] + [whole | {"reporter": ["KAZ"], "partner": []}]
    database = answers([document("d")], *of_kazakhstan)
    assert database.sql("SELECT told_claim_id, fits FROM derivations WHERE implied = 'whole'").fetchall() == [("c3", True)]
    database = answers([document("d"), document("e")], *of_kazakhstan[:2], of_kazakhstan[2] | {"doc_id": "e"})
    assert database.sql("SELECT told_by_claim_id, fits_told FROM implied_values").fetchall() == [("c3", True)]


def test_what_was_worked_out_shows_no_digits_of_binary_fractions() -> None:
    database = answers([document("d")], level(545_297), compared(12))
    shown = database.sql("SELECT value, value_low, value_high FROM implied_values WHERE implied = 'base'").fetchall()
    assert shown == [(486_872.321, 484_708.0, 489_056.054)]
    kept = database.sql("SELECT without_noise(told) FROM (VALUES (3903150000.00055), (1.84000000016), (NULL)) AS _(told)")
    assert kept.fetchall() == [(3903150000.0,), (1.84,), (None,)]


EXCEEDED = "SELECT exceeded_by_claim_id, exceeded_by_value FROM implied_values WHERE implied = 'base'"
TO_JUNE_2023 = {"period_start": date(2023, 1, 1), "period_end": date(2023, 6, 30)}


def test_an_implied_value_below_a_told_part_of_it_is_marked() -> None:
    # 2,500 to July after growth of 12 percent: about 2,230 to July of the year before
    figures = (level(2_500, **TO_JULY), compared(12, **TO_JULY))
    documents = [document("d"), document("other")]
    for value, found in ((2_900, ("c3", 2_900)), (2_100, (None, None))):
        part = level(value, **TO_JUNE_2023) | {"doc_id": "other"}
        assert answers(documents, *figures, part).sql(EXCEEDED).fetchall() == [found]
    # the highest of several, and of rough figures only what cannot be rounding
    parts = [level(value, **TO_JUNE_2023) | {"doc_id": "other"} for value in (2_900, 3_100)]
    assert answers(documents, *figures, *parts).sql(EXCEEDED).fetchall() == [("c4", 3_100)]
    rough = level(2_400, bound="about", **TO_JUNE_2023) | {"doc_id": "other"}
    assert answers(documents, *figures, rough).sql(EXCEEDED).fetchall() == [(None, None)]


@pytest.mark.parametrize(
    ("other", "marked"),
    [
        ({"commodity": "oil"}, True),
        ({"mode": "rail"}, True),
        ({"commodity": "oil", "mode": "rail"}, False),  # two steps away
        ({"partner": ["UZB"]}, False),
        ({"unit": "EUR"}, False),
        ({"modality": "forecast"}, False),
        ({"confidence": 0.1}, False),
        ({"period_end": date(2023, 8, 31)}, False),
    ],
)
def test_parts_of_a_value_are_of_the_same_time_and_one_thing_less(other: Row, marked: bool) -> None:
    to_july = {"period_start": date(2023, 1, 1), "period_end": date(2023, 7, 31)}
    part = level(2_900, **(to_july | other)) | {"doc_id": "other"}
    database = answers([document("d"), document("other")], level(2_500, **TO_JULY), compared(12, **TO_JULY), part)
    assert database.sql(EXCEEDED).fetchall() == [("c3", 2_900) if marked else (None, None)]


def test_the_whole_of_a_share_is_marked_by_any_other_part_of_it() -> None:
    share = (level(2_500, reporter=["KAZ"], partner=["CHN"]), compared(50, "share", reporter=["KAZ"], partner=["CHN"]))
    # told as the other side's trade with it
    more = level(9_000, reporter=["RUS"], partner=["KAZ"]) | {"doc_id": "other"}
    database = answers([document("d"), document("other")], *share, more)
    found = database.sql("SELECT exceeded_by_claim_id FROM implied_values WHERE implied = 'whole'").fetchall()
    assert found == [("c3",)]


def test_a_part_above_its_whole_in_one_text_is_an_inconsistency() -> None:
    part = level(2_900, **TO_JUNE_2023, value_start=60, value_end=61, evidence_start=50, evidence_end=70)
    database = answers([document("d"), document("other")], level(2_500, **TO_JULY), compared(12, **TO_JULY), part)
    columns = "rule, told_value, told_claim_id, round(worked_out_value), claim_ids, period_end"
    assert database.sql(f"SELECT {columns} FROM inconsistencies").fetchall() == [
        ("part_above_whole", 2_900, "c3", 2_232, ["c1", "c2", "c3"], date(2023, 6, 30))
    ]
    elsewhere = answers(
        [document("d"), document("other")], level(2_500, **TO_JULY), compared(12, **TO_JULY), part | {"doc_id": "other"}
    )
    assert elsewhere.sql("FROM inconsistencies").fetchall() == []


def test_a_quarter_is_three_months_and_a_month_one_whatever_their_days() -> None:
    for start, end, words, base in (
        (date(2024, 1, 1), date(2024, 3, 31), "from the previous quarter", (date(2023, 10, 1), date(2023, 12, 31))),
        (date(2023, 2, 1), date(2023, 2, 28), "from a month earlier", (date(2023, 1, 1), date(2023, 1, 31))),
        (date(2024, 1, 2), date(2024, 3, 31), "from the previous quarter", None),
    ):
        period = {"period_start": start, "period_end": end}
        found = implied(level(2.5e6, **period), compared(12, said=f"Up to 2.5 by 12 percent {words}.", **period))
        assert [row[1:3] for row in found] == ([] if base is None else [base])


def test_exports_and_imports_tell_turnover_and_balance() -> None:
    both = (level(657, indicator="exports"), level(1_800, indicator="imports"))
    assert [(row[0], row[3]) for row in implied(*both)] == [("balance", -1_143), ("turnover", 2_457)]
    told = answers([document("d")], *both, level(2_500, bound="about", reporter=["CHN"], partner=["KAZ"]))
    assert told.sql("SELECT implied FROM implied_values").fetchall() == [("balance",)]
    assert told.sql("FROM inconsistencies").fetchall() == []
    wrong = answers([document("d")], *both, level(3_500))
    assert wrong.sql("SELECT implied, told_value, worked_out_value FROM inconsistencies").fetchall() == [
        ("turnover", 3_500, 2_457)
    ]
    assert implied(level(657, indicator="exports"), level(1_800, indicator="imports", commodity="oil")) == []
    assert implied(level(657, indicator="exports"), level(1_800, indicator="imports", unit="t")) == []
    # nothing is left of two open ends but the balance's sign
    open_ends = (level(657, indicator="exports", bound="over"), level(1_800, indicator="imports", bound="over"))
    assert [row[0] for row in implied(*open_ends)] == ["turnover"]


def test_a_goal_and_its_multiple_tell_where_it_starts() -> None:
    goal = {"modality": "target", "period_start": None, "period_end": date(2030, 12, 31)}
    # a billion is meant as it stands, double may be 1.84 to 2.16
    assert implied(level(1_000_000, **goal), compared(2, "multiple", **goal)) == [
        ("base", None, None, 500_000, 462_962.963, 543_478.261)
    ]
    later = {"evidence_start": 60, "evidence_end": 97, "value_start": 80, "value_end": 82}
    assert implied(level(1_000_000, **goal), compared(2, "multiple", **goal, **later)) == []


def test_one_undertaking_is_not_another() -> None:
    assert implied(level(2_500, indicator="investment"), compared(12, indicator="investment")) == []


def test_what_another_text_tells_stands_beside_what_one_implies() -> None:
    told = level(2_230_000, **IN_2023) | {"doc_id": "other"}
    columns = "told_by_claim_id, told_value, fits_told"
    documents = [document("d"), document("other")]
    database = answers(documents, level(2.5e6), compared(12), told)
    assert database.sql(f"SELECT {columns} FROM implied_values").fetchall() == [("c3", 2_230_000, True)]
    database = answers(documents, level(2.5e6), compared(12), told | {"value_low": 3e6, "value_high": 3e6})
    assert database.sql(f"SELECT {columns} FROM implied_values").fetchall() == [("c3", 3e6, False)]


def test_two_texts_tell_the_growth_from_year_to_year_if_none_tells_it() -> None:
    documents = [document("d"), document("other")]
    both = (level(2_500), level(2_000, **IN_2023) | {"doc_id": "other"})
    database = answers(documents, *both)
    columns = "doc_id, rule, implied, period_end, value, claim_ids, arithmetic"
    assert database.sql(f"SELECT {columns} FROM implied_values").fetchall() == [
        (
            *(None, "years_between_texts", "growth", date(2024, 12, 31), 25, ["c1", "c2"]),
            "2,500 USD in 2024 and 2,000 USD in 2023: 2,500 / 2,000 - 1 = 25 %",
        )
    ]
    told = compared(24, evidence_start=400, evidence_end=437, value_start=420, value_end=422)
    for claims in ((*both, told), (both[0], both[1] | IN_2024), (both[0], both[1] | {"unit": "EUR"})):
        assert answers(documents, *claims).sql("FROM implied_values WHERE rule = 'years_between_texts'").fetchall() == []
    # two voices at odds over a year
    odd = level(2_900, **IN_2023) | {"doc_id": "third"}
    database = answers([*documents, document("third")], *both, odd)
    assert database.sql("SELECT agreement FROM facts WHERE period_end = DATE '2023-12-31'").fetchall() == [("conflicting",)]
    assert database.sql("FROM implied_values").fetchall() == []


def test_the_middle_of_two_huge_ends_is_finite() -> None:
    database = answers([document("d")], level((1.6e308, 1.7e308)), level((1e308, 1e308)))
    assert database.sql("SELECT value FROM measurements ORDER BY ALL").fetchall() == [(1e308,), (pytest.approx(1.65e308),)]


def test_a_text_of_many_levels_and_growths_pairs_each_with_its_neighbour() -> None:
    many = 2000
    levels = (level(1_000 + at, value_start=20 * at, value_end=20 * at + 4) for at in range(many))
    growths = (compared(12, value_start=20 * at + 6, value_end=20 * at + 8) for at in range(many))
    database = answers([document("d")], *levels, *growths)
    found = database.sql("SELECT claim_ids FROM derivations WHERE rule = 'level_and_growth'").fetchall()
    assert sorted(found) == sorted((sorted([f"c{at}", f"c{many + at}"]),) for at in range(1, many + 1))


def test_the_growth_between_texts_comes_once_and_not_beside_that_within_one() -> None:
    documents = [document("d"), document("other")]
    road = {"indicator": "cargo", "corridor": "TITR", "reporter": [], "partner": []}
    later = [level(2_500, **road, unit=unit) for unit in ("t", "t/yr")]
    earlier = [level(2_000, **IN_2023, **road, unit=unit) | {"doc_id": "other"} for unit in ("t", "t/yr")]
    query = "SELECT claim_ids FROM implied_values WHERE rule = 'years_between_texts'"
    assert answers(documents, *later, *earlier).sql(query).fetchall() == [(["c1", "c3"],)]
    within = level(2_000, **IN_2023, **road, unit="t", value_start=5, value_end=6)
    database = answers(documents, later[0], within, earlier[1])
    assert database.sql(query).fetchall() == []
    assert database.sql("SELECT rule FROM implied_values").fetchall() == [("level_and_base",)]


def test_small_amounts_stand_with_their_decimals_in_a_line_of_arithmetic() -> None:
    amounts = [
        number(name, "cargo", value, unit="t", corridor="TITR", **year)
        for name, value, year in (("d", 0.4, IN_2023), ("e", 0.6, IN_2024))
    ]
    lines = answers([document("d"), document("e")], *amounts).sql("SELECT arithmetic FROM implied_values").fetchall()
    assert lines == [("0.6 t in 2024 and 0.4 t in 2023: 0.6 / 0.4 - 1 = 50 %",)]
