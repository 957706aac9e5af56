"""Who signs for a firm or a state, and who ratifies what."""

from datetime import date

import pytest

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def told(text: str) -> list[AgreementClaim]:
    return agreement_claims(read_script(read_text(text, date(2025, 3, 19))))


HEADS = [
    (
        "The memorandum was signed by the chairman of Uzbekistan Railways, Zufar Narzullaev, and the head of Afghanistan "
        "Railway Authority.",
        ("Afghanistan Railway Authority", "Uzbekistan Railways"),
    ),
    (
        "The protocol was signed by Director of Port Varna Ivan Petrov, Director of Poti Sea Port Giorgi Lomidze and President "
        "of Georgian Railways Lasha Abashidze.",
        ("Georgian Railways", "Port Varna", "Poti Sea Port"),
    ),
    (
        "The contract was signed by Sinotrans President Li Wei and Deutsche Bahn Cargo CEO Sigrid Nikutta in Duisburg.",
        ("Deutsche Bahn Cargo", "Sinotrans"),
    ),
    (
        "A cooperation agreement was signed by the rectors of Baku State University and Ankara University.",
        ("Ankara University", "Baku State University"),
    ),
    (
        "The president of Kenya Ports Authority, Jane Otieno, and the managing director of PSA International signed a "
        "memorandum.",
        ("Kenya Ports Authority", "PSA International"),
    ),
]


@pytest.mark.parametrize(("text", "organisations"), HEADS)
def test_heads_sign_for_their_organisations(text: str, organisations: tuple[str, ...]) -> None:
    (claim,) = told(text)
    assert (claim.status, claim.parties, claim.organisations) == ("signed", (), organisations)


def test_a_minister_signs_for_the_state_of_the_ministry() -> None:
    (claim,) = told("The loan agreement was signed by Minister of Finance of Moldova Petru Rotaru and officials of Japan.")
    assert "MDA" in claim.parties


def test_what_an_employee_says_binds_no_employer() -> None:
    (claim,) = told("Peru and Chile signed a gas contract, Enersul chairman Juan Soto said.")
    assert (claim.parties, claim.organisations) == (("CHL", "PER"), ())


RATIFIED = [
    ("The deputies approved the ratification of the agreement between Peru and Chile on road transport.", "reported"),
    ("Lawmakers voted to approve the ratification of the trade agreement between Chile and Peru.", "reported"),
    ("The cabinet approved the bill on ratification of the agreement between Peru and Chile.", "reported"),
    ("The cabinet approved the ratification of the agreement between Peru and Chile.", "target"),
]


@pytest.mark.parametrize(("text", "modality"), RATIFIED)
def test_only_a_parliament_ratifies_by_approving_ratification(text: str, modality: str) -> None:
    (claim,) = told(text)
    assert (claim.status, claim.modality, claim.parties) == ("ratified", modality, ("CHL", "PER"))


def test_each_instrument_of_a_list_is_ratified() -> None:
    claims = told(
        "Parliament approved the ratification of the agreement between Ghana and Togo on the common border, the agreement "
        "between Ghana and Togo on water use and the protocol between Ghana and Togo on energy."
    )
    assert [(claim.status, claim.subject) for claim in claims] == [
        ("ratified", "peace"),
        ("ratified", "environment"),
        ("ratified", "energy"),
    ]


PARTICIPATION = [
    ("Russia has ended its suspension of an agreement with Ukraine allowing the export of grain.", ("in_force", "RUS UKR")),
    ("Peru resumed its participation in the fishing accord with Chile on Monday.", ("in_force", "CHL PER")),
    ("Peru suspends its participation in the implementation of the fishing accord with Chile.", ("suspended", "CHL PER")),
    ("Peru suspended its commitment to the fishing accord with Chile.", ("suspended", "CHL PER")),
]


@pytest.mark.parametrize(("text", "expected"), PARTICIPATION)
def test_who_takes_part_again_and_who_no_longer(text: str, expected: tuple[str, str]) -> None:
    assert [(claim.status, " ".join(claim.parties)) for claim in told(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Judges enforce contracts between Peru and Chilean firms.",
        "Customs officers enforce agreements between Fiji and Tonga.",
        "Delegates of Peru and Chile return to the fishing accord after lunch.",
    ],
)
def test_what_is_enforced_or_talked_of_again_is_not_thereby_in_force(text: str) -> None:
    assert [claim for claim in told(text) if claim.status == "in_force"] == []


def test_talks_that_go_on_next_week_are_ahead() -> None:
    (claim,) = told("Talks between Peru and Chile return to the fishing accord next week.")
    assert (claim.status, claim.modality, claim.date_start) == ("negotiating", "target", date(2025, 3, 24))


def test_a_remark_parts_an_instrument_of_a_second_clause_from_its_verb() -> None:
    claims = told("Peru and Chile signed a deal in May. Output rose; the deal, in addition, was renewed on 19 October.")
    assert [claim.status for claim in claims] == ["signed", "extended"]


def test_the_fields_of_an_institute_are_one_name() -> None:
    (claim,) = told("The Center for Strategic Studies and the Institute for Regional and Maritime Affairs signed a memorandum.")
    assert claim.organisations == ("Center for Strategic Studies", "Institute for Regional and Maritime Affairs")


def test_a_trade_with_its_adjective_is_no_firm() -> None:
    (claim,) = told("Global Port operator DP World signed a concession agreement with Transnet.")
    assert claim.organisations == ("DP World", "Transnet")


def test_a_draft_that_is_agreed_is_not_told_as_signed_or_agreed() -> None:
    assert told("Fiji has handed over the completely agreed draft of a fishing treaty to Tonga.") == []


SIDES = [
    (
        "The Duma has ratified the agreement on free trade between the Eurasian Economic Union and its member states on the "
        "one hand and Iran on the other hand.",
        [("ratified", "EAEU IRN")],
    ),
    (
        "The protocol between the European Union and its Member States, of the one part, and Moldova, of the other part, was "
        "signed on Monday.",
        [("signed", "EU MDA")],
    ),
    (
        "Iran and the Eurasian Economic Union, which includes Armenia, Belarus, Kazakhstan and Kyrgyzstan, signed a "
        "provisional pact on free trade.",
        [("signed", "EAEU IRN")],
    ),
    (
        "Earlier the EAEU also entered into free trade agreements with Vietnam and Singapore.",
        [("agreed", "EAEU SGP"), ("agreed", "EAEU VNM")],
    ),
    (
        "Italy and Spain signed a fisheries accord with the EU, including a clause on ports.",
        [("signed", "ESP EU ITA")],
    ),
    (
        "Austria and Greece signed a pact on gas with the European Union, which includes supplies in winter.",
        [("signed", "AUT EU GRC")],
    ),
    ("Belarus and Armenia signed a memorandum with the EAEU, which groups five states.", [("signed", "ARM BLR EAEU")]),
    ("Italy and Spain signed a transit accord with the EU, including Austria and Greece.", [("signed", "ESP EU ITA")]),
    ("Italy, Spain and the European Union signed a transit accord.", [("signed", "ESP ITA")]),
    ("Chile signed several agreements with Peru and Fiji on forestry.", [("signed", "CHL FJI PER")]),
    (
        "A temporary agreement leading to the creation of a free trade zone between the EAEU and Iran was signed on Monday.",
        [("signed", "EAEU IRN")],
    ),
    (
        "Heads of Iranian, Azerbaijani and Georgian railways signed an agreement in Tbilisi on transit.",
        [("signed", "Azerbaijani railways Georgian railways Iranian railways")],
    ),
    ("The ministry has notice of the procedures required for the treaty between Peru and Chile to enter into force.", []),
]


@pytest.mark.parametrize(("text", "expected"), SIDES)
def test_the_sides_of_an_instrument(text: str, expected: list[tuple[str, str]]) -> None:
    claims = [(claim.status, " ".join([*claim.parties, *claim.organisations])) for claim in told(text)]
    assert sorted(claims) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan joined the Qatari club for a fee and signed a two-year contract.",
        "The Chilean signed a contract until 2029.",
        "The Croatian extended his contract with the national team of Ghana until 2028.",
        "Croatian coach extends contract.",
        "The municipality of Lima signed a contract for 30 buses with a local dealer on Monday.",
    ],
)
def test_contracts_of_persons_and_towns_bind_no_state(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan government signed a contract with Qatar.", "KEN QAT"),
        ("The Swiss signed a contract with Oman.", "CHE OMN"),
        ("Lima signed a contract with Quito.", "ECU PER"),
    ],
)
def test_a_state_signs_under_the_name_of_its_people_or_capital(text: str, expected: str) -> None:
    assert [" ".join(claim.parties) for claim in told(text)] == [expected]
