"""`corridor sources`, and `corridor refresh` with sources on the web, also offline."""

import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import Run
from pipeline.sources.raw import SourceError
from pipeline.warehouse.store import READING_FAILED, Store
from tests.sources.serving import Server, running

ENTRY = "Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in 2024, the ministry of agriculture said. "


def declaration(folder: Path, server: Server) -> Path:
    path = folder / "sources.toml"
    path.write_text(
        f'[http]\npause = 0\nretries = 0\n[[source]]\nname = "agency"\nkind = "feed"\nurl = "{server.url("/feed")}"\n'
        'allow_private = true\nschedule = "*/30 * * * *"\ntimezone = "Asia/Baku"\n',
        encoding="utf-8",
    )
    return path


def serve(server: Server) -> None:
    body = f"<p>{ENTRY * 20}</p>".replace("<", "&lt;")
    items = (
        f"<item><title>Wheat sales rise</title><link>/a</link><description>{body}</description></item>"
        "<item><title>Port</title><link>/gone</link><description>Short.</description></item>"
    )
    server.serve("/feed", f'<rss version="2.0"><channel><title>The Agency</title>{items}</channel></rss>')


def test_a_feed_is_tried_refreshed_listed_and_read_again_offline(run: Run, tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "corridor.duckdb"
    with running() as server:
        serve(server)
        path = declaration(tmp_path, server)
        tried = run("sources", "--sources", path, "--try", "agency", "--format", "json")
        assert tried.exit_code == 0
        assert [(row["title"], (row["fault"] or "")[:5]) for row in json.loads(tried.stdout)] == [
            ("Wheat sales rise", ""),
            ("Port", ""),
            (None, "gone:"),
        ]
        wheat, port, _ = json.loads(tried.stdout)
        assert (wheat["claims"], port["claims"]) == (20, 0)
        assert wheat["text"].startswith("Kazakhstan exported wheat worth $1.2 billion to Uzbekistan")
        assert port["text"] == "Short."
        assert not store.exists()
        where = ("--sources", path, "--store", store)
        done = run("refresh", *where, "--warehouse", file)
        assert done.exit_code == 0, done.output
        asked = len(server.requests)
        listed = json.loads(run("sources", *where, "--format", "json").stdout)
        assert [(row["source"], row["schedule"], row["documents"], row["unreadable"], row["state"]) for row in listed] == [
            ("agency", "*/30 * * * * Asia/Baku", 2, 1, "read"),
        ]
    # The server is gone.
    offline = run("refresh", *where, "--warehouse", file, "--offline")
    assert offline.exit_code == 0, offline.output
    assert len(server.requests) == asked
    told = run(
        "sql",
        "SELECT uri, publisher FROM documents WHERE source = 'agency' ORDER BY uri",
        "--warehouse",
        file,
        "--format",
        "csv",
    )
    assert told.stdout.splitlines()[1:] == [f"{server.url('/a')},The Agency", f"{server.url('/gone')},The Agency"]
    statuses = "SELECT status FROM source_refreshes WHERE source = 'agency' ORDER BY finished_at"
    told = run("sql", statuses, "--warehouse", file, "--format", "csv")
    assert told.stdout.splitlines()[1:] == ["read", "read_again"]
    told = run("sql", "SELECT last_outcome FROM source_status WHERE source = 'agency'", "--warehouse", file, "--format", "csv")
    assert told.stdout.splitlines()[1:] == ["read"]
    still = json.loads(run("sources", *where, "--format", "json").stdout)
    assert still == listed
    failed = run("refresh", *where, "--warehouse", file)  # ends before anything is published
    assert failed.exit_code == 1
    assert f"nothing answers at 127.0.0.1:{server.port}: connection refused (" in failed.stderr
    state = json.loads(run("sources", *where, "--format", "json").stdout)[0]
    assert (state["documents"], state["state"]) == (2, "reading failed")
    assert state["detail"].startswith(f"nothing answers at 127.0.0.1:{server.port}: connection refused (")


def test_what_is_declared_wrongly_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[[source]]\nname = "agency"\nkind = "feed"\nurl = "nowhere"\n', encoding="utf-8")
    result = run("sources", "--sources", path)
    assert result.exit_code == 2
    assert "line 4: source 1 (agency): url: 'nowhere' must be an http or https address" in result.stderr


def test_a_source_that_is_not_declared_cannot_be_tried(run: Run, texts: Path, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[[source]]\nname = "folder"\nkind = "folder"\npath = "texts"\n', encoding="utf-8")
    result = run("sources", "--sources", path, "--try", "agency")
    assert result.exit_code == 2
    assert "declares no source 'agency', only folder" in result.stderr
    assert run("sources", "--sources", path, "--try", "folder").exit_code == 0


@pytest.mark.parametrize(
    ("served", "private", "message"),
    [
        ("garbage", True, "Error: source agency: "),
        ('<rss version="2.0"><channel><title>A</title></channel></rss>', True, "Error: source agency: it gave no text"),
        ("", False, "Error: source agency: "),
    ],
    ids=["no feed", "empty", "private"],
)
def test_a_source_that_gives_nothing_when_tried_is_a_fault_of_the_data(
    run: Run, tmp_path: Path, served: str, private: bool, message: str
) -> None:
    with running() as server:
        server.serve("/feed", served)
        path = declaration(tmp_path, server)
        if not private:
            path.write_text(path.read_text(encoding="utf-8").replace("allow_private = true\n", ""), encoding="utf-8")
        tried = run("sources", "--sources", path, "--try", "agency")
    assert (tried.exit_code, tried.stderr.count("\n")) == (1, 1)
    assert tried.stderr.startswith(message)


def folders(root: Path, *names: str) -> tuple[str, Path, str, Path]:
    blocks = [f'[[source]]\nname = "{name}"\nkind = "folder"\npath = "{name}"\n' for name in names]
    (root / "sources.toml").write_text("".join(blocks), encoding="utf-8")
    return "--sources", root / "sources.toml", "--store", root / "store"


def test_a_tried_text_is_read_as_a_refresh_would(run: Run, texts: Path, tmp_path: Path) -> None:
    (texts / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    where = folders(tmp_path, "texts")
    tried = {row["uri"]: row for row in json.loads(run("sources", *where, "--try", "texts", "--format", "json").stdout)}
    exports = tried["texts/exports.txt"]
    assert (exports["title"], exports["published_on"], exports["claims"]) == ("Wheat sales rise", "2025-03-04", 1)
    assert exports["text"].startswith("Kazakhstan exported wheat")
    assert exports["text"].endswith("…")
    assert tried["texts/broken.pdf"]["fault"]
    assert tried["texts/broken.pdf"]["claims"] is None
    assert not (tmp_path / "store").exists()


def test_what_is_missing_shows_before_a_refresh(run: Run, texts: Path, tmp_path: Path) -> None:
    where = folders(tmp_path, texts.name, "nowhere")
    with (tmp_path / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('[[source]]\nname = "packed"\nkind = "archive"\npath = "packed.zip"\n')
    listed = json.loads(run("sources", *where, "--format", "json").stdout)
    assert [(row["state"], row["detail"]) for row in listed] == [
        ("never read", None),
        ("missing", f"there is no folder {tmp_path / 'nowhere'}"),
        ("missing", f"there is no file {tmp_path / 'packed.zip'}"),
    ]


def test_a_long_detail_is_told_in_full_below_the_table(run: Run, texts: Path, tmp_path: Path) -> None:
    where = folders(tmp_path, texts.name)
    error = f"{'a long way to go ' * 10}to the \x1b[31mcause"
    store = Store(tmp_path / "store")
    with store.exclusive():
        refresh = store.open_refresh()
        store.log_failure(refresh, "texts", READING_FAILED, SourceError(f"source texts: {error}"))
    lines = run("sources", *where).stdout.splitlines()
    assert "cause" not in lines[2]
    assert lines[-1] == "texts: " + error.replace("\x1b", "\\x1b")
    assert len(json.loads(run("sources", *where, "--format", "json").stdout)) == 1


def test_texts_that_are_left_out_are_told_however_the_last_reading_went(run: Run, texts: Path, tmp_path: Path) -> None:
    where = folders(tmp_path, texts.name)
    assert run("refresh", *where, "--warehouse", tmp_path / "corridor.duckdb").exit_code == 0
    store = Store(tmp_path / "store")
    with store.exclusive():
        store.hold_back("texts", ["a", "b", "texts/port.txt"])
    left_out = (
        "2 texts that only readings held back met are still left out; to take them in:"
        " corridor refresh --source texts --accept texts"
    )
    (row,) = json.loads(run("sources", *where, "--format", "json").stdout)
    assert (row["state"], row["detail"]) == ("read", left_out)
    with store.exclusive():
        store.log_failure(store.open_refresh(), "texts", READING_FAILED, SourceError("source texts: gone"))
    (row,) = json.loads(run("sources", *where, "--format", "json").stdout)
    assert (row["state"], row["detail"]) == ("reading failed", f"gone; {left_out}")


def test_a_faulty_declaration_is_told_first_by_status(run: Run, published: Path, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[[source]]\nname = "agency"\nkind = "feed"\nurl = "nowhere"\n', encoding="utf-8")
    told = run("status", "--warehouse", published, "--sources", path).stdout.splitlines()
    assert told[0].startswith("the declaration of sources is faulty, and nothing is read until it is mended: ")
    assert "line 4: source 1 (agency): url:" in told[0]
    assert told[2].startswith(str(published))
    folders(tmp_path, "texts")
    assert run("status", "--warehouse", published, "--sources", path).stdout.startswith(str(published))


def test_status_looks_at_the_declaration_of_the_default_file(
    run: Run, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "warehouse").mkdir()
    shutil.copy(published, tmp_path / "warehouse" / "corridor.duckdb")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "sources.toml").write_text("nonsense = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("status").stdout.startswith("the declaration of sources is faulty")
    assert run("status", "--warehouse", published).stdout.startswith(str(published))
