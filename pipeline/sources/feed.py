"""Feeds, RSS and Atom, as a source: entries that hold their text, and pages of those that only tease.

Reading feeds is feedparser's; what an entry is taken for is decided here. Getting and keeping bytes is not.
"""

import calendar
import hashlib
import html
import io
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from email.utils import parsedate_tz
from functools import cache, partial
from html.entities import html5
from typing import Any, NamedTuple, cast

import feedparser  # type: ignore[import-untyped]
from feedparser.encodings import convert_to_utf8  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from pipeline.contract.reference import read_toml
from pipeline.sources.addresses import AddressError, origin, web_address
from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.gathering import NEVER, Gathering, Listed, kept_texts, require_some
from pipeline.sources.http import Client, FetchError, HttpSettings, Politeness
from pipeline.sources.places import Arrival, Places, part_of
from pipeline.sources.raw import RawText, Told, Unreadable

FOLLOW = ("teasers", "always", "never")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(rb"&(?!#?[A-Za-z0-9]{1,32};)")
_NUMBERED = re.compile(rb"&#([0-9]{1,10}|[xX][0-9A-Fa-f]{1,8});")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARED = re.compile(rb"\A[\xef\xbb\xbf\s]{0,1000}<\?xml[^>]{0,200}\?>")
_BLANK = b"\xef\xbb\xbf \t\r\n\0"
_YEARS = range(1900, 2101)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]*)?")


@dataclass(frozen=True, slots=True)
class FeedSource:
    """All entries of one or more feeds, those that have left a feed included.

    A feed that moves to another address loses nothing: what was fetched stays with the name of the source, whatever feeds are
    declared under it. Another feed, whose texts are to take the place of these, needs a source of another name.
    """

    name: str
    urls: tuple[str, ...]
    http: HttpSettings
    follow: str = FOLLOW[0]
    publisher: str | None = None
    revisit: timedelta | None = None
    politeness: Politeness = field(default_factory=Politeness, compare=False, repr=False)
    offline: bool = False

    def read(self, kept: FetchedTexts) -> Iterator[RawText | Unreadable]:
        """What the feeds hold and held. Raises `SourceError` if none of them can be read."""
        if self.offline:
            yield from kept_texts(kept, None)
            return
        with Client(self.http, self.politeness) as client:
            gathering = Gathering(self.name, kept, client, self.http.max_pages, self.http.max_time)
            try:
                failed = self._gather(gathering)
            finally:
                gathering.flush()
        yield from failed
        yield from kept_texts(kept, gathering)

    def fingerprint(self) -> str:
        """A hash of the declaration."""
        told = "\0".join([*self.urls, self.follow, self.publisher or ""])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _gather(self, gathering: Gathering) -> list[Unreadable]:
        failed: list[Unreadable] = []
        entries: list[Entry] = []
        cut = []
        for number, url in enumerate(sorted(self.urls, key=gathering.asked_at)):
            if number and (limit := gathering.lists_limit()):
                cut.append(Unreadable(url, self.name, "postponed", f"{limit}; the next refresh reads it first"))
                continue
            try:
                feed = gathering.listing(url, partial(self._read, url))
            except FetchError as fault:
                failed.append(Unreadable(url, self.name, fault.reason, fault.detail, listing=True))
                continue
            entries += feed.entries
            if feed.left_out:
                cut.append(Unreadable(url, self.name, "too_large" if feed.cut else "not_fetched", feed.left_out))
        require_some(self.name, failed, len(self.urls))
        found = self._placed(entries, gathering.kept)
        for entry in found.values():
            if not self._leads(entry):
                gathering.text(entry.listed, entry.body, "text/html")
        revisit = NEVER if self.revisit is None else self.revisit
        leading = (entry for entry in found.values() if self._leads(entry))
        gathering.pages(replace(entry.listed, revisit=revisit, own=entry.body if entry.complete else None) for entry in leading)
        return failed + cut

    def _placed(self, entries: list["Entry"], kept: FetchedTexts) -> dict[str, "Entry"]:
        """The entries by the addresses that they are kept at; of several with one address the first."""
        arrivals = [entry.arrival(leads=self._leads(entry)) for entry in entries]
        places = Places.of(kept.texts(), filter(None, arrivals))
        found: dict[str, Entry] = {}
        for entry, arrival in zip(entries, arrivals, strict=True):
            address = places.take(arrival) if arrival else entry.listed.address
            found.setdefault(address, entry._replace(listed=replace(entry.listed, address=address)))
        return found

    def _read(self, url: str, content: bytes, charset: str | None) -> "_Feed":
        return _feed(content, url, self.publisher, charset, self.follow)

    def _leads(self, entry: "Entry") -> bool:
        return _leads(entry, self.follow)


class Entry(NamedTuple):
    """An entry of a feed: where it is, what is said about it, and its body as a page. `link` is None if it leads nowhere, and
    `guid` is empty if the feed tells none.

    `complete` tells whether the body has words and does not break off: what is cut in a sentence is no evidence.
    """

    listed: Listed
    link: str | None
    body: bytes
    teaser: bool
    complete: bool
    guid: str = ""

    def arrival(self, *, leads: bool) -> Arrival | None:
        """As one to be given a place, None if it tells no guid by which it were to be known, or has no page."""
        if self.link is None or not self.guid:
            return None
        return Arrival(self.link, self.listed.address, self.guid, self.listed.stamp, leads)


class _Closing(NamedTuple):
    """A paragraph that begins with `opens` and, at most `longest_title` code points later, has `then`, which begins at most
    `longest_site` before the end.
    """

    opens: str
    then: re.Pattern[str]
    longest_title: int
    longest_site: int

    def begin(self, plain: str) -> int:
        """Where such a paragraph begins at the end of a text, -1 if there is none."""
        middle = self.then.search(plain, max(0, len(plain) - self.longest_site))
        if middle is None:
            return -1
        return plain.find(self.opens, max(0, middle.start() - self.longest_title), middle.start())


class _Rules(NamedTuple):
    fewest_words_of_content: int
    fewest_words_of_summary: int
    max_bytes: int
    most_entries: int
    most_attributes: int
    longest_told: int
    longest_field: int
    bodies: tuple[str, ...]
    endings: tuple[str, ...]
    closing: tuple["_Closing", ...]


def read_feed(content: bytes, address: str, publisher: str | None = None, charset: str | None = None) -> list[Entry]:
    """The entries of a feed that stood at an address, in its order, each address once: of several entries that lead to
    one page the latest, unless they hold texts of their own under guids of their own. Nothing is fetched.
    No entries if it is no feed. `charset` is what the server said of it.
    """
    try:
        return _feed(content, address, publisher, charset).entries
    except FetchError:
        return []


class _Feed(NamedTuple):
    """The entries of a feed; whether it has more bytes than are read; what is to be told of all that is left out, if any."""

    entries: list[Entry]
    cut: bool
    left_out: str


def _feed(content: bytes, address: str, publisher: str | None, charset: str | None, follow: str = FOLLOW[0]) -> _Feed:
    """As `read_feed`. Raises `FetchError` if it is no feed."""
    parsed, cut, beyond = _parsed(content, address, charset)
    if not parsed.get("version") and not parsed.entries:
        raise FetchError("unreachable", "what stands there is no feed, neither RSS nor Atom; look for its address on the site")
    home = parsed.feed.get("link")
    entries = [
        (_entry(raw, parsed.feed, address, home, publisher), _moment(raw)) for raw in parsed.entries[: _rules().most_entries]
    ]
    parted = _sharing(entry for entry, _ in entries)
    found: dict[str, tuple[float, Entry]] = {}
    for entry, moment in entries:
        own = _under_its_guid(entry) if entry.link in parted and entry.guid and not _leads(entry, follow) else entry
        if own.listed.address not in found or found[own.listed.address][0] < moment:
            found[own.listed.address] = (moment, own)
    told = [f"more than {_rules().max_bytes} bytes"] if cut else []
    told += [f"more than {_rules().most_entries} entries"] if beyond else []
    left_out = f"the feed has {' and '.join(told)}; what stands behind them is left out" if told else ""
    return _Feed([entry for _, entry in found.values()], cut, left_out)


def _leads(entry: Entry, follow: str) -> bool:
    """Whether the page that an entry links to is read in its place."""
    return entry.link is not None and (follow == "always" or (follow == "teasers" and entry.teaser))


def _sharing(entries: Iterable[Entry]) -> set[str]:
    """The links that entries of several guids share."""
    guids: dict[str, set[str]] = {}
    for entry in entries:
        if entry.link and entry.guid:
            guids.setdefault(entry.link, set()).add(entry.guid)
    return {link for link, found in guids.items() if len(found) > 1}


def _under_its_guid(entry: Entry) -> Entry:
    """The entry at an address of its own on the page that it shares with others."""
    return entry._replace(listed=replace(entry.listed, address=part_of(entry.listed.address, entry.guid)))


def _parsed(content: bytes, address: str, charset: str | None) -> tuple[Any, bool, bool]:
    """What feedparser makes of a feed, its markup as it was written, its entities not resolved; whether it was cut, and whether
    it has entries beyond those that are read.
    """
    declared = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    try:
        plain = "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        plain = False
    if not plain:
        try:
            content = convert_to_utf8(declared, content, {})
        except (ValueError, LookupError):  # what it declares itself to be written in are no letters
            content = content.decode("utf-8", "replace").encode()
    headers = {"content-location": address, "content-type": "application/xml; charset=utf-8"}
    # As a stream: bytes that are the name of a file would have it opened.
    mended, beyond = _mended(content[: _rules().max_bytes])
    parsed = feedparser.parse(io.BytesIO(mended), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    return parsed, len(content) > _rules().max_bytes, beyond


def _mended(content: bytes) -> tuple[bytes, bool]:
    """A feed as XML that is well-formed, its faults repaired and what cannot be read left out; nothing if it is none at all.
    And whether it has more entries than are read.

    What feedparser does with faulty XML takes time by the square of its length.
    """
    named = b"".join(_signs_written_out(_CONTROL.sub(b" ", _DECLARED.sub(b"", content, count=1))))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(named.strip(_BLANK), parser)
    except (etree.XMLSyntaxError, ValueError):
        return b"", False
    if root is None:
        return b"", False
    etree.strip_tags(root, etree.Entity)
    entries = list(root.iter("{*}item", "{*}entry"))
    for element in entries[_rules().most_entries :]:
        element.getparent().remove(element)
    _shorten(root)
    return cast(bytes, etree.tostring(root, encoding="utf-8")), len(entries) > _rules().most_entries


def _entry(raw: Mapping[str, Any], feed: Mapping[str, Any], address: str, home: Any, publisher: str | None) -> Entry:
    link = _link(raw, address, home)
    value, whole = _body(raw)
    plain = _plain(value)
    told = _told(raw, feed, publisher)
    identity = str(raw.get("id") or "") or hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:20]
    stamp = "\0".join([str(_own(raw, "updated") or _own(raw, "published") or ""), told.title or "", value])
    listed = Listed(
        link or part_of(address, identity),
        told,
        hashlib.sha256(stamp.encode("utf-8", "replace")).hexdigest(),
        guid=str(raw.get("id") or "") or None,
    )
    complete = any(map(str.isalnum, plain)) and not breaks_off(plain)
    return Entry(listed, link, _page(told.title, value), is_teaser(plain, whole=whole), complete, listed.guid or "")


def _link(raw: Mapping[str, Any], address: str, home: Any) -> str | None:
    """Where an entry leads, if that is a page of its own."""
    for candidate, base in ((raw.get("link"), address), (raw.get("id"), None)):
        if isinstance(candidate, str) and candidate.strip() and candidate != home:
            try:
                link = web_address(candidate, base=base)
            except AddressError:
                continue
            if link not in (address, f"{origin(link)}/"):
                return link
    return None


def _body(raw: Mapping[str, Any]) -> tuple[str, bool]:
    """The body of an entry as HTML, and whether it stood in an element made for the whole text."""
    contents = [item for item in raw.get("content") or () if item.get("value")]
    if contents:
        return max((_as_html(item) for item in contents), key=len), True
    return _as_html(raw.get("summary_detail") or {"value": raw.get("summary") or ""}), False


def _as_html(item: Mapping[str, Any]) -> str:
    value = str(item.get("value") or "")
    if item.get("type") != "text/plain":
        return value
    return "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\s*\n", value) if part.strip())


def _page(title: str | None, body: str) -> bytes:
    """A page that says what it is, for any reader of pages."""
    shown = html.escape(title or "", quote=False)
    heading = f"<h1>{shown}</h1>\n" if title else ""
    head = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{shown}</title></head>'
    return f"{head}\n<body><article>\n{heading}{body}\n</article></body></html>\n".encode("utf-8", "replace")


def is_teaser(plain: str, *, whole: bool) -> bool:
    """Whether the text of an entry, without its markup, only leads to another; `whole` if it claims to be all."""
    rules = _rules()
    fewest = rules.fewest_words_of_content if whole else rules.fewest_words_of_summary
    return breaks_off(plain) or len(_unsigned(plain).split()) < fewest


def breaks_off(plain: str) -> bool:
    """Whether a text without its markup ends with words or signs that say that it goes on elsewhere."""
    rules = _rules()
    kept = _unsigned(plain)
    return kept.rstrip(" \t\n>»→›)]").endswith(tuple(rules.endings)) or kept.endswith(tuple(rules.endings))


def _unsigned(plain: str) -> str:
    """A text in lower case without the paragraph with which publishing software closes it."""
    kept = plain.lower().strip()
    for closing in _rules().closing:
        begin = closing.begin(kept)
        kept = kept[:begin].strip() if begin >= 0 else kept
    return kept


def _told(raw: Mapping[str, Any], feed: Mapping[str, Any], publisher: str | None) -> Told:
    origin_of = raw.get("source") or {}
    language = _LANGUAGE.fullmatch(str(raw.get("language") or feed.get("language") or "").strip())
    return Told(
        title=_line(raw.get("title")),
        author=_line(raw.get("author")),
        publisher=publisher or _line(origin_of.get("title")) or _line(feed.get("title")),
        published_on=_day(raw),
        language=language[1].lower() if language else None,
    )


def _day(raw: Mapping[str, Any]) -> date | None:
    """The day on which an entry was published, where it was: as written, and not in another zone of time."""
    for name in ("published", "created", "updated"):
        written, parsed = str(_own(raw, name) or ""), _own(raw, f"{name}_parsed")
        if not parsed:
            continue
        iso = _ISO.search(written)
        fields = parsedate_tz(written)
        for year, month, day in ([iso.groups()] if iso else []) + ([fields[:3]] if fields else []) + [parsed[:3]]:
            try:
                found = date(int(year), int(month), int(day))
            except ValueError:
                continue
            if found.year in _YEARS:
                return found
    return None


def _own(raw: Mapping[str, Any], name: str) -> Any:
    """A value as it was found: feedparser's own look-up gives others in place of some that are missing."""
    return dict.get(cast("dict[str, Any]", raw), name)


def _moment(raw: Mapping[str, Any]) -> float:
    parsed: time.struct_time | None = _own(raw, "updated_parsed") or _own(raw, "published_parsed")
    try:
        return float(calendar.timegm(parsed)) if parsed else 0.0
    except (ValueError, OverflowError):
        return 0.0


def _line(value: Any) -> str | None:
    """A title or a name as one line of plain text, None if there is none."""
    text = " ".join(_plain(str(value or "")).split())[: _rules().longest_told].strip()
    return text or None


def _plain(value: str) -> str:
    """A piece of HTML without its markup."""
    if "<" not in value and "&" not in value:
        return value
    try:
        return str(lxml_html.fragment_fromstring(_XML_NEVER.sub(" ", value), create_parent="div").text_content())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return re.sub(r"<[^<>]{0,1000}>", " ", html.unescape(value))


_XML_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _signs_written_out(content: bytes) -> Iterator[bytes]:
    """The content with signs that only HTML has a name for, and with each `&` that begins no name, as XML has them.

    Numbers of signs that XML has no place for become blanks.
    """
    start = 0
    while start < len(content):
        opened = content.find(b"<![CDATA[", start)
        closed = content.find(b"]]>", opened) if opened >= 0 else -1
        end = opened if closed >= 0 else len(content)
        named = _NAMED.sub(lambda found: _signs().get(found[1], found[0]), content[start:end])
        numbered = _NUMBERED.sub(lambda found: b" " if _is_never_xml(found[1]) else found[0], named)
        yield _BARE.sub(b"&amp;", numbered)
        start = end
        if closed >= 0:
            yield content[opened : closed + 3]
            start = closed + 3


def _is_never_xml(number: bytes) -> bool:
    """Whether what stands between `&#` and `;` names a sign that XML cannot hold."""
    code = int(number[1:], 16) if number[:1] in b"xX" else int(number)
    return not 0 < code <= 0x10FFFF or _XML_NEVER.fullmatch(chr(code)) is not None


def _shorten(root: Any) -> None:
    """Cuts names, dates, titles and whatever else is no body: feedparser looks for addresses in them, in square time.

    It goes through the attributes of an element in square time, too, also in bodies.
    """
    rules = _rules()
    for element in root.iter(etree.Element):
        if len(element.attrib) > rules.most_attributes:
            element.attrib.clear()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in rules.bodies:
            continue
        element.text = (element.text or "")[: rules.longest_field]
        element.tail = (element.tail or "")[: rules.longest_field]
        for name, value in element.attrib.items():
            if len(value) > rules.longest_field:
                element.set(name, value[: rules.longest_field])
        waiting.extend(element)


@cache
def _signs() -> dict[bytes, bytes]:
    """What the names of signs in HTML stand for, as XML has it; its own five names stay."""
    own = ("amp", "lt", "gt", "quot", "apos")
    names = {name.removesuffix(";"): sign for name, sign in html5.items() if name.endswith(";")}
    return {name.encode(): sign.encode() for name, sign in names.items() if name not in own and not set(sign) & set("&<>")}


@cache
def _rules() -> _Rules:
    data = read_toml("sources_feeds.toml")
    closing = tuple(_Closing(**{**one, "then": re.compile(one["then"])}) for one in data["closing"])
    return _Rules(**{**data, "endings": tuple(data["endings"]), "bodies": tuple(data["bodies"]), "closing": closing})
