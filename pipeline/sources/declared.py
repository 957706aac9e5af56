"""Which sources there are: reads `seeds/sources.toml`, and makes sources of folders named on the command line.

What a kind of source does belongs to that kind's module. A new kind is a class with the shape of `Source` and a line in
`KINDS` that tells its settings.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pipeline.sources.folder import FolderSource
from pipeline.sources.raw import Source, SourceError

NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")


def load_sources(path: Path) -> list[Source]:
    """The sources that a file declares, in its order; paths in it are relative to the file.

    Raises `SourceError`, with the file and the source and key at fault, if the file is missing or is no TOML, or if a
    setting is missing, unknown or of the wrong kind. Whether the place is there shows when the source is read, so that
    one missing folder does not keep the other sources from being read.
    """
    tables = _declarations(path)
    sources: list[Source] = []
    for position, table in enumerate(tables, start=1):
        sources.append(_source(path, table, f"{path}: source {position}"))
        if any(other.name == sources[-1].name for other in sources[:-1]):
            raise SourceError(f"{path}: source {position}: name: {sources[-1].name!r} is taken by an earlier source")
    return sources


def folder_source(directory: Path, taken: Iterable[str] = ()) -> FolderSource:
    """A source for a folder that no file declares, named after the folder, with a number if the name is in `taken`.

    Raises `SourceError` if there is no such folder.
    """
    if not directory.exists():
        raise SourceError(f"there is no folder {directory}")
    if not directory.is_dir():
        raise SourceError(f"{directory} is a file; name the folder that holds it")
    base = re.sub(r"[^a-z0-9_]+", "-", directory.resolve().name.lower()).strip("-_")[:48]
    if not NAME.fullmatch(base):
        base = f"folder-{base}".rstrip("-")
    names, name, number = set(taken), base, 2
    while name in names:
        name, number = f"{base}-{number}", number + 1
    return FolderSource(name, directory)


def folder_sources(directories: Iterable[Path]) -> list[Source]:
    """One source for each folder, in the order given, a folder named twice taken once. Raises `SourceError` as above."""
    sources: list[Source] = []
    seen: set[Path] = set()
    for directory in directories:
        if directory.resolve() not in seen:
            seen.add(directory.resolve())
            sources.append(folder_source(directory, [source.name for source in sources]))
    return sources


def _declarations(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError as fault:
        raise SourceError(f"{path}: there is no such file; name a sources file, or a folder of texts") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise SourceError(f"{path}: cannot be read: {fault}") from fault
    except tomllib.TOMLDecodeError as fault:
        raise SourceError(f"{path}: not valid TOML: {fault}") from fault
    for key in content:
        if key != "source":
            raise SourceError(f"{path}: unknown key {key!r}; sources are declared as [[source]]")
    tables = content.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SourceError(f"{path}: source: must be an array of tables, declared as [[source]]")
    if not tables:
        raise SourceError(f"{path}: declares no source; add a [[source]] with name, kind and path")
    return tables


def _source(path: Path, table: dict[str, Any], where: str) -> Source:
    name = _text(table, "name", where)
    if not NAME.fullmatch(name):
        raise SourceError(f"{where}: name: {name!r} must be lower-case letters, digits, - and _, beginning with a letter")
    where = f"{where} ({name})"
    kind = _text(table, "kind", where)
    if kind not in KINDS:
        raise SourceError(f"{where}: kind: {kind!r} is unknown; known: {', '.join(KINDS)}")
    keys, make = KINDS[kind]
    for key in table:
        if key not in keys:
            raise SourceError(f"{where}: unknown key {key!r}; known: {', '.join(keys)}")
    return make(path, table, where)


def _folder(path: Path, table: dict[str, Any], where: str) -> Source:
    description = _text(table, "description", where) if "description" in table else ""
    return FolderSource(table["name"], path.parent / _text(table, "path", where), description)


def _text(table: dict[str, Any], key: str, where: str) -> str:
    if key not in table:
        raise SourceError(f"{where}: {key}: is missing")
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise SourceError(f"{where}: {key}: must be a text that is not empty, not {value!r}")
    return value


KINDS: dict[str, tuple[tuple[str, ...], Callable[[Path, dict[str, Any], str], Source]]] = {
    "folder": (("name", "kind", "path", "description"), _folder),
}
