"""Which goods and which mode of transport a number is about: the words at it, else what the text as a whole is on."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text


def goods(text: str) -> list[str | None]:
    """The goods of each claim."""
    return [claim.commodity for claim in quantity_claims(read_script(read_text(text, date(2024, 8, 14))))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Wheat shipments of Kazakhstan\n\nKazakhstan shipped wheat to Iran. Exports of wheat rose by 5 percent. "
            "In May exports came to 2.1 million tons.",
            "wheat",
        ),
        (
            "Copper keeps Chile's trade afloat\n\nChile sold copper for $3 billion. Fruit brought in $2 billion, "
            "fish $1 billion, timber $900 million. In May exports came to $7 billion.",
            None,
        ),
        (
            "Port of Aktau\n\nThe port loaded oil. It handled 3.6 million tons of cargo, including 2.2 million tons of oil.",
            None,
        ),
        ("Port of Aktau\n\nThe port loaded 2.2 million tons of oil. Dry cargo fell to 610,000 tons.", None),
        ("Port of Baku\n\nIn May non-oil cargo of the port came to 610,000 tons.", None),
        ("Turkmen pipeline\n\nThe pipeline carried 12 billion cubic metres in 2023.", "gas"),
        ("Pipeline of Georgia\n\nThe pipeline carried 500,000 barrels a day in 2023.", "oil"),
    ],
)
def test_goods_are_those_of_the_words_at_a_number_else_of_the_text(text: str, told: str | None) -> None:
    last = quantity_claims(read_script(read_text(text, date(2024, 8, 14))))
    numbers = {claim.value_text: claim.commodity for claim in last}
    wanted = "3.6 million tons" if "3.6" in text else list(numbers)[-1]
    assert numbers[wanted] == told


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The ferry terminal at Alat handled 9,300 wagons in May.", "sea"),
        ("The railway moved 9,300 wagons in May.", "rail"),
        ("The port of Savannah handled 600,000 cars, trucks and tractors in 2019.", None),
        ("Georgia will invest $300 million in a new port at Anaklia.", "sea"),
        ("Uzbekistan will invest $300 million in a dry port at Termez.", None),
        ("Pakistan will invest $300 million in a highway to Khunjerab.", "road"),
        ("China invested $300 million in Belt and Road projects in Laos.", None),
        (
            "A railway for Laos\n\nThe railway opened in 2021. Trains run to Kunming. Freight trains carry fruit to China. "
            "The line is 422 km long.",
            "rail",
        ),
        (
            "Ships of grain\n\nShips loaded 90,000 tonnes of wheat at Rouen, of which 20,000 tonnes went to China. "
            "Algeria got 24,500 tonnes.",
            "sea",
        ),
        ("Port of Kuryk\n\nFerries carried 90,000 tonnes of wheat to Baku. Dry cargo fell to 610,000 tonnes.", None),
    ],
)
def test_the_mode_is_that_of_what_carries_or_is_paid_for(text: str, mode: str | None) -> None:
    assert quantity_claims(read_script(read_text(text, date(2024, 8, 14))))[-1].mode == mode


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("With four gantry cranes the terminal can take 300,000 TEU a year.", None),
        ("The port bought new equipment and handled 700,000 tons in May.", None),
        ("The port handled 700 tons of equipment in May.", "machinery"),
        ("The terminal can handle 2 million tons of grain and 90,000 containers a year.", None),
    ],
)
def test_what_goods_are_handled_with_is_no_cargo(text: str, goods: str | None) -> None:
    assert quantity_claims(read_script(read_text(text, date(2024, 8, 14))))[-1].commodity == goods


@pytest.mark.parametrize(
    "end",
    [
        "and about 3 tons of all the rest",
        "and 3 tons of the remainder",
        "and 3 tons of other cargo",
        "and 3 tons of everything else",
        "the rest, 3 tons",
        "grain (1 ton) and others (3 tons)",
    ],
)
def test_what_is_left_of_a_list_is_none_of_its_goods(end: str) -> None:
    assert goods(f"The port handled 9 tons: 4 tons of oil, 2 tons of copper, {end}.")[-1] == "other"


def test_the_rest_of_one_kind_of_goods_is_of_that_kind() -> None:
    text = "Peru exported 9 tons of copper in 2023, of which 4 went to China and the rest, 5 tons, to Japan."
    assert set(goods(text)) == {"copper"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Exports of chemical and mineral fertilizers gained 16 percent.", "fertilizer"),
        ("Oil and petroleum product exports rose 12 percent.", "oil_products"),
        ("Peru sold crude oil and oil products to Chile for $24 million.", "oil"),
        ("Peru's exports of energy raw materials to Chile went up by 58 percent.", "other"),
        ("Chile sold Peru non-oil goods worth $59 million.", "other"),
        ("Non-oil exports of Peru came to $59 million.", None),
        ("Exports of dairy and meat products rose 9 percent.", None),
        ("Exports of chemical and steel products rose 9 percent.", None),
    ],
)
def test_goods_named_together_are_one_kind_or_none(text: str, told: str | None) -> None:
    assert goods(text) == [told]


@pytest.mark.parametrize("kinds", ["135 items", "135 commodity items", "135 kinds of goods", "135 tariff lines"])
def test_kinds_of_goods_are_no_goods_sold(kinds: str) -> None:
    claims = quantity_claims(read_script(read_text(f"Kenya is to raise exports to China: {kinds}, together worth $1 billion.")))
    assert [claim.unit for claim in claims] == ["USD"]


@pytest.mark.parametrize(
    ("flow", "told"),
    [
        ("exports other than raw materials to China", "other"),
        ("non-resource exports to China", "other"),
        ("exports other than oil and gas to China", "other"),
        ("exports to China excluding commodities", "other"),
        ("exports to China without fuel", None),
        ("exports to China, not counting gold,", None),
        ("exports of copper to China", "copper"),
    ],
)
def test_goods_that_a_flow_is_told_without_are_none_of_it(flow: str, told: str | None) -> None:
    assert goods(f"Zambia wants to raise {flow} to $2 billion.") == [told]


def test_goods_without_an_amount_are_those_of_the_amount_told_next() -> None:
    assert goods("Shipments of wheat from Serbia to Iran resumed. The ministry expects 500,000 tons this year.") == ["wheat"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Coffee exports fall\n\nIn June Peru exported 120,000 tonnes of coffee. Spain bought 30,000 tonnes of beans.",
            "coffee",
        ),
        ("Iron ore\n\nIn June Chile exported 3 million tonnes of iron ore. Peru exported 5 million tonnes of ore.", "iron_ore"),
        ("Kenya exported 12,000 tonnes of beans in June.", "fruit_vegetables"),
        ("Kenya exported 12,000 tonnes of ore in June.", "metals"),
    ],
)
def test_beans_and_ore_are_those_that_the_text_is_on(text: str, last: str) -> None:
    claims = quantity_claims(read_script(read_text(text, date(2024, 7, 15))))
    assert claims[-1].commodity == last
