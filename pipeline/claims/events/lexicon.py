"""The words of events: classes of verbs and of things, what a verb tells of a thing, nouns of action, modes and directions.

Reading `events.toml` into searchable lexicons belongs here; the grammar belongs to `grammar`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from pipeline.claims.events.inflection import Form, plural, verb_forms
from pipeline.contract.reference import read_toml
from pipeline.language.phrases import Phrases

Voice = Literal["active", "passive", "alone", "self", "state"]
# The classes of things that are called by their own names.
PLACE, GOODS, CORRIDOR, SELF = "PLACE", "GOODS", "CORRIDOR", "SELF"


class VerbMeaning(NamedTuple):
    """What a spelling may be: the classes of its verb by form, and these forms."""

    classes: Mapping[Form, frozenset[str]]
    forms: frozenset[Form]


class Told(NamedTuple):
    """What a verb tells of a thing: the kind of event, and whether it tells that it does not happen (`kept the ban`)."""

    kind: str
    negated: bool


class EventLexicon(NamedTuple):
    """All lexicons of events. `tells` is by class of verb, class of thing and voice."""

    verbs: Phrases[VerbMeaning]
    things: Phrases[frozenset[str]]
    nouns: Phrases[frozenset[str]]
    noun_things: Mapping[str, frozenset[str]]
    tells: Mapping[tuple[str, str, Voice], tuple[Told, ...]]
    alone: frozenset[str]
    families: Mapping[str, str]
    needs: frozenset[str]
    modes: Phrases[str]
    corridor_modes: Mapping[str, str]
    directions: Phrases[str]
    quiet: Phrases[None]
    reach: Mapping[str, int]
    crossing: Mapping[str, frozenset[str]]
    priority: tuple[str, ...]
    outgoing: frozenset[str]
    happening: frozenset[str]
    ahead: frozenset[str]
    not_heads: frozenset[str]
    words: Mapping[str, frozenset[str]]


def _verbs(data: Mapping[str, Any]) -> dict[str, VerbMeaning]:
    lists = {name: list(phrases) for name, phrases in data["verbs"].items()}
    for name, parts in data["combined"].items():
        lists[name] = [f"{first} {then}" for first in parts["first"] for then in parts["then"]]
    found: defaultdict[str, defaultdict[Form, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, phrases in lists.items():
        for phrase in phrases:
            for spelling, form in verb_forms(phrase, data["irregular"]):
                found[spelling][form].add(name)
    return {
        spelling: VerbMeaning({form: frozenset(names) for form, names in sorted(forms.items())}, frozenset(forms))
        for spelling, forms in found.items()
    }


def _things(classes: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, phrases in classes.items():
        for phrase in phrases:
            for spelling in (phrase, _plural_of(phrase)):
                found[spelling].add(name)
    return {spelling: frozenset(names) for spelling, names in found.items()}


def _plural_of(phrase: str) -> str:
    """The plural of a phrase: of its last word, or of the noun before a preposition (`restriction on export`)."""
    parts = phrase.split()
    for index, word in enumerate(parts):
        if index and word in ("of", "on", "with", "to", "from", "abroad", "through"):
            nouns = [*parts[: index - 1], plural(parts[index - 1]), word, *(plural(last) for last in parts[index + 1 :])]
            return " ".join(nouns)
    return " ".join([*parts[:-1], plural(parts[-1])])


def _by_class(classes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            if meanings.setdefault(phrase, name) != name:
                raise ValueError(f"events.toml: {phrase!r} stands under {meanings[phrase]} and {name}")
    return meanings


def _tells(entries: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, Voice], tuple[Told, ...]]:
    found: defaultdict[tuple[str, str, Voice], list[Told]] = defaultdict(list)
    for entry in entries:
        told = Told(entry["kind"], entry.get("negated", False))
        for verb in entry["verbs"]:
            for thing in entry["things"]:
                for voice in entry["voices"]:
                    found[verb, thing, voice].append(told)
    return {key: tuple(told) for key, told in found.items()}


def _nouns(nouns: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for kind, phrases in nouns.items():
        for phrase in phrases:
            found[phrase if " " in phrase and not phrase.startswith("large") else f"{phrase} of"].add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


@cache
def event_lexicon() -> EventLexicon:
    """The lexicons of `seeds/reference/events.toml`. Raises `ValueError` if a phrase has two meanings where one is allowed."""
    data = read_toml("events.toml")
    tells = _tells(data["tells"])
    return EventLexicon(
        verbs=Phrases(_verbs(data)),
        things=Phrases(_things(data["things"])),
        nouns=Phrases(_nouns(data["nouns"])),
        noun_things={kind: frozenset(names) for kind, names in data["noun_things"].items()},
        tells=tells,
        alone=frozenset(verb for verb, thing, _ in tells if thing == SELF),
        families=data["families"],
        needs=frozenset(data["needs"]["words"]),
        modes=Phrases(_by_class({mode: entry["words"] for mode, entry in data["mode"].items()})),
        corridor_modes=data["corridor_mode"],
        directions=Phrases(_by_class(data["direction"])),
        quiet=Phrases(dict.fromkeys(data["quiet"]["words"])),
        reach=data["reach"],
        crossing={kind: frozenset(words) for kind, words in data["crossing"].items()},
        priority=tuple(data["priority"]["kinds"]),
        ahead=frozenset(data["ahead"]["words"]),
        happening=frozenset(data["happening"]["words"]),
        outgoing=frozenset(data["outgoing"]["things"]),
        not_heads=frozenset(data["not_head"]["words"]),
        words={name: frozenset(listed) for name, listed in data["words"].items()},
    )
