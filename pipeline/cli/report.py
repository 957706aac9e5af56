"""`corridor report`: the page about what the published file holds."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from pathlib import Path

import click

from pipeline.cli.options import FileOption, debug_option, warehouse_option


@click.command(short_help="Write the report as one page of HTML.")
@warehouse_option
@click.option(
    "--output",
    type=FileOption(in_folder=True),
    metavar="FILE",
    help="Where to write the page.  [default: report.html beside corridor.duckdb, NAME-report.html beside NAME.duckdb]",
)
@debug_option
def report(warehouse: Path, output: Path | None) -> None:
    """Write a page that tells what the published file holds: trade, corridors, targets, agreements, conflicts, changes, and how
    far to trust them. Every figure leads to its evidence.

    The page is one file without any script; it opens in any browser and loads nothing. Each refresh writes it too.

    \b
      corridor report
      corridor report --output /tmp/caspian.html
    """
    from pipeline.report.page import write_report

    click.echo(write_report(warehouse, output).path)
