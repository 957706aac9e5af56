"""Where the report of a published file lies. Loads nothing, so that a message can name the page without drawing it."""

from pathlib import Path

_USUAL = "corridor.duckdb"
_SUFFIX = ".duckdb"


def report_path(warehouse: Path) -> Path:
    """Beside the file: `report.html` for `corridor.duckdb`, `NAME-report.html` for any other `NAME.duckdb`.

    No two files of a folder have the same.
    """
    if warehouse.name == _USUAL:
        return warehouse.with_name("report.html")
    if warehouse.suffix == _SUFFIX:
        return warehouse.with_name(f"{warehouse.stem}-report.html")
    return warehouse.with_name(f"{warehouse.name}.report.html")
