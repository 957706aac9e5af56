"""Declarations of sources: what is accepted, and that every fault is told with its file, source and key."""

from pathlib import Path

import pytest

from pipeline.contract.reference import seeds_folder
from pipeline.sources.declared import folder_source, folder_sources, load_sources
from pipeline.sources.folder import FolderSource
from pipeline.sources.raw import RawText, SourceError

GOOD = '[[source]]\nname = "demo"\nkind = "folder"\npath = "texts"\n'


def declared(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_declared_demonstration_is_readable() -> None:
    (source,) = load_sources(seeds_folder() / "sources.toml")
    assert source.name == "demonstration"
    texts = list(source.read())
    assert len(texts) > 30
    assert all(isinstance(text, RawText) and text.uri.startswith("demonstration/") for text in texts)


def test_a_path_is_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(b"one")
    (source,) = load_sources(declared(tmp_path, GOOD))
    assert source == FolderSource("demo", tmp_path / "texts")
    assert [text.uri for text in source.read()] == ["demo/a.txt"]


def test_a_missing_place_does_not_keep_other_sources_from_loading(tmp_path: Path) -> None:
    (source,) = load_sources(declared(tmp_path, GOOD))
    with pytest.raises(SourceError, match="source demo: there is no folder"):
        list(source.read())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "declares no source"),
        ("[[source]\n", "not valid TOML: .*line 1"),
        ('name = "demo"\n', "unknown key 'name'; sources are declared as"),
        ("source = 1\n", "source: must be an array of tables"),
        (GOOD.replace('name = "demo"\n', ""), "line 1: source 1: name: is missing"),
        (GOOD.replace("name", "nane"), r"line 2: source 1: nane: is no key of this table; did you mean name\?"),
        (GOOD.replace("path", "url"), r"line 4: source 1 \(demo\): url: is no key of this table; path is missing; known"),
        (GOOD.replace('"demo"', '"My Texts"'), "line 2: source 1: name: 'My Texts' must be lower-case"),
        (GOOD.replace('"demo"', "7"), "line 2: source 1: name: must be a text"),
        (GOOD.replace('"demo"', '" "'), "line 2: source 1: name: must be a text that is not empty"),
        (GOOD.replace('kind = "folder"\n', ""), r"line 1: source 1 \(demo\): kind: is missing"),
        (
            GOOD.replace('"folder"', '"carrier-pigeon"'),
            r"line 3: source 1 \(demo\): kind: 'carrier-pigeon' is unknown; known: .*folder",
        ),
        (GOOD.replace('path = "texts"\n', ""), r"line 1: source 1 \(demo\): path: is missing"),
        (GOOD.replace('"texts"', "[1]"), r"line 4: source 1 \(demo\): path: must be a text"),
        (
            GOOD + "depth = 3\n",
            r"line 5: source 1 \(demo\): depth: is no key of this table; known: name, kind, description, path",
        ),
        (GOOD + "description = 3\n", r"line 5: source 1 \(demo\): description: must be a text"),
        (GOOD + GOOD, "line 6: source 2: name: 'demo' is taken"),
    ],
)
def test_a_fault_is_told_with_file_source_and_key(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(SourceError, match=f"sources.toml: {message}"):
        load_sources(declared(tmp_path, content))


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        load_sources(tmp_path / "none.toml")
    with pytest.raises(SourceError, match="cannot be read"):
        load_sources(tmp_path)
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"sources.toml: "):
        load_sources(tmp_path / "sources.toml")


def test_a_folder_named_on_the_command_line_is_a_source_named_after_it(tmp_path: Path) -> None:
    for name in ("My Texts", "2024", "…"):
        (tmp_path / name).mkdir()
    assert [folder_source(tmp_path / name).name for name in ("My Texts", "2024", "…")] == ["my-texts", "folder-2024", "folder"]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no folder .*gone"):
        folder_source(tmp_path / "gone")
    (tmp_path / "file.txt").touch()
    with pytest.raises(SourceError, match="is a file; name the folder"):
        folder_source(tmp_path / "file.txt")


def test_folders_of_one_name_get_names_of_their_own_and_one_named_twice_is_taken_once(tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / place / "news").mkdir(parents=True)
    folders = [tmp_path / "a" / "news", tmp_path / "b" / "news", tmp_path / "a" / ".." / "a" / "news"]
    assert [source.name for source in folder_sources(folders)] == ["news", "news-2"]
