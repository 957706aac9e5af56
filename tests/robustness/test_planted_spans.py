"""Sentences made by a grammar, whose claims are known: the extractor returns just those, with their spans, values and slots.

A form that fails is printed with a command that shows the sentence again.
"""

import random

import pytest

from robustness.oracle import differences, report
from robustness.sentence_forms import Form, forms, planted, some_day

SEED = "corridor"
SENTENCES = 24  # of each form
SHOWN = 4
FILES = ("trade", "freight", "agreements", "events", "distractors")
FORMS = [
    pytest.param(form, id=f"{file}-{form.name}", marks=[pytest.mark.xfail(reason=form.unread)] if form.unread else [])
    for file in FILES
    for form in forms(file)
]


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_of_a_form_claims_what_was_planted(form: Form) -> None:
    failed = []
    for number in range(SENTENCES):
        rng = random.Random(f"{SEED}/{form.name}/{number}")
        published = some_day(rng)
        made = planted(form, rng, published)
        lines = differences(made.text, published, made.claims)
        if lines:
            failed.append(report(made.text, published, lines))
    assert not failed, f"{len(failed)} of {SENTENCES} sentences:\n" + "\n".join(failed[:SHOWN])
