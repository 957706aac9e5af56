"""What was fetched is kept: every field, through a kill, and never as something else than it was."""

import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.sources.fetched import Fetched, FetchedTexts
from pipeline.sources.raw import SourceError, Told

NOW = datetime(2026, 3, 3, 10, 30, 1, 5, tzinfo=UTC)
ALL = Fetched(
    "http://a/b",
    final_address="http://a/c",
    status=200,
    etag='"1"',
    last_modified="Tue, 03 Mar 2026 10:00:00 GMT",
    media_type="text/html",
    charset="utf-8",
    told=Told("Title", "Author", "Publisher", date(2026, 3, 3), "en"),
    fetched_at=NOW,
    checked_at=NOW,
    listed_at=NOW,
    stamp="s",
    reason="unreachable",
    error="why",
    guid="tag:a",
)


def test_everything_that_is_known_comes_back(tmp_path: Path) -> None:
    FetchedTexts(tmp_path, "agency").keep_texts([(ALL, b"text"), (Fetched("http://a/a"), None)])
    kept = FetchedTexts(tmp_path, "agency")
    bare, full = kept.texts()
    assert bare == Fetched("http://a/a")
    assert replace(full, body=None) == ALL
    assert kept.body(full.body or "") == b"text"
    assert kept.listing("http://a/b") is None


def test_nothing_kept_is_nothing_made(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path / "fetched", "agency")
    assert (list(kept.texts()), kept.text("http://a/b")) == ([], None)
    assert not (tmp_path / "fetched").exists()


def test_bytes_that_nobody_names_any_more_are_let_go(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path, "agency")
    kept.keep_texts([(Fetched("http://a/a"), b"shared"), (Fetched("http://a/b"), b"shared")])
    for address, left in (("http://a/a", 2), ("http://a/b", 1)):
        kept.keep_texts([(Fetched(address), b"new")])
        with sqlite3.connect(kept.path) as database:
            assert database.execute("SELECT count(*) FROM bodies").fetchone() == (left,)
    kept.keep_listing(Fetched("http://a/feed"), b"new")
    kept.keep_texts([(Fetched(address), b"x") for address in ("http://a/a", "http://a/b")])
    assert kept.body((kept.listing("http://a/feed") or ALL).body or "") == b"new"


def test_a_fault_in_the_middle_leaves_all_as_it_was(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path, "agency")
    kept.keep_texts([(Fetched("http://a/a"), b"before")])
    with pytest.raises(SourceError):
        kept.keep_texts([(Fetched("http://a/a"), b"after"), (Fetched(None), b"x")])  # type: ignore[arg-type]
    assert [kept.body(text.body or "") for text in kept.texts()] == [b"before"]


def test_a_file_that_is_damaged_is_told_and_not_read(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path, "agency")
    kept.keep_texts([(Fetched("http://a/a"), b"text")])
    (text,) = kept.texts()
    with sqlite3.connect(kept.path) as database:
        database.execute("UPDATE bodies SET compressed = zeroblob(9)")
    with pytest.raises(SourceError, match=r"agency.sqlite is damaged; delete it"):
        kept.body(text.body or "")
    kept.path.write_bytes(b"no database" * 100)
    with pytest.raises(SourceError, match=r"agency.sqlite cannot be used"):
        list(kept.texts())


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path, "agency")
    kept.keep_texts([(Fetched("http://a/a"), b"text")])
    with sqlite3.connect(kept.path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(SourceError, match="later version"):
        kept.keep_texts([(Fetched("http://a/a"), b"text")])


def test_a_file_of_an_earlier_version_is_read_and_goes_on(tmp_path: Path) -> None:
    kept = FetchedTexts(tmp_path, "agency")
    kept.keep_texts([(ALL, b"text")])
    with sqlite3.connect(kept.path) as database:
        database.executescript("ALTER TABLE addresses DROP COLUMN guid; PRAGMA user_version = 1;")
    (before,) = kept.texts()
    assert replace(before, body=None) == replace(ALL, guid=None)
    kept.keep_texts([(replace(before, guid="tag:b"), None)])
    assert [(one.guid, kept.body(one.body or "")) for one in kept.texts()] == [("tag:b", b"text")]


def _write(folder: Path, round_number: int) -> None:
    kept = FetchedTexts(folder, "agency")
    for number in range(10_000):
        kept.keep_texts(
            [
                (
                    Fetched(f"http://a/{name}", stamp=f"{round_number}-{number}"),
                    f"{name} {round_number}-{number}".encode() * 500,
                )
                for name in range(3)
            ]
        )


def _written_in(folder: Path, round_number: int) -> bool:
    text = FetchedTexts(folder, "agency").text("http://a/0")
    return text is not None and (text.stamp or "").startswith(f"{round_number}-")


def test_a_kill_at_any_moment_leaves_it_whole(tmp_path: Path) -> None:
    FetchedTexts(tmp_path, "agency").keep_listing(Fetched("http://a/feed"))
    for round_number in range(4):
        worker = multiprocessing.get_context("fork").Process(target=_write, args=(tmp_path, round_number))
        worker.start()
        patience = time.monotonic() + 60
        while not _written_in(tmp_path, round_number) and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(0.004 * round_number)
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        kept = FetchedTexts(tmp_path, "agency")
        texts = list(kept.texts())
        assert len(texts) == 3
        (stamp,) = {text.stamp for text in texts}
        assert (stamp or "").startswith(f"{round_number}-")
        for name, text in enumerate(texts):
            assert kept.body(text.body or "") == f"{name} {text.stamp}".encode() * 500
