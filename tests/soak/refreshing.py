"""A refresh of a folder, and of a feed if there is one, without Dagster, which takes seconds to start: the
functions that the assets call, in their order.

Run as a program it is the process that tests kill: `python refreshing.py ROOT [EVENT]` kills itself at the given event of
those in which Python touches the disk, and prints `begun`, and at the end how many there were.
"""

import os
import signal
import sys
from pathlib import Path

from pipeline.claims.version import extractor_version
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.declared import load_sources
from pipeline.sources.fetched import FetchedTexts
from pipeline.warehouse.publishing import Publication, publish
from pipeline.warehouse.refreshing import extract_claims, refresh_documents
from pipeline.warehouse.store import Store

SOURCE, FEED = "texts", "wire"
_FOLDER_DECLARED = f"""
[[source]]
name = "{SOURCE}"
kind = "folder"
path = "texts"
"""
_FEED_DECLARED = f"""
[[source]]
name = "{FEED}"
kind = "feed"
url = "{{address}}"
allow_private = true
follow = "never"
pause = 0
"""
TOUCHES = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "sqlite3.connect"})


class Place:
    """Where a refresh reads and writes, under one folder; `feed` is the address of a feed to declare beside the folder."""

    def __init__(self, root: Path, feed: str | None = None) -> None:
        self.root = root
        self.sources = root / "sources.toml"
        self.texts = root / "texts"
        self.store = root / "store"
        self.file = root / "published" / "corridor.duckdb"
        root.mkdir(parents=True, exist_ok=True)
        if not self.sources.exists():
            self.sources.write_text(_FOLDER_DECLARED + (_FEED_DECLARED.format(address=feed) if feed else ""))


def refresh(place: Place) -> Publication:
    """Reads, extracts, checks and publishes."""
    store, version = Store(place.store), extractor_version()
    declared = load_sources(place.sources)
    with store.exclusive():
        with store.part_of_refresh(version) as under_way:
            for source in declared:
                inputs = source.read(FetchedTexts(store.place.folder / "fetched", source.name))
                refresh_documents(store, source.name, inputs, read=read_batch, version=version, refresh=under_way)
                extract_claims(store, source.name, extract=extract_batch, version=version, refresh=under_way)
        names = [source.name for source in declared]
        publication = publish(store, place.file, extractor_version=version, sources=names)
        assert publication.published, publication.failed_checks
        return publication


class _Counter:
    """Counts what touches the disk, and ends the process at the `deadly` touch."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.count = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in TOUCHES:
            self.count += 1
            if self.count == self.deadly:
                os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Refreshes, and may die of it."""
    counter = _Counter(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    print("begun", flush=True)
    sys.addaudithook(counter)
    refresh(Place(Path(sys.argv[1])))
    print(counter.count, flush=True)


if __name__ == "__main__":
    main()
