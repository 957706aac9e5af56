"""How accurate the extractor is: claims on annotated texts, quantities and dates on public sets; writes benchmarks/ACCURACY.md.

    python benchmarks/accuracy.py [--write] [--floors] [--gold DIR]... [--public DIR]

Prints the page; `--write` puts it into `benchmarks/ACCURACY.md`, `--floors` puts floors under the project's own texts into
`seeds/reference/accuracy_floors.toml`. The annotated texts are those of `tests/gold` and, where they are at hand in a folder
`shared` beside the project, `gold/seeds` and `gold/newswire` there; the public sets are those of its `bench`. What the figures
mean is said by `corridor evaluate --help` and in `benchmarks/quantities.py` and `benchmarks/dates.py`.
"""

import argparse
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import dates, quantities
from pipeline.contract.reference import reference_path
from pipeline.evaluation.evaluation import ALL, ALL_FOLDERS, LEARNT, LEFT_OUT, Evaluation
from pipeline.evaluation.figures import LEVELS, Report
from pipeline.evaluation.floors import FILE
from pipeline.evaluation.shapes import METADATA
from pipeline.orchestration.evaluating import evaluate_folders

PROJECT = Path(__file__).resolve().parents[1]
OWN = PROJECT / "tests" / "gold"
SHARED = PROJECT.parent / "shared"
BESIDE = tuple(SHARED / "gold" / name for name in ("seeds", "newswire"))
PUBLIC = SHARED / "bench"
PAGE = Path(__file__).with_name("ACCURACY.md")
GRACE = 0.02

HEAD = """# Accuracy

Written by `python benchmarks/accuracy.py --write`; measured on {day} with extractor {version}.

## Claims

On annotated texts, as `corridor evaluate` scores them. *Found*: a marked claim is told with its value and unit, or between its
parties. *Right*: its core fields agree too. *Full*: and its other codes. All are F1; *by text* is the mean of the texts' F1 of
right claims. The calibration error is the mean distance between confidence and the share of right claims. Rules were learnt
from all texts but those that `tests/gold/left_out.toml` lists: their rows, *left out*, are what to expect of new texts.

"""
FIELDS = """
## Fields

Share of the claims found in which a field agrees, in all folders of `tests/gold` together.

"""
DOCUMENTS = """
## Metadata

Share of the texts in which a field agrees.

"""
LAYERS = """
## Quantities and dates

On public sets labelled by others. Quantities: F1 over the marks of the labelled kind; dates: share of the labels. Measured by
others on the first two sets, value and unit: CQE 0.79 and 0.80, quantulum3 0.33 and 0.63, Recognizers-Text 0.53 on the first.

"""
FLOORS_HEAD = """\
# The figures on the annotated texts in tests/gold below which accuracy must not fall: F1 of the claims found, right and fully
# right, and for fields of the metadata the share of texts in which they agree. Source: measured by
# `python benchmarks/accuracy.py --floors`, which takes two hundredths off, so that a claim won here and lost there is no alarm
# but a change that lowers a folder is. Where a folder has few claims of a kind, the floor is that of all folders together.
"""
FEWEST_CLAIMS = 20


def main() -> None:
    """Prints the page, and lays it and the floors down if told to."""
    options = argparse.ArgumentParser(description="How accurate the extractor is.")
    options.add_argument("--write", action="store_true", help="put the page into benchmarks/ACCURACY.md")
    options.add_argument("--floors", action="store_true", help="put floors into seeds/reference/accuracy_floors.toml")
    options.add_argument("--gold", action="append", type=Path, metavar="DIR", help="further annotated texts")
    options.add_argument("--public", type=Path, metavar="DIR", default=PUBLIC, help="the public sets")
    asked = options.parse_args()
    own = evaluate_folders([OWN])
    beside = [folder for folder in asked.gold or BESIDE if folder.is_dir()]
    text = page(own, evaluate_folders(beside) if beside else None, asked.public, datetime.now(UTC).date().isoformat())
    print(text, end="")
    if asked.write:
        PAGE.write_text(text, encoding="utf-8")
    if asked.floors:
        reference_path(FILE).write_text(floors(own), encoding="utf-8")


def page(own: Evaluation, beside: Evaluation | None, public: Path, day: str) -> str:
    """The whole page: of the project's own texts, of others if there are any, and of public sets in a folder."""
    reports = list(own.reports())
    others = [one for one in beside.told_apart() if one[0] != ALL_FOLDERS] if beside else []
    named = [*_named(own.told_apart()), *_named(others)]
    return "".join(
        [
            HEAD.format(day=day, version=own.extractor_version),
            *_table(("texts", "kind", "marked", "told", *LEVELS, "by text", "calibration error"), _claim_rows(named)),
            FIELDS,
            *_table(("kind", "field", "all texts", "left out"), _slot_rows(reports)),
            DOCUMENTS,
            *_table(("texts", *METADATA), _metadata_rows(named)),
            *_layers(public),
        ]
    )


def _layers(public: Path) -> Iterator[str]:
    measured = list(_layer_rows(public))
    if measured:
        yield LAYERS
        yield from _table(("set", "labelled", "measure", "value"), measured)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |\n{'|---' * len(headings)}|\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"


def _named(reports: Iterable[tuple[str, str, Report]]) -> Iterator[tuple[str, Report]]:
    """Folders with their figures, by what was done with their texts."""
    for folder, selection, report in reports:
        name = {ALL: folder, LEARNT: f"{folder}, learnt from", LEFT_OUT: f"{folder}, left out"}[selection]
        yield f"{name} ({report.texts})", report


def _claim_rows(named: Iterable[tuple[str, Report]]) -> Iterator[tuple[str, ...]]:
    for name, report in named:
        for kind, figures in report.kinds.items():
            shares = (*(share.f1 for share in figures.shares.values()), figures.by_text["right"], figures.calibration_error)
            yield (name, kind, str(figures.marked), str(figures.told), *(f"{share:.3f}" for share in shares))


def _slot_rows(reports: Sequence[tuple[str, str, Report]]) -> Iterator[tuple[str, ...]]:
    of_all: Mapping[str, Report] = {selection: report for folder, selection, report in reports if folder == ALL_FOLDERS}
    for kind, figures in of_all[ALL].kinds.items():
        for slot, share in figures.slots.items():
            fresh = of_all[LEFT_OUT].kinds[kind].slots[slot] if LEFT_OUT in of_all else math.nan
            yield (kind, slot, f"{share:.2f}", "" if math.isnan(fresh) else f"{fresh:.2f}")


def _metadata_rows(named: Iterable[tuple[str, Report]]) -> Iterator[tuple[str, ...]]:
    for name, report in named:
        yield (name, *(f"{report.metadata[field]:.2f}" for field in METADATA))


def _layer_rows(public: Path) -> Iterator[tuple[str, ...]]:
    for name, told in (("currency", "Recognizers-Text"), ("dimension", "Recognizers-Text"), ("quantities", "quantulum3")):
        path = public / f"{name}.jsonl"
        if path.exists():
            score = quantities.scored(list(quantities.cases(name, path)))
            for measure, value in (("value, F1", score.value), ("value and unit, F1", score.value_and_unit)):
                yield (f"{name} ({told})", str(score.labelled), measure, f"{value:.3f}")
    path = public / "datetime.jsonl"
    if path.exists():
        for kind, of_kind in dates.scores(list(dates.cases(path))).items():
            for measure, value in (("span", of_kind.span), ("span and value", of_kind.right)):
                yield (f"{kind} (Recognizers-Text)", str(of_kind.labelled), measure, f"{value:.3f}")


def floors(evaluation: Evaluation) -> str:
    """Floors under the figures of an evaluation, as TOML."""
    parts = [FLOORS_HEAD]
    for folder, selection, report in evaluation.reports():
        if selection != ALL:
            continue
        for kind, figures in report.kinds.items():
            if folder == ALL_FOLDERS or figures.marked >= FEWEST_CLAIMS:
                levels = {level: shares.f1 for level, shares in figures.shares.items()}
                parts.append(_floor_table(folder, kind, levels))
        parts.append(_floor_table(folder, "metadata", report.metadata))
    return "\n".join(parts)


def _floor_table(folder: str, kind: str, shares: Mapping[str, float]) -> str:
    name = f'"{folder}"' if " " in folder else folder
    lines = (f"{figure} = {max(0.0, math.floor((share - GRACE) * 100) / 100):.2f}\n" for figure, share in shares.items())
    return f"[floor.{name}.{kind}]\n{''.join(lines)}"


if __name__ == "__main__":
    main()
