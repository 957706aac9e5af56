"""The two characters that a pattern may open with, so that of many patterns only those are tried that could match at a place.

Patterns of the kind that this package writes belong here: literals, classes, groups, looks around, repetitions, and templates
in which `<NAME>` stands for a fragment. What the patterns mean does not.
"""

import re
import string
from collections.abc import Mapping
from functools import cache

_TOLD_APART = frozenset(string.ascii_lowercase + string.punctuation + "0 ")  # one digit and one blank stand for all
_LENGTH = 2
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:))?")
_LOOK = re.compile(r"\(\?<?[=!]")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|[^()|\\]", re.DOTALL)
_FRAGMENT = re.compile(r"<([A-Z_]+)>")
_EDGE = re.compile(r"\\[bB]|[$^]")
_TIMES = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d*)(?:(?P<more>,)\d*)?\})[?+]?")
_REST = re.compile(r"[^()|\\[<]+")  # behind an opening only groups matter, for where they end

Opens = frozenset[str]
_NOTHING: Opens = frozenset({""})


def opening_at(text: str, start: int) -> str | None:
    """The two characters at a place, as `Openings.of` tells them; None where they are not told apart."""
    if start + _LENGTH > len(text):
        return None
    first, second = _standing_for(text[start]), _standing_for(text[start + 1])
    return first + second if first and second else None


@cache
def _standing_for(character: str) -> str:
    known = "0" if character.isdecimal() else " " if character.isspace() else character
    return known if known in _TOLD_APART else ""


class Openings:
    """Tells what templates may open with, given the fragments that they may hold."""

    def __init__(self, fragments: Mapping[str, str]) -> None:
        """`fragments` are templates by name."""
        self._fragments = fragments
        self._known: dict[str, Opens] = {}

    def of(self, template: str) -> Opens:
        """The first two characters of all matches; one alone or none where a match may be so short."""
        return self._alternatives(template, 0)[0]

    def _alternatives(self, template: str, at: int) -> tuple[Opens, int]:
        """What stands from a place on up to the end of its group, and where that is."""
        opens: Opens = frozenset()
        while True:
            one, at = self._sequence(template, at)
            opens |= one
            if at == len(template) or template[at] == ")":
                return opens, at
            at += 1

    def _sequence(self, template: str, at: int) -> tuple[Opens, int]:
        """One alternative from a place on."""
        opens, told = _NOTHING, False
        while at < len(template) and template[at] not in "|)":
            one, at = self._element(template, at)
            times = _TIMES.match(template, at)
            at = times.end() if times else at
            opens = opens if told else _joined(opens, _repeated(one, times) if times else one)
            told = told or all(len(each) == _LENGTH for each in opens)
            if told and (rest := _REST.match(template, at)):
                at = rest.end()
        return opens, at

    def _element(self, template: str, at: int) -> tuple[Opens, int]:
        """A fragment, a group, a look around or a character at a place."""
        if named := _FRAGMENT.match(template, at):
            return self._fragment(named[1]), named.end()
        if look := _LOOK.match(template, at):
            return _NOTHING, self._alternatives(template, look.end())[1] + 1
        if group := _GROUP.match(template, at):
            opens, end = self._alternatives(template, group.end())
            return opens, end + 1
        if edge := _EDGE.match(template, at):
            return _NOTHING, edge.end()
        one = _CLASS.match(template, at)
        if one is None:
            raise ValueError(f"no pattern of a known kind: {template[at : at + 60]}")
        return _members(one[0]), one.end()

    def _fragment(self, name: str) -> Opens:
        if name not in self._known:
            self._known[name] = self.of(self._fragments[name])
        return self._known[name]


def _joined(first: Opens, then: Opens) -> Opens:
    return frozenset(
        each if len(each) == _LENGTH else (each + other)[:_LENGTH]
        for each in first
        for other in (then if len(each) < _LENGTH else _NOTHING)
    )


def _repeated(one: Opens, times: re.Match[str]) -> Opens:
    least = {"?": 0, "*": 0, "+": 1}[times["sign"]] if times["sign"] else int(times["least"] or 0)
    once = one | _NOTHING if least == 0 else one
    return once if times["sign"] == "?" else once | _joined(one, one)


@cache
def _members(one: str) -> Opens:
    """The characters that a class or a literal stands for."""
    if len(one) == 1 and one != ".":
        return frozenset(filter(None, [_standing_for(one)]))
    matches = re.compile(one, re.DOTALL).fullmatch
    signs = (*string.ascii_lowercase, *string.punctuation, *string.digits, *string.whitespace)
    return frozenset(_standing_for(sign) for sign in signs if matches(sign))
