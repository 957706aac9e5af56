"""Statements of the world, reconciled across documents: what is said, by how many voices, and whether these agree.

A fact is what several claims say alike; which words make two claims alike is in `sql/analysis/fact_claims.sql`.
"""

from pipeline.contract.analysis.arithmetic import BASE
from pipeline.contract.columns import claim_of_row, code, count, day, number, places, share, text, texts, truth
from pipeline.contract.fields import Field, Reference, Table

_FACT_ID = text("fact_id", "Key of the fact: a hash of what is stated, without the value; the same in every run.")


# What every table about facts says of the time.
PERIOD = (
    day("period_start", "First day of the time in which the value holds; NULL if open or untold."),
    day("period_end", "Last day of that time, a deadline included; NULL if open or untold."),
    count("told_in", "Year of publication, of a statement that names no period; else NULL, as if that is unknown.", True),
    text(
        "grain",
        "The kind of period: day, month, quarter, half_year, year, months (other whole months), days (other days), until "
        "(no start), since (no end); NULL if no period is told.",
        nullable=True,
        pattern="day|month|quarter|half_year|year|months|days|until|since",
    ),
    truth("whole_year", "Whether the period is a calendar year."),
    truth("cumulative", "Whether the period is a year to date: from 1 January to a later day before 31 December."),
)

MODALITY = code("modality", "Whether it is said to be a fact, a forecast, a goal, a possibility or not so.", "modalities")

# And of the values, and of how far to trust them.
VALUES = (
    number("lowest_value", "The lowest value that a claim gives, in `unit`; NULL for an event.", nullable=True),
    number(
        "value_low",
        "The value to show, in `unit`: that of `claim_id`, as a text tells it. Low end of a range, else equal to the high end; "
        "NULL for an event.",
        nullable=True,
    ),
    number("value_high", "The high end of the value to show; NULL for an event.", nullable=True),
    number("highest_value", "The highest value that a claim gives; NULL for an event.", nullable=True),
    code("bound", "How the value to show is to be read: exact, rough, floor or ceiling; NULL for an event.", "bounds", True),
    number(
        "median_value",
        "The median of what the voices say, each counted once, by the claim that is `independent`: a statistic, which no text "
        "need tell. NULL for an event.",
        nullable=True,
    ),
)

VALUE_USD = (
    number(
        "value_usd",
        "The value to show in US dollars, by the rates of the period; NULL where none is known, and for what is no money.",
        nullable=True,
        unit="USD",
    ),
    number("median_value_usd", "The median in US dollars; NULL as `value_usd`.", nullable=True, unit="USD"),
)

# How a level grew, and the fact that says so.
GROWTH = (
    number(
        "growth_percent",
        "How it grew: told in the sentence of the value, else, of trade or of named goods, told by itself for the same sides, "
        "goods and period. NULL where the growth may be one of a part, or is measured against no earlier time that words date.",
        nullable=True,
        unit="percent",
    ),
    text(
        "growth_base",
        "What that growth is measured against, as `base` of its fact: year (the same time a year earlier) where such a growth "
        "is told, else quarter, month, a year by its number, or untold. NULL without a growth.",
        nullable=True,
        pattern=BASE.pattern,
    ),
    text("growth_fact_id", "The fact that tells the growth; NULL if none does.", nullable=True),
)

BESIDE = text(
    "beside_fact_id",
    "Of a value that a text tells in the words of another of its own that counts (a part of it, or what was before): the fact "
    "of that other. NULL for all else.",
    nullable=True,
)
GROWTH_FACT = Reference("growth_fact_id", "facts", "fact_id")
BESIDE_FACT = Reference("beside_fact_id", "facts", "fact_id")

TRUST = (
    text(
        "agreement",
        "corroborated: several voices, comparable values that agree, one of them at least with a lower and an upper end; of "
        "an event, several voices that tell it of one place and one period; conflicting: several voices, comparable values "
        "that do not agree; single: nothing is confirmed, by one voice or by several whose words may mean different things. "
        "Values agree if rounding, bounds and ranges allow both.",
        pattern="single|corroborated|conflicting",
    ),
    count("voices", "Voices that state it: persons, bodies or publishers, each counted once, however often quoted."),
    count("documents", "Documents that state it and repeat no other."),
    day("latest_published_on", "When it was last published; NULL if unknown."),
    share("confidence", "Confidence of the claim that is shown."),
    text(
        "claim_id",
        "The claim to show for it: of those that agree with what counts for their voice, and with most voices, the most "
        "confident, of equals the latest.",
    ),
)


def _statement() -> tuple[Field, ...]:
    return (
        code("family", "Whether it is about trade or freight.", "families"),
        code("indicator", "What is measured; for an event, its kind.", "kinds"),
        code("measure", "How the value is to be read: an amount, a change, a growth, a share.", "measures"),
        BASE,
        places("reporter", "As in the claims; of what has no direction, such as turnover, the side whose codes come first."),
        places("partner", "The other side."),
        places("origin", "Where the goods come from; empty if no journey is told."),
        places("destination", "Where the goods go to; empty if no journey is told."),
        code("corridor", "The corridor; NULL if none is named.", "corridors", nullable=True),
        code("mode", "The mode of transport; NULL if none is named.", "modes", nullable=True),
        code("commodity", "The goods; NULL if none are named.", "commodities", nullable=True),
        *PERIOD,
        code("unit", "Unit of the values; NULL for an event.", "units", nullable=True),
        MODALITY,
    )


FACTS = Table(
    "facts",
    "One row for each distinct statement of the world, whoever makes it: the same indicator, measure, base, sides, "
    "corridor, mode, goods, period, unit and modality. Statements that name no period are one only if made in the same year. "
    "Where a text tells several values of all these, each is a fact, and all but one of them are `beside_fact_id`.",
    (
        _FACT_ID,
        *_statement(),
        *VALUES,
        texts(
            "other_claim_ids",
            "Claims that a text makes in the same words beside the one that counts, with a value that does not agree: of a "
            "part, or of what no field tells apart. They are in none of the values, and have facts of their own.",
        ),
        BESIDE,
        *VALUE_USD,
        *GROWTH,
        truth(
            "comparable",
            "Whether two values of it cannot both be true. They can of single projects, loans, contracts and duties, of lines "
            "and ports that are not named, of reported growths whose base is not known, of possibilities and denials, and "
            "where neither a place nor a corridor is named.",
        ),
        *TRUST,
        count("publishers", "Publishers of these documents; one that hands on a text of another counts as that other."),
        count("claims", "Claims that state it, in these documents."),
        day("first_published_on", "When it was first published; NULL if unknown."),
    ),
    key=("fact_id",),
    references=(claim_of_row(), GROWTH_FACT, BESIDE_FACT),
)

FACT_CLAIMS = Table(
    "fact_claims",
    "One row for each claim that states a fact, with who speaks. Every trade and freight claim has one, but for those of "
    "documents that repeat another and state something else than any original.",
    (
        _FACT_ID,
        text("claim_id", "The claim."),
        text(
            "voice",
            "Who speaks, under the shortest of the names told: the person or body that it is attributed to, else the "
            "publisher, else the id of the document.",
        ),
        truth(
            "independent",
            "Whether it is the claim that counts for its voice: the latest, else the most confident. False for others of the "
            "same voice, for a wording that another document has too, and for documents that repeat another.",
        ),
        number("least_value", "The lowest value that its words allow, given rounding and bound; NULL if none.", nullable=True),
        number("most_value", "The highest value that its words allow; NULL if none.", nullable=True),
        text(
            "beside_fact_id",
            "The fact beside which it is told, of a value that a text tells in the words of another of its own: of several "
            "values that which most voices tell is the fact, of equals the largest amount, since a smaller one is probably a "
            "part of it, else the most confident. NULL for all else.",
            nullable=True,
        ),
        count(
            "voices_alike",
            "Voices that tell a value which agrees with this one, or with one that does, itself counted; NULL for floors and "
            "ceilings, events, and documents that repeat another.",
            nullable=True,
        ),
    ),
    key=("claim_id",),
    references=(Reference("fact_id", "facts", "fact_id"), claim_of_row(), BESIDE_FACT),
)

FACT_CONFLICTS = Table(
    "fact_conflicts",
    "One row for each fact, or two facts, whose values differ by more than rounding, bounds and ranges allow. True conflicts, "
    "of whatever kind, are those that are not `explained` and of which the fact is `reported`: forecasts and goals may differ.",
    (
        text("conflict_id", "Key: a hash of the kind and the facts; the same in every run."),
        text(
            "kind",
            "value: voices differ on one fact; things: values that one text gives in the same words (all but one of them "
            "facts beside `fact_id`), or that are not comparable: of two things, or of one thing at two times (before and "
            "after), which the fields do not tell apart; scope: one "
            "fact names goods, a mode, a corridor or a side that the other leaves open; cumulative: two periods with one "
            "start, the one longer than the other. Where one text tells both facts, as of a whole and its part, there is a "
            "conflict only if the part is the larger.",
            pattern="value|things|scope|cumulative",
        ),
        text("fact_id", "The fact; of two the wider one, or the one of the longer period."),
        text("other_fact_id", "The narrower fact, or that of the next shorter period; NULL within one fact.", nullable=True),
        texts("differs_in", "What the one leaves open and the other names, or `period_end`; empty within one fact."),
        code("indicator", "What the facts are about.", "kinds"),
        code("measure", "How their values are to be read.", "measures"),
        MODALITY,
        code("unit", "Unit of their values.", "units"),
        places("reporter", "Of `fact_id`, as are the columns up to `voices`: the first side."),
        places("partner", "The other side."),
        code("corridor", "The corridor; NULL if none is named.", "corridors", nullable=True),
        code("commodity", "The goods; NULL if none are named.", "commodities", nullable=True),
        day("period_start", "First day of the period; NULL if open or untold."),
        day("period_end", "Last day of the period; NULL if open or untold."),
        count("voices", "Voices that state it."),
        truth(
            "explained",
            "Whether that is enough to explain it. It is not where voices differ, nor where a part (of the goods, the modes, "
            "the corridors, the partners, the time) is more than its whole.",
        ),
        number("lowest_value", "The lowest of the values."),
        number("highest_value", "The highest of the values."),
        number(
            "spread",
            "How far the highest is above the lowest: 0.1 is a tenth; NULL if the lowest is not above 0, and of percentages.",
            nullable=True,
        ),
        number(
            "points",
            "Of percentages, by how many points the highest is above the lowest; NULL of all else.",
            nullable=True,
            unit="percentage points",
        ),
        texts("claims", "The claims that differ: all of one fact, or the one that is shown for each of two."),
    ),
    key=("conflict_id",),
    references=(Reference("fact_id", "facts", "fact_id"), Reference("other_fact_id", "facts", "fact_id")),
)

VOICES = Table(
    "voices",
    "Who speaks: one row for each voice that states a fact, with how far others bear it out.",
    (
        text("voice", "The voice, as in fact_claims."),
        count("facts", "Facts that it states."),
        count("corroborated", "Those that other voices state alike."),
        count("conflicting", "Those of which other voices say something else."),
        day("first_published_on", "When it was first published with one; NULL if unknown."),
        day("latest_published_on", "When it was last published with one; NULL if unknown."),
    ),
    key=("voice",),
)

TABLES: tuple[Table, ...] = (FACTS, FACT_CLAIMS, FACT_CONFLICTS, VOICES)
