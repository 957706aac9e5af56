"""What the words around a number make of it: how it is bounded, which way it went, or that it is no quantity.

Reading those words belongs here, by the phrases of `number_context.toml`. Numbers and units themselves do not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.marks import Bound, Change
from pipeline.language.numerals import either, numerals

_NEAR, _REACH = 48, 110
_AROUND = "'`*\"“”«»()[]{}"
_TOKEN = re.compile(r"[^\s()\[\]{}\"“”«»;!?…—]+|[;!?()\[\]\"“”—]")
_CLOSED = (",", ";", ":", ".", "!", "?", ")", "]", "(", "[", "—")


class Context(NamedTuple):
    """The phrases of `number_context.toml`, ready for looking up."""

    bounds: Mapping[str, Bound]
    bound_after: re.Pattern[str]
    bound_after_words: Mapping[str, Bound]
    transparent: frozenset[str]
    directions: Mapping[str, Change | None]
    by: frozenset[str]
    with_by: frozenset[str]
    exceeds: frozenset[str]
    by_reach: int
    direction_after: re.Pattern[str]
    direction_after_words: Mapping[str, Change]
    development: frozenset[str]
    range_words: frozenset[str]
    taking: frozenset[str]
    range_openers: frozenset[str]
    development_reach: int
    labels: frozenset[str]
    largest_label: int
    years_before: frozenset[str]
    years_after: frozenset[str]
    ages_before: frozenset[str]
    time_units: frozenset[str]
    time_words: frozenset[str]
    scaled_words: frozenset[str]
    crossing: frozenset[str]
    comparatives: frozenset[str]
    articles: frozenset[str]
    signs: frozenset[str]
    always_labels: frozenset[str]
    half_not_after: frozenset[str]
    half_not_before: frozenset[str]
    part_before: frozenset[str]
    stop: frozenset[str]
    plurals: frozenset[str]
    noun_words: int
    singular_endings: tuple[str, ...]
    list_digits: int


def _inverted(groups: Mapping[str, list[str]]) -> dict[str, Any]:
    return {phrase: meaning for meaning, phrases in groups.items() for phrase in phrases}


def _after_words(phrases: Mapping[str, Any], skip: list[str]) -> re.Pattern[str]:
    signs = [phrase for phrase in phrases if not phrase[-1].isalnum()]
    words = [phrase for phrase in phrases if phrase[-1].isalnum()]
    optional = rf"(?:(?:{either(skip)}) ){{0,2}}" if skip else ""
    pattern = rf" {{0,3}}{optional}(?P<word>(?:{either(words)})(?![^\W_])"
    return re.compile(pattern + (rf"|(?:{either(signs)}))" if signs else ")"))


def _without(table: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: entry for name, entry in table.items() if name not in names}


@cache
def context() -> Context:
    """The words around numbers, read once."""
    data = read_toml("number_context.toml")
    bound_after: dict[str, Bound] = _inverted(data["bound_after"])
    after, before = data["direction_after"], data["direction"]
    direction_after: dict[str, Change] = _inverted(_without(after, "skip"))
    told_before = _inverted(_without(before, "by", "by_reach", "with_by", "exceeds"))
    directions: dict[str, Change | None] = told_before | dict.fromkeys(data["direction_limits"]["none"])
    return Context(
        bounds=_inverted(data["bound"]),
        bound_after=_after_words(bound_after, []),
        bound_after_words=bound_after,
        transparent=frozenset(data["transparent"]["words"]),
        directions=directions,
        by=frozenset(before["by"]),
        with_by=frozenset(before["with_by"]) | frozenset(before["exceeds"]),
        exceeds=frozenset(before["exceeds"]),
        by_reach=before["by_reach"],
        direction_after=_after_words(direction_after, after["skip"]),
        direction_after_words=direction_after,
        development=frozenset(data["development"]["words"]) | frozenset(directions),
        range_openers=frozenset(data["range"]["openers"]),
        range_words=frozenset(data["development"]["range_words"]),
        taking=frozenset(data["range"]["taking"]),
        development_reach=data["development"]["reach"],
        labels=frozenset(data["label"]["words"]),
        largest_label=data["label"]["largest_counting"],
        years_before=frozenset(data["label"]["years_before"]),
        years_after=frozenset(data["label"]["years_after"]),
        ages_before=frozenset(data["label"]["ages_before"]),
        time_units=frozenset(data["bound_limits"]["time_units"]),
        time_words=frozenset(data["bound_limits"]["time_words"]),
        scaled_words=frozenset(data["bound_limits"]["scaled_words"]),
        crossing=frozenset(data["bound_limits"]["crossing"]),
        comparatives=frozenset(data["bound_limits"]["comparatives"]),
        articles=frozenset(data["bound_limits"]["articles"]),
        signs=frozenset(data["direction_limits"]["signs"]),
        always_labels=frozenset(data["label"]["always"]),
        half_not_after=frozenset(data["idiom"]["not_after"]),
        half_not_before=frozenset(data["idiom"]["half_not_before"]),
        part_before=frozenset(data["idiom"]["part_before"]),
        stop=frozenset(data["stop"]["words"]),
        plurals=frozenset(data["stop"]["plurals"]),
        noun_words=data["stop"]["max_words"],
        singular_endings=tuple(data["stop"]["singular_endings"]),
        list_digits=data["line"]["list_digits"],
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number: where its bound words start, the bound, the direction, and two words, nearest first."""

    start: int
    bound: Bound | None
    change: Change | None
    words: tuple[str, ...]
    bound_word: str
    signed: bool


def read_before(folded: str, start: int, floor: int) -> Before:
    """Reads the words between `floor` and the number at `start`, from the number outwards."""
    words = context()
    low = max(floor, start - _NEAR)
    if " by " in folded[max(low, start - 24) : start]:
        low = max(floor, start - _REACH)
    plain = [word.strip(_AROUND) for word in folded[low:start].split()]
    if low and plain and folded[low - 1].isalnum() and folded[low].isalnum():
        plain[0] = ""
    position, bound, bound_word, from_ = len(plain), None, "", start
    for _ in range(3):
        found = _phrase_before(plain, position, words.bounds, words.transparent)
        if found is None:
            break
        at, phrase, skipped = found
        begins = _begin(folded, plain[at:position], from_)
        directly = floor > 0 and folded[floor - 1] in "%tse" and not folded[floor:begins].strip()
        if _compares(phrase, skipped, directly):
            break
        position, from_ = at, begins
        if bound is None:
            bound, bound_word = words.bounds[phrase], phrase
    change = _direction(plain, position, words)
    signed = position > 0 and plain[position - 1] in words.signs
    return Before(from_, bound, change, tuple(reversed(plain[-2:])), bound_word, signed)


def _begin(folded: str, plain: list[str], end: int) -> int:
    """Where the words begin that are the last ones before `end`."""
    for word in reversed(plain):
        end = folded.rfind(word, 0, end)
    return end


def _compares(phrase: str, skipped: list[str], directly: bool) -> bool:
    """Whether the phrase compares with a known figure instead of bounding this one: `5 percent above the 3 tons of 2020`.

    `skipped` are the words between phrase and number; `directly`: the phrase follows a percentage or another figure.
    """
    words = context()
    if phrase in words.crossing:
        return False
    if not words.articles.isdisjoint(skipped):
        return words.bounds[phrase] != "about"
    return directly and phrase in words.comparatives


def _phrase_before(
    plain: list[str], position: int, phrases: Mapping[str, Any], transparent: frozenset[str]
) -> tuple[int, str, list[str]] | None:
    """The longest phrase that ends before `position`, over at most two transparent words, and those words."""
    for skipped in range(3):
        end = position - skipped
        if end <= 0 or (skipped and plain[end] not in transparent):
            return None
        for size in (4, 3, 2, 1):
            if end - size < 0:
                continue
            phrase = " ".join(plain[end - size : end])
            if phrase in phrases:
                return end - size, phrase, plain[end:position]
    return None


def _direction(plain: list[str], position: int, words: Context) -> Change | None:
    found = _phrase_before(plain, position, words.directions, words.transparent)
    if found is not None:
        return words.directions[found[1]]
    at = position
    while at and plain[at - 1] in words.transparent:
        at -= 1
    joint = next((size for size in (2, 1) if at >= size and " ".join(plain[at - size : at]) in words.by), 0)
    if not joint:
        return _adverb_between(plain, at, words)
    at -= joint
    return _before_joint(plain, at, words)


def _before_joint(plain: list[str], at: int, words: Context) -> Change | None:
    """The direction that a word tells over a preposition at a place (`lift exports by`); none for `made up of`."""
    ended = _phrase_before(plain, at, words.directions, words.transparent)
    if ended is not None and words.directions[ended[1]] is None:
        return None
    reach = words.by_reach if plain[at] == "by" else 2
    for word in reversed(plain[max(0, at - reach) : at]):
        if word.endswith(_CLOSED[1:]):
            return None
        if words.directions.get(word.rstrip(",")) is not None:
            return words.directions[word.rstrip(",")]
        if word in words.with_by and plain[at] == "by":
            return "up"
    return None


def _adverb_between(plain: list[str], at: int, words: Context) -> Change | None:
    """A verb with an adverb before the number: `rose sharply 5 percent`, `grew nearly threefold`."""
    if at >= 2 and plain[at - 1].endswith("ly"):
        return words.directions.get(plain[at - 2])
    return None


def tells_development(folded: str, start: int) -> bool:
    """Whether the words before `start`, in its sentence, tell of a change rather than of a spread."""
    words = context()
    low = max(0, start - words.development_reach)
    for match in reversed(list(_TOKEN.finditer(folded, low, start))):
        token = match.group().strip(",'`")
        if token in words.range_words:
            return False
        if token in words.development:
            return True
        if token.endswith((".", ";", "!", "?")) and len(token) > 3:
            return False
    return False


@cache
def _number_next() -> re.Pattern[str]:
    """A number right behind a sign, or behind a word and a blank; not the size of a box (`100 or more 20-foot boxes`)."""
    return re.compile(
        rf"\d|(?<=\w) [$€£¥]?(?:\d[\d.,]{{0,14}}(?![\d.,']|-?f(?:oo)?t)|(?:{numerals().words})(?![^\W_]|-f(?:oo)?t))"
    )


def bound_after(folded: str, end: int) -> tuple[Bound, int] | None:
    """A bound behind the number and its unit (`or more`, `+`) and where it ends."""
    words = context()
    match = words.bound_after.match(folded, end)
    if match is None:
        return None
    # `In 2011 approximately 500,000 tons`: the bound of the next number.
    if _number_next().match(folded, match.end()):
        return None
    return words.bound_after_words[" ".join(match["word"].split())], match.end()


_UP_FROM = re.compile(
    r" (?:up|down) (?:from|on) (?:(?:the|an?|about|some|around|just|nearly|almost|only|over) ){0,2}[a-z]{0,3} ?[$€£¥]? ?"
    r"(?!(?:19|20)\d\d(?!\d|[.,]\d|\s(?:million|thousand|tons|tonnes|teus?)\b))\d"
)


def is_told_up_from(folded: str, end: int) -> bool:
    """Whether an amount is told with the one that it rose or fell from (`25 million tonnes up from 22 million`)."""
    return _UP_FROM.match(folded, end) is not None


def change_after(folded: str, end: int, is_amount: bool = False) -> Change | None:
    """A direction behind the number and its unit (`higher`, `less`, `growth`).

    An amount that is `up from` another is no change itself (`25 million tonnes up from 22 million`); a percentage is.
    """
    words = context()
    if is_amount and is_told_up_from(folded, end):
        return None
    match = words.direction_after.match(folded, end)
    return None if match is None else words.direction_after_words[" ".join(match["word"].split())]
