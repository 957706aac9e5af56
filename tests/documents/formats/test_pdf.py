"""PDF files: lines made paragraphs again, words mended, columns, tables, heads and feet, and files without a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.formats.child import converted
from pipeline.documents.formats.converted import Converted
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.readers import reader_of
from tests.documents.formats.made import PARAGRAPHS, ROWS, TITLE, read, refused, text_of
from tests.documents.formats.pdf_maker import Placed, lines, pdf, wrapped


def report(width: int = 80, y: float = 700) -> list[Placed]:
    """The report as a page: title, paragraphs of lines, and a table."""
    placed = [Placed(72, y, TITLE, 18)]
    y -= 40
    for paragraph in PARAGRAPHS:
        block = lines(wrapped(paragraph, width), y=y)
        placed += block
        y = block[-1].y - 28
    for row in ROWS:
        placed += [Placed(x, y, cell) for x, cell in zip((72, 330, 430), row, strict=True) if cell]
        y -= 16
    return placed


def test_lines_are_paragraphs_again_and_the_title_is_the_title() -> None:
    document = read(pdf([report()]), "a.pdf")
    table = "\n".join(" | ".join(row) for row in ROWS)
    assert document.text == "\n\n".join((TITLE, *PARAGRAPHS, table))
    assert document.title == TITLE
    assert str(document.published_on) == "2025-05-12"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The ministry of trans-", "port was asked.", "The ministry of transport was asked."),
        ("Long talks on the Trans-", "Caspian route went on.", "Long talks on the Trans-Caspian route went on."),
        ("A plan of the long-", "term kind was made.", "A plan of the long-term kind was made."),
        ("It is a 10-", "year plan for the ports.", "It is a 10-year plan for the ports."),
        ("The re-export rule: all re-", "export is taxed.", "The re-export rule: all re-export is taxed."),
        ("Ports of the Caspian sea -", "and others - grew a lot.", "Ports of the Caspian sea - and others - grew a lot."),
    ],
)
def test_a_word_that_a_line_divides(first: str, second: str, whole: str) -> None:
    assert text_of("pdf", pdf([lines([first, second])])) == whole


LEFT = (
    "The port of Aktau has moved 1.9 million tons of cargo since January, which is a tenth more than in the same months of "
    "the year before, and its new berth is to open in the autumn."
)
RIGHT = (
    "The port of Kuryk has moved 0.8 million tons of cargo since January, most of it oil and wagons on ferries to Alat, and "
    "it wants to carry grain as well."
)


@pytest.mark.parametrize("by_row", [False, True], ids=["column by column", "row by row"])
def test_columns_are_read_one_after_the_other(by_row: bool) -> None:
    left, right = lines(wrapped(LEFT, 40), x=72), lines(wrapped(RIGHT, 40), x=320)
    body = sorted([*left, *right], key=lambda placed: (-placed.y, placed.x)) if by_row else [*left, *right]
    page = [Placed(72, 740, "Two ports of the Caspian Sea on one page", 18), *body]
    assert text_of("pdf", pdf([page])).split("\n\n") == ["Two ports of the Caspian Sea on one page", LEFT, RIGHT]


def test_heads_and_feet_of_pages_are_kept_as_furniture_and_divide_no_sentence() -> None:
    sentences = [f"The port of Aktau moved {number} thousand tons of grain in the month of May." for number in range(100, 160)]
    body = wrapped(" ".join(sentences), 80)
    pages = [
        [
            Placed(72, 760, "Ports Weekly"),
            *lines(body[start : start + 18], y=700),
            Placed(300, 40, f"Page {start // 18 + 1} of 4"),
        ]
        for start in range(0, len(body), 18)
    ]
    document = read(pdf(pages), "a.pdf")
    furniture = [line for span in document.furniture for line in document.text[span.start : span.end].split("\n") if line]
    assert furniture == [line for number in range(1, len(pages) + 1) for line in ("Ports Weekly", f"Page {number} of 4")]
    told = {document.text[sentence.start : sentence.end] for sentence in document.sentences}
    assert set(sentences) <= told


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    first, second = "Exports of wheat from Kazakhstan to Italy rose to", "$210 million in the first half of the year 2024."
    text = text_of("pdf", pdf([lines([*wrapped(LEFT, 52), first]), lines([second])]))
    assert f"{first} {second}" in text


def test_a_table_keeps_empty_cells_and_headings_in_their_columns() -> None:
    rows = (" 2023 2024 ", "Port in out total", "Aktau 1.9  1.9", "Kuryk 0.8 0.3 1.1")
    page = [
        Placed(x, 700 - 16 * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip((72, 200, 280, 360), row.split(" "), strict=True)
        if cell
    ]
    assert text_of("pdf", pdf([page])).split("\n") == [
        "|  | 2023 | 2024 |  |",
        "Port | in | out | total",
        "Aktau | 1.9 |  | 1.9",
        "Kuryk | 0.8 | 0.3 | 1.1",
    ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_shown_rotated_has_its_words(rotate: int) -> None:
    text = text_of("pdf", pdf([report()], rotate=rotate))
    assert "Uzbekistan" in text


def test_properties_of_the_file_are_no_metadata() -> None:
    info = b"/Title(Microsoft Word - draft7.doc)/Author(user17)/CreationDate(D:20190101000000Z)"
    document = read(pdf([lines(["Exports of Peru rose by 5 percent in May."])], info=info), "a.pdf")
    assert (document.title, document.author, document.published_on) == (None, None, None)


def test_a_scan_without_text_is_recorded_as_such() -> None:
    assert refused("pdf", pdf([[], []], picture=True)).reason == "scan"
    stamped = [[Placed(72, 760, f"Scanned page {number}")] for number in range(3)]
    assert refused("pdf", pdf(stamped, picture=True)).reason == "scan"
    assert TITLE in text_of("pdf", pdf([report()], picture=True))
    assert refused("pdf", pdf([[]])).reason == "empty"


def test_files_that_cannot_be_opened_are_told_apart() -> None:
    assert refused("pdf", pdf([report()], encrypted=True)).reason == "encrypted"
    assert refused("pdf", b"%PDF-1.7\nand nothing more").reason == "damaged"
    assert refused("pdf", pdf([report()])[:300]).reason == "damaged"


def test_a_file_with_too_many_pages_is_refused() -> None:
    found = refused("pdf", pdf([[]] * 501))
    assert (found.reason, found.detail) == ("too_large", "501 pages, the limit is 500; split the file")


SEED = pdf([report(), lines(wrapped(LEFT, 60))])


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8),
    cut=st.none() | st.integers(0, len(SEED)),
)
def test_any_damage_gives_a_text_or_a_reason(changes: list[tuple[int, bytes]], cut: int | None) -> None:
    content = bytearray(SEED)
    for at, put in changes:
        content[at : at + len(put)] = put
    job = Job("pdf", bytes(content[:cut]))
    found = converted(job, reader_of(job))
    if isinstance(found, Converted):
        assert found.text.strip()
        assert all(0 <= start < end <= len(found.text) for start, end in found.furniture)
    else:
        assert found.detail
