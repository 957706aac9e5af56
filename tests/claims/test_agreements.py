"""Agreement claims: the status of instruments, their parties, dates and names, and the sentences that tell none."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.claims.agreements.claims import agreement_claims
from pipeline.claims.agreements.inflection import forms
from pipeline.claims.claim import AgreementClaim
from pipeline.claims.slots.script import read_script
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 6, 20)


def claims_of(text: str, published_on: date | None = PUBLISHED) -> list[AgreementClaim]:
    return agreement_claims(read_script(read_text(text, published_on)))


def only(text: str, published_on: date | None = PUBLISHED) -> AgreementClaim:
    claims = claims_of(text, published_on)
    assert len(claims) == 1, claims
    return claims[0]


STATUSES = [
    ("Peru and Chile signed a free trade agreement in Lima on Tuesday.", "signed", "reported", ("CHL", "PER")),
    ("A double taxation treaty was signed by Malaysia and Fiji last month.", "signed", "reported", ("FJI", "MYS")),
    ("Kyrgyz and Tajik officials signed a border treaty in Bishkek on March 13.", "signed", "reported", ("KGZ", "TJK")),
    (
        "The signing of a strategic partnership treaty between Iran and Russia took place in Moscow.",
        "signed",
        "reported",
        ("IRN", "RUS"),
    ),
    ("The presidents of Kenya and Uganda witnessed the signing of a railway agreement.", "signed", "reported", ("KEN", "UGA")),
    ("Vietnam will sign a fisheries agreement with Norway in September.", "signed", "target", ("NOR", "VNM")),
    ("The Philippines and Canada plan to sign a free trade deal.", "signed", "target", ("CAN", "PHL")),
    ("A trade pact with New Zealand is to be signed by the United Arab Emirates soon.", "signed", "target", ("ARE", "NZL")),
    ("Zambia and Congo may sign a battery agreement next year.", "signed", "possible", ("COD", "ZMB")),
    ("Bolivia and Paraguay have yet to sign the border protocol.", "signed", "negated", ("BOL", "PRY")),
    ("Lithuania and Latvia failed to sign the rail agreement.", "signed", "negated", ("LTU", "LVA")),
    (
        "Foreign ministers of Greece and Cyprus initialed an agreement on maritime zones.",
        "initialed",
        "reported",
        ("CYP", "GRC"),
    ),
    ("Egypt has ratified its trade agreement with Jordan.", "ratified", "reported", ("EGY", "JOR")),
    (
        "Parliament in Nairobi approved the economic partnership agreement with the European Union.",
        "ratified",
        "reported",
        ("EU", "KEN"),
    ),
    (
        "The ratification of the agreement between Brazil and Angola is expected this year.",
        "ratified",
        "forecast",
        ("AGO", "BRA"),
    ),
    ("The customs pact between Ghana and Togo entered into force on 1 March.", "in_force", "reported", ("GHA", "TGO")),
    ("A ceasefire brokered by Qatar between Sudan and Chad took effect on Monday.", "in_force", "reported", ("SDN", "TCD")),
    (
        "Negotiations on a free trade agreement between India and Oman began in November 2023.",
        "negotiating",
        "reported",
        ("IND", "OMN"),
    ),
    ("Thailand is negotiating a free trade agreement with South Korea.", "negotiating", "reported", ("KOR", "THA")),
    ("China and Honduras launched talks on a free trade agreement in July.", "negotiating", "reported", ("CHN", "HND")),
    ("Ankara and Baghdad reached an agreement on water sharing.", "agreed", "reported", ("IRQ", "TUR")),
    ("Pakistan and Saudi Arabia elevated their relations to a strategic partnership.", "agreed", "reported", ("PAK", "SAU")),
    (
        "The Soviet Union has agreed to buy two million tonnes of wheat from the United States.",
        "agreed",
        "reported",
        ("SUN", "USA"),
    ),
    ("Mongolia and Russia extended their gas transit agreement until 2030.", "extended", "reported", ("MNG", "RUS")),
    ("Moscow suspended the treaty with Tokyo in 2022.", "suspended", "reported", ("JPN", "RUS")),
    ("The bilateral fishing accord between Morocco and Spain expired in July.", "terminated", "reported", ("ESP", "MAR")),
    ("Niger scrapped its military accord with the United States.", "terminated", "reported", ("NER", "USA")),
    ("Armenia called for a peace treaty with Azerbaijan.", "proposed", "reported", ("ARM", "AZE")),
]


@pytest.mark.parametrize(("text", "status", "modality", "parties"), STATUSES)
def test_tells_status_certainty_and_parties(text: str, status: str, modality: str, parties: tuple[str, ...]) -> None:
    claim = only(text)
    assert (claim.status, claim.modality, claim.parties) == (status, modality, parties)


SILENT = [
    "The two countries agreed to deepen cooperation in trade and transport.",
    "France and Germany discussed cooperation in energy and praised their good relations.",
    "Argentina could leave Mercosur.",
    "Under the agreement, Norway will supply gas to Poland.",
    "The company signed up 200 new customers in March.",
    "He signed the visitors' book at the museum in Baku.",
    "A great deal of grain went to Egypt.",
    "Tourism revenue in Spain rose by 9 percent, the ministry said.",
    "The group signed a management contract for a resort.",
    "Brent futures contracts for delivery in May were signed off by traders.",
    "Ministers of Kazakhstan and Germany agreed to continue contacts.",
]


@pytest.mark.parametrize("text", SILENT)
def test_talk_without_an_instrument_between_parties_is_no_claim(text: str) -> None:
    assert claims_of(text) == []


def test_approval_is_ratification_only_by_those_who_ratify() -> None:
    assert only("The senate of Chile approved the trade agreement with Japan.").status == "ratified"
    assert claims_of("Farmers in Chile approved the trade agreement with Japan.") == []


def test_bare_agreement_on_a_measure_is_no_instrument() -> None:
    assert claims_of("The European Union reached agreement on sanctions.") == []


@pytest.mark.parametrize(
    ("text", "organisations", "parties"),
    [
        ("Siemens and the Egyptian government signed a contract for 40 trains.", ("Siemens",), ("EGY",)),
        ("Masdar signed a memorandum of understanding with SOCAR on wind power.", ("Masdar", "SOCAR"), ()),
        ("Hungary signed a deal with Russia's Gazprom for gas deliveries.", ("Gazprom",), ("HUN",)),
        ("Qatar Energy and Sinopec signed a 27-year LNG supply agreement.", ("Qatar Energy", "Sinopec"), ()),
        ("Airbus won a contract to supply Saudi Arabia with 20 helicopters.", ("Airbus",), ("SAU",)),
    ],
)
def test_companies_are_organisations_and_not_their_countries(
    text: str, organisations: tuple[str, ...], parties: tuple[str, ...]
) -> None:
    claim = only(text)
    assert claim.organisations == organisations
    assert claim.parties == parties


def test_a_company_turns_an_agreement_into_a_contract() -> None:
    assert only("Hungary signed an agreement with Gazprom on gas deliveries.").form == "contract"
    assert only("Hungary signed an agreement with Serbia on gas deliveries.").form == "agreement"


def test_goods_that_enter_a_country_sign_nothing() -> None:
    claims = claims_of("Peru ratified the customs agreement with Chile. Copper enters it by rail.")
    assert [claim.status for claim in claims] == ["ratified"]


def test_part_of_the_name_of_an_instrument_is_no_company() -> None:
    claim = only("Mongolia's Enhanced Partnership and Cooperation Agreement with Japan was signed.")
    assert (claim.organisations, claim.parties, claim.form) == ((), ("JPN", "MNG"), "agreement")


def test_hosts_brokers_and_the_place_are_no_parties() -> None:
    claim = only(
        "Ethiopia and Eritrea signed a peace accord brokered by Saudi Arabia in Washington, hosted by the United States."
    )
    assert claim.parties == ("ERI", "ETH")
    assert claim.place == "Washington"


def test_a_later_sentence_points_back_to_the_instrument() -> None:
    text = "Sudan and Chad signed a transit accord in 2019. It was ratified in May 2021. The accord was suspended in 2023."
    claims = claims_of(text)
    assert [claim.status for claim in claims] == ["signed", "ratified", "suspended"]
    assert {claim.parties for claim in claims} == {("SDN", "TCD")}
    assert [claim.date_start for claim in claims] == [date(2019, 1, 1), date(2021, 5, 1), date(2023, 1, 1)]


def test_the_two_countries_are_those_named_before() -> None:
    claims = claims_of("Talks between Laos and Nepal ended on Monday. The two countries signed a joint declaration.")
    assert [claim.parties for claim in claims] == [("LAO", "NPL")]


def test_an_instrument_and_status_is_told_once() -> None:
    text = (
        "Peru and Chile signed a treaty on Monday. The treaty was signed by Peru and Chile. Peru and Chile ratified the treaty."
    )
    assert [claim.status for claim in claims_of(text)] == ["signed", "ratified"]


def test_several_unnamed_instruments_are_one_claim_and_a_list_of_topics_is_several() -> None:
    several = only("Twenty documents were signed after the talks between China and Laos.")
    assert (several.name, several.parties) == (None, ("CHN", "LAO"))
    listed = claims_of("Turkmenistan and Afghanistan signed three memoranda, on electricity, railways and fibre-optic lines.")
    assert [claim.subject for claim in listed] == ["energy", "transport", "digital"]


def test_several_instruments_of_one_verb() -> None:
    claims = claims_of("Iraq and Oman signed a treaty on extradition, a memorandum on tourism and a protocol on customs.")
    assert [(claim.form, claim.subject) for claim in claims] == [
        ("treaty", "society"),
        ("memorandum", "society"),
        ("protocol", "trade"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Uzbekistan and the EU signed the Enhanced Partnership and Cooperation Agreement.",
            "Enhanced Partnership and Cooperation Agreement",
        ),
        ("Peru and Chile signed the Treaty of Ancon in 1883.", "Treaty of Ancon"),
        ("Peru and Chile signed a trade agreement.", None),
        ("Armenia and Iran signed a Free Trade Agreement in December.", "Free Trade Agreement"),
        ("Oman and Peru signed the Trade and Transit Pact on Monday.", "Trade and Transit Pact"),
    ],
)
def test_names_are_verbatim_and_common_nouns_are_none(text: str, name: str | None) -> None:
    assert only(text).name == name


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Peru and Chile signed a trade agreement on 3 March 2024 in Lima.", date(2024, 3, 3), date(2024, 3, 3)),
        ("In April 2021 Peru and Chile signed a trade agreement.", date(2021, 4, 1), date(2021, 4, 30)),
        ("The pact between Ghana and Togo has been in force since 1999.", date(1999, 1, 1), date(1999, 12, 31)),
        ("Peru and Chile signed a trade agreement.", None, None),
        ("Peru and Chile signed an action plan for 2025-2027.", None, None),
    ],
)
def test_the_date_is_that_of_the_status(text: str, start: date | None, end: date | None) -> None:
    claim = only(text)
    assert (claim.date_start, claim.date_end) == (start, end)


def test_a_scheduled_entry_into_force_is_a_target_ahead() -> None:
    claim = only("The customs pact between Ghana and Togo takes effect on 1 September.")
    assert (claim.modality, claim.date_start) == ("target", date(2025, 9, 1))


def test_an_anniversary_tells_since_when_it_is_in_force() -> None:
    claim = only("Norway and Iceland celebrated the 20th anniversary of the Treaty of Good Neighbours.")
    assert (claim.status, claim.date_start, claim.date_end) == ("in_force", date(2005, 1, 1), date(2005, 12, 31))


def test_moscow_stood_for_the_soviet_union() -> None:
    assert only("Moscow and Delhi signed a trade protocol.", date(1987, 3, 1)).parties == ("IND", "SUN")
    assert only("Moscow and Delhi signed a trade protocol.", date(2024, 3, 1)).parties == ("IND", "RUS")


def test_statesmen_stand_for_their_country_once_introduced() -> None:
    text = (
        "Bolivian President Juan Testero met his guest on Monday.\n\nTestero and Peru's prime minister signed a border treaty."
    )
    assert only(text).parties == ("BOL", "PER")


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [text for text, *_ in STATUSES] + SILENT + ["\n\n", " and ", ", ", "It was signed.", "(EPCA)", "“", "The two sides"]
        ),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("DOCUMENT(0)")
def test_any_text_gives_grounded_claims_of_the_contract(text: str) -> None:
    document = read_text(text, PUBLISHED)
    words = vocabulary()
    for claim in agreement_claims(read_script(document)):
        assert document.text[claim.evidence_start : claim.evidence_end] == claim.evidence
        assert claim.status in words.statuses
        assert claim.form in words.forms
        assert claim.subject in words.subjects
        assert claim.modality in words.modalities
        assert claim.parties or claim.organisations
        assert list(claim.parties) == sorted(set(claim.parties))
        assert list(claim.organisations) == sorted(set(claim.organisations))
        assert 0 <= claim.confidence <= 1


def test_a_like_instrument_told_again_without_another_date_is_a_repeat() -> None:
    text = "Peru and Chile signed a treaty on trade on Monday. Tourism grew. Peru and Chile signed a treaty on trade."
    assert len(claims_of(text)) == 1
    dated = "Peru and Chile signed a treaty on trade in 2001. Peru and Chile signed a treaty on trade in 2009."
    assert len(claims_of(dated)) == 2


def test_each_verb_of_talks_is_a_step_with_its_own_date() -> None:
    claims = claims_of("Negotiations on a trade pact between Peru and Chile opened in 2019 and ended in July 2022.")
    assert [(claim.status, claim.date_start) for claim in claims] == [
        ("negotiating", date(2019, 1, 1)),
        ("agreed", date(2022, 7, 1)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers removed a hurdle to ratification of the treaty between Peru and Chile.",
        "Once signed, the treaty between Peru and Chile must be explained to the public.",
        "Peru and Chile will trade more before the treaty can enter into force.",
    ],
)
def test_what_is_only_awaited_is_no_status(text: str) -> None:
    assert [claim for claim in claims_of(text) if claim.modality == "reported"] == []


def test_an_agreement_that_speaks_for_itself_has_been_agreed() -> None:
    claim = only("The treaty between Peru and Chile provides for open borders.")
    assert (claim.status, claim.parties) == ("agreed", ("CHL", "PER"))
    assert claims_of("The treaty provides for open borders.") == []


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("Norway and Peru are close to renewing their fisheries agreement.", "negotiating", "reported"),
        ("A transit treaty between Ghana and Togo has been under negotiation since May.", "negotiating", "reported"),
        ("A tax treaty between Cuba and Malta still awaits ratification by parliament.", "ratified", "negated"),
        ("The minister denied reports that Laos and Nepal had signed an air services agreement.", "signed", "negated"),
        ("Their fish pact was old. Kenya and Oman initialled a revised shipping agreement in Muscat.", "initialed", "reported"),
        ("The supply contract between Rosneft and Sinopec expires on 31 December.", "terminated", "target"),
    ],
)
def test_near_awaited_denied_and_ending_instruments(text: str, status: str, modality: str) -> None:
    claim = only(text)
    assert (claim.status, claim.modality) == (status, modality)


def test_two_participles_tell_two_steps() -> None:
    claims = claims_of("The rice pact between Thailand and Ghana, signed in 1999 and extended last year, is popular.")
    assert [(claim.status, claim.date_start) for claim in claims] == [
        ("signed", date(1999, 1, 1)),
        ("extended", date(2024, 1, 1)),
    ]


def test_an_agreement_is_attributed_to_who_tells_it() -> None:
    assert only("Turkey and Iraq have signed a transit agreement, the Iraqi trade minister said.").attributed_to == (
        "the Iraqi trade minister"
    )


PAIRS = [
    (
        "Peru, Chile and Ecuador each concluded a fisheries accord with Norway.",
        [("CHL", "NOR"), ("ECU", "NOR"), ("NOR", "PER")],
    ),
    ("Mongolia and Laos have each signed a customs memorandum with Vietnam.", [("LAO", "VNM"), ("MNG", "VNM")]),
    (
        "Georgia and Moldova held talks in Vienna. Each also signed a trade agreement with Japan.",
        [("GEO", "JPN"), ("JPN", "MDA")],
    ),
    (
        "Georgia and Moldova adopted a peace plan. They met in Japan. Each also signed a trade agreement with Japan.",
        [("GEO", "JPN"), ("GEO", "MDA"), ("JPN", "MDA")],
    ),
    ("Kenya signed separate transport agreements with Uganda and Rwanda.", [("KEN", "RWA"), ("KEN", "UGA")]),
    ("Mongolia and Laos signed a customs memorandum with Vietnam.", [("LAO", "MNG", "VNM")]),
    ("Laos and Vietnam each ratified the treaty on their border.", [("LAO", "VNM")]),
]


@pytest.mark.parametrize(("text", "parties"), PAIRS)
def test_what_each_of_several_signs_with_another_is_an_instrument_of_each_pair(
    text: str, parties: list[tuple[str, ...]]
) -> None:
    assert sorted(claim.parties for claim in claims_of(text)) == parties


def test_they_are_the_guest_and_the_host_of_a_visit() -> None:
    told = only("When Mirziyoyev visited Astana on May 7, they signed a further accord on grain transit.")
    assert told.parties == ("KAZ", "UZB")


def test_one_more_agreement_of_a_kind_has_the_same_bloc_for_its_partner() -> None:
    text = "Chile's free trade agreement with the EU entered into force in 2003. Peru signed a similar agreement on services."
    assert [claim.parties for claim in claims_of(text)] == [("CHL", "EU"), ("EU", "PER")]


def test_a_member_ratifies_what_its_bloc_has_agreed() -> None:
    told = only("Kazakhstan ratified the interim agreement on free trade between the Eurasian Economic Union and Iran in 2019.")
    assert (told.status, told.parties) == ("ratified", ("EAEU", "IRN"))


def test_that_one_is_the_agreement_told_of_before() -> None:
    text = "Iran and the Eurasian Economic Union reached an accord in 2018. Kyrgyzstan ratified that one on May 7, 2019."
    told = [claim for claim in claims_of(text) if claim.status == "ratified"]
    assert [(claim.parties, claim.date_end) for claim in told] == [(("EAEU", "IRN"), date(2019, 5, 7))]


def told(text: str, published_on: date | None = PUBLISHED) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(claim.status, claim.modality, claim.parties) for claim in claims_of(text, published_on)]


WORDINGS = [
    ("Tunisia and Malta put their signatures to a fisheries accord.", "signed", "reported"),
    ("Tunisia and Malta have inked a deal on ferries.", "signed", "reported"),
    ("Ministers from Tunisia and Malta affixed their signatures to a ferry agreement.", "signed", "reported"),
    ("Tunisia and Malta will shortly put pen to paper on a ferry agreement.", "signed", "target"),
    ("Tunisia and Malta stopped short of signing a ferry agreement.", "signed", "negated"),
    ("The signing of a ferry agreement between Tunisia and Malta was postponed.", "signed", "negated"),
    ("Tunisia will probably sign a ferry agreement with Malta.", "signed", "forecast"),
    ("Tunisia and Malta have clinched a trade pact.", "agreed", "reported"),
    ("Tunisia and Malta wrapped up talks on a trade pact.", "agreed", "reported"),
    ("Talks between Tunisia and Malta on a trade pact ended without a result.", "agreed", "negated"),
    ("No agreement was reached between Tunisia and Malta on fishing.", "agreed", "negated"),
    ("Tunisia and Malta agreed, in Sousse, to open their ports to each other's fishermen.", "agreed", "reported"),
    ("Tunisia opened a new round of negotiations with Malta on a trade pact.", "negotiating", "reported"),
    ("Free trade talks between Tunisia and Malta have stalled.", "negotiating", "reported"),
    ("Tunisia and Malta have been in free trade talks since May.", "negotiating", "reported"),
    ("A trade pact between Tunisia and Malta is within reach.", "negotiating", "reported"),
    ("There are no negotiations with Malta on a trade pact, Tunisia said.", "negotiating", "negated"),
    ("Free trade talks between Tunisia and Malta collapsed.", "suspended", "reported"),
    ("Tunisia put a trade pact with Malta on hold.", "suspended", "reported"),
    ("The Tunisian president promulgated the trade pact with Malta.", "ratified", "reported"),
    ("Malta's parliament gave its consent to the trade pact with Tunisia.", "ratified", "reported"),
    ("Malta's parliament threw out the trade pact with Tunisia.", "ratified", "negated"),
    ("The trade pact between Tunisia and Malta kicked in on 1 May.", "in_force", "reported"),
    ("Tunisia and Malta have a trade pact.", "in_force", "reported"),
    ("Tunisia and Malta rolled over their trade pact.", "extended", "reported"),
    ("Tunisia and Malta agreed to upgrade their trade pact.", "extended", "target"),
    ("Tunisia tore up its trade pact with Malta.", "terminated", "reported"),
    ("Tunisia declared the trade pact with Malta void.", "terminated", "reported"),
    ("The trade pact between Tunisia and Malta was declared null and void.", "terminated", "reported"),
    ("Tunisia walked out of the trade pact with Malta.", "terminated", "reported"),
    ("Tunisia let its trade pact with Malta lapse.", "terminated", "reported"),
    ("Tunisia wants a trade pact with Malta.", "proposed", "reported"),
    ("Tunisia offered Malta a trade pact.", "proposed", "reported"),
    ("Tunisia proposed signing a trade pact with Malta.", "proposed", "reported"),
    ("A trade pact between Tunisia and Malta is being drafted.", "proposed", "reported"),
]


@pytest.mark.parametrize(("text", "status", "modality"), WORDINGS)
def test_a_status_is_told_in_many_words(text: str, status: str, modality: str) -> None:
    assert told(text) == [(status, modality, ("MLT", "TUN"))]


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Sfax between Malta and Tunisia was signed in 2009, never ratified and declared void in 2018.",
        "Malta and Tunisia signed the Sfax Pact in 2009. Neither parliament ratified it and in 2018 Tunisia declared it void.",
    ],
)
def test_several_statuses_of_one_instrument_have_their_own_certainty_and_date(text: str) -> None:
    claims = claims_of(text)
    assert [(claim.status, claim.modality) for claim in claims] == [
        ("signed", "reported"),
        ("ratified", "negated"),
        ("terminated", "reported"),
    ]
    assert [claim.date_start for claim in claims] == [date(2009, 1, 1), None, date(2018, 1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Malta's withdrawal from the trade pact with Tunisia takes effect in May.",
        "The suspension of the trade pact between Malta and Tunisia was announced on Friday.",
    ],
)
def test_a_verb_behind_an_event_tells_of_the_event(text: str) -> None:
    assert len(claims_of(text)) == 1


def test_a_fronted_participle_tells_of_what_follows() -> None:
    text = "Malta met Tunisia on Monday. Also signed in Sfax were a memorandum on electricity and a protocol on cattle."
    assert [(claim.form, claim.subject) for claim in claims_of(text)] == [("memorandum", "energy"), ("protocol", "agriculture")]
    assert told("Signed in May, the memorandum between Malta and Tunisia has gathered dust.") == [
        ("signed", "reported", ("MLT", "TUN"))
    ]


LIST = """Visit to Male

On 12 May 2025 the president of Fiji met the president of the Maldives.

The following documents were signed:

1. Joint Statement on Neighbourly Ties;
2. Intergovernmental Agreement on the Sharing of Catch;
3. Memorandum between the University of Suva and the National University of Male.
"""


def test_the_entries_of_a_list_have_the_status_that_leads_them_in() -> None:
    claims = claims_of(LIST)
    assert [(claim.status, claim.form) for claim in claims] == [
        ("signed", "declaration"),
        ("signed", "agreement"),
        ("signed", "memorandum"),
    ]
    assert [claim.parties for claim in claims] == [("FJI", "MDV"), ("FJI", "MDV"), ()]
    assert {claim.date_start for claim in claims} == {date(2025, 5, 12)}


CHRONICLE = """The border of Laos and Nepal, year by year

*2019*

4 July. The foreign ministers agree on a truce.

*2021*

9 March. The presidents of Laos and Nepal sign a treaty on the border, which both parliaments ratify.
"""


def test_a_chronicle_sets_the_year_of_its_entries() -> None:
    claims = claims_of(CHRONICLE)
    assert [(claim.status, claim.date_start) for claim in claims][:2] == [
        ("agreed", date(2019, 7, 4)),
        ("signed", date(2021, 3, 9)),
    ]
    assert {claim.parties for claim in claims} == {("LAO", "NPL")}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Fiji and Oman signed a pact on 3 April 2006. Oman ratified it in June of that year.", date(2006, 6, 1)),
        ("The pact between Fiji and Oman, signed in May 2023, was ratified on 2 June.", date(2025, 6, 2)),
        ("The pact between Fiji and Oman dates from March 2004.", date(2004, 3, 1)),
        ("Fiji and Oman will sign a pact tomorrow.", date(2025, 6, 21)),
    ],
)
def test_a_date_is_read_where_it_stands(text: str, start: date) -> None:
    assert claims_of(text)[-1].date_start == start


def test_what_is_signed_at_a_meeting_is_signed_on_its_days() -> None:
    text = "The sultan of Oman visited Fiji on 2-3 June. The talks lasted long. Fiji and Oman signed a treaty on shipping."
    assert (only(text).date_start, only(text).date_end) == (date(2025, 6, 2), date(2025, 6, 3))


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Kuwait, Qatar and Bahrain met in Doha. The three countries signed a rail treaty.",
            ("BHR", "KWT", "QAT"),
        ),
        (
            "The four states signed the Lake Convention in 2018. Fiji, Oman, Peru and Laos have since ratified it.",
            ("FJI", "LAO", "OMN", "PER"),
        ),
        (
            "Omani Foreign Minister Badr Testero landed in Suva. He signed a pact with his counterpart from Fiji.",
            ("FJI", "OMN"),
        ),
        ("Fiji buys rice from Laos under a pact signed in 2020.", ("FJI", "LAO")),
        ("Kuwait and Fiji fear the Gulf. The EU has proposed to Suva and Kuwait City a protocol on gas.", ("EU", "FJI", "KWT")),
    ],
)
def test_parties_are_told_by_number_office_or_place_in_the_clause(text: str, parties: tuple[str, ...]) -> None:
    assert claims_of(text)[0].parties == parties


def test_a_minister_without_a_country_is_of_the_texts_own() -> None:
    text = (
        "New Zealand's exports grew. New Zealand sells wool. Trade Minister Ann Testero said so.\n\n"
        "Testero and the EU's envoy signed a wool agreement."
    )
    assert claims_of(text)[0].parties == ("EU", "NZL")


def test_the_two_companies_are_those_told_of_before() -> None:
    text = "Siemens builds trains for Alstom. The contract between the two companies ran out on May 31."
    assert only(text).organisations == ("Alstom", "Siemens")


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("Alstom was awarded a contract by Siemens for 18 trains.", ("Alstom", "Siemens")),
        ("Siemens awarded Alstom a contract for 18 trains.", ("Alstom", "Siemens")),
        ("Alstom and the Uzbek railways signed a contract.", ("Alstom", "Uzbek railways")),
    ],
)
def test_firms_stand_where_parties_stand(text: str, organisations: tuple[str, ...]) -> None:
    assert only(text).organisations == organisations


@pytest.mark.parametrize(
    "text",
    [
        "Malta and Tunisia agreed to hold talks on tourism.",
        "Malta and Tunisia agreed to set up a working group on trade.",
        "Retailers struck deals with farmers.",
        "NAFTA rules bind Canada.",
        "The talks in Sfax between Malta and Tunisia were friendly.",
        "Under the exchange of data Malta informs Tunisia.",
    ],
)
def test_talk_is_no_instrument(text: str) -> None:
    assert claims_of(text) == []


def test_a_well_known_instrument_binds_whom_it_is_known_to_bind() -> None:
    text = "The Black Sea Grain Initiative was extended for sixty days."
    assert told(text) == [("extended", "reported", ("RUS", "UKR"))]


def test_an_instrument_has_the_name_that_the_text_gives_it_later() -> None:
    text = "Fiji and Oman signed a trade agreement. The Fiji-Oman Accord on Free Commerce enters into force in 2026."
    assert {claim.name for claim in claims_of(text)} == {"Fiji-Oman Accord on Free Commerce"}


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("ratify", ("ratify", "ratifies", "ratified", "ratifying")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("free", ("free", "frees", "freed", "freeing")),
        ("reach", ("reach", "reaches", "reached", "reaching")),
        ("annoy", ("annoy", "annoys", "annoyed", "annoying")),
        ("freeze", ("freeze", "freezes", "froze", "frozen", "freezing")),
    ],
)
def test_verbs_are_inflected(verb: str, expected: tuple[str, ...]) -> None:
    irregular = {
        "freeze": ("freeze", "freezes", "froze", "frozen", "freezing"),
        "agree": ("agree", "agrees", "agreed", "agreeing"),
    }
    assert tuple(forms(verb, irregular, ())) == expected


def test_a_phrase_is_inflected_with_each_possessive() -> None:
    assert list(forms("put ~ name to", {"put": ("put", "puts")}, ("its", "their"))) == [
        "put its name to",
        "put their name to",
        "puts its name to",
        "puts their name to",
    ]


def test_a_trilateral_instrument_binds_the_three_states_of_its_sentence() -> None:
    text = "A tripartite contract on swapping Turkmen gas to Armenia through Iran was signed on 3 May in Ashgabat."
    assert only(text).parties == ("ARM", "IRN", "TKM")


def test_agreements_that_are_only_mentioned_are_no_claim() -> None:
    assert claims_of("The ministers of Fiji and Oman reviewed agreements concluded between the two countries.") == []
    assert claims_of("Ministers reviewed agreements concluded between Fiji and Oman in 2019.") != []


def test_a_plural_owner_belongs_to_the_phrase_of_the_instrument() -> None:
    claim = only("Jordan has agreed to extend APM Terminals' concession agreement at Aqaba by ten years.")
    assert (claim.status, claim.organisations, claim.parties) == ("extended", ("APM Terminals",), ("JOR",))


@pytest.mark.parametrize(
    "text",
    [
        "The trade pact between Fiji and Oman, in force since 2011, is popular.",
        "The trade pact between Fiji and Oman (in force since 2011) is popular.",
    ],
)
def test_a_remark_behind_an_instrument_tells_of_it(text: str) -> None:
    assert (only(text).status, only(text).date_start) == ("in_force", date(2011, 1, 1))


def test_a_meeting_that_a_sentence_tells_another_time_than_is_not_when_it_was_signed() -> None:
    text = "Oman's sultan visited Fiji on 2 June. In 2011 the sultan had come to Suva, where Fiji and Oman signed a treaty."
    assert only(text).date_start == date(2011, 1, 1)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Fiji began negotiations on entry into NAFTA in May.", ("FJI", "NAFTA")),
        ("Fiji has been in talks on accession to Mercosur since May.", ("FJI", "MERCOSUR")),
    ],
)
def test_talks_on_joining_are_with_the_bloc(text: str, parties: tuple[str, ...]) -> None:
    assert told(text) == [("negotiating", "reported", parties)]


@pytest.mark.parametrize(
    "text",
    [
        "Fiji and Oman signed a protocol on the exchange of data.",
        "Fiji and Oman signed a memorandum on the issue of visas.",
    ],
)
def test_nouns_of_the_form_of_verbs_do_not_cut_a_phrase(text: str) -> None:
    assert [claim.status for claim in claims_of(text)] == ["signed"]


GOING_ON = [
    ("Norway and Kenya agreed the final terms of a fisheries accord.", "agreed", ("KEN", "NOR")),
    ("Oslo and Nairobi announced a framework trade deal.", "agreed", ("KEN", "NOR")),
    ("Ghana and Togo unveiled a framework for an Agreement on Border Trade.", "agreed", ("GHA", "TGO")),
    ("Chile and Japan are thrashing out an upgraded free trade agreement.", "negotiating", ("CHL", "JPN")),
    (
        "Negotiations between Fiji and Tonga on an air services agreement are in their final phase.",
        "negotiating",
        ("FJI", "TON"),
    ),
    ("Ghana's president proposed that Ghana and Togo conclude an agreement on tolls.", "proposed", ("GHA", "TGO")),
    ("The parties noted the need to conclude an investment agreement between Oman and Nepal.", "proposed", ("NPL", "OMN")),
    ("Among the papers signed by Oman and Nepal is a memorandum on ports.", "signed", ("NPL", "OMN")),
    ("Agreement between Latvia and Malta on customs; entered into force 1 May 1995.", "in_force", ("LVA", "MLT")),
    ("The free trade agreement between Oman and Nepal has been operative since May 2020.", "in_force", ("NPL", "OMN")),
]


@pytest.mark.parametrize(("text", "status", "parties"), GOING_ON)
def test_what_carries_an_agreement_and_what_goes_on(text: str, status: str, parties: tuple[str, ...]) -> None:
    claim = only(text)
    assert (claim.status, claim.modality, claim.parties) == (status, "reported", parties)


@pytest.mark.parametrize(
    "text",
    [
        "Had the pact between Oman and Nepal been signed, rice would be cheaper.",
        "Should the treaty between Latvia and Malta be ratified, ships would sail more often.",
        "The pilots' union agreed a wage deal with Lufthansa in Germany.",
    ],
)
def test_conditions_and_wages_are_no_agreements(text: str) -> None:
    assert claims_of(text) == []


STOOD_FOR = [
    ("The EAEU met in Minsk. The union signed a free trade agreement with Mongolia.", ("EAEU", "MNG")),
    ("ASEAN gathered in Manila. The bloc signed an upgraded trade pact with China.", ("ASEAN", "CHN")),
    ("Oman and Iraq signed a gas agreement on the sidelines of the ECO summit in Ashgabat.", ("IRQ", "OMN")),
    ("At an SCO meeting in Tianjin, Nepal and China signed a customs protocol.", ("CHN", "NPL")),
]


@pytest.mark.parametrize(("text", "parties"), STOOD_FOR)
def test_a_bloc_called_by_its_kind_is_a_party_and_one_that_hosts_is_none(text: str, parties: tuple[str, ...]) -> None:
    assert only(text).parties == parties


def test_talks_with_another_side_are_on_another_agreement() -> None:
    claims = claims_of("Kenya and Fiji signed a trade agreement on Monday. Talks with Oman have not yet begun.")
    assert [(claim.status, claim.modality) for claim in claims] == [("signed", "reported"), ("negotiating", "negated")]
    assert "OMN" in claims[1].parties
    assert len(claims[1].parties) == 2


MORE_WAYS = [
    ("The trade agreement between Oman and Nepal has come into force, a minister said.", "in_force", "reported"),
    ("The German chancellor called for a swift conclusion of the free trade agreement with Chile.", "proposed", "reported"),
    ("The Omani minister suggested drawing up a roadmap for trade with Nepal.", "proposed", "reported"),
    ("Work is under way on a preferential trade agreement between Oman and Nepal.", "negotiating", "reported"),
    (
        "Parliament in Nairobi approved a bill ratifying the agreement between Kenya and Fiji on wind power.",
        "ratified",
        "reported",
    ),
]


@pytest.mark.parametrize(("text", "status", "modality"), MORE_WAYS)
def test_perfects_calls_and_bills_tell_what_has_come_about(text: str, status: str, modality: str) -> None:
    claim = only(text)
    assert (claim.status, claim.modality) == (status, modality)


def test_a_bloc_whose_members_sign_is_no_further_party() -> None:
    text = "The EAEU met in May. Russia, Belarus and Kazakhstan signed the founding treaty of the union."
    assert only(text).parties == ("BLR", "KAZ", "RUS")


def test_those_named_of_many_documents_are_claims_of_their_own() -> None:
    claims = claims_of("Several documents were signed in Oslo, including an agreement between Norway and Kenya on fisheries.")
    assert ("signed", ("KEN", "NOR")) in [(claim.status, claim.parties) for claim in claims]


def test_documents_handed_over_are_signed_and_so_is_the_one_that_a_remark_names() -> None:
    text = "Kenya and Fiji exchanged eleven documents, including an agreement on plant quarantine."
    assert {(claim.status, claim.form, claim.subject) for claim in claims_of(text)} == {
        ("signed", "other", "other"),
        ("signed", "agreement", "agriculture"),
    }


def test_a_frame_of_a_visit_is_no_instrument() -> None:
    text = "Within the framework of the visit of the Omani sultan to Nairobi, 12 documents were signed between Kenya and Oman."
    assert [claim.form for claim in claims_of(text)] == ["other"]


def test_a_road_map_is_not_of_transport() -> None:
    assert only("Kenya and Fiji signed a road map for tourism.").subject == "society"


UNDER = [
    ("Under a memorandum signed in Muscat on Monday, Oman and Kenya will set up a joint committee on fish.", ("KEN", "OMN")),
    ("The trade pact that Fiji signed with Oman in March was a first.", ("FJI", "OMN")),
    ("A package of accords on wool was signed by Peru and Kenya.", ("KEN", "PER")),
]


@pytest.mark.parametrize(("text", "parties"), UNDER)
def test_what_somebody_acts_under_binds_those_who_act(text: str, parties: tuple[str, ...]) -> None:
    claim = only(text)
    assert (claim.status, claim.parties) == ("signed", parties)


def test_what_must_come_first_is_no_step_of_its_own() -> None:
    text = "Kenya and Oman signed a fisheries treaty. The treaty will enter into force after both parliaments ratify it."
    assert [(claim.status, claim.modality) for claim in claims_of(text)] == [("signed", "reported"), ("in_force", "target")]


def test_a_further_round_is_one_of_the_talks_told_of() -> None:
    text = "Kenya and Oman held the third round of talks on a trade agreement. A fourth round is to be held in Muscat in July."
    claims = claims_of(text)
    assert [(claim.status, claim.modality) for claim in claims] == [("negotiating", "reported"), ("negotiating", "target")]
    assert {claim.parties for claim in claims} == {("KEN", "OMN")}


def test_talks_between_others_are_not_on_the_agreement_told_of() -> None:
    text = "Kenya and Oman signed a trade pact. Talks between Peru and Fiji on fishing rights opened in May."
    assert {claim.parties for claim in claims_of(text)} == {("KEN", "OMN")}


def test_a_firm_goes_on_as_it() -> None:
    text = (
        "Siemens Energy won the tender for a plant in Oman. It signed a supply contract with Oman's energy ministry on Monday."
    )
    claim = claims_of(text)[-1]
    assert (claim.parties, claim.organisations) == (("OMN",), ("Siemens Energy",))


def test_no_agency_is_a_party_to_what_it_reports() -> None:
    claims = claims_of("Maersk signed a contract with the port of Mombasa, officials told Reuters in Nairobi.")
    assert all("Reuters" not in claim.organisations for claim in claims)


def test_a_denied_instrument_is_not_signed() -> None:
    claim = only("No fisheries agreement under the new rules for the coast will be signed by Kenya and Oman.")
    assert claim.modality == "negated"


@pytest.mark.parametrize(
    "sentence",
    [
        "With Oman, too, a free trade agreement is to be signed.",
        "A free trade agreement with Oman was also signed.",
        "With Oman, likewise, a free trade agreement is under negotiation.",
        "A free trade agreement with Oman has been signed as well.",
    ],
)
def test_one_more_accord_of_a_bloc_is_the_blocs(sentence: str) -> None:
    text = f"The EAEU and Vietnam signed a free trade agreement in 2015. Vietnam ratified it a year later. {sentence}"
    assert claims_of(text)[-1].parties == ("EAEU", "OMN")


@pytest.mark.parametrize(
    ("text", "status", "parties", "start"),
    [
        (
            "Oman and Peru want a treaty. Talks on it opened in 2019 and closed in 2022; on July 8, 2022 it was initialed.",
            "initialed",
            ("OMN", "PER"),
            date(2022, 7, 8),
        ),
        (
            "Astana favors good relations between Peru and Chile. The minister praised Lima's part in the signing of the "
            "Arica Final Document.",
            "signed",
            ("CHL", "PER"),
            None,
        ),
    ],
)
def test_dates_with_commas_and_pairs_told_before(text: str, status: str, parties: tuple[str, ...], start: date | None) -> None:
    found = [claim for claim in claims_of(text) if claim.status == status]
    assert [(claim.parties, claim.date_start) for claim in found] == [(parties, start)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Peru and Chile signed an important agreement.", "other"),
        ("Peru and Chile will draft a roadmap for industry, and a joint fund will pay for it.", "trade"),
        ("Peru and Chile signed a memorandum on the training of judges.", "other"),
    ],
)
def test_words_that_only_look_like_those_of_a_subject_tell_none(text: str, subject: str) -> None:
    assert [claim.subject for claim in claims_of(text)] == [subject]


def test_what_a_statement_describes_is_not_its_own_status() -> None:
    found = claims_of("A joint statement of Peru and Chile describes how the new port is to be carried out.")
    assert [claim.status for claim in found] == ["agreed"]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("KazMunayGas and Chevron will work together. The companies signed a contract on Monday.", 2),
        ("DP World and Adani Ports will build a terminal. A letter of intent to that effect was signed in Muscat.", 2),
        ("Pakistan Railways and Uzbekistan Railways are ready to sign a framework agreement on through trains.", 2),
        ("Representatives of Azerbaijan Railways and Deutsche Bahn signed a memorandum on wagons.", 2),
    ],
)
def test_firms_that_another_sentence_names_sign(text: str, organisations: int) -> None:
    claim = only(text)
    assert len(claim.organisations) == organisations
    assert not any(name.startswith("Representatives") for name in claim.organisations)


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("The leaders of Peru and Fiji attended the signing ceremony for a fisheries treaty.", "signed", "reported"),
        ("Without Peru, Chile and Fiji signed the fisheries treaty in May.", "signed", "reported"),
        ("In a joint statement, Oman and Kenya pledged to open their markets.", "agreed", "reported"),
        (
            "In a trilateral declaration in Lima, Peru, Chile and Fiji said that they would open their ports.",
            "agreed",
            "reported",
        ),
        ("What Oman and Kenya concluded in May is little more than a memorandum.", "agreed", "reported"),
        ("Hungary wants out of the gas contract with Gazprom.", "terminated", "target"),
        ("The agreement between Latvia and Estonia on waybills applies since May.", "in_force", "reported"),
        ("Kenya broke off trade talks with Oman in May.", "suspended", "reported"),
        ("Chevron and Oman's energy ministry have begun talks on extending the concession.", "negotiating", "reported"),
    ],
)
def test_where_instruments_stand_in_other_words(text: str, status: str, modality: str) -> None:
    assert [(claim.status, claim.modality) for claim in claims_of(text)] == [(status, modality)]


def test_some_are_named_of_the_many_just_signed() -> None:
    text = "Oman and Peru signed ten documents. Among them are an agreement on labour and a memorandum on water."
    assert [(claim.form, claim.subject) for claim in claims_of(text)[1:]] == [
        ("agreement", "society"),
        ("memorandum", "environment"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Oman and Peru signed a border treaty. The Omani side has already ratified.", "ratified"),
        ("And the agreement between Oman and Peru?\n\nInitialled in May.", "initialed"),
        ("The pact between Oman and Peru expired in May. It has been extended until 2030.", "extended"),
    ],
)
def test_what_is_left_out_is_the_instrument_told_of(text: str, status: str) -> None:
    claim = claims_of(text)[-1]
    assert (claim.status, claim.parties) == (status, ("OMN", "PER"))


def test_who_says_it_lends_neither_place_nor_date() -> None:
    claim = only("Oman and Peru signed a fisheries treaty, the ministry in Lima said on Friday.")
    assert (claim.place, claim.date_start) == (None, None)


def test_leaving_with_a_paper_does_not_end_it() -> None:
    assert not claims_of("Both ministers left with a protocol on lorries: it helps Chad and Cameroon.")


def test_an_instrument_that_is_held_has_the_date_of_its_relative_clause() -> None:
    assert only("Oman has a trade agreement with Peru, which entered into force in 2018.").date_start == date(2018, 1, 1)


def test_a_similar_instrument_is_on_the_same() -> None:
    assert [
        claim.subject for claim in claims_of("Japan and Fiji signed a defence pact. A similar pact with Oman is negotiated.")
    ] == [
        "security",
        "security",
    ]
