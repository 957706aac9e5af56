"""Of which format a file is, by what its bytes plainly are, then what its sender declared, then its name.

Senders and names are often wrong: a server answers with an error page in place of a PDF, a text is saved as `.doc`. So the
first bytes of a format that has an unmistakable opening decide against both.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from pipeline.contract.reference import read_toml
from pipeline.sources.raw import RawText

Format = Literal["text", "html", "pdf", "docx", "eml"]

_SPACE_AND_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\f"
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*){0,3}<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_HTML_REACH = 4_096
_ZIP = b"PK\x03\x04"
_WORD = b"word/document"  # the name of the member that holds the text, as the package lists it


def format_of(raw: RawText) -> Format:
    """The format of a raw text. What is nothing else is taken for plain text, which its decoding then judges."""
    return _plain_format(raw.content) or _declared(raw.media_type) or _named(raw.file_name) or "text"


def is_known_name(file_name: str) -> bool:
    """Whether a file of this name is of a format that can be read."""
    return _named(file_name) is not None


def _plain_format(content: bytes) -> Format | None:
    """The format that the bytes themselves tell without doubt."""
    head = content[:_HTML_REACH].lstrip(_SPACE_AND_MARKS).replace(b"\0", b"")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(_ZIP) and _WORD in content:
        return "docx"
    return "html" if _HTML.match(head) else None


def _declared(media_type: str | None) -> Format | None:
    return _names().media_types.get(media_type or "")


def _named(file_name: str) -> Format | None:
    return _names().suffixes.get(f".{file_name.rpartition('.')[2].lower()}") if "." in file_name else None


class _Names:
    """The names of formats: by media type, and by suffix."""

    def __init__(self, formats: Mapping[str, Mapping[str, list[str]]]) -> None:
        self.media_types = {name: cast(Format, kind) for kind, names in formats.items() for name in names["media_types"]}
        self.suffixes = {name: cast(Format, kind) for kind, names in formats.items() for name in names["suffixes"]}


@cache
def _names() -> _Names:
    return _Names(read_toml("documents_formats.toml")["format"])
