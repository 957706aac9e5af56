"""Makes large corpora out of the project's own texts, the same for the same seed. Nothing of them is kept.

    python benchmarks/corpus.py FOLDER [--texts 1000] [--seed 1] [--silent 0.4] [--repeats 0.02] [--characters 2500]

Paragraphs of `seeds/documents` and `tests/gold` are put together anew, in runs of a few from one text, under the head of one of
them; in each text countries become others, years and months move, and every other number is drawn anew with the same shape. A
text is a function of seed and number, so that no two are alike and any of them can be made by itself. Like a feed, a corpus has
texts about other matters (`silent`, made of `other_news.txt`, in which nothing is to be found) and texts that repeat an earlier
one but for their end (`repeats`). What stands in such a text is true of nothing; only its kind of language is.
"""

import argparse
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

from pipeline.contract.reference import reference_path

PROJECT = Path(__file__).resolve().parents[1]
PLAIN = PROJECT / "seeds" / "documents"
OTHER_NEWS = Path(__file__).with_name("other_news.txt")
ANNOTATED = PROJECT / "tests" / "gold"
IN_A_FOLDER = 1_000  # files: as many as a person would still open
FARTHEST_REPEAT = 50  # texts between one and its repeat
SHORTEST_BODY = 120  # characters: what is shorter and comes first belongs to the head
LONGEST_RUN = 4  # paragraphs of one text that stay together
YEARS_BACK = 12  # how far a text's years are moved at most
COMMON_COUNTRIES = 40  # those that most texts tell of, by the order of the list below

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO_DATE = r"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)"
_YEAR = r"(?P<year>\b(?:19|20)\d\d\b(?![,.]\d))"
_NUMBER = r"(?P<number>\b\d{1,3}(?:,\d{3})+(?:\.\d+)?\b|\b\d+(?:\.\d+)?(?!\d))"
_FORMS = ("names", "adjectives", "peoples", "capitals")


class Slot(NamedTuple):
    """A place in a paragraph where something else stands in each text: a `kind`, and what stood there."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text: words as they are, and slots."""

    parts: tuple[str | Slot, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text that others are made of: what stands above the first long paragraph, and the rest."""

    head: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]


# What stands in a text in place of what stood there ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Filling:
    """Gives every part of one text its words. Countries, years and months move together in the whole text."""

    figures: Random
    years_back: int
    months_on: int
    countries: Mapping[str, str]

    @classmethod
    def drawn(cls, figures: Random, places: Random) -> "_Filling":
        codes = list(_countries())
        others = [_skewed(places, codes) for _ in codes]
        moved = {code: other if places.random() < 0.7 else code for code, other in zip(codes, others, strict=True)}
        return cls(figures, places.randint(0, YEARS_BACK), places.randrange(12), moved)

    def __call__(self, part: str | Slot) -> str:
        return part if isinstance(part, str) else _FILLED[part.kind](self, part.text)

    def number(self, text: str) -> str:
        """A number with as many digits, and separators where they were."""
        digits = (self._digit(sign, first=place == 0 and text[0] != "0") for place, sign in enumerate(text))
        return "".join(digits)

    def _digit(self, sign: str, *, first: bool) -> str:
        if not sign.isdigit():
            return sign
        return str(self.figures.randint(1, 9) if first else self.figures.randrange(10))

    def day(self, _text: str) -> str:
        return str(self.figures.randint(1, 28))

    def year(self, text: str) -> str:
        return str(int(text) - self.years_back)

    def iso(self, text: str) -> str:
        year, month, _ = text.split("-")
        return f"{self.year(year)}-{(int(month) - 1 + self.months_on) % 12 + 1:02}-{self.figures.randint(1, 28):02}"

    def month(self, text: str) -> str:
        """The month that lies as many months later, in the same spelling."""
        place = SHORT_MONTHS.index(text[:3].title())
        names = SHORT_MONTHS if len(text) == 3 and text.title() != "May" else MONTHS
        name = names[(place + self.months_on) % 12]
        return name.upper() if text.isupper() else name

    def country(self, text: str) -> str:
        """The same form of the name of another country, in capitals if it was."""
        form, code, shown = text.split("\t")
        other = _countries()[self.countries[code]][form]
        return other.upper() if shown.isupper() else other


_FILLED: Mapping[str, Callable[[_Filling, str], str]] = {
    "number": _Filling.number,
    "day": _Filling.day,
    "year": _Filling.year,
    "iso": _Filling.iso,
    "month": _Filling.month,
    "country": _Filling.country,
}


def _skewed(draws: Random, codes: Sequence[str]) -> str:
    """One of the codes, the first of them far more often: news tells of few countries."""
    return codes[int(min(COMMON_COUNTRIES, len(codes)) * draws.random() ** 2)]


@cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    """Code -> form -> word, of countries that have a word of every form, in an order that is that of no alphabet."""
    lines = reference_path("countries.csv").read_text(encoding="utf-8").splitlines()
    found = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        forms = {"names": row["name"], **{form: row[form].split("|")[0].lstrip("^!") for form in _FORMS[1:]}}
        if all(word.strip() and word.isascii() for word in forms.values()):
            found[row["code"]] = forms
    codes = sorted(found)
    Random(0).shuffle(codes)
    return {code: found[code] for code in codes}


# What texts are made of -------------------------------------------------------------------------------------------------


@cache
def patterns() -> tuple[Pattern, ...]:
    """The texts with claims that others are made of, in the order of their paths."""
    paths = chain(sorted(PLAIN.glob("*.txt")), sorted(ANNOTATED.rglob("*.txt")))
    found = (_pattern(path.read_text(encoding="utf-8")) for path in paths)
    return tuple(pattern for pattern in found if pattern.body)


@cache
def other_news() -> tuple[Pattern, ...]:
    """The texts about other matters: each begins with a line that ends in no stop."""
    blocks = OTHER_NEWS.read_text(encoding="utf-8").strip().split("\n\n")
    starts = [place for place, block in enumerate(blocks) if len(block) < SHORTEST_BODY and not _goes_on(blocks, place)]
    texts = ["\n\n".join(blocks[start:end]) for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    return tuple(map(_pattern, texts))


def _goes_on(blocks: Sequence[str], place: int) -> bool:
    return place > 0 and len(blocks[place - 1]) < SHORTEST_BODY


def _pattern(text: str) -> Pattern:
    paragraphs = [_paragraph(block) for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    first = next((place for place, one in enumerate(paragraphs) if one.length >= SHORTEST_BODY), len(paragraphs))
    return Pattern(tuple(paragraphs[:first]), tuple(paragraphs[first:]))


def _paragraph(block: str) -> Paragraph:
    block = block.strip("\n")
    return Paragraph(tuple(_parts(block)), len(block))


def _parts(block: str) -> Iterator[str | Slot]:
    end = 0
    for match in _slots().finditer(block):
        yield block[end : match.start()]
        yield _slot(match, block)
        end = match.end()
    yield block[end:]


def _slot(match: re.Match[str], block: str) -> Slot:
    kind, text = match.lastgroup or "", match.group()
    if kind == "country":
        form, code = _words()[text.lower()]
        return Slot(kind, f"{form}\t{code}\t{text}")
    if kind == "number" and _MONTH_BESIDE.search(block[max(0, match.start() - 12) : match.end() + 12]) and len(text) <= 2:
        return Slot("day", text)
    return Slot(kind, text)


_MONTH = rf"\b(?:{'|'.join((*MONTHS, *(name for name in SHORT_MONTHS if name != 'May')))})\b"
_MONTH_BESIDE = re.compile(_MONTH)


@cache
def _slots() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words(), key=len, reverse=True))
    month = rf"(?P<month>{_MONTH}|{_MONTH.upper().replace(chr(92) + 'B', chr(92) + 'b')})"
    return re.compile("|".join((_ISO_DATE, month, rf"(?P<country>\b(?i:{words})\b)", _YEAR, _NUMBER)))


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    """A country's word in small letters -> its form and the country's code."""
    found: dict[str, tuple[str, str]] = {}
    for code, forms in _countries().items():
        for form in _FORMS:
            found.setdefault(forms[form].lower(), (form, code))
    return found


# The corpus -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts by number, from 0 on. `silent` and `repeats` are shares of the texts, `characters` their mean length."""

    seed: int = 1
    silent: float = 0.4
    repeats: float = 0.02
    characters: int = 2_500

    def text(self, number: int, edition: int = 0) -> str:
        """One text. Another edition has the same words with other figures, as a corrected article does."""
        draws = self._draws(number, "words")
        if number and draws.random() < self.repeats:
            earlier = number - draws.randint(1, min(number, FARTHEST_REPEAT))
            return self._told(earlier, edition, shortened=True)
        return self._told(number, edition)

    def texts(self, count: int, edition: int = 0) -> Iterator[str]:
        """The first `count` texts."""
        return (self.text(number, edition) for number in range(count))

    def write(self, folder: Path, count: int, *, edition: int = 0, every: int = 1) -> int:
        """Writes the first `count` texts as files, or every so many of them, and gives how many characters they have."""
        characters = 0
        for number in range(0, count, every):
            place = folder / f"{number // IN_A_FOLDER:04}"
            place.mkdir(parents=True, exist_ok=True)
            text = self.text(number, edition)
            characters += len(text)
            (place / f"{number:07}.txt").write_text(text, encoding="utf-8")
        return characters

    def _draws(self, number: int, purpose: str) -> Random:
        return Random(f"{self.seed} {number} {purpose}")

    def _told(self, number: int, edition: int, *, shortened: bool = False) -> str:
        draws = self._draws(number, "pattern")
        found = other_news() if draws.random() < self.silent else patterns()
        length = max(400, min(20_000, round(draws.gammavariate(3, self.characters / 3))))
        chosen = [*draws.choice(found).head, *_body(draws, found, length)]
        filled = _Filling.drawn(self._draws(number, f"figures {edition}"), self._draws(number, "places"))
        told = chosen[:-1] if shortened and len(chosen) > 2 else chosen
        return "\n\n".join("".join(map(filled, paragraph.parts)) for paragraph in told) + "\n"


def _body(draws: Random, found: Sequence[Pattern], length: int) -> Iterator[Paragraph]:
    """Runs of paragraphs from several texts, until they are long enough together."""
    while length > 0:
        body = draws.choice(found).body
        start = draws.randrange(len(body))
        for paragraph in body[start : start + draws.randint(1, LONGEST_RUN)]:
            if length < paragraph.length / 2:
                return
            yield paragraph
            length -= paragraph.length + 2


def main() -> None:
    """Writes a corpus, and says how large it is."""
    options = argparse.ArgumentParser(description="Makes a large corpus out of the project's own texts.")
    options.add_argument("folder", type=Path)
    options.add_argument("--texts", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--silent", type=float, default=Corpus.__dataclass_fields__["silent"].default)
    options.add_argument("--repeats", type=float, default=Corpus.__dataclass_fields__["repeats"].default)
    options.add_argument("--characters", type=int, default=2_500, help="of a text, on average")
    asked = options.parse_args()
    corpus = Corpus(asked.seed, asked.silent, asked.repeats, asked.characters)
    characters = corpus.write(asked.folder, asked.texts)
    print(f"{asked.texts:,} texts, {characters:,} characters")


if __name__ == "__main__":
    main()
