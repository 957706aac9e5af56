"""The kinds of claims, and how a marked and a told claim of each are compared, slot by slot.

Which marked claim goes with which told one belongs to `matching`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.likeness import like_names, like_values, on_a_passage
from pipeline.evaluation.shapes import Agreement, Event, Period, Quantity

_LIKE_PARTIES = 0.5  # of the parties of both claims together
_EITHER_WAY = frozenset({"turnover", "deal_value"})  # trade without a seller and a buyer


@dataclass(frozen=True, slots=True)
class Kind:
    """How claims of a kind are compared.

    `same` tells whether a told claim is the marked one at all, `agreeing` which of its slots agree. A found claim is right if
    all `core` slots agree, and fully right if the `coded` ones do too; `further` slots are measured beside.
    """

    name: str
    core: tuple[str, ...]
    coded: tuple[str, ...]
    further: tuple[str, ...]
    same: Callable[[Any, Any], bool]
    agreeing: Callable[[Any, Any], Mapping[str, bool]]
    indicator: Callable[[Any], str]
    repeats: Callable[[Any, Any], bool]

    @property
    def slots(self) -> tuple[str, ...]:
        """All slots, the weightiest first."""
        return (*self.core, *self.coded, *self.further)

    def is_right(self, agreeing: Mapping[str, bool]) -> bool:
        """Whether all core slots agree."""
        return all(agreeing[slot] for slot in self.core)

    def is_full(self, agreeing: Mapping[str, bool]) -> bool:
        """Whether all coded slots agree as well."""
        return self.is_right(agreeing) and all(agreeing[slot] for slot in self.coded)


def _same_quantity(marked: Quantity, told: Quantity) -> bool:
    values = like_values(marked.low, told.low) and like_values(marked.high, told.high)
    return values and marked.unit == told.unit and on_a_passage(told.passage, marked.passages)


def _quantity_slots(marked: Quantity, told: Quantity) -> Mapping[str, bool]:
    return {
        "family": marked.family == told.family,
        "indicator": marked.indicator == told.indicator,
        "measure": marked.measure == told.measure,
        "sign": (marked.low < 0) == (told.low < 0),
        "sides": marked.family == told.family and sides(marked) == sides(told),
        "period": _months(marked.period) == _months(told.period),
        "modality": marked.modality == told.modality,
        **_way(marked, told),
        "bound": marked.bound == told.bound,
        "attributed_to": like_names(marked.attributed_to, told.attributed_to),
    }


def sides(claim: Quantity) -> tuple[frozenset[str], ...]:
    """Between whom, or from where to where: what of the four lists of places counts for the claim's indicator."""
    if claim.family == "freight":
        return (claim.reporter, claim.origin, claim.destination)
    if claim.indicator in _EITHER_WAY:
        return (claim.reporter | claim.partner,)
    return (claim.reporter, claim.partner)


def _same_agreement(marked: Agreement, told: Agreement) -> bool:
    all_parties = marked.parties | told.parties
    alike = len(marked.parties & told.parties) >= _LIKE_PARTIES * len(all_parties)
    alike = alike or any(like_names(ours, theirs) for ours in marked.organisations for theirs in told.organisations)
    return alike and on_a_passage(told.passage, marked.passages)


def _agreement_slots(marked: Agreement, told: Agreement) -> Mapping[str, bool]:
    return {
        "parties": marked.parties == told.parties,
        "status": marked.status == told.status,
        "modality": marked.modality == told.modality,
        "date": _months(marked.date) == _months(told.date),
        "form": marked.form == told.form,
        "subject": marked.subject == told.subject,
        "name": like_names(marked.name, told.name),
        "organisations": len(marked.organisations) == len(told.organisations)
        and all(any(like_names(ours, theirs) for theirs in told.organisations) for ours in marked.organisations),
        "place": like_names(marked.place, told.place),
    }


def _same_event(marked: Event, told: Event) -> bool:
    return on_a_passage(told.passage, marked.passages)


def _event_slots(marked: Event, told: Event) -> Mapping[str, bool]:
    return {
        "kind": marked.kind == told.kind,
        "sides": marked.origin == told.origin and marked.destination == told.destination,
        "modality": marked.modality == told.modality,
        **_way(marked, told),
    }


def _way(marked: Quantity | Event, told: Quantity | Event) -> dict[str, bool]:
    return {
        "corridor": (marked.corridor or "").lower() == (told.corridor or "").lower(),
        "mode": marked.mode == told.mode,
        "commodity": marked.commodity == told.commodity,
    }


def _months(period: Period) -> tuple[tuple[int, int] | None, ...]:
    """A period to the month, which is as exactly as texts mostly tell it."""
    return tuple((day.year, day.month) if day else None for day in period)


_WAY = ("corridor", "mode", "commodity")

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="quantities",
            core=("family", "indicator", "measure", "sign", "sides", "period", "modality"),
            coded=_WAY,
            further=("bound", "attributed_to"),
            same=_same_quantity,
            agreeing=_quantity_slots,
            indicator=lambda claim: str(claim.indicator),
            repeats=_same_quantity,
        ),
        Kind(
            name="agreements",
            core=("parties", "status", "modality", "date"),
            coded=("form", "subject", "name"),
            further=("organisations", "place"),
            same=_same_agreement,
            agreeing=_agreement_slots,
            indicator=lambda claim: str(claim.status),
            repeats=lambda marked, told: marked.status == told.status and _same_agreement(marked, told),
        ),
        Kind(
            name="events",
            core=("kind", "sides", "modality"),
            coded=_WAY,
            further=(),
            same=_same_event,
            agreeing=_event_slots,
            indicator=lambda claim: str(claim.kind),
            repeats=lambda _marked, _told: False,  # two events of one sentence are two
        ),
    )
}
