"""Instruments between states, blocs and organisations, put together from the statements of all texts.

What the tables hold belongs here; which statements are about one instrument is decided in `pipeline.warehouse.instruments`.
"""

from pipeline.contract.columns import claim_of_row, code, count, day, document_of_row, places, share, text, texts, truth
from pipeline.contract.fields import Reference, Table

_STATUS_ON_FROM = "text|period|publication"
_JOINED_BY = "name|matter|name_of_fewer_sides|matter_of_a_named_one|matter_of_fewer_sides|open_form|open_subject"
_CONTRADICTIONS = "not_yet_reached_after_reached|planned_after_reached|earlier_status_dated_later|dated_otherwise"

AGREEMENT_STATEMENTS = Table(
    "agreement_statements",
    "Which instrument each statement is about: agreement_claims that are about the same one share an agreement_id. Statements "
    "of documents that repeat another have none.",
    (
        text("claim_id", "Key: the statement."),
        text("agreement_id", "The instrument; see agreements."),
        text(
            "full_name",
            "Name of the instrument in this statement, spelled out if the texts tell what its initials stand for; NULL if it "
            "names none.",
            nullable=True,
        ),
        text(
            "joined_by",
            "Why it was taken for a statement about an instrument that others tell of. name: same name, or its initials, and "
            "same sides; matter: no name, but the same sides, kind of form and subject at a time that fits; "
            "name_of_fewer_sides: same name, and some of the sides; matter_of_a_named_one: as matter, where only the other has "
            "a name; matter_of_fewer_sides: as matter, with some of the sides, in another text; open_form, open_subject: as "
            "matter, but it tells no form, or no particular subject. NULL for the first statement of each instrument.",
            nullable=True,
            pattern=_JOINED_BY,
        ),
    ),
    key=("claim_id",),
    references=(claim_of_row(), Reference("agreement_id", "agreements", "agreement_id")),
)

AGREEMENT_TIMELINE = Table(
    "agreement_timeline",
    "Every statement of where an instrument stands, with its day and evidence; statements that do not go together are marked.",
    (
        text("agreement_id", "The instrument; see agreements."),
        text("claim_id", "Key: the statement."),
        code("status", "Where the instrument is said to stand.", "statuses"),
        count(
            "stage",
            "How far that status leads: proposed 1, negotiating 2, agreed 3, initialed 4, signed 5, ratified 6, in force or "
            "extended 7, suspended or terminated 8.",
        ),
        code("modality", "Whether that is a fact, a forecast, a goal, a possibility or not so.", "modalities"),
        day("date_start", "First day on which the status may have come about; NULL if open or untold."),
        day("date_end", "Last day on which it may have come about, or is to come about; NULL if open or untold."),
        day(
            "status_on",
            "The day to place the statement on a line of time: the last day that the text tells, or the day of publication; "
            "status_on_from says which. NULL if there is neither.",
        ),
        text(
            "status_on_from",
            "text: the text tells the day; period: it tells a longer time, of which status_on is the last day; publication: it "
            "tells none, and the status held by the day of publication.",
            nullable=True,
            pattern=_STATUS_ON_FROM,
        ),
        day("published_on", "Day of publication; NULL if nothing says."),
        text("publisher", "Who published it; NULL if nothing says.", nullable=True),
        text("place", "City or place told for it; NULL if none is.", nullable=True),
        text("attributed_to", "Who is said to have said it; NULL if untold.", nullable=True),
        text("evidence", "The sentence or clause that says so."),
        share("confidence", "Confidence of the claim."),
        text(
            "contradiction",
            "Why it does not go together with contradicting_claim_id. not_yet_reached_after_reached: one tells a status as "
            "reached, the other, later or in the same text, as not yet reached; planned_after_reached: one tells it as "
            "reached, another text, later, as still planned; earlier_status_dated_later: a step is dated after one that comes "
            "after it, such as an initialing after the signature; dated_otherwise: both tell the step, on days that cannot "
            "both be right. NULL if nothing contradicts it.",
            nullable=True,
            pattern=_CONTRADICTIONS,
        ),
        text("contradicting_claim_id", "The statement that it does not go together with; NULL without one.", nullable=True),
        text("doc_id", "The document that makes the statement."),
    ),
    key=("claim_id",),
    references=(
        claim_of_row(),
        claim_of_row("contradicting_claim_id"),
        document_of_row(),
        Reference("agreement_id", "agreements", "agreement_id"),
    ),
)

AGREEMENTS = Table(
    "agreements",
    "One row for each instrument that texts tell of, whatever they call it, with where it stands now. agreement_timeline has "
    "every statement about it.",
    (
        text("agreement_id", "Key: a hash of the statement that told of it first; the same in every run."),
        text("name", "Its fullest name; NULL if no text names it.", nullable=True),
        texts("names", "Every name that texts give it, as they stand there, initials included."),
        text("acronym", "The initials that texts use for it, or put behind its name; NULL if none do.", nullable=True),
        code("form", "The kind of instrument, as most statements have it.", "forms"),
        code("subject", "What it is about, as most statements have it.", "subjects"),
        places("parties", "States and blocs that are parties, as the statements that name most of them have it."),
        texts("organisations", "Companies, agencies, ministries and banks that are parties."),
        code(
            "status",
            "Where it stands: of the statuses reported as facts, the one that leads furthest; suspended or terminated if that "
            "is told and nothing later puts it in force again. What is planned, possible or denied does not count. NULL if no "
            "status was reached.",
            "statuses",
            nullable=True,
        ),
        day(
            "status_on",
            "The day on which it came about, or by which it had; see status_on_from. NULL if no status was reached, and if "
            "neither text nor publication has a day.",
        ),
        text(
            "status_on_from",
            "text: a text tells the day; period: a longer time, of which status_on is the last day; publication: none is told, "
            "and status_on is when it was first told.",
            nullable=True,
            pattern=_STATUS_ON_FROM,
        ),
        code(
            "awaited_status",
            "The next status that is planned or expected beyond the one reached; NULL if none is told.",
            "statuses",
            nullable=True,
        ),
        day("awaited_by", "The day by which the awaited status is to be reached; NULL if untold."),
        day("first_told_on", "Publication of the first text about it; NULL if no text has a day."),
        day("latest_told_on", "Publication of the latest text about it; NULL if no text has a day."),
        text("place", "Where the status came about; NULL if untold.", nullable=True),
        count("documents", "Documents that tell of it."),
        count("publishers", "Publishers that tell of it; documents without one count for none."),
        count("claims", "Statements about it."),
        truth("contradicted", "Whether two statements about it do not go together; see agreement_timeline.contradiction."),
        share("confidence", "Confidence of the claim in claim_id."),
        text("claim_id", "The statement to show: the surest one of the status, else the surest of all."),
    ),
    key=("agreement_id",),
    references=(claim_of_row(),),
)

TABLES: tuple[Table, ...] = (AGREEMENTS, AGREEMENT_TIMELINE, AGREEMENT_STATEMENTS)
