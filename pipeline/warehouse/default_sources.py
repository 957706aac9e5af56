"""Which file declares the sources where none is named, by what the store holds, and what other sources would take the place of.

What a declaration says belongs to `pipeline.sources.declared`. The store matters since a refresh retires all that is not
declared: a file that was moved away must not be taken for a wish to begin with the demonstration, nor a trial for a wish to
end what is installed.
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from pipeline.contract.reference import seeds_folder
from pipeline.sources.declared import SOURCES_FILE, demonstration_file, load_sources
from pipeline.sources.folder import FolderSource
from pipeline.sources.raw import SourceError
from pipeline.sources.source import Source
from pipeline.warehouse.ledger import State
from pipeline.warehouse.store import Store


def default_sources_file(store: Store) -> Path:
    """`seeds/sources.toml` of the working folder; without one, the demonstration that comes with the package.

    Raises `SourceError` if that file is missing and the store holds texts of sources that the demonstration does not declare.
    """
    if SOURCES_FILE.exists():
        return SOURCES_FILE
    demonstration = demonstration_file()
    shown = {source.name for source in load_sources(demonstration)}
    others = [name for name in store.sources() if name not in shown and _holds_texts(store, name)]
    if others:
        raise SourceError(
            f"{SOURCES_FILE}: there is no such file in {Path.cwd()}, and {store.address} holds the texts of"
            f" {', '.join(others)}, which nothing declares then; put it back, go to the folder that it is in, or name another"
            " with --sources; nothing is read or removed until then"
        )
    return demonstration


def require_none_displaced(store: Store, taken: Iterable[Source]) -> None:
    """Raises `SourceError` if the store holds texts of sources that `seeds/sources.toml` declares and a refresh of those
    `taken` would retire: others, or a folder of the same name in another place. The demonstration does not count, since it
    comes with the package. If the file is faulty, nobody knows what it declares, and all that the store holds counts.
    """
    taken = list(taken)
    if not SOURCES_FILE.exists():
        return
    try:
        declared = {one.name for one in load_sources(SOURCES_FILE) if not _is_among(one, taken) and not _is_demonstration(one)}
    except SourceError:
        declared = set(store.sources()) - {one.name for one in taken}
    displaced = [name for name in store.sources() if name in declared and _holds_texts(store, name)]
    if displaced:
        raise SourceError(
            f"{store.address} holds the texts of {', '.join(displaced)}, which {SOURCES_FILE} declares and this refresh would"
            " remove: to try something, name another store and file (--store DIR --warehouse FILE); to have it take their"
            " place, add --replace; nothing was read or removed"
        )


def _is_among(declared: Source, taken: Iterable[Source]) -> bool:
    return any(one.name == declared.name and _place(one) == _place(declared) for one in taken)


def _place(source: Source) -> Path | None:
    """Where a folder lies; None for what is no folder, and is known by its name."""
    return source.folder.resolve() if isinstance(source, FolderSource) else None


def _is_demonstration(source: Source) -> bool:
    return _place(source) == (seeds_folder() / "documents").resolve()


def _holds_texts(store: Store, source: str) -> bool:
    return not store.ledger(source).filter(pl.col("state") != State.REMOVED).is_empty()
