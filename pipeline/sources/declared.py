"""Which sources there are: reads `seeds/sources.toml`, and makes sources of folders named on the command line.

What a kind of source does belongs to that kind's module. A new kind is a class with the shape of `Source` and an entry in
`KINDS` that tells its settings.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from pipeline.contract.reference import seeds_folder
from pipeline.sources.addresses import credentials, without_credentials
from pipeline.sources.archive import ArchiveSource
from pipeline.sources.feed import FOLLOW, FeedSource
from pipeline.sources.folder import FolderSource
from pipeline.sources.http import HttpSettings, Politeness
from pipeline.sources.pages import PagesSource
from pipeline.sources.raw import SourceError
from pipeline.sources.rows import COLUMNS
from pipeline.sources.running import Running, cron, running_of, timezone, volume
from pipeline.sources.settings import (
    Place,
    Setting,
    TableLines,
    addresses,
    alike,
    columns,
    contact,
    count,
    duration,
    flag,
    header,
    lines_of,
    one_of,
    read_settings,
    size,
    text,
    texts,
)
from pipeline.sources.source import Source

SOURCES_FILE = Path("seeds/sources.toml")  # in the working folder
NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared source, with those settings that concern its running and not its reading."""

    source: Source
    kind: str = "folder"
    description: str = ""
    running: Running = field(default_factory=Running)

    @property
    def name(self) -> str:
        """The source's name."""
        return self.source.name


@dataclass(frozen=True, slots=True)
class Making:
    """What a source is made of: its checked settings, those of `[http]`, and the folder that paths are relative to."""

    name: str
    settings: Mapping[str, Any]
    folder: Path
    place: Place
    http: Mapping[str, Any] = field(default_factory=dict)
    politeness: Politeness = field(default_factory=Politeness)
    offline: bool = False

    def network(self) -> HttpSettings:
        """The settings for fetching: the source's own, else those of `[http]`, else the defaults."""
        own = {key: value for key, value in self.settings.items() if key in _FETCHING}
        found = {**self.http, **own}
        if "ca_file" in found:
            found["ca_file"] = self.folder / found["ca_file"]
        declared = [address for key in _ADDRESSES for address in self.settings.get(key, ())]
        return HttpSettings.of({**found, "credentials": credentials(declared)})

    def revisit(self) -> timedelta | None:
        """After how long a page is asked for again, None if that is left to the kind of source."""
        seconds = self.settings.get("revisit")
        return None if seconds is None else timedelta(seconds=seconds)

    def addresses(self, *keys: str) -> tuple[str, ...]:
        """The addresses under any of the keys, each once, without names and passwords."""
        given = [address for key in keys for address in self.settings.get(key, ())]
        return tuple(dict.fromkeys(without_credentials(address)[0] for address in given))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: its settings beside the common ones, of which it needs one of some, and how one is made."""

    settings: Mapping[str, Setting[Any]]
    needed: tuple[str, ...]
    make: Callable[[Making], Source]


def demonstration_file() -> Path:
    """The declaration that comes with the package, of texts that do too."""
    return seeds_folder() / SOURCES_FILE.name


def load_sources(path: Path, *, offline: bool = False) -> list[Source]:
    """The sources that a file declares, in its order; paths in it are relative to the file. `offline` sources fetch nothing.

    Raises `SourceError`, with the file, the line, the source and the key at fault, if the file is missing or is no TOML, or if
    a setting is missing, unknown or of the wrong kind. Whether the place is there shows when the source is read, so that
    one missing folder does not keep the other sources from being read.
    """
    return [declaration.source for declaration in load_declarations(path, offline=offline)]


def load_declarations(
    path: Path, *, offline: bool = False, require_taken: Callable[[str, str], object] | None = None
) -> list[Declaration]:
    """The same, each source with what is declared about running it.

    `require_taken` asks whoever will run the schedules, which nothing here knows, whether it takes one: it is given cron and
    time zone, and raises `ValueError` if not.
    """
    written = _read(path)
    tables = _tables(path, written)
    rows, tops = lines_of(written, "source")
    politeness = Politeness()
    http = _http(path, written, tops)
    found: list[Declaration] = []
    for position, table in enumerate(tables):
        line, keys = rows[position] if position < len(rows) else (1, {})
        place = Place(path, line, f"source {position + 1}", keys)
        kind, making = _making(table, place, Making("", {}, path.parent, place, http, politeness, offline))
        if any(other.name == making.name for other in found):
            raise place.fault(f"{making.name!r} is taken by an earlier source", "name")
        if "timezone" in making.settings and "schedule" not in making.settings:
            raise making.place.fault("is that of a schedule, and there is none", "timezone")
        description = making.settings.get("description", "")
        running = running_of(making.settings)
        if require_taken is not None:
            _require_taken(running, making.place, require_taken)
        found.append(Declaration(KINDS[kind].make(making), kind, description, running))
    return found


def _require_taken(running: Running, place: Place, require_taken: Callable[[str, str], object]) -> None:
    if running.schedule is not None:
        try:
            require_taken(running.schedule, running.timezone)
        except ValueError as fault:
            raise place.fault(str(fault), "schedule") from None


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


# Reading the file ---------------------------------------------------------------------------------------------------


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as fault:
        raise SourceError(f"{path}: there is no such file; name a sources file, or a folder of texts") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise SourceError(f"{path}: cannot be read: {fault}") from fault


def _tables(path: Path, written: str) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(written)
    except tomllib.TOMLDecodeError as fault:
        raise SourceError(f"{path}: not valid TOML: {fault}") from fault
    for key in content:
        if key not in ("source", "http"):
            raise SourceError(
                f"{path}: unknown key {key!r}; sources are declared as [[source]], how they are fetched as [http]"
            )
    tables = content.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SourceError(f"{path}: source: must be an array of tables, declared as [[source]]")
    if not tables:
        raise SourceError(f"{path}: declares no source; add a [[source]] with name, kind and path")
    return tables


def _http(path: Path, written: str, tops: Mapping[str, TableLines]) -> dict[str, Any]:
    table = tomllib.loads(written).get("http", {})
    line, keys = tops.get("http", (1, {}))
    place = Place(path, line, "http", keys)
    if not isinstance(table, dict):
        raise place.fault("must be a table, declared as [http]")
    return read_settings(table, HTTP, place, {"allow_private": "the [[source]] that is at a private address"})


def _making(table: dict[str, Any], place: Place, making: Making) -> tuple[str, Making]:
    name = _checked(table, "name", place)
    if not NAME.fullmatch(name):
        raise place.fault(f"{name!r} must be lower-case letters, digits, - and _, beginning with a letter", "name")
    place = replace(place, label=f"{place.label} ({name})")
    kind = _checked(table, "kind", place)
    if kind not in KINDS:
        raise place.fault(f"{kind!r} is unknown; known: {', '.join(KINDS)}", "kind")
    known = {**COMMON, **KINDS[kind].settings, **RUNNING}
    settings = read_settings(table, known, place, needed=KINDS[kind].needed)
    return kind, replace(making, name=name, settings=settings, place=place)


def _checked(table: dict[str, Any], key: str, place: Place) -> str:
    """The value of a key that every source has. One that is missing may be there misspelt."""
    if key not in table:
        meant = alike(key, [other for other in table if other not in _KNOWN_KEYS])
        if meant:
            raise place.fault(f"is no key of this table; did you mean {key}?", meant)
    return cast(str, read_settings({key: table[key]} if key in table else {}, {key: Setting(text, required=True)}, place)[key])


# Kinds --------------------------------------------------------------------------------------------------------------


def _folder(making: Making) -> Source:
    return FolderSource(making.name, making.folder / making.settings["path"], making.settings.get("description", ""))


def _feed(making: Making) -> Source:
    settings = making.settings
    return FeedSource(
        making.name,
        making.addresses("url", "urls"),
        making.network(),
        follow=settings.get("follow", FOLLOW[0]),
        publisher=settings.get("publisher"),
        revisit=making.revisit(),
        politeness=making.politeness,
        offline=making.offline,
    )


def _pages(making: Making) -> Source:
    urls, sitemaps = making.addresses("url", "urls"), making.addresses("sitemap", "sitemaps")
    return PagesSource(
        making.name,
        urls,
        sitemaps,
        making.network(),
        include=making.settings.get("include", ()),
        exclude=making.settings.get("exclude", ()),
        publisher=making.settings.get("publisher"),
        revisit=making.revisit(),
        politeness=making.politeness,
        offline=making.offline,
    )


def _archive(making: Making) -> Source:
    path = making.folder / making.settings["path"]
    return ArchiveSource(
        making.name,
        path,
        columns=making.settings.get("columns", {}),
        media_type=making.settings.get("media_type", "text/plain"),
    )


_ADDRESSES = ("url", "urls", "sitemap", "sitemaps")
# Of every kind.
COMMON: dict[str, Setting[Any]] = {
    "name": Setting(text, required=True),
    "kind": Setting(text, required=True),
    "description": Setting(text),
}
# When a source is read, and what is made of the outcome: `Declaration.running`.
RUNNING: dict[str, Setting[Any]] = {
    "schedule": Setting(cron),
    "timezone": Setting(timezone),
    "freshness": Setting(duration(60, 10 * 365 * 86400)),
    "volume": Setting(volume),
}
# Of kinds that fetch, each for one source or in [http] for all.
NETWORK: dict[str, Setting[Any]] = {
    "connect_timeout": Setting(duration(0.1, 300)),
    "read_timeout": Setting(duration(0.1, 600)),
    "total_timeout": Setting(duration(0.1, 3600)),
    "pause": Setting(duration(0, 3600)),
    "retries": Setting(count(0, 10)),
    "max_redirects": Setting(count(0, 20)),
    "max_bytes": Setting(size(1, 100_000_000)),
    "max_pages": Setting(count(1, 1_000_000)),
    "max_time": Setting(duration(1, 86400)),
    "robots": Setting(flag),
    "ca_file": Setting(text),
    "user_agent": Setting(header),
}
HTTP: dict[str, Setting[Any]] = {"contact": Setting(contact), **NETWORK}
_FETCHING: dict[str, Setting[Any]] = {**NETWORK, "allow_private": Setting(flag)}
_WEB: dict[str, Setting[Any]] = {**_FETCHING, "publisher": Setting(text), "revisit": Setting(duration(0, 10 * 365 * 86400))}

KINDS: dict[str, Kind] = {
    "folder": Kind({"path": Setting(text)}, ("path",), _folder),
    "feed": Kind(
        {"url": Setting(addresses), "urls": Setting(addresses), "follow": Setting(one_of(*FOLLOW)), **_WEB},
        ("url", "urls"),
        _feed,
    ),
    "pages": Kind(
        {
            **{key: Setting(addresses) for key in _ADDRESSES},
            "include": Setting(texts),
            "exclude": Setting(texts),
            **_WEB,
        },
        _ADDRESSES,
        _pages,
    ),
    "archive": Kind(
        {
            "path": Setting(text),
            "columns": Setting(columns(*COLUMNS)),
            "media_type": Setting(one_of("text/plain", "text/markdown", "text/html")),
        },
        ("path",),
        _archive,
    ),
}
_KNOWN_KEYS = frozenset(COMMON) | frozenset(RUNNING) | frozenset(key for kind in KINDS.values() for key in kind.settings)
