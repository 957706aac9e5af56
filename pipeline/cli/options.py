"""Options that several commands share."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.contract.addresses import is_address, without_password
from pipeline.warehouse.default_store import STORE_FOLDER, STORE_VARIABLE

F = TypeVar("F", bound=Any)

DEBUG = "--debug"
WAREHOUSE_FILE = Path("warehouse/corridor.duckdb")

debug_option = click.option(
    DEBUG, is_flag=True, expose_value=False, help="With an error, show the traceback too; with refresh, show its logs."
)


def debug_wanted(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for tracebacks and logs."""
    return DEBUG in arguments


def warehouse_option(command: F) -> F:
    """`--warehouse FILE`: the published file."""
    return click.option(
        "--warehouse",
        type=FileOption("the published file is a local one, and only a store can lie in a bucket: name a path"),
        default=WAREHOUSE_FILE,
        show_default=True,
        metavar="FILE",
        help="The published DuckDB file.",
    )(command)


def format_option(command: F) -> F:
    """`--format`: how rows are written."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(["table", "csv", "json", "markdown"]),
        default="table",
        show_default=True,
        help="How to write the result.",
    )(command)


class FileOption(click.ParamType[Path]):
    """A file of this machine, there or not. An address is refused, with what `told` says, rather than taken for folders.

    With `in_folder`, the folder that it is to lie in must be there.
    """

    name = "file"

    def __init__(self, told: str = "name a path", in_folder: bool = False) -> None:
        self._told = told
        self._in_folder = in_folder

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error."""
        if is_address(value):
            self.fail(f"{without_password(value)!r} is an address; {self._told}", param, ctx)
        path = Path(value)
        if self._in_folder and not path.parent.is_dir():
            self.fail(f"the folder {str(path.parent)!r} does not exist", param, ctx)
        return path


class FolderOption(click.ParamType[Path]):
    """A folder; with `exists`, one that is there. A file is told to be one, in words that fit."""

    name = "directory"

    def __init__(self, exists: bool = False) -> None:
        self._exists = exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder, or a usage error."""
        if is_address(value):
            self.fail(f"{without_password(value)!r} is an address; name a folder", param, ctx)
        folder = Path(value)
        if folder.exists() and not folder.is_dir():
            self.fail(f"{str(folder)!r} is a file; name a folder", param, ctx)
        if self._exists and not folder.exists():
            self.fail(f"the folder {str(folder)!r} does not exist", param, ctx)
        return folder


class StoreOption(click.ParamType[Path | str]):
    """Where a store lies: a folder, or an address in an object store, which is told to be wrong when it is used."""

    name = "store"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The folder or the address, or a usage error."""
        return str(value) if is_address(value) else FolderOption().convert(value, param, ctx)


class DateOption(click.ParamType[date]):
    """A day, as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD", param, ctx)


def sources_option(command: F) -> F:
    """`--sources FILE`: the declaration of sources."""
    return click.option(
        "--sources",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="The declaration of sources.  [default: seeds/sources.toml]",
    )(command)


def store_option(command: F) -> F:
    """`--store PLACE`: the memory of the pipeline."""
    return click.option(
        "--store",
        type=StoreOption(),
        envvar=STORE_VARIABLE,
        default=STORE_FOLDER,
        show_default=True,
        metavar="PLACE",
        help="Where what was read and extracted is kept: a folder, or s3://BUCKET/PREFIX; "
        f"{STORE_VARIABLE} names another default.",
    )(command)
