"""Whether a number is a claim at all: what its sentence, its sides and its text must show beside a word that hints at trade.

Everyday verbs (sold, took, costs, carries) speak of trade and freight only where something else does. What a number is about
belongs to `topic`; the words are data in `[grounds]` of `seeds/reference/claim_traits.toml`.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple, Protocol

from pipeline.claims.context.cues import Cue, Topic, topics
from pipeline.claims.context.memory import Memory, Slots
from pipeline.claims.context.reading import Reading
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import Number
from pipeline.contract.reference import read_toml

_TRADED = frozenset({"turnover", "exports", "imports", "balance"})
_CARRIERS = frozenset({"corridor", "port", "railway"})
_OTHER_MATTERS = frozenset({"company", "production", "people", "economy"})
_SEVERAL = 2

Matter = Literal["trade", "other", "open"]


class Meant(Protocol):
    """A number with its topic, and the word that tells it."""

    @property
    def number(self) -> Number:
        """The number with its unit."""
        ...

    @property
    def topic(self) -> Topic:
        """What it is about."""
        ...

    @property
    def cue(self) -> Cue | None:
        """The word that says so; None where the text does."""
        ...


class _Words(NamedTuple):
    """The patterns of `[grounds]`."""

    telling: re.Pattern[str]
    transport: re.Pattern[str]
    place: re.Pattern[str]
    project: re.Pattern[str]
    plant: re.Pattern[str]
    freight: re.Pattern[str]
    costs: frozenset[str]
    hard_currencies: frozenset[str]


@cache
def _words() -> _Words:
    words = read_toml("claim_traits.toml")["grounds"]

    def one_of(*kinds: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(word for kind in kinds for word in words[kind])})")

    return _Words(
        telling=one_of("telling"),
        transport=one_of("transport"),
        place=one_of("places"),
        project=one_of("transport", "project"),
        plant=one_of("plant"),
        freight=one_of("freight"),
        costs=frozenset(words["costs"]),
        hard_currencies=frozenset(words["hard_currencies"]),
    )


def matter_of(reading: Reading, cues: Iterable[Cue]) -> Matter:
    """What a text is on: trade or freight if it names them in so many words, other matters if it names those alone."""
    strong = [cue for cue in cues if cue.kind == "topic" and cue.strong]
    if any(topics()[cue.value].indicator and _words().telling.search(cue.phrase) for cue in strong):
        return "trade"
    if any(name.kind in _CARRIERS for sentence in reading.sentences for name in sentence.names):
        return "trade"
    return "other" if sum(cue.value in _OTHER_MATTERS for cue in strong) >= _SEVERAL else "open"


def settled_matter(matter: Matter, memory: Memory) -> Matter:
    """What a text is on, once it has told a claim: a text that is open so far goes on with trade or freight."""
    return "trade" if matter == "open" and memory.last is not None else matter


def is_grounded(scene: Scene, meant: Meant, slots: Slots, matter: Matter) -> bool:
    """Whether a number is a claim about its topic, in a text that is on this matter."""
    indicator = meant.topic.indicator
    if indicator == "capacity" and _of_a_plant(scene):
        return False
    if indicator == "financing" and _is_domestic(meant.number, slots):
        return False
    if meant.number.unit.startswith("flight") and not (matter == "trade" and _is_freight(scene, slots)):
        return False
    hinted = meant.cue is None or not meant.cue.strong
    costs = indicator == "investment" and meant.cue is not None and meant.cue.phrase in _words().costs
    return matter == "trade" or not (hinted or costs) or _is_shown(scene, str(indicator), slots, matter, costs)


def _is_shown(scene: Scene, indicator: str, slots: Slots, matter: Matter, costs: bool) -> bool:
    """Whether sides, goods or a project show that a word which only hints at trade or freight does speak of it."""
    if indicator in _TRADED:
        return _has_sides(slots) and (matter == "open" or _names_sides(scene, slots))
    span = (scene.reading.start, scene.reading.end)
    built = costs and _words().project.search(scene.folded, *span) is not None
    on_the_way = matter == "open" and not costs and _words().place.search(scene.folded, *span) is not None
    shown = built or on_the_way or indicator == "deal_value"
    return shown or _has_sides(slots) or (slots.commodity is not None and not costs)


def _names_sides(scene: Scene, slots: Slots) -> bool:
    """Whether the sentence itself names one of the sides."""
    return any({*slots.reporter, *slots.partner} & set(group.codes) for group in scene.groups)


def _has_sides(slots: Slots) -> bool:
    return bool(slots.reporter or slots.partner or slots.origin or slots.destination or slots.corridor)


def _of_a_plant(scene: Scene) -> bool:
    """Whether a capacity is that of a plant, a mine or a store, in a sentence that names nothing of transport."""
    span = (scene.reading.start, scene.reading.end)
    named = any(name.kind in ("port", "railway", "corridor") for name in scene.reading.names)
    return (
        not named
        and _words().plant.search(scene.folded, *span) is not None
        and not _words().transport.search(scene.folded, *span)
    )


def _is_domestic(number: Number, slots: Slots) -> bool:
    """Whether a loan in a country's own money has no other side than that country."""
    sides = {*slots.reporter, *slots.partner}
    return len(sides) == 1 and number.kind == "money" and number.unit not in _words().hard_currencies


def _is_freight(scene: Scene, slots: Slots) -> bool:
    """Whether flights carry goods: the sentence says so."""
    return (
        slots.commodity is not None or _words().freight.search(scene.folded, scene.reading.start, scene.reading.end) is not None
    )
