"""What sources of each kind may declare, and that every fault names its line and key."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.sources.archive import ArchiveSource
from pipeline.sources.declared import load_declarations, load_sources
from pipeline.sources.feed import FeedSource
from pipeline.sources.folder import FolderSource
from pipeline.sources.pages import PagesSource
from pipeline.sources.raw import SourceError
from pipeline.sources.trial import tried
from tests.sources.conftest import Clock
from tests.sources.serving import Server

ALL = """\
# A comment,
[http]
contact = "mailto:desk@example.org"
pause = "2s"
retries = 1

[[source]]
name = "texts"
kind = "folder"
path = "texts"

[[source]]
name = "dump"
kind = "archive"
path = "dump.jsonl"
columns = { text = "body", id = "key" }
media_type = "text/html"

[[source]]
name = "agency"
kind = "feed"
url = "https://user:pw@Agency.example:443/rss#top"
follow = "never"
publisher = "The Agency"
retries = 5
max_bytes = "2MB"
revisit = "7d"
allow_private = true
ca_file = "trusted.pem"

[[source]]
name = "site"
kind = "pages"
sitemaps = ["https://site.example/sitemap.xml"]
urls = [
    "https://site.example/a",
    "https://site.example/b",
]
include = "*/news/*"
exclude = ["*.pdf", "*.jpg"]
robots = false
user_agent = "reader/1.0"
"""


def declared(folder: Path, content: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_each_kind_is_made_with_its_settings(tmp_path: Path) -> None:
    folder, archive, feed, pages = load_sources(declared(tmp_path, ALL))
    assert folder == FolderSource("texts", tmp_path / "texts")
    assert archive == ArchiveSource("dump", tmp_path / "dump.jsonl", {"text": "body", "id": "key"}, "text/html")
    assert isinstance(feed, FeedSource)
    assert (feed.urls, feed.follow, feed.publisher) == (("https://agency.example/rss",), "never", "The Agency")
    assert (feed.revisit, feed.offline) == (timedelta(days=7), False)
    assert (feed.http.retries, feed.http.pause, feed.http.max_bytes, feed.http.allow_private) == (5, 2, 2_000_000, True)
    assert feed.http.ca_file == tmp_path / "trusted.pem"
    assert feed.http.user_agent.endswith("(+mailto:desk@example.org)")
    assert list(feed.http.credentials.values()) == ["Basic dXNlcjpwdw=="]
    assert isinstance(pages, PagesSource)
    assert (pages.urls, pages.sitemaps) == (
        ("https://site.example/a", "https://site.example/b"),
        ("https://site.example/sitemap.xml",),
    )
    assert (pages.include, pages.exclude) == (("*/news/*",), ("*.pdf", "*.jpg"))
    assert (pages.http.robots, pages.http.retries, pages.http.user_agent) == (False, 1, "reader/1.0")
    assert not pages.http.allow_private


def test_offline_is_a_matter_of_the_run(tmp_path: Path) -> None:
    found = load_declarations(declared(tmp_path, ALL), offline=True)
    assert [getattr(one.source, "offline", None) for one in found] == [None, None, True, True]


FEED = '[[source]]\nname = "agency"\nkind = "feed"\n'
URL = 'url = "https://agency.example/rss"\n'
PAGES = '[[source]]\nname = "site"\nkind = "pages"\n'
DUMP = '[[source]]\nname = "dump"\nkind = "archive"\npath = "a.zip"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (FEED, r"line 1: source 1 \(agency\): url or urls: is missing"),
        (FEED + 'url = "agency.example/rss"\n', r"line 4: source 1 \(agency\): url: 'agency.example/rss' must be an http"),
        (FEED + 'url = "file:///etc/passwd"\n', r"line 4: source 1 \(agency\): url: .* must be an http"),
        (FEED + 'url = "https://"\n', r"line 4: .*url: "),
        (FEED + 'url = ""\n', r"line 4: .*url: must be a text"),
        (FEED + "urls = []\n", r"line 4: .*urls: must be a text or a list"),
        (FEED + 'urls = ["https://a.example/", 3]\n', r"line 4: .*urls: must be a text"),
        (FEED + URL + 'follow = "maybe"\n', r"line 5: .*follow: must be one of teasers, always, never, not 'maybe'"),
        (FEED + URL + "follow = true\n", r"line 5: .*follow: must be one of"),
        (FEED + URL + "pause = -1\n", r"line 5: .*pause: must be a time such as"),
        (FEED + URL + 'pause = "soon"\n', r"line 5: .*pause: must be a time such as"),
        (FEED + URL + "read_timeout = 0\n", r"line 5: .*read_timeout: must be a time"),
        (FEED + URL + "retries = 1.5\n", r"line 5: .*retries: must be a whole number from 0 to 10, not 1.5"),
        (FEED + URL + "retries = true\n", r"line 5: .*retries: must be a whole number"),
        (FEED + URL + "retries = 99\n", r"line 5: .*retries: must be a whole number"),
        (FEED + URL + 'max_bytes = "9TB"\n', r"line 5: .*max_bytes: must be a size such as"),
        (FEED + URL + "robots = 0\n", r"line 5: .*robots: must be true or false"),
        (FEED + URL + 'user_agent = "a\\nb"\n', r"line 5: .*user_agent: must be printable ASCII"),
        (FEED + URL + 'path = "texts"\n', r"line 5: .*path: is no key of this table; known: name, kind,.* follow"),
        (FEED + 'path = "texts"\n', r"line 4: .*path: is no key of this table; url or urls is missing; known"),
        (FEED + 'urll = "https://a.example/"\n', r"line 4: .*urll: is no key of this table; did you mean urls?\?; known"),
        (FEED + URL + "\n# why\n\nrobots = 1\n", r"line 8: .*robots: "),
        (PAGES, r"line 1: source 1 \(site\): url or urls or sitemap or sitemaps: is missing"),
        (PAGES + URL + "include = [\n  3,\n]\n", r"line 5: .*include: must be a text"),
        (DUMP + 'columns = { words = "body" }\n', r"line 5: .*columns: must be a table with keys of text, title"),
        (DUMP + "columns = { text = 3 }\n", r"line 5: .*columns: must be a text"),
        (DUMP + '[source.columns]\ntext = "body"\nwords = "x"\n', r"line 5: .*columns: must be a table with keys of"),
        (DUMP + 'media_type = "application/pdf"\n', r"line 5: .*media_type: must be one of text/plain"),
        (DUMP.replace('path = "', 'path = "a\\u0000') + "\n", r"line \d: source 1 \(dump\): path: must hold no NUL"),
        (FEED + URL + 'ca_file = "a\\u0000.pem"\n', r"line 5: .*ca_file: must hold no NUL"),
        (FEED + URL + 'schedule = "٣ * * * *"\n', r"line 5: .*schedule: minute: '٣' is none of"),
        (FEED + URL + 'schedule = "*/٣ * * * *"\n', r"line 5: .*schedule: minute: '\*/٣' is none of"),
        (DUMP + URL, r"line 5: .*url: is no key of this table"),
        (DUMP + '\n[http]\npause = "x"\n', r"line 7: http: pause: must be a time"),
        ("[http]\nurl = 1\n" + DUMP, r"line 2: http: url: is no key of this table; known: contact"),
        ("http = 1\n" + DUMP, r"line 1: http: must be a table, declared as \[http\]"),
        ('[http]\ncontact = "a\\u0001"\n' + DUMP, r"line 2: http: contact: must be printable"),
        ('[http]\ncontact = "me"\n' + DUMP, r"line 2: http: contact: must be a mail address such as .*, not 'me'"),
        ('[http]\ncontact = "ftp://a.example/"\n' + DUMP, r"line 2: http: contact: must be a mail address"),
        ("[[http]]\n" + DUMP, r"line 1: http: must be a table"),
        ("[http]\nallow_private = true\n" + DUMP, r"line 2: http: allow_private: belongs in the \[\[source\]\]"),
        (DUMP + '\n"odd key" = 1\n', r"line 6: .*odd key: is no key"),
        (DUMP + 'shedule = "@daily"\n', r"line 5: .*shedule: is no key of this table; did you mean schedule\?; known"),
        (DUMP.replace("\n", "\r\n") + "words = 1\r\n", r"line 5: .*words: is no key"),
        (DUMP + 'description = """\n[[source]]\nname = "x"\n"""\nwords = 1\n', r"line 9: source 1 \(dump\): words: is no key"),
    ],
)
def test_a_fault_names_line_and_key(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(SourceError, match=f"sources.toml: {message}"):
        load_sources(declared(tmp_path, content))


def test_a_password_is_in_no_message(tmp_path: Path) -> None:
    for address in ("ftp://user:s3cret@agency.example/", "https://user:s3cret@[/", "https://user:s3cret@", *FAULTY):
        with pytest.raises(SourceError) as caught:
            load_sources(declared(tmp_path, FEED + f'url = "{address}"\n'))
        assert not re.search("s3|cret|desk", str(caught.value)), address
    with pytest.raises(SourceError, match=r"must be a text or a list of texts$"):
        load_sources(declared(tmp_path, FEED + 'url = [["https://desk:s3cret@host/"]]\n'))


FAULTY = (
    "https://desk:s3/cret@host/feed",
    "https://desk:s3?cret#s3@host/feed",
    "https://desk:s3 cret@host:port/feed",
    "ftp://desk:cret@s3cret@host/feed",
    "https://desk:s3@cret@ho st/feed",
    "desk:s3cret@host",
    "desk:s3://cret@host/feed",
    "//desk:s3cret@host/feed",
)


def test_a_source_may_be_tried_without_keeping_anything(server: Server, tmp_path: Path) -> None:
    items = "".join(f"<item><title>{number}</title><link>/{number}</link></item>" for number in range(9))
    address = server.serve("/feed", f'<rss version="2.0"><channel><title>A</title>{items}</channel></rss>')
    for number in range(9):
        server.serve(f"/{number}", b"text")
    (source,) = load_sources(declared(tmp_path, FEED + f'url = "{address}"\nallow_private = true\npause = 0\n'))
    assert len(list(tried(source, texts=10, pages=3))) == 3
    assert len(server.paths()) == 1 + 3
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]
    assert Clock().waits == []
