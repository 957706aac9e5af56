"""The reader of each format. Its libraries are loaded when its first file comes."""

# ruff: noqa: PLC0415 - the libraries of all formats take seconds to load, and most runs need one or none

from collections.abc import Callable

from pipeline.documents.formats.converted import Converted
from pipeline.documents.formats.messages import Job

Reader = Callable[[Job], Converted]


def reader_of(job: Job) -> Reader:
    """The reader of a job's format, its libraries loaded. Raises `ValueError` for plain text, which needs none."""
    if job.format == "html":
        from pipeline.documents.formats.html import read_html

        return read_html
    if job.format == "pdf":
        from pipeline.documents.formats.pdf import read_pdf

        return read_pdf
    if job.format == "docx":
        from pipeline.documents.formats.docx import read_docx

        return read_docx
    if job.format == "eml":
        from pipeline.documents.formats.mail import read_mail

        return read_mail
    raise ValueError(job.format)
