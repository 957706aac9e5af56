"""A published file tells the version of its tables; a file of another version is not misread, and not published over."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cli.command import corridor
from pipeline.contract.published import PUBLISHED_TABLES, SCHEMA_VERSION
from pipeline.contract.schemas import polars_schema
from pipeline.warehouse.errors import FileVersionError, NotPublishedError
from pipeline.warehouse.queries import dataset_status, query
from pipeline.warehouse.store import Store

from .made import EXAMPLE, raw, refresh

COLUMNS = Path(__file__).parent / f"schema_{SCHEMA_VERSION}.txt"


@pytest.fixture
def published(store: Store, warehouse: Path) -> Path:
    refresh(store, [raw("a.txt", EXAMPLE)], warehouse)
    return warehouse


def change(warehouse: Path, sql: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(sql)


def test_a_published_file_tells_its_version_and_its_refresh(published: Path) -> None:
    sql = "SELECT schema_version, refresh_id IN (SELECT refresh_id FROM refreshes) FROM dataset"
    with query(published, sql) as result:
        assert list(result.rows) == [(SCHEMA_VERSION, True)]


def test_a_file_of_a_newer_version_is_told_and_left_alone(published: Path, store: Store) -> None:
    change(published, "UPDATE dataset SET schema_version = 99")
    for read in (dataset_status, lambda path: query(path, "SELECT 1").__enter__()):
        with pytest.raises(FileVersionError, match=r"newer version of Corridor \(schema 99, this one reads up to"):
            read(published)
    before = published.read_bytes()
    with pytest.raises(NotPublishedError, match="install that version"):
        refresh(store, [raw("a.txt", EXAMPLE)], published, 2)
    assert published.read_bytes() == before


@pytest.mark.parametrize("command", [["status"], ["sql", "SELECT 1"], ["explain", "abcd"], ["changes"]])
def test_a_command_on_a_file_of_a_newer_version_says_so_in_one_line(published: Path, command: list[str]) -> None:
    change(published, "UPDATE dataset SET schema_version = 99")
    result = CliRunner().invoke(corridor, [*command, "--warehouse", str(published)], prog_name="corridor")
    assert result.exit_code == 1
    assert "newer version of Corridor" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_from_before_there_were_versions_is_read_as_far_as_it_goes(published: Path, store: Store) -> None:
    change(published, "DROP TABLE dataset; DROP VIEW source_status;")
    with query(published, "SELECT count(*) FROM documents") as result:
        assert list(result.rows) == [(1,)]
    with pytest.raises(FileVersionError, match="older version of Corridor and lacks what is asked: `corridor refresh`"):
        dataset_status(published)
    _, _, publication = refresh(store, [raw("a.txt", EXAMPLE)], published, 2)
    assert publication.published
    assert dataset_status(published).documents == 1


def test_no_column_of_this_version_was_renamed_or_dropped() -> None:
    """One that was needs another `SCHEMA_VERSION`, and a list of its own."""
    now = {f"{table.name}.{name} {type_}" for table in PUBLISHED_TABLES for name, type_ in polars_schema(table).items()}
    assert set(COLUMNS.read_text(encoding="utf-8").splitlines()) <= now
