"""Whatever a document says, the page holds it as text: no markup, no script, no address but of the web, no turned direction."""

import unicodedata
from datetime import date

import pytest
from analysis.made import agreement, document, number

from report.made import Parsed, page

SCRIPT = "</script><script>alert(1)</script>"
BREAKOUTS = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}</style>",
    "</bdi></article></main><h1>Mine</h1>",
    "<svg onload=alert(1)><a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--",
    "&lt;b&gt;&amp;",
    "]]><![CDATA[",
)
CONTROLS = "\x01\x02\x08\x0b\x0c\x1f\x7f\x85\ufffe\uffff"
TURNS = "\u202egnp.exe\u202d\u2066\u2067\u2068\u200f"
LONG = "x" * 4000
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//example.org/x",
    "https:example.org",
    "http://",
    "https://exa mple.org/",
    "https://example.org/\u202egnp",
    "http://[::1",
)
YEAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}


def hostile_page() -> str:
    """A page in which every text that comes from a document is hostile."""
    text = " ".join((*BREAKOUTS, CONTROLS, TURNS, LONG))
    said = {"evidence": text, "evidence_end": len(text), "value_text": text[:9], "value_end": 9, "attributed_to": text}
    documents = [
        document(
            f"d{place}",
            title=text,
            publisher=f"{place} {text}",
            author=text,
            uri=address,
            file_name=f"{text}.txt",
            text=text * 2,
        )
        for place, address in enumerate(ADDRESSES)
    ]
    pair = {"reporter": ["AZE"], "partner": ["KAZ"]}
    return page(
        documents,
        *(number(f"d{place}", "turnover", (place + 1) * 1e9, **pair, **YEAR, **said) for place in range(len(ADDRESSES))),
        number("d1", "cargo", 4e6, unit="t", corridor="<b>green</b> corridor", **YEAR, **said),
        number(
            "d2",
            "cargo",
            5e6,
            unit="t",
            corridor="<b>green</b> corridor",
            period_end=date(2027, 12, 31),
            modality="target",
            **said,
        ),
        agreement(
            "d3",
            "signed",
            ["AZE", "KAZ"],
            name=text,
            organisations=[f"a {text}", f"b {text}"],
            place=text,
            **agreement_words(text),
        ),
        agreement("d4", "signed", ["AZE", "KAZ"], modality="negated", name=text, **agreement_words(text)),
    )


def agreement_words(text: str) -> dict[str, object]:
    return {"evidence": text, "evidence_end": len(text), "attributed_to": text}


@pytest.fixture(scope="module")
def hostile() -> str:
    return hostile_page()


def test_no_markup_of_a_document_becomes_markup_of_the_page(hostile: str) -> None:
    found = Parsed(hostile)
    assert (found.unbalanced, found.open) == ([], [])
    tags = [tag for tag, _ in found.elements]
    assert not set(tags) & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert [tags.count(tag) for tag in ("style", "h1", "main")] == [1, 1, 1]
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on") or name == "style"]


def test_what_the_documents_say_is_there_to_read(hostile: str) -> None:
    evidence = Parsed(hostile).text("evidence")
    for words in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "&lt;b&gt;&amp;", "<!--"):
        assert words in evidence


def test_nothing_but_addresses_of_the_web_becomes_a_link(hostile: str) -> None:
    assert {href for href in Parsed(hostile).attributes("a", "href") if not href.startswith("#")} == set()


def test_no_character_is_in_the_page_that_a_page_must_not_hold(hostile: str) -> None:
    controls = {character for character in hostile if unicodedata.category(character) in ("Cc", "Cs") and character != "\n"}
    assert controls == set()
    assert not {"\ufffe", "\uffff"} & set(hostile)


def test_what_turns_the_direction_of_text_stands_only_where_it_is_closed_in(hostile: str) -> None:
    class Isolated(Parsed):
        loose: list[str]

        def handle_data(self, data: str) -> None:
            if set(data) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f") and "bdi" not in self.open:
                self.loose.append(f"{self.open[-1]}: {data[:40]}")

    Isolated.loose = []
    assert Isolated(hostile).loose == []
    turned = [
        value for tag, attributes in Parsed(hostile).elements for value in attributes.values() if value and "\u202e" in value
    ]
    assert turned == []


@pytest.mark.parametrize("address", ["https://example.org/a?b=c&d=e", "http://example.org"])
def test_an_address_of_the_web_is_a_link(address: str) -> None:
    text = page([document("one", uri=address)], number("one", "turnover", 1e9, reporter=["AZE"], partner=["KAZ"], **YEAR))
    assert address in Parsed(text).attributes("a", "href")


def test_very_long_texts_are_cut() -> None:
    text = "word " * 100_000
    rows = number(
        "one", "turnover", 1e9, reporter=["AZE"], partner=["KAZ"], **YEAR, evidence=text, value_start=250_000, value_end=250_004
    )
    assert len(page([document("one", title=text, publisher=text)], {**rows, "attributed_to": text})) < 60_000
