"""What `corridor extract` finds in texts, as rows ready for JSON, layer by layer.

Finding belongs to `pipeline.language` and `pipeline.claims`; the fields of each layer, and reading lines of JSON, belong here.
"""

# ruff: noqa: PLC0415 - a layer's lexicons and libraries take longer to load than it takes to run, so each comes alone

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.cli.requests import Found, Marks, Request
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText, Unreadable

_NAME_FIELDS = ("start", "end", "text", "kind", "codes")
_QUANTITY_FIELDS = ("start", "end", "text", "value_low", "value_high", "unit", "bound", "change")
_DOCUMENT_FIELDS = ("title", "publisher", "published_on", "language")
_DATE_FIELDS = ("start", "end", "text", "date_start", "date_end")


class LineError(Exception):
    """A line of input that holds no request."""


class UnreadableTextError(Exception):
    """A text that cannot be decoded."""


def whole_text(content: bytes, name: str, published: date | None) -> Document:
    """The text in `content`, decoded and read; `published` wins over what it says. Raises `UnreadableTextError`.

    An input without a text is unreadable, as a file is to a refresh.
    """
    document = read_document(RawText("", name, name, content))
    if isinstance(document, Unreadable):
        told = "standard input" if name == "-" else name
        raise UnreadableTextError(f"{told} is no text that can be read: {document.reason}: {document.detail}")
    return replace(document, published_on=published) if published else document


def parse_line(line: bytes, number: int, published: date | None) -> list[Request]:
    """The request in line `number`, a line of JSON; none in a blank line. Raises `LineError` with what is wrong."""
    try:
        text = line.decode("utf-8-sig").strip()
        fields = json.loads(text) if text else None
    except UnicodeDecodeError:
        raise LineError("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise LineError(f"not JSON: {error}") from None
    if not text:
        return []
    if not isinstance(fields, dict):
        raise LineError('not an object with "id" and "text"')
    return [Request(number, _id(fields), _text(fields), _published_on(fields) or published)]


def _id(fields: Mapping[str, Any]) -> str | int | float:
    found = fields.get("id")
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        raise LineError('"id" must be a text or a number')
    return found


def _text(fields: Mapping[str, Any]) -> str:
    found = fields.get("text")
    if not isinstance(found, str):
        raise LineError('"text" must be a text')
    if any("\ud800" <= character <= "\udfff" for character in found):
        raise LineError('"text" holds half of a surrogate pair, which is no character')
    return found


def _published_on(fields: Mapping[str, Any]) -> date | None:
    found = fields.get("published_on")
    if found is None:
        return None
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        raise LineError('"published_on" must be a day as YYYY-MM-DD, or null') from None


def find_in_requests(layer: str, requests: Sequence[Request]) -> Iterator[tuple[Request, Found | Exception]]:
    """What `layer` finds in each request's text, in their order, or the error that kept it from finding anything."""
    if layer == "claims":
        from pipeline.cli.claims import claims_of_requests

        yield from claims_of_requests(requests)
        return
    find = _FINDERS[layer]
    for request in requests:
        try:
            yield request, Found(find(request.text, request.published_on))
        except Exception as error:
            yield request, error


def find_in_document(layer: str, document: Document) -> Found:
    """What `layer` finds in a document."""
    if layer == "claims":
        from pipeline.cli.claims import claims_of_document

        return claims_of_document(document)
    return Found(_FINDERS[layer](document.text, document.published_on))


def understood(document: Document) -> dict[str, Any]:
    """What was read of a document as a whole, ready for JSON."""
    return {name: getattr(document, name) for name in _DOCUMENT_FIELDS}


def notes_on(layer: str, document: Document) -> Iterator[str]:
    """What of a document keeps `layer` from finding all that a reader may expect, a line each."""
    if layer == "claims":
        from pipeline.claims.extraction import language_name, languages_read

        if document.language is not None and document.language not in languages_read():
            read = ", ".join(sorted(map(language_name, languages_read())))
            yield f"read as {language_name(document.language)}: claims are looked for in {read} alone"
            return
    if layer in ("claims", "dates") and document.published_on is None:
        yield "no date of publication is known: relative dates stay open; --published DATE tells it"


def _names(text: str, _published_on: date | None) -> Marks:
    from pipeline.language.names import find_names

    return [_fields(mark, _NAME_FIELDS) for mark in find_names(text)]


def _quantities(text: str, _published_on: date | None) -> Marks:
    from pipeline.language.quantities import find_quantities

    return [_fields(mark, _QUANTITY_FIELDS) for mark in find_quantities(text)]


def _dates(text: str, published_on: date | None) -> Marks:
    from pipeline.language.dates import find_dates

    return [_fields(mark, _DATE_FIELDS) for mark in find_dates(text, published_on)]


_FINDERS: Mapping[str, Callable[[str, date | None], Marks]] = {"names": _names, "quantities": _quantities, "dates": _dates}


def _fields(mark: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in names}
