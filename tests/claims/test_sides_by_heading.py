"""Sides that a heading gives to the part of the text under it."""

from datetime import date

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

Told = list[tuple[str, str, str]]


def told(text: str) -> Told:
    """Indicator, reporter and partner of each claim; the codes joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return [(claim.indicator, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


def test_a_heading_with_two_sides_gives_them_to_what_stands_under_it() -> None:
    text = (
        "Weekly trade notes\n\nA service for readers of all kinds.\n\nOman - Iran\n\nTurnover was $1.2 billion last year. "
        "Muscat's exports came to $700 million.\n\nSerbia / China\n\nBelgrade sold goods worth $1 billion. "
        "Imports were $5 billion.\n\nGuatemala and Taiwan\n\nA protocol scraps Taiwan's 20 percent duty on shrimp."
    )
    assert told(text) == [
        ("turnover", "OMN", "IRN"),
        ("exports", "OMN", "IRN"),
        ("exports", "SRB", "CHN"),
        ("imports", "SRB", "CHN"),
        ("tariff", "TWN", "GTM"),
    ]


def test_headings_by_country_divide_a_digest() -> None:
    text = (
        "Regional digest\n\nKazakhstan\n\nExports rose 4 percent in May.\n\nUzbekistan\n\nExports fell to $1.2 billion in May. "
        "Imports were $3 billion.\n\nKyrgyzstan\n\nTrade turnover was $1 billion."
    )
    assert told(text) == [("exports", "KAZ", ""), ("exports", "UZB", ""), ("imports", "UZB", ""), ("turnover", "KGZ", "")]


def test_a_heading_names_the_partner_where_the_text_is_on_one_country() -> None:
    text = (
        "Chile's fruit exports\n\nChile's exports of fruit were $7 billion last year.\n\nChina\n\nShipments rose to $3 billion."
        "\n\nOutlook\n\nExports are seen at $8 billion."
    )
    assert told(text) == [("exports", "CHL", ""), ("exports", "CHL", "CHN"), ("exports", "CHL", "")]
