"""Which of the sides that a sentence names stands in which role for a number.

The roles of words are data in `seeds/reference/sides.toml`. What trade and freight make of the roles belongs to `trade_sides`
and `freight_sides`.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from pipeline.claims.context.clauses import apart, explanations, new_clause
from pipeline.claims.context.cues import Cue
from pipeline.claims.context.memory import Memory, Remembered
from pipeline.claims.context.order import one_by_one
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reach import in_part
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import Group, any_of, pattern_of, words
from pipeline.contract.reference import read_toml
from pipeline.language.marks import QuantityMark

Codes = tuple[str, ...]
Placed = tuple[float, Group]
Roles = dict[str, str]
_ADJACENT = 12.0
TRIO = 3  # states that `the three countries` are
SYMMETRIC = frozenset({"turnover", "deal_value"})  # what has two sides and no direction
STRONGER_THAN_OWNER = frozenset({"to", "from", "into", "with", "between", "on", "against", "for"})
_ON_THE_WAY = frozenset({"freight", "exports", "imports"})
_DIRECTIONS = frozenset({"to", "from", "into", "there"})
_POSSESSIVE = 3  # characters between an owner and his number
_DIRECTED = frozenset({"to", "from", "into"})
_GOVERN = frozenset({"to", "from", "into", "with", "in", "on"})
_MONEY = frozenset({"investment", "financing", "cost"})
_TO_MONEY = STRONGER_THAN_OWNER | {"in"}  # `investment in Zambian mines`
_WAYS = _DIRECTIONS | {"between", "through", "via"}
_FROM_AT_ONCE = re.compile(r"\s+from\s+(?!\d)")
_LISTED = re.compile(r"\s*(?:,|,? and)\s*")
_MEMBER = re.compile(r"\s*of\s+(?:[a-z-]+\s*){1,3}(?:,|and|,\s*and|,?\s*worth)\s*")
_NEW_CLAUSE = re.compile(r",\s*(?:and|but|while|as|of which|of this|of that|including)\b|;|:")
_FROM = re.compile(r",\s+(?:and\s+)?[\w-]+(?:\s+[\w-]+){0,2}\s+from\b")
_AGAIN_BEFORE = 24
_SUBORDINATE = re.compile(r"\b(?:because|since|as|when|after|once|although|though|where) (?:the )?$")  # `as German mills`
_CONJUNCT = re.compile(r",|\b(?:and|while|but)\b")
_TO_NUMBER = re.compile(
    r"(?:\s+(?:by|to|at|with|for|about|some|nearly|almost|over|more than|rose|fell|grew|was|were|came to)){0,4}\s+"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a number; see the contract for their meaning by indicator."""

    reporter: Codes = ()
    partner: Codes = ()
    origin: Codes = ()
    destination: Codes = ()


class Context(NamedTuple):
    """What the sides of a number depend on beside its sentence.

    `cue` is the phrase that names the topic, None where it is the topic that the text is on; `turned` tells that it names the
    same flow from the other side; `ignored` are the spans of names that are no sides (who said it); `anew` that another source
    than that of the number before begins to tell.
    """

    memory: Memory
    cue: Cue | None
    measure: str
    corridor: str | None
    turned: bool
    ignored: Sequence[Spanned]
    anew: bool = False


@cache
def roles_of(topic: str) -> Roles:
    """The role that each word gives, by topic; empty for a topic without roles of its own."""
    roles: dict[str, Roles] = read_toml("sides.toml")["role"]
    return roles.get(topic, {})


def by_role(scene: Scene, quantity: Spanned, topic: str, groups: Iterable[Group]) -> dict[str, Placed]:
    """The nearest group in each role. No country is both reporter and partner: the nearer of the two stands."""
    candidates: dict[str, list[Placed]] = {}
    explained = explanations(scene)
    groups = _of_own_verb(scene, quantity, list(groups))
    opens = max((group.start for group in groups if group.preposition == "and" and group.end <= quantity.start), default=-1)
    limits = thresholds()["side"]
    for named in groups:
        if (named.start < quantity.end and quantity.start < named.end) or in_part(scene, named.start, quantity.start):
            continue
        role = _role(named, topic, quantity)
        if not role:
            continue
        group = respective_of(scene, quantity, named)
        cost = scene.distance(quantity, group) - (_ADJACENT if follows_at_once(scene, quantity, group) else 0.0)
        cost += limits["clause"] if group.end <= opens and (group.preposition in _GOVERN or group.source) else 0.0
        cost += limits["aside"] if apart(explained, group.start, quantity.start) else 0.0
        cost += limits["clause"] if quantity.end <= group.start and _of_another(scene, quantity, group) else 0.0
        limit = limits["limit"] if group.end <= quantity.start else limits[_reach(scene, quantity, group, topic)]
        if cost <= limit:
            candidates.setdefault(role, []).append((cost, group))
    for placed in candidates.values():
        placed.sort(key=lambda found: found[0])
    _part(candidates)
    return {role: placed[0] for role, placed in candidates.items() if placed}


def _of_own_verb(scene: Scene, quantity: Spanned, groups: list[Group]) -> list[Group]:
    """The sides without the directions of other numbers, where a number has a verb of motion with directions of its own.

    `190 boxes moved to Chad, and 50 went from Niger to Mali`: what is told of the 50 stands behind them.
    """
    if not isinstance(quantity, QuantityMark):
        return groups
    goes = _moves().match(scene.folded, quantity.end, scene.reading.end) or _FROM_AT_ONCE.match(scene.folded, quantity.end)
    if goes is None:
        return groups
    following = scene.quantity_after(quantity)
    end = following.start if following is not None else scene.reading.end
    ways = [group for group in groups if group.preposition in _DIRECTED]
    own = [group for group in ways if quantity.end <= group.start and group.end <= end]
    if not own or new_clause(scene, quantity.end, own[0].start):
        return groups
    before = scene.quantity_before(quantity)
    start = before.end if before is not None else quantity.start
    others = [group for group in ways if start <= group.start < quantity.start or group.start >= end]
    return [group for group in groups if group not in others]


@cache
def _moves() -> re.Pattern[str]:
    """A verb of motion whose subject is a number."""
    auxiliaries = r"(?:was|were|is|are|has|have|had|been|be|will|would|then|also)"
    verbs = rf"(?:{any_of('motion')}|continued\b|proceeded\b|came\b)"
    return re.compile(rf"(?:\s+of\s+(?:[\w-]+\s+){{0,3}}[\w-]+)?\s+(?:{auxiliaries}\s+){{0,3}}{verbs}")


def _of_another(scene: Scene, quantity: Spanned, group: Group) -> bool:
    """Whether a side behind a number is of the next one (`12 percent and those to Peru 9`) or of a cause told behind it."""
    folded = scene.folded
    if pattern("cause_opens").search(folded, quantity.end, group.start):
        return True
    if not group.preposition and _SUBORDINATE.search(folded, quantity.end, group.start):
        return True
    following = next((mark for mark in scene.reading.quantities if mark.start >= group.end), None)
    if following is None or _CONJUNCT.search(folded, quantity.end, group.start) is None:
        return False
    nearer = all(other.end <= group.start or other.start >= following.start for other in scene.groups if other is not group)
    return nearer and _TO_NUMBER.fullmatch(folded, group.end, following.start) is not None


def _part(candidates: dict[str, list[Placed]]) -> None:
    """Takes a country out of the role that it stands farther from, where it is both reporter and partner."""
    reporters, partners = candidates.get("reporter", []), candidates.get("partner", [])
    while reporters and partners and set(reporters[0][1].codes) & set(partners[0][1].codes):
        del (partners if reporters[0][0] <= partners[0][0] else reporters)[0]


def _role(group: Group, topic: str, quantity: Spanned) -> str:
    roles = roles_of(topic)
    if _owns(group, topic) or _receives(group, topic):
        return roles["subject"]
    if group.source and "source" in roles:
        return roles["source"]
    owns_number = group.owner and 0 <= quantity.start - group.end <= _POSSESSIVE
    if owns_number or (group.owner and group.preposition not in (_TO_MONEY if topic in _MONEY else STRONGER_THAN_OWNER)):
        return roles.get(group.act, roles["subject"])
    governed = group.preposition and not (group.preposition == "and" and (group.act or "and" not in roles))
    if _is_agent(group) or group.act == "taker":
        return roles.get(group.act, roles.get(group.preposition, ""))
    if governed:
        return roles.get(group.preposition, "")
    is_subject = group.start < quantity.start or topic == "tariff_share"
    return roles.get(group.act, roles["subject"]) if is_subject else ""


def _owns(group: Group, topic: str) -> bool:
    """Whether a group owns what is counted, whatever stands before it: a flow, or a stretch of a line."""
    if topic == "length":
        return group.owner and not group.site
    return group.flow and group.preposition not in _DIRECTIONS and not topic.startswith("tariff")


def _receives(group: Group, topic: str) -> bool:
    """Whether a port or a railway is told to receive goods, which it handles."""
    return group.act == "gets" and topic == "freight" and (group.place or group.site) and not group.preposition


def _is_agent(group: Group) -> bool:
    """Whether a passive verb names a group as who gives or gets (`supplied by Uzbekistan`, `relies on Iran`)."""
    return group.preposition in ("by", "on") and group.act in ("gives", "gets")


def _reach(scene: Scene, quantity: Spanned, group: Group, topic: str) -> str:
    """Which limit holds for a side behind a number; what moved goes as far as its sentence tells."""
    if _is_agent(group):
        return "limit"
    if topic in _ON_THE_WAY and group.preposition in _WAYS:
        another = group.preposition != "from" and _FROM.search(scene.folded, quantity.end, max(quantity.end, group.start))
        moved = moved_on(scene, quantity.end, group.start) and not another
        return "limit" if moved or _ends_list(scene, quantity, group) else "limit_after"
    if topic == "tariff":
        return "tariff_after"
    ties = ("guaranteed_sales", "signed_with")  # `$3 million in guarantees for sales of wheat to Chad`
    if topic == "financing" and any(pattern(tie).search(scene.folded, quantity.end, group.start) for tie in ties):
        return "limit"
    traded = topic == "turnover" and pattern("trade_with").fullmatch(scene.folded, quantity.end, max(quantity.end, group.start))
    if traded or (topic == "deal_value" and group.preposition == "with"):
        return "limit"  # `agreements worth $3 billion, in energy and transport, with Kenya`, `$5 million in trade with Chad`
    return "owner_after" if group.owner and group.preposition not in STRONGER_THAN_OWNER else "limit_after"


def moved_on(scene: Scene, start: int, end: int) -> bool:
    """Whether a verb of motion stands between two places of one clause (`5 tons were carried along the canal`)."""
    if pattern_of("motion").search(scene.folded, start, max(start, end)) is None:
        return False
    return _NEW_CLAUSE.search(scene.folded, start, end) is None


def _ends_list(scene: Scene, quantity: Spanned, group: Group) -> bool:
    """Whether a side stands behind a list of amounts that all go there (`2 tons of rice and 3 of sugar to Chile`)."""
    listed = [mark for mark in scene.reading.quantities if quantity.end <= mark.start and mark.end <= group.start]
    ends = [quantity, *listed]
    return bool(listed) and all(
        _MEMBER.fullmatch(scene.folded, left.end, right.start) is not None for left, right in itertools.pairwise(ends)
    )


def respective_of(scene: Scene, quantity: Spanned, group: Group) -> Group:
    """The member of a group that a number is for, where as many numbers follow (`Turkey and Serbia took 9.7 and 4.1 tons`)."""
    own = scene.list_of(quantity)
    if group.members[1:] and len(own) == len(group.members) and own[-1].end <= group.start and one_by_one(scene):
        return replace(group, members=(group.members[[mark.start for mark in own].index(quantity.start)],))
    if len(group.members) < 2 or group.end > quantity.start:
        return group
    clause = [mark for mark in scene.reading.quantities if mark.start >= group.end]
    run = clause[: len(group.members)]
    if not isinstance(quantity, QuantityMark) or quantity not in run or len(run) != len(group.members):
        return group
    if group.preposition == "between":
        return group
    between = [scene.folded[left.end : right.start] for left, right in itertools.pairwise(run)]
    named = "respectively" in scene.folded[run[-1].end : run[-1].end + 40]
    if not named and not all(_LISTED.fullmatch(gap) for gap in between):
        return group
    return replace(group, members=(group.members[run.index(quantity)],))


@cache
def _right_after() -> re.Pattern[str]:
    moved = rf"(?:(?:was|were|is|are|has|have|had|been|then) ){{0,2}}{any_of('motion')} (?:on |onwards? )?"
    return re.compile(
        rf"\s*(?:(?:apiece|each)\s+)?(?:of\s+(?:[\w-]+\s+){{1,3}}|(?:worth )|{moved})?"
        r"(?:with|to|from|into|for|by|in|towards?)\s+(?:the\s+)?"
    )


def is_object_before(scene: Scene, place: int, group: Group) -> bool:
    """Whether a side is the object of a verb whose subject does something else before a place (`Chad pays Niger and sells`)."""
    if group.preposition or group.owner or group.end > place:
        return False
    if pattern("does_too").match(scene.folded, group.end, place) is None:
        return False
    return any(
        other.end < group.start
        and not other.owner
        and other.preposition in ("", "and")
        and pattern("acts_on").fullmatch(scene.folded, other.end, group.start) is not None
        for other in scene.groups
    )


def follows_at_once(scene: Scene, quantity: Spanned, group: Group) -> bool:
    """Whether a side follows a number at once (`$2 billion with Turkey`)."""
    return quantity.end <= group.start and _right_after().fullmatch(scene.folded, quantity.end, group.start) is not None


def codes(found: Placed | None) -> Codes:
    """The codes of a group that was found, if any."""
    return found[1].codes if found else ()


def without(found: Codes, taken: Codes) -> Codes:
    """Codes that are not taken by another side."""
    return tuple(code for code in found if code not in taken)


def split(group: Group) -> tuple[Codes, Codes]:
    """The first member as reporter, the others as partner; one member that holds several codes is split the same way."""
    if len(group.members) > 1:
        rest = {code for member in group.members[1:] for code in member}
        return group.members[0], tuple(sorted(rest - set(group.members[0])))
    return group.members[0][:1], group.members[0][1:]


def facing(reporter: Codes, partner: Codes, pair: Codes) -> tuple[Codes, Codes]:
    """Both sides between the two that the text is about, where the sentence names one."""
    if len(pair) == 2 and bool(reporter) != bool(partner):
        named = reporter or partner
        other = without(pair, named)
        if len(other) == 1:
            return (reporter, other) if reporter else (other, partner)
    return reporter, partner


def goes_on(scene: Scene, last: Remembered | None) -> bool:
    """Whether a sentence continues what was read last: the same paragraph, or one of the next."""
    return last is not None and scene.reading.sentence.paragraph - last.paragraph <= thresholds()["memory"]["paragraphs"]


def itemises(scene: Scene, quantity: QuantityMark, last: Remembered | None) -> bool:
    """Whether a number is one of the parts of what was just bought or sold (`The purchase comprised 20,000 tonnes of`)."""
    if last is None or scene.reading.index - last.sentence > 1 or last.topic.indicator not in ("exports", "imports"):
        return False
    opens = _parts_open(scene, quantity)
    if opens is None or pattern("of_purchase").fullmatch(scene.folded, scene.reading.start, opens.start()) is None:
        return False
    return last.sentence < scene.reading.index or last.quantity.start > opens.start()


def itemises_another(scene: Scene, quantity: QuantityMark, last: Remembered | None) -> bool:
    """Whether a number is a part of something else than the flow told before its sentence (`Stocks consisted of 5 tons`)."""
    if last is None or last.sentence == scene.reading.index or last.topic.indicator not in ("exports", "imports"):
        return False
    return _parts_open(scene, quantity) is not None and not itemises(scene, quantity, last)


def _parts_open(scene: Scene, quantity: QuantityMark) -> re.Match[str] | None:
    """The words before a number that open the parts of something."""
    return pattern("itemised").search(scene.folded, scene.reading.start, quantity.start)


def told_again(scene: Scene, cue: Cue | None) -> bool:
    """Whether a sentence speaks of the very flow that was told before (`such shipments`)."""
    if cue is None:
        return False
    if cue.phrase in words("takings") and scene.folded[scene.reading.start : cue.start].strip(" \"'“-") == "the":
        return True  # `The receipts were 5 percent above`
    if pattern("of_told").search(cue.phrase):
        return True  # `Revenue from the sales halved`
    if pattern("the_goods").fullmatch(scene.folded, scene.reading.start, cue.end):
        return True  # `The fruit fetched $41 million`
    before = scene.folded[max(scene.reading.start, cue.start - _AGAIN_BEFORE) : cue.start].rstrip()
    return any(match.end() == len(before) for match in pattern_of("same").finditer(before))


def turned_round(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number is of the flow just told, the other way round (`in the opposite direction, $615`)."""
    before = scene.quantity_before(quantity)
    start = before.end if before else scene.reading.start
    return pattern_of("reversed").search(scene.folded, start, quantity.start) is not None


def together(memory: Memory, phrase: str) -> Codes:
    """The sides that `the two countries` means: those named together last, or those of the headline."""
    pair = memory.pair
    if ("three" in phrase or "trilateral" in phrase) and len(pair) != TRIO:
        return ()
    two = re.search(r"\b(?:two|both|bilateral|mutual|each other|one another|either)\b", phrase) is not None
    if memory.title_pair and (not set(pair) & set(memory.title_pair) or (two and len(pair) != 2)):
        return memory.title_pair
    return pair if len(pair) > 1 and not (two and len(pair) > 2) else ()
