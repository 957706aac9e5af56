"""Wordings in which newsrooms, ministries and firms tell where an instrument stands, each a case of a rule of its own."""

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


WANTING = [
    "The pact still has to be approved by both congresses.",
    "The deal is now subject to legal review and ratification.",
    "It needs the approval of both parliaments before it can take effect.",
    "The accord now awaits the nod of two senates.",
    "The treaty itself has yet to be ratified.",
]


@pytest.mark.parametrize("following", WANTING)
def test_what_an_instrument_still_needs_has_not_come(following: str) -> None:
    assert told(f"Brazil and Chile signed a free trade agreement on Monday. {following}") == {
        ("signed", "reported", "BRA CHL"),
        ("ratified", "negated", "BRA CHL"),
    }


CLEARED = [
    "It cleared the Chilean Senate in April.",
    "The agreement has won the approval of the Brazilian congress.",
    "Chilean deputies voted by 90 to 12 to approve the agreement.",
]


@pytest.mark.parametrize("following", CLEARED)
def test_what_gets_past_a_parliament_is_ratified(following: str) -> None:
    assert ("ratified", "reported", "BRA CHL") in told(f"Brazil and Chile signed a free trade agreement in May. {following}")


SAID = [
    ("Cyprus and Turkey ended their talks in Geneva without a deal.", ("agreed", "negated", "CYP TUR")),
    ("Talks in Geneva between Cyprus and Turkey ended without an agreement.", ("agreed", "negated", "CYP TUR")),
    ("Talks between the Gulf Cooperation Council and Fiji on a pact were put off.", ("suspended", "reported", "FJI GCC")),
    ("Turks and Pakistan will meet in June for a third round of talks on a pact.", ("negotiating", "target", "PAK TUR")),
    ("There is still no treaty on fishing between Peru and Japan.", ("agreed", "negated", "JPN PER")),
    ("Bolivia threatened to leave the treaty with Chile.", ("terminated", "possible", "BOL CHL")),
    ("It is expected that Laos and Norway will sign the treaty on forests in Oslo.", ("signed", "forecast", "LAO NOR")),
    ("Tehran will not prolong its swap arrangement with Ashgabat.", ("extended", "negated", "IRN TKM")),
    ("The treaty between Mexico and Belize is 80 years old and remains in force.", ("in_force", "reported", "BLZ MEX")),
    ("The protocol between Ghana and Togo on transit ends in March 2026.", ("terminated", "target", "GHA TGO")),
    ("The Government of Japan and the Government of Fiji exchanged notes on a grant.", ("signed", "reported", "FJI JPN")),
    ("Oman and Fiji signed a memorandum in Suva with King Charles looking on.", ("signed", "reported", "FJI OMN")),
    ("Ghana and Togo agreed in the Blue Room on 4 May to normalise trade.", ("agreed", "reported", "GHA TGO")),
    ("The contract between Turkmenistan and Gazprom ran out in 2023.", ("terminated", "reported", "TKM Gazprom")),
    ("The leaders of Peru and Fiji hailed the signing, on 3 March, of the pact.", ("signed", "reported", "FJI PER")),
    ("The signing by Peru and Fiji of a pact on tuna took place in Lima.", ("signed", "reported", "FJI PER")),
    ("Ghana's parliament gave its blessing last week to the treaty with Togo.", ("ratified", "reported", "GHA TGO")),
    ("A protocol between Ghana and Togo was printed after its signature in May.", ("signed", "reported", "GHA TGO")),
    ("Ghana and Togo put pen to a trade accord.", ("signed", "reported", "GHA TGO")),
    ("The accord between Ghana and Togo took full effect in May.", ("in_force", "reported", "GHA TGO")),
    ("The accord between Ghana and Togo was last renewed in 2006.", ("extended", "reported", "GHA TGO")),
    ("Ghana has given notice on its air accord with Togo.", ("terminated", "reported", "GHA TGO")),
    ("Ghana and Togo exchanged drafts of a trade accord.", ("negotiating", "reported", "GHA TGO")),
    ("Ghana has put trade talks with Togo on hold.", ("suspended", "reported", "GHA TGO")),
    ("Ghana has no trade agreement with Togo.", ("agreed", "negated", "GHA TGO")),
    ("The deputies of Ghana passed the Law on Ratification of the Accord with Togo.", ("ratified", "reported", "GHA TGO")),
    ("Togo's trade minister and his Kenyan counterpart signed an accord.", ("signed", "reported", "KEN TGO")),
    ("The pact between Ghana and Togo takes effect this year.", ("in_force", "target", "GHA TGO")),
    ("Ghana runs the line under a contract concluded with Maersk in 2008.", ("agreed", "reported", "GHA Maersk")),
    ("Maersk signed a lease with the port of Tema.", ("signed", "reported", "Maersk port of Tema")),
    ("During President Tokayev's visit to Ashgabat five accords were signed.", ("signed", "reported", "KAZ TKM")),
    ("Ghana and Togo spoke of a customs union on which talks have not begun.", ("negotiating", "negated", "GHA TGO")),
    ("Siemens and Alstom beat Hitachi to a $40 million (36 million euros) contract.", ("agreed", "reported", "Alstom Siemens")),
    ("Siemens signed a supply contract with Century Cables on Monday.", ("signed", "reported", "Century Cables Siemens")),
]


@pytest.mark.parametrize(("text", "claim"), SAID)
def test_a_wording_tells_its_status(text: str, claim: tuple[str, str, str]) -> None:
    assert told(text) == {claim}


LISTS = [
    (
        "Peru has free trade agreements with Kenya, Oman and Laos.",
        {("in_force", "reported", f"{code} PER" if code < "PER" else f"PER {code}") for code in ("KEN", "OMN", "LAO")},
    ),
    (
        "Chile signed a trade agreement with India in 2006, one with Japan in 2007 and another with Oman in 2008.",
        {("signed", "reported", "CHL IND"), ("signed", "reported", "CHL JPN"), ("signed", "reported", "CHL OMN")},
    ),
    (
        "The bloc's talks are many. Egypt signed trade agreements with Kenya in March and with Ghana in April.",
        {("signed", "reported", "EGY KEN"), ("signed", "reported", "EGY GHA")},
    ),
]


@pytest.mark.parametrize(("text", "claims"), LISTS)
def test_each_partner_of_a_list_has_an_instrument_of_its_own(text: str, claims: set[tuple[str, str, str]]) -> None:
    assert told(text) == claims


def test_each_partner_of_a_list_has_its_own_date() -> None:
    text = "Chile signed a trade agreement with India in 2006, one with Japan in 2007 and another with Oman in 2008."
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert [each.date_start and each.date_start.year for each in claims] == [2006, 2007, 2008]


def test_what_a_colon_opens_are_the_instruments_that_were_signed() -> None:
    text = "Three documents were signed: a treaty on trade between Peru and Oman, a protocol on sport and an accord on visas."
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert [each.form for each in claims] == ["treaty", "protocol", "agreement"]


def test_the_side_that_most_instruments_share_is_the_one_left_unsaid() -> None:
    text = (
        "The Eurasian Economic Union signed a trade accord with Mongolia. "
        "The union's agreement with Iran entered into force in May. "
        "The union's trade agreement with Serbia was signed in 2019. Talks with India on a trade agreement have begun."
    )
    assert ("negotiating", "reported", "EAEU IND") in told(text)


def test_a_deed_that_has_been_called_off_has_not_come() -> None:
    text = "Dutch and German officials agreed on a gas treaty. The signing, planned for 25 May in Berlin, has been postponed."
    assert ("signed", "negated", "DEU NLD") in told(text)


def test_those_with_another_are_talks_of_the_same_kind() -> None:
    text = "Talks between Indonesia and Oman on a trade pact continue. Those with Turkey have been suspended since 2020."
    assert {party for _, _, party in told(text)} == {"IDN OMN", "IDN TUR"}


def test_a_parliament_in_a_relative_clause_ratifies() -> None:
    text = "Kenya and Malta initialled a tax treaty, which the Kenyan parliament approved on Friday."
    assert told(text) == {("initialed", "reported", "KEN MLT"), ("ratified", "reported", "KEN MLT")}


HAD = [
    ("Siemens has an office in Lima and a contract for turbines with Petroperu.", ("in_force", "reported")),
    ("A Bangladeshi team is in Hanoi to finalise imports of rice from Vietnam in a deal.", ("negotiating", "reported")),
    ("The agreement under which Bolivia ships gas to Brazil has been extended for two years.", ("extended", "reported")),
    ("Oslo and Moscow have a treaty on cod, on which new talks are to open in June.", ("negotiating", "target")),
]


@pytest.mark.parametrize(("text", "claim"), HAD)
def test_an_instrument_told_of_beside_other_things_has_its_status(text: str, claim: tuple[str, str]) -> None:
    assert claim in {(status, modality) for status, modality, _ in told(text)}


def test_a_well_known_instrument_binds_its_sides_though_one_is_named() -> None:
    assert told("Ukraine said that the Black Sea Grain Initiative is now valid until July.") == {
        ("in_force", "reported", "RUS UKR")
    }


def test_a_partner_that_a_number_and_an_adjective_describe_is_one() -> None:
    text = "Peru and Chile have concluded a trade agreement with the 10 south-east Asian ASEAN states."
    assert told(text) == {("agreed", "reported", "ASEAN CHL PER")}


def test_a_verb_of_reaching_an_agreement_has_several_objects() -> None:
    claims = agreement_claims(
        read_script(read_text("Ghana and Togo negotiated a treaty on fish and a protocol on coal.", PUBLISHED))
    )
    assert [(each.form, each.subject) for each in claims] == [("treaty", "agriculture"), ("protocol", "energy")]


def test_a_date_belongs_to_the_verb_beside_it() -> None:
    text = (
        "Ghana will leave the pact with Togo that dates from 1956. According to the deal signed in May 2023, coal goes by rail."
    )
    dates = {(each.status, each.date_start) for each in agreement_claims(read_script(read_text(text, PUBLISHED)))}
    assert dates == {("terminated", None), ("signed", date(1956, 1, 1)), ("signed", date(2023, 5, 1))}


PARTICIPLES = [
    ("Ghana's treaty with Togo, concluded in 1973 and extended in 2010, expires in 2026.", ("agreed", 1973)),
    ("Ghana's treaty with Togo, concluded in 1973 and extended in 2010, expires in 2026.", ("extended", 2010)),
    ("Ghana's treaty with Togo, concluded in 1973 and extended in 2010, expires in 2026.", ("terminated", 2026)),
]


@pytest.mark.parametrize(("text", "claim"), PARTICIPLES)
def test_each_participle_of_an_instrument_has_its_own_year(text: str, claim: tuple[str, int]) -> None:
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert claim in [(each.status, each.date_start.year) for each in claims if each.date_start]


def test_a_list_behind_a_colon_names_what_was_adopted() -> None:
    text = "At the end of Erdogan's visit to Tashkent a package of documents was adopted: a treaty on fish; a protocol on coal."
    claims = agreement_claims(read_script(read_text(text, PUBLISHED)))
    assert [(each.form, each.status, each.parties) for each in claims] == [
        ("treaty", "agreed", ("TUR", "UZB")),
        ("protocol", "agreed", ("TUR", "UZB")),
    ]


def test_firms_that_sign_later_bind_no_states_that_only_describe_them() -> None:
    text = "Ukraine's Naftogaz and Germany's Uniper initialled a storage deal, to be signed within weeks."
    assert told(text) == {
        ("initialed", "reported", "Naftogaz Uniper"),
        ("signed", "target", "Naftogaz Uniper"),
    }


def test_counted_states_are_no_organisation() -> None:
    assert "Forty-four" not in str(told("Forty-four African states signed the agreement on a free trade area in Kigali."))


def test_an_instrument_before_a_legislature_is_not_ratified() -> None:
    assert ("ratified", "negated", "CHL TGO") in told("Chile and Togo signed a pact. It is now before the legislature in Lima.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Negotiations opened in March 2019 and ended in July 2022.",
        "Negotiations on it began in 2021 and ended in May 2023.",
        "Talks started in Accra and finished in Lima in 2022.",
    ],
)
def test_talks_that_end_do_not_end_what_they_were_about(sentence: str) -> None:
    text = f"Ghana and Peru signed a trade agreement on Friday. {sentence}"
    assert not [one for one in told(text) if "terminated" in one]
