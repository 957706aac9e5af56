"""Which told claim is which marked one, and what becomes of the rest: missed, extra, or neither.

How two claims are compared belongs to `kinds`; what the outcome amounts to belongs to `figures`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.kinds import KINDS, Kind
from pipeline.evaluation.likeness import like_names, on_a_passage, shared_words, squashed
from pipeline.evaluation.shapes import METADATA, GoldText, Quantity, ToldText


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked claim and the told one that is it, with whether they agree, slot by slot."""

    marked: Any
    told: Any
    agreeing: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the claims of a kind in one text.

    `neutral` claims repeat a found one, or stand where reasonable readers differ: they count neither way.
    """

    pairs: tuple[Pair, ...]
    missed: tuple[Any, ...]
    extra: tuple[Any, ...]
    neutral: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class MetadataVerdict:
    """A field of a document's metadata as marked and as told."""

    marked: str | None
    told: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A text with what became of its metadata and its claims. `ungrounded` are evidences that the text does not hold."""

    text: GoldText
    fault: str | None
    metadata: Mapping[str, MetadataVerdict]
    judgements: Mapping[str, Judgement]
    ungrounded: tuple[str, ...]


def judge(text: GoldText, told: ToldText) -> JudgedText:
    """Compares what is told of a text with what is marked in it."""
    return JudgedText(
        text,
        told.fault,
        {field: _metadata(field, text.metadata[field], told.metadata.get(field)) for field in METADATA},
        {
            name: match(kind, text.claims.get(name, ()), told.claims.get(name, ()), text.debatable)
            for name, kind in KINDS.items()
        },
        tuple(_ungrounded(told)),
    )


def match(kind: Kind, marked: Sequence[Any], told: Sequence[Any], debatable: Sequence[str] = ()) -> Judgement:
    """Pairs each marked claim with at most one told claim, those that agree best first.

    Ties go to the passage that is most alike, then to the order of the text.
    """
    partner = _partners(kind, marked, told)
    pairs = tuple(
        Pair(marked[place], told[partner[place]], kind.agreeing(marked[place], told[partner[place]]))
        for place in sorted(partner)
    )
    taken = set(partner.values())
    rest = [claim for place, claim in enumerate(told) if place not in taken]
    neutral = [claim for claim in rest if _is_repeat(kind, claim, pairs) or _is_debatable(claim, debatable)]
    return Judgement(
        pairs,
        missed=tuple(claim for place, claim in enumerate(marked) if place not in partner),
        extra=tuple(claim for claim in rest if not any(claim is other for other in neutral)),
        neutral=tuple(neutral),
    )


def _partners(kind: Kind, marked: Sequence[Any], told: Sequence[Any]) -> dict[int, int]:
    """Place of a marked claim -> place of its told one."""
    candidates = []
    for i, ours in enumerate(marked):
        for j, theirs in enumerate(told):
            if kind.same(ours, theirs):
                agreeing = kind.agreeing(ours, theirs)
                core, every = sum(agreeing[slot] for slot in kind.core), sum(agreeing.values())
                candidates.append((-core, -every, -shared_words(theirs.passage, ours.passage), i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _is_repeat(kind: Kind, claim: Any, pairs: Sequence[Pair]) -> bool:
    return any(kind.repeats(pair.marked, claim) for pair in pairs)


def _is_debatable(claim: Any, debatable: Sequence[str]) -> bool:
    """Whether the claim stands on a debatable passage; one with a number only if the passage holds that number."""
    passages = [passage for passage in debatable if on_a_passage(claim.passage, [passage])]
    if isinstance(claim, Quantity):
        return any(squashed(claim.value_text) in squashed(passage) for passage in passages)
    return bool(passages)


def _metadata(field: str, marked: str | None, told: str | None) -> MetadataVerdict:
    same = (marked or None) == told if field == "published_on" else like_names(marked, told)
    return MetadataVerdict(marked, told, same)


def _ungrounded(told: ToldText) -> Iterator[str]:
    text = squashed(told.text)
    for claims in told.claims.values():
        for claim in claims:
            evidence = squashed(claim.passage)
            if not evidence or evidence not in text:
                yield evidence
