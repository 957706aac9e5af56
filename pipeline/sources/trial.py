"""Reads a source to see what it gives, and keeps nothing."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.sources.feed import FeedSource
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.pages import PagesSource
from pipeline.sources.raw import RawText, Unreadable
from pipeline.sources.source import Source


def tried(source: Source, texts: int, pages: int) -> Iterator[RawText | Unreadable]:
    """The first of what a source gives, at most `pages` pages fetched for it; what a refresh would fetch beside is left out.

    Raises `SourceError` as reading does.
    """
    if isinstance(source, FeedSource | PagesSource):
        source = replace(source, http=replace(source.http, max_pages=min(pages, source.http.max_pages)), offline=False)
    with tempfile.TemporaryDirectory() as folder:
        found = source.read(FetchedTexts(Path(folder), source.name))
        kept = (one for one in found if isinstance(one, RawText) or one.reason != "postponed")
        yield from islice(kept, texts)
