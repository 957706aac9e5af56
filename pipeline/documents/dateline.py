"""The dateline in front of a report: place, date and agency, as in `ASTANA, March 4 (Agency) - `.

Only the opening of a paragraph is looked at. Who published a text and when is decided in `pipeline.documents.metadata`.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.documents.byline import known_outlet, persons
from pipeline.documents.calendar_dates import first_date, partial_date_pattern
from pipeline.documents.lexicon import metadata_lexicon

REACH = 160
MOST_PIECES = 6
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")
_BY = re.compile(r"(?:By|BY) +")
_GAP = re.compile(r" ?/ ?(?=\S)| (?=\S)")
_SPACES = re.compile(r"[ \t\u00a0]+(?=\S)")
_OPENING_QUOTES = ('"', "“", "«", "‘", "'")
_SHORTENED = re.compile(r"\. (?=\S)")
_LEAD = re.compile(r"[ \t\u00a0]*(?P<mark>[,.]?)[ \t\u00a0]*")
# A date that a page runs into the dateline: `date 2024-03-04 ASTANA. `.
_RUN_IN = re.compile(r"[ \t]*(?:date:? )?(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d\d\.\d{4})[ \t]+(?=(?-i:[A-Z]{3,}))", re.IGNORECASE)
# A dateline without a date on a line of its own.
_PLACED_HOUSE = re.compile(
    r"[A-Z][A-Z '’-]{2,30}, [A-Z][\w.’-]+(?: [A-Z][\w.’-]+){0,2} ?[-–—]{1,2} ?(?P<name>[A-Z][\w.&’-]+(?: [A-Z][\w.&’-]+){0,2})"
)
# A date between two dashes: `ASTANA - March 4, 2024 - `.
_DATED = re.compile(r"[^\n–—-]{6,30}?\s*(?:--+|[–—-])\s+")
_COUNTRY = re.compile(r"(?:[^\W\d_]\.){2,3}|(?:the )?[^\W\d_][\w'’]+(?:[ -](?:of |and )?[^\W\d_][\w'’]+){0,3}")
_BRACKETS = re.compile(r"\((?P<round>[^()\n]{2,60})\)|-LRB- (?P<tokens>[^\n]{2,60}?) -RRB-|/(?P<slashes>[^/\n]{2,40})/")
# A correspondent before his agency: `/Corr. Jane Doe - AGENCY/`.
_SIGNED = re.compile(
    r"(?:[Cc]orr?(?:espondent)?\.? |[Bb]y )(?P<author>[^-–—/,]{5,40}?)\s*(?:[-–—]|,)\s*(?P<agency>[^-–—,]{2,30})"
)
_SEPARATOR = re.compile(r"[ \t\u00a0]*(?:(?P<dash>--+|[-–—])(?=\s)|(?P<mark>[:.])(?=\s))\s*(?:[-–—]+\s+)?")


class Dateline(NamedTuple):
    """What a dateline names, and where the report begins after it.

    `published_on` is None unless it gives a year; `day` is its date as written, with a year or without.
    """

    end: int
    place: str | None
    agency: str | None
    published_on: date | None
    author: str | None = None
    day: str | None = None


@dataclass(slots=True)
class _Reading:
    """What has been read so far, up to `end`."""

    end: int
    place: str | None = None
    country: bool = False
    agency: str | None = None
    day: str | None = None
    author: str | None = None


def read_dateline(text: str, start: int, end: int, *, first: bool) -> Dateline | None:
    """The dateline at the beginning of the paragraph `text[start:end]`, if it has one.

    With `first` false, for paragraphs further down, one without date or agency is not believed.
    """
    if first and (run_in := _RUN_IN.match(text, start, min(end, start + REACH))):
        inner = _dateline(text, run_in.end(), end, first)
        return inner._replace(published_on=inner.published_on or first_date(run_in.group())) if inner else None
    wire = _wire_at(text, start, min(end, start + REACH)) if first else None
    if not wire:
        return _dateline(text, start, end, first)
    inner = _dateline(text, wire[1], end, first)
    return inner._replace(agency=inner.agency or wire[0]) if inner else Dateline(wire[1], None, wire[0], None)


def _dateline(text: str, start: int, end: int, first: bool) -> Dateline | None:
    limit = min(end, start + REACH)
    found = _read(text, start, limit)
    separator = _SEPARATOR.match(text, found.end, limit)
    if not separator and found.day and found.day.endswith("."):
        # The stop behind a full name of a month closes the dateline: `MINSK, 27 June. The `.
        separator = _SEPARATOR.match(text, found.end - 1, limit)
    if not separator and first and (begins := _after_brackets(text, found, limit)):
        return Dateline(begins, found.place, found.agency, first_date(found.day or ""), found.author, found.day)
    if not separator or separator.end() >= end or not _believed(found, separator["mark"], first):
        return None
    if not found.day and (again := _DATED.match(text, separator.end(), limit)) and first_date(again.group()):
        return Dateline(again.end(), found.place, found.agency, first_date(again.group()), found.author)
    follows = text[separator.end() : separator.end() + 30]
    if not (found.day or found.agency or found.author) and (follows[0].islower() or follows.isupper()):
        return None
    return Dateline(separator.end(), found.place, found.agency, first_date(found.day or ""), found.author, found.day)


def _after_brackets(text: str, found: _Reading, limit: int) -> int | None:
    """Where the report begins behind place, date and an agency whose brackets alone part them from it.

    A place that is not in capitals needs the year too: `Zenda, 12 March 2024 (Agency) Prices `.
    """
    placed = found.place is not None and (found.place.isupper() or first_date(found.day or "") is not None)
    if not placed or not found.day or not found.agency or not text.endswith((")", "/", "-RRB-"), 0, found.end):
        return None
    gap = _SPACES.match(text, found.end, limit)
    opens = text[gap.end() : gap.end() + 1] if gap else ""
    return gap.end() if gap and (opens.isupper() or opens in _OPENING_QUOTES) else None


def is_dateline_alone(line: str) -> bool:
    """Whether a line is a place with a date and nothing else, as some agencies print it above the text."""
    found = _read(line, 0, len(line))
    return bool(found.place and found.day) and not line[found.end :].strip(" .,-–—:|")


def house_of_place(line: str) -> str | None:
    """The house in a line of a place, its country and a house alone: `STRELSAU, Ruritania - Zendatoday`."""
    found = _PLACED_HOUSE.fullmatch(line)
    return found["name"] if found else None


def _wire_at(text: str, start: int, limit: int) -> tuple[str, int] | None:
    """An agency in brackets in front of everything, as syndicated copy has it: `(SITE - Agency) BAKU, March 4. `."""
    enclosed = _BRACKETS.match(text, start, limit)
    name = enclosed["round"] if enclosed else None
    if not enclosed or not name or not any(known_outlet(part) for part in [name, *name.split("-")]):
        return None
    gap = _LEAD.match(text, enclosed.end(), limit)
    begins = gap.end() if gap else enclosed.end()
    return (name, begins) if text[begins : begins + 1].isupper() else None


def _believed(found: _Reading, mark: str | None, first: bool) -> bool:
    strong = bool(found.day or found.agency or found.author)
    capitals = found.place is not None and found.place.isupper()
    stop, colon = mark == ".", mark == ":"
    if stop:
        whole = found.place is not None and first_date(found.day or "") is not None
        return (capitals and (strong or (first and found.country))) or (first and (whole or bool(found.day and found.agency)))
    if strong:
        return first or (capitals and bool(found.day or found.agency))
    # Before a colon, more than a single place in capitals is a heading run into its paragraph.
    alone = not colon or (not found.country and len((found.place or "").split()) <= 2)
    return first and capitals and alone and len(found.place or "") >= 4


def _read(text: str, start: int, limit: int) -> _Reading:
    found = _Reading(start)
    if _read_byline(text, limit, found):
        return found
    found.end = _after_place(text, start, limit)
    if found.end > start:
        found.place = text[start : found.end]
    for _ in range(MOST_PIECES):
        if not _read_piece(text, limit, found):
            break
    return found


def _read_byline(text: str, limit: int, found: _Reading) -> bool:
    """Reads a byline that runs on into the report: `By Jane Doe Site.com - Prices ...`."""
    opening = _BY.match(text, found.end, limit)
    if not opening:
        return False
    position, end = opening.end(), opening.end()
    for _ in range(4):
        word = _WORD.match(text, position, limit)
        if not word or not word.group()[0].isupper() or _agency_at(text, position, limit):
            break
        end = word.end()
        position = end + 1
    name = text[opening.end() : end]
    if not persons(name):
        return False
    found.author, found.end = name, end
    _read_piece(text, limit, found)
    return True


def _after_place(text: str, start: int, limit: int) -> int:
    """Where the words of a place end that are all in capitals, or all begin with one."""
    position = end = start
    capitals = False
    for _ in range(5):
        word = _WORD.match(text, position, limit)
        if not word or not word.group()[0].isupper() or _agency_at(text, position, limit):
            break
        if partial_date_pattern().match(text, position, limit) or (end > start and word.group().isupper() != capitals):
            break
        capitals, end = word.group().isupper(), word.end()
        gap = _GAP.match(text, end, limit) or (_SHORTENED.match(text, end, limit) if len(word.group()) == 2 else None)
        if not gap:
            break
        position = gap.end()
    return end


def _read_piece(text: str, limit: int, found: _Reading) -> bool:
    """Reads a date, an agency or a country; false if none stands here."""
    lead = _LEAD.match(text, found.end, limit)
    at = lead.end() if lead else found.end
    day = partial_date_pattern().match(text, at, limit) if not found.day else None
    if day:
        found.day, found.end = day.group(), day.end()
        return True
    agency = _agency_at(text, at, limit) if not found.agency else None
    if agency:
        name, found.end = agency
        signed = _SIGNED.fullmatch(name)
        author = persons(signed["author"]) if signed else None
        found.agency, found.author = (signed["agency"], author) if signed and author else (name, found.author)
        return True
    country = _COUNTRY.match(text, at, limit) if lead and lead["mark"] == "," and found.place and not found.day else None
    if country and all(word[0].isupper() or word in {"of", "and", "the"} for word in re.split(r"[ -]", country.group())):
        found.country, found.end = True, country.end()
        return True
    return False


def _agency_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """An agency in brackets or between slashes, or one that is known by its bare name or is a site's address."""
    enclosed = _BRACKETS.match(text, at, limit)
    if enclosed:
        return (enclosed["round"] or enclosed["tokens"] or enclosed["slashes"]).strip(), enclosed.end()
    bare = _agency_pattern().match(text, at, limit)
    if bare and (bare.group().isupper() or "." in bare.group() or bare.group() in metadata_lexicon().known.values()):
        return bare.group(), bare.end()
    return None


@cache
def _agency_pattern() -> re.Pattern[str]:
    known = sorted(metadata_lexicon().known, key=lambda name: (-len(name), name))
    names = "|".join(re.escape(name) for name in known)
    sites = r"\w[\w-]*\.(?:com|net|org|info|az|ge|kz|kg|uz|tj|tm|ru|am|tr|ir|ua|eu|uk|in|cn)"
    return re.compile(rf"(?:{names}|{sites})(?![\w.-]*\w)", re.IGNORECASE)
