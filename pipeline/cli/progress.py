"""How far a run has come: a line that is drawn over and over on a terminal, and now and then a line of its own in a log."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from pipeline.orchestration.progress import Progress

BAR_CELLS = 30
SECONDS_BETWEEN_DRAWINGS = 0.1
SECONDS_BETWEEN_LINES = 30.0
_CLEAR_LINE = "\r\x1b[K"
_MINUTE = 60


@contextmanager
def progress_on(stream: TextIO, seconds_between_lines: float | None = None) -> Iterator[Progress]:
    """Shows progress on `stream`: on a terminal at once, leaving the line empty afterwards; elsewhere by a line each so many
    seconds (by default 30), so that what is done sooner tells nothing.
    """
    if stream.isatty():
        bar = TerminalProgress(stream)
        try:
            yield bar
        finally:
            bar.clear()
        return
    log, over = LogProgress(stream), threading.Event()
    ticking = threading.Thread(target=_tick, args=(log, over, seconds_between_lines or SECONDS_BETWEEN_LINES), daemon=True)
    ticking.start()
    try:
        yield log
    finally:
        over.set()
        ticking.join()


def _tick(log: "LogProgress", over: threading.Event, seconds: float) -> None:
    # Whoever reads the stream may have gone; that is no fault of the run.
    with suppress(OSError, ValueError):
        while not over.wait(seconds):
            log.tell()


class _Tally:
    """What is done in the stage that is under way."""

    def __init__(self) -> None:
        self._name = ""
        self._total: int | None = None
        self._done = self._claims = 0
        self._began = time.monotonic()

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, of `total` texts if that is known."""
        self._name, self._total, self._done, self._claims = name, total, 0, 0
        self._began = time.monotonic()

    def advance(self, steps: int, claims: int = 0) -> None:
        """So many more texts are done, and so many claims were found in them."""
        self._done += steps
        self._claims += claims

    def told(self) -> str:
        """How many texts are done, of how many, with how many claims, and how many a second; empty without any."""
        if not self._done and not self._total:
            return ""
        of_all = f" of {self._total:,}" if self._total else ""
        parts = [f"{self._done:,}{of_all} texts"]
        if self._claims:
            parts.append(f"{self._claims:,} claims")
        elapsed = time.monotonic() - self._began
        if self._done and elapsed > 1:
            parts.append(f"{self._done / elapsed:,.1f} texts a second")
        return ", ".join(parts)


class TerminalProgress(_Tally):
    """One line that is drawn over and over: the stage, a bar where the number of texts is known, and how many are done."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._drawn = 0.0

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, of `total` texts if that is known."""
        super().stage(name, total)
        self._draw()

    def advance(self, steps: int, claims: int = 0) -> None:
        """So many more texts are done, and so many claims were found in them."""
        super().advance(steps, claims)
        if time.monotonic() - self._drawn >= SECONDS_BETWEEN_DRAWINGS:
            self._draw()

    def clear(self) -> None:
        """Leaves the line empty."""
        self._stream.write(_CLEAR_LINE)
        self._stream.flush()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        self._stream.write(f"{_CLEAR_LINE}{self._name:<11}{self._bar()}{self.told()}")
        self._stream.flush()

    def _bar(self) -> str:
        if not self._total:
            return ""
        filled = round(BAR_CELLS * min(1.0, self._done / self._total))
        return f"[{'#' * filled}{'.' * (BAR_CELLS - filled)}] "


class LogProgress(_Tally):
    """Lines of their own, for a log or a file: the stage, how many texts are done, and for how long it has been under way."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def tell(self) -> None:
        """Writes a line, if a stage is under way."""
        if not self._name:
            return
        minutes, seconds = divmod(int(time.monotonic() - self._began), _MINUTE)
        since = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        self._stream.write(f"{': '.join(filter(None, (self._name, self.told())))} (for {since})\n")
        self._stream.flush()
