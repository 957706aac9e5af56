"""Makes the published DuckDB file from the store: a new file beside the live one, checked, closed, and renamed over it.

The file is a pure function of the store. A reader with the old file open keeps it, a new reader gets the new one, and when
anything fails the old one stays. What the store holds is decided in `refreshing`.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from pipeline.contract import ddl
from pipeline.contract.published import HISTORY_TABLES, PUBLISHED_TABLES
from pipeline.contract.reference import read_toml
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import (
    CLAIM_TABLES,
    DATASET,
    DOCUMENTS,
    REFRESHES,
    REJECTED_CLAIMS,
    SOURCE_REFRESHES,
    TABLES,
)
from pipeline.warehouse import carrying, files
from pipeline.warehouse.analysis import work_out
from pipeline.warehouse.changes import Change, Changes, no_changes, publish_changes
from pipeline.warehouse.checks import CheckResult, rerun_checks, run_checks
from pipeline.warehouse.edition import dataset_row, refuse_newer_file
from pipeline.warehouse.errors import SearchUnavailableError, WarehouseError
from pipeline.warehouse.full_text import build_index, load_full_text
from pipeline.warehouse.laying import lay_down
from pipeline.warehouse.lock import exclusive
from pipeline.warehouse.ownership import require_own_file, told_store
from pipeline.warehouse.room import give_room, too_little
from pipeline.warehouse.rows import arranged, held_locations, rows_of_places, rows_of_texts, seen
from pipeline.warehouse.sql import in_order_of_use, statements
from pipeline.warehouse.store import FAILED_CHECKS, PUBLISHED, Refresh, Store

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
    replace: bool = False,
) -> Publication:
    """Builds, checks and publishes the file, and closes the refresh under way.

    With `sources`, the documents of every other source leave first. `views` and `checks` are folders that take the place of
    those under `sql/`. A failed check is reported, not raised; the live file then stays as it was, as it does on any error.
    With `replace`, the file of another store is published over. Raises `OtherStoreError` without, `LockHeldError` and every
    other `WarehouseError`, `OSError`.
    """
    warehouse = warehouse.resolve()
    _refuse_foreign_file(warehouse)
    if not replace:
        require_own_file(store, warehouse)
    lock = warehouse.with_name(f"{warehouse.name}.lock")
    with (
        store.exclusive(),
        store.part_of_refresh(extractor_version, now) as refresh,
        exclusive(lock, f"the file {warehouse}"),
    ):
        files.sweep(warehouse.parent, warehouse.name)
        if sources is not None:
            store.retire_sources(sources, refresh, refresh.moment(now))
        locations = held_locations(store)
        key = carrying.content_key(store, locations, (views, checks))
        with _new_file(warehouse) as (temporary, folder):
            named = told_store(store, warehouse)
            making = _Making(store, refresh, temporary, folder, locations, key, named, lambda: refresh.moment(now))
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
    """The making of a new file at `path`, of what the sources hold at `locations`, with a `folder` that goes when it ends.

    `key` is what it is made from; `named` is how it names its store.
    """

    store: Store
    refresh: Refresh
    path: Path
    folder: Path
    locations: pl.DataFrame
    key: str
    named: str
    clock: Callable[[], datetime]

    def anew(self, views: Path | None, checks: Path | None) -> _Made:
        """Makes every table."""
        self.path.unlink(missing_ok=True)
        changes, row = _build(self)
        # Opened again: what was written is planned with as it lies on the disk, and takes no memory.
        with _written(self.path, self.folder) as connection:
            results, finished_at = _complete(connection, views, checks, self.refresh.refresh_id, self.clock)
            rows = _heights(connection)
        return _Made(results, changes, row.with_columns(finished_at=pl.lit(finished_at)), rows)

    def carried_over(self, warehouse: Path, checks: Path | None) -> _Made | None:
        """Takes all but what tells of refreshes from the file that is published; None if more than that would change."""
        shutil.copyfile(warehouse, self.path)
        changes = no_changes()
        with _written(self.path, self.folder) as connection:
            connection.begin()
            row = self.row(_counts(connection, self.locations, self.refresh.started_at), changes)
            tables = {**rows_of_places(self.locations, self.store), **self.of_refreshes(row)}
            if not carrying.rewrite(connection, tables, seen(self.locations)):
                return None
            connection.commit()
            results = rerun_checks(connection, checks)
            finished_at = _finish(connection, self.refresh.refresh_id, self.clock)
            rows = _heights(connection)
        return _Made(results, changes, row.with_columns(finished_at=pl.lit(finished_at)), rows)

    def row(self, counts: Mapping[str, int], changes: Changes) -> pl.DataFrame:
        """The row of `refreshes`, as published if all checks pass."""
        return _refresh_row(self.store, self.refresh, counts, changes, self.clock())

    def of_refreshes(self, row: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The rows of the tables that tell of refreshes, of this one with its `row`."""
        others = self.store.refreshes().filter(pl.col("refresh_id") != self.refresh.refresh_id)
        return {
            DATASET.name: dataset_row(self.refresh.refresh_id, self.key, self.named),
            REFRESHES.name: pl.concat([others, row]),
            SOURCE_REFRESHES.name: arranged(self.store.source_refreshes(), SOURCE_REFRESHES),
        }


def _counts(connection: duckdb.DuckDBPyConnection, locations: pl.DataFrame, since: datetime) -> dict[str, int]:
    """What the row of a refresh counts in the tables of a file, of documents those seen `since` it began."""
    read = _height(connection, f"{DOCUMENTS.name} WHERE NOT language_read")
    return {
        "documents_seen": seen(locations).filter(pl.col("last_seen") >= since).height,
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


def _build(making: _Making) -> tuple[Changes, pl.DataFrame]:
    """Makes the file with what is told by texts and of refreshes. Gives what changed, and the row of `refreshes`."""
    with _written(making.path, making.folder) as connection:
        _add_tables(connection)
        # In few transactions: each statement alone would wait for the disk, and of rows that are not committed nothing is known
        # by which a query could be planned, so that answers of a hundred thousand claims took minutes in place of seconds.
        with _transaction(connection):
            _fill(connection, rows_of_texts(making.store, making.locations))
        with _transaction(connection):
            changes = publish_changes(making.store, connection, making.refresh.refresh_id, making.folder)
            row = making.row(_counts(connection, making.locations, making.refresh.started_at), changes)
            _fill(connection, {name: [frame] for name, frame in making.of_refreshes(row).items()})
    return changes, row


def _complete(
    connection: duckdb.DuckDBPyConnection,
    views: Path | None,
    checks: Path | None,
    refresh_id: str,
    clock: Callable[[], datetime],
) -> tuple[tuple[CheckResult, ...], datetime]:
    """Works out the rest of the file, and checks it. Gives what the checks found, and when it ended."""
    searchable = _can_be_searched(connection)
    with _transaction(connection):
        claims = sum(_height(connection, table.name) for table in CLAIM_TABLES.values())
        work_out(connection, partial(_settle, connection, claims))
        _add_views(connection, views)
        if searchable:
            build_index(connection)
    return run_checks(connection, checks), _finish(connection, refresh_id, clock)


def _settle(connection: duckdb.DuckDBPyConnection, claims: int) -> None:
    """Commits a table of very many claims by itself: what is not committed stays in memory."""
    if claims > int(read_toml("analysis/publishing.toml")["claims_committed_at_once"]):
        connection.commit()
        connection.begin()


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    yield
    connection.commit()


@contextmanager
def _written(path: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes a new file, with `folder` for what exceeds its memory. Raises `WarehouseError` in place of what
    the database raises.
    """
    connection = duckdb.connect(str(path))
    try:
        give_room(connection, folder)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # it would stand among what a scheduled refresh logs
        yield connection
    except duckdb.OutOfMemoryException as error:
        raise too_little(error) from error
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


def _fill(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Iterable[pl.DataFrame]]) -> None:
    definitions = {table.name: table for table in TABLES}
    for name, frames in tables.items():
        lay_down(connection, definitions[name], frames)


def _heights(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {table.name: _height(connection, table.name) for table in (*TABLES, *HISTORY_TABLES)}


def _add_views(connection: duckdb.DuckDBPyConnection, folder: Path | None) -> None:
    for view in in_order_of_use(statements("views", folder)):
        connection.execute(view.sql)
        connection.execute(f"COMMENT ON VIEW {ddl.quoted_name(view.name)} IS {ddl.quoted_text(view.comment)}")


@contextmanager
def _new_file(warehouse: Path) -> Iterator[tuple[Path, Path]]:
    """A path for the new file, and a folder for what does not fit into memory while it is made; neither stays."""
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    temporary, folder = files.temporary_sibling(warehouse), files.temporary_sibling(warehouse)
    try:
        folder.mkdir()
        yield temporary, folder
    finally:
        temporary.unlink(missing_ok=True)
        _log_of(temporary).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


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
