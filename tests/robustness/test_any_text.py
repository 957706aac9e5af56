"""Any text, however broken, is read without a crash, and every claim points at the characters that carry it.

Inputs are bounded in size instead of timed: a step that is not linear would not end within the bounds.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.claim import AgreementClaim, QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document, read_text
from pipeline.sources.raw import RawText
from robustness.sentence_forms import words

LARGE = 1_000_000
LONG = 24_000
# Pieces of which texts of the kind are made, so that generated texts reach deep into the grammar.
PIECES = [
    "Peru's exports to Chile rose 12 percent to $3.4 billion in 2023",
    "Kenya and Uganda signed a free trade agreement in Nairobi on 3 May",
    "the port of Aktau handled 1,234.5 thousand tonnes of cargo",
    "from 2.3-2.5 bn to",
    "respectively",
    "compared with the same period of last year",
    "(up 5%)",
    "| 2023 | 2024 |",
    "the two countries",
    "he said",
    "\n\n",
    "\r\n",
    "\n- ",
    "\t",
    ". ",
    ", ",
    "“",
    "”",
    "\u200f",
    "\u202e",
    "\u200b",
    "\u00a0",
    "\u2028",
    "\x00",
    "\x0c",
    "e\u0301",
    "🚢",
    "𝟏𝟐𝟑",
    "١٢٣ مليون",
    "三百万吨",
    "½",
    "²",
    "-",
    "–",
    "$",
    "%",
    "İ",
    "ß",
    "ﬁ",
]
ANY = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(PIECES)), max_size=14).map("".join)
DAYS = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


def check(document: Document) -> None:
    """Every claim stands in the text and in the vocabularies of the contract."""
    found = extract_claims(document)
    for claim in (*found.quantities, *found.agreements):
        grounded(document, claim)
    for number in found.quantities:
        assert number.indicator in (*vocabulary().trade_indicators, *vocabulary().freight_indicators, *vocabulary().events)
        if number.value_start is not None and number.value_end is not None:
            assert number.evidence_start <= number.value_start < number.value_end <= number.evidence_end
            assert document.text[number.value_start : number.value_end] == number.value_text
            assert number.value_low is not None
            assert number.value_high is not None
            assert number.value_low <= number.value_high


def grounded(document: Document, claim: QuantityClaim | AgreementClaim) -> None:
    assert 0 <= claim.evidence_start < claim.evidence_end <= len(document.text)
    assert document.text[claim.evidence_start : claim.evidence_end] == claim.evidence
    assert claim.attributed_to is None or claim.attributed_to in document.text
    assert claim.modality in vocabulary().modalities
    assert 0 <= claim.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(ANY, DAYS)
def test_any_text_is_read(text: str, published: date | None) -> None:
    check(read_text(text, published))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_named_unreadable(content: bytes) -> None:
    document = read_document(RawText("any", "any", "any.txt", content))
    if isinstance(document, Document):
        check(document)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *words()["list"]["was"], "Kazakhstan", "China", "in 2023", "tons"]), max_size=60))
def test_any_order_of_words_is_read(pieces: list[str]) -> None:
    check(read_text(" ".join(pieces), date(2024, 6, 15)))


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "1,",
        "1 234,5 ",
        "$",
        "Peru ",
        "a",
        "(",
        "and ",
        "million ",
        "in 2023 ",
        "said ",
        "“",
        "e\u0301",
        "🚢",
        "\n",
        "x\n",
        "- 5 tons\n",
        ".",
        "|",
    ],
    ids=repr,
)
def test_a_large_text_of_one_thing_is_read(unit: str) -> None:
    check(read_text("Trade news\n\nExports of Peru to Chile were $5 million in 2023. " + unit * (LONG // len(unit))))


def test_a_megabyte_of_digits_on_a_line_is_read() -> None:
    check(read_text("1234567890" * (LARGE // 10)))
