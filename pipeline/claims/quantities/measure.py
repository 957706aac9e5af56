"""How a number measures its topic: an amount, a difference, a growth, a multiple or a share; and which way it went.

What the topic is belongs to `topic`.
"""

import re
from functools import cache

from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.cues import Topic
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import any_of
from pipeline.language.marks import QuantityMark
from pipeline.language.phrases import one_of
from pipeline.language.quantities_context import context, is_told_up_from

_OF_AMOUNTS = frozenset({"percent", "fraction", "multiple"})
_PARTED = re.compile(r"[,;:\d]")
_TAKEN = 24  # characters before a percentage in which a verb says who takes that part
_LOST = 50  # characters before an amount in which a word says that it was lost
_LIST_LINE = 60  # a sentence no longer than this is a line of a list


def measure_of(scene: Scene, quantity: QuantityMark, kind: str, topic: Topic, memory: Memory) -> tuple[str, bool] | None:
    """The measure of a number, and whether it is a decrease.

    None for a percentage that is neither growth nor share nor rate.
    """
    if kind == "multiple":
        return "multiple", False
    direction = (
        "down"
        if _is_taken_off(scene, quantity)
        else _grown_by_part(scene, quantity) or _direction(scene, quantity) or _kept_direction(scene, quantity, memory)
    )
    if kind == "percent":
        measure = _percent_measure(scene, quantity, topic, direction, memory)
        return (measure, direction == "down" and measure == "growth") if measure else None
    if topic.indicator == "balance" and flow_exceeding(scene, quantity):
        return "level", False
    way = (
        quantity.change
        or _compared_after(scene, quantity)
        or _way_of_growth(scene, quantity, memory)
        or _way_of_flow(scene, quantity)
        or _way_of_goods(scene, quantity)
    )
    return ("level", False) if way is None else ("change", way == "down")


def flow_exceeding(scene: Scene, quantity: QuantityMark) -> str | None:
    """The flow that is told to be more than the other by an amount (`exports` in `exports beat imports by $2 billion`)."""
    start = clause_of(scene, quantity.start)[0]
    told = _one_over_other().search(scene.folded, start, quantity.start)
    by_that = told is not None and pattern("by_amount").fullmatch(scene.folded, told.end(), quantity.start) is not None
    return told["more"] if told is not None and by_that else None


@cache
def _one_over_other() -> re.Pattern[str]:
    """One of the two flows, told to exceed the other."""
    verbs = one_of(sorted(context().exceeds))
    return re.compile(
        rf"\b(?P<more>imports|exports)\b[^.;,]{{0,24}}\b{verbs}\s+(?:its |their |the )?(?:(?!(?P=more)\b)(?:imports|exports))\b"
    )


def _way_of_goods(scene: Scene, quantity: QuantityMark) -> str | None:
    """Up for things added to those there are (`11 additional trains`, `an additional capacity of`), down for goods that are
    counted as lost."""
    if pattern("additional").search(scene.folded, quantity.number_end, quantity.end):
        return "up"
    if pattern("additional_room").search(scene.folded, max(scene.reading.start, quantity.start - _LOST), quantity.start):
        return "up"
    lost = pattern("lost").search(scene.folded, max(scene.reading.start, quantity.start - _LOST), quantity.start)
    return "down" if lost and not _PARTED.search(scene.folded, lost.end(), quantity.start) else None


def _way_of_growth(scene: Scene, quantity: QuantityMark, memory: Memory) -> str | None:
    """Which way a difference went that only says a growth in other units (`a gain of 8 percent, or $324 million`)."""
    last = memory.last
    if last is None or last.measure != "growth" or last.sentence != scene.reading.index:
        return None
    same = pattern("in_other_words").fullmatch(scene.folded, last.quantity.end, quantity.start)
    if not same and not _is_growth_in_bracket(scene, quantity, last.quantity):
        return None
    return _direction(scene, last.quantity)


def _is_growth_in_bracket(scene: Scene, quantity: QuantityMark, growth: QuantityMark) -> bool:
    """Whether a bracket tells an amount by which something grew as told right before it (`fell by 5 percent (300 tons)`)."""
    bracket = scene.bracket_of(quantity)
    if bracket is None or scene.folded[growth.end : bracket[0]].strip():
        return False
    if scene.folded[bracket[0] : quantity.start].strip(" (") not in ("", "by", "or", "or by"):
        return False
    if scene.folded[quantity.end : bracket[1]].strip(" )"):
        return False
    return pattern("grown_by").search(scene.folded, scene.reading.start, growth.start) is not None


def _way_of_flow(scene: Scene, quantity: QuantityMark) -> str | None:
    """Which way a flow went by an amount (`an increase in exports of $2 billion`); a list goes the way of its first."""
    first = next(iter(scene.list_of(quantity)), quantity)
    match = pattern("change_of_flow").search(scene.folded, clause_of(scene, first.start)[0], first.start)
    return None if match is None else "up" if match["up"] else "down"


def _compared_after(scene: Scene, quantity: QuantityMark) -> str | None:
    """Up or down, from a word of comparison right behind a number (`12 percent more`)."""
    differs = pattern("which_is_before").search(scene.folded, scene.reading.start, quantity.start)
    told = pattern("more_with_percent").match(scene.folded, quantity.end) if differs else None
    if told is not None:
        return "down" if pattern("down").fullmatch(told["word"]) else "up"
    match = pattern("more_after").match(scene.folded, quantity.end)
    if match is None or (match["word"] == "over" and quantity.change is not None):
        return None
    if quantity.kind != "percent" and (match["amount"] or match["word"] == "over"):
        return None  # `9 million tons over the same period` is told of it
    if quantity.kind not in _OF_AMOUNTS and is_told_up_from(scene.folded, quantity.end):
        return None
    return "down" if pattern("down").fullmatch(match["word"]) else "up"


def _direction(scene: Scene, quantity: QuantityMark) -> str | None:
    """Up or down, from the words at the number or the nearest word of direction."""
    at_number = _compared_after(scene, quantity) or quantity.change
    if at_number:
        return at_number
    cues = scene.of_kind("direction")
    if pattern("one_of_them").search(scene.folded, scene.reading.start, quantity.start):
        return next((cue.value for cue in reversed(cues) if cue.end <= quantity.start), None)
    found = scene.nearest(quantity, cues, thresholds()["direction"]["limit"])
    return found[1].value if found else None


def _grown_by_part(scene: Scene, quantity: QuantityMark) -> str | None:
    """Up or down, for a part that a verb of growth governs (`trade gained almost a third`, `exports shrank a quarter`)."""
    if quantity.kind != "fraction":
        return None
    told = pattern("grew_a_part").search(scene.folded, scene.reading.start, quantity.number_start)
    return None if told is None else "up" if told["up"] else "down"


def _kept_direction(scene: Scene, quantity: QuantityMark, memory: Memory) -> str | None:
    """Up or down as the growth before, whose verb a clause leaves out (`coffee fell by 5 percent, tea - by 3 percent`)."""
    last = memory.last
    if last is None or last.measure != "growth" or last.sentence != scene.reading.index:
        return None
    if pattern("verb_left_out").fullmatch(scene.folded, last.quantity.end, quantity.start) is None:
        return None
    return "down" if last.falls else "up"


def _percent_measure(scene: Scene, quantity: QuantityMark, topic: Topic, direction: str | None, memory: Memory) -> str | None:
    share = pattern("share_after").match(scene.folded, quantity.end) is not None
    by_part = direction is not None and scene.folded.endswith("by", 0, len(scene.folded[: quantity.start].rstrip()))
    compared = by_part or _compared_after(scene, quantity) is not None or _is_taken_off(scene, quantity)
    if topic.indicator == "tariff":
        return "growth" if compared and not share else "share" if share or _still_of_lines(scene, quantity, memory) else "level"
    if quantity.kind == "fraction":
        return "growth" if compared or (not share and _grown_by_part(scene, quantity)) else "share"
    if not share and (compared or quantity.change is not None or _grows_likewise(scene, quantity, memory)):
        return "growth"
    if _is_surcharge(scene, topic):
        return "level"
    taken = pattern("taken").search(scene.folded, max(scene.reading.start, quantity.start - _TAKEN), quantity.start)
    if (
        share
        or taken
        or _is_sent_on(scene, quantity)
        or pattern("share_told").search(scene.folded, clause_of(scene, quantity.start)[0], quantity.start)
        or _in_list_of_partners(scene, quantity)
        or scene.nearest(quantity, scene.of_kind("share"), thresholds()["direction"]["limit"])
    ):
        return "share"
    return _measure_in_hand(scene, quantity, direction, memory)


def _is_sent_on(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a percentage is the part of goods that goes to a country or comes from one (`with 40% being sent to Peru`)."""
    sent = pattern("sent_on").match(scene.folded, quantity.end)
    return sent is not None and any(sent.end() < group.start <= sent.end() + _TAKEN for group in scene.groups)


def _grows_likewise(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a percentage is the growth just told in another measure (`rises of 9% in volume and 24% in value`)."""
    last = memory.last
    if last is None or last.measure != "growth" or last.sentence != scene.reading.index:
        return False
    return pattern("other_measure").fullmatch(scene.folded, last.quantity.end, quantity.start) is not None


def _in_list_of_partners(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a percentage stands in a bracket behind one of those who buy or sell (`The main buyers were Chad (29.6%)`)."""
    bracket = scene.bracket_of(quantity)
    if bracket is None or quantity.change is not None or not any(0 <= bracket[0] - group.end <= 1 for group in scene.groups):
        return False
    start, end = scene.reading.start, bracket[0]
    ends = pattern("ends_of_trade").search(scene.folded, start, end)
    return ends is not None or _partners().search(scene.folded, start, end) is not None


@cache
def _partners() -> re.Pattern[str]:
    return re.compile(any_of("customers", "buyers", "suppliers", "partners"))


def _is_surcharge(scene: Scene, topic: Topic) -> bool:
    """Whether a percentage is what is put on top of a rate."""
    on_rates = topic.indicator == "freight_rate"
    return on_rates and pattern("surcharge").search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _is_taken_off(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a percentage is taken off a rate (`30% off its tariffs`)."""
    return pattern("off_rates").match(scene.folded, quantity.end) is not None


def _still_of_lines(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a percentage goes on with the share of goods freed before it in its sentence (`and 98 percent after 7 years`)."""
    last = memory.last
    if last is None or last.measure != "share" or last.sentence != scene.reading.index:
        return False
    part = max(last.quantity.end, scene.folded.rfind(",", 0, quantity.start))
    return not pattern("rate_of_duty").search(scene.folded, part, quantity.start)


def _heads_line(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a percentage is all that a line of a list says of the name at its head (`Uganda: 12.7%`)."""
    if scene.reading.sentence.kind != "item" and scene.reading.end - scene.reading.start > _LIST_LINE:
        return False
    return any(scene.folded[group.end : quantity.start].strip() == ":" for group in scene.groups if group.end <= quantity.start)


def _still_shared(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a percentage goes on with a share: that of the claim before, or one that the sentence names as what moves."""
    last = memory.last
    shared = last is not None and last.measure == "share"
    if shared and last is not None and last.sentence == scene.reading.index and quantity.change is None:
        return True
    if not pattern("at_level").search(scene.folded, max(scene.reading.start, quantity.start - 10), quantity.start):
        return False
    named = [cue for cue in scene.of_kind("share") if cue.end <= quantity.start and pattern("share_noun").match(cue.phrase)]
    return shared or bool(named)


def _is_part_beside(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a percentage right behind a flow tells which part of the whole it is (`to Chad, $5 million (12 percent)`)."""
    last = memory.last
    if last is None or last.measure != "level" or last.sentence != scene.reading.index or "flow" not in last.topic.traits:
        return False
    listed = scene.bracket_of(quantity) is not None and scene.bracket_of(quantity) == scene.bracket_of(last.quantity)
    beside = pattern("in_bracket_beside" if listed else "part_beside")
    if beside.fullmatch(scene.folded, last.quantity.end, quantity.start) is None:
        return False
    return _direction(scene, last.quantity) is None


def _is_part_before_sum(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a bracket behind a partner holds a percentage, and next its sum (`with Chad (5 percent or $3 million)`)."""
    bracket = scene.bracket_of(quantity)
    if bracket is None or quantity.change is not None or scene.folded[bracket[0] + 1 : quantity.start].strip():
        return False
    after = scene.quantity_after(quantity)
    beside = after is not None and after.kind in ("money", "measure") and after.end <= bracket[1]
    if not beside or after is None or not pattern("in_bracket_beside").fullmatch(scene.folded, quantity.end, after.start):
        return False
    return any(0 <= bracket[0] - group.end <= 1 for group in scene.groups)


def _measure_in_hand(scene: Scene, quantity: QuantityMark, direction: str | None, memory: Memory) -> str | None:
    """The measure of a percentage that no word at it tells: from the claim before, or the way that the sentence goes."""
    last = memory.last
    if _still_shared(scene, quantity, memory):
        return "share"
    if direction is not None:
        return "growth"
    if _heads_line(scene, quantity) or _is_part_beside(scene, quantity, memory) or _is_part_before_sum(scene, quantity):
        return "share"
    listed = last is not None and (
        last.sentence == scene.reading.index or scene.reading.end - scene.reading.start <= _LIST_LINE
    )
    return last.measure if last is not None and listed and last.measure in ("share", "growth") else None
