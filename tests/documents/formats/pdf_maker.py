"""A small writer of PDF files: words at places in Helvetica, pictures without words, and files that are protected."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SIZE = (612, 792)
_ENCRYPT = (
    b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A"
    b">/U<" + b"00" * 32 + b">>>"
)


class Placed(NamedTuple):
    """A text with the place of its first letter, from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 11


def lines(texts: Iterable[str], x: float = 72, y: float = 700, size: float = 11, step: float = 14) -> list[Placed]:
    return [Placed(x, y - step * number, text, size) for number, text in enumerate(texts)]


def wrapped(text: str, width: int) -> list[str]:
    found = [""]
    for word in text.split():
        if len(found[-1]) + len(word) >= width:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def pdf(
    pages: Sequence[Sequence[Placed]], *, picture: bool = False, encrypted: bool = False, rotate: int = 0, info: bytes = b""
) -> bytes:
    """A PDF with so many pages. With `picture`, each page is covered by one."""
    objects = [
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n\x80\nendstream",
    ]
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        content = b"q %d 0 0 %d 0 0 cm /P1 Do Q\n" % SIZE if picture else b""
        content += b"".join(b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (p.size, p.x, p.y, _escaped(p.text)) for p in page)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F1 1 0 R>>/XObject<</P1 2 0 R>>>>"
            b"/Contents %d 0 R>>" % (tree, *SIZE, rotate, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids)))
    objects.append(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    objects.append(b"<<%s>>" % info)
    return _written(objects, tree + 1, _ENCRYPT if encrypted else None)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _written(objects: Sequence[bytes], root: int, encrypt: bytes | None) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    protection = b"/Encrypt %s/ID[<00><00>]" % encrypt if encrypt else b""
    trailer = b"trailer<</Size %d/Root %d 0 R/Info %d 0 R%s>>\n" % (len(objects) + 1, root, root + 1, protection)
    return out + trailer + b"startxref\n%d\n%%%%EOF\n" % start
