"""Events in a sentence: ties a verb, or a noun of action, to the thing that it acts on.

Voice, distance and certainty belong here; sides, times and claims belong to `events` and `event_sides`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.agreements.parties import Window
from pipeline.claims.agreements.status import Governor, Sentence, auxiliary_start, certainty, is_passive
from pipeline.claims.events.lexicon import EventLexicon
from pipeline.language.phrases import PhraseMark

Marks = Sequence[PhraseMark[frozenset[str]]]
# What stands for the phrase of a thing that is called by its own name.
PLACE, GOODS = "#place", "#goods"
_NEEDED_WITHIN = 4
_REMARK = 2
_HEAD = 5
_QUIET_WITHIN = 12
_BREAKS = frozenset(
    {";", ":", "that", "which", "who", "but", "while", "whereas", "because", "after", "before", "(", ")", "although"}
)
_PREPOSITIONS = frozenset({"at", "in", "from", "to", "by", "with", "about", "over", "into", "through", "on", "of", "for"})


@dataclass(frozen=True, slots=True)
class EventMarks:
    """The lexicon marks of a sentence, each by place."""

    verbs: Marks
    nouns: Marks
    objects: Marks


@dataclass(frozen=True, slots=True)
class Event:
    """An event in a sentence: its kind, the verb or noun that tells it, and what it acts on, by word indices.

    `gap` is the distance between the two in words.
    """

    kind: str
    governor: Governor
    first: int
    end: int
    gap: int


def find_events(view: Sentence, marks: EventMarks, lexicon: EventLexicon) -> list[Event]:
    """The events of a sentence, by place: for each kind the verb and the object nearest to each other, no word in two."""
    best: dict[str, Event] = {}
    for event in (*_verbal(view, marks, lexicon), *_nominal(view, marks, lexicon)):
        if event.kind not in best or event.gap < best[event.kind].gap:
            best[event.kind] = event
    taken: list[Event] = []
    for event in sorted(best.values(), key=lambda each: (_rank(each, lexicon), each.gap, each.governor.first, each.kind)):
        if not any(_same_words(event, other) for other in taken):
            taken.append(event)
    return sorted(taken, key=lambda each: each.governor.first)


def _same_words(event: Event, other: Event) -> bool:
    """Whether two events are told by the same words; a thing may well close and open again in one sentence."""
    turns = {event.kind, other.kind} == {"disruption", "route_opening"}
    return event.governor.first == other.governor.first or (event.first == other.first and not turns)


def event_clause(view: Sentence, event: Event) -> Window:
    """The words around an event up to the next semicolon, or to a conjunction that opens a clause."""
    low, high = min(event.governor.first, event.first), max(event.governor.end, event.end)
    size = len(view.line.words)
    first = next((index + 1 for index in range(low - 1, -1, -1) if _opens_clause(view, index)), 0)
    end = next((index for index in range(high, size) if _opens_clause(view, index) or view.word(index) in _BEHIND), size)
    return Window(first, end)


_BEHIND = frozenset({"after", "because", "following", "amid", "since"})


def event_modality(view: Sentence, event: Event, lexicon: EventLexicon) -> str | None:
    """The certainty of an event; None where the sentence only reasons about it."""
    modality = certainty(view, event.governor, None)
    first = event.governor.first
    start = max(min(first, event.first) - _QUIET_WITHIN, 0)
    before = view.folded[view.line.words[start].start : view.line.words[first].start]
    behind = view.between(event.end, event.end + 6) if event.governor.meaning.construction == "noun" else []
    if modality == "possible" or lexicon.quiet.find(before) or set(behind) & {"may", "might", "could", "would"}:
        return None
    if modality == "reported" and set(behind) & lexicon.ahead:
        return "target"
    if modality == "target" and view.word(first - 1) == "to" and not view.lexicon.modalities.find(before):
        return None
    return modality


def _rank(event: Event, lexicon: EventLexicon) -> int:
    return lexicon.priority.index(event.kind) if event.kind in lexicon.priority else len(lexicon.priority)


def _verbal(view: Sentence, marks: EventMarks, lexicon: EventLexicon) -> Iterator[Event]:
    for verb in marks.verbs:
        first, end = view.line.index_at(verb.start), view.line.index_at(verb.end)
        if first == end or not _is_verb(view, first, verb.phrase, lexicon):
            continue
        for thing in marks.objects:
            if not (thing.end <= verb.start or verb.end <= thing.start):
                continue
            place, last = view.line.index_at(thing.start), view.line.index_at(thing.end)
            if thing.phrase == PLACE and view.word(place - 1) in _PREPOSITIONS:
                continue
            for kind in sorted(verb.meaning & thing.meaning):
                if _unfit(kind, verb.phrase, thing.phrase, lexicon):
                    continue
                gap = _relation(view, (first, end), (place, last), kind, lexicon)
                if gap is not None and _needed(view, kind, place, lexicon):
                    yield Event(kind, Governor(first, end, Trigger(kind, "verb", True)), place, last, gap)


def _unfit(kind: str, verb: str, thing: str, lexicon: EventLexicon) -> bool:
    """Whether a verb does not act on such a thing: on a place or on goods by their names, or on no flow that it restrains."""
    if thing in (PLACE, GOODS):
        return verb not in (lexicon.on_place if thing == PLACE else lexicon.on_goods)
    return kind == "trade_restriction" and verb in lexicon.restraining and thing not in lexicon.restrained


def _nominal(view: Sentence, marks: EventMarks, lexicon: EventLexicon) -> Iterator[Event]:
    """`began construction of the line`: a noun of action, with a word beside it that says that it happens."""
    for noun in marks.nouns:
        first, end = view.line.index_at(noun.start), view.line.index_at(noun.end)
        for thing in marks.objects:
            place, last = view.line.index_at(thing.start), view.line.index_at(thing.end)
            near = (*view.between(first - 4, first), *view.between(last, last + 9))
            within_reach = 0 <= place - end <= lexicon.reach["active"] and any(word in lexicon.happening for word in near)
            for kind in sorted(noun.meaning & thing.meaning):
                if _unfit(kind, noun.phrase, thing.phrase, lexicon):
                    continue
                if within_reach and not _broken(view, end, place, kind, lexicon):
                    yield Event(
                        kind, Governor(first, max(end, first + 1), Trigger(kind, "noun", True)), place, last, place - end
                    )


def _is_verb(view: Sentence, first: int, phrase: str, lexicon: EventLexicon) -> bool:
    """Whether a word of a verb stands as a verb: not `an open border`, `a tariff cut`, `the closed port`."""
    grammar = view.lexicon.grammar
    before = view.word(first - 1)
    following = view.word(view.line.index_at(view.line.words[first].start + len(phrase)))
    if following == "up" or (following == "to" and phrase.startswith(("agree", "decided"))):
        return False
    describes = before in grammar.determiners or before.endswith("'s") or before in _PREPOSITIONS - {"to"}
    if phrase in lexicon.bases:
        return not describes and before not in grammar.be | lexicon.adjectival and before not in ("and", ",")
    return not describes or phrase.endswith("ing")


def _relation(view: Sentence, verb: tuple[int, int], thing: tuple[int, int], kind: str, lexicon: EventLexicon) -> int | None:
    """How far a verb stands from what it acts on, None if it does not act on it."""
    first, end = verb
    place, last = thing
    chain = auxiliary_start(view, first)
    passive = is_passive(view, chain, first)
    if last <= first:
        return _before(view, (chain, end), last, kind, lexicon) if passive else _intransitive(view, verb, thing, kind, lexicon)
    if passive and not view.word(end - 1).endswith("ing"):
        return None
    if "no" in view.between(end, place) or (
        _mutual(view, first) and view.word(first) in ("agree", "agreed", "agrees", "reached")
    ):
        return None
    gap = place - end
    reach = lexicon.reach["transit"] if kind == "transit_permission" else lexicon.reach["active"]
    return gap if 0 <= gap <= reach and not _broken(view, end, place, kind, lexicon) else None


def _mutual(view: Sentence, first: int) -> bool:
    """Whether two countries or more stand before a verb: what they agree on is no measure of one against another."""
    before = view.line.words[first].start
    return (
        len(
            {code for name in view.line.names if name.kind in ("country", "bloc") and name.end <= before for code in name.codes}
        )
        > 1
    )


def _before(view: Sentence, verb: tuple[int, int], last: int, kind: str, lexicon: EventLexicon) -> int | None:
    """The distance of a passive verb from its subject; None if they stand in two clauses, or things do what states should."""
    chain, end = verb
    gap = chain - last
    if not 0 <= gap <= lexicon.reach["passive"] or _cut(view, last, chain):
        return None
    named = any(end <= view.line.index_at(name.start) <= end + 5 for name in view.line.names if name.codes)
    agent = view.word(end) == "by" and not named
    return None if agent and kind in ("trade_restriction", "trade_opening") else gap


def _intransitive(
    view: Sentence, verb: tuple[int, int], thing: tuple[int, int], kind: str, lexicon: EventLexicon
) -> int | None:
    """The distance of a verb from a subject that acts by itself, `the service resumed`, or that a participle describes."""
    first, end = verb
    place, last = thing
    noun = " ".join(view.between(place, last))
    told = " ".join(view.between(first, end))
    able = kind in lexicon.intransitive or noun in lexicon.intransitive_objects or told in lexicon.intransitive_verbs
    if _participle(view, verb, last):
        return 1
    chain = auxiliary_start(view, first)
    phrase = view.word(last) in ("from", "between", "to", "of", "with", "via", "through", "across")
    phrase = phrase or view.word(last) == ","
    reach = lexicon.reach["shipment" if kind == "shipment" else "phrase" if phrase else "intransitive"]
    transitive = view.word(end) in view.lexicon.grammar.determiners
    if not able or transitive or not 0 <= chain - last <= reach:
        return None
    return None if _cut(view, last, chain) else chain - last


def _participle(view: Sentence, verb: tuple[int, int], last: int) -> bool:
    """Whether a participle between commas describes a thing: `the terminal, shut on 11 August, is open again`."""
    first, end = verb
    behind = view.between(last, first) == [","] and view.word(end) in view.lexicon.grammar.prepositions | {"since", "after"}
    return behind and (view.word(end - 1).endswith("ed") or view.word(end - 1) in ("shut", "cut", "built", "hit"))


def _cut(view: Sentence, first: int, end: int) -> bool:
    """Whether a clause ends between two words; a remark between commas behind the head of a sentence ends none."""
    between = view.between(first, end)
    if between[:1] == [","] == between[-1:] and between.count(",") == _REMARK and first <= _HEAD:
        return False
    return any(word in view.lexicon.grammar.auxiliaries or word in _BREAKS or word == "," for word in between)


def _broken(view: Sentence, first: int, end: int, kind: str, lexicon: EventLexicon) -> bool:
    """Whether a clause ends, or a phrase of its own begins, between a verb and its object."""
    crossing = lexicon.crossing.get(kind, lexicon.crossing["default"])
    between = view.between(first, end)
    stopped = any(
        word in view.lexicon.grammar.auxiliaries or word in _BREAKS or (word in _PREPOSITIONS and word not in crossing)
        for word in between
    )
    return stopped or ("," in between and "and" not in between)


def _needed(view: Sentence, kind: str, place: int, lexicon: EventLexicon) -> bool:
    """Whether one thing is meant, where a kind asks for one: `the first train`, not `trains`."""
    needs = lexicon.needs.get(kind)
    return needs is None or any(word in needs for word in view.between(place - _NEEDED_WITHIN, place + 1))


def _opens_clause(view: Sentence, index: int) -> bool:
    word = view.word(index)
    openers = ("and", "but", "while", "which", "where", "as", "so", "with")
    return word in (";", "while", "whereas", "although", "but") or (word == "," and view.word(index + 1) in openers)
