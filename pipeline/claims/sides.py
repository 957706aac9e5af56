"""The countries and blocs of a sentence, grouped as they are coordinated, with the words that tell which side each is on.

Finding the groups belongs here; which of them a given number is about belongs to `quantity_sides`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameMark

# What may stand between two names of one group: `Kazakhstan, Kyrgyzstan and the EU`, `Georgian-Russian`, `Moscow/Kiev`.
_COORDINATION = re.compile(
    r"(?:'s?)?\s*(?:,\s*(?:and|as well as|or)?|and|as well as|or|&|/|-|–|—|plus)\s*(?:the|its|with)?\s*", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"(?:^|[^\w])(between|with|to|from|into|for|in|of|by|at|on|against|via|through|across|over|towards?|and|among|within|toward|outside|"
    r"(?:in the )?direction of|destined for|bound for|out of|throughout)\s+"
    r"(?:(?:the|its|his|her|their|both|all|of|neighbou?ring|nearby|either|each|such|countries|as|port|ports|city|republic|state|states|people's|territory|station|"
    r"economy|northern|southern|eastern|western|central|border|borders|side|terminals?|seaports?|towns?|region)\s+){0,4}$"
)
_THROUGH_NOUN = re.compile(
    r"(?:^|[^\w])(to|from|into|towards?)\s+(?:[\w'-]+\s+){1,4}(?:of|in)\s+(?:the\s+)?$"
)
_RECEIVES = re.compile(r"\s+(?:will |would |has |have |had |also |alone )?(?:get|gets|got|receives?|received|took|takes|take|bought|buys)\b")
_SAME = {
    "towards": "to",
    "toward": "to",
    "destined for": "to",
    "bound for": "to",
    "direction of": "to",
    "in the direction of": "to",
    "among": "between",
    "within": "in",
    "out of": "from",
    "throughout": "across",
}
_WINDOW = 60
_STEM = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand together and share a side.

    `members` holds the codes of each name in order; `preposition` the word that governs the group, empty for none; `owner`
    tells a possessive (`Kazakhstan's`) or an adjective (`Kazakh`); `place` that all members are places within countries;
    `receives` that the verb behind the group is one of getting.
    """

    start: int
    end: int
    members: tuple[tuple[str, ...], ...]
    preposition: str
    owner: bool
    place: bool
    receives: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the group, sorted, without repeats."""
        return tuple(sorted({code for member in self.members for code in member}))


_EVERYBODY = ("WORLD",)  # trade with the world names no partner
_SIDE_KINDS = {"country", "bloc", "place", "port", "railway", "company", "organisation", "person"}


def side_groups(folded: str, start: int, names: Sequence[NameMark]) -> list[Group]:
    """The groups of a sentence that starts at `start`, by place. Names without a country are left out."""
    sided = [name for name in names if name.codes and name.kind in _SIDE_KINDS and name.codes != _EVERYBODY and _stands_for_country(name)]
    groups: list[Group] = []
    run: list[NameMark] = []
    for name in sided:
        if run and not _coordinated(folded, run[-1], name):
            groups.append(_group(folded, start, run))
            run = []
        run.append(name)
    if run:
        groups.append(_group(folded, start, run))
    return groups


def _stands_for_country(name: NameMark) -> bool:
    """A company stands for its country only if its name says which."""
    if name.kind != "company":
        return True
    countries = vocabulary().countries
    return any(countries.get(code, "?")[:_STEM].lower() in name.text.lower() for code in name.codes)


def _coordinated(folded: str, left: NameMark, right: NameMark) -> bool:
    if (left.kind in ("country", "bloc")) != (right.kind in ("country", "bloc")):
        return False
    return right.start - left.end <= 20 and _COORDINATION.fullmatch(folded, left.end, right.start) is not None


def _group(folded: str, start: int, run: Sequence[NameMark]) -> Group:
    first, last = run[0], run[-1]
    before = folded[max(start, first.start - _WINDOW) : first.start]
    match = _THROUGH_NOUN.search(before) or _PREPOSITION.search(before)
    preposition = match.group(1) if match else ""
    owner = all(name.form == "adjective" for name in run) or folded.startswith("'", last.end)
    place = all(name.kind not in ("country", "bloc") for name in run)
    return Group(first.start, last.end, tuple(name.codes for name in run), _SAME.get(preposition, preposition), owner, place, _RECEIVES.match(folded, last.end) is not None)
