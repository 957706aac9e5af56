"""What carries over from sentence to sentence: the date of a dateline or heading, the topic and the owner of a section.

Dates that a clause states itself belong to `details`.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.claims.agreements.lexicon import AgreementLexicon, Trigger
from pipeline.claims.agreements.timing import NO_DATE, Span, in_year
from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.contract.reference import read_toml
from pipeline.language.marks import DateMark

_YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*")
_ENTRY_SIGNS = (".", ":", " -", " –", " —", "\t")
_SCENE_DAYS = 5
_TOWNS = ("country", "place", "port")
_COMING_DAYS = 31
_SHORT = 5


def review_year(reading: Reading, lexicon: AgreementLexicon) -> Span:
    """The year that a review of the year looks back on; no date for any other text."""
    published = reading.document.published_on
    head = reading.folded[: reading.sentences[0].end] if reading.sentences else ""
    if published is None or not lexicon.reviews.find(f"{reading.document.title or ''} {head}".lower()):
        return NO_DATE
    year = published.year if published.month > 1 else published.year - 1
    return date(year, 1, 1), date(year, 12, 31)


class Carried(NamedTuple):
    """What a dateline, a heading or the sentence before an enumeration sets for what follows, and the last day told of."""

    date: Span = NO_DATE
    place: str | None = None
    paragraph: int = -1
    day: Span = NO_DATE
    lead: bool = False
    leading: Span = NO_DATE
    day_place: str | None = None
    leading_place: str | None = None
    named_topics: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    frame: Span = NO_DATE
    home: tuple[str, ...] = ()
    year: int | None = None
    scene: Span = NO_DATE
    coming: Span = NO_DATE
    coming_sentence: int = -100
    scene_sentence: int = -100
    scene_place: str | None = None
    listing: Trigger | None = None

    def into(self, reading: Reading, sentence: SentenceReading, lexicon: AgreementLexicon) -> "Carried":
        """What holds for a sentence, given what held for the one before."""
        text = reading.folded[sentence.start : sentence.end]
        days = [mark for mark in sentence.dates if mark.date_start is not None and mark.date_start == mark.date_end]
        about = [
            mark.meaning for mark in lexicon.subjects.find(text) if mark.meaning not in (*lexicon.generic_subjects, "none")
        ]
        stays = self.paragraph == sentence.sentence.paragraph or (self.date == NO_DATE and self.place is None)
        current = self if stays else self._replace(date=NO_DATE, place=None)
        if self.lead and (sentence.sentence.kind == "item" or text[:1].isdigit()):
            current = current._replace(date=self.leading, place=self.leading_place)
        elif self.lead and sentence.sentence.kind != "item" and self.paragraph != sentence.sentence.paragraph:
            current = current._replace(lead=False, leading=NO_DATE, leading_place=None)
        year = self._year(sentence, text)
        current = current._replace(year=year) if year != current.year else current
        entry = _opening_date(sentence, text)
        if entry:
            current = current._replace(date=in_year(entry, current.year), place=None)
        elif len(text.split()) <= 5 and sentence.dates and sentence.dates[0].date_start:
            place = next((name.text for name in sentence.names if name.kind == "place" or name.form == "capital"), None)
            dated = sentence.dates[0]
            current = current._replace(date=in_year(dated, current.year), place=place)
        if text.rstrip().endswith(":"):
            same = lexicon.same_day.find(text)
            leading, where = (self.day, self.day_place) if same else (NO_DATE, None)
            topics = self._led(sentence, about) or current.topics
            current = current._replace(lead=True, leading=leading, leading_place=where, topics=topics)
        if sentence.sentence.kind in ("title", "heading"):
            headed = sentence.sentence.kind == "heading"
            owners = {code for name in sentence.names if name.kind in ("country", "bloc") for code in name.codes}
            current = current._replace(
                topics=tuple(about) or self.topics, home=tuple(owners) if headed and len(owners) == 1 else self.home
            )
        scene, coming = _scenes(sentence, text, lexicon, reading.document.published_on)
        if coming:
            current = current._replace(coming=in_year(coming, current.year), coming_sentence=sentence.index)
        if scene:
            where = _where(reading, sentence)
            current = current._replace(scene=in_year(scene, current.year), scene_sentence=sentence.index, scene_place=where)
        elif self.scene != NO_DATE and lexicon.occasions.find(text) and not sentence.dates:
            current = current._replace(scene_sentence=sentence.index)
        day = (days[-1].date_start, days[-1].date_end) if days else self.day
        day_place = _where(reading, sentence) if days else self.day_place
        paragraph, named = sentence.sentence.paragraph, self._led(sentence, about)
        return current._replace(paragraph=paragraph, day=day, day_place=day_place, named_topics=named)

    def _led(self, sentence: SentenceReading, about: Sequence[str]) -> tuple[str, ...]:
        """What a paragraph has been about so far, which an enumeration that it opens goes on with."""
        before = self.named_topics if self.paragraph == sentence.sentence.paragraph else ()
        return (*about, *before)

    def _year(self, sentence: SentenceReading, text: str) -> int | None:
        """The year that a line by itself sets for the entries below it, up to the next line of the kind."""
        alone = _YEAR_ALONE.fullmatch(text)
        if alone:
            return int(alone.group(1))
        closes = sentence.sentence.kind != "body" and len(text.split()) <= _SHORT and not sentence.dates
        return None if closes else self.year


def _opening_date(sentence: SentenceReading, text: str) -> DateMark | None:
    """The date that an entry of a chronicle opens with: `13 March. The presidents ...`."""
    if not sentence.dates or sentence.dates[0].date_start is None:
        return None
    first = sentence.dates[0]
    town = next((name for name in sentence.names if name.start == sentence.start and name.kind in _TOWNS), None)
    opens = first.start - sentence.start <= 1 or (town is not None and text[town.end - sentence.start :].startswith(", "))
    if not opens or (first.start - sentence.start > 1 and town is not None and first.start - town.end > len(", ")):
        return None
    return first if text.startswith(_ENTRY_SIGNS, first.end - sentence.start) else None


def _scenes(
    sentence: SentenceReading, text: str, lexicon: AgreementLexicon, published_on: date | None
) -> tuple[DateMark | None, DateMark | None]:
    """The days of a visit or a meeting that a sentence tells of, which have passed, and those which are to come."""
    if published_on is None or not sentence.dates or not lexicon.occasions.find(text):
        return None, None
    ahead = [
        mark
        for mark in sentence.dates
        if mark.date_start
        and mark.date_end
        and mark.date_start > published_on
        and (mark.date_end - mark.date_start).days < _COMING_DAYS
    ]
    days = [
        mark
        for mark in sentence.dates
        if mark.role == "at"
        and mark.date_start
        and mark.date_end
        and mark.date_start <= published_on
        and (mark.date_end - mark.date_start).days < _SCENE_DAYS
    ]
    return days[0] if len(days) == 1 else None, ahead[0] if len(ahead) == 1 else None


def _where(reading: Reading, sentence: SentenceReading) -> str | None:
    """The town that a sentence says something happened in, verbatim."""
    towns = (name for name in sentence.names if name.kind in ("place", "port") or name.form == "capital")
    posts = tuple(read_toml("agreements.toml")["grammar"]["posts"])
    told = (name for name in towns if reading.folded.endswith((" in ", " at "), 0, name.start))
    return next((name.text for name in told if not reading.folded.endswith(posts, 0, name.start - len(" in "))), None)
