"""Freight that is a part of an amount told before, that only passes a country, or that is a port's own and no corridor's."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 6, 15)


def claims_of(text: str) -> list[QuantityClaim]:
    return list(extract_claims(read_text(f"Freight on its way\n\n{text}", PUBLISHED)).quantities)


WHOLES = [
    ("The forecast for 2026 is 5 million tons on the Middle Corridor.", "Of that, 2 million tons would be oil.", "forecast"),
    ("The Middle Corridor is expected to carry 5 million tons in 2026.", "Of this, 2 million tons would be oil.", "forecast"),
    ("The Middle Corridor is to carry 5 million tons in 2026.", "Out of this total, 2 million tons would be oil.", "target"),
    ("The forecast for 2026 is 5 million tons on the Middle Corridor.", "Of that, 2 million tons could be oil.", "possible"),
]


@pytest.mark.parametrize(("whole", "part", "modality"), WHOLES)
def test_what_would_be_a_part_is_as_certain_as_the_whole(whole: str, part: str, modality: str) -> None:
    assert claims_of(f"{whole} {part}")[-1].modality == modality


MULTIPLES = [
    ("The Trans-Afghan line could double what the Middle Corridor carries.", "TITR"),
    ("The route through Zangezur, TRIPP, may triple the capacity of the Middle Corridor.", "TITR"),
]


@pytest.mark.parametrize(("text", "corridor"), MULTIPLES)
def test_a_multiple_is_of_what_the_corridor_named_behind_it_carries(text: str, corridor: str) -> None:
    assert claims_of(text)[0].corridor == corridor


@pytest.mark.parametrize("verb", ["handled", "saw", "processed", "reported"])
def test_what_ports_handle_is_their_own(verb: str) -> None:
    claims = claims_of(
        f"The Middle Corridor carried 4 million tons in 2023. Georgian seaports {verb} 9 million tons of cargo in 2023."
    )
    assert [claim.corridor for claim in claims] == ["TITR", None]


ON_THE_WAY = [
    ("A train of 15 wagons entered Georgia that day and should be at Gyumri station in Armenia soon.", ("ARM",)),
    ("Some 40 trucks crossed into Uzbekistan on Monday, bound for Kabul in Afghanistan.", ("AFG",)),
    ("About 20 wagons entered Georgia on Monday.", ("GEO",)),
]


@pytest.mark.parametrize(("text", "destination"), ON_THE_WAY)
def test_a_country_that_goods_only_enter_is_not_where_they_go(text: str, destination: tuple[str, ...]) -> None:
    assert claims_of(text)[0].destination == destination


@pytest.mark.parametrize(
    "text",
    [
        "The first export block train, Riga-Almaty, consists of 62 containers.",
        "The Riga-Almaty train brought 62 containers of paper.",
        "The container train Riga - Almaty carries 62 containers.",
    ],
)
def test_a_train_named_by_two_cities_goes_from_one_to_the_other(text: str) -> None:
    (claim,) = (one for one in claims_of(text) if one.indicator == "containers")
    assert (claim.origin, claim.destination) == (("LVA",), ("KAZ",))


def test_what_a_train_carries_goes_its_own_way_where_it_is_told() -> None:
    (claim,) = claims_of("The Riga-Almaty train was loaded with 62 containers in Moscow for Warsaw.")
    assert (claim.origin, claim.destination) != (("LVA",), ("KAZ",))


def test_a_load_is_of_the_train_told_before_by_its_ends() -> None:
    claims = claims_of("A container train Riga - Almaty has arrived. The train consists of 55 forty-foot containers.")
    assert [(claim.origin, claim.destination) for claim in claims] == [(("LVA",), ("KAZ",))]


def test_freight_that_passes_a_port_on_its_way_does_not_begin_there() -> None:
    (claim,) = claims_of("A 12 percent drop in freight headed for Laos through Thailand's port was recorded in 2022.")
    assert (claim.reporter, claim.origin, claim.destination) == (("THA",), (), ("LAO",))
