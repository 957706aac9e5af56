"""Segments that workers fill, whatever the order in which they come back."""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest

from pipeline.warehouse import filling
from pipeline.warehouse.filling import Given, Limit, Receipt, filled
from pipeline.warehouse.segments import NO_PART, Segments


@pytest.fixture
def segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Segments:
    monkeypatch.setattr(filling, "BATCH", Limit(2, 100))
    monkeypatch.setattr(filling, "SEGMENT", Limit(4, 1_000))
    return Segments(tmp_path / "words", {}, {"words": pl.Schema({"word": pl.String()}), "beside": pl.Schema({"n": pl.Int64()})})


def work(batch: list[Given[str]]) -> Receipt:
    """What a worker in another process makes of a batch: of a word in capitals nothing is kept."""
    batch = pickle.loads(pickle.dumps(batch))
    words = [given.item for given in batch]
    kept = [word for word in words if word.islower()]
    part = batch[0].segment.add_part({"words": pl.DataFrame({"input_id": kept, "word": kept}, schema_overrides=_TEXT)})
    return Receipt(batch[0].segment.name, len(words), pl.DataFrame({"input_id": words, "part": [part] * len(words)}))


_TEXT = {"input_id": pl.String(), "word": pl.String()}


def fill(segments: Segments, words: Iterable[str], turn: int = 1) -> None:
    with filled(segments) as under_way:
        receipts = map(work, under_way.batches(words, len))
        for receipt in receipts if turn == 1 else [*receipts][::turn]:
            under_way.take(receipt)


@pytest.mark.parametrize("turn", [1, -1])
def test_what_workers_wrote_is_there_whatever_their_order(segments: Segments, turn: int) -> None:
    fill(segments, "abcdefghi", turn)
    assert segments.read("words", segments.index())["word"].to_list() == list("abcdefghi")
    assert segments.read("beside", segments.index()).is_empty()
    assert segments.names() == ["00000001", "00000002", "00000003"]


def test_a_segment_is_closed_as_soon_as_its_batches_came_back(segments: Segments) -> None:
    with filled(segments) as under_way:
        batches = under_way.batches("abcdef", len)
        first, second = work(next(batches)), work(next(batches))
        third = work(next(batches))
        under_way.take(third)
        under_way.take(second)
        assert segments.names() == []
        under_way.take(first)
        assert segments.names() == ["00000001"]
    assert sorted(segments.index()["input_id"]) == list("abcdef")


def test_an_error_leaves_what_was_closed_and_nothing_else(segments: Segments) -> None:
    def words() -> Iterator[str]:
        yield from "abcdef"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(segments, words())
    assert segments.index()["input_id"].to_list() == list("abcd")
    assert [path.name for path in segments.place.folder.iterdir()] == ["00000001"]


def test_what_a_worker_wrote_and_did_not_tell_of_goes_with_the_draft(segments: Segments) -> None:
    with filled(segments) as under_way:
        for batch in under_way.batches("ab", len):
            work(batch)  # it died before it could tell, and the batch is divided
            for given in batch:
                under_way.take(work([given]))
    parts = set(segments.index()["part"])
    assert {path.stem.partition("-")[2] for path in segments.place.folder.rglob("words-*.parquet")} == parts
    assert len(parts) == len("ab")
    assert segments.read("words", segments.index())["word"].to_list() == ["a", "b"]


def test_a_batch_of_which_nothing_is_kept_writes_nothing(segments: Segments) -> None:
    fill(segments, "AB")
    assert segments.index()["part"].to_list() == [NO_PART, NO_PART]
    assert [path.name for path in segments.place.folder.rglob("*.parquet")] == ["index.parquet"]
    assert segments.read("words", segments.index()).is_empty()


def test_parts_become_one_when_small_segments_are_merged(segments: Segments) -> None:
    for letter in "abcdefghi":
        fill(segments, [letter, letter.upper()])
    segments.collect_garbage(segments.index()["input_id"])
    assert len(segments.names()) == 1
    assert segments.index()["part"].null_count() == 18
    assert segments.read("words", segments.index())["word"].to_list() == list("abcdefghi")


def test_a_part_that_is_missing_is_told(segments: Segments) -> None:
    fill(segments, "ab")
    next(segments.place.folder.rglob("words-*.parquet")).unlink()
    with pytest.raises(FileNotFoundError):
        segments.read("words", segments.index())
