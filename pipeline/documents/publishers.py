"""Who published a text: the masthead, an outlet below the title, the agency of the dateline, notices and sources at the end.

Whether a phrase names an outlet is judged in `pipeline.documents.byline`.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.documents.authors import TAIL_LINES
from pipeline.documents.byline import (
    byline_in,
    byline_within,
    described_person,
    firm_in,
    house_after,
    is_nobody,
    known_outlet,
    names_body,
    outlet,
    persons,
    persons_alone,
)
from pipeline.documents.calendar_dates import first_date, without_dates
from pipeline.documents.dateline import Dateline, house_of_place
from pipeline.documents.furniture import is_furniture, is_menu, is_section, opens_list, segments
from pipeline.documents.head import SMALL_WORDS, Head, is_date_line, is_issue, is_issue_titled, is_kind, label_of
from pipeline.documents.lexicon import metadata_lexicon
from pipeline.documents.lines import Line, bare

MASTHEAD_LINES = 8
# A row of parts no longer than that chooses between languages.
LANGUAGE_CODE = 3
MOST_DESK = 3
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_COPYRIGHT = re.compile(
    r"(?:(?:©|\(c\)|copyright)\s*){1,3}(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by )?(?P<name>[^.|,;\d©\n]{3,60})", re.IGNORECASE
)
_AGENCY_REPORTS = re.compile(
    r", (?P<name>[A-Z][\w.-]+(?: News(?: Agency)?)?) (?:reports|informs)(?:\.|,| citing| with reference)"
)
_FROM = re.compile(r"(?:From|(?P<special>Special (?:to|for))) (?P<name>.+)")
_AFTER_NAME = re.compile(r"\s+(?:at|on|in)\s|\s*[|·(\d]|\s+[-–—]\s")
_CITED = re.compile(r"[-–—]\s+(?P<name>[^-–—,]{3,40}),\s")
# What remains of a wire's own marks at the end of its copy.
_CONTROL = re.compile(r"(?:&#\d{1,3};|[\W_])+")
# How a wire ends its copy, and how a note tells where its author works.
CLOSING_LINES, CLOSING_REACH = 4, 60
_CLOSING = re.compile(
    r"[.!?][\"”’»)]*\s*(?:(?:-0-\s*)?[-–—/]{1,3}\s*|\(|/)(?P<name>[A-Z][\w.&-]{1,20}(?: [A-Z][\w-]{1,15}){0,2})[)/.]?$"
)
_INITIALS = re.compile(r"(?:[A-Za-z]{1,4}\s?/\s?){1,4}(?P<name>[A-Z][A-Za-z]{1,15})\.?")
_WORKS_FOR = re.compile(
    r"(?P<author>[^,\n(]{5,60}?),? (?:is|has|writes|reports|works|covers|worked)\b[^.\n]{0,80}? (?:for|at|of|with) "
    r"(?P<name>(?:[Tt]he )?[A-Z][\w&.-]{1,20}(?: (?:of |and )?[A-Z][\w-]{1,20}){0,4})"
)
_QUOTED = re.compile(r"[\"“”«»]")
# The mark of a story on a wire: `BC-GRAIN-ZENDA`.
_SLUG = re.compile(r"[A-Z]{2,}(?:[-/][A-Z]{2,}){2,}")


def publisher_of(lines: Sequence[Line], head: Head, dateline: Dateline | None, title: str | None, report: str) -> str | None:
    """The name of the publisher, or None. `report` is the first paragraph."""
    agency = dateline.agency if dateline else None
    reports = _AGENCY_REPORTS.search(report)
    return (
        _masthead(lines, head)
        or (outlet(title) if title and is_issue_titled(lines, head) else None)
        or _named_beside_place(lines, head)
        or _named_below_title(lines, head)
        or (_in_full(_agency(agency), lines, head) if agency else None)
        or bylined_outlet(lines, head)
        or _copyright(lines)
        or (known_outlet(reports["name"]) if reports else None)
        or _document_kind(title)
        or _after_title(title)
        or _source_below(lines, head)
        or _related(lines, head)
        or _signature(lines, head)
        or _closing_mark(lines, head)
        or _house_of_author(lines, head)
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
        if role not in ("text", "furniture", "date") or byline_in(text):
            continue
        if house_of_place(text):
            continue
        cited = is_issue(text) or (role == "date" and outlet(text.split(",", 1)[0]))
        parts = tuple(text.split(",")) if cited else segments(text)
        named = role == "text" or is_menu(text) or len(parts) > 1
        menu_below = role == "text" and index + 1 < len(head.roles) and is_menu(lines[index + 1].text)
        menu_below = menu_below and not lines[index + 1].blank_before
        if named and parts and (_is_masthead(parts) or (menu_below and is_nobody(text) and without_dates(text) is None)):
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
    if is_furniture(first):
        return False
    if len(first) > 90 or first.lower() == "home" or is_kind(first) or not _LETTER.search(first) or _SLUG.fullmatch(first):
        return False
    if first[-1] == "." and len(words) > 3:
        return False
    if len(parts) > 1 and all(len(part) <= LANGUAGE_CODE for part in parts):
        return False
    if without_dates(first) is not None or (len(parts) == 1 and is_nobody(first) and not names_body(first)):
        return False
    paper = (
        "," not in first and len(words) >= 3 and words[-1].lower() in metadata_lexicon().outlet_words and words[0][0].isupper()
    )
    before_home = len(parts) > 1 and parts[1].lower() == "home"
    return paper or before_home or not is_section(first)


def _without_preamble(name: str) -> str:
    low = name.lower()
    opening = next((words for words in metadata_lexicon().preambles if low.startswith(f"{words} ")), "")
    return name[len(opening) :].strip()


def _named_beside_place(lines: Sequence[Line], head: Head) -> str | None:
    name = next((name for line in lines[: head.body] if (name := house_of_place(line.text))), None)
    return (known_outlet(name) or name) if name else None


def _named_below_title(lines: Sequence[Line], head: Head) -> str | None:
    for index in range((head.title[-1] + 1) if head.title else 0, head.body):
        pieces = lines[index].text.split(",") if head.roles[index] == "date" else []
        if known := next((known for piece in pieces if (known := known_outlet(piece))), None):
            return known
        came = _FROM.match(lines[index].text.split(",", 1)[0])
        if came and (site := known_outlet(came["name"]) or (outlet(came["name"]) if came["special"] else None)):
            return site
        parts = segments(lines[index].text) if head.roles[index] in ("text", "date", "byline") else ()
        if name := next((name for part in parts if (name := _house_in(bare(part), text=head.roles[index] == "text"))), None):
            return name
    return None


def _house_in(part: str, *, text: bool) -> str | None:
    """The outlet that a part of a line below the title names, alone or after its writer; in a line of text a firm, too."""
    paper = part.partition(", ")[2] if described_person(part) else ""
    if known_outlet(paper) or (paper.startswith("The ") and outlet(paper) == paper and not names_body(paper)):
        return known_outlet(paper) or paper
    if text and (firm := firm_in(part)):
        return firm
    alone = len(part.split()) in (2, 3, 4) and part[0].isupper() and outlet(part) == part
    return known_outlet(part) or (part if alone else None)


def _agency(name: str) -> str | None:
    if known := known_outlet(name):
        return known
    words = {word.lower() for word in _WORD.findall(name)}
    if not words - metadata_lexicon().generic or first_date(name):
        return None
    # A desk that signs by a name of its own stands for the house; a reporter or an editor does not.
    desk = name.rsplit(maxsplit=1)[-1].lower() == "desk" and name[0].isupper() and len(words) <= MOST_DESK
    return name if desk or not is_nobody(name) else None


def _in_full(name: str | None, lines: Sequence[Line], head: Head) -> str | None:
    """The name of an agency, spelled out where a byline does: `ZP` of `By JANE DOE Zenda Press`."""
    if not name or not name.isupper():
        return name
    houses = (house for index in range(head.body) if (house := house_after(byline_in(lines[index].text) or "")))
    return next((house for house in houses if "".join(word[0] for word in house.split()) == name), name)


def bylined_outlet(lines: Sequence[Line], head: Head) -> str | None:
    """An outlet in place of a person (`By Zenda News`) or after one (`by Jane Doe, Zenda Gazette`)."""
    for index, role in enumerate(head.roles):
        text = lines[index].text
        value = byline_in(text) if role in ("byline", "date") else None
        value = _AFTER_NAME.split(value, maxsplit=1)[0] if value else None
        if value and not persons(value) and not is_nobody(value) and (name := outlet(value)):
            return name
        beside = segments(text)[1:] if value and persons(value) else ()
        if name := next((part for part in beside if part.startswith("The ") and outlet(part) == part), None):
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
    lines = lines[: len(lines) - next((n for n, line in enumerate(reversed(lines)) if not _CONTROL.fullmatch(line.text)), 0)]
    last = lines[-1].text if head.body < len(lines) else ""
    if not is_date_line(last):
        dated = head.body < len(lines) - 1 and is_date_line(lines[-2].text)
        return known_outlet(last) or (last if dated and names_body(last) else None)
    names = (part for part in last.split(",") if without_dates(part) is None and not _QUOTED.search(part))
    return next((name for part in names if (name := outlet(part))), None)


def _closing_mark(lines: Sequence[Line], head: Head) -> str | None:
    """The agency that closes its copy: `... in the period.-ZNA`, `... a year ago. (ZNA)`, initials and agency `jd/ro/ZNA`."""
    for line in reversed(lines[max(head.body, len(lines) - CLOSING_LINES) :]):
        initials = _INITIALS.fullmatch(line.text)
        closing = initials or _CLOSING.search(line.text, max(0, len(line.text) - CLOSING_REACH))
        if closing and (name := known_outlet(closing["name"])):
            return name
    return None


def _house_of_author(lines: Sequence[Line], head: Head) -> str | None:
    """The outlet for which a note below the report says that its author works."""
    for line in lines[max(head.body + 1, len(lines) - CLOSING_LINES * 2) :]:
        told = _WORKS_FOR.match(line.text)
        if told and persons_alone(told["author"]) and (name := known_outlet(told["name"])):
            return name
    return None


def _related(lines: Sequence[Line], head: Head) -> str | None:
    """The site of which two reports or more are listed below as related: `"Title" - Site, 4 March 2024`."""
    related, cited_before = False, None
    for line in lines[max(head.body, len(lines) - TAIL_LINES) :]:
        cited = _CITED.search(line.text)
        if related and cited and without_dates(line.text) and (name := known_outlet(cited["name"])):
            if name == cited_before:
                return name
            cited_before = name
        related = (related and cited is not None) or (opens_list(line.text) and line.text.lower().startswith("related"))
    return None


def _source_below(lines: Sequence[Line], head: Head) -> str | None:
    """An agency named as the source under the text."""
    for line in lines[max(head.body, len(lines) - TAIL_LINES) :]:
        label = label_of(line.text)
        if label and label[0] in ("source", "publisher") and not _ADDRESS.search(label[1]) and len(label[1]) <= 60:
            return known_outlet(label[1]) or outlet(label[1])
    return None
