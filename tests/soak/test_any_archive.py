"""Any archive, however broken: its texts are given, each part that cannot be read is named, or the archive is, in time."""

import io
import json
import random
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipeline.sources.archive import ArchiveSource
from pipeline.sources.raw import RawText, SourceError, Unreadable
from soak.materials import MAKERS, texts
from soak.mutations import mutated
from tests.sources.holes import FORMS, with_holes

SEED = 3_000_000
SECONDS = 5.0
_COLUMNS = {"text": "text", "id": "id"}


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _tar(parts: dict[str, bytes], mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as package:  # type: ignore[call-overload]
        for name, content in parts.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            package.addfile(about, io.BytesIO(content))
    return file.getvalue()


def _holes(parts: dict[str, bytes]) -> bytes:
    """Members that are read, after as many that claim to be endless."""
    members = (with_holes(f"{name}.jsonl", 2**50, FORMS[len(content) % len(FORMS)]) for name, content in parts.items())
    return b"".join(members) + _tar(parts, "w")


def _lines(parts: dict[str, bytes]) -> bytes:
    rows = ({"id": name, "text": content.decode("utf-8", "replace")} for name, content in parts.items())
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _parquet(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    written = [content.decode("utf-8", "replace") for content in parts.values()]
    pl.DataFrame({"id": list(parts), "text": written}).write_parquet(file)
    return file.getvalue()


_PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": _zip,
    "tar": lambda parts: _tar(parts, "w"),
    "tar.gz": lambda parts: _tar(parts, "w:gz"),
    "holes.tar": _holes,
    "tar.xz": lambda parts: _tar(parts, "w:xz"),
    "jsonl": _lines,
    "parquet": _parquet,
}


def made(number: int) -> tuple[str, bytes]:
    """The kind and the bytes of an archive of that number: of every five, one is sound."""
    choice = random.Random(number)
    kind = choice.choice(tuple(_PACKERS))
    inner = choice.choice(("txt", "html", "md"))
    names = [f"{choice.choice('abc')}/{part}.{inner}" for part in range(choice.randint(1, 4))]
    parts = {name: MAKERS[inner](choice.choice(texts()), choice) for name in names}
    content = _PACKERS[kind](parts)
    return kind, mutated(content, choice) if choice.random() < 0.8 else content


def read(file: Path) -> tuple[list[RawText | Unreadable], str | None]:
    """What an archive gives, and why it ends before its end, None if it does not."""
    found: list[RawText | Unreadable] = []
    try:
        found.extend(ArchiveSource("dump", file, _COLUMNS).read())
    except SourceError as fault:
        return found, str(fault)
    return found, None


@pytest.mark.parametrize("archives", [60, pytest.param(6_000, marks=pytest.mark.soak)])
def test_every_archive_gives_texts_or_says_why_not(tmp_path: Path, archives: int) -> None:
    given = unread = refused = 0
    slowest = 0.0
    for number in range(SEED, SEED + archives):
        kind, content = made(number)
        file = tmp_path / f"archive.{kind}"
        file.write_bytes(content)
        began = time.process_time()
        found, fault = read(file)
        slowest = max(slowest, time.process_time() - began)
        assert fault is None or (fault.startswith("source dump: ") and fault.isprintable()), number
        uris = [one.uri for one in found if isinstance(one, RawText)]
        assert len(set(uris)) == len(uris), number
        assert all(one.source == "dump" for one in found), number
        given, unread, refused = given + len(uris), unread + len(found) - len(uris), refused + (fault is not None)
    print(f"{archives} archives: {given} texts, {unread} that cannot be read, {refused} archives refused", end="; ")
    print(f"slowest {slowest:.2f} s")
    assert slowest < SECONDS
    assert given > archives / 2
    assert refused > archives / 20
