"""Connections that go where they may, and take no more than they should: the sockets under `pipeline.sources.http`.

Which address is connected to, how many bytes come in and when all is cut off is decided here, at the socket; what is asked and
what the answer means is not.
"""

import http.client
import io
import ipaddress
import math
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = 300_000  # bytes of an answer beside its body: status lines, headers, lengths of chunks

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_Resolved = tuple[Any, ...]  # as `socket.getaddrinfo` has it


class PrivateAddressError(Exception):
    """A host whose addresses are all private ones."""


class TooManyBytesError(Exception):
    """An answer that is longer than may be taken."""


class Dialer:
    """Opens connections for a client, and can cut them all off from another thread."""

    def __init__(self, *, allow_private: bool, max_bytes: int) -> None:
        self._allow_private = allow_private
        self.max_bytes = max_bytes
        self._open: set[socket.socket] = set()
        self._closed: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._cut = threading.Event()
        self._until = math.inf

    def dial(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """A connection to one of the addresses of a host.

        The name is resolved once, and what it resolved to is judged and connected to, so that a name that resolves to another
        address a moment later gains nothing. Raises `PrivateAddressError`, or `OSError`.
        """
        fault: OSError | None = None
        refused = ""
        for family, kind, protocol, _, place in self._resolved(host.strip("[]"), port):
            if not self._allowed(str(place[0])):
                refused = str(place[0])
                continue
            try:
                left = self._left(timeout)
                return self._connected(socket.socket(family, kind, protocol), place, left)
            except OSError as error:
                fault = error
        if fault:
            raise fault
        raise PrivateAddressError(f"{host} is a private address ({refused}); the source may set allow_private = true")

    def forget(self, copy: socket.socket) -> None:
        """Lets go of a connection that was closed, though only when the answer is at its end: an answer that lasts until the
        server closes is still read then.
        """
        self._closed.add(copy)

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[threading.Event]:
        """Shuts all connections after so long, whatever they wait for: connecting by TLS, headers or a body that trickles.
        None is opened then: resolving a name and connecting end with the time, too.

        The event tells whether that happened.
        """
        happened = threading.Event()

        def cut() -> None:
            with self._lock:
                happened.set()
                for copy in self._open:
                    with suppress(OSError):
                        copy.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        self._cut, self._until = happened, time.monotonic() + seconds
        timer.start()
        try:
            yield happened
        finally:
            timer.cancel()
            self._until = math.inf
            self.drop_closed()

    def is_late(self) -> bool:
        """Whether the time is over, also if a connection noticed it before all were cut off."""
        return time.monotonic() >= self._until

    def drop_closed(self) -> None:
        """Frees what was closed."""
        with self._lock:
            self._open -= self._closed
        for copy in self._closed:
            copy.close()
        self._closed.clear()

    def copy_of(self, connected: socket.socket) -> socket.socket:
        """A second handle of a connection, which stays usable when TLS takes the first one over. Raises `TimeoutError` and
        closes the connection if all was cut off meanwhile.
        """
        copy = connected.dup()
        with self._lock:
            if not self._cut.is_set():
                self._open.add(copy)
                return copy
        copy.close()
        connected.close()
        raise TimeoutError("the time for it is over")

    def _resolved(self, host: str, port: int) -> list[_Resolved]:
        """The addresses of a host. Name servers may take longer than there is time: they are not waited for beyond it."""
        if self._until == math.inf:
            return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers: queue.SimpleQueue[list[_Resolved] | Exception] = queue.SimpleQueue()

        def resolve() -> None:
            try:
                answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except Exception as fault:
                answers.put(fault)

        threading.Thread(target=resolve, daemon=True).start()
        try:
            answer = answers.get(timeout=self._left(None))
        except queue.Empty:
            raise TimeoutError("no name server answers in time") from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _left(self, timeout: float | None) -> float | None:
        """What is left of the time, at most `timeout`. Raises `TimeoutError` if nothing is."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for it is over")
        if left == math.inf:
            return timeout
        return left if timeout is None else min(timeout, left)

    def _connected(self, made: socket.socket, place: Any, timeout: float | None) -> socket.socket:
        try:
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.settimeout(timeout)
            made.connect(place)
            peer = str(made.getpeername()[0])
            if not self._allowed(peer):
                raise PrivateAddressError(f"the connection leads to a private address ({peer})")
        except BaseException:
            made.close()
            raise
        return made

    def _allowed(self, address: str) -> bool:
        return self._allow_private or is_public(address)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, those that wrap another one judged by what they wrap."""
    ip: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = _wrapped(ip)
        if wrapped is not None:
            return is_public(str(wrapped))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def _wrapped(ip: ipaddress.IPv6Address) -> IPAddress | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def manager(dialer: Dialer, ca_file: Path | None) -> urllib3.PoolManager:
    """A manager of connections that are all opened by `dialer`. Certificates are verified against those of the system, and
    those in `ca_file`. Raises `OSError` if that file is none.
    """

    class Plain(_Dialed, HTTPConnection):
        pass

    class Secure(_Dialed, HTTPSConnection):
        pass

    Plain.dialer = Secure.dialer = dialer

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    made = urllib3.PoolManager(num_pools=8, maxsize=1, ssl_context=_trusting(ca_file))
    made.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    # Else a pool that is left is closed when it is collected as garbage, after the dialer let go of what was closed.
    made.pools.dispose_func = HTTPConnectionPool.close
    return made


@cache
def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    """What certificates are verified against; reading those of the system takes as long as fetching a page."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


class _Dialed(HTTPConnection):
    """A connection that its dialer opens."""

    dialer: Dialer
    _copy: socket.socket | None = None
    _answer: "_Counted | None" = None

    def _new_conn(self) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            connected = self.dialer.dial(self._dns_host, self.port, timeout)
            self._copy = self.dialer.copy_of(connected)
        except (socket.gaierror, UnicodeError) as fault:
            raise NameResolutionError(self.host, self, socket.gaierror(str(fault))) from fault
        except TimeoutError as fault:
            raise ConnectTimeoutError(self, f"no connection within {self.timeout} s") from fault
        except OSError as fault:
            raise NewConnectionError(self, str(fault)) from fault
        self.response_class = self._answered  # type: ignore[assignment]
        return connected

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]
        """The answer. One that is refused for its headers is closed, which nobody else does."""
        try:
            return super().getresponse()
        except BaseException:
            if self._answer:
                self._answer.close()
            raise

    def _answered(self, *args: Any, **options: Any) -> "_Counted":
        self._answer = _Counted(*args, limit=self.dialer.max_bytes + _HEADERS, **options)
        return self._answer

    def close(self) -> None:
        super().close()
        if self._copy:
            self.dialer.forget(self._copy)
            self._copy = None


class _Counted(http.client.HTTPResponse):
    """An answer of which no more than so many bytes are taken, wherever in it they stand."""

    def __init__(self, connected: socket.socket, *args: Any, limit: int, **options: Any) -> None:
        super().__init__(connected, *args, **options)
        self.fp = io.BufferedReader(_Counter(self.fp, limit))


class _Counter(io.RawIOBase):
    """Reads from a socket and counts."""

    def __init__(self, buffered: Any, limit: int) -> None:
        self._buffered = buffered
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        taken: int | None = self._buffered.raw.readinto(buffer)
        self._left -= taken or 0
        if self._left < 0:
            raise TooManyBytesError
        return taken

    def close(self) -> None:
        self._buffered.close()
        super().close()
