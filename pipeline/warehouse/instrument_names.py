"""Tells whether two names are of one instrument: small words, nouns for an instrument as such, and the sides count for nothing.

Only names are compared here; sides, subject and time are weighed in `instruments`.
"""

import re
import unicodedata
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.names import find_names

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INITIALS = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z0-9&+]{1,11}")
_SIDES = frozenset({"country", "bloc"})
_PLAIN_FORMS = frozenset({"name", "adjective", "people"})
_SPELLINGS = (("isation", "ization"), ("our", "or"), ("ies", "y"))
_SHORTEST_PLURAL = 4


def is_initials(name: str) -> bool:
    """Whether a name is one word made of initials: `EPCA`, `ChAFTA`."""
    return _INITIALS.fullmatch(name) is not None


def name_words(name: str) -> frozenset[str]:
    """The words by which a name is known, in lower case and in one spelling; empty if it tells no particular instrument.

    The sides' own names are left out, since they are sides: `EU-Uzbekistan Partnership Agreement`, `Partnership Agreement`.
    """
    is_a_side = any(mark.kind == "bloc" and mark.text == name for mark in find_names(name))  # Regional ... Partnership
    words = frozenset(_one_spelling(word) for word in _words(name if is_a_side else _without_sides(name)))
    particular = words - _listed("light")
    return frozenset() if particular <= _listed("empty") else particular


@cache
def organisation_key(name: str) -> str:
    """An organisation's name in lower case, without signs, kind of company and plural."""
    words = [_one_spelling(word) for word in _words(name)]
    return " ".join([word for word in words if word not in _listed("companies")] or words)


def initials_of(name: str) -> str:
    """The initials of the words of a name that are written with a capital: `EPCA` of Enhanced Partnership ... Agreement."""
    return "".join(word[0] for word in _WORD.findall(_without_sides(name)) if word[0].isupper())


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, as they stand there."""
    return frozenset(_words(text))


def _without_sides(name: str) -> str:
    kept, at = [], 0
    for mark in find_names(name):
        if mark.kind in _SIDES and mark.form in _PLAIN_FORMS:
            kept.append(name[at : mark.start])
            at = mark.end
    return " ".join([*kept, name[at:]])


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _one_spelling(word: str) -> str:
    for old, new in _SPELLINGS:
        if word.endswith(old):
            return word.removesuffix(old) + new
    is_plural = word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST_PLURAL
    return word.removesuffix("s") if is_plural else word


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(_one_spelling(word) for word in read_toml("analysis/instruments.toml")["name"][key])
