"""The time in which a number holds: the date that the sentence attaches to it, or the one that the text is on.

Resolving date expressions belongs to `pipeline.language.dates`; choosing among them belongs here. The words that tie dates to
numbers are data in `seeds/reference/claim_periods.toml`.
"""

import re
from datetime import date, timedelta

from pipeline.claims.context.clauses import apart, clause_of, new_clause, new_verb, parted, tense_at
from pipeline.claims.context.cues import Topic
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import base_cue
from pipeline.claims.slots.date_ties import (
    attached,
    by_of,
    current,
    dated,
    followed,
    in_relative_clause,
    is_behind,
    is_day,
    is_now,
    left_behind,
    looks_back,
    number_before,
    of_another_act,
    of_base_list,
    of_the_next,
    out_of_quotation,
    outside,
    resolved,
    respective,
    spells_out,
    spent,
    taken,
)
from pipeline.claims.slots.frames import is_habit, same_day, year_before
from pipeline.claims.slots.period_words import (
    ARTICLE,
    NO_PERIOD,
    OPENING,
    REACH,
    RELATIVE,
    UNSTATED,
    Period,
    count_of,
    limits,
    patterns,
)
from pipeline.claims.slots.side_roles import itemises
from pipeline.language.marks import DateMark, QuantityMark

_DEALS = frozenset({"deal_value", "financing"})  # of the day on which they are signed
_STRUCK_OF = ("exports", "imports", "turnover")  # a balance
_AND = re.compile(r"\s(?:and|&)\s(?:in\s)?")
_MONTH_DAYS = 31
_DECEMBER = 12
_HALF_YEAR = 6  # months
_LIST = 2  # times that make it plain that each number of a list has its own
_BY_YEAR = re.compile(r"by (?:19|20)\d\d", re.IGNORECASE)
_AS_OF = re.compile(r"as (?:of|at)\b", re.IGNORECASE)
_END_OF_YEAR = re.compile(r"\bend of (?:the year |last year|(?:19|20)\d\d)")
_YEARS_BACK = re.compile(r"\b(?:past|last)\b.*\b(?:years|decades|months)\b|\b(?:past|last) decade\b")
_WHEN = (", when", ", a year when", ", a year in which")
_LAST_YEAR = re.compile(r"(?:19|20)\d\d(?!.*\d{4})")


def period_of(scene: Scene, quantity: QuantityMark, topic: Topic, is_base: bool, memory: Memory) -> tuple[Period, bool]:
    """The period that a sentence states for a number, and whether it does so for what follows too.

    `is_base` tells the number that another is compared with (`against 35.9 million in 2023`); `$2 billion of 2017` stands
    alone. Where a sentence states none, the period is `UNSTATED`, which `carried` fills.
    """
    own = respective(scene, quantity) or attached(scene, quantity, is_base) or of_the_next(scene, quantity)
    untold = own is None and any(
        told(scene, quantity) for told in (_over_a_span, _at_first, _afterwards, _ends_dated_list, _is_for_any_time)
    )
    if untold or _is_present(scene, quantity):
        return NO_PERIOD, False
    counted = _months_counted(scene, quantity, memory)
    if (span := counted or _end_of_range(scene, quantity, topic, own)) is not None:
        return span, not (is_base or counted)
    if own is not None:
        return _of_own(scene, quantity, own, topic, is_base, memory)
    if (apart_from := _by_its_like(scene, quantity, topic, is_base, memory)) is not None:
        return apart_from, False
    chosen = _governing(scene, quantity, topic)
    if chosen is None:
        return UNSTATED, False
    return _bounds(scene, chosen, topic, memory), not looks_back(scene, chosen, memory)


def _months_counted(scene: Scene, quantity: QuantityMark, memory: Memory) -> Period | None:
    """The months up to the one told last that a number has come together over (`brought the five-month total to`)."""
    start = clause_of(scene, quantity.start)[0]
    told = patterns().months_counted.search(scene.folded, start, quantity.start)
    if told is None or any(told.end() <= mark.start < quantity.start for mark in scene.reading.dates):
        return None
    before = [mark for mark in current(scene) if mark.end <= told.start() and mark.role == "at" and mark.date_start]
    first, last = (before[-1].date_start, before[-1].date_end) if before else memory.period
    if first is None or last is None or (first.year, first.month) != (last.year, last.month) or first == last:
        return None
    count = _HALF_YEAR if told["half"] else count_of(told["count"])
    return (date(last.year, last.month - count + 1, 1), last) if count <= last.month else None


def _of_own(  # noqa: PLR0917
    scene: Scene, quantity: QuantityMark, own: DateMark, topic: Topic, is_base: bool, memory: Memory
) -> tuple[Period, bool]:
    """The period that the date at a number tells, and whether what follows keeps it."""
    back = _year_back(scene, own, memory) if is_base else None
    if back is not None:
        return back, False
    if (part := _same_part(scene, quantity, own)) is not None:
        return part, not is_base
    goes_on = own in current(scene) and not by_of(scene, quantity, own) and not looks_back(scene, own, memory)
    return _bounds(scene, own, topic, memory), resolved(own) and goes_on


def _afterwards(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number comes after the time told last, at no time of its own (`and would thereafter be lifted to 10`)."""
    words = list(patterns().afterwards.finditer(scene.folded, scene.reading.start, quantity.start))
    return bool(words) and not any(words[-1].start() <= mark.start < quantity.start for mark in scene.reading.dates)


def _ends_dated_list(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a share ends a list of numbers with times of their own (`$5 billion in 2024, $90 since 1990, a share of 9%`)."""
    if quantity.kind not in RELATIVE or quantity.change is not None:
        return False
    before = [mark for mark in current(scene) if mark.end <= quantity.start]
    own = [mark for mark in before if spent(scene, mark, quantity)]
    if len({(mark.date_start, mark.date_end) for mark in own}) < _LIST or before[-1] is not own[-1]:
        return False
    return any(own[-1].end <= cue.start and cue.end <= quantity.start for cue in scene.of_kind("share"))


def _year_back(scene: Scene, own: DateMark, memory: Memory) -> Period | None:
    """The same part of the year before, for a number that is compared with one of `the year before`; None for another date."""
    last = memory.last
    here = last is not None and last.sentence == scene.reading.index and base_cue(scene, last.quantity) is None
    start, end = last.slots.period if last is not None and here else memory.period
    if not patterns().year_back.fullmatch(own.text.lower()):
        return None
    if end is None:
        return NO_PERIOD if here and own.date_start is not None and not _is_whole(own.date_start, own.date_end) else None
    return None if start is not None and _is_whole(start, end) else year_before((start, end), memory.published_on, told=True)


def whole_year(scene: Scene, period: Period, published_on: date | None) -> Period:
    """The year that a flow is told of by its end, once that is over (`as of the end of 2023 trade totalled $8 billion`)."""
    start, end = period
    if end is None or published_on is None or end > published_on or (end.month, end.day) != (_DECEMBER, _MONTH_DAYS):
        return period
    first = date(end.year, 1, 1)
    if start not in (None, date(end.year, _DECEMBER, 1)):
        return period
    told = (mark.text.lower() for mark in scene.reading.dates if (mark.date_start, mark.date_end) == period)
    return (first, end) if any(_END_OF_YEAR.search(text) for text in told) else period


def _is_whole(start: date, end: date | None) -> bool:
    """Whether a period is of whole years."""
    behind = end + timedelta(days=1) if end is not None and end < date.max else None
    return behind is not None and (start.month, start.day) == (behind.month, behind.day)


def _by_its_like(scene: Scene, quantity: QuantityMark, topic: Topic, is_base: bool, memory: Memory) -> Period | None:
    """The period of a number that another number beside it or a contrast gives it; it sets nothing for what follows."""
    if (then := _contrasted(scene, quantity)) is not None:
        return then.date_start, then.date_end
    if (year := _year_explained(scene, quantity)) is not None:
        return year
    if is_base:
        return _base_period(scene, quantity, memory, topic)
    alike = _restates(scene, quantity, memory) or ("flow" in topic.traits and itemises(scene, quantity, memory.last))
    return memory.last.slots.period if alike and memory.last is not None else None


def _is_present(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether `now` stands right at a number: behind its phrase, or a verb before it (`now stands at 3 million`)."""
    return any(
        is_behind(scene, quantity, mark)
        or _opens_its_clause(scene, quantity, mark)
        or (0 < quantity.start - mark.end <= limits()["now"] and not parted(scene, mark.end, quantity.start))
        for mark in scene.reading.dates
        if is_now(scene, mark) and quantity.kind not in RELATIVE and not dated(scene, mark)
    )


def _base_period(scene: Scene, quantity: QuantityMark, memory: Memory, topic: Topic) -> Period:
    """The period of a base that has no date at it: the one that its phrase names, or a year before the number now."""
    following = scene.quantity_after(quantity)
    limit = following.start if following else scene.reading.end
    for mark in scene.reading.dates:
        if quantity.end <= mark.start < limit and mark.role == "base" and not parted(scene, quantity.end, mark.start):
            return mark.date_start, mark.date_end
    if scene.folded.startswith(" of ", quantity.end):
        return memory.period if memory.period_sentence == scene.reading.index else NO_PERIOD
    if patterns().revised.search(scene.folded, scene.reading.start, quantity.start) and memory.ahead != NO_PERIOD:
        return memory.ahead
    planned = memory.ahead_sentence == scene.reading.index != memory.period_sentence
    now = memory.ahead if planned else memory.period
    if now == memory.compared[0] != NO_PERIOD and "flow" in topic.traits:
        return memory.compared[1]
    return year_before(now, None if planned else memory.published_on) if "flow" in topic.traits else NO_PERIOD


def period_in_bracket(scene: Scene, quantity: QuantityMark, before: Period, memory: Memory) -> Period:
    """The period of a number in a bracket: of its own date (`(in 2022: 25.1 billion)`), else that of the number before.

    A growth behind the base of a comparison is of the number that is compared (`$5 million against $4 million (+25%)`).
    """
    if quantity.kind not in RELATIVE:
        own = attached(scene, quantity, is_base=True)
        return _in_year(before, own) if own is not None and resolved(own) else before
    last = memory.last
    of_base = last is not None and base_cue(scene, last.quantity) is not None
    if not of_base:
        return before
    told = (
        memory.period_sentence == scene.reading.index or year_before(memory.period, memory.published_on) == before != NO_PERIOD
    )
    return memory.period if told else NO_PERIOD


def _same_part(scene: Scene, quantity: QuantityMark, own: DateMark) -> Period | None:
    """The part of a year that an end of a development over mere years is of: the months that its clause tells before it.

    `In January-June it rose from 4 tons in 2021 to 5 in 2022`.
    """
    if quantity.kind in RELATIVE or own.date_start is None or own.text.strip() != str(own.date_start.year):
        return None
    if not patterns().end_of_span.search(scene.folded, scene.reading.start, quantity.start):
        return None
    told = _part_before(scene, quantity, own)
    if told is None or told[0] is None:
        return None
    part = told if told[0].year == own.date_start.year else _in_year(told, own)
    return part if part != (own.date_start, own.date_end) else None


def _part_before(scene: Scene, quantity: QuantityMark, own: DateMark) -> Period | None:
    """The part of a year that the clause of a number tells before it, of no number of its own."""
    start = clause_of(scene, quantity.start)[0]
    for mark in current(scene):
        first, last = mark.date_start, mark.date_end
        if not (start <= mark.start and mark.end <= quantity.start) or mark is own or spent(scene, mark, quantity):
            continue
        if first is not None and last is not None and first.year == last.year and not _is_whole(first, last):
            return None if first == last else (first, last)
    return None


def _in_year(before: Period, own: DateMark) -> Period:
    """The time of a date; where that is a mere year, the part of it that the number before is of (`(2017: 5 million)`)."""
    start, end = before
    first, last = own.date_start, own.date_end
    year = first is not None and last is not None and first.year == last.year and _is_whole(first, last)
    part = start is not None and end is not None and start.year == end.year and start != end and not _is_whole(start, end)
    if first is None or start is None or end is None or not (year and part) or own.text.strip() != str(first.year):
        return first, last
    return (same_day(start, first.year), same_day(end, first.year)) if start.year != first.year else (first, last)


def _over_a_span(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number grew over years that nothing places in time (`has doubled in a decade`)."""
    return any(
        not parted(scene, *((span.end(), quantity.start) if span.end() <= quantity.start else (quantity.end, span.start())))
        for span in patterns().span.finditer(scene.folded, scene.reading.start, scene.reading.end)
        if not any(mark.start < span.end() and span.start() < mark.end for mark in scene.reading.dates)
    )


def _opens_its_clause(scene: Scene, quantity: QuantityMark, now: DateMark) -> bool:
    """Whether `today` or `now` opens the clause of a number, whose verb is in the present (`today the figure is 3 million`)."""
    start = clause_of(scene, quantity.start)[0]
    near = start <= now.start <= start + OPENING and now.end <= quantity.start
    return near and tense_at(scene, quantity.start) == "present"


def _end_of_range(scene: Scene, quantity: QuantityMark, topic: Topic, own: DateMark | None) -> Period | None:
    """The year of a number in a development over years (`from 1.2 to 1.7 million between 2021 and 2023`, `grew 37 percent`)."""
    if (month := _month_on_month(scene, quantity)) is not None:
        return month
    ranges = [mark for mark in current(scene) if _is_years(mark)]
    mark = own if own is not None and own in ranges else next(iter(ranges), None) if own is None and len(ranges) == 1 else None
    if mark is None or "flow" not in topic.traits or apart(scene.asides, mark.start, quantity.start):
        return None
    before, after = scene.quantity_before(quantity), scene.quantity_after(quantity)
    first, last = mark.date_start, mark.date_end
    if first is None or last is None:
        return None
    if after is not None and _from_to(scene, quantity, after):
        return _year(first.year)
    grown = (
        quantity.kind in RELATIVE
        and (quantity.change is not None or quantity.kind == "multiple")
        and patterns().between.match(mark.text)
    )
    yearly = patterns().yearly.match(scene.folded, quantity.end)
    reached = before is not None and (_from_to(scene, before, quantity) or _is_reached(scene, before, quantity))
    return _year(last.year) if reached or (grown and not yearly) else None


def _month_on_month(scene: Scene, quantity: QuantityMark) -> Period | None:
    """The later of two months in a row, for what changed from one to the other (`rose between May and June by $5 million`)."""
    if quantity.change is None:
        return None
    clause = clause_of(scene, quantity.start)
    for mark in current(scene):
        start, end = mark.date_start, mark.date_end
        if not clause[0] <= mark.start < clause[1] or start is None or end is None or not patterns().between.match(mark.text):
            continue
        if quantity.kind in RELATIVE and mark.start > quantity.end:
            continue  # `fell 5% between January and February` may compare with the year before
        if _is_year_on_year(scene, end, clause):
            continue
        later = end.replace(day=1)
        if start.day == 1 and (later - timedelta(days=1)).replace(day=1) == start and end == _after_months(later, 1):
            return later, end
    return None


def _is_year_on_year(scene: Scene, end: date, clause: tuple[int, int]) -> bool:
    """Whether a clause compares with an earlier year (`between May and June they rose by $5 million year on year`)."""
    return any(
        mark.role == "base"
        and clause[0] <= mark.start < clause[1]
        and ("year" in mark.text.lower() or (mark.date_end is not None and mark.date_end <= same_day(end, end.year - 1)))
        for mark in scene.reading.dates
    )


def _is_reached(scene: Scene, growth: QuantityMark, quantity: QuantityMark) -> bool:
    """Whether a number is what a growth before it leads to (`grew threefold from 2008 to 2017, to reach $9 billion`)."""
    grown = growth.kind in RELATIVE and quantity.kind not in RELATIVE
    return grown and patterns().reached.search(scene.folded, growth.end, quantity.start) is not None


def _from_to(scene: Scene, first: QuantityMark, last: QuantityMark) -> bool:
    """Whether two numbers are the ends of a development (`from 1.2 to 1.7 million`)."""
    begins = scene.folded[max(scene.reading.start, first.start - ARTICLE) : first.start].rstrip().endswith("from")
    return begins and patterns().from_to.fullmatch(scene.folded, first.end, last.start) is not None


def _is_years(mark: DateMark) -> bool:
    """Whether a period runs over whole years, more than one."""
    start, end = mark.date_start, mark.date_end
    whole = start is not None and end is not None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return whole and start is not None and end is not None and start.year < end.year and mark.role == "at"


def _year(number: int) -> Period:
    return date(number, 1, 1), date(number, 12, 31)


def _contrasted(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The earlier time that opens a number's clause (`A year earlier it had been 3 million`)."""
    clause = clause_of(scene, quantity.start)
    for mark in scene.reading.dates:
        opens = clause[0] <= mark.start <= clause[0] + OPENING and mark.end <= quantity.start
        if opens and mark.role == "base" and resolved(mark) and not patterns().rate_of_change.search(mark.text.lower()):
            return None if patterns().compares.match(scene.folded, mark.start) else _spelt_out(scene, mark)
    return None


def _spelt_out(scene: Scene, mark: DateMark) -> DateMark:
    """The date that puts an earlier time in figures right behind it, if one does."""
    return next((other for other in scene.reading.dates if spells_out(scene, other, mark)), mark)


def _year_explained(scene: Scene, quantity: QuantityMark) -> Period | None:
    """The period of a number that explains the year before it (`the best since 2008, when it was $1 billion`)."""
    part = next((span for span in scene.asides if span[0] <= quantity.start < span[1]), None)
    if part is None or not scene.folded.startswith(_WHEN, part[0]):
        return None
    mark = next((mark for mark in scene.reading.dates if mark.end == part[0]), None)
    told = _LAST_YEAR.search(mark.text) if mark is not None else None
    if mark is None or mark.role not in ("since", "base"):
        return None
    return _year(int(told[0])) if told else None


def _restates(scene: Scene, quantity: QuantityMark, memory: Memory) -> bool:
    """Whether a number puts the one before it in other words (`41 million tons last year, or 57 percent of its purchases`)."""
    last = memory.last
    if last is None or last.sentence != scene.reading.index or last.slots.period == NO_PERIOD:
        return False
    return patterns().restates.fullmatch(scene.folded, last.quantity.end, quantity.start) is not None


def _at_first(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number is told of a time that nothing places (`5 million at the start and 15 million by 2030`)."""
    return patterns().untold.match(scene.folded, quantity.end) is not None


def _is_for_any_time(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number is what is usual or what a thing was made for (`a normal 11`, `laid out for 400,000 TEU a year`)."""
    before = scene.folded[max(scene.reading.start, quantity.start - REACH) : quantity.start]
    return patterns().usual.search(before) is not None or patterns().designed.search(before) is not None


def _is_attribute(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether an amount only describes a thing (`a $10 billion project`, `with a total investment of $3 billion`)."""
    before = scene.folded[max(scene.reading.start, quantity.start - REACH) : quantity.start]
    if patterns().described.search(before):
        return True
    return patterns().article.search(before) is not None and patterns().thing.match(scene.folded, quantity.end) is not None


def _reaches(scene: Scene, mark: DateMark, quantity: QuantityMark, topic: Topic) -> bool:
    """Whether a date of another clause may speak of a number: not where the number's own verb is of another time."""
    if clause_of(scene, mark.start) == clause_of(scene, quantity.start):
        return True
    tense, flows = tense_at(scene, quantity.start), "flow" in topic.traits
    if mark.end <= quantity.start:
        aimed = tense != "past" or scene.folded.startswith("and to ", clause_of(scene, quantity.start)[0])
        lasts = not flows and (tense == "present" or (aimed and spent(scene, mark, quantity)))
        if tense == "future" and mark.role == "at" and tense_at(scene, mark.end) == "past":
            return False  # `signed a deal on Monday under which $1 billion will be invested`
        return not lasts and not (flows and is_habit(scene, quantity) and mark.role == "at")
    if not flows and new_verb(scene, quantity.end, mark.start):
        return False
    if tense == "past" and tense_at(scene, mark.start) in ("present", "future"):
        return False  # `rose to 5 tons, and 9 are expected in 2025`
    return not (mark.role == "deadline" and tense != "future" and taken(scene, mark, quantity))


def _closes(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """Whether a date behind a number closes what is told of it: no other number and no new verb stands between."""
    after = scene.quantity_after(quantity)
    alone = mark.start >= quantity.end and (after is None or after.start > mark.start)
    return alone and not new_verb(scene, quantity.end, mark.start) and not new_clause(scene, quantity.end, mark.start)


def _governing(scene: Scene, quantity: QuantityMark, topic: Topic) -> DateMark | None:
    """The date whose clause a number stands in; one before it wins over one behind it."""
    weights, set_off = limits(), scene.asides
    if "flow" not in topic.traits and _is_attribute(scene, quantity):
        return None
    dates = [
        mark
        for mark in current(scene)
        if outside(scene, mark, quantity)
        and not left_behind(scene, mark, quantity)
        and not of_base_list(scene, mark, quantity)
        and _reaches(scene, mark, quantity, topic)
        and not _is_of_record(scene, mark)
    ]
    if "flow" in topic.traits:
        dates = [mark for mark in dates if not (is_day(mark) and out_of_quotation(scene, mark, quantity))]
    if "flow" in topic.traits and base_cue(scene, quantity) is None:
        dates = [mark for mark in dates if not _is_of_a_base(scene, mark, quantity)]
    if topic.indicator not in _DEALS:
        dates = [mark for mark in dates if not of_another_act(scene, mark, quantity)]
    if "flow" in topic.traits and any(mark.role == "since" and mark.date_start for mark in dates):
        dates = [mark for mark in dates if not is_day(mark)]
    own_behind = any(_closes(scene, quantity, mark) for mark in dates if not is_day(mark))

    def handicap(mark: DateMark) -> float:
        before = mark.end <= quantity.start
        left, right = (mark.end, quantity.start) if before else (quantity.end, mark.start)
        divided = parted(scene, left, right)
        flaws = {
            "day": "flow" in topic.traits and is_day(mark),
            "elsewhere": not before and new_clause(scene, left, right),
            "taken": taken(scene, mark, quantity),
            "aside": apart(set_off, mark.start, quantity.start) or (divided and in_relative_clause(scene, mark)),
            "spent": before and divided and spent(scene, mark, quantity),
            "spent_since": before and divided and mark.role == "since" and spent(scene, mark, quantity),
            "outdone": own_behind and before and spent(scene, mark, quantity),
            "open": mark.role == "since" and mark.date_start is None,
        }
        tied = weights["opening"] if before and _opens_clause(scene, mark, quantity) else 0.0
        tied += 0.0 if divided else weights["same_stretch"]
        return sum(weights[flaw] for flaw, found in flaws.items() if found) - tied

    found = scene.nearest(quantity, dates, weights["near" if "lasting" in topic.traits else "anywhere"], handicap=handicap)
    return found[1] if found else None


def _is_of_record(scene: Scene, mark: DateMark) -> bool:
    """Whether a time of years only tells how rare a result is (`the highest result of the past 22 years`)."""
    if _YEARS_BACK.search(mark.text.lower()) is None:
        return False
    return pattern("record_in").search(scene.folded, scene.reading.start, mark.start) is not None


def _is_of_a_base(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date directly follows a later number that is only compared with (`fell to 5 tons from 6 in June 2023`)."""
    other = followed(scene, mark) if mark.start > quantity.end else None
    alike = other is not None and other.start > quantity.end and other.unit == quantity.unit
    return alike and other is not None and base_cue(scene, other) is not None


def _opens_clause(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date opens the sentence and the clause of a number (`From May 20 the line, a link of ..., can take`)."""
    opens = not scene.folded[scene.reading.start : mark.start].strip(" \"'(*-")
    return opens and clause_of(scene, mark.start) == clause_of(scene, quantity.start)


def _bounds(scene: Scene, mark: DateMark, topic: Topic, memory: Memory) -> Period:
    """The bounds of a date, closed where the text shows from when or how far its figures go."""
    start, end = mark.date_start, mark.date_end
    if "flow" not in topic.traits:
        return _of_a_state(scene, mark, memory)
    start, end = _joined_months(scene, mark)
    if mark.role == "deadline" or (start == end and _AS_OF.match(mark.text)):
        return _counted_to(scene, mark, memory)
    last = memory.latest
    to_the_last = (mark.role == "since" and end is None) or (start and last and _is_to_date(scene, mark, last, topic, memory))
    if start and last and start <= last and to_the_last:
        return start, last
    if mark.role == "at" and start and end and (count := _counted_within(scene, mark)) is not None:
        return start, count
    if mark.role == "since" and start and end:
        return start, min(_latest(scene, mark, start) or end, end)
    months = _months_since(scene, mark)
    return start, _after_months(start, months) if start is not None and months else end


def _joined_months(scene: Scene, mark: DateMark) -> Period:
    """A period with the months joined to it, before it and behind it (`in January, February and March it was 1.5 million`)."""
    start, end = mark.date_start, mark.date_end
    if mark.role != "at" or start is None or end is None or any(respective(scene, one) for one in scene.reading.quantities):
        return start, end
    before = [one for one in scene.reading.dates if one.end <= mark.start]
    behind = [one for one in scene.reading.dates if one.start >= mark.end]
    first, last = _last_of_run(scene, mark, before[::-1]), _last_of_run(scene, mark, behind)
    return first.date_start, last.date_end


def _last_of_run(scene: Scene, mark: DateMark, others: list[DateMark]) -> DateMark:
    """The last of the dates that go on from one, by commas and an `and`, each beginning where the one before it ends."""
    reached, ended = mark, False
    for other in others:
        earlier, later = (other, reached) if other.end <= reached.start else (reached, other)
        joint = scene.folded[earlier.end : later.start]
        if _tells_anew(scene, earlier, later):
            break
        ended = ended or _AND.fullmatch(joint) is not None
        if other.role != "at" or not (joint == ", " or _AND.fullmatch(joint)) or not _runs_on(earlier, later):
            break
        reached = other
    return reached if ended else mark


def _tells_anew(scene: Scene, earlier: DateMark, later: DateMark) -> bool:
    """Whether a number is told of a time and another of the next (`sold 5 tons in May and June exports were 6`)."""
    before, start = number_before(scene, earlier), scene.reading.start
    return (
        before is not None
        and not any(before.end <= mark.start < earlier.start for mark in scene.reading.dates)
        and not new_verb(scene, before.end, earlier.start)
        and any(quantity.start >= later.end for quantity in scene.reading.quantities)
        and patterns().tells_anew.match(scene.folded, later.end, scene.reading.end) is not None
        and patterns().told_by_verb.search(scene.folded, start, before.start) is not None
    )


def _runs_on(earlier: DateMark, later: DateMark) -> bool:
    """Whether a period of more than a day ends right before another begins."""
    start, end = earlier.date_start, earlier.date_end
    if start is None or end is None or later.date_start is None or start == end:
        return False
    return later.date_start - end == timedelta(days=1)


def _is_to_date(scene: Scene, mark: DateMark, last: date, topic: Topic, memory: Memory) -> bool:
    """Whether a year so far is that of results which the text has told up to a month that is over (`in June ...; so far`)."""
    published = memory.published_on
    if published is None or mark.date_end != published or mark.date_start != date(published.year, 1, 1) or last >= published:
        return False
    if last.month == 1 or not _goes_on_with(scene, topic, memory):
        return False  # a year up to January has no sum beside that of the month
    month_over = (last + timedelta(days=1)).day == 1
    return month_over and (published - last).days <= limits()["reporting"] * _MONTH_DAYS


def _goes_on_with(scene: Scene, topic: Topic, memory: Memory) -> bool:
    """Whether a sentence tells more of the flow of the number told last: of the same goods and, if it names any, the same side.

    A balance is told with the flows that it is struck of.
    """
    last = memory.last
    alike = (topic.indicator, *_STRUCK_OF) if topic.indicator == "balance" else (topic.indicator,)
    if last is None or scene.reading.index - last.sentence > 1 or last.topic.indicator not in alike:
        return False
    goods = {code for name in scene.reading.names if name.kind == "commodity" for code in name.codes}
    named = {code for group in scene.groups for code in group.codes}
    sides = {*last.slots.reporter, *last.slots.partner, *last.slots.origin, *last.slots.destination}
    return (not goods or last.slots.commodity in goods) and (not named or not sides or bool(named & sides))


def _months_since(scene: Scene, mark: DateMark) -> int:
    """How many months have gone by since a date (`in the four months since the pact took effect in January`); 0 if untold."""
    told = patterns().months_since.search(scene.folded, scene.reading.start, mark.start)
    if told is None:
        return 0
    return count_of(told[1])


def _after_months(start: date, months: int) -> date:
    """The last day of so many months from a date."""
    year, month = divmod(start.month - 1 + months, 12)
    return date(start.year + year, month + 1, 1) - timedelta(days=1)


def _counted_within(scene: Scene, whole: DateMark) -> date | None:
    """The day up to which a period is counted, if the sentence tells one (`as of 1 July, 1,200 trains had run this year`)."""
    start, end = whole.date_start, whole.date_end
    days = [mark.date_end for mark in scene.reading.dates if mark.date_end and _AS_OF.match(mark.text) and mark is not whole]
    return next((day for day in days if start is not None and end is not None and start < day < end), None)


def _of_a_state(scene: Scene, mark: DateMark, memory: Memory) -> Period:
    """The bounds of what holds from a day on: a rate that is set then, or has been in force since."""
    start, end = mark.date_start, mark.date_end
    published = memory.published_on
    if mark.role == "since" and start and end is None and published and start <= published:
        held = patterns().held.search(scene.folded, scene.reading.start, scene.reading.end)
        return start, published if held else None
    return start, end


def _counted_to(scene: Scene, mark: DateMark, memory: Memory) -> Period:
    """The bounds of what had come together by a day: since when, if the sentence or the text tells it."""
    end, published = mark.date_end, memory.published_on
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
