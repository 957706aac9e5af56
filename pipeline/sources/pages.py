"""Pages of the web as a source: a list of addresses, or those of sitemaps.

Which pages there are is decided here; getting and keeping them is not.
"""

import fnmatch
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.sources.addresses import origin
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.gathering import Gathering, Listed, kept_texts, require_some, require_some_met
from pipeline.sources.http import Client, FetchError, HttpSettings, Politeness
from pipeline.sources.raw import RawText, Told, Unreadable, UnreadableReason
from pipeline.sources.sitemap import Sitemap, read_sitemap


@dataclass(frozen=True, slots=True)
class PagesSource:
    """Pages that are named one by one, and pages that sitemaps name.

    Of those in sitemaps, the ones whose address matches a pattern of `include`, if there are any, and none of `exclude`; `*`
    stands for any characters. Without `include` they must be on the sitemap's own host.
    """

    name: str
    urls: tuple[str, ...]
    sitemaps: tuple[str, ...]
    http: HttpSettings
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    publisher: str | None = None
    revisit: timedelta | None = None
    politeness: Politeness = field(default_factory=Politeness, compare=False, repr=False)
    offline: bool = False

    def read(self, kept: FetchedTexts) -> Iterator[RawText | Unreadable]:
        """The pages as they are now, or were when last reached. Raises `SourceError` if no sitemap can be read, or no page."""
        if self.offline:
            yield from kept_texts(kept, None, self._wanted)
            return
        with Client(self.http, self.politeness) as client:
            gathering = Gathering(self.name, kept, client, self.http.max_pages, self.http.max_time)
            walk = _Walk(self, gathering)
            listed = [self._listed(url, None, timedelta(0)) for url in self.urls]
            try:
                listed += walk.pages()
                require_some(self.name, walk.failed, 0 if self.urls else walk.known)
                gathering.pages(listed)
            finally:
                gathering.flush()
        require_some_met(gathering)
        yield from (*walk.failed, *walk.left_out)
        yield from (self._as_listing(one) for one in kept_texts(kept, gathering, self._wanted))

    def _as_listing(self, one: RawText | Unreadable) -> RawText | Unreadable:
        """A page that is declared itself and cannot be reached, as a list that cannot: a part of the source was not read."""
        if isinstance(one, Unreadable) and one.reason == "unreachable" and one.uri in self.urls:
            return replace(one, listing=True)
        return one

    def fingerprint(self) -> str:
        """A hash of the declaration."""
        told = "\0".join([*self.urls, "", *self.sitemaps, "", *self.include, "", *self.exclude, self.publisher or ""])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _listed(self, address: str, changed: str | None, revisit: timedelta) -> Listed:
        return Listed(address, Told(publisher=self.publisher), changed, revisit if self.revisit is None else self.revisit)

    def _wanted(self, address: str) -> bool:
        """Whether a page belongs to the source as it is declared now."""
        return address in self.urls or (bool(self.sitemaps) and self._matches(address))

    def _matches(self, address: str) -> bool:
        if _pattern(self.exclude).fullmatch(address):
            return False
        if self.include:
            return bool(_pattern(self.include).fullmatch(address))
        return _site(address) in {_site(sitemap) for sitemap in self.sitemaps}


class _Limits(NamedTuple):
    most_addresses: int
    most_sitemaps: int
    deepest: int
    revisit_days: int


class _Walk:
    """A walk through the sitemaps of a source, from the declared ones to those that they name; the longest not asked for come
    first, so that what one refresh has no time for is read in another.
    """

    def __init__(self, source: PagesSource, gathering: Gathering) -> None:
        self._source = source
        self._gathering = gathering
        self._limits = _limits()
        self._waiting: list[_Waiting] = []
        self._met: set[str] = set()
        self._found: dict[str, str | None] = {}
        self.tried = 0
        self.failed: list[Unreadable] = []
        self.left_out: list[Unreadable] = []

    def pages(self) -> list[Listed]:
        """The pages that all of them name, each once, of several dates of change the latest."""
        self._add(self._source.sitemaps, 1)
        while self._waiting and not self._limit():
            waiting = heappop(self._waiting)
            sitemap = self._sitemap(waiting.address)
            for page in sitemap.pages:
                if self._source._matches(page.address):
                    self._found[page.address] = max(self._found.get(page.address) or "", page.changed or "") or None
            self._follow(waiting, [one.address for one in sitemap.sitemaps])
        if self._waiting:
            told = f"{self._limit()}: {len(self._waiting)} sitemaps from this one on wait; the next refresh goes on"
            self._leave_out(self._waiting[0].address, "postponed", told)
        return self._chosen()

    @property
    def known(self) -> int:
        """How many sitemaps there are, as far as it went and as many as are read."""
        return min(self.tried + len(self._waiting), self._limits.most_sitemaps)

    def _chosen(self) -> list[Listed]:
        most = self._limits.most_addresses
        revisit = timedelta(days=self._limits.revisit_days)
        latest = sorted(self._found.items(), key=lambda item: (item[1] or "", item[0]), reverse=True)
        if len(latest) > most:
            told = f"more than {most} pages; the rest is left out; set include"
            self._leave_out(self._source.sitemaps[0], "not_fetched", told)
        # A page whose sitemap tells its date of change is asked for again only when that changes.
        return [self._source._listed(page, changed, timedelta.max if changed else revisit) for page, changed in latest[:most]]

    def _limit(self) -> str | None:
        """The limit that is met, None if the next one may be read: in any case if all that was read leads to it."""
        if self.tried >= self._limits.most_sitemaps:
            return f"more than {self._limits.most_sitemaps} sitemaps"
        return self._gathering.lists_limit() if self.tried >= -self._waiting[0].height else None

    def _follow(self, index: "_Waiting", inner: list[str]) -> None:
        """Has the sitemaps wait that an index names."""
        depth = 1 - index.height
        if depth > self._limits.deepest and not self._met.issuperset(inner):
            told = f"an index more than {self._limits.deepest} deep is not followed"
            self._leave_out(index.address, "not_fetched", told)
        elif depth <= self._limits.deepest:
            self._add(inner, depth)

    def _add(self, addresses: Iterable[str], depth: int) -> None:
        for address in addresses:
            if address not in self._met:
                self._met.add(address)
                heappush(self._waiting, _Waiting(self._gathering.asked_at(address), -depth, len(self._met), address))

    def _sitemap(self, address: str) -> Sitemap:
        self.tried += 1
        limit = self._source.http.max_bytes
        try:
            return self._gathering.listing(address, lambda content, _charset: read_sitemap(content, address, limit))
        except FetchError as fault:
            self.failed.append(Unreadable(address, self._source.name, fault.reason, fault.detail, listing=True))
            return Sitemap((), ())

    def _leave_out(self, address: str, reason: UnreadableReason, detail: str) -> None:
        """Tells of a limit that was met."""
        self.left_out.append(Unreadable(address, self._source.name, reason, detail))


class _Waiting(NamedTuple):
    """A sitemap to be read, in the order of reading: the longest not asked for, of these the deepest, then as they were named.
    `height` is its depth, 1 if it is declared, below zero.
    """

    asked_at: datetime
    height: int
    number: int
    address: str


def _site(address: str) -> str:
    """The host of an address, with and without `www` the same."""
    return origin(address).host.removeprefix("www.")


@cache
def _pattern(globs: tuple[str, ...]) -> re.Pattern[str]:
    """Matches what one of the globs matches; nothing if there are none."""
    return re.compile("|".join(fnmatch.translate(glob) for glob in globs) or r"(?!)")


@cache
def _limits() -> _Limits:
    return _Limits(**read_toml("sources_sitemaps.toml"))
