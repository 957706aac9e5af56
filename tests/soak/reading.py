"""A reader of the published file, as a program: `python reading.py FILE STOP` queries until the file STOP is there.

Each look takes several statements and goes on over publishes; it prints what it counted as JSON, or ends with an error.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.queries import dataset_status, open_published, query
from pipeline.warehouse.search import search

# The same number, counted in different tables: in every state that was ever published they are equal.
AGREEING = {
    "claims": """
        SELECT (SELECT claims FROM refreshes ORDER BY started_at DESC LIMIT 1),
            (SELECT count(*) FROM trade_claims) + (SELECT count(*) FROM freight_claims)
                + (SELECT count(*) FROM agreement_claims),
            (SELECT count(*) FROM claims),
            (SELECT sum(emitted) FROM extractions)::BIGINT - (SELECT count(*) FROM rejected_claims)""",
    "documents": """
        SELECT (SELECT documents_seen FROM refreshes ORDER BY started_at DESC LIMIT 1), (SELECT count(*) FROM documents),
            (SELECT count(DISTINCT doc_id) FROM document_locations), (SELECT count(*) FROM extractions)""",
    "additions": """
        SELECT (SELECT sum(claims_added - claims_removed) FROM refreshes)::BIGINT, (SELECT count(*) FROM claims)""",
    "changes": """
        SELECT (SELECT sum(claims_added + claims_altered + claims_removed) FROM refreshes)::BIGINT,
            (SELECT count(*) FROM changes WHERE change IN ('added', 'altered', 'removed'))""",
    "facts": """
        SELECT (SELECT count(DISTINCT fact_id) FROM facts), (SELECT count(DISTINCT fact_id) FROM fact_claims)""",
    "grounds": """
        SELECT (SELECT count(*) FROM fact_claims), (SELECT count(*) FROM fact_claims SEMI JOIN claims USING (claim_id))""",
    "steps": """
        SELECT (SELECT count(*) FROM agreement_statements),
            (SELECT count(*) FROM agreement_statements SEMI JOIN agreement_claims USING (claim_id))""",
}
PAUSE = 0.02
LAST_REFRESH = "SELECT refresh_id, started_at FROM refreshes ORDER BY started_at DESC LIMIT 1"


class MixedStateError(Exception):
    """Tables that belong to different refreshes were seen together."""


def look(file: Path) -> Any:
    """Opens the file and asks everything, with pauses in which it may be replaced. Gives when its last refresh began."""
    with open_published(file) as connection:
        return _look(connection)


def look_without_the_product(file: Path) -> Any:
    """The same by DuckDB alone, as another program would."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{file}' AS corridor (READ_ONLY)")
        connection.execute("USE corridor")
        return _look(connection)


def ask_for_all(file: Path) -> Any:
    """What the commands of the product ask."""
    status = dataset_status(file)
    with query(file, "SELECT count(*) FROM claims") as result:
        list(result.rows)
    search(file, "exports Georgia")
    return status.refresh["started_at"]


def _look(connection: duckdb.DuckDBPyConnection) -> Any:
    before = connection.execute(LAST_REFRESH).fetchone()
    for name, statement in AGREEING.items():
        row = connection.execute(statement).fetchone()
        if row is None or len(set(row)) != 1:
            raise MixedStateError(f"{name}: {row} in {before}")
        time.sleep(PAUSE)
    after = connection.execute(LAST_REFRESH).fetchone()
    if before != after or after is None:
        raise MixedStateError(f"a refresh came into an open file: {before}, {after}")
    return after[1]


def main() -> None:
    """Looks in turn in all ways until told to stop. A later look never sees an earlier refresh."""
    file, stop = Path(sys.argv[1]), Path(sys.argv[2])
    os.nice(5)  # readers that never rest would leave the writer no processor
    looks, latest, seen = 0, None, set()
    print("ready", flush=True)
    while not stop.exists():
        for way in (look, look_without_the_product, ask_for_all):
            found = way(file)
            if latest is not None and found < latest:
                raise MixedStateError(f"{way.__name__} saw {found} after {latest}")
            latest = found
            seen.add(found)
            looks += 1
            time.sleep(PAUSE)
    print(json.dumps({"looks": looks, "refreshes": len(seen)}), flush=True)


if __name__ == "__main__":
    main()
