"""How far to trust the figures: accuracy on annotated texts, and how confidence bears out."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from pipeline.report import wording
from pipeline.report.drawings import Drawings
from pipeline.report.marks import Point
from pipeline.report.questions import Questions, Row

LEFT_OUT = "left_out"
_TEXTS = {"learnt": "texts that rules were learnt from", LEFT_OUT: "texts never read before"}


@dataclass(frozen=True, slots=True)
class Accuracy:
    """A row of the table of accuracy; shares are F1, in words."""

    kind: str
    texts: str
    documents: int
    marked: int
    found: str
    right: str
    full: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """How often claims of a kind are right by their confidence, as drawing and as rows: texts, claims, confidence, right."""

    kind: str
    drawing: Markup
    rows: tuple[tuple[str, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What is known of accuracy; all empty without annotated texts. `doubtful_right` is the share of right claims among those
    with little confidence, in words.
    """

    accuracy: tuple[Accuracy, ...]
    curves: tuple[Curve, ...]
    low: str
    doubtful_right: str | None
    trusted_right: str | None
    expected: tuple[Accuracy, ...]


def quality(questions: Questions, drawings: Drawings) -> Quality:
    """Accuracy and the confidence curve, by kind of claim."""
    accuracy = tuple(_accuracy(row) for row in questions.ask("accuracy_by_kind"))
    rows = questions.ask("confidence_curve")
    low = float(wording.settings("confidence")["low"])
    new = [row for row in rows if row["texts"] == LEFT_OUT] or rows
    return Quality(
        accuracy=accuracy,
        curves=tuple(_curve(kind, list(group), drawings) for kind, group in groupby(rows, key=lambda row: row["kind"])),
        low=wording.percent(low),
        doubtful_right=_share_right([row for row in new if row["mean_confidence"] < low]),
        trusted_right=_share_right([row for row in new if row["mean_confidence"] >= low]),
        expected=tuple(row for row in accuracy if row.expected),
    )


def _accuracy(row: Row) -> Accuracy:
    found, right, full = (wording.percent(row[name]) for name in ("found_f1", "right_f1", "full_f1"))
    texts = row["texts"]
    return Accuracy(row["kind"], _TEXTS[texts], row["documents"], row["marked"], found, right, full, texts == LEFT_OUT)


def _share_right(rows: list[Row]) -> str | None:
    claims = sum(row["claims"] for row in rows)
    return wording.percent(sum(row["claims"] * row["share_right"] for row in rows) / claims) if claims else None


def _curve(kind: str, rows: list[Row], drawings: Drawings) -> Curve:
    points = [
        Point(
            row["texts"],
            row["mean_confidence"],
            row["share_right"],
            row["claims"],
            f"{_TEXTS[row['texts']]}: of {wording.counted(row['claims'], 'claim')} at confidence {row['mean_confidence']:.2f},"
            f" {wording.percent(row['share_right'])} are right",
        )
        for row in rows
    ]
    series = {point.series for point in points}
    drawing = drawings.drawn(
        "calibration",
        f"Share of right claims by confidence, {kind}; its data are in the table below",
        points,
        LEFT_OUT if LEFT_OUT in series else points[0].series,
    )
    table = tuple(
        (_TEXTS[row["texts"]], row["claims"], f"{row['mean_confidence']:.2f}", wording.percent(row["share_right"]))
        for row in rows
    )
    return Curve(kind, drawing, table)
