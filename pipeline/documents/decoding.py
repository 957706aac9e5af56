"""From bytes to text, or the reason why they are none. What the text says belongs to the modules beside this one.

Nothing is guessed silently: a text is either decoded without loss, or refused.
"""

import codecs
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pipeline.contract.reference import read_toml

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office"),
    (b"\x1f\x8b", "a gzip"),
    (b"{\\rtf", "an RTF"),
    (b"\xd0\xcf\x11\xe0", "an old office"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"
_SPACE = re.compile(r"[ \n\r\t]")
# What a text without a byte order mark may hold to be taken for UTF-16: Latin, Greek, Cyrillic, Armenian, Georgian,
# Arabic and Hebrew letters, and punctuation. Bytes of anything else read as UTF-16 scatter over all of Unicode.
_FAMILIAR = re.compile(r"[\t\n\r -~\u00a0-\u058f\u0590-\u06ff\u10a0-\u10ff\u2000-\u22ff]")

# What another encoding looks like when it is read as Windows-1252. Western words mix accented letters with plain ones, and
# seldom have four accented letters in a row (Estonian "jäääär", Icelandic "óþægi"): Cyrillic or Greek words have nothing else.
_LETTER = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸƒ]")
_ACCENTED = re.compile(r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸƒ]")
_ACCENTED_RUN = re.compile(r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{5,}")
# Central European and Baltic letters become signs that Western words do not have between two letters ("wspó³praca").
_SIGN_IN_WORD = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff][¹²³¼½¾¿¡£¥ª¯±µ¶º¸¨¦‚†‡ˆ‰][a-z]")
# The six places in which the Turkish Windows-1254 differs (Ğ İ Ş ğ ı ş), and letters of Icelandic and its neighbours that
# Turkish does not have.
_ICELANDIC_OR_TURKISH = re.compile(r"[ÐÝÞðýþ]")
_NOT_TURKISH = re.compile(r"[áéíóúæÁÉÍÓÚÆ]")
# Shares of all letters. In running text of the languages that Windows-1252 serves up to 22 in 100 letters are accented
# (Icelandic), in Cyrillic all; Turkish has some 8 in 100 of the letters at stake, Polish some 3 signs in 100.
MOST_ACCENTED, FEWEST_ACCENTED = 0.3, 20
MOST_SIGNS_IN_WORDS = 0.005
MOST_TURKISH = 0.02
_REMEDY = "save it as UTF-8"
_WIDE = ("utf-16-le", "utf-16-be")


class Undecodable(NamedTuple):
    """Why bytes are no text."""

    reason: Literal["empty", "binary", "undecodable", "encoding"]
    detail: str


def decode(content: bytes, declared: Iterable[str | None] = ()) -> str | Undecodable:
    """The text in `content`, without its byte order mark and otherwise character for character, line ends included.

    UTF-8, UTF-16 and UTF-32 with a byte order mark; UTF-8 that has more than ASCII, which no other encoding looks like; the
    first of the `declared` encodings that fits; UTF-8; UTF-16 without a mark where unmistakable; Windows-1252 last, unless
    what it gives is plainly no Western text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_strictly(content[len(mark) :], encoding))
    for magic, name in _FORMATS:
        if content.startswith(magic):
            return Undecodable("binary", f"{name} file; save it as PDF, DOCX or plain text")
    text = _as_declared(content, [codec for label in declared if label and (codec := _codec(label))])
    return _checked(_detected(content) if text is None else text)


def _detected(content: bytes) -> str | Undecodable:
    """The text of bytes that tell nothing about their encoding."""
    if b"\0" in content:
        return _utf16_without_mark(content)
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls * 50 > len(content):
        return Undecodable("binary", f"{controls} of {len(content)} bytes are control characters")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _windows_1252(content, fault)


def decode_damaged(content: bytes, declared: Iterable[str | None], share: float) -> str | Undecodable:
    """As `decode`, but up to `share` of the characters may be broken, as on pages put together from parts.

    They become U+FFFD.
    """
    declared = list(declared)
    if 0 < content.count(b"\0") <= len(content) * share:
        content = content.replace(b"\0", b"")
    text = decode(content, declared)
    if isinstance(text, str) or text.reason != "undecodable":
        return text
    codec = next((codec for label in declared if label and (codec := _codec(label))), "utf-8")
    mended = content.decode(codec, "replace")
    return mended if 0 < mended.count("\ufffd") <= len(mended) * share else text


def _codec(label: str) -> str | None:
    return _codecs().get(label.strip(" \t\n\f\r\"'").lower())


def _as_declared(content: bytes, codecs_declared: Sequence[str]) -> str | None:
    """The text by the first declared codec that fits; None if the bytes are better judged by themselves."""
    if not codecs_declared:
        return None
    wide = b"\0" in content
    if not wide and not content.isascii():
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for codec in codecs_declared:
        if (codec in _WIDE) == wide:  # a page of single bytes that says it is UTF-16 was saved by somebody else since
            try:
                return content.decode(codec)
            except UnicodeDecodeError:
                continue
    return None


@cache
def _codecs() -> dict[str, str]:
    listed: dict[str, list[str]] = read_toml("documents_charsets.toml")["codecs"]
    return {label: codec for codec, labels in listed.items() for label in labels}


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
        return Undecodable(
            "undecodable", f"marked as {encoding.upper()}, but not so at byte {fault.start}: {fault.reason}; {_REMEDY}"
        )


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
        return Undecodable("undecodable", f"damaged UTF-8 at byte {fault.start}: {fault.reason}; {_REMEDY}")
    try:
        text = content.decode("windows-1252")
    except UnicodeDecodeError as second:
        detail = f"neither UTF-8 (byte {fault.start}) nor Windows-1252 (byte {second.start}); {_REMEDY}"
        return Undecodable("undecodable", detail)
    other = _other_encoding(text)
    return (
        Undecodable("encoding", f"not UTF-8 (byte {fault.start}), and no Western text: {other}; {_REMEDY}") if other else text
    )


def _other_encoding(text: str) -> str | None:
    """Which encoding a text read as Windows-1252 seems to be in, if it is plainly no Western one."""
    letters, accented = len(_LETTER.findall(text)), len(_ACCENTED.findall(text))
    foreign_word = any(len(set(run.lower())) >= 3 for run in _ACCENTED_RUN.findall(text))
    if foreign_word or (accented >= FEWEST_ACCENTED and accented > letters * MOST_ACCENTED):
        return "perhaps Cyrillic in Windows-1251, or Greek or Asian letters"
    signs = len(_SIGN_IN_WORD.findall(text))
    if signs >= 2 and signs > letters * MOST_SIGNS_IN_WORDS:
        return "perhaps Central European letters in Windows-1250, or an encoding of DOS"
    turkish = _ICELANDIC_OR_TURKISH.findall(text)
    several = len({letter.lower() for letter in turkish}) > 1  # an Icelandic name or two in English have one
    if several and len(turkish) > letters * MOST_TURKISH and not _NOT_TURKISH.search(text):
        return "perhaps Turkish in Windows-1254"
    return None
