"""What corridors carry, against what they can carry and what is aimed at."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.notes import Notes
from pipeline.report.panels import Panel, panel, shared_span
from pipeline.report.questions import Questions, Row
from pipeline.report.sections.trade import sources_of


@dataclass(frozen=True, slots=True)
class Corridors:
    """The panels, and how many there would be in all."""

    panels: tuple[Panel, ...]
    found: int


_CARRIED = {"mass": "cargo", "containers": "containers"}


def corridors(questions: Questions, notes: Notes) -> Corridors:
    """Cargo and containers of the corridors of which most is told."""
    rows = questions.ask("corridor_figures")
    sources = sources_of(questions, rows)
    span = shared_span(rows)
    panels = []
    for _, figures in groupby(rows, key=lambda row: row["rank"]):
        group = list(figures)
        title = f"{wording.corridor(group[0]['corridor'])}: {_CARRIED[group[0]['carried']]}"
        panels.append(panel(group, title, sources, notes, span, _about))
    return Corridors(tuple(panels), rows[0]["panels"] if rows else 0)


def _about(row: Row) -> str:
    """What a figure is about beyond its corridor: capacity, goods, mode, whose part of the way."""
    what = [
        wording.label("commodity", row["commodity"]),
        wording.label("indicator", row["indicator"]),
        f"by {wording.label('mode', row['mode'])}" if row["mode"] else "",
    ]
    who = wording.places(row["reporter"], 3)
    journey = wording.sides(row["origin"], row["destination"])
    said = " ".join(part for part in what if part)
    return ", ".join(part for part in (said, who, journey) if part)
