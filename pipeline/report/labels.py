"""Finds room for the names beside the marks of a chart, so that none lies on another or on a mark.

Only geometry: which marks deserve a name first is told by their rank.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LETTER = 6.1  # width of a letter of 11 units, on average
_LINE = 12.0
_MARK = 11.0
_NEAR = 30.0
_TRIES = ((0.0, -12.0), (0.0, 13.0), (1.0, -2.0), (-1.0, -2.0), (1.0, -12.0), (-1.0, -12.0), (0.0, -24.0), (0.0, 25.0))


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of a plot in units of the drawing, and the first and last value of its axes."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a value lies, from the upper left."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width
        return across, self.height - (y - self.y[0]) / (self.y[1] - self.y[0]) * self.height

    def value(self, across: float, down: float) -> tuple[float, float]:
        """The value that lies there."""
        x = self.x[0] + across / self.width * (self.x[1] - self.x[0])
        return x, self.y[0] + (self.height - down) / self.height * (self.y[1] - self.y[0])


@dataclass(frozen=True, slots=True)
class Label:
    """A name for a mark at (`x`, `y`), whose bar begins at `start` and which spans the values of `span`.

    The highest `rank` is placed first.
    """

    x: float
    y: float
    text: str
    rank: tuple[float, ...]
    start: float | None = None
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def near(self, other: "_Box") -> bool:
        """Whether one name would do for both."""
        return abs(self.left - other.left) < _NEAR and abs(self.top - other.top) < _NEAR


def place_labels(plot: Plot, labels: Sequence[Label]) -> list[dict[str, Any]]:
    """The names that found room, each with the values of `x` and `y` at its middle; those without room are left out."""
    marks = [box for label in labels for box in _mark_boxes(plot, label)]
    bars = [box for label in labels for box in _bar_boxes(plot, label)]
    taken: list[_Box] = []
    names: list[tuple[str, _Box]] = []
    placed = []
    for label in sorted(labels, key=lambda each: (*(-part for part in each.rank), each.x, each.text)):
        places = [box for box in _places(plot, label) if _within(plot, box)]
        # Rather over a bar, which shows through, than not at all; never over a mark or another name.
        for obstacles in ([*marks, *bars, *taken], [*marks, *taken]):
            box = next((box for box in places if not any(box.meets(other) for other in obstacles)), None)
            if box is not None:
                taken.append(box)
                if any(label.text == named and box.near(other) for named, other in names):
                    break
                names.append((label.text, box))
                x, y = plot.value((box.left + box.right) / 2, (box.top + box.bottom) / 2)
                placed.append({"x": x, "y": y, "caption": label.text})
                break
    return placed


def _places(plot: Plot, label: Label) -> Iterator[_Box]:
    """Where a name might stand: above, below, beside, and further off."""
    width = _LETTER * len(label.text)
    across, down = plot.at(label.x, label.y)
    for side, lift in _TRIES:
        middle = across + side * (width / 2 + _MARK * 0.8)
        if not side:
            middle = min(max(middle, width / 2), plot.width + 10 - width / 2)
        yield _Box(middle - width / 2, down + lift - _LINE / 2, middle + width / 2, down + lift + _LINE / 2)


def _mark_boxes(plot: Plot, label: Label) -> list[_Box]:
    across, down = plot.at(label.x, label.y)
    boxes = [_Box(across - _MARK / 2, down - _MARK / 2, across + _MARK / 2, down + _MARK / 2)]
    if label.span is not None and label.span[0] < label.span[1]:
        _, low = plot.at(label.x, label.span[0])
        _, high = plot.at(label.x, label.span[1])
        boxes.append(_Box(across - 2, high, across + 2, low))
    return boxes


def _bar_boxes(plot: Plot, label: Label) -> list[_Box]:
    if label.start is None:
        return []
    across, down = plot.at(label.x, label.y)
    first, _ = plot.at(label.start, label.y)
    return [_Box(min(first, across), down - 2, max(first, across), down + 2)]


def _within(plot: Plot, box: _Box) -> bool:
    return box.left >= -2 and box.right <= plot.width + 12 and box.top >= -12 and box.bottom <= plot.height
