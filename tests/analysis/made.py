"""Hand-made documents and claims, and the database that the analysis makes of them.

A claim says only what a test is about: the rest is a reported trade level without sides. `answers` fills every table of the
published file through the real statements, in memory.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import duckdb
import polars as pl

from pipeline.contract import ddl
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.schemas import code_rows, polars_schema
from pipeline.contract.tables import AGREEMENT_CLAIMS, DOCUMENTS, FREIGHT_CLAIMS, TRADE_CLAIMS
from pipeline.contract.vocabulary import vocabulary
from pipeline.warehouse.analysis import work_out

Row = dict[str, Any]

_SEEN = datetime(2026, 3, 1, tzinfo=UTC)
_NUMBER: Row = {
    "measure": "level",
    "bound": "exact",
    "unit": "USD",
    "reporter": [],
    "partner": [],
    "origin": [],
    "destination": [],
    "modality": "reported",
    "evidence": "A sentence.",
    "evidence_start": 0,
    "evidence_end": 11,
    "value_text": "1",
    "value_start": 0,
    "value_end": 1,
    "confidence": 0.8,
    "extractor": "made",
    "extractor_version": "1",
}


def document(doc_id: str, published_on: date | None = date(2026, 2, 1), **fields: Any) -> Row:
    """A document; its publisher has the name of the document unless told."""
    return {
        "doc_id": doc_id,
        "source": "made",
        "file_name": f"{doc_id}.txt",
        "uri": f"made/{doc_id}.txt",
        "title": f"Title of {doc_id}",
        "publisher": f"Publisher of {doc_id}",
        "published_on": published_on,
        "language": "en",
        "text": "A sentence. " * 40,
        "first_seen": _SEEN,
        "last_seen": _SEEN,
    } | fields


def number(doc_id: str, indicator: str, value: float | tuple[float, float] | None, **fields: Any) -> Row:
    """A claim of a number, or of an event if the value is None; `fields` are columns of the claims tables."""
    low, high = value if isinstance(value, tuple) else (value, value)
    event = {"measure": "event"} | dict.fromkeys(("bound", "unit", "value_text", "value_start", "value_end"))
    return (
        _NUMBER
        | {"doc_id": doc_id, "indicator": indicator, "value_low": low, "value_high": high}
        | (event if value is None else {})
        | fields
    )


def agreement(doc_id: str, status: str, parties: Sequence[str], **fields: Any) -> Row:
    """A statement of where an instrument between parties stands."""
    kept = ("modality", "evidence", "evidence_start", "evidence_end", "confidence", "extractor", "extractor_version")
    return (
        {"doc_id": doc_id, "form": "memorandum", "subject": "trade", "status": status, "parties": sorted(parties)}
        | {"organisations": []}
        | {name: _NUMBER[name] for name in kept}
        | fields
    )


def answers(
    documents: Sequence[Row], *claims: Row, tables: Mapping[str, pl.DataFrame] | None = None
) -> duckdb.DuckDBPyConnection:
    """A database in memory with the rows, and the analysis tables made of them. Claims without `claim_id` get c1, c2 and so on.

    `tables` holds the rows of further tables of the contract, by name.
    """
    numbers = count(1)
    named = [{"claim_id": f"c{next(numbers)}"} | claim for claim in claims]
    words = vocabulary()
    rows = {
        DOCUMENTS: list(documents),
        TRADE_CLAIMS: [claim for claim in named if claim.get("indicator") in words.trade_kinds],
        FREIGHT_CLAIMS: [claim for claim in named if claim.get("indicator") in words.freight_kinds],
        AGREEMENT_CLAIMS: [claim for claim in named if "status" in claim],
    }
    connection = duckdb.connect()
    for statement in ddl.statements(PUBLISHED_TABLES):
        connection.execute(statement)
    frames = {table.name: pl.DataFrame(found, schema=polars_schema(table), orient="row") for table, found in rows.items()}
    for name, frame in {**frames, "codes": code_rows(words), **(tables or {})}.items():
        connection.register("made_rows", frame.to_arrow())
        connection.execute(f"INSERT INTO {ddl.quoted_name(name)} BY NAME SELECT * FROM made_rows")
        connection.unregister("made_rows")
    work_out(connection)
    return connection
