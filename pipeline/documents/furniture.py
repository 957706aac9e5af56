"""Which lines of a page are furniture: menus, share bars, notices, links to other reports, comments, footers.

Judges lines; which lines are body, and what the head of a page tells, belongs to the modules beside this one. The words
are in `documents_furniture.toml`.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_rows, read_toml

LONGEST_LINE = 700
LONGEST_MENU = 400
_SEGMENTS = re.compile(r"\s*(?:\|+|·|•|»|→|›|>+|\t|[ \u00a0]{2,}|[ ](?:/+|-|–|—|[.])[ ])\s*")
# `<ZND.TO>` marks the share of a firm in wire copy; its bracket is no arrow of a menu.
_TICKER_MARK = re.compile(r"<[A-Z0-9.=&]{1,12}>")
_SEPARATED = re.compile(r"[|·•»→›>\t]|[ \u00a0]{2}|[ ][/–—.-]")
_WORD = re.compile(r"[^\W\d_][\w'’&]*|&")
_READING_TIME = re.compile(
    r"(?:reading time:? )?\d{1,3}[ -]?min(?:ute)?s?\.?(?:[ -](?:read|listen|video|to read|watch))?", re.IGNORECASE
)
_TICKER = re.compile(r"\d{1,2}:\d{2}\b(?!:)\s*\S")
_HASHTAGS = re.compile(r"(?:#\w+[\s,;]*)+")


class _Patterns(NamedTuple):
    furniture: re.Pattern[str]
    lists: re.Pattern[str]
    notes: re.Pattern[str]
    comments: re.Pattern[str]
    sections: frozenset[str]
    countries: frozenset[str]


def is_furniture(line: str) -> bool:
    """Whether the words of a line alone tell that it is furniture."""
    if len(line) > LONGEST_LINE:
        return False
    return bool(_patterns().furniture.match(line) or _HASHTAGS.fullmatch(line) or _READING_TIME.fullmatch(line))


def opens_list(line: str) -> bool:
    """Whether a line is the heading of a list of links to other reports."""
    return len(line) < 60 and bool(_patterns().lists.fullmatch(line))


def opens_notes(line: str) -> bool:
    """Whether a line is the heading of notes, which may be sentences of the report as well as citations."""
    return len(line) < 60 and bool(_patterns().notes.fullmatch(line))


def opens_comments(line: str) -> bool:
    """Whether a line is the heading of readers' comments."""
    return len(line) < 60 and bool(_patterns().comments.fullmatch(line))


def is_ticker(line: str) -> bool:
    """Whether a line is a time and a headline, as news tickers show them."""
    return len(line) < 160 and bool(_TICKER.match(line)) and not line.endswith(".")


@lru_cache(maxsize=256)
def segments(line: str) -> tuple[str, ...]:
    """The parts of a line between bars, dots, arrows, spaced dashes or wide gaps. Asked several times for each line."""
    if len(line) > LONGEST_MENU or not _SEPARATED.search(line) or names_share(line):
        return (line,)
    return tuple(part for part in _SEGMENTS.split(line) if part)


def names_share(line: str) -> bool:
    """Whether a line holds the mark of a share, as only headlines and reports of wires do: `<ZND.TO>`."""
    return bool("<" in line and _TICKER_MARK.search(line))


def is_menu(line: str) -> bool:
    """Whether a line is a row of at least three short links."""
    parts = segments(line)
    if len(parts) < 3:
        return False
    short = all(len(part) <= 32 and len(part.split()) <= 4 and part[-1] not in ".!?;" for part in parts)
    numeric = sum(1 for part in parts if any(character.isdigit() for character in part))
    return short and numeric * 3 <= len(parts)


def is_section(phrase: str) -> bool:
    """Whether a phrase consists of words of menus, countries and regions alone: `Business & Economy`."""
    words = [word.lower() for word in _WORD.findall(phrase)]
    patterns = _patterns()
    if phrase.strip().lower() in patterns.countries:
        return True
    return bool(words) and all(word in patterns.sections or word in patterns.countries for word in words)


def ends_in_menu(line: str) -> bool:
    """Whether at least half of a line's three or more parts are names of sections, whatever its first part says."""
    parts = segments(line)
    return len(parts) >= 3 and sum(1 for part in parts if is_section(part)) * 2 >= len(parts)


def is_section_menu(line: str) -> bool:
    """Whether a line is a menu of sections, most of its parts being nothing else."""
    parts = segments(line)
    return is_menu(line) and sum(1 for part in parts if is_section(part)) * 2 > len(parts)


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _patterns() -> _Patterns:
    lists: dict[str, Any] = read_toml("documents_furniture.toml")
    count = r"(?:\s*[\[(]?\s*\d[\d,.]*\s?[kKmM]?\s*[\])]?)?"
    lead = r"[\[*•·>►▶✉\s-]{0,6}"
    after_label = r"\s*[:|·→»]|\s+[-–—]\s|[ \t\u00a0]{2,}|\s+\d[\d,.]*[kKmM]?\b[^.]{0,50}$|\s*$"
    furniture = re.compile(
        rf"{lead}(?:(?:{_either(lists['openings'])})"
        rf"|\(?(?:{_either(lists['weak_openings'])})\b(?=\D*$)"
        rf"|(?:{_either(lists['whole'])}){count}\s*[:→»>.]?\s*\]?$"
        rf"|\d{{1,5}}\s+(?:{_either(lists['comments'])})\b(?=\s*(?:$|[|·:(]))"
        rf"|\(?(?:{_either(lists['labels'])})(?:\s?\([\d,]+\))?(?:{after_label}))",
        re.IGNORECASE,
    )
    countries = {
        phrase.strip("^!").lower() for row in read_rows("countries.csv") for phrase in (row["name"], *row["names"].split("|"))
    }
    return _Patterns(
        furniture,
        re.compile(rf"{lead}(?:{_either(lists['lists'])})\s*[:→»>]?", re.IGNORECASE),
        re.compile(rf"{lead}(?:{_either(lists['notes'])})\s*[:→»>]?", re.IGNORECASE),
        re.compile(rf"{lead}(?:\d{{1,5}}\s+)?(?:{_either(lists['comments'])}){count}\s*[:→»>]?", re.IGNORECASE),
        frozenset(lists["sections"]),
        frozenset(countries),
    )
