"""The data dictionary, `sql/DICTIONARY.md`: what each table, column, view and code means. Derived, never written by hand.

`python -m pipeline.contract.dictionary` writes it.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.contract.ddl import duckdb_type
from pipeline.contract.fields import Field, Table
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.contract.reference import seeds_folder
from pipeline.contract.vocabulary import NAMES, Vocabulary, vocabulary

_STANDARDS = {
    "countries": "ISO 3166-1 alpha-3; for states of the past ISO 3166-3 alpha-3.",
    "currencies": "ISO 4217.",
    "places": "All of `countries` and `blocs`.",
    "trade_kinds": "All of `trade_indicators`, and the events of trade policy.",
    "freight_kinds": "All of `freight_indicators`, and the events on the way of goods.",
    "kinds": "All of `trade_kinds` and `freight_kinds`.",
}
_OPENING_COMMENT = re.compile(r"(?:[ \t]*--[^\n]*\n)+")
_HEAD = (
    "# Data dictionary",
    "",
    "Written by `python -m pipeline.contract.dictionary` from `pipeline/contract`, `sql/views/` and the vocabularies "
    "in `seeds/reference/`. The same texts stand in the database as comments.",
    "",
)


class View(NamedTuple):
    """A view of the published file and what the comment at the head of its statement says."""

    name: str
    description: str


def dictionary_path() -> Path:
    """Where the dictionary is kept."""
    return seeds_folder().parent / "sql" / "DICTIONARY.md"


def read_views(folder: Path) -> list[View]:
    """The views whose statements lie in `folder`, one a file, sorted by name; those without a comment are left out."""
    views = []
    for path in sorted(folder.glob("*.sql")):
        opening = _OPENING_COMMENT.match(path.read_text(encoding="utf-8"))
        if opening:
            lines = (line.strip().lstrip("-").strip() for line in opening.group().splitlines())
            views.append(View(path.stem, " ".join(line for line in lines if line)))
    return views


def dictionary(tables: Iterable[Table], views: Iterable[View], words: Vocabulary) -> str:
    """The dictionary as Markdown."""
    lines = list(_HEAD)
    for table in tables:
        lines += _table_lines(table)
    views = list(views)
    if views:
        lines += ["## Views", "", "| view | meaning |", "|---|---|"]
        lines += [f"| {view.name} | {_cell(view.description)} |" for view in views]
        lines.append("")
    lines += ["## Vocabularies", "", "Also in the table `codes`.", ""]
    for name in NAMES:
        lines += _vocabulary_lines(name, words)
    return "\n".join(lines).rstrip("\n") + "\n"


def _table_lines(table: Table) -> list[str]:
    lines = [f"## {table.name}", "", table.description]
    if table.key:
        lines.append(f"Key: {', '.join(table.key)}.")
    lines += [f"{reference.field} points to {reference.table}.{reference.key}." for reference in table.references]
    lines += ["", "| column | type | NULL | unit | vocabulary | values | meaning |", "|---|---|---|---|---|---|---|"]
    return [*lines, *(_field_line(field) for field in table.fields), ""]


def _field_line(field: Field) -> str:
    cells = (
        field.name,
        duckdb_type(field.type),
        "yes" if field.nullable else "",
        field.unit or "",
        field.vocabulary or "",
        _values(field),
        field.description,
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _values(field: Field) -> str:
    if field.pattern is not None:
        return f"`{field.pattern}`"
    if field.minimum is not None and field.maximum is not None:
        return f"{field.minimum:g} to {field.maximum:g}"
    return "" if field.minimum is None else f"{field.minimum:g} or more"


def _vocabulary_lines(name: str, words: Vocabulary) -> list[str]:
    if name in _STANDARDS:
        return [f"### {name}", "", _STANDARDS[name], ""]
    rows = [f"| {_cell(code)} | {_cell(meaning)} |" for code, meaning in words.codes(name).items()]
    return [f"### {name}", "", "| code | meaning |", "|---|---|", *rows, ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def current_dictionary() -> str:
    """The dictionary as the contract, the views and the vocabularies now stand."""
    return dictionary(PUBLISHED_TABLES, read_views(dictionary_path().parent / "views"), vocabulary())


def main() -> None:
    """Writes the dictionary."""
    dictionary_path().write_text(current_dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()
