"""Fetches texts from the web: conditionally, politely, within limits of size and time, and only where it may.

What is fetched belongs to the kinds of sources, what is kept to `pipeline.sources.fetched`; sockets are opened by
`pipeline.sources.connections`.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, cast

import urllib3
from protego import Protego
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as LateError
from urllib3.util import Timeout

from pipeline import __version__
from pipeline.contract.reference import read_toml
from pipeline.sources.addresses import AddressError, Origin, origin, web_address
from pipeline.sources.bodies import ENCODINGS, BodyError, BodyTooLargeError, body
from pipeline.sources.connections import Dialer, PrivateAddressError, TooManyBytesError, manager
from pipeline.sources.raw import UnreadableReason

_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_FORBIDDEN = (401, 402, 403, 407, 451)
_NOT_MODIFIED = 304
_LONGEST_VALIDATOR = 1_000
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


class FetchError(Exception):
    """A text that was not fetched. `reason` is that of `unreadable_documents`; the message holds no password.

    `asked` is False if no server was asked for it.
    """

    def __init__(self, reason: UnreadableReason, detail: str, status: int | None = None, *, asked: bool = True) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.asked = asked


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How a source is fetched. Times are seconds. `credentials` are headers by the origin that they are for."""

    user_agent: str
    connect_timeout: float
    read_timeout: float
    total_timeout: float
    pause: float
    retries: int
    max_redirects: int
    max_bytes: int
    max_pages: int
    max_time: float
    robots: bool
    allow_private: bool
    ca_file: Path | None = None
    credentials: Mapping[Origin, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "HttpSettings":
        """The defaults, with what is given in their place; `contact` goes into the user agent."""
        contact = given.get("contact")
        made = f"corridor/{__version__}" + (f" (+{contact})" if contact else "")
        defaults = {**read_toml("sources_http.toml")["defaults"], "user_agent": made}
        names = {item.name for item in fields(cls)}
        return cls(**{**defaults, **{key: value for key, value in given.items() if key in names}})


class Validators(NamedTuple):
    """What a server is asked to compare, so that it need not send again what is held."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """As headers of a request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. `content` is None if it said that what is held is current."""

    final_address: str
    status: int
    etag: str | None
    last_modified: str | None
    media_type: str | None
    charset: str | None
    content: bytes | None


@dataclass(slots=True)
class Politeness:
    """When each host was asked last, for all sources of a run; with the clock and the sleep that they wait by."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)

    def wait(self, place: Origin, pause: float) -> None:
        """Returns when the host may be asked again, by http or https and at whatever port: it is one machine."""
        if place.host in self._asked:
            rest = self._asked[place.host] + pause - self.clock()
            if rest > 0:
                self.sleep(rest)
        self._asked[place.host] = self.clock()


class _PassingError(Exception):
    """A fault that may be over at the next try; `wait` is how long the server asks for."""

    def __init__(self, detail: str, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.wait = wait
        self.status = status


class _Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    content: bytes


class Client:
    """Fetches for one source during one refresh. To be closed."""

    def __init__(self, settings: HttpSettings, politeness: Politeness | None = None) -> None:
        self._settings = settings
        self._politeness = politeness or Politeness()
        self._dialer = Dialer(allow_private=settings.allow_private, max_bytes=settings.max_bytes)
        try:
            self._manager = manager(self._dialer, settings.ca_file)
        except OSError as fault:
            raise FetchError("unreachable", f"ca_file {settings.ca_file} cannot be read: {fault}") from fault
        self._retry = read_toml("sources_http.toml")["retry"]
        self._robots = _Robots(read_toml("sources_http.toml")["robots"])
        self._failures: dict[Origin, int] = {}

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._manager.clear()
        self._dialer.drop_closed()

    def clock(self) -> float:
        """Seconds that only ever grow, by the clock that it waits by."""
        return self._politeness.clock()

    def fetch(self, address: str, held: Validators | None = None) -> Answer:
        """What stands at an address, redirects followed. Raises `FetchError`."""
        here = address
        met = [address]
        while True:
            try:
                self._permit(here)
                reply = self._reply(here, (held or Validators()).headers(), self._settings.max_bytes)
            except FetchError as fault:
                fault.asked = fault.asked or len(met) > 1
                raise
            if reply.status not in _REDIRECTS:
                return _answer(here, reply, held)
            here = self._next(here, reply, met)

    def _next(self, here: str, reply: _Reply, met: list[str]) -> str:
        try:
            target = web_address(_utf8(reply.headers.get("location", "")), base=here)
        except AddressError as fault:
            raise FetchError("unreachable", f"{here} redirects to nowhere: {fault}", reply.status) from None
        if here.startswith("https:") and not target.startswith("https:"):
            raise FetchError("refused", f"{here} redirects from https to http: {target}", reply.status)
        if target in met:
            raise FetchError("unreachable", f"redirects in a loop: {' -> '.join([*met, target])}", reply.status)
        if len(met) > self._settings.max_redirects:
            raise FetchError(
                "unreachable", f"more than {self._settings.max_redirects} redirects, the last to {target}", reply.status
            )
        met.append(target)
        return target

    # Whether ---------------------------------------------------------------------------------------------------------

    def _permit(self, address: str) -> None:
        """Raises `FetchError` if robots.txt rules the address out, or cannot be had."""
        if not self._settings.robots:
            return
        place = origin(address)
        if place not in self._robots.rules:
            self._robots.rules[place] = self._rules(place)
        if not self._robots.allows(place, address):
            raise FetchError("refused", f"robots.txt of {place} rules {address} out", asked=False)

    def _rules(self, place: Origin) -> Protego | None:
        here = f"{place}/robots.txt"
        met = [here]
        try:
            while True:
                reply = self._reply(here, {}, self._robots.max_bytes)
                if reply.status not in _REDIRECTS:
                    break
                here = self._next(here, reply, met)
        except FetchError as fault:
            if fault.status is None and fault.reason != "too_large":  # the server itself cannot be reached
                raise
            told = f"robots.txt of {place} cannot be read, so nothing is fetched there: {fault.detail}"
            raise FetchError(fault.reason, told, asked=fault.asked or len(met) > 1) from fault
        return self._robots.read(reply.content) if reply.status == HTTPStatus.OK else None

    # How -------------------------------------------------------------------------------------------------------------

    def _reply(self, address: str, headers: Mapping[str, str], limit: int) -> _Reply:
        """What the server says, tried again as long as that may help. Raises `FetchError`."""
        place = origin(address)
        self._require_answering(place)
        fault = _PassingError("")
        for attempt in range(self._settings.retries + 1):
            self._politeness.wait(place, max(self._settings.pause, self._robots.delay(place)))
            try:
                reply = self._once(address, headers, limit)
            except _PassingError as error:
                fault = error
            else:
                self._failures.pop(place, None)
                return reply
            wait = fault.wait if fault.wait is not None else self._retry["first_wait"] * 2**attempt
            if wait > self._retry["longest_wait"]:
                self._failures[place] = self._retry["host_failures"]
                raise FetchError("unreachable", f"{fault.detail} and asks for a pause of {wait:.0f} s", fault.status)
            if attempt < self._settings.retries:
                self._politeness.sleep(wait)
        self._failures[place] = self._failures.get(place, 0) + 1
        tries = self._settings.retries + 1
        raise FetchError("unreachable", f"{fault.detail}{f', {tries} times' if tries > 1 else ''}", fault.status)

    def _require_answering(self, place: Origin) -> None:
        if self._failures.get(place, 0) >= self._retry["host_failures"]:
            told = f"{place} did not answer before and is not asked again in this refresh"
            raise FetchError("unreachable", told, asked=False)

    def _once(self, address: str, headers: Mapping[str, str], limit: int) -> _Reply:
        with self._dialer.cut_after(self._settings.total_timeout) as cut:
            try:
                reply = self._exchange(address, headers, limit)
                if cut.is_set():  # what was cut off may look like an answer that ends there
                    raise _PassingError(self._late())
                return reply
            except PrivateAddressError as fault:
                raise FetchError("refused", str(fault)) from None
            except (BodyTooLargeError, TooManyBytesError):
                raise FetchError("too_large", f"the answer has more than {limit} bytes; raise max_bytes to take it") from None
            except SSLError as fault:
                if self._dialer.is_late():
                    raise _PassingError(self._late()) from None
                raise FetchError("unreachable", f"no secure connection: {_told(fault)}") from None
            except (HTTPError, BodyError, OSError, ValueError) as fault:
                raise _PassingError(self._late() if self._dialer.is_late() else _told(fault)) from None
            finally:
                if cut.is_set():
                    self._manager.clear()

    def _late(self) -> str:
        return f"no complete answer within {self._settings.total_timeout:g} s"

    def _exchange(self, address: str, headers: Mapping[str, str], limit: int) -> _Reply:
        response = self._manager.urlopen(
            "GET",
            address,
            headers={**self._own_headers(address), **headers},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=Timeout(connect=self._settings.connect_timeout, read=self._settings.read_timeout),
        )
        with _closing(response):
            if response.status in self._retry["statuses"]:
                raise _PassingError(
                    f"the server answers {_status(response.status)}", _retry_after(response.headers), response.status
                )
            if response.status != HTTPStatus.OK:
                return _Reply(response.status, response.headers, b"")
            length = response.headers.get("content-length", "")
            if length.isdecimal() and int(length) > limit:
                raise BodyTooLargeError
            chunks = response.stream(65_536, decode_content=False)
            return _Reply(response.status, response.headers, body(chunks, response.headers.get("content-encoding", ""), limit))

    def _own_headers(self, address: str) -> dict[str, str]:
        known = self._settings.credentials.get(origin(address))
        return {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": ENCODINGS,
            **({"Authorization": known} if known else {}),
        }


class _Robots:
    """The rules of each origin; None where there are none."""

    def __init__(self, limits: Mapping[str, Any]) -> None:
        self.rules: dict[Origin, Protego | None] = {}
        self._agent = cast(str, limits["agent"])
        self.max_bytes = cast(int, limits["max_bytes"])
        self._longest = cast(float, limits["longest_delay"])

    def read(self, content: bytes) -> Protego:
        return Protego.parse(content.decode("utf-8-sig", "replace"))

    def allows(self, place: Origin, address: str) -> bool:
        rules = self.rules.get(place)
        return rules is None or bool(rules.can_fetch(address, self._agent))

    def delay(self, place: Origin) -> float:
        rules = self.rules.get(place)
        asked = float((rules and rules.crawl_delay(self._agent)) or 0)
        return min(asked, self._longest) if asked > 0 else 0.0  # not for what is no number


def _answer(address: str, reply: _Reply, held: Validators | None) -> Answer:
    etag, last_modified = (_validator(reply.headers.get(name)) for name in ("etag", "last-modified"))
    if reply.status == _NOT_MODIFIED and held and held.headers():
        return Answer(address, reply.status, etag or held.etag, last_modified or held.last_modified, None, None, None)
    if reply.status in _GONE:
        raise FetchError("gone", f"the server answers {_status(reply.status)}", reply.status)
    if reply.status != HTTPStatus.OK:
        reason: UnreadableReason = "refused" if reply.status in _FORBIDDEN else "unreachable"
        raise FetchError(reason, f"the server answers {_status(reply.status)}", reply.status)
    if not reply.content:
        raise FetchError("empty", "the server sends an empty page", reply.status)
    media_type, charset = _content_type(reply.headers.get("content-type", ""))
    return Answer(address, reply.status, etag, last_modified, media_type, charset, reply.content)


def _content_type(value: str) -> tuple[str | None, str | None]:
    """The type in lower case without parameters, and the charset, of a header."""
    message = Message()
    message["content-type"] = "".join(value.split("\n"))[:_LONGEST_VALIDATOR]
    charset = message.get_content_charset()
    return (message.get_content_type() if "/" in value else None), charset or None


def _validator(value: str | None) -> str | None:
    """A value that may be sent back as it came, None if it may not."""
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable() else None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """How many seconds a server asks to wait, given as such or as a date."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value[:9])
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    return None


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _told(fault: Exception) -> str:
    """A fault in words for a reader; urllib3 puts objects into its messages."""
    if isinstance(fault, NameResolutionError):
        return "there is no such host, or no name server answers"
    if isinstance(fault, NewConnectionError):
        return f"nothing answers at {fault.conn.host}:{fault.conn.port}: {_reason(fault.__cause__ or fault)}"
    if isinstance(fault, LateError):
        return "no answer in time"
    told = " ".join(str(fault).split())
    return told.rpartition("object at 0x")[2].partition(">: ")[2] or told or type(fault).__name__


def _reason(fault: BaseException) -> str:
    """Why a connection failed, without the number of the error."""
    said = fault.strerror if isinstance(fault, OSError) else None
    return (said or str(fault)).lower()


def _utf8(value: str) -> str:
    """A header whose bytes are UTF-8, as many servers send it, and not Latin-1, as the standard has it."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value


@contextlib.contextmanager
def _closing(response: urllib3.BaseHTTPResponse) -> Iterator[None]:
    """Gives the connection back if the answer was read to its end, and closes it if not."""
    try:
        yield
        if response.status == HTTPStatus.OK:
            response.release_conn()
    finally:
        response.close()
