"""Whom an instrument binds: the states and blocs that a sentence ties to it, with the organisations of `firms`.

Reading them off the sentence belongs here; what the text around it supplies belongs to `completion`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.claims.agreements.bystanders import gathers, quiet_spans, reacting_spans, silent
from pipeline.claims.agreements.firms import bare_firm, only_links, organisation_parties, organisation_slot, promoted
from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.organisations import Run
from pipeline.claims.agreements.own_work import is_town
from pipeline.claims.agreements.status import Governor, Sentence, Step
from pipeline.claims.agreements.windows import (
    Window,
    acts_under,
    between_others,
    clause_window,
    other_step_between,
    own_stretch,
)
from pipeline.claims.context.sides import Group, side_groups
from pipeline.language.marks import NameMark

_PARTY_KINDS = ("country", "bloc", "person")
_BESIDE = 24
_NEAR = 8
_PAIR = 2
_SUBJECT = 4
_OFFICE = 12
_DATELINE = ("(", "-", "–", "—", "/", ",", ":")


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of an instrument, `codes` and `organisations` sorted.

    `collective` is how many earlier parties a word such as `both countries` stands for (0 for an unstated several), None
    without such a word; `spare` holds further codes of the clause that may be parties if fewer
    than two are named; `partnered` says that the only state named stands after `with`; `partners` are the codes that do.
    """

    codes: tuple[str, ...]
    organisations: tuple[str, ...]
    collective: int | None
    spare: tuple[str, ...]
    partnered: bool
    partners: tuple[str, ...]


def find_parties(sentence: Sentence, step: Step, runs: Sequence[Run]) -> Parties:
    """The parties that the clause of a step names."""
    window = clause_window(sentence, step)
    quiet = _quiet(sentence, window, step)
    runs = [bare_firm(sentence, step, run) for run in runs]
    own = [run for run in runs if window.first <= run.first and run.end <= window.end and not silent(sentence, run, quiet)]
    own = [run for run in own if not _outdone(sentence, step, run)]
    if own_stretch(sentence, step):
        own = [run for run in own if not between_others(sentence, step, run.first)]
    organisations = organisation_parties(sentence, step, own)
    groups = _of_own_verb(sentence, step, _own_partners(sentence, step, _groups(sentence, window, own, quiet)))
    if len(organisations) > 1 and not step.passive:
        groups = [group for group in groups if not _between_in_topic(sentence, step, group)]
    direct, spare = _codes(sentence, step, groups, bool(organisations))
    direct |= _organs(sentence, step, own)
    for bloc in {code for code in direct if len(direct & set(sentence.lexicon.members.get(code, ()))) >= _PAIR}:
        direct -= _only_described(sentence, bloc)
        bound = direct & set(sentence.lexicon.members[bloc])
        if len(bound) >= _PAIR and not _opposite(groups, bloc, bound):
            direct.remove(bloc)
    if not direct and not organisations:
        organisations = organisation_parties(sentence, step, [promoted(sentence, run) for run in own])
    return Parties(
        tuple(sorted(direct)),
        tuple(sorted(set(organisations))),
        _collective(sentence, step, window),
        tuple(code for code in spare if code not in direct),
        _one_sided(step, direct, groups),
        tuple(sorted({code for group in groups if group.preposition == "with" for code in group.codes} & direct)),
    )


def _only_described(sentence: Sentence, bloc: str) -> set[str]:
    """Those members of a bloc that are named only behind it, to tell who they are: `the union, which includes A, B and C`."""
    line, members = sentence.line, set(sentence.lexicon.members[bloc])
    blocs = [mark for mark in line.names if bloc in mark.codes and mark.kind == "bloc"]
    listed = [member for mark in blocs for member in _members_behind(sentence, mark)]
    elsewhere = {code for mark in line.names if mark not in listed for code in mark.codes}
    return {code for mark in listed for code in mark.codes} & members - elsewhere


def _members_behind(sentence: Sentence, bloc: NameMark) -> list[NameMark]:
    """The names of the list by which words right behind a bloc tell who its members are."""
    line, grammar = sentence.line, sentence.lexicon.grammar
    end = line.index_at(bloc.end)
    opening = next((at for at in range(end, end + _NEAR) if sentence.word(at) in sentence.lexicon.composed), None)
    if opening is None or set(sentence.between(end, opening)) & grammar.prepositions:
        return []
    listed: list[NameMark] = []
    reached = opening + 1
    for mark in line.names:
        if mark.start < line.words[opening].start or mark.kind != "country":
            continue
        between = sentence.between(reached, line.index_at(mark.start))
        closed = (grammar.prepositions - {"of", "up"}) | grammar.auxiliaries
        tied = only_links(sentence, reached, line.index_at(mark.start)) if listed else len(between) < _NEAR
        if not tied or set(between) & closed:
            break
        listed.append(mark)
        reached = line.index_at(mark.end)
    return listed


def _opposite(groups: Sequence[Group], bloc: str, members: set[str]) -> bool:
    """Whether a bloc stands on the other side of `with` than its members: `Peru and Chile signed a pact with the bloc`."""
    blocs = {group.preposition == "with" for group in groups if bloc in group.codes}
    theirs = {group.preposition == "with" for group in groups if members & set(group.codes)}
    return len(blocs) == 1 and not blocs & theirs


def _outdone(sentence: Sentence, step: Step, run: Run) -> bool:
    """Whether an organisation is who has lost the contract: `beat Hitachi to a contract with Peru`."""
    if step.instrument is None or sentence.word(step.governor.first) not in sentence.lexicon.outdoing:
        return False
    return step.governor.end <= run.first < step.instrument.first


def _own_partners(sentence: Sentence, step: Step, groups: list[Group]) -> list[Group]:
    """The names of a clause without the partners of a verb's other objects: `a pact with Peru, one with Chile`."""
    stretch = own_stretch(sentence, step)
    if stretch is None or step.instrument is None:
        return groups
    groups = [group for group in groups if not between_others(sentence, step, sentence.line.index_at(group.start))]
    places = [sentence.line.index_at(group.start) for group in groups]
    bound = [group.preposition in ("with", "between") for group in groups]
    if not any(tied and stretch.first <= place < stretch.end for tied, place in zip(bound, places, strict=True)):
        return groups
    return [
        group
        for group, tied, place in zip(groups, bound, places, strict=True)
        if not tied or place < step.governor.first or stretch.first <= place < stretch.end
    ]


def _of_own_verb(sentence: Sentence, step: Step, groups: list[Group]) -> list[Group]:
    """The names of a clause without the partner of the verb before, where a verb has one behind it.

    `Peru ended its talks with Chile, but signed a pact with Cuba.`
    """
    verb = sentence.line.words[step.governor.first].start
    tied = [group for group in groups if group.preposition in ("with", "between")]
    earlier = [each for each in sentence.governors if each.first < step.governor.first]
    if step.passive or not earlier or not any(group.start > verb for group in tied):
        return groups
    opens = min(sentence.line.words[each.first].start for each in earlier)
    others = [
        group
        for group in tied
        if opens < group.start < verb and not _acts(sentence, step, group) and not _shares_object(sentence, earlier, group)
    ]
    return [group for group in groups if group not in others]


def _acts(sentence: Sentence, step: Step, group: Group) -> bool:
    """Whether the last of some names is who acts, as the verb follows: `After talks with Chad, Niger signed`."""
    grammar = sentence.lexicon.grammar
    between = sentence.between(sentence.line.index_at(group.end), step.governor.first)
    passed = grammar.auxiliaries | grammar.adverbs | grammar.calendar | {"on", "in"}
    return all(word in passed or word.isdecimal() or word.endswith("ly") for word in between)


def _shares_object(sentence: Sentence, earlier: Sequence[Governor], group: Group) -> bool:
    """Whether a partner stands right behind a verb with the object of the next: `initialed with A and signed with B a pact`."""
    tie = sentence.line.index_at(group.start) - 1
    return any(tie - 1 <= each.end <= tie + 1 and each.meaning.construction != "talks" for each in earlier)


def _one_sided(step: Step, direct: set[str], groups: Sequence[Group]) -> bool:
    """Whether all parties that a clause names stand after `with`, so that the other side is left unsaid."""
    partners = {code for group in groups if group.preposition == "with" for code in group.codes}
    return bool(direct) and direct <= partners and (len(direct) == 1 or step.passive)


def _between_in_topic(sentence: Sentence, step: Step, group: Group) -> bool:
    """Whether `between A and B` tells what firms agreed about: `a memorandum on trains between A and B`."""
    first, instrument = sentence.line.index_at(group.start), step.instrument
    if instrument is None or group.preposition != "between" or not instrument.head_end < first < instrument.end:
        return False
    return sentence.word(instrument.head_end) in ("on", "about", "for", "to")


def phrase_parties(sentence: Sentence, first: int, end: int) -> tuple[str, ...]:
    """The states that an instrument's own phrase names: `the EU-Mercosur deal`, `the treaty between Peru and Chile`."""
    groups = _groups(sentence, Window(first, end), (), quiet_spans(sentence, Window(first, end)) if first < end else ())
    return tuple(
        sorted(
            {
                code
                for group in groups
                if group.preposition in ("between", "with", "of", "") and not _by_topic(sentence, group)
                for code in group.codes
            }
        )
    )


def _by_topic(sentence: Sentence, group: Group) -> bool:
    index = sentence.line.index_at(group.start)
    return any(sentence.word(each) in ("on", "for", "in") for each in range(max(index - 3, 0), index))


def _quiet(sentence: Sentence, window: Window, step: Step) -> list[tuple[int, int]]:
    """The stretches that name no parties, without the one of the verb itself: `In a statement, A and B said`."""
    place = sentence.line.words[step.governor.first].start
    told = [*quiet_spans(sentence, window), *reacting_spans(sentence, window, step)]
    return [span for span in told if not span[0] <= place < span[1]]


def _groups(sentence: Sentence, window: Window, runs: Sequence[Run], quiet: Sequence[tuple[int, int]]) -> list[Group]:
    line = sentence.line
    if window.first >= window.end:
        return []
    start, end = line.words[window.first].start, line.words[window.end - 1].end
    marks = [
        mark
        for mark in line.names
        if start <= mark.start
        and mark.end <= end
        and mark.kind in _PARTY_KINDS
        and mark.codes
        and not set(mark.codes) & sentence.lexicon.not_party
        and not sentence.folded.startswith("$", mark.end)
        and not _place_of_act(sentence, mark)
        and not is_town(sentence, mark)
        and not _owned(sentence, mark, runs)
        and not any(first <= mark.start < last for first, last in quiet)
    ]
    return side_groups(sentence.folded, line.words[0].start, marks)


def _place_of_act(sentence: Sentence, mark: NameMark) -> bool:
    """Whether a capital is only where it happened: `in Moscow, Iran and Oman signed`."""
    index = sentence.line.index_at(mark.start)
    if mark.form != "capital":
        return False
    if index == 0 and mark.text.isupper() and sentence.word(sentence.line.index_at(mark.end)) in _DATELINE:
        return True
    opens = index == 0 and sentence.word(1) == "," and sentence.word(2) in sentence.lexicon.grammar.times
    return opens or (sentence.word(index - 1) in ("in", "at") and not _seated(sentence, index))


def _owned(sentence: Sentence, mark: NameMark, runs: Sequence[Run]) -> bool:
    """Whether a country only describes an organisation: within its name, or before or after it."""
    if sentence.folded.startswith(sentence.lexicon.described, mark.end):
        return True
    if mark.kind == "bloc" and gathers(sentence.folded, mark, sentence.lexicon):
        return True
    first, end = sentence.line.index_at(mark.start), sentence.line.index_at(mark.end)
    for run in runs:
        if run.kind != "organisation":
            continue
        inside = run.first <= first < run.end
        after = end <= run.first and run.first - end <= 4 and _describes(sentence, end, run.first, mark)
        before = (
            run.end <= first
            and first - run.end <= 3
            and sentence.word(run.end) == "of"
            and sentence.word(first - 1) in ("of", "the")
        )
        if inside or after or before:
            return True
    following = sentence.between(end, end + 3)
    if sentence.word(first - 1) in ("his", "her", "their") and set(following[:1]) & sentence.lexicon.organisations.state:
        return False  # `his Kenyan counterpart` is no firm
    firms = sentence.lexicon.organisations.generic | (
        sentence.lexicon.organisations.before if mark.form == "adjective" else frozenset()
    )
    return (
        any(word in firms for word in following)
        and mark.form in ("adjective", "name")
        and not set(following[:1]) & {"and", ","}
    )


def _describes(sentence: Sentence, first: int, end: int, mark: NameMark) -> bool:
    """Whether the words between a country and an organisation make the one describe the other: `Russian carrier`, `Italy's`."""
    between = sentence.between(first, end)
    if any(first <= each.first < end for each in sentence.governors):
        return False
    if mark.form == "adjective" or between[:1] == ["'s"] or sentence.line.text.startswith(("'s", "’s"), mark.end):
        return all(
            word not in (",", "and", "with", "to") and word not in sentence.lexicon.grammar.auxiliaries for word in between
        )
    grammar = sentence.lexicon.grammar
    closed = grammar.prepositions | grammar.conjunctions | grammar.auxiliaries | grammar.determiners
    return bool(between) and all(word.isalpha() and word not in closed for word in between)


def _codes(sentence: Sentence, step: Step, groups: Iterable[Group], organised: bool) -> tuple[set[str], list[str]]:
    """The codes of the parties, and those of the rest of the clause."""
    direct: set[str] = set()
    spare: list[str] = []
    for group in groups:
        if _is_party(sentence, step, group, organised):
            direct.update(group.codes)
        elif _may_be_party(sentence, step, group):
            spare.extend(group.codes)
    return direct, spare


def _may_be_party(sentence: Sentence, step: Step, group: Group) -> bool:
    """Whether a name that stands elsewhere in the clause may be a party, if too few are named."""
    first = sentence.line.index_at(group.start)
    if group.preposition in ("to", "from", "for", "on", "of", "with"):
        return sentence.word(first - 1) not in ("in", "at") and sentence.word(first - 2) not in ("in", "at")
    if group.preposition != "" or group.place or group.owner:
        return False
    under = acts_under(sentence, step) and (first < _SUBJECT or _main_clause(sentence, step, first))
    return under or _inside_complement(sentence, step, group)


def _main_clause(sentence: Sentence, step: Step, first: int) -> bool:
    """Whether a name is the subject or the object of the clause behind: `Under a pact signed in May, A will supply B`."""
    if step.instrument is None or step.instrument.first > _PAIR:
        return False
    return "," in sentence.between(step.governor.end, first)


def _organs(sentence: Sentence, step: Step, runs: Sequence[Run]) -> set[str]:
    """The states whose organs stand where parties stand: `between the Ministry of Finance of Georgia and ...`."""
    codes: set[str] = set()
    accepted_end = -1
    for run in runs:
        if run.kind != "state" or sentence.lexicon.gatherings_of.find(run.text.lower()):
            continue
        chained = accepted_end >= 0 and run.first - accepted_end <= 4 and only_links(sentence, accepted_end, run.first)
        if chained or organisation_slot(sentence, step, run):
            accepted_end = run.end
            start, end = sentence.line.words[run.first].start, sentence.line.words[run.end - 1].end + _BESIDE
            following = sentence.word(run.end) == "of"
            codes.update(
                code
                for mark in sentence.line.names
                if mark.kind in ("country", "bloc", "organisation")
                and start <= mark.start < (end if following else end - _BESIDE)
                for code in mark.codes
            )
    return codes


def _counted_preposition(sentence: Sentence, first: int) -> str:
    """The preposition before a number and a name: `by the ten ASEAN states`."""
    for index in range(first - 1, first - 9, -1):
        word = sentence.word(index)
        if word in ("by", "with", "between"):
            return word
        counts = word.isdecimal() or word in sentence.lexicon.grammar.numbers or word in ("the", "all", "other", "member")
        described = _within_name(sentence, index) or word == "-" or "-" in (sentence.word(index - 1), sentence.word(index + 1))
        if not (counts or described):
            break
    return ""


def _of_office(sentence: Sentence, first: int) -> str:
    """The preposition before an office that is a state's: `by` in `signed by Minister of Finance of Moldova Petru Rotaru`."""
    organs = sentence.lexicon.organisations.state | sentence.lexicon.organisations.person
    held = False
    for index in range(first - 1, max(first - _OFFICE, -1), -1):
        word = sentence.word(index)
        if word in ("by", "with", "between"):
            return word if held else ""
        held = held or word in organs
        if not (sentence.line.capitalised(index) or word in ("of", "for", "the", "and") or word in organs):
            break
    return ""


def _within_name(sentence: Sentence, index: int) -> bool:
    """Whether a word belongs to an adjective of a country or region: `the ten south-east Asian ASEAN states`."""
    place = sentence.line.words[index].start if index >= 0 else -1
    return any(mark.start <= place < mark.end and mark.form == "adjective" for mark in sentence.line.names)


def _inside_complement(sentence: Sentence, step: Step, group: Group) -> bool:
    first = sentence.line.index_at(group.start)
    return step.instrument is not None and step.instrument.head_end <= first < step.instrument.end


def _is_party(sentence: Sentence, step: Step, group: Group, organised: bool) -> bool:
    line = sentence.line
    first = line.index_at(group.start)
    preposition = group.preposition or _counted_preposition(sentence, first)
    preposition = _of_office(sentence, first) or preposition if preposition == "of" else preposition
    other = sentence.folded.startswith(sentence.lexicon.other_part, group.end)
    if other or preposition in ("between", "with") or _joined(sentence, step, group, preposition):
        return not other_step_between(sentence, step, first) and not _of_another(sentence, step, first)
    instrument = step.instrument
    if _locative(sentence, group, first):
        return False
    if instrument and instrument.first <= first < instrument.end:
        return _in_phrase(sentence, step, instrument, group)
    if preposition == "by":
        return first >= step.governor.first
    if first < step.governor.first and not step.passive:
        owner = group.preposition == "of" and not organised
        return owner or group.preposition in ("", "and", "by", "from") or _seated(sentence, first)
    return _is_object(step, group, preposition, first)


def _joined(sentence: Sentence, step: Step, group: Group, preposition: str) -> bool:
    """Whether a name is that of the bloc that talks on membership are about: `negotiations on entry into NAFTA`."""
    membership = step.free_form == "treaty" or (step.free_form is not None and step.governor.meaning.construction == "talks")
    blocs = {*sentence.lexicon.bloc_heads, *sentence.lexicon.members, *sentence.lexicon.joining.subjects}
    return membership and preposition in ("into", "to", "of") and bool(blocs & set(group.codes))


def _is_object(step: Step, group: Group, preposition: str, first: int) -> bool:
    """Whether a name behind a verb is a party: whom an instrument is offered to, or whom a deal without a noun is made with."""
    instrument, before = step.instrument, first < step.governor.first
    if instrument and step.governor.end <= first < instrument.first and preposition in ("", "to"):
        return preposition == "" or step.status == "proposed"
    direct = instrument is None and not step.passive and step.governor.meaning.construction != "talks"
    return direct and not before and group.preposition in ("", "and") and not group.place


def _in_phrase(sentence: Sentence, step: Step, instrument: Instrument, group: Group) -> bool:
    """Whether a name within an instrument's phrase is a party: `the EU-Mercosur deal`, `the treaty of Peru and Chile`.

    The bloc that an instrument makes is a party to who joins or leaves it.
    """
    first = sentence.line.index_at(group.start)
    if _sent_from(sentence, first):
        return True
    if instrument.head <= first < instrument.head_end:
        return not step.governor.meaning.strong
    if first < instrument.head:
        return len(group.members) > 1 or not _capital(sentence, group)
    return _owns(sentence, group, first - instrument.head_end)


def _of_another(sentence: Sentence, step: Step, first: int) -> bool:
    """Whether another instrument stands between a step and a name: `a deal to keep A as a pact with B`."""
    own = step.instrument
    if own is None or first < own.head:
        return False
    return any(own.head_end <= each.head < first and each is not own for each in sentence.instruments)


def _capital(sentence: Sentence, group: Group) -> bool:
    """Whether a name is that of a capital, which within an instrument's name is its place: `the Washington Declaration`."""
    return any(mark.start == group.start and mark.form == "capital" for mark in sentence.line.names)


def _owns(sentence: Sentence, group: Group, distance: int) -> bool:
    """Whether an `of` behind an instrument's noun names its parties: right behind it, or naming several or a bloc."""
    bloc = any(group.start <= mark.start < group.end and mark.kind == "bloc" for mark in sentence.line.names)
    several = len(group.codes) > 1 or bloc
    return group.preposition == "of" and (distance <= 3 or several)


def _seated(sentence: Sentence, first: int) -> bool:
    """Whether a place is the seat of a government that acts: `the government in Dushanbe`."""
    return sentence.word(first - 1) == "in" and sentence.word(first - 2) in sentence.lexicon.seats


def _sent_from(sentence: Sentence, first: int) -> bool:
    """Whether a state is told as that of those who act: `officials from Chile`, `his counterparts from Iran and Oman`."""
    before = sentence.between(first - 5, first)
    return "from" in before[-3:] and bool(set(before) & sentence.lexicon.organisations.state)


def _locative(sentence: Sentence, group: Group, first: int) -> bool:
    if _seated(sentence, first):
        return False
    if _sent_from(sentence, first):
        return False
    if group.preposition in ("in", "at", "via", "through", "across", "against", "from", "into", "on"):
        return True
    words = sentence.lexicon.locatives
    return (
        sentence.word(first - 1) in words
        or (sentence.word(first - 1) == "the" and sentence.word(first - 2) in words)
        or (" ".join(sentence.between(first - 2, first)) in words)
    )


def _collective(sentence: Sentence, step: Step, window: Window) -> int | None:
    """How many earlier parties words such as `both sides` or `by the two countries` point back to; None for no such words."""
    line = sentence.line
    start, end = line.words[window.first].start, line.words[window.end - 1].end
    if step.instrument and sentence.word(step.instrument.first) == "their":
        return 0
    for low, high, size in _collectives(sentence, start, end):
        first = line.index_at(low)
        if _counts_another(sentence, first, line.index_at(high)):
            continue
        if sentence.word(first) == "they" and sentence.lexicon.sayings.find(sentence.word(first + 1)):
            continue
        governed = sentence.word(first - 1) in ("between", "by", "with", "of", "among")
        inside = step.instrument is not None and step.instrument.head_end <= first < step.instrument.end
        if first < step.governor.first or (governed and (inside or first - step.governor.end <= _NEAR)):
            return size
        if sentence.word(line.index_at(high)) in ("said", "agreed", "declared", "announced", "pledged"):
            return size
    return None


def _counts_another(sentence: Sentence, first: int, end: int) -> bool:
    """Whether `the two` only counts what follows (`the two documents`), or `we` are somebody beside a partner."""
    if sentence.word(first) == "we":
        return "with" in sentence.between(first, len(sentence.line.words))
    if sentence.between(first, end) != ["the", "two"]:
        return False
    following, grammar = sentence.word(end), sentence.lexicon.grammar
    closed = (grammar.prepositions, grammar.conjunctions, grammar.auxiliaries, grammar.times, grammar.adverbs)
    verb = any(each.first == end for each in sentence.governors)
    return following[:1].isalnum() and not verb and not any(following in words for words in closed)


def _collectives(sentence: Sentence, start: int, end: int) -> list[tuple[int, int, int]]:
    """The words that stand for parties named elsewhere, with span and number: `both sides`, `the five littoral states`."""
    lexicon = sentence.lexicon
    marks = [
        (start + mark.start, start + mark.end, mark.meaning) for mark in lexicon.collectives.find(sentence.folded[start:end])
    ]
    counted = [
        (match.start(), match.end(), lexicon.grammar.numbers.index(match.group(1)) + 1)
        for match in lexicon.counted.finditer(sentence.folded, start, end)
    ]
    longer = [each for each in counted if not any(low <= each[0] < high for low, high, _ in marks)]
    return sorted((*marks, *longer))
