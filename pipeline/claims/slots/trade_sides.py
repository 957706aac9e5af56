"""Reporter and partner of a trade number: who sells and who buys, who gives and who receives, who levies and on whom.

The roles of words are data in `seeds/reference/sides.toml`, found by `side_roles`; freight has its own module, `freight_sides`.
"""

import re
from dataclasses import replace
from functools import cache

from pipeline.claims.context.clauses import clause_of, new_clause, new_verb
from pipeline.claims.context.cues import Cue
from pipeline.claims.context.facilities import site_meant
from pipeline.claims.context.memory import Memory, Remembered, Told
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reach import held_back, in_part
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import Act, Group, any_of, countries_of_line, pattern_of, preposition_before, words
from pipeline.claims.slots.duties import agrees, frees_itself, levied_by_it, levier_told, on_the_flow, told_at_once
from pipeline.claims.slots.goods import share_of_other_goods, sites_of
from pipeline.claims.slots.modality import valued
from pipeline.claims.slots.portions import has_other_portion, is_shared_out, one_each, whole_of
from pipeline.claims.slots.rankings import is_ranked
from pipeline.claims.slots.side_roles import (
    SYMMETRIC,
    TRIO,
    Codes,
    Context,
    Placed,
    Sides,
    by_role,
    codes,
    facing,
    follows_at_once,
    goes_on,
    is_object_before,
    respective_of,
    split,
    together,
    told_again,
    turned_round,
    without,
)
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

_INSIDE = frozenset({"between", "within"})
_INTRA = ("intra-", "intra ")
_PARTNERS = frozenset({"to", "from", "into", "with"})
_WITH = frozenset({"with", "to", "from"})
_FLOWS = frozenset({"turnover", "exports", "imports", "balance"})
_BETWEEN_STATES = _FLOWS | {"tariff"}
_DIRECTED = frozenset({"exports", "imports"})
_GIVEN = frozenset({"investment", "financing"})
_ENDS = {"exports": "to", "imports": "from"}
_OWN_VERB = {"imports": "gets", "exports": "gives"}
_MEASURED = frozenset({"of", "in", "against", "from", "within"})  # before the whole, where its holder is named behind it
_SELLERS = frozenset({"from", "by", "of"})
_BESIDE = re.compile(
    r"(?:\s+(?:came|comes|was|is|ranked|ranks|stood|stands|took|takes|occupied|occupies|placed)\s+(?:in\s+)?(?:the\s+)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|next|last|top)\b(?:\s+(?:place|position|spot|rank|line))?)?"
    r"\s*(?:(?:with|at|on|by|for|bought|took|alone|,|:|\(|--?|–|—|an?|the)\s*){0,3}"
)
_NEXT_ITEM = re.compile(
    r"(?:\s+of\s+[\w-]+(?:\s+(?:and|or)\s+[\w-]+)?)?[\s)]*(?:[,;:]|--?|–|—)?\s*"
    r"(?:(?:and|then|followed by|ahead of|while|with|but|the)\s+){0,3}"
)
_ALSO = re.compile(
    r"\b(?:sold|sells|suppl(?:y|ies|ied)|sent|shipped|delivered|exported|provided|bought|took|imported) "
    r"(?:a further|another|an additional)\b"
)
_SHARE_OF = re.compile(r"\b(?:shares?|proportion|weight) (?:of|held by|belonging to) (?:the )?(?:countries of )?$")
_HOLDS = re.compile(
    r"\b(?:held|holds?|had|has|have|accounted|accounts?|made up|makes? up|took|takes?|represented|represents?)\b"
)
_SHARE = re.compile(r"'?s? share (?:in|of)\b(?! [a-z]+ goods)")
_BLANK = " \"'“(*-"
_WHOLE_BEFORE = 40
_COST_BEFORE = 10
_GOVERNED = 20
_BEHIND = 16
_ANYWHERE = 1000.0
_TWO = 2


def trade_sides(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], context: Context) -> Sides:
    """The sides of a number of trade."""
    told = _told_at_once(scene, quantity, indicator, groups, context.memory)
    if told:
        return told
    roles = _roles_for(scene, quantity, indicator, context)
    usable = [
        group
        for group in groups
        if not _of_other_flow(scene, group, indicator, context.cue)
        and not _of_part(scene, quantity, group)
        and not (indicator in _DIRECTED and has_other_portion(scene, quantity, group))
        and not _before_all(scene, quantity, group)
        and not is_object_before(scene, quantity.start, group)
        and not _ranks_above(scene, group)
        and not in_part(scene, group.start, quantity.start)
        and not (indicator in _FLOWS and _of_goods_before(scene, quantity, group))
        and not (indicator in _BETWEEN_STATES and set(group.codes) <= set(words("no_traders")))
        and not (indicator in _GIVEN and pattern("puts_at").match(scene.folded, group.end))
        and not (roles == "cost" and pattern("favours").match(scene.folded, group.end))
        and not (roles == "cost" and _stands_before_cost(scene, quantity, group))
    ]
    if indicator == "tariff":
        usable = [replace(group, preposition="on") if _faces_duty(scene, group) else group for group in usable]
        told = told_at_once(scene, quantity, usable, context.memory)
        if told:
            return told
    if indicator == "financing":
        usable = _signed_with_lender(usable)
    usable = one_each(scene, quantity, usable) if indicator in _DIRECTED else usable
    usable = _with_own_flow(scene, _without_other_verb(scene, usable, context.cue), context.cue)
    if context.cue is not None and context.cue.end <= quantity.start and context.cue.phrase not in words("own_flows"):
        usable = _with_verb(usable, context.cue)
    nearest = by_role(scene, quantity, roles, [*usable, *(_home_sites(scene, context.memory) if indicator in _GIVEN else ())])
    if indicator == "tariff" and "both" in nearest and _is_mutual(scene):
        return Sides(codes(nearest["both"]), codes(nearest["both"]))
    paired = _pair_meant(scene, quantity, indicator, nearest, context)
    if paired:
        return paired
    if indicator in _FLOWS:
        told = _within_bloc(scene, quantity, usable, context) or _listed(scene, quantity, indicator, usable, context)
        return told or _flow_sides(scene, quantity, indicator, nearest, context)
    return _money_sides(scene, quantity, indicator, nearest, usable, context)


def _faces_duty(scene: Scene, group: Group) -> bool:
    """Whether a side is who pays a duty (`Britain still pays 25 percent`)."""
    if group.preposition not in ("", "and") or group.owner:
        return False
    rate = next((mark for mark in scene.reading.quantities if mark.start >= group.end), None)
    return rate is not None and pattern("faces_duty").fullmatch(scene.folded, group.end, rate.start) is not None


def _told_at_once(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], memory: Memory) -> Sides | None:
    """The sides that a turn of phrase alone tells: the flow just told turned round, or trade that one does with another."""
    last = memory.last
    if last is not None and goes_on(scene, last) and last.topic.indicator in _FLOWS and turned_round(scene, quantity):
        return Sides(last.slots.partner, last.slots.reporter)
    part = _of_what_one_buys(scene, quantity, indicator, groups) or _allotted(scene, quantity, indicator, groups, last)
    part = part or _awarded(scene, quantity, indicator, groups)
    if part:
        return part
    return _done_with(scene, quantity, groups, memory) if indicator == "turnover" else None


def _of_what_one_buys(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group]) -> Sides | None:
    """The sides of a part of what a country buys or sells (`a fifth of the uranium that America imports comes from Russia`)."""
    if indicator not in _DIRECTED:
        return None
    behind = [group for group in groups if group.start >= quantity.end]
    subject = next(
        (group for group in behind if pattern("goods_that").fullmatch(scene.folded, quantity.end, group.end + 1)), None
    )
    if subject is None or subject.act != _OWN_VERB[indicator]:
        return None
    others = [
        group
        for group in behind
        if group.start > subject.end and group.preposition == _ENDS[indicator] and not has_other_portion(scene, quantity, group)
    ]
    return Sides(subject.codes, others[0].codes if others else ())


def _awarded(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group]) -> Sides | None:
    """The sides of goods whose buyer gives a tender to a seller (`Chad awarded a tender for 5 tons of rice to Peru`)."""
    awards = pattern("awards_tender").search(scene.folded, scene.reading.start, quantity.start)
    if indicator != "imports" or awards is None:
        return None
    buyers = [group for group in groups if group.end <= awards.start() and group.preposition in ("", "and")]
    sellers = [group for group in groups if group.start >= awards.end() and group.preposition == "to"]
    return Sides(buyers[-1].codes, sellers[0].codes if sellers else ()) if buyers else None


def _allotted(
    scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], last: Remembered | None
) -> Sides | None:
    """The member whose traders get a part of what a bloc sells (`traders in Spain received 30,000, in Italy 8,000`)."""
    before = [group for group in groups if group.end <= quantity.start and group.preposition in ("", "and", "in")]
    opens = next((one for one in before if pattern("sellers_in").search(scene.folded, scene.reading.start, one.start)), None)
    if indicator != "exports" or last is None or last.topic.indicator != "exports" or opens is None:
        return None
    if pattern("part_of_sales").search(scene.folded, scene.reading.start, quantity.start) is None:
        return None
    if any(group.preposition == "from" and group.start > opens.start for group in groups):
        return None
    shared = pattern("allotted").search(scene.folded, opens.end, quantity.start) is not None
    here = last.sentence == scene.reading.index and not last.slots.partner
    whole = here or set(last.slots.reporter) <= vocabulary().blocs.keys()
    return Sides(before[-1].codes) if shared and whole and goes_on(scene, last) else None


def _signed_with_lender(groups: list[Group]) -> list[Group]:
    """The sides of a loan signed with a bank that lends: that one gives, and the state that signs gets (`Chad signed with`)."""
    banks = [group for group in groups if set(group.codes) <= set(words("lenders"))]
    lenders = [group for group in banks if group.preposition == "with"]
    if not lenders or len(lenders) < len(banks):
        return groups
    first = lenders[0].start
    named = [
        group for group in groups if group.preposition == "by" or (group.end <= first and group.preposition in ("", "and"))
    ]
    states = [group for group in named if not group.owner and group.preposition != "and"]
    signs = states or named[-1:]  # `Chad's railway signed`
    return [
        replace(group, preposition="from")
        if group in lenders
        else replace(group, preposition="to", act="", owner=False)
        if group in signs
        else group
        for group in groups
        if states or group in signs or group not in named
    ]


def _home_sites(scene: Scene, memory: Memory) -> list[Group]:
    """`In the country`, `into the republic`: the country that the text is on, as where money goes."""
    if len(memory.home) != 1:
        return []
    found = []
    for cue in (cue for cue in scene.of_kind("home") if cue.phrase in words("home_places")):
        governed = preposition_before(scene.folded, scene.reading.start, cue.start)
        if governed in ("in", "into", "to"):
            found.append(Group(cue.start, cue.end, (memory.home,), governed, owner=False, place=False))
    return found


def _without_other_verb(scene: Scene, groups: list[Group], cue: Cue | None) -> list[Group]:
    """The sides without what the verb of another number makes of its subject (`Chad exported 5 tons against imports of 7`)."""
    other = {"imports": "gives", "exports": "gets"}.get(cue.phrase.partition(" ")[0]) if cue is not None else None
    if cue is None or other is None or not pattern("beside_flow").search(scene.folded, scene.reading.start, cue.start):
        return groups
    return [replace(group, act="") if group.act == other and group.end <= cue.start else group for group in groups]


def _with_own_flow(scene: Scene, groups: list[Group], cue: Cue | None) -> list[Group]:
    """The sides without what they do in the clause before that of their own flow (`Chad bought oil, and its exports fell`)."""
    own = pattern("and_its_flow").search(scene.folded, scene.reading.start, cue.end) if cue is not None else None
    if own is None or cue is None or own.end() != cue.end:
        return groups
    return [
        replace(group, act="") if group.act in ("gets", "gives") and group.end <= own.start() else group for group in groups
    ]


def _with_verb(groups: list[Group], cue: Cue) -> list[Group]:
    """The sides with what the verb of a number makes of its subject (`Chad was ready to sell`, `sold tea and bought cars`)."""
    told = cue.phrase.partition(" ")[0]
    verb: Act = "gets" if told in words("gets") else "gives" if told in words("gives") else ""
    if verb:
        groups = [replace(group, act="", preposition="with") if _was_given(group, cue) else group for group in groups]
    before = [group for group in groups if group.end <= cue.start and group.preposition in ("", "and") and not group.place]
    if not verb or not before:
        return groups
    subject = before[-1]
    far = cue.start > subject.end + _GOVERNED
    if subject.owner or not far or subject.act not in ("", "gets", "gives"):
        return groups
    return [replace(group, act=verb) if group is subject else group for group in groups]


def _was_given(group: Group, cue: Cue) -> bool:
    """Whether a side was given something by another verb than the one of a number (`sold Peru fish and bought from it`)."""
    return group.act == "taker" and not group.owner and group.end <= cue.start


def _roles_for(scene: Scene, quantity: QuantityMark, indicator: str, context: Context) -> str:
    """The table of roles for a number."""
    if indicator == "tariff" and context.measure == "share":
        return "tariff" if frees_itself(scene, quantity) else "tariff_share"
    if (
        indicator == "investment"
        and context.measure == "share"
        and pattern_of("paid_in").search(scene.folded, scene.reading.start, scene.reading.end)
    ):
        return "paid_in"
    return "cost" if indicator == "investment" and _is_cost(scene, quantity, context.cue) else indicator


def _is_cost(scene: Scene, quantity: QuantityMark, cue: Cue | None) -> bool:
    """Whether a sum is what a thing costs, not what somebody gives for it."""
    if valued(scene, quantity) is not None:
        return True
    if cue is None:
        return False
    if pattern("priced_thing").match(scene.folded, quantity.end):
        return True
    return pattern_of("cost").search(scene.folded, max(scene.reading.start, cue.start - _COST_BEFORE), cue.end) is not None


def _is_mutual(scene: Scene) -> bool:
    """Whether a sentence names what frees the trade of both sides that stand `between`."""
    return pattern_of("mutual").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _stands_before_cost(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether a side only stands before a cost that is told (`A lends half of a bill that B puts at $4 billion`)."""
    cost = valued(scene, quantity)
    return cost is not None and group.end <= cost.start() and group.preposition in ("", "and")


def _within_bloc(scene: Scene, quantity: QuantityMark, groups: list[Group], context: Context) -> Sides | None:
    """The bloc whose members trade with each other, on both sides (`trade among the Gulf states`, `intra-African exports`)."""
    blocs = [group for group in groups if len(group.members) == 1 and group.codes[0] in vocabulary().blocs]
    found = scene.nearest(quantity, blocs, thresholds()["side"]["limit"]) if blocs else None
    if found is None:
        return None
    bloc = found[1]
    others = [other for other in groups if other is not bloc and other.start < quantity.end]
    if any(other.preposition in _WITH or other.start >= bloc.end for other in others) or (
        context.measure == "share" and others
    ):
        return None
    return Sides(bloc.codes, bloc.codes) if _is_inside(scene, quantity, bloc, context.cue) else None


def _is_inside(scene: Scene, quantity: QuantityMark, bloc: Group, cue: Cue | None) -> bool:
    """Whether a flow is one among the members of a bloc, by the words around its name or behind the number."""
    start = scene.reading.start
    if bloc.preposition in _INSIDE or scene.folded.endswith(_INTRA, start, bloc.start):
        return True
    if bloc.preposition not in ("", "of") or bloc.end > quantity.start:
        return False
    flow = cue.start if cue is not None and cue.end <= bloc.start else start
    if pattern("mutual_flow").search(scene.folded, max(start, flow - _GOVERNED), bloc.start):
        return True
    among = pattern("among_members").match(scene.folded, bloc.end, quantity.start)
    if among is not None:
        return cue is None or cue.start <= among.end()
    return pattern("with_each_other").match(scene.folded, quantity.end, scene.reading.end) is not None


def _of_other_flow(scene: Scene, group: Group, indicator: str, cue: Cue | None) -> bool:
    """Whether a side belongs to the other flow of the sentence (`exports from Georgia grew, and imports fell`).

    Two owners at once (`Georgian-Russian`) own no flow that has a direction.
    """
    if indicator in ("exports", "imports", "balance") and group.owner and len(group.members) > 1 and not group.source:
        return True
    if cue is None or cue.value not in _DIRECTED or group.preposition in ("", "and"):
        return False
    others = (other for other in scene.of_kind("topic") if other.value in _DIRECTED and other.value != cue.value)
    return any(
        other.end <= group.start <= cue.start
        and (group.start <= other.end + _GOVERNED or group.preposition == _ENDS[other.value])
        for other in others
    )


def _before_all(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether a sentence goes on from one partner to all of them (`2 tons from Peru; counting all origins, 5`)."""
    totals = [(cue.start, cue.end) for cue in scene.of_kind("total") if "all" in cue.phrase.split()]
    others = (found.span() for found in pattern("other_partners").finditer(scene.folded, scene.reading.start, quantity.start))
    return any(group.end <= start and end <= quantity.start for start, end in (*totals, *others)) and (
        group.source or group.preposition in ("to", "from", "with")
    )


def _ranks_above(scene: Scene, group: Group) -> bool:
    """Whether a side is only told as the one that ranks before another (`China is third, behind Poland, with 7 percent`)."""
    before = scene.folded[max(scene.reading.start, group.start - _BEHIND) : group.start]
    apart = _number_beside(scene, group) is None or scene.folded.startswith(",", group.end)
    return apart and before.endswith(("behind ", "behind the ", "following ", "following the "))


def _of_part(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether only a part of what a number counts goes to a side or comes from it (`33,000 cars, most of them from China`)."""
    if group.start < quantity.end:
        return False
    return pattern("part_of_them").search(scene.folded, quantity.end, group.start) is not None


def _pair_meant(
    scene: Scene, quantity: QuantityMark, indicator: str, nearest: dict[str, Placed], context: Context
) -> Sides | None:
    """The pair that `the two countries` stands for, where it is nearer than any name; not where a flow goes to them."""
    found = scene.nearest(quantity, scene.pairs, thresholds()["side"]["limit"])
    if found is None or any(cost <= found[0] for cost, _ in nearest.values()):
        return None
    preposition = preposition_before(scene.folded, scene.reading.start, found[1].start)
    line = sites_of(context.corridor) if found[1].phrase.startswith("three") else ()
    paired = together(context.memory, found[1].phrase) or (line if len(line) == TRIO else ())
    if not paired or (indicator in _DIRECTED and nearest and preposition in _WITH):
        return None
    if indicator in _GIVEN and preposition in _SELLERS:
        return Sides(paired, codes(nearest.get("partner")))
    return Sides(paired, paired) if indicator == "tariff" else Sides(paired[:1], paired[1:])


def _done_with(scene: Scene, quantity: QuantityMark, groups: list[Group], memory: Memory) -> Sides | None:
    """The two of trade told behind its amount (`$3 billion of trade that Chile did with Bolivia`)."""
    behind = [group for group in groups if group.start >= quantity.end][:2]
    first = (
        behind[0] if len(behind) > 1 and pattern("trade_that").fullmatch(scene.folded, quantity.end, behind[0].start) else None
    )
    if first and pattern("does_with").fullmatch(scene.folded, first.end, behind[1].start):
        return Sides(first.codes, behind[1].codes)
    last = memory.last
    if not behind or last is None or last.sentence != scene.reading.index or last.topic.indicator != "turnover":
        return None
    item = pattern("one_more").search(scene.folded, last.quantity.end, quantity.start)
    if item is None or behind[0].preposition != "with" or not follows_at_once(scene, quantity, behind[0]):
        return None
    reporter = without(last.slots.reporter, behind[0].codes)
    return Sides(reporter, behind[0].codes) if reporter else None


@cache
def _heads() -> re.Pattern[str]:
    """Nouns and verbs that head a list of those who buy, those who sell, or of partners."""
    lists = {"customers": ("customers", "buyers"), "suppliers": ("suppliers",), "partners": ("partners",)}
    return re.compile("|".join(f"(?P<{name}>{any_of(*kinds)})" for name, kinds in lists.items()))


def _listed(scene: Scene, quantity: QuantityMark, indicator: str, groups: list[Group], context: Context) -> Sides | None:
    """Sides of a number in a list of partners (`the main buyers were Turkey with 12 tons, Egypt 9 and Spain 8`)."""
    run = run_of(scene, quantity, groups)
    if not run:
        return None
    last = _last_flow(scene, context.memory)
    if last is not None and len(run) == 1 and pattern("followed").match(scene.folded, run[0].end, quantity.start):
        home = set(context.memory.home)
        if home & set(last.slots.reporter):
            return Sides(last.slots.reporter, run[0].codes)
        return Sides(run[0].codes, last.slots.partner)
    first, item = run[0], run[-1]
    owners = [
        group
        for group in groups
        if group.end <= first.start and _number_beside(scene, group) is None and (group.owner or not is_ranked(scene, group))
    ]
    named = by_role(scene, quantity, indicator, [group for group in owners if not set(group.codes) & set(item.codes)])
    reporter = codes(named.get("reporter")) or _unsaid_reporter(scene, quantity, indicator, item.codes, context)
    heads = list(_heads().finditer(scene.folded, scene.reading.start, first.start))
    if not heads and not _opens_list().search(scene.folded, max(scene.reading.start, first.start - _GOVERNED), first.start):
        return None
    partner_is = {"exports": "customers", "imports": "suppliers"}.get(indicator, "partners")
    if heads and heads[-1].lastgroup not in (partner_is, "partners"):
        return None
    ranked = not heads and context.memory.ranked == "reporter"
    if ranked and last is not None and last.topic.indicator == indicator:
        reporter, other = item.codes, last.slots.partner
    else:
        other = item.codes
    return Sides(without(reporter, other), other)


def run_of(scene: Scene, quantity: QuantityMark, groups: list[Group]) -> list[Group]:
    """The sides that stand each with a number of its own, in a row that ends with the one of this number."""
    items = [
        (group, number)
        for group, number in zip(groups, (_number_beside(scene, group) for group in groups), strict=True)
        if number is not None and not group.owner and group.preposition in ("", "and")
    ]
    run: list[Group] = []
    end = -1
    for group, number in items:
        if run and _NEXT_ITEM.fullmatch(scene.folded, end, group.start) is None:
            run = []
        run.append(group)
        if number is quantity:
            return run
        end = number.end
    return []


def _number_beside(scene: Scene, group: Group) -> QuantityMark | None:
    """The number that stands right behind a side (`Turkey with 12 tons`, `Spain (8 tons)`)."""
    number = next((mark for mark in scene.reading.quantities if mark.start >= group.end), None)
    return number if number is not None and _BESIDE.fullmatch(scene.folded, group.end, number.start) else None


@cache
def _opens_list() -> re.Pattern[str]:
    return re.compile(rf"{any_of('lists')}\s+(?:the\s+)?$")


def _flow_sides(scene: Scene, quantity: QuantityMark, indicator: str, nearest: dict[str, Placed], context: Context) -> Sides:
    """Seller and buyer, or the two that trade."""
    called = _called_partner(scene, quantity)
    if called is not None:
        return called
    _turn_customers(scene, quantity, nearest, indicator, context)
    reporter, partner = _named(nearest, indicator)
    subject = nearest.get("reporter")
    if (
        indicator == "turnover"
        and subject
        and not (nearest.get("both") or nearest.get("partner"))
        and _with_all(scene, quantity)
    ):
        reporter, partner = codes(subject), ()
    if context.measure == "share":
        reporter, partner = _shared(scene, quantity, Sides(reporter, partner), context.memory)
    return _filled(scene, quantity, indicator, Sides(without(reporter, partner), partner), context)


def _called_partner(scene: Scene, quantity: QuantityMark) -> Sides | None:
    """The owner of a flow and who is called the first in it (`the top country for Chad's imports was Mali with 5 tons`)."""
    before = [group for group in scene.groups if group.end <= quantity.start][-_TWO:]
    if len(before) < _TWO or not before[0].flow or before[1].owner or before[1].preposition:
        return None
    owner, other = before
    ranked = pattern("top_of_flow").search(scene.folded, scene.reading.start, owner.start)
    is_it = ranked and pattern("flow_was").fullmatch(scene.folded, owner.end, other.start)
    return Sides(owner.codes, without(other.codes, owner.codes)) if is_it else None


def _with_all(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether several together trade with all the world (`trade of Chad and Niger with the world`)."""
    clause = clause_of(scene, quantity.start)
    return pattern("with_the_world").search(scene.folded, clause[0], quantity.start) is not None


def _named(nearest: dict[str, Placed], indicator: str) -> tuple[Codes, Codes]:
    """The two sides as the sentence names them."""
    both, subject, other = (nearest.get(role) for role in ("both", "reporter", "partner"))
    if both and (other is None or both[0] < other[0]):
        return split(both[1])
    if subject and indicator in SYMMETRIC and len(subject[1].members) > 1 and (other is None or subject[0] < other[0]):
        return split(subject[1])
    return codes(subject), codes(other)


def _shared(scene: Scene, quantity: QuantityMark, found: Sides, memory: Memory) -> tuple[Codes, Codes]:
    """A share in another's trade: its owner reports, its holder is the partner (`China has 38 percent of Chile's exports`)."""
    limits = thresholds()["side"]
    holding = _holder(scene, quantity)
    if holding:
        others = [group for group in scene.groups if _owns_flow(scene, group) and not set(group.codes) & set(holding)]
        if others or without(found.reporter, holding):
            return (others[-1].codes if others else without(found.reporter, holding)), holding
        flow = _last_flow(scene, memory)
        return (without(flow.slots.reporter, holding) if flow is not None else ()), holding
    place = whole_of(scene, quantity) or quantity
    whole = scene.nearest(
        place, [group for group in scene.groups if _owns_flow(scene, group)], limits["limit"], limits["limit_after"]
    )
    if whole is None:
        last = _last_flow(scene, memory)
        told = last.slots.reporter if last is not None else _home_of_shares(scene, memory)
        holds = bool(told and found.reporter) and not found.partner and not set(told) & set(found.reporter)
        return (
            (told, found.reporter)
            if holds and _HOLDS.search(scene.folded, scene.reading.start, scene.reading.end)
            else (
                found.reporter,
                found.partner,
            )
        )
    owner = whole[1]
    governed = owner.preposition in _MEASURED and owner.end <= quantity.start
    holders = [
        group
        for group in scene.groups
        if (group.end <= min(quantity.start, owner.start) or (governed and group.end <= quantity.start and not group.flow))
        and not group.preposition
        and not set(group.codes) & set(owner.codes)
    ]
    holder = scene.nearest(quantity, holders, limits["limit"])
    return (owner.codes, holder[1].codes) if holder else (found.reporter, found.partner)


def _home_of_shares(scene: Scene, memory: Memory) -> Codes:
    """The country that a text is on, of whose flows shares are where no sentence says so; not those of the world."""
    of_all = pattern("flows_of_all").search(scene.folded, scene.reading.start, scene.reading.end)
    return () if of_all is not None else _home(memory)


def _holder(scene: Scene, quantity: QuantityMark) -> Codes:
    """Whose share a percentage is told to be (`the share of Chad in foreign trade was 6 percent`)."""
    before = [group for group in scene.groups if group.end <= quantity.start]
    held = [group for group in before if _SHARE_OF.search(scene.folded, scene.reading.start, group.start)]
    held = held or [group for group in before if group.owner and _SHARE.match(scene.folded, group.end)]
    return respective_of(scene, quantity, held[-1]).codes if held else ()


def _owns_flow(scene: Scene, group: Group) -> bool:
    """Whether a flow is a country's: `Chile's exports`, `the exports of Chile`."""
    return (
        group.flow
        or _flow_of().search(scene.folded[max(scene.reading.start, group.start - _GOVERNED) : group.start]) is not None
    )


@cache
def _flow_of() -> re.Pattern[str]:
    return re.compile(rf"{any_of('own_flows')}\s+(?:of|by)\s+(?:the\s+)?$")


def _turn_customers(scene: Scene, quantity: QuantityMark, nearest: dict[str, Placed], indicator: str, context: Context) -> None:
    """Where the topic is carried over, a country other than the one reported on is its partner (`Uganda took $3 million`)."""
    last, subject = context.memory.last, nearest.get("reporter")
    if last is None or subject is None or not _carries_over(scene, quantity, subject[1], indicator, context):
        return
    if not goes_on(scene, last) or (context.cue is not None and subject[1].owner and not context.turned):
        return
    own_word = context.cue is not None and not context.turned and _is_its_own(scene, subject[1], context.cue)
    if own_word or (subject[1].act == _OWN_VERB.get(indicator) and context.cue is not None):
        return
    if indicator == "exports" and _giving().search(scene.folded, subject[1].end, max(subject[1].end, quantity.start)):
        return
    reported = set(last.slots.reporter)
    if any(reported and {*reported, *subject[1].codes} <= set(group.codes) for group in scene.groups if len(group.members) > 1):
        return
    if set(subject[1].codes) & reported and subject[1].owner and "partner" not in nearest:
        customer = next(
            (group for group in _traders(scene) if not group.owner and not group.preposition and group.end <= subject[1].start),
            None,
        )
        if customer is not None and not set(customer.codes) & reported:
            nearest["partner"] = (subject[0], customer)
        return
    if reported and not set(subject[1].codes) & reported and not _sells(scene, subject[1]):
        del nearest["reporter"]
        if "partner" not in nearest or subject[0] < nearest["partner"][0]:
            nearest["partner"] = subject


def _traders(scene: Scene) -> list[Group]:
    """The sides of a sentence that trade; banks and bodies of the world only tell of it."""
    return [group for group in scene.groups if not set(group.codes) <= set(words("no_traders"))]


def _is_its_own(scene: Scene, subject: Group, cue: Cue) -> bool:
    """Whether a flow is told as that of the subject before it (`Chad doubled its purchases`)."""
    start = max(subject.end, cue.start - _GOVERNED)
    return pattern("its_flow").search(scene.folded, start, max(start, cue.start)) is not None


def _carries_over(scene: Scene, quantity: QuantityMark, subject: Group, indicator: str, context: Context) -> bool:
    """Whether a number goes on with the flow told, or only gives a country its place in it (`By imports, Chad led with 5`).

    It does not where both sides are named (`Chad recorded a rise in trade with Mali`).
    """
    memory, cue = context.memory, context.cue
    if indicator == "turnover" and any(other.preposition == "with" and other.start >= subject.end for other in scene.groups):
        return False
    if cue is None or (memory.last is not None and memory.last.topic.indicator == indicator):
        return True
    foreign = memory.one_country and not set(subject.codes) & set(memory.home)
    idle = not (subject.act or subject.owner or subject.preposition) and subject.end <= quantity.start
    return foreign and idle and not subject.end <= cue.start < quantity.start


@cache
def _giving() -> re.Pattern[str]:
    """A verb of selling after the infinitive's `to` or its helpers (`was ready to deliver`)."""
    return re.compile(rf"\b(?:to|will|would|can|could|may|might|has|had|have)\s+{any_of('gives')}")


def _sells(scene: Scene, group: Group) -> bool:
    """Whether a country is plainly the one that sells: `from Brazil`, `Brazil sold`, or the like flow of `Brazil's rose`."""
    if group.preposition in _SELLERS or group.act == "gives":
        return True
    if not scene.folded.startswith("'", group.end):
        return False
    if pattern("own_sales").match(scene.folded, group.end) or pattern("owner_alone").match(scene.folded, group.end):
        return True
    return any(cue.start == group.end + len("'s ") for cue in scene.of_kind("direction"))


def _last_flow(scene: Scene, memory: Memory) -> Remembered | None:
    """The flow that was told last, where the sentence goes on with it."""
    last = memory.last
    if last is not None and last.topic.indicator not in _FLOWS and memory.flow is not None and _of_that_flow(scene, last):
        last = memory.flow  # `Exports were $5 million before the duties of 12 percent. They fell to $1 million.`
    return last if last is not None and goes_on(scene, last) and last.topic.indicator in _FLOWS else None


def _of_that_flow(scene: Scene, last: Remembered) -> bool:
    """Whether a sentence goes on with a flow over a duty, or over what else it names itself, such as the cost of a project."""
    return last.topic.indicator == "tariff" or (last.topic.indicator in _GIVEN and last.sentence == scene.reading.index)


def _filled(scene: Scene, quantity: QuantityMark, indicator: str, found: Sides, context: Context) -> Sides:
    """Adds the sides of a flow that the sentence leaves unsaid."""
    memory, limits = context.memory, thresholds()["side"]
    last = _last_flow(scene, memory)
    there = last is not None and scene.nearest(quantity, scene.of_kind("there"), limits["limit_after"])
    told = _own_again(scene, indicator, found, last, context)
    if last is not None and (there or told):
        return told or Sides(last.slots.reporter, last.slots.partner)
    if not found.partner:
        adjective = scene.nearest(quantity, scene.of_kind("pair_adjective"), limits["limit"])
        pair = together(memory, adjective[1].phrase) if adjective else ()
        if pair and (not found.reporter or set(found.reporter) < set(pair)):
            return Sides(found.reporter or pair[:1], without(pair, found.reporter or pair[:1]))
    partner = found.partner or without(_with_it(scene, quantity, memory), found.reporter)
    reporter = found.reporter or _unsaid_reporter(scene, quantity, indicator, partner, context)
    of_that = pattern("part_of_that").match(scene.folded, scene.reading.start) is not None
    if not partner and context.measure == "share" and _is_share_told(scene, quantity, last):
        return Sides(reporter, without(last.slots.partner if last else (), reporter))
    whole = (_is_total(scene, quantity, context.cue) and not of_that) or is_shared_out(scene, quantity)
    anew = (context.anew and _is_whole_trade(scene, found.reporter)) or _of_all_before(scene, reporter, context)
    if partner or whole or anew:
        return Sides(reporter, partner)
    carried = not found.reporter and last is not None and bool(last.slots.partner)
    if indicator == "turnover" and reporter and not carried and memory.home and not set(reporter) & set(memory.home):
        return Sides(memory.home, reporter)
    return Sides(reporter, _unsaid_partner(scene, quantity, indicator, reporter, last, context))


def _own_again(scene: Scene, indicator: str, found: Sides, last: Remembered | None, context: Context) -> Sides | None:
    """A flow of the country that the text is on, behind the same one of its partner (`Peru bought 2 tons. Imports were 5`)."""
    home, cue = context.memory.home, context.cue
    if last is None or cue is None or found.reporter or found.partner or context.measure != "level" or len(home) != 1:
        return None
    opens = cue.phrase in _DIRECTED and not scene.folded[scene.reading.start : cue.start].strip()
    turned = last.topic.indicator == indicator and last.sentence < scene.reading.index and last.slots.partner == home
    return Sides(home, last.slots.reporter) if opens and turned and last.slots.reporter else None


def _is_whole_trade(scene: Scene, reporter: Codes) -> bool:
    """Whether a country alone is told to have sold and bought (`Peru exported 5 percent less and imported 3 percent more`)."""
    flows = {cue.value for cue in scene.of_kind("topic") if not cue.hint and cue.value in _DIRECTED}
    alone = all(set(group.codes) == set(reporter) for group in scene.groups)
    return bool(reporter) and flows == _DIRECTED and alone and not scene.pairs


def _of_all_before(scene: Scene, reporter: Codes, context: Context) -> bool:
    """Whether the paragraph is on a country's flows with all its partners, in a text that is on two who trade."""
    last = _last_flow(scene, context.memory)
    if last is None or last.slots.partner or last.paragraph != scene.reading.sentence.paragraph:
        return False
    return bool(context.memory.title_pair) and set(last.slots.reporter) == set(reporter)


def _is_share_told(scene: Scene, quantity: QuantityMark, last: Remembered | None) -> bool:
    """Whether a share is that of the flow just told in a larger one (`$3 billion, or 5 percent of its whole trade`)."""
    if last is None or last.topic.indicator not in _FLOWS or pattern("of_whole").match(scene.folded, quantity.end) is None:
        return False
    same = last.sentence == scene.reading.index
    start = last.quantity.end if same else scene.reading.start
    told = same or pattern("opens_with_told").match(scene.folded, start) is not None
    goods = any(start <= name.start < quantity.start for name in scene.reading.names if name.kind == "commodity")
    other = any(start <= group.start < quantity.start for group in scene.groups)
    return told and not goods and not other and last.sentence >= scene.reading.index - 1


def _unsaid_partner(  # noqa: PLR0917
    scene: Scene, quantity: QuantityMark, indicator: str, reporter: Codes, last: Remembered | None, context: Context
) -> Codes:
    """The partner of the flow just told, if the sentence goes on with it; else the other side that the text is on."""
    memory = context.memory
    pair, told = memory.title_pair, memory.told
    if told and told.indicator == indicator and told.sentence == scene.reading.index - 1 and told_again(scene, context.cue):
        partner = without(told.partner, reporter)
        if partner and set(told.reporter) == set(reporter):
            return partner
    if last is not None and set(reporter) == set(last.slots.reporter):
        between = bool(pair) and set(last.slots.partner) <= set(pair)
        of_that = pattern("part_of_that").match(scene.folded, scene.reading.start) is not None
        here = _goes_on_with_partner(scene, quantity, last) or _is_part_of_trade(scene, indicator, last)
        same = between or of_that or context.cue is None or told_again(scene, context.cue) or here
        if same and (last.slots.partner or last.topic.indicator == indicator):
            return without(last.slots.partner, reporter)
    again = _also_does(scene) or (last is not None and _from_another(scene, reporter, last))
    if last is not None and last.topic.indicator == indicator and again and last.slots.partner:
        return without(last.slots.partner, reporter)
    faced = () if _moved_on(scene, reporter, last, pair) else facing(reporter, (), pair)[1]
    foreign = reporter and memory.one_country and not set(reporter) & set(memory.home)
    if foreign and not faced and _in_same_role(indicator, reporter, last, memory):
        return last.slots.partner if last is not None else ()
    return memory.home if foreign and not faced and _is_with_home(scene, indicator, last, context) else faced


def _moved_on(scene: Scene, reporter: Codes, last: Remembered | None, pair: Codes) -> bool:
    """Whether a text on two who trade has come to the trade of one of them with others, and names nobody in this sentence."""
    if last is None or scene.groups or last.topic.indicator not in _FLOWS or set(last.slots.reporter) != set(reporter):
        return False
    return bool(last.slots.partner) and not set(last.slots.partner) & set(pair)


def _goes_on_with_partner(scene: Scene, quantity: QuantityMark, last: Remembered) -> bool:
    """Whether a number goes on with the partner of the one before in its sentence: not of a part, nor with other goods."""
    if last.sentence != scene.reading.index or held_back(scene, quantity, last.quantity):
        return False
    opened = _goods_opening(scene, last.quantity.end, quantity)
    return not opened or last.slots.commodity in opened


def _of_goods_before(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether a partner is one of other goods, told of before a clause that those of a number begin (`and tea earned`)."""
    if group.preposition not in _PARTNERS or group.end > quantity.start:
        return False
    opened = _goods_opening(scene, group.end, quantity)
    before = {name.codes[0] for name in scene.reading.names if name.kind == "commodity" and name.end <= group.start}
    return bool(opened and before) and not opened & before


def _goods_opening(scene: Scene, start: int, quantity: QuantityMark) -> set[str]:
    """The goods with which a clause begins between a place and a number."""
    anew = pattern("other_goods_open").search(scene.folded, start, quantity.start)
    if anew is None:
        return set()
    goods = (name for name in scene.reading.names if name.kind == "commodity" and name.codes)
    return {name.codes[0] for name in goods if anew.start() <= name.start < quantity.start}


def _in_same_role(indicator: str, reporter: Codes, last: Remembered | None, memory: Memory) -> bool:
    """Whether a country does as another was just told to do with a third, which the text is not on.

    `Kenya bought 5 tons of tea from Oman. Chad imported 3 tons.`
    """
    if last is None or indicator not in _DIRECTED or last.topic.indicator != indicator or not last.slots.partner:
        return False
    return not set(last.slots.partner) & {*memory.home, *reporter}


def _is_part_of_trade(scene: Scene, indicator: str, last: Remembered) -> bool:
    """Whether a sentence splits the trade with one partner that the sentence before told, or strikes its balance.

    `Kenya's trade with Oman was $3 billion. Exports came to $1 billion.`
    """
    near = last.sentence == scene.reading.index - 1 and last.paragraph == scene.reading.sentence.paragraph
    wholes = _FLOWS if indicator == "balance" else {"turnover"}
    told = last.measure in ("level", "growth")
    return near and told and last.topic.indicator in wholes - {indicator} and not scene.groups


def _from_another(scene: Scene, reporter: Codes, last: Remembered) -> bool:
    """Whether a sentence goes on with what one buys from another seller (`takes 2 tons from Oman and 1 from Qatar`)."""
    sources = (group.codes for group in scene.groups if group.preposition == "from" and group.start >= last.quantity.end)
    return last.sentence == scene.reading.index and reporter in sources


def _also_does(scene: Scene) -> bool:
    """Whether another does the same as was just told (`Niger supplied a further 3 million tons`)."""
    return _ALSO.search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _is_with_home(scene: Scene, indicator: str, last: Remembered | None, context: Context) -> bool:
    """Whether another country's flow is with the one that the text is on: what it delivers, or takes of the flow just told."""
    if indicator == "exports":
        return context.cue is not None and context.cue.phrase in words("delivers")
    home = context.memory.home
    if indicator != "imports" or (context.cue is not None and share_of_other_goods(scene, context.cue.end, context.memory)):
        return False
    if last is not None:
        buys = last.topic.indicator == "imports" and set(home) <= set(last.slots.reporter)
        return not buys and bool(set(home) & {*last.slots.reporter, *last.slots.partner})
    of_them = context.measure == "share" or "exports" in context.memory.indicators
    return of_them and context.cue is not None and context.cue.phrase in words("takes_of_them")


def _with_it(scene: Scene, quantity: QuantityMark, memory: Memory) -> Codes:
    """The country that `with it` means: the one that the sentence before was on."""
    named = pattern("with_it").search(scene.folded, scene.reading.start, quantity.start)
    return memory.subject if named is not None and not any(group.start < named.start() for group in scene.groups) else ()


def _unsaid_reporter(scene: Scene, quantity: QuantityMark, indicator: str, partner: Codes, context: Context) -> Codes:
    """The country that `its` means, the one just reported on, or the one that the text is about; never the partner."""
    memory, last = context.memory, _last_flow(scene, context.memory)
    carried = last.slots.reporter if last is not None else ()
    told = _just_told(scene, memory)
    returns = _opens_with_body(scene) or _begins_anew(scene, last)
    body = memory.home if memory.one_country and not scene.groups and returns else ()
    own = memory.one_country and any((indicator, code) in memory.reporters for code in memory.home)
    home = memory.home if own and _leaves_remark(scene, partner, last) else ()
    told_by = told.reporter if told else ()
    going_on = (body, told_by, home, carried, _speaker(scene), memory.home, *((code,) for code in memory.pair))
    for candidate in (_owner(scene, quantity, memory), *going_on):
        rest = without(candidate, partner)
        if rest:
            return rest
    return ()


def _leaves_remark(scene: Scene, partner: Codes, last: Remembered | None) -> bool:
    """Whether another paragraph tells of a flow with a partner and no longer names who was just reported on.

    `Chad bought 5 tons of beef.¶ Imports from Niger came to 2 tons.` In a text on Kenya, whose imports it has told, those are
    Kenya's.
    """
    if last is None or not partner or not _begins_anew(scene, last):
        return False
    return not any(set(group.codes) & set(last.slots.reporter) for group in scene.groups)


def _begins_anew(scene: Scene, last: Remembered | None) -> bool:
    """Whether a sentence opens another paragraph than the number told last."""
    return last is not None and last.paragraph != scene.reading.sentence.paragraph


def _opens_with_body(scene: Scene) -> bool:
    """Whether a sentence opens with a body of the state that it does not name (`The ministry expects`)."""
    return pattern("body").match(scene.folded, scene.reading.start, scene.reading.end) is not None


def _speaker(scene: Scene) -> Codes:
    """The country of the bureau whose figures a sentence tells (`Stats NZ says`), if it names no other."""
    bureaus = {name.codes for name in scene.reading.names if name.kind == "organisation" and len(name.codes) == 1}
    return bureaus.pop() if len(bureaus) == 1 else ()


def _just_told(scene: Scene, memory: Memory) -> Told | None:
    """What the sentences after the last claim told of without a number, in the same paragraph."""
    told, last = memory.told, memory.last
    if told is None or (last is not None and last.sentence > told.sentence):
        return None
    if last is not None and {told.indicator, last.topic.indicator} == _DIRECTED and not told.partner:
        return None  # a customer of the flow told of: `Chad exports tea. Niger and Mali take most of it.`
    return told if told.paragraph == scene.reading.sentence.paragraph else None


def _money_sides(  # noqa: PLR0917
    scene: Scene, quantity: QuantityMark, indicator: str, nearest: dict[str, Placed], groups: list[Group], context: Context
) -> Sides:
    """Sides of investment, loans, deals and duties: only a pronoun or the project's site adds to what the sentence names."""
    invested = _invested(scene, quantity, groups, context) if indicator == "investment" else None
    if invested:
        return invested
    reporter, partner = _giver_and_taker(scene, quantity, indicator, nearest, context)
    last = context.memory.last
    if indicator == "deal_value" and not partner:
        partner = _other_of_goods(scene, last, reporter)
    if indicator == "tariff":
        return _duty_sides(scene, quantity, Sides(reporter, partner), context)
    part = context.measure == "share" and bool(reporter)  # what each of several puts in
    if (
        indicator == "investment"
        and reporter
        and not partner
        and last is not None
        and pattern("investors_listed").search(scene.folded, scene.reading.start, scene.reading.end)
    ):
        partner = without(last.slots.partner, reporter) if last.topic.indicator == "investment" and goes_on(scene, last) else ()
    if indicator == "investment" and not partner and not part:
        partner = without(_site(scene, quantity, context), reporter)
    if indicator == "investment" and not _is_cost(scene, quantity, context.cue):
        reporter = _payer(scene, quantity, groups, partner) or reporter
    if indicator in _GIVEN and not partner and not part and (reporter or indicator == "investment"):
        partner = without(_given_for(scene, context.memory), reporter) or _home_that_gets(scene, reporter, context.memory)
    if last is None or last.topic.indicator != indicator or partner or not _lent_on(scene, quantity, indicator, reporter, last):
        return Sides(reporter, partner)
    return Sides(last.slots.reporter, last.slots.partner)


def _lent_on(scene: Scene, quantity: QuantityMark, indicator: str, reporter: Codes, last: Remembered) -> bool:
    """Whether a sum goes on with the money just told of: one of the same sentence, or what has come of the same loan.

    `Lending by the Bank to Chad rose to 2 billion. Of this, 400 million had been paid out by June.`
    """
    if last.sentence == scene.reading.index:
        return not reporter
    if not _of_the_loan(scene, quantity):
        return False
    alone = set(reporter) <= set(last.slots.reporter) and all(
        set(group.codes) <= {*last.slots.reporter, *last.slots.partner} for group in scene.groups
    )
    return indicator == "financing" and alone and goes_on(scene, last)


def _of_the_loan(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a sum is a part of the loan told of or its amount, or was paid out of one, with nobody named who did that."""
    folded, start, end = scene.folded, scene.reading.start, scene.reading.end
    paid = pattern("paid_out").match(folded, quantity.end, end)
    if pattern("by_another").search(folded, start, end) is not None:
        return False
    if pattern("of_the_loan").fullmatch(folded, start, quantity.start) is not None:
        return True
    return paid is not None and pattern("loans_worth").fullmatch(folded, start, quantity.start) is not None


def _giver_and_taker(
    scene: Scene, quantity: QuantityMark, indicator: str, nearest: dict[str, Placed], context: Context
) -> tuple[Codes, Codes]:
    """Who gives money and who gets it as the words tell: who wins a loan gets it, who builds at home pays himself."""
    reporter, partner = _named(nearest, indicator)
    lent = not set(reporter) & set(words("lenders")) and _is_lender(partner, nearest)
    if indicator == "financing" and lent:
        reporter, partner = partner, without(reporter, partner) or _site_told(scene, context.memory, 1) or _home(context.memory)
    reporter = without(reporter, partner) or _promiser(scene, quantity, indicator, partner, context)
    if partner or not reporter:
        return reporter, partner
    if indicator == "financing" and _wins(scene, quantity, nearest):
        return (), reporter
    works = pattern("works_at_home").search(scene.folded, scene.reading.start, quantity.start)
    at_home = indicator == "investment" and reporter == (context.memory.operator or _home(context.memory))
    return reporter, reporter if at_home and works is not None else ()


def _is_lender(partner: Codes, nearest: dict[str, Placed]) -> bool:
    """Whether the other side of a loan is a bank that lends, with which it was signed (`a credit agreement with the EBRD`)."""
    other = nearest.get("both") or nearest.get("partner")
    signed = other is not None and other[1].preposition in ("with", "between")
    return signed and bool(partner) and set(partner) <= set(words("lenders"))


def _wins(scene: Scene, quantity: QuantityMark, nearest: dict[str, Placed]) -> bool:
    """Whether who is named before a loan has won it (`Chad's railway has won a loan of`)."""
    subject = nearest.get("reporter")
    if subject is None or subject[1].end > quantity.start or subject[1].preposition in ("from", "by"):
        return False
    return pattern("wins_loan").search(scene.folded, subject[1].end, quantity.start) is not None


def _promiser(scene: Scene, quantity: QuantityMark, indicator: str, partner: Codes, context: Context) -> Codes:
    """The side of an instrument that promises the other a sum (`It contains a promise of $3 billion of investment in`)."""
    promised = pattern("promise_of").search(scene.folded, scene.reading.start, quantity.start)
    if indicator != "investment" or not partner or promised is None:
        return ()
    return facing((), partner, context.memory.title_pair)[0]


def _invested(scene: Scene, quantity: QuantityMark, groups: list[Group], context: Context) -> Sides | None:
    """Who invests with the other of the two whose trade was just told (`and Japanese investment came to $2 billion`)."""
    last, cue = context.memory.last, context.cue
    if last is None or cue is None or cue.end > quantity.start or not goes_on(scene, last):
        return None
    pair = (*last.slots.reporter, *last.slots.partner)
    owners = [group for group in groups if group.owner and group.end <= cue.start <= group.end + _GOVERNED]
    if last.topic.indicator not in _FLOWS or len(pair) != _TWO or not owners or not set(owners[-1].codes) < set(pair):
        return None
    after = scene.quantity_after(quantity)
    end = after.start if after is not None else scene.reading.end
    named = any(owners[-1].end <= group.start < end and group.codes != owners[-1].codes for group in groups)
    bound = owners[-1].preposition not in ("", "and")
    return None if named or bound else Sides(owners[-1].codes, without(pair, owners[-1].codes))


def _other_of_goods(scene: Scene, last: Remembered | None, reporter: Codes) -> Codes:
    """The other of the two between whom a deal's goods go, which its sentence told before its value."""
    if last is None or last.sentence != scene.reading.index or last.topic.indicator not in _DIRECTED:
        return ()
    pair = (*last.slots.reporter, *last.slots.partner)
    return without(pair, reporter) if reporter and len(pair) > 1 and set(reporter) < set(pair) else ()


def _payer(scene: Scene, quantity: QuantityMark, groups: list[Group], site: Codes) -> Codes:
    """Who pays for works: the state named before a verb of paying, or the body of the country where they are (`the board`)."""
    before = [group for group in groups if group.end <= quantity.start and group.preposition in ("", "and")]
    start = before[-1].end if before else scene.reading.start
    if pattern("pays").search(scene.folded, start, quantity.start) is None:
        return ()
    if before:
        return respective_of(scene, quantity, before[-1]).codes
    public = pattern("public_body").search(scene.folded, start, quantity.start)
    return site if public else ()


def _site(scene: Scene, quantity: QuantityMark, context: Context) -> Codes:
    """The countries of the project that money goes into, where the corridor or `the line` tells."""
    memory = context.memory
    line = sites_of(context.corridor) or countries_of_line(context.corridor or "")
    if line:
        return line
    both = _joint(scene, quantity, memory)
    if both:
        return both
    if not _is_cost(scene, quantity, context.cue):
        told = site_meant(scene, memory.facilities)
        return (told or memory.operator) if told is not None else ()
    if scene.of_kind("route") and memory.operator:
        return memory.operator
    return _site_told(scene, memory, 0) or memory.operator or _site_told(scene, memory, 1) or _home(memory)


def _joint(scene: Scene, quantity: QuantityMark, memory: Memory) -> Codes:
    """The two whose projects money goes into: joint ones, or the list of them in a text that is on two."""
    if any(group.end <= quantity.start for group in scene.groups):
        return ()
    if pattern("joint_projects").search(scene.folded, scene.reading.start, scene.reading.end):
        return together(memory, "two countries")
    listed = pattern("list_of_projects").search(scene.folded, scene.reading.start, scene.reading.end)
    return memory.title_pair if listed and len(memory.title_pair) == _TWO else ()


def _site_told(scene: Scene, memory: Memory, paragraphs: int) -> Codes:
    """The country of the places told of last, no more than so many paragraphs before."""
    return memory.site if scene.reading.sentence.paragraph - memory.site_paragraph <= paragraphs else ()


def _home(memory: Memory) -> Codes:
    return memory.home if memory.one_country else ()


def _given_for(scene: Scene, memory: Memory) -> Codes:
    """The country of the thing just told of that money is given for (`would finance half of it`)."""
    if pattern("given_for").search(scene.folded, scene.reading.start, scene.reading.end) is None:
        return ()
    last = memory.last
    if last is not None and goes_on(scene, last) and last.topic.indicator in _GIVEN and last.slots.partner:
        return last.slots.partner
    return memory.operator or _site_told(scene, memory, 1) or _home(memory)


def _home_that_gets(scene: Scene, giver: Codes, memory: Memory) -> Codes:
    """The country that a text is on, where a sentence names none but the one that gives (`Korean investment fell`).

    Something has to tie the money to that country, as another's investment may go anywhere.
    """
    if not giver or set(giver) & set(_home(memory)) or any(set(group.codes) - set(giver) for group in scene.groups):
        return ()
    elsewhere = pattern("money_elsewhere").search(scene.folded, scene.reading.start, scene.reading.end)
    return _home(memory) if elsewhere is None and _goes_home(scene, memory) else ()


def _goes_home(scene: Scene, memory: Memory) -> bool:
    """Whether money goes to the country that a text is on: by its headline, by words, or as what was told last."""
    last = memory.last
    told = last is not None and last.topic.indicator in _GIVEN and set(last.slots.partner) == set(memory.home)
    if memory.on_works or told or any(cue.phrase in words("home_places") for cue in scene.of_kind("home")):
        return True
    ties = ("invested_from", "given_for")
    return any(pattern(tie).search(scene.folded, scene.reading.start, scene.reading.end) for tie in ties)


def _duty_sides(scene: Scene, quantity: QuantityMark, found: Sides, context: Context) -> Sides:
    """Who levies a duty, and on whose goods."""
    memory = context.memory
    reporter = found.reporter or without(_owner(scene, quantity, memory), found.partner)
    reporter = reporter or without(levied_by_it(scene, quantity, memory), found.partner)
    if pattern_of("on_exports").search(scene.folded, scene.reading.start, scene.reading.end):
        return Sides(reporter or memory.home, found.partner)
    duty = memory.duty
    if duty and agrees(reporter, duty.reporter) and agrees(found.partner, duty.partner):
        return Sides(reporter or duty.reporter, found.partner or duty.partner)
    if found.partner and not reporter and any(_faces_duty(scene, group) for group in scene.groups):
        reporter = levier_told(scene, found.partner, memory)
    if reporter or found.partner:
        named = facing(reporter, found.partner, memory.title_pair)
        return Sides(*(named if all(named) else on_the_flow(scene, reporter, found.partner, memory)))
    both = memory.title_pair or memory.pair
    if context.measure == "share" and len(both) > 1:
        return Sides(both, both)
    return Sides(memory.home if memory.one_country and not memory.title_pair else ())


def _owner(scene: Scene, quantity: QuantityMark, memory: Memory) -> Codes:
    """The country that `its` or `the country` means before a number."""
    before = [cue for cue in scene.of_kind("home") if cue.start < quantity.start]
    found = scene.nearest(quantity, before, thresholds()["side"]["limit"])
    if found is None or any(
        group.preposition == "and" and found[1].end <= group.start and group.end <= quantity.start for group in scene.groups
    ):
        return ()
    if found[1].phrase not in ("its", "their"):
        opens = not scene.folded[scene.reading.start : found[1].start].strip(_BLANK)
        return (memory.opener if opens and found[1].phrase in words("one_country") else ()) or memory.home
    subjects = [
        group
        for group in scene.groups
        if group.end <= found[1].start
        and group.preposition in ("", "and")
        and not (group.flow or group.source or is_object_before(scene, found[1].start, group))
    ]
    if subjects:
        return subjects[-1].codes
    if found[1].phrase == "their":
        return ()
    return memory.home if _has_subject(scene, found[1]) else memory.subject or memory.home


def _has_subject(scene: Scene, cue: Cue) -> bool:
    """Whether a noun without a country stands before `its` that it can mean (`the bank cut its forecast`)."""
    return pattern("own_subject").match(scene.folded, scene.reading.start, cue.start) is not None


@cache
def _whole() -> re.Pattern[str]:
    whole = r"(?:total|overall|entire|gross|worldwide|non-[\w-]+)"
    return re.compile(rf"\b{whole}\s+(?:[\w-]+\s+){{0,2}}?{any_of('own_flows')}|{any_of('own_flows')}\s+worldwide\b")


def _is_total(scene: Scene, quantity: QuantityMark, cue: Cue | None) -> bool:
    """Whether a flow is that with all the world, or with all but some."""
    spans = (quantity, cue) if cue is not None else (quantity,)
    start = max(scene.reading.start, min(span.start for span in spans) - _WHOLE_BEFORE)
    end = min(scene.reading.end, max(span.end for span in spans) + _WHOLE_BEFORE)
    if _whole().search(scene.folded, start, end):
        return True
    if pattern("parts_follow").match(scene.folded, quantity.end, scene.reading.end):
        return True
    if pattern("other_partners").search(scene.folded, clause_of(scene, quantity.start)[0], quantity.start):
        return True
    totals = [
        total
        for total in scene.of_kind("total")
        if total.start < quantity.end
        or not (new_clause(scene, quantity.end, total.start) or new_verb(scene, quantity.end, total.start))
    ]
    return scene.nearest(quantity, totals, thresholds()["side"]["limit"]) is not None
