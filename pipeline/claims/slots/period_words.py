"""The words that tie dates to numbers, as patterns, and how far they reach; and what a period is.

Data of `seeds/reference/claim_periods.toml` made ready for use belongs here; using it belongs to `date_ties`, `frames` and
`periods`.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.phrases import one_of

Period = tuple[date | None, date | None]
NO_PERIOD: Period = (None, None)
UNSTATED: Period = (date.max, date.min)
RELATIVE = frozenset({"percent", "multiple", "fraction"})
ARTICLE = 7
OPENING = 8  # characters before a date that opens its sentence (`During `)
REACH = 120


def count_of(written: str) -> int:
    """A count of months in digits or words. Raises `ValueError` for words that are none within a year."""
    return int(written) if written.isdigit() else read_toml("claim_periods.toml")["words"]["months"].index(written) + 1


class _Patterns(NamedTuple):
    """The patterns between a number and a date, from the word lists."""

    behind: re.Pattern[str]
    owner: re.Pattern[str]
    of_figure: re.Pattern[str]
    end_of_span: re.Pattern[str]
    leads_to: re.Pattern[str]
    compares: re.Pattern[str]
    compares_before: re.Pattern[str]
    owned_base: re.Pattern[str]
    level_before: re.Pattern[str]
    level_told: re.Pattern[str]
    level_opens: re.Pattern[str]
    acts: re.Pattern[str]
    brings: re.Pattern[str]
    compared_before: re.Pattern[str]
    record: re.Pattern[str]
    back: re.Pattern[str]
    pluperfect: re.Pattern[str]
    year_back: re.Pattern[str]
    afterwards: re.Pattern[str]
    today: re.Pattern[str]
    held: re.Pattern[str]
    cause: re.Pattern[str]
    revised: re.Pattern[str]
    reached: re.Pattern[str]
    timeless: re.Pattern[str]
    perfect: re.Pattern[str]
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
    months_since: re.Pattern[str]
    months_counted: re.Pattern[str]
    told_by_verb: re.Pattern[str]
    tells_anew: re.Pattern[str]
    deal: re.Pattern[str]
    whole: re.Pattern[str]
    works: re.Pattern[str]
    usual: re.Pattern[str]
    ranks: re.Pattern[str]
    designed: re.Pattern[str]
    of_act: re.Pattern[str]
    said_ongoing: re.Pattern[str]
    then: re.Pattern[str]
    share: re.Pattern[str]


@cache
def limits() -> dict[str, float]:
    """The distances and lengths of time of `claim_periods.toml`."""
    return {name: float(limit) for name, limit in read_toml("claim_periods.toml")["distance"].items()}


@cache
def patterns() -> _Patterns:
    """The patterns, compiled once."""
    lists = read_toml("claim_periods.toml")["words"]
    deliveries, measures = one_of(lists["deliveries"]), one_of(lists["measures"])
    verbs = rf"(?!{one_of(lists['no_flow'])}\b)(?:{one_of([*lists['past'], *lists['present'], 'will'])}|\w{{2,20}}ed)\b"
    levels, stops, flows = one_of(lists["levels"]), one_of(lists["stops"]), one_of(lists["flows"])
    return _Patterns(
        # `5 million tons of grain from Kazakhstan in`: a few words of the same phrase, with no comparison and no new clause.
        behind=re.compile(
            r"(?:\s*\([^()]{0,40}\))?(?:\s*,\s*(?:(?:in|for|during|over|by|at|on|from)\s+(?:the\s+)?)?"
            rf"|\s*(?:(?!{stops}\b)[^\s,;:()\d]{{1,24}}\s+){{0,6}})"
        ),
        owner=re.compile(
            rf"'s\s+(?:(?!(?:brings|brought|takes|took|lifts|lifted|raises|raised|makes|made|was|were|is)\b)[\w-]+\s+){{0,3}}|\s+(?:[\w-]+\s+){{0,3}}{levels}\s+of\s+(?:about\s+)?"
            rf"|\s+(?:(?!against|compared|versus|vs|from|than)[a-z-]+\s+){{0,2}}{flows}\s+of\s+(?:about\s+|some\s+)?"
        ),
        # `The surplus recorded in September 2016 of $7 million`.
        of_figure=re.compile(r"\)?\s+of\s+(?:(?:about|around|some|nearly|almost|just|over|only)\s+)?"),
        # `From $5 million in 2021 to $6 million in 2022`.
        end_of_span=re.compile(r"\b(?:from|to)\s+(?:(?:about|around|some|nearly|almost|just|over|only)\s+)?$"),
        leads_to=re.compile(
            r"[^,;:()]{0,60}?\s*,?\s*" + one_of(lists["leads_to"]) + r"\s+(?:an? (?:total|record|level) (?:of )?)?"
        ),
        compares=re.compile(one_of(lists["compares"]) + r"\b"),
        compares_before=re.compile(rf"\b{one_of(lists['compares'])} (?:the )?$"),
        owned_base=re.compile(rf"(?:'s|s')\s+(?:[\w-]+\s+)?{levels}\b"),
        level_before=re.compile(
            r"\bafter (?:an? )?$|\b(?:than|exceed(?:s|ed|ing)|above|below|over|under) (?:that|those) (?:of|in|for) (?:the )?$"
            rf"|\b{levels} (?:of|in|for|from|seen in|recorded in) (?:the )?$"
        ),
        level_told=re.compile(
            r"\s*(?:to(?= [$€£¥\d]| us\$)|was|were|is|stood|stands|came|reached|amounted|totall?ed|made|rose|fell|grew|climbed"
            r"|dropped|jumped|increased|decreased)\b"
        ),
        acts=re.compile(
            r"\s+(?:should|will|would|could|may|might|is|was|has|had|can|must|came|rose|fell|shrank|grew|stood|reached)\b"
        ),
        # `In the total for 2023 exports were`, `bringing the total for the half to`.
        level_opens=re.compile(
            rf"\W*(?:in|by|for|as for|as to) (?:the|its|their) (?:[\w-]+ ){{0,2}}{levels} (?:of|in|for) (?:the )?$"
        ),
        brings=re.compile(
            rf"\b(?:bring(?:s|ing)?|brought|tak(?:es?|ing)|took|lift(?:s|ed|ing)?|push(?:es|ed|ing)?|rais(?:es?|ed|ing)|cut(?:s|ting)?)"
            rf" (?:the|its|their) (?:[\w-]+ ){{0,2}}{levels} (?:of|in|for) (?:the )?$"
        ),
        # `From` and `over` compare only with a figure: `from Chile in 2024` names a place.
        compared_before=re.compile(
            rf"\b(?!year\b)(?!(?:from|over)\s+(?!the|that|those|its|their|an?\b)){one_of(lists['compares'])}"
            r"\s+(?:[a-z'-]+\s+){1,3}(?:in|for|during)\s+(?:the\s+)?$"
        ),
        record=re.compile(one_of(lists["records"]) + r"\b[^,;]{0,40}$"),
        back=re.compile(r"(?:before|earlier|ago|previously)$|\b(?:previous|preceding|prior)\b"),
        pluperfect=re.compile(r"\bhad (?:been|\w+ed|\w+n|\w+t|stood|come|run|made|held|paid|sold)\b"),
        # `In the year before`, `a year earlier`, `on the same date of last year`: no time of its own, but a year back.
        year_back=re.compile(
            r"(?:(?:in|of|for|than|over|on|at|by|during) )?(?:(?:(?:the|a) )?year[- ](?:before|earlier|ago)"
            r"|the (?:previous|preceding|prior) year|(?:the )?same (?:date|day|time|point|period)"
            r"(?: (?:of|in|a|the) (?:last|the previous|the preceding|the prior) year"
            r"| (?:a|one|the) year (?:ago|earlier|before)| last year)?)"
        ),
        afterwards=re.compile(rf"\b{one_of(lists['afterwards'])}\b(?! (?:this|in|on|than|by)\b)"),
        today=re.compile(r"today(?!['\u2019])|this day"),
        held=re.compile(r"\b(?:has|have|had) (?:been|stood|held|remained|\w+ed)\b"),
        plain=re.compile(r"\s(?:[a-z]+\s){0,2}"),
        delivery=re.compile(rf"\bfor (?:[a-z]+ )?{deliveries} (?:[a-z]+ ){{0,2}}$|\b{deliveries} (?:in|on|by|from) $"),
        # `March shipment` is still to come, `March shipments` were told of.
        delivered=re.compile(rf"\s{one_of([noun for noun in lists['deliveries'] if not noun.endswith('s')])}\b"),
        timeless=re.compile(rf"\b{one_of(lists['timeless'])}\b"),
        perfect=re.compile(
            r"\b(?:has|have)(?: \w+ly| already| now| since| also)? (?:\w+ed|put|begun|started|set|run|grown|risen)\b"
        ),
        reached=re.compile(
            r"(?:\bto|reach(?:ed|ing)?|total(?:l?ing|l?ed))\s+(?:(?:about|some|nearly|almost|over|around)\s+)?$"
        ),
        revised=re.compile(
            r"\b(?:cut|raised|lifted|lowered|revised|trimmed|reduced|increased|slashed|upped|upgraded|downgraded)\b[^.;]{0,40}"
            r"\b(?:forecasts?|estimates?|projections?|targets?|outlook|guidance|predictions?|expectations?)\b"
        ),
        cause=re.compile(rf"\b{one_of(lists['causes'])}\b[^,;]{{0,60}}$"),
        # `From 1.2 to 1.7 million`.
        from_to=re.compile(r"\s*(?:[a-z]+\s+){0,3}to\s+(?:(?:about|over|around|nearly|almost|some|more than)\s+)?"),
        yearly=re.compile(r"\s*(?:a|per|each|every)\s+year\b|\s*(?:annually|on average)\b"),
        between=re.compile(r"(?:between|from)\b|\d{4}\s?(?:to|[-\u2013])", re.IGNORECASE),
        rate_of_change=re.compile(r"on[- ]year|yoy|y-o-y|y/y|^(?:compared|against|versus|than|relative|from)\b"),
        restates=re.compile(
            r"[^;:()]{0,60},\s*(?:or|that is|i\.e\.,?|equal to|equivalent to)\s+(?:about |some |nearly |almost |just )?",
        ),
        untold=re.compile(rf"(?:\s+of\s+[a-z]+)?\s+{one_of(lists['untold'])}\b"),
        described=re.compile(
            rf"\b(?:with|and|has) an? (?:[\w-]+ ){{0,3}}{measures} (?:of|at) (?:about |some |around |nearly )?$"
        ),
        article=re.compile(r"\b(?:an?|the|its|this|that|their)\s+(?:[\w-]+\s+){0,1}$"),
        thing=re.compile(rf"\s+(?:[\w-]+\s+){{0,3}}{one_of(lists['things'])}\b"),
        deal=re.compile(rf"\b{one_of(lists['deals'])}\b"),
        # Not the preposition of the date alone: `figures showing that in June` explain no word.
        relative=re.compile(
            rf"[a-z] {one_of(lists['relatives'])} (?!(?:in|on|for|during|over|by|from|between|at|as of) (?:the )?$)"
            r"[^,;:]{3,80}$"
        ),
        months_since=re.compile(rf"\b(\d{{1,2}}|{one_of(lists['months'])}) months since\b[^.;:]{{0,80}}$"),
        told_by_verb=re.compile(rf"\b{verbs}"),
        # `[in May and June] exports were`, `[in May and in June] they fell to`.
        tells_anew=re.compile(
            rf"\s+(?:(?!(?:{stops}|{one_of(lists['no_flow'])}|{one_of(lists['no_subject'])})\b)[a-z'-]+\s+){{0,3}}?(?:{flows}\b|{verbs})"
        ),
        months_counted=re.compile(
            rf"\b(?:(?P<count>\d{{1,2}}|{one_of(lists['months'])})[ -]months?|(?P<half>half-year|first-half))"
            rf"\s+(?:[a-z]+\s+){{0,2}}?{one_of(lists['sums'])}\b[^.;,:]{{0,40}}$"
        ),
        span=re.compile(
            rf"\b(?:in|over|within) (?:the (?:space of|same) )?(?:\d{{1,3}}|{one_of(lists['counts'])}) (?:years?|decades?)\b"
        ),
        part=re.compile(r"\b" + one_of(lists["parts"]) + r"(?:,|\s+[\w'-]+){0,3}\s*$"),
        then=re.compile(
            r"\b(?:will|would|shall|should|(?:is|are) to|may)\s(?:\w+\s)?then\b|\bthen,?\s(?:\S+\s){1,6}w(?:ill|ould)\b"
        ),
        share=re.compile(
            r"\b(?:has|have|holds?)\s[^,;]{0,30}\bshare\b"
            r"|\b(?:share|slice|portion|proportion)\b[^,;]{0,60}?\b(?:is|are|stands|comes|amounts|equals|makes)\b"
        ),
        works=re.compile(rf"\b{one_of(lists['works'])}\b"),
        ranks=re.compile(rf"\b{one_of(lists['ranks'])}\b"),
        usual=re.compile(rf"\b{one_of(lists['usual'])} (?:about |some |around |roughly |nearly |up to )?$"),
        designed=re.compile(
            rf"\b{one_of(lists['designed'])} (?:for|at|to [a-z]{{3,12}})"
            r" (?:(?:a|an|the|up|to|about|some|around|over|more|than|throughput|load|of) ){0,4}$"
        ),
        of_act=re.compile(
            rf"\b{one_of(lists['instruments'])}(?: (?:which|that) [^.;,]{{1,60}}?)?"
            rf" (?:\w+ly )?{one_of(lists['acts'])}\b[^.;,\d]{{0,40}}$"
        ),
        said_ongoing=re.compile(
            r"\b(?:said|told [^.;,]{1,30}?|added|noted|reported|explained)(?: that)? [^.;,]{1,40}?"
            r"\b(?:was|were) (?:now |currently |already |still )?\w{3,20}ing\b"
        ),
        whole=re.compile(r"^\W*" + one_of(lists["wholes"]) + r"\b"),
    )
