"""What the text around sets for an agreement: the visit that it was signed on, the list that it stands in, its subject."""

from datetime import date

import pytest

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 6, 15)


def claims_of(text: str) -> list[AgreementClaim]:
    return agreement_claims(read_script(read_text(text, PUBLISHED)))


BACKGROUND = [
    "In May 2017, when the two governments signed eight accords, trade had been small.",
    "On a visit in March 2015, the leaders signed two treaties.",
    "The two governments had signed a tax treaty in April 2019.",
]


@pytest.mark.parametrize("background", BACKGROUND)
def test_a_signature_long_past_does_not_date_what_was_agreed_on_the_visit(background: str) -> None:
    claims = claims_of(
        f"Chile and Malaysia held talks in Kuala Lumpur on 10 June 2024. {background} "
        "In a joint statement the leaders raised relations to the level of a strategic partnership."
    )
    last = claims[-1]
    assert (last.form, last.date_start, last.place) == ("declaration", date(2024, 6, 10), "Kuala Lumpur")


def test_a_visit_lasts_as_long_as_the_text_tells_of_its_meetings() -> None:
    between = "He toured a port. Coffee was discussed. Fishing too. So was wool. Copper came up. A dinner was served. "
    claims = claims_of(
        "The president of Peru arrived in Hanoi on 12 June 2024. "
        f"{between}Four memoranda in all were signed with Vietnam at the closing session. {between}"
        "At their last meeting the two countries signed a treaty on fishing."
    )
    assert [claim.date_start for claim in claims] == [date(2024, 6, 12)] * 2


def test_what_had_been_signed_before_a_visit_has_not_its_day() -> None:
    claims = claims_of("Chile and Malaysia met in Kuala Lumpur on 10 June 2024. Earlier, they had signed a treaty on fishing.")
    assert [(claim.date_start, claim.place) for claim in claims] == [(None, None)]


FIELDS = [
    ("Kenya and Oman signed a strategic agreement, covering defence, energy, trade and tourism.", "partnership"),
    ("Laos and Norway signed a cooperation agreement on trade, fisheries and education.", "partnership"),
    ("Ghana and Togo signed a cooperation pact on energy.", "energy"),
    ("Ghana and Togo signed a pact on trade, energy and tourism.", "trade"),
    ("Peru and Chile signed a memorandum that creates a council, which is to prepare a charter of friendship.", "partnership"),
]


@pytest.mark.parametrize(("text", "subject"), FIELDS)
def test_a_pact_on_many_fields_or_on_friendship_is_one_on_relations(text: str, subject: str) -> None:
    assert claims_of(text)[0].subject == subject


def test_a_list_takes_its_day_its_place_and_its_subject_from_what_leads_to_it() -> None:
    claims = claims_of(
        "A river and its banks\n\n"
        "Trade was low for years. A truce of Eritrea and Sudan was read out at the ceremony in Geneva on June 4, 2024. "
        "This is what happened that day:\n\n1) Eritrea and Sudan signed a joint declaration of five points.\n\n"
        "2) Their envoys initialed an agreement on customs."
    )
    found = [(claim.subject, claim.date_start, claim.place) for claim in claims]
    assert found == [("peace", date(2024, 6, 4), "Geneva"), ("trade", date(2024, 6, 4), "Geneva")]


THEY = [
    ("Sonatrach of Algeria and Eni of Italy agreed on transport of gas.", ("Eni", "Sonatrach")),
    ("Petronas of Malaysia and Pertamina of Indonesia have agreed on a swap of crude.", ("Pertamina", "Petronas")),
]


@pytest.mark.parametrize(("before", "firms"), THEY)
def test_they_are_the_two_firms_that_the_sentence_before_tells_of(before: str, firms: tuple[str, ...]) -> None:
    claims = claims_of(
        f"Gas for the north\n\n{before} When the president visited Italy on March 11, they signed another agreement."
    )
    assert (claims[-1].parties, claims[-1].organisations) == ((), firms)


def test_a_clause_with_a_verb_of_its_own_speaks_for_nobody() -> None:
    claims = claims_of(
        "Gas for the west\n\nIt came after a meeting of Peru and Chad, at which accords on gas were signed and the two sides "
        "declared their intention to build a line."
    )
    assert [claim.attributed_to for claim in claims] in ([None], ["the two sides"])


@pytest.mark.parametrize("name", ["Kenya Railways Corp.", "Kenya Rail Container Company"])
def test_the_short_form_of_a_firm_is_no_other_firm(name: str) -> None:
    claims = claims_of(f"Nairobi today\n\n{name} (KRC) and Oman Multimodal Ltd. signed a cooperation agreement.")
    assert len(claims[0].organisations) == 2
