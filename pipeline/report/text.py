"""Makes text from documents fit to stand in a page: no characters that a page must not hold. Escaping is the template's."""

import re

# Controls but for tab and line ends, lone surrogates and what is no character: a browser calls them errors.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What turns the direction of text until it is turned back; in a page it is closed in by <bdi>, in a drawing it must go.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")
_REPLACEMENT = "\ufffd"


# Where a clause ends, not within numbers and names ("4,200", "U.S."): a sign that a blank follows.
_CLAUSE_ENDS = re.compile(r"[,;:()]+(?=\s|$)|(?<=\s)[(–—]|(?<=\w\w)[.!?](?=\s|$)")
_FEWEST_WORDS = 3  # that say something
_WORD = re.compile(r"[^\W\d_]{2,}")


def clean(text: str) -> str:
    """The text with a sign in place of each character that a page must not hold."""
    return _NO_TEXT.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text in one line, blanks as single spaces."""
    return _BLANKS.sub(" ", clean(text)).strip()


def straight(text: str, most: int = 160) -> str:
    """The text in one line without turns of direction, cut to `most` characters: for names and titles."""
    line = _TURNS.sub("", one_line(text))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def words_around(text: str, start: int, end: int) -> str:
    """The clause in which `text[start:end]` stands: with the one before and the one after it where it says nothing by itself,
    and with a few words that open it.

    "Of that, 4 tons would go by sea, as planned: 3 of oil" gives for the 4 "Of that, 4 tons would go by sea".
    """
    ends = [match.span() for match in _CLAUSE_ENDS.finditer(text)]
    before = [0, *(after for _, after in ends if after <= start)]
    after = [*(first for first, _ in ends if first >= end), len(text)]
    first, last = before.pop(), after.pop(0)
    if _words(text[first:start]) + _words(text[end:last]) < _FEWEST_WORDS:
        first, last = (before or [first])[-1], (after or [last])[0]
    elif before and text[before[-1] : first].endswith(",") and _words(text[before[-1] : first]) < _FEWEST_WORDS:
        first = before[-1]
    return one_line(text[first:last])


def _words(text: str) -> int:
    return len(_WORD.findall(text))
