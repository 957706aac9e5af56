"""Trade and freight claims: one for each number that a document asserts about them.

Putting a claim together from its slots belongs here; what is counted and how, to `topic` and `measure`; the other slots have
modules of their own in `pipeline.claims.slots`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.confidence import confidence_of
from pipeline.claims.context.anaphora import named_in_order, read_out, recently_named
from pipeline.claims.context.borders import remember_border
from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.cues import Cue, Topic
from pipeline.claims.context.memory import Memory, Remembered, Slots, Told
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Reading, SentenceReading
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.units import (
    Number,
    base_cue,
    per_box,
    plain_number,
    plausible,
    remember_counted,
    with_rate,
    yearly,
)
from pipeline.claims.quantities.grounds import Matter, is_grounded, matter_of, settled_matter
from pipeline.claims.quantities.measure import flow_exceeding, measure_of
from pipeline.claims.quantities.signs import Counted, number_signs
from pipeline.claims.quantities.topic import choose_topic, prime
from pipeline.claims.slots.attribution import Statement, speaker_at
from pipeline.claims.slots.consignments import completed, consigned, consignment_meant, load_of
from pipeline.claims.slots.date_ties import attached, owned_by_base
from pipeline.claims.slots.frames import carried, enter_sentence, of_the_works, remember_dates, remember_period, settled
from pipeline.claims.slots.goods import commodity_of, corridor_of, goes_by_route, last_corridor, mode_of
from pipeline.claims.slots.modality import is_past, modality_at, revises
from pipeline.claims.slots.outline import enter_section, opener_of, pair_of, remember_site, subject_of
from pipeline.claims.slots.pacts import is_under_pact, pact_told
from pipeline.claims.slots.period_words import NO_PERIOD, RELATIVE, UNSTATED, Period
from pipeline.claims.slots.periods import period_in_bracket, period_of, whole_year
from pipeline.claims.slots.quantity_sides import Context, sides_of, told_without_number, turned
from pipeline.claims.slots.rankings import rank_told
from pipeline.claims.slots.script import Script
from pipeline.claims.tables.claims import outside_tables, table_claims, tables_of
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import QuantityMark

_Amount = tuple[str | None, float | None, float | None]  # unit, and the value from and to
_SCHEDULED = frozenset({"freight_rate", "movements"})
_SIGNS = ("", "up", "down", "plus", "minus", "or", "a rise of", "an increase of", "a fall of", "a drop of")
_FLOWS = frozenset({"turnover", "exports", "imports", "balance"})
_TAXED = 120  # characters before a sum in which a duty on goods of that worth is told
_VERB = 24  # characters between a verb and the annual flow that is its object
_ADJECTIVE = 12  # how far before a balance the adjective that makes it negative may begin


class _Place(NamedTuple):
    """Where the reader is: the sentence, what he remembers, who speaks, and what the text is on."""

    reading: Reading
    scene: Scene
    memory: Memory
    script: Script
    matter: Matter

    @property
    def said(self) -> tuple[Statement, ...]:
        """Who speaks in the sentence. Asked only where a number is claimed: most texts on other matters need it nowhere."""
        return self.script.said[self.scene.reading.index]


class _Meant(NamedTuple):
    """What a number is taken for. `other_side` tells that the sentence names the flow from the other side."""

    number: Number
    topic: Topic
    cue: Cue | None
    measure: str
    other_side: bool

    @property
    def indicator(self) -> str:
        """The indicator of the contract."""
        return str(self.topic.indicator)


def quantity_claims(script: Script) -> list[QuantityClaim]:
    """All trade and freight claims of a document with a number, in the order of the text."""
    reading, memory = script.reading, script.opening.copied()
    tables = tables_of(reading)
    claims = table_claims(reading, tables, memory)
    prose = script.only(outside_tables(script.sentences, tables)) if tables else script
    matter = matter_of(reading, script.cues)
    # What is remembered of a sentence serves the numbers behind it alone.
    counting = [place for place, scene in enumerate(prose.scenes, start=1) if scene.reading.quantities]
    for scene in prose.scenes[: max(counting, default=0)]:
        enter_sentence(scene, memory)
        enter_section(scene, memory)
        memory.pact = pact_told(scene, memory.pact)
        found = list(_sentence_claims(_Place(reading, scene, memory, prose, matter)))
        claims.extend(found)
        if not found:
            prime(scene, memory)
            _keep_told(memory, told_without_number(scene, memory))
        remember_counted(scene, memory)
        remember_dates(scene, memory, bool(found))
        _remember_named(read_out(scene, memory), memory)
    claims.sort(key=lambda claim: (claim.value_start or 0, claim.value_end or 0))
    return _without_headline_repeats(reading, claims)


def _keep_told(memory: Memory, told: Told | None) -> None:
    """Keeps a flow or a duty that a sentence told of without a number."""
    if told is not None and told.indicator == "tariff":
        memory.duty = told
    memory.told = told or memory.told


def _remember_named(scene: Scene, memory: Memory) -> None:
    """Keeps whom a sentence named, for the words of the next that stand for them."""
    memory.pair = pair_of(scene, memory.pair, memory.home)
    memory.subject = subject_of(scene, memory.subject)
    memory.opener = opener_of(scene)
    memory.recent = recently_named(scene.groups, memory.recent)
    remember_site(scene, memory)
    memory.ordered = named_in_order(scene.groups, memory.ordered)
    memory.consignment = consigned(scene, memory.consignment)
    memory.facilities.add(scene)
    remember_border(scene, memory)
    memory.corridor = last_corridor(scene, memory.corridor)
    if any(name.kind == "corridor" for name in scene.reading.names):
        memory.corridor_sentence = scene.reading.index


def _sentence_claims(place: _Place) -> Iterator[QuantityClaim]:
    scene, memory = place.scene, place.memory
    for mark in scene.reading.quantities:
        number = plain_number(scene, mark, memory)
        if number is None or _is_conversion(scene, mark) or _is_undecided(scene, mark) or _is_taxed(scene, mark):
            continue
        chosen, cue = choose_topic(scene, mark, number.kind, memory)
        topic = turned(scene, mark, chosen, memory) if chosen else None
        if topic is None or topic.indicator is None or not plausible(number, topic.indicator):
            if cue is not None and cue.strong:
                memory.last = None
            continue
        number = per_box(scene, yearly(scene, number, cue, memory), topic.indicator, memory)
        measured = measure_of(scene, mark, number.kind, topic, memory)
        if measured is None:
            continue
        meant = _Meant(number, topic, cue, measured[0], topic is not chosen)
        slots = _slots(place, meant)
        if not is_grounded(scene, meant, slots, settled_matter(place.matter, memory)):
            continue
        claim = _claim(place, meant, slots, measured[1])
        if "between" not in topic.traits or claim.reporter or claim.partner or claim.corridor:
            yield claim


def _is_conversion(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a sum in brackets only repeats the sum before it in another currency."""
    bracket = scene.bracket_of(mark)
    before = scene.quantity_before(mark)
    if bracket is None or before is None or mark.kind != "money" or before.kind != "money" or mark.unit == before.unit:
        return False
    return not scene.folded[before.end : bracket[0]].strip() and not scene.folded[bracket[0] + 1 : mark.start].strip(
        " abouti.e=~,"
    )


def _is_taxed(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a sum is only what the goods are worth that a duty falls on (`tariffs on $200 billion of goods`)."""
    return mark.kind == "money" and mark.start in scene.once(_taxed)


def _taxed(scene: Scene) -> frozenset[int]:
    """Where the sums of a sentence start that goods under a duty are worth, each after the number before it."""
    found: set[int] = set()
    before: QuantityMark | None = None
    for mark in scene.reading.quantities:
        goes_on = before is not None and before.start in found and mark.start - before.end <= _TAXED
        further = goes_on and before is not None and pattern("taxed_further").search(scene.folded, before.end, mark.start)
        if mark.kind == "money" and (further or _falls_under_duty(scene, mark)):
            found.add(mark.start)
        before = mark
    return frozenset(found)


def _falls_under_duty(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a duty is told right before a sum, or a rate of it; not where a percentage is a growth or interest."""
    start = max(scene.reading.start, mark.start - _TAXED)
    if pattern("taxed_worth").search(scene.folded, start, mark.start):
        return True
    rate = pattern("taxed_rate").search(scene.folded, max(start, clause_of(scene, mark.start)[0]), mark.start)
    return rate is not None and not pattern("growth_rate").search(scene.folded, start, rate.start("rate"))


def _is_undecided(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a number is one of two possibilities that are left open (`whether it vanished or grew tenfold`)."""
    return pattern("undecided").search(scene.folded, scene.reading.start, mark.start) is not None


def _claim(place: _Place, meant: _Meant, slots: Slots, falls: bool) -> QuantityClaim:
    meant = meant._replace(number=_each_year(place, meant, slots.period))
    low, high = _signed(place.scene, meant, falls)
    _remember(place, meant, slots, falls)
    sentence, mark = place.scene.reading, meant.number.mark
    family = "trade" if meant.indicator in vocabulary().trade_indicators else "freight"
    period = slots.period[0], _until(place, meant, slots)
    signs = number_signs(place.scene, Counted(family, meant.indicator, meant.measure, meant.cue), slots, period)
    return QuantityClaim(
        family=family,
        indicator=meant.indicator,
        measure=meant.measure,
        value_low=low,
        value_high=high,
        bound=mark.bound,
        unit=meant.number.unit,
        value_text=mark.text,
        reporter=slots.reporter,
        partner=slots.partner,
        origin=slots.origin,
        destination=slots.destination,
        corridor=slots.corridor,
        mode=slots.mode,
        commodity=slots.commodity,
        period_start=period[0],
        period_end=period[1],
        modality=slots.modality,
        attributed_to=slots.attributed_to,
        evidence=place.reading.document.text[sentence.start : sentence.end],
        evidence_start=sentence.start,
        evidence_end=sentence.end,
        value_start=mark.start,
        value_end=mark.end,
        confidence=confidence_of("number", signs),
        signs=signs,
    )


def _until(place: _Place, meant: _Meant, slots: Slots) -> date | None:
    """The end of a period: of a flow that is told as a fact no later than the text (`has reached $4 billion this year`)."""
    (start, end), published = slots.period, place.reading.document.published_on
    running = start is not None and end is not None and published is not None and start < published < end
    return published if running and slots.modality == "reported" and "flow" in meant.topic.traits else end


def _each_year(place: _Place, meant: _Meant, period: Period) -> Number:
    """A flow that is told for every year, with no year of its own (`annual exports will grow to 3 million tons by 2030`)."""
    scene, cue, number = place.scene, meant.cue, meant.number
    framed = cue is not None and "flow" in meant.topic.traits and meant.measure == "level" and period[0] is None
    if cue is None or not framed or cue.start >= number.mark.start or _is_over(place.scene, cue, number):
        return number
    if not pattern("each_year").search(scene.folded, max(scene.reading.start, cue.start - 40), cue.start):
        return number
    return with_rate(number, "yr")


def _is_over(scene: Scene, cue: Cue, number: Number) -> bool:
    """Whether a yearly flow is told of a year that is over, though the text does not say which (`annual exports totalled`)."""
    return pattern("has_been").search(scene.folded, cue.start - _VERB, number.mark.start) is not None


def _remember(place: _Place, meant: _Meant, slots: Slots, falls: bool) -> None:
    """Keeps what a claim was about for the numbers that follow."""
    memory, number, last = place.memory, meant.number, place.memory.last
    memory.indicators.add(meant.indicator)
    memory.reporters.update((meant.indicator, code) for code in slots.reporter)
    if number.kind not in ("percent", "multiple"):
        memory.levels.pop(number.kind, None)
        memory.levels[number.kind] = number.unit
        if "lasting" not in meant.topic.traits:
            memory.topics[number.kind] = meant.topic
    carried = "freight" in meant.topic.traits and (slots.reporter or slots.corridor)
    if (carried and _carries(place.scene, memory, slots.reporter)) or (meant.indicator == "exports" and not memory.carrier):
        memory.carrier = slots.reporter
    certain = meant.cue.strong if meant.cue is not None else last is not None and last.certain
    sentence = place.scene.reading
    if meant.indicator == "tariff" and (slots.reporter or slots.partner):
        place_of = sentence.sentence
        memory.duty = Told("tariff", slots.reporter, slots.partner, sentence.index, place_of.paragraph)
    memory.last = Remembered(
        meant.topic, number.mark, number.kind, slots, sentence.index, sentence.sentence.paragraph, certain, meant.measure, falls
    )
    memory.flow = memory.last if meant.indicator in _FLOWS else memory.flow


def _carries(scene: Scene, memory: Memory, reporter: tuple[str, ...]) -> bool:
    """Whether a text goes on with the freight of another country: always, but where it is on one railway or port as a whole,
    only if the sentence names another."""
    if not memory.operator or set(reporter) <= set(memory.operator):
        return True
    return any(name.kind in ("railway", "port") and set(name.codes) == set(reporter) for name in scene.reading.names)


def _slots(place: _Place, meant: _Meant) -> Slots:
    scene, memory, mark, topic = place.scene, place.memory, meant.number.mark, meant.topic
    anchor = _anchor(scene, mark, memory)
    if anchor is not None:
        inside = period_in_bracket(scene, mark, anchor.period, memory)
        past = inside != anchor.period and is_past(inside, place.reading.document.published_on)
        return replace(anchor, period=inside, modality="reported" if past else anchor.modality)
    period, modality = _when(place, meant)
    corridor = corridor_of(scene, mark, topic, memory)
    ignored = [statement.speaker for statement in place.said]
    speaker = speaker_at(place.said, mark)
    context = Context(
        memory, meant.cue, meant.measure, corridor, meant.other_side, ignored, _tells_anew(scene, memory, speaker)
    )
    about = load_of(scene, mark) or mark if topic.indicator == "movements" else mark
    consignment = consignment_meant(scene, str(topic.indicator), memory.consignment)
    sides = completed(scene, sides_of(scene, about, topic, context), consignment)
    goods = commodity_of(scene, about, topic, meant.cue, memory) or (consignment.goods if consignment else None)
    memory.ranked = rank_told(scene, sides.reporter, sides.partner, scene.groups) or memory.ranked
    return Slots(
        reporter=_sorted(sides.reporter),
        partner=_sorted(sides.partner),
        origin=_sorted(sides.origin),
        destination=_sorted(sides.destination),
        corridor=corridor,
        mode=mode_of(scene, mark, topic, memory, corridor),
        commodity=goods,
        period=period,
        modality=modality,
        attributed_to=speaker,
    )


def _tells_anew(scene: Scene, memory: Memory, speaker: str | None) -> bool:
    """Whether somebody else than before begins to tell: a paragraph of another source than the number told last."""
    last = memory.last
    if last is None or speaker is None or last.paragraph == scene.reading.sentence.paragraph:
        return False
    return last.slots.attributed_to != speaker


def _when(place: _Place, meant: _Meant) -> tuple[Period, str]:
    """The period of a number and how certain it is, which tell of each other."""
    scene, memory, mark = place.scene, place.memory, meant.number.mark
    compared = base_cue(scene, mark) is not None or owned_by_base(scene, mark)
    is_base = compared and (meant.measure in ("level", "share") or _is_level(scene, mark))
    period, stated = period_of(scene, mark, meant.topic, is_base, memory)
    published_on = place.reading.document.published_on
    if stated and _is_of_saying(place, meant, period, is_base):
        period, stated = UNSTATED, False
    modality = _certainty(place, meant, NO_PERIOD if period == UNSTATED else period, is_base)
    works = of_the_works(scene, mark, memory, meant.topic, modality) if period == UNSTATED else None
    if works is not None:
        period, stated = works, True
    elif period == UNSTATED:
        period = carried(scene, mark, memory, meant.topic, modality)
    if modality == "reported" and _sums_up(scene, meant):
        period = whole_year(scene, period, published_on)
    by_route = not stated and meant.measure == "share" and goes_by_route(scene, mark, meant.topic)
    period = NO_PERIOD if by_route else settled(period, stated, meant.number.unit, modality, published_on)
    if period != NO_PERIOD:
        memory.amounts[mark.unit, mark.value_low] = period
    now = memory.period if memory.period_sentence == scene.reading.index else NO_PERIOD
    if is_base and period[1] is not None and now[0] is not None and period[1] < now[0]:
        memory.compared = (now, period)
    if stated and not is_base:
        remember_period(scene, memory, meant.topic, period, modality)
    begins = meant.indicator == "tariff" or (meant.indicator == "freight_rate" and modality == "target")
    if begins and period[0] is not None and period[0] == period[1]:
        period = (period[0], None)  # a rate that begins on a day holds from then on
    return period, modality


def _sums_up(scene: Scene, meant: _Meant) -> bool:
    """Whether a number tells how much flowed up to a time, or how that grew: no rate, and no growth without its amount."""
    amounts = (mark for mark in scene.reading.quantities if mark.kind not in RELATIVE)
    rate = (meant.number.unit or "").endswith(("/d", "/mo", "/wk", "/yr"))
    return "flow" in meant.topic.traits and not rate and any(amounts)


def _is_of_saying(place: _Place, meant: _Meant, period: Period, is_base: bool) -> bool:
    """Whether a day that is over is the one on which a goal or a forecast of trade was told (`agreed on Monday to raise`)."""
    day, end = period
    published_on = place.reading.document.published_on
    if is_base or day is None or day != end or published_on is None or day > published_on:
        return False
    ahead = modality_at(place.scene, meant.number.mark, NO_PERIOD, published_on) in ("forecast", "target", "possible")
    return meant.indicator in _FLOWS and ahead


def _is_level(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a percentage is the level that another is compared with (`fell to 15% from 27%`)."""
    before = scene.quantity_before(mark)
    alike = before is not None and before.kind == mark.kind == "percent"
    return alike and before is not None and scene.folded[before.end : mark.start].strip() == "from"


def _certainty(place: _Place, meant: _Meant, period: Period, is_base: bool) -> str:
    """How certain a number is. What it is compared with is a fact, unless that is the forecast or the goal that was revised,
    or a forecast for a time that is not over.

    What carriers charge and run from a day to come on is their schedule.
    """
    scene, mark, last = place.scene, meant.number.mark, place.memory.last
    if is_base:
        ahead = last is not None and last.sentence == scene.reading.index and last.slots.modality in ("forecast", "target")
        if last is None or not ahead:
            return "reported"
        published_on = place.reading.document.published_on
        unfinished = period[1] is not None and published_on is not None and period[1] > published_on
        unfinished = unfinished and last.slots.modality == "forecast" and attached(scene, mark, is_base=True) is not None
        return last.slots.modality if unfinished or revises(scene, last.quantity) else "reported"
    if last is not None and _is_part_at_once(scene, meant, last):
        return last.slots.modality
    modality = modality_at(scene, mark, period, place.reading.document.published_on)
    if modality == "possible" and last is not None and scene.reading.index - last.sentence <= 1 and _is_part(scene, mark):
        return last.slots.modality if last.slots.modality in ("forecast", "target") else modality
    if meant.indicator in _SCHEDULED and modality == "forecast" and not scene.of_kind("modality"):
        return "target"
    return _certainty_of_duty(place, mark, modality, period) if meant.indicator == "tariff" else modality


def _certainty_of_duty(place: _Place, mark: QuantityMark, modality: str, period: Period) -> str:
    """How certain a duty is: what will or would be levied is a plan, and so is what an agreement still to begin makes of it."""
    scene = place.scene
    if modality == "reported" and period == NO_PERIOD and is_under_pact(scene, mark, place.memory.pact):
        return "target"
    if modality not in ("forecast", "possible"):
        return modality
    supposed = pattern("only_possible").search(scene.folded, scene.reading.start, scene.reading.end)
    return modality if supposed else "target"


def _is_part_at_once(scene: Scene, meant: _Meant, last: Remembered) -> bool:
    """Whether an amount is told at once as a part of the one before it (`454 km, of which 280 km`)."""
    if last.sentence != scene.reading.index or not last.measure == meant.measure == "level":
        return False
    return pattern("of_which_at_once").fullmatch(scene.folded, last.quantity.end, meant.number.mark.start) is not None


def _is_part(scene: Scene, mark: QuantityMark) -> bool:
    """Whether a number is what would be a part of the amount told last (`Of that, 4 million tons would be oil`)."""
    start, end = scene.reading.start, scene.reading.end
    part = pattern("opens_with_part").match(scene.folded, start, mark.start)
    return part is not None and pattern("supposed").search(scene.folded, start, end) is None


def _anchor(scene: Scene, mark: QuantityMark, memory: Memory) -> Slots | None:
    """The slots of the number before a bracket, for a number inside it (`$21.5 bln last year (up 12.5%)`)."""
    bracket = scene.bracket_of(mark)
    last = memory.last
    if bracket is None or last is None or last.sentence != scene.reading.index:
        return None
    if last.quantity.start > bracket[0]:
        # `(3.1 million tonnes, up 6 percent)`
        grown = mark.kind in ("percent", "multiple") and scene.folded[last.quantity.end : mark.start].strip(" ,;+-") in _SIGNS
        return last.slots if grown else None
    between = scene.folded[last.quantity.end : bracket[0]]
    named = any(last.quantity.end <= group.start < bracket[0] for group in scene.groups)
    return last.slots if len(between) <= 60 and ")" not in between and not named else None


def _signed(scene: Scene, meant: _Meant, falls: bool) -> tuple[float, float]:
    """The value with its sign: a decrease and a deficit are negative."""
    number = meant.number
    negative = falls and meant.measure in ("growth", "change")
    if meant.indicator == "balance" and meant.measure == "level":
        found = scene.nearest(number.mark, [cue for cue in scene.of_kind("topic") if cue.value == "balance"], 40.0)
        more = flow_exceeding(scene, number.mark)
        negative = more == "imports" or (more is None and found is not None and _is_deficit(scene, found[1]))
    return (-abs(number.high), -abs(number.low)) if negative else (number.low, number.high)


def _is_deficit(scene: Scene, cue: Cue) -> bool:
    """Whether a balance is negative: by its own word, or by the adjective before it."""
    phrase = scene.folded[max(scene.reading.start, cue.start - _ADJECTIVE) : cue.end]
    if pattern("deficit").search(phrase):
        return True
    return cue.phrase.endswith("balance") and pattern("in_deficit").match(scene.folded, cue.end) is not None


def _sorted(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def _without_headline_repeats(reading: Reading, claims: list[QuantityClaim]) -> list[QuantityClaim]:
    """Claims of titles and headings stand only where the body does not make them; what they leave unsaid, the body tells."""
    heads = [sentence for sentence in reading.sentences if sentence.sentence.kind in ("title", "heading")]
    in_head = {(sentence.start, sentence.end) for sentence in heads}
    body: dict[_Amount, QuantityClaim] = {}
    for claim in claims:
        if (claim.evidence_start, claim.evidence_end) not in in_head:
            body[_amount(claim)] = claim
    undated = {sentence.start for sentence in [*heads, *_points(reading)] if not sentence.dates}
    return [
        _timed_by_body(claim, claims, body) if claim.evidence_start in undated else claim
        for claim in claims
        if (claim.evidence_start, claim.evidence_end) not in in_head or _amount(claim) not in body
    ]


def _points(reading: Reading) -> list[SentenceReading]:
    """The points of a summary between the title and the text."""
    kinds = [sentence.sentence.kind for sentence in reading.sentences]
    last = 0
    while kinds[:1] == ["title"] and kinds[last + 1 : last + 2] == ["item"]:
        last += 1
    return list(reading.sentences[1 : last + 1]) if kinds[last + 1 : last + 2] == ["body"] else []


def _amount(claim: QuantityClaim) -> _Amount:
    return claim.unit, claim.value_low, claim.value_high


def _timed_by_body(claim: QuantityClaim, claims: list[QuantityClaim], body: dict[_Amount, QuantityClaim]) -> QuantityClaim:
    """A claim of a headline without a time, in the time of the number beside it, where the body tells that one again."""
    if claim.period_start is not None or claim.period_end is not None:
        return claim
    beside = [other for other in claims if other.evidence_start == claim.evidence_start and other.indicator == claim.indicator]
    again = [body[_amount(other)] for other in beside if _amount(other) in body]
    alike = (other for other in again if other.indicator == claim.indicator and other.modality == claim.modality)
    told = next((other for other in alike if other.period_end is not None), None)
    return replace(claim, period_start=told.period_start, period_end=told.period_end) if told is not None else claim
