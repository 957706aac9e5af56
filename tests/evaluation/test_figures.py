"""What judged texts amount to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.made import METADATA, QUOTE, agreement, event, quantity
from pipeline.evaluation.evaluation import ALL_FOLDERS, Evaluation
from pipeline.evaluation.figures import Bin, calibration, calibration_error, kind_figures, report, told_and_right
from pipeline.evaluation.kinds import KINDS
from pipeline.evaluation.matching import JudgedText, judge, match
from pipeline.evaluation.shapes import Claim, GoldText, ToldText

QUANTITIES = KINDS["quantities"]
OTHER = "Another sentence, about barley for 3 million dollars."


def judged(marked: list[Claim], told: list[Claim], name: str = "a.txt", left_out: bool | None = None) -> JudgedText:
    text = GoldText("news", name, b"", METADATA, {"quantities": tuple(marked)}, (), left_out)
    return judge(text, ToldText({**METADATA, "author": "Somebody"}, f"{QUOTE} {OTHER}", {"quantities": tuple(told)}))


def test_precision_recall_and_their_harmonic_mean() -> None:
    marked = [quantity(), quantity(passages=(OTHER,)), quantity(low=7, high=7), quantity(low=8, high=8)]
    told = [quantity(), quantity(passages=(OTHER,), partner=frozenset()), quantity(low=9, high=9)]
    figures = kind_figures(QUANTITIES, [match(QUANTITIES, marked, told)])
    assert (figures.marked, figures.told, figures.found) == (4, 3, 2)
    assert figures.shares["found"] == pytest.approx((2 / 3, 1 / 2, 4 / 7))
    assert figures.shares["right"] == pytest.approx((1 / 3, 1 / 4, 2 / 7))
    assert figures.slots["sides"] == 1 / 2
    assert figures.slots["period"] == 1


def test_full_asks_for_the_other_codes_too() -> None:
    figures = kind_figures(QUANTITIES, [match(QUANTITIES, [quantity()], [quantity(mode="rail")])])
    assert (figures.shares["right"].f1, figures.shares["full"].f1) == (1, 0)


def test_nothing_marked_and_nothing_told_is_nought_and_no_fault() -> None:
    figures = kind_figures(QUANTITIES, [])
    assert figures.shares["found"] == (0, 0, 0)
    assert figures.by_text == {"found": 0, "right": 0, "full": 0}
    assert (figures.bins, figures.calibration_error) == ((), 0)
    assert report([]).metadata["title"] == 0


def test_the_mean_of_texts_counts_each_text_once_and_empty_ones_not() -> None:
    dense = match(QUANTITIES, [quantity(low=n, high=n) for n in range(1, 5)], [quantity(low=n, high=n) for n in range(1, 5)])
    poor = match(QUANTITIES, [quantity()], [])
    assert kind_figures(QUANTITIES, [dense, poor, match(QUANTITIES, [], [])]).by_text["found"] == 0.5


def test_indicators_count_what_is_marked_with_them_and_what_is_told_with_them() -> None:
    marked = [quantity(), quantity(low=7, high=7, indicator="imports")]
    told = [quantity(indicator="imports"), quantity(low=9, high=9)]
    figures = kind_figures(QUANTITIES, [match(QUANTITIES, marked, told)]).indicators
    exports, imports = figures["exports"], figures["imports"]
    assert (exports.marked, exports.told, imports.marked, imports.told) == (1, 1, 1, 1)
    assert exports.shares["found"] == (0, 1, 0)
    assert imports.shares["found"] == (1, 0, 0)
    assert kind_figures(KINDS["agreements"], [match(KINDS["agreements"], [agreement()], [])]).indicators["signed"].marked == 1
    assert kind_figures(KINDS["events"], [match(KINDS["events"], [event()], [])]).indicators["transit_permission"].marked == 1


def test_confidence_is_set_against_the_share_of_right_claims_and_extra_ones_are_wrong() -> None:
    told = [quantity(confidence=0.82), quantity(low=9, high=9, confidence=0.88), quantity(confidence=0.1)]
    judgement = match(QUANTITIES, [quantity()], told)
    assert told_and_right(QUANTITIES, [judgement]) == [(0.82, True), (0.88, False)]  # the third repeats the first
    (one,) = calibration(told_and_right(QUANTITIES, [judgement]))
    assert one == pytest.approx(Bin(0.8, 0.9, 2, 0.85, 0.5))
    assert calibration_error([one]) == pytest.approx(0.35)


def test_bins_are_tenths_and_the_last_one_is_closed() -> None:
    assert [(one.low, one.claims) for one in calibration([(1.0, True), (0.9, True), (0.3, False), (0.0, False)])] == [
        (0.0, 1),
        (0.3, 1),
        (0.9, 2),
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_calibration_loses_no_claim_and_its_error_is_a_share(cases: list[tuple[float, bool]]) -> None:
    bins = calibration(cases)
    assert sum(one.claims for one in bins) == len(cases)
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in bins)  # tenths are no binary fractions
    assert 0 <= calibration_error(bins) <= 1


def test_a_report_tells_of_metadata_of_lost_ground_and_of_texts_that_failed() -> None:
    fine = judged([quantity()], [quantity()])
    groundless = judged([], [quantity(passages=("Not there.",))], "b.txt")
    broken = judge(GoldText("news", "c.txt", b"", METADATA, {"quantities": (quantity(),)}, ()), ToldText({}, "", {}, "empty"))
    found = report([fine, groundless, broken])
    assert (found.texts, found.missing, found.ungrounded) == (3, ("c.txt",), 1)
    assert found.metadata == pytest.approx(
        {"title": 2 / 3, "author": 1 / 3, "publisher": 1, "published_on": 2 / 3, "language": 2 / 3}
    )
    assert found.kinds["quantities"].shares["found"] == (0.5, 0.5, 0.5)


def test_folders_and_what_was_left_out_are_told_apart() -> None:
    learnt, fresh = judged([quantity()], [quantity()], left_out=False), judged([quantity()], [], "b.txt", left_out=True)
    found = {(folder, texts): one.texts for folder, texts, one in Evaluation((learnt, fresh), "1").reports()}
    assert found == {
        (folder, texts): n for folder in (ALL_FOLDERS, "news") for texts, n in (("all", 2), ("learnt", 1), ("left_out", 1))
    }
    assert len(list(Evaluation((learnt, fresh), "1").told_apart())) == 6
    for one, texts in ((learnt, "learnt"), (fresh, "left_out")):
        assert [selection for _, selection, _ in Evaluation((one,), "1").told_apart()] == [texts, texts]
    unknown = Evaluation((judged([], []),), "1")
    assert [texts for _, texts, _ in unknown.told_apart()] == ["all", "all"]
    assert [texts for _, texts, _ in unknown.reports()] == ["all", "all"]


def test_the_mistakes_of_a_text_left_out_are_counted_and_not_listed() -> None:
    wrong = [quantity(indicator="imports")]
    texts = [judged([quantity()], wrong, f"{left_out}.txt", left_out) for left_out in (False, True)]
    evaluation = Evaluation(tuple(texts), "1")
    assert {mistake.text for cause in evaluation.causes for mistake in cause.mistakes} == {"False.txt"}
    assert evaluation.kept_back == 1
