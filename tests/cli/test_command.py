"""The command as a process: help, entry points, interruption."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.conftest import Run

HEAVY = ("altair", "dagster", "polars", "duckdb", "pandera", "pyarrow", "numpy")


def corridor(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)  # type: ignore[call-overload, no-any-return]


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the test, however that ends."""
    # Tests started in the background ignore interrupts, and a process that they start would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "--warehouse", "s3://bucket/corridor.duckdb"],
        ["refresh", "--warehouse", "s3:/bucket/corridor.duckdb"],
        ["status", "--warehouse", "gs://bucket/corridor.duckdb"],
        ["sql", "SELECT 1", "--warehouse", "file:/corridor.duckdb"],
    ],
)
def test_an_address_is_no_published_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"{arguments[-1]!r} is an address; the published file is a local one" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "--documents", "s3:/bucket/texts"],
        ["refresh", "--store", "s3:/bucket/store"],
        ["status", "--store", "s3:/bucket/store"],
        ["sources", "--store", "S3:/bucket/store"],
        ["report", "--output", "s3://bucket/report.html"],
        ["export", "s3://bucket/tables"],
    ],
)
def test_what_looks_like_an_address_is_never_taken_for_folders(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert "address" in result.stderr
    assert not list(tmp_path.iterdir())


def test_help_names_every_command(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for command in ("refresh", "extract", "sql", "explain", "status", "evaluate", "report"):
        assert command in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["refresh", "--help"], ["extract", "--help"], ["sql", "--help"], ["evaluate", "--help"], ["report", "--help"]],
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded_for(arguments, HEAVY) == "[]"


@pytest.mark.parametrize("layer", ["claims", "names", "quantities", "dates"])
def test_extracting_from_a_text_loads_no_tables(layer: str, tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text("Exports of Georgia rose 12 percent to $3.4 billion in 2023, its ministry said.\n", encoding="utf-8")
    assert loaded_for(["extract", "--layer", layer, str(text)], (*HEAVY, "hypothesis")) == "[]"


def loaded_for(arguments: list[str], names: tuple[str, ...]) -> str:
    """Which of the modules a command loads, as a list is printed."""
    program = (
        "import sys\nfrom pipeline.cli.command import corridor\n"
        f"try: corridor({arguments!r})\nexcept SystemExit as end: assert not end.code\n"
        f"print([name for name in {names!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()[-1]


def test_the_module_is_the_command() -> None:
    done = corridor("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("corridor ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["publish"], ["No such command 'publish'", "corridor --help"]),
        (["refresh", "--fast"], ["--fast", "corridor refresh --help"]),
        (["refresh", "--engine", "steam"], ["steam", "inline"]),
        (["refresh", "--workers", "0", "--engine", "pool"], ["--workers"]),
        (["refresh", "--workers", "2"], ["--engine pool"]),
        (["refresh", "--ray", "auto", "--engine", "pool"], ["--engine ray"]),
        (["refresh", "--documents", "/nowhere/at/all"], ["/nowhere/at/all", "does not exist"]),
        (["refresh", "--sources", "/nowhere/at/all.toml"], ["does not exist"]),
        (["extract", "/nowhere/at/all.txt"], ["does not exist"]),
        (["extract", "--layer", "verbs"], ["verbs", "names"]),
        (["extract", "--published", "yesterday"], ["yesterday", "YYYY-MM-DD"]),
        (["sql"], ["Missing argument", "corridor sql --help"]),
        (["sql", "SELECT 1", "--format", "xml"], ["xml", "table"]),
        (["explain"], ["Missing argument"]),
        (["evaluate"], ["Missing argument 'GOLD_DIR...'", "corridor evaluate --help"]),
    ],
)
def test_wrong_use_is_one_clear_line_and_status_2(run: Run, arguments: list[str], words: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    for word in words:
        assert word in line


def test_no_command_shows_help_and_is_wrong_use(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_debug_shows_the_traceback(run: Run, tmp_path: Path) -> None:
    for arguments in (["status", "--debug"], ["--debug", "status"]):
        result = run(*arguments, "--warehouse", tmp_path / "none.duckdb")
        assert result.exit_code == 1
        assert "Traceback" in result.stderr
        assert result.stderr.splitlines()[-1].startswith("Error: there is no published file")


def test_a_fault_of_the_program_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("claims")

    monkeypatch.setattr("pipeline.warehouse.queries.dataset_status", fail)
    result = run("status", "--warehouse", tmp_path / "none.duckdb")
    assert result.exit_code == 1
    assert result.stderr == "Error: something went wrong that should not: KeyError: 'claims'; --debug shows where\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
def test_a_reader_that_stops_reading_is_no_error(published: Path) -> None:
    statement = "SELECT range FROM range(1000000)"
    command = [sys.executable, "-m", "pipeline.cli", "sql", statement, "--format", "csv", "--warehouse", str(published)]
    with running(command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "range\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 0


@pytest.mark.parametrize(("variable", "option"), [("CORRIDOR_ENGINE", "--engine"), ("CORRIDOR_WORKERS", "--workers")])
def test_a_faulty_value_is_told_by_where_it_was_set(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, option: str
) -> None:
    monkeypatch.setenv(variable, "raay")
    found = run("refresh")
    assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
    assert found.stderr.startswith(f"Error: Invalid value for the environment variable {variable}: 'raay' is not ")
    assert run("refresh", option, "rai").stderr.startswith(f"Error: Invalid value for '{option}': 'rai' is not ")


def test_help_tells_what_is_kept_in_the_cache(run: Run) -> None:
    assert "CORRIDOR_CACHE" in run("extract", "--help").stdout


def test_an_error_that_a_library_made_of_an_interrupt_is_told_as_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError("Query interrupted") from KeyboardInterrupt()

    monkeypatch.setattr("pipeline.warehouse.queries.dataset_status", stopped)
    result = run("status", "--warehouse", "some.duckdb")
    assert (result.exit_code, result.stderr) == (130, "Error: interrupted; what was published before still stands\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
@pytest.mark.parametrize("selected", ["count(*)", "a.code"], ids=["a query that comes to no row", "rows that are never found"])
def test_an_interrupt_ends_a_query_in_the_middle_of_a_join(published: Path, selected: str) -> None:
    endless = f"""
    SELECT {selected}
    FROM codes AS a, codes AS b, codes AS c, codes AS d, codes AS e
    WHERE a.code || b.code || c.code || d.code || e.code LIKE '%zz%zz%'
    """
    command = [sys.executable, "-m", "pipeline.cli", "sql", endless, "--warehouse", str(published)]
    with running(command) as process:
        time.sleep(3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "Error: interrupted; what was published before still stands\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
def test_an_interrupt_is_told_in_a_line() -> None:
    command = [sys.executable, "-m", "pipeline.cli", "extract", "--jsonl", "--layer", "dates"]
    with running(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write('{"id": 1, "text": "in May 2024"}\n')
        process.stdin.flush()
        assert process.stdout.readline().startswith('{"id": 1')  # answered before the input ends
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "Error: interrupted; what was published before still stands\n"
        assert process.wait(60) == 130
