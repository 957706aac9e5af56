import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.checks import checks, run_check, run_checks
from pipeline.warehouse.sql import statements
from pipeline.warehouse.store import Store

from .made import EXAMPLE, raw, refresh

pytestmark = pytest.mark.whole

# For each check, changes to a good file that it must find, and how many rows it must report.
FAULTS = {
    "evidence_is_in_the_text": [
        ("UPDATE trade_claims SET evidence = evidence || '.'", 1),
        ("UPDATE freight_claims SET evidence_start = evidence_start + 1, evidence_end = evidence_end + 1", 1),
        ("UPDATE agreement_claims SET evidence = '', evidence_end = evidence_start", 1),
        ("DELETE FROM documents WHERE doc_id IN (SELECT doc_id FROM trade_claims)", 3),
    ],
    "acronyms_are_in_the_text": [
        ("UPDATE acronym_mentions SET expansion = 'something else'", 1),
        ("UPDATE acronym_mentions SET acronym_start = acronym_start + 1, evidence_start = evidence_start + 1", 3),
        ("UPDATE acronym_mentions SET evidence_end = evidence_start + 1, evidence = substring(evidence, 1, 1)", 2),
        ("UPDATE acronym_mentions SET acronym = '', acronym_end = acronym_start", 1),
    ],
    "values_are_in_the_evidence": [
        ("UPDATE trade_claims SET value_text = '13 t'", 1),
        ("UPDATE freight_claims SET value_start = NULL", 1),
        ("UPDATE freight_claims SET evidence_end = value_end - 1", 1),
    ],
    "keys_are_unique": [
        ("INSERT INTO freight_claims SELECT * FROM trade_claims", 1),
        ("INSERT INTO documents SELECT * FROM documents", 2),
        ("INSERT INTO codes SELECT * FROM codes WHERE code = 'KAZ'", 2),
        ("UPDATE rejected_claims SET claim_id = (SELECT claim_id FROM trade_claims)", 1),
        ("INSERT INTO acronym_mentions SELECT * FROM acronym_mentions", 1),
        ("INSERT INTO evaluation SELECT 'a', 'all', 'events', 'found', 'all', 1, 1, 1, 0, 0, 0, 0, '1' FROM range(2)", 1),
        ("INSERT INTO calibration SELECT 'a', 'all', 'events', 0.1, 0.2, 1, 0.1, 0.5, '1' FROM range(2)", 1),
    ],
    "keys_of_refreshes_are_unique": [
        ("INSERT INTO refreshes SELECT * FROM refreshes", 1),
        ("INSERT INTO document_locations SELECT * FROM document_locations", 2),
        ("INSERT INTO source_refreshes SELECT * FROM source_refreshes", 1),
    ],
    "references_hold": [
        ("UPDATE trade_claims SET doc_id = 'nowhere'", 1),
        ("UPDATE documents SET duplicate_of = 'nowhere'", 2),
        ("UPDATE documents SET superseded_by = 'nowhere'", 2),
        ("UPDATE acronym_mentions SET doc_id = 'nowhere'", 1),
        ("UPDATE rejected_claims SET refresh_id = 'never'", 1),
        ("UPDATE unreadable_documents SET refresh_id = 'never'", 1),
    ],
    "no_candidate_is_lost": [
        ("DELETE FROM trade_claims", 1),
        ("DELETE FROM rejected_claims", 1),
        ("UPDATE extractions SET emitted = emitted + 1", 2),
        ("DELETE FROM extractions", 1),
    ],
    "refresh_counts_hold": [
        ("UPDATE refreshes SET claims = claims - 1", 1),
        ("UPDATE refreshes SET rejected = 0, documents_seen = 0", 2),
        ("UPDATE refreshes SET documents_new = 0, documents_changed = 7, documents_removed = 7", 3),
        ("UPDATE document_changes SET change = 'altered', fields = ['text']", 2),
        # Without a log of changes, what the readings of sources tell.
        (
            "UPDATE refreshes SET claims_added = NULL;"
            " UPDATE source_refreshes SET documents_new = 0, documents_changed = 7, documents_removed = 7",
            3,
        ),
        ("INSERT INTO documents SELECT * REPLACE ('other' AS doc_id) FROM documents LIMIT 1", 1),
        ("UPDATE refreshes SET claims_added = 0, claims_altered = 1, claims_removed = 1", 3),
    ],
    "changes_lead_to_the_claims": [
        ("DELETE FROM changes WHERE family = 'trade'", 1),
        ("UPDATE changes SET claim_id = 'another' WHERE family = 'freight'", 2),
        ("UPDATE changes SET previous_claim_id = claim_id, claim_id = NULL", 3),
    ],
    "codes_are_known": [
        ("UPDATE trade_claims SET indicator = 'cargo'", 1),
        ("UPDATE trade_claims SET reporter = ['XXX']", 1),
        ("UPDATE freight_claims SET unit = 't/fortnight', mode = 'camel'", 2),
        ("UPDATE freight_claims SET corridor = 'NOWHERE'", 1),
        ("UPDATE agreement_claims SET status = 'shaken', form = '', subject = '', parties = ['']", 4),
        ("UPDATE rejected_claims SET family = 'weather'", 1),
    ],
    "lists_are_sorted_sets": [
        ("UPDATE trade_claims SET reporter = ['KAZ', 'GEO'], partner = ['KAZ', 'KAZ'], origin = [NULL]", 3),
        ("UPDATE agreement_claims SET organisations = ['b', 'a']", 1),
        ("UPDATE rejected_claims SET reasons = ['b', 'a']", 1),
    ],
    "claims_are_whole": [
        ("UPDATE trade_claims SET unit = NULL", 1),
        ("UPDATE freight_claims SET measure = 'event'", 1),
        ("UPDATE trade_claims SET value_low = 1 + value_high", 1),
        ("UPDATE trade_claims SET value_high = 'inf'::DOUBLE", 1),
        ("UPDATE trade_claims SET period_start = period_end + 1", 1),
        ("UPDATE agreement_claims SET date_start = date_end + 1, confidence = 1.5", 2),
    ],
    "documents_are_whole": [
        ("DELETE FROM document_locations", 2),
        ("UPDATE documents SET last_seen = first_seen - INTERVAL 1 DAY", 2),
        ("UPDATE documents SET duplicate_of = doc_id", 2),
        ("UPDATE documents SET superseded_by = doc_id", 2),
        ("UPDATE documents SET superseded_by = (SELECT min(doc_id) FROM documents AS o WHERE o.doc_id <> documents.doc_id)", 2),
        ("UPDATE documents SET duplicate_of = (SELECT min(doc_id) FROM documents AS o WHERE o.doc_id <> documents.doc_id)", 2),
    ],
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    warehouse = folder / "corridor.duckdb"
    refresh(Store(folder / "store"), [raw("a.txt", EXAMPLE), raw("b.txt", "Iron Road (IR)"), raw("bad.txt", "\0")], warehouse)
    return warehouse


def test_a_good_file_passes_all_checks(good: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(good), read_only=True) as connection:
        assert [result.name for result in run_checks(connection) if not result.passed] == []


def test_every_check_is_tried() -> None:
    assert sorted(FAULTS) == [statement.name for statement in statements("checks")]


@pytest.mark.parametrize(
    ("name", "change", "violations"), [(name, *fault) for name, faults in FAULTS.items() for fault in faults]
)
def test_a_check_finds_its_fault(good: Path, tmp_path: Path, name: str, change: str, violations: int) -> None:
    copy = shutil.copy(good, tmp_path / "copy.duckdb")
    (check,) = (check for check in checks() if check.name == name)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(change)
        result = run_check(connection, check)
    assert (result.passed, result.violations) == (False, violations)
    assert len(result.sample) == min(violations, 5)


def test_a_result_shows_a_few_rows_and_counts_all(tmp_path: Path) -> None:
    (tmp_path / "numbers.sql").write_text("-- No number is there.\nSELECT range AS number FROM range(20000);")
    (result,) = run_checks(duckdb.connect(), tmp_path)
    assert (result.description, result.violations, result.sample[-1]) == ("No number is there.", 20000, {"number": 4})
