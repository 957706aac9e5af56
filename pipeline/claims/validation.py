"""Validates claims and splits them by row: accepted, or rejected with reasons. Nothing that was extracted is lost.

How rows are judged, split and counted belongs here; the rules across columns are in `pipeline.claims.rules`, those on single
columns come from the contract. One document alone is judged by `pipeline.claims.judging`, without tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pandera.errors
import pandera.polars as pa
import polars as pl

from pipeline.claims.frames import ClaimFrames
from pipeline.claims.rules import Source, broken_rules, rules
from pipeline.contract.fields import Table
from pipeline.contract.models import columns
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CLAIM_TABLES, REJECTED_CLAIMS

_BROKEN = "broken_rules"


class ClaimBatchError(Exception):
    """A batch that cannot be judged row by row; nothing of it may be stored."""


class ClaimKeyError(ClaimBatchError):
    """A claim without a key, or two with the same."""


class ClaimShapeError(ClaimBatchError):
    """A frame whose columns or types are not those of the contract."""


class UnknownDocumentError(ClaimBatchError):
    """A claim of a document that was not given."""


class LostClaimError(ClaimBatchError):
    """A document for which accepted and rejected claims do not add up to those emitted."""


@dataclass(frozen=True, slots=True)
class Validated:
    """Claims after validation: `accepted` by family, and `rejected` by the schema of `rejected_claims`."""

    accepted: ClaimFrames
    rejected: pl.DataFrame


def validate_claims(emitted: ClaimFrames, documents: pl.DataFrame, refresh_id: str) -> Validated:
    """Splits `emitted` into accepted and rejected claims, both in the order in which they came.

    `documents` holds at least doc_id, text and published_on for every document with a claim. Raises `ClaimShapeError`,
    `ClaimKeyError` and `UnknownDocumentError` for batches that no row can be blamed for.
    """
    accepted, rejected = {}, []
    for family, frame in emitted.by_family().items():
        _require_shape(family, frame)
        _require_keys(family, frame)
        _require_documents(family, frame, documents)
        accepted[family], of_family = _split(family, frame, documents, refresh_id)
        rejected.append(of_family)
    result = Validated(ClaimFrames(**accepted), pl.concat(rejected))
    require_nothing_lost(emitted, result)
    return result


def require_nothing_lost(emitted: ClaimFrames, result: Validated) -> None:
    """Raises `LostClaimError` unless for each document and family emitted = accepted + rejected."""
    for family, frame in emitted.by_family().items():
        kept = result.accepted.by_family()[family]["doc_id"]
        refused = result.rejected.filter(pl.col("family") == family)["doc_id"]
        before = _count_by_document(frame["doc_id"], "before")
        after = _count_by_document(pl.concat([kept, refused]), "after")
        both = (
            before.join(after, on="doc_id", how="full", coalesce=True).fill_null(0).filter(pl.col("before") != pl.col("after"))
        )
        if both.height:
            doc_id, emitted_here, found = both.sort("doc_id").row(0)
            raise LostClaimError(
                f"{family} claims of document {doc_id}: {emitted_here} emitted, {found} accepted or rejected "
                f"({both.height} documents do not add up)"
            )


def _count_by_document(doc_ids: pl.Series, name: str) -> pl.DataFrame:
    return doc_ids.to_frame("doc_id").group_by("doc_id").agg(pl.len().cast(pl.Int64).alias(name))


def _require_shape(family: str, frame: pl.DataFrame) -> None:
    wanted = polars_schema(CLAIM_TABLES[family])
    if frame.schema != wanted:
        wrong = [f"{name} {dtype}" for name, dtype in frame.schema.items() if wanted.get(name) != dtype]
        missing = [name for name in wanted if name not in frame.schema]
        raise ClaimShapeError(
            f"{family} claims do not have the columns of the contract: wrong {wrong or 'order'}, missing {missing or 'none'}"
        )


def _require_keys(family: str, frame: pl.DataFrame) -> None:
    for column in ("claim_id", "doc_id"):
        if frame[column].null_count():
            raise ClaimKeyError(f"{family} claims: {frame[column].null_count()} rows without a {column}")
    repeated = frame.filter(pl.col("claim_id").is_duplicated())
    if repeated.height:
        raise ClaimKeyError(
            f"{family} claims: {repeated.height} rows share a claim_id, the first is {repeated['claim_id'].sort()[0]}"
        )


def _require_documents(family: str, frame: pl.DataFrame, documents: pl.DataFrame) -> None:
    unknown = frame.select("doc_id").unique().join(documents.select("doc_id").unique(), on="doc_id", how="anti")
    if unknown.height:
        first = unknown["doc_id"].sort()[0]
        raise UnknownDocumentError(f"{family} claims of {unknown.height} documents that were not given, the first is {first}")


def _split(family: str, frame: pl.DataFrame, documents: pl.DataFrame, refresh_id: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    reasons = _reasons_by_row(family, _with_broken_rules(family, frame, documents))
    judged = frame.with_row_index("row").join(reasons, on="row", how="left", maintain_order="left").drop("row")
    accepted = judged.filter(pl.col("reasons").is_null()).drop("reasons")
    rejected = judged.filter(pl.col("reasons").is_not_null()).select(
        "claim_id",
        "doc_id",
        pl.lit(family).alias("family"),
        "reasons",
        pl.struct(frame.columns).struct.json_encode().alias("claim"),
        pl.lit(refresh_id).alias("refresh_id"),
    )
    return accepted, rejected.cast(polars_schema(REJECTED_CLAIMS))


def _with_broken_rules(family: str, frame: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """`frame` with a column of the rules that each row breaks."""
    wanted = documents.select("doc_id", "text", "published_on").join(frame.select("doc_id").unique(), on="doc_id", how="semi")
    sources = {doc_id: Source(text, published_on) for doc_id, text, published_on in wanted.iter_rows()}
    broken = [broken_rules(family, row, sources[row["doc_id"]]) for row in frame.iter_rows(named=True)]
    return frame.with_columns(pl.Series(_BROKEN, broken, dtype=pl.List(pl.String)))


def _reasons_by_row(family: str, frame: pl.DataFrame) -> pl.DataFrame:
    found = pl.DataFrame(schema={"row": pl.UInt32, "reasons": pl.List(pl.String)})
    if frame.is_empty():
        return found
    try:
        _family_model(family).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        found = _by_row(CLAIM_TABLES[family], errors.failure_cases)
    return found


def _by_row(table: Table, cases: pl.DataFrame) -> pl.DataFrame:
    without_row = cases.filter(pl.col("index").is_null())
    if without_row.height:
        raise ClaimShapeError(
            f"{table.name}: {without_row['check'][0]} failed without naming a row: {without_row['failure_case'][0]}"
        )
    reason = pl.when(pl.col("check") == "not_nullable").then(pl.format("not_null:{}", "column")).otherwise("check")
    return (
        cases.select(pl.col("index").cast(pl.UInt32).alias("row"), reason.alias("reason"))
        .group_by("row")
        .agg(pl.col("reason").unique().sort().alias("reasons"))
    )


@cache
def _family_model(family: str) -> pa.DataFrameSchema:
    table = CLAIM_TABLES[family]
    of_table = columns(table)
    # The rules hang on the key, so that a failure case is one id; checks of a whole frame copy every failing row as JSON.
    of_table["claim_id"] = pa.Column(
        pl.String(), checks=[pa.Check(_is_kept(rule.reason), name=rule.reason) for rule in rules(family)]
    )
    return pa.DataFrameSchema({**of_table, _BROKEN: pa.Column(pl.List(pl.String()))}, strict=True, name=table.name)


def _is_kept(reason: str) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(~pl.col(_BROKEN).list.contains(reason))
