"""Rows of the claims tables become claims in the shape in which they are compared."""

from datetime import date

import polars as pl

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import AGREEMENT_CLAIMS, FREIGHT_CLAIMS, TRADE_CLAIMS
from pipeline.documents.reading import read_text
from pipeline.evaluation.shapes import Agreement, Event, Period, Quantity
from pipeline.evaluation.told import told_texts

DOCUMENT = read_text("Ports\n\nNothing was shipped.\n", date(2024, 5, 1))
GROUNDS = {"doc_id": DOCUMENT.doc_id, "modality": "reported", "confidence": 0.4}
LISTS = {"reporter": ["KAZ"], "partner": ["UZB"], "origin": ["CHN"], "destination": []}
QUANTITY = {**GROUNDS, **LISTS, "value_low": 2.0, "value_high": 3.0, "unit": "t", "period_start": date(2024, 1, 1)}


def row(claim_id: str, evidence: str, start: int, **changes: object) -> dict[str, object]:
    return {"claim_id": claim_id, "evidence": evidence, "evidence_start": start, **changes}


def test_rows_become_claims_of_their_kind_in_the_order_of_the_text() -> None:
    freight = [
        row("b", "later", 9, **QUANTITY, measure="level", indicator="cargo"),
        row("a", "sooner", 4, **QUANTITY, measure="level", indicator="containers"),
        row("c", "opened", 5, **GROUNDS, **LISTS, measure="event", indicator="route_opening", mode="rail"),
    ]
    agreements = [
        row("d", "signed", 1, **GROUNDS, parties=["KAZ"], organisations=["KTZ"], status="signed", date_end=date(2024, 2, 1))
    ]
    accepted = {
        "freight_claims": pl.DataFrame(freight, schema=polars_schema(FREIGHT_CLAIMS)),
        "agreement_claims": pl.DataFrame(agreements, schema=polars_schema(AGREEMENT_CLAIMS)),
        "trade_claims": pl.DataFrame([row("e", "first", 0, **QUANTITY)], schema=polars_schema(TRADE_CLAIMS)),
    }
    told = told_texts({DOCUMENT.doc_id: DOCUMENT}, accepted)[DOCUMENT.doc_id]
    first, sooner, later = told.claims["quantities"]
    assert isinstance(sooner, Quantity)
    assert [claim.passage for claim in (first, sooner, later)] == ["first", "sooner", "later"]
    assert (sooner.family, sooner.indicator, sooner.low, sooner.high, sooner.unit) == ("freight", "containers", 2, 3, "t")
    assert (sooner.reporter, sooner.origin, sooner.period) == ({"KAZ"}, {"CHN"}, Period(date(2024, 1, 1), None))
    (opened,) = told.claims["events"]
    assert isinstance(opened, Event)
    assert (opened.kind, opened.actor, opened.mode, opened.confidence) == ("route_opening", {"KAZ"}, "rail", 0.4)
    (signed,) = told.claims["agreements"]
    assert isinstance(signed, Agreement)
    assert (signed.parties, signed.organisations, signed.date) == ({"KAZ"}, ("KTZ",), Period(None, date(2024, 2, 1)))


def test_a_document_without_claims_tells_of_itself() -> None:
    told = told_texts({DOCUMENT.doc_id: DOCUMENT}, {})[DOCUMENT.doc_id]
    assert set(told.claims.values()) == {()}
    assert (told.metadata["published_on"], told.metadata["author"], told.fault) == ("2024-05-01", None, None)
