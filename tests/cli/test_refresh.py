import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from cli.conftest import TEXTS, Run
from pipeline.cli.progress import TerminalProgress, progress_on
from pipeline.contract.reference import seeds_folder
from pipeline.orchestration.batches import read_batch
from pipeline.sources.raw import RawText
from pipeline.warehouse.refreshing import refresh_documents
from pipeline.warehouse.store import Store

TEXTS_TO_READ = 40  # so many that a refresh is still reading when it is interrupted


def arguments(root: Path, texts: Path) -> list[object]:
    return ["--documents", texts, "--store", root / "store", "--warehouse", root / "corridor.duckdb"]


def test_the_summary_says_what_there_is_and_what_to_try(run: Run, texts: Path, tmp_path: Path) -> None:
    result = run("refresh", *arguments(tmp_path, texts))
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = {line.split("  ")[1].strip(): line.split() for line in result.stdout.splitlines() if line.startswith("  ")}
    assert lines["documents"][1] == str(len(TEXTS))
    assert f"{len(TEXTS)} new" in result.stdout
    for name in ("trade claims", "freight claims", "agreement claims", "rejected"):
        assert name in lines
    assert str(tmp_path / "corridor.duckdb") in result.stdout.splitlines()[0]
    assert "corridor sql" in result.stdout


def test_unreadable_files_are_counted_and_are_no_failure(run: Run, texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").write_bytes(b"")
    result = run("refresh", *arguments(tmp_path, texts))
    assert result.exit_code == 0
    assert "unreadable" in result.stdout


def test_a_file_in_another_encoding_is_recorded_with_what_to_do(run: Run, texts: Path, tmp_path: Path) -> None:
    (texts / "other.txt").write_bytes("Экспорт пшеницы вырос на 12 процентов".encode("windows-1251"))
    (texts / "accents.txt").write_bytes("Déjà vu – exports rose".encode("windows-1252"))
    where = arguments(tmp_path, texts)
    assert run("refresh", *where).exit_code == 0
    statement = "SELECT uri, reason, right(detail, 16) AS told FROM unreadable_documents"
    assert run("sql", statement, "--format", "csv", *where[-2:]).stdout.splitlines()[1:] == [
        "texts/other.txt,encoding,save it as UTF-8"
    ]


def test_nothing_but_unreadable_files_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "empty.txt").write_bytes(b"")
    result = run("refresh", *arguments(tmp_path, tmp_path / "texts"))
    assert result.exit_code == 1
    assert "none of the inputs could be read" in result.stderr


def test_an_empty_folder_says_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    result = run("refresh", *arguments(tmp_path, tmp_path / "texts"))
    assert result.exit_code == 0
    assert "put .txt or .md files" in result.stdout


def test_several_folders_are_several_sources(run: Run, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "more.txt").write_text("More\n\nMore was written.\n", encoding="utf-8")
    where = arguments(tmp_path, texts)
    assert run("refresh", *where, "--documents", tmp_path / "more").exit_code == 0
    found = run("sql", "SELECT DISTINCT source FROM documents ORDER BY 1", "--format", "csv", *where[-2:])
    assert found.stdout.splitlines() == ["source", "more", "texts"]


def test_a_declared_folder_that_is_gone_fails_and_the_others_are_published(run: Run, texts: Path, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    declaration = '[[source]]\nname = "{0}"\nkind = "folder"\npath = "{0}"\n'
    sources.write_text(declaration.format("texts") + declaration.format("gone"), encoding="utf-8")
    result = run("refresh", "--sources", sources, *arguments(tmp_path, texts)[2:])
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert re.fullmatch(r"Error: source gone could not be read and keeps what it held: there is no folder \S+gone", line)
    assert any(line.startswith("  corridor status") for line in result.output.splitlines())
    assert result.stdout.startswith("Published")


def test_a_source_that_is_read_in_part_is_told(run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (texts / "inner").mkdir()
    (texts / "port.txt").rename(texts / "inner" / "port.txt")
    where = arguments(tmp_path, texts)
    assert run("refresh", *where).exit_code == 0
    really_scan = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("inner"):
            raise OSError(116, "Stale file handle")
        return really_scan(path)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        result = run("refresh", *where)
    assert result.exit_code == 1
    told = "could not read texts/inner (cannot list the folder: Stale file handle); what it held of that stays"
    assert result.stderr == f"Error: source texts was read in part: {told}\n"
    assert f"{len(TEXTS)}   0 new, 0 changed, 0 removed" in result.stdout
    assert re.search(rf"    partly read \S+ \S+ UTC: {re.escape(told)}", run("status", *where[2:]).stdout)
    assert run("refresh", *where).exit_code == 0


@pytest.mark.parametrize("content", ["not toml =", "[[source]]\n", ""])
def test_a_faulty_declaration_is_wrong_use(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "sources.toml").write_text(content, encoding="utf-8")
    result = run("refresh", "--sources", tmp_path / "sources.toml", "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert "sources.toml" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("option", ["--documents", "--store"])
def test_a_file_in_place_of_a_folder_is_told_so(run: Run, texts: Path, tmp_path: Path, option: str) -> None:
    result = run("refresh", *arguments(tmp_path, texts), option, texts / "port.txt")
    assert result.exit_code == 2
    assert "port.txt' is a file; name a folder; see 'corridor refresh --help'" in result.stderr


def test_copies_are_told(run: Run, texts: Path, tmp_path: Path) -> None:
    where = arguments(tmp_path, texts)
    assert "\n  copies" not in run("refresh", *where).stdout
    for number in (1, 2):  # after the first in order, which keeps its place so
        (texts / f"sport{number}.txt").write_bytes((texts / "port.txt").read_bytes())
    told = [run("refresh", *where).stdout, run("status", *where[2:]).stdout]
    for output in told:
        lines = [line.split() for line in output.splitlines()]
        assert ["documents", str(len(TEXTS)), "0", "new,", "0", "changed,", "0", "removed"] in lines
        assert ["copies", "2", "of", str(len(TEXTS) + 2), "files:", "see", "document_locations"] in lines


def test_what_a_failed_refresh_had_read_is_new_to_the_next(
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    where = arguments(tmp_path, texts)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.warehouse.publishing._build", fail)
        assert run("refresh", *where).exit_code == 130
    assert f"{len(TEXTS)} new, 0 changed, 0 removed" in run("refresh", *where).stdout
    (texts / "more.txt").write_text("More\n\nMore was written.\n", encoding="utf-8")
    (texts / "port.txt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.warehouse.publishing._build", fail)
        assert run("refresh", *where).exit_code == 130
    assert "1 new, 0 changed, 1 removed" in run("refresh", *where).stdout
    assert "0 new, 0 changed, 0 removed" in run("refresh", *where).stdout


def test_sources_and_documents_exclude_each_other(run: Run, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    result = run("refresh", "--sources", tmp_path / "sources.toml", *arguments(tmp_path, texts))
    assert result.exit_code == 2
    assert "give one of them" in result.stderr


def test_a_file_that_is_no_dataset_is_left_alone(run: Run, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "corridor.duckdb").write_text("my letters", encoding="utf-8")
    result = run("refresh", *arguments(tmp_path, texts))
    assert result.exit_code == 1
    assert "no DuckDB file" in result.stderr
    assert (tmp_path / "corridor.duckdb").read_text(encoding="utf-8") == "my letters"


def test_a_second_writer_is_told_so(texts: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "refresh", *map(str, arguments(tmp_path, texts))]
    with Store(tmp_path / "store").exclusive():
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: the store {tmp_path / 'store'} is being written by process {os.getpid()}")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_refresh_leaves_nothing_half(run: Run, texts: Path, tmp_path: Path, end: signal.Signals) -> None:
    for number in range(TEXTS_TO_READ):
        text = f"Text {number}\n\nExports rose {number} percent in 2024.\n" * 20
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    where = arguments(tmp_path, texts)
    command = [sys.executable, "-m", "pipeline.cli", "refresh", *map(str, where)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not (tmp_path / "store" / "documents").exists():
            time.sleep(0.01)
        process.send_signal(end)
        _, errors = process.communicate(timeout=60)
    assert process.returncode in (130, -end.value)
    assert "Traceback" not in errors
    assert not (tmp_path / "corridor.duckdb").exists()
    assert run("refresh", *where).exit_code == 0
    assert "305" not in errors
    found = run("sql", "SELECT count(*) FROM documents", "--format", "csv", *where[-2:])
    assert found.stdout.splitlines()[1] == str(TEXTS_TO_READ + len(TEXTS))


ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE (a.range * b.range) % 7 = 3"


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in another way")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("stage", ["pipeline.warehouse.publishing.run_checks", "pipeline.report.page.write_report"])
def test_an_interrupted_query_ends_a_refresh_as_any_interruption_does(  # noqa: PLR0917 - pytest names them
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: signal.Signals, stage: str
) -> None:
    def query(*_: object) -> None:
        threading.Timer(0.2, os.kill, (os.getpid(), end)).start()
        duckdb.connect().execute(ENDLESS).fetchall()  # ends with an error of DuckDB's own

    where = arguments(tmp_path, texts)
    monkeypatch.setattr(stage, query)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = run("refresh", *where)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (result.exit_code, result.stderr) == (130, "Error: interrupted; what was published before still stands\n")
    logged = Store(tmp_path / "store").refreshes()["status"].to_list()
    assert logged == ["interrupted" if "publishing" in stage else "published"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_and_leaves_the_line_empty() -> None:
    terminal = Terminal()
    with progress_on(terminal) as progress:
        progress.stage("extracting", 4)
        assert isinstance(progress, TerminalProgress)
        time.sleep(0.11)
        progress.advance(2, 7)
        progress.stage("publishing")
    drawn = terminal.getvalue().split("\r\x1b[K")
    assert drawn[1] == f"extracting [{'.' * 30}] 0 of 4 texts"
    assert drawn[2] == f"extracting [{'#' * 15}{'.' * 15}] 2 of 4 texts, 7 claims"
    assert drawn[3:] == ["publishing ", ""]


def test_a_log_hears_now_and_then_how_far_it_is() -> None:
    stream = io.StringIO()
    with progress_on(stream, seconds_between_lines=0.2) as progress:
        progress.stage("extracting", 4_000)
        progress.advance(1_200, 14_300)
        wait_for_lines(stream, 1)
        progress.stage("publishing")
        wait_for_lines(stream, 2)
    first, second, *_ = stream.getvalue().splitlines()
    assert first == "extracting: 1,200 of 4,000 texts, 14,300 claims (for 0 s)"
    assert second == "publishing (for 0 s)"


def wait_for_lines(stream: io.StringIO, lines: int) -> None:
    began = time.monotonic()
    while len(stream.getvalue().splitlines()) < lines:
        assert time.monotonic() - began < 20
        time.sleep(0.01)


def test_what_is_done_soon_tells_a_log_nothing() -> None:
    stream = io.StringIO()
    with progress_on(stream) as progress:
        progress.stage("reading")
        progress.advance(1)
    assert stream.getvalue() == ""


def test_a_declaration_that_is_gone_is_told_and_retires_nothing(
    run: Run, tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    declaration = tmp_path / "seeds" / "sources.toml"
    declaration.write_text('[[source]]\nname = "port"\nkind = "folder"\npath = "../texts"\n', encoding="utf-8")
    assert run("refresh").exit_code == 0
    held = Store(Path("warehouse/store")).ledger("port")
    declaration.rename(tmp_path / "seeds" / "elsewhere.toml")
    for command in ("refresh", "sources"):
        result = run(command)
        assert result.exit_code == 2
        assert "seeds/sources.toml: there is no such file" in result.stderr
        assert "holds the texts of port" in result.stderr
    assert "the declaration of sources is faulty" in run("status").stdout
    assert Store(Path("warehouse/store")).ledger("port").equals(held)
    assert run("refresh", "--sources", "seeds/elsewhere.toml").exit_code == 0


@pytest.fixture
def installed(run: Run, tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose store holds two declared sources, a folder and another; `trial` is a folder beside them."""
    monkeypatch.chdir(tmp_path)
    for name in ("seeds", "other", "trial"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"Of {name}\n\nOf {name} nothing is told.\n", encoding="utf-8")
    declaration = '[[source]]\nname = "{0}"\nkind = "folder"\npath = "../{0}"\n'
    (tmp_path / "seeds" / "sources.toml").write_text(
        declaration.format("texts") + declaration.format("other"), encoding="utf-8"
    )
    (tmp_path / "trial.toml").write_text(declaration.format("texts").replace("../", ""), encoding="utf-8")
    assert run("refresh").exit_code == 0
    return tmp_path


def state_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((folder / "warehouse").rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("trial", "lost"),
    [
        (["--documents", "trial"], "other, texts"),
        (["--documents", "texts"], "other"),
        (["--documents", "trial/texts", "--documents", "other"], "texts"),
        (["--sources", "trial.toml"], "other"),
        (["--sources", "trial.toml", "--warehouse", "trial.duckdb"], "other"),
    ],
)
def test_a_trial_does_not_empty_the_store_of_the_declared_sources(
    run: Run, installed: Path, trial: list[str], lost: str
) -> None:
    (installed / "trial" / "texts").mkdir()
    before = state_of(installed)
    result = run("refresh", *trial)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert f"warehouse/store holds the texts of {lost}, which seeds/sources.toml declares" in line
    assert "--store DIR --warehouse FILE" in line
    assert "--replace" in line
    assert state_of(installed) == before


def test_a_trial_in_a_store_of_its_own_leaves_the_declared_sources(run: Run, installed: Path) -> None:
    before = state_of(installed)
    assert run("refresh", "--documents", "trial", "--store", "s", "--warehouse", "w.duckdb").exit_code == 0
    assert state_of(installed) == before


def test_what_is_declared_is_replaced_when_that_is_said(run: Run, installed: Path) -> None:
    result = run("refresh", "--documents", "trial", "--replace")
    assert result.exit_code == 0
    assert "1 new, 0 changed, 3 removed" in result.stdout


def test_nothing_is_displaced_by_a_declaration_that_names_the_same(run: Run, installed: Path) -> None:
    (installed / "copy.toml").write_text(
        (installed / "seeds" / "sources.toml").read_text(encoding="utf-8").replace("../", ""), encoding="utf-8"
    )
    assert run("refresh", "--sources", "copy.toml").exit_code == 0


def test_a_faulty_declaration_does_not_let_a_trial_empty_the_store(run: Run, installed: Path) -> None:
    (installed / "seeds" / "sources.toml").write_text("nonsense = 1", encoding="utf-8")
    before = state_of(installed)
    assert run("refresh", "--documents", "trial").exit_code == 2
    assert state_of(installed) == before


def test_folders_follow_each_other_in_a_store_without_declared_sources(run: Run, texts: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert run("refresh", "--documents", texts).exit_code == 0
        (tmp_path / "more").mkdir()
        assert run("refresh", "--documents", tmp_path / "more").exit_code == 0


def test_the_demonstration_gives_way_to_a_folder(
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    demonstration = seeds_folder() / "documents"
    (tmp_path / "seeds" / "sources.toml").write_text(
        f'[[source]]\nname = "demonstration"\nkind = "folder"\npath = "{demonstration.as_posix()}"\n', encoding="utf-8"
    )
    held = Store(Path("warehouse/store"))
    with held.exclusive(), held.part_of_refresh("1") as refresh:
        refresh_documents(
            *(held, "demonstration", [RawText("demonstration", "demonstration/a.txt", "a.txt", b"one")]),
            **{"read": read_batch, "version": "1", "refresh": refresh},
        )
    assert run("refresh", "--documents", texts).exit_code == 0
