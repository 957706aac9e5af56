"""Reads from the published file what refreshes changed.

How changes are found belongs to `changes`, how they look on a screen to the command line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.errors import NotPublishedError, UnknownRefreshError
from pipeline.warehouse.queries import MOST_CANDIDATES, QueryResult, open_published, records, rows_of
from pipeline.warehouse.store import PUBLISHED

DOCUMENT = "document"
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")


@dataclass(frozen=True, slots=True)
class News:
    """What the `refreshes` that published since then changed (rows of that table, oldest first).

    `claims` and `documents` count changes by kind; `unlogged` are those refreshes whose changes the file does not know.
    `found` has the rows, read once and only while the file is open.
    """

    refreshes: Sequence[Mapping[str, Any]]
    unlogged: Sequence[str]
    claims: Mapping[str, int]
    documents: Mapping[str, int]
    found: QueryResult


@contextmanager
def changes_since(
    warehouse: Path, since: str | None = None, family: str | None = None, moved: bool = False, limit: int | None = None
) -> Iterator[News]:
    """What changed: by default with the latest refresh; `since` a day (YYYY-MM-DD), or after a refresh, by its id or the
    beginning of it.

    `family` narrows to a family of claims, or to `document`. Claims that only moved are listed with `moved`. Raises
    `UnknownRefreshError` when `since` names neither, and `NotPublishedError` when there is no file, or an old one.
    """
    with open_published(warehouse) as connection:
        if not records(connection, "SELECT 1 FROM duckdb_tables() WHERE table_name = 'changes'"):
            raise NotPublishedError(f"{warehouse} was published before changes were kept; `corridor refresh` makes a new one")
        refreshes = _chosen(connection, since)
        ids = [refresh["refresh_id"] for refresh in refreshes]
        counts = connection.execute(_COUNTS, [ids, family, family]).fetchall()
        found = connection.execute(_ROWS, [ids, family, family, moved, limit])
        columns = found.description or []
        yield News(
            refreshes,
            [refresh["refresh_id"] for refresh in refreshes if refresh["claims_added"] is None],
            {change: count for change, of_document, count in counts if not of_document},
            {change: count for change, of_document, count in counts if of_document},
            QueryResult(tuple(str(c[0]) for c in columns), tuple(str(c[1]) for c in columns), rows_of(found)),
        )


_ALL = f"""
WITH told AS (
    SELECT refresh_id, change, family, summary, previous_summary, fields, cause, published_on, publisher, title, uri,
        coalesce(claim_id, previous_claim_id) AS claim_id, doc_id
    FROM changes
    UNION ALL
    SELECT refresh_id, change, '{DOCUMENT}' AS family, coalesce(title, uri) AS summary, NULL AS previous_summary, fields,
        NULL AS cause, published_on, publisher, title, uri, NULL AS claim_id, coalesce(doc_id, previous_doc_id) AS doc_id
    FROM document_changes
),

chosen AS (
    SELECT * FROM told WHERE list_contains(?::VARCHAR[], refresh_id) AND (family = ? OR ?::VARCHAR IS NULL)
)
"""
_COUNTS = f"{_ALL} SELECT change, family = '{DOCUMENT}', count(*) FROM chosen GROUP BY ALL"
_ROWS = f"""{_ALL}
SELECT chosen.*
FROM chosen
JOIN refreshes ON refreshes.refresh_id = chosen.refresh_id
WHERE ? OR chosen.change <> 'moved'
ORDER BY refreshes.started_at, chosen.refresh_id, chosen.published_on DESC NULLS LAST, chosen.uri,
    chosen.family <> '{DOCUMENT}', chosen.family, chosen.change, chosen.summary, chosen.claim_id
LIMIT ?
"""


def _chosen(connection: duckdb.DuckDBPyConnection, since: str | None) -> list[dict[str, Any]]:
    log = records(connection, "SELECT * FROM refreshes ORDER BY started_at, refresh_id")
    published = [refresh for refresh in log if refresh["status"] == PUBLISHED]
    if since is None:
        return published[-1:]
    day = _day(since)
    if day is not None:
        return [refresh for refresh in published if _day_of(refresh["finished_at"]) >= day]
    last = _place([refresh["refresh_id"] for refresh in log], since)
    later = {refresh["refresh_id"] for refresh in log[last + 1 :]}
    return [refresh for refresh in published if refresh["refresh_id"] in later]


def _day(since: str) -> date | None:
    if not _DAY.fullmatch(since):
        return None
    try:
        return datetime.strptime(since, "%Y-%m-%d").date()
    except ValueError:
        raise UnknownRefreshError(f"{since} is no day; write it as YYYY-MM-DD") from None


def _day_of(moment: datetime | None) -> date:
    return date.min if moment is None else moment.date()


def _place(ids: Sequence[str], given: str) -> int:
    """The place of the one id that is, or begins with, what was given."""
    if given in ids:
        return ids.index(given)
    found = [name for name in ids if given and name.startswith(given)]
    if len(found) == 1:
        return ids.index(found[0])
    if found:
        told = ", ".join(found[:MOST_CANDIDATES])
        raise UnknownRefreshError(
            f"{len(found)} refreshes have an id that begins with {given!r}, such as {told}; give more of it"
        )
    latest = ", ".join(ids[-3:]) or "none"
    raise UnknownRefreshError(f"{given!r} is neither a day (YYYY-MM-DD) nor a refresh; the latest refreshes: {latest}")
