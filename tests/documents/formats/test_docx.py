"""DOCX files: reading order, tables, what was inserted and what was deleted, and packages made to hurt."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.formats.child import converted
from pipeline.documents.formats.messages import Job
from pipeline.documents.formats.readers import reader_of
from tests.documents.formats.made import PARAGRAPHS, ROWS, TITLE, read, refused, text_of, unread


def package(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def report(document: Any) -> None:
    document.add_paragraph(TITLE, style="Title")
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return buffer.getvalue()


REPORT = package(report)


def test_paragraphs_and_tables_stand_in_reading_order() -> None:
    document = read(REPORT, "a.docx")
    table = "\n".join(" | ".join(row) for row in ROWS)
    assert document.text == "\n\n".join((TITLE, *PARAGRAPHS, table))
    assert document.title == TITLE
    assert str(document.published_on) == "2025-05-12"
    assert document.author is None


def test_headings_items_and_spanned_cells() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Outlook", 1)
        document.add_paragraph("Wheat", style="List Bullet")
        document.add_paragraph("Barley", style="List Bullet")
        table = document.add_table(3, 3)
        for number, text in enumerate(("Port", "2024", "", "", "in", "out", "Aktau", "1.9", "0.3")):
            table.cell(number // 3, number % 3).text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

    assert text_of("docx", package(fill)) == (
        "Outlook\n\n- Wheat\n- Barley\n\nPort | 2024 |  |\n|  | in | out\nAktau | 1.9 | 0.3"
    )


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    xml = (
        f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>Exports rose by </w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>7</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t xml:space='preserve'> percent</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>in May.</w:t></w:r></w:p>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"

    def fill(document: Any) -> None:
        for one in (xml, control):
            document.element.body.insert(0, parse_xml(one))

    assert text_of("docx", package(fill)) == "In a control.\n\nExports rose by 7 percent\nin May."


def test_a_table_that_lays_out_a_page_gives_paragraphs() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text = PARAGRAPHS[0]
        table.cell(0, 0).add_paragraph(PARAGRAPHS[1])
        table.cell(0, 1).text = "Aside"
        table.cell(1, 0).add_table(2, 2).cell(0, 0).text = "inner"

    assert text_of("docx", package(fill)).split("\n\n") == [*PARAGRAPHS[:2], "Aside", "inner"]


def test_bombs_are_told_before_they_are_unpacked() -> None:
    assert refused("docx", repacked(REPORT, {"word/media/a.bin": bytes(30_000_000)})).reason == "too_large"
    assert refused("docx", repacked(REPORT, {f"word/{number}.xml": b"" for number in range(2_001)})).reason == "too_large"


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "lol">{levels}]>' + (
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>a &e11; b</w:t></w:r></w:p></w:body></w:document>"
    )
    found = converted(job := Job("docx", repacked(REPORT, {"word/document.xml": xml.encode()})), reader_of(job))
    assert "lollol" not in str(found)


def test_elements_nested_too_deep_are_refused() -> None:
    xml = f"<w:document {nsdecls('w')}><w:body>{'<w:sdt>' * 5_000}{'</w:sdt>' * 5_000}</w:body></w:document>"
    assert refused("docx", repacked(REPORT, {"word/document.xml": xml.encode()})).reason == "damaged"


@pytest.mark.parametrize("content", [REPORT[:200], REPORT[: len(REPORT) // 2], b"no package at all"])
def test_what_is_cut_off_or_none_is_damaged(content: bytes) -> None:
    assert refused("docx", content).reason == "damaged"


def test_other_office_files_are_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    found = unread(buffer.getvalue(), "a.docx")
    assert found.reason == "damaged"
    assert unread(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx").reason == "damaged"


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, len(REPORT) - 1), st.binary(max_size=4)), min_size=1, max_size=6),
    inner=st.none() | st.tuples(st.integers(0, 2_000), st.binary(max_size=20)),
)
def test_any_damage_gives_a_text_or_a_reason(changes: list[tuple[int, bytes]], inner: tuple[int, bytes] | None) -> None:
    content = bytearray(REPORT)
    if inner is None:
        for at, put in changes:
            content[at : at + len(put)] = put
    else:
        with zipfile.ZipFile(io.BytesIO(REPORT)) as old:
            body = bytearray(old.read("word/document.xml"))
        body[inner[0] : inner[0] + 5] = inner[1]
        content = bytearray(repacked(REPORT, {"word/document.xml": bytes(body)}))
    job = Job("docx", bytes(content))
    converted(job, reader_of(job))
