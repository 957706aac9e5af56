"""Members of zip and tar files, as a stream, in memory only.

Which members are texts belongs to `pipeline.sources.archive`; here is what an archive is made of, and that opening it stays
within limits whatever it says of itself.
"""

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

_OPENERS: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
# What the libraries raise for bytes that are not what they should be.
DAMAGED = (
    *(OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, struct.error),
    *(NotImplementedError, RecursionError, LookupError, ValueError, OverflowError),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = slice(257, 262)


class UnfoldsError(Exception):
    """An archive that unfolds to more than may be read."""


class DamagedMemberError(Exception):
    """A member that cannot be unpacked, though those after it may be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes: of all members, of a member's names and such, of a zip's list; the ratio holds above `free_of_ratio` bytes."""

    max_total: int
    max_ratio: int
    free_of_ratio: int
    max_header: int
    max_directory: int

    def judge(self, taken: int, packed: int) -> None:
        """Raises `UnfoldsError` if too much came out of what was packed."""
        if taken > self.max_total or (taken > self.free_of_ratio and taken > packed * self.max_ratio):
            raise UnfoldsError(f"it unfolds to more than may be read ({taken} bytes of {packed})")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive. `is_file` is False for links and devices. One that `is_sparse` has holes, which are packed as
    nothing and may be of any size. `open` gives a stream of its bytes, to be read before the next member is asked for; both
    raise `DamagedMemberError` if only this member is broken.
    """

    name: str
    is_file: bool
    size: int
    open: Callable[[], IO[bytes]]
    is_sparse: bool = False


def is_zip(start: bytes) -> bool:
    """Whether a file that begins so is a zip file."""
    return start.startswith(_ZIP)


def is_tar(start: bytes) -> bool:
    """Whether a file that begins so, once decompressed, is a tar file."""
    return start[_TAR] == b"ustar"


@contextmanager
def unpacked(file: BinaryIO, limits: Limits) -> Iterator[io.BufferedReader]:
    """The file from its beginning, decompressed if it is compressed, never beyond the limits."""
    file.seek(0)
    start = file.read(6)
    file.seek(0)
    opener = next((opener for magic, opener in _OPENERS.items() if start.startswith(magic)), None)
    measured = _Measured(opener(file), _Tally(file, limits)) if opener else _Measured(file)
    yield io.BufferedReader(measured, 1 << 16)


def zip_members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    """The members of a zip file, by name; of several with one name in the order in which they were added."""
    if _directory_size(file) > limits.max_directory:
        raise UnfoldsError("it lists more members than may be read")
    taken = packed = 0

    def opened(info: zipfile.ZipInfo) -> IO[bytes]:
        nonlocal taken, packed
        taken, packed = taken + info.file_size, packed + info.compress_size
        limits.judge(taken, packed)
        if info.flag_bits & 1:
            raise DamagedMemberError("it is encrypted")
        try:
            return cast(IO[bytes], io.BufferedReader(cast(Any, _Zipped(archive.open(info)))))
        except (*DAMAGED, RuntimeError) as fault:
            raise DamagedMemberError(told(fault)) from fault

    with zipfile.ZipFile(file) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if not info.is_dir():
                is_file = not stat.S_ISLNK(info.external_attr >> 16)
                yield Member(info.filename, is_file, info.file_size, lambda info=info: opened(info))  # type: ignore[misc]


def tar_members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    """The members of a tar file, compressed or not, in their order."""

    class Header(tarfile.TarInfo):
        """A member's header, whose extensions are read into memory: refused if they are large."""

        def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
            if self.type in _EXTENSIONS and self.size > limits.max_header:
                raise tarfile.ReadError(f"a header of {self.size} bytes")
            return cast(tarfile.TarInfo, super()._proc_member(archive))  # type: ignore[misc]

        def _proc_sparse(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
            # Where the data lie is passed over: it may be told in as many places as there are bytes, and nobody asks.
            (_, goes_on, _), stream = cast(Any, self)._sparse_structs, cast(Any, archive).fileobj
            while goes_on:
                goes_on = stream.read(tarfile.BLOCKSIZE)[_GOES_ON]
            cast(Any, self)._sparse_structs = ([], False, self.size)
            return cast(tarfile.TarInfo, super()._proc_sparse(archive))  # type: ignore[misc]

        def _proc_gnusparse_10(self, following: Any, *_: Any) -> None:
            following.sparse = []

    with unpacked(file, limits) as stream, tarfile.open(fileobj=stream, mode="r|", tarinfo=Header) as archive:
        tally = _Tally(file, limits)

        def opened(member: tarfile.TarInfo) -> IO[bytes]:
            return cast(IO[bytes], io.BufferedReader(_Measured(archive.extractfile(member), tally), 1 << 16))

        for member in archive:
            cast(Any, archive).members = []  # it would keep all of them
            if not member.isdir():
                opening = cast(Callable[[], IO[bytes]], lambda member=member: opened(member))
                yield Member(member.name, member.isreg(), member.size, opening, is_sparse=member.issparse())


def told(fault: BaseException) -> str:
    """A fault in one line of printable signs: libraries quote what they found."""
    line = " ".join(str(fault).split())[:200]
    return "".join(sign if sign.isprintable() else "�" for sign in line) or type(fault).__name__


_EXTENSIONS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)
_GOES_ON = 504  # the byte of a block of places of data that is not 0 if another follows


@dataclass(slots=True)
class _Tally:
    """What came out of a file so far, judged against what went in."""

    packed: BinaryIO
    limits: Limits
    taken: int = 0

    def take(self, size: int) -> None:
        """Counts bytes that came out. Raises `UnfoldsError` if they are too many."""
        self.taken += size
        self.limits.judge(self.taken, self.packed.tell())


class _Measured(io.RawIOBase):
    """Reads a stream, what comes out of it counted if there is a tally."""

    def __init__(self, inner: Any, tally: _Tally | None = None) -> None:
        self._inner = inner
        self._tally = tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._inner.read(len(buffer))
        if self._tally:
            self._tally.take(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Zipped(io.RawIOBase):
    """Reads a member of a zip file; what is wrong with it concerns no other."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._inner.read(len(buffer))
        except DAMAGED as fault:
            raise DamagedMemberError(told(fault)) from fault
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _directory_size(file: BinaryIO) -> int:
    """The size of a zip file's list of members, which is read into memory as a whole; 0 if its end is not found."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 70_000))  # the end, its comment of at most 65,535 bytes, and its form for large files
    tail = file.read()
    end, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    sizes = [int.from_bytes(tail[end + 12 : end + 16], "little")] if end >= 0 else []
    if large >= 0:
        sizes = [size for size in sizes if size != 0xFFFFFFFF] + [int.from_bytes(tail[large + 40 : large + 48], "little")]
    return max(sizes, default=0)
