"""A small world of sources over three days: what each serves at every step, four hours apart, and what goes wrong.

What a pipeline must make of it is worked out in `model`, from the same history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from soak.days.stories import Story, story

STEPS = 18

# What can be wrong with a feed, or with a page.
GONE = "gone"  # 404 or 410
FAILS = "fails"  # an error of the server
SILENT = "silent"  # takes the request and says nothing
LOOPS = "loops"  # redirects without an end
CUT = "cut"  # less than was announced
GARBAGE = "garbage"  # a page that says how sorry they are
NOISE = "noise"  # bytes
BOMB = "bomb"  # much more than it seems
MOVED = "moved"  # redirects to where it is; no fault
BUSY_ONCE = "busy once"  # asks to be tried again, and then answers; no fault
HARMLESS = (MOVED, BUSY_ONCE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at one step. Of a feed that `teases`, stories are on pages of their own, of which some have faults."""

    name: str
    stories: tuple[Story, ...] = ()
    fault: str | None = None
    teases: bool = False
    pages: dict[str, str] = field(default_factory=dict)

    def add(self, *keys: str) -> "Feed":
        """With new stories, the latest first, as feeds have them."""
        return replace(self, stories=(*(story(f"{self.name}-{key}") for key in reversed(keys)), *self.stories))

    def drop(self, *keys: str) -> "Feed":
        """Without stories that are too old."""
        return replace(self, stories=tuple(one for one in self.stories if one.key.partition("-")[2] not in keys))

    def correct(self, *keys: str) -> "Feed":
        """With stories told again."""
        return replace(
            self, stories=tuple(one.told_again() if one.key.partition("-")[2] in keys else one for one in self.stories)
        )

    def broken(self, fault: str | None) -> "Feed":
        """With a fault, or without the one it had."""
        return replace(self, fault=fault)

    def page(self, key: str, fault: str | None) -> "Feed":
        """With a fault of one page, or without the one it had."""
        others = {name: other for name, other in self.pages.items() if name != f"{self.name}-{key}"}
        return replace(self, pages={**others, **({f"{self.name}-{key}": fault} if fault else {})})


@dataclass(frozen=True, slots=True)
class World:
    """All that is there at one step: feeds by name, and the files of a folder."""

    feeds: dict[str, Feed]
    files: dict[str, Story]


def history() -> Iterator[World]:
    """The world at each step."""
    wire, agency, ports = Feed("wire").add("0", "1", "2", "3"), Feed("agency", teases=True).add("0", "1"), Feed("ports")
    ports = ports.add("0", "1", "2")
    files = {"first.txt": story("desk-first"), "second.txt": story("desk-second")}
    for step in range(STEPS):
        wire, agency, ports = _WIRE.get(step, _same)(wire), _AGENCY.get(step, _same)(agency), _PORTS.get(step, _same)(ports)
        files = _FILES.get(step, _same_files)(files)
        yield World({"wire": wire, "agency": agency, "ports": ports}, dict(files))


def _same(feed: Feed) -> Feed:
    return feed


def _same_files(files: dict[str, Story]) -> dict[str, Story]:
    return files


_MANY = [f"flood-{number}" for number in range(60)]

_WIRE = {
    1: lambda feed: feed.add("4"),
    2: lambda feed: feed.correct("1"),
    3: lambda feed: feed.add("5").drop("0"),
    4: lambda feed: feed.broken(FAILS),
    5: lambda feed: feed.add("6").drop("1"),  # while nobody could see it
    6: lambda feed: feed.broken(None).add("7"),
    8: lambda feed: feed.add("8").broken(CUT),
    9: lambda feed: feed.broken(None),
    10: lambda feed: feed.broken(BUSY_ONCE).add("9"),
    11: lambda feed: feed.broken(None),
    13: lambda feed: feed.correct("5", "9").drop("2", "3"),
    15: lambda feed: feed.broken(BOMB),
    16: lambda feed: feed.broken(None).add("10"),
}
_AGENCY = {
    1: lambda feed: feed.add("2").page("2", GONE),
    2: lambda feed: feed.page("2", None).correct("2"),  # without a change it would be asked for again only after a day
    3: lambda feed: feed.add("3", "4").page("3", SILENT),
    4: lambda feed: feed.page("3", None),
    5: lambda feed: feed.add("5").page("5", LOOPS),
    6: lambda feed: feed.correct("1"),
    7: lambda feed: feed.page("5", None).correct("0").page("0", GONE),
    9: lambda feed: feed.correct("4").page("4", FAILS),  # what was held of it stays
    10: lambda feed: feed.broken(SILENT),
    11: lambda feed: feed.broken(None).page("4", None),
    13: lambda feed: feed.add("6").drop("0", "1"),
    15: lambda feed: feed.add("7").page("7", FAILS),
    16: lambda feed: feed.page("7", None).correct("7"),
}
_PORTS = {
    1: lambda feed: feed.add("3"),
    3: lambda feed: feed.broken(GARBAGE),
    4: lambda feed: feed.broken(NOISE).add("4"),
    5: lambda feed: feed.broken(None),
    6: lambda feed: feed.broken(LOOPS),
    7: lambda feed: feed.broken(MOVED).add("5"),
    8: lambda feed: feed.broken(None).add(*_MANY),
    9: lambda feed: feed.drop(*_MANY),
    10: lambda feed: replace(feed, stories=()),
    11: lambda feed: feed.add("3", "4", "5", "6"),
    13: lambda feed: feed.broken(SILENT),
    14: lambda feed: feed.broken(None).add("7"),
    17: lambda feed: feed.add("8"),
}
_FILES = {
    2: lambda files: {**files, "third.txt": story("desk-third")},
    6: lambda files: {**files, "first.txt": files["first.txt"].told_again()},
    12: lambda files: {name: one for name, one in files.items() if name != "second.txt"},
}
