"""Sound inputs of every format, from which broken and hostile ones are made."""

import io
import random
import re
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from html import escape

import docx

from pipeline.contract.reference import seeds_folder

Maker = Callable[[str, random.Random], bytes]


@cache
def texts() -> tuple[str, ...]:
    """The demonstration texts."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted((seeds_folder() / "documents").glob("*.txt")))


def plain(text: str, choice: random.Random) -> bytes:
    encoding = choice.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251", "latin-1", "gb18030"))
    return text.encode(encoding, "replace")


def html(text: str, choice: random.Random) -> bytes:
    title, *paragraphs = [part for part in text.split("\n\n") if part.strip()] or [""]
    rows = "".join(f"<tr><td>{year}<td>{choice.randint(1, 99)} million tons" for year in range(2019, 2024))
    body = "".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta property="article:published_time" content="2025-03-04T10:00:00Z">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "A. Writer"}}</script></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>{escape(title)}</h1>{body}<table>{rows}</table></article></body>"
    ).encode()


def pdf_file(text: str, choice: random.Random) -> bytes:
    rows = [row for part in text.split("\n") for row in (textwrap.wrap(part, choice.randint(40, 100)) or [""])]
    return pdf([rows[start : start + 48] for start in range(0, len(rows), 48)])


def pdf(pages: list[list[str]], packed: bool = True) -> bytes:
    """Rows of text on pages, in Helvetica."""
    objects = [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    tree = 2 * len(pages) + 2
    for rows in pages:
        shown = b"".join(b"(%s) Tj T*\n" % re.sub(rb"([\\()])", rb"\\\1", row.encode("cp1252", "replace")) for row in rows)
        content = b"BT /F1 11 Tf 14 TL 60 740 Td\n%s ET" % shown
        how = b"/Filter/FlateDecode" if packed else b""
        content = zlib.compress(content) if packed else content
        objects.append(b"<<%s/Length %d>>stream\n%s\nendstream" % (how, len(content), content))
        objects.append(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 1 0 R>>>>/Contents %d 0 R>>"
            % (tree, len(objects))
        )
    kids = b" ".join(b"%d 0 R" % (2 * number + 3) for number in range(len(pages)))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    objects.append(b"<</Type/Catalog/Pages %d 0 R>>" % tree)
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    ending = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + ending % (size, table, size, size - 1, len(out))


def docx_file(text: str, choice: random.Random) -> bytes:
    made = docx.Document()
    allowed = re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    title, *paragraphs = [part for part in allowed.split("\n\n") if part.strip()] or [""]
    made.add_heading(title, 0)
    for part in paragraphs:
        made.add_paragraph(part)
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2023", "5 million tons"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def eml(text: str, choice: random.Random) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "A <a@example.org>", "Trade", "Tue, 04 Mar 2025 10:00:00 +0000"
    mail.set_content(text)
    if choice.random() < 0.5:
        mail.add_alternative(html(text, choice).decode(), subtype="html")
    if choice.random() < 0.3:
        mail.add_attachment(pdf_file(text, choice), maintype="application", subtype="pdf", filename="../../report.pdf")
    return mail.as_bytes()


def rss(text: str, choice: random.Random) -> bytes:
    items = "".join(
        f"<item><title>{escape(one[:60])}</title><link>http://news.example/{n}</link><guid>{n}</guid>"
        f"<pubDate>Tue, 04 Mar 2025 10:0{n}:00 GMT</pubDate><description>{escape(one[:200])}</description>"
        f"<content:encoded><![CDATA[<p>{one}</p>]]></content:encoded></item>"
        for n, one in enumerate([text, *choice.sample(texts(), 3)])
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>News</title><link>http://news.example/</link>{items}</channel></rss>"
    ).encode()


def atom(text: str, choice: random.Random) -> bytes:
    items = "".join(
        f"<entry><title>{escape(one[:60])}</title><link href='http://news.example/{n}'/><id>{n}</id>"
        f"<updated>2025-03-04T10:0{n}:00Z</updated><content type='html'>{escape(html(one, choice).decode())}</content></entry>"
        for n, one in enumerate([text, *choice.sample(texts(), 3)])
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>n</id>{items}</feed>'.encode()


MAKERS: dict[str, Maker] = {
    "txt": plain,
    "md": plain,
    "html": html,
    "pdf": pdf_file,
    "docx": docx_file,
    "eml": eml,
    "rss": rss,
    "atom": atom,
}
FEEDS = ("rss", "atom")

# Made to exhaust whoever reads them -----------------------------------------------------------------------------------


def deep_html(choice: random.Random) -> bytes:
    tag = choice.choice(("div", "b", "table", "blockquote", "font", "ul><li", "a", "svg", "select"))
    depth = choice.choice((300, 5_000, 100_000))
    return b"<html><body>" + f"<{tag}>".encode() * depth + b"Exports of Peru were $5 million."


def entity_bomb(choice: random.Random) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "lol">{levels}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        "<rss version='2.0'><channel><title>&e11;</title><item><title>&file;</title><description>&e11;</description>"
        "<link>http://news.example/1</link></item></channel></rss>"
    ).encode()


def deep_xml(choice: random.Random) -> bytes:
    depth = choice.choice((1_000, 50_000))
    return (
        b"<rss version='2.0'><channel><item><title>t</title><description>"
        + b"<a>" * depth
        + b"</description></item></channel></rss>"
    )


def flate_bomb(choice: random.Random) -> bytes:
    stream = zlib.compress(b"BT /F1 9 Tf (5 million tons) Tj ET " * choice.choice((10_000, 3_000_000)), 9)
    sound = pdf([["Exports of Peru were $5 million."]], packed=False)
    at = sound.index(b"<</Length")
    end = sound.index(b"endstream", at) + len(b"endstream")
    return sound[:at] + b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream) + sound[end:]


def looping_pdf(choice: random.Random) -> bytes:
    sound = pdf([["Exports of Peru were $5 million."]] * 3)
    return sound.replace(b"/Kids[3 0 R", b"/Kids[8 0 R").replace(b"/Count 3", b"/Count 999999999")


def zip_bomb(choice: random.Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("../../../../tmp/escaped.txt", "x")
        package.writestr("word/document.xml", b" " * choice.choice((1_000_000, 150_000_000)))
    return file.getvalue()


def deep_docx(choice: random.Random) -> bytes:
    sound = io.BytesIO(docx_file("Trade\n\nExports of Peru were $5 million.", choice))
    file = io.BytesIO()
    with zipfile.ZipFile(sound) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 20_000, 1)
            made.writestr(name, content)
    return file.getvalue()


def nested_mail(choice: random.Random) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    return (
        b"From: a@example.org\nSubject: Trade\n" + head * choice.choice((30, 3_000)) + b"\nExports of Peru were $5 million.\n"
    )


def long_line(choice: random.Random) -> bytes:
    unit = choice.choice(
        ("7", "1,", "$1.2 bn ", "and ", "Peru ", "in 2023 ", "(", "“", "\u202e", "e\u0301", "\u200b", "a.", "-", " ", "1 234 ")
    )
    return (unit * (1_000_000 // len(unit))).encode()


def many_lines(choice: random.Random) -> bytes:
    line = choice.choice(("\n", "x\n", "- 5 tons\n", "| 1 | 2 |\n", "By A. Writer\n", "2024-01-01\n", "\t\n", "\r", "\u2028"))
    return (line * (300_000 // len(line))).encode()


EXHAUSTING: tuple[tuple[str, Callable[[random.Random], bytes]], ...] = (
    ("html", deep_html),
    ("rss", entity_bomb),
    ("atom", deep_xml),
    ("html", entity_bomb),
    ("pdf", flate_bomb),
    ("pdf", looping_pdf),
    ("docx", zip_bomb),
    ("docx", deep_docx),
    ("eml", nested_mail),
    ("txt", long_line),
    ("txt", many_lines),
    ("html", long_line),
)
