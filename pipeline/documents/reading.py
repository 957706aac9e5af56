"""Reads a text into a `Document`: the one place where decoding, head, furniture, paragraphs and sentences come together.

Each of these steps belongs to the module beside this one that is named after it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.documents.body import Paragraph, credits_in, furniture_lines, merged, paragraphs
from pipeline.documents.dateline import Dateline, read_dateline
from pipeline.documents.decoding import Undecodable, decode
from pipeline.documents.document import Document, Sentence, Span
from pipeline.documents.formats.converted import Converted, Unconvertible
from pipeline.documents.formats.kinds import format_of
from pipeline.documents.formats.messages import Job
from pipeline.documents.head import Head, read_head
from pipeline.documents.identification import language_of
from pipeline.documents.lines import Line, Wrapping, split_lines, wrapping
from pipeline.documents.metadata import Metadata, read_metadata
from pipeline.documents.precedence import settled
from pipeline.documents.sentences import split_sentences
from pipeline.sources.raw import RawText, Told, Unreadable

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Paragraphs from the top in which a dateline may stand, a summary or two above it allowed for.
DATELINE_PARAGRAPHS = 4
# Paragraphs among which these are looked for: wire copy may list its highlights above them.
HIGHLIGHTS = 12
# Of the first paragraph, as much is searched for the agency that reports.
REPORT_REACH = 1_000
# A line below the title with as many words sums the report up; a shorter one is a heading.
SUMMARY_WORDS = 8


class _Limits(NamedTuple):
    max_numbers: int
    max_sentence: int
    language_sample: int
    max_head_lines: int
    max_wrap: int


class _Report(NamedTuple):
    """The parts of a report, before its paragraphs are divided into sentences."""

    paragraphs: list[Paragraph]
    dateline: Dateline | None
    dateline_span: Span | None


def read_document(raw: RawText) -> Document | Unreadable:
    """The document in `raw`, or why there is none.

    The same bytes of plain text give the same `doc_id`, wherever they were found; so does the same text that came out of
    files of other formats, whatever surrounds it there.
    """
    kind = format_of(raw)
    if kind == "text":
        text = decode(raw.content, [raw.charset])
        if isinstance(text, Undecodable):
            return Unreadable(raw.uri, raw.source, text.reason, text.detail)
        document = _read(Converted(text), raw.content, raw.told)
    else:
        from pipeline.documents.formats.conversion import convert  # noqa: PLC0415 - most runs meet plain text alone

        converted = convert(Job(kind, raw.content, raw.charset, raw.told.title))
        if isinstance(converted, Unconvertible):
            return Unreadable(raw.uri, raw.source, converted.reason, converted.detail)
        document = _read(converted, converted.text.encode("utf-8"), raw.told)
    numbers, most = sum(1 for _ in _NUMBER.finditer(document.text)), _limits().max_numbers
    if numbers > most:
        detail = f"holds {numbers} numbers, more than {most}: that is data and no text; divide it if it is to be read"
        return Unreadable(raw.uri, raw.source, "too_large", detail)
    return replace(document, source=raw.source, file_name=raw.file_name, uri=raw.uri)


def read_text(text: str, published_on: date | None = None) -> Document:
    """A text that is no file as a document; `published_on` wins over what the text says. An empty text has no sentences."""
    document = _read(Converted(text), text.encode("utf-8", "surrogatepass"), Told())
    return replace(document, published_on=published_on or document.published_on)


def document_id(content: bytes) -> str:
    """The first 20 hexadecimal digits of the content's SHA-256: one in 10^12 documents may meet another by chance."""
    return hashlib.sha256(content).hexdigest()[:20]


def _read(found: Converted, content: bytes, told: Told) -> Document:
    limits, text = _limits(), found.text
    lines = split_lines(text)
    pages = _within(lines, found.furniture)
    lines = [line for line in lines if line.number not in pages] if pages else lines
    wrapped = wrapping(lines, limits.max_wrap)
    head = read_head(lines, wrapped, limits.max_head_lines, titled=found.titled)
    furniture = furniture_lines(lines, head.body, wrapped)
    spans = [Span(lines[index].start, lines[index].end) for index in furniture]
    spans += [Span(lines[i].start, lines[i].end) for i, role in enumerate(head.roles) if role == "furniture"]
    spans += pages.values()
    summaries = {lines[index].start for index in head.below if len(lines[index].text.split()) >= SUMMARY_WORDS}
    report = _report(text, _kept(lines, head, furniture, spans), wrapped, summaries)
    first = _opening(report)
    metadata = read_metadata(lines, head, report.dateline, text[first.start : min(first.end, first.start + REPORT_REACH)])
    sentences = tuple(_sentences(text, metadata, report.paragraphs, limits.max_sentence))
    known = settled(metadata, language_of(_sample(text, sentences, limits.language_sample)), found.told, told)
    return Document(
        doc_id=document_id(content),
        source="",
        file_name="",
        uri="",
        title=known.title,
        author=known.author,
        publisher=known.publisher,
        published_on=known.published_on,
        language=known.language,
        text=text,
        furniture=merged(spans),
        sentences=sentences,
        dateline=report.dateline_span,
    )


def _within(lines: Sequence[Line], stretches: Iterable[tuple[int, int]]) -> dict[int, Span]:
    """The lines that lie in stretches, by their numbers. Both are in order."""
    found: dict[int, Span] = {}
    left = iter(stretches)
    stretch = next(left, None)
    for line in lines:
        while stretch is not None and stretch[1] <= line.start:
            stretch = next(left, None)
        if stretch is None:
            break
        if stretch[0] < line.end:
            found[line.number] = Span(line.start, line.end)
    return found


def _kept(lines: Sequence[Line], head: Head, furniture: set[int], spans: list[Span]) -> list[Line]:
    """The lines of the report and of what stands between title and report, credits at the end cut off and marked."""
    kept = [lines[index] for index in head.below if len(lines[index].text.split()) >= 4 or index + 1 == head.body]
    kept += [line for index, line in enumerate(lines[head.body :], head.body) if index not in furniture]
    for position in range(max(0, len(kept) - 3), len(kept)):
        line = kept[position]
        cut = credits_in(line.text)
        if cut is not None:
            spans.append(Span(line.start + cut, line.end))
            text = line.text[:cut].rstrip()
            kept[position] = line._replace(text=text, end=line.start + len(text))
    return [line for line in kept if line.text]


def _report(text: str, kept: list[Line], wrapped: Wrapping | None, summaries: set[int]) -> _Report:
    parts = [part._replace(kind="body") if part.start in summaries else part for part in paragraphs(kept, wrapped)]
    plain = [position for position, part in enumerate(parts[:HIGHLIGHTS]) if part.kind != "item"]
    for rank, position in enumerate(plain[:DATELINE_PARAGRAPHS]):
        part = parts[position]
        dateline = read_dateline(text, part.start, part.end, first=rank < 2)
        if dateline:
            parts[position] = part._replace(start=dateline.end)
            return _Report(parts, dateline, Span(part.start, part.start + len(text[part.start : dateline.end].rstrip())))
    return _Report(parts, None, None)


def _opening(report: _Report) -> Paragraph:
    """The paragraph that the report opens with: the one behind its dateline, as highlights may stand above that."""
    dated = [part for part in report.paragraphs if report.dateline and part.start == report.dateline.end]
    return next(iter([*dated, *report.paragraphs]), Paragraph(0, 0, "body"))


def _sentences(text: str, metadata: Metadata, parts: Iterable[Paragraph], longest: int) -> Iterator[Sentence]:
    title = [Paragraph(*metadata.title_span, "title")] if metadata.title_span else []
    # A labelled title may stand below the first lines of a report.
    for number, part in enumerate(sorted([*title, *parts])):
        if part.kind in ("title", "heading"):
            yield Sentence(part.start, part.end, part.kind, number)
        else:
            for span in split_sentences(text, part.start, part.end, longest):
                yield Sentence(span.start, span.end, part.kind, number)


def _sample(text: str, sentences: Sequence[Sentence], longest: int) -> str:
    taken, size = [], 0
    for sentence in sentences:
        taken.append(text[sentence.start : sentence.end])
        size += sentence.end - sentence.start
        if size >= longest:
            break
    return " ".join(taken)[:longest]


@cache
def _limits() -> _Limits:
    data: dict[str, Any] = read_toml("documents_limits.toml")
    return _Limits(*(int(data[name]) for name in _Limits._fields))
