"""What was promised or forecast, from where, by when, and what has come of it.

What figures imply of each other belongs to `arithmetic`.
"""

from pipeline.contract.analysis.arithmetic import thing_fields
from pipeline.contract.columns import claim_of_row, code, count, day, number, share, text, texts, truth
from pipeline.contract.fields import Field, Table


def _value_of(name: str, what: str) -> tuple[Field, ...]:
    """A reported value with its period and claim, all NULL if there is none."""
    return (
        number(f"{name}_value", f"{what}; NULL if there is none.", nullable=True),
        day(f"{name}_period_start", "First day of its period; NULL if open or untold."),
        day(f"{name}_period_end", "Last day of its period; NULL if open or untold."),
        text(f"{name}_claim_id", "The claim that tells it.", nullable=True),
    )


TARGETS = Table(
    "targets",
    "Every goal and forecast with a number, each once however often it is told: the same thing, value and deadline. What is "
    "reported is set against it only if it is of the same thing (indicator, sides, corridor, mode, goods; what is left open is "
    "not the same as what is named) and of the same kind of period: a yearly goal is compared with whole years, one for a "
    "named year is judged by that year, and a growth by growths on the year before. Goals without a number (agreements to "
    "sign, routes to open) are in the claims tables.",
    (
        text("target_id", "Key: a hash of the thing, the value and the year or day of the deadline."),
        *thing_fields(),
        code("unit", "Unit of the value.", "units"),
        number("value_low", "Low end of the goal, equal to the high end for a point; for growth and multiple, these."),
        number("value_high", "High end of the goal."),
        code("bound", "Whether the goal is exact, rough, a floor or a ceiling.", "bounds"),
        text(
            "modality",
            "target if any of its claims calls it a goal, plan or intention, else forecast.",
            pattern="target|forecast",
        ),
        texts("attributed_to", "Who is said to have said it, verbatim."),
        day(
            "announced_on",
            "First publication that tells it; of money to be invested or lent also one that reports the same sum of the same "
            "giver as a fact. NULL if none is dated.",
        ),
        day("period_start", "First day of the period that it is for, as in 'this year'; NULL for a mere deadline."),
        day(
            "deadline",
            "Last day of that period, or the deadline; NULL if untold. A goal told here with and there without its deadline is "
            "one, if there is only one such deadline.",
        ),
        number(
            "target_value",
            "The level to be reached (for a share, the share): of a growth, multiple or change worked out from the baseline. "
            "NULL if the baseline is unknown.",
            nullable=True,
        ),
        text(
            "direction",
            "up: to be reached from below; down: to be lowered to. By the baseline, or the growth or change itself; without "
            "one, down for times, rates and duties, else up.",
            pattern="up|down",
        ),
        *_value_of("baseline", "Where it starts from, by the text that announced it, else by the first that tells it"),
        code(
            "baseline_bound",
            "Whether the baseline is exact, rough, a floor or a ceiling: what is to reach 4 million, over 1.5 times as much, "
            "starts under 2.7 million. NULL without one.",
            "bounds",
            nullable=True,
        ),
        text(
            "baseline_from",
            "stated: reported by the same text; implied: worked out from a multiple, growth or change in the goal's sentence, "
            "as in 'to double to a billion', and of the day of publication (its claim is that of the multiple). NULL without "
            "one.",
            nullable=True,
            pattern="stated|implied",
        ),
        *_value_of(
            "latest",
            "The reported value to set against it: of the same thing and kind of period, the latest in time for the deadline, "
            "or the one that met it, or the first after it; of several texts for that period, that of the surest claim",
        ),
        truth(
            "latest_disputed",
            "Whether the latest value of that period is told differently, beyond rounding and bounds, by texts or in one text; "
            "of what stands at no told time, by those of one day. NULL without a latest value.",
            nullable=True,
        ),
        number("latest_lowest_value", "The lowest value that is told for that period.", nullable=True),
        number("latest_highest_value", "The highest value that is told for that period.", nullable=True),
        texts("latest_claim_ids", "The claims of the latest, the lowest and the highest value; empty without a latest value."),
        *_value_of(
            "partial",
            "A later value from the first day of a year on but not to its last, of the year of the announcement or later: it "
            "can show that a goal is met, if it ends after the announcement, never that it is missed",
        ),
        *_value_of(
            "near",
            "Where there is no value of the same thing, the latest yearly one of a thing that differs as near_differs_by "
            "says, of those whose claims are sure enough to count, unless it is the goal's own baseline; it decides nothing",
        ),
        text(
            "near_differs_by",
            "mode, corridor, origin, destination: the goal names it and the value leaves it open, or the other way about; "
            "place, part: as in not_compared_because. NULL without a near value.",
            nullable=True,
            pattern="mode|corridor|origin|destination|place|part",
        ),
        text(
            "not_compared_because",
            "undertaking: money or length of one project, which claims do not name; place: freight of one country or of none "
            "named, that may be any port or railway there, or trade of none; part: an amount that no fewer texts give beside a "
            "larger one for the same thing and period, as a part of it, than alone. NULL if values can be set against it.",
            nullable=True,
            pattern="undertaking|place|part",
        ),
        number(
            "progress_percent",
            "Share of the way from the baseline to the goal that the latest value has gone; NULL without both, or if the "
            "latest value is older than the baseline, or another one of the same time.",
            nullable=True,
            unit="%",
        ),
        number(
            "achieved_percent",
            "The latest value as a share of the goal; NULL for growths, of what is to be lowered, and where one of the two is "
            "a deficit: see progress_percent there.",
            nullable=True,
            unit="%",
        ),
        number(
            "yearly_growth_needed_percent",
            "Growth per year that leads from the latest value to the goal at its deadline; NULL unless open and not yet "
            "reached, and for a ceiling that is forecast.",
            nullable=True,
            unit="%",
        ),
        text(
            "state",
            "met: a value at or past it is reported for the period that it names, or for a time after its announcement and "
            "up to its deadline; missed: the value for that period, or the first for its deadline or later, falls short of "
            "it; open: the deadline is after as_of; unknown: the deadline has passed without such a value, is untold, or "
            "sources differ on which side of it they are. A forecast of so much is met by more, too (by less, if direction "
            "is down): achieved_percent tells by how much; if its text reports more in another sentence, it may be one of "
            "a fall, and only just that meets it. A forecast of at most so much (where direction is down, of at least so "
            "much) is met if the value for its time keeps to it and missed if it breaks it. A goal or plan for up to so "
            "much leaves open how much will do: met by just that, else unknown. A capacity of up to so much is met by that "
            "and more, and never missed.",
            pattern="open|met|missed|unknown",
        ),
        day("as_of", "The newest publication of all documents, none later than the refresh that saw it: what counts as today."),
        share("confidence", "Highest confidence of its claims."),
        text("claim_id", "The claim to show: the most confident, then the latest."),
        texts("claim_ids", "All its claims, with those that tell its baseline by a multiple, growth or change."),
        count("claims", "How many they are."),
        count("documents", "How many documents tell it; those that repeat another do not count."),
        text("evidence", "The sentence of the claim to show."),
        text(
            "outcome_evidence",
            "The sentence that tells the latest value, else the partial one, else the near one; NULL if there is none of them.",
            nullable=True,
        ),
    ),
    key=("target_id",),
    references=tuple(
        claim_of_row(name) for name in ("claim_id", "baseline_claim_id", "latest_claim_id", "partial_claim_id", "near_claim_id")
    ),
)

TABLES: tuple[Table, ...] = (TARGETS,)
