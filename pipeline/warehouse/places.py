"""Where a store lies: what is written there appears whole or not at all, and files that belong together appear together.

What a place promises belongs here, and the place that is a folder; one in a bucket of an object store is in `buckets`. What is
kept there belongs to `store` and `segments`.
"""

import io
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import polars as pl

from pipeline.contract.addresses import is_address, without_password
from pipeline.warehouse import files
from pipeline.warehouse.errors import PlaceError, StoreFormatError
from pipeline.warehouse.lock import exclusive

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


def place_at(address: str | Path) -> Place:
    """The place that an address names: a folder, or a bucket with a prefix as `s3://BUCKET/PREFIX`.

    Raises `PlaceError` for an address that names none, and if what reads object stores is not installed.
    """
    if not is_address(address):
        return Folder(Path(address))
    told = without_password(address)
    if told != str(address):
        raise PlaceError(
            f"{told} holds a name or a password; name a bucket as s3://BUCKET/PREFIX, and give them as AWS_ACCESS_KEY_ID and"
            " AWS_SECRET_ACCESS_KEY"
        )
    if not str(address).startswith("s3://"):
        raise PlaceError(f"{address} is no address of a store; name a folder, or a bucket as s3://BUCKET/PREFIX")
    from pipeline.warehouse.buckets import bucket_at  # noqa: PLC0415 - an extra, which a store in a folder does without

    return bucket_at(str(address))


@dataclass(frozen=True)
class Folder:
    """The place that is a folder on a file system; it is made on the first write."""

    folder: Path

    def __reduce__(self) -> tuple[type["Folder"], tuple[Path]]:
        # Another process may be in another folder.
        return Folder, (self.folder.absolute(),)

    @property
    def address(self) -> str:
        """Its path, as it was given."""
        return str(self.folder)

    @property
    def anchor(self) -> Path:
        """The folder itself."""
        return self.folder.resolve()

    @property
    def empty_one(self) -> str:
        """Another folder."""
        return "an empty folder"

    def within(self, name: str) -> "Folder":
        """A folder in this one."""
        return Folder(self.folder / name)

    def names(self) -> list[str]:
        """What lies directly in the folder."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if not path.name.startswith(files.TEMPORARY_PREFIX))

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / name).exists()

    def written_at(self, name: str) -> datetime | None:
        """The time of change of the file."""
        path = self.folder / name
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None

    def read(self, name: str) -> bytes:
        """What the file holds."""
        return (self.folder / name).read_bytes()

    def source(self, name: str) -> Source:
        """The path of the file."""
        return self.folder / name

    def source_if_there(self, name: str) -> Source | None:
        """The path of the file, if it is there."""
        return self.folder / name if self.exists(name) else None

    def sources(self, names: Sequence[str]) -> list[Source | None]:
        """The paths of the files."""
        return [self.folder / name for name in names]

    def write(self, name: str, content: bytes) -> None:
        """Writes a file and renames it into its place."""
        files.write_bytes(self.folder / name, content)

    def write_parquet(self, name: str, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
        """Writes a Parquet file and renames it into its place."""
        files.write_parquet(self.folder / name, frame, metadata)

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""
        (self.folder / name).unlink(missing_ok=True)

    def draft(self, name: str) -> "FolderDraft":
        """A temporary folder, which is renamed when it is closed."""
        path = self.folder / name
        temporary = files.temporary_sibling(path)
        try:
            temporary.mkdir(parents=True)
        except OSError as error:
            raise files.unwritable(str(path), error) from error
        return FolderDraft(path, temporary)

    def remove_folder(self, name: str) -> None:
        """Renames a folder away, and removes it."""
        files.remove_folder(self.folder / name)

    def sweep(self) -> None:
        """Removes temporary files and folders."""
        files.sweep(self.folder)

    @contextmanager
    def working_copy(self, name: str) -> Iterator[Path]:
        """The file itself."""
        yield self.folder / name

    def exclusive(self, subject: str, wait_seconds: float) -> AbstractContextManager[bool]:
        """The operating system's lock on a file in the folder."""
        return exclusive(self.folder / "lock", subject, wait_seconds)

    def require_lock(self) -> None:
        """The operating system takes no lock away."""

    def require_place_for_store(self) -> None:
        """Refuses a path that is a file."""
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreFormatError(f"{self.folder} is a file; name a folder for the store")


@dataclass(frozen=True)
class FolderDraft:
    """A folder under a temporary name beside the one that it is to get."""

    path: Path
    temporary: Path

    def __reduce__(self) -> tuple[type["FolderDraft"], tuple[Path, Path]]:
        return FolderDraft, (self.path.absolute(), self.temporary.absolute())

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Writes files that nobody reads yet; they are flushed to the disk when the draft is closed.

        A worker that was given up may still be at it when another writes the same: so each file appears whole.
        """
        try:
            for name, content in contents.items():
                written = files.temporary_sibling(self.temporary / name)
                written.write_bytes(content)
                written.replace(self.temporary / name)
        except OSError as error:
            raise files.unwritable(str(self.path), error) from error

    def close(self, last: Mapping[str, bytes], others: Collection[str]) -> None:
        """Flushes all and renames the folder."""
        self.put(last)
        try:
            for file in sorted(self.temporary.iterdir()):
                if file.name in last or file.name in others:
                    files.sync(file)
                else:
                    file.unlink()
            files.sync(self.temporary)
            files.move_into_place(self.temporary, self.path)
        except OSError as error:
            raise files.unwritable(str(self.path), error) from error

    def discard(self) -> None:
        """Removes the temporary folder."""
        shutil.rmtree(self.temporary, ignore_errors=True)


def relative_to(place: Place, path: Path) -> str:
    """How a place keeps the path of another file: from its anchor, so that both may be moved together."""
    try:
        return os.path.relpath(path, place.anchor)
    except ValueError:  # on another drive
        return str(path)
