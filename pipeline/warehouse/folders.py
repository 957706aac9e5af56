"""The place of a store that is a folder of a file system; what any place promises is in `places`."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pipeline.warehouse import files
from pipeline.warehouse.errors import StoreFormatError
from pipeline.warehouse.lock import exclusive
from pipeline.warehouse.places import Source


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
