"""When an instrument came to where it stands: the date that a clause gives for a status.

Reading it off the sentence belongs here; carrying a date from sentence to sentence belongs to `carried`.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.claims.agreements.bystanders import said_spans
from pipeline.claims.agreements.status import Governor, Sentence, Step, auxiliary_start, enclosed, past
from pipeline.claims.agreements.windows import Window, own_stretch
from pipeline.language.dates import find_dates
from pipeline.language.marks import DateMark

Span = tuple[date | None, date | None]
NO_DATE: Span = (None, None)
_PERFECT = frozenset({"has", "have", "had"})
_SINCE = re.compile(r"^(?:(?:ever )?since|(?:effective |starting )?(?:as )?(?:from|of))\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|\b(?:last|this|year|ago)\b", re.IGNORECASE)
_THAT_YEAR = re.compile(r"(?: of)? (?:that|the same) year\b", re.IGNORECASE)
_DEICTIC = re.compile(r"\b(?:today|tonight|tomorrow|yesterday|now|week|weekend|month)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:tomorrow|next (?:week|weekend|month))\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WEEK = timedelta(days=7)
_RECENT = 60
_TO_WITHIN = 5
_VERB_BEFORE = 2
_REMARKED = ("after", "before", "by", "without", "since", "upon", "on")
_ON_ITS_DAY = frozenset({"signed", "agreed"})
_OWN_DATE = ("ratified", "extended", "suspended", "terminated", "in_force", "initialed")


class Calendar(NamedTuple):
    """What the dates of a clause are read against: the publication, and where the text has set them, a year and a date.

    `year` is that of the chronicle that the clause stands in, `told` the date told last, which `that year` points back to.
    """

    published_on: date | None
    year: int | None = None
    told: Span = NO_DATE


def status_date(sentence: Sentence, step: Step, window: Window, dates: Sequence[DateMark], calendar: Calendar) -> Span | None:
    """The date that a clause gives for a status; None if it gives none."""
    chosen = _chosen(sentence, step, window, dates)
    if chosen is None:
        return None
    text = sentence.folded
    if _THAT_YEAR.search(text, chosen.start, chosen.end) or _THAT_YEAR.match(text, chosen.end):
        return _in_that_year(chosen, calendar.told)
    if calendar.year and not _YEAR.search(chosen.text):
        return in_year(chosen, calendar.year)
    published_on = calendar.published_on
    span = _by_itself(sentence, step, chosen, dates, published_on) or _span(chosen, published_on)
    if chosen.role == "until":
        return span[1], span[1]
    if step.modality == "reported" and not scheduled(sentence, step):
        return _last_time(span, chosen, published_on)
    return span if step.modality in ("possible", "negated") else _next_time(span, chosen, published_on)


def _chosen(sentence: Sentence, step: Step, window: Window, dates: Sequence[DateMark]) -> DateMark | None:
    """The date that a clause ties to a status: the first one behind its verb, else the last one before it."""
    words = sentence.line.words
    start, end = words[window.first].start, words[window.end - 1].end
    low = words[step.governor.first].start
    others = [words[each.first].start for each in sentence.governors if _has_own_date(sentence, step, each)]
    inside = [mark for mark in dates if start <= mark.start < end and _fits(sentence, step, mark)]
    if step.status not in _ON_ITS_DAY:
        inside = [mark for mark in inside if not _names_instrument(sentence, step, mark)] or inside
    quiet = [span for span in said_spans(sentence, window) if not span[0] <= low < span[1]] if inside else []
    inside = [
        mark
        for mark in inside
        if _opens_when(sentence, mark)
        or not (_set_off(sentence, step, mark) or any(first <= mark.start < last for first, last in quiet))
    ]
    after = [mark for mark in inside if _behind(sentence, step, mark, others) or mark.start <= low < mark.end]
    before = [mark for mark in inside if mark.end <= low and not any(mark.end <= other < low for other in others)]
    if step.instrument and _describing(sentence, step, step.governor.first):
        opening = words[step.instrument.first].start
        before = [mark for mark in inside if mark.end <= opening]
    elif step.instrument and _described(sentence, step):
        before = [mark for mark in before if mark.start >= words[step.instrument.first].start]
    before = [mark for mark in before if not _of_main_verb(sentence, step, mark)]
    stretch = own_stretch(sentence, step) if len(after) > 1 else None
    if stretch:
        low, high = words[stretch.first].start, words[stretch.end - 1].end
        after = [mark for mark in after if low <= mark.start < high] or after
    return after[0] if after else before[-1] if before else None


def _names_instrument(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a year only says which instrument is meant: `withdrew from the 1996 convention`."""
    instrument, end = step.instrument, sentence.line.index_at(mark.end)
    if instrument is None or not 0 <= instrument.head - end <= _VERB_BEFORE:
        return False
    return bool(sentence.lexicon.grammar.determiners & set(sentence.between(sentence.line.index_at(mark.start) - 1, end)))


def _describing(sentence: Sentence, step: Step, end: int) -> bool:
    """Whether a participle before a word only describes a step's instrument: `the pact signed in May has been ratified`."""
    instrument = step.instrument
    return (instrument is not None and step.passive) and any(
        instrument.head_end <= each.first < end and each.first != step.governor.first and _bare_participle(sentence, each)
        for each in sentence.governors
    )


def _described(sentence: Sentence, step: Step) -> bool:
    """Whether a step is told by such a participle, and another verb tells what became of its instrument."""
    instrument = step.instrument
    if instrument is None or step.governor.first < instrument.head_end or not _bare_participle(sentence, step.governor):
        return False
    return any(
        each.first > step.governor.end
        and (each.meaning.construction == "state" or auxiliary_start(sentence, each.first) < each.first)
        and each.meaning.construction in ("verb", "state")
        for each in sentence.governors
    )


def _bare_participle(sentence: Sentence, governor: Governor) -> bool:
    """Whether a verb stands in a past form without auxiliaries, right behind no `and`."""
    bare = auxiliary_start(sentence, governor.first) == governor.first and past(sentence, governor)
    return bare and governor.meaning.construction == "verb"


def _of_main_verb(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a date is that of a past verb on which what is to be done depends: `On Friday Peru agreed to sign the pact`."""
    first, grammar = step.governor.first, sentence.lexicon.grammar
    infinitive = next((at for at in range(first - 1, max(first - _TO_WITHIN, -1), -1) if sentence.word(at) == "to"), None)
    if infinitive is None or step.modality == "reported":
        return False
    own = sentence.between(auxiliary_start(sentence, infinitive + 1), infinitive)
    if any(word in grammar.auxiliaries or word in grammar.planned for word in own):
        return False
    between = sentence.between(sentence.line.index_at(mark.start) - _VERB_BEFORE, infinitive)
    return any(word.endswith("ed") or word in sentence.lexicon.participles for word in between)


def _set_off(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a date belongs to a remark that commas set off."""
    return enclosed(sentence, step, sentence.line.index_at(mark.start), sentence.line.index_at(mark.end))


def _opens_when(sentence: Sentence, mark: DateMark) -> bool:
    """Whether a clause behind a date tells what happened then: `since May, when they signed it`."""
    return sentence.folded.startswith((", when", " when"), mark.end)


def _has_own_date(sentence: Sentence, step: Step, other: Governor) -> bool:
    """Whether another verb of the sentence tells a status that a date beyond it belongs to."""
    instrument = step.instrument
    start = min(instrument.first, step.governor.first) if instrument else 0
    describing = instrument is not None and start <= other.first < instrument.head
    purpose = sentence.word(other.first - 1) == "to"
    if sentence.word(step.governor.first) in sentence.lexicon.splits and other.meaning.construction == "state":
        return False
    if sentence.word(other.first).endswith("ing") and sentence.word(other.first - 1) in _REMARKED:
        return False
    dated = (other.meaning.status, other.meaning.construction) == ("signed", "state")  # `the pact, which dates from 1994`
    telling = other.meaning.strong or dated or (other.meaning.status in _OWN_DATE and not purpose)
    return other.first != step.governor.first and telling and not describing


def _behind(sentence: Sentence, step: Step, mark: DateMark, others: Sequence[int]) -> bool:
    """Whether a date stands behind a verb with no other verb between: `extended the pact, which has run since May`."""
    words = sentence.line.words
    low, high = words[step.governor.first].start, words[step.governor.end - 1].end
    if mark.start < low or mark.end <= high or any(high <= other < mark.start for other in others):
        return False
    between = sentence.between(step.governor.end, sentence.line.index_at(mark.start))
    active = step.governor.meaning.construction == "verb" and not step.passive
    return not active or not set(between) & sentence.lexicon.grammar.auxiliaries


def in_year(mark: DateMark, year: int | None) -> Span:
    """The span of a date, moved to a year that the text has set, unless it names its own."""
    if year is None or mark.date_start is None or mark.date_end is None or _YEAR.search(mark.text):
        return mark.date_start, mark.date_end
    later = mark.date_end.year - mark.date_start.year
    return _moved(mark.date_start, year - mark.date_start.year), _moved(mark.date_end, year + later - mark.date_end.year)


def _in_that_year(mark: DateMark, told: Span) -> Span:
    """A date in the year of the one told last: `in June of that year`."""
    latest = told[1] or told[0]
    if latest is None or mark.date_start is None or mark.date_end is None:
        return mark.date_start, mark.date_end
    years = latest.year - mark.date_start.year
    return _moved(mark.date_start, years), _moved(mark.date_end, years)


def _by_itself(
    sentence: Sentence, step: Step, chosen: DateMark, dates: Sequence[DateMark], published_on: date | None
) -> Span | None:
    """A date without a year read anew where the one before belongs to a remark: `signed in May 2018, took effect on 1 June`."""
    instrument = step.instrument
    if instrument and _describing(sentence, step, step.governor.first) and not _YEAR.search(chosen.text):
        bare = find_dates(chosen.text, published_on)
        return (bare[0].date_start, bare[0].date_end) if bare else None
    before = [mark for mark in dates if mark.end <= chosen.start]
    if not before or _YEAR.search(chosen.text) or not _set_off(sentence, step, before[-1]):
        return None
    bare = find_dates(chosen.text, published_on)
    start = bare[0].date_start if bare else None
    recent = published_on is not None and start is not None and 0 <= (published_on - start).days <= _RECENT
    return (start, bare[0].date_end) if recent else None


def _span(mark: DateMark, published_on: date | None) -> Span:
    if mark.role != "since":
        return mark.date_start, mark.date_end
    bare = find_dates(_SINCE.sub("", mark.text), published_on)
    return (bare[0].date_start, bare[0].date_end) if bare else (mark.date_start, mark.date_start)


def scheduled(sentence: Sentence, step: Step) -> bool:
    """Whether a trigger stands in a present form that may tell of a time to come; `has come into force` does not."""
    if _PERFECT & set(sentence.between(auxiliary_start(sentence, step.governor.first), step.governor.first)):
        return False
    return " ".join(sentence.between(step.governor.first, step.governor.end)) in sentence.lexicon.scheduled


def _next_time(span: Span, mark: DateMark, published_on: date | None) -> Span:
    """A day or month without a year, taken for its next return after the publication."""
    start, end = span
    if published_on is None or start is None or end is None or start > published_on or _YEAR.search(mark.text):
        return span
    if _DEICTIC.search(mark.text) or start == published_on:
        return span
    if _WEEKDAY.search(mark.text):
        dated = any(sign.isdecimal() for sign in mark.text)  # `Wednesday 21 March` is one day and no other
        return span if dated else (start + _WEEK, end + _WEEK)
    years = published_on.year - start.year
    if _moved(start, years) <= published_on:
        years += 1
    return _moved(start, years), _moved(end, years)


def _last_time(span: Span, mark: DateMark, published_on: date | None) -> Span:
    """A day or month without a year that would be ahead, taken for its last return: what is reported lies behind."""
    start, end = span
    if published_on is None or start is None or end is None or start <= published_on:
        return span
    if _YEAR.search(mark.text) or _TO_COME.search(mark.text):
        return span
    return _moved(start, -1), _moved(end, -1)


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _fits(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a date tells of the status, not of the instrument's term, its base year or its title."""
    if mark.role == "base" or (mark.date_start is None and mark.date_end is None):
        return False
    index = sentence.line.index_at(mark.start)
    instrument = step.instrument
    if instrument and instrument.first <= index < instrument.head:
        return False
    return _role_fits(sentence, step, mark) and _place_fits(sentence, step, mark, index)


def _role_fits(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a status can come about at the kind of time that a date tells."""
    if mark.role == "until":
        return _ends_then(sentence, step, mark)
    ahead = step.modality in ("target", "forecast", "possible", "negated")
    if mark.role == "deadline":
        return ahead or step.status in ("negotiating", "proposed")
    dated = sentence.word(sentence.line.index_at(mark.start) - 1) in ("dates", "date", "dated", "dating")
    state = step.governor.meaning.construction == "state"
    told = dated or (state and mark.text.startswith("from ")) or _opens_when(sentence, mark)
    return mark.role != "since" or told or step.status in ("in_force", "negotiating", "suspended")


def _place_fits(sentence: Sentence, step: Step, mark: DateMark, index: int) -> bool:
    """Whether a date stands where the time of a status stands: not in brackets of its own, in a title, or as a term."""
    instrument, before = step.instrument, sentence.word(index - 1)
    alone = (
        before == "(" and sentence.folded.startswith(")", mark.end) and not (instrument and index - 1 == instrument.head_end)
    )
    if not alone and _bracketed(sentence, index) != _bracketed(sentence, step.governor.first):
        return False
    if (
        step.modality == "negated"
        and mark.end <= sentence.line.words[step.governor.first].start
        and _between(sentence, step, mark)
    ):
        return False
    if before == "for" and sentence.word(index - 2) in sentence.lexicon.grammar.planned:
        return True
    titled = instrument is not None and instrument.head_end <= index <= instrument.end and before in ("of", "for", "from")
    return not titled and before not in sentence.lexicon.grammar.terms


def _between(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether what another verb tells stands between a date and a denial: `ran out in May and has not been renewed`."""
    index = sentence.line.index_at(mark.start)
    own = auxiliary_start(sentence, step.governor.first)
    return any(each.first < index for each in sentence.governors if each.first != step.governor.first) and bool(
        {"and", "but", ","} & set(sentence.between(index, own + 1))
    )


def _ends_then(sentence: Sentence, step: Step, mark: DateMark) -> bool:
    """Whether a date is that of an instrument's end, told by the verb itself: `expires on 31 December`."""
    place = sentence.line.words[step.governor.first].start
    return step.status == "terminated" and mark.start <= place < mark.end


def _bracketed(sentence: Sentence, index: int) -> bool:
    signs = [word for word in sentence.between(0, index) if word in "()"]
    return bool(signs) and signs[-1] == "("
