"""Web addresses: made uniform, so that one text has one address, and kept free of names and passwords.

Whether an address may be fetched belongs to `pipeline.sources.http`.
"""

import base64
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

LONGEST = 2_000  # code points; browsers and servers do not take much more
_PORTS = {"http": 80, "https": 443}
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_SCHEME = re.compile(r"\s*(?:https?|ftp)://", re.IGNORECASE)
_NAME = re.compile(r"[^\w.,=+()@ -]+")
LONGEST_NAME = 120


class AddressError(ValueError):
    """A text that is no address of a page on the web. The message never holds a password."""


class Origin(NamedTuple):
    """Whom an address belongs to: what credentials and robots.txt hold for."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        port = "" if _PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


def web_address(address: str, base: str | None = None, *, keep_credentials: bool = False) -> str:
    """The uniform form of an http or https address: no fragment, no default port, host in lower case, everything else escaped.

    A relative address is taken from `base`. Raises `AddressError` for anything else.
    """
    stripped = address.strip()
    if not stripped or len(stripped) > LONGEST:
        raise AddressError(f"an address must have 1 to {LONGEST} characters")
    try:
        url = parse_url(urljoin(base, stripped) if base else stripped)
        if url.scheme not in _PORTS or not url.host:
            raise AddressError(f"{told(stripped)!r} must be an http or https address")
        if _BLANK.search(url.host):
            raise AddressError(f"{told(stripped)!r} has a host that is none")
    except (LocationParseError, ValueError) as fault:
        if isinstance(fault, AddressError):
            raise
        raise AddressError(f"{told(stripped)!r} is no web address") from None
    port = None if url.port == _PORTS[url.scheme] else url.port
    auth = url.auth if keep_credentials else None
    return Url(url.scheme, auth, url.host.lower(), port, url.path or "/", url.query).url


def origin(address: str) -> Origin:
    """The origin of a uniform address."""
    url = parse_url(address)
    if url.scheme is None or url.host is None:
        raise AddressError(f"{told(address)!r} is no web address")
    return Origin(url.scheme, url.host, url.port or _PORTS[url.scheme])


def without_credentials(address: str) -> tuple[str, str | None]:
    """A uniform address without name and password, and the header that stands for them, None if it had none."""
    url = parse_url(address)
    if url.auth is None:
        return address, None
    header = "Basic " + base64.b64encode(unquote(url.auth).encode()).decode()
    return url._replace(auth=None).url, header


def credentials(addresses: Iterable[str]) -> dict[Origin, str]:
    """The headers that stand for the names and passwords in addresses, by the origin that they are for."""
    found = {}
    for address in addresses:
        bare, header = without_credentials(address)
        if header is not None:
            found[origin(bare)] = header
    return found


def told(text: str) -> str:
    """A faulty address for a message, cut if long, without whatever may be a name and password.

    Where these end is not certain in an address that is none: all before the last `@` is left out but the scheme.
    """
    before, _, rest = text.rpartition("@")
    scheme = _SCHEME.match(before)
    return f"{scheme[0] if scheme else ''}{rest}"[:200]


def file_name(address: str) -> str:
    """The last part of an address's path, or its host if there is none; printable, and not too long."""
    url = parse_url(address)
    last = unquote((url.path or "").rstrip("/").rsplit("/", 1)[-1])
    return _NAME.sub("-", last)[-LONGEST_NAME:].strip() or url.host or "index"
