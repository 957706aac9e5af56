"""The time that a text is on: what the story tells of, what a paragraph tells of, what is planned.

A period that a sentence states opens a frame, which numbers without a date are read in until the text leaves it. What is
stated belongs to `periods`.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from pipeline.claims.context.clauses import clause_of, clause_text, tense_at
from pipeline.claims.context.cues import Topic, topics
from pipeline.claims.context.memory import Memory, Works
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import base_cue
from pipeline.claims.slots.date_ties import current, deal_day, followed, has_unknown_date, heads, is_now, looks_back, spells_out
from pipeline.claims.slots.period_words import ARTICLE, NO_PERIOD, RELATIVE, Period, limits, patterns
from pipeline.language.marks import QuantityMark

_RATE = "freight_rate"
_GOES_ON = 6  # sentences in which statistics go on with their time
_AMOUNTS = frozenset({"money", "measure", "bare"})
_DEFINITE = re.compile(r"\b(?:the|these|those|this|that)\s+$")
_SAME = re.compile(r"\bsame (?:period|months?|time|quarter|half)\b")  # as that of the story, not of an event told between
_LEAD = 1  # the last of the sentences that open a text, by its index
_OFTEN = ("/d", "/wk", "/mo")
_LENGTHS = {"week": (5, 8), "month": (27, 32), "quarter": (88, 93), "half": (180, 185), "year": (364, 367)}  # days
_TRADE = frozenset({"turnover", "exports", "imports"})
_SPLIT = frozenset({"exports", "imports", "balance"})
_OPENING = 24  # characters before the flow that a paragraph opens with
_AHEAD = frozenset({"forecast", "target", "possible"})


def remember_period(scene: Scene, memory: Memory, topic: Topic, period: Period, modality: str) -> None:
    """Keeps a period that a sentence states, for what follows: of two in a sentence, the later.

    What is to come has a time of its own, which the facts behind it do not share.
    """
    later = (period[1] or date.max) >= (memory.rate_period[1] or date.min)
    if topic.indicator == _RATE and later and not _is_longer(period, memory.rate_period):
        memory.rate_period = period
    if "flow" not in topic.traits:
        return
    if modality in _AHEAD or _is_ahead(period, memory.published_on):
        memory.ahead, memory.ahead_sentence = period, scene.reading.index
        return
    _keep_span(memory, period)
    start, end = period
    if start is not None and end is not None:
        memory.latest = max(end, memory.latest or end)
    same_sentence = memory.period_sentence == scene.reading.index
    if not same_sentence or (end or date.min) >= (memory.period[1] or date.min):
        _move(scene, memory, period)


def _is_longer(period: Period, told: Period) -> bool:
    """Whether a period only holds another and more: an average over the year says nothing of the week that a report is on."""
    start, end = told
    first, last = period
    if start is None or end is None or first is None or last is None:
        return False
    return first < start and end <= last


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
    """Brings the text back to the time of its story, and to the railway or port it is on, where a new paragraph begins."""
    if memory.operator and memory.last is not None and memory.last.paragraph != scene.reading.sentence.paragraph:
        memory.carrier = memory.operator
    if memory.period_paragraph != scene.reading.sentence.paragraph and memory.story != NO_PERIOD:
        whole = _whole_split(scene, memory)
        memory.period = memory.story if whole is None else whole


def _whole_split(scene: Scene, memory: Memory) -> Period | None:
    """The time of the trade told just before, which a paragraph splits into what was sold and bought (`Exports rose to`)."""
    last, cues = memory.last, scene.of_kind("topic")
    if last is None or last.topic.indicator != "turnover" or last.sentence != scene.reading.index - 1 or scene.groups:
        return None
    opens = bool(cues) and topics()[cues[0].value].indicator in _SPLIT and cues[0].start - scene.reading.start <= _OPENING
    return last.slots.period if opens and last.slots.period != NO_PERIOD else None


def carried(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic, modality: str) -> Period:
    """The period that a number without a date keeps: of the whole that it is a part of, or of what the text is on."""
    if modality in _AHEAD and memory.ahead != NO_PERIOD and scene.reading.index - memory.ahead_sentence <= 1:
        return memory.ahead if "flow" in topic.traits and not has_unknown_date(scene, quantity) else NO_PERIOD
    length = _length_told(scene, quantity)
    if length in memory.spans:
        return memory.spans[length]
    if length == "year" and (known := _year_of_results(scene, quantity, memory)) is not None:
        return known
    if memory.local_heads and memory.local_paragraph == scene.reading.sentence.paragraph:
        told = not _is_timeless(scene, quantity) if "flow" in topic.traits else tense_at(scene, quantity.start) != "present"
        return memory.local if told else NO_PERIOD
    if topic.indicator == "tariff" and (begun := _from_then(scene, quantity, memory, modality)) is not None:
        return begun
    known = (
        _in_this_period(scene, quantity, memory)
        or _as_told_before(scene, quantity, memory)
        or _of_its_whole(scene, quantity, memory)
        or _of_the_last(scene, quantity, memory, topic)
    )
    return known if known is not None else _of_the_frame(scene, quantity, memory, topic)


def _in_this_period(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The period of the number told last, where a clause points back to it (`the deficit in this period`)."""
    if memory.last is None or not pattern("same_time").search(clause_text(scene, quantity.start)):
        return None
    return memory.last.slots.period


def _year_of_results(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The year of a yearly flow without a date: in the first months of a year the one before (`annual exports totalled`)."""
    published = memory.published_on
    early = published is not None and published.month <= limits()["reporting"] and tense_at(scene, quantity.start) == "past"
    if early and published is not None and memory.period == NO_PERIOD:
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    return NO_PERIOD if _class_of(memory.period) in ("week", "month", "quarter") else None


def _length_told(scene: Scene, quantity: QuantityMark) -> str:
    """The length of time that the adjective of a flow tells (`annual throughput`); empty where it has none."""
    start = clause_of(scene, quantity.start)[0]
    for match in pattern("of_length").finditer(scene.folded, start, quantity.start):
        if pattern("length_of_flow").match(scene.folded, match.end(), quantity.start):
            return str(match.lastgroup)
    return ""


def _keep_span(memory: Memory, period: Period) -> None:
    """Keeps the latest period of each length that the text has told."""
    length = _class_of(period)
    if length and (period[1] or date.min) >= (memory.spans.get(length, NO_PERIOD)[1] or date.min):
        memory.spans[length] = period


def _class_of(period: Period) -> str:
    """The length of a period by name; empty for others than those that a flow is told for."""
    start, end = period
    days = (end - start).days + 1 if start is not None and end is not None else 0
    return next((name for name, (low, high) in _LENGTHS.items() if low <= days <= high), "")


def _of_the_frame(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic) -> Period:
    """The time that the text is on, for a number that takes it."""
    flows = "flow" in topic.traits
    if "lasting" not in topic.traits and _follows_its_base(scene, memory):
        return memory.period
    if not _takes_frame(scene, quantity, topic, memory):
        return deal_day(scene) if flows and _is_deal(scene) else NO_PERIOD
    if topic.indicator == _RATE:
        return memory.rate_period
    if memory.period == NO_PERIOD and quantity.kind in RELATIVE:
        return _year_after(scene, memory)
    here = _is_span(memory.local) and memory.local_paragraph == scene.reading.sentence.paragraph
    here = here and not any(mark.role == "base" and _SAME.search(mark.text.lower()) for mark in scene.reading.dates)
    told = memory.local if here else memory.period
    return told if _is_span(told) else NO_PERIOD


def _takes_frame(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> bool:
    """Whether a number is of the time that the text is on: a flow that is told as past, of no other time."""
    now = scene.nearest(quantity, [mark for mark in scene.reading.dates if is_now(scene, mark)], limits()["near"])
    if now is not None or has_unknown_date(scene, quantity):
        return False
    often = (quantity.unit or "").endswith(_OFTEN)
    if _is_timeless(scene, quantity) or (often and _is_perfect(scene, quantity)) or _is_going_on(scene, quantity):
        return False
    lasts = is_habit(scene, quantity) and not _is_of_statistics(scene, quantity, topic, memory)
    return topic.indicator == _RATE or ("flow" in topic.traits and not lasts and not _is_deal(scene))


def is_habit(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a clause tells what is so at any time (`the route carries 5 percent of the trade`): in the present alone."""
    place = quantity.end if quantity.kind == "multiple" else quantity.start
    return quantity.change is None and tense_at(scene, place) == "present"


def _is_of_statistics(scene: Scene, quantity: QuantityMark, topic: Topic, memory: Memory) -> bool:
    """Whether a number in the present tense is one of those just told for a time (`China remains the first with $5 billion`).

    Only a sum or a rank is: rates and shares may hold at any time.
    """
    here = memory.period_paragraph == scene.reading.sentence.paragraph
    near = here or scene.reading.index - memory.period_sentence <= _GOES_ON
    if not near or "/" in (quantity.unit or "") or "trade" not in topic.traits:
        return False
    if here and quantity.kind in _AMOUNTS:
        return True
    return patterns().ranks.search(scene.folded, clause_of(scene, quantity.start)[0], quantity.start) is not None


def _is_timeless(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a clause tells what is usual, or what was so before an event that nothing places (`before the war`)."""
    return patterns().timeless.search(clause_text(scene, quantity.start)) is not None


def _is_perfect(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a verb before a number tells what has become so (`has put on 11 trains a week`)."""
    return patterns().perfect.search(scene.folded, clause_of(scene, quantity.start)[0], quantity.start) is not None


def _is_going_on(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether somebody says what is going on as he speaks (`said it was moving 15 trains a day`)."""
    return patterns().said_ongoing.search(scene.folded, scene.reading.start, quantity.start) is not None


def _is_deal(scene: Scene) -> bool:
    """Whether a sentence tells of a contract, which is of its own day."""
    return patterns().deal.search(scene.folded, scene.reading.start, scene.reading.end) is not None


def _as_told_before(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The period of an amount that the text has told before (`the 137,000 tonnes`)."""
    definite = _DEFINITE.search(scene.folded, max(scene.reading.start, quantity.start - ARTICLE), quantity.start)
    return memory.amounts.get((quantity.unit, quantity.value_low)) if definite else None


def _from_then(scene: Scene, quantity: QuantityMark, memory: Memory, modality: str) -> Period | None:
    """The time from the day told before on, for a duty that holds `then` (`takes effect on 1 May. 90% will then be`)."""
    day = memory.local[0] if memory.local_paragraph == scene.reading.sentence.paragraph else None
    if day is None or day != memory.local[1] or modality not in _AHEAD or scene.reading.dates:
        return None
    return (day, None) if patterns().then.search(clause_text(scene, quantity.start)) else None


def _of_its_whole(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The period of the trade told just before, for the share that one of its sides has (`Peru's share is 4 percent`)."""
    last, sentence = memory.last, scene.reading
    if (
        last is None
        or quantity.kind not in ("percent", "fraction")
        or quantity.change is not None
        or last.slots.period[1] is None
    ):
        return None
    near = last.paragraph == sentence.sentence.paragraph and last.sentence == sentence.index - 1
    if (
        near
        and last.measure == "level"
        and last.topic.indicator in _TRADE
        and pattern("opens_with_told").match(scene.folded, sentence.start)
    ):
        return last.slots.period
    sides = {*last.slots.reporter, *last.slots.partner}
    told = {code for group in scene.groups for member in group.members for code in member}
    if not near or last.measure != "level" or last.topic.indicator not in _TRADE or not told or not told <= sides:
        return None
    return last.slots.period if patterns().share.search(clause_text(scene, quantity.start)) else None


def _of_the_last(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic) -> Period | None:
    """The period of the number before, where this one goes on with it or is a part of it."""
    last = memory.last
    if last is None or scene.reading.index - last.sentence > 1 or base_cue(scene, last.quantity) is not None:
        return None
    start, until = memory.period[0], last.slots.period[1]
    back = quantity.kind in RELATIVE and start is not None and until is not None and until < start
    alike = quantity.kind in RELATIVE and last.topic.indicator == topic.indicator
    flows = (("flow" in last.topic.traits and "flow" in topic.traits) or alike) and not back
    ranked = pattern("investors_listed").search(scene.folded, scene.reading.start, scene.reading.end) is not None
    if ranked and last.topic.indicator == topic.indicator == "investment":
        return last.slots.period
    quotas = last.topic.indicator == topic.indicator == "tariff" and quantity.unit not in (None, "%")
    if quotas and last.slots.period != NO_PERIOD and last.quantity.unit != "%":
        return last.slots.period
    goes_on = flows and last.sentence == scene.reading.index and last.slots.period != NO_PERIOD
    return last.slots.period if goes_on or _is_part(scene, quantity, last.sentence) else None


def _is_part(scene: Scene, quantity: QuantityMark, last_sentence: int) -> bool:
    """Whether a number is told as a part of the one before (`of which 2 million`, `Of the total, 3 million`)."""
    if last_sentence == scene.reading.index:
        return patterns().part.search(scene.folded, scene.reading.start, quantity.start) is not None
    return patterns().whole.match(scene.folded[scene.reading.start : quantity.start]) is not None


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
    start, end = period
    if stated:
        return period
    counted = modality == "reported" and end is not None and published_on is not None and end <= published_on
    if unit.endswith("/yr") or (start is None and modality != "forecast" and not counted):
        return NO_PERIOD
    if modality == "reported" and _is_ahead(period, published_on):
        return NO_PERIOD
    past = end is not None and published_on is not None and end <= published_on
    return NO_PERIOD if modality == "negated" or (past and modality != "reported") else period


def _is_ahead(period: Period, published_on: date | None) -> bool:
    start, end = period
    if start is None or published_on is None:
        return False
    return start > published_on or (start == published_on and start != end)


def _is_span(period: Period) -> bool:
    """Whether a period is long enough for a flow to go on in it; what happened on a day stays with its sentence."""
    start, end = period
    return start is None or end is None or (end - start).days + 1 >= limits()["week"]


def remember_dates(scene: Scene, memory: Memory, claimed: bool) -> None:
    """Keeps the date that a sentence sets for the rest of its paragraph (`29 June: a new truce.`)."""
    dates = [
        mark
        for mark in current(scene)
        if mark.role == "at" and not any(spells_out(scene, mark, earlier) for earlier in scene.reading.dates)
    ]
    if scene.reading.sentence.kind == "title":
        # `Trade in 2019 and the tasks for 2020`: the figures are of the time that is over.
        over = [mark for mark in dates if mark.date_end and memory.published_on and mark.date_end <= memory.published_on]
        dates = over or dates
    if claimed:
        told = memory.period_sentence == scene.reading.index
        dates = [mark for mark in dates if not told and followed(scene, mark) is None and not looks_back(scene, mark, memory)]
    if dates and _opens_a_part(scene, memory):
        period = (dates[-1].date_start, dates[-1].date_end)
        if _is_span(period):
            memory.period = memory.story = period
    _remember_works(scene, memory)
    entry = bool(dates) and heads(scene, dates[0])
    if dates and (entry or not claimed or _is_span((dates[0].date_start, dates[0].date_end))):
        memory.local = (dates[0].date_start, dates[0].date_end)
        memory.local_paragraph = scene.reading.sentence.paragraph
        memory.local_heads = entry
    elif claimed and not memory.local_heads:
        memory.local_paragraph = -1


def _remember_works(scene: Scene, memory: Memory) -> None:
    """Keeps the time by which something is to be ready (`a terminal is to open by 2027`), for what it will then do.

    A sentence without a figure or a time goes on with it.
    """
    sentence, known = scene.reading, memory.works
    if known is not None and known.sentence == sentence.index - 1 and not sentence.quantities and not sentence.dates:
        memory.works = replace(known, sentence=sentence.index)
    published = memory.published_on
    ends = [mark.date_end for mark in current(scene) if mark.date_end and published and mark.date_end > published]
    if ends and patterns().works.search(scene.folded, sentence.start, sentence.end):
        memory.works = Works(ends[-1], sentence.index, sentence.sentence.paragraph, _places(scene))


def _places(scene: Scene) -> frozenset[str]:
    """The places, ports and lines that a sentence names, by their keys."""
    return frozenset(name.key for name in scene.reading.names if name.kind in ("place", "port", "railway", "corridor"))


def of_the_works(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic, modality: str) -> Period | None:
    """The deadline of what the sentences before told to be built, for the load that it will then take."""
    works, sentence = memory.works, scene.reading
    loads = topic.indicator == "capacity" or (quantity.unit or "").endswith("/yr")
    if works is None or not loads or modality not in _AHEAD or sentence.dates or quantity.kind in RELATIVE:
        return None
    near = works.sentence == sentence.index - 1 and works.paragraph == sentence.sentence.paragraph
    return (None, works.until) if near and _places(scene) <= works.places else None


def _opens_a_part(scene: Scene, memory: Memory) -> bool:
    """Whether a sentence sets the time of what follows: a heading, a line before a list, or the first that names a flow."""
    if scene.reading.sentence.kind in ("title", "heading") or scene.folded[: scene.reading.end].rstrip().endswith(":"):
        return True
    return memory.period == NO_PERIOD and (scene.reading.index <= _LEAD or any(cue.strong for cue in scene.of_kind("topic")))


def year_before(period: Period, published_on: date | None = None, *, told: bool = False) -> Period:
    """The same months a year earlier (`up 5 percent, from 2.1 million`), or up to the same day of a count up to one.

    A week goes back by a year only where the text has `told` so.
    """
    start, end = period
    if start is None and end is not None and published_on is not None and end <= published_on:
        return None, same_day(end, end.year - 1)
    least = limits()["week" if told else "year_back"]
    if start is None or end is None or not least <= (end - start).days + 1 <= limits()["two_years"]:
        return NO_PERIOD
    return same_day(start, start.year - 1), same_day(end, end.year - 1)


def _year_after(scene: Scene, memory: Memory) -> Period:
    """The same months a year after those that the sentence compares with, if they have just ended (`compared with 2021`)."""
    published = memory.published_on
    for mark in scene.reading.dates:
        start, end = mark.date_start, mark.date_end
        if mark.role == "base" and start and end and published and _is_span((start, end)):
            after = same_day(start, start.year + 1), same_day(end, end.year + 1)
            return after if timedelta(0) <= published - after[1] <= timedelta(limits()["two_years"] / 2) else NO_PERIOD
    return NO_PERIOD


def same_day(day: date, year: int) -> date:
    """The same day in another year; the last day of February stays so."""
    following = day + timedelta(days=1)
    if day.month == 2 and following.month == 3:
        return date(year, 3, 1) - timedelta(days=1)
    return day.replace(year=year)
