"""`corridor sources`: what is declared, how each source stands, and what one would give."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.faults import DATA_FAULT
from pipeline.cli.options import debug_option, format_option, store_option

if TYPE_CHECKING:
    from pipeline.sources.declared import Declaration
    from pipeline.warehouse.store import Store

COLUMNS = ("source", "kind", "schedule", "last_read", "documents", "unreadable", "state", "detail")
TRIED_COLUMNS = ("uri", "published_on", "title", "media_type", "bytes", "fault")
TRIED_TEXTS = 10
TRIED_PAGES = 3


@click.command(short_help="List the sources, or try one.")
@click.option(
    "--sources",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The declaration of sources.  [default: seeds/sources.toml]",
)
@click.option("--try", "name", metavar="SOURCE", help="Show what this source gives now; nothing is stored.")
@store_option
@format_option
@debug_option
def sources(file: Path | None, name: str | None, store: Path, format_name: str) -> int:
    """Check the declaration, and list each source: when it is read, when it last was, what it holds, and what went wrong.

    With --try, fetch the first few texts of one source and show them, before any refresh takes it in.
    """
    from pipeline.cli.formats import FORMATS
    from pipeline.sources.declared import default_sources_file, load_declarations
    from pipeline.warehouse.store import Store

    path = file or default_sources_file()
    declared = load_declarations(path)
    rows: list[tuple[Any, ...]]
    columns: tuple[str, ...] = COLUMNS
    if name is None:
        rows = [_row(one, Store(store)) for one in declared]
    else:
        chosen = [one for one in declared if one.name == name]
        if not chosen:
            known = ", ".join(one.name for one in declared)
            raise click.UsageError(f"{path} declares no source {name!r}, only {known}", click.get_current_context())
        rows, columns = list(_tried(chosen[0])), TRIED_COLUMNS
    for line in FORMATS[format_name](columns, rows):
        click.echo(line)
    return DATA_FAULT if name is not None and not any(row[-1] is None for row in rows) else 0


def _row(declaration: "Declaration", store: "Store") -> tuple[Any, ...]:
    import polars as pl

    from pipeline.warehouse.ledger import State
    from pipeline.warehouse.store import READ_AGAIN, is_good_reading

    ledger = store.ledger(declaration.name)
    readings = store.source_refreshes().filter(pl.col("source") == declaration.name).sort("finished_at")
    read = readings.filter(is_good_reading())
    asked = readings.filter(pl.col("status") != READ_AGAIN)
    latest = asked.row(-1, named=True) if asked.height else {"status": "never read", "detail": None}
    running = declaration.running
    schedule = f"{running.schedule} {running.timezone}" if running.schedule else "daily, with the others"
    return (
        declaration.name,
        declaration.kind,
        schedule,
        _moment(read["finished_at"][-1]) if read.height else None,
        ledger.filter(pl.col("state") == State.PRESENT)["doc_id"].drop_nulls().n_unique(),
        ledger.filter(pl.col("state") != State.REMOVED)["doc_id"].null_count(),
        str(latest["status"]).replace("_", " "),
        (latest["detail"] or "").removeprefix(f"source {declaration.name}: ") or None,
    )


def _tried(declaration: "Declaration") -> Iterator[tuple[Any, ...]]:
    from pipeline.sources.raw import RawText
    from pipeline.sources.trial import tried

    for one in tried(declaration.source, TRIED_TEXTS, TRIED_PAGES):
        if isinstance(one, RawText):
            yield one.uri, one.told.published_on, one.told.title, one.media_type, len(one.content), None
        else:
            yield one.uri, None, None, None, None, f"{one.reason}: {one.detail}"


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
