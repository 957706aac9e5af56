"""Stretches of a clause that name no parties: who said it, who hosted it, who looked on.

Who is a party belongs to `parties`.
"""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.claims.agreements.lexicon import AgreementLexicon
from pipeline.claims.agreements.organisations import Run
from pipeline.claims.agreements.status import Sentence, Step
from pipeline.claims.agreements.windows import Window
from pipeline.claims.context.sides import Group, side_groups
from pipeline.language.marks import NameMark

_AT = ("of", "at", "during", "in", "after", "before", "for", "following", "ahead")
_AT_MOST = 3
_WITHIN = 24
_HELD = 90
_LONGEST_NAME = 10
_PAIR = 2
_ITSELF = ("it", "its", "itself", "they", "we", "our", "us")
_SIGNING = ("by", "and", "between", "with")


def quiet_spans(sentence: Sentence, window: Window) -> list[tuple[int, int]]:
    """Stretches that name no parties: who said it, who hosted it, who looked on."""
    line = sentence.line
    start, end = line.words[window.first].start, line.words[window.end - 1].end
    spans = []
    for mark in sentence.lexicon.bystanders.find(sentence.folded[start:end]):
        stop = _next_break(sentence, start + mark.end, end)
        between = sentence.folded.find(" between ", start + mark.end, stop)
        spans.append((start + mark.start, stop if between < 0 else between))
    for mark in sentence.lexicon.onlookers.find(sentence.folded[start:end]):
        opened = max(sentence.folded.rfind(sign, start, start + mark.start) for sign in (",", " with "))
        spans.append((max(opened, start), start + mark.end))
    return spans + said_spans(sentence, window)


def said_spans(sentence: Sentence, window: Window) -> list[tuple[int, int]]:
    """Stretches that only tell who said it, where and when: `, the ministry in Astana said on Friday`."""
    line = sentence.line
    start, end = line.words[window.first].start, line.words[window.end - 1].end
    spans = []
    for mark in sentence.lexicon.sayings.find(sentence.folded[start:end]):
        place = start + mark.start
        segment = sentence.folded.rfind(",", start, place)
        close = _next_break(sentence, place, end)
        that = sentence.folded.find(" that ", place, close)
        close = that if that >= 0 else close
        if segment >= 0 and not _holds_step(sentence, segment, close):
            spans.append((segment, close))
        elif mark.phrase in ("according to",):
            spans.append((place, close))
    return spans


def reacting_spans(sentence: Sentence, window: Window, step: Step) -> list[tuple[int, int]]:
    """The stretch before a verb of who only says something of what others do: `Peru urged Chad and Mali to sign a pact`."""
    line = sentence.line
    start, end = line.words[window.first].start, line.words[window.end - 1].end
    act = line.words[step.governor.first].start
    found = list(sentence.lexicon.reactions.finditer(sentence.folded, start, min(act, end)))
    if not found:
        return []
    react = found[-1]
    states = [mark for mark in line.names if mark.kind in ("country", "bloc") and mark.codes]
    own = {code for mark in states if start <= mark.start < react.start() for code in mark.codes}
    behind = [mark for mark in states if react.end() <= mark.start < end]
    others = {code for mark in behind for code in mark.codes} - own
    if not own or len(others) < _PAIR or not _governs(sentence, react.end(), step):
        return []
    groups = side_groups(sentence.folded, react.end(), behind)
    theirs = any(_acts_in_it(sentence, group, step) for group in groups)
    return [(start, react.end())] if theirs else []


def _governs(sentence: Sentence, told: int, step: Step) -> bool:
    """Whether a verb of saying has an act behind it as what is said, not as what its own subject does too or is asked to do."""
    line, grammar = sentence.line, sentence.lexicon.grammar
    first, act = line.index_at(told), step.governor.first
    if {*_ITSELF, "their", "both"} & set(sentence.between(first, act)) or _with_itself(sentence, act):
        return False
    for index in range(first, act):
        word, following = sentence.word(index), sentence.word(index + 1)
        if word in (",", ";") and following not in ("which", "that"):
            return False
        if word in ("and", "but") and not (line.capitalised(index + 1) or following in grammar.determiners):
            return False
    return True


def _with_itself(sentence: Sentence, act: int) -> bool:
    """Whether others act with who speaks: `Peru hopes that Chad and Mali will sign a pact with it`."""
    words = sentence.between(act, len(sentence.line.words))
    return any(word in ("with", "between", "and") and each in _ITSELF for word, each in pairwise(words))


def _acts_in_it(sentence: Sentence, group: Group, step: Step) -> bool:
    """Whether names behind a verb of saying are the subject of the act behind them."""
    line, grammar = sentence.line, sentence.lexicon.grammar
    first, act = line.index_at(group.end), step.governor.first
    if group.preposition not in ("", "and", "of") or first > act:
        return False
    for index in range(first, act):
        word, following = sentence.word(index), sentence.word(index + 1)
        timed = word in ("on", "in") and following in grammar.calendar
        given = index == act - 1 and word in ("for", "on")
        closed = grammar.prepositions | grammar.conjunctions | {",", ";"}
        if word in closed - {"to", "also"} and not (timed or given):
            return False
    return True


def _next_break(sentence: Sentence, place: int, end: int) -> int:
    found = [at for at in (sentence.folded.find(sign, place, end) for sign in (",", ";")) if at >= 0]
    return min(found, default=end)


def _holds_step(sentence: Sentence, start: int, end: int) -> bool:
    words = sentence.line.words
    return any(start <= words[each.first].start < end for each in sentence.governors) or any(
        start <= words[each.head].start < end for each in sentence.instruments
    )


def gathers(folded: str, mark: NameMark, lexicon: AgreementLexicon) -> bool:
    """Whether a bloc only names what something happened at: `on the sidelines of the ECO summit`."""
    if _meeting_of(folded[max(mark.start - _HELD, 0) : mark.start], lexicon):
        return True
    before = folded[max(mark.start - _WITHIN, 0) : mark.start].replace("\n", " ").split()
    placed = any(word in _AT for word in before[-_AT_MOST:])
    return placed and folded.startswith(lexicon.gatherings, mark.end)


def _meeting_of(before: str, lexicon: AgreementLexicon) -> bool:
    """Whether words before a bloc tell a meeting of it: `during the summit of the heads of state of the`."""
    held = lexicon.gatherings_of.find(before)
    if not held:
        return False
    opened, told = before[: held[-1].start].split(), before[held[-1].end :].split()
    closed = (lexicon.grammar.prepositions - {"of"}) | lexicon.grammar.auxiliaries
    named = len(told) <= _LONGEST_NAME and not any(word in closed or word[-1] in ",;." for word in told)
    return named and bool(set(opened[-_AT_MOST - 1 :]) & {*_AT, "at"})


def silent(sentence: Sentence, run: Run, quiet: Sequence[tuple[int, int]]) -> bool:
    """Whether a name stands where no party stands: with who says it, or as somebody's employer."""
    start = sentence.line.words[run.first].start
    title, organisations = sentence.word(run.end), sentence.lexicon.organisations
    employer = title in organisations.person | {"analyst", "economist"}
    signs = title in organisations.signing_for and (run.first == 0 or sentence.word(run.first - 1) in _SIGNING)
    return (employer and not signs) or any(first <= start < last for first, last in quiet)
