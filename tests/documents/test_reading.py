"""Reading as a whole: any bytes give a document or a reason, and every span of a document can be trusted."""

import hashlib
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.contract.reference import seeds_folder
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document, read_text
from pipeline.sources.declared import load_sources
from pipeline.sources.raw import RawText, Unreadable


def raw(content: bytes) -> RawText:
    return RawText("demo", "demo/a.txt", "a.txt", content)


def check_spans(document: Document) -> None:
    """Sentences and furniture are sorted, disjoint, not empty and without white space at their ends; so is the dateline."""
    size = len(document.text)
    sentences = [(one.start, one.end) for one in document.sentences]
    for spans in (sentences, list(document.furniture)):
        assert all(0 <= start < end <= size for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
    together = sorted([*sentences, *document.furniture, *([document.dateline] if document.dateline else [])])
    assert all(first[1] <= second[0] for first, second in pairwise(together))
    for start, end in sentences:
        assert document.text[start:end] == document.text[start:end].strip()
    assert [one.paragraph for one in document.sentences] == sorted(one.paragraph for one in document.sentences)
    assert sum(one.kind == "title" for one in document.sentences) <= 1
    for field in (document.title, document.author, document.publisher):
        assert field is None or field.strip()


def test_the_demonstration_is_read_whole() -> None:
    (source,) = load_sources(seeds_folder() / "sources.toml")
    documents = [read_document(text) for text in source.read() if isinstance(text, RawText)]
    assert len(documents) > 30
    for document in documents:
        assert isinstance(document, Document)
        check_spans(document)
        assert document.title
        assert document.publisher
        assert document.file_name.startswith(str(document.published_on))
        assert document.language == "en"
        assert document.uri == f"demonstration/{document.file_name}"
        assert document.sentences[0].kind == "title"


def test_the_id_comes_from_the_bytes_alone() -> None:
    first = read_document(RawText("one", "one/a.txt", "a.txt", b"Exports rose."))
    second = read_document(RawText("two", "two/b.txt", "b.txt", b"Exports rose."))
    other = read_document(raw(b"Exports fell."))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(other, Document)
    assert first.doc_id == second.doc_id == hashlib.sha256(b"Exports rose.").hexdigest()[:20]
    assert first.doc_id != other.doc_id
    assert (second.source, second.uri, second.file_name) == ("two", "two/b.txt", "b.txt")


def test_a_text_of_more_numbers_than_are_read_is_told() -> None:
    assert isinstance(read_document(raw(b"In 2023. " * 20_000)), Document)
    assert read_document(raw(b"In 2023. " * 20_001)) == Unreadable(
        *("demo/a.txt", "demo", "too_large"),
        "holds 20001 numbers, more than 20000: that is data and no text; divide it if it is to be read",
    )


def test_what_cannot_be_decoded_is_told() -> None:
    assert read_document(raw(b"\x00\x01\x02")) == Unreadable("demo/a.txt", "demo", "binary", "null bytes, and not UTF-16")


def test_the_text_is_kept_character_for_character() -> None:
    text = "\ufeff Exports rose.\r\n\r\nTags: grain \r\n\U0001f33e wheat\u0301 出口 "
    document = read_document(raw(text.encode("utf-8")))
    assert isinstance(document, Document)
    assert document.text == text.removeprefix("\ufeff")


def test_astral_characters_and_marks_count_as_code_points() -> None:
    document = read_text("\U0001f33e\U0001f33e Exports of whea\u0301t rose. Imports fell by five percent.")
    assert [document.text[one.start : one.end] for one in document.sentences] == [
        "\U0001f33e\U0001f33e Exports of whea\u0301t rose.",
        "Imports fell by five percent.",
    ]


PAGE = """\
BAKU, March 4 -
Title: Grain
By Jane Doe
Home | News | Markets
12 March 2024
Read also
3 COMMENTS
Tags: x
* item
1. One
Exports rose to 5 million tons in 2024, the ministry said in Zenda.
THE WEEKLY NEWS
https://a.example/2024/01/02
    indented line of wrapped text


---
# Heading
Source: AFP
©
(
a
Reporting by Jane Doe; Editing by John Roe
U.S. No. 5.
x   1   2
\t|\t
By
Author
Author:
"""
LINES = PAGE.split("\n")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"]))
@example(["Author", "Author:"], "\n")
def test_any_page_gives_a_document_with_valid_spans(lines: list[str], joint: str) -> None:
    document = read_text(joint.join(lines))
    check_spans(document)
    assert document.text == joint.join(lines)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"")
def test_any_bytes_give_a_document_or_a_reason(content: bytes) -> None:
    result = read_document(raw(content))
    assert isinstance(result, Document | Unreadable)
    if isinstance(result, Document):
        check_spans(result)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.none() | st.dates())
def test_any_text_gives_a_document(text: str, published_on: date | None) -> None:
    document = read_text(text, published_on)
    check_spans(document)
    assert document.text == text
    assert published_on is None or document.published_on == published_on


@pytest.mark.parametrize(
    "text",
    [
        "." * 50_000,
        "a | " * 20_000,
        "BAKU, " * 20_000,
        "(" * 50_000,
        "Reporting by A; b. " * 5_000,
        " \t" * 50_000,
        '"' * 50_000,
        "a b\n" * 20_000,
        ": " * 30_000,
        "''" * 30_000,
    ],
)
def test_odd_texts_are_read_in_time(text: str) -> None:
    check_spans(read_text(text))


def test_a_single_sentence_with_a_date_is_the_report_and_no_date_line() -> None:
    document = read_text("Peru and Chile signed a trade agreement on 3 March 2024.")
    assert [document.text[each.start : each.end] for each in document.sentences] == [document.text]


def test_a_dateline_with_the_first_words_of_a_wrapped_report_is_no_date_line() -> None:
    text = (
        "BARTER PACT PROLONGED\n    HELSINKI, Oct 23 1985 - Finland and Hungary today\n"
        "extended their barter pact by three years,\nthe trade ministry said.\n"
        "    The ministry named no figures for the trade\nunder the pact.\n"
    )
    document = read_text(text)
    assert any(document.text[each.start : each.end].startswith("Finland and Hungary") for each in document.sentences)


def test_credits_beside_a_date_tell_when_a_text_was_published() -> None:
    credits_line = "Source: Harbour News   |   2025-12-03 19:47:15   |   Editor: jk"
    report = "The quays were busy all week. " * 9
    assert str(read_text(f"Ports fill up again\n{credits_line}\n\n{report}").published_on) == "2025-12-03"
