"""Exact repeats: what counts as the same text, and which copy is the original."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.reading import read_text
from pipeline.documents.repeats import content_key, duplicates

REPORT = "Ruritania exported 3.4 million tons of grain in 2024. Most of it went by rail.\n"
EARLY, LATE = date(2024, 1, 1), date(2024, 2, 1)


def key(text: str) -> str:
    return content_key(read_text(text))


def test_white_space_case_and_furniture_do_not_matter() -> None:
    first = key(f"Grain exports rise\n\nMarch 4, 2024\n\n{REPORT}\nShare: Facebook  X\nTags: grain")
    assert first == key(f"GRAIN EXPORTS RISE\n\nBy Jane Doe\n\n{REPORT.replace(' ', '  ')}\n\nRead also\nAnother story")


def test_a_changed_figure_is_another_text() -> None:
    assert key(REPORT) != key(REPORT.replace("3.4", "3.5"))


def test_the_earliest_is_the_original() -> None:
    assert duplicates([("a", "k", LATE), ("b", "k", EARLY), ("c", "other", EARLY)]) == {"a": "b"}


def test_of_equals_the_smaller_id_is_the_original_and_an_undated_copy_never() -> None:
    assert duplicates([("c", "k", None), ("b", "k", EARLY), ("a", "k", EARLY)]) == {"b": "a", "c": "a"}
    assert duplicates([("b", "k", None), ("a", "k", None)]) == {"b": "a"}


def test_the_same_document_twice_repeats_nothing() -> None:
    assert duplicates([("a", "k", EARLY), ("a", "k", EARLY)]) == {}


rows = st.tuples(st.sampled_from("abcdef"), st.sampled_from("kl"), st.none() | st.dates())


@given(st.lists(rows, unique_by=lambda row: row[0]).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_documents_does_not_matter(
    pair: tuple[list[tuple[str, str, date | None]], list[tuple[str, str, date | None]]],
) -> None:
    assert duplicates(pair[0]) == duplicates(pair[1])
    assert not set(duplicates(pair[0]).values()) & set(duplicates(pair[0]))
