"""`corridor status`: how the published dataset stands."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from pathlib import Path

import click

from pipeline.cli.options import WAREHOUSE_FILE, StoreOption, debug_option, sources_option, warehouse_option
from pipeline.warehouse.default_store import STORE_FOLDER, STORE_VARIABLE, default_store


@click.command(short_help="Show how the dataset stands.")
@warehouse_option
@click.option(
    "--store",
    type=StoreOption(),
    metavar="PLACE",
    help="The store that the file was published from, to tell whether a refresh failed since.  "
    f"[default: what {STORE_VARIABLE} names, or {STORE_FOLDER}, for the default file]",
)
@sources_option
@debug_option
def status(warehouse: Path, store: Path | str | None, sources: Path | None) -> None:
    """Show the sources, when they were last read, and what the dataset holds.

    If the declaration of sources is faulty, that is told first: nothing is read until it is mended.
    """
    from pipeline.cli.summary import declaration_fault, status_report
    from pipeline.warehouse.queries import dataset_status
    from pipeline.warehouse.store import Store

    if store is None and warehouse == WAREHOUSE_FILE:
        store = default_store()
        faults = declaration_fault(sources, Store(store))
    else:
        faults = [] if sources is None else declaration_fault(sources, Store(store or default_store()))
    for line in faults:
        click.echo(line)
    click.echo(status_report(dataset_status(warehouse, None if store is None else Store(store)), warehouse))
