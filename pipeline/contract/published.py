"""All tables of the published file, in the order in which they are made and described.

Which tables there are and which columns publishing adds to them belongs here; what they hold is in `tables` and `analysis`.
"""

from collections.abc import Mapping

from pipeline.contract.analysis import (
    acronyms,
    agreements,
    arithmetic,
    countries,
    facts,
    flows,
    history,
    money,
    search,
    standards,
    targets,
)
from pipeline.contract.fields import Field, Table
from pipeline.contract.tables import FREIGHT_CLAIMS, TABLES, TRADE_CLAIMS

# Raised whenever a table, view or column of the published file changes its name or its meaning, or goes; not when one is added
# that older commands need not know. Files from before there was a version have none.
SCHEMA_VERSION = 1

# Each is made by the statement of its name in sql/analysis/.
ANALYSIS_TABLES: tuple[Table, ...] = (
    *money.TABLES,
    *standards.TABLES,
    *facts.TABLES,
    *agreements.TABLES,
    *acronyms.TABLES,
    *flows.TABLES,
    *arithmetic.TABLES,
    *targets.TABLES,
    *countries.TABLES,
    *search.TABLES,
)

# Kept by the store: what each refresh changed.
HISTORY_TABLES: tuple[Table, ...] = history.TABLES

# Columns that are worked out when a file is published, each by the statement of its name in sql/columns/: what is extracted,
# validated and stored is without them.
ADDED_FIELDS: Mapping[str, tuple[Field, ...]] = {
    TRADE_CLAIMS.name: (arithmetic.BASE, money.VALUE_USD),
    FREIGHT_CLAIMS.name: (arithmetic.BASE, money.VALUE_USD),
}

PUBLISHED_TABLES: tuple[Table, ...] = (
    *(table.extended(*ADDED_FIELDS.get(table.name, ())) for table in TABLES),
    *HISTORY_TABLES,
    *ANALYSIS_TABLES,
)
