"""Compares what a text claims by its making with what the extractor returns, and tells the difference for a reader."""

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from math import isclose
from typing import Any

from pipeline.claims.extraction import extract_claims
from pipeline.documents.document import Document
from pipeline.documents.reading import read_text

_UNTOLD = ("confidence", "signs")
_TOLERANCE = 1e-5


def extracted(document: Document) -> list[dict[str, Any]]:
    """All claims of a document, as fields by name, without how sure they are."""
    found = extract_claims(document)
    claims = [asdict(claim) for claim in (*found.quantities, *found.agreements)]
    return [{name: value for name, value in claim.items() if name not in _UNTOLD} for claim in claims]


def differences(text: str, published: date, planted: Sequence[dict[str, Any]]) -> list[str]:
    """What the extractor makes of a text other than was planted, a line each; empty if it returns just that."""
    return compared(planted, extracted(read_text(text, published)))


def compared(planted: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> list[str]:
    """Planted claims that are missing, found ones that were not planted, and the fields in which two at one place differ."""
    left = list(found)
    lines = []
    for claim in planted:
        other = next((other for other in left if _same_place(claim, other)), None)
        if other is None:
            lines.append(f"missing: {_brief(claim)}")
            continue
        left.remove(other)
        wrong = [name for name in claim if not _equal(claim[name], other.get(name))]
        lines += [f"{_key(claim)}: {name} is {other.get(name)!r} and should be {claim[name]!r}" for name in wrong]
    return lines + [f"not planted: {_brief(claim)}" for claim in left]


def report(text: str, published: date, lines: Sequence[str]) -> str:
    """A difference with the command that shows it again."""
    return "\n  ".join([f"printf %s {shlex.quote(text)} | corridor extract --published {published} -", *lines])


def _key(claim: dict[str, Any]) -> str:
    return str(claim.get("value_text") or claim.get("status") or claim.get("indicator"))


def _same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if ("status" in one) != ("status" in other):
        return False
    if "status" in one:
        return (
            one["status"] == other["status"]
            and one["evidence_start"] == other["evidence_start"]
            and one["subject"] == other["subject"]
        )
    if one["value_start"] is None or other["value_start"] is None:
        return one["value_start"] == other["value_start"] and one["evidence_start"] == other["evidence_start"]
    return bool(one["value_start"] < other["value_end"] and other["value_start"] < one["value_end"])


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=_TOLERANCE)
    return bool(one == other)


def _brief(claim: dict[str, Any]) -> str:
    told = {name: value for name, value in claim.items() if value not in (None, ()) and not name.startswith("evidence")}
    return ", ".join(f"{name}={value}" for name, value in told.items())
