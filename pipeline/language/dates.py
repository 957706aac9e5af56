"""Finds date and period expressions in English text and resolves them against the publication date.

The walk over a text belongs here, with what an expression takes from what stands before it: tense, and the year and the period
that the text spoke of. The grammar is in dates_grammar.py, the meaning of its rules in dates_meaning.py, roles in
dates_roles.py.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from pipeline.language.dates_calendar import UNRESOLVED, Period, months_of, moved
from pipeline.language.dates_fiscal import Countries, FiscalCalendar, told_calendar
from pipeline.language.dates_frame import Frame, Outlook, Reading, key, month_number
from pipeline.language.dates_grammar import Finder, Found, expanded
from pipeline.language.dates_habits import Habits
from pipeline.language.dates_meaning import resolve
from pipeline.language.dates_roles import Surroundings, bounded, kind_of, names_a_start, opening_kind, public_role
from pipeline.language.dates_speech import of_its_speech
from pipeline.language.dates_words import any_of, words
from pipeline.language.marks import DateMark, NameMark


def find_dates(text: str, published_on: date | None, names: Sequence[NameMark] = ()) -> list[DateMark]:
    """Every date and period expression of the text, sorted and disjoint; bounds inclusive, None where open or unresolved.

    Without a publication date, expressions that count from it are marked all the same, with both bounds None. The names of
    countries tell whose fiscal years the text speaks of; without them only those resolve that the text itself spells out.
    """
    lowered = _lowered(text)
    walk = _Walk(text, published_on, Habits(lowered), Countries(lowered, names))
    finder = Finder(lowered)
    at = 0
    while found := finder.search(at):
        kept = _without_quantity(finder, lowered, found)
        noted = walk.read(kept) if kept else None
        if kept and kept.right and not noted:
            noted = walk.read(kept._replace(right=None, end=kept.left[1], post=False))  # `in the half to 5.12 million`
        if noted:
            walk.enter(noted)
            at = noted.mark.end
        else:
            word = _WORD.match(lowered, found.start)
            at = word.end() if word else found.start + 1
    return of_its_speech(_within_its_year(_glossed([noted.mark for noted in walk.noted], text), text), text)


# What may stand between an expression and the bracket that puts it in other words.
_GLOSS = re.compile(r"\s?\(\s?(?:i\.e\.,?\s|from\s)?")


def _glossed(marks: list[DateMark], text: str) -> list[DateMark]:
    """The marks, with the bounds of a period that a bracket right behind it spells out (`the quarter (April 1-June 30)`)."""
    found = list(marks)
    for at, (mark, gloss) in enumerate(pairwise(marks)):
        closed = text[gloss.end : gloss.end + 2].strip()[:1] == ")"
        whole = gloss.role == "at" and gloss.date_start != gloss.date_end and gloss.date_start and gloss.date_end
        own = mark.date_start is not None and _TWO_YEARS.search(mark.text) and not _FOUR_DIGITS.search(gloss.text)
        if whole and closed and not own and mark.role == "at" and _GLOSS.fullmatch(text, mark.end, gloss.start):
            found[at] = replace(mark, date_start=gloss.date_start, date_end=gloss.date_end)
    return found


def _within_its_year(marks: list[DateMark], text: str) -> list[DateMark]:
    """The marks, with a year that only tells whose months stand before it taken up (`July to May of the fiscal year`)."""
    found: list[DateMark] = []
    for mark in marks:
        last = found[-1] if found else None
        within = (
            last and last.role == mark.role == "at" and text[last.end : mark.start] in (" of ", " in ") and _covers(mark, last)
        )
        if last and (within or (_lasts(last) and _SEASON_CLAUSE.fullmatch(text, last.end, mark.start))):
            found[-1] = replace(last, end=mark.end, text=text[last.start : mark.end])
        else:
            found.append(mark)
    return found


def _lasts(mark: DateMark) -> bool:
    """Whether a period runs over most of a year."""
    first, last = mark.date_start, mark.date_end
    return first is not None and last is not None and (last - first).days > _MOST_OF_A_YEAR


def _covers(whole: DateMark, part: DateMark) -> bool:
    bounds = (whole.date_start, part.date_start, part.date_end, whole.date_end)
    return None not in bounds and bounds[0] <= bounds[1] and bounds[2] <= bounds[3] and part.date_start != part.date_end  # type: ignore[operator]


def _lowered(text: str) -> str:
    """The text in lower case, at the same offsets."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


_WORD = re.compile(r"[^\W\d]+|\d+")
_BLANKS = re.compile(r"\s+")
# What sets one country's part of a sentence against another's.
_CONTRAST = re.compile(r";|, and\s|(?<!\w)(?:while|whereas|but)\s")
_CLAUSE_END = re.compile(r"[,;:] ")
_NO_YEAR = re.compile(r"[12]h(?!\w)|\d{1,2}m")
_JOINED_WORD = re.compile(r"[^\W\d_]-$")
# A full stop after a word of two letters or more, or a figure, before a capital; an empty line; a new item of a list or header.
_SENTENCE = re.compile(
    r"[.!?](?:(?<=[^\W\d_][a-z].)|(?<=\s\.)|(?<=[\d)\]%”\"'’].))[\"”’)\]]{0,2}\s+(?=[\"“‘(`']{0,2}\s?[^\Wa-z_\d])|\n[^\S\n]{0,80}\n"
    r"|\n(?=[^\S\n]{0,9}(?:[-•*·]\s|\d{1,2}[.)]\s|[A-Z][^\W\d_]{1,20}:\s))"
)
# `Since it opened in 2019`; of what was signed the date is that of the signature.
_SINCE_EVENT = re.compile(
    r"\b(?:season|year|period|campaign) (?:that|which) (?:began|begins|started|starts|opened) (?:on |in )?(?:the )?$"
    r"|\bsince (?!(?:[\w'’-]+ ){0,5}(?:sign|ratif|conclu|initial|adopt)\w*\s)(?:[\w'’-]+ ){1,7}(?:(?:in|on|at) )?(?:the )?$"
)
_SEASON_BOUND = re.compile(
    r"\b(?:season|campaign|(?:crop|marketing|agricultural|trading|sugar) year)(?:,? (?:that|which))? "
    r"(?:(?P<end>ended|ending|ends|closed|closes|to|until|through)|(?P<start>began|begins|started|starts|starting|beginning|opens|opened))"
    r" (?:on |in |at )?(?:the )?$"
)
# What ties a season named by its years to its end or start: `the 2015/16 season, which began on July 1`.
_SEASON_CLAUSE = re.compile(
    r"(?: season| (?:crop|marketing) year)?,? (?:(?:that|which) )?"
    r"(?:ended|ending|ends|closed|closes|began|begins|started|starts|opened|opens)"
    r" (?:on |in |at )?(?:the )?"
)
# What only explains the word before it, up to the next comma.
_ASIDE = re.compile(
    r"\s(?:which|who|whose|where|when|(?:[\w-]+\s){0,4}?[\w-]+(?:ed|lt|nt|wn|en)\s(?:[\w-]+\s){0,3}(?:in|on|since|at)\s$)"
)
# What may be a fiscal year: its words, or two years.
_FISCAL = re.compile(r"fiscal|financial|budget|accounting|tax|\bfy|\d\d[-/–]\d\d")
_TWO_YEARS = re.compile(r"\d\d[-/–]\d\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
# An expression opens its clause if no more than a few letters stand before it (`By`, `But in`, `In the`).
_OPENING_LENGTH = 8
_MODIFIER = re.compile(r"\b(?:its|their|his|her|our|the)\s$")
_LEAD = 100
# Nouns for figures of a month; names of months longer than so many letters are full ones, or May.
_FIGURES = re.compile(
    r"\s(?:[a-z]+\s){0,2}(?:[a-z]{3,20}s|data|trade|throughput|output|total|surplus|deficit|traffic|cargo|volume|figure|freight)\b"
)
# What is still to be told of a time that is over (`June numbers are due on Thursday`).
_REPORTS = re.compile(r"\s(?:[a-z]+\s){0,2}(?:data|figures|numbers|statistics|results|returns|tallies)\b")
# `May exports rise again?` asks what may be.
_MAY_FIGURES = re.compile(
    rf"{_FIGURES.pattern}\s(?:\w+ed|were|was|rose|fell|grew|hit|came|stood|of|at|to|will|should"
    r"|(?:are|is) (?:seen|expected|put|forecast|likely|due))\b"
)
_SHORT = 2
# How far behind a year that an undated text told it still holds for months, in sentences and characters.
_NEAR_SENTENCES = 3
_NEAR = 600
# How many expressions back a base with its year may place the months that are compared with it.
_LOOKED_BACK = 8
_YEAR_BEHIND = re.compile(r"\s(?:19|20)\d\d$")
_COMPARED_RULES = frozenset({"same_period", "year_s_period", "year_earlier"})
# What a heading is set off with, and how much of it.
_ORNAMENTS, _ORNAMENT = "*_#=~-–—•[]() ", 6
# A second number, between the date of the one before it and its own (`from 5 million in May and 4 million in June 2013`).
_COMPARED_TOO = re.compile(
    r",?\s(?:and|or)\s(?:(?:about|some|only|just|nearly|almost|from|with)\s){0,2}[^\W\d_]{0,3}[$€£¥]?\d[\d.,]*(?:\s[\w%./-]{1,20}){0,3}"
    r"\s(?:in|for|during|of)\s(?:the\s)?"
)
# What joins the months of one list.
_JOINED_MONTHS = re.compile(r"(?:,|,?\s(?:and|or|&))\s(?:in\s)?")
# What joins a clause with a verb of its own to the one before (`and the hub is due`).
_OWN_VERB = re.compile(r"\band\b[^,;]*\b(?:is|are|was|were|will|would|has|have|had|should|could|may|might)\b")
# Characters between two periods of one list.
_LISTED = 80
# By how much months, or quarters, differ in length.
_UNEQUAL = timedelta(days=3)
_MOST_OF_A_YEAR = 300


@dataclass(frozen=True, slots=True)
class _Noted:
    """A mark with what later expressions need of it."""

    mark: DateMark
    rule: str
    period: Period
    sentence: int


class _Patterns(NamedTuple):
    """The patterns that look around an expression."""

    hard: re.Pattern[str]
    soft: re.Pattern[str]
    time_before: re.Pattern[str]
    number_before: re.Pattern[str]
    tense: re.Pattern[str]
    future: re.Pattern[str]
    month_before: re.Pattern[str]
    weekday_before: re.Pattern[str]


def _compiled(template: str) -> re.Pattern[str]:
    return re.compile(expanded(template))


@cache
def _patterns() -> _Patterns:
    data = words()
    nouns, ambiguous = data["quantity_nouns"], data["ambiguous"]
    future, past = any_of(data["future"]["words"]), any_of(data["past"]["words"])
    verbs = rf"(?<!\bbe )(?<!\bbeen )(?<!\bbeing ){any_of(data['past']['verbs'])}"
    return _Patterns(
        hard=_compiled(r"(?:<S>|-)?" + any_of(nouns["hard"]) + r"(?!\w)"),
        soft=_compiled(r"(?:<S>|-)" + any_of(nouns["soft"]) + r"(?!\w)"),
        time_before=_compiled(r"(?<!\w)" + any_of(nouns["time_prepositions"]) + r"<S>$"),
        number_before=_compiled(r"(?<!\w)" + any_of(nouns["leads"]) + r"[^\S\n]?$"),
        tense=_compiled(rf"(?<!\w)(?:{future}|{past}|{verbs})(?!\w)|['’]ll\b"),
        future=_compiled(rf"{future}|['’]ll"),
        month_before=_compiled(r"(?<!\w)" + any_of(ambiguous["month_prepositions"]) + r"[\s-]*$"),
        weekday_before=_compiled(r"(?<!\w)" + any_of(ambiguous["day_prepositions"]) + r"\s+$"),
    )


_DIGITS_BEHIND = re.compile(r"\d{1,4}$")


def _without_quantity(finder: Finder, text: str, found: Found) -> Found | None:
    """The match, cut short while it ends in a bare number that counts something: `in May 2000 tons`."""
    patterns = _patterns()
    kept: Found | None = found
    while kept:
        digits = _DIGITS_BEHIND.search(kept.words)
        if not digits or found.post:
            return kept
        start = kept.start + digits.start()
        soft = patterns.soft.match(text, kept.end) and not patterns.time_before.search(text[max(0, start - 12) : start])
        if not soft and not patterns.hard.match(text, kept.end):
            return kept
        kept = finder.match(found.start, start)
    return None


def _month_words(text: str) -> tuple[str, ...]:
    """The months that an expression names, in order."""
    return tuple(word for word in re.findall(r"[^\W\d_]+", text.lower()) if word in words()["months"])


def _a_year_later(period: Period) -> Period:
    """The same months of the next year."""
    first, last = (
        (moved(period.start, 12), moved(period.end + timedelta(days=1), 12)) if period.start and period.end else (None, None)
    )
    return replace(period, start=first, end=last - timedelta(days=1)) if first and last else UNRESOLVED


@dataclass
class _Walk:
    """One pass over a text, from left to right, with its memory."""

    text: str
    published: date | None
    habits: Habits
    countries: Countries
    noted: list[_Noted] = field(default_factory=list)
    spoken: tuple[Period, ...] = ()
    named: Period | None = None
    day: date | None = None
    told: date | None = None
    heading_year: int | None = None

    @cached_property
    def _sentences(self) -> list[int]:
        return [found.end() for found in _SENTENCE.finditer(self.text)]

    def read(self, found: Found) -> _Noted | None:
        """The match as a mark, or None if it is no date."""
        start, opening = found.opens, found.role
        lead = self._lead(found.start)
        frame = self._frame(start, found.end, lead + _BLANKS.sub(" ", opening + found.between))
        around = Surroundings(
            opening=opening,
            lead=lead,
            expression=found.left_words,
            behind=self.habits.text[found.end : found.end + 40],
            ranged=found.right is not None,
            onwards=found.post,
        )
        reading = self._range(found, frame) if around.ranged else self._single(found, frame, around)
        if reading is None:
            return None
        begins = reading.period.start
        ahead = begins is not None and self.published is not None and begins > self.published
        kind = kind_of(around._replace(ahead=ahead), reading)
        if kind == "since" and frame.year and self._runs_backwards(reading, start):
            reading = resolve(found.left_words, replace(frame, year=None)) or reading
        if kind == "at" and _SINCE_EVENT.search(lead) and reading.period.grain != "none":
            kind = "since"
        if season := self._season_told_by(lead, reading.period):
            kind, reading = "at", replace(reading, period=season)
        start = found.start if opening else start
        if kind == "at" and self._goes_on_comparing(start):
            kind = "base"
        period = bounded(kind, reading, self.published)
        if reading.rule == "so_far" and (begun := self._begun(start)):
            period = replace(period, start=begun)
        role = public_role(kind, period)
        mark = DateMark(start, found.end, self.text[start : found.end], period.start, period.end, role)
        return _Noted(mark, reading.rule, reading.period, self._sentence(start))

    def _season_told_by(self, lead: str, day: Period) -> Period | None:
        """The season that a date tells with its end, or with its start still to come (`the season that ended in June`)."""
        told = _SEASON_BOUND.search(lead)
        bound = (day.start if told["start"] else day.end) if told else None
        counted = told is not None and told["start"] and "year" in told[0]
        month = self.habits.season_month or (bound.month if counted else None) if bound else None
        if not month or not bound:
            return None
        ahead = self.published is not None and bound > self.published
        season = months_of(bound.year - (bound.month < month), month, 12)
        return season if season and told and (told["end"] or ahead) and day.grain in ("day", "month") else None

    def _goes_on_comparing(self, start: int) -> bool:
        """Whether a date is that of a second number compared with (`up from 5 million in May and 4 million in June 2013`)."""
        last = self.noted[-1].mark if self.noted else None
        return last is not None and last.role == "base" and _COMPARED_TOO.fullmatch(self.text, last.end, start) is not None

    def _begun(self, start: int) -> date | None:
        """Since when a count so far runs: the start of the time told before it that is not over (`in August ... so far`)."""
        sentence, published = self._sentence(start), self.published
        for noted in reversed(self.noted[-4:]):
            first, last = noted.mark.date_start, noted.mark.date_end
            if noted.sentence != sentence or not first or not published or noted.mark.role not in ("at", "since"):
                continue
            if first < published and first != last and (last is None or last >= published):
                return first
        return None

    def _runs_backwards(self, reading: Reading, start: int) -> bool:
        """Whether a start without a year would lie before what the sentence told last (`shut in May 2011 ... since March`)."""
        sentence, began = self._sentence(start), reading.period.start
        told = [noted.period.start for noted in self.noted[-4:] if noted.sentence == sentence and noted.period.start]
        return not reading.period.dated and began is not None and any(began < other for other in told)

    def enter(self, noted: _Noted) -> None:
        """Keeps a mark, and in mind what it spoke of."""
        self._bind_day_before(noted)
        self._bind_months_before(noted)
        self._bind_period_before(noted)
        if self._dates_the_start(noted):
            self.noted.pop()
        self.noted.append(noted)
        self._place_by_base(noted)
        period, role = noted.period, noted.mark.role
        if period.start and period.grain != "day":
            self.named = period
        if role == "since" and noted.mark.date_end and noted.mark.date_start:
            period = replace(period, start=noted.mark.date_start, end=noted.mark.date_end, grain="span")
        if period.start is None or period.end is None or role in ("base", "now", "deadline"):
            return
        if period.grain == "day":
            self.day = self.told = period.start
        elif noted.rule not in _TIMELESS and not self._is_aside(noted.mark):
            self.told = period.start
            self.spoken = (period, *self.spoken[:5])
        if noted.rule == "year" and self._alone_on_line(noted.mark):
            self.heading_year = period.start.year

    def _alone_on_line(self, mark: DateMark) -> bool:
        before = self.text[max(0, mark.start - _ORNAMENT) : mark.start].rpartition("\n")[2]
        after = self.text[mark.end : mark.end + _ORNAMENT]
        plain = not before.strip(_ORNAMENTS) and len(before) < min(_ORNAMENT, mark.start + 1)
        return plain and re.match(rf"[:.{re.escape(_ORNAMENTS)}]*(?:\n|$)", after) is not None

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at)

    def _sentence_start(self, at: int) -> int:
        index = self._sentence(at)
        return self._sentences[index - 1] if index else 0

    def _lead(self, start: int) -> str:
        begin = max(self._sentence_start(start), start - _LEAD)
        return _BLANKS.sub(" ", self.text[begin:start]).lower()

    def _frame(self, start: int, end: int, lead: str) -> Frame:
        return Frame(
            published=self.published,
            habits=self.habits,
            outlook=self._outlook(start, end, lead),
            year=self._year_before(start),
            spoken=self.spoken,
            named=self.named,
            day=self.day,
            told=self.told,
            lead=lead,
            fiscal=self._fiscal(start, end) if _FISCAL.search(self.habits.text, start, end) else None,
            solar=self.habits.counts_solar_years and self._is_of_solar_country(start),
        )

    def _is_of_solar_country(self, start: int) -> bool:
        """Whether the clause of an expression, or its sentence if that names no country, tells of one with solar years."""
        first, last = self._bounds(start)
        opened = [match.end() for match in _CONTRAST.finditer(self.habits.text, first, start)]
        closed = _CONTRAST.search(self.habits.text, start, last)
        clause = (opened[-1] if opened else first, closed.start() if closed else last)
        told = self.countries.told_of(clause) if self.countries.names(clause) else self.countries.told_of((first, last))
        return told in words()["solar"]["countries"]

    def _bounds(self, at: int) -> tuple[int, int]:
        """Where the sentence of a place starts and where the next one does."""
        index = self._sentence(at)
        return self._sentence_start(at), self._sentences[index] if index < len(self._sentences) else len(self.text)

    def _fiscal(self, start: int, end: int) -> FiscalCalendar | None:
        """The fiscal years that an expression speaks of: those of the text or of a country."""
        told = self.habits.fiscal_month
        if told is None and not self.habits.is_fiscal:
            return None
        country = self.countries.fiscal_calendar(start, end, self._bounds(start))
        return told_calendar(told, country) if told else country

    def _outlook(self, start: int, end: int, lead: str) -> Outlook:
        if _FOUR_DIGITS.search(self.text, start, end):
            return "open"
        nearest = self._tense(end, lead)
        if nearest is None:
            return "open"
        return "future" if _patterns().future.fullmatch(nearest) else "past"

    def _tense(self, end: int, lead: str) -> str | None:
        """The nearest word of tense: in the clause before an expression, else in the words behind one that opens its clause."""
        patterns = _patterns()
        clause = _CLAUSE_END.split(lead)[-1]
        if tenses := patterns.tense.findall(clause):
            return str(tenses[-1])
        if len(clause.strip()) >= _OPENING_LENGTH:
            return None
        behind = re.split(r"[.;:]\s", re.sub(r"\s+", " ", self.text[end : end + 60]).lower())[0]
        first = patterns.tense.search(behind)
        return first[0] if first else None

    def _year_before(self, start: int) -> int | None:
        """The year that the sentence has named before, or the heading above a list of days."""
        sentence = self._sentence(start)
        for noted in reversed(self.noted[-4:]):
            if noted.sentence != sentence or noted.mark.role in ("base", "now", "deadline") or self._is_aside(noted.mark):
                continue
            period = noted.period
            near = period.grain in ("day", "month") or start - noted.mark.end < 60
            if period.dated and period.start and period.end and near and re.search(r"(?:19|20)\d\d|year", noted.mark.text):
                return period.start.year if period.start.year == period.end.year else None
        line_start = self.text.rfind("\n", max(0, start - 4), start) >= 0 or start == 0
        if line_start and self.heading_year:
            return self.heading_year
        return self._year_told(start, sentence) if self.published is None else None

    def _year_told(self, start: int, sentence: int) -> int | None:
        """The year that a text without a date of its own was on in the sentences just before."""
        for noted in reversed(self.noted[-4:]):
            near = sentence - noted.sentence <= _NEAR_SENTENCES and start - noted.mark.end <= _NEAR
            if not near or noted.mark.role != "at" or self._is_aside(noted.mark):
                continue
            first, last = noted.period.start, noted.period.end
            if first and last and first.year == last.year and noted.period.grain != "none":
                return first.year
        return None

    def _is_aside(self, mark: DateMark) -> bool:
        """Whether a date ends a part between commas that explains a word (`the line, opened in 2017, carried ...`)."""
        if not self.text.startswith(",", mark.end):
            return False
        part = self.text[max(self._sentence_start(mark.start), mark.start - _LEAD) : mark.start].rpartition(",")
        return bool(part[1]) and _ASIDE.match(part[2]) is not None

    def _single(self, found: Found, frame: Frame, around: Surroundings) -> Reading | None:
        left = found.left_words
        heads = self._heads_a_clause(found, frame.lead)
        if not heads and not self._plausible(self.text[found.left[0] : found.left[1]], frame.lead):
            return None
        if opening_kind(around.opening) in ("deadline", "before", "until") and not self._looks_back(found, frame.lead):
            frame = replace(frame, outlook="future")
        elif _REPORTS.match(self.text, found.end) or (
            _MODIFIER.search(frame.lead) and re.match(r"\s[a-z]", self.text[found.end : found.end + 2])
        ):
            # `will release its September figures`: the tense is not the month's.
            frame = replace(frame, outlook="past")
        reading = resolve(left, frame)
        if reading and frame.outlook == "open" and names_a_start(around):
            return self._nearer(reading, resolve(left, replace(frame, outlook="future")))
        return reading

    def _heads_a_clause(self, found: Found, lead: str) -> bool:
        """Whether a month that is also a word opens a clause (`March: 5 trains`, `March shipments rose`)."""
        name = self.text[found.left[0] : found.left[1]]
        opens = not lead or lead.rstrip().endswith((";", ":", ".", "-"))
        figures = (_FIGURES if name != "May" else _MAY_FIGURES).match(self.text, found.end)
        if opens and (self.text.startswith(":", found.end) or (len(name) > _SHORT and figures)):
            return True
        return name == "March" and re.search(r"[a-z\d,] $", self.text[max(0, found.left[0] - 2) : found.left[0]]) is not None

    def _nearer(self, past: Reading, ahead: Reading | None) -> Reading:
        """Of two readings of `from May`, the one nearer to publication."""
        published = self.published
        starts = [reading.period.start for reading in (past, ahead) if reading]
        if not ahead or not published or past.period.dated or len(starts) < 2 or not all(starts):
            return past
        back, forth = (abs((start - published).days) for start in starts if start)
        return past if back <= forth else ahead

    def _looks_back(self, found: Found, lead: str) -> bool:
        """Whether a deadline is told as one that has passed."""
        nearest = self._tense(found.end, lead)
        return nearest is not None and nearest in words()["past"]["strong"]

    def _plausible(self, left: str, lead: str) -> bool:
        """Whether words that may be no date at all stand where dates stand, and numbers where years do."""
        patterns, ambiguous = _patterns(), words()["ambiguous"]
        bare = key(left).rstrip(".")
        if bare in ambiguous["months"]:
            return left[0].isupper() and patterns.month_before.search(lead) is not None
        if bare in ambiguous["weekdays"]:
            return left[0].isupper() and patterns.weekday_before.search(lead) is not None
        if _NO_YEAR.match(left):
            return False
        if bare.isdigit():
            if _JOINED_WORD.search(lead) and not lead.endswith(("pre-", "post-")):
                return False
            return not patterns.number_before.search(lead)
        return not re.search(r"\b(?:every|each)\s$", lead)

    def _range(self, found: Found, frame: Frame) -> Reading | None:
        """A range from one expression to another; the side that tells its year gives it to the other."""
        if re.search(r"\d{4}", found.words):
            frame = replace(frame, lead=f"{frame.lead.rstrip()} from ")
        left, right = resolve(found.left_words, frame), resolve(found.right_words or "", frame)
        if not left or not right:
            return None
        if left.rule == "now" and self.published:
            # `Between now and December`.
            left = replace(left, period=Period(self.published, self.published, "day"))
        first, last = left.period, right.period
        if not first.dated and last.start:
            again = resolve(found.left_words, replace(frame, before=last.start))
            first = again.period if again else first
        elif first.dated and not last.dated and first.start:
            again = resolve(found.right_words or "", replace(frame, after=first.start))
            last = again.period if again else last
        start = first.start or (self.published if left.rule == "now" else None)
        end = last.end or (self.published if right.rule == "now" else None)
        if start is None or end is None or start > end:
            return Reading("range", "", UNRESOLVED)
        return Reading("range", "", Period(start, end, "span", first.dated or last.dated))

    def _bind_months_before(self, noted: _Noted) -> None:
        """`In March, April and May 2024`, `in December and January 2025`: months joined to one that tells its year."""
        told = noted.period.start
        if noted.period.grain != "month" or told is None or not _YEAR_BEHIND.search(noted.mark.text):
            return
        behind = noted.mark.start
        for place in range(len(self.noted) - 1, -1, -1):
            earlier = self.noted[place]
            months = _month_words(earlier.mark.text)
            joined = _JOINED_MONTHS.fullmatch(self.text, earlier.mark.end, behind) is not None
            if not joined or earlier.rule != "month" or earlier.period.dated or len(months) != 1:
                return
            month = month_number(months[0])
            period = months_of(told.year - (month > told.month), month, 1, "month")
            if period is None or earlier.mark.role not in ("at", "base"):
                return
            mark = replace(earlier.mark, date_start=period.start, date_end=period.end)
            self.noted[place] = replace(earlier, mark=mark, period=period)
            told, behind = period.start or told, earlier.mark.start

    def _bind_period_before(self, noted: _Noted) -> None:
        """`5 million in the first quarter and 6 million in the second quarter of 2023`: both are of the year told last."""
        last = self.noted[-1] if self.noted else None
        if last is None or last.sentence != noted.sentence or noted.period.grain in ("day", "none"):
            return
        between = self.text[last.mark.end : noted.mark.start]
        listed = len(between) < _LISTED and " and " in between and last.mark.role == noted.mark.role == "at"
        listed = listed and not _OWN_VERB.search(between)
        years = re.search(r"\d{4}", noted.mark.text) and not re.search(r"\d{4}", last.mark.text)
        start, end, told, until = last.period.start, last.period.end, noted.period.start, noted.period.end
        if not (listed and years and start and end and told and until) or last.period.dated:
            return
        if abs((end - start) - (until - told)) > _UNEQUAL:
            return
        months = 12 * (told.year - start.year)
        first, final = moved(start, months), moved(end + timedelta(days=1), months)
        if first and final and first < told:
            period = replace(last.period, start=first, end=final - timedelta(days=1))
            mark = replace(last.mark, date_start=period.start, date_end=period.end)
            self.noted[-1] = replace(last, mark=mark, period=period)

    def _place_by_base(self, base: _Noted) -> None:
        """Gives months of an undated text their year by the same months that they are compared with.

        `In May exports were 5 million tons, up 3% from May 2023`: the former are of 2024.
        """
        told = _YEAR_BEHIND.search(base.mark.text)
        if self.published or base.mark.role != "base" or told is None or not base.period.start or not base.period.end:
            return
        months = _month_words(base.mark.text[: told.start()])
        then, now = base.period, _a_year_later(base.period)
        for place in range(len(self.noted) - 1, max(-1, len(self.noted) - 1 - _LOOKED_BACK), -1):
            earlier = self.noted[place]
            same = bool(months) and _month_words(earlier.mark.text) == months
            if earlier.period.start or not (same or (earlier.mark.role == "base" and earlier.rule in _COMPARED_RULES)):
                continue
            period = then if earlier.mark.role == "base" else now
            mark = replace(earlier.mark, date_start=period.start, date_end=period.end)
            self.noted[place] = replace(earlier, mark=mark, period=period)

    def _dates_the_start(self, noted: _Noted) -> bool:
        """Whether a date places the start told just before it (`since the start of the season on 1 July`)."""
        last = self.noted[-1].mark if self.noted else None
        open_start = last is not None and last.role in ("since", "at") and last.date_start is None
        unplaced = open_start and noted.mark.role == "since"
        between = self.text[last.end : noted.mark.start] if last else ""
        return unplaced and len(between) < _LISTED and not re.search(r"[,.;:]", between)

    def _bind_day_before(self, noted: _Noted) -> None:
        """`signed on 18 February, in force since 1 May 2022`: the later full date gives the earlier day its year."""
        if not self.noted or noted.period.grain != "day" or not noted.period.dated or not noted.period.start:
            return
        last = self.noted[-1]
        same_sentence = last.sentence == noted.sentence and noted.mark.start - last.mark.end < 150
        if not same_sentence or last.period.grain != "day" or last.period.dated or not re.search(r"\d{4}", noted.mark.text):
            return
        start = last.mark.date_start
        if start is None or start == noted.period.start or last.mark.role not in ("at", "since"):
            return
        year = noted.period.start.year
        moved_to = moved(start, 12 * (year - start.year))
        if moved_to and moved_to > noted.period.start:
            moved_to = moved(start, 12 * (year - 1 - start.year))
        if moved_to:
            end = moved_to if last.mark.role == "at" else last.mark.date_end
            self.noted[-1] = replace(last, mark=replace(last.mark, date_start=moved_to, date_end=end))


# Rules whose periods later words do not point back to.
_TIMELESS = frozenset(
    {
        "now",
        "since_event",
        "since_then",
        "by_then",
        "so_far",
        "within",
        "within_unit",
        "within_bare",
        "ago",
        "relative_units",
        "in_units",
        "decade",
    }
)
