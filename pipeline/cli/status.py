"""`corridor status`: how the published dataset stands."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from pathlib import Path

import click

from pipeline.cli.options import debug_option, warehouse_option


@click.command(short_help="Show how the dataset stands.")
@warehouse_option
@debug_option
def status(warehouse: Path) -> None:
    """Show the sources, when they were last read, and what the dataset holds."""
    from pipeline.cli.summary import status_report
    from pipeline.warehouse.queries import dataset_status

    click.echo(status_report(dataset_status(warehouse), warehouse))
