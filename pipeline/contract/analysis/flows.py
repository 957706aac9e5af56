"""Facts arranged for the questions that are asked most: trade by pair, freight by corridor, flows of goods.

What a fact is, and when voices agree, is in `facts`. Every row leads to its fact and to a claim that shows it.
"""

from pipeline.contract.analysis.facts import (
    BESIDE,
    BESIDE_FACT,
    GROWTH,
    GROWTH_FACT,
    MODALITY,
    PERIOD,
    TRUST,
    VALUE_USD,
    VALUES,
)
from pipeline.contract.columns import claim_of_row, code, number, places, text
from pipeline.contract.fields import Reference, Table

_FACT_ID = text("fact_id", "The fact.")
_OF_FACT = (Reference("fact_id", "facts", "fact_id"), claim_of_row())
_CORRIDOR = code("corridor", "The corridor; NULL if none is named.", "corridors", nullable=True)
_MODE = code("mode", "The mode of transport; NULL if none is named.", "modes", nullable=True)
_COMMODITY = code("commodity", "The goods; NULL for all goods, or if none are named.", "commodities", nullable=True)
_UNIT = code("unit", "Unit of the values.", "units")

BILATERAL_TURNOVER = Table(
    "bilateral_turnover",
    "Trade in both directions between two countries or blocs, by period: one row for each fact about the turnover of a pair.",
    (
        text(
            "pair", "The two codes in the order of the alphabet, joined by a hyphen: CHN-KAZ.", pattern="[A-Z0-9_]+-[A-Z0-9_]+"
        ),
        code("first_code", "The country or bloc whose code comes first.", "places"),
        code("second_code", "The other one.", "places"),
        _COMMODITY,
        _MODE,
        _CORRIDOR,
        *PERIOD,
        _UNIT,
        MODALITY,
        *VALUES,
        *VALUE_USD,
        *GROWTH,
        *TRUST,
        _FACT_ID,
        BESIDE,
    ),
    key=("fact_id",),
    references=(*_OF_FACT, GROWTH_FACT, BESIDE_FACT),
)

BILATERAL_FLOWS = Table(
    "bilateral_flows",
    "What one country or bloc sells to another, as the seller's exports and as the buyer's imports, side by side: one row for "
    "each seller, buyer, goods, mode, period, unit and modality. Told of the goods' journey, or of several countries at once, "
    "it is in facts only.",
    (
        text("pair", "The two codes in the order of the alphabet, joined by a hyphen.", pattern="[A-Z0-9_]+-[A-Z0-9_]+"),
        code("exporter", "The country or bloc that sells.", "places"),
        code("importer", "The country or bloc that buys.", "places"),
        _COMMODITY,
        _MODE,
        *PERIOD,
        _UNIT,
        MODALITY,
        number("exports_value", "What the seller is said to export: the value to show; NULL if untold.", nullable=True),
        number("imports_value", "What the buyer is said to import: the value to show; NULL if untold.", nullable=True),
        code("exports_bound", "How exports_value is to be read: exact, rough, floor or ceiling.", "bounds", True),
        code("imports_bound", "How imports_value is to be read: exact, rough, floor or ceiling.", "bounds", True),
        number(
            "gap",
            "Imports less exports: freight and insurance, time on the way, error; NULL if one is untold, a floor or a ceiling, "
            "or if no text tells the time that they are of.",
            nullable=True,
        ),
        number("gap_percent", "The gap as a share of the exports.", nullable=True, unit="percent"),
        text(
            "exports_agreement",
            "Agreement of the fact about exports.",
            nullable=True,
            pattern="single|corroborated|conflicting",
        ),
        text(
            "imports_agreement",
            "Agreement of the fact about imports.",
            nullable=True,
            pattern="single|corroborated|conflicting",
        ),
        text("exports_fact_id", "The fact about exports; NULL if there is none.", nullable=True),
        text("imports_fact_id", "The fact about imports; NULL if there is none.", nullable=True),
        text("exports_claim_id", "The claim to show for the exports.", nullable=True),
        text("imports_claim_id", "The claim to show for the imports.", nullable=True),
        BESIDE,
    ),
    references=(
        BESIDE_FACT,
        Reference("exports_fact_id", "facts", "fact_id"),
        Reference("imports_fact_id", "facts", "fact_id"),
        claim_of_row("exports_claim_id"),
        claim_of_row("imports_claim_id"),
    ),
)

CORRIDOR_FREIGHT = Table(
    "corridor_freight",
    "What corridors carry and can carry, by period: one row for each fact about the level of an indicator of freight on a "
    "named corridor. Capacity stands with the time it is told for, volumes with the time they were carried in.",
    (
        code("corridor", "The corridor.", "corridors"),
        code("indicator", "cargo, containers, movements, tonne_km, capacity, transit_time, freight_rate or distance.", "kinds"),
        _MODE,
        _COMMODITY,
        places("reporter", "Whose railway, port or territory the figure is about; empty for the whole corridor, or if untold."),
        places("origin", "Where the goods come from; empty if untold."),
        places("destination", "Where the goods go to; empty if untold."),
        *PERIOD,
        _UNIT,
        MODALITY,
        *VALUES,
        *VALUE_USD,
        *GROWTH,
        *TRUST,
        _FACT_ID,
        BESIDE,
    ),
    key=("fact_id",),
    references=(*_OF_FACT, GROWTH_FACT, BESIDE_FACT),
)

COMMODITY_FLOWS = Table(
    "commodity_flows",
    "Which goods go from where to where: one row for each fact about an amount of named goods sold, bought or carried.",
    (
        code("commodity", "The goods.", "commodities"),
        code("indicator", "exports, imports, turnover, cargo, containers or movements.", "kinds"),
        places("origin", "Who sells, or where the goods come from; for turnover the first side; empty if untold."),
        places("destination", "Who buys, or where the goods go to; for turnover the other side; empty if untold."),
        places("carrier", "Of freight: whose railway, port or territory the figure is about; else empty."),
        _CORRIDOR,
        _MODE,
        *PERIOD,
        _UNIT,
        MODALITY,
        *VALUES,
        *VALUE_USD,
        *GROWTH,
        *TRUST,
        _FACT_ID,
        BESIDE,
    ),
    key=("fact_id",),
    references=(*_OF_FACT, GROWTH_FACT, BESIDE_FACT),
)

TABLES: tuple[Table, ...] = (BILATERAL_TURNOVER, BILATERAL_FLOWS, CORRIDOR_FREIGHT, COMMODITY_FLOWS)
