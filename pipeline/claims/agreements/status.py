"""The grammar that status is told by: triggers and auxiliaries of a sentence, voice, and how certain a statement is.

Tying triggers to instruments belongs to `steps`; parties, dates and topics belong to the modules beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.claims.agreements.instruments import Instrument, Line
from pipeline.claims.agreements.lexicon import AgreementLexicon, Trigger
from pipeline.language.phrases import PhraseMark

_OPENERS = ("under", "which", "that", "by", "whereby")
_CERTAINTY_WINDOW = 9
_SUBJECT = 9
_FINITE = ("verb", "state", "split")
ECHO: Final = "echo"
PRECEDENCE = ("negated", "target", "possible", "forecast")


class Governor(NamedTuple):
    """A trigger in a sentence, by word indices."""

    first: int
    end: int
    meaning: Trigger


@dataclass(frozen=True, slots=True)
class Step:
    """One status of one instrument as a sentence tells it. `instrument` is None where a pronoun stands for one named before.

    `passive` says that the instrument comes before the trigger, so that what precedes is no subject. `free_form` and
    `free_subject` are set for an instrument that the sentence tells without a noun for it.
    """

    status: str
    modality: str
    governor: Governor
    instrument: Instrument | None
    passive: bool
    free_form: str | None = None
    free_subject: str | None = None


class Sentence(NamedTuple):
    """A line with all that steps are made of."""

    line: Line
    instruments: Sequence[Instrument]
    governors: Sequence[Governor]
    folded: str
    lexicon: AgreementLexicon

    def word(self, index: int) -> str:
        """The folded word at an index, empty outside the sentence."""
        return self.line.words[index].text if 0 <= index < len(self.line.words) else ""

    def between(self, first: int, end: int) -> list[str]:
        """The folded words from one index to another."""
        return [word.text for word in self.line.words[max(first, 0) : end]]


def governors(line: Line, marks: Sequence[PhraseMark[Trigger]], lexicon: AgreementLexicon) -> list[Governor]:
    """The triggers of a sentence as word ranges."""
    found = []
    for mark in marks:
        first, end = line.index_at(mark.start), line.index_at(mark.end)
        if first < end and line.words[first].start == mark.start and not _nominal(line, first, end, mark.meaning, lexicon):
            found.append(_without_time(line, Governor(first, end, mark.meaning), lexicon))
    return found


def _without_time(line: Line, governor: Governor, lexicon: AgreementLexicon) -> Governor:
    """A verb without the preposition that opens a time, a place or a partner: `concluded in 2008`, not `in a pact`."""
    first, last = governor.first, governor.end - 1
    if last == first or line.words[last].text not in ("in", "with") or governor.end >= len(line.words):
        return governor
    following = line.words[governor.end].text
    apart = following.isdecimal() or following in lexicon.grammar.calendar or line.capitalised(governor.end)
    if not apart or line.titled:
        return governor
    shorter = lexicon.triggers.find(" ".join(word.text for word in line.words[first:last]))
    return Governor(first, last, shorter[0].meaning) if shorter and shorter[0].start == 0 else governor


def _nominal(line: Line, first: int, end: int, meaning: Trigger, lexicon: AgreementLexicon) -> bool:
    """Whether what looks like a verb is a noun, as the word before shows (`the exchange of data`, `an offer`), or an adverb."""
    word = line.words[first].text
    before = line.words[first - 1].text if first else ""
    if word in lexicon.grammar.ways and end < len(line.words) and line.words[end].text in lexicon.grammar.prepositions:
        return True
    if meaning.construction != "verb" or end - first > 1 or word.endswith(("ed", "ing")) or word in lexicon.participles:
        return False
    return before in lexicon.grammar.determiners or (before in lexicon.grammar.prepositions and before != "to")


def auxiliary_start(sentence: Sentence, index: int) -> int:
    """Where the chain of auxiliaries and adverbs before a verb begins: `has yet to be officially` before `signed`."""
    grammar = sentence.lexicon.grammar
    start = index
    while start > 0 and index - start < 9:
        word = sentence.word(start - 1)
        passing = (
            word in grammar.auxiliaries
            or grammar.is_adverb(word)
            or word in grammar.chain
            or _verb_in_chain(sentence, start - 1)
        )
        if not passing:
            break
        start -= 1
    return start


def _verb_in_chain(sentence: Sentence, index: int) -> bool:
    """Whether the word is another trigger coordinated with this one: `signed and ratified`."""
    return any(
        each.first <= index < each.end and sentence.word(each.end) in ("and", ",", "or", "nor") for each in sentence.governors
    )


def is_passive(sentence: Sentence, voice: int, verb: int) -> bool:
    """Whether the auxiliary next to a verb is a form of `be`: `is to be signed`, but not `is to sign`."""
    grammar = sentence.lexicon.grammar
    for index in range(verb - 1, voice - 1, -1):
        word = sentence.word(index)
        if word in grammar.auxiliaries or word == "to":
            return word in grammar.be
    return False


def past(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb stands in a form that can be a past participle."""
    return sentence.word(governor.first) in sentence.lexicon.participles or sentence.word(governor.first).endswith("ed")


def certainty(sentence: Sentence, governor: Governor, instrument: Instrument | None) -> str:
    """Reported, unless words before the trigger, within its clause, make it negated, a target, possible or a forecast."""
    opened = max(_clause_start(sentence, governor), _behind_lack(sentence, governor))
    start = min(max(governor.first - _CERTAINTY_WINDOW, opened, 0), governor.first)
    if instrument and sentence.word(instrument.end) in _OPENERS and instrument.end < governor.first:
        start = max(start, auxiliary_start(sentence, governor.first))
    found = said_between(sentence, start, governor.first)
    if instrument and (governor.meaning.construction == "noun" or sentence.word(governor.end) == "of"):
        found |= _said_after(sentence, instrument.end, 4)
    if _denied(sentence, governor) or (instrument and _none(sentence, instrument)):
        return "negated"
    if "negated" not in found and ("probable" in found or _expected_that(sentence, start, governor.first)):
        return "forecast"
    if governor.meaning.status == "proposed":
        found &= {"negated"}
    if "reported" in found:
        found.discard("reported")
    elif not found and governor.meaning.construction == "verb" and sentence.word(governor.first - 1) == "to":
        return "reported" if governor.meaning.status == "negotiating" and _come_for(sentence, governor) else "target"
    if "possible" in found and _said_to_come(sentence, start, governor.first):
        found = found - {"possible"} | {"target"}
    return next((modality for modality in PRECEDENCE if modality in found), "reported")


def _expected_that(sentence: Sentence, first: int, end: int) -> bool:
    """Whether what will be is only expected: `it is expected that they will sign`, `analysts expect the pact will lapse`."""
    first -= 2 if sentence.word(first - 1) == "that" else 0
    words = sentence.between(first, end)
    expected = next((at for at, word in enumerate(words) if word in sentence.lexicon.expecting), None)
    return expected is not None and bool({"will", "would"} & set(words[expected:]))


def _come_for(sentence: Sentence, governor: Governor) -> bool:
    """Whether those who negotiate are where they do so: `a delegation is in Lima to finalise the pact`."""
    place = governor.first - 2
    while place > 0 and named(sentence, place):
        place -= 1
    there = place < governor.first - 2 and sentence.word(place) == "in"
    return there and bool(sentence.lexicon.grammar.be & set(sentence.between(place - 2, place)))


def _none(sentence: Sentence, instrument: Instrument) -> bool:
    """Whether an instrument is told as none: `no treaty`, `not a treaty`."""
    return sentence.word(instrument.first) in ("no", "neither") or sentence.word(instrument.first - 1) == "not"


def _behind_lack(sentence: Sentence, governor: Governor) -> int:
    """Where the clause begins behind what a sentence opens with that was lacking: `Without it, the others signed the pact`."""
    if sentence.word(0) != "without":
        return 0
    return next((index + 1 for index in range(governor.first) if sentence.word(index) == ","), 0)


def _denied(sentence: Sentence, governor: Governor) -> bool:
    """Whether somebody denies what the clause says, `denied reports that they had signed it`."""
    words = sentence.line.words
    start, end = words[0].start, words[governor.first].start
    marks = sentence.lexicon.denials.find(sentence.folded[start:end])
    return bool(marks) and not any(word in (";", "but", "while") for word in sentence.between(0, governor.first))


def _said_to_come(sentence: Sentence, start: int, end: int) -> bool:
    """Whether `would` only puts into the past what somebody said will be: `she said they would sign`."""
    words = sentence.line.words
    said = sentence.lexicon.sayings.find(sentence.folded[words[0].start : words[end].start])
    return bool(said) and "would" in sentence.between(start, end)


def _said_after(sentence: Sentence, first: int, length: int) -> set[str]:
    """What the words after a noun say of its certainty: `the signing of the pact is expected`."""
    return said_between(sentence, first, min(first + length, len(sentence.line.words)))


def said_between(sentence: Sentence, first: int, end: int) -> set[str]:
    """The certainties that the words of a stretch name; the month of May is no `may`."""
    words = sentence.line.words[max(first, 0) : end]
    if not words:
        return set()
    start = words[0].start
    marks = sentence.lexicon.modalities.find(sentence.folded[start : words[-1].end])
    return {mark.meaning for mark in marks if not (mark.phrase == "may" and sentence.line.text[start + mark.start] == "M")}


def _clause_start(sentence: Sentence, governor: Governor) -> int:
    """Where the clause of a trigger begins: after the last break, or after the trigger of the clause before."""
    voice = auxiliary_start(sentence, governor.first)
    if sentence.word(voice - 1) == "," and set(sentence.between(0, voice)) & {"which", "who"}:
        return voice
    for index in range(governor.first - 1, -1, -1):
        word = sentence.word(index)
        if word in (";", ":", "but", "while", "whereas", "although", "though", "which", "who", "that"):
            return index + 1
        if word == "," and sentence.word(index + 1) in ("and", "which", "but", "while", "after", "as", "so"):
            return index + 2
        if word == "and" and opens_clause(sentence, index):
            return index + 1
    return 0


def opens_clause(sentence: Sentence, link: int) -> bool:
    """Whether a clause of its own follows a conjunction: a subject right before its verb, `and Yerevan declared them void`.

    Only behind another verb; what follows is no further member of a list, as the verb right behind the name shows.
    """
    verb = next((each for each in sentence.governors if each.first > link and each.meaning.construction in _FINITE), None)
    before = any(each.first < link and each.meaning.construction in _FINITE for each in sentence.governors)
    if verb is None or not before or verb.first - link > _SUBJECT or verb.first == link + 1:
        return False
    subject = auxiliary_start(sentence, verb.first) - 1
    between = sentence.between(link + 1, subject + 1)
    if subject <= link or {"and", "or", ";"} & set(between) or _lists(sentence, link):
        return False
    return (
        named(sentence, subject)
        or sentence.word(subject) in sentence.lexicon.grammar.pronouns
        or _phrase_ends(sentence, subject)
    )


def _lists(sentence: Sentence, link: int) -> bool:
    """Whether an `and` joins names that open a clause together: `where Fiji and Oman signed`."""
    index = link - 1
    if index < 0 or not named(sentence, index):
        return False
    while index >= 0 and (named(sentence, index) or sentence.word(index) in (",", "the")):
        index -= 1
    return index < 0 or sentence.word(index) in sentence.lexicon.grammar.conjunctions


def _phrase_ends(sentence: Sentence, index: int) -> bool:
    """Whether the phrase of an instrument or a party ends at a word: `the Kyrgyz parliament`, `the deal`."""
    return sentence.word(index) in sentence.lexicon.organisations.state or any(
        each.head_end - 1 == index or each.end - 1 == index for each in sentence.instruments
    )


def enclosed(sentence: Sentence, step: Step, index: int, end: int | None = None) -> bool:
    """Whether a date or place belongs to a participle between commas: `the pact, signed in May, has expired`.

    It stands from the word `index` to the word `end`, where it has several.
    """
    own, behind = step.governor.first, index if end is None else end
    return any(
        each.first < index < own
        and not {",", ";", ":"} & set(sentence.between(each.end, index))
        and "," in sentence.between(behind, own)
        for each in sentence.governors
        if each.first != own
    )


def named(sentence: Sentence, index: int) -> bool:
    """Whether a word is within a name."""
    place = sentence.line.words[index].start
    return any(mark.start <= place < mark.end for mark in sentence.line.names)
