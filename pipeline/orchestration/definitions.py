"""All that Dagster knows of the project, put together. `defs` is what `dg dev` loads."""

from collections.abc import Mapping
from pathlib import Path

import dagster as dg

from pipeline.orchestration.assets import claims, documents, evaluation, report, warehouse_asset
from pipeline.orchestration.checks import STORE_CHECKS
from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.resources import EngineResource, GoldResource, SourcesResource, StoreResource, WarehouseResource
from pipeline.orchestration.schedules import daily
from pipeline.orchestration.sensors import changed_sources, follow_sources


def build_definitions(overrides: Mapping[str, object] | None = None, checks: Path | None = None) -> dg.Definitions:
    """The whole graph. `overrides` takes the place of resources by name (sources, store, warehouse_file, gold, engine,
    progress),
    `checks` is a folder of SQL checks in place of `sql/checks/`.

    Raises `ValueError` for a resource that nothing uses.
    """
    resources: dict[str, object] = {
        "sources": SourcesResource(),
        "store": StoreResource(),
        "warehouse_file": WarehouseResource(),
        "gold": GoldResource(),
        "engine": EngineResource(),
        "progress": Silence(),
    }
    if unknown := set(overrides or ()) - set(resources):
        raise ValueError(f"no asset uses {', '.join(sorted(unknown))}; there are {', '.join(resources)}")
    return dg.Definitions(
        assets=[documents, claims, evaluation, warehouse_asset(checks), report],
        asset_checks=STORE_CHECKS,
        jobs=[refresh],
        schedules=[daily],
        sensors=[changed_sources, follow_sources],
        resources={**resources, **(overrides or {})},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
