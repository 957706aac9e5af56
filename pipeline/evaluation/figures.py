"""What the outcome amounts to: how many marked claims are found, how many of those are right, which slots agree, how well
confidence is calibrated.

Precision is the share of the told claims that count, recall the share of the marked ones, F1 their harmonic mean. What is
neutral counts in neither. Which claim is which belongs to `matching`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.evaluation.kinds import KINDS, Kind
from pipeline.evaluation.matching import JudgedText, Judgement, Pair
from pipeline.evaluation.shapes import METADATA

BINS = 10
LEVELS: Mapping[str, Callable[[Kind, Pair], bool]] = {
    "found": lambda _kind, _pair: True,
    "right": lambda kind, pair: kind.is_right(pair.agreeing),
    "full": lambda kind, pair: kind.is_full(pair.agreeing),
}


class Shares(NamedTuple):
    """Precision, recall and F1, each 0 to 1; 0 where there is nothing to divide."""

    precision: float
    recall: float
    f1: float


class Bin(NamedTuple):
    """Told claims of like confidence: how many, how sure on average, and which share of them is right."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Claims marked, told and found, and the shares found, right and full, by level."""

    marked: int
    told: int
    found: int
    shares: Mapping[str, Shares]


@dataclass(frozen=True, slots=True)
class KindFigures(GroupFigures):
    """The figures of a kind of claims.

    `by_text` is the mean of the texts' F1 by level, over texts with claims marked or told wrongly, since a few dense texts hold
    many of the claims. `slots` is the share of found claims in which a slot agrees; `indicators` the figures of each indicator
    (of agreements: status; of events: kind). `calibration_error` is the mean distance between confidence and the share of right
    claims, over `bins`, each weighted by its claims.
    """

    by_text: Mapping[str, float]
    slots: Mapping[str, float]
    indicators: Mapping[str, GroupFigures]
    bins: tuple[Bin, ...]
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of some texts. `missing` could not be read or extracted; `ungrounded` counts claims without ground.

    `metadata` has for each field the share of texts in which it agrees.
    """

    texts: int
    missing: tuple[str, ...]
    ungrounded: int
    metadata: Mapping[str, float]
    kinds: Mapping[str, KindFigures]


def report(texts: Sequence[JudgedText]) -> Report:
    """The figures of texts together."""
    return Report(
        len(texts),
        tuple(judged.text.name for judged in texts if judged.fault),
        sum(len(judged.ungrounded) for judged in texts),
        {field: _share(sum(judged.metadata[field].same for judged in texts), len(texts)) for field in METADATA},
        {name: kind_figures(kind, [judged.judgements[name] for judged in texts]) for name, kind in KINDS.items()},
    )


def kind_figures(kind: Kind, judgements: Sequence[Judgement]) -> KindFigures:
    """The figures of a kind of claims; one judgement for each text."""
    whole = _group(kind, judgements)
    pairs = [pair for judgement in judgements for pair in judgement.pairs]
    agreeing = Counter(slot for pair in pairs for slot, same in pair.agreeing.items() if same)
    bins = calibration(told_and_right(kind, judgements))
    return KindFigures(
        whole.marked,
        whole.told,
        whole.found,
        whole.shares,
        by_text=_by_text(kind, judgements),
        slots={slot: _share(agreeing[slot], len(pairs)) for slot in kind.slots},
        indicators=_by_indicator(kind, judgements),
        bins=bins,
        calibration_error=calibration_error(bins),
    )


def told_and_right(kind: Kind, judgements: Iterable[Judgement]) -> list[tuple[float, bool]]:
    """The confidence of each told claim that counts, and whether the claim is right. One that is not marked is not right."""
    found = []
    for judgement in judgements:
        found += [(pair.told.confidence, kind.is_right(pair.agreeing)) for pair in judgement.pairs]
        found += [(claim.confidence, False) for claim in judgement.extra]
    return found


def calibration(cases: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Claims by tenths of confidence, the last one closed; tenths without claims are left out."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in cases:
        tenths.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return tuple(
        Bin(
            tenth / BINS,
            (tenth + 1) / BINS,
            len(members),
            sum(confidence for confidence, _ in members) / len(members),
            _share(sum(right for _, right in members), len(members)),
        )
        for tenth, members in sorted(tenths.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, 0 to 1; 0 without claims."""
    return _share(sum(one.claims * abs(one.confidence - one.right) for one in bins), sum(one.claims for one in bins))


def _group(kind: Kind, judgements: Iterable[Judgement]) -> GroupFigures:
    marked = told = 0
    hits = dict.fromkeys(LEVELS, 0)
    for judgement in judgements:
        marked += len(judgement.pairs) + len(judgement.missed)
        told += len(judgement.pairs) + len(judgement.extra)
        for level, counts in LEVELS.items():
            hits[level] += sum(counts(kind, pair) for pair in judgement.pairs)
    return GroupFigures(marked, told, hits["found"], {level: shares(hit, hit, marked, told) for level, hit in hits.items()})


def shares(told_hits: int, marked_hits: int, marked: int, told: int) -> Shares:
    """The shares of `told` and of `marked` claims that count."""
    precision, recall = _share(told_hits, told), _share(marked_hits, marked)
    return Shares(precision, recall, _share(2 * precision * recall, precision + recall))


def _by_text(kind: Kind, judgements: Iterable[Judgement]) -> dict[str, float]:
    of_texts = [group for judgement in judgements if (group := _group(kind, [judgement])).marked or group.told]
    return {level: _share(sum(group.shares[level].f1 for group in of_texts), len(of_texts)) for level in LEVELS}


def _by_indicator(kind: Kind, judgements: Sequence[Judgement]) -> dict[str, GroupFigures]:
    """For each indicator: of the claims marked with it those found, of the claims told with it those that are marked."""
    marked, told = Counter[str](), Counter[str]()
    marked_hits = {level: Counter[str]() for level in LEVELS}
    told_hits = {level: Counter[str]() for level in LEVELS}
    for judgement in judgements:
        marked.update(map(kind.indicator, judgement.missed))
        told.update(map(kind.indicator, judgement.extra))
        for pair in judgement.pairs:
            ours, theirs = kind.indicator(pair.marked), kind.indicator(pair.told)
            marked[ours] += 1
            told[theirs] += 1
            for level, counts in LEVELS.items():
                marked_hits[level][ours] += counts(kind, pair)
                told_hits[level][theirs] += counts(kind, pair)
    return {
        name: GroupFigures(
            marked[name],
            told[name],
            marked_hits["found"][name],
            {level: shares(told_hits[level][name], marked_hits[level][name], marked[name], told[name]) for level in LEVELS},
        )
        for name in sorted(marked.keys() | told.keys())
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
