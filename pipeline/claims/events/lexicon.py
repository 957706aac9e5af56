"""The words of events: verbs, what they act on, modes and directions.

Reading `events.toml` into searchable lexicons belongs here; the grammar belongs to `events`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.contract.reference import read_toml
from pipeline.language.phrases import Phrases

Role = Literal["verb", "noun", "object"]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All lexicons of events. A word may serve several kinds, hence the sets. `bases` are the bare forms of verbs."""

    verbs: Phrases[frozenset[str]]
    bases: frozenset[str]
    nouns: Phrases[frozenset[str]]
    objects: Phrases[frozenset[str]]
    families: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]
    modes: Phrases[str]
    corridor_modes: Mapping[str, str]
    directions: Phrases[str]
    quiet: Phrases[None]
    reach: Mapping[str, int]
    crossing: Mapping[str, frozenset[str]]
    intransitive: frozenset[str]
    intransitive_objects: frozenset[str]
    intransitive_verbs: frozenset[str]
    adjectival: frozenset[str]
    on_place: frozenset[str]
    on_goods: frozenset[str]
    priority: tuple[str, ...]
    outgoing: frozenset[str]
    happening: frozenset[str]
    ahead: frozenset[str]
    restraining: frozenset[str]
    restrained: frozenset[str]
    arrivals: frozenset[str]
    departures: frozenset[str]


def _by_phrase(kinds: Mapping[str, Mapping[str, Any]], key: str) -> Phrases[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, entry in kinds.items():
        for phrase in entry[key]:
            found.setdefault(phrase, set()).add(kind)
    return Phrases({phrase: frozenset(names) for phrase, names in found.items()})


def _by_class(classes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            if meanings.setdefault(phrase, name) != name:
                raise ValueError(f"events.toml: {phrase!r} stands under {meanings[phrase]} and {name}")
    return meanings


def _bases(verbs: set[str]) -> frozenset[str]:
    """The verbs whose past form is in the list as well: they stand in their bare form, which may be a noun or an adjective."""
    irregular = {
        "build",
        "rebuild",
        "lay",
        "let",
        "cut",
        "set",
        "withdraw",
        "begin",
        "start",
        "stop",
        "bar",
        "ban",
        "drop",
        "slap",
    }
    return frozenset(verb for verb in verbs if verb + "ed" in verbs or verb + "d" in verbs or verb in irregular)


@cache
def event_lexicon() -> EventLexicon:
    """The lexicons of `seeds/reference/events.toml`. Raises `ValueError` if a phrase has two meanings where one is allowed."""
    data = read_toml("events.toml")
    kinds = data["kind"]
    return EventLexicon(
        verbs=_by_phrase(kinds, "verbs"),
        bases=_bases({verb for entry in kinds.values() for verb in entry["verbs"]}),
        nouns=_by_phrase(kinds, "nouns"),
        objects=_by_phrase(kinds, "objects"),
        families={kind: entry["family"] for kind, entry in kinds.items()},
        needs={kind: frozenset(entry["needs"]) for kind, entry in kinds.items() if "needs" in entry},
        modes=Phrases(_by_class({mode: entry["words"] for mode, entry in data["mode"].items()})),
        corridor_modes=data["corridor_mode"],
        directions=Phrases(_by_class(data["direction"])),
        quiet=Phrases(dict.fromkeys(data["quiet"]["words"])),
        reach=data["reach"],
        crossing={kind: frozenset(words) for kind, words in data["crossing"].items()},
        intransitive=frozenset(data["intransitive"]["kinds"]),
        intransitive_objects=frozenset(data["intransitive"]["objects"]),
        intransitive_verbs=frozenset(data["intransitive"]["verbs"]),
        adjectival=frozenset(data["adjectival"]["words"]),
        on_place=frozenset(data["on_place"]["verbs"]),
        on_goods=frozenset(data["on_goods"]["verbs"]),
        priority=tuple(data["priority"]["kinds"]),
        ahead=frozenset(data["ahead"]["words"]),
        happening=frozenset(data["happening"]["words"]),
        restraining=frozenset(data["restraining"]["verbs"]),
        restrained=frozenset(data["restraining"]["objects"]),
        arrivals=frozenset(data["arrival"]["verbs"]),
        departures=frozenset(data["departure"]["verbs"]),
        outgoing=frozenset(data["outgoing"]["objects"]),
    )
