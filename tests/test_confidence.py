"""benchmarks/confidence.py fits weights that tell right claims from wrong ones, and measures how far off confidence is."""

import pytest

from benchmarks.confidence import Case, calibration_error, confidence, fitted, left_out


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
