"""Who acts in an event, where the goods come from and where they go.

Reading the sides off the clause belongs here; what the event is belongs to `grammar`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.claims.agreements.lexicon import agreement_lexicon
from pipeline.claims.context.sides import Group, side_groups
from pipeline.claims.events.lexicon import event_lexicon
from pipeline.language.marks import NameMark

_NEAR = 30
_TOWARDS = ("to", "into", "for", "towards")
_SIDED = ("country", "bloc", "person", "place", "port", "commodity")


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of an event as codes, sorted."""

    actor: tuple[str, ...]
    origin: tuple[str, ...]
    destination: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventClause:
    """The clause of an event: where it starts, where its verb stands, where it ends, where the thing acted on stands (`thing`);
    the verb and that thing in words."""

    start: int
    verb: int
    end: int
    thing: int
    told: str
    noun: str


def event_sides(kind: str, folded: str, clause: EventClause, names: Sequence[NameMark], home: tuple[str, ...]) -> Sides:
    """The sides of an event. `home` is the country of the text, which acts where no other is named."""
    start, verb, end, told, noun = clause.start, clause.verb, clause.end, clause.told, clause.noun
    regions = agreement_lexicon().not_party
    sided = [name for name in names if name.kind in _SIDED and not set(name.codes) & regions]
    groups = side_groups(folded, start, sided)
    actor = _actor(groups, verb)
    if kind in ("trade_restriction", "trade_opening"):
        near = folded[max(start, clause.thing - _NEAR) : min(end, clause.thing + len(noun) + _NEAR)]
        directions = {mark.meaning for mark in event_lexicon().directions.find(near)}
        return _trade(actor, groups, verb, directions, home)
    if kind == "infrastructure":
        return Sides(_joined(actor) or _joined(groups[:1]), (), ())
    return _journey(kind, actor, groups, (verb, told), home if noun in event_lexicon().outgoing else ())


def _journey(
    kind: str, actor: Sequence[Group], groups: Sequence[Group], telling: tuple[int, str], outgoing: tuple[str, ...]
) -> Sides:
    """Where goods or vehicles go from and to; `telling` is the place and the words of the verb."""
    verb, told = telling
    origin = [group for group in groups if group.preposition in ("from", "out of")]
    destination = [group for group in groups if group.preposition in _TOWARDS]
    if kind == "shipment":
        origin, destination = _voyage(groups, origin, destination, verb, told)
    elif kind == "transit_permission":
        origin, destination = _passage(actor, groups, origin, [group for group in destination if group.start > verb], verb)
    elif kind == "route_opening" and not (origin and destination):
        origin, destination = [], []
    source = _joined(origin) or (outgoing and (_joined(actor) or outgoing))
    reached = _joined(destination)
    return Sides(_joined(actor) or _joined(groups[:1]), source, () if reached == source and kind == "disruption" else reached)


_Ends = tuple[list[Group], list[Group]]


def _voyage(groups: Sequence[Group], origin: list[Group], destination: list[Group], verb: int, told: str) -> _Ends:
    """Behind a verb of arriving stands where it arrives, behind one of leaving what it leaves; goods are of their owner."""
    lexicon = event_lexicon()
    behind = [group for group in groups if group.start > verb]
    if told in lexicon.arrivals:
        origin = [group for group in origin if group.start < verb]
        destination = destination or behind[:1]
    elif told in lexicon.departures:
        origin = origin or [group for group in behind if not group.preposition][:1]
    return origin or [group for group in groups if group.owner and group.start < verb][:1], destination


def _passage(
    actor: Sequence[Group], groups: Sequence[Group], origin: list[Group], destination: list[Group], verb: int
) -> _Ends:
    """Whoever is let through is where the goods come from."""
    others = [group for group in groups if group.start > verb and not group.preposition]
    free = [group for group in others if not group.place and not group.owner and group not in actor]
    return origin or free[:1], destination


def _actor(groups: Sequence[Group], verb: int) -> list[Group]:
    """The groups before the verb that no preposition of place governs, or those after `by`."""
    before = [group for group in groups if group.end <= verb and group.preposition in ("", "of", "and")]
    return before[:1] or [group for group in groups if group.preposition == "by"][:1]


def _trade(actor: Sequence[Group], groups: Sequence[Group], verb: int, directions: set[str], home: tuple[str, ...]) -> Sides:
    """The direction of goods under a ban or duty; without one, the state that it falls on is the destination."""
    others = [group for group in groups if group not in actor and group.preposition != "by"]
    reached = [group for group in others if group.start > verb or group.preposition in ("against", "on", "from", "to")]
    doer = _joined(actor)
    if directions == {"exports"}:
        owners = _joined(group for group in reached if group.owner)
        source = doer or owners or home
        return Sides(source, source, tuple(code for code in _joined(reached) if code not in source))
    struck = [group for group in reached if group.preposition in ("against", "on")][:1]
    if not directions and any(group.source for group in struck or reached[:1]):
        directions = {"imports"}
    other = tuple(code for code in _joined(struck or reached) if code not in doer)
    if directions == {"imports"}:
        return Sides(doer or home, other, doer or home)
    return Sides(doer, (), other)


def _joined(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(sorted({code for group in groups for code in group.codes}))
