"""What `conversion` and its child processes say to each other: a line of JSON that gives the length of the bytes after it.

JSON and not pickle: a child that a hostile file has taken over must not be able to make its parent run anything.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any

from pipeline.documents.formats.converted import Converted, Stretch, Unconvertible
from pipeline.documents.formats.kinds import Format
from pipeline.sources.raw import Told

LOADED = {"loaded": True}
_LONGEST_HEADER = 100_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """A file to convert. `title` is what its source calls it, for a file that has no title of its own."""

    format: Format
    content: bytes
    charset: str | None = None
    title: str | None = None

    def header(self) -> dict[str, Any]:
        """The job without its content."""
        return {"format": self.format, "charset": self.charset, "title": self.title}


def write_message(stream: IO[bytes], header: dict[str, Any], content: bytes = b"") -> None:
    """Writes and flushes one message. Raises `OSError` if nobody reads any more."""
    stream.write(json.dumps({**header, "length": len(content)}).encode("ascii") + b"\n")
    stream.write(content)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The next message. Raises `EOFError` if there is none, `ValueError` if it is broken."""
    line = stream.readline(_LONGEST_HEADER)
    if not line.endswith(b"\n"):
        raise EOFError
    header = json.loads(line)
    content = stream.read(header.pop("length"))
    return header, content


def as_message(result: Converted | Unconvertible) -> dict[str, Any]:
    """A result as a message."""
    message = asdict(result)
    if isinstance(result, Converted) and result.told.published_on:
        message["told"]["published_on"] = result.told.published_on.isoformat()
    return message


def as_result(message: dict[str, Any]) -> Converted | Unconvertible:
    """The result in a message."""
    if "reason" in message:
        return Unconvertible(message["reason"], message["detail"])
    told = message["told"]
    day = told.pop("published_on")
    return Converted(
        message["text"],
        Told(**told, published_on=date.fromisoformat(day) if day else None),
        message["titled"],
        tuple(Stretch(*pair) for pair in message["furniture"]),
    )
