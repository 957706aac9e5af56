"""Which unit stands beside a number: measures, counts, money and rates, each with its factor into the unit's code.

The lexicon of units and the patterns that find them belong here. Which numbers are quantities does not.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_rows, read_toml
from pipeline.language.marks import QuantityKind
from pipeline.language.numerals import either

_BLANKS = re.compile(r"[ -]+")


class Unit(NamedTuple):
    """A unit: `code` as marks carry it, and what one of it is worth in that code."""

    code: str
    factor: float = 1.0
    kind: QuantityKind = "measure"


class Written(NamedTuple):
    """A form of the lexicon where it stands in a text: where it starts and ends, and whether a bracket opens before it."""

    start: int
    end: int
    bracketed: bool


class Forms:
    """Finds the longest form of a lexicon directly after a number, over blanks, a hyphen and some adjectives.

    One pattern for each first character: a single pattern with all forms would try them one after the other.
    """

    _skip = re.compile(r"[ -]{0,4}([(\[{<]?)")

    def __init__(self, forms: Iterable[str], between: Iterable[str]) -> None:
        """`forms` and `between` are folded; blanks and hyphens in them stand for either."""
        groups: dict[str, list[str]] = {}
        for form in forms:
            groups.setdefault(form[0], []).append(form)
        self._groups = {
            first: re.compile(rf"(?:{_flexible(group)})(?:(?<![a-z0-9])|(?![^\W_]))") for first, group in groups.items()
        }
        self._between = re.compile(rf"(?:{either(between)})(?= {{1,4}}[^\W\d_])")

    def after(self, folded: str, at: int) -> Written | None:
        """The form after `at`; None if none stands there."""
        found, at = self._directly(folded, at)
        for _ in range(2):
            between = self._between.match(folded, at) if found is None else None
            if between is None:
                break
            found, at = self._directly(folded, between.end())
        return found

    def _directly(self, folded: str, at: int) -> tuple[Written | None, int]:
        skipped = self._skip.match(folded, at)
        if skipped is None:
            return None, at
        at = skipped.end()
        pattern = self._groups.get(folded[at : at + 1])
        match = pattern.match(folded, at) if pattern is not None else None
        return (Written(at, match.end(), bool(skipped[1])) if match is not None else None), at


class Money(NamedTuple):
    """The words of money. A word that several currencies share is settled by the places that the text names."""

    named: Mapping[str, Unit]
    shared: Mapping[str, tuple[str, ...]]
    default: Mapping[str, str]
    minor: Mapping[str, Unit]
    signs: Mapping[str, Unit]
    ambiguous: frozenset[str]
    certain: frozenset[str]
    scarce: frozenset[str]
    places: Mapping[str, tuple[str, ...]]


def _forms(noun: str) -> set[str]:
    """A noun in singular and plural."""
    if noun.endswith("s"):
        return {noun}
    ending = {noun[:-1] + "ies"} if noun.endswith("y") and noun[-2:-1] not in "aeiou" else set()
    return {noun, noun + "s", *ending}


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


@cache
def money() -> Money:
    """The words of money from `currencies.csv`, read once."""
    rows = read_rows("currencies.csv")
    codes = read_toml("units.toml")["code"]
    named: dict[str, Unit] = {}
    shared: dict[str, list[str]] = {}
    default: dict[str, str] = {}
    minor: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    for row in rows:
        unit = Unit(row["code"], kind="money")
        small = Unit(row["code"], 1 / float(row["per"] or 100), "money")
        for noun in _split(row["nouns"]):
            named |= {normal(f"{adjective} {form}"): unit for adjective in _split(row["adjectives"]) for form in _forms(noun)}
            if row["places"]:
                for form in _forms(noun):
                    shared.setdefault(form, []).append(row["code"])
        for noun in _split(row["bare"]):
            default |= {normal(form): row["code"] for form in _forms(noun)}
        for noun in _split(row["minor"]):
            minor |= {normal(f"{adjective} {form}"): small for adjective in _split(row["adjectives"]) for form in _forms(noun)}
        for noun in _split(row["bare_minor"]):
            minor |= {normal(form): small for form in _forms(noun)}
        signs |= dict.fromkeys(_split(row["signs"]), unit)
        signs.setdefault(row["code"], unit)
        for mark, factor in codes["scaled"].items():
            signs[mark + row["code"]] = Unit(row["code"], float(factor), "money")
        if row["code"] in codes["lower"]:
            signs[row["code"].lower()] = unit
    places = {row["code"]: tuple(_split(row["places"])) for row in rows}
    return Money(
        named=named,
        shared={noun: tuple(found) for noun, found in shared.items()},
        default=default,
        minor=minor,
        signs=signs,
        ambiguous=frozenset(codes["ambiguous"]),
        certain=frozenset(codes["certain"]),
        scarce=frozenset(codes["scarce"]),
        places=places,
    )


class Units(NamedTuple):
    """Patterns and lexicons for what stands before and after a number."""

    words: Mapping[str, Unit]
    symbols: Mapping[str, Unit]
    scaled_symbols: frozenset[str]
    apart: frozenset[str]
    forms: Forms
    before: str
    rate: re.Pattern[str]
    gap_goods: frozenset[str]
    periods: Mapping[str, str]
    denominators: Mapping[str, Unit]
    not_before: re.Pattern[str]
    relative: frozenset[str]
    compound: Mapping[str, Mapping[str, float]]
    letters: Mapping[str, float]
    metres_before: frozenset[str]
    pound: frozenset[str]
    metric_tons: frozenset[str]
    metric_tons_below: float


@cache
def units() -> Units:
    """The units of `units.toml` and the words of money, compiled once."""
    data = read_toml("units.toml")
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for row in data["unit"]:
        unit = Unit(row["code"], float(row.get("factor", 1)), row.get("kind", "measure"))
        words |= {normal(form): unit for word in row.get("words", ()) for form in _forms(word)}
        symbols |= dict.fromkeys(row.get("symbols", ()), unit)
    coins = money()
    forms = {*words, *coins.named, *coins.shared, *coins.default, *coins.minor}
    lowered = {*(sign.lower() for sign in {*symbols, *coins.signs}), *forms, *data["metric_tons"]["words"]}
    periods = {normal(phrase): code for code, phrases in data["rate"].items() for phrase in phrases}
    denominators = _denominators(
        data, words | {symbol: unit for symbol, unit in symbols.items() if len(symbol) > 1 and symbol[0].isalpha()}
    )
    return Units(
        words=words,
        symbols=symbols,
        scaled_symbols=frozenset(data["single_letters"]["scaled"]),
        apart=frozenset(data["single_letters"]["apart"]),
        forms=Forms(lowered, data["between"]["measure"]),
        before=_flexible(sign.lower() for sign in coins.signs),
        rate=re.compile(_rate_pattern(data, periods, denominators)),
        gap_goods=frozenset(data["rate_limits"]["gap_goods"]),
        periods=periods,
        denominators=denominators,
        not_before=re.compile(rf"[ -](?:{either(data['rate_limits']['not_before'])})(?![^\W_])"),
        relative=frozenset(data["rate_limits"]["not_after"]),
        compound=data["compound"],
        letters=data["letters"],
        metres_before=frozenset(data["metres"]["before"]),
        pound=frozenset(data["pound"]["words"]),
        metric_tons=frozenset(data["metric_tons"]["words"]),
        metric_tons_below=data["metric_tons"]["below"],
    )


def _denominators(data: dict[str, Any], words: Mapping[str, Unit]) -> dict[str, Unit]:
    """What a price or a flow may be counted over, by the words that name it."""
    over = {word.lower(): unit for word, unit in words.items() if unit.kind in ("measure", "count") and "/" not in unit.code}
    periods = {"d", "h", "month", "year", "decade", "century", "minute", "second", "quarter"}
    over = {word: unit for word, unit in over.items() if len(word) > 1 and unit.code not in periods}
    return over | {normal(word): Unit(code) for code, phrases in data["denominator"].items() for word in phrases}


def _flexible(forms: Iterable[str]) -> str:
    """A pattern for any of the forms; a blank or a hyphen in one stands for blanks or a hyphen."""
    return either(sorted({form for form in forms if form})).replace(r"\-", "[ -]").replace(" {1,4}", "[ -]{1,4}")


def _rate_pattern(data: dict[str, Any], periods: Mapping[str, str], denominators: Mapping[str, Unit]) -> str:
    limits = data["rate_limits"]
    gap = rf"(?: (?:{either(limits['gap_prepositions'])})(?: [a-z][a-z'-]*){{1,{limits['gap_words']}}}?)?"
    over = _flexible(denominators)
    count = r"(?:(?P<count>1,000|1 000|1000|100|thousand|hundred|million|mln) {1,4})?"
    period = rf"[ -]{{0,4}}(?P<period>{_flexible(periods)})(?![^\W_])"
    price = rf"(?: {{1,4}}(?:per|a|an|for each|for every|each) {{1,4}}| ?/ ?|[ -]per[ -]|-a-){count}(?P<over>{over})(?![^\W_])"
    unknown = r" {1,4}per (?P<unknown>[a-z]{3,20})(?![^\W_])"
    repeated = r"(?: ?\([a-z][a-z0-9.]{0,9}\))?"  # `cubic metres (bcm) a year`
    return rf"{repeated}(?:{price}|(?:(?P<gap>{gap}){period})|{unknown})"


def normal(written: str) -> str:
    """A form as the lexicons hold it: one blank for any run of blanks and hyphens."""
    return _BLANKS.sub(" ", written)
