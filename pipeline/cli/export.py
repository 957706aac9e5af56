"""`corridor export`: the tables of the published file as Parquet and CSV, described for other tools."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from pathlib import Path

import click

from pipeline.cli.options import FolderOption, debug_option, warehouse_option


@click.command(short_help="Write every table as Parquet and CSV.")
@click.argument("folder", metavar="DIR", type=FolderOption())
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["parquet", "csv", "both"]),
    default="both",
    show_default=True,
    help="Which files to write.",
)
@click.option(
    "--spreadsheet",
    is_flag=True,
    help="Put an apostrophe before each text in CSV that a spreadsheet would take for a formula.",
)
@warehouse_option
@debug_option
def export(folder: Path, format_name: str, spreadsheet: bool, warehouse: Path) -> None:
    """Write every table of the published file to the folder DIR, with a datapackage.json that describes them.

    The package is a Frictionless Data Package: types, meanings, keys and legal codes of every column. In CSV lists are JSON
    arrays, an empty cell is NULL, and times are in UTC. Texts stand as they are, so that offsets into them fit: to open CSV
    in a spreadsheet, add --spreadsheet. Views are left out, since they are queries over these tables.

    An export that is already in DIR is replaced once the new one is whole; a folder with anything else in it is left alone.

    \b
      corridor export export
      corridor export for_excel --format csv --spreadsheet
    """
    from pipeline.cli.summary import counted
    from pipeline.warehouse.exporting import FORMATS
    from pipeline.warehouse.exporting import export as write_export

    formats = FORMATS if format_name == "both" else (format_name,)
    written = write_export(warehouse, folder, formats, spreadsheet)
    sizes = ", ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in written.sizes.items())
    tables, rows = counted(len(written.rows), "table"), counted(sum(written.rows.values()), "row")
    click.echo(f"Exported {tables} with {rows} to {folder}: {sizes}")
    if written.formulas:
        texts = counted(written.formulas, "text")
        click.echo(f"{texts} in the CSV files may run as a formula in a spreadsheet; --spreadsheet makes them inert", err=True)
