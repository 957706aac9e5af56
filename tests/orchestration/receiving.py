"""Servers on loopback that take alerts: a web hook and a mailbox."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler


@dataclass
class Hook:
    """What was posted. While it is `down`, it answers that it is."""

    address: str = ""
    posted: list[dict[str, str]] = field(default_factory=list)
    down: bool = False

    @property
    def titles(self) -> list[str]:
        return [one["title"] for one in self.posted]

    @property
    def types(self) -> list[str]:
        return [one["type"] for one in self.posted]


@contextmanager
def web_hook() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if not hook.down:
                hook.posted.append(json.loads(content))
            self.send_response(503 if hook.down else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.address = f"json://127.0.0.1:{server.server_port}/a-secret-path"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Mailbox(MessageHandler):
    """Mails that came."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []
        self.address = ""

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    port = free_port()  # the library knocks at the port that it was given, so that 0 will not do
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.address = f"mailto://127.0.0.1:{port}?from=corridor@example.org&to=desk@example.org"
    try:
        yield box
    finally:
        controller.stop()
