"""Makes text from documents fit to stand in a page: no characters that a page must not hold. Escaping is the template's."""

import re

# Controls but for tab and line ends, lone surrogates and what is no character: a browser calls them errors.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What turns the direction of text until it is turned back; in a page it is closed in by <bdi>, in a drawing it must go.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"\s+")
_REPLACEMENT = "\ufffd"


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
