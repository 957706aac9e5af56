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


def test_the_year_that_names_a_convention_is_not_that_of_leaving_it() -> None:
    claim = claim_of("In 2024 Ethiopia withdrew from the 1996 convention with Sudan.", "terminated")

    assert (claim.date_start, claim.date_end) == (date(2024, 1, 1), date(2024, 12, 31))
