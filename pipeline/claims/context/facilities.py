"""The ports, lines, canals, crossings and journeys that a text tells of, and which of them `the line` or `its` means.

Finding them and whose they are belongs here, with their nouns in `seeds/reference/sides.toml`; what a number makes of one
belongs to the slot modules.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group, any_of, countries_of_line, pattern_of
from pipeline.contract.reference import read_toml
from pipeline.language.phrases import one_of

Codes = tuple[str, ...]
_BEFORE = 40  # characters between a facility and the name before it
_AFTER = 60
_STARTS, _ENDS = frozenset({"from"}), frozenset({"to", "for", "into"})
_TWO = 2


@dataclass(frozen=True, slots=True)
class Facility:
    """Something that carries or handles goods: its kind (a section of the words), whose it is, and its two ends if it has any.

    Goods go `both_ways` on what runs from one end to the other, unless it is a pipeline or a journey. `sentence` told of it.
    """

    kind: str
    countries: Codes
    origin: Codes = ()
    destination: Codes = ()
    both_ways: bool = False
    sentence: int = -1


@dataclass
class Known:
    """The facilities named last by kind, and the `focus`: the one that the sentence before was on."""

    by_kind: dict[str, Facility] = field(default_factory=dict)
    focus: Facility | None = None

    def copied(self) -> "Known":
        """The same, to go on by itself."""
        return Known(dict(self.by_kind), self.focus)

    def add(self, scene: Scene) -> None:
        """Keeps the facilities that a sentence names or points to, as told in it."""
        told = [
            replace(facility, sentence=scene.reading.index)
            for mention in mentions(scene)
            if not (mention.other or mention.way) and (facility := mention.means or self.by_kind.get(mention.kind)) is not None
        ]
        self.by_kind.update((facility.kind, facility) for facility in told)
        self.focus = told[0] if told else None


class Mention(NamedTuple):
    """A noun for a facility at its place; `means` is empty where another sentence tells which one it is.

    `other` tells that it is none told of before (`the eastern pipeline`, `the BTK line`), `way` is the direction before it.
    """

    start: int
    end: int
    kind: str
    means: Facility | None
    other: bool
    way: str


@cache
def _nouns() -> re.Pattern[str]:
    kinds: dict[str, list[str]] = read_toml("sides.toml")["facility"]
    return re.compile("|".join(rf"\b(?P<{kind}>{one_of(words)})\b" for kind, words in kinds.items()))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "named": re.compile(r"(?:'s?)?\s+(?:(?:and|the|new|deep-sea|main|state|national|dry)\s+)?(?:[a-z-]+\s+){0,2}?"),
        "of": re.compile(
            r"\s+(?:authority\s+)?(?:of|at|in|near|on|between|for|from|across|through|linking|connecting|joining)"
            r"\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}?"
        ),
        "links": re.compile(
            r"[^.;]{0,40}?\b(?:links?|connects?|joins?|linking|connecting|joining|runs|running|leads|leading)\b[^.;,]{0,20}?"
        ),
        "linked": re.compile(r"'?s?\s+(?:[\w'-]+\s+){0,3}?(?:with|to|and)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}"),
        "known": re.compile(
            rf"\b(?:the|its|their|this|that|these|our|both|such)\s+(?:(?P<other>{any_of('other_one')})\s+|[\w-]+\s+){{0,2}}$"
        ),
        "way": re.compile(r"\b(to|from|into|via|through|towards?|bound for)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}$"),
    }


def mentions(scene: Scene) -> list[Mention]:
    """The facilities that a sentence names, by place."""
    return scene.once(_mentions)


def _mentions(scene: Scene) -> list[Mention]:
    found = []
    patterns, start = _patterns(), scene.reading.start
    for noun in _nouns().finditer(scene.folded, start, scene.reading.end):
        kind = str(noun.lastgroup)
        means = _named(scene, noun, kind)
        known = patterns["known"].search(scene.folded, max(start, noun.start() - _BEFORE), noun.start())
        if means is None and known is None:
            continue
        head = known.start() if known is not None and means is None else noun.start()
        way = patterns["way"].search(scene.folded, max(start, head - _BEFORE), head)
        other = means is None and (_in_name(scene, noun) or (known is not None and known["other"] is not None))
        found.append(Mention(noun.start(), noun.end(), kind, means, other, way[1] if way else ""))
    return found


def _in_name(scene: Scene, noun: re.Match[str]) -> bool:
    """Whether a noun is a part of a name, or follows that of a corridor."""
    return any(
        name.start <= noun.start() < name.end or (name.kind == "corridor" and 0 <= noun.start() - name.end <= 1)
        for name in scene.reading.names
    )


def _named(scene: Scene, noun: re.Match[str], kind: str) -> Facility | None:
    """The facility whose names stand at its noun."""
    sentence = scene.reading.index
    ends = _ends(scene, noun, kind)
    if ends is not None:
        both_ways = kind == "line" and not noun.group().startswith("pipe")
        return Facility(kind, tuple(sorted({*ends[0], *ends[1]})), *ends, both_ways=both_ways, sentence=sentence)
    if kind == "journey":
        return None
    countries = _codes_at(scene, noun)
    return Facility(kind, countries, sentence=sentence) if countries else None


def _codes_at(scene: Scene, noun: re.Match[str]) -> Codes:
    for name in scene.reading.names:
        if name.start <= noun.start() <= name.end + 1 and name.codes and name.kind in ("railway", "port", "corridor"):
            return countries_of_line(name.codes[0]) if name.kind == "corridor" else name.codes
    group = None if _in_name(scene, noun) else _at(scene, noun)
    return group.codes if group is not None else ()


def _ends(scene: Scene, noun: re.Match[str], kind: str) -> tuple[Codes, Codes] | None:
    """The start and the end that stand behind a noun (`the pipeline from Chad to Cameroon`)."""
    if kind not in ("line", "journey"):
        return None
    behind = [group for group in scene.groups if group.start >= noun.end()][:_TWO]
    if len(behind) < _TWO or behind[0].start - noun.end() > _AFTER or behind[1].start - behind[0].end > _AFTER:
        return None
    start, end = behind
    if start.preposition in _STARTS and end.preposition in _ENDS and start.codes != end.codes:
        return start.codes, end.codes
    return None


def _at(scene: Scene, noun: re.Match[str]) -> Group | None:
    """The countries of the names right before or behind a noun (`the port of Koper`, `Georgia's railway`)."""
    patterns = _patterns()
    before = next((group for group in reversed(scene.groups) if group.end <= noun.start()), None)
    if before and noun.start() - before.end <= _BEFORE and patterns["named"].fullmatch(scene.folded, before.end, noun.start()):
        return before
    behind = [group for group in scene.groups if group.start >= noun.end()][:_TWO]
    if (
        behind
        and behind[0].start - noun.end() <= _AFTER
        and patterns["of"].fullmatch(scene.folded, noun.end(), behind[0].start)
    ):
        return behind[0]
    if len(behind) == _TWO and patterns["links"].fullmatch(scene.folded, noun.end(), behind[0].start):
        left, right = behind
        if patterns["linked"].fullmatch(scene.folded, left.end, right.start):
            return Group(left.start, right.end, (*left.members, *right.members), "", owner=False, place=False)
    return None


def meant(scene: Scene, before: int, known: Known, recent: int, speakers: Sequence[Spanned] = ()) -> Facility | None:
    """The facility that a sentence speaks of up to a place: one that it names or points to, else what its pronoun means.

    What is `known` counts where it was told no more than `recent` sentences before; `speakers` are who only say something.
    """
    found = [
        mention
        for mention in mentions(scene)
        if mention.start < before and not mention.way and not any(span.start <= mention.start < span.end for span in speakers)
    ]
    for mention in reversed(found):
        if mention.other:
            return None
        facility = mention.means or known.by_kind.get(mention.kind)
        if facility is not None and scene.reading.index - facility.sentence <= recent:
            return facility
    if known.focus is None or found:
        return None
    pronoun = pattern_of("facility_pronouns").search(scene.folded, scene.reading.start, before)
    return known.focus if pronoun is not None else None


def site_meant(scene: Scene, known: Known) -> Codes | None:
    """The countries of the facility that money of a sentence goes into (`into the port`); None where it speaks of no facility.

    Empty where it does, and the text does not tell whose it is.
    """
    pointed = [mention for mention in mentions(scene) if mention.kind != "journey"]
    for mention in pointed:
        facility = mention.means or (None if mention.other else known.by_kind.get(mention.kind))
        if facility is not None:
            return facility.countries
    built = _nouns().search(scene.folded, scene.reading.start, scene.reading.end)
    return () if pointed or (built is not None and built.lastgroup != "journey") else None
