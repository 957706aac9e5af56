"""What can go wrong in the store and the published file, each with a name.

Only errors that a caller tells apart belong here, and how any error is told; their messages are one line and say what to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager


def told_error(error: BaseException) -> str:
    """What went wrong; an error of another library comes with its kind, without which its message may say nothing."""
    said = " ".join(str(error).split())
    if is_own(error) and said:
        return str(error)
    return f"{type(error).__name__}: {error}" if said else type(error).__name__


def is_own(error: BaseException) -> bool:
    """Whether the message of an error was written for whoever refreshes."""
    return type(error).__module__.startswith("pipeline.")


def interruption(error: BaseException) -> BaseException | None:
    """What stopped the program (KeyboardInterrupt, or Dagster's), if that is what an error is or came of."""
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        if not isinstance(found, (Exception, GeneratorExit)):
            return found
        seen.add(id(found))
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return None


@contextmanager
def interruptions_as_such() -> Iterator[None]:
    """Raises an interruption as it came, where a library has put an error of its own in its place, as DuckDB does."""
    try:
        yield
    except Exception as error:
        stopped = interruption(error)
        if stopped is None:
            raise
        raise stopped from None


class WarehouseError(Exception):
    """Anything that keeps the store or the published file from doing what was asked."""


class LockHeldError(WarehouseError):
    """Another process is writing to the same store or published file."""


class UnwritableError(WarehouseError):
    """A file or folder could not be written: the disk is full or broken, or rights are missing."""


class PlaceError(WarehouseError):
    """An address names no place for a store, or the place cannot be used: not there, out of reach, or closed to us."""


class StoreFormatError(WarehouseError):
    """The store folder was written by a version whose format this one does not read."""


class LostResultError(WarehouseError):
    """Texts were given to be read or extracted, and no result came back for them."""


class BrokenTextsError(WarehouseError):
    """Extraction broke down on some texts, which are kept as failures; the others went on."""


class WorkerDiedError(WarehouseError):
    """A worker ended while it worked on a text."""


class MemoryLimitError(WarehouseError):
    """A file does not fit into the memory that its making may take, or nobody can tell how much that is."""


class OtherStoreError(WarehouseError):
    """The file was published from another store, and nobody asked to replace it."""


class NotPublishedError(WarehouseError):
    """There is no published file yet, or what lies there is none."""


class FileVersionError(NotPublishedError):
    """The published file was made by a newer version, or by one so old that it lacks what is asked."""


class CheckFailedError(WarehouseError):
    """A check found violating rows; the last good file stays."""


class QueryRefusedError(WarehouseError):
    """The SQL is not one reading statement, or DuckDB refuses it."""


class UnknownClaimError(WarehouseError):
    """No claim has this id."""


class UnknownRefreshError(WarehouseError):
    """No refresh has this id, and it is no day either."""


class SearchUnavailableError(WarehouseError):
    """The full-text extension cannot be loaded, or the file has no index."""


class SearchRefusedError(WarehouseError):
    """What is searched for has no word, or a filter names nothing that is known."""


class ExportRefusedError(WarehouseError):
    """What lies where an export is to go is no export, and is not overwritten."""
