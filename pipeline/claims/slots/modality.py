"""How certain a statement is: reported, forecast, target, possible or negated.

The nearest cue that can govern a number decides; the cues are data in `[modality]` of `seeds/reference/claim_cues.toml`. Which
cues can govern it, and what one makes of another, is grammar and stands here.
"""

import re
from datetime import date
from functools import cache

from pipeline.claims.context.clauses import apart, clause_of, parted
from pipeline.claims.context.cues import Cue
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.contract.reference import read_toml
from pipeline.language.marks import QuantityMark

_STRENGTH = {"possible": 2.0, "negated": -2.0, "forecast": 1.0, "target": 0.0}
_WILL = ("will", "shall", "'ll")
_DOUBT = (
    "doubt",
    "unlikely",
    "sceptical",
    "skeptical",
    "far from",
    "uncertain",
    "no guarantee",
    "remains to",
    "not certain",
    "not sure",
    "questionable",
)
_STILL_EXPECTED = ("expect", "expects")  # what is not known yet, though its time is over (`traders expect 5 million for June`)
_CONDITIONS = ("if", "unless", "provided that")
_FIRST_WORDS = 2
_DENIAL_REACH = 40
_VALUED_BEFORE = 100  # characters before a sum in which it is told what is put at it
_SAID = re.compile(r"(?:ed|said|told|wrote)$")


def modality_at(scene: Scene, span: Spanned, period: tuple[date | None, date | None], published_on: date | None) -> str:
    """The modality of what is said at a span. A time wholly ahead of the publication makes a bare statement a forecast."""
    limits = thresholds()["modality"]

    def handicap(cue: Cue) -> float:
        commas = scene.folded.count(", ", cue.end, span.start) if cue.end <= span.start else 0
        return limits["comma"] * commas - _STRENGTH.get(cue.value, 0.0)

    reach = limits["limit"] if _is_subject(scene, span) else limits["limit_after"]
    found = scene.nearest(span, _governing(scene, span), limits["limit"], reach, handicap)
    if valued(scene, span) is not None:
        return "forecast"
    if found and found[1].value != "negated" and _is_known_length(scene, span):
        return "reported"
    if found is None and any(is_plan(scene, span) for is_plan in (_is_headline_plan, is_set_by_agreement, _is_undertaken)):
        return "target"
    if found and found[1].value != "reported":
        value = _believed(scene, found[1])
        if value == "target" and pattern("expected_that").match(scene.folded, scene.reading.start):
            value = "forecast"
        over = value == "forecast" and is_past(period, published_on) and not _is_cost_ahead(scene, span)
        over = over and found[1].phrase not in _STILL_EXPECTED
        return "reported" if over else value
    return _bare(scene, span, period, published_on)


def revises(scene: Scene, span: Spanned) -> bool:
    """Whether a number is a forecast or a plan by name, so that the one that it is compared with was one too (`cut its forecast
    to 2 billion from 4 billion`)."""
    return pattern("outlook").search(scene.folded, scene.reading.start, span.start) is not None


def _is_subject(scene: Scene, span: Spanned) -> bool:
    """Whether a number opens its sentence, so that the verb behind it is its own (`Half of the tariffs on goods would go`)."""
    return len(scene.folded[scene.reading.start : span.start].split()) <= _FIRST_WORDS


def _is_headline_plan(scene: Scene, span: Spanned) -> bool:
    """Whether a headline tells a plan by a bare infinitive (`Kenya to cut duty on wheat to 10 percent`)."""
    if scene.reading.sentence.kind not in ("title", "heading"):
        return False
    return pattern("headline_plan").match(scene.folded, scene.reading.start, span.start) is not None


def _is_undertaken(scene: Scene, span: Spanned) -> bool:
    """Whether sides took a plan on themselves at a time told before it (`agreed on Tuesday to raise trade to $5 billion`).

    What is a deal without a time within it is one with it (`agreed on Tuesday to buy`).
    """
    for mark in scene.reading.dates:
        undertook = pattern("undertook").search(scene.folded, scene.reading.start, mark.start)
        does = pattern("to_do").match(scene.folded, mark.end, span.start) if undertook else None
        if undertook is None or does is None or parted(scene, mark.end, span.start):
            continue
        if undertook["settled"] is None or f"agreed to {does['verb']}" not in _told_as_facts():
            return True
    return False


@cache
def _told_as_facts() -> frozenset[str]:
    """The words that tell a fact, whatever else their sentence tells."""
    return frozenset(read_toml("claim_cues.toml")["modality"]["reported"])


def _is_known_length(scene: Scene, span: Spanned) -> bool:
    """Whether a length is that of a line which is spoken of as known (`could resume after mending the 510 km pipeline`)."""
    if not isinstance(span, QuantityMark) or span.unit != "km":
        return False
    return (
        pattern("known_line").search(scene.folded[max(scene.reading.start, span.start - _DENIAL_REACH) : span.start])
        is not None
    )


def _is_cost_ahead(scene: Scene, span: Spanned) -> bool:
    """Whether a time that is over is that of an estimate, of what a thing is to cost (`in May it was estimated to cost`)."""
    return pattern("estimated_cost").search(scene.folded, scene.reading.start, span.start) is not None


def valued(scene: Scene, span: Spanned) -> re.Match[str] | None:
    """The words that tell what somebody puts the cost of a work at, up to the sum."""
    return pattern("valued_at").search(scene.folded, max(scene.reading.start, span.start - _VALUED_BEFORE), span.start)


def is_set_by_agreement(scene: Scene, span: Spanned) -> bool:
    """Whether an instrument sets a yearly amount (`agreed on the transit of 2 million tons a year`, `which raises it to 3`)."""
    yearly = isinstance(span, QuantityMark) and "/" in (span.unit or "")
    return yearly and pattern("set_by_agreement").search(scene.folded, scene.reading.start, span.start) is not None


def _bare(scene: Scene, span: Spanned, period: tuple[date | None, date | None], published_on: date | None) -> str:
    """The modality that no cue gives, from the time alone: estimates of what is to come are forecasts, deadlines are plans."""
    start, end = period
    ahead = start or end
    if published_on and end and end > published_on and _is_agreed_on(scene, span):
        return "target"
    if not published_on or not ahead or ahead <= published_on:
        return "reported"
    if any(mark.role == "until" and mark.date_end == end for mark in scene.reading.dates):
        return "reported"  # what holds until a day holds now
    estimated = _estimates().search(scene.folded, scene.reading.start, span.start)
    return "forecast" if start or estimated else "target"


def _is_agreed_on(scene: Scene, span: Spanned) -> bool:
    """Whether an amount is what sides have agreed on (`agreed on 36 million tonnes for 2025`)."""
    return pattern("agreed_amount").search(scene.folded, scene.reading.start, span.start) is not None


def is_past(period: tuple[date | None, date | None], published_on: date | None) -> bool:
    """Whether a whole time has passed: what is told of it is an estimate of a fact."""
    start, end = period
    return start is not None and end is not None and published_on is not None and end <= published_on


def _governing(scene: Scene, span: Spanned) -> list[Cue]:
    """The cues that can govern a span: those before it, and those behind it in the same clause as a passive verb has them."""
    cues = scene.of_kind("modality")
    shielded = [cue for cue in cues if cue.value == "reported"]
    set_off = scene.asides if cues else []
    return [
        _in_reported_speech(scene, cue)
        for cue in cues
        if not (cue.start < span.end and span.start < cue.end and cue.start >= span.start)
        and not any(shield.start <= cue.start and cue.end <= shield.end and shield is not cue for shield in shielded)
        and not any(mark.start <= cue.start and cue.end <= mark.end for mark in scene.reading.dates)
        and not _is_cut_off(scene, cue, span)
        and not apart(set_off, cue.start, span.start)
        and not apart(set_off, span.start, cue.start)
        and (cue.value != "negated" or _is_negated(scene, cue, span))
        and (cue.phrase not in _CONDITIONS or _is_conditional(scene, cue, span))
        and not (cue.start >= span.end and _is_of_another(scene, cue, span))
        and not _is_explained(scene, cue, span)
        and not _asks_for_none(scene, cue, span)
    ]


def _asks_for_none(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether a word of asking for offers leaves a number a fact: where the goods were bought, and where no goods are sought.

    `Chad bought 5 tons in its tender for wheat` tells of a purchase, `are seeking survivors of` of no plan to buy.
    """
    if pattern("asks_offers").fullmatch(cue.phrase) is None:
        return False
    if pattern("seeks").search(cue.phrase) and not asks_for_goods(scene, cue.end):
        return True
    if cue.end <= span.start and pattern("asked_at_once").fullmatch(scene.folded, cue.end, span.start):
        return pattern("awards_tender").search(scene.folded, scene.reading.start, span.start) is not None
    numbers = [mark.end for mark in scene.reading.quantities if mark.end <= span.start]
    start = max(clause_of(scene, span.start)[0], *numbers, scene.reading.start)
    verbs = list(pattern("concluded").finditer(scene.folded, start, span.start))
    if any(not apart(scene.asides, verb.start(), span.start) for verb in verbs):
        return pattern("issues_tender").search(scene.folded, verbs[-1].end(), span.start) is None
    return pattern("was_concluded").match(scene.folded, span.end, scene.reading.end) is not None


def asks_for_goods(scene: Scene, place: int) -> bool:
    """Whether goods, an amount of them or an infinitive stand right behind a verb of asking (`is seeking some Thai rice`)."""
    if scene.folded.startswith(" to ", place):
        return True
    goods = [name.start for name in scene.reading.names if name.kind == "commodity" and name.start >= place]
    ends = (*(mark.start for mark in scene.reading.quantities if mark.start >= place), *goods)
    return any(pattern("asked_at_once").fullmatch(scene.folded, place, end) is not None for end in ends)


def _is_conditional(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether `if` makes a number a possibility: one inside its clause, or one whose verb foretells or supposes.

    What is so in fact (`the ferry takes 36 hours if the weather is good`) stays so.
    """
    comma = scene.folded.find(",", cue.end, scene.reading.end)
    end = comma if comma >= 0 else scene.reading.end
    if cue.end <= span.start < end:
        return True
    supposed = pattern("supposes").search(scene.folded, scene.reading.start, cue.start) or pattern("supposes").search(
        scene.folded, end, scene.reading.end
    )
    return supposed is not None


def _is_of_another(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether a word behind a number speaks of something else: the goal that the number is measured against, a noun that it
    only describes (`the 980-km line is to ...`), or a clause that is joined on."""
    between = scene.folded[span.end : cue.start]
    if pattern("measured_against").match(between) or pattern("joined_on").search(between):
        return True
    on_its_own = pattern("next_verb").search(between) or pattern("next_subject").search(between)
    number = span.number_start if isinstance(span, QuantityMark) else span.start
    if on_its_own and pattern("stands_at").search(scene.folded, scene.reading.start, number):
        return True
    described = pattern("purpose").match(cue.phrase) and not pattern("passive").search(scene.folded, cue.start - 6, cue.start)
    if described and between.strip():
        return True
    return isinstance(span, QuantityMark) and "-" in scene.folded[span.number_end : span.end] and "to be" not in cue.phrase


def _is_explained(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether a number stands in a clause that explains a noun (`on which Peru has charged 52 percent`) without the word."""
    return any(
        match.start() <= span.start < match.end() and not match.start() <= cue.start < match.end()
        for match in pattern("explaining").finditer(scene.folded, scene.reading.start, scene.reading.end)
    )


def _is_cut_off(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether a new clause with its own verb stands between a cue and a number behind it."""
    if cue.end > span.start:
        return False
    if any(cue.end <= other.start < span.start for other in scene.of_kind("hard_boundary")):
        return True
    return _facts().search(scene.folded, cue.end, span.start) is not None


def _is_negated(scene: Scene, cue: Cue, span: Spanned) -> bool:
    """Whether a negation reaches a number: from before it, within its own part of the sentence."""
    return cue.start < span.start and not parted(scene, cue.end, span.start)


def _in_reported_speech(scene: Scene, cue: Cue) -> Cue:
    """`He said it would be cut` tells of a plan: the `would` of reported speech is the speaker's `will`."""
    if cue.phrase != "would" or any(other.phrase == "if" for other in scene.of_kind("modality")):
        return cue
    said = any(other.end <= cue.start and _SAID.search(other.phrase) for other in scene.of_kind("says"))
    if not said:
        return cue
    outcome = any(scene.folded.startswith(verb, cue.end) for verb in _outcomes())
    return cue._replace(value="forecast" if outcome else "target")


def _believed(scene: Scene, cue: Cue) -> str:
    """The value of a cue: what somebody thinks that will be done is a forecast (`the bank expects that it will add`)."""
    if cue.value != "negated" and _denied(scene, cue):
        return "negated"
    if cue.value in ("target", "forecast") and _doubted(scene, cue):
        return "possible"
    if cue.value != "target" or not cue.phrase.startswith(_WILL):
        return cue.value
    thought = any(
        other.value == "forecast"
        and other.end <= cue.start
        and (not parted(scene, other.end, cue.start) or pattern("parts_of_it").search(scene.folded, other.end, cue.start))
        for other in scene.of_kind("modality")
    )
    return "forecast" if thought else cue.value


def _denied(scene: Scene, cue: Cue) -> bool:
    """Whether somebody denies what a cue behind the denial plans or supposes (`denied that it would cut exports`)."""
    return any(
        pattern("denial").match(other.phrase)
        and other.end <= cue.start <= other.end + _DENIAL_REACH
        and not parted(scene, other.end, cue.start)
        and not pattern("undenied").search(scene.folded, scene.reading.start, other.start)
        for other in scene.of_kind("modality")
        if other.value == "negated"
    )


def _doubted(scene: Scene, cue: Cue) -> bool:
    """Whether somebody doubts what a cue behind it plans or foretells (`I doubt that it will carry 10 million`)."""
    return any(
        other.phrase.startswith(_DOUBT) and other.end <= cue.start and not parted(scene, other.end, cue.start)
        for other in scene.of_kind("modality")
        if other.value == "possible"
    )


@cache
def _outcomes() -> tuple[str, ...]:
    """What follows `will` where it foretells, rather than promises."""
    forecasts = read_toml("claim_cues.toml")["modality"]["forecast"]
    return tuple(phrase.removeprefix("will") for phrase in forecasts if phrase.startswith("will "))


@cache
def _facts() -> re.Pattern[str]:
    """A semicolon, or a comma with a fact told behind it."""
    facts = "|".join(read_toml("claim_periods.toml")["clause"]["facts"])
    return re.compile(
        rf";|,\s[^;]{{0,200}}\b(?:{facts})\b|:\s[^;]{{0,60}}\b(?:it|he|she|they) (?:never |only |already )?(?:{facts})\b"
    )


@cache
def _estimates() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(read_toml('claim_periods.toml')['clause']['estimates'])})\b")
