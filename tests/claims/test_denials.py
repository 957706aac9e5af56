"""What a sentence takes back that the one before it tells."""

from datetime import date

import pytest

from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text


def modalities(text: str) -> list[str]:
    extraction = extract_claims(read_text(text, date(2024, 6, 15)))
    return [claim.modality for claim in (*extraction.quantities, *extraction.agreements)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Some papers have it that Peru and Chile signed a trade pact last week. That is not so.", ["negated"]),
        ("Reports said that Iran and Iraq had signed a border treaty. No such treaty exists.", ["negated"]),
        ("One reads that Poti handled 12 million tons in 2023. It did not.", ["negated"]),
        ("The rumour was that Baku had closed the railway to Georgia. This is untrue.", ["negated"]),
        ("One reads everywhere that a peace treaty was signed in May. It was not.", []),
        ("Peru and Chile signed a trade pact in May. It was not until June that it was published.", ["reported"]),
        ("Oman and Iran signed the treaty in 2021. It has not been ratified.", ["reported", "negated"]),
        ("Poti handled 2 million tons, Batumi 3 million tons in 2023. They did not.", ["reported", "reported"]),
    ],
)
def test_a_sentence_takes_back_the_one_before_it(text: str, wanted: list[str]) -> None:
    assert modalities(text) == wanted
