"""Contracts that no state has: a person's for his own work, or a town's.

Who is a party of the others belongs to `parties`.
"""

from pipeline.claims.agreements.status import Sentence, Step
from pipeline.language.marks import NameMark

_ARTICLES = ("the", "a", "an")
_BESIDE = 3  # words before the head of an instrument among which its owner stands
_SPELT = 24  # characters of the words before a town


def is_of_a_person(sentence: Sentence, step: Step) -> bool:
    """Whether what is signed is somebody's own contract: `extended his contract`, `the Kenyan joined and signed a contract`."""
    instrument, words = step.instrument, sentence.lexicon.own_work
    if instrument is None or instrument.form != "contract" or step.passive:
        return False
    if words.owners & set(sentence.between(instrument.head - _BESIDE, instrument.head)):
        return True
    return any(_is_somebody(sentence, mark, step.governor.first) for mark in sentence.line.names)


def _is_somebody(sentence: Sentence, mark: NameMark, act: int) -> bool:
    """Whether the name of a people with an article stands for one who acts: `the Kenyan joined`, `a Kenyan coach`."""
    first, end = sentence.line.index_at(mark.start), sentence.line.index_at(mark.end)
    if mark.form != "adjective" or end > act:
        return False
    if sentence.word(end) in sentence.lexicon.own_work.persons:
        return True
    if sentence.word(first - 1) not in _ARTICLES:
        return False
    if mark.text.lower().endswith(tuple(sentence.lexicon.own_work.of_many)):
        return False
    behind = sentence.word(end)
    acts = behind == "who" or behind in sentence.lexicon.grammar.auxiliaries or behind.endswith("ed")
    return acts or any(governor.first == end for governor in sentence.governors)


def is_town(sentence: Sentence, mark: NameMark) -> bool:
    """Whether a capital stands for the town alone: `the municipality of Sofia`, `Tbilisi City Hall`."""
    words = sentence.lexicon.own_work
    if mark.form != "capital":
        return False
    before = sentence.folded[max(0, mark.start - _SPELT) : mark.start].rstrip()
    return before.endswith(tuple(words.of_town)) or sentence.word(sentence.line.index_at(mark.end)) in words.town_hall
