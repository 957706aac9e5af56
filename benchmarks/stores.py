"""Makes a store of many documents in minutes: real files, read by the real reader, with generated claims.

    python -m benchmarks.stores FOLDER [--documents 2500]

What a refresh costs beside extraction can be measured with it at sizes that would take hours to extract. Claims are those of
`benchmarks/answers.py`, twelve in a document of about 2,500 characters as in `benchmarks/corpus.py`; each text holds the
sentences of its claims, so that all checks hold. The folder gets `texts` and `store`; a refresh of both finds nothing to
extract. With an `--edition` other than 0, one in a hundred of the texts that lie there gets other words.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from benchmarks.answers import generate
from pipeline.claims.version import extractor_version
from pipeline.contract.ddl import quoted_text
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import ACRONYM_MENTIONS, CLAIM_TABLES, REJECTED_CLAIMS
from pipeline.documents.document import Document
from pipeline.orchestration.batches import read_batch
from pipeline.sources.declared import folder_sources
from pipeline.sources.fetched import FetchedTexts
from pipeline.warehouse.refreshing import ClaimBatch, extract_claims, refresh_documents
from pipeline.warehouse.store import Store

CLAIMS_OF_A_DOCUMENT = 12
CHARACTERS = 2_500
IN_A_FOLDER = 1_000
EVERY = 100  # of so many documents one is changed by another edition
DOCUMENTS_AT_ONCE = 2_000
_FILES = ("trade_claims", "freight_claims", "agreement_claims", "acronym_mentions", "rejected_claims")

# Of letters alone: each number in a word would be taken for a figure that the text tells.
_LETTERS = "CREATE MACRO in_letters(told) AS translate(told, '0123456789', 'abcdefghij')"
_IN_LETTERS = (
    *(f"UPDATE {family}_claims SET evidence = in_letters(evidence)" for family in ("trade", "freight", "agreement")),
    "UPDATE acronym_mentions SET evidence = in_letters(evidence), expansion = in_letters(expansion)",
)
# Which document says what, in no order: most of it stands alone.
_SAID = """
CREATE TABLE said AS
WITH sentences AS (
    SELECT claim_id AS id, evidence || CASE WHEN value_text IS NULL THEN '' ELSE ' It is ' || value_text || '.' END AS sentence
    FROM trade_claims
    UNION ALL
    SELECT claim_id, evidence || CASE WHEN value_text IS NULL THEN '' ELSE ' It is ' || value_text || '.' END
    FROM freight_claims
    UNION ALL
    SELECT claim_id, evidence FROM agreement_claims
    UNION ALL
    SELECT mention_id, evidence FROM acronym_mentions
)

SELECT id, sentence, document, place, heading + 2 + sum(length(sentence) + 1) OVER (
    PARTITION BY document ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
)::INTEGER - length(sentence) - 1 AS start
FROM (
    SELECT id, sentence, (hash(id) % $documents)::INTEGER AS document, hash(id, 'place') AS place,
        length('Text ' || document || ' of a made corpus') AS heading
    FROM sentences
)
ORDER BY document, place
"""
_QUANTITIES = """
CREATE OR REPLACE TABLE {table} AS
SELECT document, {table}.* REPLACE (
    sentence AS evidence, start AS evidence_start, start + length(sentence) AS evidence_end,
    CASE WHEN value_text IS NULL THEN NULL ELSE start + length(sentence) - 1 - length(value_text) END AS value_start,
    CASE WHEN value_text IS NULL THEN NULL ELSE start + length(sentence) - 1 END AS value_end,
    CASE WHEN measure <> 'event' THEN bound END AS bound
)
FROM {table} JOIN said ON id = claim_id
ORDER BY document
"""
_AGREEMENTS = """
CREATE OR REPLACE TABLE agreement_claims AS
SELECT document, agreement_claims.* REPLACE (start AS evidence_start, start + length(sentence) AS evidence_end)
FROM agreement_claims JOIN said ON id = claim_id
ORDER BY document
"""
_MENTIONS = """
CREATE OR REPLACE TABLE acronym_mentions AS
SELECT document, acronym_mentions.* REPLACE (
    start AS evidence_start, start + length(sentence) AS evidence_end, start AS expansion_start,
    start + length(expansion) AS expansion_end, start + length(expansion) + 2 AS acronym_start,
    start + length(expansion) + 2 + length(acronym) AS acronym_end
)
FROM acronym_mentions JOIN said ON id = mention_id
ORDER BY document
"""
_REJECTED = """
CREATE OR REPLACE TABLE rejected_claims AS
SELECT document, rejected_claims.*
FROM rejected_claims JOIN said ON 'x' || id = claim_id
ORDER BY document
"""
# Words that no other text has in this order make a text as long as the others are.
_TEXTS = """
SELECT document, 'Text ' || document || ' of a made corpus' || chr(10) || chr(10) || coalesce(told || chr(10), '')
    || array_to_string([
        in_letters(sentence(hash(document, 'more' || number || $edition) % 1000000000000))
        FOR number IN range((greatest(0, $characters - coalesce(length(told), 0)) // 90)::BIGINT)
    ], chr(10)) || chr(10) AS text
FROM range($first, $last) AS numbers (document)
LEFT JOIN (
    SELECT document, string_agg(sentence, chr(10) ORDER BY place) AS told FROM said
    WHERE document >= $first AND document < $last GROUP BY document
) USING (document)
ORDER BY document
"""


def main() -> None:
    """Makes the store, or another edition of the texts."""
    options = argparse.ArgumentParser(description="Makes a store of generated claims.")
    options.add_argument("folder", type=Path)
    options.add_argument("--documents", type=int, default=2_500)
    options.add_argument("--edition", type=int, default=0)
    asked = options.parse_args()
    make_store(asked.folder, asked.documents, asked.edition)


def make_store(folder: Path, documents: int, edition: int = 0) -> None:
    """Fills `texts` and `store` in a folder, or changes one in a hundred of the texts."""
    with TemporaryDirectory(dir=folder.parent) as temporary, duckdb.connect(str(Path(temporary) / "made.duckdb")) as made:
        made.execute(f"SET threads = 2; SET memory_limit = '2GiB'; SET temp_directory = {quoted_text(temporary)}")
        generate(made, documents * CLAIMS_OF_A_DOCUMENT)
        for statement in (_LETTERS, *_IN_LETTERS):
            made.execute(statement)
        made.execute(_SAID, {"documents": documents})
        for statement in (
            *(_QUANTITIES.format(table=table) for table in ("trade_claims", "freight_claims")),
            *(_AGREEMENTS, _MENTIONS, _REJECTED),
        ):
            made.execute(statement)
        _write_texts(made, folder / "texts", documents, edition)
        if not edition:
            _fill(made, folder)


def _write_texts(made: duckdb.DuckDBPyConnection, folder: Path, documents: int, edition: int) -> None:
    for first in range(0, documents, IN_A_FOLDER):
        part = folder / f"{first // IN_A_FOLDER:04}"
        part.mkdir(parents=True, exist_ok=True)
        last = min(documents, first + IN_A_FOLDER)
        asked = {"first": first, "last": last, "characters": CHARACTERS, "edition": str(edition)}
        for document, text in made.execute(_TEXTS, asked).fetchall():
            if not edition or document % EVERY == 0:
                (part / f"{document}.txt").write_text(text, encoding="utf-8")


def _fill(made: duckdb.DuckDBPyConnection, folder: Path) -> None:
    store = Store(folder / "store")
    (source,) = folder_sources([folder / "texts"])
    version = extractor_version()
    with store.exclusive():
        refresh = store.open_refresh()
        kept = FetchedTexts(folder, source.name)
        refresh_documents(store, source.name, source.read(kept), read=read_batch, version=version, refresh=refresh)
        extract_claims(store, source.name, extract=_Said(made, version), version=version, refresh=refresh)


@dataclass
class _Said:
    """What each document says, looked up by the number that its file is called by; documents come in any order."""

    made: duckdb.DuckDBPyConnection
    version: str
    held: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __call__(self, batch: Sequence[Document]) -> ClaimBatch:
        numbers = [(int(one.file_name.split(".")[0]), one.doc_id) for one in batch]
        documents = pl.DataFrame(numbers, schema={"document": pl.Int32(), "of_document": pl.String()}, orient="row")
        found = {name: self._rows(name, documents) for name in _FILES}
        rejected = found.pop(REJECTED_CLAIMS.name).drop("refresh_id")
        beside = {ACRONYM_MENTIONS.name: found.pop(ACRONYM_MENTIONS.name)}
        counts = pl.concat([frame.select("doc_id") for frame in (*found.values(), rejected)]).group_by("doc_id").len("emitted")
        told = documents.select(doc_id="of_document").join(counts, on="doc_id", how="left").fill_null(0)
        return ClaimBatch(told, found, rejected, beside)

    def _rows(self, name: str, documents: pl.DataFrame) -> pl.DataFrame:
        (table,) = (one for one in (*CLAIM_TABLES.values(), ACRONYM_MENTIONS, REJECTED_CLAIMS) if one.name == name)
        schema = polars_schema(table)
        if name not in self.held:
            self.held[name] = self.made.sql(f"FROM {name}").pl()
        rows = self.held[name].join(documents, on="document").with_columns(doc_id="of_document")
        if "extractor_version" in rows.columns:
            rows = rows.with_columns(extractor_version=pl.lit(self.version))
        return rows.select(schema.names()).cast(schema)


if __name__ == "__main__":
    main()
