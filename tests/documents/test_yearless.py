"""When a text was published whose head or dateline gives a day without its year."""

from datetime import date

import pytest

from pipeline.documents.reading import read_text

BODY = "\n\nThe port was shut on Wednesday, its owners said. It had been shut twice, in 2013 and in January 2014.\n"


@pytest.mark.parametrize("head", ["POTI. May 21 (Agency) - ", "POTI, May 21 (Agency) -- "])
def test_a_dateline_is_of_the_year_that_its_weekday_fits(head: str) -> None:
    document = read_text("Port shut by a storm\n\n" + head + BODY.strip())
    assert document.published_on == date(2014, 5, 21)


def test_the_eve_of_a_dateline_may_be_the_weekday_told() -> None:
    assert read_text("Port shut by a storm\n\nPOTI, May 22 (Agency) - " + BODY.strip()).published_on == date(2014, 5, 22)


def test_a_weekday_that_fits_no_year_dates_nothing() -> None:
    assert read_text("Port shut by a storm\n\nPOTI, May 25 (Agency) - " + BODY.strip()).published_on is None


def test_without_a_weekday_nothing_is_dated() -> None:
    text = "Port shut by a storm\n\nPOTI, May 21 (Agency) - The port was shut, its owners said, as in 2013."
    assert read_text(text).published_on is None


@pytest.mark.parametrize(
    "line", ["CARGO WEEKLY                No. 32/2018, Thursday 9 August", "CARGO WEEKLY    Issue 2018-32    9 August"]
)
def test_an_issue_gives_its_year_apart_from_its_day(line: str) -> None:
    found = read_text(
        line + "\n\nRATES RUN HIGH\n\nFreight rates rose by a third in July as the river fell, brokers said."
    ).published_on
    assert found == date(2018, 8, 9)


@pytest.mark.parametrize("label", ["date", "Published:", "posted"])
def test_a_label_may_run_on_into_the_text(label: str) -> None:
    assert read_text(f" {label} 2024-09-19 POTI - The port has moved 5.2 million tons.").published_on == date(2024, 9, 19)


def test_an_issue_whose_weekday_is_wrong_dates_nothing() -> None:
    text = "CARGO WEEKLY      No. 32/2018, Friday 9 August\n\nRATES RUN HIGH\n\nFreight rates rose in July, brokers said."
    assert read_text(text).published_on is None


@pytest.mark.parametrize(
    ("text", "published_on"),
    [
        (
            "Port traffic falls\n\nVARNA, 4 July. The port handled 3 million tons in 2015, it said on Saturday.\n",
            date(2015, 7, 4),
        ),
        ("VARNA / BURGAS. July 4, 2015 — The ports handled 3 million tons, the operator said.\n", date(2015, 7, 4)),
        (
            "UPDATE 1-Port traffic falls -operator\n\n* Grain down 12 pct in 2015\n* Ore steady\n\n(Adds details)\n\n"
            "VARNA, July 4 (Newswire) - The port handled 3 million tons, its operator said on Monday.\n\nOre was steady.\n",
            date(2016, 7, 4),
        ),
    ],
)
def test_datelines_closed_by_a_stop_or_below_highlights_date_a_text(text: str, published_on: date) -> None:
    assert read_text(text).published_on == published_on


@pytest.mark.parametrize(
    "line",
    [
        "This report was first published July 4, 2015.",
        "Originally published on 4 July 2015",
        "The story by the Varna desk appeared on Saturday, July 4, 2015 and has been shortened.",
        "This article was posted by the desk on July 4, 2015.",
    ],
)
def test_a_sentence_below_the_report_tells_when_it_came_out(line: str) -> None:
    report = "Port traffic falls\n\nVARNA - The port handled 3 million tons in May.\n\nThe pier was built in 2010.\n\n"
    assert read_text(report + line).published_on == date(2015, 7, 4)
    assert read_text(report + "The timetable was published by the port.").published_on is None
