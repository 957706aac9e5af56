"""How sure a claim is: the share of claims with the same signs that are right in texts never seen.

How the signs of a claim add up belongs here; which signs a claim shows, to the modules that make claims. The weights are data
in `seeds/reference/confidence.toml`, which `benchmarks/confidence.py` fits and measures.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from pipeline.contract.reference import read_toml

Kind = Literal["number", "event", "agreement"]
EVERY = "every"


def confidence_of(kind: Kind, signs: Iterable[str]) -> float:
    """How probable it is that a claim with these signs is right in all its core slots, 0 to 1.

    Raises `KeyError` for a sign without a weight: a new sign must be fitted before claims are published with it.
    """
    weights = _weights()[kind]
    return round(likelihood(weights[EVERY] + sum(weights[sign] for sign in signs)), 2)


def likelihood(logarithm: float) -> float:
    """The probability of the logarithm of its odds."""
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, logarithm))))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return {
        kind: {sign: float(weight) for sign, weight in weights.items()}
        for kind, weights in read_toml("confidence.toml").items()
    }
