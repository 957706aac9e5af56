"""A place in a bucket of an object store that speaks S3: `s3://BUCKET/PREFIX`.

How objects are read, written and listed, and what goes wrong with that, belongs here; who may write, to `leases`. An object
appears whole or not at all. A folder is there once its last file is, which is written last and removed first: without that its
other files are nobody's, and go when the next writer sweeps.

Endpoint, region and credentials come from the variables that all programs for S3 read (AWS_ENDPOINT_URL, AWS_REGION,
AWS_ACCESS_KEY_ID, ...); they are never told, kept or handed on.
"""

import io
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

import polars as pl

from pipeline.warehouse import leases
from pipeline.warehouse.errors import LockHeldError, PlaceError, UnwritableError
from pipeline.warehouse.files import parquet
from pipeline.warehouse.places import Source

try:
    import obstore
    from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
    from obstore.store import S3Store
except ImportError as missing:
    raise PlaceError("a store at s3:// needs what `pip install corridor[s3]` installs") from missing

R = TypeVar("R")

LAST_FILE = "index.parquet"  # what makes a folder of a segment valid
AT_ONCE = 16  # requests under way: each waits for the network most of its time
_LOCK = "lock"
_KEYS_AT_ONCE = 1_000  # what one request removes at most
_SMALL = 1_000_000  # bytes
_DEPTH_OF_SEGMENTS = 2
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_TRIES = 4
_SECONDS_TO_CONNECT = 5
_SECONDS_WITHOUT_ANSWER = 30
_PART = 8_000_000  # bytes: what is larger is sent in parts
_PARTS_AT_ONCE = 2


@dataclass(frozen=True)
class _Pace:
    """How long a request may take, how long after the first another is tried, and how long is waited between them at most."""

    request: float
    retries: float
    pause: float = 1

    @property
    def longest(self) -> float:
        """Seconds until a request has succeeded or failed, with all that is tried."""
        return self.retries + self.pause + self.request


_PATIENT = _Pace(request=30, retries=20, pause=5)  # reads, and writes of what nobody looks for yet
# What changes what others find is begun while the lease is sure, and has ended, for good or ill, before another takes over:
# that is one request, or of what is sent in parts the last of these and the one that puts them together.
_SHORT = _Pace(request=12, retries=14)
_SHORTER = _Pace(request=10, retries=3)


def bucket_at(address: str) -> "Bucket":
    """The place that an address of the form `s3://BUCKET/PREFIX` names. Raises `PlaceError` for another."""
    scheme, _, rest = address.partition("://")
    bucket, _, prefix = rest.partition("/")
    parts = [part for part in prefix.split("/") if part]
    if scheme != "s3" or not bucket or any(part in (".", "..") for part in parts):
        raise PlaceError(f"{address} is no address of a store; name a folder, or a bucket as s3://BUCKET/PREFIX")
    return Bucket(bucket, "/".join(parts))


@dataclass(frozen=True)
class Bucket:
    """The objects of a bucket whose names begin with `prefix`; `inner` is a folder there, for which the lock of all holds."""

    bucket: str
    prefix: str
    inner: str = ""

    @property
    def address(self) -> str:
        """The address as a whole."""
        return "/".join(filter(None, (self.root, self.inner)))

    @property
    def root(self) -> str:
        """The address of the store that this is part of."""
        return "/".join(filter(None, (f"s3://{self.bucket}", self.prefix)))

    @property
    def anchor(self) -> Path:
        """The root of the file system: other files are told by their whole path."""
        return Path(Path.cwd().anchor)

    @property
    def empty_one(self) -> str:
        """Another prefix: the bucket may well hold other things."""
        return f"a prefix under which nothing lies, such as s3://{self.bucket}/corridor,"

    def within(self, name: str) -> "Bucket":
        """A folder here."""
        return Bucket(self.bucket, self.prefix, self._key(name))

    def names(self) -> list[str]:
        """What lies directly here."""
        memory = leases.memory(self.root)
        if memory is not None and self.inner in memory.folders:
            return memory.folders[self.inner]
        found = self._ask(lambda: obstore.list_with_delimiter(self._client, self.inner or None), "")
        paths = [*found["common_prefixes"], *(one["path"] for one in found["objects"])]
        names = sorted({path.rstrip("/").rpartition("/")[2] for path in paths})
        if memory is not None:
            memory.folders[self.inner] = names
        return names

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        memory = leases.memory(self.root)
        if memory is not None and self._key(name) in memory.objects:
            return memory.objects[self._key(name)] is not None
        if self.written_at(name) is not None:
            return True
        if memory is not None:
            memory.objects[self._key(name)] = None
        return False

    def written_at(self, name: str) -> datetime | None:
        """When the object was written, by the clock of the object store."""
        try:
            return self._ask(lambda: obstore.head(self._client, self._key(name)), name)["last_modified"]
        except FileNotFoundError:
            return None

    def read(self, name: str) -> bytes:
        """What the object holds. While the lock is held nobody else writes, so that a small one is fetched once."""
        memory, key = leases.memory(self.root), self._key(name)
        content = None if memory is None else memory.objects.get(key)
        if content is None:
            content = bytes(self._ask(lambda: obstore.get(self._client, key).bytes(), name))
            if memory is not None and len(content) <= _SMALL and _is_read_again(key):
                memory.keep(key, content)
        return content

    def source(self, name: str) -> Source:
        """What the object holds, in memory."""
        return io.BytesIO(self.read(name))

    def source_if_there(self, name: str) -> Source | None:
        """The same, None without the object."""
        try:
            return self.source(name)
        except FileNotFoundError:
            return None

    def sources(self, names: Sequence[str]) -> list[Source | None]:
        """What the objects hold, in memory, fetched together."""
        return _together(self.source_if_there, names)

    def write(self, name: str, content: bytes) -> None:
        """Writes an object."""
        self._send(name, io.BytesIO(content), len(content))

    def write_parquet(self, name: str, frame: pl.DataFrame, metadata: dict[str, str] | None = None) -> None:
        """Writes a Parquet file as an object."""
        self.write(name, parquet(frame, metadata))

    def create(self, name: str, content: bytes) -> str | None:
        """Writes an object that is not there yet, and gives its tag; None if it is there."""
        return self._conditionally(name, content, "create")

    def replace(self, name: str, content: bytes, tag: str) -> str | None:
        """Writes an object in place of the one with that tag, and gives its own; None if another is there, or none."""
        written = self._conditionally(name, content, {"e_tag": tag})
        if written is None and tag.startswith('"'):  # some (Ceph before 2025) compare what is within the quotes with them
            written = self._conditionally(name, content, {"e_tag": tag.strip('"')})
        return written

    def tagged(self, name: str) -> tuple[bytes, str, datetime] | None:
        """What the object holds, its tag and when it was written; None without it."""
        try:
            found = self._ask(lambda: obstore.get(self._client, self._key(name)), name)
            return bytes(found.bytes()), found.meta["e_tag"] or "", found.meta["last_modified"]
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Removes an object, if it is there."""
        self._delete([self._key(name)])

    def discard(self, name: str) -> None:
        """Removes an object, whoever holds the lock."""
        self._forget([self._key(name)])
        self._ask(lambda: obstore.delete(self._client_of(_SHORT), self._key(name)), name, writing=True)

    def draft(self, name: str) -> "BucketDraft":
        """A folder whose last file is not there yet."""
        return BucketDraft(self.within(name))

    def remove_folder(self, name: str) -> None:
        """Removes the last file of a folder, and then the others."""
        self._delete([self._key(f"{name}/{LAST_FILE}")])
        self._delete(self._keys(name))

    def sweep(self) -> None:
        """Removes folders without their last file, if the writer before did not come to its end.

        Those directly in the store hold files that each are whole by themselves.
        """
        if not leases.was_taken_over(self.root):
            return
        if not self.inner:
            self._delete([name for name in self.names() if name.startswith(f"{_LOCK}-")])
            return
        folders: dict[str, list[str]] = {}
        for key in self._keys(""):
            folder, _, _ = key.rpartition("/")
            folders.setdefault(folder, []).append(key)
        for folder, keys in folders.items():
            if folder != self.inner and f"{folder}/{LAST_FILE}" not in keys:
                self._delete(keys)

    @contextmanager
    def working_copy(self, name: str) -> Iterator[Path]:
        """A copy of the object in a temporary folder; it is written back if it was changed, also when an error came."""
        with TemporaryDirectory(prefix="corridor-") as folder:
            path = Path(folder) / name.rpartition("/")[2]
            self._fetch(name, path)
            before = _state(path)
            try:
                yield path
            finally:
                if _state(path) != before:
                    with path.open("rb") as file:
                        self._send(name, file, path.stat().st_size)

    def exclusive(self, subject: str, wait_seconds: float) -> AbstractContextManager[bool]:
        """A lease on an object, which ends when it is not renewed."""
        return leases.exclusive(self, _LOCK, subject, wait_seconds)

    def require_lock(self) -> None:
        """A lease ends when it could not be renewed."""
        leases.require_held(self.root)

    def require_place_for_store(self) -> None:
        """Nothing keeps a store from being made under a prefix; whether the bucket is there shows with the first request."""

    # Within ---------------------------------------------------------------------------------------------------------

    @property
    def _client(self) -> S3Store:
        return self._client_of(_PATIENT)

    def _client_of(self, pace: _Pace) -> S3Store:
        return _client(self.bucket, self.prefix, _settings(), pace)

    def _send(self, name: str, content: IO[bytes], size: int) -> None:
        """Writes an object. One that is sent in parts appears with the last request, before which the lock is asked for."""
        key = self._key(name)
        leases.require_held(self.root)
        self._forget([key])
        if size <= _PART:
            whole = content.read()
            self._ask(lambda: obstore.put(self._client_of(_SHORT), key, whole, use_multipart=False), name, writing=True)
            return
        writer = obstore.open_writer(self._client_of(_SHORTER), key, buffer_size=_PART, max_concurrency=_PARTS_AT_ONCE)
        while part := content.read(_PART):
            self._ask(partial(writer.write, part), name, writing=True)
        leases.require_held(self.root)
        self._ask(writer.close, name, writing=True)

    def _key(self, name: str) -> str:
        return f"{self.inner}/{name}" if self.inner else name

    def _keys(self, folder: str) -> list[str]:
        prefix = self._key(folder).rstrip("/")
        found = self._ask(lambda: list(obstore.list(self._client, prefix or None)), folder)
        return [one["path"] for several in found for one in several]

    def _delete(self, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            several = list(keys[start : start + _KEYS_AT_ONCE])
            leases.require_held(self.root)
            self._forget(several)
            self._ask(partial(obstore.delete, self._client_of(_SHORT), several), several[0], writing=True)

    def _forget(self, keys: Sequence[str]) -> None:
        memory = leases.memory(self.root)
        if memory is not None:
            memory.forget(keys)

    def _fetch(self, name: str, path: Path) -> None:
        try:
            found = self._ask(lambda: obstore.get(self._client, self._key(name)), name)
        except FileNotFoundError:
            return
        with path.open("wb") as file:
            self._ask(lambda: file.writelines(found.stream()), name)

    def _conditionally(self, name: str, content: bytes, mode: Any) -> str | None:
        def put() -> str | None:
            try:
                client = self._client_of(_SHORT)
                return obstore.put(client, self._key(name), content, mode=mode, use_multipart=False)["e_tag"]
            except (AlreadyExistsError, PreconditionError, FileNotFoundError) as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None

        self._forget([self._key(name)])
        return self._ask(put, name, writing=True)

    def _ask(self, request: Callable[[], R], name: str, writing: bool = False) -> R:
        try:
            return request()
        except FileNotFoundError as error:
            if "NoSuchBucket" not in str(error):
                raise
            raise self._told(error, name, writing) from None
        except BaseError as error:
            raise self._told(error, name, writing) from None

    def _told(self, error: Exception, name: str, writing: bool) -> PlaceError | UnwritableError:
        """What to raise in place of the library's error, which tells of requests and not of what to do."""
        said = str(error)
        endpoint = _settings().endpoint or "Amazon S3"
        for signs, told in _FAULTS.items():
            if any(sign in said for sign in signs):
                return PlaceError(told.format(root=self.root, bucket=self.bucket, endpoint=endpoint))
        reason = " ".join(said.split("\n", 1)[0].split())
        if writing:
            return UnwritableError(f"{self.within(name).address} cannot be written: {reason}; what was there before stays")
        return PlaceError(f"{self.within(name).address} cannot be read: {reason}")


# By what an error holds, the first that fits.
_FAULTS = {
    ("NoSuchBucket",): "{root}: there is no bucket {bucket} at {endpoint}; make it, or name another with --store",
    ("/latest/api/token", "/latest/meta-data", "169.254.170.2", "MissingCredential"): (
        "{root}: no credentials for {endpoint}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    ),
    ("Missing SecretAccessKey",): "{root}: AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY; set both",
    ("Missing AccessKeyId",): "{root}: AWS_SECRET_ACCESS_KEY is set, but not AWS_ACCESS_KEY_ID; set both",
    ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "401 Unauthorized"): (
        "{root}: {endpoint} does not accept the credentials; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        " (and AWS_SESSION_TOKEN, if they have one)"
    ),
    ("PermanentRedirect", "AuthorizationHeaderMalformed", "301 Moved", "BareRedirect"): (
        "{root}: the bucket {bucket} is in another region; name it with AWS_REGION"
    ),
    ("AccessDenied", "403 Forbidden", "lacked the required permissions"): (
        "{root}: {endpoint} does not let these credentials do that; they must list, read, write and delete what lies there"
    ),
    ("RequestTimeTooSkewed",): "{root}: {endpoint} says that the clock of this machine is wrong; set it",
    (
        "error sending request",
        "HTTP error",
        "timed out",
        "error decoding response body",
        "operation timed out",
        "503 Service Unavailable",
        "502 Bad Gateway",
        "504 Gateway",
        "500 Internal Server Error",
    ): (
        "{root}: {endpoint} cannot be reached or does not answer; check AWS_ENDPOINT_URL and the network, and try again:"
        " what was done is kept"
    ),
}


@dataclass(frozen=True)
class BucketDraft:
    """A folder of which the last file is missing."""

    place: Bucket

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Writes files, all at once. Another process than the one that holds the lock may do so: nobody reads them yet."""

        leases.require_held(self.place.root)
        self.place._forget([])

        def write(name: str) -> None:
            self.place._ask(lambda: obstore.put(self.place._client, self.place._key(name), contents[name]), name, writing=True)

        _together(write, list(contents))

    def close(self, last: Mapping[str, bytes], others: Collection[str]) -> None:
        """Writes the last file, which makes the folder valid, and removes what does not belong to it."""
        leases.require_held(self.place.root)
        ((name, content),) = last.items()
        if self.place.create(name, content) is None:
            # The answer to a request of ours may have been lost, or requests have met of which none was carried out.
            found = self.place.tagged(name)
            if found is None:
                self.place.write(name, content)
            elif found[0] != content:
                raise UnwritableError(f"{self.place.address} was written by another process meanwhile; refresh again")
        belonging = {self.place._key(one) for one in (*last, *others)}
        self.place._delete([key for key in self.place._keys("") if key not in belonging])

    def discard(self) -> None:
        """Removes what was put, as far as the object store can be reached; the rest goes with the next garbage.

        Without the lock the folder may be another writer's by now, and one with its last file is whole: both are left alone.
        """
        with suppress(PlaceError, UnwritableError, LockHeldError):
            keys = self.place._keys("")
            if leases.is_held(self.place.root) and self.place._key(LAST_FILE) not in keys:
                self.place._delete(keys)


@dataclass(frozen=True)
class _Settings:
    """What the environment says of the object store, but for credentials, which only its client reads."""

    endpoint: str
    certificates: str


def _settings() -> _Settings:
    endpoint = next(filter(None, (os.environ.get(name) for name in _ENDPOINTS)), "")
    if "@" in endpoint:  # before anything is told of it
        raise PlaceError(
            "AWS_ENDPOINT_URL holds a name or a password; give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    split = urlsplit(endpoint)
    if endpoint and not (split.scheme in ("http", "https") and split.hostname):
        raise PlaceError(f"AWS_ENDPOINT_URL is {endpoint!r}, which is no address of a server, such as https://s3.example.org")
    return _Settings(endpoint, os.environ.get("AWS_CA_BUNDLE", ""))


@cache
def _client(bucket: str, prefix: str, settings: _Settings, pace: _Pace) -> S3Store:
    options: dict[str, Any] = {
        "allow_http": settings.endpoint.startswith("http://"),
        "connect_timeout": timedelta(seconds=_SECONDS_TO_CONNECT),
        "read_timeout": timedelta(seconds=_SECONDS_WITHOUT_ANSWER),
        "timeout": timedelta(seconds=pace.request),
    }
    if settings.certificates:
        try:
            options["root_certificate"] = Path(settings.certificates).read_bytes()
        except OSError as error:
            raise PlaceError(f"AWS_CA_BUNDLE is {settings.certificates}, which cannot be read: {error.strerror}") from error
    return S3Store(
        bucket,
        prefix=prefix or None,
        client_options=options,  # type: ignore[arg-type]
        retry_config={
            "max_retries": _TRIES,
            "retry_timeout": timedelta(seconds=pace.retries),
            "backoff": {"max_backoff": timedelta(seconds=pace.pause)},
        },
        **({"endpoint": settings.endpoint} if settings.endpoint else {}),  # type: ignore[arg-type]
    )


def _is_read_again(key: str) -> bool:
    """Whether an object tells of others: ledgers, logs and indexes do, the tables of a segment do not."""
    return key.count("/") < _DEPTH_OF_SEGMENTS or key.endswith(f"/{LAST_FILE}")


def _together(function: Callable[[str], R], names: Sequence[str]) -> list[R]:
    if len(names) < 2:
        return [function(name) for name in names]
    with ThreadPoolExecutor(min(AT_ONCE, len(names))) as threads:
        return list(threads.map(function, names))


def _state(path: Path) -> tuple[int, int] | None:
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else None
