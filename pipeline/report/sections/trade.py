"""Trade by pair of economies: turnover over time, and exports beside the imports that mirror them."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.notes import Cited, Notes
from pipeline.report.panels import Heading, Panel, Panels, when
from pipeline.report.questions import Questions, Row


@dataclass(frozen=True, slots=True)
class Flow:
    """What one economy sells to another, as each of them tells it."""

    way: str
    goods: str
    when: str
    modality: str
    exports: Cited | None
    imports: Cited | None
    gap: str


@dataclass(frozen=True, slots=True)
class Trade:
    """The panels, pairs of which too little is told for a chart, how many pairs there are in all, and likewise the flows."""

    panels: tuple[Panel, ...]
    others: tuple[Panel, ...]
    pairs: int
    flows: tuple[Flow, ...]
    all_flows: int


def trade(questions: Questions, notes: Notes, drawings: Drawings) -> Trade:
    """Turnover and flows of the pairs of which most is told."""
    rows = questions.ask("trade_figures")
    panels = Panels(rows, questions, notes, drawings)
    made = []
    for _, figures in groupby(rows, key=lambda row: row["rank"]):
        group = list(figures)
        title = wording.capital(wording.sides(group[0]["reporter"], group[0]["partner"], both_ways=True))
        made.append(panels.panel(group, Heading(title, title, "trade"), lambda _: "", lambda _: False))
    drawn, others = (tuple(each for each in made if bool(each.drawing) is wanted) for wanted in (True, False))
    flows = questions.ask("flows")
    return Trade(
        drawn,
        others,
        rows[0]["pairs"] if rows else 0,
        tuple(_flow(row, notes) for row in flows),
        flows[0]["flows"] if flows else 0,
    )


def _flow(row: Row, notes: Notes) -> Flow:
    mode = f"by {wording.label('mode', row['mode'])}" if row["mode"] else ""
    goods = wording.label("commodity", row["commodity"]) or "all goods"
    return Flow(
        way=wording.capital(wording.sides([row["exporter"]], [row["importer"]])),
        goods=f"{goods} {mode}".strip(),
        when=when(row),
        modality=row["modality"],
        exports=_told(row, "exports", notes),
        imports=_told(row, "imports", notes),
        gap="" if row["gap_percent"] is None else wording.amount(row["gap_percent"], None, "%", measure="change"),
    )


def _told(row: Row, which: str, notes: Notes) -> Cited | None:
    value = row[f"{which}_value"]
    if value is None:
        return None
    said = wording.amount(value, None, row["unit"], bound=row[f"{which}_bound"])
    return notes.cited(said, [row[f"{which}_claim_id"]], row[f"{which}_confidence"])
