"""The tables of the published file, each field defined once. Everything that needs a schema derives it from here.

What a column means and may hold belongs here; what columns may say together belongs to `pipeline.claims.rules`.
"""

from pipeline.contract.columns import count, document_of_row, places, share
from pipeline.contract.fields import Field, Reference, Table, Type

_CLAIM_KEY = (
    Field("claim_id", Type.TEXT, "Key: a hash of the document, the place in its text and the content; the same in every run."),
    Field("doc_id", Type.TEXT, "The document that makes the claim."),
)

_GROUNDS = (
    Field(
        "attributed_to", Type.TEXT, "Who is said to have said it, verbatim but for line breaks; NULL if untold.", nullable=True
    ),
    Field("evidence", Type.TEXT, "The sentence or clause that carries the claim, exactly text[evidence_start:evidence_end]."),
    Field("evidence_start", Type.INTEGER, "Where the evidence starts in documents.text.", unit="code points", minimum=0),
    Field("evidence_end", Type.INTEGER, "Where the evidence ends, exclusive.", unit="code points", minimum=1),
)

_MAKING = (
    Field(
        "confidence",
        Type.NUMBER,
        "How sure the extractor is: of the claims at 0.8, 80 in 100 are meant to be right. A first estimate from few texts.",
        minimum=0,
        maximum=1,
    ),
    Field("extractor", Type.TEXT, "What produced the row."),
    Field("extractor_version", Type.TEXT, "Version of the extractor and of its reference data."),
)

_MODALITY = Field(
    "modality",
    Type.TEXT,
    "Whether it is said to be a fact, a forecast, a goal, a possibility or not so.",
    vocabulary="modalities",
)


def _quantity_fields(family: str) -> tuple[Field, ...]:
    return (
        *_CLAIM_KEY,
        Field(
            "indicator",
            Type.TEXT,
            "What is measured; for an event, its kind.",
            vocabulary=f"{family}_kinds",
        ),
        Field(
            "measure", Type.TEXT, "How the value is to be read: an amount, a change, a growth, a share.", vocabulary="measures"
        ),
        Field(
            "value_low",
            Type.NUMBER,
            "Low end of the value, equal to the high end for a point; NULL for an event.",
            nullable=True,
        ),
        Field("value_high", Type.NUMBER, "High end of the value; NULL for an event.", nullable=True),
        Field(
            "bound",
            Type.TEXT,
            "Whether the value is exact, rough, a floor or a ceiling; NULL for an event.",
            nullable=True,
            vocabulary="bounds",
        ),
        Field(
            "unit",
            Type.TEXT,
            "Unit of the value: a code of the vocabulary, an ISO 4217 currency, or a rate (t/yr, USD/TEU); NULL for an event.",
            nullable=True,
            vocabulary="units",
        ),
        Field("value_text", Type.TEXT, "The number with its unit, verbatim; NULL for an event.", nullable=True),
        places(
            "reporter", "Trade: who sells, buys, pays or levies. Freight: whose railway, port or territory. Event: the actor."
        ),
        places("partner", "The other side: who is sold to, bought from, paid or charged."),
        places("origin", "Where the goods come from; empty if no journey is told."),
        places("destination", "Where the goods go to; empty if no journey is told."),
        Field(
            "corridor",
            Type.TEXT,
            "The corridor; one that the vocabulary does not list is given by its name in lower case; NULL if none is named.",
            nullable=True,
            vocabulary="corridors",
        ),
        Field("mode", Type.TEXT, "The mode of transport; NULL if none is named.", nullable=True, vocabulary="modes"),
        Field("commodity", Type.TEXT, "The goods; NULL if none are named.", nullable=True, vocabulary="commodities"),
        Field(
            "period_start", Type.DATE, "First day of the time in which the value holds; NULL if open or untold.", nullable=True
        ),
        Field("period_end", Type.DATE, "Last day of that time, a deadline included; NULL if open or untold.", nullable=True),
        _MODALITY,
        *_GROUNDS,
        Field(
            "value_start",
            Type.INTEGER,
            "Where value_text starts in documents.text; NULL for an event.",
            nullable=True,
            unit="code points",
            minimum=0,
        ),
        Field(
            "value_end",
            Type.INTEGER,
            "Where value_text ends, exclusive; NULL for an event.",
            nullable=True,
            unit="code points",
            minimum=1,
        ),
        *_MAKING,
    )


_DOCUMENT_OF_ROW = (document_of_row(),)
_REFRESH_OF_ROW = Reference("refresh_id", "refreshes", "refresh_id")

DOCUMENTS = Table(
    "documents",
    "One row for each current document.",
    (
        Field(
            "doc_id", Type.TEXT, "Key: a hash of the content; same bytes, or same text made of files of other formats, same id."
        ),
        Field("source", Type.TEXT, "The declared source it came from."),
        Field("file_name", Type.TEXT, "The last part of its path or address."),
        Field("uri", Type.TEXT, "Where it was read."),
        Field("title", Type.TEXT, "As found in the text or the feed; NULL if not.", nullable=True),
        Field("author", Type.TEXT, "As found in the text or the feed; NULL if not.", nullable=True),
        Field("publisher", Type.TEXT, "As found in the text or the feed; NULL if not.", nullable=True),
        Field("published_on", Type.DATE, "Day of publication; NULL if nothing says.", nullable=True),
        Field(
            "language", Type.TEXT, "Language of the text, ISO 639-1; NULL if nothing tells.", nullable=True, pattern="[a-z]{2}"
        ),
        Field(
            "text",
            Type.TEXT,
            "The text as read and decoded, with nothing cut or moved; of a page, PDF, DOCX or mail the text made of it. "
            "Offsets count its code points.",
        ),
        Field("first_seen", Type.INSTANT, "First refresh that had it."),
        Field("last_seen", Type.INSTANT, "Latest refresh that had it."),
        Field(
            "duplicate_of",
            Type.TEXT,
            "doc_id of the document that it repeats, word for word or but for small edits: of those that tell the same story "
            "with equal figures, the one published first, or its correction. NULL if it repeats none. Repeats have no voice.",
            nullable=True,
        ),
        Field(
            "superseded_by",
            Type.TEXT,
            "doc_id of the latest corrected version of the same story by the same publisher; NULL if there is none. What is "
            "superseded has no voice.",
            nullable=True,
        ),
        Field(
            "language_read",
            Type.TRUTH,
            "Whether the extractor reads texts in its language; a document in another has no claims.",
        ),
    ),
    key=("doc_id",),
    references=(Reference("duplicate_of", "documents", "doc_id"), Reference("superseded_by", "documents", "doc_id")),
)

TRADE_CLAIMS = Table(
    "trade_claims",
    "One row for each number or event about flows of goods, services and money between economies that a text asserts.",
    _quantity_fields("trade"),
    key=("claim_id",),
    references=_DOCUMENT_OF_ROW,
)

FREIGHT_CLAIMS = Table(
    "freight_claims",
    "One row for each number or event about the physical movement of goods that a text asserts.",
    _quantity_fields("freight"),
    key=("claim_id",),
    references=_DOCUMENT_OF_ROW,
)

AGREEMENT_CLAIMS = Table(
    "agreement_claims",
    "One row for each statement of where an instrument between parties stands.",
    (
        *_CLAIM_KEY,
        Field("name", Type.TEXT, "Name of the instrument as in the text; NULL if it has none.", nullable=True),
        Field("form", Type.TEXT, "The kind of instrument.", vocabulary="forms"),
        Field("subject", Type.TEXT, "What it is about.", vocabulary="subjects"),
        Field("status", Type.TEXT, "Where it stands.", vocabulary="statuses"),
        _MODALITY,
        places("parties", "States and blocs that are parties."),
        Field("organisations", Type.TEXTS, "Names of companies, agencies, ministries and banks that are parties."),
        Field(
            "date_start", Type.DATE, "First day on which the status may have come about; NULL if open or untold.", nullable=True
        ),
        Field(
            "date_end", Type.DATE, "Last day on which the status may have come about; NULL if open or untold.", nullable=True
        ),
        Field("place", Type.TEXT, "City or place named for it; NULL if none is.", nullable=True),
        *_GROUNDS,
        *_MAKING,
    ),
    key=("claim_id",),
    references=_DOCUMENT_OF_ROW,
)

ACRONYM_MENTIONS = Table(
    "acronym_mentions",
    "Every place where a text says what an acronym stands for, with the exact characters that say so.",
    (
        Field("mention_id", Type.TEXT, "Key: a hash of the document, the places in its text and the content."),
        Field("doc_id", Type.TEXT, "The document that says so."),
        Field("acronym", Type.TEXT, "The acronym, exactly text[acronym_start:acronym_end]."),
        Field("expansion", Type.TEXT, "What it is said to stand for, exactly text[expansion_start:expansion_end]."),
        Field(
            "letters",
            Type.TEXT,
            "How the expansion gives the letters. initials: each word of weight gives its first; letters: some words give more "
            "of theirs, or none; other: they are not its letters, but the text ties the two, as with names from another "
            "language: Azerbaijan Railways (ADY).",
            pattern="initials|letters|other",
        ),
        Field("evidence", Type.TEXT, "The sentence that says so, exactly text[evidence_start:evidence_end]."),
        *(
            Field(
                f"{part}_{end}",
                Type.INTEGER,
                f"Where the {part} {verb} in documents.text{note}.",
                unit="code points",
                minimum=low,
            )
            for part in ("evidence", "acronym", "expansion")
            for end, verb, note, low in (("start", "starts", "", 0), ("end", "ends", ", exclusive", 1))
        ),
        Field("extractor_version", Type.TEXT, "Version of the extractor and of its reference data."),
    ),
    key=("mention_id",),
    references=_DOCUMENT_OF_ROW,
)

REJECTED_CLAIMS = Table(
    "rejected_claims",
    "Every candidate that failed validation, with the reasons: for each document, emitted = accepted + rejected.",
    (
        Field("claim_id", Type.TEXT, "Key: made as for an accepted claim."),
        Field("doc_id", Type.TEXT, "The document that the candidate came from."),
        Field("family", Type.TEXT, "The family of the candidate.", vocabulary="families"),
        Field(
            "reasons",
            Type.TEXTS,
            "Why it was rejected: codes such as low_above_high, or unknown_code:mode for one column.",
        ),
        Field("claim", Type.JSON, "The row as extracted."),
        Field("refresh_id", Type.TEXT, "The refresh that extracted it."),
    ),
    key=("claim_id",),
    references=(*_DOCUMENT_OF_ROW, _REFRESH_OF_ROW),
)

UNREADABLE_DOCUMENTS = Table(
    "unreadable_documents",
    "Every input that could not be read, or on which extraction broke down.",
    (
        Field("uri", Type.TEXT, "Where it was to be read."),
        Field("source", Type.TEXT, "The declared source it came from."),
        Field("reason", Type.TEXT, "Why it could not be read, as a code."),
        Field("detail", Type.TEXT, "What the reader said; NULL if it said nothing.", nullable=True),
        Field("refresh_id", Type.TEXT, "The refresh that tried."),
    ),
    references=(_REFRESH_OF_ROW,),
)

_CHANGES = (
    ("added", "Claims that the file before did not have"),
    ("altered", "Claims that say something else than in the file before"),
    ("removed", "Claims that the file before had"),
)
_DOCUMENTS_CHANGED = (
    ("new", "Documents that the file before did not have: those added in document_changes"),
    ("changed", "Documents with another text at the same address: those altered in document_changes that have text in fields"),
    ("removed", "Documents that the file before had: those removed in document_changes"),
)
_BY_READING = (
    "If the refresh came to no file, or is older than the log of changes, those that its readings found, each source by itself."
)
_UNKNOWN_CHANGES = "NULL if the refresh came to no file, or is older than the log of changes."

REFRESHES = Table(
    "refreshes",
    "One row for each refresh.",
    (
        Field("refresh_id", Type.TEXT, "Key of the refresh."),
        Field("started_at", Type.INSTANT, "When it began."),
        Field(
            "finished_at",
            Type.INSTANT,
            "When its file was built and checked, a moment before it was put in place; of a refresh that came to no file, when "
            "it failed or was found to have been interrupted.",
            nullable=True,
        ),
        count("documents_seen", "Documents that the sources held."),
        *(count(f"documents_{change}", f"{meaning}. {_BY_READING}") for change, meaning in _DOCUMENTS_CHANGED),
        count("claims", "Claims accepted, all families, in the published file; 0 if the refresh came to no file."),
        count("rejected", "Candidates rejected."),
        count(
            "documents_other_language",
            "Documents of the published file in a language that the extractor does not read: they have no claims. NULL if the "
            "refresh came to no file, or is older than this figure.",
            nullable=True,
        ),
        *(
            count(f"claims_{change}", f"{meaning}: see changes. {_UNKNOWN_CHANGES}", nullable=True)
            for change, meaning in _CHANGES
        ),
        Field("extractor_version", Type.TEXT, "Version of the extractor and of its reference data."),
        Field(
            "status",
            Type.TEXT,
            "How it ended: published; failed_checks or failed (an error; what was published before stays); interrupted.",
        ),
        Field("detail", Type.TEXT, "The checks that failed, or the error.", nullable=True),
    ),
    key=("refresh_id",),
)

EXTRACTIONS = Table(
    "extractions",
    "One row for each current document that was extracted: how many candidates the extractor emitted.",
    (
        Field("doc_id", Type.TEXT, "The document."),
        count("emitted", "Candidates that the extractor emitted, counted before validation."),
        Field("extractor_version", Type.TEXT, "Version of the extractor and of its reference data."),
        Field("refresh_id", Type.TEXT, "The refresh that extracted it."),
    ),
    key=("doc_id",),
    references=(*_DOCUMENT_OF_ROW, _REFRESH_OF_ROW),
)

DOCUMENT_LOCATIONS = Table(
    "document_locations",
    "One row for each place where a current document lies: the same bytes may lie in several.",
    (
        Field("source", Type.TEXT, "The declared source."),
        Field("uri", Type.TEXT, "Where it was read."),
        Field("file_name", Type.TEXT, "The last part of its path or address."),
        Field("doc_id", Type.TEXT, "The document."),
        Field("first_seen", Type.INSTANT, "First refresh that had it in this source."),
        Field("last_seen", Type.INSTANT, "Latest refresh that had it here."),
    ),
    key=("source", "uri"),
    references=_DOCUMENT_OF_ROW,
)

REMOVED_DOCUMENTS = Table(
    "removed_documents",
    "One row for each document that a source held once, at that address, and holds no more.",
    (
        Field("source", Type.TEXT, "The declared source."),
        Field("uri", Type.TEXT, "Where it was read."),
        Field("file_name", Type.TEXT, "The last part of its path or address."),
        Field("doc_id", Type.TEXT, "Its id; NULL if it was unreadable.", nullable=True),
        Field("first_seen", Type.INSTANT, "First refresh that had it."),
        Field("last_seen", Type.INSTANT, "Latest refresh that had it."),
    ),
)

SOURCE_REFRESHES = Table(
    "source_refreshes",
    "One row for each time that a source was read.",
    (
        Field("refresh_id", Type.TEXT, "The refresh that read it."),
        Field("source", Type.TEXT, "The declared source."),
        Field("finished_at", Type.INSTANT, "When reading it ended."),
        count("documents_seen", "Documents that the source held when it was read."),
        count("documents_new", "Documents not held before."),
        count("documents_changed", "Documents whose content changed at the same address."),
        count("documents_removed", "Documents held before and now gone."),
        count(
            "documents_kept",
            "Documents that the source did not meet this time but keeps, as entries that have left a feed; not among "
            "documents_seen. NULL if the reading is older than this figure.",
            nullable=True,
        ),
        count(
            "documents_given",
            "Documents by which it is judged whether the source gives as much as usual: those it met, and those it told of that"
            " could not be fetched. NULL if the reading is older than this figure.",
            nullable=True,
        ),
        count("unreadable", "Inputs that could not be read."),
        Field(
            "status",
            Type.TEXT,
            "How it ended: read; partly_read, without feeds, sitemaps, declared pages, folders or files that could not be read"
            " (what it held of them stays); reading_failed, extraction_failed, or held_back for giving far fewer or more"
            " documents than usual (what it held stays); read_again (not asked, only what is kept of it read again); retired"
            " (no longer declared).",
        ),
        Field(
            "detail",
            Type.TEXT,
            "What went wrong, if it failed, was held back or read in part; how many texts are still left out, if any are.",
            nullable=True,
        ),
    ),
    key=("refresh_id", "source"),
    references=(_REFRESH_OF_ROW,),
)

CODES = Table(
    "codes",
    "The vocabularies: one row for each code that a column may hold, with its meaning.",
    (
        Field("vocabulary", Type.TEXT, "Name of the vocabulary, as the data dictionary gives it for a column."),
        Field("code", Type.TEXT, "The code."),
        Field(
            "meaning",
            Type.TEXT,
            "Its meaning; for countries and currencies, the English name; NULL if the code says it.",
            nullable=True,
        ),
    ),
    key=("vocabulary", "code"),
)

_OF_TEXTS = (
    Field("folder", Type.TEXT, "The folder of annotated texts; `all folders` for all of them together."),
    Field(
        "texts",
        Type.TEXT,
        "Which of its texts: all; learnt (rules were learnt from them); left_out (none were: what to expect of new texts).",
        pattern="all|learnt|left_out",
    ),
    Field("kind", Type.TEXT, "What is told: quantities, agreements or events; metadata for what is told of the document."),
)
_VERSION = Field("extractor_version", Type.TEXT, "Version of the extractor that was evaluated.")


EVALUATION = Table(
    "evaluation",
    "How right the extractor is on annotated texts: what it tells of them against what is marked in them. Empty if there were "
    "none to evaluate it on.",
    (
        *_OF_TEXTS,
        Field(
            "figure",
            Type.TEXT,
            "found: marked claims that are told with their value and unit, or between their parties; right: those whose core "
            "fields agree too; full: those whose other codes agree as well; slot: found claims, or documents, that agree in "
            "one field.",
            pattern="found|right|full|slot",
        ),
        Field(
            "item",
            Type.TEXT,
            "`all`, or the claims of one indicator (of agreements: status; of events: kind); for a slot, its name.",
        ),
        count("documents", "Texts that were evaluated."),
        count("marked", "Claims marked in the texts; for a slot, claims or documents compared."),
        count("told", "Claims told of the texts, without those that repeat another or stand where readers may differ."),
        share("precision", "Share of the claims told that count. For a slot, the share that agrees, as in the next two."),
        share("recall", "Share of the claims marked that count."),
        share("f1", "Harmonic mean of precision and recall."),
        share("f1_by_document", "Mean of the documents' F1; NULL for one indicator and for a slot.", nullable=True),
        _VERSION,
    ),
    key=("folder", "texts", "kind", "figure", "item"),
)

CALIBRATION = Table(
    "calibration",
    "How far confidence can be trusted: the claims told of annotated texts by tenths of confidence, and which share is right.",
    (
        *_OF_TEXTS,
        share("confidence_low", "Low end of the tenth."),
        share("confidence_high", "High end of the tenth, exclusive but for the last."),
        count("claims", "Claims told with a confidence in the tenth, without those that count neither way."),
        share("mean_confidence", "Their mean confidence."),
        share("share_right", "The share of them that is right, as `right` in the table evaluation."),
        _VERSION,
    ),
    key=("folder", "texts", "kind", "confidence_low"),
)

DATASET = Table(
    "dataset",
    "One row: what made this file.",
    (
        Field(
            "schema_version",
            Type.INTEGER,
            "Version of the tables and their columns. A command that knows only lower ones says so and reads nothing.",
            minimum=1,
        ),
        Field("release", Type.TEXT, "The release of Corridor that made the file."),
        Field("refresh_id", Type.TEXT, "The refresh that made the file."),
        Field(
            "made_from",
            Type.TEXT,
            "A hash of all that the file is made from but the times of refreshes: while it stays the same, the next refresh"
            " takes the rest of the file over.",
            nullable=True,
        ),
        Field(
            "store",
            Type.TEXT,
            "The store that the file was published from: an address, or a path from the folder of the file. Another store does"
            " not publish over it unasked.",
            nullable=True,
        ),
    ),
    references=(_REFRESH_OF_ROW,),
)

CLAIM_TABLES: dict[str, Table] = {"trade": TRADE_CLAIMS, "freight": FREIGHT_CLAIMS, "agreement": AGREEMENT_CLAIMS}

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    TRADE_CLAIMS,
    FREIGHT_CLAIMS,
    AGREEMENT_CLAIMS,
    REJECTED_CLAIMS,
    UNREADABLE_DOCUMENTS,
    REFRESHES,
    ACRONYM_MENTIONS,
    EXTRACTIONS,
    DOCUMENT_LOCATIONS,
    REMOVED_DOCUMENTS,
    SOURCE_REFRESHES,
    CODES,
    EVALUATION,
    CALIBRATION,
    DATASET,
)

# What is kept of an evaluation in the store, beside what was extracted.
EVALUATION_TABLES: tuple[Table, ...] = (EVALUATION, CALIBRATION)
