"""The day that `today` means in somebody's mouth: the day on which he spoke, if the text tells it.

Which expressions count from the publication date belongs to dates_days.py; who spoke belongs to the claims.
"""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

from pipeline.language.dates_words import any_of, words
from pipeline.language.marks import DateMark

_TODAY = re.compile(r"today|tonight|this (?:morning|afternoon|evening)", re.IGNORECASE)
_REACH = 700  # characters that a told time of speech holds for
_LATEST = timedelta(days=7)


@cache
def _said() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day told right behind a word of saying (`said late on Tuesday`, `told reporters in Lima on Monday`), or before it."""
    verbs = any_of(words()["speech"]["verbs"])
    return re.compile(rf"\b{verbs}\b[^.;:\"“”\n]{{0,60}}$"), re.compile(rf"[^.,;:\"“”\n]{{0,30}}\s{verbs}\b")


def of_its_speech(marks: list[DateMark], text: str) -> list[DateMark]:
    """The marks, with `today` inside a quotation on the day on which its speaker spoke (`..., he said on Monday`)."""
    found = list(marks)
    for at, mark in enumerate(marks):
        if mark.date_start is None or mark.date_start != mark.date_end or not _TODAY.fullmatch(mark.text):
            continue
        spoken = _day_of_speech(marks, mark, text) if _is_quoted(mark, text) else None
        if spoken is not None:
            found[at] = replace(mark, date_start=spoken.date_start, date_end=spoken.date_start)
    return found


def _is_quoted(mark: DateMark, text: str) -> bool:
    """Whether a mark stands in a quotation that its paragraph opens."""
    paragraph = text[max(text.rfind("\n", 0, mark.start), mark.start - _REACH) + 1 : mark.start]
    return paragraph.rfind("“") > paragraph.rfind("”") or paragraph.count('"') % 2 == 1


def _day_of_speech(marks: list[DateMark], today: DateMark, text: str) -> DateMark | None:
    """The day told for the words of saying nearest to a quotation: behind it in its paragraph, else before it."""
    days = [mark for mark in marks if _tells_speech(mark, today, text)]
    end = text.find("\n", today.end)
    behind = [mark for mark in days if today.end <= mark.start < (end if end >= 0 else len(text))]
    before = [mark for mark in days if mark.end <= today.start]
    return behind[0] if behind else before[-1] if before else None


def _tells_speech(mark: DateMark, today: DateMark, text: str) -> bool:
    """Whether a mark is a day shortly before publication, on which something was said."""
    day, published = mark.date_start, today.date_start
    if mark is today or day is None or day != mark.date_end or mark.role != "at" or abs(mark.start - today.start) > _REACH:
        return False
    if published is None or not timedelta(0) <= published - day <= _LATEST or _TODAY.fullmatch(mark.text):
        return False
    before, behind = _said()
    said = before.search(text, max(0, mark.start - 80), mark.start) or behind.match(text, mark.end)
    return said is not None
