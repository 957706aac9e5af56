"""Event claims: what opens, moves, closes, is built, banned or freed, and the sentences that tell none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.events.claims import event_claims
from pipeline.claims.events.lexicon import event_lexicon
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
        ("Norway has lifted its ban on German beef.", "trade_opening"),
        ("Russia banned Moldovan wine in March.", "trade_restriction"),
    ],
)
def test_places_goods_strikes_and_bans_that_take_effect_are_events(sentence: str, kind: str) -> None:
    assert [claim.indicator for claim in events_of(sentence)] == [kind]


@pytest.mark.parametrize("sentence", ["The old berth in Dakar stays open.", "In Torkham a bakery was closed."])
def test_what_stays_as_it_is_and_what_happens_in_a_place_are_no_events(sentence: str) -> None:
    assert events_of(sentence) == []


def test_an_event_is_attributed_to_who_tells_it() -> None:
    (claim,) = events_of("Iran closed the border crossing at Mehran, the Iraqi trade ministry said.")
    assert claim.attributed_to == "the Iraqi trade ministry"
