"""Which told claim is which marked one, and when two agree."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.made import METADATA, QUOTE, SIGNED, TEXT, agreement, event, quantity
from pipeline.evaluation.kinds import KINDS
from pipeline.evaluation.likeness import like_names, like_values, shared_words
from pipeline.evaluation.matching import judge, match
from pipeline.evaluation.shapes import GoldText, Period, ToldText

QUANTITIES, AGREEMENTS, EVENTS = (KINDS[name] for name in ("quantities", "agreements", "events"))
OTHER = "Quite another sentence of the same text, on barley."
JANUARY, MID_JANUARY, MAY = (Period(date(2024, month, day), None) for month, day in ((1, 1), (1, 20), (5, 1)))


def test_equal_claims_agree_in_every_slot() -> None:
    for kind, claim in ((QUANTITIES, quantity()), (AGREEMENTS, agreement()), (EVENTS, event())):
        assert kind.same(claim, claim)
        agreeing = kind.agreeing(claim, claim)
        assert tuple(agreeing) == kind.slots
        assert kind.is_full(agreeing)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"family": "freight", "indicator": "cargo"}, {"family", "indicator", "sides"}),
        ({"indicator": "imports"}, {"indicator"}),
        ({"measure": "change"}, {"measure"}),
        ({"low": -1.2e9}, {"sign"}),
        ({"partner": frozenset()}, {"sides"}),
        ({"origin": frozenset({"KAZ"})}, set()),
        ({"period": MAY}, {"period"}),
        ({"modality": "target"}, {"modality"}),
        ({"corridor": "TITR", "mode": "rail", "commodity": None}, {"corridor", "mode", "commodity"}),
        ({"bound": "over", "attributed_to": "the minister"}, {"bound", "attributed_to"}),
    ],
)
def test_each_slot_of_a_quantity_counts_for_itself(changes: dict[str, Any], wrong: set[str]) -> None:
    agreeing = QUANTITIES.agreeing(quantity(), quantity(**changes))
    assert {slot for slot, same in agreeing.items() if not same} == wrong


def test_sides_are_those_that_count_for_the_indicator() -> None:
    both = {"indicator": "turnover", "reporter": frozenset({"KAZ", "UZB"}), "partner": frozenset()}
    agreeing = QUANTITIES.agreeing(quantity(indicator="turnover"), quantity(**both))
    assert agreeing["sides"]  # in turnover nobody is the seller
    haul = {"family": "freight", "indicator": "cargo", "origin": frozenset({"KAZ"})}
    assert not QUANTITIES.agreeing(quantity(**haul), quantity(**haul | {"origin": frozenset()}))["sides"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"parties": frozenset({"KAZ"})}, {"parties"}),
        ({"status": "agreed", "modality": "target"}, {"status", "modality"}),
        ({"date": MAY, "form": "treaty", "subject": "trade"}, {"date", "form", "subject"}),
        ({"name": "Transit Agreement", "place": "Tashkent"}, {"name", "place"}),
        ({"organisations": ("KTZ",)}, {"organisations"}),
    ],
)
def test_each_slot_of_an_agreement_counts_for_itself(changes: dict[str, Any], wrong: set[str]) -> None:
    agreeing = AGREEMENTS.agreeing(agreement(), agreement(**changes))
    assert {slot for slot, same in agreeing.items() if not same} == wrong


def test_each_slot_of_an_event_counts_for_itself() -> None:
    told = event(kind="route_opening", destination=frozenset(), modality="target", mode="rail")
    agreeing = EVENTS.agreeing(event(), told)
    assert {slot for slot, same in agreeing.items() if not same} == {"kind", "sides", "modality", "mode"}
    assert EVENTS.is_right(EVENTS.agreeing(event(), event(actor=frozenset())))  # the actor is not judged


def test_periods_agree_to_the_month() -> None:
    assert QUANTITIES.agreeing(quantity(period=JANUARY), quantity(period=MID_JANUARY))["period"]
    assert not QUANTITIES.agreeing(quantity(period=JANUARY), quantity(period=Period(None, None)))["period"]


@pytest.mark.parametrize("changes", [{"unit": "EUR"}, {"low": 1.1e9}, {"high": 1.3e9}, {"passages": (OTHER,)}])
def test_a_quantity_with_another_value_unit_or_place_is_another(changes: dict[str, Any]) -> None:
    judged = match(QUANTITIES, [quantity()], [quantity(**changes)])
    assert (len(judged.pairs), len(judged.missed), len(judged.extra)) == (0, 1, 1)


def test_a_quantity_is_found_where_it_is_repeated_and_though_it_is_rounded() -> None:
    marked = quantity(passages=(OTHER, QUOTE), low=1.199e9, high=1.201e9)
    assert len(match(QUANTITIES, [marked], [quantity()]).pairs) == 1


def test_an_agreement_is_found_by_half_of_its_parties_or_one_organisation() -> None:
    assert AGREEMENTS.same(agreement(), agreement(parties=frozenset({"KAZ"})))
    assert not AGREEMENTS.same(agreement(), agreement(parties=frozenset({"KAZ", "TUR", "CHN"})))
    named = agreement(parties=frozenset(), organisations=("China Railway Group",))
    assert AGREEMENTS.same(named, agreement(organisations=("the China Railway",)))
    assert AGREEMENTS.same(agreement(parties=frozenset()), agreement(parties=frozenset()))
    assert not AGREEMENTS.same(agreement(), agreement(passages=(OTHER,)))


def test_the_told_claim_that_agrees_best_is_taken() -> None:
    worse, better = quantity(indicator="imports"), quantity(commodity=None)
    judged = match(QUANTITIES, [quantity()], [worse, better])
    assert judged.pairs[0].told is better
    assert judged.neutral == (worse,)  # it repeats a claim that was found


def test_of_two_that_agree_alike_the_first_is_taken() -> None:
    first, second = quantity(confidence=0.1), quantity(confidence=0.2)
    assert match(QUANTITIES, [quantity()], [first, second]).pairs[0].told is first
    judged = match(QUANTITIES, [first, second], [quantity()])
    assert judged.pairs[0].marked is first
    assert judged.missed == (second,)


def test_what_repeats_a_found_claim_counts_neither_way() -> None:
    assert len(match(AGREEMENTS, [agreement()], [agreement(), agreement()]).neutral) == 1
    other_status = match(AGREEMENTS, [agreement()], [agreement(), agreement(status="ratified")])
    assert (len(other_status.neutral), len(other_status.extra)) == (0, 1)
    assert len(match(EVENTS, [event()], [event(), event()]).extra) == 1


def test_what_is_debatable_counts_neither_way() -> None:
    assert len(match(QUANTITIES, [], [quantity()], [QUOTE]).neutral) == 1
    assert len(match(QUANTITIES, [], [quantity(value_text="$7")], [QUOTE]).extra) == 1
    assert len(match(QUANTITIES, [], [quantity()], [OTHER]).extra) == 1
    assert len(match(EVENTS, [], [event()], [SIGNED]).neutral) == 1


def judged(metadata: dict[str, str | None], *claims: Any, text: str = TEXT) -> Any:
    gold = GoldText("news", "wheat.txt", TEXT.encode(), METADATA, {}, ())
    return judge(gold, ToldText(metadata, text, {"quantities": claims}))


def test_metadata_agree_by_their_words_and_the_day_exactly() -> None:
    told = {"title": "The wheat sales", "author": None, "publisher": "Press", "published_on": "2025-03-05", "language": "en"}
    verdicts = judged(told).metadata
    assert [field for field, verdict in verdicts.items() if not verdict.same] == ["publisher", "published_on"]
    assert [field for field, verdict in judged({}).metadata.items() if verdict.same] == ["author", "publisher"]


def test_evidence_that_the_text_does_not_hold_is_noticed() -> None:
    assert judged(METADATA, quantity(), text=TEXT.replace(" ", "\n")).ungrounded == ()
    assert judged(METADATA, quantity(passages=("Not there.",))).ungrounded == ("Not there.",)
    assert judged(METADATA, quantity(passages=(" ",))).ungrounded == ("",)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("the European Union", "European Union", True),
        ("Ministry of Trade", "the ministry", True),
        ("Bank of China", "Port of Baku", False),
        (None, None, True),
        ("", None, True),
        ("Baku", None, False),
        ("The", "the", False),
    ],
)
def test_names_are_alike_by_half_of_their_words(one: str | None, other: str | None, alike: bool) -> None:
    assert like_names(one, other) is alike


def test_passages_share_words_with_their_number_signs() -> None:
    assert shared_words("1,234.5 tons", "some 1,234.5 tons of it") == 1
    assert shared_words("1,234.5 tons", "some 1234 tons of it") == 0.5
    assert shared_words("", "some") == shared_words("...", "some") == 0


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))
def test_values_are_alike_both_ways_and_whatever_their_signs(one: float, other: float) -> None:
    assert like_values(one, other) == like_values(other, one) == like_values(-one, other)
    assert like_values(one, one)


@given(st.lists(st.sampled_from([QUOTE, OTHER]), max_size=6), st.lists(st.sampled_from([QUOTE, OTHER]), max_size=6))
def test_every_claim_ends_in_one_place(marked: list[str], told: list[str]) -> None:
    found = match(QUANTITIES, [quantity(passages=(p,)) for p in marked], [quantity(passages=(p,)) for p in told], [OTHER])
    assert len(found.pairs) + len(found.missed) == len(marked)
    assert len(found.pairs) + len(found.extra) + len(found.neutral) == len(told)
