"""The head of a page: which line is the title, and which lines above and below it are menus, mastheads, dates and bylines.

Sorts the lines in front of the report; what those lines say is read in `pipeline.documents.metadata`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pipeline.documents.byline import (
    byline_in,
    byline_within,
    described_person,
    firm_in,
    is_nobody,
    is_person,
    names_body,
    outlet,
    persons,
    persons_alone,
)
from pipeline.documents.calendar_dates import first_date, without_dates
from pipeline.documents.dateline import house_of_place, is_dateline_alone, read_dateline
from pipeline.documents.furniture import ends_in_menu, is_furniture, is_menu, is_section, names_share, opens_list, segments
from pipeline.documents.lexicon import metadata_lexicon
from pipeline.documents.lines import BULLET, Line, Wrapping, bare, final_stop, goes_on

Role = Literal["furniture", "date", "byline", "label", "address", "separator", "text"]
LABEL = re.compile(r"[•*·\-\s]*(?P<label>[^\W\d_][^:\n]{0,28}?)\s*:\s*(?P<value>\S.*)?$", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:\s*\.)?$", re.IGNORECASE)
_CELL = re.compile(r"[-+−–]?[0-9][0-9.,'\u00a0 ]{0,20}%?|[-–—+/%]{1,3}|n/a")
# A caption of a picture, told by the credit that ends it: `... at a berth. File Photo: ZNA/Jane Doe`, `Image via Zenda Maps`.
_CAPTION = re.compile(
    r"[.!?)\]]\s+[(\[]?(?:(?i:(?:(?:file|stock|handout) )?(?:photo(?:graph)?|foto|image|picture|illustration|map|graphic)s?)"
    r"(?: (?i:credit|source))?(?::| by (?=[A-Z])| via (?=[A-Z])| courtesy )|(?:REUTERS|AFP|EPA|AP Photo)/|Courtesy of "
    r"|© ?[A-Z])[^.!?]{1,80}[)\].]{0,2}$"
)
# What a page prints about its author between byline and date.
_ABOUT_AUTHOR = re.compile(r"The (?:writer|author|columnist|reporter|contributor)s?,? (?:[a-z]+)\b", re.IGNORECASE)
# What an issue says that it holds.
_CONTENTS = re.compile(
    r"(?:(?:also )?in this (?:week[’']s |month[’']s )?(?:issue|number|edition|bulletin|report)|(?:also )?inside(?: this \w+)?"
    r"|contents)\s*:",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
# A figure beside a date makes a headline.
_FIGURE = re.compile(r"\d\s?%|[$€£¥]\s?\d")
_LEFT = re.compile(r"[^\W\d_]{2,}")
_AGE = re.compile(
    r"(?:(?:posted|published|updated) )?(?:about )?(?:\d{1,3}|an?) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_RATING = re.compile(r"(?:[*★☆⭐✩✪✭] ?){2,}(?:\([^()]{1,40}\)|\d[\d/,. ]{0,10})?")
_PAGE = re.compile(r",\s*(?:page|p\.|pp\.|section)\s?[A-Z]?-?\d", re.IGNORECASE)
_ISSUE = re.compile(r",\s*(?:vol(?:ume)?|no|nr|issue)\.?\s?\d", re.IGNORECASE)
_ANSWER = re.compile(r"[QA](?:uestion|nswer)?:\s")
_OWN_CORRESPONDENT = re.compile(r"from (?:our|a|the)\s", re.IGNORECASE)
_INNER_STOP = re.compile(r"[.!?…][\"”’»)\]']*\s+[\"“‘«(\[]?[^\W\d_a-z]")


# A longer line is a paragraph, and no more of one needs to be looked at.
REPORT_REACH = 500
LONG_WORDS = 25
# What stands beside a date has few words in small letters (`and`, `for`, `von`); a sentence has more.
MOST_SMALL = 2
SMALL_WORDS = frozenset({"&", "and", "of", "the", "for", "in", "on"})


@dataclass(slots=True)
class Head:
    """The lines before the report, by index. `body` is the index of the report's first line."""

    body: int
    title: list[int] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


def label_of(line: str) -> tuple[str, str] | None:
    """The meaning and the value of a `Label: value` line with a label of metadata."""
    match = LABEL.match(line) if ":" in line[:40] else None
    meaning = metadata_lexicon().labels.get(match["label"].lower()) if match else None
    return (meaning, (match["value"] or "").strip()) if match and meaning else None


def read_head(lines: Sequence[Line], wrapped: Wrapping | None, most: int, *, titled: bool = False) -> Head:
    """Sorts the lines in front of the report. Without a title, all lines but metadata are the report's.

    If `titled`, the first line is known to be the title.
    """
    head = Head(body=0)
    for index, line in enumerate(lines[:most]):
        if titled and index == 0:
            head.roles.append("text")
            continue
        role = _role(line)
        if role == "date" and _runs_on(lines, index):
            role = "text"
        if role == "text" and _is_report(lines, index, wrapped, head.roles):
            head.body = index
            break
        head.roles.append(role)
    else:
        head.body = len(head.roles)
    if titled:
        head.title = [0]
        head.below = [index for index, role in enumerate(head.roles) if role == "text" and index]
        return head
    _choose_title(lines, head, wrapped)
    if not head.title:
        first = next((i for i, role in enumerate(head.roles) if role == "text"), head.body)
        head.body = min(head.body, first)
        head.roles = head.roles[: head.body]
    return head


def _runs_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line goes on in small letters: a dateline and the first words of a wrapped report, no metadata."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    dateline = read_dateline(lines[index].text, 0, len(lines[index].text), first=True)
    return bool(following and dateline and not following.blank_before and following.text[:1].islower())


def _role(line: Line) -> Role:
    text = line.text
    plain = bare(text)
    tests: tuple[tuple[Role, bool], ...] = (
        ("separator", bool(_RATING.fullmatch(text)) or not plain or not any(character.isalnum() for character in plain)),
        ("address", bool(_ADDRESS.fullmatch(text))),
        ("label", len(text) <= 200 and (label_of(text) is not None or plain.lower() in ("author", "authors", "published"))),
        ("furniture", is_caption(text) or is_furniture(text) or is_furniture(plain) or opens_list(text)),
        ("date", is_date_line(plain)),
        ("byline", _is_byline(plain)),
        ("furniture", is_menu(text) or ends_in_menu(text) or _is_row_of_sections(text)),
    )
    return next((role for role, true in tests if true), "text")


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a picture, which ends with whose the picture is."""
    return len(text) <= 400 and bool(_CAPTION.search(text))


def _is_row_of_sections(text: str) -> bool:
    """Whether a line names sections side by side. Where all that stands beside its first word are numbers, it is a table's."""
    parts = segments(text.strip("|\t "))
    return is_section(text) and len(segments(text)) > 1 and not all(_CELL.fullmatch(part) for part in parts[1:])


def is_date_line(text: str) -> bool:
    """Whether a line holds a date, with a time, a place, a section or a name beside it and nothing more."""
    if len(text) > 160:
        return False
    if _AGE.fullmatch(text) or is_dateline_alone(text) or house_of_place(text) or _is_page(text):
        return True
    rest = without_dates(text)
    if rest is None or _FIGURE.search(rest):
        return False
    parts = segments(text)
    longest = max(len(part.split()) for part in parts) if parts else 0
    if len(parts) > 1 and longest <= (6 if first_date(text) else 4) and any(is_date_line(part) for part in parts):
        return True
    names = byline_within(rest)
    rest = rest[: names[0]] if names else rest
    words = _LEFT.findall(time_words().sub(" ", rest))
    if final_stop(text) == "." and sum(word.islower() for word in words) > MOST_SMALL:
        return False
    left = [word for word in words if not is_section(word)]
    return len(left) <= 2 or is_person(" ".join(left))


def _is_page(text: str) -> bool:
    """Whether a line cites a page of a paper: `The Zenda Post, March 4, 1997, page B4`."""
    return bool(_PAGE.search(text)) and outlet(text.split(",", 1)[0]) is not None and without_dates(text) is not None


@cache
def time_words() -> re.Pattern[str]:
    """The words of hours and time zones beside a date."""
    words = "|".join(re.escape(word) for word in metadata_lexicon().time_words)
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)


def _is_byline(text: str) -> bool:
    value = byline_in(text)
    if _OWN_CORRESPONDENT.match(text) and is_nobody(text) and len(text) <= 60:
        return True
    if value is None or len(text) > 120 or _INNER_STOP.search(text):
        return False
    first = value.split()[0]
    if persons(value) or (is_nobody(value) and len(value.split()) <= 8):
        return True
    return len(value.split()) <= 6 and first[0].isupper() and outlet(value) is not None


def _is_report(lines: Sequence[Line], index: int, wrapped: Wrapping | None, before: Sequence[Role]) -> bool:
    """Whether the line at `index` begins the report: prose, and not the title."""
    line = lines[index]
    last = index
    while last + 1 < len(lines) and last - index < 30 and goes_on(lines[last], lines[last + 1], wrapped):
        last += 1
    text = " ".join(one.text for one in lines[index : last + 1])
    stop = final_stop(text)
    text = text[:REPORT_REACH]
    words = len(text.split())
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following and _is_above_metadata(lines, index, text, before, alone=last == index):
        return False
    if read_dateline(text, 0, len(text), first="text" in before) and words >= 8:
        return True
    if _ANSWER.match(line.text):
        return True
    if BULLET.match(line.text):
        return "text" in before and words >= 4
    if stop and stop in ".…" and words >= 6:
        return not _ends_in_abbreviation(text) or words > 20
    return _is_long(text, stop, following)


def _is_long(text: str, stop: str, following: Line | None) -> bool:
    """Whether a line is too long or holds too many sentences to be a title, or breaks off within one of them."""
    words, inner = len(text.split()), bool(_INNER_STOP.search(text))
    if following and following.text[0].islower() and inner and words >= LONG_WORDS:
        return True
    stopped = stop != "" and stop in ".…!?"
    return len(text) >= 220 or (stopped and (words >= LONG_WORDS or (len(text) >= 100 and inner)))


def _is_above_metadata(lines: Sequence[Line], index: int, text: str, before: Sequence[Role], *, alone: bool) -> bool:
    """Whether a line is a first one right above a date, a byline or a dateline, or tells of the author above a date."""
    following = lines[index + 1]
    if "text" not in before:
        short = alone and len(text.split()) <= 30
        return short and (_role(following) in ("address", "date", "byline") or _has_agency(following.text))
    return _tells_of_author(text, lines[index - 1].text) and _role(following) in ("date", "byline")


def _tells_of_author(text: str, above: str) -> bool:
    """Whether a line tells who the writer is, by that word or by the name in the line above it."""
    name = persons_alone(byline_in(above) or above)
    return bool(_ABOUT_AUTHOR.match(text)) or (name is not None and text.startswith(f"{name} "))


def _has_agency(text: str) -> bool:
    dateline = read_dateline(text, 0, len(text), first=True)
    return dateline is not None and dateline.agency is not None


def _ends_in_abbreviation(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1].rstrip("\"”’»)'")
    return bool(re.fullmatch(r"(?:[^\W\d_]\.){2,}|(?:[Bb]ln|[Mm]ln|[Ii]nc|[Cc]orp|[Ll]td|[Cc]o|[Tt]rln|[Pp]ct)\.", last))


def _choose_title(lines: Sequence[Line], head: Head, wrapped: Wrapping | None) -> None:
    texts = [index for index, role in enumerate(head.roles) if role == "text" and lines[index].text[-1] != ","]
    if head.body >= len(lines):
        return
    masthead = bool(texts) and _masthead_like(lines, head, texts[0])
    if (not texts or (masthead and len(texts) == 1)) and (dated := _dated_title(lines, head, texts[0] if texts else 0)):
        head.title, head.above = [dated], texts
        return
    if not texts:
        return
    # What follows a table of contents are headings of pieces.
    listed = next((place for place, index in enumerate(texts) if _CONTENTS.match(lines[index].text)), len(texts))
    if masthead and len(texts) > 1 and listed and all(_is_tagline(lines[index].text) for index in texts[1:listed]):
        head.title, head.below = texts[:1], texts[1:]
        return
    # A house that signs below the first line leaves that line the title.
    masthead = masthead and (len(texts) == 1 or not all(_is_house(lines[index].text) for index in texts[1:]))
    best = max(texts, key=lambda index: (_title_score(lines, head, index, texts, masthead), -index))
    head.title = [best]
    while head.title[-1] + 1 in texts and _continues(lines[head.title[-1]], lines[head.title[-1] + 1], wrapped):
        head.title.append(head.title[-1] + 1)
    head.above = [index for index in texts if index < best]
    head.below = [index for index in texts if index > head.title[-1]]


def _dated_title(lines: Sequence[Line], head: Head, above: int) -> int | None:
    """The line of a date that opens with the title of a periodical, below its publisher: `DRY CARGO WEEKLY   No. 3   May 4`."""
    following = above + 1
    parts = segments(lines[following].text) if following < len(head.roles) and head.roles[following] == "date" else ()
    words = parts[0].split() if len(parts) > 1 and without_dates(parts[0]) is None else []
    kinds = metadata_lexicon().document_kinds | metadata_lexicon().outlet_words
    periodical = len(words) >= 2 and words[-1].lower() in kinds and not is_kind(parts[0])
    named = head.roles[above : above + 1] in (["text"], ["furniture"]) and len(segments(lines[above].text)) > 1
    return following if periodical and named else None


def is_issue_titled(lines: Sequence[Line], head: Head) -> bool:
    """Whether the title is the name of a periodical, below which it says what it is or holds, and no title of a piece."""
    title = head.title[0] if head.title else 0
    told = (lines[index].text for index in head.below if index > title)
    return (
        head.title == [title]
        and _masthead_like(lines, head, title)
        and any(_is_tagline(one) or _CONTENTS.match(one) for one in told)
    )


def _is_house(text: str) -> bool:
    """Whether a line names a body, a firm or a kind of document, and so is no title if another line may be."""
    return is_kind(text) or names_body(text) or firm_in(text) is not None


def is_issue(text: str) -> bool:
    """Whether a line names a periodical and its number: `Journal of Ports, Vol. 12, No. 3`."""
    return bool(_ISSUE.search(text)) and outlet(text.split(",", 1)[0]) is not None


def is_kind(text: str) -> bool:
    """Whether a line says no more than what kind of document follows: `Press release No. 12/2019`."""
    words = _LETTERS.findall(text)
    return bool(words) and all(word.lower() in metadata_lexicon().document_kinds for word in words)


def _continues(line: Line, following: Line, wrapped: Wrapping | None) -> bool:
    alike = line.text.isupper() == following.text.isupper()
    return alike and not following.blank_before and (goes_on(line, following, wrapped) or following.text[0].islower())


def _masthead_like(lines: Sequence[Line], head: Head, index: int) -> bool:
    """Whether a line looks like the name of a site: a few capitalised words, a name of an outlet, or a menu below it."""
    text = lines[index].text
    if names_share(text):
        return False
    words = text.split()
    capitalised = all(word[0].isupper() or word.lower() in SMALL_WORDS for word in words)
    outlet_like = len(words) <= 6 and (text.isupper() or outlet(text) is not None)
    parts = segments(text)
    short_parts = len(parts) > 1 and max(len(part.split()) for part in parts) <= 5
    paper = {words[0].lower(), words[-1].lower()} & metadata_lexicon().outlet_words
    name = capitalised and (len(words) <= 4 or (len(words) <= 9 and bool(paper)))
    below = index + 1
    menu_below = below < len(head.roles) and is_menu(lines[below].text) and not lines[below].blank_before
    official = text.lower().startswith(metadata_lexicon().preambles)
    name = name or names_body(text) or is_kind(text) or is_issue(text)
    return name or outlet_like or menu_below or official or len(words) <= 2 or short_parts or is_section(text)


def _is_tagline(text: str) -> bool:
    """What a site says about itself below its name: `a blog on ports`, `The magazine of Eurasian freight`."""
    words = text.lower().split()
    own = any(word.strip(".,") in metadata_lexicon().outlet_words for word in words)
    return text[0].islower() or (own and words[0] in {"a", "an", "the", "your", "our"})


def _is_deck(lines: Sequence[Line], index: int, texts: Sequence[int], masthead: bool) -> bool:
    """Whether a line follows another of several words that may be the title, and so explains that one."""
    position = texts.index(index)
    above = texts[position - 1]
    if not position or (masthead and not any(lines[near].blank_before for near in range(texts[0] + 1, above + 1))):
        return False
    text = lines[above].text
    return len(text.split()) >= 4 and not _is_house(text) and not is_section(text) and text[-1] not in ".,:"


def _title_score(lines: Sequence[Line], head: Head, index: int, texts: Sequence[int], masthead: bool) -> float:
    line, words = lines[index], len(lines[index].text.split())
    following = lines[index + 1]
    neighbours = {head.roles[near] for near in (index - 1, index + 1) if 0 <= near < len(head.roles)}
    score = min(words, 7) - texts.index(index) * 0.5
    score += 3 if line.blank_before and following.blank_before else 0
    score += 2 if neighbours & {"date", "byline", "label", "address"} else 0
    stopped = line.text[-1] == "." and line.text[-2:] != " ."
    score += 5 if index == texts[0] and not masthead and not stopped else 0
    score -= 4 if words > 18 else 0
    score -= 20 if _CONTENTS.match(line.text) else 0
    score -= 5 if is_section(line.text) else 0
    score -= 8 if line.text[-1] in ",:" else 0
    score -= 8 if index != texts[0] and _is_house(line.text) else 0
    score -= 3 if _is_deck(lines, index, texts, masthead) else 0
    score -= 6 if described_person(line.text) or persons_alone(line.text) else 0
    score -= 4 if stopped else 0
    score -= 3 if is_person(line.text) or (words <= 4 and outlet(line.text)) else 0
    if masthead and len(texts) > 1:
        later_block = any(lines[near].blank_before for other in texts[1:] for near in range(texts[0] + 1, other + 1))
        same_block = later_block and not any(lines[near].blank_before for near in range(texts[0] + 1, index + 1))
        score -= 6 if index == texts[0] else 4 if same_block and words <= 12 else 0
        score -= 6 if same_block and _is_tagline(line.text) else 0
    return score
