"""The page of results: sections that are measured one by one, each with the machine and the versions it was measured with.

How to measure belongs to the other scripts; this one keeps what they found. A section holds what people read, and its figures
as JSON in a comment, for whoever reckons with them (`benchmarks/scaling.py`).
"""

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
PAGE = Path(__file__).with_name("RESULTS.md")
HEAD = """# Speed and cost

Written by `make bench`, and in the short form, which takes minutes, by `make bench-short`; no figure here is put in by hand.
Sections are measured one by one (`python -m benchmarks.run --only NAME`), and each says when, on what, and how busy the machine
was with other things: compare figures within a section rather than between two. Texts are those of `benchmarks/corpus.py`. How
accurate all this is stands in [ACCURACY.md](ACCURACY.md), what it means for larger amounts in
[deploy/SCALING.md](../deploy/SCALING.md).
"""
_SECTION = "<!-- section {name} -->\n{body}<!-- end {name} -->\n"
_FOUND = re.compile(r"<!-- section (?P<name>\w+) -->\n(?P<body>.*?)<!-- end (?P=name) -->\n", re.DOTALL)
_FIGURES = re.compile(r"<!-- figures (?P<figures>\{.*?\}) -->\n", re.DOTALL)
_VERSIONS = ("duckdb", "polars", "dagster")


@dataclass(frozen=True, slots=True)
class Section:
    """What a benchmark found: a heading, Markdown below it, and its figures."""

    name: str
    title: str
    text: str
    figures: Mapping[str, Any]


def write_section(page: Path, section: Section, order: Sequence[str]) -> None:
    """Puts a section in place of the one of its name, sections in `order`, and leaves the others as they are."""
    bodies = _bodies(page)
    figures = json.dumps(section.figures, indent=None, sort_keys=True)
    bodies[section.name] = f"\n## {section.title}\n\n{stamp()}\n\n{section.text.strip()}\n\n<!-- figures {figures} -->\n"
    placed = [name for name in order if name in bodies] + sorted(bodies.keys() - set(order))
    sections = (_SECTION.format(name=name, body=bodies[name]) for name in placed)
    page.write_text("\n".join([HEAD, *sections]), encoding="utf-8")


def figures_of(page: Path, name: str) -> dict[str, Any]:
    """The figures of a section; empty if it was not measured yet."""
    found = _FIGURES.search(_bodies(page).get(name, ""))
    return dict(json.loads(found["figures"])) if found else {}


def sections_of(page: Path) -> list[str]:
    """The names of the sections that a page has."""
    return list(_bodies(page))


def _bodies(page: Path) -> dict[str, str]:
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return {found["name"]: found["body"] for found in _FOUND.finditer(text)}


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; numbers stand to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    right = [all(_is_number(row[place]) for row in cells) for place in range(len(headings))]
    lines = [headings, ["---:" if of_numbers else "---" for of_numbers in right], *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() or cell in ("", "-")


def count(value: float) -> str:
    """A whole number with commas."""
    return f"{value:,.0f}"


def seconds(value: float) -> str:
    """Seconds, to three figures."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def mebibytes(value: float) -> str:
    """Bytes as MiB."""
    return f"{value / 2**20:,.0f}" if value >= 10 * 2**20 else f"{value / 2**20:.1f}"


# What was measured on ---------------------------------------------------------------------------------------------------


def stamp() -> str:
    """When, on what and with what is measured, in one line."""
    return f"*{moment()}; {machine()}; {versions()}.*"


def moment() -> str:
    """The minute, the commit, and how many processes want a processor beside this one."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    return f"{now}, commit {commit()}, {load}"


def commit() -> str:
    """The commit that lies here, marked if files differ from it."""
    found = _told("git", "rev-parse", "--short=10", "HEAD")
    return f"{found}{' with changes' if found and _told('git', 'status', '--porcelain', '-uno') else ''}" or "unknown"


def machine() -> str:
    """Processor, cores and memory."""
    return f"{_processor()}, {os.cpu_count()} cores, {_memory()}"


def versions() -> str:
    """Python and the libraries that the time goes into."""
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _VERSIONS)])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (ValueError, OSError, AttributeError):
        return "memory unknown"


def _told(*command: str) -> str:
    try:
        return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
