"""When jobs run by the clock: a schedule for each source that declares one, and one for all the others.

Schedules are made when Dagster loads the project, and shown as such. The declaration may change afterwards: every tick reads it
anew, and what was declared since is run by the sensor `rescheduled_sources` until Dagster loads the project again. So nobody
has to press a button for a feed to get its time, and the page of schedules is right after the next start or reload. A reload by
itself would need a process that ends the one it runs in, or one beside Dagster; a sensor alone would leave the page empty.
"""

from collections.abc import Iterable, Mapping, Sequence

import dagster as dg

from pipeline.orchestration.crons import Timing
from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.partitions import align_partitions, runs_of
from pipeline.orchestration.resources import SourcesResource
from pipeline.sources.declared import Declaration

DAILY = "0 5 * * *"
SCHEDULE_OF = "source_"  # begins the name of a source's own schedule, and of nothing else


def timings(declarations: Iterable[Declaration]) -> dict[str, Timing]:
    """Source -> its own timing, for sources that declare one."""
    return {
        one.name: Timing(one.running.schedule, one.running.timezone) for one in declarations if one.running.schedule is not None
    }


def timing_of(declaration: Declaration) -> Timing:
    """When a source is read: by its own schedule, else daily with the others."""
    return timings([declaration]).get(declaration.name, Timing(DAILY, "UTC"))


@dg.schedule(
    job=refresh,
    cron_schedule=DAILY,
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Refreshes every day at 05:00 UTC all sources that declare no schedule of their own.",
)
def daily(context: dg.ScheduleEvaluationContext, sources: SourcesResource) -> list[dg.RunRequest] | dg.SkipReason:
    """Runs of all sources without a schedule of their own. Raises `SourceError` if the declaration is faulty."""
    declared = sources.declarations()
    partitions = align_partitions(context.instance, (one.name for one in declared))
    own = timings(declared)
    found = runs_of(partitions, [one.name for one in declared if one.name not in own])
    # Dagster asks for a key of each run where there are several.
    at = f"{context.scheduled_execution_time:%Y-%m-%d %H:%M}"
    return [dg.RunRequest(tags=tags, run_key=f"{number} {at}") for number, tags in enumerate(found)] or dg.SkipReason(
        "every source has a schedule of its own"
    )


def source_schedules(timed: Mapping[str, Timing]) -> list[dg.ScheduleDefinition]:
    """A schedule for each source that declares one.

    A source whose schedule Dagster does not take is left out: it must not take all the others away too.
    """
    taken: list[str] = []
    made = []
    for source, timing in timed.items():
        name = _schedule_name(source, taken)
        try:
            made.append(_schedule(name, source, timing))
        except dg.DagsterInvalidDefinitionError as fault:
            dg.get_dagster_logger().error(f"the source {source} has no schedule: {fault}")
            continue
        taken.append(name)
    return made


def _schedule(name: str, source: str, timing: Timing) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=name,
        job=refresh,
        cron_schedule=timing.schedule,
        execution_timezone=timing.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"Refreshes the source {source}, as seeds/sources.toml says.",
        metadata={"source": source},
    )
    def of_source(context: dg.ScheduleEvaluationContext, sources: SourcesResource) -> list[dg.RunRequest] | dg.SkipReason:
        declared = sources.declarations()
        if timings(declared).get(source) != timing:
            return dg.SkipReason(f"{source} is declared otherwise now; reload the definitions to see its schedule")
        partitions = align_partitions(context.instance, (one.name for one in declared))
        return [dg.RunRequest(tags=tags) for tags in runs_of(partitions, [source])]

    return of_source


def _schedule_name(source: str, taken: Sequence[str]) -> str:
    """A name that nothing else in Dagster has: jobs, sensors and schedules share theirs, which have no hyphen."""
    name = f"{SCHEDULE_OF}{source.replace('-', '_')}"
    candidates = [name, *(f"{name}_{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)
