"""Who acts in an event, where the goods come from and where they go.

Reading the sides off the clause belongs here; what the event is belongs to `events`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.claims.event_lexicon import EventLexicon
from pipeline.claims.sides import Group, side_groups
from pipeline.language.marks import NameMark

_TOWARDS = ("to", "into", "for", "towards")


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of an event as codes, sorted."""

    actor: tuple[str, ...]
    origin: tuple[str, ...]
    destination: tuple[str, ...]


def event_sides(
    kind: str, folded: str, clause: tuple[int, int, int], names: Sequence[NameMark], lexicon: EventLexicon
) -> Sides:
    """The sides of an event. `clause` gives where its clause starts, where its verb stands, and where the clause ends."""
    start, verb, end = clause
    groups = side_groups(folded, start, [name for name in names if name.kind in ("country", "bloc", "person", "place", "port")])
    actor = _actor(groups, verb)
    if kind in ("trade_restriction", "trade_opening"):
        directions = {mark.meaning for mark in lexicon.directions.find(folded[start:end])}
        return _trade(actor, groups, verb, directions)
    if kind == "infrastructure":
        return Sides(_joined(actor) or _joined([group for group in groups if group.start < end][:1]), (), ())
    origin = [group for group in groups if group.preposition in ("from", "out of")]
    destination = [group for group in groups if group.preposition in _TOWARDS and group.start > verb]
    if kind == "transit_permission" and not origin:
        origin = [group for group in groups if group.start > verb and group.preposition in ("", "of") and not group.place][:1]
        origin = [group for group in origin if group not in actor]
    if kind == "route_opening" and not (origin and destination):
        origin, destination = [], []
    return Sides(_joined(actor) or _joined(groups[:1]), _joined(origin), _joined(destination))


def _actor(groups: Sequence[Group], verb: int) -> list[Group]:
    """The groups before the verb that no preposition of place governs, or those after `by`."""
    before = [group for group in groups if group.end <= verb and group.preposition in ("", "of", "and")]
    return before[:1] or [group for group in groups if group.preposition == "by"][:1]


def _trade(actor: Sequence[Group], groups: Sequence[Group], verb: int, directions: set[str]) -> Sides:
    """The direction of goods under a ban or duty; without one, the state that it falls on is the destination."""
    others = [group for group in groups if group not in actor and group.preposition != "by"]
    doer, other = (
        _joined(actor),
        _joined(group for group in others if group.start > verb or group.preposition in ("against", "on", "from", "to")),
    )
    if directions == {"exports"}:
        return Sides(doer, doer, other)
    if directions == {"imports"}:
        return Sides(doer, other, doer)
    return Sides(doer, (), tuple(code for code in other if code not in doer))


def _joined(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(sorted({code for group in groups for code in group.codes}))
