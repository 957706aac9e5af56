"""Files that are either whole or not there: write under a temporary name, flush to disk, rename.

How bytes reach the disk belongs here; what they mean does not.
"""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import polars as pl

from pipeline.warehouse.errors import UnwritableError

TEMPORARY_PREFIX = ".tmp-"


class FileState(NamedTuple):
    """What tells that nobody wrote to a file: its size in bytes, the time of its last change, and its number on the disk."""

    size: int
    changed_ns: int
    inode: int


def state_of(path: Path) -> FileState:
    """The state of a file now. Raises `OSError`."""
    found = path.stat()
    return FileState(found.st_size, found.st_mtime_ns, found.st_ino)


def temporary_sibling(path: Path) -> Path:
    """A fresh name beside `path`, on the same file system, that `sweep` recognises as left over."""
    return path.with_name(f"{TEMPORARY_PREFIX}{path.name}-{uuid4().hex[:12]}")


def sync(path: Path) -> None:
    """Flushes a file or a folder's entries to the disk. Where folders cannot be opened (Windows) they need no flush."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move_into_place(temporary: Path, path: Path) -> None:
    """Renames `temporary`, already flushed, to `path` so that the name is never missing or half; then flushes the folder."""
    temporary.replace(path)
    sync(path.parent)


def unwritable(what: str, error: OSError) -> UnwritableError:
    """What to raise in place of the system's error, which does not name what could not be written."""
    return UnwritableError(f"{what} cannot be written: {error.strerror or error}; what was there before stays")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Gives a temporary path to write to; on success it becomes `path`, on any error it is removed and `path` is untouched.

    Raises `UnwritableError`.
    """
    temporary = temporary_sibling(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        sync(temporary)
        move_into_place(temporary, path)
    except OSError as error:
        raise unwritable(str(path), error) from error
    finally:
        # On a file system that may only be read, removing what is not there fails too, and would hide why.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Writes a whole text file in UTF-8."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a whole file."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)


def write_parquet(path: Path, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
    """Writes a whole Parquet file, with `metadata` in its footer."""
    with whole_file(path) as temporary:
        write_frame(temporary, frame, metadata)


def write_frame(path: Path, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
    """Writes Parquet to a path that nobody reads yet. Raises `OSError`."""
    # Through memory: of a full disk Polars tells that the file is out of its specification.
    path.write_bytes(parquet(frame, metadata))


def parquet(frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> bytes:
    """A frame as the bytes of a Parquet file, with `metadata` in its footer."""
    content = io.BytesIO()
    frame.write_parquet(content, compression="zstd", metadata=metadata)
    return content.getvalue()


def remove_folder(path: Path) -> None:
    """Removes a folder so that no reader finds it half removed."""
    trash = temporary_sibling(path)
    path.replace(trash)
    shutil.rmtree(trash, ignore_errors=True)


def sweep(folder: Path, name: str = "") -> None:
    """Removes what an interrupted writer left directly in `folder`; `name` narrows to temporaries of that file.

    Only whoever holds the lock may call this.
    """
    if not folder.is_dir():
        return
    prefix = f"{TEMPORARY_PREFIX}{name}-" if name else TEMPORARY_PREFIX
    for path in sorted(path for path in folder.iterdir() if path.name.startswith(prefix)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
