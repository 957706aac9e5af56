"""A web server on loopback that serves whatever a test says, well-behaved or not."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Request:
    """What was asked."""

    path: str
    headers: dict[str, str]


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """`routes` say what is served at each path; what is in no route is not found."""

    port: int
    scheme: str = "http"
    routes: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def serve(self, path: str, behaviour: Behaviour | bytes | str, media_type: str = "text/html; charset=utf-8") -> str:
        """Serves bytes, or what a behaviour does, at a path; returns its address."""
        content = behaviour.encode() if isinstance(behaviour, str) else behaviour
        self.routes[path] = content if callable(content) else page(content, media_type)
        return self.url(path)


def send(handler: BaseHTTPRequestHandler, status: int, content: bytes = b"", **headers: str) -> None:
    """A whole answer; `content_type` becomes `Content-Type`."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-").title(), value)
    if "content_length" not in headers:
        handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def page(content: bytes, media_type: str = "text/html; charset=utf-8", **headers: str) -> Behaviour:
    return lambda handler: send(handler, 200, content, content_type=media_type, **headers)


def status(code: int, **headers: str) -> Behaviour:
    return lambda handler: send(handler, code, b"", **headers)


def redirect(location: str, code: int = 302) -> Behaviour:
    return lambda handler: send(handler, code, b"", location=location)


def conditional(content: bytes, etag: str, media_type: str = "text/html") -> Behaviour:
    """Sends a page once, and then says that it is as it was."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            send(handler, 304, etag=etag)
        else:
            send(handler, 200, content, content_type=media_type, etag=etag)

    return behave


def sequence(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last one again and again."""
    rest = list(behaviours)

    def behave(handler: BaseHTTPRequestHandler) -> None:
        (rest.pop(0) if len(rest) > 1 else rest[0])(handler)

    return behave


def raw(content: bytes, *, hold: float = 0) -> Behaviour:
    """Bytes instead of an answer; the connection is closed after them."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(content)
        handler.wfile.flush()
        time.sleep(hold)

    return behave


def trickle(head: bytes, drop: bytes = b"x", every: float = 0.02) -> Behaviour:
    """A head, and then drop after drop without an end."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(head)
        while True:
            handler.wfile.write(drop)
            handler.wfile.flush()
            time.sleep(every)

    return behave


def endless(head: bytes, block: bytes = b"x" * 65_536) -> Behaviour:
    """A head, and then blocks without an end, as fast as they are taken."""
    return trickle(head, block, every=0)


def bomb(megabytes: int) -> bytes:
    """A gzip file of blanks, a thousandth of the size of what it unpacks to."""
    return gzip.compress(b" " * 1_000_000 * megabytes, 9)


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.requests.append(Request(self.path, dict(self.headers.items())))
            behaviour = server.routes.get(self.path)
            try:
                if behaviour is None:
                    send(self, 404)
                else:
                    behaviour(self)
            except OSError:  # the client has enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # a client that does not trust the certificate hangs up

    listening = Quiet(("127.0.0.1", 0), Handler)
    if tls:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
    server = Server(listening.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()


def certificate(folder: Path, address: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS with a certificate of its own making, and the file by which to know it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made for a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
