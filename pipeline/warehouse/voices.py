"""Who speaks, in a form in which two names of one speaker are equal.

"President Kassym-Jomart Tokayev" and "Tokayev" are one voice, and so are "Georgia's National Statistics Service" and "the
National Statistics Service of Georgia". Whose claims count as one is decided in `sql/analysis/fact_claims.sql`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameMark
from pipeline.language.names import find_names

_BRACKET = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_OWNER = re.compile(r"['’]s?$")
_PLACES = frozenset({"country", "bloc"})
_FIRMS = frozenset({"railway", "company"})
_BODIES = frozenset({"organisation", "railway", "company", "port"})
_LISTS = ("titles", "bodies", "saying", "offices", "people", "fields", "joining", "government", "led_from", "governed_from")
_LONGEST = 300
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: `name` is None where the words name nobody; `bare` is the name of a body or office without its country.

    `state` is the country of a leader, named or told by the office alone, with the word `prime` for a head of government who is
    told to be one.
    """

    name: str | None
    bare: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    titles: frozenset[str]
    bodies: frozenset[str]
    saying: frozenset[str]
    offices: frozenset[str]
    people: frozenset[str]
    fields: frozenset[str]
    joining: frozenset[str]
    government: frozenset[str]
    led_from: frozenset[str]
    governed_from: frozenset[str]
    handed_on: tuple[str, ...]
    same_words: dict[str, str]
    other_names: dict[str, str]


def speaker(told: str) -> Voice:
    """The voice of whom a claim is attributed to, in the words of the text."""
    text = _BRACKET.sub("", told[:_LONGEST]).strip()
    marks = find_names(text)
    if persons := _persons(text, marks):
        return Voice(" and ".join(sorted(persons)), state=_state_led(marks, text) if len(persons) == 1 else None)
    return _body(text)


def house(publisher: str) -> str:
    """The voice of a publisher; one that hands on a text of another speaks with the other's voice."""
    name = publisher[:_LONGEST]
    for phrase in _words().handed_on:
        name = name.split(phrase, 1)[0]
    return _body(name).name or " ".join(map(_folded, _WORD.findall(name))) or publisher


def voice_rows(attributed: Iterable[str], publishers: Iterable[str]) -> pl.DataFrame:
    """One row for each name: `role` (speaker or publisher), `told`, `voice` (NULL for nobody), `bare` and
    `state`.

    A row with the role `shown` gives for a voice, in `told`, the name to show for it, in `voice`: the shortest that is told.
    """
    rows: list[tuple[str, str, str | None, str | None, str | None]] = []
    for told in sorted(set(attributed)):
        voice = speaker(told)
        rows.append(("speaker", told, voice.name, voice.bare, voice.state))
    rows += [("publisher", told, house(told), None, None) for told in sorted(set(publishers))]
    names: dict[str, str] = {}
    for _, told, name, _, _ in rows:
        if name is not None:
            names[name] = min(names.get(name, told), told, key=lambda one: (len(one), one))
    rows += [("shown", name, " ".join(told.split()), None, None) for name, told in sorted(names.items())]
    return pl.DataFrame(rows, schema=dict.fromkeys(("role", "told", "voice", "bare", "state"), pl.String), orient="row")


@cache
def _words() -> _Words:
    lists = read_toml("analysis/voices.toml")
    return _Words(
        **{name: frozenset(lists[name]) for name in _LISTS},
        handed_on=tuple(lists["handed_on"]),
        same_words=dict(lists["same_words"]),
        other_names=dict(lists["other_names"]),
    )


def _folded(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return _OWNER.sub("", plain.casefold().replace("ı", "i"))


def _persons(text: str, marks: list[NameMark]) -> set[str]:
    """The surnames of the persons named."""
    named = {_folded(_WORD.findall(mark.text)[-1]) for mark in marks if mark.form == "leader" or mark.kind == "person"}
    if named:
        return named
    words = _words()
    first = re.split(r"[,;:]| of | from | at ", text, maxsplit=1)[0]
    for part in (first, *text.split(",")[1:]):
        tokens = _WORD.findall(part)
        after_title = max((place + 1 for place, token in enumerate(tokens) if _folded(token) in words.titles), default=0)
        names = tokens[after_title:]
        if _is_person(names, part, words, titled=after_title > 0):
            return {_folded(names[-1])}
    return set()


def _is_person(names: list[str], part: str, words: _Words, *, titled: bool) -> bool:
    if not 0 < len(names) <= _MOST_NAMES or (len(names) == 1 and not titled and part.strip().lower().startswith("the ")):
        return False
    nobody = words.bodies | words.offices | words.people | words.saying
    if any(_folded(name) in nobody or not name[0].isupper() for name in names):
        return False
    if any(mark.kind in _PLACES or mark.kind in _BODIES for mark in find_names(" ".join(names))):
        return False
    return any(letter.islower() for letter in names[-1])


def _body(text: str) -> Voice:
    """A body by its words in the order of the alphabet, behind the codes of its countries."""
    words = _words()
    countries, tokens = _countries_and_words(text)
    if all(token in words.government for token in tokens):
        if not countries:
            return Voice(None)
        return Voice(" ".join([*countries, "government"] if tokens or _states(countries) else countries))
    kept = {words.same_words.get(token, token) for token in tokens if token not in words.saying}
    if not countries and (kept <= words.offices | words.people or kept <= words.people | words.fields):
        return Voice(None)
    bare = " ".join(sorted(kept or set(tokens)))
    name = " ".join([*countries, bare])
    state = _led_from(countries[0], bare) if len(countries) == 1 else None
    return Voice(words.other_names.get(name, name), bare, state)


def _state_led(marks: list[NameMark], text: str) -> str | None:
    """The country whose leader is named, unless under a title that leads none."""
    codes = {code for mark in marks if mark.form == "leader" for code in mark.codes}
    if len(codes) != 1:
        return None
    words = _words()
    title_words = words.titles | {word for office in words.led_from for word in office.split()}
    titles = {_folded(word) for word in _WORD.findall(text)} & title_words
    country = codes.pop()
    return _led_from(country, " ".join(sorted(titles))) if titles else country


def _led_from(country: str, office: str) -> str | None:
    """The country, if it is led from the office, with `prime` if that is the head of government's."""
    if office in _words().governed_from:
        return f"{country} prime"
    return country if office in _words().led_from else None


def _countries_and_words(text: str) -> tuple[list[str], list[str]]:
    """The codes of the countries named, sorted, and the other words in normal form; a known body gives the words of its key."""
    codes: set[str] = set()
    parts, end = [], 0
    marks = find_names(text)
    # Of a firm that the lexicons know, what else is said of it (`National rail carrier KTZ`) is no part of its name.
    if firms := [mark for mark in marks if mark.kind in _FIRMS]:
        text, marks = firms[0].text, find_names(firms[0].text)
    for mark in marks:
        if mark.kind in _PLACES and mark.form != "leader":
            parts.append(text[end : mark.start])
        elif mark.kind in _BODIES:
            parts += [text[end : mark.start], mark.key]
        else:
            continue
        codes.update(mark.codes)
        end = mark.end
    tokens = []
    for word in _WORD.findall(" ".join([*parts, text[end:]])):
        if country := _country(word):
            codes.add(country)
        elif (token := _folded(word)) not in _words().joining:
            tokens.append(token)
    return sorted(codes), tokens


@lru_cache(maxsize=10_000)
def _country(word: str) -> str | None:
    """The code of a country that is named by one word."""
    marks = find_names(word.title())
    named = len(marks) == 1 and marks[0].kind == "country" and marks[0].form in ("name", "adjective", "people")
    return marks[0].codes[0] if named and len(marks[0].text) == len(word) else None


def _states(codes: list[str]) -> bool:
    return all(code in vocabulary().countries for code in codes)
