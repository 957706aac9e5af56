"""Carries a message to the addresses that were named for alerts: e-mail, webhooks, chats. What to say belongs to `alerts`.

An address holds secrets. It comes from the environment, and nothing here ever shows more of it than its kind and its host.
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

ADDRESSES_VARIABLE = "CORRIDOR_ALERTS"
Kind = Literal["info", "success", "warning", "failure"]
LONGEST_BODY = 4_000  # characters; the least of what chats take


class AlertAddressError(Exception):
    """An address for alerts that nothing can be sent to. The message says which one, not what it is."""


class AlertNotSentError(Exception):
    """A message reached none of its addresses, or not all."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: a title of one line, and lines of plain text. `kind` is what apprise calls its type."""

    title: str
    body: str
    kind: Kind = "info"


@dataclass(frozen=True, slots=True)
class Address:
    """Where alerts go. `name` is its kind and host, and may be shown; `url` is all of it, and may not. `server` is what is
    asked to take a message: host and port.
    """

    name: str
    url: str = field(repr=False)
    server: str = ""

    def send(self, message: Message) -> bool:
        """Sends a message in plain text, and tells whether it was taken. Raises nothing."""
        import apprise  # noqa: PLC0415 - it takes half a second to load, and is seldom needed

        _keep_silent()
        service = apprise.Apprise.instantiate(self.url, suppress_exceptions=True)
        if service is None:
            return False
        body = message.body
        text = body if len(body) <= LONGEST_BODY else f"{body[: LONGEST_BODY - 2]} …"
        try:
            return bool(
                service.notify(
                    body=_printable(text),
                    title=_printable(message.title),
                    notify_type=apprise.NotifyType(message.kind),
                    body_format=apprise.NotifyFormat.TEXT,
                )
            )
        except Exception:  # a defect in one of a hundred services must not keep the others from being told
            return False


class AlertAddresses(NamedTuple):
    """The addresses that something can be sent to, and a line about each that is none: which one it is, not what."""

    sound: list[Address]
    faults: list[str]

    @property
    def fault(self) -> str:
        """All that is wrong, in one line; empty if all is well."""
        hint = f"; see {_KNOWN_ADDRESSES}" if self.faults else ""
        return "; ".join(self.faults) + hint

    def require_one(self) -> None:
        """Raises `AlertAddressError` if there are addresses, and none of them is one."""
        if self.faults and not self.sound:
            raise AlertAddressError(self.fault)


_KNOWN_ADDRESSES = "https://github.com/caronc/apprise/wiki"


def alert_addresses(environment: Mapping[str, str] = os.environ) -> AlertAddresses:
    """The addresses in the variable CORRIDOR_ALERTS, separated by spaces or lines."""
    import apprise  # noqa: PLC0415 - as above

    _keep_silent()
    addresses: list[Address] = []
    faults: list[str] = []
    for position, url in enumerate(environment.get(ADDRESSES_VARIABLE, "").split(), start=1):
        service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
        if service is None:
            hint = "; for a web hook write json:// or jsons://" if url.lower().startswith(("http://", "https://")) else ""
            faults.append(f"{ADDRESSES_VARIABLE}: address {position} is none that apprise knows{hint}")
            continue
        parts = urlsplit(str(service.url(privacy=True)))  # type: ignore[no-untyped-call]
        name = f"{parts.scheme}://{parts.hostname or ''}"
        twins = sum(other.name.partition(" ")[0] == name for other in addresses)
        addresses.append(Address(f"{name} ({twins + 1})" if twins else name, url, _server(service, name)))
    return AlertAddresses(addresses, faults)


def _server(service: Any, name: str) -> str:
    """Kind, host and port; a mail goes to a server that may be another than the host of its address."""
    mail = getattr(service, "smtp_host", "")
    place = f"{name.partition('://')[0]}://{mail}" if mail else name
    port = getattr(service, "port", None)
    return f"{place}:{port}" if port else place


def _keep_silent() -> None:
    """What the library logs names addresses in full."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    # It writes the exchange with a server at the level of debugging only, but this one too may be on.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)


def _printable(text: str) -> str:
    """Text from a feed may carry control characters, which do not belong in a mail or a chat."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)
