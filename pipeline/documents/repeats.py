"""Which documents repeat an earlier one word for word. Near repeats are none: a changed figure is another claim."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date

from pipeline.documents.document import Document

_SPACE = re.compile(r"\s+")


def content_key(document: Document) -> str:
    """The same for two documents whose texts are equal but for furniture, metadata lines, case and white space.

    What is compared is title, headings, sentences and items; a document without any of them is compared as a whole.
    """
    parts = [document.text[sentence.start : sentence.end] for sentence in document.sentences]
    folded = _SPACE.sub(" ", " ".join(parts or [document.text])).strip().casefold()
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def duplicates(documents: Iterable[tuple[str, str, date | None]]) -> dict[str, str]:
    """For each document that repeats another, that other's `doc_id`.

    Takes `(doc_id, content_key, published_on)` in any order. The original is the one published first; one without a date
    comes after those with one, and of equals the smaller `doc_id` comes first.
    """
    original: dict[str, str] = {}
    repeats: dict[str, str] = {}
    for doc_id, key, _ in sorted(documents, key=lambda one: (one[2] is None, one[2] or date.min, one[0])):
        first = original.setdefault(key, doc_id)
        if first != doc_id:
            repeats[doc_id] = first
    return repeats
