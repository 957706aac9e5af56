"""Puts the page together and writes it: all of it from one published file, the same bytes each time."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.keeping import KeptPage, exchanged, kept_page, made_from, moving, sealed
from pipeline.report.notes import Notes
from pipeline.report.place import report_path
from pipeline.report.questions import Questions
from pipeline.report.sections.agreements import agreements
from pipeline.report.sections.changes import changes, latest_change
from pipeline.report.sections.conflicts import conflicts
from pipeline.report.sections.corridors import corridors
from pipeline.report.sections.coverage import Coverage, coverage
from pipeline.report.sections.glance import glance
from pipeline.report.sections.quality import quality
from pipeline.report.sections.targets import targets
from pipeline.report.sections.trade import trade
from pipeline.report.text import clean
from pipeline.warehouse.files import write_text
from pipeline.warehouse.queries import open_published


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written: where, how many bytes, how many notes it cites."""

    path: Path
    size: int
    notes: int


def write_report(warehouse: Path, path: Path | None = None) -> Report:
    """Writes the report of a published file, to its place beside it or to `path`; the file is whole or as before.

    What shows the same as in the page that lies beside the file is taken over from it: all but what tells when things were
    read and published, if nothing else changed, or the drawings that are as before.
    Raises `NotPublishedError`, `OutdatedFileError`, `OSError`.
    """
    target = path or report_path(warehouse)
    with open_published(warehouse) as connection:
        page, notes = render(connection, report_path(warehouse))
    write_text(target, page)
    return Report(target, target.stat().st_size, notes)


def render(connection: duckdb.DuckDBPyConnection, before: Path | None = None) -> tuple[str, int]:
    """The page about an open file, and how many notes it cites. What the page of `before` shows is not made again.

    Raises `OutdatedFileError`.
    """
    limits = wording.settings("limits")
    questions = Questions(connection, {**limits, "most": limits["sources"]})
    drawings = Drawings.of_page(before) if before else Drawings()
    covered = coverage(questions, drawings)
    parts = {
        "coverage": _part("coverage", coverage=covered),
        "publication": _part("publication", coverage=covered),
        "changed": _part("changed", latest=latest) if (latest := latest_change(questions)) else "",
    }
    key = made_from(connection, questions)
    page, cited = (before and kept_page(before, key)) or _anew(questions, drawings, covered, parts)
    return sealed(exchanged(page, parts), key, cited), cited


def _anew(questions: Questions, drawings: Drawings, covered: Coverage, parts: Mapping[str, str]) -> KeptPage:
    notes = Notes()
    sections: dict[str, Any] = {
        "coverage": covered,
        "trade": trade(questions, notes, drawings),
        "corridors": corridors(questions, notes, drawings),
        "targets": targets(questions, notes),
        "agreements": agreements(questions, notes, drawings),
        "conflicts": conflicts(questions, notes),
        "changes": changes(questions, notes),
        "quality": quality(questions, drawings),
    }
    sections["glance"] = glance(sections["trade"], sections["corridors"], sections["targets"], sections["agreements"])
    evidence = notes.evidence(questions)
    marked = {name: moving(name, part) for name, part in parts.items()}
    whole = _environment().get_template("page.html")
    page = whole.render(**sections, evidence=evidence, style=style(), policy=policy(), moving=marked)
    return KeptPage(page, len(evidence))


def _part(name: str, **told: object) -> str:
    """A part of the page that tells of refreshes, or of what they met."""
    return _environment().get_template(f"{name}.html").render(**told)


@cache
def style() -> Markup:
    """The style of the page: the project's own file, no text from elsewhere."""
    return Markup((files("pipeline.report") / "templates" / "style.css").read_text(encoding="utf-8"))


def policy() -> str:
    """What a browser may do with the page: apply this one style, nothing else."""
    digest = b64encode(hashlib.sha256(str(style()).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "day": wording.day,
        "short_day": wording.short_day,
        "month": wording.month,
        "capital": wording.capital,
    }
    environment.globals |= {"counted": wording.counted, "limits": wording.settings("limits")}
    return environment


def _shown(value: object) -> object:
    """What an expression of a template shows: text without characters that a page must not hold; nothing is never `None`."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean(value)
    return "" if value is None else value
