"""What a document is: its text, what is known about it, and how its text is divided.

Only the shapes belong here; how each part is found belongs to the modules beside this one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

SentenceKind = Literal["title", "heading", "body", "item"]


class Span(NamedTuple):
    """A half-open stretch of a text, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item. Never overlaps page furniture; white space at both ends is left out.

    `paragraph` counts the paragraphs of the document from 0, furniture not counted.
    """

    start: int
    end: int
    kind: SentenceKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read. `text` is complete: furniture is marked by `furniture`, not cut out.

    `furniture` and `sentences` are sorted, free of overlaps, and together leave only white space, metadata lines (author,
    date, publisher, dateline) and separators uncovered. `dateline` is the place, date and agency in front of the report
    (`BAKU, March 4 (Agency) -`), which is left out of the sentence after it.
    """

    doc_id: str
    source: str
    file_name: str
    uri: str
    title: str | None
    author: str | None
    publisher: str | None
    published_on: date | None
    language: str | None
    text: str
    furniture: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    dateline: Span | None = None
