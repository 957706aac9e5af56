"""What is run together. When a job runs belongs to `schedules` and `sensors`."""

import dagster as dg

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Reads the sources, extracts what is new or changed, checks everything and publishes the dataset.",
    # A process for each step would cost seconds a step, and the store's lock is held by one process.
    executor_def=dg.in_process_executor,
    # A run whose process died is started again from the beginning: the store knows best what is left to do.
    tags={"dagster/retry_strategy": "ALL_STEPS"},
)
