"""Fetching: what is asked and how often, which limits hold, and where nothing is fetched at all. Each rule meets its breach."""

import gc
import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.sources import connections
from pipeline.sources.addresses import credentials, origin, web_address
from pipeline.sources.connections import is_public
from pipeline.sources.http import Answer, Client, FetchError, Validators
from tests.sources.conftest import Clock, settings
from tests.sources.serving import (
    Behaviour,
    Server,
    bomb,
    certificate,
    conditional,
    endless,
    page,
    raw,
    redirect,
    running,
    send,
    sequence,
    status,
    trickle,
)

OK = b"HTTP/1.1 200 OK\r\n"


def refused(client: Client, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.fetch(address)
    return caught.value


@contextmanager
def client_of(clock: Clock | None = None, **changes: object) -> Iterator[Client]:
    with Client(settings(**changes), (clock or Clock()).politeness()) as client:
        yield client


# Asking -------------------------------------------------------------------------------------------------------------


def test_a_page_comes_with_what_is_said_of_it(server: Server, client: Client) -> None:
    address = server.serve("/a", page(b"text", 'Text/HTML; Charset="KOI8-R"', etag='"1"', last_modified="Tue, 03 Mar 2026"))
    assert client.fetch(address) == Answer(address, 200, '"1"', "Tue, 03 Mar 2026", "text/html", "koi8-r", b"text")


def test_the_client_says_who_it_is_and_whom_to_ask(server: Server) -> None:
    address = server.serve("/a", b"text")
    with client_of(contact="mailto:desk@example.org") as client:
        client.fetch(address)
    (request,) = server.asked("/a")
    assert request.headers["User-Agent"].startswith("corridor/")
    assert request.headers["User-Agent"].endswith("(+mailto:desk@example.org)")


def test_what_is_held_is_compared_and_not_sent_again(server: Server, client: Client) -> None:
    address = server.serve("/a", conditional(b"text", '"7"'))
    first = client.fetch(address)
    again = client.fetch(address, Validators(first.etag, "Tue, 03 Mar 2026 10:00:00 GMT"))
    assert (first.content, again.content, again.status, again.etag) == (b"text", None, 304, '"7"')
    assert server.requests[-1].headers["If-Modified-Since"] == "Tue, 03 Mar 2026 10:00:00 GMT"


def test_as_it_was_is_no_answer_to_one_who_holds_nothing(server: Server, client: Client) -> None:
    assert "304" in refused(client, server.serve("/a", status(304))).detail


def test_a_validator_that_could_not_be_sent_back_is_forgotten(server: Server, client: Client) -> None:
    address = server.serve("/a", raw(OK + b'ETag: "\xe9"\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx'))
    assert client.fetch(address).etag is None
    address = server.serve("/b", page(b"x", etag='"' + "x" * 2_000 + '"'))
    assert client.fetch(address).etag is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (404, "gone"),
        (410, "gone"),
        (403, "refused"),
        (451, "refused"),
        (418, "unreachable"),
        (206, "unreachable"),
        (600, "unreachable"),
    ],
)
def test_what_a_server_refuses_is_told_and_not_asked_again(server: Server, code: int, reason: str) -> None:
    address = server.serve("/a", status(code))
    with client_of(retries=3) as client:
        fault = refused(client, address)
    assert (fault.reason, fault.status) == (reason, code)
    assert str(code) in fault.detail
    assert server.paths() == ["/a"]


def test_an_empty_page_is_a_fault(server: Server, client: Client) -> None:
    assert refused(client, server.serve("/a", b"")).reason == "empty"


# Credentials --------------------------------------------------------------------------------------------------------


def test_a_password_goes_to_its_own_server_only_and_into_no_message(server: Server) -> None:
    with running() as other:
        other.serve("/b", b"text")
        server.serve("/a", redirect(other.url("/b")))
        server.serve("/c", status(500))
        declared = web_address(server.url("/a").replace("//", "//user:s3cret@"), keep_credentials=True)
        with client_of(credentials=credentials([declared])) as client:
            client.fetch(server.url("/a"))
            fault = refused(client, server.url("/c"))
        assert server.asked("/a")[0].headers["Authorization"] == "Basic dXNlcjpzM2NyZXQ="
        assert "Authorization" not in other.asked("/b")[0].headers
        assert "s3cret" not in f"{fault} {settings(credentials=credentials([declared]))}"


# Trying again -------------------------------------------------------------------------------------------------------


def test_a_server_that_recovers_is_asked_until_it_does_with_growing_pauses(server: Server, clock: Clock) -> None:
    address = server.serve("/a", sequence(status(503), raw(b""), status(500), page(b"text")))
    with client_of(clock, retries=3) as client:
        assert client.fetch(address).content == b"text"
    assert clock.waits == [1, 2, 4]


def test_one_that_does_not_recover_is_told_with_the_number_of_tries(server: Server, clock: Clock) -> None:
    address = server.serve("/a", status(503))
    with client_of(clock, retries=2) as client:
        fault = refused(client, address)
    assert (fault.reason, fault.detail) == ("unreachable", "the server answers 503 Service Unavailable, 3 times")
    assert clock.waits == [1, 2]


def test_a_pause_that_a_server_asks_for_is_kept(server: Server, clock: Clock) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    address = server.serve("/a", sequence(status(429, retry_after="17"), status(503, retry_after=moment), page(b"text")))
    with client_of(clock, retries=3) as client:
        client.fetch(address)
    assert clock.waits[0] == 17
    assert 27 <= clock.waits[1] <= 30


def test_a_server_that_asks_for_a_long_pause_is_left_alone(server: Server, clock: Clock) -> None:
    address = server.serve("/a", status(503, retry_after="3600"))
    other = server.serve("/b", b"text")
    with client_of(clock, retries=3) as client:
        assert "asks for a pause of 3600 s" in refused(client, address).detail
        assert "not asked again in this refresh" in refused(client, other).detail
    assert (server.paths(), clock.waits) == (["/a"], [])


@pytest.mark.parametrize("zone", ["+9999999999999999", "+99999999999999999999", "-9999"])
def test_a_pause_until_a_moment_that_is_none_is_no_pause(server: Server, clock: Clock, zone: str) -> None:
    moment = f"Mon, 01 Jan 2024 00:00:00 {zone}"
    address = server.serve("/a", sequence(status(503, retry_after=moment), page(b"text")))
    with client_of(clock, retries=1) as client:
        assert client.fetch(address).content == b"text"


def test_a_server_that_fails_again_and_again_is_not_asked_for_all_its_pages(server: Server, client: Client) -> None:
    for number in range(5):
        refused(client, server.serve(f"/{number}", raw(b"")))
    assert server.paths() == ["/0", "/1", "/2"]


def test_a_page_that_comes_makes_good_for_those_that_failed(server: Server, client: Client) -> None:
    for number in range(4):
        refused(client, server.serve(f"/bad{number}", status(500)))
        client.fetch(server.serve(f"/good{number}", b"text"))
    assert len(server.paths()) == 8


def test_nobody_listens(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fault = refused(client, f"http://127.0.0.1:{port}/")
    assert fault.reason == "unreachable"
    assert "refused" in fault.detail.lower()
    assert "object at 0x" not in fault.detail


def test_no_such_host(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "no such host" in refused(client, "http://agency.example/").detail


# Pauses and robots.txt ----------------------------------------------------------------------------------------------


def test_a_host_is_asked_no_faster_than_the_pause(server: Server, clock: Clock) -> None:
    with client_of(clock, pause=5.0, robots=False) as client:
        for name in ("/a", "/b", "/c"):
            client.fetch(server.serve(name, b"text"))
    assert clock.waits == [5, 5]


def test_one_host_is_one_by_whatever_scheme_and_port(server: Server, clock: Clock) -> None:
    with running() as other, client_of(clock, pause=5.0, robots=False) as client:
        for one in (server, other, server):
            client.fetch(one.serve("/a", b"text"))
    politeness = clock.politeness()
    for address in ("http://a.example/", "https://a.example/", "https://b.example/"):
        politeness.wait(origin(address), 7)
    assert clock.waits == [5, 5, 7]


def test_a_crawl_delay_is_kept_up_to_a_limit(server: Server, clock: Clock) -> None:
    server.serve("/robots.txt", "User-agent: *\nCrawl-delay: 9\n")
    with client_of(clock, pause=1.0) as client:
        client.fetch(server.serve("/a", b"text"))
        client.fetch(server.serve("/b", b"text"))
    assert clock.waits == [9, 9]
    clock.waits.clear()
    server.serve("/robots.txt", "User-agent: *\nCrawl-delay: 90000\n")
    with client_of(clock) as client:
        client.fetch(server.url("/a"))
    assert clock.waits == [60]


@pytest.mark.parametrize("delay", ["nan", "-4", "soon", "1e999"])
def test_a_crawl_delay_that_is_no_time_does_no_harm(server: Server, clock: Clock, delay: str) -> None:
    server.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n")
    with client_of(clock) as client:
        assert client.fetch(server.serve("/a", b"text")).content == b"text"
    assert sum(clock.waits) <= 60


def test_robots_txt_is_asked_once_and_kept_to(server: Server, client: Client) -> None:
    server.serve("/robots.txt", "User-agent: corridor\nDisallow: /private\nUser-agent: *\nDisallow: /\n")
    client.fetch(server.serve("/a", b"text"))
    fault = refused(client, server.serve("/private/b", b"text"))
    assert fault.reason == "refused"
    assert "robots.txt" in fault.detail
    assert [request.path for request in server.requests] == ["/robots.txt", "/a"]


def test_robots_txt_holds_behind_a_redirect_too(server: Server, client: Client) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /private\n")
    server.serve("/private/b", b"text")
    assert refused(client, server.serve("/a", redirect("/private/b"))).reason == "refused"
    assert server.paths() == ["/a"]


def test_robots_txt_is_not_asked_for_where_a_source_says_so(server: Server) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /\n")
    with client_of(robots=False) as client:
        assert client.fetch(server.serve("/a", b"text")).content == b"text"
    assert server.asked("/robots.txt") == []


def test_a_site_whose_robots_txt_cannot_be_read_is_left_alone(server: Server, client: Client) -> None:
    server.serve("/robots.txt", status(503))
    fault = refused(client, server.serve("/a", b"text"))
    assert fault.reason == "unreachable"
    assert "robots.txt" in fault.detail
    assert server.paths() == []


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00garbage\x00" * 100, b"<html>not found</html>", b"Disallow", b"User-agent: *\n" * 9_000]
)
def test_garbage_for_robots_txt_rules_nothing_out(server: Server, client: Client, content: bytes) -> None:
    server.serve("/robots.txt", content)
    assert client.fetch(server.serve("/a", b"text")).content == b"text"


def test_a_hostile_robots_txt_is_read_to_its_end(server: Server, client: Client) -> None:
    server.serve(
        "/robots.txt", "User-agent: *\n" + "Disallow: /" + "*a" * 100_000 + "b\n"
    )  # a pattern that backtracks does not end
    assert client.fetch(server.serve("/" + "a" * 1_000, b"text")).content == b"text"


# Redirects ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, client: Client, code: int) -> None:
    server.serve("/b", redirect("c?x=1", code))
    server.serve("/c?x=1", b"text")
    answer = client.fetch(server.serve("/a", redirect("/b#part", code)))
    assert (answer.final_address, answer.content) == (server.url("/c?x=1"), b"text")


def test_a_loop_of_redirects_ends(server: Server, client: Client) -> None:
    server.serve("/b", redirect("/a"))
    fault = refused(client, server.serve("/a", redirect("/b")))
    assert "loop" in fault.detail
    assert len(server.paths()) == 2


def test_too_many_redirects_end(server: Server, client: Client) -> None:
    for number in range(20):
        server.serve(f"/{number}", redirect(f"/{number + 1}"))
    assert "more than 5 redirects" in refused(client, server.url("/0")).detail
    assert len(server.paths()) == 6


@pytest.mark.parametrize(
    "location", ["", "ftp://127.0.0.1/a", "file:///etc/passwd", "//", "http://", "javascript:1", "http://[1"]
)
def test_a_redirect_to_what_is_no_page_is_not_followed(server: Server, client: Client, location: str) -> None:
    address = server.serve("/a", redirect(location))
    assert refused(client, address).reason in ("unreachable", "refused")
    assert server.paths() == ["/a"]


def test_a_redirect_with_letters_beyond_ascii_is_followed(server: Server, client: Client) -> None:
    server.serve("/%C3%BC", b"text")
    address = server.serve("/a", raw(b"HTTP/1.1 302 Found\r\nLocation: /\xc3\xbc\r\nContent-Length: 0\r\n\r\n"))
    assert client.fetch(address).content == b"text"


# Where --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_refused_however_they_are_written(server: Server, host: str) -> None:
    with client_of(allow_private=False, retries=3) as client:
        fault = refused(client, f"http://{host}:{server.port}/")
    assert fault.reason in ("refused", "unreachable")
    assert server.requests == []


def test_a_private_address_is_told_and_what_to_do(server: Server) -> None:
    for robots in (True, False):
        with client_of(allow_private=False, robots=robots) as client:
            fault = refused(client, server.url("/a"))
        assert fault.reason == "refused"
        assert "allow_private = true" in fault.detail
        assert "robots.txt" not in fault.detail


def test_a_name_is_resolved_once_and_judged_by_what_is_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, server.port))] for address in ("127.0.0.1", "8.8.8.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop(0))
    with client_of(allow_private=False, robots=False) as client:
        assert refused(client, f"http://agency.example:{server.port}/").reason == "refused"
    assert len(answers) == 1
    assert server.requests == []


def test_a_connection_that_ends_at_a_private_address_after_all_is_closed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = iter([True, False])
    monkeypatch.setattr(connections, "is_public", lambda _: next(judged))
    with client_of(allow_private=False, robots=False) as client:
        assert "leads to a private address" in refused(client, server.url("/a")).detail
    assert server.requests == []


def test_a_redirect_does_not_lead_to_a_private_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as inner:
        inner.serve("/secret", b"text")
        place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))
        inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", inner.port))
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: [place if host == "agency.example" else inside])
        monkeypatch.setattr(connections, "is_public", lambda address: address == "127.0.0.1")
        server.serve("/a", redirect(f"http://inner.example:{inner.port}/secret"))
        with client_of(allow_private=False, robots=False) as client:
            assert refused(client, f"http://agency.example:{server.port}/a").reason == "refused"
        assert inner.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:808:808::80ff:fffe", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


# How much -----------------------------------------------------------------------------------------------------------


LIMIT = 100_000


@pytest.mark.parametrize(
    "behaviour",
    [
        page(b"x" * (LIMIT + 1)),
        raw(OK + b"\r\n" + b"x" * (LIMIT + 1)),
        endless(OK + b"\r\n"),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65_536 + b"\r\n"),
        endless(OK + b"Content-Length: 99999999999\r\n\r\n"),
        page(bomb(50), content_encoding="gzip"),
        page(zlib.compress(b" " * 50_000_000), content_encoding="deflate"),
    ],
    ids=["declared", "undeclared", "endless", "chunks", "lying", "gzip", "deflate"],
)
def test_a_body_above_the_limit_is_not_taken(server: Server, behaviour: Behaviour) -> None:
    address = server.serve("/a", behaviour)
    with client_of(max_bytes=LIMIT, retries=2) as client:
        tracemalloc.start()
        fault = refused(client, address)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert fault.reason == "too_large"
    assert f"{LIMIT} bytes" in fault.detail
    assert len(server.paths()) == 1
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "behaviour",
    [
        endless(b"HTTP/1.1 200 OK\r\nX-A: "),
        endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 100),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65_536),
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 60_000 + b"\r\nx\r\n"),
        endless(b""),
    ],
    ids=["long header", "many headers", "continue", "long length", "extensions", "no answer"],
)
def test_endless_headers_end(server: Server, behaviour: Behaviour) -> None:
    address = server.serve("/a", behaviour)
    with client_of(max_bytes=LIMIT) as client:
        tracemalloc.start()
        assert refused(client, address).reason in ("too_large", "unreachable")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP", "identity", ""])
def test_compressed_bodies_are_read(server: Server, client: Client, encoding: str) -> None:
    text = b"text " * 1_000
    packed = {"g": gzip.compress, "x": gzip.compress, "d": zlib.compress}.get(encoding[:1].lower(), bytes)(text)
    address = server.serve("/a", page(packed, **({"content_encoding": encoding} if encoding else {})))
    assert client.fetch(address).content == text


def test_a_deflated_body_without_a_header_and_gzip_in_parts_are_read(server: Server, client: Client) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = bare.compress(b"text") + bare.flush()
    assert client.fetch(server.serve("/a", page(packed, content_encoding="deflate"))).content == b"text"
    parts = gzip.compress(b"te") + gzip.compress(b"xt") + b"\0" * 100
    assert client.fetch(server.serve("/b", page(parts, content_encoding="gzip"))).content == b"text"


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(b"text" * 100)[:-9]),
        ("deflate", b"\xff\xff\xff"),
        ("deflate", zlib.compress(b"text" * 100)[:-5]),
        ("br", b"whatever"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"text"))),
    ],
    ids=["no gzip", "gzip cut off", "no deflate", "deflate cut off", "unknown", "packed twice"],  # gzip holds the time
)
def test_a_body_that_does_not_unpack_is_a_fault(server: Server, client: Client, encoding: str, content: bytes) -> None:
    assert refused(client, server.serve("/a", page(content, content_encoding=encoding))).reason == "unreachable"


# How long -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(b"", hold=60),
        trickle(b"HTTP/1.1 200 OK\r\nX-A: "),
        trickle(OK + b"\r\n"),
        trickle(OK + b"Content-Length: 100000\r\n\r\n"),
        trickle(OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n"),
        raw(OK + b"Content-Length: 100\r\n\r\nx", hold=60),
    ],
    ids=["silence", "headers", "body", "declared", "chunk", "stops"],
)
@pytest.mark.parametrize("limits", [{"read_timeout": 60.0, "total_timeout": 0.25}, {"read_timeout": 0.2, "total_timeout": 0.3}])
def test_an_answer_that_does_not_come_to_an_end_is_cut_off(
    server: Server, behaviour: Behaviour, limits: dict[str, float]
) -> None:
    address = server.serve("/a", behaviour)
    with client_of(**limits, robots=False) as client:
        fault = refused(client, address)
    assert fault.reason == "unreachable"
    late = f"no complete answer within {limits['total_timeout']:g} s"
    assert fault.detail in ((late,) if limits["read_timeout"] > limits["total_timeout"] else (late, "no answer in time"))


def test_a_tls_handshake_that_never_ends_is_cut_off() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        client_of(read_timeout=60.0, connect_timeout=60.0, total_timeout=0.3, robots=False) as client,
    ):
        fault = refused(client, f"https://127.0.0.1:{silent.getsockname()[1]}/")
    assert (fault.reason, fault.detail) == ("unreachable", "no complete answer within 0.3 s")


@pytest.mark.parametrize("seconds", [0.3, 30])
def test_a_name_that_takes_longer_than_there_is_time_is_cut_off(
    server: Server, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    address = server.serve("/a", trickle(OK + b"Content-Length: 100000\r\n\r\n", every=0.05))
    resolve, over, resolved = socket.getaddrinfo, threading.Event(), threading.Event()

    def slowly(*asked: Any, **how: Any) -> Any:
        over.wait(seconds)
        resolved.set()
        return resolve(*asked, **how)

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    with client_of(total_timeout=0.25, robots=False) as client:
        assert refused(client, address).reason == "unreachable"
    assert seconds < 1 or not resolved.is_set()
    over.set()


def test_a_connection_made_after_the_cut_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.serve("/a", trickle(OK + b"Content-Length: 100000\r\n\r\n", every=0.05))
    dial = connections.Dialer.dial

    def late(dialer: connections.Dialer, host: str, port: int, timeout: float | None) -> socket.socket:
        made = dial(dialer, host, port, timeout)
        dialer._cut.wait(30)
        return made

    monkeypatch.setattr(connections.Dialer, "dial", late)
    with client_of(total_timeout=0.25, robots=False) as client:
        assert refused(client, address).reason == "unreachable"
    assert server.requests == []


@pytest.mark.parametrize(
    "content",
    [
        OK + b"Content-Length: 100\r\n\r\nshort",
        OK + b"Content-Length: 3, 4\r\n\r\nshort",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nshort\r\n",
        b"HTTP/9.9 what\r\n\r\n",
        b"\x00\x01\x02\x03",
        b"<html>no header</html>",
    ],
)
def test_a_broken_answer_is_a_fault_that_may_pass(server: Server, clock: Clock, content: bytes) -> None:
    address = server.serve("/a", sequence(raw(content), page(b"text")))
    with client_of(clock) as client:
        assert refused(client, address).reason == "unreachable"
        assert client.fetch(address).content == b"text"


def test_after_a_cut_the_next_page_is_fetched(server: Server) -> None:
    with client_of(total_timeout=0.3, robots=False) as client:
        refused(client, server.serve("/a", trickle(OK + b"\r\n")))
        assert client.fetch(server.serve("/b", b"text")).content == b"text"


@pytest.mark.parametrize(
    "behaviour",
    [
        page(b"text"),
        status(503),
        redirect("/b"),
        redirect("http://127.0.0.1:1/"),
        page(b"x" * 2 * LIMIT),
        raw(OK + b"Content-Length: 100\r\n\r\nshort"),
        raw(OK + b"Content-Length: 3, 4\r\n\r\nshort"),
        raw(b"HTTP/9.9 what\r\n\r\n"),
        trickle(OK + b"\r\n"),
    ],
    ids=["page", "fault", "redirect", "away", "too large", "short", "two lengths", "no http", "cut off"],
)
def test_all_connections_are_closed_with_the_client(
    server: Server, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour
) -> None:
    copy_of, opened = connections.Dialer.copy_of, []

    def noted(dialer: connections.Dialer, connected: socket.socket) -> socket.socket:
        opened.extend([connected, copy_of(dialer, connected)])
        return opened[-1]

    monkeypatch.setattr(connections.Dialer, "copy_of", noted)
    server.serve("/b", b"text")
    gc.disable()  # what is only left to be collected stays open for as long as that takes
    try:
        with client_of(retries=1, total_timeout=0.3, max_bytes=LIMIT) as client:
            for address in (server.serve("/a", behaviour), server.url("/b")):
                with suppress(FetchError):
                    client.fetch(address)
        assert opened
        assert [one for one in opened if one.fileno() != -1] == []
    finally:
        gc.enable()


# TLS ----------------------------------------------------------------------------------------------------------------


def test_a_certificate_is_verified_against_those_that_are_trusted(tmp_path: Path) -> None:
    context, public = certificate(tmp_path)
    with running(context) as server:
        address = server.serve("/a", b"text")
        with client_of(retries=3) as client:
            fault = refused(client, address)
        assert fault.reason == "unreachable"
        assert "certificate" in fault.detail.lower()
        assert server.requests == []
        with client_of(ca_file=public) as client:
            assert client.fetch(address).content == b"text"
            server.serve("/b", redirect("http://127.0.0.1:1/"))
            assert "from https to http" in refused(client, server.url("/b")).detail


def test_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    context, public = certificate(tmp_path, address="127.0.0.9")
    with running(context) as server, client_of(ca_file=public) as client:
        assert "certificate" in refused(client, server.serve("/a", b"text")).detail.lower()


def test_a_file_of_certificates_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="ca_file"):
        Client(settings(ca_file=tmp_path / "none.pem"))


def test_plain_http_where_tls_is_expected_is_a_fault(server: Server, client: Client) -> None:
    assert refused(client, server.url("/a").replace("http:", "https:")).reason == "unreachable"


def test_sent_headers_are_no_more_than_needed(server: Server, client: Client) -> None:
    client.fetch(server.serve("/a", lambda handler: send(handler, 200, b"text", set_cookie="a=b")))
    client.fetch(server.url("/a"))
    assert {name for request in server.requests for name in request.headers} == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
    }
