"""The oracle of planted claims notices what differs: a wrong value, span or slot, a claim too many or too few."""

import random
from datetime import date
from typing import Any

import pytest

from robustness.oracle import compared, differences, report
from robustness.sentence_forms import forms, planted

PUBLISHED = date(2024, 6, 15)
EXPORTS = next(form for form in forms("trade") if form.name == "exports of a year")
SIGNED = next(form for form in forms("agreements") if form.name == "signed by two")


def made(form: Any) -> tuple[str, dict[str, Any]]:
    text = planted(form, random.Random(7), PUBLISHED)
    assert differences(text.text, PUBLISHED, text.claims) == []
    return text.text, text.claims[0]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("value_low", 1.0),
        ("value_high", 1.0),
        ("bound", "over" * 2),
        ("unit", "XXX"),
        ("value_text", "$1"),
        ("value_end", 10_000),
        ("indicator", "imports"),
        ("measure", "growth"),
        ("reporter", ("ABW",)),
        ("partner", ()),
        ("commodity", "gold"),
        ("corridor", "TITR"),
        ("mode", "air"),
        ("period_start", date(1999, 1, 1)),
        ("period_end", None),
        ("modality", "negated"),
        ("attributed_to", "nobody"),
        ("evidence", "another sentence"),
        ("evidence_end", 1),
    ],
)
def test_a_wrong_field_of_a_number_is_noticed(field: str, wrong: Any) -> None:
    text, claim = made(EXPORTS)
    lines = differences(text, PUBLISHED, [{**claim, field: wrong}])
    assert any(field in line for line in lines)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("parties", ("ABW",)),
        ("form", "other"),
        ("status", "ratified"),
        ("date_end", date(1999, 1, 1)),
        ("name", "Treaty of Rome"),
    ],
)
def test_a_wrong_field_of_an_agreement_is_noticed(field: str, wrong: Any) -> None:
    text, claim = made(SIGNED)
    assert differences(text, PUBLISHED, [{**claim, field: wrong}])


def test_a_claim_too_many_and_one_too_few_are_noticed() -> None:
    text, claim = made(EXPORTS)
    elsewhere = {**claim, "value_start": claim["value_end"], "value_end": claim["value_end"] + 4}
    assert [line.split(":")[0] for line in differences(text, PUBLISHED, [claim, elsewhere])] == ["missing"]
    assert [line.split(":")[0] for line in differences(text, PUBLISHED, [])] == ["not planted"]


def test_numbers_are_equal_up_to_what_a_text_can_round() -> None:
    _, claim = made(EXPORTS)
    near = {**claim, "value_low": claim["value_low"] * (1 + 1e-7)}
    far = {**claim, "value_low": claim["value_low"] * (1 + 1e-3)}
    assert compared([claim], [near]) == []
    assert compared([claim], [far]) != []


def test_a_failing_sentence_can_be_pasted_into_a_shell() -> None:
    shown = report("Peru's exports\nrose", PUBLISHED, ["missing: x"])
    assert shown.startswith("printf %s 'Peru'\"'\"'s exports\nrose' | corridor extract --published 2024-06-15 -")


def test_the_same_seed_makes_the_same_sentence_and_another_seed_another() -> None:
    texts = [planted(EXPORTS, random.Random(seed), PUBLISHED).text for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]
