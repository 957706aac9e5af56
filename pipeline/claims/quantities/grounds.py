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
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Reading
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import Number
from pipeline.contract.reference import read_toml

_TRADED = frozenset({"turnover", "exports", "imports", "balance"})
_FLOWS = frozenset({"exports", "imports"})
_CARRIERS = frozenset({"corridor", "port", "railway"})
_OTHER_MATTERS = frozenset({"company", "production", "people", "economy", "leisure", "law", "defence", "health"})
_OF_TOWNS = frozenset({"investment", "distance", "capacity", "movements"})
_SEVERAL = 2
_SUBJECT_BEFORE = 30  # characters before a verb in which its subject ends
_TOLD_BEFORE = 240  # characters before a sentence in which what it goes on with may stand
_BEHIND = 80  # characters behind it in which what is built may be named

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
    urban: re.Pattern[str]
    abroad: re.Pattern[str]
    at_home: re.Pattern[str]
    home_market: re.Pattern[str]
    site: re.Pattern[str]
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
        urban=one_of("urban"),
        abroad=one_of("abroad"),
        at_home=one_of("at_home"),
        home_market=one_of("home_market"),
        site=one_of("transport", "dug"),
        costs=frozenset(words["costs"]),
        hard_currencies=frozenset(words["hard_currencies"]),
    )


def matter_of(reading: Reading, cues: Iterable[Cue]) -> Matter:
    """What a text is on: trade or freight if it names them in so many words, other matters if it names those alone."""
    strong = [cue for cue in cues if cue.kind == "topic" and cue.strong]
    if any(topics()[cue.value].indicator and _words().telling.search(cue.phrase) for cue in strong):
        return "trade"
    if sum(cue.value in _OTHER_MATTERS for cue in strong) >= _SEVERAL:
        return "other"
    return "trade" if any(name.kind in _CARRIERS for sentence in reading.sentences for name in sentence.names) else "open"


def settled_matter(matter: Matter, memory: Memory) -> Matter:
    """What a text is on, once it has told a claim: a text that is open so far goes on with trade or freight."""
    return "trade" if matter == "open" and memory.last is not None else matter


def is_grounded(scene: Scene, meant: Meant, slots: Slots, matter: Matter) -> bool:
    """Whether a number is a claim about its topic, in a text that is on this matter.

    Where the text names trade or freight, all is but costs of nothing that is built; elsewhere a word that only hints at them
    must be borne out, and a part of what is no claim (`carried 23 percent of them`, of passengers) is none either.
    """
    if _is_at_home(scene, meant, slots, matter):
        return False
    indicator = meant.topic.indicator
    hinted = meant.cue is None or not meant.cue.strong
    costs = indicator == "investment" and meant.cue is not None and meant.cue.phrase in _words().costs
    if matter == "trade":
        return not costs or _has_sides(slots) or _is_built(scene)
    if meant.number.kind in ("percent", "multiple") and pattern("of_it").match(scene.folded, meant.number.mark.end):
        return False
    if matter == "other" and indicator == "investment" and not _has_sides(slots) and not _names_works(scene, meant.cue):
        return False
    return not (hinted or costs) or _is_shown(scene, meant, slots, matter, costs)


def _is_at_home(scene: Scene, meant: Meant, slots: Slots, matter: Matter) -> bool:
    """Whether a number is of a plant, a town's own works, a loan within a country or flights with people."""
    indicator = meant.topic.indicator
    if indicator == "capacity" and _of_a_plant(scene):
        return True
    if indicator in _OF_TOWNS and _is_urban(scene) and not (slots.reporter and slots.partner):
        return True
    if indicator == "financing" and _is_domestic(meant.number, slots):
        return True
    return meant.number.unit.startswith("flight") and not (matter == "trade" and _is_freight(scene, slots))


def _is_shown(scene: Scene, meant: Meant, slots: Slots, matter: Matter, costs: bool) -> bool:
    """Whether sides, goods or a project show that a word which only hints at trade or freight does speak of it."""
    indicator = meant.topic.indicator
    if indicator in _TRADED:
        beyond = indicator not in _FLOWS or _leaves_a_country(scene, meant.cue, slots)
        return beyond and _has_sides(slots) and (matter == "open" or _names_sides(scene, slots))
    span = (scene.reading.start, scene.reading.end)
    built = costs and _is_built(scene)
    on_the_way = matter == "open" and not costs and _words().place.search(scene.folded, *span) is not None
    shown = built or on_the_way or indicator == "deal_value"
    return shown or (not costs and (_has_sides(slots) or slots.commodity is not None))


def _is_built(scene: Scene) -> bool:
    """Whether a sentence names what is built for trade, or the words before it what carries or is dug (`It will cost ...`)."""
    start, end = scene.reading.start, scene.reading.end
    before = max(0, start - _TOLD_BEFORE)
    return bool(_words().project.search(scene.folded, start, end) or _words().site.search(scene.folded, before, start))


def _names_works(scene: Scene, cue: Cue | None) -> bool:
    """Whether anything but the word for a payment itself names works: a firm that `will invest` may do so in shops."""
    start, end = scene.reading.start, scene.reading.end
    own = cue.start if cue else -1
    named = any(match.start() != own for match in _words().project.finditer(scene.folded, start, end))
    return named or _words().transport.search(scene.folded, max(0, start - _TOLD_BEFORE), start) is not None


def _leaves_a_country(scene: Scene, cue: Cue | None, slots: Slots) -> bool:
    """Whether what is sold, bought or earned crosses a border: both sides are known, words say so or a country acts.

    What shops sell and households buy stays at home, whatever a country does in the same sentence.
    """
    start = scene.reading.start
    if (slots.reporter and slots.partner) or _words().abroad.search(scene.folded, start, scene.reading.end):
        return True
    if _words().home_market.search(scene.folded, start, scene.reading.end):
        return False
    if cue is not None and _words().at_home.search(scene.folded, max(start, cue.start - _SUBJECT_BEFORE), cue.start):
        return False
    return any(
        not group.place and (group.act or group.flow or not (group.preposition or group.owner)) for group in scene.groups
    )


def _names_sides(scene: Scene, slots: Slots) -> bool:
    """Whether the sentence itself names one of the sides."""
    return any({*slots.reporter, *slots.partner} & set(group.codes) for group in scene.groups)


def _has_sides(slots: Slots) -> bool:
    return bool(slots.reporter or slots.partner or slots.origin or slots.destination or slots.corridor)


def _of_a_plant(scene: Scene) -> bool:
    """Whether a capacity is that of a plant, a mine or a store, where its sentence, or the words before, name no transport."""
    start, end = scene.reading.start, scene.reading.end
    if any(name.kind in ("port", "railway", "corridor") for name in scene.reading.names):
        return False
    if _words().transport.search(scene.folded, start, end):
        return False
    before = scene.folded, max(0, start - _TOLD_BEFORE), start
    return bool(
        _words().plant.search(scene.folded, start, end)
        or (_words().plant.search(*before) and not _words().transport.search(*before))
    )


def _is_urban(scene: Scene) -> bool:
    """Whether what is built carries the people of a town, as the sentence or the words around it say."""
    start, end = max(0, scene.reading.start - _TOLD_BEFORE), scene.reading.end + _BEHIND
    return _words().urban.search(scene.folded, start, end) is not None


def _is_domestic(number: Number, slots: Slots) -> bool:
    """Whether a loan in a country's own money has no other side than that country."""
    sides = {*slots.reporter, *slots.partner}
    return len(sides) == 1 and number.kind == "money" and number.unit not in _words().hard_currencies


def _is_freight(scene: Scene, slots: Slots) -> bool:
    """Whether flights carry goods: the sentence says so."""
    return (
        slots.commodity is not None or _words().freight.search(scene.folded, scene.reading.start, scene.reading.end) is not None
    )
