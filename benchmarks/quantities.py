"""How `find_quantities` fares on public sets of labelled quantities that lie outside the repository.

    python benchmarks/quantities.py FOLDER [-v]

FOLDER holds `currency.jsonl` and `dimension.jsonl` (Recognizers-Text) and `quantities.jsonl` (quantulum3); `-v` prints what is
missed, wrong or too much. A labelled quantity is found by value if a mark upon its words has its value, and by value and unit
if the mark's unit is the label's too; a rate counts as the unit that it begins with where the label leaves the rate out.
Precision is over the marks of the labelled kind, recall over the labels. How labels call units is data in `quantities.toml`.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.language.marks import QuantityMark
from pipeline.language.quantities import find_quantities

SETS = ("currency", "dimension", "quantities")
UNITS = Path(__file__).with_suffix(".toml")
NO_UNIT = "dimensionless"
_PLAIN = frozenset({"bare", "count", "multiple", "fraction"})
_NEAR = 1e-4


class Label(NamedTuple):
    """A labelled quantity: its words, where they stand (the end exclusive), its ends in the label's unit, None if not told."""

    text: str
    spans: tuple[tuple[int, int], ...]
    low: float | None
    high: float | None
    unit: str | None


class Score(NamedTuple):
    """Labels, marks of the labelled kind, and F1 by value and by value and unit."""

    labelled: int
    marked: int
    value: float
    value_and_unit: float


class Case(NamedTuple):
    """A text with its labels, the marks of the labelled kind, and which mark was taken for which label by either measure."""

    text: str
    labels: tuple[Label, ...]
    marks: tuple[QuantityMark, ...]
    by_value: Mapping[int, int]
    by_unit: Mapping[int, int]


def main() -> None:
    """Prints a line for each set."""
    options = argparse.ArgumentParser(description="How find_quantities fares on labelled quantities.")
    options.add_argument("folder", type=Path)
    options.add_argument("-v", "--verbose", action="store_true", help="print what is missed, wrong or too much")
    asked = options.parse_args()
    for name in SETS:
        path = asked.folder / f"{name}.jsonl"
        if not path.exists():
            raise SystemExit(f"{path} is not here: nothing measured")
        found = list(cases(name, path))
        for line in _mistakes(found) if asked.verbose else ():
            print(f"{name} | {line}")
        score = scored(found)
        print(f"{name}: {score.labelled} labelled, value {score.value:.3f}, value and unit {score.value_and_unit:.3f}")


Finder = Callable[[str], Sequence[QuantityMark]]


def cases(name: str, path: Path, find: Finder | None = None) -> Iterator[Case]:
    """The texts of a set, judged; `find` gives the marks of a labelled kind in place of those of this project."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = tuple(_LABELS[name](row))
        text = row["text"]
        marks = tuple(find(text) if find else (mark for mark in find_quantities(text) if _is_counted(name, mark)))
        by_value = _paired(labels, marks, lambda label, mark: _same_value(name, label, mark))
        by_unit = _paired(labels, marks, lambda label, mark: _same_value(name, label, mark) and _same_unit(name, label, mark))
        yield Case(row["text"], labels, marks, by_value, by_unit)


def scored(found: Sequence[Case]) -> Score:
    """The score of a set."""
    labelled = sum(len(case.labels) for case in found)
    marked = sum(len(case.marks) for case in found)
    hits = [sum(len(pairs) for pairs in of_cases) for of_cases in ((c.by_value for c in found), (c.by_unit for c in found))]
    return Score(labelled, marked, *(2 * hit / (labelled + marked) if labelled + marked else 0.0 for hit in hits))


def _mistakes(found: Sequence[Case]) -> Iterator[str]:
    for case in found:
        for number, label in enumerate(case.labels):
            if number not in case.by_unit:
                what = "unit" if number in case.by_value else "value"
                yield f"{what} | {label.text} | {label.low} {label.unit} | {case.text[:110]}"
        for number, mark in enumerate(case.marks):
            if number not in case.by_value.values():
                yield f"not labelled | {mark.text} | {mark.value_low} {mark.unit} | {case.text[:110]}"


def _paired(
    labels: Sequence[Label], marks: Sequence[QuantityMark], same: Callable[[Label, QuantityMark], bool]
) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for number, label in enumerate(labels):
        for place, mark in enumerate(marks):
            if place not in pairs.values() and _upon(label, mark) and same(label, mark):
                pairs[number] = place
                break
    return pairs


def _upon(label: Label, mark: QuantityMark) -> bool:
    return any(mark.start < end and start < mark.end for start, end in label.spans)


def _same_value(name: str, label: Label, mark: QuantityMark) -> bool:
    if label.low is None or label.high is None:
        return False
    _, factor = _unit(name, label.unit)
    factor = 100.0 if mark.kind == "fraction" and label.unit == NO_UNIT else factor
    whole = mark.unit is not None and factor != 1.0  # a mark may also tell the value in the label's own unit
    return any(
        _near(label.low * scale, mark.value_low) and _near(label.high * scale, mark.value_high)
        for scale in ((factor, 1.0) if whole else (factor,))
    )


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(abs(one), abs(other), 1e-12)


def _same_unit(name: str, label: Label, mark: QuantityMark) -> bool:
    if label.unit == NO_UNIT:
        return mark.kind in _PLAIN
    unit, _ = _unit(name, label.unit)
    return mark.unit is not None and (mark.unit == unit or mark.unit.startswith(f"{unit}/"))


def _unit(name: str, label: str | None) -> tuple[str | None, float]:
    """Our name for a label's unit, None if we have none, and the factor to it."""
    found = _units()["unit"][name].get(label)
    if isinstance(found, dict):
        return found["unit"], float(found["factor"])
    return found, 1.0


def _is_counted(name: str, mark: QuantityMark) -> bool:
    counted = _units()["counted"]
    return name not in counted or (mark.kind in counted[name] and mark.unit not in counted.get(f"not_{name}", ()))


@cache
def _units() -> dict[str, Any]:
    return tomllib.loads(UNITS.read_text(encoding="utf-8"))


def _recognizers_labels(row: Mapping[str, Any]) -> Iterator[Label]:
    for label in row["results"]:
        value = label["resolution"].get("value")
        number = None if value is None else float(value)
        yield Label(label["text"], ((label["start"], label["end"] + 1),), number, number, label["resolution"].get("unit"))


def _quantulum_labels(row: Mapping[str, Any]) -> Iterator[Label]:
    """Labels give words without their place; they may stand wherever the words do."""
    for label in row["quantities"]:
        spread = label.get("uncertainty") or 0.0
        words, spans, start = label["surface"], [], row["text"].find(label["surface"])
        while start >= 0:
            spans.append((start, start + len(words)))
            start = row["text"].find(words, start + 1)
        yield Label(words, tuple(spans), label["value"] - spread, label["value"] + spread, label["unit"])


_LABELS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Label]]] = {
    "currency": _recognizers_labels,
    "dimension": _recognizers_labels,
    "quantities": _quantulum_labels,
}


if __name__ == "__main__":
    main()
