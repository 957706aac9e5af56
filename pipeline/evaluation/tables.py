"""An evaluation as rows of the tables `evaluation` and `calibration`. What their columns mean belongs to the contract."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import CALIBRATION, EVALUATION
from pipeline.evaluation.evaluation import Evaluation
from pipeline.evaluation.figures import GroupFigures, Report

EVERY = "all"
METADATA_KIND = "metadata"
SLOT = "slot"
Row = dict[str, Any]


def evaluation_tables(evaluation: Evaluation) -> dict[str, pl.DataFrame]:
    """The rows of both tables, by the name of the table."""
    figures, bins = [], []
    for folder, texts, report in evaluation.reports():
        place = {"folder": folder, "texts": texts, "extractor_version": evaluation.extractor_version}
        figures += [{**place, "documents": report.texts, **row} for row in _figures(report)]
        bins += [{**place, **row} for row in _bins(report)]
    return {
        EVALUATION.name: pl.DataFrame(figures, schema=polars_schema(EVALUATION)),
        CALIBRATION.name: pl.DataFrame(bins, schema=polars_schema(CALIBRATION)),
    }


def _figures(report: Report) -> Iterator[Row]:
    for field, share in report.metadata.items():
        yield _slot(METADATA_KIND, field, report.texts, share)
    for kind, figures in report.kinds.items():
        yield from _group(kind, EVERY, figures, figures.by_text)
        for indicator, group in figures.indicators.items():
            yield from _group(kind, indicator, group, {})
        for slot, share in figures.slots.items():
            yield _slot(kind, slot, figures.found, share)


def _group(kind: str, item: str, group: GroupFigures, by_text: Mapping[str, float]) -> Iterator[Row]:
    for level, shares in group.shares.items():
        yield {
            "kind": kind,
            "figure": level,
            "item": item,
            "marked": group.marked,
            "told": group.told,
            **shares._asdict(),
            "f1_by_document": by_text.get(level),
        }


def _slot(kind: str, slot: str, compared: int, share: float) -> Row:
    shares = dict.fromkeys(("precision", "recall", "f1"), share)
    return {"kind": kind, "figure": SLOT, "item": slot, "marked": compared, "told": compared, **shares, "f1_by_document": None}


def _bins(report: Report) -> Iterator[Row]:
    for kind, figures in report.kinds.items():
        for one in figures.bins:
            yield {
                "kind": kind,
                "confidence_low": one.low,
                "confidence_high": one.high,
                "claims": one.claims,
                "mean_confidence": one.confidence,
                "share_right": one.right,
            }
