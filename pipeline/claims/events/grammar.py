"""Events in a sentence: what its verbs and its nouns of action tell of the things beside them.

Which event a verb tells, and how certain it is, belongs here; phrases and voices belong to `phrases`, what `it` stands for to
`thread`, sides and claims to the modules beside this one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.claims.agreements.lexicon import Trigger, agreement_lexicon
from pipeline.claims.agreements.status import Governor, Sentence, auxiliary_start, certainty
from pipeline.claims.agreements.windows import Window
from pipeline.claims.events.lexicon import GOODS, PLACE, SELF, EventLexicon, Told, Voice
from pipeline.claims.events.phrases import (
    Clause,
    Thing,
    Verb,
    agent_is_no_state,
    ends_here,
    governed,
    is_head,
    objects,
    pointing,
    reaches_place,
    subjects,
)
from pipeline.language.phrases import PhraseMark

_NEEDED_WITHIN = 4
_QUIET_WITHIN = 12
_JOINED_WITHIN = 9
_ONE_EVENT = 8
_COMPLETED_WITHIN = 9
_MADE_WITHIN = 7
_SAID_WITHIN = 7
_SPEAKERS = frozenset({"they", "we", "you", "i", "he", "she"})
_TRADE = ("trade_restriction", "trade_opening")
# Finds the thing that a pronoun stands for: by `one` or `several`, what stands before a word, and whether a verb may act on it.
Antecedent = Callable[[str, int, Callable[[Thing], bool]], Thing | None]


@dataclass(frozen=True, slots=True)
class Event:
    """An event in a sentence: its kind, the verb or noun that tells it, and the thing that it acts on.

    `gap` is the distance between the two in words; `first:end` are the words of the thing, or of the verb where the thing
    stands in a sentence before (`pointed`) or is not said; `bare` tells that no more than `the ban` names it, `finite` that
    the verb is a past form without auxiliaries. `classes` are the verb's.
    """

    kind: str
    governor: Governor
    thing: Thing | None
    first: int
    end: int
    gap: int
    classes: frozenset[str]
    negated: bool = False
    pointed: bool = False
    bare: bool = False
    finite: bool = False

    @property
    def noun(self) -> bool:
        """Whether a noun of action tells it."""
        return self.governor.meaning.construction == "noun"


def find_events(clause: Clause, nouns: Sequence[PhraseMark[frozenset[str]]], antecedent: Antecedent) -> Iterator[Event]:
    """All readings of a sentence as events; several may tell one event, see `choose_events`."""
    found = [*_verbal(clause, antecedent), *_nominal(clause, nouns)]
    yield from (event for event in found if not any(_only_describes(clause, event, other) for other in found))


def _only_describes(clause: Clause, event: Event, other: Event) -> bool:
    """Whether a participle without a time only says which measure another verb ends: `bans imposed on cars were lifted`."""
    if event.thing is None or event.thing is not other.thing or {event.kind, other.kind} != set(_TRADE):
        return False
    beside = event.governor.first == event.thing.end and event.governor.end < other.governor.first
    return beside and not any(event.governor.end <= index < other.governor.first for index in clause.dated)


def choose_events(events: Iterable[Event], lexicon: EventLexicon) -> list[Event]:
    """Of readings of a sentence those that stand, by place: no word tells two events, nor do neighbours tell one twice."""
    taken: list[Event] = []
    for event in sorted(events, key=lambda each: (_rank(each, lexicon), each.noun, each.gap, each.governor.first, each.kind)):
        if not any(_same_words(event, other) or _same_event(event, other) for other in taken):
            taken.append(event)
    return sorted(taken, key=lambda each: each.governor.first)


def _same_event(event: Event, other: Event) -> bool:
    """Whether two readings of one kind stand so close that they tell one event: `began work to build the line`."""
    low = max(event.governor.first, other.governor.first)
    high = min(event.governor.end, other.governor.end)
    return event.kind == other.kind and (low - high <= _ONE_EVENT or event.thing is other.thing)


def _same_words(event: Event, other: Event) -> bool:
    """Whether two events are told by the same words; a thing may well close and open again in one sentence."""
    turns = {event.kind, other.kind} in ({"disruption", "route_opening"}, set(_TRADE))
    overlap = event.governor.first < other.governor.end and other.governor.first < event.governor.end
    nested = any(
        one.noun and one.governor.first < two.end and two.first < one.governor.end
        for one, two in ((event, other), (other, event))
    )
    return overlap or nested or (event.first == other.first and not turns)


def _rank(event: Event, lexicon: EventLexicon) -> int:
    return lexicon.priority.index(event.kind) if event.kind in lexicon.priority else len(lexicon.priority)


def event_clause(view: Sentence, event: Event, lexicon: EventLexicon) -> Window:
    """The words around an event up to the next semicolon, or to a conjunction that opens a clause."""
    low, high = min(event.governor.first, event.first), max(event.governor.end, event.end)
    size = len(view.line.words)
    behind = lexicon.words["behind"]
    first = next((index + 1 for index in range(low - 1, -1, -1) if _opens_clause(view, index)), 0)
    end = next((index for index in range(high, size) if _opens_clause(view, index) or view.word(index) in behind), size)
    return Window(first, end)


def _opens_clause(view: Sentence, index: int) -> bool:
    word = view.word(index)
    openers = ("and", "but", "while", "which", "where", "as", "so", "with")
    return word in (";", "while", "whereas", "although", "but") or (word == "," and view.word(index + 1) in openers)


def core(view: Sentence, event: Event) -> Window:
    """The words of an event between commas: a number outside of them is another fact."""
    low, high = min(event.governor.first, event.first), max(event.governor.end, event.end)
    size = len(view.line.words)
    first = next((index + 1 for index in range(low - 1, -1, -1) if view.word(index) in (",", ";", ":")), 0)
    end = next((index for index in range(high, size) if view.word(index) in (",", ";", ":")), size)
    return Window(first, end)


def event_modality(view: Sentence, event: Event, lexicon: EventLexicon, *, dated: bool) -> str | None:
    """The certainty of an event; None where the sentence only reasons about it. What may be counts only with its time."""
    modality = "reported" if event.finite else "target" if "due" in event.classes else certainty(view, event.governor, None)
    first = event.governor.first
    start = max(min(first, event.first) - _QUIET_WITHIN, 0)
    before = view.folded[view.line.words[start].start : view.line.words[first].start]
    behind = view.between(event.end, event.end + 8) if event.governor.meaning.construction == "noun" else []
    opened = set(view.between(min(first, event.first) - 4, min(first, event.first))) & lexicon.words["times"]
    if opened and not event.noun and not event.finite and modality in ("reported", "negated"):
        return None
    stands = "stand_open" in event.classes and modality == "reported"
    if stands or lexicon.quiet.find(before) or set(behind) & {"may", "might", "could", "would"}:
        return None
    if modality == "possible":
        return "possible" if dated and set(view.between(first - 3, first)) & {"may", "might", "could"} else None
    if modality == "target" and event.noun and "due to" in " ".join(view.between(first - 3, first)):
        modality = "reported"  # `cut due to collapse of a bridge`
    if modality == "reported" and (set(behind) & lexicon.ahead or _to_come(view, behind)):
        return "target"
    if modality == "target" and view.word(first - 1) == "to" and not view.lexicon.modalities.find(before):
        return "reported" if set(view.between(first - _MADE_WITHIN, first - 1)) & lexicon.words["making"] else None
    return _turned(modality) if event.negated else modality


def _to_come(view: Sentence, behind: Sequence[str]) -> bool:
    """Whether an infinitive behind a noun tells that it is ahead: `construction is to start`, `Works on a port to begin`."""
    be = view.lexicon.grammar.be
    return behind[:1] == ["to"] or any(word in be and after == "to" for word, after in pairwise(behind))


def _turned(modality: str) -> str:
    return {"reported": "negated", "negated": "reported"}.get(modality, "negated")


def _verbal(clause: Clause, antecedent: Antecedent) -> Iterator[Event]:
    for verb in clause.verbs:
        for voice in _voices(clause, verb):
            chain = auxiliary_start(clause.view, verb.chain - 1) if voice == "state" else verb.chain
            voiced = Voiced(verb._replace(chain=chain) if chain != verb.chain else verb, voice, _classes(verb, voice))
            yield from _by_itself(clause, voiced) if voice == "self" else _with_thing(clause, voiced, antecedent)


class Voiced(NamedTuple):
    """A verb in one of the voices in which it may be read, with its classes in that voice."""

    verb: Verb
    voice: Voice
    classes: frozenset[str]

    @property
    def finite(self) -> bool:
        """Whether it is a past form without auxiliaries, which tells a fact."""
        past = "past" in self.verb.meaning.forms and self.verb.chain == self.verb.first
        return past and self.voice in ("active", "alone")


def _voices(clause: Clause, verb: Verb) -> list[Voice]:
    """The voices in which a verb may be read."""
    forms = verb.meaning.forms
    if clause.is_one_of(verb.chain - 1, "states") and forms & {"participle", "base"}:
        return ["state"]
    if verb.passive and "ing" not in forms:
        return ["passive"]
    voices: list[Voice] = ["active", "self"]
    moves = {"leave", "arrive", "pass"} & _classes(verb, "active")
    if ends_here(clause, verb) or (moves and reaches_place(clause, verb)):
        voices.append("alone")
    auxiliaries = clause.view.lexicon.grammar.auxiliaries
    if "participle" in forms and not any(word in auxiliaries for word in clause.view.between(verb.chain, verb.first)):
        voices.append("passive")
    return voices


def _classes(verb: Verb, voice: Voice) -> frozenset[str]:
    by_form = verb.meaning.classes
    if voice in ("passive", "state"):
        loose = frozenset({"back", "under_way", "ready"}) & by_form.get("base", frozenset())
        return by_form.get("participle", frozenset()) | loose
    return frozenset[str]().union(*by_form.values())


def _by_itself(clause: Clause, voiced: Voiced) -> Iterator[Event]:
    verb = voiced.verb
    for name in sorted(voiced.classes & clause.lexicon.alone):
        for told in clause.lexicon.tells.get((name, SELF, "self"), ()):
            thing = next((each for each, _ in objects(clause, verb, 3, frozenset({"of"}))), None)
            first, end = (thing.first, thing.end) if thing else (verb.first, verb.end)
            yield Event(told.kind, _governor(verb, told), thing, first, end, 0, voiced.classes, told.negated)


def _with_thing(clause: Clause, voiced: Voiced, antecedent: Antecedent) -> Iterator[Event]:
    names, tells = sorted(voiced.classes), clause.lexicon.tells
    known: dict[frozenset[str], list[Told]] = {}

    def told(thing: Thing) -> list[Told]:
        if thing.classes not in known:
            pairs = [(name, kind, voiced.voice) for name in names for kind in sorted(thing.classes)]
            known[thing.classes] = [each for pair in pairs for each in tells.get(pair, ())]
        return known[thing.classes]

    verb = voiced.verb
    for thing, gap, pointed in _acted_on(clause, voiced, lambda thing: bool(told(thing)), antecedent):
        first, end = (verb.first, verb.end) if pointed else (thing.first, thing.end)
        for each in told(thing):
            if pointed or _fits(clause, voiced, thing, each):
                bare = _is_bare(clause, thing, pointed)
                yield Event(
                    each.kind,
                    _governor(verb, each),
                    thing,
                    first,
                    end,
                    gap,
                    voiced.classes,
                    each.negated,
                    pointed,
                    bare,
                    voiced.finite,
                )


def _is_bare(clause: Clause, thing: Thing, pointed: bool) -> bool:
    """Whether a measure is taken as known: `the ban was lifted`, not `the ban on rice was lifted`."""
    if pointed or "measure" not in thing.classes or thing.phrase.startswith(("import", "export")):
        return False
    complement = clause.word(thing.end) in ("on", "against", "of", "for", "from") and not pointing(clause, thing.end + 1)
    return not complement and clause.word(thing.first - 1) in clause.view.lexicon.grammar.definite | {"both"}


def _governor(verb: Verb, told: Told) -> Governor:
    return Governor(verb.first, verb.end, Trigger(told.kind, "verb", True))


def _acted_on(
    clause: Clause, voiced: Voiced, may: Callable[[Thing], bool], antecedent: Antecedent
) -> Iterator[tuple[Thing, int, bool]]:
    """The things that a verb may act on in a voice, each with its distance and whether a pronoun stands for it."""
    verb, reach = voiced.verb, clause.lexicon.reach
    active = voiced.voice == "active"
    index = verb.end if active else verb.chain - 1
    pronoun = None if index in clause.dated else pointing(clause, index)  # `opened this year`
    if pronoun and active:
        pronoun = pronoun if ends_here(clause, verb._replace(end=index + 1)) else None
    if pronoun and not voiced.classes & clause.lexicon.words["pointed"]:
        return
    if pronoun and (active or clause.word(index) != "that"):
        thing = antecedent(pronoun, verb.first, may)
        if thing:
            yield thing, 1, True
    elif active:
        crossing = frozenset[str]().union(*clause.lexicon.crossing.values())
        yield from ((thing, gap, False) for thing, gap in objects(clause, verb, reach["transit"], crossing))
    else:
        for thing in _subjects_in(clause, voiced):
            yield thing, min(verb.chain - thing.end, reach["intransitive"]), False


def _subjects_in(clause: Clause, voiced: Voiced) -> list[Thing]:
    verb, reach = voiced.verb, clause.lexicon.reach["subject"]
    if voiced.voice != "passive" or verb.passive:
        return subjects(clause, verb, reach)
    if _behind_noun(clause, verb):
        near = [each for each in clause.things if each.end in (verb.first, verb.first - 1)][-1:]
        heads = [each for each in clause.things if near and each.end == near[0].first and each.phrase.endswith(" of")]
        free = [each for each in near if not governed(clause, each)]
        return free + heads + subjects(clause, verb, reach) if near and is_head(clause, near[0]) else []
    joined = _joined_to(clause, verb)
    return subjects(clause, joined, reach) if joined else []


def _behind_noun(clause: Clause, verb: Verb) -> bool:
    """Whether a participle describes the noun before it: `the ban imposed in May`, `the terminal, shut on Monday, ...`."""
    following = clause.word(verb.end)
    told = following in clause.view.lexicon.grammar.prepositions | {"since", "by"} or verb.end in clause.dated
    return told and clause.word(verb.first - 1) not in clause.lexicon.words["joining"] - {","}


def _joined_to(clause: Clause, verb: Verb) -> Verb | None:
    """The passive verb before `and` whose subject a participle shares: `were banned in May and allowed in June`."""
    before = verb.first - 1
    while before > verb.first - 4 and (
        clause.view.lexicon.grammar.is_adverb(clause.word(before)) or clause.is_one_of(before, "between")
    ):
        before -= 1
    if not clause.is_one_of(before, "joining"):
        return None
    near = [each for each in clause.verbs if each.passive and 0 < verb.first - each.end <= _JOINED_WITHIN]
    return near[-1] if near else None


def _fits(clause: Clause, voiced: Voiced, thing: Thing, told: Told) -> bool:
    """Whether an event is meant: one consignment, work on a way, a place that is acted on, a state that acts on trade."""
    active = voiced.voice == "active"
    before = clause.word(voiced.verb.chain - 1)
    named = thing.classes & {PLACE, GOODS}
    stray = (
        told.kind == "shipment" and not _needed(clause, thing),
        thing.classes == {"work"} and not clause.ways,
        clause.word(thing.end) == "for" and clause.is_one_of(thing.end + 1, "travellers"),
        "stoppage" in thing.classes and not _carries(clause, thing),
        thing.phrase in clause.lexicon.words["vague"] and not _carries(clause, thing),
        told.kind == "shipment" and any(word.text in clause.lexicon.words["travellers"] for word in clause.view.line.words),
        active and before in _SPEAKERS and not _told_of_place(clause),
        not _completed(clause, voiced, thing, told),
        "restrain" in voiced.classes and before in ("that", "which"),
        voiced.voice == "alone" and "fail" in voiced.classes and _on_instrument(clause, voiced.verb),
        told.kind in _TRADE
        and bool(named)
        and any(each.end == thing.first and "trade_flow" in each.classes for each in clause.things),
        active and _said_by_instrument(clause, voiced.verb),
        clause.word(voiced.verb.first) == "scheduled" and clause.word(voiced.verb.end) == "to",  # `is scheduled to arrive`
        "due" in voiced.classes and not _timed(clause, voiced.verb.end),
        bool(named) and active and thing.first > voiced.verb.end and _governed_by_preposition(clause, thing),
        told.kind in _TRADE and voiced.voice == "passive" and agent_is_no_state(clause, voiced.verb),
        active and not _reaches(clause, voiced.verb, thing, told.kind),
        active and told.kind in _TRADE and "outflow" in thing.classes and not _state_acts(clause, voiced.verb),
    )
    return not any(stray)


def _said_by_instrument(clause: Clause, verb: Verb) -> bool:
    """Whether a verb tells what an instrument says or is for: `a deal that allowed exports`, `a contract for building`."""
    before = verb.chain - 1
    if clause.word(before) not in ("that", "which", "for", "on") and "ing" not in verb.meaning.forms:
        return False
    for index in range(before, max(before - _SAID_WITHIN, -1), -1):
        if clause.word(index) in clause.lexicon.words["instruments"]:
            return True
        if any(each.first == index for each in clause.verbs) or (index < before - 1 and clause.word(index) == ","):
            return False
    return False


def _timed(clause: Clause, index: int) -> bool:
    """Whether a time stands at a word or behind its prepositions (`by the end of May`, `in two years`)."""
    while index not in clause.dated and clause.is_one_of(index, "before_time"):
        index += 1
    lasting = clause.is_one_of(index + 1, "spans") and clause.word(index - 1) == "in"
    return index in clause.dated or lasting or clause.is_one_of(index, "soon")


def _on_instrument(clause: Clause, verb: Verb) -> bool:
    """Whether what fails is rather talks or a contract with a port: `Talks with the port of X have broken down`."""
    return bool(set(clause.view.between(0, verb.chain)) & clause.lexicon.words["instruments"])


def _governed_by_preposition(clause: Clause, thing: Thing) -> bool:
    return clause.word(thing.first - 1) in clause.view.lexicon.grammar.prepositions


def _carries(clause: Clause, thing: Thing) -> bool:
    """Whether a text or a sentence speaks of transport, so that a service, a line or a stage is one of it."""
    line, words = clause.view.line, clause.lexicon.words
    beside = any(
        word.text in words["carrying"] for index, word in enumerate(line.words) if not thing.first <= index < thing.end
    )
    sure = any(
        each is not thing and each.phrase not in words["vague"] and each.classes & {"facility", "carrier"}
        for each in clause.things
    )
    ends = clause.word(thing.end) in ("from", "between", "to") and line.names
    return clause.ways or beside or sure or bool(ends) or any(name.kind in ("port", "corridor") for name in line.names)


def _completed(clause: Clause, voiced: Voiced, thing: Thing, told: Told) -> bool:
    """Whether what makes a verb telling stands behind its thing: `approved grapes for import`, `left the ban in place`."""
    tells, voice = clause.lexicon.tells, voiced.voice
    telling = [name for name in voiced.classes if any(told in tells.get((name, kind, voice), ()) for kind in thing.classes)]
    loose = [name for name in telling if f"behind_{name}" in clause.lexicon.words]
    if len(loose) < len(telling):
        return True
    behind = set(clause.view.between(thing.end, thing.end + _COMPLETED_WITHIN))
    return any(behind & clause.lexicon.words[f"behind_{name}"] for name in loose)


def _reaches(clause: Clause, verb: Verb, thing: Thing, kind: str) -> bool:
    """Whether no more stands between a verb and its object than a kind allows; dates do not count."""
    lexicon, dated = clause.lexicon, clause.dated
    crossing = lexicon.crossing.get(kind, lexicon.crossing["default"])
    between = [index for index in range(verb.end, thing.first) if index not in dated]
    loose = {clause.word(index) for index in between if index + 1 not in dated} & clause.view.lexicon.grammar.prepositions
    reach = lexicon.reach["transit"] if kind == "transit_permission" else lexicon.reach["active"]
    return loose <= crossing and len(between) <= reach


def _told_of_place(clause: Clause) -> bool:
    return bool(clause.dated) or any(name.codes and name.kind != "commodity" for name in clause.view.line.names)


def _state_acts(clause: Clause, verb: Verb) -> bool:
    """Whether a state or an organ of it stands before a verb: `Peru halted exports`, not `a strike halted exports`."""
    organs = agreement_lexicon().organisations.state
    names = clause.view.line.names
    line = clause.view.line
    named = any(name.kind in ("country", "bloc", "person") and line.index_at(name.start) < verb.first for name in names)
    return named or any(word in organs or word in ("it", "government") for word in clause.view.between(0, verb.first))


def _needed(clause: Clause, thing: Thing) -> bool:
    """Whether one consignment is meant: `the first train`, not `trains`."""
    before = clause.view.between(thing.first - _NEEDED_WITHIN, thing.first + 1)
    line = clause.view.line
    called = "the" in before and thing.end < len(line.words) and line.capitalised(thing.end)
    return called or "first" in before or (GOODS not in thing.classes and any(word in clause.lexicon.needs for word in before))


def _nominal(clause: Clause, nouns: Sequence[PhraseMark[frozenset[str]]]) -> Iterator[Event]:
    """`began construction of the line`: a noun of action, with a word beside it that says that it happens."""
    view, lexicon = clause.view, clause.lexicon
    for noun in nouns:
        first, end = view.line.index_at(noun.start), view.line.index_at(noun.end)
        for thing in clause.things:
            behind = view.between(thing.end, thing.end + 12)
            cut = behind.index(",") if "," in behind and "plans" not in behind else len(behind)
            near = (*view.between(first - 4, first), *behind[:cut])
            if not 0 <= thing.first - end <= lexicon.reach["active"] or not any(word in lexicon.happening for word in near):
                continue
            for kind in sorted(noun.meaning):
                if _named_by(clause, end, thing, kind):
                    governor = Governor(first, max(end, first + 1), Trigger(kind, "noun", True))
                    yield Event(kind, governor, thing, thing.first, thing.end, thing.first - end, frozenset({noun.phrase}))


def _named_by(clause: Clause, end: int, thing: Thing, kind: str) -> bool:
    """Whether a noun of action of a kind, which ends at `end`, may act on a thing."""
    view, lexicon = clause.view, clause.lexicon
    placed = kind == "disruption" and PLACE in thing.classes and thing.first - end <= 1
    if not thing.classes & lexicon.noun_things[kind] and not placed:
        return False
    if thing.phrase in lexicon.words["vague"] and not _carries(clause, thing):
        return False
    crossing = lexicon.crossing.get(kind, lexicon.crossing["default"])
    between = set(view.between(end, thing.first))
    parted = (between & view.lexicon.grammar.prepositions) - crossing
    return not parted and not between & (lexicon.words["breaks"] | {"that", "which"})
