"""What follows by arithmetic from the figures of a text: intervals, derivations, implied values, and texts that contradict
themselves.

What is promised, and what came of it, belongs to `targets`.
"""

from pipeline.contract.columns import claim_of_row, code, day, document_of_row, number, places, share, text, texts, truth
from pipeline.contract.fields import Field, Table

# One field: of the claims that compare, and of the facts that they state.
BASE = text(
    "base",
    "What a growth, multiple or change is measured against: year (the same time a year earlier, which of a year or more than a "
    "month also goes without saying), quarter or month (the one before), the number of the year that is named if it is an "
    "earlier one; other (a time that words do not date, a plan, an average); untold. NULL of all that compares nothing.",
    nullable=True,
    pattern=r"year|quarter|month|other|untold|\d{4}",
)

_NATURES = "flow|state|undertaking"
_PERIOD_KINDS = "year|part|years|until|since|untold"
_IMPLIED = "base|level|growth|whole|turnover|balance"

_IMPLIED_KINDS = (
    "base: the level that a growth is measured against; level: what a base has grown to; growth: from a year to the next, in "
    "percent; whole: what a share is a part of (of a share told of a partner, goods, a mode or one end of a journey, and of no "
    "two of these); turnover, balance: exports and imports together, or their difference"
)
_RULES = (
    "Which figures tell it: level_and_growth, level_and_multiple, level_and_change, goal_and_multiple (and so on, for what a "
    "goal starts from), base_and_growth, base_and_multiple, level_and_base, part_and_share, exports_and_imports"
)


def thing_fields() -> tuple[Field, ...]:
    """The columns that say what a number is of, as in the claims tables."""
    return (
        code("family", "The family of its claims.", "families"),
        code("indicator", "What is measured.", "kinds"),
        code("measure", "How the value is to be read.", "measures"),
        places("reporter", "Whose trade, railway, port or territory it is; for turnover the side whose codes come first."),
        places("partner", "The other side of the trade."),
        places("origin", "Where the goods come from."),
        places("destination", "Where the goods go to."),
        code("corridor", "The corridor; NULL if none is named.", "corridors", nullable=True),
        code("mode", "The mode of transport; NULL if none is named.", "modes", nullable=True),
        code("commodity", "The goods; NULL if none are named.", "commodities", nullable=True),
    )


MEASUREMENTS = Table(
    "measurements",
    "Every number of documents that repeat no other, as the interval that its last digit and its bound leave open, ready to be "
    "reckoned with: one row for each claim with a value.",
    (
        text("claim_id", "The claim."),
        text("doc_id", "The document that makes it."),
        code("family", "The family of the claim.", "families"),
        code("indicator", "What is measured.", "kinds"),
        code("measure", "How the value is to be read.", "measures"),
        text(
            "nature",
            "flow: adds up over a period; state: stands at a time; undertaking: the size of one project, loan or contract, "
            "which claims do not name, so that two are never compared.",
            pattern=_NATURES,
        ),
        text(
            "thing_id",
            "The same for all claims of one thing: indicator, sides (for turnover whichever comes first), origin, destination, "
            "corridor, mode and goods. What a claim leaves open is not the same as what another names.",
        ),
        code("unit", "Unit of the value, without '/yr'.", "units"),
        truth("a_year", "Whether the claim's unit is a rate per year."),
        number("value", "The figure as it stands; the middle of a range."),
        number("lowest", "The least that it may stand for; NULL if open.", nullable=True),
        number("highest", "The most that it may stand for; NULL if open.", nullable=True),
        code("modality", "Whether it is said to be a fact, a forecast, a goal, a possibility or not so.", "modalities"),
        day("period_start", "First day of the time in which it holds; NULL if open or untold."),
        day("period_end", "Last day of that time; NULL if open or untold."),
        text(
            "period_kind",
            "year: any twelve months; part: less; years: more; until, since: one end told; untold: none.",
            pattern=_PERIOD_KINDS,
        ),
        day("holds_on", "Last day of its period, else the day of publication; NULL if neither is known."),
        share("confidence", "Confidence of the claim."),
        truth("counts", "Whether it is sure enough to be reckoned with (seeds/reference/analysis/arithmetic_limits.csv)."),
    ),
    key=("claim_id",),
    references=(claim_of_row(), document_of_row()),
)

_INTERVAL = (
    number("value", "What the figures give as they stand."),
    number("lowest", "The least that rounding and bounds leave open; NULL if open.", nullable=True),
    number("highest", "The most that rounding and bounds leave open; NULL if open.", nullable=True),
)
_LIKE = text(
    "like_claim_id",
    "A claim whose sides, corridor, mode and goods it shares; for a whole the share, but for what leaves_out says.",
)
_LEAVES_OUT = text(
    "leaves_out",
    "partner, commodity, mode, origin or destination: what names the part of a whole, and is open in the whole. NULL of all "
    "that is no whole.",
    nullable=True,
    pattern="partner|commodity|mode|origin|destination",
)
_PERIOD = (
    day("period_start", "First day of the period that it is of; NULL if untold."),
    day("period_end", "Last day of the period that it is of; NULL if untold, as for what a goal starts from now."),
)

DERIVATIONS = Table(
    "derivations",
    "Everything that follows by arithmetic from the figures of one text, whether the text tells it too or not: what it does "
    "not tell is in implied_values, what does not fit in inconsistencies.",
    (
        text("derivation_id", "Key: a hash of the rule and the claims."),
        text("doc_id", "The document whose figures are used."),
        text("rule", f"{_RULES}."),
        text("implied", f"{_IMPLIED_KINDS}.", pattern=_IMPLIED),
        _LEAVES_OUT,
        code("indicator", "What is measured.", "kinds"),
        code("measure", "How the value is to be read.", "measures"),
        code("unit", "Unit of the value.", "units"),
        _LIKE,
        text("thing_id", "What it is of, as in measurements."),
        *_PERIOD,
        code("modality", "That of the figures.", "modalities"),
        *_INTERVAL,
        texts("claim_ids", "The claims that it rests on."),
        text("arithmetic", "The figures as the text words them, and what is done with them."),
        text("told_claim_id", "The claim by which the same text tells it; NULL if none does.", nullable=True),
        number("told_value", "The value of that claim; for a growth told as a multiple, in percent.", nullable=True),
        truth("fits", "Whether told and worked out can both be right; NULL if untold.", nullable=True),
        share("confidence", "The least confidence of the claims."),
    ),
    key=("derivation_id",),
    references=(document_of_row(), claim_of_row("like_claim_id"), claim_of_row("told_claim_id")),
)

IMPLIED_VALUES = Table(
    "implied_values",
    "What arithmetic says but the text does not: derived, never told there. Each with the claims that it rests on; where there "
    "are several ways to one value, the narrowest.",
    (
        text("implied_id", "Key: the derivation, or for years_between_texts a hash of the claims."),
        text("doc_id", "The document whose figures imply it; NULL for years_between_texts.", nullable=True),
        text("rule", f"{_RULES}; years_between_texts: two years of one thing, told by different texts."),
        text("implied", f"{_IMPLIED_KINDS}.", pattern=_IMPLIED),
        _LEAVES_OUT,
        *thing_fields(),
        *_PERIOD,
        code("unit", "Unit of the value.", "units"),
        code("modality", "That of the figures: target and forecast where a goal tells what it starts from.", "modalities"),
        number("value", "What the figures give as they stand."),
        number("value_low", "The least that rounding and bounds of the figures leave open; NULL if open.", nullable=True),
        number("value_high", "The most that rounding and bounds of the figures leave open; NULL if open.", nullable=True),
        text("arithmetic", "The figures as the text words them, and what is done with them."),
        texts("claim_ids", "The claims that it rests on."),
        share("confidence", "The least confidence of these claims."),
        text(
            "told_by_claim_id",
            "A claim of another document that tells the same thing for the same period, of several the one that fits best; "
            "NULL if no text tells it.",
            nullable=True,
        ),
        number("told_value", "The value of that claim.", nullable=True),
        truth("fits_told", "Whether both can be right; NULL if no other document tells it.", nullable=True),
        text(
            "exceeded_by_claim_id",
            "A claim of a part of it that is more than the whole can be: of a shorter time with the same first day, or of the "
            "same time and one partner, goods, mode or corridor of it. Of several the highest; NULL if there is none. Then a "
            "figure that it rests on, or that of the part, is wrong or of another thing than its claim says.",
            nullable=True,
        ),
        number("exceeded_by_value", "The value of that claim.", nullable=True),
    ),
    key=("implied_id",),
    references=(
        document_of_row(),
        claim_of_row("told_by_claim_id"),
        claim_of_row("exceeded_by_claim_id"),
    ),
)

INCONSISTENCIES = Table(
    "inconsistencies",
    "Texts whose own figures do not fit each other, beyond what rounding and bounds leave open: a level, its base and the "
    "growth between them; a growth and a change of one level; exports, imports and turnover; a part that is more than the "
    "whole which other figures give. One row for each set of claims. "
    "Either the text is wrong, or a claim misreads it: see the evidence.",
    (
        text("inconsistency_id", "Key: a hash of the claims."),
        text("doc_id", "The document."),
        text("rule", f"{_RULES}; growth_and_change; part_above_whole: told is the part, worked out the whole."),
        text("implied", f"What is told otherwise than it is worked out. {_IMPLIED_KINDS}.", pattern=_IMPLIED),
        *thing_fields(),
        *_PERIOD,
        code("unit", "Unit of the values.", "units"),
        number("told_value", "What the text tells, or its change gives."),
        text("told_claim_id", "The claim that tells it; NULL where two ways of working it out differ.", nullable=True),
        number("worked_out_value", "What the other figures give as they stand."),
        number("worked_out_low", "The least that rounding and bounds leave open; NULL if open.", nullable=True),
        number("worked_out_high", "The most that rounding and bounds leave open; NULL if open.", nullable=True),
        text("arithmetic", "The figures as the text words them, and what is done with them."),
        texts("claim_ids", "All claims that together cannot be right."),
        share("confidence", "The least confidence of these claims."),
    ),
    key=("inconsistency_id",),
    references=(document_of_row(), claim_of_row("told_claim_id")),
)

TABLES: tuple[Table, ...] = (MEASUREMENTS, DERIVATIONS, IMPLIED_VALUES, INCONSISTENCIES)
