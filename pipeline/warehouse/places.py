"""What the place of a store promises: what is written there appears whole or not at all, and files that belong together appear
together.

The place that is a folder is in `folders`, one in a bucket of an object store in `buckets`; which of them an address names, in
`place_addresses`. What is kept there belongs to `store` and `segments`.
"""

import io
import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import polars as pl

# What Polars reads a file from.
Source = Path | io.BytesIO


class Draft(Protocol):
    """A folder to be, in which any process may put files; it is there once it is closed. Pickles."""

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Writes files, by name. Raises `UnwritableError`."""

    def close(self, last: Mapping[str, bytes], others: Collection[str]) -> None:
        """Writes the `last` files and makes the folder appear with them and those `others`; what else was put goes."""

    def discard(self) -> None:
        """Removes what was put, unless the folder was closed."""


class Place(Protocol):
    """A folder or its like. Names lead from it, with slashes; files below folders that it makes itself. Pickles.

    Writing calls raise `UnwritableError`, and every `WarehouseError` that keeps a place from being used.
    """

    @property
    def address(self) -> str:
        """How whoever refreshes names it."""

    @property
    def anchor(self) -> Path:
        """The folder from which paths of other files are told that are kept here."""

    @property
    def empty_one(self) -> str:
        """What is to be named in place of one that holds other things."""

    def within(self, name: str) -> "Place":
        """The place of that name in this one."""

    def names(self) -> list[str]:
        """What lies directly here, sorted, but for what is not whole yet."""

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def written_at(self, name: str) -> datetime | None:
        """When a file was written last; None without it."""

    def read(self, name: str) -> bytes:
        """What a file holds. Raises `FileNotFoundError`."""

    def source(self, name: str) -> Source:
        """What Polars reads a file from. Raises `FileNotFoundError`, if not before it is read."""

    def source_if_there(self, name: str) -> Source | None:
        """The same; None without such a file."""

    def sources(self, names: Sequence[str]) -> list[Source | None]:
        """The same of several files; None for one that is known not to be there."""

    def write(self, name: str, content: bytes) -> None:
        """Writes a file whole."""

    def write_parquet(self, name: str, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
        """Writes a Parquet file whole, with `metadata` in its footer."""

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""

    def draft(self, name: str) -> Draft:
        """Begins a folder that does not exist yet."""

    def remove_folder(self, name: str) -> None:
        """Removes a folder so that no reader finds it half removed."""

    def sweep(self) -> None:
        """Removes what an interrupted writer left here. Only whoever holds the lock may call this."""

    def working_copy(self, name: str) -> AbstractContextManager[Path]:
        """A file that a program works on in place, as a path; what became of it is kept when the context ends."""

    def exclusive(self, subject: str, wait_seconds: float) -> AbstractContextManager[bool]:
        """Keeps every other writer out; see `pipeline.warehouse.lock.exclusive`."""

    def require_lock(self) -> None:
        """Raises `LockHeldError` if the lock that was taken here may have gone to another writer meanwhile."""

    def require_place_for_store(self) -> None:
        """Raises `StoreFormatError` if no store can be made here, whatever else lies here."""


def relative_to(place: Place, path: Path) -> str:
    """How a place keeps the path of another file: from its anchor, so that both may be moved together."""
    try:
        return os.path.relpath(path, place.anchor)
    except ValueError:  # on another drive
        return str(path)
