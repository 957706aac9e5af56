"""What sources on the network have in common: bringing what is kept up to date, and giving it on as texts.

Which addresses there are belongs to each kind of source; asking for them to `pipeline.sources.http`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from pipeline.contract.reference import read_toml
from pipeline.sources.addresses import file_name
from pipeline.sources.fetched import Fetched, FetchedTexts
from pipeline.sources.http import Answer, Client, FetchError, Validators
from pipeline.sources.raw import RawText, SourceError, Told, Unreadable, UnreadableReason

T = TypeVar("T")

NEVER = timedelta.max
_PASSING = ("unreachable", "empty", "postponed", "reading_broke")  # what may go better another time
_KEPT_TOGETHER = 200
_IN_PLACE = "; the text that the feed itself holds is read in its place"
_LONGEST_FAULT = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """A text that a list names. `stamp` differs when the list says that the text changed, None if it never says so.

    `revisit` is after how long the server is asked again although the list says of no change. `own` is the text that the list
    itself holds, as a page, to be read for as long as the address has never given one. `guid` is by what a feed knows it.
    """

    address: str
    told: Told = field(default_factory=Told)
    stamp: str | None = None
    revisit: timedelta = NEVER
    own: bytes | None = None
    guid: str | None = None


@dataclass
class Gathering:
    """One refresh of what is kept for a source, in which at most `most` pages are fetched, and the last begun within `longest`
    seconds; at least one is. Lists have a share of that time, so that pages are not kept waiting for ever.

    `listed` are the addresses that lists named; `met` those of them that are kept as they are there now.
    """

    source: str
    kept: FetchedTexts
    client: Client
    most: int
    longest: float
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    listed: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    _asked: int = 0
    _began: float = field(init=False)
    _waiting: list[tuple[Fetched, bytes | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._began = self.client.clock()

    def asked_at(self, address: str) -> datetime:
        """When a feed or a sitemap was asked for last, long ago if it never was: by this lists take turns."""
        return self._lists_asked.get(address) or _LONG_AGO

    def lists_limit(self) -> str | None:
        """The limit of time for lists that is met, None if more may be asked for."""
        share = read_toml("sources_http.toml")["lists"]["share_of_time"]
        if self.client.clock() - self._began < share * self.longest:
            return None
        return f"lists take longer than {share * 100:g} % of max_time = {self.longest:g} s"

    @cached_property
    def _lists_asked(self) -> dict[str, datetime | None]:
        return {known.address: known.checked_at for known in self.kept.listings()}

    def listing(self, address: str, read: Callable[[bytes, str | None], T]) -> T:
        """What `read` makes of a feed or a sitemap as it is now, given its bytes and their charset as far as it was told.

        What it raises `FetchError` for is not kept, and passed on as any other.
        """
        known = replace(self.kept.listing(address) or Fetched(address), checked_at=self.now)
        try:
            answer = self._fetched(address, known)
            answered = _answered(known, answer, self.now)
            content = answer.content if answer.content is not None else self.kept.body(known.body or "")
            made = read(content, answered.charset)
        except FetchError as fault:
            self.kept.keep_listing(replace(known, status=fault.status, reason=fault.reason, error=fault.detail))
            raise
        self.kept.keep_listing(answered, answer.content)
        return made

    def pages(self, listed: Iterable[Listed]) -> None:
        """Fetches the pages of texts: those not held yet or changed, then all others that are to be asked again, the longest
        not asked first. What failed takes no place from what stands; what failed for a passing reason is asked for again also
        if no list names it any more.
        """
        known = {held.address: held for held in self.kept.texts()}
        asked: list[tuple[int, datetime, str, Listed]] = []
        for one in listed:
            self.listed.add(one.address)
            held = replace(known.get(one.address) or Fetched(one.address), told=one.told, listed_at=self.now, guid=one.guid)
            known[one.address] = held
            rank = self._rank(held, one)
            if rank is None:
                self._stay(held, one)
            else:
                asked.append((rank, held.checked_at or _LONG_AGO, one.address, one))
        for held in self._unfinished(known.values()):
            asked.append((_KNOWN, held.checked_at or _LONG_AGO, held.address, Listed(held.address, held.told, held.stamp)))
        for rank, _, address, one in sorted(asked, key=lambda each: each[:3]):
            self._page(known[address], one, may_wait=rank == _KNOWN)

    def text(self, listed: Listed, content: bytes, media_type: str) -> None:
        """Keeps a text that stood in the list itself."""
        self.listed.add(listed.address)
        known = self.kept.text(listed.address) or Fetched(listed.address)
        same = known.stamp == listed.stamp and known.body is not None
        found = Fetched(
            listed.address,
            final_address=listed.address,
            media_type=media_type,
            charset="utf-8",
            told=listed.told,
            stamp=listed.stamp,
            body=known.body,
            fetched_at=known.fetched_at if same and known.fetched_at else self.now,
            checked_at=self.now,
            listed_at=self.now,
            guid=listed.guid,
        )
        self._keep(found, content)

    def flush(self) -> None:
        """Writes what waits to be written together."""
        self.kept.keep_texts(self._waiting)
        self._waiting.clear()

    def _rank(self, held: Fetched, listed: Listed) -> int | None:
        """How soon a page is asked for, None if it is not."""
        if held.reason is None and (held.body is None or held.stamp != listed.stamp):
            return _NEW
        if held.reason in _PASSING or held.stamp != listed.stamp or self._is_due(held, listed.revisit):
            return _KNOWN
        return None

    def _is_due(self, held: Fetched, revisit: timedelta) -> bool:
        """Whether a page that stands or failed for good is to be looked at again; also if the clock was set back since."""
        if held.reason is not None:
            revisit = min(revisit, timedelta(days=read_toml("sources_http.toml")["retry"]["failed_days"]))
        if held.checked_at is None:
            return True
        since = self.now - held.checked_at
        return since >= revisit or (since < timedelta(0) and revisit < NEVER)

    def _unfinished(self, known: Iterable[Fetched]) -> Iterator[Fetched]:
        """Texts that failed for a passing reason and have left their list since."""
        for held in known:
            if held.address not in self.listed and _still_tried(held, self.now):
                yield held

    def _page(self, known: Fetched, listed: Listed, *, may_wait: bool) -> None:
        met = self._limit()
        if met:
            if may_wait and known.checked_at is not None:
                self._stay(known, listed)
            else:
                self._fail(known, "postponed", f"{met}; the next refresh goes on")
            return
        known = replace(known, checked_at=self.now)
        try:
            answer = self._fetched(listed.address, known)
        except FetchError as fault:
            self._asked += fault.asked
            # What failed for good is asked for again when its list tells of a change; what failed in passing is in any case.
            stamp = known.stamp if fault.reason in _PASSING else listed.stamp
            failed = replace(known, reason=fault.reason, error=fault.detail, status=fault.status, stamp=stamp)
            if not self._take_own(failed, listed):
                self._wait(failed, None)
        else:
            self._asked += 1
            self._keep(replace(_answered(known, answer, self.now), stamp=listed.stamp), answer.content)
        self.flush()

    def _limit(self) -> str | None:
        """The limit of this refresh that is met, None if more may be fetched."""
        if self._asked >= self.most:
            return f"more than max_pages = {self.most} pages to fetch"
        if self._asked and self.client.clock() - self._began >= self.longest:
            return f"more to fetch than in max_time = {self.longest:g} s"
        return None

    def _fetched(self, address: str, known: Fetched) -> Answer:
        """What stands at an address. Raises `FetchError`, also for what no server should bring about: other addresses go on."""
        try:
            return self.client.fetch(address.partition("#")[0], _validators(known))
        except (FetchError, MemoryError):
            raise
        except Exception as fault:
            told = " ".join(f"{type(fault).__name__}: {fault}".split())[:_LONGEST_FAULT]
            raise FetchError("reading_broke", f"fetching broke down on what the server sent: {told}") from fault

    def _keep(self, known: Fetched, content: bytes | None = None) -> None:
        self._wait(replace(known, reason=None, error=None), content)
        if known.address in self.listed:
            self.met.add(known.address)

    def _stay(self, known: Fetched, listed: Listed) -> None:
        """Leaves a page as it was when last asked for."""
        if known.reason is None:
            self._keep(known)
        elif not self._take_own(known, listed):
            self._wait(known, None)

    def _take_own(self, known: Fetched, listed: Listed) -> bool:
        """Keeps the text that the list holds in place of a page that failed and was never had, if there is such a text."""
        if listed.own is None or not (known.body is None or _is_own(known)):
            return False
        detail = (known.error or "").removesuffix(_IN_PLACE) + _IN_PLACE
        own = replace(known, final_address=known.address, media_type="text/html", charset="utf-8", fetched_at=None)
        self._wait(replace(own, error=detail), listed.own)
        self.met.add(known.address)
        return True

    def _fail(self, known: Fetched, reason: UnreadableReason, detail: str, status: int | None = None) -> None:
        self._wait(replace(known, reason=reason, error=detail, status=status), None)

    def _wait(self, known: Fetched, content: bytes | None) -> None:
        self._waiting.append((known, content))
        if len(self._waiting) >= _KEPT_TOGETHER:
            self.flush()


_NEW, _KNOWN = 0, 1
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def kept_texts(
    kept: FetchedTexts,
    gathering: Gathering | None,
    wanted: Callable[[str], bool] = lambda _address: True,
) -> Iterator[RawText | Unreadable]:
    """All that is kept, in the order of addresses: texts, and a record of each address whose last try failed.

    A text counts as seen if the gathering met it; without one, nothing was fetched, and nothing is seen. Raises `SourceError`
    if nothing was ever kept and nothing fetched.
    """
    known = [held for held in kept.texts() if wanted(held.address)]
    if gathering is None and not kept.path.exists():
        raise SourceError(f"source {kept.source}: nothing was fetched for it yet; refresh without --offline first")
    now = gathering.now if gathering else datetime.now(UTC)
    readable = [held for held in known if _is_readable(held)]
    bodies = kept.bodies(held.body for held in readable if held.body)
    for held in known:
        if _is_readable(held):
            seen = gathering is not None and held.address in gathering.met
            place = (kept.source, held.address, file_name(held.address))
            met_at = None if seen else held.listed_at
            yield RawText(*place, next(bodies), held.media_type, held.charset, held.told, seen, met_at)
        if held.reason is not None and _still_told(held, gathering, now):
            yield Unreadable(held.address, kept.source, held.reason, held.error or "")


def require_some(source: str, failures: list[Unreadable], tried: int) -> None:
    """Raises `SourceError` if none of the lists of a source could be read."""
    if failures and len(failures) == tried:
        told = "; ".join(f"{failure.detail} ({failure.uri})" for failure in failures)
        raise SourceError(f"source {source}: {told}")


def require_some_met(gathering: Gathering) -> None:
    """Raises `SourceError` if of all pages that were listed none was met, and some could not be reached: their server is down
    rather than that they are gone.
    """
    if gathering.met:
        return
    failed = [held for held in gathering.kept.texts() if held.address in gathering.listed and held.reason == "unreachable"]
    if failed:
        more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise SourceError(f"source {gathering.source}: no page can be reached: {failed[0].error} ({failed[0].address}{more})")


def _is_own(held: Fetched) -> bool:
    """Whether what is held stood in the list itself, because its page could not be had."""
    return held.body is not None and held.fetched_at is None


def _is_readable(held: Fetched) -> bool:
    return held.body is not None and (held.reason != "gone" or _is_own(held))


def _still_told(held: Fetched, gathering: Gathering | None, now: datetime) -> bool:
    """Whether a fault is one of today: of an address that is listed, or is still tried."""
    return gathering is None or held.address in gathering.listed or _still_tried(held, now)


def _still_tried(held: Fetched, now: datetime) -> bool:
    days = timedelta(days=read_toml("sources_http.toml")["retry"]["days"])
    return held.reason in _PASSING and held.listed_at is not None and now - held.listed_at < days


def _validators(known: Fetched) -> Validators:
    return Validators(known.etag, known.last_modified) if known.body is not None else Validators()


def _answered(known: Fetched, answer: Answer, now: datetime) -> Fetched:
    """What is known of an address after a server's answer."""
    answered = replace(
        known,
        final_address=answer.final_address,
        status=answer.status,
        etag=answer.etag,
        last_modified=answer.last_modified,
        listed_at=now if known.listed_at is None else known.listed_at,
        reason=None,
        error=None,
    )
    if answer.content is None:
        return answered
    return replace(answered, media_type=answer.media_type, charset=answer.charset, fetched_at=now)
