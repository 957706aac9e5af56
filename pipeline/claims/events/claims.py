"""Event claims: what happened or is to happen to trade and freight, told without a number.

Making claims of events belongs here; finding them in a sentence belongs to `grammar`, their sides to `sides`.
Numbers belong to the quantity claims: a clause that has one gives no event.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from pipeline.claims.agreements.instruments import Line
from pipeline.claims.agreements.lexicon import agreement_lexicon
from pipeline.claims.agreements.status import Sentence, Step
from pipeline.claims.agreements.timing import NO_DATE, Calendar, Span, status_date
from pipeline.claims.agreements.windows import Window
from pipeline.claims.claim import QuantityClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Reading, SentenceReading, Word, shared_out, within, words
from pipeline.claims.events.grammar import Event, choose_events, core, event_clause, event_modality, find_events
from pipeline.claims.events.lexicon import CORRIDOR, GOODS, PLACE, EventLexicon, VerbMeaning, event_lexicon
from pipeline.claims.events.phrases import Clause, Thing, Verb, governed, verb_at
from pipeline.claims.events.sides import EventClause, Sides, event_sides, is_goods, measure_named, refers_back
from pipeline.claims.events.thread import Thread
from pipeline.claims.slots.script import Script
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark, Together

_LONGEST_SENTENCE = 400
_CORRIDOR_KINDS = frozenset({"disruption", "route_opening", "infrastructure"})
_TRADE_KINDS = frozenset({"trade_restriction", "trade_opening"})
_NAMED = {
    "corridor": frozenset({CORRIDOR, "facility"}),
    "place": frozenset({PLACE}),
    "port": frozenset({PLACE}),
    "commodity": frozenset({GOODS}),
}
_PLAIN = frozenset({"measure", "rate", "quota", "facility", "service", "flow"})
_WAYS = frozenset({"facility", "works_object", CORRIDOR})
_SELVES = frozenset({"it", "we", "our"})
_BUILT_WITH = frozenset({"machinery", "textiles", "electronics", "vehicles", "steel", "timber"})
_POINTING = frozenset({"the", "this", "that", "its"})
_NEXT = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what tells it from a repeat, and the word that tells it; `ports` are those that its clause names."""

    claim: QuantityClaim
    titled: bool
    noun: str
    verb: Word
    ports: frozenset[str] = frozenset()


def event_claims(script: Script, quantities: Sequence[QuantityClaim]) -> list[QuantityClaim]:
    """All event claims of a document in the order of the text: each kind once for the same actor and object.

    `quantities` are the document's other claims; a clause that holds the value of one gives no event.
    """
    quantities = [claim for claim in quantities if claim.indicator != "transit_time"]
    lexicon, reading, opening = event_lexicon(), script.reading, script.opening
    folded = reading.folded
    marks = _Marks(*_telling().find(folded))
    titles = [sentence for sentence in reading.sentences if sentence.sentence.kind == "title"]
    named = [
        mark for things in shared_out(marks.things, titles) for mark in things if mark.phrase not in lexicon.words["vague"]
    ]
    on_ways = any(mark.meaning & _WAYS for mark in named)
    thread = Thread(opening.home, opening.title_pair or opening.pair, opening.title_corridor or opening.corridor, on_ways)
    told: list[_Told] = []
    shared = zip(*(shared_out(found, reading.sentences) for found in marks), strict=True)
    lines = [
        (sentence, inside, _may_tell(sentence, inside, lexicon))
        for sentence, inside in zip(reading.sentences, itertools.starmap(_Marks, shared), strict=True)
    ]
    # The thread of a text serves the events behind it alone.
    telling = [place for place, (_, _, may_tell) in enumerate(lines, start=1) if may_tell]
    for sentence, inside, may_tell in lines[: max(telling, default=0)]:
        things: Sequence[Thing] = [Thing(0, 0, mark.phrase, mark.meaning) for mark in inside.things]
        clause = _clause(reading, sentence, inside, thread, lexicon) if may_tell else None
        if clause:
            things = _free(clause)
            for event in _read_sentence(reading, sentence, (clause, inside.nouns), quantities, thread):
                said = script.speaker(sentence.index, event.verb)
                told.append(replace(event, claim=replace(event.claim, attributed_to=said)))
        thread.follow(sentence, things, measure_named(folded, sentence, inside.things, thread))
    return _without_repeats(told)


def _may_tell(sentence: SentenceReading, marks: "_Marks", lexicon: EventLexicon) -> bool:
    """Whether a sentence has what tells an event: a verb, or a noun of action, and a thing, or a verb that needs none."""
    if not marks.verbs and not marks.nouns:
        return False
    if marks.things or any(name.kind in _NAMED for name in sentence.names):
        return True
    classes = frozenset[str]().union(*(names for mark in marks.verbs for names in mark.meaning.classes.values()))
    return bool(classes & (lexicon.alone | lexicon.words["pointed"]))


class _Marks(NamedTuple):
    """The lexicon marks of a text or of a sentence, each by place."""

    verbs: Sequence[PhraseMark[VerbMeaning]]
    nouns: Sequence[PhraseMark[frozenset[str]]]
    things: Sequence[PhraseMark[frozenset[str]]]


@cache
def _telling() -> Together:
    """The lexicons of `_Marks`."""
    lexicon = event_lexicon()
    return Together((lexicon.verbs, lexicon.nouns, lexicon.things))


def _right_before(view: Sentence, verb: Verb, following: Verb) -> bool:
    """Whether a verb leaves the word behind it no verb: `lift curbs`, but `agreed to open`."""
    return verb.end == following.first and view.word(verb.end - 1) != "to"


def _free(clause: Clause) -> list[Thing]:
    """The things of a sentence that a pronoun may stand for: those that nothing governs, and bans and duties."""
    meant = [thing for thing in clause.things if not thing.classes & {PLACE, GOODS, "wares"}]
    return [thing for thing in meant if "measure" in thing.classes or not governed(clause, thing)]


def _clause(reading: Reading, sentence: SentenceReading, marks: _Marks, thread: Thread, lexicon: EventLexicon) -> Clause | None:
    """A sentence as the grammar reads it; None for one that is too long to be one."""
    tokens = words(reading.folded, sentence.start, sentence.end)
    if len(tokens) > _LONGEST_SENTENCE:
        return None
    titled = sentence.sentence.kind in ("title", "heading")
    view = Sentence(Line(reading.document.text, tokens, sentence.names, titled), (), (), reading.folded, agreement_lexicon())
    at = view.line.index_at
    telling = [mark for mark in marks.verbs if pattern("spends_time").match(reading.folded, mark.end) is None]
    spans = [(at(mark.start), at(mark.end), mark.meaning) for mark in telling]
    found = [verb for first, end, meaning in spans if first < end and (verb := verb_at(view, first, end, meaning, lexicon))]
    present = {"base", "s"}
    found = [
        verb for verb in found if verb.meaning.forms - present or not any(_right_before(view, each, verb) for each in found)
    ]
    ends = {word.end for word in tokens}
    whole = [mark for mark in _with_names(marks.things, sentence) if mark.end in ends or not mark.meaning & _PLAIN]
    things = [Thing(at(mark.start), at(mark.end), mark.phrase, mark.meaning) for mark in whole]
    dated = {index for mark in sentence.dates for index in range(at(mark.start), at(mark.end))}
    units = lexicon.words["spans"]
    lasting = [index for index, word in enumerate(tokens[:-2]) if word.text == "for" and tokens[index + 2].text in units]
    dated |= {index + step for index in lasting for step in range(3)}
    things = [thing for thing in things if thing.first < thing.end]
    vague = lexicon.words["vague"]
    ways = (
        any(thing.classes & _WAYS and thing.phrase not in vague for thing in things)
        or thread.on_ways
        or thread.spoke_of(_WAYS)
        or any(name.kind == "port" for name in sentence.names)
    )
    return Clause(view, lexicon, found, things, frozenset(dated), ways)


def _with_names(things: Sequence[PhraseMark[frozenset[str]]], sentence: SentenceReading) -> list[PhraseMark[frozenset[str]]]:
    """The things that events act on, corridors, places and goods called by their names among them."""
    named = [
        PhraseMark(name.start, name.end, name.text.lower(), _NAMED[name.kind]) for name in sentence.names if name.kind in _NAMED
    ]
    free = [name for name in named if CORRIDOR in name.meaning]
    plain = [mark for mark in things if not any(each.start < mark.end and mark.start < each.end for each in free)]
    marks = [
        mark for mark in named if mark in free or not any(mark.start < each.end and each.start < mark.end for each in plain)
    ]
    return sorted((*plain, *marks), key=lambda mark: mark.start)


def _read_sentence(
    reading: Reading,
    sentence: SentenceReading,
    parts: tuple[Clause, Sequence[PhraseMark[frozenset[str]]]],
    quantities: Sequence[QuantityClaim],
    thread: Thread,
) -> Iterator[_Told]:
    clause, nouns = parts
    lexicon, view, tokens = clause.lexicon, clause.view, clause.view.line.words

    def antecedent(pronoun: str, before: int, may: Callable[[Thing], bool]) -> Thing | None:
        rivals = any(word in lexicon.words["rivals"] for word in view.between(0, before))
        return None if rivals else thread.antecedent(sentence, clause.things, pronoun, before, may)

    candidates = {}
    for event in find_events(clause, nouns, antecedent):
        window = event_clause(view, event, lexicon)
        start, end = tokens[window.first].start, tokens[window.end - 1].end
        dated = any(start <= mark.start < end for mark in sentence.dates)
        modality = event_modality(view, event, lexicon, dated=dated)
        part = core(view, event)
        low, high = tokens[part.first].start, tokens[part.end - 1].end
        counted = any(claim.value_start is not None and low <= claim.value_start < high for claim in quantities)
        settled = bool(thread.home or thread.main) and event.kind in _CORRIDOR_KINDS
        settled = settled or (bool(thread.home and thread.measures) and event.kind in _TRADE_KINDS)
        spoken = bool(thread.home) and any(word in _SELVES for word in view.between(window.first, event.governor.first))
        placed = thread.placed or settled or spoken or _official(view, window, thread) or thread.names_place(sentence)
        if modality is not None and placed and not counted:
            candidates[event] = modality, window
    for event in choose_events(candidates, lexicon):
        modality, window = candidates[event]
        start, end = tokens[window.first].start, tokens[window.end - 1].end
        step = Step(event.kind, modality, event.governor, None, False)
        span = status_date(view, step, window, sentence.dates, Calendar(reading.document.published_on)) or NO_DATE
        published = reading.document.published_on
        if modality == "reported" and published and span[0] and span[0] > published:
            modality = "target"
        names = within(sentence.names, start, end)
        told_by = " ".join(view.between(event.governor.first, event.governor.end))
        noun = event.thing.phrase if event.thing else told_by
        place = EventClause(start, tokens[event.governor.first].start, end, tokens[event.first].start, noun, is_goods(event))
        sides = event_sides(event, reading.folded, place, sentence.names, thread)
        corridor = _corridor(view, event, names, thread, sentence)
        mode = _mode(reading.folded[start:end], event, corridor)
        slots = _Slots(modality, span, sides, corridor, mode, _commodity(event, names, thread))
        freed = bool({"exempt", "free_goods"} & event.classes)
        if is_goods(event) and event.kind in ("trade_restriction", "trade_opening") and not (sides.origin or freed):
            continue
        measured = event.thing is not None and "measure" in event.thing.classes
        if measured and not (sides.origin or sides.destination or slots.commodity):
            continue
        claim = _claim(reading.document.text, sentence, event, slots)
        thread.remember(claim)
        ports = frozenset(name.text.lower().removeprefix("port of ") for name in names if name.kind == "port")
        yield _Told(claim, view.line.titled, noun, tokens[event.governor.first], ports)


def _official(view: Sentence, window: Window, thread: Thread) -> bool:
    """Whether an organ of the text's own country acts: `the ministry`."""
    organs = agreement_lexicon().organisations.state
    return bool(thread.home) and any(word in organs for word in view.between(window.first, window.end))


def _corridor(view: Sentence, event: Event, names: Sequence[NameMark], thread: Thread, sentence: SentenceReading) -> str | None:
    """The corridor that the clause names, or that `the line` points back to within its paragraph."""
    corridors = [name for name in names if name.kind == "corridor" and name.codes]
    start, end = view.line.words[event.first].start, view.line.words[event.end - 1].end
    named = next((name.codes[0] for name in sorted(corridors, key=lambda name: not start <= name.start < end)), None)
    if named or event.kind not in _CORRIDOR_KINDS:
        return named
    near = sentence.sentence.paragraph - thread.paragraph <= 1
    if event.thing is not None and event.thing.classes == {"work"}:
        return thread.corridor or thread.main
    return thread.corridor if near and (event.pointed or view.word(event.first - 1) in _POINTING) else None


def _mode(clause: str, event: Event, corridor: str | None) -> str | None:
    if event.kind in ("trade_restriction", "trade_opening", "transit_permission"):
        return None
    own = next((mark.meaning for mark in event_lexicon().modes.find(clause)), None)
    return own or (event_lexicon().corridor_modes.get(corridor) if corridor else None)


def _commodity(event: Event, names: Iterable[NameMark], thread: Thread) -> str | None:
    goods = [name for name in names if name.kind == "commodity" and name.codes]
    if event.kind == "infrastructure":  # what is built with or for goods of these kinds carries others
        goods = [name for name in goods if name.codes[0] not in _BUILT_WITH]
    own = next((name.codes[0] for name in goods), None)
    before = thread.measure() if event.kind in ("trade_restriction", "trade_opening") else None
    return own or (before.commodity if before and refers_back(event) else None)


class _Slots(NamedTuple):
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
    """Each event once, the body before the title, the fuller before the less full; by place in the text."""
    kept: list[_Told] = []
    for candidate in sorted(told, key=lambda each: (each.titled, -_fullness(each.claim))):
        if not any(_repeats(candidate, other) for other in kept):
            kept.append(candidate)
    return sorted((each.claim for each in kept), key=lambda claim: (claim.evidence_start, claim.indicator))


def _repeats(told: _Told, other: _Told) -> bool:
    """Whether two claims may tell one event: of one kind, and nothing that both of them say differs."""
    claim, known = told.claim, other.claim
    if claim.indicator != known.indicator:
        return False
    if claim.indicator == "transit_permission":
        return claim.destination == known.destination or not claim.destination
    said: list[tuple[object, object]] = [
        (claim.commodity, known.commodity),
        (claim.corridor, known.corridor),
        (_month(claim), _month(known)),
    ]
    said += [(claim.origin, known.origin), (claim.destination, known.destination), (claim.reporter, known.reporter)]
    if claim.family == "freight" and not told.titled:
        said += [(told.noun.removesuffix("s"), other.noun.removesuffix("s")), (claim.modality, known.modality)]
    apart = bool(told.ports and other.ports) and not told.ports & other.ports
    return not apart and all(left == right or not left or not right for left, right in said)


def _month(claim: QuantityClaim) -> tuple[int, int] | None:
    day = claim.period_start or claim.period_end
    return (day.year, day.month) if day else None


def _fullness(claim: QuantityClaim) -> int:
    """How many slots of a freight claim are filled: of two that tell one event the fuller is kept, of bans the first."""
    if claim.family == "trade":
        return 0
    slots = (claim.origin, claim.destination, claim.corridor, claim.commodity, claim.period_start or claim.period_end)
    return sum(bool(slot) for slot in slots)
