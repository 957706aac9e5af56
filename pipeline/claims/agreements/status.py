"""Where an instrument stands: ties the words of signing, ratifying, ending and the like to the instruments of a sentence.

The grammar of voice, distance and certainty belongs here; parties, dates and topics belong to the modules beside this one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.claims.agreements.instruments import Instrument, Line
from pipeline.claims.agreements.lexicon import AgreementLexicon, Trigger
from pipeline.language.phrases import PhraseMark

_FAR, _CLOSE, _INSERTED = 14, 2, 34
_TALKS_REACH = 8
_TIMED = 7
_HEAD = 2
_RELATIVES = ("which", "that")
_OPENERS = ("under", "which", "that", "by", "whereby")
_PRONOUNS = ("it", "they", "them", "this", "both", "one")
_CERTAINTY_WINDOW = 9
_PRECEDENCE = ("negated", "target", "possible", "forecast")


@dataclass(frozen=True, slots=True)
class Governor:
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


@dataclass(frozen=True, slots=True)
class Sentence:
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


def governors(line: Line, marks: Sequence[PhraseMark[Trigger]]) -> list[Governor]:
    """The triggers of a sentence as word ranges."""
    found = []
    for mark in marks:
        first, end = line.index_at(mark.start), line.index_at(mark.end)
        if first < end and line.words[first].start == mark.start:
            found.append(Governor(first, end, mark.meaning))
    return found


def steps(sentence: Sentence) -> list[Step]:
    """All steps that a sentence tells, in the order of its triggers, without repeats of a status for an instrument."""
    found: list[Step] = []
    for governor in sentence.governors:
        if _neared(sentence, governor):
            continue
        for step in _BY_CONSTRUCTION[governor.meaning.construction](sentence, governor):
            if _awaited(sentence, step) or _of_talks(sentence, step):
                continue
            known = any(
                old.instrument is step.instrument and old.status == step.status and old.modality == step.modality
                for old in found
                if not _retold(old, step)
            )
            if not known:
                found = [old for old in found if not _retold(old, step)]
                found.append(step)
    return [step for step in found if not _overcome(step, found)]


def _overcome(step: Step, found: Sequence[Step]) -> bool:
    """Whether an end that was ahead has been put off: `which was to run out in May, has been extended`."""
    ahead = step.status == "terminated" and step.modality in ("target", "forecast")
    return ahead and any(
        other.instrument is step.instrument and (other.status, other.modality) == ("extended", "reported") for other in found
    )


def _retold(old: Step, new: Step) -> bool:
    """Whether a verb tells the signature again that a date alone has told: `dates from 1994, when they signed it`."""
    verbal = (old.governor.meaning.construction, new.governor.meaning.construction) == ("state", "verb")
    return verbal and old.status == new.status == "signed" and new.instrument in (None, old.instrument)


def _neared(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb only tells what talks are to lead to: `close to renewing the pact`, `in talks to sign it`."""
    return any(
        each.end == governor.first and each.meaning.status == "negotiating" and each.meaning.construction == "verb"
        for each in sentence.governors
    )


def _of_talks(sentence: Sentence, step: Step) -> bool:
    """Whether a verb behind an instrument tells of the talks on it: `talks on a pact ended`."""
    instrument, governor = step.instrument, step.governor
    behind = instrument is not None and governor.first >= instrument.head_end
    return behind and governor.meaning.construction in ("verb", "state") and _matter_of_talks(sentence, step.instrument)


def _awaited(sentence: Sentence, step: Step) -> bool:
    """Whether a step is only what something else waits for: `before the pact can enter into force`."""
    first = step.governor.first if step.instrument is None else min(step.governor.first, step.instrument.first)
    before = sentence.word(first - 1)
    talks = sentence.word(step.governor.first - 1) == "to" and any(
        each.meaning.construction == "talks" and step.governor.first - each.end in range(1, 6) for each in sentence.governors
    )
    return (
        talks
        or before in ("once", "unless", "if")
        or (before in ("before", "until") and step.modality in ("possible", "reported"))
    )


def _by_verb(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    voice = auxiliary_start(sentence, governor.first)
    passive = is_passive(sentence, voice, governor.first)
    if passive and not _progressive(sentence, governor):
        yield from _passive(sentence, governor, voice)
        return
    if _modifies(sentence, governor):
        return
    target = _object(sentence, governor)
    before = _instrument_before(sentence, governor.first)
    if target and before and target.first - governor.end > _CLOSE and _participle(sentence, governor, before):
        target = None
    if target:
        nominal = sentence.word(governor.end) == "of"
        for instrument in (target, *_coordinated(sentence, target, governor)):
            yield _step(sentence, governor, instrument, passive=nominal)
        return
    yield from _relative_or_participle(sentence, governor)


def is_passive(sentence: Sentence, voice: int, verb: int) -> bool:
    """Whether the auxiliary next to a verb is a form of `be`: `is to be signed`, but not `is to sign`."""
    grammar = sentence.lexicon.grammar
    for index in range(verb - 1, voice - 1, -1):
        word = sentence.word(index)
        if word in grammar.auxiliaries or word == "to":
            return word in grammar.be
    return False


def _progressive(sentence: Sentence, governor: Governor) -> bool:
    """Whether a word after `is` tells no passive: a form in -ing (`is signing`, not `is being signed`) or `is close to`."""
    if governor.meaning.status == "negotiating" and sentence.word(governor.end - 1) in sentence.lexicon.grammar.prepositions:
        return True
    return sentence.word(governor.first).endswith("ing") and sentence.word(governor.first) != "being"


def _modifies(sentence: Sentence, governor: Governor) -> bool:
    """Whether a participle only describes an instrument told of otherwise: `the revised pact`, `the earlier signed accords`."""
    grammar = sentence.lexicon.grammar
    if sentence.word(governor.end) in ("of", "the", "a", "an"):
        return False
    before = governor.first - 1
    while before > 0 and sentence.word(before).endswith("ly"):
        before -= 1
    described = sentence.word(before) in grammar.determiners and sentence.word(before) not in ("both", "all")
    return described and any(each.head - governor.end <= 3 and each.head >= governor.end for each in sentence.instruments)


def _passive(sentence: Sentence, governor: Governor, voice: int) -> Iterator[Step]:
    instrument = _subject(sentence, voice) or _relative_subject(sentence, voice)
    if instrument is None and governor.meaning.strong:
        instrument = _modified_subject(sentence, voice)
    if instrument:
        for each in (*_coordinated_before(sentence, instrument), instrument):
            yield _step(sentence, governor, each, passive=True)
    elif sentence.word(voice - 1) in ("it", "this", "which", "that", "they") and governor.meaning.strong:
        yield _step(sentence, governor, _meant(sentence, voice - 1), passive=True)
    elif sentence.word(voice - 1) == ",":
        yield from _behind_remark(sentence, governor, voice)
    elif (
        sentence.word(voice - 1) in ("after", "before", "since", "once", "when", "until", "despite") and governor.meaning.strong
    ):
        yield _step(sentence, governor, _instrument_before(sentence, voice), passive=True)


def _relative_or_participle(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """`the pact (that) they signed`, `the pact signed in Baku`, `ratified it`."""
    following = sentence.word(governor.end)
    before = _instrument_before(sentence, governor.first)
    telling = governor.meaning.strong or governor.meaning.status == "approved"
    pointed = following == "that" and sentence.word(governor.end + 1) == "one"
    if (pointed or following in _PRONOUNS) and telling and not before:
        yield _step(sentence, governor, None, passive=False)
    elif before and _participle(sentence, governor, before):
        told = _said_between(sentence, before.end, governor.first)
        modality = next((each for each in _PRECEDENCE if each in told), "reported")
        yield Step(governor.meaning.status, modality, governor, before, True)
    elif before and _relative(sentence, governor, before):
        yield _step(sentence, governor, before, passive=False)
    elif (pointed or following in ("it", "them")) and telling:
        yield _step(sentence, governor, _meant(sentence, governor.first), passive=False)


def _participle(sentence: Sentence, governor: Governor, before: Instrument) -> bool:
    """Whether a trigger right after the instrument's phrase modifies it."""
    gap = [word for word in sentence.between(_participles_end(sentence, governor, before), governor.first) if word[-2:] != "ly"]
    form = sentence.word(governor.end - 1).endswith(("ed", "en", "ck", "de", "led"))
    next_word = sentence.word(governor.end)
    grammar = sentence.lexicon.grammar
    joins = (
        not next_word[:1].isalnum()
        or next_word in grammar.prepositions
        or next_word
        in (
            "last",
            "this",
            "earlier",
            "today",
            "yesterday",
            "and",
            "later",
            "there",
            "here",
            "recently",
            "when",
            "two",
            "three",
            "jointly",
        )
    )
    near = gap in ([], [","], ["already"], ["recently"], ["previously"], ["originally"], ["first"]) or (
        len(gap) <= 3 and gap[:1] == [","] and governor.meaning.strong
    )
    return form and joins and near


def _participles_end(sentence: Sentence, governor: Governor, before: Instrument) -> int:
    """Where an instrument ends for a participle: at an `and` behind another, `signed in 1982 and extended later`."""
    first = next((each for each in sentence.governors if before.end <= each.first < governor.first), None)
    joined = sentence.word(governor.first - 1) in ("and", ",")
    if first is None or not joined or first.meaning.construction != "verb" or not _participle(sentence, first, before):
        return before.end
    between = sentence.between(first.end, governor.first - 1)
    return before.end if set(between) & sentence.lexicon.grammar.auxiliaries else governor.first


def _meant(sentence: Sentence, index: int) -> Instrument | None:
    """The instrument of the same sentence that `it` stands for: the last one before, if it is one by itself."""
    before = [each for each in sentence.instruments if each.head_end < index]
    return before[-1] if before and not before[-1].weak and not before[-1].plural else None


def _relative(sentence: Sentence, governor: Governor, before: Instrument) -> bool:
    gap = sentence.between(before.end, governor.first)
    if not gap or len(gap) > 14:
        return False
    opened = gap[0] in _RELATIVES or (gap[0] == "," and gap[1:2] == ["which"])
    bare = gap[0] in ("the", "they", "both", "it", "he", "she") and governor.meaning.strong and len(gap) <= 7
    return (opened or bare) and governor.meaning.status in (
        "signed",
        "initialed",
        "ratified",
        "agreed",
        "negotiating",
        "extended",
    )


def _by_noun(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    target = _object(sentence, governor)
    if target:
        step = _step(sentence, governor, target, passive=True)
        if step.modality != "possible":
            yield step


def _by_state(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    voice = auxiliary_start(sentence, governor.first)
    instrument = _subject(sentence, voice) or _relative_subject(sentence, voice) or _modified_subject(sentence, voice)
    if instrument:
        yield _step(sentence, governor, instrument, passive=True)
    elif sentence.word(voice - 1) in ("it", "this") and governor.meaning.strong:
        yield _step(sentence, governor, _meant(sentence, voice - 1), passive=True)
    elif sentence.word(voice - 1) == ",":
        yield from _behind_remark(sentence, governor, voice)


def _behind_remark(sentence: Sentence, governor: Governor, voice: int) -> Iterator[Step]:
    """`The concession of X, which was to run out, has been extended`: a remark between commas parts the two."""
    before = _instrument_before(sentence, voice, _INSERTED)
    close = before is not None and sentence.word(before.end) == "," and before.first <= _HEAD
    if before and (governor.meaning.strong or close) and _same_clause(sentence, before.end, voice):
        yield _step(sentence, governor, before, passive=True)


def _by_talks(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """Talks on an instrument, each verb beside them a step of its own: `opened in May and ended in June`."""
    matter = _matter(sentence, governor)
    if matter is None and not _pointing_talks(sentence, governor):
        return
    for told in _talk_verbs(sentence, governor):
        modality = certainty(sentence, told, matter)
        yield Step(told.meaning.status, modality, told, matter, matter is None)


def _matter(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The instrument that talks are about: behind a preposition, or right before the noun for talks."""
    for each in sentence.instruments:
        near = 0 <= each.first - governor.end <= _TALKS_REACH and not each.weak
        before = sentence.between(max(each.first - 2, governor.end), each.first)
        if near and set(before) & sentence.lexicon.talks.prepositions:
            return each
        if each.head_end == governor.first and not each.weak:
            return each
    return None


def _pointing_talks(sentence: Sentence, governor: Governor) -> bool:
    """Talks about the instrument of a sentence before: `negotiations on it`, or `Negotiations opened` at the head."""
    after = sentence.between(governor.end, governor.end + 2)
    return after in (["on", "it"], ["on", "this"]) or (
        sentence.word(governor.first) in ("negotiations", "talks")
        and governor.first <= 1
        and sentence.word(governor.end) != "between"
    )


def _talk_verbs(sentence: Sentence, governor: Governor) -> list[Governor]:
    """The verbs beside a noun for talks, with the status that each tells, the first of each status."""
    words = sentence.line.words
    low, high = max(governor.first - 5, 0), min(governor.end + 16, len(words))
    found: dict[str, Governor] = {}
    for mark in sentence.lexicon.talks.verbs.find(sentence.folded[words[low].start : words[high - 1].end]):
        first, end = (sentence.line.index_at(words[low].start + place) for place in (mark.start, mark.end))
        if not (governor.first <= first < governor.end) and not (
            first >= governor.end and _cut_off(sentence, governor.end, first)
        ):
            status = {"open": "negotiating", "closed": "agreed", "failed": "suspended"}[mark.meaning]
            found.setdefault(status, Governor(first, max(end, first + 1), Trigger(status, "talks", False)))
    return sorted(found.values(), key=lambda each: each.first)


def _cut_off(sentence: Sentence, first: int, end: int) -> bool:
    return any(word in (";", ":", "but", "while", "which", "who") for word in sentence.between(first, end))


def _by_content(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """An instrument that sets something forth: it has been agreed, if it is not told of otherwise."""
    instrument = _subject(sentence, auxiliary_start(sentence, governor.first)) or _remarked_subject(sentence, governor.first)
    if instrument and instrument.first <= _HEAD and not instrument.weak:
        yield _step(sentence, governor, instrument, passive=True)


def _remarked_subject(sentence: Sentence, verb: int) -> Instrument | None:
    """The instrument at the head of a sentence that a remark between commas parts from its verb."""
    instrument = _instrument_before(sentence, verb, _INSERTED)
    if instrument is None or sentence.word(verb - 1) != "," or sentence.word(instrument.end) != ",":
        return None
    return instrument


def _by_awaiting(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """`The treaty still awaits ratification`: the status has not come yet."""
    for step in _by_state(sentence, governor):
        yield replace(step, modality="negated")


_BY_CONSTRUCTION = {"verb": _by_verb, "noun": _by_noun, "state": _by_state, "talks": _by_talks, "content": _by_content}
_BY_CONSTRUCTION |= {"awaited": _by_awaiting}


def _step(
    sentence: Sentence, governor: Governor, instrument: Instrument | None, *, passive: bool, status: str | None = None
) -> Step:
    modality = certainty(sentence, governor, instrument)
    return Step(status or governor.meaning.status, modality, governor, instrument, passive)


def auxiliary_start(sentence: Sentence, index: int) -> int:
    """Where the chain of auxiliaries and adverbs before a verb begins: `has yet to be officially` before `signed`."""
    grammar = sentence.lexicon.grammar
    start = index
    while start > 0 and index - start < 9:
        word = sentence.word(start - 1)
        passing = (
            word in grammar.auxiliaries or word.endswith("ly") or word in grammar.chain or _verb_in_chain(sentence, start - 1)
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


def _subject(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument whose phrase ends where the auxiliaries begin."""
    return next((each for each in sentence.instruments if each.head_end <= voice <= max(each.end, each.head_end)), None)


def _modified_subject(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument at the head of a clause that other words part from its verb: `a truce brokered by X took effect`."""
    instrument = _instrument_before(sentence, voice)
    if instrument is None or (instrument.first > _HEAD and sentence.word(instrument.first - 1) != ","):
        return None
    gap = sentence.between(instrument.end, voice)
    opened = bool(gap) and (gap[0].endswith(("ed", "en")) or gap[0] in ("which", "that", "under"))
    other = any(
        instrument.end <= each.first < voice and not _participle(sentence, each, instrument) for each in sentence.governors
    )
    return instrument if opened and not other and len(gap) <= _FAR and "," not in gap else None


def _matter_of_talks(sentence: Sentence, instrument: Instrument | None) -> bool:
    """Whether an instrument is what talks are about, so that a verb behind it tells of the talks."""
    if instrument is None:
        return False
    before = sentence.between(instrument.first - 3, instrument.first)
    talks = [each for each in sentence.governors if each.meaning.construction == "talks" and each.end <= instrument.first]
    return (
        bool(talks)
        and instrument.first - talks[-1].end <= _TALKS_REACH
        and bool(set(before) & sentence.lexicon.talks.prepositions)
    )


def _relative_subject(sentence: Sentence, voice: int) -> Instrument | None:
    if sentence.word(voice - 1) not in _RELATIVES:
        return None
    gap = 2 if sentence.word(voice - 2) == "," else 1
    return _subject(sentence, voice - gap)


def _instrument_before(sentence: Sentence, index: int, limit: int = _FAR) -> Instrument | None:
    before = [each for each in sentence.instruments if each.head_end <= index]
    return before[-1] if before and index - before[-1].end <= limit else None


def _same_clause(sentence: Sentence, first: int, end: int) -> bool:
    return not any(word in (";", ":", "but", "while", "whereas") for word in sentence.between(first, end))


def _object(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The first instrument after a trigger that it can govern: right beside a close one, within the clause of a strong one."""
    position = bisect_left(sentence.instruments, governor.end, key=lambda each: each.head)
    if position == len(sentence.instruments):
        return None
    instrument = sentence.instruments[position]
    gap = sentence.between(governor.end, instrument.first)
    if governor.meaning.partnered and sentence.word(instrument.head_end) not in ("with", "between"):
        return None
    if governor.meaning.partnered:
        return None if gap else instrument
    if not governor.meaning.strong:
        return instrument if _at_hand(gap, sentence) else None
    if len(gap) > _FAR or not _same_clause(sentence, governor.end, instrument.first):
        return None
    return None if _crosses_verb(sentence, governor, instrument) else instrument


def _at_hand(gap: list[str], sentence: Sentence) -> bool:
    """Whether no more stands between a verb and its object than a few light words, or when and where it happened."""
    timed = len(gap) <= _TIMED and gap[:1] in (["until"], ["on"], ["by"], ["for"], ["in"], ["to"], ["at"], [","])
    placed = timed and bool(set(gap) & sentence.lexicon.grammar.times or any(word.isdigit() for word in gap))
    return (len(gap) <= _CLOSE and _light(gap, sentence)) or placed


def _light(gap: list[str], sentence: Sentence) -> bool:
    """Whether words between a verb and its object are no more than adverbs, articles or a second verb."""
    verbs = {sentence.word(each.first) for each in sentence.governors}
    return all(
        word.endswith(("ly", "ed"))
        or word in ("and", "also", "with", '"', "“", "its", "off", "of", "a", "number", "series")
        or word in verbs
        for word in gap
    )


def _crosses_verb(sentence: Sentence, governor: Governor, instrument: Instrument) -> bool:
    """Whether another clause begins before the instrument: a relative, a conjunction with a verb, an auxiliary."""
    gap = sentence.between(governor.end, instrument.first)
    if any(
        governor.end < each.first < instrument.first and each.meaning.construction != "state" for each in sentence.governors
    ):
        return True
    return any(word in ("that", "who", "which", "whether", "said", "says") for word in gap) or any(
        word in sentence.lexicon.grammar.auxiliaries for word in gap
    )


def _coordinated(sentence: Sentence, first: Instrument, governor: Governor) -> list[Instrument]:
    """Further objects of the same verb: `a treaty on trade, a memorandum on tourism and a protocol`."""
    if not governor.meaning.strong:
        return []
    members, previous = [], first
    for instrument in sentence.instruments:
        if instrument.first < previous.head_end:
            continue
        link = sentence.between(instrument.first - 2, instrument.first)[-1:]
        if link not in (["and"], [","]) and sentence.between(instrument.first - 3, instrument.first) != ["as", "well", "as"]:
            break
        if any(previous.head_end <= each.first < instrument.first for each in sentence.governors):
            break
        members.append(instrument)
        previous = instrument
    return members


def _coordinated_before(sentence: Sentence, last: Instrument) -> list[Instrument]:
    """Further subjects of a passive: `a treaty and two memoranda were signed`."""
    members: list[Instrument] = []
    following = last
    for instrument in reversed(list(takewhile(lambda each: each is not last, sentence.instruments))):
        gap = sentence.between(instrument.head_end, following.first)
        if following.first - instrument.end > 1 or not gap or gap[-1] not in ("and", ","):
            break
        members.insert(0, instrument)
        following = instrument
    return members


def certainty(sentence: Sentence, governor: Governor, instrument: Instrument | None) -> str:
    """Reported, unless words before the trigger, within its clause, make it negated, a target, possible or a forecast."""
    start = min(max(governor.first - _CERTAINTY_WINDOW, _clause_start(sentence, governor), 0), governor.first)
    if instrument and sentence.word(instrument.end) in _OPENERS and instrument.end < governor.first:
        start = max(start, auxiliary_start(sentence, governor.first))
    found = _said_between(sentence, start, governor.first)
    if instrument and (governor.meaning.construction == "noun" or sentence.word(governor.end) == "of"):
        found |= _said_after(sentence, instrument.end, 4)
    if _denied(sentence, governor):
        return "negated"
    if governor.meaning.status == "proposed":
        found &= {"negated"}
    if "reported" in found:
        found.discard("reported")
    elif not found and governor.meaning.construction == "verb" and sentence.word(governor.first - 1) == "to":
        return "target"
    if "possible" in found and _said_to_come(sentence, start, governor.first):
        found = found - {"possible"} | {"target"}
    return next((modality for modality in _PRECEDENCE if modality in found), "reported")


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
    return _said_between(sentence, first, min(first + length, len(sentence.line.words)))


def _said_between(sentence: Sentence, first: int, end: int) -> set[str]:
    """The certainties that the words of a stretch name; the month of May is no `may`."""
    words = sentence.line.words[first:end]
    if not words:
        return set()
    start = words[0].start
    marks = sentence.lexicon.modalities.find(sentence.folded[start : words[-1].end])
    return {mark.meaning for mark in marks if not (mark.phrase == "may" and sentence.line.text[start + mark.start] == "M")}


def _clause_start(sentence: Sentence, governor: Governor) -> int:
    """Where the clause of a trigger begins: after the last break, or after the trigger of the clause before."""
    for index in range(governor.first - 1, -1, -1):
        word = sentence.word(index)
        if word in (";", ":", "but", "while", "whereas", "although", "though", "which", "who", "that"):
            return index + 1
        if word == "," and sentence.word(index + 1) in ("and", "which", "but", "while", "after", "as", "so"):
            return index + 2
    return 0
