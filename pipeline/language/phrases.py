"""Finds phrases of a lexicon in a text, whole words only, case folded, one pass.

The search belongs here; what a phrase means belongs to the layer that brings the lexicon.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Meaning = TypeVar("Meaning")

# One character for one, so that offsets into the folded text are offsets into the text.
_FOLD = str.maketrans(
    {
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
)


def fold(text: str) -> str:
    """The text in lower case with plain apostrophes, hyphens and blanks; every character keeps its place."""
    return text.translate(_FOLD).lower()


def one_of(phrases: Collection[str]) -> str:
    """A pattern for any of some phrases as they are written, the longest first."""
    return f"(?:{trie(phrases)})"


def trie(phrases: Collection[str]) -> str:
    """A pattern for the words that shares their beginnings, so that a scan leaves a word at its first strange letter."""
    return _branches(sorted(set(phrases)), 0)


def _branches(phrases: Sequence[str], at: int) -> str:
    """The pattern for what follows `at` in phrases that are sorted and alike up to there."""
    if len(phrases) < 2:
        return re.escape(phrases[0][at:]) if phrases else ""
    may_end = len(phrases[0]) == at
    branches = [
        re.escape(letter) + _branches(list(alike), at + 1)
        for letter, alike in groupby(phrases[1:] if may_end else phrases, key=lambda phrase: phrase[at])
    ]
    body = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    return f"(?:{body})?" if may_end else body


_BETWEEN = "\v"  # in no phrase
_LETTERS = re.compile(r"[^\W\d_]*")


@dataclass(frozen=True, slots=True)
class PhraseMark(Generic[Meaning]):
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
        self._phrases = sorted(folded)
        self._meanings = [folded[phrase] for phrase in self._phrases]
        self._open = [phrase.endswith("*") for phrase in self._phrases]
        needles = [phrase.rstrip("*") for phrase in self._phrases]
        self._search = AhoCorasick(needles, matchkind=MatchKind.Standard) if needles else None

    def find(self, folded: str) -> list[PhraseMark[Meaning]]:
        """All marks in a text that went through `fold`, by place."""
        if self._search is None:
            return []
        candidates = []
        size = len(folded)
        for index, start, end in self._search.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum():
                continue
            reached = self._word_end(folded, end) if self._open[index] else end
            if reached < size and folded[reached].isalnum():
                continue
            candidates.append((start, -reached, self._open[index], index))
        candidates.sort()
        return self._without_overlaps(folded, candidates)

    @staticmethod
    def _word_end(folded: str, end: int) -> int:
        match = _LETTERS.match(folded, end)
        return match.end() if match else end

    def _without_overlaps(self, folded: str, candidates: Iterable[tuple[int, int, bool, int]]) -> list[PhraseMark[Meaning]]:
        marks: list[PhraseMark[Meaning]] = []
        reached = 0
        for start, minus_end, _, index in candidates:
            if start >= reached:
                reached = -minus_end
                marks.append(PhraseMark(start, reached, folded[start:reached], self._meanings[index]))
        return marks
