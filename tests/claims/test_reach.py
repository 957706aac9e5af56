"""Goods, modes, corridors, topics and sides of one clause that tell nothing of the numbers of another."""

from datetime import date

import pytest

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.extraction import extract_claims
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 8, 14)


def claim_of(text: str, value: str) -> QuantityClaim:
    """The claim of a text with a value."""
    claims = extract_claims(read_text(f"News in brief\n\n{text}", PUBLISHED)).quantities
    found = [claim for claim in claims if claim.value_text == value]
    assert len(found) == 1, [claim.value_text for claim in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "goods"),
    [
        (
            "Mali's exports reached $5 billion in 2024, of which gold made up $4 billion, while imports stood at $6 billion.",
            "$6 billion",
            None,
        ),
        ("In June Japan's exports, led by steel, grew 3% and imports 2%.", "3%", None),
        ("In June Japan's exports, led by steel, grew 3% and imports 2%.", "2%", None),
        ("Canada's exports fell 2% in June, with shipments of aluminium down 30%, but overall imports rose 1%.", "1%", None),
        (
            "Canada's exports fell 2% in June, with shipments of aluminium down 30%, but overall imports rose 1%.",
            "30%",
            "aluminium",
        ),
        ("Chad's grain exports were 5 million tons in 2024, and those of Mali 2 million tons.", "2 million tons", "grain"),
    ],
)
def test_goods_of_a_part_are_not_those_of_the_next_clause(text: str, value: str, goods: str | None) -> None:
    assert claim_of(text, value).commodity == goods


@pytest.mark.parametrize("value", ["28 million tons", "12%"])
def test_what_one_carries_is_not_what_another_handles(value: str) -> None:
    claim = claim_of(
        "Kenya's railway hauled 400,000 tons of copper from Uganda in 2024 and Mombasa handled 28 million tons, up 12%.", value
    )

    assert (claim.commodity, claim.mode) == (None, None)


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Laos' railway carries potash, and in June it moved 3 million tons.", "fertilizer"),
        ("Laos' railway carries potash and in June moved 3 million tons.", "fertilizer"),
        ("Chile's railway hauled copper in 2024, and the port of Arica loaded 3 million tons of it.", "copper"),
        ("Ghana exported cocoa and the port of Tema handled 3 million tons.", "cocoa"),
        ("Grain came by train, and the port of Tema handled 3 million tons.", "grain"),
        ("Chile's railway hauled copper in 2024, and the port of Arica loaded 3 million tons.", None),
        ("Chile's railway hauled copper in 2024, and the port of Arica loaded three million tons.", None),
    ],
)
def test_goods_go_on_where_the_carrier_or_what_is_carried_does(text: str, goods: str | None) -> None:
    value = "three million tons" if "three" in text else "3 million tons"

    assert claim_of(text, value).commodity == goods


@pytest.mark.parametrize(
    ("flow", "told", "value", "indicator"),
    [
        ("Nepal's exports of tea fell 6%.", "Inflation rose; the bank wants to bring it to 4%.", "4%", None),
        ("Nepal's exports of tea were $2 billion.", "The bank wants to bring them to 4%.", "4%", None),
        ("Nepal's exports of tea were $2 billion.", "A new road will raise them by 4%.", "4%", "exports"),
        (
            "Nepal's trade with Oman was $2 billion.",
            "The budget deficit grew, a tax will cut it to $3 billion.",
            "$3 billion",
            None,
        ),
        ("Nepal's trade with Oman was $2 billion.", "A new road will lift it to $3 billion.", "$3 billion", "turnover"),
        (
            "Nepal's exports to Oman were 2 million tons.",
            "Rail capacity is small; a new line will lift it to 3 million tons.",
            "3 million tons",
            "capacity",
        ),
        ("Peru's fish exports to Chile fell 6%,", "while prices of those to Japan grew 25%.", "25%", None),
        ("Peru's fish exports to Chile fell 6%,", "while those to Japan grew 25%.", "25%", "exports"),
    ],
)
def test_what_points_back_means_the_flow_where_nothing_else_stands_between(
    flow: str, told: str, value: str, indicator: str | None
) -> None:
    claims = extract_claims(read_text(f"News in brief\n\n{flow} {told}", PUBLISHED)).quantities

    assert next((claim.indicator for claim in claims if claim.value_text == value), None) == indicator


@pytest.mark.parametrize(
    ("text", "value", "indicator"),
    [
        ("Kenya's turnover, led by imports, grew 7% in 2024.", "7%", "turnover"),
        ("Kenya's exports, helped by falling freight rates, grew 7% in 2024.", "7%", "exports"),
        ("The port's throughput, hit by lower exports, was 5 million tons in 2024.", "5 million tons", "cargo"),
        ("Kenya's imports grew 7% in 2024.", "7%", "imports"),
    ],
)
def test_a_word_of_a_part_or_cause_tells_no_topic_behind_it(text: str, value: str, indicator: str) -> None:
    assert claim_of(text, value).indicator == indicator


def test_what_is_paid_for_fields_buys_no_goods() -> None:
    claims = extract_claims(read_text("News\n\nThe firm paid $3 billion for oil fields from a rival in Angola.", PUBLISHED))

    assert "imports" not in {claim.indicator for claim in claims.quantities}


def test_the_mode_of_a_base_of_comparison_is_not_that_of_the_price() -> None:
    claim = claim_of(
        "The trip by rail takes 15 days, against 40 days by sea, and costs $6,000 a container.", "$6,000 a container"
    )

    assert claim.mode == "rail"


def test_the_corridor_of_a_cause_and_of_another_mode_is_left() -> None:
    caused = "By rail a box costs $7,000 to move, because of the detour round the Cape of Good Hope."
    otherwise = (
        "Oil shipments by the Baku-Tbilisi-Ceyhan pipeline were 28 million tons in 2024, while 2 million tons went by rail."
    )

    assert claim_of(caused, "$7,000").corridor is None
    assert claim_of(otherwise, "2 million tons").corridor is None
    assert claim_of(otherwise, "28 million tons").corridor == "BTC"


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("Kenya paid $4 billion for fuel supplies from Oman last year.", "$4 billion", ("imports", ("KEN",), ("OMN",))),
        (
            "Nepal earned $80 million from tea, but its bill for fuel from India came to $2 billion.",
            "$2 billion",
            ("imports", ("NPL",), ("IND",)),
        ),
        (
            "Belarus sends Russia dairy worth $3 billion and gets in return oil worth $5 billion.",
            "$5 billion",
            ("imports", ("BLR",), ("RUS",)),
        ),
        (
            "Turkish-Iraqi trade was $20 billion. Ankara hopes a road, a $9 billion project, will lift it to $30 billion.",
            "$30 billion",
            ("turnover", ("TUR",), ("IRQ",)),
        ),
        (
            "Peru's fish exports to China fell 10% in July, while those to Japan, despite a 15% tariff, grew 25%.",
            "25%",
            ("exports", ("PER",), ("JPN",)),
        ),
        (
            "Ghana got a $2 billion loan from China in May. Of this, $400 million went to roads.",
            "$400 million",
            ("financing", ("CHN",), ("GHA",)),
        ),
        ("Kenya's tea exports fell 5%, but Uganda's coffee sales grew 7%.", "7%", ("exports", ("UGA",), ())),
    ],
)
def test_what_a_clause_says_itself_goes_before_what_another_tells(text: str, value: str, told: tuple[object, ...]) -> None:
    claim = claim_of(text, value)

    assert (claim.indicator, claim.reporter, claim.partner) == told


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        (
            "In 2024 Moldova's exports were $2 billion, of which $700 million went to Romania; imports came to $5 billion.",
            "$5 billion",
            ("imports", ("MDA",), ()),
        ),
        (
            "Korea earned $9 billion from ships; car exports, hurt by a 25% duty in the United States, shrank to $68 billion.",
            "$68 billion",
            ("exports", ("KOR",), ()),
        ),
        (
            "Jordan's fertilizer sales to India came to $700 million, and copper brought $500 million.",
            "$500 million",
            ("exports", ("JOR",), ()),
        ),
        ("The World Bank expects Kenya's exports to rise 4% in 2025 and 5% in 2026.", "5%", ("exports", ("KEN",), ())),
        (
            "Bahrain, which buys all its gas from Qatar, exported steel worth $3 billion in 2024.",
            "$3 billion",
            ("exports", ("BHR",), ()),
        ),
        (
            "Ireland imported €4 billion of machinery and exported medicines for €99 billion, mainly to the United States.",
            "€4 billion",
            ("imports", ("IRL",), ()),
        ),
        (
            "Zambia imported maize from Mozambique, and its copper exports were $7 billion.",
            "$7 billion",
            ("exports", ("ZMB",), ()),
        ),
        (
            "Tanzania sold 20,000 tons of nuts abroad, with India taking 60%, and bought 500,000 tons of sugar.",
            "500,000 tons",
            ("imports", ("TZA",), ()),
        ),
        (
            "Ivorian cocoa exports were 2 million tons last season. Ghana's came to 530,000 tons.",
            "530,000 tons",
            ("exports", ("GHA",), ()),
        ),
        (
            "Denmark's pork sales to Japan dropped 14%, though sales to Peru, where swine fever has cut output, jumped 40%.",
            "40%",
            ("exports", ("DNK",), ("PER",)),
        ),
        (
            "Iran's trade with Chad was $160 million, $54 million of which accounted for exports from Iran to Chad.",
            "$54 million",
            ("exports", ("IRN",), ("TCD",)),
        ),
    ],
)
def test_sides_of_another_clause_are_left(text: str, value: str, told: tuple[object, ...]) -> None:
    claim = claim_of(f"Fiji, Norway and Laos told nothing new. {text}", value)

    assert (claim.indicator, claim.reporter, claim.partner) == told


def test_each_of_two_journeys_has_its_own_ends_and_way() -> None:
    text = "A container takes 12 days from Xi'an to Baku by train and 45 days from Shanghai to Poti by ship."
    claim = claim_of(text, "45 days")

    assert (claim.origin, claim.destination, claim.mode) == (("CHN",), ("GEO",), "sea")


def test_an_amount_that_a_flow_fell_below_has_the_time_behind_it() -> None:
    assert claim_of("Iran's steel exports fell below 2 million tons in July.", "below 2 million tons").period_start == date(
        2025, 7, 1
    )


def test_this_one_behind_a_half_of_last_year_is_this_year() -> None:
    claim = claim_of(
        "Exports were 4 million tons in the second half of last year and 3 million tons in the first half of this one.",
        "3 million tons",
    )

    assert (claim.period_start, claim.period_end) == (date(2025, 1, 1), date(2025, 6, 30))
