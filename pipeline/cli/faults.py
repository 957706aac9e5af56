"""What an error means to whoever called the command: an exit status and one line that says what to do.

The errors themselves belong to the packages that raise them; they are imported only once one was raised.
"""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

DATA_FAULT = 1
WRONG_USE = 2
INTERRUPTED = 130
INTERRUPTION = "interrupted; what was published before still stands"


def status_and_message(error: Exception) -> tuple[int, str]:
    """The exit status and the line for an error of the pipeline, of the system, or of a kind that nobody foresaw."""
    from pipeline.evaluation.errors import GoldFolderError
    from pipeline.orchestration.notifying import AlertAddressError
    from pipeline.sources.raw import SourceError
    from pipeline.warehouse.errors import (
        ExportRefusedError,
        QueryRefusedError,
        SearchRefusedError,
        UnknownClaimError,
        UnknownRefreshError,
        interruption,
        is_own,
    )

    if interruption(error) is not None:
        return INTERRUPTED, INTERRUPTION
    wrong_use = (
        *(SourceError, GoldFolderError, QueryRefusedError, SearchRefusedError, ExportRefusedError),
        *(UnknownClaimError, UnknownRefreshError, AlertAddressError),
    )
    if isinstance(error, wrong_use):
        return WRONG_USE, str(error)
    if is_own(error):
        return DATA_FAULT, str(error)
    if isinstance(error, OSError):
        return DATA_FAULT, f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return DATA_FAULT, f"something went wrong that should not: {type(error).__name__}: {error}; --debug shows where"
