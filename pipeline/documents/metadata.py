"""Title, author, publisher and date of a text, from the lines of its head, its dateline and its last lines.

Which lines are the head is decided in `pipeline.documents.head`. What the text does not say stays None: the name of a
file or folder says nothing here, and neither does the address of another page given as a source.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.documents.authors import TAIL_LINES, author_of
from pipeline.documents.byline import (
    is_nobody,
    known_outlet,
    outlet,
    persons,
)
from pipeline.documents.calendar_dates import dates_in, first_date, is_ambiguous, partial_date_pattern
from pipeline.documents.dateline import Dateline
from pipeline.documents.furniture import segments
from pipeline.documents.head import Head, is_date_line, label_of
from pipeline.documents.lexicon import metadata_lexicon
from pipeline.documents.lines import Line, bare
from pipeline.documents.publishers import bylined_outlet, publisher_of
from pipeline.documents.yearless import dateline_date, issue_date, run_in_date

# How much of a report is looked at to tell 3/4 from 4/3, and how many days before its publication a report looks back.
ORDER_LINES, ORDER_REACH, SHORTLY = 40, 6_000, 21
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS_DATE = re.compile(r"[/_-](?P<y>20\d\d)(?P<joint>[/-]?)(?P<m>\d\d)(?P=joint)(?P<d>\d\d)(?=[/_.?&-]|$)")
_TRAILING_DATE = re.compile(r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)$")
_WORDS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MARKUP = re.compile(r"(?:#{1,6}\s+|\*{1,2}(?=\S)|__(?=\S))(?=.*\w)")
_ISSUED = re.compile(r"\b(?:published|posted|created|released|issued)\b(?: on| at)?:?", re.IGNORECASE)
# A sentence below a report that tells when it came out, right before the date.
_TOLD_BELOW = re.compile(
    r"^\W{0,3}(?:(?:an?|the|this) (?:[\w'’-]+ ){1,6})?(?:(?:was|were|had been|has been) )?(?:(?:first|originally|initially) )?"
    r"(?:published|posted|released|issued|carried|appeared)(?: (?:by|in)(?: [\w'’-]+){1,6}?)?(?: on| at)?:? "
    r"(?=(?:[A-Z][a-z]{2,8},? )?(?:\d{1,2}(?:st|nd|rd|th)? [A-Z]|[A-Z][a-z]{2,8}\.? \d|\d{4}-\d\d))",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|revised|edited|changed)\b", re.IGNORECASE)
_SENDER = re.compile(r"[\"']?(?P<name>[^<@\"']{5,60}?)[\"']? ?<[^<>@\s]+@[^<>\s]+>")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Metadata:
    """What a text says about itself; None where it says nothing. `title_span` is where the title stands.

    `date_inferred` tells that the year of the date was worked out from weekdays and other years.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    date_inferred: bool = False
    title_span: tuple[int, int] | None = None


def read_metadata(lines: Sequence[Line], head: Head, dateline: Dateline | None, report: str) -> Metadata:
    """The metadata of a text. `report` is its first paragraph."""
    found = Metadata()
    _read_labels(lines, head.body, found)
    if not found.title and head.title:
        _read_title(lines, head, found)
    found.published_on = found.published_on or _head_date(lines, head, dateline)
    if not found.published_on:
        found.published_on = _yearless_date(lines, head, dateline, report)
        found.date_inferred = found.published_on is not None
    found.author = found.author or author_of(lines, head, dateline)
    found.publisher = found.publisher or publisher_of(lines, head, dateline, found.title, report)
    if not found.author and found.publisher and not known_outlet(found.publisher):
        # A blog that signs its own posts is their author.
        signed = bylined_outlet(lines, head)
        found.author = signed if signed and signed.lower() == found.publisher.lower() else None
    return found


def _read_title(lines: Sequence[Line], head: Head, found: Metadata) -> None:
    first, last = lines[head.title[0]], lines[head.title[-1]]
    if head.roles[head.title[0]] == "date":
        found.title = segments(first.text)[0]
        found.title_span = (first.start, first.start + len(found.title))
        return
    opening = _MARKUP.match(first.text)
    cut = opening.end() if opening else 0
    found.title_span = (first.start + cut, last.end)
    found.title = _tidy(" ".join(lines[index].text for index in head.title)[cut:].rstrip("*_# "))


def _tidy(text: str) -> str:
    """One line, without the spaced full stop of tokenised copy."""
    return _SPACE.sub(" ", text).removesuffix(" .").strip()


def _read_labels(lines: Sequence[Line], body: int, found: Metadata) -> None:
    source = None
    for line in lines[:body]:
        label = label_of(line.text)
        if not label or not label[1]:
            continue
        meaning, value = label[0], label[1].strip("\"'")
        if meaning == "title" and not found.title:
            found.title, found.title_span = _tidy(value), _span_of(line, value)
        elif meaning == "author" and not found.author and not is_nobody(value):
            found.author = persons(value) or (value if len(value) <= 60 else None)
            # An author that is an outlet is its own publisher.
            found.publisher = found.publisher or (outlet(value) if not persons(value) else None)
        elif meaning == "source" and (sender := _SENDER.match(value)):
            found.author = found.author or persons(sender["name"])
        elif meaning == "publisher":
            found.publisher = found.publisher or _tidy(value)
        elif (
            meaning == "source"
            and not _ADDRESS.search(value)
            and len(value) <= 60
            and "@" not in value
            and not is_nobody(value)
        ):
            source = source or _tidy(value)
        elif meaning == "date":
            found.published_on = found.published_on or _header_date(value, lines, body)
    found.publisher = found.publisher or source


def _span_of(line: Line, value: str) -> tuple[int, int]:
    start = line.start + line.text.rfind(value)
    return start, start + len(value)


def _head_date(lines: Sequence[Line], head: Head, dateline: Dateline | None) -> date | None:
    """A date above the report, one in the dateline, one in the page's own address or one in the title, in that order."""
    title = head.title[0] if head.title else 0
    dated = [index for index, role in enumerate(head.roles) if role in ("date", "byline") or _credits_with_date(lines[index])]
    # What stands below the title dates the text; above it, the page or the issue may be dated. A later change comes last.
    dated.sort(
        key=lambda index: (_is_change(lines[index].text), index < title, head.roles[index] == "byline", abs(index - title))
    )
    for index in dated:
        text = lines[index].text
        issued = _ISSUED.search(text)
        if value := (_header_date(text[issued.end() :], lines, head.body) if issued else None) or _header_date(
            text, lines, head.body
        ):
            return value
    if dateline and dateline.published_on:
        return dateline.published_on
    for index, role in enumerate(head.roles):
        if role in ("address", "label") and (value := _address_date(lines[index].text)):
            return value
    updated = [label[1] for line in lines[: head.body] if (label := label_of(line.text)) and label[0] == "updated"]
    titled = " ".join(lines[index].text for index in head.title)
    return next((value for text in [*updated, titled] if (value := first_date(text))), None) or _tail_date(lines, head.body)


def _yearless_date(lines: Sequence[Line], head: Head, dateline: Dateline | None, report: str) -> date | None:
    """The date of an issue or a dateline that gives a day without its year."""
    told = run_in_date(next((line.text for line in lines if line.text.strip()), "")) or issue_date(
        line.text for line in lines[: head.body]
    )
    if told or not dateline or not dateline.day:
        return told
    return dateline_date(dateline.day, report, "\n".join(line.text for line in lines[: head.body + ORDER_LINES])[:ORDER_REACH])


def _is_change(text: str) -> bool:
    """Whether a line dates a later change and not the publication."""
    return bool(_CHANGED.match(bare(text))) and not _ISSUED.search(text)


def _credits_with_date(line: Line) -> bool:
    """`Source: Agency | 2024-03-04 | Editor: jd`."""
    label = label_of(line.text)
    return label is not None and label[0] in ("source", "publisher", "author") and is_date_line(line.text)


def _tail_date(lines: Sequence[Line], body: int) -> date | None:
    """A date below the report: `Published: 4 March 2024`, or a last line of a name and a date."""
    tail = lines[max(body, len(lines) - TAIL_LINES) :]
    labelled = [label[1] for line in tail if len(line.text) < 80 and (label := label_of(line.text)) and label[0] == "date"]
    signed = [line.text for line in reversed(tail[-2:]) if len(line.text) < 80 and is_date_line(line.text)]
    told = [line.text[found.end() :] for line in reversed(tail) if (found := _TOLD_BELOW.search(line.text))]
    return next((value for text in [*labelled, *signed, *told] if (value := _header_date(text, lines, body))), None)


def _header_date(text: str, lines: Sequence[Line], body: int) -> date | None:
    """The date in a line of the head; for `3/4/2024` the report decides whether the day comes first."""
    if not is_ambiguous(text):
        return first_date(text)
    month_first, day_first = first_date(text), first_date(text, day_first=True)
    report = "\n".join(line.text for line in lines[body : body + ORDER_LINES])[:ORDER_REACH]
    if month_first is None or day_first is None:
        return month_first or day_first
    return day_first if _day_comes_first(report, month_first, day_first) else month_first


def _day_comes_first(report: str, month_first: date, day_first: date) -> bool:
    """Whether days that the report mentions lie shortly before one reading only, or else its spelling is British."""
    mentioned = [found.value for found in dates_in(" ".join(f"{day} {month_first.year}" for day in _days(report)))]
    near = [[one for one in mentioned if 0 <= (reading - one).days <= SHORTLY] for reading in (month_first, day_first)]
    if bool(near[0]) != bool(near[1]):
        return bool(near[1])
    words = [word.lower() for word in _WORDS.findall(report)]
    lexicon = metadata_lexicon()
    british = sum(1 for word in words if word in lexicon.british)
    return british > sum(1 for word in words if word in lexicon.american)


def _days(report: str) -> list[str]:
    """The days of a report that are given without a year."""
    days = (match.group() for match in partial_date_pattern().finditer(report))
    return [day for day in days if not _YEAR.search(day)]


def _address_date(line: str) -> date | None:
    address = _ADDRESS.search(line)
    if not address:
        return None
    path = address.group().rstrip(" ./")
    match = _ADDRESS_DATE.search(path) or _TRAILING_DATE.search(path)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None
