"""Finds what a text says its acronyms stand for, in either order.

`Trans-Caspian International Transport Route (TITR)`, `TITR (the Trans-Caspian ...)`, `TITR, or the ...`, `TITR, which stands
for ...`, `the ..., known as TITR`, `the ..., TITR for short`. Usually the letters show where the name begins and ends. Where
they are those of another language, or wrong, a name in front of brackets still tells what the text takes the acronym for:
`Azerbaijan Railways (ADY)`.

Belongs here: which words an acronym is said to stand for. Whether two texts agree on it is asked in `sql/analysis/`. Word lists
are in `seeds/reference/acronyms.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import AcronymMark, LettersFit
from pipeline.language.names import find_names

_REACH = 240  # code points on either side in which a name is looked for
_MOST_WORDS = 16
_MOST_INNER = 3  # letters that one word may give besides its first
_MOST_SKIPPED = 1  # words of weight that may give none
_SHORTEST_OTHER = 3  # letters of an acronym that is not made of the name's letters
_MOST_LETTERS = 10

_UPPER = "A-ZÀ-ÖØ-Þ"
_LETTER = f"{_UPPER}a-zß-öø-ÿ"
# With a capital or digit soon behind the first: every word with a capital looked at would cost more than all the rest.
_SHORT = re.compile(
    rf"(?<![\w.-])(?:(?:[{_UPPER}]\.){{2,6}}"
    rf"|[{_UPPER}][a-zß-öø-ÿ]{{0,3}}[&+/-]?[{_UPPER}0-9](?:[{_LETTER}0-9&+/-]{{0,8}}[{_LETTER}0-9+])?)"
)
_QUOTES = "\"'“”‘’«»"
_QUOTE = f"[{_QUOTES}]?"
_GAP = r"\s{1,3}"
_BETWEEN = 48  # code points between a name and its acronym

# What stands between a name in full and its acronym: an opening bracket, or "known as" and the like.
_BEHIND_NAME = re.compile(
    rf"""
    {_QUOTE} \s{{0,3}} (?P<bracket>[(\[]) {_QUOTE}
    (?: (?:or|the|also|hereinafter|hereafter|known{_GAP}as|abbreviated(?:{_GAP}as)?|in{_GAP}short|called) {_GAP} ){{0,3}}
    {_QUOTE} \Z
    |
    {_QUOTE} ,? {_GAP}
    (?: (?<=,\s)or | (?:also{_GAP})? (?:known{_GAP}as | abbreviated(?:{_GAP}(?:as|to))?) ) {_GAP} (?:the{_GAP})? {_QUOTE} \Z
    |
    {_QUOTE} (?P<comma>,) {_GAP} (?:the{_GAP})? {_QUOTE} \Z
    """,
    re.VERBOSE,
)
# What tells that a word between commas is the short form of the name before it.
_SHORT_FORM = re.compile(
    rf"{_QUOTE}{_GAP}(?:for{_GAP}(?:short|friends|brevity|ease)|in{_GAP}short|as{_GAP}it{_GAP}is{_GAP}(?:known|called))\b"
)
_ENDS_IN_BRACKETS = re.compile(rf"{_QUOTE}(?:[)\],;]|{_GAP}for{_GAP}short)")
_GOES_ON = re.compile(r"[\w-]")
# What stands between an acronym and the name behind it.
_BEFORE_NAME = re.compile(
    rf"""
    {_QUOTE}
    (?:
        \s{{0,3}} (?P<bracket>[(\[])
      | ,? {_GAP} (?P<saying>
            (?:which{_GAP})? (?:stands|standing|stood){_GAP}for
          | (?:is{_GAP})? short{_GAP}for
          | (?:is{_GAP})? (?:an?|the){_GAP}(?:acronym|abbreviation|initials){_GAP}(?:for|of)
        ) {_GAP}
      | , {_GAP} (?: or{_GAP} | (?=the\s) )
      | {_GAP} [-–—] {_GAP}
    )
    (?: (?: or | the | an? | short{_GAP}for | stands{_GAP}for | i\.e\.,? ) {_GAP} ){{0,2}} {_QUOTE} (?=\w)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# What a name does not go beyond: the stop behind one capital is no end of a sentence ("the U.S. Agency").
_STOP = re.compile(r"[;:!?()\[\]]|(?<![\W_][A-Z])\.\s+(?=[^\W\d_a-z])|\n\s*\n|\s[-–—]\s")
# Where a name behind its acronym ends; in brackets, and behind "stands for", it may have commas of its own.
_END = re.compile(r"[;:!?()\[\],]|\.(?=\s|$)|\n\s*\n|\s[-–—]\s")
_END_WITH_COMMAS = re.compile(_END.pattern.replace(",", "", 1))
_HYPHENS = frozenset("-‐‑–/")
_ARTICLES = frozenset({"a", "an", "the"})


class _Word(NamedTuple):
    """A word, or a part of one with hyphens: its place in the text, and what acronyms make of such words."""

    start: int
    end: int
    text: str
    small: bool
    legal: bool
    joined: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or self.text[0].isdigit()

    @property
    def weighs(self) -> bool:
        """Whether an acronym should have its initial."""
        return not (self.small or self.legal or self.joined)


def find_acronyms(text: str) -> list[AcronymMark]:
    """What the acronyms of a text are said to stand for, sorted by where the acronym stands; each place once."""
    found = []
    for match in _SHORT.finditer(text):
        start, end = match.span()
        if _is_acronym(match.group()):
            mark = _named_before(text, start, end) or _named_after(text, start, end)
            if mark:
                found.append(mark)
    return found


# The name in front --------------------------------------------------------------------------------------------------


def _named_before(text: str, start: int, end: int) -> AcronymMark | None:
    between = _BEHIND_NAME.search(text, max(0, start - _BETWEEN), start)
    if not between or (between["comma"] and not _SHORT_FORM.match(text, end)):
        return None
    by_brackets = between["bracket"] is not None
    if not _ENDS_IN_BRACKETS.match(text, end) if by_brackets else _GOES_ON.match(text, end):
        return None
    short = text[start:end]
    words = _words_before(text, between.start())
    if not words or any(word.text == short for word in words[-2:]):
        return None
    letters = _letters(short)
    for fit in _FITS:
        for first in range(len(words) - 1, -1, -1):
            if _fits(letters, words[first:], fit):
                return _mark(text, (start, end), (words[first].start, words[-1].end), fit)
    if not by_brackets or not _may_be_of_other_letters(short):
        return None
    first_of_name = _start_of_name(text, words)
    if first_of_name is None:
        first_of_name = _start_of_plain_name(text, words, short)
    return None if first_of_name is None else _mark(text, (start, end), (words[first_of_name].start, words[-1].end), "other")


def _words_before(text: str, end: int) -> list[_Word]:
    """The last words in front of a place, in the same sentence, if nothing but a possessive stands between."""
    low = max(0, end - _REACH)
    if low and text[low - 1].isalnum():
        cut = re.compile(r"\W|$").search(text, low, end)
        low = cut.start() if cut else end
    stops = [stop.end() for stop in _STOP.finditer(text, low, end)]
    words = _words(text, stops[-1] if stops else low, end)
    if not words or text[words[-1].end : end].strip(f"{_QUOTES}s."):
        return []
    return words[-_MOST_WORDS:]


def _start_of_name(text: str, words: Sequence[_Word]) -> int | None:
    """Where the name in capitals begins that ends the words, if it has a noun for what bears such names."""
    first = None
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if place + 1 < len(words) and "," in text[word.end : words[place + 1].start]:
            break
        if word.text[0].isupper() and not word.small:
            first = place
        elif not word.small and not word.joined:
            break
    if first is None or not words[-1].capital:
        return None
    name = words[first:]
    return first if len(name) > 1 and any(word.text.casefold() in _lists()["heads"] for word in name) else None


def _start_of_plain_name(text: str, words: Sequence[_Word], short: str) -> int | None:
    """Where a name without capitals begins: behind an article, with a noun for what may be called so.

    A name of another thing at the end is what brackets with other letters would be about, so none but a country stands there.
    """
    articles = [place for place, word in enumerate(words[:-1]) if word.text.casefold() in _ARTICLES]
    if not articles:
        return None
    first = articles[-1] + 1
    head = words[first]
    if head.text not in _lists()["plain_heads"] or len(words) - first < 2 or "," in text[head.start : words[-1].end]:
        return None
    last = words[-1]
    ends_in_country = any(
        mark.kind == "country" and mark.end == last.end - head.start for mark in find_names(text[head.start : last.end])
    )
    if last.capital and not (ends_in_country and last.text[:1] != short[:1]):
        return None
    return first


# The name behind ----------------------------------------------------------------------------------------------------


def _named_after(text: str, start: int, end: int) -> AcronymMark | None:
    match = _BEFORE_NAME.match(text, end)
    if not match:
        return None
    end_of_name = _END_WITH_COMMAS if match["bracket"] or match["saying"] else _END
    stop = end_of_name.search(text, match.end(), match.end() + _REACH)
    limit = stop.start() if stop else min(len(text), match.end() + _REACH)
    words = _words(text, match.end(), limit)[:_MOST_WORDS]
    if not words or words[0].start != match.end():
        return None
    letters = _letters(text[start:end])
    for fit in _FITS:
        for last in range(len(words), 0, -1) if match["bracket"] else range(1, len(words) + 1):
            if _fits(letters, words[:last], fit):
                return _mark(text, (start, end), (words[0].start, words[last - 1].end), fit)
    if match["saying"] and words[0].capital and len(words) > 1 and len(words) < _MOST_WORDS:
        return _mark(text, (start, end), (words[0].start, words[-1].end), "other")
    return None


# Letters ------------------------------------------------------------------------------------------------------------

_FITS: tuple[LettersFit, ...] = ("initials", "letters")


def _is_acronym(short: str) -> bool:
    """Whether it is written like one: mostly capitals, two at least, or one and a digit."""
    singular = short.removesuffix("s")
    capitals = sum(letter.isupper() for letter in singular)
    letters = sum(letter.isalpha() for letter in singular)
    digits = sum(letter.isdigit() for letter in singular)
    return capitals + digits > 1 and capitals * 2 >= letters and capitals > 0 and letters <= _MOST_LETTERS


def _may_be_of_other_letters(short: str) -> bool:
    return (
        short.isalpha()
        and short.isupper()
        and len(short) >= _SHORTEST_OTHER
        and not set(short) <= set("IVXLCDM")
        and short not in _codes()
    )


@cache
def _codes() -> frozenset[str]:
    """Codes that stand in brackets for what they are: of countries, currencies and units."""
    words = vocabulary()
    return frozenset({*words.countries, *words.currencies, *words.units})


def _letters(short: str) -> str:
    """The letters and digits that a name must have: without dots, signs and the s of the plural."""
    plain = "".join(sign for sign in short if sign.isalnum())
    return plain.removesuffix("s") if plain[-1] == "s" else plain


def _fits(letters: str, words: Sequence[_Word], fit: LettersFit) -> bool:
    """Whether the words give the letters in order, the first word the first of them. A noun for what it is may stand behind."""
    return _give(letters, words, fit) or (
        len(words) > 1 and words[-1].text in _lists()["heads"] and _give(letters, words[:-1], fit)
    )


def _give(letters: str, words: Sequence[_Word], fit: LettersFit) -> bool:
    """Whether the words give the letters.

    `initials`: each word of weight gives its initial, and no letter but capitals within (`KazTransOil`). `letters`: a word may
    give more of its letters (`Community` in ECOWAS), and one may give none; then the words are a name in capitals.
    """
    if (
        words[0].small
        or words[0].text in _lists()["scales"]
        or words[0].text[0].casefold() != letters[0].casefold()
        or words[-1].small
    ):
        return False
    strict = fit == "initials"
    if len(words) == 1 and (not strict or len(letters) < _SHORTEST_OTHER):
        return False
    if not strict and not all(word.capital for word in words if word.weighs):
        return False
    # What can be left after each word: places in the letters, each with the fewest words skipped on the way.
    reached = {0: 0}
    for place, word in enumerate(words):
        following: dict[int, int] = {}
        for at, skipped in reached.items():
            if place and (not word.weighs or (not strict and skipped < _MOST_SKIPPED)):
                cost = skipped + word.weighs
                following[at] = min(cost, following.get(at, cost))
            for more in _given(letters, at, word, strict):
                following[more] = min(skipped, following.get(more, skipped))
        reached = following
        if not reached:
            return False
    return len(letters) in reached


def _given(letters: str, at: int, word: _Word, strict: bool) -> Iterator[int]:
    """The places that a word leads to from a place in the letters: by its initial, and by letters within."""
    if at >= len(letters) or word.text[0].casefold() != letters[at].casefold():
        return
    at += 1
    yield at
    inner = 1
    for _ in range(len(letters) - at if word.text.isupper() else _MOST_INNER):
        if at >= len(letters):
            return
        found = _next_inner(word.text, inner, letters[at], strict)
        if found is None:
            return
        inner = found + 1
        at += 1
        yield at


def _next_inner(word: str, start: int, letter: str, strict: bool) -> int | None:
    """Where within a word a letter of the acronym stands. A small letter of the acronym follows at once (`AfCFTA`)."""
    if letter.islower():
        return start if word[start : start + 1] == letter else None
    for place in range(start, len(word)):
        if word[place] == letter or (not strict and word[place].casefold() == letter.casefold()):
            return place
    return None


# Words --------------------------------------------------------------------------------------------------------------


def _words(text: str, start: int, end: int) -> list[_Word]:
    small, legal = _lists()["small"], _lists()["legal"]
    words: list[_Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        possessive = _POSSESSIVE.search(match.group())
        last -= len(possessive.group()) if possessive else 0
        folded = text[first:last].casefold()
        joined = bool(words) and first > start and text[first - 1] in _HYPHENS and words[-1].end == first - 1
        words.append(_Word(first, last, text[first:last], folded in small, folded in legal and bool(words), joined))
    return words


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_toml("acronyms.toml").items()}


def _mark(text: str, short: tuple[int, int], name: tuple[int, int], fit: LettersFit) -> AcronymMark:
    return AcronymMark(*short, text[slice(*short)], *name, text[slice(*name)], fit)
