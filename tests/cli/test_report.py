from pathlib import Path

import duckdb
import pytest

from cli.conftest import Run

pytestmark = pytest.mark.whole


def test_the_page_is_written_beside_the_file_and_its_path_printed(run: Run, published: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.duckdb"
    file.write_bytes(published.read_bytes())
    result = run("report", "--warehouse", file)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{tmp_path / 'mine-report.html'}\n", "")
    assert (tmp_path / "mine-report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_can_be_written_elsewhere_and_is_the_same_each_time(run: Run, published: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "deep" / "two.html"]
    pages[1].parent.mkdir()
    for page in pages:
        assert run("report", "--warehouse", published, "--output", page).exit_code == 0
    assert pages[0].read_bytes() == pages[1].read_bytes() == (published.parent / "report.html").read_bytes()


def test_a_folder_that_is_not_there_is_not_made_for_the_page(run: Run, published: Path, tmp_path: Path) -> None:
    result = run("report", "--warehouse", published, "--output", tmp_path / "none" / "page.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert f"the folder {str(tmp_path / 'none')!r} does not exist" in result.stderr
    assert not (tmp_path / "none").exists()


def test_without_a_published_file_it_says_to_refresh(run: Run, tmp_path: Path) -> None:
    result = run("report", "--warehouse", tmp_path / "none.duckdb")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run `corridor refresh` to make it" in result.stderr


def test_a_file_of_another_version_is_to_be_refreshed(run: Run, tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "old.duckdb") as connection:
        connection.execute("CREATE TABLE documents (doc_id VARCHAR)")
    result = run("report", "--warehouse", tmp_path / "old.duckdb")
    assert result.exit_code == 1
    assert "made by another version of corridor" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_in_the_place_of_the_page_is_one_clear_line(run: Run, published: Path, tmp_path: Path) -> None:
    result = run("report", "--warehouse", published, "--output", tmp_path)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_refresh_whose_report_fails_says_so_and_has_published(
    run: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(warehouse: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr("pipeline.report.page.write_report", fail)
    file = tmp_path / "corridor.duckdb"
    result = run("refresh", "--documents", texts, "--store", tmp_path / "store", "--warehouse", file)
    assert result.exit_code == 1
    assert "was published, but its report could not be written: OSError: no room" in result.stderr
    assert "Published" in result.stdout
    assert file.exists()
