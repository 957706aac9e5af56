"""`corridor changes`: what refreshes added, removed and altered."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import debug_option, format_option, warehouse_option

if TYPE_CHECKING:
    from pipeline.warehouse.news import News

FIRST_ROWS = 50  # on a screen, unless told otherwise
ON_A_SCREEN = frozenset({"table", "markdown"})
_OF_ALTERED = ("previous_summary", "fields")
_SHORT = ("change", "family", "summary", *_OF_ALTERED, "cause", "published_on", "claim_id")


@click.command(short_help="Show what refreshes changed.")
@click.option(
    "--since",
    metavar="DATE|REFRESH",
    help="A day (YYYY-MM-DD): what refreshes changed from that day on. The id of a refresh, or its beginning: what changed "
    "after it.  [default: what the latest refresh changed]",
)
@click.option(
    "--family", type=click.Choice(["trade", "freight", "agreement", "document"]), help="Only these claims, or the documents."
)
@click.option("--moved", is_flag=True, help="List also claims that say the same as before in a changed text or sentence.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"List the first N changes.  [default: {FIRST_ROWS} as table or markdown, else all]",
)
@format_option
@warehouse_option
@debug_option
def changes(
    *, since: str | None, family: str | None, moved: bool, limit: int | None, format_name: str, warehouse: Path
) -> None:
    """Show which claims and documents came, went, or say something else since an earlier refresh.

    An altered claim is listed with what it said before; a removed one with what it said. The rows are those of the tables
    changes and document_changes.

    \b
      corridor changes
      corridor changes --since 2026-11-01 --family agreement
      corridor changes --since 20261120T050000-0 --format csv > changes.csv
    """
    from pipeline.cli.formats import FORMATS
    from pipeline.warehouse.news import changes_since

    screen = format_name in ON_A_SCREEN
    most = FIRST_ROWS if screen and limit is None else limit
    with changes_since(warehouse, since, family, moved, most) as news:
        columns: Sequence[str] = news.found.columns
        rows: Iterator[Sequence[Any]] = news.found.rows
        if screen:
            listed = list(rows)
            for line in _told(news, since, moved, len(listed)):
                click.echo(line)
            if listed:
                click.echo()
            columns, rows = _shown(columns, listed, several=len(news.refreshes) > 1)
        for line in FORMATS[format_name](columns, rows) if columns else ():
            click.echo(line, color=True)  # else what looks like colours would be cut out of texts


def _shown(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], several: bool
) -> tuple[tuple[str, ...], Iterator[Sequence[Any]]]:
    """What fits on a screen: nothing if there are no rows, no columns of altered claims if there are none."""
    names = ("refresh_id", *_SHORT) if several else _SHORT
    places = {name: columns.index(name) for name in names}
    for name in _OF_ALTERED:
        if not any(row[places[name]] for row in rows):
            del places[name]
    return tuple(places) if rows else (), ([row[place] for place in places.values()] for row in rows)


def _told(news: "News", since: str | None, moved: bool, listed: int) -> list[str]:
    """What changed, counted, and what of it is not listed."""
    counts = [
        _counted("claims", news.claims, ("added", "altered", "removed")),
        _counted("documents", news.documents, ("added", "altered", "removed")),
    ]
    changed = "; ".join(filter(None, counts)) or "nothing changed"
    unlisted = news.claims.get("moved", 0)
    total = sum(news.claims.values()) + sum(news.documents.values()) - (0 if moved else unlisted)
    lines = [f"{_when(news, since)}: {changed}" if news.refreshes else _when(news, since)]
    if unlisted:
        where = "" if moved else "; --moved lists them"
        lines.append(f"{unlisted:,} claims say the same as before in a changed text or sentence{where}")
    if news.unlogged:
        lines.append(f"what {', '.join(news.unlogged)} changed is not known: the store kept no log of changes before")
    if listed < total:
        lines.append(f"the first {listed:,} of {total:,} are listed; --limit N lists more, --format csv all")
    return lines


def _counted(what: str, counts: "Mapping[str, int]", kinds: tuple[str, ...]) -> str:
    told = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in kinds)
    return f"{what} {told}" if counts else ""


def _when(news: "News", since: str | None) -> str:
    if not news.refreshes:
        return f"No refresh published since {since}" if since else "No refresh published yet"
    if len(news.refreshes) == 1:
        (refresh,) = news.refreshes
        return f"Refresh {refresh['refresh_id']}, published {refresh['finished_at']:%Y-%m-%d %H:%M} UTC"
    return f"{len(news.refreshes)} refreshes since {since}, the latest {news.refreshes[-1]['refresh_id']}"
