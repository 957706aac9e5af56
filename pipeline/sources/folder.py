"""A folder of files as a source.

Finding the files and getting their bytes safely belongs here; declaring sources belongs to `pipeline.sources.declared`.
Links are never followed out of the folder, so a folder cannot make the pipeline read what its owner did not put there.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from pipeline.contract.reference import read_toml
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import RawText, SourceError, Unreadable, UnreadableReason
from pipeline.sources.suffixes import is_passed_over, is_text_name, other_format


class _Entry(NamedTuple):
    """A file or folder below the root: the parts of its path from there, the whole path, and why it is not read, if so."""

    parts: tuple[str, ...]
    path: str
    linked: bool = False
    problem: Unreadable | None = None

    @property
    def inside(self) -> str:
        """The path from the root."""
        return "/".join(self.parts)


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
        entries = self._entries()
        with closing(_Descent(self.folder.resolve())) as descent:
            for entry in entries:
                found = entry.problem or self._read_file(entry, descent, limit)
                if found is not None:
                    yield found

    def fingerprint(self) -> str:
        """A hash over names, sizes and modification times; `missing` if there is no such folder."""
        digest = hashlib.sha256()
        try:
            for entry in self._entries():
                about = entry.problem.reason if entry.problem else _stamp(entry.path)
                digest.update(f"{entry.inside}\0{about}\0".encode("utf-8", "surrogateescape"))
        except SourceError:
            return "missing"
        return digest.hexdigest()[:32]

    def absence(self) -> str | None:
        """What is not where the source is declared to be; None if it is there."""
        try:
            return None if self.folder.is_dir() else f"there is no folder {self.folder}"
        except OSError as fault:
            return self._unlisted(fault)

    def _entries(self) -> list[_Entry]:
        """Every file and, with the reason, every file, folder or link that is not read or looked into, sorted by path."""
        if absence := self.absence():
            raise SourceError(f"source {self.name}: {absence}")
        found: list[_Entry] = []
        waiting = [_Entry((), str(self.folder))]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(Path(here.path)) as listed:
                    entries = list(listed)
            except OSError as fault:
                if not here.parts:
                    raise SourceError(f"source {self.name}: {self._unlisted(fault)}") from fault
                if not isinstance(fault, _GONE):
                    detail = f"cannot list the folder: {fault.strerror}"
                    found.append(self._problem(here, _reason_of(fault), detail))
                continue
            for entry in entries:
                self._sort_in(entry, here.parts, found, waiting)
        found.sort(key=lambda each: each.parts)
        return found

    def _sort_in(self, listed: os.DirEntry[str], above: tuple[str, ...], found: list[_Entry], waiting: list[_Entry]) -> None:
        """Adds an entry of a folder to what was found, or to the folders that are still to be listed."""
        if is_passed_over(listed.name):
            return
        entry = _Entry((*above, listed.name), listed.path)
        try:
            linked = listed.is_symlink()
            folder = Path(listed.path).is_dir() if linked else listed.is_dir()
        except OSError as fault:  # some file systems tell what an entry is only when asked for it alone
            found.append(self._problem(entry, _reason_of(fault), f"cannot look at it: {fault.strerror}"))
            return
        if folder and linked:
            detail = "a folder reached by a link is not read; declare it as a source of its own"
            found.append(self._problem(entry, "linked_folder", detail))
        elif folder:
            waiting.append(entry)
        elif is_text_name(listed.name):
            found.append(entry._replace(linked=linked))
        else:
            found.append(self._problem(entry, "other_format", other_format(listed.name)))

    def _unlisted(self, fault: OSError) -> str:
        return f"cannot list the folder {self.folder}: {fault.strerror}"

    def _read_file(self, entry: _Entry, descent: "_Descent", limit: int) -> RawText | Unreadable | None:
        """A file's text; None if the file has gone since the folder was listed."""
        try:
            parts = _target(entry, descent.root) if entry.linked else entry.parts
            about, content = descent.read(parts, limit) if parts else (None, b"")
        except (OSError, RuntimeError) as fault:
            if isinstance(fault, OSError) and fault.errno == errno.ELOOP and not entry.linked:
                return self._read_file(entry._replace(linked=True), descent, limit)  # a link now, if nothing worse
            return self._fault(entry, fault)
        return self._found(entry, about, content, limit)

    def _found(self, entry: _Entry, about: os.stat_result | None, content: bytes, limit: int) -> RawText | Unreadable:
        if about is None:
            return self._unreadable(entry, "outside_folder", "a link that leads out of the folder is not followed")
        if not stat.S_ISREG(about.st_mode):
            return self._unreadable(entry, "not_a_file", "not a regular file")
        size = max(about.st_size, len(content))
        if content and size <= limit:
            return RawText(self.name, self._uri(entry), _printable(entry.parts[-1]), content)
        if size > limit:
            return self._unreadable(entry, "too_large", f"{size} bytes, the limit is {limit}; split the file")
        return self._unreadable(entry, "empty", "the file has no content")

    def _fault(self, entry: _Entry, fault: OSError | RuntimeError) -> Unreadable | None:
        # Python before 3.13 raises RuntimeError for a link that leads to itself.
        if isinstance(fault, (*_GONE, RuntimeError)) or fault.errno == errno.ELOOP:
            if os.path.islink(entry.path):  # noqa: PTH114 - raises nothing
                return self._unreadable(entry, "broken_link", "the link leads nowhere")
            if isinstance(fault, FileNotFoundError):
                return None
            return self._unreadable(entry, "outside_folder", "a folder on the way to it was exchanged while it was read")
        detail = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        return self._unreadable(entry, _reason_of(fault), detail)

    def _problem(self, entry: _Entry, reason: UnreadableReason, detail: str) -> _Entry:
        return entry._replace(problem=self._unreadable(entry, reason, detail))

    def _unreadable(self, entry: _Entry, reason: UnreadableReason, detail: str) -> Unreadable:
        return Unreadable(self._uri(entry), self.name, reason, detail)

    def _uri(self, entry: _Entry) -> str:
        return f"{self.name}/{_printable(entry.inside)}"


_GONE = (FileNotFoundError, NotADirectoryError)
# O_NONBLOCK: a pipe with a text's name must not hang the run before its kind is known.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_OPENS_IN_FOLDERS = os.open in os.supports_dir_fd


class _Descent:
    """Opens files below a root. Goes down folder by folder and follows no link, since one may have taken the place of a folder
    that was listed before. Where the system opens by whole paths only, the path is opened.

    The folders on the way to the last file stay open: the next file mostly lies in the same.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._way: list[tuple[str, int]] = []  # from the root, whose name is empty, downwards
        self._last: Sequence[str] = ("",)  # where that leads to

    def read(self, parts: Sequence[str], limit: int) -> tuple[os.stat_result, bytes]:
        """What the system tells of a file, and its bytes: none of what is no plain file or beyond the limit, and at most one
        more than the limit of a file that grows. Raises `OSError`.
        """
        descriptor = self._opened(parts)
        try:
            about = os.fstat(descriptor)
            plain = stat.S_ISREG(about.st_mode) and about.st_size <= limit
            return about, _bytes_of(descriptor, about.st_size, limit) if plain else b""
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Closes the folders."""
        self._keep(0)

    def _opened(self, parts: Sequence[str]) -> int:
        if not _OPENS_IN_FOLDERS:
            return os.open(self.root.joinpath(*parts), _READING)
        kept = len(self._way)
        try:
            return os.open(parts[-1], _READING, dir_fd=self._folder(parts[:-1]))
        except FileNotFoundError:
            if not kept:
                raise
        self.close()  # a folder that was exchanged for another since has the file perhaps
        return os.open(parts[-1], _READING, dir_fd=self._folder(parts[:-1]))

    def _folder(self, parts: Sequence[str]) -> int:
        if self._way and parts == self._last:
            return self._way[-1][1]
        if not self._way:
            self._way.append(("", os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)))
        known = [name for name, _ in self._way[1:]]
        shared = next((place for place, (one, other) in enumerate(zip(known, parts, strict=False)) if one != other), None)
        self._keep(1 + (min(len(known), len(parts)) if shared is None else shared))
        for name in parts[len(self._way) - 1 :]:
            above = self._way[-1][1]
            self._way.append((name, os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=above)))
        self._last = parts
        return self._way[-1][1]

    def _keep(self, count: int) -> None:
        self._last = ("",)  # leads nowhere until all folders on the way are open
        while len(self._way) > count:
            os.close(self._way.pop()[1])


def _bytes_of(descriptor: int, size: int, limit: int) -> bytes:
    parts, left = [], limit + 1
    while left > 0 and (part := os.read(descriptor, min(left, size + 1))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _target(entry: _Entry, root: Path) -> tuple[str, ...] | None:
    """Where a link leads to, from the root; None if that is out of it."""
    target = Path(entry.path).resolve(strict=True)
    inside = target != root and target.is_relative_to(root)
    return target.relative_to(root).parts if inside else None


def _stamp(path: str) -> str:
    try:
        about = os.lstat(path)
    except OSError as fault:
        return type(fault).__name__
    return f"{about.st_size} {about.st_mtime_ns}"


def _reason_of(fault: OSError | RuntimeError) -> UnreadableReason:
    return "no_permission" if isinstance(fault, PermissionError) else "read_error"


def _printable(name: str) -> str:
    """File names may hold bytes that are no text; they are shown escaped, since a table's text must be valid Unicode."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")
