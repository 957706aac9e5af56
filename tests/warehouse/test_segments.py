from pathlib import Path

import polars as pl
import pytest

from pipeline.warehouse.segments import SMALL_SEGMENTS, Segments


@pytest.fixture
def segments(tmp_path: Path) -> Segments:
    return Segments(tmp_path / "words", {"version": pl.String()}, {"words": pl.Schema({"word": pl.String()})})


def add(segments: Segments, words: dict[str, str], version: str = "1") -> None:
    keys = list(words)
    segments.add(
        pl.DataFrame({"input_id": keys, "version": [version] * len(keys)}),
        {"words": pl.DataFrame({"input_id": keys, "word": list(words.values())})},
    )


def words(segments: Segments) -> dict[str, str]:
    return dict(segments.read("words", segments.index()).iter_rows())


def test_a_later_segment_hides_the_rows_of_an_earlier_one(segments: Segments) -> None:
    add(segments, {"a": "old", "b": "kept"})
    add(segments, {"a": "new"}, "2")
    assert words(segments) == {"a": "new", "b": "kept"}
    assert segments.index().select("input_id", "version").rows() == [("a", "2"), ("b", "1")]


def test_garbage_is_what_nobody_refers_to(segments: Segments) -> None:
    add(segments, {"a": "1", "b": "2", "c": "3"})
    add(segments, {"d": "4"})
    assert segments.collect_garbage(pl.Series(["a", "d"])) == 1
    assert words(segments) == {"a": "1", "d": "4"}
    assert segments.collect_garbage(pl.Series(["a", "d"])) == 0
    assert segments.collect_garbage(pl.Series([], dtype=pl.String)) == 2
    assert list(segments.place.folder.iterdir()) == []


def test_many_small_segments_become_one(segments: Segments) -> None:
    for number in range(SMALL_SEGMENTS + 1):
        add(segments, {f"input {number}": str(number)})
    segments.collect_garbage(segments.index()["input_id"])
    assert len(list(segments.place.folder.iterdir())) == 1
    assert len(words(segments)) == SMALL_SEGMENTS + 1


def test_a_segment_that_was_copied_but_not_yet_dropped_does_no_harm(segments: Segments) -> None:
    add(segments, {"a": "1", "b": "2"})
    add(segments, {"a": "1"})
    assert words(segments) == {"a": "1", "b": "2"}


def test_an_empty_result_makes_no_segment(segments: Segments) -> None:
    add(segments, {})
    assert not segments.place.folder.exists()
    assert words(segments) == {}
