"""Rows of the claims tables in the shape in which claims are compared. Extracting them belongs to `pipeline.claims`."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.contract.tables import AGREEMENT_CLAIMS, CLAIM_TABLES
from pipeline.documents.document import Document
from pipeline.evaluation.kinds import KINDS
from pipeline.evaluation.shapes import METADATA, Agreement, Claim, Event, Period, Quantity, ToldText

EVENT = "event"  # the measure of a row that tells an event


def told_texts(documents: Mapping[str, Document], accepted: Mapping[str, pl.DataFrame]) -> dict[str, ToldText]:
    """What is told of documents, by `doc_id`. `accepted` are the claims tables by name, as validation leaves them."""
    claims: dict[str, dict[str, list[Claim]]] = {doc_id: {kind: [] for kind in KINDS} for doc_id in documents}
    for family, table in CLAIM_TABLES.items():
        frame = accepted.get(table.name)
        if frame is None:
            continue
        for row in frame.sort("doc_id", "evidence_start", "claim_id").iter_rows(named=True):
            kind, claim = told_claim(family, row)
            claims[row["doc_id"]][kind].append(claim)
    return {
        doc_id: ToldText(
            {field: _text(getattr(document, field)) for field in METADATA},
            document.text,
            {kind: tuple(found) for kind, found in claims[doc_id].items()},
        )
        for doc_id, document in documents.items()
    }


def told_claim(family: str, row: Mapping[str, Any]) -> tuple[str, Claim]:
    """The kind of a claim, and the claim, of a row of a family's table."""
    return _agreement(row) if CLAIM_TABLES[family] is AGREEMENT_CLAIMS else _number_or_event(family, row)


def _text(value: object) -> str | None:
    return str(value) if value else None


def _number_or_event(family: str, row: Mapping[str, Any]) -> tuple[str, Claim]:
    common = {
        **_grounds(row),
        "origin": frozenset(row["origin"]),
        "destination": frozenset(row["destination"]),
        "corridor": row["corridor"],
        "mode": row["mode"],
        "commodity": row["commodity"],
        "period": Period(row["period_start"], row["period_end"]),
    }
    if row["measure"] == EVENT:
        return "events", Event(kind=row["indicator"], actor=frozenset(row["reporter"]), **common)
    return "quantities", Quantity(
        family=family,
        low=row["value_low"],
        high=row["value_high"],
        reporter=frozenset(row["reporter"]),
        partner=frozenset(row["partner"]),
        **{name: row[name] for name in ("value_text", "indicator", "measure", "bound", "unit", "attributed_to")},
        **common,
    )


def _agreement(row: Mapping[str, Any]) -> tuple[str, Claim]:
    return "agreements", Agreement(
        parties=frozenset(row["parties"]),
        organisations=tuple(row["organisations"]),
        date=Period(row["date_start"], row["date_end"]),
        **{name: row[name] for name in ("name", "form", "subject", "status", "place")},
        **_grounds(row),
    )


def _grounds(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"passages": (row["evidence"],), "modality": row["modality"], "confidence": row["confidence"]}
