import pickle
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


def test_the_index_is_read_again_only_when_a_segment_came_or_went(
    segments: Segments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(segments, {"a": "old"})
    other = Segments(tmp_path / "words", {"version": pl.String()}, {"words": pl.Schema({"word": pl.String()})})
    assert words(other) == words(segments) == {"a": "old"}
    with monkeypatch.context() as patch:
        patch.setattr(pl, "read_parquet", lambda *_, **__: pytest.fail("read again"))
        assert other.index().height == 1
    add(segments, {"a": "new"}, "2")
    assert words(other) == {"a": "new"}
    segments.remove(["00000002"])
    assert words(other) == {"a": "old"}
    # Another writer may give the number anew.
    again = Segments(tmp_path / "words", {"version": pl.String()}, {"words": pl.Schema({"word": pl.String()})})
    add(again, {"b": "newer"}, "3")
    assert other.index()["version"].to_list() == ["1", "3"]


def test_what_a_worker_is_sent_holds_no_index(segments: Segments) -> None:
    before = len(pickle.dumps(segments))
    add(segments, {f"input {number}": "word" for number in range(1_000)})
    assert segments.index().height == 1_000
    assert len(pickle.dumps(segments)) < before + 100
    assert pickle.loads(pickle.dumps(segments)).index().height == 1_000


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


def test_frames_hold_the_rows_that_are_read_whole(segments: Segments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.warehouse.segments.ROWS_AT_ONCE", 2)
    add(segments, {"a": "old", "b": "2", "c": "3", "d": "4", "e": "5"})
    add(segments, {"a": "new"})
    live = segments.index().filter(pl.col("input_id") != "c")
    frames = list(segments.frames("words", live))
    assert max(frame.height for frame in frames) <= 2
    assert pl.concat(frames).sort("input_id").equals(segments.read("words", live))
    only = pl.DataFrame({"word": ["new", "5"]})
    assert sorted(pl.concat(segments.frames("words", live, ["word"], only))["word"]) == ["5", "new"]


def test_frames_hold_what_lies_in_parts(segments: Segments) -> None:
    segment = segments.begin()
    parts = {key: segment.add_part({"words": pl.DataFrame({"input_id": [key], "word": [key * 2]})}) for key in "ab"}
    segments.close(segment, pl.DataFrame({"input_id": list(parts), "version": "1", "part": list(parts.values())}))
    add(segments, {"c": "cc"})
    assert [frame.rows() for frame in segments.frames("words", segments.index())] == [[("a", "aa"), ("b", "bb")], [("c", "cc")]]


def test_garbage_is_rewritten_some_inputs_at_a_time(segments: Segments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.warehouse.segments.INPUTS_REWRITTEN", 2)
    add(segments, {str(number): f"word {number}" for number in range(12)})
    segments.collect_garbage(pl.Series(["1", "2", "3", "4", "5"]))
    assert words(segments) == {str(number): f"word {number}" for number in range(1, 6)}
    assert segments.index().group_by("segment").len()["len"].max() == 2


def test_small_segments_with_very_many_rows_are_left_alone(segments: Segments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.warehouse.segments.ROWS_AT_ONCE", 3)
    long = pl.DataFrame({"input_id": ["long"] * 4, "word": list("wxyz")})
    segments.add(pl.DataFrame({"input_id": ["long"], "version": "1"}), {"words": long})
    for number in range(SMALL_SEGMENTS + 1):
        add(segments, {f"input {number}": str(number)})
    segments.collect_garbage(segments.index()["input_id"])
    assert segments.names() == ["00000001", f"{SMALL_SEGMENTS + 3:08}"]
    assert segments.read("words", segments.index()).height == SMALL_SEGMENTS + 1 + 4


def test_a_table_may_be_given_as_a_file(segments: Segments, tmp_path: Path) -> None:
    pl.DataFrame({"input_id": ["a"], "word": ["written"]}).write_parquet(tmp_path / "words.parquet")
    segments.add(pl.DataFrame({"input_id": ["a"], "version": "1"}), {"words": tmp_path / "words.parquet"})
    assert words(segments) == {"a": "written"}
