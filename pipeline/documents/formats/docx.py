"""The text of a DOCX file: paragraphs, headings, items and tables in reading order.

python-docx opens the package and knows its styles; the body is walked here, since text may stand in content controls and
insertions that python-docx passes over. Deleted text, notes, comments, and the heads and feet of pages are left out. Its
properties are not taken for metadata: they hold when a template was made, and who was logged in.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.blocks import Block, Kind, is_data, one_line, rendered, tidy
from pipeline.documents.formats.converted import Converted, UnconvertibleError
from pipeline.documents.formats.messages import Job

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TAB, _BREAKS, _HYPHEN = qn("w:t"), qn("w:tab"), {qn("w:br"), qn("w:cr")}, qn("w:noBreakHyphen")
_PROPERTIES = {qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:trPr"), qn("w:tcPr"), qn("w:sdtPr"), qn("w:sectPr")}
_TEXT_BOX, _FALLBACK = qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was taken out, what is a picture or a drawing, and of two forms of one thing the one for older programs.
_LEFT_OUT = _PROPERTIES | {qn("w:del"), qn("w:moveFrom"), qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:instrText")}
_LEFT_OUT |= {_FALLBACK}
MOST_COLUMNS = 60


def read_docx(job: Job) -> Converted:
    """The text of a DOCX file. Raises `UnconvertibleError` for a package that is damaged, protected, or too large unpacked."""
    _checked(job.content)
    document = docx.Document(io.BytesIO(job.content))
    styles = {style.style_id: str(style.name or "").lower() for style in document.styles if style.style_id}
    blocks = list(_Body(styles).blocks(document.element.body))
    titled = bool(blocks) and blocks[0].kind == "title"
    return Converted(rendered(blocks), titled=titled)


def _checked(content: bytes) -> None:
    """Judges a package by its list of members, before any is unpacked; none gives more bytes than the list says."""
    limits = read_toml("documents_limits.toml")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise UnconvertibleError("damaged", "no DOCX file, or one that is damaged or cut off") from None
    if any(member.flag_bits & 1 for member in members):
        raise UnconvertibleError("encrypted", "opens only with a password; save a copy without one")
    unpacked = sum(member.file_size for member in members)
    if len(members) > limits["docx_members"]:
        raise UnconvertibleError("too_large", f"{len(members)} members, the limit is {limits['docx_members']}")
    if unpacked > limits["docx_unpacked"]:
        raise UnconvertibleError("too_large", f"{unpacked} bytes unpacked, the limit is {limits['docx_unpacked']}")
    if any(member.file_size > limits["docx_ratio"] * max(member.compress_size, 1_000) for member in members):
        raise UnconvertibleError("too_large", f"a member unpacks to more than {limits['docx_ratio']} times its size")


class _Body:
    """The body of a document. `styles` are the names of its styles in lower case, by id."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks under an element, in order. Depth is bounded by the parser."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        kind = self._kind(paragraph)
        text = tidy(_text(paragraph))
        if text:
            yield Block(kind, text if kind == "paragraph" else one_line(text))
        for box in paragraph.iterdescendants(_TEXT_BOX):
            if next(box.iterancestors(_FALLBACK), None) is None:
                yield from self.blocks(box)

    def _kind(self, paragraph: Any) -> Kind:
        properties = paragraph.find(qn("w:pPr"))
        style = None if properties is None else properties.find(qn("w:pStyle"))
        name = "" if style is None else self._styles.get(str(style.get(qn("w:val"))), "")
        if name == "title":
            return "title"
        if name.startswith("heading"):
            return "heading"
        numbered = properties is not None and properties.find(qn("w:numPr")) is not None
        return "item" if numbered or name.startswith("list ") else "paragraph"

    def _table(self, table: Any) -> Iterator[Block]:
        rows = list(_rows(table))
        texts = tuple(tuple(one_line(_text(cell)) if cell is not None else "" for cell in row) for row in rows)
        nested = next(table.iterdescendants(_TABLE), None) is not None
        if is_data(texts) and not nested:
            yield Block("table", rows=texts)
            return
        for row in rows:
            for cell in row:
                if cell is not None:
                    yield from self.blocks(cell)


def _rows(table: Any) -> Iterator[list[Any]]:
    """The cells of each row; None where a cell is covered by one to its left or above it."""
    for row in _children(table, _ROW):
        cells: list[Any] = []
        for cell in _children(row, _CELL):
            properties = cell.find(qn("w:tcPr"))
            merge = None if properties is None else properties.find(qn("w:vMerge"))
            covered = merge is not None and merge.get(qn("w:val")) != "restart"
            cells.append(None if covered else cell)
            cells += [None] * (min(_span(properties), MOST_COLUMNS) - 1)
        yield cells[:MOST_COLUMNS]


def _span(properties: Any) -> int:
    span = None if properties is None else properties.find(qn("w:gridSpan"))
    value = "" if span is None else str(span.get(qn("w:val")) or "")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The elements of a kind under a table or row, those in content controls and insertions included, not in inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag not in (_PARAGRAPH, _TABLE):
            yield from _children(child, tag)


def _text(element: Any) -> str:
    """The text under an element, paragraphs and line breaks on lines of their own."""
    parts: list[str] = []

    def gather(parent: Any) -> None:
        for child in parent:
            if child.tag == _TEXT:
                parts.append(child.text or "")
            elif child.tag == _TAB:
                parts.append("\t")
            elif child.tag in _BREAKS:
                parts.append("\n")
            elif child.tag == _HYPHEN:
                parts.append("-")
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                gather(child)
                if child.tag == _PARAGRAPH:
                    parts.append("\n")

    gather(element)
    return "".join(parts)
