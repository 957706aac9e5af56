"""A document with all its marks, sentence by sentence: what every claim grammar starts from.

Bringing the layers together belongs here; deciding anything about claims does not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from pipeline.claims.context.exclusions import without_excepted
from pipeline.documents.document import Document, Sentence
from pipeline.language.dates import find_dates
from pipeline.language.marks import DateMark, NameMark, QuantityMark
from pipeline.language.names import find_names
from pipeline.language.phrases import fold
from pipeline.language.quantities import find_quantities

_WORD = re.compile(r"[^\W_]+(?:['.&/-][^\W_]+)*|[^\w\s]")


class Spanned(Protocol):
    """Anything at a half-open place in the text."""

    @property
    def start(self) -> int:
        """Where it starts."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


Mark = TypeVar("Mark", bound=Spanned)


class Word(NamedTuple):
    """A word or a sign, folded, at its place in the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence with the marks that lie in it. All offsets count from the start of the document's text."""

    index: int
    sentence: Sentence
    start: int
    end: int
    names: tuple[NameMark, ...]
    quantities: tuple[QuantityMark, ...]
    dates: tuple[DateMark, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and its marks. `folded` is the text folded for searching, of the same length."""

    document: Document
    folded: str
    sentences: tuple[SentenceReading, ...]


@lru_cache(maxsize=256)  # events and agreements read the same sentences
def words(folded: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and signs of a folded text between two places."""
    return tuple(Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(folded, start, end))


def within(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks that lie wholly between two places; `marks` are sorted by place."""
    inside = []
    for index in range(bisect_left(marks, start, key=_start), len(marks)):
        mark = marks[index]
        if mark.start >= end:
            break
        if mark.end <= end:
            inside.append(mark)
    return tuple(inside)


_start = attrgetter("start")


def shared_out(marks: Sequence[Mark], spans: Iterable[Spanned]) -> list[tuple[Mark, ...]]:
    """The marks that lie wholly within each of some spans; both are sorted by place, and the spans are apart."""
    found, at, size = [], 0, len(marks)
    for span in spans:
        start, end = span.start, span.end
        inside = []
        while at < size and (mark := marks[at]).start < end:
            if mark.start >= start and mark.end <= end:
                inside.append(mark)
            at += 1
        found.append(tuple(inside))
    return found


def _european(names: Sequence[NameMark]) -> list[NameMark]:
    """`European` as the adjective of the Union, in a text that speaks of the Union."""
    if not any(name.codes == ("EU",) for name in names):
        return list(names)
    return [replace(name, codes=("EU",)) if name.codes == ("EUROPE",) and name.form == "adjective" else name for name in names]


def read(document: Document) -> Reading:
    """Finds all marks of a document. Nothing is found in page furniture."""
    text = document.text
    names = without_excepted(text, _european(find_names(text, document.published_on)))
    quantities = find_quantities(text)
    dates = find_dates(text, document.published_on, names)
    marks = (shared_out(found, document.sentences) for found in (names, quantities, dates))
    sentences = tuple(
        SentenceReading(index, sentence, sentence.start, sentence.end, *found)
        for index, (sentence, *found) in enumerate(zip(document.sentences, *marks, strict=True))
    )
    return Reading(document, fold(text), sentences)
