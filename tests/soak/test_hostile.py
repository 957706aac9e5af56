"""Texts, names and queries that mean harm, through the whole product: nothing of them is obeyed, anywhere."""

import csv
import io
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import click.testing
import duckdb
import pytest

import pipeline
from pipeline.cli.command import corridor
from pipeline.report.place import report_path
from pipeline.sources.feed import read_feed

ESCAPES = "\x1b[31m\x1b]0;owned\x07\x9b2J\u202e\u2066\u200b\r"
HARM = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\uff1d1+1",
    "'; DROP TABLE documents; --",
    '"); DROP VIEW claims; --',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) | b | `c`",
    "{{7*7}} ${jndi:ldap://127.0.0.1/a} $(touch /tmp/owned) `touch /tmp/owned`",
    "../../../../etc/passwd",
    ESCAPES,
)
# So much of it that control characters are rare enough for a text.
FILLER = "The old clock of the village delights the young teacher as ever, and the quiet choir sings in the rain. " * 15
CLAIM = "Peru's exports to Chile reached $%d million in 2023, %s said."
UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]")
OBEYED = re.compile("[\x07\x1b\x9b\u202e]")
NAMES = (
    "=1+1.txt",
    "<script>.txt",
    "'; DROP TABLE documents; --.txt",
    "\x1b[31mred\x07.txt",
    "a\nb.txt",
    "\u202etxt.txt",
    "$(id).txt",
)


def hostile_text(number: int, harm: str) -> str:
    """A text whose title, author, speaker and sentences are all hostile."""
    said = (
        f"{harm}\n\nBy {harm}\n\n"
        + CLAIM % (10 + number, f"the ministry {harm}")
        + f"\n\n{harm} "
        + CLAIM % (50 + number, harm)
    )
    return f"{said}\n\n{FILLER}\n\n{harm}\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Hostile texts under hostile names, refreshed."""
    root = tmp_path_factory.mktemp("hostile")
    texts = root / "texts"
    texts.mkdir()
    for number, harm in enumerate(HARM):
        (texts / f"{number}.txt").write_bytes(hostile_text(number, harm).encode())
    for number, name in enumerate(NAMES):
        (texts / name).write_text(hostile_text(100 + number, "nothing"), encoding="utf-8")
        (texts / f"unreadable {name}").write_bytes(b"\x00\x01\x02 no text \x00\x03")
    Path("/tmp/owned").unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.orchestration.resources.default_gold_folder", lambda: Path("no annotated texts"))
        done = run("refresh", "--documents", texts, "--store", root / "store", "--warehouse", root / "corridor.duckdb")
    assert done.exit_code == 0, done.output
    require_harmless(done)
    yield root
    assert not Path("/tmp/owned").exists()


def run(*arguments: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(corridor, [str(argument) for argument in arguments], prog_name="corridor")


def require_harmless(done: click.testing.Result) -> None:
    for output in (done.stdout, done.stderr):
        assert not UNWANTED.search(output), repr(UNWANTED.search(output))


def rows(place: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(place / "corridor.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_all_texts_are_there_as_they_are(place: Path) -> None:
    found = {str(text) for (text,) in rows(place, "SELECT text FROM documents")}
    assert {hostile_text(number, harm) for number, harm in enumerate(HARM)} <= found
    assert len(found) == len(HARM) + len(NAMES)
    assert rows(place, "SELECT count(*) FROM unreadable_documents") == [(len(NAMES),)]
    assert rows(place, "SELECT count(*) >= 30 FROM claims") == [(True,)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["sql", "SELECT * FROM documents"],
        ["sql", "SELECT * FROM documents", "--format", "markdown"],
        ["sql", "SELECT * FROM documents", "--format", "json"],
        ["sql", "SELECT * FROM unreadable_documents"],
        ["sql", "SELECT * FROM trade_claims"],
        ["sql", "SELECT CAST(title AS INTEGER) FROM documents ORDER BY title DESC"],
        ["sql", "SELECT error(text) FROM documents WHERE contains(text, chr(27))"],
        ["status"],
        ["changes"],
        ["changes", "--format", "json"],
        ["search", "exports Chile"],
        ["search", "exports \x1b[31m Chile '; DROP"],
        ["explain", "\x1b[31m\x9b\u202e"],
        ["report"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]).encode("unicode_escape").decode(),
)
def test_no_command_hands_a_terminal_anything_that_it_obeys(place: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--warehouse", place / "corridor.duckdb")
    require_harmless(done)
    assert done.stdout or done.stderr


def test_no_explanation_hands_a_terminal_anything_that_it_obeys(place: Path) -> None:
    for (claim_id,) in rows(place, "SELECT claim_id FROM claims UNION ALL SELECT claim_id FROM rejected_claims"):
        done = run("explain", claim_id, "--warehouse", place / "corridor.duckdb")
        assert done.exit_code == 0
        require_harmless(done)


def test_csv_is_as_the_texts_are_in_a_file_and_harmless_on_a_terminal(place: Path) -> None:
    statement = "SELECT title, text FROM documents"
    arguments = ["sql", statement, "--format", "csv", "--warehouse", str(place / "corridor.duckdb")]
    piped = run(*arguments).stdout
    assert "\x1b[31m" in piped
    cells = [cell for row in csv.reader(io.StringIO(piped, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))]
    shown = on_a_terminal([sys.executable, "-m", "pipeline.cli", *arguments])
    assert len(shown.splitlines()) == len(HARM) + len(NAMES) + 1
    assert not OBEYED.search(shown)


def on_a_terminal(command: list[str]) -> str:
    """What a command shows on a terminal."""
    main, other = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(Path(pipeline.__file__).parents[1])}
    pieces = []
    with subprocess.Popen(command, stdout=other, stderr=other, stdin=subprocess.DEVNULL, env=environment) as process:
        os.close(other)
        while True:
            try:
                pieces.append(os.read(main, 65_536))
            except OSError:  # the way in which Linux tells the end of a terminal
                break
            if not pieces[-1]:
                break
        assert process.wait() == 0
    os.close(main)
    return b"".join(pieces).decode("utf-8", "replace")


def test_numbers_stay_numbers_and_formulas_become_texts_in_an_export_for_spreadsheets(place: Path, tmp_path: Path) -> None:
    done = run("export", tmp_path / "out", "--format", "csv", "--spreadsheet", "--warehouse", place / "corridor.duckdb")
    assert done.exit_code == 0, done.output
    require_harmless(done)
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")} <= {"out", ".out.lock"}
    for path in (tmp_path / "out").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for cell in row.values():
                    assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n", "\uff1d")), (path.name, cell)
                    assert not cell.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?(e[+-]?\d+)?", cell), (path.name, cell)
    with (tmp_path / "out" / "csv" / "trade_claims.csv").open(encoding="utf-8", newline="") as file:
        assert {float(row["value_low"]) for row in csv.DictReader(file)} >= {10e6, 11e6}


class Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def test_the_report_holds_no_markup_of_a_text(place: Path) -> None:
    page = Page(report_path(place / "corridor.duckdb").read_text(encoding="utf-8"))
    assert not page.elements & {"script", "img", "iframe", "object", "embed", "form"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [value for _, value in page.attributes if "javascript:" in value]


REACHING = [
    "SELECT * FROM read_csv('http://{host}/a.csv')",
    "SELECT * FROM 'http://{host}/a.parquet'",
    "FROM read_json('https://{host}/a.json')",
    "FROM read_parquet('s3://bucket/a.parquet')",
    "FROM read_blob('{file}')",
    "FROM '{file}'",
    "FROM glob('/etc/*')",
    "FROM read_duckdb('{file}')",
    "FROM duckdb_secrets(redact=false) SELECT error(1)",
    "ATTACH 'http://{host}/a.duckdb' AS a",
    "ATTACH ':memory:' AS a",
    "COPY documents TO '{file}.copy'",
    "COPY (SELECT 1) TO PROGRAM 'touch {file}.copy'",
    "EXPORT DATABASE '{file}.copy'",
    "INSTALL httpfs FROM 'http://{host}'",
    "LOAD '{file}'",
    "FORCE INSTALL fts",
    "CREATE SECRET (TYPE s3)",
    "CREATE MACRO f() AS 1",
    "CREATE TEMP TABLE t AS SELECT 1",
    "SET GLOBAL enable_external_access = true",
    "SET lock_configuration = false",
    "SET home_directory = '/'",
    "RESET ALL",
    "PRAGMA enable_object_cache",
    "PRAGMA disable_checkpoint_on_shutdown",
    "USE memory",
    "UPDATE documents SET title = ''",
    "TRUNCATE documents",
    "VACUUM",
    "BEGIN; DROP TABLE documents; COMMIT",
    "SELECT getenv('PATH')",
    "SELECT * FROM query('DROP TABLE documents')",
    "EXPLAIN ANALYZE COPY documents TO '{file}.copy'",
    "EXPLAIN ANALYZE COPY (SELECT 'x') TO '{warehouse}' (FORMAT csv, USE_TMP_FILE false)",
    "EXPLAIN (ANALYZE) COPY (SELECT 'x') TO '{warehouse}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "FROM read_text('{warehouse}.wal')",
    "FROM read_blob('{warehouse}')",
    "WITH x AS (DELETE FROM documents RETURNING *) SELECT * FROM x",
]


def test_sql_writes_nothing_reads_no_file_and_asks_no_server(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                asked.append(connection)
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        warehouse = place / "corridor.duckdb"
        before = warehouse.read_bytes(), sorted(place.iterdir())
        for statement in REACHING:
            done = run("sql", statement.format(host=host, file=file, warehouse=warehouse), "--warehouse", warehouse)
            assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), (statement, done.output)
        assert asked == []
    assert (warehouse.read_bytes(), sorted(place.iterdir())) == before
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_entries_of_a_feed_lead_nowhere_but_to_the_web() -> None:
    links = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://127.0.0.1/a",
        "//[::1",
        "http://",
        "\x1b[31m",
    )
    items = "".join(f"<item><title>t</title><link>{link}</link><guid>{link}</guid></item>" for link in links)
    feed = f'<rss version="2.0"><channel><title>n</title>{items}</channel></rss>'.replace("\x1b", "&#x1b;").encode()
    for entry in read_feed(feed, "http://news.example/feed"):
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        assert not UNWANTED.search(entry.listed.address)


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="sockets are looked up as Linux shows them")
def test_the_ui_listens_on_loopback_only(tmp_path: Path) -> None:
    makefile = (Path(pipeline.__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    (arguments,) = re.findall(r"\$\(BIN\)/dg (dev .*)", makefile)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    home = tmp_path / "home"
    home.mkdir()
    # Sensors refresh at once: from a declaration and into a warehouse of their own, not those of whoever runs this.
    (tmp_path / "texts").mkdir()
    (tmp_path / "seeds").mkdir()
    declared = '[[source]]\nname = "texts"\nkind = "folder"\npath = "../texts"\n'
    (tmp_path / "seeds" / "sources.toml").write_text(declared, encoding="utf-8")
    shutil.copy(Path(pipeline.__file__).parent / "orchestration" / "dagster.yaml", home)
    code = {"PYTHONPATH": str(Path(pipeline.__file__).parents[1])}
    environment = {**os.environ, **code, "DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1"}
    command = [str(Path(sys.executable).with_name("dg")), *arguments.replace("$(PORT)", str(port)).split()]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        found: set[str] = set()
        deadline = time.monotonic() + 240
        while f"0100007F:{port:04X}" not in found and time.monotonic() < deadline:
            time.sleep(1)
            found = listening(process.pid)
        time.sleep(10)
        found = listening(process.pid)
        assert f"0100007F:{port:04X}" in found
        assert {address.rpartition(":")[0] for address in found} <= {"0100007F", "00000000000000000000000001000000"}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def listening(group: int) -> set[str]:
    """The addresses, as the system writes them, on which processes of a session listen."""
    sockets = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == group:
                sockets |= {str(link.readlink()) for link in (folder / "fd").iterdir()}
        except OSError:
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add(fields[1])
    return found
