"""How long the tables that answer questions take to build, and how fast they answer, on generated claims.

    python benchmarks/answers.py [--claims N]... [--threads 2] [--most-ms 100]

Every size is built by the real statements in a file of its own; the processor time of each statement, on all threads, is told
for each size, so that growth that is more than linear shows whatever else the machine does. Then, on the largest, everything
that can be asked is asked as an analyst would: the first hundred rows of every table and view, the rows of one key, and every
example; the best of the rounds counts. The claims are the same in every run, and lie as in a published file: who trades with
whom is skewed as in news, most figures are told once and some by many, rounded, bounded or at odds. One document is a yearbook
that has thousands of numbers, words are drawn as unevenly as languages use them, and acronyms mostly stand for one thing.
Search is built and asked too.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from benchmarks.results import Section, count, mebibytes, seconds, table
from pipeline.contract import ddl
from pipeline.contract.fields import Table, Type
from pipeline.contract.published import ANALYSIS_TABLES, PUBLISHED_TABLES
from pipeline.contract.schemas import code_rows
from pipeline.contract.tables import TABLES
from pipeline.contract.vocabulary import vocabulary
from pipeline.warehouse.analysis import MAKINGS, add_macros, fill_columns, fill_table, reference_data
from pipeline.warehouse.edition import dataset_row
from pipeline.warehouse.full_text import build_index, load_full_text
from pipeline.warehouse.rows import arrangement
from pipeline.warehouse.search import Filters, search
from pipeline.warehouse.sql import in_order_of_use, statements

CLAIMS_OF_A_DOCUMENT = 20
NUMBERS_OF_THE_YEARBOOK = 4_000  # of each family, all in the first document
CLAIMS_OF_AN_ACRONYM = 10  # claims for each mention of one
ROUNDS = 5
ELAPSED = "(all, as the clock tells)"
THREADS = 2
MOST_MS = 100.0
SLOWEST = 12  # questions that are told one by one

# A number from 0 to `below`, the same for the same row and purpose.
_DRAW = "CREATE MACRO draw(row_number, purpose, below) AS (hash(row_number, purpose) % below)::INTEGER"
# The same, small numbers far more often than large ones.
_SKEWED = """CREATE MACRO skewed(row_number, purpose, below) AS
    floor(below * pow(draw(row_number, purpose, 100000) / 100000, 4))::INTEGER"""
_PICK = "CREATE MACRO pick(items, row_number, purpose) AS items[1 + skewed(row_number, purpose, len(items))]"
# The codes of a vocabulary, in an order that is that of no alphabet.
_CODES = "SET VARIABLE {name} = (SELECT list(code ORDER BY hash(code)) FROM codes WHERE vocabulary = '{name}')"
# A sentence of eight words, the commonest in every other sentence.
_SENTENCE = """CREATE MACRO sentence(n) AS 'Sentence ' || n || ' tells ' || array_to_string(
    [word_of(skewed(n, 'word' || place, 30000)) for place in range(8)], ' ') || ' of the two neighbours in the year.'"""
_WORD_OF = """CREATE MACRO word_of(number) AS ['ka', 'lo', 'mi', 'ru', 'se', 'ta'][1 + number % 6]
    || ['bran', 'dur', 'fel', 'gom', 'har'][1 + number // 6 % 5] || to_base(number, 26)"""
# As long as real ids, and in as little order.
_ID_OF = "CREATE MACRO id_of(letter, n) AS md5(letter || n)[:20]"
# The yearbook has the first claims of each family.
_DOC_OF = f"""CREATE MACRO doc_of(n, of_yearbook) AS
    id_of('d', CASE WHEN n < of_yearbook THEN 0 ELSE n // {CLAIMS_OF_A_DOCUMENT} END)"""
_PLACE_OF = f"""CREATE MACRO place_of(n, of_yearbook) AS
    ((CASE WHEN n < of_yearbook THEN n ELSE n % {CLAIMS_OF_A_DOCUMENT} END) * 40)::INTEGER"""
_MACROS = (_DRAW, _SKEWED, _PICK, _WORD_OF, _SENTENCE, _ID_OF, _DOC_OF, _PLACE_OF)
_VOCABULARIES = ("countries", "modes", "commodities", "corridors", "forms", "subjects", "statuses")

_DOCUMENTS = """
INSERT INTO documents BY NAME
SELECT id_of('d', n) AS doc_id, 'made' AS source, doc_id || '.txt' AS file_name, 'made/' || doc_id AS uri,
    'Text ' || n AS title, 'Publisher ' || skewed(n, 'publisher', 300) AS publisher,
    DATE '2014-01-01' + draw(n, 'published', 4300) AS published_on, 'en' AS language,
    repeat('A sentence of a text. ', CASE n WHEN 0 THEN 10000 ELSE 40 END) AS text,
    TIMESTAMPTZ '2026-01-01 00:00:00+00' AS first_seen, first_seen AS last_seen,
    CASE WHEN n > 0 AND draw(n, 'repeats', 50) = 0 THEN id_of('d', n - 1) END AS duplicate_of,
    true AS language_read
FROM range($documents) AS documents (n)
ORDER BY {order}
"""

_QUANTITIES = """
INSERT INTO {table} BY NAME
WITH drawn AS (
    SELECT n, doc_of(n, {yearbook}) AS doc_id, 2013 + skewed(n, 'year', 12) AS year,
        pick(getvariable('countries'), n, 'one') AS one,
        pick(getvariable('countries'), n, 'other') AS other,
        pick({indicators}, n, 'indicator') AS indicator,
        pick(['level', 'level', 'level', 'growth', 'change', 'event'], n, 'measure') AS measure,
        pick(['year', 'to_date', 'year', 'until', 'untold', 'month'], n, 'period') AS kind_of_period,
        1 + draw(n, 'month', 11) AS month,
        {unit} AS amount_unit,
        -- what is true of the pair and the year, and how this claim tells it
        10e6 + hash(one, other, year) % 1000000 * 1e4 AS truth,
        pick([0, 0, 0, 1, 2, 3, 8], n, 'error') AS error
    FROM range($claims) AS claims (n)
)

SELECT id_of('{letter}', n) AS claim_id, doc_id, indicator, measure,
    CASE measure WHEN 'level' THEN round(truth * (1 + error / 100), -(4 + draw(n, 'digits', 4))) WHEN 'event' THEN NULL
        ELSE draw(n, 'growth', 400) / 10 - 10 END AS value_low,
    value_low AS value_high,
    CASE WHEN measure <> 'event' THEN pick(['exact', 'exact', 'exact', 'about', 'over', 'under'], n, 'bound') END AS bound,
    CASE measure WHEN 'level' THEN amount_unit WHEN 'growth' THEN '%' WHEN 'change' THEN amount_unit END AS unit,
    value_low::VARCHAR AS value_text,
    [one] AS reporter, CASE WHEN one = other THEN [] ELSE [other] END AS partner,
    {journey},
    {corridor} AS corridor,
    CASE WHEN draw(n, 'moved', 6) = 0 THEN pick(getvariable('modes'), n, 'mode') END AS mode,
    CASE WHEN draw(n, 'goods', 3) = 0 THEN pick(getvariable('commodities'), n, 'commodity') END
        AS commodity,
    CASE kind_of_period WHEN 'untold' THEN NULL WHEN 'until' THEN NULL WHEN 'month' THEN make_date(year, month, 1)
        ELSE make_date(year, 1, 1) END AS period_start,
    CASE kind_of_period WHEN 'untold' THEN NULL WHEN 'year' THEN make_date(year, 12, 31)
        WHEN 'until' THEN make_date(year + 3, 12, 31) ELSE last_day(make_date(year, month, 1)) END AS period_end,
    CASE kind_of_period WHEN 'until' THEN pick(['target', 'forecast'], n, 'aim')
        ELSE pick(['reported', 'reported', 'reported', 'forecast', 'possible', 'negated'], n, 'modality') END AS modality,
    CASE WHEN draw(n, 'attributed', 3) = 0 THEN
        pick(['Minister Speaker', 'the ministry', 'officials', 'the Committee on Statistics of Speaker'], n, 'speaker')
        || pick(['', 'ev', 'ova', 'idze'], n, 'ending') || skewed(n, 'name', 5000) END AS attributed_to,
    sentence(n) AS evidence, place_of(n, {yearbook}) AS evidence_start, evidence_start + 80 AS evidence_end,
    evidence_start AS value_start, evidence_start + 8 AS value_end,
    (30 + draw(n, 'confidence', 70)) / 100 AS confidence, 'made' AS extractor, '1' AS extractor_version
FROM drawn
ORDER BY {order}
"""

_AGREEMENTS = """
INSERT INTO agreement_claims BY NAME
SELECT id_of('a', n) AS claim_id, doc_of(n, 0) AS doc_id,
    CASE WHEN draw(n, 'named', 3) = 0 THEN 'Agreement on Matter ' || skewed(n, 'name', 2000) END AS name,
    pick(getvariable('forms'), n, 'form') AS form,
    pick(getvariable('subjects'), n, 'subject') AS subject,
    pick(getvariable('statuses'), n, 'status') AS status,
    pick(['reported', 'reported', 'target', 'possible', 'negated'], n, 'modality') AS modality,
    list_sort(list_distinct([
        pick(getvariable('countries'), n, 'one'),
        pick(getvariable('countries'), n, 'other')
    ])) AS parties,
    []::VARCHAR[] AS organisations, DATE '2014-01-01' + draw(n, 'day', 4300) AS date_start, date_start AS date_end,
    sentence(-n - 1) AS evidence, place_of(n, 0) + 5 AS evidence_start, evidence_start + 60 AS evidence_end,
    (30 + draw(n, 'confidence', 70)) / 100 AS confidence, 'made' AS extractor, '1' AS extractor_version
FROM range($claims) AS claims (n)
ORDER BY {order}
"""

# Most acronyms stand for one thing, spelled in two ways; every fifth for several.
_ACRONYM_MENTIONS = """
INSERT INTO acronym_mentions BY NAME
WITH drawn AS (
    SELECT n, skewed(n, 'acronym', 3000) AS number FROM range($mentions) AS mentions (n)
)

SELECT id_of('m', n) AS mention_id, doc_of(n, 500) AS doc_id,
    upper(chr(97 + number % 26) || chr(97 + number // 26 % 26) || chr(97 + number // 676 % 26)) AS acronym,
    upper(word_of(number)) || ' ' || word_of(number + CASE number % 5 WHEN 0 THEN skewed(n, 'meaning', 40) ELSE 0 END)
        || pick([' Organisation', ' Organization', ' Union'], n, 'body') AS expansion,
    'initials' AS letters, expansion || ' (' || acronym || ') tells.' AS evidence, place_of(n, 500) AS evidence_start,
    evidence_start + len(evidence) AS evidence_end, evidence_start AS expansion_start,
    evidence_start + len(expansion) AS expansion_end, expansion_end + 2 AS acronym_start,
    acronym_start + len(acronym) AS acronym_end, '1' AS extractor_version
FROM drawn
ORDER BY {order}
"""

# What a store tells of its refreshes: the latest of three brought every fiftieth claim, and every tenth candidate was rejected.
_BOOKKEEPING = (
    """
INSERT INTO refreshes BY NAME
SELECT 'r' || n AS refresh_id, TIMESTAMPTZ '2026-01-01 00:00:00+00' + INTERVAL (n) DAY AS started_at, started_at AS finished_at,
    1 AS documents_seen, 0 AS documents_new, 0 AS documents_changed, 0 AS documents_removed, 1 AS claims, 0 AS rejected,
    '1' AS extractor_version, 'published' AS status
FROM range(3) AS refreshes (n)
""",
    """
INSERT INTO document_locations BY NAME
SELECT source, uri, file_name, doc_id, first_seen, last_seen FROM documents
""",
    """
INSERT INTO extractions BY NAME
SELECT doc_id, count(*) AS emitted, '1' AS extractor_version, 'r0' AS refresh_id FROM trade_claims GROUP BY doc_id
""",
    """
INSERT INTO source_refreshes BY NAME
SELECT refresh_id, 'made' AS source, finished_at, 1 AS documents_seen, 0 AS documents_new, 0 AS documents_changed,
    0 AS documents_removed, 0 AS unreadable, 'read' AS status
FROM refreshes
""",
    """
INSERT INTO rejected_claims BY NAME
SELECT 'x' || claim_id AS claim_id, doc_id, 'trade' AS family, [pick(['a', 'b', 'c', 'd'], rowid, 'reason')] AS reasons,
    to_json({'evidence': evidence, 'value_low': value_low, 'reporter': reporter, 'partner': partner}) AS claim,
    'r0' AS refresh_id
FROM trade_claims
WHERE draw(rowid, 'rejected', 5) = 0
""",
    """
INSERT INTO changes BY NAME
WITH told AS (
    SELECT claim_id, doc_id, 'trade' AS family, evidence, rowid AS n FROM trade_claims WHERE draw(rowid, 'changed', 25) = 0
)

SELECT 'r2' AS refresh_id, pick(['added', 'removed', 'altered'], n, 'change') AS change, 'text' AS cause,
    []::VARCHAR[] AS fields, family, claim_id, doc_id, evidence AS summary, evidence, documents.source, documents.uri,
    documents.title, documents.publisher, documents.published_on
FROM told
JOIN documents USING (doc_id)
""",
)

_TRADE = {
    "table": "trade_claims",
    "letter": "t",
    "indicators": "['turnover', 'exports', 'imports', 'investment', 'financing', 'deal_value', 'tariff', 'balance']",
    "unit": "pick(['USD', 'USD', 'EUR', 't', 'KZT'], n, 'unit')",
    "journey": "[]::VARCHAR[] AS origin, []::VARCHAR[] AS destination",
    "corridor": "NULL",
}
_FREIGHT = {
    "table": "freight_claims",
    "letter": "f",
    "indicators": "['cargo', 'containers', 'movements', 'capacity', 'transit_time', 'freight_rate', 'distance', 'disruption']",
    "unit": "CASE indicator WHEN 'containers' THEN 'TEU' WHEN 'movements' THEN 'train' WHEN 'capacity' THEN 't/yr' "
    "WHEN 'transit_time' THEN 'd' WHEN 'freight_rate' THEN 'USD/TEU' WHEN 'distance' THEN 'km' ELSE 't' END",
    "journey": "CASE WHEN draw(n, 'journey', 2) = 0 THEN [one] ELSE [] END AS origin, "
    "CASE WHEN draw(n, 'journey', 2) = 0 THEN [other] ELSE [] END AS destination",
    "corridor": "CASE WHEN draw(n, 'on_corridor', 2) = 0 THEN pick(getvariable('corridors'), n, 'corridor') END",
}
# What is searched for: words that many sentences have, few have, and names; each search opens the file itself.
_SEARCHES = (
    ("kabran0 exports", Filters()),
    ("migom13F6", Filters()),
    ("Kazakhstan China turnover", Filters()),
    ("kabran0", Filters(countries=("KAZ",), period="2020")),
)
_PARTS = {"trade": 0.5, "freight": 0.35, "agreements": 0.15}


class Answer(NamedTuple):
    """A question, the best of its times by the clock and by the processor in milliseconds, and how many rows it gives."""

    name: str
    best: float
    cpu: float
    rows: int


def main() -> None:
    """Prints a table of build times and one of answering times."""
    options = argparse.ArgumentParser(description="How long the answering tables take to build, and how fast they answer.")
    options.add_argument("--claims", type=int, action="append", help="how many; twice or more for several sizes")
    options.add_argument("--threads", type=int, default=THREADS)
    options.add_argument("--most-ms", type=float, default=MOST_MS, help="of processor time; what takes longer is marked")
    options.add_argument("--keep", type=Path, help="a folder to leave the files in")
    asked = options.parse_args()
    print(answers(asked.claims or [250_000, 1_000_000], asked.threads, asked.most_ms, asked.keep).text)


def answers(claims: Sequence[int], threads: int = THREADS, most: float = MOST_MS, keep: Path | None = None) -> Section:
    """Builds every size, and asks the largest all that can be asked."""
    sizes = sorted(claims)
    with TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        built = {size: _build(folder / f"{size}.duckdb", size, threads) for size in sizes}
        largest = folder / f"{sizes[-1]}.duckdb"
        bytes_of_file = largest.stat().st_size
        asked = list(_asked(largest, threads))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    figures = {
        "build": {str(size): {step: cost for step, (cost, _) in steps.items()} for size, steps in built.items()},
        "answers": {one.name: one._asdict() for one in asked},
        "file": bytes_of_file,
        "peak": peak,
    }
    sizes_told = f"The file of the largest has {mebibytes(bytes_of_file)} MiB, the process had {mebibytes(peak)} MiB at most."
    text = f"{_told_building(built, threads)} {sizes_told}\n\n{_told_answers(asked, most)}"
    return Section("answers", "Publishing and asking", text, figures)


def _told_building(built: Mapping[int, Mapping[str, tuple[float, int]]], threads: int) -> str:
    sizes = list(built)
    steps = [
        (step, *(seconds(built[size][step][0]) for size in sizes), count(rows))
        for step, (_, rows) in built[sizes[-1]].items()
        if step != ELAPSED
    ]
    totals = [sum(cost for step, (cost, _) in built[size].items() if step != ELAPSED) for size in sizes]
    steps.append(("**all**", *map(seconds, totals), ""))
    elapsed = " and ".join(f"{seconds(built[size][ELAPSED][0])} s for {count(size)}" for size in sizes)
    return f"""\
What publishing works out of generated claims ({CLAIMS_OF_A_DOCUMENT} a document) in {threads} threads, by step, in seconds of
processor time:

{table(("step", *(f"{count(size)} claims" for size in sizes), "rows"), steps)}
By the clock it takes {elapsed} claims."""


def _told_answers(asked: Sequence["Answer"], most: float) -> str:
    slow = [one for one in asked if one.cpu > most]
    longest = sorted(asked, key=lambda one: -one.cpu)[:SLOWEST]
    rows = [(one.name, f"{one.best:.1f}", f"{one.cpu:.1f}", count(one.rows)) for one in longest]
    times = sorted(one.best for one in asked)
    told_slow = f"; {len(slow)} take more than {most:.0f} ms of processor time" if slow else ""
    return f"""\
Of {len(asked)} questions asked of that file (the head of every table and view, the rows of one key, every example, searches)
half are answered within {times[len(times) // 2]:.0f} ms, the slowest within {times[-1]:.0f} ms{told_slow}. The dearest:

{table(("question", "ms", "ms of processor", "rows"), rows)}"""


def _build(path: Path, claims: int, threads: int) -> dict[str, tuple[float, int]]:
    """Seconds and rows of every step."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute("SET TimeZone = 'UTC'")
        load_full_text(connection)
        generate(connection, claims)
        steps: dict[str, tuple[float, int]] = {}
        connection.begin()
        started, begun = time.process_time(), time.perf_counter()
        add_macros(connection)
        with reference_data(connection):
            steps["(voices)"] = (time.process_time() - started, _rows(connection, "reference_voices"))
            started = time.process_time()
            fill_columns(connection)
            steps["(columns of claims)"] = (time.process_time() - started, claims)
            tables = {table.name: table for table in ANALYSIS_TABLES}
            for query in in_order_of_use(statements("analysis")):
                started = time.process_time()
                fill_table(connection, tables[query.name], query.sql, MAKINGS.get(query.name))
                steps[query.name] = (time.process_time() - started, _rows(connection, query.name))
                print(f"{claims:,} claims: {query.name} {steps[query.name][0]:.2f} s", file=sys.stderr, flush=True)
        for view in in_order_of_use(statements("views")):
            connection.execute(view.sql)
        started = time.process_time()
        build_index(connection)
        steps["(index for search)"] = (time.process_time() - started, _rows(connection, "sentences"))
        started = time.process_time()
        connection.commit()
        connection.execute("CHECKPOINT")
        steps["(write)"] = (time.process_time() - started, 0)
        steps[ELAPSED] = (time.perf_counter() - begun, 0)
    return steps


def generate(connection: duckdb.DuckDBPyConnection, claims: int) -> None:
    """Makes the tables of a published file that nothing works out, with so many claims."""
    for statement in (*ddl.statements(PUBLISHED_TABLES), *_MACROS):
        connection.execute(statement)
    connection.register("made_codes", code_rows(vocabulary()).to_arrow())
    connection.execute("INSERT INTO codes BY NAME SELECT * FROM made_codes")
    connection.unregister("made_codes")
    for name in _VOCABULARIES:
        connection.execute(_CODES.format(name=name))
    connection.execute(_ordered(_DOCUMENTS, "documents"), {"documents": claims // CLAIMS_OF_A_DOCUMENT + 1})
    amounts = {part: round(claims * share) for part, share in _PARTS.items()}
    for part, columns in (("trade", _TRADE), ("freight", _FREIGHT)):
        query = _ordered(_QUANTITIES, columns["table"], yearbook=NUMBERS_OF_THE_YEARBOOK, **columns)
        connection.execute(query, {"claims": amounts[part]})
    connection.execute(_ordered(_AGREEMENTS, "agreement_claims"), {"claims": amounts["agreements"]})
    connection.execute(_ordered(_ACRONYM_MENTIONS, "acronym_mentions"), {"mentions": claims // CLAIMS_OF_AN_ACRONYM})
    for statement in _BOOKKEEPING:
        connection.execute(statement)
    connection.register("made_dataset", dataset_row("r2").to_arrow())
    connection.execute("INSERT INTO dataset BY NAME SELECT * FROM made_dataset")
    connection.unregister("made_dataset")


def _ordered(query: str, table: str, /, **parts: object) -> str:
    """The query with its rows as a publish would lay them down."""
    (definition,) = (found for found in TABLES if found.name == table)
    return query.format(order=", ".join(arrangement(definition)), **parts)


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {ddl.quoted_name(table)}").fetchone()
    return int(found[0]) if found else 0


def _asked(path: Path, threads: int) -> Iterator["Answer"]:
    with duckdb.connect(str(path), read_only=True, config={"threads": threads}) as connection:
        for name, query in _questions(connection):
            yield _timed(name, partial(_answer, connection, query))
    for words, filters in _SEARCHES:
        narrowed = " ".join(str(value) for value in (filters.countries, filters.period) if value)
        yield _timed(f"search {words} {narrowed}".strip(), partial(_search, path, words, filters))


def _timed(name: str, ask: Callable[[], int]) -> "Answer":
    elapsed, used, rows = [], [], 0
    for _ in range(ROUNDS):
        started, begun = time.perf_counter(), time.process_time()
        rows = ask()
        elapsed.append((time.perf_counter() - started) * 1000)
        used.append((time.process_time() - begun) * 1000)
    return Answer(name, min(elapsed), min(used), rows)


def _answer(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return len(connection.execute(query).fetchall())


def _search(path: Path, words: str, filters: Filters) -> int:
    return len(search(path, words, filters).finds)


def _questions(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """What is asked, by name: of each table and view its head and the rows of a key, and the examples."""
    for asked in ANALYSIS_TABLES:
        yield f"{asked.name}, first 100", f"FROM {asked.name} LIMIT 100"
        for column in _keys_to_ask(asked):
            yield f"{asked.name} of one {column}", _of_a_key(connection, asked.name, column)
    for view in statements("views"):
        yield f"{view.name}, first 100", f"FROM {view.name} LIMIT 100"
        columns = connection.sql(f"FROM {view.name} LIMIT 0").columns
        for column in ("claim_id", "country", "pair", "corridor"):
            if column in columns:
                yield f"{view.name} of one {column}", _of_a_key(connection, view.name, column)
    for example in statements("examples"):
        yield f"example {example.name}", example.sql


def _keys_to_ask(asked: Table) -> Iterator[str]:
    """The key of a table, and the codes and names by which an analyst looks something up."""
    if len(asked.key) == 1:
        yield asked.key[0]
    names = ("fact_id", "pair", "corridor", "commodity", "reporter", "parties", "agreement_id", "acronym", "kind")
    yield from (name for name in names if name in asked.columns and asked.key != (name,))


def _of_a_key(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> str:
    """A query for the rows that have the value of a row in the middle; of lists, those that hold its first item."""
    described = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {relation}").fetchall()}
    is_list = described[column] == f"{ddl.duckdb_type(Type.TEXTS)}"
    value = f"{column}[1]" if is_list else column
    found = connection.execute(f"SELECT {value} FROM {relation} WHERE {value} IS NOT NULL LIMIT 1 OFFSET 99").fetchone()
    text = ddl.quoted_text(str(found[0])) if found else "''"
    where = f"list_contains({column}, {text})" if is_list else f"{column} = {text}"
    return f"FROM {relation} WHERE {where} LIMIT 1000"


if __name__ == "__main__":
    main()
