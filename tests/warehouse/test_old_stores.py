"""Stores as released versions wrote them go on: nothing is forgotten, and nothing is done again without need.

Each folder of `old_stores` is a store of two refreshes of the source `texts`: `removed.txt` left with the second, and
`changed.txt` got another figure. How the next is added is told in `pipeline.warehouse.upgrading`.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import EVALUATION_TABLES, REFRESHES, SOURCE_REFRESHES
from pipeline.documents.document import Document
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.raw import RawText, Unreadable
from pipeline.warehouse.ledger import LEDGER_SCHEMA, State
from pipeline.warehouse.publishing import Publication, publish
from pipeline.warehouse.refreshing import ClaimBatch, extract_claims, refresh_documents
from pipeline.warehouse.store import FORMAT, Store

OLD_STORES = sorted((Path(__file__).parent / "old_stores").iterdir())
NOW = datetime(2027, 1, 1, tzinfo=UTC)
# The schemas of the store, by format. A digest that is not here: see `pipeline.warehouse.upgrading`.
DIGESTS = {7: "bbca95dce37e"}


@pytest.fixture(params=OLD_STORES, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(request.param, tmp_path / "store"))


class Work:
    """Reads and extracts as today, and notes what it was given."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def read(self, batch: Sequence[RawText]) -> list[Document | Unreadable]:
        self.done += [f"read {item.file_name}" for item in batch]
        return list(read_batch(batch))

    def extract(self, batch: Sequence[Document]) -> ClaimBatch:
        self.done += [f"extract {document.file_name}" for document in batch]
        return extract_batch(batch)

    def refresh(self, store: Store, texts: Sequence[RawText], warehouse: Path, version: str) -> Publication:
        with store.exclusive():
            under_way = store.open_refresh(NOW)
            refresh_documents(store, "texts", texts, read=self.read, version=version, refresh=under_way, now=NOW)
            extract_claims(store, "texts", extract=self.extract, version=version, refresh=under_way)
            return publish(store, warehouse, extractor_version=version, now=NOW)


def held(store: Path) -> pl.DataFrame:
    """The ledger of an old store, as it lies there."""
    return pl.read_parquet(store / "sources" / "texts.parquet").filter(pl.col("state") == State.PRESENT)


def texts_of(store: Path) -> list[RawText]:
    documents = pl.concat([pl.read_parquet(path) for path in sorted((store / "documents").glob("*/documents.parquet"))])
    rows = held(store).join(documents.unique("input_id"), on="input_id").select("uri", "file_name", "text")
    return [RawText("texts", uri, name, text.encode()) for uri, name, text in rows.iter_rows()]


def last_version(store: Path) -> str:
    return str(pl.read_parquet(store / "refreshes.parquet")["extractor_version"][-1])


def logged(store: Path, name: str) -> int:
    return sum(pl.read_parquet(path).height for path in (store / "changes").glob(f"*/{name}.parquet"))


def ask(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_an_old_store_goes_on_without_loss_and_without_needless_work(old: Path, tmp_path: Path) -> None:
    since = dict(held(old).select("uri", "first_seen").iter_rows())
    before, texts, version = pl.read_parquet(old / "refreshes.parquet"), texts_of(old), last_version(old)
    claims, documents = logged(old, "claims"), logged(old, "documents")
    evaluated = Store(old).evaluated()
    warehouse, work = tmp_path / "corridor.duckdb", Work()
    publication = work.refresh(Store(old), texts, warehouse, version)
    assert publication.published, publication.failed_checks
    assert work.done == []
    assert json.loads((old / "format.json").read_text()) == {"format": FORMAT}
    located = ask(warehouse, "SELECT uri, first_seen, last_seen FROM document_locations ORDER BY uri")
    assert located == [(uri, first, NOW) for uri, first in sorted(since.items())]
    removed = ask(warehouse, "SELECT DISTINCT file_name FROM removed_documents ORDER BY file_name")
    assert removed == [("changed.txt",), ("removed.txt",)]
    logs = ("changes", claims), ("document_changes", documents), ("refreshes", before.height + 1)
    for table, rows in logs:
        assert ask(warehouse, f"SELECT count(*) FROM {table}") == [(rows,)]
    assert publication.refresh["claims_added"] == publication.refresh["claims_removed"] == 0
    assert publication.refresh["claims"] == ask(warehouse, "SELECT count(*) FROM claims")[0][0] != 0
    assert Store(old).evaluated() == evaluated is not None


def test_a_new_version_reads_an_old_store_anew_once(old: Path, tmp_path: Path) -> None:
    since = dict(held(old).select("uri", "first_seen").iter_rows())
    texts, warehouse, work = texts_of(old), tmp_path / "corridor.duckdb", Work()
    names = sorted(text.file_name for text in texts)
    publication = work.refresh(Store(old), texts, warehouse, "of today")
    assert publication.published, publication.failed_checks
    assert sorted(work.done) == sorted(f"{what} {name}" for what in ("extract", "read") for name in names)
    assert dict(ask(warehouse, "SELECT uri, first_seen FROM document_locations")) == since  # type: ignore[arg-type]
    causes = "SELECT DISTINCT cause FROM changes WHERE refresh_id = (SELECT max(refresh_id) FROM refreshes)"
    assert ask(warehouse, causes) in ([], [("new_extractor",)])
    store = Store(old)
    assert store.documents.read("sketches", store.documents.index())["version_told"].to_list() == [0] * len(names)
    work.done.clear()
    assert work.refresh(store, texts, warehouse, "of today").published
    assert work.done == []


def test_what_an_old_store_holds_is_published_when_its_source_cannot_be_read(old: Path, tmp_path: Path) -> None:
    version, warehouse = last_version(old), tmp_path / "corridor.duckdb"
    publication = publish(Store(old), warehouse, extractor_version=version, now=NOW)
    assert publication.published, publication.failed_checks
    assert publication.rows["documents"] == held(Path(OLD_STORES[0])).height


def test_a_change_of_the_store_raises_its_format() -> None:
    store = Store(Path("nowhere"))
    schemas: dict[str, object] = {"ledger": LEDGER_SCHEMA}
    for name, segments in (("documents", store.documents), ("claims", store.claims), ("changes", store.changes)):
        schemas |= {f"{name}/{table}": schema for table, schema in segments.schemas().items()}
    schemas |= {table.name: polars_schema(table) for table in (REFRESHES, SOURCE_REFRESHES, *EVALUATION_TABLES)}
    digest = hashlib.sha256(repr(sorted(schemas.items())).encode()).hexdigest()[:12]
    assert DIGESTS.get(FORMAT) == digest, "raise FORMAT and note the digest: pipeline/warehouse/upgrading.py says how"
