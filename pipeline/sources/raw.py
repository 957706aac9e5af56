"""What a source yields: a text as bytes, or the record of one that could not be read. Only the shapes belong here.

What the bytes say belongs to `pipeline.documents`; how a kind of source finds its texts belongs to that kind's module.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# "no_permission" and "read_error" are faults of a place, a file or a folder: nobody knows what lies there now, so what was held
# from there and from below it stays. "scan" and what follows it are faults of files that are more than plain text. "refused" is
# what may not be fetched: a private address, or one that robots.txt rules out; "gone" what the server says is not there;
# "postponed" what the next refresh is to fetch. "reading_broke" is a defect of the program that a text brought to light.
UnreadableReason = Literal[
    "no_permission",
    "too_large",
    "empty",
    "binary",
    "undecodable",
    "encoding",
    "broken_link",
    "outside_folder",
    "linked_folder",
    "not_a_file",
    "other_format",
    "read_error",
    "unreachable",
    "gone",
    "refused",
    "postponed",
    "not_fetched",
    "archive",
    "scan",
    "encrypted",
    "damaged",
    "too_slow",
    "reading_broke",
]


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says about a text beside it, as a feed does of its entries; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """The bytes of one text, nothing read into them yet.

    `uri` of a file is the source's name followed by the path inside the source (`demonstration/2024/report.txt`). It says
    where the text was read and stays the same when the project or the folder moves, which an absolute path would not: rows
    and ids are the same on every machine. That of a text from the web is its address.

    `media_type` (`text/html`, lower case, without parameters) and `charset` are what the sender declared, None if nobody did.
    `seen` is False for a text that the source gives from what it keeps, and did not meet again this time; `met_at` is when it
    last did, None if it does not know.
    """

    source: str
    uri: str
    file_name: str
    content: bytes
    media_type: str | None = None
    charset: str | None = None
    told: Told = field(default_factory=Told)
    seen: bool = True
    met_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that could not be read, a row of `unreadable_documents`. `detail` tells a reader what to do about it.

    `listing` is True for what names texts and is none itself, a feed or a sitemap: nobody knows what it would have named. It is
    for a page, too, that is declared by its own address and cannot be reached.
    """

    uri: str
    source: str
    reason: UnreadableReason
    detail: str
    listing: bool = False


class SourceError(Exception):
    """A source that cannot be used: a faulty declaration, or a place that is not there. The message says what to do."""
