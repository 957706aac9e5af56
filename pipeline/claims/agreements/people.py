"""Statesmen whom a text introduces with their country: later the bare surname stands for it.

Learning names from the text itself belongs here; names that a lexicon knows belong to `pipeline.language.names`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pipeline.claims.agreements.lexicon import AgreementLexicon
from pipeline.contract.reference import read_rows
from pipeline.language.marks import NameMark

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]{1,30}"
_RUN = rf"{_CAPITAL}(?:[ \n]{_CAPITAL}){{0,3}}"
_MOST = 60


@cache
def _statesmen() -> dict[str, tuple[str, ...]]:
    """Surnames known beforehand, `seeds/reference/agreement_people.csv`."""
    return {row["name"]: (row["code"],) for row in read_rows("agreement_people.csv")}


@cache
def _known_search() -> re.Pattern[str]:
    return _search(_statesmen())


@cache
def _parliament_search(names: tuple[str, ...]) -> re.Pattern[str]:
    return _search(names)


def _search(people: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(people, key=lambda name: (-len(name), name))))})\b(?!-)")


@cache
def _patterns(statesmen: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    roles = "|".join(sorted(statesmen, key=lambda role: (-len(role), role)))
    role = rf"(?:(?:[\w-]+[ \n]){{0,3}}(?i:{roles})(?:[ \n]of[ \n](?:[a-z]+[ \n]){{0,2}}[A-Z][a-z]+)?,?)"
    # After a country: its statesman. Before a country: the statesman whose country follows.
    after = re.compile(rf"(?:['’]s?)?[ \n]{role}[ \n]({_RUN})")
    behind_office = re.compile(rf"(?:(?:[ \n]Republic)?,?[ \n])({_RUN})")
    office_of = re.compile(rf"(?i:{roles})[ \n]of[ \n](?:the[ \n])?(?:(?:Republic|Kingdom|State)[ \n]of[ \n])?$")
    named_office = re.compile(rf"(?i:{roles})[ \n]({_RUN})[ \n]of[ \n](?:the[ \n])?$")
    apposition = re.compile(rf"({_RUN}),[ \n](?:the|a|an)?[ \n]?(?:[\w-]+[ \n]){{0,2}}(?i:{roles})[ \n]of[ \n](?:the[ \n])?$")
    fields = "Foreign|Trade|Transport|Energy|Economy|Finance|Agriculture|Commerce|Industry"
    offices = rf"(?:President|Prime Minister|Premier|(?:(?:{fields})[ \n])?Minister)"
    own_office = re.compile(rf"(?:^|(?<=[\s\"“(]))(?:([\w'’.-]+)[ \n])?{offices}[ \n]({_RUN})")
    return after, behind_office, office_of, named_office, apposition, own_office


def learn_people(text: str, names: Sequence[NameMark], home: tuple[str, ...], lexicon: AgreementLexicon) -> list[NameMark]:
    """Marks for the surnames of statesmen wherever they stand in a text, by place, none over a mark of `names`.

    A minister or president without a country is one of the text's own, `home`.
    """
    after, behind_office, office_of, named_office, apposition, own_office = _patterns(lexicon.statesmen)
    people: dict[str, tuple[str, ...]] = {}
    for mark in names:
        if mark.kind != "country" or not mark.codes:
            continue
        before = text[max(mark.start - 120, 0) : mark.start]
        introduced = [after.match(text, mark.end), named_office.search(before), apposition.search(before)]
        if office_of.search(before):
            introduced.insert(1, behind_office.match(text, mark.end))
        for match in introduced:
            if match and len(people) < _MOST:
                people.setdefault(_surname(match.group(1)), mark.codes)
    closed = lexicon.grammar.prepositions | lexicon.grammar.conjunctions | lexicon.grammar.adverbs
    for match in own_office.finditer(text) if home else ():
        end = text[match.end() : match.end() + 30].lstrip(", \n")
        told = any(mark.start <= match.start() and match.start() - mark.end <= 2 for mark in names if mark.kind == "country")
        described = match.group(1) is not None and match.group(1)[0].isupper() and match.group(1).lower() not in closed
        if len(people) < _MOST and not told and not described and not end.startswith("of "):
            people.setdefault(_surname(match.group(2)), home)
    learned = {name: codes for name, codes in people.items() if name not in _statesmen() and _usable(name, lexicon)}
    taken = {place for mark in names for place in range(mark.start, mark.end)}
    found = _marks(text, _known_search(), _statesmen(), taken)
    parliaments = {name: (code,) for name, code in lexicon.parliaments.items()}
    found += _marks(text, _parliament_search(tuple(sorted(parliaments))), parliaments, taken)
    if learned:
        found += _marks(text, _search(learned), learned, taken)
    return sorted(found, key=lambda mark: mark.start)


def _surname(run: str) -> str:
    return re.split(r"[ \n]", run)[-1].removesuffix("'s").removesuffix("’s").rstrip(".'’")


def _usable(name: str, lexicon: AgreementLexicon) -> bool:
    word = name.lower()
    return (
        len(name) > 2
        and word not in lexicon.statesmen
        and word not in lexicon.organisations.person | lexicon.organisations.state
    )


def _marks(text: str, search: re.Pattern[str], people: Mapping[str, tuple[str, ...]], taken: set[int]) -> list[NameMark]:
    return [
        NameMark(match.start(), match.end(), match.group(), "person", people[match.group()], "leader", match.group().lower())
        for match in search.finditer(text)
        if match.start() not in taken
    ]
