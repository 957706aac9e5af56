"""What must hold of the assets.

The checks on the dataset are the statements in `sql/checks/`: they run on the new file before it takes the place of the live
one, so a failed one keeps it from being published. The checks here look at the store. How rows are judged one by one belongs
to `pipeline.claims.validation`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.claims.version import extractor_version
from pipeline.contract.reference import read_toml
from pipeline.contract.tables import EVALUATION
from pipeline.evaluation.floors import Shortfall, accuracy_floors, below_floors
from pipeline.orchestration.markdown import markdown_table
from pipeline.orchestration.resources import GoldResource, SourcesResource
from pipeline.orchestration.standing import out_of_date
from pipeline.sources.declared import Declaration
from pipeline.warehouse.checks import checks
from pipeline.warehouse.ledger import State
from pipeline.warehouse.publishing import Publication
from pipeline.warehouse.store import EXTRACTION_FAILED, FAILED_CHECKS, HELD_BACK, PARTLY_READ, READ, READING_FAILED, Store
from pipeline.warehouse.volume import accepting

FRESHNESS_CHECK = "sources_are_fresh"
_SAMPLE_CHARACTERS = 200


@dg.asset_check(asset="documents")
def sources_were_read(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """Every source could be read, and all of it. One that could not, or the part of it, keeps what it held, and does not keep
    the rest from being published.
    """
    readings = _last_readings(store)
    failed = readings.filter(pl.col("status").is_in([READING_FAILED, PARTLY_READ]))
    return dg.AssetCheckResult(
        passed=failed.is_empty(),
        metadata={"sources": readings.height, "failed": _table(failed, ["source", "finished_at", "detail"])},
    )


@dg.asset_check(asset="documents")
def inputs_were_readable(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """Every input could be read as a text. What could not is in the table unreadable_documents."""
    readings = _last_readings(store).filter(pl.col("unreadable") > 0)
    return dg.AssetCheckResult(
        passed=readings.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"unreadable": int(readings["unreadable"].sum()), "sources": _table(readings, ["source", "unreadable"])},
    )


@dg.asset_check(asset="documents")
def sources_kept_their_documents(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """No source lost most of its documents at once, as it does when its folder was emptied. What left is in the table
    removed_documents, and comes back with the files.
    """
    limits = read_toml("refresh_limits.toml")
    before = pl.col("documents_seen") - pl.col("documents_new") + pl.col("documents_removed")
    readings = (
        _last_readings(store)
        .filter(pl.col("status").is_in([READ, PARTLY_READ, EXTRACTION_FAILED]))
        .with_columns(documents_before=before)
    )
    emptied = readings.filter(
        pl.col("documents_before") >= limits["fewest_documents"],
        pl.col("documents_removed") > limits["largest_share_removed"] * pl.col("documents_before"),
    )
    return dg.AssetCheckResult(
        passed=emptied.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "removed": int(readings["documents_removed"].sum()),
            "sources": _table(emptied, ["source", "documents_before", "documents_removed"]),
        },
    )


@dg.asset_check(
    asset="documents",
    description="No source gave nothing, or far fewer or more documents than it usually does. A reading that did is held back,"
    " so that what the source held stays published, until it gives as much as usual or somebody accepts it"
    f" (`{accepting('NAME')}`).",
)
def volumes_are_usual(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """How many documents a source gave is about what it usually gives."""
    readings = _last_readings(store)
    held_back = readings.filter(pl.col("status") == HELD_BACK)
    return dg.AssetCheckResult(
        passed=held_back.is_empty(),
        metadata={"sources": readings.height, "held back": _table(held_back, ["source", "documents_seen", "detail"])},
    )


@dg.asset_check(asset="documents")
def sources_are_fresh(store: dg.ResourceParam[Store], sources: SourcesResource) -> dg.AssetCheckResult:
    """Every source was read within its freshness (`seeds/sources.toml`); one without a schedule of its own within 36 hours.

    The sensor `freshness` looks between refreshes, too.
    """
    return freshness_result(sources.declarations(), store, datetime.now(UTC))


def freshness_result(declarations: Sequence[Declaration], store: Store, now: datetime) -> dg.AssetCheckResult:
    """How fresh the sources are."""
    stale = out_of_date(declarations, store, now)
    return dg.AssetCheckResult(
        asset_key="documents",
        check_name=FRESHNESS_CHECK,
        passed=not stale,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "sources": len(declarations),
            "out of date": _table(
                pl.DataFrame(list(stale.items()), schema=["source", "told"], orient="row"), ["source", "told"]
            ),
        },
    )


@dg.asset_check(asset="claims")
def texts_were_extracted(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """Extraction broke down on no text. One on which it did is published without claims, named in the table
    unreadable_documents, and tried again by the next refresh.
    """
    held = store.ledgers().filter(pl.col("state") == State.PRESENT)
    failed = store.claims.index().drop_nulls("error").join(held, on="input_id").sort("source", "uri")
    return dg.AssetCheckResult(
        passed=failed.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"failed": failed.height, "texts": _table(failed, ["source", "uri", "error"])},
    )


@dg.asset_check(asset="claims", blocking=True)
def nothing_was_lost(store: dg.ResourceParam[Store]) -> dg.AssetCheckResult:
    """For every document, the candidates that the extractor emitted are those accepted and those rejected."""
    index = store.claims.index()
    lost = index.filter(pl.col("emitted") != pl.col("accepted") + pl.col("rejected"))
    if lost.height:  # nothing is published then, so the refresh ends here
        store.end_refresh(FAILED_CHECKS, "nothing_was_lost")
    return dg.AssetCheckResult(
        passed=lost.is_empty(),
        metadata={"documents": index.height, "lost": _table(lost, ["doc_id", "emitted", "accepted", "rejected"])},
    )


@dg.asset_check(asset="evaluation")
def accuracy_is_above_its_floors(store: dg.ResourceParam[Store], gold: GoldResource) -> dg.AssetCheckResult:
    """No figure on the annotated texts is below its floor in seeds/reference/accuracy_floors.toml, and the extractor that is at
    work is the one that was evaluated.
    """
    tables = store.evaluation()[EVALUATION.name]
    there = bool(gold.present())
    versions = tables["extractor_version"].unique().to_list()
    current = not there or versions == [extractor_version()]
    # Other texts than the project's own have no floors.
    fallen = below_floors(tables, accuracy_floors()) if there and not gold.folders else []
    return dg.AssetCheckResult(
        passed=current and not fallen,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "figures": tables.height,
            "evaluated": ", ".join(versions) or "nothing",
            "below": dg.MetadataValue.md(markdown_table(Shortfall._fields, fallen) if fallen else "none"),
        },
    )


STORE_CHECKS = (
    sources_were_read,
    inputs_were_readable,
    sources_kept_their_documents,
    volumes_are_usual,
    sources_are_fresh,
    texts_were_extracted,
    nothing_was_lost,
    accuracy_is_above_its_floors,
)


def sql_check_specs(asset: str, folder: Path | None = None) -> list[dg.AssetCheckSpec]:
    """One check for each statement in `sql/checks/`, or in `folder`."""
    return [
        dg.AssetCheckSpec(statement.name, asset=asset, description=statement.comment, blocking=True)
        for statement in checks(folder)
    ]


def sql_check_results(asset: str, publication: Publication) -> Iterator[dg.AssetCheckResult]:
    """What the checks found in the file that was to be published."""
    for check in publication.checks:
        columns = list(check.sample[0]) if check.sample else []
        sample = (
            markdown_table(columns, (list(row.values()) for row in check.sample), _SAMPLE_CHARACTERS) if columns else "no rows"
        )
        yield dg.AssetCheckResult(
            asset_key=asset,
            check_name=check.name,
            passed=check.passed,
            metadata={"violations": check.violations, "sample": dg.MetadataValue.md(sample)},
        )


def _last_readings(store: Store) -> pl.DataFrame:
    """The readings of the refresh under way or, between refreshes, of the last one: a row for each source."""
    readings = store.source_refreshes()
    under_way = store.refresh_under_way()
    read = store.refreshes().filter(pl.col("refresh_id").is_in(readings["refresh_id"].implode()))["refresh_id"]
    latest = under_way.refresh_id if under_way else read.last()
    return readings.filter(pl.col("refresh_id") == latest)


def _table(frame: pl.DataFrame, columns: list[str]) -> dg.MarkdownMetadataValue | dg.TextMetadataValue:
    if frame.is_empty():
        return dg.MetadataValue.text("none")  # shown at once, where a table has to be opened
    return dg.MetadataValue.md(markdown_table(columns, frame.select(columns).iter_rows(), _SAMPLE_CHARACTERS))
