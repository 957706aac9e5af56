"""Where the page about a published file lies."""

from pathlib import Path

import pytest

from pipeline.report.place import report_path


@pytest.mark.parametrize(
    ("warehouse", "page"),
    [
        ("corridor.duckdb", "report.html"),
        ("trial.duckdb", "trial-report.html"),
        ("report.duckdb", "report-report.html"),
        ("trial.db", "trial.db.report.html"),
        ("trial", "trial.report.html"),
        ("corridor", "corridor.report.html"),
    ],
)
def test_a_file_has_its_own_page_beside_it(warehouse: str, page: str) -> None:
    assert report_path(Path("warehouse") / warehouse) == Path("warehouse") / page


def test_no_two_files_of_a_folder_share_a_page() -> None:
    names = {
        stem + end for stem in ("corridor", "report", "a", "a-report", "a.db") for end in (".duckdb", ".db", "", ".report")
    }
    assert len({report_path(Path(name)) for name in names}) == len(names)
