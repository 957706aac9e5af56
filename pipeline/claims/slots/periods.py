"""The time in which a number holds: the date that the sentence attaches to it, or the one that the text is on.

Resolving date expressions belongs to `pipeline.language.dates`; choosing among them belongs here. The words that tie dates to
numbers are data in `seeds/reference/claim_periods.toml`.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.claims.context.clauses import apart, asides, clause_of, new_clause, new_verb, parted, tense_at
from pipeline.claims.context.cues import Topic
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import base_cue
from pipeline.contract.reference import read_toml
from pipeline.language.marks import DateMark, QuantityMark

Period = tuple[date | None, date | None]
NO_PERIOD: Period = (None, None)
UNSTATED: Period = (date.max, date.min)
_RATE = "freight_rate"
_RELATIVE = frozenset({"percent", "multiple"})
_DEFINITE = re.compile(r"\b(?:the|these|those|this|that)\s+$")
_ARTICLE = 7
_OPENING = 8  # characters before a date that opens its sentence (`During `)
_LEAD = 1  # the last of the sentences that open a text, by its index
_REACH = 120
_WEEK = 7
_BESIDE = 12  # characters between a time and the word of saying behind it (`on Tuesday also said`)
_BY_YEAR = re.compile(r"by (?:19|20)\d\d", re.IGNORECASE)
_AS_OF = re.compile(r"as (?:of|at)\b", re.IGNORECASE)
_OF = re.compile(r"\s+of\s[^,;]*$")
_AHEAD = frozenset({"forecast", "target"})
_NO_LEVEL = frozenset({"percent", "multiple", "fraction"})


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns between a number and a date, from the word lists."""

    behind: re.Pattern[str]
    owner: re.Pattern[str]
    leads_to: re.Pattern[str]
    compares: re.Pattern[str]
    compares_before: re.Pattern[str]
    owned_base: re.Pattern[str]
    level_before: re.Pattern[str]
    compared_before: re.Pattern[str]
    record: re.Pattern[str]
    back: re.Pattern[str]
    pluperfect: re.Pattern[str]
    today: re.Pattern[str]
    held: re.Pattern[str]
    plain: re.Pattern[str]
    delivery: re.Pattern[str]
    delivered: re.Pattern[str]
    from_to: re.Pattern[str]
    yearly: re.Pattern[str]
    between: re.Pattern[str]
    rate_of_change: re.Pattern[str]
    restates: re.Pattern[str]
    untold: re.Pattern[str]
    described: re.Pattern[str]
    article: re.Pattern[str]
    thing: re.Pattern[str]
    part: re.Pattern[str]
    span: re.Pattern[str]
    relative: re.Pattern[str]
    deal: re.Pattern[str]
    whole: re.Pattern[str]


def _any(phrases: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))) + ")"


@cache
def _limits() -> dict[str, float]:
    return {name: float(limit) for name, limit in read_toml("claim_periods.toml")["distance"].items()}


@cache
def _patterns() -> _Patterns:
    lists = read_toml("claim_periods.toml")["words"]
    levels, stops = _any(lists["levels"]), _any(lists["stops"])
    return _Patterns(
        # `5 million tons of grain from Kazakhstan in`: a few words of the same phrase, with no comparison and no new clause.
        behind=re.compile(
            r"(?:\s*\([^()]{0,40}\))?(?:\s*,\s*(?:(?:in|for|during|over|by|at|on|from)\s+(?:the\s+)?)?"
            rf"|\s*(?:(?!{stops}\b)[^\s,;:()\d]{{1,24}}\s+){{0,6}})"
        ),
        owner=re.compile(rf"'s\s+(?:(?!(?:brings|brought|takes|took|lifts|lifted|raises|raised|makes|made|was|were|is)\b)[\w-]+\s+){{0,3}}|\s+(?:[\w-]+\s+){{0,3}}{levels}\s+of\s+(?:about\s+)?"),
        leads_to=re.compile(
            r"[^,;:()]{0,60}?\s*,?\s*" + _any(lists["leads_to"]) + r"\s+(?:an? (?:total|record|level) (?:of )?)?"
        ),
        compares=re.compile(_any(lists["compares"]) + r"\b"),
        compares_before=re.compile(rf"\b{_any(lists['compares'])} (?:the )?$"),
        owned_base=re.compile(rf"(?:'s|s')\s+(?:[\w-]+\s+)?{levels}\b"),
        level_before=re.compile(rf"\bafter (?:an? )?$|\b{levels} (?:of|in|for|from|seen in|recorded in) (?:the )?$"),
        # `From` and `over` compare only with a figure: `from Chile in 2024` names a place.
        compared_before=re.compile(
            rf"\b(?!year\b)(?!(?:from|over)\s+(?!the|that|those|its|their|an?\b)){_any(lists['compares'])}"
            r"\s+(?:[a-z'-]+\s+){1,3}(?:in|for|during)\s+(?:the\s+)?$"
        ),
        record=re.compile(_any(lists["records"]) + r"\b[^,;]{0,40}$"),
        back=re.compile(r"(?:before|earlier|ago|previously)$|\b(?:previous|preceding|prior)\b"),
        pluperfect=re.compile(r"\bhad (?:been|\w+ed|\w+n|\w+t|stood|come|run|made|held|paid|sold)\b"),
        today=re.compile(r"today(?!['\u2019])|this day"),
        held=re.compile(r"\b(?:has|have|had) (?:been|stood|held|remained|\w+ed)\b"),
        plain=re.compile(r"\s(?:[a-z]+\s){0,2}"),
        delivery=re.compile(rf"\bfor (?:[a-z]+ )?{_any(lists['deliveries'])} (?:[a-z]+ ){{0,2}}$|\b{_any(lists['deliveries'])} (?:in|on|by|from) $"),
        delivered=re.compile(rf"\s{_any(lists['deliveries'])}\b"),
        # `From 1.2 to 1.7 million`.
        from_to=re.compile(r"\s*(?:[a-z]+\s+){0,3}to\s+(?:(?:about|over|around|nearly|almost|some|more than)\s+)?"),
        yearly=re.compile(r"\s*(?:a|per|each|every)\s+year\b|\s*(?:annually|on average)\b"),
        between=re.compile(r"(?:between|from)\b|\d{4}\s?(?:to|[-\u2013])", re.IGNORECASE),
        rate_of_change=re.compile(r"on[- ]year|yoy|y-o-y|y/y|^(?:compared|against|versus|than|relative|from)\b"),
        restates=re.compile(r"[^;:()]{0,60},\s*(?:or|that is|i\.e\.,?|equal to|equivalent to)\s+(?:about |some |nearly |almost |just )?"),
        untold=re.compile(rf"(?:\s+of\s+[a-z]+)?\s+{_any(lists['untold'])}\b"),
        described=re.compile(rf"\b(?:with|and|has) an? (?:[\w-]+ ){{0,3}}{_any(lists['measures'])} (?:of|at) (?:about |some |around |nearly )?$"),
        article=re.compile(r"\b(?:an?|the|its|this|that|their)\s+(?:[\w-]+\s+){0,1}$"),
        thing=re.compile(rf"\s+(?:[\w-]+\s+){{0,3}}{_any(lists['things'])}\b"),
        deal=re.compile(rf"\b{_any(lists['deals'])}\b"),
        relative=re.compile(rf"[a-z] {_any(lists['relatives'])} [^,;:]{{3,80}}$"),
        span=re.compile(rf"\b(?:in|over|within) (?:the space of )?(?:\d{{1,3}}|{_any(lists['counts'])}) (?:years?|decades?)\b"),
        part=re.compile(r"\b" + _any(lists["parts"]) + r"(?:,|\s+[\w'-]+){0,3}\s*$"),
        whole=re.compile(r"^\W*" + _any(lists["wholes"]) + r"\b"),
    )


def period_of(scene: Scene, quantity: QuantityMark, topic: Topic, is_base: bool, memory: Memory) -> tuple[Period, bool]:
    """The period that a sentence states for a number, and whether it does so for what follows too.

    `is_base` tells the number that another is compared with (`against 35.9 million in 2023`); `$2 billion of 2017` stands
    alone. Where a sentence states none, the period is `UNSTATED`, which `carried` fills.
    """
    own = _respective(scene, quantity) or _attached(scene, quantity, is_base) or _of_the_next(scene, quantity)
    if own is None and (_over_a_span(scene, quantity) or _at_first(scene, quantity)):
        return NO_PERIOD, False
    if _is_present(scene, quantity):
        return NO_PERIOD, False
    if (end := _end_of_range(scene, quantity, topic, own)) is not None:
        return end, not is_base
    if own is not None:
        goes_on = own.role != "base" and not _by_of(scene, quantity, own) and not _looks_back(scene, own, memory)
        return _bounds(scene, own, topic, memory), _resolved(own) and goes_on
    if (then := _contrasted(scene, quantity)) is not None:
        return (then.date_start, then.date_end), False
    if is_base:
        return _base_period(scene, quantity, memory, topic), False
    if _restates(scene, quantity, memory) and memory.last is not None:
        return memory.last.slots.period, False
    chosen = _governing(scene, quantity, topic)
    if chosen is not None:
        return _bounds(scene, chosen, topic, memory), not _looks_back(scene, chosen, memory)
    return UNSTATED, False


def _looks_back(scene: Scene, mark: DateMark, memory: Memory) -> bool:
    """Whether a date only tells what was before the time that the text is on (`the year before, it had been 3 million`)."""
    start, end = memory.period[0], mark.date_end
    if start is None or end is None or end >= start:
        return False
    clause = clause_of(scene, mark.start)
    told = scene.folded[clause[0] : clause[1]]
    return _patterns().back.search(mark.text.lower()) is not None or _patterns().pluperfect.search(told) is not None


def remember_period(scene: Scene, memory: Memory, topic: Topic, period: Period, modality: str) -> None:
    """Keeps a period that a sentence states, for what follows: of two in a sentence, the later.

    What is to come has a time of its own, which the facts behind it do not share.
    """
    if topic.indicator == _RATE:
        memory.rate_period = period
    if "flow" not in topic.traits:
        return
    if modality in _AHEAD:
        memory.ahead, memory.ahead_sentence = period, scene.reading.index
        return
    start, end = period
    if start is not None and end is not None:
        memory.latest = max(end, memory.latest or end)
    same_sentence = memory.period_sentence == scene.reading.index
    if not same_sentence or (end or date.min) >= (memory.period[1] or date.min):
        _move(scene, memory, period)


def _move(scene: Scene, memory: Memory, period: Period) -> None:
    """Sets the time that the text is on: for the paragraph, and for the text as a whole where it goes on in time.

    What lies before or within the time of the story is told for comparison or in detail, and lasts as long as its paragraph.
    """
    memory.period = period
    memory.period_sentence = scene.reading.index
    memory.period_paragraph = scene.reading.sentence.paragraph
    if _is_span(period) and _goes_on(memory.story, period):
        memory.story = period


def _goes_on(story: Period, period: Period) -> bool:
    """Whether a period is the first that the text is on, or lies behind it."""
    if story == NO_PERIOD or not _is_span(story):
        return True
    return story[1] is not None and period[0] is not None and period[0] > story[1]


def enter_sentence(scene: Scene, memory: Memory) -> None:
    """Brings the text back to the time of its story where a new paragraph begins."""
    if memory.period_paragraph != scene.reading.sentence.paragraph and memory.story != NO_PERIOD:
        memory.period = memory.story


def carried(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic, modality: str) -> Period:
    """The period that a number without a date keeps: of the whole that it is a part of, or of what the text is on."""
    if modality in _AHEAD and memory.ahead != NO_PERIOD and scene.reading.index - memory.ahead_sentence <= 1:
        return memory.ahead if "flow" in topic.traits and not _has_unknown_date(scene, quantity) else NO_PERIOD
    if memory.local_heads and memory.local_paragraph == scene.reading.sentence.paragraph:
        return memory.local if "flow" in topic.traits or tense_at(scene, quantity.start) != "present" else NO_PERIOD
    known = _as_told_before(scene, quantity, memory) or _of_the_last(scene, quantity, memory, topic)
    if known is not None:
        return known
    if "lasting" not in topic.traits and _follows_its_base(scene, memory):
        return memory.period
    if topic.indicator == _RATE or not _takes_frame(scene, quantity, topic):
        return memory.rate_period if topic.indicator == _RATE and _takes_frame(scene, quantity, topic) else NO_PERIOD
    here = _is_span(memory.local) and memory.local_paragraph == scene.reading.sentence.paragraph
    told = memory.local if here else memory.period
    return told if _is_span(told) else NO_PERIOD


def _takes_frame(scene: Scene, quantity: QuantityMark, topic: Topic) -> bool:
    """Whether a number is of the time that the text is on: a flow that is told as past, of no other time."""
    now = scene.nearest(quantity, [mark for mark in scene.reading.dates if _is_now(scene, mark)], _limits()["near"])
    if now is not None or _has_unknown_date(scene, quantity):
        return False
    return topic.indicator == _RATE or ("flow" in topic.traits and not _is_habit(scene, quantity) and not _is_deal(scene))


def _has_unknown_date(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a sentence tells a time that cannot be placed (`the 2018-19 season`), which no other time replaces."""
    return any(
        mark.role == "at" and not _resolved(mark) and _outside(scene, mark, quantity) and not _dates_the_saying(scene, mark)
        for mark in scene.reading.dates
    )


def _is_habit(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a clause tells what is so at any time (`the route carries 5 percent of the trade`): in the present alone."""
    place = quantity.end if quantity.kind == "multiple" else quantity.start
    return quantity.change is None and tense_at(scene, place) == "present"


def _is_deal(scene: Scene) -> bool:
    """Whether a sentence tells of a contract, which is of its own day."""
    return _patterns().deal.search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _as_told_before(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The period of an amount that the text has told before (`the 137,000 tonnes`)."""
    definite = _DEFINITE.search(scene.folded, max(scene.reading.start, quantity.start - _ARTICLE), quantity.start)
    return memory.amounts.get((quantity.unit, quantity.value_low)) if definite else None


def _of_the_last(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic) -> Period | None:
    """The period of the number before, where this one goes on with it or is a part of it."""
    last = memory.last
    if last is None or scene.reading.index - last.sentence > 1 or base_cue(scene, last.quantity) is not None:
        return None
    start, until = memory.period[0], last.slots.period[1]
    back = quantity.kind in _RELATIVE and start is not None and until is not None and until < start
    flows = "flow" in last.topic.traits and "flow" in topic.traits and not back
    goes_on = flows and last.sentence == scene.reading.index and last.slots.period != NO_PERIOD
    return last.slots.period if goes_on or _is_part(scene, quantity, last.sentence) else None


def _is_part(scene: Scene, quantity: QuantityMark, last_sentence: int) -> bool:
    """Whether a number is told as a part of the one before (`of which 2 million`, `Of the total, 3 million`)."""
    if last_sentence == scene.reading.index:
        return _patterns().part.search(scene.folded, scene.reading.start, quantity.start) is not None
    return _patterns().whole.match(scene.folded[scene.reading.start : quantity.start]) is not None


def _follows_its_base(scene: Scene, memory: Memory) -> bool:
    """Whether the sentence compares with the period just before the one that the text is on (`from 14 days in 2022 to 9`)."""
    start, end = memory.period
    if start is None or end is None:
        return False
    before = (same_day(start, start.year - 1), same_day(end, end.year - 1))
    return any((mark.date_start, mark.date_end) == before for mark in scene.reading.dates)


def settled(period: Period, stated: bool, unit: str, modality: str, published_on: date | None) -> Period:
    """A carried period as far as it fits: a deadline is of the plan it was stated for, a past year is not of what is to come.

    A stated period is left as it is. A yearly rate holds in no year but its own.
    """
    if stated:
        return period
    start, end = period
    if unit.endswith("/yr") or (start is None and modality != "forecast"):
        return NO_PERIOD
    if modality == "reported" and _is_ahead(period, published_on):
        return NO_PERIOD
    past = end is not None and published_on is not None and end <= published_on
    return NO_PERIOD if modality == "negated" or (past and modality != "reported") else period


def _is_ahead(period: Period, published_on: date | None) -> bool:
    start = period[0]
    return start is not None and published_on is not None and start >= published_on


def _is_span(period: Period) -> bool:
    """Whether a period is long enough for a flow to go on in it; what happened on a day stays with its sentence."""
    start, end = period
    return start is None or end is None or (end - start).days + 1 >= _limits()["month"]


def remember_dates(scene: Scene, memory: Memory, claimed: bool) -> None:
    """Keeps the date that a sentence sets for the rest of its paragraph (`29 June: a new truce.`)."""
    current = [mark for mark in _current(scene) if mark.role == "at"]
    if claimed:
        told = memory.period_sentence == scene.reading.index
        current = [mark for mark in current if not told and _followed(scene, mark) is None and not _looks_back(scene, mark, memory)]
    if current and not claimed and _opens_a_part(scene, memory):
        period = (current[-1].date_start, current[-1].date_end)
        if _is_span(period):
            memory.period = memory.story = period
    heads = bool(current) and _heads(scene, current[0])
    if current and (heads or not claimed or _is_span((current[0].date_start, current[0].date_end))):
        memory.local = (current[0].date_start, current[0].date_end)
        memory.local_paragraph = scene.reading.sentence.paragraph
        memory.local_heads = heads
    elif claimed and not memory.local_heads:
        memory.local_paragraph = -1


def _heads(scene: Scene, mark: DateMark) -> bool:
    """Whether a date stands at the head of an entry, as in a chronicle (`29 June. A new truce`)."""
    before = scene.folded[scene.reading.start : mark.start]
    return not before.strip("-*•–— ") and scene.folded[mark.end : mark.end + 2].rstrip() in (".", ":", " -", " –", " —", "")


def _opens_a_part(scene: Scene, memory: Memory) -> bool:
    """Whether a sentence sets the time of what follows: a heading, a line before a list, or the first that names a flow."""
    if scene.reading.sentence.kind in ("title", "heading") or scene.folded[: scene.reading.end].rstrip().endswith(":"):
        return True
    return memory.period == NO_PERIOD and (scene.reading.index <= _LEAD or any(cue.strong for cue in scene.of_kind("topic")))


def _current(scene: Scene) -> list[DateMark]:
    """The dates of a sentence that say when something was so: not since what, compared with when, or when it was said."""
    return [
        mark
        for mark in scene.reading.dates
        if mark.role != "base" and not _is_now(scene, mark) and _resolved(mark) and not _speaks_of_other(scene, mark)
    ]


def _speaks_of_other(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that of a level, of a number compared with, of a record or of a word of saying."""
    other = _followed(scene, mark)
    return (other is not None and _by_of(scene, other, mark)) or _is_of_level(scene, mark) or _is_beside_the_number(scene, mark)


def _is_of_level(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that of a level compared with (`3% below the level of 2022`, `twice October's quantity`)."""
    patterns, before = _patterns(), _lead(scene, mark)
    if patterns.level_before.search(before) or patterns.owned_base.match(scene.folded, mark.end):
        return True
    return patterns.compared_before.search(before) is not None


def _is_beside_the_number(scene: Scene, mark: DateMark) -> bool:
    """Whether a date tells no time of a number, even right behind it: the highest since 2019, said on Tuesday."""
    reaches = mark.role == "since" or (mark.role == "at" and mark.date_start is None)
    record = reaches and _patterns().record.search(_lead(scene, mark))
    return bool(record) or (_is_short(mark) and _dates_the_saying(scene, mark)) or _is_of_delivery(scene, mark)


def _is_of_delivery(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that on which goods already traded are to arrive (`for shipment on November 11-20`)."""
    return _patterns().delivery.search(_lead(scene, mark)) is not None or (
        _patterns().delivered.match(scene.folded, mark.end) is not None
    )


def _is_short(mark: DateMark) -> bool:
    """Whether a date is a day or a week, in which something may be said."""
    start, end = mark.date_start, mark.date_end
    return start is not None and end is not None and (end - start).days < _WEEK


def _is_day(mark: DateMark) -> bool:
    return mark.date_start is not None and mark.date_start == mark.date_end


def _dates_the_saying(scene: Scene, mark: DateMark) -> bool:
    """`The ministry said on Tuesday`, `the president last week said`: a time right beside a word of saying."""
    reach = _limits()["saying"]
    return any(
        (0 <= mark.start - cue.end <= reach and not any(sign in scene.folded[cue.end : mark.start] for sign in ",;:"))
        or (0 < cue.start - mark.end <= _BESIDE and _patterns().plain.fullmatch(scene.folded, mark.end, cue.start) is not None)
        for cue in scene.of_kind("says")
    )


def _outside(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date may speak of a number: one in a bracket speaks only of what is in it."""
    bracket = scene.bracket_of(mark)
    if bracket is not None and scene.folded[bracket[1] : quantity.start].strip() == ":":
        return True
    return bracket is None or (bracket[0] <= quantity.start and quantity.end <= bracket[1])


def _is_present(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether `now` stands right at a number: behind its phrase, or a verb before it (`now stands at 3 million`)."""
    return any(
        _is_behind(scene, quantity, mark)
        or (0 < quantity.start - mark.end <= _limits()["now"] and not parted(scene, mark.end, quantity.start))
        for mark in scene.reading.dates
        if _is_now(scene, mark) and quantity.kind not in _RELATIVE and not _dated(scene, mark)
    )


def _is_now(scene: Scene, mark: DateMark) -> bool:
    """Whether a mark tells of the present: `now`, and `today` where the verb is in the present."""
    return mark.role == "now" or bool(_patterns().today.fullmatch(mark.text.lower())) and tense_at(scene, mark.end) == "present"


def _dated(scene: Scene, now: DateMark) -> bool:
    """Whether a time before `now` in its clause dates the sentence (`In 2023 it was still 5 million`)."""
    reach = scene.reading.start + _OPENING
    return any(mark.role == "at" and mark.end <= now.start and mark.start <= reach for mark in scene.reading.dates)


def _of_the_next(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The date of the number that a growth leads to (`by 68 percent to 1.4 billion in June`)."""
    after = scene.quantity_after(quantity)
    if after is None or quantity.kind not in _RELATIVE or after.kind in _RELATIVE:
        return None
    leads = _patterns().leads_to.fullmatch(scene.folded, quantity.end, after.start)
    return _attached(scene, after, is_base=False) if leads else None


def _base_period(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic) -> Period:
    """The period of a base that has no date at it: the one that its phrase names, or a year before the number now."""
    following = scene.quantity_after(quantity)
    limit = following.start if following else scene.reading.end
    for mark in scene.reading.dates:
        if quantity.end <= mark.start < limit and mark.role == "base" and not parted(scene, quantity.end, mark.start):
            return mark.date_start, mark.date_end
    if scene.folded.startswith(" of ", quantity.end):
        return memory.period if memory.period_sentence == scene.reading.index else NO_PERIOD
    planned = memory.ahead_sentence == scene.reading.index != memory.period_sentence
    now = memory.ahead if planned else memory.period
    return _year_before(now) if "flow" in topic.traits else NO_PERIOD


def _year_before(period: Period) -> Period:
    """The same months a year earlier (`up 5 percent, from 2.1 million`)."""
    start, end = period
    limits = _limits()
    if start is None or end is None or not limits["month"] <= (end - start).days + 1 <= limits["two_years"]:
        return NO_PERIOD
    return same_day(start, start.year - 1), same_day(end, end.year - 1)


def same_day(day: date, year: int) -> date:
    """The same day in another year; the last day of February stays so."""
    following = day + timedelta(days=1)
    if day.month == 2 and following.month == 3:
        return date(year, 3, 1) - timedelta(days=1)
    return day.replace(year=year)


def period_in_bracket(scene: Scene, quantity: QuantityMark, before: Period, memory: Memory) -> Period:
    """The period of a number in a bracket: of its own date (`(in 2022: 25.1 billion)`), else that of the number before.

    A growth behind the base of a comparison is of the number that is compared (`$5 million against $4 million (+25%)`).
    """
    if quantity.kind not in _RELATIVE:
        own = _attached(scene, quantity, is_base=True)
        return (own.date_start, own.date_end) if own is not None and _resolved(own) else before
    last = memory.last
    of_base = last is not None and base_cue(scene, last.quantity) is not None
    if not of_base:
        return before
    told = memory.period_sentence == scene.reading.index or _year_before(memory.period) == before != NO_PERIOD
    return memory.period if told else NO_PERIOD


def _attached(scene: Scene, quantity: QuantityMark, is_base: bool) -> DateMark | None:
    """The date that directly follows or precedes a number (`$2 billion in 2024`, `January's 129 million`)."""
    patterns = _patterns()
    level = quantity.kind not in _NO_LEVEL and quantity.change is None
    dates = [mark for mark in scene.reading.dates if not _is_now(scene, mark)]
    following = scene.quantity_after(quantity)
    for mark in dates:
        compared = patterns.compares.match(scene.folded, mark.start) or patterns.compares_before.search(_lead(scene, mark))
        allowed = is_base or mark.role != "base" or (level and not compared)
        beyond = following is not None and following.start < mark.start
        if allowed and not beyond and _is_behind(scene, quantity, mark):
            of_other = _is_beside_the_number(scene, mark) or (quantity.kind in _NO_LEVEL and _is_of_level(scene, mark))
            return None if of_other and not is_base else mark
    return next((mark for mark in dates if mark.end <= quantity.start and _owns(scene, mark, quantity, is_base)), None)


def _is_behind(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """Whether a date ends the phrase that a number opens (`5 million tons of grain in 2024`)."""
    if mark.start < quantity.end:
        return False
    bracketed = scene.folded[quantity.end : mark.start].strip() in ("(", "(in") and scene.folded.startswith(")", mark.end)
    return bracketed or _patterns().behind.fullmatch(scene.folded, quantity.end, mark.start) is not None


def _owns(scene: Scene, mark: DateMark, quantity: QuantityMark, is_base: bool) -> bool:
    """Whether a date before a number is tied to it (`January's 129 million`, `in 2022: 25.1 billion`)."""
    if quantity.kind not in _RELATIVE and _patterns().owner.fullmatch(scene.folded, mark.end, quantity.start):
        return True
    between = scene.folded[mark.end : quantity.start].strip()
    if between == "(":
        return quantity.kind not in _RELATIVE
    return between == ":" and (is_base or mark.role != "base")


def _over_a_span(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number grew over years that nothing places in time (`has doubled in a decade`)."""
    return any(
        not parted(scene, *((span.end(), quantity.start) if span.end() <= quantity.start else (quantity.end, span.start())))
        for span in _patterns().span.finditer(scene.folded, scene.reading.start, scene.reading.end)
        if not any(mark.start < span.end() and span.start() < mark.end for mark in scene.reading.dates)
    )


def _respective(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The date of a number by its place in two lists (`$1 billion and $2 billion in 2022 and 2023, respectively`)."""
    if scene.folded.find("respectively", scene.reading.start, scene.reading.end) < 0:
        return None
    numbers = [other for other in scene.reading.quantities if other.kind == quantity.kind]
    dates = [mark for mark in scene.reading.dates if mark.role == "at" and _resolved(mark)]
    return dates[numbers.index(quantity)] if len(numbers) == len(dates) > 1 else None


def _by_of(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """`The $2 billion of 2017`."""
    return mark.start >= quantity.end and scene.folded[quantity.end : mark.start].strip() in ("of", "of the whole of")


def _end_of_range(scene: Scene, quantity: QuantityMark, topic: Topic, own: DateMark | None) -> Period | None:
    """The year of a number in a development over years (`from 1.2 to 1.7 million between 2021 and 2023`, `grew 37 percent`)."""
    ranges = [mark for mark in _current(scene) if _is_years(mark)]
    mark = own if own is not None and own in ranges else next(iter(ranges), None) if own is None and len(ranges) == 1 else None
    if mark is None or "flow" not in topic.traits or apart(asides(scene), mark.start, quantity.start):
        return None
    before, after = scene.quantity_before(quantity), scene.quantity_after(quantity)
    first, last = mark.date_start, mark.date_end
    if first is None or last is None:
        return None
    if after is not None and _patterns().from_to.fullmatch(scene.folded, quantity.end, after.start) and _is_from(scene, quantity):
        return _year(first.year)
    from_here = before is not None and _patterns().from_to.fullmatch(scene.folded, before.end, quantity.start)
    to_here = from_here and before is not None and _is_from(scene, before)
    grown = quantity.kind in _RELATIVE and quantity.change is not None and not _patterns().yearly.match(scene.folded, quantity.end)
    return _year(last.year) if to_here or (grown and _patterns().between.match(mark.text)) else None


def _is_from(scene: Scene, quantity: QuantityMark) -> bool:
    return scene.folded[max(scene.reading.start, quantity.start - _ARTICLE) : quantity.start].rstrip().endswith("from")


def _is_years(mark: DateMark) -> bool:
    """Whether a period runs over whole years, more than one."""
    start, end = mark.date_start, mark.date_end
    whole = start is not None and end is not None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return whole and start is not None and end is not None and start.year < end.year and mark.role == "at"


def _year(number: int) -> Period:
    return date(number, 1, 1), date(number, 12, 31)


def _contrasted(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The earlier time that opens a number's clause (`A year earlier it had been 3 million`); it sets nothing for what follows."""
    clause = clause_of(scene, quantity.start)
    for mark in scene.reading.dates:
        opens = clause[0] <= mark.start <= clause[0] + _OPENING and mark.end <= quantity.start
        if opens and mark.role == "base" and _resolved(mark) and not _patterns().rate_of_change.search(mark.text.lower()):
            return None if _patterns().compares.match(scene.folded, mark.start) else mark
    return None


def _restates(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a number puts the one before it in other words (`41 million tons last year, or 57 percent of its purchases`)."""
    last = memory.last
    if last is None or last.sentence != scene.reading.index or last.slots.period == NO_PERIOD:
        return False
    return _patterns().restates.fullmatch(scene.folded, last.quantity.end, quantity.start) is not None


def _at_first(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number is told of a time that nothing places (`5 million at the start and 15 million by 2030`)."""
    return _patterns().untold.match(scene.folded, quantity.end) is not None


def _is_attribute(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether an amount only describes a thing (`a $10 billion project`, `with a total investment of $3 billion`)."""
    before = scene.folded[max(scene.reading.start, quantity.start - _REACH) : quantity.start]
    if _patterns().described.search(before):
        return True
    return _patterns().article.search(before) is not None and _patterns().thing.match(scene.folded, quantity.end) is not None


def _reaches(scene: Scene, mark: DateMark, quantity: QuantityMark, topic: Topic) -> bool:
    """Whether a date of another clause may speak of a number: not where the number's own verb is of another time."""
    if clause_of(scene, mark.start) == clause_of(scene, quantity.start):
        return True
    tense, flows = tense_at(scene, quantity.start), "flow" in topic.traits
    if mark.end <= quantity.start:
        aimed = tense != "past" or scene.folded.startswith("and to ", clause_of(scene, quantity.start)[0])
        lasts = not flows and (tense == "present" or (aimed and _spent(scene, mark, quantity)))
        return not lasts and not (flows and _is_habit(scene, quantity) and mark.role == "at")
    if not flows and new_verb(scene, quantity.end, mark.start):
        return False
    return not (mark.role == "deadline" and tense != "future" and _taken(scene, mark, quantity))


def _governing(scene: Scene, quantity: QuantityMark, topic: Topic) -> DateMark | None:
    """The date whose clause a number stands in; one before it wins over one behind it."""
    limits, set_off = _limits(), asides(scene)
    if "flow" not in topic.traits and _is_attribute(scene, quantity):
        return None
    dates = [
        mark
        for mark in _current(scene)
        if _outside(scene, mark, quantity)
        and not _left_behind(scene, mark, quantity)
        and _reaches(scene, mark, quantity, topic)
    ]

    def handicap(mark: DateMark) -> float:
        before = mark.end <= quantity.start
        left, right = (mark.end, quantity.start) if before else (quantity.end, mark.start)
        divided = parted(scene, left, right)
        flaws = {
            "day": "flow" in topic.traits and _is_day(mark),
            "elsewhere": not before and new_clause(scene, left, right),
            "taken": _taken(scene, mark, quantity),
            "aside": apart(set_off, mark.start, quantity.start) or (divided and _in_relative_clause(scene, mark)),
            "spent": before and divided and _spent(scene, mark, quantity),
            "spent_since": before and divided and mark.role == "since" and _spent(scene, mark, quantity),
            "open": mark.role == "since" and mark.date_start is None,
        }
        return sum(limits[flaw] for flaw, found in flaws.items() if found) - (0.0 if divided else limits["same_stretch"])

    found = scene.nearest(quantity, dates, limits["near" if "lasting" in topic.traits else "anywhere"], handicap=handicap)
    return found[1] if found else None


def _left_behind(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a number behind a semicolon is expected or planned, and the date before it another's (`...; he expects 10`)."""
    stop = scene.folded.rfind(";", mark.end, quantity.start) if mark.end <= quantity.start else -1
    if stop < 0 or not _spent(scene, mark, quantity):
        return False
    cues = [cue for cue in scene.of_kind("modality") if stop < cue.start and cue.end <= quantity.start]
    return any(cue.value in ("forecast", "target") for cue in cues)


def _resolved(mark: DateMark) -> bool:
    return mark.date_start is not None or mark.date_end is not None


def _bounds(scene: Scene, mark: DateMark, topic: Topic, memory: Memory) -> Period:
    """The bounds of a date, closed where the text shows from when or how far its figures go."""
    start, end = mark.date_start, mark.date_end
    if "flow" not in topic.traits:
        return _of_a_state(scene, mark, topic, memory)
    if mark.role == "deadline" or (start == end and _AS_OF.match(mark.text)):
        return _counted_to(scene, mark, memory)
    last = memory.latest
    if mark.role == "since" and start and end is None and last and start <= last:
        return start, last
    if mark.role == "since" and start and end:
        return start, min(_latest(scene, mark, start) or end, end)
    return start, end


def _of_a_state(scene: Scene, mark: DateMark, topic: Topic, memory: Memory) -> Period:
    """The bounds of what holds from a day on: a rate that is set then, or has been in force since."""
    start, end = mark.date_start, mark.date_end
    before = scene.folded[mark.start - _REACH if mark.start > _REACH else 0 : mark.start]
    published = memory.published_on
    if mark.role == "since" and start and end is None and published and start <= published:
        held = _patterns().held.search(scene.folded, scene.reading.start, scene.reading.end)
        return start, published if held else None
    return start, end


def _counted_to(scene: Scene, mark: DateMark, memory: Memory) -> Period:
    """The bounds of what had come together by a day: since when, if the sentence or the text tells it."""
    start, end, published = mark.date_start, mark.date_end, memory.published_on
    begun = [
        other.date_start
        for other in scene.reading.dates
        if other is not mark and other.date_start and end and other.role in ("since", "at") and _holds(other, end)
    ]
    if begun:
        return min(begun), end
    if end is None or published is None or end > published or tense_at(scene, mark.end) not in ("past", ""):
        return None, end
    if _BY_YEAR.fullmatch(mark.text):
        return _year(end.year)
    first, last = memory.period
    whole = first is not None and last is not None and (last - first).days > 32 and first.year == end.year
    return (first, end) if whole and first is not None and first < end else (None, end)


def _holds(mark: DateMark, end: date) -> bool:
    """Whether a period is one that a count up to a day has run in."""
    start, until = mark.date_start, mark.date_end
    return start is not None and start < end and (until is None or until >= end) and start != until


def _latest(scene: Scene, since: DateMark, start: date) -> date | None:
    """Up to when something has gone on since a date: the other date of the sentence, if it names one."""
    ends = [
        mark.date_end
        for mark in scene.reading.dates
        if mark is not since and mark.date_end and mark.date_end > start and _AS_OF.match(mark.text)
    ]
    return max(ends, default=None)


def _in_relative_clause(scene: Scene, mark: DateMark) -> bool:
    """Whether a date ends a clause that explains a word without a comma (`the pact that they had signed in 2015`)."""
    return _patterns().relative.search(_lead(scene, mark)) is not None


def _followed(scene: Scene, mark: DateMark) -> QuantityMark | None:
    """The number that a date directly follows."""
    before = bisect_right(scene.reading.quantities, mark.start, key=lambda quantity: quantity.end)
    last = scene.reading.quantities[before - 1] if before else None
    return last if last is not None and _is_behind(scene, last, mark) else None


def _taken(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date directly follows a later number, and so belongs to that one alone; a share has the time of its whole."""
    other = _followed(scene, mark)
    return other is not None and other.start > quantity.end and not _OF.match(scene.folded, quantity.end, other.start)


def _spent(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date before a number directly follows an earlier one."""
    return mark.start < quantity.start and _followed(scene, mark) is not None


def _lead(scene: Scene, mark: DateMark) -> str:
    """The words of the sentence before a date, as far as its phrase can reach."""
    return scene.folded[max(scene.reading.start, mark.start - _REACH) : mark.start]
