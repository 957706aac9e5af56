"""Which of the dates of a sentence is that of a status, and what shares the day of another signature."""

from datetime import date

import pytest

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2018, 3, 23)


def dates(text: str) -> dict[str, tuple[date | None, date | None]]:
    """The dates of the agreements of a text by status."""
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    return {claim.status: (claim.date_start, claim.date_end) for claim in claims}


NONE = (None, None)
MAY, JUNE = (date(2008, 5, 1), date(2008, 5, 31)), (date(2017, 6, 1), date(2017, 6, 30))
DESCRIBED = [
    ("The pact signed between Peru and Chile in May 2008 has entered into force.", {"signed": MAY, "in_force": NONE}),
    ("The pact signed by Peru and Chile in May 2008 was ratified.", {"signed": MAY, "ratified": NONE}),
    ("In June 2017, the treaty signed by Peru and Chile in May 2008 was ratified.", {"signed": MAY, "ratified": JUNE}),
    ("In June 2017 the treaty signed by Peru and Chile was ratified.", {"signed": NONE, "ratified": JUNE}),
    (
        "On June 16, the Agreement on Air Services (Open Skies) signed between the governments of Armenia and Panama in "
        "Panama City on November 21, 2008 entered into force.",
        {"signed": (date(2008, 11, 21),) * 2, "in_force": (date(2017, 6, 16),) * 2},
    ),
]


@pytest.mark.parametrize(("text", "expected"), DESCRIBED)
def test_the_date_of_a_participle_is_not_that_of_the_verb_behind_it(
    text: str, expected: dict[str, tuple[date | None, date | None]]
) -> None:
    assert dates(text) == expected


AHEAD = [
    ("On Friday the cabinet of Peru decided to renew the fisheries accord with Chile.", {"extended": NONE}),
    ("Ghana and Togo agreed on Monday to sign a transit treaty.", {"signed": NONE}),
    ("On Monday Ghana and Togo will sign a transit treaty.", {"signed": (date(2018, 3, 26),) * 2}),
    ("Ghana and Togo plan to sign a transit treaty on Monday.", {"signed": (date(2018, 3, 26),) * 2}),
    ("Ghana and Togo are expected to sign a transit treaty on Wednesday 28 March.", {"signed": (date(2018, 3, 28),) * 2}),
]


@pytest.mark.parametrize(("text", "expected"), AHEAD)
def test_what_was_agreed_on_a_day_is_not_done_on_that_day(
    text: str, expected: dict[str, tuple[date | None, date | None]]
) -> None:
    assert dates(text) == expected


def test_what_dashes_name_was_signed_on_the_day_told_before() -> None:
    claims = agreement_claims(
        read_script(
            read_text(
                "Peru and Chile on Wednesday inked a gas deal in Lima. Two documents of Peru and Chile -- a contract on pumps "
                "and a memorandum -- were signed at a ceremony.",
                PUBLISHED,
            )
        )
    )
    assert [(each.form, each.status, each.parties, each.date_start) for each in claims] == [
        ("agreement", "signed", ("CHL", "PER"), date(2018, 3, 21)),
        ("contract", "signed", ("CHL", "PER"), date(2018, 3, 21)),
        ("memorandum", "signed", ("CHL", "PER"), date(2018, 3, 21)),
    ]


SIGNED = "Peru and Chile signed a gas deal on 2 March 2018. "
BESIDES = [
    ("Two memorandums of Peru and Chile were signed too.", (date(2018, 3, 2),) * 2),
    ("The two documents were signed in Lima.", (date(2018, 3, 2),) * 2),
    ("The border treaty between Peru and Chile was signed after the end of the war in the Pacific.", NONE),
    ("The border treaty between Peru and Chile was signed in Lima.", NONE),
    ("A treaty on visas between Peru and Chile was signed by the previous government.", NONE),
    ("Several protocols of Peru and Chile were signed before the war.", NONE),
]


@pytest.mark.parametrize(("text", "day"), BESIDES)
def test_only_what_is_new_and_has_no_time_of_its_own_was_signed_on_the_day_told_before(
    text: str, day: tuple[date | None, date | None]
) -> None:
    claim = agreement_claims(read_script(read_text(SIGNED + text, PUBLISHED)))[-1]
    assert (claim.status, claim.date_start, claim.date_end) == ("signed", *day)


GATHERED = [
    "During the 12th Summit of the Heads of the Economic Cooperation Organization (ECO) member states in Baku, Pakistan, "
    "Turkey and Iran signed a trade agreement.",
    "The agreement was signed on the sidelines of the meeting of the ministers of the SCO by Iran, Turkey and Pakistan.",
]


@pytest.mark.parametrize("text", GATHERED)
def test_the_bloc_at_whose_summit_states_sign_is_no_party(text: str) -> None:
    (claim,) = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert claim.parties == ("IRN", "PAK", "TUR")


def test_similar_agreements_with_two_states_are_two() -> None:
    claims = agreement_claims(read_script(read_text("The EU is negotiating similar agreements with Peru and Fiji.", PUBLISHED)))
    assert {claim.parties for claim in claims} == {("EU", "PER"), ("EU", "FJI")}


def test_a_sale_and_purchase_agreement_is_a_contract() -> None:
    text = "Qatar and China concluded sale and purchase agreements for LNG on Tuesday."
    (claim,) = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert (claim.form, claim.parties) == ("contract", ("CHN", "QAT"))
