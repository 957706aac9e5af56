"""The rows of the published tables that tell of texts: what the store holds, as it is read from there.

Tables that grow with texts come in frames, a segment or so at a time, so that none need be held whole. In which order rows are
laid down is said here too; writing them belongs to `laying`, and what is worked out from them to `analysis`.
"""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from pipeline.claims.extraction import languages_read
from pipeline.contract.fields import Table
from pipeline.contract.schemas import code_rows, polars_schema
from pipeline.contract.tables import (
    DOCUMENT_LOCATIONS,
    DOCUMENTS,
    EXTRACTIONS,
    REMOVED_DOCUMENTS,
    TABLES,
    UNREADABLE_DOCUMENTS,
)
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.standing import Sketched, standing
from pipeline.warehouse.errors import WarehouseError
from pipeline.warehouse.ledger import State
from pipeline.warehouse.store import DOCUMENT_SCHEMA, EXTRACTED_TABLES, EXTRACTION_FAILED, SKETCH_SCHEMA, Store
from pipeline.warehouse.voices import house

_AS_READ = ("input_id", "doc_id", "read_version")  # what a row of the index of claims was made from
_PLACE = ("input_id", "segment", "part")


def rows_of_texts(store: Store, locations: pl.DataFrame | None = None) -> dict[str, Iterable[pl.DataFrame]]:
    """The rows of every published table but those that tell of refreshes and changes, by table, in frames with the columns of
    its definition. Frames of one table are arranged; several of a table come in the order of the store.
    """
    locations = held_locations(store) if locations is None else locations
    index = store.claims.index()
    claims = index.filter(pl.col("error").is_null()).join(_chosen(locations), on=_AS_READ, how="semi")
    small = {
        EXTRACTIONS.name: claims.rename({"version": "extractor_version"}),
        "codes": code_rows(vocabulary()),
        **store.evaluation(),
    }
    of_texts = {table.name: [arranged(small[table.name], table)] for table in TABLES if table.name in small}
    streamed: dict[str, Iterable[pl.DataFrame]] = {
        DOCUMENTS.name: _documents(store, locations),
        **{table.name: store.claims.frames(table.name, claims) for table in EXTRACTED_TABLES},
    }
    places = {name: [frame] for name, frame in rows_of_places(locations, store).items()}
    return {**{name: _defined(name, frames) for name, frames in streamed.items()}, **of_texts, **places}


def rows_of_places(locations: pl.DataFrame, store: Store) -> dict[str, pl.DataFrame]:
    """The tables that tell where texts lie, lay, and could not be read."""
    tables = {
        DOCUMENT_LOCATIONS: locations.drop_nulls("doc_id"),
        REMOVED_DOCUMENTS: store.ledgers().filter(pl.col("state") == State.REMOVED),
        UNREADABLE_DOCUMENTS: pl.concat([_unreadable(locations), _not_extracted(locations, store.claims.index())]),
    }
    return {table.name: arranged(frame, table) for table, frame in tables.items()}


def held_locations(store: Store) -> pl.DataFrame:
    """Every input that a source holds, with its place in the store of documents (NULL if it could not be fetched).

    Raises `WarehouseError` if there are documents that ledgers name and no segment holds.
    """
    held = store.ledgers().filter(pl.col("state") != State.REMOVED)
    index = store.documents.index().select(
        *_PLACE, "content_key", read_version="version", read_reason="reason", read_detail="detail"
    )
    locations = held.join(index, on="input_id", how="left")
    _require_documents(store, locations.drop_nulls("doc_id").filter(pl.col("segment").is_null()))
    return locations


def seen(locations: pl.DataFrame) -> pl.DataFrame:
    """When each document was seen first and last, wherever it lies."""
    return locations.drop_nulls("doc_id").group_by("doc_id").agg(pl.col("first_seen").min(), pl.col("last_seen").max())


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
    places = arrangement(table)
    whole = _with_columns_of(frame, table)
    return whole.sort([pl.sql_expr(place) for place in places], maintain_order=True) if places else whole


# Within -------------------------------------------------------------------------------------------------------------


def _defined(name: str, frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    (table,) = (table for table in TABLES if table.name == name)
    return (_with_columns_of(frame, table) for frame in frames)


def _with_columns_of(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    schema = polars_schema(table)
    missing = [pl.lit(None, dtype=schema[name]).alias(name) for name in schema if name not in frame.columns]
    return frame.with_columns(missing).select(schema.names()).cast(schema)


def _require_documents(store: Store, missing: pl.DataFrame) -> None:
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


def _documents(store: Store, locations: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Documents with their texts; which of them stand is found before, without the texts."""
    chosen = _chosen(locations).select(*_PLACE, "source", "file_name", "uri", "content_key")
    beside = chosen.drop("segment", "part", "content_key").join(_links(store, chosen), on="input_id", how="left")
    columns = [name for name in DOCUMENTS.columns if name in DOCUMENT_SCHEMA]
    read = pl.col("language").is_in(sorted(languages_read())).fill_null(False)
    moments = seen(locations)
    for documents in store.documents.frames("documents", chosen, columns):
        yield documents.join(beside, on="input_id").join(moments, on="doc_id").with_columns(language_read=read)


def _links(store: Store, chosen: pl.DataFrame) -> pl.DataFrame:
    """Which documents others repeat, and which supersede them: `input_id`, `duplicate_of`, `superseded_by`."""
    documents = store.documents.read("documents", chosen, ["doc_id", "published_on", "publisher"])
    documents = documents.join(chosen.select("input_id", "source", "content_key"), on="input_id")
    links = documents.select("input_id", "doc_id")
    for column, found in standing(_sketched(store, chosen, documents))._asdict().items():
        pairs = pl.DataFrame(list(found.items()), schema={"doc_id": pl.String, column: pl.String}, orient="row")
        links = links.join(pairs, on="doc_id", how="left")
    return links.drop("doc_id")


def _sketched(store: Store, chosen: pl.DataFrame, documents: pl.DataFrame) -> Iterator[Sketched]:
    houses = {name: f"publisher {house(name)}" for name in documents["publisher"].drop_nulls().unique()}
    without = documents
    for sketches in store.documents.frames("sketches", chosen):
        without = without.join(sketches, on="input_id", how="anti")
        yield from _as_judged(documents.join(sketches, on="input_id"), houses)
    missing = [pl.lit(None, type_).alias(name) for name, type_ in SKETCH_SCHEMA.items()]
    yield from _as_judged(without.with_columns(missing), houses)


def _as_judged(documents: pl.DataFrame, houses: Mapping[str, str]) -> Iterator[Sketched]:
    """Documents, of which all is there that is kept of a text, but the text."""
    for row in documents.iter_rows(named=True):
        yield Sketched(
            row["doc_id"],
            row["published_on"],
            houses.get(row["publisher"]) or f"source {row['source']}",
            row["version_told"] or 0,
            row["content_key"],
            row["shingles"] or 0,
            row["minhash"] or b"",
            row["figures"] or b"",
        )


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
