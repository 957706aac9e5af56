"""Trade by pair of economies over time."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.notes import Notes
from pipeline.report.panels import Panel, Panels
from pipeline.report.questions import Questions


@dataclass(frozen=True, slots=True)
class Trade:
    """The panels, the pairs of which too little is told for a chart, and how many pairs there are in all."""

    panels: tuple[Panel, ...]
    others: tuple[Panel, ...]
    pairs: int


def trade(questions: Questions, notes: Notes) -> Trade:
    """The turnover of the pairs of which most is told."""
    rows = questions.ask("trade_figures")
    panels = Panels(rows, questions, notes)
    made = []
    for _, figures in groupby(rows, key=lambda row: row["rank"]):
        group = list(figures)
        title = wording.sides(group[0]["reporter"], group[0]["partner"], both_ways=True)
        made.append(panels.panel(group, title, lambda _: "", lambda _: False))
    drawn, others = (tuple(each for each in made if bool(each.drawing) is wanted) for wanted in (True, False))
    return Trade(drawn, others, rows[0]["pairs"] if rows else 0)
