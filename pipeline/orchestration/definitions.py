"""All that Dagster knows of the project, put together. `defs` is what `dg dev` loads."""

from collections.abc import Mapping
from pathlib import Path

import dagster as dg

from pipeline.orchestration.assets import claims, documents, evaluation, report, warehouse_asset
from pipeline.orchestration.checks import STORE_CHECKS
from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.resources import (
    EngineResource,
    GoldResource,
    SourcesResource,
    StoreResource,
    StoreViewResource,
    WarehouseResource,
)
from pipeline.orchestration.schedules import daily, source_schedules, timings
from pipeline.orchestration.sensors import (
    alerts,
    changed_sources,
    failed_sources,
    follow_sources,
    freshness,
    rescheduled_sources_sensor,
)
from pipeline.orchestration.standing import published_within
from pipeline.sources.declared import Declaration
from pipeline.sources.raw import SourceError
from pipeline.warehouse.errors import WarehouseError

# A run of Dagster's waits for a refresh of the command line, as runs wait for each other.
SECONDS_TO_WAIT = 1800


def build_definitions(overrides: Mapping[str, object] | None = None, checks: Path | None = None) -> dg.Definitions:
    """The whole graph. `overrides` takes the place of resources by name (sources, store, warehouse_file, gold, engine,
    progress),
    `checks` is a folder of SQL checks in place of `sql/checks/`.

    Raises `ValueError` for a resource that nothing uses.
    """
    resources: dict[str, object] = {
        "sources": SourcesResource(),
        "store": StoreResource(wait_seconds=SECONDS_TO_WAIT),
        "warehouse_file": WarehouseResource(),
        "gold": GoldResource(),
        "engine": EngineResource(),
        "progress": Silence(),
    }
    if unknown := set(overrides or ()) - set(resources):
        raise ValueError(f"no asset uses {', '.join(sorted(unknown))}; there are {', '.join(resources)}")
    resources.update(overrides or {})
    store, sources = resources["store"], resources["sources"]
    resources["store_view"] = StoreViewResource(folder=store.folder if isinstance(store, StoreResource) else "")
    declared = _declarations(sources) if isinstance(sources, SourcesResource) else []
    timed = timings(declared)
    return dg.Definitions(
        assets=[documents, claims, evaluation, warehouse_asset(checks, published_within(declared)), report],
        asset_checks=STORE_CHECKS,
        jobs=[refresh],
        schedules=[daily, *source_schedules(timed)],
        sensors=[changed_sources, rescheduled_sources_sensor(timed), failed_sources, follow_sources, freshness, alerts],
        resources=resources,
        executor=dg.in_process_executor,
    )


def _declarations(sources: SourcesResource) -> list[Declaration]:
    """The declared sources. A faulty declaration, or a store out of reach, is told by every sensor that reads it, and an alert
    tells of the first; neither must take the sensors away too.
    """
    try:
        return sources.declarations()
    except (SourceError, WarehouseError):
        return []


defs = build_definitions()
