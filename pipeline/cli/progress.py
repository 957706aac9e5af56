"""A progress line on a terminal; nothing at all elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from pipeline.orchestration.progress import Progress, Silence

BAR_CELLS = 30
SECONDS_BETWEEN_DRAWINGS = 0.1
_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Progress]:
    """Shows progress on `stream` if that is a terminal, and leaves the line empty afterwards."""
    if not stream.isatty():
        yield Silence()
        return
    bar = TerminalProgress(stream)
    try:
        yield bar
    finally:
        bar.clear()


class TerminalProgress:
    """One line that is drawn over and over: the stage, a bar where the number of texts is known, and how many are done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._name = ""
        self._total: int | None = None
        self._done = 0
        self._drawn = 0.0

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, of `total` texts if that is known."""
        self._name, self._total, self._done = name, total, 0
        self._draw()

    def advance(self, steps: int) -> None:
        """So many more texts are done."""
        self._done += steps
        if time.monotonic() - self._drawn >= SECONDS_BETWEEN_DRAWINGS:
            self._draw()

    def clear(self) -> None:
        """Leaves the line empty."""
        self._stream.write(_CLEAR_LINE)
        self._stream.flush()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        self._stream.write(f"{_CLEAR_LINE}{self._name:<11}{self._bar()}")
        self._stream.flush()

    def _bar(self) -> str:
        if not self._total:
            return f"{self._done:,} texts" if self._done else ""
        share = min(1.0, self._done / self._total)
        filled = round(BAR_CELLS * share)
        return f"[{'#' * filled}{'.' * (BAR_CELLS - filled)}] {self._done:,} of {self._total:,} texts"
