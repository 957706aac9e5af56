"""Title, author, publisher and date of a text, from the lines of its head, its dateline and its last lines.

Which lines are the head is decided in `pipeline.documents.head`. What the text does not say stays None: the name of a
file or folder says nothing here, and neither does the address of another page given as a source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.documents.authors import TAIL_LINES, author_of
from pipeline.documents.byline import (
    byline_in,
    byline_within,
    firm_in,
    is_nobody,
    known_outlet,
    names_body,
    outlet,
    persons,
)
from pipeline.documents.calendar_dates import dates_in, first_date, is_ambiguous, partial_date_pattern, without_dates
from pipeline.documents.dateline import Dateline
from pipeline.documents.furniture import is_menu, is_section, opens_list, segments
from pipeline.documents.head import SMALL_WORDS, Head, is_date_line, is_issue, is_kind, label_of
from pipeline.documents.lexicon import metadata_lexicon
from pipeline.documents.lines import Line, bare

# How much of a report is looked at to tell 3/4 from 4/3, and how many days before its publication a report looks back.
ORDER_LINES, ORDER_REACH, SHORTLY = 40, 6_000, 21
MASTHEAD_LINES = 8
# A row of parts no longer than that chooses between languages.
LANGUAGE_CODE = 3
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS_DATE = re.compile(r"[/_-](?P<y>20\d\d)(?P<joint>[/-]?)(?P<m>\d\d)(?P=joint)(?P<d>\d\d)(?=[/_.?&-]|$)")
_TRAILING_DATE = re.compile(r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)$")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by )?(?P<name>[^.|,;\d©\n]{3,60})", re.IGNORECASE
)
_AGENCY_REPORTS = re.compile(
    r", (?P<name>[A-Z][\w.-]+(?: News(?: Agency)?)?) (?:reports|informs)(?:\.|,| citing| with reference)"
)
_WORDS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MARKUP = re.compile(r"(?:#{1,6}\s+|\*{1,2}(?=\S)|__(?=\S))(?=.*\w)")
_FROM = re.compile(r"(?:From|(?P<special>Special (?:to|for))) (?P<name>.+)")
_AFTER_NAME = re.compile(r"\s+(?:at|on|in)\s|\s*[|·(\d]|\s+[-–—]\s")
_CITED = re.compile(r"[-–—]\s+(?P<name>[^-–—,]{3,40}),\s")
_QUOTED = re.compile(r"[\"“”«»]")
# The mark of a story on a wire: `BC-GRAIN-ZENDA`.
_SLUG = re.compile(r"[A-Z]{2,}(?:[-/][A-Z]{2,}){2,}")
_ISSUED = re.compile(r"\b(?:published|posted|created|released|issued)\b(?: on| at)?:?", re.IGNORECASE)
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|revised|edited|changed)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Metadata:
    """What a text says about itself; None where it says nothing. `title_span` is where the title stands."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    title_span: tuple[int, int] | None = None


def read_metadata(lines: Sequence[Line], head: Head, dateline: Dateline | None, report: str) -> Metadata:
    """The metadata of a text. `report` is its first paragraph."""
    found = Metadata()
    _read_labels(lines, head.body, found)
    if not found.title and head.title:
        _read_title(lines, head, found)
    found.published_on = found.published_on or _head_date(lines, head, dateline)
    found.author = found.author or author_of(lines, head, dateline)
    found.publisher = found.publisher or _publisher(lines, head, dateline, found, report)
    if not found.author and found.publisher and not known_outlet(found.publisher):
        # A blog that signs its own posts is their author.
        signed = _bylined_outlet(lines, head)
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
    return next((value for text in [*labelled, *signed] if (value := _header_date(text, lines, body))), None)


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


def _publisher(lines: Sequence[Line], head: Head, dateline: Dateline | None, found: Metadata, report: str) -> str | None:
    agency = dateline.agency if dateline else None
    reports = _AGENCY_REPORTS.search(report)
    return (
        _masthead(lines, head)
        or _named_below_title(lines, head)
        or (_agency(agency) if agency else None)
        or _bylined_outlet(lines, head)
        or _copyright(lines)
        or (known_outlet(reports["name"]) if reports else None)
        or _document_kind(found.title)
        or _after_title(found.title)
        or _source_below(lines, head)
        or _related(lines, head)
        or _signature(lines, head)
    )


def _masthead(lines: Sequence[Line], head: Head) -> str | None:
    """The name of the site, paper or house above the title; a house comes before its programmes and departments."""
    names = list(_mastheads(lines, head))
    units = metadata_lexicon().units
    if names and units & {names[0].split()[0].lower(), names[0].split()[-1].lower()}:
        return next((name for name in names[1:] if names_body(name)), names[0])
    return next(iter(names), None)


def _mastheads(lines: Sequence[Line], head: Head) -> Iterator[str]:
    for index, role in enumerate(head.roles[:MASTHEAD_LINES]):
        text = lines[index].text
        if index in head.title or (role == "text" and index not in head.above):
            return
        if role not in ("text", "furniture", "date"):
            continue
        cited = is_issue(text) or (role == "date" and outlet(text.split(",", 1)[0]))
        parts = tuple(text.split(",")) if cited else segments(text)
        named = role == "text" or is_menu(text) or len(parts) > 1
        if named and parts and _is_masthead(parts):
            name = _without_preamble(parts[0])
            yield known_outlet(name) or name
        elif role == "text" and not is_section(text) and not is_kind(text):
            return


def _is_masthead(parts: Sequence[str]) -> bool:
    """Whether the first part of a line names a site: not a section, a desk or a date.

    Words of sections name one all the same if they are three and end as names of papers do (`Black Sea Grain Weekly`), or
    if the way back home follows (`SITE > Home > Ports`).
    """
    first = parts[0]
    words = first.split()
    if len(first) > 90 or first.lower() == "home" or is_kind(first) or not _WORDS.search(first) or _SLUG.fullmatch(first):
        return False
    if first[-1] == "." and len(words) > 3:
        return False
    if len(parts) > 1 and all(len(part) <= LANGUAGE_CODE for part in parts):
        return False
    if without_dates(first) is not None or (len(parts) == 1 and is_nobody(first) and not names_body(first)):
        return False
    paper = len(words) >= 3 and words[-1].lower() in metadata_lexicon().outlet_words and words[0][0].isupper()
    before_home = len(parts) > 1 and parts[1].lower() == "home"
    return paper or before_home or not is_section(first)


def _without_preamble(name: str) -> str:
    low = name.lower()
    opening = next((words for words in metadata_lexicon().preambles if low.startswith(f"{words} ")), "")
    return name[len(opening) :].strip()


def _named_below_title(lines: Sequence[Line], head: Head) -> str | None:
    for index in range((head.title[-1] + 1) if head.title else 0, head.body):
        pieces = lines[index].text.split(",") if head.roles[index] == "date" else []
        if known := next((known for piece in pieces if (known := known_outlet(piece))), None):
            return known
        came = _FROM.match(lines[index].text.split(",", 1)[0])
        if came and (site := known_outlet(came["name"]) or (outlet(came["name"]) if came["special"] else None)):
            return site
        if head.roles[index] in ("text", "date", "byline"):
            for part in segments(lines[index].text):
                plain = bare(part)
                if head.roles[index] == "text" and (firm := firm_in(plain)):
                    return firm
                if known_outlet(plain) or (len(plain.split()) in (2, 3, 4) and plain[0].isupper() and outlet(plain) == plain):
                    return known_outlet(plain) or plain
    return None


def _agency(name: str) -> str | None:
    if known := known_outlet(name):
        return known
    return None if is_nobody(name) or first_date(name) or not any(character.isalpha() for character in name) else name


def _bylined_outlet(lines: Sequence[Line], head: Head) -> str | None:
    """An outlet in place of a person (`By Zenda News`) or after one (`by Jane Doe, Zenda Gazette`)."""
    for index, role in enumerate(head.roles):
        text = lines[index].text
        value = byline_in(text) if role in ("byline", "date") else None
        value = _AFTER_NAME.split(value, maxsplit=1)[0] if value else None
        if value and not persons(value) and not is_nobody(value) and (name := outlet(value)):
            return name
        within = (0, text) if value and persons(value) else byline_within(text) if role in ("byline", "date") else None
        for part in text[within[0] :].split(",")[1:] if within else ():
            words = [word.lower() for word in part.split()]
            office = is_nobody(part) or any(word in metadata_lexicon().offices for word in words)
            name = outlet(part) if len(words) > 1 else known_outlet(part)
            if name and not office and without_dates(part) is None:
                return name
    return None


def _copyright(lines: Sequence[Line]) -> str | None:
    for line in lines[-TAIL_LINES:]:
        match = _COPYRIGHT.match(line.text)
        if match:
            name = match["name"].strip(" -–—*•·")
            if name and name[0].isupper() and "rights" not in name.lower():
                return known_outlet(name) or name
    return None


def _document_kind(title: str | None) -> str | None:
    """The issuer of a circular whose title is its own name and its kind: `NAME - CUSTOMER BULLETIN`."""
    parts = segments(title or "")
    if len(parts) == 2:
        for name, kind in ((parts[0], parts[1]), (parts[1], parts[0])):
            words = [word.lower() for word in kind.split()]
            if words and all(word in metadata_lexicon().document_kinds for word in words) and len(name.split()) <= 6:
                return name
    return None


def _after_title(title: str | None) -> str | None:
    """The name of a site that a page's title ends with: `Grain sales slow | The Zenda Post`."""
    name = (title or "").rpartition("|")[2].strip() if "|" in (title or "") else (title or "").rpartition(" - ")[2]
    capitals = all(word[0].isupper() or word in SMALL_WORDS for word in name.split())
    return known_outlet(name) or (outlet(name) if "|" in (title or "") and capitals and len(name.split()) <= 5 else None)


def _signature(lines: Sequence[Line], head: Head) -> str | None:
    """The name of an outlet, with or without a date, that is the last line."""
    last = lines[-1].text if head.body < len(lines) else ""
    if not is_date_line(last):
        dated = head.body < len(lines) - 1 and is_date_line(lines[-2].text)
        return known_outlet(last) or (last if dated and names_body(last) else None)
    names = (part for part in last.split(",") if without_dates(part) is None and not _QUOTED.search(part))
    return next((name for part in names if (name := outlet(part))), None)


def _related(lines: Sequence[Line], head: Head) -> str | None:
    """The site whose own reports are listed below as related: `"Title" - Site, 4 March 2024`."""
    related = False
    for line in lines[max(head.body, len(lines) - TAIL_LINES) :]:
        cited = _CITED.search(line.text)
        if related and cited and without_dates(line.text) and (name := known_outlet(cited["name"])):
            return name
        related = (related and cited is not None) or (opens_list(line.text) and line.text.lower().startswith("related"))
    return None


def _source_below(lines: Sequence[Line], head: Head) -> str | None:
    """An agency named as the source under the text."""
    for line in lines[max(head.body, len(lines) - TAIL_LINES) :]:
        label = label_of(line.text)
        if label and label[0] in ("source", "publisher") and not _ADDRESS.search(label[1]) and len(label[1]) <= 60:
            return known_outlet(label[1]) or outlet(label[1])
    return None
