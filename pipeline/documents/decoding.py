"""From bytes to text, or the reason why they are none. What the text says belongs to the modules beside this one.

Nothing is guessed silently: a text is either decoded without loss, or refused.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or office"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "office"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"
_SPACE = re.compile(r"[ \n\r\t]")
# What a text without a byte order mark may hold to be taken for UTF-16: Latin, Greek, Cyrillic, Armenian, Georgian,
# Arabic and Hebrew letters, and punctuation. Bytes of anything else read as UTF-16 scatter over all of Unicode.
_FAMILIAR = re.compile(r"[\t\n\r -~\u00a0-\u058f\u0590-\u06ff\u10a0-\u10ff\u2000-\u22ff]")


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are no text."""

    reason: Literal["empty", "binary", "undecodable"]
    detail: str


def decode(content: bytes) -> str | Undecodable:
    """The text in `content`, without its byte order mark and otherwise character for character, line ends included.

    UTF-8, UTF-16 and UTF-32 with a byte order mark; UTF-8; UTF-16 without a mark where unmistakable; Windows-1252 last.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_strictly(content[len(mark) :], encoding))
    for magic, name in _FORMATS:
        if content.startswith(magic):
            return Undecodable("binary", f"a {name} file; save it as plain text")
    if b"\0" in content:
        return _checked(_utf16_without_mark(content))
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls * 50 > len(content):
        return Undecodable("binary", f"{controls} of {len(content)} bytes are control characters")
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError as fault:
        return _checked(_windows_1252(content, fault))


def _checked(text: str | Undecodable) -> str | Undecodable:
    if isinstance(text, Undecodable):
        return text
    if "\0" in text:
        return Undecodable("binary", f"a null character at {text.index(chr(0))}")
    if not text or text.isspace():
        return Undecodable("empty", "nothing but white space")
    return text


def _strictly(content: bytes, encoding: str) -> str | Undecodable:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        return Undecodable("undecodable", f"marked as {encoding.upper()}, but not so at byte {fault.start}: {fault.reason}")


def _utf16_without_mark(content: bytes) -> str | Undecodable:
    if len(content) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = _strictly(content, encoding)
            if isinstance(text, str) and _reads_as_text(text):
                return text
    return Undecodable("binary", "null bytes, and not UTF-16")


def _reads_as_text(text: str) -> bool:
    sample = text[:20_000]
    familiar = len(_FAMILIAR.findall(sample))
    spaced = len(sample) < 12 or len(_SPACE.findall(sample)) * 50 >= len(sample)
    return "\0" not in text and spaced and familiar * 100 >= len(sample) * 98


def _windows_1252(content: bytes, fault: UnicodeDecodeError) -> str | Undecodable:
    # Windows-1252 hardly ever forms valid UTF-8 sequences, so bytes that form more of them than they break are
    # UTF-8 that was cut or damaged; read as Windows-1252 they would turn to nonsense without a sign of it.
    whole = sum(1 for _ in re.finditer(rb"[\xc2-\xf4][\x80-\xbf]+", content))
    lone = sum(1 for _ in re.finditer(rb"[\xc2-\xf4](?![\x80-\xbf])|(?<![\x80-\xff])[\x80-\xbf]", content))
    if whole > lone:
        return Undecodable("undecodable", f"damaged UTF-8 at byte {fault.start}: {fault.reason}")
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError as second:
        return Undecodable("undecodable", f"neither UTF-8 (byte {fault.start}) nor Windows-1252 (byte {second.start})")
