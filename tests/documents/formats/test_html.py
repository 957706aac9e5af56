"""Web pages: the article without what surrounds it, tables as rows, metadata, encodings, and pages made to hurt."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.extraction import extract_claims
from pipeline.documents.formats.child import converted
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.readers import reader_of
from pipeline.sources.raw import Told
from tests.documents.formats.made import PARAGRAPHS, PLAIN, TITLE, article, page, read, refused, text_of, unread

REPORT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def test_the_article_comes_through_without_menu_and_footer() -> None:
    assert text_of("html", article().encode()) == PLAIN.rstrip("\n")


def test_the_title_is_the_first_line_and_the_claims_are_those_of_the_plain_text() -> None:
    document, plain = read(article().encode(), "a.html"), read(PLAIN.encode(), "a.txt")
    assert document.title == TITLE
    assert document.text[document.sentences[0].start : document.sentences[0].end] == TITLE
    found, expected = extract_claims(document), extract_claims(plain)
    assert len(expected.quantities) >= 6
    assert [(c.value_text, c.period_start, c.evidence) for c in found.quantities] == [
        (c.value_text, c.period_start, c.evidence) for c in expected.quantities
    ]
    assert [(c.status, c.evidence) for c in found.agreements] == [(c.status, c.evidence) for c in expected.agreements]
    for claim in (*found.quantities, *found.agreements):
        assert document.text[claim.evidence_start : claim.evidence_end] == claim.evidence


def test_a_page_whose_furniture_changed_is_the_same_document() -> None:
    other = article().replace("Weather", "Markets").replace("All rights reserved", "Some rights reserved")
    assert read(article().encode(), "a.html").doc_id == read(other.encode(), "b.html").doc_id


def test_metadata_of_the_page() -> None:
    head = (
        '<meta property="og:title" content="Grain moves south by rail"><meta property="og:site_name" content="Zenda Courier">'
        '<meta name="author" content="Rudolf Elphberg"><meta property="article:published_time" content="2025-05-13T06:00:00Z">'
    )
    body = "".join(f"<p>{paragraph.removeprefix('ASTANA, 12 May 2025 - ')}</p>" for paragraph in PARAGRAPHS)
    document = read(page(f"<article><h1>{TITLE}</h1>{body}</article>", head).encode(), "a.html")
    assert (document.title, document.author, document.publisher) == (TITLE, "Rudolf Elphberg", "Zenda Courier")
    assert str(document.published_on) == "2025-05-13"


def test_the_dateline_comes_before_the_page_and_the_page_before_the_feed() -> None:
    head = '<meta property="article:published_time" content="2025-05-13T06:00:00Z">'
    told = Told(
        title="Told title", author="Flavia Elphberg", publisher="Told wire", published_on=date(2025, 5, 14), language="en"
    )
    body = f"<article><h1>{TITLE}</h1>{REPORT}</article>"
    undated = body.replace("ASTANA, 12 May 2025 - ", "")
    assert str(read(page(body, head).encode(), "a.html", told=told).published_on) == "2025-05-12"
    assert str(read(page(undated, head).encode(), "a.html", told=told).published_on) == "2025-05-13"
    document = read(page(undated).encode(), "a.html", told=told)
    assert (str(document.published_on), document.author, document.publisher) == ("2025-05-14", "Flavia Elphberg", "Told wire")
    assert document.title == TITLE


def test_an_entry_of_a_feed_is_taken_whole_with_the_title_that_the_feed_tells() -> None:
    document = read(
        b"<p>Exports of Peru rose by 5 percent.</p><ul><li>Copper: $3 billion</ul>", "e", "text/html", told=Told("Peru sells")
    )
    assert document.text == "Peru sells\n\nExports of Peru rose by 5 percent.\n\n- Copper: $3 billion"
    assert document.title == "Peru sells"


def test_a_table_keeps_spanned_cells_in_their_columns() -> None:
    table = (
        "<table><caption>Cargo</caption><tr><th rowspan=2>Port<th colspan=2>2024</tr><tr><th>in<th>out</tr>"
        "<tr><td>Aktau<td>1|2<td>3</tr><tr><td>Kuryk<td><td>4</tr></table>"
    )
    assert text_of("html", f"<div>{table}</div>".encode()).split("\n") == [
        "Cargo",
        "Port | 2024 |  |",
        "|  | in | out",
        "Aktau | 1/2 | 3",
        "Kuryk |  | 4",
    ]


def test_a_table_that_lays_out_a_page_gives_paragraphs() -> None:
    text = text_of("html", f"<table><tr><td>{REPORT}{REPORT}</td><td>Menu</td></tr><tr><td>x</td></tr></table>".encode())
    assert "|" not in text
    assert PARAGRAPHS[1] in text.split("\n\n")


RUSSIAN = "Экспорт пшеницы из Казахстана вырос на 12 процентов за год, сообщило министерство сельского хозяйства."


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8", '<meta charset="windows-1251">', None),
        ("utf-8", "", "iso-8859-1"),
        ("windows-1251", '<meta charset="windows-1251">', None),
        ("windows-1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', None),
        ("windows-1251", "", "windows-1251"),
        ("koi8-r", '<meta charset="windows-1251">', "KOI8-R"),
        ("utf-16", "", None),
        ("utf-8-sig", '<meta charset="koi8-r">', "koi8-r"),
    ],
)
def test_encodings(encoding: str, declared: str, charset: str | None) -> None:
    html = f"<html><head>{declared}<title>Новости</title></head><body><article><p>{RUSSIAN}</p></article></body></html>"
    document = read(html.encode(encoding), "a.html", "text/html", charset)
    assert RUSSIAN in document.text
    assert document.language == "ru"
    assert extract_claims(document).quantities == ()


def test_the_prolog_of_xhtml_tells_the_encoding() -> None:
    html = f'<?xml version="1.0" encoding="windows-1251"?>\n<html><body><p>{RUSSIAN}</p></body></html>'
    assert RUSSIAN in read(html.encode("windows-1251"), "a.html").text


def test_another_encoding_that_nobody_declares_is_refused() -> None:
    found = unread(f"<html><body><p>{RUSSIAN}</p></body></html>".encode("windows-1251"), "a.html")
    assert found.reason == "encoding"


def test_a_few_broken_bytes_in_a_long_page_are_marked() -> None:
    content = (
        article().replace("Zenda Courier. All", "Zenda Courier – all").encode()
        + b"<!-- "
        + b"\xc3\x28"
        + b" -->"
        + b" " * 2_000
    )
    assert TITLE in text_of("html", content)
    assert TITLE in text_of("html", content.replace(b"Grain", b"\0Grain", 1))
    assert refused("html", b"<html><body>\xc3\x28\xff\xfe short\x81").reason in ("undecodable", "encoding")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><body>" + "<div>" * 5_000 + "deep", "damaged"),
        ("<html><body>" + "<table><tr><td>" * 2_000 + "deep", "damaged"),
        ("<html><body><script>var exports = 5;</script></body></html>", "empty"),
        ("<html>", "empty"),
        ("", "empty"),
    ],
    ids=["div", "table", "script", "nothing", "void"],
)
def test_pages_without_a_text_are_recorded(content: str, reason: str) -> None:
    assert refused("html", content.encode()).reason == reason


def test_a_page_too_large_to_find_its_article_in_is_taken_whole() -> None:
    cells = "".join(f"<tr><td>Port {number}<td>{number}</tr>" for number in range(12_000))
    text = text_of("html", page(f"<nav>Menu</nav>{REPORT}<table>{cells}</table>").encode())
    assert text.startswith(PARAGRAPHS[0])
    assert text.endswith("Port 11999 | 11999")


def test_entities_are_read_and_external_ones_are_not() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
        "<html><body><p>5&nbsp;&euro; &a;&b; paid for the wheat</p></body></html>"
    )
    assert "5 € &a;&b; paid for the wheat" in text_of("html", bomb.encode())


@settings(max_examples=25, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td colspan=9999>",
                "<li>",
                "&#0;",
                "&#xD800;",
                "\x00",
                "a",
                "5 t",
                "<br>",
                "<!--",
                "-->",
                "<h1>",
                "\u202e",
                "]]>",
                "<![CDATA[",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_gives_a_text_or_a_reason(pieces: list[str]) -> None:
    for job in (Job("html", "".join(pieces).encode()), Job("html", page("".join(pieces)).encode())):
        converted(job, reader_of(job))
