"""One row of the tables that answer questions, with the claims that it rests on and what they say.

A claim in its text belongs to `queries`; how a row looks on a screen belongs to the command line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.contract.ddl import quoted_name
from pipeline.warehouse.errors import AmbiguousIdError, UnknownClaimError
from pipeline.warehouse.queries import MOST_CANDIDATES, SHORTEST_PREFIX, ClaimInContext, explain_claim, open_published, records

MOST_CLAIMS = 50  # that are shown of one row


class _Explained(NamedTuple):
    """A table whose rows rest on claims: what a row is called, its key, and a query for the claims of one."""

    kind: str
    table: str
    key: str
    claims: str


_EXPLAINED = (
    _Explained("fact", "facts", "fact_id", "SELECT claim_id FROM fact_claims WHERE fact_id = $id"),
    _Explained(
        "conflict", "fact_conflicts", "conflict_id", "SELECT unnest(claims) FROM fact_conflicts WHERE conflict_id = $id"
    ),
    _Explained(
        "target",
        "targets",
        "target_id",
        "SELECT unnest(claim_ids || latest_claim_ids || [baseline_claim_id, partial_claim_id, near_claim_id]) FROM targets "
        "WHERE target_id = $id",
    ),
    _Explained(
        "agreement",
        "agreements",
        "agreement_id",
        "SELECT claim_id FROM agreement_statements WHERE agreement_id = $id",
    ),
    _Explained(
        "implied value",
        "implied_values",
        "implied_id",
        "SELECT unnest(claim_ids || [told_by_claim_id, exceeded_by_claim_id]) FROM implied_values WHERE implied_id = $id",
    ),
    _Explained(
        "inconsistency",
        "inconsistencies",
        "inconsistency_id",
        "SELECT unnest(claim_ids) FROM inconsistencies WHERE inconsistency_id = $id",
    ),
)

_EVIDENCE = """
SELECT claim_id, family, indicator, evidence, publisher, published_on, title, confidence, count(*) OVER () AS found
FROM claims
WHERE claim_id IN ({claims})
ORDER BY published_on NULLS LAST, claim_id
LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class RowOnClaims:
    """A row of a table that is worked out, called by its `kind`, with the `claims` that it rests on, the earliest first:
    mappings of claim_id, family, indicator, evidence, publisher, published_on, title and confidence. `found` counts them all.
    """

    kind: str
    row_id: str
    fields: Mapping[str, Any]
    claims: tuple[Mapping[str, Any], ...]
    found: int


def explain(warehouse: Path, given: str) -> ClaimInContext | RowOnClaims:
    """What has an id: a claim in its text, or another row that rests on claims, with these.

    The beginning of an id will do if no other begins so; claims come first. Raises `UnknownClaimError`, which is an
    `AmbiguousIdError` with the candidates if there are several, and `NotPublishedError`.
    """
    try:
        return explain_claim(warehouse, given)
    except AmbiguousIdError:
        raise
    except UnknownClaimError:
        with open_published(warehouse) as connection:
            found = _row(connection, given)
    if found is None:
        kinds = ", ".join(each.kind for each in _EXPLAINED)
        raise UnknownClaimError(
            f"no claim has the id {given!r}, nor has any {kinds}; ids are in the column claim_id of the view claims and are "
            "the keys of their tables"
        )
    return found


def _row(connection: duckdb.DuckDBPyConnection, given: str) -> RowOnClaims | None:
    """The one row whose id is given or begins so; None if there is none."""
    held = {str(row["table_name"]) for row in records(connection, "SELECT table_name FROM duckdb_tables()")}
    found = [
        (explained, str(row["id"]))
        for explained in _EXPLAINED
        # a file that was published before there was such a table has none
        if explained.table in held
        for row in _ids(connection, explained, given)
    ]
    whole = [each for each in found if each[1] == given]
    if not whole and len(found) > 1:
        named = ", ".join(f"{explained.kind} {row_id}" for explained, row_id in found[:MOST_CANDIDATES])
        more = ", ..." if len(found) > MOST_CANDIDATES else ""
        raise AmbiguousIdError(f"several ids begin with {given!r}: {named}{more}; give more of the id")
    for explained, row_id in whole or found:
        return _explained(connection, explained, row_id)
    return None


def _ids(connection: duckdb.DuckDBPyConnection, explained: _Explained, given: str) -> Sequence[Mapping[str, Any]]:
    key = quoted_name(explained.key)
    same = f"{key} = $id" if len(given) < SHORTEST_PREFIX else f"starts_with({key}, $id)"
    query = f"SELECT {key} AS id FROM {quoted_name(explained.table)} WHERE {same} ORDER BY id LIMIT {MOST_CANDIDATES + 1}"
    return _asked(connection, query, given)


def _explained(connection: duckdb.DuckDBPyConnection, explained: _Explained, row_id: str) -> RowOnClaims:
    table, key = quoted_name(explained.table), quoted_name(explained.key)
    fields = _asked(connection, f"SELECT * FROM {table} WHERE {key} = $id", row_id)[0]
    claims = _asked(connection, _EVIDENCE.format(claims=explained.claims, most=MOST_CLAIMS), row_id)
    found = int(claims[0]["found"]) if claims else 0
    return RowOnClaims(explained.kind, row_id, fields, tuple(claims), found)


def _asked(connection: duckdb.DuckDBPyConnection, query: str, row_id: str) -> list[dict[str, Any]]:
    found = connection.execute(query, {"id": row_id})
    columns = [str(column[0]) for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
