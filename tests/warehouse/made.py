"""Hand-made texts, and a reader and extractor simple enough to say by heart what they must yield.

A line `exports KAZ GEO 12 t` or `turnover KAZ GEO 12 USD` is a trade claim, `cargo 12 t` a freight claim, `agreement signed`
an agreement claim, and `broken ...` a candidate that validation rejects; `Iron Road (IR)` says what IR stands for; other lines
say nothing.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import ACRONYM_MENTIONS, AGREEMENT_CLAIMS, FREIGHT_CLAIMS, REJECTED_CLAIMS, TRADE_CLAIMS
from pipeline.documents.document import Document
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.publishing import Publication, publish
from pipeline.warehouse.refreshing import ClaimBatch, SourceExtraction, extract_claims, refresh_documents
from pipeline.warehouse.store import SourceRefresh, Store

VERSION = "1"
DAY_ONE = datetime(2026, 3, 1, 6, tzinfo=UTC)
EXAMPLE = "Route report\nexports KAZ GEO 12 t\n\U0001f682 cargo 40 t\nagreement signed\nbroken exports 1 t\n"


def day(number: int) -> datetime:
    return DAY_ONE + timedelta(days=number - 1)


def raw(name: str, text: str, source: str = "made") -> RawText:
    return RawText(source, f"{source}/{name}", name, text.encode())


def doc_id_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def read(batch: Sequence[RawText]) -> list[Document | Unreadable]:
    return [_read_one(item) for item in batch]


def _read_one(item: RawText) -> Document | Unreadable:
    if b"\x00" in item.content:
        return Unreadable(item.uri, item.source, "binary", "holds NUL bytes")
    text = item.content.decode()
    title = text.split("\n", 1)[0]
    return Document(
        doc_id=doc_id_of(item.content),
        source=item.source,
        file_name=item.file_name,
        uri=item.uri,
        title=title or None,
        author=None,
        publisher="Made Press",
        published_on=date(2026, 2, 1),
        language="en",
        text=text,
        furniture=(),
        sentences=(),
    )


def extract(batch: Sequence[Document]) -> ClaimBatch:
    rows: dict[str, list[dict[str, object]]] = {
        "trade_claims": [],
        "freight_claims": [],
        "agreement_claims": [],
        "rejected_claims": [],
    }
    emitted = []
    for document in batch:
        found = list(_claims(document))
        emitted.append((document.doc_id, len(found)))
        for table, row in found:
            rows[table].append(row)
    tables = (TRADE_CLAIMS, FREIGHT_CLAIMS, AGREEMENT_CLAIMS)
    rejected = {name: type_ for name, type_ in polars_schema(REJECTED_CLAIMS).items() if name != "refresh_id"}
    return ClaimBatch(
        emitted=pl.DataFrame(emitted, schema={"doc_id": pl.String(), "emitted": pl.Int32()}, orient="row"),
        accepted={table.name: pl.DataFrame(rows[table.name], schema=polars_schema(table)) for table in tables},
        rejected=pl.DataFrame(rows["rejected_claims"], schema=rejected),
        beside={
            "acronym_mentions": pl.DataFrame(
                [row for document in batch for row in _mentions(document)], schema=polars_schema(ACRONYM_MENTIONS)
            )
        },
    )


def _mentions(document: Document) -> Iterator[dict[str, object]]:
    for match in re.finditer(r"(.+) \((\w+)\)", document.text):
        yield {
            "mention_id": f"{document.doc_id} {match.start()}",
            "doc_id": document.doc_id,
            "letters": "initials",
            "extractor_version": VERSION,
            **{
                f"{part}{end}": value
                for number, part in enumerate(("evidence", "expansion", "acronym"))
                for end, value in (("", match[number]), ("_start", match.start(number)), ("_end", match.end(number)))
            },
        }


def _claims(document: Document) -> list[tuple[str, dict[str, object]]]:
    found = []
    start = 0
    for line in document.text.split("\n"):
        for word, make in _MAKERS.items():
            if word in line.split():
                found.append(make(document, line, start))
                break
        start += len(line) + 1
    return found


def _grounds(document: Document, line: str, start: int) -> dict[str, object]:
    return {
        "claim_id": hashlib.sha256(f"{document.doc_id} {start} {line}".encode()).hexdigest()[:16],
        "doc_id": document.doc_id,
        "modality": "reported",
        "attributed_to": None,
        "evidence": line,
        "evidence_start": start,
        "evidence_end": start + len(line),
        "confidence": 0.9,
        "extractor": "made",
        "extractor_version": VERSION,
    }


def _quantity(document: Document, line: str, start: int) -> tuple[str, dict[str, object]]:
    words = line.split()
    indicator = words[0] if words[0] in ("exports", "turnover") else "cargo"
    family = "freight" if indicator == "cargo" else "trade"
    value_text = " ".join(words[-2:])
    value_start = start + line.index(value_text)
    countries = [word for word in words if len(word) == 3 and word.isupper()]
    return f"{family}_claims", {
        **_grounds(document, line, start),
        "indicator": indicator,
        "measure": "level",
        "value_low": float(words[-2]),
        "value_high": float(words[-2]),
        "bound": "exact",
        "unit": words[-1],
        "value_text": value_text,
        "reporter": countries[:1],
        "partner": countries[1:2],
        "origin": countries[:1],
        "destination": countries[1:2],
        "corridor": "middle_corridor" if family == "freight" else None,
        "mode": None,
        "commodity": None,
        "period_start": date(2025, 1, 1),
        "period_end": date(2025, 12, 31),
        "value_start": value_start,
        "value_end": value_start + len(value_text),
    }


def _agreement(document: Document, line: str, start: int) -> tuple[str, dict[str, object]]:
    return "agreement_claims", {
        **_grounds(document, line, start),
        "name": None,
        "form": "memorandum",
        "subject": "transport",
        "status": "signed",
        "parties": ["GEO", "KAZ"],
        "organisations": [],
        "date_start": date(2026, 1, 5),
        "date_end": date(2026, 1, 5),
        "place": None,
    }


def _rejected(document: Document, line: str, start: int) -> tuple[str, dict[str, object]]:
    grounds = _grounds(document, line, start)
    keys = ("claim_id", "doc_id")
    claim = json.dumps(grounds, sort_keys=True)
    return "rejected_claims", {
        **{k: grounds[k] for k in keys},
        "family": "trade",
        "reasons": ["low_above_high"],
        "claim": claim,
    }


_MAKERS = {"broken": _rejected, "exports": _quantity, "turnover": _quantity, "cargo": _quantity, "agreement": _agreement}


def refresh(
    store: Store,
    inputs: Sequence[RawText | Unreadable],
    warehouse: Path,
    number: int = 1,
    source: str = "made",
    **options: object,
) -> tuple[SourceRefresh, SourceExtraction, Publication]:
    """A whole refresh of one source on day `number`."""
    with store.exclusive():
        reading, extraction = refresh_source(store, inputs, number, source)
        publication = publish(store, warehouse, extractor_version=VERSION, now=day(number), **options)  # type: ignore[arg-type]
    return reading, extraction, publication


def refresh_source(
    store: Store, inputs: Sequence[RawText | Unreadable], number: int = 1, source: str = "made"
) -> tuple[SourceRefresh, SourceExtraction]:
    """The first half of a refresh: reading and extracting, without publishing. Whatever the source gives is taken."""
    with store.exclusive():
        under_way = store.open_refresh(day(number))
        reading = refresh_documents(
            store, source, inputs, read=read, version=VERSION, refresh=under_way, now=day(number), accepted=True
        )
        extraction = extract_claims(store, source, extract=extract, version=VERSION, refresh=under_way)
    return reading, extraction
