"""Finds what changed since the file that was published last: which claims and documents came, went, or say something else.

The store remembers every change since it began to, so what was published last follows from replaying them; nothing else is
kept of it. Keeping the log is `store`'s, publishing it `publishing`'s, and reading it `news`'s.

A claim's id is a hash of its document, its place and its content, so one that is told otherwise comes as another claim while
the old one goes. Both are paired here: in the same document by their place, in a document whose text changed by what they say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from pipeline.contract.analysis.history import CHANGES, DOCUMENT_CHANGES
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CLAIM_TABLES, DOCUMENT_LOCATIONS, DOCUMENTS, EXTRACTIONS
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
    """What changed since the last file, as the store keeps it: frames of `CHANGED_CLAIMS` and `CHANGED_DOCUMENTS`.

    `known` is whether the store knew what the last file held; if not, everything in it is `HELD`.
    """

    claims: pl.DataFrame
    documents: pl.DataFrame
    known: bool = True

    def count(self, change: Change) -> int | None:
        """How many claims changed so; None if that is not known."""
        return int((self.claims["change"] == change).sum()) if self.known else None

    def count_documents(self, change: Change) -> int | None:
        """How many documents changed so, of altered ones those with another text; None if that is not known."""
        if not self.known:
            return None
        counted = pl.col("change") == change
        if change is Change.ALTERED:
            counted &= pl.col("fields").list.contains(TEXT)
        return self.documents.filter(counted).height

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return self.claims.is_empty() and self.documents.is_empty()


def changes_since_published(store: Store, tables: Mapping[str, pl.DataFrame]) -> Changes:
    """What `tables`, the rows of a file to publish, hold otherwise than the file that was published last.

    `tables` are those of the claims, `documents`, `document_locations` and `extractions`. Raises `OSError`.
    """
    documents = _document_state(tables)
    claims = pl.concat([_statements(tables[table.name], family) for family, table in CLAIM_TABLES.items()])
    if store.remembers_publications():
        return _compared(store, documents, tables[DOCUMENT_LOCATIONS.name], claims)
    known = store.published_refreshes().is_empty()
    change = Change.ADDED if known else Change.HELD
    changed_documents = _told_documents(documents.with_columns(previous_doc_id=pl.lit(None, pl.String)), change)
    cause = claims.with_columns(cause=pl.lit(Cause.NEW_DOCUMENT.value))
    return Changes(_told_claims(cause, documents, change), changed_documents, known)


def no_changes() -> Changes:
    """What changed if nothing did."""
    return Changes(pl.DataFrame(schema=CHANGED_CLAIMS), pl.DataFrame(schema=CHANGED_DOCUMENTS))


def published_changes(store: Store, refresh_id: str, changes: Changes) -> dict[str, pl.DataFrame]:
    """The rows of the tables `changes` and `document_changes`: the log so far, with `changes` as those of `refresh_id`."""
    rows = {}
    for table, name, latest in ((CHANGES, "claims", changes.claims), (DOCUMENT_CHANGES, "documents", changes.documents)):
        columns = [column for column in table.columns if column != "refresh_id"]
        log = store.changes_log(name, ["change", *columns[1:]])
        frame = pl.concat([log, latest.select(pl.lit(refresh_id).alias("refresh_id"), *columns)])
        rows[table.name] = frame.filter(pl.col("change") != Change.HELD).select(table.columns).cast(polars_schema(table))
    rows[CHANGES.name] = rows[CHANGES.name].with_columns(evidence=pl.when(pl.col("change") == Change.REMOVED).then("evidence"))
    return rows


# What there is, and what there was ----------------------------------------------------------------------------------


def _document_state(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    extracted = tables[EXTRACTIONS.name].select("doc_id", extracted=pl.lit(True))
    documents = (
        tables[DOCUMENTS.name].join(extracted, on="doc_id", how="left").with_columns(pl.col("extracted").fill_null(False))
    )
    return documents.select("doc_id", *DOCUMENT_STATE)


def _statements(claims: pl.DataFrame, family: str) -> pl.DataFrame:
    """Claims of one family in the shape of all: with the columns of the other families, which are NULL."""
    missing = [pl.lit(None, dtype=type_).alias(name) for name, type_ in STATEMENT.items() if name not in claims.columns]
    return claims.with_columns(missing).select("claim_id", "doc_id", pl.lit(family).alias("family"), *STATEMENT)


def _held(store: Store, name: str, key: str) -> pl.DataFrame:
    """What the file published last held, by the log: `key` with `refresh_id`, the refresh that tells of it last."""
    order = store.published_refreshes().with_row_index("turn").select("refresh_id", "turn")
    log = store.changes_log(name, ["change", key, f"previous_{key}"]).join(order, on="refresh_id")
    went = log.select(pl.col(f"previous_{key}").alias(key), "refresh_id", "turn", there=pl.lit(False))
    came = log.select(key, "refresh_id", "turn", there=pl.lit(True))
    # Of one refresh, what came counts after what went: a document that is told otherwise keeps its id.
    last = pl.concat([went, came]).drop_nulls(key).sort("turn", "there", maintain_order=True).unique(key, keep="last")
    return last.filter("there").select(key, "refresh_id")


def _last_told(store: Store, name: str, key: str, held: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Of what was `held`, the rows of the log that tell of it last."""
    return store.changes_log(name, [key, *columns], held).join(held, on=[key, "refresh_id"], how="semi").drop("refresh_id")


# Comparing ----------------------------------------------------------------------------------------------------------


def _compared(store: Store, now: pl.DataFrame, places: pl.DataFrame, claims: pl.DataFrame) -> Changes:
    held = _held(store, "documents", "doc_id")
    before = _last_told(store, "documents", "doc_id", held, list(DOCUMENT_STATE))
    successors = _successors(store, before, now)
    documents = _where_they_lay(now, places, before, successors)
    held_claims = _held(store, "claims", "claim_id")
    gone = _last_told(
        store, "claims", "claim_id", held_claims.join(claims, on="claim_id", how="anti"), ["doc_id", "family", *STATEMENT]
    )
    arrived = claims.join(held_claims, on="claim_id", how="anti")
    fate = _Fate(before, documents, successors)
    return Changes(_changed_claims(gone, arrived, fate), _changed_documents(before, documents, successors))


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
    left = after.drop_nulls("value_start").select("doc_id", "claim_id", "value_start", last=place).sort("last")
    right = before.drop_nulls("value_start").select(
        "doc_id", previous_claim_id="claim_id", start="value_start", end="value_end"
    )
    near = left.join_asof(right.sort("start"), left_on="last", right_on="start", by="doc_id", check_sortedness=False)
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
