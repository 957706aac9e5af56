"""Who has which portion of an amount: shares and their wholes, parts that go to one, sides one for each number, next places."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def told(text: str) -> list[tuple[str, str, str]]:
    claims = quantity_claims(read_script(read_text(f"News in short words.\n\n{text}", date(2025, 8, 20))))
    return [(claim.value_text, "+".join(claim.reporter), "+".join(claim.partner)) for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya accounted for 62 percent of the 310,000 tonnes of Ugandan maize exports.",
            [("62 percent", "UGA", "KEN"), ("310,000 tonnes", "UGA", "")],
        ),
        (
            "Peru imported 39 percent of the $5.2 billion total exports from Bolivia last year.",
            [("39 percent", "BOL", "PER"), ("$5.2 billion", "BOL", "")],
        ),
        (
            "Chad sold 80 percent of its 5 million tonnes of cotton exports in May.",
            [("80 percent", "TCD", ""), ("5 million tonnes", "TCD", "")],
        ),
    ],
)
def test_who_has_a_share_is_no_side_of_the_whole(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = told(text)
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("In May, Argentina exported 6.1 million tons of soymeal, with almost 30% being sent to Vietnam.", "6.1 million tons"),
        ("Chile sold 900,000 tonnes of fruit abroad, 40 percent of which was bought by China.", "900,000 tonnes"),
        ("Of the 1.2 million tonnes of rice that Laos exported in 2024, 70 percent went to Vietnam.", "1.2 million tonnes"),
    ],
)
def test_who_gets_a_part_is_no_side_of_the_amount(text: str, amount: str) -> None:
    assert [partner for value, _, partner in told(text) if value == amount] == [""]


def test_a_growth_between_an_amount_and_its_buyer_is_no_part() -> None:
    found = told("Fiji exported 140,000 tonnes of sugar, a quarter more than in 2023, to Spain.")
    assert ("140,000 tonnes", "FJI", "ESP") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The import of walnuts from Chile, dates from Tunisia and rice from Vietnam increased by 12 percent, 30 percent and"
            " 4 percent, respectively, Morocco's customs said.",
            [("12 percent", "MAR", "CHL"), ("30 percent", "MAR", "TUN"), ("4 percent", "MAR", "VNM")],
        ),
        (
            "Exports of tea to Iran, coffee to Egypt and roses to Japan reached $5 million, $7 million and $9 million"
            " respectively, Kenya's customs said.",
            [("$5 million", "KEN", "IRN"), ("$7 million", "KEN", "EGY"), ("$9 million", "KEN", "JPN")],
        ),
        (
            "Turkey's exports of cars to Italy and of buses to France grew by 8 percent and 11 percent in July.",
            [("8 percent", "TUR", "ITA"), ("11 percent", "TUR", "FRA")],
        ),
    ],
)
def test_sides_told_with_their_goods_are_given_one_to_each_number(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_who_follows_the_partner_told_first_is_a_partner_too() -> None:
    found = told(
        "Imports of Tajikistan in 2024 were $6 billion. In first place is Russia, imports amount to $1.6 billion (27 percent),"
        " followed by China - $1.3 billion, Kazakhstan - $1.1 billion."
    )
    assert [side for side in found if "billion" in side[0]][1:] == [
        ("$1.6 billion", "TJK", "RUS"),
        ("$1.3 billion", "TJK", "CHN"),
        ("$1.1 billion", "TJK", "KAZ"),
    ]
