"""Reads the published file: an analyst's SQL, one claim in its context, and how the dataset stands.

Answers are data; how they look on a screen belongs to the command line. Nothing here writes, and SQL given by a user reaches
no file but the published one and no network.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.contract.ddl import quoted_text
from pipeline.contract.tables import CLAIM_TABLES
from pipeline.warehouse.attaching import not_attached
from pipeline.warehouse.edition import readable
from pipeline.warehouse.errors import NotPublishedError, QueryRefusedError, UnknownClaimError
from pipeline.warehouse.interrupting import interruptible
from pipeline.warehouse.store import PUBLISHED, Store

FETCH_ROWS = 1_000
CONTEXT = 240  # code points on each side of the evidence
SHORTEST_PREFIX = 4  # characters of a claim's id that may stand for the whole
TOLD_OTHERWISE = "told otherwise"  # of documents whose text is the same, but not all else that is told of it
MOST_CANDIDATES = 10  # that a message lists

# Locked last: nothing that runs afterwards can loosen it. Spilling to disk would be writing files, so it is off too.
_LOCKDOWN = (
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    # Attached files and what stands beside them stay open to external access; their file system is not open to anything new.
    "SET disabled_filesystems = 'LocalFileSystem'",
    "SET lock_configuration = true",
)
# Functions that change what a connection does, which the lockdown does not stop and a SELECT may call.
_CHANGING = re.compile(r"\b(?:(?:enable|disable)_(?:logging|profiling)|truncate_duckdb_logs|force_checkpoint)\b", re.IGNORECASE)
# MULTI is what DuckDB 2 makes of PIVOT; whatever else may come under it meets the lockdown.
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The columns of a result with their DuckDB types, and its rows, read once and only while the file is open."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A half-open stretch of a context, in code points from its start; `kind` is evidence, value or attribution."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class ClaimInContext:
    """A claim with its document and the text around its evidence.

    `fields` are the columns of its table, or for a rejected claim the row as extracted; `reasons` say why it was rejected and
    are empty for an accepted one. `document` has the columns of `documents` but the text. `context_start` is where `context`
    begins in the text.
    """

    claim_id: str
    family: str
    reasons: tuple[str, ...]
    fields: Mapping[str, Any]
    document: Mapping[str, Any]
    context: str
    context_start: int
    spans: tuple[MarkedSpan, ...]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source: when it was last tried, how that went, when it was last read, and what it holds in the published file."""

    source: str
    last_tried: datetime
    last_outcome: str
    detail: str | None
    last_read: datetime | None
    documents: int
    unreadable: int
    claims: int


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """How the published dataset stands. `refresh` is the row of `refreshes` that made it; `failed_refresh` that of a later one
    which was not published, if there was one. `changes` counts the documents that are new, changed and removed since the file
    that was published before, as `refresh` and the table `document_changes` have them, and those "told otherwise": their text
    is the same, but not all else that is told of it, such as its address or what it is superseded by. A document of which a
    copy stays is not removed. On the first publish all are new.

    `files` counts the inputs that the documents were read from: more than documents where some are copies of others.
    `other_language` counts the documents in languages that the extractor does not read.
    `quality` holds figures between 0 and 1: the share of candidates accepted, the share of documents with a claim, the share
    of documents extracted, and the mean confidence of claims (None where there is nothing to divide). `accuracy` has rows of
    the view of that name, for all annotated texts together: for those left out of learning if there are any, else for all.
    """

    refresh: Mapping[str, Any]
    failed_refresh: Mapping[str, Any] | None
    sources: tuple[SourceStatus, ...]
    documents: int
    changes: Mapping[str, int]
    files: int
    duplicates: int
    superseded: int
    other_language: int
    unreadable: int
    claims: Mapping[str, int]
    rejected: Mapping[str, int]
    quality: Mapping[str, float | None]
    accuracy: tuple[Mapping[str, Any], ...]


@contextmanager
def open_published(
    warehouse: Path, prepare: Callable[[duckdb.DuckDBPyConnection], None] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published file that can reach nothing else, after `prepare` had what it needed of it.

    Raises `NotPublishedError`, `FileVersionError` for a file of a version that cannot be read, and `LockHeldError` for one that
    another program has open for writing.
    """
    if warehouse.is_dir():
        raise NotPublishedError(f"{warehouse} is a folder; name the published file in it")
    if not warehouse.is_file():
        raise NotPublishedError(f"there is no published file {warehouse}; run `corridor refresh` to make it")
    # Attaching to a database of its own: connecting to the path would give what this process had open before a publish.
    connection = duckdb.connect(":memory:")
    try:
        try:
            connection.execute(f"ATTACH {quoted_text(str(warehouse.resolve()))} AS corridor (READ_ONLY)")
        except duckdb.Error as error:
            raise not_attached(warehouse, error) from error
        with readable(connection, warehouse):
            if prepare is not None:
                prepare(connection)
            connection.execute("USE corridor")
            connection.execute("SET TimeZone = 'UTC'")
            for statement in _LOCKDOWN:
                connection.execute(statement)
            yield connection
    finally:
        connection.close()


@contextmanager
def query(warehouse: Path, sql: str) -> Iterator[QueryResult]:
    """Runs one reading statement on the published file. Raises `QueryRefusedError`, also while rows are read."""
    with open_published(warehouse) as connection:
        try:
            _require_one_reading_statement(sql)
            found = interruptible(connection, lambda: connection.execute(sql))
        except duckdb.Error as error:
            raise QueryRefusedError(_with_hints(error)) from error
        described = found.description or []
        yield QueryResult(tuple(str(c[0]) for c in described), tuple(str(c[1]) for c in described), rows_of(found))


def explain_claim(warehouse: Path, claim_id: str) -> ClaimInContext:
    """A claim, accepted or rejected, with its evidence in context. The beginning of an id will do if no other begins so.

    Raises `UnknownClaimError`, with the candidates if there are several, and `NotPublishedError`.
    """
    with open_published(warehouse) as connection:
        claim_id = _whole_id(connection, claim_id)
        for family, table in CLAIM_TABLES.items():
            found = records(connection, f"SELECT * FROM {table.name} WHERE claim_id = ?", [claim_id])
            if found:
                return _in_context(connection, family, (), found[0])
        rejected = records(connection, "SELECT family, reasons, claim FROM rejected_claims WHERE claim_id = ?", [claim_id])
        if rejected:
            row = rejected[0]
            return _in_context(connection, row["family"], tuple(row["reasons"]), json.loads(row["claim"]))
        known = _known_otherwise(connection, claim_id)
    if known:
        raise UnknownClaimError(known)
    short = f"; the beginning of an id needs {SHORTEST_PREFIX} characters" if len(claim_id) < SHORTEST_PREFIX else ""
    raise UnknownClaimError(f"no claim has the id {claim_id!r}{short}; ids are in the column claim_id of the view claims")


def _known_otherwise(connection: duckdb.DuckDBPyConnection, given: str) -> str:
    """What an id is that no claim has: that of one that was there before, or of something else; nothing if of neither."""
    gone = records(connection, _GONE, [given])
    if gone:
        change, now, on = gone[0]["change"], gone[0]["claim_id"], f"{gone[0]['finished_at']:%Y-%m-%d %H:%M}"
        if now is None:
            return f"the claim {given!r} was removed by the refresh of {on} UTC; the table changes has what it said"
        return f"the claim {given!r} was {change} by the refresh of {on} UTC: it has the id {now!r} since"
    for table, column in _OTHER_IDS.items():
        if records(connection, f"SELECT 1 AS found FROM {table} WHERE {column} = ? LIMIT 1", [given]):
            return (
                f"{given!r} is no claim but is in the table {table}; look at it with: "
                f"corridor sql \"FROM {table} WHERE {column} = '{given}'\""
            )
    return ""


_GONE = """
SELECT changes.change, changes.claim_id, coalesce(refreshes.finished_at, refreshes.started_at) AS finished_at
FROM changes
JOIN refreshes USING (refresh_id)
WHERE changes.previous_claim_id = ?
ORDER BY refreshes.started_at DESC
LIMIT 1
"""
_OTHER_IDS = {
    "targets": "target_id",
    "facts": "fact_id",
    "agreements": "agreement_id",
    "fact_conflicts": "conflict_id",
    "implied_values": "implied_id",
    "inconsistencies": "inconsistency_id",
    "documents": "doc_id",
}


def _whole_id(connection: duckdb.DuckDBPyConnection, given: str) -> str:
    """The one id that begins with what was given; what was given if it is whole, too short, or begins none."""
    if len(given) < SHORTEST_PREFIX:
        return given
    found = [row["claim_id"] for row in records(connection, _IDS, [given])]
    if not found or given in found:
        return given
    if len(found) > 1:
        named = ", ".join(found[:MOST_CANDIDATES]) + (", ..." if len(found) > MOST_CANDIDATES else "")
        raise UnknownClaimError(f"{len(found)} claims have an id that begins with {given!r}: {named}; give more of the id")
    return str(found[0])


_IDS = """
SELECT DISTINCT claim_id
FROM (SELECT claim_id FROM claims UNION ALL SELECT claim_id FROM rejected_claims)
WHERE starts_with(claim_id, ?)
ORDER BY claim_id
"""


def _in_context(
    connection: duckdb.DuckDBPyConnection, family: str, reasons: tuple[str, ...], fields: Mapping[str, Any]
) -> ClaimInContext:
    document = records(connection, "SELECT * FROM documents WHERE doc_id = ?", [fields["doc_id"]])[0]
    text: str = document.pop("text")
    start = _clamped(fields.get("evidence_start"), len(text))
    end = max(start, _clamped(fields.get("evidence_end"), len(text)))
    context_start, context_end = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    spans = [
        MarkedSpan(first - context_start, last - context_start, kind)
        for kind, first, last in _marked(fields, text, start, end)
        if context_start <= first < last <= context_end
    ]
    context = text[context_start:context_end]
    return ClaimInContext(
        fields["claim_id"], family, reasons, fields, document, context, context_start, tuple(sorted(spans, key=_by_place))
    )


def _marked(fields: Mapping[str, Any], text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of what can be marked. A rejected claim may have any offsets, or none."""
    yield "evidence", start, end
    first, last = fields.get("value_start"), fields.get("value_end")
    if first is not None and last is not None:
        yield "value", first, last
    speaker = fields.get("attributed_to")
    if speaker and (found := text.find(speaker, start, end)) >= 0:
        yield "attribution", found, found + len(speaker)


def _by_place(span: MarkedSpan) -> tuple[int, int]:
    return span.start, -span.end


def _clamped(offset: int | None, length: int) -> int:
    return min(max(offset or 0, 0), length)


def dataset_status(warehouse: Path, store: Store | None = None) -> DatasetStatus:
    """How the published dataset stands; with `store`, also whether a refresh since then failed. Raises `NotPublishedError`."""
    with open_published(warehouse) as connection:
        refresh = records(connection, "SELECT * FROM refreshes ORDER BY started_at DESC, finished_at DESC LIMIT 1")
        totals = records(connection, _TOTALS)[0]
        claims = dict(connection.execute("SELECT family, count(*) FROM claims GROUP BY family").fetchall())
        rejected = dict(connection.execute("SELECT family, count(*) FROM rejected_claims GROUP BY family").fetchall())
        accuracy = tuple(_accuracy(connection))
        changes = _changes(connection, refresh[0] if refresh else {}, totals)
        sources = tuple(SourceStatus(**row) for row in records(connection, "SELECT * FROM source_status ORDER BY source"))
    return DatasetStatus(
        refresh=refresh[0] if refresh else {},
        failed_refresh=None if store is None else _failed_since(store, refresh),
        sources=sources,
        documents=totals["documents"],
        changes=changes,
        files=totals["files"],
        duplicates=totals["duplicates"],
        superseded=totals["superseded"],
        other_language=totals["other_language"],
        unreadable=totals["unreadable"],
        claims={family: claims.get(family, 0) for family in CLAIM_TABLES},
        rejected={family: rejected.get(family, 0) for family in CLAIM_TABLES},
        quality={
            name: totals[name] for name in ("accepted", "documents_with_claims", "documents_extracted", "mean_confidence")
        },
        accuracy=accuracy,
    )


def _accuracy(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """None of a file that was published before there were any."""
    if not records(connection, "SELECT 1 FROM duckdb_views() WHERE view_name = 'accuracy'"):
        return []
    return records(connection, _ACCURACY)


_ACCURACY = """
FROM accuracy
WHERE folder = 'all folders'
    AND texts = (SELECT max(texts) FILTER (WHERE texts IN ('all', 'left_out')) FROM accuracy WHERE folder = 'all folders')
ORDER BY marked DESC, kind
"""


def _changes(connection: duckdb.DuckDBPyConnection, refresh: Mapping[str, Any], totals: Mapping[str, Any]) -> dict[str, int]:
    if not totals["published_before"]:
        return {"new": totals["documents"], "changed": 0, "removed": 0}
    if refresh.get("claims_added") is None:  # the log of changes begins with this file, or there is none
        return {kind: int(totals[kind] or 0) for kind in ("new", "changed", "removed")}
    found = dict(connection.execute(_COUNTED_CHANGES, [refresh["refresh_id"]]).fetchall())
    return {kind: int(found.get(change, 0)) for change, kind in _CHANGES.items()}


_CHANGES = {"added": "new", "altered": "changed", "removed": "removed", "retold": TOLD_OTHERWISE}
_COUNTED_CHANGES = """
SELECT if(change = 'altered' AND NOT list_contains(fields, 'text'), 'retold', change), count(*)
FROM document_changes
WHERE refresh_id = ?
GROUP BY ALL
"""


def _failed_since(store: Store, published: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    log = store.refreshes().tail(1).rows(named=True)
    known = [row["refresh_id"] for row in published]
    return log[0] if log and log[0]["status"] != PUBLISHED and log[0]["refresh_id"] not in known else None


_TOTALS = f"""
WITH latest AS (
    SELECT refresh_id, started_at FROM refreshes ORDER BY started_at DESC, finished_at DESC LIMIT 1
),

before AS (
    SELECT max(started_at) AS started_at
    FROM refreshes
    WHERE status = '{PUBLISHED}' AND refresh_id NOT IN (SELECT refresh_id FROM latest)
),

since AS (
    SELECT sum(documents_new) AS new, sum(documents_changed) AS changed, sum(documents_removed) AS removed
    FROM refreshes
    WHERE started_at > (SELECT started_at FROM before)
),

sizes AS (
    SELECT
        (SELECT count(*) FROM documents) AS documents,
        (SELECT count(*) FROM document_locations) AS files,
        (SELECT started_at IS NOT NULL FROM before) AS published_before,
        (SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL) AS duplicates,
        (SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL) AS superseded,
        (SELECT count(*) FROM documents WHERE NOT language_read) AS other_language,
        (SELECT count(*) FROM unreadable_documents) AS unreadable,
        (SELECT count(*) FROM extractions) AS extracted,
        (SELECT count(*) FROM claims) AS claims,
        (SELECT count(*) FROM rejected_claims) AS rejected,
        (SELECT count(DISTINCT doc_id) FROM claims) AS with_claims,
        (SELECT avg(confidence) FROM claims) AS mean_confidence
)

SELECT documents, files, published_before, new, changed, removed, duplicates, superseded, other_language, unreadable,
    mean_confidence,
    claims / nullif(claims + rejected, 0) AS accepted,
    with_claims / nullif(documents, 0) AS documents_with_claims,
    extracted / nullif(documents, 0) AS documents_extracted
FROM sizes, since
"""


def _require_one_reading_statement(sql: str) -> None:
    found = duckdb.extract_statements(sql)
    if not found:
        raise QueryRefusedError("there is no SQL statement to run")
    # DuckDB 1 expands PIVOT into several statements without a text of their own.
    expanded = len(found) > 1 and not any(statement.query for statement in found)
    if len(found) > 1 and not expanded:
        raise QueryRefusedError(f"one statement at a time; this text holds {len(found)}")
    if found[-1].type not in _READING:
        raise _only_reading(found[-1].type.name)
    explained = _explained(sql)
    # `EXPLAIN ANALYZE` runs what it explains.
    if explained is not None and [one.type for one in duckdb.extract_statements(explained)] != [duckdb.StatementType.SELECT]:
        raise _only_reading("EXPLAIN of a statement that is no SELECT")
    if explained is None and any(one.type == duckdb.StatementType.EXPLAIN for one in found):
        raise _only_reading("EXPLAIN within another statement")
    changing = _CHANGING.search(sql)
    if changing:
        raise _only_reading(f"{changing[0]}()")


def _explained(sql: str) -> str | None:
    """What an EXPLAIN explains, without its options; None for a statement that does not begin with it."""
    content = sql.encode()  # offsets of tokens are those of bytes
    starts = [start for start, _ in duckdb.tokenize(sql)]
    words = [_word(content, start) for start in starts]
    if not words or words[0] != b"EXPLAIN":
        return None
    first = 2 if words[1:2] == [b"ANALYZE"] else 1
    # In parentheses stand options, or a query: one that begins so is no list of options.
    if words[first : first + 1] == [b"("] and words[first + 1] in _OPTIONS and b")" in words:
        first = words.index(b")") + 1
    return content[starts[first] :].decode() if first < len(starts) else ""


_OPTIONS = (b"ANALYZE", b"FORMAT")


def _word(content: bytes, start: int) -> bytes:
    """The word that begins at a byte, in capitals, or the sign there."""
    found = _WORD.match(content, start)
    return found[0].upper() if found else content[start : start + 1]


_WORD = re.compile(rb"\w+")


def _only_reading(what: str) -> QueryRefusedError:
    return QueryRefusedError(f"only reading is allowed, not {what}: begin with SELECT, FROM, WITH, DESCRIBE or SUMMARIZE")


def rows_of(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """The rows of a result, fetched as they are read. Raises `QueryRefusedError`."""
    while True:
        try:
            rows = interruptible(found, lambda: found.fetchmany(FETCH_ROWS))
        except duckdb.Error as error:
            raise QueryRefusedError(_with_hints(error)) from error
        if not rows:
            return
        yield from rows


def records(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
    """The rows of a query of ours, each a mapping of column to value. Raises `duckdb.Error`."""
    found = connection.execute(sql, list(values))
    columns = [str(column[0]) for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _with_hints(error: duckdb.Error) -> str:
    """DuckDB's message with what it suggests, without the statement, which whoever wrote it has at hand."""
    message = str(error).split("\n\nLINE ", 1)[0]
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    more = len(lines) - MOST_CANDIDATES
    return " ".join(lines[:MOST_CANDIDATES]) + (f" and {more} more" if more > 0 else "")
