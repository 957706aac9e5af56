"""Who acts in an event, where the goods come from and where they go.

Reading the sides off the clause belongs here; what the event is belongs to `grammar`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.claims.agreements.lexicon import agreement_lexicon
from pipeline.claims.context.reading import SentenceReading
from pipeline.claims.context.sides import Group, side_groups
from pipeline.claims.events.grammar import Event
from pipeline.claims.events.lexicon import GOODS, event_lexicon
from pipeline.claims.events.thread import Mention, Thread
from pipeline.language.marks import NameMark
from pipeline.language.phrases import PhraseMark

_SUPPLIES = ("suppl", "deliver", "shipment")
_NEAR = 30
_ARTICLE = 6
_INTO = ("into", "to")
_TOWARDS = ("to", "into", "for", "towards")
_SIDED = ("country", "bloc", "person", "place", "port", "commodity")


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of an event as codes, sorted."""

    actor: tuple[str, ...]
    origin: tuple[str, ...]
    destination: tuple[str, ...]


class EventClause(NamedTuple):
    """The clause of an event: where it starts, where its verb stands, where it ends, where the thing acted on stands (`thing`);
    that thing in words (`noun`), and whether it is goods called by their name (`goods`)."""

    start: int
    verb: int
    end: int
    thing: int
    noun: str
    goods: bool


def event_sides(event: Event, folded: str, clause: EventClause, names: Sequence[NameMark], thread: Thread) -> Sides:
    """The sides of an event, from the names of its sentence. The country of the text acts where no other is named."""
    regions = agreement_lexicon().not_party
    inside = [name for name in names if name.kind in _SIDED and clause.start <= name.start < clause.end]
    sided = [name for name in inside if not set(name.codes) & regions]
    groups = side_groups(folded, clause.start, sided)
    actor = _actor(groups, clause.verb)
    if event.kind in ("trade_restriction", "trade_opening"):
        actor = actor or _speaker(groups, folded, clause)
        ahead = [name for name in names if name.kind in _SIDED and name.end <= clause.start]
        owner = thread.home if actor else _last_actor(folded, ahead) or thread.home
        if event.negated and clause.goods:  # goods that stay banned are only from where the sentence says
            owner = _joined(group for group in groups if group.preposition == "from")
        sides = _referred(event, _trade(actor, groups, clause, _directions(folded, clause), owner), thread)
        if sides.origin or sides.destination or (refers_back(event) and thread.measure()):
            return sides
        every = side_groups(
            folded, clause.start, [name for name in names if name.kind in _SIDED and name.start >= clause.start]
        )
        return _trade(actor, every, clause, _directions(folded, clause), owner)
    if event.kind == "infrastructure":
        sites = [group for group in groups if not group.site and group.preposition not in (*_TOWARDS, "from")]
        return Sides(_joined(actor) or _joined(sites[:1]), (), ())
    outgoing = event.thing is not None and bool(event.thing.classes & event_lexicon().outgoing) and event.kind != "shipment"
    sending = "stop_moving" in event.classes and event.thing is not None
    ends = side_groups(folded, clause.start, inside)
    return _journey(event, actor, ends, clause.verb, (_joined(actor) or thread.home) if outgoing or sending else ())


def _speaker(groups: Sequence[Group], folded: str, clause: EventClause) -> list[Group]:
    """Who closes the clause by saying it: `Imports are barred from May, the Kyrgyz government said`."""
    behind = [group for group in groups if group.start > clause.verb and group.preposition in ("", "from")]
    for group in behind:
        comma = folded.rfind(", ", clause.verb, group.start)
        said = agreement_lexicon().sayings.find(folded[group.end : min(group.end + _NEAR, clause.end)])
        if comma >= 0 and group.start - comma <= _ARTICLE and said and "," not in folded[group.end : group.end + said[0].start]:
            return [group]
    return []


def _last_actor(folded: str, names: Sequence[NameMark]) -> tuple[str, ...]:
    """Whom the clause before speaks of: `Moscow, which had retaliated by ...`."""
    groups = [group for group in side_groups(folded, 0, names) if group.preposition in ("", "and")]
    return groups[-1].codes if groups else ()


def _referred(event: Event, sides: Sides, thread: Thread) -> Sides:
    """The sides of a measure that was told of before, where the sentence only points to it."""
    before = thread.measure()
    if "retaliate" in event.classes and not sides.origin and not sides.destination:
        other = tuple(code for code in thread.pair if code not in sides.actor)
        return Sides(sides.actor, other, sides.actor) if sides.actor else sides
    goods = is_goods(event)
    if before is not None and goods and not (sides.origin or sides.destination or sides.actor):
        return Sides((), before.origin, before.destination)
    if before is None or not refers_back(event):
        return sides
    if not event.pointed and not (before.origin or before.destination):
        return sides
    if sides.origin or (sides.destination and event.pointed):
        return sides
    return Sides(sides.actor, before.origin, before.destination)


def refers_back(event: Event) -> bool:
    """Whether an event is told of a measure spoken of before: by a pronoun, or by `the ban` and no more."""
    return event.pointed or event.bare


def is_goods(event: Event) -> bool:
    """Whether an event acts on goods called by their name: `banned Georgian wine`."""
    return event.thing is not None and bool(event.thing.classes & {GOODS, "wares"})


def measure_named(
    folded: str, sentence: SentenceReading, things: Sequence[PhraseMark[frozenset[str]]], thread: Thread
) -> Mention | None:
    """The ban or duty that a sentence names with its goods or their direction, whatever it tells of it."""
    named = next((mark for mark in things if "measure" in mark.meaning), None)
    if named is None:
        return None
    goods = next((name.codes[0] for name in sentence.names if name.kind == "commodity" and name.codes), None)
    sided = [name for name in sentence.names if name.kind in _SIDED]
    groups = side_groups(folded, sentence.start, sided)
    before = [group for group in groups if group.end <= named.start and not group.preposition]
    clause = EventClause(
        sentence.start, named.start, min(sentence.end, named.end + 2 * _NEAR), named.start, named.phrase, False
    )
    sides = _trade(before[-1:], groups, clause, _directions(folded, clause), thread.home)
    if not (goods or sides.origin or sides.destination):
        return None
    return Mention(sides.origin, sides.destination, goods)


def _directions(folded: str, clause: EventClause) -> set[str]:
    near = folded[max(clause.start, clause.thing - _NEAR) : min(clause.end, clause.thing + len(clause.noun) + _NEAR)]
    found = {mark.meaning for mark in event_lexicon().directions.find(near)}
    return found or {mark.meaning for mark in event_lexicon().directions.find(folded[clause.verb : clause.end])}


def _journey(event: Event, actor: Sequence[Group], groups: Sequence[Group], verb: int, outgoing: tuple[str, ...]) -> Sides:
    """Where goods or vehicles go from and to."""
    kind = event.kind
    origin = [group for group in groups if group.preposition in ("from", "out of")]
    destination = [group for group in groups if group.preposition in _TOWARDS]
    if kind == "shipment":
        origin, destination = _voyage(groups, origin, destination, verb, event.classes)
    elif kind == "transit_permission":
        origin, destination = _passage(actor, groups, origin, [group for group in destination if group.start > verb], verb)
    elif kind == "route_opening" and not (origin and destination):
        origin, destination = [], []
    supplied = kind == "disruption" and event.thing is not None and any(word in event.thing.phrase for word in _SUPPLIES)
    if supplied and destination and not outgoing:
        outgoing = _joined(actor)
    reached = _joined(destination)
    if "stop_moving" in event.classes and not origin:
        outgoing = tuple(code for code in outgoing if code not in reached)
    source = _joined(origin) or (outgoing and (_joined(actor) or outgoing))
    if reached == source and kind != "shipment":
        return Sides(_joined(actor) or _joined(groups[:1]), source if kind == "disruption" else (), ())
    return Sides(_joined(actor) or _joined(groups[:1]), source, reached)


_Ends = tuple[list[Group], list[Group]]


def _voyage(groups: Sequence[Group], origin: list[Group], destination: list[Group], verb: int, told: frozenset[str]) -> _Ends:
    """Behind a verb of arriving stands where it arrives, behind one of leaving what it leaves; goods are of their owner."""
    behind = [group for group in groups if group.start > verb]
    if told & {"arrive", "arrival of"}:
        destination = destination or [group for group in behind if group.preposition not in ("from", "out of")][:1]
    elif told & {"leave", "departure of"}:
        origin = origin or [group for group in behind if not group.preposition][:1]
    owners = [group for group in groups if group.start < verb and not group.place]
    owned = [group for group in owners if group.owner] or [group for group in owners if not group.preposition]
    return origin or owned[:1], destination


def _passage(
    actor: Sequence[Group], groups: Sequence[Group], origin: list[Group], destination: list[Group], verb: int
) -> _Ends:
    """Whoever is let through is where the goods come from."""
    others = [group for group in groups if group.start > verb and not group.preposition]
    free = [group for group in others if not group.place and not group.owner and group not in actor]
    owned = [group for group in groups if group.start > verb and group.source]
    return origin or free[:1] or owned[:1], destination


def _actor(groups: Sequence[Group], verb: int) -> list[Group]:
    """The groups before the verb that no preposition of place governs, or those after `by`."""
    before = [group for group in groups if group.end <= verb and group.preposition in ("", "of", "and") and not group.source]
    return before[:1] or [group for group in groups if group.preposition == "by"][:1]


def _trade(
    actor: Sequence[Group], groups: Sequence[Group], clause: EventClause, directions: set[str], owner: tuple[str, ...]
) -> Sides:
    """The direction of goods under a ban or duty; without one, the state that it falls on is the destination.

    `owner` is the country that acts where the clause names none.
    """
    verb = clause.verb
    taker = [group for group in groups if group.preposition in ("from", "to") and group.start > verb][:1]
    if clause.goods and not actor and taker and any(group.source and group.end <= verb for group in groups):
        actor = taker
    actor = actor or _market(groups, directions)
    others = [group for group in groups if group not in actor and group.preposition != "by"]
    reached = [group for group in others if group.start > verb or group.preposition in ("against", "on", "from", "to")]
    doer = _joined(actor)
    sender = next((group for group in others if group.preposition == "from" and not group.source), None)
    bound = next((group for group in others if group.preposition == "to" and sender and group.start > sender.start), None)
    if sender and bound and not clause.goods:
        return Sides(doer or owner or sender.codes, sender.codes, bound.codes)
    hostile = any(word in clause.noun for word in event_lexicon().words["hostile"])
    directions = directions or _outward(clause, others, sender)
    if directions == {"exports"}:
        owners = _joined(group for group in reached if group.owner)
        source = doer or owners or owner
        return Sides(source, source, tuple(code for code in _joined(reached) if code not in source))
    struck = [group for group in reached if group.preposition in ("against", "on")][:1]
    owned = any(group.source for group in struck or others[:1])
    sent = not hostile and any(group.preposition == "from" for group in reached)
    if not directions and ((owned and "sanction" not in clause.noun) or sent):
        directions = {"imports"}
    other = tuple(code for code in _joined(struck or reached) if code not in doer)
    if not other and any(group.source for group in others):
        other = tuple(code for code in _joined(group for group in others if group.source) if code not in doer)
    if directions == {"imports"}:
        return Sides(doer or owner, other, doer or owner)
    if hostile and doer and not other:
        return Sides(doer, (), tuple(code for code in owner if code not in doer))
    if clause.goods and not other and doer:
        return Sides(doer, tuple(code for code in owner if code not in doer), doer)
    return Sides(doer, (), other)


def _market(groups: Sequence[Group], directions: set[str]) -> list[Group]:
    """Where goods are let in or kept out, which is who does so: `imports of poultry into Fiji`, else `banned in Fiji`."""
    into = [group for group in groups if group.preposition in _INTO and not group.source] if directions == {"imports"} else []
    return into[:1] or [group for group in groups if group.preposition == "in" and not group.source][:1]


def _outward(clause: EventClause, groups: Sequence[Group], sender: Group | None) -> set[str]:
    """Exports, where a measure falls on goods to somewhere: `an embargo on cotton to Israel`."""
    outward = sender is None and any(group.preposition == "to" and group.start > clause.thing for group in groups)
    return {"exports"} if outward else set()


def _joined(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(sorted({code for group in groups for code in group.codes}))
