"""Finds the names in a text: countries, blocs, corridors, places, railways, ports, companies, organisations, people, goods.

Belongs here: which marks a text gets when lexicon entries and open patterns meet. The lexicons belong to
`pipeline.language.names_lexicon`, names that no list can hold to `pipeline.language.names_open`; who does what in a
claim belongs to `pipeline.claims`.
"""

import re
from bisect import bisect_right
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.marks import NameKind, NameMark
from pipeline.language.names_homonyms import read_homonyms
from pipeline.language.names_lexicon import Case, Entry, Found, Trigger, flatten, fold, lexicon
from pipeline.language.names_open import open_names

_RUN = re.compile(r"\s{2,}|[\t\n\r\f\v]")
_PARAGRAPH = "\x1f"
_ADDRESS = re.compile(r"://|@|\.[a-z]{2,6}/")
_ADDRESS_TAIL = re.compile(r"[^\s\x1f]{0,2000}")
_ADDRESS_REACH = 200


class _Flat(NamedTuple):
    """A text on one line with the offsets to go back: names may be broken over lines, but not over paragraphs."""

    text: str
    breaks: list[int]
    shifts: list[int]

    def offset(self, flat_offset: int) -> int:
        """The offset in the original text."""
        return flat_offset + self.shifts[bisect_right(self.breaks, flat_offset)]


def _flat(text: str) -> _Flat:
    pieces: list[str] = []
    breaks: list[int] = []
    shifts = [0]
    at = length = 0
    for run in _RUN.finditer(text):
        pieces += (text[at : run.start()], _PARAGRAPH if run.group().count("\n") > 1 else " ")
        length += run.start() - at + 1
        at = run.end()
        if at - length != shifts[-1]:
            breaks.append(length)
            shifts.append(at - length)
    pieces.append(text[at:])
    return _Flat(flatten("".join(pieces)), breaks, shifts)


@cache
def _voids_country() -> re.Pattern[str]:
    words = read_toml("names.toml")["context"]["voids_country"]
    return re.compile(rf"[ -](?:{'|'.join(sorted(map(re.escape, words), reverse=True))})\b", re.IGNORECASE)


@cache
def _state_follows() -> re.Pattern[str]:
    states = read_toml("names.toml")["context"]["states"]
    return re.compile(rf", (?:{'|'.join(sorted(map(re.escape, states), reverse=True))})(?!\w)")


def _in_its_state(flat: str, name: Found) -> Found:
    """The name as a place of the United States, if it is a city with a state behind it (`Moscow, Idaho`)."""
    entry = name.entry
    is_city = entry.kind in {"place", "port"} or entry.form == "capital"
    if not is_city or not _state_follows().match(flat, name.end):
        return name
    kind: NameKind = "port" if entry.kind == "port" else "place"
    return name._replace(entry=entry._replace(kind=kind, codes=("USA",), form="name", key=entry.written.lower()))


def _fits(entry: Entry, flat: str, start: int, end: int) -> bool:
    """Whether the capitals at this place are those of the entry."""
    if entry.case is Case.ANY:
        return True
    found = flat[start:end]
    if entry.case is Case.EXACT:
        return found == entry.written
    if entry.case is Case.CAPITALS:
        return (
            found == entry.written
            or found.isupper()
            or all(letter == wanted for letter, wanted in zip(found, entry.written, strict=True) if wanted.isupper())
        )
    return not found[0].isupper() or found.isupper() or not _after_capitalised(flat, start)


def _after_capitalised(flat: str, start: int) -> bool:
    before = flat[max(0, start - 40) : start]
    words = before.split(" ")
    return len(words) > 1 and words[-1] == "" and words[-2][:1].isupper() and words[-2][-1:].islower()


def _is_bounded(flat: str, start: int, end: int) -> bool:
    """Whether no letter or digit goes on at either end; behind a sign (`US$`, `U.S.`) anything may follow."""
    if start and (flat[start - 1].isalnum() or flat[start - 1] == "_"):
        return False
    if end == len(flat) or not flat[end - 1].isalnum():
        return True
    after = flat[end]
    return not (after.isalnum() or after == "_" or "\u0300" <= after <= "\u036f")


def _found(flat: str) -> tuple[list[Found], list[Trigger]]:
    """All entries and trigger words that stand in the text as words, the entries in order of start, longest first."""
    names = lexicon()
    entries_of, groups = names.entries, names.triggers
    found: list[Found] = []
    triggers: list[Trigger] = []
    for pattern, start, end in names.automaton.find_matches_as_indexes(fold(flat), overlapping=True):
        if not _is_bounded(flat, start, end):
            continue
        for entry in entries_of(pattern):
            if _fits(entry, flat, start, end):
                found.append(Found(start, end, entry))
                break
        if pattern in groups:
            triggers += [
                Trigger(start, end, group)
                for group, written in groups[pattern]
                if written is None or flat[start:end] == written
            ]
    found.sort(key=lambda name: (name.start, -name.end))
    return _without_hidden(flat, found), triggers


def _addresses(flat: str) -> list[tuple[int, int]]:
    """The spans of web and mail addresses, from white space to white space."""
    spans: list[tuple[int, int]] = []
    for match in _ADDRESS.finditer(flat):
        if spans and match.start() < spans[-1][1]:
            continue
        begin = max(0, match.start() - _ADDRESS_REACH)
        start = max(begin, flat.rfind(" ", begin, match.start()) + 1, flat.rfind(_PARAGRAPH, begin, match.start()) + 1)
        tail = _ADDRESS_TAIL.match(flat, match.end())
        spans.append((start, tail.end() if tail else match.end()))
    return spans


def _without_hidden(flat: str, found: list[Found]) -> list[Found]:
    """Leaves out names inside phrases that are no names, inside addresses, and countries in names of money and languages."""
    voids_country = _voids_country()
    hidden = _addresses(flat)
    hidden += [
        (name.start, name.end)
        for name in found
        if name.entry.kind is None or (name.entry.kind == "country" and voids_country.match(flat, name.end))
    ]
    hidden.sort()
    kept: list[Found] = []
    place = 0
    for name in found:
        if name.entry.kind is None:
            continue
        while place < len(hidden) and hidden[place][1] <= name.start:
            place += 1
        if place == len(hidden) or name.start < hidden[place][0] or hidden[place][1] < name.end:
            kept.append(_in_its_state(flat, name))
    return kept


def _candidates(flat: str) -> list[tuple[int, int, Entry]]:
    """Names of the lexicons and open names, in order of start, longest first, the lexicon's before an open one."""
    found, triggers = _found(flat)
    candidates: list[tuple[int, int, Entry]] = list(found)
    for name in open_names(flat, triggers, found):
        key = flat[name.start : name.end].lower().rstrip(".")
        candidates.append((name.start, name.end, Entry("", Case.ANY, name.kind, name.codes, "name", key)))
    candidates.sort(key=lambda candidate: (candidate[0], -candidate[1]))
    return candidates


@lru_cache(maxsize=4096)
def names_in_label(label: str) -> tuple[NameMark, ...]:
    """The names in a short text that comes again in many texts: a publisher's name, or that of a line."""
    return tuple(find_names(label))


def find_names(text: str, published_on: date | None = None) -> list[NameMark]:
    """The names in any text, sorted by start and free of overlaps; the leftmost longest wins. Offsets are code points.

    With the day of publication, names of the past are read as they were meant then: in 1987 Moscow is the Soviet Union's.
    """
    flat = _flat(text)
    marks: list[NameMark] = []
    free = 0
    for start, end, entry in _candidates(flat.text):
        if start < free or entry.kind is None:
            continue
        free = end
        begin, stop = flat.offset(start), flat.offset(end - 1) + 1
        marks.append(NameMark(begin, stop, text[begin:stop], entry.kind, entry.codes, entry.form, entry.key))
    return read_homonyms(marks, published_on)
