"""`corridor sources`: what is declared, how each source stands, and what one would give."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import debug_option, format_option, sources_option, store_option

if TYPE_CHECKING:
    from pipeline.documents.document import Document
    from pipeline.sources.declared import Declaration
    from pipeline.warehouse.store import Store

COLUMNS = ("source", "kind", "schedule", "last_read", "documents", "unreadable", "state", "detail")
TRIED_COLUMNS = ("title", "published_on", "claims", "text", "uri", "media_type", "bytes", "fault")
TRIED_TEXTS = 10
TRIED_PAGES = 3
FIRST_WORDS = 80  # characters
MISSING = "missing"


@click.command(short_help="List the sources, or try one.")
@sources_option
@click.option("--try", "name", metavar="NAME", help="Show what this source gives now; nothing is stored.")
@store_option
@format_option
@debug_option
def sources(sources: Path | None, name: str | None, store: Path | str, format_name: str) -> None:
    """Check the declaration, and list each source: when it is read, when it last was, what it holds, and what went wrong.

    What went wrong, and how many texts are left out since a reading was held back, is told in full below the table.

    With --try, fetch the first few texts of one source and show them as a refresh would read them: title, date, first words,
    and how many claims they would give.
    """
    from pipeline.cli.declaration import declarations
    from pipeline.cli.formats import FORMATS
    from pipeline.warehouse.default_sources import default_sources_file
    from pipeline.warehouse.store import Store

    path = sources or default_sources_file(Store(store))
    declared = declarations(path)
    rows: list[tuple[Any, ...]]
    columns: tuple[str, ...] = COLUMNS
    if name is None:
        rows = [_row(one, Store(store)) for one in declared]
    else:
        chosen = [one for one in declared if one.name == name]
        if not chosen:
            known = ", ".join(one.name for one in declared)
            raise click.UsageError(f"{path} declares no source {name!r}, only {known}", click.get_current_context())
        rows, columns = _given(chosen[0]), TRIED_COLUMNS
    for line in FORMATS[format_name](columns, rows):
        click.echo(line)
    if format_name == "table":
        for line in _in_full(rows, first=name or ""):
            click.echo(line)
    if name is not None and not any(row[-1] is None for row in rows):
        why = "none of what it gave could be read" if rows else "it gave no text"
        raise click.ClickException(f"source {name}: {why}")


def _given(declaration: "Declaration") -> list[tuple[Any, ...]]:
    """What a source gives when it is tried; one that cannot be read is a fault of the data, as it is for a refresh."""
    from pipeline.sources.raw import SourceError

    try:
        return list(_tried(declaration))
    except SourceError as fault:
        raise click.ClickException(str(fault)) from fault


def _in_full(rows: Sequence[tuple[Any, ...]], first: str) -> Iterator[str]:
    """What the table cut of its last column, with what it is about: that of the first column, or the address of a text."""
    from pipeline.cli.formats import CELL_WIDTH, printable

    for row in rows:
        if row[-1] and len(row[-1]) > CELL_WIDTH:
            about = row[TRIED_COLUMNS.index("uri")] if first else row[0]
            yield ""
            yield printable(f"{about}: {row[-1]}")


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
    present = ledger.filter(pl.col("state") == State.PRESENT)
    left_out = len(store.held_back(declaration.name) - set(present["uri"]))
    return (
        declaration.name,
        declaration.kind,
        schedule,
        _moment(read["finished_at"][-1]) if read.height else None,
        present["doc_id"].drop_nulls().n_unique(),
        ledger.filter(pl.col("state") != State.REMOVED)["doc_id"].null_count(),
        *_state(declaration, latest, left_out),
    )


def _state(declaration: "Declaration", latest: Mapping[str, Any], left_out: int) -> tuple[str, str | None]:
    """How a source stands, and what is to be known of it; what is missing shows before a refresh meets it."""
    from pipeline.sources.archive import ArchiveSource
    from pipeline.sources.folder import FolderSource
    from pipeline.warehouse.volume import told_left_out, without_advice

    source = declaration.source
    missing = source.absence() if isinstance(source, FolderSource | ArchiveSource) else None
    if missing:
        return MISSING, missing
    state = str(latest["status"])
    detail = (latest["detail"] or "").removeprefix(f"source {source.name}: ")
    if left_out:
        told = told_left_out(left_out, source.name)
        why = without_advice(detail, source.name).removesuffix(told).removesuffix("; ")
        detail = "; ".join(filter(None, (why, told)))
    return state.replace("_", " "), detail or None


def _tried(declaration: "Declaration") -> Iterator[tuple[Any, ...]]:
    from pipeline.orchestration.batches import read_batch
    from pipeline.sources.raw import RawText, Unreadable
    from pipeline.sources.trial import tried
    from pipeline.warehouse.errors import told_error

    for one in tried(declaration.source, TRIED_TEXTS, TRIED_PAGES):
        about = (one.uri, one.media_type, len(one.content)) if isinstance(one, RawText) else (one.uri, None, None)
        try:
            found = read_batch([one])[0] if isinstance(one, RawText) else one
            if isinstance(found, Unreadable):
                yield None, None, None, None, *about, f"{found.reason}: {found.detail}"
            else:
                yield found.title, found.published_on, _claims(found), _first_words(found), *about, None
        except Exception as error:  # a refresh goes on after such a text, too
            yield None, None, None, None, *about, told_error(error)


def _claims(document: "Document") -> int:
    from pipeline.orchestration.batches import extract_batch

    return sum(frame.height for table, frame in extract_batch([document]).accepted.items() if table in _claim_tables())


def _claim_tables() -> set[str]:
    from pipeline.contract.tables import CLAIM_TABLES

    return {table.name for table in CLAIM_TABLES.values()}


def _first_words(document: "Document") -> str:
    """The beginning of the body."""
    start = min((one.start for one in document.sentences if one.kind == "body"), default=0)
    words = " ".join(document.text[start : start + 4 * FIRST_WORDS].split())
    return words if len(words) <= FIRST_WORDS else f"{words[: FIRST_WORDS - 2]} …"


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
