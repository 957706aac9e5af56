"""Reads sitemaps: XML with pages or further sitemaps, plain lists of addresses, each also gzipped.

Only what stands in one sitemap belongs here; which of it is fetched belongs to `pipeline.sources.pages`.
"""

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from pipeline.sources.addresses import AddressError, web_address
from pipeline.sources.bodies import BodyError, BodyTooLargeError, gunzipped
from pipeline.sources.http import FetchError

_GZIP = b"\x1f\x8b"
_PLACES = ("url", "sitemap")
_LONGEST_DATE = 40
_HEAD = 512


class Place(NamedTuple):
    """An address in a sitemap, and the date of change that it tells, as it is written there."""

    address: str
    changed: str | None


class Sitemap(NamedTuple):
    """What a sitemap names."""

    pages: tuple[Place, ...]
    sitemaps: tuple[Place, ...]


def read_sitemap(content: bytes, address: str, limit: int) -> Sitemap:
    """What stands in a sitemap that was found at `address`; of at most `limit` bytes once decompressed.

    Raises `FetchError` if it is none. What is no address in it is left out.
    """
    if content.startswith(_GZIP):
        try:
            content = gunzipped([content], limit)
        except BodyTooLargeError:
            raise FetchError("too_large", f"the sitemap has more than {limit} bytes; raise max_bytes to take it") from None
        except BodyError as fault:
            raise FetchError("unreachable", f"the sitemap is broken: {fault}") from None
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n")[:_HEAD].startswith(b"<"):
        return _plain(content, address)
    try:
        found = list(_places(content, address))
    except etree.XMLSyntaxError as fault:
        raise FetchError("unreachable", f"the sitemap is no XML: {' '.join(str(fault).split())[:200]}") from None
    pages = tuple(place for kind, place in found if kind == "url")
    return Sitemap(pages, tuple(place for kind, place in found if kind == "sitemap"))


def _places(content: bytes, address: str) -> Iterator[tuple[str, Place]]:
    # Entities are not resolved, nothing is loaded, and libxml2's own limits of depth and size hold.
    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = None
    for _, element in events:
        name = _local(element)
        root = name
        if name in _PLACES:
            parts = {_local(child): (child.text or "").strip() for child in element}
            with suppress(AddressError):
                changed = parts.get("lastmod", "")[:_LONGEST_DATE] or None
                yield name, Place(web_address(parts.get("loc", ""), base=address), changed)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    if root not in ("urlset", "sitemapindex"):
        raise FetchError("unreachable", f"what stands there is no sitemap but <{root}>; look for its address in robots.txt")


def _local(element: "etree._Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(content: bytes, address: str) -> Sitemap:
    """A list of addresses, one a line."""
    lines = [line.strip() for line in content.decode("utf-8-sig", "replace").splitlines()]
    found = []
    for line in filter(None, lines):
        try:
            found.append(Place(web_address(line), None))
        except AddressError:
            continue
    if not found:
        raise FetchError("unreachable", f"what stands at {address} is no sitemap: neither XML nor a list of addresses")
    return Sitemap(tuple(found), ())
