"""Finds the SQL of the project: one statement a file, named by what it makes, with an opening comment.

The statements themselves are under `sql/`; running them belongs to `checks`, `publishing` and `queries`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

_READ_FROM = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A file of SQL: its name without `.sql`, the text of its opening comment, and the file's whole text."""

    name: str
    comment: str
    sql: str


@cache
def sql_folder() -> Path:
    """The folder `sql/`: beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "sql", package / "sql"):
        if (folder / "checks").is_dir():
            return folder
    raise FileNotFoundError(f"no sql/checks folder beside or inside {package}")


def statements(kind: str, folder: Path | None = None) -> list[Statement]:
    """The statements of a kind (`views`, `checks`, `examples`) sorted by name; `folder` takes the place of `sql/<kind>`."""
    return [_read(path) for path in sorted((folder or sql_folder() / kind).glob("*.sql"))]


def uses(queries: Iterable[Statement]) -> dict[str, set[str]]:
    """By name, which others of the same statements each reads from."""
    by_name = {query.name: query.sql for query in queries}
    return {name: by_name.keys() & {read.lower() for read in _READ_FROM.findall(sql)} - {name} for name, sql in by_name.items()}


def in_order_of_use(views: list[Statement]) -> list[Statement]:
    """Views, each after those that it reads from, else by name. Raises `graphlib.CycleError` if they go round."""
    by_name = {view.name: view for view in views}
    return [
        by_name[name] for name in TopologicalSorter({name: sorted(read) for name, read in uses(views).items()}).static_order()
    ]


def _read(path: Path) -> Statement:
    text = path.read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return Statement(path.stem, " ".join(lines), text)
