"""Finds phrases of a lexicon in a text, whole words only, case folded, one pass.

The search belongs here; what a phrase means belongs to the layer that brings the lexicon.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Meaning = TypeVar("Meaning")

# One character for one, so that offsets into the folded text are offsets into the text.
_FOLD = {
    "İ": "I",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "‑": "-",
    "‐": "-",
    "–": "-",
    "\n": " ",
    "\r": " ",
    "\t": " ",
    "\xa0": " ",
    "\u202f": " ",
    "\u2009": " ",
}


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes, hyphens and blanks; every character keeps its place."""
    for sign, plain in _FOLD.items():
        text = text.replace(sign, plain)
    return text.lower()


def one_of(phrases: Collection[str]) -> str:
    """A pattern for any of some phrases as they are written, the longest first."""
    return f"(?:{trie(phrases)})"


def trie(phrases: Collection[str]) -> str:
    """A pattern for the words that shares their beginnings, so that a scan leaves a word at its first strange letter."""
    ordered = sorted(set(phrases))
    return _branches(ordered, 0, len(ordered), 0) if ordered else ""


def _branches(phrases: Sequence[str], low: int, high: int, at: int) -> str:
    """The pattern for what follows `at` in the phrases from `low` up to `high`, which are sorted and alike up to there."""
    first, last = phrases[low], phrases[high - 1]
    if high - low == 1:
        return re.escape(first[at:])
    reached = at
    while reached < len(first) and first[reached] == last[reached]:
        reached += 1
    branches, start = [], low + (len(first) == reached)
    may_end = start > low
    while start < high:
        end = start + 1
        while end < high and phrases[end][reached] == phrases[start][reached]:
            end += 1
        branches.append(_branches(phrases, start, end, reached))
        start = end
    body = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    return re.escape(first[at:reached]) + (f"(?:{body})?" if may_end else body)


_BETWEEN = "\v"  # in no phrase
_LETTERS = re.compile(r"[^\W\d_]*")


class PhraseMark(NamedTuple, Generic[Meaning]):
    """A phrase found at a half-open span of code points, with what the lexicon says of it."""

    start: int
    end: int
    phrase: str
    meaning: Meaning


class Phrases(Generic[Meaning]):
    """A lexicon of folded phrases. The longest phrase wins where several begin at one place; marks never overlap.

    A phrase that ends in `*` matches every word that begins so (`export*`), up to the end of that word.
    """

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        """Builds the search. Raises `ValueError` for an empty phrase."""
        # Folded all at once: a call for each of them would take about as long as all the rest.
        phrases = fold(_BETWEEN.join(meanings)).split(_BETWEEN) if meanings else []
        folded = dict(zip(phrases, meanings.values(), strict=True))
        if any(not phrase.strip("* ") for phrase in folded):
            raise ValueError("a lexicon holds an empty phrase")
        self.phrases = sorted(folded)
        self._meanings = [folded[phrase] for phrase in self.phrases]
        self._open = [phrase.endswith("*") for phrase in self.phrases]

    @cached_property
    def _search(self) -> AhoCorasick:
        return _automaton(phrase.rstrip("*") for phrase in self.phrases)

    def find(self, folded: str) -> list[PhraseMark[Meaning]]:
        """All marks in a text that went through `fold`, by place."""
        if not self.phrases:
            return []
        found = self._search.find_matches_as_indexes(folded, overlapping=True)
        if not found:
            return []
        return self.chosen(folded, [match for match in found if not match[1] or not folded[match[1] - 1].isalnum()])

    def chosen(self, folded: str, found: Iterable[tuple[int, int, int]]) -> list[PhraseMark[Meaning]]:
        """The marks among places where a phrase, by its number, stands at the beginning of a word."""
        candidates = []
        size, opened = len(folded), self._open
        for index, start, end in found:
            reached = _word_end(folded, end) if opened[index] else end
            if reached == size or not folded[reached].isalnum():
                candidates.append((start, -reached, opened[index], index))
        if len(candidates) > 1:
            candidates.sort()
        marks: list[PhraseMark[Meaning]] = []
        free = 0
        for start, minus_end, _, index in candidates:
            if start >= free:
                free = -minus_end
                marks.append(PhraseMark(start, free, folded[start:free], self._meanings[index]))
        return marks


class Together:
    """Several lexicons that are looked for in one pass over a text."""

    def __init__(self, lexicons: Sequence[Phrases[Any]]) -> None:
        """Builds the search for the phrases of all."""
        self._lexicons = lexicons
        holders: dict[str, list[tuple[int, int]]] = {}
        for number, lexicon in enumerate(lexicons):
            for index, phrase in enumerate(lexicon.phrases):
                holders.setdefault(phrase.rstrip("*"), []).append((number, index))
        self._holders = list(holders.values())
        self._search = _automaton(holders)

    def find(self, folded: str) -> list[list[PhraseMark[Any]]]:
        """What each lexicon finds in a folded text by itself, in their order."""
        found: list[list[tuple[int, int, int]]] = [[] for _ in self._lexicons]
        for needle, start, end in self._search.find_matches_as_indexes(folded, overlapping=True):
            if not start or not folded[start - 1].isalnum():
                for number, index in self._holders[needle]:
                    found[number].append((index, start, end))
        return [lexicon.chosen(folded, places) for lexicon, places in zip(self._lexicons, found, strict=True)]


def _automaton(needles: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(needles), matchkind=MatchKind.Standard)


def _word_end(folded: str, end: int) -> int:
    match = _LETTERS.match(folded, end)
    return match.end() if match else end
