"""The marks that the finders put on a text. Only the shapes belong here.

Every mark is a half-open span of code points, and `text` always equals the marked text at that span.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

NameKind = Literal["country", "bloc", "corridor", "place", "railway", "port", "company", "organisation", "person", "commodity"]
NameForm = Literal["name", "adjective", "people", "capital", "leader"]
Bound = Literal["exact", "about", "over", "under"]
Change = Literal["up", "down"]
QuantityKind = Literal["money", "measure", "count", "percent", "multiple", "fraction", "bare"]
LettersFit = Literal["initials", "letters", "other"]
DateRole = Literal["at", "deadline", "since", "until", "base", "now"]


@dataclass(frozen=True, slots=True)
class NameMark:
    """A name from the lexicons.

    `codes` are codes of the contract: for countries and blocs their own; for a place, port, railway, company, organisation or
    person the country or countries it belongs to (empty where that is not certain); for corridors and commodities their own.
    `form` tells a country's name from its adjective, its people, its capital and its leader. `key` names the lexicon
    entry, the same for all spellings of one thing.
    """

    start: int
    end: int
    text: str
    kind: NameKind
    codes: tuple[str, ...]
    form: NameForm
    key: str


@dataclass(frozen=True, slots=True)
class QuantityMark:
    """A number with its unit.

    `start:end` covers bound words, sign, number, scale and unit (`more than 4.1 million tons`, `up 12 percent`: the direction
    word is not covered); `number_start:number_end` the digits or number words with their scale. Values are in `unit`,
    with scales applied; equal for a point. `unit` is a code of the contract where there is one, a rate included (`t/yr`,
    `USD/TEU`), else the unit's words; None for a bare number. `change` is set when words or a sign next to the number say
    that it went up or down. Values carry no sign from `change`, only from a written minus.
    """

    start: int
    end: int
    text: str
    value_low: float
    value_high: float
    unit: str | None
    bound: Bound
    change: Change | None
    kind: QuantityKind
    number_start: int
    number_end: int


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date expression, resolved against the publication date; bounds are inclusive and None where open or unresolved.

    `role` is what the words around it make of it: `at` (in 2024), `deadline` (by 2030, within three years: start None),
    `since` (since 2019: to the publication date), `until` (until 2027), `base` (compared with 2023, from 2017 levels),
    `now` (now, today, currently: both None unless a day is plainly meant).
    `start:end` covers the words that make the role (`by 2030`).
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    role: DateRole


@dataclass(frozen=True, slots=True)
class AcronymMark:
    """An acronym with the name that the text says it stands for; `start:end` covers the acronym.

    `letters` says how the name gives them: each word its initial; some words more of their letters, or none; or `other`, where
    the text ties the two though the letters are not the name's.
    """

    start: int
    end: int
    text: str
    expansion_start: int
    expansion_end: int
    expansion: str
    letters: LettersFit
