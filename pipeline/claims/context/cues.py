"""The cue words of a text: what a number may measure, which way it went, how certain, compared with what, of whom.

Finding them belongs here, with their lexicons in `seeds/reference/claim_cues.toml` and `quantity_topics.toml`; weighing them
against each other belongs to the modules that use them.
"""

from functools import cache
from operator import attrgetter
from typing import Literal, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.phrases import Phrases, Together

CueKind = Literal[
    "topic",
    "direction",
    "modality",
    "base",
    "total",
    "pair",
    "pair_adjective",
    "home",
    "there",
    "route",
    "mode",
    "share",
    "said_by",
    "says",
    "speaker_pronoun",
    "hard_boundary",
    "soft_boundary",
]


class Meaning(NamedTuple):
    """One meaning of a cue phrase. `value` is the topic, direction, modality or mode that it stands for, else empty."""

    kind: CueKind
    value: str
    strong: bool
    hint: bool = False
    moving: bool = False


class Cue(NamedTuple):
    """A cue phrase at its place, in one of its meanings.

    A `hint` counts only where the text is on its topic already, a `moving` verb only for amounts (what went up did not travel).
    """

    start: int
    end: int
    phrase: str
    kind: CueKind
    value: str
    strong: bool
    hint: bool
    moving: bool = False


class Topic(NamedTuple):
    """What numbers can be about: an indicator of the contract with the classes of units that it is counted in, or none.

    `priority` is taken off the distance of its cues, for topics whose words are rare and telling; `traits` are those that
    `quantity_topics.toml` describes.
    """

    name: str
    indicator: str | None
    units: frozenset[str]
    priority: float
    traits: frozenset[str]


@cache
def topics() -> dict[str, Topic]:
    """All topics by name."""
    return {
        name: Topic(
            name,
            entry.get("indicator"),
            frozenset(entry["units"]),
            float(entry.get("priority", 0)),
            frozenset(entry.get("traits", ())),
        )
        for name, entry in read_toml("quantity_topics.toml")["topic"].items()
    }


@cache
def _lexicons() -> Together:
    """One lexicon for each kind of cue, so that a phrase of one kind never hides one of another that it holds."""
    cues = read_toml("claim_cues.toml")
    groups: list[list[tuple[str, Meaning]]] = [
        [
            (phrase, Meaning("topic", name, level == "strong", level == "hints", level == "moving"))
            for name, entry in read_toml("quantity_topics.toml")["topic"].items()
            for level in ("strong", "weak", "hints", "moving")
            for phrase in entry.get(level, [])
        ],
        *(_group(cues[kind], kind) for kind in ("direction", "modality", "mode")),
        _group({"": cues["comparison"]["base"]}, "base"),
        [
            *_group({"": cues["total"]["phrases"]}, "total"),
            *_group({"": cues["pair"]["phrases"]}, "pair"),
            *_group({"": cues["pair_adjective"]["phrases"]}, "pair_adjective"),
            *_group({"": cues["home"]["phrases"]}, "home"),
            *_group({"": cues["there"]["phrases"]}, "there"),
            *_group({"": cues["route"]["phrases"]}, "route"),
        ],
        _group({"": cues["share"]["phrases"]}, "share"),
        [
            *_group({"": cues["attribution"]["before"]}, "said_by"),
            *_group({"": cues["attribution"]["after"]}, "says"),
        ],
        _group({"": cues["attribution"]["pronouns"]}, "speaker_pronoun"),
        [*_group({"": cues["boundary"]["hard"]}, "hard_boundary"), *_group({"": cues["boundary"]["soft"]}, "soft_boundary")],
    ]
    return Together([_lexicon(group) for group in groups])


def _group(phrases: dict[str, list[str]], kind: CueKind) -> list[tuple[str, Meaning]]:
    return [(phrase, Meaning(kind, value, True)) for value, entries in phrases.items() for phrase in entries]


def _lexicon(entries: list[tuple[str, Meaning]]) -> Phrases[tuple[Meaning, ...]]:
    meanings: dict[str, list[Meaning]] = {}
    for phrase, meaning in entries:
        meanings.setdefault(phrase, []).append(meaning)
    return Phrases({phrase: tuple(found) for phrase, found in meanings.items()})


def find_cues(folded: str) -> list[Cue]:
    """All cues of a folded text by place; a phrase with several meanings gives several cues."""
    cues = [
        Cue(mark.start, mark.end, mark.phrase, *meaning)
        for marks in _lexicons().find(folded)
        for mark in marks
        for meaning in mark.meaning
    ]
    cues.sort(key=_by_place)
    return cues


_by_place = attrgetter("start", "end", "kind", "value")
