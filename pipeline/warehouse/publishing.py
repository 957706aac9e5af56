"""Makes the published DuckDB file from the store: a new file beside the live one, checked, closed, and renamed over it.

The file is a pure function of the store. A reader with the old file open keeps it, a new reader gets the new one, and when
anything fails the old one stays. What the store holds is decided in `refreshing`.
"""

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from pipeline.claims.extraction import languages_read
from pipeline.contract import ddl
from pipeline.contract.fields import Table
from pipeline.contract.published import HISTORY_TABLES, PUBLISHED_TABLES
from pipeline.contract.schemas import code_rows, polars_schema
from pipeline.contract.tables import (
    CLAIM_TABLES,
    DATASET,
    DOCUMENT_LOCATIONS,
    DOCUMENTS,
    EXTRACTIONS,
    REFRESHES,
    REJECTED_CLAIMS,
    REMOVED_DOCUMENTS,
    SOURCE_REFRESHES,
    TABLES,
    UNREADABLE_DOCUMENTS,
)
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.standing import Sketched, standing
from pipeline.warehouse import carrying, files
from pipeline.warehouse.analysis import work_out
from pipeline.warehouse.changes import Change, Changes, changes_since_published, no_changes, published_changes
from pipeline.warehouse.checks import CheckResult, rerun_checks, run_checks
from pipeline.warehouse.edition import dataset_row, refuse_newer_file
from pipeline.warehouse.errors import SearchUnavailableError, WarehouseError
from pipeline.warehouse.full_text import build_index, load_full_text
from pipeline.warehouse.inserting import insert
from pipeline.warehouse.ledger import State
from pipeline.warehouse.lock import exclusive
from pipeline.warehouse.sql import in_order_of_use, statements
from pipeline.warehouse.store import (
    DOCUMENT_SCHEMA,
    EXTRACTED_TABLES,
    EXTRACTION_FAILED,
    FAILED_CHECKS,
    PUBLISHED,
    SKETCH_SCHEMA,
    Refresh,
    Store,
)
from pipeline.warehouse.voices import house

_AS_READ = ("input_id", "doc_id", "read_version")  # what a row of the index of claims was made from
_OF_TEXT = ("content_key", *SKETCH_SCHEMA)  # what is kept of a text to judge whether it stands
_MAGIC = b"DUCK"
_MAGIC_OFFSET = 8


@dataclass(frozen=True, slots=True)
class Publication:
    """How a publish went. `rows` counts the rows of each table; `refresh` is the row of `refreshes`."""

    warehouse: Path
    refresh_id: str
    published: bool
    checks: tuple[CheckResult, ...]
    rows: Mapping[str, int]
    refresh: Mapping[str, object]

    @property
    def failed_checks(self) -> tuple[CheckResult, ...]:
        """The checks that kept the file from being published."""
        return tuple(check for check in self.checks if not check.passed)


def publish(
    store: Store,
    warehouse: Path,
    *,
    extractor_version: str,
    sources: Collection[str] | None = None,
    now: datetime | None = None,
    views: Path | None = None,
    checks: Path | None = None,
) -> Publication:
    """Builds, checks and publishes the file, and closes the refresh under way.

    With `sources`, the documents of every other source leave first. `views` and `checks` are folders that take the place of
    those under `sql/`. A failed check is reported, not raised; the live file then stays as it was, as it does on any error.
    Raises `LockHeldError` and every other `WarehouseError`, `OSError`.
    """
    warehouse = warehouse.resolve()
    _refuse_foreign_file(warehouse)
    lock = warehouse.with_name(f"{warehouse.name}.lock")
    with (
        store.exclusive(),
        store.part_of_refresh(extractor_version, now) as refresh,
        exclusive(lock, f"the file {warehouse}"),
    ):
        files.sweep(warehouse.parent, warehouse.name)
        if sources is not None:
            store.retire_sources(sources, refresh, refresh.moment(now))
        locations = _locations(store)
        key = carrying.content_key(store, locations, (views, checks))
        with _new_file(warehouse) as temporary:
            making = _Making(store, refresh, temporary, locations, key, lambda: refresh.moment(now))
            made = making.carried_over(warehouse, checks) if carrying.carries(warehouse, store, key) else None
            made = made or making.anew(views, checks)
            failed = [result.name for result in made.checks if not result.passed]
            if not failed:
                store.keep_changes(refresh.refresh_id, made.changes.claims, made.changes.documents)
                store.note_publishing(refresh, warehouse)
                _replace(warehouse, temporary, store.place.require_lock)
                store.note_published(refresh.refresh_id, files.state_of(warehouse))
        row = _failed_row(store, made.row, failed) if failed else made.row
        store.close_refresh(row)
        store.collect_garbage()
    return Publication(warehouse, refresh.refresh_id, not failed, made.checks, made.rows, row.row(0, named=True))


@dataclass(frozen=True, slots=True)
class _Made:
    """A new file: what the checks found, what changed, the row of `refreshes` and the number of rows of each table."""

    checks: tuple[CheckResult, ...]
    changes: Changes
    row: pl.DataFrame
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Making:
    """The making of a new file at `path`, of what the sources hold at `locations`."""

    store: Store
    refresh: Refresh
    path: Path
    locations: pl.DataFrame
    key: str
    clock: Callable[[], datetime]

    def anew(self, views: Path | None, checks: Path | None) -> _Made:
        """Makes every table."""
        self.path.unlink(missing_ok=True)
        tables = collect_tables(self.store, self.locations)
        changes = changes_since_published(self.store, tables)
        row = self._row(_counts(tables, self.refresh.started_at), changes)
        tables |= published_changes(self.store, self.refresh.refresh_id, changes)
        tables |= self._of_refreshes(row)
        results, finished_at = _build(self.path, tables, views, checks, self.clock)
        rows = {name: frame.height for name, frame in tables.items()}
        return _Made(results, changes, row.with_columns(finished_at=pl.lit(finished_at)), rows)

    def carried_over(self, warehouse: Path, checks: Path | None) -> _Made | None:
        """Takes all but what tells of refreshes from the file that is published; None if more than that would change."""
        shutil.copyfile(warehouse, self.path)
        changes = no_changes()
        with _written(self.path) as connection:
            connection.begin()
            row = self._row(_counts_in(connection, self.locations, self.refresh.started_at), changes)
            tables = {**_places(self.locations, self.store), **self._of_refreshes(row)}
            if not carrying.rewrite(connection, tables, _seen(self.locations)):
                return None
            connection.commit()
            results = rerun_checks(connection, checks)
            finished_at = _finish(connection, self.refresh.refresh_id, self.clock)
            rows = {table.name: _height(connection, table.name) for table in (*TABLES, *HISTORY_TABLES)}
        return _Made(results, changes, row.with_columns(finished_at=pl.lit(finished_at)), rows)

    def _row(self, counts: Mapping[str, int], changes: Changes) -> pl.DataFrame:
        return _refresh_row(self.store, self.refresh, counts, changes, self.clock())

    def _of_refreshes(self, row: pl.DataFrame) -> dict[str, pl.DataFrame]:
        others = self.store.refreshes().filter(pl.col("refresh_id") != self.refresh.refresh_id)
        return {
            DATASET.name: dataset_row(self.refresh.refresh_id, self.key),
            REFRESHES.name: pl.concat([others, row]),
            SOURCE_REFRESHES.name: arranged(self.store.source_refreshes(), SOURCE_REFRESHES),
        }


def collect_tables(store: Store, locations: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """The rows of every published table but those that tell of refreshes, sorted, in the columns of their definitions."""
    locations = _locations(store) if locations is None else locations
    index = store.claims.index()
    claims = index.filter(pl.col("error").is_null()).join(_chosen(locations), on=_AS_READ, how="semi")
    tables = {
        DOCUMENTS.name: _documents(store, locations),
        EXTRACTIONS.name: claims.rename({"version": "extractor_version"}),
        "codes": code_rows(vocabulary()),
        **store.evaluation(),
        **{table.name: store.claims.read(table.name, claims) for table in EXTRACTED_TABLES},
    }
    of_texts = {table.name: arranged(tables[table.name], table) for table in TABLES if table.name in tables}
    return {**of_texts, **_places(locations, store)}


def _places(locations: pl.DataFrame, store: Store) -> dict[str, pl.DataFrame]:
    """The tables that tell where texts lie, lay, and could not be read."""
    tables = {
        DOCUMENT_LOCATIONS: locations.drop_nulls("doc_id"),
        REMOVED_DOCUMENTS: store.ledgers().filter(pl.col("state") == State.REMOVED),
        UNREADABLE_DOCUMENTS: pl.concat([_unreadable(locations), _not_extracted(locations, store.claims.index())]),
    }
    return {table.name: arranged(frame, table) for table, frame in tables.items()}


def _locations(store: Store) -> pl.DataFrame:
    """Every input that a source holds, with its place in the store of documents (NULL if it could not be fetched)."""
    held = store.ledgers().filter(pl.col("state") != State.REMOVED)
    index = store.documents.index().select(
        "input_id", "segment", "part", "content_key", read_version="version", read_reason="reason", read_detail="detail"
    )
    locations = held.join(index, on="input_id", how="left")
    _require_documents(store, locations.drop_nulls("doc_id").filter(pl.col("segment").is_null()))
    return locations


def _require_documents(store: Store, missing: pl.DataFrame) -> None:
    """Raises `WarehouseError` if there are documents that ledgers name and no segment holds."""
    if missing.is_empty():
        return
    sources = ", ".join(missing["source"].unique().sort())
    raise WarehouseError(
        f"the store {store.address} lacks {missing.height} of the documents that it has read, such as {missing['uri'][0]};"
        f" refresh again with all sources, which reads them anew (those missing are of: {sources})"
    )


def _chosen(locations: pl.DataFrame) -> pl.DataFrame:
    """One location for each document: where it was seen first."""
    ordered = locations.drop_nulls("doc_id").sort("doc_id", "first_seen", "source", "uri")
    return ordered.unique("doc_id", keep="first", maintain_order=True)


def _seen(locations: pl.DataFrame) -> pl.DataFrame:
    """When each document was seen first and last, wherever it lies."""
    return locations.drop_nulls("doc_id").group_by("doc_id").agg(pl.col("first_seen").min(), pl.col("last_seen").max())


def _documents(store: Store, locations: pl.DataFrame) -> pl.DataFrame:
    seen = _seen(locations)
    chosen = _chosen(locations).select("input_id", "segment", "part", "source", "file_name", "uri", "content_key")
    columns = [name for name in DOCUMENTS.columns if name in DOCUMENT_SCHEMA]
    documents = (
        store.documents.read("documents", chosen, columns)
        .join(chosen.drop("segment", "part"), on="input_id")
        .join(seen, on="doc_id")
    )
    read = pl.col("language").is_in(sorted(languages_read())).fill_null(False)
    sketches = store.documents.read("sketches", chosen)
    return _with_standing(documents.join(sketches, on="input_id", how="left")).with_columns(language_read=read)


def _with_standing(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents, of which all is there that is kept of a text, with the columns that tell which others they repeat or which
    supersede them.
    """
    houses = {name: f"publisher {house(name)}" for name in documents["publisher"].drop_nulls().unique()}
    found = standing(
        Sketched(
            row["doc_id"],
            row["published_on"],
            houses.get(row["publisher"]) or f"source {row['source']}",
            row["version_told"] or 0,
            row["content_key"],
            row["shingles"] or 0,
            row["minhash"] or b"",
            row["figures"] or b"",
        )
        for row in documents.select("doc_id", "published_on", "publisher", "source", *_OF_TEXT).iter_rows(named=True)
    )
    for column, links in found._asdict().items():
        pairs = pl.DataFrame(list(links.items()), schema={"doc_id": pl.String, column: pl.String}, orient="row")
        documents = documents.join(pairs, on="doc_id", how="left")
    return documents


def _unreadable(locations: pl.DataFrame) -> pl.DataFrame:
    """What could not be fetched, and what was fetched but could not be read."""
    return locations.filter(pl.col("doc_id").is_null()).select(
        "source",
        "uri",
        pl.coalesce("reason", "read_reason").alias("reason"),
        pl.coalesce("detail", "read_detail").alias("detail"),
        "refresh_id",
    )


def _not_extracted(locations: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """What could be read, but broke the extraction of its claims: in every place where it lies."""
    failed = index.drop_nulls("error").select(*_AS_READ, "error", tried_by="refresh_id")
    return locations.join(failed, on=_AS_READ).select(
        "source",
        "uri",
        pl.lit(EXTRACTION_FAILED).alias("reason"),
        pl.col("error").alias("detail"),
        pl.col("tried_by").alias("refresh_id"),
    )


def arrangement(table: Table) -> list[str]:
    """The columns and conditions, in SQL, by which the rows of a table are laid down.

    Events, and what is not reported as a fact, are asked for by themselves: they lie together behind the rest, so that nothing
    else need be read.
    """
    last = {"measure": "measure = 'event'", "modality": "modality <> 'reported'"}
    places = ("source", "uri", "doc_id", "evidence_start", "claim_id")
    behind = [condition for column, condition in last.items() if column in table.columns and "claim_id" in table.key]
    return [*behind, *(name for name in places if name in table.columns)]


def arranged(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns of the definition, in rows whose order does not depend on how they were made."""
    schema = polars_schema(table)
    missing = [pl.lit(None, dtype=schema[name]).alias(name) for name in schema if name not in frame.columns]
    places = arrangement(table)
    whole = frame.with_columns(missing).select(schema.names()).cast(schema)
    return whole.sort([pl.sql_expr(place) for place in places], maintain_order=True) if places else whole


def _counts(tables: Mapping[str, pl.DataFrame], since: datetime) -> dict[str, int]:
    """What the row of a refresh counts in the tables of a file, of documents those seen `since` it began."""
    documents = tables[DOCUMENTS.name]
    return {
        "documents_seen": documents.filter(pl.col("last_seen") >= since).height,
        "claims": sum(tables[table.name].height for table in CLAIM_TABLES.values()),
        "rejected": tables[REJECTED_CLAIMS.name].height,
        "documents_other_language": documents.filter(~pl.col("language_read")).height,
    }


def _counts_in(connection: duckdb.DuckDBPyConnection, locations: pl.DataFrame, since: datetime) -> dict[str, int]:
    """The same of a file, in which only when documents were seen is to change."""
    read = _height(connection, f"{DOCUMENTS.name} WHERE NOT language_read")
    return {
        "documents_seen": _seen(locations).filter(pl.col("last_seen") >= since).height,
        "claims": sum(_height(connection, table.name) for table in CLAIM_TABLES.values()),
        "rejected": _height(connection, REJECTED_CLAIMS.name),
        "documents_other_language": read,
    }


def _height(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    ((found,),) = connection.execute(f"SELECT count(*) FROM {rows}").fetchall()
    return int(found)


def _refresh_row(
    store: Store,
    refresh: Refresh,
    counts: Mapping[str, int],
    changes: Changes,
    now: datetime,
) -> pl.DataFrame:
    """The row of `refreshes`, as published if all checks pass."""
    row = {
        "refresh_id": refresh.refresh_id,
        "started_at": refresh.started_at,
        "finished_at": now,
        **_changed_documents(store, refresh.refresh_id, changes),
        **counts,
        **{f"claims_{change}": changes.count(change) for change in (Change.ADDED, Change.ALTERED, Change.REMOVED)},
        "extractor_version": refresh.extractor_version,
        "status": PUBLISHED,
        "detail": None,
    }
    return pl.DataFrame([row], schema=polars_schema(REFRESHES))


_DOCUMENTS_CHANGED = {
    "documents_new": Change.ADDED,
    "documents_changed": Change.ALTERED,
    "documents_removed": Change.REMOVED,
}


def _changed_documents(store: Store, refresh_id: str, changes: Changes) -> dict[str, int]:
    """How many documents are new, changed and removed since the last file; if that is not known, by what was read."""
    counts = {name: changes.count_documents(change) for name, change in _DOCUMENTS_CHANGED.items()}
    by_reading = store.documents_met(refresh_id)
    return {name: by_reading[name] if count is None else count for name, count in counts.items()}


def _failed_row(store: Store, row: pl.DataFrame, failed: Collection[str]) -> pl.DataFrame:
    """The row of `refreshes` if these checks failed: nothing changed in the file, so what was read is told."""
    unchanged = (pl.lit(None, pl.Int32).alias(f"claims_{change}") for change in ("added", "altered", "removed"))
    uncounted = pl.lit(None, pl.Int32).alias("documents_other_language")
    met = store.documents_met(row["refresh_id"][0])
    read = (pl.lit(met[name]).alias(name) for name in _DOCUMENTS_CHANGED)
    return row.with_columns(*unchanged, uncounted, *read, status=pl.lit(FAILED_CHECKS), detail=pl.lit(", ".join(failed)))


def _build(
    path: Path,
    tables: Mapping[str, pl.DataFrame],
    views: Path | None,
    checks: Path | None,
    clock: Callable[[], datetime],
) -> tuple[tuple[CheckResult, ...], datetime]:
    """Builds and checks the file. Gives what the checks found, and when it ended, which stands in the file too."""
    with _written(path) as connection:
        searchable = _can_be_searched(connection)
        _add_tables(connection)
        # In two transactions: each statement alone would wait for the disk, and of rows that are not committed nothing is known
        # by which a query could be planned, so that answers of a hundred thousand claims took minutes in place of seconds.
        connection.begin()
        insert(connection, tables)
        connection.commit()
        connection.begin()
        work_out(connection)
        _add_views(connection, views)
        if searchable:
            build_index(connection)
        connection.commit()
        results = run_checks(connection, checks)
        finished_at = _finish(connection, tables[DATASET.name]["refresh_id"][0], clock)
    return results, finished_at


@contextmanager
def _written(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes a new file. Raises `WarehouseError` in place of what the database raises."""
    connection = duckdb.connect(str(path))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would stand among what a scheduled refresh logs
        yield connection
    except duckdb.Error as error:
        reason = str(error).split("\n", 1)[0]
        raise WarehouseError(f"the new file could not be built, what was published stays: {reason}") from error
    finally:
        connection.close()


def _finish(connection: duckdb.DuckDBPyConnection, refresh_id: str, clock: Callable[[], datetime]) -> datetime:
    """Notes in the file when it was done, and gives that."""
    finished_at = clock()
    connection.execute(f"UPDATE {REFRESHES.name} SET finished_at = ? WHERE refresh_id = ?", [finished_at, refresh_id])
    connection.execute("CHECKPOINT")
    return finished_at


def _add_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds the empty tables, copied from a file: working on that file itself would leave its old blocks in the new one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        path.write_bytes(_empty_file())
        (database,) = connection.execute("SELECT current_database()").fetchall()[0]
        connection.execute(f"ATTACH {ddl.quoted_text(str(path))} AS empty_tables (READ_ONLY)")
        connection.execute(f"COPY FROM DATABASE empty_tables TO {ddl.quoted_name(database)} (SCHEMA)")
        connection.execute("DETACH empty_tables")


@cache
def _empty_file() -> bytes:
    """A DuckDB file of the empty tables with all that is said of them. Each comment makes the entry of its table anew, so that
    they take more time than the rows of most publishings: it is spent once.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            connection.execute(";\n".join(ddl.statements(PUBLISHED_TABLES)))
            connection.commit()
        return path.read_bytes()


def _can_be_searched(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether an index can be built; a file without one is whole but for that, and a search tells what is missing."""
    try:
        load_full_text(connection)
    except SearchUnavailableError:
        return False
    return True


def _add_views(connection: duckdb.DuckDBPyConnection, folder: Path | None) -> None:
    for view in in_order_of_use(statements("views", folder)):
        connection.execute(view.sql)
        connection.execute(f"COMMENT ON VIEW {ddl.quoted_name(view.name)} IS {ddl.quoted_text(view.comment)}")


@contextmanager
def _new_file(warehouse: Path) -> Iterator[Path]:
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    temporary = files.temporary_sibling(warehouse)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        _log_of(temporary).unlink(missing_ok=True)


def _replace(warehouse: Path, temporary: Path, require_lock: Callable[[], None]) -> None:
    if _log_of(temporary).exists():
        raise WarehouseError(f"{temporary} still has a write-ahead log; nothing was published")
    files.sync(temporary)
    require_lock()
    # A write-ahead log beside the live file belongs to the file that goes; DuckDB would replay it into the one that comes.
    _log_of(warehouse).unlink(missing_ok=True)
    files.move_into_place(temporary, warehouse)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _refuse_foreign_file(warehouse: Path) -> None:
    if warehouse.is_dir():
        raise WarehouseError(f"{warehouse} is a folder; name the file to publish, such as {warehouse / 'corridor.duckdb'}")
    if not warehouse.exists() or warehouse.stat().st_size == 0:
        return
    with warehouse.open("rb") as file:
        head = file.read(_MAGIC_OFFSET + len(_MAGIC))
    if head[_MAGIC_OFFSET:] != _MAGIC:
        raise WarehouseError(f"{warehouse} is no DuckDB file and is left alone; name another file, or remove it")
    refuse_newer_file(warehouse)
