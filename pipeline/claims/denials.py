"""Claims that the sentence behind them takes back: `I keep reading that a treaty was signed. It was not.`

Only what a sentence of its own denies belongs here; denials within a sentence belong to the modules on modality.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from pipeline.claims.claim import AgreementClaim, QuantityClaim
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Reading, SentenceReading

Claim = TypeVar("Claim", QuantityClaim, AgreementClaim)


def with_denials(reading: Reading, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, those that the next sentence denies as negated.

    A denied agreement whose parties the sentence itself does not name is left out: nobody is said to have made it. Of several
    numbers none is denied, for the text does not say which.
    """
    found = tuple(claims)
    starts = Counter(claim.evidence_start for claim in found)
    told = {
        claim.evidence_start
        for claim in found
        if claim.modality == "reported" and (isinstance(claim, AgreementClaim) or starts[claim.evidence_start] == 1)
    }
    denied = {sentence.start: sentence for sentence, after in _following(reading, told) if _denies(reading, after)}
    kept = ((claim, denied.get(claim.evidence_start)) for claim in found)
    return tuple(_negated(claim) if sentence else claim for claim, sentence in kept if _stands(claim, sentence))


def _following(reading: Reading, starts: set[int]) -> list[tuple[SentenceReading, SentenceReading]]:
    sentences: Sequence[SentenceReading] = reading.sentences
    return [
        (sentence, after)
        for sentence, after in pairwise(sentences)
        if sentence.start in starts and sentence.sentence.paragraph == after.sentence.paragraph
    ]


def _denies(reading: Reading, sentence: SentenceReading) -> bool:
    return pattern("denies").match(reading.folded, sentence.start, sentence.end) is not None


def _stands(claim: Claim, denied: SentenceReading | None) -> bool:
    if denied is None or claim.modality != "reported" or not isinstance(claim, AgreementClaim):
        return True
    named = {code for name in denied.names for code in name.codes}
    return set(claim.parties) <= named


def _negated(claim: Claim) -> Claim:
    if claim.modality != "reported":
        return claim
    if isinstance(claim, AgreementClaim):
        return replace(claim, modality="negated", date_start=None, date_end=None)
    return replace(claim, modality="negated")
