"""`corridor extract`: one text, or many lines of JSON, in; JSON out; nothing is stored."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from pipeline.cli.faults import DATA_FAULT
from pipeline.cli.options import DateOption, debug_option

if TYPE_CHECKING:
    from pipeline.cli.requests import Request

LAYERS = ("names", "quantities", "dates", "claims")
CHUNK_BYTES = 1 << 18
SELDOM = (10_000, 100, 100)  # what a start makes is mostly word lists, which stay: looking for garbage there is in vain


@click.command(short_help="Find names, quantities, dates or claims in a text.")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True), default="-", metavar="[FILE|-]"
)
@click.option("--layer", type=click.Choice(LAYERS), default="claims", show_default=True, help="What to find.")
@click.option(
    "--published",
    type=DateOption(),
    metavar="DATE",
    help="When the text was published, as YYYY-MM-DD; relative dates are resolved by it.",
)
@click.option(
    "--jsonl", is_flag=True, help='Every input line is {"id", "text", "published_on"?}, every output line {"id", LAYER}.'
)
@click.option(
    "--text", "only_text", is_flag=True, help="Write the text instead, as it was read or made of the file: offsets count in it."
)
@debug_option
def extract(file: Path, layer: str, published: date | None, jsonl: bool, only_text: bool) -> int:
    """Find names, quantities, dates or claims in a text, and write them as JSON, below what was read of the text as a whole.

    FILE is plain text, Markdown, HTML, PDF, DOCX or EML. Without FILE, or with -, the text comes from standard input. Offsets
    count code points of the text as decoded, or as made of a file of another format.

    \b
      corridor extract article.txt
      corridor extract --text report.pdf
      echo "Exports rose 12 percent to $3.4 billion." | corridor extract --layer quantities
      corridor extract --jsonl --layer dates < texts.jsonl > dates.jsonl

    To start sooner it keeps compiled patterns, and nothing of a text, in the folder that CORRIDOR_CACHE names or else in the
    user's cache folder; an empty CORRIDOR_CACHE keeps none.
    """
    if jsonl and only_text:
        raise click.UsageError("--text shows one text; lines of JSON hold theirs already")
    from pipeline.cli.patterns import kept_patterns

    gc.set_threshold(*SELDOM)
    with click.open_file(str(file), "rb") as stream, kept_patterns():
        if jsonl:
            return _extract_lines(stream, layer, published)
        with _without_collecting():
            return _extract_text(stream, str(file), None if only_text else layer, published)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """As long as it lasts, no garbage is looked for; nor is it afterwards among what was made meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _extract_text(stream: IO[bytes], name: str, layer: str | None, published: date | None) -> int:
    from pipeline.cli.formats import as_json, printable
    from pipeline.cli.layers import find_in_document, notes_on, understood, whole_text

    if name == "-" and stream.isatty():
        click.echo("Reading the text from the terminal; end it with Ctrl-D on a line of its own.", err=True)
    document = whole_text(stream.read(), name, published)
    if layer is None:
        # A program gets it character for character; a terminal obeys some of them.
        terminal = sys.stdout.isatty()
        click.echo(printable(document.text, keep_lines=True) if terminal else document.text, nl=terminal)
        return 0
    found = find_in_document(layer, document)
    click.echo(as_json({"document": understood(document), layer: found.marks}, indent=2))
    for note in notes_on(layer, document):
        click.echo(f"Note: {note}", err=True)
    _tell_rejected("", found.rejected)
    return 0


def _extract_lines(stream: IO[bytes], layer: str, published: date | None) -> int:
    from pipeline.cli.formats import as_json, printable
    from pipeline.cli.layers import LineError, find_in_requests, parse_line

    faults = 0
    for lines in _chunks(stream):
        requests: list[Request] = []
        for number, line in lines:
            try:
                requests += parse_line(line, number, published)
            except LineError as error:
                faults += 1
                click.echo(f"Error: line {number}: {printable(error)}", err=True)
        for request, found in find_in_requests(layer, requests):
            if isinstance(found, Exception):
                faults += 1
                click.echo(f"Error: line {request.line}, id {printable(request.id)}: {printable(found)}", err=True)
                continue
            click.echo(as_json({"id": request.id, layer: found.marks}))
            _tell_rejected(f"id {printable(request.id)}: ", found.rejected)
    if faults:
        click.echo(f"Error: {faults} line{'s' if faults > 1 else ''} could not be read; the others were", err=True)
    return DATA_FAULT if faults else 0


def _chunks(stream: IO[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    """Numbered lines, as many at a time as are there, so that whoever writes a line and waits gets its answer."""
    number, rest = 0, b""
    while chunk := (stream.read1(CHUNK_BYTES) if hasattr(stream, "read1") else stream.read(CHUNK_BYTES)):
        *lines, rest = (rest + chunk).split(b"\n")
        yield list(enumerate(lines, number + 1))
        number += len(lines)
    if rest:
        yield [(number + 1, rest)]


def _tell_rejected(where: str, rejected: list[str]) -> None:
    for reasons in rejected:
        click.echo(f"Note: {where}a candidate was rejected: {reasons}", err=True)
