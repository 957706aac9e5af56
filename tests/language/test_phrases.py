"""The phrase search: whole words, longest phrase first, every offset in place."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.phrases import Phrases, Together, fold

LEXICON = Phrases({"trade": 1, "trade turnover": 2, "export*": 3, "transit": 4})


def found(text: str) -> list[tuple[str, int]]:
    return [(mark.phrase, mark.meaning) for mark in LEXICON.find(fold(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade turnover grew", [("trade turnover", 2)]),
        ("trade\nturnover", [("trade turnover", 2)]),
        ("tradesmen and TRADE", [("trade", 1)]),
        ("exporters exported", [("exporters", 3), ("exported", 3)]),
        ("in-transit goods", [("transit", 4)]),
        ("", []),
    ],
)
def test_whole_words_and_the_longest_phrase(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(text) == expected


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="empty phrase"):
        Phrases({"*": 1})


def test_an_empty_lexicon_finds_nothing() -> None:
    assert Phrases[int]({}).find("anything") == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_planted_phrase_is_found_where_it_was_planted(before: str, after: str) -> None:
    text = f"{before} transit {after}"
    start = len(before) + 1
    assert any(mark.start == start and mark.end == start + 7 for mark in LEXICON.find(fold(text)))


@given(st.text())
def test_folding_keeps_every_character_in_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="trade unovxpsi’ -é𝄞", max_size=80))
def test_marks_are_sorted_and_apart(text: str) -> None:
    marks = LEXICON.find(fold(text))
    assert all(left.end <= right.start for left, right in itertools.pairwise(marks))
    assert all(fold(text)[mark.start : mark.end] == mark.phrase for mark in marks)


@given(st.text(alphabet="trade xpoinsv", max_size=60))
def test_lexicons_that_are_looked_for_together_find_what_each_finds_alone(text: str) -> None:
    lexicons = [LEXICON, Phrases({"export": 5, "trade*": 6, "in": 7}), Phrases[int]({})]
    assert Together(lexicons).find(fold(text)) == [lexicon.find(fold(text)) for lexicon in lexicons]


def test_together_a_phrase_of_one_lexicon_hides_none_of_another() -> None:
    together = Together([LEXICON, Phrases({"trade": "a", "turnover*": "b"})])
    assert [[mark.meaning for mark in marks] for marks in together.find("trade turnover")] == [[2], ["a", "b"]]
