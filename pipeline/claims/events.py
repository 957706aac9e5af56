"""Event claims: what happened or is to happen to trade and freight, told without a number.

Tying verbs to what they act on belongs here, with the sides, the corridor and the time of the event. Numbers belong to the
quantity claims: a clause that has one gives no event.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.claims.agreement_details import status_date
from pipeline.claims.agreement_instruments import Line
from pipeline.claims.agreement_lexicon import Trigger, agreement_lexicon
from pipeline.claims.agreement_parties import Window
from pipeline.claims.agreement_status import Governor, Sentence, Step, auxiliary_start, certainty
from pipeline.claims.claim import QuantityClaim
from pipeline.claims.event_lexicon import EventLexicon, event_lexicon
from pipeline.claims.event_sides import Sides, event_sides
from pipeline.claims.reading import Reading, SentenceReading, within, words
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark

_LONGEST_SENTENCE = 400
_PLACED = ("country", "bloc", "corridor", "place", "port", "railway", "company")


@dataclass(frozen=True, slots=True)
class Event:
    """An event in a sentence: its kind, the verb or noun that tells it, and what it acts on, by word indices."""

    kind: str
    governor: Governor
    first: int
    end: int
    gap: int


@dataclass(frozen=True, slots=True)
class _Marks:
    verbs: Sequence[PhraseMark[frozenset[str]]]
    nouns: Sequence[PhraseMark[frozenset[str]]]
    objects: Sequence[PhraseMark[frozenset[str]]]


def event_claims(reading: Reading, quantities: Sequence[QuantityClaim]) -> list[QuantityClaim]:
    """All event claims of a document in the order of the text: each kind once for the same actor and object.

    `quantities` are the document's other claims; a clause that holds the value of one gives no event.
    """
    lexicon = event_lexicon()
    marks = _Marks(lexicon.verbs.find(reading.folded), lexicon.nouns.find(reading.folded), lexicon.objects.find(reading.folded))
    claims: list[tuple[bool, str, QuantityClaim]] = []
    for sentence in reading.sentences:
        inside = _Marks(*(within(part, sentence.start, sentence.end) for part in (marks.verbs, marks.nouns, marks.objects)))
        if inside.objects and (inside.verbs or inside.nouns):
            claims.extend(_read_sentence(reading, sentence, inside, quantities, lexicon))
    return _without_repeats(claims)


def _read_sentence(
    reading: Reading, sentence: SentenceReading, marks: _Marks, quantities: Sequence[QuantityClaim], lexicon: EventLexicon
) -> Iterator[tuple[bool, str, QuantityClaim]]:
    tokens = words(reading.folded, sentence.start, sentence.end)
    if len(tokens) > _LONGEST_SENTENCE:
        return
    titled = sentence.sentence.kind in ("title", "heading")
    line = Line(reading.document.text, tokens, sentence.names, titled)
    view = Sentence(line, (), (), reading.folded, agreement_lexicon())
    for event in _events(view, marks, lexicon):
        window = _clause(view, event)
        start, end = tokens[window.first].start, tokens[window.end - 1].end
        counted = any(claim.value_start is not None and start <= claim.value_start < end for claim in quantities)
        names = within(sentence.names, start, end)
        modality = _modality(view, event)
        if counted or modality is None or not any(name.kind in _PLACED for name in names):
            continue
        step = Step(event.kind, modality, event.governor, None, False)
        span = status_date(view, step, window, sentence.dates, reading.document.published_on) or (None, None)
        sides = event_sides(event.kind, reading.folded, (start, tokens[event.governor.first].start, end), names, lexicon)
        noun = " ".join(view.between(event.first, event.end))
        yield titled, noun, _claim(reading, sentence, event, modality, span, sides, names, (start, end), lexicon)


def _events(view: Sentence, marks: _Marks, lexicon: EventLexicon) -> list[Event]:
    """The events of a sentence: for each kind the verb and the object that stand nearest to each other."""
    best: dict[str, Event] = {}
    for event in (*_verbal(view, marks, lexicon), *_nominal(view, marks, lexicon)):
        if event.kind not in best or event.gap < best[event.kind].gap:
            best[event.kind] = event
    taken: list[Event] = []
    for event in sorted(best.values(), key=lambda each: (each.gap, each.governor.first, each.kind)):
        if not any(event.governor.first == other.governor.first or event.first == other.first for other in taken):
            taken.append(event)
    return sorted(taken, key=lambda each: each.governor.first)


def _verbal(view: Sentence, marks: _Marks, lexicon: EventLexicon) -> Iterator[Event]:
    for verb in marks.verbs:
        first, end = view.line.index_at(verb.start), view.line.index_at(verb.end)
        if not _is_verb(view, first, verb.phrase, lexicon):
            continue
        for thing in marks.objects:
            kinds = verb.meaning & thing.meaning
            if not kinds or not (thing.end <= verb.start or verb.end <= thing.start):
                continue
            place, last = view.line.index_at(thing.start), view.line.index_at(thing.end)
            gap = _relation(view, first, end, place, last, lexicon)
            for kind in sorted(kinds):
                if gap is not None and _needed(view, kind, place, lexicon):
                    yield Event(kind, Governor(first, max(end, first + 1), Trigger(kind, "verb", True)), place, last, gap)


def _nominal(view: Sentence, marks: _Marks, lexicon: EventLexicon) -> Iterator[Event]:
    """`the closure of the strait`: told where a verb of happening is not needed, as in `began construction of the line`."""
    for noun in marks.nouns:
        first, end = view.line.index_at(noun.start), view.line.index_at(noun.end)
        for thing in marks.objects:
            place, last = view.line.index_at(thing.start), view.line.index_at(thing.end)
            kinds = noun.meaning & thing.meaning
            if not kinds or not 0 <= place - end <= lexicon.active_reach or _broken(view, end, place):
                continue
            if not _happens(view, first, last):
                continue
            for kind in sorted(kinds):
                yield Event(kind, Governor(first, max(end, first + 1), Trigger(kind, "noun", True)), place, last, place - end)


_HAPPENING = frozenset(
    {
        "began",
        "begun",
        "begins",
        "begin",
        "started",
        "start",
        "starts",
        "completed",
        "continues",
        "continued",
        "announced",
        "announces",
        "underway",
        "launched",
        "finished",
        "ended",
        "approved",
        "ordered",
        "led",
        "caused",
        "after",
        "following",
        "led",
        "resumed",
        "imposed",
        "lifted",
        "way",
        "due",
        "plans",
        "caused",
        "celebrated",
    }
)


def _happens(view: Sentence, first: int, last: int) -> bool:
    """Whether a verb beside a noun of action says that it happens."""
    near = (*view.between(first - 4, first), *view.between(last, last + 9))
    return any(word in _HAPPENING for word in near)


def _is_verb(view: Sentence, first: int, phrase: str, lexicon: EventLexicon) -> bool:
    """Whether a word of a verb stands as a verb: not `an open border`, `a tariff cut`, `the closed port`."""
    grammar = view.lexicon.grammar
    before = view.word(first - 1)
    adjective = (
        before in grammar.determiners or before.endswith("'s") or before in ("of", "in", "on", "for", "with", "by", "from")
    )
    if phrase in lexicon.bases:
        return not adjective and before not in grammar.be and before not in ("and", ",") or before in ("to", "will")
    return not (adjective and not phrase.endswith("ing"))


def _relation(view: Sentence, first: int, end: int, place: int, last: int, lexicon: EventLexicon) -> int | None:
    """How far a verb stands from what it acts on, None if it does not act on it."""
    grammar = view.lexicon.grammar
    chain = auxiliary_start(view, first)
    passive = any(word in grammar.be for word in view.between(chain, first))
    if last <= first:
        gap = chain - last if chain >= last else first - last
        bound = gap <= (lexicon.passive_reach if passive else 1)
        finite = passive or view.word(end) not in grammar.determiners
        return gap if gap >= 0 and bound and finite and not _broken(view, last, chain) else None
    if passive and not view.word(end - 1).endswith("ing"):
        return None
    gap = place - end
    return gap if 0 <= gap <= lexicon.active_reach and not _broken(view, end, place) else None


def _broken(view: Sentence, first: int, end: int) -> bool:
    """Whether a clause ends between two words."""
    grammar = view.lexicon.grammar
    between = view.between(first, end)
    return any(
        word in grammar.auxiliaries
        or word in (";", ":", "that", "which", "who", "but", "while", "whereas", "because", "after", "before", "(", ")")
        for word in between
    ) or ("," in between and "and" not in between)


def _needed(view: Sentence, kind: str, place: int, lexicon: EventLexicon) -> bool:
    """Whether one thing is meant, where a kind asks for one: `the first train`, not `trains`."""
    needs = lexicon.needs.get(kind)
    return needs is None or any(word in needs for word in view.between(place - 4, place))


def _clause(view: Sentence, event: Event) -> Window:
    """The words around an event up to the next semicolon, or to a comma that opens a clause."""
    low, high = min(event.governor.first, event.first), max(event.governor.end, event.end)
    size = len(view.line.words)
    first = next((index + 1 for index in range(low - 1, -1, -1) if _opens_clause(view, index)), 0)
    end = next((index for index in range(high, size) if _opens_clause(view, index)), size)
    return Window(first, end)


def _opens_clause(view: Sentence, index: int) -> bool:
    word = view.word(index)
    return word in (";", "while", "whereas", "although", "but") or (
        word == "," and view.word(index + 1) in ("and", "but", "while", "which", "where", "as", "so", "with")
    )


def _modality(view: Sentence, event: Event) -> str | None:
    """The certainty of an event; None where the sentence only reasons about it."""
    modality = certainty(view, event.governor, None)
    if modality == "possible":
        return None
    if modality == "target" and view.word(event.governor.first - 1) == "to":
        start = max(event.governor.first - 9, 0)
        before = view.folded[view.line.words[start].start : view.line.words[event.governor.first].start]
        if not view.lexicon.modalities.find(before):
            return None
    return modality


def _claim(
    reading: Reading,
    sentence: SentenceReading,
    event: Event,
    modality: str,
    span: tuple[date | None, date | None],
    sides: Sides,
    names: Sequence[NameMark],
    clause: tuple[int, int],
    lexicon: EventLexicon,
) -> QuantityClaim:
    start, end = sentence.start, sentence.end
    return QuantityClaim(
        family=lexicon.families[event.kind],
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
        corridor=next((name.codes[0] for name in names if name.kind == "corridor" and name.codes), None),
        mode=_mode(reading.folded[clause[0] : clause[1]], event.kind, lexicon),
        commodity=_commodity(names, event.kind),
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


def _mode(clause: str, kind: str, lexicon: EventLexicon) -> str | None:
    if kind in ("trade_restriction", "trade_opening", "transit_permission"):
        return None
    return next((mark.meaning for mark in lexicon.modes.find(clause)), None)


def _commodity(names: Iterable[NameMark], kind: str) -> str | None:
    del kind
    return next((name.codes[0] for name in names if name.kind == "commodity" and name.codes), None)


def _confidence(event: Event, modality: str, sides: Sides, span: tuple[date | None, date | None]) -> float:
    """How far the claim is to be trusted; plain weights, not yet calibrated on annotated texts."""
    score = 0.35 + (0.1 if event.gap <= 2 else 0.0) + (0.1 if sides.actor else 0.0) + (0.1 if span[0] or span[1] else 0.0)
    return round(score + (0.05 if modality == "reported" else 0.0), 2)


def _without_repeats(claims: Sequence[tuple[bool, str, QuantityClaim]]) -> list[QuantityClaim]:
    """Each kind once for what it acts on, the body before the title; by place in the text."""
    kept: list[tuple[bool, str, QuantityClaim]] = []
    for candidate in sorted(claims, key=lambda each: each[0]):
        if not any(_repeats(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted((claim for _, _, claim in kept), key=lambda claim: (claim.evidence_start, claim.indicator))


def _repeats(candidate: tuple[bool, str, QuantityClaim], other: tuple[bool, str, QuantityClaim]) -> bool:
    titled, noun, claim = candidate
    _, known_noun, known = other
    if claim.indicator != known.indicator:
        return False
    if titled or claim.evidence_start == known.evidence_start:
        return True
    if claim.family == "trade":
        return claim.reporter == known.reporter or not claim.reporter
    return noun == known_noun and claim.modality == known.modality and claim.corridor == known.corridor
