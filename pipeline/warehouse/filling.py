"""Segments that workers fill: each batch writes its results where they belong, and tells only what the index needs.

Which batch goes into which segment, and when a segment is closed, belongs here; what the work is does not. So the process that
deals out the work sees neither the documents nor the claims, and a segment is there once all of its batches came back.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

import polars as pl

from pipeline.warehouse.segments import NewSegment, Segments

B = TypeVar("B")


class Limit(NamedTuple):
    """How much is taken together: so many inputs, or so many bytes or characters of them, whichever comes first."""

    inputs: int
    size: int


BATCH = Limit(100, 500_000)  # a few seconds of work: small enough to balance workers, large enough to be worth sending
# What is not closed is done again after an interruption: the one that is filling, and each one before it of which a worker
# still has a batch. So with many workers, or one slow batch, that is several.
SEGMENT = Limit(2_000, 50_000_000)


class Given(NamedTuple, Generic[B]):
    """What a worker is given: an input, and the segment that its results go into."""

    segment: NewSegment
    item: B


class Receipt(NamedTuple):
    """What came of `inputs` inputs of a segment: rows of its index, each with the part that its results were written to."""

    segment: str
    inputs: int
    rows: pl.DataFrame


@contextmanager
def filled(segments: Segments) -> Iterator["Filling"]:
    """Segments to be filled for as long as the context lasts; an error removes those that were not closed yet."""
    filling = Filling(segments)
    try:
        yield filling
        filling.close_all()
    except BaseException:
        filling.discard_all()
        raise


class Filling:
    """Deals out inputs in batches, and closes each segment when its last receipt came. Needs the store's lock."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._open: dict[str, _Open] = {}

    def batches(self, items: Iterable[B], size: Callable[[B], int]) -> Iterator[list[Given[B]]]:
        """The items in batches, each of one segment."""
        current: _Open | None = None
        for batch in _grouped(items, size, BATCH):
            if current is None:
                segment = self._segments.begin()
                current = self._open[segment.name] = _Open(segment)
            current.given += len(batch)
            current.size += sum(map(size, batch))
            yield [Given(current.segment, item) for item in batch]
            if current.given >= SEGMENT.inputs or current.size >= SEGMENT.size:
                self._full(current)
                current = None
        if current is not None:
            self._full(current)

    def take(self, receipt: Receipt) -> None:
        """Keeps the rows of a receipt, and closes the segment if it was the last."""
        one = self._open[receipt.segment]
        one.returned += receipt.inputs
        one.rows.append(receipt.rows)
        self._close_if_whole(one)

    def close_all(self) -> None:
        """Closes all segments with what came back."""
        for one in list(self._open.values()):
            self._close(one)

    def discard_all(self) -> None:
        """Removes all segments that were not closed."""
        for one in self._open.values():
            one.segment.draft.discard()

    def _full(self, one: "_Open") -> None:
        one.full = True
        self._close_if_whole(one)

    def _close_if_whole(self, one: "_Open") -> None:
        if one.full and one.returned >= one.given:
            self._close(one)

    def _close(self, one: "_Open") -> None:
        index = pl.concat(one.rows) if one.rows else pl.DataFrame()
        if index.is_empty():
            one.segment.draft.discard()
        else:
            self._segments.close(one.segment, index)
        del self._open[one.segment.name]


@dataclass
class _Open:
    segment: NewSegment
    given: int = 0
    returned: int = 0
    size: int = 0
    full: bool = False
    rows: list[pl.DataFrame] = field(default_factory=list)


def _grouped(items: Iterable[B], size: Callable[[B], int], limit: Limit) -> Iterator[list[B]]:
    group: list[B] = []
    weight = 0
    for item in items:
        group.append(item)
        weight += size(item)
        if len(group) >= limit.inputs or weight >= limit.size:
            yield group
            group, weight = [], 0
    if group:
        yield group
