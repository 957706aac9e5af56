"""Treaties of membership that a sentence tells without a noun for them: who joins or leaves a bloc, and who approves it.

Joining an instrument that is named belongs to `steps`.
"""

from collections.abc import Iterator, Sequence

from pipeline.claims.agreements.lexicon import AgreementLexicon, Trigger
from pipeline.claims.agreements.status import Governor, Sentence, Step, auxiliary_start, certainty
from pipeline.language.marks import NameMark

_NEAR, _MATTER, _BEHIND, _YEAR = 2, 6, 12, 4
_TIES = ("to", "of", "in", "into")
_STATUSES = ("signed", "terminated")


def joinings(sentence: Sentence, told: Sequence[Step]) -> list[Step]:
    """The steps of membership in a bloc of states: `Kenya joined the EAC in 2000`, `Haiti's senate approved its entry`."""
    return [
        step
        for governor in sentence.governors
        if not any(other.governor.first == governor.first for other in told)
        for step in (*_joined(sentence, governor), *_approved(sentence, governor))
    ]


def names_bloc(names: Sequence[NameMark], lexicon: AgreementLexicon) -> bool:
    """Whether a bloc that states join is among some names."""
    return any(name.kind == "bloc" and bool(set(name.codes) & set(lexicon.joining.subjects)) for name in names)


def _joined(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """A state that joins or leaves a bloc named right behind its verb."""
    verb = sentence.word(governor.first)
    if verb not in sentence.lexicon.joining.verbs or governor.meaning.status not in _STATUSES or verb.endswith("ing"):
        return
    bloc = _bloc_at(sentence, governor.end)
    before = auxiliary_start(sentence, governor.first) - 1
    if sentence.word(governor.first - 1) == "to" and _name_at(sentence, before) is None:
        before = auxiliary_start(sentence, before) - 1  # `Serbia hopes to join`
    subject = _name_at(sentence, before)
    if bloc is None or subject is None or subject.kind != "country" or not _alone(sentence, bloc):
        return
    if not _told_of_membership(sentence, governor, sentence.line.index_at(bloc.end)):
        return
    membership = Governor(governor.first, governor.end, Trigger(governor.meaning.status, "verb", True))
    modality = certainty(sentence, membership, None)
    if modality != "possible":  # `Argentina could leave Mercosur` is only talk
        yield _step(sentence, membership, modality, bloc)


def _approved(sentence: Sentence, governor: Governor) -> Iterator[Step]:
    """A legislature that approves the accession of its state to a bloc."""
    if governor.meaning.status not in ("approved", "ratified") or governor.meaning.construction not in ("verb", "noun"):
        return
    nouns = sentence.lexicon.joining.nouns
    matter = next((at for at in range(governor.end, governor.end + _MATTER) if sentence.word(at) in nouns), None)
    if matter is None or sentence.word(matter + 1) not in _TIES:
        return
    bloc = _bloc_at(sentence, matter + 2)
    words = sentence.line.words
    who = sentence.folded[words[0].start : words[governor.first].start]
    if bloc is None or not (governor.meaning.status == "ratified" or sentence.lexicon.approvers.find(who)):
        return
    approval = Governor(governor.first, governor.end, Trigger("ratified", "verb", True, modality=governor.meaning.modality))
    yield _step(sentence, approval, governor.meaning.modality or certainty(sentence, approval, None), bloc)


def _step(sentence: Sentence, governor: Governor, modality: str, bloc: NameMark) -> Step:
    subject = sentence.lexicon.joining.subjects[bloc.codes[0]]
    return Step(governor.meaning.status, modality, governor, None, False, "treaty", subject)


def _bloc_at(sentence: Sentence, first: int) -> NameMark | None:
    """A bloc that states join, named at a word or behind its article."""
    names = (_name_at(sentence, index) for index in range(first, first + _NEAR))
    found = next((name for name in names if name is not None), None)
    return found if found is not None and set(found.codes) & set(sentence.lexicon.joining.subjects) else None


def _name_at(sentence: Sentence, index: int) -> NameMark | None:
    if not 0 <= index < len(sentence.line.words):
        return None
    place = sentence.line.words[index].start
    return next((mark for mark in sentence.line.names if mark.start <= place < mark.end and mark.codes), None)


def _alone(sentence: Sentence, bloc: NameMark) -> bool:
    """Whether a bloc describes no noun behind it: not `joined the EU summit`."""
    index = sentence.line.index_at(bloc.end)
    following, grammar = sentence.word(index), sentence.lexicon.grammar
    closed = grammar.prepositions | grammar.conjunctions | grammar.calendar | grammar.after_participle | grammar.adverbs
    plain = not following[:1].isalnum() or following in closed or following.isdecimal()
    return plain and following not in ("'", "'s", "out") and not sentence.folded.startswith(("'s", "’s"), bloc.end)


def _told_of_membership(sentence: Sentence, governor: Governor, after: int) -> bool:
    """Whether a verb is told of a bloc as such, and not of company: not `joined the EU and Japan in condemning an attack`."""
    end = min(after + _BEHIND, len(sentence.line.words))
    if any(_deed_at(sentence, at) for at in range(after, end)):
        return False
    behind = _behind_list(sentence, after)
    if behind != after and (behind >= end or _closed(sentence, behind)):
        return False
    return behind != after or governor.end - governor.first > 1 or _settles(sentence, after)


def _deed_at(sentence: Sentence, index: int) -> bool:
    """Whether `in` opens what is done together: `in filing a complaint`, not `in Beijing`."""
    doing = sentence.word(index) == "in" and sentence.word(index + 1).endswith("ing")
    return doing and _name_at(sentence, index + 1) is None and sentence.word(index + 1) not in sentence.lexicon.joining.spans


def _behind_list(sentence: Sentence, index: int) -> int:
    """Where a list of further states ends that begins at a word: `, Britain and Japan`; the word itself where there is none."""
    end = index
    while sentence.word(index) in (",", "and", "the"):
        index += 1
        name = _name_at(sentence, index)
        if name is not None and not set(name.codes) & set(sentence.lexicon.joining.subjects):
            index = end = sentence.line.index_at(name.end)
    return end


def _closed(sentence: Sentence, index: int) -> bool:
    """Whether no verb stands at a word: the names before it begin no clause of their own."""
    following = sentence.word(index)
    return not following[:1].isalnum() or following in sentence.lexicon.grammar.prepositions


def _settles(sentence: Sentence, index: int) -> bool:
    """Whether what follows `joined the EU` leaves it at that: the end of the clause, another clause, a time, `as a member`."""
    words, grammar = sentence.lexicon.joining, sentence.lexicon.grammar
    while grammar.is_adverb(sentence.word(index)):
        index += 1
    following = sentence.word(index)
    if not following[:1].isalnum() or following in words.clauses:
        return True
    if following == "as":
        return bool({"member", "members"} & set(sentence.between(index, index + _MATTER)))
    start = index + 1 if following in grammar.prepositions else index
    end = start
    while _of_time(sentence, end):
        end += 1
    told = sentence.between(start, end)
    if any(word.isdecimal() and len(word) == _YEAR for word in told):
        return True
    return bool(set(told) - words.spans or {"year", "years"} & set(told)) and sentence.word(end) not in words.company


def _of_time(sentence: Sentence, index: int) -> bool:
    words, word = sentence.lexicon.joining, sentence.word(index)
    return word.isdecimal() or word in sentence.lexicon.grammar.calendar | words.times | words.spans
