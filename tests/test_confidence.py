"""Confidence follows from the signs of a claim; benchmarks/confidence.py fits their weights and measures how far off it is."""

import pytest

from benchmarks.confidence import Case, calibration_error, confidence, fitted, left_out
from pipeline.claims.confidence import confidence_of
from pipeline.contract.reference import read_toml


def case(text: str, sign: str, told: float, right: bool) -> Case:
    return Case(text, frozenset({sign}), told, right)


CLEAR = [case(f"{n}.txt", "plain", 0.9, True) for n in range(20)] + [case(f"{n}.txt", "murky", 0.9, False) for n in range(20)]


def test_a_sign_of_right_claims_gets_a_higher_weight_than_one_of_wrong_claims() -> None:
    weights = fitted(CLEAR)
    assert weights["plain"] > 0 > weights["murky"]
    assert confidence(CLEAR[0], weights) > 0.7
    assert confidence(CLEAR[-1], weights) < 0.3


def test_what_other_texts_tell_carries_over_to_a_text_left_out() -> None:
    told = left_out(CLEAR, CLEAR)
    assert min(told[:20]) > 0.7
    assert max(told[20:]) < 0.3


@pytest.mark.parametrize(("told", "error"), [(0.5, 0.0), (0.9, 0.4), (0.1, 0.4)])
def test_calibration_error_is_the_distance_between_confidence_and_the_share_of_right_claims(told: float, error: float) -> None:
    cases = [case("a.txt", "plain", told, right) for right in (True, False)]
    assert calibration_error([told, told], cases) == pytest.approx(error)


def test_without_claims_there_is_no_error() -> None:
    assert calibration_error([], []) == 0


def test_a_known_sign_that_no_claim_shows_weighs_nothing() -> None:
    assert fitted(CLEAR, {"unseen"})["unseen"] == 0


@pytest.mark.parametrize("kind", ["number", "event", "agreement"])
def test_more_signs_that_speak_for_a_claim_make_it_surer(kind: str) -> None:
    weights = read_toml("confidence.toml")[kind]
    best = max(weights.keys() - {"every"}, key=lambda sign: weights[sign])
    assert 0 < confidence_of(kind, []) <= confidence_of(kind, [best]) < 1  # type: ignore[arg-type]


def test_a_sign_without_a_weight_is_refused() -> None:
    with pytest.raises(KeyError, match="moonshine"):
        confidence_of("number", ["moonshine"])
