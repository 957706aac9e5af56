"""The command group: its help, its errors, its exit statuses. Each command is in a module of its own.

Exit status: 0 success, 1 the data failed a check or could not be read, 2 wrong use, 130 interrupted.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from pipeline import __version__
from pipeline.cli.alert import alert
from pipeline.cli.changes import changes
from pipeline.cli.evaluate import evaluate
from pipeline.cli.explain import explain
from pipeline.cli.export import export
from pipeline.cli.extract import extract
from pipeline.cli.faults import INTERRUPTED, INTERRUPTION, WRONG_USE, status_and_message
from pipeline.cli.options import debug_option, debug_wanted
from pipeline.cli.refresh import refresh
from pipeline.cli.report import report
from pipeline.cli.search import search
from pipeline.cli.sources import sources
from pipeline.cli.sql import sql
from pipeline.cli.status import status


class Corridor(click.Group):
    """A group whose errors are one line on standard error, with a traceback only for `--debug`."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command that `args` name, and exits with its status."""
        if not standalone_mode:
            return super().main(
                args, prog_name, complete_var, standalone_mode=False, windows_expand_args=windows_expand_args, **extra
            )
        _make_output_lossless()
        try:
            result = super().main(
                args, prog_name, complete_var, standalone_mode=False, windows_expand_args=windows_expand_args, **extra
            )
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(WRONG_USE)
        except click.ClickException as error:
            _fail(_usage_message(error), error.exit_code)
        except Exception as error:
            if debug_wanted(sys.argv[1:] if args is None else args):
                traceback.print_exc()
            code, message = status_and_message(error)
            _fail(message, code)
        sys.exit(result if isinstance(result, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a reader of its output that stops reading is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _stop_writing()
        except KeyboardInterrupt:
            _fail(INTERRUPTION, INTERRUPTED)
        return result


def _make_output_lossless() -> None:
    """Results are UTF-8 wherever they go; what UTF-8 cannot hold is written as an escape, which JSON reads as what it was."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _stop_writing() -> NoReturn:
    """The reader has seen enough, which is no error; what is still buffered must not fail when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _usage_message(error: click.ClickException) -> str:
    if isinstance(error, click.BadParameter):
        error.param_hint = _variable(error) or error.param_hint
    message = error.format_message().rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message}; see '{error.ctx.command_path} --help'"
    return message


def _variable(error: click.BadParameter) -> str | None:
    """The environment variable that gave an option its faulty value, if nobody typed the option."""
    if error.ctx is None or not isinstance(error.param, click.Option) or error.param.name is None:
        return None
    given_by_it = error.ctx.get_parameter_source(error.param.name) is ParameterSource.ENVIRONMENT
    return f"the environment variable {error.param.envvar}" if given_by_it else None


def _fail(message: str, code: int) -> NoReturn:
    from pipeline.cli.formats import printable  # noqa: PLC0415 - only once there is an error

    click.echo(f"Error: {printable(' '.join(message.split()))}", err=True)
    sys.exit(code)


@click.group(cls=Corridor, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@debug_option
@click.version_option(__version__, message="corridor %(version)s")
def corridor() -> None:
    """Turn news and report texts into a DuckDB dataset of what they claim about trade, freight and agreements.

    \b
    Begin with:
      corridor refresh                      read the sources, publish the dataset
      corridor sql "SELECT * FROM claims"   look at it
      corridor search "wheat Armenia"       find what is said about something
      corridor extract FILE                 see what one text claims; stores nothing
    """


for command in (refresh, extract, sql, search, explain, changes, report, status, sources, evaluate, export, alert):
    corridor.add_command(command)


def main() -> None:
    """The entry point of the distribution."""
    corridor(prog_name="corridor")
