"""A refresh in this process, for the command line: the same job that the schedule and the sensor start.

What a refresh does belongs to the assets; what is told about it on a screen belongs to the command line.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.orchestration.assets import UnreadSourcesError, UnwrittenReportError
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, runs_of
from pipeline.orchestration.progress import Progress, Silence
from pipeline.orchestration.resources import (
    WAREHOUSE_FILE,
    EngineResource,
    GoldResource,
    SourcesResource,
    StoreResource,
    WarehouseResource,
)
from pipeline.sources.raw import SourceError
from pipeline.warehouse.default_sources import require_none_displaced
from pipeline.warehouse.default_store import default_store
from pipeline.warehouse.files import write_text
from pipeline.warehouse.ownership import require_own_file
from pipeline.warehouse.queries import DatasetStatus, dataset_status
from pipeline.warehouse.store import EXTRACTION_FAILED, HELD_BACK, PARTLY_READ, READING_FAILED, Store

_SETTINGS = Path(__file__).with_name("dagster.yaml")
_QUIET = "CRITICAL"
_LOUD = "DEBUG"


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What to refresh, where and how. `folders` take the place of the sources that `sources_file` declares (None: default);
    `gold` are the folders of annotated texts to evaluate on (none: the project's own). `only` names sources to read in place of
    all; the readings of those in `accept` are taken whatever their volume. Another writer is waited for `wait_seconds`.
    With `offline` nothing is fetched, and what is kept of sources on the network is read again. With `keeps_declared` the store
    is the one of `seeds/sources.toml`, whose sources are not to be retired by folders or a file in their place. With `replace`
    the file of another store is published over.
    """

    folders: tuple[Path, ...] = ()
    sources_file: Path | None = None
    store: Path | str = field(default_factory=default_store)
    warehouse: Path = WAREHOUSE_FILE
    engine: str = "inline"
    workers: int | None = None
    ray: str | None = None
    checks: Path | None = None
    gold: tuple[Path, ...] = ()
    offline: bool = False
    progress: Progress = field(default_factory=Silence)
    loud: bool = False
    only: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    wait_seconds: float = 0
    keeps_declared: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """How a refresh ended. `readings` are the rows of `source_refreshes` it made: one for each source, failed ones included.
    `report_failure` says why the report could not be written, if it could not.
    """

    status: DatasetStatus
    readings: pl.DataFrame
    report_failure: str | None = None

    @property
    def failed_sources(self) -> dict[str, str]:
        """Source -> why it could not be read."""
        return self._details(READING_FAILED)

    @property
    def partly_read(self) -> dict[str, str]:
        """Source -> what of it could not be read."""
        return self._details(PARTLY_READ)

    @property
    def held_back(self) -> dict[str, str]:
        """Source -> why its reading was held back, and what to do about it."""
        return self._details(HELD_BACK)

    @property
    def failed_texts(self) -> dict[str, str]:
        """Source -> the texts on which extraction broke down, with the errors, in one line. They have no claims."""
        return self._details(EXTRACTION_FAILED)

    def _details(self, status: str) -> dict[str, str]:
        found = self.readings.filter(pl.col("status") == status)
        return dict(found.select("source", "detail").iter_rows())

    @property
    def read_nothing(self) -> bool:
        """Whether there were inputs, and none could be read."""
        return not self.status.documents and bool(self.status.unreadable)


class UnextractedTextsError(Exception):
    """The dataset was published, without the claims of texts on which extraction broke down. `outcome` says the rest."""

    def __init__(self, outcome: RefreshOutcome, warehouse: Path) -> None:
        super().__init__(
            f"{warehouse} was published, but {'; '.join(outcome.failed_texts.values())}; these texts have no claims and are in"
            " the table unreadable_documents: report the error, or take them out; the next refresh tries them again"
        )
        self.outcome = outcome


class DagsterHomeError(Exception):
    """The folder in which Dagster keeps its runs is not there, or what lies in it cannot be used."""


def run_refresh(plan: RefreshPlan) -> RefreshOutcome:
    """Refreshes and publishes. Raises what the graph raises: `SourceError` for a faulty declaration, and for what would
    retire declared sources unasked; `UnreadSourcesError`, `BrokenExtractorError`, and every `WarehouseError`,
    `CheckFailedError` and `LockHeldError` among them; `DagsterHomeError`; after publishing, `UnextractedTextsError` if
    extraction broke down on some texts.
    """
    sources = SourcesResource(
        file=str(plan.sources_file) if plan.sources_file else "",
        folders=[str(folder) for folder in plan.folders],
        offline=plan.offline,
        store=str(plan.store),
    )
    taken = sources.declared()
    declared = [source.name for source in taken]
    _require_declared(plan, declared)
    store = Store(plan.store)
    if plan.keeps_declared:
        require_none_displaced(store, taken)
    if not plan.replace:
        require_own_file(store, plan.warehouse)  # before texts are read for hours
    overrides = {
        "sources": sources,
        "store": StoreResource(folder=str(plan.store), wait_seconds=plan.wait_seconds),
        "warehouse_file": WarehouseResource(file=str(plan.warehouse), replace=plan.replace),
        "gold": GoldResource(folders=[str(folder) for folder in plan.gold]),
        "engine": EngineResource(name=plan.engine, workers=plan.workers or 0, ray=plan.ray or ""),
        "progress": plan.progress,
    }
    job = build_definitions(overrides, plan.checks).resolve_job_def("refresh")
    before = set(store.source_refreshes()["refresh_id"])
    report_failure = None
    with _instance(plan) as instance:
        partitions = align_partitions(instance, declared)
        try:
            _execute(job, instance, runs_of(partitions, plan.only or partitions), plan)
        except UnwrittenReportError as error:
            report_failure = str(error)
        except dg.DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None
        except dg.DagsterError as error:
            raise _origin(error) from error
    status = dataset_status(plan.warehouse)
    readings = store.source_refreshes().filter(
        ~pl.col("refresh_id").is_in(before) | (pl.col("refresh_id") == status.refresh["refresh_id"])
    )
    outcome = RefreshOutcome(status, readings, report_failure)
    if outcome.failed_texts:
        raise UnextractedTextsError(outcome, plan.warehouse)
    return outcome


def _require_declared(plan: RefreshPlan, declared: Sequence[str]) -> None:
    for name in (*plan.only, *plan.accept):
        if name not in declared:
            raise SourceError(f"there is no source {name}; declared are {', '.join(declared)}")
    for name in plan.accept:
        if plan.only and name not in plan.only:
            raise SourceError(f"source {name} is to be accepted, but only {', '.join(plan.only)} is to be read")


def _execute(job: dg.JobDefinition, instance: dg.DagsterInstance, runs: Sequence[Mapping[str, str]], plan: RefreshPlan) -> None:
    """A run takes sources that follow each other. All runs but the last only read and extract; together they make a refresh."""
    config = {**_logging(plan.loud), "ops": {"documents": {"config": {"accept": list(plan.accept)}}}}
    for tags in runs[:-1]:
        with suppress(UnreadSourcesError):  # told by the log of readings; the other sources go on
            job.execute_in_process(instance=instance, tags=tags, run_config=config, asset_selection=_PART)
    job.execute_in_process(instance=instance, tags=runs[-1], run_config=config)


_PART = [dg.AssetKey("documents"), dg.AssetKey("claims")]


def _instance(plan: RefreshPlan) -> dg.DagsterInstance:
    """The instance that DAGSTER_HOME names, so that the UI shows the run; for folders in place of sources one that forgets."""
    home = os.environ.get("DAGSTER_HOME")
    if home and not plan.folders and plan.sources_file is None:
        return _kept_instance(Path(home))
    return dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})


def _kept_instance(home: Path) -> dg.DagsterInstance:
    """The instance in a folder, with the project's settings if it has none (Dagster's own would send telemetry)."""
    if not (home.is_absolute() and home.is_dir()):
        raise DagsterHomeError(
            f"DAGSTER_HOME names {home}, and there is no such folder (it must be an absolute path): make it, or unset"
            " DAGSTER_HOME to refresh without a log of runs; the dataset and the store are not in it"
        )
    try:
        if not (home / _SETTINGS.name).exists():
            write_text(home / _SETTINGS.name, _SETTINGS.read_text(encoding="utf-8"))
        return dg.DagsterInstance.get()
    except Exception as error:
        reason = str(error).split("\n", 1)[0]
        raise DagsterHomeError(
            f"Dagster's log of runs in {home}, which DAGSTER_HOME names, cannot be used ({reason}): move that folder away to"
            " begin a new one; the dataset and the store are not in it"
        ) from error


def _logging(loud: bool) -> dict[str, object]:
    return {"loggers": {"console": {"config": {"log_level": _LOUD if loud else _QUIET}}}}


def _origin(error: BaseException) -> BaseException:
    """What went wrong beneath Dagster's wrapping."""
    while isinstance(error, dg.DagsterError) and error.__cause__ is not None:
        error = error.__cause__
    return error
