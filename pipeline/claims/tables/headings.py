"""What the words around a table say: captions, headings of columns and labels of rows, each read on its own.

Reading one such text belongs here, with its words in `seeds/reference/tables.toml`; putting the texts of a table together
belongs to `tables`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline.claims.context.cues import Cue, Topic, find_cues, topics
from pipeline.claims.context.sides import Group, side_groups
from pipeline.claims.context.units import unit_class
from pipeline.contract.reference import read_toml
from pipeline.language.dates import find_dates
from pipeline.language.marks import NameMark
from pipeline.language.names import find_names
from pipeline.language.phrases import fold
from pipeline.language.quantities import find_quantities
from pipeline.language.units import money

_SHORT_YEAR = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?(?P<sign>[ '’/-])(?P<year>[0-9]{2})(?![\w-])",
    re.IGNORECASE,
)
_DAYS = 31
_CENTURY = 60  # years in two digits above this are of the last century
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FLAGGED_YEAR = re.compile(r"\b((?:19|20)[0-9]{2}) ?\(?([FEPR])\)?(?![\w'])", re.IGNORECASE)
_ROMAN = re.compile(r"\b([IVX]{1,4})(?: ?[-–—] ?([IVX]{1,4}))?(?=[ ,.]{1,3}(?:19|20)[0-9]{2})")
_ROMAN_BEHIND = re.compile(r"\b((?:19|20)[0-9]{2})[ ,.]{1,3}([IVX]{1,4}(?: ?[-–—] ?[IVX]{1,4})?)(?![\w-])")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERED = re.compile(
    r"\s*(?:(?i:table|tab|figure|fig|chart|exhibit)\b\.?|#{1,6})\s*(?i:no\.?\s*)?"
    r"(?:(?:[0-9]{1,3}|[A-Z](?=[.:0-9-]))(?:[.-][0-9]{1,2}){0,2})?\s*[.:)–—-]?\s*"
)
_NOTE = re.compile(r"[*†‡§¹²³⁴⁵⁶⁷⁸⁹]+")
_SEGMENT = re.compile(r"(?:\A|[,;:(\[|/–—]|\s-\s|\b[Ii]n\b)\s*")
_CURRENCY = re.compile(r"(US\$|[A-Z]?[$€£¥₸₽₺₼₾₹]|[A-Z]{3})[ ,]{0,2}(?=[^\W\d_'0]|[)\],]|\Z)")
_STOP = re.compile(r"\s*(?:[,;:)\]|/]|\Z|\bper\b|\bby\b)")
_LONGEST_UNIT = 48
_CACHED = 4096
_PARTS = ("share", "index", "growth", "multiple")


class TableUnit(NamedTuple):
    """A unit of the contract, its class as `quantity_topics.toml` has it, and what one number is worth in it."""

    code: str
    kind: str
    scale: float


class When(NamedTuple):
    """A time that a heading names. `has_year` tells that it names the year, `whole` that it is a year and nothing more."""

    start: date
    end: date
    has_year: bool
    whole: bool


class Heading(NamedTuple):
    """What a text says.

    `measure` is None for amounts, else `share`, `index`, `growth`, `multiple`, or `percent` where only the unit tells;
    `points` tells of percentage points, `percent` that the numbers are percent. `unread` tells that words are left that say
    something unknown, `excepts` that a part is left out, `undated` that a time is named which is no dates (a crop year).
    """

    text: str
    whens: tuple[When, ...]
    undated: bool
    unit: TableUnit | None
    measure: str | None
    percent: bool
    points: bool
    cues: tuple[Cue, ...]
    names: tuple[NameMark, ...]
    groups: tuple[Group, ...]
    mode: str | None
    modality: str | None
    total: bool
    rest: bool
    excepts: bool
    unread: bool

    @property
    def plain(self) -> bool:
        """Whether a text has nothing but words that say nothing by themselves (`of which`)."""
        told = self.whens or self.undated or self.unit or self.measure or self.cues or self.names or self.mode
        return not (told or self.total or self.rest or self.unread or self.text in _labels())

    def codes(self, *kinds: str) -> tuple[str, ...]:
        """The codes of its names of some kinds, in order."""
        return tuple(dict.fromkeys(code for name in self.names if name.kind in kinds for code in name.codes))


@cache
def _words() -> dict[str, Any]:
    return read_toml("tables.toml")


@cache
def _labels() -> dict[str, str]:
    return {label: topic for topic, labels in _words()["indicator"].items() for label in labels}


@cache
def _patterns(part: str) -> re.Pattern[str]:
    return re.compile("|".join(_words()["measure"][part]))


@cache
def _measures() -> re.Pattern[str]:
    words = "|".join(_words()["measure"]["growth"] + _words()["measure"]["share"])
    return re.compile(rf"(?:% )?(?:{words})(?: ?,? ?\(?(?:%|per ?cent)\)?)?|%")


@cache
def _percent() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_words()["percent"]["pattern"]), re.compile(_words()["percent"]["points"])


@cache
def _any(section: str, key: str) -> re.Pattern[str]:
    words = sorted(_words()[section][key], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def _filler() -> frozenset[str]:
    return frozenset(_words()["label"]["filler"])


@cache
def _scales() -> re.Pattern[str]:
    forms = {form: word for word, entries in _words()["scale"].items() for form in entries}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})(?![\w'/])")


@cache
def _scale_words() -> dict[str, str]:
    return {form: word for word, entries in _words()["scale"].items() for form in entries}


def says(heading: Heading, section: str, key: str) -> bool:
    """Whether a heading has one of the words of `tables.toml`."""
    return _any(section, key).search(heading.text) is not None


def atoms(line: str) -> list[tuple[int, int]]:
    """The headings of a line in which single blanks part them: times and measures, side by side at its end."""
    spans = [(mark.start, mark.end) for mark in find_dates(line, None)]
    folded = fold(line)
    for match in _measures().finditer(folded):
        if not any(match.start() < end and start < match.end() for start, end in spans):
            spans.append(match.span())
    spans.sort()
    run: list[tuple[int, int]] = []
    for start, end in spans:
        if run and line[run[-1][1] : start].strip(" ,|*"):
            run = []
        run.append((start, end))
    return run if run and not line[run[-1][1] :].strip(" *.)") else []


_TIMES = re.compile(r"[x×*]\s*(?=(?P<many>\d[\d,. ]{0,10}\d|\d))")


@lru_cache(maxsize=_CACHED)
def unit_of(written: str) -> TableUnit | None:
    """The unit that a whole text names (`mln US dollars`, `USD thousand`, `'000 TEU`); None if it is anything else."""
    text = written.strip(" .,")
    if not text or len(text) > _LONGEST_UNIT:
        return None
    times = _TIMES.match(text)
    if times is not None:  # `x 1,000 t`, `x 1 mln TEU`
        return _counted(_spelled(text[times.end() :])) or _counted(
            f"{times['many']} {_spelled(text[times.end('many') :].strip())}"
        )
    if text in ("%", "percent", "per cent", "pct"):
        return TableUnit("%", "percent", 1.0)
    money = _CURRENCY.match(text)
    if money:
        scale = _spelled(text[money.end() :].strip(" .,"))
        found = _counted(f"{money.group(1)} 1 {scale}".strip())
        if found is not None:
            return found
    return _counted(f"1 {_spelled(text)}")


def _spelled(text: str) -> str:
    """A unit with its scale written out."""
    match = _scales().match(text) or _scales().match(text.lower())
    return f"{_scale_words()[match.group()]} {text[match.end() :].strip()}".strip() if match else text


def _counted(text: str) -> TableUnit | None:
    marks = find_quantities(text)
    if len(marks) != 1 or marks[0].start != 0 or marks[0].end < len(text.rstrip(".")) or marks[0].unit is None:
        return None
    kind = unit_class(marks[0], ())
    if kind in (None, "bare"):
        return None
    return TableUnit(str(marks[0].unit), str(kind), marks[0].value_low)


@lru_cache(maxsize=_CACHED)
def _money_of(written: str, lead: str) -> TableUnit | None:
    """An amount of money in a word that several currencies share (`billion marks`), by the places that a text opens with."""
    text = _spelled(written.strip(" .,"))
    if not text or len(text) > _LONGEST_UNIT or fold(text).split()[-1] not in _shared():
        return None
    found = [mark for mark in find_quantities(f"1 {text}. {lead}")[:1] if mark.kind == "money" and mark.end == len(text) + 2]
    return TableUnit(str(found[0].unit), "money", found[0].value_low) if found else None


@cache
def _shared() -> frozenset[str]:
    return frozenset({*money().shared, *money().default})


def unit_in(text: str, lead: str) -> tuple[TableUnit, int, int] | None:
    """The unit that a caption, heading or label names at its end, behind a comma, in brackets or after `in`, with its span."""
    found = None
    for match in _SEGMENT.finditer(text):
        if found is not None and match.end() <= found[2]:
            continue
        stop = _STOP.search(text, match.end(), match.end() + _LONGEST_UNIT)
        ends = [stop.start()] if stop else []
        following = _STOP.search(text, stop.end(), stop.end() + _LONGEST_UNIT) if stop and stop.end() < len(text) else None
        if stop and following and stop.group().strip() in ("/", "per"):
            ends = [following.start(), *ends]
        elif stop and following and stop.group().strip() == ",":
            ends = [*ends, following.start()]
        for end in ends:
            unit = unit_of(text[match.end() : end]) or _money_of(text[match.end() : end], lead)
            if unit is not None:
                found = (unit, match.end(), end)
                break
    return found


@dataclass(frozen=True, slots=True)
class HeadingReader:
    """Reads the texts of one document's tables.

    Times are resolved against the publication date, words that several currencies share by the places in the text's `lead`.
    """

    published_on: date | None
    lead: str
    known: dict[str, Heading] = field(default_factory=dict)

    def read(self, written: str) -> Heading:
        """What a text says. Never fails; what is not understood is told by `unread`."""
        if written not in self.known:
            self.known[written] = self._read(written)
        return self.known[written]

    def _read(self, written: str) -> Heading:
        text = _ROMAN.sub(_months, _ROMAN_BEHIND.sub(r"\2 \1", _NOTE.sub(" ", written)))
        numbered = _NUMBERED.match(text)
        text = text[numbered.end() :] if numbered and numbered.group().strip() else text
        flagged = _FLAGGED_YEAR.search(text)
        text = _SHORT_YEAR.sub(_long_year, _FLAGGED_YEAR.sub(r"\1", text))
        folded = fold(text)
        spans: list[tuple[int, int]] = []
        whens, undated = self._whens(text, spans)
        whens_at = list(spans)
        unit = unit_in(text, self.lead)
        if unit is not None:
            spans.append(unit[1:])
        measure = _measure(folded, spans)
        whens = tuple(when for when in whens if when.has_year) if measure else whens
        percent, points = (pattern.search(folded) is not None for pattern in _percent())
        cues = find_cues(folded)
        told = tuple(
            cue for cue in cues if cue.kind == "topic" and not any(a <= cue.start and cue.end <= b for a, b in whens_at)
        )
        names = tuple(find_names(text, self.published_on))
        spans += [(name.start, name.end) for name in names] + [(cue.start, cue.end) for cue in told]
        spans += [(cue.start, cue.end) for cue in cues if cue.kind in ("mode", "modality", "total", "share")]
        return Heading(
            text=folded.strip(" .:;-*"),
            whens=whens,
            undated=undated,
            unit=unit[0] if unit else TableUnit("%", "percent", 1.0) if percent and measure else _counted_by(told),
            measure=measure or ("percent" if percent else None),
            percent=percent,
            points=points,
            cues=told,
            names=names,
            groups=tuple(side_groups(folded, 0, names)),
            mode=_mode(folded, cues),
            modality=_modality(cues, flagged.group(2) if flagged else ""),
            total=_is_label(folded, "total") or any(name.codes == ("WORLD",) for name in names),
            rest=_any("label", "rest").search(folded) is not None,
            excepts=_any("label", "except").search(folded) is not None,
            unread=_is_unread(folded, spans),
        )

    def _whens(self, text: str, spans: list[tuple[int, int]]) -> tuple[tuple[When, ...], bool]:
        """The times of a text, and whether it names one that is no dates; their spans are added to `spans`."""
        shift, marks = 0, find_dates(text, self.published_on)
        if not marks:
            shift, marks = 3, find_dates("in " + text, self.published_on)
        whens = []
        for mark in marks:
            spans.append((max(0, mark.start - shift), mark.end - shift))
            if mark.date_start is not None and mark.date_end is not None:
                whole = (mark.date_start.month, mark.date_start.day, mark.date_end.month, mark.date_end.day) == (1, 1, 12, 31)
                whole = whole and mark.date_start.year == mark.date_end.year
                has_year = _YEAR.search(mark.text) is not None or "'" in mark.text
                whens.append(When(mark.date_start, mark.date_end, has_year, whole))
        return tuple(whens), any(mark.date_start is None and mark.date_end is None for mark in marks)


def _counted_by(cues: Iterable[Cue]) -> TableUnit | None:
    """What a label counts that names vehicles (`ship calls`, `number of trains`)."""
    nouns = _words()["counted"]
    found = {nouns[cue.phrase] for cue in cues if cue.value == "movements" and cue.phrase in nouns}
    return TableUnit(found.pop(), "move", 1.0) if len(found) == 1 else None


def _long_year(match: re.Match[str]) -> str:
    """A month with its year in two digits (`Feb 87`, `Jul-23`), where these are no day, with the year in four."""
    year = int(match["year"])
    if match["sign"].isspace() and year <= _DAYS:
        return match.group()
    return f"{match['month']} {1900 + year if year > _CENTURY else 2000 + year}"


def _months(match: re.Match[str]) -> str:
    """Months in Roman numerals by their names (`I-VI 2019`)."""
    named = [_MONTHS[_ROMANS.index(part)] for part in match.groups() if part in _ROMANS]
    return "-".join(named) if len(named) == sum(part is not None for part in match.groups()) else match.group()


def _measure(folded: str, spans: list[tuple[int, int]]) -> str | None:
    """Which measure a text names; the span of its words is added to `spans`."""
    for part in _PARTS:
        match = _patterns(part).search(folded)
        if match:
            spans += [found.span() for found in _patterns(part).finditer(folded)]
            return part
    return None


def _mode(folded: str, cues: Iterable[Cue]) -> str | None:
    bare = folded.strip(" .:;-*,")
    for mode, words in _words()["mode"].items():
        if bare in words:
            return str(mode)
    return next((cue.value for cue in cues if cue.kind == "mode"), None)


def _modality(cues: Iterable[Cue], flag: str) -> str | None:
    if flag.upper() == "F":
        return "forecast"
    return next((cue.value for cue in cues if cue.kind == "modality" and cue.value in ("target", "forecast", "possible")), None)


def _is_label(folded: str, key: str) -> bool:
    """Whether a text is one of the words of a list, with nothing but filler beside it."""
    match = _any("label", key).search(folded)
    return match is not None and not folded[: match.start()].strip(" *-:")


def _is_unread(folded: str, spans: list[tuple[int, int]]) -> bool:
    """Whether words are left that say something unknown."""
    filler = _filler()
    return any(
        match.group() not in filler and not any(start < match.end() and match.start() < end for start, end in spans)
        for match in _WORD.finditer(folded)
    )


def named_topics(heading: Heading) -> set[str]:
    """The topics that a label names for the rows under it; a mode of transport names none."""
    label = _labels().get(heading.text)
    strong = {cue.value for cue in heading.cues if cue.strong} if heading.mode is None else set()
    return strong | ({label} if label else set())


def is_indicator(heading: Heading) -> bool:
    """Whether a label is the bare name of what is counted."""
    return heading.text in _labels()


def topic_in(heading: Heading, kind: str) -> tuple[Topic | None, bool]:
    """The topic that a heading names for numbers in a class of units, and whether it settles what is measured.

    A settled None means that the numbers are no claims, or that the heading names two topics at once.
    """
    known = topics()
    label = _labels().get(heading.text)
    if label is not None and kind in known[label].units:
        return known[label], True
    fitting = [cue for cue in heading.cues if kind in known[cue.value].units and not cue.hint]
    for strong in (True, False):
        named = {cue.value: known[cue.value] for cue in fitting if cue.strong is strong}
        if not named:
            continue
        highest = max(topic.priority for topic in named.values())
        first = [topic for topic in named.values() if topic.priority == highest]
        barred = [topic for topic in named.values() if topic.indicator is None]
        indicators = {topic.indicator for topic in first}
        if barred or len(indicators) > 1:
            return _both_ways(named, barred, heading), True
        return first[0], True
    return None, False


def _both_ways(named: dict[str, Topic], barred: list[Topic], heading: Heading) -> Topic | None:
    """Of several topics the flow that others only qualify (`cargo handled at container terminals`); None where they differ."""
    if barred:
        return None
    directed = [name for name in named if name in ("exports", "imports")]
    if len(directed) == 1 and not heading.codes("railway", "port") and "turnover" in named:
        return named[directed[0]]
    return None
