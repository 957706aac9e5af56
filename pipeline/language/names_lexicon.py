"""The lexicons of names: how the files under `seeds/reference/` become one automaton.

Belongs here: reading the files, their case marks, spelling variants, and the automaton over all of them. Which marks a text
gets, and names that no lexicon can list, belong to `pipeline.language.names` and `pipeline.language.names_open`.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from itertools import filterfalse
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


_STRICTEST_FIRST = (Case.EXACT, Case.CAPITALS, Case.NO_SURNAME, Case.ANY)
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


class Lexicon:
    """The automaton over the folded spellings of all entries.

    An entry is made of its cell when a text first holds it: a text holds few of many thousands. `triggers[i]`, if there, has
    the groups that pattern i triggers, each with the spelling that it must have, None for any.
    """

    def __init__(self, cells: Iterable[Entry], triggers: Iterable[tuple[str, str, bool]]) -> None:
        """Takes cells as `_cells` and triggers as `_trigger_words` gives them."""
        self._cells = list(cells)
        holders: dict[str, list[int]] = {}
        for number, cell in enumerate(self._cells):
            for pattern in _patterns(cell):
                holders.setdefault(pattern, []).append(number)
        groups: dict[str, list[tuple[str, str | None]]] = {}
        for word, group, is_exact in triggers:
            holders.setdefault(fold(word), [])
            groups.setdefault(fold(word), []).append((group, word if is_exact else None))
        self._patterns = list(holders)
        self._holders = list(holders.values())
        self._made: dict[int, tuple[Entry, ...]] = {}
        self.automaton = AhoCorasick(
            self._patterns, matchkind=MatchKind.Standard, store_patterns=False, implementation=Implementation.ContiguousNFA
        )
        index = {pattern: number for number, pattern in enumerate(holders)}
        self.triggers = {index[word]: tuple(found) for word, found in groups.items()}

    def __len__(self) -> int:
        """The number of patterns."""
        return len(self._patterns)

    def entries(self, number: int) -> tuple[Entry, ...]:
        """The entries of a pattern, strictest first."""
        made = self._made.get(number)
        if made is None:
            pattern = self._patterns[number]
            cells = [self._cells[holder] for holder in dict.fromkeys(self._holders[number])]
            entries = [entry for cell in cells for entry in _entries(cell) if fold(entry.written) == pattern]
            made = self._made[number] = tuple(sorted(entries, key=lambda entry: _STRICTEST_FIRST.index(entry.case)))
        return made


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


def _alternatives(cell: str) -> list[str]:
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


def _entries(cell: Entry) -> Iterator[Entry]:
    """The entries of a cell: each of its alternatives, in each of its spellings."""
    cased = [_case_of(marked, cell.case) for marked in _alternatives(cell.written)]
    for written, case in cased:
        entry = cell._replace(written=flatten(written), case=case)
        yield from (entry,) if entry.written.isascii() else _spellings(entry)


def _patterns(cell: Entry) -> list[str]:
    """The folded spellings of the entries of a cell, in their order; without making the entries where that can be."""
    if cell.written.isascii():
        return [(marked[1:] if marked[0] in _MARKS else marked).lower() for marked in _alternatives(cell.written)]
    return [fold(entry.written) for entry in _entries(cell)]


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
                yield Entry(row["name"], Case.ANY, kind, (code,), "name", code)
            for column, form, case in forms:
                yield Entry(row[column], case, kind, (code,), form, code)


def _is_named(name: str, names: str) -> bool:
    """Whether the alternatives name the country in their own case: then the code list's heading is no further spelling."""
    return "," in name or "(" in name or any(alternative.lstrip("^!") == name for alternative in names.split("|"))


def _coded(file: str, column: str, kind: NameKind) -> Iterator[Entry]:
    for row in read_rows(file):
        yield Entry(row[column], Case.ANY, kind, (row["code"],), "name", row["code"])


def _other_corridors() -> Iterator[Entry]:
    for row in read_rows("corridors_named.csv"):
        code = row["names"].split("|", 1)[0].lower()
        yield Entry(row["names"], Case.ANY, "corridor", (code,), "name", code)


def _belonging(file: str) -> Iterator[Entry]:
    """Places and organisations: their codes are the countries that they belong to, their key is their first name."""
    for row in read_rows(file):
        codes = tuple(row["codes"].split("|")) if row["codes"] else ()
        key = row["names"].split("|", 1)[0].lstrip("^!").lower()
        yield Entry(row["names"], Case.CAPITALS, _KINDS[row["kind"]], codes, "name", key)


def _leaders(blocs: frozenset[str]) -> Iterator[Entry]:
    for row in read_rows("leaders.csv"):
        code = row["code"]
        kind: NameKind = "bloc" if code in blocs else "country"
        yield Entry(row["names"], Case.CAPITALS, kind, (code,), "leader", code)


def _cells() -> Iterator[Entry]:
    """The cells of all files, each as an entry that is written as the cell is."""
    for row in read_rows("not_names.csv"):
        yield Entry(row["phrase"], Case.ANY, None, (), "name", "")
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
    plain = "".join(filterfalse(unicodedata.combining, decomposed))
    for written in dict.fromkeys((entry.written, decomposed, plain)):
        yield entry._replace(written=written)


@cache
def lexicon() -> Lexicon:
    """The lexicon of all names, built once. Raises `FileNotFoundError` if a file is missing."""
    return Lexicon(_cells(), _trigger_words())
