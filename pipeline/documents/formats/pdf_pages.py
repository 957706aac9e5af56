"""How the pages of a PDF make up one text: heads and feet that repeat, paragraphs that pages divide, words that lines divide.

How one page is laid out belongs to `pdf_layout`. A head or foot is kept, after the paragraph in which the page ends.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.blocks import Block, Kind, one_line, rendered
from pipeline.documents.formats.converted import Converted, Stretch
from pipeline.documents.formats.pdf_layout import (
    LINE_END_HYPHEN,
    Part,
    Piece,
    Row,
    Word,
    in_columns,
    parts_of,
    pieces_of,
    rows_of,
)
from pipeline.documents.lines import final_stop

# Rows from the edge of a page among which heads and feet are looked for, how many points their heights may differ, and how
# long they may be.
EDGE_ROWS, LEVEL_STEP, LONGEST_EDGE = 4, 8.0, 90
# On so many pages, and on this share of all, a row that repeats is a head or foot; one side of a sheet may have its own.
FEWEST_PAGES, PAGE_SHARE = 2, 0.3
HEADING_SIZE, TITLE_SIZE, MOST_TITLE_WORDS = 1.12, 1.15, 30
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[\w-]*\w$")
_FIRST_WORD = re.compile(r"\w+")
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = (LINE_END_HYPHEN, _SOFT_HYPHEN, "-")


def assembled(pages: Sequence[Sequence[Word]]) -> Converted:
    """The text of pages, their heads and feet marked as furniture."""
    pieces = [pieces_of(words) for words in pages]
    kept, edges = _without_edges(pieces)
    parts = [[part for column in in_columns(page) for part in parts_of(column)] if page else [] for page in kept]
    mender = _Mender(word.text for page in pages for word in page)
    body = median([part.size for page in parts for part in page for _ in part.lines or part.rows] or [0.0])
    text: list[str] = []
    furniture: list[Stretch] = []
    length = 0
    before: Kind | None = None
    titled = _opens_with_title([part for page in parts for part in page], body)
    for block in _blocks(parts, edges, mender, body):
        written = rendered([block])
        if not written:
            continue
        near = block.kind == before and (block.close or before in ("item", "furniture"))
        joint = "" if not text else "\n" if near else "\n\n"
        text += [joint, written]
        start = length + len(joint)
        length = start + len(written)
        if block.kind == "furniture":
            furniture.append(Stretch(start, length))
        before = block.kind
    whole = "".join(text)
    return Converted(whole, titled=titled, furniture=tuple(furniture))


def _blocks(
    parts: Sequence[Sequence[Part]], edges: Sequence[tuple[list[str], list[str]]], mender: "_Mender", body: float
) -> Iterator[Block]:
    """All blocks in order. What a page or column divides is joined; heads and feet stand behind what they interrupt."""
    open_part: Part | None = None
    waiting: list[Block] = []
    for page, (head, foot) in zip(parts, edges, strict=True):
        waiting += [Block("furniture", one_line(text)) for text in head]
        for part in page:
            if open_part is not None and _is_continued(open_part, part):
                open_part.lines += part.lines
                open_part.full = part.full
                continue
            if open_part is not None:
                yield _block(open_part, mender, body)
            yield from waiting
            open_part, waiting = part, []
        waiting += [Block("furniture", one_line(text)) for text in foot]
    if open_part is not None:
        yield _block(open_part, mender, body)
    yield from waiting


def _is_continued(part: Part, following: Part) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if part.kind == "table" or following.kind != "paragraph" or abs(part.size - following.size) > 0.1 * part.size:
        return False
    end = part.lines[-1]
    first = following.lines[0][:1]
    if end.endswith(_HYPHENS):
        return first.isalpha()
    # A line alone that ends without a stop above one with a capital may be a heading.
    return part.full and final_stop(end) == "" and (not first.isupper() or len(part.lines) > 1)


def _block(part: Part, mender: "_Mender", body: float) -> Block:
    if part.kind == "table":
        return Block("table", rows=tuple(tuple(mender.plain(cell) for cell in row) for row in part.rows))
    kind: Kind = "heading" if part.kind == "paragraph" and part.size > HEADING_SIZE * body else part.kind
    return Block(kind, mender.joined(part.lines), close=part.close and kind == "paragraph")


def _opens_with_title(parts: Sequence[Part], body: float) -> bool:
    """Whether the first paragraph stands out by its size as a title does."""
    first = next(iter(parts), None)
    if first is None or first.kind != "paragraph" or first.size < TITLE_SIZE * body:
        return False
    largest = max(part.size for part in parts[:8])
    return first.size >= largest and 2 < len(" ".join(first.lines).split()) <= MOST_TITLE_WORDS


# Heads and feet -----------------------------------------------------------------------------------------------------


class _Edge(NamedTuple):
    """A row at the edge of a page: its text with numbers made alike, and roughly where it stands."""

    key: str
    step: int
    row: Row


def _without_edges(pages: Sequence[list[Piece]]) -> tuple[list[list[Piece]], list[tuple[list[str], list[str]]]]:
    """The pieces of each page without its head and foot, and these as lines."""
    rows = [rows_of(page) for page in pages]
    sides = [([_edge(row) for row in page[:EDGE_ROWS]], [_edge(row) for row in page[: -EDGE_ROWS - 1 : -1]]) for page in rows]
    repeated = [_repeated([side[which] for side in sides]) for which in (0, 1)]
    kept: list[list[Piece]] = []
    edges: list[tuple[list[str], list[str]]] = []
    for pieces, (head, foot) in zip(pages, sides, strict=True):
        taken = [list(_outermost(side, repeated[which])) for which, side in enumerate((head, foot))]
        levels = [(row.level, row.size) for side in taken for row in side]
        kept.append([piece for piece in pieces if not any(abs(piece.level - level) < 0.4 * size for level, size in levels)])
        edges.append(([row.text for row in taken[0]], [row.text for row in reversed(taken[1])]))
    return kept, edges


def _edge(row: Row) -> _Edge:
    return _Edge(_DIGITS.sub("#", one_line(row.text)).casefold(), round(row.level / LEVEL_STEP), row)


def _repeated(pages: Sequence[Sequence[_Edge]]) -> set[tuple[str, int]]:
    """The rows that stand at one place on many pages."""
    counted: Counter[tuple[str, int]] = Counter()
    for page in pages:
        # Heights that differ by a little may be rounded apart.
        counted.update(
            {(edge.key, edge.step + shift) for edge in page if len(edge.key) <= LONGEST_EDGE for shift in (-1, 0, 1)}
        )
    fewest = max(FEWEST_PAGES, PAGE_SHARE * len(pages))
    return {key for key, count in counted.items() if count >= fewest and any(map(str.isalnum, key[0].replace("#", "0")))}


def _outermost(side: Sequence[_Edge], repeated: set[tuple[str, int]]) -> Iterator[Row]:
    """The rows from the edge inwards that repeat."""
    for edge in side:
        if (edge.key, edge.step) not in repeated:
            return
        yield edge.row


# Divided words ------------------------------------------------------------------------------------------------------


class _Mender:
    """Joins lines, and the words that they divide as the rest of the text writes them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = {match.group().lower() for word in words for match in _WORD.finditer(word)}

    def plain(self, text: str) -> str:
        """A text without marks of hyphenation."""
        return text.replace(_SOFT_HYPHEN, "").replace(LINE_END_HYPHEN, "-")

    def joined(self, lines: Sequence[str]) -> str:
        """Lines as one."""
        text = lines[0]
        for line in lines[1:]:
            text = self._pair(text, line)
        return self.plain(one_line(text))

    def _pair(self, text: str, line: str) -> str:
        if not text.endswith(_HYPHENS) or not line[:1].isalnum():
            return f"{text} {line}"
        stem, hyphen = text[:-1], text[-1]
        last, first = _LAST_WORD.search(stem[-60:]), _FIRST_WORD.match(line)
        if hyphen == _SOFT_HYPHEN or last is None or first is None:
            return stem + line if hyphen == _SOFT_HYPHEN else f"{text} {line}"
        return stem + ("-" if self._keeps_hyphen(last.group(), first.group()) else "") + line

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether a word that a line divides has the hyphen anyway (`Trans-Caspian`, `long-term`)."""
        if not right[0].islower() or left[-1].isdigit():
            return True
        fragment = left.rpartition("-")[2].lower()
        whole, hyphened = f"{fragment}{right}".lower(), f"{left}-{right}".lower()
        if whole in self._known or hyphened in self._known:
            return whole not in self._known
        return fragment in _kept_before_hyphen()


@cache
def _kept_before_hyphen() -> frozenset[str]:
    return frozenset(read_toml("documents_formats.toml")["hyphened"])
