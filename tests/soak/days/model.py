"""What a pipeline must make of the history of a world, step by step: written from what is promised, not from what comes out.

A feed that cannot be read, or that gives ten times as much as usual or nothing, keeps what was held. Stories that leave a feed
stay, and are not seen any more. A page that is gone takes its story with it; one that only fails keeps what was held of it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from soak.days.stories import Story
from soak.days.world import GONE, HARMLESS, Feed, World

READ = "read"
READING_FAILED = "reading_failed"
HELD_BACK = "held_back"
DESK = "desk"
_TEN_TIMES = 10
_NEVER_TOO_MANY = 20

Address = str
Row = tuple[object, ...]


@dataclass
class _Kept:
    """What is held at an address. `listed` is the last step at which it was met there."""

    story: Story | None = None
    fault: str | None = None
    listed: int = 0


@dataclass
class _Source:
    """A source, and what is held of it."""

    name: str
    kept: dict[Address, _Kept] = field(default_factory=dict)
    first: dict[Story, int] = field(default_factory=dict)
    past: dict[tuple[Address, Story], int] = field(default_factory=dict)

    def held(self) -> dict[Address, Story]:
        return {address: kept.story for address, kept in self.kept.items() if kept.story}


@dataclass
class Expected:
    """All that is compared, as rows in which moments are steps. Addresses are those that `Model` was given to name them by."""

    documents: set[Row] = field(default_factory=set)
    removed: set[Row] = field(default_factory=set)
    unreadable: set[Row] = field(default_factory=set)
    claims: set[Row] = field(default_factory=set)
    document_changes: Counter[Row] = field(default_factory=Counter)
    claim_changes: Counter[Row] = field(default_factory=Counter)
    readings: dict[tuple[int, str], str] = field(default_factory=dict)
    alerts: dict[str, list[str]] = field(default_factory=dict)


class Model:
    """Follows the history of a world. `address` names the address of a story by its source and key."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._sources = {name: _Source(name) for name in ("wire", "agency", "ports", DESK)}
        self._usual: dict[str, list[int]] = {}
        self._last_files: dict[str, Story] = {}
        self.step = 0
        self.expected = Expected()

    def follow(self, world: World, *, looks_at_files: bool) -> dict[str, str]:
        """Takes the next step. Gives how each source that is to be read ends. The folder is, if its files changed or all is."""
        self.step += 1
        outcomes = {name: self._read_feed(feed) for name, feed in world.feeds.items()}
        if looks_at_files or world.files != self._last_files:
            self._take(self._sources[DESK], {f"{DESK}/{name}": (one, None) for name, one in world.files.items()}, forgets=True)
            self._last_files = dict(world.files)
            outcomes[DESK] = READ
        for name, outcome in outcomes.items():
            self.expected.readings[self.step, name] = outcome
            self._tell(name, outcome)
        return outcomes

    def finish(self) -> Expected:
        """What there must be at the end."""
        found = self.expected
        for source in self._sources.values():
            for address, kept in source.kept.items():
                if kept.story:
                    about = (kept.story.title, kept.story.published_on)
                    found.documents.add((source.name, address, *about, source.first[kept.story], kept.listed))
                    found.claims.add((address, *kept.story.claim))
                if kept.fault:
                    found.unreadable.add((address, "gone" if kept.fault == GONE else "unreachable"))
            for (address, one), last in source.past.items():
                if source.kept.get(address, _Kept()).story != one:
                    found.removed.add((source.name, address, source.first[one], last))
        return found

    def _read_feed(self, feed: Feed) -> str:
        if feed.fault and feed.fault not in HARMLESS:
            return READING_FAILED
        before = self._usual.setdefault(feed.name, [])
        many, usual = len(feed.stories), max(before[-7:], default=0)
        if before and (many == 0 or many > max(_TEN_TIMES * usual, _NEVER_TOO_MANY)):
            return HELD_BACK
        before.append(many)
        listed = {f"{self._server}/{feed.name}/{one.key}": (one, feed.pages.get(one.key)) for one in feed.stories}
        self._take(self._sources[feed.name], listed, forgets=False)
        return READ

    def _take(self, source: _Source, listed: dict[Address, tuple[Story, str | None]], *, forgets: bool) -> None:
        """A reading that met these stories, some behind faults. A source that `forgets` holds nothing else."""
        before = source.held()
        if forgets:
            source.kept = {address: kept for address, kept in source.kept.items() if address in listed}
        for address, kept in source.kept.items():
            if kept.fault == GONE and address not in listed:
                kept.fault = None  # nobody asks for it any more
        for address, (one, fault) in listed.items():
            kept = source.kept.setdefault(address, _Kept())
            if fault is None:
                source.first.setdefault(one, self.step)
                kept.story, kept.listed = one, self.step
            elif fault == GONE:
                kept.story = None
            kept.fault = fault
            if kept.story:
                source.past[address, kept.story] = kept.listed
        self._log(before, source.held())

    def _log(self, before: dict[Address, Story], after: dict[Address, Story]) -> None:
        for address, change in _changes(before, after):
            self.expected.document_changes[self.step, change, address] += 1
            self.expected.claim_changes[self.step, change, address] += 1  # every story makes one claim

    def _tell(self, name: str, outcome: str) -> None:
        """An alert for each change of state."""
        told = self.expected.alerts.setdefault(f"source {name}", [])
        state = "" if outcome == READ else outcome
        if state != (told[-1] if told else ""):
            told.append(state)


def _changes(before: dict[Address, Story], after: dict[Address, Story]) -> Iterator[tuple[Address, str]]:
    for address in sorted(before.keys() | after.keys()):
        if before.get(address) != after.get(address):
            yield address, "added" if address not in before else "removed" if address not in after else "altered"
