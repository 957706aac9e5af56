"""How well the confidence of claims with a number tells their share of right ones, and the weights that would tell it best.

    python benchmarks/confidence.py [FOLDER ...]

Prints the calibration of the confidence that is told; then the same with weights fitted to all other texts, one text left out
at a time, which is what a new text may expect; then the weights fitted to all, as `seeds/reference/confidence.toml` has them.
Both calibrations are of the texts from which no rule was learnt. The others tell which signs matter, but their claims are more
often right than a new text's will be: the sign `learnt` takes that up in the fit, and is left out of the weights. A told claim
that is not marked in the text counts as wrong. The expected calibration error is the mean distance between confidence and share
of right claims over tenths of confidence, each weighted by its claims.
"""

import argparse
import math
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy import HELD_OUT, TEXTS, Claim, annotated, judged
from pipeline.claims.confidence import signs_of
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.sources.raw import RawText

STEPS = 600
LEARNT = "learnt"
FREE = frozenset({"every", LEARNT})
PENALTY = 5.0  # on the square of a weight: with few texts, a sign must show often before it weighs much

Weights = dict[str, float]


class Case(NamedTuple):
    """A told claim: its text, what it shows, how sure it was said to be, and whether it is right."""

    text: str
    signs: frozenset[str]
    told: float
    right: bool


def main() -> None:
    """Prints calibrations and weights."""
    options = argparse.ArgumentParser(description="How well the confidence of claims with a number tells which are right.")
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[TEXTS / "independent"])
    cases = [case for folder in options.parse_args().folders for case in cases_of(folder)]
    fresh = [case for case in cases if LEARNT not in case.signs]
    if not fresh:
        raise SystemExit("rules were learnt from all of these texts: they tell nothing of a new text's calibration")
    right = sum(case.right for case in fresh)
    print(f"{len(fresh)} claims of {len({case.text for case in fresh})} texts, {right} right")
    print(f"calibration error as told          {calibration_error([case.told for case in fresh], fresh):.3f}")
    print(f"  with weights of all other texts  {calibration_error(left_out(fresh, cases), fresh):.3f}")
    for sign, weight in fitted(cases).items():
        if sign != LEARNT:
            print(f"{sign} = {weight:.2f}")


def cases_of(folder: Path) -> list[Case]:
    """The claims with a number that are told from a folder's texts, those left out that the annotation calls debatable."""
    return [case for path, gold in annotated(folder) for case in _cases(path, gold)]


def _cases(path: Path, gold: Claim) -> list[Case]:
    document = read_document(RawText("confidence", path.name, path.name, path.read_bytes()))
    if not isinstance(document, Document):
        raise SystemExit(f"{path.name} cannot be read")
    claims = quantity_claims(read_script(document))
    rows = [{field: getattr(claim, field) for field in claim.__slots__} for claim in claims]
    learnt = () if path.name in HELD_OUT else (LEARNT,)
    signs = {id(row): frozenset((*signs_of(claim), *learnt)) for row, claim in zip(rows, claims, strict=True)}
    return [
        Case(path.name, signs[id(row)], row["confidence"], bool(right))
        for row, right in judged("quantities", gold, [row for row in rows if row["measure"] != "event"])
    ]


def fitted(cases: Sequence[Case]) -> Weights:
    """The weights of a logistic regression with a penalty on their squares, `every` for the constant; by gradient descent."""
    weights = dict.fromkeys(["every", *sorted({sign for case in cases for sign in case.signs})], 0.0)
    rate = 4 / (len(cases) + PENALTY)
    for _ in range(STEPS):
        slopes = {sign: PENALTY * weight * (sign not in FREE) for sign, weight in weights.items()}
        for case in cases:
            error = confidence(case, weights) - case.right
            for sign in ("every", *case.signs):
                slopes[sign] += error
        weights = {sign: weight - rate * slopes[sign] / 4 for sign, weight in weights.items()}
    return weights


def confidence(case: Case, weights: Weights) -> float:
    """How sure weights are that a claim is right, 0 to 1."""
    return 1 / (1 + math.exp(-sum(weights.get(sign, 0.0) for sign in ("every", *case.signs))))


def left_out(asked: Sequence[Case], cases: Sequence[Case]) -> list[float]:
    """The confidence of each claim asked for, from weights fitted to the cases of all other texts."""
    of_text = {text: fitted([case for case in cases if case.text != text]) for text in {case.text for case in asked}}
    return [confidence(case, of_text[case.text]) for case in asked]


def calibration_error(told: Sequence[float], cases: Sequence[Case]) -> float:
    """The expected calibration error over tenths of confidence, 0 to 1."""
    pairs = sorted((min(int(sure * 10), 9), sure, case.right) for sure, case in zip(told, cases, strict=True))
    tenths = [list(group) for _, group in groupby(pairs, key=lambda pair: pair[0])]
    return sum(abs(sum(sure - right for _, sure, right in tenth)) for tenth in tenths) / len(pairs) if pairs else 0.0


if __name__ == "__main__":
    main()
