"""Writes the tables of the published file as Parquet and CSV, with a Frictionless data package that describes them.

An export is a folder that appears whole or not at all. Views are left out: they are queries over these tables.

CSV holds every text as it is, so that it reads back equal to the table and offsets into a text still fit. Quotes do not keep
a spreadsheet from running a text that begins like a formula; `spreadsheet` has an apostrophe put before each such text, at the
price of that equality, and the package then says so.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.contract.ddl import quoted_name, quoted_text
from pipeline.contract.fields import Field, Table, Type
from pipeline.contract.frictionless import table_schema
from pipeline.contract.published import PUBLISHED_TABLES
from pipeline.warehouse import files
from pipeline.warehouse.attaching import not_attached
from pipeline.warehouse.errors import ExportRefusedError, NotPublishedError, WarehouseError
from pipeline.warehouse.lock import exclusive

CSV = "csv"
PARQUET = "parquet"
FORMATS = (CSV, PARQUET)
DESCRIPTOR = "datapackage.json"

_PROFILE = "tabular-data-package"
_MAKER = "corridor"
# How a text begins that a spreadsheet may run; some take full-width signs like plain ones.
_FORMULA = r"(?s)[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}].*"
_MEDIA_TYPES = {CSV: "text/csv", PARQUET: "application/vnd.apache.parquet"}
_DIALECT = {"csv": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}}


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: `rows` and files of each table, and how many bytes each format takes.

    `formulas` counts the texts in CSV that a spreadsheet may run as formulas; 0 without CSV, or with `spreadsheet`.
    """

    folder: Path
    rows: dict[str, int]
    sizes: dict[str, int]
    formulas: int


def export(warehouse: Path, folder: Path, formats: Collection[str] = FORMATS, spreadsheet: bool = False) -> Export:
    """Writes every table to `folder`, as `csv/TABLE.csv`, `parquet/TABLE.parquet`, and `datapackage.json` beside them.

    An earlier export there is replaced. Raises `NotPublishedError`, `ExportRefusedError` when `folder` holds anything else,
    `LockHeldError` when another process exports there or writes to the file, `WarehouseError` when the file was published by
    another version, and `OSError`.
    """
    folder = folder.resolve()
    with _published(warehouse) as connection, _alone(folder), _new_folder(folder) as temporary:
        tables = _tables(connection)
        rows, resources, formulas = {}, [], 0
        for table in tables:
            rows[table.name] = _one(connection, f"SELECT count(*) FROM {quoted_name(table.name)}")
            paths = {name: _write(connection, table, temporary, name, spreadsheet) for name in FORMATS if name in formats}
            resources.append(_resource(connection, table, tables, temporary, paths))
            if CSV in formats and not spreadsheet:
                formulas += _formulas(connection, table)
        package = _package(connection, resources, spreadsheet and CSV in formats)
        (temporary / DESCRIPTOR).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sizes = {name: sum(path.stat().st_size for path in (temporary / name).iterdir()) for name in FORMATS if name in formats}
    return Export(folder, rows, sizes, formulas)


@contextmanager
def _published(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the published file and may write others; it runs nothing but the statements of this module."""
    if not warehouse.is_file():
        raise NotPublishedError(f"there is no published file {warehouse}; run `corridor refresh` to make it")
    connection = duckdb.connect(":memory:")
    try:
        try:
            connection.execute(f"ATTACH {quoted_text(str(warehouse.resolve()))} AS corridor (READ_ONLY)")
        except duckdb.Error as error:
            raise not_attached(warehouse, error) from error
        connection.execute("USE corridor")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    except duckdb.IOException as error:
        raise WarehouseError(f"the export could not be written: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables of the contract, if the file holds them as they are defined now."""
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'corridor' AND schema_name = 'main'"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    if differing := [table.name for table in PUBLISHED_TABLES if not set(table.columns) <= found.get(table.name, set())]:
        names = ", ".join(differing)
        raise WarehouseError(f"the file was published by another version, it differs in: {names}; run `corridor refresh`")
    return list(PUBLISHED_TABLES)


def _write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, name: str, spreadsheet: bool) -> Path:
    path = folder / name / f"{table.name}.{name}"
    path.parent.mkdir(exist_ok=True)
    if name == PARQUET:
        values = [quoted_name(field.name) for field in table.fields]
        options = "FORMAT parquet, COMPRESSION zstd"
    else:
        values = [f"{_in_csv(field, spreadsheet)} AS {quoted_name(field.name)}" for field in table.fields]
        texts = ", ".join(quoted_name(field.name) for field in table.fields if field.type in (Type.TEXT, Type.TEXTS, Type.JSON))
        options = f"FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', FORCE_QUOTE ({texts})"
    query = f"SELECT {', '.join(values)} FROM {quoted_name(table.name)}"
    connection.execute(f"COPY ({query}) TO {quoted_text(str(path))} ({options})")
    return path


def _in_csv(field: Field, spreadsheet: bool) -> str:
    """The SQL of a value as CSV tells it: lists as JSON arrays, instants in UTC with a Z."""
    column = quoted_name(field.name)
    if field.type is Type.TEXTS:
        return f"to_json({column})::VARCHAR"
    if field.type is Type.JSON:
        return f"{column}::VARCHAR"
    if field.type is Type.INSTANT:
        return f"strftime({column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')"
    if field.type is Type.TEXT and spreadsheet:
        return f"if({_is_formula(field)}, '''' || {column}, {column})"
    return column


def _is_formula(field: Field) -> str:
    return f"regexp_full_match({quoted_name(field.name)}, {quoted_text(_FORMULA)})"


def _formulas(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    texts = [field for field in table.fields if field.type is Type.TEXT]
    counts = " + ".join(f"count(*) FILTER ({_is_formula(field)})" for field in texts)
    return _one(connection, f"SELECT {counts or 0} FROM {quoted_name(table.name)}")


def _resource(
    connection: duckdb.DuckDBPyConnection, table: Table, tables: Sequence[Table], folder: Path, paths: dict[str, Path]
) -> dict[str, Any]:
    """A table of the package. It points to the CSV file where there is one, and names the Parquet file beside it."""
    main, *others = [name for name in FORMATS if name in paths]
    return {
        "name": table.name,
        "description": table.description,
        **_file(main, paths[main], folder),
        **({"encoding": "utf-8", "dialect": _DIALECT} if main == CSV else {}),
        "profile": "tabular-data-resource",
        "schema": table_schema(table, {other.name for other in tables}, _codes(connection)),
        **{name: _file(name, paths[name], folder) for name in others},
    }


def _file(name: str, path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "path": path.relative_to(folder).as_posix(),
        "format": name,
        "mediatype": _MEDIA_TYPES[name],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _codes(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = connection.execute("SELECT vocabulary, list(code ORDER BY code) FROM codes GROUP BY vocabulary").fetchall()
    return dict(rows)


def _package(connection: duckdb.DuckDBPyConnection, resources: Sequence[dict[str, Any]], spreadsheet: bool) -> dict[str, Any]:
    latest = connection.execute(
        "SELECT refresh_id, strftime(finished_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ'), extractor_version FROM refreshes "
        "WHERE status = 'published' ORDER BY finished_at DESC, refresh_id DESC LIMIT 1"
    ).fetchone() or (None, None, None)
    description = (
        "What news and report texts claim about trade, freight and agreements: one CSV file a table, in UTF-8; lists are "
        "JSON arrays, an empty cell is NULL, times are in UTC, places in texts count Unicode code points from 0."
    )
    if spreadsheet:
        description += (
            " For spreadsheets: a text that begins with =, +, -, @, a tab or a line break has an apostrophe before it, "
            "which is no part of it."
        )
    made = {"refresh_id": latest[0], "extractor_version": latest[2], "spreadsheet": spreadsheet}
    return {
        "profile": _PROFILE,
        "name": _MAKER,
        "title": "Corridor: claims about trade, freight and agreements",
        "description": description,
        **({"created": latest[1]} if latest[1] else {}),
        _MAKER: made,
        "resources": list(resources),
    }


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _refuse_foreign_folder(folder: Path) -> None:
    """Raises unless `folder` is missing, empty, or an export and nothing else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportRefusedError(f"{folder} is a file; name a folder")
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
    if not held:
        return
    own = _files_of_export(folder)
    if not own:
        raise ExportRefusedError(f"{folder} holds files that are no export and is left alone; name a new or an empty folder")
    if foreign := sorted(held - own):
        raise ExportRefusedError(f"{folder} holds {foreign[0]}, which no export wrote, and is left alone; name another folder")


def _files_of_export(folder: Path) -> set[str]:
    """The files that the package in a folder names, and its own; none if it is no package of an export."""
    try:
        package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        made_here = isinstance(package[_MAKER], dict)
        named = {part["path"] for resource in package["resources"] for part in (resource, resource.get(PARQUET)) if part}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
    return {DESCRIPTOR, *named} if made_here else set()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps every other export to `folder` out, and first mends what an interrupted one left. Raises `ExportRefusedError`."""
    with exclusive(folder.with_name(f".{folder.name}.lock"), f"the export {folder}"):
        former = _former(folder)
        if former.is_dir() and not folder.exists():
            former.replace(folder)
        shutil.rmtree(former, ignore_errors=True)
        # Not by the beginning of a name alone: another export may be at work beside this one.
        left = re.compile(rf"{re.escape(f'{files.TEMPORARY_PREFIX}{folder.name}-')}[0-9a-f]{{12}}")
        for path in sorted(folder.parent.iterdir()):
            if left.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)
        _refuse_foreign_folder(folder)
        yield


def _former(folder: Path) -> Path:
    """Where the export in place is while the next one takes its place."""
    return folder.with_name(f"{files.TEMPORARY_PREFIX}{folder.name}.former")


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder that takes the place of `folder` once it is whole; on any error `folder` stays as it was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = files.temporary_sibling(folder)
    temporary.mkdir()
    try:
        yield temporary
        for path in sorted(temporary.rglob("*"), reverse=True):
            files.sync(path)
        files.sync(temporary)
        _replace(folder, temporary)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace(folder: Path, temporary: Path) -> None:
    if not folder.exists():
        files.move_into_place(temporary, folder)
        return
    former = _former(folder)
    folder.replace(former)
    try:
        files.move_into_place(temporary, folder)
    except BaseException:
        if not folder.exists():
            former.replace(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)
