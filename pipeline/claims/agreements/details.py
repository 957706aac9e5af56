"""Where and about what an instrument is: the details that a sentence adds to a status.

Dates belong to `timing`.
"""

import re
from collections.abc import Sequence
from datetime import date

from pipeline.claims.agreements.bystanders import said_spans
from pipeline.claims.agreements.instruments import Instrument
from pipeline.claims.agreements.status import Sentence, Step, enclosed
from pipeline.claims.agreements.windows import Window
from pipeline.language.marks import NameMark

Span = tuple[date | None, date | None]
NO_DATE: Span = (None, None)
_SINCE = re.compile(r"^(?:ever )?since\s+", re.IGNORECASE)
_PART = re.compile(r"\s*(?:,|;)\s*(?:and\s+)?(?:on\s+)?|\s+and\s+(?:on\s+)?", re.IGNORECASE)
_ON = re.compile(r"\bon\s+", re.IGNORECASE)
_THAT_YEAR = re.compile(r"\b(?:that|the same) year\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\b(?:last|this|year|ago)\b", re.IGNORECASE)
_MEETS = frozenset({"after", "following", "at", "during"})
_MANY = 5
_FIELDS = 3
_NONE = "none"
_RECENT = 60


def place_of(sentence: Sentence, step: Step, window: Window) -> str | None:
    """The town or place that a clause names for a status, verbatim."""
    words = sentence.line.words
    start, end = words[window.first].start, words[window.end - 1].end
    found, quiet = [], said_spans(sentence, window)
    for mark in sentence.line.names:
        if any(first <= mark.start < last for first, last in quiet):
            continue
        if not (start <= mark.start < end) or not (mark.kind in ("place", "port") or mark.form == "capital"):
            continue
        index = sentence.line.index_at(mark.start)
        if _told_of_another(sentence, step, index) or enclosed(sentence, step, index) or _aimed_at(sentence, step, index):
            continue
        if sentence.word(index - 2) in sentence.lexicon.grammar.posts or _is_seat(sentence, index):
            continue
        opens = index == 0 and sentence.word(1) == "," and sentence.word(2) in sentence.lexicon.grammar.times
        if (
            opens
            or sentence.word(index - 1) in ("in", "at")
            or sentence.between(index - 2, index) in (["in", "the"], ["at", "the"])
        ):
            found.append((index < step.governor.first, abs(index - step.governor.first), mark.text))
    return min(found)[2] if found else _place_in_front(sentence, step)


def _is_seat(sentence: Sentence, index: int) -> bool:
    """Whether a place is where somebody named with it sits (`the embassy in the Hague`, `the government in Dushanbe`)."""
    posts, seated = sentence.lexicon.grammar.posts, sentence.lexicon.grammar.seated
    if sentence.word(index - 1) == "in" and sentence.word(index - 2) in seated:
        return True
    return sentence.between(index - 2, index) in (["in", "the"], ["general", "in"]) and sentence.word(index - 3) in posts


def _place_in_front(sentence: Sentence, step: Step) -> str | None:
    """The place of the meeting that a sentence opens with (`After talks in X, the two signed`)."""
    comma = next((index for index in range(step.governor.first) if sentence.word(index) == ","), 0)
    if sentence.word(0) not in sentence.lexicon.grammar.times | _MEETS:
        return None
    return next(
        (
            mark.text
            for mark in sentence.line.names
            if (mark.kind == "place" or mark.form == "capital")
            and sentence.line.index_at(mark.end) == comma
            and sentence.word(sentence.line.index_at(mark.start) - 1) in ("in", "at")
        ),
        None,
    )


def _aimed_at(sentence: Sentence, step: Step, index: int) -> bool:
    """Whether a place is that of what an instrument is for: `a deal to build a port at X`."""
    start = max(step.governor.end, step.instrument.head_end if step.instrument else 0)
    return any(
        sentence.word(at) == "to"
        and sentence.word(at + 1) not in sentence.lexicon.grammar.determiners
        and not sentence.line.capitalised(at + 1)
        for at in range(start, index)
    )


def _told_of_another(sentence: Sentence, step: Step, index: int) -> bool:
    """Whether another trigger stands between a step and a place, which is the place of that one."""
    low, high = sorted((step.governor.first, index))
    return any(low < each.first < high and each.meaning.strong for each in sentence.governors)


def topic(sentence: Sentence, instrument: Instrument | None, window: Window, context: Sequence[str], organised: bool) -> str:
    """The subject of an instrument: what its phrase says, else its sentence, else the heading (`context`).

    `organised` says that organisations are parties, whose names tell what it is about.
    """
    if _many_fields(sentence, instrument, window):
        return next(iter(sentence.lexicon.generic_subjects))
    own = phrase_topic(sentence, instrument) or _general_topic(sentence, instrument)
    if own == "peace" and instrument and instrument.subject == "peace" and _trade_truce(sentence, instrument, context):
        return "trade"
    if own:
        return own
    if instrument and instrument.form == "declaration" and _ranked(sentence):
        return "partnership"
    phrase = _in_phrase(sentence, instrument)
    first, middle = (instrument.first, instrument.end) if instrument else (window.first, window.first)
    after = _specific(sentence, _in_words(sentence, middle, window.end))
    before = _specific(sentence, _in_words(sentence, window.first, first))
    ordered = (after, before, phrase) if organised else (after, phrase, before)
    several = instrument is not None and instrument.count != 1
    told = next((found[0] for found in ordered if found), None)
    if told or several:
        return told or "other"
    general = _in_words(sentence, middle, len(sentence.line.words)) if instrument else []
    return next(iter((*general, *context)), "other")


def _many_fields(sentence: Sentence, instrument: Instrument | None, window: Window) -> bool:
    """Whether a pact is one on relations at large, told by its fields: `a strategic pact on trade, energy, arms`."""
    if instrument is None or instrument.count != 1 or instrument.form == "contract":
        return False
    general = set(_in_words(sentence, instrument.first, instrument.head_end)) & set(sentence.lexicon.generic_subjects)
    fields = set(_specific(sentence, _in_words(sentence, instrument.head_end, max(window.end, instrument.end))))
    return bool(general) and len(fields) >= _FIELDS


def _trade_truce(sentence: Sentence, instrument: Instrument, context: Sequence[str]) -> bool:
    """Whether a truce or the like is one of a trade war, as the sentence or its heading shows."""
    if "peace" in _in_phrase(sentence, instrument):
        return "trade" in _in_phrase(sentence, instrument)
    return "trade" in (*_in_words(sentence, 0, len(sentence.line.words)), *context)


def _ranked(sentence: Sentence) -> bool:
    """Whether a sentence tells of a formal rank of relations."""
    words = sentence.line.words
    return bool(sentence.lexicon.upgrade.ranks.find(sentence.folded[words[0].start : words[-1].end]))


def _general_topic(sentence: Sentence, instrument: Instrument | None) -> str | None:
    """A general subject that the rest of the sentence does not narrow: of a name, of a complement, of many at once."""
    if instrument is None:
        return None
    if instrument.count >= _MANY:
        return "other"
    settled = instrument.name is not None or set(_in_words(sentence, instrument.head_end, instrument.end))
    return next(iter(_in_phrase(sentence, instrument)), None) if settled else None


def phrase_topic(sentence: Sentence, instrument: Instrument | None) -> str | None:
    """The subject that an instrument's own phrase tells, None if it tells none or only a general one."""
    if instrument is None:
        return None
    return next(iter(_specific(sentence, _in_phrase(sentence, instrument))), instrument.subject)


def _specific(sentence: Sentence, subjects: Sequence[str]) -> list[str]:
    return [code for code in subjects if code not in sentence.lexicon.generic_subjects]


def _in_phrase(sentence: Sentence, instrument: Instrument | None) -> list[str]:
    """The subjects that an instrument's phrase names: its modifiers, nearest to the noun first, then its complement."""
    if instrument is None:
        return []
    modifiers = _in_words(sentence, instrument.first, instrument.head_end)
    return [*reversed(modifiers), *_in_words(sentence, instrument.head_end, instrument.end)]


def _in_words(sentence: Sentence, first: int, end: int) -> list[str]:
    if first >= end:
        return []
    words = sentence.line.words
    return _subjects(sentence, words[first].start, words[end - 1].end)


def _subjects(sentence: Sentence, start: int, end: int) -> list[str]:
    """The subjects that a stretch of text names, in order; the name of a corridor is of transport, whatever its words."""
    corridors = [mark for mark in sentence.line.names if mark.kind == "corridor" and start <= mark.start and mark.end <= end]
    marks = sentence.lexicon.subjects.find(sentence.folded[start:end])
    found = [(start + mark.start, mark.meaning) for mark in marks if mark.meaning != _NONE]
    plain = [each for each in found if not any(mark.start <= each[0] < mark.end for mark in corridors)]
    lines = [(mark.start, _carries(mark, sentence.lexicon.pipelines)) for mark in corridors]
    return [meaning for _, meaning in sorted([*plain, *lines])]


def _carries(corridor: NameMark, pipelines: frozenset[str]) -> str:
    """The subject that a corridor is of: energy for a pipeline, else transport."""
    return "energy" if set(corridor.codes) & pipelines or "pipeline" in corridor.text.lower() else "transport"


def listed_topics(sentence: Sentence, instrument: Instrument) -> list[str]:
    """The subjects of a list, `three memoranda, on A, B and C`; empty if the list does not fit the number."""
    if instrument.count == 1:
        return []
    start = instrument.head_end
    if sentence.word(start) in (",", ":"):
        start += 1
    if sentence.word(start) == "one":
        start += 1
    if sentence.word(start) not in ("on", "covering", "in", "about", "concerning"):
        return []
    words = sentence.line.words
    start_at, end_at = words[start].end, words[-1].end
    by_on = _parts(_ON, sentence, start_at, end_at)
    if instrument.count == 0:
        by_on = _parts(_ON, sentence, start_at, words[min(instrument.end, len(words)) - 1].end)
        parts = by_on if len(by_on) > 1 and sentence.word(start) == "on" else []
        return [next(iter(_subjects(sentence, *part)), "other") for part in parts]
    parts = by_on if len(by_on) == instrument.count else _parts(_PART, sentence, start_at, end_at)
    if len(parts) != instrument.count:
        return []
    return [next(iter(_subjects(sentence, *part)), "other") for part in parts]


def _parts(separator: re.Pattern[str], sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of text between separators that hold a word."""
    cuts = [start, *(place for match in separator.finditer(sentence.folded, start, end) for place in match.span()), end]
    return [
        (left, right) for left, right in zip(cuts[::2], cuts[1::2], strict=True) if sentence.folded[left:right].strip(" .,")
    ]
