"""Texts in rows: JSON lines and Parquet, one text a row, with what else its columns tell.

Finding and unpacking files belongs to `pipeline.sources.archive`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from pipeline.sources.addresses import AddressError, file_name, web_address
from pipeline.sources.members import told
from pipeline.sources.raw import RawText, SourceError, Told, Unreadable, UnreadableReason

COLUMNS = ("text", "title", "author", "publisher", "published_on", "language", "id", "url")
_TOLD = ("title", "author", "publisher")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].{0,30})?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


# What begins a value in JSON, or a whole string; one that does not end goes to the end, so that none is looked through twice.
_PART = re.compile(rb'[,\[{]|"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)


class RowLimits(NamedTuple):
    """How long a text and a line may be, in bytes, and an id, in code points; and how many values a line may hold."""

    max_bytes: int
    longest_line: int
    most_values: int
    longest_id: int


@dataclass(slots=True)
class Rows:
    """Makes texts of rows. `columns` are names in the file by the names of `COLUMNS`; what is not named is called like that.

    An address is that of the column `url`, else made of `source`, `place` and the `id`; a row without one is known by its text.
    """

    source: str
    columns: Mapping[str, str]
    media_type: str
    limits: RowLimits
    _met: set[str] = field(default_factory=set)

    def column(self, name: str) -> str:
        """What a column is called in the file."""
        return self.columns.get(name, name)

    def read(self, row: Mapping[str, Any], place: str, number: int) -> RawText | Unreadable:
        """The text of a row, or why there is none."""
        where = f"{self.source}/{place}row-{number}"
        content = _bytes(row.get(self.column("text")))
        if content is None:
            told = f"row {number} has no text in its column {self.column('text')!r}; name the column in columns"
            return self.fault(where, "empty", told)
        if not content.strip():
            return self.fault(where, "empty", f"row {number} has no text")
        if len(content) > self.limits.max_bytes:
            return self.fault(where, "too_large", f"{len(content)} bytes, the limit is {self.limits.max_bytes}; split the text")
        uri = self._uri(row, place, content)
        if uri in self._met:
            return self.fault(where, "archive", f"row {number} has the address of an earlier row, {uri}")
        self._met.add(uri)
        charset = "utf-8" if isinstance(row.get(self.column("text")), str) else None
        name = file_name(uri) if uri.startswith(("http:", "https:")) else uri.rpartition("/")[2]
        return RawText(self.source, uri, name, content, self.media_type, charset, self._told(row))

    def fault(self, uri: str, reason: UnreadableReason, detail: str) -> Unreadable:
        """The record of a row that could not be read."""
        return Unreadable(uri, self.source, reason, detail)

    def _uri(self, row: Mapping[str, Any], place: str, content: bytes) -> str:
        url = row.get(self.column("url"))
        if isinstance(url, str):
            with suppress(AddressError):
                return web_address(url)
        identity = row.get(self.column("id"))
        if not isinstance(identity, str | int) or isinstance(identity, bool) or not str(identity).strip():
            identity = hashlib.sha256(content).hexdigest()[:16]
        printable = _UNPRINTABLE.sub("_", str(identity).strip())
        if len(printable) > self.limits.longest_id:
            printable = printable[: self.limits.longest_id] + "-" + hashlib.sha256(printable.encode()).hexdigest()[:16]
        return f"{self.source}/{place}{printable}"

    def _told(self, row: Mapping[str, Any]) -> Told:
        lines = {name: _line(row.get(self.column(name))) for name in _TOLD}
        language = _LANGUAGE.fullmatch(str(row.get(self.column("language")) or "").strip())
        return Told(
            **lines,
            published_on=_day(row.get(self.column("published_on"))),
            language=language[1].lower() if language else None,
        )


def json_lines(rows: Rows, file: BinaryIO, place: str = "") -> Iterator[RawText | Unreadable]:
    """The texts in a file with a JSON object on each line; a line that is none is told."""
    longest = rows.limits.longest_line
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        where = f"{rows.source}/{place}row-{number}"
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = file.readline(longest)
            yield rows.fault(where, "too_large", f"line {number} has more than {longest} bytes; split the text")
        elif _has_more_values(line, rows.limits.most_values):
            told = f"line {number} holds more than {rows.limits.most_values} values; leave out what is not read"
            yield rows.fault(where, "too_large", told)
        elif line.strip():
            row = _object(line)
            if row is None:
                yield rows.fault(where, "archive", f"line {number} is no JSON object")
            else:
                yield rows.read(row, place, number)


def parquet(rows: Rows, path: Path, at_once: int, max_total: int) -> Iterator[RawText | Unreadable]:
    """The texts in a Parquet file.

    Raises `SourceError` if it is none, has no column of texts, or unfolds to more than `max_total` bytes.
    """
    try:
        names = pq.read_schema(path).names
        if rows.column("text") not in names:
            raise SourceError(
                f"source {rows.source}: {path} has no column {rows.column('text')!r}, only {', '.join(names[:20])};"
                ' name the one with the texts, as in columns = {text = "body"}'
            )
        # Kept as a dictionary, a text that many rows share is in memory once.
        with pq.ParquetFile(path, read_dictionary=[rows.column("text")], memory_map=False) as file:
            groups = (file.metadata.row_group(index) for index in range(file.metadata.num_row_groups))
            if sum(group.total_byte_size for group in groups) > max_total:
                raise SourceError(f"source {rows.source}: {path} unfolds to more than {max_total} bytes; divide it")
            wanted = [name for name in dict.fromkeys(map(rows.column, COLUMNS)) if name in names]
            number = taken = 0
            for batch in file.iter_batches(batch_size=at_once, columns=wanted):
                # What the file says of its own size may be wrong.
                taken += sum(column.nbytes for column in batch.columns if not pa.types.is_dictionary(column.type))
                for index in range(batch.num_rows):
                    number += 1
                    found = _row(rows, batch, index, number)
                    taken += len(found.content) if isinstance(found, RawText) else 0
                    if taken > max_total:
                        raise SourceError(f"source {rows.source}: {path} unfolds to more than {max_total} bytes; divide it")
                    yield found
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise SourceError(f"source {rows.source}: {path} cannot be read as Parquet: {told(fault)}") from fault


def _row(rows: Rows, batch: Any, index: int, number: int) -> RawText | Unreadable:
    """The text of a row of Parquet. What a column holds that Python cannot (a date after the year 9999) tells nothing."""
    row = {}
    for name in batch.schema.names:
        try:
            row[name] = batch.column(name)[index].as_py()
        except (pa.ArrowException, ValueError, OverflowError) as fault:
            if name == rows.column("text"):
                told = " ".join(str(fault).split())[:200]
                return rows.fault(f"{rows.source}/row-{number}", "archive", f"row {number} has no readable text: {told}")
    return rows.read(row, "", number)


def _has_more_values(line: bytes, most: int) -> bool:
    """Whether a line of JSON holds more than so many values and names, each of which takes many times its length in memory."""
    return len(line) > most and sum(1 for _ in islice(_PART.finditer(line), most + 1)) > most


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _bytes(value: Any) -> bytes | None:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return value if isinstance(value, bytes) else None


def _line(value: Any) -> str | None:
    return " ".join(_SURROGATE.sub("\ufffd", value).split())[:1_000] or None if isinstance(value, str) else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    with suppress(ValueError):
        return date.fromisoformat(found[0]) if found else None
    return None
