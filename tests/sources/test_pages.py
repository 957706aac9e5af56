"""Pages: lists and sitemaps, which of their addresses belong to the source, and what is asked for again."""

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.sources import pages as pages_module
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.http import Answer, Client, FetchError, Validators
from pipeline.sources.pages import PagesSource
from pipeline.sources.raw import RawText, SourceError, Unreadable
from pipeline.sources.sitemap import read_sitemap
from tests.sources.conftest import Clock, settings
from tests.sources.serving import Server, bomb, conditional, page, redirect, running, sequence, status

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LIMIT = 1_000_000


def sitemap(*places: tuple[str, str | None] | str) -> str:
    pairs = [(place, None) if isinstance(place, str) else place for place in places]
    inner = "".join(f"<url><loc>{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for loc, day in pairs)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>{inner}</urlset>'


def index(*addresses: str) -> str:
    inner = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NAMESPACE}>{inner}</sitemapindex>"


def source(urls: Sequence[str] = (), sitemaps: Sequence[str] = (), **changes: object) -> PagesSource:
    own = {
        name: changes.pop(name) for name in list(changes) if name in ("include", "exclude", "revisit", "offline", "publisher")
    }
    return PagesSource("site", tuple(urls), tuple(sitemaps), settings(**changes), politeness=Clock().politeness(), **own)  # type: ignore[arg-type]


def read(pages: PagesSource, folder: Path) -> tuple[dict[str, tuple[bytes, bool]], list[tuple[str, str]]]:
    """What is read: address -> bytes and whether they were seen, and the faults."""
    found = list(pages.read(FetchedTexts(folder, pages.name)))
    texts = {one.uri: (one.content, one.seen) for one in found if isinstance(one, RawText)}
    return texts, [(one.uri, one.reason) for one in found if isinstance(one, Unreadable)]


# Lists --------------------------------------------------------------------------------------------------------------


def test_listed_pages_are_asked_for_each_time_and_sent_only_if_they_changed(server: Server, tmp_path: Path) -> None:
    address = server.serve("/a", sequence(conditional(b"one", '"1"'), conditional(b"one", '"1"'), conditional(b"two", '"2"')))
    assert [read(source([address]), tmp_path) for _ in range(3)] == [
        ({address: (b"one", True)}, []),
        ({address: (b"one", True)}, []),
        ({address: (b"two", True)}, []),
    ]
    assert [request.headers.get("If-None-Match") for request in server.asked("/a")] == [None, '"1"', '"1"']


def test_a_page_that_cannot_be_reached_stays_as_it_was(server: Server, tmp_path: Path) -> None:
    address = server.serve("/a", sequence(page(b"one"), status(502)))
    other = server.serve("/b", b"other")
    read(source([address, other]), tmp_path)
    assert read(source([address, other]), tmp_path) == (
        {address: (b"one", False), other: (b"other", True)},
        [(address, "unreachable")],
    )


@pytest.mark.parametrize("fault", [OverflowError("too far"), KeyError("charset"), RecursionError()])
def test_a_page_on_which_fetching_breaks_down_takes_no_other_along(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    address, other = server.serve("/a", b"one"), server.serve("/b", b"other")
    read(source([address, other]), tmp_path)
    fetch = Client.fetch

    def breaking(client: Client, asked: str, held: Validators | None = None) -> Answer:
        if asked == address:
            raise fault
        return fetch(client, asked, held)

    with monkeypatch.context() as patched:
        patched.setattr(Client, "fetch", breaking)
        assert read(source([address, other]), tmp_path) == (
            {address: (b"one", False), other: (b"other", True)},
            [(address, "reading_broke")],
        )
    assert read(source([address, other]), tmp_path)[1] == []


@pytest.mark.parametrize("read_before", [True, False], ids=["read before", "new"])
def test_a_source_of_which_no_page_can_be_reached_fails_and_keeps_what_was_fetched(tmp_path: Path, read_before: bool) -> None:
    with running() as server:
        pages = source([server.serve("/a", b"one"), server.serve("/b", b"two")])
        if read_before:
            read(pages, tmp_path)
    with pytest.raises(SourceError, match=r"source site: no page can be reached: .* \(http://.*/a, and 1 more\)"):
        read(pages, tmp_path)
    kept = {held.address: held.body is not None for held in FetchedTexts(tmp_path, "site").texts()}
    assert kept == dict.fromkeys(pages.urls, read_before)


def test_a_source_that_lists_pages_of_which_one_cannot_be_reached_is_read_in_part(server: Server, tmp_path: Path) -> None:
    pages = source([server.serve("/a", b"one"), server.serve("/b", status(502)), server.url("/gone")])
    faults = [one for one in pages.read(FetchedTexts(tmp_path, "site")) if isinstance(one, Unreadable)]
    assert [(one.uri, one.reason, one.listing) for one in faults] == [
        (server.url("/b"), "unreachable", True),
        (server.url("/gone"), "gone", False),
    ]


@pytest.mark.parametrize("code", [404, 410])
def test_a_page_that_is_gone_is_not_given_and_comes_back_as_it_was(server: Server, tmp_path: Path, code: int) -> None:
    address = server.serve("/a", sequence(conditional(b"one", '"1"'), status(code), conditional(b"one", '"1"')))
    pages = source([address])
    assert read(pages, tmp_path) == ({address: (b"one", True)}, [])
    assert read(pages, tmp_path) == ({}, [(address, "gone")])
    assert read(replace(pages, offline=True), tmp_path) == ({}, [(address, "gone")])
    assert read(pages, tmp_path) == ({address: (b"one", True)}, [])


def test_a_page_that_is_declared_no_more_leaves(server: Server, tmp_path: Path) -> None:
    first, second = server.serve("/a", b"one"), server.serve("/b", b"two")
    read(source([first, second]), tmp_path)
    assert read(source([second]), tmp_path)[0] == {second: (b"two", True)}


# Sitemaps -----------------------------------------------------------------------------------------------------------


def test_pages_of_a_sitemap_and_of_those_it_names_are_read(server: Server, tmp_path: Path) -> None:
    top = server.serve("/sitemap.xml", index(server.url("/one.xml"), server.url("/two.xml.gz"), server.url("/three.txt")))
    server.serve("/one.xml", sitemap(server.url("/a")), "application/xml")
    server.serve("/two.xml.gz", gzip.compress(sitemap(server.url("/b")).encode()), "application/gzip")
    server.serve("/three.txt", f"{server.url('/c')}\n\nnonsense\n", "text/plain")
    for name in "abc":
        server.serve(f"/{name}", name)
    texts, faults = read(source(sitemaps=[top]), tmp_path)
    assert (sorted(content for content, _ in texts.values()), faults) == ([b"a", b"b", b"c"], [])


def test_a_page_whose_date_of_change_did_not_move_is_not_asked_for(server: Server, tmp_path: Path) -> None:
    listed = [sitemap((server.url("/a"), day)) for day in ("2026-03-01", "2026-03-01", "2026-03-02")]
    top = server.serve("/sitemap.xml", sequence(*(page(one.encode()) for one in listed)))
    server.serve("/a", sequence(page(b"one"), page(b"two")))
    found = [read(source(sitemaps=[top]), tmp_path)[0] for _ in range(3)]
    assert [texts[server.url("/a")] for texts in found] == [(b"one", True), (b"one", True), (b"two", True)]
    assert len(server.asked("/a")) == 2


def test_a_page_without_a_date_is_asked_for_after_a_while(server: Server, tmp_path: Path) -> None:
    top = server.serve("/sitemap.xml", sitemap(server.url("/a")))
    server.serve("/a", conditional(b"one", '"1"'))
    for revisit in (None, None, timedelta(0)):
        assert read(source(sitemaps=[top], revisit=revisit), tmp_path)[0] == {server.url("/a"): (b"one", True)}
    assert len(server.asked("/a")) == 2


def test_patterns_choose_among_the_pages_of_a_sitemap(server: Server, tmp_path: Path) -> None:
    names = ["/news/1", "/news/2.pdf", "/about"]
    top = server.serve("/sitemap.xml", sitemap(*(server.url(name) for name in names)))
    for name in names:
        server.serve(name, name)
    chosen = source(sitemaps=[top], include=("*/news/*",), exclude=("*.pdf",))
    assert list(read(chosen, tmp_path)[0]) == [server.url("/news/1")]
    assert server.asked("/about") == []
    everything = source(sitemaps=[top])
    assert len(read(everything, tmp_path)[0]) == 3
    assert list(read(chosen, tmp_path)[0]) == [server.url("/news/1")]


def test_a_sitemap_does_not_lead_to_other_hosts(server: Server, tmp_path: Path) -> None:
    top = server.serve("/sitemap.xml", sitemap("http://elsewhere.example/a", server.url("/b")))
    server.serve("/b", b"text")
    assert list(read(source(sitemaps=[top]), tmp_path)[0]) == [server.url("/b")]


def test_what_left_the_sitemap_stays_and_is_not_seen(server: Server, tmp_path: Path) -> None:
    server.serve("/a", b"one")
    server.serve("/b", b"two")
    top = server.serve("/sitemap.xml", sequence(*(page(sitemap(server.url(name)).encode()) for name in ("/a", "/b"))))
    read(source(sitemaps=[top]), tmp_path)
    assert read(source(sitemaps=[top]), tmp_path)[0] == {server.url("/a"): (b"one", False), server.url("/b"): (b"two", True)}


@pytest.mark.parametrize(
    "behaviour", [status(500), page(b"<html></html>"), page(b"no address"), page(b"<urlset><url>"), page(b"\x1f\x8bxx")]
)
def test_a_sitemap_that_cannot_be_read_fails_its_source(server: Server, tmp_path: Path, behaviour: object) -> None:
    top = server.serve(
        "/sitemap.xml", sequence(page(sitemap(server.url("/a")).encode()), behaviour, page(sitemap(server.url("/a")).encode()))
    )  # type: ignore[arg-type]
    server.serve("/a", b"one")
    before = read(source(sitemaps=[top]), tmp_path)
    with pytest.raises(SourceError, match="source site: "):
        read(source(sitemaps=[top]), tmp_path)
    assert read(source(sitemaps=[top]), tmp_path) == before


def test_one_of_several_sitemaps_may_fail(server: Server, tmp_path: Path) -> None:
    top = server.serve("/sitemap.xml", index(server.url("/one.xml"), server.url("/gone.xml")))
    server.serve("/one.xml", sitemap(server.url("/a")))
    server.serve("/a", b"one")
    assert read(source(sitemaps=[top]), tmp_path) == ({server.url("/a"): (b"one", True)}, [(server.url("/gone.xml"), "gone")])
    found = source(sitemaps=[top]).read(FetchedTexts(tmp_path, "press"))
    assert [one.listing for one in found if isinstance(one, Unreadable)] == [True]


def test_sitemaps_that_name_each_other_end(server: Server, tmp_path: Path) -> None:
    top = server.serve("/sitemap.xml", index(server.url("/one.xml"), server.url("/sitemap.xml")))
    server.serve("/one.xml", index(server.url("/sitemap.xml"), server.url("/two.xml")))
    server.serve("/two.xml", index(server.url("/three.xml")))
    server.serve("/three.xml", sitemap(server.url("/a")))
    texts, faults = read(source(sitemaps=[top]), tmp_path)
    assert (texts, faults) == ({}, [(server.url("/two.xml"), "not_fetched")])
    assert len(server.paths()) == 3


def test_a_single_sitemap_with_more_pages_than_the_limit_gives_those_within_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = pages_module._Limits(most_addresses=2, most_sitemaps=1, deepest=1, revisit_days=7)
    monkeypatch.setattr(pages_module, "_limits", lambda: limits)
    top = server.serve("/sitemap.xml", sitemap(*(server.serve(f"/{number}", b"text") for number in range(3))))
    texts, faults = read(source(sitemaps=[top]), tmp_path)
    assert (len(texts), faults) == (2, [(top, "not_fetched")])


def test_sitemaps_that_all_fail_fail_the_source_also_beyond_their_limit(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = pages_module._Limits(most_addresses=2, most_sitemaps=2, deepest=3, revisit_days=7)
    monkeypatch.setattr(pages_module, "_limits", lambda: limits)
    with pytest.raises(SourceError):
        read(source(sitemaps=[server.url(f"/none{number}.xml") for number in range(3)]), tmp_path)


def test_no_more_sitemaps_and_pages_than_the_limits_allow(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = pages_module._Limits(most_addresses=2, most_sitemaps=3, deepest=3, revisit_days=7)
    monkeypatch.setattr(pages_module, "_limits", lambda: limits)
    top = server.serve("/sitemap.xml", index(*(server.url(f"/{number}.xml") for number in range(9))))
    for number in range(9):
        server.serve(
            f"/{number}.xml", sitemap((server.url(f"/old{number}"), "2020-01-01"), (server.url(f"/new{number}"), "2026-01-01"))
        )
        server.serve(f"/new{number}", b"text")
    texts, faults = read(source(sitemaps=[top]), tmp_path)
    assert list(texts) == [server.url("/new0"), server.url("/new1")]
    assert [reason for _, reason in faults] == ["postponed", "not_fetched"]
    assert len(server.paths()) == 3 + 2


def test_a_limit_of_pages_is_kept_and_the_longest_not_asked_come_first(server: Server, tmp_path: Path) -> None:
    urls = [server.serve(f"/{name}", name) for name in "abcd"]
    first, second, third = (read(source(urls, max_pages=3), tmp_path) for _ in range(3))
    assert first[1] == [(urls[3], "postponed")]
    assert second[1] == third[1] == []
    assert len(third[0]) == 4
    assert server.paths() == ["/a", "/b", "/c", "/d", "/a", "/b", "/c", "/a", "/b"]


def test_a_limit_of_time_is_kept_and_the_next_refresh_goes_on(server: Server, tmp_path: Path) -> None:
    urls = [server.serve(f"/{name}", name) for name in "abcde"]
    pages = source(urls, pause=20, max_time=50)
    assert read(pages, tmp_path)[1] == [(url, "postponed") for url in urls[3:]]
    assert read(pages, tmp_path)[1] == []
    assert server.paths() == ["/a", "/b", "/c", "/d", "/e"]


def test_sitemaps_take_turns_within_the_limit_of_time_and_leave_some_for_pages(server: Server, tmp_path: Path) -> None:
    inner = [server.serve(f"/{number}.xml", sitemap(server.serve(f"/{number}", f"text {number}"))) for number in range(12)]
    clock = Clock()
    slow = source(sitemaps=[server.serve("/sitemap.xml", index(*inner))], pause=20, max_time=200)
    texts: dict[str, tuple[bytes, bool]] = {}
    for _ in range(6):
        began, asked = clock.now, len(server.paths())
        texts, faults = read(replace(slow, politeness=clock.politeness()), tmp_path)
        assert clock.now - began <= 200 + 20
        pages = {path for path in server.paths()[asked:] if not path.endswith(".xml")}
        assert pages or len(texts) == 12
        assert "postponed" in {reason for _, reason in faults}
    assert len(texts) == 12
    assert {path: len(server.asked(path)) for path in ("/0.xml", "/11.xml")} == {"/0.xml": 2, "/11.xml": 2}


@pytest.mark.parametrize("dead", [False, True])
def test_slow_indexes_do_not_keep_the_walk_from_the_pages_they_lead_to(server: Server, tmp_path: Path, dead: bool) -> None:
    tops = []
    for name in "abc":
        server.serve(f"/{name}.xml", sitemap(server.serve(f"/{name}", name)))
        tops.append(server.serve(f"/index-{name}.xml", index(server.url(f"/{name}.xml"))))
    if dead:
        del server.routes["/index-a.xml"]
    for _ in range(4):
        found, faults = read(source(sitemaps=tops, pause=20, max_time=1), tmp_path)
        assert [reason for _, reason in faults if reason != "gone"] == ["postponed"]
    assert len(found) == (2 if dead else 3)


def test_pages_that_are_gone_take_no_place_from_those_that_stand(server: Server, tmp_path: Path) -> None:
    alive = [server.serve(f"/alive-{name}", f"page {name}") for name in "ab"]
    pages = source([*(server.url(f"/dead-{name}") for name in "abc"), *alive], max_pages=3)
    for _ in range(2):
        read(pages, tmp_path)
    server.requests.clear()
    for _ in range(5):
        read(pages, tmp_path)
    assert all(len(server.asked(f"/{name}")) >= 2 for name in ("alive-a", "alive-b", "dead-a", "dead-b", "dead-c"))


def test_what_robots_txt_rules_out_counts_as_no_page_fetched(server: Server, tmp_path: Path) -> None:
    server.serve("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    address = server.serve("/z", b"page")
    ruled_out = [server.url(f"/private/{number}") for number in range(3)]
    texts, faults = read(source([*ruled_out, address], max_pages=1), tmp_path)
    assert (list(texts), faults) == ([address], [(one, "refused") for one in ruled_out])
    hidden = [server.serve(f"/b{number}", redirect("/private/0")) for number in range(3)]
    assert [reason for _, reason in read(source(hidden, max_pages=1), tmp_path)[1]] == ["refused", "postponed", "postponed"]


def test_a_clock_that_was_set_back_keeps_no_page_from_being_asked_for(server: Server, tmp_path: Path) -> None:
    address = server.serve("/a", b"one")
    top = server.serve("/sitemap.xml", sitemap(address))
    pages = source(sitemaps=[top])
    read(pages, tmp_path)
    kept = FetchedTexts(tmp_path, pages.name)
    kept.keep_texts([(replace(text, checked_at=datetime.now(UTC) + timedelta(days=400)), None) for text in kept.texts()])
    read(pages, tmp_path)
    assert len(server.asked("/a")) == 2


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://a/&e;</loc></url></urlset>',
        b'<!DOCTYPE u [<!ENTITY a "b"><!ENTITY e "&a;&a;&a;">]><urlset><url><loc>http://a/&e;</loc></url></urlset>',
        b"<urlset><url><loc>ftp://a/b</loc></url><url/><url><loc/></url></urlset>",
        b"<urlset>" + b"<a>" * 200 + b"</a>" * 200 + b"</urlset>",
    ],
)
def test_hostile_sitemaps_name_nothing(content: bytes) -> None:
    assert all(place.address == "http://a/" for place in read_sitemap(content, "http://a/s", LIMIT).pages)


@pytest.mark.parametrize("content", [b"<a>" * 100_000, bomb(20), b"<urlset>" + b"&" * 1_000, b"", b"<?xml?>"])
def test_what_is_no_sitemap_is_told(content: bytes) -> None:
    with pytest.raises(FetchError):
        read_sitemap(content, "http://a/s", LIMIT)


def test_a_sitemap_in_another_vocabulary_of_prefixes_is_read() -> None:
    place = "<s:url><s:loc> /b </s:loc><s:lastmod>2026-01-01</s:lastmod></s:url>"
    content = f'<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">{place}</s:urlset>'
    (found,) = read_sitemap(content.encode(), "http://a/s", LIMIT).pages
    assert found == ("http://a/b", "2026-01-01")
