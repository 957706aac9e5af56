"""Publishes again what is published already: a copy of the file, in which only what tells of refreshes is written anew.

That is right as long as nothing that the rest is made from changed. All of it is known by a key, which the file holds; what a
file is made of, and how, belongs to `publishing`.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb
import polars as pl

from pipeline.claims.version import digest_of, extractor_version
from pipeline.contract.ddl import quoted_name
from pipeline.contract.reference import reference_path
from pipeline.contract.schemas import empty_frame
from pipeline.contract.tables import (
    DATASET,
    DOCUMENT_LOCATIONS,
    DOCUMENTS,
    REFRESHES,
    REMOVED_DOCUMENTS,
    SOURCE_REFRESHES,
    UNREADABLE_DOCUMENTS,
)
from pipeline.warehouse.attaching import attached
from pipeline.warehouse.files import state_of
from pipeline.warehouse.laying import append
from pipeline.warehouse.sql import Statement, sql_folder
from pipeline.warehouse.store import CLAIM_INDEX, Store

# Written anew each time: what refreshes met, and when.
REWRITTEN = (DATASET, REFRESHES, SOURCE_REFRESHES, DOCUMENT_LOCATIONS, REMOVED_DOCUMENTS, UNREADABLE_DOCUMENTS)
# What is said of a document that a source holds, but when it was seen last and by which refresh.
_HELD = ("source", "uri", "file_name", "input_id", "doc_id", "first_seen", "content_key", "read_version")
_LAST_SEEN = "last_seen"
# The only way in which a table of answers depends on when a document was seen: no text counts as newer than that.
_LATEST_DAY = f"SELECT max(least(published_on, timezone('UTC', {_LAST_SEEN})::DATE)) FROM {DOCUMENTS.name}"
_SHIPPED = ("corridor", "duckdb", "duckdb-extension-fts", "polars", "currencyconverter")


def content_key(store: Store, locations: pl.DataFrame, folders: Iterable[Path | None] = ()) -> str:
    """A hash of all that a file is made from but the times of refreshes: which texts lie where, what they were read and
    extracted as, what is known of the extractor, and the code and data that make a file of it. `locations` are the inputs
    that sources hold; `folders` hold statements in place of the project's own.
    """
    digest = hashlib.sha256()
    live = locations.select("input_id").unique()
    extracted = store.claims.index().join(live, on="input_id", how="semi").select("input_id", *CLAIM_INDEX)
    for frame in (locations.drop_nulls("doc_id").select(_HELD), extracted):
        digest.update(frame.sort(frame.columns).write_csv(null_value="NULL", quote_style="non_numeric").encode())
    digest.update(f"{store.evaluated()}\0{made_by()}\0".encode())
    for folder in folders:
        digest.update(f"{digest_of(sorted(folder.glob('*.sql'))) if folder else ''}\0".encode())
    return digest.hexdigest()[:32]


@cache
def made_by() -> str:
    """What makes files: a hash of code, statements and reference data, with the versions of what they run on."""
    package = Path(__file__).resolve().parents[1]
    code = [*(package / "warehouse").rglob("*.py"), *(package / "contract").rglob("*.py")]
    data = [path for path in reference_path("").rglob("*") if path.is_file()]
    versions = ",".join(f"{name} {_version(name)}" for name in _SHIPPED)
    return f"{extractor_version()} {digest_of([*code, *data, *sql_folder().rglob('*.sql')])} {versions}"


def carries(warehouse: Path, store: Store, key: str) -> bool:
    """Whether a file was made from the same, is the one that the store published last, and was not written to since."""
    published = store.published_refreshes()["refresh_id"]
    if not warehouse.is_file() or published.is_empty() or not store.remembers_publications():
        return False
    if store.published_file() != (published[-1], state_of(warehouse)):
        return False
    try:
        with attached(warehouse) as connection:
            found = connection.execute(f"SELECT made_from, refresh_id FROM corridor.{DATASET.name}").fetchall()
    except duckdb.Error:
        return False  # a file of an older version, or none that can be read: it is made anew
    return found == [(key, published[-1])]


def rewrite(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pl.DataFrame], seen: pl.DataFrame) -> bool:
    """Writes the tables of `REWRITTEN` anew, and when each document was seen last (`doc_id`, `last_seen`).

    Gives whether what is left stays right. Raises `duckdb.Error`.
    """
    before = connection.execute(_LATEST_DAY).fetchone()
    for table in REWRITTEN:
        connection.execute(f"DELETE FROM {quoted_name(table.name)}")
        append(connection, table.name, [tables[table.name]], empty_frame(table))
    connection.register("documents_seen", seen.to_arrow())
    connection.execute(
        f"UPDATE {DOCUMENTS.name} SET {_LAST_SEEN} = documents_seen.{_LAST_SEEN} FROM documents_seen"
        f" WHERE documents_seen.doc_id = {DOCUMENTS.name}.doc_id"
        f" AND documents_seen.{_LAST_SEEN} IS DISTINCT FROM {DOCUMENTS.name}.{_LAST_SEEN}"
    )
    connection.unregister("documents_seen")
    return connection.execute(_LATEST_DAY).fetchone() == before


def concerned(checks: Iterable[Statement]) -> set[str]:
    """The names of those checks that look at what `rewrite` changes; the others found nothing when the file was made."""
    changed = re.compile(rf"\b(?:{'|'.join((_LAST_SEEN, *(table.name for table in REWRITTEN)))})\b", re.IGNORECASE)
    return {check.name for check in checks if changed.search(check.sql)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"
