"""Mistakes are put together by what is wrong."""

from datetime import date
from typing import Any

import pytest

from evaluation.made import METADATA, QUOTE, SIGNED, agreement, event, quantity
from pipeline.evaluation.causes import causes
from pipeline.evaluation.matching import judge
from pipeline.evaluation.shapes import Claim, GoldText, Period, ToldText

YEAR, TO_MAY, FROM_MAY = (
    Period(date(2024, 1, 1), date(2024, 12, 31)),
    Period(date(2024, 1, 1), date(2024, 5, 31)),
    Period(date(2024, 5, 1), date(2024, 12, 31)),
)
TWO = frozenset({"KAZ", "UZB"})


def found(kind: str, marked: list[Claim], told: list[Claim], metadata: Any = METADATA) -> dict[str, int]:
    gold = GoldText("news", "wheat.txt", b"", METADATA, {kind: tuple(marked)}, ())
    of_text = causes([judge(gold, ToldText(metadata, f"{QUOTE} {SIGNED} Elsewhere and otherwise.", {kind: tuple(told)}))])
    return {f"{cause.kind}, {cause.cause}": len(cause.mistakes) for cause in of_text}


@pytest.mark.parametrize(
    ("marked", "told", "cause"),
    [
        ({}, {"indicator": "imports"}, "indicator: exports told as imports"),
        ({}, {"modality": "target"}, "modality: reported told as target"),
        ({}, {"low": -1.2e9}, "sign: not below zero told as below zero"),
        ({}, {"commodity": None}, "commodity: none told"),
        ({"commodity": None}, {"commodity": "wheat"}, "commodity: told where there is none"),
        ({}, {"partner": frozenset()}, "sides: one too few"),
        ({}, {"partner": frozenset({"UZB", "TJK"})}, "sides: one too many"),
        ({}, {"partner": frozenset({"TJK"})}, "sides: others"),
        ({}, {"reporter": frozenset({"UZB"}), "partner": frozenset({"KAZ"})}, "sides: in other roles"),
        ({}, {"reporter": frozenset(), "partner": frozenset()}, "sides: none told"),
        ({"period": YEAR}, {}, "period: none told"),
        ({}, {"period": YEAR}, "period: told where there is none"),
        ({"period": YEAR}, {"period": TO_MAY}, "period: another end"),
        ({"period": YEAR}, {"period": FROM_MAY}, "period: another start"),
        ({"period": TO_MAY}, {"period": FROM_MAY}, "period: another time"),
        ({"attributed_to": "the minister"}, {"attributed_to": "Ivanov"}, "attributed_to: another"),
    ],
)
def test_a_wrong_slot_has_a_cause(marked: dict[str, Any], told: dict[str, Any], cause: str) -> None:
    assert found("quantities", [quantity(**marked)], [quantity(**told)]) == {f"quantities, {cause}": 1}


def test_another_family_has_other_sides() -> None:
    told = quantity(family="freight", indicator="cargo")
    assert "quantities, sides: of another family or indicator" in found("quantities", [quantity()], [told])


def test_slots_of_agreements_and_events_have_causes_too() -> None:
    told = agreement(parties=frozenset({"KAZ"}), organisations=("KTZ",), name="Transit Pact", status="agreed")
    assert found("agreements", [agreement()], [told]) == {
        "agreements, name: told where there is none": 1,
        "agreements, organisations: told where there is none": 1,
        "agreements, parties: one too few": 1,
        "agreements, status: signed told as agreed": 1,
    }
    assert found("events", [event()], [event(origin=TWO)]) == {"events, sides: one too many": 1}


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ([], "missed: nothing told there"),
        ([quantity(unit="EUR")], "missed: told with another unit"),
        ([quantity(low=1.3e9)], "missed: told with another value"),
        ([quantity(passages=("Elsewhere and otherwise.",))], "missed: told once for two, or elsewhere"),
        ([quantity(low=7, high=7, value_text="$7")], "missed: its passage tells other numbers only"),
    ],
)
def test_a_missed_quantity_has_a_cause(told: list[Claim], cause: str) -> None:
    assert found("quantities", [quantity()], told)[f"quantities, {cause}"] == 1


def test_a_missed_agreement_has_a_cause() -> None:
    assert found("agreements", [agreement()], []) == {"agreements, missed: nothing told there": 1}
    other = agreement(parties=frozenset({"CHN"}))
    assert "agreements, missed: told with other parties, or as another claim" in found("agreements", [agreement()], [other])


@pytest.mark.parametrize(
    ("marked", "cause"),
    [
        ([], "extra: nothing is marked there"),
        ([quantity(unit="EUR")], "extra: marked with another value or unit"),
        ([quantity(low=7, high=7, value_text="$7")], "extra: its passage has other claims"),
    ],
)
def test_an_extra_quantity_has_a_cause(marked: list[Claim], cause: str) -> None:
    assert found("quantities", marked, [quantity()])[f"quantities, {cause}"] == 1


def test_documents_have_causes_of_their_own() -> None:
    told = found("quantities", [], [quantity(passages=("Not there.",))], {**METADATA, "title": "Rye", "author": "I"})
    assert told == {
        "metadata, author: told where there is none": 1,
        "metadata, evidence that the text does not hold": 1,
        "metadata, title: another": 1,
        "quantities, extra: nothing is marked there": 1,
    }
    broken = judge(GoldText("news", "a.txt", b"", METADATA, {}, ()), ToldText({}, "", {}, "empty: no content"))
    assert causes([broken])[-1].cause == "title: none told"
    assert "text could not be read or extracted" in [cause.cause for cause in causes([broken])]


def test_the_most_frequent_comes_first_and_tells_what_was_expected() -> None:
    marked = [quantity(low=n, high=n, value_text=f"${n}") for n in (3, 5, 7)]
    told = [quantity(low=n, high=n, value_text=f"${n}", partner=frozenset()) for n in (3, 5)]
    gold = GoldText("news", "wheat.txt", b"", METADATA, {"quantities": tuple(marked)}, ())
    first, second = causes([judge(gold, ToldText(METADATA, QUOTE, {"quantities": tuple(told)}))])
    assert (len(first.mistakes), first.cause) == (2, "sides: one too few")
    assert first.mistakes[0] == ("news", "wheat.txt", "$3, exports", "KAZ > UZB", "KAZ > -", QUOTE)
    assert second.mistakes[0] == ("news", "wheat.txt", "$7", "exports", "-", QUOTE)
