"""Folders of texts: order, addresses, and everything in a folder that cannot be read."""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.sources import folder as folder_module
from pipeline.sources.folder import FolderSource
from pipeline.sources.raw import RawText, SourceError, Unreadable


def only_unreadable(source: FolderSource) -> Unreadable:
    (found,) = source.read()
    assert isinstance(found, Unreadable)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "texts"
    path.mkdir()
    return path


def test_reads_text_files_of_all_levels_in_the_order_of_their_paths(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "two.md").write_bytes(b"two")
    (folder / "a.txt").write_bytes(b"one")
    (folder / "c.TXT").write_bytes(b"three")
    (folder / "Thumbs.db").write_bytes(b"no text")
    (folder / ".hidden.txt").write_bytes(b"hidden")
    read = list(FolderSource("demo", folder).read())
    assert read == [
        RawText("demo", "demo/a.txt", "a.txt", b"one"),
        RawText("demo", "demo/b/two.md", "two.md", b"two"),
        RawText("demo", "demo/c.TXT", "c.TXT", b"three"),
    ]


def test_the_address_does_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.txt").write_bytes(b"one")
    first, second = (list(FolderSource("demo", tmp_path / place).read()) for place in ("here", "there"))
    assert first == second


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"source demo: there is no folder .*gone"):
        list(FolderSource("demo", tmp_path / "gone").read())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Turnover.XLSX", "a table, which is not read: save what is to be read of it as"),
        ("old.doc", "a text of another format, which is not read: save it as .docx"),
        ("all.zip", "an archive, which is not read: unpack it here, or declare it as a source of kind archive"),
        ("notes", "of no format that can be read, by its name (.docx, .eml, .htm, .html, .md, .pdf, .txt, .xhtml); if"),
        ("model.xyz", "of no format that can be read"),
    ],
)
def test_a_file_of_another_format_is_told_of(folder: Path, name: str, told: str) -> None:
    (folder / name).write_bytes(b"something")
    found = only_unreadable(FolderSource("demo", folder))
    assert (found.uri, found.reason) == (f"demo/{name}", "other_format")
    assert found.detail.startswith(told)


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", "~$report.docx", "report.txt~", "a.CSS", "a.crdownload"]
)
def test_what_is_plainly_no_document_is_passed_over(folder: Path, name: str) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(b"[core]")
    (folder / name).write_bytes(b"something")
    assert list(FolderSource("demo", folder).read()) == []


def test_an_empty_file_is_recorded(folder: Path) -> None:
    (folder / "a.txt").touch()
    assert only_unreadable(FolderSource("demo", folder)).reason == "empty"


def test_a_file_beyond_the_limit_is_recorded_with_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "read_toml", lambda name: {"max_bytes": 10})
    (folder / "a.txt").write_bytes(b"x" * 11)
    found = only_unreadable(FolderSource("demo", folder))
    assert (found.reason, found.uri) == ("too_large", "demo/a.txt")
    assert "the limit is 10" in found.detail
    (folder / "a.txt").write_bytes(b"x" * 10)
    assert isinstance(next(FolderSource("demo", folder).read()), RawText)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read anything")
def test_a_file_without_permission_is_recorded(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"secret")
    (folder / "a.txt").chmod(0)
    assert only_unreadable(FolderSource("demo", folder)).reason == "no_permission"


def test_a_refused_file_is_recorded_and_the_others_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_bytes(b"secret")
    (folder / "b.txt").write_bytes(b"open")
    really_open = os.open

    def refuse(path: str, flags: int, **options: int) -> int:
        if Path(path).name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return really_open(path, flags, **options)

    monkeypatch.setattr(folder_module.os, "open", refuse)
    refused, read = FolderSource("demo", folder).read()
    assert isinstance(refused, Unreadable)
    assert (refused.reason, refused.detail) == ("no_permission", "Permission denied")
    assert isinstance(read, RawText)


def test_a_link_that_leads_nowhere_or_to_itself_is_recorded(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "gone.txt")
    (folder / "b.txt").symlink_to(folder / "b.txt")
    assert [found.reason for found in FolderSource("demo", folder).read() if isinstance(found, Unreadable)] == [
        "broken_link"
    ] * 2


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_bytes(b"private")
    (folder / "a.txt").symlink_to(tmp_path / "private.txt")
    assert only_unreadable(FolderSource("demo", folder)).reason == "outside_folder"


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"one")
    (folder / "b.txt").symlink_to("a.txt")
    assert [found.content for found in FolderSource("demo", folder).read() if isinstance(found, RawText)] == [b"one", b"one"]


def test_a_linked_folder_is_recorded_and_a_loop_ends(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"one")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    read, loop = FolderSource("demo", folder).read()
    assert isinstance(read, RawText)
    assert isinstance(loop, Unreadable)
    assert (loop.uri, loop.reason) == ("demo/loop", "linked_folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hang_the_reading(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    assert only_unreadable(FolderSource("demo", folder)).reason == "not_a_file"


def test_a_folder_that_may_not_be_listed_is_recorded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder / "inner"
    inner.mkdir()
    really_scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == inner:
            raise PermissionError(13, "Permission denied", str(inner))
        return really_scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = only_unreadable(FolderSource("demo", folder))
    assert (found.uri, found.reason) == ("demo/inner", "no_permission")


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), OSError(116, "Stale file handle")])
def test_a_folder_that_cannot_be_listed_itself_is_no_empty_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError
) -> None:
    def refuse(path: str) -> object:
        raise fault

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SourceError, match=f"source demo: cannot list the folder .*texts: {fault.strerror}"):
        list(FolderSource("demo", folder).read())
    assert FolderSource("demo", folder).fingerprint() == "missing"


def test_what_cannot_even_be_looked_at_is_recorded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Unknown:
        """An entry of a file system that tells what one is only when asked for it alone."""

        name, path = "inner", str(folder / "inner")

        def is_symlink(self) -> bool:
            return False

        def is_dir(self) -> bool:
            raise OSError(116, "Stale file handle")

    monkeypatch.setattr(os, "scandir", lambda path: contextlib.nullcontext([Unknown()]))
    found = only_unreadable(FolderSource("demo", folder))
    assert (found.uri, found.reason) == ("demo/inner", "read_error")


def test_a_file_that_leaves_while_the_folder_is_read_is_gone(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_bytes(b"one")
    reading = FolderSource("demo", folder).read()
    assert next(reading).uri == "demo/a.txt"
    (folder / "b.txt").unlink()
    assert [one.uri for one in reading] == ["demo/c.txt"]


def test_a_folder_that_leaves_while_it_is_listed_is_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "inner").mkdir()
    really_scan = os.scandir

    def scan(path: Path) -> object:
        if path.name == "inner":
            path.rmdir()
        return really_scan(path)

    monkeypatch.setattr(os, "scandir", scan)
    assert list(FolderSource("demo", folder).read()) == []


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="files are opened by their whole paths here")
@pytest.mark.parametrize("depth", [1, 2])
def test_a_folder_exchanged_for_a_link_while_it_is_read_leads_nowhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    inner = folder.joinpath(*["inner"] * depth)
    inner.mkdir(parents=True)
    (inner / "a.txt").write_bytes(b"open")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "a.txt").write_bytes(b"private")
    really_open = os.open

    def exchange(path: str | Path, flags: int, **options: int) -> int:
        if inner.is_dir() and not inner.is_symlink():
            inner.rename(folder / ".inner")
            inner.symlink_to(tmp_path / "private")
        return really_open(path, flags, **options)

    monkeypatch.setattr(folder_module.os, "open", exchange)
    found = only_unreadable(FolderSource("demo", folder))
    assert (found.uri, found.reason) == (f"demo/{'inner/' * depth}a.txt", "outside_folder")


def test_a_name_that_is_no_text_is_shown_escaped(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"one")
    except OSError:
        pytest.skip("this file system takes no such name")
    (read,) = FolderSource("demo", folder).read()
    assert isinstance(read, RawText)
    assert read.file_name == "caf\\xe9.txt"
    read.uri.encode()


def test_the_fingerprint_changes_with_content_time_names_and_only_then(folder: Path) -> None:
    source = FolderSource("demo", folder)
    seen = [source.fingerprint()]
    (folder / "a.txt").write_bytes(b"one")
    seen.append(source.fingerprint())
    assert source.fingerprint() == seen[-1]
    (folder / "a.txt").write_bytes(b"three")
    seen.append(source.fingerprint())
    os.utime(folder / "a.txt", ns=(1, 1))
    seen.append(source.fingerprint())
    (folder / "a.txt").rename(folder / "b.txt")
    seen.append(source.fingerprint())
    (folder / "b.txt").unlink()
    assert len(set(seen)) == len(seen)
    assert source.fingerprint() == seen[0]
    (folder / "Thumbs.db").write_bytes(b"no text")
    assert source.fingerprint() == seen[0]
    (folder / "table.csv").write_bytes(b"no text")
    assert source.fingerprint() != seen[0]
    assert FolderSource("demo", folder / "gone").fingerprint() == "missing"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=st.sets(st.text("abAB01._- é", min_size=1, max_size=8).map(lambda name: f"x{name}.txt"), max_size=6))
def test_every_file_is_accounted_for_once(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    folder = tmp_path_factory.mktemp("many")
    for name in names:
        (folder / name).write_bytes(b"text")
    found = [entry.uri for entry in FolderSource("demo", folder).read()]
    assert found == [f"demo/{path.name}" for path in sorted(folder.iterdir(), key=lambda path: path.name)]
