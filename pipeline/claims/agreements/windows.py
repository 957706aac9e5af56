"""The clause that a step stands in, and what else in the sentence may claim a word for itself.

Who is a party belongs to `parties`, when it happened to `timing`.
"""

from typing import NamedTuple

from pipeline.claims.agreements.status import Sentence, Step, opens_clause

_SEVERAL = 2


_ENDING = frozenset({";", ",", "and", "while", "whereas", "although", "but"})  # before what a clause may end


class Window(NamedTuple):
    """The clause of a step, by word indices."""

    first: int
    end: int


def clause_window(sentence: Sentence, step: Step) -> Window:
    """The clause that a trigger stands in: up to a semicolon, or to a conjunction that opens a clause of its own."""
    first, end = 0, len(sentence.line.words)
    low, high = _core(step)
    for index, word in enumerate(sentence.line.words):
        if word.text not in _ENDING:
            continue
        if index < low and _breaks(sentence, index) and sentence.word(index + 1) not in ("when", "where"):
            first = index + 1
        elif index >= high and (_breaks(sentence, index) or _trails(sentence, index)):
            end = index
            break
    return Window(first, end)


def own_stretch(sentence: Sentence, step: Step) -> Window | None:
    """What stands behind one of a verb's objects, up to the next: `a pact with Peru in May, one with Chile in June`."""
    instrument, governor = step.instrument, step.governor
    if instrument is None or step.passive or instrument.first < governor.end:
        return None
    following = [each for each in sentence.instruments if each.first >= governor.end]
    if len(following) < _SEVERAL or instrument not in following:
        return None
    behind = [each.first for each in following if each.first > instrument.head]
    return Window(instrument.first, min((*behind, clause_window(sentence, step).end)))


def between_others(sentence: Sentence, step: Step, index: int) -> bool:
    """Whether a name stands behind the `between` of another object of a verb: `a pact and a memorandum between X and Y`."""
    inside = [each for each in sentence.instruments if each is not step.instrument and each.head_end <= index < each.end]
    return bool(inside) and "between" in sentence.between(inside[-1].head_end, index)


def _trails(sentence: Sentence, index: int) -> bool:
    """Whether a participle opens a remark behind the clause: `, marking a new phase`."""
    following = sentence.word(index + 1)
    governing = any(each.first == index + 1 for each in sentence.governors)
    return sentence.word(index) == "," and following.endswith("ing") and len(following) > 5 and not governing


def _core(step: Step) -> tuple[int, int]:
    if step.instrument is None:
        return step.governor.first, step.governor.end
    return min(step.instrument.first, step.governor.first), max(step.instrument.head_end, step.governor.end)


def _breaks(sentence: Sentence, index: int) -> bool:
    """Whether a clause ends before a word: at a semicolon, a conjunction with a clause of its own, a subordinate clause."""
    word, following = sentence.word(index), sentence.word(index + 1)
    if word == ";" or (word == "and" and opens_clause(sentence, index)):
        return True
    if word == "," and following in ("since", "because", "as", "after", "before", "when", "where"):
        return True
    joined = word == "," and following in ("and", "but", "so")
    return (joined or word in ("while", "whereas", "although", "but")) and _coordinates(sentence, index, joined)


def _coordinates(sentence: Sentence, index: int, joined: bool) -> bool:
    """Whether a conjunction, with a comma before it if `joined`, coordinates clauses and not members of a list."""
    third = sentence.word(index + 2)
    if joined and any(each.first == index + 2 for each in sentence.instruments) and _has_verb_after(sentence, index):
        return True
    if joined and (third == "that" or opens_clause(sentence, index + 1) or _new_clause(sentence, index)):
        return True
    if joined and (third in sentence.lexicon.grammar.auxiliaries or third in sentence.lexicon.grammar.adverbs):
        return False
    return (
        any(each.first > index for each in sentence.governors)
        and any(each.first < index for each in sentence.governors)
        and _has_verb_after(sentence, index)
    )


def _new_clause(sentence: Sentence, comma: int) -> bool:
    """Whether `, and` is followed by a short subject and its auxiliary: `, and China has applied too`."""
    words = sentence.between(comma + 2, comma + 6)
    place = next((at for at, word in enumerate(words) if word in sentence.lexicon.grammar.auxiliaries), 0)
    return place > 0 and not any(word in (",", "and", "of") for word in words[:place])


def _has_verb_after(sentence: Sentence, index: int) -> bool:
    """Whether a subject stands between a conjunction and the next trigger, so that a clause begins, not a list goes on."""
    following = next((each for each in sentence.governors if each.first > index), None)
    least = _SEVERAL if sentence.word(index) in ("while", "whereas", "although") else _SEVERAL + 1
    return following is not None and following.first - index >= least


def other_step_between(sentence: Sentence, step: Step, place: int) -> bool:
    """Whether another trigger of the same sentence stands between this one and a name, and takes the name for itself."""
    if step.instrument and step.instrument.head_end <= place < step.instrument.end:
        return False
    low, high = sorted((step.governor.first, place))
    return any(
        low < each.first < high
        for each in sentence.governors
        if each.meaning.strong or each.meaning.status == step.governor.meaning.status
    )


def acts_under(sentence: Sentence, step: Step) -> bool:
    """Whether an instrument is told as what the subject acts under: `buys gas from Qatar under a deal signed in 2020`."""
    instrument = step.instrument
    if instrument is None or not step.passive or instrument.definite or instrument.first == 0:
        return False
    if "between" in sentence.between(instrument.head_end, instrument.end):
        return False
    before = sentence.between(instrument.first - 3, instrument.first)
    return before[-1] in ("under", "through")
