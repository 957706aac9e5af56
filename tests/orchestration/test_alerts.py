"""The sensor of alerts, evaluated on a store made for the test, tells servers on loopback."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click.testing
import dagster as dg
import pytest

from orchestration.made import Workspace
from orchestration.receiving import Hook, mailbox, web_hook
from pipeline.cli.command import corridor
from pipeline.orchestration.checks import sources_are_fresh
from pipeline.orchestration.notifying import ADDRESSES_VARIABLE, AlertAddressError, alert_addresses
from pipeline.orchestration.resources import SourcesResource, StoreViewResource
from pipeline.orchestration.sensors import alerts, freshness
from pipeline.warehouse.store import (
    FAILED_CHECKS,
    HELD_BACK,
    PUBLISHED,
    READ,
    READ_AGAIN,
    READING_FAILED,
    RETIRED,
    SourceRefresh,
    Store,
)

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def hook() -> Iterator[Hook]:
    with web_hook() as found:
        yield found


@pytest.fixture(autouse=True)
def told(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> Hook:
    hook.posted.clear()
    hook.down = False
    monkeypatch.setenv(ADDRESSES_VARIABLE, hook.address)
    return hook


class Watch:
    """A store in which readings are logged, and the sensor that looks at it."""

    def __init__(self, workspace: Workspace, instance: dg.DagsterInstance) -> None:
        self.store = Store(workspace.store)
        self.workspace = workspace
        self.sources = SourcesResource(file=str(workspace.root / "sources.toml"))
        self.instance = instance
        self.cursor: str | None = None

    def declare(self, *lines: str) -> None:
        blocks = ['[[source]]\nname = "reports"\nkind = "folder"\npath = "texts"\n', *lines]
        (self.workspace.root / "sources.toml").write_text("\n".join(blocks), encoding="utf-8")

    def reading(self, status: str, detail: str | None = None, hours_ago: float = 0) -> None:
        at = datetime.now(UTC) - hours_ago * HOUR
        with self.store.exclusive():
            refresh = self.store.open_refresh(at)
            row = SourceRefresh(refresh.refresh_id, "reports", at, 0, 0, 0, 0, 0, 0, READ, None)
            self.store.log_source(replace(row, status=status, detail=detail))
            self.store.end_refresh(PUBLISHED, now=at)

    def failed_refresh(self, status: str, detail: str) -> None:
        with self.store.exclusive():
            self.store.open_refresh(datetime.now(UTC))
            self.store.end_refresh(status, detail)

    def look(self) -> str:
        view = StoreViewResource(folder=str(self.workspace.store))
        resources = {"sources": self.sources, "store_view": view}
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor, resources=resources) as context:
            found = alerts.evaluate_tick(context)
        self.cursor = found.cursor
        return str(found.skip_message)


@pytest.fixture
def watch(workspace: Workspace, instance: dg.DagsterInstance) -> Watch:
    found = Watch(workspace, instance)
    found.declare()
    return found


def test_all_is_well_and_nobody_is_told(watch: Watch, told: Hook) -> None:
    assert watch.look() == "all is well. Nothing new to tell"
    watch.reading(READ)
    assert watch.look() == "all is well. Nothing new to tell"
    assert told.posted == []


def test_a_source_that_fails_and_recovers_is_told_once_each(watch: Watch, told: Hook) -> None:
    watch.reading(READING_FAILED, "https://example.org/feed: timed out")
    assert watch.look().startswith("source reports: reading_failed. Told json://127.0.0.1")
    assert watch.look().endswith("Nothing new to tell")
    watch.reading(READING_FAILED, "https://example.org/feed: timed out again")
    watch.look()
    watch.reading(READ)
    assert watch.look().startswith("all is well. Told")
    watch.look()
    assert told.titles == [
        "Corridor: source reports cannot be read and keeps what it held",
        "Corridor: source reports is well again",
    ]
    assert "https://example.org/feed: timed out" in told.posted[0]["message"]
    assert "deploy/README.md" in told.posted[0]["message"]


def test_a_source_that_is_held_back_after_it_failed_is_told_anew(watch: Watch, told: Hook) -> None:
    watch.reading(READING_FAILED, "gone")
    watch.look()
    watch.reading(HELD_BACK, "met no document; corridor refresh --accept reports")
    watch.look()
    assert told.titles[1] == "Corridor: source reports was held back and keeps what it held"
    assert "corridor refresh --accept reports" in told.posted[1]["message"]


def test_a_source_that_is_well_again_says_what_it_leaves_out(watch: Watch, told: Hook) -> None:
    watch.reading(HELD_BACK, "met 400 documents")
    watch.look()
    watch.reading(READ_AGAIN)  # nobody asked the source
    watch.look()
    watch.reading(READ, "360 texts are still left out; to take them in: corridor refresh --accept reports")
    watch.look()
    assert [post["title"] for post in told.posted] == [
        "Corridor: source reports was held back and keeps what it held",
        "Corridor: source reports is well again",
    ]
    assert "source reports: is well again; 360 texts are still left out" in told.posted[1]["message"]


def test_a_refresh_that_was_not_published_is_told(watch: Watch, told: Hook) -> None:
    watch.reading(READ)
    watch.failed_refresh(FAILED_CHECKS, "keys_are_unique")
    watch.look()
    watch.reading(READ)
    watch.look()
    assert told.titles == [
        "Corridor: the last refresh failed, what was published before stays",
        "Corridor: refresh is well again",
    ]
    assert "failed checks: keys_are_unique" in told.posted[0]["message"]


def test_a_source_that_goes_out_of_date_is_told(watch: Watch, told: Hook) -> None:
    watch.reading(READ, hours_ago=37)
    watch.look()
    assert told.titles == ["Corridor: freshness of reports is out of date"]
    assert "is to be read every 36 hours" in told.posted[0]["message"]
    watch.reading(READ)
    watch.look()
    assert told.titles[1:] == ["Corridor: freshness of reports is well again"]


@pytest.mark.parametrize(
    ("declared", "hours", "stale"),
    [
        ('freshness = "2h"', 1.9, False),
        ('freshness = "2h"', 2.1, True),
        ("", 35, False),
        ("", 37, True),
        ('schedule = "0 5 * * 1"', 100, False),
        ('schedule = "0 5 * * 1"\nfreshness = "8d"', 200, True),
    ],
)
def test_each_source_has_its_own_freshness(watch: Watch, told: Hook, declared: str, hours: float, stale: bool) -> None:
    watch.declare(declared)
    watch.reading(READ, hours_ago=hours)
    result = sources_are_fresh(store=watch.store, sources=watch.sources)
    assert isinstance(result, dg.AssetCheckResult)
    assert result.passed is not stale
    assert result.severity is dg.AssetCheckSeverity.WARN
    watch.look()
    assert bool(told.posted) is stale


def test_a_failed_reading_does_not_make_a_source_fresh(watch: Watch, told: Hook) -> None:
    watch.reading(READ, hours_ago=40)
    watch.reading(READING_FAILED, "gone", hours_ago=1)
    watch.look()
    assert told.titles == ["Corridor: 2 in trouble"]


def test_the_check_of_freshness_fails_without_a_refresh(watch: Watch) -> None:
    watch.reading(READ, hours_ago=35.9)
    view = StoreViewResource(folder=str(watch.workspace.store))
    cursor: str | None = None
    outcomes = []
    for freshness_declared in ("", 'freshness = "3h"', 'freshness = "3h"', ""):
        watch.declare(freshness_declared)
        found = freshness(
            dg.build_sensor_context(instance=watch.instance, cursor=cursor), sources=watch.sources, store_view=view
        )
        if isinstance(found, dg.SensorResult):
            cursor = found.cursor
            outcomes += [event.passed for event in found.asset_events if isinstance(event, dg.AssetCheckEvaluation)]
        else:
            outcomes.append(None)
    assert outcomes == [True, False, None, True]


def test_a_faulty_declaration_is_told_and_forgets_nothing(watch: Watch, told: Hook) -> None:
    watch.reading(READING_FAILED, "gone")
    watch.look()
    watch.declare("nonsense = 1")
    watch.look()
    watch.look()
    watch.declare()
    watch.look()
    assert told.titles[1:] == [
        "Corridor: the declaration of sources is faulty",
        "Corridor: the declaration of sources is well again",
    ]
    assert "line 6" in told.posted[1]["message"]


def test_a_source_that_is_no_longer_declared_is_left_without_a_word(watch: Watch, told: Hook) -> None:
    watch.reading(READING_FAILED, "gone")
    watch.look()
    (watch.workspace.root / "sources.toml").write_text(
        '[[source]]\nname = "other"\nkind = "folder"\npath = "texts"\n', encoding="utf-8"
    )
    watch.reading(RETIRED)
    assert watch.look().startswith("all is well")
    assert len(told.posted) == 1


def test_who_could_not_be_reached_is_told_later_and_the_others_once(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_hook() as second:
        monkeypatch.setenv(ADDRESSES_VARIABLE, f"{told.address}\n  {second.address}")
        second.down = True
        watch.reading(READING_FAILED, "gone")
        assert "COULD NOT BE TOLD: json://127.0.0.1 (2)" in watch.look()
        assert "COULD NOT BE TOLD" in watch.look()
        second.down = False
        assert watch.look().endswith("Told json://127.0.0.1 (2)")
        assert (len(told.posted), len(second.posted)) == (1, 1)


def test_an_alert_comes_by_mail(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    with mailbox() as box:
        monkeypatch.setenv(ADDRESSES_VARIABLE, box.address)
        watch.reading(READING_FAILED, "the feed said <b>no</b>\x1b[31m & \x07went")
        watch.look()
    (mail,) = box.mails
    assert mail["Subject"] == "Corridor: source reports cannot be read and keeps what it held"
    assert mail["To"] == "desk@example.org"
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert "<b>no</b>�[31m & �went" in text.decode()


def test_without_an_address_nobody_is_told_and_nothing_is_forgotten(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ADDRESSES_VARIABLE)
    watch.reading(READING_FAILED, "gone")
    assert watch.look() == "source reports: reading_failed. Nobody is told: CORRIDOR_ALERTS names no address"
    monkeypatch.setenv(ADDRESSES_VARIABLE, told.address)
    watch.look()
    assert len(told.posted) == 1


def test_an_address_is_never_shown_in_full(
    watch: Watch, told: Hook, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    told.down = True
    watch.reading(READING_FAILED, "gone")
    with caplog.at_level(logging.DEBUG):
        said = watch.look()
    output = capfd.readouterr()
    for shown in (said, watch.cursor or "", repr(alert_addresses()), caplog.text, output.out, output.err):
        assert "a-secret-path" not in shown


def test_an_address_that_is_none_is_told_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, "json://127.0.0.1/ secret://key")
    with pytest.raises(AlertAddressError, match="address 2 is none that apprise knows") as fault:
        alert_addresses()
    assert "key" not in str(fault.value)


def failing_run(instance: dg.DagsterInstance, message: str) -> None:
    @dg.op
    def fail() -> None:
        try:
            raise OSError(message)
        except OSError as error:
            raise RuntimeError("wrapped") from error

    @dg.job
    def refresh() -> None:
        fail()

    assert not refresh.execute_in_process(instance=instance, raise_on_error=False).success


def test_a_run_that_failed_before_it_came_to_the_store_is_told(
    watch: Watch, told: Hook, instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    failing_run(instance, "no space left")
    watch.look()
    watch.look()
    assert told.titles == ["Corridor: the last refresh failed, what was published before stays"]
    assert "no space left" in told.posted[0]["message"]
    watch.reading(READ)  # a refresh from the command line went well since
    watch.look()
    assert told.titles[1:] == ["Corridor: refresh is well again"]


def run_alert(*arguments: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(corridor, ["alert", *arguments], prog_name="corridor")


def test_an_alert_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with web_hook() as hook:
        monkeypatch.setenv(ADDRESSES_VARIABLE, hook.address)
        assert run_alert().output == "Sent to json://127.0.0.1\n"
        assert run_alert("The unit x failed").exit_code == 0
        assert [one["message"] for one in hook.posted] == ["This is a trial: alerts come through.", "The unit x failed"]
        hook.down = True
        missed = run_alert()
    assert missed.exit_code == 1
    assert missed.stderr.startswith("Error: the message did not get to json://127.0.0.1;")
    assert "secret" not in missed.output


@pytest.mark.parametrize(("addresses", "told"), [("", "names no address"), ("nonsense://", "address 1 is none")])
def test_an_alert_without_an_address_says_what_to_do(monkeypatch: pytest.MonkeyPatch, addresses: str, told: str) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, addresses)
    result = run_alert()
    assert result.exit_code == 1
    assert told in result.stderr
