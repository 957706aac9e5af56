"""Whose port or line a number is about that its own sentence does not name, and what clauses leave out that go on alike."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

_PUBLISHED = date(2024, 6, 15)


def _claims(text: str) -> dict[str | None, QuantityClaim]:
    return {claim.value_text: claim for claim in extract_claims(read_text(text, _PUBLISHED)).quantities}


@pytest.mark.parametrize(
    ("text", "value", "reporter", "origin", "destination"),
    [
        (
            "The pipeline from Turkmenistan to China carried 33 billion cubic metres of gas last year. "
            "Its capacity is 55 billion cubic metres a year.",
            "55 billion cubic metres a year",
            (),
            ("TKM",),
            ("CHN",),
        ),
        (
            "The railway, which links Lusaka with Dar es Salaam, was built in the 1970s. Last year it moved 180,000 tonnes.",
            "180,000 tonnes",
            ("TZA", "ZMB"),
            (),
            (),
        ),
        (
            "A port in Chile was shut by a strike for a week in May. A box now waits there. The port can handle 1.2 million "
            "TEU a year.",
            "1.2 million TEU a year",
            ("CHL",),
            (),
            (),
        ),
    ],
)
def test_a_facility_told_of_before_gives_the_sides(
    text: str, value: str, reporter: tuple[str, ...], origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    claim = _claims(text)[value]
    assert (claim.reporter, claim.origin, claim.destination) == (reporter, origin, destination)


def test_a_facility_that_is_another_gives_none() -> None:
    claims = _claims(
        "The port of Koper in Slovenia handled 22 million tonnes in 2023. A rival port would need room for 30 million."
    )
    assert claims["22 million tonnes"].reporter == ("SVN",)


@pytest.mark.parametrize(
    ("text", "values", "partners"),
    [
        (
            "China accounted for 91 percent of Mongolian exports in 2023, Switzerland for 3 percent and Japan for 1 percent.",
            ("91 percent", "3 percent", "1 percent"),
            ("CHN", "CHE", "JPN"),
        ),
        (
            "Indonesia's palm oil exports fell 2 percent in April. India cut its purchases by 11 percent, but China's rose "
            "20 percent.",
            ("11 percent", "20 percent"),
            ("IND", "CHN"),
        ),
    ],
)
def test_a_clause_that_leaves_out_its_verb_changes_only_the_side_that_it_names(
    text: str, values: tuple[str, ...], partners: tuple[str, ...]
) -> None:
    claims = _claims(text)
    assert [claims[value].partner for value in values] == [(partner,) for partner in partners]
    assert len({claims[value].reporter for value in values}) == 1
