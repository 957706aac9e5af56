"""A folder of files as a source.

Finding the files and getting their bytes safely belongs here; declaring sources belongs to `pipeline.sources.declared`.
Links are never followed out of the folder, so a folder cannot make the pipeline read what its owner did not put there.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.contract.reference import read_toml
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import RawText, SourceError, Unreadable, UnreadableReason
from pipeline.sources.suffixes import is_passed_over, is_text_name, other_format


@dataclass(frozen=True, slots=True)
class FolderSource:
    """All files in a folder and the folders below it, in the order of their paths; those of other formats than can be read are
    told of by name, and what is plainly no document is left out.
    """

    name: str
    folder: Path
    description: str = ""

    def read(self, kept: FetchedTexts | None = None) -> Iterator[RawText | Unreadable]:  # noqa: ARG002 - nothing is fetched
        """The folder's files as bytes; a file or folder within it that cannot be looked into is told of in its place. Raises
        `SourceError` if the folder itself is missing or cannot be listed.
        """
        limit = cast(int, read_toml("documents_limits.toml")["max_bytes"])
        root = self.folder.resolve()
        for path, problem in self._entries():
            found = problem or self._read_file(path, root, limit)
            if found is not None:
                yield found

    def fingerprint(self) -> str:
        """A hash over names, sizes and modification times; `missing` if there is no such folder."""
        digest = hashlib.sha256()
        try:
            for path, problem in self._entries():
                about = problem.reason if problem else _stamp(path)
                digest.update(f"{self._inside(path)}\0{about}\0".encode("utf-8", "surrogateescape"))
        except SourceError:
            return "missing"
        return digest.hexdigest()[:32]

    def absence(self) -> str | None:
        """What is not where the source is declared to be; None if it is there."""
        try:
            return None if self.folder.is_dir() else f"there is no folder {self.folder}"
        except OSError as fault:
            return self._unlisted(fault)

    def _entries(self) -> Iterator[tuple[Path, Unreadable | None]]:
        """Every file and, with the reason, every file, folder or link that is not read or looked into, sorted by path."""
        if absence := self.absence():
            raise SourceError(f"source {self.name}: {absence}")
        found: list[tuple[Path, Unreadable | None]] = []
        waiting = [self.folder]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(here) as listed:
                    entries = list(listed)
            except OSError as fault:
                if here == self.folder:
                    raise SourceError(f"source {self.name}: {self._unlisted(fault)}") from fault
                if not isinstance(fault, _GONE):
                    detail = f"cannot list the folder: {fault.strerror}"
                    found.append((here, self._unreadable(here, _reason_of(fault), detail)))
                continue
            for entry in entries:
                self._sort_in(entry, found, waiting)
        found.sort(key=lambda each: each[0].relative_to(self.folder).parts)
        yield from found

    def _sort_in(self, entry: os.DirEntry[str], found: list[tuple[Path, Unreadable | None]], waiting: list[Path]) -> None:
        """Adds an entry of a folder to what was found, or to the folders that are still to be listed."""
        path = Path(entry.path)
        if is_passed_over(entry.name):
            return
        try:
            linked = entry.is_symlink()
            folder = path.is_dir() if linked else entry.is_dir()
        except OSError as fault:  # some file systems tell what an entry is only when asked for it alone
            found.append((path, self._unreadable(path, _reason_of(fault), f"cannot look at it: {fault.strerror}")))
            return
        if folder and linked:
            detail = "a folder reached by a link is not read; declare it as a source of its own"
            found.append((path, self._unreadable(path, "linked_folder", detail)))
        elif folder:
            waiting.append(path)
        else:
            other = None if is_text_name(entry.name) else self._unreadable(path, "other_format", other_format(entry.name))
            found.append((path, other))

    def _unlisted(self, fault: OSError) -> str:
        return f"cannot list the folder {self.folder}: {fault.strerror}"

    def _read_file(self, path: Path, root: Path, limit: int) -> RawText | Unreadable | None:
        """A file's text; None if the file has gone since the folder was listed."""
        try:
            target = path.resolve(strict=True)
            if target == root or not target.is_relative_to(root):
                return self._unreadable(path, "outside_folder", "a link that leads out of the folder is not followed")
            with os.fdopen(_opened(target, root), "rb") as file:
                about = os.fstat(file.fileno())
                if not stat.S_ISREG(about.st_mode):
                    return self._unreadable(path, "not_a_file", "not a regular file")
                content = file.read(limit + 1) if about.st_size <= limit else b""
        except (OSError, RuntimeError) as fault:
            return self._fault(path, fault)
        if about.st_size > limit or len(content) > limit:
            detail = f"{max(about.st_size, len(content))} bytes, the limit is {limit}; split the file"
            return self._unreadable(path, "too_large", detail)
        if not content:
            return self._unreadable(path, "empty", "the file has no content")
        return RawText(self.name, self._uri(path), _printable(path.name), content)

    def _fault(self, path: Path, fault: OSError | RuntimeError) -> Unreadable | None:
        # Python before 3.13 raises RuntimeError for a link that leads to itself.
        if isinstance(fault, (*_GONE, RuntimeError)) or fault.errno == errno.ELOOP:
            if os.path.islink(path):  # noqa: PTH114 - raises nothing
                return self._unreadable(path, "broken_link", "the link leads nowhere")
            if isinstance(fault, FileNotFoundError):
                return None
            return self._unreadable(path, "outside_folder", "a folder on the way to it was exchanged while it was read")
        detail = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        return self._unreadable(path, _reason_of(fault), detail)

    def _unreadable(self, path: Path, reason: UnreadableReason, detail: str) -> Unreadable:
        return Unreadable(self._uri(path), self.name, reason, detail)

    def _inside(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _uri(self, path: Path) -> str:
        return f"{self.name}/{_printable(self._inside(path))}"


_GONE = (FileNotFoundError, NotADirectoryError)
# O_NONBLOCK: a pipe with a text's name must not hang the run before its kind is known.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_OPENS_IN_FOLDERS = os.open in os.supports_dir_fd


def _opened(target: Path, root: Path) -> int:
    """A descriptor of a file below `root`, both resolved. Goes down folder by folder and follows no link, since one may have
    taken the place of a folder that was resolved before. Where the system opens by whole paths only, the path is opened.
    """
    if not _OPENS_IN_FOLDERS:
        return os.open(target, _READING)
    *folders, name = target.relative_to(root).parts
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    for folder in folders:
        above = here
        try:
            here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)
        finally:
            os.close(above)
    try:
        return os.open(name, _READING, dir_fd=here)
    finally:
        os.close(here)


def _stamp(path: Path) -> str:
    try:
        about = path.lstat()
    except OSError as fault:
        return type(fault).__name__
    return f"{about.st_size} {about.st_mtime_ns}"


def _reason_of(fault: OSError | RuntimeError) -> UnreadableReason:
    return "no_permission" if isinstance(fault, PermissionError) else "read_error"


def _printable(name: str) -> str:
    """File names may hold bytes that are no text; they are shown escaped, since a table's text must be valid Unicode."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
