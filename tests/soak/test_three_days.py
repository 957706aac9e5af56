"""Three days of feeds that grow, fail, change, serve garbage, fall silent, loop and recover, with Dagster's daemon.

Each step stands for four hours. Sources are read by their schedules, every few minutes; the world moves on when all were.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipeline.orchestration.resources import SourcesResource, StoreViewResource
from pipeline.orchestration.running import RefreshPlan, run_refresh
from pipeline.orchestration.sensors import alerts
from pipeline.warehouse.store import PUBLISHED
from soak.days.daemon import Installation
from soak.days.model import DESK, Expected, Model, Row
from soak.days.serving import Served, serving
from soak.days.world import STEPS, World, history
from soak.histories import write
from soak.published import Clock, failed_checks

MINUTES = int(os.environ.get("CORRIDOR_SOAK_MINUTES", "1"))  # from one reading of a source to the next
STEPS_RUN = int(os.environ.get("CORRIDOR_SOAK_STEPS", STEPS))
PATIENCE = 1_800  # seconds that a step may take
KILLED_AT = (5, 12)  # steps at which the machine loses its power
_SOURCE = """
[[source]]
name = "{name}"
kind = "feed"
url = "{server}/{name}/feed"
schedule = "{schedule}"
allow_private = true
follow = "{follow}"
pause = 0
retries = 1
connect_timeout = 3
read_timeout = 2
total_timeout = 5
"""


def declaration(served: Served) -> str:
    every = f"*/{MINUTES} * * * *" if MINUTES > 1 else "* * * * *"
    feeds = {"wire": "never", "agency": "teasers", "ports": "never"}
    sources = [_SOURCE.format(name=name, server=served.address, schedule=every, follow=way) for name, way in feeds.items()]
    return "\n".join([f'[[source]]\nname = "{DESK}"\nkind = "folder"\npath = "../desk"\n', *sources])


@pytest.mark.soak
def test_three_days_with_the_daemon_end_with_the_expected_tables_alerts_and_changes(tmp_path: Path) -> None:
    began = time.monotonic()
    with serving() as served:
        place = Installation(tmp_path, served.hook)
        place.declare(declaration(served))
        model, clock = Model(served.address), Clock()
        worlds = list(history())[:STEPS_RUN]
        move_on(worlds[0], served, place)
        with place.running():
            for number, world in enumerate(worlds):
                since = time.time()
                clock.step()
                move_on(world, served, place)
                outcomes = model.follow(world, looks_at_files=False)
                if number in KILLED_AT:
                    lose_power(place, since)
                place.wait_until_settled(set(outcomes), since, PATIENCE)
                print(f"step {number}: {time.time() - since:.0f} s, {outcomes}", flush=True)
        expected = model.finish()
        told = without_lost_power(told_of(served), len(KILLED_AT))
    require_as_expected(place, clock, expected, told)
    print(
        f"{len(worlds)} steps in {time.monotonic() - began:.0f} s, {place.store.source_refreshes().height} readings:", end=" "
    )
    print(f"{sum(map(len, told.values()))} alerts, {len(expected.documents)} documents,", end=" ")
    print(f"{expected.document_changes.total()} documents changed, {expected.claim_changes.total()} claims")


@pytest.mark.parametrize("steps", [2, pytest.param(STEPS, marks=pytest.mark.soak)])
def test_three_days_of_refreshes_end_with_the_expected_tables_alerts_and_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """The same without the daemon: one refresh a step, and a look of the sensor that alerts."""
    instance = dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})
    with serving() as served:
        monkeypatch.setenv("CORRIDOR_ALERTS", served.hook)
        place = Installation(tmp_path, served.hook)
        place.declare(declaration(served))
        sources_file = tmp_path / "seeds" / "sources.toml"
        plan = RefreshPlan(
            sources_file=sources_file, store=place.store.place.folder, warehouse=place.file, gold=(tmp_path / "none",)
        )
        model, clock, cursor = Model(served.address), Clock(), None
        for world in list(history())[:steps]:
            clock.step()
            move_on(world, served, place)
            model.follow(world, looks_at_files=True)
            run_refresh(plan)
            view = StoreViewResource(folder=str(place.store.place.folder))
            resources = {"sources": SourcesResource(file=str(sources_file)), "store_view": view}
            with dg.build_sensor_context(instance=instance, cursor=cursor, resources=resources) as context:
                cursor = alerts.evaluate_tick(context).cursor
        expected = model.finish()
    require_as_expected(place, clock, expected, told_of(served))


def move_on(world: World, served: Served, place: Installation) -> None:
    served.move_on(world)
    write(place.desk, {name: one.as_text() for name, one in world.files.items()})


def lose_power(place: Installation, since: float) -> None:
    """In the middle of a run."""
    while not place.read_since(since):
        time.sleep(0.2)
    place.kill()
    time.sleep(2)
    place.start()


def told_of(served: Served) -> dict[str, list[str]]:
    """What was told of each subject, in order; the state it got into, empty for a recovery."""
    heads = {
        "cannot be read": "reading_failed",
        "was held back": "held_back",
        "can be read again": "",
        "is taken in again": "",
    }
    facts = ("What happened: ", "Since: ", "Kept: ", "To do: ", "Next try: ", "To know: ", "Corridor on ")
    found: dict[str, list[str]] = {}
    for message in served.posted:
        several = "; " in message["title"]  # else the title is the only head
        lines = [] if several else [message["title"].removeprefix("Corridor: ")]
        for line in filter(None, [*lines, *message["message"].splitlines()]):
            about = re.fullmatch(rf"(source \w+) ({'|'.join(heads)})", line)
            if about is not None:
                found.setdefault(about[1], []).append(heads[about[2]])
            elif not line.startswith(facts):
                found.setdefault(line, []).append("untold of")
    return found


def without_lost_power(told: dict[str, list[str]], losses: int) -> dict[str, list[str]]:
    """A refresh that lost its power counts as failed until the next is published: whether anybody looks in between, and tells
    of it and of its end, is chance.
    """
    failed, published = "the last refresh failed", "the last refresh was published"
    if len(told.get(failed, [])) == len(told.get(published, [])) <= losses:
        return {subject: states for subject, states in told.items() if subject not in (failed, published)}
    return told


def test_more_failures_than_losses_of_power_or_one_without_its_end_are_no_chance() -> None:
    failed, published = "the last refresh failed", "the last refresh was published"
    source = {"source wire": ["reading_failed", ""]}
    assert without_lost_power(source, 2) == source
    assert without_lost_power({**source, failed: [""] * 2, published: [""] * 2}, 2) == source
    for unexpected in ({failed: [""] * 3, published: [""] * 3}, {failed: [""]}, {published: [""]}):
        assert without_lost_power({**source, **unexpected}, 2) == {**source, **unexpected}


def require_as_expected(place: Installation, clock: Clock, expected: Expected, told: dict[str, list[str]]) -> None:
    apart = compared(place, clock, expected, told)
    assert not apart, "\n".join(f"{table}: {line}" for table, lines in apart.items() for line in lines)
    assert failed_checks(place.file) == []


def compared(place: Installation, clock: Clock, expected: Expected, told: dict[str, list[str]]) -> dict[str, list[object]]:
    """What is otherwise than expected, by table."""
    with duckdb.connect(str(place.file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")

        def rows(sql: str) -> list[Row]:
            return [
                tuple(clock.at(value) if hasattr(value, "tzinfo") else value for value in row)
                for row in connection.execute(sql).fetchall()
            ]

        differences = {
            "documents": _apart(rows(_DOCUMENTS), expected.documents),
            "removed_documents": _apart(rows(_REMOVED), expected.removed),
            "unreadable_documents": _apart(rows("SELECT uri, reason FROM unreadable_documents"), expected.unreadable),
            "claims": _apart(rows(_CLAIMS), expected.claims),
            "document_changes": _apart(rows(_DOCUMENT_CHANGES), expected.document_changes.elements()),
            "changes": _apart(rows(_CHANGES), expected.claim_changes.elements()),
            "source_refreshes": _apart(
                set(rows("SELECT finished_at, source, status FROM source_refreshes")),
                [(step, source, status) for (step, source), status in expected.readings.items()],
            ),
            "alerts": _apart(
                [(subject, *states) for subject, states in told.items()],
                [(subject, *states) for subject, states in expected.alerts.items() if states],
            ),
            "other claims": rows(
                "SELECT claim_id, evidence FROM agreement_claims UNION ALL SELECT claim_id, evidence FROM freight_claims"
            ),
            "refreshes": rows(
                f"SELECT refresh_id, status, detail FROM refreshes WHERE status NOT IN ('{PUBLISHED}', 'interrupted')"
            ),
        }
    return {name: found for name, found in differences.items() if found}


def _apart(found: Iterable[Row], expected: Iterable[Row]) -> list[str]:
    ours, theirs = Counter(found), Counter(expected)
    return [f"found {row}" for row in (ours - theirs).elements()] + [f"missed {row}" for row in (theirs - ours).elements()]


_DOCUMENTS = "SELECT source, uri, title, published_on, first_seen, last_seen FROM documents"
_REMOVED = "SELECT source, uri, first_seen, last_seen FROM removed_documents"
_CLAIMS = """
SELECT uri, indicator, value_low, reporter[1], partner[1], period_start, period_end
FROM trade_claims JOIN documents USING (doc_id)
WHERE modality = 'reported' AND measure = 'level' AND unit = 'USD' AND len(reporter) = 1 AND len(partner) = 1
"""
_DOCUMENT_CHANGES = """
SELECT started_at, change, uri FROM document_changes JOIN refreshes USING (refresh_id)
"""
_CHANGES = "SELECT started_at, change, uri FROM changes JOIN refreshes USING (refresh_id)"
