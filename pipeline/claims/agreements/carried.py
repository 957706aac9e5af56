"""What carries over from sentence to sentence: the date of a dateline or heading, the topic and the owner of a section.

Dates that a clause states itself belong to `details`.
"""

from dataclasses import dataclass, replace
from datetime import date

from pipeline.claims.agreements.details import NO_DATE, Span
from pipeline.claims.agreements.lexicon import AgreementLexicon
from pipeline.claims.context.reading import Reading, SentenceReading


def review_year(reading: Reading, lexicon: AgreementLexicon) -> Span:
    """The year that a review of the year looks back on; no date for any other text."""
    published = reading.document.published_on
    head = reading.folded[: reading.sentences[0].end] if reading.sentences else ""
    if published is None or not lexicon.reviews.find(f"{reading.document.title or ''} {head}".lower()):
        return NO_DATE
    year = published.year if published.month > 1 else published.year - 1
    return date(year, 1, 1), date(year, 12, 31)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a dateline, a heading or the sentence before an enumeration sets for what follows, and the last day told of."""

    date: Span = NO_DATE
    place: str | None = None
    paragraph: int = -1
    day: Span = NO_DATE
    lead: bool = False
    leading: Span = NO_DATE
    topics: tuple[str, ...] = ()
    frame: Span = NO_DATE
    home: tuple[str, ...] = ()

    def into(self, reading: Reading, sentence: SentenceReading, lexicon: AgreementLexicon) -> "Carried":
        """What holds for a sentence, given what held for the one before."""
        text = reading.folded[sentence.start : sentence.end]
        days = [mark for mark in sentence.dates if mark.date_start is not None and mark.date_start == mark.date_end]
        current = self if self.paragraph == sentence.sentence.paragraph else replace(self, date=NO_DATE, place=None)
        if self.lead and (sentence.sentence.kind == "item" or text[:1].isdigit()):
            current = replace(current, date=self.leading)
        elif self.lead and sentence.sentence.kind != "item" and self.paragraph != sentence.sentence.paragraph:
            current = replace(current, lead=False, leading=NO_DATE)
        if len(text.split()) <= 5 and sentence.dates and sentence.dates[0].date_start:
            place = next((name.text for name in sentence.names if name.kind == "place" or name.form == "capital"), None)
            dated = sentence.dates[0]
            current = replace(current, date=(dated.date_start, dated.date_end), place=place)
        if text.rstrip().endswith(":"):
            current = replace(current, lead=True, leading=self.day if lexicon.same_day.find(text) else NO_DATE)
        if sentence.sentence.kind in ("title", "heading"):
            about = [mark.meaning for mark in lexicon.subjects.find(text) if mark.meaning not in lexicon.generic_subjects]
            owners = {code for name in sentence.names if name.kind in ("country", "bloc") for code in name.codes}
            current = replace(
                current, topics=tuple(about) or self.topics, home=tuple(owners) if len(owners) == 1 else self.home
            )
        day = (days[-1].date_start, days[-1].date_end) if days else self.day
        return replace(current, paragraph=sentence.sentence.paragraph, day=day)
