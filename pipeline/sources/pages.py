"""Pages of the web as a source: a list of addresses, or those of a sitemap."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.gathering import Gathering, Listed, kept_texts
from pipeline.sources.http import Client, HttpSettings, Politeness
from pipeline.sources.raw import RawText, Unreadable


@dataclass(frozen=True, slots=True)
class PagesSource:
    """Pages that are named one by one, and pages that sitemaps name."""

    name: str
    urls: tuple[str, ...]
    sitemaps: tuple[str, ...]
    http: HttpSettings
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    publisher: str | None = None
    politeness: Politeness = field(default_factory=Politeness, compare=False, repr=False)
    offline: bool = False

    def read(self, kept: FetchedTexts) -> Iterator[RawText | Unreadable]:
        """The pages as they are now, or were when last reached. Raises `SourceError` if no sitemap can be read."""
        met: set[str] = set()
        if not self.offline:
            with Client(self.http, self.politeness) as client:
                gathering = Gathering(self.name, kept, client, self.http.max_pages)
                for url in self.urls:
                    gathering.page(Listed(url), again=True)
                met = gathering.met
        yield from kept_texts(self.name, kept, met)

    def fingerprint(self) -> str:
        """A hash of the declaration."""
        told = "\0".join([*self.urls, "", *self.sitemaps, "", *self.include, "", *self.exclude])
        return hashlib.sha256(told.encode()).hexdigest()[:32]
