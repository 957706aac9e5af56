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


@pytest.mark.parametrize(
    "visit",
    [
        "The minister traced it back to Narendra Modi's trip to Kenya in 2021, which produced",
        "It goes back to the Indian president's visit to Kenya in 2021, which led to",
        "Much goes back to the meeting of the leaders of India and Kenya in 2021, which resulted in",
    ],
)
def test_what_a_visit_produced_has_its_date_and_is_signed_where_the_next_sentence_says_so(visit: str) -> None:
    opening = "India and Kenya held talks in Delhi."
    (plain,) = claims_of(f"{opening} {visit} a dozen agreements. The rest is known.")
    (signed,) = claims_of(f"{opening} {visit} a dozen agreements. What was signed then is being carried out.")
    assert (plain.status, signed.status) == ("agreed", "signed")
    assert plain.date_start == signed.date_start == date(2021, 1, 1)


@pytest.mark.parametrize(
    "told",
    [
        "Ties between Peru and Japan now have the rank of a strategic partnership.",
        "Relations of Peru and Japan have reached the level of a comprehensive strategic partnership.",
        "Peru and Japan became strategic partners.",
        "Their talks ended with a paper: relations of Peru and Japan have been given the status of a strategic partnership.",
    ],
)
def test_relations_that_have_come_to_a_rank_are_an_upgrade(told: str) -> None:
    (claim,) = claims_of(f"The presidents of Peru and Japan met in Lima on 10 June 2024. {told}")
    assert (claim.form, claim.subject, claim.status, claim.parties) == ("declaration", "partnership", "agreed", ("JPN", "PER"))


def test_relations_that_hold_no_rank_are_no_upgrade() -> None:
    assert not claims_of("Ties between Peru and Japan have the character of a friendship. Peru has a strategic port.")


@pytest.mark.parametrize("verb", ["rest on an", "flow under an", "are based on an", "are governed by an"])
def test_what_is_done_under_an_instrument_shows_that_it_is_in_force(verb: str) -> None:
    (claim,) = claims_of(f"The deliveries {verb} agreement between Petronas and Sonatrach.")
    assert (claim.status, claim.form, claim.organisations) == ("in_force", "contract", ("Petronas", "Sonatrach"))


def test_the_two_sides_are_states_where_two_statesmen_are_named() -> None:
    claims = claims_of(
        "The gas comes under an agreement between SOCAR and Bulgargaz. It followed a meeting last year of President Ilham "
        "Aliyev with the president of Bulgaria, at which accords on gas were signed and the two sides declared their will."
    )
    assert [claim.parties for claim in claims if claim.status == "signed"] == [("AZE", "BGR")]


@pytest.mark.parametrize(
    ("told", "sides"),
    [
        ("SOCAR of Azerbaijan and Eni of Italy agreed on the transit of oil.", ("Eni", "SOCAR")),
        ("Petronas and Sonatrach then agreed on deliveries of 2 million tons a year.", ("Petronas", "Sonatrach")),
        ("Serbia and Hungary agreed on the supply of gas.", ("HUN", "SRB")),
    ],
)
def test_two_who_agree_on_a_matter_of_trade_have_a_deal(told: str, sides: tuple[str, ...]) -> None:
    (claim,) = claims_of(told)
    assert (claim.status, claim.parties + claim.organisations) == ("agreed", sides)


@pytest.mark.parametrize(
    "told", ["The ministers agreed on exports of wheat.", "Serbia agreed on the import of oil from Russia."]
)
def test_one_who_agrees_on_a_matter_has_no_deal(told: str) -> None:
    assert not claims_of(told)


def test_they_who_speak_in_a_joint_declaration_are_its_parties() -> None:
    claims = claims_of(
        "Ghana and Togo initialed a border treaty. In a joint declaration at the summit, where the host spoke, they said "
        "they meant to open the road."
    )
    assert [claim.parties for claim in claims if claim.form == "declaration"] == [("GHA", "TGO")]


@pytest.mark.parametrize(
    ("post", "place"),
    [
        ("Kenya's ambassador in Brussels praised", None),
        ("The Kenyan embassy in the Hague praised", None),
        ("Kenya's consul general in Brussels recalled", None),
        ("A businesswoman based in Brussels recalled", None),
        ("In Brussels the minister praised", "Brussels"),
    ],
)
def test_a_post_does_not_tell_where_something_was_signed(post: str, place: str | None) -> None:
    claim = claims_of(f"{post} the trade agreement that Kenya and the EU signed in December 2015.")[0]
    assert claim.place == place


@pytest.mark.parametrize(
    ("subject", "place"),
    [("The government in Dushanbe", None), ("The authorities in Dushanbe", None), ("Ministers in Dushanbe", "Dushanbe")],
)
def test_a_government_called_by_its_seat_has_not_signed_there(subject: str, place: str | None) -> None:
    assert claims_of(f"{subject} signed a trade agreement with Kenya.")[0].place == place


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (
            "Fiji and Tonga spoke after signing an accord for joint tuna research between the two nations. "
            "The agreement to carry Tongan timber by ferry is not only for this season but for five years.",
            ["signed", "agreed"],
        ),
        ("Fiji will use a ferry link with Tonga. The agreement to carry Tongan timber is for five years.", ["agreed"]),
        (
            "Fiji and Tonga signed an agreement on timber in May. The agreement to carry timber is for five years.",
            ["signed"],
        ),
        ("Fiji exports timber. The agreement to carry timber is for five years.", []),
    ],
)
def test_what_the_two_sides_of_a_text_have_agreed_besides_is_told_by_what_it_is_on(text: str, statuses: list[str]) -> None:
    claims = agreement_claims(read_script(read_text(text, date(2021, 6, 1))))
    assert [claim.status for claim in claims] == statuses
