"""Instruments that a sentence tells without their noun: ranks of relations, `agreed to sell`, and anniversaries.

What names an instrument by its noun belongs to `instruments` and `status`.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.claims.agreements.instruments import Line
from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.agreements.status import Governor, Sentence, Step, certainty, named
from pipeline.language.phrases import PhraseMark

_REACH = 110
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\s*(?:-?year)?\s*$")
_ORDINAL_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DISTANCE, _OBJECT = 10, 6
_OPENING, _SUBJECTS, _MATTER = 2, 34, 4
_AGREED = Trigger("agreed", "verb", False)
_JOINT = Trigger("agreed", "verb", False, partnered=True)
_IN_FORCE = Trigger("in_force", "noun", True)


def upgrades(sentence: Sentence, ranks: Sequence[PhraseMark[None]], told: Sequence[Step]) -> list[Step]:
    """Relations raised to a formal rank, `elevated their ties to a strategic partnership`; none where an instrument does so."""
    if any(step.instrument and step.status in ("signed", "agreed", "initialed", "ratified") for step in told):
        return []
    for rank in ranks:
        governor = _raising(sentence, rank)
        if governor:
            modality = certainty(sentence, governor, None)
            return [Step("agreed", modality, governor, None, False, "declaration", "partnership")]
    return []


def _raising(sentence: Sentence, rank: PhraseMark[None]) -> Governor | None:
    """The verb that raises relations to a rank: before it, with the relations or an article between."""
    line = sentence.line
    floor = max(rank.start - _REACH, line.words[0].start)
    before = sentence.folded[floor : rank.start]
    verbs = sentence.lexicon.upgrade.verbs.find(before)
    for verb in reversed(verbs):
        between = before[verb.end :]
        raised = bool(sentence.lexicon.upgrade.objects.find(between)) and re.search(r"\b(?:to|into|as)\b", between) is not None
        set_up = verb.phrase in sentence.lexicon.upgrade.founding and len(between.split()) <= 2
        if raised or set_up:
            first, end = line.index_at(floor + verb.start), line.index_at(floor + verb.end)
            return Governor(first, max(end, first + 1), _AGREED)
    return _attained(sentence, floor, before)


def _attained(sentence: Sentence, floor: int, before: str) -> Governor | None:
    """The verb of relations, or of two, that come to a rank by themselves: `their ties now have the status of a`."""
    found = sentence.lexicon.upgrade.attained.search(before)
    if found is None:
        return None
    line, kind = sentence.line, "verb" if found["verb"] else "becomes"
    if kind == "verb" and not sentence.lexicon.upgrade.objects.find(before[: found.start()]):
        return None
    first, end = line.index_at(floor + found.start(kind)), line.index_at(floor + found.end(kind))
    return Governor(first, max(end, first + 1), _AGREED)


def exchange_deals(sentence: Sentence, agree: Sequence[PhraseMark[None]], told: Sequence[Step]) -> list[Step]:
    """A deal without its noun, told as agreed.

    `A has agreed to sell B`, `A and B agreed, in Vienna, to open the border`, `A and B agreed on the transit of oil`.
    """
    line = sentence.line
    if any(step.status == "agreed" for step in told):
        return []
    for mark in agree:
        first, end = line.index_at(mark.start), line.index_at(mark.end)
        if _agreed_on(sentence, end):
            governor = Governor(first, end, _JOINT)
            return [Step("agreed", certainty(sentence, governor, None), governor, None, False, "agreement", None)]
        verb = _infinitive(sentence, end)
        if verb is None or any(step.governor.first == first for step in told):
            continue
        sold = sentence.word(verb) in sentence.lexicon.exchange and _other_side(line, verb)
        joint = not sold and sentence.word(verb) in sentence.lexicon.joint and not _loose(sentence, verb)
        if sold or joint:
            governor = Governor(first, end if joint else verb + 1, _JOINT if joint else _AGREED)
            return [Step("agreed", certainty(sentence, governor, None), governor, None, False, "agreement", None)]
    return []


def joint_statements(sentence: Sentence, told: Sequence[Step]) -> list[Step]:
    """The statement that a sentence opens with, in which its subjects say something: `In a joint statement, A and B said`."""
    if told:
        return []
    lexicon = sentence.lexicon
    opening = next(
        (each for each in sentence.instruments if each.form == "declaration" and each.first <= _OPENING and not each.weak), None
    )
    if opening is None or " ".join(sentence.between(0, opening.first)) not in lexicon.issued.openers:
        return []
    stop = min(opening.head_end + _SUBJECTS, len(sentence.line.words))
    verb = next((index for index in range(opening.head_end, stop) if sentence.word(index) in lexicon.issued.verbs), None)
    if verb is None or "," not in sentence.between(opening.head_end, verb):
        return []
    several = "and" in sentence.between(opening.head_end, verb) or sentence.word(verb - 1) in ("they", "both")
    return [Step("agreed", "reported", Governor(verb, verb + 1, _AGREED if several else _JOINT), opening, False)]


def _agreed_on(sentence: Sentence, first: int) -> bool:
    """Whether `agreed` goes on with a matter of trade or transport: `on the transport of up to 2 million tons`."""
    if sentence.word(first) not in ("on", "upon", "about") and sentence.word(first - 1) not in ("on", "upon"):
        return False
    start = first + 1 if sentence.word(first) in ("on", "upon", "about") else first
    matter = next((at for at in range(start, start + _MATTER) if sentence.word(at) in sentence.lexicon.matters), None)
    between = sentence.between(start, matter) if matter is not None else []
    plain = all(word in sentence.lexicon.grammar.determiners or word.isalpha() for word in between)
    return matter is not None and plain and sentence.word(matter + 1) in ("of", "to", "from", "via", "through", "by")


def _infinitive(sentence: Sentence, first: int) -> int | None:
    """The verb of what was agreed to be done: `agreed, in Vienna, to let`, with no more than when and where between."""
    for index in range(first, min(first + _DISTANCE, len(sentence.line.words))):
        word = sentence.word(index)
        if word == "to":
            return index + 1
        told = word in sentence.lexicon.grammar.light or word.isdecimal() or named(sentence, index)
        if not (told or sentence.line.capitalised(index)):
            return None
    return None


def _loose(sentence: Sentence, verb: int) -> bool:
    """Whether what was agreed binds nobody: to hold talks, to set up a commission, to deepen cooperation."""
    return bool(set(sentence.between(verb + 1, verb + _OBJECT)) & sentence.lexicon.loose)


def _other_side(line: Line, after: int) -> bool:
    """Whether the sentence names somebody behind the verb, with whom the deal can be."""
    place = line.words[after].end
    stop = next((word.start for word in line.words[after:] if word.text in (";", ":", "but", "while")), line.words[-1].end)
    sides = ("country", "bloc", "company", "organisation")
    return any(place <= mark.start < stop and mark.kind in sides for mark in line.names)


def anniversary_year(sentence: Sentence, told: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """Instruments whose anniversary a sentence tells, with their age in years, unless it tells their status itself."""
    line = sentence.line
    start, end = line.words[0].start, line.words[-1].end
    for mark in sentence.lexicon.anniversaries.find(sentence.folded[start:end]):
        first = line.index_at(start + mark.end)
        instrument = next((each for each in sentence.instruments if 0 <= each.first - first <= 3 and not each.weak), None)
        years = _ordinal(sentence.folded[max(start, start + mark.start - 30) : start + mark.start])
        if instrument and years and not any(step.instrument is instrument for step in told):
            yield Step("in_force", "reported", Governor(first - 1, first, _IN_FORCE), instrument, False), years


def _ordinal(before: str) -> int | None:
    match = _ORDINAL.search(before)
    if match:
        return int(match.group(1))
    last = before.split()[-1:] or [""]
    return _ORDINAL_WORDS.index(last[0]) + 1 if last[0] in _ORDINAL_WORDS else None
