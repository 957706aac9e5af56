"""Title, author, publisher and date, over the layouts in which news comes."""

from datetime import date

import pytest

from pipeline.documents.reading import read_text

REPORT = (
    "Trade between Ruritania and Kazakhstan reached $1.2 billion in 2024, up 15 percent on the year before, officials said.\n\n"
    "Exports of grain rose to 3.4 million tons, while imports of machinery fell to 200,000 units over the same period.\n"
)
TITLE = "Ruritania lifts grain exports to record"
DAY = date(2024, 3, 12)


def read(head: str, report: str = REPORT, tail: str = "") -> tuple[str | None, str | None, str | None, date | None]:
    document = read_text(f"{head}{report}{tail}")
    return document.title, document.author, document.publisher, document.published_on


@pytest.mark.parametrize(
    ("head", "author", "publisher", "published_on"),
    [
        (f"{TITLE}\n\n", None, None, None),
        (
            f"Title: {TITLE}\nAuthor: Aida Haidar\nPublisher: Zenda Gazette\nPublished: 2024-03-12\n\n",
            "Aida Haidar",
            "Zenda Gazette",
            DAY,
        ),
        (f'---\ntitle: "{TITLE}"\nauthor: Aida Haidar\ndate: 2024-03-12\n---\n\n', "Aida Haidar", None, DAY),
        (f"# {TITLE}\n\n**By Aida Haidar** · 12 March 2024\n\n", "Aida Haidar", None, DAY),
        (f"{TITLE}\n\nReuters\n\nMarch 12, 2024 3:15 PM UTC\n\nASTANA, March 12 (Reuters) - ", None, "Reuters", DAY),
        (
            f"{TITLE}\nBy Olzhas Auyezov and Mary Lee\nALMATY, March 12, 2024 (Reuters) - ",
            "Olzhas Auyezov, Mary Lee",
            "Reuters",
            DAY,
        ),
        (
            f"The Zenda Times\n\nBUSINESS\n\n{TITLE}\n\nBy Aida Haidar in Business on 12 March 2024\n\n",
            "Aida Haidar",
            "The Zenda Times",
            DAY,
        ),
        (f"Home » News » Economy\n\n{TITLE}\n\nAida Haidar | 12.03.2024 | 14:05\n\n", "Aida Haidar", None, DAY),
        (f"AZERTAC\n{TITLE}\nBaku, March 12, AZERTAC\n", None, "AZERTAC", None),
        (f"{TITLE}\n\nXinhua | Updated: 2024-03-12 09:10\n\nBEIJING, March 12 (Xinhua) -- ", None, "Xinhua", DAY),
        (f"PRESS RELEASE\n\nFor immediate release\n\n{TITLE}\n\nGENEVA, 12 March 2024 - ", None, None, DAY),
        (
            f"Port News International\n\n{TITLE}\n\n12 Mar 2024 by Margherita Rossi\n\n",
            "Margherita Rossi",
            "Port News International",
            DAY,
        ),
        (f"{TITLE}\nAida Haidar Mar 12, 2024\n", "Aida Haidar", None, DAY),
        (
            f"{TITLE}\n12 March 2024 15:42 (UTC+04:00)\n\nBAKU, Azerbaijan, March 12\n\nBy Leyla Aliyeva - Trend:\n\n",
            "Leyla Aliyeva",
            "Trend News Agency",
            DAY,
        ),
        (f"{TITLE}\nhttps://news.example.com/2024/03/12/grain-exports.html\n", None, None, DAY),
        (f"{TITLE}\nhttps://news.example.com/article/grain-exports-idUSKBN0AB1CD20240312\n", None, None, DAY),
        (f"{TITLE}\n\nZENDA, 12 March 2024. (Elbe Bulletin) ", None, "Elbe Bulletin", DAY),
        (f"{TITLE}\n\nZENDA, 12 March 2024 (Elbe Bulletin) ", None, "Elbe Bulletin", DAY),
        (f"{TITLE}\n12-MAR-1987 14:02:11.35\n    ZENDA, March 12 - ", None, None, date(1987, 3, 12)),
        (f"12 March 2024\n\n{TITLE}\n\nAuthor\nAida Haidar\n\n", "Aida Haidar", None, DAY),
        (f"{TITLE}\n\n  • Writer: Aida Haidar\n  • Mar 12, 2024\n  • 4 min read\n\n", "Aida Haidar", None, DAY),
        (
            f"ZENDA NEWS LETTER\nGrain and rails   |   Vol. 9, No. 12   |   Mar 12, 2024\n\n{TITLE}\n\n",
            None,
            "ZENDA NEWS LETTER",
            DAY,
        ),
        (f"{TITLE}\n\nBy Jane Doe Grain.com - ", "Jane Doe", "Grain.com", None),
        (f"{TITLE}\nOn Tuesday, March 12, 2024\n", None, None, DAY),
        (f"Black Sea Grain Weekly    Issue 112    12 March 2024\n\n{TITLE}\n\n", None, "Black Sea Grain Weekly", DAY),
        (f"Bulletin of the Zenda Chamber of Commerce\nIssue 7 - March 12, 2024\n\n{TITLE}\n\n", None, "Bulletin of Zenda", DAY),
        (f"MINISTRY OF TRADE\nPRESS RELEASE No. 15/2024\n12 March 2024\n\n{TITLE}\n\n", None, "MINISTRY OF TRADE", DAY),
        (f"TRADE MONITOR > Kazakhstan > Grain\n\n{TITLE}\n2024-03-12T10:00:00Z\n", None, "TRADE MONITOR", DAY),
        (f"Zenda Times Staff\n12 March 2024\n{TITLE}\n", None, None, DAY),
        (f"{TITLE}\nTuesday, March 12, 2024\nJANE DOE\n\n", "JANE DOE", None, DAY),
        (f"{TITLE}\nPublished 12 March 2024, 10:23 by Jane Doe, Zenda Gazette\n\n", "Jane Doe", "Zenda Gazette", DAY),
        (
            f"{TITLE}\nBy JANE DOE and JOHN ROE | Associated Press\nMarch 12, 2024\n\n",
            "JANE DOE, JOHN ROE",
            "Associated Press",
            DAY,
        ),
        (f"Subject: {TITLE}\nFrom: news@zenda.example\nDate: Tue, 12 Mar 2024 09:12:01 +0300\n\n", None, None, DAY),
    ],
)
def test_layouts(head: str, author: str | None, publisher: str | None, published_on: date | None) -> None:
    found = read(head)
    assert (found[0], found[1], found[3]) == (TITLE, author, published_on)
    assert (found[2] is None) == (publisher is None)
    assert set((publisher or "").split()) <= set((found[2] or "").split())


@pytest.mark.parametrize(
    "byline",
    [
        "By the Zenda desk",
        "Posted by: Trade desk",
        "by Editor",
        "Written by the editorial staff",
        "By Our Correspondent",
        "By agencies",
    ],
)
def test_desks_and_offices_are_no_authors(byline: str) -> None:
    assert read(f"{TITLE}\n\n12 March 2024\n{byline}\n\n") == (TITLE, None, None, DAY)


def test_an_author_that_is_an_outlet_is_the_publisher_too() -> None:
    assert read(f"{TITLE}\n\nWriter: Zenda Times\nMar 12, 2024\n\n") == (TITLE, "Zenda Times", "Zenda Times", DAY)


@pytest.mark.parametrize(
    "menu", ["Business & Economy", "World | Politics | Economy | Sport", "Kazakhstan", "Markets / Energy", "Home > News"]
)
def test_names_of_sections_are_no_publishers(menu: str) -> None:
    assert read(f"{menu}\n\n{TITLE}\n\n12 March 2024\n\n") == (TITLE, None, None, DAY)


def test_the_credits_at_the_end_name_the_author() -> None:
    credits = "For the full report, see: here Reporting by Jane Doe ; Editing by John Roe\n"
    assert read(f"{TITLE}\n", tail=credits)[1] == "Jane Doe"
    assert read(f"{TITLE}\n", tail=credits.replace("Reporting", "Additional reporting"))[1] is None


def test_a_copyright_line_names_the_publisher_if_nothing_else_does() -> None:
    notice = "\nCopyright 2024 The Zenda Gazette. All rights reserved."
    assert read(f"{TITLE}\n\n", tail=notice)[2] == "The Zenda Gazette"
    assert read(f"Rail Herald\n\n{TITLE}\n\n", tail=notice)[2] == "Rail Herald"


def test_a_date_and_a_name_below_the_report() -> None:
    assert read(f"{TITLE}\n\n", tail="\nPublished: 12 March 2024\n") == (TITLE, None, None, DAY)
    assert read(f"{TITLE}\n\n", tail="\nZenda Gazette, 12 March 2024\n") == (TITLE, None, "Zenda Gazette", DAY)
    assert read(f"{TITLE}\n\n", tail="\nREUTER\n") == (TITLE, None, "Reuters", None)


def test_a_question_or_a_salutation_is_no_title() -> None:
    assert (
        read("INTERVIEW | Zenda's port chief: We will double\n\nQ: How was the year?\nA: ")[0]
        == "INTERVIEW | Zenda's port chief: We will double"
    )
    assert read("Dear customers,\n\n")[0] is None


def test_an_address_given_as_source_dates_and_names_nothing() -> None:
    assert read(f"{TITLE}\n\n", tail="\nSource: https://gazette.example.com/2023/01/02/grain") == (TITLE, None, None, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-12", DAY),
        ("2024/03/12", DAY),
        ("12.03.2024", DAY),
        ("12-03-2024", DAY),
        ("03/12/2024", DAY),
        ("13/03/2024", date(2024, 3, 13)),
        ("Monday 11/03/2024", date(2024, 3, 11)),
        ("Nov 24, 2025", date(2025, 11, 24)),
        ("24 November 2025", date(2025, 11, 24)),
        ("Sept. 3rd, 2019", date(2019, 9, 3)),
        ("26-FEB-1987 15:01:01.79", date(1987, 2, 26)),
        ("19 SEP 2024, 14:07", date(2024, 9, 19)),
        ("Posted on: January 24, 2020", date(2020, 1, 24)),
        ("Published: 11/30/2023   |   Updated 09:15   |   5 min read", date(2023, 11, 30)),
        ("12 марта 2024", DAY),
        ("12 Mart 2024", DAY),
        ("31/31/2024", None),
        ("Zenda, March 12", None),
    ],
)
def test_forms_of_dates(written: str, meant: date | None) -> None:
    assert read(f"{TITLE}\n{written}\n\n")[3] == meant


def test_the_report_decides_between_day_first_and_month_first() -> None:
    assert read(f"{TITLE}\n04/03/2024\n\n", "On March 3 the port loaded two ships with grain for the first time.\n")[3] == date(
        2024, 3, 4
    )
    assert read(f"{TITLE}\n04/03/2024\n\n", "On April 2 the port loaded two ships with grain for the first time.\n")[3] == date(
        2024, 4, 3
    )
    assert read(f"{TITLE}\n04/03/2024\n\n", "The programme brought 5 tonnes of fibre to the harbour in a year.\n")[3] == date(
        2024, 3, 4
    )
    assert read(f"{TITLE}\n04/03/2024\n\n", "The program brought 5 tons of fiber to the harbor in a year.\n")[3] == date(
        2024, 4, 3
    )


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Kazakhstan exported 5 million tons of grain in 2024.",
        "Kazakhstan exported 5 million tons in 2024",
        "5 mln t",
        "",
    ],
)
def test_a_bare_report_has_no_metadata(text: str) -> None:
    document = read_text(text)
    assert (document.title, document.author, document.publisher, document.published_on) == (None, None, None, None)
    assert [sentence.kind for sentence in document.sentences] == ["body"] * len(document.sentences)


def test_a_given_date_wins() -> None:
    assert read_text(f"{TITLE}\n1 May 2020\n\n{REPORT}", DAY).published_on == DAY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (REPORT, "en"),
        ("Экспорт зерна из Казахстана вырос на пять процентов и достиг рекорда, сообщило министерство.", "ru"),
        ("Türkiye ile Kazakistan arasındaki ticaret hacmi geçen yıl yüzde on beş arttı, diye açıkladı bakan.", "tr"),
        ("Die Ausfuhren von Getreide sind im vergangenen Jahr um fünf Prozent gestiegen, teilte das Amt mit.", "de"),
        ("今年前三個月,貨櫃碼頭嘅吞吐量升咗百分之五,係三年嚟最多,局長噚日話。", "zh"),
        ("12 345", None),
        ("— … 🚂", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert read_text(text).language == language


@pytest.mark.parametrize(
    ("lead", "published_on"),
    [
        ("The ferry to Zenda sailed again on Wednesday, its owner said.", date(2014, 5, 21)),
        ("The ferry to Zenda sailed again on Friday, its owner said.", None),
        ("The ferry to Zenda sailed again, its owner said.", None),
    ],
)
def test_a_weekday_in_the_lead_tells_the_year_of_the_dateline(lead: str, published_on: date | None) -> None:
    report = f"{lead} It carried 300 lorries a week in 2013, and 280 in the first quarter of 2014."
    assert read_text(f"Ferry to Zenda sails again\n\nSTRELSAU. May 21 (Reuters) - {report}").published_on == published_on
