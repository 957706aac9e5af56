"""The text of a web page: the article that trafilatura finds, with its tables as rows, and what the page tells about it.

A piece of HTML that is no page, such as an entry of a feed, is taken whole. Markup itself is taken apart in `markup`.
"""

import re
from datetime import date
from itertools import islice
from typing import Any

from trafilatura.core import bare_extraction
from trafilatura.metadata import extract_metadata

from pipeline.contract.reference import read_toml
from pipeline.documents.formats.blocks import Block, one_line, rendered, with_title
from pipeline.documents.formats.converted import Converted
from pipeline.documents.formats.markup import SKIPPED, blocks_of, decoded, parsed
from pipeline.documents.formats.messages import Job
from pipeline.sources.raw import Told

_PAGE = re.compile(r"<(?:html|body|head|article|main)\b", re.IGNORECASE)
_PAGE_REACH = 20_000
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1990-01-01", "max_date": "2100-12-31"}
# An article that trafilatura finds no more of than this is compared with the whole page, which may be one short notice.
SHORT = 250
MUCH_LONGER = 3
_SKIPPED_ON_PAGES = {"nav", "header", "footer", "aside", "form"}


def read_html(job: Job) -> Converted:
    """The article of a page, or all of a piece of HTML. Raises `UnconvertibleError`."""
    text = decoded(job.content, job.charset)
    tree = parsed(text)
    if not _PAGE.search(text, 0, _PAGE_REACH):
        return Converted(rendered(with_title(list(blocks_of(tree)), job.title)), titled=job.title is not None)
    told = _told(tree)
    title = told.title or job.title
    blocks = with_title(_article(tree), title)
    return Converted(rendered(blocks), told, titled=title is not None)


def _article(tree: Any) -> list[Block]:
    most = int(read_toml("documents_limits.toml")["html_elements"])
    if next(islice(tree.iter(), most, None), None) is not None:
        return list(blocks_of(tree, skipped=SKIPPED | _SKIPPED_ON_PAGES))
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False)
    body = getattr(found, "body", None)
    blocks = [] if body is None else list(blocks_of(body))
    length = sum(map(_length, blocks))
    if length < SHORT:
        whole = list(blocks_of(tree, skipped=SKIPPED | _SKIPPED_ON_PAGES))
        if sum(map(_length, whole)) > length * MUCH_LONGER:
            return whole
    return blocks


def _length(block: Block) -> int:
    return len(block.text) + sum(len(cell) for row in block.rows for cell in row)


def _told(tree: Any) -> Told:
    """What the metadata of a page tell. Dates that would have to be searched for in its text are left to whoever reads that."""
    found = extract_metadata(tree, None, dict(_DATES), False, set())
    site = found.sitename
    language = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    return Told(
        title=_title(found.title, site),
        author=_line(found.author),
        publisher=_line(site),
        published_on=_day(found.date),
        language=language if len(language) == 2 and language.isascii() and language.isalpha() else None,
    )


def _title(title: str | None, site: str | None) -> str | None:
    """The title without the name of the site after it."""
    line = _line(title)
    for joint in (" | ", " - ", " – ", " — ", " :: ", " » "):
        if line and site and line.casefold().endswith(f"{joint}{site}".casefold()):
            return line[: -len(joint) - len(site)].strip() or line
    return line


def _line(text: str | None) -> str | None:
    return one_line(text)[:500] or None if text else None


def _day(found: str | None) -> date | None:
    try:
        return date.fromisoformat(found) if found else None
    except ValueError:
        return None
