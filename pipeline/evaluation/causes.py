"""Mistakes, put together by what caused them, the most frequent cause first.

A cause says in which way a claim is wrong (`period: told none`), not why the extractor made it so. Counting what is right
belongs to `figures`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.evaluation.kinds import KINDS, Kind, sides
from pipeline.evaluation.likeness import like_values, on_a_passage, squashed
from pipeline.evaluation.matching import JudgedText, Judgement, Pair
from pipeline.evaluation.shapes import Period, Quantity


class Mistake(NamedTuple):
    """One mistake: where, in which claim, what was expected and what was told (`-` for nothing), on which passage."""

    folder: str
    text: str
    claim: str
    expected: str
    told: str
    passage: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Mistakes of one cause. `kind` is a kind of claims, or `metadata`."""

    kind: str
    cause: str
    mistakes: tuple[Mistake, ...]


def causes(texts: Iterable[JudgedText]) -> list[Cause]:
    """The causes of all mistakes in the texts, those with most mistakes first."""
    groups: dict[tuple[str, str], list[Mistake]] = {}
    for judged in texts:
        for kind, cause, mistake in _mistakes(judged):
            groups.setdefault((kind, cause), []).append(mistake)
    found = [Cause(kind, cause, tuple(mistakes)) for (kind, cause), mistakes in groups.items()]
    return sorted(found, key=lambda group: (-len(group.mistakes), group.kind, group.cause))


def _mistakes(judged: JudgedText) -> Iterator[tuple[str, str, Mistake]]:
    place = (judged.text.folder, judged.text.name)
    for cause, mistake in _of_document(judged, place):
        yield _DOCUMENT, cause, mistake
    for name, kind in KINDS.items():
        judgement = judged.judgements[name]
        for cause, mistake in (*_of_slots(kind, judgement, place), *_of_presence(kind, judgement, place)):
            yield name, cause, mistake


_DOCUMENT = "metadata"
_Place = tuple[str, str]


def _of_document(judged: JudgedText, place: _Place) -> Iterator[tuple[str, Mistake]]:
    if judged.fault:
        yield "text could not be read or extracted", Mistake(*place, "", "-", judged.fault, "")
    for field, verdict in judged.metadata.items():
        if not verdict.same:
            mistake = Mistake(*place, field, _shown(verdict.marked), _shown(verdict.told), "")
            yield f"{field}: {_difference(verdict.marked, verdict.told)}", mistake
    for evidence in judged.ungrounded:
        yield "evidence that the text does not hold", Mistake(*place, "", "-", "-", evidence)


def _of_slots(kind: Kind, judgement: Judgement, place: _Place) -> Iterator[tuple[str, Mistake]]:
    for pair in judgement.pairs:
        claim = f"{called(pair.marked)}, {kind.indicator(pair.marked)}"
        for slot in kind.slots:
            if not pair.agreeing[slot]:
                expected, told = (_shown(slot_value(slot, one)) for one in (pair.marked, pair.told))
                yield _slot_cause(slot, pair), Mistake(*place, claim, expected, told, squashed(pair.told.passage))


def _of_presence(kind: Kind, judgement: Judgement, place: _Place) -> Iterator[tuple[str, Mistake]]:
    told = [*(pair.told for pair in judgement.pairs), *judgement.extra, *judgement.neutral]
    for claim in judgement.missed:
        mistake = Mistake(*place, called(claim), kind.indicator(claim), "-", squashed(claim.passage))
        yield f"missed: {_why_missed(claim, told)}", mistake
    marked = [*(pair.marked for pair in judgement.pairs), *judgement.missed]
    for claim in judgement.extra:
        mistake = Mistake(*place, called(claim), "-", kind.indicator(claim), squashed(claim.passage))
        yield f"extra: {_why_extra(claim, marked)}", mistake


def called(claim: Any) -> str:
    """What a reader calls a claim: its number with the unit, its name, or its kind."""
    if isinstance(claim, Quantity):
        return squashed(claim.value_text)
    return str(getattr(claim, "name", None) or getattr(claim, "form", None) or claim.kind)


def slot_value(slot: str, claim: Any) -> object:
    """What a slot of a claim says; of the sides of a claim with a number, those that count."""
    if slot == "sides":
        return sides(claim) if isinstance(claim, Quantity) else (claim.origin, claim.destination)
    if slot == "sign":
        return "below zero" if claim.low < 0 else "not below zero"
    value = getattr(claim, slot)
    return frozenset(value) if slot == "organisations" else value


def _slot_cause(slot: str, pair: Pair) -> str:
    expected, told = slot_value(slot, pair.marked), slot_value(slot, pair.told)
    how = _difference if slot in _WORDS else _DIFFERENCES.get(type(expected), _difference_of_codings)
    return f"{slot}: {how(expected, told)}"


_WORDS = frozenset({"name", "place", "attributed_to"})  # slots whose values are words of the text


def _difference_of_codings(expected: object, told: object) -> str:
    """Two codes of a vocabulary: which was taken for which."""
    return f"{expected} told as {told}" if expected and told else _difference(expected, told)


def _difference(expected: object, told: object) -> str:
    if not told:
        return "none told"
    return _TOO_MUCH if not expected else "another"


_TOO_MUCH = "told where there is none"


def _difference_of_codes(expected: object, told: object) -> str:
    if not expected or not told:
        return _difference(expected, told)
    assert isinstance(expected, frozenset)
    assert isinstance(told, frozenset)
    if expected < told:
        return "one too many"
    return "one too few" if told < expected else "others"


def _difference_of_sides(expected: object, told: object) -> str:
    """Sides as tuples of codes; another indicator may have fewer of them."""
    assert isinstance(expected, tuple)
    assert isinstance(told, tuple)
    if len(expected) != len(told):
        return "of another family or indicator"
    ours, theirs = (frozenset().union(*places) for places in (expected, told))
    if ours == theirs:
        return "in other roles"
    return _difference_of_codes(ours, theirs)


def _difference_of_periods(expected: object, told: object) -> str:
    assert isinstance(expected, Period)
    assert isinstance(told, Period)
    if not any(told):
        return "none told"
    if not any(expected):
        return _TOO_MUCH
    if expected.end == told.end:
        return "another start"
    return "another end" if expected.start == told.start else "another time"


_DIFFERENCES: Mapping[type, Callable[[object, object], str]] = {
    frozenset: _difference_of_codes,
    Period: _difference_of_periods,
    tuple: _difference_of_sides,
}


def _why_missed(claim: Any, told: Sequence[Any]) -> str:
    beside = [other for other in told if on_a_passage(other.passage, claim.passages)]
    if not isinstance(claim, Quantity):
        return "told with other parties, or as another claim" if beside else "nothing told there"
    alike = [other for other in beside if _same_number(claim, other)]
    if any(other.unit != claim.unit for other in alike):
        return "told with another unit"
    if any(squashed(other.value_text) == squashed(claim.value_text) for other in beside):
        return "told with another value"
    if any(_same_number(claim, other) and other.unit == claim.unit for other in told):
        return "told once for two, or elsewhere"
    return "its passage tells other numbers only" if beside else "nothing told there"


def _why_extra(claim: Any, marked: Sequence[Any]) -> str:
    beside = [other for other in marked if on_a_passage(claim.passage, other.passages)]
    if not beside:
        return "nothing is marked there"
    if isinstance(claim, Quantity) and any(squashed(other.value_text) == squashed(claim.value_text) for other in beside):
        return "marked with another value or unit"
    return "its passage has other claims"


def _same_number(one: Quantity, other: Quantity) -> bool:
    return like_values(one.low, other.low) and like_values(one.high, other.high)


def _shown(value: object) -> str:
    """A slot's value in one line; `-` for nothing."""
    if isinstance(value, Period):
        return f"{value.start or '..'}/{value.end or '..'}" if any(value) else "-"
    if isinstance(value, frozenset):
        return "+".join(sorted(value)) or "-"
    if isinstance(value, tuple):
        return " > ".join(map(_shown, value)) or "-"
    return squashed(str(value)) if value else "-"
