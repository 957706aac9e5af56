"""Trade by pair of economies over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.report import wording
from pipeline.report.notes import Notes
from pipeline.report.panels import Panel, panel, shared_span
from pipeline.report.questions import Questions, Row


@dataclass(frozen=True, slots=True)
class Trade:
    """The panels, and how many pairs there are in all."""

    panels: tuple[Panel, ...]
    pairs: int


def sources_of(questions: Questions, rows: Sequence[Row]) -> Mapping[str, list[str]]:
    """The claims behind each fact, by its id."""
    found = questions.ask("sources_of_facts", facts=sorted({row["fact_id"] for row in rows}))
    return {fact: [row["claim_id"] for row in group] for fact, group in groupby(found, key=lambda row: row["fact_id"])}


def trade(questions: Questions, notes: Notes) -> Trade:
    """The turnover of the pairs of which most is told."""
    rows = questions.ask("trade_figures")
    sources = sources_of(questions, rows)
    span = shared_span(rows)
    panels = [
        panel(
            group := list(figures),
            wording.sides(group[0]["reporter"], group[0]["partner"], both_ways=True),
            sources,
            notes,
            span,
            lambda _: "",
        )
        for _, figures in groupby(rows, key=lambda row: row["rank"])
    ]
    return Trade(tuple(panels), rows[0]["pairs"] if rows else 0)
