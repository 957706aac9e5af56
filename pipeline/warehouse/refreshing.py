"""Brings the store up to date with a source: reads what is new or changed, extracts what was not extracted yet.

Reading and extracting themselves are passed in as functions from a batch to its results, and how batches are run (inline,
on processes, on a cluster) as an engine; only deciding what to run, and what a worker reads from the store and writes to it,
belongs here.
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
from pipeline.warehouse.filling import BATCH, Given, Receipt, filled
from pipeline.warehouse.ledger import MET_SCHEMA, State, compare, next_ledger
from pipeline.warehouse.segments import NO_PART, PART, NewSegment, Segments
from pipeline.warehouse.store import (
    CLAIM_INDEX,
    DOCUMENT_INDEX,
    DOCUMENT_SCHEMA,
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
        with filled(store.documents) as filling:
            batches = filling.batches(reading.unread(inputs), lambda one: len(one.raw.content))
            for receipt in engine(_Reader(read, version), batches):
                filling.take(reading.sound(receipt))
        reading.require_some_sound(store, version)
        store.documents.add(reading.broken, {})
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


_READ = pl.Schema({"input_id": pl.String(), **DOCUMENT_INDEX, PART: pl.String()})
_BROKEN: UnreadableReason = "reading_broke"
_OF_PLACES: tuple[UnreadableReason, ...] = ("no_permission", "read_error")
# How long a file takes depends on what else the machine does, and so may whether a process survives it.
_TRIED_AGAIN = ("too_slow", _BROKEN)


@dataclass
class _Reading:
    """One pass over a source's inputs: what it met (rows of the ledger), and which contents need no reading.

    Of the addresses `held_back`, `left_out` are those that the source keeps and did not meet. `failed_lists` name texts, and
    `places` hold them, and could not be read. `broken` are the inputs on which reading broke down, as rows of the index.
    """

    known: set[str]
    held_back: set[str]
    left_out: set[str] = field(default_factory=set)
    broken: pl.DataFrame = field(default_factory=_READ.to_frame)
    rows: list[tuple[str | bool | datetime | None, ...]] = field(default_factory=list)
    failed_lists: list[Unreadable] = field(default_factory=list)
    places: dict[str, Unreadable] = field(default_factory=dict)

    @classmethod
    def begin(cls, store: Store, version: str, held_back: set[str]) -> "_Reading":
        index = store.documents.index()
        settled = index.filter(pl.col("version") == version, ~pl.col("reason").is_in(_TRIED_AGAIN).fill_null(False))
        return cls(set(settled["input_id"]), held_back)

    def unread(self, inputs: Iterable[RawText | Unreadable]) -> Iterator["_Input"]:
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
                yield _Input(key, item)

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

    def sound(self, receipt: Receipt) -> Receipt:
        """The receipt without the inputs on which reading broke down, which are noted as broken."""
        is_broken = pl.col("reason").eq_missing(_BROKEN)
        self.broken = pl.concat([self.broken, receipt.rows.filter(is_broken)])
        return receipt._replace(rows=receipt.rows.filter(~is_broken))

    def require_some_sound(self, store: Store, version: str) -> None:
        """Raises `BrokenTextsError` if reading broke down and nothing of what was met could be read: the texts are hardly to
        blame, and what they were read as before stays.
        """
        if self.broken.is_empty():
            return
        read = store.documents.index().filter(pl.col("version") == version).drop_nulls("doc_id")
        met = pl.DataFrame([row[2] for row in self.rows], schema={"input_id": pl.String()})
        if met.join(read, on="input_id", how="semi").is_empty():
            named = {key: uri for uri, _, key, *_ in self.rows}
            told = self.broken.head(_MOST_NAMED).select("input_id", "detail").iter_rows()
            raise BrokenTextsError("; ".join(f"{named[key]}: {detail}" for key, detail in told))

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


class _Input(NamedTuple):
    """A text that is to be read, with its name in the store."""

    input_id: str
    raw: RawText


class _ReadInput(NamedTuple):
    """What became of an input. `sketch` is None if it could not be read."""

    input_id: str
    result: Document | Unreadable
    sketch: Sketch | None
    version_told: int = 0


@dataclass(frozen=True)
class _Reader:
    """Reads texts and writes them to the store, as documents of `version`. Pickles with its function."""

    read: ReadBatch
    version: str

    def __call__(self, batch: list[Given[_Input]]) -> Receipt:
        read = self._read([given.item for given in batch])
        part = batch[0].segment.add_part({"documents": _document_frame(read), "sketches": _sketch_frame(read)})
        return self._receipt(batch[0].segment, read, part)

    def died(self, given: Given[_Input], error: WorkerDiedError) -> Receipt:
        return self._receipt(given.segment, [_broken(given.item, error)], NO_PART)

    def _read(self, batch: list[_Input]) -> list[_ReadInput]:
        try:
            results = self.read([one.raw for one in batch])
        except Exception as error:
            if len(batch) > 1:
                return [result for one in batch for result in self._read([one])]
            return [_broken(batch[0], error.__cause__ or error)]
        return [
            _ReadInput(one.input_id, result, sketch(result), version_told(result))
            if isinstance(result, Document)
            else _ReadInput(one.input_id, result, None)
            for one, result in zip(batch, results, strict=True)
        ]

    def _receipt(self, segment: NewSegment, read: Sequence[_ReadInput], part: str) -> Receipt:
        return Receipt(segment.name, len(read), _document_index(read, self.version, part))


def _broken(one: _Input, error: BaseException) -> _ReadInput:
    detail = " ".join(f"reading broke down on it: {type(error).__name__}: {error}".split())
    return _ReadInput(one.input_id, Unreadable(one.raw.uri, one.raw.source, _BROKEN, detail), None)


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


def _document_index(read: Iterable[_ReadInput], version: str, part: str) -> pl.DataFrame:
    rows = [
        (one.input_id, found.doc_id, version, one.sketch and one.sketch.content_key, None, None, len(found.text), part)
        if isinstance(found := one.result, Document)
        else (one.input_id, None, version, None, found.reason, found.detail, None, NO_PART)
        for one in read
    ]
    return pl.DataFrame(rows, schema=_READ, orient="row")


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
        with filled(store.claims) as filling:
            batches = filling.batches(_places(pending), lambda place: place.characters)
            work = _Extractor(extract, store.documents, source, version, refresh.refresh_id)
            for receipt in engine(work, batches):
                filling.take(receipt)
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


class _DocumentPlace(NamedTuple):
    """Where a document lies in the store, and what else is known of it there."""

    input_id: str
    doc_id: str
    read_version: str
    uri: str
    file_name: str
    segment: str
    part: str | None
    characters: int


class _Extracted(NamedTuple):
    """The counts of documents, and their claims: tables by name with the `input_id` of each row."""

    counts: pl.DataFrame
    tables: dict[str, pl.DataFrame]


@dataclass(frozen=True)
class _Extractor:
    """Reads documents from the store and writes their claims to it. Pickles with its function."""

    extract: ExtractBatch
    documents: Segments
    source: str
    version: str
    refresh_id: str

    def __call__(self, batch: list[Given[_DocumentPlace]]) -> Receipt:
        places = [given.item for given in batch]
        found = self._tried(list(_load_documents(self.documents, self.source, places)))
        tables = {
            name: pl.concat([one.tables[name] for one in found if name in one.tables])
            for name in dict.fromkeys(name for one in found for name in one.tables)
        }
        part = batch[0].segment.add_part(tables)
        return self._receipt(batch[0].segment, places, pl.concat([one.counts for one in found]), part)

    def died(self, given: Given[_DocumentPlace], error: WorkerDiedError) -> Receipt:
        place = given.item
        failed = _failed(place.input_id, place.doc_id, f"{type(error).__name__}: {error}")
        return self._receipt(given.segment, [place], failed.counts, NO_PART)

    def _receipt(self, segment: NewSegment, places: Sequence[_DocumentPlace], counts: pl.DataFrame, part: str) -> Receipt:
        read = pl.DataFrame({name: [getattr(place, name) for place in places] for name in ("input_id", "read_version")})
        index = counts.join(read, on="input_id").with_columns(
            version=pl.lit(self.version), refresh_id=pl.lit(self.refresh_id), part=pl.lit(part)
        )
        return Receipt(segment.name, len(places), index.select("input_id", *CLAIM_INDEX, PART))

    def _tried(self, batch: list[tuple[str, Document]]) -> list[_Extracted]:
        try:
            return [self._extracted(part) for part in _without_repeats(batch)]
        except Exception as error:
            if len(batch) > 1:
                return [one for pair in batch for one in self._tried([pair])]
            cause = error.__cause__ or error  # an error that names the text is told beside its name already
            return [_failed(batch[0][0], batch[0][1].doc_id, f"{type(cause).__name__}: {cause}")]

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
        rejected = result.rejected.with_columns(refresh_id=pl.lit(self.refresh_id))
        found = {**accepted, REJECTED_CLAIMS.name: rejected, **result.beside}
        return _Extracted(counts, {name: frame.join(keys, on="doc_id") for name, frame in found.items()})


def _failed(input_id: str, doc_id: str, error: str) -> _Extracted:
    row = (input_id, doc_id, 0, 0, 0, " ".join(error.split()))
    return _Extracted(pl.DataFrame([row], schema=_COUNTS, orient="row"), {})


def _without_repeats(batch: Iterable[tuple[str, Document]]) -> list[list[tuple[str, Document]]]:
    """The batch in parts in which no doc_id occurs twice: one text may be that of several files, told with other dates."""
    parts: list[dict[str, tuple[str, Document]]] = []
    for pair in batch:
        doc_id = pair[1].doc_id
        part = next((part for part in parts if doc_id not in part), None)
        if part is None:
            parts.append(part := {})
        part[doc_id] = pair
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


def _live_documents(store: Store, source: str) -> pl.DataFrame:
    """Readable inputs of a source with their place in the store: a frame with the fields of `_DocumentPlace`."""
    ledger = store.ledger(source).filter(pl.col("state") == State.PRESENT).select("input_id", "uri", "file_name")
    first = ledger.sort("input_id", "uri").unique("input_id", keep="first", maintain_order=True)
    read = (
        store.documents.index()
        .drop_nulls("doc_id")
        .select("input_id", "doc_id", "segment", PART, "characters", read_version="version")
    )
    return first.join(read, on="input_id")


def _places(pending: pl.DataFrame) -> Iterator[_DocumentPlace]:
    ordered = pending.sort("segment", PART, "input_id").with_columns(pl.col("characters").fill_null(_USUAL_CHARACTERS))
    return map(_DocumentPlace._make, ordered.select(_DocumentPlace._fields).iter_rows())


_USUAL_CHARACTERS = BATCH.size // BATCH.inputs  # of a document of an older store, which does not tell


def _load_documents(documents: Segments, source: str, places: Sequence[_DocumentPlace]) -> Iterator[tuple[str, Document]]:
    live = pl.DataFrame(places, schema=_PLACE_SCHEMA, orient="row")
    told = live.select("input_id", "uri", "file_name")
    frame = documents.read("documents", live).join(told, on="input_id").sort("input_id")
    for row in frame.iter_rows(named=True):
        yield row["input_id"], _document(source, row)


_PLACE_SCHEMA = pl.Schema({name: pl.Int32() if name == "characters" else pl.String() for name in _DocumentPlace._fields})


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
