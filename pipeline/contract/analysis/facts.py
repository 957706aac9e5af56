"""Statements of the world, reconciled across documents: what is said, by how many voices, and whether these agree.

A fact is what several claims say alike; which words make two claims alike is in `sql/analysis/fact_claims.sql`.
"""

from pipeline.contract.columns import claim_of_row, code, count, day, number, places, share, text, truth
from pipeline.contract.fields import Field, Reference, Table

_FACT_ID = text("fact_id", "Key of the fact: a hash of what is stated, without the value; the same in every run.")


def _statement() -> tuple[Field, ...]:
    return (
        code("family", "Whether it is about trade or freight.", "families"),
        code("indicator", "What is measured; for an event, its kind.", "kinds"),
        code("measure", "How the value is to be read: an amount, a change, a growth, a share.", "measures"),
        places("reporter", "As in the claims; of what has no direction, such as turnover, the side whose codes come first."),
        places("partner", "The other side."),
        places("origin", "Where the goods come from; empty if no journey is told."),
        places("destination", "Where the goods go to; empty if no journey is told."),
        code("corridor", "The corridor; NULL if none is named.", "corridors", nullable=True),
        code("mode", "The mode of transport; NULL if none is named.", "modes", nullable=True),
        code("commodity", "The goods; NULL if none are named.", "commodities", nullable=True),
        day("period_start", "First day of the time in which the value holds; NULL if open or untold."),
        day("period_end", "Last day of that time, a deadline included; NULL if open or untold."),
        code("unit", "Unit of the values; NULL for an event.", "units", nullable=True),
        code("modality", "Whether it is said to be a fact, a forecast, a goal, a possibility or not so.", "modalities"),
    )


FACTS = Table(
    "facts",
    "One row for each distinct statement of the world, whoever makes it: the same indicator, measure, sides, corridor, mode, "
    "goods, period, unit and modality. Statements that name no period are one only if made in the same year.",
    (
        _FACT_ID,
        *_statement(),
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
        number("lowest_value", "The lowest value that a claim gives, in `unit`; NULL for an event.", nullable=True),
        number("median_value", "The median of what the voices say, each counted once; NULL for an event.", nullable=True),
        number("highest_value", "The highest value that a claim gives; NULL for an event.", nullable=True),
        number(
            "median_value_usd",
            "The median in US dollars, by the rates of the period; NULL where none is known, and for what is no money.",
            nullable=True,
            unit="USD",
        ),
        text(
            "agreement",
            "single: one voice; corroborated: several, whose values agree; conflicting: several, whose values do not. Values "
            "agree if rounding, bounds and ranges allow both.",
            pattern="single|corroborated|conflicting",
        ),
        count("voices", "Voices that state it: persons, bodies or publishers, each counted once, however often quoted."),
        count("documents", "Documents that state it and repeat no other."),
        count("publishers", "Publishers of these documents."),
        count("claims", "Claims that state it, in these documents."),
        day("first_published_on", "When it was first published; NULL if unknown."),
        day("latest_published_on", "When it was last published; NULL if unknown."),
        share("confidence", "Confidence of the claim that is shown, the highest of all."),
        text("claim_id", "The claim to show for it: the most confident, of equals the latest."),
    ),
    key=("fact_id",),
    references=(claim_of_row(),),
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
            "Who speaks, in normal form: the person or body that it is attributed to, else the publisher, else the document.",
        ),
        truth(
            "independent",
            "Whether it is the claim that counts for its voice: the latest. False for others of the same voice, for a wording "
            "that another document has too, and for documents that repeat another.",
        ),
        number("least_value", "The lowest value that its words allow, given rounding and bound; NULL if none.", nullable=True),
        number("most_value", "The highest value that its words allow; NULL if none.", nullable=True),
    ),
    key=("claim_id",),
    references=(Reference("fact_id", "facts", "fact_id"), claim_of_row()),
)

TABLES: tuple[Table, ...] = (FACTS, FACT_CLAIMS)
