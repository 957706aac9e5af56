"""When jobs run by themselves, because something outside changed."""

import json

import dagster as dg

from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.partitions import PARTITIONS_NAME, all_of, partition_changes
from pipeline.orchestration.resources import SourcesResource

SECONDS_BETWEEN_LOOKS = 30

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
    """A run of all declared sources when their fingerprints are not those of the last look; the first look starts one too.

    Unchanged sources cost a run only the listing of their inputs. Raises `SourceError` if the declaration is faulty.
    """
    fingerprints = {source.name: source.fingerprint() for source in sources.declared()}
    seen = json.loads(context.cursor) if context.cursor else {}
    if fingerprints == seen:
        return dg.SkipReason("no source changed")
    requests, partitions = partition_changes(context.instance.get_dynamic_partitions(PARTITIONS_NAME), fingerprints)
    return dg.SensorResult(
        run_requests=[dg.RunRequest(tags=all_of(partitions))],
        dynamic_partitions_requests=requests,
        cursor=json.dumps(fingerprints, sort_keys=True),
    )
