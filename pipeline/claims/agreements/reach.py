"""Which instrument of a sentence a verb reaches: its subject, its object, the noun that it modifies.

What the verb tells of the instrument belongs to `steps`.
"""

from bisect import bisect_left
from itertools import takewhile

from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.status import Governor, Sentence, auxiliary_start, named, past

_FAR, _CLOSE, _CARRIED = 14, 2, 5
_TRANSPARENT = ("to", "with", "by", "until", "on", "for", "in", "at", "a", "from", ",", "an")
_HEAD = 2
_LISTED = 16
_OUSTED = ("replaced", "superseded")
_RELATIVES = ("which", "that")
_DONE = ("signed", "initialed", "ratified", "agreed", "negotiating", "extended")
_UNDONE = ("approved", "suspended", "terminated")
_SUBJECTS = ("it", "they", "he", "she", "the", "both", "we")
_TRANSITIVE = 5


def subject_of(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument whose phrase ends where the auxiliaries begin."""
    return next((each for each in sentence.instruments if each.head_end <= voice <= max(each.end, each.head_end)), None)


def modified_subject(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument at the head of a clause that other words part from its verb: `a truce brokered by X took effect`."""
    instrument = instrument_before(sentence, voice, 2 * _FAR)
    opened = instrument is not None and (instrument.first <= _HEAD or _behind_year(sentence, instrument.first))
    if instrument is None or not (opened or sentence.word(instrument.first - 1) in (",", "that")):
        return None
    gap = _without_years(sentence.between(instrument.end, voice))
    opened = bool(gap) and (gap[0].endswith(("ed", "en", "ing")) or gap[0] in ("which", "that", "under"))
    relative = gap[:1] in (["which"], ["that"])
    inside = [each for each in sentence.governors if instrument.end <= each.first < voice]
    inside = [each for each in inside if not sentence.word(each.first).endswith("ing")]
    bare = any(_bare_relative(sentence, each, instrument) for each in inside)
    other = not relative and not bare and any(not participle(sentence, each, instrument) for each in inside)
    reach = 2 * _FAR if inside and not relative else _FAR
    return instrument if (opened or bare) and not other and len(gap) <= reach and "," not in gap else None


def _behind_year(sentence: Sentence, first: int) -> bool:
    """Whether no more than a year stands before a word: `In June 2017 the treaty`."""
    return (
        sentence.word(0) in sentence.lexicon.grammar.prepositions and sentence.word(first - 1).isdecimal() and first <= _CARRIED
    )


def _without_years(words: list[str]) -> list[str]:
    """Words without the commas and years of dates: `signed on May 3, 2008`."""
    years = {at for at, word in enumerate(words) if word.isdecimal() and len(word) == len("2008") and words[at - 1] == ","}
    return [word for at, word in enumerate(words) if at not in years and at + 1 not in years]


def relative_subject(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument that a relative pronoun right before the auxiliaries stands for."""
    if sentence.word(voice - 1) not in _RELATIVES:
        return None
    gap = 2 if sentence.word(voice - 2) == "," else 1
    return subject_of(sentence, voice - gap)


def shared_subject(sentence: Sentence, voice: int) -> Instrument | None:
    """The instrument that a sentence opens with and says something else of first: `the pact is old and remains in force`."""
    link = voice if sentence.word(voice) == "and" else voice - 1
    if sentence.word(link) != "and" or not sentence.instruments or sentence.instruments[0].first > _HEAD:
        return None
    instrument = sentence.instruments[0]
    gap = sentence.between(instrument.end, link)
    places = [*(each.first for each in sentence.instruments), *(each.first for each in sentence.governors)]
    other = any(instrument.end <= place < link for place in places)
    closed = {",", ";", ":", "but", "which", "who", "that", "while", "and"}
    return None if other or not gap or len(gap) > _FAR or set(gap) & closed or instrument.weak else instrument


def instrument_before(sentence: Sentence, index: int, limit: int = _FAR) -> Instrument | None:
    """The last instrument before a word, if it ends no further off than a number of words."""
    before = [each for each in sentence.instruments if each.head_end <= index]
    return before[-1] if before and index - before[-1].end <= limit else None


def same_clause(sentence: Sentence, first: int, end: int) -> bool:
    """Whether no sign or conjunction parts two words."""
    return not any(word in (";", ":", "but", "while", "whereas") for word in sentence.between(first, end))


def object_of(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The first instrument after a trigger that it can govern: right beside a close one, within the clause of a strong one."""
    position = bisect_left(sentence.instruments, governor.end, key=lambda each: each.head)
    if position == len(sentence.instruments):
        return None
    instrument = sentence.instruments[position]
    gap = sentence.between(governor.end, instrument.first)
    if governor.meaning.partnered:
        other = gap or sentence.word(instrument.head_end) in ("of", "to", "for")
        return _had_too(sentence, governor) if other else instrument
    if sentence.word(governor.first) in _OUSTED and gap[:1] == ["by"]:
        return None  # what takes the place of another is not what ends
    if not governor.meaning.strong:
        near = at_hand(sentence, governor.end, instrument.first) and not _talked_of(sentence, governor, instrument)
        return instrument if near else None
    if len(gap) > _FAR or not same_clause(sentence, governor.end, instrument.first):
        return None
    return None if _crosses_verb(sentence, governor, instrument) else instrument


def _had_too(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The instrument with a partner that is the last of what somebody has: `has an office and a contract with Enersul`."""
    for each in sentence.instruments:
        if each.first < governor.end or each.weak or sentence.word(each.first - 1) != "and":
            continue
        plain = not any(governor.end <= other.first < each.first for other in sentence.governors)
        listed = plain and same_clause(sentence, governor.end, each.first) and each.first - governor.end <= _LISTED
        return each if listed and "with" in sentence.between(each.head_end, each.end) else None
    return None


def _talked_of(sentence: Sentence, governor: Governor, instrument: Instrument) -> bool:
    """Whether a verb governs the talks on an instrument, and not the instrument: `ended talks on a pact`."""
    between = [each for each in sentence.governors if governor.end <= each.first < instrument.first]
    return governor.meaning.status == "terminated" and any(each.meaning.construction == "talks" for each in between)


def at_hand(sentence: Sentence, first: int, end: int) -> bool:
    """Whether only light words, names and times stand between a verb and its object: `offered Peru, in May, a pact`."""
    first = _past_carrier(sentence, first, end)
    gap = sentence.between(first, end)
    light = sentence.lexicon.grammar.light
    if len(gap) <= _CLOSE and all(word.endswith(("ly", "ed")) for word in gap):
        return True
    if len(gap) > _FAR or (len(gap) > _CLOSE and gap[0] not in _TRANSPARENT and not named(sentence, first)):
        return False
    return all(
        word in light
        or word.endswith("ly")
        or word.isdigit()
        or named(sentence, first + at)
        or _governs(sentence, first + at)
        or (sentence.line.capitalised(first + at) and not sentence.line.titled)
        for at, word in enumerate(gap)
    )


def _past_carrier(sentence: Sentence, first: int, end: int) -> int:
    """Past a noun that only carries the instrument: `agreed the final terms of a pact`."""
    carriers = sentence.lexicon.grammar.carriers
    for index in range(first + 1, min(end, first + _CARRIED)):
        if sentence.word(index) in ("of", "for") and sentence.word(index - 1) in carriers:
            return index + 1
    return first


def _governs(sentence: Sentence, index: int) -> bool:
    """Whether a word opens another trigger: a second verb of the same object."""
    return any(each.first == index for each in sentence.governors)


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


def coordinated(sentence: Sentence, first: Instrument, governor: Governor) -> list[Instrument]:
    """Further objects of the same verb: `a treaty on trade, a memorandum on tourism and a protocol`."""
    if not governor.meaning.strong and (first.weak or governor.meaning.partnered):
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
        if not governor.meaning.strong and (instrument.weak or instrument.definite):
            break
        members.append(instrument)
        previous = instrument
    return members


def coordinated_before(sentence: Sentence, last: Instrument) -> list[Instrument]:
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


def participle(sentence: Sentence, governor: Governor, before: Instrument) -> bool:
    """Whether a trigger right after the instrument's phrase modifies it."""
    gap = [word for word in sentence.between(_participles_end(sentence, governor, before), governor.first) if word[-2:] != "ly"]
    form = past(sentence, governor)
    next_word = sentence.word(governor.end)
    grammar = sentence.lexicon.grammar
    joins = not next_word[:1].isalnum() or next_word in grammar.prepositions or next_word in grammar.after_participle
    adverbs = len(gap) <= 1 and set(gap) <= grammar.before_participle
    near = adverbs or (len(gap) <= 3 and gap[:1] == [","] and governor.meaning.strong)
    return form and joins and near


def _participles_end(sentence: Sentence, governor: Governor, before: Instrument) -> int:
    """Where an instrument ends for a participle: at an `and` behind another, `signed in 1982 and extended later`."""
    first = next((each for each in sentence.governors if before.end <= each.first < governor.first), None)
    joined = sentence.word(governor.first - 1) in ("and", ",")
    if first is None or not joined or first.meaning.construction != "verb" or not participle(sentence, first, before):
        return before.end
    between = sentence.between(first.end, governor.first - 1)
    return before.end if set(between) & sentence.lexicon.grammar.auxiliaries else governor.first


def meant(sentence: Sentence, index: int) -> Instrument | None:
    """The instrument of the same sentence that `it` stands for: the last one before, if it is one by itself."""
    before = [each for each in sentence.instruments if each.head_end < index]
    return before[-1] if before and not before[-1].weak and not before[-1].plural else None


def relative(sentence: Sentence, governor: Governor, before: Instrument) -> bool:
    """Whether a verb stands in a relative clause of an instrument: `the pact (that) they signed`."""
    gap = sentence.between(before.end, governor.first)
    if not gap or len(gap) > 14:
        return False
    opened = gap[0] in _RELATIVES or (gap[0] == "," and gap[1:2] == ["which"])
    bare = gap[0] in ("the", "they", "both", "it", "he", "she") and governor.meaning.strong and len(gap) <= 7
    status = governor.meaning.status
    undone = status in _UNDONE and sentence.word(auxiliary_start(sentence, governor.first) - 1) not in _RELATIVES
    return (opened or bare) and (status in _DONE or undone)


def _bare_relative(sentence: Sentence, governor: Governor, before: Instrument) -> bool:
    """Whether a clause without a pronoun describes an instrument: `the pact it signed with X in May`."""
    gap = sentence.between(before.end, governor.first)
    return governor.meaning.strong and bool(gap) and gap[0] in _SUBJECTS and len(gap) <= _TRANSITIVE


def light_gap(sentence: Sentence, first: int, end: int) -> bool:
    """Whether two words stand next to each other, or with no more than a word or two between."""
    return end - first <= _CLOSE and not any(word in (",", ";", ":") for word in sentence.between(first, end))
