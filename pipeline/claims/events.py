"""Event claims: what happened or is to happen to trade and freight, told without a number.

Making claims of events belongs here; finding them in a sentence belongs to `event_grammar`, their sides to `event_sides`.
Numbers belong to the quantity claims: a clause that has one gives no event.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.claims.agreement_details import status_date
from pipeline.claims.agreement_instruments import Line
from pipeline.claims.agreement_lexicon import agreement_lexicon
from pipeline.claims.agreement_status import Sentence, Step
from pipeline.claims.claim import QuantityClaim
from pipeline.claims.event_grammar import Event, EventMarks, event_clause, event_modality, find_events
from pipeline.claims.event_lexicon import event_lexicon
from pipeline.claims.event_sides import Sides, event_sides
from pipeline.claims.outline import begin_memory
from pipeline.claims.reading import Reading, SentenceReading, within, words
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark

_LONGEST_SENTENCE = 400
_PLACED = frozenset({"country", "bloc", "corridor", "place", "port", "railway", "company"})
_CORRIDOR_KINDS = frozenset({"disruption", "route_opening", "infrastructure"})
_POINTING = frozenset({"the", "this", "that", "its"})
_NO_DATE = (None, None)


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what tells it from a repeat."""

    claim: QuantityClaim
    titled: bool
    noun: str


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


def event_claims(reading: Reading, quantities: Sequence[QuantityClaim]) -> list[QuantityClaim]:
    """All event claims of a document in the order of the text: each kind once for the same actor and object.

    `quantities` are the document's other claims; a clause that holds the value of one gives no event.
    """
    lexicon = event_lexicon()
    folded = reading.folded
    verbs, nouns, objects = lexicon.verbs.find(folded), lexicon.nouns.find(folded), lexicon.objects.find(folded)
    opening = begin_memory(reading)
    around = _Around(opening.home, opening.title_corridor or opening.corridor)
    told: list[_Told] = []
    for sentence in reading.sentences:
        start, end = sentence.start, sentence.end
        marks = EventMarks(
            within(verbs, start, end), within(nouns, start, end), _with_corridors(within(objects, start, end), sentence)
        )
        if marks.objects and (marks.verbs or marks.nouns):
            told.extend(_read_sentence(reading, sentence, marks, quantities, around))
        around = around.after(sentence)
    return _without_repeats(told)


def _with_corridors(
    objects: Sequence[PhraseMark[frozenset[str]]], sentence: SentenceReading
) -> list[PhraseMark[frozenset[str]]]:
    """The things that events act on, corridors named by their name among them."""
    corridors = [
        PhraseMark(name.start, name.end, name.text.lower(), _CORRIDOR_KINDS)
        for name in sentence.names
        if name.kind == "corridor"
    ]
    plain = [mark for mark in objects if not any(each.start < mark.end and mark.start < each.end for each in corridors)]
    return sorted((*plain, *corridors), key=lambda mark: mark.start)


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
        organs = agreement_lexicon().organisations.state
        official = bool(around.home) and any(word in organs for word in view.between(window.first, window.end))
        placed = around.placed or official or any(name.kind in _PLACED for name in sentence.names)
        if counted or modality is None or not placed:
            continue
        step = Step(event.kind, modality, event.governor, None, False)
        span = status_date(view, step, window, sentence.dates, reading.document.published_on) or _NO_DATE
        names = within(sentence.names, start, end)
        noun = " ".join(view.between(event.first, event.end))
        told_by = " ".join(view.between(event.governor.first, event.governor.end))
        places = (start, tokens[event.governor.first].start, end)
        sides = event_sides(event.kind, reading.folded, places, names, around.home, (told_by, noun))
        corridor = _corridor(view, event, names, around, sentence)
        mode = _mode(reading.folded[start:end], event, corridor)
        yield _Told(_claim(reading, sentence, event, modality, span, sides, (corridor, mode, _commodity(names))), titled, noun)


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


def _claim(
    reading: Reading,
    sentence: SentenceReading,
    event: Event,
    modality: str,
    span: tuple[date | None, date | None],
    sides: Sides,
    traits: tuple[str | None, str | None, str | None],
) -> QuantityClaim:
    start, end = sentence.start, sentence.end
    corridor, mode, commodity = traits
    return QuantityClaim(
        family=event_lexicon().families[event.kind],
        indicator=event.kind,
        measure="event",
        value_low=None,
        value_high=None,
        bound=None,
        unit=None,
        value_text=None,
        reporter=sides.actor,
        partner=(),
        origin=sides.origin,
        destination=sides.destination,
        corridor=corridor,
        mode=mode,
        commodity=commodity,
        period_start=span[0],
        period_end=span[1],
        modality=modality,
        attributed_to=None,
        evidence=reading.document.text[start:end],
        evidence_start=start,
        evidence_end=end,
        value_start=None,
        value_end=None,
        confidence=_confidence(event, modality, sides, span),
    )


def _confidence(event: Event, modality: str, sides: Sides, span: tuple[date | None, date | None]) -> float:
    """How far the claim is to be trusted; plain weights, not yet calibrated on annotated texts."""
    score = 0.35 + (0.1 if event.gap <= 2 else 0.0) + (0.1 if sides.actor else 0.0) + (0.1 if span[0] or span[1] else 0.0)
    return round(score + (0.05 if modality == "reported" else 0.0), 2)


def _without_repeats(told: Sequence[_Told]) -> list[QuantityClaim]:
    """Each kind once for what it acts on, the body before the title; by place in the text."""
    kept: list[_Told] = []
    for candidate in sorted(told, key=lambda each: (each.titled, -_fullness(each.claim))):
        if not any(_repeats(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted((each.claim for each in kept), key=lambda claim: (claim.evidence_start, claim.indicator))


def _fullness(claim: QuantityClaim) -> int:
    """How many slots of a freight claim are filled: of two that tell one event the fuller is kept, of bans the first."""
    if claim.family == "trade":
        return 0
    slots = (claim.origin, claim.destination, claim.corridor, claim.commodity, claim.period_start or claim.period_end)
    return sum(bool(slot) for slot in slots)


def _repeats(candidate: _Told, other: _Told) -> bool:
    claim, known = candidate.claim, other.claim
    if claim.indicator != known.indicator:
        return False
    if candidate.titled or claim.evidence_start == known.evidence_start:
        return True
    if claim.indicator == "transit_permission":
        return claim.destination == known.destination or not claim.destination
    if claim.family == "trade":
        return claim.reporter == known.reporter or not claim.reporter
    return candidate.noun == other.noun and claim.modality == known.modality and claim.corridor == known.corridor
