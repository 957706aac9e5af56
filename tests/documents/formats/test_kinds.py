"""Of which format a file is: its bytes decide against what was declared, and that against its name."""

import pytest

from pipeline.documents.formats.kinds import format_of
from tests.documents.formats.made import raw

PAGE = b"<!DOCTYPE html><html><body><p>Exports rose.</p></body></html>"


@pytest.mark.parametrize(
    ("content", "file_name", "media_type", "kind"),
    [
        (b"Exports rose.", "a.txt", None, "text"),
        (b"Exports rose.", "a.MD", None, "text"),
        (b"Exports rose.", "a", None, "text"),
        (b"Exports rose.", "a.unknown", "application/octet-stream", "text"),
        (b"<p>Exports rose.</p>", "a.html", None, "html"),
        (b"<p>Exports rose.</p>", "entry", "text/html", "html"),
        (b"Exports rose.", "a.html", "text/plain", "text"),
        (PAGE, "a.txt", "text/plain", "html"),
        (PAGE, "report.pdf", "application/pdf", "html"),
        (b"\xef\xbb\xbf\n  <!-- saved --><HTML><p>x", "a.txt", None, "html"),
        ("<!doctype html><p>x".encode("utf-16"), "a.txt", None, "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x"/>', "a.xml", None, "html"),
        (b"%PDF-1.7\n", "a.txt", "text/plain", "pdf"),
        (b"\n%PDF-1.7\n", "a", None, "pdf"),
        (b"no PDF", "a.pdf", None, "pdf"),
        (b"PK\x03\x04....word/document.xml", "a.zip", "application/zip", "docx"),
        (b"PK\x03\x04....xl/workbook.xml", "a.txt", None, "text"),
        (b"Subject: x\n\nExports rose.", "a.eml", None, "eml"),
        (b"Subject: x\n\nExports rose.", "a", "message/rfc822", "eml"),
    ],
)
def test_the_format_of_a_file(content: bytes, file_name: str, media_type: str | None, kind: str) -> None:
    assert format_of(raw(content, file_name, media_type)) == kind


def test_a_text_that_speaks_of_markup_is_plain_text() -> None:
    assert format_of(raw(b"The tag <html> opens a page, %PDF- a file.", "a.txt")) == "text"
