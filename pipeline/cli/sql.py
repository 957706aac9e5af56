"""`corridor sql`: one reading statement on the published file."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import sys
from pathlib import Path

import click

from pipeline.cli.options import debug_option, format_option, warehouse_option


@click.command(short_help="Run one SQL statement on the dataset.")
@click.argument("statement", metavar="SQL")
@format_option
@warehouse_option
@debug_option
def sql(statement: str, format_name: str, warehouse: Path) -> None:
    """Run one SQL statement on the published file; SQL may be - to read it from standard input.

    The statement can read the dataset and nothing else: no files, no network, no writing. A table shortens cells of more
    than 100 characters (they end in …); csv, json and markdown give them whole.

    \b
      corridor sql "SELECT reporter, partner, value_low FROM trade_claims WHERE unit = 'USD'"
      corridor sql "SELECT * FROM freight_claims" --format csv > freight.csv
    """
    from pipeline.cli.formats import FORMATS
    from pipeline.warehouse.queries import query

    text = sys.stdin.read() if statement == "-" else statement
    with query(warehouse, text) as result:
        for line in FORMATS[format_name](result.columns, result.rows):
            click.echo(line, color=True)  # else what looks like colours would be cut out of texts
