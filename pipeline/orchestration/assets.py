"""What is made: documents and claims, by source, the evaluation of the extractor, the published dataset, and its report.

An asset says what it is made from and shows what came of it. Reading, extracting and publishing themselves are in the
packages before this one; what must hold of an asset is in `checks`.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipeline.claims.version import extractor_version
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.schemas import empty_frame
from pipeline.contract.tables import (
    AGREEMENT_CLAIMS,
    CLAIM_TABLES,
    DOCUMENTS,
    EVALUATION,
    EVALUATION_TABLES,
    FREIGHT_CLAIMS,
    REJECTED_CLAIMS,
    TRADE_CLAIMS,
)
from pipeline.evaluation.tables import evaluation_tables
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.orchestration.checks import sql_check_results, sql_check_specs
from pipeline.orchestration.engines import rest
from pipeline.orchestration.evaluating import evaluate_folders, evaluation_key
from pipeline.orchestration.markdown import markdown_table
from pipeline.orchestration.metadata import PREVIEW_ROWS, column_schema, preview, row_count
from pipeline.orchestration.partitions import source_partitions
from pipeline.orchestration.progress import CountingEngine, Progress
from pipeline.orchestration.resources import GoldResource, SourcesResource, WarehouseResource
from pipeline.orchestration.standing import STALE_AFTER
from pipeline.sources.declared import Declaration
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import SourceError
from pipeline.warehouse.errors import CheckFailedError, interruptions_as_such, told_error
from pipeline.warehouse.ledger import State
from pipeline.warehouse.publishing import Publication, publish
from pipeline.warehouse.queries import query
from pipeline.warehouse.refreshing import (
    Engine,
    SourceExtraction,
    extract_claims,
    extracted,
    refresh_documents,
    told_failures,
)
from pipeline.warehouse.store import READ, Refresh, SourceRefresh, Store

FOLLOW = dg.AutomationCondition.eager()
_QUANTITY_PREVIEW = ("indicator", "measure", "value_low", "value_high", "unit", "reporter", "partner", "modality", "evidence")
_CLAIM_PREVIEWS = {
    TRADE_CLAIMS: _QUANTITY_PREVIEW,
    FREIGHT_CLAIMS: _QUANTITY_PREVIEW,
    AGREEMENT_CLAIMS: ("name", "form", "subject", "status", "parties", "date_start", "evidence"),
}
_DOCUMENT_PREVIEW = ("published_on", "publisher", "title", "file_name")
_PREVIEWS = {
    "claims": (
        "SELECT family, indicator, value_low, value_high, unit, modality, evidence FROM claims"
        f" ORDER BY claim_id LIMIT {PREVIEW_ROWS}"
    ),
    "documents": (
        "SELECT published_on, publisher, title, file_name FROM documents"
        f" ORDER BY published_on DESC, doc_id LIMIT {PREVIEW_ROWS}"
    ),
}


class UnreadSourcesError(Exception):
    """No source of a run could be read."""


class UnwrittenReportError(Exception):
    """The dataset was published, but not the page about it."""


class BrokenExtractorError(Exception):
    """Extraction broke down on every text there is, so there is nothing to publish."""


class ReadingConfig(dg.Config):
    """What whoever starts a run may ask of it. `accept` names sources whose readings are taken whatever their volume."""

    accept: list[str] = []  # noqa: RUF012 - settings are copied for each run


@dg.asset(
    partitions_def=source_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    kinds={"polars", "parquet"},
    group_name="refresh",
    metadata={"dagster/column_schema": column_schema(DOCUMENTS)},
)
def documents(
    context: dg.AssetExecutionContext,
    *,
    config: ReadingConfig,
    sources: SourcesResource,
    store: dg.ResourceParam[Store],
    engine: dg.ResourceParam[Engine],
    progress: dg.ResourceParam[Progress],
) -> None:
    """The texts of each source, read and divided; only what is new or changed is read again.

    A source that cannot be read keeps what it held, and the other sources go on. The run fails only if none of its sources
    could be read and there is nothing of others to publish.
    """
    progress.stage("reading")
    declared = {one.name: one for one in sources.declarations()}
    failures = {}
    with store.part_of_refresh(extractor_version()) as refresh:
        for name in context.partition_keys:
            try:
                summary = _read_source(
                    name, declared, refresh, store, CountingEngine(engine, progress), accepted=name in config.accept
                )
            except Exception as error:
                context.log.exception(f"source {name} could not be read")
                failures[name] = error
                context.add_asset_metadata({"outcome": f"failed: {told_error(error)}"}, partition_key=name)
            else:
                context.add_asset_metadata(_reading_metadata(summary, store), partition_key=name)
        # A source that runs alone is told of by its checks and alerts; what the others hold is as good as before.
        others = set(declared) & set(store.sources()) - set(context.partition_keys)
        if len(failures) == len(context.partition_keys) and not others:
            raise UnreadSourcesError("; ".join(map(told_error, failures.values()))) from next(iter(failures.values()))


def _read_source(
    name: str, declared: dict[str, Declaration], refresh: Refresh, store: Store, engine: Engine, *, accepted: bool
) -> SourceRefresh:
    if name not in declared:
        raise SourceError(f"source {name} is not declared any more; refresh all sources to let its documents leave")
    source = declared[name].source
    with store.fetched(name) as fetched:
        return refresh_documents(
            store,
            name,
            source.read(FetchedTexts(fetched.parent, name)),
            read=read_batch,
            version=extractor_version(),
            refresh=refresh,
            engine=engine,
            limits=declared[name].running.volume,
            accepted=accepted,
            asked=not getattr(source, "offline", False),  # only sources on the network can be left alone
        )


def _reading_metadata(summary: SourceRefresh, store: Store) -> dict[str, Any]:
    held = store.ledger(summary.source).filter(pl.col("state") == State.PRESENT).select("input_id", "file_name")
    index = store.documents.index().join(held, on="input_id", how="semi").head(PREVIEW_ROWS)
    sample = store.documents.read("documents", index).join(held, on="input_id").sort("file_name")
    return {
        **row_count(summary.documents_seen),
        "outcome": "read" if summary.status == READ else f"{summary.status.replace('_', ' ')}: {summary.detail}",
        "new": summary.documents_new,
        "changed": summary.documents_changed,
        "removed": summary.documents_removed,
        "unreadable": summary.unreadable,
        "preview": preview(_DOCUMENT_PREVIEW, sample.select(_DOCUMENT_PREVIEW).iter_rows()),
    }


@dg.asset(
    deps=[documents],
    partitions_def=source_partitions,
    backfill_policy=dg.BackfillPolicy.single_run(),
    automation_condition=FOLLOW,
    kinds={"polars", "parquet", "pandera"},
    group_name="refresh",
    metadata={
        "dagster/column_schema": column_schema(CLAIM_TABLES["trade"]),
        **{table.name: column_schema(table) for table in (*CLAIM_TABLES.values(), REJECTED_CLAIMS)},
    },
)
def claims(
    context: dg.AssetExecutionContext,
    store: dg.ResourceParam[Store],
    engine: dg.ResourceParam[Engine],
    progress: dg.ResourceParam[Progress],
) -> None:
    """What the texts of each source claim, validated row by row; only documents that are new or changed are extracted.

    A text on which extraction breaks down is told and tried again by the next refresh, and the others go on.
    """
    failures: dict[str, str] = {}
    progress.stage("extracting", _to_extract(store, context.partition_keys))
    with store.part_of_refresh(extractor_version()) as refresh:
        for name in context.partition_keys:
            summary = extract_claims(
                store,
                name,
                extract=extract_batch,
                version=extractor_version(),
                refresh=refresh,
                engine=CountingEngine(engine, progress),
            )
            context.add_asset_metadata({**_extraction_metadata(summary), **_claim_previews(name, store)}, partition_key=name)
            failures.update(summary.failures)
        if failures and extracted(store, extractor_version()).is_empty():
            raise BrokenExtractorError(
                f"none of the {len(failures)} texts could be extracted and nothing was published: {told_failures(failures)};"
                " report the error"
            )
        if failures:
            context.log.warning(told_failures(failures))


def _to_extract(store: Store, sources: Sequence[str]) -> int:
    """How many texts of the sources are not extracted yet; only for showing progress."""
    held = store.ledgers(sources).filter(pl.col("state") == State.PRESENT).drop_nulls("doc_id")
    return held.unique("input_id").join(extracted(store, extractor_version()), on="input_id", how="anti").height


def _extraction_metadata(summary: SourceExtraction) -> dict[str, Any]:
    return {
        **row_count(summary.claims),
        "rejected": summary.rejected,
        "documents": summary.documents,
        "documents_extracted": summary.extracted,
        "documents_failed": len(summary.failures),
    }


def _claim_previews(source: str, store: Store) -> dict[str, Any]:
    """The first claims of a source's first documents that have any."""
    held = store.ledger(source).filter(pl.col("state") == State.PRESENT)
    index = store.claims.index().join(held, on="input_id", how="semi").filter(pl.col("accepted") > 0).head(PREVIEW_ROWS)
    return {
        f"preview of {table.name}": preview(columns, store.claims.read(table.name, index).select(columns).iter_rows())
        for table, columns in _CLAIM_PREVIEWS.items()
    }


@dg.asset(
    deps=[claims],
    automation_condition=FOLLOW,
    kinds={"polars", "parquet"},
    group_name="refresh",
    metadata={table.name: column_schema(table) for table in EVALUATION_TABLES},
)
def evaluation(
    context: dg.AssetExecutionContext,
    gold: GoldResource,
    store: dg.ResourceParam[Store],
    engine: dg.ResourceParam[Engine],
    progress: dg.ResourceParam[Progress],
) -> None:
    """How right the extractor that made the claims is, on the annotated texts of the project; worked out again only when it or
    they changed.

    Whatever goes wrong here is told and keeps nothing from being published.
    """
    with store.part_of_refresh(extractor_version()):
        try:
            with interruptions_as_such():
                found = _evaluated(gold.present(), store, engine, progress)
        except Exception as error:
            context.log.exception("the extractor could not be evaluated")
            found = {"outcome": f"failed: {told_error(error)}"}
    rest(engine)  # publishing is this process's work, and wants the memory
    context.add_output_metadata(found)


def _evaluated(folders: Sequence[Path], store: Store, engine: Engine, progress: Progress) -> dict[str, Any]:
    key = evaluation_key(folders) if folders else NOT_EVALUATED
    if store.evaluated() == key:
        outcome = "as before" if folders else _NO_TEXTS
    elif folders:
        store.keep_evaluation(evaluation_tables(evaluate_folders(folders, engine, progress)), key)
        outcome = "evaluated"
    else:
        store.keep_evaluation({table.name: empty_frame(table) for table in EVALUATION_TABLES}, key)
        outcome = _NO_TEXTS
    rows = store.evaluation()[EVALUATION.name]
    headline = rows.filter(pl.col("item") == "all", pl.col("figure") != "slot")
    return {
        **row_count(rows.height),
        "outcome": outcome,
        "figures": dg.MetadataValue.md(markdown_table(_EVALUATION_PREVIEW, headline.select(_EVALUATION_PREVIEW).iter_rows())),
    }


_WARN_AT = 0.75  # of the time after which the file is stale
NOT_EVALUATED = "no annotated texts"
_NO_TEXTS = "there are no annotated texts to evaluate on"
_EVALUATION_PREVIEW = ("folder", "texts", "kind", "figure", "marked", "told", "precision", "recall", "f1")


def warehouse_asset(checks: Path | None = None, stale_after: timedelta = STALE_AFTER) -> dg.AssetsDefinition:
    """The asset `warehouse`; `checks` is a folder of SQL checks in place of the project's own. Dagster warns when the file gets
    old, and calls it failed when it was not published for `stale_after`.
    """

    @dg.asset(
        name="warehouse",
        deps=[claims, evaluation],
        automation_condition=FOLLOW,
        check_specs=sql_check_specs("warehouse", checks),
        kinds={"duckdb"},
        group_name="refresh",
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=stale_after, warn_window=_WARN_AT * stale_after),
        metadata={table.name: column_schema(table) for table in PUBLISHED_TABLES},
    )
    def warehouse(
        sources: SourcesResource,
        store: dg.ResourceParam[Store],
        warehouse_file: WarehouseResource,
        progress: dg.ResourceParam[Progress],
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        """The published DuckDB file: built beside the live one, checked, and put in its place only if every check passes."""
        progress.stage("publishing")
        names = [source.name for source in sources.declared()]
        publication = publish(
            store,
            warehouse_file.path,
            extractor_version=extractor_version(),
            sources=names,
            checks=checks,
            replace=warehouse_file.replace,
        )
        yield from sql_check_results("warehouse", publication)
        if not publication.published:
            raise CheckFailedError(_refusal(publication))
        with interruptions_as_such():
            metadata = _publication_metadata(publication)
        yield dg.MaterializeResult(metadata=metadata)

    return warehouse


@dg.asset(
    deps=["warehouse"],
    automation_condition=FOLLOW,
    kinds={"html"},
    group_name="refresh",
)
def report(context: dg.AssetExecutionContext, warehouse_file: WarehouseResource, progress: dg.ResourceParam[Progress]) -> None:
    """The page about the published dataset: figures and charts that lead to their evidence, in one file beside it.

    When it cannot be written, the dataset stays published and the page is as it was before.
    """
    from pipeline.report.page import write_report  # noqa: PLC0415 - the drawing library takes a second to load

    progress.stage("reporting")
    try:
        with interruptions_as_such():
            written = write_report(warehouse_file.path)
    except Exception as error:
        raise UnwrittenReportError(
            f"{warehouse_file.path} was published, but its report could not be written: {told_error(error)};"
            " `corridor report` tries again"
        ) from error
    context.add_output_metadata(
        {
            "file": dg.MetadataValue.path(str(written.path)),
            "size": dg.MetadataValue.int(written.size),
            "claims cited": dg.MetadataValue.int(written.notes),
        }
    )


def _refusal(publication: Publication) -> str:
    found = "; ".join(f"{check.name} ({check.violations} rows: {check.description})" for check in publication.failed_checks)
    stays = "the last good file stays" if publication.warehouse.exists() else "no file was published"
    return f"{publication.warehouse} was not published, {stays}; failed checks: {found}"


def _publication_metadata(publication: Publication) -> dict[str, Any]:
    return {
        **row_count(sum(publication.rows[table.name] for table in CLAIM_TABLES.values())),
        "file": dg.MetadataValue.path(str(publication.warehouse)),
        "size": dg.MetadataValue.int(publication.warehouse.stat().st_size),
        "refresh_id": publication.refresh_id,
        **{f"rows of {name}": rows for name, rows in publication.rows.items()},
        **{f"preview of {name}": _published_preview(publication.warehouse, sql) for name, sql in _PREVIEWS.items()},
    }


def _published_preview(file: Path, sql: str) -> dg.MarkdownMetadataValue:
    with query(file, sql) as result:
        return preview(result.columns, result.rows)
