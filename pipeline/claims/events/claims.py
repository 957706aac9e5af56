"""Event claims: what happened or is to happen to trade and freight, told without a number.

Making claims of events belongs here; finding them in a sentence belongs to `grammar`, their sides to `sides`.
Numbers belong to the quantity claims: a clause that has one gives no event.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.claims.agreements.instruments import Line
from pipeline.claims.agreements.lexicon import agreement_lexicon
from pipeline.claims.agreements.parties import Window
from pipeline.claims.agreements.status import Sentence, Step
from pipeline.claims.agreements.timing import NO_DATE, Calendar, Span, status_date
from pipeline.claims.claim import QuantityClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.reading import Reading, SentenceReading, Word, within, words
from pipeline.claims.events.grammar import GOODS, PLACE, Event, EventMarks, event_clause, event_modality, find_events
from pipeline.claims.events.lexicon import event_lexicon
from pipeline.claims.events.sides import EventClause, Sides, event_sides
from pipeline.claims.slots.script import Script
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark

_LONGEST_SENTENCE = 400
_PLACED = frozenset({"country", "bloc", "corridor", "place", "port", "railway", "company"})
_CORRIDOR_KINDS = frozenset({"disruption", "route_opening", "infrastructure"})
_NAMED = {
    "corridor": ("", _CORRIDOR_KINDS),
    "place": (PLACE, frozenset({"disruption", "route_opening"})),
    "port": (PLACE, frozenset({"disruption", "route_opening"})),
    "commodity": (GOODS, frozenset({"disruption", "trade_restriction", "trade_opening"})),
}
_POINTING = frozenset({"the", "this", "that", "its"})
_NEXT = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what tells it from a repeat, and the word that tells it."""

    claim: QuantityClaim
    titled: bool
    noun: str
    verb: Word


@dataclass(frozen=True, slots=True)
class _Around:
    """What the sentences before have told: the corridor spoken of last, its paragraph, whether the last one named a place."""

    home: tuple[str, ...]
    main: str | None
    corridor: str | None = None
    paragraph: int = -1
    placed: bool = False

    def after(self, sentence: SentenceReading) -> "_Around":
        """What holds for the sentence that follows."""
        corridor = next((name.codes[0] for name in sentence.names if name.kind == "corridor" and name.codes), None)
        kept = corridor or self.corridor
        return _Around(
            self.home,
            self.main,
            kept,
            sentence.sentence.paragraph if corridor else self.paragraph,
            any(name.kind in _PLACED for name in sentence.names),
        )


def event_claims(script: Script, quantities: Sequence[QuantityClaim]) -> list[QuantityClaim]:
    """All event claims of a document in the order of the text: each kind once for the same actor and object.

    `quantities` are the document's other claims; a clause that holds the value of one gives no event.
    """
    lexicon, reading, opening = event_lexicon(), script.reading, script.opening
    folded = reading.folded
    verbs, nouns, objects = lexicon.verbs.find(folded), lexicon.nouns.find(folded), lexicon.objects.find(folded)
    around = _Around(opening.home, opening.title_corridor or opening.corridor)
    told: list[_Told] = []
    for sentence in reading.sentences:
        start, end = sentence.start, sentence.end
        marks = EventMarks(
            within(verbs, start, end), within(nouns, start, end), _with_names(within(objects, start, end), sentence)
        )
        if marks.objects and (marks.verbs or marks.nouns):
            for event in _read_sentence(reading, sentence, marks, quantities, around):
                said = script.speaker(sentence.index, event.verb)
                told.append(replace(event, claim=replace(event.claim, attributed_to=said)))
        around = around.after(sentence)
    return _without_repeats(told)


def _with_names(objects: Sequence[PhraseMark[frozenset[str]]], sentence: SentenceReading) -> list[PhraseMark[frozenset[str]]]:
    """The things that events act on, corridors, places and goods called by their names among them."""
    named = [
        PhraseMark(name.start, name.end, _NAMED[name.kind][0] or name.text.lower(), _NAMED[name.kind][1])
        for name in sentence.names
        if name.kind in _NAMED
    ]
    free = [name for name in named if name.phrase not in (PLACE, GOODS)]
    plain = [mark for mark in objects if not any(each.start < mark.end and mark.start < each.end for each in free)]
    marks = [
        mark for mark in named if mark in free or not any(mark.start < each.end and each.start < mark.end for each in plain)
    ]
    return sorted((*plain, *marks), key=lambda mark: mark.start)


def _read_sentence(
    reading: Reading, sentence: SentenceReading, marks: EventMarks, quantities: Sequence[QuantityClaim], around: _Around
) -> Iterator[_Told]:
    lexicon = event_lexicon()
    tokens = words(reading.folded, sentence.start, sentence.end)
    if len(tokens) > _LONGEST_SENTENCE:
        return
    titled = sentence.sentence.kind in ("title", "heading")
    view = Sentence(Line(reading.document.text, tokens, sentence.names, titled), (), (), reading.folded, agreement_lexicon())
    for event in find_events(view, marks, lexicon):
        window = event_clause(view, event)
        start, end = tokens[window.first].start, tokens[window.end - 1].end
        modality = event_modality(view, event, lexicon)
        counted = any(claim.value_start is not None and start <= claim.value_start < end for claim in quantities)
        settled = bool(around.home or around.main) and event.kind in _CORRIDOR_KINDS
        placed = (
            around.placed or settled or _official(view, window, around) or any(name.kind in _PLACED for name in sentence.names)
        )
        if counted or modality is None or not placed:
            continue
        step = Step(event.kind, modality, event.governor, None, False)
        span = status_date(view, step, window, sentence.dates, Calendar(reading.document.published_on)) or NO_DATE
        names = within(sentence.names, start, end)
        noun = " ".join(view.between(event.first, event.end))
        told_by = " ".join(view.between(event.governor.first, event.governor.end))
        clause = EventClause(start, tokens[event.governor.first].start, end, tokens[event.first].start, told_by, noun)
        sides = event_sides(event.kind, reading.folded, clause, names, around.home)
        corridor = _corridor(view, event, names, around, sentence)
        mode = _mode(reading.folded[start:end], event, corridor)
        slots = _Slots(modality, span, sides, corridor, mode, _commodity(names))
        yield _Told(_claim(reading.document.text, sentence, event, slots), titled, noun, tokens[event.governor.first])


def _official(view: Sentence, window: Window, around: _Around) -> bool:
    """Whether an organ of the text's own country acts: `the ministry`."""
    organs = agreement_lexicon().organisations.state
    return bool(around.home) and any(word in organs for word in view.between(window.first, window.end))


def _corridor(
    view: Sentence, event: Event, names: Sequence[NameMark], around: _Around, sentence: SentenceReading
) -> str | None:
    """The corridor that the clause names, or that `the line` points back to within its paragraph."""
    corridors = [name for name in names if name.kind == "corridor" and name.codes]
    start, end = view.line.words[event.first].start, view.line.words[event.end - 1].end
    named = next((name.codes[0] for name in sorted(corridors, key=lambda name: not start <= name.start < end)), None)
    if named or event.kind not in _CORRIDOR_KINDS:
        return named
    near = sentence.sentence.paragraph - around.paragraph <= 1
    if view.word(event.first) == "construction":
        return around.corridor or around.main
    return around.corridor if near and view.word(event.first - 1) in _POINTING else None


def _mode(clause: str, event: Event, corridor: str | None) -> str | None:
    if event.kind in ("trade_restriction", "trade_opening", "transit_permission"):
        return None
    own = next((mark.meaning for mark in event_lexicon().modes.find(clause)), None)
    return own or (event_lexicon().corridor_modes.get(corridor) if corridor else None)


def _commodity(names: Iterable[NameMark]) -> str | None:
    return next((name.codes[0] for name in names if name.kind == "commodity" and name.codes), None)


@dataclass(frozen=True, slots=True)
class _Slots:
    """What an event is told to be besides its kind."""

    modality: str
    span: Span
    sides: Sides
    corridor: str | None
    mode: str | None
    commodity: str | None


def _claim(text: str, sentence: SentenceReading, event: Event, slots: _Slots) -> QuantityClaim:
    start, end = sentence.start, sentence.end
    signs = _signs(event, slots)
    return QuantityClaim(
        family=event_lexicon().families[event.kind],
        indicator=event.kind,
        measure="event",
        value_low=None,
        value_high=None,
        bound=None,
        unit=None,
        value_text=None,
        reporter=slots.sides.actor,
        partner=(),
        origin=slots.sides.origin,
        destination=slots.sides.destination,
        corridor=slots.corridor,
        mode=slots.mode,
        commodity=slots.commodity,
        period_start=slots.span[0],
        period_end=slots.span[1],
        modality=slots.modality,
        attributed_to=None,
        evidence=text[start:end],
        evidence_start=start,
        evidence_end=end,
        value_start=None,
        value_end=None,
        confidence=confidence_of("event", signs),
        signs=signs,
    )


def _signs(event: Event, slots: _Slots) -> tuple[str, ...]:
    """What makes an event surer: a verb right at what it acts on, an actor, a direction, a date, and that it has happened."""
    signs = {
        "near": event.gap <= _NEXT,
        "actor": bool(slots.sides.actor),
        "directed": bool(slots.sides.origin or slots.sides.destination),
        "dated": any(slots.span),
        "reported": slots.modality == "reported",
    }
    return tuple(sign for sign, shown in signs.items() if shown)


def _without_repeats(told: Sequence[_Told]) -> list[QuantityClaim]:
    """Each kind once for what it acts on, the body before the title; by place in the text."""
    kept: list[QuantityClaim] = []
    seen: set[tuple[object, ...]] = set()
    for candidate in sorted(told, key=lambda each: (each.titled, -_fullness(each.claim))):
        claim = candidate.claim
        keys = {(claim.indicator, "sentence", claim.evidence_start), _identity(candidate)}
        side = claim.destination if claim.indicator == "transit_permission" else claim.reporter
        unsaid = not side and (claim.family == "trade" or claim.indicator == "transit_permission")
        if keys & seen or ((candidate.titled or unsaid) and (claim.indicator,) in seen):
            continue
        seen |= {*keys, (claim.indicator,)}
        kept.append(claim)
    return sorted(kept, key=lambda claim: (claim.evidence_start, claim.indicator))


def _identity(told: _Told) -> tuple[object, ...]:
    """What tells an event from others of its kind: whom it lets pass, who sets it, or what it acts on."""
    claim = told.claim
    if claim.indicator == "transit_permission":
        return claim.indicator, "to", claim.destination
    if claim.family == "trade":
        return claim.indicator, "by", claim.reporter
    return claim.indicator, told.noun, claim.modality, claim.corridor


def _fullness(claim: QuantityClaim) -> int:
    """How many slots of a freight claim are filled: of two that tell one event the fuller is kept, of bans the first."""
    if claim.family == "trade":
        return 0
    slots = (claim.origin, claim.destination, claim.corridor, claim.commodity, claim.period_start or claim.period_end)
    return sum(bool(slot) for slot in slots)
