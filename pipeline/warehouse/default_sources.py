"""Which file declares the sources where none is named, by what the store holds.

What a declaration says belongs to `pipeline.sources.declared`. The store matters since a refresh retires all that is not
declared: a file that was moved away must not be taken for a wish to begin with the demonstration.
"""

from pathlib import Path

import polars as pl

from pipeline.sources.declared import SOURCES_FILE, demonstration_file, load_sources
from pipeline.sources.raw import SourceError
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
            f"{SOURCES_FILE}: there is no such file in {Path.cwd()}, and {store.folder} holds the texts of {', '.join(others)},"
            " which nothing declares then; put it back, go to the folder that it is in, or name another with --sources;"
            " nothing is read or removed until then"
        )
    return demonstration


def _holds_texts(store: Store, source: str) -> bool:
    return not store.ledger(source).filter(pl.col("state") != State.REMOVED).is_empty()
