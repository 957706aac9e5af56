"""`corridor evaluate`: how right the extractor is on annotated texts."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import sys
from pathlib import Path

import click

from pipeline.cli.faults import DATA_FAULT
from pipeline.cli.options import FolderOption, debug_option


@click.command(short_help="Score the extractor on annotated texts.")
@click.argument("folders", type=FolderOption(exists=True), nargs=-1, required=True, metavar="GOLD_DIR...")
@click.option("--errors", is_flag=True, help="List the mistakes too, by what is wrong, but not those of texts left out.")
@click.option("--json", "as_json_wanted", is_flag=True, help="Write all figures as JSON; with --errors, every mistake.")
@debug_option
def evaluate(folders: tuple[Path, ...], errors: bool, as_json_wanted: bool) -> int:
    """Score what the extractor tells of annotated texts against what is marked in them; nothing is stored.

    GOLD_DIR holds texts, NAME.txt, and beside each its annotation, NAME.gold.json; or it holds such folders.

    \b
      found   a marked claim is told, with its value and unit; of an agreement, half of its parties
      right   and its core fields agree: what is measured and how, the sides, the period, the modality
      full    and its other codes agree: corridor, mode and commodity; of an agreement, form, subject and name

    F1 is the harmonic mean of precision and recall; "by text" the mean of the texts' F1, since a few dense texts hold many of
    the claims. A claim that repeats another, or stands where readers may differ, counts neither way. Of an agreement the core
    fields are parties, status, modality and date; of an event its kind, sides and modality. Texts that left_out.toml beside the
    folder lists are scored apart: no rule was learnt from them.

    \b
      corridor evaluate tests/gold
      corridor evaluate tests/gold/newsroom --errors
    """
    from pipeline.cli.formats import as_json, printable
    from pipeline.cli.progress import progress_on
    from pipeline.cli.scores import errors_text, report_text, scores
    from pipeline.orchestration.evaluating import evaluate_folders

    with progress_on(sys.stderr) as progress:
        evaluation = evaluate_folders(folders, progress=progress)
    if as_json_wanted:
        click.echo(as_json(scores(evaluation, errors), indent=1))
    else:
        for line in report_text(evaluation):
            click.echo(line)
        for line in errors_text(evaluation) if errors else ():
            click.echo(line)
    failed = [judged for judged in evaluation.texts if judged.fault]
    for judged in failed:
        place = f"{judged.text.folder}/{judged.text.name}"
        click.echo(f"Error: {printable(place)}: nothing could be told: {printable(judged.fault)}", err=True)
    return DATA_FAULT if failed else 0
