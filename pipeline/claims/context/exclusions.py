"""Blocs of which a text leaves members out (`every Central Asian state but Turkmenistan`): they stand for the others.

Only what an exception makes of a bloc's name belongs here; names are found in `pipeline.language.names`. The words and the
members of the blocs are data, in `[exception]` of `seeds/reference/sides.toml` and `[members]` of `agreements.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.marks import NameMark
from pipeline.language.phrases import one_of

_ALL = 24  # characters before a bloc in which a word for all of its members stands
_LISTED = re.compile(r"\s*(?:,|,?\s(?:and|or|nor))\s+(?:the\s+)?")


@cache
def _members() -> dict[str, tuple[str, ...]]:
    return {bloc: tuple(codes) for bloc, codes in read_toml("agreements.toml")["members"].items()}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = read_toml("sides.toml")["exception"]
    nouns = rf"(?:'s?)?(?:\s{one_of(lists['nouns'])}){{0,2}},?\s"
    plain = re.compile(rf"{nouns}(?:{one_of(lists['words'])}|(?P<of_all>{one_of(lists['of_all'])}))\s(?:for\s)?(?:the\s)?")
    return plain, re.compile(rf"\b{one_of(lists['all'])}\b[^,;.]*$")


def without_excepted(text: str, names: Sequence[NameMark]) -> list[NameMark]:
    """The names, with a bloc as its remaining members where the text excepts some, which are no names of sides then."""
    found: list[NameMark] = []
    left_out: set[NameMark] = set()
    for place, name in enumerate(names):
        members = _members().get(name.codes[0], ()) if name.kind == "bloc" and len(name.codes) == 1 else ()
        excepted = _excepted(text, name, names[place + 1 :], members) if members else []
        codes = {code for other in excepted for code in other.codes}
        left_out.update(excepted)
        if name not in left_out:
            found.append(replace(name, codes=tuple(code for code in members if code not in codes)) if codes else name)
    return found


def _excepted(text: str, bloc: NameMark, others: Sequence[NameMark], members: Sequence[str]) -> list[NameMark]:
    """The members that stand behind a word of exception right behind their bloc."""
    plain, of_all = _patterns()
    match = plain.match(text, bloc.end)
    if match is None or (match["of_all"] and not of_all.search(text, max(0, bloc.start - _ALL), bloc.start)):
        return []
    found: list[NameMark] = []
    at = match.end()
    for other in others:
        if other.start != at or not set(other.codes) <= set(members):
            break
        found.append(other)
        listed = _LISTED.match(text, other.end)
        at = listed.end() if listed else -1
    return found
