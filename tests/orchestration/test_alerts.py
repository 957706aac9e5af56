"""The sensor of alerts, evaluated on a store made for the test, tells servers on loopback."""

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click.testing
import dagster as dg
import polars as pl
import pytest

from orchestration.made import Workspace
from orchestration.receiving import Hook, mailbox, web_hook
from pipeline.cli.command import corridor
from pipeline.orchestration.checks import sources_are_fresh, sources_were_read
from pipeline.orchestration.crons import Timing, next_due
from pipeline.orchestration.notifying import ADDRESSES_VARIABLE, Address, AlertAddressError, Message, alert_addresses
from pipeline.orchestration.resources import SourcesResource, StoreViewResource
from pipeline.orchestration.schedules import DAILY
from pipeline.orchestration.sensors import alerts, changed_sources, freshness
from pipeline.sources.raw import SourceError
from pipeline.warehouse import volume
from pipeline.warehouse.ledger import LEDGER_SCHEMA, State
from pipeline.warehouse.store import (
    FAILED_CHECKS,
    HELD_BACK,
    PARTLY_READ,
    PUBLISHED,
    READ,
    READ_AGAIN,
    READING_FAILED,
    RETIRED,
    SourceRefresh,
    Store,
)
from pipeline.warehouse.volume import Volume, accepting

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

    def hold(self, documents: int, at: datetime | None = None) -> None:
        rows = [
            {"uri": str(number), "input_id": str(number), "doc_id": str(number), "state": State.PRESENT.value}
            for number in range(documents)
        ]
        with self.store.exclusive():
            refresh = self.store.open_refresh(at)
            summary = SourceRefresh(
                refresh.refresh_id, "reports", refresh.moment(at), documents, documents, 0, 0, 0, 0, 0, READ, None
            )
            self.store.commit_source(pl.DataFrame(rows, schema=LEDGER_SCHEMA), summary)

    def publish(self) -> None:
        with self.store.exclusive():
            self.store.end_refresh(PUBLISHED)

    def reading(self, status: str, detail: str | None = None, hours_ago: float = 0, source: str = "reports") -> None:
        at = datetime.now(UTC) - hours_ago * HOUR
        with self.store.exclusive():
            refresh = self.store.open_refresh(at)
            row = SourceRefresh(refresh.refresh_id, source, at, 0, 0, 0, 0, 0, 0, 0, READ, None)
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
    assert told.titles == ["Corridor: source reports cannot be read", "Corridor: source reports can be read again"]
    assert told.types == ["failure", "success"]
    assert "https://example.org/feed: timed out" in told.posted[0]["message"]
    assert "deploy/README.md" in told.posted[0]["message"]


def lines_of(post: dict[str, str]) -> dict[str, str]:
    """What is told of one subject, by label."""
    return dict(line.split(": ", 1) for line in post["message"].partition("\n\n")[0].splitlines())


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)


def test_a_source_that_is_read_in_part_is_told_once_and_tried_again(watch: Watch, told: Hook) -> None:
    watch.hold(3)
    watch.publish()
    for _ in range(2):
        watch.reading(PARTLY_READ, "could not read https://example.org/feed (it answers 404)")
        assert watch.look().startswith("source reports: partly_read")
    lines = lines_of(told.posted[0])
    assert lines["What happened"] == "could not read https://example.org/feed (it answers 404)"
    assert lines["Kept"].startswith("3 documents of it stay published")
    assert lines["Next try"] != "not by itself"
    watch.reading(READ)
    watch.look()
    assert told.titles == ["Corridor: source reports was read in part", "Corridor: source reports can be read whole again"]


def test_an_alert_says_since_when_what_is_kept_what_to_do_and_when_it_is_tried_again(watch: Watch, told: Hook) -> None:
    watch.hold(3)
    watch.reading(READ, hours_ago=3)
    watch.reading(READING_FAILED, "source reports: there is no folder texts", hours_ago=2)
    watch.reading(READ_AGAIN, hours_ago=1.5)
    watch.reading(READING_FAILED, "there is no folder texts")
    now = datetime.now(UTC)
    watch.look()
    found = lines_of(told.posted[0])
    assert list(found) == ["What happened", "Since", "Kept", "To do", "Next try"]
    assert found["What happened"] == "there is no folder texts"
    assert found["Kept"] == "3 documents of it stay published"
    assert "corridor sources --try reports" in found["To do"]
    assert abs(moment(found["Since"]) - (now - 2 * HOUR)) < timedelta(minutes=2)
    assert abs(moment(found["Next try"]) - (now + timedelta(minutes=15))) < timedelta(minutes=2)  # the second pause
    assert "cannot be read" not in told.posted[0]["message"]  # that is the title
    watch.reading(READ)
    watch.look()
    assert re.fullmatch(r"it was read \S+ \S+ UTC and gave 0 documents", lines_of(told.posted[1])["What happened"])


@pytest.mark.parametrize(
    ("declared", "failures", "next_try"),
    [
        ("", 0, DAILY),
        ("", 5, DAILY),  # tried often enough
        ('schedule = "30 4 * * *"\ntimezone = "Asia/Baku"', 0, "30 0 * * *"),
    ],
)
def test_what_is_not_tried_again_by_itself_is_tried_by_its_schedule(
    watch: Watch, told: Hook, declared: str, failures: int, next_try: str
) -> None:
    watch.declare(declared)
    for number in range(failures):
        watch.reading(READING_FAILED, "gone", hours_ago=(failures - number) / 60)
    if not failures:
        watch.reading(HELD_BACK, "met no document")
    watch.look()
    expected = next_due(Timing(next_try, "UTC"), datetime.now(UTC))
    assert expected is not None
    assert moment(lines_of(told.posted[0])["Next try"]) == expected


def test_a_source_that_is_held_back_after_it_failed_is_told_anew(watch: Watch, told: Hook) -> None:
    watch.reading(READING_FAILED, "gone")
    watch.look()
    watch.reading(HELD_BACK, volume.told(Volume(4, "met no document"), "reports"))
    watch.look()
    assert told.titles[1] == "Corridor: source reports was held back"
    assert told.types[1] == "warning"
    found = lines_of(told.posted[1])
    assert found["What happened"].startswith("met no document, and usually 4,")
    assert found["What happened"].endswith("what the source held stays")
    assert accepting("reports") in found["To do"]
    assert told.posted[1]["message"].count("--accept") == 1


def test_a_source_that_is_well_again_says_what_it_leaves_out(watch: Watch, told: Hook) -> None:
    watch.reading(HELD_BACK, "met 400 documents")
    watch.look()
    watch.reading(READ_AGAIN)  # nobody asked the source
    watch.look()
    watch.reading(READ, "360 texts are still left out")
    watch.look()
    assert [post["title"] for post in told.posted] == [
        "Corridor: source reports was held back",
        "Corridor: source reports is taken in again",
    ]
    assert lines_of(told.posted[1])["To know"] == "360 texts are still left out"


def test_a_refresh_that_was_not_published_is_told(watch: Watch, told: Hook) -> None:
    watch.reading(READ)
    watch.failed_refresh(FAILED_CHECKS, "keys_are_unique")
    watch.look()
    watch.reading(READ)
    watch.look()
    assert told.titles == ["Corridor: the last refresh failed", "Corridor: the last refresh was published"]
    found = lines_of(told.posted[0])
    assert found["What happened"] == "failed checks: keys_are_unique"
    assert found["Kept"] == "what was published before stays"
    assert list(found) == ["What happened", "Since", "Kept", "To do", "Next try"]
    assert lines_of(told.posted[1])["What happened"].startswith("it was published 20")


def test_a_source_that_goes_out_of_date_is_told(watch: Watch, told: Hook) -> None:
    watch.reading(READ, hours_ago=37)
    watch.look()
    assert told.titles == ["Corridor: freshness of reports is out of date"]
    assert "is to be read every 36 hours" in told.posted[0]["message"]
    watch.reading(READ)
    watch.look()
    assert told.titles[1:] == ["Corridor: freshness of reports is up to date again"]
    assert told.types == ["warning", "success"]


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


def test_a_clock_that_was_ahead_neither_hides_a_stale_source_nor_makes_a_fresh_one_stale(watch: Watch, told: Hook) -> None:
    ahead = timedelta(days=3650)
    watch.reading(READ, hours_ago=300)
    watch.hold(1, datetime.now(UTC) + ahead)
    watch.publish()
    os.utime(watch.store.place.folder / "sources" / "reports.parquet", times=((datetime.now(UTC) + ahead).timestamp(),) * 2)
    assert "freshness of reports: stale" in watch.look()
    watch.hold(1)  # logged as later than the other
    watch.publish()
    assert watch.store.source_refreshes()["finished_at"].max() > datetime.now(UTC) + ahead / 2  # type: ignore[operator]
    assert watch.look().startswith("all is well")
    day_before_yesterday = (datetime.now(UTC) - 48 * HOUR).timestamp()
    os.utime(watch.store.place.folder / "sources" / "reports.parquet", times=(day_before_yesterday, day_before_yesterday))
    assert "freshness of reports: stale" in watch.look()


def test_a_failed_reading_does_not_make_a_source_fresh(watch: Watch, told: Hook) -> None:
    watch.reading(READ, hours_ago=40)
    watch.reading(READING_FAILED, "gone", hours_ago=1)
    watch.look()
    assert told.titles == ["Corridor: source reports cannot be read; freshness of reports is out of date"]
    assert told.types == ["failure"]
    heads = [part.partition("\n")[0] for part in told.posted[0]["message"].split("\n\n")[:-1]]
    assert heads == ["source reports cannot be read", "freshness of reports is out of date"]


def test_a_title_names_the_first_of_many(watch: Watch, told: Hook) -> None:
    watch.declare(*(f'[[source]]\nname = "more{number}"\nkind = "folder"\npath = "texts"\n' for number in range(4)))
    for name in ("reports", "more0", "more1", "more2", "more3"):
        watch.reading(HELD_BACK, "met no document", source=name)
    watch.look()
    assert told.titles == [
        "Corridor: source reports was held back; source more0 was held back; source more1 was held back; and 2 more"
    ]
    assert "source more3 was held back\nWhat happened: met no document" in told.posted[0]["message"]


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
        "Corridor: the declaration of sources is in order again",
    ]
    assert told.types[1:] == ["failure", "success"]
    assert list(lines_of(told.posted[1])) == ["What happened", "Since", "Kept", "To do", "Next try"]
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
    assert mail["Subject"] == "Corridor: source reports cannot be read"
    assert mail["To"] == "desk@example.org"
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert "<b>no</b>�[31m & �went" in text.decode()


def test_an_address_that_was_mended_while_the_declaration_is_faulty_is_told_once(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watch.workspace.root / "sources.toml").write_text("nonsense = 1", encoding="utf-8")
    monkeypatch.setenv(ADDRESSES_VARIABLE, f"{told.address} bogus")
    watch.look()
    monkeypatch.setenv(ADDRESSES_VARIABLE, told.address)
    for _ in range(3):
        watch.look()
    assert len(told.posted) == 2


def test_a_declaration_that_is_gone_is_told_and_nothing_takes_its_place(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(watch.workspace.root)
    watch.sources = SourcesResource(store=str(watch.store.place.folder))
    assert [one.name for one in watch.sources.declared()] == ["demonstration"]  # a store that holds nothing
    watch.hold(3)
    assert "the declaration of sources: faulty" in watch.look()
    assert "seeds/sources.toml: there is no such file" in told.posted[-1]["message"]
    with (
        dg.build_sensor_context(
            instance=watch.instance,
            resources={"sources": watch.sources, "store_view": StoreViewResource(folder=str(watch.store.place.folder))},
        ) as context,
        pytest.raises(SourceError, match="holds the texts of reports"),
    ):
        changed_sources.evaluate_tick(context)


def test_who_was_told_before_a_look_was_cut_off_is_not_told_twice(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutOff(BaseException):
        pass

    def breaking(self: Address, message: Message) -> bool:
        if self.name in unreached:
            raise CutOff
        sent.append((self.name, message.title))
        return True

    first, second = "json://first.example", "json://second.example"
    sent: list[tuple[str, str]] = []
    unreached = {second}
    monkeypatch.setattr(Address, "send", breaking)
    monkeypatch.setenv(ADDRESSES_VARIABLE, f"{first} {second}")
    watch.reading(READING_FAILED, "no answer")
    for _ in range(2):
        with pytest.raises(CutOff):
            watch.look()
    assert [name for name, _ in sent] == [first]
    unreached.clear()
    watch.look()
    assert [name for name, _ in sent] == [first, second]
    watch.reading(READ)
    watch.look()
    assert [name for name, _ in sent] == [first, second, first, second]
    watch.reading(READING_FAILED, "no answer")  # where the cursor is as it was when the note was made
    watch.look()
    assert [name for name, _ in sent] == [first, second] * 3


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
    named = alert_addresses()
    assert [address.name for address in named.sound] == ["json://127.0.0.1"]
    assert "address 2 is none that apprise knows" in named.fault
    assert "key" not in named.fault


def test_an_address_that_is_none_keeps_no_other_from_being_told(
    watch: Watch, told: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, f"secret://key {told.address}")
    watch.reading(READING_FAILED, "gone")
    assert "Told json://127.0.0.1" in watch.look()
    assert watch.look().endswith("Nothing new to tell")
    (title,) = told.titles
    assert "source reports cannot be read" in title
    assert "the list of addresses for alerts is faulty" in title
    assert "address 1 is none that apprise knows" in told.posted[0]["message"]
    assert "key" not in told.posted[0]["message"]
    (watch.workspace.root / "sources.toml").write_text("[[source]]\n", encoding="utf-8")
    monkeypatch.setenv(ADDRESSES_VARIABLE, told.address)
    watch.look()
    assert "the list of addresses for alerts is in order again" in told.titles[1]


@pytest.mark.parametrize("address", ["http://hooks.example/key", "HTTPS://hooks.example/key"])
def test_how_a_web_hook_is_written_is_told(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, address)
    assert "address 1 is none that apprise knows; for a web hook write json:// or jsons://;" in alert_addresses().fault
    assert "key" not in alert_addresses().fault


def test_with_no_address_that_is_one_the_sensor_fails(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, "secret://key")
    with pytest.raises(AlertAddressError, match="address 1 is none"):
        watch.look()


def test_a_trial_reaches_the_sound_addresses_and_tells_of_the_other(told: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, f"secret://key {told.address}")
    tried = run_alert()
    assert (tried.exit_code, len(told.posted)) == (2, 1)
    assert tried.stdout.startswith("Sent to json://127.0.0.1")
    assert "address 1 is none that apprise knows" in tried.stderr
    assert "key" not in tried.output


def failing_run(instance: dg.DagsterInstance, message: str, kind: type[Exception] = OSError) -> None:
    @dg.op
    def fail() -> None:
        try:
            raise kind(message)
        except kind as error:
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
    assert told.titles == ["Corridor: the last refresh failed"]
    assert "no space left" in told.posted[0]["message"]
    watch.reading(READ)  # a refresh from the command line went well since
    watch.look()
    assert told.titles[1:] == ["Corridor: the last refresh was published"]
    again = moment(lines_of(told.posted[0])["Next try"])
    assert abs(again - (datetime.now(UTC) + timedelta(minutes=15))) < timedelta(minutes=2)


def test_an_error_of_our_own_is_told_without_its_class(watch: Watch, told: Hook, instance: dg.DagsterInstance) -> None:
    failing_run(instance, "sources.toml: line 3: is faulty", SourceError)
    watch.look()
    assert lines_of(told.posted[0])["What happened"] == "sources.toml: line 3: is faulty"


def run_alert(*arguments: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(corridor, ["alert", *arguments], prog_name="corridor")


def test_an_alert_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with web_hook() as hook:
        monkeypatch.setenv(ADDRESSES_VARIABLE, hook.address)
        server = hook.address.rpartition("/")[0]
        assert run_alert().output == f"Sent to {server}\n"
        assert run_alert("--type", "failure", "The unit x failed").exit_code == 0
        assert hook.types == ["info", "failure"]
        assert [one["message"] for one in hook.posted] == ["This is a trial: alerts come through.", "The unit x failed"]
        hook.down = True
        missed = run_alert()
    assert missed.exit_code == 1
    assert missed.stderr.startswith(f"Error: the message did not get to {server};")
    assert "secret" not in missed.output


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("mailto://desk:secret@example.org?smtp=127.0.0.1&port=1", "mailto://127.0.0.1:1"),
        ("json://desk:secret@127.0.0.1:1/a-secret-path?+token=secret", "json://127.0.0.1:1"),
    ],
)
def test_the_server_that_did_not_take_it_is_named_without_secrets(
    monkeypatch: pytest.MonkeyPatch, address: str, server: str
) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, address)
    missed = run_alert()
    assert missed.exit_code == 1
    assert f"did not get to {server};" in missed.stderr
    assert "secret" not in missed.output


@pytest.mark.parametrize(
    ("addresses", "told", "status"), [("", "names no address", 1), ("nonsense://", "address 1 is none", 2)]
)
def test_an_alert_without_an_address_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, addresses: str, told: str, status: int
) -> None:
    monkeypatch.setenv(ADDRESSES_VARIABLE, addresses)
    result = run_alert()
    assert result.exit_code == status
    assert told in result.stderr


def test_checks_look_at_the_last_refresh_also_after_a_clock_that_was_ahead(watch: Watch) -> None:
    watch.reading(READ, hours_ago=-1000)
    for _ in range(10):  # counted after the first one, since its time is yet to come
        watch.reading(READ)
    watch.reading(READING_FAILED, "gone")
    result = sources_were_read(watch.store)
    assert isinstance(result, dg.AssetCheckResult)
    assert not result.passed
