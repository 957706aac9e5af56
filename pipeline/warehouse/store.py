"""The memory of the pipeline: Parquet files that hold what was read and extracted, source by source.

Layout and log-keeping belong here; reading and extracting are in `refreshing`, the published file in `publishing`.

    store/format.json                  version of this layout
    store/lock                         held by the one writer
    store/refresh.json                 the refresh under way, if any
    store/published.json               the state of the file published last, by which it is known for untouched
    store/refreshes.parquet            log, one row per refresh
    store/source_refreshes.parquet     log, one row per source and refresh
    store/sources/<name>.parquet       ledger of a source: what it holds, and what it held once
    store/held_back/<name>.json        addresses that only readings gave which were held back
    store/documents/<number>/          segments of documents read
    store/claims/<number>/             segments of claims extracted, and of what was found beside them
    store/changes/<number>/            segments of the log of what each published refresh changed
    store/evaluation.parquet           how right the extractor is on annotated texts, with the calibration of confidence
    store/calibration.parquet
    store/fetched/<name>.sqlite        what a source on the network gave; see `pipeline.sources.fetched`

It lies in a folder or in a bucket of an object store (`places`); every file and every segment appears whole. The ledger is
what makes a reading of a source valid: whatever a crash leaves besides it is unreferenced, and the next refresh uses or
removes it.

A refresh lasts until it is published or fails, be that one run or several (a source read by hand, then its claims, then the
file). Between runs it waits. Every end is logged: a refresh whose process died without waiting or ending it is logged as
interrupted by the next writer, which begins one of its own and finds there what was read and extracted already. Whether one
that died while it published had published, the file tells.

The log of changes counts only for refreshes that are logged as published, so it is closed with them; what is written for one
that comes to no file goes as garbage.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote, unquote

import polars as pl

from pipeline.contract.analysis.history import CHANGES, DOCUMENT_CHANGES
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import (
    ACRONYM_MENTIONS,
    CLAIM_TABLES,
    DOCUMENTS,
    EVALUATION_TABLES,
    REFRESHES,
    REJECTED_CLAIMS,
    SOURCE_REFRESHES,
)
from pipeline.warehouse.errors import StoreFormatError, UnwritableError, interruptions_as_such, told_error
from pipeline.warehouse.files import FileState
from pipeline.warehouse.ledger import LEDGER_SCHEMA, State, gone
from pipeline.warehouse.outcome import row_of_refresh
from pipeline.warehouse.place_addresses import place_at
from pipeline.warehouse.places import relative_to
from pipeline.warehouse.segments import Segments
from pipeline.warehouse.upgrading import conform_file, conform_segments, conformed

# Raised whenever a column of the store changes; `upgrading` brings older stores up to it.
FORMAT = 7
EXTRACTED_TABLES = (*CLAIM_TABLES.values(), REJECTED_CLAIMS, ACRONYM_MENTIONS)

_SPAN = pl.Struct({"start": pl.Int32(), "end": pl.Int32()})
_SENTENCE = pl.Struct({"start": pl.Int32(), "end": pl.Int32(), "kind": pl.String(), "paragraph": pl.Int32()})
DOCUMENT_SCHEMA = pl.Schema(
    {
        "doc_id": pl.String(),
        "title": pl.String(),
        "author": pl.String(),
        "publisher": pl.String(),
        "published_on": pl.Date(),
        "language": pl.String(),
        "text": pl.String(),
        "furniture": pl.List(_SPAN),
        "sentences": pl.List(_SENTENCE),
        "dateline": _SPAN,
    }
)
# What is kept of a text to find those that repeat it, and which version of its story it says to be; see
# `pipeline.documents.standing`.
SKETCH_SCHEMA = pl.Schema({"shingles": pl.Int32(), "minhash": pl.Binary(), "figures": pl.Binary(), "version_told": pl.Int32()})
# doc_id is NULL for what could not be read; then reason and detail say why. content_key is equal for documents that repeat
# each other. characters is the length of the text.
DOCUMENT_INDEX = {
    "doc_id": pl.String(),
    "version": pl.String(),
    "content_key": pl.String(),
    "reason": pl.String(),
    "detail": pl.String(),
    "characters": pl.Int32(),
}
# read_version is the version that read the document which the claims were extracted from; error is what extraction broke down
# with, NULL if it did not.
CLAIM_INDEX = {
    "doc_id": pl.String(),
    "read_version": pl.String(),
    "version": pl.String(),
    "emitted": pl.Int32(),
    "accepted": pl.Int32(),
    "rejected": pl.Int32(),
    "error": pl.String(),
    "refresh_id": pl.String(),
}
# What is compared of a document and of a claim to find what changed. How sure of a claim the extractor is, and its version, are
# nothing that the claim says.
_OF_DOCUMENT = ("source", "uri", "title", "author", "publisher", "published_on", "language", "duplicate_of", "superseded_by")
DOCUMENT_STATE = {**{name: polars_schema(DOCUMENTS)[name] for name in _OF_DOCUMENT}, "extracted": pl.Boolean()}
_NOT_SAID = ("claim_id", "doc_id", "confidence", "extractor", "extractor_version")
STATEMENT = {
    name: type_ for table in CLAIM_TABLES.values() for name, type_ in polars_schema(table).items() if name not in _NOT_SAID
}
# The log of changes: the columns of the published tables, and what the next comparison needs.
CHANGED_CLAIMS = {**polars_schema(CHANGES), **STATEMENT}
CHANGED_DOCUMENTS = {**polars_schema(DOCUMENT_CHANGES), **DOCUMENT_STATE}
del CHANGED_CLAIMS["refresh_id"], CHANGED_DOCUMENTS["refresh_id"]
_FORMAT = "format.json"
_REFRESH = "refresh.json"
_PUBLISHED_FILE = "published.json"
_SUMMARY = "source_refresh"
_STOPPED = "it was stopped before it ended"
_EVALUATED = "evaluated"
_ANOTHER_STORE = (
    "refresh into another folder with --store, or remove this one: the sources give again all but when each text was first seen"
)

# How a reading of a source can end.
READ = "read"
PARTLY_READ = "partly_read"
READ_AGAIN = "read_again"
READING_FAILED = "reading_failed"
EXTRACTION_FAILED = "extraction_failed"
HELD_BACK = "held_back"
RETIRED = "retired"


def is_good_reading() -> pl.Expr:
    """Whether a row of `source_refreshes` is a reading that took in what its source gave then, be it in part.

    One whose extraction broke down and that met nothing was of kept texts alone.
    """
    met_some = pl.col("documents_seen") > 0
    return pl.col("status").is_in([READ, PARTLY_READ]) | ((pl.col("status") == EXTRACTION_FAILED) & met_some)


# Refreshes as they followed each other. Of those that began together, as text the tenth would come before the second.
_IN_ORDER = ("started_at", pl.col("refresh_id").str.extract(r"-(\d+)$").cast(pl.Int64, strict=False), "refresh_id")

# How a refresh can end.
PUBLISHED = "published"
FAILED_CHECKS = "failed_checks"
FAILED = "failed"
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh under way. `waiting` if no run is at work on it: the next one carries it on.

    `publishing` is the file, from the store's folder, that it is about to put in place; empty before.
    """

    refresh_id: str
    started_at: datetime
    extractor_version: str = ""
    waiting: bool = False
    publishing: str = ""

    def moment(self, now: datetime | None = None) -> datetime:
        """The time, `now` or the clock's; never before the refresh began, whatever became of the clock since."""
        return max(now or datetime.now(UTC), self.started_at)


@dataclass(frozen=True, slots=True)
class SourceRefresh:
    """How reading a source went: a row of `source_refreshes`. `status` is one of the seven above."""

    refresh_id: str
    source: str
    finished_at: datetime
    documents_seen: int
    documents_new: int
    documents_changed: int
    documents_removed: int
    documents_kept: int | None
    documents_given: int | None
    unreadable: int
    status: str
    detail: str | None


class Store:
    """The store at an address, a folder or `s3://BUCKET/PREFIX`, which is made on the first write.

    Reading needs no lock; writing calls need `exclusive`. Raises `PlaceError` for an address that names no place.
    """

    def __init__(self, address: str | Path) -> None:
        self.place = place_at(address)
        self.documents = Segments(
            self.place.within("documents"), DOCUMENT_INDEX, {"documents": DOCUMENT_SCHEMA, "sketches": SKETCH_SCHEMA}
        )
        self.claims = Segments(
            self.place.within("claims"), CLAIM_INDEX, {table.name: polars_schema(table) for table in EXTRACTED_TABLES}
        )
        # Here an input is a refresh.
        self.changes = Segments(
            self.place.within("changes"), {}, {"claims": pl.Schema(CHANGED_CLAIMS), "documents": pl.Schema(CHANGED_DOCUMENTS)}
        )

    @property
    def address(self) -> str:
        """Where it lies, as it was named."""
        return self.place.address

    @contextmanager
    def exclusive(self, wait_seconds: float = 0) -> Iterator[None]:
        """Keeps every other writer out, and first repairs what an interrupted one left. The same thread may enter again.

        Raises `LockHeldError` if another process writes, and still does after `wait_seconds`; `StoreFormatError` on a store of
        another version.
        """
        self._refuse_foreign_place()
        with self.place.exclusive(f"the store {self.address}", wait_seconds) as outermost:
            if not outermost:
                yield
                return
            self._check_format()
            self._repair()
            try:
                yield
            finally:
                self._let_wait()

    # Refreshes ------------------------------------------------------------------------------------------------------

    @contextmanager
    def part_of_refresh(self, extractor_version: str, now: datetime | None = None) -> Iterator[Refresh]:
        """The refresh under way, or a new one. An error within ends it, is logged with it, and is raised again."""
        refresh = self.open_refresh(now, extractor_version)
        try:
            with interruptions_as_such():
                yield refresh
        except BaseException as error:
            if self.refresh_under_way() is not None:
                stopped = not isinstance(error, Exception)
                self.end_refresh(*((INTERRUPTED, _STOPPED) if stopped else (FAILED, told_error(error))), now)
            raise

    def open_refresh(self, now: datetime | None = None, extractor_version: str = "") -> Refresh:
        """The refresh under way, or a new one. Everything that is read until it ends belongs to it.

        A new one begins at `now`, or by the clock, but after what is logged.
        """
        under_way = self.refresh_under_way()
        if under_way is None:
            started_at = self._after_all_that_is_logged(now or datetime.now(UTC))
            taken = set(self.refreshes()["refresh_id"])
            name = started_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
            refresh_id = next(candidate for n in range(len(taken) + 1) if (candidate := f"{name}-{n}") not in taken)
            under_way = Refresh(refresh_id, started_at)
        refresh = replace(under_way, waiting=False, extractor_version=extractor_version or under_way.extractor_version)
        self._note(refresh)
        return refresh

    def _after_all_that_is_logged(self, moment: datetime) -> datetime:
        """`moment`, or the least time after every refresh began and every published one ended.

        Refreshes are replayed by when they began, and a clock may go back.
        """
        latest = pl.concat([self.refreshes()["started_at"], self.published_refreshes()["finished_at"]]).max()
        return max(moment, latest + timedelta(microseconds=1)) if isinstance(latest, datetime) else moment

    def refresh_under_way(self) -> Refresh | None:
        """The refresh that was opened and did not end, be it running, waiting or interrupted."""
        try:
            content = json.loads(self.place.read(_REFRESH))
        except FileNotFoundError:
            return None
        return Refresh(**{**content, "started_at": datetime.fromisoformat(content["started_at"])})

    def end_refresh(self, status: str, detail: str | None = None, now: datetime | None = None) -> None:
        """Logs that the refresh under way ended without a file, with what it read until then. `status` is one of the above.

        If its file lies in its place already, the refresh is logged as published.
        """
        refresh = self.refresh_under_way()
        if refresh is None:
            return
        published = self._row_of_published(refresh)
        if published is not None:
            self.close_refresh(published)
            return
        row = {
            "refresh_id": refresh.refresh_id,
            "started_at": refresh.started_at,
            "finished_at": refresh.moment(now),
            **self.documents_met(refresh.refresh_id),
            "claims": 0,
            "rejected": 0,
            "documents_other_language": None,
            "claims_added": None,
            "claims_altered": None,
            "claims_removed": None,
            "extractor_version": refresh.extractor_version,
            "status": status,
            "detail": detail,
        }
        self.close_refresh(pl.DataFrame([row], schema=polars_schema(REFRESHES)))

    def close_refresh(self, row: pl.DataFrame) -> None:
        """Appends `row`, one row of the table `refreshes`, to the log; the refresh is over."""
        schema = polars_schema(REFRESHES)
        row = row.select(schema.names()).cast(schema)
        log = pl.concat([self.refreshes().filter(~pl.col("refresh_id").is_in(row["refresh_id"].implode())), row])
        self.place.write_parquet("refreshes.parquet", log.sort(_IN_ORDER))
        self.place.remove(_REFRESH)

    def refreshes(self) -> pl.DataFrame:
        """The log of refreshes, oldest first."""
        return self._read_or_empty("refreshes.parquet", polars_schema(REFRESHES)).sort(_IN_ORDER)

    def source_refreshes(self) -> pl.DataFrame:
        """The log of readings of sources, oldest first."""
        return self._read_or_empty("source_refreshes.parquet", polars_schema(SOURCE_REFRESHES))

    # Changes --------------------------------------------------------------------------------------------------------

    def published_refreshes(self) -> pl.DataFrame:
        """The refreshes that came to a file, oldest first."""
        return self.refreshes().filter(pl.col("status") == PUBLISHED)

    def remembers_publications(self) -> bool:
        """Whether the log of changes tells what was published last; that of an older store begins with its next file."""
        return not self._logged_changes().is_empty()

    def note_published(self, refresh_id: str, file: FileState) -> None:
        """Keeps the state of the file that a refresh has just published."""
        self.place.write(_PUBLISHED_FILE, json.dumps({"refresh_id": refresh_id, **file._asdict()}).encode())

    def published_file(self) -> tuple[str, FileState] | None:
        """Which refresh published last, and the state of its file then; None if that is not known."""
        try:
            content = json.loads(self.place.read(_PUBLISHED_FILE))
            return content["refresh_id"], FileState(*(content[name] for name in FileState._fields))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def changes_log(self, name: str, columns: Sequence[str], only: pl.DataFrame | None = None) -> pl.DataFrame:
        """The log of published changes of `claims` or `documents`: `refresh_id` and `columns`, in the order of refreshes.

        With `only`, the rows that agree with one of its rows in all its columns.
        """
        names = list(dict.fromkeys(columns))
        empty = pl.DataFrame(schema={"refresh_id": pl.String(), **{one: self.changes.schemas()[name][one] for one in names}})
        return pl.concat([empty, *self.changes_frames(name, names, only)])

    def changes_frames(self, name: str, columns: Sequence[str], only: pl.DataFrame | None = None) -> Iterator[pl.DataFrame]:
        """The same, in frames of which none is large."""
        narrowed = None if only is None else only.rename({"refresh_id": "input_id"})
        logged = self._logged_changes()
        for refresh_id in self.refreshes()["refresh_id"]:
            of_refresh = logged.filter(pl.col("input_id") == refresh_id)
            for frame in self.changes.frames(name, of_refresh, list(dict.fromkeys(columns)), narrowed):
                yield frame.rename({"input_id": "refresh_id"})

    def keep_changes(self, refresh_id: str, claims: Path | None, documents: pl.DataFrame) -> None:
        """Writes what a refresh changed to the log, where it counts once the refresh is logged as published.

        `claims` is a Parquet file of `CHANGED_CLAIMS` with the refresh as `input_id`; None if no claim changed.
        """
        tables: dict[str, pl.DataFrame | Path] = {"documents": documents.with_columns(pl.lit(refresh_id).alias("input_id"))}
        if claims is not None:
            tables["claims"] = claims
        if not self.remembers_publications() or claims is not None or not documents.is_empty():
            self.changes.add(pl.DataFrame({"input_id": [refresh_id]}), tables)

    def note_publishing(self, refresh: Refresh, warehouse: Path) -> None:
        """Notes where the file of a refresh is about to appear, by which it is known for published if its process dies then."""
        self._note(replace(refresh, publishing=relative_to(self.place, warehouse)))

    def _row_of_published(self, refresh: Refresh) -> pl.DataFrame | None:
        if not refresh.publishing:
            return None
        return row_of_refresh(self.place.anchor / refresh.publishing, refresh.refresh_id, refresh.started_at)

    def _logged_changes(self) -> pl.DataFrame:
        published = self.published_refreshes()["refresh_id"]
        return self.changes.index().filter(pl.col("input_id").is_in(published.implode()))

    # Sources --------------------------------------------------------------------------------------------------------

    def sources(self) -> list[str]:
        """The sources that were ever read and not retired, sorted."""
        names = self.place.within("sources").names()
        return sorted(unquote(name.removesuffix(".parquet")) for name in names if name.endswith(".parquet"))

    def ledger(self, source: str) -> pl.DataFrame:
        """What a source holds and held; see `pipeline.warehouse.ledger`."""
        return self._read_or_empty(_ledger(source), LEDGER_SCHEMA)

    def ledger_written_at(self, source: str) -> datetime | None:
        """When a reading of a source was made valid last, by the file; None if none was."""
        return self.place.written_at(_ledger(source))

    def ledgers(self, sources: Iterable[str] | None = None) -> pl.DataFrame:
        """The ledgers of several sources (all by default), with a column `source`."""
        names = self.sources() if sources is None else sorted(set(sources))
        empty = pl.DataFrame(schema={"source": pl.String(), **LEDGER_SCHEMA})
        return pl.concat([empty, *(self.ledger(name).select(pl.lit(name).alias("source"), pl.all()) for name in names)])

    def commit_source(self, ledger: pl.DataFrame, summary: SourceRefresh) -> None:
        """Makes a reading of a source valid, and logs it. What the ledger refers to must be in the store already."""
        fields = {**asdict(summary), "finished_at": summary.finished_at.isoformat()}
        self.place.write_parquet(_ledger(summary.source), ledger, {_SUMMARY: json.dumps(fields)})
        self.log_source(summary)

    def held_back(self, source: str) -> set[str]:
        """The addresses of a source that only readings gave which were held back."""
        try:
            return set(json.loads(self.place.read(_held_back(source))))
        except FileNotFoundError:
            return set()

    def hold_back(self, source: str, addresses: Iterable[str]) -> None:
        """Keeps those addresses in place of the ones held back before."""
        held = sorted(set(addresses))
        if held:
            self.place.write(_held_back(source), json.dumps(held).encode())
        else:
            self.place.remove(_held_back(source))

    def log_source(self, summary: SourceRefresh) -> None:
        """Appends to the log of readings of sources; a later reading within the same refresh replaces an earlier one."""
        schema = polars_schema(SOURCE_REFRESHES)
        row = pl.DataFrame([asdict(summary)], schema=schema)
        log = pl.concat([self.source_refreshes().join(row, on=["refresh_id", "source"], how="anti"), row])
        self.place.write_parquet("source_refreshes.parquet", log.sort("finished_at", "source"))

    def documents_met(self, refresh_id: str) -> dict[str, int]:
        """How many documents the readings of a refresh met, and found new, changed and removed, each source by itself."""
        readings = self.source_refreshes().filter(pl.col("refresh_id") == refresh_id)
        counts = ("documents_seen", "documents_new", "documents_changed", "documents_removed")
        return {name: int(readings[name].sum()) for name in counts}

    def log_failure(self, refresh: Refresh, source: str, status: str, error: Exception) -> None:
        """Logs that reading or extracting a source failed, with what was counted in this refresh before.

        What came of the reading stays what it was: a text of those held that breaks the extractor makes no good reading.
        """
        same = self.source_refreshes().filter(pl.col("refresh_id") == refresh.refresh_id, pl.col("source") == source)
        blank = SourceRefresh(refresh.refresh_id, source, refresh.moment(), 0, 0, 0, 0, 0, 0, 0, status, None)
        before = SourceRefresh(**same.row(0, named=True)) if same.height else blank
        told = told_error(error)
        if status == EXTRACTION_FAILED and before.status in (READING_FAILED, HELD_BACK, PARTLY_READ):
            status, told = before.status, f"{told}; {before.detail}"
        self.log_source(replace(before, status=status, detail=told))

    def retire_sources(self, declared: Iterable[str], refresh: Refresh, now: datetime) -> None:
        """Marks all that undeclared sources hold as removed."""
        keep = set(declared)
        for source in self.sources():
            ledger = self.ledger(source)
            if source in keep or ledger.filter(pl.col("state") != State.REMOVED).is_empty():
                continue
            documents = ledger.filter(pl.col("state") == State.PRESENT)["doc_id"].drop_nulls().n_unique()
            summary = SourceRefresh(refresh.refresh_id, source, now, 0, 0, 0, documents, 0, 0, 0, RETIRED, None)
            self.commit_source(gone(ledger), summary)

    def collect_garbage(self) -> int:
        """Drops results that no source refers to any more and merges small segments. Returns how many segments went."""
        live = self.ledgers().filter(pl.col("state") == State.PRESENT)["input_id"].unique()
        published = self.published_refreshes()["refresh_id"]
        kept = ((self.documents, live), (self.claims, live), (self.changes, published))
        return sum(segments.collect_garbage(inputs) for segments, inputs in kept)

    def fetched(self, source: str) -> AbstractContextManager[Path]:
        """The file of what was fetched for a source, kept when the context ends."""
        return self.place.working_copy(f"fetched/{source}.sqlite")

    # Evaluation -----------------------------------------------------------------------------------------------------

    def keep_evaluation(self, tables: Mapping[str, pl.DataFrame], evaluated: str) -> None:
        """Keeps the tables of an evaluation in place of the last one. `evaluated` names all that it was made from."""
        for table in EVALUATION_TABLES:
            self.place.write_parquet(_evaluation(table.name), tables[table.name], {_EVALUATED: evaluated})

    def evaluated(self) -> str | None:
        """What the evaluation that is kept was made from; None without one, and if writing it was interrupted."""
        names = [_evaluation(table.name) for table in EVALUATION_TABLES]
        sources = [self.place.source_if_there(name) for name in names]
        found = {None if source is None else pl.read_parquet_metadata(source).get(_EVALUATED) for source in sources}
        return found.pop() if len(found) == 1 else None

    def evaluation(self) -> dict[str, pl.DataFrame]:
        """The tables of the evaluation that is kept, by name; without rows if there is none."""
        schemas = {table.name: polars_schema(table) for table in EVALUATION_TABLES}
        if self.evaluated() is None:
            return {name: schema.to_frame() for name, schema in schemas.items()}
        return {
            name: conformed(pl.read_parquet(self.place.source(_evaluation(name))), schema) for name, schema in schemas.items()
        }

    # Within ---------------------------------------------------------------------------------------------------------

    def _read_or_empty(self, name: str, schema: pl.Schema) -> pl.DataFrame:
        source = self.place.source_if_there(name)
        return schema.to_frame() if source is None else pl.read_parquet(source)

    def _refuse_foreign_place(self) -> None:
        self.place.require_place_for_store()
        if self.place.exists(_FORMAT):
            return
        # Before the format is written there is nothing but the lock and what a writer killed at that moment left.
        foreign = [name for name in self.place.names() if not name.startswith("lock")]
        if foreign:
            raise StoreFormatError(
                f"{self.address} holds other things, such as {min(foreign)}; name {self.place.empty_one} for the store"
            )

    def _check_format(self) -> None:
        try:
            found = json.loads(self.place.read(_FORMAT))["format"]
        except FileNotFoundError:
            found = None
        except (ValueError, KeyError, TypeError):
            raise StoreFormatError(f"{self.place.within(_FORMAT).address} is damaged; {_ANOTHER_STORE}") from None
        if found == FORMAT:
            return
        if found is not None:
            if not isinstance(found, int) or found > FORMAT:
                raise StoreFormatError(
                    f"the store {self.address} was made by a newer version (format {found}, this one reads up to"
                    f" {FORMAT}); install that version, or {_ANOTHER_STORE}"
                )
            self._upgrade(found)
        self.place.write(_FORMAT, json.dumps({"format": FORMAT}).encode())

    def _upgrade(self, found: int) -> None:
        """Gives an older store's files the columns of today; what these then lack, the next reading of a source fills in."""
        try:
            conform_segments(self.documents)
            conform_segments(self.claims)
            conform_segments(self.changes)
            conform_file(self.place, "refreshes.parquet", polars_schema(REFRESHES))
            conform_file(self.place, "source_refreshes.parquet", polars_schema(SOURCE_REFRESHES))
            for source in self.sources():
                conform_file(self.place, _ledger(source), LEDGER_SCHEMA)
        except (pl.exceptions.PolarsError, OSError, UnwritableError) as error:
            reason = str(error).split("\n", 1)[0]
            raise StoreFormatError(
                f"the store {self.address} has the older format {found} and cannot be brought up to {FORMAT} ({reason});"
                f" {_ANOTHER_STORE}"
            ) from error

    def _repair(self) -> None:
        self.place.sweep()
        for name in ("sources", "held_back", "documents", "claims", "changes"):
            self.place.within(name).sweep()
        logged = set(self.source_refreshes().select("refresh_id", "source").iter_rows())
        for source in self.sources():
            summary = self._last_summary(source)
            if summary is not None and (summary.refresh_id, source) not in logged:
                self.log_source(summary)
        under_way = self.refresh_under_way()
        if under_way is not None and not under_way.waiting:
            self.end_refresh(INTERRUPTED, "its process ended before it did")

    def _let_wait(self) -> None:
        under_way = self.refresh_under_way()
        if under_way is not None:
            self._note(replace(under_way, waiting=True))

    def _note(self, refresh: Refresh) -> None:
        content = {**asdict(refresh), "started_at": refresh.started_at.isoformat()}
        self.place.write(_REFRESH, json.dumps(content).encode())

    def _last_summary(self, source: str) -> SourceRefresh | None:
        text = pl.read_parquet_metadata(self.place.source(_ledger(source))).get(_SUMMARY)
        if text is None:
            return None
        fields = json.loads(text)
        older = {"documents_kept": None, "documents_given": None}  # what a ledger from before these figures lacks
        return SourceRefresh(**{**older, **fields, "finished_at": datetime.fromisoformat(fields["finished_at"])})


def _stem(source: str) -> str:
    return quote(source, safe=" ").replace(".", "%2E")


def _ledger(source: str) -> str:
    return f"sources/{_stem(source)}.parquet"


def _held_back(source: str) -> str:
    return f"held_back/{_stem(source)}.json"


def _evaluation(table: str) -> str:
    return f"{table}.parquet"
