"""What was fetched for a source, kept as it came, so that it can be read again without a network.

One SQLite file for each source: bodies by their hash, and what is known of each address. How texts are fetched belongs to
`pipeline.sources.http` and the kinds of sources; what they say belongs to `pipeline.documents`.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from pipeline.sources.raw import SourceError, Told, Unreadable, UnreadableReason

SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE bodies (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, compressed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE addresses (
    address TEXT NOT NULL,
    role TEXT NOT NULL,
    final_address TEXT,
    status INTEGER,
    etag TEXT,
    last_modified TEXT,
    media_type TEXT,
    charset TEXT,
    title TEXT,
    author TEXT,
    publisher TEXT,
    published_on TEXT,
    language TEXT,
    fetched_at TEXT,
    checked_at TEXT,
    listed_at TEXT,
    stamp TEXT,
    body TEXT REFERENCES bodies (hash),
    reason TEXT,
    error TEXT,
    guid TEXT,
    PRIMARY KEY (address, role)
) WITHOUT ROWID;
CREATE INDEX bodies_used ON addresses (body);
"""
# What makes a file of each earlier version one of the next.
_STEPS = {1: "ALTER TABLE addresses ADD COLUMN guid TEXT;"}
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of an address.

    `stamp` is what its list says by which a change shows (an entry's hash, a sitemap's date). `body` names the bytes, None if
    none were ever fetched; `etag`, `last_modified`, `media_type` and `charset` are theirs. `reason` and `error` say why the
    last try failed, None if it did not; of a text that is `gone` the bytes are kept but not read. `status` is that of the last
    answer. The bytes came at `fetched_at`, None if they stood in a feed whose page cannot be had; the server was asked last at
    `checked_at`, and a list named it last at `listed_at`. `guid` is by what its feed knows it, None if
    none was told or kept.
    """

    address: str
    final_address: str | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    media_type: str | None = None
    charset: str | None = None
    told: Told = field(default_factory=Told)
    fetched_at: datetime | None = None
    checked_at: datetime | None = None
    listed_at: datetime | None = None
    stamp: str | None = None
    body: str | None = None
    reason: UnreadableReason | None = None
    error: str | None = None
    guid: str | None = None


class FetchedTexts:
    """What was fetched for one source. Every change is a transaction of its own: what was kept survives a kill at any moment.

    Two roles keep apart what is read (`text`) and what only leads to it (`listing`: feeds and sitemaps). The file is made when
    something is kept first.
    """

    def __init__(self, folder: Path, source: str) -> None:
        self.source = source
        self.path = folder / f"{source}.sqlite"

    def texts(self) -> Iterator[Fetched]:
        """All texts whose address is known, in the order of their addresses."""
        yield from self._rows("role = 'text' ORDER BY address", ())

    def text(self, address: str) -> Fetched | None:
        """What is known of a text."""
        return next(self._rows("role = 'text' AND address = ?", (address,)), None)

    def listing(self, address: str) -> Fetched | None:
        """What is known of a feed or a sitemap."""
        return next(self._rows("role = 'listing' AND address = ?", (address,)), None)

    def listings(self) -> Iterator[Fetched]:
        """What is known of all feeds and sitemaps."""
        yield from self._rows("role = 'listing' ORDER BY address", ())

    def bodies(self, names: Iterable[str]) -> Iterator[bytes]:
        """The bytes of those names, in their order. Raises `SourceError` if some are not there or are not what they were."""
        with self._open() as database:
            for name in names:
                row = database.execute("SELECT compressed FROM bodies WHERE hash = ?", (name,)).fetchone()
                try:
                    content = zlib.decompress(row[0]) if row else None
                except zlib.error:
                    content = None
                if content is None or _hash(content) != name:
                    raise SourceError(f"source {self.source}: {self.path} is damaged; delete it, and all is fetched anew")
                yield content

    def body(self, name: str) -> bytes:
        """The bytes of that name. Raises `SourceError` as above."""
        return next(self.bodies([name]))

    def keep_texts(self, known: Iterable[tuple[Fetched, bytes | None]]) -> None:
        """Writes what is known of texts, each with its bytes or, to leave them as they are, None; all or nothing."""
        self._keep("text", known)

    def keep_listing(self, known: Fetched, content: bytes | None = None) -> None:
        """Writes what is known of a feed or a sitemap, with its bytes or, to leave them as they are, None."""
        self._keep("listing", [(known, content)])

    def unreadable(self, known: Fetched) -> Unreadable | None:
        """The record of an address whose last try failed, None if it did not."""
        if known.reason is None:
            return None
        return Unreadable(known.address, self.source, known.reason, known.error or "")

    def _keep(self, role: str, found: Iterable[tuple[Fetched, bytes | None]]) -> None:
        with self._open() as database, database:
            for known, content in found:
                self._write(database, role, known, content)

    def _write(self, database: sqlite3.Connection, role: str, known: Fetched, content: bytes | None) -> None:
        body = _hash(content) if content is not None else known.body
        row = (
            *(known.address, role, known.final_address, known.status, known.etag, known.last_modified),
            *(known.media_type, known.charset, known.told.title, known.told.author, known.told.publisher),
            *(_written(known.told.published_on), known.told.language),
            *(_written(known.fetched_at), _written(known.checked_at), _written(known.listed_at)),
            *(known.stamp, body, known.reason, known.error, known.guid),
        )
        before = database.execute("SELECT body FROM addresses WHERE address = ? AND role = ?", (known.address, role))
        replaced = (before.fetchone() or (None,))[0]
        if content is not None and body != replaced:
            packed = (body, len(content), zlib.compress(content, _LEVEL))
            database.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?, ?)", packed)
        database.execute(f"INSERT OR REPLACE INTO addresses VALUES ({', '.join('?' * len(row))})", row)
        if replaced not in (None, body):
            unused = "DELETE FROM bodies WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM addresses WHERE body = ?)"
            database.execute(unused, (replaced, replaced))

    def _rows(self, condition: str, values: tuple[str, ...]) -> Iterator[Fetched]:
        if not self.path.exists():
            return
        with self._open() as database:
            database.row_factory = sqlite3.Row
            rows = database.execute(f"SELECT * FROM addresses WHERE {condition}", values).fetchall()
        yield from map(_fetched, rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30)) as database:
                self._prepare(database)
                yield database
        except (sqlite3.Error, OSError) as fault:
            raise SourceError(f"source {self.source}: {self.path} cannot be used: {fault}") from fault

    def _prepare(self, database: sqlite3.Connection) -> None:
        database.execute("PRAGMA synchronous = FULL")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        elif version > SCHEMA_VERSION:
            raise SourceError(f"source {self.source}: {self.path} was written by a later version of corridor; use that one")
        elif version < SCHEMA_VERSION:
            steps = "".join(_STEPS[one] for one in range(version, SCHEMA_VERSION))
            database.executescript(f"BEGIN; {steps} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _written(moment: date | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat() if moment else None


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _fetched(row: sqlite3.Row) -> Fetched:
    published_on = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    plain = (
        "address",
        "final_address",
        "status",
        "etag",
        "last_modified",
        "media_type",
        "charset",
        "stamp",
        "body",
        "error",
        "guid",
    )
    return Fetched(
        **{name: row[name] for name in plain},
        told=Told(row["title"], row["author"], row["publisher"], published_on, row["language"]),
        reason=cast("UnreadableReason | None", row["reason"]),
        fetched_at=_instant(row["fetched_at"]),
        checked_at=_instant(row["checked_at"]),
        listed_at=_instant(row["listed_at"]),
    )
