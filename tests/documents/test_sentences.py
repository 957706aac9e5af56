"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.sentences import split_sentences


def split(text: str, longest: int = 3000) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, 0, len(text), longest)]


@pytest.mark.parametrize(
    "text",
    [
        "Exports to the U.S. Census region rose 4.5 percent.",
        "Mr. Nazarov met Dr. A. B. Karimov and Gen. Lee in St. Petersburg on Jan. 5.",
        "Loadings reached No. 41 on the list at Rs. 1,451.58 crore vs. 1,200.",
        "Harbor Corp. Ltd. and Rails Inc. of Ruritania agreed.",
        "The deal (worth approx. 5 mln dlrs) covers wheat, i.e. grain.",
        "It ran at 5 p.m. EST on Feb. 3.",
        "Exports rose... and fell again.",
        "“Will they pay?” asked the minister.",
        "The port handled 5 million tons; the railway carried 3 million.",
        "Who pays: the buyer.",
        "1. What the meeting was",
        "IV. Outlook for the corridor",
        "N. Ivanov reported on the work.",
        "Zenda, April 4. The two ministers signed a protocol.",
        "October 24. The bloc lifted its duty.",
        "4 March 2024. The port reopened.",
        "Prices are on investing.example.com and Yahoo! finance.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["Exports rose by 5 percent.", "Imports fell."],
        ["It was worth 5 mln dlrs.", "The buyer paid at once."],
        ["They sailed to the U.S. in March.", "The cargo was wheat."],
        ["Goods went to the U.S.", "The rest stayed."],
        ["The buyer is Rails Inc.", "The seller is unknown."],
        ["“We signed it.”", "“They will ratify it,” he said."],
        ['"We signed it."', "(They did not.)", "Later they did."],
        ["Did they sign?", "No.", "It was postponed!", "Why?"],
        ["Traffic fell in 2024.", "60% of it was oil."],
        ["It ended in 2019…", "Then came the crisis."],
        ["They met on May 5.", "Nobody signed."],
        ["Exports rose .", "Imports fell ."],
        ["`` Demand is fair , '' he said .", "`` It will worsen . ''", "Prices fell -LRB- again . -RRB-", "Nobody knew ."],
        ["出口增长。", "进口下降。"],
        ["Արտահանումը աճեց։", "Ներմուծումը նվազեց։"],
        ["Экспорт вырос на 5 процентов.", "Импорт упал."],
    ],
)
def test_several_sentences(parts: list[str]) -> None:
    for joint in (" ", "\n", "  \r\n"):
        assert split(joint.join(parts)) == parts


def test_old_wire_copy_has_capitals_after_any_stop() -> None:
    assert len(split("Deliveries to the U.S. Came to 3.1 billion U.S. Dlrs out of all sales to the U.S. Of 7.4 billion.")) == 1


def test_a_stretch_without_a_stop_is_divided_at_white_space() -> None:
    pieces = split("word " * 1000, longest=100)
    assert all(len(piece) <= 100 for piece in pieces)
    assert " ".join(pieces).split() == ["word"] * 1000
    assert all(len(piece) <= 100 for piece in split("x" * 1000, longest=100))


@given(text=st.text(max_size=300), longest=st.integers(10, 400))
def test_sentences_cover_all_but_white_space_in_order(text: str, longest: int) -> None:
    position = 0
    for start, end in split_sentences(text, 0, len(text), longest):
        assert text[position:start].strip() == ""
        assert start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert end - start <= longest
        position = end
    assert text[position:].strip() == ""


@given(
    st.lists(
        st.sampled_from(
            ["U.S.", "No.", "Inc.", "The", "rose", "5", "(", ")", '"', "''", "...", "?", "\n", "Mr.", "J.", "。", ".", "1."]
        ),
        max_size=30,
    )
)
def test_any_mixture_of_stops_is_divided_without_loss(tokens: list[str]) -> None:
    text = " ".join(tokens)
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_a_long_run_of_stops_inside_a_word_is_read_once() -> None:
    stops = "." * 200_000
    assert split(f"Page{stops}x of the list. It ends here.", 1_000_000)[-1] == "It ends here."
