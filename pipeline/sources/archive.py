"""An archive of texts as a source: zip, tar, JSON lines, or Parquet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.sources.fetched import FetchedTexts
from pipeline.sources.raw import RawText, SourceError, Unreadable

COLUMNS = ("text", "title", "author", "publisher", "published_on", "language", "id", "url")


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """The texts in one file."""

    name: str
    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)

    def read(self, kept: FetchedTexts | None = None) -> Iterator[RawText | Unreadable]:  # noqa: ARG002 - nothing is fetched
        """The archive's texts. Raises `SourceError` if it is missing or is none."""
        raise SourceError(f"source {self.name}: archives cannot be read yet")

    def fingerprint(self) -> str:
        """Size and modification time of the file; `missing` if there is none."""
        try:
            about = self.path.stat()
        except OSError:
            return "missing"
        return f"{about.st_size} {about.st_mtime_ns}"
