"""When jobs run by the clock."""

import dagster as dg

from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.partitions import align_partitions, all_of
from pipeline.orchestration.resources import SourcesResource


@dg.schedule(
    job=refresh,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Refreshes all sources every day at 05:00 UTC.",
)
def daily(context: dg.ScheduleEvaluationContext, sources: SourcesResource) -> dg.RunRequest:
    """A run of all declared sources. Raises `SourceError` if the declaration is faulty."""
    partitions = align_partitions(context.instance, (source.name for source in sources.declared()))
    return dg.RunRequest(tags=all_of(partitions))
