"""What a date in a sentence is a date of: the number that it stands at, a level compared with, a saying, the present.

Only single dates and their places in the sentence belong here; choosing the period of a number belongs to `periods`.
"""

import re
from bisect import bisect_right

from pipeline.claims.context.clauses import clause_of, tense_at
from pipeline.claims.context.memory import Memory
from pipeline.claims.context.order import in_order, one_by_one
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import base_cue
from pipeline.claims.slots.period_words import NO_PERIOD, OPENING, REACH, RELATIVE, Period, limits, patterns
from pipeline.language.marks import DateMark, QuantityMark

_WEEK = 7
_BESIDE = 12  # characters between a time and the word of saying behind it (`on Tuesday also said`)
_OF = re.compile(r"\s+of\s[^,;]*$")
# A period that a bracket explains: `in the first month of the solar year (March 21-April 20, 2019)`.
_EXPLAINED = re.compile(r"\b(?:month|quarter|year|season|half|period)(?: of [\w-]+| \d{4}(?:[-/]\d{2,4})?)?\s*$")
_QUOTES = re.compile(r"[\"“”«»]")
_YEAR = re.compile(r"\d{4}")
_AMOUNT = re.compile(
    r"\s+(?:volume|level|figure|total|number|amount|result|tonnage|quantity|turnover|throughput|exports|imports)\b"
)
_MULTIPLIED = re.compile(
    r"\s+(?:as (?:much|many|high|large) as (?:in (?:the )?)?"
    r"|(?:of\s+)?(?:the|its|their|that)\s+(?:(?:[\w-]+\s+){1,3}(?:of|in|for)\s+(?:the\s+)?)?)"
)


def looks_back(scene: Scene, mark: DateMark, memory: Memory) -> bool:
    """Whether a date only tells what was before the time that the text is on (`the year before, it had been 3 million`)."""
    start, end = memory.period[0], mark.date_end
    if start is None or end is None or end >= start:
        return False
    clause = clause_of(scene, mark.start)
    told = scene.folded[clause[0] : clause[1]]
    return patterns().back.search(mark.text.lower()) is not None or patterns().pluperfect.search(told) is not None


_IN_FIGURES = re.compile(r"\d{4}")
_APPOSED = re.compile(r"(?:, | \()(?:in |on |at |over )?(?:the )?")


def spells_out(scene: Scene, mark: DateMark, earlier: DateMark) -> bool:
    """Whether a date puts an earlier time in figures right behind it (`A year earlier, in April 2024, it was 3 million`)."""
    apposed = mark.start > earlier.end and _IN_FIGURES.search(mark.text) is not None and earlier.role == "base"
    return apposed and _APPOSED.fullmatch(scene.folded, earlier.end, mark.start) is not None


def has_unknown_date(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a sentence tells a time that cannot be placed (`the 2018-19 season`), which no other time replaces."""
    return any(
        mark.role == "at" and not resolved(mark) and outside(scene, mark, quantity) and not _tells_of_saying(scene, mark)
        for mark in scene.reading.dates
    )


def heads(scene: Scene, mark: DateMark) -> bool:
    """Whether a date stands at the head of an entry, as in a chronicle (`29 June. A new truce`)."""
    before = scene.folded[scene.reading.start : mark.start]
    return not before.strip("-*•–— ") and scene.folded[mark.end : mark.end + 2].rstrip() in (".", ":", " -", " –", " —", "")


def current(scene: Scene) -> list[DateMark]:
    """The dates of a sentence that say when something was so: not since what, compared with when, or when it was said."""
    return scene.once(_current) if scene.reading.dates else []


def _current(scene: Scene) -> list[DateMark]:
    return [
        mark
        for mark in scene.reading.dates
        if mark.role != "base" and not is_now(scene, mark) and resolved(mark) and not _speaks_of_other(scene, mark)
    ]


def _speaks_of_other(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that of a level, of a number compared with, of a record or of a word of saying."""
    other, before = followed(scene, mark), number_before(scene, mark)
    if (other is not None and by_of(scene, other, mark)) or (before is not None and _is_multiplied(scene, before, mark)):
        return True
    return _is_of_level(scene, mark) or _is_beside_the_number(scene, mark)


def _is_of_level(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that of a level compared with (`3% below the level of 2022`, `twice October's quantity`)."""
    ties, before = patterns(), _lead(scene, mark)
    told = ties.level_told.match(scene.folded, mark.end) is not None  # `the total for 2024 was`
    told = told or ties.level_opens.match(scene.folded, scene.reading.start, mark.start) is not None
    told = told or (ties.brings.search(before) is not None and scene.folded.startswith(" to ", mark.end))
    owned = ties.owned_base.match(scene.folded, mark.end)
    subject = (
        owned is not None and ties.acts.match(scene.folded, owned.end()) is not None
    )  # `this year's deficit should shrink`
    if (ties.level_before.search(before) and not told) or (owned and not subject):
        return True
    compared = ties.compared_before.search(before)
    if compared is None:
        return False
    start = mark.start - len(before) + compared.start()
    # `From the Philippines in 2024` names a place as well; in `more than two percent` the word of comparison is of the number.
    named = compared[0].startswith(("from ", "over ")) and any(start <= group.start < mark.start for group in scene.groups)
    return not named and not any(number.start < start < number.end for number in scene.reading.quantities)


def _is_beside_the_number(scene: Scene, mark: DateMark) -> bool:
    """Whether a date tells no time of a number, even right behind it: the highest since 2019, said on Tuesday."""
    reaches = mark.role == "since" or (mark.role == "at" and mark.date_start is None)
    record = reaches and patterns().record.search(_lead(scene, mark))
    if patterns().cause.search(_lead(scene, mark)):
        return True
    return bool(record) or (_is_short(mark) and _dates_the_saying(scene, mark)) or _is_of_delivery(scene, mark)


def _is_aside(scene: Scene, mark: DateMark) -> bool:
    """Whether a date before a number tells of something else, placed or not (`said on Tuesday a total of 3 million`)."""
    return _is_beside_the_number(scene, mark) or (not resolved(mark) and _tells_of_saying(scene, mark))


def deal_day(scene: Scene) -> Period:
    """The day on which a deal was announced, which is its own; no period if the sentence tells none."""
    days = [mark for mark in scene.reading.dates if mark.role == "at" and is_day(mark) and _dates_the_saying(scene, mark)]
    return (days[0].date_start, days[0].date_end) if days else NO_PERIOD


def _is_of_delivery(scene: Scene, mark: DateMark) -> bool:
    """Whether a date is that on which goods already traded are to arrive (`for shipment on November 11-20`)."""
    lead = _lead(scene, mark)
    waited_for = lead.endswith("for ") and patterns().delivered.match(scene.folded, mark.end) is not None
    return waited_for or patterns().delivery.search(lead) is not None


def _is_short(mark: DateMark) -> bool:
    """Whether a date is a day or a week, in which something may be said."""
    start, end = mark.date_start, mark.date_end
    return start is not None and end is not None and (end - start).days < _WEEK


def is_day(mark: DateMark) -> bool:
    """Whether a date is a single day."""
    return mark.date_start is not None and mark.date_start == mark.date_end


def _tells_of_saying(scene: Scene, mark: DateMark) -> bool:
    """Whether a time that cannot be placed is one of saying: no year is."""
    return _YEAR.search(mark.text) is None and _dates_the_saying(scene, mark)


def _dates_the_saying(scene: Scene, mark: DateMark) -> bool:
    """`The ministry said on Tuesday`, `the president last week said`: a time right beside a word of saying."""
    reach = limits()["saying"]
    return any(
        (0 <= mark.start - cue.end <= reach and not any(sign in scene.folded[cue.end : mark.start] for sign in ",;:"))
        or (0 < cue.start - mark.end <= _BESIDE and patterns().plain.fullmatch(scene.folded, mark.end, cue.start) is not None)
        for cue in scene.of_kind("says")
    )


def outside(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date may speak of a number: one in a bracket speaks only of what is in it."""
    bracket = scene.bracket_of(mark)
    if bracket is not None and scene.folded[bracket[1] : quantity.start].strip() == ":":
        return True
    if bracket is not None and _EXPLAINED.search(scene.folded, max(scene.reading.start, bracket[0] - REACH), bracket[0]):
        return True
    return bracket is None or (bracket[0] <= quantity.start and quantity.end <= bracket[1])


def is_now(scene: Scene, mark: DateMark) -> bool:
    """Whether a mark tells of the present: `now`, and `today` where the verb is in the present."""
    return mark.role == "now" or (
        bool(patterns().today.fullmatch(mark.text.lower())) and tense_at(scene, mark.end) == "present"
    )


def dated(scene: Scene, now: DateMark) -> bool:
    """Whether a time before `now` in its clause dates the sentence (`In 2023 it was still 5 million`)."""
    start = clause_of(scene, now.start)[0]
    return any(
        mark.role == "at" and start <= mark.start <= start + OPENING and mark.end <= now.start for mark in scene.reading.dates
    )


def of_the_next(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The date of the number that a growth leads to (`by 68 percent to 1.4 billion in June`)."""
    after = scene.quantity_after(quantity)
    if after is None or quantity.kind not in RELATIVE or after.kind in RELATIVE:
        return None
    leads = patterns().leads_to.fullmatch(scene.folded, quantity.end, after.start)
    told = attached(scene, after, is_base=False) if leads else None
    return told if told is not None and told.role != "base" else None


def attached(scene: Scene, quantity: QuantityMark, is_base: bool) -> DateMark | None:
    """The date that directly follows or precedes a number (`$2 billion in 2024`, `January's 129 million`)."""
    ties = patterns()
    level = quantity.kind not in RELATIVE and quantity.change is None
    dates = [mark for mark in scene.reading.dates if not is_now(scene, mark)]
    for mark in dates:
        if ties.of_figure.fullmatch(scene.folded, mark.end, quantity.start) and not _dates_the_saying(scene, mark):
            return mark
    following = scene.quantity_after(quantity)
    for mark in dates:
        compared = ties.compares.match(scene.folded, mark.start) or ties.compares_before.search(_lead(scene, mark))
        allowed = is_base or mark.role != "base" or (level and not compared)
        beyond = following is not None and following.start < mark.start
        if allowed and not beyond and is_behind(scene, quantity, mark):
            of_level = _is_multiplied(scene, quantity, mark) or (quantity.kind in RELATIVE and _is_of_level(scene, mark))
            of_other = _is_beside_the_number(scene, mark) or of_level
            return None if of_other and not is_base else mark
    return next(
        (
            mark
            for mark in dates
            if mark.end <= quantity.start and _owns(scene, mark, quantity, is_base) and not _is_aside(scene, mark)
        ),
        None,
    )


def _is_multiplied(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """Whether a date is that of the amount which a multiple is of (`twice the 2021 volume`, `half the number of last year`)."""
    compared = quantity.kind == "multiple" or (
        quantity.kind == "fraction" and pattern("part_of_figure").match(scene.folded, quantity.end) is not None
    )
    if not compared:
        return False
    owned = scene.folded[quantity.end : mark.start].isspace() and _AMOUNT.match(scene.folded, mark.end) is not None
    return owned or _MULTIPLIED.fullmatch(scene.folded, quantity.end, mark.start) is not None


def is_behind(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """Whether a date ends the phrase that a number opens (`5 million tons of grain in 2024`)."""
    if mark.start < quantity.end:
        return False
    bracketed = scene.folded[quantity.end : mark.start].strip() in ("(", "(in") and scene.folded.startswith(")", mark.end)
    return bracketed or patterns().behind.fullmatch(scene.folded, quantity.end, mark.start) is not None


def _owns(scene: Scene, mark: DateMark, quantity: QuantityMark, is_base: bool) -> bool:
    """Whether a date before a number is tied to it (`January's 129 million`, `in 2022: 25.1 billion`)."""
    if quantity.kind not in RELATIVE and patterns().owner.fullmatch(scene.folded, mark.end, quantity.start):
        return True
    between = scene.folded[mark.end : quantity.start].strip()
    if not between and is_base and mark.role == "base":
        return True  # `the year-earlier $10 million`
    if between == "(":
        return quantity.kind not in RELATIVE
    return between == ":" and (is_base or mark.role != "base")


def owned_by_base(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether a number is that of the time which another is compared with (`down from last year's 5 million`)."""
    return any(
        mark.role == "base" and resolved(mark) and patterns().owner.fullmatch(scene.folded, mark.end, quantity.start)
        for mark in scene.reading.dates
        if mark.end < quantity.start
    )


def respective(scene: Scene, quantity: QuantityMark) -> DateMark | None:
    """The date of a number by its place in two lists (`$1 billion and $2 billion in 2022 and 2023, respectively`)."""
    dates = [mark for mark in scene.reading.dates if mark.role == "at" and resolved(mark)]
    ordered = in_order(scene, quantity, dates)
    if ordered is not None or not one_by_one(scene):
        return ordered
    numbers = [other for other in scene.reading.quantities if other.kind == quantity.kind]
    return dates[numbers.index(quantity)] if len(numbers) == len(dates) > 1 else None


def by_of(scene: Scene, quantity: QuantityMark, mark: DateMark) -> bool:
    """`The $2 billion of 2017`."""
    return mark.start >= quantity.end and scene.folded[quantity.end : mark.start].strip() in ("of", "of the whole of")


def out_of_quotation(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date stands outside of the quotation that a number is in: it tells when that was said."""
    first, last = (mark.end, quantity.start) if mark.end <= quantity.start else (quantity.end, mark.start)
    crossed = _QUOTES.findall(scene.folded, first, last)
    opened = _QUOTES.findall(scene.folded, scene.reading.start, quantity.start)
    closed = _QUOTES.search(scene.folded, quantity.end, scene.reading.end) is not None
    return len(crossed) == 1 and closed and len(opened) % 2 == 1


def of_base_list(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date closes a list of numbers that a number before them is compared with (`5 against 6 and 4 in 1991`)."""
    other = followed(scene, mark)
    listed = scene.list_of(other) if other is not None and other.start > quantity.end else ()
    return len(listed) > 1 and quantity.end <= listed[0].start and base_cue(scene, listed[0]) is not None


def left_behind(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a number behind a semicolon is expected or planned, and the date before it another's (`...; he expects 10`)."""
    stop = scene.folded.rfind(";", mark.end, quantity.start) if mark.end <= quantity.start else -1
    if stop < 0 or not spent(scene, mark, quantity):
        return False
    cues = [cue for cue in scene.of_kind("modality") if stop < cue.start and cue.end <= quantity.start]
    return any(cue.value in ("forecast", "target") for cue in cues)


def resolved(mark: DateMark) -> bool:
    """Whether a date has a bound."""
    return mark.date_start is not None or mark.date_end is not None


def in_relative_clause(scene: Scene, mark: DateMark) -> bool:
    """Whether a date ends a clause that explains a word without a comma (`the pact that they had signed in 2015`)."""
    return patterns().relative.search(_lead(scene, mark)) is not None


def of_another_act(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date is that of an instrument which a number has to do with (`under a concession signed on Monday`)."""
    act = patterns().of_act.search(_lead(scene, mark))
    start = mark.start - len(_lead(scene, mark)) + act.start() if act is not None else mark.start
    return act is not None and not start <= quantity.start < mark.start


def followed(scene: Scene, mark: DateMark) -> QuantityMark | None:
    """The number that a date directly follows."""
    last = number_before(scene, mark)
    return last if last is not None and is_behind(scene, last, mark) else None


def number_before(scene: Scene, mark: DateMark) -> QuantityMark | None:
    """The last number before a date."""
    before = bisect_right(scene.reading.quantities, mark.start, key=lambda quantity: quantity.end)
    return scene.reading.quantities[before - 1] if before else None


def taken(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date directly follows a later number, and so belongs to that one alone; a share has the time of its whole."""
    other = followed(scene, mark)
    return other is not None and other.start > quantity.end and not _OF.match(scene.folded, quantity.end, other.start)


def spent(scene: Scene, mark: DateMark, quantity: QuantityMark) -> bool:
    """Whether a date before a number directly follows an earlier one."""
    return mark.start < quantity.start and followed(scene, mark) is not None


def _lead(scene: Scene, mark: DateMark) -> str:
    """The words of the sentence before a date, as far as its phrase can reach."""
    return scene.folded[max(scene.reading.start, mark.start - REACH) : mark.start]
