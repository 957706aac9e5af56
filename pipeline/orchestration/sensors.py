"""When jobs run by themselves, because something outside changed."""

import json
import time
from datetime import UTC, datetime, timedelta

import dagster as dg

from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.partitions import PARTITIONS_NAME, all_of, partition_changes
from pipeline.orchestration.resources import SourcesResource

SECONDS_BETWEEN_LOOKS = 30
SECONDS_BEFORE_TRYING_AGAIN = 15 * 60
SECONDS_UNTIL_GIVEN_UP = 6 * 60 * 60
_ENDS = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)
_UNFINISHED = [status for status in dg.DagsterRunStatus if status not in _ENDS]

# What has an automation condition is brought up to date when what it is made from was, also by hand. The job `refresh` takes
# all of it in one run, which leaves nothing to follow.
follow_sources = dg.AutomationConditionSensorDefinition(
    "follow_sources",
    target=dg.AssetSelection.all(),
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Extracts and publishes when a source was refreshed by hand.",
)


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts a refresh when a source was declared or retired, or when its inputs changed.",
)
def changed_sources(context: dg.SensorEvaluationContext, sources: SourcesResource) -> dg.SensorResult | dg.SkipReason:
    """A run of all declared sources when their fingerprints are not those that a run was asked for; the first look starts one
    too. A run that failed is asked for again, after a pause; while one is under way, none is.

    Unchanged sources cost a run only the listing of their inputs. Raises `SourceError` if the declaration is faulty.
    """
    fingerprints = {source.name: source.fingerprint() for source in sources.declared()}
    seen = json.loads(context.cursor) if context.cursor else {}
    requests, partitions = partition_changes(context.instance.get_dynamic_partitions(PARTITIONS_NAME), fingerprints)
    if _under_way(context.instance):
        return dg.SkipReason("a refresh is under way; its end is waited for")
    if fingerprints == seen:
        failed_at = _failed_at(context.instance, partitions)
        if failed_at is None:
            return dg.SkipReason("no source changed")
        if time.time() < failed_at + SECONDS_BEFORE_TRYING_AGAIN:
            return dg.SkipReason("the last refresh failed; it is tried again after a pause")
    return dg.SensorResult(
        run_requests=[dg.RunRequest(tags=all_of(partitions))],
        dynamic_partitions_requests=requests,
        cursor=json.dumps(fingerprints, sort_keys=True),
    )


def _under_way(instance: dg.DagsterInstance) -> bool:
    recently = datetime.now(UTC) - timedelta(seconds=SECONDS_UNTIL_GIVEN_UP)
    unfinished = dg.RunsFilter(job_name=refresh.name, statuses=_UNFINISHED, updated_after=recently)
    return instance.get_runs_count(unfinished) > 0


def _failed_at(instance: dg.DagsterInstance, partitions: list[str]) -> float | None:
    """When the last run of all sources ended in failure, in seconds of the epoch; None if it did not.

    A run whose process was killed ends for nobody: one that nothing was heard of for long counts as failed long ago.
    """
    if not partitions:
        return None
    runs = instance.get_run_records(dg.RunsFilter(job_name=refresh.name, tags=all_of(partitions)), limit=1)
    if not runs or runs[0].dagster_run.status is dg.DagsterRunStatus.SUCCESS:
        return None
    return runs[0].end_time or 0.0
