"""Reporter, origin and destination of a freight number: whose railway, port or territory, where from and where to.

The roles of words are data in `seeds/reference/sides.toml`, found by `side_roles`; trade has its own module, `trade_sides`.
"""

import itertools
import re
from dataclasses import replace

from pipeline.claims.context.borders import passing_border
from pipeline.claims.context.facilities import meant
from pipeline.claims.context.memory import Memory, Remembered
from pipeline.claims.context.order import in_order
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import Group, countries_of_line, preposition_before, words
from pipeline.claims.slots.consignments import travels_between
from pipeline.claims.slots.goods import owner_of, sites_of
from pipeline.claims.slots.side_roles import Codes, Context, Placed, Sides, by_role, codes, goes_on, turned_round
from pipeline.claims.slots.trade_sides import run_of
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

_HYPHEN = re.compile(r"\w\s?-\s?\w")
_STOP_OVER = re.compile(r"[\w' ]+\s?[-–—]\s?[\w' ]+\s?[-–—]\s?[\w' ]+")
_DOMESTIC = re.compile(
    r"\b(?:inside|within|in|throughout|across|around) the (?:country|republic|nation)|\bdomestic(?:ally)?\b"
    r"|\bfor the regions of the country|\binland traffic"
)
_DOMESTIC_HEAD = re.compile(
    r"(?:\binside the (?:country|republic)|\bdomestic(?:ally)?|\binland|\bin domestic (?:traffic|service))\s*[:–-]?\s*$"
)
_DIRECTION_HEAD = re.compile(r"(?:^|[^\w-])(?:in |for )?(export|import)s?(?: (?:traffic|freight|cargo))?\s*[:–-]\s*$")
_DIRECTION_NOUN = re.compile(
    r"\s+(?:of |in |was |were )?(export|import)(?:s|ed)?(?: (?:traffic|freight|cargo))?\s*(?:[,.;)]|and\b|$)"
)
# `Grain loading for export increased by`, `the volume of export by rail grew by`
_DIRECTION_SUBJECT = re.compile(
    r"\b(export|import)s?(?: (?:freight|cargo|traffic|shipments|transportation|deliveries|loading|volumes?))?"
    r"(?: by rail(?:way)?| overall| as a whole)?\s+(?:by|rose|fell|grew|increased|decreased|declined|dropped|surged|jumped"
    r"|climbed|soared|shrank|slid|gained|were up|were down|was up|was down|amounted|totalled|totaled|reached|stood|came|hit)\b"
    r"[\w\s]{0,24}(?:\d[\d.,]* ?(?:%|per ?cent|pct)[\w\s,]{0,30})?$"
)
_FOR_EXPORT = re.compile(r"[\s\w,%]{0,50}?\s(?:for|on) (?:export|the foreign)")
_BEHIND = 60
_LINE = re.compile(r"railway|railroad|\brail\b|pipeline|\bline\b|canal|highway")
_LINKS = re.compile(
    r"\b(?:links?|linked|linking|connects?|connected|connecting|joins?|joining)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}$"
)
_TRANSIT = re.compile(
    r"\btransit(?:ed|ing)?(?: (?:traffic|cargo|cargoes|freight|goods|shipments|volumes?|flows?))?(?: of [a-z ]{2,30}?)?"
    r" [a-z]+ (?:the )?$"
)
_ALONG = re.compile(r"\b(?:along|via|over|through|by|on|across|down|up) (?:the )?$")
_LINKED_TO = re.compile(r"'?s?\s+(?:[\w'-]+\s+){0,3}?(?:with|to|and)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}")
_LINKS_WITHIN = 50
_ENDS = 2  # of a journey
_ONE_JOURNEY = 60
_WAYS = frozenset({"via", "through", "across"})  # before what lies between the ends of a journey
_ANY = 1000  # sentences: a facility told of anywhere before
_CARRIERS = frozenset({"railway", "port", "company"})
_ENDS_OF_WAYS = frozenset({"place", "port"})
_LEG = re.compile(r"(?:,? [a-z]{2,12},)? to (?:the )?(?:port of )?")
_JOURNEY = frozenset({"freight_rate", "transit_time"})
_MOVED = frozenset({"cargo", "containers", "movements", "tonne_km"})
_BUILT = frozenset({"capacity", "distance"})
_AT_BORDER = _MOVED | {"capacity"}


def freight_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], context: Context) -> Sides:
    """The sides of a number of freight."""
    last = context.memory.last
    if (
        last is not None
        and goes_on(scene, last)
        and last.slots.origin
        and last.slots.destination
        and turned_round(scene, quantity)
    ):
        return Sides(last.slots.reporter, (), last.slots.destination, last.slots.origin)
    if last is not None and indicator in _MOVED and _on_told_way(scene, quantity, last):
        return Sides(last.slots.reporter, (), last.slots.origin, last.slots.destination)
    groups = [group for group in groups if not pattern("visited").search(scene.folded, scene.reading.start, group.start)]
    groups = [group for group in groups if not set(group.codes) <= set(words("no_traders")) and not _is_no_end(scene, group)]
    ends = countries_of_line(context.corridor or "")
    if indicator in _JOURNEY and len(ends) == _ENDS and not _LINE.search(context.corridor or ""):
        return Sides((), (), ends[:1], ends[1:])
    sides = (
        _listed(scene, quantity, groups, context.memory)
        or _listed_ends(scene, quantity, indicator, groups, context.memory)
        or _journey(scene, quantity, indicator, groups, context.memory)
        or _linked(scene, quantity, indicator, groups)
    )
    crossed = () if sides or indicator not in _AT_BORDER else passing_border(scene, quantity, groups, context.memory)
    sides = sides or (Sides(crossed) if crossed else _named(scene, quantity, indicator, groups, context))
    further = _further_on(scene, indicator, groups) if sides.destination and len(sides.destination) == 1 else ()
    if further and not set(further) & {*sides.destination, *sides.origin}:
        return Sides(sides.reporter, (), sides.origin, further)
    if sides != Sides():
        return replace(sides, reporter=()) if _part_of_corridor(context, sides) else sides
    line = (sites_of(context.corridor) if indicator in _BUILT else ()) or owner_of(context.corridor)
    return Sides(line or ends)


def _is_no_end(scene: Scene, group: Group) -> bool:
    """Whether a name is a ship's (`the first ship, the Xin Shanghai`), or of who only pays (`with a Kenyan loan`)."""
    if group.place and pattern("ship_named").search(scene.folded, max(scene.reading.start, group.start - 40), group.start):
        return True
    return group.owner and pattern("payment").match(scene.folded, group.end) is not None


def _on_told_way(scene: Scene, quantity: QuantityMark, last: Remembered) -> bool:
    """Whether goods went the way that was told just before (`20,000 tons took this way`)."""
    told = pattern("told_way").search(scene.folded, scene.reading.start, scene.reading.end)
    near = goes_on(scene, last) and bool(last.slots.origin or last.slots.destination)
    return told is not None and near and not any(group.end <= quantity.start for group in scene.groups)


def _part_of_corridor(context: Context, sides: Sides) -> bool:
    """Whether a share is that of one country's goods in the freight of the corridor just told of as a whole."""
    last = context.memory.last
    if context.measure != "share" or last is None or context.corridor not in vocabulary().corridors:
        return False
    whole = last.slots.corridor == context.corridor and not last.slots.reporter
    return whole and sides.reporter == sides.origin != () and not sides.destination


def _further_on(scene: Scene, indicator: str, groups: list[Group]) -> Codes:
    """Where goods end that only enter a country on their way (`entered Georgia and should be at Gyumri in Armenia`)."""
    entry = pattern("on_the_way").search(scene.folded, scene.reading.start, scene.reading.end) if indicator in _MOVED else None
    behind = [group for group in groups if entry is not None and group.start >= entry.end()]
    return behind[-1].codes if len({code for group in behind for code in group.codes}) == 1 else ()


def _named(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], context: Context) -> Sides:
    """The sides that the words around a number name, with what they leave to the text as a whole."""
    memory = context.memory
    groups = _of_second_verb(scene, quantity, _from_to(scene, groups))
    named = [group for group in groups if not (indicator in _BUILT and group.act == "agent")]
    nearest = by_role(
        scene, quantity, "length" if indicator == "distance" else "freight", [*named, *_home_named(scene, memory)]
    )
    _find_other_end(groups, nearest)
    part = _part_of(scene, quantity, nearest, context)
    part = part or _with_port(scene, nearest, indicator, memory) or _beyond_port(scene, indicator, nearest, memory)
    if part:
        return part
    both = nearest.get("both")
    if both:
        return Sides(reporter=(*_its_own_side(scene, both[1], indicator, memory), *both[1].codes))
    if len(memory.pair) > 1 and not nearest and scene.nearest(quantity, scene.pairs, thresholds()["side"]["limit_after"]):
        return Sides(memory.pair)
    if not nearest.keys() - {"via"}:
        own = _own_transit(scene, nearest, indicator)
        told = None if own else _of_facility(scene, quantity, indicator, context)
        return Sides(own) if own else told or _unnamed(scene, quantity, indicator, context)
    return _completed(scene, quantity, indicator, nearest, memory)


def _with_port(scene: Scene, nearest: dict[str, Placed], indicator: str, memory: Memory) -> Sides | None:
    """A port's freight with one of its partners: of both (`Chad is the port's partner with 5 tons, ahead of Mali with 3`)."""
    other, last = nearest.get("reporter"), memory.last
    if other is None or indicator not in _MOVED or not memory.operator or set(other[1].codes) & set(memory.operator):
        return None
    listed = last is not None and last.sentence == scene.reading.index and set(memory.operator) < set(last.slots.reporter)
    if other[1].act == "counterpart" or (listed and other[1].preposition == "and"):
        return Sides((*memory.operator, *other[1].codes))
    return None


def _of_facility(scene: Scene, quantity: QuantityMark, indicator: str, context: Context) -> Sides | None:
    """The sides of the line, port or journey that a sentence points back to (`Its capacity`, `the railway carried`)."""
    memory = context.memory
    facility = meant(scene, quantity.start, memory.facilities, 1 if memory.operator else _ANY, context.ignored)
    if facility is None and memory.operator and _carrier_acts(scene, quantity):
        return Sides(memory.operator)
    if facility is None and indicator == "capacity" and _is_stage(scene, quantity, memory):
        return Sides(memory.site)
    own = pattern("own_works").match(scene.folded, scene.reading.start, quantity.start)
    if facility is None and own is not None and memory.subject and not memory.operator:
        return Sides(memory.subject)
    if facility is None or (facility.kind == "journey" and indicator == "capacity"):
        return None
    if facility.origin and facility.destination and not (facility.both_ways and indicator in _MOVED):
        return Sides((), (), facility.origin, facility.destination)
    return Sides(facility.countries) if facility.countries else None


def _carrier_acts(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether the railway or port that the text is on is the subject of a number (`Altogether the railway carried`)."""
    return pattern("carrier_acts").search(scene.folded, scene.reading.start, quantity.start) is not None


def _own_transit(scene: Scene, nearest: dict[str, Placed], indicator: str) -> Codes:
    """The country whose own figure its transit is (`Transit through Georgia was 2 million tons`)."""
    via = nearest.get("via")
    if via is None or indicator not in _MOVED or via[1].place:
        return ()
    return via[1].codes if _TRANSIT.search(scene.folded, scene.reading.start, via[1].start) else ()


def _part_of(scene: Scene, quantity: QuantityMark, nearest: dict[str, Placed], context: Context) -> Sides | None:
    """A country's part in the freight told of: what goes to it, like the parts before it, or what comes from it."""
    holder, memory, last = nearest.get("reporter"), context.memory, context.memory.last
    if context.measure != "share" or holder is None or holder[1].place or not memory.operator:
        return None
    if set(holder[1].codes) & set(memory.operator):
        return None
    owns = pattern("portion").match(scene.folded, holder[1].end) is not None
    if owns and last is not None and goes_on(scene, last) and last.slots.destination:
        return Sides(last.slots.reporter, (), last.slots.origin, holder[1].codes)
    way = pattern("way_in").search(scene.folded, quantity.end, scene.reading.end)
    if way is None:
        return None
    ends = (holder[1].codes, memory.operator) if way["inward"] else (memory.operator, holder[1].codes)
    return Sides(memory.operator, (), *ends)


def _of_second_verb(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> list[Group]:
    """The sides without the ends of what another verb before it moved (`sent 9 trains to Chad and received 4`)."""
    verb = pattern("second_move").search(scene.folded, max(scene.reading.start, quantity.start - _BEHIND), quantity.start)
    if verb is None:
        return groups
    return [group for group in groups if group.end > verb.start() or group.preposition not in ("to", "from", "into")]


def _beyond_port(scene: Scene, indicator: str, nearest: dict[str, Placed], memory: Memory) -> Sides | None:
    """A country whose goods a port of another handles: that is where they go (`Uganda's transit cargo at the port`)."""
    holder = nearest.get("reporter")
    if holder is None or indicator not in _MOVED or holder[1].place or nearest.keys() - {"reporter", "via"}:
        return None
    named = [name.codes for name in scene.reading.names if name.kind == "port" and name.codes]
    port = named[0] if named else memory.operator if memory.carrier_mode is None else ()
    if not port or set(port) & set(holder[1].codes):
        return None
    last = memory.last
    listed = last is not None and goes_on(scene, last) and last.slots.destination != () == last.slots.origin
    told = (listed and last is not None and last.slots.reporter == port) or pattern("of_hinterland").search(
        scene.folded, scene.reading.start, scene.reading.end
    )
    return Sides(port, (), (), holder[1].codes) if told else None


def _from_to(scene: Scene, groups: list[Group]) -> list[Group]:
    """The sides with the start that `A to B` leaves without its `from`."""
    started = []
    for group, after in itertools.zip_longest(groups, groups[1:]):
        ends = after is not None and group.place and after.place and not group.preposition
        starts = ends and after is not None and scene.folded[group.end : after.start].strip() == "to"
        started.append(replace(group, preposition="from") if starts else group)
    return started


def _find_other_end(groups: list[Group], nearest: dict[str, Placed]) -> None:
    """Where one end of `from A to B` was found, the other belongs to it however far it stands from the number."""
    ends = [group for group in groups if group.preposition not in _WAYS]
    for left, right in itertools.pairwise(ends):
        if (left.preposition, right.preposition) != ("from", "to") or right.start - left.end > _ONE_JOURNEY:
            continue
        start, end = nearest.get("origin"), nearest.get("destination")
        if start and not end and start[1].codes == left.codes:
            nearest["destination"] = (start[0], right)
        if end and not start and end[1].codes == right.codes:
            nearest["origin"] = (end[0], left)


def _home_named(scene: Scene, memory: Memory) -> list[Group]:
    """`To the stations of the republic`, `from the country`: the country that the text is on, as a start or an end."""
    home = memory.operator or (memory.home if memory.one_country else ())
    found = []
    for cue in scene.of_kind("home") if len(home) == 1 else ():
        preposition = (
            preposition_before(scene.folded, scene.reading.start, cue.start) if cue.phrase in words("home_places") else ""
        )
        if preposition in ("to", "into", "from"):
            found.append(Group(cue.start, cue.end, (home,), preposition, owner=False, place=False))
    return found


def _completed(scene: Scene, quantity: QuantityMark, indicator: str, nearest: dict[str, Placed], memory: Memory) -> Sides:
    """Adds the carrier to what a sentence names of a journey."""
    reporter, origin, destination = (codes(nearest.get(role)) for role in ("reporter", "origin", "destination"))
    passed = _passed(scene, nearest) if indicator in _MOVED else ()
    reporter = reporter or passed
    carrier = memory.carrier
    if indicator in _BUILT and destination and not origin and nearest["destination"][1].site:
        return Sides(reporter or carrier)
    if indicator == "distance" and destination and not (origin or reporter):
        return Sides(carrier or destination)
    sent = _sent(scene, indicator, destination, memory) if destination and not (reporter or origin) else None
    if (reporter or carrier) and not (origin or destination) and _loads(scene, indicator):
        return Sides(reporter or carrier, (), reporter or carrier)
    directed = None if reporter and destination else _directed(scene, quantity, indicator, carrier, memory.carrier_mode)
    if sent or directed:
        return sent or directed or Sides()
    inside = bool(origin) and origin == destination
    if inside and (indicator in _BUILT or (indicator in _JOURNEY and _tells_of_carrier(scene))):
        return Sides(origin)
    destination = destination or _same_end(scene, indicator, origin, memory)
    own = (_crossed_home(scene, nearest, memory) or memory.operator) if indicator in _MOVED else ()
    figure = (_own_figure(nearest, indicator, {*origin, *destination}) or passed) if origin and destination else reporter
    reporter = figure or own
    if reporter and destination and not origin and indicator in _MOVED:
        origin = _sender(scene, reporter, destination)
    return Sides(reporter, (), origin, destination)


def _passed(scene: Scene, nearest: dict[str, Placed]) -> Codes:
    """The country of the port or post that goods on their way pass (`from Chad through the port of Douala`)."""
    via = nearest.get("via")
    if via is None:
        return ()
    at = pattern("facility_behind").match(scene.folded, via[1].end)
    named = [name for name in scene.reading.names if name.kind == "port" and via[1].start <= name.start < via[1].end]
    before = pattern("facility_before").search(scene.folded, scene.reading.start, via[1].start)
    return via[1].codes if at or named or before else ()


def _its_own_side(scene: Scene, other: Group, indicator: str, memory: Memory) -> Codes:
    """The country whose carrier moves goods to and from another (`Freight with Uzbekistan reached`), if the text is on one."""
    home = memory.operator or (memory.home if memory.one_country else ())
    if indicator not in _MOVED or other.preposition != "with" or len(home) != 1 or set(home) & set(other.codes):
        return ()
    told = pattern("freight_with").search(scene.folded, max(scene.reading.start, other.start - _BEHIND), other.start)
    return home if told else ()


def _crossed_home(scene: Scene, nearest: dict[str, Placed], memory: Memory) -> Codes:
    """The country that a text is on, where goods cross it on their way (`cargo from Chad to Mali through Niger`)."""
    via = codes(nearest.get("via"))
    named = any(name.kind == "corridor" for name in scene.reading.names)
    return via if via and via == (memory.operator or memory.home) and memory.one_country and not named else ()


def _tells_of_carrier(scene: Scene) -> bool:
    """Whether a sentence names a railway, whose own a rate within its country is."""
    return any(name.kind == "railway" for name in scene.reading.names)


def _same_end(scene: Scene, indicator: str, origin: Codes, memory: Memory) -> Codes:
    """Where a journey ends that is only told by its start, beside one just told (`By sea from Shanghai it would be $3,000`)."""
    last = memory.last
    back = pattern("goes_back").search(scene.folded, scene.reading.start, scene.reading.end)
    journeys = last is not None and {indicator, last.topic.indicator} <= _JOURNEY and back is None
    if last is None or not origin or not journeys or last.paragraph != scene.reading.sentence.paragraph:
        return ()
    return () if set(last.slots.destination) & set(origin) or not last.slots.origin else last.slots.destination


def _sender(scene: Scene, reporter: Codes, destination: Codes) -> Codes:
    """The country that goods leave which its railway or port sends abroad; none where they only cross it."""
    transit = pattern("in_transit").search(scene.folded, scene.reading.start, scene.reading.end)
    return () if transit or set(reporter) & set(destination) else reporter


def _sent(scene: Scene, indicator: str, destination: Codes, memory: Memory) -> Sides | None:
    """Sides of what a sentence tells no more of than where it goes.

    It starts where the number before it did (`40,000 tons from Odesa go to Sudan, Egypt gets 30,000`), else with the carrier.
    """
    carrier, last = memory.carrier, memory.last
    if last is not None and last.sentence == scene.reading.index and last.topic.indicator == indicator in _MOVED:
        told = last.slots
        if told.origin and told.destination and not set(destination) & set(told.origin):
            return Sides(told.reporter, (), told.origin, destination)
    if not carrier and last is not None and last.paragraph == scene.reading.sentence.paragraph and indicator in _MOVED:
        told = last.slots
        if told.origin and not set(destination) & set(told.origin) and last.topic.indicator == indicator:
            return Sides(told.reporter, (), told.origin, destination)
    if not carrier or set(destination) & set(carrier):
        return None
    transit = pattern("in_transit").search(scene.folded, scene.reading.start, scene.reading.end)
    return Sides(() if indicator in _JOURNEY else carrier, (), () if transit else carrier, destination)


def _own_figure(nearest: dict[str, Placed], indicator: str, ends: set[str]) -> Codes:
    """The country whose own figure goods on their way from one to another are: its railway's, or its transit."""
    subject = nearest.get("reporter")
    if subject is None or indicator not in _MOVED or subject[1].preposition:
        return ()
    if set(subject[1].codes) & ends:
        return subject[1].codes if set(subject[1].codes) == ends and subject[1].place else ()
    return subject[1].codes if subject[1].flow or subject[1].place else ()


def _unnamed(scene: Scene, quantity: QuantityMark, indicator: str, context: Context) -> Sides:
    """Sides of a number whose sentence names none: those of the text. A corridor of many countries is nobody's own."""
    memory = context.memory
    carrier, last = memory.operator if indicator in _JOURNEY else memory.carrier, memory.last
    own = memory.operator if context.corridor not in vocabulary().corridors or _by_way(scene, quantity, memory) else ()
    directed = _directed(scene, quantity, indicator, carrier, memory.carrier_mode)
    if directed or (carrier and _loads(scene, indicator)):
        return directed or Sides(carrier, (), carrier)
    if last is not None and last.topic.indicator in vocabulary().freight_indicators:
        hired = indicator == "freight_rate" and (quantity.unit or "").endswith("/d")  # for a ship's time, not for a way
        if _same_flow(scene, indicator, last) and not hired:
            return Sides(last.slots.reporter, (), last.slots.origin, last.slots.destination)
        on_corridor = context.corridor in vocabulary().corridors and context.corridor == last.slots.corridor
        if _on_route(scene, quantity) or (on_corridor and not last.slots.reporter):
            return Sides(own)
        return Sides(_going_on(scene, carrier, last, memory))
    home = memory.home if memory.one_country and indicator not in _JOURNEY else ()
    if _on_route(scene, quantity):
        return Sides(own or (home if context.corridor is None else ()))
    return Sides(carrier or home)


def _is_stage(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a number is of a stage of the works whose place the text has just told (`Its first phase will handle`)."""
    near = scene.reading.sentence.paragraph - memory.site_paragraph <= 1
    stage = pattern("stage_of_works").search(scene.folded, scene.reading.start, quantity.start)
    return bool(memory.site) and near and stage is not None


def _by_way(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a carrier's figures go on with what it moves along a corridor (`transit over the Northern Corridor rose by`)."""
    last = memory.last
    if last is None or last.paragraph != scene.reading.sentence.paragraph or last.slots.reporter != memory.operator:
        return False
    names = [name for name in scene.reading.names if name.kind == "corridor" and name.end <= quantity.start]
    return bool(names) and _ALONG.search(scene.folded, scene.reading.start, names[-1].start) is not None


def _going_on(scene: Scene, carrier: Codes, last: Remembered, memory: Memory) -> Codes:
    """Whose freight a sentence goes on with: a carrier's that it names, else the one told of."""
    here = scene.reading.sentence.paragraph == last.paragraph
    if goes_on(scene, last) and pattern("part_of_that").match(scene.folded, scene.reading.start):
        return last.slots.reporter or carrier
    speaks = () if here or memory.operator else _speaking(scene)
    named = memory.operator or pattern("carrier").search(scene.folded, scene.reading.start, scene.reading.end)
    near = goes_on(scene, last) if named else here
    return speaks or (carrier if near else memory.operator)


def _speaking(scene: Scene) -> Codes:
    """The country of the railway, port or company that a sentence names, if only to tell who said it."""
    codes_named = {group.codes for group in scene.groups if group.place and _names_carrier(scene, group)}
    return codes_named.pop() if len(codes_named) == 1 else ()


def _names_carrier(scene: Scene, group: Group) -> bool:
    return any(name.kind in _CARRIERS and group.start <= name.start < group.end for name in scene.reading.names)


def _listed(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Sides | None:
    """Sides of a line of a list that a country heads (`Uganda: 8.8 million tons`)."""
    first = groups[0] if groups else None
    if first is None or not memory.carrier or scene.folded[scene.reading.start : first.start].strip(" •*-–—\"'>"):
        return None
    heads = scene.folded[first.end : first.end + 2].strip()[:1] in (":", "–", "—", "-") and first.end < quantity.start
    return Sides(memory.carrier, (), (), first.codes) if heads and not set(first.codes) & set(memory.carrier) else None


def _listed_ends(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides | None:
    """Sides of a number in a list of those to whom a carrier's goods go (`the main destinations were Chad with 5 tons and`)."""
    run = run_of(scene, quantity, groups) if indicator in _MOVED and memory.carrier else []
    if not run or pattern("destinations").search(scene.folded, scene.reading.start, run[0].start) is None:
        return None
    end = run[-1].codes
    return Sides(memory.carrier, (), memory.carrier, end) if not set(end) & set(memory.carrier) else None


def _linked(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group]) -> Sides | None:
    """The countries that a line links, as those that it belongs to (`the railway links Kashgar with Andijan`)."""
    if indicator not in _BUILT:
        return None
    pairs = [
        replace(left, end=right.end, members=(*left.members, *right.members))
        for left, right in itertools.pairwise(groups)
        if _LINKS.search(scene.folded[max(scene.reading.start, left.start - _LINKS_WITHIN) : left.start])
        and _LINKED_TO.fullmatch(scene.folded, left.end, right.start)
    ]
    found = scene.nearest(quantity, pairs, thresholds()["side"]["limit"])
    return Sides(found[1].codes) if found else None


def _is_journey(scene: Scene, group: Group) -> bool:
    """Whether a side is a journey's two ends, or its ends and a stop, joined by dashes."""
    if travels_between(scene, group):
        return True
    if group.place and len(group.members) == _ENDS:
        return _HYPHEN.search(scene.folded, group.start, group.end) is not None
    return len(group.members) > _ENDS and _STOP_OVER.fullmatch(scene.folded, group.start, group.end) is not None


def _goes_elsewhere(scene: Scene, quantity: QuantityMark, group: Group, groups: list[Group]) -> bool:
    """Whether what a train named by its ends carries has a way of its own (`the Riga-Almaty train took 62 boxes to Baku`)."""
    if not travels_between(scene, group):
        return False
    return any(other.start >= quantity.end and other.preposition in ("for", "to", "from") for other in groups)


def _both_ways(groups: list[Group], group: Group) -> bool:
    """Whether a sentence sets the two directions between two sides apart (`Europe-China trains doubled, China-Europe grew`)."""
    apart_told = len(group.members) == _ENDS and group.members[0] != group.members[1]
    return apart_told and any(other.members == group.members[::-1] for other in groups)


def _journey(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides | None:
    """Start and end of a journey written as one name (`Shanghai-Rotterdam`)."""
    joined = [
        group
        for group in groups
        if (_is_journey(scene, group) and not _goes_elsewhere(scene, quantity, group, groups)) or _both_ways(groups, group)
    ]
    legs = _legs(scene) if indicator == "freight_rate" else []
    if any(leg.preposition != "from" for leg in legs) or len(joined) + len(legs) > 1:
        joined = sorted([*joined, *legs], key=lambda group: group.start)
    ordered = in_order(scene, quantity, legs, named=True)
    if ordered is not None:
        return Sides((), (), *ordered.members)
    found = scene.nearest(quantity, joined, thresholds()["side"]["limit"], thresholds()["side"]["limit_after"])
    if found is None:
        return None
    members = found[1].members
    if len(members) > _ENDS and members[0] == members[-1] and indicator in _MOVED:
        return Sides(found[1].codes)  # there and back: `on the China-Europe-China route`
    if not (found[1].place or travels_between(scene, found[1])):
        return Sides(memory.operator if indicator in _MOVED else (), (), members[0], members[-1])
    stops_over = indicator == "distance" and len(members) > _ENDS and members[0] != members[-1]
    return Sides(found[1].codes) if indicator in _BUILT and not stops_over else Sides((), (), members[0], members[-1])


def _legs(scene: Scene) -> list[Group]:
    """The ways that a sentence names by their two ends, `from` or not (`rates on Busan to Genoa and Busan to Oakland`)."""
    places = [name for name in scene.reading.names if name.kind in _ENDS_OF_WAYS and name.codes]
    legs: list[Group] = []
    for start, end in itertools.pairwise(places):
        taken = bool(legs) and legs[-1].end > start.start
        if taken or not _LEG.fullmatch(scene.folded, start.end, end.start):
            continue
        preposition = preposition_before(scene.folded, scene.reading.start, start.start)
        legs.append(Group(start.start, end.end, (start.codes, end.codes), preposition, owner=False, place=True))
    return legs


def _directed(scene: Scene, quantity: QuantityMark, indicator: str, carrier: Codes, carrier_mode: str | None) -> Sides | None:
    """Sides of what a carrier moves within his country, out of it or into it.

    A port's exports and imports are no journeys of its own: that it loads them says nothing of where they come from.
    """
    if not carrier or indicator not in _MOVED:
        return None
    following = scene.quantity_after(quantity)
    start = scene.reading.start
    before = scene.quantity_before(quantity)
    clause = scene.folded[before.end if before else start : quantity.start]
    behind = scene.folded[quantity.end : min(scene.reading.end, quantity.end + _BEHIND)]
    near = scene.folded[quantity.end : min(following.start, quantity.end + _BEHIND)] if following else behind
    if _DOMESTIC.search(near) or _DOMESTIC_HEAD.search(clause):
        return Sides(carrier, (), carrier, carrier)
    if carrier_mode == "rail":
        head = _DIRECTION_HEAD.search(clause) or _DIRECTION_NOUN.match(behind) or _DIRECTION_SUBJECT.search(clause)
        if head:
            return Sides(carrier, (), *((carrier, ()) if head.group(1) == "export" else ((), carrier)))
    return Sides(carrier, (), carrier, ()) if _FOR_EXPORT.match(behind) else None


def _loads(scene: Scene, indicator: str) -> bool:
    """Whether ships load what is told of, which leaves the country then."""
    return indicator in _MOVED and pattern("loads").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _on_route(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether the number is a corridor's as a whole."""
    names = [name for name in scene.reading.names if name.kind == "corridor"]
    limit = thresholds()["corridor"]["limit"]
    return bool(scene.nearest(quantity, names, limit) or scene.nearest(quantity, scene.of_kind("route"), limit))


def _same_flow(scene: Scene, indicator: str, last: Remembered) -> bool:
    """Whether a number goes on with the journey or flow told last; prices and times of a journey do so over a paragraph."""
    if scene.reading.index == last.sentence:
        return True
    on_the_way = indicator in _JOURNEY and bool(last.slots.origin and last.slots.destination)
    return on_the_way and scene.reading.sentence.paragraph == last.paragraph
