"""What sources on the network have in common: bringing what is kept up to date, and giving it on as texts.

Which addresses there are belongs to each kind of source; asking for them to `pipeline.sources.http`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pipeline.sources.addresses import file_name
from pipeline.sources.fetched import Fetched, FetchedTexts
from pipeline.sources.http import Answer, Client, FetchError, Validators
from pipeline.sources.raw import RawText, SourceError, Told, Unreadable, UnreadableReason


@dataclass(frozen=True, slots=True)
class Listed:
    """A text that a list names. `stamp` differs when the list says that the text changed, None if it never says so."""

    address: str
    told: Told = field(default_factory=Told)
    stamp: str | None = None


@dataclass
class Gathering:
    """One refresh of what is kept for a source. `met` are the addresses that were listed and are kept as they are there now."""

    source: str
    kept: FetchedTexts
    client: Client
    most: int
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    met: set[str] = field(default_factory=set)
    failed: list[Unreadable] = field(default_factory=list)
    _asked: int = 0

    def listing(self, address: str, check: Callable[[bytes, Answer], None] = lambda _content, _answer: None) -> bytes:
        """The bytes of a feed or a sitemap as it is now. `check` raises `FetchError` for bytes that are not to be kept.

        Raises `FetchError`.
        """
        known = self.kept.listing(address) or Fetched(address)
        try:
            answer = self.client.fetch(address, _validators(known))
            if answer.content is not None:
                check(answer.content, answer)
        except FetchError as fault:
            self.kept.keep_listing(replace(known, status=fault.status, reason=fault.reason, error=fault.detail))
            raise
        if answer.content is None and known.body is not None:
            self.kept.keep_listing(replace(known, status=answer.status, listed_at=self.now, reason=None, error=None))
            return self.kept.body(known.body)
        content = answer.content or b""
        self.kept.keep_listing(_answered(known, answer, self.now), content)
        return content

    def page(self, listed: Listed, *, again: bool) -> None:
        """Fetches the page of a text unless it is held and its list says that it did not change; `again` asks even then."""
        known = self.kept.text(listed.address) or Fetched(listed.address)
        known = replace(known, told=listed.told, listed_at=self.now)
        unchanged = known.body is not None and known.reason is None and known.stamp == listed.stamp
        if unchanged and not again:
            self._keep(known)
        elif self._asked >= self.most:
            self._fail(known, "postponed", f"more than max_pages = {self.most} pages to fetch; the next refresh goes on", None)
        else:
            self._asked += 1
            try:
                answer = self.client.fetch(listed.address, _validators(known))
            except FetchError as fault:
                self._fail(known, fault.reason, fault.detail, fault.status)
            else:
                self._keep(replace(_answered(known, answer, self.now), stamp=listed.stamp), answer.content)

    def text(self, listed: Listed, content: bytes, media_type: str) -> None:
        """Keeps a text that stood in the list itself."""
        known = self.kept.text(listed.address) or Fetched(listed.address)
        found = Fetched(
            listed.address,
            final_address=listed.address,
            media_type=media_type,
            charset="utf-8",
            told=listed.told,
            stamp=listed.stamp,
            fetched_at=known.fetched_at if known.stamp == listed.stamp else self.now,
            listed_at=self.now,
        )
        self._keep(found, content)

    def _keep(self, known: Fetched, content: bytes | None = None) -> None:
        self.kept.keep_text(replace(known, reason=None, error=None), content)
        self.met.add(known.address)

    def _fail(self, known: Fetched, reason: UnreadableReason, detail: str, status: int | None) -> None:
        if reason == "gone":
            known = replace(known, body=None, etag=None, last_modified=None)
        self.kept.keep_text(replace(known, reason=reason, error=detail, status=status))


def kept_texts(
    source: str, kept: FetchedTexts, met: set[str], wanted: Callable[[str], bool] = lambda _address: True
) -> Iterator[RawText | Unreadable]:
    """All that is kept, in the order of addresses: texts, and a record of each address whose last try failed.

    A text counts as seen if it is in `met`.
    """
    for known in kept.texts():
        if not wanted(known.address):
            continue
        if known.body is not None:
            yield RawText(
                source,
                known.address,
                file_name(known.address),
                kept.body(known.body),
                known.media_type,
                known.charset,
                known.told,
                seen=known.address in met,
            )
        problem = kept.unreadable(known)
        if problem:
            yield problem


def require_some(source: str, failures: list[Unreadable], tried: int) -> None:
    """Raises `SourceError` if none of the lists of a source could be read."""
    if failures and len(failures) == tried:
        told = "; ".join(f"{failure.uri}: {failure.detail}" for failure in failures)
        raise SourceError(f"source {source}: {told}")


def _validators(known: Fetched) -> Validators:
    return Validators(known.etag, known.last_modified) if known.body is not None else Validators()


def _answered(known: Fetched, answer: Answer, now: datetime) -> Fetched:
    if answer.content is None:
        return replace(known, status=answer.status, etag=answer.etag, last_modified=answer.last_modified, listed_at=now)
    return replace(
        known,
        final_address=answer.final_address,
        status=answer.status,
        etag=answer.etag,
        last_modified=answer.last_modified,
        media_type=answer.media_type,
        charset=answer.charset,
        fetched_at=now,
        listed_at=now,
        reason=None,
        error=None,
    )
