"""The claims that a refresh would publish of texts, as rows ready for JSON. The other layers are in `layers`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.cli.layers import Found, Request
from pipeline.contract.tables import CLAIM_TABLES
from pipeline.documents.document import Document
from pipeline.documents.reading import read_text
from pipeline.orchestration.batches import extract_batch
from pipeline.warehouse.refreshing import without_repeats


def claims_of_requests(requests: Sequence[Request]) -> Iterator[tuple[Request, Found | Exception]]:
    """Validates together what can be validated together; when that breaks down, one by one, to find the text at fault."""
    try:
        documents = [read_text(request.text, request.published_on) for request in requests]
        yield from zip(requests, claims_of_documents(documents), strict=True)
    except Exception as error:
        if len(requests) == 1:
            yield requests[0], error
            return
        for request in requests:
            yield from claims_of_requests([request])


def claims_of_documents(documents: Sequence[Document]) -> list[Found]:
    """The claims that a refresh would publish of each document, in the order of the text, each with its family."""
    found = {_identity(document): Found([]) for document in documents}
    each_once = {_identity(document): document for document in documents}.values()
    for batch in without_repeats(each_once, lambda document: document.doc_id):
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


def _identity(document: Document) -> tuple[str, date | None]:
    return document.doc_id, document.published_on


def _place(claim: Mapping[str, Any]) -> tuple[int, int, str]:
    return claim["evidence_start"], claim.get("value_start") or 0, claim["claim_id"]
