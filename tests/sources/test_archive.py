"""Archives: which of their members are texts, what rows tell, and that none unfolds to more than may be read."""

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from pipeline.sources import archive as archive_module
from pipeline.sources.archive import ArchiveSource
from pipeline.sources.raw import RawText, SourceError, Told, Unreadable
from tests.sources.holes import FORMS, with_holes

FILES = {
    "b.txt": b"two",
    "deep/a.html": b"<p>one</p>",
    "picture.png": b"\x89PNG",
    ".hidden.txt": b"no",
    "__MACOSX/a.txt": b"no",
}


def zipped(path: Path, files: dict[str, bytes], **options: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def read(path: Path, **options: Any) -> list[RawText | Unreadable]:
    return list(ArchiveSource("dump", path, **options).read())


def contents(found: Sequence[RawText | Unreadable]) -> dict[str, bytes]:
    return {one.uri: one.content for one in found if isinstance(one, RawText)}


def faults(found: Sequence[RawText | Unreadable]) -> list[tuple[str, str]]:
    return [(one.uri, one.reason) for one in found if isinstance(one, Unreadable)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can breach in no time."""
    limits = replace(
        archive_module._limits(),
        max_total=3_000_000,
        max_ratio=50,
        free_of_ratio=500_000,
        max_header=10_000,
        max_directory=5_000,
    )
    monkeypatch.setattr(archive_module, "_limits", lambda: limits)


# Files --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        lambda folder, files: zipped(folder / "dump.zip", files),
        lambda folder, files: tarred(folder / "dump.tar", files),
        lambda folder, files: tarred(folder / "dump.tgz", files, "w:gz"),
        lambda folder, files: tarred(folder / "dump.tar.bz2", files, "w:bz2"),
        lambda folder, files: tarred(folder / "wrongly.named", files, "w:xz"),
    ],
    ids=["zip", "tar", "gz", "bz2", "xz"],
)
def test_the_texts_among_the_members_are_read(tmp_path: Path, made: Callable[[Path, dict[str, bytes]], Path]) -> None:
    found = read(made(tmp_path, FILES))
    assert contents(found) == {"dump/b.txt": b"two", "dump/deep/a.html": b"<p>one</p>"}
    assert faults(found) == []
    assert {one.file_name for one in found if isinstance(one, RawText)} == {"b.txt", "a.html"}


@pytest.mark.parametrize(("made", "name"), [(zipped, "a.zip"), (tarred, "a.tar")])
def test_what_may_not_be_read_is_told(
    tmp_path: Path, made: Callable[[Path, dict[str, bytes]], Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "_max_bytes", lambda: 100)
    files = {
        "../../etc/a.txt": b"x",
        "/etc/b.txt": b"x",
        "C:\\c.txt": b"x",
        "line\nend.txt": b"x",
        "inner.zip": b"PK",
        "inner.tar.gz": b"x",
        "long.txt": b"x" * 101,
        "empty.txt": b"",
        "fine.txt": b"fine",
    }
    found = read(made(tmp_path / name, files))
    assert contents(found) == {"dump/fine.txt": b"fine"}
    assert dict(faults(found)) == {
        "dump/../../etc/a.txt": "outside_folder",
        "dump//etc/b.txt": "outside_folder",
        "dump/\\x43\\x3a\\x5cc.txt": "outside_folder",
        "dump/line\\x0aend.txt": "outside_folder",
        "dump/inner.zip": "archive",
        "dump/inner.tar.gz": "archive",
        "dump/long.txt": "too_large",
        "dump/empty.txt": "empty",
    }


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in (
            ("a.txt", tarfile.SYMTYPE),
            ("b.txt", tarfile.LNKTYPE),
            ("c.txt", tarfile.FIFOTYPE),
            ("d.txt", tarfile.CHRTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert [reason for _, reason in faults(read(tmp_path / "a.tar"))] == ["not_a_file"] * 4
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert faults(read(tmp_path / "a.zip")) == [("dump/a.txt", "not_a_file")]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_with_holes_is_not_read_and_those_after_it_are(tmp_path: Path, form: str) -> None:
    whole = tarred(tmp_path / "b.tar", {"b.txt": b"whole"}).read_bytes()
    (tmp_path / "a.tar").write_bytes(with_holes("a.jsonl", 2**24, form) + whole)
    found = list(islice(ArchiveSource("dump", tmp_path / "a.tar").read(), 3))
    assert (contents(found), faults(found)) == ({"dump/b.txt": b"whole"}, [("dump/a.jsonl", "not_a_file")])


@pytest.mark.parametrize("form", ["gnu", "pax 1.0"])
def test_where_the_data_of_a_file_with_holes_lie_takes_no_memory(tmp_path: Path, form: str) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(with_holes("a.txt", 2**24, form, places=200_000) + bytes(1_024), 1))
    tracemalloc.start()
    assert faults(read(tmp_path / "a")) == [("dump/a.txt", "not_a_file")]
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("kind", ["zip", "tar"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_members_with_one_name_the_last_counts(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "old")
            archive.writestr("a.txt", "new")
    else:
        tarred(path, {"a.txt": b"old"})
        tarred(path, {"a.txt": b"new"}, "a")
    found = read(path)
    assert (contents(found), faults(found)) == ({"dump/a.txt": b"new"}, [("dump/a.txt", "archive")])


def test_one_broken_member_of_a_zip_file_takes_no_other_along(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"one" * 100, "b.txt": b"two" * 100})
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"a.txt") + 8] ^= 0xFF
    path.write_bytes(whole)
    found = read(path)
    assert (list(contents(found)), faults(found)) == (["dump/b.txt"], [("dump/a.txt", "archive")])


def test_a_member_that_is_encrypted_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"one"})
    whole = path.read_bytes()
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.index(header) + offset
        whole = whole[:place] + bytes([whole[place] | 1]) + whole[place + 1 :]
    path.write_bytes(whole)
    (fault,) = read(path)
    assert isinstance(fault, Unreadable)
    assert "encrypted" in fault.detail


@pytest.mark.parametrize("made", [lambda path, files: tarred(path, files, "w:gz"), zipped])
def test_an_archive_that_breaks_off_fails_its_source(tmp_path: Path, made: Callable[[Path, dict[str, bytes]], Path]) -> None:
    noise = random.Random(1)
    path = made(tmp_path / "a", {f"{number}.txt": noise.randbytes(2_000) for number in range(20)})
    path.write_bytes(path.read_bytes()[:-9_000])
    with pytest.raises(SourceError, match=r"source dump: .* is damaged or no archive"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        b"PK\x03\x04garbage",
        b"\x1f\x8bgarbage",
        b"BZhgarbage",
        b"\xfd7zXZ\x00x",
        b"PAR1garbage",
        b"\x00" * 2_000,
    ],
)
def test_what_is_no_archive_fails_its_source(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(SourceError, match="source dump: "):
        read(tmp_path / "a")


def test_a_zip_file_for_a_later_program_fails_its_source(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"one"})
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"PK\x01\x02") + 6] = 99
    path.write_bytes(whole)
    with pytest.raises(SourceError, match=r"source dump: .* version 9\.9"):
        read(path)


def test_whatever_is_broken_in_an_archive_is_told_as_its_fault(tmp_path: Path) -> None:
    files = {f"é{number}.txt" * 12: b"one " * 50 for number in range(3)}
    rows = [{**ROW, "id": number, "published_on": datetime(2026, 3, 3)} for number in range(3)]
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet")
    made = [
        zipped(tmp_path / "a.zip", files),
        tarred(tmp_path / "a.tar", files),
        lines(tmp_path / "a.jsonl", *(ROW for _ in range(3))),
        tmp_path / "a.parquet",
    ]
    whole = [path.read_bytes()[:10_000] for path in made]
    chance = random.Random(3)
    for _ in range(600):
        content = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.choice([0, 255, 48, 57, 63, 65, 99, chance.randrange(256)])
        (tmp_path / "a").write_bytes(content)
        with suppress(SourceError):
            for one in read(tmp_path / "a"):
                one.uri.encode()


def test_an_archive_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="source dump: there is no file"):
        read(tmp_path / "none.zip")
    assert ArchiveSource("dump", tmp_path / "none.zip").fingerprint() == "missing"


def test_the_fingerprint_changes_with_the_file(tmp_path: Path) -> None:
    source = ArchiveSource("dump", zipped(tmp_path / "a.zip", {"a.txt": b"one"}))
    before = source.fingerprint()
    assert source.fingerprint() == before
    zipped(tmp_path / "a.zip", {"a.txt": b"another"})
    assert source.fingerprint() != before


# Bombs --------------------------------------------------------------------------------------------------------------


def _tar_with_long_header(path: Path) -> Path:
    return tarred(path, {"x" * 100_000 + ".txt": b"one"}, "w:gz")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "made",
    [
        lambda path: zipped(path, {"a.txt": b" " * 2_000_000}),
        lambda path: zipped(path, {f"{number}.txt": bytes(range(256)) * 5_000 for number in range(4)}),
        lambda path: zipped(path, {f"{number}.txt": b"x" for number in range(200)}),
        lambda path: tarred(path, {"a.txt": b" " * 2_000_000}, "w:gz"),
        lambda path: tarred(path, {"a.bin": b" " * 2_000_000}, "w:xz"),
        lambda path: tarred(path, {"a.bin": b" " * 2_000_000}, "w:bz2"),
        lambda path: tarred(path, {"a.jsonl": (b" " * 999 + b"\n") * 4_000}),
        _tar_with_long_header,
        lambda path: path.write_bytes(gzip.compress(b'{"text": "' + b" " * 2_000_000)) and path,
        lambda path: path.write_bytes(lzma.compress(b"{" + b" " * 2_000_000)) and path,
        lambda path: path.write_bytes(bz2.compress(b"{" + b" " * 2_000_000)) and path,
    ],
    ids=[
        "zip ratio",
        "zip total",
        "zip names",
        "tar.gz",
        "tar.xz",
        "tar.bz2",
        "tar total",
        "header",
        "jsonl.gz",
        "jsonl.xz",
        "jsonl.bz2",
    ],
)
def test_what_unfolds_to_too_much_fails_its_source(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    path = made(tmp_path / "a")
    tracemalloc.start()
    with pytest.raises(SourceError, match=r"source dump: .*(may be read|a header of)"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_no_more_members_and_rows_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {**archive_module._archives(), "most_members": 2}
    monkeypatch.setattr(archive_module, "_archives", lambda: few)
    files = {f"{number}.txt": b"text" for number in range(5)}
    (tmp_path / "a.jsonl").write_text("".join(f'{{"text": "text {number}"}}\n' for number in range(5)), encoding="utf-8")
    for path in (zipped(tmp_path / "a.zip", files), tarred(tmp_path / "a.tar", files), tmp_path / "a.jsonl"):
        found = read(path)
        assert len(contents(found)) == 2
        assert faults(found) == [("dump", "archive")]


@pytest.mark.parametrize("kind", ["zip", "tar"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_do_not_hide_that_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    few = {**archive_module._archives(), "most_members": 4}
    monkeypatch.setattr(archive_module, "_archives", lambda: few)
    names = ["a.jpg", "a.jpg", *(f"b{number}.txt" for number in range(5))]
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "text")
    else:
        for name in names:
            tarred(path, {name: b"text"}, "a")
    found = read(path)
    assert (len(contents(found)), faults(found)) == (2, [("dump", "archive")])


# Rows ---------------------------------------------------------------------------------------------------------------


ROW = {
    "text": "Grain.",
    "title": "T",
    "author": "A",
    "publisher": "P",
    "published_on": "2026-03-03T10:00:00Z",
    "language": "en-GB",
    "id": 7,
}
TOLD = Told("T", "A", "P", date(2026, 3, 3), "en")


def lines(path: Path, *rows: Any) -> Path:
    path.write_bytes(b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows))
    return path


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_rows_of_json_are_texts_with_what_they_tell(tmp_path: Path, packed: Callable[[bytes], bytes]) -> None:
    path = lines(tmp_path / "a", ROW, {"text": "More.", "url": "http://A/b#c"}, {"text": "Without an id."})
    path.write_bytes(packed(path.read_bytes()))
    first, second, third = read(path)
    assert first == RawText("dump", "dump/7", "7", b"Grain.", "text/plain", "utf-8", TOLD)
    assert isinstance(second, RawText)
    assert (second.uri, second.file_name) == ("http://a/b", "b")
    assert isinstance(third, RawText)
    assert third.uri.startswith("dump/")


def test_a_row_without_an_id_is_known_by_its_text(tmp_path: Path) -> None:
    rows = [{"text": "one"}, {"text": "two"}]
    before = contents(read(lines(tmp_path / "a", *rows)))
    assert contents(read(lines(tmp_path / "a", {"text": "zero"}, *reversed(rows)))).items() > before.items()


def test_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    path = lines(tmp_path / "a", {"body": "Grain.", "headline": "T", "key": "k/1"})
    (found,) = read(path, columns={"text": "body", "title": "headline", "id": "key"}, media_type="text/html")
    assert found == RawText("dump", "dump/k/1", "1", b"Grain.", "text/html", "utf-8", Told("T"))


def test_lines_that_are_no_rows_are_told_and_the_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "_max_bytes", lambda: 100)
    path = lines(
        tmp_path / "a",
        {"text": "one", "id": 1},
        b"{broken",
        b"[1]",
        b"",
        b"\xff\xfe",
        b'{"text": 3}',
        b'{"title": "no text"}',
        b'{"text": "  "}',
        {"text": "long " * 100},
        {"text": "again", "id": 1},
        b'{"text": "deep", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"text": "number", "id": ' + b"9" * 5_000 + b"}",
        b'{"text": "surrogate \\ud800", "id": "s"}',
        b'{"text": "' + b"x" * 1_200_000 + b'"}',
        {"text": "two", "id": 2},
    )
    found = read(path)
    assert contents(found) == {"dump/1": b"one", "dump/s": b"surrogate ?", "dump/2": b"two"}
    assert [reason for _, reason in faults(found)] == [
        *(
            "archive",
            "archive",
            "archive",
            "empty",
            "empty",
            "empty",
            "too_large",
            "archive",
            "archive",
            "archive",
            "too_large",
        ),
    ]


@pytest.mark.parametrize("values", [b"[],", b"{},", b'{"a":0},', b"0,", b'"\\"",', b"[" * 3])
def test_a_line_of_very_many_values_is_told_and_never_in_memory(tmp_path: Path, values: bytes) -> None:
    many = b'{"text": "one", "values": [' + values * 100_000 + b"0]}"
    path = lines(tmp_path / "a", many, {"text": "two", "id": 2})
    tracemalloc.start()
    found = read(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert (contents(found), faults(found)) == ({"dump/2": b"two"}, [("dump/row-1", "too_large")])


def test_a_long_text_is_no_line_of_many_values(tmp_path: Path) -> None:
    text = 'He said: "[wheat], {rye}, oats, \\", and more, ' * 40_000
    (found,) = read(lines(tmp_path / "a", {"text": text, "id": 1}))
    assert isinstance(found, RawText)
    assert found.content == text.encode()


@pytest.mark.parametrize("end", [b'"' + b'\\"' * 150_000, b'"' + b"\\" * 300_001])
def test_a_line_whose_strings_do_not_end_is_told(tmp_path: Path, end: bytes) -> None:
    found = read(lines(tmp_path / "a", b'{"text": ' + end, {"text": "two", "id": 2}))
    assert (contents(found), faults(found)) == ({"dump/2": b"two"}, [("dump/row-1", "archive")])


@pytest.mark.parametrize("value", ["soon", 5, None, "2026-13-45", [], True])
def test_columns_that_tell_nonsense_tell_nothing(tmp_path: Path, value: object) -> None:
    row = {
        "text": "Grain.",
        "title": 5,
        "author": [],
        "published_on": value,
        "language": value,
        "id": {},
        "url": "javascript:1",
    }
    (found,) = read(lines(tmp_path / "a", row))
    assert isinstance(found, RawText)
    assert found.told == Told()


def test_half_a_sign_in_what_a_row_tells_is_no_text(tmp_path: Path) -> None:
    half = dict.fromkeys(("title", "author", "publisher", "url", "id", "language", "published_on"), "\ud800 half")
    (found,) = read(lines(tmp_path / "a", {"text": "Grain.", **half}))
    assert isinstance(found, RawText)
    assert found.told == Told("\ufffd half", "\ufffd half", "\ufffd half")
    assert found.uri.encode()


def test_rows_in_a_member_with_a_name_in_no_encoding_have_addresses(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"caf\udce9.jsonl": b'{"text": "one", "id": 1}'})
    assert contents(read(path)) == {r"dump/caf\x5cudce9.jsonl/1": b"one"}


def test_an_id_is_shown_safely(tmp_path: Path) -> None:
    found = contents(read(lines(tmp_path / "a", {"text": "1", "id": "a\x1b[31m\n\u2028"}, {"text": "2", "id": "x" * 5_000})))
    assert all(len(uri) < 400 and uri.isprintable() for uri in found)


def test_rows_inside_a_zip_file_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"rows.jsonl": b'{"text": "one", "id": 1}\n{"text": "two", "id": 2}', "a.txt": b"file"})
    assert contents(read(path)) == {"dump/a.txt": b"file", "dump/rows.jsonl/1": b"one", "dump/rows.jsonl/2": b"two"}


def test_rows_of_parquet_are_texts_with_what_they_tell(tmp_path: Path) -> None:
    told = {**ROW, "published_on": datetime(2026, 3, 3, 10)}
    rows = [told, {**told, "id": 8, "text": None}, {**told, "id": 9, "text": "More."}]
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet")
    assert first == RawText("dump", "dump/7", "7", b"Grain.", "text/plain", "utf-8", TOLD)
    assert isinstance(second, Unreadable)
    assert second.reason == "empty"
    assert isinstance(third, RawText)
    assert third.content == b"More."


def test_parquet_without_the_column_says_which_there_are(tmp_path: Path) -> None:
    pl.DataFrame({"body": ["one"], "key": [1]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(SourceError, match=r"has no column 'text', only body, key; name the one with the texts"):
        read(tmp_path / "a.parquet")
    assert list(contents(read(tmp_path / "a.parquet", columns={"text": "body", "id": "key"}))) == ["dump/1"]


@pytest.mark.usefixtures("small")
def test_parquet_that_unfolds_to_too_much_fails_its_source(tmp_path: Path) -> None:
    pl.DataFrame({"text": ["x" * 1_000 + str(number) for number in range(5_000)]}).write_parquet(
        tmp_path / "a.parquet", use_pyarrow=True, pyarrow_options={"use_dictionary": False}
    )
    with pytest.raises(SourceError, match="unfolds to more than"):
        read(tmp_path / "a.parquet")


@pytest.mark.usefixtures("small")
def test_parquet_that_lies_about_its_size_fails_its_source(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["x" * 1_000 + str(number) for number in range(5_000)]})
    pq.write_table(table, path, use_dictionary=False, compression="zstd")
    declared = pq.read_metadata(path).row_group(0).total_byte_size
    path.write_bytes(path.read_bytes().replace(_thrift(declared), _thrift(100, length=len(_thrift(declared)))))
    assert pq.read_metadata(path).row_group(0).total_byte_size == 100
    with pytest.raises(SourceError, match="unfolds to more than"):
        read(path)


def _thrift(number: int, length: int = 1) -> bytes:
    """A number as Parquet's descriptions of itself have it, in as many bytes as asked for."""
    rest, written = number << 1, bytearray()
    while rest or len(written) < length:
        written.append(rest & 0x7F | 0x80)
        rest >>= 7
    written[-1] &= 0x7F
    return bytes(written)


def test_values_of_parquet_that_are_none_here_take_no_other_row_along(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    far = pa.array([2**60, 0], pa.timestamp("ms"))
    pq.write_table(pa.table({"text": ["one", "two"], "id": [1, 2], "published_on": far}), path)
    first, second = read(path)
    assert isinstance(first, RawText)
    assert isinstance(second, RawText)
    assert (first.content, first.told.published_on) == (b"one", None)
    assert (second.content, second.told.published_on) == (b"two", date(1970, 1, 1))
    offsets = b"".join(end.to_bytes(4, "little") for end in (0, 3, 6))
    pq.write_table(
        pa.table({"text": pa.StringArray.from_buffers(2, pa.py_buffer(offsets), pa.py_buffer(b"one\xff\xfe\xfd"))}), path
    )
    found = read(path)
    assert list(contents(found).values()) == [b"one"]
    assert faults(found) == [("dump/row-2", "archive")]


def test_one_long_text_in_many_rows_of_parquet_is_in_memory_once(tmp_path: Path) -> None:
    pl.DataFrame({"text": ["x" * 100_000] * 500, "id": range(500)}).write_parquet(tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 1_000_000
    assert sum(1 for _ in ArchiveSource("dump", tmp_path / "a.parquet").read()) == 500
