"""What is kept of a text to find those that repeat it: a key of its words, a sketch of its body, and its figures.

Equal keys are equal texts. Sketches estimate how much of their words two texts share, and figures in the same surroundings
tell whether they say the same: a statistics office writes the same sentences each month, with other numbers. How two texts
are judged by this, and which of them stands, belongs to `standing`.
"""

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from zlib import crc32

from rensa import RMinHash  # type: ignore[import-untyped]

from pipeline.contract.reference import read_toml
from pipeline.documents.document import Document, Sentence

_SPACE = re.compile(r"\s+")
# A number with its separators, a word, or a percent sign.
_TOKEN = re.compile(r"\d+(?:[ \u00a0\u202f\u2009]\d{3}(?!\d)|[.,'’]\d+)*|[^\W\d_]+|%")
_DIGITS = re.compile(r"\D+")
_SEED = 42
_FIGURE, _SIDE, _EDGE = _MASKS = ("#", "~", "^")
_OWN_LETTERS = 5  # that a context needs to tell a figure: two short words, or the name of a row


class Sketch(NamedTuple):
    """What is kept of one text. `minhash` are unsigned numbers of four bytes, empty if the text is too short to be compared;
    `figures` are numbers of eight, each a figure: the upper half is where it stands, the lower what it says.
    """

    content_key: str
    shingles: int
    minhash: bytes
    figures: bytes


class _Words(NamedTuple):
    shingle: int
    values: int
    fewest_words: int
    context: int
    most_figures: int
    same: dict[str, str]
    sides: dict[str, str]
    numbers: dict[str, str]
    months: dict[str, str]


def content_key(document: Document) -> str:
    """The same for two documents whose texts are equal but for furniture, metadata lines, case and white space.

    What is compared is title, headings, sentences and items; a document without any of them is compared as a whole.
    """
    parts = [document.text[sentence.start : sentence.end] for sentence in document.sentences]
    folded = _SPACE.sub(" ", " ".join(parts or [document.text])).strip().casefold()
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


def sketch(document: Document) -> Sketch:
    """The sketch of a document's body: its sentences and items, neither title nor furniture nor dateline."""
    words = _words()
    body = [sentence for sentence in document.sentences if sentence.kind != "title"]
    tokens = [_tokens(document.text, sentence, words) for sentence in body]
    told = [token for sentence in tokens for token in sentence]
    if len(told) < words.fewest_words:
        return Sketch(content_key(document), 0, b"", b"")
    size = words.shingle
    shingles = {" ".join(told[place : place + size]) for place in range(len(told) - size + 1)}
    minhash = RMinHash(num_perm=words.values, seed=_SEED)
    minhash.update(shingles)
    figures = [figure for sentence in tokens for figure in _figures(sentence, words)][: 2 * words.most_figures]
    return Sketch(
        content_key(document), len(shingles), array("I", minhash.digest()).tobytes(), array("Q", sorted(figures)).tobytes()
    )


def _tokens(text: str, sentence: Sentence, words: _Words) -> list[str]:
    plain = unicodedata.normalize("NFKD", text[sentence.start : sentence.end].casefold())
    found = _TOKEN.findall(
        "".join(letter for letter in plain if not unicodedata.combining(letter)) if not plain.isascii() else plain
    )
    return [words.same.get(token, token) if not token[0].isdigit() else _DIGITS.sub("", token) for token in found]


def _figures(tokens: Sequence[str], words: _Words) -> Iterator[int]:
    """The figures of a sentence, each once by what stands before it and once by what stands behind."""
    kinds = [_kind(token, words) for token in tokens]
    masked, said = [], []
    for kind, run in groupby(zip(kinds, tokens, strict=True), key=lambda pair: pair[0]):
        members = [token for _, token in run]
        if kind == _FIGURE:
            # A date is the same whether the day or the month comes first.
            values = [words.months.get(token) or words.numbers.get(token) or token for token in members]
            dated = any(token in words.months for token in members)
            masked.append(kind)
            said.append(" ".join(sorted(values) if dated else values))
        else:
            masked += [kind] * len(members) if kind == _SIDE else members
            said += [words.sides[token] for token in members] if kind == _SIDE else [""] * len(members)
    reach = words.context
    framed = [_EDGE] * reach + masked + [_EDGE] * reach
    for place, value in enumerate(said, reach):
        if not value:
            continue
        for side, around in (("<", framed[place - reach : place]), (">", framed[place + 1 : place + 1 + reach])):
            if sum(len(word) for word in around if word not in _MASKS) >= _OWN_LETTERS:
                yield _hashed(f"{side}{framed[place]} {' '.join(around)}") << 32 | _hashed(value)


def _kind(token: str, words: _Words) -> str:
    if token[0].isdigit() or token in words.numbers or token in words.months:
        return _FIGURE
    return _SIDE if token in words.sides else ""


def _hashed(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


@cache
def _words() -> _Words:
    data: dict[str, Any] = read_toml("repeats.toml")
    numerals = read_toml("numerals.toml")
    months = read_toml("documents_metadata.toml")["months"]
    return _Words(
        **data["sketch"],
        same={other: word for word, others in data["same"].items() for other in others},
        sides={word: side for side, words in data["sides"].items() for word in words},
        numbers={word: str(value) for kind in ("small", "tens") for word, value in numerals[kind].items()},
        months={name: f"month {number}" for number, names in months.items() for name in names},
    )
