"""Where each entry of a feed is kept: at the page it links to or, where another entry has that place, beside it.

An entry keeps its place whatever else its feed holds later. What an entry is belongs to `pipeline.sources.feed`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from pipeline.sources.fetched import Fetched

_LONGEST = 500


class Arrival(NamedTuple):
    """An entry that is to be kept. `address` is where it is put if it is new and nothing stands in its way: at its `page` or,
    because its feed has several entries for that, beside it. `leads` is whether the page is to be read in its place.
    """

    page: str
    address: str
    guid: str
    stamp: str | None
    leads: bool


class _Held(NamedTuple):
    guid: str | None
    stamp: str | None
    has_bytes: bool
    is_own: bool  # the text is that of an entry, and not that of the page


@dataclass(slots=True)
class Places:
    """The places of entries as far as they are taken, by the page that they belong to."""

    _taken: dict[str, dict[str, _Held]] = field(default_factory=dict)
    _listed: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, kept: Iterable[Fetched], arrivals: Iterable[Arrival]) -> "Places":
        """Those that are taken on the pages of what arrives."""
        listed = {(one.page, one.guid) for one in arrivals}
        taken: dict[str, dict[str, _Held]] = {page: {} for page, _ in listed}
        for one in kept:
            page = one.address.partition("#")[0]
            if page in taken:
                is_page = one.fetched_at is not None and (one.status is not None or one.reason is not None)
                taken[page][one.address] = _Held(
                    one.guid, one.stamp, one.body is not None, one.body is not None and not is_page
                )
        return cls(taken, listed)

    def take(self, one: Arrival) -> str:
        """The address of an entry that has a guid: the one it has already, else one that holds nothing of another entry."""
        here = self._taken[one.page]
        address = self._known(here, one) or self._free(here, one)
        here[address] = _Held(one.guid, one.stamp, has_bytes=True, is_own=not one.leads)
        return address

    def _known(self, here: dict[str, _Held], one: Arrival) -> str | None:
        """Where an entry is kept: under its guid or, if that was not kept with it or is a new one, with the same content."""
        own = part_of(one.page, one.guid)
        found = [address for address, held in here.items() if held.guid == one.guid]
        if found or own in here:
            return found[0] if found else own
        unclaimed = (item for item in here.items() if (one.page, item[1].guid) not in self._listed)
        return next((address for address, held in unclaimed if held.stamp and held.stamp == one.stamp), None)

    def _free(self, here: dict[str, _Held], one: Arrival) -> str:
        first = here.get(one.page)
        # Any entry may have the page fetched again; only another's own text is lost by it.
        is_taken = first is not None and (first.is_own if one.leads else first.has_bytes)
        return part_of(one.page, one.guid) if is_taken else one.address


def part_of(address: str, identity: str) -> str:
    """The address of a part of a page."""
    quoted = quote(identity, safe="")
    if len(quoted) > _LONGEST:
        quoted = f"{quoted[:_LONGEST]}-{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"{address}#{quoted}"
