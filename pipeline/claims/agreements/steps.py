"""Where an instrument stands: ties the words of signing, ratifying, ending and the like to the instruments of a sentence.

Distance and who governs whom belong here; voice and certainty belong to `status`, talks to `talks`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.lexicon import Trigger
from pipeline.claims.agreements.own_work import is_of_a_person
from pipeline.claims.agreements.reach import (
    at_hand,
    coordinated,
    coordinated_before,
    instrument_before,
    light_gap,
    meant,
    modified_subject,
    object_of,
    participle,
    relative,
    relative_subject,
    same_clause,
    shared_subject,
    subject_of,
)
from pipeline.claims.agreements.status import (
    ECHO,
    PRECEDENCE,
    Governor,
    Sentence,
    Step,
    auxiliary_start,
    certainty,
    is_passive,
    past,
    said_between,
)
from pipeline.claims.agreements.talks import by_event, by_talks, matter_of_talks

_FAR, _CLOSE, _INSERTED, _CARRIED = 14, 2, 34, 8
_CARRIED_OVER = 5
_LINKS = ("and", ",", "but", "or", "nor", "then", "never")
_HEAD, _SUBJECT = 2, 7
_AWAITING = ("after", "once", "when", "until", "unless", "if", "before")
_INCLUDING = ("including", "namely", "notably", "particularly")
_ENDED = ("terminated", "agreed")
_DASHES = ("-", "–", "—")
_COPULAS = ("is", "are", "was", "were")
_ANAPHORS = ("it", "this", "which", "that", "they")
_CLAUSES = ("but", "while", "as", "whereas", "because", "when", "after", "which", "who", "that", ";", ":")
_OPENED = 3
_PRONOUNS = ("it", "they", "them", "this", "both", "one")


def steps(sentence: Sentence) -> list[Step]:
    """All steps that a sentence tells, in the order of its triggers, without repeats of a status for an instrument."""
    found: list[Step] = []
    for governor in sentence.governors:
        if _neared(sentence, governor) or _controls(sentence, governor):
            continue
        told = list(_BY_CONSTRUCTION[governor.meaning.construction](sentence, governor))
        if _proposed(sentence, governor):
            told = [replace(step, modality="target") if step.status != "proposed" else step for step in told]
        if _in_process(sentence, governor):
            told = [replace(step, status="negotiating") for step in told]
        if _proposed_that(sentence, governor):
            told = [replace(step, status="proposed", modality="reported") for step in told]
        for step in told or _coordinate(sentence, governor, found):
            if _untold(sentence, step):
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


def _untold(sentence: Sentence, step: Step) -> bool:
    """Whether a sentence only mentions a step: as awaited, as the matter of talks or of another event, or as proposed."""
    proposed = _proposed(sentence, step.governor) and step.status in ("signed", "agreed")
    return (
        proposed
        or _supposed(sentence, step)
        or _awaited(sentence, step)
        or _of_talks(sentence, step)
        or _of_event(sentence, step)
        or is_of_a_person(sentence, step)
    )


def _coordinate(sentence: Sentence, governor: Governor, found: Sequence[Step]) -> Iterator[Step]:
    """A verb that shares the subject of a passive one before it: `was signed in 2009, never ratified and declared void`."""
    voice = auxiliary_start(sentence, governor.first)
    start = next((at for at in range(governor.first - 1, voice - 2, -1) if sentence.word(at) in _LINKS), None)
    last = next((step for step in reversed(found) if step.governor.end <= governor.first), None)
    if start is None or last is None or not _shares_subject(sentence, last, governor, start):
        return
    if sentence.word(governor.first) in sentence.lexicon.ending and _opens_with_talks(sentence, governor):
        return
    said = said_between(sentence, start, governor.first)
    plain = not set(sentence.between(start, governor.first)) & sentence.lexicon.grammar.auxiliaries
    inherited = {last.modality} if plain and (last.modality != "negated" or sentence.word(start) in ("or", "nor")) else set()
    modality = next((each for each in PRECEDENCE if each in said | inherited), "reported")
    yield Step(governor.meaning.status, governor.meaning.modality or modality, governor, last.instrument, True)


def _shares_subject(sentence: Sentence, last: Step, governor: Governor, link: int) -> bool:
    """Whether a verb can go on with the subject of the step before: a participle or intransitive, no subject between."""
    gap = sentence.between(last.governor.end, link)
    intransitive = governor.meaning.construction == "state"
    participle = governor.meaning.construction == "verb" and past(sentence, governor)
    telling = _tells_alone(governor)
    parted = set(gap) & {";", ":", "but", "while", "which", "who", "that"} - (
        {"but"} if sentence.word(link) == "but" else set()
    )
    return last.passive and telling and (intransitive or participle) and len(gap) <= _FAR and not parted


def _of_event(sentence: Sentence, step: Step) -> bool:
    """Whether a verb behind an instrument tells of what is done to it: `the suspension of the pact was announced`."""
    instrument, governor = step.instrument, step.governor
    if instrument is None or governor.first < instrument.head_end or governor.meaning.construction not in ("verb", "state"):
        return False
    if sentence.word(auxiliary_start(sentence, governor.first) - 1) == ",":
        return False
    return any(
        each.meaning.construction == "noun" and 0 <= instrument.first - each.end <= _CLOSE for each in sentence.governors
    )


def _overcome(step: Step, found: Sequence[Step]) -> bool:
    """Whether an end that was ahead has been put off: `which was to run out in May, has been extended`."""
    ahead = step.status == "terminated" and step.modality in ("target", "forecast")
    return ahead and any(
        other.instrument is step.instrument and (other.status, other.modality) == ("extended", "reported") for other in found
    )


def _retold(old: Step, new: Step) -> bool:
    """Whether a verb tells the signature again that a date alone has told: `dates from 1994, when they signed it`."""
    if old.governor.meaning.partnered and (old.status, old.instrument) == (new.status, new.instrument):
        return True  # `has a pact with X, which entered into force in 2018`
    verbal = (old.governor.meaning.construction, new.governor.meaning.construction) == ("state", "verb")
    return verbal and old.status == new.status == "signed" and new.instrument in (None, old.instrument)


def _neared(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb only tells what talks are to lead to: `close to renewing the pact`, `in talks to sign it`."""
    if _talked_about(sentence, governor):
        return True
    return any(
        each.end == governor.first and each.meaning.status == "negotiating" and each.meaning.construction == "verb"
        for each in sentence.governors
    )


def _talked_about(sentence: Sentence, governor: Governor) -> bool:
    """Whether a form in -ing tells what talks are on: `have begun talks on extending the contract`."""
    before = next((each for each in sentence.governors if each.end == governor.first - 1), None)
    on = sentence.word(governor.first - 1) in sentence.lexicon.talks.prepositions
    talks = before is not None and before.meaning.construction == "talks"
    return talks and on and sentence.word(governor.first).endswith("ing")


def _controls(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb only says who wants or has agreed to do what the next one tells: `agreed to upgrade the pact`."""
    if governor.meaning.construction != "verb" or governor.meaning.status not in ("agreed", "proposed"):
        return False
    inner = next((each for each in sentence.governors if each.first >= governor.end), None)
    if inner is None or inner.meaning.construction not in ("verb", "split") or inner.first - governor.end > _CLOSE:
        return False
    between = sentence.between(governor.end - 1, inner.first)
    infinitive = between[-1:] == ["to"]
    gerund = sentence.word(inner.first).endswith("ing") and len(between) == 1
    return infinitive or (gerund and inner.meaning.status not in ("signed", "agreed"))


def _proposed(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb in -ing tells what somebody has proposed: `proposed signing a treaty`, `suggested extending it`."""
    before = next((each for each in reversed(sentence.governors) if each.end == governor.first), None)
    return before is not None and before.meaning.status == "proposed" and sentence.word(governor.first).endswith("ing")


def _in_process(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb of reaching an agreement tells that it still goes on: `are hammering out a pact`."""
    if governor.meaning.status != "agreed" or sentence.word(governor.first) not in sentence.lexicon.grammar.processes:
        return False
    voice = auxiliary_start(sentence, governor.first)
    return bool(sentence.lexicon.grammar.be & set(sentence.between(voice, governor.first)))


def _proposed_that(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb stands in a clause that tells what somebody proposes: `proposed that the members conclude a pact`."""
    if governor.meaning.status not in ("agreed", "signed"):
        return False
    proposing = [each for each in sentence.governors if each.end <= governor.first and each.meaning.status == "proposed"]
    if governor.meaning.construction == "noun" and any(governor.first - each.end <= _CLOSE for each in proposing):
        return True
    return any(sentence.word(each.end) == "that" and governor.first - each.end <= _FAR for each in proposing)


def _supposed(sentence: Sentence, step: Step) -> bool:
    """Whether an inverted auxiliary makes a step a condition: `Had the deal been signed, ...`, `Should it be ratified, ...`."""
    if sentence.word(0) not in ("had", "were", "should"):
        return False
    commas = [index for index in range(len(sentence.line.words)) if sentence.word(index) == ","]
    return step.governor.first < (commas[0] if commas else len(sentence.line.words))


def _of_talks(sentence: Sentence, step: Step) -> bool:
    """Whether a verb behind an instrument tells of the talks on it: `talks on a pact ended`."""
    instrument, governor = step.instrument, step.governor
    behind = instrument is not None and governor.first >= instrument.head_end
    return behind and governor.meaning.construction in ("verb", "state") and matter_of_talks(sentence, step.instrument)


def _awaited(sentence: Sentence, step: Step) -> bool:
    """Whether a step is only what something else waits for: `before the pact can enter into force`."""
    first = step.governor.first if step.instrument is None else min(step.governor.first, step.instrument.first)
    voice = auxiliary_start(sentence, first)
    if step.instrument is None and sentence.word(voice - 1) in ("it", "they", "this"):
        first = voice - 1
    before = sentence.word(first - 1)
    required = step.instrument is not None and sentence.word(step.instrument.first - 1) == "for"
    if _conditional(sentence, step) or (required and sentence.word(step.governor.first - 1) == "to"):
        return True
    of_talks = step.governor.meaning.construction == "talks"
    talks = (
        not of_talks
        and sentence.word(step.governor.first - 1) == "to"
        and any(
            each.meaning.construction == "talks" and step.governor.first - each.end in range(1, 6)
            for each in sentence.governors
        )
    )
    return (
        talks
        or before in sentence.lexicon.grammar.awaiting
        or (before in ("before", "until") and step.modality in ("possible", "reported"))
    )


def _conditional(sentence: Sentence, step: Step) -> bool:
    """Whether a clause behind what is to come tells what must come first: `will apply after both sides ratify it`."""
    start = auxiliary_start(sentence, step.governor.first)
    link = next((at for at in range(start - 1, max(start - _SUBJECT, 0), -1) if sentence.word(at) in _AWAITING), None)
    if link is None or any(link < each.first < step.governor.first for each in sentence.governors):
        return False
    return bool(said_between(sentence, 0, link) & {"target", "forecast", "possible"}) and any(
        each.end <= link for each in sentence.governors
    )


def _by_verb(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    voice = auxiliary_start(sentence, governor.first)
    if is_passive(sentence, voice, governor.first) and not _progressive(sentence, governor):
        given = object_of(sentence, governor) if sentence.word(governor.first) in sentence.lexicon.given else None
        if given:
            yield _step(sentence, governor, given, passive=False)
        else:
            yield from _passive(sentence, governor, voice)
    elif not (_modifies(sentence, governor) or _said_of_goods(sentence, voice) or _leaves_with(sentence, governor)):
        yield from _active(sentence, governor)


def _active(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """What an active verb tells of instruments that stand where its object does not, else of its object."""
    inverted, listed = _inverted(sentence, governor), _enumerated(sentence, governor)
    if inverted:
        yield from (_step(sentence, governor, each, passive=sentence.word(0) != "what") for each in inverted)
    elif _fragment(sentence, governor):
        yield _step(sentence, governor, None, passive=True)
    elif sentence.word(governor.end) in ("it", "them") and _tells_alone(governor):
        yield _step(sentence, governor, meant(sentence, governor.first), passive=False)
        further = [each for each in sentence.instruments if each.first > governor.end and _added(sentence, each)]
        yield from (_step(sentence, governor, each, passive=False) for each in further[:1] if governor.meaning.strong)
    elif listed:
        yield from (_step(sentence, governor, each, passive=False) for each in listed)
    elif _cleared(sentence, governor):
        yield from _by_state(sentence, governor._replace(meaning=replace(governor.meaning, strong=True)))
    else:
        yield from _governed(sentence, governor)


def _governed(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """What a verb tells of its object and those beside it, or of the instrument that it modifies."""
    target = object_of(sentence, governor)
    before = instrument_before(sentence, governor.first)
    if target and before and target.first - governor.end > _CLOSE and participle(sentence, governor, before):
        target = None
    if target:
        nominal = sentence.word(governor.end) == "of"
        included = _included(sentence, governor) if target.plural and governor.meaning.status == "signed" else ()
        for instrument in dict.fromkeys((target, *coordinated(sentence, target, governor), *included)):
            yield _step(sentence, governor, instrument, passive=nominal)
    elif means := _by_means(sentence, governor):
        yield _step(sentence, governor, means, passive=False)
    elif governor.meaning.status in _ENDED and _ends(sentence, governor):
        ended = governor._replace(meaning=replace(governor.meaning, status="terminated"))
        yield from _by_state(sentence, ended)
    else:
        yield from _relative_or_participle(sentence, governor)


def _progressive(sentence: Sentence, governor: Governor) -> bool:
    """Whether a word after `is` tells no passive: a form in -ing (`is signing`, not `is being signed`) or `is close to`."""
    if governor.meaning.status == "negotiating" and sentence.word(governor.end - 1) in sentence.lexicon.grammar.prepositions:
        return True
    return sentence.word(governor.first).endswith("ing") and sentence.word(governor.first) != "being"


def _by_means(sentence: Sentence, governor: Governor) -> Instrument | None:
    """The instrument in which goods are bargained over: `is to finalise imports of rice in a deal between governments`."""
    if sentence.word(governor.first) not in sentence.lexicon.bargaining:
        return None
    behind = next((each for each in sentence.instruments if each.first >= governor.end), None)
    near = behind is not None and behind.first - governor.end <= _FAR and not behind.weak
    if behind is None or not near or sentence.word(behind.first - 1) not in ("in", "under", "through"):
        return None
    plain = same_clause(sentence, governor.end, behind.first) and "," not in sentence.between(governor.end, behind.first)
    return behind if plain and not any(governor.end <= each.first < behind.first for each in sentence.governors) else None


def _ends(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb tells that something ends, and not what it ends: `the pact ends in May`, not `it ended a row`."""
    if sentence.word(governor.first) not in sentence.lexicon.ending or _opens_with_talks(sentence, governor):
        return False
    following = sentence.word(governor.end)
    grammar = sentence.lexicon.grammar
    named = sentence.word(governor.end - 1) in grammar.prepositions and (following.isdecimal() or following in grammar.calendar)
    after = following in grammar.prepositions | grammar.after_participle | grammar.calendar or not following[:1].isalnum()
    return named or (governor.end - governor.first == 1 and after)


def _opens_with_talks(sentence: Sentence, governor: Governor) -> bool:
    """Whether what ends is the talks that a sentence opens with: `Negotiations opened in May and ended in June`."""
    before = [each for each in sentence.governors if each.end <= governor.first]
    named = any(
        each.first < governor.first and not each.weak for each in sentence.instruments if not matter_of_talks(sentence, each)
    )
    return bool(before) and before[0].meaning.construction == "talks" and not named


def _cleared(sentence: Sentence, governor: Governor) -> bool:
    """Whether an instrument gets past a parliament: `the pact cleared the Senate`, not `the Senate cleared the pact`."""
    if sentence.word(governor.first) not in sentence.lexicon.clearing or governor.end - governor.first > 1:
        return False
    words = sentence.line.words
    high = min(governor.end + _SUBJECT, len(words))
    behind = [each for each in sentence.instruments if governor.end <= each.first < high]
    if behind or governor.end >= high:
        return False
    return bool(sentence.lexicon.approvers.find(sentence.folded[words[governor.end].start : words[high - 1].end]))


def _modifies(sentence: Sentence, governor: Governor) -> bool:
    """Whether a participle only describes an instrument told of otherwise: `the revised pact`, `the earlier signed accords`."""
    grammar = sentence.lexicon.grammar
    if sentence.word(governor.end) in ("of", "the", "a", "an"):
        return False
    before = governor.first - 1
    while before > 0 and grammar.is_adverb(sentence.word(before)):
        before -= 1
    described = sentence.word(before) in grammar.determiners and sentence.word(before) not in ("both", "all", "each")
    return described and any(
        each.head - governor.end <= _CARRIED_OVER and each.head >= governor.end for each in sentence.instruments
    )


def _inverted(sentence: Sentence, governor: Governor) -> list[Instrument]:
    """The instruments of a sentence that its participle opens: `Also signed in Cairo were a memorandum and a protocol`."""
    among = sentence.word(0) == "among" and governor.first - 1 <= _FAR
    cleft = sentence.word(0) == "what" and governor.first - 1 <= _FAR
    if (governor.first > _CLOSE and not among and not cleft) or not past(sentence, governor):
        return []
    comma = next((at for at in range(governor.end, governor.end + _FAR) if sentence.word(at) == ","), None)
    if comma is not None and governor.first == 0 and at_hand(sentence, governor.end, comma):
        return [each for each in sentence.instruments if each.first == comma + 1]
    if sentence.word(0) == "what":
        return _called_so(sentence, governor)
    verb = next((at for at in range(governor.end, governor.end + _FAR) if sentence.word(at) in _COPULAS), None)
    if verb is None or not (among or at_hand(sentence, governor.end, verb)):
        return []
    behind = [each for each in sentence.instruments if each.first > verb]
    if not behind or behind[0].first - verb > _CLOSE:
        return []
    return [behind[0], *coordinated(sentence, behind[0], governor)]


def _fragment(sentence: Sentence, governor: Governor) -> bool:
    """Whether a participle is all that is told of the instrument before: `Initialled in May.`"""
    opens = governor.first == 0 or (governor.first == _CLOSE and sentence.word(1) == ":")
    if sentence.instruments or not (opens and governor.meaning.strong and past(sentence, governor)):
        return False
    return sentence.word(governor.end) in sentence.lexicon.grammar.prepositions | sentence.lexicon.grammar.after_participle


def _called_so(sentence: Sentence, governor: Governor) -> list[Instrument]:
    """The instrument that what was done is called: `What Oslo and Bern concluded in May is little more than a memorandum`."""
    copula = next((at for at in range(governor.end, governor.end + _FAR) if sentence.word(at) in _COPULAS), None)
    behind = [each for each in sentence.instruments if copula is not None and each.first > copula]
    return behind[:1] if copula is not None and behind and behind[0].first - copula <= _CARRIED else []


def _passive(sentence: Sentence, governor: Governor, voice: int) -> Iterator[Step]:
    instrument = subject_of(sentence, voice) or relative_subject(sentence, voice)
    if instrument is None:
        instrument = modified_subject(sentence, voice)
        parted = instrument is not None and sentence.word(instrument.end) in ("that", "which")
        instrument = instrument if parted or governor.meaning.strong else None
    if instrument is None:
        instrument = shared_subject(sentence, voice)
    listed = _enumerated(sentence, governor)
    if listed and (instrument is None or instrument.plural or instrument.weak):
        yield from (_step(sentence, governor, each, passive=True) for each in listed)
    elif instrument:
        for each in (*_enclosing(sentence, instrument), *coordinated_before(sentence, instrument), instrument):
            yield _step(sentence, governor, each, passive=True)
        if (instrument.plural or instrument.weak) and governor.meaning.strong:
            yield from (_step(sentence, governor, each, passive=True) for each in _included(sentence, governor))
    elif _of_pronoun(sentence, governor) and (sentence.word(voice - 1) in _ANAPHORS or _of_several(sentence, voice)):
        single = sentence.word(voice - 1) in _ANAPHORS
        yield _step(sentence, governor, meant(sentence, voice - 1) if single else None, passive=True)
    elif sentence.word(voice - 1) in (",", "(", *_DASHES):
        yield from _behind_remark(sentence, governor, voice)
    elif (
        sentence.word(voice - 1) in ("after", "before", "since", "once", "when", "until", "despite") and governor.meaning.strong
    ):
        yield _step(sentence, governor, instrument_before(sentence, voice), passive=True)


def _between_dashes(sentence: Sentence, voice: int) -> list[Instrument]:
    """The instruments that dashes name before a verb: `Two papers - a protocol and a memorandum - were signed`."""
    close = voice - 1
    while sentence.word(close - 1) in _DASHES:
        close -= 1
    opened = next((at for at in range(close - 1, max(close - _INSERTED, -1), -1) if sentence.word(at) in _DASHES), None)
    if opened is None:
        return []
    inside = [each for each in sentence.instruments if opened < each.first < close]
    return inside or [each for each in sentence.instruments if each.end == opened]


def _of_several(sentence: Sentence, voice: int) -> bool:
    """Whether a passive is told of those named before, all or none: `None of them has been signed`, `Both were ratified`."""
    if sentence.word(voice - 1) == "them":
        return sentence.word(voice - 2) == "of"
    opens = sentence.word(voice) if voice == 0 else sentence.word(voice - 1)
    return voice <= 1 and opens in ("both", "neither", "none", "all")


def _enumerated(sentence: Sentence, governor: Governor) -> list[Instrument]:
    """Those that a sentence lists behind a colon: `signed three documents: a treaty, a protocol and a memorandum`."""
    if not governor.meaning.strong and governor.meaning.status != "agreed":
        return []
    colon = next((at for at in range(governor.end, governor.end + _FAR) if sentence.word(at) == ":"), None)
    if colon is None or not same_clause(sentence, governor.end, colon):
        return []
    first = next((each for each in sentence.instruments if 0 < each.first - colon <= _CLOSE + 1), None)
    single = [each for each in sentence.instruments if governor.end <= each.first < colon and not each.plural]
    if first is None or single or any(governor.end <= each.first < colon for each in sentence.governors):
        return []
    end = next((each.first for each in sentence.governors if each.first > colon), len(sentence.line.words))
    listed = [each for each in sentence.instruments if first.end <= each.first < end and ";" in sentence.between(colon, end)]
    listed = [each for each in listed if sentence.word(each.first - 1) in (";", "and", ",") and not each.definite]
    return [first, *(listed or coordinated(sentence, first, governor))]


def _enclosing(sentence: Sentence, instrument: Instrument) -> list[Instrument]:
    """The many of which a remark before their verb names one: `ten documents, among them a roadmap, were signed`."""
    named = sentence.word(instrument.first - 1) in _INCLUDING or sentence.word(instrument.first - 1) == "them"
    before = [each for each in sentence.instruments if each.end <= instrument.first]
    return before[-1:] if named and before and before[-1].plural and instrument.first - before[-1].end <= _CLOSE + 1 else []


def _of_pronoun(sentence: Sentence, governor: Governor) -> bool:
    """Whether a passive tells a status of what a pronoun stands for: `it was signed`, `it must be approved by parliament`."""
    if settles(sentence, governor):
        return True
    return governor.meaning.strong or governor.meaning.status in ("approved", "terminated", "extended", "suspended")


def settles(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb is one of reaching an agreement that `it` can be told of: `It was concluded in March`."""
    verb, following = sentence.word(governor.first), sentence.word(governor.end)
    if verb not in sentence.lexicon.settling or governor.end - governor.first > 1 or following in ("that", "to", "upon"):
        return False
    material = verb in sentence.lexicon.material and following in ("by", "with")
    start = auxiliary_start(sentence, governor.first) - 1
    return not material and (start <= _OPENED or meant(sentence, start) is not None)


def _included(sentence: Sentence, governor: Governor) -> list[Instrument]:
    """Those that a remark names of the many that a passive tells of: `documents were signed, including a protocol`."""
    for each in sentence.instruments:
        if each.first > governor.end and (
            sentence.word(each.first - 1) in _INCLUDING or sentence.between(each.first - 2, each.first) == ["among", "them"]
        ):
            return [each, *coordinated(sentence, each, governor)]
    return []


def _relative_or_participle(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """`the pact (that) they signed`, `the pact signed in Baku`, `ratified it`."""
    following = sentence.word(governor.end)
    before = instrument_before(sentence, governor.first)
    telling = _tells_alone(governor)
    pointed = following == "that" and sentence.word(governor.end + 1) == "one"
    if following == "this" and sentence.word(governor.end + 1) in sentence.lexicon.grammar.spans:
        return  # `growth continues this year`
    if (pointed or following in _PRONOUNS) and telling and not before:
        yield _step(sentence, governor, None, passive=False)
    elif before and participle(sentence, governor, before):
        told = said_between(sentence, before.end, governor.first)
        modality = next((each for each in PRECEDENCE if each in told), "reported")
        yield Step(governor.meaning.status, modality, governor, before, True)
    elif governor.meaning.strong and governor.meaning.status in ("signed", "ratified") and _bare(sentence, governor, before):
        yield _step(sentence, governor, None, passive=False)
    elif before and relative(sentence, governor, before):
        yield _step(sentence, governor, before, passive=False)
    elif (pointed or following in ("it", "them")) and telling:
        yield _step(sentence, governor, meant(sentence, governor.first), passive=False)


def _leaves_with(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb of leaving tells what somebody takes along: `left with a protocol in their briefcases`."""
    return governor.meaning.status == "terminated" and sentence.word(governor.end) == "with"


def _said_of_goods(sentence: Sentence, voice: int) -> bool:
    """Whether goods are what the verb is told of: `gas enters it` names a country, no instrument."""
    before = sentence.line.words[voice - 1].end if voice else 0
    goods = (mark for mark in sentence.line.names if mark.kind == "commodity" and mark.end == before)
    return any(voice == 1 or mark.text.islower() for mark in goods)  # `Adnoc Gas` is a firm


def _added(sentence: Sentence, instrument: Instrument) -> bool:
    """Whether an instrument is told as one more of a verb's objects: `signed it together with 15 documents`."""
    before = sentence.between(instrument.first - 3, instrument.first)
    return before[-2:] in (["together", "with"], ["along", "with"]) or before == ["as", "well", "as"]


def _tells_alone(governor: Governor) -> bool:
    """Whether a verb tells a status of whatever it governs, be it a pronoun."""
    return governor.meaning.strong or governor.meaning.status not in ("agreed", "proposed", "negotiating", "in_force")


def _bare(sentence: Sentence, governor: Governor, before: Instrument | None) -> bool:
    """Whether a verb of signing stands without its object, which the text has named: `they are to sign on Friday`."""
    following = sentence.word(governor.end)
    ends = following in sentence.lexicon.grammar.prepositions - {"off", "up", "of", "to", "over"} or not following[:1].isalnum()
    return (
        before is None
        and ends
        and (
            sentence.word(governor.first - 1) in ("to", "will", "both", "jointly", "would", "not", "may")
            or (governor.meaning.construction == "verb" and _side_signs(sentence, governor))
            or (governor.meaning.status == "ratified" and sentence.word(governor.first - 1) in ("has", "have", "already"))
        )
    )


def _side_signs(sentence: Sentence, governor: Governor) -> bool:
    """Whether a state right before a verb of signing is who signs what the text has named: `Peru signed in April`."""
    subject = auxiliary_start(sentence, governor.first) - 1
    if subject < 0 or sentence.word(governor.first).endswith("ing") or sentence.word(governor.end) in ("for", "as", "by"):
        return False
    place = sentence.line.words[subject].start
    sides = (mark for mark in sentence.line.names if mark.kind in ("country", "bloc") and mark.form != "adjective")
    return any(mark.start <= place < mark.end for mark in sides)


def _by_split(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """A verb whose other half stands behind its object: `put the pact on hold`, `declared them void`."""
    particles = sentence.lexicon.splits.get(sentence.word(governor.first), ())
    position = bisect_left(sentence.instruments, governor.end, key=lambda each: each.first)
    target = next(iter(sentence.instruments[position : position + 1]), None)
    near = target is not None and (light_gap(sentence, governor.end, target.first))
    start = target.head_end if target and near else governor.end + 1
    if not near and sentence.word(governor.end) not in ("it", "them"):
        return
    for first in range(start, min(start + _CLOSE * 4, len(sentence.line.words))):
        for particle, status in particles:
            if sentence.between(first, first + len(particle)) == list(particle):
                told = Governor(governor.first, governor.end, Trigger(status, "verb", True))
                yield _step(sentence, told, target if near else meant(sentence, governor.first), passive=False)
                return


def _by_noun(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    target = object_of(sentence, governor)
    verbal = any(each.meaning.construction == "verb" and 0 <= governor.first - each.end <= 1 for each in sentence.governors)
    if target and not (verbal and governor.meaning.status == "proposed"):
        listed = coordinated(sentence, target, governor) if governor.meaning.status == "ratified" else ()
        for instrument in (target, *listed):
            step = _step(sentence, governor, instrument, passive=not _acted(sentence, governor))
            if _passed_on(sentence, governor):
                step = replace(step, modality="target")
            if step.modality != "possible":
                yield step


def _passed_on(sentence: Sentence, governor: Governor) -> bool:
    """Whether a ratification is approved by those who only lay it before a parliament: `The cabinet approved ratification`."""
    if set(sentence.between(governor.first - _CLOSE, governor.end)) & sentence.lexicon.laws:
        return False
    approved = next(
        (
            each
            for each in sentence.governors
            if each.meaning.status == "approved" and 0 <= governor.first - each.end <= _SUBJECT
        ),
        None,
    )
    if approved is None:
        return False
    words = sentence.line.words
    who = sentence.folded[words[0].start : words[approved.first].start]
    return bool(sentence.lexicon.executives.find(who)) or not sentence.lexicon.approvers.find(who)


def _by_deed(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """An instrument that is done and not only signed: `exchanged notes on a loan`, unless they are notes on an instrument."""
    told = list(_by_verb(sentence, governor))
    yield from told or [replace(_step(sentence, governor, None, passive=False), free_form="agreement")]


def _acted(sentence: Sentence, governor: Governor) -> bool:
    """Whether a noun of status is what a subject does: `X and Y exchanged the instruments of ratification of the pact`."""
    verb = next((each for each in sentence.governors if 0 <= governor.first - each.end <= _CLOSE), None)
    if verb is None or verb.meaning.construction != "verb" or governor.meaning.status != "ratified":
        return False
    return not is_passive(sentence, auxiliary_start(sentence, verb.first), verb.first)


def _by_state(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    voice = auxiliary_start(sentence, governor.first)
    instrument = subject_of(sentence, voice) or relative_subject(sentence, voice) or modified_subject(sentence, voice)
    instrument = instrument or shared_subject(sentence, voice)
    if instrument:
        yield _step(sentence, governor, instrument, passive=True)
    elif sentence.word(voice - 1) in ("it", "this") and (governor.meaning.strong or meant(sentence, voice - 1)):
        yield _step(sentence, governor, meant(sentence, voice - 1), passive=True)
    elif sentence.word(voice - 1) == ";" and governor.meaning.strong:
        before = instrument_before(sentence, voice - 1, _INSERTED)
        if before and before.first <= _HEAD:
            yield _step(sentence, governor, before, passive=True)
    elif sentence.word(voice - 1) in (",", "("):
        yield from _behind_remark(sentence, governor, voice)


def _behind_remark(sentence: Sentence, governor: Governor, voice: int) -> Iterator[Step]:
    """`The concession of X, which was to run out, has been extended`: a remark between commas parts the two."""
    if sentence.word(voice - 1) in _DASHES:
        named = _between_dashes(sentence, voice) if governor.meaning.strong else []
        yield from (_step(sentence, governor, each, passive=True) for each in named)
        return
    before = instrument_before(sentence, voice, _INSERTED)
    opens = before is not None and (before.first <= _HEAD or sentence.word(before.first - 1) in ("and", ",", ";", ":"))
    close = before is not None and opens and sentence.word(before.end) in (",", "(")
    if before and (governor.meaning.strong or close) and same_clause(sentence, before.end, voice):
        for each in (*_enclosing(sentence, before), before):
            yield _step(sentence, governor, each, passive=True)


def _by_content(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """An instrument that sets something forth: it has been agreed, if it is not told of otherwise."""
    instrument = subject_of(sentence, auxiliary_start(sentence, governor.first)) or _remarked_subject(sentence, governor.first)
    if instrument and instrument.first <= _HEAD and not instrument.weak:
        yield _step(sentence, governor, instrument, passive=True)


def _remarked_subject(sentence: Sentence, verb: int) -> Instrument | None:
    """The instrument at the head of a sentence that a remark between commas parts from its verb."""
    instrument = instrument_before(sentence, verb, _INSERTED)
    if instrument is None or sentence.word(verb - 1) != "," or sentence.word(instrument.end) != ",":
        return None
    return instrument


def _by_echo(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """`Chile did so in May`, `the Senate has yet to follow suit`: what was told before, of another."""
    voice = auxiliary_start(sentence, governor.first)
    apart = sentence.word(voice - 1) in sentence.lexicon.grammar.pronouns | {"to", "by", "in"}
    if voice and not apart and not _of_own_clause(sentence, voice):
        yield _step(sentence, governor, None, passive=False)


def _of_own_clause(sentence: Sentence, voice: int) -> bool:
    """Whether an echo goes on with what its own sentence tells of no instrument: `Fiji cut its rate, and Peru did so too`."""
    strong = [each for each in sentence.governors if each.meaning.strong and each.meaning.construction != ECHO]
    if any(each.end <= voice for each in strong) or any(each.end <= voice for each in sentence.instruments):
        return False
    for at in range(1, voice):
        word = sentence.word(at)
        if word in _CLAUSES or (word == "," and sentence.word(0) not in _openers(sentence)):
            return True
        if word == "and" and not _nominal_at(sentence, at - 1):
            return True
    return False


def _openers(sentence: Sentence) -> frozenset[str]:
    """What a remark before a subject begins with: `In May`, `A year later`, `Unlike Peru`."""
    grammar = sentence.lexicon.grammar
    return grammar.prepositions | grammar.after_participle | grammar.adverbs | grammar.calendar | set(grammar.numbers) | {"a"}


def _nominal_at(sentence: Sentence, index: int) -> bool:
    """Whether a name or a body that approves stands at a word, which `and` joins to another: `the Senate and the House`."""
    word = sentence.line.words[index]
    named = any(mark.start <= word.start < mark.end for mark in sentence.line.names)
    return named or bool(sentence.lexicon.approvers.find(word.text))


def _by_awaiting(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """`The treaty still awaits ratification`: the status has not come yet."""
    for step in _by_state(sentence, governor):
        yield replace(step, modality="negated")


def _step(
    sentence: Sentence, governor: Governor, instrument: Instrument | None, *, passive: bool, status: str | None = None
) -> Step:
    modality = governor.meaning.modality or certainty(sentence, governor, instrument)
    return Step(status or governor.meaning.status, modality, governor, instrument, passive)


_BY_CONSTRUCTION = {"verb": _by_verb, "noun": _by_noun, "state": _by_state, "talks": by_talks, "content": _by_content}
_BY_CONSTRUCTION |= {"awaited": _by_awaiting, "split": _by_split, "event": by_event, "deed": _by_deed, ECHO: _by_echo}
