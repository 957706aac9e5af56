"""Date expressions, their resolution and their roles, through `find_dates`."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.dates import find_dates

PUBLISHED = date(2025, 11, 21)  # a Friday


def first(text: str, published: date | None = PUBLISHED) -> tuple[str, str, str, str]:
    mark = find_dates(text, published)[0]
    return mark.text, str(mark.date_start), str(mark.date_end), mark.role


def bounds(text: str, published: date | None = PUBLISHED) -> tuple[str, str]:
    return first(text, published)[1:3]


DAYS = [
    ("6 June 2024", "2024-06-06"),
    ("June 6, 2024", "2024-06-06"),
    ("the 6th of June 2024", "2024-06-06"),
    ("Thursday, 6 June 2024", "2024-06-06"),
    ("6.06.2024", "2024-06-06"),
    ("2024-06-06", "2024-06-06"),
    ("26-FEB-1987", "1987-02-26"),
    ("Feb. 26, 1987", "1987-02-26"),
    ("25/12/2023", "2023-12-25"),
    ("12/25/2023", "2023-12-25"),
    ("twenty-third of May 2021", "2021-05-23"),
    ("Easter 2018", "2018-04-01"),
    ("Christmas 2020", "2020-12-25"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    found, start, end, role = first(f"It was agreed on {text} in Tbilisi")
    assert (found, start, end, role) == (text, day, day, "at")


PERIODS = [
    ("in June 2024", "2024-06-01", "2024-06-30"),
    ("in June", "2025-06-01", "2025-06-30"),
    ("in 1987", "1987-01-01", "1987-12-31"),
    ("in 2024-2025", "2024-01-01", "2025-12-31"),
    ("in 1986-90", "1986-01-01", "1990-12-31"),
    ("between 2017 and 2022", "2017-01-01", "2022-12-31"),
    ("in January-October 2023", "2023-01-01", "2023-10-31"),
    ("in Jan.-Sept. 2023", "2023-01-01", "2023-09-30"),
    ("from January through July 2023", "2023-01-01", "2023-07-31"),
    ("from Jan. 1 to Nov. 15", "2025-01-01", "2025-11-15"),
    ("from Nov. 2023 to Feb. 2024", "2023-11-01", "2024-02-29"),
    ("from November to February 2024", "2023-11-01", "2024-02-29"),
    ("in the first 11 months of this year", "2025-01-01", "2025-11-30"),
    ("in the first nine months", "2025-01-01", "2025-09-30"),
    ("over eight months to the end of August 2023", "2023-01-01", "2023-08-31"),
    ("in the 12 months to June 30, 2024", "2023-07-01", "2024-06-30"),
    ("in ten months of 2025", "2025-01-01", "2025-10-31"),
    ("in 9M 2024", "2024-01-01", "2024-09-30"),
    ("in the first half of 2024", "2024-01-01", "2024-06-30"),
    ("in H1 2024", "2024-01-01", "2024-06-30"),
    ("in 1H24", "2024-01-01", "2024-06-30"),
    ("in Q3 2025", "2025-07-01", "2025-09-30"),
    ("in 3Q", "2025-07-01", "2025-09-30"),
    ("in the second quarter", "2025-04-01", "2025-06-30"),
    ("in the fourth quarter of last year", "2024-10-01", "2024-12-31"),
    ("in the quarter ended June 30", "2025-04-01", "2025-06-30"),
    ("in early 2024", "2024-01-01", "2024-03-31"),
    ("in late March", "2025-03-16", "2025-03-31"),
    ("at the end of 2026", "2026-12-01", "2026-12-31"),
    ("at year-end", "2025-12-01", "2025-12-31"),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    ("in the early 1990s", "1990-01-01", "1992-12-31"),
    ("in summer 2024", "2024-06-01", "2024-08-31"),
    ("in winter 2023/24", "2023-12-01", "2024-02-29"),
    ("in week 48/2021", "2021-11-29", "2021-12-05"),
    ("on 10-12 October 2024", "2024-10-10", "2024-10-12"),
    ("on February 1 to 25, 1987", "1987-02-01", "1987-02-25"),
    ("in the second half of October", "2025-10-16", "2025-10-31"),
    ("over the whole of 2022", "2022-01-01", "2022-12-31"),
    ("in 2018 as a whole", "2018-01-01", "2018-12-31"),
    ("in the last two quarters", "2025-04-01", "2025-09-30"),
    ("in the last five years", "2020-11-21", "2025-11-21"),
    ("in April/May 2024", "2024-04-01", "2024-05-31"),
    ("in recent years", "None", "None"),
    ("a decade ago", "2015-01-01", "2015-12-31"),
    ("in two thousand and fifteen", "2015-01-01", "2015-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_periods(text: str, start: str, end: str) -> None:
    assert bounds(f"The port moved cargo {text}, it said") == (start, end)


RELATIVE = [
    ("today", "2025-11-21", "2025-11-21"),
    ("yesterday", "2025-11-20", "2025-11-20"),
    ("on Tuesday", "2025-11-18", "2025-11-18"),
    ("on Friday", "2025-11-21", "2025-11-21"),
    ("last Friday", "2025-11-14", "2025-11-14"),
    ("next Tuesday", "2025-11-25", "2025-11-25"),
    ("last year", "2024-01-01", "2024-12-31"),
    ("last month", "2025-10-01", "2025-10-31"),
    ("last week", "2025-11-10", "2025-11-16"),
    ("two years ago", "2023-01-01", "2023-12-31"),
    ("last November", "2024-11-01", "2024-11-30"),
    ("in December of last year", "2024-12-01", "2024-12-31"),
    ("next September", "2026-09-01", "2026-09-30"),
    ("over the next five years", "2025-11-21", "2030-11-21"),
    ("later this year", "2025-11-21", "2025-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), RELATIVE)
def test_counted_from_publication(text: str, start: str, end: str) -> None:
    assert bounds(f"It was told {text}.") == (start, end)
    assert bounds(f"It was told {text}.", None) == ("None", "None")


ROLES = [
    ("by 2030", "None", "2030-12-31", "deadline"),
    ("by early 2017", "None", "2017-03-31", "deadline"),
    ("by mid-2026", "None", "2026-06-30", "deadline"),
    ("before 2030", "None", "2029-12-31", "deadline"),
    ("before the end of 2026", "None", "2026-12-31", "deadline"),
    ("no later than Dec. 31, 2026", "None", "2026-12-31", "deadline"),
    ("within three years", "None", "2028-11-21", "deadline"),
    ("within the next three years", "None", "2028-11-21", "deadline"),
    ("until July 18, 2026", "None", "2026-07-18", "until"),
    ("since September", "2025-09-01", "2025-11-21", "since"),
    ("since 2019", "2019-01-01", "2025-11-21", "since"),
    ("since the beginning of the year", "2025-01-01", "2025-11-21", "since"),
    ("since independence", "None", "2025-11-21", "since"),
    ("from 2030", "2030-01-01", "None", "since"),
    ("after 2018", "2019-01-01", "None", "since"),
    ("so far", "None", "2025-11-21", "at"),
    ("so far this year", "2025-01-01", "2025-11-21", "at"),
    ("at present", "None", "None", "now"),
    ("within the next decade", "None", "2035-11-21", "deadline"),
    ("as of November 1", "2025-11-01", "2025-11-01", "at"),
    ("as of January 1", "2026-01-01", "None", "since"),
    ("compared with 2023", "2023-01-01", "2023-12-31", "base"),
    ("than in January", "2025-01-01", "2025-01-31", "base"),
    ("versus the first half of 2024", "2024-01-01", "2024-06-30", "base"),
]


@pytest.mark.parametrize(("text", "start", "end", "role"), ROLES)
def test_roles_cover_the_words_that_make_them(text: str, start: str, end: str, role: str) -> None:
    assert first(f"The railway carries goods {text}.") == (text, start, end, role)


def test_numbers_of_a_comparison_make_their_dates_a_base() -> None:
    marks = find_dates(
        "Imports rose to 3.4 bln dlrs in 1986 from 2.1 bln dlrs in 1985, against 1.9 bln in 1984", date(1987, 3, 1)
    )
    assert [(mark.text, mark.role) for mark in marks] == [("1986", "at"), ("1985", "base"), ("1984", "base")]


def test_more_than_a_time_ago_compares_nothing() -> None:
    assert first("It was signed more than two decades ago")[1:] == ("2005-01-01", "2005-12-31", "at")
    assert find_dates("In 2024 it carried 5% more than a year ago", PUBLISHED)[-1].role == "base"


def test_a_half_told_in_the_past_is_over() -> None:
    assert bounds("Exports rose in the first half", date(2025, 2, 10)) == ("2024-01-01", "2024-06-30")
    assert bounds("The line will open in the first half", date(2025, 2, 10)) == ("2025-01-01", "2025-06-30")


def test_a_development_is_no_comparison() -> None:
    marks = find_dates("Exports grew from 2 mln tons in 2019 to 3 mln tons in 2024", PUBLISHED)
    assert [mark.role for mark in marks] == ["base", "at"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("In the first nine months of 2024 it rose, and in the same period of 2023 it fell", "2023-01-01", "2023-09-30"),
        ("In January-August 2024 it rose 3% on the same months of last year", "2023-01-01", "2023-08-31"),
        ("In June 2022 it was 5 mln against 4 mln a year earlier", "2021-06-01", "2021-06-30"),
        ("It sold 8 bln in 2018. Less than half the 18 bln of the year before", "2017-01-01", "2017-12-31"),
        ("In September 2014 it was up, though down from the previous month", "2014-08-01", "2014-08-31"),
        ("From January to May 1987 it rose, but fell in the same 1986 period", "1986-01-01", "1986-05-31"),
        ("They signed on 6 June 2024 and ratified it on 19 June", "2024-06-19", "2024-06-19"),
        ("Cargo rose in March 2021, and in the following month it fell", "2021-04-01", "2021-04-30"),
    ],
)
def test_pointing_back(text: str, start: str, end: str) -> None:
    mark = find_dates(text, PUBLISHED)[-1]
    assert (str(mark.date_start), str(mark.date_end)) == (start, end)


def test_a_later_full_date_gives_an_earlier_day_its_year() -> None:
    marks = find_dates("Signed on 18 February, the pact is in force since 1 May 2022", date(2024, 7, 14))
    assert marks[0].date_start == date(2022, 2, 18)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("in March, April and May 2024", ["2024-03-01", "2024-04-01", "2024-05-01"]),
        ("in December and January 2025", ["2024-12-01", "2025-01-01"]),
        ("in January and in February 2025", ["2025-01-01", "2025-02-01"]),
        ("in 2019. In March and April 2024", ["2019-01-01", "2024-03-01", "2024-04-01"]),
        ("in June 2023 and July 2024", ["2023-06-01", "2024-07-01"]),
    ],
)
def test_joined_months_share_the_year_of_the_last(text: str, starts: list[str]) -> None:
    assert [str(mark.date_start) for mark in find_dates(f"It was {text}.", None)] == starts


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("5 in the second quarter of 2024 and 4 in the first.", "2024-01-01"),
        ("5 in the first half of 2024 after 4 in the second.", "2023-07-01"),
        ("5 in the second quarter of 2024, the first of many.", None),
        ("5 in the second quarter of 2024, up from 4 in the first, it said.", "2024-01-01"),
        ("Of two ships built in the second quarter of 2024, the first, for zinc, took 5 mln tons.", None),
        ("Two docks opened in the second quarter of 2024; in the first, for zinc, it loaded 5 mln tons.", None),
        ("Two docks opened in the second quarter of 2024 and in the first, for zinc, it loaded 5 mln tons.", None),
        ("5 in the second quarter of 2024, more than in the first, it said.", "2024-01-01"),
        ("After two ships were built in the second quarter of 2024, cargo of the first, for zinc, rose.", None),
    ],
)
def test_a_bare_ordinal_is_the_quarter_or_half_beside_the_one_told(text: str, start: str | None) -> None:
    marks = find_dates(text, date(2025, 1, 5))
    assert [str(mark.date_start) for mark in marks[1:]] == ([start] if start else [])


def test_a_quarter_is_named_by_its_last_month_and_the_year_between() -> None:
    mark = find_dates("It fell in the March 2017 quarter.", date(2025, 1, 5))[0]
    assert (mark.date_start, mark.date_end) == (date(2017, 1, 1), date(2017, 3, 31))


def test_a_participle_behind_be_looks_nowhere() -> None:
    assert find_dates("It will be shipped in March.", date(2025, 1, 5))[0].date_start == date(2025, 3, 1)
    assert find_dates("It shipped 5 tons in March.", date(2025, 1, 5))[0].date_start == date(2024, 3, 1)


def test_a_number_before_last_year_counts_no_years() -> None:
    assert [mark.text for mark in find_dates("Trains numbered 358 last year, and in the 3 last years it was so.", None)] == [
        "last year",
        "the 3 last years",
    ]


def test_from_a_yearless_month_is_the_nearer_one() -> None:
    assert bounds("Free trade with Iran from May", date(2025, 3, 18)) == ("2025-05-01", "None")
    assert bounds("Free trade with Iran from May", date(2025, 6, 18)) == ("2025-05-01", "None")


def test_header_lines_do_not_date_each_other() -> None:
    marks = find_dates("Title: Gas from March 1\nPublished: 2025-02-28\n", date(2025, 2, 28))
    assert [mark.date_start for mark in marks] == [date(2025, 3, 1), date(2025, 2, 28)]


def test_tense_decides_where_a_yearless_date_lies() -> None:
    published = date(1987, 4, 23)
    assert bounds("Drilling will begin in September", published) == ("1987-09-01", "1987-09-30")
    assert bounds("Drilling began in September", published) == ("1986-09-01", "1986-09-30")
    assert bounds("The link will open on May 8", published) == ("1987-05-08", "1987-05-08")
    assert bounds("It was halted on March 5", published) == ("1987-03-05", "1987-03-05")
    assert bounds("By the end of October over 5 mln tons had been moved", date(2025, 12, 29)) == ("None", "2025-10-31")
    assert bounds("They promised to stop by October", date(1987, 3, 16)) == ("None", "1987-10-31")


def test_a_count_of_months_is_one_that_is_over() -> None:
    assert bounds("in the first eleven months", date(2025, 1, 10)) == ("2024-01-01", "2024-11-30")
    assert bounds("in January-September", date(2025, 3, 1)) == ("2024-01-01", "2024-09-30")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Its fiscal year 2024, which ended on September 30, was dry", "2023-10-01", "2024-09-30"),
        ("during fiscal 1985/86 ended March", "1985-04-01", "1986-03-31"),
        ("The financial year 2023-24 was good for India; its financial year begins in April", "2023-04-01", "2024-03-31"),
        ("The financial year 2023-24 was good for India", "None", "None"),
        ("the third quarter of fiscal 2024; the fiscal year ends on September 30", "2024-04-01", "2024-06-30"),
        ("fiscal 2024", "None", "None"),
        ("the 2023/24 season", "None", "None"),
        ("marketing year 2024/25", "None", "None"),
        ("2023 wheat exports", "2023-01-01", "2023-12-31"),
        ("sales in 2024/25", "None", "None"),
    ],
)
def test_years_that_are_no_calendar_years(text: str, start: str, end: str) -> None:
    assert bounds(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "China may export more",
        "May exports rise again?",
        "They march on and the second ship follows",
        "U.S. MAY IMPOSE DUTIES",
        "2,024 tons and 2000 tons, 1987 containers, 2050 wagons",
        "a 24/7 service with a 5-day voyage of 35 days",
        "flight 2024, No. 1987, $2000, +49 40 1234-567, version 2.1.4, 10:30",
        "for three years, a 64-year-old, a 20-year contract, the 20th anniversary",
        "some 1950 people; prices fall; a spring in the step; the sun and the C5+1",
        "Kazakhstan-2050, Vision 2030",
        "every Friday",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_years_after_a_preposition_stay_years_before_plural_nouns() -> None:
    assert bounds("In 2023 companies invested") == ("2023-01-01", "2023-12-31")
    assert [mark.text for mark in find_dates("In May 2000 tons were sold", PUBLISHED)] == ["May"]


def test_no_such_day_is_marked_but_not_resolved() -> None:
    assert first("on Feb 30") == ("Feb 30", "None", "None", "at")
    assert bounds("on 31 June 2024") == ("None", "None")


def test_the_writers_habit_orders_day_and_month() -> None:
    assert find_dates("25/12/2020, 06/07/2020", date(2024, 1, 1))[1].date_start == date(2020, 7, 6)
    assert find_dates("12/25/2020, 06/07/2020", date(2024, 1, 1))[1].date_start == date(2020, 6, 7)
    assert bounds("06/12/2025", date(2025, 12, 8)) == ("2025-12-06", "2025-12-06")


def test_the_years_at_the_edge_do_no_harm() -> None:
    for published in (date.min, date.max):
        assert find_dates(
            "last year, next year, two decades ago, within 900 years, on Monday, last week, in May, last Easter", published
        )


STYLES = ["%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y", "%A %B %d, %Y", "%b. %d, %Y", "%Y/%m/%d"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(STYLES), st.sampled_from(["", "signed on ", "(", "«"]))
def test_any_day_in_any_style_reads_back(day: date, style: str, before: str) -> None:
    text = day.strftime(style)
    marks = find_dates(f"{before}{text} in Baku", PUBLISHED)
    assert [(mark.text, mark.date_start, mark.date_end) for mark in marks] == [(text, day, day)]


@given(st.dates(date(1900, 1, 1), date(2098, 12, 31)), st.sampled_from(["%B %Y", "%b %Y", "%b. %Y", "in %B, %Y", "%B of %Y"]))
def test_any_month_reads_back(day: date, style: str) -> None:
    mark = find_dates(day.strftime(style), PUBLISHED)[0]
    first_day = day.replace(day=1)
    assert mark.date_start == first_day
    assert mark.date_end is not None
    assert (mark.date_end + timedelta(days=1)).day == 1
    assert (mark.date_end.year, mark.date_end.month) == (day.year, day.month)


PIECES = """
the of in by from to and 2024 1987 31 2 30 may May March june first quarter half year years months last next same period
fiscal 2023/24 - / . , Q3 H1 FY25 early end since until within ago earlier week 9999 0 Feb 29 monday decade 1990s İ ſ 𝟚𝟘
century now so far before after two between season summer date today's as whole rest
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\u00a0", "\n\n"])


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
def test_marks_of_any_text_are_sorted_disjoint_spans(text: str, published: date | None) -> None:
    marks = find_dates(text, published)
    assert all(mark.text == text[mark.start : mark.end] and mark.text.strip() for mark in marks)
    assert all(left.end <= right.start for left, right in pairwise(marks))
    for mark in marks:
        assert not (mark.date_start and mark.date_end and mark.date_start > mark.date_end)


def last(text: str, published: date | None = PUBLISHED) -> tuple[str, str]:
    mark = find_dates(text, published)[-1]
    return str(mark.date_start), str(mark.date_end)


def test_a_count_of_months_points_at_the_period_spoken_of() -> None:
    assert last("Traffic grew in April-September 2023. In the six months rail gained most.") == ("2023-04-01", "2023-09-30")
    assert last("Imports doubled in the ten months.") == ("2025-01-01", "2025-10-31")
    assert last("In 2022 it fell. In the twelve months trucks gained.", date(2023, 2, 1)) == ("2022-01-01", "2022-12-31")


def test_a_few_months_that_nobody_spoke_of_are_no_date() -> None:
    assert find_dates("The voyage lasts the three months without a stop.", PUBLISHED) == []


def test_the_past_year_is_the_one_just_ended_in_its_reports() -> None:
    assert bounds("In the past year the port handled more", date(2024, 2, 3)) == ("2023-01-01", "2023-12-31")
    assert bounds("Over the past year the port handled more", date(2024, 2, 3)) == ("2023-02-03", "2024-02-03")


def test_the_year_before_a_fiscal_year_is_fiscal() -> None:
    text = (
        "Egypt's fiscal year ends in June. It shipped 4 mln tons in the fiscal year 2022/23, against 3 mln the previous year."
    )
    assert last(text) == ("2021-07-01", "2022-06-30")


def test_the_month_that_closes_a_year() -> None:
    assert last("In 2023 the port set a record. In the closing month alone 3 ships came.") == ("2023-12-01", "2023-12-31")


def test_a_season_named_makes_the_next_pair_of_years_a_season() -> None:
    assert last("The 2018-19 season was poor after 2017-18.") == ("None", "None")


def test_periods_of_a_list_share_the_year_told_last() -> None:
    summer = date(2024, 6, 12)
    assert bounds("5 tons in the first quarter and 6 in the second quarter of 2022", summer) == ("2022-01-01", "2022-03-31")
    assert bounds("5 tons in May and 6 in June 2022", summer) == ("2022-05-01", "2022-05-31")
    assert bounds("5 tons in May and 6 more than in May 2022", summer) == ("2024-05-01", "2024-05-31")


def test_years_of_the_solar_calendar() -> None:
    spring = date(2016, 5, 12)
    assert bounds("In the Iranian year 1394 transit grew", spring) == ("2015-03-21", "2016-03-20")
    assert bounds("In the last Iranian year transit grew", spring) == ("2015-03-21", "2016-03-20")
    assert bounds("the first two months of the current Iranian year", spring) == ("2016-03-21", "2016-05-20")
    assert find_dates("The Iranian side agreed", spring) == []


def test_a_bracket_puts_a_period_in_other_words() -> None:
    assert bounds("In the second quarter (April 5-July 4, 2021) it grew") == ("2021-04-05", "2021-07-04")
    assert bounds("In 2021 (May 3) it grew") == ("2021-01-01", "2021-12-31")


def test_a_year_owns_the_months_behind_it() -> None:
    winter = date(2024, 12, 17)
    assert bounds("In this year's first 11 months 5 ships came", winter) == ("2024-01-01", "2024-11-30")
    assert bounds("2022's first nine months were quiet", winter) == ("2022-01-01", "2022-09-30")


def test_what_had_come_by_a_month_is_past() -> None:
    winter = date(2024, 12, 6)
    assert bounds("Deliveries had reached 3 million tons by the end of November", winter) == ("None", "2024-11-30")
    assert bounds("Deliveries rose to 3 million tons by the end of November", winter) == ("None", "2024-11-30")
    assert bounds("Deliveries will rise to 3 million tons by the end of November", winter) == ("None", "2025-11-30")


def test_still_may_be_a_degree() -> None:
    assert find_dates("Boxes fared better still.", None) == []
    assert [mark.role for mark in find_dates("Boxes are still rare.", None)] == ["now"]


def test_the_course_of_a_year_told_after_it_ended() -> None:
    spring = date(2025, 2, 10)
    told = "The port closed 2024 well. In the course of the year it"
    assert last(f"{told} took 300 trains.", spring) == ("2024-01-01", "2024-12-31")
    assert last(f"{told} will take 300 trains.", spring) == ("2025-01-01", "2025-12-31")


def test_the_same_year_is_the_one_just_named() -> None:
    assert last("A hub is to open by 2029. The quay is to be built by the same year.") == ("None", "2029-12-31")


def test_what_a_number_follows_is_its_base() -> None:
    winter = date(2024, 12, 6)
    text = "Sales rose this year. Peru took 900,000 tons, after 600,000 the year before."
    assert [(mark.role, str(mark.date_start)) for mark in find_dates(text, winter)][-1] == ("base", "2023-01-01")
    assert [mark.role for mark in find_dates("After 20 days in 2021 a lull came.", winter)] == ["at"]
    assert [mark.role for mark in find_dates("It is 5 percent more than at that point in 2023.", winter)] == ["base"]


MONTHS_ON = [
    ("in the six months from April", "2025-04-01", "2025-09-30"),
    ("in the three months starting in June", "2025-06-01", "2025-08-31"),
    ("over the half-year beginning 1 April", "2025-04-01", "2025-09-30"),
    ("in the year from July 2017", "2017-07-01", "2018-06-30"),
    ("for six months from 1 April 2018", "2018-04-01", "2018-09-30"),
    ("in the closing months of 2018", "2018-10-01", "2018-12-31"),
    ("in the early months of 2018", "2018-01-01", "2018-03-31"),
    ("in the second half of the 1990s", "1995-01-01", "1999-12-31"),
    ("in the fiscal year that ended last June", "2024-07-01", "2025-06-30"),
    ("at the end of last month", "2025-10-29", "2025-10-31"),
    ("over ten months", "2025-01-01", "2025-10-31"),
    ("between now and December", "2025-11-21", "2025-12-31"),
    ("from the autumn", "2025-09-01", "None"),
    ("before the year is out", "None", "2025-12-31"),
    ("before this year ends", "None", "2025-12-31"),
    ("up to now", "None", "2025-11-21"),
    ("in 2023-24", "None", "None"),
]


@pytest.mark.parametrize(("text", "start", "end"), MONTHS_ON)
def test_runs_of_months_and_open_ends(text: str, start: str, end: str) -> None:
    assert bounds(f"It exported wheat {text}.") == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "exports since the start of the season on 1 July",
        "exports since its marketing year began on 1 July",
        "exports since the terminal opened on July 1",
        "exports in the season that began on 1 July",
    ],
)
def test_a_start_told_by_an_event_is_placed_by_its_date(text: str) -> None:
    marks = [mark for mark in find_dates(text, PUBLISHED) if mark.date_start]
    assert [(str(mark.date_start), str(mark.date_end), mark.role) for mark in marks] == [("2025-07-01", "2025-11-21", "since")]


def test_a_signature_is_no_start() -> None:
    assert first("the pact, in force since it was signed in 2015")[1:] == ("2015-01-01", "2015-12-31", "at")


def test_a_heading_with_ornaments_gives_its_year() -> None:
    marks = find_dates("*2021*\n\n29 April. A ceasefire.\n\n** 2022 **\n\n14-17 September. Shots.", PUBLISHED)
    assert [str(mark.date_start) for mark in marks] == ["2021-01-01", "2021-04-29", "2022-01-01", "2022-09-14"]


def test_a_bare_last_is_of_the_unit_told_before() -> None:
    assert last("5 million tonnes this year after 4 million last.") == ("2024-01-01", "2024-12-31")


def test_a_year_of_an_aside_is_not_lent() -> None:
    assert last("The line, opened in 2017, carried coal in the first half.") == ("2025-01-01", "2025-06-30")


def test_a_month_earlier_is_the_month_before_the_one_told() -> None:
    assert last("In July they were 4 million, versus 5 million a month earlier.") == ("2025-06-01", "2025-06-30")


@pytest.mark.parametrize("text", ["Iran's railway carried it in 1394.", "In Tehran: in the year 1394 it rose."])
def test_iranian_years_by_number(text: str) -> None:
    assert last(text, date(2016, 5, 12)) == ("2015-03-21", "2016-03-20")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Tehran: in the Iranian month of Farvardin", "2019-03-21", "2019-04-20"),
        ("Iran's exports in Bahman", "2019-01-21", "2019-02-19"),
        ("Iran's exports in the month of Aban 1397", "2018-10-23", "2018-11-21"),
    ],
)
def test_iranian_months(text: str, start: str, end: str) -> None:
    assert last(text, date(2019, 5, 7)) == (start, end)


@pytest.mark.parametrize(
    "text", ["It said March shipments totalled 5 tons.", "March: 5 trains.", "In all, March exports grew."]
)
def test_march_at_the_head_of_figures_is_a_month(text: str) -> None:
    assert last(text, date(2025, 4, 8)) == ("2025-03-01", "2025-03-31")


@pytest.mark.parametrize("text", ["as large as in May", "twice as many as last year", "as high as in the first half"])
def test_what_something_is_as_large_as_is_a_base(text: str) -> None:
    assert find_dates(f"Exports were {text}.", PUBLISHED)[-1].role == "base"


def test_as_early_as_compares_nothing() -> None:
    assert find_dates("It opened as early as in May.", PUBLISHED)[-1].role == "at"


def test_without_a_date_a_month_is_of_the_year_just_told() -> None:
    assert last("It moved 5 tons in the first three months of 2016. In March it moved 2.", None) == ("2016-03-01", "2016-03-31")


def test_such_numbers_elsewhere_are_no_years() -> None:
    assert find_dates("Genoa shipped in 1394 bags of wool.", date(2016, 5, 12)) == []


def test_months_of_a_year_are_one_expression() -> None:
    text = "Bangladesh exported jute between July and February of the current fiscal year."
    assert first(text, date(2018, 3, 7))[0] == "between July and February of the current fiscal year"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # A year told just before holds for the months of a text without a date of its own.
        ("In the first half of 2016 freight rose. In March it dipped.", ["2016-01-01", "2016-03-01"]),
        ("Exports were 3 million tons in 2019. They were best in May and in June.", ["2019-01-01", "2019-05-01", "2019-06-01"]),
        ("The port, opened in 1971, is old. In March it closed.", ["1971-01-01", "None"]),
        ("In March it closed. It had opened in 1971.", ["None", "1971-01-01"]),
        # So does the year of the same months that they are compared with.
        ("In May-June exports fell, and were 3% less than in May-June 2022.", ["2023-05-01", "2022-05-01"]),
        (
            "In July sales rose from the same period of last year. Those to Chad were 4% more than in July 2020.",
            ["2021-07-01", "2020-07-01", "2020-07-01"],
        ),
        ("In May exports fell below those of April 2022.", ["None", "2022-04-01"]),
    ],
)
def test_months_of_a_text_without_a_date_take_the_year_that_it_tells(text: str, periods: list[str]) -> None:
    assert [str(mark.date_start) for mark in find_dates(text, None)] == periods


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("March shipments totalled 400,000 tonnes.", "2025-03-01"),
        ("May exports rose 4 percent.", "2025-05-01"),
    ],
)
def test_a_month_before_what_is_counted_is_one(text: str, start: str) -> None:
    assert first(text)[1] == start


@pytest.mark.parametrize(
    "text",
    [
        "Twice as many trucks crossed as in May 2024.",
        "It bought half as much wheat as last year.",
        "Sales were one and a half times as large as in February 2024.",
        "Freight was not as cheap as it was in June 2023.",
    ],
)
def test_what_is_as_much_as_something_is_compared(text: str) -> None:
    assert first(text)[3] == "base"


WEEKS_AND_CENTURIES = [
    ("a sailing for w/c Feb 4, 2025", "2025-02-03", "2025-02-09"),
    ("in the next fortnight", "2025-12-01", "2025-12-14"),
    ("rates from 2010-01-01 till the current date", "2010-01-01", "2025-11-21"),
    ("silk in the 15th century", "1400-01-01", "1499-12-31"),
    ("tea in the nineteenth century", "1800-01-01", "1899-12-31"),
    ("the board meets next 3/28", "2026-03-28", "2026-03-28"),
]


@pytest.mark.parametrize(("text", "start", "end"), WEEKS_AND_CENTURIES)
def test_weeks_and_centuries(text: str, start: str, end: str) -> None:
    assert last(text) == (start, end)


@pytest.mark.parametrize(
    "season",
    [
        "the 2014/15 season that ended on June 30",
        "the 2014/15 crop year, which closed at the end of June",
        "the 2014/15 marketing year, which began on 1 July",
        "the 2014/15 season (July-June)",
        "the July/June marketing year 2014/15",
    ],
)
def test_a_season_told_with_its_end_or_its_start_is_twelve_months(season: str) -> None:
    text = (
        f"Rye exports rose to 3 million tons in {season}, up from 2 million in the previous season. They may fall in 2015/16."
    )
    spans = [(mark.date_start, mark.date_end) for mark in find_dates(text, date(2015, 9, 3)) if mark.date_start]
    assert (date(2014, 7, 1), date(2015, 6, 30)) in spans
    assert (date(2013, 7, 1), date(2014, 6, 30)) in spans
    assert (date(2015, 7, 1), date(2016, 6, 30)) in spans


def test_a_season_that_is_to_begin_is_told_whole_and_an_untold_one_is_not_placed() -> None:
    ahead = find_dates("In the marketing year that starts next month rye exports may fall.", date(2015, 6, 3))
    assert (ahead[-1].date_start, ahead[-1].date_end) == (date(2015, 7, 1), date(2016, 6, 30))
    untold = find_dates("Rye exports rose in the 2014/15 season and in 2013/14.", date(2015, 6, 3))
    assert all(mark.date_start is None for mark in untold)
    cherries = find_dates("The cherry season ended in July. Last season growers sold 3 tons.", date(2015, 8, 3))
    assert all(mark.date_start is None or mark.date_start != date(2014, 8, 1) for mark in cherries)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ('"The accord was signed today," the minister said late on Monday.', "2025-02-10"),
        ("“It was signed this morning and we go on,” she said on Tuesday.", "2025-02-11"),
        ('She said late Monday that much was done. "What was signed today is a start," she told reporters.', "2025-02-10"),
        ('"We sign today," the minister said.', "2025-02-14"),
        ("The accord was signed today. The minister said on Monday that talks went well.", "2025-02-14"),
        ('"We sign today," she said. The road was closed on Monday.', "2025-02-14"),
    ],
)
def test_today_is_the_day_of_the_speech(text: str, day: str) -> None:
    marks = [mark for mark in find_dates(text, date(2025, 2, 14)) if mark.text in ("today", "this morning")]
    assert [str(mark.date_start) for mark in marks] == [day]
    assert [str(mark.date_end) for mark in marks] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "exports fell 3 percent in May 2025 on May 2024",
        "imports rose 4% in the first half of 2025 on the first half of 2024",
        "a fall of 5% in relation to 2024",
        "sales grew by 5 percent in 2024 as compared with 2023",
        "a growth of 90 million cubic metres over the previous year",
        "an increase of nearly 700,000 tons on 2024",
        "a rise of $3 billion over May 2024",
        "a decline of 400,000 TEU from 2023",
        "a gap of $98 billion compared with a deficit of 2.4 billion pesos in 2024",
        "5 billion against a trade surplus of $3 billion in May 2024",
        "up from a record low of 5 million tons in 2021",
        "less than the total of 7 million tons in 2022",
    ],
)
def test_the_time_that_another_is_measured_on_is_its_base(text: str) -> None:
    assert find_dates(text, PUBLISHED)[-1].role == "base"


@pytest.mark.parametrize("text", ["a total of 5 million tons over the previous year", "from the sale of 5 ships in 2024"])
def test_an_amount_that_nothing_is_compared_with_makes_no_base(text: str) -> None:
    assert find_dates(text, PUBLISHED)[-1].role == "at"


def test_a_day_behind_a_year_measures_nothing() -> None:
    assert find_dates("exports rose in September 2025 on Friday", PUBLISHED)[-1].role == "at"


@pytest.mark.parametrize("told", ["year earlier", "year-earlier", "year ago"])
def test_the_period_of_the_year_before_is_as_long_as_the_one_spoken_of(told: str) -> None:
    marks = find_dates(f"$4 billion in the first half of 2025, down from $5 billion in the {told} period", PUBLISHED)
    assert (str(marks[-1].date_start), str(marks[-1].date_end)) == ("2024-01-01", "2024-06-30")


@pytest.mark.parametrize("text", ["in May-to-July 2025", "the May-through-July 2025 term", "in May-July 2025"])
def test_months_joined_to_one_word_are_one_period(text: str) -> None:
    assert bounds(text) == ("2025-05-01", "2025-07-31")


def test_a_news_agency_is_no_month() -> None:
    assert find_dates("he told Iran's Mehr news agency", PUBLISHED) == []
