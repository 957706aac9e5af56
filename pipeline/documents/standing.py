"""Which of many documents stand: which repeat another, and which are superseded by a corrected version of themselves.

Documents are judged in one order, each against those that stand before it and share a part of its sketch, so that the work
grows with their number and the outcome does not depend on how they come. What is kept of a text for this is in `repeats`.
"""

import itertools
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from operator import eq
from typing import Any, NamedTuple

import polars as pl

from pipeline.contract.reference import read_toml

_GROUP = 3 * 4  # bytes of a sketch that two texts must share to be compared: three values
_KEY = 32  # bits


@dataclass(frozen=True, slots=True, eq=False)
class Sketched:
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

    Of those that repeat each other the one published first stands; one without a date comes after those with one, and of one
    day the longer comes first, then the smaller `doc_id`. A corrected or updated version supersedes former ones of its house.
    """
    ordered = sorted(documents, key=_order)
    search = _Search(ordered)
    repeats: dict[str, str] = {}
    superseded: dict[str, str] = {}
    equal: dict[str, Sketched] = {}
    for document in ordered:
        first = equal.setdefault(document.content_key, document)
        candidates = search.near(document) if first is document else [first]
        former = [other for other in candidates if _supersedes(document, other)]
        original = next((other for other in candidates if other is first or _repeats(document, other)), None)
        latter = next((other for other in reversed(candidates) if _follows(other, document)), None)
        if former:
            superseded |= {other.doc_id: document.doc_id for other in former}
            equal[document.content_key] = document
            search.add(document)
        elif original is not None:
            repeats[document.doc_id] = original.doc_id
        elif latter is not None:
            superseded[document.doc_id] = latter.doc_id
        else:
            search.add(document)
    return _settled(repeats, superseded)


def _order(document: Sketched) -> tuple[bool, date, int, int, str]:
    day = document.published_on
    return day is None, day or date.min, document.version, -document.shingles, document.doc_id


def _settled(repeats: Mapping[str, str], superseded: Mapping[str, str]) -> Standing:
    """With every link leading to its end: a repeat names what has a voice."""

    def last(doc_id: str) -> str:
        while doc_id in superseded or doc_id in repeats:
            doc_id = superseded.get(doc_id) or repeats[doc_id]
        return doc_id

    return Standing({doc_id: last(doc_id) for doc_id in repeats}, {doc_id: last(doc_id) for doc_id in superseded})


# Finding ------------------------------------------------------------------------------------------------------------


class _Search:
    """The documents that stand so far, by groups of values of their sketches that others have too."""

    def __init__(self, documents: Sequence[Sketched]) -> None:
        self._most = int(_limits()["search"]["most_compared"])
        self._shared = _shared_groups(documents)
        self._standing: dict[int, list[Sketched]] = defaultdict(list)
        self._alike: dict[tuple[int, bytes], list[Sketched]] = defaultdict(list)

    def near(self, document: Sketched) -> list[Sketched]:
        """Standing documents that may be near, in the order of judging; of very many, those with the very same figures."""
        groups = self._shared.get(document.doc_id, ())
        found: dict[str, Sketched] = {}
        for held in _taking_turns([self._alike.get((group, document.figures), []) for group in groups]):
            found[held.doc_id] = held
            if len(found) == self._most:
                break
        for held in _taking_turns([self._standing.get(group, []) for group in groups]):
            if len(found) >= self._most:
                break
            found[held.doc_id] = held
        return sorted(found.values(), key=_order)

    def add(self, document: Sketched) -> None:
        """Lets a document stand."""
        for group in self._shared.get(document.doc_id, ()):
            # A group that very many share tells nothing; the latest are those that a version or a copy follows.
            _keep(self._standing[group], document, self._most)
            _keep(self._alike[group, document.figures], document, self._most)


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
    ours, theirs = _figures(later.figures), _figures(former.figures)
    # Surroundings that have no figure in common; found by sets, as most texts of one form end here.
    if len(ours.places.keys() & theirs.places.keys()) > len(ours.told.keys() & theirs.told.keys()):
        return False
    if shared_words(later, former) < float(limits["least_shared"]):
        return False
    found = _agreement(later, former)
    if found.unequal:
        return False
    return found.equal > 0 or _days_between(later, former) <= int(limits["days_without_figures"])


def _supersedes(later: Sketched, former: Sketched) -> bool:
    limits = _limits()["correction"]
    if later.version <= former.version or later.house != former.house:
        return False
    if _days_between(later, former) > int(limits["most_days"]):
        return False
    if later.content_key == former.content_key:
        return True
    if shared_words(former, later) < float(limits["least_shared"]):
        return False
    found = _agreement(later, former)
    return found.unequal <= max(1, math.ceil(float(limits["most_figures_changed"]) * (found.equal + found.unequal)))


def _follows(later: Sketched, undated: Sketched) -> bool:
    """Whether `later` supersedes a version without a date, which is judged after all that have one."""
    return undated.published_on is None and later.published_on is not None and _supersedes(later, undated)


def _days_between(one: Sketched, other: Sketched) -> int:
    if one.published_on is None or other.published_on is None:
        return 0
    return abs((one.published_on - other.published_on).days)


def shared_words(one: Sketched, other: Sketched) -> float:
    """The share of the shingles of `one` that `other` has, as their sketches estimate it: 0 if either has none."""
    if len(one.minhash) != len(other.minhash) or not one.minhash:
        return 0.0
    values = array("I", one.minhash)
    likeness = sum(map(eq, values, array("I", other.minhash))) / len(values)
    both = likeness * (one.shingles + other.shingles) / (1 + likeness)
    return float(min(1.0, both / max(1, one.shingles)))


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


@lru_cache(maxsize=10_000)
def _figures(figures: bytes) -> _Figures:
    told = array("Q", figures)
    return _Figures(Counter(told), Counter(figure >> _KEY for figure in told))


@cache
def _limits() -> dict[str, Any]:
    return read_toml("analysis/repeats.toml")
