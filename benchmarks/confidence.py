"""How well the confidence of claims tells their share of right ones, and the weights that would tell it best.

    python benchmarks/confidence.py [FOLDER ...] [--write]

For each kind of claim, prints the calibration of the confidence that is told; then the same with weights fitted to all other
texts, one text left out at a time, which is what a new text may expect; then the weights fitted to all, which `--write` puts
into `seeds/reference/confidence.toml`. Both calibrations are of the texts from which no rule was learnt. The others tell
which signs matter, but their claims are more often right than a new text's will be: the sign `learnt` takes that up in the fit,
and is left out of the weights. A told claim that is not marked in the text counts as wrong. The expected calibration error is
the mean distance between confidence and share of right claims over tenths of confidence, each weighted by its claims.
"""

import argparse
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from pipeline.claims.confidence import EVERY, likelihood
from pipeline.claims.extraction import extract_claims
from pipeline.contract.reference import read_toml, reference_path
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document
from pipeline.evaluation.figures import calibration
from pipeline.evaluation.figures import calibration_error as error_of_bins
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.kinds import KINDS as COMPARED
from pipeline.evaluation.matching import match
from pipeline.evaluation.shapes import Claim, GoldText
from pipeline.evaluation.told import told_claim
from pipeline.sources.raw import RawText

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "gold"
WEIGHTS = reference_path("confidence.toml")
STEPS = 600
LEARNT = "learnt"
FREE = frozenset({EVERY, LEARNT})
PENALTY = 5.0  # on the square of a weight: with few texts, a sign must show often before it weighs much
KINDS = {"number": "quantities", "event": "events", "agreement": "agreements"}
HEAD = """# How much each sign of a claim adds to the logarithm of the odds that the claim is right in all its core slots.
# Source: benchmarks/confidence.py, a regularised logistic regression on the claims of annotated texts; how often claims are
# right at all is from the texts from which no rule was learnt (tests/gold/left_out.toml). As these take part in the fit, the
# error that a new text may expect is the one with weights of all other texts.
"""

Weights = dict[str, float]


class Case(NamedTuple):
    """A told claim: its text, what it shows, how sure it was said to be, and whether it is right."""

    text: str
    signs: frozenset[str]
    told: float
    right: bool


def main() -> None:
    """Prints calibrations and weights, and lays the weights down if told to."""
    options = argparse.ArgumentParser(description="How well the confidence of claims tells which are right.")
    options.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", default=sorted(path for path in TEXTS.iterdir() if path.is_dir())
    )
    options.add_argument("--write", action="store_true", help="lay the fitted weights down in seeds/reference/confidence.toml")
    asked = options.parse_args()
    parts = [HEAD]
    for kind, cases in cases_of(asked.folders).items():
        parts.append(_part(kind, cases))
        print(parts[-1])
    if asked.write:
        WEIGHTS.write_text("\n".join(parts), encoding="utf-8")


def _part(kind: str, cases: Sequence[Case]) -> str:
    """The weights of a kind as TOML, under its figures."""
    fresh = [case for case in cases if LEARNT not in case.signs]
    if not fresh:
        raise SystemExit(f"no {kind} is told of a text from which no rule was learnt: nothing shows what a new text may expect")
    told, fair = calibration_error([case.told for case in fresh], fresh), calibration_error(left_out(fresh, cases), fresh)
    lines = [
        f"# {len(cases)} claims; {len(fresh)} of {len({case.text for case in fresh})} texts from which no rule was learnt,"
        f" {sum(case.right for case in fresh)} of these right.",
        f"# Calibration error on them: {told:.3f} as told, {fair:.3f} with weights of all other texts.",
        f"[{kind}]",
        *(f"{sign} = {weight:.2f}" for sign, weight in fitted(cases, read_toml(WEIGHTS.name)[kind]).items() if sign != LEARNT),
    ]
    return "\n".join(lines) + "\n"


def cases_of(folders: Sequence[Path]) -> Mapping[str, list[Case]]:
    """Kind -> the claims told from the texts of folders, those left out that the annotation calls debatable."""
    cases: dict[str, list[Case]] = {kind: [] for kind in KINDS}
    for text in read_gold(folders):
        told = list(_told(text))
        for kind, name in KINDS.items():
            cases[kind] += _judged(text, name, [(claim, signs) for its_name, claim, signs in told if its_name == name])
    return cases


def _judged(text: GoldText, name: str, told: Sequence[tuple[Claim, frozenset[str]]]) -> Iterator[Case]:
    signs_of = {id(claim): signs for claim, signs in told}
    kind = COMPARED[name]
    judgement = match(kind, text.claims[name], [claim for claim, _ in told], text.debatable)
    verdicts = [(pair.told, kind.is_right(pair.agreeing)) for pair in judgement.pairs]
    for claim, right in [*verdicts, *((claim, False) for claim in judgement.extra)]:
        signs = signs_of[id(claim)] | (frozenset() if text.left_out else {LEARNT})
        yield Case(text.name, signs, claim.confidence, right)


def _told(text: GoldText) -> Iterator[tuple[str, Claim, frozenset[str]]]:
    """Kind, claim and signs of all that is told of a text."""
    document = read_document(RawText("confidence", text.name, text.name, text.content))
    if not isinstance(document, Document):
        raise SystemExit(f"{text.name} cannot be read")
    found = extract_claims(document)
    numbers_and_events = [(claim.family, asdict(claim)) for claim in found.quantities]
    for family, row in (*numbers_and_events, *(("agreement", asdict(claim)) for claim in found.agreements)):
        yield (*told_claim(family, row), frozenset(row["signs"]))


def fitted(cases: Sequence[Case], known: Collection[str] = ()) -> Weights:
    """The weights of a logistic regression with a penalty on their squares, `every` for the constant; by gradient descent.

    A sign that is `known` and shown by no case gets no weight either way.
    """
    weights = dict.fromkeys([EVERY, *sorted({*known, *(sign for case in cases for sign in case.signs)} - {EVERY})], 0.0)
    rate = 4 / (len(cases) + PENALTY)
    for _ in range(STEPS):
        slopes = {sign: PENALTY * weight * (sign not in FREE) for sign, weight in weights.items()}
        for case in cases:
            error = confidence(case, weights) - case.right
            for sign in (EVERY, *case.signs):
                slopes[sign] += error
        weights = {sign: weight - rate * slopes[sign] / 4 for sign, weight in weights.items()}
    return weights


def confidence(case: Case, weights: Weights) -> float:
    """How sure weights are that a claim is right, 0 to 1."""
    return likelihood(sum(weights.get(sign, 0.0) for sign in (EVERY, *case.signs)))


def left_out(asked: Sequence[Case], cases: Sequence[Case]) -> list[float]:
    """The confidence of each claim asked for, from weights fitted to the cases of all other texts."""
    of_text = {text: fitted([case for case in cases if case.text != text]) for text in {case.text for case in asked}}
    return [confidence(case, of_text[case.text]) for case in asked]


def calibration_error(told: Sequence[float], cases: Sequence[Case]) -> float:
    """The expected calibration error over tenths of confidence, 0 to 1."""
    return error_of_bins(calibration((sure, case.right) for sure, case in zip(told, cases, strict=True)))


if __name__ == "__main__":
    main()
