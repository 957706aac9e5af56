"""Finds what changed since the file that was published last: which claims and documents came, went, or say something else.

The store remembers every change since it began to, so what was published last follows from replaying them; nothing else is
kept of it. Keeping the log is `store`'s, publishing it `publishing`'s, and reading it `news`'s.

A claim's id is a hash of its document, its place and its content, so one that is told otherwise comes as another claim while
the old one goes. Both are paired here: in the same document by their place, in a document whose text changed by what they say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

import duckdb
import polars as pl

from pipeline.contract.analysis.history import CHANGES, DOCUMENT_CHANGES
from pipeline.contract.ddl import quoted_name, quoted_text
from pipeline.contract.fields import Table
from pipeline.contract.schemas import empty_frame, polars_schema
from pipeline.contract.tables import CLAIM_TABLES, DOCUMENT_LOCATIONS, DOCUMENTS, EXTRACTIONS
from pipeline.warehouse.laying import append, stream
from pipeline.warehouse.ledger import State
from pipeline.warehouse.store import CHANGED_CLAIMS, CHANGED_DOCUMENTS, DOCUMENT_STATE, STATEMENT, Store
from pipeline.warehouse.wording import SUMMARISED, summary

TEXT = "text"  # among the fields of a document whose content changed


class Change(StrEnum):
    """What became of a claim or document. `HELD` was there when the store, older than its log, began to keep one."""

    ADDED = "added"
    REMOVED = "removed"
    ALTERED = "altered"
    MOVED = "moved"
    HELD = "held"


class Cause(StrEnum):
    """Why a claim changed; see the table `changes`."""

    NEW_DOCUMENT = "new_document"
    CHANGED_DOCUMENT = "changed_document"
    REMOVED_DOCUMENT = "removed_document"
    NEW_EXTRACTOR = "new_extractor"
    EXTRACTED = "extracted"
    NOT_EXTRACTED = "not_extracted"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last file, as the store keeps it.

    `documents` is a frame of `CHANGED_DOCUMENTS`. Of claims, which may be very many, `counts` tells how many changed how, and
    `claims` is a Parquet file of `CHANGED_CLAIMS` with the refresh as `input_id`, None without any. `known` is whether the
    store knew what the last file held; if not, everything in it is `HELD`.
    """

    documents: pl.DataFrame
    counts: Mapping[str, int]
    claims: Path | None = None
    known: bool = True

    def count(self, change: Change) -> int | None:
        """How many claims changed so; None if that is not known."""
        return self.counts.get(change, 0) if self.known else None

    def count_documents(self, change: Change) -> int | None:
        """How many documents changed so, of altered ones those with another text; None if that is not known."""
        if not self.known:
            return None
        counted = pl.col("change") == change
        if change is Change.ALTERED:
            counted &= pl.col("fields").list.contains(TEXT)
        return self.documents.filter(counted).height


def no_changes() -> Changes:
    """What changed if nothing did."""
    return Changes(pl.DataFrame(schema=CHANGED_DOCUMENTS), {})


def publish_changes(store: Store, connection: duckdb.DuckDBPyConnection, refresh_id: str, folder: Path) -> Changes:
    """Fills the tables `changes` and `document_changes` of a new file, which holds its texts and claims already: with the log
    so far, and with what the file holds otherwise than the one that was published last. That is given too, as changes of
    `refresh_id`; the file of its claims lies in `folder`. Raises `OSError`, `duckdb.Error`.
    """
    empty = pl.Schema(CHANGED_CLAIMS).to_frame()
    stream(connection, f"CREATE TEMP TABLE {_CHANGED} AS SELECT * FROM rows_to_publish", (), empty)
    documents, told, known = _found(store, connection)
    for claims in told:
        append(connection, _CHANGED, [claims], empty)
    counts = dict(connection.execute(f"SELECT change, count(*)::INTEGER FROM {_CHANGED} GROUP BY change").fetchall())
    _publish_log(store, connection, refresh_id, documents)
    connection.execute(_PUBLISH_CHANGED, [refresh_id])
    file = None
    if counts:
        file = folder / "changed_claims.parquet"
        columns = ", ".join(map(quoted_name, CHANGED_CLAIMS))
        query = f"SELECT {quoted_text(refresh_id)} AS input_id, {columns} FROM {_CHANGED} ORDER BY {_ORDER}"
        connection.execute(f"COPY ({query}) TO {quoted_text(str(file))} (FORMAT parquet, COMPRESSION zstd)")
    connection.execute(f"DROP TABLE {_CHANGED}")
    return Changes(documents, counts, file, known)


def _found(store: Store, connection: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, Iterator[pl.DataFrame], bool]:
    """The documents that changed, the claims in frames of which none is large, and whether the last file is known."""
    documents = _document_state(connection)
    if store.remembers_publications():
        changed_documents, claims = _compared(store, connection, documents)
        return changed_documents, claims, True
    known = store.published_refreshes().is_empty()
    change = Change.ADDED if known else Change.HELD
    changed_documents = _told_documents(documents.with_columns(previous_doc_id=pl.lit(None, pl.String)), change)
    cause = pl.lit(Cause.NEW_DOCUMENT.value).alias("cause")
    ranges = _ranges(_claims_by_document(connection))
    told = (_told_claims(_statements(connection, docs).with_columns(cause), documents, change) for docs in ranges)
    return changed_documents, told, known


def _publish_log(store: Store, connection: duckdb.DuckDBPyConnection, refresh_id: str, documents: pl.DataFrame) -> None:
    """Fills both tables with the log so far, and that of documents with the latest of them."""
    for table, name in ((CHANGES, "claims"), (DOCUMENT_CHANGES, "documents")):
        columns = [column for column in table.columns if column != "refresh_id"]
        frames = store.changes_frames(name, columns)
        if table is DOCUMENT_CHANGES:
            frames = chain(frames, [documents.select(pl.lit(refresh_id).alias("refresh_id"), *columns)])
        append(connection, table.name, (_published(frame, table) for frame in frames), empty_frame(table))


def _published(log: pl.DataFrame, table: Table) -> pl.DataFrame:
    told = log.filter(pl.col("change") != Change.HELD).select(table.columns).cast(polars_schema(table))
    if table is CHANGES:
        told = told.with_columns(evidence=pl.when(pl.col("change") == Change.REMOVED).then("evidence"))
    return told


# Claims that changed, as they are found; in the log and in the file they are in order.
_CHANGED = "changed_claims"
_GONE = "gone_claims"
CLAIMS_AT_ONCE = 20_000
_ORDER = (
    "list_position(['removed', 'altered', 'moved', 'added', 'held'], change), doc_id, evidence_start, claim_id NULLS FIRST,"
    " previous_claim_id NULLS FIRST"
)
_TOLD = ", ".join(quoted_name(name) for name in CHANGES.columns if name not in ("refresh_id", "evidence"))
_PUBLISH_CHANGED = (
    f"INSERT INTO {CHANGES.name} BY NAME SELECT ? AS refresh_id, {_TOLD},"
    f" CASE WHEN change = 'removed' THEN evidence END AS evidence FROM {_CHANGED} WHERE change <> 'held' ORDER BY {_ORDER}"
)


# What there is, and what there was ----------------------------------------------------------------------------------


def _document_state(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    columns = ", ".join(f"{DOCUMENTS.name}.{name}" for name in ("doc_id", *DOCUMENT_STATE) if name != "extracted")
    extracted = f"{EXTRACTIONS.name}.doc_id IS NOT NULL AS extracted"
    query = f"SELECT {columns}, {extracted} FROM {DOCUMENTS.name} LEFT JOIN {EXTRACTIONS.name} USING (doc_id)"
    schema = pl.Schema({"doc_id": pl.String(), **DOCUMENT_STATE})
    return connection.sql(query).pl().select(schema.names()).cast(schema)


def _claims_by_document(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """How many claims each document of the file has: `doc_id`, `claims`."""
    parts = " UNION ALL ".join(f"SELECT doc_id FROM {table.name}" for table in CLAIM_TABLES.values())
    return connection.sql(f"SELECT doc_id, count(*) AS claims FROM ({parts}) GROUP BY doc_id").pl()


def _ranges(claims: pl.DataFrame) -> list[pl.Series]:
    """Documents with numbers of `claims`, in the order of ids, divided so that each part has no more than so many."""
    counted = claims.group_by("doc_id").agg(pl.col("claims").sum()).sort("doc_id")
    divided = counted.with_columns(part=(pl.col("claims").cum_sum() - 1) // CLAIMS_AT_ONCE)
    return [part["doc_id"] for part in divided.partition_by("part", maintain_order=True)]


def _statements(connection: duckdb.DuckDBPyConnection, doc_ids: pl.Series) -> pl.DataFrame:
    """The claims of documents, of all families in one shape: with the columns of the other families, which are NULL."""
    found = []
    for family, table in CLAIM_TABLES.items():
        schema = polars_schema(table)
        claims = _of_documents(connection, table.name, schema.names(), doc_ids).cast(schema)
        missing = [pl.lit(None, dtype=type_).alias(name) for name, type_ in STATEMENT.items() if name not in schema]
        told = claims.with_columns(missing)
        found.append(told.select("claim_id", "doc_id", pl.lit(family).alias("family"), *STATEMENT))
    return pl.concat(found)


def _of_documents(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str], doc_ids: pl.Series
) -> pl.DataFrame:
    listed = ", ".join(f"{table}.{quoted_name(name)}" for name in columns)
    connection.register("documents_asked", doc_ids.rename("doc_id").to_frame().to_arrow())
    try:
        # Rows lie in the order of documents, so that their bounds spare reading most of them.
        query = f"SELECT {listed} FROM {table} SEMI JOIN documents_asked USING (doc_id) WHERE doc_id BETWEEN ? AND ?"
        return connection.execute(query, [doc_ids.min(), doc_ids.max()]).pl()
    finally:
        connection.unregister("documents_asked")


def _held(store: Store, name: str, key: str) -> pl.DataFrame:
    """What the file published last held, by the log: `key` with `refresh_id`, the refresh that tells of it last."""
    order = store.published_refreshes().with_row_index("turn").select("refresh_id", pl.col("turn").cast(pl.Int64))
    moments = [pl.DataFrame(schema={key: pl.String, "moment": pl.Int64})]
    # Of one refresh, what came counts after what went: a document that is told otherwise keeps its id.
    for log in store.changes_frames(name, ["change", key, f"previous_{key}"]):
        turns = log.join(order, on="refresh_id")
        moments.append(turns.select(pl.col(f"previous_{key}").alias(key), moment=2 * pl.col("turn")).drop_nulls(key))
        moments.append(turns.select(key, moment=2 * pl.col("turn") + 1).drop_nulls(key))
    last = pl.concat(moments).group_by(key).agg(pl.col("moment").max()).filter(pl.col("moment") % 2 == 1)
    return last.select(key, turn=pl.col("moment") // 2).join(order, on="turn").select(key, "refresh_id")


def _last_told(store: Store, name: str, key: str, held: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Of what was `held`, the rows of the log that tell of it last."""
    return store.changes_log(name, [key, *columns], held).drop("refresh_id")


# Comparing ----------------------------------------------------------------------------------------------------------


def _compared(
    store: Store, connection: duckdb.DuckDBPyConnection, now: pl.DataFrame
) -> tuple[pl.DataFrame, Iterator[pl.DataFrame]]:
    held = _held(store, "documents", "doc_id")
    before = _last_told(store, "documents", "doc_id", held, list(DOCUMENT_STATE))
    successors = _successors(store, before, now)
    places = connection.sql(f"SELECT doc_id, source, uri FROM {DOCUMENT_LOCATIONS.name}").pl()
    documents = _where_they_lay(now, places, before, successors)
    claims = _compared_claims(store, connection, _Fate(before, documents, successors))
    return _changed_documents(before, documents, successors), claims


def _compared_claims(store: Store, connection: duckdb.DuckDBPyConnection, fate: "_Fate") -> Iterator[pl.DataFrame]:
    """The claims that changed, of some documents and those whose addresses they took after the other."""
    ids = " UNION ALL ".join(f"SELECT claim_id, doc_id FROM {table.name}" for table in CLAIM_TABLES.values())
    present, held = connection.sql(ids).pl(), _held(store, "claims", "claim_id")
    arrived, gone = present.join(held, on="claim_id", how="anti"), held.join(present, on="claim_id", how="anti")
    del present, held
    columns = ["claim_id", "doc_id", "family", *STATEMENT]
    empty = pl.Schema({name: CHANGED_CLAIMS[name] for name in columns}).to_frame()
    told = store.changes_frames("claims", columns, gone)
    stream(connection, f"CREATE TEMP TABLE {_GONE} AS SELECT * FROM rows_to_publish", told, empty)
    where = connection.sql(f"SELECT doc_id, count(*) AS claims FROM {_GONE} GROUP BY doc_id").pl()
    followed = where.join(fate.successors, left_on="doc_id", right_on="previous_doc_id", how="left", suffix="_after")
    followed = followed.with_columns(now=pl.coalesce("doc_id_after", "doc_id"))
    counted = [followed.select("claims", doc_id="now"), arrived.group_by("doc_id").agg(claims=pl.len().cast(pl.Int64))]
    for doc_ids in _ranges(pl.concat(one.select("doc_id", "claims") for one in counted)):
        before = followed.filter(pl.col("now").is_in(doc_ids.implode()))["doc_id"]
        yield _changed_claims(
            _of_documents(connection, _GONE, columns, before).cast(empty.schema),
            _statements(connection, doc_ids).join(arrived, on="claim_id", how="semi"),
            fate,
        )
    connection.execute(f"DROP TABLE {_GONE}")


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of documents: those of the last file, those of today, and which took the address of which."""

    before: pl.DataFrame
    now: pl.DataFrame
    successors: pl.DataFrame

    def causes(self, claims: pl.DataFrame, *, arrived: bool) -> pl.DataFrame:
        """`claims` with a column `cause`: why they arrived, or why they are gone."""
        there, other = (self.now, self.before) if arrived else (self.before, self.now)
        side, alone, late = (
            ("doc_id", Cause.NEW_DOCUMENT, Cause.EXTRACTED)
            if arrived
            else ("previous_doc_id", Cause.REMOVED_DOCUMENT, Cause.NOT_EXTRACTED)
        )
        told = (
            there.select("doc_id")
            .join(other.select("doc_id", "extracted"), on="doc_id", how="left")
            .with_columns(
                cause=pl.when(pl.col("doc_id").is_in(self.successors[side].implode()))
                .then(pl.lit(Cause.CHANGED_DOCUMENT.value))
                .when(pl.col("extracted").is_null())
                .then(pl.lit(alone.value))
                .when("extracted")
                .then(pl.lit(Cause.NEW_EXTRACTOR.value))
                .otherwise(pl.lit(late.value))
            )
        )
        return claims.join(told.select("doc_id", "cause"), on="doc_id", how="left")


def _successors(store: Store, before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Which document took the address of which: `doc_id`, `previous_doc_id`, each at most once."""
    ledger = store.ledgers().drop_nulls("doc_id").select("source", "uri", "doc_id", "state", "last_seen")
    gone = ledger.join(before.join(now, on="doc_id", how="anti"), on="doc_id", how="semi")
    arrived = ledger.join(now.join(before, on="doc_id", how="anti"), on="doc_id", how="semi")
    # A document may have lain elsewhere once; only where it lay last was its place taken.
    last = gone.filter(pl.col("last_seen") == pl.col("last_seen").max().over("doc_id"))
    taken = arrived.filter(pl.col("state") == State.PRESENT).join(
        last.select("source", "uri", previous_doc_id="doc_id"), on=["source", "uri"]
    )
    once = taken.sort("source", "uri", "previous_doc_id").unique("doc_id", keep="first", maintain_order=True)
    return once.unique("previous_doc_id", keep="first", maintain_order=True).select("doc_id", "previous_doc_id")


def _where_they_lay(now: pl.DataFrame, places: pl.DataFrame, before: pl.DataFrame, successors: pl.DataFrame) -> pl.DataFrame:
    """`now`, with each document where it, or the one whose address it took, lay before, if that is still one of its `places`.

    A copy that lies elsewhere does not move it, whichever of the two the file names.
    """
    replaced = successors.join(before, left_on="previous_doc_id", right_on="doc_id")
    lay = pl.concat([frame.select("doc_id", "source", "uri") for frame in (before, replaced)])
    lies = lay.join(places, on=["doc_id", "source", "uri"], how="semi")
    where = (pl.coalesce(f"{name}_before", name).alias(name) for name in ("source", "uri"))
    return now.join(lies, on="doc_id", how="left", suffix="_before").with_columns(where).select(now.columns)


def _changed_documents(before: pl.DataFrame, now: pl.DataFrame, successors: pl.DataFrame) -> pl.DataFrame:
    replaced = now.join(successors, on="doc_id")
    kept = now.join(before.select("doc_id"), on="doc_id").with_columns(previous_doc_id="doc_id")
    pairs = pl.concat([replaced, kept])
    others = pairs.select("doc_id", "previous_doc_id").join(before, left_on="previous_doc_id", right_on="doc_id")
    content = pl.when(pl.col("doc_id") != pl.col("previous_doc_id")).then(pl.lit(TEXT))
    fields = pl.concat_list("fields", content).list.drop_nulls().list.sort()
    compared = _with_fields(pairs, others, "doc_id", list(DOCUMENT_STATE)).with_columns(fields)
    altered = compared.filter(pl.col("fields").list.len() > 0)
    added = now.join(pairs, on="doc_id", how="anti").with_columns(previous_doc_id=pl.lit(None, pl.String))
    removed = before.join(pairs, left_on="doc_id", right_on="previous_doc_id", how="anti").rename({"doc_id": "previous_doc_id"})
    return pl.concat(
        [
            _told_documents(removed.with_columns(doc_id=pl.lit(None, pl.String)), Change.REMOVED),
            _told_documents(altered, Change.ALTERED),
            _told_documents(added, Change.ADDED),
        ]
    )


def _changed_claims(gone: pl.DataFrame, arrived: pl.DataFrame, fate: _Fate) -> pl.DataFrame:
    pairs = _paired(gone, arrived, fate.successors)
    causes = fate.causes(arrived, arrived=True)
    altered = causes.join(pairs, on="claim_id")
    others = pairs.join(gone, left_on="previous_claim_id", right_on="claim_id")
    compared = _with_fields(altered, others, "claim_id", ["family", *(name for name in STATEMENT if name not in _PLACES)])
    before = others.select("claim_id", previous_summary=_summaries(others))
    told = compared.join(before, on="claim_id", how="left")
    same = pl.col("fields").list.set_difference([_WORDING]).list.len() == 0
    removed = fate.causes(gone.join(pairs, left_on="claim_id", right_on="previous_claim_id", how="anti"), arrived=False)
    added = causes.join(pairs, on="claim_id", how="anti")
    return pl.concat(
        [
            _told_claims(removed, fate.before, Change.REMOVED),
            _told_claims(told.filter(~same), fate.now, Change.ALTERED),
            _told_claims(told.filter(same).with_columns(previous_summary=pl.lit(None, pl.String)), fate.now, Change.MOVED),
            _told_claims(added, fate.now, Change.ADDED),
        ]
    )


_PLACES = frozenset({"evidence_start", "evidence_end", "value_start", "value_end"})
# The whole sentence, which may be worded otherwise where it says other things.
_WORDING = "evidence"


def _with_fields(now: pl.DataFrame, before: pl.DataFrame, key: str, columns: Sequence[str]) -> pl.DataFrame:
    """`now` with a column `fields`: which of `columns` are otherwise in the row of `before` with the same `key`, sorted."""
    right = before.select(key, *(_comparable(before, name).alias(f"{name}_before") for name in columns))
    left = now.with_columns(_comparable(now, name).alias(f"{name}_now") for name in columns).join(right, on=key, how="left")
    differing = [
        pl.when(pl.col(f"{name}_now").ne_missing(pl.col(f"{name}_before"))).then(pl.lit(name)) for name in sorted(columns)
    ]
    fields = left.select(fields=pl.concat_list(differing).list.drop_nulls())["fields"]
    return left.select(now.columns).with_columns(fields)


def _comparable(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).list.join("\n") if isinstance(frame.schema[name], pl.List) else pl.col(name)


# Pairing ------------------------------------------------------------------------------------------------------------

# By what a claim that arrived is taken for one that is gone, surest first: the columns that must agree, of which the first may
# not be NULL. Several that agree in all are paired in the order of the text.
_SAYING = (
    *("indicator", "measure", "unit", "reporter", "partner", "origin", "destination", "corridor", "mode", "commodity"),
    *("period_start", "period_end", "modality"),
)
_IN_THE_SAME_TEXT: tuple[tuple[str, ...], ...] = (
    ("value_start", "value_end", "family", "indicator", "measure", "reporter", "partner"),
    ("value_start", "value_end", "family", "indicator"),
    ("value_start", "value_end", "family"),
    ("value_start", "value_end"),
    ("value_start",),
    ("value_end",),
    ("value_within",),
    ("no_value", "family", "evidence_start", "evidence_end", "indicator", "status", "name"),
    ("no_value", "family", "evidence_start", "evidence_end"),
    ("no_value", "family", "evidence_start"),
    ("no_value", "family", "evidence_end"),
)
_IN_A_CHANGED_TEXT: tuple[tuple[str, ...], ...] = (
    ("evidence", "family", "value_text", *_SAYING, "name", "status", "parties"),
    ("value_text", "family", *_SAYING),
    ("value_text", "family", "indicator", "measure"),
    ("evidence", "family", "value_text"),
    ("measure", "family", *_SAYING),
    ("value_text", "family"),
    ("no_value", "family", "form", "subject", "name", "parties", "status"),
    ("name", "family", "parties"),
    ("form", "family", "subject", "parties"),
    ("no_value", "family", "evidence"),
)


def _paired(gone: pl.DataFrame, arrived: pl.DataFrame, successors: pl.DataFrame) -> pl.DataFrame:
    """Which claim takes the place of which: `claim_id`, `previous_claim_id`, each at most once."""
    followed = gone.join(successors, left_on="doc_id", right_on="previous_doc_id", how="left", suffix="_after")
    before = _prepared(followed.with_columns(doc_id=pl.coalesce("doc_id_after", "doc_id")).drop("doc_id_after"))
    after = _prepared(arrived.join(before, on="doc_id", how="semi"))
    changed = pl.col("doc_id").is_in(successors["doc_id"].implode())
    pairs = [
        found
        for rules, which in ((_IN_THE_SAME_TEXT, ~changed), (_IN_A_CHANGED_TEXT, changed))
        for found in _matches(before.filter(which), after.filter(which), rules)
    ]
    return pl.concat([pl.DataFrame(schema={"claim_id": pl.String, "previous_claim_id": pl.String}), *pairs])


def _prepared(claims: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, type_ in claims.schema.items() if isinstance(type_, pl.List)]
    return claims.with_columns(
        *(pl.col(name).list.join("\n") for name in lists),
        no_value=pl.when(pl.col("value_start").is_null()).then(pl.lit(True)),
    )


def _matches(before: pl.DataFrame, after: pl.DataFrame, rules: Sequence[Sequence[str]]) -> Iterator[pl.DataFrame]:
    for rule in rules:
        if before.is_empty() or after.is_empty():
            return
        found = _overlapping(before, after) if rule == ("value_within",) else _agreeing(before, after, rule)
        before = before.join(found, left_on="claim_id", right_on="previous_claim_id", how="anti")
        after = after.join(found, on="claim_id", how="anti")
        yield found


def _agreeing(before: pl.DataFrame, after: pl.DataFrame, rule: Sequence[str]) -> pl.DataFrame:
    keys = list(dict.fromkeys(("doc_id", *rule)))
    place = ("evidence_start", "value_start", "claim_id")
    turn = pl.int_range(pl.len()).over(keys).alias("turn")
    left, right = (frame.drop_nulls(rule[0]).sort(place).with_columns(turn) for frame in (after, before))
    found = left.join(right.select(*keys, "turn", previous_claim_id="claim_id"), on=[*keys, "turn"], nulls_equal=True)
    return found.select("claim_id", "previous_claim_id")


def _overlapping(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Numbers whose spans overlap without a common end, each with the last that begins before it ends."""
    place = pl.col("value_end") - 1
    left = after.drop_nulls("value_start").select("doc_id", "claim_id", "value_start", last=place).sort("last", "claim_id")
    right = before.drop_nulls("value_start").select(
        "doc_id", previous_claim_id="claim_id", start="value_start", end="value_end"
    )
    near = left.join_asof(
        right.sort("start", "previous_claim_id"), left_on="last", right_on="start", by="doc_id", check_sortedness=False
    )
    found = near.filter(pl.col("end") > pl.col("value_start"))
    return found.unique("previous_claim_id", keep="first", maintain_order=True).select("claim_id", "previous_claim_id")


# Telling ------------------------------------------------------------------------------------------------------------


def _told_claims(claims: pl.DataFrame, documents: pl.DataFrame, change: Change) -> pl.DataFrame:
    """Claims as rows of the log."""
    nothing = pl.lit(None, pl.String)
    key = pl.col("claim_id")
    previous = pl.col("previous_claim_id") if "previous_claim_id" in claims.columns else nothing
    removed = change is Change.REMOVED
    about = documents.select("doc_id", "source", "uri", "title", "publisher", "published_on")
    whole = claims.join(about, on="doc_id", how="left")
    rows = whole.with_columns(
        change=pl.lit(change.value),
        claim_id=nothing if removed else key,
        previous_claim_id=key if removed else previous,
        fields=pl.col("fields") if "fields" in claims.columns else pl.lit([], pl.List(pl.String)),
        summary=_summaries(whole),
        previous_summary=pl.col("previous_summary") if "previous_summary" in claims.columns else nothing,
    )
    schema = pl.Schema(CHANGED_CLAIMS)
    return rows.select(schema.names()).cast(schema).sort("doc_id", "evidence_start", "claim_id", "previous_claim_id")


def _told_documents(documents: pl.DataFrame, change: Change) -> pl.DataFrame:
    fields = pl.col("fields") if "fields" in documents.columns else pl.lit([], pl.List(pl.String))
    schema = pl.Schema(CHANGED_DOCUMENTS)
    rows = documents.with_columns(change=pl.lit(change.value), fields=fields).select(schema.names()).cast(schema)
    return rows.sort("source", "uri", "doc_id", "previous_doc_id")


def _summaries(claims: pl.DataFrame) -> pl.Series:
    # Rows are made only of what a summary tells: of a million claims, making them takes longer than wording them.
    told = claims.select(name for name in claims.columns if name in SUMMARISED)
    return pl.Series("summary", [summary(row) for row in told.iter_rows(named=True)], dtype=pl.String)
