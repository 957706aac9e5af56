"""When two passages, names or values count as the same. What is compared with what belongs to `kinds`."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SMALL_WORDS = frozenset({"the", "of", "on", "a", "an", "and"})
_LIKE_PASSAGES = 0.7  # of the words of the shorter passage
_LIKE_NAMES = 0.5  # of the words of the shorter name, small ones left out
_LIKE_VALUES = 0.005  # of the larger value: what rounding of converted units makes
_KEPT_PASSAGES = 4_096


def shared_words(one: str, other: str) -> float:
    """How much of the shorter passage's words the other holds, 0 to 1; 0 if either has none."""
    ours, theirs = _bag(one), _bag(other)
    shorter = min(ours.total(), theirs.total())
    return (ours & theirs).total() / shorter if shorter else 0.0


def on_a_passage(words: str, passages: Iterable[str]) -> bool:
    """Whether `words` stand on one of the passages."""
    return any(shared_words(words, passage) >= _LIKE_PASSAGES for passage in passages)


def like_names(one: str | None, other: str | None) -> bool:
    """Whether two names are forms of one; no name is like no name."""
    if not one or not other:
        return not one and not other
    ours, theirs = (_bag(name).keys() - _SMALL_WORDS for name in (one, other))
    return bool(ours and theirs) and len(ours & theirs) / min(len(ours), len(theirs)) >= _LIKE_NAMES


def like_values(one: float, other: float) -> bool:
    """Whether two values differ by no more than rounding, whatever their signs."""
    return abs(abs(one) - abs(other)) <= _LIKE_VALUES * max(abs(one), abs(other), 1e-9)


def squashed(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(text.split())


def has_words(text: str) -> bool:
    """Whether the text holds a word or a number; one that holds none is like no other."""
    return _WORD.search(text) is not None


@lru_cache(_KEPT_PASSAGES)
def _bag(text: str) -> Counter[str]:
    """The words of a text with their counts; each passage is compared with many."""
    return Counter(_WORD.findall(text.lower()))
