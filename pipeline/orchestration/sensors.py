"""When jobs run by themselves, because something outside changed, failed or fell due; and who is told of what went wrong."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg
import polars as pl

from pipeline.orchestration.alerts import carried_over, tell
from pipeline.orchestration.checks import FRESHNESS_CHECK, freshness_result
from pipeline.orchestration.crons import Timing, last_due
from pipeline.orchestration.jobs import refresh
from pipeline.orchestration.notifying import ADDRESSES_VARIABLE, alert_addresses
from pipeline.orchestration.partitions import PARTITIONS_NAME, partition_changes, runs_of, taken_by
from pipeline.orchestration.resources import SourcesResource, StoreViewResource
from pipeline.orchestration.schedules import timings
from pipeline.orchestration.standing import (
    ADDRESSES,
    DECLARATION,
    REFRESH,
    SECONDS_BEFORE_TRYING_AGAIN,
    UNKNOWN_ADDRESS,
    FailedRun,
    Standing,
    faulty_declaration,
    refresh_standing,
    standings,
    tried_again_at,
)
from pipeline.sources.raw import SourceError
from pipeline.warehouse.store import RETIRED, Store

SECONDS_BETWEEN_LOOKS = 30
SECONDS_BETWEEN_ALERTS = 60
SECONDS_UNTIL_GIVEN_UP = 6 * 60 * 60
_RUNS_LOOKED_AT = 200  # more than end within the pause after a failure
_SETTLED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.CANCELING, dg.DagsterRunStatus.CANCELED)
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
    description="Refreshes sources that were declared or whose files changed, and publishes when one was retired.",
)
def changed_sources(
    context: dg.SensorEvaluationContext, sources: SourcesResource, store_view: StoreViewResource
) -> dg.SensorResult | dg.SkipReason:
    """Runs of those declared sources whose fingerprints are not those that a run was asked for; the first look takes all. One
    that a refresh retired which read others in its place is asked for once more. A source whose last run failed is asked for
    again, after a pause; one whose run somebody cancelled is not. While a run of them is under way, none is asked for; runs of
    others, which may follow each other without an end, are not waited for.

    Raises `SourceError` if the declaration is faulty.
    """
    fingerprints = {source.name: source.fingerprint() for source in sources.declared()}
    seen: dict[str, str] = json.loads(context.cursor) if context.cursor else {}
    requests, partitions = partition_changes(context.instance.get_dynamic_partitions(PARTITIONS_NAME), fingerprints)
    retired_by = _retired_by(store_view.store(), fingerprints)
    wanted = {name for name, found in fingerprints.items() if _differs(seen.get(name, ""), found, retired_by.get(name))}
    retired = set(seen) - set(fingerprints)
    busy = _taken_by_unfinished(context.instance, partitions)
    if busy & (wanted or set(partitions if retired else ())):
        return dg.SkipReason("a refresh is under way; its end is waited for")
    if retired and not wanted:
        wanted = set(partitions[:1])  # whichever is read, what the retired ones held leaves with the next file
    failed = {name: runs for name, runs in _failed(context.instance, partitions).items() if name not in busy}
    pause_began = datetime.now(UTC) - timedelta(seconds=SECONDS_BEFORE_TRYING_AGAIN)
    again = {name for name, runs in failed.items() if runs[0].ended_at <= pause_began}
    tags = runs_of(partitions, wanted | again)
    if not tags:
        return dg.SkipReason("the last refresh failed; it is tried again after a pause" if failed else "no source changed")
    return dg.SensorResult(
        run_requests=[dg.RunRequest(tags=one) for one in tags],
        dynamic_partitions_requests=requests,
        cursor=json.dumps(
            {name: _asked_for(found, retired_by.get(name)) for name, found in fingerprints.items()}, sort_keys=True
        ),
    )


_RETIRED_BY = " retired by "


def _retired_by(store: Store, names: Collection[str]) -> dict[str, str]:
    """Source -> the refresh that retired it, for those that were not read since."""
    last = (
        store.source_refreshes().filter(pl.col("source").is_in(list(names))).unique("source", keep="last", maintain_order=True)
    )
    return dict(last.filter(pl.col("status") == RETIRED).select("source", "refresh_id").iter_rows())


def _asked_for(fingerprint: str, retired_by: str | None) -> str:
    """What the cursor keeps of a source that a run is asked for."""
    return f"{fingerprint}{_RETIRED_BY}{retired_by}" if retired_by else fingerprint


def _differs(asked_for: str, fingerprint: str, retired_by: str | None) -> bool:
    """Whether a source changed, or was retired, since a run of it was asked for."""
    before, _, retired_before = asked_for.partition(_RETIRED_BY)
    return before != fingerprint or retired_by not in (None, retired_before)


def _taken_by_unfinished(instance: dg.DagsterInstance, partitions: Sequence[str]) -> set[str]:
    """The sources that a run takes which is waiting or at work. `partitions` are in the instance's order."""
    recently = datetime.now(UTC) - timedelta(seconds=SECONDS_UNTIL_GIVEN_UP)
    unfinished = dg.RunsFilter(job_name=refresh.name, statuses=_UNFINISHED, updated_after=recently)
    return {name for run in instance.get_runs(unfinished) for name in taken_by(run.tags, partitions)}


def _failed(instance: dg.DagsterInstance, partitions: Sequence[str]) -> dict[str, list[FailedRun]]:
    """Source -> its last runs, the latest first, for those whose last run failed: all that failed since one did not.

    Each source counts by itself: a later run of others mends nothing for it. A run whose process was killed ends for nobody:
    one that nothing was heard of for long counts as failed long ago.
    """
    found: dict[str, list[FailedRun]] = {}
    settled: set[str] = set()
    for record in instance.get_run_records(dg.RunsFilter(job_name=refresh.name), limit=_RUNS_LOOKED_AT):  # the latest first
        taken = set(taken_by(record.dagster_run.tags, partitions)) - settled
        if record.dagster_run.status in _SETTLED:
            settled |= taken
            continue
        run = FailedRun(record.create_timestamp, datetime.fromtimestamp(record.end_time or 0.0, UTC))
        for name in taken:
            found.setdefault(name, []).append(run)
    return found


def rescheduled_sources_sensor(loaded: Mapping[str, Timing]) -> dg.SensorDefinition:
    """The sensor that stands in for schedules which Dagster does not know yet: `loaded` are those that it does."""

    @dg.sensor(
        name="rescheduled_sources",
        job=refresh,
        minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Runs sources by schedules that were declared since Dagster loaded the project, until it loads it again.",
    )
    def rescheduled_sources(context: dg.SensorEvaluationContext, sources: SourcesResource) -> dg.SensorResult | dg.SkipReason:
        declared = sources.declarations()
        since = {name: timing for name, timing in timings(declared).items() if loaded.get(name) != timing}
        if not since:
            return dg.SkipReason("the schedules are those that are declared")
        now = datetime.now(UTC)
        asked: dict[str, list[Any]] = json.loads(context.cursor) if context.cursor else {}
        served = {name: _served_until(asked.get(name), timing, now) for name, timing in since.items()}
        dues = {name: last_due(timing, now) for name, timing in since.items()}
        due = {name: at.timestamp() for name, at in dues.items() if at and at.timestamp() > served[name]}
        requests, partitions = partition_changes(
            context.instance.get_dynamic_partitions(PARTITIONS_NAME), [one.name for one in declared]
        )
        return dg.SensorResult(
            run_requests=[
                dg.RunRequest(tags=tags, run_key=f"{name} {due[name]:.0f}")
                for name in due
                for tags in runs_of(partitions, [name])
            ],
            skip_reason=None if due else "nothing that was declared since is due",
            dynamic_partitions_requests=requests,
            cursor=json.dumps({name: [*timing, due.get(name, served[name])] for name, timing in since.items()}),
        )

    return rescheduled_sources


def _served_until(known: list[Any] | None, timing: Timing, now: datetime) -> float:
    """Until when a schedule was served, in seconds of the epoch; one that is new here begins now."""
    return float(known[-1]) if known and tuple(known[:-1]) == timing else now.timestamp()


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tries sources that could not be read again, after pauses that grow (seeds/reference/refresh_limits.toml).",
)
def failed_sources(
    context: dg.SensorEvaluationContext, sources: SourcesResource, store_view: StoreViewResource
) -> dg.SensorResult | dg.SkipReason:
    """Runs of the sources whose last reading failed, each when its pause is over; after the last pause its schedule goes on
    alone. Runs that failed since, before they came to read, count as tries. Raises `SourceError` if the declaration is faulty.
    """
    declared = [one.name for one in sources.declarations()]
    partitions = context.instance.get_dynamic_partitions(PARTITIONS_NAME)
    failed_runs = _failed(context.instance, partitions)
    failing = _failing(store_view.store(), {name: failed_runs.get(name, []) for name in declared if name in partitions})
    if not failing:
        return dg.SkipReason("every source could be read, or was tried often enough")
    if _taken_by_unfinished(context.instance, partitions):
        return dg.SkipReason("a refresh is under way; its end is waited for")
    due = [name for name, at in failing.items() if at <= datetime.now(UTC)]
    if not due:
        name, at = min(failing.items(), key=lambda item: item[1])
        return dg.SkipReason(f"{name} failed and is tried again at {at:%H:%M} UTC")
    return dg.SensorResult(run_requests=[dg.RunRequest(tags=tags) for tags in runs_of(partitions, due)])


def _failing(store: Store, failed_runs: Mapping[str, Sequence[FailedRun]]) -> dict[str, datetime]:
    """Source -> when it is to be tried again, for those that failed not too often in a row. Given are all, with failed runs."""
    readings = store.source_refreshes()
    now = datetime.now(UTC)
    again = {name: tried_again_at(readings.filter(pl.col("source") == name), now, runs) for name, runs in failed_runs.items()}
    return {name: at for name, at in again.items() if at is not None}


@dg.sensor(
    asset_selection=dg.AssetSelection.checks_for_assets("documents"),
    minimum_interval_seconds=SECONDS_BETWEEN_ALERTS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Lets the check sources_are_fresh fail when a source is out of date, though no refresh runs.",
)
def freshness(
    context: dg.SensorEvaluationContext, sources: SourcesResource, store_view: StoreViewResource
) -> dg.SensorResult | dg.SkipReason:
    """The outcome of the check, whenever it is another than last time. Raises `SourceError` if the declaration is faulty."""
    result = freshness_result(sources.declarations(), store_view.store(), datetime.now(UTC))
    stale = json.dumps(result.metadata["out of date"].value)
    if context.cursor == stale:
        return dg.SkipReason("as before")
    found = dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey("documents"),
        check_name=FRESHNESS_CHECK,
        passed=result.passed,
        severity=result.severity,
        metadata=result.metadata,
    )
    return dg.SensorResult(asset_events=[found], cursor=stale)


@dg.sensor(
    minimum_interval_seconds=SECONDS_BETWEEN_ALERTS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells the addresses in CORRIDOR_ALERTS of what fails, is held back or goes out of date, and of its recovery.",
)
def alerts(context: dg.SensorEvaluationContext, sources: SourcesResource, store_view: StoreViewResource) -> dg.SkipReason:
    """One message for each change of state, to each address. Raises `AlertAddressError` if none of them is one."""
    addresses, faults = named = alert_addresses()
    named.require_one()
    known = _told_so_far(context)
    found = _standings(context, known, sources, store_view.store())
    found.append(Standing(ADDRESSES, UNKNOWN_ADDRESS if faults else "", named.fault))
    trouble = "; ".join(f"{one.subject}: {one.state}" for one in found if one.state) or "all is well"
    if not addresses:
        return dg.SkipReason(f"{trouble}. Nobody is told: {ADDRESSES_VARIABLE} names no address")
    cursor, reached, missed = tell(addresses, known, found, lambda told: _note_told(context, told))
    _note_told(context, None)
    context.update_cursor(cursor)
    if missed:
        context.log.error(f"alerts could not be sent to {', '.join(missed)}; they are tried again")
        return dg.SkipReason(f"{trouble}. COULD NOT BE TOLD: {', '.join(missed)}")
    told = f"Told {', '.join(reached)}" if reached else "Nothing new to tell"
    return dg.SkipReason(f"{trouble}. {told}")


def _note_told(context: dg.SensorEvaluationContext, cursor: str | None) -> None:
    """Notes the cursor as it is halfway: Dagster keeps one only of a tick that came to its end. None takes the note away."""
    note = "" if cursor is None else json.dumps([context.cursor, cursor])
    context.instance.daemon_cursor_storage.set_cursor_values({_TOLD_SO_FAR: note})


def _told_so_far(context: dg.SensorEvaluationContext) -> str | None:
    """The cursor, or what a tick that began at this cursor and was cut off had told until then."""
    note = context.instance.daemon_cursor_storage.get_cursor_values({_TOLD_SO_FAR}).get(_TOLD_SO_FAR)
    began, halfway = json.loads(note) if note else (None, context.cursor)
    return halfway if began == context.cursor else context.cursor


_TOLD_SO_FAR = "corridor_alerts_told_so_far"


def _standings(
    context: dg.SensorEvaluationContext, known: str | None, sources: SourcesResource, store: Store
) -> list[Standing]:
    try:
        declared = sources.declarations()
    except SourceError as fault:
        before = [one for one in carried_over(known) if one.subject not in (DECLARATION, REFRESH, ADDRESSES)]
        return [faulty_declaration(str(fault), sources.path), *before, refresh_standing(store, context.instance)]
    return [Standing(DECLARATION), *standings(declared, store, context.instance, datetime.now(UTC))]
