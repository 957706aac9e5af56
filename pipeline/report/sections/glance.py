"""What stands out: the figures a reader should take away, chosen from the sections by what most is told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.report import wording
from pipeline.report.notes import Cited
from pipeline.report.panels import Panel, Remark
from pipeline.report.sections.agreements import Agreements
from pipeline.report.sections.corridors import Corridors
from pipeline.report.sections.targets import Targets
from pipeline.report.sections.trade import Trade


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure with what it is, and what stands beside it."""

    label: str
    value: Cited
    when: str
    remarks: tuple[Remark, ...] = ()
    beside: Cited | None = None
    beside_when: str = ""
    beside_remarks: tuple[Remark, ...] = ()


def glance(trade: Trade, corridors: Corridors, targets: Targets, agreements: Agreements) -> tuple[Finding, ...]:
    """The findings, in the order of the sections."""
    return (
        *_of_panels((*trade.panels, *trade.others)),
        *_of_panels((*corridors.panels, *corridors.others)),
        *_of_targets(targets),
        *_of_agreements(agreements),
    )


def _of_panels(panels: tuple[Panel, ...]) -> Iterator[Finding]:
    told = [(panel.latest, panel.goal) for panel in panels if panel.latest is not None]
    for latest, goal in told[: int(wording.settings("limits")["glance"])]:
        if goal is None:
            yield Finding(latest.label, latest.value, latest.when, latest.remarks)
        else:
            about = f"{goal.about} " if goal.about != latest.about else ""
            yield Finding(
                latest.label, latest.value, latest.when, latest.remarks, goal.value, f"{about}{goal.when}", goal.remarks
            )


def _of_targets(targets: Targets) -> Iterator[Finding]:
    """The open goal or forecast that falls due next."""
    due = targets.next
    if due is not None:
        yield Finding(
            f"Due next: {due.what}",
            due.aim,
            f"{due.modality} {due.due}",
            beside=due.latest,
            beside_when=due.latest_when,
            beside_remarks=(Remark("sources differ:", due.differing),) if due.differing else (),
        )


def _of_agreements(agreements: Agreements) -> Iterator[Finding]:
    """Of the agreements of which most documents tell, the one that moved last."""
    moved = [row for row in agreements.rows if row.since and not row.standing.doubtful]
    if moved:
        latest = max(moved, key=lambda row: (row.documents, row.moved_on or date.min, row.title))
        yield Finding(latest.title, latest.standing, latest.since)
