"""`corridor search`: sentences that carry claims, ranked by words."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import WAREHOUSE_FILE, debug_option, warehouse_option

if TYPE_CHECKING:
    from pipeline.warehouse.search import Find, Finds

OPENING, CLOSING = "⟦", "⟧"  # the signs that `explain` sets around evidence
WIDTH = 100
EXCERPT = 600  # code points of a longer sentence that are shown
_COLUMNS = ("score", "claim_id", "claims", "family", "published_on", "publisher", "says", "evidence", "title", "uri")
_ON_A_SCREEN = ("score", "claim_id", "published_on", "publisher", "says", "evidence")
_CELL = 90
_INDENT = " " * 8
_NAMED = 3  # other claims of a sentence
_MARK = re.compile(f"{OPENING}[^{CLOSING}]*{CLOSING}?|[{CLOSING}]")


@click.command(short_help="Find what is said about something.")
@click.argument("words", nargs=-1, required=True)
@click.option("--family", type=click.Choice(["trade", "freight", "agreement"]), help="Only claims of this family.")
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="NAME",
    help="Only claims that name this country or bloc, by code or name; given several times, all of them.",
)
@click.option(
    "--period",
    metavar="TIME",
    help="Only claims about this time: 2024, 2024-05, or FROM..TO such as 2023-07..2024-06.",
)
@click.option("--modality", metavar="CODE", help="Only what is told so: reported, forecast, target, possible or negated.")
@click.option("--indicator", metavar="CODE", help="Only claims about this, such as exports, cargo or signed.")
@click.option(
    "--limit", type=click.IntRange(min=1, max=1_000), default=10, show_default=True, metavar="N", help="How many sentences."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "table", "csv", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to write the result.",
)
@warehouse_option
@debug_option
def search(*, words: tuple[str, ...], limit: int, format_name: str, warehouse: Path, **narrowed: Any) -> None:
    """Rank the sentences that carry claims by WORDS, best first.

    A word finds all its forms, in the sentence, in the title of its text, and in what its claims are about; a country,
    corridor or commodity is found by any of its names. Of each sentence the claim is shown that is about most of the words;
    those found stand in ⟦ ⟧.

    \b
      corridor search "wheat transit Armenia"
      corridor search railway capacity --country Georgia --period 2024..2026 --modality target
      corridor search "free trade" --family agreement --format json
    """
    from pipeline.cli.formats import FORMATS, printable
    from pipeline.warehouse.search import Filters, place_meant, search

    text = " ".join(words)
    filters = Filters(**narrowed)
    found = search(warehouse, text, filters, limit)
    for name in filters.countries:
        if meant := place_meant(name):
            click.echo(f"Note: {printable(name)!r} is read as {meant}", err=True)
    if format_name == "text":
        for line in _report(found, text, filters.any, warehouse):
            click.echo(line)
        return
    screen = format_name in ("table", "markdown")
    columns = _ON_A_SCREEN if screen else _COLUMNS
    rows = [_row(find, screen) for find in found.finds]
    for line in FORMATS[format_name](columns, ([row[name] for name in columns] for row in rows)):
        click.echo(line, color=True)
    if not found.finds:
        click.echo(_nothing(found, text, filters.any), err=True)


def _row(find: "Find", screen: bool) -> dict[str, Any]:
    return {
        "score": round(find.score, 3),
        "claim_id": find.claim_ids[0],
        "claims": list(find.claim_ids),
        "family": find.family,
        "published_on": find.published_on,
        "publisher": find.publisher,
        "says": find.summary,
        "evidence": _marked(find, _CELL) if screen else find.evidence,
        "title": find.title,
        "uri": find.uri,
    }


def _report(found: "Finds", text: str, filtered: bool, warehouse: Path) -> Iterator[str]:
    from pipeline.cli.formats import printable
    from pipeline.cli.summary import counted

    if not found.finds:
        yield _nothing(found, text, filtered)
        return
    for find in found.finds:
        source = ", ".join(str(part) for part in (find.publisher, find.published_on, find.title) if part is not None)
        yield click.style(f"{find.score:6.2f}  {find.claim_ids[0]}  {printable(find.summary)}", bold=True)
        yield f"{_INDENT}{printable(source or find.uri)}"
        for line in textwrap.wrap(_marked(find, EXCERPT), WIDTH - len(_INDENT), break_long_words=False):
            yield _INDENT + _MARK.sub(lambda mark: click.style(mark.group(), fg="cyan", bold=True), line)
        others = find.claim_ids[1:]
        if others:
            named = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
            yield f"{_INDENT}and {counted(len(others), 'more claim')} in this sentence: {named}"
        yield ""
    total = f"{len(found.finds):,} of {counted(found.passing, 'sentence')}"
    where = "" if warehouse == WAREHOUSE_FILE else f" --warehouse {warehouse}"
    yield f"{total} found by a word or name of these; corridor explain CLAIM_ID{where} shows a claim in its text"


def _nothing(found: "Finds", text: str, filtered: bool) -> str:
    from pipeline.cli.formats import printable
    from pipeline.cli.summary import counted

    searched = f"{counted(found.sentences, 'sentence')} that carry claims, of {counted(found.documents, 'document')}"
    if filtered and found.matching:
        held = "1 sentence holds" if found.matching == 1 else f"{found.matching:,} sentences hold"
        words = f"{held} a word or name of {printable(text)!r}"
        return f"Nothing found: {words}, but no claim passes the filters ({searched})"
    return f"Nothing found: no word or name of {printable(text)!r} is in the {searched}"


def _marked(find: "Find", most: int) -> str:
    """The sentence, or what is around the first words found in a long one, with the words in signs."""
    from pipeline.cli.formats import printable

    evidence = find.evidence
    first = find.marks[0][0] if find.marks else 0
    start = 0 if len(evidence) <= most else max(0, min(first - most // 4, len(evidence) - most))
    end = min(len(evidence), start + most)
    pieces, at = ["…" if start else ""], start
    for opens, closes in find.marks:
        if start <= opens and closes <= end:
            pieces += [printable(evidence[at:opens]), OPENING, printable(evidence[opens:closes]), CLOSING]
            at = closes
    return "".join((*pieces, printable(evidence[at:end]), "…" if end < len(evidence) else ""))
