"""What is run together. When a job runs belongs to `schedules` and `sensors`."""

from collections.abc import Iterable, Mapping

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

_WAITING = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED]


def not_waiting(instance: dg.DagsterInstance, runs: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Of the tags of refreshes that are to be asked for, those of which none is in the queue already.

    A schedule that is shorter than a refresh takes must not fill the queue.
    """
    return [
        tags
        for tags in runs
        if not instance.get_runs_count(dg.RunsFilter(job_name=refresh.name, statuses=_WAITING, tags=dict(tags)))
    ]
