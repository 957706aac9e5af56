"""How errors are told, whoever meets them."""

import pytest

from pipeline.sources.raw import SourceError
from pipeline.warehouse.errors import CheckFailedError, LockHeldError, interruption, interruptions_as_such, told_error


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


def raised(cause: BaseException, *, hidden: bool = False) -> RuntimeError:
    try:
        try:
            raise cause
        except BaseException as error:
            if hidden:
                raise RuntimeError("Query interrupted") from None
            raise RuntimeError("Query interrupted") from error
    except RuntimeError as error:
        return error


def test_an_error_that_came_of_an_interruption_is_one() -> None:
    stopped = KeyboardInterrupt()
    assert interruption(stopped) is stopped
    assert interruption(raised(stopped)) is stopped
    assert interruption(raised(raised(stopped))) is stopped
    assert interruption(raised(stopped, hidden=True)) is None
    assert interruption(raised(ValueError())) is None
    with pytest.raises(KeyboardInterrupt), interruptions_as_such():
        raise raised(stopped)
    with pytest.raises(RuntimeError), interruptions_as_such():
        raise raised(ValueError())
