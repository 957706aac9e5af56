"""Where sentences end inside a paragraph. What is a paragraph, and what is furniture, belongs to the modules beside this one.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a list number, or the next word goes on in
lower case. Semicolons and colons never end one.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, cast

from pipeline.contract.reference import read_toml
from pipeline.documents.document import Span

# A stop with the closing quotes and brackets that belong to it. ` ''` and ` -RRB-` are the quotes and brackets of
# tokenised copy. Full stops of scripts without spaces end a sentence wherever they stand.
_STOP = re.compile(
    r"(?:(?P<stop>(?<![.!?…])[.!?…]++)(?P<close>(?:[\"”’»)\]']|[ \t]?''(?![^\s.,;)])|[ \t]\"(?=\s|\Z)|[ \t]?-RRB-)*)(?=\s|\Z)"
    r"|(?P<wide>[。！？։؟۔।][”’」』）)\"]*))"
)
_NEXT = re.compile(r"\s*(?:[\"“‘«‹(\[`']|-LRB-)*\s*(?P<word>[^\W_][\w'’.-]*)?")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5}|[A-Za-z])")
_LEAD = re.compile(
    r"(?:(?P<place>[^\W\d_][\w'’ -]{1,30}), )?"
    r"(?:\d{1,2} (?P<m1>[^\W\d_]{3,9})|(?P<m2>[^\W\d_]{3,9})\.? \d{1,2})(?:,? \d{4})?"
)


_COUNTED = re.compile(r"(?P<code>[A-Z]{3})\b|(?:[A-Z][\w.]{0,15}\s+){0,3}(?P<noun>[^\W\d_]+)")


class _Words(NamedTuple):
    leading: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]
    scales: frozenset[str]
    counted: frozenset[str]
    months: frozenset[str]


def split_sentences(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    """The sentences of the paragraph `text[start:end]`, white space at both ends left out, none longer than `longest`."""
    begin = _skip_space(text, start, end)
    for match in _STOP.finditer(text, start, end):
        if match.end() > begin and (match["wide"] or _ends_sentence(text, begin, match, end)):
            yield from _divided(text, begin, match.end(), longest)
            begin = _skip_space(text, match.end(), end)
    if begin < end:
        yield from _divided(text, begin, end, longest)


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = cast(re.Match[str], _NEXT.match(text, match.end(), end))
    word = following["word"]
    if not word:
        return following.end() >= end or not text[match.end() : following.end()].strip()
    if word[0].islower():
        return False
    at = match.start("stop")
    if match["stop"] != "." or text[at - 1 : at].isspace():
        return True
    before = text[max(begin, at - 40) : at].split()
    token = before[-1].lstrip("(\"“‘['`") if before else ""
    if at - begin <= 45 and _is_lead(text[begin:at], word):
        return False
    if token.lower() in _words().scales:
        return not _names_amount(text[following.start("word") :])
    return _stop_after(token, word, at - len(token) <= begin + 1)


def _stop_after(token: str, word: str, first: bool) -> bool:
    """Whether the full stop between `token` and the capitalised or numeric `word` ends a sentence."""
    words, low = _words(), token.lower()
    if low in words.leading and token != low.upper():
        return False
    if first and _LIST_NUMBER.fullmatch(token):
        return False
    if low in words.before_number:
        return not word[0].isdigit()
    if low in words.either or _ACRONYM.fullmatch(token) or (len(token) == 1 and token.isupper()):
        return word.lower().rstrip(".'’") in words.starters
    return True


def _names_amount(following: str) -> bool:
    """Whether what follows a scale says what it counts: `5 mln. EUR`, `2 bln. Swiss francs`."""
    counted = _COUNTED.match(following)
    return counted is not None and (counted["code"] is not None or counted["noun"].lower() in _words().counted)


def _is_lead(fragment: str, word: str) -> bool:
    """A place and date in front of a report, as in chronicles: `Samarkand, April 4. The union ...`."""
    lead = _LEAD.fullmatch(fragment)
    if not lead or not word[0].isupper() or not all(part[0].isupper() for part in (lead["place"] or "").split()):
        return False
    return (lead["m1"] or lead["m2"]).lower() in _words().months


def _divided(text: str, start: int, end: int, longest: int) -> Iterator[Span]:
    while end - start > longest:
        cut = max(text.rfind(mark, start + longest // 2, start + longest) for mark in (" ", "\n", "\t"))
        cut = cut if cut > start else start + longest
        stop = start + len(text[start:cut].rstrip())
        if stop > start:
            yield Span(start, stop)
        start = _skip_space(text, cut, end)
    if start < end:
        yield Span(start, start + len(text[start:end].rstrip()))


_SPACE = re.compile(r"\s*")


def _skip_space(text: str, start: int, end: int) -> int:
    return cast(re.Match[str], _SPACE.match(text, start, end)).end()


@cache
def _words() -> _Words:
    lists: dict[str, Any] = read_toml("documents_sentences.toml")
    months = read_toml("documents_metadata.toml")["months"]
    return _Words(
        frozenset(lists["leading"]),
        frozenset(lists["before_number"]),
        frozenset(lists["either"]),
        frozenset(lists["starters"]),
        frozenset(lists["scales"]),
        frozenset(lists["counted"]),
        frozenset(name for names in months.values() for name in names),
    )
