"""Serves a world on loopback, with all that is wrong in it, and takes alerts."""

import gzip
import hashlib
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from datetime import time as time_of_day
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from soak.days import world
from soak.days.stories import Story
from soak.days.world import Feed, World

SECONDS_OF_SILENCE = 6.0
_HOOK = "/alerts"


class Served:
    """A server whose world changes. `posted` are the alerts that came."""

    def __init__(self) -> None:
        self.now = World({}, {})
        self.posted: list[dict[str, str]] = []
        self.asked: Counter[str] = Counter()
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def hook(self) -> str:
        """Where alerts go, as apprise writes it."""
        return f"json://127.0.0.1:{self.port}{_HOOK}"

    def move_on(self, to: World) -> None:
        """Serves another world from now on."""
        self.now = to
        self.asked.clear()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """What a path holds."""
        path = handler.path.partition("?")[0]
        self.asked[path] += 1
        parts = path.strip("/").split("/")
        feed = self.now.feeds.get(parts[0]) if len(parts) == 2 else None
        if feed is None:
            _send(handler, 404)
        elif parts[1] in ("feed", "moved"):
            self._answer_feed(handler, feed, path, moved=parts[1] == "moved")
        else:
            _answer_page(handler, feed, parts[1])

    def _answer_feed(self, handler: BaseHTTPRequestHandler, feed: Feed, path: str, *, moved: bool) -> None:
        content = feed_of(feed, self.address)
        if feed.fault == world.MOVED and not moved:
            _send(handler, 301, location=f"/{feed.name}/moved")
        elif feed.fault == world.BUSY_ONCE and self.asked[path] == 1:
            _send(handler, 503, retry_after="1")
        elif feed.fault == world.CUT:
            _send(handler, 200, content[: len(content) // 2], content_length=str(len(content)))
            handler.close_connection = True
        elif feed.fault == world.GARBAGE:
            _send(handler, 200, b"<html><body><h1>We are sorry</h1><p>Come back later.</p></body></html>")
        elif feed.fault == world.NOISE:
            _send(handler, 200, random.Random(1).randbytes(5_000))
        elif feed.fault == world.BOMB:
            _send(handler, 200, gzip.compress(b" " * 100_000_000, 1), content_encoding="gzip")
        elif feed.fault in (world.FAILS, world.SILENT, world.LOOPS):
            _fail(handler, feed.fault)
        else:
            mark = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            same = handler.headers.get("If-None-Match") == mark
            _send(handler, 304 if same else 200, b"" if same else content, content_type="application/xml", etag=mark)


@contextmanager
def serving() -> Iterator[Served]:
    """A server on a free port."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever had enough closes the connection
                super().handle()

        def do_GET(self) -> None:
            served.answer(self)

        def do_POST(self) -> None:
            served.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            _send(self, 200)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def feed_of(feed: Feed, server: str) -> bytes:
    """The feed's bytes: Atom for one that teases, else RSS with whole texts."""
    if feed.teases:
        entries = "".join(
            f"<entry><title>{escape(one.title)}</title><link href='{server}/{feed.name}/{one.key}'/><id>{one.key}</id>"
            f"<updated>{one.published_on}T10:{one.telling:02}:00Z</updated><published>{one.published_on}T10:00:00Z</published>"
            f"<summary>{escape(one.paragraphs[1][:80])}…</summary></entry>"
            for one in feed.stories
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><id>a</id>{entries}</feed>'.encode()
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{server}/{feed.name}/{one.key}</link><guid>{one.key}</guid>"
        f"<pubDate>{_as_of(one)}</pubDate><content:encoded><![CDATA[{one.as_html()}]]></content:encoded></item>"
        for one in feed.stories
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{feed.name}</title><link>{server}</link><language>en</language>{items}</channel></rss>"
    ).encode()


def _as_of(one: Story) -> str:
    return format_datetime(datetime.combine(one.published_on, time_of_day(10), UTC))


def _answer_page(handler: BaseHTTPRequestHandler, feed: Feed, key: str) -> None:
    found = [one for one in feed.stories if one.key == key]
    fault = feed.pages.get(key)
    if fault == world.GONE or not found:
        _send(handler, 410 if fault else 404)
    elif fault:
        _fail(handler, fault)
    else:
        _send(handler, 200, found[0].as_page(), content_type="text/html; charset=utf-8")


def _fail(handler: BaseHTTPRequestHandler, fault: str) -> None:
    if fault == world.LOOPS:
        path, _, turn = handler.path.partition("?")
        _send(handler, 302, location=f"{path}?{int(turn or 0) + 1}")
    elif fault == world.SILENT:
        handler.close_connection = True
        time.sleep(SECONDS_OF_SILENCE)
    else:
        _send(handler, 500, b"<html><body>Internal Server Error</body></html>")


def _send(handler: BaseHTTPRequestHandler, status: int, content: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"content_length": str(len(content)), "content_type": "text/html", **headers}.items():
        handler.send_header(name.replace("_", "-").title(), value)
    handler.end_headers()
    handler.wfile.write(content)
