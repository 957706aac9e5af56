"""`corridor sources`, and `corridor refresh` with sources on the web, also offline."""

import json
from pathlib import Path

from cli.conftest import Run
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
