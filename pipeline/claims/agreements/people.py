"""Statesmen whom a text introduces with their country: later the bare surname stands for it.

Learning names from the text itself belongs here; names that a lexicon knows belong to `pipeline.language.names`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.claims.agreements.lexicon import AgreementLexicon, agreement_lexicon
from pipeline.claims.context.reading import Reading
from pipeline.contract.reference import read_rows
from pipeline.language.marks import NameMark
from pipeline.language.phrases import Phrases

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]{1,30}"
_RUN = rf"{_CAPITAL}(?:[ \n]{_CAPITAL}){{0,3}}"
_MOST = 60
_REACH = 120
_JUST_BEFORE = 2  # characters between a country and the office that it is named with


@cache
def _statesmen() -> dict[str, tuple[str, ...]]:
    """Surnames known beforehand, `seeds/reference/agreement_people.csv`."""
    return {row["name"]: (row["code"],) for row in read_rows("agreement_people.csv")}


@cache
def _known_search() -> Phrases[tuple[str, tuple[str, ...]]]:
    """The statesmen and the parliaments that are known beforehand, each with its spelling and its country."""
    parliaments = {name: (code,) for name, code in agreement_lexicon().parliaments.items()}
    return Phrases({name: (name, codes) for name, codes in (_statesmen() | parliaments).items()})


def _search(people: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(people, key=lambda name: (-len(name), name))))})\b(?!-)")


@cache
def _patterns(statesmen: frozenset[str], own_offices: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    roles = "|".join(sorted(statesmen, key=lambda role: (-len(role), role)))
    role = rf"(?:(?:[\w-]+[ \n]){{0,3}}(?i:{roles})(?:[ \n]of[ \n](?:[a-z]+[ \n]){{0,2}}[A-Z][a-z]+)?,?)"
    # After a country: its statesman. Before a country: the statesman whose country follows.
    after = re.compile(rf"(?:['’]s?)?[ \n]{role}[ \n]({_RUN})")
    behind_office = re.compile(rf"(?:(?:[ \n]Republic)?,?[ \n])({_RUN})")
    office_of = re.compile(rf"(?i:{roles})[ \n]of[ \n](?:the[ \n])?(?:(?:Republic|Kingdom|State)[ \n]of[ \n])?$")
    named_office = re.compile(rf"(?i:{roles})[ \n]({_RUN})[ \n]of[ \n](?:the[ \n])?$")
    apposition = re.compile(rf"({_RUN}),[ \n](?:the|a|an)?[ \n]?(?:[\w-]+[ \n]){{0,2}}(?i:{roles})[ \n]of[ \n](?:the[ \n])?$")
    # Beside a statesman: the second country's, told without an office of his own.
    paired = re.compile(rf"(?i:{roles})[ \n]{_RUN},?[ \n](?:and|with)[ \n](?:his|her)?(?:[ \n]counterpart[ \n]from[ \n])?$")
    genitive = re.compile(rf"['’]s[ \n]({_CAPITAL}[ \n](?:{_CAPITAL}[ \n]){{0,2}}{_CAPITAL})")
    offices = "|".join(sorted(own_offices, key=lambda office: (-len(office), office)))
    own_office = re.compile(rf"(?:^|(?<=[\s\"“(]))(?:([\w'’.-]+)[ \n])?(?:{offices})[ \n]({_RUN})")
    return after, behind_office, office_of, named_office, apposition, paired, genitive, own_office


def learn_people(reading: Reading, home: tuple[str, ...], lexicon: AgreementLexicon) -> list[NameMark]:
    """Marks for the surnames of statesmen wherever they stand in a text, by place, none over another name.

    A minister or president without a country is one of the text's own, `home`.
    """
    text, folded = reading.document.text, reading.folded
    names = [name for sentence in reading.sentences for name in sentence.names]
    offices = [mark.start for mark in lexicon.offices.find(folded)]
    people: dict[str, tuple[str, ...]] = {}
    if offices:
        people |= _introduced(text, names, offices, lexicon)
        people = _own(text, names, home, lexicon) | people
    learned = {name: codes for name, codes in people.items() if name not in _statesmen() and _usable(name, lexicon)}
    taken = {place for mark in names for place in range(mark.start, mark.end)}
    found = [
        _mark(each.start, each.end, *each.meaning)
        for each in _known_search().find(folded)
        if each.start not in taken and text.startswith(each.meaning[0], each.start) and not text.startswith("-", each.end)
    ]
    if learned:
        matches = (match for match in _search(learned).finditer(text) if match.start() not in taken)
        found += [_mark(match.start(), match.end(), match.group(), learned[match.group()]) for match in matches]
    return sorted(found, key=lambda mark: mark.start)


def _introduced(
    text: str, names: Sequence[NameMark], offices: Sequence[int], lexicon: AgreementLexicon
) -> dict[str, tuple[str, ...]]:
    """The surnames that a text introduces beside a country and an office, which begin at `offices`."""
    after, behind_office, office_of, named_office, apposition, paired, genitive, _ = _patterns(
        lexicon.statesmen, lexicon.own_offices
    )
    people: dict[str, tuple[str, ...]] = {}
    for mark in names:
        if mark.kind != "country" or not mark.codes or not _beside(offices, mark):
            continue
        before = text[max(mark.start - _REACH, 0) : mark.start]
        introduced = [after.match(text, mark.end), named_office.search(before), apposition.search(before)]
        if office_of.search(before):
            introduced.insert(1, behind_office.match(text, mark.end))
        if paired.search(before):
            introduced.append(genitive.match(text, mark.end))
        for match in introduced:
            if match and len(people) < _MOST:
                people.setdefault(_surname(match.group(1)), mark.codes)
    return people


def _beside(offices: Sequence[int], mark: NameMark) -> bool:
    """Whether an office is named near a name."""
    nearest = bisect_left(offices, mark.start - _REACH)
    return nearest < len(offices) and offices[nearest] <= mark.end + _REACH


def _own(text: str, names: Sequence[NameMark], home: tuple[str, ...], lexicon: AgreementLexicon) -> dict[str, tuple[str, ...]]:
    """The surnames that a text introduces by an office alone, those of its own country."""
    own_office = _patterns(lexicon.statesmen, lexicon.own_offices)[-1]
    closed = lexicon.grammar.prepositions | lexicon.grammar.conjunctions | lexicon.grammar.adverbs
    countries = [mark for mark in names if mark.kind == "country"]
    starts = [mark.start for mark in countries]
    people: dict[str, tuple[str, ...]] = {}
    for match in own_office.finditer(text) if home else ():
        end = text[match.end() : match.end() + 30].lstrip(", \n")
        before = bisect_right(starts, match.start())
        told = before > 0 and match.start() - countries[before - 1].end <= _JUST_BEFORE
        described = match.group(1) is not None and match.group(1)[0].isupper() and match.group(1).lower() not in closed
        if len(people) < _MOST and not told and not described and not end.startswith("of "):
            people.setdefault(_surname(match.group(2)), home)
    return people


def _mark(start: int, end: int, name: str, codes: tuple[str, ...]) -> NameMark:
    return NameMark(start, end, name, "person", codes, "leader", name.lower())


def _surname(run: str) -> str:
    return re.split(r"[ \n]", run)[-1].removesuffix("'s").removesuffix("’s").rstrip(".'’")


def _usable(name: str, lexicon: AgreementLexicon) -> bool:
    word = name.lower()
    return (
        len(name) > 2
        and word not in lexicon.statesmen
        and word not in lexicon.organisations.person | lexicon.organisations.state
    )
