"""A grammar of sentences whose claims are known: a form is a pattern of words and slots, and tells what its slots claim.

How a pattern is written: `{A}` is a country, another for each letter, `{A.adjective}` one of its other words. `{v:money}` is an
amount, a period or an entry of a word list, called `v` from then on; `{~was}` is any entry of a list, called nothing.
`[one|other|]` is any of these, and ` || ` ends a sentence. The forms and word lists are data (`forms/*.toml`, `words.toml`);
how amounts and periods are written belongs to the modules of these names, and what is made of a difference to `oracle`.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from robustness.amounts import AMOUNTS, Amount
from robustness.periods import PERIODS, Period

HERE = Path(__file__).parent
NO_PERIOD = Period("", None, None)
_FIGURES: dict[str, Callable[[random.Random], str]] = {  # that are no amounts
    "whole": lambda rng: str(rng.randrange(11, 99)),
    "small": lambda rng: str(rng.randrange(1, 9)),
    "clock": lambda rng: f"{rng.randrange(8, 22)}:{rng.choice(('00', '15', '30', '45'))}",
}
_TOKEN = re.compile(r"\{([^{}]*)\}|( \|\| )|([\[\]|])")
TRADE = frozenset(
    {"turnover", "exports", "imports", "balance", "investment", "financing", "deal_value", "tariff"}
    | {"trade_restriction", "trade_opening"}
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying something. `claims` names the slots that make up each claim; its `left_open` are fields that the
    English does not settle. `unread` says why the extractor does not read the form yet; empty where it does."""

    name: str
    pattern: str
    claims: tuple[Mapping[str, Any], ...]
    self_contained: bool
    unread: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a word list: its text, its other words, and what it stands for."""

    text: str
    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """Sentences and what they claim: fields of a claim by name, spans counted from the first sentence."""

    text: str
    claims: tuple[dict[str, Any], ...]


@dataclass
class _Page:
    """What has been written so far, and what its slots were given."""

    rng: random.Random
    published: date
    text: str = ""
    sentences: list[int] = field(default_factory=lambda: [0])
    bound: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def write(self, words: str) -> None:
        if words and len(self.text) == self.sentences[-1]:
            words = words[0].upper() + words[1:]
        self.text += words


def forms(file: str) -> tuple[Form, ...]:
    """The forms of a file under `forms`, in its order."""
    return _forms()[file]


def planted(form: Form, rng: random.Random, published: date) -> Planted:
    """One text of a form, with its claims in the order of the text."""
    page = _Page(rng, published)
    tokens = list(_tokens(form.pattern))
    _write(page, _tree(tokens, 0)[0])
    page.sentences.append(len(page.text) + 1)
    claims = [
        {name: value for name, value in _claim(page, claim).items() if name not in claim.get("left_open", ())}
        for claim in form.claims
    ]
    return Planted(page.text, tuple(claims))


def some_day(rng: random.Random) -> date:
    """A day of publication."""
    return date(2015, 1, 1) + timedelta(days=rng.randrange(11 * 365))


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _TOKEN.finditer(pattern):
        if match.start() > at:
            yield "text", pattern[at : match.start()]
        slot, stop, sign = match.groups()
        yield ("slot", slot) if slot is not None else ("stop", "") if stop else (sign, "")
        at = match.end()
    if at < len(pattern):
        yield "text", pattern[at:]


def _tree(tokens: list[tuple[str, str]], at: int) -> tuple[list[Any], int]:
    """The parts from `at` to the end of the choice or pattern; a choice is a list of lists of parts."""
    parts: list[Any] = []
    while at < len(tokens) and tokens[at][0] not in ("|", "]"):
        if tokens[at][0] == "[":
            options = []
            while tokens[at][0] != "]":
                option, at = _tree(tokens, at + 1)
                options.append(option)
            parts.append(options)
        else:
            parts.append(tokens[at])
        at += 1
    return parts, at


def _write(page: _Page, parts: list[Any]) -> None:
    for part in parts:
        if isinstance(part, list):
            _write(page, page.rng.choice(part))
        elif part[0] == "stop":
            page.text += " "
            page.sentences.append(len(page.text))
        elif part[0] == "text":
            page.write(part[1])
        elif part[1].startswith("~"):
            _write(page, _tree(list(_tokens(page.rng.choice(words()["list"][part[1][1:]]))), 0)[0])
        else:
            _fill(page, part[1])


def _fill(page: _Page, slot: str) -> None:
    name, _, kind = slot.partition(":")
    name, _, word = name.partition(".")
    if name not in page.bound:
        page.bound[name] = _drawn(page, name, kind)
    value = page.bound[name]
    shown = value.words[word] if word and isinstance(value, Entry) else getattr(value, word or "text")
    start = len(page.text)
    page.write(shown)
    page.spans.setdefault(name, (start, len(page.text)))
    if word:
        page.spans[f"{name}.{word}"] = (start, len(page.text))


def _drawn(page: _Page, name: str, kind: str) -> Amount | Period | Entry:
    if kind in AMOUNTS:
        return AMOUNTS[kind](page.rng)
    if kind in PERIODS:
        return PERIODS[kind](page.rng, page.published)
    if kind == "year_before":
        return _year_before(page)
    if kind in _FIGURES:
        return Entry(_FIGURES[kind](page.rng), {})
    taken = {value.text for value in page.bound.values() if isinstance(value, Entry)}
    free = [entry for entry in _entries(kind or "country") if entry.text not in taken]
    return page.rng.choice(free)


def _year_before(page: _Page) -> Period:
    """The year before the one that the slot `p` holds."""
    year = int(page.bound["p"].year) - 1
    return Period(f"in {year}", date(year, 1, 1), date(year, 12, 31), str(year))


def _claim(page: _Page, claim: Mapping[str, Any]) -> dict[str, Any]:
    start, end = _evidence(page, claim)
    common = {
        "modality": claim.get("modality", "reported"),
        "attributed_to": page.text[slice(*page.spans[claim["said_by"]])] if claim.get("said_by") in page.spans else None,
        "evidence": page.text[start:end],
        "evidence_start": start,
        "evidence_end": end,
    }
    name = claim.get("period", "")
    if name == "q" and name not in page.bound:
        page.bound[name] = _year_before(page)  # `a year earlier` names it as well
    period = page.bound.get(name, NO_PERIOD)
    if "status" in claim:
        return common | _agreement(page, claim, period)
    indicator = claim["indicator"]
    return (
        common
        | _value(page, claim)
        | {
            "family": "trade" if indicator in TRADE else "freight",
            "indicator": indicator,
            "period_start": period.start,
            "period_end": period.end,
            "commodity": _code(page, claim, "commodity"),
            "corridor": _code(page, claim, "corridor"),
            "mode": _code(page, claim, "mode"),
        }
        | {side: _codes(page, claim, side) for side in ("reporter", "partner", "origin", "destination")}
    )


def _evidence(page: _Page, claim: Mapping[str, Any]) -> tuple[int, int]:
    """The sentence that the value stands in, or the one with the number that the claim gives."""
    if "value" in claim:
        at = page.spans[claim["value"]][0]
        number = next(index for index, start in enumerate(page.sentences[1:]) if at < start)
    else:
        number = claim.get("sentence", 0)
    return page.sentences[number], page.sentences[number + 1] - 1


def _value(page: _Page, claim: Mapping[str, Any]) -> dict[str, Any]:
    if "value" not in claim:
        nothing = dict.fromkeys(("value_low", "value_high", "bound", "unit", "value_text", "value_start", "value_end"))
        return nothing | {"measure": "event"}
    amount, (start, end) = page.bound[claim["value"]], page.spans[claim["value"]]
    low, high = (amount.low, amount.high) if isinstance(amount, Amount) else (amount.words["low"], amount.words["high"])
    sign = claim.get("sign", 1)
    if isinstance(sign, str):
        sign = page.bound[sign].words["sign"]
    if sign < 0:
        low, high = -high, -low
    return {
        "measure": claim.get("measure", "level"),
        "value_low": low,
        "value_high": high,
        "bound": amount.bound if isinstance(amount, Amount) else amount.words.get("bound", "exact"),
        "unit": claim.get("unit") or (amount.unit if isinstance(amount, Amount) else amount.words["unit"]),
        "value_text": page.text[start:end],
        "value_start": start,
        "value_end": end,
    }


def _agreement(page: _Page, claim: Mapping[str, Any], period: Period) -> dict[str, Any]:
    instrument = page.bound[claim["instrument"]].words if "instrument" in claim else claim
    place = claim.get("place")
    return {
        "name": instrument.get("name"),
        "form": instrument["form"],
        "subject": instrument["subject"],
        "status": claim["status"],
        "parties": _codes(page, claim, "parties"),
        "organisations": tuple(sorted(page.bound[name].words["name"] for name in claim.get("organisations", "").split())),
        "date_start": period.start,
        "date_end": period.end,
        "place": page.text[slice(*page.spans[place])] if place in page.spans else None,
    }


def _codes(page: _Page, claim: Mapping[str, Any], side: str) -> tuple[str, ...]:
    """The codes of the slots that a side names, a code written out beginning with `=`."""
    found: set[str] = set()
    for name in claim.get(side, "").split():
        if name.startswith("="):
            found.add(name[1:])
        elif name in page.bound:
            codes = page.bound[name].words.get("country", page.bound[name].words["code"])
            found |= set(codes.split())
    return tuple(sorted(found))


def _code(page: _Page, claim: Mapping[str, Any], slot: str) -> str | None:
    name = claim.get(slot)
    if name is None or name.startswith("="):
        return None if name is None else str(name[1:])
    name, _, word = name.partition(".")
    return page.bound[name].words.get(word or "code") if name in page.bound else None


@cache
def words() -> dict[str, Any]:
    """The word lists, by name."""
    data: dict[str, Any] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    return data


@cache
def _entries(kind: str) -> tuple[Entry, ...]:
    return tuple(Entry(words["text"], {"possessive": f"{words['text']}'s", **words}) for words in words()["entry"][kind])


@cache
def _forms() -> dict[str, tuple[Form, ...]]:
    found = {}
    for path in sorted((HERE / "forms").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = tuple(
            Form(
                form["name"],
                form["text"],
                tuple(form.get("claims", ())),
                form.get("self_contained", True),
                form.get("unread", ""),
            )
            for form in data["form"]
        )
    return found
