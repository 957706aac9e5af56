"""What a reader keeps in mind from sentence to sentence: the topic, the sides, the period, the unit.

The shapes and how they age belong here; using them to fill what a sentence leaves unsaid belongs to the slot modules.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from pipeline.claims.context.cues import Topic
from pipeline.claims.context.facilities import Known
from pipeline.claims.context.reading import SentenceReading
from pipeline.language.marks import QuantityMark


@dataclass(frozen=True, slots=True)
class Slots:
    """All that a claim says beside its value; see the contract for the meaning of each."""

    reporter: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    corridor: str | None = None
    mode: str | None = None
    commodity: str | None = None
    period: tuple[date | None, date | None] = (None, None)
    modality: str = "reported"
    attributed_to: str | None = None


class Remembered(NamedTuple):
    """The claim that was read last: what it was about and where it stood.

    `certain` tells that the text named the topic in so many words, not by a hint; `falls` that it is a decrease.
    """

    topic: Topic
    quantity: QuantityMark
    unit_class: str
    slots: Slots
    sentence: int
    paragraph: int
    certain: bool
    measure: str
    falls: bool = False


class Told(NamedTuple):
    """A flow or a duty told of without a number: its indicator, whose it is and with whom, where it stood, and its goods."""

    indicator: str
    reporter: tuple[str, ...]
    partner: tuple[str, ...]
    sentence: int
    paragraph: int
    goods: str | None = None


@dataclass(frozen=True, slots=True)
class Consignment:
    """Goods on their way: their code, where they come from and go to, and the sentence and paragraph that told of them."""

    goods: str | None
    origin: tuple[str, ...]
    destination: tuple[str, ...]
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Works:
    """What is to be ready by a day: that day, the sentence and paragraph that told of it last, and the places named for it."""

    until: date
    sentence: int
    paragraph: int
    places: frozenset[str]


class Pact(NamedTuple):
    """An agreement told of: whether it is in force, the last sentence that told of it, whether the text is on it.

    `parties` are the codes of those it binds, `on_trade` says whether it was told to be on trade.
    """

    in_force: bool
    sentence: int
    of_text: bool
    parties: frozenset[str]
    on_trade: bool


class Section(NamedTuple):
    """What a label over a part of the text says it is on: a mode, a corridor, or neither.

    It holds for its paragraph, or, if it stands alone (`heads`), until the next.
    """

    mode: str | None
    corridor: str | None
    paragraph: int
    heads: bool


@dataclass
class Memory:
    """What the text has said so far. One for each document, passed along and updated as the sentences are read.

    `home` is the country that the text is about, `pair` the sides that `the two countries` means, `title_pair` those of a
    headline that names two, `carrier` the country whose freight is told of and `carrier_mode` its mode, `mode` the one that
    the text as a whole is on, `operator` the country or countries of the railway or port that the text as a whole is on,
    `subject` the country that `its` means, `opener` the only country of the sentence before, if it opens it,
    `recent` the sides named so far, the last one first, `ordered` the two that `the former` and `the latter` mean,
    `corridor_sentence` is the last sentence that names a corridor, `site` the country of the places that the paragraph
    `site_paragraph` told of last,
    `one_country` that the text is on its home country above all, `on_works` that its headline is on works or on money for
    them. `levels` are the units of the amounts told last and
    `topics` their topics, by class of unit, the latest last; `box` is the box that rates are quoted for; `primed` is the
    topic that a sentence named without a number, with its place, `flow` the flow of trade told last,
    `whole` the home, the pair and `one_country` of the text where a part of it is on other sides, `digest` that
    its parts are on one country each, `counted` the vehicles named last, `section` the part of the text; `told` what it told
    of so,
    `consignment` the goods on their way that it told of last,
    `duty` the duty and `pact` the agreement on trade that it told of last, `facilities` the ports, lines and crossings
    named last, `border` the two countries of the border told of, by the sentence `border_sentence` last;
    `spans` the periods told last by their length; `indicators` are all that the text has spoken of, `reporters`
    those with each country of which they were told. `period`
    and `local` are the times told last, in the text and in the paragraph, `story` the time that the text as a whole is on,
    `ahead` that of what is expected or planned, `works` what is to be built, `compared` the time told and the one that
    it was last compared with, `latest` the end of the last period, `rate_period`
    that of freight rates, `ranked` the side on which the countries of a ranking are, `amounts` the times of the numbers told,
    by unit and value.
    """

    home: tuple[str, ...]
    pair: tuple[str, ...]
    corridor: str | None
    title_corridor: str | None
    commodity: str | None
    carrier: tuple[str, ...] = ()
    operator: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    opener: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    site_paragraph: int = -1
    last: Remembered | None = None
    flow: Remembered | None = None
    levels: dict[str, str] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    carrier_mode: str | None = None
    mode: str | None = None
    box: str | None = None
    title_pair: tuple[str, ...] = ()
    one_country: bool = False
    on_works: bool = False
    published_on: date | None = None
    period: tuple[date | None, date | None] = (None, None)
    period_sentence: int = -1
    period_paragraph: int = -1
    story: tuple[date | None, date | None] = (None, None)
    ahead: tuple[date | None, date | None] = (None, None)
    ahead_sentence: int = -1
    works: Works | None = None
    corridor_sentence: int = -1
    compared: tuple[tuple[date | None, date | None], tuple[date | None, date | None]] = ((None, None), (None, None))
    latest: date | None = None
    rate_period: tuple[date | None, date | None] = (None, None)
    amounts: dict[tuple[str | None, float], tuple[date | None, date | None]] = field(default_factory=dict)
    local: tuple[date | None, date | None] = (None, None)
    local_paragraph: int = -1
    local_heads: bool = False
    primed: tuple[Topic | None, int] = (None, -1)
    told: Told | None = None
    consignment: Consignment | None = None
    duty: Told | None = None
    pact: Pact | None = None
    spans: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    facilities: Known = field(default_factory=Known)
    border: tuple[str, ...] = ()
    border_sentence: int = -2
    whole: tuple[tuple[str, ...], tuple[str, ...], bool] | None = None
    digest: bool = False
    counted: tuple[str | None, int] = (None, -1)
    section: Section | None = None
    ranked: str = ""
    indicators: set[str] = field(default_factory=set)
    reporters: set[tuple[str, str]] = field(default_factory=set)

    def copied(self) -> "Memory":
        """The same, to go on by itself."""
        return replace(
            self,
            levels=dict(self.levels),
            topics=dict(self.topics),
            amounts=dict(self.amounts),
            spans=dict(self.spans),
            facilities=self.facilities.copied(),
            indicators=set(self.indicators),
            reporters=set(self.reporters),
        )

    @property
    def last_indicator(self) -> str | None:
        """The indicator of the claim that was read last."""
        return self.last.topic.indicator if self.last else None


@dataclass
class Speech:
    """Who has spoken so far. One for each document, passed along and updated as the sentences are read.

    `answers` are the paragraphs of an interview that somebody answers in. `speaker` is whoever spoke last, in the sentence
    `speaker_sentence` and its `paragraph`; `person` is the one whom `he` means, `body` the organisation that the sentence
    `body_sentence` opened with, `before` the sentence read last; `quoting` and `listing` tell that the speaker's quotation or
    list is still open.
    """

    answers: dict[int, str]
    speaker: str | None = None
    person: str | None = None
    body: str | None = None
    body_sentence: int = -2
    paragraph: int = -1
    speaker_sentence: int = -1
    before: SentenceReading | None = None
    listing: bool = False
    quoting: bool = False
    quoting_paragraph: int = -1
