"""Parties and dates of an instrument in a sentence that tells of others too, or of who only speaks of it."""

from datetime import date

import pytest

from pipeline.claims.claim import AgreementClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 8, 14)


def claim_of(text: str, status: str) -> AgreementClaim:
    """The claim of a text with a status."""
    found = [
        claim for claim in extract_claims(read_text(f"News in brief\n\n{text}", PUBLISHED)).agreements if claim.status == status
    ]
    assert len(found) == 1, [claim.status for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "status", "parties"),
    [
        (
            "Kenya and Uganda signed a transport agreement in Nairobi, while Tanzania ratified a protocol with Rwanda.",
            "ratified",
            ("RWA", "TZA"),
        ),
        ("The European Union welcomed the trade agreement that Indonesia and Peru signed on Monday.", "signed", ("IDN", "PER")),
        ("Turkey said Egypt and Libya would sign a maritime agreement in September.", "signed", ("EGY", "LBY")),
        ("Turkey said it would sign a maritime agreement with Libya in September.", "signed", ("LBY", "TUR")),
        (
            "The United States suspended its trade talks with Canada in June, but signed a minerals agreement with Ukraine.",
            "signed",
            ("UKR", "USA"),
        ),
    ],
)
def test_who_only_speaks_and_the_partner_of_another_act_are_no_parties(
    text: str, status: str, parties: tuple[str, ...]
) -> None:
    assert claim_of(text, status).parties == parties


@pytest.mark.parametrize(
    ("text", "status", "parties"),
    [
        ("Kenya hopes to sign a trade agreement with Uganda and Rwanda in May.", "signed", ("KEN", "RWA", "UGA")),
        ("The United States expects to sign trade agreements with India and Japan.", "signed", ("IND", "JPN", "USA")),
        ("Kenya is expected to sign a trade agreement with Uganda and Rwanda.", "signed", ("KEN", "RWA", "UGA")),
        ("Turkey pressed ahead and signed a pact with Syria and Iraq on Monday.", "signed", ("IRQ", "SYR", "TUR")),
        (
            "Kenya reported progress in talks with Uganda and Rwanda and agreed a trade pact with them.",
            "agreed",
            ("KEN", "RWA", "UGA"),
        ),
        (
            "Vietnam, which had urged calm, signed a trade agreement with Chile and Peru on Monday.",
            "signed",
            ("CHL", "PER", "VNM"),
        ),
        (
            "China's president congratulated his guests and signed a trade agreement with Chile and Peru.",
            "signed",
            ("CHL", "CHN", "PER"),
        ),
        (
            "India expects talks to end soon and will sign a free trade agreement with Oman and Qatar.",
            "signed",
            ("IND", "OMN", "QAT"),
        ),
        (
            "The UK welcomed the decision and joined Japan and Canada in signing the trade agreement.",
            "signed",
            ("CAN", "GBR", "JPN"),
        ),
        ("Peru condemned the attack and met Chad and Mali to sign a trade agreement.", "signed", ("MLI", "PER", "TCD")),
        ("Peru hopes that Chad and Mali will sign a trade agreement with it in May.", "signed", ("MLI", "PER", "TCD")),
        ("Peru condemned the attack, met Chad and Mali to sign a trade agreement.", "signed", ("MLI", "PER", "TCD")),
        (
            "Turkey reported that it and Egypt signed a trade agreement with Libya and Cuba.",
            "signed",
            ("CUB", "EGY", "LBY", "TUR"),
        ),
        ("Turkey was asked by Egypt to sign a trade agreement with Libya and Cuba.", "signed", ("CUB", "LBY", "TUR")),
        ("Turkey praised Egypt after signing a trade agreement with Libya and Cuba.", "signed", ("CUB", "EGY", "LBY", "TUR")),
    ],
)
def test_who_hopes_or_praises_and_acts_himself_is_a_party(text: str, status: str, parties: tuple[str, ...]) -> None:
    assert claim_of(text, status).parties == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Peru asked Chad and Mali to sign a trade agreement with Cuba.", ("CUB", "MLI", "TCD")),
        ("Kenya congratulated Uganda and Rwanda on signing a trade agreement.", ("RWA", "UGA")),
        ("Kenya said that the presidents of Uganda and Rwanda on Monday signed a trade agreement.", ("RWA", "UGA")),
        ("Peru welcomed the decision and asked Chad and Mali to sign a trade agreement.", ("MLI", "TCD")),
        ("Peru condemned the attack and the presidents of Chad and Mali signed a trade agreement.", ("MLI", "TCD")),
        ("The European Union welcomed the trade agreement, which Indonesia and Peru signed on Monday.", ("IDN", "PER")),
    ],
)
def test_who_speaks_of_what_others_did_is_no_party(text: str, parties: tuple[str, ...]) -> None:
    assert claim_of(text, "signed").parties == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("After talks with Chad, Niger signed a transit agreement with Mali.", {"NER", "MLI"}),
        ("After talks with Chad, Niger on Monday signed a transit agreement with Mali.", {"NER", "MLI"}),
        ("Following talks with Canada, Mexico signed an agreement with Cuba.", {"MEX", "CUB"}),
        ("Peru initialed with Chile and signed with Bolivia a transit agreement.", {"PER", "CHL", "BOL"}),
    ],
)
def test_who_acts_behind_the_partner_of_talks_is_a_party(text: str, parties: set[str]) -> None:
    assert parties <= set(claim_of(text, "signed").parties)


@pytest.mark.parametrize(
    "text",
    [
        "Peru ended its talks with Chile, but signed a trade agreement with Cuba.",
        "Peru ended its talks with Chile and on Monday signed a trade agreement with Cuba.",
    ],
)
def test_the_partner_of_talks_that_ended_is_no_party_to_what_was_signed(text: str) -> None:
    assert claim_of(text, "signed").parties == ("CUB", "PER")


def test_the_year_that_names_a_convention_is_not_that_of_leaving_it() -> None:
    claim = claim_of("In 2024 Ethiopia withdrew from the 1996 convention with Sudan.", "terminated")

    assert (claim.date_start, claim.date_end) == (date(2024, 1, 1), date(2024, 12, 31))
