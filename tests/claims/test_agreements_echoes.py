"""Statuses told without their instrument: of another side that did so, of one that has not, of all or none told before."""

from datetime import date

import pytest

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 5, 15)


def told(text: str) -> set[tuple[str, str, str]]:
    """The status, modality and parties of each agreement of a text."""
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    return {(each.status, each.modality, " ".join([*each.parties, *each.organisations])) for each in claims}


ECHOES = [
    ("Norway wants to sign a fisheries pact with Morocco.", "Sweden has done so.", ("signed", "reported", "MAR SWE")),
    ("Norway signed a fisheries pact with Morocco.", "Denmark has yet to do so.", ("signed", "negated", "DNK MAR")),
    ("Togo has left the cocoa agreement with Ghana.", "Benin is to follow suit.", ("terminated", "target", "BEN GHA")),
    ("Norway signed a fisheries pact with Morocco.", "Latvia did so with Ghana.", ("signed", "reported", "GHA LVA")),
    ("Chile's Senate ratified the treaty with Japan.", "The Diet has yet to do so.", ("ratified", "negated", "CHL JPN")),
    ("Chile ratified the treaty with Japan.", "Tokyo has not, and deputies doubt it.", ("ratified", "negated", "CHL JPN")),
    ("Norway signed a fisheries pact with Morocco.", "In June, Latvia did the same.", ("signed", "reported", "LVA MAR")),
    ("Norway signed a pact with Ghana.", "Fiji and Latvia did the same.", ("signed", "reported", "FJI GHA LVA")),
    ("Togo has left the cocoa agreement with Ghana.", "Benin followed suit.", ("terminated", "reported", "BEN GHA")),
    ("Peru and Chile have a pact on ports.", "It was concluded in March 2021.", ("agreed", "reported", "CHL PER")),
    ("Peru and Chile agreed a treaty on fish.", "Peru signed in April.", ("signed", "reported", "CHL PER")),
    ("Peru and Chile have drafted a treaty on fish.", "None of it has been signed.", ("signed", "negated", "CHL PER")),
    ("Peru and Chile agreed two treaties.", "Neither has been ratified.", ("ratified", "negated", "CHL PER")),
    ("Peru and Chile agreed two treaties.", "None of them has been signed yet.", ("signed", "negated", "CHL PER")),
]


@pytest.mark.parametrize(("first", "second", "claim"), ECHOES)
def test_a_status_goes_on_with_what_was_told_before(first: str, second: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(f"{first} {second}")
    assert claim not in told(first)


APART = [
    "Chile ratified the treaty with Japan. Oil exports rose; coffee exports did not.",
    "Chile ratified the treaty with Japan. The pact is on fish. Norway has not.",
    "Chile ratified the treaty with Japan. Sales to Norway grew, and those to Fiji did so too.",
    "Chile ratified the treaty with Japan. Norway did so.",
    "Chile ratified the treaty with Japan. Hundreds of guests came to the dinner. It was concluded by dawn.",
    "Chile ratified the treaty with Japan. The island is small. It was reached by plane.",
    "Chile ratified the treaty with Japan. It was reached by plane.",
    "Chile ratified the treaty with Japan. The race was hard and it was concluded in rain.",
]


@pytest.mark.parametrize("text", APART)
def test_what_is_done_besides_echoes_no_status(text: str) -> None:
    assert told(text) == {("ratified", "reported", "CHL JPN")}


@pytest.mark.parametrize(
    "deed",
    [
        "The bank of Ghana trimmed its forecast, and Fiji did the same.",
        "The bank of Ghana cut its rate while Fiji did likewise.",
        "Ghana raised wages and Fiji followed suit.",
        "Ghana followed on Friday with a cut of its rate.",
        "Ghana followed a fall in cocoa prices with alarm.",
        "Ghana did it with ease in the final of the cup.",
    ],
)
def test_who_does_another_thing_alike_signs_nothing(deed: str) -> None:
    assert told(f"Chile signed a trade agreement with Japan in May. {deed}") == {("signed", "reported", "CHL JPN")}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The trade agreement between Oman and Fiji is live on the radio.", set()),
        ("The trade agreement between Oman and Fiji is on the books.", {("in_force", "reported", "FJI OMN")}),
        ("The trade agreement between Oman and Fiji is stuck in parliament.", {("ratified", "negated", "FJI OMN")}),
        ("The trade agreement between Oman and Fiji is before deputies.", {("ratified", "negated", "FJI OMN")}),
        ("The trade agreement between Oman and Fiji awaits a vote by lawmakers.", {("ratified", "negated", "FJI OMN")}),
    ],
)
def test_where_an_instrument_stands_is_told_of_its_law(text: str, claims: set[tuple[str, str, str]]) -> None:
    assert told(text) == claims


def test_a_heading_of_two_sides_says_whom_the_instruments_below_it_bind() -> None:
    text = (
        "Weekly letter on treaties\n\nGhana signed a trade agreement with Peru in May.\n\n"
        "Turkey - Iraq\nThe trade agreement was initialled in Ankara in April.\n\n"
        "Japan - Oman\nSignature of the trade agreement has slipped to June. It was agreed in March.\n"
    )
    assert told(text) == {
        ("signed", "reported", "GHA PER"),
        ("initialed", "reported", "IRQ TUR"),
        ("signed", "target", "JPN OMN"),
        ("agreed", "reported", "JPN OMN"),
    }


@pytest.mark.parametrize("span", ["year", "season", "quarter"])
def test_what_goes_on_at_this_time_is_no_instrument_told_before(span: str) -> None:
    text = f"Chad and Niger signed an agreement on transit. The minister said growth of the port continues this {span}."
    assert {status for status, _, _ in told(text)} == {"signed"}
