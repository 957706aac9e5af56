"""Brings the store up to date with a source: reads what is new or changed, extracts what was not extracted yet.

Reading and extracting themselves are passed in as functions from a batch to its results, and how batches are run (inline,
on processes, on a cluster) as an engine; only deciding what to run and keeping the results belongs here.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

import polars as pl

from pipeline.contract.tables import CLAIM_TABLES, REJECTED_CLAIMS
from pipeline.documents.corrections import version_told
from pipeline.documents.document import Document, Sentence, Span
from pipeline.documents.formats.kinds import format_of
from pipeline.documents.repeats import Sketch, sketch
from pipeline.sources.raw import RawText, Told, Unreadable, UnreadableReason
from pipeline.sources.running import VolumeLimits
from pipeline.warehouse.errors import BrokenTextsError, LostResultError, WorkerDiedError
from pipeline.warehouse.ledger import MET_SCHEMA, State, compare, next_ledger
from pipeline.warehouse.store import (
    CLAIM_INDEX,
    DOCUMENT_INDEX,
    DOCUMENT_SCHEMA,
    EXTRACTED_TABLES,
    EXTRACTION_FAILED,
    HELD_BACK,
    PARTLY_READ,
    READ,
    READ_AGAIN,
    READING_FAILED,
    SKETCH_SCHEMA,
    Refresh,
    SourceRefresh,
    Store,
)
from pipeline.warehouse.volume import Volume, judge_volume, told, told_left_out

B = TypeVar("B")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

ReadBatch = Callable[[Sequence[RawText]], Sequence[Document | Unreadable]]


class _Limit(NamedTuple):
    """How much is taken together: so many inputs, or so many bytes or characters of them, whichever comes first."""

    inputs: int
    size: int


BATCH = _Limit(100, 500_000)  # a few seconds of work: small enough to balance workers, large enough to be worth sending
SEGMENT = _Limit(2_000, 50_000_000)  # what an interrupted refresh may have to do again, and what is held in memory


class Work(Protocol[B, R_co]):
    """A function over a batch of texts, which also says what becomes of a text that ended the process working on it."""

    def __call__(self, batch: list[B], /) -> R_co:
        """The result for a batch."""

    def died(self, text: B, error: WorkerDiedError, /) -> R_co:
        """The result for one text whose worker died twice; raises `error`, or one that says more, if there can be none."""


class Engine(Protocol):
    """Runs work over batches. Results may come in any order; an exception in a batch is raised here."""

    def __call__(self, work: Work[B, R], batches: Iterable[list[B]], /) -> Iterator[R]:
        """Yields `work(batch)` for each batch, or for the parts of a batch that had to be divided."""


@dataclass(frozen=True, slots=True)
class ClaimBatch:
    """What a batch of documents yields.

    `emitted` has `doc_id` and `emitted`, one row for each document, counted before validation. `accepted` has frames by table
    (`trade_claims`, `freight_claims`, `agreement_claims`) in the contract's columns. `rejected` has the contract's columns but
    `refresh_id`, which is set here. `beside` has what else was found, by table (`acronym_mentions`), in the contract's columns.
    Frames without rows may be left out of `accepted` and `beside`.
    """

    emitted: pl.DataFrame
    accepted: dict[str, pl.DataFrame]
    rejected: pl.DataFrame
    beside: dict[str, pl.DataFrame] = field(default_factory=dict)


ExtractBatch = Callable[[Sequence[Document]], ClaimBatch]


@dataclass(frozen=True, slots=True)
class SourceExtraction:
    """How extraction of a source's documents went. `claims` and `rejected` count all that the source holds now.

    `failures` are the texts on which extraction broke down, by address, with the error; `extracted` does not count them.
    """

    source: str
    documents: int
    extracted: int
    claims: int
    rejected: int
    failures: Mapping[str, str]


def inline(work: Work[B, R], batches: Iterable[list[B]], /) -> Iterator[R]:
    """The engine that runs in this process, batch after batch."""
    return map(work, batches)


# Reading ------------------------------------------------------------------------------------------------------------


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
    limits: VolumeLimits | None = None,
    accepted: bool = False,
    asked: bool = True,
) -> SourceRefresh:
    """Reads the inputs of `source` that are new or changed, or were read by another `version`, and commits its ledger.

    `read` gives one result for each input, in their order. Inputs are consumed as a stream. An input on which `read` breaks
    down is kept as unreadable and tried again the next time; the others go on, unless there are none. On any other error what
    the source held before stays valid, the failure is logged, and the error is raised again. What was found counts as seen
    at `now`, when reading ended. Needs the store's lock.

    A reading that met far fewer or more documents than the source usually gives is held back: it is logged as `HELD_BACK`, and
    what the source held stays. Texts that only readings with too many met are left out of later ones, though a source may keep
    them; those of a reading with too few come in with the next good one. What a source keeps from a reading that broke off
    before it was judged is judged with the next. One that somebody `accepted` is committed whatever it met; one for which the
    source was not `asked`, but gave what it keeps, is logged as `READ_AGAIN`, and none is judged. What the source held in
    places that it could not look into stays in any case; that, or lists that could not be read, make a reading `PARTLY_READ`.
    """
    try:
        # What the ledger holds came in, though a process that was killed then did not free its address.
        held = _held(store, source)
        held_back = set() if accepted else store.held_back(source) - held
        reading = _Reading.begin(store, version, held_back)
        batches = _grouped(reading.unread(inputs), lambda raw: len(raw.content), BATCH)
        results = (one for several in engine(_Reader(read), batches) for one in several)
        broken: list[_ReadInput] = []
        for part in _grouped(reading.sound(results, broken), _size_of_result, SEGMENT):
            tables = {"documents": _document_frame(part), "sketches": _sketch_frame(part)}
            store.documents.add(_document_index(part, version), tables)
        reading.require_some_sound(store, version, broken)
        store.documents.add(_document_index(broken, version), {})
        unreached = reading.unreached(store.ledger(source))
        inputs_met = pl.concat([reading.inputs(store), unreached])
    except Exception as error:
        store.log_failure(refresh, source, READING_FAILED, error)
        raise
    brought = _brought(inputs_met, held)
    given = _documents_given(pl.concat([brought, unreached]))
    volume = judge_volume(store, source, given, limits) if asked and not accepted else Volume()
    if reading.failed_lists and not volume.too_many:
        volume = Volume(volume.usually)  # how many texts those lists would have named, nobody knows
    newcomers = set(brought.drop_nulls("input_id")["uri"]) - held
    if volume.too_many and not newcomers:
        volume = Volume(volume.usually)  # what is held came in as usual, however little was to be had since
    if volume.too_many:
        store.hold_back(source, reading.held_back | newcomers)
    unread = reading.unread_parts(unreached)
    status = (PARTLY_READ if unread else READ) if asked else READ_AGAIN
    ended = _Ended(refresh, refresh.moment(now), status, volume, given, len(reading.left_out), told_unread_parts(unread))
    summary = _commit(store, source, inputs_met, ended)
    if not volume.fault:
        store.hold_back(source, reading.left_out)
    return summary


def _held(store: Store, source: str) -> set[str]:
    return set(store.ledger(source).filter(pl.col("state") == State.PRESENT)["uri"])


# The source told of these texts, so it gave them, whatever kept them from being fetched.
_TOLD_OF = ("unreachable", "postponed", "not_fetched")


def _brought(inputs: pl.DataFrame, held: set[str]) -> pl.DataFrame:
    """Of what a source gave, what it met now, and what it met before but never brought in."""
    return inputs.filter(pl.col("seen") | pl.col("uri").is_in(held).not_())


def _documents_given(brought: pl.DataFrame) -> int:
    given = brought.drop_nulls("doc_id")
    not_fetched = brought.filter(pl.col("reason").is_in(_TOLD_OF)).join(given, on="uri", how="anti")["uri"].n_unique()
    return given["doc_id"].n_unique() + not_fetched


_BROKEN: UnreadableReason = "reading_broke"
_OF_PLACES: tuple[UnreadableReason, ...] = ("no_permission", "read_error")
# How long a file takes depends on what else the machine does, and so may whether a process survives it.
_TRIED_AGAIN = ("too_slow", _BROKEN)


@dataclass
class _Reading:
    """One pass over a source's inputs: what it met (rows of the ledger), and which contents need no reading.

    Of the addresses `held_back`, `left_out` are those that the source keeps and did not meet. `failed_lists` name texts, and
    `places` hold them, and could not be read.
    """

    known: set[str]
    held_back: set[str]
    left_out: set[str] = field(default_factory=set)
    rows: list[tuple[str | bool | datetime | None, ...]] = field(default_factory=list)
    failed_lists: list[Unreadable] = field(default_factory=list)
    places: dict[str, Unreadable] = field(default_factory=dict)

    @classmethod
    def begin(cls, store: Store, version: str, held_back: set[str]) -> "_Reading":
        index = store.documents.index()
        settled = index.filter(pl.col("version") == version, ~pl.col("reason").is_in(_TRIED_AGAIN).fill_null(False))
        return cls(set(settled["input_id"]), held_back)

    def unread(self, inputs: Iterable[RawText | Unreadable]) -> Iterator[RawText]:
        """Notes every input and passes on those whose content was not read yet, each content once."""
        for item in inputs:
            if isinstance(item, Unreadable):
                self._note_fault(item)
                continue
            if not item.seen and item.uri in self.held_back:
                self.left_out.add(item.uri)
                continue
            key = input_id(item)
            self.rows.append((item.uri, item.file_name, key, State.PRESENT, None, None, item.seen, item.met_at))
            if key not in self.known:
                self.known.add(key)
                yield item

    def _note_fault(self, item: Unreadable) -> None:
        self.rows.append((item.uri, None, None, State.UNREADABLE, item.reason, item.detail, True, None))
        if item.listing:
            self.failed_lists.append(item)
        if item.reason in _OF_PLACES:
            self.places[item.uri] = item

    def unreached(self, ledger: pl.DataFrame) -> pl.DataFrame:
        """What a ledger holds in the places that could not be looked into, and below them: a frame of `MET_SCHEMA`."""
        held = ledger.filter(pl.col("state") == State.PRESENT)
        within = [not self.places.keys().isdisjoint(_places_of(uri)) for uri in held["uri"]] if self.places else False
        return held.filter(within).with_columns(seen=False, met_at=None).select(MET_SCHEMA.names()).cast(MET_SCHEMA)

    def unread_parts(self, unreached: pl.DataFrame) -> list[Unreadable]:
        """The lists that could not be read, and the places in which something was held; `unreached` as above."""
        holding = {place for uri in unreached["uri"] for place in _places_of(uri)}
        return [*self.failed_lists, *(fault for uri, fault in self.places.items() if uri in holding)]

    def sound(self, results: Iterable["_ReadInput"], broken: list["_ReadInput"]) -> Iterator["_ReadInput"]:
        """Passes on all results but those of inputs on which reading broke down, which go to `broken`."""
        for one in results:
            if isinstance(one.result, Unreadable) and one.result.reason == _BROKEN:
                broken.append(one)
            else:
                yield one

    def require_some_sound(self, store: Store, version: str, broken: Sequence["_ReadInput"]) -> None:
        """Raises `BrokenTextsError` if reading broke down and nothing of what was met could be read: the texts are hardly to
        blame, and what they were read as before stays.
        """
        if not broken:
            return
        read = store.documents.index().filter(pl.col("version") == version).drop_nulls("doc_id")
        met = pl.DataFrame([row[2] for row in self.rows], schema={"input_id": pl.String()})
        if met.join(read, on="input_id", how="semi").is_empty():
            raise BrokenTextsError("; ".join(_told_broken(one.result) for one in broken[:_MOST_NAMED]))

    def inputs(self, store: Store) -> pl.DataFrame:
        """All inputs noted, with the documents that they were read as: a frame of `MET_SCHEMA`.

        Raises `LostResultError` if some have no result.
        """
        names = [name for name in MET_SCHEMA if name != "doc_id"]
        frame = pl.DataFrame(self.rows, schema={name: MET_SCHEMA[name] for name in names}, orient="row")
        known = store.documents.index().select("input_id", "doc_id")
        _require_all(frame.drop_nulls("input_id"), known)
        return frame.join(known, on="input_id", how="left").select(MET_SCHEMA.names())


def _places_of(uri: str) -> Iterator[str]:
    """An address, and the folders that it lies in."""
    while uri:
        yield uri
        uri = uri.rpartition("/")[0]


class _ReadInput(NamedTuple):
    """What became of an input. `sketch` is None if it could not be read."""

    input_id: str
    result: Document | Unreadable
    sketch: Sketch | None
    version_told: int = 0


@dataclass(frozen=True)
class _Reader:
    """Names the input of each result, so that batches may come back in any order. Pickles with its function."""

    read: ReadBatch

    def __call__(self, batch: list[RawText]) -> list[_ReadInput]:
        try:
            results = self.read(batch)
        except Exception as error:
            if len(batch) > 1:
                return [one for raw in batch for one in self([raw])]
            return self._broken(batch[0], error.__cause__ or error)
        return [
            _ReadInput(input_id(raw), result, sketch(result), version_told(result))
            if isinstance(result, Document)
            else _ReadInput(input_id(raw), result, None)
            for raw, result in zip(batch, results, strict=True)
        ]

    def died(self, raw: RawText, error: WorkerDiedError) -> list[_ReadInput]:
        return self._broken(raw, error)

    def _broken(self, raw: RawText, error: BaseException) -> list[_ReadInput]:
        detail = " ".join(f"reading broke down on it: {type(error).__name__}: {error}".split())
        return [_ReadInput(input_id(raw), Unreadable(raw.uri, raw.source, _BROKEN, detail), None)]


def _told_broken(result: Document | Unreadable) -> str:
    return f"{result.uri}: {result.detail}" if isinstance(result, Unreadable) else result.uri


class _Ended(NamedTuple):
    """How a reading ended, but for what it found."""

    refresh: Refresh
    moment: datetime
    status: str
    volume: Volume
    given: int
    left_out: int
    told_unread: str


def _commit(store: Store, source: str, inputs: pl.DataFrame, ended: _Ended) -> SourceRefresh:
    before = store.ledger(source)
    difference = compare(before, inputs)
    seen = inputs.filter("seen")["doc_id"].drop_nulls().unique()
    held = inputs["doc_id"].drop_nulls().n_unique()
    summary = SourceRefresh(
        refresh_id=ended.refresh.refresh_id,
        source=source,
        finished_at=ended.moment,
        documents_seen=seen.len(),
        documents_new=len(difference.new),
        documents_changed=len(difference.changed),
        documents_removed=len(difference.removed),
        documents_kept=held - seen.len(),
        documents_given=ended.given,
        unreadable=inputs["doc_id"].null_count(),
        status=ended.status,
        detail="; ".join(filter(None, (ended.told_unread, told_left_out(ended.left_out, source)))) or None,
    )
    if ended.volume.fault:
        nothing_new = replace(summary, documents_new=0, documents_changed=0, documents_removed=0)
        summary = replace(nothing_new, status=HELD_BACK, detail=told(ended.volume, source))
        store.log_source(summary)
        return summary
    store.commit_source(next_ledger(before, inputs, ended.refresh.refresh_id, ended.moment), summary)
    return summary


def _size_of_result(read: _ReadInput) -> int:
    return len(read.result.text) if isinstance(read.result, Document) else 0


def _document_frame(part: Iterable[_ReadInput]) -> pl.DataFrame:
    rows = [
        {
            "input_id": read.input_id,
            **{name: getattr(read.result, name) for name in DOCUMENT_SCHEMA},
            "furniture": [_fields(span) for span in read.result.furniture],
            "sentences": [
                {"start": s.start, "end": s.end, "kind": s.kind, "paragraph": s.paragraph} for s in read.result.sentences
            ],
            "dateline": read.result.dateline and _fields(read.result.dateline),
        }
        for read in part
        if isinstance(read.result, Document)
    ]
    return pl.DataFrame(rows, schema={"input_id": pl.String(), **DOCUMENT_SCHEMA})


def _sketch_frame(part: Iterable[_ReadInput]) -> pl.DataFrame:
    rows = [
        (read.input_id, read.sketch.shingles, read.sketch.minhash, read.sketch.figures, read.version_told)
        for read in part
        if read.sketch is not None
    ]
    return pl.DataFrame(rows, schema={"input_id": pl.String(), **SKETCH_SCHEMA}, orient="row")


def _fields(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _document_index(part: Iterable[_ReadInput], version: str) -> pl.DataFrame:
    rows = [
        (read.input_id, read.result.doc_id, version, read.sketch and read.sketch.content_key, None, None)
        if isinstance(read.result, Document)
        else (read.input_id, None, version, None, read.result.reason, read.result.detail)
        for read in part
    ]
    return pl.DataFrame(rows, schema={"input_id": pl.String(), **DOCUMENT_INDEX}, orient="row")


def input_id(raw: RawText) -> str:
    """A hash of all that reading a text depends on: its bytes, and what was told beside them.

    Plain text about which nothing is told is named by its bytes alone, wherever it lies.
    """
    digest = hashlib.sha256(raw.content)
    kind, told = format_of(raw), raw.told
    if kind != "text" or raw.charset or told != _NOTHING:
        published = told.published_on.isoformat() if told.published_on else None
        beside = (kind, raw.charset, told.title, told.author, told.publisher, published, told.language)
        digest.update(b"\0" + json.dumps(beside).encode("ascii"))
    return digest.hexdigest()[:32]


_NOTHING = Told()


# Extracting ---------------------------------------------------------------------------------------------------------


def extract_claims(
    store: Store, source: str, *, extract: ExtractBatch, version: str, refresh: Refresh, engine: Engine = inline
) -> SourceExtraction:
    """Extracts the claims of those documents of `source` that were not extracted by `version` yet. Needs the store's lock.

    A document on which `extract` breaks down is kept as a failure, and tried again the next time; the others go on. On any
    other error the failure is logged and the error raised again; what was done before it is kept and not done again.
    """
    live = _live_documents(store, source)
    pending = live.join(extracted(store, version), on=["input_id", "doc_id", "read_version"], how="anti")
    try:
        batches = _document_batches(store, source, pending)
        results = (one for several in engine(_Extractor(extract), batches) for one in several)
        for part in _grouped(results, lambda result: len(result.input_ids), _Limit(SEGMENT.inputs, SEGMENT.inputs)):
            _keep_claims(store, pending, part, version, refresh)
        index = store.claims.index().join(live, on="input_id", how="semi")
        _require_all(live, index.filter(pl.col("version") == version))
    except Exception as error:
        store.log_failure(refresh, source, EXTRACTION_FAILED, error)
        raise
    failed = index.drop_nulls("error").join(live.select("input_id", "uri"), on="input_id").sort("uri")
    failures = dict(failed.select("uri", "error").iter_rows())
    if failures:
        store.log_failure(refresh, source, EXTRACTION_FAILED, BrokenTextsError(told_failures(failures)))
    accepted, rejected = (int(index[name].sum()) for name in ("accepted", "rejected"))
    return SourceExtraction(source, live.height, pending.height - len(failures), accepted, rejected, failures)


def extracted(store: Store, version: str) -> pl.DataFrame:
    """The rows of the index of claims for what `version` extracted without breaking down."""
    return store.claims.index().filter(pl.col("version") == version, pl.col("error").is_null())


def told_failures(failures: Mapping[str, str]) -> str:
    """Texts on which extraction broke down, address -> error, in one line: the first few, and how many more."""
    told = "; ".join(f"{uri} ({error})" for uri, error in list(failures.items())[:_MOST_NAMED])
    more = len(failures) - _MOST_NAMED
    return f"extraction broke down on {told}" + (f" and {more} more" if more > 0 else "")


def told_unread_parts(faults: Sequence[Unreadable]) -> str:
    """Lists and places that could not be read, in one line: the first few, and how many more; empty for none."""
    if not faults:
        return ""
    named = "; ".join(f"{fault.uri} ({fault.detail})" for fault in faults[:_MOST_NAMED])
    more = f" and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
    return f"could not read {named}{more}; what it held of that stays"


_MOST_NAMED = 3


class _Extracted(NamedTuple):
    """The inputs of a batch and the claims of its documents, tables by name with the `input_id` of each row."""

    input_ids: list[str]
    counts: pl.DataFrame
    tables: dict[str, pl.DataFrame]


@dataclass(frozen=True)
class _Extractor:
    """Names the input of each row. Pickles with its function."""

    extract: ExtractBatch

    def __call__(self, batch: list[tuple[str, Document]]) -> list[_Extracted]:
        try:
            return [self._extracted(part) for part in without_repeats(batch, lambda pair: pair[1].doc_id)]
        except Exception as error:
            if len(batch) > 1:
                return [one for pair in batch for one in self([pair])]
            cause = error.__cause__ or error  # an error that names the text is told beside its name already
            return [self._failed(batch[0], f"{type(cause).__name__}: {cause}")]

    def died(self, pair: tuple[str, Document], error: WorkerDiedError) -> list[_Extracted]:
        return [self._failed(pair, f"{type(error).__name__}: {error}")]

    def _failed(self, pair: tuple[str, Document], error: str) -> _Extracted:
        input_id, document = pair
        row = (input_id, document.doc_id, 0, 0, 0, " ".join(error.split()))
        return _Extracted([input_id], pl.DataFrame([row], schema=_COUNTS, orient="row"), {})

    def _extracted(self, batch: list[tuple[str, Document]]) -> _Extracted:
        result = self.extract([document for _, document in batch])
        rows = [(key, document.doc_id) for key, document in batch]
        keys = pl.DataFrame(rows, schema={"input_id": pl.String(), "doc_id": pl.String()}, orient="row")
        accepted = {name: frame for name, frame in result.accepted.items() if name in _CLAIM_TABLE_NAMES}
        counts = (
            keys.join(result.emitted.select("doc_id", pl.col("emitted").cast(pl.Int32)), on="doc_id", how="left")
            .join(_rows_by_document(accepted.values(), "accepted"), on="doc_id", how="left")
            .join(_rows_by_document([result.rejected], "rejected"), on="doc_id", how="left")
            .with_columns(pl.col("emitted", "accepted", "rejected").fill_null(0), error=pl.lit(None, pl.String()))
            .select(_COUNTS.names())
        )
        found = {**accepted, REJECTED_CLAIMS.name: result.rejected, **result.beside}
        tables = {name: frame.join(keys, on="doc_id") for name, frame in found.items()}
        return _Extracted([key for key, _ in batch], counts, tables)


def without_repeats(found: Iterable[B], doc_id: Callable[[B], str]) -> list[list[B]]:
    """What was found in parts in which no doc_id occurs twice: one text may be that of several files, told with other dates."""
    parts: list[dict[str, B]] = []
    for one in found:
        part = next((part for part in parts if doc_id(one) not in part), None)
        if part is None:
            parts.append(part := {})
        part[doc_id(one)] = one
    return [list(part.values()) for part in parts]


_COUNTS = pl.Schema(
    {
        "input_id": pl.String(),
        "doc_id": pl.String(),
        **{name: CLAIM_INDEX[name] for name in ("emitted", "accepted", "rejected", "error")},
    }
)
_CLAIM_TABLE_NAMES = frozenset(table.name for table in CLAIM_TABLES.values())


def _rows_by_document(frames: Iterable[pl.DataFrame], name: str) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"doc_id": pl.String()})
    rows = pl.concat([empty, *(frame.select("doc_id") for frame in frames)])
    return rows.group_by("doc_id").agg(pl.len().cast(pl.Int32).alias(name))


def _keep_claims(store: Store, pending: pl.DataFrame, results: Sequence[_Extracted], version: str, refresh: Refresh) -> None:
    origin = pl.lit(refresh.refresh_id)
    tables = {}
    for name in (table.name for table in EXTRACTED_TABLES):
        frames = [result.tables[name] for result in results if name in result.tables]
        if frames:
            tables[name] = pl.concat(frames)
    if REJECTED_CLAIMS.name in tables:
        tables[REJECTED_CLAIMS.name] = tables[REJECTED_CLAIMS.name].with_columns(refresh_id=origin)
    counts = pl.concat([result.counts for result in results])
    read_versions = pending.select("input_id", "read_version")
    index = counts.join(read_versions, on="input_id").with_columns(version=pl.lit(version), refresh_id=origin)
    store.claims.add(index, tables)


def _live_documents(store: Store, source: str) -> pl.DataFrame:
    """Readable inputs of a source with their place in the store: input_id, uri, file_name, doc_id, read_version, segment."""
    ledger = store.ledger(source).filter(pl.col("state") == State.PRESENT).select("input_id", "uri", "file_name")
    first = ledger.sort("input_id", "uri").unique("input_id", keep="first", maintain_order=True)
    read = store.documents.index().drop_nulls("doc_id").select("input_id", "doc_id", "segment", "part", read_version="version")
    return first.join(read, on="input_id")


def _document_batches(store: Store, source: str, pending: pl.DataFrame) -> Iterator[list[tuple[str, Document]]]:
    for part in pending.sort("segment", "input_id").iter_slices(SEGMENT.inputs):
        yield from _grouped(_load_documents(store, source, part), lambda pair: len(pair[1].text), BATCH)


def _load_documents(store: Store, source: str, live: pl.DataFrame) -> Iterator[tuple[str, Document]]:
    places = live.select("input_id", "uri", "file_name")
    frame = store.documents.read("documents", live).join(places, on="input_id").sort("input_id")
    for row in frame.iter_rows(named=True):
        yield row["input_id"], _document(source, row)


def _document(source: str, row: dict[str, Any]) -> Document:
    return Document(
        source=source,
        furniture=tuple(Span(**span) for span in row["furniture"]),
        sentences=tuple(Sentence(**sentence) for sentence in row["sentences"]),
        dateline=Span(**row["dateline"]) if row["dateline"] else None,
        **{name: row[name] for name in _PLAIN_FIELDS},
    )


_PLAIN_FIELDS = (*(name for name in DOCUMENT_SCHEMA if name not in ("furniture", "sentences", "dateline")), "uri", "file_name")


def _require_all(asked: pl.DataFrame, answered: pl.DataFrame) -> None:
    lost = asked.join(answered, on="input_id", how="anti")
    if lost.height:
        raise LostResultError(f"{lost.height} texts came back without a result, the first is {lost['uri'].sort()[0]}")


def _grouped(items: Iterable[B], size: Callable[[B], int], limit: _Limit) -> Iterator[list[B]]:
    group: list[B] = []
    weight = 0
    for item in items:
        group.append(item)
        weight += size(item)
        if len(group) >= limit.inputs or weight >= limit.size:
            yield group
            group, weight = [], 0
    if group:
        yield group
