"""Names that no lexicon can hold: companies, bodies, corridors and lines by a word that closes or opens them, people by title.

Belongs here: how far such a name reaches from its trigger word, and which country it belongs to. The trigger words are data in
`seeds/reference/names.toml`; the lexicons belong to `pipeline.language.names_lexicon`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.marks import NameKind
from pipeline.language.names_lexicon import Found, Trigger

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠȘŢȚŤŪŮŰŹŻŽƏ"
_TOKEN = rf"(?:(?:[{_UPPER}]\.){{1,3}}|[{_UPPER}][\w&/-]{{0,40}}(?:'(?!s\b)\w{{1,20}})?)"
_WORD = re.compile(rf"{_TOKEN},?")
_HYPHENATED = re.compile(rf"[{_UPPER}]\w{{1,30}}(?:-(?:[{_UPPER}]\w{{1,30}}|i|e|al)){{1,6}}")
_OF = re.compile(rf" (?:of|for|on) (?:the )?(?={_TOKEN})")
_NEXT = re.compile(rf"(?: (?:of|for|and|&|de|the|of the))? ({_TOKEN})")
_LISTED = re.compile(rf", {_TOKEN}(?: {_TOKEN})?(?=(?:, {_TOKEN}(?: {_TOKEN})?)? and {_TOKEN})")
_PERSON = re.compile(
    rf",? ((?:{_TOKEN}|(?:al|el|Al|El)-{_TOKEN})"
    rf"(?: (?:(?:bin|ibn|van|von|der|den|de|la|da|dos|di|ul|al|el|ter) ){{0,2}}(?:{_TOKEN}|(?:al|el)-{_TOKEN})){{0,3}})"
)
_PORTFOLIO_WORD = re.compile(r"[ ,]{1,2}(\w{1,30})")
_OF_STATE = re.compile(r" of (?:the )?(?:Republic of )?")
_OF_PLACE = re.compile(rf" of ((?:(?:El|Al|Ras|San|Santa|Saint|St\.|Las|Los|La|Le|New|Cape|Puerto|Port|Bandar|Umm) )?{_TOKEN})")
_TELLING = ({"country"}, {"place", "port"}, {"company", "railway", "organisation"})
"""The kinds of names that tell the country of a name that they are part of, the surest first."""
_LEFT = 110
_MOST_WORDS = 6
_TITLE_REACH = 70


class OpenName(NamedTuple):
    """A name that is in no lexicon."""

    start: int
    end: int
    kind: NameKind
    codes: tuple[str, ...]


class _Words(NamedTuple):
    never: frozenset[str]
    generic: frozenset[str]
    particles: frozenset[str]
    between: frozenset[str]


@cache
def _words() -> _Words:
    table = read_toml("names.toml")["open"]
    return _Words(
        frozenset(table["never"]),
        frozenset(table["generic"]),
        frozenset(table["particles"]),
        frozenset(table["title"]["between"]),
    )


class _Scene(NamedTuple):
    """A flat text with the names that the lexicons have found in it."""

    flat: str
    found: Sequence[Found]
    starts: Sequence[int]

    def within(self, start: int, end: int) -> list[Found]:
        """The lexicon's names that lie inside a span."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [name for name in self.found[first:last] if name.end <= end]

    def country_before(self, start: int) -> Found | None:
        """The country whose name, adjective or possessive ends right before an offset."""
        for name in reversed(self.within(max(0, start - 40), start)):
            if name.entry.kind in {"country", "bloc"} and self.flat[name.end : start] in {" ", "'s ", "' "}:
                return name
        return None


def open_names(flat: str, triggers: Sequence[Trigger], found: Sequence[Found]) -> list[OpenName]:
    """The open names of a flat text. `found` is sorted by start."""
    scene = _Scene(flat, found, [name.start for name in found])
    names: list[OpenName] = []
    for trigger in triggers:
        if _is_in_capitals(flat, trigger):
            continue
        if name := _GROUPS[trigger.group](scene, trigger):
            names.append(name)
    return names


def _is_in_capitals(flat: str, trigger: Trigger) -> bool:
    """Whether the trigger stands in a line all in capitals, where capitals tell no names."""
    if not flat[trigger.start : trigger.end].isupper():
        return False
    if trigger.end - trigger.start > 4:
        return True
    around = flat[max(0, trigger.start - 20) : trigger.start].split()[-1:] + flat[trigger.end : trigger.end + 20].split()[:1]
    return any(len(word) > 4 and word.isupper() for word in around)


def _back(flat: str, end: int, particles: frozenset[str], may_pause: bool = False) -> list[tuple[int, str]]:
    """The capitalised words that stand right before an offset, with where they start, in the order of the text.

    `may_pause` lets the last of them have a comma behind it (`Acme Trading, Inc.`).
    """
    never = _words().never
    words: list[tuple[int, str]] = []
    pending: list[tuple[int, str]] = []
    if end < 2 or flat[end - 1] != " ":
        return words
    at = end - 1
    begin = max(0, end - _LEFT)
    while at > begin and len(words) < _MOST_WORDS:
        space = flat.rfind(" ", begin, at)
        word = flat[space + 1 : at]
        if word in particles and words:
            pending.append((space + 1, word))
        elif _WORD.fullmatch(word) and word not in never and (not word.endswith(",") or (may_pause and not words)):
            words += [*pending, (space + 1, word)]
            pending = []
        else:
            break
        at = space
        if space < begin:
            break
    return words[::-1]


def _codes_of(scene: _Scene, start: int, end: int) -> tuple[str, ...]:
    """The one country that a name tells by a word inside it or right before it; empty if none or several."""
    inside = [name.entry for name in scene.within(start, end) if name.entry.codes]
    codes: set[tuple[str, ...]] = set()
    for kinds in _TELLING:
        codes = codes or {entry.codes for entry in inside if entry.kind in kinds}
    if not codes and (before := scene.country_before(start)):
        codes = {before.entry.codes}
    return codes.pop() if len(codes) == 1 else ()


def _is_covered(scene: _Scene, trigger: Trigger) -> bool:
    """Whether a lexicon's name other than a good's or a country's holds the trigger already."""
    return any(
        name.end >= trigger.end
        and name.start < trigger.start
        and scene.flat[name.start - 1 : name.start] != "-"
        and name.entry.kind not in {"commodity", "country", "bloc"}
        for name in scene.found[bisect_left(scene.starts, trigger.start - _LEFT) : bisect_left(scene.starts, trigger.start)]
    )


def _goes_on(flat: str, end: int) -> bool:
    """Whether a capitalised word follows directly, as in headlines in title case."""
    return bool(_NEXT.match(flat, end)) and flat[end : end + 1] == " " and flat[end + 1 : end + 2].isupper()


def _closed(scene: _Scene, trigger: Trigger, kind: NameKind, particles: frozenset[str]) -> OpenName | None:
    if _is_covered(scene, trigger):
        return None
    words = _back(scene.flat, trigger.start, particles, may_pause=kind == "company")
    if not words:
        return None
    return OpenName(words[0][0], trigger.end, kind, _codes_of(scene, words[0][0], trigger.end))


def _company(scene: _Scene, trigger: Trigger) -> OpenName | None:
    is_plain_word = scene.flat[trigger.start : trigger.end].istitle() and trigger.end - trigger.start > 4
    if is_plain_word and _goes_on(scene.flat, trigger.end):
        return None
    return _closed(scene, trigger, "company", _words().particles)


def _railway(scene: _Scene, trigger: Trigger) -> OpenName | None:
    """A railway as a carrier; one named by its ends is a line, which `_line` finds."""
    if _goes_on(scene.flat, trigger.end) or _line(scene, trigger):
        return None
    return _closed(scene, trigger, "railway", frozenset())


def _body(scene: _Scene, trigger: Trigger) -> OpenName | None:
    return None if _goes_on(scene.flat, trigger.end) else _closed(scene, trigger, "organisation", _words().particles)


def _ministry(scene: _Scene, trigger: Trigger) -> OpenName | None:
    """A body of a government; the country's word before it is left out of the name but gives its code."""
    name = None if _goes_on(scene.flat, trigger.end) else _closed(scene, trigger, "organisation", frozenset({"and", "of", "&"}))
    if name is None:
        return None
    start = name.start
    for other in scene.within(start, trigger.start):
        if scene.flat.startswith(" and ", other.end) and other.entry.kind != "commodity":
            start = other.end + len(" and ")
    start = _behind_country(scene, start, trigger.start)
    if start >= trigger.start:
        return None
    return name._replace(start=start, codes=_codes_of(scene, start, name.end))


def _behind_country(scene: _Scene, start: int, end: int) -> int:
    """The offset behind the country's or bloc's word that a name opens with."""
    behind = [
        name.end + 1 for name in scene.within(start, end) if name.start == start and name.entry.kind in {"country", "bloc"}
    ]
    return max(behind, default=start)


def _head(scene: _Scene, trigger: Trigger) -> OpenName | None:
    """`Ministry of Trade and Integration of the Republic of Kazakhstan`."""
    of = _OF.match(scene.flat, trigger.end)
    if not of:
        return None
    end = at = of.end() - 1
    joins = scene.flat[trigger.start : trigger.end] not in {"Bank", "University"}
    for _ in range(_MOST_WORDS + 2):
        listed = _LISTED.match(scene.flat, at) if joins else None
        following = listed or _NEXT.match(scene.flat, at)
        if not following or not _may_follow(scene, following, joins):
            break
        end = at = following.end()
    if end < of.end():
        return None
    words = _back(scene.flat, trigger.start, frozenset())
    start = _behind_country(scene, words[0][0] if words else trigger.start, trigger.start)
    return OpenName(start, end, "organisation", _codes_of(scene, start, end))


def _may_follow(scene: _Scene, following: re.Match[str], joins: bool) -> bool:
    """Whether a further word belongs to a body's name: no other name after `and`, no word that never does."""
    if following.re is _LISTED:
        return True
    if following.group(1) in _words().never:
        return False
    if not following.group().startswith((" and ", " & ")):
        return True
    names = scene.within(following.start(1), following.start(1) + 60)
    return joins and not any(name.start == following.start(1) and name.entry.kind != "commodity" for name in names)


def _port(scene: _Scene, trigger: Trigger) -> OpenName | None:
    of = _OF_PLACE.match(scene.flat, trigger.end)
    if not of or of.group(1) in _words().never:
        return None
    named = [name for name in scene.within(of.start(1), of.end() + 40) if name.start == of.start(1)]
    if any(name.entry.kind == "country" and name.entry.form == "name" for name in named):
        return None
    if not named and scene.flat[trigger.start].islower():
        return None
    longest = max((name.end for name in named), default=of.end())
    return OpenName(trigger.start, longest, "port", _codes_of(scene, of.start(1), longest))


def _corridor(scene: _Scene, trigger: Trigger) -> OpenName | None:
    if _is_covered(scene, trigger):
        return None
    words = _back(scene.flat, trigger.start, frozenset())
    generic = _words().generic
    if not words or all(word in generic for _, word in words):
        return None
    start = words[0][0]
    if len(words) == 1 and any(
        name.start == start and name.end == trigger.start - 1 and name.entry.kind in {"country", "bloc", "commodity"}
        for name in scene.within(start, trigger.start)
    ):
        return None
    return OpenName(start, trigger.end, "corridor", (" ".join(scene.flat[start : trigger.end].lower().split()),))


def _line(scene: _Scene, trigger: Trigger) -> OpenName | None:
    """A line or route that is named by its ends, `the Rasht-Astara railway`."""
    if _is_covered(scene, trigger):
        return None
    space = scene.flat.rfind(" ", max(0, trigger.start - _LEFT), trigger.start - 1)
    ends = scene.flat[space + 1 : trigger.start - 1]
    if not _HYPHENATED.fullmatch(ends) or scene.flat[trigger.start - 1] != " ":
        return None
    parts = scene.within(space + 1, trigger.start - 1)
    if not any(part.entry.kind in {"place", "port", "country", "bloc"} for part in parts) or _is_one_name(parts, ends):
        return None
    return OpenName(space + 1, trigger.end, "corridor", (scene.flat[space + 1 : trigger.end].lower(),))


def _is_one_name(parts: Sequence[Found], ends: str) -> bool:
    return any(part.end - part.start == len(ends) for part in parts)


def _person(scene: _Scene, trigger: Trigger) -> OpenName | None:
    flat = scene.flat
    at = trigger.end
    at = _behind_portfolio(flat, at)
    codes = _codes_of_title(scene, trigger)
    if of_state := _OF_STATE.match(flat, at):
        for state in scene.within(of_state.end(), of_state.end() + 40):
            if state.start == of_state.end() and state.entry.kind in {"country", "bloc", "place", "port"}:
                at, codes = state.end, state.entry.codes
    person = _PERSON.match(flat, at)
    if not person:
        return None
    start, end = _named(scene, person.start(1), person.end(1))
    if end == start or (flat[start:end].isupper() and " " not in flat[start:end]):
        return None
    return OpenName(start, end, "person", codes)


def _behind_portfolio(flat: str, at: int) -> int:
    """The offset behind `of Trade and Integration`, or the same offset if a title has no portfolio behind it."""
    of = _OF.match(flat, at)
    if not of:
        return at
    between = _words().between
    end = at
    for word in _PORTFOLIO_WORD.finditer(flat, of.end() - 1, of.end() + _TITLE_REACH):
        if word.group(1).lower() not in between or (word.group(1).islower() and word.group(1) != "and"):
            break
        end = word.start(1) + len(word.group(1))
    return end


def _named(scene: _Scene, start: int, end: int) -> tuple[int, int]:
    """The part of a run of capitalised words that is a person's name."""
    never = _words().never
    words = scene.flat[start:end].split(" ")
    kept = 0
    while kept < len(words) and words[kept] not in never:
        kept += 1
    end = start + len(" ".join(words[:kept]))
    names = [name for name in scene.within(start, end + 40) if name.start < end and name.entry.kind is not None]
    if any(name.start == start or name.entry.form == "leader" for name in names):
        return start, start
    if names and not (kept == 2 and not words[0].endswith("s") and names[0].end == end):
        end = names[0].start - 1
    return start, max(start, end)


def _codes_of_title(scene: _Scene, trigger: Trigger) -> tuple[str, ...]:
    """The country that the title tells: `Kazakh Transport Minister`, `Azerbaijan's deputy prime minister`."""
    between = _words().between
    for name in reversed(scene.within(max(0, trigger.start - _TITLE_REACH), trigger.start)):
        if name.entry.kind in {"country", "bloc"} and name.entry.form != "leader":
            words = scene.flat[name.end : trigger.start].replace("'s ", " ").split()
            return name.entry.codes if all(word.lower() in between for word in words) else ()
    return ()


_GROUPS = {
    "company": _company,
    "railway": _railway,
    "body": _body,
    "ministry": _ministry,
    "head": _head,
    "port": _port,
    "corridor": _corridor,
    "line": _line,
    "title": _person,
}
