"""One report in every format gives one text, and so the same claims, each grounded in the text that was read."""

from concurrent.futures import ProcessPoolExecutor
from email.message import EmailMessage
from multiprocessing import get_context
from typing import Any

import pytest

from pipeline.claims.claim import AgreementClaim, Extraction, QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText
from pipeline.warehouse.refreshing import input_id
from tests.documents.formats.made import PARAGRAPHS, PLAIN, ROWS, TITLE, article, raw, read
from tests.documents.formats.pdf_maker import pdf
from tests.documents.formats.test_docx import REPORT as DOCX
from tests.documents.formats.test_pdf import report


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "desk@courier.example"
    message.set_content("\n\n".join(PARAGRAPHS) + "\n")
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    message.set_content(f"<div>{text}<table>{rows}</table></div>", subtype="html")
    return message.as_bytes()


FILES = {
    "a.md": PLAIN.encode(),
    "a.html": article().encode(),
    "a.pdf": pdf([report()]),
    "a.docx": DOCX,
    "a.eml": mail(),
}


def told(extraction: Extraction, text: str) -> list[Any]:
    """What claims say, but for where they stand."""
    found: list[QuantityClaim | AgreementClaim] = [*extraction.quantities, *extraction.agreements]
    for claim in found:
        assert text[claim.evidence_start : claim.evidence_end] == claim.evidence
    places = {"evidence_start", "evidence_end", "value_start", "value_end", "confidence"}
    return [{name: getattr(claim, name) for name in claim.__dataclass_fields__ if name not in places} for claim in found]


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_claims_of_the_plain_text(name: str) -> None:
    plain, document = read(PLAIN.encode(), "a.txt"), read(FILES[name], name)
    expected = told(extract_claims(plain), plain.text)
    assert len(expected) >= 8
    assert told(extract_claims(document), document.text) == expected
    assert document.text.strip() == PLAIN.strip()
    assert (document.title, document.published_on, document.language) == (plain.title, plain.published_on, "en")


def test_files_of_the_same_text_are_one_document_and_different_inputs() -> None:
    files = [raw(FILES[name], name) for name in ("a.html", "a.pdf", "a.docx", "a.eml")]
    documents = [read_document(file) for file in files]
    assert len({document.doc_id for document in documents if isinstance(document, Document)}) == 1
    assert len({input_id(file) for file in files}) == len(files)


def test_workers_of_a_pool_read_as_this_process_does() -> None:
    files = [raw(FILES[name], name) for name in ("a.html", "a.pdf")]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(read_document, files)) == [read_document(file) for file in files]


def test_what_is_told_beside_a_text_makes_another_input_of_it() -> None:
    plain = RawText("a", "a/x.txt", "x.txt", b"Exports rose.")
    same = RawText("b", "b/y.md", "y.md", b"Exports rose.", media_type="text/plain", seen=False)
    assert input_id(plain) == input_id(same) == "31e93da6d70b9eaf7b9050014b608b04"
    html = RawText("a", "a/x.html", "x.html", b"Exports rose.")
    charset = RawText("a", "a/x.txt", "x.txt", b"Exports rose.", charset="koi8-r")
    assert len({input_id(one) for one in (plain, html, charset)}) == 3
