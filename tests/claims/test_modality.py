"""How certain a number is, through the extraction of quantity claims."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 2, 14)


def modalities(text: str) -> list[str]:
    return [claim.modality for claim in quantity_claims(read_script(read_text(text, PUBLISHED)))]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru's exports to Chile reached $5.2 billion in 2024.", "reported"),
        ("Peru's exports to Chile are expected to reach $6 billion in 2026.", "forecast"),
        ("Peru's exports to Chile will reach $6 billion next year.", "forecast"),
        ("The bank thinks that Peru's exports to Chile will be raised to $6 billion in 2026.", "forecast"),
        ("Peru aims to raise exports to Chile to $6 billion.", "target"),
        ("Peru has set a goal of $6 billion for its exports to Chile.", "target"),
        ("Peru will invest $6 billion in Chile.", "target"),
        ("Exports of Peru to Chile of 40,000 tons of wheat will be allowed.", "target"),
        ("The minister said Peru would raise exports to Chile to $6 billion.", "target"),
        ("The minister said Peru's exports to Chile would reach $6 billion.", "forecast"),
        ("Peru's exports to Chile could reach $6 billion.", "possible"),
        ("Exports would reach $6 billion if Peru sold more copper to Chile.", "possible"),
        ("Peru's exports to Chile have yet to reach $6 billion.", "negated"),
        ("Peru denied reports that its exports to Chile were $6 billion.", "negated"),
        ("In May 2024 Peru's exports to Chile were $6 billion.", "reported"),
        ("I doubt that Peru's exports to Chile will ever reach $6 billion.", "possible"),
        ("No doubt Peru's exports to Chile reached $6 billion.", "reported"),
        ("Peru has agreed to buy 12 aircraft from Brazil.", "reported"),
    ],
)
def test_the_words_around_a_number_tell_how_certain_it_is(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


def test_the_base_of_a_plan_is_reported() -> None:
    assert modalities("Peru plans to raise exports to Chile to $6 billion from $5 billion.") == ["target", "reported"]


def test_a_clause_that_explains_a_word_keeps_its_own_certainty() -> None:
    text = "The trade deficit of Peru, which hit $2 billion in 2023, is expected to fall to $1 billion in 2026."
    assert modalities(text) == ["reported", "forecast"]


def test_a_negation_ends_with_its_part_of_the_sentence() -> None:
    assert modalities("Not much, for now: Peru's exports to Chile were $6 billion in 2024.") == ["reported"]


def test_an_expectation_of_a_time_gone_by_is_an_estimate_of_a_fact() -> None:
    assert modalities("Peru's exports to Chile are likely to have been $6 billion in 2024.") == ["reported"]
