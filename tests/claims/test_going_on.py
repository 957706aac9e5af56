"""What a sentence goes on with: the sides, the goods and the way of the numbers before it."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 6, 15)


def claims(text: str) -> dict[str, QuantityClaim]:
    return {claim.value_text: claim for claim in extract_claims(read_text(text, PUBLISHED)).quantities}


@pytest.mark.parametrize("which", ["taking part", "along the route", "involved", "that it crosses"])
def test_countries_that_a_sentence_describes_are_not_the_two_named_before(which: str) -> None:
    text = (
        "The Middle Corridor carried 3.9 million tons in 2023. Turkey and Georgia use it most.\n\n"
        f"For 2025 6 million tons are expected, 5.1 million of these through the countries {which}."
    )
    assert claims(text)["5.1 million"].reporter == ()


@pytest.mark.parametrize(
    "clause",
    [
        "of business that the Chileans did with Bolivia and the $2 billion with Brazil",
        "of trade that Chile did with Bolivia and the $2 billion with Brazil",
        "of commerce Chile conducted with Bolivia, and the $2 billion with Brazil",
    ],
)
def test_trade_told_behind_its_amount_is_that_of_the_two_named_there(clause: str) -> None:
    found = claims(
        "Chile and Peru are neighbours.\n\n"
        f"In 2024 the two countries bought and sold goods for $4 billion, more than the $3 billion {clause}."
    )
    sides = {text: (found[text].reporter, found[text].partner) for text in ("$4 billion", "$3 billion", "$2 billion")}
    assert {frozenset((*left, *right)) for left, right in sides.values()} == {
        frozenset({"CHL", "PER"}),
        frozenset({"CHL", "BOL"}),
        frozenset({"CHL", "BRA"}),
    }


@pytest.mark.parametrize(
    ("opening", "verb"),
    [
        ("More than half of that, $9 billion,", "was"),
        ("Some 60 percent of this, $9 billion,", "were"),
        ("Of this, $9 billion", "was"),
    ],
)
def test_a_predicate_tells_which_flow_a_part_of_the_turnover_is(opening: str, verb: str) -> None:
    part = claims(f"Trade between Norway and Japan came to $15 billion in 2024. {opening} {verb} Norwegian exports.")[
        "$9 billion"
    ]
    assert (part.indicator, part.reporter, part.partner) == ("exports", ("NOR",), ("JPN",))


@pytest.mark.parametrize("noun", ["receipts", "proceeds", "takings", "exports"])
def test_what_is_told_again_with_its_article_keeps_the_partner(noun: str) -> None:
    text = (
        f"Ghana's exports to Togo came to $90 million in 2024. The {noun} were $7 million, or 8.4 percent, above those of 2023."
    )
    assert claims(text)["8.4 percent"].partner == ("TGO",)


@pytest.mark.parametrize("goods", ["all break-bulk cargoes", "grain in bags", "containers of all sizes"])
def test_a_surcharge_on_shipments_of_goods_is_a_rate(goods: str) -> None:
    found = claims(
        f"The shipping conference said surcharges on shipments of {goods} to Gulf ports would be cut to 3.0 pct from 4.5."
    )
    assert [(claim.indicator, claim.measure) for claim in found.values()] == [("freight_rate", "level")] * 2


def test_states_with_an_exception_are_not_their_whole_league() -> None:
    text = "Shipping lines cut the surcharge on shipments to non-Omani Arab ports to 3 percent from 4.5 percent."
    assert all("ARAB_LEAGUE" not in (*claim.reporter, *claim.destination) for claim in claims(text).values())


@pytest.mark.parametrize("lying", ["at anchor in", "waiting off", "inspected in"])
def test_where_ships_lie_is_no_corridor_of_their_cargo(lying: str) -> None:
    before = "Grain is late\n\n" + "The minister spoke of grain.\n\n" * 12
    text = f"{before}The ships {lying} the Bosphorus carry 30,000 tonnes of wheat from Romania to Egypt."
    assert claims(text)["30,000 tonnes"].corridor is None


def test_ships_that_sail_through_a_strait_have_it_as_their_corridor() -> None:
    text = "Ships carried 30,000 tonnes of wheat through the Bosphorus from Romania to Egypt."
    assert claims(text)["30,000 tonnes"].corridor == "BOSPHORUS"


@pytest.mark.parametrize("verb", ["gets", "receives", "got"])
def test_what_the_next_receiver_gets_starts_where_the_rest_did(verb: str) -> None:
    text = f"Of the cargo, 30,000 tonnes of wheat went by ship from Odesa to Sudan, while Kenya {verb} 20,000 tonnes of corn."
    found = claims(text)["20,000 tonnes"]
    assert (found.origin, found.destination) == (("UKR",), ("KEN",))


@pytest.mark.parametrize(
    ("label", "mode"),
    [("1) AIR.", "air"), ("2) SEA FREIGHT.", "sea"), ("3) Road haulage.", "road"), ("4) Barges:", "inland_waterway")],
)
def test_a_label_over_a_part_of_the_text_tells_the_mode_of_its_freight(label: str, mode: str) -> None:
    text = (
        "WEEKLY BULLETIN\n\nDear customers,\n\n"
        f"{label} Cargo demand in October, in tonne-kilometres, stood 9 percent above October 2024.\n\n"
        "5) CUSTOMS. Cargo volumes across the border fell by 12 percent in October."
    )
    found = claims(text)
    assert (found["9 percent"].mode, found["12 percent"].mode) == (mode, None)


def test_a_label_tells_the_corridor_of_its_part() -> None:
    text = (
        "WEEKLY BULLETIN\n\nDear customers,\n\n"
        "1) RHINE. Levels keep sinking. Cargo volumes fell by 14 percent in October.\n\n"
        "2) SUEZ CANAL. Tolls stay."
    )
    assert claims(text)["14 percent"].corridor == "RHINE"


@pytest.mark.parametrize("who", ["shipping conference", "liner conference", "container lines", "shipping companies"])
def test_who_charges_a_rate_tells_its_mode(who: str) -> None:
    text = f"The {who} said they would cut the extra war insurance surcharge on shipments to Omani ports to 3 percent."
    assert claims(text)["3 percent"].mode == "sea"


@pytest.mark.parametrize("which", ["the three types", "these three kinds", "all four categories"])
def test_a_share_of_several_kinds_of_goods_is_of_none_of_them(which: str) -> None:
    text = f"The port of Koper handled 2 million tons of coal and 1 million tons of grain; {which} made up 80 percent of cargo."
    assert claims(text)["80 percent"].commodity is None


def test_what_a_sentence_tells_of_a_flow_is_kept_for_such_shipments() -> None:
    text = (
        "Norway exports timber.\n\nNorwegian timber exports reached 900,000 tons in 2024.\n\n"
        "Most of the recent surge in shipments to Kenya was from Norway.\n\n"
        "Such shipments averaged 30,000 tons in the first quarter."
    )
    assert claims(text)["30,000 tons"].partner == ("KEN",)


@pytest.mark.parametrize("expects", ["Analysts expect it to double to $12 billion.", "By 2030 it is to reach $12 billion."])
def test_turnover_told_further_stays_between_the_same_two(expects: str) -> None:
    text = (
        "China's year\n\nChina built roads and China opened ports. China celebrates.\n\n"
        f"Trade between Chile and Togo went up 14 percent to $5.9 billion in 2024. {expects}"
    )
    found = claims(text)["$12 billion"]
    assert {*found.reporter, *found.partner} == {"CHL", "TGO"}


def test_a_speaker_behind_the_place_he_spoke_in_is_a_subject_of_his_own() -> None:
    text = "In Geneva, Chile pledged to invest $5 billion in its ports over the next three years."
    assert claims(text)["$5 billion"].reporter == ("CHL",)


@pytest.mark.parametrize("goes", ["go by this route", "are pumped through this pipeline", "flow along the same line"])
def test_exports_that_go_by_the_route_told_of_have_it_at_no_time_of_their_own(goes: str) -> None:
    text = (
        f"The CPC pumped 24 million tons of oil from January to April 2025. Some 80 percent of Kazakhstan's oil exports {goes}."
    )
    (claim,) = (one for one in claims(text).values() if one.indicator == "exports")
    assert (claim.reporter, claim.corridor, claim.mode, claim.period_end) == (("KAZ",), "CPC", "pipeline", None)


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (
            "Italy is Albania's main partner\n\nTrade of Albania with EFTA countries totaled $300 million in May, a 12"
            " percent increase over May 2023. $100 million of it is export, import accounts for $200 million.",
            {"$100 million": ("exports", "EFTA"), "$200 million": ("imports", "EFTA")},
        ),
        (
            "China remains Chile's top partner\n\nChile's trade with Japan grew 12 percent to $9 billion in 2023. Exports"
            " amounted to $7 billion, imports to $2 billion.",
            {"$7 billion": ("exports", "JPN"), "$2 billion": ("imports", "JPN")},
        ),
    ],
)
def test_the_parts_of_trade_with_a_partner_go_on_with_him_behind_its_growth(
    text: str, partners: dict[str, tuple[str, str]]
) -> None:
    told = claims(text)
    assert {number: (told[number].indicator, *told[number].partner) for number in partners} == partners


def test_who_has_a_share_of_trade_is_no_partner_of_the_exports_behind_it() -> None:
    told = claims("Trade\n\nOman had a share of 5 percent in Nepal's trade turnover. Exports amounted to $3 billion.")
    assert (told["$3 billion"].reporter, told["$3 billion"].partner) == (("NPL",), ())


def test_what_goes_along_the_route_told_of_is_of_no_port() -> None:
    text = (
        "Aktau port grows\n\nTransportation along the TITR is growing. In 2023, 2.8 million tons were carried along the route."
    )
    (claim,) = claims(text).values()
    assert (claim.corridor, claim.reporter) == ("TITR", ())


def test_a_text_on_two_that_has_come_to_others_goes_on_with_neither() -> None:
    text = (
        "Chad's exports to Mali reach $40m\n\nChad's exports to neighbouring Mali reached $40m in 2021.\n\n"
        "Total exports to Ghana amounted to $711m.\n\n"
        "Minerals continued to be the major earner of the first six months, accounting for 91 percent of receipts.\n\n"
        "Gold dominated ($477m), followed by nickel ($427m)."
    )
    told = claims(text)
    assert {told[number].partner for number in ("91 percent", "$477m", "$427m")} == {()}


@pytest.mark.parametrize("tells", ["recorded a 45 percent rise in annual turnover", "saw a 45 percent rise in trade"])
def test_two_who_are_both_named_trade_with_each_other_whoever_was_told_of_before(tells: str) -> None:
    text = "Japan's exports to Turkmenistan grew by 11 percent to $1 billion."
    text += f" Uzbekistan {tells} with Japan, reaching $14 billion."
    told = claims(text)
    assert {code for number in ("45 percent", "$14 billion") for code in (*told[number].reporter, *told[number].partner)} == {
        "JPN",
        "UZB",
    }


@pytest.mark.parametrize("rank", ["the lowest", "the smallest", "the highest"])
def test_those_among_whom_trade_is_ranked_are_no_sides(rank: str) -> None:
    (claim,) = claims(
        f"Tajik-Chinese trade remained {rank} among Central Asian states, totaling $3.9 billion in 2023."
    ).values()
    assert {*claim.reporter, *claim.partner} == {"CHN", "TJK"}
