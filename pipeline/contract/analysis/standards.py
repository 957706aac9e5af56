"""How the vocabularies stand to the code lists that official statistics use."""

from pipeline.contract.columns import text
from pipeline.contract.fields import Field, Table, Type

CODE_MAPPINGS = Table(
    "code_mappings",
    "Which codes of international schemes the codes of commodities, modes and modalities stand for: chapters of the Harmonized "
    "System 2022 (HS2022 chapter), UN/CEFACT Recommendation 19 on modes of transport (UNECE Rec 19), the status of an "
    "observation in SDMX (SDMX CL_OBS_STATUS). Several rows where a code spans several targets; one row without a target "
    "where the scheme has none. Chapters are coarse: an amount of a commodity is not an amount of its chapter.",
    (
        text("vocabulary", "The vocabulary of the code.", pattern="commodities|modes|modalities"),
        text("code", "The code, as in the column of claims."),
        text("scheme", "The scheme of the target.", pattern="HS2022 chapter|UNECE Rec 19|SDMX CL_OBS_STATUS"),
        Field("rank", Type.INTEGER, "1 for the main target of the code, then 2 and so on, those alike in no order.", minimum=1),
        text("target", "The code in the scheme; NULL if the scheme has none.", nullable=True),
        text("target_label", "Its title in the scheme.", nullable=True),
        text(
            "exactness",
            "What the target is against the code: exact, the same; broader, all of it and more; narrower, a part of it and "
            "nothing else; partial, the two overlap. NULL without a target.",
            nullable=True,
            pattern="exact|broader|narrower|partial",
        ),
        text("note", "Which part is meant, or why there is no target; NULL if nothing is to be said.", nullable=True),
    ),
    key=("vocabulary", "code", "scheme", "rank"),
)

TABLES: tuple[Table, ...] = (CODE_MAPPINGS,)
