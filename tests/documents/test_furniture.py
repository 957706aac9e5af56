"""What is marked as furniture, what is kept as the report, and how the report is divided."""

import pytest

from pipeline.documents.document import Document
from pipeline.documents.reading import read_text

HEAD = "Ruritania lifts grain exports\n\n12 March 2024\n\n"
REPORT = "Ruritania exported 3.4 million tons of grain in 2024, the ministry said in Zenda on Monday, and more is to come.\n\n"


def furniture(document: Document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.furniture]


def divided(document: Document) -> list[tuple[str, str]]:
    return [(sentence.kind, " ".join(document.text[sentence.start : sentence.end].split())) for sentence in document.sentences]


@pytest.mark.parametrize(
    "line",
    [
        "Source: https://gazette.example.com/1",
        "Sources: https://a.example.com ; https://b.example.com",
        "https://gazette.example.com/1",
        "Tags: grain, Zenda",
        "KEYWORDS  grain  rails",
        "#grain #rails",
        "Share: Facebook  X  WhatsApp",
        "Share this article",
        "Photo: Press office",
        "We use cookies to improve your experience. Accept | Settings",
        "This website uses cookies.",
        "Sign up: five top stories in your inbox every morning",
        "[ NEWSLETTER: 12,000 professionals read us. Join them. ]",
        "Subscribe to our channel - 12.4K followers",
        "ALSO READ: Beef up 5c a kilo",
        "RELATED: Lira at 14.65 to the dollar",
        "More from this section: Bonds, five years on",
        "Previous Post: Snow melting in 11 villages",
        "© 2012-2024 Zenda Gazette. All rights reserved.",
        "The views expressed here are the author's own.",
        "Comments (3) | Hotline: +254 20 328 8000",
        "Leave a comment (0)",
        "7 comments | Older post: My 40 favourite stations",
        "Views 2,311   Found an error? Press Ctrl+Enter",
        "Advertisement · Scroll to continue",
        "4 min read",
        "Home   About   Archive   RSS",
        "World | Politics | Business | Sport",
        "(Adds reaction, paragraph 9)",
        "Reporting by Jane Doe; Editing by John Roe",
        "Kind regards,",
        "bottom of page",
    ],
)
def test_a_line_of_furniture_above_and_below_the_report(line: str) -> None:
    below = read_text(f"{HEAD}{REPORT}{line}\n")
    assert furniture(below) == [line]
    assert divided(below) == [("title", "Ruritania lifts grain exports"), ("body", REPORT.strip())]
    between = read_text(f"{HEAD}{REPORT}{line}\n\n{REPORT}")
    assert furniture(between) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Related party trade made up 30 percent of all exports in 2024.",
        "Sources in the ministry said that exports rose by 5 percent.",
        "Comments by the minister sent grain prices up 5 percent.",
        "Latest figures show that exports rose by 5 percent.",
        "Subscribers to the loan paid in $5 million.",
        "Follow-up orders came to $5 million.",
        "Video equipment worth $5 million was imported.",
        "Next year exports are to reach 5 million tons.",
        "Share prices of carriers rose 5 percent.",
        "Views differ on whether exports will rise.",
        "Home sales of grain fell by 5 percent.",
        "Photo equipment made up 5 percent of imports.",
        "Powered by gas, the new ships carried 5 million tons.",
        "Compiled by the bureau, the figures show exports of 5 million tons.",
        "Developed by China, the port handled 300 ships.",
        "Category 5 storms closed the port for a week.",
        "Contact with the convoy of 15 wagons was lost.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_kept(line: str) -> None:
    document = read_text(f"{HEAD}{REPORT}{line}\n\n{REPORT}")
    assert furniture(document) == []
    assert ("body", line) in divided(document)


def test_a_list_of_links_ends_where_the_report_goes_on() -> None:
    document = read_text(
        f"{HEAD}{REPORT}READ ALSO\n- Lira at 14.65 to the dollar\n- Port loads 5 ships\n\n"
        f"{REPORT}MOST READ\n1. Fares to rise 5%\n"
    )
    assert furniture(document) == [
        "READ ALSO",
        "- Lira at 14.65 to the dollar",
        "- Port loads 5 ships",
        "MOST READ",
        "1. Fares to rise 5%",
    ]
    assert divided(document)[1:] == [("body", REPORT.strip())] * 2


@pytest.mark.parametrize("heading", ["Notes", "Notes:", "NOTES", "Footnotes"])
@pytest.mark.parametrize(
    "note",
    [
        "2. Over the whole of 2022 the turnover was 41.3 bln US dollars.",
        "1) Transit through the pass is not included in these figures.",
        "* Rail freight includes the wagons of private owners, which carried 1.2 mln tonnes.",
        "In May exports of copper rose by 6.1 %.",
    ],
)
def test_a_note_that_is_a_sentence_is_text(heading: str, note: str) -> None:
    document = read_text(f"{HEAD}{REPORT}{heading}\n1. Revised.\n{note}\n")
    assert any(text in note and len(text) + 4 > len(note) for _, text in divided(document))


@pytest.mark.parametrize(
    "note",
    [
        "1. J. Doe, Ports of Ruritania and the people who work in them, Strelsau, 1998, p. 44.",
        "2. World Port Report 2021, Strelsau University Press.",
        "3. The table of the ministry is available at https://trade.example.com/tables.",
        "4. See above",
    ],
)
def test_a_note_that_cites_is_furniture(note: str) -> None:
    document = read_text(f"{HEAD}{REPORT}Notes\n{note}\n")
    assert note in "".join(furniture(document))


@pytest.mark.parametrize(
    "line",
    [
        "Wagons wait at the pass in May. File photo: Jane Doe/Zenda Press",
        "Wagons wait at the pass in May. Image via Zenda Maps",
        "Wagons wait at the pass in May. (Photo by Jane Doe)",
        "Wagons wait at the pass in May. REUTERS/Jane Doe",
        "Wagons wait at the pass in May. © Zenda Railways",
    ],
)
def test_a_caption_above_the_report_is_furniture(line: str) -> None:
    document = read_text(f"{line}\n{HEAD}{REPORT}")
    assert line in "".join(furniture(document))
    assert document.title == "Ruritania lifts grain exports"


def test_comments_go_on_to_the_end() -> None:
    comment = f"leyla: {REPORT.strip()}"
    assert furniture(read_text(f"{HEAD}{REPORT}3 COMMENTS\n{comment}\n{comment}\n")) == ["3 COMMENTS", comment, comment]


def test_tickers_and_tags_below_the_report() -> None:
    document = read_text(
        f"{HEAD}{REPORT}GRAIN   BLACK SEA   WHEAT\n13:05 Oil costs $84 a barrel\n12:48 Rates for November 12\n"
    )
    assert len(furniture(document)) == 3
    assert len(divided(document)) == 2


def test_lists_and_tables_of_the_report_are_items_without_their_marks() -> None:
    document = read_text(
        f"{HEAD}{REPORT}Who bought most:\n * Kazakhstan: 1.2 million tons\n • Georgia: 5.1%\n"
        f" 1) Iran took 300 wagons. It paid at once.\n\n{REPORT}Zenda   2.1   3.4\nStrelsau   1.1   0.4\n"
    )
    assert divided(document)[2:] == [
        ("heading", "Who bought most:"),
        ("item", "Kazakhstan: 1.2 million tons"),
        ("item", "Georgia: 5.1%"),
        ("item", "Iran took 300 wagons."),
        ("item", "It paid at once."),
        ("body", REPORT.strip()),
        ("item", "Zenda 2.1 3.4"),
        ("item", "Strelsau 1.1 0.4"),
    ]
    assert furniture(document) == []


def test_headings() -> None:
    document = read_text(f"{HEAD}{REPORT}1. The railway\n\n{REPORT}HOW MUCH?\n{REPORT}## Outlook\n\n{REPORT}")
    assert [text for kind, text in divided(document) if kind == "heading"] == ["1. The railway", "HOW MUCH?", "Outlook"]
    assert len({sentence.paragraph for sentence in document.sentences}) == 8


def test_a_summary_below_the_title_is_part_of_the_report() -> None:
    summary = "The ministry expects even more grain to leave the country this year"
    document = read_text(f"Ruritania lifts grain exports\n\n{summary}\n\n12 March 2024\n\n{REPORT}")
    assert divided(document)[1] == ("body", summary)


WRAPPED = """GRAIN EXPORTS UP IN RURITANIA
12-MAR-1987 14:02:11.35
    ZENDA, March 12 - Ruritania's exports of grain rose to 3.4
mln tonnes, worth 1.2 billion dlrs, in the year that ended in
February. It was the most ever, the ministry said.
    The U.S. Took a third of it, up from 15
pct in 1985. "We will sell more," the minister told reporters
in Zenda.
"""


def test_hard_wrapped_copy_is_joined_into_paragraphs() -> None:
    document = read_text(WRAPPED)
    assert divided(document) == [
        ("title", "GRAIN EXPORTS UP IN RURITANIA"),
        (
            "body",
            "Ruritania's exports of grain rose to 3.4 mln tonnes, worth 1.2 billion dlrs, in the year that ended in February.",
        ),
        ("body", "It was the most ever, the ministry said."),
        ("body", "The U.S. Took a third of it, up from 15 pct in 1985."),
        ("body", '"We will sell more," the minister told reporters in Zenda.'),
    ]


def test_hard_wrapped_copy_with_blank_lines_and_windows_line_ends() -> None:
    text = (
        "Grain exports up\r\n\r\nRuritania sold more grain than ever before, and most of it went by\r\n"
        "rail to the ports of the south, where ships from many countries wait\r\nfor weeks.\r\n\r\n"
        "WHAT NEXT\r\n\r\nThe ministry expects the trade to grow by 5 percent a year until 2030,\r\nif the rails hold.\r\n"
    )
    assert [kind for kind, _ in divided(read_text(text))] == ["title", "body", "heading", "body"]


@pytest.mark.parametrize(
    "dateline",
    [
        "ZENDA, March 12 - ",
        "ZENDA, Ruritania, March 12. ",
        "ZENDA, March 12. /TASS/. ",
        "ZENDA (Reuters) - ",
        "ZENDA/STRELSAU -LRB- Reuters -RRB- - ",
        "ZENDA. KAZINFORM - ",
        "ZENDA (Monitoring desk): ",
        "ZENDA — ",
        "ZENDA, Ruritania. ",
        "Zenda, Ruritania (UzDaily.com) -- ",
        "12 March 2024 - ",
        "RIO DE JANEIRO, March 12 (Xinhua) -- ",
        "(MENAFN- Trend News Agency) ZENDA, Ruritania, March 12. ",
        "(MENAFN - AzerNews) ",
        "March 12 (Reuters) - ",
        "ST. PETERSBURG, March 12. /TASS/. ",
        "ZENDA, RURITANIA – March 12, 2024 – ",
        "ROTTERDAM, the Netherlands - ",
        "ZENDA, MARCH 12, ARMENPRESS. ",
        "TEHRAN (FNA)- ",
        "Zenda. 12 March. REPORT.AZ: ",
        "ZENDA, 12 March 2024. (Elbe Bulletin) ",
        "ZENDA, 12 March 2024 (Elbe Bulletin) ",
        "Zenda, 12 March 2024 (Elbe Bulletin) ",
        "ZENDA, March 12 /ZNA/ ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline: str) -> None:
    document = read_text(f"Ruritania lifts grain exports\n\n{dateline}{REPORT}")
    assert divided(document)[1:] == [("body", REPORT.strip())]
    assert document.dateline
    assert document.text[document.dateline.start : document.dateline.end] == dateline.strip()


@pytest.mark.parametrize(
    "opening",
    [
        *("U.S. ", "OPEC - the cartel - said: ", "EU: ", "In Zenda, ", "GRAIN, OIL AND GAS: ", "Zenda: "),
        *("Harvest Day, March 12 (Thanksgiving) ", "ZENDA (Elbe Bulletin) ", "ZENDA, March 12 (Elbe Bulletin) said: "),
    ],
)
def test_an_opening_that_is_no_dateline_is_kept(opening: str) -> None:
    document = read_text(f"Ruritania lifts grain exports\n\n{opening}{REPORT}")
    assert document.dateline is None


def test_a_line_in_the_middle_of_a_wrapped_paragraph_may_begin_with_any_word() -> None:
    text = (
        "Grain exports up\n\nRuritania sold more grain than ever in the past year, according to two\n"
        "sources - a trader and an official - who asked not to be named, and the\n"
        "related: costs of carriage rose by 5 percent, as did the insurance of the\n"
        "comments of the ministry have it. Nobody expects a change before the summer.\n\n"
        "RELATED\n\nLira at 14.65 to the dollar\n\nThe port is to load more ships this year than in any year since it was\n"
        "opened, and the railway has ordered wagons.\n"
    )
    document = read_text(text)
    assert furniture(document) == ["RELATED", "Lira at 14.65 to the dollar"]
    assert [kind for kind, _ in divided(document)] == ["title", "body", "body", "body"]
