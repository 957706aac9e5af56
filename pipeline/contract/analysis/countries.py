"""Claims by the countries and blocs that they name. What the claims say is in their own tables."""

from pipeline.contract.columns import claim_of_row, code, count, day, document_of_row, number, share, text
from pipeline.contract.fields import Table

_COUNTRY = code("country", "The country or bloc.", "places")
_NAME = text("country_name", "Its name.")

CLAIMS_BY_COUNTRY = Table(
    "claims_by_country",
    "Claims by each country or bloc that they name, and the part it has in them. A claim has a row for every such part; its "
    "evidence is in the view claims. Claims of documents that repeat another are left out.",
    (
        _COUNTRY,
        _NAME,
        text(
            "part",
            "What it is in the claim, named as the column of the claims tables; party of an agreement.",
            pattern="reporter|partner|origin|destination|party",
        ),
        text("claim_id", "The claim."),
        text("doc_id", "The document that makes the claim."),
        code("family", "The family of the claim.", "families"),
        text("indicator", "What is measured, the kind of event, or the status of an agreement."),
        code("measure", "How the value is to be read; NULL for an agreement.", "measures", nullable=True),
        number("value_low", "Low end of the value; NULL for an event and for an agreement.", nullable=True),
        number("value_high", "High end of the value; NULL for an event and for an agreement.", nullable=True),
        code("unit", "Unit of the value; NULL for an event and for an agreement.", "units", nullable=True),
        code("modality", "Whether it is said to be a fact, a forecast, a goal, a possibility or not so.", "modalities"),
        share("confidence", "How sure the extractor is."),
        day("published_on", "Day of publication; NULL if nothing says."),
    ),
    key=("country", "part", "claim_id"),
    references=(claim_of_row(), document_of_row()),
)

COUNTRY_COVERAGE = Table(
    "country_coverage",
    "How much there is on each country or bloc: one row for each that a claim names.",
    (
        _COUNTRY,
        _NAME,
        count("claims", "Claims that name it, in whatever part."),
        count("trade_claims", "Those about trade."),
        count("freight_claims", "Those about freight."),
        count("agreement_claims", "Those about agreements."),
        count("documents", "Documents that make these claims."),
        day("first_published_on", "When the first of them was published; NULL if unknown."),
        day("latest_published_on", "When the last of them was published; NULL if unknown."),
    ),
    key=("country",),
)

TABLES: tuple[Table, ...] = (CLAIMS_BY_COUNTRY, COUNTRY_COVERAGE)
