"""The text layer of a PDF, as PDFium tells it: words with their places, page by page.

How words make up lines, columns, tables and paragraphs belongs to `pdf_layout`, and which lines are heads and feet of pages
to `pdf_pages`. Properties of the file are not taken for metadata: they tell who was logged in, and when it was printed.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.converted import Converted, UnconvertibleError
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.pdf_layout import LINE_END_HYPHEN, Word
from pipeline.documents.formats.pdf_pages import assembled

# A page with fewer letters than this beside pictures that cover so much of it is one that was scanned.
SPARSE_LETTERS = 40
COVERED = 0.4
# Where PDF puts what is no text of its own, points; and the width beyond which a place is an error.
FARTHEST = 20_000.0
_PDFIUM_HYPHENS = "\ufffe\x02"  # what stands for a hyphen at the end of a line, which PDFium then does not end
_WORD = re.compile(rf"[^\s\0{_PDFIUM_HYPHENS}]+[{_PDFIUM_HYPHENS}]?|[{_PDFIUM_HYPHENS}]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪"}  # of Symbol and Wingdings
_SPELLINGS = str.maketrans({**_LIGATURES, **_BULLETS, **dict.fromkeys(_PDFIUM_HYPHENS, LINE_END_HYPHEN)})


class _Page(NamedTuple):
    words: list[Word]
    letters: int
    covered: float


def read_pdf(job: Job) -> Converted:
    """The text of a PDF. Raises `UnconvertibleError` for one that is encrypted, damaged, a scan, or has too many pages."""
    with _opened(job.content) as document:
        count = len(document)
        limit = int(read_toml("documents_limits.toml")["pdf_pages"])
        if count > limit:
            raise UnconvertibleError("too_large", f"{count} pages, the limit is {limit}; split the file")
        pages = list(_pages(document, count))
    sparse = [page for page in pages if page.letters < SPARSE_LETTERS and page.covered >= COVERED]
    if not any(page.letters for page in pages) or (sparse and len(sparse) * 10 >= len(pages) * 9):
        if any(page.covered for page in pages):
            raise UnconvertibleError("scan", "pages are pictures without a text layer; run it through OCR")
        raise UnconvertibleError("empty", "no text on its pages")
    return assembled([page.words for page in pages])


def _opened(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnconvertibleError("encrypted", "opens only with a password; save a copy without one") from None
        raise UnconvertibleError("damaged", "no PDF, or one that is damaged or cut off") from None


def _pages(document: Any, count: int) -> Iterator[_Page]:
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            # A page that is damaged leaves the others readable; a file of such pages alone has no text.
            continue
        try:
            yield _read_page(page)
        finally:
            page.close()


def _read_page(page: Any) -> _Page:
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        words = list(_words(text, page.get_rotation(), width, height))
    finally:
        text.close()
    letters = sum(character.isalnum() for word in words for character in word.text)
    return _Page(words, letters, _covered(page, width * height) if letters < SPARSE_LETTERS else 0.0)


def _covered(page: Any, area: float) -> float:
    """The share of a page that its pictures cover."""
    covered = 0.0
    for number, one in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        left, bottom, right, top = one.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
        if number > 200:
            break
    return covered / area if area > 0 else 0.0


def _words(text: Any, rotation: int, width: float, height: float) -> Iterator[Word]:
    """The words of a page in the order of its content, without those that no place can be told of."""
    written = _written(text)
    raw, first, last = text.raw, pdfium.FS_RECTF(), pdfium.FS_RECTF()
    place_of = pdfium.FPDFText_GetLooseCharBox
    for match in _WORD.finditer(written):
        start, end = match.span()
        word = match.group()
        # The hyphen that PDFium tells of at the end of a line may have no place.
        at = end - 2 if word[-1] in _PDFIUM_HYPHENS and end - start > 1 else end - 1
        if not place_of(raw, start, first) or not place_of(raw, at, last):
            continue
        left, right = min(first.left, last.left), max(first.right, last.right)
        bottom, top = min(first.bottom, last.bottom), max(first.top, last.top)
        # Also false for what is no number.
        if -FARTHEST < left <= right < FARTHEST and -FARTHEST < bottom <= top < FARTHEST:
            if not word.isascii() or word[-1] in _PDFIUM_HYPHENS:
                word = word.translate(_SPELLINGS)
            place = (left, bottom, right, top)
            yield Word(word, *(_upright(place, rotation, width, height) if rotation else place))


def _written(text: Any) -> str:
    """The characters of a page, one for each that PDFium counts."""
    count = text.count_chars()
    written = text.get_text_range(0, count, errors="replace") if count else ""
    if len(written) == count:
        return str(written)
    codes = (pdfium.FPDFText_GetUnicode(text.raw, index) for index in range(count))
    return "".join(chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd" for code in codes)


def _upright(
    place: tuple[float, float, float, float], rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A place as seen on a page that is shown rotated by so many degrees clockwise; `width` and `height` are as shown."""
    left, bottom, right, top = place
    if rotation == 90:
        return bottom, height - right, top, height - left
    if rotation == 180:
        return width - right, height - top, width - left, height - bottom
    if rotation == 270:
        return width - top, left, width - bottom, right
    return place
