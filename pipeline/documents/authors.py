"""Who wrote a text, from the lines of its head, its dateline, its credits and its last lines.

Whether a phrase names persons is judged in `pipeline.documents.byline`; which lines are the head in `pipeline.documents.head`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.documents.byline import (
    byline_in,
    byline_within,
    described_person,
    is_person,
    persons,
    persons_alone,
)
from pipeline.documents.calendar_dates import without_dates
from pipeline.documents.dateline import Dateline
from pipeline.documents.furniture import is_furniture, is_section, segments
from pipeline.documents.head import Head, is_issue_titled, label_of, time_words
from pipeline.documents.lexicon import metadata_lexicon
from pipeline.documents.lines import BULLET, Line, bare, final_stop

TAIL_LINES = 30
# The last lines in which an author signs or is told about, and the length of a line that is none of these.
SIGNED_LINES, LONGEST_BIO = 8, 400
# How far below the title, and from a date, names stand without a `By`; how much of a line's end is looked at.
BELOW_TITLE, NEAR_DATE, CLOSING_REACH = 2, 2, 120
_CREDIT = re.compile(r"(?<!Additional )\b[Rr]eporting by (?P<names>[^;.\n()]+)")
_EDITOR = re.compile(
    r"(?:Edited by|(?:Chief |Managing )?[Ee]ditor(?:-in-[Cc]hief)?:)\s*(?P<names>(?:[A-Z]\. ?)*[^.;|\n()]{3,60})"
)
_NO_LETTERS = re.compile(r"[\d:|·•()+]+|\s+")
_ABOUT = re.compile(
    r"(?:About the author:?\s*)?(?P<name>[^,\n(]{5,60}?)(?: ?\([^)\n]{1,40}\))?(?:, [^\n]{3,120}?,)? "
    r"(?:is|was|are) (?P<rest>.{3,})"
)
_WRITES = re.compile(
    r"(?P<name>[^,\n(]{5,60}?) (?:teaches|writes|covers|blogs|reports on|has written|has covered|has reported)\b"
)
_FROM_PLACE = re.compile(r"(?P<name>[^,\n]{5,40}?) (?:in|at|from) (?:[A-Z][\w.'’-]+(?: |$)){1,3}")
_DASHED = re.compile(r"(?:--+|[–—-])\s*(?=[^\W\d_])")


def author_of(lines: Sequence[Line], head: Head, dateline: Dateline | None) -> str | None:
    """The persons named as authors, joined by commas, or None."""
    return (
        _in_head(lines, head)
        or (dateline.author if dateline else None)
        or _credited(lines)
        or _at_end_of_summary(lines, head)
        or _signed(lines, head)
        or _editor_of_issue(lines, head)
    )


def _in_head(lines: Sequence[Line], head: Head) -> str | None:
    unopened: list[tuple[int, str]] = []
    for index, role in enumerate(head.roles):
        parts = [bare(part) for part in segments(lines[index].text)]
        for part in parts if role in ("byline", "date") else ():
            opened, within = persons(byline_in(part) or ""), byline_within(part)
            if opened or within:
                return opened or (within[1] if within else None)
        if role == "label" and index + 1 < head.body and not label_of(lines[index].text) and is_person(lines[index + 1].text):
            return lines[index + 1].text
        if _may_name_author(lines, head, index):
            unopened += [(index, name) for part in parts if (name := _unopened(part, dated=role == "date"))]
    unopened.sort(key=lambda found: (found[0] < head.title[0], found[0]))
    return ", ".join(_run(unopened)) or None


def _run(found: Sequence[tuple[int, str]]) -> Iterable[str]:
    """The first name and those on the lines right after it."""
    for position, (index, name) in enumerate(found):
        if position and index != found[position - 1][0] + 1:
            return
        yield name


def _unopened(part: str, *, dated: bool) -> str | None:
    """The persons that a part of a line names without a `By`, an address or a place after the name allowed."""
    rest = _NO_LETTERS.sub(" ", time_words().sub(" ", without_dates(part) or part)).strip(" ,")
    name, _, after = (piece.strip() for piece in rest.partition(","))
    if names := persons_alone(rest) or described_person(rest):
        return names
    reporting = _FROM_PLACE.fullmatch(rest)
    if reporting and is_person(reporting["name"]):
        return reporting["name"]
    placed = dated and after[:1].isupper() and len(after.split()) <= 2 and not is_section(after)
    return name if placed and is_person(name.title() if name.isupper() else name) else None


def _may_name_author(lines: Sequence[Line], head: Head, index: int) -> bool:
    """Whether a line may name the author without a `By`: close to the title, or near it on or beside the line with the date."""
    if not head.title:
        return False
    dated = any(head.roles[near] == "date" for near in _near(head, index, NEAR_DATE))
    if index > head.title[-1]:
        close = index - head.title[-1] <= BELOW_TITLE or (index - 1 in head.below and not lines[index].blank_before)
        return head.roles[index] == "date" or (index in head.below and (dated or close))
    beside = any(head.roles[near] == "date" for near in _near(head, index, 1))
    return index in head.above and index > 0 and beside and len(head.above) > 1


def _near(head: Head, index: int, reach: int) -> range:
    return range(max(0, index - reach), min(len(head.roles), index + reach + 1))


def _credited(lines: Sequence[Line]) -> str | None:
    """The reporter in the credits of wire copy, or an author named in a label below the text."""
    for line in reversed(lines[-TAIL_LINES:]):
        credit = _CREDIT.search(line.text)
        if credit and (names := persons(credit["names"])):
            return names
        label = label_of(line.text)
        if label and label[0] == "author" and len(line.text) < 80 and (names := persons(label[1])):
            return names
    return None


def _at_end_of_summary(lines: Sequence[Line], head: Head) -> str | None:
    """A credit that ends the summary below the title: `... on a late bridge. Interview: Jane Doe`."""
    first = head.title[-1] + 1 if head.title else head.body
    for line in lines[first : head.body + 1]:
        credit = _closing().search(line.text, max(0, len(line.text) - CLOSING_REACH))
        if credit and (names := persons_alone(credit["names"])):
            return names
    return None


def _editor_of_issue(lines: Sequence[Line], head: Head) -> str | None:
    """The editor named below an issue of a digest, whose pieces bear no names."""
    if not is_issue_titled(lines, head):
        return None
    found = (_EDITOR.match(line.text) for line in lines[-SIGNED_LINES:])
    return next((names for one in found if one and (names := persons(one["names"]))), None)


def _signed(lines: Sequence[Line], head: Head) -> str | None:
    """A name alone, after a dash or a `By` under the report, or who a note below it says the author is."""
    first = max(head.body + 1, len(lines) - SIGNED_LINES)
    for index in range(len(lines) - 1, first - 1, -1):
        line = lines[index]
        if len(line.text) > LONGEST_BIO:
            return None
        names = _signature(lines, index) or _told_about(lines, head, index)
        if names and not is_furniture(line.text):
            return names
    return None


def _signature(lines: Sequence[Line], index: int) -> str | None:
    line = lines[index]
    dash = _DASHED.match(line.text)
    opened = byline_in(line.text)
    after_prose = line.blank_before and final_stop(lines[index - 1].text) in {".", "!", "?", "…"}
    if opened:
        return persons_alone(opened)
    # `Source | Jane Doe |` above or beside the date of a last line.
    parts = segments(line.text)
    if len(parts) > 1 and any(without_dates(one.text) is not None for one in lines[index : index + 2]):
        return next((part for part in parts if is_person(part)), None)
    if not after_prose or (not dash and BULLET.match(line.text)):
        return None
    return _unopened(line.text[dash.end() :], dated=True) if dash else persons_alone(line.text)


def _told_about(lines: Sequence[Line], head: Head, index: int) -> str | None:
    """The name in `Jane Doe is a fellow of ...`, unless the report speaks of that person, too."""
    text = bare(lines[index].text)
    about, writes = _ABOUT.match(text), _WRITES.match(text)
    told = {word.strip(".,").lower() for word in about["rest"].split()} & metadata_lexicon().author_roles if about else set()
    name = about["name"] if about and told else writes["name"] if writes else ""
    names = persons_alone(name)
    if not names or any(names.split()[-1] in line.text for line in lines[head.body : index]):
        return None
    return names


@cache
def _closing() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in metadata_lexicon().closings)
    capital = r"(?=[^\W\d_a-z])"
    return re.compile(rf"(?:^|[.!?;|)”\"]\s+){capital}(?i:{words})(?::\s*|\s+)(?P<names>[^.:;\n]{{5,80}})\.?$")
