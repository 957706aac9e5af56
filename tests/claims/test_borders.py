"""What passes a border: the freight of the countries on both its sides, unless the text sends it one way."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PAIR = "Border between Chad and Niger opens\n\n"


def reporters(text: str) -> list[str]:
    """The reporters of each claim, joined by `+`."""
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    return ["+".join(claim.reporter) for claim in claims]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "Turkey's gate\n\nThe gate between Turkey and Bulgaria on the border is shut. Some 900 trucks use the gate.",
            "BGR+TUR",
        ),
        (f"{PAIR}The crossing was opened on Monday. Some 80 lorries a day pass through the checkpoint.", "NER+TCD"),
        ("Post opened\n\nKenya and Uganda opened a border post. Some 300 trucks cross the frontier every day.", "KEN+UGA"),
        (
            "Queue at Narva\n\nEstonia has shut the border crossing to Russia. In May 14,000 lorries crossed the border.",
            "EST+RUS",
        ),
        (
            "Mexico's trade with the United States\n\nExports to the northern neighbor rose. "
            "About 20,000 trucks cross the border at Laredo.",
            "MEX+USA",
        ),
        (f"{PAIR}Both shut it in 2020. About 140 lorries a day now use the two crossings.", "NER+TCD"),
    ],
)
def test_what_crosses_a_border_is_the_freight_of_both_its_sides(text: str, countries: str) -> None:
    assert reporters(text)[-1] == countries


def test_a_sentence_goes_on_with_the_border_just_told() -> None:
    assert reporters(f"{PAIR}The crossing was opened on Monday. On the first day 120 trucks crossed.") == ["NER+TCD"]


@pytest.mark.parametrize(
    "text",
    [
        "Port of Aktau\n\nKazakhstan lies on the border of Russia and China. The port handled 2 million tons of oil.",
        f"{PAIR}The crossing was opened. Chad's railway handled 2 million tons of grain.",
        "Post\n\nNepal and India share a border. Normally 300 trucks a day enter Nepal through the checkpoint.",
    ],
)
def test_a_port_and_a_direction_have_nothing_to_do_with_the_border_told_before(text: str) -> None:
    assert "+" not in reporters(text)[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's trade with Oman\n\nThe checkpoint at Busia handles 900 trucks a day.",
        "Kenya's trade with Oman\n\nThe two trade more. Some 900 trucks a day cross the border at Busia.",
        "Kenya's trade with Oman\n\nNobody trades more with the neighbours of Uganda. The border posts clear 900 trucks a day.",
        "Japan and Australia trade more\n\nThe ferry carried 300 trucks on each crossing in May 2023.",
        "Chile and Ghana\n\nChile and Ghana met in May. The level crossing lets 400 trucks pass a day.",
    ],
)
def test_two_that_a_text_is_on_have_no_border_that_it_does_not_tell_of(text: str) -> None:
    assert "+" not in "".join(reporters(text))
