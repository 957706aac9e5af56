"""What becomes of a file that is more than plain text. Only the shapes belong here."""

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.sources.raw import Told, UnreadableReason


class Stretch(NamedTuple):
    """A half-open stretch of a converted text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a file: lines as plain text has them, tables as rows with `|` between cells, or cells under each other.

    `told` is what the file says about the text beside it. `furniture` are stretches that belong to pages or mails and not to
    the report, in order and free of overlaps. If `titled`, the first line that is none is the title.
    """

    text: str
    told: Told = field(default_factory=Told)
    titled: bool = False
    furniture: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Unconvertible:
    """Why a file has no text that can be read. `detail` tells a reader what to do about it."""

    reason: UnreadableReason
    detail: str


class UnconvertibleError(Exception):
    """Raised where a file turns out to have no text that can be read."""

    def __init__(self, reason: UnreadableReason, detail: str) -> None:
        super().__init__(detail)
        self.why = Unconvertible(reason, detail)
