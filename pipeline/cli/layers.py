"""What `corridor extract` finds in texts, as rows ready for JSON, layer by layer.

Finding belongs to `pipeline.language` and `pipeline.claims`; the fields of each layer, and reading lines of JSON, belong here.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.contract.tables import CLAIM_TABLES
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document, read_text
from pipeline.language.dates import find_dates
from pipeline.language.names import find_names
from pipeline.language.quantities import find_quantities
from pipeline.orchestration.batches import extract_batch
from pipeline.sources.raw import RawText, Unreadable

Marks = list[dict[str, Any]]

_NAME_FIELDS = ("start", "end", "text", "kind", "codes")
_QUANTITY_FIELDS = ("start", "end", "text", "value_low", "value_high", "unit", "bound", "change")
_DATE_FIELDS = ("start", "end", "text", "date_start", "date_end")


class LineError(Exception):
    """A line of input that holds no request."""


class UnreadableTextError(Exception):
    """A text that cannot be decoded."""


@dataclass(frozen=True, slots=True)
class Request:
    """A text to extract from, with the number of its line and what its sender calls it."""

    line: int
    id: str | int | float
    text: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a layer found in a text, and for claims the reasons why candidates were rejected."""

    marks: Marks
    rejected: list[str] = field(default_factory=list)


def whole_text(content: bytes, name: str, published: date | None) -> Document:
    """The text in `content`, decoded and read; `published` wins over what it says. Raises `UnreadableTextError`."""
    if not content.strip():
        return read_text("", published)
    document = read_document(RawText("", name, name, content))
    if isinstance(document, Unreadable):
        raise UnreadableTextError(f"{name} is no text that can be read: {document.reason}: {document.detail}")
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
        yield from _claims_of_requests(requests)
        return
    find = _FINDERS[layer]
    for request in requests:
        try:
            yield request, Found(find(request.text, request.published_on))
        except Exception as error:
            yield request, error


def _claims_of_requests(requests: Sequence[Request]) -> Iterator[tuple[Request, Found | Exception]]:
    """Validates together what can be validated together; when that breaks down, one by one, to find the text at fault."""
    try:
        yield from zip(requests, _claims([read_text(request.text, request.published_on) for request in requests]), strict=True)
    except Exception as error:
        if len(requests) == 1:
            yield requests[0], error
            return
        for request in requests:
            yield from _claims_of_requests([request])


def find_in_document(layer: str, document: Document) -> Found:
    """What `layer` finds in a document."""
    if layer == "claims":
        return _claims([document])[0]
    return Found(_FINDERS[layer](document.text, document.published_on))


def _names(text: str, _published_on: date | None) -> Marks:
    return [_fields(mark, _NAME_FIELDS) for mark in find_names(text)]


def _quantities(text: str, _published_on: date | None) -> Marks:
    return [_fields(mark, _QUANTITY_FIELDS) for mark in find_quantities(text)]


def _dates(text: str, published_on: date | None) -> Marks:
    return [_fields(mark, _DATE_FIELDS) for mark in find_dates(text, published_on)]


_FINDERS: Mapping[str, Callable[[str, date | None], Marks]] = {"names": _names, "quantities": _quantities, "dates": _dates}


def _fields(mark: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in names}


def _claims(documents: Sequence[Document]) -> list[Found]:
    """The claims that a refresh would publish of each document, in the order of the text, each with its family."""
    found = {_identity(document): Found([]) for document in documents}
    for batch in _without_repeats(documents):
        dates = {document.doc_id: _identity(document) for document in batch}
        result = extract_batch(batch)
        for family, table in CLAIM_TABLES.items():
            for row in result.accepted[table.name].iter_rows(named=True):
                found[dates[row["doc_id"]]].marks.append({"family": family, **row})
        for row in result.rejected.iter_rows(named=True):
            reasons = f"{', '.join(row['reasons'])} ({row['family']} claim {row['claim_id']})"
            found[dates[row["doc_id"]]].rejected.append(reasons)
    for one in found.values():
        one.marks.sort(key=_place)
    return [found[_identity(document)] for document in documents]


def _without_repeats(documents: Sequence[Document]) -> list[list[Document]]:
    """The documents in batches in which no doc_id occurs twice: the same text may come with several dates."""
    batches: list[dict[str, Document]] = []
    for document in {_identity(document): document for document in documents}.values():
        batch = next((batch for batch in batches if document.doc_id not in batch), None)
        if batch is None:
            batch = {}
            batches.append(batch)
        batch[document.doc_id] = document
    return [list(batch.values()) for batch in batches]


def _identity(document: Document) -> tuple[str, date | None]:
    return document.doc_id, document.published_on


def _place(claim: Mapping[str, Any]) -> tuple[int, int, str]:
    return claim["evidence_start"], claim.get("value_start") or 0, claim["claim_id"]
