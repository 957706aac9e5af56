"""The lexicons of names: how the files under `seeds/reference/` become one automaton.

Belongs here: reading the files, their case marks, spelling variants, and the automaton over all of them. Which marks a text
gets, and names that no lexicon can list, belong to `pipeline.language.names` and `pipeline.language.names_open`.
"""

import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.contract.reference import read_rows, read_toml
from pipeline.language.marks import NameForm, NameKind

SHORT = 3
"""Names with no more letters than this are found only as written, whatever the lexicon's default."""
SHORT_WITH_DOTS = 2 * SHORT


_KINDS: dict[str, NameKind] = {
    "place": "place",
    "port": "port",
    "railway": "railway",
    "company": "company",
    "organisation": "organisation",
}


class Case(Enum):
    """In which spelling of capitals an entry is a name."""

    ANY = ""
    CAPITALS = "^"
    EXACT = "!"
    NO_SURNAME = "_"


_MARKS = {case.value: case for case in Case if case.value}


class Entry(NamedTuple):
    """One spelling of one name. `kind` is None for a phrase that only hides the names in it."""

    written: str
    case: Case
    kind: NameKind | None
    codes: tuple[str, ...]
    form: NameForm
    key: str


class Found(NamedTuple):
    """An entry where it stands in a flat text."""

    start: int
    end: int
    entry: Entry


class Trigger(NamedTuple):
    """A word that may open or close a name that no lexicon holds; `group` is a table of `[open]` in names.toml."""

    start: int
    end: int
    group: str


class Lexicon(NamedTuple):
    """All entries and the automaton over their folded spellings.

    Pattern i has the entries `entries[i]`, strictest first; `triggers[i]`, if there, has the groups that it triggers, each
    with the spelling that it must have, None for any.
    """

    automaton: AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]
    triggers: dict[int, tuple[tuple[str, str | None], ...]]


def flatten(text: str) -> str:
    """Typographic apostrophes, hyphens and spaces as ASCII ones, a character for a character; capitals stay."""
    if text.isascii():
        return text
    for variants, plain in (("’‘ʼʻ´`", "'"), ("‐‑–−", "-"), ("\u00a0\u202f\u2009\u2007", " "), ("İ", "I")):
        for variant in variants:
            text = text.replace(variant, plain)
    return text


def fold(flat: str) -> str:
    """Lower case, a character for a character; `flat` comes from `flatten`."""
    return flat.lower()


def _case_of(marked: str, default: Case) -> tuple[str, Case]:
    if marked[0] in _MARKS:
        return marked[1:], _MARKS[marked[0]]
    if len(marked) <= SHORT_WITH_DOTS and not marked.islower() and sum(map(str.isalpha, marked)) <= SHORT:
        return marked, Case.EXACT
    return marked, default


def _alternatives(cell: str | None) -> list[str]:
    """The alternatives of a cell; a `+` at the end stands for a form with a plural s beside the one without."""
    if not cell:
        return []
    parts = cell.split("|")
    if "+" not in cell:
        return parts
    found: list[str] = []
    for part in parts:
        found += [part[:-1], part[:-1] + "s"] if part.endswith("+") and part[-2].islower() else [part]
    return found


def _entries(cell: str | None, model: Entry) -> list[Entry]:
    """An entry for each alternative of a cell, like the model but for spelling and case."""
    _, default, kind, codes, form, key = model
    cased = [_case_of(marked, default) for marked in _alternatives(cell)]
    return [Entry(flatten(written), case, kind, codes, form, key) for written, case in cased]


def _sides() -> Iterator[Entry]:
    """Countries and blocs: both have names, adjectives, peoples and capitals."""
    forms: tuple[tuple[str, NameForm, Case], ...] = (
        ("names", "name", Case.ANY),
        ("adjectives", "adjective", Case.ANY),
        ("peoples", "people", Case.ANY),
        ("capitals", "capital", Case.CAPITALS),
    )
    files: tuple[tuple[str, NameKind], ...] = (("countries.csv", "country"), ("blocs.csv", "bloc"))
    for file, kind in files:
        for row in read_rows(file):
            code = row["code"]
            if kind == "country" and not _is_named(row["name"], row["names"]):
                yield from _entries(row["name"], Entry("", Case.ANY, kind, (code,), "name", code))
            for column, form, case in forms:
                yield from _entries(row[column], Entry("", case, kind, (code,), form, code))


def _is_named(name: str, names: str) -> bool:
    """Whether the alternatives name the country in their own case: then the code list's heading is no further spelling."""
    return "," in name or "(" in name or any(alternative.lstrip("^!") == name for alternative in names.split("|"))


def _coded(file: str, column: str, kind: NameKind) -> Iterator[Entry]:
    for row in read_rows(file):
        yield from _entries(row[column], Entry("", Case.ANY, kind, (row["code"],), "name", row["code"]))


def _other_corridors() -> Iterator[Entry]:
    for row in read_rows("corridors_named.csv"):
        code = row["names"].split("|", 1)[0].lower()
        yield from _entries(row["names"], Entry("", Case.ANY, "corridor", (code,), "name", code))


def _belonging(file: str) -> Iterator[Entry]:
    """Places and organisations: their codes are the countries that they belong to, their key is their first name."""
    for row in read_rows(file):
        codes = tuple(row["codes"].split("|")) if row["codes"] else ()
        key = row["names"].split("|", 1)[0].lstrip("^!").lower()
        yield from _entries(row["names"], Entry("", Case.CAPITALS, _KINDS[row["kind"]], codes, "name", key))


def _leaders(blocs: frozenset[str]) -> Iterator[Entry]:
    for row in read_rows("leaders.csv"):
        code = row["code"]
        kind: NameKind = "bloc" if code in blocs else "country"
        yield from _entries(row["names"], Entry("", Case.CAPITALS, kind, (code,), "leader", code))


def _all_entries() -> Iterator[Entry]:
    for row in read_rows("not_names.csv"):
        yield from _entries(row["phrase"], Entry("", Case.ANY, None, (), "name", ""))
    yield from _sides()
    yield from _leaders(frozenset(row["code"] for row in read_rows("blocs.csv")))
    yield from _coded("corridors.csv", "names", "corridor")
    yield from _other_corridors()
    yield from _coded("commodities.csv", "words", "commodity")
    for file in ("organisations.csv", "places.csv", "cities.csv"):
        yield from _belonging(file)


def _trigger_words() -> Iterator[tuple[str, str, bool]]:
    """Each trigger word with its group and whether it must be written as it is in the file."""
    for group, table in read_toml("names.toml")["open"].items():
        if isinstance(table, dict):
            yield from ((word, group, table["cased"]) for word in table["words"])


def _spellings(entry: Entry) -> Iterator[Entry]:
    """The entry as written, with diacritics as combining marks, and without them."""
    decomposed = unicodedata.normalize("NFD", entry.written)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for written in dict.fromkeys((entry.written, decomposed, plain)):
        yield entry._replace(written=written)


@cache
def lexicon() -> Lexicon:
    """The lexicon of all names, built once. Raises `FileNotFoundError` if a file is missing."""
    by_pattern: dict[str, list[Entry]] = {}
    for entry in _all_entries():
        for spelling in (entry,) if entry.written.isascii() else _spellings(entry):
            by_pattern.setdefault(fold(spelling.written), []).append(spelling)
    triggers: dict[str, list[tuple[str, str | None]]] = {}
    for word, group, is_exact in _trigger_words():
        by_pattern.setdefault(fold(word), [])
        triggers.setdefault(fold(word), []).append((group, word if is_exact else None))
    automaton = AhoCorasick(
        list(by_pattern), matchkind=MatchKind.Standard, store_patterns=False, implementation=Implementation.NoncontiguousNFA
    )
    strictest_first = {case: number for number, case in enumerate((Case.EXACT, Case.CAPITALS, Case.NO_SURNAME, Case.ANY))}
    index = {pattern: number for number, pattern in enumerate(by_pattern)}
    return Lexicon(
        automaton,
        tuple(
            tuple(entries if len(entries) < 2 else sorted(entries, key=lambda entry: strictest_first[entry.case]))
            for entries in by_pattern.values()
        ),
        {index[word]: tuple(groups) for word, groups in triggers.items()},
    )
