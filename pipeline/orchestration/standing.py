"""How things stand: each source, the declaration and the last refresh, as states that change seldom.

What is told of a change, and to whom, belongs to `alerts`. States are worked out anew from the store and from Dagster's runs,
so that a refresh from the command line counts like one of Dagster's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

import dagster as dg
import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.orchestration.crons import next_due
from pipeline.orchestration.schedules import timing_of
from pipeline.sources.declared import Declaration
from pipeline.warehouse.ledger import State
from pipeline.warehouse.store import (
    EXTRACTION_FAILED,
    HELD_BACK,
    PARTLY_READ,
    PUBLISHED,
    READ_AGAIN,
    READING_FAILED,
    Store,
    is_good_reading,
)

STALE_AFTER = timedelta(hours=36)  # of what is read daily: half a day of grace
_CLOCK_STEP = timedelta(hours=1)  # by which a clock may be set back without a word
_SELDOM = timedelta(days=31)  # of sources that all have schedules of their own, and no freshness
_TRIED_AGAIN = (READING_FAILED, PARTLY_READ)
_LEAST_WATCHED = timedelta(minutes=5)
SECONDS_BEFORE_TRYING_AGAIN = 15 * 60  # after a refresh that failed
STALE = "stale"
FAULTY = "faulty"
FAILED = "failed"
UNKNOWN_ADDRESS = "unknown_address"

DECLARATION = "the declaration of sources"
REFRESH = "the last refresh"
ADDRESSES = "the list of addresses for alerts"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a subject stands: `state` is empty if all is well; `told` is one line that says what is wrong, or is to be known
    all the same.

    In trouble, `since` is when that began, `documents` how many of a source stay published all the while, and `again` when it
    is tried next. When all is well, `since` is when the last good reading or publication was, and `documents` how many it met.
    """

    subject: str
    state: str = ""
    told: str = ""
    since: datetime | None = None
    documents: int | None = None
    again: datetime | None = None

    @property
    def source(self) -> str:
        """The source that it is about; empty for the declaration and the refresh."""
        prefixes = (source_subject(""), freshness_subject(""))
        return next((self.subject.removeprefix(one) for one in prefixes if self.subject.startswith(one)), "")


def standings(declarations: Iterable[Declaration], store: Store, instance: dg.DagsterInstance, now: datetime) -> list[Standing]:
    """How every declared source stands, how fresh it is, and how the last refresh ended."""
    readings = store.source_refreshes()
    found = []
    for declaration in declarations:
        mine = readings.filter(pl.col("source") == declaration.name)
        for standing in (_reading(declaration.name, mine), _freshness(declaration, mine, store, now)):
            found.append(_in_trouble(standing, declaration, mine, store, now) if standing.state else standing)
    return [*found, refresh_standing(store, instance)]


def faulty_declaration(fault: str, path: Path) -> Standing:
    """How a declaration stands that cannot be read."""
    since = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
    return Standing(DECLARATION, FAULTY, fault, since)


def refresh_standing(store: Store, instance: dg.DagsterInstance) -> Standing:
    """How the last refresh of the store ended; or a later run that failed before it came so far, or after it had published."""
    refreshes = store.refreshes().sort("started_at")
    last: Mapping[str, Any] = refreshes.row(-1, named=True) if refreshes.height else {}
    run = _last_run(instance)
    failed = run is not None and run.dagster_run.status is dg.DagsterRunStatus.FAILURE
    later = failed and not (last and run.end_time and run.end_time < last["finished_at"].timestamp())
    again = datetime.fromtimestamp(run.end_time + SECONDS_BEFORE_TRYING_AGAIN, UTC) if later and run.end_time else None
    if last and last["status"] != PUBLISHED:
        why = f"{last['status'].replace('_', ' ')}: {last['detail'] or 'nothing is known of why'}"
        return Standing(REFRESH, FAILED, why, _unpublished_since(refreshes), again=again)
    if later:
        ended = datetime.fromtimestamp(run.end_time, UTC) if run.end_time else None
        return Standing(REFRESH, FAILED, _error(instance, run.dagster_run.run_id), ended, again=again)
    return Standing(REFRESH, since=last.get("finished_at"))


def _unpublished_since(refreshes: pl.DataFrame) -> datetime | None:
    """When the first of those refreshes ended that failed since one was published."""
    published = refreshes.filter(pl.col("status") == PUBLISHED)["started_at"].max()
    since = refreshes if published is None else refreshes.filter(pl.col("started_at") > published)
    return cast("datetime | None", since["finished_at"].min())


class FailedRun(NamedTuple):
    """When a run that failed was asked for, and when it ended."""

    asked_at: datetime
    ended_at: datetime


def tried_again_at(readings: pl.DataFrame, now: datetime, failed_runs: Sequence[FailedRun] = ()) -> datetime | None:
    """When a source that failed, or was read in part, is tried before its schedule, from the rows of `source_refreshes` about
    it; None if that is not so, or was too often in a row. One that failed at a time yet to come, by a clock that was ahead, is
    tried now.

    `failed_runs` are its last runs, those that failed in a row. Those asked for since its last reading failed before they came
    to read, as with a full disk, and count as tries.
    """
    pauses: list[int] = read_toml("refresh_limits.toml")["minutes_before_trying_again"]
    asked = readings.filter(pl.col("status") != READ_AGAIN).sort("finished_at")
    failures = asked.filter(pl.col("status").is_in(_TRIED_AGAIN).not_().reverse().cum_sum().reverse() == 0).height
    if not failures:
        return None
    failed_at = cast(datetime, asked["finished_at"][-1])
    is_ahead = failed_at > now + _CLOCK_STEP
    since = [run.ended_at for run in failed_runs if is_ahead or run.asked_at > failed_at]
    tries = failures + len(since)
    if tries > len(pauses):
        return None
    if is_ahead and not since:
        return now
    last = max(since) if is_ahead else max([failed_at, *since])
    return last + timedelta(minutes=pauses[tries - 1])


def source_subject(name: str) -> str:
    """What a source's reading is called in an alert."""
    return f"source {name}"


def freshness_subject(name: str) -> str:
    """What a source's freshness is called in an alert."""
    return f"freshness of {name}"


def freshness_limit(declaration: Declaration) -> timedelta | None:
    """How old the last good reading of a source may become: what is declared, else the daily limit; None for a source that has
    a schedule of its own and no freshness.
    """
    return declaration.running.freshness or (None if declaration.running.schedule else STALE_AFTER)


def out_of_date(declarations: Iterable[Declaration], store: Store, now: datetime) -> dict[str, str]:
    """Source -> how long it was not read, for those that are to be read more often."""
    readings = store.source_refreshes()
    stands = (_freshness(one, readings.filter(pl.col("source") == one.name), store, now) for one in declarations)
    return {one.subject.removeprefix(freshness_subject("")): one.told for one in stands if one.state}


def published_within(declarations: Iterable[Declaration]) -> timedelta:
    """How old the published file may become: no older than the source that is to be freshest."""
    limits = [limit for one in declarations if (limit := freshness_limit(one))]
    return max(min(limits, default=_SELDOM), _LEAST_WATCHED)


def last_good_reading(readings: pl.DataFrame) -> datetime | None:
    """When a source was last read, from the rows of `source_refreshes` about it."""
    found = readings.filter(is_good_reading())["finished_at"].max()
    return found if isinstance(found, datetime) else None


def _reading(name: str, readings: pl.DataFrame) -> Standing:
    asked = readings.filter(pl.col("status") != READ_AGAIN).sort("finished_at")
    if asked.is_empty():
        return Standing(source_subject(name))
    last = asked.row(-1, named=True)
    told = (last["detail"] or "").removeprefix(f"{source_subject(name)}: ")
    if last["status"] not in (READING_FAILED, PARTLY_READ, EXTRACTION_FAILED, HELD_BACK):
        return Standing(source_subject(name), "", told, last["finished_at"], last["documents_seen"])
    before = asked.filter(pl.col("status") != last["status"])["finished_at"].max()
    alike = asked if before is None else asked.filter(pl.col("finished_at") > before)
    return Standing(source_subject(name), last["status"], told, cast("datetime | None", alike["finished_at"].min()))


def _in_trouble(standing: Standing, declaration: Declaration, readings: pl.DataFrame, store: Store, now: datetime) -> Standing:
    """With what stays published, and when the source is read next."""
    held = store.ledger(declaration.name).filter(pl.col("state") == State.PRESENT)["doc_id"].drop_nulls().n_unique()
    dues = [tried_again_at(readings, now), next_due(timing_of(declaration), now)]
    return replace(standing, documents=held, again=min((max(due, now) for due in dues if due), default=None))


def _freshness(declaration: Declaration, readings: pl.DataFrame, store: Store, now: datetime) -> Standing:
    """A source that was never read counts from when that was first tried.

    After a clock that was ahead, readings are logged as later still, so that their order stays; when they were is known then
    only from when the source's ledger was written, by the clock as it is since.
    """
    subject = freshness_subject(declaration.name)
    limit = freshness_limit(declaration)
    known = readings.filter(pl.col("finished_at") <= now + _CLOCK_STEP)
    last = last_good_reading(known)
    written = store.ledger_written_at(declaration.name) if known.height < readings.height else None
    if written is not None and written <= now + _CLOCK_STEP:
        last = max(written, last or written)
    since = last or readings["finished_at"].min()
    if limit is None or not isinstance(since, datetime) or now - since <= limit:
        return Standing(subject, since=since if isinstance(since, datetime) else None)
    return Standing(subject, STALE, f"{_read(last)}, and is to be read every {_span(limit)}", since + limit)


def _read(last: datetime | None) -> str:
    return f"was last read {last:%Y-%m-%d %H:%M} UTC" if last else "was never read"


def _span(limit: timedelta) -> str:
    hours = limit.total_seconds() / 3600
    return f"{hours:g} hours" if hours >= 1 else f"{limit.total_seconds() / 60:g} minutes"


def _last_run(instance: dg.DagsterInstance) -> Any:
    """The record of the run that ended last; one that Dagster is about to try again did not end yet."""
    ended = dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE])
    records = instance.get_run_records(ended, limit=_RUNS_LOOKED_AT, order_by="update_timestamp")
    last = max(records, key=lambda record: record.end_time or 0.0, default=None)
    will_retry = last is not None and last.dagster_run.tags.get("dagster/will_retry") == "true"
    return None if will_retry else last


_RUNS_LOOKED_AT = 5


def _said(error: Any) -> str:
    """What an error says; one of the project's own without its class, of which whoever runs it knows nothing."""
    whole = str(error.message)
    kind, _, message = whole.partition(": ")
    return message if kind.startswith("pipeline.") and message.strip() else whole


def _error(instance: dg.DagsterInstance, run_id: str) -> str:
    """What went wrong in a run, in one line: the innermost error of its first step that failed, else the run's own."""
    for kind in (dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE):
        records = instance.get_records_for_run(run_id, of_type=kind, limit=1).records
        for record in records:
            event = record.event_log_entry.dagster_event
            error = getattr(event.event_specific_data, "error", None) if event else None
            while error is not None and error.cause is not None:
                error = error.cause
            said = _said(error) if error else (event.message if event else "")
            if said:
                return " ".join(said.split())
    return "a run failed; the Dagster UI shows it"
