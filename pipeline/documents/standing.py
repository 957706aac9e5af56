"""Which of many documents stand: which repeat another, and which are superseded by a corrected version of themselves.

Documents are judged in one order, each against those that stand before it and share a part of its sketch, so that the work
grows with their number and the outcome does not depend on how they come. What is kept of a text for this is in `repeats`.
"""

import itertools
import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

import polars as pl

from pipeline.contract.reference import read_toml

_VALUE = 4  # bytes of a sketch
_GROUP = 3 * _VALUE  # that two texts must share to be compared: three values
_KEY = 32  # bits


class Sketched(NamedTuple):
    """A document as it is judged. `house` tells whose version it is; `version` is what `corrections` found.

    `content_key`, `shingles`, `minhash` and `figures` are those of its `repeats.Sketch`; the last two are empty without one.
    """

    doc_id: str
    published_on: date | None
    house: str
    version: int
    content_key: str
    shingles: int
    minhash: bytes
    figures: bytes


class Standing(NamedTuple):
    """For each document that has no voice of its own, by `doc_id`: which it repeats, or which supersedes it; never both.

    What another repeats has a voice, and what supersedes another is not superseded itself.
    """

    duplicate_of: dict[str, str]
    superseded_by: dict[str, str]


def standing(documents: Iterable[Sketched]) -> Standing:
    """Judges documents, whatever their order.

    A corrected or updated version supersedes the former ones of its house. Of those that repeat each other the one published
    first stands; one without a date comes after those with one, and of one day what has a corrected version comes first, then
    the longer, then the smaller `doc_id`. What supersedes another repeats none.
    """
    known = list(documents)
    groups = _shared_groups(known)
    superseded = _superseded(known, groups)
    latter = set(superseded.values())
    search = _Search(groups)
    repeats: dict[str, str] = {}
    equal: dict[str, Sketched] = {}
    for document in sorted(known, key=lambda one: (*_moment(one), one.doc_id not in superseded, -one.shingles, one.doc_id)):
        original: Sketched | None = None
        if document.doc_id not in superseded and document.doc_id not in latter:
            original = equal.get(document.content_key) or next(
                (other for other in search.near(document) if _repeats(document, other)), None
            )
        if original is None:
            equal.setdefault(document.content_key, document)
            search.add(document)
        else:
            repeats[document.doc_id] = original.doc_id
    return _settled(repeats, superseded)


def _moment(document: Sketched) -> tuple[bool, date, int]:
    """By which of two documents is the later one."""
    return document.published_on is None, document.published_on or date.min, document.version


def _settled(repeats: Mapping[str, str], superseded: Mapping[str, str]) -> Standing:
    """With every link leading to its end: a repeat names what has a voice."""

    def last(doc_id: str) -> str:
        while doc_id in superseded or doc_id in repeats:
            doc_id = superseded.get(doc_id) or repeats[doc_id]
        return doc_id

    return Standing({doc_id: last(doc_id) for doc_id in repeats}, {doc_id: last(doc_id) for doc_id in superseded})


# Finding ------------------------------------------------------------------------------------------------------------


class _Search:
    """The documents that stand so far, in the order of judging, by the `groups` of values that they share with others."""

    def __init__(self, groups: Mapping[str, Sequence[int]]) -> None:
        self._most = int(_limits()["search"]["most_compared"])
        self._groups = groups
        self._turns: dict[str, int] = {}
        self._standing: dict[int, list[Sketched]] = defaultdict(list)
        self._alike: dict[tuple[int, bytes], list[Sketched]] = defaultdict(list)  # of groups that hold no more than the latest

    def near(self, document: Sketched) -> list[Sketched]:
        """Standing documents that may be near, the first first; of very many, those with the very same figures."""
        groups = self._groups.get(document.doc_id, ())
        found: dict[str, Sketched] = {}
        for held in _taking_turns([self._with_figures(group, document.figures) for group in groups]):
            found[held.doc_id] = held
            if len(found) == self._most:
                break
        for held in _taking_turns([self._standing.get(group, []) for group in groups]):
            if len(found) >= self._most:
                break
            found[held.doc_id] = held
        return sorted(found.values(), key=lambda one: self._turns[one.doc_id])

    def _with_figures(self, group: int, figures: bytes) -> list[Sketched]:
        """The latest of a group that have these figures."""
        held = self._standing.get(group, [])
        if len(held) < self._most:
            return [one for one in held if one.figures == figures]
        return self._alike.get((group, figures), [])

    def add(self, document: Sketched) -> None:
        """Lets a document stand."""
        self._turns[document.doc_id] = len(self._turns)
        for group in self._groups.get(document.doc_id, ()):
            # A group that very many share tells nothing; the latest are those that a copy follows.
            held = self._standing[group]
            held.append(document)
            if len(held) == self._most:
                for one in held:  # from now on some would be forgotten
                    self._alike[group, one.figures].append(one)
            elif len(held) > self._most:
                del held[0]
                _keep(self._alike[group, document.figures], document, self._most)


def _superseded(documents: Sequence[Sketched], groups: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """For each document that a later version supersedes, the last that does."""
    most = int(_limits()["search"]["most_compared"])
    versions = sorted((one for one in documents if one.version), key=lambda one: (*_moment(one), one.doc_id))
    houses = {one.house for one in versions}
    held: dict[tuple[str, object], list[Sketched]] = defaultdict(list)
    for one in sorted(documents, key=lambda one: (*_moment(one), one.doc_id)):
        if one.house in houses:
            for group in (one.content_key, *groups.get(one.doc_id, ())):
                held[one.house, group].append(one)
    superseded: dict[str, str] = {}
    for later in versions:
        near = [held.get((later.house, group), []) for group in (later.content_key, *groups.get(later.doc_id, ()))]
        tried: dict[str, Sketched] = {}
        for former in _taking_turns([_just_before(later, several, most) for several in near]):
            if len(tried) == most:
                break
            tried[former.doc_id] = former
        superseded |= {former.doc_id: later.doc_id for former in tried.values() if _supersedes(later, former)}
    return superseded


def _just_before(later: Sketched, several: Sequence[Sketched], most: int) -> list[Sketched]:
    """Of documents in the order of time the last before `later`, behind a few of those without a date."""
    place = bisect_left(several, _moment(later), key=_moment)
    undated = bisect_left(several, (True, date.min, 0), key=_moment)
    return [*several[max(undated, place) :][:most], *several[max(0, place - most) : place]]


def _keep(held: list[Sketched], document: Sketched, most: int) -> None:
    held.append(document)
    if len(held) > most:
        del held[0]


def _taking_turns(several: Sequence[Sequence[Sketched]]) -> Iterator[Sketched]:
    """The latest of each, then the one before in each, and so on."""
    for turn in range(1, max(map(len, several), default=0) + 1):
        for one in several:
            if turn <= len(one):
                yield one[-turn]


def _shared_groups(documents: Sequence[Sketched]) -> dict[str, list[int]]:
    """For each document the groups of values, each a number, that it shares with another."""
    sketched = [one for one in documents if one.minhash]
    sketches = pl.Series([one.minhash for one in sketched], dtype=pl.Binary)
    shared: dict[str, list[int]] = defaultdict(list)
    numbers = itertools.count()
    for start in range(0, max((len(one.minhash) for one in sketched), default=0), _GROUP):
        groups = sketches.bin.slice(start, _GROUP)
        met: dict[bytes, int] = defaultdict(numbers.__next__)
        for place in groups.is_duplicated().arg_true():
            shared[sketched[place].doc_id].append(met[sketched[place].minhash[start : start + _GROUP]])
    return shared


# Judging ------------------------------------------------------------------------------------------------------------


class _Agreement(NamedTuple):
    """Figures that two texts have in the same surroundings: how many say the same, and how many do not."""

    equal: int
    unequal: int


def _repeats(later: Sketched, former: Sketched) -> bool:
    limits = _limits()["repeat"]
    if shared_words(later, former) < float(limits["least_shared"]):
        return False
    ours, theirs = _figures(later.figures), _figures(former.figures)
    # Surroundings that have no figure in common; found by sets, as most texts of one form end here.
    if len(ours.places.keys() & theirs.places.keys()) > len(ours.told.keys() & theirs.told.keys()):
        return False
    found = _agreement(later, former)
    if found.unequal:
        return False
    return found.equal > 0 or _days_between(later, former) <= int(limits["days_without_figures"])


def _supersedes(later: Sketched, former: Sketched) -> bool:
    limits = _limits()["correction"]
    if later.house != former.house or not _is_later(later, former):
        return False
    if _days_between(later, former) > int(limits["most_days"]):
        return False
    if later.content_key == former.content_key:
        return True
    if shared_words(former, later) < float(limits["least_shared"]):
        return False
    found = _agreement(later, former)
    return found.unequal <= max(1, math.ceil(float(limits["most_figures_changed"]) * (found.equal + found.unequal)))


def _is_later(version: Sketched, former: Sketched) -> bool:
    """A text without a date that says nothing of itself may be from before any version."""
    plain = former.published_on is None and not former.version
    return version.version > 0 and (plain or _moment(version) > _moment(former))


def _days_between(one: Sketched, other: Sketched) -> int:
    if one.published_on is None or other.published_on is None:
        return 0
    return abs((one.published_on - other.published_on).days)


def shared_words(one: Sketched, other: Sketched) -> float:
    """The share of the shingles of `one` that `other` has, as their sketches estimate it: 0 if either has none."""
    if len(one.minhash) != len(other.minhash) or not one.minhash:
        return 0.0
    values = len(one.minhash) // _VALUE
    likeness = (values - _unequal_values(one.minhash, other.minhash)) / values
    both = likeness * (one.shingles + other.shingles) / (1 + likeness)
    return float(min(1.0, both / max(1, one.shingles)))


def _unequal_values(one: bytes, other: bytes) -> int:
    """How many values of two sketches of one length differ, counted in one number as long as they are: texts are compared very
    often, and value by value that would be most of the work.
    """
    differing = int.from_bytes(one) ^ int.from_bytes(other)
    lower_bits, first_bits = _masks(len(one))
    return (((differing & lower_bits) + lower_bits | differing) & first_bits).bit_count()


@cache
def _masks(size: int) -> tuple[int, int]:
    """All bits but the first of each value of a sketch, and the first of each."""
    return int.from_bytes(b"\x7f\xff\xff\xff" * (size // _VALUE)), int.from_bytes(b"\x80\0\0\0" * (size // _VALUE))


def _agreement(one: Sketched, other: Sketched) -> _Agreement:
    """A figure of one text that the other has not, in surroundings that it has, is unequal.

    Where surroundings come several times, one text may have further ones: it was cut, or added to.
    """
    ours, theirs = _figures(one.figures), _figures(other.figures)
    equal = (ours.told & theirs.told).total()
    places = ours.places & theirs.places
    return _Agreement(equal, places.total() - equal)


class _Figures(NamedTuple):
    """How often a figure stands in some surroundings, and how often these come."""

    told: Counter[int]
    places: Counter[int]


@lru_cache(maxsize=2_000)
def _figures(figures: bytes) -> _Figures:
    told = array("Q", figures)
    return _Figures(Counter(told), Counter(figure >> _KEY for figure in told))


@cache
def _limits() -> dict[str, Any]:
    return read_toml("analysis/repeats.toml")
