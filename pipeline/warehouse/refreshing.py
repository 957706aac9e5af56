"""Brings the store up to date with a source: reads what is new or changed, extracts what was not extracted yet.

Reading and extracting themselves are passed in as functions from a batch to its results, and how batches are run (inline,
on processes, on a cluster) as an engine; only deciding what to run and keeping the results belongs here.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import polars as pl

from pipeline.contract.tables import CLAIM_TABLES, REJECTED_CLAIMS
from pipeline.documents.document import Document, Sentence, Span
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.ledger import INPUT_SCHEMA, State, compare, next_ledger
from pipeline.warehouse.store import (
    DOCUMENT_INDEX,
    DOCUMENT_SCHEMA,
    EXTRACTION_FAILED,
    READ,
    READING_FAILED,
    Refresh,
    SourceRefresh,
    Store,
)

BATCH_INPUTS = 200
BATCH_SIZE = 4_000_000  # bytes of raw text, or characters of read text
SEGMENT_INPUTS = 2_000  # what an interrupted refresh may have to do again

B = TypeVar("B")
R = TypeVar("R")

ReadBatch = Callable[[Sequence[RawText]], Sequence[Document | Unreadable]]


class Engine(Protocol):
    """Runs a function over batches. Results may come in any order; an exception in a batch is raised here."""

    def __call__(self, function: Callable[[B], R], batches: Iterable[B], /) -> Iterator[R]:
        """Yields `function(batch)` for each batch."""


@dataclass(frozen=True, slots=True)
class ClaimBatch:
    """What a batch of documents yields.

    `emitted` has `doc_id` and `emitted`, one row for each document, counted before validation. `accepted` has frames by table
    (`trade_claims`, `freight_claims`, `agreement_claims`) in the contract's columns. `rejected` has the contract's columns but
    `refresh_id`, which is set here. Frames without rows may be left out of `accepted`.
    """

    emitted: pl.DataFrame
    accepted: dict[str, pl.DataFrame]
    rejected: pl.DataFrame


ExtractBatch = Callable[[Sequence[Document]], ClaimBatch]


@dataclass(frozen=True, slots=True)
class SourceExtraction:
    """How extraction of a source's documents went. `claims` and `rejected` count all that the source holds now."""

    source: str
    documents: int
    extracted: int
    claims: int
    rejected: int


def inline(function: Callable[[B], R], batches: Iterable[B], /) -> Iterator[R]:
    """The engine that runs in this process, batch after batch."""
    return map(function, batches)


def refresh_documents(
    store: Store,
    source: str,
    inputs: Iterable[RawText | Unreadable],
    *,
    read: ReadBatch,
    version: str,
    refresh: Refresh,
    engine: Engine = inline,
    now: datetime | None = None,
) -> SourceRefresh:
    """Reads the inputs of `source` that are new or changed, or were read by another `version`, and commits its ledger.

    `read` gives one result for each input, in their order. Inputs are consumed as a stream. On any error what the source
    held before stays valid, the failure is logged, and the error is raised again. Needs the store's lock.
    """
    stamp = now or datetime.now(UTC)
    try:
        reading = _SourceReading(store, version)
        for batch in _batches(reading.unread(inputs), lambda raw: len(raw.content), BATCH_INPUTS):
            reading.batches.append(batch)
            if sum(map(len, reading.batches)) >= SEGMENT_INPUTS:
                reading.keep(read, engine)
        reading.keep(read, engine)
    except Exception as error:
        store.log_failure(refresh, source, READING_FAILED, error)
        raise
    return _commit(store, source, reading, refresh, stamp)


@dataclass
class _SourceReading:
    """The state of one pass over a source's inputs."""

    store: Store
    version: str
    known: set[str] = field(default_factory=set)
    rows: list[tuple[str | None, ...]] = field(default_factory=list)
    batches: list[list[RawText]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = set(self.store.documents.index().filter(pl.col("version") == self.version)["input_id"])

    def unread(self, inputs: Iterable[RawText | Unreadable]) -> Iterator[RawText]:
        """Notes every input and passes on those whose content was not read yet, each content once."""
        for item in inputs:
            if isinstance(item, Unreadable):
                self.rows.append((item.uri, None, None, State.UNREADABLE, item.reason, item.detail))
                continue
            key = input_id(item)
            self.rows.append((item.uri, item.file_name, key, State.PRESENT, None, None))
            if key not in self.known:
                self.known.add(key)
                yield item

    def inputs(self) -> pl.DataFrame:
        """All inputs noted, with the documents that they were read as: a frame of `INPUT_SCHEMA`."""
        names = [name for name in INPUT_SCHEMA if name != "doc_id"]
        frame = pl.DataFrame(self.rows, schema={name: INPUT_SCHEMA[name] for name in names}, orient="row")
        known = self.store.documents.index().select("input_id", "doc_id")
        return frame.join(known, on="input_id", how="left").select(INPUT_SCHEMA.names())

    def keep(self, read: ReadBatch, engine: Engine) -> None:
        """Reads the batches gathered so far and stores the results as a segment."""
        batches, self.batches = self.batches, []
        results = [pair for pairs in engine(_Reader(read), batches) for pair in pairs]
        if results:
            self.store.documents.add(_document_index(results, self.version), {"documents": _document_frame(results)})


@dataclass(frozen=True)
class _Reader:
    """Pairs each result with the key of its input, so that batches may come back in any order. Pickles with its function."""

    read: ReadBatch

    def __call__(self, batch: list[RawText]) -> list[tuple[str, Document | Unreadable]]:
        return [(input_id(raw), result) for raw, result in zip(batch, self.read(batch), strict=True)]


def _commit(store: Store, source: str, reading: _SourceReading, refresh: Refresh, stamp: datetime) -> SourceRefresh:
    inputs = reading.inputs()
    before = store.ledger(source)
    difference = compare(before, inputs)
    summary = SourceRefresh(
        refresh_id=refresh.refresh_id,
        source=source,
        finished_at=stamp,
        documents_seen=inputs["doc_id"].drop_nulls().n_unique(),
        documents_new=len(difference.new),
        documents_changed=len(difference.changed),
        documents_removed=len(difference.removed),
        unreadable=inputs["doc_id"].null_count(),
        status=READ,
        detail=None,
    )
    store.commit_source(next_ledger(before, inputs, stamp, refresh.refresh_id), summary)
    return summary


def extract_claims(
    store: Store, source: str, *, extract: ExtractBatch, version: str, refresh: Refresh, engine: Engine = inline
) -> SourceExtraction:
    """Extracts the claims of those documents of `source` that were not extracted by `version` yet. Needs the store's lock.

    On an error the failure is logged and the error raised again; what was done before it is kept and not done again.
    """
    try:
        return _extract_pending(store, source, extract, version, refresh, engine)
    except Exception as error:
        store.log_failure(refresh, source, EXTRACTION_FAILED, error)
        raise


def _extract_pending(
    store: Store, source: str, extract: ExtractBatch, version: str, refresh: Refresh, engine: Engine
) -> SourceExtraction:
    live = _live_documents(store, source)
    done = store.claims.index().filter(pl.col("version") == version)
    pending = live.join(done, on=["input_id", "doc_id", "read_version"], how="anti")
    for part in _parts(pending):
        batches = _batches(_load_documents(store, source, part), lambda document: len(document.text), BATCH_INPUTS)
        _keep_claims(store, part.select("input_id", "doc_id", "read_version"), list(engine(extract, batches)), version, refresh)
    index = store.claims.index().join(live, on="input_id", how="semi")
    return SourceExtraction(source, live.height, pending.height, int(index["accepted"].sum()), int(index["rejected"].sum()))


def _parts(pending: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Slices in which no document occurs twice: the same bytes under two names are one document but two inputs."""
    rounds = pending.with_columns(round=pl.int_range(pl.len()).over("doc_id")).sort("round", "input_id")
    for turn in rounds.partition_by("round", maintain_order=True):
        yield from turn.iter_slices(SEGMENT_INPUTS)


def _keep_claims(store: Store, keys: pl.DataFrame, results: Sequence[ClaimBatch], version: str, refresh: Refresh) -> None:
    origin = pl.lit(refresh.refresh_id)
    inputs = keys.select("input_id", "doc_id")
    rejected = pl.concat([result.rejected for result in results], how="diagonal")
    tables = {REJECTED_CLAIMS.name: rejected.with_columns(refresh_id=origin).join(inputs, on="doc_id")}
    for table in CLAIM_TABLES.values():
        frames = [result.accepted[table.name] for result in results if table.name in result.accepted]
        if frames:
            tables[table.name] = pl.concat(frames).join(inputs, on="doc_id")
    emitted = pl.concat([result.emitted.select("doc_id", "emitted") for result in results])
    accepted = _rows_by_document(tables[table.name] for table in CLAIM_TABLES.values() if table.name in tables)
    index = keys
    for name, counts in (
        ("emitted", emitted),
        ("accepted", accepted),
        ("rejected", _rows_by_document([tables[REJECTED_CLAIMS.name]])),
    ):
        index = index.join(counts.rename({counts.columns[1]: name}), on="doc_id", how="left").with_columns(
            pl.col(name).fill_null(0)
        )
    store.claims.add(index.with_columns(version=pl.lit(version), refresh_id=origin), tables)


def _rows_by_document(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"doc_id": pl.String()})
    return pl.concat([empty, *(frame.select("doc_id") for frame in frames)]).group_by("doc_id").len()


def _live_documents(store: Store, source: str) -> pl.DataFrame:
    """Readable inputs of a source with their place in the store: input_id, uri, file_name, doc_id, read_version, segment."""
    ledger = store.ledger(source).filter(pl.col("state") == State.PRESENT).select("input_id", "uri", "file_name")
    first = ledger.sort("input_id", "uri").unique("input_id", keep="first", maintain_order=True)
    read = store.documents.index().drop_nulls("doc_id").select("input_id", "doc_id", "segment", read_version="version")
    return first.join(read, on="input_id")


def _load_documents(store: Store, source: str, live: pl.DataFrame) -> list[Document]:
    frame = (
        store.documents.read("documents", live)
        .join(live.select("input_id", "uri", "file_name"), on="input_id")
        .sort("input_id")
    )
    return [_document(source, row) for row in frame.iter_rows(named=True)]


def _document(source: str, row: dict[str, Any]) -> Document:
    return Document(
        source=source,
        furniture=tuple(Span(**span) for span in row["furniture"]),
        sentences=tuple(Sentence(**sentence) for sentence in row["sentences"]),
        **{name: row[name] for name in (*DOCUMENT_SCHEMA, "uri", "file_name") if name not in ("furniture", "sentences")},
    )


def _document_frame(results: Iterable[tuple[str, Document | Unreadable]]) -> pl.DataFrame:
    rows = [
        {
            "input_id": key,
            **{name: getattr(document, name) for name in DOCUMENT_SCHEMA},
            "furniture": [span._asdict() for span in document.furniture],
            "sentences": [
                {"start": s.start, "end": s.end, "kind": s.kind, "paragraph": s.paragraph} for s in document.sentences
            ],
        }
        for key, document in results
        if isinstance(document, Document)
    ]
    return pl.DataFrame(rows, schema={"input_id": pl.String(), **DOCUMENT_SCHEMA})


def _document_index(results: Iterable[tuple[str, Document | Unreadable]], version: str) -> pl.DataFrame:
    rows = [
        (key, result.doc_id, version, None, None)
        if isinstance(result, Document)
        else (key, None, version, result.reason, result.detail)
        for key, result in results
    ]
    return pl.DataFrame(rows, schema={"input_id": pl.String(), **DOCUMENT_INDEX}, orient="row")


def input_id(raw: RawText) -> str:
    """A hash of all that reading a text depends on: its bytes and its name."""
    digest = hashlib.sha256(raw.file_name.encode("utf-8", "surrogatepass"))
    digest.update(b"\0")
    digest.update(raw.content)
    return digest.hexdigest()[:32]


def _batches(items: Iterable[B], size: Callable[[B], int], most: int) -> Iterator[list[B]]:
    batch: list[B] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += size(item)
        if len(batch) >= most or weight >= BATCH_SIZE:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
