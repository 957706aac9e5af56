"""What the sentences before have told: the things that `it` may stand for, the bans and duties spoken of, the corridor.

Only what holds from sentence to sentence belongs here; reading a sentence belongs to `grammar`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.context.reading import SentenceReading
from pipeline.claims.events.phrases import Thing

_REACH = 2
_PLACED = frozenset({"country", "bloc", "corridor", "place", "port", "railway", "company"})


class Mention(NamedTuple):
    """A ban, a duty or the like as a sentence names it: the goods' origin and destination, and the goods."""

    origin: tuple[str, ...]
    destination: tuple[str, ...]
    commodity: str | None


@dataclass
class Thread:
    """What a reader has in mind. One for each document, updated as the sentences are read.

    `home` is the country that the text is about, `pair` its two sides, `main` its corridor; `titled` tells that the headline
    names a way that carries goods; `corridor` the one spoken of last,
    told of in the paragraph `paragraph`; `placed` whether the last sentence named a place; `things` those of the sentences
    before, the latest last; `measures` the claims on bans and duties so far, `mention` the last of these that was named with
    its goods.
    """

    home: tuple[str, ...]
    pair: tuple[str, ...]
    main: str | None
    titled: bool = False
    corridor: str | None = None
    paragraph: int = -1
    placed: bool = False
    things: list[tuple[int, Sequence[Thing]]] = field(default_factory=list)
    measures: list[QuantityClaim] = field(default_factory=list)
    mention: Mention | None = None

    @property
    def on_ways(self) -> bool:
        """Whether the text as a whole is on a corridor, a port or another way that carries goods."""
        return self.titled or self.main is not None

    def names_place(self, sentence: SentenceReading) -> bool:
        """Whether a sentence names a country or what lies in one."""
        return any(name.kind in _PLACED for name in sentence.names)

    def spoke_of(self, classes: frozenset[str]) -> bool:
        """Whether the sentences just before named a thing of some classes."""
        return any(thing.classes & classes for _, told in self.things for thing in told)

    def follow(self, sentence: SentenceReading, things: Sequence[Thing], mention: Mention | None) -> None:
        """Takes in a sentence that has been read."""
        self.mention = mention or self.mention
        corridor = next((name.codes[0] for name in sentence.names if name.kind == "corridor" and name.codes), None)
        if corridor:
            self.corridor, self.paragraph = corridor, sentence.sentence.paragraph
        self.placed = self.names_place(sentence)
        self.things = [*self.things[-_REACH:], (sentence.index, things)]

    def antecedent(
        self, sentence: SentenceReading, things: Sequence[Thing], pronoun: str, before: int, may: Callable[[Thing], bool]
    ) -> Thing | None:
        """The thing that a pronoun of a sentence stands for: the last one before it that fits in number and in what is told."""
        earlier = [thing for thing in things if thing.end <= before]
        near = [told for index, told in self.things if sentence.index - index <= _REACH]
        for told in (earlier, *reversed(near)):
            for thing in reversed(told):
                if thing.plural == (pronoun == "several") and may(thing):
                    return thing
        return None

    def remember(self, claim: QuantityClaim) -> None:
        """Takes in an event that has been told."""
        if claim.family == "trade":
            self.measures.append(claim)

    def measure(self) -> Mention | None:
        """The ban or duty that was spoken of last, with what is known of its sides and goods."""
        full = [claim for claim in self.measures if claim.origin or claim.destination or claim.commodity]
        told = Mention(full[-1].origin, full[-1].destination, full[-1].commodity) if full else None
        return told or self.mention
