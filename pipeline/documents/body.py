"""The report itself: which of its lines are furniture, and how the others make up paragraphs, headings and items.

Sentences within a paragraph belong to `pipeline.documents.sentences`, the lines above the report to
`pipeline.documents.head`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.documents.byline import known_outlet
from pipeline.documents.document import SentenceKind, Span
from pipeline.documents.furniture import (
    is_furniture,
    is_menu,
    is_section_menu,
    is_ticker,
    opens_comments,
    opens_list,
    opens_notes,
)
from pipeline.documents.head import is_date_line
from pipeline.documents.lines import BULLET, Line, Wrapping, final_stop, goes_on, mark_end

# Credits at the end of wire copy, which may follow the last sentence on its own line.
_CREDITS = re.compile(
    r"(?:\bhere )?\(?\b(?:(?:Additional )?[Rr]eporting|Editing|Writing|Compiled|Translat(?:ed|ion)|Edited|Written) by "
    r"(?=[A-Z])(?:[^.\n]|\.(?=\S|\s?[A-Z]?\S{0,12}[;,]))*[.)]*$"
)
CREDITS_REACH = 400
_LETTERS = re.compile(r"[^\W\d_]{2}")
# What a note that cites a work holds and one that tells something does not.
_CITATION = re.compile(
    r"https?:|www\.|\bpp?\. ?\d|\b(?:ibid|op\. cit|vol\.|eds?\.|et al|doi|retrieved|accessed|available at)\b", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+")
NOTE_WORDS, NOTE_LINES = 6, 6
_COLUMNS = re.compile(r"\S(?:\t|[ \u00a0]{3,}|\s*\|\s*)\S")


class Paragraph(NamedTuple):
    """A stretch of the text that belongs together."""

    start: int
    end: int
    kind: SentenceKind


def furniture_lines(lines: Sequence[Line], first: int, wrapped: Wrapping | None) -> set[int]:
    """The indexes, from `first` on, of lines that are no part of the report."""
    found: set[int] = set()
    mode = "report"
    prose_seen = False
    for index in range(first, len(lines)):
        text = lines[index].text
        if mode == "comments":
            found.add(index)
        elif (
            mode in ("report", "notes")
            and index > first
            and index - 1 not in found
            and goes_on(lines[index - 1], lines[index], wrapped)
        ):
            # A line in the middle of a paragraph may begin with any word.
            continue
        elif opens_list(text) or opens_comments(text):
            found.add(index)
            mode = _opened(text, prose_seen)
        elif _is_no_prose(text) or _is_listed(lines, index, wrapped, mode):
            found.add(index)
        elif mode != "notes" or _resumes(lines, index, wrapped):
            mode = "report"
            prose_seen = prose_seen or len(text) >= 60
    return found | _tail(lines, first, found)


def _is_no_prose(text: str) -> bool:
    """Whether a line is furniture wherever it stands. A row of words and numbers may be a table's."""
    return is_furniture(text) or (is_section_menu(text) and not any(character.isdigit() for character in text))


def _opened(text: str, prose_seen: bool) -> str:
    """What a heading of a list opens; comments go on to the end, but not where an invitation stands above the report."""
    if prose_seen and opens_comments(text):
        return "comments"
    return "notes" if opens_notes(text) else "list"


def _is_listed(lines: Sequence[Line], index: int, wrapped: Wrapping | None, mode: str) -> bool:
    """Whether the line at `index` goes on a list that was opened above it."""
    if mode == "notes" and _is_told_note(lines, index, wrapped):
        return False
    return mode in ("list", "notes") and not _resumes(lines, index, wrapped)


def _is_told_note(lines: Sequence[Line], index: int, wrapped: Wrapping | None) -> bool:
    """Whether a note is a sentence, most of its words in small letters and no work cited."""
    last = index
    while last + 1 < len(lines) and last - index < NOTE_LINES and goes_on(lines[last], lines[last + 1], wrapped):
        last += 1
    text = " ".join(line.text for line in lines[index : last + 1])
    words = _WORDS.findall(text)
    told = sum(word[0].islower() for word in words)
    return len(words) >= NOTE_WORDS and told * 3 >= len(words) * 2 and final_stop(text) == "." and not _CITATION.search(text)


def _resumes(lines: Sequence[Line], index: int, wrapped: Wrapping | None) -> bool:
    """Whether the line at `index` begins too much of a paragraph to be one more link in a list."""
    last = index
    while last + 1 < len(lines) and last - index < 4 and goes_on(lines[last], lines[last + 1], wrapped):
        last += 1
    length = lines[last].end - lines[index].start
    stopped = final_stop(lines[last].text) in {".", "!", "?", "…"}
    return length >= 200 or (stopped and (length >= 90 or (lines[index].blank_before and length >= 60)))


def _tail(lines: Sequence[Line], first: int, found: Iterable[int]) -> set[int]:
    """Menus, tickers and lists of tags after the last line of prose."""
    known = set(found)
    tail: set[int] = set()
    for index in range(len(lines) - 1, first, -1):
        text = lines[index].text
        if index in known:
            continue
        if not _is_footer(text):
            break
        tail.add(index)
    return tail


def _is_footer(text: str) -> bool:
    """Whether a line below the last line of prose is a menu, a ticker, a list of tags, a date or the name of an outlet."""
    tags = text.isupper() and "   " in text and not any(character.isdigit() for character in text)
    dated = len(text) < 80 and is_date_line(text)
    return tags or dated or is_menu(text) or is_ticker(text) or known_outlet(text) is not None


def credits_in(line: str) -> int | None:
    """Where the credits of wire copy begin in a line that ends with them: `Reporting by ...; Editing by ...`."""
    match = _CREDITS.search(line, max(0, len(line) - CREDITS_REACH)) if " by " in line else None
    return match.start() if match else None


def paragraphs(lines: Sequence[Line], wrapped: Wrapping | None) -> Iterator[Paragraph]:
    """The paragraphs that `lines` make up; `wrapped` is None unless they are hard-wrapped."""
    group: list[Line] = []
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        group.append(line)
        if following is None or not goes_on(line, following, wrapped):
            yield _paragraph(group, following)
            group = []


def _paragraph(group: Sequence[Line], following: Line | None) -> Paragraph:
    first, last = group[0], group[-1]
    if len(group) == 1 and following and _is_heading(first, following):
        numbered = BULLET.match(first.text)
        return Paragraph(first.start + (0 if numbered else mark_end(first.text)), last.end, "heading")
    if BULLET.match(first.text) and mark_end(first.text):
        return Paragraph(first.start + mark_end(first.text), last.end, "item")
    if len(group) == 1 and len(first.text) < 160 and _COLUMNS.search(first.text):
        return Paragraph(first.start, last.end, "item")
    return Paragraph(first.start, last.end, "body")


def _is_heading(line: Line, following: Line) -> bool:
    """A short line without a full stop above a paragraph, a list or a table."""
    words = line.text.split()
    if len(line.text) > 100 or len(words) > 14 or _COLUMNS.search(line.text):
        return False
    if line.text[-1] == "," or final_stop(line.text) in {".", "…", ";"} or not _LETTERS.search(line.text):
        return False
    if line.text[-1] in "?!" and (len(words) > 8 or ":" in line.text):
        return False
    bullet, listed = BULLET.match(line.text), BULLET.match(following.text)
    # `1. Background` above a blank line is a heading; `- cotton` and `1. cotton` above `2. wool` are items.
    if bullet and (not bullet.group().strip()[0].isalnum() or not following.blank_before or listed):
        return False
    starts_apart = line.blank_before or len(following.text) >= 60 or following.indent > line.indent
    return starts_apart and (len(following.text) > len(line.text) or bool(listed) or following.blank_before)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
