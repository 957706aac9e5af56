"""Which of what a text, its file and its source tell about it is taken. What each tells is found elsewhere.

- The text itself comes first: its byline and dateline name whoever wrote it and its own day, also where others reprint it.
  Only a title that the file marks as such comes before one that the text seems to have, and only a date whose year had to
  be inferred comes last.
- Then the file: the metadata of a page or the head of a mail. The properties of PDF and DOCX files tell no date and no author:
  they hold when a template was made and who was logged in.
- Then the source: what a feed says of its entry, an archive of its row.
"""

from pipeline.documents.byline import outlet, persons
from pipeline.documents.metadata import Metadata
from pipeline.sources.raw import Told


def settled(metadata: Metadata, language: str | None, by_file: Told, by_source: Told) -> Told:
    """What is taken. `metadata` and `language` are what the text says."""
    author, publisher = _names(by_file)
    entry_author, entry_publisher = _names(by_source)
    inferred = metadata.published_on if metadata.date_inferred else None
    said = metadata.published_on if not metadata.date_inferred else None
    return Told(
        title=metadata.title or by_file.title or by_source.title,
        author=metadata.author or author or entry_author,
        publisher=metadata.publisher or publisher or entry_publisher,
        published_on=said or by_file.published_on or by_source.published_on or inferred,
        language=language or by_file.language or by_source.language,
    )


def _names(told: Told) -> tuple[str | None, str | None]:
    """Author and publisher; an author that is plainly an outlet (`Zenda News Agency`) publishes."""
    author = told.author
    if author is None or persons(author) or not outlet(author):
        return author, told.publisher
    return None, told.publisher or author
