"""An export holds every table as it is, in both formats, and a package that an independent validator accepts."""

import csv
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package, validate

from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.warehouse import exporting, files
from pipeline.warehouse.errors import ExportRefusedError, LockHeldError, NotPublishedError, WarehouseError
from pipeline.warehouse.exporting import Export, export
from pipeline.warehouse.store import Store
from tests.warehouse.made import EXAMPLE, raw, refresh

pytestmark = pytest.mark.whole

TABLES = [table.name for table in PUBLISHED_TABLES]
HOSTILE = (
    '=HYPERLINK("http://example.org","see") it\'s 🚂 naïve\n'
    "@SUM(1+1)*cmd|' /C calc'!A0 exports KAZ GEO 12 t\n"
    '+1 "quoted, twice ""over""" \\N NULL\\ \x01\x0b\x1b[31m\x85\u2028\ufeff cargo 40 t\n'
    "-5 ],[{} \t; agreement signed\r\n"
    "\r\tbroken exports 1 t\n"
    "\n\n\r\n"
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    inputs = [raw("a.txt", HOSTILE), raw("b.txt", EXAMPLE), raw("=c.txt", '"\n'), raw("long.txt", ".\n" * 120_000)]
    refresh(Store(folder / "store"), inputs, folder / "corridor.duckdb")
    return folder / "corridor.duckdb"


@pytest.fixture(scope="module")
def written(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export(published, tmp_path_factory.mktemp("exports") / "it's an export")


@pytest.fixture(scope="module")
def database(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{published}' AS corridor (READ_ONLY)")
    connection.execute("USE corridor")
    connection.execute("SET TimeZone = 'UTC'")
    yield connection
    connection.close()


def rows(database: duckdb.DuckDBPyConnection, source: str) -> list[tuple[Any, ...]]:
    return database.sql(f"SELECT * FROM {source}").fetchall()


def plain(value: Any) -> Any:
    """A value as both readers give it: no decimals, JSON in one spelling."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and value.startswith('{"'):
        return json.loads(value)
    return value


def test_an_independent_validator_accepts_the_package(written: Export) -> None:
    report = validate(str(written.folder / "datapackage.json"))
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert [task.name for task in report.tasks] == TABLES


def test_every_table_is_read_from_csv_as_it_is_in_the_database(written: Export, database: duckdb.DuckDBPyConnection) -> None:
    for resource in Package(str(written.folder / "datapackage.json")).resources:
        found = [[plain(value) for value in row.to_list()] for row in resource.read_rows()]
        assert found == [[plain(value) for value in row] for row in rows(database, resource.name)]
        assert written.rows[resource.name] == len(found)


def test_every_table_is_read_from_parquet_as_it_is_in_the_database(
    written: Export, database: duckdb.DuckDBPyConnection
) -> None:
    for name in TABLES:
        parquet = f"read_parquet('{str(written.folder / 'parquet').replace(chr(39), chr(39) * 2)}/{name}.parquet')"
        assert rows(database, parquet) == rows(database, name)
        assert database.sql(f"SELECT * FROM {parquet}").columns == database.sql(f"SELECT * FROM {name}").columns


def test_texts_keep_every_character_so_that_offsets_fit(written: Export) -> None:
    csv.field_size_limit(1 << 30)
    with (written.folder / "csv" / "documents.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["file_name"]: row["text"] for row in csv.DictReader(file)}
    assert texts["a.txt"] == HOSTILE
    with (written.folder / "csv" / "freight_claims.csv").open(encoding="utf-8", newline="") as file:
        claims = [row for row in csv.DictReader(file) if row["evidence"].startswith("+1")]
    assert [HOSTILE[int(row["evidence_start"]) : int(row["evidence_end"])] == row["evidence"] for row in claims] == [True]


def test_the_package_says_what_the_contract_says(written: Export) -> None:
    package = json.loads((written.folder / "datapackage.json").read_text(encoding="utf-8"))
    claims = next(resource for resource in package["resources"] if resource["name"] == "trade_claims")
    fields = {field["name"]: field for field in claims["schema"]["fields"]}
    assert claims["schema"]["primaryKey"] == ["claim_id"]
    assert claims["schema"]["foreignKeys"] == [
        {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}}
    ]
    assert claims["path"] == "csv/trade_claims.csv"
    assert claims["parquet"]["path"] == "parquet/trade_claims.parquet"
    assert fields["mode"]["constraints"]["enum"] == sorted(
        ["rail", "road", "sea", "inland_waterway", "air", "pipeline", "multimodal"]
    )
    assert "KAZ" in fields["reporter"]["arrayItem"]["constraints"]["enum"]
    assert fields["confidence"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert "enum" not in fields["unit"].get("constraints", {})  # takes rates too
    assert fields["value_usd"]["type"] == "number"
    assert package["corridor"]["extractor_version"] == "1"


@pytest.mark.parametrize(
    ("sound", "broken", "fault"),
    [
        ('"level"', '"levle"', "constraint-error"),
        ('"[""GEO""]"', '"[""GOE""]"', "constraint-error"),
        ("0.9,", "1.9,", "constraint-error"),
        ('","', '","0', "foreign-key"),
        ("\n", "\n{row}\n", "primary-key"),
    ],
)
def test_the_validator_finds_what_breaks_the_contract(
    written: Export, tmp_path: Path, sound: str, broken: str, fault: str
) -> None:
    (tmp_path / "csv").mkdir()
    for name in ("documents", "trade_claims"):
        shutil.copy(written.folder / "csv" / f"{name}.csv", tmp_path / "csv")
    path = tmp_path / "csv" / "trade_claims.csv"
    head, row = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(head + "\n" + row.replace(sound, broken.format(row=row.strip()), 1), encoding="utf-8", newline="")
    package = json.loads((written.folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [each for each in package["resources"] if each["name"] in ("documents", "trade_claims")]
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert {error[0] for error in validate(str(tmp_path / "datapackage.json")).flatten(["type"])} == {fault}


def test_a_spreadsheet_gets_no_formula(published: Path, written: Export, tmp_path: Path) -> None:
    assert written.formulas > 0
    inert = export(published, tmp_path / "inert", ["csv"], spreadsheet=True)
    assert inert.formulas == 0
    csv.field_size_limit(1 << 30)
    for path in (inert.folder / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts = {name: value for name, value in row.items() if not name.startswith(("value_", "lowest", "highest"))}
                assert not [name for name, value in texts.items() if value.startswith(("=", "+", "@", "\t", "\r", "\n"))]
    with (inert.folder / "csv" / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert {row["text"][:2] for row in csv.DictReader(file)} >= {"'=", "Ro", ".\n"}
    assert "apostrophe" in json.loads((inert.folder / "datapackage.json").read_text(encoding="utf-8"))["description"]
    assert validate(str(inert.folder / "datapackage.json")).valid


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_one_format_can_be_had_alone(published: Path, tmp_path: Path, name: str) -> None:
    alone = export(published, tmp_path / "alone", [name])
    assert sorted(path.name for path in alone.folder.iterdir()) == sorted([name, "datapackage.json"])
    package = json.loads((alone.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["format"] for resource in package["resources"]} == {name}
    assert Package(package).name == "corridor"


def test_the_same_file_gives_the_same_export_in_place_of_the_one_before(published: Path, tmp_path: Path) -> None:
    first = export(published, tmp_path / "twice", ["csv"])
    before = {path.name: path.read_bytes() for path in first.folder.rglob("*.*")}
    export(published, tmp_path / "twice", ["csv", "parquet"])
    export(published, tmp_path / "twice", ["csv"])
    assert {path.name: path.read_bytes() for path in first.folder.rglob("*.*")} == before
    assert beside(tmp_path) == ["twice"]


def beside(folder: Path) -> list[str]:
    """What lies there besides locks, which stay."""
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_an_export_stopped_between_its_renames_leaves_the_one_before(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(published, tmp_path / "export", ["csv"]).folder
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}

    move = files.move_into_place

    def stop(temporary: Path, path: Path) -> None:
        if path == folder:
            raise KeyboardInterrupt
        move(temporary, path)

    monkeypatch.setattr(files, "move_into_place", stop)
    with pytest.raises(KeyboardInterrupt):
        export(published, folder, ["parquet"])
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    assert beside(tmp_path) == ["export"]


def test_what_an_export_killed_between_its_renames_left_is_mended(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(published, tmp_path / "export", ["csv"]).folder
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}

    move = files.move_into_place

    def stop(temporary: Path, path: Path) -> None:
        if path == folder:
            raise KeyboardInterrupt
        move(temporary, path)

    with monkeypatch.context() as killed:
        killed.setattr(files, "move_into_place", stop)
        killed.setattr(Path, "exists", lambda path: True)  # nothing is put back, nothing removed
        killed.setattr(shutil, "rmtree", lambda *arguments, **options: None)
        with pytest.raises(KeyboardInterrupt):
            export(published, folder, ["parquet"])
    assert not folder.exists()
    assert len(beside(tmp_path)) == 2
    (tmp_path / ".tmp-export-of-another-0123456789ab").mkdir()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_package", full)
    with pytest.raises(OSError, match="No space"):
        export(published, folder, ["parquet"])
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    assert beside(tmp_path) == [".tmp-export-of-another-0123456789ab", "export"]


def test_two_exports_to_one_folder_do_not_meet(published: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as other, exporting._alone(tmp_path / "export"):
        with pytest.raises(LockHeldError, match=r"the export .* is being written"):
            other.submit(export, published, tmp_path / "export", ["csv"]).result()
        other.submit(export, published, tmp_path / "beside", ["csv"]).result()


@pytest.mark.parametrize("foreign", ["notes.txt", "csv/notes.txt", "datapackage.json"])
def test_a_folder_with_anything_else_in_it_is_left_alone(published: Path, tmp_path: Path, foreign: str) -> None:
    folder = tmp_path / "folder"
    if foreign.startswith("csv"):
        export(published, folder, ["csv"])
    folder.mkdir(exist_ok=True)
    (folder / foreign).write_text("{}", encoding="utf-8")
    before = sorted(folder.rglob("*"))
    with pytest.raises(ExportRefusedError, match="left alone; name"):
        export(published, folder, ["csv"])
    assert sorted(folder.rglob("*")) == before
    assert (folder / foreign).read_text(encoding="utf-8") == "{}"


def test_an_export_that_fails_leaves_the_one_before(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = export(published, tmp_path / "export", ["csv"]).folder
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_package", full)
    with pytest.raises(OSError, match="No space"):
        export(published, folder, ["csv"])
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    assert beside(tmp_path) == ["export"]


def test_without_a_published_file_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotPublishedError, match="run `corridor refresh`"):
        export(tmp_path / "none.duckdb", tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    connection = duckdb.connect(str(tmp_path / "old.duckdb"))
    connection.execute("CREATE TABLE documents (doc_id VARCHAR)")
    connection.close()
    with pytest.raises(WarehouseError, match=r"another version, it differs in: documents, .*run `corridor refresh`"):
        export(tmp_path / "old.duckdb", tmp_path / "export")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["old.duckdb"]
