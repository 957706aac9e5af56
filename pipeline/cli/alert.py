"""`corridor alert`: sends a message to where alerts go, as a trial or for a program that cannot."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

import click

from pipeline.cli.options import debug_option


@click.command(short_help="Try where alerts go.")
@click.argument("message", default="This is a trial: alerts come through.")
@debug_option
def alert(message: str) -> None:
    """Send MESSAGE, or a trial, to the addresses in the environment variable CORRIDOR_ALERTS.

    While Dagster runs, it tells them by itself of what fails, is held back or goes out of date, and of its recovery.
    """
    from pipeline.orchestration.notifying import ADDRESSES_VARIABLE, AlertNotSentError, alert_addresses

    addresses = alert_addresses()
    if not addresses:
        raise AlertNotSentError(
            f'{ADDRESSES_VARIABLE} names no address; for a mail: {ADDRESSES_VARIABLE}="mailtos://USER:PASSWORD@HOST?to=ADDRESS"'
        )
    missed = [address.name for address in addresses if not address.send("Corridor", message)]
    if missed:
        raise AlertNotSentError(
            f"the message did not get to {', '.join(missed)}; see whether the address and the server are right"
        )
    click.echo(f"Sent to {', '.join(address.name for address in addresses)}")
