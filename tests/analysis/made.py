"""Hand-made documents and claims, and the database that the analysis makes of them.

A claim says only what a test is about: the rest is a reported trade level without sides. `answers` holds every table of the
published file in memory, and fills what a test asks for through the real statements.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any

import duckdb
import polars as pl

from pipeline.contract import ddl
from pipeline.contract.published import ANALYSIS_TABLES, PUBLISHED_TABLES
from pipeline.contract.schemas import code_rows, polars_schema
from pipeline.contract.tables import AGREEMENT_CLAIMS, DOCUMENTS, FREIGHT_CLAIMS, TRADE_CLAIMS
from pipeline.contract.vocabulary import vocabulary
from pipeline.warehouse.analysis import MAKINGS, fill_columns, fill_table
from pipeline.warehouse.reference import reference_data
from pipeline.warehouse.sql import Statement, in_order_of_use, statements, uses

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
        "language_read": True,
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
    """A statement of where an instrument between parties stands; its evidence has the noun of its form."""
    kept = ("modality", "evidence_start", "confidence", "extractor", "extractor_version")
    evidence = f"A {fields.get('form', 'memorandum')} between sides."
    return (
        {"doc_id": doc_id, "form": "memorandum", "subject": "trade", "status": status, "parties": sorted(parties)}
        | {"organisations": [], "evidence": evidence, "evidence_end": len(evidence)}
        | {name: _NUMBER[name] for name in kept}
        | fields
    )


@cache
def _queries() -> list[Statement]:
    return in_order_of_use(statements("analysis"))


@cache
def _uses() -> dict[str, set[str]]:
    return uses(_queries())


@cache
def _macros() -> list[Statement]:
    return statements("macros")


class Answers:
    """A database in memory with rows of the contract, in which a table that is worked out is filled when a query first names
    it, by its real statement and after those that this one reads from.
    """

    def __init__(self, rows: Mapping[str, pl.DataFrame]) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 1")
        self._connection.begin()
        for statement in ddl.statements(PUBLISHED_TABLES):
            # what tables and columns mean is not asked here, and takes most of the time
            if not statement.startswith("COMMENT"):
                self._connection.execute(statement)
        for name, frame in rows.items():
            self._connection.register("made_rows", frame.to_arrow())
            self._connection.execute(f"INSERT INTO {ddl.quoted_name(name)} BY NAME SELECT * FROM made_rows")
            self._connection.unregister("made_rows")
        for macro in _macros():
            self._connection.execute(macro.sql)
        self._connection.commit()
        with reference_data(self._connection):
            fill_columns(self._connection)
        self._left = {query.name: query for query in _queries()}

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """The rows of a query."""
        self.fill(self._named(query))
        return self._connection.sql(query)

    def execute(self, query: str, values: object = None) -> duckdb.DuckDBPyConnection:
        """The database, as it stands after a statement."""
        self.fill(self._named(query))
        return self._connection.execute(query, values)

    def whole(self) -> duckdb.DuckDBPyConnection:
        """The database with all its tables filled."""
        self.fill(set(self._left))
        return self._connection

    def fill(self, names: Collection[str]) -> None:
        """Fills tables that are worked out, and those that they are worked out of."""
        wanted = set(names)
        for name in reversed(self._left):
            if name in wanted:
                wanted |= _uses()[name]
        tables = {table.name: table for table in ANALYSIS_TABLES}
        with reference_data(self._connection):
            for name in [name for name in self._left if name in wanted]:
                fill_table(self._connection, tables[name], self._left.pop(name).sql, MAKINGS.get(name))

    def _named(self, query: str) -> set[str]:
        return self._left.keys() & set(re.findall(r"\w+", query))


def answers(documents: Sequence[Row], *claims: Row, tables: Mapping[str, pl.DataFrame] | None = None) -> Answers:
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
    frames = {table.name: pl.DataFrame(found, schema=polars_schema(table), orient="row") for table, found in rows.items()}
    return Answers({**frames, "codes": code_rows(words), **(tables or {})})
