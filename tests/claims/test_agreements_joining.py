"""Membership in a bloc of states: who joins, leaves or is let in, and what only looks like it."""

from datetime import date

import pytest

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 5, 15)

MEMBERSHIPS = [
    ("Kyrgyzstan joined the Eurasian Economic Union in August 2015.", ("signed", "reported", "EAEU KGZ", "trade")),
    ("Uzbekistan has not joined the EAEU.", ("signed", "negated", "EAEU UZB", "trade")),
    ("Serbia hopes to join the EU by 2030.", ("signed", "target", "EU SRB", "partnership")),
    ("Somalia acceded to the East African Community in March.", ("signed", "reported", "EAC SOM", "trade")),
    ("Samoa became a member of the WTO in May 2012.", ("signed", "reported", "WSM WTO", "trade")),
    ("Niger withdrew from ECOWAS in January.", ("terminated", "reported", "ECOWAS NER", "trade")),
    ("Estonia joined the EU in May 2004 with nine others.", ("signed", "reported", "EST EU", "partnership")),
    ("Laos joined the WTO as its newest member.", ("signed", "reported", "LAO WTO", "trade")),
    ("Britain left the EU at the end of January 2020.", ("terminated", "reported", "EU GBR", "partnership")),
    ("Britain left the EU and Ireland stayed.", ("terminated", "reported", "EU GBR", "partnership")),
    ("Laos joined the WTO after long talks.", ("signed", "reported", "LAO WTO", "trade")),
    ("Bolivia's congress approved the country's accession to Mercosur.", ("ratified", "reported", "BOL MERCOSUR", "trade")),
]


@pytest.mark.parametrize(("text", "claim"), MEMBERSHIPS)
def test_who_joins_or_leaves_a_bloc_binds_itself_by_treaty(text: str, claim: tuple[str, str, str, str]) -> None:
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert [(each.status, each.modality, " ".join(each.parties), each.subject) for each in claims] == [claim]
    assert claims[0].form == "treaty"


@pytest.mark.parametrize(
    "text",
    [
        "Serbia joined the EU summit in May.",
        "The envoy joined EU colleagues in Minsk.",
        "Prices rose after joining the WTO.",
        "Kenya leaves SADC out of its plans.",
        "Norway joined the EU in deploring the coup in Niger.",
        "Australia joined the EU on Friday in bringing a case against China.",
        "Ghana joined the EU, Canada and Norway in freezing the funds of Belarus.",
        "Chile joined the EU and others in voicing regret.",
        "Ghana joined the EU, Canada and Norway.",
        "Moldova left the EU with little choice but to borrow.",
        "Fiji joined ASEAN for lunch.",
        "Norway joined the WTO at the podium.",
        "Australia joined the EU on Friday for a round of meetings.",
    ],
)
def test_meetings_and_colleagues_are_no_membership(text: str) -> None:
    assert agreement_claims(read_script(read_text(text, PUBLISHED))) == []
