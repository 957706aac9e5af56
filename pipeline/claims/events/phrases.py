"""The phrases of a clause that events are read from: verbs with their voice, things with what governs them.

Grammar of English alone belongs here; what a verb tells of a thing belongs to `grammar`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.claims.agreements.status import Sentence, auxiliary_start, is_passive
from pipeline.claims.events.lexicon import EventLexicon, VerbMeaning

_LONGEST_NOUN_PHRASE = 7
_LONGEST_GAP = 14
_REMARK = 2
_AGENT_WITHIN = 8
_ACTING = frozenset({"country", "bloc", "organisation", "person"})
_AWAITED_WITHIN = 7
_SHORTEST_ING = 5


class Thing(NamedTuple):
    """What events act on, by word indices, with its classes; `phrase` is the noun as the lexicon has it, or the name."""

    first: int
    end: int
    phrase: str
    classes: frozenset[str]

    @property
    def plural(self) -> bool:
        """Whether several are meant, as far as the spelling tells."""
        return self.phrase.endswith("s") and not self.phrase.endswith("ss")


class Verb(NamedTuple):
    """A verb by word indices: `chain` is where its auxiliaries begin."""

    first: int
    end: int
    chain: int
    passive: bool
    meaning: VerbMeaning


class Clause(NamedTuple):
    """A sentence with its verbs and things, by place, and the words that dates cover.

    `ways` tells that it or a sentence just before names what carries goods, so that `work` may be work on it.
    """

    view: Sentence
    lexicon: EventLexicon
    verbs: Sequence[Verb]
    things: Sequence[Thing]
    dated: frozenset[int]
    ways: bool

    def word(self, index: int) -> str:
        """The folded word at an index, empty outside the sentence."""
        return self.view.word(index)

    def is_one_of(self, index: int, kind: str) -> bool:
        """Whether a word is in one of the word lists of the lexicon."""
        return self.view.word(index) in self.lexicon.words[kind]


def verb_at(view: Sentence, first: int, end: int, meaning: VerbMeaning, lexicon: EventLexicon) -> Verb | None:
    """The verb at some words, None where they stand as a noun or an adjective: `an open border`, `a tariff cut`."""
    chain = auxiliary_start(view, first)
    verb = Verb(first, end, chain, is_passive(view, chain, first), meaning)
    grammar = view.lexicon.grammar
    before = view.word(first - 1)
    owned = before.endswith("'s") or view.between(first - 2, first) == ["'", "s"]
    describes = owned or before in grammar.determiners - {"that", "both", "all"}
    governed = before in grammar.prepositions - {"to"}
    forms = meaning.forms
    if forms & {"past", "participle"}:
        opens = not any(word[:1].isalnum() for word in view.between(0, chain))
        adverb = grammar.is_adverb(before) and view.word(chain - 1) in grammar.determiners
        return None if describes or governed or adverb or (opens and not verb.passive) else verb
    if "ing" in forms:
        free = first == 0 or before in lexicon.words["before_ing"]
        return verb if free and not describes else None
    if (
        describes
        or governed
        or _plural_noun(view, first, end, forms, lexicon)
        or (grammar.is_adverb(before) and view.word(chain - 1) in grammar.determiners - {"that", "both", "all"})
        or ("s" in forms and before == "," and view.between(0, first).count(",") < _REMARK)
        or (before in grammar.be and not _adverbial(meaning))
    ):
        return None
    return verb if "s" in forms or chain < first or before == "to" or _plural_before(view, first) else None


def _plural_noun(view: Sentence, first: int, end: int, forms: frozenset[str], lexicon: EventLexicon) -> bool:
    """Whether a form in -s is a plural: it opens a sentence, or tells on what or by whom it is set (`curbs imposed on`)."""
    if "s" not in forms or end - first > 1 or view.line.titled:
        return False
    following = view.word(end)
    set_upon = following in ("on", "against") or (following.endswith("ed") and view.word(end + 1) in ("on", "against", "by"))
    return first == 0 or (set_upon and view.word(first) in lexicon.words["plurals"])


def _plural_before(view: Sentence, first: int) -> bool:
    """Whether what stands before a bare verb may be its subject: a plural, a pronoun, or a remark that ends."""
    before = view.word(first - 1)
    return first > 0 and (before.endswith("s") or before in view.lexicon.grammar.pronouns or before == ",")


def _adverbial(meaning: VerbMeaning) -> bool:
    """Whether a phrase is no verb but what stands behind `is`: `under way`, `back to normal`."""
    return any({"back", "under_way", "ready"} & classes for classes in meaning.classes.values())


def governed(clause: Clause, thing: Thing) -> bool:
    """Whether a preposition or a verb governs a thing, so that it is no subject."""
    grammar = clause.view.lexicon.grammar
    index = thing.first - 1
    while index >= 0 and thing.first - index <= _LONGEST_NOUN_PHRASE:
        word = clause.word(index)
        if _governs(clause, index):
            return True
        joined = word in ("and", "or") and index + 1 < clause.view.line.index_at(clause.view.line.words[-1].start)
        stops = word in grammar.prepositions or word in grammar.auxiliaries or word in grammar.conjunctions or _is_stop(word)
        if stops and not joined:
            break
        index -= 1
        if word in grammar.determiners:
            break
    word = clause.word(index)
    if _governs(clause, index):
        return True
    if word not in grammar.prepositions or clause.is_one_of(index, "subordinators"):
        return False
    if word == "of" and clause.is_one_of(index - 1, "parts"):
        return False
    opening = index == 0 and word in ("in", "at", "on", "since", "from", "by", "after") and thing.first - index > 1
    return not (opening and (index + 1 in clause.dated or _names_place(clause, index + 1)))


def _governs(clause: Clause, index: int) -> bool:
    """Whether the word at an index is a verb that takes what follows as its object: `carrying` in `a tanker carrying oil`."""
    word = clause.word(index)
    participle = word.endswith("ing") and len(word) > _SHORTEST_ING and word not in clause.lexicon.words["gerunds"]
    return participle or any(verb.end - 1 == index and _takes_object(verb) for verb in clause.verbs)


def _takes_object(verb: Verb) -> bool:
    return not verb.passive and (verb.meaning.forms != {"base"} or verb.chain < verb.first)


def _names_place(clause: Clause, index: int) -> bool:
    line = clause.view.line
    placed = (name for name in line.names if name.kind in ("place", "port", "country") and name.form != "adjective")
    return any(line.index_at(name.start) == index for name in placed)


def _is_stop(word: str) -> bool:
    return not word[:1].isalnum() and word not in ("'", "-", "&", "$")


def subjects(clause: Clause, verb: Verb, reach: int) -> list[Thing]:
    """The things that may be the subject of a verb: the nearest before it that nothing governs, no clause ending in between.

    Of `the first stage of the terminal` both nouns may be.
    """
    found: list[Thing] = []
    for thing in reversed([each for each in clause.things if each.end <= verb.chain]):
        if verb.chain - thing.end > 2 * _LONGEST_GAP:
            break
        if clause.word(verb.chain - 1) == "which" and verb.chain - thing.end <= _REMARK and is_head(clause, thing):
            return [thing]
        if _awaits(clause, verb) and verb.chain - thing.end <= _AWAITED_WITHIN and is_head(clause, thing):
            found.append(thing)
            continue
        if governed(clause, thing):
            continue
        fits = _is_subject(clause, thing, verb, reach)
        if fits:
            found.append(thing)
        of_part = clause.word(thing.first - 1) == "of" or clause.word(thing.first - 2) == "of" or _listed_of(clause, thing)
        remark = clause.word(verb.chain - 1) == "," and is_head(clause, thing)
        if not (of_part or (remark and not fits)):
            break
    return found


def _listed_of(clause: Clause, thing: Thing) -> bool:
    """Whether a noun is a further member of a list behind `of`: garlic in `exports of onions and garlic`."""
    members = [each for each in clause.things if each.end <= thing.first and thing.first - each.first <= _LONGEST_GAP]
    end = thing.first
    for each in reversed(members):
        link = clause.view.between(each.end, end)
        if each.phrase.endswith(" of"):
            return len(link) <= _REMARK
        if not {"and", ",", "or"} & set(link) or len(link) > _REMARK:
            return False
        if "of" in clause.view.between(each.first - _REMARK, each.first):
            return True
        end = each.first
    return False


def _awaits(clause: Clause, verb: Verb) -> bool:
    """Whether a verb tells what is ahead of the noun right before it: `the line, due to open in May`."""
    return clause.is_one_of(verb.chain, "awaiting") and clause.word(verb.chain - 1) == ","


def _is_subject(clause: Clause, thing: Thing, verb: Verb, reach: int) -> bool:
    gap = _without_remark(clause.view.between(thing.end, verb.chain))
    if gap[-1:] == [","] and clause.is_one_of(verb.chain, "awaiting"):
        gap = gap[:-1]
    if not is_head(clause, thing) or len(gap) > reach:
        return False
    if gap[-1:] in (["which"], ["that"]):
        return gap[-2:-1] != [","] or len(gap) <= _REMARK
    grammar = clause.view.lexicon.grammar
    breaks = clause.lexicon.words["breaks"]
    finite = any(
        thing.end <= each.first < verb.chain and "past" in each.meaning.forms and not _reduced(clause, each)
        for each in clause.verbs
    )
    return not finite and not any(word in grammar.auxiliaries or word in breaks or word == "," for word in gap)


def _reduced(clause: Clause, verb: Verb) -> bool:
    """Whether a form in -ed tells no more than what is done to the noun before it: `the terminal shut in May`."""
    grammar = clause.view.lexicon.grammar
    following = clause.word(verb.end)
    return following in grammar.prepositions or following in (",", "by") or "ing" in verb.meaning.forms


def _without_remark(gap: list[str]) -> list[str]:
    """The words between a noun and its verb without what stands between commas: `the gate, shut for years, reopened`."""
    if gap[-1:] == [","] and gap.count(",") >= _REMARK:
        return gap[: gap.index(",")]
    if gap.count(",") >= _REMARK:
        first, last = gap.index(","), len(gap) - 1 - gap[::-1].index(",")
        return gap[:first] + gap[last + 1 :] if "and" not in gap[last:] else gap
    return gap


def is_head(clause: Clause, thing: Thing) -> bool:
    """Whether a noun is the head of its phrase, not part of another: not the port of `the port authority`."""
    index = thing.end
    word = clause.word(index)
    if thing.phrase.endswith((" of", " with", " to", " from", " on")):
        return True
    if word in clause.lexicon.not_heads or clause.view.between(index, index + 2) == ["'", "s"] or word == "'":
        return False
    if clause.view.line.words[thing.end - 1].text.endswith("'s"):
        return False
    grammar = clause.view.lexicon.grammar
    closed = (
        not word[:1].isalpha()
        or word in grammar.prepositions
        or word in grammar.auxiliaries
        or word in grammar.conjunctions
        or word in grammar.chain
        or word in clause.lexicon.words["between"]
        or grammar.is_adverb(word)
        or index in clause.dated
    )
    named = any(clause.view.line.index_at(name.start) == index for name in clause.view.line.names)
    called = (
        thing.classes & {"consignment", "carrier"}
        and index < len(clause.view.line.words)
        and clause.view.line.capitalised(index)
    )
    verbal = any(verb.first <= index < verb.end for verb in clause.verbs) or word.endswith(("ed", "ing"))
    return closed or named or bool(called) or verbal


def objects(clause: Clause, verb: Verb, reach: int, crossing: frozenset[str]) -> list[tuple[Thing, int]]:
    """The things behind a verb that it may act on, each with its distance; dates between the two do not count."""
    found: list[tuple[Thing, int]] = []
    for thing in clause.things:
        if thing.first < verb.end:
            continue
        between = _undated(clause, verb.end, thing.first)
        if any(verb.end < each.first < thing.first and clause.word(each.first - 2) == "and" for each in clause.verbs):
            break
        if len(between) > reach or _parted(clause, between, crossing):
            break
        if "work" in thing.classes:
            return [*found, (thing, len(between))]
        if "no" not in between and clause.word(thing.end) not in clause.lexicon.not_heads:
            found.append((thing, len(between)))
    return found


def _undated(clause: Clause, first: int, end: int) -> list[str]:
    """The words between two places without those of dates and the prepositions before these: `scrapped on May 3 the ban`."""
    kept: list[str] = []
    for index in range(first, end):
        if index in clause.dated:
            continue
        if index + 1 in clause.dated and clause.word(index) in ("on", "in", "from", "since", "last", "late", "by"):
            continue
        kept.append(clause.word(index))
    return kept


def _parted(clause: Clause, between: Sequence[str], crossing: frozenset[str]) -> bool:
    grammar = clause.view.lexicon.grammar
    breaks = clause.lexicon.words["breaks"]
    stopped = any(
        word in grammar.auxiliaries
        or word in breaks
        or word in clause.lexicon.words["instruments"]
        or word in ("that", "which", "after", "before")
        or (word in grammar.prepositions and word not in crossing)
        for word in between
    )
    return stopped or ("," in between and "and" not in between and between[-1:] != [","])


def ends_here(clause: Clause, verb: Verb) -> bool:
    """Whether no object follows a verb, so that its subject acts by itself: `the line opened in May`."""
    word = clause.word(verb.end)
    grammar = clause.view.lexicon.grammar
    return (
        not word[:1].isalnum()
        or word in grammar.prepositions
        or word in grammar.conjunctions
        or word in clause.lexicon.words["between"] - {"both", "all", "this", "last", "first", "next"}
        or grammar.is_adverb(word)
        or verb.end in clause.dated
        or word in grammar.times
        or (word in ("last", "this", "next", "first") and verb.end + 1 in clause.dated)
        or (word == "the" and clause.word(verb.end + 1) in ("same", "next", "following", "previous", "day"))
    )


def reaches_place(clause: Clause, verb: Verb) -> bool:
    """Whether a place follows a verb, as behind verbs of motion: `left Odesa`, `reached the port of Baku`."""
    line = clause.view.line
    places = {line.index_at(name.start) for name in line.names if name.kind in ("place", "port", "country", "corridor")}
    behind = range(verb.end, verb.end + 4)
    if verb.end - verb.first > 1 and clause.word(verb.end - 1) in clause.view.lexicon.grammar.prepositions:
        return True
    return any(index in places for index in behind)


def pointing(clause: Clause, index: int) -> str | None:
    """Whether a word points back to one thing or several told of before: `one`, `several`, or None."""
    return next((kind for kind in ("one", "several") if clause.is_one_of(index, kind)), None)


def agent_is_no_state(clause: Clause, verb: Verb) -> bool:
    """Whether a passive names what does it, and that is no state: `halted on Monday by a storm`."""
    for index in range(verb.end, verb.end + _AGENT_WITHIN):
        if clause.word(index) == "by":
            names = clause.view.line.names
            end = next((at for at in range(index, index + 6) if clause.is_one_of(at, "breaks")), index + 6)
            acting = (name for name in names if name.codes and name.kind in _ACTING)
            return not any(index < clause.view.line.index_at(name.start) < end for name in acting)
        if clause.is_one_of(index, "breaks") or clause.word(index) in (",", ";"):
            return False
    return False
