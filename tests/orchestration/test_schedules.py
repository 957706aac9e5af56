"""Schedules and the sensors that stand beside them, evaluated for declarations made for the test."""

import contextvars
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.made import Workspace
from pipeline.orchestration import sensors
from pipeline.orchestration.crons import Timing, last_due, next_due
from pipeline.orchestration.definitions import build_definitions
from pipeline.orchestration.partitions import align_partitions, all_of, runs_of
from pipeline.orchestration.resources import SourcesResource, StoreViewResource
from pipeline.orchestration.schedules import SCHEDULE_OF, source_schedules, timings
from pipeline.orchestration.sensors import changed_sources, failed_sources, rescheduled_sources_sensor
from pipeline.sources.declared import NAME
from pipeline.sources.raw import SourceError
from pipeline.warehouse.store import READ, READING_FAILED, SourceRefresh, Store

AT_SIX = 'schedule = "0 6 * * *"\ntimezone = "Asia/Baku"'
EVERY_MINUTE = 'schedule = "* * * * *"'


@dataclass
class Declared:
    """A declaration of folder sources, and what is evaluated on it."""

    root: Path
    instance: dg.DagsterInstance

    def write(self, **settings: str) -> SourcesResource:
        blocks = [f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "texts"\n{more}\n' for name, more in settings.items()]
        (self.root / "sources.toml").write_text("\n".join(blocks), encoding="utf-8")
        return self.sources

    @property
    def sources(self) -> SourcesResource:
        return SourcesResource(file=str(self.root / "sources.toml"))

    def tick(self, schedule: dg.ScheduleDefinition) -> list[str] | str:
        """The sources that a tick asks for, or why it asks for none."""

        def tick() -> list[str] | str:
            on_disk = dg.DagsterInstance.local_temp(str(self.root))
            with dg.build_schedule_context(
                instance=on_disk, resources={"sources": self.sources}, scheduled_execution_time=datetime.now(UTC)
            ) as context:
                found = schedule.evaluate_tick(context)
            return self.asked(found.run_requests or []) or str(found.skip_message)

        # An instance on disk stays the current one of its context.
        return contextvars.copy_context().run(tick)

    def look(self, sensor: dg.SensorDefinition, cursor: str | None = None) -> tuple[list[str] | str, str | None]:
        resources = {"sources": self.sources, "store_view": StoreViewResource(folder=str(self.root / "store"))}
        with dg.build_sensor_context(instance=self.instance, cursor=cursor, resources=resources) as context:
            found = sensor.evaluate_tick(context)
        return self.asked(found.run_requests or []) or str(found.skip_message), found.cursor

    def asked(self, requests: Sequence[dg.RunRequest]) -> list[str]:
        return ["..".join(dict.fromkeys(request.tags[name] for name in all_of(["any"]))) for request in requests]


@pytest.fixture
def declared(workspace: Workspace, instance: dg.DagsterInstance) -> Declared:
    return Declared(workspace.root, instance)


def schedules(declared: Declared) -> dict[str, dg.ScheduleDefinition]:
    found = build_definitions({"sources": declared.sources}).get_repository_def().schedule_defs
    return {schedule.name: schedule for schedule in found}


def test_each_source_with_a_time_of_its_own_has_a_schedule_and_the_others_share_one(declared: Declared) -> None:
    declared.write(first="", **{"port-news": AT_SIX}, second="", third="")
    found = schedules(declared)
    assert {name: (one.cron_schedule, one.execution_timezone) for name, one in found.items()} == {
        "daily": ("0 5 * * *", "UTC"),
        "source_port_news": ("0 6 * * *", "Asia/Baku"),
    }
    assert {one.default_status for one in found.values()} == {dg.DefaultScheduleStatus.RUNNING}
    assert declared.tick(found["source_port_news"]) == ["port-news"]
    assert declared.tick(found["daily"]) == ["first", "second..third"]


def test_the_daily_schedule_has_nothing_to_do_if_every_source_has_its_own(declared: Declared) -> None:
    declared.write(only=AT_SIX)
    assert declared.tick(schedules(declared)["daily"]) == "every source has a schedule of its own"


def test_names_of_schedules_are_distinct(declared: Declared) -> None:
    declared.write(**{"a-b": AT_SIX, "a_b": AT_SIX, "daily": AT_SIX})
    assert sorted(schedules(declared)) == ["daily", "source_a_b", "source_a_b_2", "source_daily"]


TAKEN = [one.name for one in build_definitions().get_repository_def().sensor_defs] + ["daily", "refresh", "documents"]


def fields(first: int, last: int, names: str = "") -> st.SearchStrategy[str]:
    numbers = st.integers(first, last)
    ranges = st.tuples(numbers, numbers, st.integers(1, last - first)).map(lambda it: f"{min(it[:2])}-{max(it[:2])}/{it[2]}")
    return st.lists(
        st.just("*") | numbers.map(str) | ranges | st.sampled_from(names.split() or ["*/2"]), min_size=1, max_size=2
    ).map(",".join)


CRONS = st.builds(
    "{} {} {} {} {}".format,
    *(fields(0, 59), fields(0, 23), fields(1, 31) | st.sampled_from(["30", "31"])),
    *(fields(1, 12, "jan feb DEC") | st.sampled_from(["2", "feb"]), fields(0, 7, "sun Fri") | st.just("*")),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(TAKEN) | st.from_regex(NAME, fullmatch=True), min_size=1, unique=True), data=st.data())
def test_every_declaration_that_loads_makes_definitions(declared: Declared, names: list[str], data: st.DataObject) -> None:
    declared.write(**{name: f'schedule = "{data.draw(CRONS)}"' for name in names})
    try:
        timed = timings(declared.sources.declarations())
    except SourceError:  # days that their months do not have; the crons are sound otherwise
        return
    assert len(schedules(declared)) == 1 + len(names)
    for timing in timed.values():
        assert next_due(timing, datetime(2026, 3, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize("name", TAKEN)
def test_a_source_may_have_any_name_that_dagster_has_taken(declared: Declared, name: str) -> None:
    declared.write(**{name: AT_SIX})
    assert sorted(schedules(declared)) == ["daily", f"{SCHEDULE_OF}{name}"]


# Of the first Dagster says so at once, of the second when it looks for the day.
NEVER = pytest.mark.parametrize("never", ["0 0 30 2 1", "0 0 31 4 *,*"])


@NEVER
def test_a_schedule_that_dagster_does_not_take_is_told_with_its_line(declared: Declared, never: str) -> None:
    declared.write(good=AT_SIX, port=f'schedule = "{never}"')
    told = rf"sources\.toml: line 12: source 2 \(port\): schedule: '{re.escape(never)}' is not taken"
    with pytest.raises(SourceError, match=told):
        declared.sources.declarations()


@NEVER
def test_a_schedule_that_dagster_does_not_take_was_and_is_never_due(never: str) -> None:
    refused = Timing(never, "UTC")
    assert (last_due(refused, datetime.now(UTC)), next_due(refused, datetime.now(UTC))) == (None, None)


def test_a_schedule_that_dagster_does_not_take_leaves_those_of_others() -> None:
    refused, good = Timing("0 0 30 2 1", "UTC"), Timing("0 6 * * *", "UTC")
    assert [one.name for one in source_schedules({"bad": refused, "good": good})] == ["source_good"]
    assert (last_due(refused, datetime.now(UTC)), next_due(refused, datetime.now(UTC))) == (None, None)


def test_a_faulty_declaration_leaves_the_sensors_that_tell_of_it(declared: Declared) -> None:
    declared.write(broken="schedule = 7")
    assert sorted(schedules(declared)) == ["daily"]


def test_a_schedule_that_is_declared_otherwise_since_stands_back_and_the_sensor_stands_in(declared: Declared) -> None:
    declared.write(port=AT_SIX)
    loaded = timings(declared.sources.declarations())
    (schedule,) = source_schedules(loaded)
    sensor = rescheduled_sources_sensor(loaded)
    assert declared.look(sensor)[0] == "the schedules are those that are declared"
    declared.write(port=EVERY_MINUTE, new=EVERY_MINUTE)
    assert "declared otherwise now" in declared.tick(schedule)
    asked, cursor = declared.look(sensor)
    assert asked == "nothing that was declared since is due"
    assert cursor is not None
    assert {"port", "new"} == set(json.loads(cursor))


def test_what_was_scheduled_since_runs_when_it_falls_due_and_once(declared: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        now_ = datetime(2026, 3, 1, 5, 59, 30, tzinfo=UTC)

        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return cls.now_

    monkeypatch.setattr(sensors, "datetime", Clock)
    declared.write(port='schedule = "0 6 * * *"', other="")
    align_partitions(declared.instance, ["other", "port"])
    sensor = rescheduled_sources_sensor({})
    asked, cursor = declared.look(sensor)
    seen = [asked]
    for seconds in (20, 40, 70, 86_400, 86_500, 5 * 86_400):
        Clock.now_ = datetime(2026, 3, 1, 5, 59, 30, tzinfo=UTC) + timedelta(seconds=seconds)
        asked, cursor = declared.look(sensor, cursor)
        seen.append(asked)
    # Days that were missed are made up for once.
    assert [one == ["port"] for one in seen] == [False, False, True, False, False, True, True]


@pytest.mark.parametrize(
    ("schedule", "zone", "due"),
    [
        ("0 6 * * *", "UTC", "2026-03-29T06:00+00:00"),
        ("0 6 * * *", "Asia/Baku", "2026-03-29T06:00+04:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T02:30+01:00"),  # on the 29th there is no half past two; see below
        ("@weekly", "UTC", "2026-03-29T00:00+00:00"),
        ("0 0 29 2 *", "UTC", "2024-02-29T00:00+00:00"),
    ],
)
def test_when_a_schedule_came_due_last(schedule: str, zone: str, due: str) -> None:
    found = last_due(Timing(schedule, zone), datetime(2026, 3, 29, 12, tzinfo=UTC))
    assert found is not None
    if zone == "Europe/Berlin":  # the hour that is left out is made up for within it
        assert timedelta(0) <= found - datetime(2026, 3, 29, 0, 30, tzinfo=UTC) <= timedelta(hours=1)
    else:
        assert found == datetime.fromisoformat(due)


def log_reading(store: Store, source: str, status: str, minutes_ago: float) -> None:
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    with store.exclusive():
        refresh = store.open_refresh(at)
        reading = SourceRefresh(refresh.refresh_id, source, at, 0, 0, 0, 0, 0, 0, 0, READ, None)
        store.log_source(replace(reading, status=status))
        store.end_refresh("published", now=at)


def test_a_source_that_failed_is_tried_again_after_pauses_that_grow(declared: Declared) -> None:
    declared.write(first="", second="", third="")
    align_partitions(declared.instance, ["first", "second", "third"])
    store = Store(declared.root / "store")
    assert "every source could be read" in str(declared.look(failed_sources)[0])
    log_reading(store, "second", READING_FAILED, 4)
    assert "second failed and is tried again at" in str(declared.look(failed_sources)[0])
    log_reading(store, "third", READING_FAILED, 5.1)
    assert declared.look(failed_sources)[0] == ["third"]
    log_reading(store, "third", READING_FAILED, 5.05)  # the second time in a row: fifteen minutes
    assert "tried again at" in str(declared.look(failed_sources)[0])
    log_reading(store, "third", READ, 1)
    log_reading(store, "second", READ, 1)
    assert "every source could be read" in str(declared.look(failed_sources)[0])


def test_a_source_that_failed_by_a_clock_that_was_ahead_is_tried_now(declared: Declared) -> None:
    declared.write(first="")
    align_partitions(declared.instance, ["first"])
    log_reading(Store(declared.root / "store"), "first", READING_FAILED, -10 * 365 * 1440)
    assert declared.look(failed_sources)[0] == ["first"]


def test_a_source_that_fails_and_fails_is_left_to_its_schedule(declared: Declared) -> None:
    declared.write(first="")
    align_partitions(declared.instance, ["first"])
    store = Store(declared.root / "store")
    log_reading(store, "first", READ, 2000)
    for minutes in (1000, 900, 800, 700):
        log_reading(store, "first", READING_FAILED, minutes)
    assert declared.look(failed_sources)[0] == ["first"]
    log_reading(store, "first", READING_FAILED, 600)
    assert "tried often enough" in str(declared.look(failed_sources)[0])


def fail_a_run(declared: Declared) -> None:
    """A run of the first source that fails before it comes to read it."""
    run = dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=all_of(["first"]))
    declared.instance.add_run(run)
    failed = dg.DagsterEvent(dg.DagsterEventType.RUN_FAILURE.value, "refresh", message="the disk is full")
    declared.instance.report_dagster_event(failed, run.run_id)


def asked_at(declared: Declared, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> list[str] | str:
    """Which failed sources are asked for at a moment, or why none is."""
    clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, tz: moment)})
    with monkeypatch.context() as patch:
        patch.setattr(sensors, "datetime", clock)
        return declared.look(failed_sources)[0]


@pytest.mark.parametrize("minutes_ago", [1000, -10 * 365 * 1440])
def test_runs_that_fail_before_they_read_are_tried_again_after_pauses_that_grow(
    declared: Declared, monkeypatch: pytest.MonkeyPatch, minutes_ago: float
) -> None:
    declared.write(first="")
    align_partitions(declared.instance, ["first"])
    log_reading(Store(declared.root / "store"), "first", READING_FAILED, minutes_ago)
    now = datetime.now(UTC)
    assert declared.look(failed_sources)[0] == ["first"]
    for pause in (15, 60, 180):
        fail_a_run(declared)
        assert "tried again at" in str(asked_at(declared, now + timedelta(minutes=pause - 1), monkeypatch))
        assert asked_at(declared, now + timedelta(minutes=pause + 1), monkeypatch) == ["first"]
    fail_a_run(declared)
    assert "tried often enough" in str(declared.look(failed_sources)[0])


def test_a_failed_source_waits_for_a_refresh_that_is_under_way(declared: Declared) -> None:
    declared.write(first="")
    align_partitions(declared.instance, ["first"])
    log_reading(Store(declared.root / "store"), "first", READING_FAILED, 60)
    declared.instance.add_run(dg.DagsterRun("refresh", status=dg.DagsterRunStatus.STARTED, tags=all_of(["first"])))
    assert "under way" in str(declared.look(failed_sources)[0])


def test_only_what_changed_is_read(declared: Declared) -> None:
    blocks = [f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "{name}"\n' for name in ("a", "b", "c", "d")]
    (declared.root / "sources.toml").write_text("".join(blocks), encoding="utf-8")
    for name in ("a", "b", "c", "d"):
        (declared.root / name).mkdir()
    align_partitions(declared.instance, ["a", "b", "c", "d"])
    asked, cursor = declared.look(changed_sources)
    assert asked == ["a..d"]
    for name in ("a", "c", "d"):
        (declared.root / name / "new.txt").write_text("New", encoding="utf-8")
    asked, cursor = declared.look(changed_sources, cursor)
    assert asked == ["a", "c..d"]
    (declared.root / "sources.toml").write_text("".join(blocks[:2]), encoding="utf-8")
    assert declared.look(changed_sources, cursor)[0] == ["a"]


def test_a_run_takes_sources_that_follow_each_other() -> None:
    assert runs_of(["a", "b", "c", "d"], {"a", "b", "d"}) == [all_of(["a", "b"]), all_of(["d"])]
    assert runs_of(["a", "b"], ["gone"]) == []
