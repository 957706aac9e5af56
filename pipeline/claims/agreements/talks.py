"""Talks on an instrument: what they are about, and what the verbs beside them tell.

Verbs that govern an instrument themselves belong to `steps`.
"""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.agreements.reach import meant
from pipeline.claims.agreements.status import (
    PRECEDENCE,
    Governor,
    Sentence,
    Step,
    auxiliary_start,
    certainty,
    named,
    past,
    said_between,
)

_TALKS_REACH = 8
_VERB_REACH = 24
_DESCRIBED = 3
_ROUND = 8
_LACKING = 7
_REMARK = 12
_TIES = ("of", "to", "for")
_OUTCOMES = {"open": "negotiating", "closed": "agreed", "failed": "suspended", "planned": "negotiating"}


def by_talks(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """Talks on an instrument, each verb beside them a step of its own: `opened in May and ended in June`."""
    matter = _matter(sentence, governor)
    implied = _implied(sentence, governor) if matter is None else None
    if matter is None and implied is None and (_none_held(sentence, governor) or _fruitless(sentence, governor)):
        implied = ("agreement", None)
    if matter is None and implied is None and not _pointing_talks(sentence, governor):
        return
    form, subject = implied or (None, None)
    for told in _told(sentence, governor):
        modality = told.meaning.modality or certainty(sentence, told, matter)
        yield Step(told.meaning.status, modality, told, matter, matter is None and implied is None, form, subject)


def _none_held(sentence: Sentence, governor: Governor) -> bool:
    """Whether talks with somebody are denied outright: `there are no negotiations with X`, `no talks with X are planned`."""
    return "no" in sentence.between(governor.first - 2, governor.first) and sentence.word(governor.end) in ("with", "between")


def _fruitless(sentence: Sentence, governor: Governor) -> bool:
    """Whether talks are told to have brought no agreement: `talks between X and Y ended without a deal`."""
    without = next((at for at in range(governor.end, governor.end + _VERB_REACH) if sentence.word(at) == "without"), None)
    if without is None:
        return False
    return any(0 < each.head - without <= _DESCRIBED and not each.definite for each in sentence.instruments)


def _told(sentence: Sentence, governor: Governor) -> list[Governor]:
    """What is told of talks: that there are none, that somebody is in them, or what the verbs beside them say."""
    before = sentence.between(governor.first - 3, governor.first)
    if "no" in before:
        return [Governor(governor.first, governor.end, replace(governor.meaning, modality="negated"))]
    verbs = _talk_verbs(sentence, governor)
    under_way = any(each.meaning.status == "negotiating" for each in verbs)
    before = sentence.between(governor.first - _ROUND, governor.first)
    near = before[-4:] if "round" not in before else before
    if not under_way and "in" in near:
        return [governor, *verbs]
    return verbs


def _implied(sentence: Sentence, governor: Governor) -> tuple[str, str | None] | None:
    """The form and subject of the instrument that the kind of talks implies: `free-trade talks`, `talks on accession to`."""
    words = sentence.line.words
    low, high = max(governor.first - 3, 0), min(governor.end + 5, len(words))
    before = sentence.lexicon.talks.kinds.find(sentence.folded[words[low].start : words[governor.first].start])
    after = sentence.lexicon.talks.aims.find(sentence.folded[words[governor.end - 1].end : words[high - 1].end])
    near = [
        mark
        for mark in before
        if sentence.folded[words[low].start + mark.end : words[governor.first].start].strip() in ("", "-")
    ]
    found = [mark.meaning for mark in (*near, *after)]
    return found[0] if found else None


def by_event(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """What is to become of an instrument told of before: `its signing is scheduled for May`, `hopes for entry into force`."""
    parted = _parted_object(sentence, governor)
    if parted:
        noun = governor._replace(meaning=replace(governor.meaning, construction="noun"))
        acted = governor.meaning.status == "ratified"
        yield Step(governor.meaning.status, certainty(sentence, noun, parted), noun, parted, not acted)
        return
    lack = _lack(sentence, governor)
    if lack is not None or governor.meaning.status == "approved":
        if lack is not None:
            yield Step(governor.meaning.status, "negated", governor, _lacking(sentence, lack), True)
        return
    before, behind = (
        said_between(sentence, governor.first - 6, governor.first),
        said_between(sentence, _past_remark(sentence, governor.end), _past_remark(sentence, governor.end) + 6),
    )
    happened = bool(set(sentence.between(governor.end, governor.end + 4)) & sentence.lexicon.talks.happened)
    owned = sentence.word(governor.first) in ("its", "their")
    happened = happened or (owned and sentence.word(governor.first - 1) in ("after", "since", "following"))
    modality = next(
        (each for each in PRECEDENCE if each in before | behind), "reported" if happened or past(sentence, governor) else None
    )
    if modality:
        whose = meant(sentence, governor.first) if owned else None
        yield Step(governor.meaning.status, modality, governor, whose, True)


def _parted_object(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The instrument that a noun of status is tied to over a remark or a date: `the signing, on 3 May, of the pact`."""
    light = sentence.lexicon.grammar.light
    index = _past_remark(sentence, governor.end)
    limit = index + _VERB_REACH
    by = sentence.word(index) == "by"
    while index < limit and sentence.word(index) not in _TIES and (by or _dating(sentence, index, light)):
        index += 1
    if sentence.word(index) not in _TIES:
        return None
    target = next((each for each in sentence.instruments if each.first >= index + 1), None)
    return target if target and target.first - index <= _DESCRIBED - 1 and not target.weak else None


def _dating(sentence: Sentence, index: int, light: frozenset[str]) -> bool:
    """Whether a word may stand in a date between a noun and what it is tied to: `last week`, `on 3 May`."""
    word = sentence.word(index)
    return word.isdecimal() or (word in light and word not in (",", '"', "to", "of"))


def _past_remark(sentence: Sentence, first: int) -> int:
    """Past a remark between commas: `the signing, planned for May, has been postponed`."""
    if sentence.word(first) != ",":
        return first
    return next((at + 1 for at in range(first + 1, first + _REMARK) if sentence.word(at) == ","), first)


def _lack(sentence: Sentence, governor: Governor) -> int | None:
    """Where the words before a noun of status begin that say it has not come: `is subject to legal review and ratification`."""
    words = sentence.line.words
    first = max(governor.first - _LACKING, 0)
    found = sentence.lexicon.lacking.find(sentence.folded[words[first].start : words[governor.first].start])
    index = sentence.line.index_at(words[first].start + found[-1].start) if found else governor.first
    plain = not any(index <= each.first < governor.first for each in sentence.governors)
    parted = {";", "but", "while", "which", "that", "who"} & set(sentence.between(index, governor.first))
    return index if found and plain and not parted else None


def _lacking(sentence: Sentence, index: int) -> Instrument | None:
    """The instrument at the head of a clause that tells what it lacks; None for a pronoun."""
    voice = auxiliary_start(sentence, index)
    relative = 2 if sentence.word(voice - 2) == "," else 1
    voice -= relative if sentence.word(voice - 1) in ("which", "that") else 0
    return next((each for each in sentence.instruments if each.head_end <= voice <= max(each.end, each.head_end)), None)


def _matter(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The instrument that talks are about: behind a preposition, or right before the noun for talks."""
    denied = "no" in sentence.between(governor.first - 2, governor.first) and sentence.word(governor.end) not in (
        "with",
        "between",
    )
    before_it = [each for each in sentence.instruments if each.head_end <= governor.first and not each.weak]
    if denied and before_it:
        return before_it[-1]
    which = next((at for at in range(governor.first - 1, governor.first - 4, -1) if sentence.word(at) == "which"), None)
    if which is not None and sentence.word(which - 1) in sentence.lexicon.talks.prepositions:
        return next((each for each in reversed(sentence.instruments) if each.head_end < which), None)
    for each in sentence.instruments:
        near = 0 <= _apart(sentence, governor.end, each.first) <= _TALKS_REACH and not each.weak
        before = sentence.between(max(each.first - 2, governor.end), each.first)
        if near and set(before) & sentence.lexicon.talks.prepositions:
            return each
        if each.head_end == governor.first and not each.weak:
            return each
    return None


def _apart(sentence: Sentence, first: int, end: int) -> int:
    """How many words stand between two, negative if the second comes before; the names of those who talk do not count."""
    if end <= first or end - first > _VERB_REACH:
        return end - first
    return sum(not named(sentence, index) for index in range(first, end))


def _pointing_talks(sentence: Sentence, governor: Governor) -> bool:
    """Talks about the instrument of a sentence before: `negotiations on it`, `a fourth round`, `Talks opened` at the head."""
    after = sentence.between(governor.end, governor.end + 2)
    if after in (["on", "it"], ["on", "this"]):
        return True
    word = sentence.word(governor.first)
    if word == "round":
        counted = set(sentence.between(governor.first - 2, governor.first)) & sentence.lexicon.talks.ordinals
        return after[:1] != ["of"] and bool(counted)
    described = sentence.between(0, governor.first)
    opens = not described or (len(described) <= _DESCRIBED and not set(described) & sentence.lexicon.grammar.prepositions)
    on_another = set(sentence.between(governor.end, governor.end + _TALKS_REACH)) & sentence.lexicon.talks.matters
    return word in ("negotiations", "talks") and opens and not on_another


def _talk_verbs(sentence: Sentence, governor: Governor) -> list[Governor]:
    """The verbs beside a noun for talks, with the status that each tells, the first of each status."""
    words = sentence.line.words
    low, high = max(governor.first - 5, 0), min(governor.end + _VERB_REACH, len(words))
    found: dict[str, Governor] = {}
    gathering = _gathering(sentence, governor)
    if gathering is not None:
        found["negotiating"] = Governor(gathering, gathering + 1, Trigger("negotiating", "talks", False))
    for mark in sentence.lexicon.talks.verbs.find(sentence.folded[words[low].start : words[high - 1].end]):
        first, end = (sentence.line.index_at(words[low].start + place) for place in (mark.start, mark.end))
        if not (governor.first <= first < governor.end) and not (
            first >= governor.end and _cut_off(sentence, governor.end, first)
        ):
            status = _OUTCOMES[mark.meaning]
            if status == "agreed" and "round" in sentence.word(governor.first):
                status = "negotiating"
            fruitless = status == "agreed" and ("without" in sentence.between(end, end + 3) or _fruitless(sentence, governor))
            ahead = "forecast" if mark.phrase.endswith("expected") else "target"
            modality = "negated" if fruitless else ahead if mark.meaning == "planned" else None
            found.setdefault(status, Governor(first, max(end, first + 1), Trigger(status, "talks", False, False, modality)))
    return sorted(found.values(), key=lambda each: each.first)


def _gathering(sentence: Sentence, governor: Governor) -> int | None:
    """The verb of those who meet for talks: `will meet in Rome in May for a further round of talks`."""
    opened = next((at for at in range(governor.first - 1, governor.first - 5, -1) if sentence.word(at) == "for"), None)
    if opened is None or any(opened < each.first < governor.first for each in sentence.governors):
        return None
    verbs = sentence.lexicon.talks.gathering
    return next((at for at in range(opened - 1, max(opened - _VERB_REACH, -1), -1) if sentence.word(at) in verbs), None)


def _cut_off(sentence: Sentence, first: int, end: int) -> bool:
    """Whether another clause stands between talks and a verb; a remark that commas set off does not cut."""
    between = sentence.between(first, end)
    opened = next((at for at, word in enumerate(between) if word in ("which", "who") and between[at - 1 : at] == [","]), None)
    if opened is not None and "," in between[opened:]:
        del between[opened : opened + between[opened:].index(",")]
    return any(word in (";", ":", "but", "while", "which", "who") for word in between)


def matter_of_talks(sentence: Sentence, instrument: Instrument | None) -> bool:
    """Whether an instrument is what talks are about, so that a verb behind it tells of the talks."""
    if instrument is None:
        return False
    before = sentence.between(instrument.first - 3, instrument.first)
    talks = [each for each in sentence.governors if each.meaning.construction == "talks" and each.end <= instrument.first]
    return (
        bool(talks)
        and _apart(sentence, talks[-1].end, instrument.first) <= _TALKS_REACH
        and bool(set(before) & sentence.lexicon.talks.prepositions)
    )
