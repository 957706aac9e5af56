"""What a kind of source is."""

from collections.abc import Iterator
from typing import Protocol

from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import RawText, Unreadable


class Source(Protocol):
    """Where texts come from. A kind of source is any class of this shape."""

    @property
    def name(self) -> str:
        """Unique among the sources of a run; lower-case letters, digits, `-` and `_`."""

    def read(self, kept: FetchedTexts) -> Iterator[RawText | Unreadable]:
        """All inputs in an order that depends on nothing but their names. Raises `SourceError` if the place is missing.

        `kept` is what was fetched for this source before; a source on the network brings it up to date and reads from it.
        """

    def fingerprint(self) -> str:
        """A short text that changes when an input was added, changed or removed; cheap, reads no content and asks no network.

        That of a source on the network changes with its declaration only: the clock says when it is looked at.
        """
