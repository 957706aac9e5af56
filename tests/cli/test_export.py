"""`corridor export` says what it wrote, and what is wrong where it cannot."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_tables_and_sizes_are_told(run: Run, published: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out", "--warehouse", published)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Exported ")
    assert f" rows to {tmp_path / 'out'}: csv " in result.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["csv", "datapackage.json", "parquet"]


def test_one_format_alone(run: Run, published: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out", "--format", "parquet", "--warehouse", published)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["datapackage.json", "parquet"]


@pytest.fixture
def occupied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a file and a folder that no export wrote."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["file.txt"], (2, "is a file; name a folder")),
        (["full"], (2, "full holds files that are no export and is left alone; name a new or an empty folder")),
        (["file.txt/out"], (1, "cannot be written: ")),
        (["new", "--format", "excel"], (2, "Invalid value for '--format'")),
        ([], (2, "Missing argument 'DIR'")),
    ],
)
def test_a_folder_that_will_not_do_is_named(
    run: Run, published: Path, occupied: Path, arguments: list[str], told: tuple[int, str]
) -> None:
    status, message = told
    result = run("export", *arguments, "--warehouse", published)
    assert result.exit_code == status
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert (occupied / "file.txt").read_text() == (occupied / "full" / "mine.txt").read_text() == "mine"


def test_without_a_published_file_the_way_to_one_is_told(run: Run, tmp_path: Path) -> None:
    result = run("export", tmp_path / "out", "--warehouse", tmp_path / "none.duckdb")
    assert result.exit_code == 1
    assert "run `corridor refresh` to make it" in result.stderr
    assert not (tmp_path / "out").exists()


def test_help_tells_what_csv_holds(run: Run) -> None:
    text = " ".join(run("export", "--help").stdout.split())
    assert "lists are JSON arrays, an empty cell is NULL" in text
    assert "--spreadsheet" in text
