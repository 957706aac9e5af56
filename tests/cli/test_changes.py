"""`corridor changes`, on files that refreshes of a folder made one after the other."""

import csv
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from cli.conftest import TEXTS, Run, no_annotated_texts
from tests.conftest import claims_alone


@dataclass
class Published:
    warehouse: Path
    refreshes: list[str]


@pytest.fixture(scope="module")
def published(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Three refreshes: all texts; one changed and one gone; nothing new."""
    root = tmp_path_factory.mktemp("changed")
    folder, file = root / "texts", root / "corridor.duckdb"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")

    def refresh() -> None:
        with no_annotated_texts(), claims_alone():
            result = run("refresh", "--documents", folder, "--store", root / "store", "--warehouse", file)
        assert result.exit_code == 0, result.output

    refresh()
    (folder / "port.txt").unlink()
    (folder / "exports.txt").write_text(TEXTS["exports.txt"].replace("$1.2 billion", "$1.3 billion"), encoding="utf-8")
    refresh()
    refresh()
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("SELECT refresh_id FROM refreshes ORDER BY started_at, refresh_id").fetchall()
    return Published(file, [name for (name,) in found])


def test_the_latest_refresh_is_told_by_default(run: Run, published: Published) -> None:
    result = run("changes", "--warehouse", published.warehouse)
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert re.fullmatch(rf"Refresh {published.refreshes[2]}, published .* UTC: nothing changed", line)


def test_what_changed_after_a_refresh_is_counted_and_listed(run: Run, published: Published) -> None:
    result = run("changes", "--since", published.refreshes[0], "--warehouse", published.warehouse)
    summary, blank, header, _, *rows, count = result.stdout.splitlines()
    assert summary.endswith("claims 0 added, 1 altered, 1 removed; documents 0 added, 1 altered, 1 removed")
    assert (blank, count) == ("", "(4 rows)")
    assert header.split()[:5] == ["refresh_id", "change", "family", "summary", "previous_summary"]
    told = "\n".join(rows)
    assert "exports of wheat KAZ to UZB: 1,300,000,000 USD, 2024" in told
    assert "exports of wheat KAZ to UZB: 1,200,000,000 USD, 2024" in told
    assert "3,900,000 t, 2024" in told


def test_the_beginning_of_an_id_and_a_day_will_do(run: Run, published: Published) -> None:
    all_of_them = run(
        "changes", "--since", published.refreshes[0][:4] + "-01-01", "--format", "csv", "--warehouse", published.warehouse
    )
    assert len(list(csv.reader(all_of_them.stdout.splitlines()))) == 1 + 8
    later = run("changes", "--since", "2999-01-01", "--warehouse", published.warehouse)
    assert later.stdout.splitlines() == ["No refresh published since 2999-01-01"]


@pytest.mark.parametrize(
    ("family", "kinds"),
    [("trade", ["altered"]), ("freight", ["removed"]), ("document", ["altered", "removed"]), ("agreement", [])],
)
def test_changes_are_narrowed_to_a_family(run: Run, published: Published, family: str, kinds: list[str]) -> None:
    result = run(
        *("changes", "--since", published.refreshes[0], "--family", family, "--format", "json"),
        *("--warehouse", published.warehouse),
    )
    assert sorted(row["change"] for row in json.loads(result.stdout)) == kinds


def test_rows_for_programs_are_nothing_but_rows(run: Run, published: Published) -> None:
    result = run("changes", "--since", published.refreshes[0], "--format", "json", "--warehouse", published.warehouse)
    rows = json.loads(result.stdout)
    (altered,) = (row for row in rows if row["change"] == "altered" and row["family"] == "trade")
    assert altered["fields"] == ["evidence", "value_high", "value_low", "value_text"]
    assert altered["cause"] == "changed_document"
    nothing = run("changes", "--format", "csv", "--warehouse", published.warehouse)
    assert len(nothing.stdout.splitlines()) == 1


def test_a_long_list_is_cut_and_says_so(run: Run, published: Published) -> None:
    result = run("changes", "--since", published.refreshes[0], "--limit", 1, "--warehouse", published.warehouse)
    assert "the first 1 of 4 are listed; --limit N lists more, --format csv all" in result.stdout
    assert result.stdout.splitlines()[-1] == "(1 row)"


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("2026-13-45", "is no day; write it as YYYY-MM-DD"),
        ("yesterday", "'yesterday' is neither a day (YYYY-MM-DD) nor a refresh; the latest refreshes: "),
        ("", "neither a day"),
        ("20", "3 refreshes have an id that begins with '20'"),
    ],
)
def test_what_is_neither_a_day_nor_a_refresh_is_told(run: Run, published: Published, since: str, told: str) -> None:
    result = run("changes", "--since", since, "--warehouse", published.warehouse)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_of_an_older_version_says_what_to_do(run: Run, published: Published, tmp_path: Path) -> None:
    older = shutil.copy(published.warehouse, tmp_path / "older.duckdb")
    with duckdb.connect(str(older)) as connection:
        connection.execute("DROP TABLE changes")
    result = run("changes", "--warehouse", older)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "`corridor refresh` makes a new one" in result.stderr


def test_what_is_not_known_of_a_time_before_the_log_is_said(run: Run, published: Published, tmp_path: Path) -> None:
    older = shutil.copy(published.warehouse, tmp_path / "older.duckdb")
    with duckdb.connect(str(older)) as connection:
        connection.execute("UPDATE refreshes SET claims_added = NULL WHERE refresh_id = ?", [published.refreshes[1]])
    result = run("changes", "--since", published.refreshes[0], "--warehouse", older)
    assert f"what {published.refreshes[1]} changed is not known: the store kept no log of changes before" in result.stdout
