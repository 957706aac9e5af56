"""An archive of texts as a source: zip, tar, JSON lines, or Parquet.

Nothing is unpacked to disk, and archives inside archives are not opened. How archives are opened belongs to
`pipeline.sources.members`, what rows hold to `pipeline.sources.rows`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from pipeline.contract.reference import read_toml
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.members import (
    DAMAGED,
    DamagedMemberError,
    Limits,
    Member,
    UnfoldsError,
    is_tar,
    is_zip,
    tar_members,
    told,
    unpacked,
    zip_members,
)
from pipeline.sources.raw import RawText, SourceError, Unreadable, UnreadableReason
from pipeline.sources.rows import RowLimits, Rows, json_lines, parquet
from pipeline.sources.suffixes import is_text_name

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]|\A[A-Za-z]:")
_HEAD = 1_000
_MARK_AND_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """The texts in one file: files in a zip or tar, or rows. `columns` say what the columns of rows are called, and
    `media_type` what their texts are.
    """

    name: str
    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/plain"

    def read(self, kept: FetchedTexts | None = None) -> Iterator[RawText | Unreadable]:  # noqa: ARG002 - nothing is fetched
        """The archive's texts. Raises `SourceError` if it is missing, is none, or breaks off."""
        if absence := self.absence():
            raise SourceError(f"source {self.name}: {absence}")
        most = cast(int, _archives()["most_members"])
        try:
            with self.path.open("rb") as file:
                texts = self._read(file)
                yield from islice(texts, most)
                if next(texts, None) is not None:
                    yield self._fault("", "archive", f"more than {most} texts; the rest is not read: divide the archive")
        except DAMAGED as fault:
            raise SourceError(f"source {self.name}: {self.path} is damaged or no archive: {told(fault)}") from fault
        except UnfoldsError as fault:
            raise SourceError(f"source {self.name}: {self.path}: {fault}; divide it, if it is to be trusted") from fault

    def fingerprint(self) -> str:
        """Size and modification time of the file; `missing` if there is none."""
        try:
            about = self.path.stat()
        except OSError:
            return "missing"
        return f"{about.st_size} {about.st_mtime_ns}"

    def absence(self) -> str | None:
        """What is not where the source is declared to be; None if it is there."""
        return None if self.path.is_file() else f"there is no file {self.path}"

    def _read(self, file: BinaryIO) -> Iterator[RawText | Unreadable]:
        start = file.read(4)
        if start == b"PAR1":
            yield from parquet(self._rows(), self.path, _archives()["rows_at_once"], _limits().max_total)
        elif is_zip(start):
            yield from self._files(lambda: zip_members(file, _limits()))
        else:
            with unpacked(file, _limits()) as stream:
                head = stream.peek(_HEAD)
                if head.lstrip(_MARK_AND_BLANK).startswith(b"{"):
                    yield from json_lines(self._rows(), cast(BinaryIO, stream))
                    return
            if not is_tar(head):
                raise SourceError(f"source {self.name}: {self.path} is neither zip, tar, JSON lines nor Parquet")
            yield from self._files(lambda: tar_members(file, _limits()))

    def _rows(self) -> Rows:
        limits = RowLimits(_max_bytes(), *(_archives()[name] for name in ("longest_line", "most_values", "longest_id")))
        return Rows(self.name, self.columns, self.media_type, limits)

    def _files(self, members: Callable[[], Iterator[Member]]) -> Iterator[RawText | Unreadable]:
        """The texts among the members of an archive, which is gone through twice: of several with one name the last counts."""
        most = cast(int, _archives()["most_members"])
        names = [member.name for member in islice(members(), most + 1)]
        last = {name: position for position, name in enumerate(names[:most])}
        for position, member in enumerate(islice(members(), most)):
            if not self._is_text(member.name):
                continue
            problem = self._problem(member, is_last=last[member.name] == position)
            if problem:
                yield self._fault(member.name, *problem)
            else:
                yield from self._member(member)
        if len(names) > most:
            yield self._fault("", "archive", f"more than {most} members; the rest is not read: divide the archive")

    def _is_text(self, name: str) -> bool:
        """Whether a member is to be accounted for: pictures are not, and neither is what an operating system adds."""
        path = PurePosixPath(name)
        kinds = (*_archives()["json_lines"], *_archives()["nested"])
        known = is_text_name(path.name) or path.suffix.lower() in kinds
        return known and not path.name.startswith(".") and "__MACOSX" not in path.parts

    def _problem(self, member: Member, *, is_last: bool) -> tuple[UnreadableReason, str] | None:
        """Why a member is not read, None if it is."""
        path = PurePosixPath(member.name)
        suffix = path.suffix.lower()
        faults: list[tuple[bool, UnreadableReason, str]] = [
            (suffix in _archives()["nested"], "archive", "an archive in an archive is not opened; unpack it"),
            (
                path.is_absolute() or ".." in path.parts or bool(_UNSAFE.search(member.name)),
                "outside_folder",
                "a name that leads out of the archive, or is none, is not followed",
            ),
            (not member.is_file, "not_a_file", "a link or a device in an archive is not read"),
            (member.is_sparse, "not_a_file", "a file with holes (sparse) in an archive is not read; pack it without --sparse"),
            (not is_last, "archive", "a later member has the same name"),
            (
                is_text_name(path.name) and member.size > _max_bytes(),
                "too_large",
                f"{member.size} bytes, the limit is {_max_bytes()}; split the file",
            ),
        ]
        return next(((reason, detail) for applies, reason, detail in faults if applies), None)

    def _member(self, member: Member) -> Iterator[RawText | Unreadable]:
        """The text or the rows in a member."""
        try:
            with member.open() as file:
                if PurePosixPath(member.name).suffix.lower() in _archives()["json_lines"]:
                    yield from json_lines(self._rows(), cast(BinaryIO, file), f"{_printable(member.name)}/")
                else:
                    yield self._text(member.name, file.read(_max_bytes() + 1))
        except DamagedMemberError as fault:
            yield self._fault(member.name, "archive", f"the member cannot be unpacked: {fault}")

    def _text(self, name: str, content: bytes) -> RawText | Unreadable:
        if len(content) > _max_bytes():
            return self._fault(name, "too_large", f"more than {_max_bytes()} bytes; split the file")
        if not content:
            return self._fault(name, "empty", "the file has no content")
        shown = _printable(name)
        return RawText(self.name, f"{self.name}/{shown}", PurePosixPath(shown).name, content)

    def _fault(self, name: str, reason: UnreadableReason, detail: str) -> Unreadable:
        return Unreadable(f"{self.name}/{_printable(name)}".rstrip("/"), self.name, reason, detail)


def _printable(name: str) -> str:
    shown = name.encode("utf-8", "backslashreplace").decode()
    return _UNSAFE.sub(lambda found: "".join(f"\\x{ord(sign):02x}" for sign in found[0]), shown)


def _max_bytes() -> int:
    return cast(int, read_toml("documents_limits.toml")["max_bytes"])


def _archives() -> dict[str, Any]:
    return read_toml("sources_archives.toml")


@cache
def _limits() -> Limits:
    data = _archives()
    return Limits(
        *(data[name] for name in ("max_total", "max_ratio", "free_of_ratio", "max_header", "max_directory")),
    )
