"""All tables of the published file, in the order in which they are made and described.

Which tables there are belongs here; what they hold is in `tables` and `analysis`.
"""

from pipeline.contract.fields import Table
from pipeline.contract.tables import TABLES

# Each is made by the statement of its name in sql/analysis/.
ANALYSIS_TABLES: tuple[Table, ...] = ()

PUBLISHED_TABLES: tuple[Table, ...] = (*TABLES, *ANALYSIS_TABLES)
