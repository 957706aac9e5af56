"""How sure a claim is: the share of claims like it that were right on annotated texts.

What a claim shows of itself and how the signs add up belong here; the weights are data in `seeds/reference/confidence.toml`,
which `benchmarks/confidence.py` fits and measures.
"""

import math
from collections.abc import Iterator
from functools import cache

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.context.cues import find_cues, topics
from pipeline.contract.reference import read_toml
from pipeline.language.phrases import fold

_LONG = 220
_CROWDED = 5
_PROJECTS = frozenset({"investment", "financing", "deal_value", "tariff"})


def confidence_of(claim: QuantityClaim) -> float:
    """How probable it is that a claim with a number is right in all its core slots, 0 to 1."""
    weights = _weights()
    total = weights["every"] + sum(weights.get(sign, 0.0) for sign in signs_of(claim))
    return round(1 / (1 + math.exp(-total)), 2)


def signs_of(claim: QuantityClaim) -> Iterator[str]:
    """What a claim shows that makes it surer or less sure, by name."""
    yield _topic_sign(claim)
    yield f"measure_{claim.measure}"
    yield "project" if claim.indicator in _PROJECTS else claim.family
    if not (claim.reporter or claim.partner or claim.origin or claim.destination or claim.corridor):
        yield "no_side"
    if claim.reporter and (claim.partner or claim.destination):
        yield "two_sides"
    if claim.period_start is None and claim.period_end is None:
        yield "no_period"
    if claim.modality != "reported":
        yield "not_reported"
    if len(claim.evidence) > _LONG:
        yield "long"
    if sum(word[:1].isdigit() for word in claim.evidence.replace("$", " ").replace("€", " ").split()) >= _CROWDED:
        yield "crowded"


def _topic_sign(claim: QuantityClaim) -> str:
    """Whether the evidence names the indicator in so many words, hints at it, or leaves it to the text."""
    cues = [cue for cue in find_cues(fold(claim.evidence)) if cue.kind == "topic"]
    own = [cue for cue in cues if topics()[cue.value].indicator == claim.indicator]
    if any(cue.strong for cue in own):
        return "topic_named"
    return "topic_hinted" if own else "topic_carried"


@cache
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, weight in read_toml("confidence.toml")["weight"].items()}
