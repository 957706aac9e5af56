"""Documents put together from planted sentences and sentences that claim nothing: what a sentence names stays as planted.

A slot that a sentence leaves empty may be filled by the text around it, and is not compared.
"""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from robustness.oracle import differences, report
from robustness.sentence_forms import forms, planted, words

SEED = "corridor documents"
DOCUMENTS = 60
PARAGRAPHS = 10
FORMS = [
    form
    for file in ("trade", "freight", "agreements", "events")
    for form in forms(file)
    if form.self_contained and not form.unread
]
NOISE = [form for form in forms("distractors") if form.self_contained]
FILLED = frozenset(
    {"reporter", "partner", "origin", "destination", "corridor", "mode", "commodity", "place"}
    | {"period_start", "period_end", "date_start", "date_end"}
)
SHIFTED = ("evidence_start", "evidence_end", "value_start", "value_end")


def document(number: int) -> tuple[str, date, list[dict[str, Any]]]:
    """A text with a title, a dateline and paragraphs of one sentence or two; when it was published; what it claims."""
    rng = random.Random(f"{SEED}/{number}")
    published = date(2016, 1, 1) + timedelta(days=rng.randrange(3_600))
    text = rng.choice(words()["list"]["title"]) + "\n\n"
    if rng.random() < 0.5:
        text += f"{rng.choice(words()['list']['dateline'])}, {published:%B} {published.day} - "
    claims: list[dict[str, Any]] = []
    for form in rng.sample(FORMS, PARAGRAPHS):
        made = planted(form, rng, published)
        claims += [moved(claim, len(text)) for claim in made.claims]
        text += made.text
        if rng.random() < 0.5:
            text += " " + planted(rng.choice(NOISE), rng, published).text
        text += "\n\n"
        if rng.random() < 0.3:
            text += planted(rng.choice(NOISE), rng, published).text + "\n\n"
    return text, published, claims


def moved(claim: dict[str, Any], by: int) -> dict[str, Any]:
    named = {name: value for name, value in claim.items() if name not in FILLED or value not in (None, ())}
    return {name: value + by if name in SHIFTED and value is not None else value for name, value in named.items()}


@pytest.mark.parametrize("number", range(DOCUMENTS))
def test_a_document_claims_what_its_sentences_claim(number: int) -> None:
    text, published, claims = document(number)
    lines = differences(text, published, claims)
    assert not lines, report(text, published, lines)
