"""A sentence laid out for claims: its cues and sides, and how near each stands to a number.

Distance in a sentence belongs here; what follows from it belongs to the modules that ask.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from pipeline.claims.context.cues import Cue, CueKind
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import SentenceReading, Spanned
from pipeline.claims.context.sides import Group, side_groups
from pipeline.contract.reference import read_toml
from pipeline.language.marks import QuantityMark

Found = TypeVar("Found", bound=Spanned)
Told = TypeVar("Told")
_COMMA_BLANK = re.compile(", ")
_COLON_BLANK = re.compile(": ")
_BRACKETS = re.compile(r"\([^)]*\)")
_COMMA = re.compile(r",(?=\s)|;")
_SHIP_BEFORE = 16
_LINKED = 70  # characters between a number and a word that it may be tied to
_SEVERAL = frozenset({"the countries", "the parties", "three countries", "four countries", "the blocs"})
_LISTED = re.compile(r"\s*(?:,|,?\s*(?:and|&))\s*")


@cache
def clause_begins() -> re.Pattern[str]:
    """Words and signs that begin a clause with a verb of its own."""
    return re.compile("|".join(read_toml("claim_periods.toml")["clause"]["begins"]))


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"(?:,\s+)?(?:{'|'.join(read_toml('claim_periods.toml')['clause']['asides'])})\b")


@cache
def thresholds() -> dict[str, dict[str, float]]:
    """The distances of `seeds/reference/quantity_grammar.toml`."""
    return read_toml("quantity_grammar.toml")


class _Weights(NamedTuple):
    """What each character, comma, colon, boundary and number counts on one side of a number."""

    length: float
    comma: float
    colon: float
    hard_boundary: float
    quantity: float


@cache
def _weights(side: str) -> _Weights:
    told = thresholds()["distance"]
    return _Weights(told[side], told["comma_" + side], told["colon"], told["hard_boundary"], told["quantity_" + side])


@dataclass(frozen=True)
class Scene:
    """A sentence with its cues. Offsets count from the start of the document's text; `folded` is the whole text, folded."""

    folded: str
    reading: SentenceReading
    cues: tuple[Cue, ...]
    _told: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def groups(self) -> list[Group]:
        """The sides that the sentence names."""
        return side_groups(self.folded, self.reading.start, self.reading.names)

    @cached_property
    def _by_kind(self) -> dict[CueKind, tuple[Cue, ...]]:
        kinds: dict[CueKind, list[Cue]] = {}
        for cue in self.cues:
            if not (cue.phrase == "ship" and cue.kind == "mode" and self._is_verb(cue)):
                kinds.setdefault(cue.kind, []).append(cue)
        return {kind: tuple(found) for kind, found in kinds.items()}

    def _is_verb(self, ship: Cue) -> bool:
        """Whether somebody ships something, by whatever mode (`the two will each ship one million tonnes`)."""
        before = pattern("before_ship_verb").search(self.folded, max(0, ship.start - _SHIP_BEFORE), ship.start)
        return before is not None and pattern("ship_verb").match(self.folded, ship.end) is not None

    def of_kind(self, kind: CueKind) -> tuple[Cue, ...]:
        """The cues of one kind, by place."""
        return self._by_kind.get(kind, ())

    @cached_property
    def pairs(self) -> list[Cue]:
        """The words for the two sides.

        None is `the two` before a noun of its own (`the two largest ships`), or what says itself which ones it means
        (`the countries along the route`).
        """
        found, alone, others = self.of_kind("pair"), pattern("the_two"), pattern("not_the_pair")
        told = [cue for cue in found if cue.phrase != "the two" or alone.match(self.folded, cue.end)]
        return [cue for cue in told if not (cue.phrase in _SEVERAL and others.match(self.folded, cue.end))]

    @cached_property
    def brackets(self) -> list[tuple[int, int]]:
        """The spans between round brackets, brackets included, without nesting."""
        return [match.span() for match in _BRACKETS.finditer(self.folded, self.reading.start, self.reading.end)]

    @cached_property
    def asides(self) -> list[tuple[int, int]]:
        """The parts between commas that only explain a word, and a participle that opens the sentence; see `clauses`."""
        sentence = self.reading
        commas = [match.start() for match in _COMMA.finditer(self.folded, sentence.start, sentence.end)]
        parts = zip([sentence.start, *commas], [*commas, sentence.end], strict=True)
        return [(start, end) for start, end in parts if _asides().match(self.folded, start)]

    def once(self, tell: Callable[..., Told], *of: Hashable) -> Told:
        """What a function tells of the sentence (and of a part of it), worked out when first asked; not to be changed."""
        asked = (tell, *of) if of else tell
        try:
            told: Told = self._told[asked]
        except KeyError:
            told = self._told[asked] = tell(self, *of)
        return told

    def bracket_of(self, span: Spanned) -> tuple[int, int] | None:
        """The bracket that a span stands in."""
        if not self.brackets:
            return None
        return next((bracket for bracket in self.brackets if bracket[0] <= span.start and span.end <= bracket[1]), None)

    @cached_property
    def clause_starts(self) -> list[int]:
        """Where clauses with a verb of their own begin, by place; not within a part that only explains a word."""
        inside = [part for part in self.asides if part[1] < self.reading.end]
        return [place for place in self.begins if not any(start <= place < end for start, end in inside)]

    @cached_property
    def begins(self) -> list[int]:
        """Where words and signs that begin a clause stand, by place."""
        found = (match.start() for match in clause_begins().finditer(self.folded, self.reading.start, self.reading.end))
        return [place for place in found if not self._lists(place)]

    def _lists(self, place: int) -> bool:
        """Whether a semicolon only divides what a bracket lists (`grapes ($1 billion; +5%)`)."""
        return self.folded[place] == ";" and any(start < place < end for start, end in self.brackets)

    @cached_property
    def hard_boundaries(self) -> list[int]:
        """Where a new clause begins for certain, by place."""
        signs = [match.start() for match in pattern("break").finditer(self.folded, self.reading.start, self.reading.end)]
        found = {*signs, *(cue.start for cue in self.of_kind("hard_boundary") if not self._is_put_in(cue))}
        return sorted(place for place in found if not self._lists(place))

    def _is_put_in(self, cue: Cue) -> bool:
        """Whether a word stands between commas and begins nothing (`In January, however, exports fell`)."""
        return self.folded.endswith(", ", 0, cue.start) and self.folded.startswith(",", cue.end)

    @cached_property
    def _commas(self) -> list[int]:
        return self._places(_COMMA_BLANK)

    @cached_property
    def _colons(self) -> list[int]:
        return self._places(_COLON_BLANK)

    def _places(self, sign: re.Pattern[str]) -> list[int]:
        return [match.start() for match in sign.finditer(self.folded, self.reading.start, self.reading.end + 1)]

    @cached_property
    def _quantity_starts(self) -> list[int]:
        # The size of a box is part of its name.
        return [quantity.start for quantity in self.reading.quantities if quantity.unit != "foot"]

    @cached_property
    def lists(self) -> list[tuple[QuantityMark, ...]]:
        """The runs of numbers of one kind and unit between which no more than commas and an `and` stand (`5, 6 and 7 tons`).

        A number that is called a part or a flow of its own is in none (`$64 million, $34 million of which`, `32%, 51% export`).
        """
        found: list[list[QuantityMark]] = []
        for mark in self.reading.quantities:
            last = found[-1][-1] if found else None
            alike = last is not None and (last.kind, last.unit) == (mark.kind, mark.unit)
            apart = pattern("own_part").match(self.folded, mark.end) is not None
            if last is not None and alike and not apart and _LISTED.fullmatch(self.folded, last.end, mark.start):
                found[-1].append(mark)
            else:
                found.append([mark])
        return [tuple(run) for run in found if len(run) > 1]

    def list_of(self, quantity: Spanned) -> tuple[QuantityMark, ...]:
        """The list of numbers that a number is a member of; empty if it stands alone."""
        return next((run for run in self.lists if quantity in run), ()) if self.lists else ()

    def distance(self, quantity: Spanned, other: Spanned) -> float:
        """How far a word stands from a number, in words; from a number of a list, how far from the list.

        Boundaries and other numbers between count as more, a bracket not at all.
        """
        run = self.list_of(quantity)
        if run:
            quantity = run[0] if other.end <= run[0].start else run[-1] if run[-1].end <= other.start else quantity
        if other.end <= quantity.start:
            left, right, side = other.end, quantity.start, "before"
        elif quantity.end <= other.start:
            left, right, side = quantity.end, other.start, "after"
        else:
            return 0.0
        cost = self.stretch(left, right, side)
        for bracket in self.brackets:
            if left <= bracket[0] and bracket[1] <= right:
                cost -= self.stretch(bracket[0], bracket[1], side)
        around = self.bracket_of(other)
        if around and not (around[0] <= quantity.start and quantity.end <= around[1]):
            cost += thresholds()["distance"]["closed_bracket"]
        if side == "after":
            cost += self._behind(quantity, left, right)
        return cost

    def stretch(self, left: int, right: int, side: str) -> float:
        """What the text between a number and a word counts: its length, commas, boundaries and other numbers."""
        weights = _weights(side)
        cost = weights.length * (right - left)
        if self._commas:
            cost += weights.comma * _between(self._commas, left, right - 1)
        if self._colons:
            cost += weights.colon * _between(self._colons, left, right - 1)
        if self.hard_boundaries:
            cost += weights.hard_boundary * _between(self.hard_boundaries, left, right)
        return cost + weights.quantity * _between(self._quantity_starts, left, right)

    def _behind(self, quantity: Spanned, left: int, right: int) -> float:
        """What a word behind a number costs more, or less where grammar ties it to the number."""
        weights = thresholds()["distance"]
        if not self.folded[left:right].strip():
            return -weights["linked"]
        cost = 0.0 if isinstance(quantity, QuantityMark) and self.takes_object(quantity) else weights["after_start"]
        if right - left <= _LINKED and pattern("link").fullmatch(self.folded, left, right):
            cost -= weights["linked"]
        return cost

    def takes_object(self, quantity: QuantityMark) -> bool:
        """Whether a number is a verb with its object behind it (`doubling trade`, `more than double the capacity`)."""
        return quantity.kind == "multiple" and pattern("object").match(self.folded, quantity.end) is not None

    def nearest(  # noqa: PLR0917
        self,
        quantity: Spanned,
        others: Iterable[Found],
        limit: float,
        limit_after: float | None = None,
        handicap: Callable[[Found], float] = lambda _: 0.0,
        most_off: float = math.inf,
    ) -> tuple[float, Found] | None:
        """The nearest of some words within a limit, with its distance; the first in the text wins a tie.

        `limit_after` is the limit for words behind the number, where it is another; `most_off` the most that `handicap` takes
        off, so that it is not asked of words that are too far in any case.
        """
        best: tuple[float, Found] | None = None
        if isinstance(quantity, QuantityMark) and self.takes_object(quantity):
            limit_after = limit
        for other in others:
            reach = limit if limit_after is None or other.start < quantity.end else limit_after
            cost = self.distance(quantity, other)
            if cost > reach + most_off:
                continue
            cost += handicap(other)
            if cost <= reach and (best is None or cost < best[0]):
                best = (cost, other)
        return best

    def leads_to(self, quantity: QuantityMark) -> QuantityMark | None:
        """The amount that a growth leads to (`by 68 percent to 1.4 billion`)."""
        after = self.quantity_after(quantity)
        return after if after is not None and pattern("leads_to").fullmatch(self.folded, quantity.end, after.start) else None

    def quantity_before(self, quantity: QuantityMark) -> QuantityMark | None:
        """The number before a number in the sentence."""
        index = bisect_left(self._quantity_starts, quantity.start)
        return self.reading.quantities[index - 1] if index else None

    def quantity_after(self, quantity: QuantityMark) -> QuantityMark | None:
        """The number after a number in the sentence."""
        index = bisect_left(self._quantity_starts, quantity.start)
        return self.reading.quantities[index + 1] if index + 1 < len(self.reading.quantities) else None


def _between(places: Sequence[int], left: int, right: int) -> int:
    return bisect_left(places, right) - bisect_left(places, left)
