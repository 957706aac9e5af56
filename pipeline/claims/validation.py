"""Validates claims and splits them by row: accepted, or rejected with reasons. Nothing that was extracted is lost.

How rows are judged, split and counted belongs here; the rules across columns are in `pipeline.claims.rules`, those on single
columns come from the contract. One document alone is judged by `pipeline.claims.judging`, without tables.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandera.errors
import polars as pl

from pipeline.claims.frames import ClaimFrames
from pipeline.claims.rules import Source, broken_rules
from pipeline.contract.fields import Table
from pipeline.contract.models import REASONS, faults, model
from pipeline.contract.schemas import empty_frame, polars_schema
from pipeline.contract.tables import CLAIM_TABLES, REJECTED_CLAIMS


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
    read = documents.select("doc_id", "text", "published_on").iter_rows()
    sources = {doc_id: Source(text, published_on) for doc_id, text, published_on in read}
    accepted, rejected = {}, []
    for family, frame in emitted.by_family().items():
        _require_shape(family, frame)
        _require_keys(family, frame)
        _require_documents(family, frame, sources)
        accepted[family], of_family = _split(family, frame, sources, refresh_id)
        rejected.append(of_family)
    result = Validated(ClaimFrames(**accepted), pl.concat(rejected))
    require_nothing_lost(emitted, result)
    return result


def require_nothing_lost(emitted: ClaimFrames, result: Validated) -> None:
    """Raises `LostClaimError` unless for each document and family emitted = accepted + rejected."""
    for family, frame in emitted.by_family().items():
        kept = result.accepted.by_family()[family]["doc_id"]
        refused = result.rejected.filter(pl.col("family") == family)["doc_id"]
        before, after = Counter(frame["doc_id"].to_list()), Counter(kept.to_list() + refused.to_list())
        if lost := sorted(doc_id for doc_id in before | after if before[doc_id] != after[doc_id]):
            raise LostClaimError(
                f"{family} claims of document {lost[0]}: {before[lost[0]]} emitted, {after[lost[0]]} accepted or rejected "
                f"({len(lost)} documents do not add up)"
            )


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


def _require_documents(family: str, frame: pl.DataFrame, sources: Mapping[str, Source]) -> None:
    if unknown := set(frame["doc_id"].to_list()) - sources.keys():
        raise UnknownDocumentError(
            f"{family} claims of {len(unknown)} documents that were not given, the first is {min(unknown)}"
        )


def _split(
    family: str, frame: pl.DataFrame, sources: Mapping[str, Source], refresh_id: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    judged = frame.with_columns(pl.Series(REASONS, _reasons(family, frame, sources), dtype=pl.List(pl.String)))
    refused = _refused_rows(CLAIM_TABLES[family], judged)
    if not refused:
        return frame, empty_frame(REJECTED_CLAIMS)
    is_refused = pl.int_range(pl.len()).is_in(refused)
    rejected = judged.filter(is_refused).select(
        "claim_id",
        "doc_id",
        pl.lit(family).alias("family"),
        REASONS,
        pl.struct(frame.columns).struct.json_encode().alias("claim"),
        pl.lit(refresh_id).alias("refresh_id"),
    )
    return frame.filter(~is_refused), rejected.cast(polars_schema(REJECTED_CLAIMS))


def _reasons(family: str, frame: pl.DataFrame, sources: Mapping[str, Source]) -> list[list[str]]:
    """For each row the reason codes of what is wrong with it, in order."""
    rows = frame.iter_rows(named=True)
    return [
        sorted({*wrong, *broken_rules(family, row, sources[row["doc_id"]])})
        for wrong, row in zip(faults(CLAIM_TABLES[family], frame), rows, strict=True)
    ]


def _refused_rows(table: Table, judged: pl.DataFrame) -> list[int]:
    """The numbers of the rows that are refused for their reasons."""
    try:
        model(table).validate(judged, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        without_row = cases.filter(pl.col("index").is_null())
        if without_row.height:
            raise ClaimShapeError(
                f"{table.name}: {without_row['check'][0]} failed without naming a row: {without_row['failure_case'][0]}"
            ) from None
        return sorted(cases["index"].to_list())
    return []
