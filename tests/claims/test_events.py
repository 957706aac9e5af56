"""Event claims: what opens, moves, closes, is built, banned or freed, and the sentences that tell none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.events.claims import event_claims
from pipeline.claims.events.lexicon import event_lexicon
from pipeline.claims.extraction import extract_claims
from pipeline.claims.slots.script import read_script
from pipeline.contract.vocabulary import vocabulary
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 6, 20)


def events_of(text: str) -> list[QuantityClaim]:
    return event_claims(read_script(read_text(text, PUBLISHED)), ())


TOLD = [
    ("A ferry line between Turkey and Ukraine was launched in May.", "route_opening", "reported", (), ()),
    ("Kenya and Somalia will reopen the border crossing at Mandera.", "route_opening", "target", (), ()),
    ("Direct flights from Oman to Nepal resumed on Sunday.", "route_opening", "reported", ("OMN",), ("NPL",)),
    ("The first freight train from Xi'an arrived at the port of Baku.", "shipment", "reported", ("CHN",), ("AZE",)),
    ("A tanker with Kazakh crude left for Italy on Monday.", "shipment", "reported", ("KAZ",), ("ITA",)),
    (
        "Georgia allowed Russian grain to pass through its territory to Armenia.",
        "transit_permission",
        "reported",
        ("RUS",),
        ("ARM",),
    ),
    ("Poland closed the border crossing with Belarus.", "disruption", "reported", (), ()),
    ("The Druzhba pipeline in Hungary was shut down after an attack.", "disruption", "reported", (), ()),
    ("Azerbaijan is building a new terminal at Alat.", "infrastructure", "reported", (), ()),
    ("The railway line from Erfurt to Leipzig in Germany will be electrified.", "infrastructure", "target", (), ()),
    ("India banned exports of broken rice.", "trade_restriction", "reported", ("IND",), ()),
    ("Norway's parliament imposed a trade embargo against South Africa.", "trade_restriction", "reported", (), ("ZAF",)),
    ("Turkey lifted the ban on imports of potatoes from Egypt.", "trade_opening", "reported", ("EGY",), ("TUR",)),
    ("Indonesia will cut export duties on copper.", "trade_opening", "target", ("IDN",), ()),
]


@pytest.mark.parametrize(("text", "kind", "modality", "origin", "destination"), TOLD)
def test_tells_kind_certainty_and_direction(
    text: str, kind: str, modality: str, origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    events = events_of(text)
    assert [event.indicator for event in events] == [kind]
    assert (events[0].modality, events[0].origin, events[0].destination) == (modality, origin, destination)
    assert events[0].family == ("trade" if kind in ("trade_restriction", "trade_opening") else "freight")


SILENT = [
    "The group opened a new spa in Antalya and closed two restaurants.",
    "Kazakhstan has an open border with Kyrgyzstan.",
    "If the strait were closed, oil from Kuwait could not leave the Gulf.",
    "They called for sanctions to stop shipping to South Africa.",
    "The pact with Peru cuts no tariffs.",
    "You stop at the Georgian border.",
    "France discussed lifting the ban on British beef.",
    "The festival in Baku opened with a concert.",
]


@pytest.mark.parametrize("text", SILENT)
def test_talk_and_other_openings_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_a_clause_with_a_number_gives_no_event() -> None:
    text = "Azerbaijan is building a terminal for 2 million tonnes a year at Alat."
    document = read_text(text, PUBLISHED)
    place = text.index("2 million")
    event = events_of(text)[0]
    counted = QuantityClaim(
        **{
            **{field: getattr(event, field) for field in QuantityClaim.__slots__},
            "measure": "level",
            "value_start": place,
            "value_end": place + 9,
        }
    )
    assert event_claims(read_script(document), [counted]) == []


def test_an_event_is_told_once_and_by_the_body() -> None:
    body = "India banned exports of rice on Monday.\n\nThe government of India has banned exports of rice."
    text = f"India bans rice exports\n\nNEW DELHI - {body}"
    events = events_of(text)
    assert len(events) == 1
    assert events[0].evidence.startswith("India banned")


def test_the_line_is_the_corridor_named_before() -> None:
    text = "Georgia owns a part of the Baku-Tbilisi-Kars railway. The line was reopened in May."
    events = events_of(text)
    assert [(event.corridor, event.mode) for event in events] == [("BTK", "rail")]


TEXTS = st.lists(
    st.one_of(st.text(max_size=30), st.sampled_from([text for text, *_ in TOLD] + SILENT + ["\n\n", " and ", ", ", "; "])),
    max_size=8,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_grounded_events_of_the_contract(text: str) -> None:
    document = read_text(text, PUBLISHED)
    words = vocabulary()
    for event in event_claims(read_script(document), ()):
        assert document.text[event.evidence_start : event.evidence_end] == event.evidence
        assert event.indicator in words.events
        assert event.measure == "event"
        assert event.value_low is event.value_high is event.unit is event.bound is event.value_text is None
        assert event.mode is None or event.mode in words.modes
        assert event.modality in words.modalities
        assert 0 <= event.confidence <= 1


def test_lexicon_names_only_kinds_of_the_contract() -> None:
    assert set(event_lexicon().families) == set(vocabulary().events)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Pakistan closed Torkham for a week in January.", "disruption"),
        ("Dockers at Le Havre walked out on Monday.", "disruption"),
        ("Indonesia's ban on exports of nickel ore took effect on Sunday.", "trade_restriction"),
        ("Gas supplies to Bulgaria resumed on 20 January.", "route_opening"),
        ("Dockers at the port of Tema ended their strike.", "route_opening"),
        ("The airport of Lima was closed.", "disruption"),
        ("Norway has lifted its ban on German beef.", "trade_opening"),
        ("Russia banned Moldovan wine in March.", "trade_restriction"),
    ],
)
def test_places_goods_strikes_and_bans_that_take_effect_are_events(sentence: str, kind: str) -> None:
    assert [claim.indicator for claim in events_of(sentence)] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "The old berth in Dakar stays open.",
        "In Torkham a bakery was closed.",
        "Workers at a brewery in Ghana ended their strike.",
        "Schools in Lima were closed and flights were cancelled.",
        "The two communities in Cyprus opened crossings for pedestrians.",
    ],
)
def test_what_stays_as_it_is_and_what_happens_in_a_place_are_no_events(sentence: str) -> None:
    assert events_of(sentence) == []


def test_an_event_is_attributed_to_who_tells_it() -> None:
    (claim,) = events_of("Iran closed the border crossing at Mehran, the Iraqi trade ministry said.")
    assert claim.attributed_to == "the Iraqi trade ministry"


def told(text: str) -> set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return {(event.indicator, event.modality, event.origin, event.destination) for event in events_of(text)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Poland lifted the ban on Ukrainian grain.",
        "The ban on Ukrainian grain was lifted by Poland in May.",
        "In May Poland lifted its ban on Ukrainian grain.",
        "Poland lifts ban on Ukrainian grain",
        "Warsaw has dropped the embargo on Ukrainian grain.",
        "The Polish government scrapped in May its ban on Ukrainian grain.",
    ],
)
def test_a_lifted_ban_is_one_event_in_every_voice(sentence: str) -> None:
    assert told(sentence) == {("trade_opening", "reported", ("UKR",), ("POL",))}


@pytest.mark.parametrize(
    ("sentence", "origin", "destination"),
    [
        ("Tanzania stopped buying Kenyan maize in March.", ("KEN",), ("TZA",)),
        ("Imports of Georgian mineral water were banned by Russia in 2006.", ("GEO",), ("RUS",)),
        ("Taiwanese pineapples have been barred from China since March 1.", ("TWN",), ("CHN",)),
        ("Georgian wine has been banned in Russia since 2006.", ("GEO",), ("RUS",)),
        ("Poland closed its market to Ukrainian grain on April 15.", ("UKR",), ("POL",)),
        ("New Delhi put an anti-dumping duty on Chinese steel.", ("CHN",), ("IND",)),
        ("Denmark's ban on South African coal took effect in December.", ("ZAF",), ("DNK",)),
        ("Astana extended its ban on exports of scrap metal by six months.", ("KAZ",), ()),
        ("Argentina raised its export tax on soybeans on Monday.", ("ARG",), ()),
        ("Washington imposed an embargo on Cuba in 1962.", (), ("CUB",)),
    ],
)
def test_goods_under_a_ban_go_from_their_owner_to_who_bans_them(
    sentence: str, origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    assert told(sentence) == {("trade_restriction", "reported", origin, destination)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Poland is keeping its embargo on Ukrainian grain.",
        "Turkey left its ban on imports of live cattle in place.",
        "The EU will not lift its sanctions on Belarus, a spokesman said.",
    ],
)
def test_a_ban_that_is_kept_is_an_opening_that_did_not_come(sentence: str) -> None:
    assert [(event.indicator, event.modality) for event in events_of(sentence)] == [("trade_opening", "negated")]


def test_a_pronoun_and_a_bare_ban_carry_the_sides_of_the_one_told_before() -> None:
    text = "In January Norway imposed a ban on Danish pork. {}"
    for sequel in ("Oslo lifted it in June.", "The ban was lifted in June."):
        events = events_of(text.format(sequel))
        assert [(event.indicator, event.origin, event.destination) for event in events] == [
            ("trade_restriction", ("DNK",), ("NOR",)),
            ("trade_opening", ("DNK",), ("NOR",)),
        ]


@pytest.mark.parametrize(
    ("sentence", "kind", "modality"),
    [
        ("The pass road in Georgia, the only way north, remained shut to traffic on Friday.", "disruption", "reported"),
        ("A strike by dockers closed the port of Hamburg on Thursday.", "disruption", "reported"),
        ("Lines have rerouted ships round the Cape of Good Hope since December.", "disruption", "reported"),
        ("Maersk suspended calls at Port Sudan in April.", "disruption", "reported"),
        ("Exports of crude from Ecuador halted on May 5 because of a storm.", "disruption", "reported"),
        ("Rail traffic between Kenya and Uganda was suspended after floods.", "disruption", "reported"),
        ("Turkmenistan put the new port into operation in 2018.", "route_opening", "reported"),
        ("From May a feeder line is due to start running from Baku to Aktau.", "route_opening", "target"),
        ("The crossing between Oman and Yemen may open before 1 December.", "route_opening", "possible"),
        ("The terminal at Poti, shut for years, is back in operation.", "route_opening", "reported"),
        ("Work to lay a second track between Tashkent and Samarkand began on 3 May.", "infrastructure", "reported"),
        ("Work on the Mombasa railway, which is to reach Uganda, started in March.", "infrastructure", "reported"),
        ("The first stage of the terminal in Aktau is to be completed by 2027.", "infrastructure", "target"),
        ("Kenya's engineers expect to finish the Lamu port in 2027.", "infrastructure", "forecast"),
        ("The first tanker of Kazakh crude left Aktau for Baku on Sunday.", "shipment", "reported"),
        ("Kyiv agreed to the transit of Azerbaijani gas through its territory.", "transit_permission", "reported"),
    ],
)
def test_ways_services_and_works_are_told_of_by_subject_object_state_and_plan(sentence: str, kind: str, modality: str) -> None:
    assert [(event.indicator, event.modality) for event in events_of(sentence)] == [(kind, modality)]


def test_one_sentence_may_tell_of_goods_forbidden_and_allowed() -> None:
    events = events_of("Iran banned the export of tomatoes in March. Onions were forbidden in April and allowed again in May.")
    assert [(event.indicator, event.origin) for event in events] == [
        ("trade_restriction", ("IRN",)),
        ("trade_opening", ("IRN",)),
        ("trade_restriction", ("IRN",)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The hotel chain opened three new hotels in Dubai and will launch a fourth near the port in May.",
        "The bank closed 40 branches in Poland and launched a mobile app.",
        "Farmers in Kazakhstan completed the harvest in two weeks.",
        "Toyota started building the new model at its factory in Turkey.",
        "The museum in Samarkand reopened after restoration.",
        "A ban on smoking in restaurants was introduced in Georgia in 2018.",
        "Kenya's parliament lifted restrictions on public gatherings.",
        "Italy banned mobile phones in schools.",
        "Uzbekistan opened 12 new schools and began construction of a stadium in Tashkent.",
        "The mine in Mongolia resumed production after a strike by miners.",
        "Apple launched its new service in Brazil.",
        "The first train of tourists arrived in Samarkand on Sunday.",
        "Trucks from Iran wait at the border until the gate opens.",
        "They want the tankers to run in Turkey after the line opens.",
        "The port authority of Djibouti said that it had opened an account.",
        "The deal with Peru is done: the congress approved it in June.",
    ],
)
def test_sport_banks_hotels_and_the_like_tell_no_event(sentence: str) -> None:
    assert events_of(sentence) == []


def test_a_number_behind_a_comma_is_another_fact() -> None:
    text = "Turkey laid the first pipes of the gas line in Kars, a project of 10 billion dollars."
    (event,) = events_of(text)
    place = text.index("10 billion")
    counted = QuantityClaim(
        **{
            **{field: getattr(event, field) for field in QuantityClaim.__slots__},
            "measure": "level",
            "value_start": place,
            "value_end": place + 10,
        }
    )
    assert len(event_claims(read_script(read_text(text, PUBLISHED)), [counted])) == 1


WIDER = [
    ("The ferry link between Malta and Tunisia is up and running again.", "route_opening", "reported"),
    ("The line added a weekly port call at Callao in Peru.", "route_opening", "reported"),
    ("Maersk has returned to the Suez Canal.", "route_opening", "reported"),
    ("A freight service from Oman to Kenya begins in September.", "route_opening", "target"),
    ("Force majeure was declared at the port of Beira in Mozambique.", "disruption", "reported"),
    ("Iraq's northern pipeline has been idle since March.", "disruption", "reported"),
    ("Ferry services between Fiji and Tonga were called off after the storm.", "disruption", "reported"),
    ("Peru put up tariffs on steel from Chile.", "trade_restriction", "reported"),
    ("Egypt has freed exports of onions.", "trade_opening", "reported"),
    ("The import ban on Peruvian grapes remains in force, Chile said.", "trade_opening", "negated"),
]


@pytest.mark.parametrize(("text", "kind", "modality"), WIDER)
def test_wordings_of_other_newsrooms(text: str, kind: str, modality: str) -> None:
    assert [(event.indicator, event.modality) for event in events_of(text)] == [(kind, modality)]


def test_goods_told_with_both_ends_keep_their_direction() -> None:
    event = events_of("A ban on sugar shipments from Kenya to Uganda came into force on Friday.")[0]
    assert (event.origin, event.destination) == (("KEN",), ("UGA",))


@pytest.mark.parametrize(
    "text",
    ["Chile's president raised the matter of tariffs with Peru.", "The Omani side expressed interest in developing railways."],
)
def test_matters_raised_and_interests_are_no_events(text: str) -> None:
    assert events_of(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A cargo ship ran aground in the Suez Canal.", "disruption"),
        ("The first oil from Kazakhstan was shipped to Germany by train.", "shipment"),
        ("A groundbreaking ceremony for the railway was held in Kabul.", "infrastructure"),
    ],
)
def test_strandings_first_deliveries_and_ceremonies_are_events(text: str, kind: str) -> None:
    assert [event.indicator for event in events_of(text)] == [kind]


FREED = [
    ("The dock strike in Mombasa ended on Sunday, Kenya's ministry said.", "route_opening"),
    ("Kenya exempted wheat from import duty.", "trade_opening"),
    ("The EU extended duty-free access for Moldovan farm goods.", "trade_opening"),
    ("Oman cut off all trade with Fiji.", "trade_restriction"),
    ("Peru inaugurated a megaport near Lima.", "route_opening"),
]


@pytest.mark.parametrize(("text", "kind"), FREED)
def test_strikes_end_goods_are_freed_and_trade_is_cut_off(text: str, kind: str) -> None:
    assert [event.indicator for event in events_of(text)] == [kind]


def test_what_stops_flowing_to_a_country_does_not_come_from_it() -> None:
    event = events_of("The Druzba pipeline stopped pumping oil to Hungary after a power cut.")[0]
    assert (event.origin, event.destination) == ((), ("HUN",))


@pytest.mark.parametrize(
    "text",
    [
        "The Middle Corridor is growing. An office for the route opened this year.",
        "The Middle Corridor is growing. A secretariat for the railway started this month.",
        "A fibre-optic cable will be laid under the Caspian Sea from Kazakhstan to Azerbaijan.",
    ],
)
def test_offices_and_cables_are_no_ways_for_goods(text: str) -> None:
    assert not [claim for claim in extract_claims(read_text(text, date(2024, 6, 15))).quantities if claim.measure == "event"]


def test_a_border_is_not_who_builds_towards_it() -> None:
    text = "Toward the Chinese border, second tracks are being laid in Kazakhstan with new machinery."
    claims = [claim for claim in extract_claims(read_text(text, date(2024, 6, 15))).quantities if claim.measure == "event"]
    assert [(claim.reporter, claim.commodity) for claim in claims] == [(("KAZ",), None)]


@pytest.mark.parametrize(
    "told_of",
    [
        "The port of Rotterdam closed last year on a high note.",
        "The Middle Corridor closed 2023 with a record.",
        "The Middle Corridor ended the year with a record.",
        "The port of Rotterdam closed this quarter up by a third.",
    ],
)
def test_a_time_that_a_verb_is_told_to_close_is_no_event(told_of: str) -> None:
    assert events_of(told_of) == []


def test_a_time_at_which_something_closed_leaves_the_event() -> None:
    assert [claim.indicator for claim in events_of("The Suez Canal closed last year after a storm.")] == ["disruption"]


AHEAD = [
    ("Construction of the Lima-Cusco railway to begin in October", "target"),
    ("Construction of the Lima-Cusco railway is to start this year.", "target"),
    ("The dredging of the Lima canal goes on.", "reported"),
]


@pytest.mark.parametrize(("text", "modality"), AHEAD)
def test_works_that_an_infinitive_puts_ahead_are_a_target(text: str, modality: str) -> None:
    assert [claim.modality for claim in events_of(text)] == [modality]


def test_sanctions_fall_on_a_state_whatever_of_it_is_named() -> None:
    claim = events_of("The United States eased sanctions on Venezuela's oil sector.")[0]
    assert (claim.origin, claim.destination) == ((), ("VEN",))


def test_an_embargo_on_goods_to_a_state_is_one_on_exports() -> None:
    claim = events_of("Turkey imposed an embargo on cotton to Israel.")[0]
    assert (claim.origin, claim.destination) == (("TUR",), ("ISR",))


GONE_ON = [
    ("Imports of Chilean wine remain banned in Peru.", "trade_opening", "negated"),
    ("Peru put an end to its embargo on Chilean wine.", "trade_opening", "reported"),
    ("Peru has let Chilean wine back in.", "trade_opening", "reported"),
    ("Ghana freed Togolese flour from duty.", "trade_opening", "reported"),
    ("Ghana removed the quarantine on Togolese sheep.", "trade_opening", "reported"),
    ("Ghana broke off trade links with Togo.", "trade_restriction", "reported"),
    ("Togo lost its duty-free access to Ghana.", "trade_restriction", "reported"),
    ("Ghana refused entry to Togolese timber.", "trade_restriction", "reported"),
    ("Ghana cut off gas to Togo on Monday.", "disruption", "reported"),
    ("Port workers at Durban are on strike.", "disruption", "reported"),
    ("The port of Durban is idle.", "disruption", "reported"),
    ("Fog kept the port of Durban shut on Friday.", "disruption", "reported"),
    ("Lorry drivers have set up roadblocks at Beitbridge.", "disruption", "reported"),
    ("Force majeure at Durban was lifted on Friday.", "route_opening", "reported"),
    ("The king declared the port of Durban open.", "route_opening", "reported"),
    ("The strike at Durban is over.", "route_opening", "reported"),
    ("Ships are sailing through the Suez Canal again.", "route_opening", "reported"),
    ("Dredging at Durban started in May.", "infrastructure", "reported"),
    ("Repairs to the bridge in Durban began.", "infrastructure", "reported"),
    ("A container terminal in Durban is due in 2027.", "infrastructure", "target"),
    ("A container terminal in Durban is due by the end of May.", "infrastructure", "target"),
    ("A container terminal in Durban is due in two years.", "infrastructure", "target"),
    ("A container terminal in Durban is due to open in June.", "route_opening", "target"),
    ("Tea from Kenya remains forbidden in Egypt.", "trade_opening", "negated"),
]


@pytest.mark.parametrize(("text", "kind", "modality"), GONE_ON)
def test_states_that_hold_or_end_are_told_by_what_stands_behind_their_verb(text: str, kind: str, modality: str) -> None:
    assert [(event.indicator, event.modality) for event in events_of(text)] == [(kind, modality)]


@pytest.mark.parametrize(
    "text",
    [
        "Ghana kept its port busy.",
        "The king declared the port a ruin.",
        "Trains run to Durban.",
        "The terminal at Durban is due before a judge in May.",
        "The port of Durban is due for a new name.",
        "Wine stayed barred for pupils in Ghana. Pork remains prohibited in Egypt.",
        "Ghana kept its wagons out of sight.",
    ],
)
def test_without_what_completes_their_verb_such_states_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_talks_with_a_port_that_break_down_close_no_port() -> None:
    assert events_of("Negotiations between Finnlines and the port of Hanko have broken down.") == []


STANDING = [
    ("The closure of the Busia crossing by Ugandan traders has left lorries stranded.", "disruption", "reported"),
    ("Ghana lifted the suspension of rice imports.", "trade_opening", "reported"),
    ("Work to rebuild the Tema railway got going in May.", "infrastructure", "reported"),
    ("The railway from Tema to Kumasi is under construction.", "infrastructure", "reported"),
    ("Canada's two railways locked out their workers on Thursday.", "disruption", "reported"),
    ("Dockers at Durban returned to their posts on Monday.", "route_opening", "reported"),
]


@pytest.mark.parametrize(("text", "kind", "modality"), STANDING)
def test_closures_suspensions_and_works_are_told_by_noun_and_state(text: str, kind: str, modality: str) -> None:
    assert [(event.indicator, event.modality) for event in events_of(text)] == [(kind, modality)]


LIFTED = [
    ("Pakistan said bans imposed on the import of cars have been lifted.", (), ("PAK",)),
    ("Ghana's ministry said on Monday that bans on the export of onions and garlic have been lifted.", ("GHA",), ()),
    ("In Ghana, bans imposed on the export of onions have been lifted.", ("GHA",), ()),
    ("Belarus: The curbs introduced on imports of Polish apples and pears were removed by Belarus.", ("POL",), ("BLR",)),
]


@pytest.mark.parametrize(("text", "origin", "destination"), LIFTED)
def test_a_measure_that_a_participle_describes_is_lifted_and_not_set(
    text: str, origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    (event,) = events_of(text)
    assert (event.indicator, event.origin, event.destination) == ("trade_opening", origin, destination)


def test_a_measure_set_and_lifted_at_two_times_is_two_events() -> None:
    kinds = [event.indicator for event in events_of("The ban on rice imports imposed by Fiji on 5 May was lifted on 2 June.")]
    assert sorted(kinds) == ["trade_opening", "trade_restriction"]


BARRED = [
    ("A ban on the import of poultry from Poland into Kazakhstan was imposed on Thursday.", ("POL",), ("KAZ",)),
    ("The import of used cars is prohibited from 1 May, the Kyrgyz government said.", (), ("KGZ",)),
]


@pytest.mark.parametrize(("text", "origin", "destination"), BARRED)
def test_imports_are_barred_by_the_country_that_they_go_into(
    text: str, origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    (event,) = events_of(text)
    assert (event.indicator, event.origin, event.destination) == ("trade_restriction", origin, destination)


def test_goods_of_a_country_that_the_text_has_told_of_bans_in_need_no_name_of_it() -> None:
    events = events_of(
        "Ghana banned exports of onions in May. The export of all kinds of shea nuts has also been banned. "
        "Bans imposed on the export of paper have been lifted."
    )
    assert [(event.indicator, event.origin) for event in events] == [
        ("trade_restriction", ("GHA",)),
        ("trade_restriction", ("GHA",)),
        ("trade_opening", ("GHA",)),
    ]


def test_what_others_are_made_to_do_has_happened() -> None:
    (event,) = events_of("Bad weather hit Armenia, prompting the road authorities to close the highway to trucks.")
    assert (event.indicator, event.modality) == ("disruption", "reported")


@pytest.mark.parametrize(
    "text",
    [
        "Russia suspended its commitment to an agreement with Ukraine that allowed exports of grain.",
        "DP World signed a concession agreement with Transnet for building a container terminal at Durban.",
        "The border crossing in Uzbekistan is open around the clock.",
        "Crude from the only open port in eastern Libya was being sent to the refinery.",
    ],
)
def test_what_an_instrument_says_and_what_stands_open_are_no_events(text: str) -> None:
    assert events_of(text) == []


COMING = [
    ("From October 1, all border crossings in Uzbekistan will be open for road transport.", "route_opening", "target", (), ()),
    (
        "The first freight train is scheduled to arrive from Uzbekistan in Tajikistan on 1 July.",
        "shipment",
        "target",
        ("UZB",),
        ("TJK",),
    ),
    (
        "Uzbekistan and Tajikistan lost the rail link in 2011 due to collapse of the railway bridge.",
        "disruption",
        "reported",
        (),
        (),
    ),
]


@pytest.mark.parametrize(("text", "kind", "modality", "origin", "destination"), COMING)
def test_what_is_scheduled_and_what_it_is_due_to(
    text: str, kind: str, modality: str, origin: tuple[str, ...], destination: tuple[str, ...]
) -> None:
    (event,) = events_of(text)
    assert (event.indicator, event.modality, event.origin, event.destination) == (kind, modality, origin, destination)


def test_two_ports_that_shut_are_two_events() -> None:
    events = events_of(
        "Libya's port of Zueitina was shut down. The port of Brega was shut down. The port of Zueitina was shut on Monday."
    )
    assert [event.indicator for event in events] == ["disruption", "disruption"]


def test_a_regime_of_force_majeure_is_lifted() -> None:
    (event,) = events_of("Libya's oil company temporarily lifted the force majeure regime at the port on May 1.")
    assert event.indicator == "route_opening"
