"""Feeds: what an entry is taken for, what is told of it, what is fetched again, and that nothing once had is lost."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.sources import feed as feed_module
from pipeline.sources.declared import load_sources
from pipeline.sources.feed import FeedSource, is_teaser, read_feed
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import RawText, SourceError, Unreadable
from tests.sources.conftest import Clock, settings
from tests.sources.serving import Server, conditional, page, raw, redirect, send, sequence, status

LONG = " ".join(["The port of Aktau handled more grain than a year ago, the ministry said."] * 20)
SHORT = "The port handled more grain…"


def item(link: str = "", body: str = SHORT, **more: str) -> str:
    parts = {"title": "Port handles more", "link": link, "description": body, **more}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"


def rss(*items: str, head: str = "<title>Agency</title><language>en-gb</language>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def atom(*entries: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Agency</title>{"".join(entries)}</feed>'


def feed(server: Server, clock: Clock | None = None, **changes: object) -> FeedSource:
    own = {name: changes.pop(name) for name in list(changes) if name in ("follow", "publisher", "revisit", "offline")}
    return FeedSource("agency", (server.url("/feed"),), settings(**changes), politeness=(clock or Clock()).politeness(), **own)  # type: ignore[arg-type]


def read(source: FeedSource, folder: Path) -> list[RawText | Unreadable]:
    return list(source.read(FetchedTexts(folder, source.name)))


def texts(found: Sequence[RawText | Unreadable]) -> list[RawText]:
    return [one for one in found if isinstance(one, RawText)]


def faults(found: Sequence[RawText | Unreadable]) -> list[Unreadable]:
    return [one for one in found if isinstance(one, Unreadable)]


# What an entry is ---------------------------------------------------------------------------------------------------


def test_a_teaser_leads_to_the_page_and_a_whole_text_is_one(server: Server, tmp_path: Path) -> None:
    page_address = server.serve("/a.html", page(b"<p>page</p>", "text/html; charset=koi8-r"))
    server.serve("/feed", rss(item("/a.html"), item("/b.html", LONG)))
    first, second = texts(read(feed(server), tmp_path))
    assert (first.uri, first.content, first.media_type, first.charset) == (page_address, b"<p>page</p>", "text/html", "koi8-r")
    assert (second.uri, second.media_type, second.charset) == (server.url("/b.html"), "text/html", "utf-8")
    assert LONG.encode() in second.content
    assert first.seen
    assert second.seen
    assert server.paths() == ["/feed", "/a.html"]


@pytest.mark.parametrize(
    ("follow", "paths"), [("always", ["/feed", "/a", "/b"]), ("never", ["/feed"]), ("teasers", ["/feed", "/a"])]
)
def test_a_source_may_say_what_to_follow(server: Server, tmp_path: Path, follow: str, paths: list[str]) -> None:
    server.serve("/a", b"page")
    server.serve("/b", b"page")
    server.serve("/feed", rss(item("/a"), item("/b", LONG)))
    assert len(texts(read(feed(server, follow=follow), tmp_path))) == 2
    assert server.paths() == paths


@pytest.mark.parametrize(
    ("plain", "whole", "teaser"),
    [
        (LONG, False, False),
        (LONG, True, False),
        ("Few words.", False, True),
        ("Few words.", True, True),
        ("Word " * 100, True, False),
        ("Word " * 100, False, True),
        (LONG + " …", True, True),
        (LONG + " [...]", True, True),
        (LONG + " Read more »", True, True),
        (LONG + " Continue reading →", False, True),
        (LONG + " [&hellip;]".replace("&hellip;", "…") + " The post Port appeared first on Agency.", True, True),
        (LONG + " The post Port appeared first on Agency.", True, False),
        (LONG + " … The post The Post Office Moves appeared first on Agency.", True, True),
        (LONG + f" … The post {'Long title ' * 20}appeared on {'Agency ' * 20}", True, True),
        ("The post Port appeared on Agency. " + LONG, True, False),
        (LONG + " So it was said in the full story of the port.", True, False),
        ("", False, True),
    ],
)
def test_what_is_a_teaser(plain: str, whole: bool, teaser: bool) -> None:
    assert is_teaser(plain, whole=whole) is teaser


def test_the_element_made_for_the_whole_text_is_preferred() -> None:
    content = rss(item("http://a/b", "Short.", **{"content:encoded": f"<![CDATA[<p>{LONG}</p>]]>"})).replace(
        "<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    )
    (entry,) = read_feed(content.encode(), "http://a/feed")
    assert not entry.teaser
    assert LONG.encode() in entry.body


def test_plain_text_in_an_entry_is_escaped() -> None:
    body = f'<content type="text">A &lt; B &amp; C.\n\n{LONG}</content>'
    (entry,) = read_feed(atom(f'<entry><title>T</title><link href="http://a/b"/>{body}</entry>').encode(), "http://a/feed")
    assert b"<p>A &lt; B &amp; C.</p>" in entry.body


# What is told -------------------------------------------------------------------------------------------------------


def test_what_a_feed_tells_of_an_entry() -> None:
    written = item(
        "http://a/b",
        author="desk@agency.example (A. Reporter)",
        pubDate="Tue, 03 Mar 2026 01:30:00 +0500",
        title="Grain &amp;amp; <![CDATA[<b>oil</b>]]>",
    )
    (entry,) = read_feed(rss(written).encode(), "http://a/feed")
    told = entry.listed.told
    assert (told.title, told.publisher, told.published_on, told.language) == ("Grain & oil", "Agency", date(2026, 3, 3), "en")
    assert "A. Reporter" in (told.author or "")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 03 Mar 2026 01:30:00 +0500", date(2026, 3, 3)),
        ("Mon, 02 Mar 2026 23:30:00 -0800", date(2026, 3, 2)),
        ("2026-03-03T01:30:00+05:00", date(2026, 3, 3)),
        ("2026-03-03", date(2026, 3, 3)),
        ("Tue, 3 Mar 26 01:30:00 GMT", date(2026, 3, 3)),
        ("yesterday", None),
        ("Fri, 99 Foo 20267", None),
        ("0000-00-00T00:00:00Z", None),
        ("9" * 500, None),
    ],
)
def test_the_day_is_that_of_the_publisher(written: str, day: date | None) -> None:
    (entry,) = read_feed(rss(item("http://a/b", pubDate=written)).encode(), "http://a/feed")
    assert entry.listed.told.published_on == day


def test_an_entry_of_a_collection_names_its_own_publisher_and_a_source_may_name_it() -> None:
    written = '<entry><title>T</title><link href="http://a/b"/><source><title>Paper</title></source></entry>'
    assert read_feed(atom(written).encode(), "http://a/feed")[0].listed.told.publisher == "Paper"
    assert read_feed(atom(written).encode(), "http://a/feed", "Desk")[0].listed.told.publisher == "Desk"


# Where an entry is --------------------------------------------------------------------------------------------------


def test_addresses_of_entries() -> None:
    written = [
        item("", LONG, guid="http://a/by-guid"),
        item("", LONG, guid="tag:no,address").replace("<guid>", '<guid isPermaLink="false">'),
        item("/relative#part", LONG),
        item("http://user:pw@a/secret", LONG),
        item("javascript:alert(1)", LONG, guid="j1").replace("<guid>", '<guid isPermaLink="false">'),
        item("http://a/", LONG, guid="home-1").replace("<guid>", '<guid isPermaLink="false">'),
        item("http://a/", LONG, guid="home-2").replace("<guid>", '<guid isPermaLink="false">'),
    ]
    found = [entry.listed.address for entry in read_feed(rss(*written).encode(), "http://a/feed")]
    assert found == [
        "http://a/by-guid",
        "http://a/feed#tag%3Ano%2Caddress",
        "http://a/relative",
        "http://a/secret",
        "http://a/feed#j1",
        "http://a/feed#home-1",
        "http://a/feed#home-2",
    ]


def test_of_entries_with_one_address_the_latest_counts() -> None:
    old, new = (
        (item("http://a/b", f"{LONG} {word}", pubDate=f"Tue, 03 Mar 2026 0{hour}:00:00 GMT"))
        for hour, word in ((1, "OLD"), (2, "NEW"))
    )
    for written in ((old, new), (new, old)):
        (entry,) = read_feed(rss(*written).encode(), "http://a/feed")
        assert b"NEW" in entry.body


def test_entries_of_one_page_with_texts_and_guids_of_their_own_are_all_read() -> None:
    old, new, other = (
        item("http://a/live", f"{LONG} {word}", guid=guid, pubDate=f"Tue, 03 Mar 2026 0{hour}:00:00 GMT")
        for hour, word, guid in ((1, "OLD", "urn:g:1"), (2, "NEW", "urn:g:1"), (3, "OTHER", "urn:g:2"))
    )
    for written in ((old, new, other), (other, new, old)):
        found = {entry.listed.address: entry.body for entry in read_feed(rss(*written).encode(), "http://a/feed")}
        assert set(found) == {"http://a/live#urn%3Ag%3A1", "http://a/live#urn%3Ag%3A2"}
        assert b"NEW" in found["http://a/live#urn%3Ag%3A1"]
    assert [entry.listed.address for entry in read_feed(rss(old, new).encode(), "http://a/feed")] == ["http://a/live"]


@pytest.mark.parametrize(("follow", "number"), [("teasers", 2), ("never", 2), ("always", 1)])
def test_a_page_that_several_entries_lead_to_is_fetched_once(server: Server, tmp_path: Path, follow: str, number: int) -> None:
    page_address = server.serve("/live", b"page")
    server.serve("/feed", rss(*(item("/live", LONG, guid=f"g{entry}") for entry in range(2))))
    assert len(texts(read(feed(server, follow=follow), tmp_path))) == number
    server.serve("/feed", rss(*(item("/live", SHORT, guid=f"g{entry}") for entry in range(2))))
    (found,) = texts(read(feed(server, follow="always"), tmp_path / "teasers"))
    assert found.uri == page_address


def reports(
    server: Server, folder: Path, *numbers: int, link: str = "/market", body: str = LONG, **changes: object
) -> set[str]:
    """What stands where, as part of the address and first word, after a feed held those reports, all with one link."""
    items = (
        item(link, f"{number} {body}", guid=f"urn:g:{number}", pubDate=f"Tue, {number:02} Mar 2026 00:00:00 GMT")
        for number in numbers
    )
    server.serve("/feed", rss(*items))
    found = texts(read(feed(server, **changes), folder))
    assert all(one.content for one in found)
    return {f"{one.uri.partition('#')[2][-1:]} {_first_word(one)}" for one in found}


def _first_word(found: RawText) -> str:
    return found.content.decode().partition("</h1>")[2].split()[0] if b"</h1>" in found.content else "page"


@pytest.mark.parametrize(
    ("windows", "held"),
    [
        ([[1], [2], [3]], {" 1", "2 2", "3 3"}),
        ([[1, 2], [2, 3], [3]], {"1 1", "2 2", "3 3"}),
        ([[1], [1, 2], [3, 1]], {" 1", "2 2", "3 3"}),
    ],
)
def test_entries_of_one_page_keep_their_places_whatever_the_feed_holds(
    server: Server, tmp_path: Path, windows: list[list[int]], held: set[str]
) -> None:
    for numbers in windows:
        found = reports(server, tmp_path, *numbers)
    assert found == held


def test_an_entry_that_changed_keeps_its_place_and_no_other_is_lost(server: Server, tmp_path: Path) -> None:
    reports(server, tmp_path, 1)
    assert reports(server, tmp_path, 2, 1, body=f"updated {LONG}") == {" 1", "2 2"}
    assert b"updated" in texts(read(feed(server), tmp_path))[0].content


@pytest.mark.parametrize("entry", ["same", "new"])
def test_what_was_kept_without_guids_is_neither_lost_nor_kept_twice(server: Server, tmp_path: Path, entry: str) -> None:
    for window in ([4, 5], [1]):
        reports(server, tmp_path, *window)
    with sqlite3.connect(tmp_path / "agency.sqlite") as database:
        database.executescript("ALTER TABLE addresses DROP COLUMN guid; PRAGMA user_version = 1;")
    kept = {" 1", "4 4", "5 5"}
    assert reports(server, tmp_path, 5, offline=True) == kept
    if entry == "same":
        assert reports(server, tmp_path, 5, 1) == kept
    assert reports(server, tmp_path, 5, 2) == kept | {"2 2"}


def test_a_feed_whose_guids_are_new_each_time_is_kept_once(server: Server, tmp_path: Path) -> None:
    for refresh, body in enumerate((LONG, LONG, f"{LONG} Edited.", f"{LONG} Edited.")):
        server.serve("/feed", rss(*(item(f"/{number}", body, guid=f"urn:{refresh}:{number}") for number in range(3))))
        found = texts(read(feed(server), tmp_path))
    assert len(found) == 3 * 2


def test_a_page_takes_no_place_from_the_text_of_another_entry(server: Server, tmp_path: Path) -> None:
    server.serve("/market", b"<p>Page of the market.</p>")
    assert reports(server, tmp_path, 1) == {" 1"}
    for _ in range(2):
        assert reports(server, tmp_path, 2, body="grain…") == {" 1", "2 page"}
    assert reports(server, tmp_path / "together", 1, body=LONG, follow="never") == {" 1"}
    server.serve("/feed", rss(item("/market", LONG, guid="urn:a"), item("/market", SHORT, guid="urn:b")))
    assert {one.uri for one in texts(read(feed(server), tmp_path / "mixed"))} == {
        server.url("/market"),
        server.url("/market#urn%3Aa"),
    }


def test_long_guids_that_differ_at_their_end_are_of_two_entries() -> None:
    written = (item("http://a/live", f"{LONG} {end}", guid="я" * 200 + end) for end in "ab")
    found = {entry.listed.address for entry in read_feed(rss(*written).encode(), "http://a/feed")}
    assert len(found) == 2
    assert max(map(len, found)) < 600


def test_entries_of_one_page_in_two_feeds_are_both_kept_and_one_in_both_once(server: Server, tmp_path: Path) -> None:
    urls = tuple(server.url(path) for path in ("/feed", "/other"))
    server.serve("/feed", rss(item("/market", f"{LONG} A", guid="urn:a"), item("/both", LONG, guid="urn:b")))
    server.serve("/other", rss(item("/market", f"{LONG} C", guid="urn:c"), item("/both", LONG, guid="urn:b")))
    for _ in range(2):
        found = {one.uri for one in texts(read(replace(feed(server), urls=urls), tmp_path))}
        assert found == {server.url("/market"), server.url("/market#urn%3Ac"), server.url("/both")}


def test_entries_beyond_the_limit_are_told_of(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = feed_module._rules()._replace(most_entries=2)
    monkeypatch.setattr(feed_module, "_rules", lambda: rules)
    for number, told in ((2, []), (3, [(server.url("/feed"), "not_fetched")])):
        server.serve("/feed", rss(*(item(f"/{entry}", LONG) for entry in range(number))))
        found = read(feed(server), tmp_path / str(number))
        assert len(texts(found)) == 2
        assert [(fault.uri, fault.reason) for fault in faults(found)] == told


# Again --------------------------------------------------------------------------------------------------------------


def test_what_did_not_change_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    server.serve("/a", b"page")
    server.serve("/feed", conditional(rss(item("/a")).encode(), '"1"', "application/rss+xml"))
    first, second = (read(feed(server), tmp_path) for _ in range(2))
    assert first == second
    assert server.paths() == ["/feed", "/a", "/feed"]
    assert server.requests[-1].headers["If-None-Match"] == '"1"'


def test_an_entry_that_changed_is_fetched_again(server: Server, tmp_path: Path) -> None:
    server.serve("/a", sequence(page(b"first"), page(b"second")))
    server.serve("/feed", sequence(page(rss(item("/a")).encode()), page(rss(item("/a", "Corrected…")).encode())))
    assert [texts(read(feed(server), tmp_path))[0].content for _ in range(2)] == [b"first", b"second"]


def test_a_page_may_be_looked_at_again_after_a_while(server: Server, tmp_path: Path) -> None:
    server.serve("/a", conditional(b"page", '"1"'))
    server.serve("/feed", rss(item("/a")))
    for _ in range(2):
        (found,) = texts(read(feed(server, revisit=timedelta(0)), tmp_path))
        assert (found.content, found.seen) == (b"page", True)
    assert len(server.asked("/a")) == 2


def test_what_left_the_feed_stays_and_is_not_seen(server: Server, tmp_path: Path) -> None:
    server.serve(
        "/feed", sequence(page(rss(item("/a", LONG), item("/b", LONG)).encode()), page(rss(item("/b", LONG)).encode()))
    )
    read(feed(server), tmp_path)
    found = {text.uri: text.seen for text in texts(read(feed(server), tmp_path))}
    assert found == {server.url("/a"): False, server.url("/b"): True}


@pytest.mark.parametrize("offline", [False, True])
def test_a_feed_that_moves_keeps_what_it_had(server: Server, tmp_path: Path, offline: bool) -> None:
    server.serve("/feed", rss(item("/a", LONG)))
    server.serve("/moved", rss(item("/b", LONG)))
    read(feed(server), tmp_path)
    moved = replace(feed(server), urls=(server.url("/moved"),))
    read(moved, tmp_path)
    found = {text.uri: text.seen for text in texts(read(replace(moved, offline=offline), tmp_path))}
    assert found == {server.url("/a"): False, server.url("/b"): not offline}


def test_an_empty_feed_takes_nothing_away(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", sequence(page(rss(item("/a", LONG)).encode()), page(rss().encode())))
    read(feed(server), tmp_path)
    assert [text.seen for text in read(feed(server), tmp_path) if isinstance(text, RawText)] == [False]


def test_a_page_that_cannot_be_reached_is_told_kept_as_it_was_and_tried_again(server: Server, tmp_path: Path) -> None:
    server.serve("/a", sequence(page(b"first"), status(500), page(b"second")))
    server.serve("/feed", sequence(page(rss(item("/a")).encode()), page(rss(item("/a", "Changed…")).encode())))
    read(feed(server), tmp_path)
    failed = read(feed(server), tmp_path)
    assert [(text.content, text.seen) for text in texts(failed)] == [(b"first", False)]
    assert [(fault.uri, fault.reason) for fault in faults(failed)] == [(server.url("/a"), "unreachable")]
    recovered = read(feed(server), tmp_path)
    assert [(text.content, text.seen) for text in texts(recovered)] == [(b"second", True)]
    assert not faults(recovered)


def test_a_page_that_was_never_reached_is_tried_although_it_left_the_feed(server: Server, tmp_path: Path) -> None:
    server.serve("/a", sequence(status(503), page(b"late")))
    server.serve("/feed", sequence(page(rss(item("/a")).encode()), page(rss(item("/b", LONG)).encode())))
    assert [fault.reason for fault in faults(read(feed(server), tmp_path))] == ["unreachable"]
    later = read(feed(server), tmp_path)
    assert [text.content for text in texts(later) if text.uri == server.url("/a")] == [b"late"]
    assert not faults(later)


def test_a_page_that_is_gone_is_told_as_long_as_it_is_listed(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", sequence(page(rss(item("/a")).encode()), page(rss(item("/b", LONG)).encode())))
    assert [(fault.uri, fault.reason) for fault in read(feed(server), tmp_path) if isinstance(fault, Unreadable)] == [
        (server.url("/a"), "gone")
    ]
    assert not faults(read(feed(server), tmp_path))
    assert len(server.asked("/a")) == 1


def test_a_page_that_is_gone_is_asked_for_again_after_a_while(server: Server, tmp_path: Path) -> None:
    server.serve("/a", sequence(status(404), page(b"after all")))
    server.serve("/feed", rss(item("/a")))
    source = feed(server)
    for _ in range(2):
        assert [fault.reason for fault in faults(read(source, tmp_path))] == ["gone"]
    assert len(server.asked("/a")) == 1
    kept = FetchedTexts(tmp_path, source.name)
    kept.keep_texts([(replace(text, checked_at=datetime.now(UTC) - timedelta(days=2)), None) for text in kept.texts()])
    assert [text.content for text in texts(read(source, tmp_path))] == [b"after all"]


def test_a_page_that_is_gone_is_asked_for_again_when_the_feed_tells_of_a_change(server: Server, tmp_path: Path) -> None:
    entries = [item("/a", "Few words…"), item("/a", "Few words…"), item("/a", "Other words…"), item("/a", "Other words…")]
    server.serve("/feed", sequence(*(page(rss(entry).encode()) for entry in entries)))
    server.serve("/a", sequence(status(410), page(b"after all")))
    found = [[text.content for text in texts(read(feed(server), tmp_path))] for _ in entries]
    assert found == [[], [], [b"after all"], [b"after all"]]
    assert server.paths().count("/a") == 2


def test_a_short_text_whose_page_is_gone_is_read_from_the_feed(server: Server, tmp_path: Path) -> None:
    first, second = "Rail freight to Georgia rose by 12%.", "Rail freight to Georgia rose by 13%."
    server.serve(
        "/feed", sequence(*(page(rss(*entries).encode()) for entries in ([item("/a", first)], [item("/a", second)], [])))
    )
    for said in (first, second):
        found = read(feed(server), tmp_path)
        (text,) = texts(found)
        assert (text.uri, text.media_type, text.charset, text.seen) == (server.url("/a"), "text/html", "utf-8", True)
        assert said.encode() in text.content
        (fault,) = faults(found)
        assert fault.reason == "gone"
        assert fault.detail.endswith("404 Not Found; the text that the feed itself holds is read in its place")
    left = read(feed(server), tmp_path)
    assert [text.seen for text in texts(left)] == [False]
    assert second.encode() in texts(left)[0].content
    assert second.encode() in texts(read(feed(server, offline=True), tmp_path))[0].content


def test_a_page_that_comes_takes_the_place_of_the_text_in_the_feed(server: Server, tmp_path: Path) -> None:
    server.serve("/a", sequence(status(503), page(b"the page"), status(410)))
    entries = (item("/a", "Few words."), item("/a", "Other words."))
    server.serve("/feed", sequence(*(page(rss(entry).encode()) for entry in entries)))
    assert [b"Few words." in text.content for text in texts(read(feed(server), tmp_path))] == [True]
    assert [text.content for text in texts(read(feed(server), tmp_path))] == [b"the page"]
    assert not faults(read(feed(server), tmp_path))
    assert texts(read(feed(server, revisit=timedelta(0)), tmp_path)) == []  # what its publisher took back stays away


def test_an_entry_without_words_does_not_stand_for_its_page(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", rss(item("/a", "&lt;img src='/x.png'&gt; …")))
    assert texts(read(feed(server), tmp_path)) == []


@pytest.mark.parametrize("end", [" rose by…", " Read more"])
def test_a_text_that_breaks_off_does_not_stand_for_its_page(server: Server, tmp_path: Path, end: str) -> None:
    server.serve("/feed", rss(item("/a", "Rail freight to Georgia" + end)))
    found = read(feed(server), tmp_path)
    assert texts(found) == []
    assert [fault.reason for fault in faults(found)] == ["gone"]


def test_a_feed_whose_encoding_is_no_name_is_read_as_far_as_it_goes() -> None:
    content = rss(item("http://a/b", "Rail freight rose")).encode()
    declared = content.replace(b'"1.0"?>', b'"1.0" encoding="u\xf4-8"?>', 1)
    (entry,) = read_feed(declared, "http://a/feed")
    assert b"Rail freight rose" in entry.body


@pytest.mark.parametrize("sign", ["&#x1b;", "&#27;", "&#0;", "&#xD800;", "&#x110000;", "&#4294967295;", "\x1b", "\x00"])
def test_signs_that_xml_cannot_hold_are_left_out(sign: str) -> None:
    content = rss(item(f"http://a/b?c={sign}", f"Rail {sign} freight", title=f"Rail{sign}"))
    (entry,) = read_feed(content.encode(), "http://a/feed")
    assert b"freight" in entry.body
    assert entry.listed.told.title == "Rail"


def test_more_pages_than_a_refresh_may_fetch_wait_for_the_next(server: Server, tmp_path: Path) -> None:
    for name in "abc":
        server.serve(f"/{name}", name)
    server.serve("/feed", rss(*(item(f"/{name}") for name in "abc")))
    first = read(feed(server, max_pages=2), tmp_path)
    assert [text.content for text in texts(first)] == [b"a", b"b"]
    assert [(fault.uri, fault.reason) for fault in faults(first)] == [(server.url("/c"), "postponed")]
    second = read(feed(server, max_pages=2), tmp_path)
    assert [text.content for text in texts(second)] == [b"a", b"b", b"c"]
    assert not faults(second)


# Feeds that fail ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behaviour",
    [
        status(500),
        status(404),
        raw(b""),
        page(b"<html><body>Sorry</body></html>"),
        page(b"\x00\xff garbage"),
        page(b"{}"),
        redirect("/feed"),
        page(b""),
    ],
    ids=["500", "404", "nothing", "a page", "garbage", "json", "loop", "empty"],
)
def test_a_feed_that_cannot_be_read_fails_its_source_and_loses_nothing(
    server: Server, tmp_path: Path, behaviour: object
) -> None:
    server.serve("/feed", sequence(conditional(rss(item("/a", LONG)).encode(), '"1"'), behaviour, status(304)))  # type: ignore[arg-type]
    before = read(feed(server), tmp_path)
    with pytest.raises(SourceError, match=rf"source agency: .* \({server.url('/feed')}\)$"):
        read(feed(server), tmp_path)
    assert read(feed(server), tmp_path) == before


def test_of_several_feeds_one_may_fail(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", rss(item("/a", LONG)))
    source = replace(feed(server), urls=(server.url("/feed"), server.url("/other")))
    found = read(source, tmp_path)
    assert [(fault.uri, fault.reason, fault.listing) for fault in faults(found)] == [(server.url("/other"), "gone", True)]
    assert len(texts(found)) == 1


def test_feeds_take_turns_within_the_limit_of_time(server: Server, tmp_path: Path) -> None:
    urls = tuple(server.serve(f"/feed{number}", rss(item(f"/{number}", LONG))) for number in range(5))
    slow = replace(feed(server, pause=20, max_time=100), urls=urls)
    told = []
    for _ in range(3):
        found = read(replace(slow, politeness=Clock().politeness()), tmp_path)
        told.append([(fault.uri, fault.reason) for fault in faults(found)])
    assert told == [[(url, "postponed") for url in postponed] for postponed in (urls[3:], urls[1:3], urls[3:])]
    assert len(texts(found)) == 5


def test_a_feed_cut_off_in_the_middle_gives_what_it_has(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", rss(item("/a", LONG), item("/b", LONG))[:-40])
    assert server.url("/a") in [text.uri for text in texts(read(feed(server), tmp_path))]


def test_a_feed_that_is_too_long_gives_its_beginning_and_tells(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = feed_module._rules()._replace(max_bytes=3 * len(LONG))
    monkeypatch.setattr(feed_module, "_rules", lambda: rules)
    server.serve("/feed", rss(*(item(f"/{number}", LONG) for number in range(9))))
    found = read(feed(server, follow="never"), tmp_path)
    assert server.url("/0") in [text.uri for text in texts(found)]
    assert len(texts(found)) <= 3
    assert [(fault.uri, fault.reason) for fault in faults(found)] == [(server.url("/feed"), "too_large")]


def test_a_feed_is_read_once_in_a_refresh(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parse, parsed = feed_module._parsed, []
    monkeypatch.setattr(feed_module, "_parsed", lambda *given: parsed.append(given) or parse(*given))
    server.serve("/feed", conditional(rss(item("/a", LONG)).encode(), '"1"'))
    for times in (1, 2):
        read(feed(server), tmp_path)
        assert len(parsed) == times


@pytest.mark.parametrize("where", ["item", "div"])
def test_elements_with_thousands_of_attributes_keep_none(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    many = " ".join(f'a{number}="x"' for number in range(5_000))
    body = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p {{}}>{LONG}</p></div></content>'
    entry = f'<entry {{}}><link href="http://a/b"/>{body.format(many if where == "div" else "")}</entry>'
    content = atom(entry.format(many if where == "item" else ""))
    given = []
    parse = feed_module.feedparser.parse
    monkeypatch.setattr(
        feed_module.feedparser, "parse", lambda file, **how: parse(given.append(file.getvalue()) or file, **how)
    )
    (found,) = read_feed(content.encode(), "http://a/feed")
    assert LONG.encode() in found.body
    assert b"a4999" not in given[0]


def test_bytes_that_are_the_name_of_a_file_open_none(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(rss(item("http://a/b", LONG)), encoding="utf-8")
    assert read_feed(str(tmp_path / "secret").encode(), "http://a/feed") == []


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", False, None),
        ("utf-8", True, "iso-8859-1"),
        ("koi8-r", True, None),
        ("windows-1251", False, "windows-1251"),
        ("utf-16", True, None),
    ],
)
def test_letters_are_read_in_the_encoding_they_are_in(encoding: str, declared: bool, charset: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else '<?xml version="1.0"?>'
    written = head + rss(item("http://a/b", LONG, title="Порт Актау")).partition("?>")[2]
    (entry,) = read_feed(written.encode(encoding), "http://a/feed", charset=charset)
    assert entry.listed.told.title == "Порт Актау"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_not_resolved(declaration: str) -> None:
    written = rss(item("http://a/b", LONG + " &e;")).replace("<rss", f"{declaration}<rss")
    for entry in read_feed(written.encode(), "http://a/feed"):
        assert b"root:" not in entry.body
        assert b"lollol" not in entry.body


@pytest.mark.parametrize(
    "inner",
    [
        "<item>" * 50_000,
        "<item><link>http://a/b</link></item>" * 20_000,
        "<item><description>" + "<div>" * 50_000,
        "<item><description>" + "&lt;div&gt;" * 50_000 + "</description></item>",
        "<item><description>" + "<!--" * 50_000,
        "<item><author>" + "a" * 200_000 + "</author></item>",
        "<item><author>" + "a.b@" * 50_000 + "</author></item>",
        "<item><pubDate>" + "1:" * 100_000 + "</pubDate></item>",
        "<item><description>" + "the post " * 30_000 + "</description></item>",
        "<item><description>" + "the post x appeared on " * 150_000 + "</description></item>",
        "<![CDATA[" * 20_000,
        "&" * 200_000,
    ],
    ids=lambda inner: inner[:30],
)
def test_a_hostile_feed_takes_no_time(inner: str) -> None:
    began = time.process_time()
    assert len(read_feed(rss(inner).encode(), "http://a/feed")) <= 2_000
    assert time.process_time() - began < 4


def test_names_of_signs_are_read_and_faults_mended() -> None:
    written = rss(item("http://a/b?x=1&y=2", LONG + " &nbsp;&mdash; &unknown; &#8364; <b>open", title="Caf&eacute; & bar"))
    (entry,) = read_feed(written.encode(), "http://a/feed")
    assert (entry.listed.address, entry.listed.told.title) == ("http://a/b?x=1&y=2", "Café & bar")
    assert "€".encode() in entry.body
    assert "—".encode() in entry.body
    written = rss(item("<![CDATA[http://a/b?x=1&y=2]]>", LONG, title="<![CDATA[Caf&eacute; & bar]]>"))
    (entry,) = read_feed(written.encode(), "http://a/feed")
    assert (entry.listed.address, entry.listed.told.title) == ("http://a/b?x=1&y=2", "Café & bar")


# Offline ------------------------------------------------------------------------------------------------------------


def test_offline_nothing_is_asked_and_all_is_given_as_it_was(server: Server, tmp_path: Path) -> None:
    server.serve("/a", b"page")
    server.serve("/feed", rss(item("/a"), item("/b", LONG), item("/c")))
    online = read(feed(server), tmp_path)
    asked = len(server.requests)
    since = datetime.now(UTC)
    offline = read(feed(server, offline=True), tmp_path)
    assert [replace(text, met_at=None) for text in texts(offline)] == [replace(text, seen=False) for text in texts(online)]
    assert all(text.met_at and text.met_at <= since for text in texts(offline))
    assert faults(offline) == faults(online)
    assert len(server.requests) == asked


def test_offline_without_anything_kept_is_told(server: Server, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing was fetched for it yet"):
        read(feed(server, offline=True), tmp_path)
    assert server.requests == []


def test_the_fingerprint_asks_nobody_and_changes_with_the_declaration(server: Server) -> None:
    source = feed(server)
    assert source.fingerprint() == feed(server).fingerprint()
    assert source.fingerprint() != replace(source, follow="never").fingerprint()
    assert server.requests == []


def test_a_password_in_the_address_of_a_feed_is_in_no_row(server: Server, tmp_path: Path) -> None:
    server.serve("/feed", lambda handler: send(handler, 401 if "Authorization" not in handler.headers else 500))
    declaration = tmp_path / "sources.toml"
    address = server.url("/feed").replace("//", "//user:s3cret@")
    declaration.write_text(
        f'[[source]]\nname = "agency"\nkind = "feed"\nurl = "{address}"\nallow_private = true\nretries = 0\n'
    )
    (source,) = load_sources(declaration)
    with pytest.raises(SourceError) as caught:
        list(source.read(FetchedTexts(tmp_path, "agency")))
    assert "500" in str(caught.value)
    assert "s3cret" not in f"{caught.value} {source}"
    assert b"s3cret" not in (tmp_path / "agency.sqlite").read_bytes()
