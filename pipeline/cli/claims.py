"""The claims that a refresh would publish of texts, as rows ready for JSON. The other layers are in `layers`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.claims.extraction import extract_claims
from pipeline.claims.judging import judged_claims
from pipeline.claims.version import extractor_version
from pipeline.cli.requests import Found, Request
from pipeline.documents.document import Document
from pipeline.documents.reading import read_text


def claims_of_requests(requests: Sequence[Request]) -> Iterator[tuple[Request, Found | Exception]]:
    """What is claimed in each request's text, in their order, or the error that kept it from being found."""
    for request in requests:
        try:
            yield request, claims_of_document(read_text(request.text, request.published_on))
        except Exception as error:
            yield request, error


def claims_of_document(document: Document) -> Found:
    """The claims that a refresh would publish of a document, in the order of the text, each with its family."""
    found = Found([])
    for claim in judged_claims(document, extract_claims(document), extractor_version()):
        if claim.reasons:
            found.rejected.append(f"{', '.join(claim.reasons)} ({claim.family} claim {claim.row['claim_id']})")
        else:
            found.marks.append({"family": claim.family, **claim.row})
    found.marks.sort(key=_place)
    return found


def _place(claim: Mapping[str, Any]) -> tuple[int, int, str]:
    return claim["evidence_start"], claim.get("value_start") or 0, claim["claim_id"]
