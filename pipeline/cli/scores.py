"""An evaluation as it is told on a screen or in JSON. The figures themselves belong to `pipeline.evaluation`."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.cli.formats import printable
from pipeline.cli.summary import counted
from pipeline.evaluation.causes import Cause, Mistake
from pipeline.evaluation.evaluation import ALL_FOLDERS, LEARNT, LEFT_OUT, Evaluation
from pipeline.evaluation.figures import KindFigures, Report

EXAMPLES = 3
PASSAGE = 160
_NAMES = 12
_A_LINE = 7  # names of fields, so that a line fits a screen
_HEADINGS = ("marked", "told", "", "precision", "recall", "F1", "by text")


def report_text(evaluation: Evaluation) -> Iterator[str]:
    """The figures of each folder and, if there are several, of all together; those left out of learning for themselves."""
    several = len(evaluation.folders) > 1
    for folder, selection, report in evaluation.told_apart():
        a_part = selection == LEARNT and report.texts < len(evaluation.of(folder))
        if a_part or (folder == ALL_FOLDERS and not several):
            continue
        remark = ", from which no rule was learnt" if selection == LEFT_OUT else ""
        yield f"{printable(folder)}: {counted(report.texts, 'text')}{remark}"
        yield from _report(report)
        yield ""


def _report(report: Report) -> Iterator[str]:
    yield _row("", _HEADINGS)
    for kind, figures in report.kinds.items():
        yield from _levels(kind, figures)
    yield ""
    yield "  share of the claims found, or of the texts, that agree"
    for kind, figures in report.kinds.items():
        if figures.found:
            yield from _named(kind, figures.slots)
    yield from _named("metadata", report.metadata)
    yield ""
    errors = (f"{kind} {one.calibration_error:.2f}" for kind, one in report.kinds.items() if one.told)
    yield f"  calibration error of confidence: {', '.join(errors) or 'no claims told'}"
    if report.ungrounded:
        yield f"  {counted(report.ungrounded, 'claim')} without ground in the text"


def _levels(kind: str, figures: KindFigures) -> Iterator[str]:
    name, counts = kind, (f"{figures.marked:,}", f"{figures.told:,}")
    for level, shares in figures.shares.items():
        yield _row(name, (*counts, level, *(f"{share:.3f}" for share in (*shares, figures.by_text[level]))))
        name, counts = "", ("", "")


def _row(name: str, cells: tuple[str, ...]) -> str:
    marked, told, level, *shares = cells
    line = f"  {name:<{_NAMES}}{marked:>6}  {told:>5}  {level:<5}"
    return (line + "".join(f"{cell:>11}" for cell in shares)).rstrip()


def _named(name: str, shares: Mapping[str, float]) -> Iterator[str]:
    cells = [f"{slot} {share:.2f}" for slot, share in shares.items()]
    for start in range(0, len(cells), _A_LINE):
        yield f"  {name if not start else '':<{_NAMES}}{'  '.join(cells[start : start + _A_LINE])}"


def errors_text(evaluation: Evaluation) -> Iterator[str]:
    """The causes of mistakes, the most frequent first, each with its first mistakes."""
    mistakes = sum(len(cause.mistakes) for cause in evaluation.causes)
    yield f"{counted(mistakes, 'mistake')}, by what is wrong (expected <> told)"
    if evaluation.kept_back:
        yield f"Not listed: those of {counted(evaluation.kept_back, 'text')} left out, from which no rule is to be learnt"
    for cause in evaluation.causes:
        yield ""
        yield f"{len(cause.mistakes):>5}  {cause.kind}, {printable(cause.cause)}"
        for mistake in cause.mistakes[:EXAMPLES]:
            yield from _mistake(mistake)
        if len(cause.mistakes) > EXAMPLES:
            yield f"         and {len(cause.mistakes) - EXAMPLES:,} more, which --json lists"


def _mistake(mistake: Mistake) -> Iterator[str]:
    what = f"{mistake.claim}: " if mistake.claim else ""
    yield printable(f"       {mistake.folder}/{mistake.text}: {what}{mistake.expected} <> {mistake.told}")
    if mistake.passage:
        cut = mistake.passage if len(mistake.passage) <= PASSAGE else f"{mistake.passage[: PASSAGE - 1]}…"
        yield f"         {printable(cut)}"


def scores(evaluation: Evaluation, errors: bool) -> dict[str, Any]:
    """All figures: of all texts together, then of each folder, and with `errors` every mistake by cause."""
    found = {
        **_scores(evaluation.whole),
        "extractor_version": evaluation.extractor_version,
        "folders": {folder: _scores(report) for folder, report in evaluation.by_folder.items()},
        "left_out": {folder: _scores(report) for folder, selection, report in evaluation.reports() if selection == LEFT_OUT},
    }
    return {**found, "errors": [_cause(cause) for cause in evaluation.causes]} if errors else found


def _scores(report: Report) -> dict[str, Any]:
    return {
        "documents": report.texts,
        "missing": list(report.missing),
        "ungrounded": report.ungrounded,
        "metadata": dict(report.metadata),
        **{kind: _kind(figures) for kind, figures in report.kinds.items()},
    }


def _kind(figures: KindFigures) -> dict[str, Any]:
    return {
        "gold": figures.marked,
        "predicted": figures.told,
        **{level: shares._asdict() for level, shares in figures.shares.items()},
        **{f"{level}_by_document": share for level, share in figures.by_text.items()},
        "slots": dict(figures.slots),
        "indicators": {
            name: {"gold": group.marked, "predicted": group.told, **{k: v._asdict() for k, v in group.shares.items()}}
            for name, group in figures.indicators.items()
        },
        "calibration": {"error": figures.calibration_error, "bins": [one._asdict() for one in figures.bins]},
    }


def _cause(cause: Cause) -> dict[str, Any]:
    mistakes = [mistake._asdict() for mistake in cause.mistakes]
    return {"kind": cause.kind, "cause": cause.cause, "count": len(mistakes), "mistakes": mistakes}
