"""One report, written for these tests, and the means to make files of every format of it."""

from pipeline.documents.document import Document
from pipeline.documents.formats.conversion import convert
from pipeline.documents.formats.converted import Converted, Unconvertible
from pipeline.documents.formats.kinds import Format
from pipeline.documents.formats.messages import Job
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText, Told, Unreadable

TITLE = "Grain moves south by rail"
DATELINE = "ASTANA, 12 May 2025"
PARAGRAPHS = (
    f"{DATELINE} - In the first four months of 2025 Kazakhstan shipped 1.4 million tons of grain to Uzbekistan by rail, the "
    "transport ministry said.",
    "Exports of wheat to Tajikistan rose by 12 percent to $310 million in 2024, and the two countries signed an agreement on "
    "transit in Dushanbe on 6 May 2025.",
    "The port of Aktau is expected to handle 3.2 million tons of dry cargo by 2027.",
)
ROWS = (
    ("Wheat exports, thousand tons", "2023", "2024"),
    ("Uzbekistan", "1,210", "1,430"),
    ("Tajikistan", "", "905"),
    ("Afghanistan", "640", "702"),
)
PLAIN = "\n\n".join((TITLE, *PARAGRAPHS, "\n".join(" | ".join(row) for row in ROWS))) + "\n"


def raw(
    content: bytes, file_name: str, media_type: str | None = None, charset: str | None = None, told: Told | None = None
) -> RawText:
    return RawText("made", f"made/{file_name}", file_name, content, media_type, charset, told or Told())


def read(
    content: bytes, file_name: str, media_type: str | None = None, charset: str | None = None, told: Told | None = None
) -> Document:
    document = read_document(raw(content, file_name, media_type, charset, told))
    assert isinstance(document, Document), document
    return document


def unread(content: bytes, file_name: str, media_type: str | None = None) -> Unreadable:
    found = read_document(raw(content, file_name, media_type))
    assert isinstance(found, Unreadable), found
    return found


def text_of(kind: Format, content: bytes) -> str:
    found = convert(Job(kind, content))
    assert isinstance(found, Converted), found
    return found.text


def refused(kind: Format, content: bytes) -> Unconvertible:
    found = convert(Job(kind, content))
    assert isinstance(found, Unconvertible), found
    return found


def page(body: str, head: str = "", language: str = "en") -> str:
    return f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def article() -> str:
    """The report as a page with what surrounds one."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "World", "Sport", "Weather"))
    return page(
        f"<nav><ul>{menu}</ul></nav><article><h1>{TITLE}</h1>{text}<table>{rows}</table></article>"
        "<footer>Copyright Zenda Courier. All rights reserved.</footer>",
        f"<title>{TITLE} | Zenda Courier</title>",
    )
