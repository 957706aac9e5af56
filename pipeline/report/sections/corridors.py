"""What corridors carry, against what they can carry and what is aimed at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.notes import Notes
from pipeline.report.panels import Heading, Panel, Panels
from pipeline.report.questions import Questions, Row


@dataclass(frozen=True, slots=True)
class Corridors:
    """The panels, those of which too little is told for a chart, and how many there would be in all."""

    panels: tuple[Panel, ...]
    others: tuple[Panel, ...]
    found: int


_CAPACITY = "capacity"
_CARRIED = {"mass": "cargo", "containers": "containers"}


def corridors(questions: Questions, notes: Notes, drawings: Drawings) -> Corridors:
    """Cargo and containers of the corridors of which most is told."""
    rows = questions.ask("corridor_figures")
    panels = Panels(rows, questions, notes, drawings)
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row["rank"])]
    made = [panels.panel(group, _heading(group), _about, _parts(group)) for group in groups]
    drawn, others = (tuple(each for each in made if bool(each.drawing) is wanted) for wanted in (True, False))
    return Corridors(drawn, others, rows[0]["panels"] if rows else 0)


def _heading(rows: Sequence[Row]) -> Heading:
    """The corridor, and whether it is told what it carries, what it can carry, or both."""
    name, carried = wording.corridor(rows[0]["corridor"]), _CARRIED[rows[0]["carried"]]
    told = {row["indicator"] == _CAPACITY for row in rows}
    measured = " and ".join(word for word, there in ((carried, False in told), ("capacity", True in told)) if there)
    return Heading(f"{name}: {measured}", name, carried)


def _parts(rows: Sequence[Row]) -> Callable[[Row], bool]:
    """Tells the figures of a part of a corridor, that is of one country on it, or of goods or a mode that not all share."""
    shared = {name for name in ("mode", "commodity") if len({row[name] for row in rows}) == 1}

    def is_part(row: Row) -> bool:
        return bool(row["reporter"]) or any(row[name] is not None for name in ("mode", "commodity") if name not in shared)

    return is_part


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
    return ", ".join(part for part in (said, who, "" if journey == who else journey) if part)
