"""`corridor refresh`: reads, extracts, checks and publishes."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from pipeline.cli.faults import DATA_FAULT
from pipeline.cli.options import DEBUG, FolderOption, sources_option, store_option, warehouse_option

if TYPE_CHECKING:
    from pipeline.orchestration.running import RefreshOutcome


@click.command(short_help="Read, extract, check and publish.")
@click.option(
    "--documents",
    type=FolderOption(exists=True),
    multiple=True,
    metavar="DIR",
    help="Read this folder in place of the declared sources; may be given several times. With a --store and a --warehouse "
    "of its own it leaves those alone; in the default store the demonstration makes room for it.",
)
@sources_option
@click.option(
    "--replace",
    is_flag=True,
    help="With --documents or --sources, remove what the default store holds of other declared sources; publish also over the "
    "file of another store.",
)
@click.option(
    "--source", "only", multiple=True, metavar="NAME", help="Read this declared source alone; may be given several times."
)
@click.option(
    "--accept",
    multiple=True,
    metavar="NAME",
    help="Take what this source gives, however much more or less than usual; may be given several times.",
)
@store_option
@warehouse_option
@click.option(
    "--engine",
    type=click.Choice(["inline", "pool", "ray"]),
    envvar="CORRIDOR_ENGINE",
    default="inline",
    show_default=True,
    help="Work in this process, on a pool of processes, or on the actors of Ray; CORRIDOR_ENGINE names another default.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    envvar="CORRIDOR_WORKERS",
    metavar="N",
    help="Processes of the pool, or actors of Ray.  [default: one for each processor]",
)
@click.option(
    "--ray",
    metavar="ADDRESS",
    help="The Ray cluster to work on.  [default: the one that RAY_ADDRESS names, or a Ray of its own on this machine]",
)
@click.option("--offline", is_flag=True, help="Fetch nothing; read again what was fetched before.")
@click.option(
    "--wait",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another writer to end.",
)
@click.option(DEBUG, is_flag=True, help="Show logs, and a traceback with an error.")
def refresh(
    *,
    documents: tuple[Path, ...],
    sources: Path | None,
    replace: bool,
    only: tuple[str, ...],
    accept: tuple[str, ...],
    store: Path | str,
    warehouse: Path,
    engine: str,
    workers: int | None,
    ray: str | None,
    offline: bool,
    wait: int,
    debug: bool,
) -> int:
    """Read the sources, extract what is new or changed, check everything, publish, and write the report beside it.

    Readers of the published file are never kept waiting; if a check fails, the last good file stays.
    """
    context = click.get_current_context()
    if documents and sources:
        raise click.UsageError("--documents takes the place of --sources: give one of them", context)
    if engine == "inline" and context.get_parameter_source("workers") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--workers needs --engine pool or --engine ray", context)
    if ray and engine != "ray":
        raise click.UsageError("--ray needs --engine ray", context)
    trial = bool(documents or sources)
    store_is_default = context.get_parameter_source("store") is not ParameterSource.COMMANDLINE
    began = time.monotonic()
    if not debug:
        warnings.filterwarnings("ignore", module="dagster")  # its parts in beta; pinned, so they do not change

    from pipeline.cli.formats import printable
    from pipeline.cli.progress import progress_on
    from pipeline.orchestration.running import RefreshPlan, UnextractedTextsError, run_refresh

    with progress_on(sys.stderr) as progress:
        plan = RefreshPlan(
            *(documents, sources, store, warehouse, engine, workers, ray),
            offline=offline,
            progress=progress,
            loud=debug,
            only=only,
            accept=accept,
            wait_seconds=wait,
            keeps_declared=trial and store_is_default and not replace,
            replace=replace,
        )
        broken = None
        try:
            outcome = run_refresh(plan)
        except UnextractedTextsError as error:
            outcome, broken = error.outcome, str(error)

    from pipeline.cli.summary import refresh_summary

    faults = list(_faults(outcome, broken))
    # Before the summary, so that on a screen the last lines say what to do next.
    for fault in faults:
        click.echo(f"Error: {printable(fault)}", err=True)
    click.echo(refresh_summary(outcome.status, warehouse, time.monotonic() - began))
    return DATA_FAULT if faults else 0


def _faults(outcome: "RefreshOutcome", broken: str | None) -> Iterator[str]:
    """What went wrong in a refresh that published all the same; `broken` tells of texts on which extraction broke down."""
    for source, reason in outcome.failed_sources.items():
        told = reason.removeprefix(f"source {source}: ")
        yield f"source {source} could not be read and keeps what it held: {told}"
    for source, reason in outcome.partly_read.items():
        yield f"source {source} was read in part: {reason}"
    for source, reason in outcome.held_back.items():
        yield f"source {source} {reason}"
    if outcome.read_nothing:
        yield "none of the inputs could be read; see the table unreadable_documents"
    yield from filter(None, (broken, outcome.report_failure))
