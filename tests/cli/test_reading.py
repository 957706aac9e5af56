"""`corridor sql`, `explain` and `status` on a published file."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.conftest import TEXTS, Run
from pipeline.cli.formats import CELL_WIDTH, as_json, csv_lines, printable, table

ESCAPES = "SELECT chr(27) || '[31mred' || chr(155) || chr(8238) || chr(10) || 'x' AS a"


@pytest.fixture(scope="session")
def claim_id(run: Run, published: Path) -> str:
    found = run("sql", "SELECT claim_id FROM claims ORDER BY 1 LIMIT 1", "--format", "csv", "--warehouse", published)
    return str(found.stdout.splitlines()[1])


def test_a_table_is_aligned_and_counted(run: Run, published: Path) -> None:
    statement = "SELECT 'a' AS name, 1.5 AS value UNION ALL SELECT 'long', 20 ORDER BY 1"
    result = run("sql", statement, "--warehouse", published)
    assert result.stdout.splitlines() == ["name  value", "----  -----", "a       1.5", "long   20.0", "(2 rows)"]


def test_a_result_without_rows_has_its_header(run: Run, published: Path) -> None:
    result = run("sql", "SELECT doc_id FROM documents WHERE false", "--warehouse", published)
    assert result.stdout.splitlines() == ["doc_id", "------", "(0 rows)"]
    assert run("sql", "SELECT 1 WHERE false", "--format", "json", "--warehouse", published).stdout == "[]\n"


def test_json_keeps_types(run: Run, published: Path) -> None:
    statement = "SELECT 1.5::DOUBLE AS d, DATE '2024-05-01' AS day, ['a', 'b'] AS l, NULL AS n, 'nan'::DOUBLE AS x, 2 AS d"
    result = run("sql", statement, "--format", "json", "--warehouse", published)
    (row,) = json.loads(result.stdout)
    assert row == {"d": 1.5, "day": "2024-05-01", "l": ["a", "b"], "n": None, "x": None, "d_2": 2}


def test_csv_is_read_back(run: Run, published: Path) -> None:
    statement = "SELECT 'a,\"b' AS text, -5 AS number, ['KAZ', 'UZB'] AS codes"
    result = run("sql", statement, "--format", "csv", "--warehouse", published)
    assert list(csv.reader(result.stdout.splitlines())) == [["text", "number", "codes"], ['a,"b', "-5", "KAZ, UZB"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_holds_no_formula(text: str) -> None:
    line = list(csv_lines(["a"], [[text]]))[1]
    assert next(csv.reader(io.StringIO(line, newline="")))[0] == f"'{text}"


@pytest.mark.parametrize("text", ["agreed;=1+1", "agreed\t=1+1", "agreed,=1+1", "a|=1", "=1+1", "'=1", 'a"b', "a\nb", "a\rb"])
def test_csv_quotes_what_may_part_columns(text: str) -> None:
    line = list(csv_lines(["a", "b", "c"], [[text, None, -5]]))[1]
    assert (line[0], line[-5:]) == ('"', '",,-5')
    ((read, *_),) = csv.reader(io.StringIO(line, newline=""))
    assert read == (f"'{text}" if text.startswith("=") else text)


@given(st.lists(st.text(), min_size=1))
def test_csv_gives_texts_back(texts: list[str]) -> None:
    names, written = (f"{line}\r\n" for line in csv_lines([f"c{n}" for n in range(len(texts))], [texts]))
    found = list(csv.reader(io.StringIO(names + written, newline="")))[1]
    assert [read if read == text else read.removeprefix("'") for read, text in zip(found, texts, strict=True)] == texts


@pytest.mark.parametrize("format_name", ["table", "markdown", "json"])
def test_what_a_terminal_obeys_is_written_out(run: Run, published: Path, format_name: str) -> None:
    result = run("sql", ESCAPES, "--format", format_name, "--warehouse", published)
    assert result.exit_code == 0
    assert not set(result.stdout) & {"\x1b", "\x9b", "\u202e"}


@pytest.mark.parametrize("format_name", ["table", "csv", "markdown", "json"])
def test_names_of_columns_from_texts_are_written_out_too(run: Run, published: Path, format_name: str) -> None:
    pivot = "SELECT a, chr(27) || ']0;' || chr(10) || '=1|' AS b, 1 AS n FROM (SELECT 'x' AS a)"
    result = run("sql", f"PIVOT ({pivot}) ON b USING sum(n)", "--format", format_name, "--warehouse", published)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert len(result.stdout.splitlines()) <= 4


def test_markdown_is_a_table(run: Run, published: Path) -> None:
    result = run("sql", "SELECT '<b>|' AS a", "--format", "markdown", "--warehouse", published)
    assert result.stdout.splitlines() == ["| a |", "| --- |", r"| \<b\>\| |"]


def test_sql_comes_from_standard_input(run: Run, published: Path) -> None:
    result = run("sql", "-", "--format", "csv", "--warehouse", published, input="SELECT 1 AS one")
    assert result.stdout.splitlines() == ["one", "1"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (i INTEGER)",
        "DELETE FROM documents",
        "DROP VIEW claims",
        "COPY documents TO '/tmp/stolen.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT 1; SELECT 2",
        "SELEC 1",
        "SELECT * FROM nothing",
        "",
    ],
)
def test_sql_can_only_read_the_dataset(run: Run, published: Path, statement: str) -> None:
    before = published.read_bytes()
    result = run("sql", statement, "--warehouse", published)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert published.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT * FROM documnts", 'Table with name documnts does not exist! Did you mean "documents'),
        ("SELECT titel FROM documents", 'Referenced column "titel" not found in FROM clause! Candidate bindings: '),
        ("SELECT lenth(title) FROM documents", 'Did you mean "length"?'),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT CAST(title AS INTEGER) FROM documents", "Could not convert string"),
    ],
)
def test_faulty_sql_is_answered_with_what_duckdb_suggests(run: Run, published: Path, statement: str, told: str) -> None:
    result = run("sql", statement, "--warehouse", published)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "LINE 1" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_long_list_of_suggestions_is_cut(run: Run, published: Path) -> None:
    result = run("sql", "SELECT title + 1 FROM documents", "--warehouse", published)
    assert re.search(r"Candidate functions: .*TINYINT.* and \d+ more$", result.stderr)


def test_help_says_that_a_table_shortens_cells_and_the_other_formats_do_not(run: Run, published: Path) -> None:
    assert f"shortens cells of more than {CELL_WIDTH} characters" in " ".join(run("sql", "--help").stdout.split())
    statement = f"SELECT repeat('x', {CELL_WIDTH + 1}) AS a"
    for name in ("csv", "json", "markdown"):
        assert "x" * (CELL_WIDTH + 1) in run("sql", statement, "--format", name, "--warehouse", published).stdout
    assert "x" * (CELL_WIDTH - 1) + "…" in run("sql", statement, "--warehouse", published).stdout


def test_explain_shows_the_claim_its_fields_and_its_evidence_marked(run: Run, published: Path, claim_id: str) -> None:
    result = run("explain", claim_id, "--warehouse", published)
    assert result.exit_code == 0
    assert claim_id in result.stdout.splitlines()[0]
    evidence = run(
        "sql", f"SELECT evidence FROM claims WHERE claim_id = '{claim_id}'", "--format", "json", "--warehouse", published
    )
    unmarked = result.stdout
    for sign in "⟦⟧⟪⟫⟨⟩":
        assert sign in result.stdout
        unmarked = unmarked.replace(sign, "")
    assert json.loads(evidence.stdout)[0]["evidence"] in " ".join(unmarked.split())


@pytest.mark.parametrize("family", ["claims", "rejected_claims"])
def test_the_beginning_of_an_id_will_do(run: Run, published: Path, family: str) -> None:
    found = run("sql", f"SELECT claim_id FROM {family}", "--format", "csv", "--warehouse", published)
    for claim_id in found.stdout.splitlines()[1:]:
        result = run("explain", claim_id[:12], "--warehouse", published)
        assert result.stdout.splitlines()[0].endswith(f"claim {claim_id}")
        assert result.stdout == run("explain", claim_id, "--warehouse", published).stdout


def test_several_claims_that_begin_alike_are_named(run: Run, published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        (whole,) = connection.execute("SELECT min(claim_id) FROM claims").fetchone() or ("",)
        connection.execute(
            "INSERT INTO rejected_claims BY NAME SELECT claim_id[:8] || range AS claim_id, doc_id, family, [] AS reasons,"
            " '{}' AS claim, 'x' AS refresh_id FROM claims, range(10, 22) WHERE claim_id = ?",
            [whole],
        )
    result = run("explain", whole[:6], "--warehouse", copy)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"Error: 13 claims have an id that begins with {whole[:6]!r}: ")
    assert f"{whole[:8]}12" in line
    assert line.endswith(", ...; give more of the id")
    assert run("explain", whole, "--warehouse", copy).exit_code == 0


def test_too_short_a_beginning_is_no_id(run: Run, published: Path, claim_id: str) -> None:
    result = run("explain", claim_id[:3], "--warehouse", published)
    assert result.exit_code == 2
    assert f"no claim has the id {claim_id[:3]!r}" in result.stderr


def test_explain_says_when_there_is_no_such_claim(run: Run, published: Path) -> None:
    result = run("explain", "nothing", "--warehouse", published)
    assert result.exit_code == 2
    assert "no claim has the id 'nothing'" in result.stderr


def test_status_shows_how_the_dataset_stands(run: Run, published: Path) -> None:
    result = run("status", "--warehouse", published)
    assert result.exit_code == 0
    for word in ("refreshed", "documents", "trade claims", "rejected", "unreadable", "Quality", "Sources", "texts: read"):
        assert word in result.stdout
    assert f"{len(TEXTS)} documents" in result.stdout


def test_one_of_a_kind_is_told_in_the_singular(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "exports.txt").write_text(TEXTS["exports.txt"], encoding="utf-8")
    file = tmp_path / "corridor.duckdb"
    assert run("refresh", "--documents", tmp_path / "texts", "--store", tmp_path / "s", "--warehouse", file).exit_code == 0
    assert "; 1 document, 1 claim, 0 unreadable" in run("status", "--warehouse", file).stdout


def test_status_tells_of_a_refresh_that_failed_since(
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("refresh", "--documents", texts).exit_code == 0
    assert "not published" not in run("status").stdout
    for path in texts.iterdir():
        path.unlink()
    texts.rmdir()
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "gone"\nkind = "folder"\npath = "texts"\n')
    assert run("refresh", "--sources", "sources.toml").exit_code == 1
    assert re.search(
        r"a later refresh, .* was not published: failed: source gone: there is no folder .*texts", run("status").stdout
    )
    file = tmp_path / "warehouse" / "corridor.duckdb"
    assert "not published" not in run("status", "--warehouse", file).stdout
    assert "not published" in run("status", "--warehouse", file, "--store", tmp_path / "warehouse" / "store").stdout


@pytest.mark.parametrize("arguments", [["sql", "SELECT 1"], ["explain", "x"], ["status"]])
def test_without_a_published_file_the_way_to_one_is_told(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    result = run(*arguments, "--warehouse", tmp_path / "none.duckdb")
    assert result.exit_code == 1
    assert "corridor refresh" in result.stderr
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize(
    "arguments",
    [["sql", "SELECT 1"], ["explain", "abcd"], ["status"], ["search", "wheat"], ["export", "out"]],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_file_that_another_program_writes_to_is_told_to_be_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = "import duckdb, sys\nheld = duckdb.connect(sys.argv[1])\nprint(flush=True)\nsys.stdin.read()"
    command = [sys.executable, "-c", notebook, "held.duckdb"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        result = run(*arguments, "--warehouse", "held.duckdb")
        process.kill()
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert f"held.duckdb is open for writing in another program (PID {process.pid})" in result.stderr
    assert "read_only=True" in result.stderr


@given(st.text())
def test_printable_text_is_one_line_without_controls(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", printable(text))


@given(st.lists(st.lists(st.text(max_size=120) | st.integers() | st.none() | st.floats(), min_size=2, max_size=2), max_size=4))
def test_a_table_has_a_line_for_each_row(rows: list[list[object]]) -> None:
    assert len(list(table(["a", "b"], rows))) == len(rows) + 3


@given(
    st.recursive(
        st.text() | st.floats() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_is_json(value: object) -> None:
    json.loads(as_json(value))
    json.loads(as_json(value, indent=2))
