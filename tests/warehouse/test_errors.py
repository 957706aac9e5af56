"""How errors are told, whoever meets them."""

import pytest

from pipeline.sources.raw import SourceError
from pipeline.warehouse.errors import CheckFailedError, LockHeldError, told_error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SourceError("source a: there is no folder"), "source a: there is no folder"),
        (CheckFailedError("keys_are_unique"), "keys_are_unique"),
        (LockHeldError(), "LockHeldError"),  # says nothing by itself
        (KeyError("title"), "KeyError: 'title'"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
    ],
)
def test_an_error_of_another_library_comes_with_its_kind(error: Exception, told: str) -> None:
    assert told_error(error) == told
