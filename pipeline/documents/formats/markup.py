"""Markup taken apart: the encoding of a page, its tree, and the blocks of text in it, tables with their spanned cells.

Which of it is the article, and what a page tells of itself, belongs to `html`; how blocks are written to `blocks`.
"""

import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree, html  # type: ignore[import-untyped]

from pipeline.contract.reference import read_toml
from pipeline.documents.decoding import Undecodable, decode_damaged
from pipeline.documents.formats.blocks import Block, Kind, is_data, one_line, rendered, tidy
from pipeline.documents.formats.converted import UnconvertibleError

# What a page says of its encoding, in its first bytes as browsers look for it.
_CHARSET_REACH = 4_096
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_PROLOG = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_HEADINGS = {"head", "h1", "h2", "h3", "h4", "h5", "h6"}
_ITEMS = {"item", "li", "dt", "dd"}
_TABLES = {"table"}
_ROWS, _CELLS = {"row", "tr"}, {"cell", "td", "th"}
_BREAKS = {"lb", "br"}
_BLOCKS = (
    _HEADINGS | _ITEMS | _TABLES | _ROWS | _CELLS
    | {"p", "div", "section", "article", "main", "body", "html", "list", "ul", "ol", "dl", "quote", "blockquote", "pre", "code"}
    | {"address", "center", "figure", "figcaption", "hr", "details", "summary", "thead", "tbody", "tfoot", "caption", "ab"}
)  # fmt: skip
SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "select",
    "button",
    "object",
    "head",
    "title",
    "textarea",
}


def text_of_html(content: bytes, charset: str | None) -> str:
    """All text of a page or piece, as the body of a mail needs it. Raises `UnconvertibleError`."""
    return rendered(blocks_of(parsed(decoded(content, charset))))


def decoded(content: bytes, charset: str | None) -> str:
    """A page as text: by its byte order mark, what its sender declared, what it declares itself, or as plain text is."""
    head = content[:_CHARSET_REACH]
    found = [match[1].decode("ascii") for pattern in (_PROLOG, _CHARSET) if (match := pattern.search(head))]
    text = decode_damaged(content, [charset, *found], float(read_toml("documents_limits.toml")["html_damaged"]))
    if isinstance(text, Undecodable):
        raise UnconvertibleError(text.reason, text.detail)
    return text


def parsed(text: str) -> html.HtmlElement:
    """The tree of a page. Raises `UnconvertibleError` if it holds no element, or nests deeper than libxml2 goes."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:
        raise UnconvertibleError("empty", "a page without text") from None
    # Beyond its limits the parser leaves off: what it has then is the beginning of the page.
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise UnconvertibleError("damaged", "elements are nested too deep, or a name or value in it is too long")
    return cast(html.HtmlElement, tree)


def blocks_of(root: Any, skipped: set[str] = SKIPPED) -> Iterator[Block]:
    """The blocks under an element of HTML, or of the body that trafilatura makes of it, in order."""
    # In that body a `head` is a heading.
    yield from _Walk(skipped - _HEADINGS if root.tag == "body" else skipped).blocks(root)


class _Walk:
    """A walk through a tree that gathers the text of blocks. Depth is bounded by the parser."""

    def __init__(self, skipped: set[str]) -> None:
        self._skipped = skipped
        self._text: list[str] = []

    def blocks(self, element: Any, kind: Kind = "paragraph") -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in self._skipped:
            return
        if tag in _BREAKS:
            self._text.append("\n")
            return
        own = _kind(tag, kind)
        apart = tag in _BLOCKS
        if apart:
            yield from self._flushed(kind)
        table = _data_rows(element) if tag in _TABLES else None
        if table is not None:
            yield Block("table", rows=table)
            return
        self._text.append(element.text or "")
        for child in element:
            yield from self.blocks(child, own)
            self._text.append(child.tail or "")
        if apart:
            yield from self._flushed(own)

    def _flushed(self, kind: Kind) -> Iterator[Block]:
        text, self._text = tidy("".join(self._text)), []
        if text:
            yield Block(kind, one_line(text) if kind == "heading" else text)


def _kind(tag: str, kind: Kind) -> Kind:
    if tag in _HEADINGS:
        return "heading"
    if tag in _ITEMS:
        return "item"
    return "paragraph" if tag in _CELLS else kind


def _data_rows(table: Any) -> tuple[tuple[str, ...], ...] | None:
    """The cells of a table that holds data; None for one that lays out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    grid = _Grid()
    for row in table.iterdescendants(*_ROWS):
        grid.add([cell for cell in row if cell.tag in _CELLS])
    caption = next(table.iterdescendants("caption"), None)
    rows = [(_cell_text(caption),)] if caption is not None else []
    return (*rows, *grid.rows) if is_data(grid.rows) else None


class _Grid:
    """The rows of a table, spanned cells left empty, so that the others stand in their columns."""

    MOST = 60  # columns; a cell that spans more is an error or an attack

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self._taken: dict[int, int] = {}

    def add(self, cells: list[Any]) -> None:
        row: list[str] = []
        for cell in cells[: self.MOST]:
            self._skip(row)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for number in range(len(row), min(len(row) + across, self.MOST) if down > 1 else 0):
                self._taken[number] = down - 1
            row += [_cell_text(cell), *[""] * min(across - 1, self.MOST - len(row))]
        self._skip(row)
        self.rows.append(tuple(row))

    def _skip(self, row: list[str]) -> None:
        while self._taken.get(len(row), 0) > 0:
            self._taken[len(row)] -= 1
            row.append("")


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "")
    return max(1, min(int(value), _Grid.MOST)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _cell_text(cell: Any) -> str:
    return one_line(" ".join(cell.itertext()))
