"""`corridor alert`: sends a message to where alerts go, as a trial or for a program that cannot."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from typing import TYPE_CHECKING

import click

from pipeline.cli.options import debug_option

if TYPE_CHECKING:
    from pipeline.orchestration.notifying import Kind


@click.command(short_help="Try where alerts go.")
@click.argument("message", default="This is a trial: alerts come through.")
@click.option(
    "--type",
    "kind",
    type=click.Choice(["info", "success", "warning", "failure"]),
    default="info",
    show_default=True,
    help="What the message tells of, for services that show it.",
)
@debug_option
def alert(message: str, kind: "Kind") -> None:
    """Send MESSAGE, or a trial, to the addresses in the environment variable CORRIDOR_ALERTS.

    While Dagster runs, it tells them by itself of what fails, is held back or goes out of date, and of its recovery.
    """
    from pipeline.orchestration.notifying import (
        ADDRESSES_VARIABLE,
        AlertAddressError,
        AlertNotSentError,
        Message,
        alert_addresses,
    )

    named = alert_addresses()
    named.require_one()
    addresses = named.sound
    if not addresses:
        raise AlertNotSentError(
            f'{ADDRESSES_VARIABLE} names no address; for a mail: {ADDRESSES_VARIABLE}="mailtos://USER:PASSWORD@HOST?to=ADDRESS"'
        )
    missed = [address.server for address in addresses if not address.send(Message("Corridor", message, kind))]
    reached = [address.server for address in addresses if address.server not in missed]
    if reached:
        click.echo(f"Sent to {', '.join(reached)}")
    lost = f"the message did not get to {', '.join(missed)}; see whether the address and the server are right" if missed else ""
    if named.faults:
        raise AlertAddressError("; ".join(filter(None, (named.fault, lost))))
    if lost:
        raise AlertNotSentError(lost)
