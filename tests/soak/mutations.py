"""Inputs that are broken in every way that a random choice finds: the same in every run for the same number."""

import io
import random
import zipfile
from dataclasses import dataclass

from pipeline.sources.raw import RawText
from soak.materials import EXHAUSTING, FEEDS, MAKERS, texts

_EXHAUSTING = 0.01  # share of the inputs that are made to exhaust whoever reads them; they take seconds
_NOISE = (
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\x00",
        "\x1b[31m",
        "\x07",
        "\x9b2J",
        "\ufeff",
        "\ud83d",
        "\U000e0041",
        "\u0301" * 40,
    ),
    *(
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE documents; --",
        "<script>alert(1)</script>",
        "](javascript:alert(1))",
        "{{7*7}}",
        "%s%n",
    ),
    *(
        "1e999999",
        "9" * 400,
        "1,,,,5",
        "-0.0",
        "١٢٣ مليون",
        "三百万吨",
        "½",
        "NaN",
        "&#x202e;",
        "&#0;",
        "&amp;lt;",
        "]]>",
        "-->",
    ),
    *(
        "../../etc/passwd",
        "\\\\host\\share",
        "C:\\con",
        "file:///etc/passwd",
        "31 February 2025",
        "in the year 99999",
        "\r\r\n",
    ),
)
_ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32", "cp1251", "cp1252", "koi8-r", "shift_jis", "gb18030", "utf-7", "cp037")
_MEDIA_TYPES = (
    None,
    None,
    None,
    "text/html",
    "text/plain",
    "application/pdf",
    "application/octet-stream",
    "message/rfc822",
    "x/y",
)
_CHARSETS = (None, None, None, "utf-8", "utf-16", "windows-1251", "iso-8859-1", "no-such-charset", "\x00")


@dataclass(frozen=True, slots=True)
class Input:
    """An input: a feed's bytes, or a text as a source gives it."""

    kind: str
    raw: RawText

    @property
    def is_feed(self) -> bool:
        return self.kind in FEEDS


def made(number: int) -> Input:
    """The input of a number."""
    choice = random.Random(number)
    if choice.random() < _EXHAUSTING:
        kind, make = choice.choice(EXHAUSTING)
        content = make(choice)
    else:
        kind = choice.choice(tuple(MAKERS))
        text = choice.choice(texts())
        if choice.random() < 0.5:
            text = _mutated_text(text, choice)
        content = MAKERS[kind](text, choice)
        if kind == "docx" and choice.random() < 0.5:
            content = _inside_package(content, choice)
        elif choice.random() < 0.8:
            content = mutated(content, choice)
    suffix = choice.choice(("txt", "html", "pdf", "docx", "eml", "md")) if choice.random() < 0.1 else kind
    name = f"{number}.{suffix}"
    raw = RawText("fuzz", f"fuzz/{name}", name, content, choice.choice(_MEDIA_TYPES), choice.choice(_CHARSETS))
    return Input(kind, raw)


def _mutated_text(text: str, choice: random.Random) -> str:
    for _ in range(choice.randint(1, 6)):
        at = choice.randrange(len(text) + 1)
        match choice.randrange(6):
            case 0 | 1:
                text = text[:at] + choice.choice(_NOISE) + text[at:]
            case 2:
                text = text[:at] + text[at + choice.randint(1, 200) :]
            case 3:
                other = choice.choice(texts())
                text = text[:at] + other[choice.randrange(len(other)) :]
            case 4:
                lines = text.split("\n")
                choice.shuffle(lines)
                text = "\n".join(lines)
            case _:
                text = text.replace(choice.choice((" ", "\n", ".", ",", "million", "tons", "$")), choice.choice(_NOISE))
    return text.encode("utf-8", "replace").decode()


def mutated(content: bytes, choice: random.Random) -> bytes:
    for _ in range(choice.choice((1, 1, 2, 5))):
        at, size = choice.randrange(len(content) + 1), choice.choice((1, 2, 10, 300))
        match choice.randrange(8):
            case 0 | 1:
                content = content[:at] + choice.randbytes(size) + content[at + size :]
            case 2:
                content = content[:at] + content[at + size :]
            case 3:
                content = content[:at] + content[at : at + size] * choice.choice((2, 50, 1_000)) + content[at + size :]
            case 4:
                content = content[:at]
            case 5:
                content = content[:at] + choice.choice(_NOISE).encode("utf-8", "surrogatepass") + content[at:]
            case 6:
                content = content.decode("utf-8", "replace").encode(choice.choice(_ENCODINGS), "replace")
            case _:
                content = bytes(byte ^ (1 << choice.randrange(8)) if choice.random() < 0.002 else byte for byte in content)
    return content


def _inside_package(content: bytes, choice: random.Random) -> bytes:
    """The same to one file in a package, which is packed again."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        names = package.namelist()
        target = choice.choice(["word/document.xml", *names])
        for name in names:
            inner = package.read(name)
            packed.writestr(name, mutated(inner, choice) if name == target else inner)
    return file.getvalue()
